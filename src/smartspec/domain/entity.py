"""What an entity is, the documents that speak of entities, and the citations that tie the one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, ClassVar, TypeVar

from attrs import field, frozen

from ..errors import UnknownAttributeError
from ..text import close, did_you_mean, shown
from .declaration import Fact, FieldRole, Flaw, fact, facts
from .record import Record
from .rules import DATE, DAY, KEBAB_CASE, LANGUAGE, NOT_BLANK, PASSAGE, URL, check_language
from .table import Table


def _are_attributes(entity: Any, citations: tuple[Any, ...]) -> Iterable[Flaw]:
    valid = facts(type(entity))
    for number, citation in enumerate(citations):
        for position, name in enumerate(getattr(citation, "supports", ())):  # One that is wrong itself may have none.
            if name not in valid:
                hint = did_you_mean(close(name, valid)) or f"one of {', '.join(valid)}"
                yield Flaw(f"/citations/{number}/supports/{position}", f"{shown(name)} is no attribute", hint)


def _says_why(citation: Any, note: str) -> Iterable[Flaw]:
    if citation.basis is Basis.INFERRED and not note.strip():
        yield Flaw("/note", "an inferred citation has no note", "say why it is inferred")


def _is_of_a_name(entity: Any, language: str | None) -> Iterable[Flaw]:
    if language is not None and entity.local_name is None:
        yield Flaw("/local_language", "there is no local_name", "write the name in that language, or leave this out")


def in_order(record: Any, end: str | None) -> Iterable[Flaw]:
    """Whether a period ends after it begins, as far as its dates tell."""
    if is_before(end, record.start):
        yield Flaw("/end", f"{shown(end)} is before start {shown(record.start)}", "exchange the two")


def is_before(one: str | None, other: str | None) -> bool:
    """Whether a date is before another, as far as both are known.

    >>> from smartspec.domain.entity import is_before
    >>> is_before("2008-12", "2009"), is_before("2009", "2009-03"), is_before("2009", None)
    (True, False, False)
    """
    return one is not None and other is not None and one[: len(other)] < other[: len(one)]


def year_of(date: str | None) -> int | None:
    """The year of a date; None if there is no date."""
    return None if date is None else int(date[:4])


class Period:
    """What has a beginning and an end that may be known."""

    __slots__ = ()
    start: str | None
    end: str | None

    @property
    def start_year(self) -> int | None:
        """The year of its start; None if that is not known.

        >>> import smartspec
        >>> smartspec.load().innovation_poles["mechatronics"].start_year
        2009
        """
        return year_of(self.start)

    @property
    def end_year(self) -> int | None:
        """The year of its end; None if that is not known, or not yet.

        >>> import smartspec
        >>> smartspec.load().strategies["piedmont-s3-2014-2020"].end_year
        2020
        """
        return year_of(self.end)


def years(period: Period) -> str:
    """The years of a period as people write them: "2008-2012", "since 2016", "2006", or nothing.

    >>> import smartspec
    >>> from smartspec.domain.entity import years
    >>> years(smartspec.load().strategies["open-for-business"])
    'since 2016'
    """
    start, end = period.start_year, period.end_year
    if start and end:
        return str(start) if start == end else f"{start}-{end}"
    return f"since {start}" if start else f"until {end}" if end else ""


class Citations(Table, tuple["Citation", ...]):
    """Citations, with a table in notebooks.

    >>> import smartspec
    >>> len(smartspec.load().innovation_poles["mesap"].cite("managers"))
    2
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        from ..display.html import citations_table  # Deferred import upwards.

        return citations_table(self)

    @property
    def _columns(self) -> Mapping[str, Fact]:
        return facts(Citation)

    def _rows(self, language: str | None) -> Iterable[Iterable[Any]]:
        return ([getattr(citation, name) for name in self._columns] for citation in self)


@frozen(kw_only=True, eq=False, repr=False)
class Entity(Record):
    """A thing of the domain, known by its id. Abstract: the fields are those that all entities have.

    >>> import smartspec
    >>> pole = smartspec.load().innovation_poles["mechatronics"]
    >>> str(pole), isinstance(pole, smartspec.Entity)
    ('Mechatronics and advanced production systems', True)
    """

    _step: ClassVar[int] = 1
    prominence: ClassVar[float] = 1.0
    """How much a search that finds an entity of the class means just that."""

    id: str = field(
        metadata=fact(
            "The id in kebab-case, unique within the collection and stable for ever.",
            rule=KEBAB_CASE,
            role=FieldRole.ID,
        )
    )
    name: str = field(metadata=fact("The name in English.", rule=NOT_BLANK, role=FieldRole.NAME, weight=10))
    local_name: str | None = field(
        default=None,
        metadata=fact("The name in the place's own language.", rule=NOT_BLANK, role=FieldRole.NAME, weight=10),
    )
    local_language: str | None = field(
        default=None,
        metadata=fact("The language of the local name, as an ISO 639 code.", rule=LANGUAGE, check=_is_of_a_name),
    )
    aliases: tuple[str, ...] = field(
        default=(),
        metadata=fact("Other names by which people look for it.", rule=NOT_BLANK, role=FieldRole.ALIAS, weight=10),
    )
    description: str = field(default="", metadata=fact("What it is, in our own words.", role=FieldRole.PROSE, weight=1))
    citations: tuple[Citation, ...] = field(
        default=Citations(), metadata=fact("Where its facts stand.", role=FieldRole.EVIDENCE, check=_are_attributes)
    )

    def __new__(cls, *args: Any, **given: Any) -> Any:
        if cls is Entity:
            raise TypeError("Entity is abstract: make a Region, a Strategy or another of its classes")
        return super().__new__(cls, *args, **given)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value}" if name else value for name, value in self._told())
        return f"{type(self).__name__}({told})"

    def __rich_repr__(self) -> Iterator[tuple[str, object]]:
        for name, value in self._told():
            yield name, _Plain(value)

    def _repr_html_(self) -> str:
        from ..display.html import entity_card  # Deferred import upwards.

        return entity_card(self)

    def _told(self) -> Iterator[tuple[str, str]]:
        """What one line tells: the id, the name, and all single values but texts; references by id."""
        yield "", shown(self.id)
        yield "name", shown(self.name)
        for name, told in facts(type(self)).items():
            value = getattr(self, name)
            if isinstance(value, Entity):
                yield name, shown(value.id)
            elif isinstance(value, Enum):
                yield name, value.name
            elif isinstance(value, (int, float)):
                yield name, str(value)
            elif value is not None and told.role in (FieldRole.START, FieldRole.END):
                yield name, shown(value)

    def __hash__(self) -> int:
        return hash((self.__class__, self.id))

    def label(self, language: str | None) -> str:
        """The name in a language, given by its ISO 639 code; the English one where there is none in that language.

        >>> import smartspec
        >>> pole = smartspec.load().innovation_poles["sustainable-architecture-hydrogen"]
        >>> pole.label("it"), pole.label("de") == pole.name
        ('Architettura sostenibile e idrogeno', True)
        """
        check_language(language)
        is_local = self.local_name is not None and self.local_language == language
        return self.local_name if is_local else self.name  # type: ignore[return-value]

    def _row(self, language: str | None) -> Iterator[Any]:
        """Its values as a row of a table, with the name in a language."""
        for name in facts(type(self)):
            yield self.label(language) if name == "name" else getattr(self, name)

    def cite(self, attribute: str) -> Citations:
        """The citations that back an attribute; for ``"name"``, those that the entity exists and bears it.

        Raises `UnknownAttributeError` if the class has no such attribute.

        >>> import smartspec
        >>> area = smartspec.load().regions["metropolitan-city-of-torino"]
        >>> [citation.passage for citation in area.cite("area_km2") if citation.source.id == "ecoris3-torino"]
        ['a large area of 6.827 Km2']
        """
        if not isinstance(attribute, str):
            raise TypeError(f"an attribute is named by a str, not {shown(attribute)}")
        told = facts(type(self)).get(attribute)
        if told is None:
            raise UnknownAttributeError(type(self).__name__, attribute, facts(type(self)))
        if told.role is FieldRole.EVIDENCE:
            return Citations(self.citations)
        named = attribute == "name" or told.role is FieldRole.ID
        return Citations(c for c in self.citations if attribute in c.supports or (named and not c.supports))

    def footnote(self, attribute: str) -> str:
        """What `cite` gives, as the words of a footnote, with addresses and dates of access.

        A source that nobody is cited for is its own document. Of what has no value it says that nothing is stated.

        >>> import smartspec
        >>> print(smartspec.load().innovation_poles["new-materials"].footnote("start"))
        CGreen, “About us”, undated: “On March 31th, 2009”, https://www.cgreen.it/en/about/ (accessed 24 November 2026).
        """
        from ..display.footnote import footnote  # Deferred import upwards.

        return footnote(self, attribute)


@frozen(kw_only=True, eq=False, repr=False)
class Source(Entity):
    """A document that says something about regions and their strategies.

    >>> import smartspec
    >>> source = smartspec.load().sources["vanguard-piemonte"]
    >>> source.publisher, source.language, source.year
    ('Vanguard Initiative', 'en', None)
    """

    prominence: ClassVar[float] = 0.3

    publisher: str = field(metadata=fact("Who published it.", rule=NOT_BLANK, weight=1))
    title: str = field(metadata=fact("Its title as printed.", rule=NOT_BLANK, role=FieldRole.PROSE, weight=1))
    published: str | None = field(
        default=None, metadata=fact("When it was published, as exactly as the document states it.", rule=DATE)
    )
    accessed: str | None = field(default=None, metadata=fact("When its facts were last read in it.", rule=DATE))
    url: str | None = field(
        default=None, metadata=fact("Where it is found on the web.", rule=URL, role=FieldRole.PROSE)
    )
    language: str = field(metadata=fact("The language it is written in, as an ISO 639 code.", rule=LANGUAGE))

    @property
    def year(self) -> int | None:
        """The year of publication; None if the document does not state it.

        >>> import smartspec
        >>> smartspec.load().sources["torino-internazionale-2006"].year
        2006
        """
        return year_of(self.published)


class Basis(Enum):
    """Whether a source says a fact or whether it is read into it."""

    STATED = "stated"
    INFERRED = "inferred"


@frozen(kw_only=True, eq=False, repr=False)
class Citation(Record):
    """Where a fact stands: a value, not an entity.

    >>> import smartspec
    >>> pole = smartspec.load().innovation_poles["sustainable-architecture-hydrogen"]
    >>> citation = pole.cite("seat")[0]
    >>> citation.source.publisher, citation.basis.name
    ('Interreg Europe, ecoRIS3 project', 'STATED')
    """

    _several: ClassVar[type[Citations]] = Citations

    source: Source = field(metadata=fact("The document."))
    passage: str = field(metadata=fact("At most 8 words of the document that locate the fact.", rule=PASSAGE))
    supports: tuple[str, ...] = field(
        default=(),
        metadata=fact(
            "The attributes that it backs; empty: that the entity exists and bears its name.", rule=NOT_BLANK
        ),
    )
    basis: Basis = field(default=Basis.STATED, metadata=fact("Whether the source states it or we infer it."))
    note: str = field(default="", metadata=fact("Why we infer it, or what else a reader should know.", check=_says_why))

    def __repr__(self) -> str:
        return f"Citation({shown(self.source.id)}, {shown(self.passage)}, {self.basis.name})"


@frozen(kw_only=True, eq=False, repr=False)
class DatasetBase(Record):
    """The dataset on which another one stands: its records may refer to those of this one.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> alba = smartspec.Region(id="alba", name="Alba", level=smartspec.RegionLevel.MUNICIPALITY)
    >>> s3.extend(alba).info.base == smartspec.DatasetBase(name=s3.name, version=s3.version)
    True
    """

    name: str = field(metadata=fact("The name of that dataset.", rule=NOT_BLANK))
    version: str = field(default="", metadata=fact("Its version."))


@frozen(kw_only=True, eq=False, repr=False)
class DatasetInfo(Record):
    """What a dataset says of itself.

    >>> import smartspec
    >>> smartspec.load().info.licence
    'CC-BY-4.0'
    """

    name: str = field(metadata=fact("The name of the dataset.", rule=NOT_BLANK))
    version: str = field(default="", metadata=fact("The version of the dataset."))
    licence: str = field(default="", metadata=fact("The licence of the data, as an SPDX identifier."))
    publisher: str = field(default="", metadata=fact("Who publishes the dataset."))
    description: str = field(default="", metadata=fact("What the dataset holds.", role=FieldRole.PROSE))
    checked: str | None = field(default=None, metadata=fact("The day until which the facts were checked.", rule=DAY))
    base: DatasetBase | None = field(
        default=None, metadata=fact("The dataset on which it stands, if its records refer to those of another.")
    )


class _Plain(str):
    """A text whose repr is itself."""

    __slots__ = ()
    __repr__ = str.__str__


E = TypeVar("E", bound=Entity)


class Chain(Table, tuple[E, ...]):
    """Entities of which each leads to the next, with a table in notebooks.

    >>> import smartspec
    >>> [pole.id for pole in smartspec.load().innovation_poles["mechatronics"].successors]
    ['mesap']
    """

    _cls: type[Entity] = Entity

    def _repr_html_(self) -> str:
        from ..display.html import record_table  # Deferred import upwards.

        return record_table(self, self._cls, f"One after the other: {len(self)}")

    @property
    def _columns(self) -> Mapping[str, Fact]:
        return facts(self._cls)

    def _rows(self, language: str | None) -> Iterable[Iterable[Any]]:
        return (entity._row(language) for entity in self)


def chain(first: E, attribute: str) -> Chain[E]:
    """What an attribute leads to, and what that leads to by the same, and so on."""
    walked = []
    step = first
    while (step := getattr(step, attribute)) is not None:
        walked.append(step)
    found = Chain(walked)
    found._cls = type(first)
    return found
