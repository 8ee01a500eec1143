"""Clusters on articles into which a seeded generator plants passages: how well they are told apart, and how fast.

    python tests/bench/clusters.py [--clusters 200] [--passages 1000000]

Planted are passages of 30 to 80 words into 3 to 200 articles each, some copies with a word or two changed; some
passages are nested (a part of them stands in other articles alone), some articles are chained (B has one part from A
and another one from C). What is planted is a stretch with one set of articles; the adjusted Rand index compares, for
each article's copy of a stretch, the stretch with the cluster of the member that covers most of it. Then it is timed
how long joining so many passages takes, beside finding them.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass
from math import comb
from time import process_time

import wortlaut as wl

SEED = 1913


class Generator:
    """Makes words that hardly come twice, and articles of planted stretches."""

    def __init__(self, seed: int) -> None:
        """Begin the same way every time."""
        self.chance = random.Random(seed)
        self.articles: list[list[tuple[str, int | None]]] = []
        self.stretches = 0

    def words(self, count: int) -> str:
        """Return a text of so many words of six letters."""
        return " ".join("".join(self.chance.choices("abcdefghijklmnoprstuvw", k=6)) for _ in range(count))

    def changed(self, text: str) -> str:
        """Change a word or two, of every third copy."""
        words = text.split()
        if self.chance.random() < 1 / 3:
            for _ in range(self.chance.randint(1, 2)):
                words[self.chance.randrange(3, len(words) - 3)] = self.words(1)
        return " ".join(words)

    def stretch(self, low: int = 30, high: int = 80) -> tuple[str, int]:
        """Return a new stretch and its number."""
        self.stretches += 1
        return self.words(self.chance.randint(low, high)), self.stretches

    def plant(self, parts: list[tuple[str, int]]) -> None:
        """Add an article with these stretches in a row."""
        planted: list[tuple[str, int | None]] = [(self.changed(text), number) for text, number in parts]
        around = [(self.words(self.chance.randint(20, 60)), None) for _ in range(2)]
        self.articles.append([around[0], *planted, around[1]])

    def size(self) -> int:
        """Return how many articles have a stretch: mostly few."""
        return round(3 * (200 / 3) ** (self.chance.random() ** 2))

    def cluster(self) -> None:
        """Plant a plain, a nested, or a chained one."""
        kind = self.chance.choice(["plain", "plain", "nested", "chained"])
        if kind == "plain":
            one = self.stretch()
            for _ in range(self.size()):
                self.plant([one])
        elif kind == "nested":
            before, inner, behind = self.stretch(), self.stretch(), self.stretch()
            for _ in range(self.size()):
                self.plant([before, inner, behind])
            for _ in range(self.size()):
                self.plant([inner])
        else:
            one, other = self.stretch(), self.stretch()
            for _ in range(self.size()):
                self.plant([one])
            self.plant([one, other])
            for _ in range(self.size()):
                self.plant([other])


@dataclass
class Copy:
    """A planted copy of a stretch."""

    article: int
    start: int
    end: int
    stretch: int


def built(generator: Generator) -> tuple[list[str], list[Copy]]:
    """Return the texts and where which stretch stands."""
    order = list(range(len(generator.articles)))
    generator.chance.shuffle(order)
    texts, copies = [], []
    for number, place in enumerate(order):
        text = ""
        for part, stretch in generator.articles[place]:
            text += " " if text else ""
            if stretch is not None:
                copies.append(Copy(number, len(text), len(text) + len(part), stretch))
            text += part
        texts.append(text)
    return texts, copies


def adjusted_rand(wanted: list[int], found: list[int]) -> float:
    """Return how much two partitions agree beyond chance (Hubert and Arabie 1985)."""
    both = sum(comb(count, 2) for count in Counter(zip(wanted, found, strict=True)).values())
    rows, columns = (sum(comb(count, 2) for count in Counter(side).values()) for side in (wanted, found))
    chance = rows * columns / comb(len(wanted), 2)
    return (both - chance) / ((rows + columns) / 2 - chance)


def labels(copies: list[Copy], members: wl.Clusters) -> list[int]:
    """Return the cluster of each copy, a number of its own where there is none."""
    of_article: dict[str, list[wl.Member]] = {}
    for member in members:
        of_article.setdefault(member.id, []).append(member)
    found = []
    for alone, copy in enumerate(copies):
        shared = Counter[int]()
        for member in of_article.get(str(copy.article), ()):
            shared[member.cluster] += max(0, min(copy.end, member.end) - max(copy.start, member.start))
        best, most = shared.most_common(1)[0] if shared else (0, 0)
        found.append(best if most else -1 - alone)
    return found


def quality(clusters: int) -> None:
    """Print the adjusted Rand index."""
    generator = Generator(SEED)
    for _ in range(clusters):
        generator.cluster()
    texts, copies = built(generator)
    corpus = wl.Corpus(texts)
    for name, options in {"as it comes": {}, "boilerplate kept": {"boilerplate": "keep"}}.items():
        members = corpus.clusters(**options)
        found = labels(copies, members)
        index = adjusted_rand([copy.stretch for copy in copies], found)
        lost = sum(label < 0 for label in found)
        print(
            f"  {name:16s} {len(texts):,} articles, {len(copies):,} copies of {generator.stretches} stretches: "
            f"adjusted Rand index {index:.4f}, {lost} copies in no cluster, {len(members):,} members"
        )


def planted(passages: int) -> tuple[list[str], int]:
    """Return articles that share so many passages, and how many copies of stretches stand in them."""
    generator = Generator(SEED)
    left = passages
    while left > 0:
        size = generator.size()
        one = generator.stretch()
        for _ in range(size):
            generator.plant([one])
        left -= comb(size, 2)
    texts, copies = built(generator)
    return texts, len(copies)


def speed(passages: int) -> None:
    """Print what finding and joining so many passages takes."""
    texts, copies = planted(passages)
    corpus = wl.Corpus(texts)
    found = len(corpus.passages())
    marks: list[tuple[int, float]] = []
    begun = process_time()
    members = len(corpus.clusters(progress=lambda done, total: marks.append((total - done, process_time()))))
    ended = process_time()
    # Joining begins behind the last pair that is aligned, and is told every 50 ms that none is left.
    aligned = max(taken for left, taken in marks if left)
    print(
        f"  {found:,} passages of {copies:,} copies: {aligned - begun:.1f} s CPU to find, "
        f"{ended - aligned:.1f} to join, {members:,} members"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clusters", type=int, default=200)
    parser.add_argument("--passages", type=int, default=1_000_000)
    options = parser.parse_args()
    if options.clusters:
        quality(options.clusters)
    if options.passages:
        speed(options.passages)


if __name__ == "__main__":
    main()
