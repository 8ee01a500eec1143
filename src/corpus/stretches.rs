//! Where the passages of a text begin and end for most: the text in stretches that the same articles share.
//!
//! Each passage has its own edges, a word or two beside those of others. Of edges closer together than the shortest
//! passage has words, the one that most passages have stays ([`Stretches::new`]); an edge in one text of a passage is one
//! in the other text too ([`Stretches::carry`]).

use std::collections::BTreeSet;

use super::CorpusPassage;
use crate::text::ByteSpan;

/// One side of a passage: the text, the stretch, the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Side {
    pub(super) text: u32,
    pub(super) span: ByteSpan,
    words: u32,
}

/// Both sides of each passage.
pub(super) fn sides(found: &CorpusPassage) -> [Side; 2] {
    let passage = &found.passage;
    [
        Side { text: found.a, span: passage.a, words: passage.words_a },
        Side { text: found.b, span: passage.b, words: passage.words_b },
    ]
}

/// The stretches of all texts, by text and place; those that touch are parts of passages that lie over each other.
#[derive(Debug)]
pub(super) struct Stretches {
    pub(super) all: Vec<(u32, ByteSpan)>,
    /// Bytes of the shortest stretch of each region that passages cover without a gap, by where it starts.
    shortest: Vec<((u32, u32), u32)>,
}

impl Stretches {
    /// Cut all that the `sides` cover; stretches are to have `min_words` words about, or more.
    pub(super) fn new(sides: &mut [Side], min_words: usize) -> Self {
        sides.sort_unstable();
        let mut found = Self { all: Vec::new(), shortest: Vec::new() };
        let mut rest = &*sides;
        while let Some((region, behind)) = first_region(rest) {
            found.cut(region, min_words);
            rest = behind;
        }
        found
    }

    fn cut(&mut self, sides: &[Side], min_words: usize) {
        let text = sides[0].text;
        let end = sides.iter().map(|side| side.span.end).max().unwrap_or_default();
        let whole = ByteSpan { start: sides[0].span.start, end };
        let bytes: usize = sides.iter().map(|side| side.span.len()).sum();
        let words: usize = sides.iter().map(|side| side.words as usize).sum();
        let shortest = (bytes * min_words / words.max(1)) as u32;
        self.shortest.push(((text, whole.start), shortest));
        let mut edges: Vec<u32> = sides.iter().flat_map(|side| [side.span.start, side.span.end]).collect();
        edges.sort_unstable();
        let mut counted: Vec<(usize, u32)> =
            edges.chunk_by(|x, y| x == y).map(|same| (same.len(), same[0])).collect();
        counted.sort_unstable_by_key(|&(count, edge)| (std::cmp::Reverse(count), edge));
        let mut kept = BTreeSet::from([whole.start, whole.end]);
        counted.into_iter().for_each(|(_, edge)| add_edge(&mut kept, edge, shortest));
        self.all.extend(between(&kept).map(|span| (text, span)));
    }

    /// Cut where the other side of a passage is cut; `to_word` moves a place in a text to where a word starts.
    pub(super) fn carry(&mut self, passages: &[CorpusPassage], to_word: impl Fn(u32, u32) -> u32) {
        let mut more: Vec<(u32, u32)> = Vec::new();
        for found in passages {
            let [a, b] = sides(found);
            for (from, to) in [(a, b), (b, a)] {
                for &(_, cut) in self.of(from).iter().skip(1) {
                    let place = mapped(cut.start, from.span, to.span);
                    if from.span.start < cut.start && self.is_cut(to, place) {
                        more.push((to.text, place));
                    }
                }
            }
        }
        more.sort_unstable();
        more.dedup();
        let mut cuts = more.into_iter().peekable();
        let before = std::mem::take(&mut self.all);
        for (text, span) in before {
            let shortest = self.shortest_of((text, span));
            let mut start = span.start;
            while let Some((_, place)) = cuts.next_if(|&cut| cut < (text, span.end)) {
                let place = to_word(text, place);
                if is_far(place, ByteSpan { start, end: span.end }, shortest) {
                    self.all.push((text, ByteSpan { start, end: place }));
                    start = place;
                }
            }
            self.all.push((text, ByteSpan { start, end: span.end }));
        }
    }

    /// Whether a cut at `place` would leave two stretches long enough.
    fn is_cut(&self, side: Side, place: u32) -> bool {
        let stretch = self.at(side.text, place).map(|at| self.all[at]);
        stretch.is_some_and(|stretch| is_far(place, stretch.1, self.shortest_of(stretch)))
    }

    fn shortest_of(&self, (text, span): (u32, ByteSpan)) -> u32 {
        let behind = self.shortest.partition_point(|&(start, _)| start <= (text, span.start));
        self.shortest[behind - 1].1
    }

    /// The stretch that holds `place`.
    pub(super) fn at(&self, text: u32, place: u32) -> Option<usize> {
        let behind = self.all.partition_point(|&(other, span)| (other, span.start) <= (text, place));
        let at = behind.checked_sub(1)?;
        let (other, span) = self.all[at];
        (other == text && place < span.end).then_some(at)
    }

    /// The stretches that lie over `side`.
    fn of(&self, side: Side) -> &[(u32, ByteSpan)] {
        &self.all[self.places(side)]
    }

    /// Their places among all.
    pub(super) fn places(&self, side: Side) -> std::ops::Range<usize> {
        let before =
            |place: u32| self.all.partition_point(|&(text, span)| (text, span.end) <= (side.text, place));
        let start = before(side.span.start);
        let inside = self.all[start..]
            .partition_point(|&(text, span)| (text, span.start) < (side.text, side.span.end));
        start..start + inside
    }
}

/// The sides of one text that cover a stretch without a gap, and the others behind them.
fn first_region(sides: &[Side]) -> Option<(&[Side], &[Side])> {
    let first = sides.first()?;
    let mut end = first.span.end;
    let is_in = |side: &&Side| {
        let is_in = side.text == first.text && side.span.start < end;
        end = end.max(if is_in { side.span.end } else { 0 });
        is_in
    };
    let count = sides.iter().take_while(is_in).count();
    Some(sides.split_at(count.max(1)))
}

/// Whether `place` cuts `span` in two that are not shorter than `shortest`.
fn is_far(place: u32, span: ByteSpan, shortest: u32) -> bool {
    let is_long = |start: u32, end: u32| end.checked_sub(start).is_some_and(|len| len >= shortest.max(1));
    is_long(span.start, place) && is_long(place, span.end)
}

/// Keep an edge if none is kept within `shortest`.
fn add_edge(kept: &mut BTreeSet<u32>, edge: u32, shortest: u32) {
    let before = kept.range(..=edge).next_back();
    let behind = kept.range(edge..).next();
    let is_far = |other: Option<&u32>| other.is_none_or(|&other| other.abs_diff(edge) >= shortest.max(1));
    if is_far(before) && is_far(behind) {
        kept.insert(edge);
    }
}

fn between(edges: &BTreeSet<u32>) -> impl Iterator<Item = ByteSpan> {
    edges.iter().zip(edges.iter().skip(1)).map(|(&start, &end)| ByteSpan { start, end })
}

/// Where a place in one side lies in the other, as if all words were kept: in edited passages it is a few words off.
pub(super) fn mapped(place: u32, from: ByteSpan, to: ByteSpan) -> u32 {
    let inside = u64::from(place.clamp(from.start, from.end) - from.start);
    to.start + (inside * to.len() as u64 / from.len().max(1) as u64) as u32
}
