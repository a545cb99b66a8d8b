"""The command ``smartspec``: its words taken apart, the command carried out, and what went wrong told on stderr."""

from __future__ import annotations

import argparse
import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import Any

from .commands.asking import add_compare, add_counterparts, add_overview, add_partners, add_search, add_show
from .commands.completing import add_completion, add_ids
from .commands.datasets import add_new, add_validate
from .commands.declaring import STATUSES, Help, Parser, RefusedError, Terminal, complain, print_json
from .commands.exporting import add_export
from .commands.tagging import add_match
from .errors import SmartspecError, UnknownEntityError
from .text import clean, close, did_you_mean, quoted

_COMMANDS: dict[str, Callable[[Any, str], None]] = {
    "overview": add_overview,
    "show": add_show,
    "search": add_search,
    "partners": add_partners,
    "counterparts": add_counterparts,
    "compare": add_compare,
    "match": add_match,
    "export": add_export,
    "validate": add_validate,
    "new": add_new,
    "completion": add_completion,
    "ids": add_ids,
}
"""What declares each command, in the order in which the help names them."""
_SHOWN = [name for name in _COMMANDS if name != "ids"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; returns the exit status: 0 if all is well, 1 if not, 2 if it cannot be carried out."""
    words = [*(sys.argv[1:] if arguments is None else arguments)] or ["overview"]
    name = "python -m smartspec" if os.path.basename(sys.argv[0]) == "__main__.py" else "smartspec"
    given = _parsed(name, words)
    terminal = Terminal(name, _width(), _bold if _dressed() else str)
    try:
        return int(given.carry_out(given, terminal))
    except BrokenPipeError:
        raise
    except (RefusedError, SmartspecError, OSError) as error:
        refused = error if isinstance(error, RefusedError) else _refused(error)
        first, *others = str(refused).splitlines()
        told = [f"{name} {given.command}: {clean(first, 1_000)}", *(clean(line, 1_000) for line in others)]
        complain(*told)
        if getattr(given, "json", False):
            print_json(refused.answer)
        return refused.status


def _refused(error: Exception) -> RefusedError:
    """What the library or the system refuses, as a command refuses it."""
    if isinstance(error, OSError) and not isinstance(error, SmartspecError) and error.strerror:
        named = f"{quoted(os.fsdecode(error.filename), 200)}: " if isinstance(error.filename, (str, bytes)) else ""
        return RefusedError(named + error.strerror)
    told: dict[str, Any] = {"suggestions": [*error.near]} if isinstance(error, UnknownEntityError) else {}
    return RefusedError(str(error) or type(error).__name__, **told)


def parser(name: str = "smartspec", only: str | None = None) -> argparse.ArgumentParser:
    """What takes a command line apart: the commands with all their words and options, or one of them alone.

    >>> from smartspec.__main__ import parser
    >>> given = parser().parse_args(["search", "hydrogen", "--limit", "3"])
    >>> given.text, given.limit, given.json
    (['hydrogen'], 3, False)
    """
    from . import __version__  # Deferred import upwards.

    whole = Parser(
        prog=name,
        description="Regional innovation strategy: Piedmont and Torino in depth, Europe in breadth.\n"
        "Without a command: what is recorded of Piedmont.",
        epilog=f"more of a command: {name} show --help\n\n{STATUSES}",
        formatter_class=Help,
    )
    whole.add_argument("--version", action="version", version=f"smartspec {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for command, add in _COMMANDS.items():
        if only in (None, command):
            add(commands, command)
    return whole


def _parsed(name: str, words: list[str]) -> argparse.Namespace:
    """The words taken apart; an unknown command is told with those that come near."""
    first = words[0]
    if first in ("-h", "--help", "--version"):
        return parser(name).parse_args(words)
    if first.startswith("-"):  # Without a command, it is the overview that is asked for.
        words = ["overview", *words]
    elif first not in _COMMANDS:
        meant = did_you_mean(close(first, _SHOWN, cutoff=0.6), "; ")
        look = "" if meant else f"; to look it up: {name} show {shlex.quote(clean(' '.join(words)))}"
        parser(name).error(f"there is no command {quoted(first)}{meant}{look}")
    given, others = parser(name, words[0]).parse_known_args(words)
    if others:
        given.parser.error(f"unrecognized arguments: {clean(' '.join(others))}{_advice(given, others, words, name)}")
    return given


def _advice(given: argparse.Namespace, others: Sequence[str], words: Sequence[str], name: str) -> str:
    """What to write instead of words that a command does not take."""
    if others[0].startswith("-"):
        return did_you_mean(close(others[0], re.findall("--[a-z]+", given.parser.format_usage())), "; ")
    meant = next((word for word in others if word in _SHOWN), None)
    if meant is not None and words[1].startswith("-"):
        return f"; the command comes first: {name} {meant} …"
    advice = getattr(given, "advice", "")
    return f"; {advice}" if advice else ""


def _width() -> int:
    """The width of the terminal, which whoever pages through the output has too."""
    if not sys.stdout.isatty() and sys.stderr is not None and sys.stderr.isatty():
        return shutil.get_terminal_size(os.get_terminal_size(sys.stderr.fileno())).columns
    return shutil.get_terminal_size((100, 24)).columns


def _dressed() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _bold(text: str) -> str:
    return f"\033[1m{text}\033[0m"


def run() -> int:
    """`main` for a process of its own: any encoding of the terminal will do, and a closed pipe ends it quietly."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has seen enough; Python would still try to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141  # As a shell reports a process that SIGPIPE ended.
    except KeyboardInterrupt:
        return 130  # And one that SIGINT ended.
    return status


if __name__ == "__main__":
    sys.exit(run())
