"""The reference of all fields and the picture of the domain say what the code declares.

Run as a program, this file writes ``docs/fields.md``.
"""

import pathlib
import re
from collections.abc import Iterable, Iterator
from enum import Enum

from smartspec import Citation, DatasetBase, DatasetInfo, Entity, Involvement, Participation
from smartspec.catalogue.relations import referring
from smartspec.domain import COLLECTIONS, collection_name
from smartspec.domain.declaration import Fact, FieldRole, facts, word
from smartspec.domain.record import Record
from smartspec.domain.rules import NOT_BLANK

DOCS = pathlib.Path(__file__).parents[1] / "docs"
RECORDS = [*COLLECTIONS.values(), Participation, Involvement, Citation, DatasetInfo, DatasetBase]
OPENING = """\
# All fields

What the code declares, class by class; `help(smartspec.Region)` says the same. What the classes are for, and how they
hang together, stands in [the domain](domain.md).

The page is written by `python tests/test_field_reference.py`. A field that is not needed may be left out. What
*belongs* to something is [of](relationships.md#of) it, at any depth. [`lookup`](finding.md#lookup-never-guesses) goes
by codes, names and aliases, and by nothing else.
"""


def first_line(cls: type) -> str:
    return (cls.__doc__ or "").partition("\n")[0]


def holds(fact: Fact) -> str:
    """What a field holds, in words."""
    if fact.rule is not None and fact.rule is not NOT_BLANK:
        one = fact.rule.says
    elif issubclass(fact.cls, (Record, Enum)):
        one = f"[{fact.cls.__name__}](#{fact.cls.__name__.lower()})"
    else:
        one = word(fact.cls)
    return f"several, each {one}" if fact.many else f"{one}, or nothing" if fact.optional else one


def table(fields: Iterable[Fact]) -> Iterator[str]:
    yield "| field | holds | needed | meaning |"
    yield "|---|---|---|---|"
    for fact in fields:
        unit = f" Unit: {fact.unit}." if fact.unit else ""
        role = {FieldRole.BELONGS: " *Belongs.*", FieldRole.CODE: " *A code.*"}.get(fact.role, "")
        yield f"| `{fact.name}` | {holds(fact)} | {'yes' if fact.required else ''} | {fact.doc}{unit}{role} |"


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from OPENING.splitlines()
    common = facts(Entity)
    yield from ("", "## Entity", "", "The fields that every entity has.", "", *table(common.values()))
    for cls in RECORDS:
        stands_in = f" Collection `{collection_name(cls)}`." if issubclass(cls, Entity) else ""
        own = [fact for name, fact in facts(cls).items() if not (issubclass(cls, Entity) and name in common)]
        yield from ("", f"## {cls.__name__}", "", first_line(cls) + stands_in, "", *table(own))
    enumerations = dict.fromkeys(fact.cls for cls in RECORDS for fact in facts(cls).values())
    for found in enumerations:
        if issubclass(found, Enum):
            members = ", ".join(f"`{member.name}` ({member.value})" for member in found)
            yield from ("", f"## {found.__name__}", "", f"{first_line(found)} In JSON the word in brackets: {members}.")


def test_the_page_of_all_fields_says_what_the_code_declares() -> None:
    told = (DOCS / "fields.md").read_text(encoding="utf-8").splitlines()
    assert told == [*page()], "write it again: python tests/test_field_reference.py"


def test_the_picture_of_the_domain_shows_every_reference() -> None:
    picture = re.findall(r"```mermaid\n(.*?)```", (DOCS / "domain.md").read_text(encoding="utf-8"), re.S)[0]
    drawn = {
        (start, name, end)
        for start, end, names in re.findall(r"^ *(\w+) --> (\w+) : (.+)$", picture, re.M)
        for name in names.split(", ")
    }
    declared = set()
    for cls in COLLECTIONS.values():
        for name, inner in referring(cls):
            held = facts(cls)[name].cls
            ends = [facts(held)[part].cls for part in inner] or [held]
            declared |= {(cls.__name__, name, end.__name__) for end in ends if held is not Citation}
    assert drawn == declared


if __name__ == "__main__":
    (DOCS / "fields.md").write_text("\n".join([*page(), ""]), encoding="utf-8")
