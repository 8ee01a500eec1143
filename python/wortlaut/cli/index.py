"""The commands of `wortlaut index`: articles on disk, and what a new one shares with them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from wortlaut.cli.inputs import articles_of, opened, shows_progress
from wortlaut.cli.options import encoded, examples, least_words, limits_df, reads_articles, works, writes_rows
from wortlaut.cli.output import print_rows, say
from wortlaut.errors import counted, one_line
from wortlaut.index import Index, IndexAdded
from wortlaut.read import read_text

_FOUND_COLUMNS = ("id", "matched", "similarity", "kind", "a_text", "b_text")
_PAIR_COLUMNS = ("a_id", "b_id", *_FOUND_COLUMNS[1:])

# Changed articles that are named before one line stands for the rest.
_MOST_CHANGES = 10

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
@click.option("--no-texts", is_flag=True, help="Leave the texts where they are; searches then take --texts.")
def create(*, path: str, no_texts: bool) -> None:
    """Make a new, empty index."""
    Index.create(path, store_texts=not no_texts)
    say(f"wrote {path}")


@index.command(short_help="Add articles.")
@_path
@reads_articles
@click.option("--replace", is_flag=True, help="Articles that have changed take the place of the old ones.")
def add(*, path: str, replace: bool, workers: int | None, **reading: Any) -> None:
    """Add the articles that are not there yet, all or none; when this ends, they survive a crash.

    What has no id of its own is called by the path of its file, seen from the folder of INDEX. So the same files can
    be given again and again: those that are there already are left as they are.
    """
    seen = Index.open(path)
    articles = articles_of(beside=_folder(path), **reading)
    quiet = reading["quiet"]
    added = seen.update(articles, replace=replace, workers=workers, progress=shows_progress(quiet=quiet))
    say(f"added {counted(added.new, 'article')} to {path}{_of_others(added, replace=replace)}")
    if not (replace or quiet):
        _warn_of_changes(added.changed)


def _folder(path: str) -> Path:
    return Path(path).absolute().parent


def _of_others(added: IndexAdded, *, replace: bool) -> str:
    """Say what became of the articles that were there."""
    told = f", {added.unchanged:,} there already" if added.unchanged else ""
    if added.changed and replace:
        told += f", {len(added.changed):,} replaced"
    return told


def _warn_of_changes(changed: tuple[str, ...]) -> None:
    for name in changed[:_MOST_CHANGES]:
        say(f"warning: {one_line(name)} is there with another text, date or outlet, and stays as it was")
    if len(changed) > _MOST_CHANGES:
        say(f"warning: {len(changed) - _MOST_CHANGES:,} more")
    if changed:
        say("note: --replace takes what is new")


# For an index that keeps none.
_texts = click.option(
    "--texts",
    "sources",
    multiple=True,
    metavar="ARTICLES",
    help="Files or folders with the texts, for an index that keeps none; more than once for more of them.",
)


def _texts_in(path: str, sources: tuple[str, ...], *, quiet: bool) -> dict[str, str] | None:
    """Return the texts by id, read as `add` reads them; None where no sources were named."""
    if not sources:
        return None
    reading: dict[str, Any] = {"articles": sources, "sample": False, "encoding": None, "strict": False}
    found = articles_of(beside=_folder(path), quiet=quiet, **reading)
    return {article.id: article.text for article in found}


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
    say(f"sorted {path}")


@index.command(short_help="List the passages that an article shares with those in the index.")
@_path
@click.argument("article")
@writes_rows
@least_words()
@encoded("the file")
@click.option(
    "--top-k", type=int, metavar="N", help="Compare no more articles than that, those that share most."
)
@_texts
@works
def search(
    *,
    path: str,
    article: str,
    form: str,
    encoding: str | None,
    sources: tuple[str, ...],
    quiet: bool,
    **options: Any,
) -> None:
    """List the passages that ARTICLE, a file or -, shares with those in the index."""
    seen = Index.open(path)
    text = read_text(opened(article), encoding=encoding)
    options["texts"] = _texts_in(path, sources, quiet=quiet)
    found = seen.search(text, **options, progress=shows_progress(quiet=quiet))
    print_rows(found, form, _FOUND_COLUMNS)


@index.command(short_help="List the passages that the articles share with each other.")
@_path
@writes_rows
@least_words()
@click.option("--since", metavar="DATE", help="Only pairs whose later article is not older.")
@limits_df()
@_texts
@works
def pairs(*, path: str, form: str, sources: tuple[str, ...], quiet: bool, **options: Any) -> None:
    """List the passages that the articles share with each other."""
    options["texts"] = _texts_in(path, sources, quiet=quiet)
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
