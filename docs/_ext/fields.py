"""What is told of fields: the page of all fields, and the table under each class in the reference, from one function.

Run as a program, this file writes ``docs/reference/fields.md``.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import smartspec
from smartspec import Citation, DatasetBase, DatasetInfo, Entity, Involvement, Participation
from smartspec.domain import COLLECTIONS, collection_name
from smartspec.domain.declaration import Fact, FieldRole, facts
from smartspec.domain.record import Record
from smartspec.domain.rules import NOT_BLANK
from smartspec.text import clean

PAGE = Path(__file__).parents[1] / "reference" / "fields.md"
RECORDS = [*COLLECTIONS.values(), Participation, Involvement, Citation, DatasetInfo, DatasetBase]
COLUMNS = ("field", "type", "meaning", "rule", "example")
OPENING = """\
# All fields

What the code declares, class by class; `help(smartspec.Region)` says the same. What the classes are for, and how they
hang together, stands in [the domain](../explanation/domain.md).

A field whose type ends with "or nothing" may be left out, and so may one that holds several; all others are needed,
unless the meaning says what they begin as. What *belongs* to something is [of](../how-to/relationships.md#of) it, at
any depth. [`lookup`](../how-to/finding.md#lookup-never-guesses) goes by codes, names and aliases, and by nothing else.
Each example is the first that the packaged data have, that of an entity its id, and a long text is shortened.

The page is written by `python docs/_ext/fields.py`.
"""

_TYPES = {str: "text", float: "number", int: "whole number", bool: "`True` or `False`"}


def first_line(cls: type) -> str:
    return (cls.__doc__ or "").partition("\n")[0]


def kind(fact: Fact) -> str:
    """The type of a field, in words; a class of ours as a link within the page of all fields."""
    cls = fact.cls
    one = _TYPES.get(cls) or f"[{cls.__name__}](#{cls.__name__.lower()})"
    one += f", in {fact.unit}" if fact.unit else ""
    return f"several: {one}" if fact.many else f"{one}, or nothing" if fact.optional else one


def meaning(fact: Fact) -> str:
    role = {FieldRole.BELONGS: " *Belongs.*", FieldRole.CODE: " *A code.*"}.get(fact.role, "")  # type: ignore[call-overload]
    begins = "" if fact.required or fact.many or fact.optional or not fact.default else f" Else `{fact.default}`."
    return f"{fact.doc}{begins}{role}"


def rule(fact: Fact) -> str:
    if fact.rule is None:
        return ""
    return "not blank" if fact.rule is NOT_BLANK else f"{fact.rule.says}: {fact.rule.hint}"


@cache
def records(cls: type) -> list[Any]:
    """The packaged records of a class, those of Piedmont first."""
    deep, broad = smartspec.load(), smartspec.load_europe()
    if cls is DatasetInfo:
        return [deep.info, broad.info]
    if cls is DatasetBase:
        return [broad.info.base]
    if issubclass(cls, Entity):
        return [e for c in (deep, broad) for e in c if isinstance(e, cls)]
    holding = [
        (owner, name) for owner in COLLECTIONS.values() for name, fact in facts(owner).items() if fact.cls is cls
    ]
    return [value for owner, name in holding for entity in records(owner) for value in getattr(entity, name)]


def example(cls: type, fact: Fact) -> str:
    """The first value of the packaged data that says something."""
    values = (getattr(record, fact.name) for record in records(cls))
    value = next((value for value in values if value is not None and value != () and value != ""), None)
    value = value[0] if isinstance(value, tuple) and value else value
    if value is None or (isinstance(value, Record) and not isinstance(value, Entity)):
        return ""
    plain = value.id if isinstance(value, Entity) else value.value if isinstance(value, Enum) else value
    return f"`{clean(str(plain), 48)}`".replace("|", "\\|")


def cells(cls: type, told: Iterable[Fact]) -> Iterator[tuple[str, ...]]:
    """The cells of a table of fields, as Markdown."""
    for fact in told:
        yield f"`{fact.name}`", kind(fact), meaning(fact), rule(fact), example(cls, fact)


def own(cls: type) -> list[Fact]:
    """The fields of a class beyond those of all entities."""
    common = facts(Entity) if issubclass(cls, Entity) and cls is not Entity else {}
    return [fact for name, fact in facts(cls).items() if name not in common]


def table(cls: type) -> Iterator[str]:
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|{'---|' * len(COLUMNS)}"
    for row in cells(cls, own(cls)):
        yield f"| {' | '.join(row)} |"


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from OPENING.splitlines()
    yield from ("", "## Entity", "", "The fields that every entity has.", "", *table(Entity))
    for cls in RECORDS:
        stands_in = f" Collection `{collection_name(cls)}`." if issubclass(cls, Entity) else ""
        yield from ("", f"## {cls.__name__}", "", first_line(cls) + stands_in, "", *table(cls))
    for found in dict.fromkeys(fact.cls for cls in RECORDS for fact in facts(cls).values()):
        if issubclass(found, Enum):
            members = ", ".join(f"`{member.name}` ({member.value})" for member in found)
            yield from ("", f"## {found.__name__}", "", f"{first_line(found)} In JSON the word in brackets: {members}.")


def under_class(app: Any, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """The table of its fields under the docstring of a class, as reStructuredText; enumerations with their members."""
    if what != "class" or not isinstance(obj, type):
        return
    if issubclass(obj, Enum):
        lines += ["", f"Its members: {', '.join(f'``{member.name}``' for member in obj)}.", ""]
    if not issubclass(obj, Record) or not own(obj):
        return
    if "Attributes:" in lines:  # What help() lists, the table has.
        del lines[lines.index("Attributes:") :]
    lines += ["", ".. list-table:: Fields" + (" of its own" if obj is not Entity and issubclass(obj, Entity) else "")]
    lines += ["   :header-rows: 1", "   :class: fields", ""]
    for row in (COLUMNS, *cells(obj, own(obj))):
        first, *rest = map(restructured, row)
        lines += [f"   * - {first}", *(f"     - {cell}" for cell in rest)]
    lines.append("")


def without_aliases(app: Any, what: str, name: str, obj: Any, skip: bool, options: Any) -> bool | None:
    """Fields of a named tuple are told in its docstring; Python says of each no more than its number."""
    return True if (getattr(obj, "__doc__", None) or "").startswith("Alias for field number") else None


def restructured(markdown: str) -> str:
    text = re.sub(r"https://(?![\w])", "`https://`", markdown.replace("\\|", "|"))
    text = re.sub(r"`([^`]+)`", r"``\1``", text)
    return re.sub(r"\[(\w+)\]\(#\w+\)", r":py:obj:`~smartspec.\1`", text)


def setup(app: Any) -> dict[str, bool]:
    app.connect("autodoc-process-docstring", under_class)
    app.connect("autodoc-skip-member", without_aliases)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


if __name__ == "__main__":
    PAGE.write_text("\n".join([*page(), ""]), encoding="utf-8")
