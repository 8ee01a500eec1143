//! From chains to passages: split where little agrees, fill what lies between, say what kind it is.

use super::chain::Chain;
use super::seeds::Match;
use super::{Passage, PassageKind};
use crate::diff::{align, ratio};
use crate::text::{Pair, Side, WordId};

/// The least similarity of a passage; a chain below it is split at its widest gap. At .5, every other word is
/// another one: reworded beyond what seeds can vouch for.
const LEAST_SIMILARITY: f64 = 0.6;

/// The similarity from which on a passage counts as edited, below it as reworded.
const EDITED: f64 = 0.75;

/// Append the passages of `chain` that match at least `min_words` words.
pub(super) fn refine(pair: &Pair<'_>, chain: Chain, min_words: usize, out: &mut Vec<Passage>) {
    let mut waiting = vec![reach_out(pair, chain)];
    while let Some(chain) = waiting.pop() {
        let extent = Extent::of(&chain);
        // No alignment between the matches can give more than what the shorter gap holds.
        if extent.most_matched() < min_words {
            continue;
        }
        let matched = extent.matched + between(pair, &chain);
        let similarity = ratio(matched, extent.words_a(), extent.words_b());
        if similarity < LEAST_SIMILARITY {
            waiting.extend(split(chain));
        } else if matched >= min_words {
            out.push(passage(pair, &extent, matched, similarity));
        }
    }
}

/// How far beyond a chain's ends single edits are bridged, in words of either text.
const REACH: usize = 5;

/// Words in a row that make it worth to go on beyond an edit: a seed would have needed three.
const WORTH: usize = 2;

/// Lengthen a chain by the short runs beyond its ends: "für drei | Jahre geschlossen".
fn reach_out(pair: &Pair<'_>, mut chain: Chain) -> Chain {
    let (a, b) = (&pair.a.ids, &pair.b.ids);
    loop {
        let last = chain[chain.len() - 1];
        let (a_rest, b_rest) = (ahead(a, last.a_end()), ahead(b, last.b_end()));
        let Some(run) = align(a_rest, b_rest).into_iter().find(|run| run.len >= WORTH) else { break };
        let (a_at, b_at) = (last.a_end() + run.a, last.b_end() + run.b);
        let len = a[a_at..].iter().zip(&b[b_at..]).take_while(|(x, y)| x == y).count();
        chain.push(Match { a: a_at, b: b_at, len });
    }
    loop {
        let first = chain[0];
        let (a_from, b_from) = (first.a.saturating_sub(REACH), first.b.saturating_sub(REACH));
        let runs = align(&a[a_from..first.a], &b[b_from..first.b]);
        let Some(run) = runs.into_iter().rfind(|run| run.len >= WORTH) else { break };
        let (a_end, b_end) = (a_from + run.a + run.len, b_from + run.b + run.len);
        let len = a[..a_end].iter().rev().zip(b[..b_end].iter().rev()).take_while(|(x, y)| x == y).count();
        chain.insert(0, Match { a: a_end - len, b: b_end - len, len });
    }
    chain
}

fn ahead(ids: &[WordId], from: usize) -> &[WordId] {
    &ids[from..ids.len().min(from + REACH)]
}

/// From where to where a chain reaches, in words.
struct Extent {
    first: Match,
    last: Match,
    matched: usize,
}

impl Extent {
    fn of(chain: &[Match]) -> Self {
        Self {
            first: chain[0],
            last: chain[chain.len() - 1],
            matched: chain.iter().map(|part| part.len).sum(),
        }
    }

    fn words_a(&self) -> usize {
        self.last.a_end() - self.first.a
    }

    fn words_b(&self) -> usize {
        self.last.b_end() - self.first.b
    }

    fn most_matched(&self) -> usize {
        self.words_a().min(self.words_b())
    }
}

/// Words that agree in the gaps of a chain: single words between two edits, too short for a seed.
fn between(pair: &Pair<'_>, chain: &[Match]) -> usize {
    let gaps = chain.windows(2).map(|two| {
        let a = &pair.a.ids[two[0].a_end()..two[1].a];
        let b = &pair.b.ids[two[0].b_end()..two[1].b];
        if a.is_empty() || b.is_empty() {
            return 0;
        }
        align(a, b).iter().map(|run| run.len).sum()
    });
    gaps.sum()
}

/// Both parts of a chain around its widest gap; nothing if it is a single match.
fn split(mut chain: Chain) -> Vec<Chain> {
    let gap = |i: usize| (chain[i].a - chain[i - 1].a_end()).max(chain[i].b - chain[i - 1].b_end());
    let Some(at) = (1..chain.len()).max_by_key(|&i| gap(i)) else {
        return Vec::new();
    };
    let tail = chain.split_off(at);
    vec![tail, chain]
}

fn passage(pair: &Pair<'_>, extent: &Extent, matched: usize, similarity: f64) -> Passage {
    let span = |side: &Side<'_>, from: usize, to: usize| side.spans[from].to(side.spans[to - 1]);
    let a = span(&pair.a, extent.first.a, extent.last.a_end());
    let b = span(&pair.b, extent.first.b, extent.last.b_end());
    let (words_a, words_b) = (extent.words_a(), extent.words_b());
    let kind = if matched < words_a.max(words_b) {
        if similarity >= EDITED { PassageKind::Edited } else { PassageKind::Reworded }
    } else if same_letters(a.of(pair.a.raw), b.of(pair.b.raw)) {
        PassageKind::Verbatim
    } else {
        PassageKind::Typography
    };
    Passage {
        a,
        b,
        words_a: words_a as u32,
        words_b: words_b as u32,
        matched: matched as u32,
        similarity,
        kind,
    }
}

/// Whether two stretches are the same but for where their lines break.
fn same_letters(a: &str, b: &str) -> bool {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let parts = |text| str::split(text, blank).filter(|part: &&str| !part.is_empty());
    a == b || parts(a).eq(parts(b))
}
