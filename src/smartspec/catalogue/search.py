"""Search: full text over what entities say, ranked, for whoever does not know the name.

SQLite's FTS5 does the work: accents and case are folded, words may be cut short, bm25 ranks.
"""

from __future__ import annotations

import re
import threading
import weakref
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from ..domain import COLLECTIONS, collection_name
from ..domain.declaration import Fact, FieldRole, facts, plain_number
from ..domain.entity import Entity
from ..domain.table import Table, columns
from ..text import close, shown
from .naming import fold, names

T = TypeVar("T", bound=Entity)

_NAMING = (FieldRole.NAME, FieldRole.ALIAS)
_MOST_CHARACTERS, _MOST_WORDS, _MOST_RANKED = 1_000, 16, 20_000
_OPEN, _SHUT = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}(.*?){_SHUT}")
# What joins words in English and Italian and says nothing by itself.
_EMPTY = frozenset(
    "a about agli al all alla alle an and are as at be by che chi come con da dal dalla de degli dei del della "
    "delle di e ed for from gli has have how i il in is it its la le lo nel nella non not o of on or per quale "
    "quali si sono su sul sulla that the their there these this to un una uno what which who with".split()
)


class Match(NamedTuple, Generic[T]):
    """A hit of a search: the entity, its score (higher is better), the field that matched best, the words found.

    ``guessed`` tells that no word of the data begins like one of the text, so that words spelt alike were taken.

    >>> import smartspec
    >>> match = smartspec.load().innovation_areas.search("mecatronics")[0]
    >>> match.entity.name, match.field, match.words, match.guessed
    ('Mechatronics', 'name', ('Meccatronica', 'Mechatronics'), True)
    """

    entity: T
    score: float
    field: str
    words: tuple[str, ...]
    guessed: bool


class Matches(Table, list[Match[T]]):
    """The hits of a search, best first: a list with a table in notebooks.

    >>> import smartspec
    >>> smartspec.load().search("xyzzy")
    []
    """

    def _repr_html_(self) -> str:
        from ..display.html import matches_table  # Deferred import upwards.

        return matches_table(self)

    @property
    def _columns(self) -> Mapping[str, Fact]:
        return columns(collection=str, id=str, name=str, score=float, field=str, words=tuple[str, ...], guessed=bool)

    def _rows(self, language: str | None) -> Iterable[Iterable[Any]]:
        for entity, *told in self:
            yield collection_name(type(entity)), entity.id, entity.label(language), *told


class Index:
    """The full-text index of some entities."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        import sqlite3  # Deferred import: only a search needs it.

        self._entities = entities
        declared = [fact for cls in COLLECTIONS.values() for fact in facts(cls).values()]
        self._fields = {fact.name: fact.weight for fact in declared if fact.weight}
        self._named = dict.fromkeys(fact.name for fact in declared if fact.role in _NAMING)
        self._labels = [name for name, weight in self._fields.items() if weight > 1]
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        columns = ", ".join(self._fields)
        folding = "tokenize='unicode61 remove_diacritics 2', prefix='2 3 4'"
        self._connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5({columns}, {folding})")
        weights = ", ".join(map(str, self._fields.values()))
        self._connection.execute(f"INSERT INTO texts (texts, rank) VALUES ('rank', 'bm25({weights})')")
        marks = ", ".join("?" * (len(self._fields) + 1))
        self._connection.executemany(
            f"INSERT INTO texts (rowid, {columns}) VALUES ({marks})",
            ((place, *self._texts(entity)) for place, entity in enumerate(entities)),
        )
        self._connection.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(texts, 'row')")

    def _texts(self, entity: Entity) -> Iterable[str]:
        held = facts(type(entity))
        for name in self._fields:
            value: Any = getattr(entity, name) if name in held else None
            if isinstance(value, tuple):
                value = " · ".join(value)
            text = value.value if isinstance(value, Enum) else value or ""
            yield text.replace(_OPEN, " ").replace(_SHUT, " ")  # Else they would pass for marks of the highlighting.

    @cached_property
    def _bearers(self) -> dict[str, dict[int, float]]:
        """The places of those who bear a name, a code, an id or an alias; an alias counts half."""
        bearers: dict[str, dict[int, float]] = {}
        roles = {FieldRole.ALIAS: 0.5, FieldRole.ID: 1, FieldRole.CODE: 1, FieldRole.NAME: 1}
        for place, entity in enumerate(self._entities):
            for role, worth in roles.items():
                for name in names(entity, role):
                    bearers.setdefault(fold(name), {})[place] = worth * entity.prominence
        return bearers

    def search(self, text: str, limit: int) -> Matches[Any]:
        """The best matches for a text; any text will do."""
        limit = plain_number(limit, int)
        if not isinstance(text, str) or type(limit) is not int:
            raise TypeError(f"search() takes a str and an int, not {shown(text)} and {shown(limit)}")
        limit, text = min(limit, len(self._entities)), text[:_MOST_CHARACTERS]
        words = {fold(word): word.lower() for word in re.findall(r"[^\W_]+", text)[:_MOST_WORDS]}
        telling = {folded: word for folded, word in words.items() if folded not in _EMPTY}
        words = telling or words
        if not words or limit < 1:
            return Matches()
        with self._lock:
            meant = [self._meant(word, folded) for folded, word in words.items()]
            groups = ["(" + " OR ".join(terms) + ")" for terms, _ in meant]
            joint = " AND "
            typed = (fold(text), fold(" ".join(words.values())))  # With the words that say nothing, and without.
            ranked = self._ranked(joint.join(groups), typed, limit) if telling else {}
            if not ranked and len(telling) > 1:  # Nothing has all words: as many as possible.
                joint = " OR "
                ranked = self._ranked(joint.join(groups), typed, limit)
            likely = "".join(word for _, word in meant)
            # Who bears just that name comes first, whatever else speaks of it.
            first = max(ranked.values(), default=0.0) + 1
            bearers = self._bearers.get(fold(text)) or self._bearers.get(likely, {})
            ranked |= {place: first + worth for place, worth in bearers.items()}
            places = sorted(ranked, key=lambda place: (-ranked[place], place))[:limit]
            # What begins with a word holds the word itself, which counts twice in the ranking alone.
            shortest = ["(" + (terms[-1] if terms[-1][-1] == "*" else " OR ".join(terms)) + ")" for terms, _ in meant]
            where = self._highlighted(joint.join(shortest), places)
        guessed = likely != "".join(words)
        return Matches(Match(self._entities[place], ranked[place], *where[place], guessed) for place in places)

    def _meant(self, word: str, folded: str) -> tuple[list[str], str]:
        """The terms of a query for a word, and the word itself or, if nothing begins with it, what is spelt alike."""
        if len(folded) < 3:  # Half of all words begin with any two letters, and prose is full of "ai" and "it".
            return [f'{{{" ".join(self._labels)}}} : "{word}"'], folded
        for form in (folded, word):  # SQLite folds Latin letters alone: Greek ones keep their accents.
            command = "SELECT 1 FROM texts WHERE texts MATCH ? LIMIT 1"
            if self._connection.execute(command, (f'"{form}"*',)).fetchone():
                return [f'"{form}"', f'"{form}"*'], folded  # A whole word counts twice.
        alike = self._spelt_alike(folded)
        return [f'"{other}"' for other in alike or (word,)], fold(alike[0]) if alike else folded

    @cached_property
    def _spellings(self) -> str:
        self._connection.execute("CREATE VIRTUAL TABLE spellings USING fts5(term, tokenize='trigram')")
        self._connection.execute("INSERT INTO spellings SELECT term FROM vocabulary WHERE length(term) > 3")
        return "spellings"

    def _spelt_alike(self, word: str) -> tuple[str, ...]:
        pieces = [f'"{word[i : i + 3]}"' for i in range(min(len(word) - 2, 40))]
        candidates = self._connection.execute(
            f"SELECT term FROM {self._spellings} WHERE spellings MATCH ? ORDER BY rank LIMIT 60", (" OR ".join(pieces),)
        )
        terms = [term for (term,) in candidates]
        # Too short a word does not tell a misspelling from another word, "bank" from "rank"; and people get the first
        # letter right.
        near = close(word, terms, cutoff=0.85) if len(word) > 5 else ()
        return near or close(word, [term for term in terms if term[0] == word[0]], cutoff=0.8)

    def _ranked(self, query: str, typed: tuple[str, ...], limit: int) -> dict[int, float]:
        """The scores of the best places: those that bear the words in a name above those that only mention them."""
        ranked = self._scores(query, limit)
        bearing = self._scores(f"{{{' '.join(self._named)}}} : ({query})", limit) if ranked else {}
        first = max(ranked.values(), default=0.0)
        for place, score in bearing.items():
            entity = self._entities[place]
            if entity.prominence == 1:
                # How much of a name has been typed: of all that begin with "torin", Torino is the nearest.
                called = (fold(name) for role in _NAMING for name in names(entity, role))
                shares = (len(begun) / len(name) for name in called for begun in typed if name.startswith(begun))
                ranked[place] = first + score * (1 + max(shares, default=0))
            else:
                ranked.setdefault(place, score)
        return ranked

    def _scores(self, query: str, limit: int) -> dict[int, float]:
        # What tens of thousands hold tells little: of these, the first in the order of the dataset are ranked.
        beyond = None
        if len(self._entities) > _MOST_RANKED:
            command = "SELECT rowid FROM texts WHERE texts MATCH ? LIMIT 1 OFFSET ?"
            beyond = self._connection.execute(command, (query, _MOST_RANKED)).fetchone()
        hits = self._connection.execute(
            "SELECT rowid, -rank FROM texts WHERE texts MATCH ? AND rowid < ? ORDER BY rank LIMIT ?",
            (query, *(beyond or (len(self._entities),)), 2 * limit + 50),
        )
        return {place: score * self._entities[place].prominence for place, score in hits}

    def _highlighted(self, query: str, places: Sequence[int]) -> dict[int, tuple[str, tuple[str, ...]]]:
        """For each place the field that matched best, and the words found in all of them."""
        fields = self._fields
        marked = ", ".join(f"highlight(texts, {column}, '{_OPEN}', '{_SHUT}')" for column in range(len(fields)))
        # One by one: FTS5 then goes straight to the row, and not through all that match.
        command = f"SELECT {marked} FROM texts WHERE texts MATCH ? AND rowid = ?"
        found: dict[int, tuple[str, tuple[str, ...]]] = {}
        for place in places:
            texts = self._connection.execute(command, (query, place)).fetchone() or ()
            hits = {name: _MARKED.findall(text) for name, text in zip(fields, texts) if _OPEN in text}
            best = max(hits, key=lambda name: fields[name] * len({fold(word) for word in hits[name]}), default="id")
            words = {fold(word): word for words in reversed(list(hits.values())) for word in reversed(words)}
            found[place] = best, tuple(dict.fromkeys(reversed(words.values())))
        return found
