//! Finds where in a text the words of a quotation may stand.

use std::ops::Range;

use super::lexicon::{CONTENT, Lexicon};
use crate::text::WordId;

/// What can be asked where words stand.
pub(super) trait Places {
    /// Where exactly `xs` stands, without overlaps: the first `most` of such places.
    fn exact(&self, xs: &[WordId], most: usize) -> Vec<Range<usize>>;

    /// The words of `xs` that stand in the text and say something there, by place.
    fn seeds(&self, xs: &[WordId], lexicon: &Lexicon) -> Vec<Seed>;

    /// Whether of two stretches that weigh as much the tighter is taken first: frequent words stand everywhere around it.
    fn is_crowded(&self) -> bool {
        false
    }
}

/// A text whose words can be looked up.
pub(super) struct Target<'t> {
    ids: &'t [WordId],
    words: Postings,
    stems: Postings,
    /// Most places of all words of a quotation that may be seeds, whatever they weigh; none asks for rare words.
    most_seeds: Option<usize>,
}

/// Where the words with one number stand, for all numbers.
struct Postings {
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Postings {
    fn new(numbers: impl Iterator<Item = u32> + Clone, distinct: usize) -> Self {
        let mut starts = vec![0; distinct + 2];
        for number in numbers.clone() {
            starts[number as usize + 2] += 1;
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut places = vec![0; starts[distinct + 1] as usize];
        for (place, number) in numbers.enumerate() {
            let next = &mut starts[number as usize + 1];
            places[*next as usize] = place as u32;
            *next += 1;
        }
        Self { starts, places }
    }

    fn of(&self, number: u32) -> &[u32] {
        let number = number as usize;
        &self.places[self.starts[number] as usize..self.starts[number + 1] as usize]
    }
}

/// A word of a quotation found in the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seed {
    /// Place in the target.
    pub(super) y: u32,
    /// Place in the quotation.
    pub(super) x: u32,
}

/// A word that stands more often in the target says little about where the quotation is.
pub(super) const RARE_ENOUGH: usize = 12;

/// The same for three words in a row, and for their rarest one while they are looked up. Rows more frequent than
/// that are left out unless the quotation has no rarer.
const ROWS: usize = 32;
const LOOKUPS: usize = 256;

/// Seeds of a quotation where its frequent words are looked up too.
const MOST_SEEDS: usize = 1 << 16;

/// The rarest word of a quotation is followed to this many places; what stands more often is found that often.
pub(super) const MOST_EXACT: usize = 1000;

/// Most places of one quotation that are compared word by word.
const MOST_WINDOWS: usize = 32;

/// The share of what a quotation says that must stand close together, or as much as ten words of it say. A shorter part
/// of a long quotation is found where it is itself a quotation, from the other side. Of one whose middle is cut out, the
/// heavier piece has half or, if a name falls to the other piece, a little less.
pub(super) const SHARE: f32 = 0.4;
pub(super) const ENOUGH: f32 = 4.0;
/// What says less links nothing that is not exactly there.
pub(super) const LEAST: f32 = 1.0;

/// Words that `…` may leave out.
pub(super) const WIDEST_GAP: usize = 60;

impl<'t> Target<'t> {
    pub(super) fn new(ids: &'t [WordId], distinct: usize, lexicon: &Lexicon) -> Self {
        Self {
            ids,
            words: Postings::new(ids.iter().copied(), distinct),
            stems: Postings::new(ids.iter().map(|&id| lexicon.stem(id)), distinct),
            most_seeds: None,
        }
    }

    /// The same text, in which frequent words and function words are looked up too: slower, for what nothing rare finds.
    pub(super) fn with_frequent_words(self) -> Self {
        Self { most_seeds: Some(MOST_SEEDS), ..self }
    }

    /// In how many places a word of a quotation of `len` words may stand to be a seed, and what it must weigh.
    fn bounds(&self, len: usize) -> (usize, f32) {
        self.most_seeds.map_or((RARE_ENOUGH, CONTENT), |most| (most / len.max(1), 0.0))
    }

    /// Add where the three words of `row` stand in a row.
    fn rows(&self, x: usize, row: &[WordId], seeds: &mut Vec<Seed>) {
        let rarest = row.iter().enumerate().min_by_key(|&(_, &id)| self.words.of(id).len());
        let Some((offset, &id)) = rarest else { return };
        let places = self.words.of(id);
        if places.len() > LOOKUPS {
            return;
        }
        let starts = places.iter().filter_map(|&place| (place as usize).checked_sub(offset));
        let found: Vec<usize> =
            starts.filter(|&start| self.ids[start..].starts_with(row)).take(ROWS + 1).collect();
        if found.len() <= ROWS {
            let pairs = found.iter().flat_map(|&start| (0..row.len()).map(move |i| (start + i, x + i)));
            seeds.extend(pairs.map(|(y, x)| Seed { y: y as u32, x: x as u32 }));
        }
    }
}

impl Places for Target<'_> {
    fn exact(&self, xs: &[WordId], most: usize) -> Vec<Range<usize>> {
        let rarest = xs.iter().enumerate().min_by_key(|&(_, &id)| self.words.of(id).len());
        let Some((offset, &id)) = rarest else {
            return Vec::new();
        };
        let mut found: Vec<Range<usize>> = Vec::new();
        for &place in self.words.of(id).iter().take(MOST_EXACT) {
            let Some(start) = (place as usize).checked_sub(offset) else {
                continue;
            };
            let is_free = found.last().is_none_or(|last| last.end <= start);
            if is_free && found.len() < most && self.ids[start..].starts_with(xs) {
                found.push(start..start + xs.len());
            }
        }
        found
    }

    fn seeds(&self, xs: &[WordId], lexicon: &Lexicon) -> Vec<Seed> {
        let mut seeds = Vec::new();
        let (most, least) = self.bounds(xs.len());
        for (x, &id) in xs.iter().enumerate() {
            let places = self.stems.of(lexicon.stem(id));
            if lexicon.weight(id) >= least && places.len() <= most {
                seeds.extend(places.iter().map(|&y| Seed { y, x: x as u32 }));
            }
        }
        for (x, row) in xs.windows(3).enumerate() {
            self.rows(x, row, &mut seeds);
        }
        seeds.sort_unstable();
        seeds.dedup();
        seeds
    }

    fn is_crowded(&self) -> bool {
        self.most_seeds.is_some()
    }
}

/// Where much of `xs` stands close together, most first, outside the `exact` places. `gaps` is how many times
/// `xs` leaves words out.
pub(super) fn windows(
    text: &impl Places,
    xs: &[WordId],
    gaps: usize,
    exact: &[Range<usize>],
    lexicon: &Lexicon,
    need: f32,
) -> Vec<Range<usize>> {
    let mut seeds = text.seeds(xs, lexicon);
    seeds.retain(|seed| {
        let next = exact.partition_point(|place| place.end <= seed.y as usize);
        exact.get(next).is_none_or(|place| place.start > seed.y as usize)
    });
    let reach = xs.len() * 2 + 12 + gaps * WIDEST_GAP;
    let mut weighing = Weighing::new(xs, lexicon);
    let mut windows = Vec::new();
    while windows.len() < MOST_WINDOWS {
        let best =
            if text.is_crowded() { weighing.tightest(&seeds, reach) } else { weighing.best(&seeds, reach) };
        let Some((best, weight)) = best else { break };
        if weight < need {
            break;
        }
        let window = seeds[best.start].y as usize..seeds[best.end - 1].y as usize + 1;
        seeds.drain(best);
        windows.push(window);
    }
    windows
}

/// Weighs stretches of seeds: each word of the quotation counts once.
pub(super) struct Weighing {
    weights: Vec<f32>,
    counts: Vec<u32>,
}

impl Weighing {
    pub(super) fn new(xs: &[WordId], lexicon: &Lexicon) -> Self {
        Self { weights: xs.iter().map(|&id| lexicon.weight(id)).collect(), counts: vec![0; xs.len()] }
    }

    /// The heaviest stretch of `seeds` within `reach` words of the target, the first of equals.
    pub(super) fn best(&mut self, seeds: &[Seed], reach: usize) -> Option<(Range<usize>, f32)> {
        self.counts.fill(0);
        let mut best: Option<(Range<usize>, f32)> = None;
        let (mut start, mut weight) = (0, 0.0);
        for (i, seed) in seeds.iter().enumerate() {
            while (seed.y - seeds[start].y) as usize >= reach {
                weight -= self.remove(seeds[start].x);
                start += 1;
            }
            weight += self.add(seed.x);
            // Sums of floats drift; a difference this small is none.
            if best.as_ref().is_none_or(|(_, heaviest)| weight > heaviest + 0.001) {
                best = Some((start..i + 1, weight));
            }
        }
        best
    }

    /// The heaviest stretch as in [`Self::best`], of equals the one with the fewest words.
    fn tightest(&mut self, seeds: &[Seed], reach: usize) -> Option<(Range<usize>, f32)> {
        self.counts.fill(0);
        let mut best: Option<(Range<usize>, f32)> = None;
        let (mut start, mut weight) = (0, 0.0);
        for (i, seed) in seeds.iter().enumerate() {
            weight += self.add(seed.x);
            // What stands again later is not needed where the stretch begins.
            while self.counts[seeds[start].x as usize] > 1 || (seed.y - seeds[start].y) as usize >= reach {
                weight -= self.remove(seeds[start].x);
                start += 1;
            }
            let width = |from: usize, to: usize| seeds[to].y - seeds[from].y;
            let is_better = best.as_ref().is_none_or(|(range, heaviest)| {
                weight > heaviest + 0.001
                    || weight > heaviest - 0.001 && width(start, i) < width(range.start, range.end - 1)
            });
            if is_better {
                best = Some((start..i + 1, weight));
            }
        }
        best
    }

    fn add(&mut self, x: u32) -> f32 {
        let count = &mut self.counts[x as usize];
        *count += 1;
        if *count == 1 { self.weights[x as usize] } else { 0.0 }
    }

    fn remove(&mut self, x: u32) -> f32 {
        let count = &mut self.counts[x as usize];
        *count -= 1;
        if *count == 0 { self.weights[x as usize] } else { 0.0 }
    }
}
