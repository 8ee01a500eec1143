"""What several commands take: articles, a format, conditions on pairs; and examples under every help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from wortlaut.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = TypeVar("Command", bound=Callable[..., Any])


def examples(*lines: str) -> str:
    """Return the end of a help text; the sign in front keeps click from filling the lines."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def _column_help(field: str) -> str:
    named = {"url": "address", "lang": "language"}.get(field, field)
    return f"Column or key that holds the {named}."


def reads_articles(command: Command) -> Command:
    """Add ARTICLES, and the options of how to read them, to a command."""
    options: list[Any] = [
        click.argument("articles", nargs=-1),
        click.option("--sample", is_flag=True, help="Use the seventeen articles that come with wortlaut."),
        *(click.option(f"--{field}-column", metavar="NAME", help=_column_help(field)) for field in FIELDS),
        click.option("--encoding", metavar="NAME", help="Encoding of the files [default: found out]."),
        click.option("--strict", is_flag=True, help="Stop at the first article that cannot be read."),
        click.option("--workers", type=int, metavar="N", help="Threads to use [default: all cores]."),
        click.option("-q", "--quiet", is_flag=True, help="No warnings, no progress."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def writes_rows(command: Command) -> Command:
    """Add the choice of the format to a command."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv"]),
        default="table",
        show_default=True,
        help="An aligned table, a JSON list with one object per line, or CSV with a header.",
    )(command)


def filters_pairs(command: Command) -> Command:
    """Add the options that say which pairs of articles count."""
    within = click.option(
        "--within", metavar="SPAN", help="Only pairs this close in time, such as 48h or 7d."
    )
    across = click.option("--across", metavar="FIELD", help='Only pairs that differ in this: "outlet".')
    return within(across(command))


def parted(options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the options of reading, and those of the question."""
    names = {"articles", "sample", "encoding", "strict", "quiet", *(f"{field}_column" for field in FIELDS)}
    reading = {name: value for name, value in options.items() if name in names}
    return reading, {name: value for name, value in options.items() if name not in names}
