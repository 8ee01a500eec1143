"""Everything that shows itself, over articles whose every field is what a test wants."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import wortlaut as wl
from wortlaut import plot
from wortlaut.dates import parse_date

WORDS = [f"Wort{number}" for number in range(400)]


def articles(fields: list[str]) -> list[wl.Article]:
    """Return two articles for each string, which stands in all their fields; the two share text and a statement."""
    found = []
    for number, field in enumerate(fields):
        words = Random(number).sample(WORDS, 30)
        text = f"{field} {' '.join(words)} {field} „{' '.join(words[:8])} {field}“, sagte er. {field}"
        for copy in range(2):
            known = dict.fromkeys(("title", "url", "outlet", "lang", "author"), field)
            day = f"2025-03-{number % 28 + 1:02d}T{copy:02d}:00"
            other = text if not copy else f"Heute: {text.replace(words[3], 'anderes')}"
            found.append(wl.Article(f"{field} {number} {copy}", other, date=parse_date(day), **known))
    return found


def shows(fields: list[str]) -> dict[str, Any]:
    """Return everything that has HTML to show, by its type."""
    read = wl.Articles(
        articles(fields),
        problems=[wl.Problem(field, 1, field) for field in fields],
        notes=[wl.Note(field, 1, field) for field in fields],
    )
    corpus = wl.Corpus(read)
    olds, news = read.texts[0::2], read.texts[1::2]
    a, b = "\n\n".join(olds), "\n\n".join(news)
    found: dict[str, Any] = {
        "Articles": read,
        "Corpus": corpus,
        "Problems": corpus.problems,
        "PairOverlaps": corpus.overlaps(),
        "CorpusPassages": corpus.passages(),
        "Clusters": corpus.clusters(),
        "CorpusQuotes": corpus.quotes(),
        "CorpusSharedQuotes": corpus.shared_quotes(),
        "Statements": corpus.shared_quotes().statements(),
        "Mentions": corpus.shared_quotes().mentions(),
        "Boilerplate": corpus.boilerplate(),
        "Matrix": corpus.matrix(),
        "Diff": wl.diff(a, b),
        "Edits": wl.diff(a, b).edits,
        "RowEdits": wl.diff_many(olds, news),
        "History": wl.history([a, b], dates=fields[:1] * 2),
        "Overlap": wl.overlap(a, b),
        "Passages": wl.passages(a, b),
        "Quotes": wl.quotes(a),
        "SharedQuotes": wl.shared_quotes(a, b),
        "FoundQuotes": wl.find_quote(" ".join(Random(0).sample(WORDS, 30)[:8]), b),
        "Spans": wl.Text(a).words,
        "picture of a matrix": plot.matrix(corpus),
        "picture of an article": plot.coverage(corpus, corpus.ids[0]),
        "picture of two texts": plot.dots(a, b),
        "picture of a cluster": plot.spread(corpus),
    }
    with TemporaryDirectory() as folder, wl.Index.create(Path(folder) / "seen.sqlite") as index:
        index.add(dict(zip([f"a{number}" for number in range(len(olds))], olds, strict=True)))
        found["IndexPassages"] = index.search(b)
    return found
