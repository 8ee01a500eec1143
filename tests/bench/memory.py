"""Memory of a `Text` in bytes a word, besides the text itself.

python tests/bench/memory.py FILE.jsonl [FILE.jsonl ...]
"""

import json
import sys
from pathlib import Path

import wortlaut as wl


def main() -> None:
    """Print a line for each file."""
    for path in sys.argv[1:]:
        lines = Path(path).read_text(encoding="utf-8").rstrip("\n").split("\n")
        texts = [wl.Text(json.loads(line)["text"]) for line in lines]
        words = sum(len(text.words) for text in texts)
        print(f"{path}: {words:,} words, {sum(text.nbytes for text in texts) / words:.2f} bytes a word")


if __name__ == "__main__":
    main()
