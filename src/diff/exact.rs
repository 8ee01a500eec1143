//! The alignment that keeps the most words, whatever was moved.
//!
//! After Hirschberg, "A linear space algorithm for computing maximal common subsequences" (1975): the longer text
//! is cut in the middle, the other one where the halves share the most words in all, and so on. How many they share
//! comes from [`Places::unmatched`], 256 words at a time; all levels together take twice the steps of the first.

use std::ops::Range;

use super::align::{Run, align, slide};
use super::lcs::{BUDGET, Places, steps};
use crate::text::WordId;

/// Edits up to which `similar` is exact: its cut-offs begin at 256 from either end.
const FEW_EDITS: usize = 512;

/// Words of both texts together that are left to `similar`. Far below [`FEW_EDITS`], since dividing costs less than
/// edits do: unrelated texts of 1,000 words take a fifth of the time.
const LEAF: usize = 128;

/// Steps up to which dividing is quicker than to find out whether there are few edits: about ten milliseconds,
/// texts of 11,000 words.
const AT_ONCE: usize = 1 << 19;

/// The runs of an alignment that keeps as many words as there can be, up to [`BUDGET`]; beyond, of a good one.
///
/// All ids are below `distinct`.
pub(super) fn align_exact(a: &[WordId], b: &[WordId], distinct: usize) -> Vec<Run> {
    if a.len() + b.len() <= FEW_EDITS {
        return align(a, b);
    }
    let steps = steps(a.len().min(b.len()), a.len().max(b.len()));
    if steps > AT_ONCE {
        let runs = align(a, b);
        let edits = a.len() + b.len() - 2 * runs.iter().map(|run| run.len).sum::<usize>();
        if edits <= FEW_EDITS || steps > BUDGET {
            return runs;
        }
    }
    let mut division = Division::new(a, b, distinct);
    division.align(0..a.len(), 0..b.len());
    slide(a, b, &division.runs)
}

struct Division<'w> {
    a: &'w [WordId],
    b: &'w [WordId],
    /// Both texts from their ends.
    back_a: Vec<WordId>,
    back_b: Vec<WordId>,
    places: Places,
    runs: Vec<Run>,
}

impl<'w> Division<'w> {
    fn new(a: &'w [WordId], b: &'w [WordId], distinct: usize) -> Self {
        let back = |ids: &[WordId]| ids.iter().rev().copied().collect();
        Self { a, b, back_a: back(a), back_b: back(b), places: Places::new(distinct), runs: Vec::new() }
    }

    /// Align two stretches; each level halves one of them.
    fn align(&mut self, mut a: Range<usize>, mut b: Range<usize>) {
        let prefix = agree(self.a[a.clone()].iter(), self.b[b.clone()].iter());
        self.keep(a.start, b.start, prefix);
        (a.start, b.start) = (a.start + prefix, b.start + prefix);
        let suffix = agree(self.a[a.clone()].iter().rev(), self.b[b.clone()].iter().rev());
        (a.end, b.end) = (a.end - suffix, b.end - suffix);
        if a.len() + b.len() <= LEAF {
            for run in align(&self.a[a.clone()], &self.b[b.clone()]) {
                self.keep(a.start + run.a, b.start + run.b, run.len);
            }
        } else if !a.is_empty() && !b.is_empty() {
            let (a_cut, b_cut) = self.cut(&a, &b);
            self.align(a.start..a_cut, b.start..b_cut);
            self.align(a_cut..a.end, b_cut..b.end);
        }
        self.keep(a.end, b.end, suffix);
    }

    /// Note a run; one that goes on where the last one ended makes that one longer.
    fn keep(&mut self, a: usize, b: usize, len: usize) {
        match self.runs.last_mut() {
            _ if len == 0 => {}
            Some(last) if (last.a + last.len, last.b + last.len) == (a, b) => last.len += len,
            _ => self.runs.push(Run { a, b, len }),
        }
    }

    fn cut(&mut self, a: &Range<usize>, b: &Range<usize>) -> (usize, usize) {
        let (whole_a, whole_b) = ([self.a, &self.back_a], [self.b, &self.back_b]);
        if a.len() >= b.len() {
            let middle = usize::midpoint(a.start, a.end);
            (middle, best_cut(&mut self.places, (whole_a, a), middle, (whole_b, b)))
        } else {
            let middle = usize::midpoint(b.start, b.end);
            (best_cut(&mut self.places, (whole_b, b), middle, (whole_a, a)), middle)
        }
    }
}

/// A text forwards and backwards, and a stretch of it.
type Stretch<'s> = ([&'s [WordId]; 2], &'s Range<usize>);

/// Where to cut the `other` text if this one is cut in the middle: of the best places one inside a run, if there is
/// any, so that no run is torn without need.
fn best_cut(
    places: &mut Places,
    (text, range): Stretch<'_>,
    middle: usize,
    (other, cut): Stretch<'_>,
) -> usize {
    let back = |whole: usize, range: Range<usize>| whole - range.end..whole - range.start;
    let whole = text[0].len();
    let ahead = shared(&places.unmatched(&other[0][cut.clone()], &text[0][range.start..middle]), cut.len());
    let others_back = &other[1][back(other[0].len(), cut.clone())];
    let behind = shared(&places.unmatched(others_back, &text[1][back(whole, middle..range.end)]), cut.len());
    let (last, next) = (text[0][middle - 1], text[0][middle]);
    let inside = |j: usize| j > cut.start && j < cut.end && other[0][j - 1] == last && other[0][j] == next;
    let best = (cut.start..=cut.end).max_by_key(|&j| (ahead[j - cut.start] + behind[cut.end - j], inside(j)));
    best.unwrap_or(cut.start)
}

/// How many words the first 0, 1, 2, … words of a text share with another one.
fn shared(unmatched: &[u64], len: usize) -> Vec<u32> {
    let mut counts = Vec::with_capacity(len + 1);
    let mut count = 0;
    counts.push(count);
    for i in 0..len {
        count += u32::from(unmatched[i / 64] >> (i % 64) & 1 == 0);
        counts.push(count);
    }
    counts
}

fn agree<'w>(a: impl Iterator<Item = &'w WordId>, b: impl Iterator<Item = &'w WordId>) -> usize {
    a.zip(b).take_while(|(x, y)| x == y).count()
}

#[cfg(test)]
mod tests {
    use super::super::lcs_length;
    use super::{Division, FEW_EDITS, Run, align, align_exact};
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
    fn versions() -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
        let word = || prop_oneof![0u32..10, 0u32..500];
        let moves = prop::collection::vec((any::<usize>(), 1usize..300, any::<usize>()), 0..4);
        let edits = prop::collection::vec((any::<usize>(), word()), 0..300);
        (prop::collection::vec(word(), 1..1500), moves, edits).prop_map(|(a, moves, edits)| {
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
        fn keeps_as_many_words_as_there_can_be((a, b) in versions()) {
            let runs = align_exact(&a, &b, 500);
            assert_runs(&a, &b, &runs);
            prop_assert_eq!(Some(matched(&runs)), lcs_length(&a, &b, 500));
        }

        #[test]
        fn keeps_as_many_words_of_unrelated_texts(
            a in prop::collection::vec(0u32..40, 0..900),
            b in prop::collection::vec(0u32..40, 0..900),
        ) {
            let mut division = Division::new(&a, &b, 40);
            division.align(0..a.len(), 0..b.len());
            assert_runs(&a, &b, &division.runs);
            prop_assert_eq!(Some(matched(&division.runs)), lcs_length(&a, &b, 40));
        }

        /// What [`FEW_EDITS`] rests on.
        #[test]
        fn similar_is_exact_up_to_few_edits(
            a in prop::collection::vec(0u32..30, 0..FEW_EDITS / 2),
            b in prop::collection::vec(0u32..30, 0..FEW_EDITS / 2),
        ) {
            prop_assert_eq!(Some(matched(&align(&a, &b))), lcs_length(&a, &b, 30));
        }
    }
}
