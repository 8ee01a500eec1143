"""The tables in tests/cases, which Rust reads too: the same case, the same answer.

A table or a key that this file does not know is a failure: nothing is left out in silence.
"""

from __future__ import annotations

import dataclasses
import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import wortlaut as wl
from wortlaut.diff import FACTS, LEVELS

CASES = Path(__file__).parent.parent / "cases"
Case = dict[str, Any]

FLAGS = ("case", "compatibility", "typography", "accents")
# Rust folds any string, but a text has words: UAX #29 ends one at a zero-width space, a byte-order mark stands outside,
# and each ideograph is one.
NO_WORDS = {
    "a zero-width space is nothing",
    "a byte-order mark is nothing",
    "simplified and traditional characters are different ones",
}
FOLDS = [dict(zip(FLAGS, on, strict=True)) for on in product((True, False), repeat=4)]


def words(case: Case) -> None:
    assert [word.text for word in wl.Text(case["text"]).words] == case["words"]


def sentences(case: Case) -> None:
    text = wl.Text(case["text"])
    if "paragraphs" in case:
        assert [paragraph.text for paragraph in text.paragraphs] == case["paragraphs"]
    if "sentences" in case:
        assert [sentence.text for sentence in text.sentences] == case["sentences"]


def fold(case: Case) -> None:
    """Two words are the same under a fold that has all flags of one entry, and under no other."""
    alone = all([word.text for word in wl.Text(text).words] == [text] for text in (case["a"], case["b"]))
    assert alone == (case["why"] not in NO_WORDS)
    if not alone:
        return
    entries = [set() if entry == "nothing" else set(entry.split("+")) for entry in case["same_under"]]
    assert all(entry <= set(FLAGS) for entry in entries)
    for flags in FOLDS:
        on = {name for name, is_on in flags.items() if is_on}
        same = wl.overlap(case["a"], case["b"], n=1, fold=wl.Fold(**flags)).ratio == 1
        assert same == any(entry <= on for entry in entries), on


def diff(case: Case) -> None:
    change = wl.diff(case["before"], case["after"])
    found = [
        ["equal", edit.a_text] if edit.kind == "equal" else [edit.kind, edit.level, edit.a_text, edit.b_text]
        for edit in change.edits
    ]
    assert found == case["edits"]
    assert change.apply(case["before"]) == case["after"]


def passages(case: Case) -> None:
    options = {"min_words": case["min_words"]} if "min_words" in case else {}
    found = wl.passages(case["a"], case["b"], **options) if "b" in case else wl.within(case["a"], **options)
    shown = [
        [one.kind, str(one.matched), one.a_text] + ([one.b_text] if one.b_text != one.a_text else [])
        for one in found
    ]
    assert shown == case["passages"]


def overlap(case: Case) -> None:
    found = wl.overlap(
        case["a"], case["b"], **{name: case[name] for name in ("n", "min_words") if name in case}
    )
    fractions = [case["ratio"], case["jaccard"], *case["containment"], case["dice"], *case["coverage"]]
    wanted = [int(top) / int(bottom or 1) for top, _, bottom in (one.partition("/") for one in fractions)]
    assert list(dataclasses.astuple(found)) == [*case["words"], *wanted, case["longest"]]


def quotes(case: Case) -> None:
    text, spans = case["text"], case["spans"]
    found = wl.quotes(text)
    assert [quote.text for quote in found] == spans
    assert found.column("depth") == case.get("depths", [0] * len(spans))
    assert found.column("group") == case.get("groups", list(range(len(spans))))
    unclosed = [index for index, closed in enumerate(found.column("closed")) if not closed]
    assert unclosed == case.get("unclosed", [])
    if "kinds" in case:
        assert found.column("kind") == case["kinds"]
    if "speakers" in case:
        speakers = zip(found.column("speaker_start"), found.column("speaker_end"), strict=True)
        assert ["" if start is None else text[start:end] for start, end in speakers] == case["speakers"]


# What a relation is when the two texts are swapped.
TURNED = {"trimmed": "extended", "extended": "trimmed"}
TURNED_MARKS = {"a": "b", "b": "a"}


def shared_quotes(case: Case) -> None:
    a, b = case["a"], case["b"]
    rows = [{"negation": False, **row} for row in case["rows"]]
    assert [statement(quote) for quote in wl.shared_quotes(a, b)] == rows
    turned = sorted(wl.shared_quotes(b, a), key=lambda quote: (quote.b_start, quote.b_end, quote.a_start))
    there = sorted(wl.shared_quotes(a, b), key=lambda quote: (quote.a_start, quote.a_end, quote.b_start))
    assert [mirror(statement(quote)) for quote in turned] == [statement(quote) for quote in there]


def statement(quote: wl.SharedQuote) -> Case:
    names = {"a": "a_text", "b": "b_text", "relation": "relation", "marked": "marked", "negation": "negation"}
    return {name: getattr(quote, field) for name, field in names.items()}


def mirror(row: Case) -> Case:
    relation, marked = (
        TURNED.get(row["relation"], row["relation"]),
        TURNED_MARKS.get(row["marked"], row["marked"]),
    )
    return {**row, "a": row["b"], "b": row["a"], "relation": relation, "marked": marked}


def found_quotes(case: Case) -> None:
    found = wl.find_quote(case["quote"], case["text"])
    shown = [[place.relation, "negation" if place.negation else "", place.text] for place in found]
    assert shown == case["found"]


# Table -> what runs a case of it, the keys a case must have, and those it may have.
TABLES: dict[str, tuple[Any, set[str], set[str]]] = {
    "words": (words, {"text", "words", "why"}, set()),
    "fold": (fold, {"a", "b", "same_under", "why"}, set()),
    "sentences": (sentences, {"name", "text", "why"}, {"paragraphs", "sentences"}),
    "diff": (diff, {"before", "after", "edits", "why"}, set()),
    "passages": (passages, {"a", "passages", "why"}, {"b", "min_words"}),
    "overlap": (
        overlap,
        {"a", "b", "words", "longest", "ratio", "jaccard", "containment", "dice", "coverage", "why"},
        {"n", "min_words"},
    ),
    "quotes": (
        quotes,
        {"name", "why", "text", "spans"},
        {"depths", "groups", "unclosed", "kinds", "speakers"},
    ),
    "shared_quotes": (shared_quotes, {"name", "why", "a", "b", "rows"}, set()),
    "found_quotes": (found_quotes, {"name", "why", "quote", "text", "found"}, set()),
}
# The gold of the sample articles has a test of its own, and so have levels, which stand in lists.
ELSEWHERE = {"samples", "levels"}


def load(table: str) -> list[Case]:
    contents = tomllib.loads((CASES / f"{table}.toml").read_text(encoding="utf-8"))
    assert set(contents) == {"case"}, f"{table}.toml has tables that nobody runs"
    return contents["case"]


def test_every_table_is_run():
    assert {path.stem for path in CASES.iterdir()} == set(TABLES) | ELSEWHERE


def told(before: str, after: str) -> tuple[str, list[str]]:
    """Return the strongest level of a difference, and the facts it touches."""
    change = wl.diff(before, after)
    levels = {edit.level for edit in change.edits}
    counts = wl.diff_many([before], [after]).counts()
    facts = [fact for fact in FACTS for _ in range(counts[f"{fact}s"][0])]
    return max(levels, key=LEVELS.index), facts


def test_levels_and_facts():
    table = tomllib.loads((CASES / "levels.toml").read_text(encoding="utf-8"))
    several = table.pop("several")
    for name, group in table.items():
        wanted = ("wording", [name]) if name in FACTS else (name, [])
        for before, after in group["cases"]:
            assert told(before, after) == told(after, before) == wanted, (before, after)
    for case in several:
        assert told(case["before"], case["after"])[1] == case["facts"], case["before"]


@pytest.mark.parametrize("table", TABLES)
def test_every_key_is_known(table):
    _, needed, allowed = TABLES[table]
    for case in load(table):
        assert needed <= set(case) <= needed | allowed, case["why"]


@pytest.mark.parametrize(
    ("table", "case"),
    [
        pytest.param(table, case, id=f"{table}: {case.get('name', case['why'])}")
        for table in TABLES
        for case in load(table)
    ],
)
def test_case(table, case):
    TABLES[table][0](case)
