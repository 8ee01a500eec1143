//! Where two texts have the same few words in a row, grown to runs that no neighbour makes longer.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::text::WordId;

/// Words in a seed. Three keep a seed in 98 % of lightly edited passages (six: 69 %), and need no list of stop words.
pub(super) const SEED: usize = 3;

/// Places of one seed that are tried on the other side. A formula that a text repeats more often is still found
/// at its first places, and growing finds the rest where its surroundings agree.
const PLACES: usize = 24;

/// Words compared while growing, per word of the two texts. Hostile repeats run out of it, articles never do
/// (they need 2 to 5): then the remaining, rarer passages go unseen.
const GROWTH: usize = 64;

/// Words in a row that both texts have: positions in `a` and `b`, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) len: usize,
}

impl Match {
    pub(super) fn a_end(self) -> usize {
        self.a + self.len
    }

    pub(super) fn b_end(self) -> usize {
        self.b + self.len
    }
}

/// The matches of `a` and `b` that cannot be made longer, of at least `seed` words, by place in `a`.
pub(super) fn matches(a: &[WordId], b: &[WordId], seed: usize) -> Vec<Match> {
    grow(a, b, seed, |_, _| true)
}

/// The same within one text: each match once, its first place before its second.
pub(super) fn repeats(text: &[WordId], seed: usize) -> Vec<Match> {
    let mut found = grow(text, text, seed, |first, second| first < second);
    for repeat in &mut found {
        // A stretch repeated at once would lie over itself: "la la la la".
        repeat.len = repeat.len.min(repeat.b - repeat.a);
    }
    found
}

fn grow(a: &[WordId], b: &[WordId], seed: usize, wanted: impl Fn(usize, usize) -> bool) -> Vec<Match> {
    let mut places: HashMap<&[WordId], Vec<u32>, RandomState> = HashMap::default();
    for (place, words) in b.windows(seed).enumerate() {
        let places = places.entry(words).or_default();
        if places.len() < PLACES {
            places.push(place as u32);
        }
    }
    let mut budget = GROWTH * (a.len() + b.len());
    let mut found = Vec::new();
    // How far the last match on each diagonal (place in `b` less place in `a`) reached.
    let mut reached: HashMap<usize, usize, RandomState> = HashMap::default();
    for (i, words) in a.windows(seed).enumerate() {
        for j in places.get(words).into_iter().flatten().map(|&j| j as usize) {
            let diagonal = j + a.len() - i;
            if !wanted(i, j) || reached.get(&diagonal).is_some_and(|&end| i < end) {
                continue;
            }
            let len = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
            let back = a[..i].iter().rev().zip(b[..j].iter().rev()).take_while(|(x, y)| x == y).count();
            reached.insert(diagonal, i + len);
            found.push(Match { a: i - back, b: j - back, len: len + back });
            budget = budget.saturating_sub(len + back + 1);
            if budget == 0 {
                return sorted(found);
            }
        }
    }
    sorted(found)
}

fn sorted(mut found: Vec<Match>) -> Vec<Match> {
    found.sort_by_key(|found| (found.a, found.b));
    found
}
