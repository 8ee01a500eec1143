//! Which marked spans are parts of one statement: interrupted by the reporting clause, or over several paragraphs.

use super::Quote;
use super::cues::{Source, Word, words_after};
use super::scan::Scanned;
use crate::text::ByteSpan;

/// Note for each of `quotes` the first part of its statement. `paragraphs` are those of `source`.
pub(super) fn group(source: Source<'_>, paragraphs: &[ByteSpan], scanned: &[Scanned], quotes: &mut [Quote]) {
    // The last span of each depth that is still in reach.
    let mut last: Vec<usize> = Vec::new();
    for next in 0..quotes.len() {
        let depth = quotes[next].depth as usize;
        if let Some(&one) = last.get(depth) {
            let same_level = quotes[one].parent == quotes[next].parent;
            let pages = || is_next_paragraph(paragraphs, &scanned[one], &scanned[next]);
            if same_level && (pages() || is_interrupted(source, &scanned[one], &scanned[next])) {
                quotes[next].group = quotes[one].group;
            }
        }
        last.truncate(depth);
        last.push(next);
    }
}

/// Whether `one` stays open at its paragraph's end and `next` opens the following one: the English rule.
fn is_next_paragraph(paragraphs: &[ByteSpan], one: &Scanned, next: &Scanned) -> bool {
    let this = paragraphs[one.paragraph as usize];
    let opens = paragraphs[next.paragraph as usize].start == next.opening.start;
    one.closing.is_none()
        && one.end == this.end
        && next.paragraph == one.paragraph + 1
        && (next.mark == one.mark || next.mark.is_guillemet() && one.mark.is_guillemet())
        && opens
}

/// Bytes that a clause between two halves of a sentence may take.
const LONGEST_CLAUSE: u32 = 240;

/// Whether a reporting clause, and nothing else, stands between `one` and `next`.
fn is_interrupted(source: Source<'_>, one: &Scanned, next: &Scanned) -> bool {
    let raw = source.raw;
    let Some(closing) = one.closing else {
        return false;
    };
    let start = one.end;
    let end = next.opening.start;
    if one.paragraph != next.paragraph || end - start > LONGEST_CLAUSE {
        return false;
    }
    let between = &raw[start as usize..end as usize];
    let before = raw[..closing.start as usize].trim_end();
    let paused = between.starts_with(',')
        || before.ends_with([',', '?', '!', '—', '–', '-', '…'])
        || between.starts_with(" –");
    // Nearly all that stands between two quotations fails here, before its words are looked at.
    paused && between.trim_end().ends_with([',', '–', '—']) && reports(source, start, next)
}

/// Whether all words from `start` up to `next` are a reporting clause, or any clause that `next` goes on.
fn reports(source: Source<'_>, start: u32, next: &Scanned) -> bool {
    let end = next.opening.start;
    let words = words_after(source, start, end);
    let all = words.last().is_some_and(|last| {
        let rest = source.raw[last.span.end as usize..end as usize].trim_end();
        rest == "," || rest == " –" || rest == " —"
    });
    let goes_on = || source.raw[next.opening.end as usize..].trim_start().starts_with(char::is_lowercase);
    all && (words.iter().any(Word::is_cue) || words.len() >= 2 && goes_on())
}
