"""How the bytes of a file become text: which encoding they are in, and when they are no text at all.

Line ends stay as they are, so that offsets are those of the decoded file. A byte order mark is not part of
the text.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from wortlaut.errors import InvalidTypeError, InvalidValueError, UnreadableFileError, counted, shown

# Enough of a file to see its encoding and whether it is text; one page of a disk.
SAMPLE = 4096

# One control character in a hundred. Text from scanned pages has a form feed per page and here and there a
# stray one (1 in 2,000); compressed data and pictures have about 1 in 10.
MAX_CONTROL = 0.01

_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or a .docx, .odt, .xlsx)"),
    (b"\x1f\x8b", "gzip data"),
    (b"\xfd7zXZ", "xz data"),
    (b"BZh", "bzip2 data"),
    (b"\x28\xb5\x2f\xfd", "zstandard data"),
    (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
)

_ENCODING_EXPECTED = "encoding must be a text encoding such as 'utf-8'"
_CONTROL = bytes(sorted({*range(32), 127} - set(b"\t\n\v\f\r")))
_UNDEFINED_1252 = b"\x81\x8d\x8f\x90\x9d"
_HIGH_RUN = re.compile(rb"[\x80-\x9f\xa1-\xff]{3,}")
_SIGN_IN_WORD = re.compile(rb"(?<=[a-z])[\xb1\xb3\xb6\xb9\xbc\xbe\xbf](?=[a-z])")


class RefusedError(UnreadableFileError):
    """These bytes cannot be read; the message leaves the file's name to the caller."""


class Decoded(NamedTuple):
    """A text, and what a person should know about how it was decoded (None where it went as expected)."""

    text: str
    note: str | None = None


def check_encoding(encoding: str | None) -> str | None:
    """Return `encoding` when Python can decode text with it.

    >>> check_encoding("latin-1")
    'latin-1'
    >>> check_encoding("utf-88")
    Traceback (most recent call last):
    ...
    wortlaut.errors.InvalidValueError: encoding must be a text encoding such as 'utf-8', got 'utf-88'
    """
    if encoding is None:
        return None
    if not isinstance(encoding, str):
        raise InvalidTypeError(f"{_ENCODING_EXPECTED}, got {shown(encoding)}")
    try:
        b"a".decode(encoding)
    except UnicodeDecodeError:  # half a character of UTF-16
        return encoding
    except (LookupError, ValueError):
        raise InvalidValueError(f"{_ENCODING_EXPECTED}, got {shown(encoding)}") from None
    return encoding


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the text that `data` holds; without `encoding` it is found out.

    Understood are UTF-8, UTF-16 and UTF-32 with a byte order mark, UTF-16 without, and Windows-1252 where the
    result reads like text. UTF-8 with few damaged bytes stays UTF-8: they become U+FFFD. Raises
    `RefusedError` for anything else.

    >>> decode("Brücke".encode("utf-16"))
    Decoded(text='Brücke', note=None)
    >>> decode("Brücke".encode("latin-1"))
    Decoded(text='Brücke', note='decoded as windows-1252')
    """
    if encoding is not None:
        return Decoded(_strictly(data, encoding))
    for bom, name in _BOMS:
        if data.startswith(bom) and name != "utf-8":
            return Decoded(_strictly(data[len(bom) :], name))
    if wide := wide_encoding(data):
        return Decoded(_strictly(data, wide), f"decoded as {wide} (no byte order mark)")
    refuse_binary(data)
    return decode_narrow(data.removeprefix(codecs.BOM_UTF8))


def decode_narrow(data: bytes) -> Decoded:
    """Return `data` decoded as UTF-8 or, where it cannot be that, as Windows-1252.

    >>> decode_narrow("„Brücke“".encode("windows-1252")).text
    '„Brücke“'
    """
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _damaged_or_western(data)


def encoding_of(start: bytes) -> str:
    r"""Return the encoding of a file that begins with `start`, which may end inside a character.

    >>> encoding_of("Brücke".encode("utf-16-le")[:-1]), encoding_of("Brücke\nÜ".encode()[:-1])
    ('utf-16-le', 'utf-8-sig')
    """
    for bom, name in _BOMS:
        if start.startswith(bom) and name != "utf-8":
            return name.removesuffix("-le").removesuffix("-be")
    even = start[: len(start) // 2 * 2]
    if wide := wide_encoding(even):
        return wide
    refuse_binary(start)
    line = start[: start.rfind(b"\n") + 1] or start
    return "windows-1252" if (decode_narrow(line).note or "").endswith("windows-1252") else "utf-8-sig"


def is_wide(head: bytes) -> bool:
    """Say whether a file that begins with `head` is in UTF-16 or UTF-32.

    >>> is_wide("Brücke".encode("utf-16")), is_wide("Brücke".encode("utf-8-sig"))
    (True, False)
    """
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), "utf-8")
    return marked != "utf-8" or wide_encoding(head) is not None


def wide_encoding(data: bytes) -> str | None:
    """Return the name of the UTF-16 that the pattern of NULs in `data` shows, or None.

    Western text has a NUL in nearly every second place. A third is asked for, as curly quotation marks and
    dashes have none, and next to no NUL in the places between.

    >>> wide_encoding("Der Rat tagt.".encode("utf-16-be"))
    'utf-16-be'
    """
    sample = data[:SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or not max(even, odd):
        return None
    if min(even, odd) * 20 > max(even, odd) or max(even, odd) * 6 < len(sample):
        return None
    name = "utf-16-be" if even > odd else "utf-16-le"
    text = sample.decode(name, "replace")
    controls = sum(character < " " and not character.isspace() for character in text)
    return name if controls <= len(sample) * MAX_CONTROL else None


def refuse_binary(data: bytes) -> None:
    """Raise `RefusedError` when `data` is no text, told by its first bytes or its control characters.

    >>> refuse_binary(bytes(range(256)))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    wortlaut.read.decode.RefusedError: not text but binary data (11% control characters); ...
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise RefusedError(f"not text but {name}; extract its text first")
    sample = data[: 16 * SAMPLE]
    share = 1 - len(sample.translate(None, _CONTROL)) / len(sample) if sample else 0
    if share > MAX_CONTROL:
        found = f"not text but binary data ({share:.0%} control characters)"
        raise RefusedError(f"{found}; if it is text, name its encoding")


def _strictly(data: bytes, encoding: str) -> str:
    """Return `data` decoded; lone surrogates of UTF-16 are kept, each a code point of no word."""
    wide = encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32"))
    try:
        text = data.decode(encoding, "surrogatepass" if wide else "strict")
    except UnicodeDecodeError as error:
        raise RefusedError(_undecodable(encoding, error)) from None
    return text.removeprefix("\ufeff")


def _undecodable(encoding: str, error: UnicodeDecodeError) -> str:
    return f"not {encoding} at byte {error.start} (0x{error.object[error.start]:02x}); name another encoding"


def _damaged_or_western(data: bytes) -> Decoded:
    """Decide what `data`, which is not quite UTF-8, is: in Windows-1252 hardly a character is valid UTF-8."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd") - data.count("\ufffd".encode())
    intact = sum(character > "\x7f" for character in text) - damaged
    if intact > damaged:
        return Decoded(text, f"decoded as utf-8, damaged in {counted(damaged, 'place')} (now U+FFFD)")
    if not _reads_western(data):
        raise RefusedError(
            "neither UTF-8, UTF-16 nor Windows-1252; name its encoding, for example windows-1251 or shift_jis"
        )
    return Decoded(data.decode("windows-1252"), "decoded as windows-1252")


def _reads_western(data: bytes) -> bool:
    """Say whether `data` could be Windows-1252: letters with accents stand alone or by twos ("Größe").

    In Cyrillic, Greek or Chinese encodings the high bytes come in longer runs, and in those of Central Europe
    the letters of Polish or Czech fall on signs (¹ ³ ¿) that no western word has inside.
    """
    if any(byte in data for byte in _UNDEFINED_1252):
        return False
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    in_runs = sum(len(run) for run in _HIGH_RUN.findall(data))
    return in_runs * 2 <= high and len(_SIGN_IN_WORD.findall(data)) * 20 <= high
