"""Columns that Arrow lends: the same corpus as a list gives, and nothing that a wrong capsule could break."""

from __future__ import annotations

import ctypes
import gc
import struct
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, py_object
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wortlaut as wl
from wortlaut._core import Strings
from wortlaut.given import strings_of

# The first example imports a library.
unhurried = settings(deadline=None)

LINE = "Der alte Hafen bleibt in diesem Winter noch offen"
LONG = "Der Rat tagt im Winter über die Brücke"

TEXTS = st.lists(st.none() | st.text(max_size=30).filter(lambda text: text.isprintable()), max_size=12)


class Schema(Structure):
    pass


class Array(Structure):
    pass


class Stream(Structure):
    pass


RELEASE_SCHEMA, RELEASE_ARRAY = CFUNCTYPE(None, POINTER(Schema)), CFUNCTYPE(None, POINTER(Array))
RELEASE_STREAM = CFUNCTYPE(None, POINTER(Stream))
GET_SCHEMA, GET_NEXT = (CFUNCTYPE(c_int, POINTER(Stream), POINTER(one)) for one in (Schema, Array))
LAST_ERROR = CFUNCTYPE(c_void_p, POINTER(Stream))
Schema._fields_ = [
    ("format", c_char_p),
    ("name", c_char_p),
    ("metadata", c_char_p),
    ("flags", c_int64),
    ("n_children", c_int64),
    ("children", c_void_p),
    ("dictionary", POINTER(Schema)),
    ("release", RELEASE_SCHEMA),
    ("private_data", c_void_p),
]
Array._fields_ = [
    *((name, c_int64) for name in ("length", "null_count", "offset", "n_buffers", "n_children")),
    ("buffers", POINTER(c_void_p)),
    ("children", c_void_p),
    ("dictionary", POINTER(Array)),
    ("release", RELEASE_ARRAY),
    ("private_data", c_void_p),
]
Stream._fields_ = [
    ("get_schema", GET_SCHEMA),
    ("get_next", GET_NEXT),
    ("get_last_error", LAST_ERROR),
    ("release", RELEASE_STREAM),
    ("private_data", c_void_p),
]

new_capsule = ctypes.pythonapi.PyCapsule_New
new_capsule.restype, new_capsule.argtypes = py_object, [c_void_p, c_char_p, c_void_p]
NAMES = {Schema: b"arrow_schema", Array: b"arrow_array", Stream: b"arrow_array_stream"}


def capsule(held: Structure, name: bytes | None = None) -> Any:
    return new_capsule(ctypes.addressof(held), name or NAMES[type(held)], None)


class Producer:
    """Lends a column made by hand, and counts what comes back; all that it lends lives as long as it does."""

    # Two texts, "Rat" and "tagt", in each of the layouts.
    LAYOUTS: ClassVar[dict[str, list[bytes | None]]] = {
        "u": [None, struct.pack("3i", 0, 3, 7), b"Rattagt"],
        "U": [None, struct.pack("3q", 0, 3, 7), b"Rattagt"],
        "vu": [None, struct.pack("i12si12s", 3, b"Rat", 4, b"tagt"), struct.pack("q", 0)],
    }

    def __init__(self, kind: str = "u", buffers: list[bytes | None] | None = None, **more: Any) -> None:
        self.released: list[str] = []
        self.kept: list[Any] = []
        self.schema = Schema(format=kind.encode(), release=RELEASE_SCHEMA(self._back("schema")))
        self.array = self.array_of(self.LAYOUTS.get(kind, []) if buffers is None else buffers, **more)

    def _back(self, name: str) -> Any:
        def back(lent: Any) -> None:
            self.released.append(name)
            ctypes.memset(ctypes.addressof(lent.contents) + type(lent.contents).release.offset, 0, 8)

        return back

    def array_of(self, buffers: list[bytes | None], length: int = 2, **more: Any) -> Array:
        held = [None if one is None else ctypes.create_string_buffer(one, len(one) + 16) for one in buffers]
        pointers = (c_void_p * max(1, len(held)))(
            *(None if one is None else ctypes.addressof(one) for one in held)
        )
        self.kept += [held, pointers]
        where = ctypes.cast(pointers if held else None, POINTER(c_void_p))
        fields = {"n_buffers": len(held), "buffers": where, **more}
        return Array(length=length, release=RELEASE_ARRAY(self._back("array")), **fields)

    def coded(self, code: str, codes: bytes, **more: Any) -> Producer:
        """Make the strings a dictionary, and `codes` the column."""
        values, self.kept = self.schema, [*self.kept, self.schema, self.array]
        self.schema = Schema(format=code.encode(), release=values.release, dictionary=ctypes.pointer(values))
        dictionary = {"dictionary": ctypes.pointer(self.array)}
        self.array = self.array_of([None, codes], **{"length": len(codes), **dictionary, **more})
        return self

    def read(self) -> Strings | None:
        return Strings.of_array("texts", capsule(self.schema), capsule(self.array))

    def stream(self, *, fail: int = 0, said: bytes | None = b"the disk is full", **callbacks: Any) -> Stream:
        waiting = [self.array]
        told = ctypes.create_string_buffer(said) if said is not None else None

        def get_schema(_: Any, out: Any) -> int:
            ctypes.memmove(out, ctypes.byref(self.schema), ctypes.sizeof(Schema))
            return 0

        def get_next(_: Any, out: Any) -> int:
            if waiting and not fail:
                ctypes.memmove(out, ctypes.byref(waiting.pop()), ctypes.sizeof(Array))
            elif fail:
                ctypes.memset(out, 0xFF, ctypes.sizeof(Array))  # not to be looked at
            return fail

        fields = {
            "get_schema": GET_SCHEMA(get_schema),
            "get_next": GET_NEXT(get_next),
            "get_last_error": LAST_ERROR(lambda _: ctypes.addressof(told) if told is not None else 0),
            "release": RELEASE_STREAM(self._back("stream")),
        }
        self.kept += [told, fields]
        return Stream(**{**fields, **callbacks})


def texts_of(strings: Strings | None) -> list[str | None]:
    assert strings is not None
    missing = set(strings.missing())
    return [None if row in missing else strings[row] for row in range(len(strings))]


def arrays(texts: list[str | None]) -> list[Any]:
    import pyarrow as pa

    plain = pa.array(texts, pa.string())
    found = [plain.cast(kind) for kind in (pa.large_string(), pa.string_view())]
    codes = [
        pa.array(texts, pa.dictionary(code, pa.string()))
        for code in (pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64())
    ]
    half = len(texts) // 2
    nulls = [pa.nulls(len(texts))] if all(text is None for text in texts) else []
    chunks = pa.chunked_array([plain[:half], plain[:0], plain[half:]], pa.string())
    return [plain, *found, *codes, *nulls, chunks]


class TestOracle:
    @unhurried
    @given(TEXTS, st.integers(0, 5), st.integers(0, 12))
    def test_every_layout_holds_what_a_list_holds(self, texts, start, length):
        pytest.importorskip("pyarrow")
        part = texts[start : start + length]
        for array in arrays(texts):
            assert texts_of(strings_of("texts", array.slice(start, length))) == part, array.type

    @unhurried
    @given(TEXTS, st.integers(0, 5), st.integers(0, 12))
    def test_of_polars_too(self, texts, start, length):
        pl = pytest.importorskip("polars")
        for dtype in (
            pl.String,
            pl.Categorical,
            pl.Enum(sorted({text for text in texts if text is not None})),
        ):
            series = pl.Series(texts, dtype=dtype).slice(start, length)
            chunks = pl.concat([series, series], rechunk=False)
            assert texts_of(strings_of("texts", series)) == texts[start : start + length], dtype
            assert texts_of(strings_of("texts", chunks)) == texts[start : start + length] * 2, dtype

    @unhurried
    @given(st.lists(st.none() | st.sampled_from([LINE, f"Heute: {LINE}", "„Ja“, rief er", ""]), max_size=6))
    def test_the_corpus_is_the_same(self, texts):
        pa = pytest.importorskip("pyarrow")
        lent, listed = wl.Corpus(pa.array(texts, pa.string())), wl.Corpus(texts)
        assert (lent.articles, lent.problems) == (listed.articles, listed.problems)
        assert lent.passages() == listed.passages()
        assert lent.quotes() == listed.quotes()

    @unhurried
    @given(TEXTS)
    def test_rows_are_the_same(self, texts):
        pa = pytest.importorskip("pyarrow")
        lent, turned = pa.array(texts, pa.string()), pa.array(texts[::-1], pa.string_view())
        edits, listed = wl.diff_many(lent, turned), wl.diff_many(texts, texts[::-1])
        assert (list(edits), edits.problems) == (list(listed), listed.problems)
        figures, listed = wl.overlap_many(lent, turned), wl.overlap_many(texts, texts[::-1])
        assert {name: column.to_pylist() for name, column in figures.items()} == listed
        assert figures.problems == listed.problems

    def test_views_lie_in_many_buffers(self):
        pa = pytest.importorskip("pyarrow")
        parts = [pa.array([f"{LONG} {number}" * 20, None, "kurz"], pa.string_view()) for number in range(5)]
        whole = pa.concat_arrays(parts)
        assert len(whole.buffers()) > 3
        assert texts_of(strings_of("texts", whole[1:])) == whole.to_pylist()[1:]


class TestLending:
    def test_no_text_is_copied_or_made_a_str(self):
        pa = pytest.importorskip("pyarrow")
        before = pa.total_allocated_bytes()
        array = pa.array([LONG * 1000] * 100)
        held = pa.total_allocated_bytes() - before
        corpus = wl.Corpus(array)
        del array
        gc.collect()
        assert held <= pa.total_allocated_bytes() - before < 1.1 * held, "the corpus keeps the column"
        assert corpus.overlaps(n=5)
        del corpus
        gc.collect()
        assert pa.total_allocated_bytes() - before < 0.1 * held, "and gives it back"

    def test_a_str_is_made_once(self):
        pa = pytest.importorskip("pyarrow")
        strings = strings_of("texts", pa.array([LONG]))
        assert strings is not None
        assert strings[0] is strings[0] is strings[-1]
        for row in (1, -2, 2**62, -(2**62)):
            with pytest.raises(IndexError, match="row must be within 1, got"):
                strings[row]

    def test_answers_outlive_what_they_were_made_of(self):
        pa = pytest.importorskip("pyarrow")
        found = wl.Corpus(pa.array([LINE, f"Heute: {LINE}"])).passages()
        gc.collect()
        assert found[0].b_text == LINE

    def test_other_types_are_read_value_by_value(self):
        pa = pytest.importorskip("pyarrow")
        for array in (pa.array([1, 2]), pa.array([b"x"]), pa.array([{"text": "x"}]), pa.array([["x"]])):
            assert strings_of("texts", array) is None
        assert [problem.reason for problem in wl.Corpus(pa.array([1])).problems] == [
            "text of '0' must be a str, got 1"
        ]

    def test_damaged_texts_are_mended_and_told(self):
        pa = pytest.importorskip("pyarrow")
        offsets, data = struct.pack("4i", 0, 3, 7, 10), b"Rat\xffagtneu"
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
        array = pa.Array.from_buffers(pa.string(), 3, buffers)
        corpus = wl.Corpus(array)
        assert [article.text for article in corpus.articles] == ["Rat", "\ufffdagt", "neu"]
        told = "text of '1' is no UTF-8; what is damaged became U+FFFD"
        assert [str(problem) for problem in corpus.problems] == [f"texts, row 1: {told}"]
        assert len(corpus.problems) == 1
        with pytest.raises(wl.InvalidValueError, match="text of '1' is no UTF-8"):
            wl.Corpus(array, errors="raise")
        figures = wl.overlap_many(array, ["Rat", "agt", "neu"], only="ratio")
        assert figures["ratio"].to_pylist() == [1.0, 1.0, 1.0]
        assert [problem.row for problem in figures.problems] == [1]
        with pytest.raises(wl.InvalidValueError, match="text of 1 is no UTF-8"):
            wl.diff_many(array, array, errors="raise")


class TestByHand:
    def test_what_is_only_a_capsule_needs_no_library(self, monkeypatch):
        producer = Producer("u", [b"\x01", struct.pack("3i", 0, 3, 7), b"Rattagt"], null_count=1)

        class Column:
            def __arrow_c_array__(self, requested_schema: object = None) -> Any:
                return capsule(producer.schema), capsule(producer.array)

        monkeypatch.setattr("wortlaut.given.is_here", lambda _: False)
        corpus = wl.Corpus(Column())
        assert [article.text for article in corpus.articles] == ["Rat"]
        assert [problem.row for problem in corpus.problems] == [1]
        assert producer.released == ["array"]

    @pytest.mark.parametrize("kind", Producer.LAYOUTS)
    def test_an_array_is_released_once(self, kind):
        producer = Producer(kind)
        strings = producer.read()
        assert texts_of(strings) == ["Rat", "tagt"]
        assert producer.released == []
        assert not producer.array.release, "what was moved is marked"
        present = strings.present()
        del strings
        assert producer.released == []
        del present
        assert producer.released == ["array"]

    def test_a_stream_too(self):
        producer = Producer()
        stream = producer.stream()
        strings = Strings.of_stream("texts", capsule(stream))
        assert texts_of(strings) == ["Rat", "tagt"]
        assert producer.released == ["schema", "stream"]
        del strings
        assert producer.released == ["schema", "stream", "array"]

    @pytest.mark.parametrize(("code", "letter"), zip("cCsSiIlL", "bBhHiIqQ", strict=True))
    def test_codes_of_every_width(self, code, letter):
        producer = Producer().coded(code, struct.pack(f"3{letter}", 1, 0, 1), length=3)
        assert texts_of(producer.read()) == ["tagt", "Rat", "tagt"]

    def test_bits_and_offset_count_from_the_start_of_the_buffers(self):
        buffers = [bytes([0b1111_1101, 0b0000_0011]), struct.pack("11i", *range(0, 33, 3)), b"Rat" * 10]
        producer = Producer(buffers=buffers, length=9, offset=1, null_count=-1)
        assert texts_of(producer.read()) == [None, *["Rat"] * 8]

    def test_empty_arrays_may_have_no_memory(self):
        for kind, buffers in (("u", 3), ("U", 3), ("vu", 3), ("n", 0)):
            assert texts_of(Producer(kind, [None] * buffers, length=0).read()) == []
        assert texts_of(Producer("u", [None, bytes(12), None]).read()) == ["", ""]
        assert texts_of(Producer().coded("i", b"", length=0).read()) == []

    def test_nulls_need_no_buffers(self):
        assert texts_of(Producer("n", [], length=3, null_count=3).read()) == [None] * 3

    def test_what_is_no_text_is_left_as_it_is(self):
        producer = Producer("z", Producer.LAYOUTS["u"])
        assert producer.read() is None
        assert producer.array.release
        stream = producer.stream()
        assert Strings.of_stream("texts", capsule(stream)) is None
        assert stream.release
        assert producer.released == ["schema"], "the one that the stream gave"

    def test_what_was_read_is_used_up(self):
        producer = Producer()
        schema, array = capsule(producer.schema), capsule(producer.array)
        assert Strings.of_array("texts", schema, array) is not None
        told = "texts must be a sound column of Arrow, but it was read before"
        with pytest.raises(wl.InvalidValueError, match=told):
            Strings.of_array("texts", schema, array)
        stream = producer.stream(release=RELEASE_STREAM())
        with pytest.raises(wl.InvalidValueError, match=told):
            Strings.of_stream("texts", capsule(stream))


DATA = "Der Rat tagt – über die Brücke, sagt er.".encode()
BOUNDED = st.integers(-2, len(DATA))
BITS = st.lists(st.booleans(), min_size=3, max_size=3)


def naive(rows: list[tuple[bool, int, int]]) -> list[str | None] | None:
    """Read rows of (is there, start, end) one by one; None where one is nowhere."""
    if any(here and not 0 <= start <= end <= len(DATA) for here, start, end in rows):
        return None
    return [DATA[start:end].decode("utf-8", "replace") if here else None for here, start, end in rows]


def read_or_refused(producer: Producer) -> list[str | None] | None:
    try:
        return texts_of(producer.read())
    except wl.InvalidValueError:
        return None
    finally:
        assert producer.released in ([], ["array"])


class TestAnyNumbers:
    @unhurried
    @given(st.lists(BOUNDED, min_size=4, max_size=4), BITS, st.sampled_from(["iu", "qU"]))
    def test_offsets_are_followed_or_refused(self, offsets, bits, width_and_kind):
        bitmap = bytes([sum(bit << place for place, bit in enumerate(bits))])
        width, kind = width_and_kind
        producer = Producer(kind, [bitmap, struct.pack(f"4{width}", *offsets), DATA], length=3, null_count=-1)
        rows = list(zip(bits, offsets, offsets[1:], strict=False))
        assert read_or_refused(producer) == naive(rows)

    @unhurried
    @given(st.lists(st.tuples(BOUNDED, st.integers(-1, 2), BOUNDED), min_size=3, max_size=3), BITS)
    def test_views_are_followed_or_refused(self, views, bits):
        bitmap = bytes([sum(bit << place for place, bit in enumerate(bits))])
        packed = b"".join(
            struct.pack("i12s", length, DATA[:length])
            if length <= 12
            else struct.pack("i4sii", length, DATA[start : start + 4], buffer, start)
            for length, buffer, start in views
        )
        buffers = [bitmap, packed, DATA, struct.pack("q", len(DATA))]
        producer = Producer("vu", buffers, length=3, null_count=-1)
        rows = [
            (bit, 0, length) if length <= 12 else (bit, start if buffer == 0 else -1, start + length)
            for bit, (length, buffer, start) in zip(bits, views, strict=True)
        ]
        assert read_or_refused(producer) == naive(rows)

    @unhurried
    @given(st.lists(st.integers(-2, 3), min_size=3, max_size=3), BITS)
    def test_codes_are_followed_or_refused(self, codes, bits):
        bitmap = bytes([sum(bit << place for place, bit in enumerate(bits))])
        producer = Producer().coded("s", b"")
        producer.array = producer.array_of(
            [bitmap, struct.pack("3h", *codes)], 3, null_count=-1, dictionary=producer.array.dictionary
        )
        rows = [code if bit else None for code, bit in zip(codes, bits, strict=True)]
        is_known = all(code is None or 0 <= code < 2 for code in rows)
        words = ("Rat", "tagt")
        expected = [None if code is None else words[code] for code in rows] if is_known else None
        assert read_or_refused(producer) == expected


def view(length: int, buffer: int = 0, offset: int = 0) -> bytes:
    return struct.pack("i4sii", length, b"Rat ", buffer, offset)


VIEWED = [LONG.encode(), struct.pack("q", 40)]
HOSTILE = {
    "no buffers": (lambda: Producer(buffers=[]), "an array of 0 buffers"),
    "null buffers": (lambda: Producer(buffers=[], n_buffers=3), "an array of 3 buffers"),
    "too few buffers": (lambda: Producer(buffers=[None, bytes(12)]), "an array of 2 buffers"),
    "a count below 0": (lambda: Producer(n_buffers=-3), "an array of -3 buffers"),
    "too few for views": (lambda: Producer("vu", [None, bytes(32)]), "an array of 2 buffers"),
    "a length below 0": (lambda: Producer(length=-1), "an array of -1 rows from row 0"),
    "an offset below 0": (lambda: Producer(offset=-(2**63)), "rows from row -9223372036854775808"),
    "more rows than there can be": (
        lambda: Producer(length=2**63 - 1),
        "an array of 9223372036854775807 rows",
    ),
    "more nulls than there can be": (
        lambda: Producer("n", [], length=2**40),
        "an array of 1099511627776 rows",
    ),
    "an offset that is too far": (lambda: Producer(offset=2**40), "from row 1099511627776"),
    "nulls nowhere": (lambda: Producer(null_count=1), "does not say where they are"),
    "no offsets": (lambda: Producer(buffers=[None, None, b"Rattagt"]), "without buffer 1"),
    "no text": (lambda: Producer(buffers=[None, struct.pack("3i", 0, 3, 7), None]), "without buffer 2"),
    "offsets below 0": (lambda: Producer(buffers=[None, struct.pack("3i", -3, 3, 7), b"Rattagt"]), "below 0"),
    "offsets that fall": (
        lambda: Producer(buffers=[None, struct.pack("3i", 3, 0, 7), b"Rattagt"]),
        "decrease",
    ),
    "large offsets that fall": (
        lambda: Producer("U", [None, struct.pack("3q", 0, 2**62, 7), b"Rattagt"]),
        "decrease",
    ),
    "no views": (lambda: Producer("vu", [None, None, bytes(8)]), "without buffer 1"),
    "a view below 0": (lambda: Producer("vu", [None, view(-1) * 2, *VIEWED]), "a length below 0"),
    "a view that is too long": (
        lambda: Producer("vu", [None, view(41) * 2, *VIEWED]),
        "a view of what is not",
    ),
    "a view from too far": (
        lambda: Producer("vu", [None, view(20, 0, 21) * 2, *VIEWED]),
        "a view of what is not",
    ),
    "a view from before": (
        lambda: Producer("vu", [None, view(20, 0, -1) * 2, *VIEWED]),
        "a view of what is not",
    ),
    "a view elsewhere": (lambda: Producer("vu", [None, view(20, 1) * 2, *VIEWED]), "a view of what is not"),
    "a view in nothing": (lambda: Producer("vu", [None, view(20, -1) * 2, *VIEWED]), "a view of what is not"),
    "a view far away": (lambda: Producer("vu", [None, view(20, 2**31 - 1) * 2, *VIEWED]), "a view of what"),
    "views without lengths": (
        lambda: Producer("vu", [None, view(20) * 2, VIEWED[0], None]),
        "a view of what",
    ),
    "views without text": (lambda: Producer("vu", [None, view(20) * 2, None, VIEWED[1]]), "a view of what"),
    "a length of text below 0": (
        lambda: Producer("vu", [None, view(20) * 2, VIEWED[0], struct.pack("q", -1)]),
        "a view of what is not there",
    ),
    "a code that is too high": (lambda: Producer().coded("C", b"\x00\x02"), "a code that its dictionary"),
    "a code below 0": (lambda: Producer().coded("c", b"\x00\xff"), "a code that its dictionary"),
    "no codes": (lambda: Producer().coded("C", b"", length=2, n_buffers=1), "an array of 1 buffers"),
    "no dictionary": (
        lambda: Producer().coded("C", b"\x00\x01", dictionary=POINTER(Array)()),
        "codes without a dictionary",
    ),
    "a damaged dictionary": (lambda: Producer(length=-1).coded("C", b"\x00"), "an array of -1 rows"),
}


APPROVED = Path(__file__).parents[1] / "approved" / "arrow_errors.txt"


class TestHostile:
    def test_every_message_is_approved(self, pytestconfig):
        said = []
        for name, (make, _) in HOSTILE.items():
            producer = make()
            with pytest.raises(wl.InvalidValueError) as raised:
                producer.read()
            said.append(f"[{name}]\n{raised.value}\n")
        text = "\n".join(said)
        if pytestconfig.getoption("--approve"):
            APPROVED.write_text(text, encoding="utf-8")
        assert text == APPROVED.read_text(encoding="utf-8")

    @pytest.mark.parametrize("name", HOSTILE)
    def test_arrays_are_refused_and_released_once(self, name):
        make, told = HOSTILE[name]
        producer = make()
        with pytest.raises(
            wl.InvalidValueError, match=f"texts must be a sound column of Arrow, but .*{told}"
        ):
            producer.read()
        assert producer.released == ["array"]

    def test_null_rows_may_point_anywhere(self):
        producer = Producer("vu", [b"\x02", view(2**31 - 1, 7, 7) + view(3), *VIEWED], null_count=1)
        assert texts_of(producer.read()) == [None, "Rat"]
        producer = Producer().coded("c", b"\x7f\x01", null_count=1)
        producer.array.buffers[0] = ctypes.addressof(bits := ctypes.create_string_buffer(b"\x02"))
        assert texts_of(producer.read()) == [None, "tagt"]
        assert bits

    def test_schemas_that_say_nothing_or_nonsense_are_no_text(self):
        for schema in (Schema(), Schema(format=b""), Schema(format=b"uu"), Schema(format=b"\xff" * 100)):
            producer = Producer()
            schema.release, producer.schema = producer.schema.release, schema
            assert producer.read() is None
        nested = Producer().coded("C", b"\x00\x01").coded("C", b"\x00\x01")
        assert nested.read() is None, "a dictionary of dictionaries"

    @pytest.mark.parametrize(
        ("callbacks", "told"),
        [
            ({"get_schema": GET_SCHEMA()}, "the stream has no get_schema"),
            ({"get_next": GET_NEXT()}, "the stream has no get_next"),
            ({"get_schema": GET_SCHEMA(lambda *_: 5)}, "the disk is full"),
            ({"fail": 28}, "the disk is full"),
            ({"fail": 28, "said": None}, "the stream failed with code 28"),
            ({"fail": -1, "get_last_error": LAST_ERROR()}, "the stream failed with code -1"),
            ({"fail": 5, "said": b"\xff full\nat 0x7f"}, "\ufffd full$"),
        ],
    )
    def test_streams_that_fail_say_why(self, callbacks, told):
        producer = Producer()
        stream = producer.stream(**callbacks)
        with pytest.raises(wl.InvalidValueError, match=told):
            Strings.of_stream("texts", capsule(stream))
        begun = "schema" in producer.released
        assert producer.released == (["schema", "stream"] if begun else [])
        assert bool(stream.release) != begun, "what was not read is still its owner's"

    def test_other_capsules_are_no_columns(self):
        producer = Producer()
        stream = producer.stream()
        with pytest.raises(ValueError, match="incorrect name"):
            Strings.of_stream("texts", capsule(stream, b"arrow_array"))
        with pytest.raises(ValueError, match="incorrect name"):
            Strings.of_array("texts", capsule(producer.array), capsule(producer.schema))
        with pytest.raises(TypeError):
            Strings.of_stream("texts", "no capsule")
        shifted = new_capsule(ctypes.addressof(stream) + 1, b"arrow_array_stream", None)
        with pytest.raises(wl.InvalidValueError, match="its capsule holds something else"):
            Strings.of_stream("texts", shifted)
        assert producer.released == []
