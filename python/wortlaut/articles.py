"""What an article is once it has been read: its text, and what is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast, overload

from wortlaut.dates import PRECISION, shown_date
from wortlaut.errors import InvalidTypeError, counted, one_line, shown
from wortlaut.fields import FIELDS
from wortlaut.frames import Framed, Moments
from wortlaut.page import FilePath, finished
from wortlaut.problems import TABLE_ROWS, Note, Problem, Problems, capped, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from wortlaut.html import Html

# Characters of a text in a table of articles: its headline and first words, in two or three lines.
_BEGINNING = 80


@dataclass(frozen=True, slots=True)
class Article:
    """One article: the raw text as it stood in its source, and what the source said about it.

    `date` has a time zone (UTC where the source named none); a date without a day or an hour is the first of
    its month or day, and `date_precision` is "year" or "month" where no more was said. `extra` holds the columns
    of the source that are none of these fields.

    >>> article = Article("a1", "Der Rat tagt.", outlet="Kurier", extra={"section": "lokal"})
    >>> article.outlet, article.date, article.extra["section"]
    ('Kurier', None, 'lokal')
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    date: datetime | None = None
    outlet: str | None = None
    lang: str | None = None
    author: str | None = None
    extra: dict[str, Any] = field(default_factory=dict, hash=False)
    date_precision: str | None = None

    def __repr__(self) -> str:
        known = {"title": self.title, "date": _day(self), "outlet": self.outlet, "lang": self.lang}
        told = "".join(f", {name}={value!r}" for name, value in known.items() if value)
        return f"Article({self.id!r}{told}, text={shown(self.text)}, {len(self.text):,} characters)"

    def to_dict(self) -> dict[str, Any]:
        """Return the fields, then the extra columns; one with the name of a field becomes `extra_` + name.

        `date_precision` is among them where it says something.

        >>> list(Article("a1", "Der Rat tagt.", extra={"section": "lokal"}).to_dict())
        ['id', 'text', 'title', 'url', 'date', 'outlet', 'lang', 'author', 'section']
        """
        row = {name: getattr(self, name) for name in FIELDS}
        row |= {PRECISION: self.date_precision} if self.date_precision else {}
        return row | {_free(name): value for name, value in self.extra.items()}


class Articles(Framed, Sequence[Article]):
    """Articles in the order they were read, what could not be read (`problems`), and what to know (`notes`).

    A sequence: `len`, index, slice, iterate, compare. A slice keeps the problems and notes of the whole
    reading. In frames, extra columns of mixed kinds become strings.

    >>> articles = Articles([Article("a1", "Der Rat tagt."), Article("a2", "Der Rat tagte.")])
    >>> articles.ids, articles[-1].text, len(articles[:1])
    (['a1', 'a2'], 'Der Rat tagte.', 1)
    """

    __slots__ = ("_articles", "_notes", "_problems")

    def __init__(
        self,
        articles: Iterable[Article] = (),
        *,
        problems: Iterable[Problem] = (),
        notes: Iterable[Note] = (),
    ) -> None:
        self._articles = tuple(articles)
        self._problems = Problems(problems)
        self._notes = tuple(notes)
        stranger = next((one for one in self._articles if not isinstance(one, Article)), None)
        if stranger is not None:
            raise InvalidTypeError(f"articles must hold Article objects, got {shown(stranger)}")

    @property
    def problems(self) -> Problems:
        """What could not be read, in the order of reading.

        >>> len(Articles().problems)
        0
        """
        return self._problems

    @property
    def notes(self) -> tuple[Note, ...]:
        """What to know about what was read: guessed encodings, renamed ids, dates left out.

        >>> Articles().notes
        ()
        """
        return self._notes

    @property
    def ids(self) -> list[str]:
        """The ids, no two alike after `read_articles`.

        >>> Articles([Article("a1", "Der Rat tagt.")]).ids
        ['a1']
        """
        return [article.id for article in self._articles]

    @property
    def texts(self) -> list[str]:
        """The raw texts.

        >>> Articles([Article("a1", "Der Rat tagt.")]).texts
        ['Der Rat tagt.']
        """
        return [article.text for article in self._articles]

    @property
    def dates(self) -> list[datetime | None]:
        """The dates, each with a time zone, or None.

        >>> Articles([Article("a1", "Der Rat tagt.")]).dates
        [None]
        """
        return [article.date for article in self._articles]

    @property
    def outlets(self) -> list[str | None]:
        """The outlets, or None.

        >>> Articles([Article("a1", "Der Rat tagt.", outlet="Kurier")]).outlets
        ['Kurier']
        """
        return [article.outlet for article in self._articles]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that `to_dicts` and the frames have.

        Where a date is only a month or a year, a frame has its first day, and `date_precision` says so.

        >>> Articles().columns
        ('id', 'text', 'title', 'url', 'date', 'outlet', 'lang', 'author')
        """
        extra = {_free(name): None for article in self._articles for name in article.extra}
        precise = not any(article.date_precision for article in self._articles)
        return (*FIELDS, *(() if precise else (PRECISION,)), *extra)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return one dict per article, all with the same keys: the fields and every extra column.

        >>> Articles([Article("a1", "Der Rat tagt.")]).to_dicts()[0]["text"]
        'Der Rat tagt.'
        """
        empty = dict.fromkeys(self.columns)
        return [empty | article.to_dict() for article in self._articles]

    def _whole(self) -> dict[str, Sequence[Any]]:
        rows = self.to_dicts()
        return {name: [row[name] for row in rows] for name in self.columns} | {"date": Moments(self.dates)}

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.to_html(limit=TABLE_ROWS)}

    def to_html(self, path: FilePath | None = None, *, limit: int | None = None) -> str:
        """Return the articles as an HTML table, and what could not be read as another one, at most `limit` rows each.

        With a `path`, they are also written there, as a page of its own.

        >>> "&lt;b&gt;" in Articles([Article("a1", "Der Rat tagt.", title="<b>")]).to_html()
        True
        """
        from wortlaut import html

        told = counted(len(self), "article")
        parts = [html.element("p", told), _overview(self._articles, limit)]
        if self._problems:
            parts += [html.element("p", counted(len(self._problems), "problem"))]
            parts += [table_of(self._problems, limit)]
        return finished(html.fragment(*parts), path, told)

    def __len__(self) -> int:
        return len(self._articles)

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> Articles: ...
    def __getitem__(self, index: int | slice) -> Article | Articles:
        if isinstance(index, slice):
            return Articles(self._articles[index], problems=self._problems, notes=self._notes)
        return self._articles[index]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Articles):
            return NotImplemented
        return self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def _content(self) -> tuple[object, ...]:
        return self._articles, self._problems, self._notes

    def __repr__(self) -> str:
        outlets = len({outlet for outlet in self.outlets if outlet})
        dated = sorted(
            (one for one in self._articles if one.date), key=lambda one: cast("datetime", one.date)
        )
        told = [
            counted(len(self), "article"),
            *([counted(outlets, "outlet")] if outlets else []),
            *([f"{_day(dated[0])} to {_day(dated[-1])}"] if dated else []),
            *([counted(len(self._problems), "problem")] if self._problems else []),
            *([counted(len(self._notes), "note")] if self._notes else []),
        ]
        rows = capped(self._articles, _row)
        troubles = capped(self._problems, lambda problem: f"problem: {problem}")
        return "\n".join([f"Articles: {', '.join(told)}", *rows, *troubles])


def overview(articles: Sequence[Article], problems: Sequence[Problem], told: str) -> dict[str, str]:
    """Return what a notebook shows of articles and problems, in words and as tables.

    >>> sorted(overview([], [], "Corpus(0 articles)"))
    ['text/html', 'text/plain']
    """
    shown = Articles(articles, problems=problems)
    return {"text/plain": told, "text/html": shown.to_html(limit=TABLE_ROWS)}


def _overview(articles: Sequence[Article], limit: int | None) -> Html:
    """Return a table of articles: what they are called, and how they begin."""
    from wortlaut import html
    from wortlaut.html.words import shorten

    headers = ("id", "title", "outlet", "date", "characters", "text")
    rows = [
        [one.id, one.title, one.outlet, _when(one), len(one.text), shorten(one.text, _BEGINNING)]
        for one in articles[:limit]
    ]
    return html.table(headers, rows, total=len(articles), limit=limit, texts=[1, 5], name="Articles")


def _when(article: Article) -> Html:
    from wortlaut import html

    return html.element("span", shown_date(article.date, article.date_precision), class_="wl-date")


def _free(name: str) -> str:
    return f"extra_{name}" if name in (*FIELDS, PRECISION) else name


def _day(article: Article) -> str:
    """Return the day, or as much as is known: an hour would take the place of a title."""
    return shown_date(article.date, article.date_precision)[:10]


def _row(article: Article) -> str:
    known = (article.id, _day(article), article.outlet, shown(article.title or article.text))
    return "  ".join(one_line(part) for part in known if part)
