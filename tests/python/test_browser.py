"""The report in a real browser: nothing overflows, nothing is fetched, nothing runs, everybody can read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wortlaut as wl

HOSTILE = '<script>document.title="run"</script><img src=x onerror=\'document.title="run"\'> & "quoted" words'

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")

# How a page is seen: its width in pixels, and what the browser is told of the screen. An A4 page has 794.
SEEN: dict[str, dict[str, Any]] = {
    "wide": {"width": 1280},
    "narrow": {"width": 360},
    "dark": {"width": 1280, "color_scheme": "dark"},
    "dark and narrow": {"width": 360, "color_scheme": "dark"},
    "print": {"width": 794, "media": "print"},
    "forced colours": {"width": 1280, "forced_colors": "active"},
    "forced colours, dark and narrow": {"width": 360, "forced_colors": "active", "color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write a report over the samples, one over articles that would rather be scripts, and a folder of either."""
    folder = tmp_path_factory.mktemp("reports")
    line = "Der alte Hafen bleibt in diesem Winter für alle Schiffe offen, sagte der Rat am Abend. "
    word = "Donaudampfschifffahrtsgesellschaft" * 6
    hostile = [
        wl.Article(
            f"{HOSTILE} {name}", line + HOSTILE + name, title=HOSTILE + word, outlet=f"{HOSTILE} {name}"
        )
        for name in "ab"
    ]
    pages: dict[str, Path] = {}
    for name, corpus in {"samples": wl.Corpus(wl.sample_articles()), "hostile": wl.Corpus(hostile)}.items():
        pages[name] = folder / f"{name}.html"
        corpus.report(pages[name])
        corpus.report(folder / name)
        for part in ("index", "pair-1", "cluster-1"):
            pages[f"{name}, {part}"] = folder / name / f"{part}.html"
    return pages


@pytest.fixture(params=SEEN)
def seen(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """Open a page that is seen in one of these ways, and note what it fetches and says."""
    media = dict(SEEN[request.param])
    page = browser.new_page(viewport={"width": media.pop("width"), "height": 900}, bypass_csp=True)
    page.emulate_media(**media)
    page.fetched, page.said = [], []
    page.on("request", lambda one: page.fetched.append(one.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("dialog", lambda dialog: page.said.append(dialog.message))
    yield page
    page.close()


def test_a_report_fits_fetches_nothing_and_runs_nothing(seen: Any, reports: dict[str, Path]) -> None:
    for name, path in reports.items():
        seen.fetched.clear()
        seen.goto(path.as_uri())
        assert [url for url in seen.fetched if not url.startswith("data:image/svg+xml")] == [path.as_uri()], (
            name
        )
        assert seen.said == [], name
        assert seen.title() != "run", name
        assert seen.evaluate("document.documentElement.scrollWidth") <= seen.viewport_size["width"], name


def test_axe_finds_nothing_to_complain_about(seen: Any, reports: dict[str, Path]) -> None:
    """Of the folders, whose pages have every part of the one page and are small enough for axe."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for name in ("samples, pair-1", "samples, cluster-1", "hostile, index", "hostile, pair-1"):
        seen.goto(reports[name].as_uri())
        found = axe.run(seen)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def test_no_column_is_a_letter_wide(seen: Any, reports: dict[str, Path]) -> None:
    """In print, `overflow-wrap: anywhere` left names a column of one letter, and a row of clusters took half a page."""
    seen.goto(reports["samples, index"].as_uri())
    lines = seen.evaluate(
        "[...document.querySelectorAll('.wl-stack .wl-name')].map(name => name.offsetHeight / "
        "parseFloat(getComputedStyle(name).lineHeight))"
    )
    assert len(lines) > 100
    assert max(lines) < 4


def test_paper_has_what_is_folded_away_but_no_figures_behind_pictures(
    browser: Any, reports: dict[str, Path]
) -> None:
    page = browser.new_page()
    page.goto(reports["samples"].as_uri())
    page.emulate_media(media="print")
    statement = page.locator("#statement-1 li").first
    assert statement.is_visible()
    assert not page.locator(".wl-figures").first.is_visible()
    assert not page.locator("nav").is_visible()
    page.close()


def test_a_report_is_read_from_the_keyboard(browser: Any, reports: dict[str, Path]) -> None:
    """Skip to the content, follow a link of the ranking, open what is folded, go to the next pair and back."""
    page = browser.new_page(java_script_enabled=True)
    page.goto(reports["samples, index"].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "wl-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("#ranking a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pair-1.html#pair-1")
    summary = page.locator("details > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert summary.evaluate("node => node.parentElement.open")
    page.get_by_text("Next pair").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pair-2.html#main")
    page.get_by_text("Overview").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html#ranking")
    page.close()


def test_a_screen_reader_finds_its_way(browser: Any, reports: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(reports["samples, index"].as_uri())
    told = page.locator("body").aria_snapshot()
    for part in (
        'heading "17 articles, word for word" [level=1]',
        'navigation "Contents"',
        "main",
        'region "Pairs by rank"',
        'img "How much of each outlet stands in others"',
        'columnheader "Versions of one text"',
    ):
        assert part in told, part
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
