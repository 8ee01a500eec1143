"""The commands over many articles: one for each question that a corpus answers."""

from __future__ import annotations

import sys
from typing import Any

import click

from wortlaut.cli.inputs import corpus_of, shows_progress
from wortlaut.cli.options import (
    examples,
    filters_pairs,
    finds_passages,
    least_words,
    limits_df,
    links_articles,
    parted,
    reads_articles,
    writes_rows,
)
from wortlaut.cli.output import print_rows, say, write_as_utf8
from wortlaut.corpus import MEASURES, MOST_QUOTING
from wortlaut.errors import counted
from wortlaut.folder import check_target
from wortlaut.quotes import KINDS
from wortlaut.report import bounds_of, gathered, written

_PASSAGE_COLUMNS = ("a_id", "b_id", "matched", "similarity", "kind", "a_text", "b_text")
_LINE_COLUMNS = ("df", "outlets", "words", "date", "id", "text")
_CLUSTER_COLUMNS = ("cluster", "id", "words", "first", "similarity", "text")
_QUOTE_COLUMNS = ("id", "kind", "confidence", "text")
_SHARED_COLUMNS = ("cluster", "a_id", "b_id", "relation", "marked", "negation", "a_text", "b_text")


def _answer(
    question: str, columns: tuple[str, ...], form: str, *, alone: bool = False, **options: Any
) -> None:
    """Ask a corpus of the articles, and print the rows; `alone` says that one article is enough."""
    reading, choices = parted(options)
    ask = getattr(corpus_of(alone=alone, **reading), question)
    print_rows(ask(**choices, progress=shows_progress(quiet=reading["quiet"])), form, columns)


@click.command(
    epilog=examples(
        "wortlaut report archive/ -o report.html",
        'wortlaut report "archive/**/*.txt" more.jsonl --title "One agency, ten papers"',
        "wortlaut report archive/ -o report/ --across outlet --within 48h",
        "wortlaut report --sample",
    ),
    short_help="Write an HTML report on what articles share.",
)
@reads_articles
@click.option(
    "-o",
    "--output",
    default="report.html",
    show_default=True,
    help='The file to write, or a folder ("report/") for an overview and a page for each pair and cluster.',
)
@click.option("--overwrite", is_flag=True, help="Replace an earlier report in the folder.")
@click.option("--title", help="Heading of the page.")
@filters_pairs
@least_words()
@links_articles
def report(*, output: str, overwrite: bool, **options: Any) -> None:
    """Write what the articles share as HTML, on one page or in a folder: overlaps, passages, changes, quotations."""
    target = check_target(None if output == "-" else output, overwrite=overwrite)
    reading, choices = parted(options)
    progress = shows_progress(quiet=reading["quiet"])
    found = gathered(corpus_of(**reading), bounds=bounds_of(target), **choices, progress=progress)
    page = written(found, target, progress=progress)
    if target.where is None:
        write_as_utf8()
        sys.stdout.write(page)
        return
    pairs = found.with_passage + found.only_quoting
    sharing = counted(pairs, "pair shares", "pairs share")
    where = str(target.where)
    if target.apart:
        pages = f"{counted(len(found.pairs), 'pair')} and {counted(len(found.clusters), 'cluster')}"
        where = f"{target.where / 'index.html'} and a page for each of {pages}"
    say(f"wrote {where}: {counted(len(found.articles), 'article')}, {sharing} a passage or a quotation")


@click.command(
    epilog=examples(
        "wortlaut overlap archive/",
        "wortlaut overlap articles.csv --text-column story --min-score 0.2 --format csv",
        "wortlaut overlap - < articles.jsonl --top-k 3 --format json",
    ),
    short_help="Say how much each pair of articles shares.",
)
@reads_articles
@writes_rows
@filters_pairs
@click.option("-n", "--n", type=int, default=5, show_default=True, help="Words per n-gram.")
@click.option(
    "--measure",
    type=click.Choice(MEASURES),
    default="containment",
    show_default=True,
    help="Score of a pair.",
)
@click.option(
    "--min-score", type=float, default=0.0, show_default=True, help="Least score of a pair, 0 to 1."
)
@click.option("--top-k", type=int, help="Only so many best pairs of each article.")
@links_articles
def overlap(*, form: str, **options: Any) -> None:
    """Say how much each pair of articles shares, in word n-grams."""
    _answer("overlaps", (), form, **options)


@click.command(
    epilog=examples(
        "wortlaut passages archive/",
        "wortlaut passages archive/ --across outlet --within 48h",
        "wortlaut passages articles.jsonl --min-words 12 --format json",
    ),
    short_help="List the passages that articles share.",
)
@reads_articles
@writes_rows
@filters_pairs
@finds_passages
@links_articles
def passages(*, form: str, **options: Any) -> None:
    """List the passages that articles share, edited ones too, with their texts."""
    _answer("passages", _PASSAGE_COLUMNS, form, **options)


@click.command(
    epilog=examples(
        "wortlaut clusters archive/",
        "wortlaut clusters articles.jsonl --min-words 12 --format csv",
    ),
    short_help="List the stretches that go round, with every copy.",
)
@reads_articles
@writes_rows
@finds_passages
@links_articles
def clusters(*, form: str, **options: Any) -> None:
    """Join the shared passages across articles: one row for each article's copy of a stretch.

    "first" marks the earliest copy, "similarity" is that to the longest one.
    """
    _answer("clusters", _CLUSTER_COLUMNS, form, **options)


@click.command(
    epilog=examples(
        "wortlaut boilerplate archive/",
        "wortlaut boilerplate articles.jsonl --format csv",
    ),
    short_help="List the lines that unrelated articles carry.",
)
@reads_articles
@writes_rows
def boilerplate(*, form: str, **options: Any) -> None:
    """List the lines that many articles carry which have hardly anything else in common.

    There are none in fewer than ten articles. "df" is the number of articles, "id" the first of them.
    """
    _answer("boilerplate", _LINE_COLUMNS, form, **options)


@click.command(
    epilog=examples(
        "wortlaut quotes article.txt",
        "wortlaut quotes archive/ --kind quotation --format csv",
    ),
    short_help="List everything between quotation marks.",
)
@reads_articles
@writes_rows
@click.option("--kind", type=click.Choice(KINDS), help="Only marked spans of this kind.")
def quotes(*, form: str, **options: Any) -> None:
    """List everything between quotation marks, in any language's marks."""
    _answer("quotes", _QUOTE_COLUMNS, form, alone=True, **options)


@click.command(
    "shared-quotes",
    epilog=examples(
        "wortlaut shared-quotes archive/",
        "wortlaut shared-quotes speech.txt report.txt --format json",
    ),
    short_help="List the statements that articles share.",
)
@reads_articles
@writes_rows
@filters_pairs
@least_words("quotation", 3)
@limits_df(MOST_QUOTING)
def shared_quotes(*, form: str, **options: Any) -> None:
    """List the statements that one article quotes and another one has too, verbatim, cut or reworded."""
    _answer("shared_quotes", _SHARED_COLUMNS, form, **options)


COMMANDS = (report, overlap, passages, clusters, boilerplate, quotes, shared_quotes)
