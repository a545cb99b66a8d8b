"""Search: full text over what entities say, ranked, for whoever does not know the name.

SQLite's FTS5 does the work: accents and case are folded, words may be cut short, bm25 ranks.
"""

from __future__ import annotations

import re
import threading
import weakref
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from .naming import fold
from ..domain.model import Alignment, Entity, Source
from ..domain.record import shapes
from ..text import close, shown

# What is searched, with its weight: a word counts for more in a name than in a description.
_FIELDS = {
    "name": 10.0,
    "local_name": 10.0,
    "aliases": 10.0,
    "activities": 3.0,
    "nuts": 3.0,
    "iso_3166_2": 3.0,
    "nace": 2.0,
    "description": 1.0,
    "title": 1.0,
    "publisher": 1.0,
    "designation": 1.0,
    "unit": 1.0,
    "level": 1.0,
    "kind": 1.0,
    "aspect": 1.0,
}
_MOST_WORDS, _MOST_RANKED = 16, 20_000
_OPEN, _SHUT = "\x02", "\x03"


class Match(NamedTuple):
    """A hit of a search: the entity, its score (higher is better), the field that matched best, the words found.

    >>> import smartspec
    >>> match = smartspec.load().innovation_areas.search("mecatronics")[0]
    >>> match.entity.name, match.field, match.words
    ('Mechatronics', 'name', ('Meccatronica', 'Mechatronics'))
    """

    entity: Entity
    score: float
    field: str
    words: tuple[str, ...]


class Matches(list[Match]):
    """The hits of a search, best first: a list with a table in notebooks.

    >>> import smartspec
    >>> smartspec.load().search("xyzzy")
    []
    """

    def _repr_html_(self) -> str:
        from ..display.html import html_table  # Imported by who looks.

        rows = [
            (type(m.entity).__name__, m.entity.id, m.entity.name, m.field, ", ".join(m.words), f"{m.score:.1f}")
            for m in self
        ]
        return html_table(("class", "id", "name", "found in", "words", "score"), rows, f"{len(self)} matches")


class Index:
    """The full-text index of some entities."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        import sqlite3  # Imported by who searches.

        self._entities = entities
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        columns = ", ".join(_FIELDS)
        folding = "tokenize='unicode61 remove_diacritics 2', prefix='2 3 4'"
        self._connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5({columns}, {folding})")
        weights = ", ".join(map(str, _FIELDS.values()))
        self._connection.execute(f"INSERT INTO texts (texts, rank) VALUES ('rank', 'bm25({weights})')")
        marks = ", ".join("?" * (len(_FIELDS) + 1))
        self._connection.executemany(
            f"INSERT INTO texts (rowid, {columns}) VALUES ({marks})",
            ((place, *_texts(entity)) for place, entity in enumerate(entities)),
        )
        self._connection.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(texts, 'row')")
        self._spelling = False
        self._bearers: dict[str, list[int]] = {}
        for place, entity in enumerate(entities):
            names = (entity.id, entity.name, entity.local_name or "", *entity.aliases)
            for name in {fold(name) for name in names}:
                self._bearers.setdefault(name, []).append(place)

    def search(self, text: str, limit: int) -> Matches:
        """The best matches for a text; any text will do."""
        if not isinstance(text, str) or type(limit) is not int:
            raise TypeError(f"search() takes a str and an int, not {shown(text)} and {shown(limit)}")
        words = [fold(word) for word in re.findall(r"[^\W_]+", text[:1_000])[:_MOST_WORDS]]
        words = [word for word in dict.fromkeys(words) if word]
        if not words or limit < 1:
            return Matches()
        with self._lock:
            meant = [self._meant(word) for word in words]
            groups = ["(" + " OR ".join(terms) + ")" for terms, _ in meant]
            # All words, or, if nothing has them all, as many as possible.
            query = " AND ".join(groups)
            found = self._ranked(query, limit)
            if not found and len(groups) > 1:
                query = " OR ".join(groups)
                found = self._ranked(query, limit)
            likely = "".join(word for _, word in meant)
            exact = self._bearers.get(fold(text[:1_000])) or self._bearers.get(likely, [])
            best = max(found.values(), default=0.0)
            # Who bears just that name comes first, whatever else speaks of it.
            ranked = found | dict.fromkeys(exact, best + 1)
            places = sorted(ranked, key=lambda place: (-ranked[place], place))[:limit]
            where = self._highlighted(query, places)
        return Matches(Match(self._entities[place], ranked[place], *where[place]) for place in places)

    def _meant(self, word: str) -> tuple[list[str], str]:
        """The terms of a query for a word, and the word itself or, if nothing begins with it, what is spelt alike."""
        begins = self._connection.execute(
            "SELECT 1 FROM vocabulary WHERE term >= ? AND term < ? LIMIT 1", (word, word + "\U0010ffff")
        )
        alike = () if begins.fetchone() else self._spelt_alike(word)
        if alike:
            return [f'"{other}"' for other in alike], alike[0]
        return [f'"{word}"', f'"{word}"*'], word  # A whole word counts twice.

    def _spelt_alike(self, word: str) -> tuple[str, ...]:
        if not self._spelling:
            self._connection.execute("CREATE VIRTUAL TABLE spellings USING fts5(term, tokenize='trigram')")
            self._connection.execute("INSERT INTO spellings SELECT term FROM vocabulary WHERE length(term) > 3")
            self._spelling = True
        pieces = [f'"{word[i : i + 3]}"' for i in range(min(len(word) - 2, 40))]
        if not pieces:
            return ()
        candidates = self._connection.execute(
            "SELECT term FROM spellings WHERE spellings MATCH ? ORDER BY rank LIMIT 60", (" OR ".join(pieces),)
        )
        terms = [term for (term,) in candidates]
        return close(word, terms, cutoff=0.85) or close(word, terms, cutoff=0.72)

    def _ranked(self, query: str, limit: int) -> dict[int, float]:
        # What tens of thousands hold tells little: of these, the first in the order of the dataset are ranked.
        beyond = self._connection.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? LIMIT 1 OFFSET ?", (query, _MOST_RANKED)
        ).fetchone() or (len(self._entities),)
        hits = self._connection.execute(
            "SELECT rowid, -rank FROM texts WHERE texts MATCH ? AND rowid < ? ORDER BY rank LIMIT ?",
            (query, *beyond, 2 * limit + 50),
        )
        # Who looks for a thing seldom means the document that names it, or what ties it to others.
        return {p: rank / 2 if isinstance(self._entities[p], (Alignment, Source)) else rank for p, rank in hits}

    def _highlighted(self, query: str, places: Sequence[int]) -> dict[int, tuple[str, tuple[str, ...]]]:
        """For each place the field that matched best, and the words found in all of them."""
        marked = ", ".join(f"highlight(texts, {column}, '{_OPEN}', '{_SHUT}')" for column in range(len(_FIELDS)))
        # One by one: FTS5 then goes straight to the row, and not through all that match.
        command = f"SELECT {marked} FROM texts WHERE texts MATCH ? AND rowid = ?"
        found: dict[int, tuple[str, tuple[str, ...]]] = {}
        for place in places:
            texts = self._connection.execute(command, (query, place)).fetchone() or [""] * len(_FIELDS)
            hits = {name: re.findall(f"{_OPEN}(.*?){_SHUT}", text) for name, text in zip(_FIELDS, texts)}
            best = max(_FIELDS, key=lambda name: _FIELDS[name] * len({fold(word) for word in hits[name]}))
            words = {fold(word): word for words in reversed(list(hits.values())) for word in reversed(words)}
            found[place] = best if words else "id", tuple(dict.fromkeys(reversed(words.values())))
        return found


def _texts(entity: Entity) -> Iterable[str]:
    held = shapes(type(entity))
    for name in _FIELDS:
        value = getattr(entity, name) if name in held else None
        text = (
            " · ".join(value) if isinstance(value, tuple) else value.value if isinstance(value, Enum) else value or ""
        )
        yield text.replace(_OPEN, " ").replace(_SHUT, " ")  # Else they would pass for marks of the highlighting.
