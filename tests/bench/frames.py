"""What it costs to hand articles over and to get results as frames; best of some rounds, by the clock.

    python tests/bench/frames.py

10,000 invented articles of 300 words as a Series of pandas; 100,000 rows of passages. Needs pandas, polars and pyarrow.
"""

from __future__ import annotations

from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

import pandas as pd

import wortlaut as wl

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5


def best(work: Callable[[], object]) -> float:
    """Return the milliseconds of the best round."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
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
    ways: dict[str, Callable[[], object]] = {
        "Series.tolist(), for comparison": series.tolist,
        "Corpus(series)": lambda: wl.Corpus(series),
        "Corpus.from_frame(frame)": lambda: wl.Corpus.from_frame(frame),
        f"{len(passages):,} passages to_arrow()": passages.to_arrow,
        f"{len(passages):,} passages to_polars()": passages.to_polars,
        f"{len(passages):,} passages to_pandas()": passages.to_pandas,
    }
    for name, work in ways.items():
        print(f"{name:34} {best(work):8.1f} ms")


if __name__ == "__main__":
    main()
