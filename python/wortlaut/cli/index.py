"""The commands of `wortlaut index`: articles on disk, and what a new one shares with them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from wortlaut.cli.inputs import articles_of, opened, shows_progress
from wortlaut.cli.options import encoded, examples, least_words, limits_df, reads_articles, works, writes_rows
from wortlaut.cli.output import print_rows, say
from wortlaut.errors import counted
from wortlaut.index import Index
from wortlaut.read import read_text

_FOUND_COLUMNS = ("id", "matched", "similarity", "kind", "a_text", "b_text")
_PAIR_COLUMNS = ("a_id", "b_id", *_FOUND_COLUMNS[1:])

_path = click.argument("path", metavar="INDEX")


@click.group(
    epilog=examples(
        "wortlaut index create seen.sqlite",
        "wortlaut index add seen.sqlite archive/",
        "wortlaut index search seen.sqlite new.txt",
    ),
    short_help="Keep articles on disk, and search them for copies.",
)
def index() -> None:
    """Keep articles on disk, and say which of them share passages with a new one.

    INDEX is the file; one process writes it at a time, any number read it.
    """


@index.command(short_help="Make a new, empty index.")
@_path
def create(*, path: str) -> None:
    """Make a new, empty index."""
    Index.create(path)
    say(f"wrote {path}")


@index.command(short_help="Add articles.")
@_path
@reads_articles
def add(*, path: str, workers: int | None, **reading: Any) -> None:
    """Add articles, all or none; when this ends, they survive a crash."""
    seen = Index.open(path)
    articles = articles_of(**reading)
    seen.add(articles, workers=workers, progress=shows_progress(quiet=reading["quiet"]))
    say(f"added {counted(len(articles), 'article')} to {path}")


@index.command(short_help="Take articles out.")
@_path
@click.argument("ids", nargs=-1, required=True)
def remove(*, path: str, ids: tuple[str, ...]) -> None:
    """Take out the articles with these IDS, all or none."""
    Index.open(path).remove(list(ids))
    say(f"removed {counted(len(ids), 'article')} from {path}")


@index.command(short_help="Sort everything anew, and give room back.")
@_path
def compact(*, path: str) -> None:
    """Sort everything anew, for faster searches, and give the room of removed articles back."""
    Index.open(path).compact(progress=shows_progress(quiet=False))


@index.command(short_help="List the passages that an article shares with those in the index.")
@_path
@click.argument("article")
@writes_rows
@least_words()
@encoded("the file")
@works
def search(*, path: str, article: str, form: str, encoding: str | None, quiet: bool, **options: Any) -> None:
    """List the passages that ARTICLE, a file or -, shares with those in the index."""
    seen = Index.open(path)
    text = read_text(opened(article), encoding=encoding)
    found = seen.search(text, **options, progress=shows_progress(quiet=quiet))
    print_rows(found, form, _FOUND_COLUMNS)


@index.command(short_help="List the passages that the articles share with each other.")
@_path
@writes_rows
@least_words()
@click.option("--since", metavar="DATE", help="Only pairs whose later article is not older.")
@limits_df()
@works
def pairs(*, path: str, form: str, quiet: bool, **options: Any) -> None:
    """List the passages that the articles share with each other."""
    found = Index.open(path).pairs(**options, progress=shows_progress(quiet=quiet))
    print_rows(found, form, _PAIR_COLUMNS)


@index.command(short_help="Say how much an index holds.")
@_path
def stats(*, path: str) -> None:
    """Say how much an index holds."""
    for name, value in asdict(Index.open(path).stats()).items():
        click.echo(f"{name:8} {value:>16,}")


@index.command(short_help="Look for damage.")
@_path
def verify(*, path: str) -> None:
    """Hold the whole file against its checksums; exit status 2 if anything is not as it was written."""
    Index.open(path).verify(progress=shows_progress(quiet=False))
    say(f"{path} is whole")


COMMANDS = (index,)
