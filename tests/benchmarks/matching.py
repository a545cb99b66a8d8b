"""Texts placed in areas, and the same terms found by spaCy: prints the seconds a text of each in every round, as JSON.

    python matching.py ROUNDS

The texts are sentences of the packaged data of Europe, put together to 26 to 52 words. spaCy's PhraseMatcher compares
words as a whole: it gets each term that ends openly without its asterisk, finds fewer, and weighs none.
"""

import itertools
import json
import sys
import timeit
from collections.abc import Iterator
from time import process_time

import spacy
from spacy.matcher import PhraseMatcher

import smartspec
from smartspec.matching.vocabulary import vocabulary

EU = smartspec.load_europe()
MATCHER = EU.innovation_areas.where(strategy="piedmont-s3-2021-2027").matcher()


def texts() -> Iterator[str]:
    """Descriptions one after the other until there are 26 words, cut after the 52nd."""
    words: list[str] = []
    for entity in itertools.chain(EU.innovation_areas, EU.innovation_poles, EU.organisations, EU.initiatives):
        words += entity.description.split()
        if len(words) >= 26:
            yield " ".join(words[:52])
            words = []


def main() -> None:
    given = [*texts()]
    nlp = spacy.blank("xx")  # Both languages are mixed, as they are for the matcher.
    phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
    terms = {term.text.replace("*", "") for term in vocabulary()}
    phrases.add("terms", [nlp.make_doc(term) for term in sorted(terms)])
    tasks = {
        "match": lambda: [MATCHER.match(text) for text in given],
        "PhraseMatcher": lambda: [phrases(doc) for doc in nlp.pipe(given)],
    }
    # The time of the processor, for one core is what is spoken of.
    timers = {name: timeit.Timer(task, timer=process_time) for name, task in tasks.items()}
    for timer in timers.values():
        timer.timeit(1)  # Words are remembered when they have been met.
    print(
        json.dumps(
            [{name: timer.timeit(1) / len(given) for name, timer in timers.items()} for _ in range(int(sys.argv[1]))]
        )
    )


if __name__ == "__main__":
    main()
