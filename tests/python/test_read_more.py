"""Reading what newsrooms have beside texts and tables: web pages, Parquet, web archives, files larger than memory."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from zipfile import ZipFile

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


class TestPacked:
    @pytest.fixture
    def files(self) -> dict[str, bytes]:
        return {
            "2023-09-16_kurier_rat.txt": b"Rat tagt\n\n" + BODY[0].encode("windows-1252"),
            "bote.jsonl": b'{"text": "eins", "outlet": "Bote"}\n{"text": 5}\n{"text": "zwei"}\n',
            "tabelle.csv": "Nr;Datum;Medium;Titel;Volltext\n7;16.09.2023 08:30;Kurier;Rat;drei\n".encode(
                "utf-16"
            ),
        }

    def same(self, found: wl.Articles, plain: wl.Articles) -> None:
        assert [(one.text, one.outlet, one.date) for one in found] == [
            (one.text, one.outlet, one.date) for one in plain
        ]
        assert [(one.row, one.reason) for one in found.problems] == [
            (one.row, one.reason) for one in plain.problems
        ]

    def test_gzip_data_is_read_as_what_is_in_it(self, tmp_path, files):
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        plain = wl.read_articles(tmp_path)
        assert len(plain) == 4
        packed = tmp_path / "packed"
        packed.mkdir()
        for name, data in files.items():
            (packed / f"{name}.gz").write_bytes(gzip.compress(data))
        self.same(wl.read_articles(packed), plain)
        assert wl.read_articles(packed).ids[0] == "2023-09-16_kurier_rat"
        with (packed / "bote.jsonl.gz").open("rb") as stream:
            assert len(wl.read_articles(stream)) == 2
        assert [len(part) for part in wl.stream_articles(packed / "bote.jsonl.gz", batch=1)] == [1, 1]

    def test_an_archive_is_read_like_a_folder(self, tmp_path, files):
        folder = tmp_path / "folder"
        folder.mkdir()
        with ZipFile(tmp_path / "export.zip", "w") as archive:
            for name, data in files.items():
                (folder / name).write_bytes(data)
                archive.writestr(f"export/{name}", data)
            archive.writestr("__MACOSX/export/._bote.jsonl", b"\x00\x05")
            archive.writestr("export/.hidden.txt", b"x")
            archive.writestr("export/bild.jpg", b"\xff\xd8")
        plain = wl.read_articles(folder)
        found = wl.read_articles(tmp_path / "export.zip")
        self.same(found, plain)
        assert found.problems[0].source.endswith("export.zip/export/bote.jsonl")
        self.same(wl.read_articles(tmp_path / "*.zip"), plain)

    def test_names_that_lead_out_of_an_archive_are_only_names(self, tmp_path):
        with ZipFile(tmp_path / "a.zip", "w") as archive:
            for name in ("../../outside.txt", "/etc/absolute.txt", "a//b.txt"):
                archive.writestr(name, b"Der Rat tagt.")
        assert sorted(wl.read_articles(tmp_path / "a.zip").ids) == ["absolute", "b", "outside"]

    def test_damaged_ones_are_problems_among_others(self, tmp_path, files):
        whole = gzip.compress(files["bote.jsonl"] * 1000)
        with ZipFile(tmp_path / "e.zip", "w") as archive:
            archive.writestr("e.txt", b"Der Rat tagt." * 100)
        data = bytearray((tmp_path / "e.zip").read_bytes())
        data[60:80] = bytes(20)
        (tmp_path / "e.zip").write_bytes(bytes(data))
        (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
        (tmp_path / "b.txt.gz").write_bytes(b"no gzip")
        (tmp_path / "c.txt.gz").write_bytes(whole[:20] + b"\xff" * 50)
        (tmp_path / "d.zip").write_bytes(b"PK\x03\x04")
        (tmp_path / "z.txt").write_bytes(b"Der Rat tagt.")
        articles = wl.read_articles(tmp_path)
        assert articles.ids[-1] == "z"
        told = {Path(problem.source).relative_to(tmp_path).as_posix() for problem in articles.problems}
        assert {"a.jsonl.gz", "b.txt.gz", "c.txt.gz", "d.zip", "e.zip/e.txt"} <= told
        with pytest.raises(wl.InvalidValueError, match="the archive cannot be read: File is not a zip file"):
            wl.read_articles(tmp_path / "d.zip")

    def test_an_archive_with_many_files_is_opened_once(self, tmp_path, monkeypatch):
        # The list of all that is in it was read again for each file.
        with ZipFile(tmp_path / "a.zip", "w") as archive:
            for number in range(50):
                archive.writestr(f"{number}.txt", b"Der Rat tagt.")
        opened = []
        begin = ZipFile.__init__
        monkeypatch.setattr(
            ZipFile, "__init__", lambda self, *args: opened.append(args) or begin(self, *args)
        )
        assert len(wl.read_articles(tmp_path)) == 50
        assert len(opened) == 2

    def test_an_archive_of_other_things_says_so(self, tmp_path):
        with ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("bild.jpg", b"\xff\xd8")
        with pytest.raises(wl.InvalidValueError, match=r"no .* file in this archive"):
            wl.read_articles(tmp_path / "a.zip")
        (tmp_path / "b.txt").write_bytes(b"Der Rat tagt.")
        assert len(wl.read_articles(tmp_path).problems) == 1


class TestJson:
    def read(self, tmp_path: Path, data: str) -> wl.Articles:
        path = tmp_path / "a.json"
        path.write_text(data, encoding="utf-8")
        return wl.read_articles(path)

    def test_an_object_an_array_or_lines(self, tmp_path):
        assert self.read(tmp_path, json.dumps({"text": "eins"}, indent=2)).texts == ["eins"]
        assert self.read(tmp_path, json.dumps([{"text": "eins"}, {"text": "zwei"}], indent=2)).texts == [
            "eins",
            "zwei",
        ]
        assert self.read(tmp_path, '{"text": "eins"}\n{"text": "zwei"}\n{"te').texts == ["eins", "zwei"]

    def test_what_is_wrong_is_said_row_by_row(self, tmp_path):
        articles = self.read(tmp_path, '[{"text": "eins"}, 5, {"text": null}]')
        assert articles.texts == ["eins"]
        assert [(one.row, one.reason) for one in articles.problems] == [
            (2, "not a JSON object but 5"),
            (3, "text is missing (null)"),
        ]
        for data, told in (
            ("", "the file is empty"),
            ('[{"text":\n,', "not JSON: expecting value (line 2, column 1)"),
            ("[" * 100_000, "not JSON"),
            ("[]", "no article in this file"),
            ("5", "not a JSON object but 5"),
        ):
            (problem,) = self.read(tmp_path, data).problems
            assert told in problem.reason

    def test_a_file_of_something_else_is_one_problem(self, tmp_path):
        (tmp_path / "a.txt").write_text("Der Rat tagt.")
        wl.Corpus([BODY[0], BODY[0]]).passages().to_json(tmp_path / "passages.json")
        (tmp_path / "package.json").write_text('{"name": "x", "files": [1]}')
        articles = wl.read_articles(tmp_path)
        assert articles.texts == ["Der Rat tagt."]
        assert [Path(problem.source).name for problem in articles.problems] == [
            "package.json",
            "passages.json",
        ]
        with pytest.raises(wl.InvalidValueError, match="no text column among 'name', 'files'"):
            wl.read_articles(tmp_path / "package.json")

    def test_as_trafilatura_writes_it(self, tmp_path):
        row = {
            "title": "Rat tagt",
            "author": "Ada Kern",
            "hostname": "kurier.example",
            "date": "2023-09-16",
            "fingerprint": "c2a",
            "id": None,
            "text": BODY[0],
            "language": "de",
            "source": "https://kurier.example/rat",
            "source-hostname": "Kurier",
        }
        (article,) = self.read(tmp_path, json.dumps(row))
        assert (article.url, article.outlet, article.lang) == ("https://kurier.example/rat", "Kurier", "de")
        # Elsewhere a source can be an address, an agency or a paper.
        (article,) = self.read(tmp_path, json.dumps({"text": "eins", "source": "dpa"}))
        assert (article.url, article.extra) == (None, {"source": "dpa"})


class TestTables:
    def test_german_columns_as_excel_writes_them(self, tmp_path):
        lines = [
            "sep=;",
            "ID;Datum;Quelle;Überschrift;Autor;Volltext",
            '1;16.09.2023 08:30;Kurier;Rat;Ada;"a\r\nb"',
        ]
        (tmp_path / "a.csv").write_bytes("\r\n".join(lines).encode("windows-1252"))
        (article,) = wl.read_articles(tmp_path)
        assert (article.id, article.outlet, article.title, article.author) == ("1", "Kurier", "Rat", "Ada")
        assert article.date is not None
        assert (article.text, article.date.isoformat()) == ("a\r\nb", "2023-09-16T08:30:00+00:00")

    def test_a_table_under_the_name_of_a_text_is_noted(self, tmp_path):
        (tmp_path / "a.txt").write_bytes("ID\tText\r\n1\tDer Rat tagt.\r\n".encode("utf-16"))
        articles = wl.read_articles(tmp_path)
        assert len(articles) == 1
        assert [note.reason for note in articles.notes] == [
            "read as one article, but looks like a table; name it .tsv to read its rows"
        ]

    def test_a_page_that_does_not_say_its_encoding(self, tmp_path):
        pytest.importorskip("trafilatura")
        bare = f"<html><title>Brücke</title><body><article><p>{BODY[0]}</p><p>{BODY[1]} Brücke</p></article></html>"
        (tmp_path / "a.html").write_bytes(bare.encode("windows-1252"))
        (article,) = wl.read_articles(tmp_path)
        assert "die Türen" in article.text, "trafilatura alone makes Br³cke of it"


NEWER = """\
Page 1 of 2

Rat lehnt den Neubau
der Brücke ab
Kurier
16. September 2023 Samstag
Regionalausgabe

Copyright 2023 Kurier GmbH Alle Rechte vorbehalten

Section: LOKALES; S. 5
Length: 12 words
Byline: Ada Kern
Body


Der Rat hat am Montag über die Brücke beraten.

Section: so hieß das Papier. Es bleibt beim Alten.

Update: Language: das sind Wörter im Text, und Copyright auch.

Graphic

Foto: die Brücke

Load-Date: September 17, 2023


End of Document

{}
Der Bote
September 17, 2023 Sunday

Length: 2 words

Body

Noch einer.

Load-Date: September 18, 2023

End of Document

Page 2 of 2
"""
OLDER = """\
Terms: Brücke AND Rat

                               1 of 2 DOCUMENTS


                                     Kurier

                         16. September 2023 Samstag
                               Regionalausgabe

Rat lehnt den Neubau
der Brücke ab

BYLINE: Ada Kern

SECTION: LOKALES; S. 5

LENGTH: 12 words

HIGHLIGHT: Der Rat bleibt dabei,
auch in diesem Jahr.

Der Rat hat am Montag über die Brücke beraten.

Section: so hieß das Papier. Es bleibt beim Alten.

Update: Language: das sind Wörter im Text, und Copyright auch.

LOAD-DATE: September 17, 2023

LANGUAGE: GERMAN; DEUTSCH

                             Copyright 2023 Kurier
                              All Rights Reserved

                               2 of 2 DOCUMENTS

                                   Der Bote

                               September 17, 2023

Noch einer

LENGTH: 2 words

Noch einer.
"""


class TestNexis:
    @pytest.mark.parametrize("layout", ["newer", "older"])
    @pytest.mark.parametrize("ends", ["\n", "\r\n"])
    def test_its_documents_are_articles(self, tmp_path, layout, ends):
        text = NEWER.format("Noch einer") if layout == "newer" else OLDER
        (tmp_path / "export.txt").write_bytes(text.replace("\n", ends).encode("windows-1252"))
        articles = wl.read_articles(tmp_path)
        first, second = articles
        assert articles.ids == ["export.txt:1", "export.txt:2"]
        assert first.title == "Rat lehnt den Neubau der Brücke ab"
        assert (first.outlet, first.author, first.extra) == (
            "Kurier",
            "Ada Kern",
            {"section": "LOKALES; S. 5"},
        )
        assert [article.date and article.date.day for article in articles] == [16, 17]
        assert "Der Rat hat am Montag über die Brücke beraten." in first.text
        assert "Section: so hieß das Papier. Es bleibt beim Alten." in first.text
        assert "Update: Language: das sind Wörter im Text, und Copyright auch." in first.text
        assert "Load" not in first.text
        assert "LOAD" not in first.text
        assert (second.title, second.outlet, second.text) == ("Noch einer", "Der Bote", "Noch einer.")
        assert "an export of Nexis with 2 documents" in [note.reason for note in articles.notes]
        assert not articles.problems

    def test_a_document_without_a_text_is_a_problem(self, tmp_path):
        (tmp_path / "export.txt").write_text(
            NEWER.format("Rat\nBote\n1. Mai 2023\n\nBody\n\nEnd of Document")
        )
        articles = wl.read_articles(tmp_path)
        assert [(problem.row, problem.reason) for problem in articles.problems] == [(2, "text is empty")]
        assert articles.ids == ["export.txt:1", "export.txt:3"]

    @pytest.mark.parametrize(
        "text",
        [
            "Body\n\nDer Rat tagt.",
            "Der Rat tagt.\n\nEnd of Document\n",
            "1 of 2 DOCUMENTS were found.\nLENGTH: 5",
            "Er las\n1 of 2 documents\nund ging. LENGTH: 5",
        ],
    )
    def test_other_texts_stay_whole(self, tmp_path, text):
        (tmp_path / "a.txt").write_text(text)
        (article,) = wl.read_articles(tmp_path)
        assert article.text == text
