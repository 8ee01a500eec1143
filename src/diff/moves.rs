//! Stretches that were taken out at one place and put back at another.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::align::Run;
use crate::text::WordId;

/// The shortest move, in words: shorter ones turn up by chance ("in der Nacht zum") and read as noise.
const SHORTEST: usize = 6;

/// Places at which one six-word run of the old text is tried: more are repeats, and any of them will do.
const PLACES: usize = 8;

/// The moves between the words that `kept` leaves unmatched, each word in one move at most, by place in `a`.
pub(super) fn find_moves(a: &[WordId], b: &[WordId], kept: &[Run]) -> Vec<Run> {
    let gaps = gaps(a.len(), b.len(), kept);
    let places = places(a, gaps.iter().map(|gap| gap.0));
    if places.is_empty() {
        return Vec::new();
    }
    let mut search = Search { a, b, places, taken: vec![false; a.len()] };
    let mut moves = Vec::new();
    for (_, gap) in gaps {
        search.fill(gap, &mut moves);
    }
    moves.sort_by_key(|run| run.a);
    moves
}

/// Where each six-word run of the unmatched words of `a` stands, and where the gap around it ends.
type Places<'w> = HashMap<&'w [WordId], Vec<Range>, RandomState>;

fn places(a: &[WordId], gaps: impl Iterator<Item = Range>) -> Places<'_> {
    let mut places = Places::default();
    for gap in gaps {
        for start in windows(gap) {
            let found = places.entry(&a[start..start + SHORTEST]).or_default();
            if found.len() < PLACES {
                found.push((start, gap.1));
            }
        }
    }
    places
}

struct Search<'w> {
    a: &'w [WordId],
    b: &'w [WordId],
    places: Places<'w>,
    /// Words of `a` that a move has.
    taken: Vec<bool>,
}

impl Search<'_> {
    /// Append the moves into one gap of `b`, from its first word on.
    fn fill(&mut self, (mut start, end): Range, moves: &mut Vec<Run>) {
        while start + SHORTEST <= end {
            match self.longest(start, end) {
                Some(run) if run.len >= SHORTEST => {
                    self.taken[run.a..run.a + run.len].fill(true);
                    moves.push(run);
                    start += run.len;
                }
                _ => start += 1,
            }
        }
    }

    /// The longest move to `start` in the gap of `b` that ends at `end`, and of equals the first.
    fn longest(&self, start: usize, end: usize) -> Option<Run> {
        let found = self.places.get(&self.b[start..start + SHORTEST])?;
        let runs = found.iter().map(|&(place, a_end)| Run {
            a: place,
            b: start,
            len: common(&self.a[place..a_end], &self.b[start..end], &self.taken[place..a_end]),
        });
        runs.max_by_key(|run| (run.len, std::cmp::Reverse(run.a)))
    }
}

type Range = (usize, usize);

/// The stretches of both texts between the kept runs.
fn gaps(a_len: usize, b_len: usize, kept: &[Run]) -> Vec<(Range, Range)> {
    let ends = kept.iter().map(|run| (run.a + run.len, run.b + run.len));
    let starts = kept.iter().map(|run| (run.a, run.b));
    let from = std::iter::once((0, 0)).chain(ends);
    let to = starts.chain([(a_len, b_len)]);
    from.zip(to).map(|((a, b), (a_end, b_end))| ((a, a_end), (b, b_end))).collect()
}

fn windows((start, end): Range) -> std::ops::Range<usize> {
    start..(end + 1).saturating_sub(SHORTEST).max(start)
}

/// How many words `a` and `b` have in common from their start, as far as `taken` leaves those of `a` free.
fn common(a: &[WordId], b: &[WordId], taken: &[bool]) -> usize {
    let pairs = a.iter().zip(b).zip(taken);
    pairs.take_while(|((x, y), taken)| x == y && !**taken).count()
}
