"""The versions of one article: what each changed, and since when each word has stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from wortlaut import _core
from wortlaut.diff import MOST_SHOWN, Diff, drawn
from wortlaut.errors import InvalidTypeError, InvalidValueError, counted, is_missing, shown
from wortlaut.frames import Column, Framed, Moments, from_core
from wortlaut.given import values_of
from wortlaut.page import FilePath, finished
from wortlaut.text import DEFAULT_FOLD, Fold, Text, fold_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the last version, and since which version it has stood, counted from 1 as in `summary` and on pages.

    >>> history(["Er ging.", "Er ging heim."]).blame[1]
    Stretch(start=7, end=12, since=2, text=' heim')
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
        {'start': 7, 'end': 12, 'since': 2, 'date': 'Di', 'text': ' heim'}
        """
        columns = self._whole()
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def _whole(self) -> dict[str, Column | Sequence[Any]]:
        numbers = {name: [getattr(one, name) for one in self.blame] for name in ("start", "end", "since")}
        columns: dict[str, Any] = {name: Column.of_numbers(values) for name, values in numbers.items()}
        dates: list[Any] = [self.dates[one.since - 1] for one in self.blame]
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
        rows = [[one.since, _told(self.dates[one.since - 1]), one.text] for one in self.blame]
        parts.append(html.table(["since version", "date", "text"], rows, limit=limit))
        return finished(html.fragment(*parts), path, counted(len(self.versions), "version"))

    def __repr__(self) -> str:
        return "\n".join(
            [f"History: {counted(len(self.versions), 'version')}", *(f"  {line}" for line in self.summary())]
        )


def history(versions: object, *, dates: Sequence[Any] | None = None, fold: Fold = DEFAULT_FOLD) -> History:
    """Compare the versions of one article, each with the one before.

    `versions` is in order of time; `dates`, if given, has one date for each. Words that moved, or changed in
    typography, case or spelling only, have stood since they first came. All versions are compared under one fold:
    that of a `Text` among them, or else `fold`. Raises `InvalidValueError` without any version.

    >>> story = history(["Er ging.", "Er ging heim.", "Er lief heim."], dates=["Mo", "Di", "Mi"])
    >>> [(one.text, story.dates[one.since - 1]) for one in story.blame]
    [('Er ', 'Mo'), ('lief', 'Mi'), (' heim', 'Di'), ('.', 'Mo')]
    """
    if isinstance(versions, Mapping):
        raise InvalidTypeError("versions must hold texts in order of time; pass list(versions.values())")
    texts = _read(values_of("versions", versions), fold)
    if not texts:
        raise InvalidValueError("versions must hold at least one text, got none")
    when = [None] * len(texts) if dates is None else values_of("dates", dates)
    when = [None if is_missing(date) else date for date in when]
    if len(when) != len(texts):
        raise InvalidValueError(f"dates must hold one for each version ({len(texts)}), got {len(when)}")
    raw, standing = _core.history([text._core for text in texts])
    diffs = tuple(Diff(old.raw, new.raw, one) for (old, new), one in zip(pairwise(texts), raw, strict=True))
    stood = from_core(standing)
    last = texts[-1].raw
    blame = tuple(
        Stretch(start, end, since + 1, last[start:end])
        for start, end, since in zip(stood["start"], stood["end"], stood["since"], strict=True)
    )
    return History(tuple(text.raw for text in texts), tuple(when), diffs, blame)


def _read(versions: list[Any], fold: Fold) -> list[Text]:
    """Read each version once, all under one fold: that of a `Text` among them, or else `fold`."""
    for number, text in enumerate(versions, start=1):
        if not isinstance(text, str | Text):
            remedy = "; leave missing versions out" if is_missing(text) else ""
            raise InvalidTypeError(f"versions must hold texts, got {shown(text)} as version {number}{remedy}")
    fold = fold_of(versions, fold)
    return [text if isinstance(text, Text) else Text(text, fold=fold) for text in versions]


def _is_moment(date: object) -> bool:
    from datetime import datetime

    return date is None or isinstance(date, datetime)


def _told(date: Any) -> str:
    """Return a date as a page shows it; what the caller wrote stays as it is."""
    from wortlaut.dates import shown_date

    return shown_date(date) if _is_moment(date) else str(date)
