//! The quotations of one text as rows of words.

use std::collections::HashMap;
use std::ops::Range;

use super::{Quote, QuoteKind, quotes};
use crate::text::{ByteSpan, Side, WordId};

/// A row of words that is looked for.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Where it stands, without marks; of a statement in several parts, from the first to the last.
    pub(super) span: ByteSpan,
    /// Which words of its text stand there.
    pub(super) words: Range<usize>,
    /// The words that are said, if others stand between them or it has several parts.
    joined: Option<Joined>,
    /// Words after which `…` or the like leaves something out, counted within the mention.
    pub(super) gaps: Vec<u32>,
    /// The mention around it.
    pub(super) parent: Option<u32>,
    /// The words that name who speaks.
    pub(super) speaker: Option<ByteSpan>,
    /// Whether it is taken for what someone said, not for a name or a term.
    pub(super) is_speech: bool,
    /// Whether that may be wrong: a few words in marks without a clue look like a name.
    pub(super) may_be_speech: bool,
}

/// The words of the parts of a statement, and after which of them a clause ends.
#[derive(Debug, Clone)]
struct Joined {
    ids: Vec<WordId>,
    ends: Vec<bool>,
}

/// Deeper spans are left out, so that a hundred thousand nested marks stay linear; print has at most three.
const DEEPEST: u32 = 3;

/// A statement of more parts is compared part by part: each part is held against the whole, and a story told in
/// marks over a thousand paragraphs would cost a million comparisons.
const MOST_PARTS: usize = 64;

/// The quotations of `side` that have words, in order of their starts. A statement in several parts is a mention around
/// those of its parts, so that where it is not found as a whole its parts still may be.
pub(super) fn mentions(side: &Side<'_>) -> Vec<Mention> {
    let quotes = quotes(side.raw);
    let groups = groups(&quotes);
    let mut places: Vec<Option<u32>> = vec![None; quotes.len()];
    let mut whole: HashMap<u32, u32> = HashMap::new();
    let mut mentions = Vec::new();
    for (index, quote) in quotes.iter().enumerate().filter(|(_, quote)| quote.depth < DEEPEST) {
        let outer = quote.parent.and_then(|parent| places[parent as usize]);
        let mut add = |mention: Mention, parent: Option<u32>| {
            (mention.len() > 0).then(|| {
                mentions.push(Mention { parent, ..mention }.with_kind(quote));
                mentions.len() as u32 - 1
            })
        };
        if let Some(parts) = groups.get(&(index as u32)).filter(|parts| parts.len() <= MOST_PARTS) {
            whole.extend(add(Mention::joined(side, parts), outer).map(|place| (quote.group, place)));
        }
        let parent = whole.get(&quote.group).copied().or(outer);
        places[index] = add(Mention::at(side, quote.inner), parent);
    }
    mentions
}

/// The parts of each statement that has several, by the index of the first.
pub(super) fn groups(quotes: &[Quote]) -> HashMap<u32, Vec<ByteSpan>> {
    let mut groups: HashMap<u32, Vec<ByteSpan>> = HashMap::new();
    let later = quotes.iter().enumerate().filter(|(index, quote)| quote.group as usize != *index);
    for (_, quote) in later {
        let parts = groups.entry(quote.group).or_insert_with(|| vec![quotes[quote.group as usize].inner]);
        parts.push(quote.inner);
    }
    groups
}

/// A name or term of so many words, if it is not sure to be one, may be speech.
const SPEECH: (usize, f32) = (4, 0.6);

impl Mention {
    /// What stands at `span` of `side`.
    pub(super) fn at(side: &Side<'_>, span: ByteSpan) -> Self {
        let words = words_in(side, span);
        let gaps = gaps(side, span, words.clone());
        Self {
            span,
            words,
            joined: None,
            gaps,
            parent: None,
            speaker: None,
            is_speech: true,
            may_be_speech: true,
        }
    }

    /// What stands at the `parts` of `side`, as if nothing stood between them.
    pub(super) fn joined(side: &Side<'_>, parts: &[ByteSpan]) -> Self {
        let span = parts.iter().copied().reduce(ByteSpan::to).unwrap_or(ByteSpan::new(0, 0));
        let said: Vec<usize> = parts.iter().flat_map(|&part| words_in(side, part)).collect();
        let ends_after = |place: usize| {
            side.spans.get(place + 1).is_none_or(|&next| ends_clause(between(side, place, next)))
        };
        let joined = Joined {
            ids: said.iter().map(|&place| side.ids[place]).collect(),
            ends: said.iter().map(|&place| ends_after(place)).collect(),
        };
        let gaps = gaps(side, span, said.iter().copied());
        Self { gaps, joined: Some(joined), ..Self::at(side, span) }
    }

    fn with_kind(mut self, quote: &Quote) -> Self {
        self.speaker = quote.speaker;
        self.is_speech = !matches!(quote.kind, QuoteKind::Title | QuoteKind::Term);
        self.may_be_speech = self.is_speech || self.len() >= SPEECH.0 && quote.confidence < SPEECH.1;
        self
    }

    /// The words that it is, of those of its text.
    pub(super) fn ids<'s>(&'s self, text: &'s [WordId]) -> &'s [WordId] {
        self.joined.as_ref().map_or(&text[self.words.clone()], |joined| &joined.ids)
    }

    /// After which of its words a clause ends; `ends` are those of its text.
    pub(super) fn ends<'s>(&'s self, ends: &'s [bool]) -> &'s [bool] {
        self.joined.as_ref().map_or(&ends[self.words.clone()], |joined| &joined.ends)
    }

    /// Whether other mentions are the parts of its statement.
    pub(super) fn has_parts(&self) -> bool {
        self.joined.is_some()
    }

    /// Its words, if they do not simply stand in a row.
    pub(super) fn into_joined(self) -> Option<Vec<WordId>> {
        self.joined.map(|joined| joined.ids)
    }

    pub(super) fn len(&self) -> usize {
        self.joined.as_ref().map_or(self.words.len(), |joined| joined.ids.len())
    }
}

/// The words of `side` that stand at `span`.
fn words_in(side: &Side<'_>, span: ByteSpan) -> Range<usize> {
    let first = side.spans.partition_point(|word| word.start < span.start);
    let last = side.spans.partition_point(|word| word.end <= span.end);
    first..last.max(first)
}

/// What stands between the word at `place` and the one at `next`.
fn between<'t>(side: &Side<'t>, place: usize, next: ByteSpan) -> &'t str {
    &side.raw[side.spans[place].end as usize..next.start as usize]
}

/// After which of `words`, which stand at `span`, something is left out, and shown to be.
fn gaps(side: &Side<'_>, span: ByteSpan, words: impl Iterator<Item = usize> + Clone) -> Vec<u32> {
    let text = span.of(side.raw);
    if !text.contains('…') && !text.contains("..") && !text.contains(". .") {
        return Vec::new();
    }
    let dots =
        |gap: &str| gap.contains('…') || gap.contains("...") || gap.contains(". . .") || gap.contains("[..]");
    let pairs = words.clone().zip(words.skip(1)).enumerate();
    let found = pairs.filter(|&(_, (one, next))| dots(between(side, one, side.spans[next])));
    found.map(|(index, _)| index as u32).collect()
}

/// For each word of `side` whether a clause ends with it.
pub(super) fn clause_ends(side: &Side<'_>) -> Vec<bool> {
    let inner =
        side.spans.iter().skip(1).enumerate().map(|(place, &next)| ends_clause(between(side, place, next)));
    inner.chain(side.spans.last().map(|_| true)).collect()
}

/// Whether what stands between two words ends a clause: a mark that does, a dash, or the end of a paragraph.
fn ends_clause(gap: &str) -> bool {
    gap != " " && (gap.contains(CLAUSE_MARKS) || gap.contains(" - ") || gap.matches('\n').count() > 1)
}

const CLAUSE_MARKS: [char; 16] =
    [',', ';', ':', '.', '!', '?', '…', '–', '—', '，', '、', '；', '：', '。', '！', '？'];
