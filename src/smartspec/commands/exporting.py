"""The command `export`: a dataset written in a format that other tools read."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ..errors import SaveError
from ..text import clean
from .choosing import catalogue_of
from .declaring import FINE, RefusedError, Terminal, declare, one_of, takes_dataset, takes_language


def add_export(commands: Any, name: str) -> None:
    """``smartspec export``."""
    from ..export.formats import FORMATS  # Deferred import: no other command exports.

    parser = declare(
        commands,
        name,
        _export,
        "a dataset as CSV, Parquet, SQLite, Excel, linked data, a graph, a bibliography …",
        "export xlsx europe.xlsx",
        "export csv piedmont --dataset piedmont --language it",
        "export bibtex - | head",
    )
    width = max(map(len, FORMATS)) + 2
    formats = "\n".join(f"  {name.ljust(width)}{known.doc}" for name, known in FORMATS.items())
    parser.epilog = f"formats:\n{formats}\n\n{parser.epilog}"
    taken = one_of("format", {name: known.doc for name, known in FORMATS.items()})
    parser.add_argument("format", type=taken, choices=[*FORMATS], metavar="FORMAT", help="one of those below")
    parser.add_argument("path", metavar="PATH", help="where to write; - writes a text to the standard output")
    parser.add_argument("--overwrite", action="store_true", help="replace what is there, if it is of the same kind")
    parser.add_argument("--base", metavar="URL", help="with linked data: where its addresses begin")
    takes_language(parser)
    takes_dataset(parser)


def _export(given: argparse.Namespace, terminal: Terminal) -> int:
    from ..export.formats import whole, write  # Deferred import: see above.

    catalogue = catalogue_of(given)
    options = {"language": given.language, "base": given.base}
    try:
        if given.path != "-":
            write(given.format, catalogue, given.path, overwrite=given.overwrite, **options)
            print(f"{clean(given.path)}: {clean(catalogue.name)} as {given.format}")
            return FINE
        text = whole(given.format, catalogue, **options)
    except SaveError as error:
        replace = "; --overwrite replaces what is there" * isinstance(error.__cause__, FileExistsError)
        raise RefusedError(f"{error}{replace}") from None
    except ImportError as error:  # It names the extra.
        raise RefusedError(str(error)) from None
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())  # These formats are UTF-8, whatever the terminal is.
    else:
        sys.stdout.write(text)
    return FINE
