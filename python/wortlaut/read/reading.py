"""What a reading collects: articles under ids of their own, problems and notes."""

from __future__ import annotations

from dataclasses import replace
from os.path import realpath, relpath
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from wortlaut.articles import Article, Articles
from wortlaut.errors import InvalidValueError, WortlautError, shown
from wortlaut.fields import assign
from wortlaut.gather import number_repeats
from wortlaut.problems import Note, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Names of columns in one message: beyond, nobody looks for the right one.
_NAMES_SHOWN = 20


class Reading:
    """Collects what is read; with `strict` the first problem is raised.

    `chosen` (field -> column) is what the caller said about columns. `sole` says that there is one file
    only: a column missing there is a slip of the call and not of one file among many, so it is raised either
    way. With `beside`, a folder, what has no id of its own is called by the path of its file from there, whatever
    else is read; then two articles may have one id.
    """

    def __init__(
        self, *, chosen: Mapping[str, str], strict: bool = False, beside: Path | None = None
    ) -> None:
        self.chosen = chosen
        self._beside = beside
        self.sole = False
        self._strict = strict
        self._articles: list[Article] = []
        self._places: list[tuple[str, int | None]] = []
        self._folders: dict[int, tuple[str, ...]] = {}
        self._problems: list[Problem] = []
        self._notes: dict[tuple[str, str], Note] = {}
        self._columns: dict[tuple[str, ...], dict[str, str]] = {}
        self._seen: dict[str, int] = {}
        self.size = 0

    def add(
        self, article: Article, source: str, row: int | None = None, folders: tuple[str, ...] = ()
    ) -> None:
        """Keep an article and where it stood; `folders` may go before its id where another has the same."""
        if self._beside is not None:
            article = _placed(article, source, row, self._beside)
        elif folders:
            self._folders[len(self._articles)] = folders
        self._articles.append(article)
        self.size += 1
        self._places.append((source, row))

    def __len__(self) -> int:
        """Return how many articles wait to be taken; `size` counts all, and problems: it tells of an empty file."""
        return len(self._articles)

    def problem(
        self, source: str, row: int | None, reason: str, error: type[WortlautError] = InvalidValueError
    ) -> None:
        """Keep a problem, or raise it as `error`."""
        problem = Problem(source, row, reason)
        if self._strict:
            raise error(str(problem)) from None
        self._problems.append(problem)
        self.size += 1

    def note(self, source: str, row: int | None, reason: str | None) -> None:
        """Keep a note, if there is one; the same one about many rows of a source is kept for the first."""
        if reason is not None:
            self._notes.setdefault((source, reason), Note(source, row, reason))

    def columns(self, names: Iterable[str]) -> dict[str, str]:
        """Return which of the columns `names` holds which field, worked out once for equal rows."""
        names = tuple(names)
        if names not in self._columns:
            self._columns[names] = assign(names, self.chosen)
        return self._columns[names]

    def check_columns(self, source: str, names: Iterable[str]) -> bool:
        """Say whether a table with the columns `names` can be read; if not, that is a problem, or raised."""
        reason = missing_column(self.columns(names), self.chosen, names)
        if reason is None:
            return True
        if self.sole:
            raise InvalidValueError(str(Problem(source, None, reason)))
        self.problem(source, None, reason)
        return False

    def result(self) -> Articles:
        """Return what was collected since the last call, no two articles ever with the same id."""
        ids = [article.id for article in self._articles]
        if self._beside is None:
            _prefix_folders(ids, self._folders)
            for index, reason in number_repeats(ids, seen=self._seen):
                self.note(*self._places[index], reason)
        articles = [
            article if article.id == own else replace(article, id=own)
            for article, own in zip(self._articles, ids, strict=True)
        ]
        found = Articles(articles, problems=self._problems, notes=self._notes.values())
        for collected in (self._articles, self._places, self._folders, self._problems, self._notes):
            collected.clear()
        return found


def missing_column(columns: Mapping[str, str], chosen: Mapping[str, str], names: Iterable[str]) -> str | None:
    """Return what to say when the text, or a column that the caller chose, is not among `names`.

    >>> missing_column({}, {}, ["id", "story"])
    "no text column among 'id', 'story'; say which one holds the text (text=, --text-column)"
    >>> missing_column({"text": "text"}, {"id": "nr"}, ["text"])
    "no column 'nr' for the id among 'text' (id=, --id-column)"
    """
    names = list(names)
    more = ", …" if len(names) > _NAMES_SHOWN else ""
    told = ", ".join(shown(name) for name in names[:_NAMES_SHOWN]) + more
    for field, column in chosen.items():
        if field not in columns:
            return f"no column {shown(column)} for the {field} among {told} ({field}=, --{field}-column)"
    if "text" not in columns:
        return f"no text column among {told}; say which one holds the text (text=, --text-column)"
    return None


def _placed(article: Article, source: str, row: int | None, beside: Path) -> Article:
    """Return an article that has no id of its own under the path of its file."""
    path = Path(source).expanduser()
    if not path.exists() or article.id != (path.stem if row is None else f"{path.name}:{row}"):
        return article
    file, folder = realpath(path), realpath(beside)
    try:
        place = PurePath(relpath(file, folder)).as_posix()
    except ValueError:  # on another drive
        place = PurePath(file).as_posix()
    return replace(article, id=place if row is None else f"{place}:{row}")


def _prefix_folders(ids: list[str], folders: Mapping[int, tuple[str, ...]]) -> None:
    """Put as many folders before the ids of files of the same name as tell them apart: `2023/kurier`."""
    alike: dict[str, list[int]] = {}
    for index in folders:
        alike.setdefault(ids[index], []).append(index)
    for indexes in alike.values():
        longest = max(len(folders[index]) for index in indexes) if len(indexes) > 1 else 0
        for depth in range(1, longest + 1):
            longer = ["/".join((*folders[index][-depth:], ids[index])) for index in indexes]
            if len(set(longer)) == len(longer):
                for index, name in zip(indexes, longer, strict=True):
                    ids[index] = name
                break
