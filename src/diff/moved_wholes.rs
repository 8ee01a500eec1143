//! Moves up to where sentences begin and end.
//!
//! What was found of a move ends where words are the same or nothing is kept in place. A reader sees whole sentences move:
//! the rest of one goes with the part that moved if both texts have about the same there, even if a few of its words found
//! a partner in place ("he said" is the end of many), and so does the next sentence. The ends come first; the beginnings
//! are the ends of the texts read backwards.

use std::cmp::Reverse;
use std::ops::Range;

use super::align::Run;
use super::exact::{align_exact, numbered};
use super::lcs::lcs_length;
use super::moves::{Move, SHORTEST, SHORTEST_SENTENCE, is_alike, sentence_starts};
use crate::text::{Pair, Side, WordId};

/// Words of the longest sentence that is finished: what is longer is a list or a table without full stops, and to compare it with
/// another for each move in it would take the square of its length.
const LONGEST: usize = 256;

/// A sentence goes with a part of it that moved though one word in so many of it was kept in place: of the rest of a sentence that
/// was edited while it moved, "the", "in" and "said" are.
const BY_CHANCE: usize = 8;

/// `moves`, each with the rest of the sentences in which it begins and ends and the sentences beside them, as far as these moved
/// too; those that became part of another are gone.
pub(super) fn whole_sentences(pair: &Pair<'_>, kept: &[Run], moves: Vec<Move>) -> Vec<Move> {
    let mut wholes = Wholes::new(pair, kept, moves);
    wholes.finish_ends();
    wholes.read_backwards();
    wholes.finish_ends();
    wholes.read_backwards();
    wholes.moves.into_iter().filter(|one| !one.a.is_empty()).collect()
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
        let mut borders = sentence_starts(side);
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

    fn is_border(&self, word: usize) -> bool {
        self.borders.binary_search(&word).is_ok()
    }
}

/// The words of either text, or what belongs to each.
type Both<T> = (T, T);

struct Wholes {
    a: Words,
    b: Words,
    /// A move that became part of another is empty.
    moves: Vec<Move>,
    /// How many words of each move are the same.
    matched: Vec<usize>,
    is_backwards: bool,
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
        Self { a, b, moves, matched, is_backwards: false }
    }

    fn read_backwards(&mut self) {
        let (a_len, b_len) = (self.a.ids.len(), self.b.ids.len());
        self.is_backwards = !self.is_backwards;
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
        for i in order {
            // Those before may have made it a part of theirs.
            if !self.moves[i].a.is_empty() {
                self.drop_strange(i);
            }
            if !self.moves[i].a.is_empty() {
                self.finish_sentence(i);
            }
            while !self.moves[i].a.is_empty() && self.add_sentence(i) {}
        }
    }

    /// Add the rest of the last sentence. Of one that goes on in the next move, only what stands before that; of one that lost its
    /// full stop, as much as the other text has of it.
    fn finish_sentence(&mut self, i: usize) {
        let one = &self.moves[i];
        let (a_end, b_end) = (one.a.end, one.b.end);
        let whole = (self.a.sentence(a_end - 1).end, self.b.sentence(b_end - 1).end);
        if whole == (a_end, b_end) {
            return;
        }
        let from = self.last_sentence(one);
        let next = self.next_move(a_end..whole.0, b_end..whole.1).unwrap_or(whole);
        let can_end = |&end: &Both<usize>| self.can_go_on(i, from, end, false);
        let answered = || {
            let by_a = (whole.0, self.answer(from, whole, true)?.1.max(b_end));
            Some(by_a).filter(can_end)
        };
        let answering = || {
            let by_b = (self.answer(from, whole, false)?.0.max(a_end), whole.1);
            Some(by_b).filter(can_end)
        };
        match [whole, next].into_iter().find(can_end).or_else(answered).or_else(answering) {
            Some(end) => self.extend(i, from, end),
            None => self.drop_part(i),
        }
    }

    /// Take back the beginning of a sentence of which no word is the same.
    fn drop_strange(&mut self, i: usize) {
        let one = &self.moves[i];
        let Some(last) = one.runs.last() else { return };
        let shorter = |words: &Words, start: usize, end: usize| {
            let border = words.sentence(end - 1).start;
            if border >= start && !words.is_border(end) { border } else { end }
        };
        let a_end = shorter(&self.a, last.a + last.len, one.a.end);
        self.shrink(i, (a_end, shorter(&self.b, last.b + last.len, one.b.end)));
    }

    /// Take back what was cut off a sentence that stayed where it was or is another in the other text, in one of them or in both:
    /// as few of the same words as can be, and no more than a shorter move has or than are unlike.
    fn drop_part(&mut self, i: usize) {
        let one = &self.moves[i];
        let end = (one.a.end, one.b.end);
        let start = (self.a.sentence(end.0 - 1).start, self.b.sentence(end.1 - 1).start);
        let is_inside = |cut: &Both<usize>| cut.0 > one.a.start && cut.1 > one.b.start;
        let is_border = |cut: &Both<usize>| self.a.is_border(cut.0) && self.b.is_border(cut.1);
        let cuts =
            [start, (start.0, end.1), (end.0, start.1)].into_iter().filter(is_inside).filter(is_border);
        let Some((matched, cut)) = cuts.map(|cut| (matched_from(one, cut), cut)).min_by_key(|cut| cut.0)
        else {
            return;
        };
        if matched < SHORTEST || !is_alike(matched, end.0 - cut.0, end.1 - cut.1) {
            self.shrink(i, cut);
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
        let is_border = self.a.is_border(start.0) && self.b.is_border(start.1);
        if !is_border || start.0 == self.a.ids.len() || start.1 == self.b.ids.len() {
            return false;
        }
        let end = (self.a.sentence(start.0).end, self.b.sentence(start.1).end);
        let has_moved = self.can_go_on(i, start, end, true);
        if has_moved {
            self.extend(i, start, end);
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

    /// Whether a move may go on up to `end`, where its last sentence or the next one begins at `from`: that is alike in both texts,
    /// has as many more words that are the same as were kept in place, or nearly, and cuts no other move.
    fn can_go_on(&self, i: usize, from: Both<usize>, end: Both<usize>, is_next: bool) -> bool {
        let (a_len, b_len) = (end.0 - from.0, end.1 - from.1);
        if a_len.max(b_len) > LONGEST {
            return false;
        }
        let Some(lost) = self.lost(i, end) else { return false };
        let ([a, b], distinct) = numbered([&self.a.ids[from.0..end.0], &self.b.ids[from.1..end.1]]);
        let Some(matched) = lcs_length(&a, &b, distinct) else { return false };
        let one = &self.moves[i];
        let gained = matched.saturating_sub(matched_from(one, from));
        let is_more = if is_next { lost < gained } else { lost <= gained + matched / BY_CHANCE };
        is_more
            && is_alike(matched, a_len, b_len)
            && is_alike(self.matched[i] + gained, end.0 - one.a.start, end.1 - one.b.start)
    }

    /// Where the words of one text end that answer all of the other one's from `from` to `end`: those of `b`, or those of `a`.
    fn answer(&self, from: Both<usize>, end: Both<usize>, is_a_whole: bool) -> Option<Both<usize>> {
        // What is half as long again is no longer alike.
        let near = |len: usize| len + len / 2 + 1;
        let (a_rest, b_rest) = (self.a.ids.len() - from.0, self.b.ids.len() - from.1);
        let (a_len, b_len) = (end.0 - from.0, end.1 - from.1);
        let (a_len, b_len) =
            if is_a_whole { (a_len, b_rest.min(near(a_len))) } else { (a_rest.min(near(b_len)), b_len) };
        if a_len.min(b_len) > LONGEST {
            return None;
        }
        let (a_end, b_end) = (from.0 + a_len, from.1 + b_len);
        let runs = self.aligned(from, (a_end, b_end));
        let last = runs.last().map_or(from, |run| (run.a + run.len, run.b + run.len));
        let tail = (a_end - last.0).min(b_end - last.1);
        Some((last.0 + tail, last.1 + tail))
    }

    /// The runs from `from` to `end`, aligned as they are read forwards.
    fn aligned(&self, from: Both<usize>, end: Both<usize>) -> Vec<Run> {
        let ([mut a, mut b], distinct) = numbered([&self.a.ids[from.0..end.0], &self.b.ids[from.1..end.1]]);
        if self.is_backwards {
            a.reverse();
            b.reverse();
        }
        let mut runs = align_exact(&a, &b, distinct);
        if self.is_backwards {
            runs.reverse();
            runs.iter_mut().for_each(|run| {
                (run.a, run.b) = (a.len() - run.a - run.len, b.len() - run.b - run.len);
            });
        }
        runs.iter_mut().for_each(|run| (run.a, run.b) = (run.a + from.0, run.b + from.1));
        runs
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

    fn extend(&mut self, i: usize, from: Both<usize>, end: Both<usize>) {
        let (a, b) = (self.moves[i].a.end..end.0, self.moves[i].b.end..end.1);
        for word in a.clone() {
            if let Some(other) = (self.a.owner[word] as usize).checked_sub(1) {
                self.moves[other].a = 0..0;
            }
        }
        self.a.owner[a.clone()].fill(i as u32 + 1);
        self.b.owner[b.clone()].fill(i as u32 + 1);
        self.a.is_kept[a].fill(false);
        self.b.is_kept[b].fill(false);
        self.cut_runs(i, from);
        let runs = self.aligned(from, end);
        self.matched[i] += runs.iter().map(|run| run.len).sum::<usize>();
        self.moves[i].runs.extend(runs);
        (self.moves[i].a.end, self.moves[i].b.end) = end;
    }

    fn shrink(&mut self, i: usize, end: Both<usize>) {
        let one = &mut self.moves[i];
        self.a.owner[end.0..one.a.end].fill(0);
        self.b.owner[end.1..one.b.end].fill(0);
        (one.a.end, one.b.end) = end;
        self.cut_runs(i, end);
        let one = &mut self.moves[i];
        let (a_len, b_len) = (one.a.len(), one.b.len());
        if a_len.min(b_len) < SHORTEST_SENTENCE || !is_alike(self.matched[i], a_len, b_len) {
            self.a.owner[one.a.clone()].fill(0);
            self.b.owner[one.b.clone()].fill(0);
            one.a = 0..0;
        }
    }

    /// Leave the runs of a move up to `end`.
    fn cut_runs(&mut self, i: usize, end: Both<usize>) {
        let runs = &mut self.moves[i].runs;
        while let Some(last) = runs.last_mut() {
            let len = last.len.min(end.0.saturating_sub(last.a)).min(end.1.saturating_sub(last.b));
            self.matched[i] -= last.len - len;
            let is_before = len == last.len;
            last.len = len;
            if len == 0 {
                runs.pop();
            }
            if is_before {
                break;
            }
        }
    }
}

/// How many words of a move are the same from either end of `from` on.
fn matched_from(one: &Move, from: Both<usize>) -> usize {
    let is_behind = |run: &&Run| run.a + run.len > from.0 || run.b + run.len > from.1;
    let before = |run: &Run| run.len.min(from.0.saturating_sub(run.a)).min(from.1.saturating_sub(run.b));
    one.runs.iter().rev().take_while(is_behind).map(|run| run.len - before(run)).sum()
}
