"""What several commands take: articles, a format, conditions on pairs; and examples under every help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from wortlaut.corpus import MOST_ARTICLES
from wortlaut.fields import FIELDS
from wortlaut.passages import SENSITIVITIES

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = TypeVar("Command", bound=Callable[..., Any])


def examples(*lines: str) -> str:
    """Return the end of a help text; the sign in front keeps click from filling the lines."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def _column_help(field: str) -> str:
    named = {"url": "address", "lang": "language"}.get(field, field)
    return f"Column or key that holds the {named}."


def _all_of(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return what adds these options to a command, in this order."""

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def encoded(what: str) -> Callable[[Command], Command]:
    """Return the option that says how `what` is encoded."""
    return click.option("--encoding", metavar="NAME", help=f"Encoding of {what} [default: found out].")


# For what can take long: how many threads work on it, and whether it says how far it is.
works = _all_of(
    click.option("--workers", type=int, metavar="N", help="Threads to use [default: all cores]."),
    click.option("-q", "--quiet", is_flag=True, help="No warnings, no progress."),
)

# ARTICLES, and how to read them.
reads_articles = _all_of(
    click.argument("articles", nargs=-1),
    click.option("--sample", is_flag=True, help="Use the seventeen articles that come with wortlaut."),
    *(click.option(f"--{field}-column", metavar="NAME", help=_column_help(field)) for field in FIELDS),
    encoded("the files"),
    click.option("--strict", is_flag=True, help="Stop at the first article that cannot be read."),
    works,
)

writes_rows = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="An aligned table, a JSON list with one object per line, or CSV with a header.",
)

# Which pairs of articles are of interest.
filters_pairs = _all_of(
    click.option("--across", metavar="FIELD", help='Only pairs that differ in this: "outlet".'),
    click.option("--within", metavar="SPAN", help="Only pairs this close in time, such as 48h or 7d."),
)


def least_words(what: str = "passage", default: int = 8) -> Callable[[Command], Command]:
    """Return the option that says how many words `what` has at least."""
    told = f"Words of the shortest {what}."
    return click.option("--min-words", type=int, default=default, show_default=True, help=told)


def _number_or_all(context: click.Context, option: click.Parameter, value: Any) -> int | None:
    number: int | None = None if value == "all" else click.INT.convert(value, option, context)
    return number


def limits_df(default: int = MOST_ARTICLES) -> Callable[[Command], Command]:
    """Return the option that says from how many articles on what they share no longer links all with all."""
    return click.option(
        "--max-df",
        type=str,
        metavar="N",
        default=default,
        show_default=True,
        callback=_number_or_all,
        help="Words that more articles share do not link all of them with all; or: all.",
    )


# What links two articles.
links_articles = _all_of(
    limits_df(),
    click.option(
        "--boilerplate",
        type=click.Choice(["drop", "keep"]),
        default="drop",
        show_default=True,
        help="Whether lines that unrelated articles carry are left out.",
    ),
)


def parted(options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the options of reading, and those of the question."""
    names = {"articles", "sample", "encoding", "strict", "quiet", *(f"{field}_column" for field in FIELDS)}
    reading = {name: value for name, value in options.items() if name in names}
    return reading, {name: value for name, value in options.items() if name not in names}


def finds_passages(command: Command) -> Command:
    """Add the options that say what counts as a passage."""
    sensitivity = click.option(
        "--sensitivity",
        type=click.Choice(SENSITIVITIES),
        default="edited",
        show_default=True,
        help="How far from verbatim a passage may be.",
    )
    return least_words()(sensitivity(command))
