"""The report in a real browser: nothing overflows, nothing is fetched, nothing runs, everybody can read it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wortlaut as wl

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOSTILE = '<script>document.title="run"</script><img src=x onerror=\'document.title="run"\'> & "quoted" words'

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Debian's or the system's Chromium, without a download."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write a report over the samples and one over articles that would rather be scripts."""
    folder = tmp_path_factory.mktemp("reports")
    line = "Der alte Hafen bleibt in diesem Winter für alle Schiffe offen, sagte der Rat am Abend. "
    hostile = {f"{HOSTILE} {name}": line + HOSTILE + name for name in "ab"}
    corpora = {"samples": wl.Corpus(wl.sample_articles()), "hostile": wl.Corpus(hostile)}
    for name, corpus in corpora.items():
        corpus.report(folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in corpora}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["samples", "hostile"])
def test_a_report_fits_fetches_nothing_and_runs_nothing(
    browser: Any, reports: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    fetched: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(reports[name].as_uri())
    assert fetched == [reports[name].as_uri()]
    assert said == []
    assert page.title() != "run"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_folded_parts_open_with_the_keyboard(browser: Any, reports: dict[str, Path]) -> None:
    page = browser.new_page(java_script_enabled=True)
    page.goto(reports["samples"].as_uri())
    summary = page.locator("details > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert summary.evaluate("node => node.parentElement.open")
    page.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_to_complain_about(browser: Any, reports: dict[str, Path], scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = browser.new_page(color_scheme=scheme, bypass_csp=True)
    page.goto(reports["hostile"].as_uri())
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()
