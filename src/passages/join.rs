//! Passages that belong together: two with an insert between them, and the pieces of a digest.

use std::cmp::Reverse;
use std::ops::Range;

use super::refine::LEAST_SIMILARITY;
use super::{LONG_RUN, SUMMED_UP, Stretch, hull, lap};
use crate::diff::ratio;

/// Words of either text between two passages that may be one: an inserted sentence. Wider gaps inside chains
/// ([`super::chain`]) would let runs of three words drag foreign sentences along; whole passages vouch for more.
const INSERT: usize = 20;

/// Words of either text that two passages may both have and yet be one, where a word or two could belong to either.
const OVERLAP: usize = 5;

/// Passages before one that it may go on from; more end so close before it only in repeats.
const LOOK_BACK: usize = 48;

/// Words between two pieces of a digest, in the text that is one, and its words, at least.
const DIGEST_GAP: usize = 30;
const DIGEST_WORDS: usize = 45;

/// Words of a digest's pieces, less than so many each: a sentence or two. Longer ones are passages that happen to
/// stand side by side.
const PIECE: usize = 50;

/// The share of a digest's words that its pieces must match; the same where all are verbatim, and how many these must
/// be: a few with words between are quotations in an article of its own. And the share of the other text they come from.
const DIGEST_MATCHED: f64 = 0.5;
const VERBATIM_MATCHED: f64 = 0.85;
const VERBATIM_PIECES: usize = 3;
const DIGESTED: f64 = 0.3;

/// The stretches, those with a short insert between them as one, if it stays as similar as a passage must be.
///
/// Two verbatim ones stay two: their edges are exact.
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
    let gap = gap(&before.a, &here.a)?.max(gap(&before.b, &here.b)?);
    let both = both(before, here);
    let is_close = gap <= INSERT.min(before.matched).min(here.matched);
    let is_alike = ratio(both.matched, both.a.len(), both.b.len()) >= LEAST_SIMILARITY;
    let is_edited = !before.is_verbatim() || !here.is_verbatim();
    (is_close && is_alike && is_edited).then_some(gap)
}

/// The words between two stretches of a text, if the second one goes on behind the first.
fn gap(before: &Range<usize>, here: &Range<usize>) -> Option<usize> {
    let goes_on = before.start < here.start && before.end < here.end && lap(before, here) <= OVERLAP;
    goes_on.then(|| here.start.saturating_sub(before.end))
}

fn both(before: &Stretch, here: &Stretch) -> Stretch {
    Stretch {
        a: hull(&before.a, &here.a),
        b: hull(&before.b, &here.b),
        // Of words that both have, each may be matched twice.
        matched: (before.matched + here.matched)
            .saturating_sub(lap(&before.a, &here.a) + lap(&before.b, &here.b)),
        longest: before.longest.max(here.longest),
    }
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
    Some(Stretch { matched: 0, ..whole })
}

fn is_digest(
    group: &[Stretch],
    [own, other]: [&Range<usize>; 2],
    sides: impl Fn(&Stretch) -> [&Range<usize>; 2],
    others: usize,
) -> bool {
    let matched: usize = group.iter().map(|piece| piece.matched).sum();
    let is_verbatim = group.iter().all(Stretch::is_verbatim);
    let (pieces, least) = if is_verbatim { (VERBATIM_PIECES, VERBATIM_MATCHED) } else { (2, DIGEST_MATCHED) };
    group.len() >= pieces
        && own.len() >= DIGEST_WORDS
        && other.len() >= SUMMED_UP * own.len()
        && other.len() as f64 >= DIGESTED * others as f64
        && matched as f64 >= least * own.len() as f64
        && group.iter().all(|piece| sides(piece)[0].len() < PIECE && piece.longest < LONG_RUN)
}
