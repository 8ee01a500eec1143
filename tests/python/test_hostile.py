"""Strings that would rather run, through every field of everything that shows itself, in a real browser."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import wortlaut as wl
from hostile import HOSTILE
from shows import articles, shows
from wortlaut import plot

# What is done when one of them gets its way: a dialog, a request, a new title, or an element that we never make.
RUNS = ["<script>document.title='run'</script>", "<img src=x onerror=\"document.title='run'\">"]
FIELDS = [*HOSTILE, *RUNS]
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Cell</title>'
FORBIDDEN = (
    "script, iframe, object, embed, form, button, link, base, svg, math, [onload], [onerror], [onfocus]"
)
OWN_PLACES = "".join(
    f":not([href^='{start}'])" for start in ("http", "#", "index.html#", "pair-", "cluster-")
)
LOOSE = "img:not([src^='data:image/svg+xml;base64,'])"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write each thing as a page of its own, whole, and the drawings as files of their own too."""
    folder = tmp_path_factory.mktemp("hostile")
    found = shows(FIELDS)
    pages: dict[str, Path] = {}
    for number, (name, one) in enumerate(found.items()):
        pages[name] = folder / f"{number}.html"
        if hasattr(one, "to_html"):
            one.to_html(pages[name])
        else:
            block = one._repr_mimebundle_()["text/html"]
            pages[name].write_text(HEAD + block, encoding="utf-8")
        if isinstance(one, plot.Picture):
            pages[f"{name}, alone"] = folder / f"{number}.svg"
            one.to_svg(pages[f"{name}, alone"])
    pages["report"] = folder / "report.html"
    found["Corpus"].report(pages["report"], title=FIELDS[0])
    found["Corpus"].report(folder / "report", title=FIELDS[0])
    pages |= {f"report/{path.name}": path for path in (folder / "report").glob("*[1-9x].html")}
    return pages


def test_there_are_many_and_they_are_hostile() -> None:
    assert len(set(FIELDS)) >= 40
    assert len(articles(FIELDS)) == 2 * len(FIELDS)


def test_none_runs_in_anything_that_shows_itself(browser: Any, pages: dict[str, Path]) -> None:
    page = browser.new_page(bypass_csp=True)
    said: list[str] = []
    fetched: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: fetched.append(request.url))
    for name, path in pages.items():
        fetched.clear()
        page.goto(path.as_uri())
        loaded = [url for url in fetched if not url.startswith("data:image/svg+xml;base64,")]
        assert loaded == [path.as_uri()], name
        assert page.title() != "run", name
        if path.suffix == ".html":
            assert page.locator(f"{FORBIDDEN}, {LOOSE}").count() == 0, name
            assert page.locator(f"a[href]{OWN_PLACES}").count() == 0, name
    assert said == []
    page.close()


def test_each_of_them_is_shown(browser: Any, pages: dict[str, Path]) -> None:
    """What is not run is not swallowed either: the table of articles has each string as its text."""
    page = browser.new_page()
    page.goto(pages["Articles"].as_uri())
    text = page.locator("body").inner_text()
    for field in FIELDS:
        plain = "".join(character for character in field if character.isascii() and character.isprintable())
        if plain == field:
            assert " ".join(field.split()) in " ".join(text.split()), field
    page.close()


SCREEN = '<meta name="viewport" content="width=device-width">'

# A result is one block of somebody's page: headings and landmarks are the page's own.
PAGE_RULES = ("page-has-heading-one", "landmark-one-main", "region")


# How a notebook is seen: its width in pixels, and what the browser is told of the screen. An A4 page has 794.
SEEN: dict[str, dict[str, Any]] = {
    "wide": {"width": 1280},
    "narrow": {"width": 360},
    "dark": {"width": 1280, "color_scheme": "dark"},
    "dark and narrow": {"width": 360, "color_scheme": "dark"},
    "print": {"width": 794, "media": "print"},
    "forced colours": {"width": 1280, "forced_colors": "active"},
    "forced colours, dark and narrow": {"width": 360, "forced_colors": "active", "color_scheme": "dark"},
}


def opened(browser: Any, media: dict[str, Any], **options: Any) -> Any:
    """Return a new page that is seen so."""
    media = dict(media)
    page = browser.new_page(viewport={"width": media.pop("width"), "height": 900}, **options)
    page.emulate_media(**media)
    return page


@pytest.mark.parametrize("media", SEEN.values(), ids=SEEN)
def test_everybody_can_read_what_shows_itself(browser: Any, tmp_path: Path, media: dict[str, Any]) -> None:
    """As a notebook shows it, capped: of larger pages axe takes minutes."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(browser, media, bypass_csp=True)
    rules = {rule: {"enabled": False} for rule in PAGE_RULES}
    for name, one in shows(FIELDS[:4]).items():
        path = tmp_path / "cell.html"
        path.write_text(HEAD + SCREEN + one._repr_mimebundle_()["text/html"], encoding="utf-8")
        page.goto(path.as_uri())
        found = axe.Axe().run(page, options={"rules": rules})
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    page.close()


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write what a notebook shows of each thing as a page."""
    folder = tmp_path_factory.mktemp("cells")
    pages: dict[str, Path] = {}
    for number, (name, one) in enumerate(shows([*FIELDS[:2], "Donaudampfschifffahrt" * 12]).items()):
        pages[name] = folder / f"{number}.html"
        pages[name].write_text(HEAD + SCREEN + one._repr_mimebundle_()["text/html"], encoding="utf-8")
    return pages


@pytest.mark.parametrize("media", SEEN.values(), ids=SEEN)
def test_everything_fits_wherever_it_is_seen(
    browser: Any, cells: dict[str, Path], media: dict[str, Any]
) -> None:
    page = opened(browser, media)
    for name, path in cells.items():
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= media["width"], name
        for changed in page.query_selector_all("ins:not(.wl-moved), del:not(.wl-moved)")[:3]:
            line = changed.evaluate("node => getComputedStyle(node).textDecorationLine")
            assert line in ("underline", "line-through"), (
                f"{name}: a change is told by a line, not by colour alone"
            )
    page.close()


def test_none_breaks_out_of_a_network(tmp_path: Path) -> None:
    corpus = wl.Corpus(articles(FIELDS))
    network = plot.network(corpus, by="article")
    network.to_graphml(tmp_path / "reuse.graphml")
    root = ET.parse(tmp_path / "reuse.graphml").getroot()
    tags = {node.tag.partition("}")[2] for node in root.iter()}
    assert tags == {"graphml", "key", "graph", "node", "edge", "data"}
    assert len(root.findall(".//{*}node")) == 2 * len(FIELDS)
