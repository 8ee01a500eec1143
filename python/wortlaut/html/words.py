"""Numbers and lists in plain English: what a reader sees instead of 0.9234 and ['a', 'b']."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"\S+")


def percent(share: float) -> str:
    """Write a share in percent, never rounding something to nothing or almost all to all.

    >>> [percent(share) for share in (0, 0.002, 0.236, 0.9991, 1)]
    ['0\u00a0%', 'under 1\u00a0%', '24\u00a0%', 'over 99\u00a0%', '100\u00a0%']
    """
    if 0 < share < 0.01:
        return "under 1\u00a0%"
    if 0.99 < share < 1:
        return "over 99\u00a0%"
    return f"{share * 100:.0f}\u00a0%"


def listing(items: Sequence[str]) -> str:
    """Write a list as a sentence does.

    >>> listing(["1"]), listing(["1", "2", "4"]), listing([])
    ('1', '1, 2 and 4', '')
    """
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def count_words(text: str) -> int:
    """Count words as a reader would, by white space; enough for "143 words unchanged".

    >>> count_words("Der Rat, so der Sprecher")
    5
    """
    return sum(1 for _ in _WORD.finditer(text))


def first_words(text: str, number: int) -> int:
    """Find the offset where the first `number` words end; the length of the text if it has no more.

    >>> first_words("one two three", 2), first_words("one", 5), first_words("one", 0)
    (7, 3, 0)
    """
    end = 0
    for position, word in enumerate(_WORD.finditer(text)):
        if position == number:
            return end
        end = word.end()
    return len(text) if number else 0


def last_words(text: str, number: int) -> int:
    """Find the offset where the last `number` words begin; 0 if the text has no more.

    >>> last_words("one two three", 2), last_words("one", 5), last_words("one", 0)
    (4, 0, 3)
    """
    starts = [word.start() for word in _WORD.finditer(text)]
    if number <= 0:
        return len(text)
    return starts[-number] if len(starts) > number else 0


def shorten(text: str, length: int) -> str:
    """Cut a text to `length` characters, at a word's end where there is one, with an ellipsis.

    >>> shorten("Harkensiel stoppt Abriss", 20)
    'Harkensiel stoppt …'
    """
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head, _, _ = cut.rpartition(" ")
    return f"{head} …" if len(head) > length // 2 else f"{cut}…"
