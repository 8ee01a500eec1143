"""Text exports of Nexis: many documents in one file, each with a head, a body and a foot.

Of two layouts, the newer one ends a document with the line "End of Document" and begins its text behind the line
"Body"; the older one begins it with "1 of 20 DOCUMENTS", and its text behind "LENGTH: 120 words". Nobody publishes a
description: these are the marks that exports have in common, and what has none of them stays one plain text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wortlaut.dates import Dated, dated

_BEGIN = re.compile(
    r"^[ \t]*(?:\d+ (?:of|von) \d+ DO[CK]UMENTE?[SN]?|Dokument \d+ von \d+)[ \t]*\r?$", re.MULTILINE
)
_END = re.compile(r"^[ \t]*(?:End of Document|Ende des Dokuments)[ \t]*\r?$", re.MULTILINE)
_BODY = re.compile(r"^[ \t]*Body[ \t]*\r?$", re.MULTILINE)
_PAGE = re.compile(r"Page \d+ of \d+")

# What a head says in a line of its own.
_HEAD = re.compile(
    r"^(section|length|byline|headline|dateline|highlight|rubrik|länge|autor):[ \t]*(.*)$",
    re.MULTILINE | re.IGNORECASE,
)
# Where a foot begins: only what no line of an article looks like, as "Update:" does.
_FOOT = re.compile(
    r"^[ \t]*(?:(?:load-date|publication-type|journal-code):|(?-i:LANGUAGE: [A-Z])|copyright (?:©? ?)\d{4})",
    re.MULTILINE | re.IGNORECASE,
)
# What stands behind an empty line is no longer part of a key.
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*\S")


class Document(NamedTuple):
    """One document of an export: its body, and what stands around it."""

    text: str
    title: str | None = None
    outlet: str | None = None
    date: Dated = Dated()
    author: str | None = None
    section: str | None = None


def documents(text: str) -> list[Document]:
    r"""Return the documents of an export; none where `text` is no such.

    >>> lines = ["Rat tagt", "Kurier", "16. September 2023", "", "Length: 3 words", "Body", "", "Der Rat tagt.", ""]
    >>> (found,) = documents("\n".join([*lines, "Load-Date: September 17, 2023", "End of Document"]))
    >>> found.text, found.title, found.outlet, found.date.moment.day
    ('Der Rat tagt.', 'Rat tagt', 'Kurier', 16)
    """
    if _END.search(text) and _BODY.search(text):
        parts = _END.split(text)
    elif _BEGIN.search(text) and _HEAD.search(text):
        parts = _BEGIN.split(text)[1:]  # before the first there is at most what was searched for
    else:
        return []
    return [_document(part) for part in parts if any(_blocks(part))]


def _document(part: str) -> Document:
    first, start, told = _head(part)
    if not told and first == start:
        return Document(part.strip())
    foot = _FOOT.search(part, start)
    blocks = _blocks(part[:first])
    title, outlet, date = _named(blocks) if _BODY.search(part) else _upside_down(blocks)
    return Document(
        part[start : foot.start() if foot else len(part)].strip(),
        told.get("headline") or title,
        outlet,
        date,
        told.get("byline") or told.get("autor"),
        told.get("section") or told.get("rubrik"),
    )


def _head(part: str) -> tuple[int, int, dict[str, str]]:
    """Return where the keys of the head begin, where the text begins behind them, and what they say."""
    told: dict[str, str] = {}
    body = _BODY.search(part)
    first, start = (body.start(), body.end()) if body else (0, 0)
    end = body.start() if body else len(part)
    for key in _HEAD.finditer(part, 0, end):
        if not body and told and _PARAGRAPH.search(part, start, key.start()):
            break  # this one is a line of the text
        first = key.start() if not told else first
        start = start if body else key.end()
        told.setdefault(key[1].lower(), key[2].strip())
    return first, start, told


def _blocks(head: str) -> list[list[str]]:
    """Return the lines of a head, parted where a line is empty, without its copyright and numbers of pages."""
    foot = _FOOT.search(head)
    blocks: list[list[str]] = [[]]
    for line in map(str.strip, head[: foot.start() if foot else len(head)].splitlines()):
        if not line or _PAGE.fullmatch(line):
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _named(blocks: list[list[str]]) -> tuple[str | None, str | None, Dated]:
    """Return title, outlet and date of the newer layout, which stand in lines one below the other."""
    lines = [line for block in blocks for line in block]
    for place, line in enumerate(lines):
        if place > 1 and (date := dated(line)).moment is not None:
            return " ".join(lines[: place - 1]), lines[place - 1], date
    return (lines[0] if lines else None), None, Dated()


def _upside_down(blocks: list[list[str]]) -> tuple[str | None, str | None, Dated]:
    """Return title, outlet and date of the older layout: the outlet first, the title last."""
    dates = (dated(line) for block in blocks for line in block)
    date = next((date for date in dates if date.moment is not None), Dated())
    title = " ".join(blocks[-1]) if len(blocks) > 2 else None
    return title, (blocks[0][0] if blocks else None), date
