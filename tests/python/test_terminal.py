"""What reaches a terminal or a pipe: nothing that an article could say to the terminal, and UTF-8 for programs."""

import os
import subprocess
import sys
from pathlib import Path

import wortlaut as wl

ESCAPE = "\x1b[8m\x1b]0;title\x07"


def run(*args: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from wortlaut.cli import main; raise SystemExit(main())", *args]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def test_an_article_cannot_send_escape_sequences_to_the_terminal() -> None:
    """A conceal sequence in an article hid the rest of a diff."""
    shown = wl.diff(f"Er {ESCAPE}ging.", f"Er {ESCAPE}lief.").to_ansi()
    assert "\x1b[8m" not in shown
    assert "\x07" not in shown
    assert "\\x1b[8m" in shown


def test_a_page_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    """Under a Latin-1 locale the page said UTF-8 and was not."""
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("Er sagte „nie“.", encoding="utf-8")
    new.write_text("Er sagte «nie».", encoding="utf-8")
    for form in ("html", "csv"):
        done = run("diff", str(old), str(new), "--format", form, PYTHONIOENCODING="latin-1")
        assert done.returncode == 1
        assert "„" in done.stdout.decode("utf-8")


def test_a_report_goes_to_standard_output() -> None:
    done = run("report", "--sample", "--quiet", "-o", "-")
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith("<!doctype html>")
