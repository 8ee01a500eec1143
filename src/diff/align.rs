//! Which words of two versions are the same words: `similar` on word ids.
//!
//! Myers, with the cut-offs of `similar` 3.2, is minimal on versions of one article and bounded elsewhere: on
//! two unrelated texts of 20,000 words it takes 0.1 s, where its histogram took 20 s on two versions of 200,000
//! words, and it kept eight times as many words as histogram on unrelated texts.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::text::WordId;

/// Words that stand in both texts in the same order without a gap: positions in both, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) len: usize,
}

/// The runs of one alignment, ascending on both sides.
pub(crate) fn align(a: &[WordId], b: &[WordId]) -> Vec<Run> {
    let operations = capture_diff_slices(Algorithm::Myers, a, b);
    let runs = operations.into_iter().filter_map(|operation| match operation {
        DiffOp::Equal { old_index, new_index, len } => Some(Run { a: old_index, b: new_index, len }),
        _ => None,
    });
    runs.collect()
}
