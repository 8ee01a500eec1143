"""The command line: what it prints where, its exit status, and that no mistake ends in a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

import wortlaut
from wortlaut.cli import cli, main
from wortlaut.cli.listing import _width, table_lines

FILLER = "Am Abend wurde getanzt, und die Kapelle spielte bis nach Mitternacht alte Lieder. " * 3
LINE = "der alte Hafen bleibt in diesem Winter für alle Schiffe offen"
CALL = [sys.executable, "-c", "import sys; from wortlaut.cli import main; sys.exit(main())"]


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """A folder with two articles that share a passage and a quotation, and one that shares nothing."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "2025-03-04_kurier_hafen.txt").write_text(
        f"Der Rat tagte: {LINE}. {FILLER}„Wir bleiben im Hafen“, rief er."
    )
    (folder / "2025-03-05_bote_hafen.txt").write_text(
        f"Heute heißt es, {LINE}! Er rief: «Wir bleiben im Hafen»"
    )
    (folder / "2025-03-09_anzeiger_wetter.txt").write_text(
        "Es regnet seit gestern ohne Pause auf die Felder."
    )
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def run(capsys):
    """Run the command line; gives (status, standard output, standard error)."""

    def call(*args):
        status = main([str(arg) for arg in args])
        return status, *capsys.readouterr()

    return call


def standard_input(monkeypatch, data: str | bytes):
    raw = io.BytesIO(data.encode() if isinstance(data, str) else data)
    raw.name = "<stdin>"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))


class TestHelp:
    @pytest.mark.parametrize("command", [None, *cli.commands])
    def test_every_help_has_examples_that_are_commands(self, run, command):
        status, out, err = run(*([command] if command else []), "--help")
        assert (status, err) == (0, "")
        examples = [line.split() for line in out.partition("Examples:")[2].splitlines() if line.strip()]
        assert examples
        for words in examples:
            call = words[words.index("wortlaut") + 1]
            assert call == command or (command is None and call in cli.commands)

    def test_without_a_command_the_help_is_shown(self, run):
        assert run() == run("--help")

    def test_version(self, run):
        assert run("--version") == (0, f"wortlaut {wortlaut.__version__}\n", "")

    def test_every_option_says_what_it_is_for(self):
        for command in cli.commands.values():
            for option in command.params:
                assert isinstance(option, click.Argument) or option.help or option.name == "help"


class TestReport:
    def test_writes_the_page_and_says_so(self, run, archive, tmp_path):
        status, out, err = run("report", archive, "-o", tmp_path / "out.html", "--title", "Häfen <1>")
        assert (status, out) == (0, "")
        assert (
            err
            == f"wortlaut: wrote {tmp_path}/out.html: 3 articles, 1 pair shares a passage or a quotation\n"
        )
        page = (tmp_path / "out.html").read_text(encoding="utf-8")
        assert "Häfen &lt;1&gt;" in page
        assert LINE in page

    def test_of_the_samples(self, run, tmp_path):
        status, _, err = run("report", "--sample", "-o", tmp_path / "out.html")
        assert status == 0
        shared = {(row.a_id, row.b_id) for row in wortlaut.Corpus(wortlaut.sample_articles()).passages()}
        assert int(err.split("17 articles, ")[1].split(" pairs share")[0]) >= len(shared)

    def test_asks_like_the_others_and_shows_how_far_it_is(self, run, archive, monkeypatch):
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)
        asked = {}
        find = wortlaut.Corpus.passages

        def noted(corpus, **options):
            asked.update(options)
            return find(corpus, **options)

        monkeypatch.setattr(wortlaut.Corpus, "passages", noted)
        run("report", archive, "--max-df", "all", "--boilerplate", "keep", "--workers", "1")
        assert asked == {
            "min_words": 8,
            "max_df": None,
            "boilerplate": "keep",
            "across": None,
            "within": None,
            "workers": 1,
            "progress": True,
        }
        run("report", archive, "--max-df", "7", "--across", "outlet", "--within", "7d", "-q")
        assert (asked["across"], asked["within"]) == ("outlet", "7d")
        assert (asked["max_df"], asked["boilerplate"], asked["progress"]) == (7, "drop", False)

    @pytest.mark.parametrize(
        ("output", "reason"),
        [
            ("missing/out.html", "there is no folder 'missing'"),
            (".", "holds 'archive', which is no page of a report"),
            ("archive", "or a file as in 'archive/report.html'"),
        ],
    )
    def test_an_output_that_cannot_be_written_is_refused_before_the_work(self, run, archive, output, reason):
        status, out, err = run("report", "nothing-is-read-yet", "-o", output)
        assert (status, out) == (2, "")
        assert reason in err

    def test_a_folder_has_an_overview_and_is_not_written_over_by_itself(self, run, archive):
        status, out, err = run("report", archive, "-o", "report/")
        assert (status, out) == (0, "")
        said = "a page for each of 1 pair and 1 cluster: 3 articles, 1 pair shares a passage or a quotation"
        assert err == f"wortlaut: wrote report/index.html and {said}\n"
        status, _, err = run("report", archive, "-o", "report/")
        assert status == 2
        assert "holds a report already" in err
        assert run("report", archive, "-o", "report", "--overwrite")[0] == 0

    def test_no_permission(self, run, archive, monkeypatch):
        monkeypatch.setattr(os, "access", lambda *_: False)
        assert (
            run("report", archive)[2] == "wortlaut: error: 'report.html' cannot be written: no permission\n"
        )


class TestBoilerplate:
    """Twelve unrelated articles with one line in common."""

    @pytest.fixture
    def lines(self, tmp_path):
        texts = [f"{' '.join(f'w{i}x{j}' for j in range(30))} {LINE}." for i in range(12)]
        path = tmp_path / "lines.jsonl"
        path.write_text(
            "".join(json.dumps({"id": f"a{i}", "text": text}) + "\n" for i, text in enumerate(texts))
        )
        return path

    def test_a_line_is_listed(self, run, lines):
        status, out, _ = run("boilerplate", lines, "--format", "csv")
        (row,) = csv.DictReader(io.StringIO(out))
        assert (status, row["text"], row["df"], row["id"]) == (0, LINE, "12", "a0")

    def test_it_is_left_out_unless_it_is_kept(self, run, lines):
        assert run("passages", lines)[2] == "wortlaut: nothing found\n"
        kept = run("passages", lines, "--boilerplate", "keep", "--format", "csv")[1].splitlines()
        few = run("passages", lines, "--boilerplate", "keep", "--max-df", "11", "--format", "csv")[1]
        assert (len(kept) - 1, len(few.splitlines()) - 1) == (12 * 11 / 2, 11)

    def test_no_number_and_not_all(self, run, lines):
        status, _, err = run("overlap", lines, "--max-df", "most")
        assert status == 2
        assert "invalid value for '--max-df': 'most' is not a valid integer" in err


class TestIndex:
    def test_says_how_far_it_is_unless_it_is_to_be_quiet(self, run, archive, monkeypatch):
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)
        asked = []
        for name in ("update", "search", "pairs"):
            ask = getattr(wortlaut.Index, name)

            def noted(index, *args, _ask=ask, **options):
                asked.append((options["workers"], options["progress"]))
                return _ask(index, *args, **options)

            monkeypatch.setattr(wortlaut.Index, name, noted)
        run("index", "create", "seen.sqlite")
        run("index", "add", "seen.sqlite", archive)
        article = next(archive.glob("*bote*"))
        assert "verbatim" in run("index", "search", "seen.sqlite", article, "--workers", "1")[1]
        assert "verbatim" in run("index", "pairs", "seen.sqlite", "-q", "--max-df", "all")[1]
        assert asked == [(None, True), (1, True), (None, False)]


class TestRows:
    COMMANDS = ("overlap", "passages", "quotes", "shared-quotes")

    @pytest.mark.parametrize("command", COMMANDS)
    def test_json_is_a_list_with_one_object_per_line(self, run, archive, command):
        status, out, err = run(command, archive, "--format", "json")
        assert (status, err) == (0, "")
        rows = json.loads(out)
        assert len(rows) == len(out.splitlines()) - 2 > 0
        assert all(isinstance(row, dict) for row in rows)

    @pytest.mark.parametrize("command", COMMANDS)
    def test_csv_says_the_same_as_json(self, run, archive, command):
        rows = json.loads(run(command, archive, "--format", "json")[1])
        table = list(csv.DictReader(io.StringIO(run(command, archive, "--format", "csv")[1])))
        assert table == [
            {key: "" if value is None else str(value) for key, value in row.items()} for row in rows
        ]

    @pytest.mark.parametrize("command", COMMANDS)
    def test_table_fits_and_is_aligned(self, run, archive, command):
        status, out, _ = run(command, archive)
        lines = out.splitlines()
        assert status == 0
        assert len(lines) >= 2
        assert all(len(line) <= 120 for line in lines)
        assert "\x1b" not in out

    def test_the_raw_text_is_there(self, run, archive):
        (passage,) = json.loads(run("passages", archive, "--format", "json")[1])
        assert passage["a_text"] == passage["b_text"] == LINE
        assert (passage["a_id"], passage["b_id"]) == ("2025-03-04_kurier_hafen", "2025-03-05_bote_hafen")
        text = (archive / "2025-03-04_kurier_hafen.txt").read_text()
        assert text[passage["a_start"] : passage["a_end"]] == LINE

    def test_quotes(self, run, archive):
        rows = json.loads(run("quotes", archive, "--format", "json")[1])
        assert [row["text"] for row in rows] == ["„Wir bleiben im Hafen“", "«Wir bleiben im Hafen»"]
        assert run("quotes", archive, "--kind", "title")[2] == "wortlaut: nothing found\n"

    def test_shared_quotes(self, run, archive):
        (row,) = json.loads(run("shared-quotes", archive, "--format", "json")[1])
        assert (row["relation"], row["marked"], row["a_text"]) == (
            "identical",
            "both",
            "Wir bleiben im Hafen",
        )

    def test_options_reach_the_question(self, run, archive):
        assert run("passages", archive, "--min-words", "30")[2] == "wortlaut: nothing found\n"
        assert run("passages", archive, "--within", "1h")[2] == "wortlaut: nothing found\n"
        assert "Hafen" in run("passages", archive, "--within", "2d", "--across", "outlet")[1]
        assert run("overlap", archive, "--min-score", "1")[2] == "wortlaut: nothing found\n"
        pairs = json.loads(run("overlap", "--sample", "--top-k", "1", "--n", "3", "--format", "json")[1])
        assert 0 < len(pairs) < len(json.loads(run("overlap", "--sample", "--n", "3", "--format", "json")[1]))

    def test_nothing_found_is_an_empty_list_or_a_bare_header(self, run, archive):
        assert run("passages", archive, "--min-words", "30", "--format", "json") == (0, "[\n]\n", "")
        assert run("passages", archive, "--min-words", "30", "--format", "csv")[1].startswith(
            "a_id,b_id,a_start,"
        )

    def test_workers_change_nothing(self, run):
        one, two = (run("passages", "--sample", "--workers", number, "--format", "csv") for number in (1, 2))
        assert one == two

    def test_a_poor_locale_gets_ascii_json(self, archive):
        done = subprocess.run(
            [*CALL, "passages", archive, "--format", "json"],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONIOENCODING": "ascii"},
        )
        assert LINE in json.loads(done.stdout.decode("ascii"))[0]["a_text"]


class TestArticles:
    def test_standard_input_as_json_lines(self, run, monkeypatch):
        rows = [{"id": name, "text": f"{name}: {LINE}"} for name in ("x", "y")]
        standard_input(monkeypatch, "".join(json.dumps(row) + "\n" for row in rows))
        (row,) = json.loads(run("passages", "-", "--format", "json")[1])
        assert (row["a_id"], row["b_id"]) == ("x", "y")

    def test_standard_input_as_text_beside_a_file(self, run, archive, monkeypatch):
        standard_input(monkeypatch, f"Nun doch: {LINE}.")
        rows = json.loads(run("passages", "-", archive / "2025-03-05_bote_hafen.txt", "--format", "json")[1])
        assert {rows[0]["a_id"], rows[0]["b_id"]} == {"stdin", "2025-03-05_bote_hafen"}

    def test_columns_can_be_named(self, run, tmp_path):
        path = tmp_path / "a.csv"
        path.write_text(f"nr,story,lead\n1,eins {LINE},x\n2,zwei {LINE},y\n")
        named = ("--text-column", "story", "--id-column", "nr")
        (row,) = json.loads(run("passages", path, *named, "--format", "json")[1])
        assert (row["a_id"], row["b_id"], row["a_text"]) == ("1", "2", LINE)

    def test_a_pattern_is_understood_without_the_shell(self, run, archive):
        assert len(json.loads(run("passages", "archive/*hafen.txt", "--format", "json")[1])) == 1

    def test_bad_articles_are_warnings_and_the_work_goes_on(self, run, archive):
        (archive / "empty.txt").touch()
        (archive / "photo.txt").write_bytes(bytes(range(256)))
        (archive / "old.txt").write_bytes("Die Brücke bleibt.".encode("latin-1"))
        status, out, err = run("passages", archive, "--format", "json")
        assert (status, len(json.loads(out))) == (0, 1)
        binary = "not text but binary data (11% control characters)"
        assert err.splitlines() == [
            f"wortlaut: warning: {archive}/empty.txt: the file is empty",
            f"wortlaut: warning: {archive}/photo.txt: {binary}; if it is text, name its encoding",
            f"wortlaut: note: {archive}/old.txt: decoded as windows-1252",
        ]
        assert run("passages", archive, "--format", "json", "--quiet") == (0, out, "")

    def test_warnings_are_capped(self, run, archive, tmp_path):
        (tmp_path / "a.jsonl").write_text("nein\n" * 100)
        status, _, err = run("passages", archive, tmp_path / "a.jsonl")
        assert status == 0
        assert len(err.splitlines()) == 10
        assert err.splitlines()[-1] == "wortlaut: warning: 91 more"

    def test_strict_stops_at_the_first(self, run, archive):
        (archive / "empty.txt").touch()
        status, out, err = run("passages", archive, "--strict")
        assert (status, out, err) == (2, "", f"wortlaut: error: {archive}/empty.txt: the file is empty\n")

    def test_one_article_has_nothing_to_be_compared_with(self, run, archive):
        status, _, err = run("overlap", archive / "2025-03-05_bote_hafen.txt")
        assert status == 0
        assert "only one article" in err
        assert "only one article" not in run("quotes", archive / "2025-03-05_bote_hafen.txt")[2]


class TestDiff:
    @pytest.fixture(autouse=True)
    def versions(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        Path("old.txt").write_text('Er sagte "nie" im Winter.')
        Path("new.md").write_text("Er sagte „nie“ im Sommer.")
        Path("marks.txt").write_text("Er sagte „nie“ im Winter.")

    def test_marks_the_changes(self, run):
        assert run("diff", "old.txt", "new.md") == (
            1,
            'Er sagte [-"-]{+„+}nie[-"-]{+“+} im [-Winter-]{+Sommer+}.\n',
            "",
        )

    def test_equal_files(self, run):
        assert run("diff", "old.txt", "old.txt") == (0, "", "wortlaut: no differences\n")
        assert run("diff", "old.txt", "old.txt", "--format", "json") == (0, "[\n]\n", "")

    def test_what_is_ignored_does_not_count(self, run):
        assert run("diff", "old.txt", "marks.txt", "--ignore", "typography")[0] == 0
        status, out, _ = run("diff", "old.txt", "new.md", "--ignore", "typography")
        assert (status, out) == (1, "Er sagte „nie“ im [-Winter-]{+Sommer+}.\n")
        assert run("diff", "old.txt", "new.md", *("--ignore", "typography", "--ignore", "wording"))[0] == 0

    def test_table_json_and_csv_hold_the_changes(self, run):
        status, out, _ = run("diff", "old.txt", "new.md", "--format", "json", "--ignore", "typography")
        (edit,) = json.loads(out)
        assert (status, edit["kind"], edit["a_text"], edit["b_text"]) == (1, "replace", "Winter", "Sommer")
        assert run("diff", "old.txt", "new.md", "--format", "csv")[1].startswith("edit,inside,kind,level,")
        assert run("diff", "old.txt", "new.md", "--format", "table")[1].startswith("kind")

    def test_rows_hold_what_changed_inside_moves(self, run):
        """They pointed to edits that were not printed, and those inside moves were missing."""
        first, second = "Der Rat tagt nicht am Montag im Rathaus. ", "Es regnet seit drei Tagen ohne Pause. "
        Path("a.txt").write_text(first + second)
        Path("b.txt").write_text(second + first.replace("nicht ", ""))
        _, out, _ = run("diff", "a.txt", "b.txt", "--format", "json")
        rows = json.loads(out)
        places = {row["edit"] for row in rows}
        assert {row["move"] for row in rows if row["move"] is not None} <= places
        (inner,) = [row for row in rows if row["inside"] is not None]
        assert inner["inside"] in places
        assert inner["a_text"].strip() == "nicht"

    def test_what_is_ignored_is_no_sameness(self, run):
        assert run("diff", "old.txt", "marks.txt", "--ignore", "typography")[2] in (
            "wortlaut: no differences that count\n",
            "",
        )

    def test_html_is_a_page_that_says_its_encoding(self, run):
        Path("<b>.txt").write_text("<script>alert(1)</script>")
        status, out, _ = run("diff", "<b>.txt", "new.md", "--format", "html")
        assert status == 1
        assert out.startswith("<!doctype html>")
        assert '<meta charset="utf-8">' in out
        assert "<script" not in out
        assert "<title>&lt;b&gt;.txt → new.md</title>" in out

    def test_standard_input(self, run, monkeypatch):
        standard_input(monkeypatch, "Er sagte „nie“ im Winter.")
        assert run("diff", "marks.txt", "-")[0] == 0
        status, _, err = run("diff", "-", "-")
        assert (status, err) == (
            2,
            "wortlaut: error: only one of OLD and NEW can be standard input; see wortlaut diff --help\n",
        )

    def test_an_empty_file_is_a_text_too(self, run):
        Path("empty.txt").touch()
        assert run("diff", "empty.txt", "marks.txt")[:2] == (1, "{+Er sagte „nie“ im Winter.+}\n")

    def test_encodings(self, run):
        Path("latin.txt").write_bytes("Größe".encode("latin-1"))
        Path("utf.txt").write_bytes("Größe".encode("utf-16"))
        assert run("diff", "latin.txt", "utf.txt")[0] == 0
        assert run("diff", "latin.txt", "utf.txt", "--encoding", "utf-8")[0] == 2

    def test_lone_surrogates_and_control_characters(self, run):
        Path("a.txt").write_bytes("a \ud800 b".encode("utf-16", "surrogatepass"))
        status, out, _ = run("diff", "a.txt", "marks.txt", "--format", "text")
        assert status == 1
        assert "\\ud800" in out


class TestOtherQuestions:
    def test_clusters(self, run, archive):
        (archive / "2025-03-06_post_hafen.txt").write_text(f"Und noch einmal: {LINE}.")
        status, out, _ = run("clusters", archive, "--format", "json")
        rows = json.loads(out)
        assert (status, len(rows)) == (0, 3)
        assert {row["text"] for row in rows} == {LINE}
        assert [row["first"] for row in rows].count(True) == 1
        assert run("clusters", archive)[1].startswith("cluster")
        assert run("clusters", archive, "--format", "csv")[1].startswith("cluster,id,start,end,words,first,")

    def test_within(self, run, archive):
        twice = archive / "twice.txt"
        twice.write_text(f"{LINE}. Dazwischen steht etwas ganz anderes. {LINE}.")
        status, out, _ = run("within", twice, "--format", "json")
        (passage,) = json.loads(out)
        assert (status, passage["a_start"], passage["a_text"]) == (0, 0, LINE)
        assert run("within", twice, "--min-words", "12") == (0, "", "wortlaut: nothing found\n")

    def test_find_quote(self, run, archive, monkeypatch):
        path = archive / "2025-03-05_bote_hafen.txt"
        status, out, _ = run("find-quote", "Wir bleiben im Hafen", path, "--format", "json")
        assert (status, json.loads(out)[0]["relation"]) == (0, "identical")
        standard_input(monkeypatch, "Wir bleiben nicht im Hafen")
        assert "negation" in run("find-quote", "Wir bleiben im Hafen", "-", "--format", "csv")[1]

    def test_history(self, run, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        versions = ["2025-03-04_a_x.txt", "2025-03_a_y.txt", "neu.txt"]
        for name, text in zip(versions, ("Er ging.", "Er ging heim.", "Er lief heim."), strict=True):
            Path(name).write_text(text)
        status, out, _ = run("history", *versions)
        assert (status, out.splitlines()) == (
            0,
            [
                "2025-03_a_y.txt: version 2: 1 difference, of wording",
                "neu.txt: version 3: 1 difference, of wording",
            ],
        )
        rows = json.loads(run("history", *versions, "--format", "json")[1])
        assert [(row["text"], row["since"], row["date"]) for row in rows] == [
            ("Er ", 1, "2025-03-04"),
            ("lief", 3, None),
            (" heim", 2, "2025-03"),
            (".", 1, "2025-03-04"),
        ]
        assert run("history", *versions, "--format", "csv")[1].startswith("start,end,since,date,text\n")
        assert run("history", *versions, "--format", "html")[1].startswith("<!doctype html>")
        assert run("history", *versions, "--format", "table")[1].startswith("since")


class TestMistakes:
    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (["passages"], "no ARTICLES: name a folder, files, a pattern or -; see wortlaut passages --help"),
            (["passages", "x.txt", "--sample"], "--sample takes no ARTICLES; see wortlaut passages --help"),
            (["passages", "missing.txt"], "missing.txt: no such file or folder in FOLDER"),
            (["passages", "--sample", "--min-words", "0"], "min_words must be at least 1, got 0"),
            (["passages", "--sample", "--workers", "0"], "workers must be at least 1, got 0"),
            (["overlap", "--sample", "--min-score", "80"], "min_score must be between 0 and 1, got 80.0"),
            (["overlap", "--sample", "--top-k", "0"], "top_k must be at least 1, got 0"),
            (
                ["report", "--sample", "-o", "missing/x.html"],
                "'missing/x.html' cannot be written: there is no folder 'missing'",
            ),
            (["diff", "missing.txt", "also.txt"], "missing.txt: no such file"),
            (["diff", ".", "also.txt"], ".: cannot be read: is a directory"),
            (
                ["passages", "archive", "--encoding", "utf-88"],
                "encoding must be a text encoding such as 'utf-8', got 'utf-88'",
            ),
        ],
    )
    def test_one_line_and_exit_status_2(self, run, archive, args, message):
        status, out, err = run(*args)
        assert (status, out) == (2, "")
        assert err.replace(str(archive.parent), "FOLDER") == f"wortlaut: error: {message}\n"

    @pytest.mark.parametrize(
        "args",
        [
            ["nonsense"],
            ["--nonsense"],
            ["overlap", "--nonsense"],
            ["overlap", "--sample", "--n", "many"],
            ["overlap", "--sample", "--measure", "cosine"],
            ["passages", "--sample", "--format", "xml"],
            ["passages", "--sample", "--within", "soon"],
            ["passages", "--sample", "--across", "author"],
            ["diff", "a.txt"],
            ["diff", "a.txt", "b.txt", "c.txt"],
            ["diff", "a.txt", "b.txt", "--ignore", "everything"],
            ["report", "--sample", "--min-words"],
        ],
    )
    def test_slips_of_options_too(self, run, archive, args):
        status, out, err = run(*args)
        assert (status, out) == (2, "")
        assert err.startswith("wortlaut: error: ")
        assert err.count("\n") == 1

    def test_no_article_at_all(self, run, tmp_path):
        (tmp_path / "a.txt").touch()
        status, _, err = run("passages", tmp_path)
        assert status == 2
        assert err.splitlines()[-1] == "wortlaut: error: no article could be read"

    @pytest.mark.parametrize(
        "error", [RuntimeError("x\ny"), MemoryError(), OSError(28, "No space left on device")]
    )
    def test_whatever_happens_is_one_line(self, run, monkeypatch, error):
        def fail(*_, **__):
            raise error

        monkeypatch.setattr(wortlaut.Corpus, "passages", fail)
        status, _, err = run("passages", "--sample")
        assert status == 2
        assert err.startswith("wortlaut: error: ")
        assert err.count("\n") == 1

    def test_no_room_for_the_output(self):
        if not Path("/dev/full").exists():
            pytest.skip("no /dev/full here")
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [*CALL, "overlap", "--sample"], stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert done.returncode == 2
        assert done.stderr.decode() == "wortlaut: error: output: no space left on device\n"


class TestProcess:
    def test_a_closed_pipe_is_quiet(self, archive):
        (archive / "many.txt").write_text("„Ja“, sagte er. " * 50_000)
        command = f"{' '.join(map(repr, CALL))} quotes {archive} | head -1"
        done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
        assert done.stderr == b""
        assert done.stdout.count(b"\n") == 1

    def test_an_interrupt_ends_with_one_line_and_130(self):
        """Standard input that never ends stands for long work."""
        process = subprocess.Popen([*CALL, "quotes", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write(b"x" * 1_000_000)  # more than a pipe holds: done when the command reads
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=10)
        assert process.returncode == 130
        assert err.decode().strip() == "wortlaut: interrupted"

    @pytest.mark.parametrize(
        ("extra", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
    )
    def test_a_terminal_gets_colour_unless_it_wants_none(self, tmp_path, extra, coloured):
        old, new = tmp_path / "a.txt", tmp_path / "b.txt"
        old.write_text("Er ging\x1b]0;title\x07 heim." + FILLER)
        new.write_text("Er lief\x1b]0;title\x07 heim." + FILLER)
        shown = on_terminal(["diff", old, new], extra)
        assert ("\x1b[" in shown) is coloured
        assert "\x1b]0" not in shown, "what an article says is never obeyed"

    def test_a_table_has_the_width_of_the_terminal(self):
        shown = on_terminal(["passages", "--sample"], {"COLUMNS": "72", "NO_COLOR": "1"})
        lines = [line.rstrip() for line in shown.splitlines() if not line.startswith("wortlaut")]
        assert max(map(_width, lines)) <= 72

    def test_help_imports_nothing_heavy(self):
        code = CALL[-1].replace("sys.exit(main())", "main(['--help']); print(*sys.modules)")
        shown = subprocess.run([*CALL[:-1], code], capture_output=True, check=True, text=True).stdout
        loaded = set(shown.splitlines()[-1].split())
        assert "wortlaut" in loaded
        assert not loaded & {"numpy", "pandas", "polars", "pyarrow", "tqdm", "sqlite3"}


def on_terminal(args, extra) -> str:
    """Run the command line on a pseudo terminal and return what it shows."""
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
    environment |= {"TERM": "xterm-256color"} | extra
    process = subprocess.Popen([*CALL, *map(str, args)], stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        shown += part
    process.wait(timeout=10)
    os.close(ours)
    return shown.decode()


class TestTable:
    def test_numbers_stand_right_texts_are_shortened(self):
        rows = [
            {"id": "a", "words": 7, "score": 0.5, "yes": True, "none": None, "text": "kurz"},
            {"id": "länger", "words": 1234, "score": 1.0, "yes": False, "none": None, "text": "wort " * 100},
        ]
        assert list(table_lines(rows, list(rows[0]), width=60)) == [
            "id      words  score  yes  none  text",
            "a           7   0.50  yes        kurz",
            "länger   1234   1.00             wort wort wort wort wort w…",
        ]

    def test_wide_and_combining_characters(self):
        rows = [{"id": "中国共产党", "text": "x"}, {"id": "u\u0308ber", "text": "x"}]
        assert list(table_lines(rows, ["id", "text"], width=40))[1:] == [
            "中国共产党  x",
            "u\u0308ber        x",
        ]

    def test_controls_do_not_reach_the_terminal(self):
        line = list(table_lines([{"id": "a\x1b[2J", "text": "b\nc\u202ed"}], ["id", "text"], width=80))[1]
        assert line == "a\\x1b[2J  b c\\u202ed"

    def test_a_megabyte_of_text_is_no_trouble(self):
        lines = list(table_lines([{"text": "wort " * 200_000}] * 50, ["text"], width=80))
        assert len(lines) == 51
        assert max(map(len, lines)) <= 80
