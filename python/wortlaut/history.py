"""The versions of one article: what each changed, and since when each word has stood."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from wortlaut.diff import MOST_SHOWN, Diff, diff, drawn
from wortlaut.errors import InvalidTypeError, InvalidValueError, counted, is_missing, shown
from wortlaut.frames import Column, Framed, Moments, values_of
from wortlaut.page import FilePath, finished
from wortlaut.text import DEFAULT_FOLD, Fold, Text, fold_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

# Where a stretch starts and ends, and the version since which it has stood.
Known = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the last version, and the version (counted from 0) since which it has stood.

    >>> history(["Er ging.", "Er ging heim."]).blame[1]
    Stretch(start=7, end=12, since=1, text=' heim')
    """

    start: int
    end: int
    since: int
    text: str


@dataclass(frozen=True, slots=True)
class History(Framed):
    """The versions of one article: `versions`, `dates`, the `diffs` from each to the next, and `blame`.

    >>> history(["Er ging.", "Er lief.", "Er lief."]).summary()
    ['version 2: 1 difference, of wording', 'version 3: no differences']
    """

    versions: tuple[str, ...]
    dates: tuple[datetime | str | None, ...]
    diffs: tuple[Diff, ...]
    blame: tuple[Stretch, ...]

    def summary(self) -> list[str]:
        """Say for each version but the first what changed.

        >>> history(["Er ging."]).summary()
        []
        """
        return [f"version {number}: {diff.summary()}" for number, diff in enumerate(self.diffs, start=2)]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of the blame as rows and in frames.

        >>> history(["Er ging."]).columns
        ('start', 'end', 'since', 'date', 'text')
        """
        return tuple(self._whole())

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the blame as dicts, one for each stretch, with the date of its version.

        >>> history(["Er ging.", "Er ging heim."], dates=["Mo", "Di"]).to_dicts()[1]
        {'start': 7, 'end': 12, 'since': 1, 'date': 'Di', 'text': ' heim'}
        """
        columns = self._whole()
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def _whole(self) -> dict[str, Column | Sequence[Any]]:
        numbers = {name: [getattr(one, name) for one in self.blame] for name in ("start", "end", "since")}
        columns: dict[str, Any] = {name: Column.of_numbers(values) for name, values in numbers.items()}
        dates: list[Any] = [self.dates[one.since] for one in self.blame]
        columns["date"] = Moments(dates) if all(map(_is_moment, dates)) else dates
        columns["text"] = [one.text for one in self.blame]
        return columns

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.to_html(limit=MOST_SHOWN)}

    def to_html(self, path: FilePath | None = None, *, limit: int | None = None) -> str:
        """Return the diffs one after the other and the blame as HTML; at most `limit` differences of each version.

        With a `path`, they are also written there, as a page of its own.

        >>> "version 2" in history(["Er ging.", "Er lief."]).to_html()
        True
        """
        from wortlaut import html

        parts: list[object] = []
        for line, change in zip(self.summary(), self.diffs, strict=True):
            parts += [html.element("p", line), *drawn(change, limit)]
        rows = [[one.since + 1, _told(self.dates[one.since]), one.text] for one in self.blame]
        parts.append(html.table(["since version", "date", "text"], rows, limit=limit))
        return finished(html.fragment(*parts), path, counted(len(self.versions), "version"))

    def __repr__(self) -> str:
        return "\n".join(
            [f"History: {counted(len(self.versions), 'version')}", *(f"  {line}" for line in self.summary())]
        )


def history(versions: object, *, dates: Sequence[Any] | None = None, fold: Fold = DEFAULT_FOLD) -> History:
    """Compare the versions of one article, each with the one before.

    `versions` is in order of time; `dates`, if given, has one date for each. A stretch that only moved counts as new
    since the version that moved it. All versions are compared under one fold: that of a `Text` among them, or else
    `fold`. Raises `InvalidValueError` without any version.

    >>> story = history(["Er ging.", "Er ging heim.", "Er lief heim."], dates=["Mo", "Di", "Mi"])
    >>> [(one.text, story.dates[one.since]) for one in story.blame]
    [('Er ', 'Mo'), ('lief', 'Mi'), (' heim', 'Di'), ('.', 'Mo')]
    """
    texts = _read(values_of("versions", versions), fold)
    if not texts:
        raise InvalidValueError("versions must hold at least one text, got none")
    when = [None] * len(texts) if dates is None else values_of("dates", dates)
    if len(when) != len(texts):
        raise InvalidValueError(f"dates must hold one for each version ({len(texts)}), got {len(when)}")
    diffs = tuple(diff(old, new) for old, new in pairwise(texts))
    last = texts[-1].raw
    known = [(0, len(texts[0].raw), 0)]
    for version, change in enumerate(diffs, start=1):
        known = _carried(known, change, version)
    blame = tuple(Stretch(start, end, since, last[start:end]) for start, end, since in known if start < end)
    return History(tuple(text.raw for text in texts), tuple(when), diffs, blame)


def _read(versions: list[Any], fold: Fold) -> list[Text]:
    """Read each version once, all under one fold: that of a `Text` among them, or else `fold`."""
    for number, text in enumerate(versions):
        if not isinstance(text, str | Text):
            remedy = "; leave missing versions out" if is_missing(text) else ""
            raise InvalidTypeError(f"versions must hold texts, got {shown(text)} as version {number}{remedy}")
    fold = fold_of(versions, fold)
    return [text if isinstance(text, Text) else Text(text, fold=fold) for text in versions]


def _carried(known: list[Known], change: Diff, version: int) -> list[Known]:
    """Carry what is known of each stretch over to the next version; what is new has stood since then.

    The edits and the stretches both ascend and leave no gap, so that one pass over both is enough.
    """
    carried: list[Known] = []
    at = 0
    for edit in change.edits:
        if edit.kind != "equal":
            _add(carried, edit.b_start, edit.b_end, version)
            continue
        shift, start = edit.b_start - edit.a_start, edit.a_start
        while start < edit.a_end:
            _, end, since = known[at]
            stop = min(end, edit.a_end)
            if start < stop:
                _add(carried, start + shift, stop + shift, since)
                start = stop
            if end <= start:
                at += 1
    return carried


def _is_moment(date: object) -> bool:
    from datetime import datetime

    return date is None or isinstance(date, datetime)


def _told(date: Any) -> str:
    """Return a date as a page shows it; what the caller wrote stays as it is."""
    from wortlaut.dates import shown_date

    return shown_date(date) if _is_moment(date) else str(date)


def _add(carried: list[Known], start: int, end: int, since: int) -> None:
    """Put a stretch behind the others, as a part of the one before where both have stood as long."""
    if carried and carried[-1][2] == since:
        start = carried.pop()[0]
    if start < end:
        carried.append((start, end, since))
