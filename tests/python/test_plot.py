"""Pictures: what their tables say, that they are drawings and nothing else, and that the extras are extras."""

from __future__ import annotations

import re
from base64 import b64decode
from xml.etree import ElementTree as ET

import pytest

import wortlaut as wl
from wortlaut import plot

LINE = "Der alte Hafen bleibt in diesem Winter für alle Schiffe offen"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def corpus() -> wl.Corpus:
    return wl.Corpus(wl.sample_articles())


def pictures(corpus: wl.Corpus) -> dict[str, plot.Picture]:
    agency, cut = (
        next(one.text for one in corpus.articles if one.id == name) for name in ("agency-de", "cut-de")
    )
    return {
        "matrix": plot.matrix(corpus),
        "coverage": plot.coverage(corpus, "copied-de"),
        "dots": plot.dots(agency, cut),
        "spread": plot.spread(corpus),
    }


KINDS = ("matrix", "coverage", "dots", "spread")


class TestTables:
    def test_the_matrix_counts_characters_inside_shared_passages(self):
        texts = {"x": LINE, "y": f"Heute: {LINE}", "z": "Es regnet."}
        drawn = plot.matrix(wl.Corpus(texts, outlets=["A", "B", "B"]))
        expected = {("A", "B"): 1.0, ("B", "A"): len(LINE) / len(texts["y"] + texts["z"])}
        rows = zip(drawn.columns["outlet"], drawn.columns["with"], drawn.columns["share"], strict=True)
        assert {(a, b): share for a, b, share in rows} == {
            pair: pytest.approx(share, abs=1e-4) for pair, share in expected.items()
        }

    def test_coverage_says_from_where_and_whether_before(self):
        texts = {"late": f"Heute: {LINE}", "early": LINE, "later": f"{LINE}!"}
        corpus = wl.Corpus(texts, dates=["2025-03-05", "2025-03-04", "2025-03-06"])
        rows = plot.coverage(corpus, "late").to_pandas()
        assert dict(zip(rows["id"], rows["order"], strict=True)) == {"early": "earlier", "later": "later"}
        for _, row in rows.iterrows():
            assert texts["late"][row["start"] : row["end"]] == LINE
            assert row["share"] == pytest.approx(len(LINE) / len(texts["late"]), abs=1e-4)

    def test_dots_are_the_passages(self, corpus):
        a, b = (article.text for article in corpus.articles[:2])
        drawn, found = plot.dots(a, b, min_words=8), wl.passages(a, b, min_words=8)
        assert drawn.columns["a_start"] == found.column("a_start")
        assert drawn.columns["b_end"] == found.column("b_end")

    def test_a_cluster_spreads_in_order_of_time(self, corpus):
        drawn = plot.spread(corpus)
        assert drawn.columns["date"] == sorted(drawn.columns["date"])
        assert drawn.columns["first"][0] is True
        assert sum(drawn.columns["first"]) == 1

    def test_what_was_found_before_is_not_looked_for_again(self, corpus):
        passages, clusters = corpus.passages(), corpus.clusters()
        assert plot.matrix(corpus, found=passages) == plot.matrix(corpus)
        assert plot.coverage(corpus, "swiss", found=passages) == plot.coverage(corpus, "swiss")
        assert plot.spread(corpus, 1, found=clusters) == plot.spread(corpus, 1)

    @pytest.mark.parametrize(
        "draw", [plot.matrix, plot.spread, plot.network, lambda one: plot.coverage(one, "x")]
    )
    def test_only_a_corpus_is_drawn(self, draw):
        with pytest.raises(wl.InvalidTypeError, match="corpus must be a Corpus, got 5; make one"):
            draw(5)

    def test_what_is_not_there_is_told(self, corpus):
        with pytest.raises(
            wl.InvalidValueError, match="id must be that of an article of the corpus, got 'x'"
        ):
            plot.coverage(corpus, "x")
        with pytest.raises(wl.InvalidValueError, match="cluster must be below"):
            plot.spread(corpus, 10_000)
        with pytest.raises(wl.InvalidValueError, match="cluster must be left out: there is none"):
            plot.spread(wl.Corpus(["eins"]))


@pytest.mark.parametrize("name", KINDS)
class TestDrawings:
    def test_are_well_formed_and_hold_shapes_only(self, corpus, name):
        root = ET.fromstring(pictures(corpus)[name].to_svg())
        tags = {node.tag.removeprefix(SVG) for node in root.iter()}
        assert tags <= {"svg", "title", "style", "rect", "line", "circle", "text"}
        assert not [
            key for node in root.iter() for key in node.attrib if key.startswith("on") or "href" in key
        ]
        box = [float(part) for part in root.attrib["viewBox"].split()]
        for node in root.iter(f"{SVG}rect"):
            x, y, width, height = (float(node.get(key, 0)) for key in ("x", "y", "width", "height"))
            assert -1 <= x <= x + width <= box[2] + 1
            assert -1 <= y <= y + height <= box[3] + 1

    def test_stand_in_an_image_before_their_table(self, corpus, name):
        drawn = pictures(corpus)[name]
        page = drawn._repr_mimebundle_()["text/html"]
        assert "<svg" not in page
        data = re.search(r'src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]+)"', page)
        assert data is not None
        assert b64decode(data[1]).decode() == drawn.to_svg()
        assert page.index("<img") < page.index("<table")
        assert f"The figures behind this picture ({len(drawn)})" in page

    def test_axes_hold_as_many_marks(self, corpus, name):
        pyplot = pytest.importorskip("matplotlib.pyplot")
        drawn = pictures(corpus)[name]
        figure, ax = pyplot.subplots()
        assert drawn.plot(ax=ax) is ax
        kinds = [type(mark).__name__ for mark in drawn.scene.marks]
        assert len(ax.patches) == kinds.count("Box")
        assert len(ax.lines) == kinds.count("Line") + kinds.count("Dot")
        assert len(ax.texts) == kinds.count("Label")
        pyplot.close(figure)

    def test_altair_has_the_table(self, corpus, name):
        pytest.importorskip("altair")
        drawn = pictures(corpus)[name]
        spec = drawn.to_altair().to_dict()
        (values,) = spec["datasets"].values() if "datasets" in spec else (spec["data"]["values"],)
        assert len(values) == len(drawn)
        assert {one["field"] for one in spec["encoding"].values()} <= set(values[0])

    def test_the_table_becomes_a_frame(self, corpus, name):
        drawn = pictures(corpus)[name]
        assert drawn.to_pandas().columns.tolist() == list(drawn.columns)
        assert drawn.to_json(lines=True).count("\n") == len(drawn)


def test_a_large_picture_says_what_it_leaves_out() -> None:
    corpus = wl.Corpus([LINE] * 40, outlets=[f"Blatt {number}" for number in range(40)])
    assert plot.matrix(corpus).title == "How much of each outlet stands in others (30 of 40 outlets)"
    assert len(plot.matrix(corpus).columns["share"]) == 40 * 39
    assert plot.coverage(corpus, "0").title.endswith("(30 of 39 articles)")


def test_nothing_shared_is_drawn_too() -> None:
    corpus = wl.Corpus(["eins", "zwei"])
    for drawn in (plot.matrix(corpus), plot.coverage(corpus, "0"), plot.dots("", "")):
        assert len(drawn) == 0
        ET.fromstring(drawn.to_svg())


class TestNetwork:
    CORPUS = wl.Corpus({"x": LINE, "y": f"Heute: {LINE}", "z": f"Also: {LINE}"}, outlets=["A", "B", "B"])

    def test_counts_pairs_passages_and_words(self):
        drawn = plot.network(self.CORPUS)
        assert drawn.nodes == {"A": 1, "B": 2}
        assert drawn.edges == [("A", "B", 2, 2, 22)]
        assert plot.network(self.CORPUS, by="article").edges[0][:2] == ("x", "y")
        assert drawn.to_pandas()["words"].tolist() == [22]
        assert len(wl.Corpus(["eins"]).passages()) == len(plot.network(wl.Corpus(["eins"])).to_pandas()) == 0

    def test_graphml_and_networkx_hold_the_same(self, tmp_path):
        networkx = pytest.importorskip("networkx")
        path = tmp_path / "reuse.graphml"
        drawn = plot.network(wl.Corpus(wl.sample_articles()))
        drawn.to_graphml(path)
        read, made = networkx.read_graphml(path), drawn.to_networkx()
        assert dict(read.nodes(data=True)) == dict(made.nodes(data=True))
        assert {(a, b): data for a, b, data in read.edges(data=True)} == {
            (a, b): data for a, b, data in made.edges(data=True)
        }


@pytest.mark.parametrize(
    ("module", "extra", "use"),
    [
        ("matplotlib.pyplot", "matplotlib", lambda: plot.dots("eins", "eins").plot()),
        ("altair", "altair", lambda: plot.dots("eins", "eins").to_altair()),
        ("networkx", "networkx", lambda: plot.network(wl.Corpus(["eins"])).to_networkx()),
    ],
)
def test_an_extra_that_is_missing_is_named(monkeypatch, module, extra, use) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(wl.MissingExtraError, match=rf"pip install 'wortlaut\[{extra}\]'"):
        use()


def test_letters_are_smaller_on_smaller_axes():
    """On four axes of one figure, names of eight points ran into the marks."""
    pyplot = pytest.importorskip("matplotlib.pyplot")
    drawn = plot.dots("eins zwei drei vier fünf", "eins zwei drei vier fünf")
    small, large = (pyplot.subplots(rows, rows, figsize=(8, 8), squeeze=False)[1][0, 0] for rows in (4, 1))
    sizes = [drawn.plot(ax=axes).texts[0].get_size() for axes in (small, large)]
    assert sizes[0] * 3 < sizes[1]
    pyplot.close("all")


def test_axes_are_asked_for():
    with pytest.raises(wl.InvalidTypeError, match=r"ax must be axes of matplotlib, as plt\.subplots"):
        plot.dots("eins", "eins").plot(ax=5)


class TestTime:
    """What `within` and `since` choose is what is drawn."""

    LINE = "der alte Hafen bleibt in diesem Winter für alle Schiffe noch offen"
    DATES = ("2025-03-04T08:00", "2025-03-04T20:00", "2025-03-09", None)

    def corpus(self):
        texts = [self.LINE, f"Heute: {self.LINE}", f"Nun: {self.LINE}", f"Ach: {self.LINE}"]
        return wl.Corpus(texts, ids=list("abcd"), dates=self.DATES, outlets=["Bote", "Kurier", "Tag", "Post"])

    @pytest.mark.parametrize(
        ("chosen", "pairs"),
        [
            ({"within": "24h"}, {("Bote", "Kurier"), ("Kurier", "Bote")}),
            ({"since": "2025-03-05"}, {(a, "Tag") for a in ("Bote", "Kurier")}),
        ],
    )
    def test_pairs(self, chosen, pairs):
        columns = plot.matrix(self.corpus(), **chosen).columns
        drawn = set(zip(columns["outlet"], columns["with"], strict=True))
        assert drawn == pairs | {(b, a) for a, b in pairs}
        edges = plot.network(self.corpus(), **chosen).edges
        assert {edge[:2] for edge in edges} <= pairs

    def test_an_article_and_a_cluster(self):
        assert plot.coverage(self.corpus(), "b", within="24h").columns["id"] == ["a"]
        assert plot.coverage(self.corpus(), "b", since="2025-03-05").columns["id"] == ["c"]
        assert plot.spread(self.corpus(), within="24h").columns["id"] == ["a", "b"]
        assert plot.spread(self.corpus(), since="2025-03-05").columns["id"] == ["c"]

    def test_what_was_searched_for_already_is_not_searched_for_again(self):
        corpus = self.corpus()
        with pytest.raises(wl.InvalidValueError, match="within must be left out where found is told"):
            plot.matrix(corpus, found=corpus.passages(), within="24h")
        with pytest.raises(wl.InvalidValueError, match="since must be a date"):
            plot.spread(corpus, since="gestern")
