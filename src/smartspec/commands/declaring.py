"""Declaring: how a command is declared, what all commands have in common, and how one says that it has no answer."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, NoReturn

from ..display.terminal import wrapped
from ..text import close, did_you_mean, quoted

FINE, NOTHING, REFUSED = 0, 1, 2
"""The exit statuses: all is well; nothing is found, or something is wrong with what was looked at; not carried out."""

STATUSES = """\
exit status:
  0  all is well
  1  nothing is found, or what was checked has problems
  2  it cannot be carried out: the reason is on stderr"""


class Help(argparse.RawDescriptionHelpFormatter):
    """Help with its paragraphs as written, and room for the longest name of a command."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)

    def add_argument(self, action: argparse.Action) -> None:
        super().add_argument(action)
        if isinstance(action.choices, dict):  # Commands are set in, which argparse forgets when it measures them.
            self._action_max_length += self._indent_increment


class Parser(argparse.ArgumentParser):
    """A parser that breaks no word where it tells what is wrong."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        complain(f"{self.prog}: error: {message}")
        self.exit(REFUSED)


def complain(*lines: str) -> None:
    """Tell on stderr why there is no answer; on a terminal in lines of its width, else each on one."""
    if sys.stderr.isatty():
        width = os.get_terminal_size(sys.stderr.fileno()).columns
        lines = tuple(part for line in lines for part in wrapped(line, width, then="    "))
    print(*lines, sep="\n", file=sys.stderr)


class Terminal(NamedTuple):
    """Where an answer goes: how the command was called, how wide the lines are, what headings are dressed with."""

    name: str
    width: int
    heading: Callable[[str], str]


class RefusedError(Exception):
    """Why a command gives no answer, in words for stderr, the status with which it ends, and what a program is told.

    That is the first line, and what else is ``told`` by name; or another ``answer``, such as an empty list.
    """

    def __init__(self, message: str, status: int = REFUSED, answer: Any = None, **told: Any) -> None:
        super().__init__(message)
        self.status = status
        self.answer = {"error": message.partition("\n")[0], **told} if answer is None else answer


def declare(
    commands: Any, name: str, carry_out: Callable[[argparse.Namespace, Terminal], int], does: str, *examples: str
) -> argparse.ArgumentParser:
    """Declare a command: its name, the function that carries it out, what it does, and what people would type."""
    typed = "\n".join(f"  smartspec {example}" for example in examples)
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=does,
        description=f"{does[:1].upper()}{does[1:].rstrip(' …')}.",
        epilog=f"example{'s' * (len(examples) != 1)}:\n{typed}" if examples else None,
        formatter_class=Help,
    )
    parser.set_defaults(carry_out=carry_out, parser=parser)
    return parser


def takes_dataset(parser: argparse.ArgumentParser, unless_told: str = "europe") -> None:
    """Which catalogue to ask: `choosing.catalogue_of` gives it."""
    told = f"europe (which holds Piedmont too), piedmont, or the directory of your own (unless told: {unless_told})"
    parser.add_argument("--dataset", default=unless_told, metavar="DATASET", help=told)


def takes_json(parser: argparse.ArgumentParser) -> None:
    """Whether a program reads the answer."""
    parser.add_argument("--json", action="store_true", help="answer in JSON, for programs")


def takes_language(parser: argparse.ArgumentParser) -> None:
    """In which language names are told."""
    told = "names, and names only, in a language such as it (Italian), where they are recorded in it"
    parser.add_argument("--language", metavar="LANGUAGE", help=told)


def takes_limit(parser: argparse.ArgumentParser) -> None:
    """How many rows an answer has at most."""
    told = "so many at most (unless told: %(default)s)"
    parser.add_argument("--limit", type=_number, default=10, metavar="N", help=told)


def takes_year(parser: argparse.ArgumentParser) -> None:
    """The strategies of which year are compared."""
    told = "by the strategies in force in a year (unless told: that in which the data were checked)"
    parser.add_argument("--year", type=_number, metavar="YEAR", help=told)


def _number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is no whole number") from None
    if number < 1:
        raise argparse.ArgumentTypeError("it must be 1 or more")
    return number


def one_of(kind: str, valid: Iterable[str] | Mapping[str, str]) -> Callable[[str], str]:
    """What takes a word for one of those that are valid, and tells of another which were meant, or all there are."""

    def taken(word: str) -> str:
        if word not in valid:
            near = did_you_mean(meant(word, valid)) or f"there are: {', '.join(valid)}"
            raise argparse.ArgumentTypeError(f"there is no {kind} {quoted(word)}; {near}")
        return word

    return taken


def meant(word: str, valid: Iterable[str] | Mapping[str, str]) -> tuple[str, ...]:
    """Which of the valid words somebody means: those that hold the word, are spelt nearly so, or are explained by it.

    >>> from smartspec.commands.declaring import meant
    >>> meant("poles", ["regions", "innovation_poles"]), meant("Excel", {"xlsx": "an Excel workbook", "csv": ""})
    (('innovation_poles',), ('xlsx',))
    """
    asked = word.casefold().replace("-", "_")
    near = tuple(each for each in valid if len(asked) > 2 and asked in each) or close(asked, valid, cutoff=0.6)
    told = valid if isinstance(valid, Mapping) else {}
    return near or tuple(each for each, doc in told.items() if asked in re.findall(r"\w+", doc.casefold()))


def print_json(answer: Any) -> None:
    """Print an answer for programs: JSON and nothing else, whatever the encoding of the standard output."""
    plain = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") != "utf8"
    print(json.dumps(answer, ensure_ascii=plain, indent=2))
