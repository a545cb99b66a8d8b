"""The matcher: the words of a text looked up in the vocabulary of themes and in the areas' own, weighed, and judged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..catalogue.collection import Collection
from ..catalogue.succession import toward
from ..domain.strategy import Alignment, InnovationArea, MatchRelation
from ..domain.themes import Theme
from ..text import shown
from .placement import Candidate, Evidence, Placement, Verdict
from .vocabulary import GENERIC, Term, fold, vocabulary

_WORD = re.compile(r"[^\W_]+")
_APART = re.compile(r"[.,;:!?()\[\]\"“”«»\n/|]")  # What no phrase reaches over.
_MOST_REMEMBERED = 100_000

WORTH = {1: 0.5, 2: 1.0, 3: 2.0, 4: 3.0}
"""What a term of each weight counts: one that decides alone counts as much as three that need company."""
ALIGNED = 0.7
"""How much of a theme counts that an area does not have itself, but one that is aligned to it and is not broader."""
BESIDE = 0.4
"""How much the other themes of an area count beside the one that the text speaks of most."""
OWN = 2.0
"""What a word of the area's own name counts."""
CODED = 4.0
"""What a code counts that the area covers."""

ENOUGH = 2.0
"""The least score for which an area is given."""
CLEAR = 1.25
"""How many times the score of what speaks against it, or of the next area, an area must have."""
AGAINST = 1.0
"""The least score of subjects that none of the areas is about for which none is given."""


class _Entry(NamedTuple):
    """A term as it is looked for: how many words it has, those that follow the first, and what it speaks of."""

    size: int
    rest: tuple[tuple[str, bool], ...]
    subject: str
    term: Term
    worth: float


class Matcher:
    """Places texts in the areas of a collection, and says why; the object behind `Collection.match`.

    It can be pickled, and used by several threads at once.

    >>> import smartspec
    >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    >>> placements = areas.matcher().match_many(["Satellites and launchers.", "Pizza with mozzarella."])
    >>> [placement.area.name for placement in placements]
    ['Aerospace', 'Food']
    """

    def __init__(self, areas: Collection[InnovationArea]) -> None:
        by_id = areas._relations.by_id
        alignments: Any = by_id[Alignment].values()
        themes: Any = by_id[Theme]
        self._fill(tuple(areas), _claims(areas, alignments), dict(themes))

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (self.areas, self._claimed, self._themes)

    def _fill(
        self, areas: tuple[InnovationArea, ...], claimed: Sequence[Mapping[str, float]], themes: Mapping[str, Theme]
    ) -> None:
        self.areas = areas
        self._claimed, self._themes = claimed, themes
        self._most = {subject: max(c.get(subject, 0) for c in claimed) for c in claimed for subject in c}
        self._whole: dict[str, list[_Entry]] = defaultdict(list)
        self._begun: dict[str, list[_Entry]] = defaultdict(list)
        for term, worth in (*((term, WORTH[term.weight]) for term in vocabulary()), *_own_terms(areas)):
            first, *rest = term.text.split()
            entry = _Entry(
                1 + len(rest), tuple((w.rstrip("*"), w.endswith("*")) for w in rest), term.subject, term, worth
            )
            (self._begun if first.endswith("*") else self._whole)[first.rstrip("*")].append(entry)
        self._sizes = sorted({len(stem) for stem in self._begun})
        self._known: dict[str, tuple[str, tuple[_Entry, ...]]] = {}

    def match(self, text: str, nace: Iterable[str] = ()) -> Placement:
        """To which of the areas a text belongs, and why: see `Collection.match`."""
        if not isinstance(text, str):
            raise TypeError(f"match() takes a text, not {shown(text)}")
        scores, found = self._weighed(text)
        for code in nace:
            self._classify(code, scores, found)
        ranked = [
            (score, number)
            for number, claims in enumerate(self._claimed)
            for score in [_score(claims, scores) + scores.get(_own(number), 0.0)]
            if score
        ]
        ranked.sort(key=lambda item: (-item[0], item[1]))
        left = {
            subject: score * (1 - self._most.get(subject, 0.0))
            for subject, score in scores.items()
            if subject[0] != "#" and self._most.get(subject, 0.0) < 1
        }
        rival = max(left, key=lambda subject: (left[subject], subject), default="")
        verdict, given = _judged([score for score, _ in ranked], left.get(rival, 0.0))
        candidates = tuple(
            Candidate(self.areas[number], score, self._evidence(number, found)) for score, number in ranked
        )
        return Placement(
            text=text,
            verdict=verdict,
            areas=tuple(candidate.area for candidate in candidates[:given]),
            candidates=candidates,
            rival=rival if left.get(rival) else None,
            against=tuple(sorted((e for s in left if left[s] for e in found[s]), key=_place)),
            rival_score=left.get(rival, 0.0),
        )

    def match_many(self, texts: Iterable[str]) -> Iterator[Placement]:
        """The placements of texts, one by one, in their order."""
        return map(self.match, texts)

    def _look(self, word: str) -> tuple[str, tuple[_Entry, ...]]:
        """A word folded, and the terms that begin with it: of a subject those with the longest beginning."""
        folded = fold(word)
        found: dict[tuple[str, tuple[tuple[str, bool], ...]], _Entry] = {}
        for size in self._sizes:
            if size > len(folded):
                break
            for entry in self._begun.get(folded[:size], ()):
                found[entry.subject, entry.rest] = entry
        for entry in self._whole.get(folded, ()):
            found[entry.subject, entry.rest] = entry
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        known = self._known[word] = folded, tuple(found.values())
        return known

    def _weighed(self, text: str) -> tuple[dict[str, float], dict[str, list[Evidence]]]:
        """What speaks for each subject, and how much: each term once, and of words within a phrase the phrase alone."""
        words = [*_WORD.finditer(text)]
        known = self._known
        looked = [known.get(word[0]) or self._look(word[0]) for word in words]
        hits: list[tuple[int, int, _Entry]] = []
        phrases: list[tuple[int, int]] = []
        for number, (_, entries) in enumerate(looked):
            for entry in entries:
                stop = number + entry.size
                if entry.size > 1:
                    if stop > len(looked) or not _follow(entry.rest, looked[number + 1 : stop]):
                        continue
                    if _APART.search(text, words[number].end(), words[stop - 1].start()):
                        continue
                    phrases.append((number, stop))
                hits.append((number, stop, entry))
        scores: dict[str, float] = {}
        found: dict[str, list[Evidence]] = defaultdict(list)
        counted = set()
        for start, stop, (size, _, subject, term, worth) in hits:
            if phrases and any(p <= start and stop <= q and q - p > size for p, q in phrases):
                continue
            if subject == GENERIC:
                continue
            begin, end = words[start].start(), words[stop - 1].end()
            found[subject].append(Evidence(text[begin:end], begin, end, term.text, worth, self._themes.get(subject)))
            if (subject, term.text) not in counted:
                counted.add((subject, term.text))
                scores[subject] = scores.get(subject, 0.0) + worth
        return scores, found

    def _classify(self, code: str, scores: dict[str, float], found: dict[str, list[Evidence]]) -> None:
        """Let a NACE code speak for the areas that cover it; where none does, for the themes that do."""
        from ..nace import related  # Deferred import: most texts come without a code.

        codes = related(code)
        covering = [number for number, area in enumerate(self.areas) if not codes.isdisjoint(area.nace)]
        subjects: list[tuple[str, Theme | None]] = [(_own(number), None) for number in covering]
        if not covering:
            subjects = [(theme.id, theme) for theme in self._themes.values() if not codes.isdisjoint(theme.nace)]
        for subject, theme in subjects:
            scores[subject] = scores.get(subject, 0.0) + CODED
            found[subject].append(Evidence(code, None, None, code, CODED, theme))

    def _evidence(self, number: int, found: Mapping[str, list[Evidence]]) -> tuple[Evidence, ...]:
        """What speaks for an area, in the order of the text."""
        subjects = [_own(number), *self._claimed[number]]
        return tuple(sorted((e for subject in subjects for e in found.get(subject, ())), key=_place))


def _revive(areas: Any, claimed: Any, themes: Any) -> Matcher:
    matcher = Matcher.__new__(Matcher)
    matcher._fill(areas, claimed, themes)
    return matcher


def _own(number: int) -> str:
    """The subject of an area's own words."""
    return f"#{number}"


def _place(evidence: Evidence) -> tuple[int, int, str]:
    return (-1, 0, evidence.text) if evidence.start is None else (evidence.start, evidence.stop or 0, evidence.term)


def _follow(rest: Iterable[tuple[str, bool]], words: Iterable[tuple[str, Any]]) -> bool:
    return all(
        folded.startswith(stem) if is_open else folded == stem for (stem, is_open), (folded, _) in zip(rest, words)
    )


def _claims(areas: Iterable[InnovationArea], alignments: Iterable[Alignment]) -> list[dict[str, float]]:
    """How much each area claims of each theme: its own wholly, and in part those of areas that are aligned to it."""
    aligned: dict[InnovationArea, list[InnovationArea]] = defaultdict(list)
    for alignment in alignments:
        for area in (alignment.area, alignment.match):
            other, relation = toward(area, alignment)
            if relation is not MatchRelation.BROAD:  # Of what is broader, this area may be another part.
                aligned[area].append(other)
    claims = []
    for area in areas:
        own = dict.fromkeys((theme.id for theme in area.themes), 1.0)
        others = (theme.id for other in aligned[area] for theme in other.themes)
        claims.append({**dict.fromkeys(others, ALIGNED), **own})
    return claims


def _own_terms(areas: Sequence[InnovationArea]) -> Iterator[tuple[Term, float]]:
    """The words of the areas' own names and activities, but for those that say nothing or are borne by several."""
    generic = [term.text for term in vocabulary() if term.subject == GENERIC]
    whole, begun = {text for text in generic if text[-1] != "*"}, tuple(text[:-1] for text in generic if text[-1] == "*")
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, area in enumerate(areas):
        for label in (area.name, area.local_name or "", *area.aliases, *area.activities):
            for word in map(fold, _WORD.findall(label)):
                if len(word) > 3 and word not in whole and not word.startswith(begun):
                    bearers[f"{word[:-1]}*" if len(word) > 5 else word].add(number)
    for word, numbers in bearers.items():
        if len(numbers) == 1:
            (number,) = numbers
            yield Term(_own(number), word, (), 0, ""), OWN


def _score(claims: Mapping[str, float], scores: Mapping[str, float]) -> float:
    each = sorted((claim * scores.get(subject, 0.0) for subject, claim in claims.items()), reverse=True)
    return sum(each[:1]) + BESIDE * sum(each[1:])


def _judged(scores: Sequence[float], rival: float) -> tuple[Verdict, int]:
    """The verdict on a text whose areas have these scores, best first; and how many of them are given."""
    first, second = (*scores, 0.0, 0.0)[:2]
    if first >= ENOUGH and first >= CLEAR * rival:
        if first >= CLEAR * second:
            return Verdict.AREA, 1
        return Verdict.UNSURE, 0
    if rival >= AGAINST and rival >= first:
        return Verdict.NONE, 0
    return Verdict.UNSURE, 0
