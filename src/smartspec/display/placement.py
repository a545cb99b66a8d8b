"""How a placement looks: its text with the evidence marked, the runner-up and why it lost; as HTML and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from ..matching.matcher import BOTH, CLEAR, ENOUGH, LEVEL
from ..matching.placement import Candidate, Evidence, Placement, Verdict
from ..text import clean
from .html import CELL, Html, escaped, html_table
from .terminal import columns, wrapped

_CANDIDATES, _WORDS, _NEIGHBOURS = 5, 12, 3
_LETTERS = 3_000
"""So much of a text is shown."""

# Paper and ink together, so that a page in the dark does not put light letters on light paper.
_GIVEN = "background:#ffe08a;color:#1a1a1a;padding:0 2px"
_OTHER = "background:none;color:inherit;border-bottom:2px dotted currentColor"
_AGAINST = "background:none;color:inherit;border-bottom:3px double currentColor"


def placement_card(placement: Placement) -> str:
    """A placement for a notebook: the verdict, the text with its evidence marked, and the candidates with their words.

    >>> import smartspec
    >>> from smartspec.display.placement import placement_card
    >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    >>> "satellite</mark>" in placement_card(areas.match("A satellite."))
    True
    """
    first, second, against = _kinds(placement)
    rows: list[tuple[Any, ...]] = [
        (
            candidate.area,
            _score(candidate.score, placement),
            Html(_marked(_words(candidate.evidence), first if number < _leading(placement) else second)),
            outcome(placement, number),
        )
        for number, candidate in enumerate(placement.candidates[:_CANDIDATES])
    ]
    if placement.rival is not None:
        words = Html(_marked(_words(placement.against), against))
        rows.append((f"none of them, but {_rival(placement)}", _score(placement.rival_score, placement), words, ""))
    table = html_table(("area", "score", "words", "what became of it"), rows, "Candidates") if rows else ""
    if placement.nearest:
        heads = ("nearest examples of", "similarity", "text", "labelled by")
        given = [(*row, each.label_given_by or "") for row, each in zip(_neighbours(placement), placement.nearest)]
        table += html_table(heads, given, "The examples that come nearest")
    return (
        f"<div><p><b>{escaped(heading(placement))}</b>: {escaped(reason(placement), 1_000)}</p>"
        f'<p style="{CELL};border-left:3px solid currentColor;line-height:1.7">{_text(placement)}</p>{table}</div>'
    )


def placement_lines(placement: Placement, width: int = 100) -> list[str]:
    """A placement for a terminal: the verdict, why, and the candidates with their words.

    >>> import smartspec
    >>> from smartspec.display.placement import placement_lines
    >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    >>> placement_lines(areas.match("A satellite."))[0]
    'Aerospace (aerospace-2021)'
    """
    rows = [
        (candidate.area.name, _score(candidate.score, placement), ", ".join(_words(candidate.evidence)))
        for candidate in placement.candidates[:_CANDIDATES]
    ]
    if placement.rival is not None:
        words = ", ".join(_words(placement.against))
        rows.append((f"(none of them, but {_rival(placement)})", _score(placement.rival_score, placement), words))
    rows += [(f"(nearest: {area})", similarity, clean(text)) for area, similarity, text in _neighbours(placement)]
    table = columns([("area", "score", "words"), *rows], width) if rows else []
    told = [line for text in (heading(placement), reason(placement)) for line in wrapped(text, width)]
    return [*told, *([""] if table else []), *table]


def heading(placement: Placement) -> str:
    """The areas given, or the verdict in a word."""
    if placement.areas:
        return " and ".join(f"{area.name} ({area.id})" for area in placement.areas)
    return "None of the areas" if placement.verdict is Verdict.NONE else "Unsure"


def reason(placement: Placement) -> str:
    """Why the verdict is what it is, in a sentence."""
    if placement.nearest:
        return _shares(placement)
    if not placement.candidates and placement.rival is None:
        return "no word of the text speaks of any subject"
    against = f"{_rival(placement)}, which none of the areas is about, has {placement.rival_score:.1f}"
    if placement.verdict is Verdict.NONE:
        best = placement.candidates[:1]
        return against + "".join(f", and {each.area.name} no more than {each.score:.1f}" for each in best)
    if len(placement.areas) == 2:
        return f"both have {BOTH:g} or more, the second at least {LEVEL:g} times as much as the first"
    if placement.areas:
        score = placement.candidates[0].score
        return f"it has {score:.1f}: {ENOUGH:g} or more, and at least {CLEAR:g} times as much as anything else"
    if not placement.candidates:
        return f"little speaks of anything: {against}"
    return _doubt(placement, against)


def _shares(placement: Placement) -> str:
    """The same of a placement that an encoder had a part in: its scores are shares of what words and examples say."""
    told = [f"{candidate.area.name} has {candidate.score:.0%}" for candidate in placement.candidates[:2]]
    told.append(f"what belongs to none of them {placement.rival_score:.0%}")
    if placement.verdict is Verdict.NONE:
        told.reverse()
    return f"of what the words and the nearest examples say, {', '.join(told)}"


def _neighbours(placement: Placement) -> list[tuple[str, str, str]]:
    """The nearest examples: of what they are, how near they are, and what they say."""
    return [
        (", ".join(area.name for area in each.areas) or "none", f"{each.similarity:.2f}", each.text)
        for each in placement.nearest[:_NEIGHBOURS]
    ]


def _doubt(placement: Placement, against: str) -> str:
    """Why the first candidate of an unsure text is not given."""
    first, *others = placement.candidates
    name = first.area.name
    if first.score < ENOUGH:
        return f"{name} comes first with {first.score:.1f}, and {ENOUGH:g} are needed"
    if others and first.score < CLEAR * others[0].score:
        second = others[0]
        return (
            f"{name} comes first with {first.score:.1f}, and {second.area.name} is too near with {second.score:.1f}: "
            f"an area is given that has {CLEAR:g} times as much"
        )
    return f"{name} comes first with {first.score:.1f}, but {against}, and {CLEAR:g} times as much are needed"


def outcome(placement: Placement, number: int) -> str:
    """What became of a candidate: given, or by how much it lost."""
    candidate = placement.candidates[number]
    if candidate.area in placement.areas:
        return "given"
    if not number:
        return "most likely, not given" if placement.verdict is Verdict.UNSURE else "not given"
    first = placement.candidates[0]
    return f"{first.area.name} has {first.score / candidate.score:.1f} times as much"


def _score(score: float, placement: Placement) -> str:
    return f"{score:.0%}" if placement.nearest else f"{score:.1f}"


def _rival(placement: Placement) -> str:
    """What the subject is called that speaks against all areas."""
    theme = placement.against[0].theme if placement.against else None
    return theme.name if theme else placement.rival or ""


def _leading(placement: Placement) -> int:
    """How many candidates are marked as the first: those given, or the likeliest."""
    return len(placement.areas) or 1


def _kinds(placement: Placement) -> tuple[str, str, str]:
    """How evidence is marked: of what is given, of the runner-up, of what speaks against; of "none" the last counts."""
    return (_OTHER, _OTHER, _GIVEN) if placement.verdict is Verdict.NONE else (_GIVEN, _OTHER, _AGAINST)


def _words(evidence: Iterable[Evidence]) -> list[str]:
    """The words of evidence, each once, the weightiest first."""
    words = [*dict.fromkeys(each.text for each in sorted(evidence, key=lambda each: -each.weight))]
    return words[:_WORDS] + ["…"] * (len(words) > _WORDS)


def _marked(words: Sequence[str], style: str) -> str:
    return ", ".join(f'<mark style="{style}">{_escaped(word)}</mark>' for word in words)


def _text(placement: Placement) -> str:
    """The text, its evidence marked: each stretch in the way of the strongest that covers it."""
    text = placement.text[:_LETTERS]
    given, other, against = _kinds(placement)
    leading = _leading(placement)
    spoken: list[tuple[str, str, Candidate | None, Sequence[Evidence]]] = [
        *((given, "", each, each.evidence) for each in placement.candidates[:leading]),
        *((other, "", each, each.evidence) for each in placement.candidates[leading : leading + 1]),
        (against, "against: ", None, placement.against),
    ]
    if placement.verdict is Verdict.NONE:
        spoken.reverse()
    covering: dict[int, list[tuple[str, str]]] = {}
    edges = {0, len(text)}
    for style, told, candidate, evidence in spoken:
        for each in evidence:
            if each.start is None or each.stop is None or each.stop > len(text):
                continue
            edges |= {each.start, each.stop}
            title = f"{told}{_subject(each, candidate, placement)}, weight {each.weight:g} ({each.term})"
            for place in range(each.start, each.stop):
                covering.setdefault(place, []).append((style, title))
    return "".join(_stretches(text, sorted(edges), covering)) + "…" * (len(placement.text) > len(text))


def _stretches(text: str, edges: Sequence[int], covering: dict[int, list[tuple[str, str]]]) -> Iterator[str]:
    for start, stop in pairwise(edges):
        told = covering.get(start)
        if told:
            title = "; ".join(dict.fromkeys(title for _, title in told))
            yield f'<mark style="{told[0][0]}" title="{escaped(title)}">{_escaped(text[start:stop])}</mark>'
        else:
            yield _escaped(text[start:stop])


def _subject(evidence: Evidence, candidate: Candidate | None, placement: Placement) -> str:
    if evidence.theme:
        return evidence.theme.name
    return f"word of {candidate.area.name}" if candidate else _rival(placement)


def _escaped(text: str) -> str:
    """Text of others for HTML: all of it, and its lines as one."""
    line = text.translate(_LINES)
    return escaped(line, max(len(line), 1))


_LINES = dict.fromkeys(map(ord, "\t\n\r\v\f"), " ")
