"""What public pages state of the years since the five documents, found as a reader of a page would look for it."""

from __future__ import annotations

from typing import Any

import pytest

from smartspec import Basis, Catalogue, Collection, Entity, InitiativeKind, InnovationPole, MatchRelation, RegionLevel

ECORIS3 = "ecoris3-torino"
KICSTART = "kicstarth2-torino"
CITY = "city-of-torino"
IL_GIORNALE = "il-giornale-innovation-poles"
STUDIO_GALLO = "studio-gallo-innovation-poles"
CGREEN = "cgreen-about"
CGREEN_MERGER = "cgreen-chi-siamo"
CLEVER = "its-wonderful-clever"
POLES_PAGE = "regione-piemonte-innovation-poles"
NEWSBIELLA = "newsbiella-innovation-poles"
GAZZETTA = "gazzetta-d-alba-innovation-poles"
IDEAWEBTV = "ideawebtv-innovation-poles"
S3_PAGE = "regione-piemonte-s3"
IRES = "ires-piemonte-s3"
S3_2021_PAGE = "regione-piemonte-s3-2021-2027"
PLAN_PAGE = "torino-internazionale-second-plan"
COVENANT_PAGE = "comune-torino-covenant-of-mayors"
TAPE_TARGET = "eco-dalle-citta-tape"
TAPE_ACTIONS = "in-jet-tape"
ICAPITAL = "piemonte-innova-icapital"
METROPOLITAN_CITY = "torino-social-impact-metropolitan-city"
THALES = "wikipedia-thales-alenia-space"
SELEX = "wiki-li-selex-galileo"
KETS = "european-commission-kets"

STATED, INFERRED = {Basis.STATED}, {Basis.INFERRED}


def said(s3: Catalogue, collection: str, document: str) -> Collection[Any]:
    """What a document says about things of a class."""
    return s3.collections[collection].of(s3.sources[document])


def bases(entity: Entity, attribute: str, document: str) -> set[Basis]:
    """Whether a document states an attribute or lets us infer it; empty if it does not speak of it."""
    return {citation.basis for citation in entity.cite(attribute) if citation.source.id == document}


def names(entities: Any) -> list[str]:
    return [entity.name for entity in entities]


def of_2009(s3: Catalogue, italian_name: str) -> InnovationPole:
    """The pole of 2009 that the accountant's list of the twelve calls by this name."""
    pole: InnovationPole = said(s3, "innovation_poles", STUDIO_GALLO).lookup(italian_name)
    return pole


def of_the_programme(s3: Catalogue) -> Collection[InnovationPole]:
    """The poles that the Region recognised; there are other clusters."""
    return s3.innovation_poles.where(programme="innovation-poles-programme")


def of_today(s3: Catalogue, name: str) -> InnovationPole:
    return s3.innovation_poles.at(2026).lookup(name)


# The pages


def test_every_page_but_one_has_its_address(s3: Catalogue) -> None:
    assert [source.id for source in s3.sources if source.url is None] == [CITY]


@pytest.mark.parametrize(("document", "year"), [(NEWSBIELLA, 2024), (GAZZETTA, 2022), (IDEAWEBTV, 2022)])
def test_a_page_is_of_the_year_in_its_address(s3: Catalogue, document: str, year: int) -> None:
    assert s3.sources[document].year == year
    assert f"/{year}/" in str(s3.sources[document].url)


@pytest.mark.parametrize(
    ("document", "published"),
    [
        (NEWSBIELLA, "2024-12-07"),
        (GAZZETTA, "2022-10"),
        (IDEAWEBTV, "2022-10-25"),
        (COVENANT_PAGE, "2022-01-27"),
        (TAPE_TARGET, "2010-09-14"),
    ],
)
def test_a_page_was_published_when_it_says(s3: Catalogue, document: str, published: str) -> None:
    assert s3.sources[document].published == published


# Territories and technologies


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [
        ("ITC11", "Metropolitan City of Torino", RegionLevel.METROPOLITAN_CITY),
        ("ITC12", "Province of Vercelli", RegionLevel.PROVINCE),
        ("ITC13", "Province of Biella", RegionLevel.PROVINCE),
        ("ITC14", "Province of Verbano-Cusio-Ossola", RegionLevel.PROVINCE),
        ("ITC15", "Province of Novara", RegionLevel.PROVINCE),
        ("ITC16", "Province of Cuneo", RegionLevel.PROVINCE),
        ("ITC17", "Province of Asti", RegionLevel.PROVINCE),
        ("ITC18", "Province of Alessandria", RegionLevel.PROVINCE),
    ],
)
def test_a_province_of_piedmont_has_its_nuts_code(s3: Catalogue, code: str, name: str, level: RegionLevel) -> None:
    province = s3.regions.lookup(code)
    assert (province.name, province.level, province.parent) == (name, level, s3.regions["piedmont"])


@pytest.mark.parametrize(
    ("town", "province"),
    [
        ("Cuneo", "ITC16"),
        ("Novara", "ITC15"),
        ("Tortona", "ITC18"),
        ("Vercelli", "ITC12"),
        ("Biella", "ITC13"),
        ("Ivrea", "ITC11"),
        ("Colleretto Giacosa", "ITC11"),
    ],
)
def test_a_town_with_a_pole_lies_in_its_province(s3: Catalogue, town: str, province: str) -> None:
    assert s3.regions.lookup(town).parent is s3.regions.lookup(province)


@pytest.mark.parametrize(
    "technology",
    [
        "Micro- and nanoelectronics",
        "Nanotechnology",
        "Photonics",
        "Advanced materials",
        "Industrial biotechnology",
        "Advanced manufacturing technologies",
    ],
)
def test_a_key_enabling_technology_is_named_by_the_commission(s3: Catalogue, technology: str) -> None:
    assert technology in names(said(s3, "observations", KETS))


# The programme of the poles


@pytest.mark.parametrize(
    ("document", "initiative", "date", "told"),
    [
        pytest.param(IL_GIORNALE, "D.G.R. 25-8735", "2008-05-05", "5 May 2008", id="founding-act"),
        pytest.param(
            CGREEN, "Recognition of the twelve innovation poles", "2009-03-31", "31 March 2009", id="recognition"
        ),
        pytest.param(POLES_PAGE, "Reform of the innovation poles 2015", "2015", "seven thematic areas", id="revision"),
        pytest.param(CGREEN_MERGER, "Merger of three poles into CGreen", "2016-09", "September 2016", id="cgreen"),
        pytest.param(CLEVER, "Merger of two poles into CLEVER", "2017-03-23", "23 March 2017", id="clever"),
        pytest.param(
            S3_PAGE, "Approval of the 2014-2020 strategy by the Commission", "2016-06-07", "7 June 2016", id="s3-2014"
        ),
        pytest.param(S3_2021_PAGE, "D.G.R. 43-4315", "2021-12-10", "10 December 2021", id="s3-2021"),
        pytest.param(COVENANT_PAGE, "Covenant of Mayors", "2009-02-10", "10 February 2009", id="covenant-signed"),
        pytest.param(COVENANT_PAGE, "Patto dei Sindaci", "2009-02-10", "19 January 2009", id="covenant-in-council"),
        pytest.param(COVENANT_PAGE, "TAPE", "2010-09-13", "13 September 2010", id="tape-in-council"),
        pytest.param(METROPOLITAN_CITY, "Law 56/2014", "2014", "the place of the Province", id="metropolitan-city"),
    ],
)
def test_an_act_is_of_the_day_that_a_page_states(
    s3: Catalogue, document: str, initiative: str, date: str, told: str
) -> None:
    act = said(s3, "initiatives", document).lookup(initiative)
    assert (act.start, told in act.description) == (date, True)
    assert Basis.STATED in bases(act, "start", document)


def test_the_programme_of_the_poles_began_in_2008(s3: Catalogue) -> None:
    programme = s3.initiatives.lookup("Innovation poles")
    assert (programme.kind, programme.start_year) == (InitiativeKind.PROGRAMME, 2008)
    assert bases(programme, "start", IL_GIORNALE) == STATED


def test_piedmont_was_the_first_italian_region_with_poles(s3: Catalogue) -> None:
    first = said(s3, "observations", IL_GIORNALE).lookup("Piedmont as the first Italian region with innovation poles")
    assert bases(first, "name", IL_GIORNALE) == STATED


@pytest.mark.parametrize("document", [CGREEN, STUDIO_GALLO])
def test_the_poles_of_2009_are_the_twelve_of_both_lists(s3: Catalogue, document: str) -> None:
    then = of_the_programme(s3).at(2010)
    listed = said(s3, "innovation_poles", document)
    assert [pole for pole in listed if pole in of_the_programme(s3) and pole.start_year == 2009] == [*then]
    assert len(then) == 12


def test_the_poles_of_today_are_seven(s3: Catalogue) -> None:
    today = {"AGRIFOOD", "BioPmed", "CGreen", "CLEVER", "MESAP", "Pointex", "Polo ICT"}
    assert set(names(of_the_programme(s3).at(2026))) == today


@pytest.mark.parametrize(
    "pole", ["ict", "mechatronics", "sustainable-architecture-hydrogen", "biotechnologies-biomedical"]
)
def test_a_pole_of_the_five_documents_is_one_of_the_twelve(s3: Catalogue, pole: str) -> None:
    assert pole in s3.innovation_poles.of(s3.sources[ECORIS3])
    assert pole in s3.innovation_poles.of(s3.sources[STUDIO_GALLO])


@pytest.mark.parametrize(
    ("pole", "end"),
    [
        ("Chimica sostenibile", "2016-09"),
        ("Nuovi materiali", "2016-09"),
        ("Energie rinnovabili e biocombustibili", "2016-09"),
        ("Architettura sostenibile e idrogeno", "2017-03-23"),
        ("Energie rinnovabili e mini hydro", "2017-03-23"),
    ],
)
def test_a_pole_that_merged_ended_when_its_successor_began(s3: Catalogue, pole: str, end: str) -> None:
    merged = of_2009(s3, pole)
    assert merged.successor is not None
    assert (merged.start, merged.end, merged.successor.start) == ("2009-03-31", end, end)


# Where sources differ


@pytest.mark.parametrize(
    ("document", "count", "begun", "ended"),
    [
        pytest.param(ECORIS3, 10, None, None, id="ten-in-ecoris3"),
        pytest.param(KICSTART, 10, None, None, id="ten-in-kicstarth2"),
        pytest.param(CGREEN, 12, 2009, 2015, id="twelve-on-cgreen"),
        pytest.param(IL_GIORNALE, 12, 2009, 2015, id="twelve-in-il-giornale"),
        pytest.param(POLES_PAGE, 7, 2015, None, id="seven-on-the-regional-page"),
        pytest.param(GAZZETTA, 7, 2015, None, id="seven-in-2022"),
    ],
)
def test_each_count_of_the_poles_stands_with_the_page_that_states_it(
    s3: Catalogue, document: str, count: float, begun: int | None, ended: int | None
) -> None:
    counts = said(s3, "indicators", document).where(unit="poles", region="piedmont")
    stated = [figure for figure in counts if bases(figure, "value", document) == STATED]
    assert (count, begun, ended) in [(figure.value, figure.start_year, figure.end_year) for figure in stated]
    assert {figure.value for figure in stated} == {count}


@pytest.mark.parametrize("count", [7, 12])
def test_the_page_on_clever_gives_both_counts(s3: Catalogue, count: float) -> None:
    assert count in {figure.value for figure in said(s3, "indicators", CLEVER).where(unit="poles")}


def test_the_count_of_ten_says_that_no_page_lists_ten(s3: Catalogue) -> None:
    ten = said(s3, "indicators", ECORIS3).where(unit="poles", region="piedmont")
    assert any("no public page lists ten" in figure.description for figure in ten)


def test_the_seat_of_biopmed_is_colleretto_giacosa(s3: Catalogue) -> None:
    pole = of_today(s3, "BioPmed")
    assert (pole.region.name, bases(pole, "region", NEWSBIELLA)) == ("Colleretto Giacosa", STATED)


def test_another_page_says_that_biopmed_sits_in_ivrea(s3: Catalogue) -> None:
    ivrea = said(s3, "observations", CGREEN).where(region=s3.regions.lookup("Ivrea"))
    assert STATED in [bases(finding, "region", CGREEN) for finding in ivrea]
    assert any("Ivrea" in citation.note for citation in of_today(s3, "BioPmed").cite("region"))


def test_the_park_of_biopmed_is_not_in_the_city(s3: Catalogue) -> None:
    park = s3.organisations.lookup("Bioindustry Park Silvano Fumero")
    assert park.region is not None
    assert s3.regions["torino"] not in park.region.ancestors
    assert s3.regions["metropolitan-city-of-torino"] in park.region.ancestors


def test_another_page_ties_the_ict_pole_to_the_vercelli_area(s3: Catalogue) -> None:
    vercelli = said(s3, "observations", IL_GIORNALE).where(region=s3.regions.lookup("ITC12"))
    assert INFERRED in [bases(finding, "region", IL_GIORNALE) for finding in vercelli]
    assert s3.regions.lookup("ITC12") not in of_2009(s3, "Information & Communication Technology").territories


# The twelve


@pytest.mark.parametrize(
    ("pole", "name"),
    [
        ("Agroalimentare", "Agrifood"),
        ("Biotecnologie e Biomedicale", "Biotechnologies and biomedical industry"),
        ("Chimica sostenibile", "Sustainable chemistry"),
        ("Nuovi materiali", "New materials"),
        ("Creatività digitale e multimedialità", "Digital creativity and multimedia"),
        ("Energie rinnovabili e biocombustibili", "Renewable energies and biofuels"),
        (
            "Impiantistica, sistemi e componentistica per le energie rinnovabili",
            "Plant, systems and components for renewable energies",
        ),
        ("Architettura sostenibile e idrogeno", "Sustainable architecture and hydrogen"),
        ("Information & Communication Technology", "Information and communication technologies"),
        ("Meccatronica e sistemi avanzati di produzione", "Mechatronics and advanced production systems"),
        ("Energie rinnovabili e mini hydro", "Renewable energies and mini hydro"),
        ("Tessile", "Textile"),
    ],
)
def test_a_pole_of_2009_has_its_name_in_both_languages(s3: Catalogue, pole: str, name: str) -> None:
    assert (of_2009(s3, pole).local_name, of_2009(s3, pole).name) == (pole, name)


@pytest.mark.parametrize(
    ("pole", "codes"),
    [
        ("Agroalimentare", ["ITC16", "ITC17"]),
        ("Biotecnologie e Biomedicale", ["ITC11", "ITC12"]),
        ("Chimica sostenibile", ["ITC15"]),
        ("Nuovi materiali", ["ITC18"]),
        ("Creatività digitale e multimedialità", ["ITC11"]),
        ("Energie rinnovabili e biocombustibili", ["ITC18"]),
        ("Architettura sostenibile e idrogeno", ["ITC11"]),
        ("Information & Communication Technology", ["ITC11"]),
        ("Meccatronica e sistemi avanzati di produzione", ["ITC11"]),
        ("Energie rinnovabili e mini hydro", ["ITC12", "ITC11"]),
        ("Tessile", ["ITC13"]),
    ],
)
def test_the_landscape_of_a_pole_is_read_as_provinces(s3: Catalogue, pole: str, codes: list[str]) -> None:
    assert [territory.nuts for territory in of_2009(s3, pole).territories] == codes
    assert bases(of_2009(s3, pole), "territories", STUDIO_GALLO) == INFERRED


def test_verbano_cusio_ossola_is_a_province_by_name(s3: Catalogue) -> None:
    pole = of_2009(s3, "Impiantistica, sistemi e componentistica per le energie rinnovabili")
    assert (pole.region.nuts, bases(pole, "territories", STUDIO_GALLO)) == ("ITC14", STATED)


@pytest.mark.parametrize(
    ("pole", "manager"),
    [
        ("Agroalimentare", "Tecnogranda"),
        ("Biotecnologie e Biomedicale", "Bioindustry Park del Canavese"),
        ("Chimica sostenibile", "Consorzio IBIS"),
        ("Nuovi materiali", "Consorzio Proplast"),
        ("Creatività digitale e multimedialità", "Virtual Reality & Multi Media Park"),
        ("Energie rinnovabili e biocombustibili", "Parco Scientifico e Tecnologico in Valle Scrivia"),
        (
            "Impiantistica, sistemi e componentistica per le energie rinnovabili",
            "Tecnoparco del Lago Maggiore",
        ),
        ("Architettura sostenibile e idrogeno", "Environment Park"),
        ("Information & Communication Technology", "Fondazione Torino Wireless"),
        ("Meccatronica e sistemi avanzati di produzione", "Centro Servizi Industrie"),
        ("Energie rinnovabili e mini hydro", "Gesin srl"),
        ("Tessile", "Città Studi"),
    ],
)
def test_a_pole_of_2009_had_its_manager(s3: Catalogue, pole: str, manager: str) -> None:
    assert s3.organisations.lookup(manager) in of_2009(s3, pole).managers
    assert Basis.STATED in bases(of_2009(s3, pole), "managers", STUDIO_GALLO) | bases(
        of_2009(s3, pole), "managers", IL_GIORNALE
    )


def test_the_mini_hydro_pole_had_a_later_manager(s3: Catalogue) -> None:
    pole = of_2009(s3, "Energie rinnovabili e mini hydro")
    assert names(pole.managers) == ["Gesin", "Consorzio UN.I.VER."]
    assert bases(pole, "managers", CLEVER) == STATED


@pytest.mark.parametrize(
    ("short", "pole"),
    [
        ("bioPmed", "Biotecnologie e Biomedicale"),
        ("INNOMAT", "Nuovi materiali"),
        ("VRMMP", "Creatività digitale e multimedialità"),
        ("POLIBRE", "Energie rinnovabili e biocombustibili"),
        ("Polight", "Architettura sostenibile e idrogeno"),
        ("MESAP", "Meccatronica e sistemi avanzati di produzione"),
        ("ENERMHY", "Energie rinnovabili e mini hydro"),
        ("Po.in.tex", "Tessile"),
    ],
)
def test_a_pole_of_2009_is_found_by_its_short_name(s3: Catalogue, short: str, pole: str) -> None:
    assert s3.innovation_poles.at(2010).lookup(short) is of_2009(s3, pole)


@pytest.mark.parametrize(
    ("pole", "today", "basis"),
    [
        ("Agroalimentare", "AGRIFOOD", INFERRED),
        ("Biotecnologie e Biomedicale", "BioPmed", INFERRED),
        ("Chimica sostenibile", "CGreen", STATED),
        ("Nuovi materiali", "CGreen", STATED),
        ("Energie rinnovabili e biocombustibili", "CGreen", STATED),
        ("Architettura sostenibile e idrogeno", "CLEVER", STATED),
        ("Energie rinnovabili e mini hydro", "CLEVER", STATED),
        ("Information & Communication Technology", "Polo ICT", INFERRED),
        ("Meccatronica e sistemi avanzati di produzione", "MESAP", INFERRED),
        ("Tessile", "Pointex", INFERRED),
    ],
)
def test_a_pole_of_2009_became_one_of_today(s3: Catalogue, pole: str, today: str, basis: set[Basis]) -> None:
    assert names(of_2009(s3, pole).successors) == [today]
    assert {citation.basis for citation in of_2009(s3, pole).cite("successor")} == basis


@pytest.mark.parametrize(
    "pole",
    [
        "Creatività digitale e multimedialità",
        "Impiantistica, sistemi e componentistica per le energie rinnovabili",
    ],
)
def test_what_a_pole_became_is_left_open_where_no_page_says_it(s3: Catalogue, pole: str) -> None:
    assert (of_2009(s3, pole).successor, "No page says" in of_2009(s3, pole).description) == (None, True)


# The seven


@pytest.mark.parametrize(
    ("pole", "theme"),
    [
        ("AGRIFOOD", "Agroalimentare"),
        ("BioPmed", "Scienze della vita e Salute"),
        ("CGreen", "Chimica verde e nuovi materiali"),
        ("CLEVER", "Energia e tecnologie pulite"),
        ("MESAP", "Smart Products and Manufacturing"),
        ("Pointex", "Tessile"),
        ("Polo ICT", "Tecnologie dell'Informazione e della Comunicazione"),
    ],
)
def test_a_pole_of_today_has_the_theme_of_the_regional_page(s3: Catalogue, pole: str, theme: str) -> None:
    assert theme in of_today(s3, pole).aliases
    assert bases(of_today(s3, pole), "description", POLES_PAGE) == STATED


@pytest.mark.parametrize(
    ("pole", "managers"),
    [
        ("AGRIFOOD", ["M.I.A.C. Scpa"]),
        ("BioPmed", ["Bioindustry Park Silvano Fumero SpA"]),
        ("CGreen", ["Consorzio Proplast", "Consorzio IBIS", "PST SpA"]),
        ("CLEVER", ["Environment Park SpA", "Consorzio UN.I.VER."]),
        ("MESAP", ["Centro Servizi Industrie Srl"]),
        ("Pointex", ["Città Studi SpA"]),
        ("Polo ICT", ["Fondazione Torino Wireless", "Fondazione Piemonte Innova"]),
    ],
)
def test_a_pole_of_today_has_its_managers(s3: Catalogue, pole: str, managers: list[str]) -> None:
    assert of_today(s3, pole).managers == tuple(map(s3.organisations.lookup, managers))
    assert bases(of_today(s3, pole), "managers", POLES_PAGE) == STATED


@pytest.mark.parametrize(
    ("pole", "site"),
    [
        ("AGRIFOOD", "www.poloagrifood.it"),
        ("BioPmed", "www.biopmed.eu"),
        ("CGreen", "www.cgreen.it"),
        ("CLEVER", "www.poloclever.it"),
        ("MESAP", "www.mesap.it"),
        ("Pointex", "www.pointex.eu"),
        ("Polo ICT", "www.poloinnovazioneict.org"),
    ],
)
def test_a_pole_of_today_has_its_web_site(s3: Catalogue, pole: str, site: str) -> None:
    assert of_today(s3, pole).url == f"https://{site}"
    assert bases(of_today(s3, pole), "url", POLES_PAGE) == STATED


@pytest.mark.parametrize(
    ("pole", "towns"),
    [
        ("AGRIFOOD", ["Cuneo"]),
        ("CGreen", ["Alessandria", "Novara", "Tortona"]),
        ("CLEVER", ["Torino", "Vercelli"]),
        ("MESAP", ["Torino"]),
        ("Pointex", ["Biella"]),
        ("Polo ICT", ["Torino"]),
    ],
)
def test_a_pole_of_today_sits_in_its_towns(s3: Catalogue, pole: str, towns: list[str]) -> None:
    today = of_today(s3, pole)
    attribute = "territories" if len(towns) > 1 else "region"
    assert names(today.territories or [today.region]) == towns
    assert bases(today, attribute, CGREEN) == STATED


def test_clever_stands_for_its_long_name(s3: Catalogue) -> None:
    assert s3.innovation_poles.lookup("Cleantech & Energy Innovation Cluster") is of_today(s3, "CLEVER")


@pytest.mark.parametrize("pole", ["Polo ICT", "ICT", "Sustainable architecture and hydrogen"])
def test_a_pole_without_an_area_of_its_name_carries_none(s3: Catalogue, pole: str) -> None:
    assert s3.innovation_poles.lookup(pole).areas == ()


def test_the_pole_for_textiles_carries_no_system_of_the_strategy_in_force(s3: Catalogue) -> None:
    assert names(of_today(s3, "Pointex").areas) == ["Made in Piedmont"]


# Figures


@pytest.mark.parametrize(
    ("document", "unit", "value"),
    [
        pytest.param(IDEAWEBTV, "members", 1200, id="members-2022"),
        pytest.param(IDEAWEBTV, "% of members", 70, id="small-and-medium-enterprises-2022"),
        pytest.param(IDEAWEBTV, "projects", 1300, id="projects-in-13-years"),
        pytest.param(IDEAWEBTV, "European projects", 100, id="european-projects"),
        pytest.param(IL_GIORNALE, "companies", 870, id="companies-of-the-twelve"),
        pytest.param(S3_PAGE, "trajectories", 2, id="trajectories"),
        pytest.param(S3_PAGE, "fields", 2, id="pillars"),
        pytest.param(IRES, "areas", 6, id="areas-2014"),
        pytest.param(S3_2021_PAGE, "systems", 6, id="systems-2021"),
        pytest.param(S3_2021_PAGE, "components", 3, id="components-2021"),
        pytest.param(PLAN_PAGE, "thematic areas", 4, id="thematic-areas-2006"),
        pytest.param(PLAN_PAGE, "themes", 5, id="themes-with-the-vision-2006"),
        pytest.param(PLAN_PAGE, "directions", 12, id="directions-2006"),
        pytest.param(PLAN_PAGE, "objectives", 54, id="objectives-2006"),
        pytest.param(PLAN_PAGE, "people", 1000, id="people-2006"),
        pytest.param(TAPE_TARGET, "% change of CO2 emissions", -40, id="tape-target"),
        pytest.param(TAPE_ACTIONS, "actions", 51, id="tape-actions"),
        pytest.param(ICAPITAL, "rank", 2, id="icapital-rank"),
        pytest.param(ICAPITAL, "euro", 100_000, id="icapital-prize"),
        pytest.param(METROPOLITAN_CITY, "inhabitants", 2_247_780, id="inhabitants"),
        pytest.param(METROPOLITAN_CITY, "municipalities", 312, id="municipalities"),
    ],
)
def test_a_page_states_a_figure(s3: Catalogue, document: str, unit: str, value: float) -> None:
    figures = said(s3, "indicators", document).where(unit=unit)
    assert (value, STATED) in [(figure.value, bases(figure, "value", document)) for figure in figures]


@pytest.mark.parametrize("unit", ["members", "% of members", "projects", "European projects"])
def test_the_figures_of_the_system_are_of_2022(s3: Catalogue, unit: str) -> None:
    figures = said(s3, "indicators", IDEAWEBTV).where(unit=unit)
    assert 2022 in {figure.end_year for figure in figures}


def test_the_target_for_co2_runs_from_1991_to_2020(s3: Catalogue) -> None:
    targets = said(s3, "indicators", TAPE_TARGET).where(unit="% change of CO2 emissions")
    assert ("Torino", 1991, 2020) in [(target.region.name, target.start_year, target.end_year) for target in targets]


def test_the_surface_of_the_metropolitan_city_is_read_in_italian_notation(s3: Catalogue) -> None:
    assert s3.regions.lookup("ITC11").area_km2 == 6827


# The regional strategies


@pytest.mark.parametrize(
    ("area", "pillar"),
    [
        ("Aerospazio", "Innovazione del sistema produttivo"),
        ("Automotive", "Innovazione del sistema produttivo"),
        ("Chimica verde/Cleantech", "Innovazione del sistema produttivo"),
        ("Meccatronica", "Innovazione del sistema produttivo"),
        ("Made in", "Innovazione del sistema produttivo"),
        ("Salute e benessere", "Innovazione per la salute"),
    ],
)
def test_an_area_of_2014_stands_in_its_pillar(s3: Catalogue, area: str, pillar: str) -> None:
    areas = s3.innovation_areas.where(strategy="piedmont-s3-2014-2020", designation="innovation area")
    assert areas.lookup(area).priority_field is s3.priority_fields.lookup(pillar)


@pytest.mark.parametrize(
    ("designation", "objective"),
    [
        ("trajectory", "Smart"),
        ("trajectory", "Resource efficiency"),
        ("accelerator", "Enabling technologies"),
        ("accelerator", "Digital growth"),
        ("accelerator", "Strengthening of skills"),
        ("accelerator", "Social innovation"),
    ],
)
def test_the_strategy_of_2014_has_two_trajectories_and_four_accelerators(
    s3: Catalogue, designation: str, objective: str
) -> None:
    listed = said(s3, "strategic_objectives", S3_PAGE).where(designation=designation, strategy="piedmont-s3-2014-2020")
    assert objective in names(listed)


@pytest.mark.parametrize(
    ("system", "name"),
    [
        ("Aerospazio", "Aerospace"),
        ("Mobilità sostenibile", "Sustainable mobility"),
        ("Manifattura avanzata", "Advanced manufacturing"),
        ("Tecnologie, risorse e materiali verdi", "Green technologies, resources and materials"),
        ("Food", "Food"),
        ("Salute", "Health"),
    ],
)
def test_the_strategy_in_force_names_a_priority_system(s3: Catalogue, system: str, name: str) -> None:
    systems = said(s3, "innovation_areas", S3_2021_PAGE).where(designation="priority innovation system")
    found = systems.lookup(system)
    assert (found.local_name, found.name, found.priority_field) == (system, name, None)


@pytest.mark.parametrize(
    ("component", "name"),
    [
        ("Transizione digitale", "Digital transition"),
        ("Transizione ecologica", "Green transition"),
        ("Innovazione a impatto sociale e territoriale", "Innovation with social and territorial impact"),
    ],
)
def test_the_strategy_in_force_names_a_transversal_component(s3: Catalogue, component: str, name: str) -> None:
    components = said(s3, "priority_fields", S3_2021_PAGE).where(designation="transversal innovation component")
    assert components.lookup(component).name == name


def test_the_fourth_component_is_a_qualitative_criterion_only(s3: Catalogue) -> None:
    fourth = said(s3, "strategic_objectives", S3_2021_PAGE).lookup("Capacità e competenze")
    assert fourth.designation == "qualitative criterion"
    components = {"designation": "transversal innovation component", "strategy": fourth.strategy}
    assert len(s3.priority_fields.where(**components)) == 3


def test_the_strategy_in_force_follows_that_of_2014(s3: Catalogue) -> None:
    now = s3.strategies["piedmont-s3-2021-2027"]
    assert now.predecessor is s3.strategies["piedmont-s3-2014-2020"]
    assert (now.start_year, now.end_year) == (2021, 2027)


@pytest.mark.parametrize(
    ("area", "relation", "system"),
    [
        ("aerospace", MatchRelation.CLOSE, "Aerospace"),
        ("automotive", MatchRelation.BROAD, "Sustainable mobility"),
        ("mechatronics", MatchRelation.CLOSE, "Advanced manufacturing"),
        ("green-chemistry-cleantech", MatchRelation.BROAD, "Green technologies, resources and materials"),
        ("health-wellbeing", MatchRelation.CLOSE, "Health"),
        ("made-in-piedmont", MatchRelation.NARROW, "Food"),
    ],
)
def test_which_system_follows_an_area_is_inferred(
    s3: Catalogue, area: str, relation: MatchRelation, system: str
) -> None:
    systems = s3.innovation_areas.where(strategy="piedmont-s3-2021-2027", designation="priority innovation system")
    followed = s3.alignments.where(area=area, match=systems.lookup(system), relation=relation)
    assert INFERRED in [bases(alignment, "relation", S3_2021_PAGE) for alignment in followed]


def test_the_systems_as_a_whole_are_stated_to_be_an_evolution(s3: Catalogue) -> None:
    evolution = said(s3, "observations", S3_2021_PAGE).lookup("Evolution of the earlier areas into priority systems")
    assert bases(evolution, "description", S3_2021_PAGE) == STATED


def test_textile_and_design_have_no_system_of_their_own(s3: Catalogue) -> None:
    finding = said(s3, "observations", S3_2021_PAGE).lookup("Textile and design without a system of their own")
    assert (finding.area, bases(finding, "description", S3_2021_PAGE)) == (
        s3.innovation_areas["made-in-piedmont"],
        INFERRED,
    )


# The plan of 2006


@pytest.mark.parametrize("words", ["July 2006", "for a knowledge society", "the vision", "fifty-four objectives"])
def test_the_plan_of_2006_is_described(s3: Catalogue, words: str) -> None:
    assert words in said(s3, "strategies", PLAN_PAGE)["torino-strategic-plan-2006"].description


@pytest.mark.parametrize(
    "theme", ["metropolitan territory", "quality of society", "cultural potential", "economic development"]
)
def test_a_thematic_area_of_the_plan_is_named(s3: Catalogue, theme: str) -> None:
    counts = said(s3, "indicators", PLAN_PAGE).where(unit="thematic areas")
    assert any(theme in count.description for count in counts)


# The city


def test_the_energy_plan_has_its_italian_name(s3: Catalogue) -> None:
    plan = s3.initiatives.lookup("Turin Action Plan for Energy")
    assert (plan.local_name, plan) == ("Piano d'Azione per l'Energia Sostenibile", s3.initiatives.lookup("TAPE"))


def test_amsterdam_won_the_award_of_2016(s3: Catalogue) -> None:
    award = said(s3, "initiatives", ICAPITAL).lookup("iCapital")
    assert (award.kind, award.start_year) == (InitiativeKind.AWARD, 2016)
    assert "Amsterdam came first, Torino second" in award.description


# The organisations


@pytest.mark.parametrize(
    ("organisation", "became", "document"),
    [
        ("Alenia Spazio", ["Alcatel Alenia Space", "Thales Alenia Space"], THALES),
        ("Alcatel Space", ["Alcatel Alenia Space", "Thales Alenia Space"], THALES),
        ("Galileo Avionica", ["SELEX Galileo", "Selex ES", "Leonardo"], SELEX),
        ("Torino Wireless", ["Fondazione Piemonte Innova"], GAZZETTA),
    ],
)
def test_what_became_of_an_organisation(s3: Catalogue, organisation: str, became: list[str], document: str) -> None:
    then = s3.organisations.lookup(organisation)
    assert names(then.successors) == became
    assert bases(then, "successor", document) != set()


@pytest.mark.parametrize(
    ("organisation", "day"),
    [
        ("Alcatel Alenia Space", "1 June 2005"),
        ("Thales Alenia Space", "since 2007"),
        ("SELEX Galileo", "1 January 2013"),
        ("Leonardo", "1 January 2016"),
        ("Fondazione Piemonte Innova", "2022"),
    ],
)
def test_when_an_organisation_changed_is_told(s3: Catalogue, organisation: str, day: str) -> None:
    assert day in s3.organisations.lookup(organisation).description


def test_the_plan_of_2006_named_a_company_that_was_already_history(s3: Catalogue) -> None:
    named = said(s3, "organisations", "torino-internazionale-2006").lookup("Alenia Spazio")
    assert "already history" in named.description


@pytest.mark.parametrize(("park", "town"), [("Environment Park", "Torino"), ("Bioindustry Park", "Colleretto Giacosa")])
def test_a_science_park_is_in_its_town(s3: Catalogue, park: str, town: str) -> None:
    found = s3.organisations.lookup(park)
    assert (found.kind.name, found.region) == ("SCIENCE_PARK", s3.regions.lookup(town))
