//! Stretches that were taken out at one place and put back at another, also with words changed inside.
//!
//! A sentence most of whose words found no partner in place, or a longer stretch none of whose words did, is compared
//! with those of the other text of which the same is true. What is left is searched for runs of equal words, wherever
//! they begin.

use std::cmp::Reverse;
use std::ops::Range;

use super::align::Run;
use super::exact::{align_exact, numbered};
use super::lcs::lcs_length;
use super::moved_runs::moved_runs;
use super::moved_wholes::whole_sentences;
use super::ratio;
use super::tidy::{grown, stretches, without};
use crate::text::{ByteSpan, Pair, Side, WordId, sentences};

/// The shortest move that is no whole sentence, in words: shorter ones turn up by chance ("in der Nacht zum") and read
/// as noise.
pub(super) const SHORTEST: usize = 6;

/// The shortest sentence that moves, in words; it must be kept to the word. A single one ("Nein.") stands in too many places
/// to tell where it came from.
pub(super) const SHORTEST_SENTENCE: usize = 2;

/// The least similarity of a sentence that was edited while it moved; below, more words would be marked inside the move than
/// stay, and a reader sees one sentence go and another come.
const SIMILAR: f64 = 0.6;

/// The same for a sentence of fewer than [`SHORTEST`] words, of which one may be another.
const SHORT_SIMILAR: f64 = 0.8;

/// Share of a sentence's words without a partner in place from which on it can have moved. A sentence that an insertion
/// only split keeps more of them; one that moved keeps some by chance.
const GONE: f64 = 0.6;

/// Places at which one word or six-word run of the old text is tried: more are repeats, and any of them will do. A bound on
/// the time that a text of one word over and over takes; articles hardly reach it.
pub(super) const PLACES: usize = 8;

/// Stretches of the old text that one of the new text is compared with, those that share the most words: the first is
/// nearly always the one that moved, the others are for sentences that begin alike.
const TRIED: usize = 4;

/// A stretch that moved: its words in both texts, and those that are the same, by place in the texts.
#[derive(Debug, Clone)]
pub(super) struct Move {
    pub(super) a: Range<usize>,
    pub(super) b: Range<usize>,
    pub(super) runs: Vec<Run>,
}

/// The moves between the words that `kept` leaves unmatched, each word in one move at most, by place in `a`; and what is
/// kept beside them.
pub(super) fn find_moves(pair: &Pair<'_>, kept: Vec<Run>) -> (Vec<Run>, Vec<Move>) {
    let gone = stretches(&pair.a.ids, kept.iter().map(|run| (run.a, run.len)));
    let new = stretches(&pair.b.ids, kept.iter().map(|run| (run.b, run.len)));
    let is_long = |gaps: &[Range<usize>]| gaps.iter().any(|gap| gap.len() >= SHORTEST_SENTENCE);
    if !is_long(&gone) || !is_long(&new) {
        return (kept, Vec::new());
    }
    if are_strangers(pair, &kept) {
        return (kept, Vec::new());
    }
    let mut moves = moved_sentences(pair, &kept);
    let (from, to) = marks(pair, &moves);
    let kept = if moves.is_empty() { kept } else { beside(pair, &kept, &from, &to) };
    moves.extend(moved_runs(pair, &kept, &from, &to));
    if moves.is_empty() {
        return (kept, moves);
    }
    let moves = whole_sentences(pair, &kept, joined(moves));
    let (from, to) = marks(pair, &moves);
    let kept = beside(pair, &kept, &from, &to);
    turned(pair, kept, joined(moves))
}

/// One word in so many of the shorter text is kept of two that are versions of one text. Of unrelated news, less than one
/// in a hundred is.
const IN_PLACE: usize = 10;

/// Whether two texts have next to nothing in place and no run of words elsewhere: then nothing has moved, and a sentence
/// that is alike in both is alike by chance.
fn are_strangers(pair: &Pair<'_>, kept: &[Run]) -> bool {
    let words: usize = kept.iter().map(|run| run.len).sum();
    let shorter = pair.a.ids.len().min(pair.b.ids.len());
    let none = |side: &Side<'_>| vec![false; side.ids.len()];
    IN_PLACE * words < shorter && moved_runs(pair, kept, &none(&pair.a), &none(&pair.b)).is_empty()
}

/// The same moves, but of one sentence and several shorter ones that changed places, the one has moved: the alignment
/// keeps the most words, a reader wants the fewest sentences marked.
fn turned(pair: &Pair<'_>, mut kept: Vec<Run>, mut moves: Vec<Move>) -> (Vec<Run>, Vec<Move>) {
    let mut back = Vec::new();
    let [a_starts, b_starts] = [&pair.a, &pair.b].map(sentence_starts);
    let count = |words: &Range<usize>| {
        a_starts.partition_point(|&start| start < words.end)
            - a_starts.partition_point(|&start| start <= words.start)
            + 1
    };
    let is_sentence = |block: &Range<usize>, starts: &[usize], len: usize| {
        starts
            .binary_search(&block.start)
            .is_ok_and(|at| starts.get(at + 1).copied().unwrap_or(len) == block.end)
    };
    for one in moves.iter_mut().filter(|one| count(&one.a) > 1) {
        let Some(at) = passed(&kept, one) else { continue };
        let run = kept[at];
        let (a, b) = (run.a..run.a + run.len, run.b..run.b + run.len);
        let are_sentences =
            is_sentence(&a, &a_starts, pair.a.ids.len()) && is_sentence(&b, &b_starts, pair.b.ids.len());
        if run.len >= SHORTEST && are_sentences {
            kept[at].len = 0;
            back.extend(std::mem::replace(&mut one.runs, vec![run]));
            (one.a, one.b) = (a, b);
        }
    }
    kept.retain(|run| run.len > 0);
    kept.extend(back);
    kept.sort_unstable_by_key(|run| run.a);
    moves.sort_by_key(|one| one.a.start);
    (kept, moves)
}

/// The first word of each sentence.
pub(super) fn sentence_starts(side: &Side<'_>) -> Vec<usize> {
    let mut starts = vec![0];
    starts.extend(sentences(side.raw).iter().map(|&one| side.words_in(one).start));
    starts.dedup();
    starts
}

/// The kept run that changed places with a move, if nothing else lies between the two.
fn passed(kept: &[Run], one: &Move) -> Option<usize> {
    let next = kept.partition_point(|run| run.a < one.a.start);
    let is_after =
        |at: &usize| kept.get(*at).is_some_and(|run| run.a == one.a.end && run.b + run.len == one.b.start);
    let is_before =
        |at: &usize| kept.get(*at).is_some_and(|run| run.a + run.len == one.a.start && run.b == one.b.end);
    Some(next).filter(is_after).or(next.checked_sub(1).filter(is_before))
}

/// Which words of either text stand in a move.
fn marks(pair: &Pair<'_>, moves: &[Move]) -> (Vec<bool>, Vec<bool>) {
    let a = marked(pair.a.ids.len(), moves.iter().map(|one| &one.a));
    (a, marked(pair.b.ids.len(), moves.iter().map(|one| &one.b)))
}

/// What is kept of `kept` beside the words that moved, `from` the old text and `to` the new one.
fn beside(pair: &Pair<'_>, kept: &[Run], from: &[bool], to: &[bool]) -> Vec<Run> {
    grown(pair, without(kept, |a, b| from[a] || to[b]), |a, b| !from[a] && !to[b])
}

fn marked<'r>(len: usize, ranges: impl Iterator<Item = &'r Range<usize>>) -> Vec<bool> {
    let mut marks = vec![false; len];
    ranges.for_each(|range| marks[range.clone()].fill(true));
    marks
}

/// In the order of `a`, moves that follow each other in both texts as one.
fn joined(mut moves: Vec<Move>) -> Vec<Move> {
    moves.sort_by_key(|one| one.a.start);
    let mut joined: Vec<Move> = Vec::with_capacity(moves.len());
    for one in moves {
        match joined.last_mut() {
            Some(last) if (last.a.end, last.b.end) == (one.a.start, one.b.start) => {
                last.a.end = one.a.end;
                last.b.end = one.b.end;
                last.runs.extend(one.runs);
            }
            _ => joined.push(one),
        }
    }
    joined
}

// Sentences

/// A sentence most of whose words have no partner in place, or a stretch without any.
struct Sentence {
    words: Range<usize>,
    /// Kept words before it: two sentences before which the same words stand are in the same place.
    before: usize,
}

fn moved_sentences(pair: &Pair<'_>, kept: &[Run]) -> Vec<Move> {
    let gone = unmatched(&pair.a, kept.iter().map(|run| (run.a, run.len)));
    if gone.is_empty() {
        return Vec::new();
    }
    let new = unmatched(&pair.b, kept.iter().map(|run| (run.b, run.len)));
    if new.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    let mut index = Index::new(pair, &gone);
    let mut stands_in = vec![0u32; pair.distinct()];
    for ((j, to), number) in new.iter().enumerate().zip(1..) {
        let words = &pair.b.ids[to.words.clone()];
        words.iter().for_each(|&id| stands_in[id as usize] = number);
        for i in index.most_alike(words) {
            let shared = |id: &&WordId| stands_in[**id as usize] == number;
            let most = pair.a.ids[gone[i].words.clone()].iter().filter(shared).count();
            let matched = matched_if_moved(pair, &gone[i], to, most);
            found.extend(matched.map(|matched| (matched, i, j)));
        }
    }
    // The longest agreement first, then the one with the least beside it, then the first in the texts.
    let size = |i: usize, j: usize| gone[i].words.len() + new[j].words.len();
    found.sort_unstable_by_key(|&(matched, i, j)| (Reverse(matched), size(i, j), i, j));
    let (mut taken, mut filled) = (vec![false; pair.a.ids.len()], vec![false; pair.b.ids.len()]);
    let mut moves = Vec::new();
    for (_, i, j) in found {
        let (from, to) = (&gone[i].words, &new[j].words);
        if !taken[from.clone()].contains(&true) && !filled[to.clone()].contains(&true) {
            let one = aligned(pair, from.clone(), to.clone());
            // What was trimmed off may have moved elsewhere.
            taken[one.a.clone()].fill(true);
            filled[one.b.clone()].fill(true);
            moves.push(one);
        }
    }
    moves
}

fn aligned(pair: &Pair<'_>, a: Range<usize>, b: Range<usize>) -> Move {
    let (a_ids, b_ids) = (&pair.a.ids[a.clone()], &pair.b.ids[b.clone()]);
    let ([a_ids, b_ids], distinct) = numbered([a_ids, b_ids]);
    let mut runs = align_exact(&a_ids, &b_ids, distinct);
    runs.iter_mut().for_each(|run| (run.a, run.b) = (run.a + a.start, run.b + b.start));
    trimmed(Move { a, b, runs })
}

/// Words at one end of a move, more than stand there on the other side, from which on they came or went and did not move:
/// the shortest clause; fewer are an edit of the sentence ("Am Montag …").
const BESIDE: usize = 4;

/// The move without a sentence more that stands at one end on one side only.
fn trimmed(mut one: Move) -> Move {
    let (Some(&first), Some(&last)) = (one.runs.first(), one.runs.last()) else { return one };
    let (a_head, b_head) = (first.a - one.a.start, first.b - one.b.start);
    let (a_tail, b_tail) = (one.a.end - last.a - last.len, one.b.end - last.b - last.len);
    if a_head.abs_diff(b_head) >= BESIDE {
        let head = a_head.min(b_head);
        (one.a.start, one.b.start) = (first.a - head, first.b - head);
    }
    if a_tail.abs_diff(b_tail) >= BESIDE {
        let tail = a_tail.min(b_tail);
        (one.a.end, one.b.end) = (last.a + last.len + tail, last.b + last.len + tail);
    }
    one
}

/// How many words the two sentences share in order, at `most` so many, if these are enough for a move.
fn matched_if_moved(pair: &Pair<'_>, from: &Sentence, to: &Sentence, most: usize) -> Option<usize> {
    let (a_len, b_len) = (from.words.len(), to.words.len());
    if from.before == to.before || !is_alike(most, a_len, b_len) {
        return None;
    }
    let ids = [&pair.a.ids[from.words.clone()], &pair.b.ids[to.words.clone()]];
    let ([a, b], distinct) = numbered(ids);
    let matched = lcs_length(&a, &b, distinct)?;
    is_alike(matched, a_len, b_len).then_some(matched)
}

/// Whether two sentences of so many words that share so many in order can be one that moved.
pub(super) fn is_alike(matched: usize, a_len: usize, b_len: usize) -> bool {
    let needed = match a_len.min(b_len) {
        0..=4 => 1.0,
        5 => SHORT_SIMILAR,
        _ => SIMILAR,
    };
    ratio(matched, a_len, b_len) >= needed
}

/// The sentences of `side` of which most is not kept, and the stretches of which nothing is: an edit can make a sentence
/// begin in lowercase or lose its full stop, so that nobody sees where it begins and ends.
fn unmatched(side: &Side<'_>, kept: impl Iterator<Item = (usize, usize)> + Clone) -> Vec<Sentence> {
    // How many words before each place are kept.
    let mut before = vec![0; side.ids.len() + 1];
    kept.clone().for_each(|(start, len)| before[start + 1..=start + len].fill(1));
    for i in 1..before.len() {
        before[i] += before[i - 1];
    }
    let words = |&sentence: &ByteSpan| side.words_in(sentence);
    let is_gone = |words: &Range<usize>| {
        let kept = before[words.end] - before[words.start];
        words.len() >= SHORTEST_SENTENCE && (words.len() - kept) as f64 >= GONE * words.len() as f64
    };
    let mut found: Vec<Range<usize>> = sentences(side.raw).iter().map(words).filter(is_gone).collect();
    found.extend(stretches(&side.ids, kept).into_iter().filter(|gap| gap.len() >= SHORTEST));
    found.sort_unstable_by_key(|words| (words.start, words.end));
    found.dedup();
    found.into_iter().map(|words| Sentence { before: before[words.start], words }).collect()
}

/// Which words stand in which of the sentences that are gone.
struct Index<'s> {
    sentences: &'s [Sentence],
    /// By word, the place in `links` of the last sentence that has it, from 1; 0 for none.
    last: Vec<u32>,
    /// A sentence, and the link to the one before it with the same word.
    links: Vec<(u32, u32)>,
    /// Words that each sentence shares with the one that is looked for; all zero between two searches.
    shared: Vec<u32>,
}

impl<'s> Index<'s> {
    fn new(pair: &Pair<'_>, sentences: &'s [Sentence]) -> Self {
        let mut last = vec![0; pair.distinct()];
        let mut links: Vec<(u32, u32)> = Vec::new();
        for (i, sentence) in (0..).zip(sentences) {
            for &id in &pair.a.ids[sentence.words.clone()] {
                let before = last[id as usize];
                if before == 0 || links[before as usize - 1].0 != i {
                    links.push((i, before));
                    last[id as usize] = links.len() as u32;
                }
            }
        }
        Self { sentences, last, links, shared: vec![0; sentences.len()] }
    }

    /// The sentences that share the most words with `ids`, and enough of them to be alike.
    fn most_alike(&mut self, ids: &[WordId]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for &id in ids {
            let mut link = self.last[id as usize];
            for _ in 0..PLACES {
                let Some(&(sentence, before)) = link.checked_sub(1).map(|at| &self.links[at as usize]) else {
                    break;
                };
                if self.shared[sentence as usize] == 0 {
                    found.push(sentence as usize);
                }
                self.shared[sentence as usize] += 1;
                link = before;
            }
        }
        // Frequent words are not counted everywhere, and two sentences as alike as can be share them too.
        let is_enough = |&i: &usize| {
            let words = self.sentences[i].words.len() + ids.len();
            2.0 * f64::from(2 * self.shared[i]) >= SIMILAR * words as f64
        };
        let mut alike: Vec<usize> = found.iter().copied().filter(is_enough).collect();
        alike.sort_unstable_by_key(|&i| (Reverse(self.shared[i]), i));
        alike.truncate(TRIED);
        found.iter().for_each(|&i| self.shared[i] = 0);
        alike
    }
}
