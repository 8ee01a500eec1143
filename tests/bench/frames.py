"""What it costs to hand articles over and to get results as frames; best of some rounds, CPU time of all threads.

    python tests/bench/frames.py

10,000 invented articles of 300 words as a Series of pandas; 100,000 rows of passages. Needs pandas, polars and pyarrow.
"""

from __future__ import annotations

from random import Random
from time import process_time
from typing import TYPE_CHECKING

import pandas as pd
import polars as pl
import pyarrow as pa

import wortlaut as wl

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5


def best(work: Callable[[], object]) -> float:
    """Return the milliseconds of the best round."""
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times) * 1000


def main() -> None:
    """Print a line for each way."""
    random = Random(1)
    words = [f"Wort{number}ü" for number in range(5000)]
    series = pd.Series([" ".join(random.choices(words, k=300)) for _ in range(10_000)])
    frame = pd.DataFrame({"text": series, "date": "2025-03-04", "outlet": "Kurier"})
    line = "der alte Hafen bleibt in diesem Winter noch offen sagte der Rat"
    corpus = wl.Corpus([f"{line} {number}" for number in range(450)])
    passages = corpus.passages(max_df=None, boilerplate="keep")
    lent = pl.Series(series.tolist())
    labelled = pd.Series(series.array, index=[f"a{number}" for number in range(len(series))])
    short = series.str.slice(0, 30)
    pairs = pd.concat([short] * 10, ignore_index=True)
    ways: dict[str, Callable[[], object]] = {
        "Series.tolist(), for comparison": series.tolist,
        "a copy of its bytes, for comparison": pa.array(series).buffers()[2].to_pybytes,
        "Corpus(series)": lambda: wl.Corpus(series),
        "Corpus(series with an index)": lambda: wl.Corpus(labelled),
        "Corpus(series of polars)": lambda: wl.Corpus(lent),
        "Corpus(series).ids": lambda: wl.Corpus(series).ids,
        "Corpus(series).problems": lambda: wl.Corpus(series).problems,
        "Corpus(series.tolist())": lambda: wl.Corpus(series.tolist()),
        "Corpus.from_frame(frame)": lambda: wl.Corpus.from_frame(frame),
        "Corpus.from_frame(frame).articles": lambda: wl.Corpus.from_frame(frame).articles,
        f"{len(pairs):,} ratios": lambda: wl.overlap_many(pairs, pairs, only="ratio"),
        f"{len(pairs):,} ratios of lists": lambda: wl.overlap_many(
            pairs.tolist(), pairs.tolist(), only="ratio"
        ),
        f"{len(passages):,} passages to_arrow()": passages.to_arrow,
        f"{len(passages):,} passages to_polars()": passages.to_polars,
        f"{len(passages):,} passages to_pandas()": passages.to_pandas,
    }
    for name, work in ways.items():
        print(f"{name:36} {best(work):8.1f} ms")


if __name__ == "__main__":
    main()
