//! The words of a quotation, or of what stands without marks, and the clauses they stand in.

use std::ops::Range;

use super::lexicon::Lexicon;
use crate::text::WordId;

/// A quotation's words, after which of them something is left out, and after which a clause ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'t> {
    pub(super) ids: &'t [WordId],
    pub(super) gaps: &'t [u32],
    /// For each word whether a clause ends with it.
    pub(super) ends: &'t [bool],
}

/// Words on either side in which the rest of a clause is looked for: texts without marks have no clauses.
const WIDEST_CLAUSE: usize = 60;

impl Row<'_> {
    /// The `words` of an unmarked row, which leaves nothing out.
    pub(super) fn part(&self, words: Range<usize>) -> Self {
        Self { ids: &self.ids[words.clone()], gaps: &[], ends: &self.ends[words] }
    }

    /// `words` with the rest of the clauses in which they begin and end, and with the clause that governs the first:
    /// "nicht, dass" denies what follows.
    fn clauses(&self, words: &Range<usize>, lexicon: &Lexicon) -> Range<usize> {
        let ends_with = |&word: &usize| self.ends[word];
        let first = words.start.saturating_sub(WIDEST_CLAUSE);
        let start_before = |word: usize| (first..word).rev().find(ends_with).map_or(first, |end| end + 1);
        let behind = words.end - 1..(words.end + WIDEST_CLAUSE).min(self.ids.len());
        let mut start = start_before(words.start);
        if start > first && lexicon.is_governed(self.ids[start]) {
            start = start_before(start - 1);
        }
        let end = behind.clone().find(ends_with).map_or(behind.end, |end| end + 1);
        start..end
    }

    /// All that is said in the clauses of `words`.
    pub(super) fn said(&self, words: &Range<usize>, lexicon: &Lexicon) -> Self {
        self.part(self.clauses(words, lexicon))
    }
}
