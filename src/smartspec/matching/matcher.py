"""The matcher: the words of a text looked up in the vocabulary of themes and in the areas' own, weighed, and judged."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from math import inf
from typing import Any

from ..catalogue.collection import Collection
from ..catalogue.succession import toward
from ..domain.strategy import Alignment, InnovationArea, MatchRelation
from ..domain.themes import Theme
from ..errors import needs
from ..text import shown
from .placement import Candidate, Evidence, Placement, Verdict
from .spotting import WORD, Spotter
from .vocabulary import GENERIC, LANGUAGES, RIVAL, Term, fold, vocabulary

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
CLEAR = 2.0
"""How many times the score of what speaks against it, or of the next area, an area must have."""
BOTH, LEVEL = 4.0, 0.75
"""The least score of each of two areas for which both are given, and how near the second must come to the first."""
AGAINST = 0.5
"""The least score of subjects that none of the areas is about for which none is given."""


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
        return _revive, (self._state,)

    @cached_property
    def _state(self) -> bytes:
        return pickle.dumps((self.areas, self._claimed, self._themes))

    def _fill(
        self, areas: tuple[InnovationArea, ...], claimed: Sequence[Mapping[str, float]], themes: Mapping[str, Theme]
    ) -> None:
        self.areas = areas
        self._claimed, self._themes = claimed, themes
        self._most = {subject: max(c.get(subject, 0) for c in claimed) for c in claimed for subject in c}
        worths = ((term, WORTH[term.weight]) for term in vocabulary())
        self._spotter = Spotter((*worths, *_own_terms(areas)))

    def match(self, text: str, nace: Iterable[str] = ()) -> Placement:
        """To which of the areas a text belongs, and why: see `Collection.match`.

        >>> import smartspec
        >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
        >>> areas.matcher().match("A satellite.").area.name
        'Aerospace'
        """
        if not isinstance(text, str):
            raise TypeError(f"match() takes a text, not {shown(text)}")
        if isinstance(nace, str):
            raise TypeError(f"nace takes several codes, not {shown(nace)}: write [{shown(nace)}]")
        if not isinstance(nace, Iterable):
            raise TypeError(f'nace takes several codes, such as ["29.32"], not {shown(nace)}')
        scores, found = self._weighed(text)
        for code in dict.fromkeys(nace):
            self._classify(code, scores, found)
        candidates = []
        for number, claims in enumerate(self._claimed):
            best = total = 0.0
            own = _own(number)
            for subject in claims:
                score = scores.get(subject)
                if score:
                    score *= claims[subject]
                    total += score
                    best = max(best, score)
            score = best + BESIDE * (total - best) + scores.get(own, 0.0)
            if score:
                told = [found[subject] for subject in (own, *claims) if subject in found]
                evidence = told[0] if len(told) == 1 else sorted((e for each in told for e in each), key=_place)
                candidates.append(Candidate(self.areas[number], score, tuple(evidence)))
        candidates.sort(key=_by_score)
        rival, against = None, 0.0
        for subject, score in scores.items():
            left = score * (1 - self._most.get(subject, 0.0))
            if left > against and subject[0] != "#":
                rival, against = subject, left
        verdict, given = _judged(candidates, against)
        areas = tuple(candidate.area for candidate in candidates[:given])
        speaking = () if rival is None else tuple(found[rival])
        rival = rival and rival.removeprefix(RIVAL)
        return Placement(text, verdict, areas, tuple(candidates), rival, against, speaking)

    def match_many(self, texts: Iterable[str], *, progress: bool = False) -> Iterator[Placement]:
        """The placements of texts, one by one, in their order; with a bar that shows the progress if that is wanted.

        The bar goes to the standard error; it knows how far the end is if the texts have a length. It needs the extra
        `bulk`.

        >>> import smartspec
        >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
        >>> [placement.verdict.value for placement in areas.matcher().match_many(["A vaccine.", "A football match."])]
        ['area', 'none']
        """
        if not isinstance(texts, Iterable) or isinstance(texts, (str, bytes)):
            raise TypeError(f"match_many() takes several texts, not {shown(texts)}; match() takes one")
        if progress:
            with needs("bulk"):
                from tqdm import tqdm
            texts = tqdm(texts, unit=" texts")
        return map(self.match, texts)

    def match_batch(self, table: Any, text: str = "text", nace: str | None = None) -> Any:
        """A table with the placements of its texts beside them: what Polars, DuckDB, Dask and Spark call.

        It takes a `RecordBatch`, `Table` or `RecordBatchReader` of pyarrow, or a DataFrame of Polars or pandas, and
        gives one of the same kind; whatever else exports Arrow becomes a `Table`. All rows and columns stay, in their
        order. ``text`` names the column of texts, ``nace`` that of codes (if none is named, "nace", which need not be
        there): lists, or texts with spaces, commas or semicolons between the codes. After them come these columns::

            verdict      area, none or unsure
            area         the id of the area; null unless the verdict is area
            second_area  that of the second, for a text that has two
            candidate    the id of the area for which most speaks, given or not; null if nothing speaks for any
            score        what speaks for the candidate
            evidence     of it: a list of structs of text, start, stop, term, weight, theme (an id or null)
            problem      what is wrong with the row, else null

        A row without a text has nulls, and "no text" as its problem; of a row with a code that is none, the problem
        tells, and its text is placed without it. ``start`` and ``stop`` count characters from 0, not bytes.

        Raises `ValueError` if there is no such column or two, or one has the name of an answer; `TypeError` for
        columns that hold no texts, and for what is no table. Needs the extra `bulk`.

        >>> import pyarrow, smartspec
        >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
        >>> placed = areas.matcher().match_batch(pyarrow.table({"text": ["A vaccine.", None]}))
        >>> placed["area"].to_pylist(), placed["problem"].to_pylist()
        (['health-2021', None], [None, 'no text'])
        """
        from .arrow import place  # Deferred import: what few need.

        return place(self, table, text, nace)

    def _weighed(self, text: str) -> tuple[dict[str, float], dict[str, list[Evidence]]]:
        """What speaks for each subject, and how much: each term once, and of words within a phrase the phrase alone."""
        scores: dict[str, float] = {}
        found: dict[str, list[Evidence]] = {}
        counted = set()
        for start, stop, spoken in self._spotter.spots(text):
            term, subject = spoken.text, spoken.subject
            evidence = Evidence(text[start:stop], start, stop, term, spoken.worth, self._themes.get(subject))
            if subject in found:
                found[subject].append(evidence)
            else:
                found[subject] = [evidence]
            if id(spoken) not in counted:
                counted.add(id(spoken))
                scores[subject] = scores.get(subject, 0.0) + spoken.worth
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
            found.setdefault(subject, []).append(Evidence(code, None, None, code, CODED, theme))


@lru_cache(maxsize=8)
def _revive(state: bytes) -> Matcher:
    """The matcher that was pickled: once in a process, for engines send it with every task."""
    matcher = Matcher.__new__(Matcher)
    matcher._fill(*pickle.loads(state))
    return matcher


def _own(number: int) -> str:
    """The subject of an area's own words."""
    return f"#{number}"


def _place(evidence: Evidence) -> tuple[float, int, str]:
    # Codes come last, in the order in which they were given.
    return (inf, 0, "") if evidence.start is None else (evidence.start, evidence.stop or 0, evidence.term)


def _by_score(candidate: Candidate) -> float:
    return -candidate.score  # Those of one score stand in the order of the collection.


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
    """The words of the areas' own names and activities, but for those that say nothing or are borne by several.

    What the region is called says nothing: most of its texts name it.
    """
    generic = [term.text.rstrip("*") for term in vocabulary() if term.subject == GENERIC]
    begun = tuple(term.text[:-1] for term in vocabulary() if term.subject == GENERIC and term.text[-1] == "*")
    starts = {text[:size] for text in generic for size in range(1, len(text) + 1)}
    regions = {region for area in areas for region in (area.strategy.region, *area.strategy.region.ancestors)}
    whole = {fold(word) for region in regions for word in WORD.findall(f"{region.name} {region.local_name}")}
    whole.update(generic)
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, area in enumerate(areas):
        # A word of another language may mean something else: "mobile" is furniture in Romanian.
        local = area.local_name if area.local_language in LANGUAGES else None
        for label in (area.name, local or "", *area.aliases, *area.activities):
            for word in map(fold, WORD.findall(label)):
                stem = word[:-1]
                if len(word) <= 3 or word in whole or word.startswith(begun):
                    continue
                # "environmen" begins "environmentally", which says nothing: then the word alone counts.
                bearers[f"{stem}*" if len(word) > 5 and stem not in starts else word].add(number)
    for word, numbers in bearers.items():
        if len(numbers) == 1:
            (number,) = numbers
            yield Term(_own(number), word, (), 0, ""), OWN


def _judged(candidates: Sequence[Candidate], against: float) -> tuple[Verdict, int]:
    """The verdict on a text that has these candidates, best first; and how many of them are given."""
    first, second = (*(candidate.score for candidate in candidates[:2]), 0.0, 0.0)[:2]
    if first >= ENOUGH and first >= CLEAR * max(against, second):
        return Verdict.AREA, 1
    if second >= BOTH and second >= LEVEL * first and second >= CLEAR * against:
        third = candidates[2].score if len(candidates) > 2 else 0.0
        if second >= CLEAR * third:
            return Verdict.AREA, 2
    if against >= AGAINST and against > first:
        return Verdict.NONE, 0
    return Verdict.UNSURE, 0
