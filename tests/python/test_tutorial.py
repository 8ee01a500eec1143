"""The notebooks of the documentation: every cell runs in a kernel, and what it shows is what the page says of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
CELL = re.compile(r"^```\{code-cell\} ipython3\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(page: Path) -> list[Any]:
    """Return the cells of a page with what they show."""
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    sources = CELL.findall(page.read_text(encoding="utf-8"))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return list(notebook.cells)


@pytest.fixture(scope="module")
def cells() -> list[Any]:
    return run(DOCS / "tutorial.md")


def shown(cells: list[Any], source: str, kind: str = "text/plain") -> str:
    """Return what the one cell shows that ends with `source`."""
    (cell,) = [cell for cell in cells if cell.source.rstrip().endswith(source)]
    (output,) = [output for output in cell.outputs if output.output_type == "execute_result"]
    return str(output.data[kind])


@pytest.mark.filterwarnings("ignore")  # kernels warn of sockets and event loops of their own
class TestTutorial:
    def test_nothing_is_said_beside_the_results(self, cells):
        assert [output for cell in cells for output in cell.outputs if output.output_type == "stream"] == []

    def test_the_figures_are_those_of_the_page(self, cells):
        assert shown(cells, "corpus") == "Corpus(17 articles, 16 outlets)"
        assert shown(cells, "len(corpus.problems)") == "(17, 0)"
        assert shown(cells, "\noverlaps").startswith("PairOverlaps: 10 rows")
        facts = shown(cells, "change.facts.items()\n}")
        assert "('85.000', '58.000')" in facts
        assert "('Hattermann', 'Hattemer')" in facts
        assert "'negation'" in facts
        lost = shown(cells, "\nlost")
        assert lost.count(" comment ") == lost.count("[…]") >= 1
        assert "report.html" in shown(cells, "\nwritten")

    @pytest.mark.parametrize("source", ["plot.matrix(corpus, found=passages)", "plot.spread(corpus)"])
    def test_pictures_are_shown(self, cells, source):
        assert "data:image/svg+xml" in shown(cells, source, "text/html")


# What the pages say in words, and where the cell that shows it ends.
TOLD = {
    "archive": [("iterdir()))", "79"), ("\nnetwork", "Network(16 nodes, 35 edges)")],
    "folder": [("\nread", "empty.txt: the file is empty"), ("page.extra", "'Kurier', '2025-03-04'")],
    "frames": [("corpus.problems", "row 2: text of '13' is missing"), ('only="ratio"))', "0.8")],
    "quotations": [
        ("found[0].negation", "('elided', True)"),
        ('a dog", transcript))', "0"),
        ("if mention.negation]", "ohne den schriftlichen Segen"),
    ],
    "versions": [
        ("change.summary()", "1 number, 1 name, 1 negation changed"),
        ("\nstory", "version 3: 1 number"),
    ],
}


@pytest.mark.filterwarnings("ignore")
class TestHowTo:
    @pytest.mark.parametrize("page", TOLD)
    def test_a_page_runs_and_shows_what_it_says(self, page):
        found = run(DOCS / "how-to" / f"{page}.md")
        for source, told in TOLD[page]:
            assert told in shown(found, source), source

    def test_no_page_is_forgotten(self):
        assert sorted(TOLD) == sorted(page.stem for page in (DOCS / "how-to").glob("*.md"))
        index = (DOCS / "how-to.md").read_text(encoding="utf-8")
        assert all(f"how-to/{page}\n" in index for page in TOLD)


@pytest.mark.filterwarnings("ignore")
def test_long_work_in_a_notebook_has_a_bar_and_no_warning(tmp_path):
    """The bar for notebooks that tqdm has wants ipywidgets, and warns of "IProgress" without; ours is text."""
    page = tmp_path / "long.md"
    page.write_text(
        "```{code-cell} ipython3\n"
        "import wortlaut as wl\n"
        "from wortlaut import progress\n"
        "progress._PATIENCE = 0.0\n"
        'line = "der alte Hafen bleibt in diesem Winter noch offen "\n'
        "len(wl.Corpus([line * 20 + str(number) for number in range(60)]).passages(progress=True)) > 0\n"
        "```\n"
    )
    (cell,) = run(page)
    said = "".join(output.text for output in cell.outputs if output.output_type == "stream")
    assert "aligning" in said
    assert "IProgress" not in said
    assert {output.output_type for output in cell.outputs} == {"stream", "execute_result"}
