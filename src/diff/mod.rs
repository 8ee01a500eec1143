//! What changed between two versions of a text.
//!
//! Three layers: [`align`] knows only word ids, [`moves`] and [`tidy`] turn its runs into edits with places in
//! both texts, [`levels`] tells a change of typography from a change of wording.

mod align;
mod exact;
mod lcs;
mod levels;
mod moves;
mod tidy;

pub use levels::Level;

pub(crate) use align::align;
pub(crate) use lcs::lcs_length;

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
    /// 2 · matched words / (words of `a` + words of `b`); 1 if neither text has a word.
    pub ratio: f64,
}

/// The edits that make `pair.b` of `pair.a`.
///
/// The edits cover both texts without gap or overlap; the equal ones and the `b` side of the others, one after
/// the other, are `b`. As many words are kept as there can be, up to texts of 130,000 words; beyond, fewer may be.
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
    let kept = exact::align_exact(a, b, pair.distinct());
    let moves = moves::find_moves(a, b, &kept);
    let matched = kept.iter().map(|run| run.len).sum();
    Diff { edits: tidy::lay_out(pair, &kept, moves), ratio: ratio(matched, a.len(), b.len()) }
}

/// 2 · matched / (a + b), and 1 for two empty texts.
pub(crate) fn ratio(matched: usize, words_a: usize, words_b: usize) -> f64 {
    if words_a + words_b == 0 {
        return 1.0;
    }
    2.0 * matched as f64 / (words_a + words_b) as f64
}
