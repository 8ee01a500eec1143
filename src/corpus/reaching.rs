//! The pairs of texts that reach a least score, without a look at most of those that share a sentence.
//!
//! Of a pair, the text with fewer n-grams asks. It must share so many of them that it meets its partner in one of any lists
//! that leave out fewer: so it looks through its lists, those first that have few texts for what they weigh, until the
//! others weigh too little (the prefix filter of Bayardo, Ma and Srikant 2007, with weights, and for containment). Whom
//! it meets shows a sketch of the lists that it stands in, one bit for each; only where that allows the score are the lists
//! of both gone through.

use rayon::prelude::*;

use super::fingerprints::{OfText, both};
use super::pairs::{Measure, PairOverlap, Search, of_each};
use crate::error::Result;
use crate::progress::Progress;

/// Two texts that share enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Met {
    a: u32,
    b: u32,
    shared: u32,
    /// Whether a list links them of which there is no doubt.
    is_sure: bool,
}

/// Bits of a sketch, in words of 64. In 192, the lists of an article of twenty sentences seldom share one; with the number of
/// n-grams, a sketch is half of a cache line.
const WORDS: usize = 3;

/// What a text shows to those that meet it.
#[derive(Debug, Clone, Copy)]
struct Sketch {
    /// The bits of its lists.
    lists: [u64; WORDS],
    grams: u32,
}

/// What one text asks of others.
struct Asked {
    sketch: Sketch,
    /// What its lists weigh, by their bits.
    weights: [u32; WORDS * 64],
}

/// The lists of a corpus, in the order in which they are looked through.
pub(super) struct Reaching<'c> {
    search: &'c Search<'c>,
    measure: Measure,
    min_score: f64,
    /// The lists that link without a doubt, then those in doubt, then those that link none or each with the first; of
    /// each, those with few texts for what they weigh first.
    order: Vec<u32>,
    /// Where those in doubt begin, and those that do not link.
    ends: [u32; 2],
    /// What each list weighs, by its place in the order.
    weights: Vec<u32>,
    /// The places of the lists of each text.
    of_text: OfText,
    /// The texts, those with the fewest n-grams first; a place in it is a text's size.
    by_size: Vec<u32>,
    /// The size of each text.
    sizes: Vec<u32>,
    /// The sketches of the texts, by size: who is met lies close to who was met before.
    sketches: Vec<Sketch>,
    /// The sizes of the texts of each list that links, ascending, one list after the other, and where each starts.
    members: Vec<u32>,
    starts: Vec<usize>,
}

impl<'c> Reaching<'c> {
    /// To look for pairs of at least `min_score`, above 0; of which lists it is to be seen whether they link says
    /// `is_doubtful`.
    pub(super) fn new(
        search: &'c Search<'c>,
        (measure, min_score): (Measure, f64),
        is_doubtful: impl Fn(u32) -> bool,
    ) -> Self {
        let class = |list: u32| match search.roles[list as usize].linking {
            0 => 2,
            _ => u8::from(is_doubtful(list)),
        };
        let fingerprints = search.fingerprints;
        // Texts to look at for each n-gram that is then done with, in 1/256.
        let cost = |list: u32| {
            ((fingerprints.list(list).len() as u64) << 8) / u64::from(fingerprints.weights[list as usize])
        };
        let mut order: Vec<(u8, u64, u32)> =
            fingerprints.lists().map(|list| (class(list), cost(list), list)).collect();
        order.sort_unstable();
        let ends = [1, 2].map(|class| order.partition_point(|of| of.0 < class) as u32);
        let order: Vec<u32> = order.into_iter().map(|(.., list)| list).collect();
        let weights = order.iter().map(|&list| fingerprints.weights[list as usize]).collect();
        let of_text = fingerprints.of_text_in(&order);
        let texts = fingerprints.words.len() as u32;
        let mut by_size: Vec<u32> = (0..texts).collect();
        by_size.sort_by_key(|&text| fingerprints.grams[text as usize]);
        let mut sizes = vec![0; by_size.len()];
        (0..).zip(&by_size).for_each(|(size, &text)| sizes[text as usize] = size);
        let sketch = |&text: &u32| Sketch::new(of_text.of(text), fingerprints.grams[text as usize]);
        let sketches = by_size.iter().map(sketch).collect();
        let (members, starts) = members(&by_size, &of_text, ends[1]);
        Self {
            search,
            measure,
            min_score,
            order,
            ends,
            weights,
            of_text,
            by_size,
            sizes,
            sketches,
            members,
            starts,
        }
    }

    /// The pairs, by `a` and `b` in the order of ranks, and for each whether it is linked without a doubt.
    pub(super) fn pairs(&self, progress: &Progress) -> Result<Vec<(PairOverlap, bool)>> {
        let of = |size, met: &mut Vec<u32>| self.of(size, met);
        let mut found = of_each(self.search.fingerprints, progress, of)?;
        found.par_sort_unstable();
        found.dedup();
        let pair = |met: Met| (self.search.pair(met.a, met.b, met.shared), met.is_sure);
        Ok(found.into_iter().map(pair).collect())
    }

    /// The lists that both texts stand in.
    pub(super) fn shared(&self, a: u32, b: u32) -> impl Iterator<Item = u32> {
        both(self.of_text.of(a), self.of_text.of(b)).map(|place| self.order[place as usize])
    }

    /// The pairs that the text of that `size` finds; `met` is room for the sizes of those that it meets.
    fn of(&self, size: u32, met: &mut Vec<u32>) -> Vec<Met> {
        let text = self.by_size[size as usize];
        let lists = self.of_text.of(text);
        if lists.is_empty() {
            return Vec::new();
        }
        let asked = self.asked(size);
        let least = self.measure.needed(self.min_score, asked.sketch.grams, asked.sketch.grams);
        let mut rest: u32 = lists.iter().map(|&place| self.weight(place)).sum();
        for &place in lists.iter().take_while(|&&place| place < self.ends[1]) {
            if f64::from(rest) < least {
                break;
            }
            rest -= self.weight(place);
            let members = &self.members[self.starts[place as usize]..self.starts[place as usize + 1]];
            let larger = &members[members.partition_point(|&other| other <= size)..];
            met.extend(larger.iter().filter(|&&other| self.may_reach(&asked, other)));
        }
        self.meet_first(text, &asked, met);
        met.sort_unstable();
        met.dedup();
        met.drain(..).filter_map(|other| self.pair(text, self.by_size[other as usize])).collect()
    }

    /// Meet the first of each list that links all with it.
    fn meet_first(&self, text: u32, asked: &Asked, met: &mut Vec<u32>) {
        for &place in self.of_text.of(text).iter().rev().take_while(|&&place| place >= self.ends[1]) {
            let list = self.order[place as usize];
            let first = self.search.fingerprints.list(list)[0];
            let size = self.sizes[first as usize];
            if self.search.roles[list as usize].is_first && first != text && self.may_reach(asked, size) {
                met.push(size);
            }
        }
    }

    fn asked(&self, size: u32) -> Asked {
        let mut weights = [0; WORDS * 64];
        let lists = self.of_text.of(self.by_size[size as usize]);
        lists.iter().for_each(|&place| weights[bit(place)] += self.weight(place));
        Asked { sketch: self.sketches[size as usize], weights }
    }

    fn weight(&self, place: u32) -> u32 {
        self.weights[place as usize]
    }

    /// Whether the text of that `size` can share enough with the one that asks.
    #[inline]
    fn may_reach(&self, asked: &Asked, size: u32) -> bool {
        let sketch = &self.sketches[size as usize];
        let mut most = 0;
        for (i, (x, y)) in asked.sketch.lists.iter().zip(&sketch.lists).enumerate() {
            let mut bits = x & y;
            while bits != 0 {
                most += asked.weights[i * 64 + bits.trailing_zeros() as usize];
                bits &= bits - 1;
            }
        }
        f64::from(most) >= self.measure.needed(self.min_score, asked.sketch.grams, sketch.grams)
    }

    /// The pair of two texts that are linked, if it is wanted and shares enough.
    fn pair(&self, text: u32, other: u32) -> Option<Met> {
        if !self.search.wanted.holds(text, other) {
            return None;
        }
        let (mut shared, mut first) = (0, u32::MAX);
        for place in both(self.of_text.of(text), self.of_text.of(other)) {
            shared += self.weight(place);
            first = first.min(place);
        }
        let pair = self.search.pair(text, other, shared);
        let met = Met { a: pair.a, b: pair.b, shared, is_sure: first < self.ends[0] };
        (self.measure.of(&pair) >= self.min_score).then_some(met)
    }
}

impl Sketch {
    fn new(places: &[u32], grams: u32) -> Self {
        let mut lists = [0; WORDS];
        for bit in places.iter().map(|&place| bit(place)) {
            lists[bit / 64] |= 1 << (bit % 64);
        }
        Self { lists, grams }
    }
}

/// The bit of a list in sketches: lists that follow each other, as those of one text may, have different ones.
fn bit(place: u32) -> usize {
    let spread = u64::from(place.wrapping_mul(0x9E37_79B9));
    ((spread * (WORDS as u64 * 64)) >> 32) as usize
}

/// The sizes of the texts of the first lists, ascending, one list after the other, and where each starts.
fn members(by_size: &[u32], of_text: &OfText, lists: u32) -> (Vec<u32>, Vec<usize>) {
    let linking = |text: u32| of_text.of(text).iter().take_while(|&&place| place < lists);
    let mut starts = vec![0; lists as usize + 1];
    for &place in by_size.iter().flat_map(|&text| linking(text)) {
        starts[place as usize + 1] += 1;
    }
    (1..starts.len()).for_each(|place| starts[place] += starts[place - 1]);
    let mut next = starts.clone();
    let mut members = vec![0; starts[lists as usize]];
    for (size, &text) in (0..).zip(by_size) {
        for &place in linking(text) {
            members[next[place as usize]] = size;
            next[place as usize] += 1;
        }
    }
    (members, starts)
}

/// Those of the `pairs` that are among the `most` best of one of their texts; of equals, the first is the better.
pub(super) fn best(pairs: Vec<PairOverlap>, measure: Measure, most: usize, texts: usize) -> Vec<PairOverlap> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    // The sort is stable, and the pairs stand in order.
    order.sort_by(|&x, &y| measure.of(&pairs[y]).total_cmp(&measure.of(&pairs[x])));
    let mut better = vec![0; texts];
    let mut is_kept = vec![false; pairs.len()];
    for i in order {
        let sides = [pairs[i].a, pairs[i].b].map(|text| text as usize);
        is_kept[i] = sides.iter().any(|&text| better[text] < most);
        sides.iter().for_each(|&text| better[text] += 1);
    }
    pairs.into_iter().zip(is_kept).filter(|&(_, is_kept)| is_kept).map(|(pair, _)| pair).collect()
}
