"""What public pages state of the years since the five documents, found as a reader of a page would look for it."""

from __future__ import annotations

from typing import Any

import pytest

from smartspec import (
    AmbiguousNameError,
    Basis,
    Catalogue,
    Collection,
    Entity,
    Indicator,
    InitiativeKind,
    InnovationPole,
    MatchRelation,
    Qualifier,
    RegionLevel,
    Role,
)

# Pages that are named more than once; the others stand with their facts.
ECORIS3 = "ecoris3-torino"
KICSTART = "kicstarth2-torino"
VANGUARD = "vanguard-piemonte"
CITY = "city-of-torino"
IL_GIORNALE = "il-giornale-innovation-poles"
STUDIO_GALLO = "studio-gallo-innovation-poles"
CGREEN = "cgreen-about"
CGREEN_MERGER = "cgreen-chi-siamo"
CLEVER = "its-wonderful-clever"
CLEVER_NEWS = "torinoggi-clever"
CLEVER_BLOG = "nova-100-clever-2017"
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
KETS_2012 = "european-commission-kets-2012"
BULLETIN_39 = "regione-piemonte-bollettino-39-2008"
CALL_2008 = "quotidiano-piemontese-call-2008"
CLUSTER_SUPPORT = "interreg-europe-cluster-support"
CLUSTERS_TODAY = "interreg-europe-clusters-ecosystem"
CLUSTER_CALL_2023 = "regione-piemonte-cluster-call-2023"
TEN_TO_SEVEN = "freenovara-poles-2016"
VRMMP = "comune-torino-virtual-park-2013"
TECNOPARCO = "la-stampa-tecnoparco-2015"
MIAC = "targatocn-miac-2018"
MIAC_2026 = "targatocn-miac-2026"
MESAP_2019 = "torinoggi-mesap-2019"
POINTEX = "pointex-about-us"
ERDF = "regione-piemonte-erdf-2021-2027"
ERDF_PRIORITIES = "consulbei-erdf-2021-2027"
ERDF_2026 = "targatocn-erdf-2026"
CRISIS_AREA = "invitalia-torino-project"
CRISIS_AREA_CALL = "invitalia-torino-call-2022"
CRISIS_AREA_MINISTRY = "mimit-torino-crisis-area"
PLAN_2018 = "citta-metropolitana-plan-2018"
PLAN_2021 = "citta-metropolitana-plan-2021"
PLAN_2024 = "torinoggi-metropolitan-plan-2024"
ICAPITAL_2024 = "innovation-news-network-icapital-2024"
ICAPITAL_2024_DAY = "euro-net-icapital-2024"
CIM = "il-sole-24-ore-cim-4-0-2019"
EDIH = "smile-dih-edih"
DAP = "torinoggi-aerospace-district-2019"
DAP_CITY = "cittagora-aerospace-district-2019"
NODES = "nodes-project"
AI4I = "mef-ai4industry-2024"
I3P = "torino-tech-map-i3p-2024"
ESA_BIC = "compagnia-di-san-paolo-esa-bic"

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
    pole: InnovationPole = said(s3, "innovation_poles", STUDIO_GALLO).at(2010).lookup(italian_name)
    return pole


def of_the_programme(s3: Catalogue) -> Collection[InnovationPole]:
    """The poles that the Region recognised; there are other clusters."""
    return s3.innovation_poles.where(programme="innovation-poles-programme")


def of_today(s3: Catalogue, name: str) -> InnovationPole:
    return s3.innovation_poles.at(2026).lookup(name)


def figure(s3: Catalogue, document: str, name: str) -> Indicator:
    """The figure of this name, which the page must state itself."""
    found: Indicator = said(s3, "indicators", document).lookup(name)
    assert bases(found, "value", document) == STATED
    return found


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
    ("nuts", "iso"),
    [
        ("ITC1", "IT-21"),
        ("ITC11", "IT-TO"),
        ("ITC12", "IT-VC"),
        ("ITC13", "IT-BI"),
        ("ITC14", "IT-VB"),
        ("ITC15", "IT-NO"),
        ("ITC16", "IT-CN"),
        ("ITC17", "IT-AT"),
        ("ITC18", "IT-AL"),
    ],
)
def test_a_territory_has_its_iso_code(s3: Catalogue, nuts: str, iso: str) -> None:
    territory = s3.regions.lookup(iso)
    assert (territory.iso_3166_2, territory.nuts) == (iso, nuts)
    assert bases(territory, "iso_3166_2", "iso-3166-2") == STATED


@pytest.mark.parametrize(
    ("town", "code"),
    [
        ("Torino", "001272"),
        ("Ivrea", "001125"),
        ("Colleretto Giacosa", "001092"),
        ("Vercelli", "002158"),
        ("Novara", "003106"),
        ("Cuneo", "004078"),
        ("Dronero", "004082"),
        ("Alessandria", "006003"),
        ("Tortona", "006174"),
        ("Biella", "096004"),
        ("Verbania", "103072"),
    ],
)
def test_a_town_has_its_lau_code(s3: Catalogue, town: str, code: str) -> None:
    found = s3.regions.lookup(code)
    assert (found.name, found.lau, found.level) == (town, code, RegionLevel.MUNICIPALITY)
    assert bases(found, "lau", "istat-municipalities") == STATED


@pytest.mark.parametrize(
    ("italian", "name"),
    [
        ("Italia", "Italy"),
        ("Nord-Ovest", "North-west Italy"),
        ("Piemonte", "Piedmont"),
        ("Città Metropolitana di Torino", "Metropolitan City of Torino"),
        ("Provincia del Verbano-Cusio-Ossola", "Province of Verbano-Cusio-Ossola"),
    ],
)
def test_a_territory_is_found_by_its_italian_name(s3: Catalogue, italian: str, name: str) -> None:
    territory = s3.regions.lookup(italian)
    assert (territory.name, territory.local_name, territory.local_language) == (name, italian, "it")


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
        ("Dronero", "ITC16"),
        ("Verbania", "ITC14"),
    ],
)
def test_a_town_with_a_pole_lies_in_its_province(s3: Catalogue, town: str, province: str) -> None:
    assert s3.regions.lookup(town).parent is s3.regions.lookup(province)


@pytest.mark.parametrize(
    "technology",
    [
        "micro- and nanoelectronics",
        "nanotechnology",
        "photonics",
        "advanced materials",
        "industrial biotechnology",
        "advanced manufacturing",
    ],
)
def test_a_key_enabling_technology_is_named_by_the_commission(s3: Catalogue, technology: str) -> None:
    objective = said(s3, "strategic_objectives", KETS_2012).lookup("Key enabling technologies")
    assert technology in objective.description


@pytest.mark.parametrize("document", [KETS, KETS_2012])
def test_that_the_strategy_means_the_technologies_of_the_commission_is_inferred(s3: Catalogue, document: str) -> None:
    objective = said(s3, "strategic_objectives", document).lookup("KETs")
    assert (objective.strategy, bases(objective, "description", document)) == (
        s3.strategies["piedmont-s3-2014-2020"],
        INFERRED,
    )


# The programme of the poles


@pytest.mark.parametrize(
    ("document", "initiative", "date", "told"),
    [
        pytest.param(IL_GIORNALE, "D.G.R. 25-8735", "2008-05-05", "5 May 2008", id="founding-act"),
        pytest.param(
            "regione-piemonte-bollettino-31-2008",
            "D.G.R. 11-9281",
            "2008-07-28",
            "split into sustainable architecture and hydrogen",
            id="act-of-july-2008",
        ),
        pytest.param(BULLETIN_39, "D.G.R. 37-9622", "2008-09-15", "the fields were twelve", id="act-of-september-2008"),
        pytest.param(BULLETIN_39, "D.D. 230 of 17 September 2008", "2008-09-17", "3 November", id="call-of-2008"),
        pytest.param(
            "regione-piemonte-bollettino-7-2009",
            "D.G.R. 11-10774",
            "2009-02-16",
            "commercial distribution",
            id="thirteenth-pole",
        ),
        pytest.param(
            VRMMP, "Liquidation of the Virtual Reality & Multi Media Park", "2013-10", "76.5 %", id="virtual-park"
        ),
        pytest.param(POLES_PAGE, "Reform of the innovation poles 2015", "2015", "seven domains", id="revision"),
        pytest.param(CLUSTER_SUPPORT, "Reform of the innovation poles 2015", "2015", "public call", id="call-of-2015"),
        pytest.param(MIAC, "Transfer of the agrifood pole to M.I.A.C.", "2016", "Tecnogranda in Dronero", id="miac"),
        pytest.param(CGREEN_MERGER, "Merger of three poles into CGreen", "2016-09", "September 2016", id="cgreen"),
        pytest.param(
            "regione-piemonte-cluster-call-2021",
            "D.G.R. 27-3695",
            "2021-12-20",
            "half of its cost",
            id="call-of-2021",
        ),
        pytest.param(CLUSTERS_TODAY, "Sistema Poli Piemonte", "2022", "ten managing organisations", id="system"),
        pytest.param(
            "sta-engineering-erdf-2014-2020",
            "Approval of Piedmont's ERDF programme 2014-2020",
            "2015-02-13",
            "13 February 2015",
            id="erdf-2014",
        ),
        pytest.param(ERDF, "Decision C(2022) 7270", "2022-10-07", "7 October 2022", id="erdf-2021"),
        pytest.param(
            S3_PAGE, "Approval of the 2014-2020 strategy by the Commission", "2016-06-07", "7 June 2016", id="s3-2014"
        ),
        pytest.param(S3_2021_PAGE, "D.G.R. 43-4315", "2021-12-10", "10 December 2021", id="s3-2021"),
        pytest.param(COVENANT_PAGE, "Covenant of Mayors", "2009-02-10", "10 February 2009", id="covenant-signed"),
        pytest.param(COVENANT_PAGE, "Patto dei Sindaci", "2009-02-10", "19 January 2009", id="covenant-in-council"),
        pytest.param(COVENANT_PAGE, "TAPE", "2010-09-13", "13 September 2010", id="tape-in-council"),
        pytest.param(
            "lagendanews-metropolitan-city-2023",
            "Foundation of the Metropolitan City of Torino (Law 56/2014)",
            "2014-04-07",
            "the place of the Province",
            id="metropolitan-city",
        ),
        pytest.param(
            "torino-internazionale-first-plan",
            "Signature of the First Strategic Plan",
            "2000-02-29",
            "29 February 2000",
            id="plan-of-2000",
        ),
        pytest.param(
            "123dok-metropolitan-plan-2018",
            "Approval of the Metropolitan Strategic Plan 2018-2020",
            "2018-05-16",
            "conference of the mayors",
            id="metropolitan-plan-of-2018",
        ),
        pytest.param("rbe7-crisis-area-2018", "D.G.R. 41-8095", "2018-12-14", "112 municipalities", id="crisis-asked"),
        pytest.param(
            CRISIS_AREA_MINISTRY,
            "Recognition of Torino's area of complex industrial crisis",
            "2019-04-16",
            "decree of 16 April 2019",
            id="crisis-recognised",
        ),
        pytest.param(
            CRISIS_AREA,
            "Programme agreement for Torino's crisis area",
            "2021-12-07",
            "160 million euro",
            id="crisis-agreed",
        ),
        pytest.param(ICAPITAL_2024_DAY, "iCapital 2024", "2024-11-13", "in Lisbon", id="icapital-2024"),
        pytest.param("tips4ped-mission-label-2024", "Mission Label", "2024-10-22", "Strasbourg", id="mission-label"),
        pytest.param(
            "torinovivibile-climate-plan", "Covenant of Mayors 2019", "2019-04-03", "3 April", id="covenant-2"
        ),
        pytest.param(I3P, "Foundation of I3P", "1999-06-25", "25 June 1999", id="i3p"),
        pytest.param(AI4I, "Statute of the institute AI4I", "2024-01-26", "presented in Torino on 3 May", id="ai4i"),
    ],
)
def test_an_act_is_of_the_day_that_a_page_states(
    s3: Catalogue, document: str, initiative: str, date: str, told: str
) -> None:
    act = said(s3, "initiatives", document).lookup(initiative)
    assert (act.start, told in act.description) == (date, True)
    assert Basis.STATED in bases(act, "start", document)


@pytest.mark.parametrize(
    ("document", "initiative", "date", "told"),
    [
        pytest.param(
            CGREEN, "Recognition of the twelve innovation poles", "2009-03-31", "is our reading", id="recognition"
        ),
        pytest.param(
            CLEVER_NEWS, "Merger of two poles into CLEVER", "2017-03-23", "presented on 23 March 2017", id="clever"
        ),
        pytest.param(
            CLEVER_BLOG, "Merger of two poles into CLEVER", "2017-03-23", "presented on 23 March 2017", id="clever-blog"
        ),
        pytest.param(
            "cronache-palazzo-cisterna-2021",
            "Approval of the Metropolitan Strategic Plan 2021-2023",
            "2021-02-10",
            "10 February 2021",
            id="metropolitan-plan-of-2021",
        ),
        pytest.param(
            "regione-piemonte-enermhy-2009",
            "Presentation of the ENERMHY pole",
            "2009-07-15",
            "presented in Vercelli",
            id="enermhy",
        ),
        pytest.param(TECNOPARCO, "Tecnoparco del Lago Maggiore put up for sale", "2015-02", "51 %", id="tecnoparco"),
        pytest.param(GAZZETTA, "Presentation of the system of innovation poles", "2022-10-25", "one system", id="day"),
        pytest.param(
            PLAN_2024,
            "Approval of the Metropolitan Strategic Plan 2024-2026",
            "2024-07-19",
            "312 mayors",
            id="metropolitan-plan-of-2024",
        ),
        pytest.param("torinoggi-esa-bic-2021", "ESA BIC Turin", "2021-11-10", "seven years", id="esa-bic"),
        pytest.param(
            CLUSTER_CALL_2023,
            "Call for programmes of the regional clusters 2023",
            "2023-08-03",
            "31 December 2026",
            id="call-of-2023",
        ),
        pytest.param(DAP_CITY, "Foundation of the Piedmont Aerospace District", "2019-01", "January 2019", id="dap"),
        pytest.param(CIM, "Opening of CIM 4.0", "2019-03", "March 2019", id="cim"),
        pytest.param(NODES, "NODES", "2022-06-23", "decree of 23 June 2022", id="nodes"),
        pytest.param(
            "corcom-edih-2022", "Selection of the European Digital Innovation Hubs", "2022-06", "June 2022", id="edih"
        ),
    ],
)
def test_a_day_is_read_into_a_page(s3: Catalogue, document: str, initiative: str, date: str, told: str) -> None:
    act = said(s3, "initiatives", document).lookup(initiative)
    assert (act.start, told in act.description) == (date, True)
    assert bases(act, "start", document) == INFERRED


def test_the_law_on_metropolitan_cities_took_effect_in_2015(s3: Catalogue) -> None:
    law = said(s3, "initiatives", METROPOLITAN_CITY).lookup(
        "Foundation of the Metropolitan City of Torino (Law 56/2014)"
    )
    assert (law.end, bases(law, "end", METROPOLITAN_CITY)) == ("2015-01-01", STATED)


@pytest.mark.parametrize("act", ["D.G.R. 25-8735", "D.G.R. 11-9281", "D.G.R. 37-9622", "D.G.R. 11-10774"])
def test_the_region_adopted_the_acts_of_the_poles(s3: Catalogue, act: str) -> None:
    adopted = s3.initiatives.lookup(act).participants
    assert (s3.organisations["piedmont-region"], Role.ADOPTS) in [(part.organisation, part.role) for part in adopted]


def test_no_list_shows_the_thirteenth_pole(s3: Catalogue) -> None:
    assert "No list" in s3.initiatives.lookup("D.G.R. 11-10774").description
    assert not any("commercial distribution" in pole.description for pole in of_the_programme(s3))


@pytest.mark.parametrize(
    ("call", "opened", "closed", "document"),
    [
        ("D.D. 230 of 17 September 2008", "2008-09-17", "2008-11-03", CALL_2008),
        ("INFRA-P", "2017-10-02", "2017-11-03", "regione-piemonte-infra-p"),
        ("D.G.R. 27-3695", "2021-12-20", "2022-01-31", "regione-piemonte-cluster-call-2021"),
        ("SWIch call 2023", "2023-09-21", "2024-01-31", "sistema-poli-piemonte-swich-2023"),
        ("SWIch call 2024", "2024-09-30", "2025-01-31", "unione-industriale-vco-swich-2024"),
        ("Infra+", "2024-10-22", "2024-12-19", "finpiemonte-infra-plus-2024"),
    ],
)
def test_a_call_was_open_from_one_day_to_another(
    s3: Catalogue, call: str, opened: str, closed: str, document: str
) -> None:
    found = said(s3, "initiatives", document).lookup(call)
    assert (found.start, found.end) == (opened, closed)
    assert bases(found, "end", document) != set()
    assert s3.organisations["piedmont-region"] in [part.organisation for part in found.participants]


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


def test_that_each_of_the_twelve_began_in_2009_is_stated(s3: Catalogue) -> None:
    for pole in of_the_programme(s3).at(2010):
        assert (pole.start_year, {citation.basis for citation in pole.cite("start")}) == (2009, STATED)


@pytest.mark.parametrize("pole", ["Chimica sostenibile", "Nuovi materiali", "Energie rinnovabili e biocombustibili"])
def test_31_march_2009_is_stated_of_three_poles(s3: Catalogue, pole: str) -> None:
    assert (of_2009(s3, pole).start, bases(of_2009(s3, pole), "start", CGREEN)) == ("2009-03-31", STATED)


def test_31_march_2009_is_stated_of_no_other_pole(s3: Catalogue) -> None:
    of_that_day = [pole for pole in of_the_programme(s3) if pole.start == "2009-03-31"]
    assert {successor.name for pole in of_that_day for successor in pole.successors} == {"CGreen"}


def test_the_mechatronics_pole_was_set_up_in_april_2009(s3: Catalogue) -> None:
    pole = of_2009(s3, "Meccatronica e sistemi avanzati di produzione")
    assert (pole.start, bases(pole, "start", "ires-piemonte-mesap-2016")) == ("2009-04", STATED)


@pytest.mark.parametrize(
    ("pole", "end", "document"),
    [
        ("Chimica sostenibile", "2016-09", CGREEN_MERGER),
        ("Nuovi materiali", "2016-09", CGREEN_MERGER),
        ("Energie rinnovabili e biocombustibili", "2016-09", CGREEN_MERGER),
        ("Architettura sostenibile e idrogeno", "2016", CLEVER_NEWS),
        ("Energie rinnovabili e mini hydro", "2016", CLEVER_NEWS),
    ],
)
def test_a_pole_that_merged_ended_when_its_successor_began(s3: Catalogue, pole: str, end: str, document: str) -> None:
    merged = of_2009(s3, pole)
    assert merged.successor is not None
    assert (merged.start_year, merged.end, merged.successor.start) == (2009, end, end)
    assert bases(merged, "end", document) == INFERRED


@pytest.mark.parametrize(
    ("pole", "end", "document"),
    [
        ("Creatività digitale e multimedialità", 2013, VRMMP),
        ("Impiantistica, sistemi e componentistica per le energie rinnovabili", 2015, TECNOPARCO),
    ],
)
def test_a_pole_is_read_to_have_ended_with_its_manager(s3: Catalogue, pole: str, end: int, document: str) -> None:
    assert (of_2009(s3, pole).end_year, bases(of_2009(s3, pole), "end", document)) == (end, INFERRED)


@pytest.mark.parametrize(
    ("pole", "today"),
    [
        ("Agroalimentare", "AGRIFOOD"),
        ("Biotecnologie e Biomedicale", "BioPmed"),
        ("Information & Communication Technology", "Polo ICT"),
        ("Meccatronica e sistemi avanzati di produzione", "MESAP"),
        ("Tessile", "Pointex"),
    ],
)
def test_a_pole_gave_way_to_one_of_the_seven_in_2016(s3: Catalogue, pole: str, today: str) -> None:
    assert (of_2009(s3, pole).end_year, of_today(s3, today).start_year) == (2016, 2016)
    assert bases(of_2009(s3, pole), "end", TEN_TO_SEVEN) == INFERRED
    assert bases(of_today(s3, today), "start", TEN_TO_SEVEN) == INFERRED


def test_none_of_the_seven_is_there_in_2015(s3: Catalogue) -> None:
    then = of_the_programme(s3).at(2015)
    assert [pole for pole in of_the_programme(s3).at(2026) if pole in then] == []


# Where sources differ


@pytest.mark.parametrize(
    ("document", "count", "begun", "ended"),
    [
        pytest.param(ECORIS3, 10, None, None, id="ten-in-ecoris3"),
        pytest.param(KICSTART, 10, None, None, id="ten-in-kicstarth2"),
        pytest.param("quotidiano-piemontese-eight-poles", 8, 2008, 2008, id="eight-planned-in-may-2008"),
        pytest.param(CALL_2008, 12, 2008, 2008, id="twelve-planned-in-september-2008"),
        pytest.param(CLUSTER_SUPPORT, 12, 2009, 2013, id="twelve-at-interreg-europe"),
        pytest.param(CGREEN, 12, 2009, 2013, id="twelve-on-cgreen"),
        pytest.param(IL_GIORNALE, 12, 2009, 2013, id="twelve-in-il-giornale"),
        pytest.param(TEN_TO_SEVEN, 10, 2016, 2016, id="ten-in-january-2016"),
        pytest.param(POLES_PAGE, 7, 2016, None, id="seven-on-the-regional-page"),
        pytest.param(GAZZETTA, 7, 2016, None, id="seven-in-2022"),
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


def test_the_count_of_ten_is_also_that_of_january_2016(s3: Catalogue) -> None:
    [ten] = said(s3, "indicators", ECORIS3).where(unit="poles", region="piedmont")
    counted = said(s3, "indicators", TEN_TO_SEVEN).where(unit="poles", value=ten.value)
    assert "2016-01" in [count.start for count in counted]
    assert (ten.start, "count of January 2016" in ten.description) == (None, True)
    assert bases(ten, "description", TEN_TO_SEVEN) == INFERRED


def test_ten_of_the_twelve_are_left_in_january_2016(s3: Catalogue) -> None:
    left = [pole for pole in of_the_programme(s3).at(2010) if pole.end_year is None or pole.end_year >= 2016]
    assert len(left) == figure(s3, TEN_TO_SEVEN, "Innovation poles of Piedmont, January 2016").value


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
        ("Meccatronica e sistemi avanzati di produzione", "Mechatronics and advanced production systems"),
        ("Energie rinnovabili e mini hydro", "Renewable energies and mini hydro"),
    ],
)
def test_a_pole_of_2009_has_its_name_in_both_languages(s3: Catalogue, pole: str, name: str) -> None:
    assert (of_2009(s3, pole).local_name, of_2009(s3, pole).name) == (pole, name)
    assert bases(of_2009(s3, pole), "local_name", STUDIO_GALLO) == STATED


NAMED_WITH_THE_YEAR = pytest.mark.parametrize(
    ("pole", "name"),
    [
        ("Agroalimentare", "Agrifood"),
        ("Information & Communication Technology", "Information and communication technologies"),
        ("Tessile", "Textile"),
    ],
)


@NAMED_WITH_THE_YEAR
def test_a_pole_of_2009_bears_the_year_where_one_of_today_has_its_field(s3: Catalogue, pole: str, name: str) -> None:
    then = of_2009(s3, pole)
    assert (then.local_name, then.name) == (f"{pole} (2009)", f"{name} (2009)")
    assert {pole, name} <= {*then.aliases}
    assert bases(then, "local_name", STUDIO_GALLO) == INFERRED


@NAMED_WITH_THE_YEAR
def test_a_name_without_the_year_may_mean_the_pole_of_today_too(s3: Catalogue, pole: str, name: str) -> None:
    then = of_2009(s3, pole)
    with pytest.raises(AmbiguousNameError, match=rf'(?s)"{then.id}".*"{then.successor.id}"'):
        s3.innovation_poles.lookup(pole)
    assert of_today(s3, pole) is of_today(s3, name) is then.successor


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


def test_the_manager_of_the_pole_for_digital_creativity_is_vrmmp_for_short(s3: Catalogue) -> None:
    [manager] = of_2009(s3, "Creatività digitale e multimedialità").managers
    assert said(s3, "organisations", STUDIO_GALLO).lookup("VRMMP") is manager


def test_the_mini_hydro_pole_had_a_later_manager(s3: Catalogue) -> None:
    pole = of_2009(s3, "Energie rinnovabili e mini hydro")
    assert names(pole.managers) == ["Gesin", "Consorzio UN.I.VER."]
    assert bases(pole, "managers", CLEVER) == STATED
    assert ("from 2011" in pole.description, bases(pole, "managers", "la-sesia-univer-2023")) == (True, STATED)


@pytest.mark.parametrize(
    ("short", "pole"),
    [
        ("bioPmed", "Biotecnologie e Biomedicale"),
        ("INNOMAT", "Nuovi materiali"),
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
    ("pole", "today", "document", "basis"),
    [
        ("Agroalimentare", "AGRIFOOD", MIAC, INFERRED),
        ("Biotecnologie e Biomedicale", "BioPmed", "biopmed-chi-siamo", INFERRED),
        ("Chimica sostenibile", "CGreen", CGREEN, STATED),
        ("Nuovi materiali", "CGreen", CGREEN, STATED),
        ("Energie rinnovabili e biocombustibili", "CGreen", CGREEN, STATED),
        ("Architettura sostenibile e idrogeno", "CLEVER", CLEVER, STATED),
        ("Energie rinnovabili e mini hydro", "CLEVER", CLEVER, STATED),
        ("Information & Communication Technology", "Polo ICT", "torinoggi-polo-ict-2019", INFERRED),
        ("Meccatronica e sistemi avanzati di produzione", "MESAP", "ires-piemonte-mesap-2016", INFERRED),
        ("Tessile", "Pointex", POINTEX, INFERRED),
    ],
)
def test_a_pole_of_2009_became_one_of_today(
    s3: Catalogue, pole: str, today: str, document: str, basis: set[Basis]
) -> None:
    assert names(of_2009(s3, pole).successors) == [today]
    assert bases(of_2009(s3, pole), "successor", document) == basis


@pytest.mark.parametrize(
    "pole",
    [
        "Creatività digitale e multimedialità",
        "Impiantistica, sistemi e componentistica per le energie rinnovabili",
    ],
)
def test_what_a_pole_became_is_left_open_where_no_page_says_it(s3: Catalogue, pole: str) -> None:
    assert (of_2009(s3, pole).successor, "is not known" in of_2009(s3, pole).description) == (None, True)


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
    assert f"theme: {theme})" in of_today(s3, pole).description
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
    ],
)
def test_a_pole_of_today_has_its_managers(s3: Catalogue, pole: str, managers: list[str]) -> None:
    assert of_today(s3, pole).managers == tuple(map(s3.organisations.lookup, managers))
    assert bases(of_today(s3, pole), "managers", POLES_PAGE) == STATED


def test_the_manager_of_polo_ict_is_the_foundation_under_its_name_of_2022(s3: Catalogue) -> None:
    [manager] = of_today(s3, "Polo ICT").managers
    [earlier] = of_2009(s3, "Information & Communication Technology").managers
    assert (manager.name, earlier.name) == ("Fondazione Piemonte Innova", "Fondazione Torino Wireless")
    assert earlier.successor is manager
    assert bases(of_today(s3, "Polo ICT"), "managers", GAZZETTA) == STATED


def test_ten_organisations_manage_the_seven(s3: Catalogue) -> None:
    managers = {manager for pole in of_the_programme(s3).at(2026) for manager in pole.managers}
    assert len(managers) == figure(s3, CLUSTERS_TODAY, "Organisations that manage the innovation poles").value == 10


@pytest.mark.parametrize("programme", ["2022-2023", "2023-2026"])
def test_the_managers_of_the_seven_are_partners_in_the_programmes_of_the_system(s3: Catalogue, programme: str) -> None:
    found = said(s3, "initiatives", CLUSTERS_TODAY).lookup(f"Programme of the system of innovation poles {programme}")
    partners = {part.organisation for part in found.participants if part.role is Role.PARTNERS}
    assert {manager for pole in of_the_programme(s3).at(2026) for manager in pole.managers} <= partners


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


@pytest.mark.parametrize("pole", ["polo-ict", "ict", "sustainable-architecture-hydrogen"])
def test_a_pole_without_an_area_of_its_name_carries_none(s3: Catalogue, pole: str) -> None:
    designations = {area.designation for area in s3.innovation_poles[pole].areas}
    assert designations.isdisjoint({"innovation area", "priority innovation system"})


@pytest.mark.parametrize(
    ("pole", "industries"),
    [
        ("ict", ["ICT"]),
        ("polo-ict", ["ICT"]),
        ("mechatronics", ["Mechatronics"]),
        ("mesap", ["Mechatronics"]),
        ("biotechnologies-biomedical", ["Life sciences"]),
        ("biopmed", ["Life sciences"]),
        ("agrifood-2009", ["Agrifood"]),
        ("agrifood", ["Agrifood"]),
        ("textile-2009", ["Textile"]),
        ("pointex", ["Textile"]),
        ("sustainable-chemistry", ["Green chemistry"]),
        ("new-materials", ["Advanced materials"]),
        ("cgreen", ["Green chemistry", "Advanced materials"]),
        ("renewable-energies-biofuels", ["Energy and clean technologies"]),
        ("renewable-energies-plant-components", ["Energy and clean technologies"]),
        ("renewable-energies-mini-hydro", ["Energy and clean technologies"]),
        ("sustainable-architecture-hydrogen", ["Energy and clean technologies"]),
        ("clever", ["Energy and clean technologies"]),
    ],
)
def test_which_industries_a_pole_serves_is_inferred(s3: Catalogue, pole: str, industries: list[str]) -> None:
    served = s3.innovation_poles[pole].areas
    assert names(area for area in served if area.designation == "industry") == industries
    assert bases(s3.innovation_poles[pole], "areas", VANGUARD) == INFERRED


def test_the_pole_for_textiles_carries_no_system_of_the_strategy_in_force(s3: Catalogue) -> None:
    areas = of_today(s3, "Pointex").areas
    assert s3.strategies["piedmont-s3-2021-2027"] not in {area.strategy for area in areas}
    assert "Made in Piedmont" in names(areas)


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
        pytest.param(TAPE_TARGET, "% less CO2 than in 1991", 40, id="tape-target"),
        pytest.param("torinoggi-tape-2019", "% less CO2 than in 1991", 30, id="tape-target-lowered"),
        pytest.param("torinoggi-tape-2019", "% less CO2 than in 1991", 33, id="tape-in-2017"),
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
    targets = said(s3, "indicators", TAPE_TARGET).where(unit="% less CO2 than in 1991", qualifier=Qualifier.OVER)
    assert ("Torino", 40, "1991", "2020") in [
        (target.region.name, target.value, target.start, target.end) for target in targets
    ]


# In million euro, for the twelve of 2009.
MONEY_OF_2009 = {
    "Agrifood": 5.1,
    "Biotechnologies and biomedical industry": 3.8,
    "Sustainable chemistry": 3.5,
    "New materials": 4.2,
    "Digital creativity and multimedia": 2.0,
    "Sustainable architecture and hydrogen": 6.2,
    "Renewable energies and biofuels": 5.4,
    "Plant, systems and components for renewable energies": 1.5,
    "Renewable energies and mini hydro": 5.3,
    "Information and communication technologies": 5.8,
    "Mechatronics and advanced production systems": 7.4,
    "Textile": 1.8,
}


@pytest.mark.parametrize(("pole", "money"), MONEY_OF_2009.items())
def test_a_pole_of_2009_had_its_money(s3: Catalogue, pole: str, money: float) -> None:
    found = figure(s3, IL_GIORNALE, f"Money for the {pole} pole, one of the twelve")
    assert (found.value, found.unit, found.qualifier) == (money, "million euro", Qualifier.EXACT)
    assert s3.innovation_poles.at(2010).lookup(pole).start_year == 2009


def test_the_money_of_the_twelve_adds_up(s3: Catalogue) -> None:
    money = [figure(s3, IL_GIORNALE, f"Money for the {pole} pole, one of the twelve").value for pole in MONEY_OF_2009]
    whole = figure(s3, IL_GIORNALE, "Money in use for the twelve innovation poles")
    assert (round(sum(money), 1), whole.value, whole.unit) == (52.0, 52.0, "million euro")


def test_the_money_for_hydrogen_and_building_adds_up(s3: Catalogue) -> None:
    pole = "Sustainable architecture and hydrogen pole"
    hydrogen = figure(s3, IL_GIORNALE, f"Money for hydrogen in the {pole}").value
    building = figure(s3, IL_GIORNALE, f"Money for green building in the {pole}").value
    assert (hydrogen, building) == (2.5, 3.7)
    assert round(hydrogen + building, 1) == MONEY_OF_2009["Sustainable architecture and hydrogen"]


@pytest.mark.parametrize(
    ("document", "pole", "members", "qualifier", "when"),
    [
        (MESAP_2019, "MESAP", 65, Qualifier.EXACT, "2009"),
        ("quotidiano-piemontese-mesap-2012", "MESAP", 172, Qualifier.EXACT, "2012-06"),
        (MESAP_2019, "MESAP", 275, Qualifier.EXACT, "2019-12"),
        (CLEVER_NEWS, "CLEVER", 250, Qualifier.OVER, "2017-03"),
        ("torinoggi-polo-ict-2019", "Polo ICT", 231, Qualifier.EXACT, "2019-08"),
        ("gazzetta-d-alba-polo-ict-2022", "Polo ICT", 300, Qualifier.ABOUT, "2022-10"),
        ("newsbiella-pointex-2019", "Pointex", 90, Qualifier.ABOUT, "2019-11"),
        (POINTEX, "Pointex", 100, Qualifier.EXACT, None),
        ("risveglio-popolare-biopmed", "bioPmed", 87, Qualifier.EXACT, "2022-12"),
        ("targatocn-agrifood-2024", "AGRIFOOD", 174, Qualifier.EXACT, "2023"),
    ],
)
def test_a_pole_had_its_members_at_a_time(
    s3: Catalogue, document: str, pole: str, members: float, qualifier: Qualifier, when: str | None
) -> None:
    counts = [count for count in said(s3, "indicators", document).where(unit="members") if pole in count.name]
    assert (members, qualifier, when) in [(count.value, count.qualifier, count.start) for count in counts]
    assert {basis for count in counts for basis in bases(count, "value", document)} == STATED


@pytest.mark.parametrize(
    ("document", "name", "value", "unit", "start", "end"),
    [
        (
            "polo-ict-measure-2008",
            "Endowment of the measure for the innovation poles, ERDF 2007-2013",
            60,
            "million euro",
            "2007",
            "2013",
        ),
        (
            CLUSTERS_TODAY,
            "Budget of the system of innovation poles, 2022-2023",
            2.5,
            "million euro",
            "2022-02",
            "2023-07",
        ),
        (
            CLUSTERS_TODAY,
            "Budget of the system of innovation poles, 2023-2026",
            12.5,
            "million euro",
            "2023-09",
            "2026-12",
        ),
        (
            "eurokom-erdf-2014-2020",
            "Money of the ERDF programme 2014-2020",
            965.8,
            "million euro",
            "2014",
            "2020",
        ),
        (ERDF, "Money of the ERDF programme 2021-2027", 1500, "million euro", "2021", "2027"),
        (
            "economia-news-infra-p",
            "Money of the INFRA-P call",
            19.5,
            "million euro",
            "2017",
            "2017",
        ),
        (
            "sistema-poli-piemonte-swich-2023",
            "Money of the SWIch call 2023",
            80,
            "million euro",
            "2023-09-21",
            "2024-01-31",
        ),
        (
            "ossola-news-swich-2024",
            "Money of the SWIch call 2024",
            80,
            "million euro",
            "2024-09-30",
            "2025-01-31",
        ),
        ("targatocn-infra-plus-2025", "Projects of the Infra+ call", 27, "projects", "2025-09", "2025-09"),
        (CRISIS_AREA_CALL, "Municipalities of Torino's crisis area", 112, "municipalities", None, None),
        (CRISIS_AREA, "Public money for Torino's crisis area", 160, "million euro", "2021-12-07", None),
        (
            CRISIS_AREA_CALL,
            "Money of Torino's Chamber of Commerce for the crisis area",
            5,
            "million euro",
            None,
            None,
        ),
        (ICAPITAL_2024, "Rank of Torino in the iCapital award 2024-25", 1, "rank", "2024", "2024"),
        (ICAPITAL_2024, "Prize of Torino in the iCapital award 2024-25", 1_000_000, "euro", "2024", "2024"),
        (CIM, "Companies in CIM 4.0", 24, "companies", "2019", "2019"),
        ("il-torinese-cim-4-0", "Ministry's funding of CIM 4.0", 10.5, "million euro", None, None),
        (
            "il-denaro-competence-centres-2018",
            "Rank of CIM 4.0 among the competence centres (2018)",
            1,
            "rank",
            "2018",
            "2018",
        ),
        (
            "corcom-edih-2022",
            "Funding of the digital innovation hubs of Piedmont (2022)",
            16,
            "million euro",
            "2022",
            "2022",
        ),
        (DAP, "Members of the Piedmont Aerospace District (2019)", 51, "members", "2019-05", "2019-05"),
        (NODES, "Funding of NODES", 110, "million euro", None, None),
        (NODES, "Spokes of NODES", 7, "spokes", None, None),
        (AI4I, "State funding of AI4I", 20, "million euro a year", "2024", None),
        (ESA_BIC, "Start-ups that ESA BIC Turin is to create", 65, "start-ups", "2021", "2028"),
    ],
)
def test_a_figure_has_its_unit_and_its_years(
    s3: Catalogue, document: str, name: str, value: float, unit: str, start: str | None, end: str | None
) -> None:
    found = figure(s3, document, name)
    assert (found.value, found.unit, found.start, found.end) == (value, unit, start, end)


@pytest.mark.parametrize(
    ("name", "qualifier"),
    [
        ("Budget of the system of innovation poles, 2023-2026", Qualifier.ABOUT),
        ("Money of the ERDF programme 2021-2027", Qualifier.ABOUT),
        ("Funding of the digital innovation hubs of Piedmont (2022)", Qualifier.ABOUT),
        ("Start-ups that ESA BIC Turin is to create", Qualifier.OVER),
        ("Members of the innovation poles, 2022", Qualifier.OVER),
        ("Projects of the innovation poles in thirteen years", Qualifier.ABOUT),
    ],
)
def test_a_round_figure_has_the_word_of_its_page(s3: Catalogue, name: str, qualifier: Qualifier) -> None:
    assert s3.indicators.lookup(name).qualifier is qualifier


@pytest.mark.parametrize(
    ("document", "priority", "money"),
    [
        (ERDF, "research, competitiveness and digital transition", 807),
        (ERDF, "ecological transition", 435),
        (ERDF_PRIORITIES, "sustainable urban mobility", 40),
        (ERDF_PRIORITIES, "infrastructure for skills", 20),
        (ERDF_PRIORITIES, "cohesion and territorial development", 140),
    ],
)
def test_a_priority_of_the_erdf_programme_has_its_money(
    s3: Catalogue, document: str, priority: str, money: float
) -> None:
    found = figure(s3, document, f"Money for {priority} in the ERDF programme 2021-2027")
    assert (found.value, found.unit, found.start, found.end) == (money, "million euro", "2021", "2027")


def test_the_mid_term_change_gives_two_new_priorities_their_money(s3: Catalogue) -> None:
    change = "in the mid-term change of the ERDF programme"
    step = figure(s3, ERDF_2026, f"Money for strategic technologies (STEP) {change}").value
    housing = figure(s3, ERDF_2026, f"Money for social housing {change}").value
    whole = figure(s3, ERDF_2026, f"Money of the two new priorities {change}").value
    assert (step, housing, step + housing) == (40, 10, whole)


def test_the_mid_term_change_is_a_proposal_without_a_day(s3: Catalogue) -> None:
    change = said(s3, "initiatives", ERDF_2026).lookup("Mid-term change of the ERDF programme 2021-2027")
    assert (change.start, change.designation) == (None, "proposal of change")
    assert "2 January 2026" in change.description


def test_the_programme_of_the_system_of_poles_ends_with_2026(s3: Catalogue) -> None:
    programme = said(s3, "initiatives", CLUSTERS_TODAY).lookup("Programme of the system of innovation poles 2023-2026")
    assert (programme.start, programme.end) == ("2023-09", "2026-12")
    assert bases(programme, "end", CLUSTERS_TODAY) == bases(programme, "end", CLUSTER_CALL_2023) == STATED


@pytest.mark.parametrize(
    ("year", "position", "document"),
    [
        (2016, "Strong innovator", "osservatorio-ict-piemonte-portrait"),
        (2021, "Moderate innovator+", "osservatorio-ict-piemonte-scoreboard-2021"),
        (2023, "Moderate innovator", "eamond-scoreboard-2023"),
        (2025, "Moderate innovator+", "immediatofin-scoreboard-2025"),
    ],
)
def test_piedmont_had_its_position_on_the_scoreboard(s3: Catalogue, year: int, position: str, document: str) -> None:
    finding = said(s3, "observations", document).lookup(f"{position} in the Regional Innovation Scoreboard {year}")
    assert (finding.region, bases(finding, "name", document) >= STATED) == (s3.regions["piedmont"], True)


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


# The plans of Torino and of its Metropolitan City


@pytest.mark.parametrize(
    ("plan", "start", "end", "document", "basis"),
    [
        ("First Strategic Plan", "2000-02-29", "2010", "torino-internazionale-first-plan", STATED),
        ("Third Strategic Plan", "2015", "2025", "torino-strategica-pillole-2015", INFERRED),
        ("PSM 2018-2020", "2018", "2020", PLAN_2018, STATED),
        ("Torino Metropoli Aumentata", "2021", "2023", PLAN_2021, STATED),
        ("Torino metro(poli)montana", "2024", "2026", PLAN_2024, STATED),
    ],
)
def test_a_plan_has_its_years(s3: Catalogue, plan: str, start: str, end: str, document: str, basis: set[Basis]) -> None:
    found = said(s3, "strategies", document).lookup(plan)
    assert (found.start, found.end) == (start, end)
    assert bases(found, "start", document) == basis


@pytest.mark.parametrize(
    ("plan", "earlier", "document", "basis"),
    [
        ("Torino Metropoli 2025", "Second Strategic Plan", "digibess-torino-metropoli-2025", INFERRED),
        ("Second Strategic Plan", "First Strategic Plan", PLAN_PAGE, STATED),
        ("PSM 2021-2023", "PSM 2018-2020", PLAN_2018, INFERRED),
        ("PSM 2024-2026", "PSM 2021-2023", "torinoggi-metropolitan-plan-2023", STATED),
    ],
)
def test_a_plan_follows_another(s3: Catalogue, plan: str, earlier: str, document: str, basis: set[Basis]) -> None:
    later = s3.strategies.lookup(plan)
    assert later.predecessor is s3.strategies.lookup(earlier)
    assert bases(later, "predecessor", document) == basis


def test_torino_metropoli_2025_is_the_third_plan(s3: Catalogue) -> None:
    assert s3.strategies.lookup("Torino Metropoli 2025") is s3.strategies.lookup("Terzo Piano Strategico")


@pytest.mark.parametrize(
    ("document", "plan", "unit", "value"),
    [
        ("torino-internazionale-first-plan", "First Strategic Plan", "strategic lines", 6),
        ("torino-internazionale-first-plan", "First Strategic Plan", "objectives", 20),
        ("torino-internazionale-first-plan", "First Strategic Plan", "actions", 84),
        ("torino-strategica-metropolitan-turin-2025", "Third Strategic Plan", "projects", 29),
        ("torino-strategica-territory", "Third Strategic Plan", "municipalities", 38),
        (PLAN_2018, "PSM 2018-2020", "project platforms", 5),
        (PLAN_2018, "PSM 2018-2020", "strategies", 20),
        (PLAN_2018, "PSM 2018-2020", "actions", 63),
        (PLAN_2021, "PSM 2021-2023", "axes", 6),
        (PLAN_2021, "PSM 2021-2023", "strategies", 24),
        (PLAN_2021, "PSM 2021-2023", "actions", 111),
        (PLAN_2024, "PSM 2024-2026", "axes", 6),
        (PLAN_2024, "PSM 2024-2026", "strategies", 25),
        (PLAN_2024, "PSM 2024-2026", "actions", 113),
    ],
)
def test_a_plan_has_its_parts(s3: Catalogue, document: str, plan: str, unit: str, value: float) -> None:
    parts = said(s3, "indicators", document).where(unit=unit, strategy=s3.strategies.lookup(plan))
    assert (value, STATED) in [(part.value, bases(part, "value", document)) for part in parts]


@pytest.mark.parametrize(
    ("document", "organisation", "role"),
    [
        (CRISIS_AREA, "Invitalia", Role.LEADS),
        (CRISIS_AREA, "Piedmont Region", Role.PARTNERS),
        (CRISIS_AREA, "City of Torino", Role.PARTNERS),
    ],
)
def test_who_takes_part_in_the_project_for_the_crisis_area(
    s3: Catalogue, document: str, organisation: str, role: Role
) -> None:
    project = said(s3, "initiatives", document).lookup("PRRI Torino")
    parts = [(part.organisation, part.role) for part in project.participants]
    assert (s3.organisations.lookup(organisation), role) in parts
    assert bases(project, "participants", document) >= STATED


def test_cars_and_aerospace_come_first_in_the_crisis_area(s3: Catalogue) -> None:
    project = said(s3, "initiatives", CRISIS_AREA_MINISTRY).lookup("PRRI Torino")
    assert any("automotive and aerospace before others" in actor for actor in project.actors)
    assert any("hub for automotive" in service and "hub for aerospace" in service for service in project.services)


# The city


def test_the_energy_plan_has_its_italian_name(s3: Catalogue) -> None:
    plan = s3.initiatives.lookup("Turin Action Plan for Energy")
    assert (plan.local_name, plan) == ("Piano d'Azione per l'Energia Sostenibile", s3.initiatives.lookup("TAPE"))


def test_amsterdam_won_the_award_of_2016(s3: Catalogue) -> None:
    award = said(s3, "initiatives", ICAPITAL).lookup("iCapital")
    assert (award.kind, award.start_year) == (InitiativeKind.AWARD, 2016)
    assert "Amsterdam came first, Torino second" in award.description


@pytest.mark.parametrize("words", ["European Capital of Innovation", "Espoo", "West Midlands", "first Italian city"])
def test_torino_won_the_award_of_2024(s3: Catalogue, words: str) -> None:
    award = said(s3, "initiatives", ICAPITAL_2024).lookup("iCapital 2024-25")
    assert (award.kind, award.region, words in award.description) == (
        InitiativeKind.AWARD,
        s3.regions["torino"],
        True,
    )


def test_that_torino_was_the_first_italian_city_to_win_is_stated(s3: Catalogue) -> None:
    award = said(s3, "initiatives", "the-map-report-icapital-2024").lookup("iCapital 2024")
    assert bases(award, "description", "the-map-report-icapital-2024") == STATED


def test_the_name_of_the_award_means_both_editions(s3: Catalogue) -> None:
    with pytest.raises(AmbiguousNameError, match=r'(?s)"icapital-2016".*"icapital-2024"'):
        s3.initiatives.lookup("iCapital")


# The organisations


@pytest.mark.parametrize(
    ("organisation", "became", "document"),
    [
        ("Alenia Spazio", ["Alcatel Alenia Space", "Thales Alenia Space"], THALES),
        ("Alcatel Space", ["Alcatel Alenia Space", "Thales Alenia Space"], THALES),
        ("Galileo Avionica", ["SELEX Galileo", "Selex ES", "Leonardo"], "leonardo-officine-galileo"),
        ("SELEX Galileo", ["Selex ES", "Leonardo"], SELEX),
        ("Selex ES", ["Leonardo"], SELEX),
        ("Torino Wireless", ["Fondazione Piemonte Innova"], "ansa-piemonte-innova-2022"),
        ("Committee for the Aerospace District", ["Piedmont Aerospace District"], DAP_CITY),
    ],
)
def test_what_became_of_an_organisation(s3: Catalogue, organisation: str, became: list[str], document: str) -> None:
    then = s3.organisations.lookup(organisation)
    assert names(then.successors) == became
    assert bases(then, "successor", document) == STATED


@pytest.mark.parametrize(
    ("organisation", "day"),
    [
        ("Alcatel Alenia Space", "1 June 2005"),
        ("Thales Alenia Space", "bought the share of Alcatel in 2007"),
        ("Galileo Avionica", "in 2010 by the account of its heir"),
        ("SELEX Galileo", "1 January 2013"),
        ("Leonardo", "1 January 2016"),
        ("Fondazione Piemonte Innova", "2022"),
        ("Tecnogranda", "took that branch over in 2016"),
        ("Univ.e.r. - UniVersity Enterprise Relations", "most likely of 2025"),
        ("CIM 4.0", "March 2019"),
        ("DAP", "January 2019"),
        ("AI4I", "26 January 2024"),
        ("2i3T", "2007"),
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


@pytest.mark.parametrize(
    ("organisation", "town", "document", "basis"),
    [
        ("Tecnogranda", "Dronero", "targatocn-tecnogranda-2016", STATED),
        ("Tecnoparco del Lago Maggiore", "Verbania", "verbania-milleventi-tecnoparco", INFERRED),
        ("M.I.A.C.", "Cuneo", MIAC_2026, INFERRED),
        ("CIM 4.0", "Torino", CIM, STATED),
        ("Distretto Aerospaziale Piemonte", "Torino", DAP_CITY, STATED),
        ("AI4I", "Torino", AI4I, STATED),
        ("I3P", "Torino", I3P, INFERRED),
        ("Incubatore dell'Università di Torino", "Torino", "porta-di-vetro-2i3t", INFERRED),
    ],
)
def test_an_organisation_is_in_its_town(
    s3: Catalogue, organisation: str, town: str, document: str, basis: set[Basis]
) -> None:
    found = s3.organisations.lookup(organisation)
    assert (found.region, bases(found, "region", document)) == (s3.regions.lookup(town), basis)


def test_ai4i_sits_in_the_ogr(s3: Catalogue) -> None:
    institute = s3.organisations.lookup("AI4I")
    assert institute.host is s3.organisations.lookup("OGR")
    assert bases(institute, "host", "fondazione-crt-ogr-ai4i") == STATED


@pytest.mark.parametrize("company", ["Leonardo", "GE Avio", "Thales Alenia Space Italia", "Mecaer", "Microtecnica"])
def test_a_large_company_founded_the_aerospace_district(s3: Catalogue, company: str) -> None:
    founders = said(s3, "initiatives", DAP).lookup("Foundation of the Piedmont Aerospace District").participants
    assert s3.organisations.lookup(company) in [part.organisation for part in founders]


@pytest.mark.parametrize(
    ("name", "region", "basis"),
    [
        ("Extended Piedmont and Aosta Valley Network for Digitalization", "north-west-italy", INFERRED),
        ("EXPAND", "north-west-italy", INFERRED),
        ("CHEDIH", "torino", INFERRED),
    ],
)
def test_there_is_a_digital_innovation_hub(s3: Catalogue, name: str, region: str, basis: set[Basis]) -> None:
    hub = said(s3, "initiatives", EDIH).lookup(name)
    assert (hub.designation, hub.region) == ("European Digital Innovation Hub", s3.regions[region])
    assert bases(hub, "region", EDIH) == basis


@pytest.mark.parametrize(
    ("initiative", "organisation", "document"),
    [
        ("Opening of CIM 4.0", "Politecnico di Torino", CIM),
        ("Opening of CIM 4.0", "Università di Torino", CIM),
        ("ESA BIC Turin", "I3P", ESA_BIC),
    ],
)
def test_who_leads_an_initiative(s3: Catalogue, initiative: str, organisation: str, document: str) -> None:
    found = said(s3, "initiatives", document).lookup(initiative)
    leaders = [part.organisation for part in found.participants if part.role is Role.LEADS]
    assert s3.organisations.lookup(organisation) in leaders
    assert bases(found, "participants", document) >= STATED


def test_who_led_the_candidate_is_read_to_lead_the_hub(s3: Catalogue) -> None:
    hub = said(s3, "initiatives", "innovation-post-edih-candidates").lookup("EXPAND")
    assert [part.organisation for part in hub.participants if part.role is Role.LEADS] == [s3.organisations["cim-4-0"]]
    assert bases(hub, "participants", "innovation-post-edih-candidates") == INFERRED


@pytest.mark.parametrize("words", ["Aosta Valley", "Lombardy", "recovery plan", "seven spokes"])
def test_nodes_is_described(s3: Catalogue, words: str) -> None:
    nodes = said(s3, "initiatives", NODES).lookup("Nord Ovest Digitale E Sostenibile")
    assert (words in nodes.description, nodes.designation) == (True, "innovation ecosystem")


def test_the_new_name_of_miac_is_a_proposal_only(s3: Catalogue) -> None:
    miac = s3.organisations.lookup("MIAC")
    assert ("Nexo" in miac.description, "Nexo" in miac.aliases) == (True, False)
    proposal = said(s3, "initiatives", MIAC_2026).lookup("Proposal to rename M.I.A.C.")
    assert proposal.start == "2026-02-10"
