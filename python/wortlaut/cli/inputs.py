"""The texts of a call: a corpus of articles, or single files, and warnings about what could not be read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from wortlaut.cli.output import say
from wortlaut.corpus import Corpus
from wortlaut.read import read_articles, read_beside, sample_articles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wortlaut.articles import Articles
    from wortlaut.problems import Problem

# Warnings about single articles before one line stands for the rest: a screen has to leave room for the
# result.
_MOST_WARNINGS = 10
_MOST_NOTES = 5


def corpus_of(*, alone: bool = False, **reading: Any) -> Corpus:
    """Return a corpus of the articles, after warnings about what could not be read."""
    articles = articles_of(**reading)
    if len(articles) == 1 and not alone and not reading["quiet"]:
        say("note: only one article, nothing to compare it with")
    return Corpus(articles)


def articles_of(*, quiet: bool, beside: Path | None = None, **reading: Any) -> Articles:
    """Return the articles, after warnings about what could not be read; `beside` as in `read_beside`."""
    articles = _articles(beside, **reading)
    if not quiet:
        _warn("warning", articles.problems, _MOST_WARNINGS)
        _warn("note", articles.notes, _MOST_NOTES)
    if not len(articles):
        raise click.ClickException("no article could be read")
    return articles


def _articles(
    beside: Path | None,
    *,
    articles: tuple[str, ...],
    sample: bool,
    encoding: str | None,
    strict: bool,
    **columns: str | None,
) -> Articles:
    if sample == bool(articles):
        wrong = (
            "--sample takes no ARTICLES" if sample else "no ARTICLES: name a folder, files, a pattern or -"
        )
        raise click.UsageError(wrong, click.get_current_context())
    if sample:
        return sample_articles()
    chosen = {name.removesuffix("_column"): column for name, column in columns.items()}
    errors = "raise" if strict else "collect"
    sources = [opened(path) for path in articles]
    if beside is not None:
        return read_beside(beside, sources, encoding=encoding, errors=errors, **chosen)
    return read_articles(sources, encoding=encoding, errors=errors, **chosen)


def opened(path: str) -> Any:
    """Return what to read: the path itself, or standard input for -."""
    if path != "-":
        return path
    if sys.stdin is None:
        raise click.ClickException("standard input is closed; name a file")
    return sys.stdin.buffer


def _warn(kind: str, problems: Sequence[Problem], most: int) -> None:
    shown = problems if len(problems) <= most else problems[: most - 1]
    for problem in shown:
        say(f"{kind}: {problem}")
    if len(shown) < len(problems):
        say(f"{kind}: {len(problems) - len(shown):,} more")


def shows_progress(*, quiet: bool) -> bool:
    """Say whether there is somebody to show progress to."""
    return sys.stderr.isatty() and not quiet
