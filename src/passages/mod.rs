//! The passages that two texts share.
//!
//! Three kinds of evidence, the exact before the vague:
//!
//! 1. *Runs* ([`seeds`]): three words in a row that both texts have, grown as far as they agree. Each run of
//!    `min_words` is reported, with its exact edges, unless a passage holds it on both sides or it only repeats a part
//!    of one.
//! 2. *Chains* ([`chain`], [`refine`]): runs close to each other on both sides, in the same order, joined if enough of
//!    the words between agree, split at the widest gap otherwise, with ends that must be worth the words passed over.
//!    Chains are local, so swapped and repeated passages come out each for itself.
//! 3. *Blocks* ([`blocks`], [`bag`], [`terms`]): sentences alike in weighed terms, clustered by turns on both sides
//!    with gaps that shrink until the cluster holds together, after Sanchez-Perez, Gelbukh and Sidorov, "Adaptive
//!    algorithm for plagiarism detection" (CLEF 2015). New here: sentences of even length (7 to 30 words), and edges
//!    that climb to where the two bags of words agree the most, a local alignment without order. A cluster with wide
//!    gaps, three times as long in one text as in the other, is a summary.
//!
//! An edited passage of fewer than 16 matched words, without a run of `min_words`, goes unreported beside a passage of
//! 30 words or more, unless [`Sensitivity::Reworded`] asks for it.
//!
//! [`choose`] decides between them: a block stands where more agrees than the long runs in it, and the chains in it
//! go; elsewhere chains and runs stand.
//!
//! What stands together is put together at last ([`join`]): edited passages with an insert between them, and the pieces of
//! a digest.
//!
//! The training corpus of PAN 2013 (5,185 pairs) gives plagdet .919 over all classes, .973 verbatim, .924 random,
//! .902 translated, .689 summed up, granularity 1.010, with 6 passages in the 1,000 pairs without reuse (four are
//! verbatim runs), in 0.7 to 0.9 ms a pair from Python: `python tests/bench/passages.py FOLDER`. What costs precision
//! with verbatim reuse are verbatim runs that are boilerplate of both texts; they are reported all the same.
//!
//! Bounds: runs compare at most 64 words for each word of the texts, and keep 24 places of a seed; seeds of sentences
//! cost as much at most, the most frequent terms being left out beyond, and keep 24 partners of a sentence; the weakest
//! blocks are left out where comparing them with the runs, chains and each other would cost more. Texts that
//! run out of it lose their most repetitive passages.
//!
//! What it misses: machine paraphrase, and other languages: nothing that goes by words can see them.

mod bag;
mod blocks;
mod chain;
mod choose;
mod describe;
mod join;
mod owners;
mod probe;
mod refine;
mod seeds;
mod stem;
mod terms;

use std::ops::Range;

use crate::error::{Result, at_least_one};
use crate::text::{ByteSpan, Fold, Pair, Side, Vocabulary, Words, check_length};
use describe::Describer;
#[cfg(feature = "index")]
pub(crate) use probe::Probe;
use refine::{Refiner, Sides};
use terms::{Numbered, Terms};

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

/// A stretch of `a` that stands in `b` as well, edited or not. Its edges are words that both stretches have.
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
    /// Words that stand in both stretches, in the same order: as many as there can be, up to stretches of 130,000
    /// words.
    pub matched: u32,
    /// 2 · matched / (`words_a` + `words_b`).
    pub similarity: f64,
    /// How the sides differ.
    pub kind: PassageKind,
}

/// How far from verbatim a passage may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Sensitivity {
    /// The same words in a row, in whatever typography.
    Verbatim,
    /// Edited, rewritten and summed up too, as far as the words vouch for it.
    #[default]
    Edited,
    /// The same with less to vouch for it, and short edited passages beside large ones: recall of rewritten passages
    /// rises by .01 to .03, precision falls by more.
    Reworded,
}

impl Sensitivity {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Verbatim, Self::Edited, Self::Reworded];

    /// Their names.
    pub const NAMES: [&'static str; 3] = ["verbatim", "edited", "reworded"];
}

/// What counts as a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassageOptions {
    /// The least number of matched words. Below 6, formulas ("am Freitag in Berlin") turn up.
    pub min_words: usize,
    /// How far from verbatim it may be.
    pub sensitivity: Sensitivity,
}

impl Default for PassageOptions {
    fn default() -> Self {
        Self { min_words: SOUGHT, sensitivity: Sensitivity::default() }
    }
}

/// Longer passages are sought as those of so many words are, and the shorter ones left out: what stands beside a
/// passage, and whether it is one, must not depend on what is asked for.
const SOUGHT: usize = 8;

impl PassageOptions {
    /// The options to search with, before passages of fewer than `min_words` are left out.
    fn sought(self) -> Self {
        Self { min_words: self.min_words.min(SOUGHT), ..self }
    }

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
    let both = Both::new(&pair.a, &pair.b, pair.distinct(), None);
    let seeds = both.seeds(options);
    Ok((both.passages(&seeds, options), seeds.longest()))
}

/// Two different texts in the order in which limits and ties are decided, so that exchanging them exchanges the sides
/// of the passages and nothing else.
struct Both<'p, 't> {
    sides: Sides<'p, 't>,
    is_mirrored: bool,
    /// How many different words they have together.
    distinct: usize,
    /// Which side was read before, and what is known of it.
    probe: Option<(usize, &'p probe::Known)>,
}

impl<'p, 't> Both<'p, 't> {
    /// `probe` is what is known of `b`.
    fn new(a: &'p Side<'t>, b: &'p Side<'t>, distinct: usize, probe: Option<&'p probe::Known>) -> Self {
        let order = |side: &Side<'_>| (side.ids.len(), side.raw.len());
        let is_mirrored = order(a).cmp(&order(b)).then_with(|| a.raw.cmp(b.raw)).is_gt();
        let (a, b) = if is_mirrored { (b, a) } else { (a, b) };
        let probe = probe.map(|known| (usize::from(!is_mirrored), known));
        Self { sides: Sides { a, b, is_one: false }, is_mirrored, distinct, probe }
    }

    fn seeds(&self, options: PassageOptions) -> seeds::Found {
        let Sides { a, b, .. } = self.sides;
        let seed = options.sought().seed();
        match self.probe {
            Some((1, known)) => seeds::matches(&a.ids, &b.ids, seed, &known.places),
            _ => seeds::matches(&a.ids, &b.ids, seed, &seeds::places(&b.ids, seed)),
        }
    }

    fn passages(&self, seeds: &seeds::Found, options: PassageOptions) -> Vec<Passage> {
        let (sides, sought) = (self.sides, options.sought());
        let runs = long_runs(&seeds.matches, sought.min_words);
        let mut describer = Describer::new(sides, self.distinct);
        let stretches = if options.sensitivity == Sensitivity::Verbatim {
            choose::without_repeats(sides, runs)
        } else {
            let chains = from_matches(sides, &seeds.matches, sought);
            choose::choose(sides, &mut describer, || self.terms(), chains, &runs, sought)
        };
        in_order(describe(&mut describer, stretches), self.is_mirrored, options.min_words)
    }

    fn terms(&self) -> Terms {
        let sides = [self.sides.a, self.sides.b];
        match self.probe {
            Some((side, known)) => Terms::new(sides, self.distinct, side, &known.terms),
            None => Terms::new(sides, self.distinct, 0, &Numbered::new(sides[0], self.distinct)),
        }
    }
}

/// How many times longer than its digest or summary a text must be: what another one takes from one place of it is a
/// passage like others.
pub(crate) const SUMMED_UP: usize = 3;

/// A run of so many words is reported for itself, whatever its sentences share beside it: two sentences of news. An
/// article that was cut is told from a summary by it. Granularity on PAN-2013 is 1.010 so, 1.011 at 36.
const LONG_RUN: usize = 48;

/// A passage in words: from which to which, on both sides.
#[derive(Debug, Clone)]
struct Stretch {
    a: Range<usize>,
    b: Range<usize>,
    /// Words known to match in order; there may be more.
    matched: usize,
    /// Words of the longest run that is known to match.
    longest: usize,
}

impl Stretch {
    fn longer(&self) -> usize {
        self.a.len().max(self.b.len())
    }

    fn shorter(&self) -> usize {
        self.a.len().min(self.b.len())
    }

    fn is_verbatim(&self) -> bool {
        self.matched == self.longer()
    }
}

/// How many words two ranges both have.
fn lap(x: &Range<usize>, y: &Range<usize>) -> usize {
    x.end.min(y.end).saturating_sub(x.start.max(y.start))
}

/// From where the first of two ranges starts to where the last one ends.
fn hull(x: &Range<usize>, y: &Range<usize>) -> Range<usize> {
    x.start.min(y.start)..x.end.max(y.end)
}

fn describe(describer: &mut Describer<'_, '_>, stretches: Vec<Stretch>) -> Vec<Passage> {
    stretches.into_iter().map(|stretch| describer.describe(&stretch)).collect()
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
    let sought = options.sought();
    check_length(raw)?;
    let Words { spans, ids } = Vocabulary::new(fold).read(raw);
    let side = Side { raw, spans, ids };
    let sides = Sides { a: &side, b: &side, is_one: true };
    let repeats = seeds::repeats(&side.ids, sought.seed());
    let found = match options.sensitivity {
        Sensitivity::Verbatim => choose::without_repeats(sides, long_runs(&repeats, sought.min_words)),
        _ => from_matches(sides, &repeats, sought),
    };
    let distinct = side.ids.iter().max().map_or(0, |&id| id as usize + 1);
    let passages = describe(&mut Describer::new(sides, distinct), found);
    Ok(in_order(passages, false, options.min_words))
}

fn from_matches(sides: Sides<'_, '_>, matches: &[seeds::Match], options: PassageOptions) -> Vec<Stretch> {
    let mut refiner = Refiner::new(sides, options.min_words);
    for chain in chain::chains(matches) {
        refiner.add(chain);
    }
    refiner.finish()
}

/// Those of `min_words` by place in `a`, then in `b`, each once; `is_mirrored` exchanges the sides before.
fn in_order(mut found: Vec<Passage>, is_mirrored: bool, min_words: usize) -> Vec<Passage> {
    found.retain(|passage| passage.matched as usize >= min_words);
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

/// The matches of at least `min_words`.
fn long_runs(matches: &[seeds::Match], min_words: usize) -> Vec<Stretch> {
    let long = matches.iter().filter(|run| run.len >= min_words);
    long.map(|run| Stretch {
        a: run.a..run.a_end(),
        b: run.b..run.b_end(),
        matched: run.len,
        longest: run.len,
    })
    .collect()
}
