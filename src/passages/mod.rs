//! The passages that two texts share.
//!
//! In the manner of Sanchez-Perez et al., "A winning approach to text alignment for text reuse detection at
//! PAN 2014": *seeds* (three words in a row that both texts have, grown as far as they agree) are joined to
//! *chains* (close to each other on both sides, in the same order), and a chain is *refined*: accepted as a
//! passage if enough of its words agree, split at its widest gap otherwise. Chains are local, so swapped and
//! repeated passages come out each for itself.
//!
//! What it misses: passages of which no three words in a row are left, such as translations and thorough
//! paraphrase.

mod chain;
mod refine;
mod seeds;

use crate::error::{Result, at_least_one};
use crate::text::{ByteSpan, Fold, Pair, Side, Vocabulary, Words, check_length};
use refine::{Refiner, Sides};

/// How the two sides of a passage differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassageKind {
    /// Not at all, but for line breaks and spaces.
    Verbatim,
    /// In typography, case or spelling that folding makes equal; the words are the same.
    Typography,
    /// In a few words.
    Edited,
    /// In many words.
    Reworded,
}

impl PassageKind {
    /// The names of the kinds, in order.
    pub const NAMES: [&'static str; 4] = ["verbatim", "typography", "edited", "reworded"];
}

/// A stretch of `a` that stands in `b` as well, edited or not. Its edges are words that both have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passage {
    /// The stretch of `a`, from its first to its last word.
    pub a: ByteSpan,
    /// The stretch of `b`.
    pub b: ByteSpan,
    /// Words in the stretch of `a`.
    pub words_a: u32,
    /// Words in the stretch of `b`.
    pub words_b: u32,
    /// Words that stand in both stretches, in the same order.
    pub matched: u32,
    /// 2 · matched / (`words_a` + `words_b`).
    pub similarity: f64,
    /// How the sides differ.
    pub kind: PassageKind,
}

/// What counts as a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassageOptions {
    /// The least number of matched words. Below 6, formulas ("am Freitag in Berlin") turn up.
    pub min_words: usize,
}

impl Default for PassageOptions {
    fn default() -> Self {
        Self { min_words: 8 }
    }
}

impl PassageOptions {
    /// Words in a seed: a passage that is to be found must hold one.
    fn seed(self) -> usize {
        seeds::SEED.min(self.min_words)
    }

    fn check(self) -> Result<()> {
        at_least_one("min_words", self.min_words)
    }
}

/// The passages that the texts of `pair` share, in the order of `a`.
///
/// # Errors
/// If `options.min_words` is 0.
///
/// ```
/// use wortlaut::{Fold, Pair, PassageOptions, passages};
/// let a = "Davor. Der alte Hafen wird im Herbst für drei Jahre geschlossen, sagte sie.";
/// let b = "Gestern hieß es: der alte Hafen wird im Herbst für vier Jahre geschlossen!";
/// let pair = Pair::new(a, b, Fold::default()).unwrap();
/// let found = passages(&pair, PassageOptions::default()).unwrap();
/// assert_eq!(found[0].a.of(a), "Der alte Hafen wird im Herbst für drei Jahre geschlossen");
/// assert_eq!(found[0].matched, 9);
/// ```
pub fn passages(pair: &Pair<'_>, options: PassageOptions) -> Result<Vec<Passage>> {
    Ok(passages_and_longest(pair, options)?.0)
}

/// The passages, and the words of the longest run that both texts have, where the search happened to see it.
pub(crate) fn passages_and_longest(
    pair: &Pair<'_>,
    options: PassageOptions,
) -> Result<(Vec<Passage>, Option<usize>)> {
    options.check()?;
    // Limits and ties are decided in one order of the two texts, so that exchanging them exchanges the sides of
    // the passages and nothing else.
    let order = |side: &Side<'_>| (side.ids.len(), side.raw.len());
    let (a, b) = (&pair.a, &pair.b);
    let is_mirrored = order(a).cmp(&order(b)).then_with(|| a.raw.cmp(b.raw)).is_gt();
    let (a, b) = if is_mirrored { (b, a) } else { (a, b) };
    let found = seeds::matches(&a.ids, &b.ids, options.seed());
    let passages = from_matches(Sides { a, b, is_one: false }, &found.matches, options);
    Ok((in_order(passages, is_mirrored), found.longest()))
}

/// The passages that a text repeats from itself: `a` is the first place, `b` a later one.
///
/// # Errors
/// As [`passages`], and [`crate::Error::TooLong`].
///
/// ```
/// use wortlaut::{Fold, PassageOptions, within};
/// let line = "Hier lesen Sie jeden Tag alles über den alten Hafen.";
/// let found = within(&format!("{line} Mehr nicht. {line}"), Fold::default(), PassageOptions::default());
/// assert_eq!(found.unwrap().len(), 1);
/// ```
pub fn within(raw: &str, fold: Fold, options: PassageOptions) -> Result<Vec<Passage>> {
    options.check()?;
    check_length(raw)?;
    let Words { spans, ids } = Vocabulary::new(fold).read(raw);
    let side = Side { raw, spans, ids };
    let sides = Sides { a: &side, b: &side, is_one: true };
    let found = from_matches(sides, &seeds::repeats(&side.ids, options.seed()), options);
    Ok(in_order(found, false))
}

fn from_matches(sides: Sides<'_, '_>, matches: &[seeds::Match], options: PassageOptions) -> Vec<Passage> {
    let mut refiner = Refiner::new(sides, options.min_words);
    for chain in chain::chains(matches) {
        refiner.add(chain);
    }
    refiner.finish()
}

/// By place in `a`, then in `b`, each once; `is_mirrored` exchanges the sides before.
fn in_order(mut found: Vec<Passage>, is_mirrored: bool) -> Vec<Passage> {
    if is_mirrored {
        for passage in &mut found {
            std::mem::swap(&mut passage.a, &mut passage.b);
            std::mem::swap(&mut passage.words_a, &mut passage.words_b);
        }
    }
    found.sort_by_key(|passage| (passage.a, passage.b));
    found.dedup_by_key(|passage| (passage.a, passage.b));
    found
}
