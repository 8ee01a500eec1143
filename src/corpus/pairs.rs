//! Which texts of a corpus share words with which: exact counts, never texts × texts.

use std::sync::Mutex;

use rayon::prelude::*;
use rayon::{current_num_threads, current_thread_index};

use super::fingerprints::{Fingerprints, OfText};
use super::links::Link;
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
    /// The names of the measures, in order.
    pub const NAMES: [&'static str; 3] = ["containment", "jaccard", "dice"];

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

/// The pairs that `links` join, as `keep` wants them, by `a` and `b` in the order of `rank`.
pub(super) fn count(
    fingerprints: &Fingerprints,
    rank: &[u32],
    links: &[Link],
    keep: impl Fn(&PairOverlap) -> bool + Sync,
    progress: &Progress,
) -> Result<Vec<PairOverlap>> {
    let texts = rank.len();
    let search = Search::new(fingerprints, rank, links);
    progress.begin(texts as u64);
    // One counter of all texts for each thread, cleared by whoever used it; making one anew for each piece of work
    // would be texts × texts after all.
    let counters: Vec<Mutex<Vec<u32>>> = (0..=current_num_threads()).map(|_| Mutex::default()).collect();
    let partners_of = |text| {
        let thread = current_thread_index().map_or(0, |index| index + 1);
        let mut counts = counters[thread].lock().expect("no other thread has it");
        counts.resize(texts, 0);
        search.partners(text as u32, &mut counts, &keep)
    };
    let mut pairs = Vec::new();
    for start in (0..texts).step_by(CHUNK) {
        progress.check()?;
        let chunk = start..texts.min(start + CHUNK);
        let steps = chunk.len() as u64;
        let counted: Vec<Vec<PairOverlap>> = chunk.into_par_iter().map(partners_of).collect();
        pairs.extend(counted.into_iter().flatten());
        progress.advance(steps);
    }
    pairs.par_sort_unstable_by_key(|pair| in_order(rank, pair.a, pair.b));
    Ok(pairs)
}

/// The order of pairs: `a` by rank, place breaking ties, then `b` likewise. Unlike pairs are never equal in it, so that it
/// does not depend on how they are sorted.
pub(super) fn in_order(rank: &[u32], a: u32, b: u32) -> [(u32, u32); 2] {
    [a, b].map(|text| (rank[text as usize], text))
}

/// The n-grams that more than one text has: those that link all their texts, and the others, which are only counted
/// where two texts are linked.
struct Search<'c> {
    fingerprints: &'c Fingerprints,
    rank: &'c [u32],
    links: &'c [Link],
    lists: Vec<&'c [u32]>,
    linking: OfText,
    others: OfText,
}

impl<'c> Search<'c> {
    fn new(fingerprints: &'c Fingerprints, rank: &'c [u32], links: &'c [Link]) -> Self {
        let lists: Vec<&[u32]> = fingerprints.lists().collect();
        let linking = OfText::new(&lists, rank.len(), |list| links[list] == Link::All);
        let others = OfText::new(&lists, rank.len(), |list| links[list] != Link::All);
        Self { fingerprints, rank, links, lists, linking, others }
    }

    /// The pairs of `text` with those behind it; `counts` is all zeros before and after.
    fn partners(
        &self,
        text: u32,
        counts: &mut [u32],
        keep: impl Fn(&PairOverlap) -> bool,
    ) -> Vec<PairOverlap> {
        let mut met = Vec::new();
        self.count_links(text, counts, &mut met);
        self.meet_first(text, counts, &mut met);
        let pairs = met.into_iter().map(|other| {
            let linking = std::mem::take(&mut counts[other as usize]) & !MET;
            self.pair(text, other, linking + self.others.common(text, other))
        });
        pairs.filter(keep).collect()
    }

    fn count_links(&self, text: u32, counts: &mut [u32], met: &mut Vec<u32>) {
        for &list in self.linking.of(text) {
            for &other in behind(self.lists[list as usize], text) {
                let count = &mut counts[other as usize];
                if *count == 0 {
                    met.push(other);
                }
                *count += 1;
            }
        }
    }

    /// Those that an n-gram of too many texts links with its first one.
    fn meet_first(&self, text: u32, counts: &mut [u32], met: &mut Vec<u32>) {
        for &list in self.others.of(text) {
            let others = match self.links[list as usize] {
                Link::First(first) if first == text => behind(self.lists[list as usize], text),
                Link::First(ref first) if *first > text => std::slice::from_ref(first),
                _ => continue,
            };
            for &other in others {
                if counts[other as usize] == 0 {
                    counts[other as usize] = MET;
                    met.push(other);
                }
            }
        }
    }

    fn pair(&self, text: u32, other: u32, shared: u32) -> PairOverlap {
        let earlier = self.rank[text as usize] <= self.rank[other as usize];
        let (a, b) = if earlier { (text, other) } else { (other, text) };
        let Fingerprints { words, grams, .. } = self.fingerprints;
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

/// The part of a list that stands behind `text`.
fn behind(list: &[u32], text: u32) -> &[u32] {
    &list[list.partition_point(|&other| other <= text)..]
}
