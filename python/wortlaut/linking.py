"""What makes two articles of a corpus a pair, and how it is written down: spans of time, sizes of memory."""

from __future__ import annotations

import re
from datetime import timedelta

from wortlaut.errors import InvalidTypeError, InvalidValueError, check_choice, check_count, shown
from wortlaut.gather import microseconds

_SIZES = {"k": 10**3, "M": 10**6, "G": 10**9}

# Microseconds between any two dates that there are.
_LONGEST = 2**62

_HOURS = {"m": 1 / 60, "h": 1.0, "d": 24.0, "w": 168.0}


def links_of(
    max_df: object, boilerplate: object, across: object, within: str | timedelta | None
) -> tuple[int | None, bool, bool, int | None]:
    """Return what makes two articles a pair, as the core takes it.

    >>> links_of(200, "drop", "outlet", "1h")
    (200, False, True, 3600000000)
    """
    keep = check_choice("boilerplate", boilerplate, ("drop", "keep")) == "keep"
    most = None if max_df is None else check_count("max_df", max_df, 2)
    if across is not None:
        check_choice("across", across, ("outlet",))
    window = None if within is None else min(microseconds(parse_window(within)), _LONGEST)
    return most, keep, across is not None, window


def bytes_of(memory_limit: object) -> int | None:
    """Return a number of bytes that may be written as "500MB" or "2 GB".

    >>> bytes_of("1.5 GB")
    1500000000
    """
    if memory_limit is None:
        return None
    if isinstance(memory_limit, int) and memory_limit > _SIZES["G"]:
        return min(memory_limit, _LONGEST)
    if not isinstance(memory_limit, str):
        return check_count("memory_limit", memory_limit)
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kMG])B\s*", memory_limit)
    if found is None:
        raise InvalidValueError(
            f"memory_limit must be bytes, or a size such as '500MB' or '2GB', got {shown(memory_limit)}"
        )
    return bytes_of(int(float(found[1]) * _SIZES[found[2]]))


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
