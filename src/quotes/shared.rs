//! The same statement in two texts: quoted, cut, edited, retold, or without marks.

use super::align::{Answer, align};
use super::lexicon::Lexicon;
use super::mentions::mentions;
use super::search::{Reading, Search, Unmarked, candidates, partners};
use crate::error::{Result, at_least_one};
use crate::text::{ByteSpan, Pair};

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

/// What links two mentions of a statement.
///
/// ```
/// use wortlaut::Basis;
/// assert_eq!(Basis::NAMES[Basis::Speaker as usize], "speaker");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// The words alone: enough of them, or rare ones.
    Words,
    /// Few and usual words, which one person certainly says in both texts.
    Speaker,
    /// Few and usual words, in texts of the same days, where nothing says that two people speak.
    Date,
}

impl Basis {
    /// The names, in order: `NAMES[basis as usize]`.
    pub const NAMES: [&'static str; 3] = ["words", "speaker", "date"];
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
    /// Whether the two texts are of the same days, which is evidence for a short quotation. Not known by default.
    pub is_same_time: bool,
}

impl Default for SharedQuoteOptions {
    fn default() -> Self {
        Self { min_words: 3, is_same_time: false }
    }
}

/// One statement in two texts.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedQuote {
    /// Where it stands in the first text: all between the marks, or from the first to the last common word. Of a
    /// statement that its reporting clause interrupts, or that goes over several paragraphs, the whole stretch from its
    /// first part to its last; [`wording`](crate::wording) tells what is said there.
    pub a: ByteSpan,
    /// Where it stands in the second text.
    pub b: ByteSpan,
    /// What became of it from the first to the second.
    pub relation: Relation,
    /// Which of the two is in marks.
    pub marked: Marked,
    /// What the two have in common of all they say, rare words counting most, from 0 to 1.
    pub similarity: f32,
    /// What links the two.
    pub basis: Basis,
    /// Whether a negating word was lost or gained within what the two have in common, or in the clauses where that
    /// begins and ends, or stands elsewhere there, so that it denies something else.
    pub negation: bool,
}

/// The statements that one of two texts quotes and the other has too, quoted or not: one row per pair of places, in order.
///
/// Words are compared, not marks. A statement in several parts (one [`Quote::group`](crate::Quote::group)) is one row
/// of words, without what stands between them; where one of its parts alone has more in common with the other
/// text, or only that, the row is about the part. Two marked spans are held against each other as wholes; a marked span is also
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
    let SharedQuoteOptions { min_words, is_same_time } = *options;
    let search = Search { lexicon: &lexicon, min_words, is_same_time };
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
