"""The report in a real browser: nothing overflows, nothing is fetched, nothing runs, everybody can read it."""

from pathlib import Path
from typing import Any

import pytest

import wortlaut as wl

HOSTILE = '<script>document.title="run"</script><img src=x onerror=\'document.title="run"\'> & "quoted" words'

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


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


# A diff, alone and in a notebook

_LONG = " ".join(f"Es regnet seit dem {day}. Mai ohne jede Pause." for day in range(1, 31)) + "\n\n"
OLD = "Der Rat tagt am Montag im alten Rathaus. Es kam niemand.\n\n" + _LONG
NEW = (
    "Es kamen alle.\n\n"
    + _LONG
    + 'Der Rat tagt am Dienstag im alten „Rathaus". '
    + "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente" * 3
)
LAYOUTS = ("inline", "side-by-side")
# What a notebook has around a block: a page of its own ground and a theme it says it has.
NOTEBOOK = (
    '<!doctype html><html lang="en"><title>Notebook</title>'
    '<body data-jp-theme-light="{light}" style="background: {ground}"><main><h1 style="color: {ink}">Cell</h1>'
    "{block}</main></body></html>"
)


@pytest.fixture(scope="module")
def diffs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write both layouts as pages of their own, and as JupyterLab would set them in either theme."""
    folder = tmp_path_factory.mktemp("diffs")
    change = wl.diff(OLD + HOSTILE, NEW + HOSTILE)
    pages: dict[str, Path] = {}
    for layout in LAYOUTS:
        pages[layout] = folder / f"{layout}.html"
        block = change.to_html(pages[layout], layout=layout)
        for scheme, (light, ground, ink) in {
            "light": ("true", "#fff", "#000"),
            "dark": ("false", "#111", "#eee"),
        }.items():
            pages[f"{layout} {scheme}"] = folder / f"{layout}-{scheme}.html"
            cell = NOTEBOOK.format(light=light, ground=ground, ink=ink, block=block)
            pages[f"{layout} {scheme}"].write_text(cell, encoding="utf-8")
    return pages


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_diff_fits_and_its_folds_open(
    browser: Any, diffs: dict[str, Path], layout: str, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(diffs[layout].as_uri())
    folds = page.locator("details > summary")
    assert folds.count() > 0
    hidden = page.locator("details p").first
    assert not hidden.is_visible()
    folds.first.click()
    assert hidden.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert fetched == [diffs[layout].as_uri()]
    assert page.title() != "run"
    page.close()


@pytest.mark.parametrize("system", SCHEMES)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_contrast_of_a_diff_is_enough_in_any_host(
    browser: Any, diffs: dict[str, Path], layout: str, scheme: str, system: str
) -> None:
    """The host's own theme decides, also where the system prefers the other one."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = browser.new_page(color_scheme=system, bypass_csp=True)
    page.goto(diffs[f"{layout} {scheme}"].as_uri())
    page.locator("details > summary").first.click()
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    ground = page.locator(".wortlaut").first.evaluate("node => getComputedStyle(node).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(22, 25, 29)")
    page.close()


def test_the_style_of_a_diff_leaves_the_notebook_alone(browser: Any, diffs: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(diffs["inline light"].as_uri())
    selectors = page.evaluate(
        "[...document.styleSheets].flatMap(sheet => [...sheet.cssRules])"
        ".flatMap(rule => rule.selectorText ? [rule] : [...rule.cssRules])"
        ".flatMap(rule => rule.selectorText.split(','))"
    )
    assert selectors
    assert all(".wortlaut" in selector for selector in selectors)
    page.close()
