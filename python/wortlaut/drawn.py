"""How much outlets share, worked out and drawn: for pictures of a corpus, and for its report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from wortlaut.errors import counted
from wortlaut.pairs import merged
from wortlaut.picture import Picture
from wortlaut.scene import WIDTH, Box, Label, Mark, Scene, labelled, legend

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wortlaut.corpus_rows import CorpusPassages

# Rows and columns that a picture has room for; the table has all.
MOST_DRAWN = 30

# From the margin with the names to the drawing, and from one row to the next.
LEFT = 190.0
ROW = 22.0
TOP = 26.0

# Shares from which a field gets the next darker shade, as in the tables.
_STEPS = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9)

# Stretches of text: of an article, in code points.
Spans = list[tuple[int, int]]


def stretches(found: CorpusPassages) -> Iterable[tuple[int, int, int, int]]:
    """Yield both sides of each passage: the place of the article, that of the other one, start and end.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> list(stretches(Corpus([line, "Heute: " + line]).passages()))
    [(0, 1, 0, 49), (1, 0, 7, 56)]
    """
    a, b = found._hidden["a"].to_list(), found._hidden["b"].to_list()
    edges = [found.column(name) for name in ("a_start", "a_end", "b_start", "b_end")]
    for one, other, a_start, a_end, b_start, b_end in zip(a, b, *edges, strict=True):
        yield one, other, a_start, a_end
        yield other, one, b_start, b_end


def outlets_drawn(
    sizes: Sequence[int], outlets: Sequence[Sequence[str]], shared: Iterable[tuple[int, int, int, int]]
) -> Picture:
    """Draw how much of each outlet's text stands in each other one's.

    `sizes` are those of the texts, `outlets` those that carry each text (as often as they carry it), `shared` the
    `stretches` of the texts. The rows are in order of what they share.

    >>> drawn = outlets_drawn([8, 8], [["Kurier"], ["Bote", "Tag"]], [(0, 1, 0, 4), (1, 0, 4, 8)])
    >>> list(zip(drawn.columns["outlet"], drawn.columns["with"], drawn.columns["share"]))[:3]
    [('Bote', 'Tag', 1.0), ('Tag', 'Bote', 1.0), ('Bote', 'Kurier', 0.5)]
    """
    shares = _shares(sizes, outlets, shared)
    weight = dict.fromkeys((name for names in outlets for name in names), 0.0)
    for (outlet, _), share in shares.items():
        weight[outlet] += share
    names = sorted(weight, key=lambda name: -weight[name])
    columns: dict[str, list[Any]] = {
        "outlet": [outlet for outlet, _ in shares],
        "with": [other for _, other in shares],
        "share": [round(share, 4) for share in shares.values()],
    }
    told = titled("How much of each outlet stands in others", names)
    return Picture(
        told, columns, _grid(names, shares), chart("rect", x="with:N", y="outlet:N", color="share:Q")
    )


def _shares(
    sizes: Sequence[int], outlets: Sequence[Sequence[str]], shared: Iterable[tuple[int, int, int, int]]
) -> dict[tuple[str, str], float]:
    """Return the share of each outlet's text that it shares with each other one, the largest first."""
    carried = [Counter(names) for names in outlets]
    spans: dict[tuple[int, str], Spans] = {}
    for here, there, start, end in shared:
        for other in carried[there]:
            spans.setdefault((here, other), []).append((start, end))
    for here, names in enumerate(carried):  # what two outlets carry as it is, they share from end to end
        for other in names if len(names) > 1 else ():
            spans[here, other] = [(0, sizes[here])]
    whole: Counter[str] = Counter()
    for size, names in zip(sizes, carried, strict=True):
        whole.update({name: number * size for name, number in names.items()})
    covered: Counter[tuple[str, str]] = Counter()
    for (here, other), one in spans.items():
        size = length(one)
        covered.update({(name, other): n * size for name, n in carried[here].items() if name != other})
    shares = {pair: size / whole[pair[0]] for pair, size in covered.items() if size}
    return dict(sorted(shares.items(), key=lambda one: (-one[1], one[0])))


def length(spans: Spans) -> int:
    """Return how many characters stretches cover, those that overlap counted once.

    >>> length([(0, 4), (2, 5)])
    5
    """
    return sum(end - start for start, end in merged(spans))


def _grid(names: Sequence[str], shares: Mapping[tuple[str, str], float]) -> Scene:
    drawn = names[:MOST_DRAWN]
    cell = min(36.0, (WIDTH - LEFT) / max(1, len(drawn)))
    marks: list[Mark] = []
    for row, outlet in enumerate(drawn):
        y = TOP + row * ROW
        marks += [Label(20, y + 15, str(row + 1), "end", "quiet"), labelled(26, y + 15, outlet)]
        marks.append(Label(LEFT + (row + 0.5) * cell, TOP - 8, str(row + 1), "middle", "quiet"))
        for column, other in enumerate(drawn):
            share = shares.get((outlet, other), 0.0)
            colour = "line" if row == column else _shade(share)
            marks.append(Box(LEFT + column * cell, y, cell - 2, ROW - 2, colour))
    bottom = TOP + len(drawn) * ROW + 8
    steps = [(f"step-{number}", f"{share:.0%} up") for number, share in enumerate(_STEPS, 1)]
    return Scene(WIDTH, bottom + 22, [*marks, *legend(bottom, steps, x=LEFT)])


def _shade(share: float) -> str:
    step = sum(share >= edge for edge in _STEPS)
    return f"step-{step}" if step else "panel"


def titled(title: str, drawn: Sequence[object], what: str = "outlet") -> str:
    """Return a title that says how many of the rows have room.

    >>> titled("Who", range(40))
    'Who (30 of 40 outlets)'
    """
    return title if len(drawn) <= MOST_DRAWN else f"{title} ({MOST_DRAWN} of {counted(len(drawn), what)})"


def chart(mark: str, **encoding: str) -> dict[str, Any]:
    """Return a mark and encodings for Vega-Lite, each a field and its type as in ``share:Q``.

    >>> chart("bar", x="start:Q", x2="end")["encoding"]
    {'x': {'field': 'start', 'type': 'quantitative'}, 'x2': {'field': 'end'}}
    """
    types = {"Q": "quantitative", "N": "nominal", "T": "temporal"}
    told: dict[str, Any] = {}
    for channel, name in encoding.items():
        field, _, kind = name.partition(":")
        told[channel] = {"field": field, "type": types[kind]} if kind else {"field": field}
    return {"mark": {"type": mark}, "encoding": told}
