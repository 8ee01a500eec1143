"""What counts as a date, and how it becomes something that can be ordered."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from wortlaut.errors import InvalidTypeError, InvalidValueError, is_missing, shown

# The column that says how much of a date is known, in frames and files that came from here.
PRECISION = "date_precision"

# Characters of an ISO date that a reader gets to see.
_SHOWN = {"year": 4, "month": 7}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEAR_MONTH = re.compile(r"(\d{4})(?:-(\d{1,2}))?")
_GERMAN = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?:,? +(\d{1,2})[:.](\d{2})(?: Uhr)?)?")
# 16. September 2023 Samstag; Saturday, 16 Sep 2023 - and as Americans write it: September 16, 2023 Saturday.
_DAY_FIRST = re.compile(r"(?:[^\W\d_]+,? )?(\d{1,2})\.? ([^\W\d_]+)\.?,? (\d{4})(?: [^\W\d_]+)?")
_MONTH_FIRST = re.compile(r"(?:[^\W\d_]+, )?([^\W\d_]+)\.? (\d{1,2}), (\d{4})(?: [^\W\d_]+)?")
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan jänner january januar",
            "feb february februar",
            "mar mär mrz march märz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct okt october oktober",
            "nov november",
            "dec dez december dezember",
        ),
        1,
    )
    for name in names.split()
}
_STAMP = re.compile(r"\d{14}")
_MAIL = re.compile(r"(?:[A-Za-z]{3}, *)?\d{1,2} [A-Za-z]{3} \d{4} \d")
_DIGITS = re.compile(r"\d{9,13}|\d{15,20}")

# A number is an epoch in the unit that puts it between 1973 and 5138; smaller ones are years or nothing.
_EPOCH_UNITS = ((10**8, 1.0), (10**11, 1e3), (10**14, 1e6), (10**17, 1e9))
_EPOCH_END = 10**20

_HOURS = {"m": 1 / 60, "h": 1.0, "d": 24.0, "w": 168.0}


class Dated(NamedTuple):
    """A moment, and `precision`: "year" or "month" where no more of it is known, else None.

    >>> dated("2023-09").precision, dated("2023-09-16").precision, dated("gestern").moment
    ('month', None, None)
    """

    moment: datetime | None = None
    precision: str | None = None


def dated(value: object) -> Dated:
    """Return the moment that `value` names, as `parse_date` does, and how much of it is known.

    >>> dated(2023)
    Dated(moment=datetime.datetime(2023, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), precision='year')
    >>> dated(2023.0) == dated(2023)
    True
    """
    return _dated_str(value) if type(value) is str else _dated(value)


# Articles come by the day: a column has few dates, each many times.
@lru_cache(maxsize=1024)
def _dated_str(value: str) -> Dated:
    return _dated(value)


def _dated(value: object) -> Dated:
    moment = parse_date(value)
    return Dated(moment, None if moment is None else _precision(value))


def take_precision(date: Dated, beside: dict[str, Any]) -> Dated:
    """Return `date` with the precision that its article had in a frame; that is taken out of the columns `beside`.

    >>> take_precision(dated("2023-09-01"), {"date_precision": "month"}).precision
    'month'
    """
    told = beside.get(PRECISION)
    is_known = isinstance(told, str) and told in _SHOWN
    if is_known or is_missing(told):
        beside.pop(PRECISION, None)
    return Dated(date.moment, told) if is_known and date.moment is not None else date


def not_understood(value: object, *, kept: bool = True) -> str:
    """Say that `value` is no date; `kept` is the article that it was said of.

    >>> not_understood("soon", kept=False)
    "date 'soon' is not understood, as '2023-09-16' would be"
    """
    told = f"date {shown(value)} is not understood, as '2023-09-16' would be"
    return f"{told}; the article stays without" if kept else told


def _precision(value: object) -> str | None:
    if type(value).__module__ == "numpy":
        known = {"datetime64[Y]": "year", "datetime64[M]": "month"}
        return known.get(str(getattr(value, "dtype", ""))) or _precision(_from_numpy(value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    match = None if isinstance(value, date) else _YEAR_MONTH.fullmatch(str(value).strip())
    return None if match is None else "month" if match[2] else "year"


def latest(moment: datetime, precision: str | None) -> datetime:
    """Return the last moment that a date of such precision may mean: what is known to the day comes before it.

    >>> moment = parse_date("2023-12")
    >>> latest(moment, "month").isoformat(), latest(moment, None) == moment
    ('2023-12-31T23:59:59.999999+00:00', True)
    """
    if precision is None:
        return moment
    month = moment.month if precision == "month" else 12
    if (moment.year, month) == (9999, 12):
        return datetime.max.replace(tzinfo=moment.tzinfo)
    after = moment.replace(year=moment.year + month // 12, month=month % 12 + 1)
    return after - timedelta(microseconds=1)


def shown_date(moment: datetime | None, precision: str | None = None) -> str:
    """Return a date as a reader wants it: as much as is known, the hour on its own clock.

    >>> moment = parse_date("2023-09")
    >>> shown_date(moment, "month"), shown_date(moment), shown_date(parse_date("2025-03-04T09:12+01:00"))
    ('2023-09', '2023-09-01', '2025-03-04 09:12')
    """
    if moment is None:
        return ""
    if precision is not None:
        return moment.date().isoformat()[: _SHOWN[precision]]
    day = moment.date().isoformat()
    return day if (moment.hour, moment.minute) == (0, 0) else f"{day} {moment:%H:%M}"


def parse_date(value: object) -> datetime | None:
    """Return the moment that `value` names, with its time zone, or None where it names none.

    Understood are ISO 8601 (``2023-09-16``, ``2023-09-16T10:12:00+02:00``, ``2023-09``, ``2023``), the
    compact form of web archives (``20230916101200``), mail and RSS dates, ``16.09.2023`` with an hour or without,
    ``16. September 2023`` and ``September 16, 2023``, date and datetime objects, the Timestamp of pandas, the
    datetime64 of numpy, and epochs in seconds, milli-, micro- or nanoseconds. Without a time zone it is UTC,
    without a day the first: enough to put articles in order; `dated` tells how much was said. Days and months in
    slashes are not guessed at.

    >>> parse_date("2023-09")
    datetime.datetime(2023, 9, 1, 0, 0, tzinfo=datetime.timezone.utc)
    >>> parse_date("2025-03-04T09:12:00+01:00").isoformat()
    '2025-03-04T09:12:00+01:00'
    >>> parse_date("16. September 2023 Samstag").isoformat()
    '2023-09-16T00:00:00+00:00'
    >>> parse_date("last Tuesday") is None and parse_date("03/04/2025") is None
    True
    """
    if isinstance(value, str):
        return _from_str(value.strip())
    if isinstance(value, bool) or is_missing(value):
        return None
    if type(value).__module__ == "numpy":
        value = _from_numpy(value)
    if isinstance(value, datetime):
        return _from_datetime(value)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    if isinstance(value, int | float):
        return _from_number(value)
    return None


def _from_numpy(value: Any) -> object:
    """Return numpy's scalar as Python's, through microseconds: nanoseconds would become a bare number."""
    if value.ndim != 0:
        return None
    return (value.astype("datetime64[us]") if value.dtype.kind == "M" else value).item()


def _from_datetime(value: datetime) -> datetime:
    """Return a plain datetime with a time zone (a Timestamp would need pandas wherever it is unpickled)."""
    zone = value.tzinfo if value.utcoffset() is not None else UTC
    return datetime.combine(value.date(), value.time(), zone)


def _from_number(value: float) -> datetime | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a column of years with one missing is of floats
    if isinstance(value, int) and len(str(min(abs(value), _EPOCH_END))) in (4, 8, 14):
        named = _from_str(str(value))
        if named is not None:
            return named
    if not 10**8 <= abs(value) < _EPOCH_END:
        return None
    unit = max((start, unit) for start, unit in _EPOCH_UNITS if start <= abs(value))[1]
    try:
        return _EPOCH + timedelta(seconds=value / unit)
    except OverflowError:  # before the year 1
        return None


def _from_str(value: str) -> datetime | None:
    try:
        if _STAMP.fullmatch(value):
            return datetime.strptime(value, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        if match := _YEAR_MONTH.fullmatch(value):
            return datetime(int(match[1]), int(match[2] or 1), 1, tzinfo=UTC)
        if match := _GERMAN.fullmatch(value):
            day, month, year, hour, minute = (int(number or 0) for number in match.groups())
            return datetime(year, month, day, hour, minute, tzinfo=UTC)
        if spelled := _spelled_day(value):
            return datetime(*spelled, tzinfo=UTC)
    except ValueError:
        return None
    return _from_number(int(value)) if _DIGITS.fullmatch(value) else _from_iso(value)


def _spelled_day(value: str) -> tuple[int, int, int] | None:
    """Return year, month and day of a date whose month is a German or an English word."""
    if match := _DAY_FIRST.fullmatch(value):
        day, name, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(value):
        name, day, year = match.groups()
    else:
        return None
    month = _MONTHS.get(name.casefold())
    return None if month is None else (int(year), month, int(day))


def _from_iso(value: str) -> datetime | None:
    try:
        return _from_datetime(datetime.fromisoformat(value))
    except ValueError:
        return _from_mail(value)


def _from_mail(value: str) -> datetime | None:
    """Return an RFC 5322 date (``Mon, 04 Mar 2025 10:12:00 +0100``), the form of mail and RSS."""
    if not _MAIL.match(value):
        return None
    from email.utils import parsedate_to_datetime

    try:
        return _from_datetime(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError):
        return None


def parse_window(within: str | timedelta) -> timedelta:
    """Return a span of time written as "90m", "48h", "7d" or "2w".

    >>> parse_window("48h")
    datetime.timedelta(days=2)
    """
    window = within if isinstance(within, timedelta) else _spelled(within)
    if window is None or window < timedelta(0):
        error = InvalidValueError if isinstance(within, str | timedelta) else InvalidTypeError
        raise error(f"within must be a span of time such as '48h' or '7d', got {shown(within)}")
    return window


def _spelled(within: object) -> timedelta | None:
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([mhdw])\s*", within) if isinstance(within, str) else None
    if found is None:
        return None
    try:
        return timedelta(hours=float(found[1]) * _HOURS[found[2]])
    except OverflowError:  # longer than there are dates for
        return timedelta.max
