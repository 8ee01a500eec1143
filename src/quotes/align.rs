//! Which words of two rows answer each other, in order.

use super::lexicon::Lexicon;
use crate::text::WordId;

/// A word of one row that answers a word of the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Answer {
    pub(super) x: usize,
    pub(super) y: usize,
    /// The same word, not only the same stem.
    pub(super) is_same: bool,
    pub(super) weight: f32,
}

/// Cells of the table that is filled word against word: 512 kB each for two tables. Longer rows are aligned at the
/// words that stand once in each.
const MOST_CELLS: usize = 1 << 19;

/// What a form of the same word counts against the word itself.
const SAME_STEM: f32 = 0.8;

/// Preferred to a heavier word elsewhere only on a tie: answers in a row.
const IN_A_ROW: f32 = 0.05;

/// The heaviest answers of `xs` and `ys` in order.
pub(super) fn align(xs: &[WordId], ys: &[WordId], lexicon: &Lexicon) -> Vec<Answer> {
    let head = xs.iter().zip(ys).take_while(|(x, y)| x == y).count();
    let (rest_x, rest_y) = (&xs[head..], &ys[head..]);
    let tail = rest_x.iter().rev().zip(rest_y.iter().rev()).take_while(|(x, y)| x == y).count();
    let (inner_x, inner_y) = (&rest_x[..rest_x.len() - tail], &rest_y[..rest_y.len() - tail]);
    let same = |x: usize, y: usize| answer(xs, ys, x, y, lexicon);
    let mut answers: Vec<Answer> = (0..head).filter_map(|i| same(i, i)).collect();
    let inner = if inner_x.len() * inner_y.len() <= MOST_CELLS {
        Table::fill(inner_x, inner_y, lexicon).answers()
    } else {
        anchors(inner_x, inner_y)
    };
    answers.extend(inner.into_iter().filter_map(|(x, y)| same(head + x, head + y)));
    answers.extend((1..=tail).rev().filter_map(|i| same(xs.len() - i, ys.len() - i)));
    answers
}

/// `answers` with each word of `xs` as near to the next one as it stands in `ys`: of a sentence that is said twice, the
/// halves are not taken from both.
pub(super) fn tightened(answers: Vec<Answer>, xs: &[WordId], ys: &[WordId]) -> Vec<Answer> {
    let mut tight = answers.clone();
    for i in (1..tight.len()).rev() {
        let (before, end) = (tight[i - 1], tight[i].y);
        if let Some(nearer) = (before.y..end).rev().find(|&y| before.is_same && ys[y] == xs[before.x]) {
            tight[i - 1].y = nearer;
        }
    }
    let length = |answers: &[Answer]| answers.last().map_or(0, |last| last.y - answers[0].y);
    if length(&tight) < length(&answers) { tight } else { answers }
}

fn stems(words: &[WordId], lexicon: &Lexicon) -> Vec<u32> {
    words.iter().map(|&word| lexicon.stem(word)).collect()
}

/// Which numbers a row has. None of them is missed, and another one is rarely taken for one of them.
struct Sieve([u64; SIEVE_BITS / 64]);

/// Rows of a few hundred words leave most of it empty.
const SIEVE_BITS: usize = 4096;

impl Sieve {
    fn of(numbers: impl Iterator<Item = u32>) -> Self {
        let mut sieve = Self([0; SIEVE_BITS / 64]);
        for number in numbers {
            let bit = Self::bit(number);
            sieve.0[bit / 64] |= 1 << (bit % 64);
        }
        sieve
    }

    fn may_have(&self, number: u32) -> bool {
        let bit = Self::bit(number);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }

    fn bit(number: u32) -> usize {
        (number.wrapping_mul(0x9E37_79B1) >> 20) as usize
    }
}

/// What those of `xs` weigh, at most, that stand anywhere in `ys`: no alignment weighs more.
pub(super) fn most(xs: &[WordId], ys: &[WordId], lexicon: &Lexicon) -> f32 {
    let sieve = Sieve::of(ys.iter().map(|&word| lexicon.stem(word)));
    let stands = |x: &&WordId| sieve.may_have(lexicon.stem(**x));
    xs.iter().filter(stands).map(|&x| lexicon.weight(x)).sum()
}

/// Words of one row that stand in the other, one behind the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) words: usize,
}

/// The rows of `least` and more words that stand in both, as long as they can be.
pub(super) fn runs(xs: &[WordId], ys: &[WordId], least: usize) -> impl Iterator<Item = Run> {
    let least = least.max(1);
    let sieve = Sieve::of(ys.iter().copied());
    let mut known = 0;
    let starts = xs.iter().enumerate().filter_map(move |(x, &word)| {
        known = if sieve.may_have(word) { known + 1 } else { 0 };
        (known >= least).then(|| x + 1 - least)
    });
    starts.flat_map(move |x| runs_from(xs, ys, x, least))
}

/// Those that begin at `x`.
fn runs_from(xs: &[WordId], ys: &[WordId], x: usize, least: usize) -> impl Iterator<Item = Run> {
    let begins = move |&y: &usize| {
        // The first word decides nearly always; comparing slices is a call.
        let is_first = x == 0 || y == 0 || xs[x - 1] != ys[y - 1];
        ys[y] == xs[x] && is_first && ys[y..].starts_with(&xs[x..x + least])
    };
    let run = move |y: usize| {
        let words = xs[x..].iter().zip(&ys[y..]).take_while(|(one, other)| one == other).count();
        Run { x, y, words }
    };
    (0..ys.len()).filter(begins).map(run)
}

/// Where `needle` first stands in `hay`: Knuth, Morris and Pratt, since a quotation may be one word a thousand times.
pub(super) fn find(hay: &[WordId], needle: &[WordId]) -> Option<usize> {
    if needle.len() > hay.len() {
        return None;
    }
    let mut borders = vec![0; needle.len()];
    let mut length = 0;
    for i in 1..needle.len() {
        length = extend(needle, &borders, length, needle[i]);
        borders[i] = length;
    }
    let mut length = 0;
    for (i, &word) in hay.iter().enumerate() {
        length = extend(needle, &borders, length, word);
        if length == needle.len() {
            return Some(i + 1 - length);
        }
    }
    None
}

/// How long a start of `needle` ends with `word`, if one of `length` ended before it.
fn extend(needle: &[WordId], borders: &[usize], mut length: usize, word: WordId) -> usize {
    while length > 0 && needle[length] != word {
        length = borders[length - 1];
    }
    length + usize::from(needle[length] == word)
}

fn answer(xs: &[WordId], ys: &[WordId], x: usize, y: usize, lexicon: &Lexicon) -> Option<Answer> {
    let is_same = xs[x] == ys[y];
    let weight = score(xs[x], ys[y], lexicon)?;
    Some(Answer { x, y, is_same, weight })
}

/// How much it says that `x` answers `y`, or nothing if it does not.
fn score(x: WordId, y: WordId, lexicon: &Lexicon) -> Option<f32> {
    if x == y {
        return Some(lexicon.weight(x));
    }
    let same_stem = lexicon.stem(x) == lexicon.stem(y);
    same_stem.then(|| lexicon.weight(x).min(lexicon.weight(y)) * SAME_STEM)
}

/// Where the best alignment of the first words comes from.
const FROM_X: u8 = 0;
const FROM_Y: u8 = 1;
const MATCH: u8 = 2;

struct Table {
    width: usize,
    steps: Vec<u8>,
    /// Whether a match at the cell goes on a row of matches.
    in_row: Vec<bool>,
}

impl Table {
    fn fill(xs: &[WordId], ys: &[WordId], lexicon: &Lexicon) -> Self {
        let width = ys.len();
        let mut table =
            Self { width, steps: vec![FROM_X; xs.len() * width], in_row: vec![false; xs.len() * width] };
        // Scores of the row above: the best at all, and the best that ends in a match.
        let mut best = vec![0.0_f32; width + 1];
        let mut matched = vec![f32::NEG_INFINITY; width + 1];
        // Side by side in memory: a lexicon may be that of a whole corpus.
        let stems = stems(ys, lexicon);
        for (i, &x) in xs.iter().enumerate() {
            let stem = lexicon.stem(x);
            let (mut above, mut above_matched) = (best[0], matched[0]);
            for (j, &other) in stems.iter().enumerate() {
                let cell = i * width + j;
                let goes_on = above_matched + IN_A_ROW > above;
                let before = if goes_on { above_matched + IN_A_ROW } else { above };
                (above, above_matched) = (best[j + 1], matched[j + 1]);
                let score = if stem == other { score(x, ys[j], lexicon) } else { None };
                let here = score.map_or(f32::NEG_INFINITY, |score| before + score);
                table.in_row[cell] = goes_on;
                (best[j + 1], table.steps[cell]) = step(here, best[j + 1], best[j]);
                matched[j + 1] = here;
            }
            matched[0] = f32::NEG_INFINITY;
        }
        table
    }

    fn answers(&self) -> Vec<(usize, usize)> {
        let mut answers = Vec::new();
        if self.width == 0 {
            return answers;
        }
        let (mut i, mut j) = (self.steps.len() / self.width, self.width);
        let mut must_match = false;
        while i > 0 && j > 0 {
            let cell = (i - 1) * self.width + j - 1;
            match if must_match { MATCH } else { self.steps[cell] } {
                FROM_X => i -= 1,
                FROM_Y => j -= 1,
                _ => {
                    (i, j) = (i - 1, j - 1);
                    answers.push((i, j));
                    must_match = self.in_row[cell];
                }
            }
        }
        answers.reverse();
        answers
    }
}

/// The best of the three ways into a cell.
fn step(here: f32, from_x: f32, from_y: f32) -> (f32, u8) {
    if here >= from_x && here >= from_y {
        (here, MATCH)
    } else if from_x >= from_y {
        (from_x, FROM_X)
    } else {
        (from_y, FROM_Y)
    }
}

/// The words that stand once in each row, in the same order in both, with the equal words around them.
fn anchors(xs: &[WordId], ys: &[WordId]) -> Vec<(usize, usize)> {
    let mut chain = rising(&unique_pairs(xs, ys));
    chain.push((xs.len(), ys.len()));
    let mut answers: Vec<(usize, usize)> = Vec::new();
    for (x, y) in chain {
        let (from_x, from_y) = answers.last().map_or((0, 0), |&(x, y)| (x + 1, y + 1));
        if x < from_x || y < from_y {
            continue;
        }
        let ahead = xs[from_x..x].iter().zip(&ys[from_y..y]).take_while(|(x, y)| x == y).count();
        answers.extend((0..ahead).map(|i| (from_x + i, from_y + i)));
        let (left_x, left_y) = (&xs[from_x + ahead..x], &ys[from_y + ahead..y]);
        let back = left_x.iter().rev().zip(left_y.iter().rev()).take_while(|(x, y)| x == y).count();
        answers.extend((1..=back).rev().map(|i| (x - i, y - i)));
        if x < xs.len() {
            answers.push((x, y));
        }
    }
    answers
}

/// Where the words stand that occur once in each row, in the order of `xs`.
fn unique_pairs(xs: &[WordId], ys: &[WordId]) -> Vec<(usize, usize)> {
    let mut places: std::collections::HashMap<WordId, (u32, u32, usize)> = std::collections::HashMap::new();
    for &x in xs {
        places.entry(x).or_default().0 += 1;
    }
    for (j, y) in ys.iter().enumerate() {
        if let Some(place) = places.get_mut(y) {
            *place = (place.0, place.1 + 1, j);
        }
    }
    let unique = |(i, x): (usize, &WordId)| match places.get(x) {
        Some(&(1, 1, j)) => Some((i, j)),
        _ => None,
    };
    xs.iter().enumerate().filter_map(unique).collect()
}

/// A longest chain of `pairs` (rising in the first) that rises in the second too: patience sorting.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut piles: Vec<usize> = Vec::new();
    let mut below: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (i, &(_, y)) in pairs.iter().enumerate() {
        let pile = piles.partition_point(|&top| pairs[top].1 < y);
        below.push(pile.checked_sub(1).map(|left| piles[left]));
        match piles.get_mut(pile) {
            Some(top) => *top = i,
            None => piles.push(i),
        }
    }
    let mut chain = Vec::with_capacity(piles.len());
    let mut next = piles.last().copied();
    while let Some(i) = next {
        chain.push(pairs[i]);
        next = below[i];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::{Answer, align, most};
    use crate::quotes::Lexicon;
    use crate::text::{Fold, Pair};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_alignment_weighs_more_than_what_stands_anywhere(
            a in "((haus|hauses|teuer|teures|das|nie) ){0,9}",
            b in "((haus|häuser|teuer|teuren|das|nie) ){0,9}",
        ) {
            let pair = Pair::new(&a, &b, Fold::default()).unwrap();
            let lexicon = Lexicon::new(&pair);
            let answers: Vec<Answer> = align(&pair.a.ids, &pair.b.ids, &lexicon);
            let weight: f32 = answers.iter().map(|answer| answer.weight).sum();
            prop_assert!(weight <= most(&pair.a.ids, &pair.b.ids, &lexicon) + 0.001);
        }
    }
}
