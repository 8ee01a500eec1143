//! Which texts of a corpus share words with which: exact counts, never texts × texts.

use std::sync::Mutex;

use rayon::prelude::*;
use rayon::{current_num_threads, current_thread_index};

use super::fingerprints::Fingerprints;
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

/// The pairs that share an n-gram, as `keep` wants them, by `a` and `b` in the order of `rank`.
pub(super) fn count(
    fingerprints: &Fingerprints,
    rank: &[u32],
    keep: impl Fn(&PairOverlap) -> bool + Sync,
    progress: &Progress,
) -> Result<Vec<PairOverlap>> {
    let texts = rank.len();
    let lists: Vec<&[u32]> = fingerprints.lists().collect();
    let of_text = lists_of_texts(&lists, texts);
    progress.begin(texts as u64);
    // One counter of all texts for each thread, cleared by whoever used it; making one anew for each piece of work
    // would be texts × texts after all.
    let counters: Vec<Mutex<Vec<u32>>> = (0..=current_num_threads()).map(|_| Mutex::default()).collect();
    let partners_of = |text| {
        let thread = current_thread_index().map_or(0, |index| index + 1);
        let mut counts = counters[thread].lock().expect("no other thread has it");
        counts.resize(texts, 0);
        partners(text, &of_text, &lists, fingerprints, rank, &mut counts, &keep)
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

/// The lists in which each text stands: (where its part starts, the lists).
struct OfText {
    starts: Vec<usize>,
    lists: Vec<u32>,
}

fn lists_of_texts(lists: &[&[u32]], texts: usize) -> OfText {
    let mut starts = vec![0; texts + 1];
    for &text in lists.iter().copied().flatten() {
        starts[text as usize + 1] += 1;
    }
    for i in 0..texts {
        starts[i + 1] += starts[i];
    }
    let mut next = starts.clone();
    let mut of_text = vec![0; starts[texts]];
    for (list, texts) in lists.iter().enumerate() {
        for &text in *texts {
            of_text[next[text as usize]] = list as u32;
            next[text as usize] += 1;
        }
    }
    OfText { starts, lists: of_text }
}

/// The pairs of `text` with those behind it; `counts` is all zeros before and after.
fn partners(
    text: usize,
    of_text: &OfText,
    lists: &[&[u32]],
    fingerprints: &Fingerprints,
    rank: &[u32],
    counts: &mut [u32],
    keep: impl Fn(&PairOverlap) -> bool,
) -> Vec<PairOverlap> {
    let mut others = Vec::new();
    for &list in &of_text.lists[of_text.starts[text]..of_text.starts[text + 1]] {
        let list = lists[list as usize];
        let behind = list.partition_point(|&other| other as usize <= text);
        for &other in &list[behind..] {
            let count = &mut counts[other as usize];
            if *count == 0 {
                others.push(other);
            }
            *count += 1;
        }
    }
    let pairs = others.into_iter().map(|other| {
        let shared = std::mem::take(&mut counts[other as usize]);
        pair(text as u32, other, shared, fingerprints, rank)
    });
    pairs.filter(keep).collect()
}

fn pair(text: u32, other: u32, shared: u32, fingerprints: &Fingerprints, rank: &[u32]) -> PairOverlap {
    let earlier = rank[text as usize] <= rank[other as usize];
    let (a, b) = if earlier { (text, other) } else { (other, text) };
    PairOverlap {
        a,
        b,
        words_a: fingerprints.words[a as usize],
        words_b: fingerprints.words[b as usize],
        grams_a: fingerprints.grams[a as usize],
        grams_b: fingerprints.grams[b as usize],
        shared,
    }
}
