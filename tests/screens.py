"""Draw the screens of the documentation anew, in Chromium; look at each before you commit it.

python tests/screens.py
"""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

import wortlaut as wl

DOCS = Path(__file__).parents[1] / "docs"
LARGEST = 150_000

# Of each screen: the page, its part, the size in pixels, and what the browser is told.
SCREENS: dict[str, tuple[str, str, tuple[int, int], dict[str, Any]]] = {
    "report.png": ("index.html", "", (1100, 1250), {}),
    "screens/report-pair.png": ("pair-3.html", "", (1100, 1100), {}),
    "screens/report-cluster.png": ("cluster-2.html", "", (1100, 760), {}),
    "screens/report-statements.png": ("index.html", "#statements", (1100, 800), {}),
    "screens/report-dark.png": ("pair-1.html", "", (1100, 1000), {"color_scheme": "dark"}),
    "screens/report-narrow.png": ("index.html", "#ranking", (360, 900), {}),
    "screens/report-forced.png": ("pair-1.html", "", (1100, 1000), {"forced_colors": "active"}),
    "screens/report-print.png": ("index.html", "#ranking", (794, 1000), {"media": "print"}),
    "screens/notebook-passages.png": ("passages.html", "", (900, 620), {}),
}


def written(folder: Path) -> None:
    """Write the pages that are drawn."""
    corpus = wl.Corpus(wl.sample_articles())
    corpus.report(folder / "report", title="The bridge and the valve")
    texts = {article.id: article.text for article in corpus.articles}
    wl.passages(texts["agency-de"], texts["swiss"]).to_html(folder / "report" / "passages.html")


def main() -> None:
    """Draw each screen, with few colours so that it stays small."""
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        written(folder)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for target, (page, part, (width, height), media) in SCREENS.items():
            opened = browser.new_page(viewport={"width": width, "height": height})
            opened.emulate_media(**media)
            opened.goto((folder / "report" / page).as_uri() + part)
            drawn = Image.open(BytesIO(opened.screenshot())).convert("RGB").quantize(64)
            (DOCS / target).parent.mkdir(exist_ok=True)
            drawn.save(DOCS / target, optimize=True)
            size = (DOCS / target).stat().st_size
            print(f"{target} {size:,}{' too large' if size > LARGEST else ''}")
            opened.close()


if __name__ == "__main__":
    main()
