"""The names under which the fields of an article come in: our own, and those of scrapers and archives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS = ("id", "text", "title", "url", "date", "outlet", "lang", "author")

# An alias earlier in its list wins over a later one: `publish_date` says more than `published`.
# Sources: newspaper3k (publish_date, authors), news-please (maintext, date_publish, source_domain, language),
# trafilatura (sitename; as JSON source_hostname), mediacloud (publish_date, media_name), Europeana and impresso exports
# (series, plaintext); the German words are those of tables that people keep.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("article_id", "doc_id"),
    "text": ("body", "maintext", "plaintext", "content", "volltext", "artikeltext"),
    "title": ("headline", "titel", "überschrift", "schlagzeile"),
    "url": ("link",),
    "date": ("publish_date", "published_at", "date_publish", "published", "datum", "erscheinungsdatum"),
    "outlet": (
        *("publisher", "sitename", "source_hostname", "series", "source_domain", "media_name"),
        *("publication", "newspaper", "medium", "zeitung", "quelle"),
    ),
    "lang": ("language", "sprache"),
    "author": ("authors", "byline", "autor", "autorin"),
}

# trafilatura writes the address of a page as `source` beside this; elsewhere `source` can be anything.
_SITE = "source_hostname"


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
        aliases = (*ALIASES[field], *(["source"] if field == "url" and _SITE in by_key else []))
        column = next((by_key[key] for key in (field, *aliases) if key in by_key), None)
        if column is not None:
            found[field] = column
    return found


def _key(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")
