"""Models: what the API takes and gives, as pydantic describes it, read off the fields of the domain and its tables."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, ConfigDict, Field, RootModel, create_model

from ..catalogue.collection import Collection
from ..catalogue.comparison import Comparison
from ..catalogue.partners import Counterpart, Partner, Ranking
from ..catalogue.relations import Links
from ..catalogue.search import Matches
from ..domain import COLLECTIONS, collection_name
from ..domain.declaration import Fact, FieldRole, derived, facts, once_per_class
from ..domain.entity import DatasetInfo, Entity
from ..domain.record import Record
from ..domain.rules import LANGUAGE
from ..domain.table import Table, fields
from ..errors import Problem, UnknownAttributeError
from ..matching.placement import Evidence, Placement, Verdict

MOST_ITEMS, MOST_CHARACTERS, MOST_OF_A_TEXT, MOST_CODES = 500, 1_000, 100_000, 50

Short = Annotated[str, Field(max_length=MOST_CHARACTERS)]
Year = Annotated[int, Field(ge=1, le=9999)]
CollectionName = Enum("CollectionName", {name: name for name in COLLECTIONS}, type=str)  # type: ignore[misc]


# What is asked


class Asked(BaseModel):  # type: ignore[misc]
    """What every question takes; what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid")

    language: Short | None = Field(
        None,
        description="Names in this language, by its ISO 639 code, where there are any in it.",
        examples=["it"],
        json_schema_extra={"pattern": LANGUAGE.pattern},  # The catalogue refuses what does not fit, in its own words.
    )


class AskedTable(Asked):
    """What every question takes whose answer is a table."""

    format: Literal["json", "csv"] = Field("json", description="CSV is the items alone, to be saved as a file.")


class AskedPage(AskedTable):
    """Which part of a long answer is asked for."""

    limit: int = Field(50, ge=0, le=MOST_ITEMS, description="So many at most.")
    offset: int = Field(0, ge=0, le=10**9, description="So many are left out before.")


class AskedName(Asked):
    """Whom a lookup asks for."""

    name: Short = Field(min_length=1, description="A code, a name or an alias, in any language.", examples=["Piemonte"])
    collection: CollectionName | None = Field(None, description="Among these alone.")


class AskedSearch(AskedTable):
    """What a search asks for."""

    q: Short = Field(description="Words, which may be cut short or misspelt.", examples=["hydrogen"])
    collection: CollectionName | None = Field(None, description="Among these alone.")
    limit: int = Field(10, ge=0, le=100, description="So many at most.")


class AskedRanking(AskedTable):
    """Which part of a ranking is asked for, and of which year."""

    limit: int = Field(10, ge=0, le=100, description="So many at most.")
    year: Year | None = Field(None, description="By the strategies in force then; else when the data were checked.")


class AskedPartners(AskedRanking):
    """What a ranking of regions is asked for."""

    theme: Short | None = Field(
        None, description="Those that share this theme. By id, from themes.", examples=["aerospace"]
    )


class AskedComparison(AskedTable):
    """Which strategies are compared."""

    first: Short = Field(description="An id of strategies.", examples=["piedmont-s3-2014-2020"])
    second: Short = Field(description="An id of strategies.", examples=["piedmont-s3-2021-2027"])


class Text(BaseModel):  # type: ignore[misc]
    """A text to be placed in the areas of a strategy."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=MOST_OF_A_TEXT, examples=["Un drone controlla i vigneti."])
    strategy: Short = Field(description="An id of strategies.", examples=["piedmont-s3-2021-2027"])
    nace: list[Short] = Field(
        [], max_length=MOST_CODES, description="NACE Rev. 2 codes of the text.", examples=[["01.21"]]
    )


RESERVED = {*AskedPage.model_fields, "in_force", "classified", "of"}
"""Parameters that are no fields: a field of such a name is asked for with that of its class before it."""


def filters(cls: type[Entity]) -> dict[str, Fact]:
    """The fields of a class by which its collection is filtered, by the names of the parameters."""
    told = [fact for fact in {**facts(cls), **derived(cls)}.values() if fact.role is not FieldRole.PROSE]
    return {f"{cls.__name__.lower()}_{fact.name}" if fact.name in RESERVED else fact.name: fact for fact in told}


def asked_of(cls: type[Entity], collection: Collection[Any]) -> Any:
    """The parameters of a collection: a page of it, and a filter for each field."""
    fields: dict[str, Any] = {}
    for name, fact in filters(cls).items():
        told = f"{fact.doc.partition(chr(10))[0]} {'One of them is this.' if fact.many else ''}".strip()
        if issubclass(fact.cls, Record):
            told += f" By id{f', from {collection_name(fact.cls)}' if issubclass(fact.cls, Entity) else ''}."
        plain = Short if fact.cls is str or issubclass(fact.cls, Record) else fact.cls
        limits = {"allow_inf_nan": False} if plain is float else {}
        fields[name] = plain | None, Field(None, description=told, **limits)
    of = "Those that are of an entity, by the rule of `of`: its collection and its id."
    fields["of"] = Short | None, Field(None, description=of, examples=["regions/piedmont"])
    if _able(collection, "at", 2020):
        fields["in_force"] = Year | None, Field(None, description="Those in force in a year.")
    if _able(collection, "classified", "C"):
        told = "Those whose NACE Rev. 2 codes cover this one or lie within it."
        fields["classified"] = Short | None, Field(None, description=told, examples=["29.32"])
    return create_model(f"Asked{cls.__name__}", __base__=AskedPage, **fields)


def _able(collection: Collection[Any], method: str, argument: Any) -> bool:
    try:
        getattr(collection[:0], method)(argument)
    except UnknownAttributeError:
        return False
    return True


# What is answered


def _kind(fact: Fact) -> Any:
    """The type of a column as pydantic knows it."""
    if issubclass(fact.cls, Entity):
        one: Any = Annotated[str, Field(description=f"An id of {collection_name(fact.cls)}.")]
    elif issubclass(fact.cls, (Record, Enum, str, int, float)):
        one = fact.cls
    else:
        one = of_value(fact.cls)
    kind = list[one] if fact.many else one
    return kind | None if fact.optional else kind


def _of_columns(name: str, doc: str, columns: Mapping[str, Fact]) -> Any:
    fields: dict[str, Any] = {
        key: (_kind(fact), Field(description=f"{fact.doc} Unit: {fact.unit}." if fact.unit else fact.doc or None))
        for key, fact in columns.items()
    }
    return create_model(name, __doc__=doc.partition("\n\n")[0], **fields)


@once_per_class
def of_value(cls: type[Any]) -> Any:
    """The model of a value that rows hold, such as a piece of evidence."""
    return _of_columns(cls.__name__, cls.__doc__ or "", fields(cls))


def row(name: str, table: Table) -> Any:
    """The model of the rows of a table."""
    return _of_columns(name, f"A row of the table that `{type(table).__name__}` is.", table._columns)


_MENTIONED = {
    name: _of_columns(
        f"{cls.__name__}Mentioned",
        f"{cls.__name__}, without its citations.",
        {key: fact for key, fact in facts(cls).items() if fact.role is not FieldRole.EVIDENCE},
    )
    for name, cls in COLLECTIONS.items()
}
_mentioned: dict[str, Any] = {
    name: (dict[str, model] | None, None)  # type: ignore[valid-type]
    for name, model in _MENTIONED.items()
}
Included = create_model(
    "Included", __doc__="What is mentioned, by collection and id; collections without any are left out.", **_mentioned
)


def answer(name: str, item: Any, **more: Any) -> Any:
    """The model of an answer: its items, more about them, and what they mention."""
    fields: dict[str, Any] = {key: (kind, ...) for key, kind in more.items()}
    return create_model(name, items=(list[item], ...), **fields, included=(Included, ...))


def page(cls: type[Entity]) -> Any:
    """The model of a page of a collection."""
    return answer(f"{cls.__name__}Page", cls, total=int, limit=int, offset=int)


_LINK = row("LinkRow", Links())
FOUND = answer("Found", row("MatchRow", Matches()))
PARTNERS = answer("Partners", row("PartnerRow", Ranking((), Partner, "", "")), about=str, nothing=str)
COUNTERPARTS = answer("Counterparts", row("CounterpartRow", Ranking((), Counterpart, "", "")), about=str, nothing=str)
# What its columns are, no comparison need tell.
COMPARED = answer(
    "Compared",
    row("ComparisonRow", Comparison.__new__(Comparison)),
    first=str,
    second=str,
    aligned=bool,
    shared_nace=list[str],
)
TOLD: dict[str, Any] = {
    "verdict": Verdict,
    "areas": list[str],
    "rival": str | None,
    "rival_score": float,
    "against": list[of_value(Evidence)],  # type: ignore[misc]
}
"""What is told of a placement beside its candidates, which are the items."""
PLACED = answer("Placed", row("CandidateRow", Placement("", Verdict.UNSURE, (), (), None, 0.0, ())), **TOLD)


@once_per_class
def card(cls: type[Entity]) -> Any:
    """The model of an entity with its links; its collection says of which class it is."""
    fields: dict[str, Any] = {
        "collection": (Literal[collection_name(cls)], ...),
        "record": (cls, ...),
        "dataset": (DatasetInfo, Field(description="The dataset that it is from, with its licence.")),
        "links": (list[_LINK], Field(description="What it refers to comes first.")),  # type: ignore[valid-type]
        "total": (int, Field(description="The number of all its links.")),
        "limit": (int, ...),
        "offset": (int, ...),
        "included": (Included, ...),
    }
    return create_model(f"{cls.__name__}Card", **fields)


_ANY_CARD: Any = Annotated[Union[*map(card, COLLECTIONS.values())], Field(discriminator="collection")]


class EntityCard(RootModel[_ANY_CARD]):  # type: ignore[misc]
    """An entity of any class with its links: `collection` tells of which."""


class Overview(BaseModel):  # type: ignore[misc]
    """What is served."""

    smartspec: str = Field(description="The version of the library.")
    datasets: list[DatasetInfo] = Field(description="From the lowest base to the topmost.")
    year: int = Field(description="The year in which the data were last checked.")
    collections: dict[str, int] = Field(description="How many entities each collection holds.")


class Health(BaseModel):  # type: ignore[misc]
    """That the server answers."""

    status: Literal["ok"]


# What goes wrong


class Failure(BaseModel):  # type: ignore[misc]
    """Why there is no answer."""

    detail: str = Field(description="What is wrong, and what to write instead, for a reader.")


class NotFound(Failure):
    """What is asked for is not there."""

    suggestions: list[str] = Field(description="The ids or names that come near, best first.")


class Bearer(BaseModel):  # type: ignore[misc]
    """One of several that bear a name."""

    collection: CollectionName
    id: str
    name: str
    difference: str = Field(description="What tells it apart from the others.")


class Ambiguous(Failure):
    """Several bear the name: the address of each is `/api/v1/{collection}/{id}`."""

    candidates: list[Bearer]


class Refused(Failure):
    """What is asked cannot be understood; the `file` of a problem is the query, the path, the body or the request."""

    problems: list[of_value(Problem)]  # type: ignore[valid-type]
