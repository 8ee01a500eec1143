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
    let mut places: HashMap<&[WordId], Vec<(usize, usize)>, RandomState> = HashMap::default();
    for (a_gap, _) in &gaps {
        for start in windows(*a_gap) {
            let found = places.entry(&a[start..start + SHORTEST]).or_default();
            if found.len() < PLACES {
                found.push((start, a_gap.1));
            }
        }
    }
    let mut moves = Vec::new();
    if places.is_empty() {
        return moves;
    }
    let mut taken = vec![false; a.len()];
    for (_, b_gap) in &gaps {
        let mut start = b_gap.0;
        while start + SHORTEST <= b_gap.1 {
            let longest = places.get(&b[start..start + SHORTEST]).and_then(|found| {
                let lengths = found.iter().map(|&(place, end)| {
                    (common(&a[place..end], &b[start..b_gap.1], &taken[place..end]), place)
                });
                // The longest, and of equals the first.
                lengths.max_by_key(|&(len, place)| (len, std::cmp::Reverse(place)))
            });
            match longest {
                Some((len, place)) if len >= SHORTEST => {
                    taken[place..place + len].fill(true);
                    moves.push(Run { a: place, b: start, len });
                    start += len;
                }
                _ => start += 1,
            }
        }
    }
    moves.sort_by_key(|run| run.a);
    moves
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
