"""Print plagdet, false passages and CPU time on a PAN-2013 folder, with difflib and rapidfuzz in the same run.

    python tests/bench/passages.py FOLDER [--every 10]

    python tests/bench/passages.py FOLDER --news reuters.jsonl german.jsonl      runs planted in news as well

FOLDER holds docs.jsonl {id, text}, pairs.tsv (class, suspicious, source) and gold.jsonl {suspicious, source, start,
end, source_start, source_end}; news are JSON lines with a text. Peers are slow: --every 10 takes each tenth pair.
Scores after Potthast et al. 2010.
"""

from __future__ import annotations

import argparse
import collections
import difflib
import json
import math
import pathlib
import random
import re
import time
from collections.abc import Callable

import wortlaut as wl

Rect = tuple[int, int, int, int]
Finder = Callable[[str, str], list[Rect]]


def ours(a: str, b: str) -> list[Rect]:
    """Run `passages` with its defaults."""
    return [(p.a_start, p.a_end, p.b_start, p.b_end) for p in wl.passages(a, b)]


def _words(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"\w+", text))


def _rects(
    a: str, b: str, blocks: Callable[[list[str], list[str]], list[tuple[int, int, int]]]
) -> list[Rect]:
    x, y = _words(a), _words(b)
    found = blocks([w[0].lower() for w in x], [w[0].lower() for w in y])
    return [
        (x[i].start(), x[i + n - 1].end(), y[j].start(), y[j + n - 1].end()) for i, j, n in found if n >= 8
    ]


def by_difflib(a: str, b: str) -> list[Rect]:
    """Matching blocks of at least eight words."""
    return _rects(
        a, b, lambda x, y: difflib.SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks()
    )


def by_rapidfuzz(a: str, b: str) -> list[Rect]:
    """Matching blocks of the longest common subsequence, of at least eight words."""
    from rapidfuzz.distance import LCSseq

    return _rects(a, b, lambda x, y: [tuple(block) for block in LCSseq.opcodes(x, y).as_matching_blocks()])


def common(p: Rect, q: Rect) -> Rect | None:
    """Return what two rectangles share."""
    r = max(p[0], q[0]), min(p[1], q[1]), max(p[2], q[2]), min(p[3], q[3])
    return r if r[0] < r[1] and r[2] < r[3] else None


def _covered(spans: list[tuple[int, int]]) -> int:
    total, reach = 0, -1
    for start, end in sorted(spans):
        total += max(0, end - max(start, reach))
        reach = max(reach, end)
    return total


def _share(p: Rect, others: list[Rect]) -> float:
    parts = [part for q in others if (part := common(p, q))]
    covered = _covered([part[:2] for part in parts]) + _covered([part[2:] for part in parts])
    return covered / (p[1] - p[0] + p[3] - p[2])


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def score(gold: list[list[Rect]], found: list[list[Rect]]) -> tuple[float, float, float, float]:
    """Return plagdet, precision, recall and granularity, macro."""
    recall = _mean([_share(p, f) for g, f in zip(gold, found, strict=True) for p in g])
    precision = _mean([_share(p, g) for g, f in zip(gold, found, strict=True) for p in f])
    hits = [sum(common(p, q) is not None for q in f) for g, f in zip(gold, found, strict=True) for p in g]
    granularity = _mean([float(hit) for hit in hits if hit]) or 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f1 / math.log2(1 + granularity), precision, recall, granularity


def planted(path: pathlib.Path, rounds: int = 1000) -> None:
    """Plant one to four runs of 8 to 80 words of one article in another; print what of them is found, and what else."""
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n")]
    texts = [text for text in texts if text and len(_words(text)) > 120]
    chance = random.Random(1)  # only to be repeatable
    runs = covered = exact = found = stray = 0
    for number in range(rounds):
        a, b = chance.sample(texts, 2)
        if wl.passages(a, b):
            continue
        b, spans = _planted(a, b, 1 + number // 2 % 4, is_swapped=number % 2 == 1, chance=chance)
        rects = ours(a, b)
        covered += sum(any(_holds(rect, span) for rect in rects) for span in spans)
        # A word beside a run may be the same by chance, on either side.
        exact += sum(
            any(_holds(rect, span) and _size(rect) <= _size(span) + 60 for rect in rects) for span in spans
        )
        stray += sum(not any(common(rect, span) for span in spans) for rect in rects)
        runs, found = runs + len(spans), found + len(rects)
    print(
        f"{path.name}: {runs} runs planted, {covered} found, {exact} by themselves, "
        f"{found} passages, {stray} elsewhere"
    )


def _planted(
    a: str, b: str, count: int, *, is_swapped: bool, chance: random.Random
) -> tuple[str, list[Rect]]:
    """Return `b` with runs of `a` in it, and where they stand in both."""
    words, places = [list(wl.Text(text).words) for text in (a, b)]  # a run of half a number is none
    step, other = len(words) // count, len(places) // count
    pieces, spans, reach, length = [], [], 0, 0
    for part in range(count):
        taken = count - 1 - part if is_swapped else part
        size = min(chance.choice((8, 10, 12, 16, 25, 40, 60, 80)), step - 1)
        first = taken * step + chance.randrange(step - size)
        at = places[part * other + chance.randrange(other)].start
        start, end = words[first].start, words[first + size - 1].end
        pieces += [b[reach:at], a[start:end], " "]
        length += at - reach
        spans.append((start, end, length, length + end - start))
        reach, length = at, length + end - start + 1
    return "".join([*pieces, b[reach:]]), spans


def _size(rect: Rect) -> int:
    return rect[1] - rect[0] + rect[3] - rect[2]


def _holds(outer: Rect, inner: Rect) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer[2] <= inner[2] and inner[3] <= outer[3]


def hostile() -> None:
    """Print the time of inputs made to be slow."""
    chance = random.Random(2)  # only to be repeatable
    foreign = [" ".join(f"{side}{int(1 / (chance.random() + 1e-4))}" for _ in range(20_000)) for side in "ab"]
    article = " ".join(f"w{chance.randrange(5000)}." for _ in range(20_000))
    cases = {
        "100,000 times one word": ("der " * 100_000, "der " * 100_000),
        "two unrelated texts of 20,000 words": (foreign[0], foreign[1]),
        "a text of 20,000 words and itself": (article, article),
    }
    for name, (a, b) in cases.items():
        start = time.process_time()
        count = len(wl.passages(a, b))
        print(f"{name}: {time.process_time() - start:.2f} s, {count} passages")


def main() -> None:
    """Read the folder, run all finders, print one table each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--news", type=pathlib.Path, nargs="*", default=[])
    options = parser.parse_args()
    # A line of JSON may hold what Python takes for the end of one.
    with (options.folder / "docs.jsonl").open(encoding="utf-8", newline="\n") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    rows = (options.folder / "pairs.tsv").read_text().splitlines()[1 :: options.every]
    pairs = [row.split("\t") for row in rows]
    gold: dict[tuple[str, str], list[Rect]] = collections.defaultdict(list)
    for case in map(json.loads, (options.folder / "gold.jsonl").read_text().splitlines()):
        span = case["start"], case["end"], case["source_start"], case["source_end"]
        gold[case["suspicious"], case["source"]].append(span)
    finders: list[tuple[str, Finder]] = [
        ("wortlaut", ours),
        ("difflib", by_difflib),
        ("rapidfuzz", by_rapidfuzz),
    ]
    for name, finder in finders:
        start = time.process_time()
        found = [finder(texts[a], texts[b]) for _, a, b in pairs]
        spent = (time.process_time() - start) / len(pairs)
        print(f"{name}: {1000 * spent:.2f} ms a pair")
        for kind in (*sorted({kind for kind, _, _ in pairs}), "all"):
            chosen = [i for i, pair in enumerate(pairs) if kind in (pair[0], "all")]
            wanted = [gold[pairs[i][1], pairs[i][2]] for i in chosen]
            values = score(wanted, [found[i] for i in chosen])
            count = sum(len(found[i]) for i in chosen)
            print(
                f"  {kind:24} plagdet {values[0]:.4f}  P {values[1]:.4f}  R {values[2]:.4f}  G {values[3]:.4f}  {count}"
            )
    for path in options.news:
        planted(path)
    hostile()


if __name__ == "__main__":
    main()
