"""The tutorial as a notebook: every cell runs in a kernel, and what it shows is what the page says of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
CELL = re.compile(r"^```\{code-cell\} ipython3\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def cells() -> list[Any]:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    sources = CELL.findall(PAGE.read_text(encoding="utf-8"))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return list(notebook.cells)


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
        facts = shown(cells, "change.facts.items()}")
        assert "('85.000', '58.000')" in facts
        assert "('Hattermann', 'Hattemer')" in facts
        assert "'negation'" in facts
        lost = shown(cells, "\nlost")
        assert lost.count(" comment ") == lost.count("[…]") >= 1
        assert "report.html" in shown(cells, "\nwritten")

    @pytest.mark.parametrize("source", ["plot.matrix(corpus, found=passages)", "plot.spread(corpus)"])
    def test_pictures_are_shown(self, cells, source):
        assert "data:image/svg+xml" in shown(cells, source, "text/html")
