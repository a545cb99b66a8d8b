"""The dataset of Europe: on top of Piedmont's, in one pattern, and found from every territory that it covers."""

from __future__ import annotations

import pathlib
import pickle
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

import smartspec
from smartspec import Basis, Catalogue, DatasetInfo, Entity, RegionLevel, StrategyKind
from smartspec.datasets.packaged import _AsNeeded, packaged

if TYPE_CHECKING:
    from conftest import Make

    from smartspec import Region

EUROPE = pathlib.Path(smartspec.__file__).parent / "datasets" / "europe"
MEMBERS = (
    "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # As NUTS writes them.
)


# Two datasets in one


def test_europe_is_loaded_once(eu: Catalogue) -> None:
    assert smartspec.load_europe() is eu


def test_europe_stands_on_piedmont(eu: Catalogue, s3: Catalogue) -> None:
    assert eu.base is s3
    assert [info.name for info in eu.datasets] == [s3.name, "Smart specialisation in Europe"]
    assert eu.info.base is not None
    assert (eu.info.base.name, eu.info.base.version) == (s3.name, s3.version)


def test_the_records_of_piedmont_are_the_same_objects(eu: Catalogue, s3: Catalogue) -> None:
    assert all(eu.collections[name][entity.id] is entity for name, found in s3.collections.items() for entity in found)


def test_a_record_of_piedmont_keeps_its_dataset(eu: Catalogue, s3: Catalogue) -> None:
    assert eu.dataset_of(eu.regions["piedmont"]) is s3.info
    assert eu.dataset_of(eu.regions["lombardy"]) is eu.info


def test_what_is_read_as_needed_is_what_a_strict_reading_gives(eu: Catalogue, s3: Catalogue) -> None:
    assert smartspec.load(EUROPE, base=s3) == eu


def test_europe_is_saved_as_the_same_bytes(eu: Catalogue, tmp_path: pathlib.Path) -> None:
    eu.save(tmp_path / "europe")
    written = {path.name: path.read_bytes() for path in (tmp_path / "europe").iterdir()}
    packaged = {path.name: path.read_bytes() for path in EUROPE.iterdir()}
    assert written == packaged, "bring it into form: docs/CONTRIBUTING.md"


def test_europe_survives_pickling(eu: Catalogue) -> None:
    again = pickle.loads(pickle.dumps(eu))
    assert again == eu
    assert again.base == eu.base


def test_what_is_pickled_together_stays_together_in_any_order(eu: Catalogue, s3: Catalogue) -> None:
    for both in ((eu, s3), (s3, eu)):
        one, other = pickle.loads(pickle.dumps(both))
        above, below = (one, other) if both[0] is eu else (other, one)
        assert above.base is below
        assert all(above.collections[name][e.id] is e for name, found in below.collections.items() for e in found)


def test_what_was_only_referred_to_is_pickled_whole() -> None:
    europe = packaged("europe", packaged("piedmont"))
    strategy = europe.innovation_areas[-1].strategy  # Whose file nobody has asked for.
    again = pickle.loads(pickle.dumps(strategy))
    assert again == europe.strategies[strategy.id]


def test_piedmont_is_there_even_if_europe_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    piedmont = packaged("piedmont")
    europe, read = packaged("europe", piedmont), _AsNeeded._read

    def failing(self: _AsNeeded, cls: type[Entity]) -> Any:
        if self.base is not None:
            raise OSError("gone")
        return read(self, cls)

    with monkeypatch.context() as broken:
        broken.setattr(_AsNeeded, "_read", failing)
        assert piedmont.strategies[0].region.name
        with pytest.raises(OSError, match="gone"):
            list(europe.strategies)
    assert europe.strategies[0] is piedmont.strategies[0]


def test_many_threads_that_ask_either_dataset_first_get_the_same_records() -> None:
    script = (
        "import sys, threading, smartspec\n"
        "sys.setswitchinterval(1e-6)\n"
        "barrier, failed = threading.Barrier(16), []\n"
        "asked = [lambda: smartspec.load().lookup('MESAP').region.name,\n"
        "         lambda: smartspec.load_europe().innovation_areas[-1].strategy.region.parent.name,\n"
        "         lambda: smartspec.load().alignments[0].area.strategy.name,\n"
        "         lambda: [a.themes for a in smartspec.load_europe().innovation_areas]]\n"
        "def work(number):\n"
        "    barrier.wait()\n"
        "    try:\n"
        "        for ask in asked[number % 4 :] + asked[: number % 4]: ask()\n"
        "    except BaseException as error: failed.append(error)\n"
        "threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]\n"
        "for thread in threads: thread.start()\n"
        "for thread in threads: thread.join()\n"
        "eu, s3 = smartspec.load_europe(), smartspec.load()\n"
        "same = all(eu.collections[n][e.id] is e for n, found in s3.collections.items() for e in found)\n"
        "print(failed, same, all(a.strategy is eu.strategies[a.strategy.id] for a in eu.innovation_areas))\n"
    )
    assert loaded(script)[-1] == "[] True True"


# Layers on Europe


@pytest.fixture(scope="module")
def mine(make: Make, eu: Catalogue) -> Catalogue:
    """Europe, and a region of one's own that shares a strategy with Piedmont."""
    utopia = make.region("utopia", parent=eu.regions["italy"], nuts="ITZ9")
    plan = make.strategy("utopia-s3", region=utopia, territories=(utopia, eu.regions["piedmont"]), start="2021")
    space = make.area("utopia-space", strategy=plan, themes=(eu.themes["aerospace"],))
    return eu.extend(utopia, plan, space, info=DatasetInfo(name="Mine"))


def test_each_record_of_three_layers_keeps_its_dataset(mine: Catalogue, eu: Catalogue, s3: Catalogue) -> None:
    assert mine.datasets == (s3.info, eu.info, mine.info)
    found = [mine.dataset_of(mine.regions[id]) for id in ("piedmont", "lombardy", "utopia")]
    assert found == [s3.info, eu.info, mine.info]


def test_a_layer_on_europe_comes_back_equal(mine: Catalogue, eu: Catalogue, tmp_path: pathlib.Path) -> None:
    mine.save(tmp_path / "mine")
    assert {path.name for path in (tmp_path / "mine").iterdir()} == {
        *("dataset.json", "innovation-areas.json", "regions.json", "strategies.json")
    }
    assert smartspec.load(tmp_path / "mine", base=eu) == mine
    assert Catalogue(mine.info, [entity for entity in mine if entity not in eu], base=eu) == mine


def test_a_layer_on_europe_asks_for_europe(mine: Catalogue, s3: Catalogue, tmp_path: pathlib.Path) -> None:
    mine.save(tmp_path / "mine")
    for base in (None, s3):
        with pytest.raises(smartspec.DatasetError, match="it stands on 'Smart specialisation in Europe'"):
            smartspec.load(tmp_path / "mine", base=base)


def test_a_territory_of_ones_own_is_covered_by_the_strategy_of_ones_own(mine: Catalogue, eu: Catalogue) -> None:
    assert mine.coverage().territories_without_strategy == eu.coverage().territories_without_strategy
    bare = eu.extend(mine.regions["utopia"])
    assert mine.regions["utopia"] in bare.coverage().territories_without_strategy


def loaded(*statements: str) -> list[str]:
    """The files of datasets that a process has read after some statements."""
    script = (
        "import sys, pathlib, smartspec\n"
        "from smartspec.datasets.packaged import _AsNeeded\n"
        "read = _AsNeeded._read\n"
        "def telling(self, cls):\n"
        "    print(pathlib.Path(str(self.files)).name, cls.__name__)\n"
        "    return read(self, cls)\n"
        "_AsNeeded._read = telling\n"
    )
    command = [sys.executable, "-c", script + "\n".join(statements)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_load_never_touches_the_files_of_europe() -> None:
    found = loaded("print(len(smartspec.load()) > 0)")
    assert {line.split()[0] for line in found if line != "True"} == {"piedmont"}


def test_a_lookup_in_europe_reads_what_it_needs() -> None:
    found = loaded("smartspec.load_europe().regions.lookup('Lombardia')")
    assert sorted(found) == ["europe Region", "piedmont Region"]


def test_whoever_asks_first_gets_the_same_records() -> None:
    found = loaded(
        "eu = smartspec.load_europe()",
        "area = eu.innovation_areas[-1]",
        "print(area.strategy.region.parent.name != '', eu.regions['piedmont'] is smartspec.load().regions['piedmont'])",
    )
    assert found[-1] == "True True"
    assert len(found) == len(set(found))


# Territories


def test_all_members_of_the_union_are_there(eu: Catalogue) -> None:
    countries = eu.regions.where(level="country")
    assert {c.nuts for c in countries} >= {*MEMBERS}


def test_a_nuts_code_leads_to_one_territory(eu: Catalogue) -> None:
    for code in ("ITC4", "DE3", "DE30", "LU", "LU00", "ES30", "FR10", "CZ010", "PL91"):
        assert eu.regions.lookup(code).level is not None


def test_no_code_is_that_of_two_territories(eu: Catalogue) -> None:
    codes = Counter(code for region in eu.regions for code in (region.nuts, region.iso_3166_2) if code)
    assert [code for code, count in codes.items() if count > 1] == []


def test_every_territory_but_a_country_lies_in_another(eu: Catalogue) -> None:
    alone = [region.id for region in eu.regions if region.parent is None and region.level is not RegionLevel.COUNTRY]
    assert alone == []


def test_a_nuts_code_begins_like_that_of_the_territory_that_holds_it(eu: Catalogue) -> None:
    def held(region: Region) -> bool:
        above = next((whole.nuts for whole in region.ancestors if whole.nuts), None)
        return region.nuts is None or above is None or region.nuts.startswith(above)

    assert [region.id for region in eu.regions if not held(region)] == []


def test_a_german_land_is_a_region_and_a_grouping_is_statistical(eu: Catalogue) -> None:
    levels = {code: eu.regions.lookup(code).level for code in ("DE2", "ITC", "FRK", "PL51", "ES3", "SE12")}
    assert [code for code, level in levels.items() if level is RegionLevel.REGION] == ["DE2", "FRK", "PL51", "ES3"]
    assert levels["ITC"] is levels["SE12"] is RegionLevel.STATISTICAL


def test_a_code_of_nuts_2021_is_found_and_says_what_it_became(eu: Catalogue) -> None:
    found = eu.regions.lookup("PT17")
    assert "2021" in found.description


def test_a_strategy_of_several_territories_is_found_from_each(eu: Catalogue) -> None:
    for codes in (("DE3", "DE4"), ("NL21", "NL22"), ("PT1A", "PT1B")):
        joint = [s for s in eu.strategies if {eu.regions.lookup(code) for code in codes} == {*s.territories}]
        assert joint, codes
        for code in codes:
            assert set(joint) <= set(eu.strategies.of(eu.regions.lookup(code)))


# Strategies and areas


def test_ids_follow_one_pattern(eu: Catalogue) -> None:
    kinds = {StrategyKind.SMART_SPECIALISATION: "s3", StrategyKind.STRATEGIC_PLAN: "strategic-plan"}
    for strategy in eu.strategies:
        if eu.dataset_of(strategy) is eu.info:
            pattern = rf"{strategy.region.id}-{kinds[strategy.kind]}(-(to-)?\d{{4}}(-\d{{4}})?)?"
            assert re.fullmatch(pattern, strategy.id), strategy.id
    for area in eu.innovation_areas:
        if eu.dataset_of(area) is eu.info:
            assert area.id.startswith(f"{area.strategy.id}-"), area.id


def test_nothing_of_piedmont_is_made_twice(eu: Catalogue, s3: Catalogue) -> None:
    piedmont = eu.regions["piedmont"]
    assert set(eu.strategies.where(region=piedmont)) == set(s3.strategies.where(region=s3.regions["piedmont"]))
    codes = Counter(region.nuts for region in eu.regions if region.nuts)
    assert max(codes.values()) == 1
    addresses = Counter(source.url for source in eu.sources if source.url)
    twice = [url for url, count in addresses.items() if count > 1]
    assert [url for url in twice if any(eu.dataset_of(s) is eu.info for s in eu.sources.where(url=url))] == []


def test_every_strategy_of_europe_names_areas_and_says_whether_all_are_recorded(eu: Catalogue) -> None:
    own = [s for s in eu.strategies if eu.dataset_of(s) is eu.info]
    assert [s.id for s in own if not eu.innovation_areas.where(strategy=s)] == []
    assert len([s for s in own if s.complete is None]) < len(own) / 5


def test_a_strategy_of_an_earlier_period_is_not_in_force_today(eu: Catalogue) -> None:
    today = eu.strategies.at(2026)
    assert [s.id for s in today if "2014-2020" in s.name] == []
    assert len(today) > 100


def test_themes_and_codes_are_inferred_and_say_why(eu: Catalogue) -> None:
    for area in eu.innovation_areas:
        for name in ("themes", "nace"):
            if getattr(area, name):
                cited = area.cite(name)
                assert cited, f'innovation-areas.json: "{area.id}" has no citation that supports "{name}"'
                assert {c.basis for c in cited} == {Basis.INFERRED}, (area.id, name)


def test_most_areas_and_all_poles_have_a_theme(eu: Catalogue) -> None:
    assert len(eu.innovation_areas.where(themes=())) < len(eu.innovation_areas) / 20
    assert [pole.id for pole in eu.innovation_poles.where(themes=())] == ["abruzzo-italy-innovation-pole"]  # Of all.


def test_no_area_has_more_than_three_themes(eu: Catalogue) -> None:
    assert max(len(area.themes) for area in eu.innovation_areas) == 3


def test_an_ecosystem_holds_the_areas_of_its_themes(eu: Catalogue) -> None:
    theme = eu.themes["aerospace"]
    assert theme.broader is not None
    areas = set(eu.innovation_areas.of(theme))
    assert len(areas) > 10
    assert areas <= set(eu.innovation_areas.of(theme.broader))


# The Vanguard Initiative


def test_the_network_and_piedmonts_part_in_it_are_two(eu: Catalogue, s3: Catalogue) -> None:
    network = eu.initiatives.lookup("Vanguard Initiative")
    assert eu.dataset_of(network) is eu.info
    assert eu.regions["piedmont"] in network.territories
    assert s3.initiatives.lookup("Vanguard Initiative").name == "Piedmont in the Vanguard Initiative"


def test_the_network_is_of_its_members(eu: Catalogue) -> None:
    network = eu.initiatives.lookup("Vanguard Initiative")
    for member in ("lombardy", "flanders", "scotland"):
        assert network in eu.initiatives.of(eu.regions[member])


@pytest.mark.parametrize("name", ["Lombardia", "Cataluña", "Catalunya", "Bayern", "Noord-Brabant", "Śląskie", "Κρήτη"])
def test_a_region_is_found_by_its_own_name(eu: Catalogue, name: str) -> None:
    region = eu.regions.lookup(name)
    assert name in (region.local_name, *region.aliases)
