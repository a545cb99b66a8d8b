"""Text of others in a line of ours: shortened, quoted, and with nothing in it that would break the line."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from itertools import islice


def shortened(text: str, width: int) -> str:
    """The text, or as much of it as fits with an ellipsis.

    >>> from smartspec.text import shortened
    >>> shortened("mechatronics", width=6)
    'mecha…'
    """
    return text if len(text) <= width else f"{text[: width - 1]}…"


def shown(value: object, width: int = 60) -> str:
    """The value as Python writes it, on one line, shortened when long; a shortened text still ends with its quote.

    >>> from smartspec.text import shown
    >>> shown("a" * 100, width=10)
    "'aaaaaaaaa…'"
    """
    if isinstance(value, str) and not isinstance(value, Enum):
        text = str.__repr__(shortened(value, width))
        if len(text) > width + 2:  # Letters that cannot be printed take up to ten each.
            text = str.__repr__(f"{value[: width // 10]}…")
        return text
    try:
        text = repr(value)
    except Exception:  # An int of thousands of digits, a list of thousands of levels, a class with a fault in its repr.
        text = ""
    return text if 0 < len(text) <= width + 2 and text.isprintable() else f"<{type(value).__name__}>"


def quoted(text: str, width: int = 60) -> str:
    """A text in double quotes, which can be pasted into Python and into JSON alike."""
    escaped = shortened(text, width).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{clean(escaped, len(escaped))}"'


def clean(text: str, width: int = 100) -> str:
    """A text for one line: shortened, and nothing in it that moves the cursor or turns the writing.

    >>> from smartspec.text import clean
    >>> print(clean("two\\nlines\\u202e"))
    two\\nlines\\u202e
    """
    return "".join(
        c if c.isprintable() else " " if c in _SPACES else c.encode("unicode_escape").decode()
        for c in shortened(text, width)
    )


# What languages put between words and digits; harmless, though Python does not count it as printable.
_SPACES = "\u00a0\u2007\u2009\u202f"


def close(asked: str, valid: Iterable[str], cutoff: float = 0.72) -> tuple[str, ...]:
    """At most three of ``valid`` that begin with ``asked`` or are spelt nearly like it, best first.

    >>> from smartspec.text import close
    >>> close("auto", ["salute", "automotive"]), close("piedmnt", ["piedmont", "torino"])
    (('automotive',), ('piedmont',))
    """
    import difflib  # Deferred import: only a miss needs it.

    # Nobody mistypes a name of hundreds of characters, and no miss may take minutes.
    some = list(islice(valid, 5_000))
    begins = [label for label in some if len(asked) > 2 and label.startswith(asked)]
    longer = [label for label in some if asked.startswith(f"{label}_")]  # The field "start", for "start_year".
    alike = difflib.get_close_matches(asked[:100], some, n=3, cutoff=cutoff)
    return tuple(dict.fromkeys([*sorted(begins, key=len), *alike, *longer]))[:3]


def counted(number: int) -> str:
    """So many entities, in words."""
    return f"{number} entit{'y' if number == 1 else 'ies'}"


def did_you_mean(near: Iterable[str], before: str = "") -> str:
    """``near`` as a question, or nothing."""
    return f"{before}did you mean {' or '.join(map(quoted, near))}?" if near else ""


def table(rows: Iterable[Iterable[str]], width: int = 60) -> list[str]:
    """Rows of cells as lines in which the columns stand one below the other.

    >>> from smartspec.text import table
    >>> table([("pole", "seat"), ("hydrogen", "Torino")])
    ['pole      seat', 'hydrogen  Torino']
    """
    cells = [[clean(cell, width) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells)]
    return ["  ".join(cell.ljust(size) for cell, size in zip(row, widths)).rstrip() for row in cells]
