//! The pairs of texts that reach a least score, without a look at most of those that share a sentence.
//!
//! Of a pair, the text with fewer n-grams asks. It must share so many of them that it meets its partner in one of any lists
//! that leave out fewer: so it looks through its lists, those first that have few texts for what they weigh, until the
//! others weigh too little (the prefix filter of Bayardo, Ma and Srikant 2007, with weights, and for containment). Whom
//! it met is counted in the lists that are left, and forgotten as soon as these weigh too little for the score.

use std::ops::Range;

use rayon::prelude::*;

use super::fingerprints::{OfText, both};
use super::pairs::{Measure, PairOverlap, Search, of_each};
use super::tally::Tally;
use crate::error::Result;
use crate::progress::Progress;

/// Two texts that share enough, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Met {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) shared: u32,
    /// Whether a list links them of which there is no doubt.
    pub(super) is_sure: bool,
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
    /// What each list weighs, and where its texts are, by its place in the order.
    lists: Vec<List>,
    /// The places of the lists of each text.
    of_text: OfText,
    /// The texts, those with the fewest n-grams first; a place in it is a text's size.
    by_size: Vec<u32>,
    /// The size of each text.
    sizes: Vec<u32>,
    /// The n-grams of the texts, by size.
    grams: Vec<u32>,
    /// The sizes of the texts of each list, ascending, one list after the other.
    members: Vec<u32>,
}

/// A list: with both in one place, one look fetches both.
#[derive(Clone, Copy)]
struct List {
    weight: u32,
    len: u32,
    start: usize,
}

/// A text that looks for those with which it shares enough.
struct Asking<'r> {
    size: u32,
    /// The sizes that these may have.
    larger: Range<u32>,
    /// How many n-grams they must share with it.
    least: f64,
    /// The lists that it has not gone through yet.
    lists: &'r [u32],
    /// What these weigh.
    rest: u32,
}

impl<'c> Reaching<'c> {
    /// To look for pairs of at least `min_score`, above 0; of which lists it is to be seen whether they link says
    /// `is_doubtful`.
    pub(super) fn new(
        search: &'c Search<'c>,
        (measure, min_score): (Measure, f64),
        is_doubtful: impl Fn(u32) -> bool,
    ) -> Self {
        let fingerprints = search.fingerprints;
        let (order, ends) = in_order(search, is_doubtful);
        let of_text = fingerprints.of_text_in(&order);
        let mut by_size: Vec<u32> = (0..fingerprints.words.len() as u32).collect();
        by_size.sort_by_key(|&text| fingerprints.grams[text as usize]);
        let mut sizes = vec![0; by_size.len()];
        (0..).zip(&by_size).for_each(|(size, &text)| sizes[text as usize] = size);
        let grams = by_size.iter().map(|&text| fingerprints.grams[text as usize]).collect();
        let (lists, members) = members(search, &order, &sizes);
        Self { search, measure, min_score, order, ends, lists, of_text, by_size, sizes, grams, members }
    }

    /// The pairs, by `a` and `b` in the order of ranks.
    pub(super) fn pairs(&self, progress: &Progress) -> Result<Vec<Met>> {
        let of = |size, tally: &mut Tally| self.of(size, tally);
        let mut found = of_each(self.search.fingerprints, progress, of)?;
        found.par_sort_unstable();
        Ok(found)
    }

    /// The same pairs with all that is known of them.
    pub(super) fn overlaps(&self, met: &[Met]) -> Vec<PairOverlap> {
        met.par_iter().map(|met| self.search.pair(met.a, met.b, met.shared)).collect()
    }

    /// The lists that both texts stand in.
    pub(super) fn shared(&self, a: u32, b: u32) -> impl Iterator<Item = u32> {
        both(self.of_text.of(a), self.of_text.of(b)).map(|place| self.order[place as usize])
    }

    /// The pairs of the text of that `size` with those that are larger.
    fn of(&self, size: u32, tally: &mut Tally) -> Vec<Met> {
        let lists = self.of_text.of(self.by_size[size as usize]);
        let least = self.least(size);
        let rest = lists.iter().map(|&place| self.weight(place)).sum();
        if f64::from(rest) < least {
            return Vec::new();
        }
        let larger = size + 1..self.most(size);
        let mut asking = Asking { size, larger, least, lists, rest };
        self.meet(&mut asking, tally);
        self.count(asking, tally);
        self.reached(size, tally)
    }

    /// Meet all who may share enough, and count the lists that are gone through for it.
    fn meet(&self, asking: &mut Asking<'_>, tally: &mut Tally) {
        let others = asking.lists.partition_point(|&place| place < self.ends[1]);
        let (linking, others) = asking.lists.split_at(others);
        for &place in linking {
            if f64::from(asking.rest) < asking.least {
                return;
            }
            let weight = self.weight(place);
            tally.meet(self.list(place), &asking.larger, weight, self.is_sure(place));
            (asking.lists, asking.rest) = (&asking.lists[1..], asking.rest - weight);
        }
        // Who shares none of the linking ones can have enough of the others only if these alone weigh enough.
        if f64::from(asking.rest) >= asking.least {
            others.iter().for_each(|&place| self.meet_first(place, asking, tally));
        }
    }

    /// Count the lists that are left for those who were met, and forget who cannot come to enough any more.
    fn count(&self, Asking { larger, least, lists, mut rest, .. }: Asking<'_>, tally: &mut Tally) {
        for &place in lists {
            tally.forget(|shared| f64::from(shared + rest) < least);
            if tally.is_empty() {
                return;
            }
            let weight = self.weight(place);
            tally.add(self.list(place), &larger, weight, self.is_sure(place));
            rest -= weight;
        }
    }

    /// Meet those whom the list at that place links with who asks as the first of both, without counting it.
    fn meet_first(&self, place: u32, asking: &Asking<'_>, tally: &mut Tally) {
        let Some(first) = self.first(place) else { return };
        let met = if first == asking.size { self.list(place) } else { &[first] };
        tally.meet(met, &asking.larger, 0, false);
    }

    /// The size of the text with which a list links each that has it, if it links them so.
    fn first(&self, place: u32) -> Option<u32> {
        let list = self.order[place as usize];
        let first = || self.sizes[self.search.fingerprints.list(list)[0] as usize];
        self.search.roles[list as usize].is_first.then(first)
    }

    /// How many n-grams the text of that `size` must share with a larger one, at least.
    fn least(&self, size: u32) -> f64 {
        let grams = self.grams[size as usize];
        self.measure.needed(self.min_score, grams, grams)
    }

    /// Behind which size texts are too large to share enough with that one.
    fn most(&self, size: u32) -> u32 {
        let grams = self.grams[size as usize];
        let is_near = |&other: &u32| self.measure.needed(self.min_score, grams, other) <= grams.into();
        self.grams.partition_point(is_near) as u32
    }

    fn weight(&self, place: u32) -> u32 {
        self.lists[place as usize].weight
    }

    fn is_sure(&self, place: u32) -> bool {
        place < self.ends[0]
    }

    /// The sizes of the texts of the list at that place.
    fn list(&self, place: u32) -> &[u32] {
        let List { start, len, .. } = self.lists[place as usize];
        &self.members[start..start + len as usize]
    }

    /// The pairs of those in the `tally` that are wanted and share enough.
    fn reached(&self, size: u32, tally: &mut Tally) -> Vec<Met> {
        let text = self.by_size[size as usize];
        let grams = self.grams[size as usize];
        let mut found = Vec::new();
        tally.take(|other, shared, is_sure| {
            // Most do not share enough: it takes no look at the pair itself.
            if f64::from(shared) < self.measure.needed(self.min_score, grams, self.grams[other as usize]) {
                return;
            }
            let other = self.by_size[other as usize];
            let pair = self.search.pair(text, other, shared);
            if self.measure.of(&pair) >= self.min_score && self.search.wanted.holds(text, other) {
                found.push(Met { a: pair.a, b: pair.b, shared, is_sure });
            }
        });
        found
    }
}

/// The lists, and where those in doubt begin and those that do not link.
fn in_order(search: &Search<'_>, is_doubtful: impl Fn(u32) -> bool) -> (Vec<u32>, [u32; 2]) {
    let fingerprints = search.fingerprints;
    let class = |list: u32| match search.roles[list as usize].linking {
        0 => 2,
        _ => u64::from(is_doubtful(list)),
    };
    // Texts to look at for each n-gram that is then done with, in 1/256; in lists of millions it no longer matters.
    let cost = |list: u32| {
        let texts = (fingerprints.list(list).len() as u64) << 8;
        (texts / u64::from(fingerprints.weights[list as usize])).min((1 << 30) - 1)
    };
    // Class, cost and number in one, so that one comparison tells.
    let key = |list: u32| class(list) << 62 | cost(list) << 32 | u64::from(list);
    let mut order: Vec<u64> = fingerprints.lists().map(key).collect();
    order.par_sort_unstable();
    let ends = [1, 2].map(|class| order.partition_point(|of| of >> 62 < class) as u32);
    (order.into_iter().map(|of| of as u32).collect(), ends)
}

/// The lists in this order, and the sizes of their texts, ascending, one list after the other.
fn members(search: &Search<'_>, order: &[u32], sizes: &[u32]) -> (Vec<List>, Vec<u32>) {
    let fingerprints = search.fingerprints;
    let mut lists = Vec::with_capacity(order.len());
    let mut members = Vec::with_capacity(fingerprints.postings());
    for &list in order {
        let (weight, texts) = (fingerprints.weights[list as usize], fingerprints.list(list));
        let start = members.len();
        members.extend(texts.iter().map(|&text| sizes[text as usize]));
        members[start..].sort_unstable();
        lists.push(List { weight, len: texts.len() as u32, start });
    }
    (lists, members)
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
