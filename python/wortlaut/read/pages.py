"""Articles in web pages and archives of them; what is article and what is page, trafilatura tells."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager, suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

from wortlaut.articles import Article
from wortlaut.dates import Dated, dated
from wortlaut.errors import UnreadableFileError, require_extra
from wortlaut.read.decode import SAMPLE, RefusedError, decode, is_wide, refuse_binary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wortlaut.read.reading import Reading

# Where a page says its language; trafilatura would guess, and only with another library.
_LANGUAGE = re.compile(rb"<html[^>]*\slang=[\"']?([A-Za-z-]+)", re.IGNORECASE)

# A page that names its encoding; of one that does not, trafilatura makes "Br³cke" where Windows-1252 is meant.
_NAMES_ENCODING = re.compile(rb"charset\s*=|encoding\s*=", re.IGNORECASE)

_NO_TEXT = "no article text found in this page"


def from_page(
    data: bytes, name: str, *, encoding: str | None = None, url: str | None = None
) -> tuple[Article, Dated]:
    """Return the article in a page, under the id `name`, and its date; paragraphs are parted by blank lines.

    Raises `RefusedError` where there is none, and `MissingExtraError` where trafilatura is not installed.
    """
    extract = require_extra("trafilatura", "html").bare_extraction
    content = _content(data, encoding)
    with _quiet("trafilatura"):
        found = extract(content, url=url, with_metadata=True, include_comments=False)
    if found is None or not (found.text or "").strip():
        raise RefusedError(_NO_TEXT)
    text = "\n\n".join(line for line in found.text.split("\n") if line.strip())
    article = Article(
        name,
        text,
        title=found.title or None,
        url=found.url or url,
        outlet=found.sitename or None,
        lang=found.language or _language(data),
        author=found.author or None,
    )
    return article, dated(found.date) if found.date else Dated()


def _content(data: bytes, encoding: str | None) -> bytes | str:
    """Return what trafilatura is to read: bytes where the page says how, or it must guess."""
    if encoding is not None or is_wide(data[:SAMPLE]):
        return decode(data, encoding).text
    refuse_binary(data)
    if not _NAMES_ENCODING.search(data[:SAMPLE]):
        with suppress(RefusedError):
            return decode(data).text
    return data


def _language(data: bytes) -> str | None:
    said = _LANGUAGE.search(data[:SAMPLE])
    return said[1].decode() if said else None


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a library from telling on the terminal what is told as a problem."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def read_web_archive(stream: BinaryIO, source: str, reading: Reading) -> Iterator[None]:
    """Read the pages of a WARC file, compressed or not, one after the other; pauses after each.

    `extra["captured"]` says when a page was fetched, which is not when it was published. Raises `RefusedError` where
    it is no such file, and `MissingExtraError` where warcio or trafilatura is not installed.
    """
    archives = require_extra("warcio.archiveiterator", "warc")
    failed = require_extra("warcio.exceptions", "warc").ArchiveLoadFailed
    require_extra("trafilatura", "html")
    number = 0
    try:
        for record in archives.ArchiveIterator(stream):
            if _is_page(record):
                number += 1
                _add_record(record, source, number, reading)
                yield
    except (failed, EOFError, ValueError) as error:
        reason = f"a damaged web archive from here on ({str(error).partition(chr(10))[0].strip()})"
        reading.problem(source, number + 1, reason, UnreadableFileError)


def _is_page(record: Any) -> bool:
    """Say whether a record is a page that was delivered; pictures, redirects and requests are not even problems."""
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return False
    return "html" in (headers.get_header("Content-Type") or "").lower()


def _add_record(record: Any, source: str, number: int, reading: Reading) -> None:
    url = record.rec_headers.get_header("WARC-Target-URI")
    try:
        article, date = from_page(
            record.content_stream().read(), f"{PurePath(source).name}:{number}", url=url
        )
    except RefusedError as error:
        reading.problem(source, number, f"{error}: {url}", UnreadableFileError)
        return
    article.extra["captured"] = record.rec_headers.get_header("WARC-Date")
    reading.add(_dated(article, date), source, number)


def _dated(article: Article, date: Dated) -> Article:
    from dataclasses import replace

    return replace(article, date=date.moment, date_precision=date.precision)
