//! Where things stand in a text: byte spans inside the crate, code-point spans for everybody else.

/// A half-open stretch of a text in UTF-8 bytes, always on character boundaries.
///
/// Only the crate counts in bytes; whatever leaves it is a [`Span`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ByteSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl ByteSpan {
    /// The span from `start` to `end`.
    ///
    /// # Panics
    /// If an offset does not fit 32 bits; texts that long are refused before they are read.
    pub fn new(start: usize, end: usize) -> Self {
        let fit = |n: usize| u32::try_from(n).expect("texts are shorter than 4 GiB");
        Self { start: fit(start), end: fit(end) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Its bytes, to slice with.
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The stretch of `raw`.
    pub fn of(self, raw: &str) -> &str {
        &raw[self.range()]
    }

    /// From the start of this one to the end of `other`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }
}

/// A half-open stretch of a text in code points: `text[start:end]` in Python.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// Bytes between two marks of [`CodePoints`]: 4 bytes of table per 64 bytes of text, and at most 63 bytes
/// to count from the nearest mark.
const STRIDE: usize = 64;

/// Turns byte offsets of one text into code-point offsets, in constant time.
///
/// A text of ASCII needs no table at all.
///
/// ```
/// use wortlaut::{ByteSpan, CodePoints};
/// let raw = "für ½ 🙂 Uhr";
/// let points = CodePoints::new(raw);
/// let span = points.span(raw, ByteSpan::new(raw.find("Uhr").unwrap(), raw.len()));
/// assert_eq!((span.start, span.end), (8, 11));
/// ```
#[derive(Debug, Clone, Default)]
pub struct CodePoints {
    /// Code points that begin before byte `64 * i`; empty if bytes and code points agree.
    marks: Vec<u32>,
}

impl CodePoints {
    /// Count the code points of `raw`.
    pub fn new(raw: &str) -> Self {
        if raw.is_ascii() {
            return Self::default();
        }
        let mut marks = Vec::with_capacity(raw.len() / STRIDE + 1);
        let mut count = 0;
        for block in raw.as_bytes().chunks(STRIDE) {
            marks.push(count);
            count += starts(block);
        }
        marks.push(count);
        Self { marks }
    }

    /// The number of code points before byte `byte` of `raw`, the text this table was made from.
    pub fn at(&self, raw: &str, byte: u32) -> u32 {
        if self.marks.is_empty() {
            return byte;
        }
        let byte = byte as usize;
        let mark = byte / STRIDE;
        self.marks[mark] + starts(&raw.as_bytes()[mark * STRIDE..byte])
    }

    /// The code points that `span` covers.
    pub fn span(&self, raw: &str, span: ByteSpan) -> Span {
        Span { start: self.at(raw, span.start), end: self.at(raw, span.end) }
    }

    /// Bytes of memory the table takes.
    pub fn memory(&self) -> usize {
        self.marks.capacity() * size_of::<u32>()
    }
}

/// How many characters begin in `bytes`: all but the continuation bytes 10xxxxxx.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from(b & 0xC0 != 0x80)).sum()
}
