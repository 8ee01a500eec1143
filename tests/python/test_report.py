"""The report as files: one page within bounds, or a folder of pages that lead to each other."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

import wortlaut as wl
from wortlaut import html
from wortlaut.report import A_FOLDER, gathered

OLD = "der alte Hafen bleibt in diesem Winter für alle Schiffe offen und frei"
NEW = f"Heute: {OLD}, sagt der Rat"


class Page(HTMLParser):
    """The ids, links and headings of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids, self.links, self.levels = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if "href" in told else []
        self.levels += [int(tag[1])] if re.fullmatch(r"h\d", tag) else []


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> dict[str, str]:
    where = tmp_path_factory.mktemp("report") / "samples"
    overview = wl.Corpus(wl.sample_articles()).report(f"{where}/", title="Brücke & Ventil")
    pages = {path.name: path.read_text(encoding="utf-8") for path in where.iterdir()}
    assert pages["index.html"] == overview
    return pages


def archive(size: int) -> wl.Corpus:
    """Return articles of which each has a page's length and shares a sentence with a dozen others."""
    random = Random(5)
    words = [f"wort{number}" for number in range(5000)]
    sentences = [" ".join(random.sample(words, 25)) + "." for _ in range(400)]
    texts = [
        "\n\n".join(" ".join(random.sample(words, 60)) + ". " + random.choice(sentences) for _ in range(8))
        for _ in range(size)
    ]
    return wl.Corpus(texts, outlets=[f"Blatt {number % 40}" for number in range(size)])


class TestOnePage:
    def test_two_hundred_articles_fit_into_three_megabytes(self):
        assert len(archive(200).report().encode()) < 3_000_000

    def test_what_is_left_out_and_how_to_get_it_is_said(self):
        found = gathered(archive(60), max_df=None)
        page = html.report(found)
        rest = found.with_passage - page.count('<section id="pair-')
        assert rest > 0
        assert f"… {rest:,} more, see wortlaut report -o folder/, which writes a page for each" in page

    def test_the_ranking_shows_what_it_ranks_by(self):
        """The share of runs of five words stood there, and the order was that of the covered share."""
        page = wl.Corpus(wl.sample_articles()).report()
        table = page[page.index('id="ranking"') : page.index('id="first-mentions"')]
        rows = [re.findall(r"(\d+)\u00a0%", row) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)]
        shares = [max(map(int, row)) for row in rows if row]
        assert len(shares) == 47
        assert shares == sorted(shares, reverse=True)


class TestFolder:
    def test_every_pair_and_cluster_has_a_page(self, folder):
        found = gathered(wl.Corpus(wl.sample_articles()), max_df=200, bounds=A_FOLDER)
        names = [f"pair-{number}.html" for number in range(1, len(found.pairs) + 1)]
        names += [f"cluster-{number}.html" for number in range(1, len(found.clusters) + 1)]
        assert set(folder) == {"index.html", *names}

    def test_every_link_leads_to_a_place_in_the_folder(self, folder):
        read = {name: Page(text) for name, text in folder.items()}
        for name, page in read.items():
            assert len(page.ids) == len(set(page.ids)), name
            for link in page.links:
                if not link.startswith("https://"):
                    file, _, place = link.partition("#")
                    assert place in read[file or name].ids, (name, link)

    def test_every_page_is_reached_from_the_overview_and_leads_to_its_neighbours(self, folder):
        linked = {link.partition("#")[0] for link in Page(folder["index.html"]).links}
        assert set(folder) - {"index.html"} <= linked
        assert {"index.html#ranking", "pair-1.html#main", "pair-3.html#main"} <= set(
            Page(folder["pair-2.html"]).links
        )
        assert "pair-0.html#main" not in Page(folder["pair-1.html"]).links

    def test_pages_have_titles_of_their_own_and_headings_in_steps(self, folder):
        titles = [re.search("<title>(.*)</title>", text)[1] for text in folder.values()]
        assert len(set(titles)) == len(titles)
        assert "Pair 2 of 47 – Brücke &amp; Ventil" in titles
        for name, text in folder.items():
            levels = Page(text).levels
            assert levels[0] == 1, name
            assert all(after <= before + 1 for before, after in pairwise(levels)), name

    def test_no_page_needs_script_or_network(self, folder):
        for name, text in folder.items():
            assert "<script" not in text, name
            assert "default-src &#x27;none&#x27;" in text, name
            assert not re.search(r'(?:src|rel="stylesheet" href)="(?!data:)', text), name

    def test_many_articles_have_all_their_pages(self, tmp_path):
        overview = archive(130).report(tmp_path / "pages")
        assert len(list(tmp_path.glob("pages/pair-*.html"))) == 1000
        assert all(page.stat().st_size < 3_000_000 for page in tmp_path.glob("pages/*"))
        assert "The first 1,000 have a page; …" in overview


class TestWhereItGoes:
    @pytest.mark.parametrize("name", ["out/", "out", Path("out")])
    def test_a_folder_is_what_ends_in_a_slash_or_has_no_ending(self, tmp_path, monkeypatch, name):
        monkeypatch.chdir(tmp_path)
        wl.Corpus([OLD, NEW]).report(name)
        assert sorted(path.name for path in Path("out").iterdir()) == [
            "cluster-1.html",
            "index.html",
            "pair-1.html",
        ]

    def test_an_earlier_report_is_replaced_only_if_that_is_wanted(self, tmp_path):
        wl.Corpus([OLD, NEW, f"{NEW}!"]).report(tmp_path)
        with pytest.raises(wl.UnreadableFileError, match="holds a report already"):
            wl.Corpus([OLD, NEW]).report(tmp_path)
        wl.Corpus([OLD, NEW]).report(tmp_path, overwrite=True)
        assert not (tmp_path / "pair-2.html").exists()

    def test_a_folder_with_other_files_is_left_alone(self, tmp_path):
        (tmp_path / "notes.txt").write_text("mein")
        for overwrite in (True, False):
            with pytest.raises(wl.UnreadableFileError, match=r"holds 'notes.txt', which is no page"):
                wl.Corpus([OLD, NEW]).report(tmp_path, overwrite=overwrite)
        assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]

    def test_somebody_elses_page_of_the_same_name_is_left_alone(self, tmp_path):
        (tmp_path / "index.html").write_text("<h1>mein</h1>")
        with pytest.raises(wl.UnreadableFileError, match=r"holds 'index.html', which is no page of a report"):
            wl.Corpus([OLD, NEW]).report(tmp_path, overwrite=True)
        assert (tmp_path / "index.html").read_text() == "<h1>mein</h1>"

    def test_how_far_the_pages_are_is_told(self, tmp_path):
        told = []
        wl.Corpus([OLD, NEW]).report(tmp_path, progress=lambda *far: told.append(far))
        assert told[-3:] == [(1, 3), (2, 3), (3, 3)]


def test_articles_of_one_title_without_an_outlet_stay_apart():
    """Named by their titles alone, they would have shared a column of the table of statements."""
    line = "Kern sagte: „Wir werden den alten Hafen in diesem Winter nicht für Schiffe sperren.“"
    articles = [wl.Article(name, f"{line} {name}", title="Der Hafen") for name in "ab"]
    page = wl.Corpus(articles).report()
    table = page[page.index('aria-label="Statements by outlets"') :]
    assert table[: table.index("</thead>")].count("<bdi>Der Hafen</bdi>") == 2


def test_a_changed_fact_comes_first():
    """The report counted differences by level; that a number and a name changed stood nowhere."""
    page = wl.Corpus(wl.sample_articles()).report()
    assert "yes, 1 number, 1 name, 1 negation changed; 2 of wording, 1 moved piece" in page


class TestFilters:
    """Copies of one text are compared once, but where outlets or dates decide, one of them cannot stand for all."""

    TEXTS = (OLD, OLD, OLD, NEW)

    def test_across_outlets_a_copy_elsewhere_still_has_its_pairs(self):
        corpus = wl.Corpus(self.TEXTS, outlets=["Bote", "Kurier", "Bote", "Bote"])
        found = gathered(corpus, max_df=None, across="outlet")
        # The two copies of the Bote stand for each other, and are no pair.
        assert {(pair.a, pair.b) for pair in found.pairs} == {(0, 1), (1, 3)}
        assert (found.same, found.with_passage) == ([[0, 2]], 3)
        wanted = corpus.passages(max_df=None, across="outlet")
        assert {(row.a_id, row.b_id) for row in wanted} == {("0", "1"), ("1", "2"), ("1", "3")}

    def test_within_a_day_a_late_copy_has_no_pair(self):
        dates = ["2025-03-04", "2025-03-09", "2025-03-04", "2025-03-05"]
        corpus = wl.Corpus(self.TEXTS, dates=dates)
        found = gathered(corpus, max_df=None, within="24h")
        assert {(pair.a, pair.b) for pair in found.pairs} == {(0, 3)}
        assert (found.same, found.with_passage) == ([[0, 2]], 3)

    def test_the_page_says_which_pairs_count(self):
        corpus = wl.Corpus(self.TEXTS, outlets=["Bote", "Kurier", "Bote", "Bote"], dates=["2025-03-04"] * 4)
        page = corpus.report(across="outlet", within="48h")
        assert "Only pairs of two outlets and whose dates lie at most 48h apart count." in page
        assert "only those of two outlets and whose dates lie at most 48h apart" in page
        assert "Only pairs" not in corpus.report()

    def test_a_wrong_filter_is_an_error_before_any_work(self):
        with pytest.raises(wl.InvalidValueError, match="across must be"):
            wl.Corpus(["eins"]).report(across="date")
