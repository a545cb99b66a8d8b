"""What the five source documents state, found through the API as somebody who knows a document would look for it."""

from __future__ import annotations

from typing import Any

import pytest

from smartspec import (
    Basis,
    Catalogue,
    Collection,
    Entity,
    Initiative,
    InnovationArea,
    MatchRelation,
    Organisation,
    Qualifier,
    Role,
    StrategyKind,
)

ECORIS3 = "ecoris3-torino"
KICSTART = "kicstarth2-torino"
PLAN_2006 = "torino-internazionale-2006"
VANGUARD = "vanguard-piemonte"
CITY = "city-of-torino"

S3 = "Piedmont S3 2014-2020"
POLES = {
    "Information and communication technologies",
    "Mechatronics and advanced production systems",
    "Sustainable architecture and hydrogen",
    "Biotechnologies and biomedical industry",
}


def said(s3: Catalogue, collection: str, document: str) -> Collection[Any]:
    """What a document says about things of a class."""
    return s3.collections[collection].of(s3.sources[document])


def names(entities: Collection[Any]) -> set[str]:
    return {entity.name for entity in entities}


def plain(text: str) -> str:
    return " ".join(text.casefold().split())


def found(s3: Catalogue, collection: str, document: str, words: str) -> list[Any]:
    """The things of a class that are cited from a document by a passage that holds some of its words."""
    return [
        entity
        for entity in said(s3, collection, document)
        for citation in entity.citations
        if citation.source.id == document and plain(words) in plain(citation.passage)
    ]


def cites(entity: Entity, attribute: str, document: str, words: str) -> bool:
    """Whether an attribute is backed by a passage of a document that holds some of its words."""
    return any(
        citation.source.id == document and plain(words) in plain(citation.passage)
        for citation in entity.cite(attribute)
    )


def areas_of(s3: Catalogue, strategy: str, designation: str) -> Collection[InnovationArea]:
    """The areas that a strategy names by a word of its own: sectors, industries, areas."""
    return s3.innovation_areas.of(s3.strategies.lookup(strategy)).where(designation=designation)


def taking_part(initiative: Initiative, role: Role | None = None) -> list[Organisation]:
    """Who takes part in an initiative, in any role or in one."""
    return [taking.organisation for taking in initiative.participants if role in (None, taking.role)]


# The documents


@pytest.mark.parametrize(
    ("document", "publisher"),
    [
        (ECORIS3, "Interreg Europe, ecoRIS3 project"),
        (KICSTART, "KICstartH2 (SERI)"),
        (PLAN_2006, "Torino Internazionale"),
        (VANGUARD, "Vanguard Initiative"),
        (CITY, "City of Torino"),
    ],
)
def test_a_document_has_its_publisher(s3: Catalogue, document: str, publisher: str) -> None:
    assert s3.sources[document].publisher == publisher


@pytest.mark.parametrize("document", [ECORIS3, KICSTART, VANGUARD, CITY])
def test_a_year_that_a_document_does_not_state_is_not_guessed(s3: Catalogue, document: str) -> None:
    assert s3.sources[document].year is None


def test_the_plan_page_is_of_2006_by_its_copyright_line(s3: Catalogue) -> None:
    assert s3.sources[PLAN_2006].year == 2006


def test_where_the_profile_of_the_city_was_published_is_not_known(s3: Catalogue) -> None:
    assert s3.sources[CITY].url is None


# The territories


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Piemonte", "Piedmont"),
        ("Piedmont Region", "Piedmont"),
        ("Città Metropolitana di Torino", "Metropolitan City of Torino"),
        ("citta metropolitana di torino", "Metropolitan City of Torino"),
        ("metropolitan area of Torino", "Metropolitan City of Torino"),
        ("North-western Italy", "North-west Italy"),
        ("Turin", "Torino"),
        ("Municipality of Torino", "Torino"),
        ("IT", "Italy"),
        ("ITC", "North-west Italy"),
        ("ITC1", "Piedmont"),
        ("ITC11", "Metropolitan City of Torino"),
        ("IT-21", "Piedmont"),
        ("IT-TO", "Metropolitan City of Torino"),
        ("Colleretto Giacosa", "Colleretto Giacosa"),
    ],
)
def test_a_territory_is_found_as_documents_and_people_write_it(s3: Catalogue, written: str, name: str) -> None:
    assert s3.regions.lookup(written).name == name


def test_the_metropolitan_city_has_6827_square_kilometres(s3: Catalogue) -> None:
    assert s3.regions.lookup("Città Metropolitana di Torino").area_km2 == 6827.0


def test_the_surface_is_cited_in_the_italian_notation_of_the_document(s3: Catalogue) -> None:
    citations = s3.regions.lookup("Città Metropolitana di Torino").cite("area_km2")
    assert any(citation.source.id == ECORIS3 and "6.827 Km2" in citation.passage for citation in citations)


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("Città Metropolitana di Torino", "Piedmont Region"),
        ("Piedmont Region", "North-western Italy"),
        ("Piedmont Region", "Italy"),
        ("City of Torino", "metropolitan area of Torino"),
        ("Colleretto Giacosa", "Città Metropolitana di Torino"),
    ],
)
def test_a_territory_lies_in_another(s3: Catalogue, inner: str, outer: str) -> None:
    assert s3.regions.lookup(outer) in s3.regions.lookup(inner).ancestors


def test_colleretto_giacosa_is_not_in_the_city_of_torino(s3: Catalogue) -> None:
    assert s3.regions.lookup("Colleretto Giacosa") not in s3.regions.of(s3.regions.lookup("City of Torino"))


# Figures


@pytest.mark.parametrize(
    ("document", "words", "region", "value"),
    [
        pytest.param(ECORIS3, "decrease of the internal product of 1.7%", "Piedmont", -1.7, id="decrease-of-product"),
        pytest.param(ECORIS3, "ten innovation poles", "Piedmont", 10, id="ten-poles"),
        pytest.param(KICSTART, "ten innovation poles", "Piedmont", 10, id="ten-poles-again"),
        pytest.param(ECORIS3, "four of these", "Metropolitan City of Torino", 4, id="four-poles-in-the-city"),
        pytest.param(ECORIS3, "two priority innovation fields", "Piedmont", 2, id="two-fields"),
        pytest.param(ECORIS3, "five innovation areas", "Piedmont", 5, id="five-areas"),
        pytest.param(ECORIS3, "sixth innovation area", "Piedmont", 6, id="six-areas"),
        pytest.param(PLAN_2006, "four strategic sectors", "Torino", 4, id="four-sectors"),
        pytest.param(PLAN_2006, "Five prestigious groups", "Metropolitan City of Torino", 5, id="five-groups"),
        pytest.param(CITY, "second most innovative city", "Torino", 2, id="second-in-europe"),
    ],
)
def test_a_figure_of_a_document_is_an_indicator(
    s3: Catalogue, document: str, words: str, region: str, value: float
) -> None:
    figures = found(s3, "indicators", document, words)
    assert (s3.regions.lookup(region), value) in [(figure.region, figure.value) for figure in figures]


def test_the_internal_product_shrank_from_2008_to_2012(s3: Catalogue) -> None:
    figure = found(s3, "indicators", ECORIS3, "internal product")[0]
    assert (figure.start_year, figure.end_year) == (2008, 2012)


def test_the_internal_product_is_the_regions_and_not_the_citys(s3: Catalogue) -> None:
    city = s3.regions.lookup("Città Metropolitana di Torino")
    assert found(s3, "indicators", ECORIS3, "internal product")[0].region != city


def test_the_internal_product_shrank_by_so_much_a_year(s3: Catalogue) -> None:
    assert found(s3, "indicators", ECORIS3, "internal product")[0].qualifier is Qualifier.YEARLY_AVERAGE


def test_a_count_of_a_strategys_fields_is_a_figure_of_that_strategy(s3: Catalogue) -> None:
    figures = found(s3, "indicators", ECORIS3, "two priority innovation fields")
    assert {figure.strategy for figure in figures} == {s3.strategies.lookup(S3)}


def test_the_rank_in_the_icapital_award_is_of_2016(s3: Catalogue) -> None:
    assert found(s3, "indicators", CITY, "second most innovative city")[0].start_year == 2016


# The innovation poles


@pytest.mark.parametrize("document", [ECORIS3, KICSTART])
@pytest.mark.parametrize("pole", sorted(POLES))
def test_a_document_names_an_innovation_pole(s3: Catalogue, document: str, pole: str) -> None:
    assert cites(said(s3, "innovation_poles", document).lookup(pole), "name", document, pole)


@pytest.mark.parametrize("document", [ECORIS3, KICSTART])
def test_a_document_places_four_innovation_poles(s3: Catalogue, document: str) -> None:
    poles = said(s3, "innovation_poles", document)
    placed = {pole for pole in poles if cites(pole, "region", document, "located in the")}
    assert placed == {poles.lookup(name) for name in POLES}


@pytest.mark.parametrize("pole", sorted(POLES))
def test_a_pole_lies_in_the_metropolitan_city(s3: Catalogue, pole: str) -> None:
    place = s3.regions.lookup("Città Metropolitana di Torino")
    region = said(s3, "innovation_poles", ECORIS3).lookup(pole).region
    assert place in (region, *region.ancestors)


@pytest.mark.parametrize("pole", sorted(POLES))
def test_a_pole_is_of_piedmont(s3: Catalogue, pole: str) -> None:
    assert said(s3, "innovation_poles", ECORIS3).lookup(pole) in s3.innovation_poles.of(s3.regions.lookup("Piemonte"))


@pytest.mark.parametrize("pole", sorted(POLES))
def test_a_pole_is_one_of_those_that_the_region_promoted(s3: Catalogue, pole: str) -> None:
    programme = said(s3, "innovation_poles", ECORIS3).lookup(pole).programme
    assert programme in s3.initiatives.of(s3.organisations.lookup("Piedmont Region administration"))


def test_the_seat_of_the_hydrogen_pole_is_the_environment_park(s3: Catalogue) -> None:
    pole = said(s3, "innovation_poles", ECORIS3).lookup("Sustainable architecture and hydrogen")
    assert pole.seat is s3.organisations.lookup("Environment Park")


def test_the_environment_park_is_in_torino(s3: Catalogue) -> None:
    assert s3.organisations.lookup("Environment Park").region is s3.regions.lookup("City of Torino")


def test_the_bioindustry_park_is_in_colleretto_giacosa(s3: Catalogue) -> None:
    parks = s3.organisations.of(s3.regions.lookup("Colleretto Giacosa"))
    assert s3.organisations["bioindustry-park"] in parks


def test_that_the_bioindustry_park_houses_a_pole_is_an_inference(s3: Catalogue) -> None:
    pole = said(s3, "innovation_poles", ECORIS3).lookup("Biotechnologies and biomedical industry")
    assert Basis.INFERRED in {citation.basis for citation in pole.cite("seat") if citation.source.id == ECORIS3}


@pytest.mark.parametrize(
    "pole", ["Information and communication technologies", "Sustainable architecture and hydrogen"]
)
def test_a_pole_without_an_area_of_its_own_in_the_strategy_has_none(s3: Catalogue, pole: str) -> None:
    areas = areas_of(s3, S3, "innovation area")
    assert not areas.of(said(s3, "innovation_poles", ECORIS3).lookup(pole))


@pytest.mark.parametrize("area", ["Automotive", "Aerospace"])
def test_an_area_without_a_pole_of_the_programme_has_none(s3: Catalogue, area: str) -> None:
    poles = s3.innovation_poles.where(programme=s3.initiatives.lookup("Innovation poles"))
    assert not poles.of(areas_of(s3, S3, "innovation area").lookup(area))


@pytest.mark.parametrize(
    ("pole", "industry"),
    [
        ("Information and communication technologies", "ICT"),
        ("Mechatronics and advanced production systems", "Mechatronics"),
        ("Sustainable architecture and hydrogen", "Energy and clean technologies"),
        ("Biotechnologies and biomedical industry", "Life sciences"),
    ],
)
def test_that_a_pole_is_of_an_industry_of_the_vanguard_page_is_an_inference(
    s3: Catalogue, pole: str, industry: str
) -> None:
    served = said(s3, "innovation_poles", ECORIS3).lookup(pole)
    assert areas_of(s3, S3, "industry").lookup(industry) in served.areas
    assert {citation.basis for citation in served.cite("areas") if citation.source.id == VANGUARD} == {Basis.INFERRED}


def test_the_programme_of_the_poles_is_of_piedmont(s3: Catalogue) -> None:
    programme = said(s3, "initiatives", ECORIS3).lookup("Innovation poles")
    assert programme.region is s3.regions.lookup("Piedmont")
    assert cites(programme, "region", ECORIS3, "promoted in its territory ten innovation poles")


@pytest.mark.parametrize("document", [ECORIS3, KICSTART])
def test_the_poles_coordinate_the_actors_of_innovation_in_a_sector(s3: Catalogue, document: str) -> None:
    programme = s3.initiatives.lookup("Innovation poles")
    assert cites(programme, "description", document, "coordination structures among the different actors")
    assert "coordinates those who innovate" in str(programme.description)


@pytest.mark.parametrize(
    ("field", "words", "items"),
    [
        pytest.param(
            "actors",
            "innovative start-ups, SMEs, big enterprises, research institutions",
            {"innovative start-ups", "SMEs", "big enterprises", "research institutions"},
            id="actors",
        ),
        pytest.param(
            "services",
            "infrastructures and services with a high added",
            {"infrastructures with a high added value", "services with a high added value"},
            id="services",
        ),
        pytest.param(
            "services", "intensive interaction", {"intensive interaction between the actors"}, id="interaction"
        ),
        pytest.param("services", "common use of installations", {"common use of installations"}, id="installations"),
        pytest.param(
            "services", "knowledge and experience exchanges", {"exchanges of knowledge and experience"}, id="exchanges"
        ),
        pytest.param(
            "aims", "to stimulate innovation activities", {"stimulation of innovation activities"}, id="stimulation"
        ),
        pytest.param("aims", "technology transfer", {"technology transfer"}, id="technology-transfer"),
        pytest.param(
            "aims",
            "diffusion of information",
            {"diffusion of information among the actors"},
            id="diffusion-of-information",
        ),
    ],
)
def test_the_programme_of_the_poles_says_for_whom_it_is_what_it_offers_and_what_for(
    s3: Catalogue, field: str, words: str, items: set[str]
) -> None:
    programme = s3.initiatives.lookup("Innovation poles")
    assert items <= set(getattr(programme, field))
    assert cites(programme, field, ECORIS3, words)


def test_that_the_poles_are_related_to_clusters_is_a_finding_about_piedmont(s3: Catalogue) -> None:
    findings = found(s3, "observations", ECORIS3, "main regional clusters")
    assert s3.regions.lookup("Piedmont") in {finding.region for finding in findings}


def test_the_region_leads_the_programme_of_the_poles(s3: Catalogue) -> None:
    programme = s3.initiatives.lookup("Innovation poles")
    assert taking_part(programme, Role.LEADS) == [s3.organisations.lookup("Regione Piemonte")]


# The regional strategy


def test_the_strategy_of_piedmont_is_one_of_smart_specialisation(s3: Catalogue) -> None:
    assert s3.strategies.lookup(S3).kind is StrategyKind.SMART_SPECIALISATION


def test_the_strategy_runs_from_2014_to_2020(s3: Catalogue) -> None:
    strategy = s3.strategies.lookup(S3)
    assert (strategy.start_year, strategy.end_year) == (2014, 2020)


@pytest.mark.parametrize("document", [ECORIS3, KICSTART, VANGUARD])
def test_that_a_document_without_a_period_means_this_strategy_is_an_inference(s3: Catalogue, document: str) -> None:
    citations = s3.strategies.lookup(S3).cite("name")
    assert {citation.basis for citation in citations if citation.source.id == document} == {Basis.INFERRED}


@pytest.mark.parametrize("document", [ECORIS3, KICSTART])
def test_a_document_states_that_the_strategy_is_one_of_smart_specialisation(s3: Catalogue, document: str) -> None:
    citations = [one for one in s3.strategies.lookup(S3).cite("kind") if one.source.id == document]
    assert {citation.basis for citation in citations} == {Basis.STATED}


def test_the_strategy_concentrates_on_two_priority_fields(s3: Catalogue) -> None:
    fields = s3.priority_fields.of(s3.strategies.lookup(S3))
    assert names(fields) == {
        "Innovation of productive system",
        "Innovation for health, demographic change and wellbeing",
    }


def test_the_kicstart_page_names_the_productive_system_alone(s3: Catalogue) -> None:
    fields = said(s3, "priority_fields", KICSTART).where(strategy=s3.strategies.lookup(S3))
    assert names(fields) == {"Innovation of productive system"}


@pytest.mark.parametrize("document", [ECORIS3, KICSTART])
def test_the_field_of_the_productive_system_holds_five_areas(s3: Catalogue, document: str) -> None:
    field = s3.priority_fields.lookup("Innovation of productive system")
    assert names(said(s3, "innovation_areas", document).of(field)) == {
        "Aerospace",
        "Automotive",
        "Green chemistry and cleantech",
        "Made in Piedmont",
        "Mechatronics",
    }


def test_the_sixth_area_is_health_and_wellbeing(s3: Catalogue) -> None:
    field = s3.priority_fields.lookup("Innovation for health, demographic change and wellbeing")
    assert names(s3.innovation_areas.of(field)) == {"Health and wellbeing"}


@pytest.mark.parametrize(
    ("area", "activities"),
    [
        (
            "Aerospace",
            [
                "special machinery",
                "special tools",
                "precision mechanical",
                "design of production plants",
                "construction of production plants",
                "special vehicles",
                "supporting design",
                "supporting prototyping",
            ],
        ),
        (
            "Automotive",
            [
                "cars",
                "light commercial",
                "heavy commercial",
                "buses",
                "agricultur",
                "accessories",
                "components",
                "machinery",
                "tools",
                "styling",
                "engineering",
                "information technology",
            ],
        ),
        (
            "Green chemistry and cleantech",
            ["sustainable products", "bioplastics", "biofuels", "chemicals", "fuels from waste", "secondary raw"],
        ),
        ("Made in Piedmont", ["food", "textile", "design"]),
        ("Mechatronics", ["mechanics", "electrotechnics", "electronics", "information technology"]),
        (
            "Health and wellbeing",
            ["bioengineering", "biotechnologies", "oncologic", "cardiovascular", "neurologic", "neuroscience"],
        ),
    ],
)
def test_an_area_has_the_activities_that_the_document_lists(s3: Catalogue, area: str, activities: list[str]) -> None:
    listed = " | ".join(areas_of(s3, S3, "innovation area").lookup(area).activities).casefold()
    assert [activity for activity in activities if activity not in listed] == []


def test_the_misprint_of_the_document_for_raw_materials_is_left_behind(s3: Catalogue) -> None:
    area = areas_of(s3, S3, "innovation area").lookup("Green chemistry and cleantech")
    assert not any("second matters" in activity for activity in area.activities)


@pytest.mark.parametrize(
    "sector", ["food", "chemistry and pharmacology", "automotive", "aerospace", "production systems"]
)
def test_a_sector_resisted_the_crisis_best(s3: Catalogue, sector: str) -> None:
    resistant = found(s3, "observations", ECORIS3, "best capacity to resist the crisis")
    assert any(finding.name.casefold().endswith(f" {sector}") for finding in resistant)


# The Vanguard page


def test_the_strategy_confirms_support_to_ten_industries(s3: Catalogue) -> None:
    industries = said(s3, "innovation_areas", VANGUARD).where(designation="industry")
    assert names(industries) == {
        "Automotive",
        "Aerospace",
        "Mechatronics",
        "Life sciences",
        "Green chemistry",
        "Advanced materials",
        "Energy and clean technologies",
        "Agrifood",
        "Textile",
        "ICT",
    }


def test_the_ten_industries_are_in_none_of_the_two_fields(s3: Catalogue) -> None:
    assert {area.priority_field for area in areas_of(s3, S3, "industry")} == {None}


@pytest.mark.parametrize("policy", ["Regional policies on Innovation Clusters", "Technology Platforms"])
def test_the_region_launched_a_policy_in_2008(s3: Catalogue, policy: str) -> None:
    assert said(s3, "initiatives", VANGUARD).lookup(policy).start_year == 2008


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("Stronger focus on KETs", "a stronger focus on KETs"),
        ("Smart Manufacturing", "Smart Manufacturing and Resource efficiency as key drivers"),
        ("Resource efficiency", "Smart Manufacturing and Resource efficiency as key drivers"),
        ("Support to open research infrastructures", "the support to open research infrastructures"),
        (
            "Strengthened partnership with regional stakeholders of the innovation ecosystem",
            "a strengthened partnership with regional stakeholders",
        ),
    ],
)
def test_the_strategy_has_a_distinctive_feature(s3: Catalogue, feature: str, words: str) -> None:
    objective = s3.strategic_objectives.of(s3.strategies.lookup(S3)).lookup(feature)
    assert "distinctive feature" in f"{objective.designation}: {objective.description}"
    assert objective in found(s3, "strategic_objectives", VANGUARD, words)
    assert objective in found(s3, "strategic_objectives", VANGUARD, "able to maximize innovation uptake")


@pytest.mark.parametrize(
    ("driver", "towards"), [("Smart Manufacturing", "Industry 4.0"), ("Resource efficiency", "circular")]
)
def test_the_regional_economy_has_a_driver_that_leads_it_towards_something(
    s3: Catalogue, driver: str, towards: str
) -> None:
    objective = said(s3, "strategic_objectives", VANGUARD).lookup(driver)
    description = str(objective.description)
    assert "key driver" in description
    assert towards in description.partition("regional economy towards")[2]
    assert cites(objective, "description", VANGUARD, "as key drivers")
    assert cites(objective, "description", VANGUARD, "towards Industry 4.0 and circular economy")


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("Smart Manufacturing", "as key drivers"),
        ("Resource efficiency", "as key drivers"),
        ("Stronger focus on KETs", "a stronger focus on KETs"),
    ],
)
def test_that_a_feature_is_a_trajectory_or_an_accelerator_of_the_strategy_is_an_inference(
    s3: Catalogue, feature: str, words: str
) -> None:
    objective = said(s3, "strategic_objectives", VANGUARD).lookup(feature)
    assert objective.designation in {"trajectory", "accelerator"}
    assert {one.basis for one in objective.citations if words in one.passage} == {Basis.INFERRED}


def test_kets_are_key_enabling_technologies(s3: Catalogue) -> None:
    objectives = said(s3, "strategic_objectives", VANGUARD)
    assert objectives.lookup("Key enabling technologies") is objectives.lookup("Stronger focus on KETs")


@pytest.mark.parametrize("partnership", ["ERA-NET schemes", "Interreg programmes", "Vanguard Initiative"])
def test_the_region_takes_part_in_a_partnership(s3: Catalogue, partnership: str) -> None:
    initiative = said(s3, "initiatives", VANGUARD).lookup(partnership)
    assert s3.organisations.lookup("Regione Piemonte") in taking_part(initiative)


@pytest.mark.parametrize(
    "words",
    [
        "private investments in R&D",
        "employment/export in medium-high tech manufacturing",
        "renowned universities",
        "clusters, scientific-technology parks",
        "incubators",
        "industrial leaders",
        "dynamic SMEs",
        "strong manufacturing capabilities",
        "academic excellence",
        "rich innovation ecosystem",
    ],
)
def test_a_strength_of_piedmont_is_a_finding(s3: Catalogue, words: str) -> None:
    findings = found(s3, "observations", VANGUARD, words)
    assert ("STRENGTH", "Piedmont") in {(finding.aspect.name, finding.region.name) for finding in findings}


# The plan of 2006


def test_the_plan_of_2006_is_a_strategic_plan_of_torino(s3: Catalogue) -> None:
    plan = s3.strategies.lookup("The Second Strategic Plan")
    assert (plan.kind, plan.region) == (StrategyKind.STRATEGIC_PLAN, s3.regions.lookup("Torino"))


def test_the_axis_of_industrial_transformation_concentrates_on_four_sectors(s3: Catalogue) -> None:
    axis = s3.priority_fields.lookup("Industrial transformation")
    assert names(s3.innovation_areas.of(axis)) == {"Automotive", "ICT", "Aerospace", "Finance"}


@pytest.mark.parametrize(
    ("number", "title", "sectors"),
    [
        (1, "Pursue a strategy of internationalization of local production", []),
        (2, "Adopt the prospect of collaboration, among businesses and with external subjects", []),
        (3, "Promote managerial training", []),
        (4, "Encourage processes of innovation in businesses", []),
        (5, "Rethink the role of public support of the ICT sector", ["ICT"]),
        (6, "Consolidate an open source community to help develop local enterprise", []),
        (7, "Encourage industrial progress in the ICT sector", ["ICT"]),
        (8, "Promote a common project for a technological district in the aerospace sector", ["Aerospace"]),
        (
            9,
            "Analyze the local finance system and potential interactions between the public sector "
            "and private operators",
            ["Finance"],
        ),
    ],
)
def test_a_numbered_objective_of_the_plan_serves_the_sector_that_its_title_names(
    s3: Catalogue, number: int, title: str, sectors: list[str]
) -> None:
    objective = said(s3, "strategic_objectives", PLAN_2006).lookup(title)
    assert (objective.number, [area.name for area in objective.areas]) == (number, sectors)


def test_the_page_of_the_plan_numbers_nine_objectives(s3: Catalogue) -> None:
    objectives = said(s3, "strategic_objectives", PLAN_2006).where(number=lambda number: number is not None)
    assert [objective.number for objective in objectives] == list(range(1, 10))


@pytest.mark.parametrize(
    "project",
    [
        "Reconversion of Mirafiori",
        "ICT platforms",
        "Encourage the internationalization of businesses",
        "Aerospace district",
    ],
)
def test_the_plan_lists_a_project(s3: Catalogue, project: str) -> None:
    plan = s3.strategies.lookup("Second Strategic Plan")
    assert said(s3, "initiatives", PLAN_2006).of(plan).lookup(project).kind.name == "PROJECT"


def test_finance_has_an_objective(s3: Catalogue) -> None:
    finance = areas_of(s3, "Second Strategic Plan", "strategic sector").lookup("Finance")
    assert [objective.number for objective in s3.strategic_objectives.of(finance)] == [9]


def test_finance_has_no_paragraph_and_thus_no_finding(s3: Catalogue) -> None:
    finance = areas_of(s3, "Second Strategic Plan", "strategic sector").lookup("Finance")
    assert not said(s3, "observations", PLAN_2006).of(finance)


def test_finance_has_no_project(s3: Catalogue) -> None:
    finance = areas_of(s3, "Second Strategic Plan", "strategic sector").lookup("Finance")
    assert not said(s3, "initiatives", PLAN_2006).of(finance)


def test_five_aerospace_groups_are_in_the_torino_area(s3: Catalogue) -> None:
    aerospace = areas_of(s3, "Second Strategic Plan", "strategic sector").lookup("Aerospace")
    assert names(said(s3, "organisations", PLAN_2006).where(kind="company").of(aerospace)) == {
        "Alenia Aeronautica",
        "Alenia Spazio",
        "Avio",
        "Galileo Avionica",
        "Microtecnica",
    }


def test_the_five_groups_work_on_the_aerospace_district(s3: Catalogue) -> None:
    district = said(s3, "initiatives", PLAN_2006).lookup("Aerospace district")
    aerospace = areas_of(s3, "Second Strategic Plan", "strategic sector").lookup("Aerospace")
    groups = names(said(s3, "organisations", PLAN_2006).where(kind="company").of(aerospace))
    assert groups
    assert groups <= names(s3.organisations.of(district))


@pytest.mark.parametrize(
    "words",
    [
        "still tied to old productive models",
        "insufficient level of internationalization",
        "lack of cooperation with other companies",
        "managerial training that is often inadequate",
        "constant need for innovation",
    ],
)
def test_a_problem_of_automotive_companies_is_a_weakness_of_the_sector(s3: Catalogue, words: str) -> None:
    automotive = areas_of(s3, "Second Strategic Plan", "strategic sector").lookup("Automotive")
    findings = found(s3, "observations", PLAN_2006, words)
    assert (automotive, "WEAKNESS") in [(finding.area, finding.aspect.name) for finding in findings]


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        pytest.param("most important sector of Piedmont", "Automotive", id="automotive-most-important"),
        pytest.param("international decline", "Automotive", id="automotive-declines"),
        pytest.param("extremely dynamic", "Automotive", id="automotive-dynamic"),
        pytest.param("high level of added value", "Automotive", id="automotive-added-value"),
        pytest.param("ability to dialog with other industries", "ICT", id="ict-dialogue"),
        pytest.param("dependent on public financing", "Aerospace", id="aerospace-public-financing"),
        pytest.param("ability to lobby the institutions", "Aerospace", id="aerospace-lobbying"),
    ],
)
def test_what_the_plan_says_of_a_sector_is_a_finding_about_it(s3: Catalogue, words: str, sector: str) -> None:
    area = areas_of(s3, "Second Strategic Plan", "strategic sector").lookup(sector)
    assert area in {finding.area for finding in found(s3, "observations", PLAN_2006, words)}


@pytest.mark.parametrize(
    ("field", "words", "item"),
    [
        pytest.param(
            "aims",
            "Public institutions can stimulate the demand",
            "a stronger demand for ICT, stimulated by public institutions",
            id="demand",
        ),
        pytest.param(
            "services", "logistics", "technological platform for logistics, as one of interest", id="logistics"
        ),
        pytest.param(
            "services",
            "info-mobility",
            "technological platform for info-mobility, as one of interest",
            id="info-mobility",
        ),
        pytest.param(
            "services",
            "health services",
            "technological platform for health services, as one of interest",
            id="health-services",
        ),
        pytest.param(
            "aims",
            "tied to public demand",
            "business investment, at reasonable risk, in innovative activities tied to public demand",
            id="investment",
        ),
        pytest.param(
            "aims",
            "framework of reasonable risk",
            "business investment, at reasonable risk, in innovative activities tied to public demand",
            id="reasonable-risk",
        ),
        pytest.param("actors", "Public institutions can stimulate", "public institutions", id="public-institutions"),
        pytest.param("actors", "let businesses invest", "businesses", id="businesses"),
    ],
)
def test_what_the_plan_says_of_the_demand_for_ict_is_said_of_the_ict_platforms(
    s3: Catalogue, field: str, words: str, item: str
) -> None:
    platforms = said(s3, "initiatives", PLAN_2006).lookup("ICT platforms")
    assert "laws and reliable programmes" in platforms.description
    assert cites(platforms, "description", PLAN_2006, "legislative interventions and trustworthy programs")
    assert areas_of(s3, "Second Strategic Plan", "strategic sector").lookup("ICT") in platforms.areas
    assert item in getattr(platforms, field)
    assert cites(platforms, field, PLAN_2006, words)


def test_the_plan_only_calls_the_fields_of_the_ict_platforms_interesting(s3: Catalogue) -> None:
    platforms = said(s3, "initiatives", PLAN_2006).lookup("ICT platforms")
    assert "interesting" in str(platforms.description)
    assert cites(platforms, "description", PLAN_2006, "logistics, info-mobility and health services are interesting")


def test_the_aerospace_sector_works_on_a_district_with_local_institutions(s3: Catalogue) -> None:
    district = said(s3, "initiatives", PLAN_2006).lookup("Aerospace district")
    assert areas_of(s3, "Second Strategic Plan", "strategic sector").lookup("Aerospace") in district.areas
    assert "local institutions" in district.actors
    assert cites(district, "actors", PLAN_2006, "Together with local institutions")
    assert cites(district, "description", PLAN_2006, "project to construct a dedicated technological district")


def test_the_reconversion_of_mirafiori_concerns_automotive(s3: Catalogue) -> None:
    areas = s3.innovation_areas.of(said(s3, "initiatives", PLAN_2006).lookup("Reconversion of Mirafiori"))
    assert names(areas) == {"Automotive"}


def test_what_the_plan_lists_stands_in_the_axis_of_industrial_transformation(s3: Catalogue) -> None:
    axis = s3.priority_fields.lookup("Industrial transformation")
    listed = [*said(s3, "initiatives", PLAN_2006).where(designation="opportunity or project")]
    listed += said(s3, "strategic_objectives", PLAN_2006).where(number=lambda number: number is not None)
    assert {"Aerospace district", "Promote managerial training"} <= {item.name for item in listed}
    assert {item.priority_field for item in listed} == {axis}


def test_fiat_ceded_the_area_of_mirafiori(s3: Catalogue) -> None:
    project = said(s3, "initiatives", PLAN_2006).lookup("Reconversion of Mirafiori")
    assert s3.organisations.lookup("Fiat") in taking_part(project)


# The City of Torino


def test_open_for_business_was_launched_in_2016(s3: Catalogue) -> None:
    assert s3.strategies.lookup("Open for Business").start_year == 2016


@pytest.mark.parametrize(
    ("organisation", "words"),
    [
        ("Piemonte Region", "collaboration with Piemonte Region"),
        ("Unione Industriale", "Unione Industriale"),
        ("Chamber of Commerce", "Chamber of Commerce"),
        ("University of Torino", "University"),
        ("Politecnico of Torino", "Politecnico of Torino"),
        ("CEIP", "CEIP"),
    ],
)
def test_open_for_business_has_a_partner(s3: Catalogue, organisation: str, words: str) -> None:
    strategy = s3.strategies.lookup("Open for Business")
    partner = s3.organisations.of(strategy).lookup(organisation)
    assert [involved.role for involved in partner.involvements if involved.strategy is strategy] == [Role.PARTNERS]
    assert cites(partner, "involvements", CITY, words)


def test_the_city_launched_open_for_business(s3: Catalogue) -> None:
    strategy = s3.strategies.lookup("Open for Business")
    city = s3.organisations.of(strategy).lookup("Municipality of Torino")
    assert [involved.role for involved in city.involvements if involved.strategy is strategy] == [Role.LEADS]
    assert cites(city, "involvements", CITY, "by the Municipality of Torino")


def test_the_city_names_itself_and_six_partners_of_open_for_business(s3: Catalogue) -> None:
    strategy = s3.strategies.lookup("Open for Business")
    named = [
        involved.role
        for organisation in said(s3, "organisations", CITY)
        if cites(organisation, "involvements", CITY, "by the Municipality of Torino in collaboration")
        for involved in organisation.involvements
        if involved.strategy is strategy
    ]
    assert (named.count(Role.LEADS), named.count(Role.PARTNERS)) == (1, 6)


@pytest.mark.parametrize(
    "aim",
    [
        "Raise of new businesses",
        "Investment attraction",
        "Manufacturing plant attraction",
        "Start-up endorsement",
        "Local business development",
        "Proximity to universities, research centres and the know-how of companies",
        "Area open to the business of the future",
    ],
)
def test_open_for_business_has_an_aim(s3: Catalogue, aim: str) -> None:
    objectives = s3.strategic_objectives.of(s3.strategies.lookup("Open for Business"))
    assert objectives.lookup(aim) in said(s3, "strategic_objectives", CITY)


@pytest.mark.parametrize("means", ["Bureaucracy reduction process", "Coordinated communication strategy"])
def test_open_for_business_is_supported_by_a_means(s3: Catalogue, means: str) -> None:
    assert s3.initiatives.lookup(means) in s3.initiatives.of(s3.strategies.lookup("Open for Business"))


def test_the_city_names_five_strategic_areas(s3: Catalogue) -> None:
    areas = said(s3, "innovation_areas", CITY).where(designation="strategic area")
    assert names(areas) == {"Automotive", "ICT", "Aerospace", "Biomedical", "High quality food"}


@pytest.mark.parametrize(
    ("commitment", "year"),
    [
        ("Covenant of Mayors", 2009),
        ("TAPE", 2010),
        ("Memorandum of Understanding with the Innovation Team of the Italian Government", 2017),
        ("iCapital", 2016),
        ("G7 of Industry, Labour and Science", 2017),
    ],
)
def test_what_the_city_did_has_its_year(s3: Catalogue, commitment: str, year: int) -> None:
    assert said(s3, "initiatives", CITY).lookup(commitment).start_year == year


@pytest.mark.parametrize(
    "step",
    [
        "Covenant of Mayors",
        "Action Plan for Energy",
        "Memorandum of Understanding with the Innovation Team of the Italian Government",
        "Infrastructure for big and open data",
    ],
)
def test_a_step_to_the_smart_city_is_of_that_strategy(s3: Catalogue, step: str) -> None:
    smart_city = s3.strategies.where(kind="smart-city").lookup("Torino Smart City")
    assert said(s3, "initiatives", CITY).lookup(step) in s3.initiatives.of(smart_city)


def test_the_process_to_a_smart_city_began_in_2009(s3: Catalogue) -> None:
    assert s3.strategies.lookup("Torino Smart City").start_year == 2009


def memorandum_of_2017(s3: Catalogue) -> Initiative:
    name = "Memorandum of Understanding with the Innovation Team of the Italian Government"
    memorandum: Initiative = said(s3, "initiatives", CITY).lookup(name)
    return memorandum


def test_the_memorandum_is_called_one_of_understanding(s3: Catalogue) -> None:
    assert memorandum_of_2017(s3).designation == "Memorandum of Understanding"


@pytest.mark.parametrize("party", ["Innovation Team of the Italian Government", "Municipality of Torino"])
def test_the_memorandum_was_signed_by_the_city_and_the_governments_innovation_team(s3: Catalogue, party: str) -> None:
    assert s3.organisations.lookup(party) in taking_part(memorandum_of_2017(s3))


def test_torino_was_the_first_in_italy_to_sign_the_memorandum(s3: Catalogue) -> None:
    memorandum = memorandum_of_2017(s3)
    assert memorandum.region is s3.regions.lookup("City of Torino")
    assert "first of its kind in Italy" in str(memorandum.description)
    assert cites(memorandum, "description", CITY, "first in Italy")


@pytest.mark.parametrize(
    ("aim", "words"),
    [
        ("a large infrastructure of big and open data", "for the creation of a large infrastructure"),
        ("the development of the city", "development of the city and of the country"),
        ("the development of the country", "development of the city and of the country"),
    ],
)
def test_the_memorandum_has_an_aim(s3: Catalogue, aim: str, words: str) -> None:
    memorandum = memorandum_of_2017(s3)
    assert aim in memorandum.aims
    assert cites(memorandum, "aims", CITY, words)


def test_the_icapital_award_is_an_award(s3: Catalogue) -> None:
    assert said(s3, "initiatives", CITY).lookup("iCapital").kind.name == "AWARD"


@pytest.mark.parametrize(
    "words",
    [
        "laboratory for the future",
        "cinema",
        "television",
        "fashion",
        "automobile",
        "the Egyptian to the Cinema Museum",
        "Reggia of Venaria",
        "a hybrid between Paris and New York",
        "Unique and different from the rest of Italy",
        "important centre of research",
        "Open Innovation",
        "worldwide known companies",
        "high-knowledge content",
        "good quality of life",
        "to change skin",
    ],
)
def test_what_the_city_says_of_itself_is_a_finding_about_torino(s3: Catalogue, words: str) -> None:
    assert s3.regions.lookup("City of Torino") in {item.region for item in found(s3, "observations", CITY, words)}


@pytest.mark.parametrize("initiative", ["PhD program on soft skills", "Competence centre for Industry 4.0"])
def test_what_the_city_offers_companies_is_an_initiative_in_torino(s3: Catalogue, initiative: str) -> None:
    assert said(s3, "initiatives", CITY).lookup(initiative).region is s3.regions.lookup("Torino")


@pytest.mark.parametrize("commitment", ["Covenant of Mayors", "TAPE"])
def test_a_commitment_was_adopted_by_the_city(s3: Catalogue, commitment: str) -> None:
    adopters = taking_part(said(s3, "initiatives", CITY).lookup(commitment), Role.ADOPTS)
    assert adopters == [s3.organisations.lookup("City of Torino")]


# More of the economy


@pytest.mark.parametrize(
    ("document", "words", "region"),
    [
        pytest.param(ECORIS3, "strong industrialisation", "Metropolitan City of Torino", id="industrialisation"),
        pytest.param(ECORIS3, "mechanical and automobile sectors", "Metropolitan City of Torino", id="mechanics"),
        pytest.param(ECORIS3, "slow growth of the main economic indicators", "Piedmont", id="slow-growth"),
        pytest.param(ECORIS3, "ageing of the population", "Metropolitan City of Torino", id="ageing-of-the-city"),
        pytest.param(KICSTART, "aging of its population", "Piedmont", id="ageing-of-the-region"),
        pytest.param(ECORIS3, "oriented to international markets", "Piedmont", id="international-enterprises"),
        pytest.param(ECORIS3, "high-quality goods", "Piedmont", id="quality"),
        pytest.param(ECORIS3, "complete industrial production chains", "Piedmont", id="production-chains"),
        pytest.param(KICSTART, "boosts its innovation ecosystem", "Metropolitan City of Torino", id="ecosystem"),
        pytest.param(KICSTART, "most resilient", "Piedmont", id="resilient-industries"),
        pytest.param(PLAN_2006, "Knowledge Economy", "Torino", id="knowledge-economy"),
        pytest.param(PLAN_2006, "a different kind of industry", "Torino", id="different-industry"),
        pytest.param(VANGUARD, "traditional centre of car industry", "Piedmont", id="car-industry"),
        pytest.param(VANGUARD, "global transformations", "Piedmont", id="global-transformations"),
        pytest.param(VANGUARD, "anticipated the Smart Specialization trends", "Piedmont", id="anticipation"),
    ],
)
def test_a_statement_of_a_document_is_a_finding_about_a_territory(
    s3: Catalogue, document: str, words: str, region: str
) -> None:
    assert s3.regions.lookup(region) in {finding.region for finding in found(s3, "observations", document, words)}


@pytest.mark.parametrize("organisation", ["University of Torino", "Polytechnic of Torino"])
def test_the_finding_about_a_centre_of_research_names_a_university(s3: Catalogue, organisation: str) -> None:
    findings = found(s3, "observations", CITY, "important centre of research")
    assert s3.organisations.lookup(organisation) in {one for finding in findings for one in finding.organisations}


def test_the_maserati_levante_is_produced_in_the_mirafiori_factory(s3: Catalogue) -> None:
    maserati = said(s3, "organisations", ECORIS3).lookup("Maserati")
    assert maserati.host is said(s3, "organisations", ECORIS3).lookup("Mirafiori factory")
    assert "Levante" in str(maserati.description)
    assert cites(maserati, "description", ECORIS3, "Maserati Levante production in Mirafiori factory")


def test_the_mirafiori_factory_is_in_torino(s3: Catalogue) -> None:
    factory = said(s3, "organisations", ECORIS3).lookup("Mirafiori factory")
    assert factory.region is s3.regions.lookup("City of Torino")
    assert cites(factory, "region", ECORIS3, "Mirafiori factory")
    assert cites(factory, "region", PLAN_2006, "Fiat Mirafiori factory in Torino")


def test_the_laboratory_of_bracco_stands_in_the_bioindustry_park(s3: Catalogue) -> None:
    laboratory = said(s3, "organisations", ECORIS3).lookup("Bracco pharmaceutical laboratory")
    assert laboratory.host is s3.organisations["bioindustry-park"]
    assert laboratory.region is s3.regions.lookup("Colleretto Giacosa")
    assert cites(laboratory, "host", ECORIS3, "Bioindustry Park in Colleretto Giacosa – Bracco pharmaceutical")


def test_bracco_is_a_company_with_a_laboratory_in_colleretto_giacosa(s3: Catalogue) -> None:
    bracco = said(s3, "organisations", ECORIS3).lookup("Bracco")
    assert (bracco.kind.name, bracco.region) == ("COMPANY", s3.regions.lookup("Colleretto Giacosa"))
    assert "laboratory in the Bioindustry Park" in str(bracco.description)
    assert cites(bracco, "description", ECORIS3, "Bracco pharmaceutical laboratory")


# Correspondences and codes


@pytest.mark.parametrize("sector", ["Automotive", "Aerospace"])
def test_a_sector_of_2006_is_close_to_the_area_of_the_same_name(s3: Catalogue, sector: str) -> None:
    old = areas_of(s3, "Second Strategic Plan", "strategic sector").lookup(sector)
    new = areas_of(s3, S3, "innovation area").lookup(sector)
    assert [alignment.relation for alignment in s3.alignments.where(area=old, match=new)] == [MatchRelation.CLOSE]


@pytest.mark.parametrize(
    ("industry", "area", "relation"),
    [
        ("Automotive", "Automotive", MatchRelation.CLOSE),
        ("Aerospace", "Aerospace", MatchRelation.CLOSE),
        ("Mechatronics", "Mechatronics", MatchRelation.CLOSE),
        ("Green chemistry", "Green chemistry and cleantech", MatchRelation.BROAD),
        ("Textile", "Made in Piedmont", MatchRelation.BROAD),
        ("Agrifood", "Made in Piedmont", MatchRelation.RELATED),
        ("Energy and clean technologies", "Green chemistry and cleantech", MatchRelation.RELATED),
    ],
)
def test_an_industry_corresponds_to_an_area(s3: Catalogue, industry: str, area: str, relation: MatchRelation) -> None:
    one = areas_of(s3, S3, "industry").lookup(industry)
    other = areas_of(s3, S3, "innovation area").lookup(area)
    assert [alignment.relation for alignment in s3.alignments.where(area=one, match=other)] == [relation]


@pytest.mark.parametrize("sector", ["Finance", "ICT"])
def test_a_sector_of_2006_that_the_six_areas_lack_comes_close_to_none_of_them(s3: Catalogue, sector: str) -> None:
    old = areas_of(s3, "Second Strategic Plan", "strategic sector").lookup(sector)
    areas = areas_of(s3, S3, "innovation area")
    relations = {alignment.relation for alignment in s3.alignments.of(old) if alignment.match in areas}
    assert relations.isdisjoint({MatchRelation.EXACT, MatchRelation.CLOSE})


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ("Aerospace", "C30.3"),
        ("Automotive", "C29"),
        ("Automotive", "C28.3"),
        ("Automotive", "M71.1"),
        ("Automotive", "M74.1"),
        ("Mechatronics", "C26"),
        ("Mechatronics", "C27"),
        ("Mechatronics", "C28"),
        ("Mechatronics", "J62"),
        ("Green chemistry and cleantech", "C20"),
        ("Made in Piedmont", "C13"),
        ("Health and wellbeing", "C21"),
    ],
)
def test_an_area_covers_an_economic_activity(s3: Catalogue, area: str, code: str) -> None:
    assert areas_of(s3, S3, "innovation area").lookup(area) in s3.innovation_areas.where(nace=code)


def test_every_code_of_an_economic_activity_is_marked_as_our_curation(s3: Catalogue) -> None:
    bases = {citation.basis for area in s3.innovation_areas for citation in area.cite("nace")}
    assert bases == {Basis.INFERRED}


def test_no_misprint_of_the_documents_is_kept_in_a_name(s3: Catalogue) -> None:
    labels = " ".join(label for entity in s3 for label in (entity.name, *entity.aliases))
    assert not any(misprint in labels for misprint in ("Piedmond", "Specilisation", "trasformation", "second matters"))
