//! How much a quotation and words without marks must have in common.

/// How much two rows must have in common. Weights are those of [`Lexicon::weight`]: 1 for a rare word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gates {
    /// All of it, in this many words and this weight; or two and a half times the weight in fewer words.
    pub(super) same: (usize, f32),
    /// A part of it without a change; of a few words more of everyday use it may say a quarter less.
    pub(super) part: (usize, f32),
    /// The share of the weight that a part must have, unless it is twice as long as it must be.
    pub(super) part_share: f32,
    /// Anything else.
    pub(super) changed: f32,
    /// The similarity that a retelling must have: below it, the words between say something else.
    pub(super) retold: f32,
    /// The share of its weight that must be left of it then, and how many words that say something.
    pub(super) left: (f32, usize),
}

/// For words without marks: whoever writes them may just use the language. Chosen by reading what links in pairs of news
/// articles; lower, stock phrases and names of offices do.
pub(super) const UNMARKED: Gates =
    Gates { same: (4, 1.0), part: (5, 2.0), part_share: 0.4, changed: 2.5, retold: 0.45, left: (0.6, 3) };

/// For a quotation that someone looks for: it is enough that something is there.
pub(super) const WANTED: Gates =
    Gates { same: (1, 0.0), part: (3, 1.0), part_share: 0.3, changed: 1.0, retold: 0.3, left: (0.5, 2) };

/// Words that a part without marks must have beyond the least, so that it may be of everyday words.
const MORE: usize = 1;

impl Gates {
    pub(super) fn same(&self, words: usize, weight: f32) -> bool {
        weight >= self.same.1 * if words >= self.same.0 { 1.0 } else { 2.5 }
    }

    pub(super) fn part(&self, words: usize, weight: f32, whole: f32) -> bool {
        let (least, much) = self.part;
        let enough = words >= least && weight >= if words >= least + MORE { 0.75 * much } else { much };
        enough && (weight >= self.part_share * whole || words >= 2 * self.part.0)
    }
}
