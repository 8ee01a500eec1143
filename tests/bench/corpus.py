"""All pairs of a corpus: CPU time, list of str to table, with a plain index in Python as the peer.

    python tests/bench/corpus.py FILE.jsonl [ARTICLES]

The file has a `text` on every line; ARTICLES (10,000) of them are taken. Then come 2,000 copies of one report, every
second one with a word changed, and 2,000 that are the same. Each way is run once.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from itertools import combinations, islice
from pathlib import Path
from time import process_time

import wortlaut as wl

N = 5
MIN_SCORE = 0.5
_WORD = re.compile(r"\w+")


def plain(texts: list[str]) -> int:
    """Count the pairs whose larger containment is at least MIN_SCORE, with dicts and sets."""
    standing: dict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes = []
    for place, text in enumerate(texts):
        words = _WORD.findall(text.casefold())
        grams = set(zip(*(islice(words, start, None) for start in range(N)), strict=False))
        sizes.append(len(grams))
        for gram in grams:
            standing[gram].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in standing.values():
        shared.update(combinations(places, 2))
    return sum(count / min(sizes[a], sizes[b]) >= MIN_SCORE for (a, b), count in shared.items())


def copies(number: int, *, changed: bool) -> list[str]:
    """Make copies of a report of 56 words; if `changed`, every second one has a word of its own."""
    words = [f"wort{place}" for place in range(56)]
    return [
        " ".join([*words[:30], f"anders{copy}", *words[31:]] if changed and copy % 2 else words)
        for copy in range(number)
    ]


def main() -> None:
    """Print a line for each way."""
    path, *rest = sys.argv[1:]
    most = int(rest[0]) if rest else 10_000
    lines = Path(path).read_text(encoding="utf-8").rstrip("\n").split("\n")[:most]
    texts = [json.loads(line)["text"] for line in lines]
    print(f"{path}: {len(texts)} articles, {sum(map(len, texts)):,} characters")
    near, same = copies(2000, changed=True), copies(2000, changed=False)
    ways = {
        "wortlaut, all overlaps": lambda: len(
            wl.Corpus(texts).overlaps(n=N, min_score=MIN_SCORE, max_df=None, boilerplate="keep")
        ),
        "Python dicts, all overlaps": lambda: plain(texts),
        "wortlaut, overlaps": lambda: len(wl.Corpus(texts).overlaps(n=N, min_score=MIN_SCORE)),
        "wortlaut, passages": lambda: len(wl.Corpus(texts).passages()),
        "wortlaut, shared quotes": lambda: len(wl.Corpus(texts).shared_quotes()),
        "near copies, passages": lambda: len(wl.Corpus(near).passages()),
        "near copies, all passages": lambda: len(wl.Corpus(near).passages(max_df=None)),
        "copies, report": lambda: len(wl.Corpus(same).report()),
    }
    for name, way in ways.items():
        begun = process_time()
        rows = way()
        print(f"  {name:26s} {process_time() - begun:8.2f} s CPU, {rows:,} rows (of a page: characters)")


if __name__ == "__main__":
    main()
