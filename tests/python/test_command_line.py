"""The examples of docs/command-line.md give what they say, and no command is missing."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wortlaut.cli import cli, main

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).parent.parent.parent / "docs" / "command-line.md"
TEXT = PAGE.read_text(encoding="utf-8")
SESSION = re.findall(r"^```console\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)


def calls() -> list[tuple[str, str]]:
    """Return what is typed, and what comes of it, in order."""
    parts = re.split(r"^\$ (.*)\n", "".join(SESSION), flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def answer(call: str, capfd: pytest.CaptureFixture[str]) -> str:
    """Return what a call writes, to both streams; only `wortlaut` is run in this process."""
    words = shlex.split(call)
    if words[0] == "wortlaut" and not set(words) & {"|", ">", "<"}:
        main(words[1:])
    else:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(["sh", "-c", call], check=True, env={**os.environ, "PATH": path})
    return "".join(capfd.readouterr())


def test_examples(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    for call, told in calls():
        assert answer(call, capfd) == told, call


def test_every_command_is_there():
    shown = "\n".join(call for call, _ in calls())
    commands = [name for name in cli.commands if name != "index"]
    commands += [f"index {name}" for name in cli.commands["index"].commands]
    assert [name for name in commands if f"wortlaut {name}" not in shown] == []
    assert [name for name in commands if f"`{name.removeprefix('index ')}`" not in TEXT] == []
