"""Articles in plain text files: what their names and their first lines say about them.

Accepted are names such as ``2023-09-16_kurier_drehbruecke.txt``, a day anywhere in a name, and at the head of
the text, before or on the line of the headline, ``date 2023-09`` or ``date 2023-09-16``. The text stays whole:
what is recognised is not cut off, so that offsets are those of the file's text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wortlaut.dates import Dated, dated, not_understood
from wortlaut.fields import assign

# Between headlines (9 in 10 of the PolNeAR corpus have up to 85 characters) and first paragraphs (9 in 10 of
# German Wikinews have 163 or more). Lower loses headlines with a kicker, higher takes a short lead for a
# headline.
_TITLE_LENGTH = 140

# A day, with an hour or without, or a month at the head of a name; elsewhere only a day that stands by itself, as
# "anniversary-2001-09-11" says what an article is about.
_NAME = re.compile(
    r"(\d{4}([-_])\d{2}\2\d{2}(?:T\d{4,6})?|\d{8}(?:T\d{4,6})?|\d{4}-\d{2}(?!-?\d))"
    r"(?:_(?P<outlet>[^_]+)_.+|[_\- ].*)?"
)
_DAY = re.compile(r"(?<![^_ ,])(\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?![^_ ,])")
_DATE_LINE = re.compile(r"date:?[ \t]+(\d{4}-\d{2}(?:-\d{2}(?:T\d\d:\d\d\S*)?)?)(?!\S)[ \t]*", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t\u00a0]*(?:\r\n|\r|\n|\Z)")


class Head(NamedTuple):
    """What stands at the head of a text, and a note where its date cannot be."""

    title: str | None = None
    date: Dated = Dated()
    note: str | None = None


def from_name(stem: str) -> tuple[Dated, str | None]:
    """Return the date and the outlet in the name of a file, each None where the name does not say.

    >>> date, outlet = from_name("2023-09-16_wattland-kurier_drehbruecke")
    >>> date.moment.isoformat(), outlet
    ('2023-09-16T00:00:00+00:00', 'wattland-kurier')
    >>> from_name("Kurier vom 16.09.2023")[0] == date
    True
    >>> from_name("drehbruecke")
    (Dated(moment=None, precision=None), None)
    """
    match = _NAME.fullmatch(stem)
    date = dated(match[1].replace("_", "-")) if match else Dated()
    if match and date.moment:
        return date, match["outlet"]
    days = set(_DAY.findall(stem))
    return (dated(days.pop()) if len(days) == 1 else Dated()), None


def from_head(text: str) -> Head:
    r"""Return the title and the date that stand at the head of `text`.

    The title is the first line with words, when it is short and a blank line follows.

    >>> head = from_head("date 2023-09 Rat lehnt Neubau ab\n\nDer Rat hat am Montag …")
    >>> head.title, head.date.moment.isoformat(), head.date.precision
    ('Rat lehnt Neubau ab', '2023-09-01T00:00:00+00:00', 'month')
    """
    start = _next_words(text, 0)
    line = _DATE_LINE.match(text, start)
    if line is None:
        return Head(_title(text, start))
    date = dated(line[1])
    note = None if date.moment else not_understood(line[1])
    return Head(_title(text, _next_words(text, line.end())), date, note)


def is_table(text: str) -> bool:
    r"""Say whether the first line of `text` names columns, one of them that of the texts.

    >>> is_table("ID\tDatum\tText\r\n1\t16.09.2023\tDer Rat tagt."), is_table("Text: Ada\tFoto: Bert")
    (True, False)
    """
    names = (_LINE.match(text) or [""])[0].split("\t")
    return len(names) > 1 and "text" in assign(names, {})


def _next_words(text: str, start: int) -> int:
    """Return where the first thing that is no white space stands, from `start`."""
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _title(text: str, start: int) -> str | None:
    line = _LINE.match(text, start, start + _TITLE_LENGTH + 1)
    title = line[0].rstrip() if line else ""
    if not title or len(title) > _TITLE_LENGTH or line is None:
        return None
    follows = _BLANK_LINE.match(text, line.end())
    return title if follows and follows.end() < len(text) else None
