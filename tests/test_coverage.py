"""Coverage: what the data of a catalogue leave open."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import attrs
import pytest

from smartspec import Catalogue, Collection

if TYPE_CHECKING:
    from conftest import Make


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("strategies_without_area", []),
        ("strategies_without_objective", ["s3"]),
        ("fields_without_area", []),
        ("areas_without_pole", ["cars", "health"]),
        ("areas_without_objective", ["automotive", "health"]),
        ("areas_without_alignment", ["health"]),
        ("areas_without_nace", ["automotive", "health"]),
        ("poles_without_area", ["lonely"]),
        ("poles_without_seat", ["lonely"]),
        ("poles_without_manager", ["lonely"]),
        ("objectives_without_area", []),
        ("organisations_without_region", ["firm"]),
    ],
)
def test_coverage_names_the_entities_that_leave_a_question_open(
    small: Catalogue, question: str, expected: list[str]
) -> None:
    assert [entity.id for entity in getattr(small.coverage(), question)] == expected


@pytest.mark.parametrize(
    ("question", "build"),
    [
        ("strategies_without_area", "strategy"),
        ("strategies_without_objective", "strategy"),
        ("fields_without_area", "field"),
        ("areas_without_pole", "area"),
        ("objectives_without_area", "objective"),
        ("organisations_without_region", "organisation"),
    ],
)
def test_an_entity_that_stands_alone_leaves_every_question_on_it_open(make: Make, question: str, build: str) -> None:
    alone = getattr(make, build)()
    catalogue = make.catalogue(*{make.region(), make.strategy(), alone})
    assert alone in getattr(catalogue.coverage(), question)


def test_every_answer_is_a_collection(small: Catalogue) -> None:
    coverage = small.coverage()
    answers = [getattr(coverage, name) for name in attrs.fields_dict(type(coverage)) if name != "uncited"]
    assert all(isinstance(answer, Collection) for answer in answers)


def test_uncited_entities_are_named_by_collection(small: Catalogue) -> None:
    uncited = {entities.name: entities for entities in small.coverage().uncited}
    assert [pole.id for pole in uncited["innovation_poles"]] == ["lonely"]


def test_a_collection_whose_entities_are_all_cited_is_not_among_the_uncited(make: Make) -> None:
    cited = make.region(citations=(make.citation(),))
    assert "regions" not in [e.name for e in make.catalogue(make.source(), cited).coverage().uncited]


def test_sources_need_no_citation(make: Make) -> None:
    assert make.catalogue(make.source()).coverage().uncited == ()


def test_iterating_gives_the_open_questions_in_words_with_their_entities(make: Make) -> None:
    park = make.organisation()
    open_questions = [(question, list(entities)) for question, entities in make.catalogue(park).coverage()]
    assert open_questions == [("organisations without region", [park]), ("uncited organisations", [park])]


def test_iterating_passes_over_what_is_answered(make: Make) -> None:
    assert list(make.catalogue(make.source()).coverage()) == []


def test_repr_has_one_line_for_each_open_question(make: Make) -> None:
    assert repr(make.catalogue(make.organisation()).coverage()) == (
        "<Coverage: what the data leave open\n    1  organisations without region\n    1  uncited organisations>"
    )


def test_repr_of_nothing_left_open_is_one_line(make: Make) -> None:
    assert repr(make.catalogue().coverage()) == "<Coverage: what the data leave open>"


def test_coverage_cannot_be_changed(small: Catalogue) -> None:
    coverage = small.coverage()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        coverage.uncited = ()  # type: ignore[misc]


def test_coverage_says_the_same_after_pickling(small: Catalogue) -> None:
    coverage = small.coverage()
    assert list(pickle.loads(pickle.dumps(coverage))) == list(coverage)


def test_no_entity_of_the_packaged_data_is_uncited(s3: Catalogue) -> None:
    assert s3.coverage().uncited == ()


def test_every_area_of_the_packaged_data_has_a_nace_code(s3: Catalogue) -> None:
    assert len(s3.coverage().areas_without_nace) == 0


def test_the_packaged_data_leave_open_which_pole_carries_the_automotive_area(s3: Catalogue) -> None:
    assert "automotive" in s3.coverage().areas_without_pole
