"""How fast and how well two versions are compared, with difflib and rapidfuzz in the same run.

    python tests/bench/diff.py FILE.jsonl [FILE.jsonl ...] [--pairs 300]

Each file has a `text` on every line. Versions are made from them with a fixed seed: single words replaced, inserted
and deleted; one sentence moved, as it is or with a fifth of its words replaced. Times are CPU time, the ways take
turns and the best round of each counts. Needs rapidfuzz beside the package.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

import wortlaut as wl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SEED = 20250304
ROUNDS = 7
EDITS = 8
# A sentence shorter than this is no news when it moves.
MOVED_WORDS = 6


def texts_of(path: str) -> list[str]:
    """Read the articles of a file."""
    lines = Path(path).read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [text for line in lines if (text := json.loads(line)["text"])]


def best(ways: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Return the seconds of the best round of each way; they take turns."""
    found = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, way in ways.items():
            begun = process_time()
            way()
            found[name] = min(found[name], process_time() - begun)
    return found


def line(name: str, value: str, bar: str = "") -> None:
    """Print one figure, with the bar it is held against."""
    print(f"  {name:58s} {value:>14s}  {bar}")


def cut(texts: Iterable[str], words: int) -> list[str]:
    """Cut long articles to the same number of words, and leave the others out."""
    found = []
    for text in texts:
        ends = wl.Text(text).words.column("end")
        if len(ends) >= words:
            found.append(text[: ends[words - 1]])
    return found


def joined(texts: Sequence[str], words: int, begin: int) -> str:
    """Join articles until there are so many words."""
    whole = " ".join(texts[begin : begin + 2 * words // 100 + 50])
    parts = whole.split()
    return " ".join(parts[:words])


def edited(text: str, share: float, rng: random.Random, pool: Sequence[str]) -> str:
    """Replace, insert or delete a share of the words of a text."""
    words = text.split()
    for at in sorted(rng.sample(range(len(words)), int(len(words) * share)), reverse=True):
        _edit_word(words, at, rng, pool)
    return " ".join(words)


def _edit_word(words: list[str], at: int, rng: random.Random, pool: Sequence[str]) -> None:
    what = rng.choice(("replace", "replace", "insert", "delete"))
    if what == "delete":
        del words[at]
    elif what == "insert":
        words.insert(at, rng.choice(pool))
    else:
        words[at] = rng.choice([word for word in rng.sample(pool, 40) if word != words[at]])


def pool_of(texts: Sequence[str]) -> list[str]:
    """Return running words without marks, as they are distributed, to plant."""
    return [word for text in texts[:200] for word in text.split() if word.isalpha()]


# One pair of 500 words, as versions and as strangers


def small_pairs(texts: list[str], pool: list[str], rng: random.Random, words: int) -> None:
    """Time pairs of articles of the same number of words."""
    articles = cut(texts, words)[:60]
    if len(articles) < 2:
        return
    sets = {
        "edited": [(text, edited(text, 0.03, rng, pool)) for text in articles],
        "unrelated": list(pairwise(articles)),
    }
    for kind, pairs in sets.items():
        ways = {
            "diff": lambda pairs=pairs: [wl.diff(a, b) for a, b in pairs],
            "opcodes": lambda pairs=pairs: [Indel.opcodes(a.split(), b.split()) for a, b in pairs],
            "difflib": lambda pairs=pairs: [
                SequenceMatcher(None, a.split(), b.split(), autojunk=False).get_opcodes()
                for a, b in pairs[:8]
            ],
            "many": lambda pairs=pairs: wl.diff_many(*zip(*pairs, strict=True), workers=1),
        }
        sizes = dict.fromkeys(ways, len(pairs)) | {"difflib": min(8, len(pairs))}
        each = {name: seconds / sizes[name] * 1e6 for name, seconds in best(ways).items()}
        line(f"{words} words, {kind}: diff", f"{each['diff']:.1f} µs", f"rapidfuzz {each['opcodes']:.1f}")
        line(f"{words} words, {kind}: difflib / diff", f"{each['difflib'] / each['diff']:.1f}", "≥ 10")
        line(f"{words} words, {kind}: diff_many, a row", f"{each['many']:.1f} µs")


def large_pairs(texts: list[str], pool: list[str], rng: random.Random) -> None:
    """Time texts of 20,000 words."""
    a, other = joined(texts, 20_000, 0), joined(texts[::-1], 20_000, 0)
    for kind, b in {"edited": edited(a, 0.03, rng, pool), "unrelated": other}.items():
        seconds = best({"diff": lambda b=b: wl.diff(a, b)}, 5)
        line(f"20,000 words, {kind}", f"{seconds['diff'] * 1e3:.1f} ms", "≤ 15")


def hostile() -> None:
    """Time texts that bring quadratic ways to their knees."""
    letter = "a" * 1_000_000
    pairs = {
        '100,000 times "a b" against "b a"': ("a b " * 100_000, "b a " * 100_000),
        "1 MB of one letter": (letter, letter[:-1]),
        "1 MB of one letter as words": ("a " * 500_000, "a " * 499_000),
        "1 MB of one letter against another": ("a " * 500_000, "b " * 500_000),
        "a sentence 20,000 times, and once more": (
            "Es regnet heute. " * 20_000,
            "Es regnet heute. " * 20_001,
        ),
    }
    for name, (a, b) in pairs.items():
        seconds = best({"diff": lambda a=a, b=b: wl.diff(a, b)}, 1)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        line(name, f"{seconds['diff']:.2f} s", f"≤ 1; peak {peak:.0f} MB")


# What was planted, and what is found


def planted_edits(texts: list[str], pool: list[str], rng: random.Random, pairs: int) -> None:
    """Count the edits reported for each edit planted."""
    reported = planted = 0
    for text in [text for text in texts if 250 <= len(text.split()) <= 900][:pairs]:
        words = text.split(" ")
        for at in sorted(rng.sample(range(len(words)), EDITS), reverse=True):
            if words[at].isalpha():
                _edit_word(words, at, rng, pool)
                planted += 1
        reported += len(wl.diff(text, " ".join(words)).changes)
    line("edits reported for each planted", f"{reported / max(planted, 1):.3f}", f"≤ 1.1; {planted} planted")


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, with a full stop each."""
    found = [" ".join(one.text.split()) for one in wl.Text(text).sentences]
    return [one for one in found if one.endswith((".", "!", "?"))]


def move_of(sentences: list[str], rng: random.Random) -> tuple[int, int] | None:
    """Choose a sentence that is unlike every other, and another place for it."""
    long = [i for i, one in enumerate(sentences) if MOVED_WORDS <= len(one.split()) <= 60]
    long = [i for i in long if sentences.count(sentences[i]) == 1]
    if not long or len(sentences) < 4:
        return None
    start = rng.choice(long)
    return start, rng.choice([to for to in range(len(sentences)) if to != start])


def replaced(sentence: str, share: float, rng: random.Random, pool: Sequence[str]) -> str:
    """Replace a share of the words of a sentence."""
    words = sentence.split()
    for at in rng.sample(range(len(words)), round(len(words) * share)):
        words[at] = rng.choice(pool)
    return " ".join(words)


def found_move(change: wl.Diff, sentence: str, other: str) -> bool:
    """Say whether a move covers most of the sentence, or of one that it changed places with."""
    for move in change.moves:
        moved = move[0].a_text.split()
        for one in (sentence, other):
            wanted = one.split()
            shared = len(set(moved) & set(wanted))
            if shared >= 0.6 * len(set(wanted)) and len(moved) >= 0.6 * len(wanted):
                return True
    return False


def planted_moves(texts: list[str], pool: list[str], rng: random.Random, pairs: int) -> None:
    """Count the moves that are found, and those that nobody planted."""
    for share, bar in ((0.0, "≥ .99"), (0.2, "≥ .9")):
        found = extra = tried = 0
        for text in texts:
            sentences = sentences_of(text)
            if not 100 <= len(text.split()) <= 900 or (way := move_of(sentences, rng)) is None:
                continue
            start, to = way
            later = sentences[:start] + sentences[start + 1 :]
            later.insert(to, replaced(sentences[start], share, rng, pool))
            change = wl.diff(" ".join(sentences), " ".join(later))
            # Two neighbours change places: either has moved.
            near = sentences[start + (1 if to > start else -1)] if abs(to - start) == 1 else sentences[start]
            found += found_move(change, sentences[start], near)
            extra += max(len(change.moves) - 1, 0)
            tried += 1
            if tried == pairs:
                break
        value = f"{found / max(tried, 1):.3f}"
        line(f"moves found, {share:.0%} of the words edited", value, f"{bar}; {extra} more in {tried}")


def planted_paragraphs(texts: list[str], pool: list[str], rng: random.Random, pairs: int) -> None:
    """Count the pairs of whose two moved paragraphs every move found ends where a sentence does."""
    for share in (0.0, 0.05, 0.2):
        whole = tried = 0
        for text in texts:
            sentences = sentences_of(text)
            if len(sentences) < 18:
                continue
            old = [" ".join(sentences[start : start + 3]) for start in range(0, 18, 3)]
            new = list(old)
            for moved in rng.sample(old, 2):
                place = new.index(moved)
                new.insert((place + rng.randrange(2, 5)) % 6, new.pop(place))
                new[new.index(moved)] = replaced(moved, share, rng, pool)
            a = "\n\n".join(old)
            ends = [a[: move.old.a_end].rstrip() for move in wl.diff(a, "\n\n".join(new)).moves]
            whole += all(end.endswith(tuple('.!?"”“»')) for end in ends)
            tried += 1
            if tried == pairs:
                break
        name = f"two paragraphs moved, {share:.0%} edited: no cut sentence"
        line(name, f"{whole / max(tried, 1):.3f}", f"of {tried} pairs")


def false_moves(texts: list[str], pool: list[str], rng: random.Random) -> None:
    """Count the moves reported where nothing moved."""
    wrong, tried = 0, 0
    for text in [text for text in texts if 100 <= len(text.split()) <= 900][:1000]:
        wrong += bool(wl.diff(text, edited(text, rng.choice((0.01, 0.05, 0.2, 0.4)), rng, pool)).moves)
        tried += 1
    line("pairs in which nothing moved, with a move", f"{wrong}", f"0; {tried} pairs")


def pages(texts: list[str], pool: list[str], rng: random.Random) -> None:
    """Time the page of a pair of 1,000 words, and weigh it."""
    a = joined(texts, 1000, 0)
    b = edited(a, 0.03, rng, pool)
    change = wl.diff(a, b)
    for layout in ("inline", "side-by-side"):
        seconds = best({"html": lambda layout=layout: wl.diff(a, b).to_html(layout=layout)})
        page = change.to_html(layout=layout)
        ratio = len(page.encode()) / len((a + b).encode())
        line(
            f"page of 1,000 words, {layout}", f"{seconds['html'] * 1e3:.2f} ms", f"≤ 5; size {ratio:.2f} ≤ 5"
        )


def main() -> None:
    """Print every figure for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument(
        "--pairs", type=int, default=300, help="articles in which edits and moves are planted"
    )
    options = parser.parse_args()
    for path in options.files:
        texts, rng = texts_of(path), random.Random(SEED)  # chance is only to be repeatable
        pool = pool_of(texts)
        print(f"{path}: {len(texts)} articles")
        small_pairs(texts, pool, rng, 500)
        small_pairs(texts, pool, rng, 230)
        large_pairs(texts, pool, rng)
        planted_edits(texts, pool, rng, options.pairs)
        planted_moves(texts, pool, rng, options.pairs)
        planted_paragraphs(texts, pool, rng, options.pairs)
        false_moves(texts, pool, rng)
        pages(texts, pool, rng)
    print("hostile texts")
    hostile()


if __name__ == "__main__":
    main()
