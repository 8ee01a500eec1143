"""Read articles from files: plain text (one article each), JSON lines, and tables.

The same call takes a folder, a pattern, single files or an open one, and says what it could not read.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from wortlaut.articles import Article, Articles
from wortlaut.dates import dated, parse_date
from wortlaut.errors import (
    ArticleNotFoundError,
    InvalidTypeError,
    UnreadableFileError,
    check_choice,
    check_count,
    shown,
)
from wortlaut.gather import of_frame
from wortlaut.given import is_frame
from wortlaut.problems import Note, Problem
from wortlaut.read.decode import RefusedError, check_encoding, decode
from wortlaut.read.files import all_of, read_files, why
from wortlaut.read.reading import Reading
from wortlaut.read.sources import called_in_messages, find, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wortlaut.read.sources import Source

__all__ = [
    "Article",
    "Articles",
    "Note",
    "Problem",
    "parse_date",
    "read_articles",
    "read_text",
    "sample_articles",
    "stream_articles",
]


def read_articles(
    path: Source | Iterable[Source],
    *more_paths: Source,
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    url: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    lang: str | None = None,
    author: str | None = None,
    encoding: str | None = None,
    errors: str = "collect",
) -> Articles:
    """Read articles from files, folders and patterns, with their dates, outlets and titles.

    Each path is a file, a folder (read with all its subfolders, in the order of names), a pattern such as
    ``"archive/**/*.txt"``, or a file object opened in binary mode; a frame will do as well. Read are `.txt`,
    `.html` (extra: html), `.jsonl`, `.json`, `.csv`, `.tsv`, `.parquet` (extra: arrow or polars) and `.warc.gz`
    (extra: warc), each of them as `.gz` too, and a `.zip` of such as if it were a folder.
    `text`, `id`, ... name the columns of JSON and tables; without them the usual names are understood (`body`,
    `publish_date`, `publisher`, `datum`, `quelle`, ...), whatever their case. Other columns are kept in
    `Article.extra`.

    A plain text file is one article. Its id is the file's name; date and outlet come from names such as
    ``2023-09-16_kurier_bruecke.txt`` or a leading ``date 2023-09``. The text is the whole file, line ends as
    they are; only a text export of Nexis is cut into its documents. Without `encoding` UTF-8, UTF-16 and
    Windows-1252 are told apart; what was guessed stands in `notes`.

    One bad article does not stop the rest: it is in `problems`, with its row and the reason.
    ``errors="raise"`` raises the first problem instead. Raised in any case: `ArticleNotFoundError` where no
    path leads to a file, and `InvalidValueError` where an argument, or the one table that was given, is not
    as said.

    >>> from importlib.resources import files
    >>> articles = read_articles(files("wortlaut") / "samples")
    >>> len(articles), articles[0].outlet, articles[0].title
    (17, 'harkensieler-anzeiger', 'Rat zieht Auftrag zurück: Drehbrücke wird nicht abgerissen')

    Use it for files as they lie on a disk; texts in a frame or a list go straight to `Corpus`.
    """
    columns = {"text": text, "id": id, "title": title, "url": url}
    columns |= {"date": date, "outlet": outlet, "lang": lang, "author": author}
    reading = _reading(columns, errors)
    if is_frame(path):
        return _of_frame(path, _chosen(columns), strict=errors == "raise")
    for _ in _read(path, more_paths, reading, encoding):
        pass
    return reading.result()


def read_beside(
    folder: Path,
    paths: Iterable[Source],
    *,
    encoding: str | None = None,
    errors: str = "collect",
    **columns: str | None,
) -> Articles:
    """Read articles as `read_articles` does, those without ids under the paths of their files from `folder`.

    So one file is always called the same, whatever is read beside it.

    >>> from importlib.resources import files
    >>> samples = Path(str(files("wortlaut"))) / "samples"
    >>> read_beside(samples.parent, [samples / "2025-03-04_harkensieler-anzeiger_drehbruecke.txt"]).ids
    ['samples/2025-03-04_harkensieler-anzeiger_drehbruecke.txt']
    """
    strict = check_choice("errors", errors, ("collect", "raise")) == "raise"
    reading = Reading(chosen=_chosen(columns), strict=strict, beside=folder)
    for _ in _read(list(paths), (), reading, encoding):
        pass
    return reading.result()


def _of_frame(frame: object, chosen: dict[str, str], *, strict: bool) -> Articles:
    found = of_frame(frame, chosen, strict=strict)
    return Articles(found.articles, problems=found.problems)


def stream_articles(
    path: Source | Iterable[Source],
    *more_paths: Source,
    batch: int = 1000,
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    url: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    lang: str | None = None,
    author: str | None = None,
    encoding: str | None = None,
    errors: str = "collect",
) -> Iterator[Articles]:
    """Read articles as `read_articles` does, `batch` of them at a time, so that files may be larger than memory.

    No two articles of all batches have the same id. Problems and notes stand in the batch in which they came up.
    Parquet is read whole where there is polars but no pyarrow.

    >>> from importlib.resources import files
    >>> [len(articles) for articles in stream_articles(files("wortlaut") / "samples", batch=10)]
    [10, 7]

    Use it to fill an `Index`: ``for articles in stream_articles("archive.jsonl"): index.add(articles)``.
    """
    columns = {"text": text, "id": id, "title": title, "url": url}
    columns |= {"date": date, "outlet": outlet, "lang": lang, "author": author}
    batch, reading = check_count("batch", batch), _reading(columns, errors)
    return _batches(_read(path, more_paths, reading, encoding), reading, batch)


def _batches(pauses: Iterator[None], reading: Reading, batch: int) -> Iterator[Articles]:
    for _ in pauses:
        if len(reading) >= batch:
            yield reading.result()
    last = reading.result()
    if len(last) or last.problems or last.notes:
        yield last


def _reading(columns: dict[str, str | None], errors: str) -> Reading:
    strict = check_choice("errors", errors, ("collect", "raise")) == "raise"
    return Reading(chosen=_chosen(columns), strict=strict)


def _read(
    path: Source | Iterable[Source], more_paths: Iterable[Source], reading: Reading, encoding: str | None
) -> Iterator[None]:
    """Find the files and return what reads them, pausing after each article."""
    check_encoding(encoding)
    found = find(listed(path, more_paths), reading)
    reading.sole = len(found) == 1
    return read_files(found, reading, encoding)


def read_text(path: Source, *, encoding: str | None = None) -> str:
    """Return the text of one file, whatever its name ends in; a binary file object will do.

    Raises `ArticleNotFoundError` where there is no such file, `UnreadableFileError` where it is no text.

    >>> from importlib.resources import files
    >>> read_text(files("wortlaut") / "samples" / "2025-03-08_kaimauer_zahlen.txt")[:11]
    'Vier Zahlen'
    """
    check_encoding(encoding)
    (source,) = listed([path], ())
    called = called_in_messages(source)
    try:
        data = Path(source).read_bytes() if isinstance(source, str | os.PathLike) else all_of(source)
        return decode(data, encoding).text
    except (FileNotFoundError, ValueError):  # a ValueError: a NUL in the name
        raise ArticleNotFoundError(f"{called}: no such file") from None
    except RefusedError as error:
        raise UnreadableFileError(f"{called}: {error}") from None
    except OSError as error:
        raise UnreadableFileError(f"{called}: {why(error)}") from None


def _chosen(columns: dict[str, str | None]) -> dict[str, str]:
    """Return the columns that the caller named, by field."""
    chosen = {field: column for field, column in columns.items() if column is not None}
    for field, column in chosen.items():
        if not isinstance(column, str):
            raise InvalidTypeError(f"{field} must be the name of a column, got {shown(column)}")
    return chosen


def sample_articles() -> Articles:
    """Return the seventeen invented articles that come with the package, in order of date.

    Twelve in German, five in English: an agency report and what others made of it (copied, cut, reordered,
    reworded), an article and its silent correction, and two that share nothing with any other.
    `extra["note"]` says what each is there for.

    >>> articles = sample_articles()
    >>> len(articles), articles.ids[:2], articles[0].lang
    (17, ['agency-de', 'copied-de'], 'de')
    """
    import tomllib

    folder = Path(__file__).parents[1] / "samples"
    index = tomllib.loads((folder / "index.toml").read_text(encoding="utf-8"))
    return Articles(_sample(entry, (folder / entry["file"]).read_bytes()) for entry in index["article"])


def _sample(entry: dict[str, str], data: bytes) -> Article:
    date, precision = dated(entry["date"])
    return Article(
        id=entry["id"],
        text=data.decode("utf-8"),
        title=entry["title"],
        url=entry["url"],
        date=date,
        outlet=entry["outlet"],
        lang=entry["lang"],
        author=entry.get("author"),
        extra={"note": entry["note"]},
        date_precision=precision,
    )
