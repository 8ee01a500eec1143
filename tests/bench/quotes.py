"""Quotations: every figure that is claimed for them, on corpora with annotated direct quotations.

    python tests/bench/quotes.py [--only NAME] [--show N] FILE.jsonl [FILE.jsonl ...]

Each line of a file has a `text` and may have `quotes`: [{start, end, speaker: [[start, end], ...]}] with the marks in
`start` and `end`. Recall, kinds, speakers and speed are printed for every file; the variants, the false links and the
corpus are made of all files together. Variants are planted by a seeded script, so that a run can be repeated.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import wortlaut as wl

if TYPE_CHECKING:
    from collections.abc import Callable

Article = dict[str, Any]
Span = tuple[int, int]

SEED = 20_161_108
ROUNDS = 5
RANDOM_PAIRS = 100_000
CORPUS = 10_000
# Words that a quotation must have to be planted, and those of short ones.
LONG = range(6, 10_000)
SHORT = range(3, 6)


def read(path: str) -> list[Article]:
    """Read the articles of a file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").rstrip("\n").split("\n")]


def gold(article: Article) -> set[Span]:
    """List the annotated spans."""
    return {(quote["start"], quote["end"]) for quote in article.get("quotes", ())}


def share(part: float, whole: float) -> float:
    """Divide, with 0 for nothing."""
    return part / whole if whole else 0.0


def f1(hits: int, found: int, wanted: int) -> str:
    """Show precision, recall and their harmonic mean."""
    return f"P {share(hits, found):.3f} R {share(hits, wanted):.3f} F1 {share(2 * hits, found + wanted):.3f}"


def excerpt(text: str, span: Span, around: int = 70) -> str:
    """Show a span in its place."""
    start, end = span
    before, behind = text[max(0, start - around) : start], text[end : end + around]
    return repr(f"{before}⟦{text[start:end]}⟧{behind}")


# --- one text -------------------------------------------------------------------------------------------------------


def recall(articles: list[Article], show: int) -> str:
    """Count the annotated spans that are found exactly."""
    hits = wanted = 0
    for article in articles:
        spans = gold(article)
        missed = spans - {(quote.start, quote.end) for quote in wl.quotes(article["text"])}
        hits, wanted = hits + len(spans) - len(missed), wanted + len(spans)
        for span in sorted(missed)[: max(0, show)]:
            print("    missed", excerpt(article["text"], span))
            show -= 1
    return f"exact spans {share(hits, wanted):.4f} ({hits} of {wanted})"


def kinds(articles: list[Article], show: int) -> str:
    """Hold `kind` against "is a direct quotation", on the marked spans: whole ones alone, and `is_direct`."""
    quotation, either = Counter[str](), Counter[str]()
    for article in articles:
        spans = gold(article)
        for quote in wl.quotes(article["text"]):
            is_wanted = (quote.start, quote.end) in spans
            for counts, names in ((quotation, {"quotation"}), (either, {"quotation", "fragment"})):
                counts.update(found=quote.kind in names, wanted=is_wanted)
                counts["hits"] += is_wanted and quote.kind in names
            if is_wanted != (quote.kind == "quotation") and show > 0:
                place = excerpt(article["text"], (quote.start, quote.end))
                print(f"    {'wanted' if is_wanted else 'not'}", quote.kind, place)
                show -= 1
    shown = [f1(counts["hits"], counts["found"], counts["wanted"]) for counts in (quotation, either)]
    return f"quotation alone: {shown[0]}; direct (quotation or fragment): {shown[1]}"


def speakers(articles: list[Article], show: int) -> str:
    """Hold the speakers against the annotated ones: the spans must overlap."""
    counts = Counter[str]()
    for article in articles:
        named = {
            (quote["start"], quote["end"]): quote.get("speaker") or [] for quote in article.get("quotes", ())
        }
        for quote in wl.quotes(article["text"]):
            wanted = named.get((quote.start, quote.end))
            if wanted is None:
                continue
            is_named = quote.speaker_start is not None
            hit = is_named and any(
                start < quote.speaker_end and quote.speaker_start < end for start, end in wanted
            )
            counts.update(found=is_named, hits=hit, wanted=bool(wanted))
            if (is_named or wanted) and not hit and show > 0:
                text = article["text"]
                is_ = text[quote.speaker_start : quote.speaker_end] if is_named else None
                print(
                    f"    is {is_!r}, not {[text[a:b] for a, b in wanted]}",
                    excerpt(text, (quote.start, quote.end), 150),
                )
                show -= 1
    return f"speakers: {f1(counts['hits'], counts['found'], counts['wanted'])}"


def speed(articles: list[Article], _show: int) -> str:
    """Time one core from text to spans, columns included; the core alone is in `words.rs`."""
    texts = [article["text"] for article in articles]
    best = fastest(lambda: [wl.quotes(text) for text in texts])
    corpus = wl.Corpus(texts)
    in_corpus = fastest(lambda: corpus.quotes(workers=1))
    whole = "\n\n".join(texts)
    in_one = fastest(lambda: wl.quotes(whole))
    size = len(whole.encode()) / 1e6
    return (
        f"{size:.1f} MB: {size / best:.0f} MB/s text by text, {size / in_corpus:.0f} MB/s as a corpus, "
        f"{size / in_one:.0f} MB/s as one text"
    )


def fastest(way: Callable[[], object]) -> float:
    """Return the CPU seconds of the best round."""
    times = []
    for _ in range(ROUNDS):
        begun = process_time()
        way()
        times.append(process_time() - begun)
    return min(times)


# --- two texts ------------------------------------------------------------------------------------------------------

WORD = re.compile(r"\w+(?:['’-]\w+)*")
MARKS = [
    ("„", "“"),
    ("“", "”"),
    ('"', '"'),
    ("»", "«"),
    ("«", "»"),
    ("‘", "’"),
    ("”", "”"),
    ("„", "”"),
    ("« ", " »"),
]


@dataclass(frozen=True)
class Statement:
    """A quotation of an article, without its marks."""

    article: int
    start: int
    end: int
    words: list[str]


def statements(articles: list[Article], sizes: range = LONG) -> list[Statement]:
    """List the annotated quotations of so many words, each wording once."""
    found: dict[tuple[str, ...], Statement] = {}
    for place, article in enumerate(articles):
        for start, end in sorted(gold(article)):
            inner = article["text"][start:end].strip("„“”\"«»‘’‚‹›' \xa0\u202f`,")
            at = article["text"].find(inner, start)
            words = inner.split()
            key = tuple(word.casefold() for word in WORD.findall(inner))
            if len(key) in sizes and not any(mark in inner for mark in '…[„“”"«»'):
                found.setdefault(key, Statement(place, at, at + len(inner), words))
    return list(found.values())


def swapped(words: list[str], _chance: random.Random, _pool: list[str]) -> list[str]:
    """Keep the words; only the marks will differ."""
    return words


def trimmed(words: list[str], chance: random.Random, _pool: list[str]) -> list[str]:
    """Keep a stretch of at least five words or 40 %."""
    keep = chance.randint(min(max(5, len(words) * 2 // 5), len(words) - 1), len(words) - 1)
    start = chance.choice([0, len(words) - keep])
    return words[start : start + keep]


def extended(words: list[str], chance: random.Random, pool: list[str]) -> list[str]:
    """Add one to eight words before or behind."""
    more = [chance.choice(pool) for _ in range(chance.randint(1, 8))]
    return more + words if chance.random() < 0.5 else words + more


def elided(words: list[str], chance: random.Random, _pool: list[str]) -> list[str]:
    """Leave words out in the middle, and say so."""
    start = chance.randint(2, max(2, len(words) // 2))
    end = chance.randint(start + 1, max(start + 1, len(words) - 2))
    dots = chance.choice(["…", "...", "[...]", "(…)", "[…]", "(...)"])
    return [*words[:start], dots, *words[end:]]


def cut(words: list[str], chance: random.Random, _pool: list[str]) -> list[str]:
    """Leave words out in the middle, and say nothing."""
    without = elided(words, chance, [])
    return [word for word in without if word not in {"…", "...", "[...]", "(…)", "[…]", "(...)"}]


def edited(words: list[str], chance: random.Random, pool: list[str]) -> list[str]:
    """Replace, drop or add one to three words inside."""
    words = list(words)
    for _ in range(chance.randint(1, 3 if len(words) > 9 else 1)):
        at = chance.randint(1, max(1, len(words) - 2))
        way = chance.random()
        if way < 0.6:
            words[at] = chance.choice(pool)
        elif way < 0.8:
            del words[at]
        else:
            words.insert(at, chance.choice(pool))
    return words


# Name -> what becomes of the words, the relation that says so, what joins the words, whether marks stay.
VARIANTS: dict[str, tuple[Callable[[list[str], random.Random, list[str]], list[str]], str, str, bool]] = {
    "marks swapped": (swapped, "identical", " ", True),
    "no-break spaces": (swapped, "identical", "\xa0", True),
    "trimmed": (trimmed, "trimmed", " ", True),
    "extended": (extended, "extended", " ", True),
    "elided": (elided, "elided", " ", True),
    "edited": (edited, "edited", " ", True),
    "cut silently": (cut, "edited", " ", True),
    "marks removed": (swapped, "identical", " ", False),
    "marks removed, edited": (edited, "edited", " ", False),
    "marks removed, trimmed": (trimmed, "trimmed", " ", False),
}


def carriers(articles: list[Article]) -> list[tuple[str, list[str]]]:
    """List the sentences of texts without annotated quotations, to plant variants among them, and their words."""
    plain = [article["text"] for article in articles if not gold(article) and len(article["text"]) > 600]
    cut = [[sentence.text for sentence in wl.Text(text).sentences][:12] for text in plain]
    return [(text, sentences) for text, sentences in zip(plain, cut, strict=True) if len(sentences) >= 4]


def planted(articles: list[Article], show: int) -> list[str]:
    """Plant every variant of statements into other articles, and look for it there.

    A hit is a row that overlaps the statement and the variant. Every other row of the two articles counts as false,
    though some are right: an article may say a thing twice.
    """
    chance = random.Random(SEED)
    wanted = statements(articles)
    hosts = carriers(articles)
    pool = [word for one in wanted for word in one.words if word.isalpha()]
    lines, total = [], Counter[str]()
    for name, (change, relation, joint, has_marks) in VARIANTS.items():
        counts, relations = Counter[str](), Counter[str]()
        for statement in chance.sample(wanted, min(1000, len(wanted))):
            opening, closing = chance.choice(MARKS) if has_marks else ("", "")
            variant = joint.join(change(statement.words, chance, pool))
            host = list(chance.choice(hosts)[1])
            at = chance.randint(1, len(host) - 1)
            before = " ".join(host[:at]) + " " + opening
            b = before + variant + closing + " " + " ".join(host[at:])
            rows = wl.shared_quotes(articles[statement.article]["text"], b)
            spans = (statement.start, statement.end), (len(before), len(before) + len(variant))
            score(counts, relations, rows, spans, relation)
            if show > 0 and not is_found(rows, spans, relation):
                show -= 1
                print(f"    {name}:", " ".join(statement.words), "|", opening + variant + closing)
                for row in rows:
                    shown_row = row.relation, row.marked, f"{row.similarity:.2f}", row.a_text, row.b_text
                    print("       ", *shown_row, sep=" | ")
        total += counts
        lines.append(f"  {name:24s} {shown(counts)}  {dict(relations.most_common())}")
    lines.append(f"  {'all':24s} {shown(total)}")
    return lines


def score(
    counts: Counter[str],
    relations: Counter[str],
    rows: wl.SharedQuotes,
    spans: tuple[Span, Span],
    relation: str,
) -> None:
    """Count one pair of articles."""
    hits = [row for row in rows if meets(row, spans)]
    counts.update(wanted=1, hits=bool(hits), found=max(1, len(hits)) if hits else 0)
    counts["found"] += len(rows) - len(hits)
    counts["right"] += any(row.relation == relation for row in hits)
    relations.update([hits[0].relation if hits else "none"])


def meets(row: wl.SharedQuote, spans: tuple[Span, Span]) -> bool:
    """Tell whether a row is about the statement and its variant."""
    (a_start, a_end), (b_start, b_end) = spans
    return row.a_start < a_end and a_start < row.a_end and row.b_start < b_end and b_start < row.b_end


def is_found(rows: wl.SharedQuotes, spans: tuple[Span, Span], relation: str) -> bool:
    """Tell whether there is the one right row and no other."""
    return [(meets(row, spans), row.relation) for row in rows] == [(True, relation)]


def shown(counts: Counter[str]) -> str:
    """Show what was found of the variants."""
    right = share(counts["right"], counts["hits"])
    return f"{f1(counts['hits'], counts['found'], counts['wanted'])}, relation right {right:.3f}"


def false_links(articles: list[Article], show: int) -> list[str]:
    """Count links between random pairs of different statements, with marks on both sides and on one.

    Dated pairs are corpora of two articles of one day.
    """
    chance = random.Random(SEED)
    ways = (
        ("marked both", LONG, "„{}“", False),
        ("marked once", LONG, "{}", False),
        ("marked both, of one day", LONG, "„{}“", True),
        ("short, marked both", SHORT, "„{}“", False),
        ("short, marked both, of one day", SHORT, "„{}“", True),
    )
    lines = []
    for name, words, pattern, is_dated in ways:
        raws = [articles[one.article]["text"][one.start : one.end] for one in statements(articles, words)]
        links = 0
        for _ in range(RANDOM_PAIRS):
            one, other = chance.sample(raws, 2)
            texts = f"„{one}“", pattern.format(other)
            rows = dated(texts) if is_dated else wl.shared_quotes(*texts)
            links += bool(rows)
            if rows and show > 0:
                show -= 1
                print("   ", rows[0].relation, round(rows[0].similarity, 2), "|", one, "|", other)
        lines.append(f"  {name}: {links} of {RANDOM_PAIRS:,} pairs link")
    return lines


def dated(texts: tuple[str, str]) -> wl.SharedQuotes | wl.CorpusSharedQuotes:
    """Compare two articles of one day."""
    return wl.Corpus(texts, dates=["2025-03-05", "2025-03-05"]).shared_quotes(workers=1)


def pair_speed(articles: list[Article], _show: int) -> list[str]:
    """Time two articles of 4 kB, from text to shared quotations: neighbours, and an article with itself."""
    texts = [article["text"] for article in articles if gold(article) and len(article["text"]) >= 4000]
    texts = [text[:4000] for text in texts][:200]
    pairs = list(zip(texts[::2], texts[1::2], strict=False))
    others = fastest(lambda: [wl.shared_quotes(a, b) for a, b in pairs]) / max(1, len(pairs))
    same = fastest(lambda: [wl.shared_quotes(a, a + " ") for a, _ in pairs]) / max(1, len(pairs))
    return [
        f"  {len(pairs)} pairs: {others * 1e3:.3f} ms two articles, {same * 1e3:.3f} ms two copies of one"
    ]


def corpus_speed(articles: list[Article], _show: int) -> list[str]:
    """Time all pairs of CORPUS articles."""
    texts = [article["text"] for article in articles][:CORPUS]
    corpus = wl.Corpus(texts)
    begun = process_time()
    overlaps = len(corpus.overlaps(min_score=0.9))
    index = process_time() - begun
    begun = process_time()
    rows = len(corpus.shared_quotes())
    both = process_time() - begun
    size = f"{len(texts):,} articles, {sum(map(len, texts)) / 1e6:.1f} MB"
    return [f"  {size}: {both:.2f} s CPU, {rows:,} rows (overlaps: {index:.2f} s, {overlaps:,} rows)"]


SINGLE = {"recall": recall, "kinds": kinds, "speakers": speakers, "speed": speed}
TOGETHER = {"planted": planted, "false_links": false_links, "pair": pair_speed, "corpus": corpus_speed}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+")
    parser.add_argument(
        "--only", action="append", choices=[*SINGLE, *TOGETHER], help="this measure; may be repeated"
    )
    parser.add_argument("--show", type=int, default=0, help="print so many cases that are not as wanted")
    options = parser.parse_args()
    names = options.only or [*SINGLE, *TOGETHER]
    files = {path: read(path) for path in options.files}
    for path, articles in files.items():
        chosen = {name: measure for name, measure in SINGLE.items() if name in names}
        annotated = any(gold(article) for article in articles)
        for name, measure in chosen.items():
            if annotated or name == "speed":
                print(f"{Path(path).name}: {measure(articles, options.show)}")
    together = [article for articles in files.values() for article in articles]
    for name, measure in TOGETHER.items():
        if name in names:
            print(f"{name}:")
            print("\n".join(measure(together, options.show)))


if __name__ == "__main__":
    main()
