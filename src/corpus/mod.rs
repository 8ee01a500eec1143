//! Many texts, all compared with all, at the cost of what they share.
//!
//! An inverted index of word n-grams ([`fingerprints`]) gives the pairs of texts that share any ([`pairs`]); only
//! these are read again and aligned. Words are not kept: reading an article anew takes microseconds, keeping
//! its words would take twice the memory of the text.

mod clusters;
mod fingerprints;
mod mentions;
mod pairs;

pub use clusters::ClusterMember;
pub use pairs::{Measure, PairOverlap};

use rayon::prelude::*;

use crate::error::{Error, Result, at_least_one};
use crate::passages::{Passage, PassageOptions, passages};
use crate::progress::Progress;
use crate::quotes::{Quote, SharedQuote, SharedQuoteOptions, quotes, shared_quotes};
use crate::text::{Fold, Pair, check_length};
use fingerprints::Fingerprints;

/// Many texts to compare; `S` is a string, owned or borrowed.
///
/// ```
/// use wortlaut::{Corpus, Fold, Measure, OverlapsOptions, Progress};
/// let texts = ["eins zwei drei vier fünf sechs", "sieben acht", "und eins zwei drei vier fünf"];
/// let corpus = Corpus::new(&texts, &[0, 1, 2], Fold::default()).unwrap();
/// let pairs = corpus.overlaps(&OverlapsOptions::default(), &Progress::default()).unwrap();
/// assert_eq!((pairs[0].a, pairs[0].b, pairs[0].shared), (0, 2, 1));
/// ```
#[derive(Debug)]
pub struct Corpus<'t, S> {
    texts: &'t [S],
    rank: &'t [u32],
    fold: Fold,
}

/// What [`Corpus::overlaps`] counts and keeps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OverlapsOptions {
    /// Words in an n-gram.
    pub n: usize,
    /// The ratio that `min_score` is about.
    pub measure: Measure,
    /// Pairs below it are dropped; at 0, every pair that shares an n-gram is kept.
    pub min_score: f64,
}

impl Default for OverlapsOptions {
    fn default() -> Self {
        Self { n: 5, measure: Measure::Containment, min_score: 0.0 }
    }
}

/// A passage that two texts of a corpus share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CorpusPassage {
    /// The earlier text, by its place in the corpus.
    pub a: u32,
    /// The later one.
    pub b: u32,
    /// The passage.
    pub passage: Passage,
}

/// A statement that two texts of a corpus share.
#[derive(Debug, Clone, PartialEq)]
pub struct CorpusSharedQuote {
    /// The earlier text, by its place in the corpus.
    pub a: u32,
    /// The later one.
    pub b: u32,
    /// Where and how it stands in both.
    pub quote: SharedQuote,
}

/// Pairs aligned between two looks at whether to stop.
const CHUNK: usize = 64;

/// Words in the n-grams that make two texts candidates for shared passages: every verbatim run of five words or
/// more is seen, and of edited passages those that kept five words in a row somewhere in the two texts.
const CANDIDATE: usize = 5;

impl<'t, S: AsRef<str> + Sync> Corpus<'t, S> {
    /// A corpus of `texts`; in a pair, `a` is the one with the lower `rank` (place breaks ties).
    ///
    /// # Errors
    /// If there are more or fewer ranks than texts, or a text has 4 GiB.
    pub fn new(texts: &'t [S], rank: &'t [u32], fold: Fold) -> Result<Self> {
        if texts.len() != rank.len() {
            return Err(Error::value("rank", "one number for each text", rank.len()));
        }
        texts.iter().try_for_each(|text| check_length(text.as_ref()))?;
        Ok(Self { texts, rank, fold })
    }

    /// The pairs of texts that share word n-grams, with exact counts, by rank of `a`, then of `b` (place breaks ties).
    ///
    /// # Errors
    /// If `options.n` is 0 or `options.min_score` outside 0..1, or the work was stopped.
    pub fn overlaps(&self, options: &OverlapsOptions, progress: &Progress) -> Result<Vec<PairOverlap>> {
        at_least_one("n", options.n)?;
        if !(0.0..=1.0).contains(&options.min_score) {
            return Err(Error::value("min_score", "between 0 and 1", options.min_score));
        }
        let fingerprints = Fingerprints::new(self.texts, self.fold, options.n, progress)?;
        let keep = |pair: &PairOverlap| options.measure.of(pair) >= options.min_score;
        pairs::count(&fingerprints, self.rank, keep, progress)
    }

    /// The passages that the texts share, by rank of `a`, then of `b`, then by place.
    ///
    /// # Errors
    /// As [`passages`], or if the work was stopped.
    pub fn passages(&self, options: PassageOptions, progress: &Progress) -> Result<Vec<CorpusPassage>> {
        at_least_one("min_words", options.min_words)?;
        let n = CANDIDATE.min(options.min_words);
        let candidates = self.overlaps(&OverlapsOptions { n, ..OverlapsOptions::default() }, progress)?;
        let candidates: Vec<_> = candidates.iter().map(|pair| (pair.a, pair.b)).collect();
        self.align(&candidates, progress, |a, b, pair| {
            let found = passages(pair, options)?;
            Ok(found.into_iter().map(|passage| CorpusPassage { a, b, passage }).collect())
        })
    }

    /// The passages joined across texts: who carries which stretch.
    ///
    /// # Errors
    /// As [`Corpus::passages`].
    pub fn clusters(&self, options: PassageOptions, progress: &Progress) -> Result<Vec<ClusterMember>> {
        clusters::join(&self.passages(options, progress)?, progress)
    }

    /// The marked spans of every text, with its place in the corpus.
    ///
    /// # Errors
    /// If the work was stopped.
    pub fn quotes(&self, progress: &Progress) -> Result<Vec<(u32, Quote)>> {
        let texts: Vec<u32> = (0..self.texts.len() as u32).collect();
        in_chunks(&texts, progress, |&text| {
            let found = quotes(self.texts[text as usize].as_ref());
            Ok(found.into_iter().map(|quote| (text, quote)).collect())
        })
    }

    /// The statements that one text quotes and another one has too, by rank of `a`, then of `b`, then by place.
    ///
    /// # Errors
    /// As [`shared_quotes`], or if the work was stopped.
    pub fn shared_quotes(
        &self,
        options: &SharedQuoteOptions,
        progress: &Progress,
    ) -> Result<Vec<CorpusSharedQuote>> {
        at_least_one("min_words", options.min_words)?;
        let rank = |text: u32| self.rank[text as usize];
        let mut candidates = mentions::candidates(self.texts, self.fold, options.min_words, progress)?;
        for (a, b) in &mut candidates {
            if rank(*a) > rank(*b) {
                std::mem::swap(a, b);
            }
        }
        candidates.sort_unstable_by_key(|&(a, b)| pairs::in_order(self.rank, a, b));
        self.align(&candidates, progress, |a, b, pair| {
            let found = shared_quotes(pair, options)?;
            Ok(found.into_iter().map(|quote| CorpusSharedQuote { a, b, quote }).collect())
        })
    }

    /// What `rows` finds in each of `candidates`, in their order.
    fn align<T: Send>(
        &self,
        candidates: &[(u32, u32)],
        progress: &Progress,
        rows: impl Fn(u32, u32, &Pair<'_>) -> Result<Vec<T>> + Sync,
    ) -> Result<Vec<T>> {
        in_chunks(candidates, progress, |&(a, b)| {
            let text = |place: u32| self.texts[place as usize].as_ref();
            rows(a, b, &Pair::new(text(a), text(b), self.fold)?)
        })
    }
}

/// What `rows` makes of each of `items`, in their order, in parallel and stopping when asked to.
pub(crate) fn in_chunks<I: Sync, T: Send>(
    items: &[I],
    progress: &Progress,
    rows: impl Fn(&I) -> Result<Vec<T>> + Sync,
) -> Result<Vec<T>> {
    progress.begin(items.len() as u64);
    let mut found = Vec::new();
    for chunk in items.chunks(CHUNK) {
        progress.check()?;
        let rows: Result<Vec<Vec<T>>> = chunk.par_iter().map(&rows).collect();
        found.extend(rows?.into_iter().flatten());
        progress.advance(chunk.len() as u64);
    }
    Ok(found)
}
