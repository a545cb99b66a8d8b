"""How names are compared: what people write differently in the same name is folded away."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Punctuation, separators and control characters; symbols and marks that are letters' own stay.
_IGNORED = frozenset("PZC")


def fold(text: str) -> str:
    """The text without case, accents, hyphens, punctuation and spaces.

    A text that is nothing but these stays as it is, so that it still differs from an empty one.

    >>> from smartspec.catalogue.catalogue.naming import fold
    >>> fold("Verbano-Cusio  Ossola") == fold("verbano cusio ossola")
    True
    >>> fold("Città metropolitana"), fold("“made in Piedmont”"), fold("?!")
    ('cittametropolitana', 'madeinpiedmont', '?!')
    """
    return _fold(text) if len(text) < 500 else _fold.__wrapped__(text)  # The cache is for names, not for megabytes.


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    folded = "".join(
        letter
        for letter in decomposed
        if unicodedata.category(letter)[0] not in _IGNORED and not unicodedata.combining(letter)
    )
    return folded or text.strip()
