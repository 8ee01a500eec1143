"""The commands over many articles: one for each question that a corpus answers."""

from __future__ import annotations

import sys
from typing import Any

import click

from wortlaut.cli.inputs import corpus_of, shows_progress
from wortlaut.cli.options import examples, filters_pairs, parted, reads_articles, writes_rows
from wortlaut.cli.output import print_rows, say, write_as_utf8
from wortlaut.corpus import MEASURES
from wortlaut.errors import counted
from wortlaut.page import check_path
from wortlaut.quotes import KINDS

_PASSAGE_COLUMNS = ("a_id", "b_id", "matched", "similarity", "kind", "a_text", "b_text")
_CLUSTER_COLUMNS = ("cluster", "id", "words", "first", "similarity", "text")
_QUOTE_COLUMNS = ("id", "kind", "confidence", "text")
_SHARED_COLUMNS = ("cluster", "a_id", "b_id", "relation", "marked", "negation", "a_text", "b_text")


@click.command(
    epilog=examples(
        "wortlaut report archive/ -o report.html",
        'wortlaut report "archive/**/*.txt" more.jsonl --title "One agency, ten papers"',
        "wortlaut report --sample",
    ),
    short_help="Write one HTML page on what articles share.",
)
@reads_articles
@click.option("-o", "--output", default="report.html", show_default=True, help="The file to write.")
@click.option("--title", help="Heading of the page.")
@click.option("--min-words", type=int, default=8, show_default=True, help="Words of the shortest passage.")
def report(*, output: str, title: str | None, min_words: int, workers: int | None, **reading: Any) -> None:
    """Write one HTML page on what the articles share: overlaps, passages, changes, quotations."""
    if output != "-":
        check_path(output)
    corpus = corpus_of(**reading)
    text = corpus.report(None if output == "-" else output, title=title, min_words=min_words, workers=workers)
    if output == "-":
        write_as_utf8()
        sys.stdout.write(text)
        return
    number = len(corpus)
    pairs = number * (number - 1) // 2
    say(f"wrote {output}: {counted(number, 'article')}, {counted(pairs, 'pair')} compared")


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
def overlap(*, form: str, workers: int | None, **options: Any) -> None:
    """Say how much each pair of articles shares, in word n-grams."""
    reading, choices = parted(options)
    corpus = corpus_of(**reading)
    print_rows(corpus.overlaps(**choices, workers=workers, progress=shows_progress(reading)), form)


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
@click.option("--min-words", type=int, default=8, show_default=True, help="Words of the shortest passage.")
def passages(*, form: str, workers: int | None, **options: Any) -> None:
    """List the passages that articles share, edited ones too, with their texts."""
    reading, choices = parted(options)
    found = corpus_of(**reading).passages(**choices, workers=workers, progress=shows_progress(reading))
    print_rows(found, form, _PASSAGE_COLUMNS)


@click.command(
    epilog=examples(
        "wortlaut clusters archive/",
        "wortlaut clusters articles.jsonl --min-words 12 --format csv",
    ),
    short_help="List the stretches that go round, with every copy.",
)
@reads_articles
@writes_rows
@click.option("--min-words", type=int, default=8, show_default=True, help="Words of the shortest passage.")
def clusters(*, form: str, workers: int | None, **options: Any) -> None:
    """Join the shared passages across articles: one row for each article's copy of a stretch.

    "first" marks the earliest copy, "similarity" is that to the longest one.
    """
    reading, choices = parted(options)
    found = corpus_of(**reading).clusters(**choices, workers=workers, progress=shows_progress(reading))
    print_rows(found, form, _CLUSTER_COLUMNS)


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
def quotes(*, form: str, workers: int | None, **options: Any) -> None:
    """List everything between quotation marks, in any language's marks."""
    reading, choices = parted(options)
    found = corpus_of(alone=True, **reading).quotes(
        **choices, workers=workers, progress=shows_progress(reading)
    )
    print_rows(found, form, _QUOTE_COLUMNS)


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
@click.option("--min-words", type=int, default=3, show_default=True, help="Words of the shortest quotation.")
def shared_quotes(*, form: str, workers: int | None, **options: Any) -> None:
    """List the statements that one article quotes and another one has too, verbatim, cut or reworded."""
    reading, choices = parted(options)
    found = corpus_of(**reading).shared_quotes(**choices, workers=workers, progress=shows_progress(reading))
    print_rows(found, form, _SHARED_COLUMNS)


COMMANDS = (report, overlap, passages, clusters, quotes, shared_quotes)
