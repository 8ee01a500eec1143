//! The quotations of one text as rows of words.

use std::ops::Range;

use super::{Quote, QuoteKind, quotes};
use crate::text::{ByteSpan, Side, WordId};

/// A row of words that is looked for.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Where it stands, without marks.
    pub(super) span: ByteSpan,
    /// Which words of its text it is.
    pub(super) words: Range<usize>,
    /// Words after which `…` or the like leaves something out, counted within the mention.
    pub(super) gaps: Vec<u32>,
    /// The mention around it.
    pub(super) parent: Option<u32>,
    /// Whether it is taken for what someone said, not for a name or a term.
    pub(super) is_speech: bool,
    /// Whether that may be wrong: a few words in marks without a clue look like a name.
    pub(super) may_be_speech: bool,
}

/// Deeper spans are left out, so that a hundred thousand nested marks stay linear; print has at most three.
const DEEPEST: u32 = 3;

/// The quotations of `side` that have words, in order of their starts.
pub(super) fn mentions(side: &Side<'_>) -> Vec<Mention> {
    let quotes = quotes(side.raw);
    let mut places: Vec<Option<u32>> = vec![None; quotes.len()];
    let mut mentions = Vec::new();
    for (index, quote) in quotes.iter().enumerate().filter(|(_, quote)| quote.depth < DEEPEST) {
        let mention = Mention {
            parent: quote.parent.and_then(|parent| places[parent as usize]),
            ..Mention::at(side, quote.inner)
        };
        let mention = mention.with_kind(quote);
        if !mention.words.is_empty() {
            places[index] = Some(mentions.len() as u32);
            mentions.push(mention);
        }
    }
    mentions
}

/// A name or term of so many words, if it is not sure to be one, may be speech.
const SPEECH: (usize, f32) = (4, 0.6);

impl Mention {
    /// What stands at `span` of `side`.
    pub(super) fn at(side: &Side<'_>, span: ByteSpan) -> Self {
        let first = side.spans.partition_point(|word| word.start < span.start);
        let last = side.spans.partition_point(|word| word.end <= span.end);
        let words = first..last.max(first);
        Self {
            span,
            gaps: gaps(side, span, words.clone()),
            words,
            parent: None,
            is_speech: true,
            may_be_speech: true,
        }
    }

    fn with_kind(mut self, quote: &Quote) -> Self {
        self.is_speech = !matches!(quote.kind, QuoteKind::Title | QuoteKind::Term);
        self.may_be_speech = self.is_speech || self.len() >= SPEECH.0 && quote.confidence < SPEECH.1;
        self
    }

    /// The words of `side`, the mention's text, that it is.
    pub(super) fn ids<'s>(&self, side: &'s Side<'_>) -> &'s [WordId] {
        &side.ids[self.words.clone()]
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

/// After which of `words` something is left out, and shown to be.
fn gaps(side: &Side<'_>, span: ByteSpan, words: Range<usize>) -> Vec<u32> {
    let text = span.of(side.raw);
    if !text.contains('…') && !text.contains("..") && !text.contains(". .") {
        return Vec::new();
    }
    let spans = &side.spans[words];
    let between = |pair: &[ByteSpan]| &side.raw[pair[0].end as usize..pair[1].start as usize];
    let dots =
        |gap: &str| gap.contains('…') || gap.contains("...") || gap.contains(". . .") || gap.contains("[..]");
    let found = spans.windows(2).enumerate().filter(|(_, pair)| dots(between(pair)));
    found.map(|(index, _)| index as u32).collect()
}

/// For each word of `side` whether a clause ends with it.
pub(super) fn clause_ends(side: &Side<'_>) -> Vec<bool> {
    let between = |pair: &[ByteSpan]| &side.raw[pair[0].end as usize..pair[1].start as usize];
    let inner = side.spans.windows(2).map(|pair| ends_clause(between(pair)));
    inner.chain(side.spans.last().map(|_| true)).collect()
}

/// Whether what stands between two words ends a clause: a mark that does, a dash, or the end of a paragraph.
fn ends_clause(gap: &str) -> bool {
    gap != " " && (gap.contains(CLAUSE_MARKS) || gap.contains(" - ") || gap.matches('\n').count() > 1)
}

const CLAUSE_MARKS: [char; 16] =
    [',', ';', ':', '.', '!', '?', '…', '–', '—', '，', '、', '；', '：', '。', '！', '？'];
