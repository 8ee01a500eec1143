//! Every ratio against plain sets and tables.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde::Deserialize;
use wortlaut::{
    ByteSpan, Fold, Overlap, OverlapOptions, Pair, PassageOptions, Side, overlap, passages, similarity,
};

use crate::cases::load;
use crate::diff::lcs;
use crate::texts::{any_fold, any_text, versions};

fn options(n: usize, min_words: usize) -> OverlapOptions {
    OverlapOptions { n, passages: PassageOptions { min_words, ..PassageOptions::default() } }
}

/// The longest run of both, at every place of both.
fn longest(a: &[u32], b: &[u32]) -> usize {
    let common = |i: usize, j: usize| a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
    let places = (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j)));
    places.map(|(i, j)| common(i, j)).max().unwrap_or(0)
}

/// `part / whole`; of nothing, 1 if neither text has a word and 0 otherwise.
fn share(part: usize, whole: usize, pair: &Pair<'_>) -> f64 {
    match whole {
        _ if pair.a.ids.is_empty() && pair.b.ids.is_empty() => 1.0,
        0 => 0.0,
        _ => part as f64 / whole as f64,
    }
}

/// The share of the words of `side` that lie in one of the stretches, each with its words here and on the other side; of
/// those that lie only in stretches three times as long as their other side, no more than these have there.
fn coverage(side: &Side<'_>, found: &[(ByteSpan, u32, u32)], pair: &Pair<'_>) -> f64 {
    let lies_in = |word: &ByteSpan, is_wanted: &dyn Fn(u32, u32) -> bool| {
        found
            .iter()
            .any(|&(s, own, other)| is_wanted(own, other) && s.start <= word.start && word.end <= s.end)
    };
    let is_whole = |own: u32, other: u32| own < 3 * other;
    let whole = side.spans.iter().filter(|word| lies_in(word, &is_whole)).count();
    let summed_up =
        side.spans.iter().filter(|word| !lies_in(word, &is_whole) && lies_in(word, &|_, _| true)).count();
    let taken: u32 =
        found.iter().filter(|&&(_, own, other)| !is_whole(own, other)).map(|found| found.2).sum();
    share(whole + summed_up.min(taken as usize), side.spans.len(), pair)
}

/// [`Overlap`] as its fields are documented.
fn by_definition(pair: &Pair<'_>, n: usize, min_words: usize) -> Overlap {
    let (a, b) = (&pair.a.ids, &pair.b.ids);
    let [grams_a, grams_b] = [a, b].map(|ids| ids.windows(n).collect::<BTreeSet<_>>());
    let both = grams_a.intersection(&grams_b).count();
    let found =
        passages(pair, PassageOptions { min_words, ..PassageOptions::default() }).expect("at least one word");
    let in_a: Vec<_> = found.iter().map(|p| (p.a, p.words_a, p.words_b)).collect();
    let in_b: Vec<_> = found.iter().map(|p| (p.b, p.words_b, p.words_a)).collect();
    Overlap {
        words_a: a.len() as u32,
        words_b: b.len() as u32,
        ratio: share(2 * lcs(a, b), a.len() + b.len(), pair),
        jaccard: share(both, grams_a.union(&grams_b).count(), pair),
        containment_a: share(both, grams_a.len(), pair),
        containment_b: share(both, grams_b.len(), pair),
        dice: share(2 * both, grams_a.len() + grams_b.len(), pair),
        coverage_a: coverage(&pair.a, &in_a, pair),
        coverage_b: coverage(&pair.b, &in_b, pair),
        longest: longest(a, b) as u32,
    }
}

fn check(a: &str, b: &str, fold: Fold, n: usize, min_words: usize) {
    let pair = Pair::new(a, b, fold).expect("short texts");
    let found = overlap(&pair, options(n, min_words)).expect("at least one word");
    assert_eq!(found, by_definition(&pair, n, min_words));
    assert_eq!(similarity(&pair).to_bits(), found.ratio.to_bits());
}

proptest! {
    #[test]
    fn overlap_of_any_two_texts(a in any_text(), b in any_text(), fold in any_fold(), n in 1usize..7, min_words in 1usize..9) {
        check(&a, &b, fold, n, min_words);
    }

    #[test]
    fn overlap_of_two_versions((a, b) in versions(), fold in any_fold(), n in 1usize..7, min_words in 1usize..9) {
        check(&a, &b, fold, n, min_words);
    }

    /// More words than fit one machine word, and n-grams that fit no 64 bits.
    #[test]
    fn overlap_of_longer_texts(parts in prop::collection::vec(versions(), 2..8), n in prop::sample::select(vec![1usize, 2, 5, 9, 40])) {
        let (a, b): (Vec<String>, Vec<String>) = parts.into_iter().unzip();
        check(&a.join(" "), &b.join(" "), Fold::default(), n, 8);
    }

    #[test]
    fn exchanging_the_texts_exchanges_the_sides((a, b) in versions(), n in 1usize..7) {
        let there = overlap(&Pair::new(&a, &b, Fold::default()).unwrap(), options(n, 4)).unwrap();
        let back = overlap(&Pair::new(&b, &a, Fold::default()).unwrap(), options(n, 4)).unwrap();
        let Overlap { words_a, words_b, containment_a, containment_b, coverage_a, coverage_b, .. } = back;
        let exchanged = Overlap {
            words_a: words_b,
            words_b: words_a,
            containment_a: containment_b,
            containment_b: containment_a,
            coverage_a: coverage_b,
            coverage_b: coverage_a,
            ..back
        };
        prop_assert_eq!(there, exchanged);
    }
}

/// A digest covers no more of what it sums up than it has words.
#[test]
fn a_digest_does_not_cover_the_whole() {
    let words = |range: std::ops::Range<usize>| {
        range.map(|i| if i % 9 == 4 { format!("neu{i} ") } else { format!("w{i} ") }).collect::<String>()
    };
    let a: String = (0..400).map(|i| format!("w{i} ")).collect();
    let b = [words(12..32), words(150..170), words(333..353)].concat();
    let pair = Pair::new(&a, &b, Fold::default()).expect("short texts");
    let found = overlap(&pair, options(5, 8)).expect("at least one word");
    assert_eq!(found, by_definition(&pair, 5, 8));
    assert!(found.coverage_b > 0.9 && found.coverage_a <= 60.0 / 400.0, "{found:?}");
}

#[test]
fn counts_below_one_are_refused() {
    let pair = Pair::new("a", "a", Fold::default()).expect("short texts");
    let message = |options| overlap(&pair, options).expect_err("zero").to_string();
    assert_eq!(message(options(0, 8)), "n must be at least 1, got 0");
    assert_eq!(message(options(5, 0)), "min_words must be at least 1, got 0");
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    a: String,
    b: String,
    n: Option<usize>,
    min_words: Option<usize>,
    words: [u32; 2],
    longest: u32,
    /// As fractions, "3/4", so that a reader can count them off.
    ratio: String,
    jaccard: String,
    containment: [String; 2],
    dice: String,
    coverage: [String; 2],
    why: String,
}

fn fraction(text: &str) -> f64 {
    let numbers: Vec<f64> = text.split('/').map(|number| number.parse().expect("a number")).collect();
    numbers[0] / numbers.get(1).unwrap_or(&1.0)
}

#[test]
fn overlap_of_the_cases() {
    for case in load::<Cases>("overlap").case {
        let pair = Pair::new(&case.a, &case.b, Fold::default()).expect("short texts");
        let options = options(case.n.unwrap_or(5), case.min_words.unwrap_or(8));
        let found = overlap(&pair, options).expect("at least one word");
        let wanted = Overlap {
            words_a: case.words[0],
            words_b: case.words[1],
            ratio: fraction(&case.ratio),
            jaccard: fraction(&case.jaccard),
            containment_a: fraction(&case.containment[0]),
            containment_b: fraction(&case.containment[1]),
            dice: fraction(&case.dice),
            coverage_a: fraction(&case.coverage[0]),
            coverage_b: fraction(&case.coverage[1]),
            longest: case.longest,
        };
        assert_eq!(found, wanted, "{}", case.why);
    }
}
