//! Moves up to where sentences begin and end.
//!
//! What was found of a move ends where words are the same or nothing is kept in place. A reader sees whole sentences move:
//! the rest of one goes with the part that moved if both texts have about the same there, even if a few of its words found
//! a partner in place ("he said" is the end of many), and so does the next sentence. The ends come first; the beginnings
//! are the ends of the texts read backwards.

use std::cmp::Reverse;
use std::ops::Range;

use super::align::Run;
use super::exact::align_exact;
use super::lcs::lcs_length;
use super::moves::{Move, is_alike, numbered};
use crate::text::{Pair, Side, WordId, sentences};

/// Words of the longest rest of a sentence that goes with its beginning: what is longer is a list or a table without full stops,
/// and to compare its rest with that of another for each move in it would take the square of its length.
const LONGEST_REST: usize = 256;

/// `moves`, each with the rest of the sentences in which it begins and ends and the sentences beside them, as far as these moved
/// too; those that became part of another are gone.
pub(super) fn whole_sentences(pair: &Pair<'_>, kept: &[Run], moves: Vec<Move>) -> Vec<Move> {
    let mut wholes = Wholes::new(pair, kept, moves);
    wholes.finish_ends();
    wholes.read_backwards();
    wholes.finish_ends();
    wholes.read_backwards();
    let mut moves: Vec<Move> = wholes.moves.into_iter().filter(|one| !one.a.is_empty()).collect();
    moves.iter_mut().for_each(|one| align_ends(pair, one));
    moves
}

/// The runs of a move up to its ends.
fn align_ends(pair: &Pair<'_>, one: &mut Move) {
    let (Some(&first), Some(&last)) = (one.runs.first(), one.runs.last()) else { return };
    let runs_of = |a: Range<usize>, b: Range<usize>| {
        let ([a_ids, b_ids], distinct) = numbered([&pair.a.ids[a.clone()], &pair.b.ids[b.clone()]]);
        let runs = align_exact(&a_ids, &b_ids, distinct).into_iter();
        runs.map(move |run| Run { a: run.a + a.start, b: run.b + b.start, len: run.len })
    };
    let before = runs_of(one.a.start..first.a, one.b.start..first.b);
    let after = runs_of(last.a + last.len..one.a.end, last.b + last.len..one.b.end);
    let runs = before.chain(std::mem::take(&mut one.runs)).chain(after);
    let mut all = super::exact::Runs::default();
    runs.for_each(|run| all.keep(run.a, run.b, run.len));
    one.runs = all.0;
}

/// One text.
struct Words {
    ids: Vec<WordId>,
    /// Where sentences begin, and the end.
    borders: Vec<usize>,
    is_kept: Vec<bool>,
    /// By word, the number of the move that has it, from 1; 0 for none.
    owner: Vec<u32>,
}

impl Words {
    fn new(side: &Side<'_>, kept: impl Iterator<Item = (usize, usize)>) -> Self {
        let len = side.ids.len();
        let mut borders = vec![0];
        borders.extend(sentences(side.raw).iter().map(|&one| side.words_in(one).start));
        borders.push(len);
        borders.dedup();
        let mut is_kept = vec![false; len];
        kept.for_each(|(start, len)| is_kept[start..start + len].fill(true));
        Self { ids: side.ids.clone(), borders, is_kept, owner: vec![0; len] }
    }

    fn read_backwards(&mut self) {
        let len = self.ids.len();
        self.ids.reverse();
        self.borders.reverse();
        self.borders.iter_mut().for_each(|border| *border = len - *border);
        self.is_kept.reverse();
        self.owner.reverse();
    }

    /// The sentence that has a word.
    fn sentence(&self, word: usize) -> Range<usize> {
        let next = self.borders.partition_point(|&border| border <= word);
        self.borders[next - 1]..self.borders.get(next).copied().unwrap_or(self.ids.len())
    }

    /// Where the first word stands that is kept or moved, of those from `rest.start` on.
    fn end_of_free(&self, rest: Range<usize>) -> usize {
        let is_taken = |&word: &usize| self.is_kept[word] || self.owner[word] > 0;
        rest.clone().find(is_taken).unwrap_or(rest.end)
    }
}

/// The words of either text, or what belongs to each.
type Both<T> = (T, T);

struct Wholes {
    a: Words,
    b: Words,
    /// A move that became part of another is empty.
    moves: Vec<Move>,
    /// How many words of each move are the same, also of those whose runs are not known yet.
    matched: Vec<usize>,
}

impl Wholes {
    fn new(pair: &Pair<'_>, kept: &[Run], moves: Vec<Move>) -> Self {
        let mut a = Words::new(&pair.a, kept.iter().map(|run| (run.a, run.len)));
        let mut b = Words::new(&pair.b, kept.iter().map(|run| (run.b, run.len)));
        for (number, one) in (1..).zip(&moves) {
            a.owner[one.a.clone()].fill(number);
            b.owner[one.b.clone()].fill(number);
        }
        let matched = moves.iter().map(|one| one.runs.iter().map(|run| run.len).sum()).collect();
        Self { a, b, moves, matched }
    }

    fn read_backwards(&mut self) {
        let (a_len, b_len) = (self.a.ids.len(), self.b.ids.len());
        self.a.read_backwards();
        self.b.read_backwards();
        let backwards = |range: &Range<usize>, len: usize| len - range.end..len - range.start;
        for one in self.moves.iter_mut().filter(|one| !one.a.is_empty()) {
            (one.a, one.b) = (backwards(&one.a, a_len), backwards(&one.b, b_len));
            one.runs.reverse();
            for run in &mut one.runs {
                (run.a, run.b) = (a_len - run.a - run.len, b_len - run.b - run.len);
            }
        }
    }

    /// Finish the last sentence of each move, the longest first, then go on with the next ones.
    fn finish_ends(&mut self) {
        let mut order: Vec<usize> = (0..self.moves.len()).collect();
        order.sort_by_key(|&i| Reverse(self.moves[i].a.len()));
        for i in order.into_iter().filter(|&i| !self.moves[i].a.is_empty()).collect::<Vec<_>>() {
            if !self.moves[i].a.is_empty() {
                self.finish_sentence(i);
                while self.add_sentence(i) {}
            }
        }
    }

    /// Add the rest of the last sentence. Of one that goes on in the next move, only what stands before that; of one that lost its
    /// full stop, what stands before the next kept word.
    fn finish_sentence(&mut self, i: usize) {
        let one = &self.moves[i];
        let (a_end, b_end) = (one.a.end, one.b.end);
        let whole = (self.a.sentence(a_end - 1).end, self.b.sentence(b_end - 1).end);
        let free = (self.a.end_of_free(a_end..whole.0), self.b.end_of_free(b_end..whole.1));
        let from = self.last_sentence(one);
        let loose =
            one.runs.last().map_or((one.a.start, one.b.start), |run| (run.a + run.len, run.b + run.len));
        let next = self.next_move(a_end..whole.0, b_end..whole.1).unwrap_or(whole);
        let ends = [whole, next, (whole.0, free.1), (free.0, whole.1)];
        let found = ends.into_iter().find_map(|end| {
            let gained = self.gained(i, loose, end)?;
            let matched = matched_from(&self.moves[i], from) + gained;
            is_alike(matched, end.0 - from.0, end.1 - from.1).then_some((end, gained))
        });
        if let Some((end, gained)) = found {
            self.extend(i, end, gained);
        }
    }

    /// Where the first move begins of those that begin in both rests.
    fn next_move(&self, a: Range<usize>, b: Range<usize>) -> Option<Both<usize>> {
        let owner = self.a.owner[a].iter().find(|&&owner| owner > 0)?;
        let next = &self.moves[*owner as usize - 1];
        b.contains(&next.b.start).then_some((next.a.start, next.b.start))
    }

    /// Add the next sentence, if both texts have about the same there and less of it is kept; whether they have.
    fn add_sentence(&mut self, i: usize) -> bool {
        let start = (self.moves[i].a.end, self.moves[i].b.end);
        let is_border =
            self.a.borders.binary_search(&start.0).is_ok() && self.b.borders.binary_search(&start.1).is_ok();
        if !is_border || start.0 == self.a.ids.len() || start.1 == self.b.ids.len() {
            return false;
        }
        let end = (self.a.sentence(start.0).end, self.b.sentence(start.1).end);
        let is_alike = |&gained: &usize| is_alike(gained, end.0 - start.0, end.1 - start.1);
        let Some(gained) = self.gained(i, start, end).filter(is_alike) else { return false };
        let has_moved = self.lost(i, end) < Some(gained);
        if has_moved {
            self.extend(i, end, gained);
        }
        has_moved
    }

    /// Where the last sentence of a move begins, in both texts: in the one in which it begins later.
    fn last_sentence(&self, one: &Move) -> Both<usize> {
        let a = self.a.sentence(one.a.end - 1).start.max(one.a.start);
        let b = self.b.sentence(one.b.end - 1).start.max(one.b.start);
        let by_a = one.runs.iter().find(|run| run.a + run.len > a);
        let by_b = one.runs.iter().find(|run| run.b + run.len > b);
        let by_a = by_a.map(|run| (run.a.max(a), run.b + a.saturating_sub(run.a)));
        let by_b = by_b.map(|run| (run.a + b.saturating_sub(run.b), run.b.max(b)));
        by_a.max(by_b).unwrap_or((a, b))
    }

    /// How many words the texts share in order from `start` to `end`, if a move may go on up to there: it keeps as many of them as
    /// are no longer kept in place, and stays alike.
    fn gained(&self, i: usize, start: Both<usize>, end: Both<usize>) -> Option<usize> {
        if end.0 - start.0 > LONGEST_REST || end.1 - start.1 > LONGEST_REST {
            return None;
        }
        let lost = self.lost(i, end)?;
        let ([a, b], distinct) = numbered([&self.a.ids[start.0..end.0], &self.b.ids[start.1..end.1]]);
        let gained = lcs_length(&a, &b, distinct)?;
        let one = &self.moves[i];
        let stays_alike = is_alike(self.matched[i] + gained, end.0 - one.a.start, end.1 - one.b.start);
        (lost <= gained && stays_alike).then_some(gained)
    }

    /// How many words are no longer kept if a move goes on up to `end`; none if it would cut another move.
    fn lost(&self, i: usize, end: Both<usize>) -> Option<usize> {
        let one = &self.moves[i];
        let (a, b) = (one.a.end..end.0, one.b.end..end.1);
        let is_whole = |&owner: &u32| {
            owner == 0 || {
                let other = &self.moves[owner as usize - 1];
                a.start <= other.a.start
                    && other.a.end <= a.end
                    && b.start <= other.b.start
                    && other.b.end <= b.end
            }
        };
        let owners = || self.a.owner[a.clone()].iter().chain(&self.b.owner[b.clone()]);
        let kept = |words: &Words, rest: &Range<usize>| {
            words.is_kept[rest.clone()].iter().filter(|&&is_kept| is_kept).count()
        };
        owners().all(is_whole).then(|| kept(&self.a, &a).max(kept(&self.b, &b)))
    }

    fn extend(&mut self, i: usize, end: Both<usize>, gained: usize) {
        self.matched[i] += gained;
        let (a, b) = (self.moves[i].a.end..end.0, self.moves[i].b.end..end.1);
        for word in a.clone() {
            if let Some(other) = (self.a.owner[word] as usize).checked_sub(1) {
                self.moves[other].a = 0..0;
            }
        }
        (self.moves[i].a.end, self.moves[i].b.end) = end;
        self.a.owner[a.clone()].fill(i as u32 + 1);
        self.b.owner[b.clone()].fill(i as u32 + 1);
        self.a.is_kept[a].fill(false);
        self.b.is_kept[b].fill(false);
    }
}

/// How many words of a move are the same from `from` on.
fn matched_from(one: &Move, from: Both<usize>) -> usize {
    let words = |run: &Run| (run.a + run.len).saturating_sub(run.a.max(from.0));
    one.runs.iter().rev().take_while(|run| run.a + run.len > from.0).map(words).sum()
}
