//! Passages of several pairs that are one text, going round.
//!
//! Each text is cut where the set of its partners changes ([`stretches`](super::stretches)); a passage then joins each
//! stretch of one side with the stretch of the other that it lies over. So a sentence that is quoted out of a report is a
//! cluster of its own, and A and B do not come together with B and C that share another part of B.
//!
//! Weak spots: inside an edited passage places are mapped as if all its words were kept; where many words were put in,
//! stretches shorter than these are not joined.

use std::collections::HashMap;

use rayon::prelude::*;

use super::stretches::{Stretches, mapped, sides};
use super::{Corpus, CorpusPassage};
use crate::error::Result;
use crate::overlap::similarity;
use crate::progress::Progress;
use crate::text::{ByteSpan, Pair, split_words, word_hashes};

/// One text's copy of a stretch that goes round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusterMember {
    /// The cluster, numbered from 0 in the order of their first members.
    pub cluster: u32,
    /// The text, by its place in the corpus.
    pub text: u32,
    /// Where it stands there.
    pub span: ByteSpan,
    /// Its words.
    pub words: u32,
    /// Whether it is the earliest of its cluster.
    pub is_first: bool,
    /// Whether its wording is the one that most members have; of equally frequent ones, that of the earliest.
    pub is_canonical: bool,
    /// Words that it shares with the longest member, as [`similarity`].
    pub similarity: f64,
    /// Where it comes from.
    pub direction: Direction,
}

/// Where a member of a cluster comes from, by the moments of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// None of those like it is earlier.
    First,
    /// From this text, by its place: the most similar of those earlier, of equals the earliest.
    From(u32),
    /// That cannot be told: its moment is not known, or that of the most similar is the same.
    Unknown,
}

impl Direction {
    /// The names of the directions, in order.
    pub const NAMES: [&'static str; 3] = ["first", "from", "unknown"];
}

/// What joins stretches: a passage's similarity, from one to another.
struct Edge {
    of: usize,
    to: usize,
    similarity: f64,
}

/// How similar another stretch is, and the moment and the number of its text.
type Like = (f64, (i64, u32));

impl<S: AsRef<str> + Sync> Corpus<'_, S> {
    /// Join the stretches that `passages` of at least `min_words` words share. By cluster, then by place in the corpus.
    pub(super) fn join(
        &self,
        passages: &[CorpusPassage],
        min_words: usize,
        progress: &Progress,
    ) -> Result<Vec<ClusterMember>> {
        let mut all: Vec<_> = passages.iter().flat_map(sides).collect();
        let mut stretches = Stretches::new(&mut all, min_words);
        drop(all);
        progress.check()?;
        stretches.carry(passages, |text, place| to_word(self.texts[text as usize].as_ref(), place));
        progress.check()?;
        let edges = edges(&stretches, passages);
        let mut sets = Sets::new(stretches.all.len());
        edges.iter().for_each(|edge| sets.join(edge.of, edge.to));
        progress.check()?;
        let directions = self.directions(&stretches, &edges);
        Ok(self.members(&stretches, &directions, &mut sets))
    }

    /// Where each stretch comes from.
    fn directions(&self, stretches: &Stretches, edges: &[Edge]) -> Vec<Direction> {
        let number = self.numbers();
        let at = |stretch: usize| {
            let text = number[stretches.all[stretch].0 as usize];
            (self.moment(text), text)
        };
        let mut best: Vec<Option<Like>> = vec![None; stretches.all.len()];
        let both = |edge: &Edge| [(edge.of, edge.to, edge.similarity), (edge.to, edge.of, edge.similarity)];
        for (of, to, similarity) in edges.iter().flat_map(both).filter(|&(of, to, _)| at(to).0 <= at(of).0) {
            let is_better = best[of].is_none_or(|(most, earliest)| {
                similarity > most || (similarity >= most && at(to) < earliest)
            });
            if is_better {
                best[of] = Some((similarity, at(to)));
            }
        }
        let told = |(stretch, best): (usize, Option<Like>)| match best {
            _ if at(stretch).0 == super::NO_MOMENT => Direction::Unknown,
            None => Direction::First,
            Some((_, (moment, _))) if moment == at(stretch).0 => Direction::Unknown,
            Some((_, (_, text))) => Direction::From(self.place(text)),
        };
        best.into_iter().enumerate().map(told).collect()
    }

    /// One member for each stretch that is joined with another.
    fn members(
        &self,
        stretches: &Stretches,
        directions: &[Direction],
        sets: &mut Sets,
    ) -> Vec<ClusterMember> {
        let mut by_set: Vec<(usize, usize)> =
            (0..stretches.all.len()).map(|stretch| (sets.find(stretch), stretch)).collect();
        // The smallest stretch is the root of its set, so that clusters stand in the order of their first members.
        by_set.sort_unstable();
        let clusters: Vec<&[(usize, usize)]> =
            by_set.chunk_by(|x, y| x.0 == y.0).filter(|cluster| cluster.len() > 1).collect();
        let number = self.numbers();
        let of_cluster = |(cluster, of): (u32, &&[(usize, usize)])| {
            let member = |&(_, stretch): &(usize, usize)| {
                let (text, span) = stretches.all[stretch];
                let (span, words) = trimmed(self.texts[text as usize].as_ref(), span);
                let direction = directions[stretch];
                let (is_first, is_canonical, similarity) = (false, false, 1.0);
                ClusterMember { cluster, text, span, words, is_first, is_canonical, similarity, direction }
            };
            let mut members: Vec<ClusterMember> = of.iter().map(member).collect();
            self.measure(&mut members, &number);
            members
        };
        (0..clusters.len() as u32).into_par_iter().zip(&clusters).flat_map_iter(of_cluster).collect()
    }

    /// Say which member of a cluster is the first, which has the canonical wording, and how near each is to the longest.
    fn measure(&self, members: &mut [ClusterMember], number: &[u32]) {
        let raw = |member: &ClusterMember| member.span.of(self.texts[member.text as usize].as_ref());
        let moment = |i: usize| (number[members[i].text as usize], members[i].span);
        let first = (0..members.len()).min_by_key(|&i| moment(i));
        let wordings: Vec<Vec<u64>> =
            members.iter().map(|member| word_hashes(raw(member), self.fold)).collect();
        let mut copies: HashMap<&[u64], usize> = HashMap::new();
        wordings.iter().for_each(|wording| *copies.entry(wording).or_default() += 1);
        let canonical =
            (0..members.len()).min_by_key(|&i| (std::cmp::Reverse(copies[&*wordings[i]]), moment(i)));
        let longest = (0..members.len()).min_by_key(|&i| (std::cmp::Reverse(members[i].words), i));
        let (Some(first), Some(canonical), Some(longest)) = (first, canonical, longest) else { return };
        members[first].is_first = true;
        members[canonical].is_canonical = true;
        let (longest, wanted) = (raw(&members[longest]), &wordings[longest]);
        for (member, wording) in members.iter_mut().zip(&wordings) {
            let raw = raw(member);
            if wording != wanted {
                // Both are parts of texts that were read before.
                member.similarity = Pair::new(longest, raw, self.fold).map_or(0.0, |pair| similarity(&pair));
            }
        }
    }
}

/// The stretches that each passage joins: those of which either's middle lies in the other, as the passage maps it.
fn edges(stretches: &Stretches, passages: &[CorpusPassage]) -> Vec<Edge> {
    let mut found = Vec::with_capacity(passages.len());
    for passage in passages {
        let [a, b] = sides(passage);
        let similarity = passage.passage.similarity;
        for of in stretches.places(a) {
            let Some(middle) = covered_middle(stretches.all[of].1, a.span) else { continue };
            let Some(to) = stretches.at(b.text, mapped(middle, a.span, b.span)) else { continue };
            let Some(back) = covered_middle(stretches.all[to].1, b.span) else { continue };
            if stretches.at(a.text, mapped(back, b.span, a.span)) == Some(of) {
                found.push(Edge { of, to, similarity });
            }
        }
    }
    found
}

/// The middle of what a passage covers of a stretch, if that is at least half of it.
fn covered_middle(stretch: ByteSpan, passage: ByteSpan) -> Option<u32> {
    let (start, end) = (stretch.start.max(passage.start), stretch.end.min(passage.end));
    let covered = end.saturating_sub(start);
    (covered as usize * 2 >= stretch.len() && covered > 0).then(|| start + (covered - 1) / 2)
}

/// Where the first word behind `place` starts.
fn to_word(raw: &str, place: u32) -> u32 {
    let words = split_words(raw);
    words.get(words.partition_point(|word| word.start < place)).map_or(place, |word| word.start)
}

/// From the first to the last word of `span`, and how many they are.
fn trimmed(raw: &str, span: ByteSpan) -> (ByteSpan, u32) {
    let words = split_words(span.of(raw));
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return (span, 0) };
    (ByteSpan { start: span.start + first.start, end: span.start + last.end }, words.len() as u32)
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
