"""Where results go: rows and marked texts on standard output, everything else on standard error."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from wortlaut.cli.listing import csv_lines, json_lines, table_lines
from wortlaut.errors import harmless, one_line
from wortlaut.page import page
from wortlaut.results import Results

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wortlaut.diff import Diff
    from wortlaut.history import History
    from wortlaut.html import Html

# The width of a table that goes into a file or a pipe.
_WIDTH = 120


def say(line: str) -> None:
    """Say one line about the call, where it is no part of the result."""
    click.echo(f"wortlaut: {one_line(line)}", err=True)


def colored() -> bool:
    """Say whether to colour: a terminal that can, and nobody who asked for none (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_rows(found: Results[Any] | History, form: str, columns: Sequence[str] = ()) -> None:
    """Print rows; `columns` are those of the table, all others are for programs."""
    names = [*found.columns, *(found.texts() if isinstance(found, Results) else ())]
    print_dicts(found.to_dicts(), form, columns or names, names)


def print_dicts(rows: list[dict[str, Any]], form: str, columns: Sequence[str], names: Sequence[str]) -> None:
    """Print rows with the columns `names`; `columns` are those of the table."""
    if form == "json":
        print_lines(json_lines(rows, ascii_only=not sys.stdout.encoding.lower().startswith("utf")))
    elif form == "csv":
        write_as_utf8()
        lines = csv_lines(rows, names)
        print_lines(map(harmless, lines) if sys.stdout.isatty() else lines)
    elif rows:
        width = shutil.get_terminal_size((_WIDTH, 24)).columns if sys.stdout.isatty() else _WIDTH
        print_lines(table_lines(rows, columns, width=width, bold=colored()))
    else:
        say("nothing found")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines one by one: a reader such as `head` can leave at any time."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def write_as_utf8() -> None:
    """Write files as UTF-8 whatever the locale: they are for programs, and a page says that it is in UTF-8."""
    if not sys.stdout.isatty() and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")


def print_marked(found: Diff, *, color: bool, ignore: Sequence[str]) -> None:
    """Print a marked text; a terminal gets it without anything that it would obey but our own colours."""
    text = found.to_ansi(color=color, ignore=ignore)
    if sys.stdout.isatty() and not color:
        text = harmless(text)
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def print_page(block: Html, title: str) -> None:
    """Print a block of HTML as a page of its own."""
    write_as_utf8()
    sys.stdout.write(page(block, title))
