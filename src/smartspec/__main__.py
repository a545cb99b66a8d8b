"""``python -m smartspec``: the packaged dataset at a glance, in a terminal."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Sequence

from . import __version__
from .dataset import load
from .display import overview


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m smartspec", description="Show what the packaged dataset holds.")
    parser.add_argument("--version", action="version", version=f"smartspec {__version__}")
    parser.parse_args(arguments)
    print(overview(load(), shutil.get_terminal_size((100, 24)).columns, _bold if _dressed() else str))
    return 0


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
    return status


if __name__ == "__main__":
    sys.exit(run())
