"""How foreign text stands in a line of ours: shortened, and with nothing in it that would break the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice


def shown(value: object, width: int = 60) -> str:
    """The value as Python writes it, on one line, shortened when long."""
    cut = isinstance(value, (str, bytes)) and len(value) > width
    try:
        text = repr(value[:width] if cut else value)  # type: ignore[index]
    except (ValueError, RecursionError):  # An int of thousands of digits, a list of thousands of levels.
        text = f"<{type(value).__name__}>"
    return f"{text[: width - 1]}…" if cut or len(text) > width + 2 else text


def clean(text: str, width: int = 100) -> str:
    """A text for one line: shortened, and nothing in it that moves the cursor or turns the writing.

    >>> from smartspec.text import clean
    >>> print(clean("two\\nlines\\u202e"))
    two\\nlines\\u202e
    """
    shortened = text if len(text) <= width else f"{text[: width - 1]}…"
    return "".join(c if c.isprintable() else " " if c in _SPACES else _escape(c) for c in shortened)


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode()


# What languages put between words and digits; harmless, though Python does not count it as printable.
_SPACES = "\u00a0\u2007\u2009\u202f"


def close(asked: str, valid: Iterable[str], cutoff: float = 0.6) -> tuple[str, ...]:
    """At most three of ``valid`` that come close to ``asked``, best first; ``cutoff`` is how alike they must be."""
    import difflib  # Only who errs pays for it.

    # Nobody mistypes a name of hundreds of characters, and no miss may take minutes.
    return tuple(difflib.get_close_matches(asked[:100], list(islice(valid, 5_000)), n=3, cutoff=cutoff))


def counted(number: int) -> str:
    """So many entities, in words."""
    return f"{number} entit{'y' if number == 1 else 'ies'}"


def did_you_mean(near: Iterable[str], before: str = "") -> str:
    """``near`` as a question, or nothing."""
    return f"{before}did you mean {' or '.join(map(shown, near))}?" if near else ""


def table(rows: Sequence[Sequence[str]], width: int = 60) -> list[str]:
    """Rows of cells as lines in which the columns stand one below the other.

    >>> from smartspec.text import table
    >>> table([("pole", "seat"), ("hydrogen", "Torino")])
    ['pole      seat', 'hydrogen  Torino']
    """
    cells = [[clean(cell, width) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells)]
    return ["  ".join(cell.ljust(size) for cell, size in zip(row, widths)).rstrip() for row in cells]
