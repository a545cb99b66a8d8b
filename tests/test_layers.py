"""Layers: how one catalogue grows out of another, and whose records are whose."""

from __future__ import annotations

import pathlib
import pickle
from typing import TYPE_CHECKING, Any

import pytest

import smartspec
from smartspec import (
    Catalogue,
    DatasetBase,
    DatasetError,
    DatasetInfo,
    InvalidValueError,
    UnknownEntityError,
)

if TYPE_CHECKING:
    from conftest import Make


def problems(error: pytest.ExceptionInfo[DatasetError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


# extend


def test_extending_adds_an_entity(make: Make, small: Catalogue) -> None:
    utopia = make.region("utopia", parent=small.regions["piedmont"])
    assert small.extend(utopia).regions["utopia"] == utopia


def test_extending_leaves_the_old_catalogue_as_it_was(make: Make, small: Catalogue) -> None:
    small.extend(make.region("utopia"))
    assert "utopia" not in small.regions


def test_extending_keeps_the_order_and_puts_the_new_last(make: Make, small: Catalogue) -> None:
    regions = small.extend(make.region("utopia")).regions
    assert [region.id for region in regions] == ["italy", "piedmont", "torino", "cuneo", "utopia"]


def test_an_extension_says_that_it_is_one_and_claims_nothing_else(make: Make, s3: Catalogue) -> None:
    base = DatasetBase(name=s3.name, version=s3.version)
    mine = s3.extend(make.region("utopia"))
    assert mine.info == DatasetInfo(name=f"Extension of {s3.name}", base=base)
    assert (mine.version, mine.info.licence, mine.info.publisher) == ("", "", "")


def test_an_extension_may_be_described(make: Make, s3: Catalogue) -> None:
    info = DatasetInfo(name="Mine", version="1", licence="MIT")
    mine = s3.extend(make.region("utopia"), info=info)
    assert mine.info == info.evolve(base=DatasetBase(name=s3.name, version=s3.version))
    assert (mine.name, mine.version, mine.base) == ("Mine", "1", s3)


def test_what_describes_an_extension_is_a_dataset_info(make: Make, small: Catalogue) -> None:
    info: Any = "Mine"
    with pytest.raises(TypeError, match="a catalogue is described by a DatasetInfo, not 'Mine'"):
        small.extend(make.region("utopia"), info=info)


def test_what_is_added_is_related_to_what_was_there(make: Make, small: Catalogue) -> None:
    utopia = make.region("utopia", parent=small.regions["piedmont"])
    assert "utopia" in small.extend(utopia).regions.of(small.regions["italy"])


def test_entities_that_refer_to_each_other_are_added_in_any_order(make: Make, small: Catalogue) -> None:
    langhe = make.region("langhe")
    larger = small.extend(make.region("utopia", parent=langhe), langhe)
    assert larger.regions["utopia"].parent == langhe


def test_extending_by_nothing_keeps_the_entities(small: Catalogue) -> None:
    assert list(small.extend()) == list(small)


def test_extending_by_an_identical_record_adds_nothing(small: Catalogue) -> None:
    again = small.extend(pickle.loads(pickle.dumps(small.regions["piedmont"])))
    assert list(again) == list(small)
    assert again.regions["piedmont"] is small.regions["piedmont"]
    assert again.dataset_of(again.regions["piedmont"]) is small.info


def test_the_entities_of_the_base_are_the_same_objects(make: Make, s3: Catalogue) -> None:
    mine = s3.extend(make.region("utopia"))
    assert all(mine.collections[name][entity.id] is entity for name, c in s3.collections.items() for entity in c)


def test_extending_by_another_record_of_an_id_is_refused(make: Make, small: Catalogue) -> None:
    with pytest.raises(DatasetError, match="'piedmont' is taken by Region"):
        small.extend(make.region("piedmont", name="Another"))


def test_extending_by_a_dangling_reference_is_refused(make: Make, small: Catalogue) -> None:
    with pytest.raises(DatasetError) as caught:
        small.extend(make.region("utopia", parent=make.region("langhe")))
    assert problems(caught) == ["regions#/utopia/parent: 'langhe' of regions is not there (add it too)"]


def test_extending_by_a_reference_to_another_record_of_an_id_is_refused(make: Make, small: Catalogue) -> None:
    with pytest.raises(DatasetError, match="regions#/utopia/parent: 'piedmont' of regions is another one here"):
        small.extend(make.region("utopia", parent=make.region("piedmont")))


@pytest.mark.parametrize("item", ["utopia", None, [], DatasetInfo(name="Mine")])
def test_extending_by_what_is_no_entity_is_a_type_error(small: Catalogue, item: Any) -> None:
    with pytest.raises(TypeError, match="a catalogue holds entities, not "):
        small.extend(item)


def test_the_packaged_catalogue_can_be_extended(make: Make, s3: Catalogue) -> None:
    utopia = make.region("utopia", parent=s3.regions["piedmont"])
    assert len(s3.extend(utopia)) == len(s3) + 1


# Layers


def test_a_dataset_that_stands_alone_has_no_base(small: Catalogue) -> None:
    assert (small.base, small.info.base, small.datasets) == (None, None, (small.info,))


def test_the_datasets_stand_from_the_lowest_base_to_the_own(make: Make, small: Catalogue) -> None:
    middle = small.extend(make.region("utopia"), info=DatasetInfo(name="Middle", version="1"))
    top = middle.extend(make.region("arcadia"), info=DatasetInfo(name="Top"))
    assert top.datasets == (small.info, middle.info, top.info)
    assert [info.name for info in top.datasets] == ["Small", "Middle", "Top"]
    assert top.info.base == DatasetBase(name="Middle", version="1")


def test_each_entity_is_of_the_dataset_that_brought_it(make: Make, small: Catalogue) -> None:
    utopia, arcadia = make.region("utopia", parent=small.regions["piedmont"]), make.region("arcadia")
    middle = small.extend(utopia, info=DatasetInfo(name="Middle"))
    top = middle.extend(arcadia)
    assert [top.dataset_of(entity).name for entity in (small.regions["piedmont"], utopia, arcadia)] == [
        "Small",
        "Middle",
        "Extension of Middle",
    ]
    assert {top.dataset_of(entity) for entity in small} == {small.info}


def test_an_equal_entity_from_elsewhere_is_of_the_same_dataset(s3: Catalogue) -> None:
    twin = pickle.loads(pickle.dumps(s3.regions["torino"]))
    assert s3.dataset_of(twin) is s3.info


def test_the_dataset_of_what_is_not_there_is_an_error(make: Make, small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match="regions has no 'lombardy'"):
        small.dataset_of(make.region("lombardy"))
    with pytest.raises(InvalidValueError, match="regions/piedmont: is another record"):
        small.dataset_of(make.region("piedmont", name="Another"))


@pytest.mark.parametrize("item", ["piedmont", None, DatasetInfo(name="Mine")])
def test_the_dataset_of_what_is_no_entity_is_a_type_error(small: Catalogue, item: Any) -> None:
    with pytest.raises(TypeError, match="an entity is needed, not "):
        small.dataset_of(item)


def test_what_is_extended_twice_is_one_layer(make: Make, small: Catalogue) -> None:
    utopia, arcadia = make.region("utopia"), make.region("arcadia")
    twice = small.extend(utopia).extend(arcadia)
    assert twice == small.extend(utopia, arcadia)
    assert twice.base is small
    assert [info.name for info in twice.datasets] == ["Small", "Extension of Small"]


def test_the_second_extension_may_refer_to_the_first(make: Make, small: Catalogue) -> None:
    utopia = make.region("utopia", parent=small.regions["piedmont"])
    twice = small.extend(utopia).extend(make.region("arcadia", parent=utopia))
    assert "arcadia" in twice.regions.of(small.regions["italy"])


def test_an_extension_that_is_extended_may_be_described_at_last(make: Make, small: Catalogue) -> None:
    utopia, arcadia = make.region("utopia"), make.region("arcadia")
    mine = small.extend(utopia).extend(arcadia, info=DatasetInfo(name="Mine"))
    assert mine.base is small
    assert mine.dataset_of(utopia) == mine.dataset_of(arcadia) == mine.info


def test_a_described_extension_is_a_layer_of_its_own_for_the_next(make: Make, small: Catalogue) -> None:
    first = small.extend(make.region("utopia"), info=DatasetInfo(name="Mine"))
    second = first.extend(make.region("arcadia"))
    assert second.base is first
    assert second.dataset_of(second.regions["utopia"]) is first.info


def test_a_catalogue_may_be_made_on_a_base(make: Make, small: Catalogue) -> None:
    utopia = make.region("utopia", parent=small.regions["piedmont"])
    mine = Catalogue(DatasetInfo(name="Mine"), [utopia], small)
    assert mine == small.extend(utopia, info=DatasetInfo(name="Mine"))


def test_what_a_catalogue_stands_on_is_a_catalogue(make: Make) -> None:
    base: Any = "Small"
    with pytest.raises(TypeError, match="a catalogue stands on a Catalogue, not on 'Small'"):
        Catalogue(DatasetInfo(name="Mine"), [], base)


def test_a_base_that_is_claimed_is_the_one_that_is_there(make: Make, small: Catalogue, tmp_path: pathlib.Path) -> None:
    claimed = DatasetInfo(name="Mine", base=DatasetBase(name="Another"))
    assert Catalogue(claimed, [make.region("utopia")], small).info.base == DatasetBase(name="Small")
    flat = Catalogue(small.extend(make.region("utopia")).info, small)
    assert flat.info.base is None
    flat.save(tmp_path / "flat")
    assert smartspec.load(tmp_path / "flat") == flat


def test_a_layer_on_a_layer_survives_pickling(make: Make, small: Catalogue) -> None:
    top = small.extend(make.region("utopia"), info=DatasetInfo(name="Mine")).extend(make.region("arcadia"))
    again = pickle.loads(pickle.dumps(top))
    assert (again, again.datasets, again.base) == (top, top.datasets, top.base)
    assert again.dataset_of(again.regions["utopia"]).name == "Mine"
    assert again.regions["italy"] is again.base.regions["italy"]


def test_a_layer_on_a_layer_is_saved_alone_and_loaded_onto_its_base(
    make: Make, small: Catalogue, tmp_path: pathlib.Path
) -> None:
    middle = small.extend(make.region("utopia"), info=DatasetInfo(name="Middle"))
    top = middle.extend(make.region("arcadia", parent=small.regions["piedmont"]))
    top.save(tmp_path / "top")
    assert sorted(path.name for path in (tmp_path / "top").iterdir()) == ["dataset.json", "regions.json"]
    assert smartspec.load(tmp_path / "top", base=middle) == top
    for wrong in (None, small):
        with pytest.raises(DatasetError, match="it stands on 'Middle'"):
            smartspec.load(tmp_path / "top", base=wrong)


def test_an_extension_that_was_described_is_not_extended_in_place(make: Make, small: Catalogue) -> None:
    info = DatasetInfo(name=f"Extension of {small.name}", version="1.0", licence="MIT")
    mine = small.extend(make.region("utopia"), info=info)
    larger = mine.extend(make.region("arcadia"))
    assert (larger.base, larger.version, larger.info.licence) == (mine, "", "")
    assert larger.dataset_of(larger.regions["utopia"]).licence == "MIT"
