"""The examples of README.md give what they say."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

README = Path(__file__).parent.parent.parent / "README.md"


def test_examples(tmp_path, monkeypatch):
    pytest.importorskip("pandas")
    # A blank line for each fence: what follows an example's output would count as output.
    text = re.sub(r"^```.*$", "", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(text, {}, "README.md", str(README), 0)
    monkeypatch.chdir(tmp_path)
    told: list[str] = []
    result = doctest.DocTestRunner().run(examples, out=told.append)
    assert result.attempted > 0
    assert result.failed == 0, "".join(told)
