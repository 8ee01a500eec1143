"""How long a report takes, and how large it is: one page, and a folder of pages.

    python tests/bench/report.py FILE.jsonl ...

Of each file, the first 200 and 1,000 texts.
"""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import wortlaut as wl


def main() -> None:
    """Print a line for each file and number of articles; times are those of the processor."""
    for name in sys.argv[1:]:
        for number in (200, 1000):
            with Path(name).open(encoding="utf-8") as lines, TemporaryDirectory() as folder:
                corpus = wl.Corpus([json.loads(line)["text"] for line in islice(lines, number)])
                begun = process_time()
                page = corpus.report()
                half = process_time()
                corpus.report(f"{folder}/report")
                sizes = [path.stat().st_size for path in Path(folder, "report").iterdir()]
                print(
                    f"{Path(name).stem} {len(corpus):,}: page of {len(page.encode()) / 1e6:.2f} MB in "
                    f"{half - begun:.2f} s; "
                    f"{len(sizes):,} pages of {sum(sizes) / 1e6:.1f} MB, the largest {max(sizes) / 1e6:.2f}, "
                    f"in {process_time() - half:.2f} s"
                )


if __name__ == "__main__":
    main()
