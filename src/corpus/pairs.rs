//! Which texts of a corpus share words with which: exact counts, never texts × texts.

use std::sync::Mutex;

use rayon::prelude::*;
use rayon::{current_num_threads, current_thread_index};

use super::OverlapsOptions;
use super::fingerprints::{OfText, SharedGrams};
use super::links::{Role, Wanted};
use crate::error::Result;
use crate::progress::Progress;

/// How much two texts of a corpus share, counted in different word n-grams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairOverlap {
    /// The earlier text, by its place in the corpus.
    pub a: u32,
    /// The later one.
    pub b: u32,
    /// Words of `a`.
    pub words_a: u32,
    /// Words of `b`.
    pub words_b: u32,
    /// Different n-grams of `a`.
    pub grams_a: u32,
    /// Different n-grams of `b`.
    pub grams_b: u32,
    /// N-grams that stand in both.
    pub shared: u32,
}

impl PairOverlap {
    /// shared / n-grams of `a`.
    pub fn containment_a(&self) -> f64 {
        f64::from(self.shared) / f64::from(self.grams_a.max(1))
    }

    /// shared / n-grams of `b`.
    pub fn containment_b(&self) -> f64 {
        f64::from(self.shared) / f64::from(self.grams_b.max(1))
    }

    /// shared / n-grams of either.
    pub fn jaccard(&self) -> f64 {
        let either = f64::from(self.grams_a) + f64::from(self.grams_b) - f64::from(self.shared);
        f64::from(self.shared) / either.max(1.0)
    }

    /// 2 · shared / (n-grams of `a` + n-grams of `b`).
    pub fn dice(&self) -> f64 {
        2.0 * f64::from(self.shared) / (f64::from(self.grams_a) + f64::from(self.grams_b)).max(1.0)
    }
}

/// By which ratio pairs are ranked and filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The larger of the two containments.
    Containment,
    /// Shared n-grams over those of either text.
    Jaccard,
    /// Shared n-grams over the mean of both.
    Dice,
}

impl Measure {
    /// The measures, in the order of their names.
    pub const ALL: [Measure; 3] = [Measure::Containment, Measure::Jaccard, Measure::Dice];

    /// The names of the measures, in order.
    pub const NAMES: [&'static str; 3] = ["containment", "jaccard", "dice"];

    /// How many n-grams two texts with so many must share for `min_score`, or a little fewer. It grows with either.
    pub(super) fn needed(self, min_score: f64, grams_a: u32, grams_b: u32) -> f64 {
        let (a, b) = (f64::from(grams_a), f64::from(grams_b));
        let exact = match self {
            Measure::Containment => min_score * a.min(b),
            Measure::Jaccard => min_score * (a + b) / (1.0 + min_score),
            Measure::Dice => min_score * (a + b) / 2.0,
        };
        // Sizes have 32 bits, the ratios are as exact as 52.
        exact - 1e-3
    }

    /// What it says of `pair`, in 0..1.
    pub fn of(self, pair: &PairOverlap) -> f64 {
        match self {
            Measure::Containment => pair.containment_a().max(pair.containment_b()),
            Measure::Jaccard => pair.jaccard(),
            Measure::Dice => pair.dice(),
        }
    }
}

/// Texts between two looks at whether to stop.
const CHUNK: usize = 128;

/// Marks a text that was met without a count.
const MET: u32 = 1 << 31;

/// The pairs that the `search` meets and the `options` keep, by `a` and `b` in the order of ranks.
pub(super) fn count(
    search: &Search<'_>,
    options: &OverlapsOptions,
    progress: &Progress,
) -> Result<Vec<PairOverlap>> {
    let counting = Counting::new(search);
    let of = |text, counts: &mut Vec<u32>| counting.kept(text, counts, options);
    let mut pairs = of_each(search.fingerprints, progress, of)?;
    pairs.par_sort_unstable_by_key(|pair| (pair.a, pair.b));
    pairs.dedup_by_key(|pair| (pair.a, pair.b));
    Ok(pairs)
}

/// What `of` finds for each text. What it remembers is kept for each thread: making it anew for each piece of work would
/// be texts × texts after all.
pub(super) fn of_each<T: Default + Send, R: Send>(
    fingerprints: &SharedGrams,
    progress: &Progress,
    of: impl Fn(u32, &mut T) -> Vec<R> + Sync,
) -> Result<Vec<R>> {
    let texts = fingerprints.words.len() as u32;
    progress.begin(texts.into());
    let kept: Vec<Mutex<T>> = (0..=current_num_threads()).map(|_| Mutex::default()).collect();
    let of = |text| {
        let thread = current_thread_index().map_or(0, |index| index + 1);
        of(text, &mut kept[thread].lock().expect("no other thread has it"))
    };
    let mut pairs = Vec::new();
    for start in (0..texts).step_by(CHUNK) {
        progress.check()?;
        let chunk = start..texts.min(start + CHUNK as u32);
        let steps = chunk.len() as u64;
        let found: Vec<Vec<R>> = chunk.into_par_iter().map(of).collect();
        pairs.extend(found.into_iter().flatten());
        progress.advance(steps);
    }
    Ok(pairs)
}

/// What texts share, by number, and what of that links them.
pub(super) struct Search<'c> {
    pub(super) fingerprints: &'c SharedGrams,
    pub(super) roles: &'c [Role],
    pub(super) wanted: &'c Wanted,
}

impl Search<'_> {
    pub(super) fn pair(&self, text: u32, other: u32, shared: u32) -> PairOverlap {
        let (a, b) = (text.min(other), text.max(other));
        let SharedGrams { words, grams, .. } = self.fingerprints;
        PairOverlap {
            a,
            b,
            words_a: words[a as usize],
            words_b: words[b as usize],
            grams_a: grams[a as usize],
            grams_b: grams[b as usize],
            shared,
        }
    }
}

/// The n-grams that link all their texts, and the others, which are only counted where two texts are linked.
struct Counting<'c> {
    search: &'c Search<'c>,
    linking: OfText,
    others: OfText,
}

impl<'c> Counting<'c> {
    fn new(search: &'c Search<'c>) -> Self {
        let Search { fingerprints, roles, .. } = search;
        let linking = fingerprints.of_text(|list| roles[list as usize].linking > 0);
        let others = fingerprints.of_text(|list| roles[list as usize].others > 0);
        Self { search, linking, others }
    }

    /// The pairs of `text` that stay: with those behind it, or where each text has its best, the best with all.
    fn kept(&self, text: u32, counts: &mut Vec<u32>, options: &OverlapsOptions) -> Vec<PairOverlap> {
        // Zeros before and after each text.
        counts.resize(self.search.fingerprints.words.len(), 0);
        let score = |pair: &PairOverlap| options.measure.of(pair);
        let is_enough = |pair: &PairOverlap| score(pair) >= options.min_score;
        let Some(most) = options.top_k else { return self.pairs(text, counts, Self::behind, is_enough) };
        let mut pairs = self.pairs(text, counts, Self::others, is_enough);
        pairs.sort_unstable_by(|x, y| score(y).total_cmp(&score(x)).then((x.a, x.b).cmp(&(y.a, y.b))));
        pairs.truncate(most);
        pairs
    }

    /// The pairs of `text` with those that `part` leaves of each list.
    fn pairs(
        &self,
        text: u32,
        counts: &mut [u32],
        part: impl Fn(&Self, u32, u32) -> &'c [u32],
        is_enough: impl Fn(&PairOverlap) -> bool,
    ) -> Vec<PairOverlap> {
        let mut met = Vec::new();
        for &list in self.linking.of(text) {
            let weight = self.search.roles[list as usize].linking;
            for &other in part(self, list, text) {
                let count = &mut counts[other as usize];
                if *count == 0 {
                    met.push(other);
                }
                *count += weight;
            }
        }
        self.meet_first(text, counts, &mut met, part);
        let weight = |list: u32| self.search.roles[list as usize].others;
        let pair = |other: u32| {
            let linking = std::mem::take(&mut counts[other as usize]) & !MET;
            if other == text || !self.search.wanted.holds(text, other) {
                return None;
            }
            let shared = linking + self.others.common(text, other, weight);
            Some(self.search.pair(text, other, shared)).filter(&is_enough)
        };
        met.into_iter().filter_map(pair).collect()
    }

    /// Those that an n-gram of too many texts links with its first one.
    fn meet_first(
        &self,
        text: u32,
        counts: &mut [u32],
        met: &mut Vec<u32>,
        part: impl Fn(&Self, u32, u32) -> &'c [u32],
    ) {
        for &list in self.others.of(text).iter().filter(|&&list| self.search.roles[list as usize].is_first) {
            let first = self.search.fingerprints.list(list)[0];
            let others = part(self, list, text);
            let is_there = others.first() == Some(&first);
            for &other in if first == text { others } else { &others[..usize::from(is_there)] } {
                if counts[other as usize] == 0 {
                    counts[other as usize] = MET;
                    met.push(other);
                }
            }
        }
    }

    fn behind(&self, list: u32, text: u32) -> &'c [u32] {
        self.search.wanted.behind(self.search.fingerprints.list(list), text)
    }

    fn others(&self, list: u32, _: u32) -> &'c [u32] {
        self.search.fingerprints.list(list)
    }
}
