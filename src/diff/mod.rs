//! What changed between two versions of a text.
//!
//! From word ids to edits:
//!
//! 1. word ids: [`lcs`] and [`align`] keep the most words, [`exact`] chooses between them and bounds the time;
//! 2. words: [`tidy`] puts the changes where a reader would, [`moves`] and [`moved_runs`] find what went elsewhere,
//!    and [`moved_wholes`] makes whole sentences of it;
//! 3. raw text: [`layout`] makes edits that cover both texts, taking replaced stretches apart ([`pairing`]), with the level of
//!    each ([`levels`]: a change of typography or of wording; [`gaps`] between words);
//! 4. whole diffs: [`facts`] says which edits touch a number, a name or a negation, [`rows`] compares many pairs, [`history`]
//!    more than two versions.
//!
//! What words say, all of them ask of [`number_words`], [`numbers`] (as they read) and [`language`].

mod align;
mod exact;
mod facts;
mod gaps;
mod history;
mod language;
mod layout;
mod lcs;
mod levels;
mod moved_runs;
mod moved_wholes;
mod moves;
mod number_words;
mod numbers;
mod pairing;
mod rows;
mod tidy;

pub use exact::align_numbers;
pub use facts::{Fact, Touched};
pub use history::{Standing, history};
pub use levels::Level;
pub use rows::diff_many;

pub(crate) use align::align;
pub(crate) use lcs::lcs_length;
pub(crate) use rows::by_rows;

use crate::text::{ByteSpan, Pair};

/// What an edit does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EditKind {
    /// Both sides are the same, to the letter.
    Equal,
    /// Stands in `b` only.
    Insert,
    /// Stands in `a` only.
    Delete,
    /// Stands in both, differently.
    Replace,
    /// Half of a move: stands in `a` only or in `b` only, and its partner on the other side.
    Move,
}

impl EditKind {
    /// The names of the kinds, in order.
    pub const NAMES: [&'static str; 5] = ["equal", "insert", "delete", "replace", "move"];
}

/// One step from `a` to `b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// What it does.
    pub kind: EditKind,
    /// How much it matters.
    pub level: Level,
    /// The stretch of `a`, empty for an insertion.
    pub a: ByteSpan,
    /// The stretch of `b`, empty for a deletion.
    pub b: ByteSpan,
    /// The other half of a move, as an index into the edits.
    pub partner: Option<u32>,
}

/// The difference between two texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// Contiguous on both sides, from the first character to the last.
    pub edits: Vec<Edit>,
    /// The edits inside each move, from the half in `a` (whose index is their `partner`) to the half in `b`, without
    /// the white space at the ends of both.
    pub inner: Vec<Edit>,
    /// Which edits touch a number, a name or a negation, in order.
    pub facts: Vec<Touched>,
    /// 2 · matched words / (words of `a` + words of `b`); 1 if neither text has a word.
    pub ratio: f64,
}

/// The edits that make `pair.b` of `pair.a`.
///
/// The edits cover both texts without gap or overlap; the equal ones and the `b` side of the others, one after
/// the other, are `b`. Edits stand where a reader would put them, so a few words that agree by chance are not kept;
/// the ratio counts them. It is that of the longest common subsequence up to texts of 5,000 words; beyond, the alignment
/// is held together by long runs of equal words and the ratio a lower bound.
///
/// ```
/// use wortlaut::{EditKind, Fold, Level, Pair, diff};
/// let pair = Pair::new("Er sagte \"nein\" dazu.", "Er sagte „ja“ dazu.", Fold::default()).unwrap();
/// let edits = diff(&pair).edits;
/// let changed: Vec<_> = edits.iter().filter(|e| e.kind != EditKind::Equal).collect();
/// assert_eq!(changed[0].b.of(pair.b.raw), "„ja“");
/// assert_eq!(changed[0].level, Level::Wording);
/// ```
pub fn diff(pair: &Pair<'_>) -> Diff {
    let (a, b) = (&pair.a.ids, &pair.b.ids);
    let aligned = exact::align_exact(a, b, pair.distinct());
    let matched = aligned.iter().map(|run| run.len).sum();
    let (kept, moves) = moves::find_moves(pair, tidy::tidy(pair, aligned));
    let (edits, inner) = layout::lay_out(pair, &kept, &moves);
    let facts = facts::facts(pair, &edits, &inner);
    Diff { edits, inner, facts, ratio: ratio(matched, a.len(), b.len()) }
}

/// 2 · matched / (a + b), and 1 for two empty texts.
pub(crate) fn ratio(matched: usize, words_a: usize, words_b: usize) -> f64 {
    if words_a + words_b == 0 {
        return 1.0;
    }
    2.0 * matched as f64 / (words_a + words_b) as f64
}
