"""Placing with an encoder: beside the vocabulary, the labelled examples that come nearest to a text are heard."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from operator import mul
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ..catalogue.collection import Collection
from ..domain.strategy import InnovationArea
from ..text import shown
from .matcher import ENOUGH, Matcher
from .placement import Candidate, Neighbour, Placement, Verdict

if TYPE_CHECKING:
    from ..domain.themes import Theme

Encoder: TypeAlias = Callable[[list[str]], Any]
"""What gives each of several texts a vector: a sequence of sequences of numbers, or an array with a row for each."""

NEAREST = 8
"""How many of the nearest examples are heard, each by how much nearer it comes than those that are not."""
HEARD = 0.5
"""The part of a score that the examples make up; the rest is the vocabulary's."""
LIKELY = 0.3
"""The least score for which an area, or none, is given."""
AHEAD = 0.1
"""How far the score of an area must lie above what speaks against it, and above the next area."""
LEVEL = 0.75
"""How near the second of two areas must come to the first for both to be given."""
PARTLY = 0.5
"""How much of a theme an area must claim for the theme's own words to be an example of it."""
_AT_ONCE = 64


class _Example(NamedTuple):
    """A text to compare with, and what it speaks for: areas by their numbers, or a subject that none of them is about.

    ``rival`` is "" for an example of what belongs to no area, the id of a theme for the words of one that none claims.
    """

    text: str
    areas: tuple[int, ...]
    rival: str = ""
    label_given_by: str | None = None
    url: str | None = None


class EncodingMatcher:
    """Places texts in areas with the help of an encoder; what `Collection.matcher` gives if it is given one.

    It answers as `Matcher` does, but for what is said here. A score is a share: half of it is the area's share of what
    the vocabulary finds, half its share of the nearest examples; ``rival_score`` is that of what belongs to no area.
    `Placement.nearest` tells the examples, nearest first. An area without example is known by its name and what its
    themes are about, and so are subjects of no area if there is no example of them. It can be pickled if the encoder
    can.

    >>> import smartspec
    >>> def letters(texts: list[str]) -> list[list[float]]:
    ...     return [[text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]
    >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")[:2]
    >>> given = [("A rocket.", "aerospace-2021"), ("A tram.", "sustainable-mobility-2021"), ("A song.", None)]
    >>> placement = areas.matcher(encoder=letters, examples=given).match("The rocket takes off.")
    >>> placement.area.name, placement.nearest[0].text, placement.nearest[0].similarity
    ('Aerospace', 'A rocket.', 0.83054)
    """

    def __init__(
        self,
        areas: Collection[InnovationArea],
        encoder: Encoder,
        examples: Iterable[tuple[str, InnovationArea | str | None]] | None = None,
    ) -> None:
        if not callable(encoder):
            raise TypeError(f"an encoder is a function from texts to vectors, not {shown(encoder)}")
        self.areas = tuple(areas)
        self._encoder = encoder
        self._matcher = areas.matcher()
        given = _packaged(self.areas) if examples is None else _labelled(areas, examples)
        self._examples = (*given, *_own_words(self._matcher, given))
        self._size: int | None = None
        self._vectors = self._encode([example.text for example in self._examples])

    def match(self, text: str, nace: Iterable[str] = ()) -> Placement:
        """To which of the areas a text belongs, and why: see `Collection.match`."""
        (placement,) = self._placed([self._matcher.match(text, nace)])
        return placement

    def match_many(self, texts: Iterable[str], *, progress: bool = False) -> Iterator[Placement]:
        """The placements of texts: see `Matcher.match_many`; the encoder gets some at once."""
        first = self._matcher.match_many(texts, progress=progress)
        while several := list(islice(first, _AT_ONCE)):
            yield from self._placed(several)

    def match_batch(self, table: Any, text: str = "text", nace: str | None = None) -> Any:
        """A table with the placements of its texts beside them: see `Matcher.match_batch`."""
        from .arrow import place  # Deferred import: what few need.

        return place(self, table, text, nace)

    def _placed(self, placements: Sequence[Placement]) -> Iterator[Placement]:
        """What the vocabulary says of texts, and what the nearest examples do, put together."""
        vectors = self._encode([placement.text for placement in placements])
        return map(self._together, placements, _similarities(vectors, self._vectors))

    def _together(self, placement: Placement, similarities: Sequence[float]) -> Placement:
        nearest = sorted(range(len(similarities)), key=lambda number: -similarities[number])[:NEAREST]
        last = similarities[nearest[-1]]
        far = max((similarity for similarity in similarities if similarity < last), default=last)
        shares: dict[int | str, float] = {}
        for number in nearest:
            example = self._examples[number]
            for subject in example.areas or (example.rival,):
                shares[subject] = shares.get(subject, 0.0) + similarities[number] - far
        heard = HEARD / (sum(shares.values()) or 1.0)
        found = {candidate.area.id: candidate for candidate in placement.candidates}
        # As if words worth as much as what decides had said nothing: a single weak word is no whole share.
        read = (1 - HEARD) / (ENOUGH + placement.rival_score + sum(c.score for c in placement.candidates))
        candidates = []
        for number, area in enumerate(self.areas):
            score = shares.get(number, 0.0) * heard
            worded = found.get(area.id)
            if worded:
                score += worded.score * read
            if score > 0:
                candidates.append(Candidate(area, score, worded.evidence if worded else ()))
        candidates.sort(key=lambda candidate: -candidate.score)
        rivals = [subject for subject in shares if isinstance(subject, str)]
        rival = max(rivals, key=lambda subject: shares[subject], default="")
        against = shares.get(rival, 0.0) * heard + placement.rival_score * read
        verdict, given = _judged(candidates, against)
        return placement._replace(
            verdict=verdict,
            areas=tuple(candidate.area for candidate in candidates[:given]),
            candidates=tuple(candidates),
            rival=placement.rival or rival or None,
            rival_score=against,
            nearest=tuple(self._neighbour(number, similarities[number]) for number in nearest),
        )

    def _neighbour(self, number: int, similarity: float) -> Neighbour:
        text, areas, _, label_given_by, url = self._examples[number]
        return Neighbour(text, tuple(self.areas[area] for area in areas), similarity, label_given_by, url)

    def _encode(self, texts: list[str]) -> Any:
        """The vectors of texts, each of length 1 (or 0): an array if the encoder gives one, else lists."""
        if not texts:
            return []
        given = self._encoder(texts)
        is_array = hasattr(given, "astype") and hasattr(given, "ndim")
        vectors: Any
        try:
            vectors = given.astype(float) if is_array else [[float(number) for number in vector] for vector in given]
            sizes = {vectors.shape[1]} if is_array else {len(vector) for vector in vectors}
        except (TypeError, ValueError, IndexError) as error:
            raise TypeError(f"an encoder gives a vector of numbers for each text, not {shown(given)}") from error
        if len(vectors) != len(texts):
            raise ValueError(f"the encoder gave {len(vectors)} vectors for {len(texts)} texts")
        self._size = self._size or max(sizes)
        if sizes != {self._size} or not self._size:
            told = " and ".join(map(str, sorted({*sizes, self._size})))
            raise ValueError(f"the encoder gave vectors of {told} numbers: all must have the same, and some")
        rows = [(vectors.min(), vectors.max())] if is_array else vectors
        if not all(math.isfinite(number) for row in rows for number in row):
            raise ValueError("the encoder gave a vector with a number that is not finite")
        return _array_of_units(vectors) if is_array else [_unit(vector) for vector in vectors]


def _unit(vector: Sequence[float]) -> list[float]:
    length = math.hypot(*vector) or 1.0
    return [number / length for number in vector]


def _array_of_units(vectors: Any) -> Any:
    largest = abs(vectors).max(axis=1, keepdims=True)  # First by it: the square of a large number may be none.
    largest[largest == 0] = 1.0
    vectors = vectors / largest
    lengths = (vectors * vectors).sum(axis=1, keepdims=True) ** 0.5
    lengths[lengths == 0] = 1.0
    return vectors / lengths


def _similarities(vectors: Any, others: Any) -> list[list[float]]:
    """The cosines of the angles between vectors of one length and others, a list for each."""
    if hasattr(vectors, "tolist") and hasattr(others, "tolist"):
        cosines = (vectors @ others.T).tolist()
    else:
        vectors, others = (held.tolist() if hasattr(held, "tolist") else held for held in (vectors, others))
        cosines = [[sum(map(mul, vector, other)) for other in others] for vector in vectors]
    # The last digits depend on how many texts were given at once.
    return [[round(cosine, 6) for cosine in row] for row in cosines]


def _judged(candidates: Sequence[Candidate], against: float) -> tuple[Verdict, int]:
    """The verdict on a text that has these candidates, best first; and how many of them are given."""
    first, second, third = (*(candidate.score for candidate in candidates[:3]), 0.0, 0.0, 0.0)[:3]
    if first >= LIKELY and first >= max(second, against) + AHEAD:
        return Verdict.AREA, 1
    if second >= max(LIKELY, LEVEL * first) and second >= max(third, against) + AHEAD:
        return Verdict.AREA, 2
    if against >= LIKELY and against >= first:
        return Verdict.NONE, 0
    return Verdict.UNSURE, 0


@cache
def _read() -> list[dict[str, Any]]:
    import importlib_resources  # Deferred import: who has no encoder needs none.

    file = importlib_resources.files(__package__).joinpath("examples.json")
    examples: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["examples"]
    return examples


def _packaged(areas: Sequence[InnovationArea]) -> list[_Example]:
    """The packaged examples of these areas; and of none, if each is among those in which somebody placed them."""
    numbers = {area.id: number for number, area in enumerate(areas)}
    complete = numbers.keys() <= {id for example in _read() for id in example["areas"]}
    found = []
    for example in _read():
        labels = tuple(numbers[id] for id in example["areas"] if id in numbers)
        if labels or complete:
            found.append(_Example(example["text"], labels, "", example["label_given_by"], example["url"]))
    return found


def _labelled(
    areas: Collection[InnovationArea], examples: Iterable[tuple[str, InnovationArea | str | None]]
) -> list[_Example]:
    """The examples that somebody gives, once it is clear that they are such."""
    numbers = {area.id: number for number, area in enumerate(areas)}
    found = []
    for example in examples:
        if not isinstance(example, (tuple, list)) or len(example) != 2 or not isinstance(example[0], str):
            raise TypeError(f"an example is a text with an area, its id or None, not {shown(example)}")
        text, label = example
        if label is not None and not isinstance(label, (str, InnovationArea)):
            raise TypeError(f"an example is labelled by an area, its id or None, not {shown(label)}")
        area = None if label is None else areas[label if isinstance(label, str) else label.id]
        found.append(_Example(text, (numbers[area.id],) if area else ()))
    return found


def _own_words(matcher: Matcher, given: Sequence[_Example]) -> Iterator[_Example]:
    """What areas without example are called, and what their themes are about; and if no example is one of none, what
    the themes are about that no area claims.
    """
    known = {number for example in given for number in example.areas}
    for number, area in enumerate(matcher.areas):
        if number not in known:
            yield _Example(_named(area), (number,))
    wanted = all(example.areas for example in given)
    for theme in matcher._themes.values():
        claimed = tuple(n for n, claims in enumerate(matcher._claimed) if claims.get(theme.id, 0.0) >= PARTLY)
        if known.issuperset(claimed) if claimed else not wanted:
            continue
        for text in (_named(theme), f"{theme.name}: {theme.description}"):
            yield _Example(text, claimed, "" if claimed else theme.id)


def _named(entity: InnovationArea | Theme) -> str:
    return ". ".join(dict.fromkeys(name for name in (entity.name, entity.local_name) if name))
