"""What a notebook shows, in a real JupyterLab: trusted, and reopened by somebody who does not trust it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from hostile import HOSTILE
from shows import shows

if TYPE_CHECKING:
    from collections.abc import Iterator

# Two strings: enough for every type to have rows, and for one of them to try to run.
FIELDS = [HOSTILE[0], HOSTILE[3]]
# Seconds to wait for the server, to start and to stop.
START = 60.0
STOP = 20.0


@pytest.fixture(scope="module")
def cells() -> dict[str, dict[str, str]]:
    return {name: one._repr_mimebundle_() for name, one in shows(FIELDS).items()}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, cells: dict[str, dict[str, str]]) -> Iterator[str]:
    """Start JupyterLab over a folder with the same notebook twice, one of them signed."""
    pytest.importorskip("jupyterlab")
    nbformat = pytest.importorskip("nbformat")
    home = tmp_path_factory.mktemp("lab")
    environment = {
        **os.environ,
        **{f"JUPYTER_{kind}_DIR": str(home / kind) for kind in ("DATA", "CONFIG", "RUNTIME")},
    }
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # All cells are to be drawn, also those below the screen, and nobody starts a kernel.
    (settings / "tracker.jupyterlab-settings").write_text(
        json.dumps({"windowingMode": "none", "autoStartDefaultKernel": False})
    )
    (home / "work").mkdir()
    v4 = nbformat.v4
    notebook = v4.new_notebook(
        cells=[
            v4.new_code_cell(name, outputs=[v4.new_output("display_data", data=bundle)], execution_count=1)
            for name, bundle in cells.items()
        ]
    )
    for name in ("trusted", "untrusted"):
        notebook.metadata["copy"] = name  # what is signed is the content, wherever it lies
        nbformat.write(notebook, home / "work" / f"{name}.ipynb")
    subprocess.run(
        [sys.executable, "-m", "jupyter", "trust", str(home / "work" / "trusted.ipynb")],
        env=environment,
        check=True,
        capture_output=True,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        f"--port={port}",
        "--no-browser",
        "--allow-root",
        "--ServerApp.token=",
        "--ServerApp.password=",
    ]
    options += [f"--LabApp.user_settings_dir={home / 'settings'}", f"--ServerApp.root_dir={home / 'work'}"]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env=environment, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + START
    while time.monotonic() < until and not answers(address):
        time.sleep(0.2)
    yield address
    stop(server)
    shutil.rmtree(home, ignore_errors=True)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a server that may hang while it shuts down its extensions."""
    server.terminate()
    try:
        server.wait(timeout=STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/api", timeout=1) as answer:  # noqa: S310  our own server
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="module", params=["trusted", "untrusted"])
def page(request: pytest.FixtureRequest, browser: Any, lab: str, cells: dict[str, Any]) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1400, "height": 1000}, bypass_csp=True)
    opened.said = []
    opened.on("dialog", lambda dialog: (opened.said.append(dialog.message), dialog.dismiss()))
    # A workspace each: the common one would open the other notebook too.
    opened.goto(f"{lab}/lab/workspaces/{request.param}/tree/{request.param}.ipynb")
    opened.wait_for_selector(".jp-Notebook .jp-RenderedHTMLCommon", timeout=60_000)
    opened.wait_for_function(
        f"document.querySelectorAll('.jp-OutputArea-output.jp-RenderedHTMLCommon').length >= {len(cells)}",
        timeout=60_000,
    )
    opened.is_trusted = request.param == "trusted"
    yield opened
    opened.close()


def outputs(page: Any) -> list[Any]:
    return page.query_selector_all(".jp-OutputArea-output.jp-RenderedHTMLCommon")


def test_every_type_is_shown(page: Any, cells: dict[str, Any]) -> None:
    shown = outputs(page)
    assert len(shown) == len(cells)
    for name, output in zip(cells, shown, strict=True):
        text = output.inner_text()
        assert text.strip(), name
        assert "[object" not in text, name
        assert output.query_selector("table, ins, del, mark, img"), name


def test_nothing_runs_and_nothing_is_left_of_scripts(page: Any) -> None:
    assert page.said == []
    found = page.evaluate(
        "[...document.querySelectorAll('.jp-OutputArea-output')]"
        ".flatMap(node => [...node.querySelectorAll('script, iframe, form, button, svg, [onerror], [onload]')]).length"
    )
    assert found == 0


def test_the_style_is_there_if_the_notebook_is_trusted_and_signs_if_not(
    page: Any, cells: dict[str, Any]
) -> None:
    shown = dict(zip(cells, outputs(page), strict=True))
    hidden = shown["Diff"].query_selector(".wl-hidden")
    size = hidden.bounding_box()
    if page.is_trusted:
        assert size["width"] <= 1, "words for screen readers are not seen"
        ground = (
            shown["Diff"]
            .query_selector(".wortlaut")
            .evaluate("node => getComputedStyle(node).backgroundColor")
        )
        assert ground == "rgb(255, 255, 255)"
        cell = shown["Articles"].query_selector("tbody td")
        assert cell.evaluate("node => getComputedStyle(node).textAlign") == "start"
        figure = shown["Articles"].query_selector("tbody td.wl-figure")
        assert figure.evaluate("node => getComputedStyle(node).textAlign") == "end"
    else:
        assert size["width"] > 1, "without a style sheet these words say what was inserted and what deleted"
        assert shown["Diff"].query_selector("ins") is not None
        assert shown["Diff"].query_selector("del") is not None


def test_pictures_are_loaded_in_both(page: Any, cells: dict[str, Any]) -> None:
    shown = dict(zip(cells, outputs(page), strict=True))
    drawn = [name for name in cells if name.startswith("picture") or name == "Clusters"]
    for name in drawn:
        picture = shown[name].query_selector("img")
        assert picture is not None, name
        assert picture.evaluate("node => node.naturalWidth") > 100, name


def test_nothing_is_wider_than_its_cell(page: Any, cells: dict[str, Any]) -> None:
    for name, output in zip(cells, outputs(page), strict=True):
        inner, outer = output.evaluate("node => [node.scrollWidth, node.clientWidth]")
        assert inner <= outer + 1 or not page.is_trusted, name
