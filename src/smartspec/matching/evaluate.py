"""Evaluation: how often texts with known areas are placed in them; ``python -m smartspec.matching.evaluate FILE``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from ..domain.strategy import InnovationArea
from ..errors import InvalidValueError, UnknownEntityError
from ..text import clean, close, did_you_mean, shown, table
from .placement import Placement, Verdict

NONE, UNSURE = Verdict.NONE.value, Verdict.UNSURE.value


class Places(Protocol):
    """What places a text: a `Matcher`, or anything else that can be compared with it."""

    def match(self, text: str) -> Placement:
        """To which areas a text belongs."""


class Labelled(NamedTuple):
    """A text with the ids of the areas to which it is known to belong: to none, if there are none."""

    text: str
    labels: tuple[str, ...]
    language: str = ""
    strategy: str = ""


class Outcome(NamedTuple):
    """A labelled text, and how it was placed."""

    labelled: Labelled
    placement: Placement

    @property
    def is_right(self) -> bool:
        """Whether the area given (the first, of two) is one of its labels; or none is given, and it has none."""
        first = self.placement.area
        if first:
            return first.id in self.labelled.labels
        return self.placement.verdict is Verdict.NONE and not self.labelled.labels

    @property
    def label(self) -> str:
        """The label under which it is counted: the first candidate if that is one, else its first; or "none"."""
        labels = self.labelled.labels
        best = [candidate.area.id for candidate in self.placement.candidates[:1]]
        return next((label for label in best if label in labels), labels[0] if labels else NONE)

    @property
    def got(self) -> str:
        """The first area given, or else the verdict."""
        return self.placement.area.id if self.placement.area else self.placement.verdict.value


class Figures(NamedTuple):
    """How well some texts were placed, in shares of one; None where there is nothing to share.

    ``texts`` is how many there were. ``accuracy``: those placed rightly, of all; an unsure one is not. ``precision``:
    of the areas given, those that are a label. ``coverage``: of the texts with a label, those for which any area was
    given. ``none``: of the texts of which none was said, those without a label. ``first``: of the texts with a label,
    those whose first candidate is one, whatever the verdict.
    """

    texts: int
    accuracy: float | None
    precision: float | None
    coverage: float | None
    none: float | None
    first: float | None


class Evaluation(NamedTuple):
    """The outcomes of labelled texts, and what can be told of them.

    >>> import smartspec
    >>> from smartspec.matching.evaluate import Labelled, evaluate
    >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    >>> rocket, vaccine = Labelled("A rocket.", ("aerospace-2021",)), Labelled("A vaccine.", ("food-2021",))
    >>> evaluation = evaluate(areas.matcher(), [rocket, vaccine, Labelled("Why?", ())])
    >>> evaluation.figures
    Figures(texts=3, accuracy=0.333, precision=0.5, coverage=1.0, none=None, first=0.5)
    >>> evaluation.confusion["food-2021"]
    {'health-2021': 1}
    """

    outcomes: tuple[Outcome, ...]

    @property
    def figures(self) -> Figures:
        """Those of all texts."""
        return _figures(self.outcomes)

    @property
    def by_language(self) -> dict[str, Figures]:
        """Those of the texts of each language."""
        return self._by(lambda outcome: outcome.labelled.language)

    @property
    def by_strategy(self) -> dict[str, Figures]:
        """Those of the texts placed among the areas of each strategy."""
        return self._by(lambda outcome: outcome.labelled.strategy)

    @property
    def by_area(self) -> dict[str, Figures]:
        """Those of each area: ``precision`` of the times that it was given, the others of its texts."""
        given = [(area.id, area.id in o.labelled.labels) for o in self.outcomes for area in o.placement.areas]
        often, rightly = Counter(id for id, _ in given), Counter(id for id, is_right in given if is_right)
        labels = {label for outcome in self.outcomes for label in outcome.labelled.labels}
        told = {}
        for area in sorted(labels | set(often)):
            figures = _figures([outcome for outcome in self.outcomes if area in outcome.labelled.labels])
            told[area] = figures._replace(precision=_share(rightly[area], often[area]), none=None)
        return told

    @property
    def confusion(self) -> dict[str, dict[str, int]]:
        """For each label, or "none", how often which area or verdict was given."""
        rows: dict[str, Counter[str]] = defaultdict(Counter)
        for outcome in self.outcomes:
            rows[outcome.label][outcome.got] += 1
        return {label: dict(sorted(rows[label].items())) for label in sorted(rows, key=_last)}

    def to_dict(self) -> dict[str, Any]:
        """All of it but the texts, for JSON."""
        parts = {"by_strategy": self.by_strategy, "by_language": self.by_language, "by_area": self.by_area}
        told = {name: {key: each._asdict() for key, each in part.items()} for name, part in parts.items()}
        return {**self.figures._asdict(), **told, "confusion": self.confusion}

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    def _by(self, key: Any) -> dict[str, Figures]:
        groups: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            groups[key(outcome)].append(outcome)
        return {name: _figures(groups[name]) for name in sorted(groups)}


def evaluate(matcher: Places, texts: Iterable[Labelled]) -> Evaluation:
    """Place labelled texts by a matcher, or by whatever else has its ``match``."""
    return Evaluation(tuple(Outcome(labelled, matcher.match(labelled.text)) for labelled in texts))


def _figures(outcomes: Sequence[Outcome]) -> Figures:
    labelled = [outcome for outcome in outcomes if outcome.labelled.labels]
    given = [area.id in o.labelled.labels for o in outcomes for area in o.placement.areas]
    none = [not outcome.labelled.labels for outcome in outcomes if outcome.placement.verdict is Verdict.NONE]
    first = [o for o in labelled if o.placement.candidates and o.placement.candidates[0].area.id in o.labelled.labels]
    return Figures(
        len(outcomes),
        accuracy=_share(sum(outcome.is_right for outcome in outcomes), len(outcomes)),
        precision=_share(sum(given), len(given)),
        coverage=_share(sum(bool(outcome.placement.areas) for outcome in labelled), len(labelled)),
        none=_share(sum(none), len(none)),
        first=_share(len(first), len(labelled)),
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _last(label: str) -> tuple[bool, str]:
    return label in (NONE, UNSURE), label


def read(
    lines: Iterable[str], areas: Iterable[InnovationArea], label: str = "label", language: str = "lang"
) -> Iterator[Labelled]:
    """Labelled texts from lines of JSON: objects with "text", and an area's id, a list of ids, or null as label.

    ``areas`` are those among which they are placed; a line may say of which "strategy". An id may be shortened to a
    beginning that only one of them has. ``label`` and ``language`` name the fields. Raises `InvalidValueError`, which
    names the line.

    >>> import smartspec
    >>> from smartspec.matching.evaluate import read
    >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    >>> [labelled.labels for labelled in read(['{"text": "A rocket.", "label": "aero"}'], areas)]
    [('aerospace-2021',)]
    """
    ids: dict[str, list[str]] = defaultdict(list)
    for area in areas:
        ids[""].append(area.id)
        ids[area.strategy.id].append(area.id)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"line {number}"
        row = _row(line, where, label)
        strategy = str(row.get("strategy") or "")
        if strategy not in ids:
            raise InvalidValueError(where, f"{shown(strategy)} is no strategy here", did_you_mean(close(strategy, ids)))
        if not strategy and len(ids) > 2:
            raise InvalidValueError(where, "it does not say of which strategy", 'add "strategy", or choose one for all')
        labels = tuple(_whole(each, ids[strategy], where) for each in row[label])
        yield Labelled(row["text"], labels, str(row.get(language) or ""), strategy)


def _row(line: str, where: str, label: str) -> dict[str, Any]:
    """The object of a line, its labels as a list."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise InvalidValueError(where, f"{shown(line)} is no JSON") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InvalidValueError(where, 'it is no object with a "text"')
    if label not in row:
        raise InvalidValueError(where, f"it has no {shown(label)}", "it has: " + clean(", ".join(row)))
    labels = row[label]
    labels = [] if labels is None else labels if isinstance(labels, list) else [labels]
    if not all(isinstance(each, str) for each in labels):
        raise InvalidValueError(where, f"{shown(row[label])} is neither an id, nor a list of ids, nor null")
    return {**row, label: labels}


def _whole(label: str, areas: Collection[str], where: str) -> str:
    """The id of an area that a label is, or of which it is the beginning."""
    if label in areas:
        return label
    begun = [id for id in areas if id.startswith(label)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise InvalidValueError(where, f"several areas begin with {shown(label)}", ", ".join(sorted(begun)))
    raise InvalidValueError(where, f"no area of the strategy is {shown(label)}", did_you_mean(close(label, areas)))


def _lines(evaluation: Evaluation) -> Iterator[str]:
    """An evaluation as plain text: its figures, by strategy, language and area, and which were taken for which."""
    yield from table([("", *Figures._fields), _told("all", evaluation.figures)])
    for title, groups in (("strategy", evaluation.by_strategy), ("language", evaluation.by_language)):
        if set(groups) - {""}:
            yield ""
            yield from table([(title, *Figures._fields), *(_told(name, groups[name]) for name in groups)])
    columns = ("texts", "precision", "coverage", "first")
    yield ""
    yield from table(
        [("area", *columns)]
        + [(area, *(_cell(getattr(each, name)) for name in columns)) for area, each in evaluation.by_area.items()],
        80,
    )
    yield ""
    yield "Which was taken for which: a row for each label, a column for what was given"
    for strategy in evaluation.by_strategy:
        yield ""
        yield from _confused([o for o in evaluation.outcomes if o.labelled.strategy == strategy])


def _confused(outcomes: Sequence[Outcome]) -> list[str]:
    """A table of labels and what was given for them; columns bear the numbers of the rows, for ids are long."""
    confusion = Evaluation(tuple(outcomes)).confusion
    given = {outcome.got for outcome in outcomes}
    areas = sorted((given | set(confusion)) - {NONE, UNSURE})
    heads = {**{area: str(number) for number, area in enumerate(areas, 1)}, NONE: NONE, UNSURE: UNSURE}
    rows = {f"{heads[area]} {area}": confusion.get(area, {}) for area in areas}
    if NONE in confusion:
        rows[NONE] = confusion[NONE]
    cells = [(name, *(str(row.get(each, "")) for each in heads)) for name, row in rows.items()]
    return table([("", *heads.values()), *cells], 80)


def _told(name: str, figures: Figures) -> tuple[str, ...]:
    return (name or "-", *map(_cell, figures))


def _cell(value: float | None) -> str:
    return "-" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; returns the exit status: 0, or 2 if it cannot be carried out."""
    from ..datasets.loading import load, load_europe  # Deferred import upwards.

    parser = argparse.ArgumentParser(
        prog="python -m smartspec.matching.evaluate",
        description="How often texts with known areas are placed in them, of a file with a JSON object a line.",
    )
    parser.add_argument("file", metavar="FILE", help='lines like {"text": "…", "lang": "en", "label": "food-2021"}')
    parser.add_argument("--label", default="label", metavar="FIELD", help="the field that holds the label (label)")
    parser.add_argument("--language", default="lang", metavar="FIELD", help="the field that holds the language (lang)")
    parser.add_argument(
        "--strategy",
        metavar="ID",
        help='the strategy among whose areas texts are placed; without, that in the field "strategy" of each line',
    )
    parser.add_argument("--designation", metavar="TEXT", help='only among areas that are called so: "innovation area"')
    parser.add_argument("--europe", action="store_true", help="take the strategies of Europe's dataset")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args(arguments)
    catalogue = load_europe() if given.europe else load()
    areas = catalogue.innovation_areas
    try:
        if given.strategy:
            areas = areas.where(strategy=catalogue.strategies[given.strategy])
        if given.designation:
            areas = areas.where(designation=given.designation)
        with open(given.file, encoding="utf-8-sig") as stream:
            texts = [*read(stream, areas, given.label, given.language)]
    except (OSError, UnicodeError, InvalidValueError, UnknownEntityError) as error:
        print(f"{clean(given.file)}: {error}", file=sys.stderr)
        return 2
    by_strategy: dict[str, list[Labelled]] = defaultdict(list)
    for labelled in texts:
        by_strategy[given.strategy or labelled.strategy].append(labelled)
    parts = (evaluate(areas.where(strategy=id).matcher(), by_strategy[id]) for id in by_strategy)
    evaluation = Evaluation(tuple(outcome for part in parts for outcome in part.outcomes))
    try:
        print(json.dumps(evaluation.to_dict(), ensure_ascii=False, indent=2) if given.json else evaluation, flush=True)
    except BrokenPipeError:  # Whoever read has seen enough; Python would still try to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
