"""Pictures as SVG: a scene drawn in the colours of the pages, as a file or as an image with a table behind it."""

from collections.abc import Collection, Sequence

from wortlaut.html.escape import Html, element, image, join, shape
from wortlaut.html.style import COLOURS
from wortlaut.html.table import table
from wortlaut.scene import Box, Dot, Line, Mark, Scene

_FONT = "font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;"


def drawing(scene: Scene, title: str) -> Html:
    """Draw a scene as an SVG document in light and dark, with a title for screen readers.

    >>> drawing(Scene(10.0, 10.0, [Dot(5.0, 5.0, "new")]), "<b>").count("&lt;b&gt;")
    1
    """
    ground = shape("rect", width=scene.width, height=scene.height, class_="wl-paper")
    return shape(
        "svg",
        shape("title", title),
        shape("style", _sheet({"paper", *(mark.colour for mark in scene.marks)})),
        ground,
        *map(_drawn, scene.marks),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {scene.width:.0f} {scene.height:.0f}",
        width=scene.width,
        height=scene.height,
        role="img",
    )


def _sheet(used: Collection[str]) -> str:
    dark = _rules(used, 1)
    return f"text {{ {_FONT} }} {_rules(used, 0)} @media (prefers-color-scheme: dark) {{ {dark} }}"


def _rules(used: Collection[str], which: int) -> str:
    return " ".join(
        f".wl-{name} {{ fill: {pair[which]}; stroke: none; }} "
        f"line.wl-{name} {{ stroke: {pair[which]}; stroke-width: 1.5; }}"
        for name, pair in COLOURS.items()
        if name in used
    )


def _drawn(mark: Mark) -> Html:
    kind = f"wl-{mark.colour}"
    if isinstance(mark, Box):
        return shape("rect", x=mark.x, y=mark.y, width=mark.width, height=mark.height, class_=kind)
    if isinstance(mark, Line):
        return shape("line", x1=mark.x1, y1=mark.y1, x2=mark.x2, y2=mark.y2, class_=kind)
    if isinstance(mark, Dot):
        return shape("circle", cx=mark.x, cy=mark.y, r=4.0, class_=kind)
    return shape("text", mark.text, x=mark.x, y=mark.y, text_anchor=mark.anchor, class_=kind)


def picture(scene: Scene, title: str) -> Html:
    """Set a picture as an image under its title.

    >>> "data:image/svg+xml" in picture(Scene(10.0, 10.0, []), "Who copied")
    True
    """
    drawn = element("p", image(drawing(scene, title), title), class_="wl-picture")
    return join(element("p", title), drawn)


def with_table(
    scene: Scene, title: str, headers: Sequence[str], rows: Sequence[Sequence[object]], *, limit: int | None
) -> Html:
    """Set a picture with its figures as a table below, folded away.

    >>> "&lt;b&gt;" in with_table(Scene(10.0, 10.0, []), "Who copied", ["outlet"], [["<b>"]], limit=None)
    True
    """
    figures = table(headers, rows, limit=limit, name=title)
    folded = element("summary", f"The figures behind this picture ({len(rows):,})")
    return join(picture(scene, title), element("details", folded, figures, class_="wl-figures"))
