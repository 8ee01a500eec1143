//! A replaced stretch word for word, where that explains the change: number for number, name for name, one form of a
//! word for another.

use std::ops::Range;

use super::gaps::stretch;
use super::language::has_capital;
use super::levels::joined_otherwise;
use super::number_words::is_number;
use crate::text::{Pair, Side};

/// Words of a replaced stretch up to which it is taken apart; a longer one was rewritten, and single words that
/// answer each other in it explain nothing.
const LONGEST: usize = 12;

/// The parts of a replaced stretch, in order: themselves replaced, one by one; or the stretch as it is.
pub(super) fn paired(
    pair: &Pair<'_>,
    a: &Range<usize>,
    b: &Range<usize>,
) -> Vec<(Range<usize>, Range<usize>)> {
    let whole = || vec![(a.clone(), b.clone())];
    if a.len().max(b.len()) > LONGEST || a.is_empty() || b.is_empty() || a.len() + b.len() == 2 {
        return whole();
    }
    if joined_otherwise(pair, stretch(&pair.a, a), stretch(&pair.b, b)) {
        return whole();
    }
    let pairs = if a.len() == b.len() { in_step(pair, a, b) } else { answering(pair, a, b) };
    if pairs.is_empty() { whole() } else { split(&pairs, a, b) }
}

/// Words of a stretch up to which two capitals answer each other: in German every noun has one. A longer one must have
/// capitals throughout, as a title, a name and a party have.
const FEW: usize = 3;

/// As many words on both sides: those that answer the one in their place, if they are at least half.
fn in_step(pair: &Pair<'_>, a: &Range<usize>, b: &Range<usize>) -> Vec<(usize, usize)> {
    let are_names = a.len() <= FEW || a.clone().zip(b.clone()).all(|(i, j)| have_capitals(pair, i, j));
    let is_pair = |&(i, j): &(usize, usize)| answers(pair, i, j) || are_names && have_capitals(pair, i, j);
    let pairs: Vec<(usize, usize)> = a.clone().zip(b.clone()).filter(is_pair).collect();
    if 2 * pairs.len() >= a.len() { pairs } else { Vec::new() }
}

/// The most words that answer each other in order; none if they are fewer than the others on the shorter side. Which of
/// two numbers answers a single one ("1-2", "12") nobody can tell.
fn answering(pair: &Pair<'_>, a: &Range<usize>, b: &Range<usize>) -> Vec<(usize, usize)> {
    let numbers =
        |side: &Side<'_>, words: &Range<usize>| words.clone().filter(|&i| is_number(word(side, i))).count();
    if numbers(&pair.a, a) != numbers(&pair.b, b) {
        return Vec::new();
    }
    let pairs = most_answers(pair, a, b);
    if 2 * pairs.len() >= a.len().min(b.len()) { pairs } else { Vec::new() }
}

/// The longest common subsequence of two stretches, where words that answer each other are the same.
fn most_answers(pair: &Pair<'_>, a: &Range<usize>, b: &Range<usize>) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i][j] = if answers(pair, a.start + i, b.start + j) {
                1 + best[i + 1][j + 1]
            } else {
                best[i + 1][j].max(best[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < a.len() && j < b.len() {
        if answers(pair, a.start + i, b.start + j) {
            pairs.push((a.start + i, b.start + j));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The stretches between pairs, and the pairs.
fn split(pairs: &[(usize, usize)], a: &Range<usize>, b: &Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut parts = Vec::new();
    let mut next = (a.start, b.start);
    for &(i, j) in pairs {
        if next != (i, j) {
            parts.push((next.0..i, next.1..j));
        }
        parts.push((i..i + 1, j..j + 1));
        next = (i + 1, j + 1);
    }
    if next != (a.end, b.end) {
        parts.push((next.0..a.end, next.1..b.end));
    }
    parts
}

fn have_capitals(pair: &Pair<'_>, i: usize, j: usize) -> bool {
    has_capital(word(&pair.a, i)) && has_capital(word(&pair.b, j))
}

/// Whether two words answer each other: the same word, two numbers, or two forms of a word.
fn answers(pair: &Pair<'_>, i: usize, j: usize) -> bool {
    let (x, y) = (word(&pair.a, i), word(&pair.b, j));
    pair.a.ids[i] == pair.b.ids[j]
        || is_number(x) && is_number(y)
        || !is_number(x) && !is_number(y) && are_forms(x, y)
}

fn word<'t>(side: &Side<'t>, i: usize) -> &'t str {
    side.spans[i].of(side.raw)
}

/// Whether two words begin alike for at least three letters and two thirds of the longer one: "sagte" and "sagt",
/// "Minister" and "Ministerin", but not "Vertrag" and "Verbot".
fn are_forms(x: &str, y: &str) -> bool {
    let fold = |c: char| c.to_lowercase().next().unwrap_or(c);
    let same = x.chars().map(fold).zip(y.chars().map(fold)).take_while(|(x, y)| x == y).count();
    let longer = x.chars().count().max(y.chars().count());
    same >= 3 && 3 * same >= 2 * longer
}

#[cfg(test)]
mod tests {
    use super::are_forms;

    #[test]
    fn forms_of_a_word_begin_alike() {
        for (x, y, forms) in [
            ("sagte", "sagt", true),
            ("Minister", "Ministerin", true),
            ("says", "said", false),
            ("closed", "closes", true),
            ("Brücke", "Brücken", true),
            ("Vertrag", "Verbot", false),
            ("der", "des", false),
            ("nicht", "nichts", true),
        ] {
            assert_eq!(are_forms(x, y), forms, "{x} {y}");
        }
    }
}
