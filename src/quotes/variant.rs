//! What one wording of a statement is to another.

use super::align::{Answer, align};
use super::gates::WANTED;
use super::lexicon::Lexicon;
use super::mentions::{Mention, clause_ends};
use super::negated;
use super::relation::{Verdict, judge_marked, judge_unmarked};
use super::row::Row;
use super::shared::{Basis, Relation};
use super::wording::parts;
use crate::text::{ByteSpan, Pair, Side};

/// What became of a statement in another wording.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variant {
    /// What became of it.
    pub relation: Relation,
    /// What the two have in common of all they say, rare words counting most, from 0 to 1.
    pub similarity: f32,
    /// Whether a negating word was lost, gained or moved, as in [`SharedQuote::negation`](crate::SharedQuote::negation).
    pub negation: bool,
}

/// What the second wording of `pair` is to the first, as whole statements: the spans of two
/// [`SharedQuote`](crate::SharedQuote)s of one cluster, which no row need link.
///
/// ```
/// use wortlaut::{Fold, Pair, Relation, variant};
/// let pair = Pair::new("Wir bleiben“, sagte Kern, „im Hafen", "wir bleiben im Hafen", Fold::default()).unwrap();
/// assert_eq!(variant(&pair).relation, Relation::Identical);
/// ```
pub fn variant(pair: &Pair<'_>) -> Variant {
    let lexicon = Lexicon::new(pair);
    let (a, b) = (statement(&pair.a), statement(&pair.b));
    let (ends_a, ends_b) = (clause_ends(&pair.a), clause_ends(&pair.b));
    let x = Row { ids: a.ids(&pair.a.ids), gaps: &a.gaps, ends: a.ends(&ends_a) };
    let y = Row { ids: b.ids(&pair.b.ids), gaps: &b.gaps, ends: b.ends(&ends_b) };
    if x.ids == y.ids {
        return Variant { relation: Relation::Identical, similarity: 1.0, negation: false };
    }
    let found = judge_marked(x, y, Basis::Speaker, &lexicon)
        .or_else(|| judge_unmarked(x, y, 0..y.ids.len(), WANTED, &lexicon));
    found.as_ref().map_or_else(|| reworded(x, y, &lexicon), Variant::of)
}

/// All that `side` says, as one row of words.
fn statement(side: &Side<'_>) -> Mention {
    match parts(side.raw) {
        Some(parts) => Mention::joined(side, &parts),
        None => Mention::at(side, ByteSpan::new(0, side.raw.len())),
    }
}

/// Of two wordings that only others between them link.
fn reworded(x: Row<'_>, y: Row<'_>, lexicon: &Lexicon) -> Variant {
    let common: f32 = align(x.ids, y.ids, lexicon).iter().map(|answer: &Answer| answer.weight).sum();
    let all = lexicon.sum(x.ids) + lexicon.sum(y.ids);
    let similarity = if all > 0.0 { (2.0 * common / all).clamp(0.0, 1.0) } else { 0.0 };
    let negation = negated::differ(x, y, lexicon);
    Variant { relation: Relation::Reworded, similarity, negation }
}

impl Variant {
    fn of(verdict: &Verdict) -> Self {
        Self { relation: verdict.relation, similarity: verdict.similarity, negation: verdict.negation }
    }
}
