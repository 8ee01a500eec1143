//! Passages of several pairs that are one text, going round.

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

/// The share of the shorter stretch that must lie in the other for both to be one member: below half, two
/// neighbouring passages would hold two clusters together.
const SHARE: f64 = 0.5;

/// One side of a passage: the text, the stretch, and the side's number.
type Side = (u32, ByteSpan, usize);

/// Stretches between two looks at whether to stop.
const CHUNK: usize = 1024;

/// Join the passages that lie over each other in a text. By cluster, then by place in the corpus.
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
    for (i, &(text, span, side)) in spans.iter().enumerate() {
        if i % CHUNK == 0 {
            progress.check()?;
        }
        let behind = spans[i + 1..].iter();
        for &(_, other, other_side) in behind.take_while(|next| next.0 == text && next.1.start < span.end) {
            if overlap(span, other) >= SHARE {
                sets.join(side, other_side);
            }
        }
    }
    Ok(members(&spans, &mut sets))
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

/// One member for each cluster and text: what its passages cover there, from the first to the last.
fn members(sides: &[Side], sets: &mut Sets) -> Vec<ClusterMember> {
    let mut found: Vec<(usize, u32, ByteSpan)> = Vec::new();
    for &(text, span, side) in sides {
        let set = sets.find(side);
        match found
            .iter_mut()
            .rev()
            .take_while(|member| member.1 == text)
            .find(|member| member.0 == set && span.start < member.2.end)
        {
            Some(member) => member.2.end = member.2.end.max(span.end),
            None => found.push((set, text, span)),
        }
    }
    let mut numbers = std::collections::HashMap::new();
    let mut members: Vec<ClusterMember> = Vec::with_capacity(found.len());
    for (set, text, span) in found {
        let next = numbers.len() as u32;
        let cluster = *numbers.entry(set).or_insert(next);
        members.push(ClusterMember { cluster, text, span });
    }
    members.sort_by_key(|member| (member.cluster, member.text, member.span));
    members
}

/// The share of the shorter one that lies in both.
fn overlap(x: ByteSpan, y: ByteSpan) -> f64 {
    let both = x.end.min(y.end).saturating_sub(x.start.max(y.start));
    f64::from(both) / x.len().min(y.len()).max(1) as f64
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
