"""What the index on disk costs: adding, bytes a word, one article more, a search, opening.

    python tests/bench/index.py FILE.jsonl

FILE has one article a line, with `id` and `text`.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import wortlaut as wl

if TYPE_CHECKING:
    from collections.abc import Callable


def timed(work: Callable[[int], object], times: int = 1) -> float:
    """Return the median time of `work`, called with 0, 1, ..., in milliseconds."""
    taken = []
    for number in range(times):
        start = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main(name: str) -> None:
    """Print the figures for the articles in the file `name`."""
    rows = [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]
    texts = {str(row["id"]): row["text"] for row in rows}
    with TemporaryDirectory() as folder:
        path = f"{folder}/seen.sqlite"
        index = wl.Index.create(path)
        print(f"add {len(texts):,} at once: {timed(lambda _: index.add(texts)):.0f} ms")
        stats = index.stats()
        stored = sum(len(text.encode()) for text in texts.values())
        print(f"{stats.words:,} words, {stored / 1e6:.1f} MB of text, {stats.postings:,} postings")
        long = [text for text in texts.values() if len(text.split()) > 300][:200]
        print(f"one more, durably: {timed(lambda i: index.add({f'new{i}': rows[i]['text']}), 100):.2f} ms")
        print(
            f"search, {len(long)} long articles: {timed(lambda i: index.search(long[i]), len(long)):.2f} ms"
        )
        print(f"compact: {timed(lambda _: index.compact()):.0f} ms")
        size = Path(path).stat().st_size
        print(f"file: {size / 1e6:.1f} MB, {size / stats.words:.2f} bytes a word with the texts")
        print(f"search then: {timed(lambda i: index.search(long[i]), len(long)):.2f} ms")
        print(f"open: {timed(lambda _: wl.Index.open(path), 20):.2f} ms")
        print(f"pairs: {timed(lambda _: index.pairs()):.0f} ms")
        print(f"verify: {timed(lambda _: index.verify()):.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1])
