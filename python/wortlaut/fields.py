"""The names under which the fields of an article come in: our own, and those of scrapers and archives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS = ("id", "text", "title", "url", "date", "outlet", "lang", "author")

# An alias earlier in its list wins over a later one: `publish_date` says more than `published`.
# Sources: newspaper3k (publish_date, authors), news-please (maintext, date_publish, source_domain, language),
# trafilatura (sitename), mediacloud (publish_date), Europeana and impresso exports (series, plaintext).
ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("article_id", "doc_id"),
    "text": ("body", "maintext", "plaintext", "content"),
    "title": ("headline",),
    "url": ("link",),
    "date": ("publish_date", "published_at", "date_publish", "published"),
    "outlet": ("publisher", "sitename", "series", "source_domain"),
    "lang": ("language",),
    "author": ("authors", "byline"),
}


def assign(names: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return which of the columns `names` holds which field, as field -> column; absent fields are left out.

    `chosen` (field -> column) is what the caller said and wins over everything; then comes the field's own
    name, then its aliases in their order, whatever the case. A column serves one field only.

    >>> assign(["ID", "Publish Date", "body", "words"], {})
    {'id': 'ID', 'text': 'body', 'date': 'Publish Date'}
    >>> assign(["body", "lead"], {"text": "lead"})
    {'text': 'lead'}
    """
    names = list(names)
    taken = set(chosen.values())
    found: dict[str, str] = {}
    by_key: dict[str, str] = {}
    for name in names:
        if name not in taken:
            by_key.setdefault(_key(name), name)
    for field in FIELDS:
        if field in chosen:
            if chosen[field] in names:
                found[field] = chosen[field]
            continue
        column = next((by_key[key] for key in (field, *ALIASES[field]) if key in by_key), None)
        if column is not None:
            found[field] = column
    return found


def _key(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")
