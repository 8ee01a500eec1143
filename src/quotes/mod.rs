//! Who quotes what: the marked spans of a text, what each is, who speaks, and where another text has the same words.
//!
//! Marks are not quotations: under half of the marked spans in German news are direct speech, the others are names,
//! titles and words held at arm's length. So [`quotes`] returns every marked span and says what it
//! takes it for, and how sure it is; nothing is filtered silently.

mod align;
mod apostrophe;
mod context;
mod cues;
mod find;
mod flank;
mod gates;
mod group;
mod kind;
mod lexicon;
mod marked_name;
mod marks;
mod mentions;
mod names;
mod negated;
mod parting;
mod people;
mod phrases;
mod relation;
mod row;
mod scan;
mod scout;
mod search;
mod shared;
mod sources;
mod speaker;
mod speech;
mod subject;
mod target;
mod tokens;
mod variant;
mod wording;

use crate::text::ByteSpan;
use cues::Source;
pub use find::{FoundQuote, find_quote};
use group::group;
use kind::kind;
pub(crate) use lexicon::Lexicon;
use marked_name::marked_name;
pub use people::speakers_conflict;
use phrases::Phrase;
use scan::{Scanned, scan_text};
pub(crate) use scout::{Scout, Statement, statements};
pub use shared::{
    Basis, Evidence, Marked, Relation, SharedQuote, SharedQuoteOptions, SharedWord, evidence, shared_quotes,
};
use speaker::{Credit, credit};
pub use speech::SpeechLexicon;
pub use variant::{Variant, variant};
pub use wording::wording;

/// What a marked span is.
///
/// ```
/// use wortlaut::QuoteKind;
/// assert_eq!(QuoteKind::NAMES[QuoteKind::Title as usize], "title");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// At least a whole clause of someone's speech or writing.
    Quotation,
    /// A part of a sentence, built into the reporter's own.
    Fragment,
    /// A word or two that the writer holds at arm's length.
    Term,
    /// The name of a work, a paper, a club.
    Title,
    /// Cannot be told.
    Unknown,
}

impl Quote {
    /// The marks that [`Self::signs`] counts: `SIGNS[sign as usize]`, first "" for none.
    pub const SIGNS: [&'static str; marks::MARKS + 1] = marks::SIGNS;

    /// The opening and the closing mark, as they are written in `raw`.
    ///
    /// ```
    /// use wortlaut::{Quote, quotes};
    /// let raw = "„Ja\"";
    /// let signs = quotes(raw)[0].signs(raw);
    /// assert_eq!(signs.map(|sign| Quote::SIGNS[sign as usize]), ["„", "\""]);
    /// ```
    pub fn signs(&self, raw: &str) -> [u8; 2] {
        let sign = |mark: ByteSpan| Self::SIGNS.iter().position(|&sign| sign == mark.of(raw)).unwrap_or(0);
        [sign(self.opening) as u8, self.closing.map_or(0, sign) as u8]
    }
}

impl QuoteKind {
    /// The names of the kinds, in order: `NAMES[kind as usize]`.
    pub const NAMES: [&'static str; 5] = ["quotation", "fragment", "term", "title", "unknown"];
}

/// A marked span of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The span with its marks; an unclosed one ends with its paragraph, or with the span around it.
    pub span: ByteSpan,
    /// The span without its marks and the white space inside them.
    pub inner: ByteSpan,
    /// The opening mark.
    pub opening: ByteSpan,
    /// The closing mark, if there is one.
    pub closing: Option<ByteSpan>,
    /// How many spans are around it.
    pub depth: u32,
    /// The index of the span around it.
    pub parent: Option<u32>,
    /// The index of the first span of the same statement: equal for the parts of one that is interrupted by a
    /// reporting clause, or goes over several paragraphs.
    pub group: u32,
    /// What it is taken for.
    pub kind: QuoteKind,
    /// How sure that is, from 0 to 1: a rank, not a probability.
    pub confidence: f32,
    /// The words that name who speaks, if they stand beside the span.
    pub speaker: Option<ByteSpan>,
    /// The words that say that someone speaks: "sagte", "according to".
    pub cue: Option<ByteSpan>,
}

/// The marked spans of `raw`, in order of their starts, outer ones before inner ones.
///
/// Any marks of any language are read as they come, in one pass: which way a mark faces is told by its neighbours, what
/// closes it by a stack. An apostrophe is no mark, nor are feet and inches. A span never leaves its paragraph;
/// one that nothing closes has `closing: None`. Spans with nothing inside are left out, and so are single
/// marks that nothing closes, unless they open a paragraph or can be nothing else (`‘`).
///
/// Linear in the length of the text, and never a panic.
///
/// ```
/// use wortlaut::{QuoteKind, quotes};
/// let raw = "„Das Wort ‚nie‘ gibt es nicht“, sagte Ada Lund.";
/// let found = quotes(raw);
/// assert_eq!(found[0].inner.of(raw), "Das Wort ‚nie‘ gibt es nicht");
/// assert_eq!(found[0].kind, QuoteKind::Quotation);
/// assert_eq!(found[0].speaker.unwrap().of(raw), "Ada Lund");
/// assert_eq!((found[1].span.of(raw), found[1].parent), ("‚nie‘", Some(0)));
/// ```
pub fn quotes(raw: &str) -> Vec<Quote> {
    read(Source { raw, lexicon: None, phrases: &[] })
}

/// The same, with more words by which a text says who speaks: for another language, or an outlet's own.
///
/// ```
/// use wortlaut::{SpeechLexicon, quotes_with};
/// let lexicon = SpeechLexicon { verbs: ["näselte".to_owned()].into(), ..SpeechLexicon::default() };
/// let raw = "Ada Lund näselte: „Wir bleiben hier“.";
/// assert_eq!(quotes_with(raw, &lexicon)[0].cue.unwrap().of(raw), "näselte");
/// ```
pub fn quotes_with(raw: &str, lexicon: &SpeechLexicon) -> Vec<Quote> {
    read(Source { raw, lexicon: Some(lexicon), phrases: &Phrase::all(lexicon) })
}

fn read(source: Source<'_>) -> Vec<Quote> {
    let (scanned, paragraphs) = scan_text(source.raw);
    let mut quotes = nest(source.raw, &scanned);
    group(source, &paragraphs, &scanned, &mut quotes);
    describe(source, &paragraphs, &scanned, &mut quotes);
    quotes
}

/// Say of each span what it is and who speaks.
fn describe(source: Source<'_>, paragraphs: &[ByteSpan], scanned: &[Scanned], quotes: &mut [Quote]) {
    let rooms = rooms(paragraphs, scanned, quotes);
    let credits: Vec<Credit> = quotes
        .iter()
        .zip(&rooms)
        .map(|(quote, room)| credit(source, quote.span, room.start, room.end))
        .collect();
    // Parts of one statement have one speaker: the first that is named.
    let mut shared: Vec<Option<Credit>> = vec![None; quotes.len()];
    let mut parts = vec![0; quotes.len()];
    for (quote, credit) in quotes.iter().zip(&credits) {
        let group = quote.group as usize;
        parts[group] += 1;
        shared[group] = shared[group].or(credit.cue.map(|_| *credit));
    }
    let mut denied = Vec::with_capacity(quotes.len());
    for ((quote, room), credit) in quotes.iter_mut().zip(&rooms).zip(credits) {
        let credit = shared[quote.group as usize].unwrap_or(credit);
        denied.push(credit.is_denied);
        (quote.kind, quote.confidence) =
            kind(source, quote, credit, parts[quote.group as usize] > 1, room.start);
        (quote.cue, quote.speaker) = (credit.cue, credit.speaker);
    }
    for index in 0..quotes.len() {
        let open = quotes[index].speaker.is_none() && !denied[index];
        let around = paragraphs[scanned[index].paragraph as usize];
        if let Some((cue, speaker)) =
            open.then(|| marked_name(source, quotes, index, rooms[index], around)).flatten()
        {
            (quotes[index].cue, quotes[index].speaker) = (Some(cue), Some(speaker));
        }
    }
    name_others(source, paragraphs, scanned, quotes, &rooms, &denied);
}

/// Name the speakers that only the context tells, of what is speech.
fn name_others(
    source: Source<'_>,
    paragraphs: &[ByteSpan],
    scanned: &[Scanned],
    quotes: &mut [Quote],
    rooms: &[ByteSpan],
    denied: &[bool],
) {
    let mut last: Option<(u32, ByteSpan)> = None;
    for (index, (quote, room)) in quotes.iter_mut().zip(rooms).enumerate() {
        let is_speech = matches!(quote.kind, QuoteKind::Quotation | QuoteKind::Fragment);
        if quote.depth > 0 {
            continue;
        }
        let number = scanned[index].paragraph;
        if is_speech && quote.speaker.is_none() && !denied[index] {
            quote.speaker = context::speaker(
                source,
                context::Place {
                    span: quote.span,
                    from: room.start,
                    paragraph: paragraphs[number as usize].start,
                    last: last.filter(|last| last.0 == number).map(|last| last.1),
                },
            );
        }
        last = quote.speaker.map(|speaker| (number, speaker)).or(last);
    }
}

/// The text around each span up to its neighbours: where its reporting clause may stand.
fn rooms(paragraphs: &[ByteSpan], scanned: &[Scanned], quotes: &[Quote]) -> Vec<ByteSpan> {
    let mut rooms: Vec<ByteSpan> = Vec::with_capacity(quotes.len());
    // The last span of each depth.
    let mut last: Vec<usize> = Vec::new();
    for (index, quote) in quotes.iter().enumerate() {
        let around = match quote.parent {
            Some(parent) => quotes[parent as usize].inner,
            None => paragraphs[scanned[index].paragraph as usize],
        };
        let mut start = around.start;
        if let Some(&before) = last.get(quote.depth as usize)
            && quotes[before].span.end > start
        {
            start = quotes[before].span.end;
            rooms[before].end = quote.span.start;
        }
        rooms.push(ByteSpan { start: start.min(quote.span.start), end: around.end.max(quote.span.end) });
        last.truncate(quote.depth as usize);
        last.push(index);
    }
    rooms
}

/// Give each span its place among the others.
fn nest(raw: &str, marked: &[Scanned]) -> Vec<Quote> {
    let mut around: Vec<u32> = Vec::new();
    let mut quotes: Vec<Quote> = Vec::with_capacity(marked.len());
    for (index, marked) in marked.iter().enumerate() {
        while around.pop_if(|&mut outer| quotes[outer as usize].span.end <= marked.opening.start).is_some() {}
        quotes.push(Quote {
            span: ByteSpan { start: marked.opening.start, end: marked.end },
            inner: inner(raw, marked),
            opening: marked.opening,
            closing: marked.closing,
            depth: around.len() as u32,
            parent: around.last().copied(),
            group: index as u32,
            kind: QuoteKind::Unknown,
            confidence: 0.0,
            speaker: None,
            cue: None,
        });
        around.push(index as u32);
    }
    quotes
}

/// The span between the marks without the white space inside.
fn inner(raw: &str, marked: &Scanned) -> ByteSpan {
    let start = marked.opening.end as usize;
    let end = marked.closing.map_or(marked.end, |closing| closing.start) as usize;
    let text = raw[start..end].trim_end();
    let end = start + text.len();
    ByteSpan::new(end - text.trim_start().len(), end)
}
