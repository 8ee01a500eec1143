"""The errors: their tree, the checks that raise them, and every message as a person has approved it.

After a change of wording, look at the difference and approve it:

    python -m pytest tests/python/test_errors.py --approve && git diff tests/approved/errors.txt
"""

from __future__ import annotations

import io
import json
import os
import pickle
import sys
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from wortlaut import errors
from wortlaut.cli import main
from wortlaut.errors import (
    ArticleNotFoundError,
    InternalError,
    InvalidTypeError,
    InvalidValueError,
    MissingExtraError,
    UnreadableFileError,
    WortlautError,
    check_choice,
    check_count,
    check_fraction,
    check_text,
    is_missing,
    one_line,
    require_extra,
    shown,
)
from wortlaut.read import Articles, read_articles

APPROVED = Path(__file__).parent.parent / "approved" / "errors.txt"
TREE = {
    InvalidValueError: ValueError,
    InvalidTypeError: TypeError,
    ArticleNotFoundError: FileNotFoundError,
    UnreadableFileError: OSError,
    MissingExtraError: ImportError,
    InternalError: RuntimeError,
}


class TestTree:
    @pytest.mark.parametrize(("error", "builtin"), TREE.items())
    def test_each_is_ours_and_the_built_in_one(self, error, builtin):
        assert issubclass(error, WortlautError)
        assert issubclass(error, builtin)

    def test_none_is_left_out(self):
        ours = {
            one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, WortlautError)
        }
        assert ours == {WortlautError, *TREE}

    @pytest.mark.parametrize("error", [WortlautError, *TREE])
    def test_says_its_message_and_survives_pickling(self, error):
        raised = pickle.loads(pickle.dumps(error("min_words must be at least 1, got 0")))
        assert type(raised) is error
        assert str(raised) == "min_words must be at least 1, got 0"

    def test_a_missing_extra_names_the_module(self):
        with pytest.raises(MissingExtraError) as caught:
            require_extra("no_such_frames", "frames")
        assert caught.value.name == "no_such_frames"


class Whole:
    """What numpy's integers are: no int, but as good as one."""

    def __index__(self):
        return 8

    def __float__(self):
        return 0.5


class BadRepr:
    """A value whose repr fails."""

    def __repr__(self):
        raise RuntimeError("no repr")


class TestChecks:
    def test_what_passes_is_returned(self):
        assert check_count("n", 8) == check_count("n", Whole()) == 8
        assert check_count("n", 0, 0) == 0
        assert [check_fraction("f", value) for value in (0, 1, 0.25, Whole())] == [0.0, 1.0, 0.25, 0.5]
        assert check_choice("measure", "dice", ("dice",)) == "dice"
        assert check_text("a", "") == ""

    def test_numbers_of_numpy(self):
        numpy = pytest.importorskip("numpy")
        assert type(check_count("n", numpy.int64(8))) is int
        assert type(check_fraction("f", numpy.float32(0.5))) is float
        for refused in (numpy.bool_(True), numpy.float64(8), numpy.array([1, 2])):
            with pytest.raises(InvalidTypeError):
                check_count("n", refused)

    def test_missing_values(self):
        assert is_missing(None)
        assert is_missing(float("nan"))
        assert not any(is_missing(value) for value in ("", "nan", 0, False, [], object()))

    def test_missing_values_of_pandas(self):
        pandas = pytest.importorskip("pandas")
        assert is_missing(pandas.NaT)
        assert is_missing(pandas.NA)
        assert not is_missing(pandas.Series([1, 2]))

    def test_a_value_is_shown_on_one_line(self):
        assert shown("kurz") == "'kurz'"
        assert len(shown("lang" * 1000)) < 70
        assert shown({"a": "b" * 200}) == "a dict"
        assert shown(BadRepr()) == "a BadRepr"
        assert "\n" not in shown("a\nb")
        shown("\ud800").encode()

    def test_one_line_is_harmless_to_a_terminal(self):
        assert one_line("Der\r\n Rat\u2028tagt") == "Der Rat tagt"
        assert one_line("a\x1b]0;x\x07\u202e\ud800b") == "a\\x1b]0;x\\x07\\u202e\\ud800b"
        assert one_line("„Größe“ 🎉") == "„Größe“ 🎉"


def read(content: str | bytes, name: str = "a.txt", **options):
    """A case: the first problem of a file with this content."""

    def case(folder):
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (folder / "other.txt").write_text("Der Rat tagt.")
        read_articles(path, folder / "other.txt", errors="raise", **options)

    return case


def read_paths(*paths: object, **options):
    """A case: the error of a call with these paths, relative to the folder."""

    def case(folder):
        (folder / "empty").mkdir()
        (folder / "a.docx").touch()
        (folder / "a.csv").write_text("id,story\n1,a\n")
        (folder / "a.txt").write_text("Der Rat tagt.")
        os.chdir(folder)
        read_articles(*paths, **options)

    return case


def command(*args: str):
    """A case: what a command says on standard error, relative to a folder with some files."""

    def case(folder):
        (folder / "written").mkdir()
        (folder / "written" / "index.html").write_text('<meta name="generator" content="wortlaut">')
        (folder / "empty").mkdir()
        (folder / "empty.txt").touch()
        (folder / "a.txt").write_text("Der Rat tagt.")
        (folder / "a.csv").write_text("id,story\n1,a\n")
        (folder / "binary.md").write_bytes(bytes(range(256)))
        os.chdir(folder)
        with redirect_stderr(io.StringIO()) as err:
            status = main(args)
        return f"exit status {status}: {err.getvalue().strip()}"

    return case


def without_pandas(folder):
    held = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "pandas"}
    sys.modules["pandas"] = None
    try:
        Articles().to_pandas()
    finally:
        del sys.modules["pandas"]
        sys.modules.update(held)


def broken_module(folder):
    (folder / "broken_frames.py").write_text("import no_such_dependency\n")
    sys.path.insert(0, str(folder))
    try:
        require_extra("broken_frames", "frames")
    finally:
        sys.path.remove(str(folder))


CASES = {
    "count below": lambda _: check_count("min_words", 0),
    "count below another minimum": lambda _: check_count("workers", -3, 0),
    "count far too large": lambda _: check_count("top_k", 2**32),
    "count beyond printing": lambda _: check_count("n", 10**5000),
    "count true": lambda _: check_count("n", True),
    "count float": lambda _: check_count("n", 8.0),
    "count str": lambda _: check_count("n", "8"),
    "count none": lambda _: check_count("n", None),
    "fraction above": lambda _: check_fraction("min_score", 80),
    "fraction nan": lambda _: check_fraction("min_score", float("nan")),
    "fraction str": lambda _: check_fraction("min_score", "0.5"),
    "fraction true": lambda _: check_fraction("min_score", True),
    "choice of three": lambda _: check_choice("measure", "cosine", ("containment", "jaccard", "dice")),
    "choice of one": lambda _: check_choice("layout", "wide", ("inline",)),
    "choice of the wrong type": lambda _: check_choice("measure", 5, ("jaccard", "dice")),
    "text bytes": lambda _: check_text("a", b"Der Rat"),
    "text none": lambda _: check_text("a", None),
    "text nan": lambda _: check_text("a", float("nan")),
    "text number": lambda _: check_text("a", 5),
    "text long list": lambda _: check_text("a", ["Der Rat"] * 50),
    "extra missing": without_pandas,
    "extra broken": broken_module,
    "articles of strangers": lambda _: Articles(["Der Rat"]),
    "path missing": read_paths("missing.txt"),
    "path absolute missing": lambda folder: read_articles(folder / "missing.txt"),
    "path missing among others": read_paths("a.txt", "missing.txt", errors="raise"),
    "path without match": read_paths("archive/*.txt"),
    "path match of other kinds": read_paths("*.docx"),
    "path empty folder": read_paths("empty"),
    "path other kind": read_paths("a.docx"),
    "path address": read_paths("https://example.org/a.txt"),
    "path number": read_paths(5),
    "path bytes": read_paths(b"a.txt"),
    "path none in a list": read_paths(["a.txt", None]),
    "path blank": read_paths(" "),
    "path none at all": read_paths([]),
    "path text file object": lambda _: read_articles(io.StringIO("Der Rat")),
    "errors unknown": read_paths("a.txt", errors="ignore"),
    "encoding unknown": read_paths("a.txt", encoding="utf-88"),
    "encoding number": read_paths("a.txt", encoding=8),
    "column of the wrong type": read_paths("a.csv", text=5),
    "column text not found": read_paths("a.csv"),
    "column chosen not found": read_paths("a.csv", text="body"),
    "file empty": read(""),
    "file white space": read(" \n"),
    "file binary": read(bytes(range(256))),
    "file pdf": read(b"%PDF-1.7"),
    "file cyrillic": read("Привет, как дела".encode("cp1251")),
    "file not in the encoding named": read("Brücke".encode("latin-1"), encoding="utf-8"),
    "json cut": read('{"text": "abgeschnitten', "a.jsonl"),
    "json not": read("Der Rat tagt.", "a.jsonl"),
    "json nested": read('{"text": ' + "[" * 100_000, "a.jsonl"),
    "json array": read('[{"text": "a"}]', "a.jsonl"),
    "json over lines": read('{\n"text": "a"}', "a.jsonl"),
    "json no object": read("[1]", "a.jsonl"),
    "json no text": read('{"story": "a", "id": 1}', "a.jsonl"),
    "json chosen column not found": read('{"text": "a"}', "a.jsonl", text="body"),
    "json text null": read('{"text": null}', "a.jsonl"),
    "json text nan": read('{"text": NaN}', "a.jsonl"),
    "json text number": read('{"text": 5}', "a.jsonl"),
    "json text empty": read('{"text": ""}', "a.jsonl"),
    "json line in another encoding": read(
        json.dumps({"text": "é"}, ensure_ascii=False).encode("utf-16-le")[:-1], "a.jsonl"
    ),
    "table no rows": read("id,text\n", "a.csv"),
    "table empty": read("\n", "a.csv"),
    "table row too long": read("id,text\n1,a,b\n", "a.csv"),
    "table text empty": read("id,text\n1,\n", "a.csv"),
    # What click says of unknown options changes with its versions: test_cli.py sees to its form.
    "command no articles": command("passages"),
    "command sample and articles": command("passages", "--sample", "a.txt"),
    "command path missing": command("passages", "missing.txt"),
    "command path empty folder": command("passages", "empty"),
    "command no article readable": command("passages", "empty.txt"),
    "command strict": command("passages", "a.txt", "empty.txt", "--strict"),
    "command column missing": command("passages", "a.csv"),
    "command count": command("passages", "--sample", "--min-words", "0"),
    "command score": command("overlap", "--sample", "--min-score", "80"),
    "command span of time": command("passages", "--sample", "--within", "soon"),
    "command across": command("passages", "--sample", "--across", "author"),
    "command output folder missing": command("report", "--sample", "-o", "missing/report.html"),
    "command output is a folder with other files": command("report", "--sample", "-o", "."),
    "command output is a report": command("report", "--sample", "-o", "written"),
    "command diff missing": command("diff", "missing.txt", "a.txt"),
    "command diff folder": command("diff", "empty", "a.txt"),
    "command diff binary": command("diff", "a.txt", "binary.md"),
    "command diff standard input twice": command("diff", "-", "-"),
    "command clusters count": command("clusters", "--sample", "--min-words", "0"),
    "command within missing": command("within", "missing.txt"),
    "command within count": command("within", "a.txt", "--min-words", "0"),
    "command find-quote without a word": command("find-quote", " …", "a.txt"),
    "command history of one version": command("history", "a.txt"),
    "command history standard input twice": command("history", "-", "-"),
    "command history binary": command("history", "a.txt", "binary.md"),
}


def message(case, folder: Path) -> str:
    before = Path.cwd()
    try:
        said = case(folder)
    except WortlautError as error:
        said = f"{type(error).__name__}: {error}"
    finally:
        os.chdir(before)
    return str(said).replace(str(folder), "FOLDER")


def test_every_message_is_approved(tmp_path_factory, pytestconfig):
    said = [f"[{name}]\n{message(case, tmp_path_factory.mktemp('case'))}\n" for name, case in CASES.items()]
    text = "\n".join(said)
    if pytestconfig.getoption("--approve"):
        APPROVED.write_text(text, encoding="utf-8")
    assert text == APPROVED.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_a_message_is_one_line_without_a_full_stop(tmp_path, name):
    said = message(CASES[name], tmp_path)
    kind, _, text = said.splitlines()[-1].partition(": ")
    assert kind in {"exit status 2", "wortlaut", *(error.__name__ for error in TREE)}
    assert "\n" not in text
    assert not text.endswith(".")
    assert len(text) < 250
