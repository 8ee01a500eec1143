//! The alignment that keeps the most words, whatever was moved.
//!
//! Articles are aligned exactly, in one piece. Longer texts are first held together by anchors: runs of words that
//! both have around a word that stands once in each. Between these they are aligned exactly again, up to a budget,
//! and by `similar` beyond.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::align::{Run, align, slide};
use super::lcs::{BUDGET, lcs, steps, trim};
use crate::text::WordId;

/// Steps above which anchors are sought: texts of some 5,000 words, 1 ms. Below, the exact way is quicker than to look
/// for them.
const ANCHORED: usize = 100_000;

/// Words of the shortest anchor. A shorter run around a rare word turns up in two texts that have nothing to do with
/// each other ("the Federal Reserve Bank of New York"), and would tear what belongs together.
const ANCHOR: usize = 8;

/// Steps above which shorter anchors must do where there is none: two texts of 8,000 words that have nothing to do with
/// each other would cost more than all the rest.
const UNRELATED: usize = 1 << 18;

/// Words of such an anchor: one that stands once in each text, and a neighbour. A single word holds nothing together.
const SHORT_ANCHOR: usize = 2;

/// The runs of an alignment that keeps as many words as there can be, up to [`ANCHORED`]; beyond, of a good one.
///
/// All ids are below `distinct`.
pub(super) fn align_exact(a: &[WordId], b: &[WordId], distinct: usize) -> Vec<Run> {
    let (prefix, suffix) = trim(a, b);
    let mut runs = Runs::default();
    runs.keep(0, 0, prefix);
    let (a_end, b_end) = (a.len() - suffix, b.len() - suffix);
    let (a_middle, b_middle) = (&a[prefix..a_end], &b[prefix..b_end]);
    runs.anchored((a_middle, b_middle), (prefix, prefix), distinct, ANCHOR);
    runs.keep(a_end, b_end, suffix);
    slide(a, b, &runs.0)
}

/// The runs of places at which two sequences of anything are the same, given by number, such as two texts by sentences: start in
/// either and length, ascending. As many as there can be, up to [`ANCHORED`]; beyond, a good many.
///
/// ```
/// assert_eq!(wortlaut::align_numbers(&[1, 2, 7, 3], &[1, 9, 7, 3]), [(0, 0, 1), (2, 2, 2)]);
/// ```
pub fn align_numbers(a: &[u32], b: &[u32]) -> Vec<(usize, usize, usize)> {
    let ([a, b], distinct) = numbered([a, b]);
    align_exact(&a, &b, distinct).into_iter().map(|run| (run.a, run.b, run.len)).collect()
}

/// Two sequences with numbers of their own: tables by number are then as small as the sequences.
pub(super) fn numbered(sequences: [&[WordId]; 2]) -> ([Vec<WordId>; 2], usize) {
    let mut numbers: HashMap<WordId, WordId, RandomState> = HashMap::default();
    let mut number = |&id: &WordId| {
        let next = numbers.len() as WordId;
        *numbers.entry(id).or_insert(next)
    };
    let numbered = sequences.map(|ids| ids.iter().map(&mut number).collect());
    (numbered, numbers.len())
}

/// Runs in order; one that goes on where the last one ended makes that one longer.
#[derive(Default)]
pub(super) struct Runs(pub(super) Vec<Run>);

impl Runs {
    pub(super) fn keep(&mut self, a: usize, b: usize, len: usize) {
        match self.0.last_mut() {
            _ if len == 0 => {}
            Some(last) if (last.a + last.len, last.b + last.len) == (a, b) => last.len += len,
            _ => self.0.push(Run { a, b, len }),
        }
    }

    /// Align two stretches that begin at `from`, held together by anchors of at least so many words.
    fn anchored(
        &mut self,
        (a, b): (&[WordId], &[WordId]),
        from: (usize, usize),
        distinct: usize,
        least: usize,
    ) {
        let end = Run { a: a.len(), b: b.len(), len: 0 };
        let mut next = (0, 0);
        for anchor in anchors(a, b, distinct, least).into_iter().chain([end]) {
            let gap = (&a[next.0..anchor.a], &b[next.1..anchor.b]);
            self.between(gap, (from.0 + next.0, from.1 + next.1), distinct, least);
            self.keep(from.0 + anchor.a, from.1 + anchor.b, anchor.len);
            next = (anchor.a + anchor.len, anchor.b + anchor.len);
        }
    }

    /// Align two stretches that begin at `from` and have no anchor of `least` words.
    fn between(
        &mut self,
        (a, b): (&[WordId], &[WordId]),
        from: (usize, usize),
        distinct: usize,
        least: usize,
    ) {
        let steps = steps(a.len().min(b.len()), a.len().max(b.len()));
        if a.is_empty() || b.is_empty() {
            return;
        }
        if steps > UNRELATED && least > SHORT_ANCHOR {
            self.anchored((a, b), from, distinct, SHORT_ANCHOR);
        } else if steps > BUDGET {
            align(a, b).iter().for_each(|run| self.keep(from.0 + run.a, from.1 + run.b, run.len));
        } else {
            lcs_of_few(a, b, distinct).iter().for_each(|&(i, j)| self.keep(from.0 + i, from.1 + j, 1));
        }
    }
}

/// Distinct words of both texts for each of a gap from which on those of the gap are numbered anew: a table of all of them for each
/// gap would take the square of a long text with many, 15 s for two texts of 160,000 sentences.
const FEW: usize = 8;

/// The places of a longest common subsequence, also of two short ones of many numbers.
fn lcs_of_few(a: &[WordId], b: &[WordId], distinct: usize) -> Vec<(usize, usize)> {
    if distinct <= FEW * (a.len() + b.len()) {
        return lcs(a, b, distinct);
    }
    let ([a, b], distinct) = numbered([a, b]);
    lcs(&a, &b, distinct)
}

/// What holds two long texts together; none for texts that are short.
fn anchors(a: &[WordId], b: &[WordId], distinct: usize, least: usize) -> Vec<Run> {
    if steps(a.len().min(b.len()), a.len().max(b.len())) <= ANCHORED {
        return Vec::new();
    }
    let (in_a, in_b) = (only_places(a, distinct), only_places(b, distinct));
    let mut found: Vec<Run> = Vec::new();
    for (i, &id) in a.iter().enumerate() {
        let (Some(_), Some(j)) = (in_a[id as usize], in_b[id as usize]) else { continue };
        let is_inside = |run: &Run| i < run.a + run.len && i + run.b == j + run.a;
        if !found.last().is_some_and(is_inside) {
            found.push(around(a, b, i, j));
        }
    }
    found.retain(|run| run.len >= least);
    heaviest_chain(&found)
}

/// Where each word stands that stands once.
fn only_places(ids: &[WordId], distinct: usize) -> Vec<Option<usize>> {
    let mut places = vec![None; distinct];
    let mut counts = vec![0u32; distinct];
    for (i, &id) in ids.iter().enumerate() {
        counts[id as usize] += 1;
        places[id as usize] = (counts[id as usize] == 1).then_some(i);
    }
    places
}

/// The longest run around a word that both texts have at `i` and `j`.
fn around(a: &[WordId], b: &[WordId], i: usize, j: usize) -> Run {
    let before = a[..i].iter().rev().zip(b[..j].iter().rev()).take_while(|(x, y)| x == y).count();
    let after = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
    Run { a: i - before, b: j - before, len: before + after }
}

/// Of runs in the order of `a`, those that have the most words together and ascend in both texts.
///
/// The best chains so far stand in `ends` by where they end in `b`: one that ends later must be heavier to matter.
fn heaviest_chain(runs: &[Run]) -> Vec<Run> {
    let mut ends: std::collections::BTreeMap<usize, (usize, usize)> = std::collections::BTreeMap::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(runs.len());
    for (i, run) in runs.iter().enumerate() {
        let last = ends.range(..=run.b).next_back().map(|(_, &best)| best);
        // The chain may end inside this run in `a`: two runs around different words can overlap there.
        let fits = last.filter(|&(_, j)| runs[j].a + runs[j].len <= run.a);
        before.push(fits.map(|(_, j)| j));
        let weight = run.len + fits.map_or(0, |(weight, _)| weight);
        let end = run.b + run.len;
        if ends.range(..=end).next_back().is_none_or(|(_, best)| best.0 < weight) {
            let lighter: Vec<usize> =
                ends.range(end..).take_while(|(_, best)| best.0 <= weight).map(|(&end, _)| end).collect();
            for end in lighter {
                ends.remove(&end);
            }
            ends.insert(end, (weight, i));
        }
    }
    let last = ends.values().next_back().map(|&(_, i)| i);
    let mut chain: Vec<Run> = std::iter::successors(last, |&i| before[i]).map(|i| runs[i]).collect();
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::super::lcs_length;
    use super::{Run, align_exact};
    use proptest::prelude::*;

    fn matched(runs: &[Run]) -> usize {
        runs.iter().map(|run| run.len).sum()
    }

    fn assert_runs(a: &[u32], b: &[u32], runs: &[Run]) {
        let (mut a_end, mut b_end) = (0, 0);
        for run in runs {
            let is_new = run.a > a_end || run.b > b_end || (run.a, run.b) == (0, 0);
            assert!(run.a >= a_end && run.b >= b_end && run.len > 0 && is_new, "{run:?} of {runs:?}");
            assert_eq!(a[run.a..run.a + run.len], b[run.b..run.b + run.len], "{run:?}");
            (a_end, b_end) = (run.a + run.len, run.b + run.len);
        }
        assert!(a_end <= a.len() && b_end <= b.len());
    }

    /// Words of which few are frequent, and a version in which blocks were moved and words replaced.
    fn versions(words: std::ops::Range<usize>) -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
        let word = || prop_oneof![0u32..10, 0u32..500];
        let moves = prop::collection::vec((any::<usize>(), 1usize..300, any::<usize>()), 0..4);
        let edits = prop::collection::vec((any::<usize>(), word()), 0..300);
        (prop::collection::vec(word(), words), moves, edits).prop_map(|(a, moves, edits)| {
            let mut b = a.clone();
            for (from, len, to) in moves {
                let start = from % b.len();
                let block: Vec<u32> = b.drain(start..b.len().min(start + len)).collect();
                let to = to % (b.len() + 1);
                b.splice(to..to, block);
            }
            edits.into_iter().for_each(|(at, word)| {
                let at = at % b.len();
                b[at] = word;
            });
            (a, b)
        })
    }

    proptest! {
        #[test]
        fn keeps_as_many_words_as_there_can_be((a, b) in versions(1..1500)) {
            let runs = align_exact(&a, &b, 500);
            assert_runs(&a, &b, &runs);
            prop_assert_eq!(Some(matched(&runs)), lcs_length(&a, &b, 500));
        }

        #[test]
        fn keeps_as_many_words_of_unrelated_texts(
            a in prop::collection::vec(0u32..40, 0..900),
            b in prop::collection::vec(0u32..40, 0..900),
        ) {
            let runs = align_exact(&a, &b, 40);
            assert_runs(&a, &b, &runs);
            prop_assert_eq!(Some(matched(&runs)), lcs_length(&a, &b, 40));
        }
    }

    /// Anchors lose a few words at most, of a text with three hundred edits and moved blocks.
    #[test]
    fn anchors_keep_nearly_as_many_words() {
        let words = |i: u32| if i.is_multiple_of(3) { i % 40 } else { 40 + i };
        let a: Vec<u32> = (0..9000).map(words).collect();
        let mut b = a.clone();
        let block: Vec<u32> = b.drain(2000..2400).collect();
        b.splice(6000..6000, block);
        (0..9000).step_by(30).for_each(|i| b[i] = (i as u32 * 7) % 500);
        let runs = align_exact(&a, &b, 10_000);
        assert_runs(&a, &b, &runs);
        let best = lcs_length(&a, &b, 10_000).expect("within the budget");
        assert!(matched(&runs) + 20 >= best, "{} of {best}", matched(&runs));
    }
}
