//! From chains to passages: split where little agrees, fill what lies between, say what kind it is.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::Stretch;
use super::chain::Chain;
use super::seeds::Match;
use crate::diff::{align, ratio};
use crate::text::{Side, WordId};

/// The least similarity of a passage; a chain below it is split at its widest gap. At .5, every other word is
/// another one: reworded beyond what seeds can vouch for.
pub(super) const LEAST_SIMILARITY: f64 = 0.6;

/// How far beyond a chain's ends single edits are bridged, in words of either text.
const REACH: usize = 5;

/// Words in a row that make it worth to go on beyond an edit: a seed would have needed three.
const WORTH: usize = 2;

/// Letters that a run at the end of a chain must have for each word passed over: "Jahre geschlossen" is worth one
/// word, "in der" none, whatever their number.
const SHORT_LETTERS: usize = 8;

/// The same for a run of a seed's length, which chance brings near another one far less often.
const LETTERS: usize = 3;

/// What stands between two sentences; an abbreviation's full stop does no harm where it is asked for on both sides.
const SENTENCE_MARKS: [char; 6] = ['.', '!', '?', '…', '。', '！'];

/// Two texts, or one text as both sides of its repeats.
#[derive(Clone, Copy)]
pub(super) struct Sides<'p, 't> {
    pub(super) a: &'p Side<'t>,
    pub(super) b: &'p Side<'t>,
    pub(super) is_one: bool,
}

impl Sides<'_, '_> {
    /// How many words may stand before `from_b`, where a chain starts in `b`, and behind `to_a`, where it ends in
    /// `a`: in one text, a stretch and its repeat must not lie over each other.
    fn room(&self, to_a: usize, from_b: usize) -> usize {
        if self.is_one { from_b.saturating_sub(to_a) } else { usize::MAX }
    }

    /// Whether a run starts a sentence in both texts.
    fn starts(&self, run: Match) -> bool {
        is_start(self.a, run.a) && is_start(self.b, run.b)
    }

    /// Whether a run ends a sentence in both texts.
    fn ends(&self, run: Match) -> bool {
        is_end(self.a, run.a_end() - 1) && is_end(self.b, run.b_end() - 1)
    }

    /// How many words agree from these two places on.
    fn agree_ahead(&self, a: usize, b: usize) -> usize {
        agree(self.a.ids[a..].iter(), self.b.ids[b..].iter())
    }

    /// How many words agree before these two places.
    fn agree_behind(&self, a: usize, b: usize) -> usize {
        agree(self.a.ids[..a].iter().rev(), self.b.ids[..b].iter().rev())
    }
}

/// Whether a sentence of `side` starts with this word.
fn is_start(side: &Side<'_>, word: usize) -> bool {
    word == 0 || is_break(side, word - 1)
}

/// Whether a sentence of `side` ends with this word.
fn is_end(side: &Side<'_>, word: usize) -> bool {
    word + 1 == side.spans.len() || is_break(side, word)
}

/// Whether sentences part behind this word.
fn is_break(side: &Side<'_>, word: usize) -> bool {
    let between = side.spans[word].end as usize..side.spans[word + 1].start as usize;
    side.raw[between].contains(SENTENCE_MARKS)
}

fn agree<'w>(a: impl Iterator<Item = &'w WordId>, b: impl Iterator<Item = &'w WordId>) -> usize {
    a.zip(b).take_while(|(x, y)| x == y).count()
}

/// Makes passages of chains, the strongest chain first.
pub(super) struct Refiner<'p, 't> {
    sides: Sides<'p, 't>,
    min_words: usize,
    /// Where the runs end that a chain reached beyond its ends: another chain need not go there again.
    reached: HashSet<(usize, usize), RandomState>,
    /// Runs that may still be reached, one for each word of the two texts. Articles need one for ten; without a
    /// bound, hostile repeats let each of many chains walk through the whole text.
    budget: usize,
    found: Vec<Stretch>,
}

impl<'p, 't> Refiner<'p, 't> {
    pub(super) fn new(sides: Sides<'p, 't>, min_words: usize) -> Self {
        Self {
            sides,
            min_words,
            reached: HashSet::default(),
            budget: sides.a.ids.len() + sides.b.ids.len(),
            found: Vec::new(),
        }
    }

    /// The passages found, in no order.
    pub(super) fn finish(self) -> Vec<Stretch> {
        self.found
    }

    /// Note the passages of `chain` that match at least the words asked for.
    pub(super) fn add(&mut self, chain: Chain) {
        let mut waiting = vec![chain];
        while let Some(chain) = waiting.pop() {
            if self.lies_over_itself(&chain) {
                waiting.extend(self.split(chain));
            } else if !chain.iter().all(|run| self.reached.contains(&(run.a_end(), run.b_end()))) {
                let chain = self.reach_out(chain);
                let chain = self.reach_back(chain);
                self.accept(chain);
            }
        }
    }

    fn lies_over_itself(&self, chain: &[Match]) -> bool {
        self.sides.is_one && chain[chain.len() - 1].a_end() > chain[0].b
    }

    fn accept(&mut self, chain: Chain) {
        let mut waiting = vec![chain];
        while let Some(chain) = waiting.pop() {
            let chain = self.without_weak_ends(chain, &mut waiting);
            let extent = Extent::of(&chain);
            // No alignment between the matches can give more than what the shorter gap holds.
            if extent.most_matched() < self.min_words {
                continue;
            }
            let matched = extent.matched + between(self.sides, &chain);
            let similarity = ratio(matched, extent.words_a(), extent.words_b());
            if similarity < LEAST_SIMILARITY {
                waiting.extend(self.split(chain));
            } else if matched >= self.min_words {
                self.found.push(extent.stretch(matched));
            }
        }
    }

    /// A chain whose ends are worth the words passed over on the way to them; an end that could stand alone waits
    /// to be a chain of its own.
    fn without_weak_ends(&self, mut chain: Chain, waiting: &mut Vec<Chain>) -> Chain {
        let mut leave = |end: Match| {
            if end.len >= self.min_words {
                waiting.push(vec![end]);
            }
        };
        while let [.., before, last] = chain[..]
            && !self.is_worth(last, gap(before, last), self.sides.ends(last))
        {
            leave(last);
            chain.pop();
        }
        let is_weak = |two: &&[Match]| !self.is_worth(two[0], gap(two[0], two[1]), self.sides.starts(two[0]));
        let weak = chain.windows(2).take_while(is_weak).count();
        chain.drain(..weak).for_each(leave);
        chain
    }

    /// Whether the run at an end of a chain says more than its distance unsays: by its words and by its letters,
    /// for "in der" stands near any word. At the edge of a sentence in both texts, few letters are enough.
    fn is_worth(&self, run: Match, gap: usize, is_at_edge: bool) -> bool {
        let a = self.sides.a;
        let letters: usize =
            a.spans[run.a..run.a_end()].iter().map(|word| (word.end - word.start) as usize).sum();
        let is_short = run.len < super::seeds::SEED && !is_at_edge;
        let per_word = if is_short { SHORT_LETTERS } else { LETTERS };
        2 * run.len > gap && letters >= per_word * gap
    }

    /// Lengthen a chain by the short runs behind its end: "für drei | Jahre geschlossen".
    fn reach_out(&mut self, mut chain: Chain) -> Chain {
        let (a, b) = (&self.sides.a.ids, &self.sides.b.ids);
        loop {
            let last = chain[chain.len() - 1];
            let room = self.sides.room(last.a_end(), chain[0].b);
            let (a_rest, b_rest) = (ahead(a, last.a_end(), room), ahead(b, last.b_end(), usize::MAX));
            let Some(run) = align(a_rest, b_rest).into_iter().find(|run| run.len >= WORTH) else { break };
            let (a_at, b_at) = (last.a_end() + run.a, last.b_end() + run.b);
            let len = self.sides.agree_ahead(a_at, b_at).min(room - run.a);
            let run = Match { a: a_at, b: b_at, len };
            if !self.reaches(run) {
                break;
            }
            chain.push(run);
        }
        chain
    }

    /// The same before its start.
    fn reach_back(&mut self, chain: Chain) -> Chain {
        let (a, b) = (&self.sides.a.ids, &self.sides.b.ids);
        let to_a = chain[chain.len() - 1].a_end();
        let mut first = chain[0];
        let mut before = Chain::new();
        loop {
            let room = self.sides.room(to_a, first.b);
            let (a_rest, b_rest) = (behind(a, first.a, usize::MAX), behind(b, first.b, room));
            let Some(run) = align(a_rest, b_rest).into_iter().rfind(|run| run.len >= WORTH) else { break };
            let (a_end, b_end) =
                (first.a - a_rest.len() + run.a + run.len, first.b - b_rest.len() + run.b + run.len);
            let len = self.sides.agree_behind(a_end, b_end).min(room - (first.b - b_end));
            first = Match { a: a_end - len, b: b_end - len, len };
            if !self.reaches(first) {
                break;
            }
            before.push(first);
        }
        before.into_iter().rev().chain(chain).collect()
    }

    /// Whether a chain may take `run` in: no other has, and there is budget left.
    ///
    /// A run of which the chain has a part only, since it starts or ends beside it, is left to its own chain as well.
    fn reaches(&mut self, run: Match) -> bool {
        let is_whole = self.sides.agree_behind(run.a, run.b) == 0
            && self.sides.agree_ahead(run.a_end(), run.b_end()) == 0;
        let is_new = !is_whole || self.reached.insert((run.a_end(), run.b_end()));
        let is_allowed = is_new && self.budget > 0;
        self.budget = self.budget.saturating_sub(1);
        is_allowed
    }

    /// Both parts of a chain around its widest gap; nothing if it is a single match.
    ///
    /// Of equal gaps the one nearest the middle: a long chain of equal gaps falls apart in few rounds.
    fn split(&self, mut chain: Chain) -> Vec<Chain> {
        let gap = |i: usize| gap(chain[i - 1], chain[i]);
        let widest = (1..chain.len()).max_by_key(|&i| (gap(i), i.min(chain.len() - i)));
        let Some(at) = widest else {
            return Vec::new();
        };
        let mut tail = chain.split_off(at);
        self.regrow(&mut tail);
        vec![tail, chain]
    }

    /// Give the first match of a chain the words back that it had left to one before it.
    fn regrow(&self, chain: &mut Chain) {
        let room = self.sides.room(chain[chain.len() - 1].a_end(), chain[0].b);
        let first = &mut chain[0];
        let more = self.sides.agree_behind(first.a, first.b).min(room);
        *first = Match { a: first.a - more, b: first.b - more, len: first.len + more };
    }
}

/// The words between two matches, on the side where there are more.
fn gap(before: Match, here: Match) -> usize {
    (here.a - before.a_end()).max(here.b - before.b_end())
}

/// The words from `from` on that can be reached, if there is `room` for so many.
fn ahead(ids: &[WordId], from: usize, room: usize) -> &[WordId] {
    &ids[from..ids.len().min(from + REACH.min(room))]
}

/// The same before `to`.
fn behind(ids: &[WordId], to: usize, room: usize) -> &[WordId] {
    &ids[to.saturating_sub(REACH.min(room))..to]
}

/// From where to where a chain reaches, in words.
struct Extent {
    first: Match,
    last: Match,
    matched: usize,
    longest: usize,
}

impl Extent {
    fn of(chain: &[Match]) -> Self {
        Self {
            first: chain[0],
            last: chain[chain.len() - 1],
            matched: chain.iter().map(|part| part.len).sum(),
            longest: chain.iter().map(|part| part.len).max().unwrap_or(0),
        }
    }

    fn words_a(&self) -> usize {
        self.last.a_end() - self.first.a
    }

    fn words_b(&self) -> usize {
        self.last.b_end() - self.first.b
    }

    fn stretch(&self, matched: usize) -> Stretch {
        Stretch {
            a: self.first.a..self.last.a_end(),
            b: self.first.b..self.last.b_end(),
            matched,
            longest: self.longest,
        }
    }

    fn most_matched(&self) -> usize {
        self.words_a().min(self.words_b())
    }
}

/// Words that agree in the gaps of a chain: single words between two edits, too short for a seed.
fn between(sides: Sides<'_, '_>, chain: &[Match]) -> usize {
    let gaps = chain.windows(2).map(|two| {
        let a = &sides.a.ids[two[0].a_end()..two[1].a];
        let b = &sides.b.ids[two[0].b_end()..two[1].b];
        if a.is_empty() || b.is_empty() {
            return 0;
        }
        align(a, b).iter().map(|run| run.len).sum()
    });
    gaps.sum()
}
