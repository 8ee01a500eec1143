//! Many texts, all compared with all, at the cost of what they share.
//!
//! An inverted index of word n-grams ([`fingerprints`]) gives the pairs of texts that share any ([`pairs`]); only
//! these are read again and aligned. Words are not kept: reading an article anew takes microseconds, keeping
//! its words would take twice the memory of the text. What everybody carries ([`boilerplate`]) links nobody ([`links`]),
//! and texts that are the same are aligned once ([`align`]).

mod align;
mod boilerplate;
mod buckets;
mod clusters;
mod covered;
mod fingerprints;
mod linked;
mod links;
mod mentions;
mod pairs;
mod reaching;
mod spread;
mod stretches;
mod tally;

pub(crate) use align::align;
#[cfg(feature = "index")]
pub(crate) use align::align_one;
pub use boilerplate::BoilerplateRun;
pub use clusters::{ClusterMember, Direction};
pub use links::{Links, NO_MOMENT};
pub use pairs::{Measure, PairOverlap};
pub use spread::NO_OUTLET;

use crate::error::{Error, Result, at_least_one};
use crate::passages::{Passage, PassageOptions, passages};
use crate::progress::{Progress, in_chunks};
use crate::quotes::{
    Quote, SharedQuote, SharedQuoteOptions, SpeechLexicon, quotes, quotes_with, shared_quotes,
};
use crate::text::{Fold, check_length};
use boilerplate::GRAM;
use covered::Covered;
use links::Wanted;

/// Many texts to compare; `S` is a string, owned or borrowed.
///
/// ```
/// use wortlaut::{Corpus, Fold, Links, OverlapsOptions, Progress};
/// let texts = ["eins zwei drei vier fünf sechs", "sieben acht", "und eins zwei drei vier fünf"];
/// let corpus = Corpus::new(&texts, &[0, 1, 2], Fold::default()).unwrap();
/// let options = OverlapsOptions::default();
/// let pairs = corpus.overlaps(&options, Links::default(), &Progress::default()).unwrap();
/// assert_eq!((pairs[0].a, pairs[0].b, pairs[0].shared), (0, 2, 1));
/// ```
#[derive(Debug)]
pub struct Corpus<'t, S> {
    texts: &'t [S],
    /// The places of the texts in the order of their ranks; a place in it is a text's number.
    order: Vec<u32>,
    outlets: &'t [u32],
    moments: &'t [i64],
    fold: Fold,
    /// Bytes that the n-grams may take while they are sorted.
    memory: Option<usize>,
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
    /// Pairs are dropped that are not among so many best of one of their texts; of pairs with the same ratio, the first
    /// is the better.
    pub top_k: Option<usize>,
}

impl Default for OverlapsOptions {
    fn default() -> Self {
        Self { n: 5, measure: Measure::Containment, min_score: 0.0, top_k: None }
    }
}

/// Microseconds between two texts of the same days: papers quote today what agencies and television did yesterday or the
/// day before.
const SAME_DAYS: u64 = 2 * 86_400 * 1_000_000;

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

/// Words in the n-grams that make two texts candidates for shared passages: every verbatim run of five words or
/// more is seen, and of edited passages those that kept five words in a row somewhere in the two texts. Those of
/// boilerplate, so that one count of n-grams serves both.
const CANDIDATE: usize = GRAM;

/// Texts by number.
impl<'t, S: AsRef<str>> Corpus<'t, S> {
    /// The text of that number.
    fn text(&self, number: u32) -> &'t str {
        self.texts[self.place(number) as usize].as_ref()
    }

    fn place(&self, number: u32) -> u32 {
        self.order[number as usize]
    }

    /// The number of the text at each place.
    fn numbers(&self) -> Vec<u32> {
        let mut numbers = vec![0; self.texts.len()];
        (0u32..).zip(&self.order).for_each(|(number, &place)| numbers[place as usize] = number);
        numbers
    }

    fn in_order(&self) -> impl Iterator<Item = &'t str> {
        self.order.iter().map(|&place| self.texts[place as usize].as_ref())
    }

    /// The outlet of the text of that number.
    fn outlet(&self, number: u32) -> u32 {
        self.outlets.get(self.place(number) as usize).copied().unwrap_or(NO_OUTLET)
    }

    /// Whether two texts with these numbers are of the same days.
    fn is_same_time(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.moment(a), self.moment(b));
        a != NO_MOMENT && b != NO_MOMENT && a.abs_diff(b) <= SAME_DAYS
    }

    /// The moment of the text of that number.
    fn moment(&self, number: u32) -> i64 {
        self.moments.get(self.place(number) as usize).copied().unwrap_or(NO_MOMENT)
    }
}

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
        let mut order: Vec<u32> = (0..texts.len() as u32).collect();
        order.sort_by_key(|&place| rank[place as usize]);
        Ok(Self { texts, order, outlets: &[], moments: &[], fold, memory: None })
    }

    /// The same corpus with the outlet of each text, as a number; [`NO_OUTLET`] where it is not known.
    ///
    /// # Errors
    /// If there are more or fewer outlets than texts.
    pub fn with_outlets(self, outlets: &'t [u32]) -> Result<Self> {
        if self.texts.len() != outlets.len() {
            return Err(Error::value("outlets", "one number for each text", outlets.len()));
        }
        Ok(Self { outlets, ..self })
    }

    /// The same corpus with the moment of each text, in microseconds; [`NO_MOMENT`] where it is not known.
    ///
    /// # Errors
    /// If there are more or fewer moments than texts.
    pub fn with_moments(self, moments: &'t [i64]) -> Result<Self> {
        if self.texts.len() != moments.len() {
            return Err(Error::value("moments", "one number for each text", moments.len()));
        }
        Ok(Self { moments, ..self })
    }

    /// The same corpus, whose n-grams are sorted in so many passes over the texts that those of one take `bytes`
    /// at most (256 passes at most); none means one pass. What is found is the same, and takes memory of its own.
    #[must_use]
    pub fn with_memory(self, bytes: Option<usize>) -> Self {
        Self { memory: bytes, ..self }
    }

    /// The pairs of texts that share word n-grams, with exact counts, by rank of `a`, then of `b` (place breaks ties).
    ///
    /// With [`Links::ALL`] these are all pairs that share any. In n-grams of fewer than five words no boilerplate can
    /// be told, so there it links like everything else.
    ///
    /// # Errors
    /// If `options.n` is 0 or `options.min_score` outside 0..1, or the work was stopped.
    pub fn overlaps(
        &self,
        options: &OverlapsOptions,
        links: Links,
        progress: &Progress,
    ) -> Result<Vec<PairOverlap>> {
        at_least_one("n", options.n)?;
        if !(0.0..=1.0).contains(&options.min_score) {
            return Err(Error::value("min_score", "between 0 and 1", options.min_score));
        }
        // In fewer words no boilerplate can be told: it need not be looked for.
        let links = Links { keep_boilerplate: links.keep_boilerplate || options.n < GRAM, ..links };
        let mut found = self.linked(options, links, progress)?;
        found.iter_mut().for_each(|pair| (pair.a, pair.b) = (self.place(pair.a), self.place(pair.b)));
        Ok(found)
    }

    /// The runs of words that are boilerplate, the widest spread first: 5 to 150 words that stand in at least 10
    /// texts and in one of a thousand (or of one outlet's texts: 10, and one of twenty), most of which have less than
    /// a fifth of their n-grams in common beside the run. Where outlets are known, those that have it must have it in two
    /// texts each on average: what each carries once goes round among them.
    ///
    /// From eight words on, where it stands must tell it from a statement that many quote: in three of four texts at most
    /// 15 words from the beginning, or from the end; or, up to 20 words, in a line of its own; or it must consist, by half
    /// of its words, of runs of fewer than eight that twice as many texts have.
    ///
    /// # Errors
    /// If the work was stopped.
    ///
    /// ```
    /// use wortlaut::{Corpus, Fold, Progress};
    /// let texts: Vec<String> = (0..12).map(|i| format!("{i}a {i}b {i}c Hier geht es zum täglichen Rundbrief {i}d")).collect();
    /// let rank: Vec<u32> = (0..12).collect();
    /// let corpus = Corpus::new(&texts, &rank, Fold::default()).unwrap();
    /// let found = corpus.boilerplate(&Progress::default()).unwrap();
    /// assert_eq!(found[0].span.of(&texts[0]), "Hier geht es zum täglichen Rundbrief");
    /// assert_eq!(found[0].df, 12);
    /// ```
    pub fn boilerplate(&self, progress: &Progress) -> Result<Vec<BoilerplateRun>> {
        Ok(self.find_boilerplate(progress)?.1.runs)
    }

    /// The passages that the texts share, by rank of `a`, then of `b`, then by place.
    ///
    /// Unless boilerplate links, passages that consist of it are left out: those of which more than half of the words
    /// and all but fewer than `min_words` lie in it.
    ///
    /// # Errors
    /// As [`passages`], or if the work was stopped.
    pub fn passages(
        &self,
        options: PassageOptions,
        links: Links,
        progress: &Progress,
    ) -> Result<Vec<CorpusPassage>> {
        at_least_one("min_words", options.min_words)?;
        let n = CANDIDATE.min(options.min_words);
        let (linked, boilerplate) =
            self.all_linked(&OverlapsOptions { n, ..OverlapsOptions::default() }, links, progress)?;
        let candidates: Vec<_> = linked.iter().map(|pair| (self.place(pair.a), self.place(pair.b))).collect();
        drop(linked);
        let covered = Covered::new(self, &boilerplate);
        let found = align(self.texts, self.fold, &candidates, progress, |a, b, pair| {
            let mut found = passages(pair, options)?;
            found.retain(|passage| !covered.covers(a, b, passage, options.min_words));
            Ok(found)
        })?;
        Ok(found.into_iter().map(|(a, b, passage)| CorpusPassage { a, b, passage }).collect())
    }

    /// The passages joined across texts: who carries which stretch. A text is cut where the set of those changes that
    /// share it, into stretches of at least `min_words` words or so.
    ///
    /// # Errors
    /// As [`Corpus::passages`].
    pub fn clusters(
        &self,
        options: PassageOptions,
        links: Links,
        progress: &Progress,
    ) -> Result<Vec<ClusterMember>> {
        self.join(&self.passages(options, links, progress)?, options.min_words, progress)
    }

    /// The marked spans of every text, with its place in the corpus; `lexicon` as for [`quotes_with`].
    ///
    /// # Errors
    /// If the work was stopped.
    pub fn quotes(&self, lexicon: Option<&SpeechLexicon>, progress: &Progress) -> Result<Vec<(u32, Quote)>> {
        let texts: Vec<u32> = (0..self.texts.len() as u32).collect();
        in_chunks(&texts, progress, |&text| {
            let raw = self.texts[text as usize].as_ref();
            let found = lexicon.map_or_else(|| quotes(raw), |lexicon| quotes_with(raw, lexicon));
            Ok(found.into_iter().map(|quote| (text, quote)).collect())
        })
    }

    /// The statements that one text quotes and another one has too, by rank of `a`, then of `b`, then by place.
    ///
    /// Compared are texts that share three words in a row of a quotation; a run that stands in more than `links.max_df`
    /// texts links each with the earliest only, and boilerplate is not looked for.
    ///
    /// # Errors
    /// As [`shared_quotes`], or if the work was stopped.
    pub fn shared_quotes(
        &self,
        options: &SharedQuoteOptions,
        links: Links,
        progress: &Progress,
    ) -> Result<Vec<CorpusSharedQuote>> {
        at_least_one("min_words", options.min_words)?;
        let mut candidates = mentions::candidates(self, options.min_words, links.max_df, progress)?;
        let number = self.numbers();
        let number = |place: u32| number[place as usize];
        for (a, b) in &mut candidates {
            if number(*a) > number(*b) {
                std::mem::swap(a, b);
            }
        }
        let wanted = Wanted::new(self, links);
        candidates.retain(|&(a, b)| wanted.holds(number(a), number(b)));
        candidates.sort_unstable_by_key(|&(a, b)| (number(a), number(b)));
        let (near, far): (Vec<_>, Vec<_>) =
            candidates.into_iter().partition(|&(a, b)| self.is_same_time(number(a), number(b)));
        let mut found = Vec::new();
        // Texts that are the same are compared once, so those of the same days are compared by themselves.
        for (pairs, is_same_time) in [(near, true), (far, options.is_same_time)] {
            let options = SharedQuoteOptions { is_same_time, ..*options };
            found.extend(align(self.texts, self.fold, &pairs, progress, |_, _, pair| {
                shared_quotes(pair, &options)
            })?);
        }
        // A stable sort: the rows of a pair keep their order.
        found.sort_by_key(|&(a, b, _)| (number(a), number(b)));
        Ok(found.into_iter().map(|(a, b, quote)| CorpusSharedQuote { a, b, quote }).collect())
    }
}
