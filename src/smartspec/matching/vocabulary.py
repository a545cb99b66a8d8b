"""The vocabulary: which words speak of which theme, and how surely; read from the table beside this file."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

LANGUAGES = ("en", "it")
"""The languages of the terms."""
GENERIC = "generic"
"""The subject of words that tell nothing in texts of innovation policy."""
RIVAL = "rival-"
"""What the subject of a term begins with that is no theme: what people write of and no strategy is about."""


class Term(NamedTuple):
    """A word or phrase that speaks of a subject; an asterisk at the end of a word stands for any letters.

    >>> from smartspec.matching.vocabulary import vocabulary
    >>> [term.weight for term in vocabulary() if term.subject == "aerospace" and term.text == "helicopter*"]
    [4]
    """

    subject: str
    text: str
    languages: tuple[str, ...]
    weight: int
    note: str

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, each as `fold` leaves it but for the asterisk."""
        return tuple(self.text.split())


@cache
def vocabulary() -> tuple[Term, ...]:
    """All terms of the packaged table, theme by theme."""
    import importlib_resources  # Deferred import: who places no text needs none.

    text = importlib_resources.files(__package__).joinpath("vocabulary.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return tuple(
        Term(subject, term, tuple(languages.split()), int(weight), note)
        for subject, term, languages, weight, note in rows
    )


def fold(word: str) -> str:
    """A word without case and accents, and without what is written within words and is not seen.

    >>> from smartspec.matching.vocabulary import fold
    >>> fold("Mobilità"), fold("CO2")
    ('mobilita', 'co2')
    """
    if word.isascii():
        return word.lower()
    # Casefolding can undo what normalising did, and the other way round: "ℌ" and "ŉ".
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(letter for letter in letters if letter.isalnum())
