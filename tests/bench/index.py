"""What the index on disk costs: adding, bytes a word, one article more, a search, opening.

    python tests/bench/index.py FILE.jsonl [--grow 1000000]

FILE has one article a line, with `id` and `text`. With --grow, so many articles are made of its sentences, drawn anew
as in `join.py`, and added without their texts; each sentence is then in dozens of articles, and a search compares
hundreds. Times are by the clock, with those of the processor behind them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from join import grown

import wortlaut as wl

if TYPE_CHECKING:
    from collections.abc import Callable


def timed(work: Callable[[int], object], times: int = 1) -> str:
    """Return the median time of `work`, called with 0, 1, ..., in milliseconds, by the clock and of the processor."""
    clock, processor = [], []
    for number in range(times):
        begun, start = time.process_time(), time.perf_counter()
        work(number)
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - begun) * 1000)
    return f"{statistics.median(clock):.2f} ms ({statistics.median(processor):.2f})"


def main(name: str) -> None:
    """Print the figures for the articles in the file `name`."""
    rows = [json.loads(line) for line in Path(name).read_text(encoding="utf-8").rstrip("\n").split("\n")]
    texts = {str(row["id"]): row["text"] for row in rows}
    with TemporaryDirectory() as folder:
        path = f"{folder}/seen.sqlite"
        index = wl.Index.create(path)
        print(f"add {len(texts):,} at once: {timed(lambda _: index.add(texts))}")
        stats = index.stats()
        stored = sum(len(text.encode()) for text in texts.values())
        print(f"{stats.words:,} words, {stored / 1e6:.1f} MB of text, {stats.postings:,} postings")
        long = [text for text in texts.values() if len(text.split()) > 300][:200]
        print(f"one more, durably: {timed(lambda i: index.add({f'new{i}': rows[i]['text']}), 100)}")
        print(f"search, {len(long)} long articles: {timed(lambda i: index.search(long[i]), len(long))}")
        print(f"compact: {timed(lambda _: index.compact())}")
        size = Path(path).stat().st_size
        print(f"file: {size / 1e6:.1f} MB, {size / stats.words:.2f} bytes a word with the texts")
        print(f"search then: {timed(lambda i: index.search(long[i]), len(long))}")
        print(f"open: {timed(lambda _: wl.Index.open(path), 20)}")
        print(f"pairs: {timed(lambda _: index.pairs())}")
        print(f"verify: {timed(lambda _: index.verify())}")


# Articles added in one call.
BATCH = 50_000

OPENED = """
import sys, wortlaut
index = wortlaut.Index.open(sys.argv[1])
lines = open("/proc/self/status").read().splitlines()
print(next(line.split()[1] for line in lines if line.startswith("VmRSS")))
"""


def grow(name: str, count: int) -> None:
    """Print the figures for `count` articles."""
    lines = Path(name).read_text(encoding="utf-8").rstrip("\n").split("\n")
    made = grown([json.loads(line)["text"] for line in lines], count)
    texts = {f"a{number}": text for number, text in enumerate(made)}
    with TemporaryDirectory() as folder:
        path = f"{folder}/seen.sqlite"
        index = wl.Index.create(path, store_texts=False)
        names, begun, clock = list(texts), time.process_time(), time.perf_counter()
        for start in range(0, count, BATCH):
            index.add({name: texts[name] for name in names[start : start + BATCH]})
        taken = time.process_time() - begun
        print(f"add {count:,}: {taken:.0f} s CPU, {time.perf_counter() - clock:.0f} s", flush=True)
        more = timed(lambda i: index.add({f"new{i}": made[i]}), 100)
        print(f"one more, durably: {more}", flush=True)
        texts |= {f"new{i}": made[i] for i in range(100)}
        long = [text for text in made[: count // 20] if 450 < text.count(" ") < 550][:50]
        own = [f"{number} ".join(text.split()) for number, text in enumerate(long)]
        search = timed(lambda i: index.search(own[i], texts=texts), len(long))
        print(f"search of 500 words that nobody has, {index.stats().segments} segments: {search}", flush=True)
        search = timed(lambda i: index.search(long[i], top_k=10, texts=texts), len(long))
        print(f"of 500 that hundreds have in parts, the ten best articles: {search}", flush=True)
        begun = time.process_time()
        index.compact()
        stats = index.stats()
        print(
            f"compact: {time.process_time() - begun:.0f} s CPU; {stats.words:,} words, "
            f"{Path(path).stat().st_size / stats.words:.2f} bytes a word",
            flush=True,
        )
        opened = subprocess.run([sys.executable, "-c", OPENED, path], capture_output=True, check=True)  # noqa: S603 -- ours
        print(f"open: {timed(lambda _: wl.Index.open(path), 20)}, {int(opened.stdout) / 1000:.0f} MB")
        seen = wl.Index.open(path)
        found = [len(seen.search(text, texts=texts)) for text in long]
        search = timed(lambda i: seen.search(long[i], texts=texts), len(long))
        print(f"search, {len(long)} of 500 words, {statistics.median(found):.0f} passages: {search}")
        search = timed(lambda i: seen.search(long[i], top_k=10, texts=texts), len(long))
        print(f"the ten best articles only: {search}")
        search = timed(lambda i: seen.search(own[i], texts=texts), len(long))
        print(f"the same that nobody has, one segment: {search}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file")
    parser.add_argument("--grow", type=int)
    options = parser.parse_args()
    if options.grow:
        grow(options.file, options.grow)
    else:
        main(options.file)
