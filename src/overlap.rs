//! How much two texts have in common, as ratios.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::diff::{align, by_rows, lcs_length, ratio};
use crate::error::{Result, at_least_one};
use crate::passages::{PassageOptions, SUMMED_UP, passages_and_longest};
use crate::progress::Progress;
use crate::text::{ByteSpan, Fold, Pair, Side, WordId};

/// What two texts have in common. Every ratio is in 0..1.
///
/// *G(a)* is the set of word n-grams of `a`. A text with fewer than n words has none; two empty sets are the
/// same (every ratio 1 between two texts without words, 0 otherwise).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// Words of `a`.
    pub words_a: u32,
    /// Words of `b`.
    pub words_b: u32,
    /// 2 · LCS / (`words_a` + `words_b`), LCS being the words of the longest common subsequence.
    pub ratio: f64,
    /// |G(a) ∩ G(b)| / |G(a) ∪ G(b)|.
    pub jaccard: f64,
    /// |G(a) ∩ G(b)| / |G(a)|: how much of `a` stands in `b`.
    pub containment_a: f64,
    /// |G(a) ∩ G(b)| / |G(b)|: how much of `b` stands in `a`.
    pub containment_b: f64,
    /// 2 · |G(a) ∩ G(b)| / (|G(a)| + |G(b)|).
    pub dice: f64,
    /// Words of `a` in shared passages / `words_a`; where `b` sums it up, as many of them as the summary has.
    pub coverage_a: f64,
    /// Words of `b` in shared passages / `words_b`.
    pub coverage_b: f64,
    /// Words of the longest run that both texts have.
    pub longest: u32,
}

/// How overlap is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverlapOptions {
    /// Words in an n-gram.
    pub n: usize,
    /// What counts as a passage for the coverage.
    pub passages: PassageOptions,
}

impl Default for OverlapOptions {
    fn default() -> Self {
        Self { n: 5, passages: PassageOptions::default() }
    }
}

/// The overlap of the texts of `pair`.
///
/// The LCS is exact up to 130,000 words on both sides; beyond, it is that of a fast alignment and the ratio a
/// lower bound.
///
/// # Errors
/// If `options.n` or `options.passages.min_words` is 0.
///
/// ```
/// use wortlaut::{Fold, OverlapOptions, Pair, overlap};
/// let pair = Pair::new("eins zwei drei vier fünf", "null eins zwei drei vier fünf", Fold::default()).unwrap();
/// let overlap = overlap(&pair, OverlapOptions::default()).unwrap();
/// assert_eq!((overlap.containment_a, overlap.containment_b, overlap.longest), (1.0, 0.5, 5));
/// ```
pub fn overlap(pair: &Pair<'_>, options: OverlapOptions) -> Result<Overlap> {
    at_least_one("n", options.n)?;
    let (a, b) = (&pair.a.ids, &pair.b.ids);
    let shared = Shared::count(a, b, options.n, pair.distinct());
    let (found, longest) = passages_and_longest(pair, options.passages)?;
    let share = |part, whole: usize| share(part, whole, a.is_empty() && b.is_empty());
    Ok(Overlap {
        words_a: a.len() as u32,
        words_b: b.len() as u32,
        ratio: similarity(pair),
        jaccard: share(shared.both, shared.a + shared.b - shared.both),
        containment_a: share(shared.both, shared.a),
        containment_b: share(shared.both, shared.b),
        dice: share(2 * shared.both, shared.a + shared.b),
        coverage_a: share(covered(&pair.a, found.iter().map(|p| (p.a, p.words_a, p.words_b))), a.len()),
        coverage_b: share(covered(&pair.b, found.iter().map(|p| (p.b, p.words_b, p.words_a))), b.len()),
        longest: longest.unwrap_or_else(|| longest_run(a, b)) as u32,
    })
}

/// [`Overlap::ratio`] alone.
///
/// ```
/// use wortlaut::{Fold, Pair, similarity};
/// let pair = Pair::new("eins zwei drei", "Eins, drei!", Fold::default()).unwrap();
/// assert_eq!(similarity(&pair), 0.8);
/// ```
pub fn similarity(pair: &Pair<'_>) -> f64 {
    let (a, b) = (&pair.a.ids, &pair.b.ids);
    let length =
        lcs_length(a, b, pair.distinct()).unwrap_or_else(|| align(a, b).iter().map(|run| run.len).sum());
    ratio(length, a.len(), b.len())
}

/// The [`overlap`] of each text of `a` and the one beside it in `b`, in parallel.
///
/// # Errors
/// As [`overlap`], and if the columns differ in length or the work was stopped.
///
/// ```
/// use wortlaut::{Fold, OverlapOptions, Progress, overlap_many};
/// let (a, b) = (["eins zwei", "drei"], ["eins drei", "drei"]);
/// let found = overlap_many(&a, &b, Fold::default(), OverlapOptions::default(), &Progress::default()).unwrap();
/// assert_eq!(found.iter().map(|row| row.ratio).collect::<Vec<_>>(), [0.5, 1.0]);
/// ```
pub fn overlap_many<S: AsRef<str> + Sync>(
    a: &[S],
    b: &[S],
    fold: Fold,
    options: OverlapOptions,
    progress: &Progress,
) -> Result<Vec<Overlap>> {
    by_rows(a, b, fold, progress, |pair| overlap(pair, options))
}

/// [`Overlap::ratio`] of each row alone, in parallel.
///
/// # Errors
/// If the columns differ in length, a text has 4 GiB, or the work was stopped.
///
/// ```
/// use wortlaut::{Fold, Progress, similarity_many};
/// let found = similarity_many(&["eins zwei"], &["eins drei"], Fold::default(), &Progress::default());
/// assert_eq!(found.unwrap(), [0.5]);
/// ```
pub fn similarity_many<S: AsRef<str> + Sync>(
    a: &[S],
    b: &[S],
    fold: Fold,
    progress: &Progress,
) -> Result<Vec<f64>> {
    by_rows(a, b, fold, progress, |pair| Ok(similarity(pair)))
}

/// `part / whole`; of nothing, all if the other text has nothing either.
fn share(part: usize, whole: usize, both_empty: bool) -> f64 {
    match (whole, both_empty) {
        (_, true) => 1.0,
        (0, false) => 0.0,
        _ => part as f64 / whole as f64,
    }
}

/// The sizes of the sets of n-grams of two texts and of what they share.
pub(crate) struct Shared {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) both: usize,
}

impl Shared {
    /// Exact: the ids of an n-gram are packed into one number where they fit 64 bits, and numbered otherwise.
    pub(crate) fn count(a: &[WordId], b: &[WordId], n: usize, distinct: usize) -> Self {
        let bits = usize::BITS - distinct.leading_zeros();
        let (mut a, mut b) = if n * bits as usize <= 64 {
            (packed(a, n, bits), packed(b, n, bits))
        } else {
            numbered(a, b, n)
        };
        for grams in [&mut a, &mut b] {
            grams.sort_unstable();
            grams.dedup();
        }
        Self { a: a.len(), b: b.len(), both: in_both(&a, &b) }
    }
}

fn packed(ids: &[WordId], n: usize, bits: u32) -> Vec<u64> {
    let pack = |gram: &[WordId]| gram.iter().fold(0, |packed, &id| packed << bits | u64::from(id));
    ids.windows(n).map(pack).collect()
}

fn numbered(a: &[WordId], b: &[WordId], n: usize) -> (Vec<u64>, Vec<u64>) {
    let mut numbers: HashMap<&[WordId], u64, RandomState> = HashMap::default();
    let mut number = |gram| {
        let next = numbers.len() as u64;
        *numbers.entry(gram).or_insert(next)
    };
    let a = a.windows(n).map(&mut number).collect();
    (a, b.windows(n).map(&mut number).collect())
}

/// How many numbers two ascending lists share.
fn in_both(a: &[u64], b: &[u64]) -> usize {
    let (mut at_a, mut at_b, mut both) = (0, 0, 0);
    while at_a < a.len() && at_b < b.len() {
        let order = a[at_a].cmp(&b[at_b]);
        both += usize::from(order.is_eq());
        at_a += usize::from(order.is_le());
        at_b += usize::from(order.is_ge());
    }
    both
}

/// The words of one side that shared passages cover: `found` says of each where it stands, how many words it has here, and
/// how many on the other side.
///
/// Of a text that the other one sums up, as many words as the summary has: the rest is not in it.
fn covered(side: &Side<'_>, found: impl Iterator<Item = (ByteSpan, u32, u32)>) -> usize {
    let (summed_up, found): (Vec<_>, Vec<_>) =
        found.partition(|&(_, words, others)| words as usize >= SUMMED_UP * others as usize);
    let taken: usize = summed_up.iter().map(|&(_, _, others)| others as usize).sum();
    let whole = words_in(side, found.iter().map(|found| found.0).collect());
    let all = words_in(side, found.iter().chain(&summed_up).map(|found| found.0).collect());
    whole + taken.min(all - whole)
}

/// The words of `side` that some stretches have, each counted once.
fn words_in(side: &Side<'_>, mut stretches: Vec<ByteSpan>) -> usize {
    stretches.sort_unstable();
    let (mut words, mut counted) = (0, 0);
    for stretch in stretches {
        let inside = side.words_in(stretch);
        words += inside.end.saturating_sub(inside.start.max(counted));
        counted = counted.max(inside.end);
    }
    words
}

/// The words of the longest run that stands in both texts.
///
/// Runs of a length are sought by their hash, and their length by halving: a run of k words implies one of
/// k - 1. O((n + m) log n), whatever repeats there are. A hash that agrees is checked word by word.
pub(crate) fn longest_run(a: &[WordId], b: &[WordId]) -> usize {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (mut found, mut above) = (0, short.len() + 1);
    // Most articles share short runs or nearly everything: begin low, double, then halve.
    let mut tried = 4.min(short.len());
    while above - found > 1 {
        if tried > 0 && share_run(short, long, tried) {
            found = tried;
            tried = (2 * found).min((found + above).div_ceil(2)).min(above - 1);
        } else {
            above = tried.max(1);
            tried = usize::midpoint(found, above);
        }
    }
    found
}

fn share_run(short: &[WordId], long: &[WordId], len: usize) -> bool {
    let mut places: HashMap<u64, u32, RandomState> = HashMap::default();
    for (place, hash) in rolling(short, len).enumerate() {
        places.entry(hash).or_insert(place as u32);
    }
    rolling(long, len).enumerate().any(|(j, hash)| {
        places.get(&hash).is_some_and(|&i| short[i as usize..i as usize + len] == long[j..j + len])
    })
}

/// The hashes of all runs of `len` words: a polynomial modulo the prime 2^61 - 1.
fn rolling(ids: &[WordId], len: usize) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x0001_F3D7_2A6B_49C5;
    let leading = (1..len).fold(1, |power, _| times(power, BASE));
    let mut hash = 0;
    ids.iter().enumerate().filter_map(move |(i, &id)| {
        if let Some(gone) = i.checked_sub(len) {
            hash = reduced(hash + PRIME - times(leading, u64::from(ids[gone]) + 1));
        }
        hash = reduced(times(hash, BASE) + u64::from(id) + 1);
        (i + 1 >= len).then_some(hash)
    })
}

const PRIME: u64 = (1 << 61) - 1;

fn times(x: u64, y: u64) -> u64 {
    let product = u128::from(x) * u128::from(y);
    reduced((product as u64 & PRIME) + (product >> 61) as u64)
}

/// `x` modulo [`PRIME`], for `x` below twice that.
fn reduced(x: u64) -> u64 {
    if x >= PRIME { x - PRIME } else { x }
}

#[cfg(test)]
mod tests {
    use super::{Shared, longest_run, numbered};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn longest_by_table(a: &[u32], b: &[u32]) -> usize {
        let mut best = 0;
        let mut row = vec![0; b.len() + 1];
        for x in a {
            for j in (0..b.len()).rev() {
                row[j + 1] = if *x == b[j] { row[j] + 1 } else { 0 };
                best = best.max(row[j + 1]);
            }
        }
        best
    }

    fn ids() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::vec(0u32..5, 0..60)
    }

    proptest! {
        #[test]
        fn the_longest_run_is_that_of_the_table(a in ids(), b in ids()) {
            prop_assert_eq!(longest_run(&a, &b), longest_by_table(&a, &b));
        }

        #[test]
        fn shared_n_grams_are_those_of_plain_sets(a in ids(), b in ids(), n in 1usize..8, distinct in 5usize..9000) {
            let sets = [&a, &b].map(|ids| ids.windows(n).collect::<BTreeSet<_>>());
            let shared = Shared::count(&a, &b, n, distinct);
            prop_assert_eq!((shared.a, shared.b), (sets[0].len(), sets[1].len()));
            prop_assert_eq!(shared.both, sets[0].intersection(&sets[1]).count());
            let (x, y) = numbered(&a, &b, n);
            let again: BTreeSet<_> = x.iter().filter(|gram| y.contains(gram)).collect();
            prop_assert_eq!(shared.both, again.len());
        }
    }
}
