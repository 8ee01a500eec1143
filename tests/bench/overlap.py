"""Row-wise ratios: CPU time a pair of 230-word articles, text to number, with peers in the same run.

    python tests/bench/overlap.py FILE.jsonl [FILE.jsonl ...]

Each file has a `text` on every line. Articles of at least 230 words are cut to that length and paired with their
neighbours. The ways take turns, so that a noisy neighbour disturbs all of them alike; the best round of each counts.
Needs rapidfuzz beside the package.
"""

from __future__ import annotations

import json
import sys
from difflib import SequenceMatcher
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

import wortlaut as wl

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = 230
ROUNDS = 9
MOST_PAIRS = 2000
# difflib is slow enough to be measured on fewer pairs.
DIFFLIB_PAIRS = 100


def pairs_of(path: str) -> tuple[list[str], list[str]]:
    """Cut long articles to the same number of words and pair each with the next."""
    cut = []
    for line in Path(path).read_text(encoding="utf-8").rstrip("\n").split("\n"):
        text = json.loads(line)["text"]
        words = wl.Text(text).words
        if len(words) >= WORDS:
            cut.append(text[: words.column("end")[WORDS - 1]])
    cut = cut[: 2 * MOST_PAIRS]
    return cut[0::2][: len(cut) // 2], cut[1::2]


def ways_of(a: list[str], b: list[str]) -> dict[str, tuple[Callable[[], object], int]]:
    """Name the ways to measure the pairs, and how many pairs each looks at."""
    pairs = list(zip(a, b, strict=True))
    few = pairs[:DIFFLIB_PAIRS]
    return {
        "wortlaut, ratio": (lambda: wl.overlap_many(a, b, only="ratio", workers=1), len(a)),
        "wortlaut, all ratios": (lambda: wl.overlap_many(a, b, workers=1), len(a)),
        "wortlaut, one call a pair": (lambda: [wl.overlap(x, y) for x, y in pairs], len(a)),
        "rapidfuzz on split words": (
            lambda: [Indel.normalized_similarity(x.split(), y.split()) for x, y in pairs],
            len(a),
        ),
        "difflib on split words": (
            lambda: [SequenceMatcher(None, x.split(), y.split(), autojunk=False).ratio() for x, y in few],
            len(few),
        ),
    }


def main() -> None:
    """Print a table for each file."""
    for path in sys.argv[1:]:
        a, b = pairs_of(path)
        ways = ways_of(a, b)
        best = dict.fromkeys(ways, float("inf"))
        for _ in range(ROUNDS):
            for name, (way, count) in ways.items():
                begun = process_time()
                way()
                best[name] = min(best[name], (process_time() - begun) / count)
        size = sum(map(len, a + b)) / len(a)
        print(f"{path}: {len(a)} pairs, {size:.0f} characters a pair")
        for name, seconds in best.items():
            print(f"  {name:28s} {seconds * 1e6:8.1f} µs a pair")


if __name__ == "__main__":
    main()
