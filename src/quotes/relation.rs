//! What two rows of words are to each other: the same, a part, with words left out, edited, retold.

use std::ops::Range;

use super::align::{Answer, Run, align, find, most, runs, tightened};
use super::gates::Gates;
use super::lexicon::{CONTENT, Lexicon};
use super::negated;
use super::parting::part_ways;
use super::row::Row;
use super::shared::{Basis, Relation};
use super::target::WIDEST_GAP;
use crate::text::WordId;

/// What was found out about two rows, seen from `x` to `y`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Verdict {
    pub(super) relation: Relation,
    pub(super) similarity: f32,
    /// What links them.
    pub(super) basis: Basis,
    /// Whether they deny different things, in the clauses in which they speak of the same.
    pub(super) negation: bool,
    /// The words of `x` from the first to the last that is answered.
    x: Range<usize>,
    /// The words of `y` from the first to the last that answers.
    pub(super) y: Range<usize>,
}

/// Between two marks: a row of function words alone links nothing, nor do fewer than so many words that are
/// stock, unless one person says both, or both are of the same days.
const MARKED_SAME: (f32, usize, f32) = (0.6, 5, 1.0);
/// A part of the other: three words of which two say something, or five words with one of them.
const MARKED_PART: (f32, usize, f32) = (1.5, 5, 1.0);
/// Two words that stand in a longer quotation are a name as likely as not.
const SHORT_PART: usize = 3;
/// The similarity from which a part is the statement, whatever it says; and below which it must say more.
const SHARE_OF_PART: (f32, f32) = (0.6, 0.4);
/// Changed but the same: share of common weight, and the least of it.
const MARKED_CHANGED: (f32, f32) = (0.6, 1.0);
/// The same between a long and a short one, of the shorter.
const MARKED_SHARE: f32 = 0.7;
/// What is left of a quotation whose middle was cut without a mark: so many pieces, none a single word.
const MOST_PIECES: usize = 3;
const SHORTEST_PIECE: usize = 2;
/// Words in a row that tie two quotations together, whatever stands around them.
const LONG_RUN: usize = 8;

/// What the marked `y` is to the marked `x`; `beside` is what else than the words says that they are one.
pub(super) fn judge_marked(x: Row<'_>, y: Row<'_>, beside: Basis, lexicon: &Lexicon) -> Option<Verdict> {
    let case = Case { beside, ..Case::new(x, y, lexicon) };
    let verdict = if x.ids == y.ids { case.marked_same() } else { case.marked_other() };
    Some(verdict?.with_negation(x, y, lexicon))
}

/// What the unmarked words of `y` in `room` are to the marked `x`, if they are anything.
pub(super) fn judge_unmarked(
    x: Row<'_>,
    y: Row<'_>,
    room: Range<usize>,
    gates: Gates,
    lexicon: &Lexicon,
) -> Option<Verdict> {
    let from = room.start;
    let case = Case::new(x, y.part(room), lexicon);
    if !case.may_be_unmarked(gates) {
        return None;
    }
    let answers = case.densest(tightened(align(x.ids, case.y.ids, lexicon), x.ids, case.y.ids));
    let mut verdict = case
        .unmarked_same(&answers, gates)
        .or_else(|| case.elided(&answers, gates.changed))
        .or_else(|| case.unmarked_edited(&answers, gates))
        .or_else(|| case.reworded(&answers, gates))
        .or_else(|| case.unmarked_same(longest_run(&answers), gates))?;
    verdict.y = verdict.y.start + from..verdict.y.end + from;
    Some(verdict.with_negation(x, y, lexicon))
}

/// What words `at` a place of `y` that are those of `x` one by one are to it.
pub(super) fn judge_same(
    x: Row<'_>,
    y: Row<'_>,
    at: Range<usize>,
    gates: Gates,
    lexicon: &Lexicon,
) -> Option<Verdict> {
    let words = x.ids.len();
    let verdict = gates
        .same(words, lexicon.sum(x.ids))
        .then(|| Verdict::new(Relation::Identical, 1.0, 0..words, at))?;
    Some(verdict.with_negation(x, y, lexicon))
}

impl Basis {
    /// Whether it links a few usual words, of which one `says` something.
    fn is_enough(self, says: impl Fn() -> bool) -> bool {
        match self {
            Self::Words => false,
            Self::Speaker => true,
            Self::Date => says(),
        }
    }
}

/// Two rows with what they weigh.
struct Case<'t> {
    x: Row<'t>,
    y: Row<'t>,
    x_weight: f32,
    y_weight: f32,
    /// What links them beside their words.
    beside: Basis,
    lexicon: &'t Lexicon,
}

impl<'t> Case<'t> {
    fn new(x: Row<'t>, y: Row<'t>, lexicon: &'t Lexicon) -> Self {
        let (x_weight, y_weight) = (lexicon.sum(x.ids), lexicon.sum(y.ids));
        Self { x, y, x_weight, y_weight, beside: Basis::Words, lexicon }
    }

    /// Whether an alignment could find anything: most pairs that are looked at share a few usual words, and aligning
    /// takes ten times as long as counting these.
    fn may_be_marked(&self) -> bool {
        let (x, y) = (self.x, self.y);
        let most = most(x.ids, y.ids, self.lexicon);
        let (share, least) = MARKED_CHANGED;
        let is_whole = || 2.0 * most >= share * (self.x_weight + self.y_weight);
        let is_part = || most >= 2.0 * least && most >= MARKED_SHARE * self.x_weight.min(self.y_weight);
        let has_gaps = !x.gaps.is_empty() || !y.gaps.is_empty();
        most >= least
            && (has_gaps || is_whole() || is_part() || runs(x.ids, y.ids, LONG_RUN).next().is_some())
    }

    /// The same for a `y` without marks.
    fn may_be_unmarked(&self, gates: Gates) -> bool {
        let (x, y) = (self.x, self.y);
        let most = most(x.ids, y.ids, self.lexicon);
        let is_whole = most >= gates.left.0 * self.x_weight && most >= gates.changed.min(gates.same.1);
        let is_elided = !x.gaps.is_empty() && most >= gates.changed;
        let is_part = |run: Run| {
            let weight = self.lexicon.sum(&x.ids[run.x..run.x + run.words]);
            gates.part(run.words, weight, self.x_weight) || self.has_more(run)
        };
        is_whole || is_elided || most >= gates.part.1 && runs(x.ids, y.ids, gates.part.0).any(is_part)
    }

    /// Whether so much stands on both sides around `run` that it may be a long part with a change in it.
    fn has_more(&self, run: Run) -> bool {
        let around = |row: &'t [WordId], start: usize, more: usize| {
            &row[start.saturating_sub(more)..(start + run.words + more).min(row.len())]
        };
        let (x, y) = (around(self.x.ids, run.x, LONG_RUN), around(self.y.ids, run.y, LONG_RUN + 2));
        x.iter().filter(|word| y.contains(word)).count() >= LONG_RUN
    }

    /// Identical, both in marks.
    fn marked_same(&self) -> Option<Verdict> {
        let (words, weight) = (self.x.ids, self.x_weight);
        let (least, some, much) = MARKED_SAME;
        let is_told = weight >= much || weight >= least && words.len() >= some;
        let basis = if is_told { Basis::Words } else { self.beside };
        // On one day function words are said as often as on any other.
        let says = || words.iter().any(|&word| self.lexicon.weight(word) >= CONTENT);
        let is_enough = is_told || weight >= least && self.beside.is_enough(says);
        let verdict = Verdict::new(Relation::Identical, 1.0, 0..words.len(), 0..words.len());
        is_enough.then_some(Verdict { basis, ..verdict })
    }

    /// Anything else, both in marks.
    fn marked_other(&self) -> Option<Verdict> {
        if self.x_weight.min(self.y_weight) < MARKED_PART.2 {
            return None;
        }
        if let Some(part) = self.marked_part() {
            return self.is_told(part);
        }
        if !self.may_be_marked() {
            return None;
        }
        let answers = align(self.x.ids, self.y.ids, self.lexicon);
        self.elided(&answers, MARKED_PART.0).or_else(|| self.marked_alike(&answers))
    }

    /// Trimmed or extended, both in marks, if one is a part of the other; it is a part, whether it links them or not.
    fn marked_part(&self) -> Option<Verdict> {
        let (x, y) = (self.x.ids, self.y.ids);
        let similarity = 2.0 * self.x_weight.min(self.y_weight) / (self.x_weight + self.y_weight);
        if let Some(at) = find(x, y) {
            return Some(Verdict::new(Relation::Trimmed, similarity, at..at + y.len(), 0..y.len()));
        }
        let at = find(y, x)?;
        Some(Verdict::new(Relation::Extended, similarity, 0..x.len(), at..at + x.len()))
    }

    /// Whether a part says enough to link its statement: of most of it not much is asked, but a phrase in a long
    /// speech is anybody's.
    fn is_told(&self, part: Verdict) -> Option<Verdict> {
        let words = self.x.ids.len().min(self.y.ids.len());
        let weight = self.x_weight.min(self.y_weight);
        let (least, some, little) = MARKED_PART;
        let (share, most) = SHARE_OF_PART;
        let is_enough = if part.similarity >= share {
            weight >= little
        } else {
            words >= SHORT_PART && (weight >= least || weight >= little && words >= some)
        };
        let by_words = is_enough && (part.similarity >= most || words >= some || weight >= least + little);
        let by_speaker = is_enough && self.beside == Basis::Speaker;
        let basis = if by_words { Basis::Words } else { Basis::Speaker };
        (by_words || by_speaker).then_some(Verdict { basis, ..part })
    }

    /// Identical or trimmed, `y` without marks.
    fn unmarked_same(&self, answers: &[Answer], gates: Gates) -> Option<Verdict> {
        let (x, y) = extents(answers)?;
        if x.len() != answers.len()
            || y.len() != answers.len()
            || !answers.iter().all(|answer| answer.is_same)
        {
            return None;
        }
        let weight = weight(answers);
        if x.len() == self.x.ids.len() {
            return gates.same(x.len(), weight).then(|| Verdict::new(Relation::Identical, 1.0, x, y));
        }
        let similarity = 2.0 * weight / (self.x_weight + weight);
        gates.part(x.len(), weight, self.x_weight).then(|| Verdict::new(Relation::Trimmed, similarity, x, y))
    }

    /// One leaves words out that the other has, and says so; the rest is nearly the same.
    fn elided(&self, answers: &[Answer], least: f32) -> Option<Verdict> {
        if self.x.gaps.is_empty() && self.y.gaps.is_empty() || weight(answers) < least {
            return None;
        }
        let (x, y) = extents(answers)?;
        let (mut strange, mut left_out) = (0, false);
        if !self.x.gaps.is_empty() {
            strange += self.x.ids.len() - x.len();
        }
        if !self.y.gaps.is_empty() {
            strange += self.y.ids.len() - y.len();
        }
        for pair in answers.windows(2) {
            let (dx, dy) = (pair[1].x - pair[0].x - 1, pair[1].y - pair[0].y - 1);
            if has_gap(self.y.gaps, pair[0].y..pair[1].y) && dx <= WIDEST_GAP {
                left_out |= dx > dy;
                strange += dy;
            } else if has_gap(self.x.gaps, pair[0].x..pair[1].x) && dy <= WIDEST_GAP {
                left_out |= dy > dx;
                strange += dx;
            } else {
                strange += dx.max(dy);
            }
        }
        strange += answers.iter().filter(|answer| !answer.is_same).count();
        // One word in six, as an editor's [sie] or a changed ending.
        let allowed = answers.len() / 6;
        (left_out && strange <= allowed)
            .then(|| Verdict::new(Relation::Elided, self.similarity(answers, &y), x, y))
    }

    /// Both in marks, most words the same, or a long row of them; and not only how two people begin or end.
    fn marked_alike(&self, answers: &[Answer]) -> Option<Verdict> {
        let found = self
            .marked_changed(answers)
            .or_else(|| self.marked_cut(answers))
            .or_else(|| self.marked_run(answers))?;
        let part = self.beside != Basis::Speaker && part_ways(self.x, self.y, answers, self.lexicon);
        (!part).then_some(found)
    }

    /// Both in marks, most words the same.
    fn marked_changed(&self, answers: &[Answer]) -> Option<Verdict> {
        let weight = weight(answers);
        let (share, least) = MARKED_CHANGED;
        if contents(answers) < 2 || weight < least {
            return None;
        }
        let (x, y) = extents(answers)?;
        let similarity = 2.0 * weight / (self.x_weight + self.y_weight);
        let (x_words, y_words) = (self.x.ids.len(), self.y.ids.len());
        if similarity >= share && answers.len() * 2 >= x_words.max(y_words) {
            return Some(Verdict::new(
                Relation::Edited,
                similarity,
                to_ends(x, x_words),
                to_ends(y, y_words),
            ));
        }
        let close = 2.0 * weight
            / (self.lexicon.sum(&self.x.ids[x.clone()]) + self.lexicon.sum(&self.y.ids[y.clone()]));
        let part = weight >= MARKED_SHARE * self.x_weight.min(self.y_weight) && close >= MARKED_SHARE;
        let enough = answers.len() >= 4 && weight >= 2.0 * least;
        (part && enough).then(|| Verdict::new(Relation::Edited, similarity, x, y))
    }

    /// Both in marks, one of them the other with pieces cut out of its middle, and nothing that shows it.
    fn marked_cut(&self, answers: &[Answer]) -> Option<Verdict> {
        let (x, y) = extents(answers)?;
        let shorter = self.x.ids.len().min(self.y.ids.len());
        let pieces = pieces(answers).map(<[Answer]>::len).collect::<Vec<_>>();
        let few = pieces.len() <= MOST_PIECES && pieces.iter().all(|&words| words >= SHORTEST_PIECE);
        let near = answers
            .windows(2)
            .all(|pair| pair[1].x - pair[0].x <= WIDEST_GAP && pair[1].y - pair[0].y <= WIDEST_GAP);
        let weight = weight(answers);
        let enough = answers.len() == shorter && weight >= 2.0 * MARKED_CHANGED.1;
        let similarity = 2.0 * weight / (self.x_weight + self.y_weight);
        (few && near && enough).then(|| Verdict::new(Relation::Edited, similarity, x, y))
    }

    /// Both in marks, with a long row of words in common.
    fn marked_run(&self, answers: &[Answer]) -> Option<Verdict> {
        let run = longest_run(answers);
        let weight = weight(run);
        if run.len() < LONG_RUN || weight < 2.0 * MARKED_CHANGED.1 {
            return None;
        }
        let (x, y) = extents(run)?;
        Some(Verdict::new(Relation::Edited, 2.0 * weight / (self.x_weight + self.y_weight), x, y))
    }

    /// A few words changed in the whole, or in a long part.
    fn unmarked_edited(&self, answers: &[Answer], gates: Gates) -> Option<Verdict> {
        let (x, y) = extents(answers)?;
        let (words, weight) = (self.x.ids.len(), weight(answers));
        let same = answers.iter().filter(|answer| answer.is_same).count();
        let inside = x.len().max(y.len()) - same;
        let whole = weight >= gates.changed.min(2.0) && weight >= 0.75 * self.x_weight && {
            inside + words - x.len() <= (words / 5).max(1)
        };
        let part = weight >= 1.5 * gates.changed && same >= LONG_RUN && inside <= same / 6;
        (whole || part).then(|| Verdict::new(Relation::Edited, self.similarity(answers, &y), x, y))
    }

    /// The same rare words in other forms, with other words between them.
    fn reworded(&self, answers: &[Answer], gates: Gates) -> Option<Verdict> {
        let (x, y) = extents(answers)?;
        let weight = weight(answers);
        let near = y.len() <= 2 * self.x.ids.len() + 8;
        let (share, words) = gates.left;
        let enough = weight >= gates.changed && weight >= share * self.x_weight && contents(answers) >= words;
        let similarity = self.similarity(answers, &y);
        let same = answers.iter().filter(|answer| answer.is_same).count();
        // Who retells uses other forms; where nearly every word is the same, some were changed.
        let all = self.x.ids.len();
        let is_edited = same == answers.len() && (same * 10 >= 7 * all.max(y.len()) || same * 10 >= 9 * all);
        let relation = if is_edited { Relation::Edited } else { Relation::Reworded };
        (near && enough && similarity >= gates.retold).then(|| Verdict::new(relation, similarity, x, y))
    }

    /// Of all answers those that stand close together: each word between two of them costs a little.
    fn densest(&self, mut answers: Vec<Answer>) -> Vec<Answer> {
        let (mut from, mut sum) = (0, 0.0_f32);
        let (mut best, mut heaviest) = (0..0, 0.0_f32);
        for (i, answer) in answers.iter().enumerate() {
            if i > 0 {
                let last = answers[i - 1];
                sum -= self.distance(last, *answer);
            }
            if sum < 0.0 {
                (from, sum) = (i, 0.0);
            }
            sum += answer.weight;
            if sum > heaviest {
                (best, heaviest) = (from..i + 1, sum);
            }
        }
        answers.truncate(best.end);
        answers.drain(..best.start);
        answers
    }

    /// What it costs that words stand between two answers; nothing where words are left out openly.
    fn distance(&self, one: Answer, other: Answer) -> f32 {
        let (dx, dy) = (other.x - one.x - 1, other.y - one.y - 1);
        if has_gap(self.x.gaps, one.x..other.x) && dy <= WIDEST_GAP {
            return 0.0;
        }
        0.06 * dy as f32 + 0.02 * dx as f32
    }

    /// Common weight against all weight; of an unmarked row only what is between its first and last answer.
    fn similarity(&self, answers: &[Answer], y: &Range<usize>) -> f32 {
        2.0 * weight(answers) / (self.x_weight + self.lexicon.sum(&self.y.ids[y.clone()]))
    }
}

impl Verdict {
    /// Of the words `x` and `y`, which are compared for negation later.
    fn new(relation: Relation, similarity: f32, x: Range<usize>, y: Range<usize>) -> Self {
        let similarity = similarity.clamp(0.0, 1.0);
        Self { relation, similarity, basis: Basis::Words, negation: false, x, y }
    }

    /// The same, with what became of negating words: one cut off with a piece of a clause is lost, one in a clause
    /// that is left out as a whole is not, one that denies something else now is lost there and gained here.
    fn with_negation(mut self, x: Row<'_>, y: Row<'_>, lexicon: &Lexicon) -> Self {
        self.negation = negated::differ(x.said(&self.x, lexicon), y.said(&self.y, lexicon), lexicon);
        self
    }

    /// The same, seen from the other side.
    pub(super) fn mirrored(mut self) -> Self {
        self.relation = self.relation.mirrored();
        std::mem::swap(&mut self.x, &mut self.y);
        self
    }
}

fn weight(answers: &[Answer]) -> f32 {
    answers.iter().map(|answer| answer.weight).sum()
}

/// How many answers say something.
fn contents(answers: &[Answer]) -> usize {
    answers.iter().filter(|answer| answer.weight > CONTENT).count()
}

/// From the first to the last answer, in both rows.
fn extents(answers: &[Answer]) -> Option<(Range<usize>, Range<usize>)> {
    let (first, last) = (answers.first()?, answers.last()?);
    Some((first.x..last.x + 1, first.y..last.y + 1))
}

/// `extent` with what little stands before and behind it: a "not" at the end of a row is part of the statement.
fn to_ends(extent: Range<usize>, words: usize) -> Range<usize> {
    let start = if extent.start <= 2 { 0 } else { extent.start };
    let end = if extent.end + 2 >= words { words } else { extent.end };
    start..end
}

fn has_gap(gaps: &[u32], between: Range<usize>) -> bool {
    let first = gaps.partition_point(|&gap| (gap as usize) < between.start);
    gaps.get(first).is_some_and(|&gap| (gap as usize) < between.end)
}

/// The longest row of equal words, the first of equals.
fn longest_run(answers: &[Answer]) -> &[Answer] {
    pieces(answers).rev().max_by_key(|run| run.len()).unwrap_or_default()
}

/// The rows of equal words.
fn pieces(answers: &[Answer]) -> impl DoubleEndedIterator<Item = &[Answer]> {
    answers
        .chunk_by(|one, other| one.is_same && other.is_same && one.x + 1 == other.x && one.y + 1 == other.y)
}
