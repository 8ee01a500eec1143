//! Runs of equal words that stand elsewhere in the other text, wherever they begin.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

use super::align::Run;
use super::moves::{Move, PLACES, SHORTEST};
use super::tidy::stretches;
use crate::text::{Pair, WordId};

/// Moves of six equal words and more among the words that are neither kept nor marked.
pub(super) fn moved_runs(pair: &Pair<'_>, kept: &[Run], from: &[bool], to: &[bool]) -> Vec<Move> {
    let (a, b) = (&pair.a.ids, &pair.b.ids);
    let a_free = stretches(a, kept.iter().map(|run| (run.a, run.len)));
    let b_free = stretches(b, kept.iter().map(|run| (run.b, run.len)));
    let places = places((a, &a_free), (b, &b_free), from);
    if places.is_empty() {
        return Vec::new();
    }
    let mut search = Search { a, b, places, taken: from.to_vec(), filled: to };
    b_free.into_iter().flat_map(|gap| search.fill(gap)).collect()
}

/// Where each six-word run of the unmatched words of `a` stands, and where the gap around it ends.
type Places<'w> = HashMap<&'w [WordId], Vec<(usize, usize)>, RandomState>;

/// Only the runs that `b` may have are listed: of two texts without a move, nearly none.
fn places<'w>(
    (a, a_gaps): (&'w [WordId], &[Range<usize>]),
    (b, b_gaps): (&[WordId], &[Range<usize>]),
    from: &[bool],
) -> Places<'w> {
    let seen = Seen::new(b, b_gaps);
    let mut places = Places::default();
    for gap in a_gaps.iter().filter(|gap| gap.len() >= SHORTEST) {
        for (start, hash) in (gap.start..).zip(run_hashes(&a[gap.clone()])) {
            if from[start] || !seen.may_have(hash) {
                continue;
            }
            let found = places.entry(&a[start..start + SHORTEST]).or_default();
            if found.len() < PLACES {
                found.push((start, gap.end));
            }
        }
    }
    places
}

/// The hashes of all runs of six words.
fn run_hashes(ids: &[WordId]) -> impl Iterator<Item = u64> {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    ids.windows(SHORTEST).map(|run| {
        run.iter().fold(0, |hash: u64, &id| (hash ^ u64::from(id)).wrapping_mul(ODD).rotate_left(23))
    })
}

/// Runs of six words that were seen, a bit each: one in sixty-four that were not looks as if it were.
struct Seen {
    bits: Vec<u64>,
}

impl Seen {
    fn new(ids: &[WordId], gaps: &[Range<usize>]) -> Self {
        let runs: usize = gaps.iter().map(Range::len).sum();
        let mut bits = vec![0; (runs + 1).next_power_of_two()];
        let mask = bits.len() - 1;
        for hash in gaps.iter().flat_map(|gap| run_hashes(&ids[gap.clone()])) {
            bits[(hash >> 6) as usize & mask] |= 1 << (hash & 63);
        }
        Self { bits }
    }

    fn may_have(&self, hash: u64) -> bool {
        self.bits[(hash >> 6) as usize & (self.bits.len() - 1)] >> (hash & 63) & 1 == 1
    }
}

struct Search<'w> {
    a: &'w [WordId],
    b: &'w [WordId],
    places: Places<'w>,
    /// Words of `a` that a move has.
    taken: Vec<bool>,
    /// Words of `b` that a move had before.
    filled: &'w [bool],
}

impl Search<'_> {
    /// The moves into one gap of `b`, from its first word on.
    fn fill(&mut self, gap: Range<usize>) -> Vec<Move> {
        let mut moves = Vec::new();
        let mut start = gap.start;
        while start + SHORTEST <= gap.end {
            match self.longest(start, gap.end) {
                Some(run) if run.len >= SHORTEST => {
                    self.taken[run.a..run.a + run.len].fill(true);
                    moves.push(Move {
                        a: run.a..run.a + run.len,
                        b: run.b..run.b + run.len,
                        runs: vec![run],
                    });
                    start += run.len;
                }
                _ => start += 1,
            }
        }
        moves
    }

    /// The longest move to `start` in the gap of `b` that ends at `end`, and of equals the first.
    fn longest(&self, start: usize, end: usize) -> Option<Run> {
        let found = self.places.get(&self.b[start..start + SHORTEST])?;
        let len = |place: usize, a_end: usize| {
            let free = self.taken[place..a_end].iter().zip(&self.filled[start..end]);
            let pairs = self.a[place..a_end].iter().zip(&self.b[start..end]).zip(free);
            pairs.take_while(|((x, y), (taken, filled))| x == y && !**taken && !**filled).count()
        };
        let runs = found.iter().map(|&(place, a_end)| Run { a: place, b: start, len: len(place, a_end) });
        runs.max_by_key(|run| (run.len, Reverse(run.a)))
    }
}
