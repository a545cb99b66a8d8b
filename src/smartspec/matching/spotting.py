"""Spotting: where the terms of a vocabulary stand in a text; of words within a phrase, the phrase alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from .vocabulary import GENERIC, Term, fold

# Soft hyphens, marks of direction and accents that stand apart from their letters are within a word.
WORD = re.compile("[^\\W_]+(?:[\u00ad\u0300-\u036f\u200b-\u200f\u2060]+[^\\W_]+)*")
# What no phrase reaches over. A point or a comma between digits is part of a number, and a lone end of a line is where
# a long text was broken.
_APART = re.compile(r"[;:!?()\[\]\"“”«»/|]|(?<!\d)[.,]|[.,](?!\d)|\n\s*\n")
_MOST_REMEMBERED, _LONGEST_REMEMBERED = 100_000, 50


class Entry(NamedTuple):
    """A term as it is looked for: by its longest word, so many words after its first; the others, by their distance."""

    size: int
    before: int
    others: tuple[tuple[int, str, bool], ...]
    subject: str
    text: str
    worth: float


class _Beside(NamedTuple):
    """Of the terms of which a word is the longest, those with a further word at one distance: by what it is there.

    Each has its number, for they are counted in their order.
    """

    distance: int
    whole: dict[str, list[tuple[int, Entry]]]
    stems: tuple[str, ...]
    begun: list[tuple[int, Entry]]


class _Word(NamedTuple):
    """A word as it was met: folded, the terms that it is, and those of which it is the longest word."""

    folded: str
    single: tuple[Entry, ...]
    longer: tuple[_Beside, ...]


class Spotter:
    """Finds given terms, each with what it counts. It can be used by several threads at once.

    >>> from smartspec.matching.spotting import Spotter
    >>> from smartspec.matching.vocabulary import Term
    >>> oil, olive = Term("energy", "oil", ("en",), 3, ""), Term("agrifood", "olive oil", ("en",), 4, "")
    >>> [(start, stop, entry.subject) for start, stop, entry in Spotter([(oil, 2.0), (olive, 3.0)]).spots("Olive oil")]
    [(0, 9, 'agrifood')]
    """

    def __init__(self, terms: Iterable[tuple[Term, float]]) -> None:
        self._whole: dict[str, list[Entry]] = defaultdict(list)
        self._begun: dict[str, list[Entry]] = defaultdict(list)
        for term, worth in terms:
            words = term.words
            before = words.index(max(words, key=len))
            others = tuple((n - before, w.rstrip("*"), w.endswith("*")) for n, w in enumerate(words) if n != before)
            entry = Entry(len(words), before, others, term.subject, term.text, worth)
            key = words[before]
            (self._begun if key.endswith("*") else self._whole)[key.rstrip("*")].append(entry)
        self._sizes = sorted({len(stem) for stem in self._begun})
        self._known: dict[str, _Word] = {}

    def spots(self, text: str) -> list[tuple[int, int, Entry]]:
        """Where terms begin and end in a text, and which they are, in its order; but for those that tell nothing."""
        words = [*WORD.finditer(text)]
        known = self._known
        looked = [known.get(word[0]) or self._look(word[0]) for word in words]
        hits: list[tuple[int, Entry]] = []
        covered: dict[int, int] = {}  # Of the words in a phrase, how long the longest is that holds them.
        for number, word in enumerate(looked):
            if word.longer:
                tried: list[tuple[int, Entry]] = []
                for distance, whole, stems, begun in word.longer:
                    if 0 <= number + distance < len(looked):
                        beside = looked[number + distance].folded
                        if beside in whole:
                            tried += whole[beside]
                        if beside.startswith(stems):
                            tried += begun
                if len(tried) > 1:
                    tried.sort(key=itemgetter(0))
                for _, entry in tried:
                    start = number - entry.before
                    stop = start + entry.size
                    if start < 0 or stop > len(looked):
                        continue
                    for distance, stem, is_open in entry.others:
                        other = looked[number + distance].folded
                        if not (other.startswith(stem) if is_open else other == stem):
                            break
                    else:
                        # The first letter of the last word tells what a point before it is.
                        if not _APART.search(text, words[start].end(), words[stop - 1].start() + 1):
                            hits.append((start, entry))
                            for place in range(start, stop):
                                covered[place] = max(covered.get(place, 0), entry.size)
            for entry in word.single:
                hits.append((number, entry))
        if covered:  # A phrase is found at its longest word, and begins before it.
            hits.sort(key=itemgetter(0))
        spots = []
        for number, entry in hits:
            size = entry.size
            last = number + size - 1
            if covered and covered.get(number, 0) > size and covered.get(last, 0) > size:
                continue
            if entry.subject != GENERIC:
                spots.append((words[number].start(), words[last].end(), entry))
        return spots

    def _look(self, word: str) -> _Word:
        """A word folded, and the terms found by it: of those of a subject that differ in it alone, the longest."""
        folded = fold(word)
        found: dict[tuple[Any, ...], Entry] = {}
        for size in self._sizes:
            if size > len(folded):
                break
            for entry in self._begun.get(folded[:size], ()):
                found[entry.subject, entry.others] = entry
        for entry in self._whole.get(folded, ()):
            found[entry.subject, entry.others] = entry
        single = (entry for entry in found.values() if entry.size == 1 and entry.subject != GENERIC)
        longer = _grouped(entry for entry in found.values() if entry.size > 1)
        looked = _Word(folded, tuple(single), longer)
        if len(word) <= _LONGEST_REMEMBERED:  # A megabyte without a space is remembered by nobody.
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[word] = looked
        return looked


def _grouped(longer: Iterable[Entry]) -> tuple[_Beside, ...]:
    """Terms by the first of their other words: most of them are ruled out by one look at what stands there."""
    groups: dict[int, list[tuple[int, Entry]]] = defaultdict(list)
    for number, entry in enumerate(longer):
        groups[entry.others[0][0]].append((number, entry))
    grouped = []
    for distance, entries in groups.items():
        whole: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
        begun: list[tuple[int, Entry]] = []
        for number, entry in entries:
            _, stem, is_open = entry.others[0]
            (begun if is_open else whole[stem]).append((number, entry))
        stems = tuple({entry.others[0][1] for _, entry in begun})
        grouped.append(_Beside(distance, dict(whole), stems, begun))
    return tuple(grouped)
