"""Reading articles: what every kind of file gives, and what becomes of bad ones."""

from __future__ import annotations

import copy
import csv
import datetime as dt
import io
import json
import os
import pickle
from importlib.resources import files
from pathlib import Path

import pytest

from wortlaut.errors import (
    ArticleNotFoundError,
    InvalidTypeError,
    InvalidValueError,
    MissingExtraError,
    UnreadableFileError,
)
from wortlaut.read import Article, Articles, Note, Problem, parse_date, read_articles, sample_articles

UTC = dt.UTC
SAMPLES = files("wortlaut") / "samples"
TEXT = "Der Rat hat am Montag getagt. Die Brücke bleibt."


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def reasons(articles: Articles) -> list[str]:
    return [problem.reason for problem in articles.problems]


def noted(articles: Articles) -> list[str]:
    return [note.reason for note in articles.notes]


class TestPlainText:
    def test_the_text_is_the_whole_file_with_its_line_ends(self, tmp_path):
        raw = "Titel\r\n\r\nErster Absatz.\rMac.\nUnix.\u2028Ende\r\n"
        (article,) = read_articles(write(tmp_path, "a.txt", raw))
        assert article.text == raw
        assert (article.id, article.title, article.extra) == ("a", "Titel", {})

    @pytest.mark.parametrize(
        ("name", "date", "outlet"),
        [
            ("2023-09-16_kurier_bruecke", "2023-09-16", "kurier"),
            ("2023-09-16_watt-kurier_die_lange_bruecke", "2023-09-16", "watt-kurier"),
            ("2023-09_kurier_bruecke", "2023-09-01", "kurier"),
            ("20230916_kurier_bruecke", "2023-09-16", "kurier"),
            ("2023-09-16_bruecke", "2023-09-16", None),
            ("2023-09-16", "2023-09-16", None),
            ("2023-09-16 bruecke", "2023-09-16", None),
            ("2023-19-16_kurier_bruecke", None, None),
            ("000_d9b330f6e6fb706a", None, None),
            ("2023_09_16_kurier_bruecke", "2023-09-16", "kurier"),
            # The hour was once taken for the rest of a name that begins with a month.
            ("2023-09-16T0830_kurier_bruecke", "2023-09-16", "kurier"),
            ("2023-09-1", None, None),
            ("kurier_bruecke_2023-09-16", "2023-09-16", None),
            ("16.09.2023 Kurier", "2023-09-16", None),
            ("Kurier vom 16.09.2023, S. 3", "2023-09-16", None),
            ("jahrestag-2001-09-11", None, None),
            ("vom 2023-09-16 bis 2023-09-18", None, None),
        ],
    )
    def test_date_and_outlet_stand_in_the_name(self, tmp_path, name, date, outlet):
        (article,) = read_articles(write(tmp_path, f"{name}.txt", TEXT))
        assert article.id == name
        assert (article.date and article.date.date().isoformat(), article.outlet) == (date, outlet)

    @pytest.mark.parametrize(
        ("head", "date", "title"),
        [
            (" date 2023-09 Rat lehnt ab\n\n", "2023-09-01", "Rat lehnt ab"),
            ("date 2023-09-16 Rat lehnt ab\n\n", "2023-09-16", "Rat lehnt ab"),
            ("Date: 2023-09-16\nRat lehnt ab\r\n\r\n", "2023-09-16", "Rat lehnt ab"),
            ("date 2023-09-16T10:12:00+02:00\n\nRat lehnt ab\n\n", "2023-09-16", "Rat lehnt ab"),
            ("date 2023-09 " + "Rat lehnt ab " * 20 + "\n\n", "2023-09-01", None),
            ("date 2023-13 Rat lehnt ab\n\n", None, "Rat lehnt ab"),
            ("date 2023 was a long year\n\n", None, "date 2023 was a long year"),
            ("date 2023-09-166 Rat\n\n", None, "date 2023-09-166 Rat"),
            ("\n\n  Rat lehnt ab  \n \t\n", None, "Rat lehnt ab"),
            ("Rat lehnt ab\n", None, None),
        ],
    )
    def test_date_and_title_stand_at_the_head(self, tmp_path, head, date, title):
        (article,) = read_articles(write(tmp_path, "a.txt", head + TEXT))
        assert article.text == head + TEXT, "what is recognised is not cut off: offsets are the file's"
        assert (article.date and article.date.date().isoformat(), article.title) == (date, title)

    def test_a_date_that_cannot_be_is_a_note(self, tmp_path):
        articles = read_articles(write(tmp_path, "a.txt", "date 2023-13 Rat lehnt ab\n\n" + TEXT))
        assert noted(articles) == [
            "date '2023-13' is not understood, as '2023-09-16' would be; the article stays without"
        ]

    def test_a_lone_line_is_text_and_no_title(self, tmp_path):
        assert read_articles(write(tmp_path, "a.txt", "Wort"))[0].title is None
        assert read_articles(write(tmp_path, "a.txt", "Wort\n\n"))[0].title is None

    def test_the_name_adds_the_day_that_the_head_leaves_open(self, tmp_path):
        write(tmp_path, "2023-09-16_kurier_a.txt", "date 2023-09 Rat\n\n" + TEXT)
        write(tmp_path, "2023-10-16_kurier_b.txt", "date 2023-09 Rat\n\n" + TEXT)
        assert [date.day for date in read_articles(tmp_path).dates] == [16, 1]

    def test_one_word_is_an_article(self, tmp_path):
        assert read_articles(write(tmp_path, "a.txt", "Wort")).texts == ["Wort"]

    def test_one_line_of_a_megabyte(self, tmp_path):
        text = "wort " * 210_000
        assert read_articles(write(tmp_path, "a.txt", text)).texts == [text]


class TestEncodings:
    @pytest.mark.parametrize(
        ("encoding", "note"),
        [
            ("utf-8", None),
            ("utf-8-sig", None),
            ("utf-16", None),
            ("utf-32", None),
            ("utf-16-le", "decoded as utf-16-le (no byte order mark)"),
            ("utf-16-be", "decoded as utf-16-be (no byte order mark)"),
            ("latin-1", "decoded as windows-1252"),
        ],
    )
    def test_is_found_out(self, tmp_path, encoding, note):
        articles = read_articles(write(tmp_path, "a.txt", TEXT.encode(encoding)))
        assert articles.texts == [TEXT]
        assert noted(articles) == ([note] if note else [])

    def test_windows_quotation_marks(self, tmp_path):
        text = "„Größe“ … ‚ja‘ – «été»\xa0!"
        assert read_articles(write(tmp_path, "a.txt", text.encode("cp1252"))).texts == [text]

    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            ("Привет, как дела сегодня", "cp1251"),
            ("Привет, как дела сегодня", "koi8-r"),
            ("Αθήνα σήμερα", "cp1253"),
            ("中国共产党中央", "gbk"),
            ("日本語の新聞です", "shift_jis"),
            ("Została podjęta decyzja, który już odwołał", "cp1250"),
        ],
    )
    def test_what_would_become_gibberish_is_refused(self, tmp_path, text, encoding):
        path = write(tmp_path, "a.txt", text.encode(encoding))
        articles = read_articles(path)
        assert len(articles) == 0
        assert "name its encoding" in reasons(articles)[0]
        assert read_articles(path, encoding=encoding).texts == [text]

    def test_a_damaged_byte_does_not_turn_utf8_into_windows_1252(self, tmp_path):
        articles = read_articles(write(tmp_path, "a.txt", "Brücke über Föhr".encode() + "ü".encode()[:1]))
        assert articles.texts == ["Brücke über Föhr\ufffd"]
        assert noted(articles) == ["decoded as utf-8, damaged in 1 place (now U+FFFD)"]

    def test_a_named_encoding_is_taken_at_its_word(self, tmp_path):
        path = write(tmp_path, "a.txt", "Brücke".encode("latin-1"))
        assert reasons(read_articles(path, encoding="utf-8")) == [
            "not utf-8 at byte 2 (0xfc); name another encoding"
        ]
        bom = write(tmp_path, "b.txt", "Brücke".encode("utf-8-sig"))
        assert read_articles(bom, encoding="utf-8").texts == ["Brücke"]

    @pytest.mark.parametrize("encoding", ["utf-88", "hex", "", "a\0b", "rot13"])
    def test_an_unknown_encoding_is_refused(self, tmp_path, encoding):
        with pytest.raises(InvalidValueError, match="encoding must be a text encoding"):
            read_articles(write(tmp_path, "a.txt", TEXT), encoding=encoding)

    def test_encoding_must_be_a_str(self, tmp_path):
        with pytest.raises(InvalidTypeError):
            read_articles(write(tmp_path, "a.txt", TEXT), encoding=8)

    def test_lone_surrogates_of_utf16_stay(self, tmp_path):
        data = "\ufeffa \ud800 b".encode("utf-16-le", "surrogatepass")
        assert read_articles(write(tmp_path, "a.txt", data)).texts == ["a \ud800 b"]

    def test_utf16_cut_in_the_middle_is_a_problem(self, tmp_path):
        articles = read_articles(write(tmp_path, "a.txt", TEXT.encode("utf-16")[:-1]))
        assert reasons(articles)[0].startswith("not utf-16-le at byte")

    @pytest.mark.parametrize("content", [bytes(range(256)), b"\x00\x01\x02Rat", b"Der Rat\0" * 9])
    def test_binary_is_refused_by_name(self, tmp_path, content):
        articles = read_articles(write(tmp_path, "photo.txt", content))
        (problem,) = articles.problems
        assert problem.source.endswith("photo.txt")
        assert "binary data" in problem.reason

    @pytest.mark.parametrize(
        ("magic", "name"), [(b"%PDF-1.7 text", "a PDF"), (b"PK\3\4 text", "a ZIP archive")]
    )
    def test_well_known_binaries_are_called_by_their_name(self, tmp_path, magic, name):
        assert name in reasons(read_articles(write(tmp_path, "a.txt", magic)))[0]

    def test_a_stray_control_character_in_a_long_text_is_kept(self, tmp_path):
        text = TEXT * 50 + "\x02\0\f"
        assert read_articles(write(tmp_path, "a.txt", text)).texts == [text]


class TestJsonLines:
    def test_fields_aliases_and_extra(self, tmp_path):
        row = {
            "ID": 7,
            "maintext": TEXT,
            "Headline": " Rat ",
            "link": "https://example.org/7",
            "publish_date": "2023-09-16T10:00:00+02:00",
            "publisher": {"name": "Kurier"},
            "language": "de",
            "authors": ["Ada", "Grace"],
            "section": {"a": [1]},
            "words": None,
        }
        (article,) = read_articles(write(tmp_path, "a.jsonl", lines(row)))
        assert article == Article(
            id="7",
            text=TEXT,
            title="Rat",
            url="https://example.org/7",
            date=dt.datetime(2023, 9, 16, 8, tzinfo=UTC),
            outlet="Kurier",
            lang="de",
            author="Ada, Grace",
            extra={"section": {"a": [1]}, "words": None},
        )

    def test_the_name_of_the_field_wins_over_an_alias(self, tmp_path):
        (article,) = read_articles(write(tmp_path, "a.jsonl", lines({"body": "alt", "text": TEXT})))
        assert (article.text, article.extra) == (TEXT, {"body": "alt"})

    def test_a_named_column_wins_over_all(self, tmp_path):
        path = write(tmp_path, "a.jsonl", lines({"text": "Anreißer", "story": TEXT, "nr": 3, "id": "x"}))
        (article,) = read_articles(path, text="story", id="nr")
        assert (article.id, article.text, article.extra) == ("3", TEXT, {"text": "Anreißer", "id": "x"})

    def test_a_column_serves_one_field(self, tmp_path):
        (article,) = read_articles(
            write(tmp_path, "a.jsonl", lines({"content": TEXT, "text": "x"})), title="text"
        )
        assert (article.title, article.text) == ("x", TEXT)

    def test_bad_lines_are_problems_with_their_number(self, tmp_path):
        rows = lines(
            {"text": TEXT},
            '{"text": "abgeschnitten',
            "",
            "[1, 2]",
            "5",
            '"text"',
            "null",
            {"text": None},
            '{"text": NaN}',
            {"text": 5},
            {"text": ["a", "b"]},
            {"text": "   "},
            {"headline": "ohne"},
            '{"text": ' + "[" * 100_000,
            {"id": "gut", "text": TEXT},
        )
        articles = read_articles(write(tmp_path, "a.jsonl", rows))
        assert articles.ids == ["a.jsonl:1", "gut"]
        assert [(problem.row, problem.reason) for problem in articles.problems] == [
            (2, "not JSON: unterminated string starting at (column 10)"),
            (4, "not a JSON object but [1, 2]"),
            (5, "not a JSON object but 5"),
            (6, "not a JSON object but 'text'"),
            (7, "not a JSON object but None"),
            (8, "text is missing (null)"),
            (9, "text is missing (nan)"),
            (10, "text must be a string, got 5"),
            (11, "text must be a string, got ['a', 'b']"),
            (12, "text is empty"),
            (13, "no text column among 'headline'; say which one holds the text (text=, --text-column)"),
            (14, "not JSON that can be read: nested too deeply"),
        ]

    def test_a_line_is_ended_by_newlines_only(self, tmp_path):
        text = "eins\u2028zwei\x85drei\x0bvier"
        path = write(tmp_path, "a.jsonl", json.dumps({"text": text}, ensure_ascii=False) + "\r\n")
        assert read_articles(path).texts == [text]

    def test_lone_surrogates_nuls_and_controls_in_strings_stay(self, tmp_path):
        rows = '{"text": "a \\ud800 b \\u0000 \\u0007"}\n{"text": "raw \x07 tab \t"}\n'
        articles = read_articles(write(tmp_path, "a.jsonl", rows + lines({"text": TEXT * 9})))
        assert articles.texts[:2] == ["a \ud800 b \0 \x07", "raw \x07 tab \t"]
        repr(articles)

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            (12345678901234567890123, "12345678901234567890123"),
            (-1, "-1"),
            (1.5, "1.5"),
            (True, "True"),
            (" 7 ", " 7 "),
            (None, "a.jsonl:1"),
            ("", "a.jsonl:1"),
            ("  ", "a.jsonl:1"),
            ({"$oid": "x"}, "a.jsonl:1"),
            ([1], "a.jsonl:1"),
        ],
    )
    def test_ids_become_strings(self, tmp_path, given, kept):
        assert read_articles(write(tmp_path, "a.jsonl", lines({"id": given, "text": TEXT}))).ids == [kept]

    def test_an_id_of_ten_thousand_digits(self, tmp_path):
        row = f'{{"id": {"9" * 10_000}, "text": "x"}}'
        assert read_articles(write(tmp_path, "a.jsonl", row)).ids == ["9" * 10_000]

    def test_one_latin_line_harms_no_other(self, tmp_path):
        data = (
            lines({"text": "Brücke"}).encode()
            + '{"text": "Föhr"}\n'.encode("latin-1")
            + b'{"text": "b\xc3\xbc"}'
        )
        articles = read_articles(write(tmp_path, "a.jsonl", data))
        assert articles.texts == ["Brücke", "Föhr", "bü"]
        assert articles.notes == (Note(str(tmp_path / "a.jsonl"), 2, "decoded as windows-1252"),)

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "utf-32"])
    def test_other_encodings(self, tmp_path, encoding):
        data = lines({"text": "Brücke"}, {"text": "Föhr"}).encode(encoding)
        assert read_articles(write(tmp_path, "a.ndjson", data)).texts == ["Brücke", "Föhr"]

    @pytest.mark.parametrize(
        ("content", "remedy"),
        [
            ('[{"text": "a"}]', "jq -c '.[]'"),
            ('[\n {"text": "a"}\n]', "jq -c '.[]'"),
            ('{\n "text": "a"\n}', "jq -c '.'"),
        ],
    )
    def test_json_in_another_layout_is_one_problem_with_a_remedy(self, tmp_path, content, remedy):
        (reason,) = reasons(read_articles(write(tmp_path, "a.jsonl", content)))
        assert remedy in reason

    def test_binary(self, tmp_path):
        assert "gzip" in reasons(read_articles(write(tmp_path, "a.jsonl", b"\x1f\x8b" + bytes(99))))[0]

    def test_a_date_that_is_not_understood_is_a_note_and_kept(self, tmp_path):
        articles = read_articles(write(tmp_path, "a.jsonl", lines({"text": TEXT, "date": "gestern"})))
        assert articles.dates == [None]
        assert articles[0].extra == {"date": "gestern"}
        assert noted(articles) == [
            "date 'gestern' is not understood, as '2023-09-16' would be; the article stays without"
        ]
        assert articles.to_dicts()[0]["extra_date"] == "gestern"

    def test_ten_thousand_bad_lines(self, tmp_path):
        articles = read_articles(write(tmp_path, "a.jsonl", "nein\n" * 10_000 + lines({"text": TEXT})))
        assert (len(articles), len(articles.problems)) == (1, 10_000)
        assert len(repr(articles)) < 2000


class TestTables:
    def test_commas(self, tmp_path):
        path = write(
            tmp_path, "a.csv", f'id,Text,publisher,words\r\n1,"{TEXT}\nzwei",Kurier,9\r\n\r\n2,b,,\r\n'
        )
        articles = read_articles(path)
        assert articles.ids == ["1", "2"]
        assert articles.texts == [f"{TEXT}\nzwei", "b"]
        assert articles.outlets == ["Kurier", None]
        assert [article.extra for article in articles] == [{"words": "9"}, {"words": ""}]

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.tsv", "id\ttext\n1\ta, b; c\n"),
            ("a.csv", "id\ttext\n1\ta, b; c\n"),
            ("a.csv", "id;text\n1;a, b; c\n".replace("a, b; c", '"a, b; c"')),
            ("a.csv", 'sep=;\r\nid;text\r\n1;"a, b; c"\r\n'),
            ("a.csv", "id|text\n1|a, b; c\n"),
            ("a.csv", 'id,text\r1,"a, b; c"\r'),
            ("A.CSV", '"text";"id"\n"a, b; c";1\n'),
            ("a.csv", '\n\n"id","text"\n1,"a, b; c"\n'),
            ("a.csv", '"id","te\nxt","text"\n1,x,"a, b; c"\n'),
        ],
    )
    def test_the_delimiter_is_found_out(self, tmp_path, name, content):
        articles = read_articles(write(tmp_path, name, content))
        assert (articles.ids, articles.texts, reasons(articles)) == (["1"], ["a, b; c"], [])

    def test_one_column(self, tmp_path):
        assert read_articles(write(tmp_path, "a.csv", "text\na\n")).texts == ["a"]

    def test_without_a_text_column_the_message_lists_the_columns(self, tmp_path):
        path = write(tmp_path, "a.csv", "id,story\n1,a\n")
        with pytest.raises(InvalidValueError, match=r"a\.csv: no text column among 'id', 'story'; say which"):
            read_articles(path)
        assert read_articles(path, text="story").texts == ["a"]

    def test_a_table_without_text_among_other_files_is_a_problem(self, tmp_path):
        write(tmp_path, "a.csv", "id,story\n1,a\n")
        write(tmp_path, "b.txt", TEXT)
        articles = read_articles(tmp_path)
        assert (articles.ids, len(articles.problems)) == (["b"], 1)

    def test_a_named_column_that_is_not_there(self, tmp_path):
        path = write(tmp_path, "a.csv", "id,text\n1,a\n")
        with pytest.raises(InvalidValueError, match="no column 'nr' for the id among 'id', 'text'"):
            read_articles(path, id="nr")

    def test_a_long_list_of_columns_is_cut(self, tmp_path):
        path = write(tmp_path, "a.csv", ",".join(f"c{i}" for i in range(500)))
        with pytest.raises(InvalidValueError) as caught:
            read_articles(path)
        assert len(str(caught.value)) < 500

    def test_fields_beyond_the_limit_of_the_csv_module(self, tmp_path):
        text = "wort " * 100_000
        before = csv.field_size_limit()
        assert read_articles(write(tmp_path, "a.csv", f"text\n{text}\n")).texts == [text]
        assert csv.field_size_limit() == before

    def test_rows_too_long_too_short_and_empty(self, tmp_path):
        articles = read_articles(write(tmp_path, "a.csv", "id,text\n1,a,b\n2\n3,\n4,gut,\n"))
        assert articles.ids == ["4"]
        assert [str(problem).rpartition("a.csv, ")[2] for problem in articles.problems] == [
            "row 2: 3 fields under 2 column names; put fields that hold the delimiter in quotation marks",
            "row 3: no text column among 'id'; say which one holds the text (text=, --text-column)",
            "row 4: text is empty",
        ]

    def test_an_unclosed_quotation_mark_is_noted(self, tmp_path):
        articles = read_articles(write(tmp_path, "a.csv", 'id,text\n1,a\n2,"b\n3,c\n'))
        assert articles.ids == ["1", "2"]
        assert noted(articles) == ['a quotation mark (") is never closed; rows may have run together']

    def test_a_tab_separated_table_needs_no_closed_marks(self, tmp_path):
        articles = read_articles(write(tmp_path, "a.tsv", 'id\ttext\n1\t"Rat\n2\tb\n'))
        assert (articles.texts, noted(articles)) == (['"Rat', "b"], [])

    def test_columns_without_a_name_or_with_the_same(self, tmp_path):
        (article,) = read_articles(write(tmp_path, "a.csv", ",text,x,x\n0,a,b,c\n"))
        assert article.extra == {"column 1": "0", "x": "b", "x (column 4)": "c"}

    def test_as_excel_saves_it(self, tmp_path):
        data = "Id;Text;Erschienen\r\n1;„Größe“;16.09.2023\r\n".encode("cp1252")
        (article,) = read_articles(write(tmp_path, "a.csv", data), date="Erschienen")
        assert (article.text, article.date) == ("„Größe“", dt.datetime(2023, 9, 16, tzinfo=UTC))

    @pytest.mark.parametrize("content", ["", "\n\n", "id,text\n"])
    def test_no_rows(self, tmp_path, content):
        articles = read_articles(write(tmp_path, "a.csv", content))
        assert (len(articles), len(articles.problems)) == (0, 1)


class TestSources:
    def test_a_folder_is_read_with_its_subfolders_in_the_order_of_names(self, tmp_path):
        for name in ("b.txt", "a/z.txt", "a/2.txt", "c.JSONL", ".git/x.txt", "._b.txt"):
            write(tmp_path, name, lines({"id": "c", "text": "x"}) if name.endswith("L") else TEXT)
        assert read_articles(tmp_path).ids == ["2", "z", "b", "c"]

    def test_files_of_other_kinds_are_counted(self, tmp_path):
        for name in ("a.txt", "b.pdf", "c.pdf", "README"):
            write(tmp_path, name, TEXT)
        articles = read_articles(tmp_path)
        assert noted(articles) == ["3 of other kinds left out: .pdf, no suffix"]

    def test_files_patterns_iterables_and_a_home(self, tmp_path, monkeypatch):
        a, b = write(tmp_path, "a.txt", TEXT), write(tmp_path, "x/b.txt", TEXT)
        monkeypatch.setenv("HOME", str(tmp_path))
        for sources in [(a, b), ([a, str(b)],), ((path for path in (a, b)),), ("~/a.txt", b)]:
            assert read_articles(*sources).ids == ["a", "b"]
        assert read_articles(str(tmp_path / "*.txt")).ids == ["a"]
        assert read_articles(str(tmp_path / "**" / "*.txt")).ids == ["a", "b"]
        assert read_articles(str(tmp_path / "*")).ids == ["a"], "a pattern takes files if it matches any"
        assert read_articles(str(tmp_path / "[x]")).ids == ["b"], "and folders if it matches nothing else"

    def test_a_name_with_brackets_is_a_name_first(self, tmp_path):
        assert read_articles(write(tmp_path, "a[1].txt", TEXT)).ids == ["a[1]"]

    def test_a_file_given_twice_is_read_once(self, tmp_path):
        path = write(tmp_path, "a.txt", TEXT)
        articles = read_articles(path, tmp_path)
        assert (articles.ids, noted(articles)) == (["a"], ["given more than once; read once"])

    def test_files_of_one_name_are_told_apart_by_their_folders(self, tmp_path):
        for name in ("x/2023/a.txt", "x/2024/a.txt", "y/2023/a.txt", "y/b.txt"):
            write(tmp_path, name, TEXT)
        assert read_articles(tmp_path).ids == ["x/2023/a", "x/2024/a", "y/2023/a", "b"]

    def test_repeated_ids_are_numbered_and_noted(self, tmp_path):
        rows = [{"id": one, "text": TEXT} for one in ("a", "a", "a#2", "a", "b")]
        articles = read_articles(write(tmp_path, "a.jsonl", lines(*rows)))
        assert articles.ids == ["a", "a#3", "a#2", "a#4", "b"]
        assert [(note.row, note.reason) for note in articles.notes] == [
            (2, "id 'a' is taken; renamed to 'a#3'"),
            (4, "id 'a' is taken; renamed to 'a#4'"),
        ]

    def test_ten_thousand_equal_ids(self, tmp_path):
        rows = lines({"id": "a", "text": "x"}) * 10_000
        assert len(set(read_articles(write(tmp_path, "a.jsonl", rows)).ids)) == 10_000

    def test_a_folder_called_like_a_file(self, tmp_path):
        write(tmp_path, "x.txt/a.txt", TEXT)
        assert read_articles(tmp_path / "x.txt").ids == ["a"]
        assert read_articles(tmp_path).ids == ["a"]

    @pytest.mark.parametrize(
        "name", ["missing.txt", "missing", "missing/*.txt", "a\0b.txt", "~nobody-here/x.txt"]
    )
    def test_a_path_that_leads_nowhere(self, tmp_path, name):
        with pytest.raises(ArticleNotFoundError, match=r"no such file or folder|no .* behind this pattern"):
            read_articles(os.path.join(tmp_path, name) if "~" not in name else name)

    def test_a_missing_path_among_others_is_a_problem(self, tmp_path):
        articles = read_articles(write(tmp_path, "a.txt", TEXT), tmp_path / "missing.txt")
        assert (articles.ids, reasons(articles)) == (["a"], ["no such file or folder"])

    def test_an_empty_folder(self, tmp_path):
        with pytest.raises(ArticleNotFoundError, match=r"no \.txt, .* or \.warc file behind this folder"):
            read_articles(tmp_path)

    def test_a_folder_without_articles_says_what_it_holds(self, tmp_path):
        write(tmp_path, "a.pdf", "x")
        with pytest.raises(ArticleNotFoundError, match=r"\(1 of other kinds left out: \.pdf\)"):
            read_articles(tmp_path)

    @pytest.mark.parametrize("name", ["a.docx", "a", "a.xhtml"])
    def test_a_kind_that_is_not_read(self, tmp_path, name):
        with pytest.raises(InvalidValueError, match="this kind of file"):
            read_articles(write(tmp_path, name, TEXT))

    def test_a_web_address(self):
        with pytest.raises(InvalidValueError, match="web addresses are not read"):
            read_articles("https://example.org/a.txt")

    @pytest.mark.parametrize("path", [None, 5, b"a.txt", [None], ["a.txt", 5], [b"a"], 1.5])
    def test_a_path_of_the_wrong_type(self, path):
        with pytest.raises(InvalidTypeError, match="path must be a file, a folder, a pattern or"):
            read_articles(path)

    @pytest.mark.parametrize("path", ["", "  ", [], [""]])
    def test_no_path(self, path):
        with pytest.raises(InvalidValueError, match="path must be"):
            read_articles(path)

    @pytest.mark.parametrize("column", [5, b"text", ["a"]])
    def test_a_column_of_the_wrong_type(self, tmp_path, column):
        with pytest.raises(InvalidTypeError, match="text must be the name of a column"):
            read_articles(write(tmp_path, "a.txt", TEXT), text=column)

    def test_a_broken_link(self, tmp_path):
        (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
        write(tmp_path, "b.txt", TEXT)
        articles = read_articles(tmp_path)
        assert (articles.ids, reasons(articles)) == (["b"], ["cannot be read: no such file or directory"])

    def test_no_permission(self, tmp_path, monkeypatch):
        secret = write(tmp_path, "a.txt", TEXT)
        write(tmp_path, "b.txt", TEXT)
        opened = Path.open

        def refuse(path, *args, **kwargs):
            if path == secret:
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path, *args, **kwargs)

        monkeypatch.setattr(Path, "open", refuse)
        articles = read_articles(tmp_path)
        assert (articles.ids, reasons(articles)) == (["b"], ["cannot be read: permission denied"])

    def test_a_pipe_in_a_folder_is_passed_over(self, tmp_path):
        """Opening it would wait for a writer that never comes."""
        os.mkfifo(tmp_path / "a.txt")
        write(tmp_path, "b.txt", TEXT)
        assert read_articles(tmp_path).ids == ["b"]

    @pytest.mark.parametrize(
        ("content", "ids"),
        [(TEXT, ["file object"]), (lines({"text": "a"}, {"text": "b"}), ["file object:1", "file object:2"])],
    )
    def test_an_open_file(self, content, ids):
        assert read_articles(io.BytesIO(content.encode())).ids == ids

    def test_an_open_file_with_a_name(self, tmp_path):
        with write(tmp_path, "a.csv", "text\na\n").open("rb") as stream:
            assert read_articles(stream).texts == ["a"]
            assert not stream.closed

    def test_a_file_in_text_mode(self):
        with pytest.raises(InvalidTypeError, match="binary mode"):
            read_articles(io.StringIO(TEXT))

    def test_a_name_that_is_no_utf8(self, tmp_path):
        path = os.fsencode(tmp_path) + b"/k\xfcste.txt"
        with open(path, "wb") as file:
            file.write(TEXT.encode())
        articles = read_articles(tmp_path)
        assert articles.ids == ["k\udcfcste"]
        repr(articles).encode()


class TestErrors:
    @pytest.mark.parametrize(
        ("name", "content", "error"),
        [
            ("a.txt", b"", InvalidValueError),
            ("a.txt", bytes(99), UnreadableFileError),
            ("a.jsonl", b"nein", InvalidValueError),
            ("a.jsonl", "Привет, как дела".encode("cp1251"), UnreadableFileError),
            ("a.jsonl", b'{"text": null}', InvalidValueError),
            ("a.csv", b"id\n1\n", InvalidValueError),
            ("a.csv", b"text\n \n", InvalidValueError),
        ],
    )
    def test_raise_raises_the_first_problem_by_name(self, tmp_path, name, content, error):
        write(tmp_path, f"x/{name}", content)
        write(tmp_path, "x/z.txt", TEXT)
        with pytest.raises(error, match=name) as caught:
            read_articles(tmp_path, errors="raise")
        assert str(caught.value).count(name) == 1
        assert len(read_articles(tmp_path)) == 1

    def test_raise_finds_a_missing_path(self, tmp_path):
        with pytest.raises(ArticleNotFoundError):
            read_articles(write(tmp_path, "a.txt", TEXT), tmp_path / "missing.txt", errors="raise")

    def test_errors_must_be_collect_or_raise(self, tmp_path):
        with pytest.raises(InvalidValueError, match="errors must be 'collect' or 'raise', got 'ignore'"):
            read_articles(tmp_path, errors="ignore")

    @pytest.mark.parametrize("content", ["", " \r\n\t"])
    def test_an_empty_file_is_a_problem_and_no_exception(self, tmp_path, content):
        articles = read_articles(write(tmp_path, "a.txt", content))
        assert (len(articles), len(articles.problems)) == (0, 1)


class TestArticles:
    ARTICLES = Articles(
        [
            Article("a", TEXT, date=parse_date("2023-09"), outlet="Kurier"),
            Article("b", "x", extra={"nr": 1, "id": 9}),
        ],
        problems=[Problem("c.txt", None, "the file is empty")],
    )

    def test_is_a_sequence(self):
        assert len(self.ARTICLES) == 2
        assert self.ARTICLES[-1].id == "b"
        assert [article.id for article in self.ARTICLES] == ["a", "b"]
        assert Article("a", TEXT) not in self.ARTICLES
        assert self.ARTICLES[1:].ids == ["b"]
        assert self.ARTICLES[1:].problems == self.ARTICLES.problems
        with pytest.raises(IndexError):
            _ = self.ARTICLES[2]

    def test_is_a_value(self):
        assert pickle.loads(pickle.dumps(self.ARTICLES)) == self.ARTICLES
        assert copy.deepcopy(self.ARTICLES) == self.ARTICLES
        assert hash(self.ARTICLES) == hash(copy.deepcopy(self.ARTICLES))
        assert self.ARTICLES[:1] != self.ARTICLES
        assert self.ARTICLES != "articles"
        with pytest.raises(AttributeError):
            self.ARTICLES[0].id = "z"
        with pytest.raises(AttributeError):
            self.ARTICLES.problems = ()

    def test_repr(self):
        assert repr(self.ARTICLES) == (
            "Articles: 2 articles, 1 outlet, 2023-09-01 to 2023-09-01, 1 problem\n"
            f"  a  2023-09-01  Kurier  {TEXT!r}\n  b  'x'\n  problem: c.txt: the file is empty"
        )
        assert repr(Articles()) == "Articles: 0 articles"

    def test_repr_is_harmless_to_a_terminal(self):
        shown = repr(Articles([Article("\x1b]0;x\x07\n", "a\x1b[31m", outlet="\u202e\ud800")]))
        assert "\x1b" not in shown
        shown.encode()

    def test_dicts_have_all_columns(self):
        assert self.ARTICLES.columns[8:] == ("nr", "extra_id")
        assert [list(row) for row in self.ARTICLES.to_dicts()] == [list(self.ARTICLES.columns)] * 2
        assert self.ARTICLES.to_dicts()[1]["extra_id"] == 9

    def test_holds_articles_only(self):
        with pytest.raises(InvalidTypeError, match="articles must hold Article objects, got 'a'"):
            Articles(["a"])

    def test_to_pandas(self):
        pandas = pytest.importorskip("pandas")
        frame = self.ARTICLES.to_pandas()
        assert list(frame.columns) == list(self.ARTICLES.columns)
        assert frame["date"][0] == pandas.Timestamp("2023-09-01", tz="UTC")
        assert frame["text"][0] == TEXT
        assert str(frame["date"].dtype).endswith("UTC]")
        assert list(Articles().to_pandas().columns) == list(Articles().columns)

    def test_to_pandas_with_dates_at_the_edge(self):
        pytest.importorskip("pandas")
        frame = Articles([Article("a", "x", date=parse_date("0001-01-01T00:00:00+14:00"))]).to_pandas()
        assert len(frame) == 1

    def test_to_pandas_without_pandas(self, monkeypatch):
        monkeypatch.setitem(__import__("sys").modules, "pandas", None)
        with pytest.raises(MissingExtraError, match=r"pip install 'wortlaut\[pandas\]'"):
            self.ARTICLES.to_pandas()


class TestDates:
    @pytest.mark.parametrize(
        ("given", "iso"),
        [
            ("2023", "2023-01-01T00:00:00+00:00"),
            ("2023-09", "2023-09-01T00:00:00+00:00"),
            (" 2023-09-16 ", "2023-09-16T00:00:00+00:00"),
            ("20230916", "2023-09-16T00:00:00+00:00"),
            ("20230916101200", "2023-09-16T10:12:00+00:00"),
            ("2023-09-16 10:12", "2023-09-16T10:12:00+00:00"),
            ("2023-09-16T10:12:00Z", "2023-09-16T10:12:00+00:00"),
            ("2023-09-16T10:12:00.123456789+02:00", "2023-09-16T10:12:00.123456+02:00"),
            ("16.09.2023", "2023-09-16T00:00:00+00:00"),
            ("1. 9. 2023", "2023-09-01T00:00:00+00:00"),
            ("Sat, 16 Sep 2023 10:12:00 +0200", "2023-09-16T10:12:00+02:00"),
            ("16 Sep 2023 10:12:00 GMT", "2023-09-16T10:12:00+00:00"),
            (dt.datetime(2023, 9, 16, 10), "2023-09-16T10:00:00+00:00"),
            (dt.date(2023, 9, 16), "2023-09-16T00:00:00+00:00"),
            (1694858400, "2023-09-16T10:00:00+00:00"),
            (1694858400.5, "2023-09-16T10:00:00.500000+00:00"),
            (1694858400000, "2023-09-16T10:00:00+00:00"),
            (1694858400 * 10**6, "2023-09-16T10:00:00+00:00"),
            (1694858400 * 10**9, "2023-09-16T10:00:00+00:00"),
            ("1694858400", "2023-09-16T10:00:00+00:00"),
            (20230916, "2023-09-16T00:00:00+00:00"),
            ("16.09.2023, 08:30 Uhr", "2023-09-16T08:30:00+00:00"),
            ("16. 9. 2023 8.30", "2023-09-16T08:30:00+00:00"),
            ("16. September 2023 Samstag", "2023-09-16T00:00:00+00:00"),
            ("Montag, 4. März 2024", "2024-03-04T00:00:00+00:00"),
            ("1 Mrz. 2024", "2024-03-01T00:00:00+00:00"),
            ("September 16, 2023 Saturday", "2023-09-16T00:00:00+00:00"),
            ("Saturday, Sept. 16, 2023", "2023-09-16T00:00:00+00:00"),
            (2023, "2023-01-01T00:00:00+00:00"),
        ],
    )
    def test_understood(self, given, iso):
        assert parse_date(given).isoformat() == iso

    @pytest.mark.parametrize(
        "given",
        [
            "",
            "gestern",
            "03/04/2025",
            "2023-13",
            "2023-02-30",
            "0000",
            "31.02.2023",
            "31. Februar 2023",
            "16. Sepp 2023",
            "16.09.2023 25:00",
            "16.09.23",
            "99999999999999",
            "x" * 10**6,
            "Sat, 99 Sep 2023 10:12:00 +0200",
            None,
            float("nan"),
            float("inf"),
            True,
            5,
            -5,
            10**30,
            -(10**20),
            [],
            {},
            object(),
            b"2023",
            "2023-09-16T10:12:00+99:00",
            "-1",
        ],
    )
    def test_not_understood(self, given):
        assert parse_date(given) is None

    def test_of_pandas_and_numpy(self):
        pandas, numpy = pytest.importorskip("pandas"), pytest.importorskip("numpy")
        moment = dt.datetime(2023, 9, 16, 10, tzinfo=UTC)
        for given in [
            pandas.Timestamp("2023-09-16 12:00", tz="Europe/Berlin"),
            pandas.Timestamp("2023-09-16 10:00"),
            numpy.datetime64("2023-09-16T10:00", "ns"),
            numpy.int64(1694858400),
        ]:
            assert parse_date(given) == moment
            assert type(parse_date(given)) is dt.datetime
        for given in [pandas.NaT, pandas.NA, numpy.datetime64("NaT"), numpy.array([1, 2]), numpy.nan]:
            assert parse_date(given) is None

    def test_all_can_be_ordered(self):
        given = [
            "9999-12-31T23:59:59-14:00",
            "0001-01-01T00:00:00+14:00",
            "2023",
            dt.datetime(2023, 1, 2),
            1694858400,
        ]
        assert len(sorted(parse_date(one) for one in given)) == 5


class TestSamples:
    def test_seventeen_in_order_of_date(self):
        articles = sample_articles()
        assert len(articles) == len(set(articles.ids)) == 17
        assert articles.dates == sorted(articles.dates)
        assert articles.problems == articles.notes == ()
        assert {article.lang for article in articles} == {"de", "en"}
        assert all(article.text.startswith(article.title[:9]) or article.id == "nfd" for article in articles)

    def test_the_texts_are_the_files(self):
        by_text = {article.text for article in read_articles(SAMPLES)}
        assert {article.text for article in sample_articles()} == by_text

    def test_the_decomposed_one_stays_decomposed(self):
        (article,) = (one for one in sample_articles() if one.id == "nfd")
        assert "u\u0308" in article.text
