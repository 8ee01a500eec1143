//! Passages that belong together: two with an insert between them, and the pieces of a digest.

use std::cmp::Reverse;
use std::ops::Range;

use super::choose::LONG_RUN;
use super::refine::LEAST_SIMILARITY;
use super::{SUMMED_UP, Stretch};
use crate::diff::ratio;

/// Words of either text between two passages that may be one: an inserted sentence. Wider gaps inside chains
/// ([`super::chain`]) would let runs of three words drag foreign sentences along; whole passages vouch for more.
const INSERT: usize = 20;

/// Passages before one that it may go on from; more end so close before it only in repeats.
const LOOK_BACK: usize = 48;

/// Words between two pieces of a digest, in the text that is one, and its words, at least.
const DIGEST_GAP: usize = 30;
const DIGEST_WORDS: usize = 45;

/// Words of a digest's pieces, less than so many each: a sentence or two. Longer ones are passages that happen to
/// stand side by side.
const PIECE: usize = 50;

/// The share of a digest's words that its pieces must match, and the share of the other text they must come from.
const DIGEST_MATCHED: f64 = 0.35;
const DIGESTED: f64 = 0.3;

/// The stretches, those with a short insert between them as one, the same on both sides, so that similarity stays as high
/// as a passage's must be.
pub(super) fn over_inserts(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_by_key(|stretch| (stretch.a.start, stretch.b.start, Reverse(stretch.a.end)));
    let mut joined: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for here in stretches {
        let recent = joined.len().saturating_sub(LOOK_BACK)..joined.len();
        let candidates = recent.filter_map(|i| Some((insert(&joined[i], &here)?, Reverse(i))));
        match candidates.min() {
            Some((_, Reverse(i))) => joined[i] = both(&joined[i], &here),
            None => joined.push(here),
        }
    }
    joined
}

/// The words between two stretches that may be one, on the side that has more.
fn insert(before: &Stretch, here: &Stretch) -> Option<usize> {
    let gap_a = here.a.start.checked_sub(before.a.end)?;
    let gap_b = here.b.start.checked_sub(before.b.end)?;
    let gap = gap_a.max(gap_b);
    let both = both(before, here);
    let is_close = gap <= INSERT.min(before.matched).min(here.matched);
    let is_alike = ratio(both.matched, both.a.len(), both.b.len()) >= LEAST_SIMILARITY;
    (is_close && is_alike).then_some(gap)
}

fn both(before: &Stretch, here: &Stretch) -> Stretch {
    Stretch {
        a: joined(&before.a, &here.a),
        b: joined(&before.b, &here.b),
        matched: before.matched + here.matched,
        longest: before.longest.max(here.longest),
    }
}

fn joined(x: &Range<usize>, y: &Range<usize>) -> Range<usize> {
    x.start.min(y.start)..x.end.max(y.end)
}

/// The stretches, those as one that follow each other in one text and come from all over the other, of `words`: a digest.
///
/// Runs that are reported for themselves stay so.
pub(super) fn digests(stretches: Vec<Stretch>, words: [usize; 2]) -> Vec<Stretch> {
    let of_a = digests_of(stretches, |stretch| [&stretch.a, &stretch.b], words[1]);
    digests_of(of_a, |stretch| [&stretch.b, &stretch.a], words[0])
}

fn digests_of(
    mut stretches: Vec<Stretch>,
    sides: impl Fn(&Stretch) -> [&Range<usize>; 2],
    others: usize,
) -> Vec<Stretch> {
    stretches.sort_by_key(|stretch| {
        let [own, other] = sides(stretch);
        (own.start, own.end, other.start, other.end)
    });
    let mut found = Vec::with_capacity(stretches.len());
    let mut rest = &stretches[..];
    while let Some(first) = rest.first() {
        let mut reach = sides(first)[0].end;
        let follows = |stretch: &&Stretch| {
            let own = sides(stretch)[0];
            let is_near = own.start <= reach + DIGEST_GAP;
            reach = reach.max(own.end);
            is_near
        };
        let (group, behind) = rest.split_at(rest.iter().take_while(follows).count());
        match digest(group).filter(|whole| is_digest(group, sides(whole), &sides, others)) {
            Some(whole) => found.push(whole),
            None => found.extend_from_slice(group),
        }
        rest = behind;
    }
    found
}

/// A group as one stretch; how many words match in order is not known then.
fn digest(group: &[Stretch]) -> Option<Stretch> {
    let whole = group.iter().cloned().reduce(|whole, piece| both(&whole, &piece))?;
    (group.len() > 1).then_some(Stretch { matched: 0, ..whole })
}

fn is_digest(
    group: &[Stretch],
    [own, other]: [&Range<usize>; 2],
    sides: impl Fn(&Stretch) -> [&Range<usize>; 2],
    others: usize,
) -> bool {
    let matched: usize = group.iter().map(|piece| piece.matched).sum();
    own.len() >= DIGEST_WORDS
        && other.len() >= SUMMED_UP * own.len()
        && other.len() as f64 >= DIGESTED * others as f64
        && matched as f64 >= DIGEST_MATCHED * own.len() as f64
        && group.iter().all(|piece| sides(piece)[0].len() < PIECE && piece.longest < LONG_RUN)
}
