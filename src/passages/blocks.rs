//! Stretches of sentences that say the same in other words.

use std::ops::Range;

use super::bag::{Bags, Extent};
use super::terms::{ONE, TermId, Terms};
use super::{SUMMED_UP, Sensitivity};

/// A sentence of `a` and one of `b` that are alike.
#[derive(Clone, Copy)]
struct Seed {
    at: [usize; 2],
}

/// Sentences that one sentence may be a seed with; more are alike only in lists and tables.
const PARTNERS: usize = 24;

/// Steps of the search for seeds for each word of the two texts; the most frequent terms are left out beyond.
/// Articles need 5 to 20.
const BUDGET: usize = 64;

/// How often clusters are divided by turns of the sides; from there on they stay as they are.
const TURNS: usize = 16;

/// Sentences between two seeds of one block, on either side, after Sanchez-Perez et al.; tried smaller where the
/// block does not hold together.
const GAP: usize = 4;

/// The share of a block's weight that must agree: its edges go where the most agrees beyond that. Plagdet on PAN-2013
/// is .921 at .3, .924 at .35, .928 at .4, .925 at .45.
const AGREEING: f64 = 0.4;

/// Sentences between two seeds of a summary, which takes one here and one there.
const SUMMARY_GAP: usize = 40;

/// Words of a summary, at least: below, a paragraph that quotes another one would count.
const SUMMARY_WORDS: usize = 65;

/// The least share of the text that is summed up: what a passage takes from here and there of the whole is a summary,
/// what it takes from one place is a passage like others.
const SUMMED_UP_SHARE: f64 = 0.3;

/// A stretch of sentences in both texts.
pub(super) struct Block {
    pub(super) extent: Extent,
    /// What its words agree in more than they must.
    score: f64,
    /// Whether one text, as a whole, is summed up in the other.
    pub(super) is_summary: bool,
}

/// What sentences and blocks must have in common.
struct Least {
    /// Cosine of two sentences' weighed terms.
    cosine: f64,
    /// Dice's coefficient of their plain terms.
    dice: f64,
    /// Cosine of two blocks.
    block: f64,
    /// Score of a block, by the sure weight of one term: e-fold rarity.
    score: f64,
}

impl Least {
    fn of(sensitivity: Sensitivity) -> Self {
        // Cosine, Dice and the block's cosine are those of Sanchez-Perez et al.; at .25 and .25 recall of rewritten
        // passages is .02 to .03 higher and precision .03 to .06 lower.
        match sensitivity {
            Sensitivity::Reworded => Self { cosine: 0.25, dice: 0.25, block: 0.3, score: 8.0 },
            _ => Self { cosine: 0.3, dice: 0.33, block: 0.34, score: 14.0 },
        }
    }
}

/// The blocks of a pair: summaries first, then the strongest.
pub(super) fn blocks(terms: &Terms, bags: &mut Bags<'_>, sensitivity: Sensitivity) -> Vec<Block> {
    let least = Least::of(sensitivity);
    let seeds = seeds(terms, &least);
    let mut found = summaries(terms, bags, seeds.clone(), &least);
    found.extend(rewritten(bags, seeds, &least));
    found.sort_by(|x, y| y.is_summary.cmp(&x.is_summary).then(y.score.total_cmp(&x.score)));
    found
}

impl Block {
    /// What remains of a block beside a run in it: its sentences before and behind the run, each part that agrees for
    /// itself, the strongest first.
    pub(super) fn beside(
        &self,
        terms: &Terms,
        bags: &mut Bags<'_>,
        run: [&Range<usize>; 2],
        sensitivity: Sensitivity,
    ) -> Vec<Self> {
        let least = Least::of(sensitivity);
        let [a, b] = [0, 1].map(|side| terms.sides[side].beside(&self.extent[side], run[side]));
        let extents = a.iter().flat_map(|a| b.iter().map(|b| [a.clone(), b.clone()]));
        let parts = extents.filter(|extent| extent.iter().all(|side| !side.is_empty())).map(|extent| {
            bags.fill(&extent);
            Self { score: bags.score(AGREEING), extent, is_summary: false }
        });
        let mut parts: Vec<Self> = parts.filter(|part| part.score > least.score * ONE).collect();
        parts.sort_by(|x, y| y.score.total_cmp(&x.score));
        parts
    }
}

fn rewritten(bags: &mut Bags<'_>, seeds: Vec<Seed>, least: &Least) -> Vec<Block> {
    let mut found = Vec::new();
    for extent in clusters(bags, seeds, GAP, least.block) {
        bags.fill(&extent);
        bags.climb(AGREEING);
        let score = bags.score(AGREEING);
        if score > least.score * ONE {
            found.push(Block { extent: bags.extent().clone(), score, is_summary: false });
        }
    }
    found
}

fn summaries(terms: &Terms, bags: &mut Bags<'_>, seeds: Vec<Seed>, least: &Least) -> Vec<Block> {
    let mut found = Vec::new();
    for mut extent in clusters(bags, seeds, SUMMARY_GAP, least.block) {
        let words = [0, 1].map(|side| terms.sides[side].words(&extent[side]).len());
        let long = usize::from(words[1] > words[0]);
        let all = terms.sides[long].terms.len();
        if words[1 - long] < SUMMARY_WORDS
            || words[long] < SUMMED_UP * words[1 - long]
            || (words[long] as f64) < SUMMED_UP_SHARE * all as f64
        {
            continue;
        }
        bags.fill(&extent);
        let score = bags.cosine();
        extent[long] = 0..terms.sides[long].len();
        found.push(Block { extent, score, is_summary: true });
    }
    found
}

/// The sentences alike in weighed terms (cosine) and in plain ones (Dice).
fn seeds(terms: &Terms, least: &Least) -> Vec<Seed> {
    let [a, b] = [0, 1].map(|side| Vectors::new(terms, side));
    let postings = Postings::new(&b, terms.weights.len());
    let most =
        most_frequent(&a, &postings, BUDGET * (terms.sides[0].terms.len() + terms.sides[1].terms.len()));
    let mut sums = vec![(0i64, 0u32); b.len()];
    let mut seeds = Vec::new();
    for i in 0..a.len() {
        let mut touched: Vec<u32> = Vec::new();
        for &(term, weight) in a.of(i) {
            if postings.frequency(term) * a.frequency[term as usize] as usize > most {
                continue;
            }
            for &(j, other) in postings.of(term) {
                let sum = &mut sums[j as usize];
                if sum.1 == 0 {
                    touched.push(j);
                }
                *sum = (sum.0 + weight * other, sum.1 + 1);
            }
        }
        let mut alike: Vec<(f64, u32)> = Vec::new();
        for &j in &touched {
            let (dot, shared) = std::mem::take(&mut sums[j as usize]);
            let norm = a.norms[i] * b.norms[j as usize];
            let cosine = if norm == 0.0 { 0.0 } else { dot as f64 / norm };
            let dice = f64::from(2 * shared) / (a.of(i).len() + b.of(j as usize).len()) as f64;
            if cosine > least.cosine && dice > least.dice {
                alike.push((cosine, j));
            }
        }
        alike.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        seeds.extend(alike.iter().take(PARTNERS).map(|&(_, j)| Seed { at: [i, j as usize] }));
    }
    seeds
}

/// The largest product of frequencies that the terms may have for all to stay within the budget.
fn most_frequent(a: &Vectors, b: &Postings, budget: usize) -> usize {
    let product = |term: usize| a.frequency[term] as usize * b.frequency(term as TermId);
    let mut products: Vec<usize> =
        (0..a.frequency.len()).map(product).filter(|&product| product > 0).collect();
    if products.iter().sum::<usize>() <= budget {
        return usize::MAX;
    }
    products.sort_unstable();
    let mut used = 0;
    let within = products.iter().take_while(|&&product| {
        used += product;
        used <= budget
    });
    within.last().map_or(0, |&product| product)
}

/// The sentences of one text as vectors: each term once, times its weight.
struct Vectors {
    entries: Vec<(TermId, i64)>,
    starts: Vec<usize>,
    norms: Vec<f64>,
    /// How many sentences have a term.
    frequency: Vec<u32>,
}

impl Vectors {
    fn new(terms: &Terms, side: usize) -> Self {
        let sentences = &terms.sides[side];
        let mut vectors = Self {
            entries: Vec::with_capacity(sentences.terms.len()),
            starts: vec![0],
            norms: Vec::new(),
            frequency: vec![0; terms.weights.len()],
        };
        let mut last = vec![u32::MAX; terms.weights.len()];
        for sentence in 0..sentences.len() {
            let start = vectors.entries.len();
            for &term in sentences.terms_of(sentence) {
                let weight = terms.weights[term as usize];
                let at = &mut last[term as usize];
                if *at != u32::MAX && *at as usize >= start {
                    vectors.entries[*at as usize].1 += weight;
                } else {
                    *at = vectors.entries.len() as u32;
                    vectors.entries.push((term, weight));
                    vectors.frequency[term as usize] += 1;
                }
            }
            let squares: i64 = vectors.entries[start..].iter().map(|(_, weight)| weight * weight).sum();
            vectors.norms.push((squares as f64).sqrt());
            vectors.starts.push(vectors.entries.len());
        }
        vectors
    }

    fn len(&self) -> usize {
        self.norms.len()
    }

    fn of(&self, sentence: usize) -> &[(TermId, i64)] {
        &self.entries[self.starts[sentence]..self.starts[sentence + 1]]
    }
}

/// Which sentences of a text have a term.
struct Postings {
    starts: Vec<u32>,
    entries: Vec<(u32, i64)>,
}

impl Postings {
    fn new(vectors: &Vectors, terms: usize) -> Self {
        let mut starts = vec![0u32; terms + 1];
        for (term, &frequency) in vectors.frequency.iter().enumerate() {
            starts[term + 1] = starts[term] + frequency;
        }
        let mut entries = vec![(0, 0); vectors.entries.len()];
        let mut next = starts.clone();
        for sentence in 0..vectors.len() {
            for &(term, weight) in vectors.of(sentence) {
                let at = &mut next[term as usize];
                entries[*at as usize] = (sentence as u32, weight);
                *at += 1;
            }
        }
        Self { starts, entries }
    }

    fn of(&self, term: TermId) -> &[(u32, i64)] {
        &self.entries[self.starts[term as usize] as usize..self.starts[term as usize + 1] as usize]
    }

    fn frequency(&self, term: TermId) -> usize {
        self.of(term).len()
    }
}

/// Divide seeds where more than `gap` sentences of a side lie between two of them, by turns on both sides.
fn cluster(seeds: Vec<Seed>, gap: usize) -> Vec<Vec<Seed>> {
    let mut done = Vec::new();
    let mut waiting = vec![(seeds, 0)];
    while let Some((mut seeds, turn)) = waiting.pop() {
        let side = turn % 2;
        seeds.sort_unstable_by_key(|seed| (seed.at[side], seed.at[1 - side]));
        let parts = seeds.chunk_by(|x, y| y.at[side] - x.at[side] <= gap + 1);
        let parts: Vec<Vec<Seed>> = parts.map(<[Seed]>::to_vec).collect();
        if parts.len() <= 1 && turn > 0 || turn == TURNS {
            done.extend(parts);
        } else {
            waiting.extend(parts.into_iter().map(|part| (part, turn + 1)));
        }
    }
    done
}

/// The clusters that agree as a whole; one that does not is tried with a smaller gap.
fn clusters(bags: &mut Bags<'_>, seeds: Vec<Seed>, gap: usize, least: f64) -> Vec<Extent> {
    let mut found = Vec::new();
    let mut waiting = vec![(seeds, gap)];
    while let Some((seeds, gap)) = waiting.pop() {
        for part in cluster(seeds, gap) {
            let extent = extent(&part);
            bags.fill(&extent);
            if bags.cosine() > least {
                found.push(extent);
            } else if gap > 0 {
                // Wide gaps in halves: forty rounds would find the same.
                waiting.push((part, if gap > 2 * GAP { gap / 2 } else { gap - 1 }));
            }
        }
    }
    found
}

fn extent(seeds: &[Seed]) -> Extent {
    [0, 1].map(|side| {
        let at = seeds.iter().map(|seed| seed.at[side]);
        let (first, last) = (at.clone().min().unwrap_or(0), at.max().unwrap_or(0));
        Range { start: first, end: last + 1 }
    })
}
