//! Passages of several pairs that are one text, going round.

use std::collections::HashMap;

use super::CorpusPassage;
use crate::error::Result;
use crate::progress::Progress;
use crate::text::ByteSpan;

/// One text's copy of a passage that goes round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusterMember {
    /// The cluster, numbered from 0 in the order of their first members.
    pub cluster: u32,
    /// The text, by its place in the corpus.
    pub text: u32,
    /// Where it stands there.
    pub span: ByteSpan,
}

/// One side of a passage: the text, the stretch, and the side's number.
type Side = (u32, ByteSpan, usize);

/// Join the passages that lie over each other in a text, by half of the shorter one: with less, two neighbouring
/// passages would hold two clusters together. By cluster, then by place in the corpus.
pub(super) fn join(passages: &[CorpusPassage], progress: &Progress) -> Result<Vec<ClusterMember>> {
    // Each passage has two sides, 2i and 2i + 1.
    let mut sides: Vec<Side> = Vec::with_capacity(2 * passages.len());
    for (i, found) in passages.iter().enumerate() {
        sides.push((found.a, found.passage.a, 2 * i));
        sides.push((found.b, found.passage.b, 2 * i + 1));
    }
    let mut sets = Sets::new(sides.len());
    for i in 0..passages.len() {
        sets.join(2 * i, 2 * i + 1);
    }
    sides.sort_unstable();
    let spans = join_equal(&sides, &mut sets);
    for of_text in spans.chunk_by(|x, y| x.0 == y.0) {
        progress.check()?;
        join_overlapping(of_text, &mut sets);
    }
    progress.check()?;
    Ok(members(&spans, &mut sets))
}

/// Stretches that are joined already and reach as far as the sweep has come, or farther.
struct Open {
    side: usize,
    /// Where the last of them ends.
    end: u32,
    /// The last middle of one of them, doubled.
    middle: u64,
}

/// Join the ascending stretches of one text that share half of the shorter one.
///
/// A stretch shares half of itself with an earlier one that ends behind its middle, and half of the earlier one if it
/// starts before that one's middle. So of stretches that are joined, the last end and the last middle decide, and of
/// three that lie over one place two are joined: a sweep meets few that are open, however many lie there.
fn join_overlapping(spans: &[Side], sets: &mut Sets) {
    let mut open: Vec<Open> = Vec::new();
    for &(_, span, side) in spans {
        let middle = u64::from(span.start) + u64::from(span.end);
        let mut all = Open { side, end: span.end, middle };
        open.retain(|other| {
            let is_joined = 2 * u64::from(other.end) >= middle || other.middle >= 2 * u64::from(span.start);
            if is_joined && other.end > span.start {
                sets.join(side, other.side);
                all.end = all.end.max(other.end);
                all.middle = all.middle.max(other.middle);
            }
            !is_joined && other.end > span.start
        });
        open.push(all);
    }
}

/// Join the sides that are the same stretch of the same text, and keep one of each. A stretch that stands in many
/// texts is a side once for each of them; comparing all these with each other would take their number cubed.
fn join_equal(sides: &[Side], sets: &mut Sets) -> Vec<Side> {
    let mut kept = Vec::new();
    for equal in sides.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        for other in &equal[1..] {
            sets.join(equal[0].2, other.2);
        }
        kept.push(equal[0]);
    }
    kept
}

/// One member for each stretch of a text that the passages of one cluster cover without a gap: a text that carries it
/// in two places has two.
fn members(sides: &[Side], sets: &mut Sets) -> Vec<ClusterMember> {
    let mut found: Vec<(usize, u32, ByteSpan)> = Vec::new();
    // The last member of each cluster; earlier ones end before it starts.
    let mut last: HashMap<usize, usize> = HashMap::new();
    for &(text, span, side) in sides {
        let set = sets.find(side);
        let member = last.get(&set).map(|&place| &mut found[place]);
        if let Some(member) = member.filter(|member| member.1 == text && span.start < member.2.end) {
            member.2.end = member.2.end.max(span.end);
        } else {
            last.insert(set, found.len());
            found.push((set, text, span));
        }
    }
    let mut numbers = HashMap::new();
    let mut members: Vec<ClusterMember> = Vec::with_capacity(found.len());
    for (set, text, span) in found {
        let next = numbers.len() as u32;
        let cluster = *numbers.entry(set).or_insert(next);
        members.push(ClusterMember { cluster, text, span });
    }
    members.sort_by_key(|member| (member.cluster, member.text, member.span));
    members
}

/// Disjoint sets, with paths halved on the way up.
struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    fn new(len: usize) -> Self {
        Self { parents: (0..len).collect() }
    }

    fn find(&mut self, mut x: usize) -> usize {
        while self.parents[x] != x {
            self.parents[x] = self.parents[self.parents[x]];
            x = self.parents[x];
        }
        x
    }

    /// The smaller root stays, so that the result does not depend on the order of joining.
    fn join(&mut self, x: usize, y: usize) {
        let (x, y) = (self.find(x), self.find(y));
        self.parents[x.max(y)] = x.min(y);
    }
}

#[cfg(test)]
mod tests {
    use super::{Sets, Side, join_overlapping};
    use crate::text::ByteSpan;
    use proptest::prelude::*;

    /// Each stretch compared with each.
    fn joined_by_hand(spans: &[Side]) -> Vec<usize> {
        let mut sets = Sets::new(spans.len());
        for &(_, x, i) in spans {
            for &(_, y, j) in spans {
                let both = x.end.min(y.end).saturating_sub(x.start.max(y.start)) as usize;
                if both * 2 >= x.len().min(y.len()) {
                    sets.join(i, j);
                }
            }
        }
        (0..spans.len()).map(|side| sets.find(side)).collect()
    }

    proptest! {
        #[test]
        fn a_sweep_joins_what_half_of_the_shorter_joins(
            spans in prop::collection::btree_set((0u32..60, 1u32..30), 0..30),
        ) {
            let spans = spans.into_iter().map(|(start, len)| ByteSpan { start, end: start + len });
            let spans: Vec<Side> = spans.enumerate().map(|(side, span)| (0, span, side)).collect();
            let mut sets = Sets::new(spans.len());
            join_overlapping(&spans, &mut sets);
            let found: Vec<usize> = (0..spans.len()).map(|side| sets.find(side)).collect();
            prop_assert_eq!(found, joined_by_hand(&spans));
        }
    }
}
