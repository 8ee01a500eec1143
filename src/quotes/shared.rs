//! The same statement in two texts: quoted, cut, edited, retold, or without marks.

use std::cmp::Ordering;

use super::align::{Answer, align};
use super::lexicon::Lexicon;
use super::mentions::{Mention, clause_ends, mentions};
use super::relation::{Row, Verdict, WANTED};
use super::search::{
    MOST_PLACES, Reading, Search, Unmarked, candidates, find_places, judge_place, overlap, partners,
};
use super::target::{MOST_EXACT, Target};
use crate::error::{Result, at_least_one};
use crate::text::{ByteSpan, Fold, Pair};

/// What became of a statement from one text to another.
///
/// ```
/// use wortlaut::Relation;
/// assert_eq!(Relation::NAMES[Relation::Elided as usize], "elided");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// The same words, whatever the marks.
    Identical,
    /// The second has a part of it, cut at its ends.
    Trimmed,
    /// The second has more of it.
    Extended,
    /// One leaves words out and says so: `…`, `[...]`.
    Elided,
    /// A few words differ.
    Edited,
    /// Retold without marks: the same rare words in other forms.
    Reworded,
}

impl Relation {
    /// The names of the relations, in order: `NAMES[relation as usize]`.
    pub const NAMES: [&'static str; 6] = ["identical", "trimmed", "extended", "elided", "edited", "reworded"];

    /// The same, seen from the other text.
    pub(super) fn mirrored(self) -> Self {
        match self {
            Self::Trimmed => Self::Extended,
            Self::Extended => Self::Trimmed,
            other => other,
        }
    }
}

/// On which side a shared statement stands in quotation marks.
///
/// ```
/// use wortlaut::Marked;
/// assert_eq!(Marked::NAMES[Marked::Both as usize], "both");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Marked {
    /// In both texts.
    Both,
    /// In the first text only.
    A,
    /// In the second text only.
    B,
}

impl Marked {
    /// The names, in order: `NAMES[marked as usize]`.
    pub const NAMES: [&'static str; 3] = ["both", "a", "b"];
}

/// What [`shared_quotes`] may be told.
///
/// ```
/// assert_eq!(wortlaut::SharedQuoteOptions::default().min_words, 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedQuoteOptions {
    /// Quotations of fewer words are not looked for. 3 by default: two words are rarely a statement.
    pub min_words: usize,
}

impl Default for SharedQuoteOptions {
    fn default() -> Self {
        Self { min_words: 3 }
    }
}

/// One statement in two texts.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedQuote {
    /// Where it stands in the first text: all between the marks, or from the first to the last common word.
    pub a: ByteSpan,
    /// Where it stands in the second text.
    pub b: ByteSpan,
    /// What became of it from the first to the second.
    pub relation: Relation,
    /// Which of the two is in marks.
    pub marked: Marked,
    /// What the two have in common of all they say, rare words counting most, from 0 to 1.
    pub similarity: f32,
    /// Whether a negating word was lost or gained within what the two have in common, or in the clauses where that
    /// begins and ends.
    pub negation: bool,
}

/// The statements that one of two texts quotes and the other has too, quoted or not: one row per pair of places, in order.
///
/// Words are compared, not marks. Two marked spans are held against each other as wholes; a marked span is also
/// looked for outside marks, where more is asked of it: four words, or rare ones. Names and titles
/// link nothing. Retelling (`reworded`) is recognised by rare words and light German and English stemming, so that it
/// misses what uses other words, and every other language's inflection.
///
/// A quotation is followed to at most 32 places of the other text. Spans more than two deep are not looked for.
/// Near-linear in the length of the two texts.
///
/// ```
/// use wortlaut::{Fold, Pair, Relation, SharedQuoteOptions, shared_quotes};
/// let a = "„Der Mieter ist nicht berechtigt, die Wohnung zu kündigen“, sagte das Gericht.";
/// let b = "Das Gericht: „Der Mieter ist […] berechtigt, die Wohnung zu kündigen“.";
/// let pair = Pair::new(a, b, Fold::default()).unwrap();
/// let rows = shared_quotes(&pair, &SharedQuoteOptions::default()).unwrap();
/// assert_eq!((rows[0].relation, rows[0].negation), (Relation::Elided, true));
/// ```
///
/// # Errors
/// [`Error::Value`](crate::Error::Value) if `min_words` is 0.
pub fn shared_quotes(pair: &Pair<'_>, options: &SharedQuoteOptions) -> Result<Vec<SharedQuote>> {
    at_least_one("min_words", options.min_words)?;
    let (of_a, of_b) = (mentions(&pair.a), mentions(&pair.b));
    if of_a.is_empty() && of_b.is_empty() {
        return Ok(Vec::new());
    }
    let lexicon = Lexicon::new(pair);
    let a = Reading::new(&pair.a, of_a, pair.distinct(), &lexicon);
    let b = Reading::new(&pair.b, of_b, pair.distinct(), &lexicon);
    let search = Search { lexicon: &lexicon, min_words: options.min_words };
    let (places_a, places_b) = (search.places(&a, &b), search.places(&b, &a));
    let both = search.marked(&a, &b, &candidates(&a, &b, &places_a, &places_b));
    let mut rows: Vec<SharedQuote> = both.iter().map(|found| found.row(&a, &b)).collect();
    let one_side = |rows: Vec<Unmarked>, marked| rows.into_iter().map(move |found| found.row(marked));
    rows.extend(one_side(
        search.unmarked(&a, &b, &places_a, &partners(&both, a.mentions.len(), false)),
        Marked::A,
    ));
    rows.extend(one_side(
        search.unmarked(&b, &a, &places_b, &partners(&both, b.mentions.len(), true)),
        Marked::B,
    ));
    rows.sort_by_key(|row| (row.a, row.b, row.marked));
    Ok(rows)
}

/// A place where a quotation stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundQuote {
    /// From the first to the last word that answers the quotation.
    pub span: ByteSpan,
    /// What became of the quotation there; `trimmed` if the text has only a part of it.
    pub relation: Relation,
    /// What the two have in common of all they say, rare words counting most, from 0 to 1.
    pub similarity: f32,
    /// Whether a negating word was lost or gained, as in [`SharedQuote::negation`].
    pub negation: bool,
}

/// Where `quote` stands in `raw`, and how altered: the best places first.
///
/// `quote` may have marks around it or none, and may leave words out (`…`). Whether `raw` has marks there does not
/// matter. Less has to be in common than for [`shared_quotes`]: the reader asked for this quotation and judges.
/// Exact places are all found, up to a thousand; altered ones up to 32.
///
/// ```
/// use wortlaut::{Fold, Relation, find_quote};
/// let raw = "The landlord is not, in such a case, permitted to terminate the lease.";
/// let found = find_quote("“The landlord is … permitted to terminate”", raw, Fold::default()).unwrap();
/// assert_eq!((found[0].relation, found[0].negation), (Relation::Elided, true));
/// assert!(found[0].span.of(raw).ends_with("terminate"));
/// ```
///
/// # Errors
/// [`Error::TooLong`](crate::Error::TooLong) from 4 GiB.
pub fn find_quote(quote: &str, raw: &str, fold: Fold) -> Result<Vec<FoundQuote>> {
    let pair = Pair::new(quote, raw, fold)?;
    if pair.a.ids.is_empty() {
        return Ok(Vec::new());
    }
    let lexicon = Lexicon::new(&pair);
    let target = Target::new(&pair.b.ids, pair.distinct(), &lexicon);
    let mention = Mention::at(&pair.a, ByteSpan::new(0, quote.len()));
    let (quote_ends, ends) = (clause_ends(&pair.a), clause_ends(&pair.b));
    let row = Row { ids: &pair.a.ids, gaps: &mention.gaps, ends: &quote_ends };
    let text = Row { ids: &pair.b.ids, gaps: &[], ends: &ends };
    let mut verdicts: Vec<Verdict> = Vec::new();
    for place in find_places(row, &target, &lexicon, MOST_EXACT) {
        if let Some(verdict) = judge_place(row, &place, text, WANTED, &lexicon)
            && !verdicts.iter().rev().take(MOST_PLACES).any(|other| overlap(&other.y, &verdict.y))
        {
            verdicts.push(verdict);
        }
    }
    let best_first = |one: &Verdict, other: &Verdict| {
        let by_similarity = other.similarity.partial_cmp(&one.similarity).unwrap_or(Ordering::Equal);
        by_similarity.then(one.relation.cmp(&other.relation)).then(one.y.start.cmp(&other.y.start))
    };
    verdicts.sort_by(best_first);
    Ok(verdicts.iter().map(|verdict| found_quote(&pair, verdict)).collect())
}

/// A word of one wording that answers a word of the other.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedWord {
    /// Where it stands in the first wording.
    pub a: ByteSpan,
    /// Where it stands in the second.
    pub b: ByteSpan,
    /// How much it says, from 0 to 1; less if the two are only forms of one word.
    pub weight: f32,
}

/// What links two wordings of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The words they have in common, in order.
    pub words: Vec<SharedWord>,
    /// How much the first wording says.
    pub a: f32,
    /// How much the second says.
    pub b: f32,
}

/// What links the two wordings of `pair`: the spans of a [`SharedQuote`], to see why they were linked.
///
/// ```
/// use wortlaut::{Fold, Pair, evidence};
/// let pair = Pair::new("ein teures Zögern", "dem teuren Zögern", Fold::default()).unwrap();
/// let weights: Vec<f32> = evidence(&pair).words.iter().map(|word| word.weight).collect();
/// assert_eq!(weights, [0.8, 1.0]);
/// ```
pub fn evidence(pair: &Pair<'_>) -> Evidence {
    let lexicon = Lexicon::new(pair);
    let words = align(&pair.a.ids, &pair.b.ids, &lexicon);
    let word = |answer: &Answer| SharedWord {
        a: pair.a.spans[answer.x],
        b: pair.b.spans[answer.y],
        weight: answer.weight,
    };
    Evidence {
        words: words.iter().map(word).collect(),
        a: lexicon.sum(&pair.a.ids),
        b: lexicon.sum(&pair.b.ids),
    }
}

fn found_quote(pair: &Pair<'_>, verdict: &Verdict) -> FoundQuote {
    let text = &pair.b.spans;
    FoundQuote {
        span: text[verdict.y.start].to(text[verdict.y.end - 1]),
        relation: verdict.relation,
        similarity: verdict.similarity,
        negation: verdict.negation,
    }
}
