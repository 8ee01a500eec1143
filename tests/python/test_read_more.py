"""Reading what newsrooms have beside texts and tables: web pages, Parquet, web archives, files larger than memory."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import wortlaut as wl
from wortlaut.read import rows

BODY = (
    "Der Rat tagt am Montag im alten Rathaus und will den Hafen offen halten, sagte der Sprecher.",
    "Es kam niemand, und das war auch gut so, denn der Saal war kalt und die Türen waren zu.",
)


def page(*paragraphs: str, charset: str = "utf-8", date: str = "2025-03-04") -> str:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="de"><head><meta charset="{charset}"><title>Rat tagt</title>'
        '<meta property="og:site_name" content="Kurier"><meta name="author" content="Ada Kern">'
        f'<meta property="article:published_time" content="{date}">'
        '<meta property="og:url" content="https://kurier.example/rat"></head><body><nav><a href="/">Start</a></nav>'
        f"<article><h1>Rat tagt</h1>{told}</article><footer>Impressum</footer></body></html>"
    )


@pytest.fixture
def trafilatura() -> None:
    pytest.importorskip("trafilatura")


@pytest.mark.usefixtures("trafilatura")
class TestPages:
    def test_the_article_is_told_from_the_page(self, tmp_path):
        (tmp_path / "rat.html").write_text(page(*BODY), encoding="utf-8")
        (article,) = wl.read_articles(tmp_path)
        assert article.text.split("\n\n")[-2:] == list(BODY)
        assert "Impressum" not in article.text
        assert (article.id, article.title, article.outlet, article.lang) == (
            "rat",
            "Rat tagt",
            "Kurier",
            "de",
        )
        assert article.url == "https://kurier.example/rat"
        assert article.date is not None
        assert article.date.date().isoformat() == "2025-03-04"

    def test_the_name_of_the_file_adds_what_the_page_leaves_out(self, tmp_path):
        bare = f"<html><body><article><p>{BODY[0]}</p><p>{BODY[1]}</p></article></body></html>"
        (tmp_path / "2023-09-16_bote_rat.html").write_text(bare, encoding="utf-8")
        (article,) = wl.read_articles(tmp_path / "2023-09-16_bote_rat.html")
        assert (article.outlet, article.date and article.date.day) == ("bote", 16)

    @pytest.mark.parametrize("charset", ["windows-1252", "utf-8", "utf-16"])
    def test_its_encoding_is_found_out(self, tmp_path, charset):
        (tmp_path / "rat.htm").write_bytes(page(*BODY, charset=charset).encode(charset))
        assert BODY[1] in wl.read_articles(tmp_path)[0].text

    def test_a_page_without_an_article_is_a_problem_among_others(self, tmp_path, caplog):
        for name, data in {"a.html": b"", "b.html": b"<html></html>", "c.html": b"%PDF-1.7"}.items():
            (tmp_path / name).write_bytes(data)
        (tmp_path / "d.html").write_text(page(*BODY), encoding="utf-8")
        articles = wl.read_articles(tmp_path)
        assert articles.ids == ["d"]
        assert [Path(problem.source).name for problem in articles.problems] == ["a.html", "b.html", "c.html"]
        assert articles.problems[2].reason == "not text but a PDF; extract its text first"
        assert caplog.text == ""


def test_without_trafilatura_a_page_alone_raises_and_one_of_many_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    (tmp_path / "a.html").write_text(page(*BODY), encoding="utf-8")
    with pytest.raises(wl.MissingExtraError, match=r"pip install 'wortlaut\[html\]'"):
        wl.read_articles(tmp_path / "a.html")
    (tmp_path / "b.txt").write_text(BODY[0], encoding="utf-8")
    articles = wl.read_articles(tmp_path)
    assert articles.ids == ["b"]
    assert "pip install 'wortlaut[html]'" in articles.problems[0].reason


@pytest.fixture
def table() -> dict[str, list[object]]:
    return {
        "body": [BODY[0], None, BODY[1]],
        "nr": [7, 8, 9],
        "published_at": ["2025-03-04", None, "2025-03"],
    }


class TestParquet:
    @pytest.mark.parametrize("by", ["pyarrow", "polars"])
    def test_rows_are_articles(self, tmp_path, table, by, monkeypatch):
        polars = pytest.importorskip("polars")
        path = tmp_path / "a.parquet"
        polars.DataFrame(table).write_parquet(path)
        monkeypatch.setattr("wortlaut.read.parquet.is_here", lambda name: name == by)
        articles = wl.read_articles(path, id="nr")
        assert (articles.ids, articles.texts) == (["7", "9"], list(BODY))
        assert [problem.row for problem in articles.problems] == [2]
        assert articles[1].date_precision == "month"
        with pytest.raises(wl.InvalidValueError, match="no column 'nummer' for the id"):
            wl.read_articles(path, id="nummer")

    def test_a_damaged_file_is_a_problem(self, tmp_path):
        pytest.importorskip("pyarrow")
        for name, data in {
            "a.parquet": b"",
            "b.parquet": b"text",
            "c.parquet": b"PAR1 and then nothing PAR1",
        }.items():
            (tmp_path / name).write_bytes(data)
        (tmp_path / "d.txt").write_text(BODY[0], encoding="utf-8")
        articles = wl.read_articles(tmp_path)
        assert articles.ids == ["d"]
        assert [problem.reason.partition(" (")[0] for problem in articles.problems] == [
            "the file is empty",
            "not a Parquet file",
            "a damaged Parquet file",
        ]


def archive(path: Path, pages: dict[str, bytes], *, kind: str = "text/html") -> None:
    writers = pytest.importorskip("warcio.warcwriter")
    headers = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
    with path.open("wb") as stream:
        writer = writers.WARCWriter(stream, gzip=path.suffix == ".gz")
        for url, data in pages.items():
            http = headers("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            told = {"WARC-Date": "2025-04-01T12:00:00Z"}
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(data), http_headers=http, warc_headers_dict=told
            )
            writer.write_record(record)


# warcio leaves the file in which it counts a record's length to the collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("trafilatura")
class TestWebArchives:
    @pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
    def test_pages_are_articles(self, tmp_path, name):
        pages = {"https://a.example/1": page(*BODY).encode(), "https://a.example/2": b"<html></html>"}
        archive(tmp_path / name, pages)
        articles = wl.read_articles(tmp_path)
        assert articles.ids == [f"{name}:1"]
        assert articles[0].text.endswith(BODY[1])
        assert articles[0].extra == {"captured": "2025-04-01T12:00:00Z"}
        assert articles.problems[0].reason == "no article text found in this page: https://a.example/2"

    def test_pictures_are_no_problem_and_damage_is(self, tmp_path):
        archive(tmp_path / "a.warc.gz", {"https://a.example/1.png": b"\x89PNG"}, kind="image/png")
        (tmp_path / "b.warc.gz").write_bytes(b"\x1f\x8b and no more")
        (tmp_path / "c.warc").write_bytes(b"no archive at all")
        reasons = [problem.reason.partition(" (")[0] for problem in wl.read_articles(tmp_path).problems]
        assert reasons[0] == "no article in this file"
        assert set(reasons[1:]) == {"a damaged web archive from here on"}


class TestStreams:
    def test_batches_are_what_is_read_at_once(self, tmp_path):
        lines = [json.dumps({"id": f"a{number % 30}", "text": f"Nummer {number}."}) for number in range(70)]
        lines[13] = "{"
        (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
        whole = wl.read_articles(tmp_path)
        parts = list(wl.stream_articles(tmp_path, batch=20))
        assert [len(part) for part in parts] == [20, 20, 20, 9]
        assert [one.id for part in parts for one in part] == whole.ids
        assert [problem for part in parts for problem in part.problems] == list(whole.problems)
        assert len(set(whole.ids)) == 69

    def test_a_file_that_is_read_in_batches_is_not_held_in_memory(self, tmp_path):
        path = tmp_path / "a.jsonl"
        with path.open("w", encoding="utf-8") as stream:
            stream.writelines(
                json.dumps({"text": f"{number} " + "wort " * 2000}) + "\n" for number in range(3000)
            )
        import tracemalloc

        tracemalloc.start()
        count = sum(len(part) for part in wl.stream_articles(path, batch=50))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == 3000
        assert most < path.stat().st_size / 5

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", "\t"])
    def test_a_large_table_is_read_as_a_small_one(self, tmp_path, monkeypatch, encoding, delimiter):
        table = [delimiter.join(("id", "text"))]
        table += [
            delimiter.join((str(number), f'"Die Brücke{delimiter} sagte „er“, {number}"'))
            for number in range(400)
        ]
        (tmp_path / "a.csv").write_bytes("\n".join(table).encode(encoding))
        whole = wl.read_articles(tmp_path)
        monkeypatch.setattr(rows, "_AT_ONCE", 1001)
        parts = wl.read_articles(tmp_path)
        assert (list(parts), parts.problems) == (list(whole), whole.problems)
        assert len(whole) == 400

    def test_wrong_arguments_are_told_at_once(self, tmp_path):
        with pytest.raises(wl.InvalidValueError, match="batch must be at least 1, got 0"):
            wl.stream_articles(tmp_path, batch=0)
        with pytest.raises(wl.ArticleNotFoundError, match="behind this folder"):
            wl.stream_articles(tmp_path)
