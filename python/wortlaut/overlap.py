"""How much two texts have in common, as ratios."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from wortlaut import _core
from wortlaut.errors import check_choice, check_count
from wortlaut.frames import Column, from_core
from wortlaut.many import RowColumns, Rows
from wortlaut.page import FilePath, finished
from wortlaut.progress import Progress, check_workers, watching
from wortlaut.text import DEFAULT_FOLD, Fold, Text, flags_of, read_pair


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts have in common; every ratio is in 0..1.

    G(a) is the set of word n-grams of `a`; a text of fewer than n words has none. Two texts without words are the
    same: all ratios are 1. Otherwise a ratio over an empty set is 0.

    - `words_a`, `words_b`: words of each text;
    - `ratio` = 2 · LCS / (words_a + words_b), LCS the words of the longest common subsequence;
    - `jaccard` = ``|G(a) ∩ G(b)| / |G(a) ∪ G(b)|``;
    - `containment_a` = ``|G(a) ∩ G(b)| / |G(a)|``, how much of `a` stands in `b`; `containment_b` the reverse;
    - `dice` = ``2 · |G(a) ∩ G(b)| / (|G(a)| + |G(b)|)``;
    - `coverage_a` = words of `a` inside shared passages / words_a; where `b` sums up a stretch three times as long,
      as many words of it as the summary has; `coverage_b` likewise;
    - `longest`: words of the longest run that both have.

    >>> overlap("eins zwei drei vier fünf", "null eins zwei drei vier fünf").containment_b
    0.5
    """

    words_a: int
    words_b: int
    ratio: float
    jaccard: float
    containment_a: float
    containment_b: float
    dice: float
    coverage_a: float
    coverage_b: float
    longest: int

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.to_html()}

    def to_html(self, path: FilePath | None = None) -> str:
        """Return the figures as an HTML table; with a `path`, also as a page of its own.

        >>> "1.000" in overlap("eins", "eins").to_html()
        True
        """
        from wortlaut import html

        rows = [[field.name, getattr(self, field.name)] for field in fields(self)]
        return finished(html.fragment(html.table(["figure", "value"], rows, shares=[1])), path, "Overlap")


def overlap(
    a: str | Text, b: str | Text, *, n: int = 5, min_words: int = 8, fold: Fold = DEFAULT_FOLD
) -> Overlap:
    """Measure how much `a` and `b` have in common, in word `n`-grams and in passages of `min_words` words.

    Exact; texts of more than 130,000 words each get a lower bound for `ratio`. Raises `InvalidValueError` for an
    `n` or `min_words` below 1. Source: Hyyrö 2004 (LCS), Broder 1997 (containment).

    >>> found = overlap("Der Rat tagt.", "Der Rat, er tagt!", n=2)
    >>> round(found.ratio, 3), found.jaccard, found.longest
    (0.857, 0.25, 2)

    Use `containment` where one text may be a part of the other, `jaccard` where both have about the same length.
    For the stretches themselves, use `passages`.
    """
    n, min_words = check_count("n", n), check_count("min_words", min_words)
    columns = _core.overlap(*read_pair(a, b, fold), n, min_words)
    return Overlap(**{name: _only(kind, data) for name, kind, data, _ in columns})


def _only(kind: str, data: bytes) -> Any:
    return Column(kind, data)[0]


def overlap_many(
    a: object,
    b: object,
    *,
    n: int = 5,
    min_words: int = 8,
    fold: Fold = DEFAULT_FOLD,
    workers: int | None = None,
    progress: Progress = False,
    only: str | None = None,
    errors: str = "collect",
) -> RowColumns:
    """Measure the overlap of two columns of texts row by row, in parallel; columns out.

    `a` and `b` are lists, Series or anything with values; pandas and polars Series give Series of their kind, with
    the index kept. ``only="ratio"`` measures the first ratio alone, several times as fast. A row with a missing text
    is null throughout, and named in `problems` of the columns; ``errors="raise"`` raises instead.

    >>> overlap_many(["eins zwei drei"], ["Eins, drei!"], only="ratio")
    {'ratio': [0.8]}

    In pandas: ``df.assign(**overlap_many(df.old, df.new))``.
    """
    n, min_words = check_count("n", n), check_count("min_words", min_words)
    if only is not None:
        check_choice("only", only, ("ratio",))
    rows = Rows.of(a, b, errors=errors)
    with watching(progress, "measuring") as watch:
        found = _core.overlap_many(
            rows.a, rows.b, flags_of(fold), n, min_words, only == "ratio", check_workers(workers), watch
        )
    return rows.back(from_core(found))
