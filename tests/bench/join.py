"""All pairs of a corpus by word 5-grams: CPU time beside peers, and how time and memory grow to a million articles.

    python tests/bench/join.py FILE.jsonl [--articles 10000] [--grow 10000,100000,1000000] [--limit 500MB]
        [--pool fixed,growing] [--words 160]

The file has a `text` on every line. Peers are scikit-learn's exact product of counts and rensa's MinHash LSH, which
is approximate; each is left out where it is not installed. Articles to grow to are made of sentences of the file's
articles, drawn anew by a seeded generator; they have `--words` words on average, and are as unequal as its articles.
Memory is what a call takes beside the texts, at its peak. From a fixed pool, an article of a corpus ten times larger
has ten times more partners, and the pairs of the answer grow with the square; so there is a pool that grows with the
corpus as well, by copies of the sentences that share no five words with each other, and an article has the same number
of partners at every size.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import wortlaut as wl

if TYPE_CHECKING:
    from collections.abc import Callable

N = 5
MIN_SCORE = 0.5
SEED = 1987
# Articles for which the pool is one copy of each sentence.
FIRST = 10_000
ROUNDS = 5


def ours(texts: list[str], **options: object) -> int:
    """Count the pairs whose larger containment is at least MIN_SCORE."""
    return len(wl.Corpus(texts).overlaps(n=N, min_score=MIN_SCORE, **options))


def every(texts: list[str]) -> int:
    """Count them where every n-gram links."""
    return ours(texts, max_df=None, boilerplate="keep")


def product(texts: list[str]) -> int:
    """Count them by a product of sparse matrices: exact."""
    from sklearn.feature_extraction.text import CountVectorizer

    word = r"\w+"
    grams = CountVectorizer(ngram_range=(N, N), binary=True, token_pattern=word).fit_transform(texts)
    sizes = grams.getnnz(axis=1)
    shared = (grams @ grams.T).tocoo()
    pairs = zip(shared.row, shared.col, shared.data, strict=True)
    return sum(a < b and count >= MIN_SCORE * min(sizes[a], sizes[b]) for a, b, count in pairs)


def minhash(texts: list[str]) -> int:
    """Count the pairs that MinHash LSH of 128 permutations in 16 bands gives: approximate."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=MIN_SCORE, num_perm=128, num_bands=16)
    hashes = []
    for place, text in enumerate(texts):
        words = text.lower().split()
        sketch = RMinHash(num_perm=128, seed=SEED)
        sketch.update([" ".join(words[at : at + N]) for at in range(max(1, len(words) - N + 1))])
        index.insert(place, sketch)
        hashes.append(sketch)
    return sum(
        other > place and sketch.jaccard(hashes[other]) >= MIN_SCORE / (2 - MIN_SCORE)
        for place, sketch in enumerate(hashes)
        for other in index.query(sketch)
    )


def compare(texts: list[str]) -> None:
    """Print a line for each way."""
    ways: dict[str, tuple[Callable[[list[str]], int], int, str]] = {
        "wortlaut, all n-grams": (every, ROUNDS, "wortlaut"),
        "wortlaut, as it comes": (ours, ROUNDS, "wortlaut"),
        "rensa MinHash LSH": (minhash, 3, "rensa"),
        "scikit-learn product": (product, 1, "sklearn"),
    }
    fastest = 0.0
    for name, (way, rounds, module) in ways.items():
        if find_spec(module) is None:
            continue
        times, pairs = [], 0
        for _ in range(rounds):
            begun = process_time()
            pairs = way(texts)
            times.append(process_time() - begun)
        median = statistics.median(times)
        fastest = fastest or median
        print(f"  {name:24s} {median:8.3f} s CPU, {median / fastest:6.1f} times, {pairs:,} pairs")


def grown(texts: list[str], count: int, words: int, *, copies: int = 1) -> list[str]:
    """Make `count` articles of sentences drawn anew from so many `copies` of all.

    They have so many `words` on average: each about as many as one of `texts`, times what these lack.
    """
    chance = random.Random(SEED)
    pool = [sentence.text for text in texts for sentence in wl.Text(text).sentences]
    sizes = [len(sentence.split()) for sentence in pool]
    lengths = [len(text.split()) for text in texts]
    longer = words / statistics.mean(lengths)
    every = range(len(pool))

    def article() -> str:
        drawn, wanted = [], chance.choice(lengths) * longer
        while wanted > 0:
            place = chance.choice(every)
            # A last sentence that is longer than what is wanted comes as often as keeps the mean.
            if sizes[place] > wanted and chance.random() * sizes[place] > wanted:
                break
            wanted -= sizes[place]
            drawn.append(pool[place] if copies == 1 else copied(pool[place], chance.randrange(copies)))
        return " ".join(drawn)

    return [article() for _ in range(count)]


def copied(sentence: str, copy: int) -> str:
    """Mark every third word with the number of the copy, so that no five in a row are those of another one."""
    words = sentence.split()
    words[::3] = [f"{word}{copy:x}" for word in words[::3]]
    return " ".join(words)


def status(name: str) -> int:
    """Return a figure of this process in bytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def grow(texts: list[str], count: int, pool: str, options: argparse.Namespace) -> None:
    """Print what so many articles take."""
    copies = max(1, count // FIRST) if pool == "growing" else 1
    made = grown(texts, count, options.words, copies=copies)
    words = sum(len(text.split()) for text in made)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = status("VmRSS")
    begun = process_time()
    pairs = ours(made, memory_limit=options.limit)
    taken = process_time() - begun
    memory = (status("VmHWM") - before) / words
    print(
        f"  {pool:8s} {count:9,} articles, {words / 1e6:6.1f} M words: {taken:7.2f} s CPU, "
        f"{taken / count * 1e6:5.1f} µs an article, {memory:4.1f} bytes a word, "
        f"{pairs:,} pairs, {pairs / count:.2f} an article",
        flush=True,
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--grow", default="10000,100000,1000000")
    parser.add_argument("--pool", default="fixed,growing")
    parser.add_argument("--words", type=int, default=160)
    parser.add_argument("--limit")
    options = parser.parse_args()
    lines = Path(options.file).read_text(encoding="utf-8").rstrip("\n").split("\n")
    texts = [json.loads(line)["text"] for line in lines]
    if options.articles:
        print(f"{min(len(texts), options.articles):,} articles")
        compare(texts[: options.articles])
    for pool in options.pool.split(","):
        for count in filter(None, options.grow.split(",")):
            grow(texts, int(count), pool, options)


if __name__ == "__main__":
    main()
