//! What is said in a stretch of text, without the reporting clause that interrupts it.

use std::borrow::Cow;

use super::{Quote, quotes};
use crate::text::ByteSpan;

/// Marks that may stand around a stretch that begins and ends inside them: those of news and novels.
const AROUND: [[&str; 2]; 12] = [
    ["„", "“"],
    ["“", "”"],
    ["\"", "\""],
    ["«", "»"],
    ["»", "«"],
    ["„", "”"],
    ["„", "\""],
    ["‘", "’"],
    ["'", "'"],
    ["‚", "‘"],
    ["”", "”"],
    ["''", "''"],
];

/// The wording of the statement that `stretch` is, as a reader would quote it in one piece.
///
/// A statement that its reporting clause interrupts, or that goes over several paragraphs, is what stands in marks,
/// joined by spaces; the marks around the whole may be left out, as the spans of a [`SharedQuote`](crate::SharedQuote)
/// do. Any other text is returned as it is.
///
/// ```
/// use wortlaut::wording;
/// assert_eq!(wording("Wir bleiben“, sagte Kern, „und zahlen"), "Wir bleiben und zahlen");
/// assert_eq!(wording("Wir bleiben, sagte Kern"), "Wir bleiben, sagte Kern");
/// ```
pub fn wording(stretch: &str) -> Cow<'_, str> {
    let Some(parts) = parts(stretch) else {
        return Cow::Borrowed(stretch);
    };
    Cow::Owned(parts.iter().map(|part| part.of(stretch)).collect::<Vec<_>>().join(" "))
}

/// The parts of the interrupted statement that `stretch` is, if it is one, with or without the marks around it.
pub(super) fn parts(stretch: &str) -> Option<Vec<ByteSpan>> {
    let stands_there = |[opening, _]: &&[&str; 2]| stretch.contains(opening);
    whole(stretch).or_else(|| AROUND.iter().filter(stands_there).find_map(|marks| inside(stretch, *marks)))
}

/// The same for a `stretch` inside `marks`.
fn inside(stretch: &str, [opening, closing]: [&str; 2]) -> Option<Vec<ByteSpan>> {
    let parts = whole(&[opening, stretch, closing].concat())?;
    let moved = |part: ByteSpan| {
        let start = (part.start as usize).checked_sub(opening.len())?;
        let end = (part.end as usize).checked_sub(opening.len())?;
        Some(ByteSpan::new(start, end.min(stretch.len())))
    };
    parts.into_iter().map(moved).collect()
}

/// The parts of the statement that `raw` is from its first mark to its last, if it has several.
fn whole(raw: &str) -> Option<Vec<ByteSpan>> {
    let shown = raw.trim();
    let start = shown.as_ptr() as usize - raw.as_ptr() as usize;
    let quotes = quotes(raw);
    let parts: Vec<&Quote> = quotes.iter().filter(|quote| quote.group == 0 && quote.depth == 0).collect();
    let (first, last) = (parts.first()?, parts.last()?);
    let is_all = first.span.start as usize == start && last.span.end as usize == start + shown.len();
    (parts.len() > 1 && is_all).then(|| parts.iter().map(|part| part.inner).collect())
}
