"""What other tools say of the same texts, each in an environment of its own; for `docs/compare.md`.

    python tests/bench/compare.py              # all
    python tests/bench/compare.py quid rensa   # these

The environments are made in `target/peers/`, from PyPI. Times are those of the processor, one process at a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import venv
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]

OLD = (
    "Der Rat sagte: „Wir halten den Hafen in diesem Winter offen.“ "
    "Danach gingen alle Mitglieder des Rates gemeinsam in das neue Museum am Markt."
)
NEW = (
    "Danach gingen alle Mitglieder des Rates gemeinsam in das neue Museum am Markt. "
    'Der Rat sagte: "Wir halten den Hafen in diesem Winter offen."'
)

# One statement, whole and in two parts, with marks that close, and one that a printer forgot to close.
QUOTED = {
    "en": 'She said: "We will keep the harbour open." "We will not sell it," she said.',
    "en, a mark not closed": 'She said: "We will keep the harbour open. He left.',
    "de": "Sie sagte: „Wir halten den Hafen offen.“ „Wir verkaufen ihn nicht“, sagte sie.",
}

# The tools, and what pip is asked for.
PEERS = {
    "difflib": [],
    "rapidfuzz": ["rapidfuzz"],
    "redlines": ["redlines", "typing-extensions"],
    "datasketch": ["datasketch"],
    "rensa": ["rensa"],
    "quid": ["quid"],
    "text-matcher": ["text-matcher"],
    "textacy": ["textacy"],
}

# Two articles are alike for a MinHash if more than this share of their shingles is the same.
ALIKE = 0.5


def shingles(text: str, size: int = 5) -> list[str]:
    """Return the runs of `size` words of a text."""
    words = text.casefold().split()
    return [" ".join(words[start : start + size]) for start in range(max(1, len(words) - size + 1))]


def difflib(texts: dict[str, str]) -> dict[str, Any]:
    """Runs of the same words, as `difflib` pairs them."""
    from difflib import SequenceMatcher

    old, new = OLD.split(), NEW.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changed = [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]

    def longest(a: str, b: str) -> bool:
        found = SequenceMatcher(None, a.casefold().split(), b.casefold().split(), autojunk=False)
        return any(block.size >= 8 for block in found.get_matching_blocks())

    return {"example": f"{len(changed)} changes, ratio {matcher.ratio():.2f}", **pairs(texts, longest)}


def rapidfuzz(texts: dict[str, str]) -> dict[str, Any]:
    """How alike the words are."""
    from rapidfuzz.distance import Indel

    def alike(a: str, b: str) -> bool:
        return Indel.normalized_similarity(a.casefold().split(), b.casefold().split()) >= ALIKE

    found = Indel.normalized_similarity(OLD.split(), NEW.split())
    return {"example": f"similarity {found:.2f}, no places", **pairs(texts, alike)}


def redlines(_: dict[str, str]) -> dict[str, Any]:
    """Tracked changes."""
    from redlines import Redlines

    marked = Redlines(OLD, NEW).output_markdown
    return {"example": f"{marked.count('color:red')} deletion, {marked.count('color:green')} insertion"}


def datasketch(texts: dict[str, str]) -> dict[str, Any]:
    """Which articles are alike, by MinHash."""
    from datasketch import MinHash

    def hashed(text: str, size: int = 5) -> Any:
        sketch = MinHash(num_perm=128)
        for shingle in shingles(text, size):
            sketch.update(shingle.encode())
        return sketch

    return {
        "example": f"Jaccard about {hashed(OLD, 3).jaccard(hashed(NEW, 3)):.2f}, no places",
        **sketched(texts, hashed),
    }


def rensa(texts: dict[str, str]) -> dict[str, Any]:
    """Which articles are alike, by MinHash in Rust."""
    from rensa import RMinHash

    def hashed(text: str, size: int = 5) -> Any:
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(shingles(text, size))
        return sketch

    return {
        "example": f"Jaccard about {hashed(OLD, 3).jaccard(hashed(NEW, 3)):.2f}, no places",
        **sketched(texts, hashed),
    }


def quid(texts: dict[str, str]) -> dict[str, Any]:
    """Passages with offsets."""
    from quid.core.Quid import Quid

    def spans(a: str, b: str) -> list[Any]:
        return Quid().compare(a, b)

    def found(a: str, b: str) -> bool:
        return any(len(one.source_span.text.split()) >= 8 for one in spans(a, b))

    told = ", ".join(f"{one.source_span.start} to {one.source_span.end}" for one in spans(OLD, NEW))
    return {"example": f"{len(spans(OLD, NEW))} passages with places ({told})", **pairs(texts, found)}


def text_matcher(_: dict[str, str]) -> dict[str, Any]:
    """Passages by stemmed trigrams; needs word lists that it downloads."""
    from text_matcher.matcher import Matcher, Text

    return {"example": str(Matcher(Text(OLD, "a"), Text(NEW, "b")).match()[0])}


def textacy(_: dict[str, str]) -> dict[str, Any]:
    """Direct quotations; speakers and cues need a model of spaCy, which PyPI doesn't have."""
    import spacy
    from textacy.extract import direct_quotations

    told = {}
    for name, text in QUOTED.items():
        try:
            language = spacy.blank(name[:2])
            language.add_pipe("sentencizer")
            told[name] = f"{len(list(direct_quotations(language(text))))} without a model"
        except ValueError as error:
            told[name] = f"ValueError: {str(error).splitlines()[0][:70]}"
    return {"quotations": told}


def wortlaut(texts: dict[str, str]) -> dict[str, Any]:
    """Passages of this package, and its diff and quotations."""
    import wortlaut as wl

    change = wl.diff(OLD, NEW)
    begun = time.process_time()
    found = wl.Corpus(texts).passages(workers=1)
    spent = time.process_time() - begun
    return {
        "example": f"{change.summary()}; ratio {change.ratio:.2f}",
        "quotations": {name: f"{len(wl.quotes(text))}" for name, text in QUOTED.items()},
        "pairs": sorted({(row.a_id, row.b_id) for row in found}),
        "ms": spent * 1000,
    }


def pairs(texts: dict[str, str], shares: Callable[[str, str], bool]) -> dict[str, Any]:
    """Ask of every pair of texts whether they share anything."""
    begun = time.process_time()
    found = [(a, b) for a, b in combinations(texts, 2) if shares(texts[a], texts[b])]
    return {"pairs": found, "ms": (time.process_time() - begun) * 1000}


def sketched(texts: dict[str, str], hashed: Callable[[str], Any]) -> dict[str, Any]:
    """Ask of every pair of sketches whether the texts are alike."""
    begun = time.process_time()
    sketches = {name: hashed(text) for name, text in texts.items()}
    found = [(a, b) for a, b in combinations(texts, 2) if sketches[a].jaccard(sketches[b]) >= ALIKE]
    return {"pairs": found, "ms": (time.process_time() - begun) * 1000}


def peer(name: str) -> Path:
    """Return the Python of a tool's environment, which is made if it isn't there."""
    folder = ROOT / "target" / "peers" / name
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        if PEERS[name]:
            subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS[name]], check=True)  # noqa: S603 -- ours
    return python


def asked(name: str, texts: dict[str, str]) -> dict[str, Any]:
    """Return what a tool says, from a process of its own."""
    called = subprocess.run(  # noqa: S603 -- ours
        [peer(name), __file__, "--as", name],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
    )
    if called.returncode:
        reason = [line for line in called.stderr.splitlines() if line.strip()][-1]
        missing = "Resource" in called.stderr and "nltk" in called.stderr
        return {"example": "needs word lists that it downloads" if missing else f"failed: {reason}"}
    return dict(json.loads(called.stdout.splitlines()[-1]))


def main() -> None:
    """Print a few lines for each tool."""
    if "--as" in sys.argv:
        name = sys.argv[-1].replace("-", "_")
        print(json.dumps(globals()[name](json.load(sys.stdin))))
        return
    import wortlaut as wl

    texts = {article.id: article.text for article in wl.sample_articles()}
    ours = wortlaut(texts)
    for name in ["wortlaut", *(sys.argv[1:] or PEERS)]:
        told = ours if name == "wortlaut" else asked(name, texts)
        print(f"{name:13}", told.get("example", ""))
        if "pairs" in told:
            theirs, own = ({tuple(one) for one in found["pairs"]} for found in (told, ours))
            less, more = len(own - theirs), sorted(theirs - own)
            told_more = f" ({', '.join(map(' and '.join, more))})" if more else ""
            counts = f"{len(theirs)} pairs of 136, {less} less, {len(more)} more{told_more}"
            print(" " * 13, f"{counts}; {told['ms']:,.0f} ms")
        for kind, found in told.get("quotations", {}).items():
            print(" " * 13, f"quotations, {kind}: {found}")


if __name__ == "__main__":
    main()
