"""The compiled core. Columns come as (name, kind, bytes, names); see `wortlaut.frames.Column`."""

from collections.abc import Callable, Iterator, Sequence
from os import PathLike
from typing import TypeAlias, final

__all__ = [
    "FACTS",
    "LEVELS",
    "Columns",
    "Corpus",
    "Index",
    "Strings",
    "Text",
    "__version__",
    "align_numbers",
    "diff",
    "diff_many",
    "diff_strings",
    "evidence",
    "find_quote",
    "history",
    "lexicon",
    "overlap",
    "overlap_many",
    "panic_on_purpose",
    "passages",
    "quotes",
    "shared_quotes",
    "speakers_conflict",
    "variant",
    "within",
    "wording",
]

__version__: str
FACTS: tuple[str, ...]
LEVELS: tuple[str, ...]

_RawColumn: TypeAlias = tuple[str, str, bytes, tuple[str, ...] | None]
_Diff: TypeAlias = tuple[list[_RawColumn], list[_RawColumn] | None, list[_RawColumn] | None, float]
_Words: TypeAlias = tuple[list[str], list[str], list[str], list[str], list[str]]
_Flags: TypeAlias = tuple[bool, bool, bool, bool]
# `min_words`, and the place of `sensitivity` among its names.
_PassageOptions: TypeAlias = tuple[int, int]
_Links: TypeAlias = tuple[int | None, bool, bool, int | None]
_Found: TypeAlias = tuple[list[_RawColumn], list[str], list[str]]
_Watch: TypeAlias = Callable[[int, int], object]

@final
class Columns:
    def __iter__(self) -> Iterator[_RawColumn]: ...

@final
class Text:
    def __new__(cls, raw: str, flags: _Flags) -> Text: ...
    @property
    def raw(self) -> str: ...
    @property
    def flags(self) -> _Flags: ...
    @property
    def nbytes(self) -> int: ...
    def words(self) -> list[_RawColumn]: ...
    def sentences(self) -> list[_RawColumn]: ...
    def paragraphs(self) -> list[_RawColumn]: ...

@final
class Strings:
    @staticmethod
    def of_stream(argument: str, stream: object) -> Strings | None: ...
    @staticmethod
    def of_array(argument: str, schema: object, array: object) -> Strings | None: ...
    def __len__(self) -> int: ...
    def __getitem__(self, row: int, /) -> str: ...
    def missing(self) -> list[int]: ...
    def damaged(self) -> list[int]: ...
    def present(self) -> Strings: ...

@final
class Corpus:
    def __new__(
        cls,
        texts: Strings | Sequence[str],
        rank: Sequence[int] | None,
        outlets: Sequence[int | None] | None,
        moments: Sequence[int | None] | None,
        flags: _Flags,
    ) -> Corpus: ...
    def overlaps(
        self,
        n: int,
        measure: int,
        min_score: float,
        top_k: int | None,
        links: _Links,
        memory: int | None,
        workers: int | None,
        watch: _Watch | None,
    ) -> list[_RawColumn]: ...
    def passages(
        self,
        options: _PassageOptions,
        links: _Links,
        memory: int | None,
        workers: int | None,
        watch: _Watch | None,
    ) -> list[_RawColumn]: ...
    def clusters(
        self,
        options: _PassageOptions,
        links: _Links,
        memory: int | None,
        workers: int | None,
        watch: _Watch | None,
    ) -> list[_RawColumn]: ...
    def boilerplate(self, workers: int | None, watch: _Watch | None) -> list[_RawColumn]: ...
    def quotes(
        self, lexicon: _Words | None, workers: int | None, watch: _Watch | None
    ) -> list[_RawColumn]: ...
    def shared_quotes(
        self, min_words: int, links: _Links, workers: int | None, watch: _Watch | None
    ) -> list[_RawColumn]: ...

@final
class Index:
    @staticmethod
    def create(path: str | PathLike[str], flags: _Flags, has_texts: bool) -> Index: ...
    @staticmethod
    def open(path: str | PathLike[str]) -> Index: ...
    @property
    def flags(self) -> _Flags: ...
    def add(
        self,
        ids: Sequence[str],
        texts: Sequence[str],
        dates: Sequence[int | None],
        outlets: Sequence[str | None],
        known: int,
        workers: int | None,
        watch: _Watch | None,
    ) -> tuple[int, int, list[str]]: ...
    @property
    def has_texts(self) -> bool: ...
    def candidates(self, text: str, min_words: int, top_k: int | None) -> list[str]: ...
    def remove(self, ids: Sequence[str], watch: _Watch | None) -> None: ...
    def search(
        self,
        text: str,
        min_words: int,
        top_k: int | None,
        known: Sequence[tuple[str, str]] | None,
        workers: int | None,
        watch: _Watch | None,
    ) -> _Found: ...
    def pairs(
        self,
        min_words: int,
        since: int | None,
        max_df: int | None,
        texts: Callable[[list[str]], list[str]] | None,
        workers: int | None,
        watch: _Watch | None,
    ) -> _Found: ...
    def stats(self) -> tuple[int, int, int, int, int]: ...
    def compact(self, watch: _Watch | None) -> None: ...
    def close(self) -> None: ...
    def verify(self, watch: _Watch | None) -> None: ...

def diff(a: Text, b: Text) -> _Diff: ...
def diff_strings(a: str, b: str, flags: _Flags) -> _Diff: ...
def align_numbers(a: list[int], b: list[int]) -> list[tuple[int, int, int]]: ...
def history(versions: Sequence[Text]) -> tuple[list[_Diff], list[_RawColumn]]: ...
def diff_many(
    a: Strings | Sequence[str],
    b: Strings | Sequence[str],
    flags: _Flags,
    workers: int | None,
    watch: _Watch | None,
) -> tuple[list[_RawColumn], list[_RawColumn], list[_RawColumn]]: ...
def overlap(a: Text, b: Text, n: int, min_words: int) -> list[_RawColumn]: ...
def overlap_many(
    a: Strings | Sequence[str],
    b: Strings | Sequence[str],
    flags: _Flags,
    n: int,
    min_words: int,
    ratio_only: bool,
    workers: int | None,
    watch: _Watch | None,
) -> list[_RawColumn]: ...
def passages(a: Text, b: Text, options: _PassageOptions) -> list[_RawColumn]: ...
def within(text: Text, options: _PassageOptions) -> list[_RawColumn]: ...
def quotes(text: str, lexicon: _Words | None = None) -> Columns: ...
def lexicon(language: str) -> _Words: ...
def evidence(
    a: str, b: str, flags: tuple[bool, bool, bool, bool]
) -> tuple[list[tuple[str, str, float]], float, float]: ...
def shared_quotes(a: Text, b: Text, min_words: int) -> list[_RawColumn]: ...
def find_quote(quote: str, text: Text) -> list[_RawColumn]: ...
def wording(text: str) -> str: ...
def variant(a: str, b: str, flags: _Flags) -> tuple[str, float, bool]: ...
def speakers_conflict(speakers: list[str]) -> bool: ...
def panic_on_purpose() -> None: ...
