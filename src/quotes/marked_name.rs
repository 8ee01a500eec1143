//! Speakers whose name stands in marks itself, as papers' do: `schrieb die „Küstenpost“`, `laut „Küstenpost“`.

use super::Quote;
use super::cues::{Source, Word, first_words, last_word, words_after};
use crate::text::ByteSpan;

/// Which words say that a name in marks speaks the quotation at `index`, and that name. `room` is where its reporting
/// clause may stand.
pub(super) fn marked_name(
    source: Source<'_>,
    quotes: &[Quote],
    index: usize,
    room: ByteSpan,
    paragraph: ByteSpan,
) -> Option<(ByteSpan, ByteSpan)> {
    behind(source, quotes, index, room).or_else(|| before(source, quotes, index, room, paragraph))
}

/// Spans looked at for a neighbour: those between are inside one of the two.
const NEAR: usize = 8;

/// Bytes between a quotation and the name in marks behind it: "schrieb die Wochenzeitung".
const FARTHEST: u32 = 60;

/// `„…“, schrieb die „Küstenpost“`.
fn behind(
    source: Source<'_>,
    quotes: &[Quote],
    index: usize,
    room: ByteSpan,
) -> Option<(ByteSpan, ByteSpan)> {
    let quote = &quotes[index];
    if room.end - quote.span.end > FARTHEST || !source.raw[quote.span.end as usize..].starts_with(',') {
        return None;
    }
    let is_next = |next: &&Quote| next.span.start == room.end && next.depth == quote.depth;
    let next = quotes[index + 1..].iter().take(NEAR).find(is_next)?;
    let words = words_after(source, quote.span.end, room.end);
    let (cue, rest) = words.split_first()?;
    let reports = cue.is_cue() || cue.is_source() || cue.is("so");
    let leads = |word: &Word<'_>| word.tail.is_empty() && (word.is_article() || word.is_capital());
    (reports && cue.tail.is_empty() && rest.len() <= 2 && rest.iter().all(leads))
        .then_some((cue.span, next.span))
}

/// `Die „Küstenpost“ schrieb: „…“`, `Laut „Küstenpost“ war es „…“`.
fn before(
    source: Source<'_>,
    quotes: &[Quote],
    index: usize,
    room: ByteSpan,
    paragraph: ByteSpan,
) -> Option<(ByteSpan, ByteSpan)> {
    let quote = &quotes[index];
    if room.start == paragraph.start {
        return None;
    }
    let is_last = |last: &&Quote| last.span.end == room.start && last.depth == quote.depth;
    let last = quotes[..index].iter().rev().take(NEAR).find(is_last)?;
    let leading = last_word(source, paragraph.start, last.span.start);
    if let Some(cue) = leading.filter(|word| word.is_source() && word.tail.is_empty()) {
        return Some((cue.span, last.span));
    }
    // Of speech the verb has its subject behind it: „Ja“ sagte Kern.
    let is_name = !last.inner.of(source.raw).ends_with([',', '.', '!', '?']);
    let reports = source.raw[room.start as usize..].starts_with(' ') && is_name;
    let (first, next) = reports.then(|| first_words(source, room.start, quote.span.start))?;
    let first = first.filter(Word::is_cue)?;
    let has_subject = next.is_some_and(|word| word.is_capital() || word.is_pronoun() || word.is_article());
    let is_tied =
        first.tail.starts_with(':') || next.is_some() && (first.tail.starts_with(',') || !has_subject);
    is_tied.then_some((first.span, last.span))
}
