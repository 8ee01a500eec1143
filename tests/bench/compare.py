"""What other tools say of one change of typography and one moved sentence; for `docs/compare.md`.

    python tests/bench/compare.py

Needs rapidfuzz, redlines and datasketch beside the package.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from datasketch import MinHash
from rapidfuzz.distance import Indel
from redlines import Redlines

import wortlaut as wl

OLD = (
    "Der Rat sagte: „Wir halten den Hafen in diesem Winter offen.“ "
    "Danach gingen alle Mitglieder des Rates gemeinsam in das neue Museum am Markt."
)
NEW = (
    "Danach gingen alle Mitglieder des Rates gemeinsam in das neue Museum am Markt. "
    'Der Rat sagte: "Wir halten den Hafen in diesem Winter offen."'
)


def shingles(text: str) -> list[str]:
    """Return the runs of three words of a text."""
    words = text.split()
    return [" ".join(words[start : start + 3]) for start in range(len(words) - 2)]


def hashed(text: str) -> MinHash:
    """Return the MinHash of a text's shingles."""
    sketch = MinHash(num_perm=128)
    for shingle in shingles(text):
        sketch.update(shingle.encode())
    return sketch


def main() -> None:
    """Print a line for each tool."""
    old, new = OLD.split(), NEW.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changed = [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]
    print(f"difflib     {len(changed)} changes, ratio {matcher.ratio():.2f}")
    print(f"rapidfuzz   similarity {Indel.normalized_similarity(old, new):.2f}")
    print(f"redlines    {Redlines(OLD, NEW).output_markdown[:60]} ...")
    print(f"datasketch  Jaccard about {hashed(OLD).jaccard(hashed(NEW)):.2f}")
    change = wl.diff(OLD, NEW)
    print(f"wortlaut    {change.summary()}; ratio {change.ratio:.2f}")


if __name__ == "__main__":
    main()
