//! What stands between words: spaces and marks, and what two texts have of it in common.

use crate::text::{ByteSpan, Side};

/// The words of one side between two kept ones.
pub(super) type Words = std::ops::Range<usize>;

/// `span` without white space at its ends.
pub(super) fn trimmed(raw: &str, span: ByteSpan) -> ByteSpan {
    let text = span.of(raw);
    let start = span.start as usize + text.len() - text.trim_start().len();
    ByteSpan::new(start, start + text.trim().len())
}

/// Where the marks end that follow the word before `next` up to a space, as far as `bytes` reach. Marks right before
/// another word may open it as well; they stay where they are.
pub(super) fn closed(side: &Side<'_>, next: usize, bytes: std::ops::Range<usize>) -> usize {
    let gap_end = side.spans.get(next).map_or(side.raw.len(), |word| word.start as usize).min(bytes.end);
    let gap = side.raw.get(bytes.start..gap_end).unwrap_or_default();
    let is_last = gap_end == side.raw.len();
    bytes.start + gap.find(char::is_whitespace).unwrap_or(if is_last { gap.len() } else { 0 })
}

/// Where the marks begin that open `word`, behind a space, as far as `start` reaches.
pub(super) fn opened(side: &Side<'_>, word: usize, start: usize) -> usize {
    let end = side.spans[word].start as usize;
    let gap_start = word.checked_sub(1).map_or(0, |before| side.spans[before].end as usize).max(start);
    let gap = side.raw.get(gap_start..end).unwrap_or_default();
    let is_first = gap_start == 0;
    let marks =
        gap.rsplit_once(char::is_whitespace).map_or(if is_first { gap } else { "" }, |(_, marks)| marks);
    end - marks.len()
}

/// From the first to the last of `words`.
pub(super) fn stretch(side: &Side<'_>, words: &Words) -> ByteSpan {
    side.spans[words.start].to(side.spans[words.end - 1])
}

/// How many bytes two texts have in common at their start, a block at a time.
pub(super) fn same_bytes(a: &str, b: &str) -> usize {
    const BLOCK: usize = 64;
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK)).take_while(|(x, y)| x == y).count() * BLOCK;
    blocks + a[blocks..].iter().zip(&b[blocks..]).take_while(|(x, y)| x == y).count()
}

/// How many of `words` end at `end` or before.
pub(super) fn whole_words(words: &[ByteSpan], end: usize) -> usize {
    words.partition_point(|word| word.end as usize <= end)
}

/// A stretch of one text around changed words, and how much of its start and end is no word.
pub(super) struct Gaps {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) left: usize,
    pub(super) right: usize,
}

impl Gaps {
    /// The stretch from where `bytes` start to the word behind `words`, or to where they end.
    pub(super) fn around(side: &Side<'_>, words: &Words, bytes: std::ops::Range<usize>) -> Self {
        let start = bytes.start;
        let end = side.spans.get(words.end).map_or(bytes.end, |next| bytes.end.min(next.start as usize));
        if words.is_empty() {
            let whole = end - start;
            return Self { start, end, left: whole, right: whole };
        }
        Self {
            start,
            end,
            left: side.spans[words.start].start as usize - start,
            right: end - side.spans[words.end - 1].end as usize,
        }
    }

    pub(super) fn region<'t>(&self, side: &Side<'t>) -> &'t str {
        &side.raw[self.start..self.end]
    }

    /// The marks at its start that close the word before: those with a space behind them.
    pub(super) fn closing<'t>(&self, side: &Side<'t>) -> &'t str {
        let gap = head(self.region(side), self.left);
        let is_last = self.start + gap.len() == side.raw.len();
        let len = gap.find(char::is_whitespace).unwrap_or(if is_last { gap.len() } else { 0 });
        if self.start > 0 { &gap[..len] } else { "" }
    }
}

pub(super) fn common_prefix(a: &str, b: &str) -> usize {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y);
    same.map(|(c, _)| c.len_utf8()).sum()
}

pub(super) fn common_suffix(a: &str, b: &str) -> usize {
    let same = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y);
    same.map(|(c, _)| c.len_utf8()).sum()
}

/// The first `len` bytes of `text`, or fewer where that would cut a character.
pub(super) fn head(text: &str, len: usize) -> &str {
    let mut end = len;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last `len` bytes of `text`, or fewer where that would cut a character.
pub(super) fn tail(text: &str, len: usize) -> &str {
    let mut start = text.len() - len;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}
