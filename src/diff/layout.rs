//! From runs of kept words to edits that cover both texts without a gap.
//!
//! Words are compared folded, what stands between them as it is. So a kept word with another capital, or a
//! quotation mark that became another one, is an edit of its own level, beside a stretch that stays the same.

use super::align::Run;
use super::gaps::{
    Gaps, Words, closed, common_prefix, common_suffix, head, opened, same_bytes, stretch, tail, trimmed,
    whole_words,
};
use super::levels::{Level, gap_level, joined_otherwise, word_level};
use super::moves::Move;
use super::pairing::paired;
use super::{Edit, EditKind};
use crate::text::{ByteSpan, Pair, Side};

/// Lays the edits of one pair of texts, or of a stretch of either, one after the other.
struct Layout<'p, 't> {
    pair: &'p Pair<'t>,
    edits: Vec<Edit>,
    /// Up to where each text is covered, in bytes.
    done: (usize, usize),
    /// Up to where each text is to be covered.
    end: (usize, usize),
}

/// The moves in the order of either side, by index.
struct Moves<'m> {
    moves: &'m [Move],
    by_b: Vec<usize>,
}

impl<'m> Moves<'m> {
    /// `moves` ascend in `a`.
    fn new(moves: &'m [Move]) -> Self {
        let mut by_b: Vec<usize> = (0..moves.len()).collect();
        by_b.sort_by_key(|&i| moves[i].b.start);
        Self { moves, by_b }
    }

    /// Those that take out of `words` of `a`.
    fn from(&self, words: &Words) -> Words {
        let place = |word| self.moves.partition_point(|one| one.a.start < word);
        place(words.start)..place(words.end)
    }

    /// Those that put into `words` of `b`.
    fn to(&self, words: &Words) -> &[usize] {
        let place = |word| self.by_b.partition_point(|&i| self.moves[i].b.start < word);
        &self.by_b[place(words.start)..place(words.end)]
    }
}

/// The edits of `pair`, and those inside its moves, given its kept runs and its moves (both ascending in `a`). The
/// `partner` of an edit inside a move is the index of the half in `a`.
pub(super) fn lay_out(pair: &Pair<'_>, kept: &[Run], moves: &[Move]) -> (Vec<Edit>, Vec<Edit>) {
    let whole = (pair.a.raw.len(), pair.b.raw.len());
    let words = (0..pair.a.ids.len(), 0..pair.b.ids.len());
    let mut edits = Layout::new(pair, (0, 0), whole).cover_all(kept, words, &Moves::new(moves));
    if moves.is_empty() {
        return (edits, Vec::new());
    }
    edits = with_marks(edits);
    link_moves(&mut edits);
    let inner = inside_moves(pair, moves, &mut edits);
    (edits, inner)
}

/// The edits inside each move, whose halves get the strongest of their levels.
fn inside_moves(pair: &Pair<'_>, moves: &[Move], edits: &mut [Edit]) -> Vec<Edit> {
    let mut inside = Vec::new();
    let halves = (0..edits.len()).filter(|&i| edits[i].kind == EditKind::Move && edits[i].b.is_empty());
    for (i, one) in halves.collect::<Vec<_>>().into_iter().zip(moves) {
        let Some(partner) = edits[i].partner else { continue };
        let (from, to) = (trimmed(pair.a.raw, edits[i].a), trimmed(pair.b.raw, edits[partner as usize].b));
        let layout =
            Layout::new(pair, (from.start as usize, to.start as usize), (from.end as usize, to.end as usize));
        let inner = layout.cover_all(&one.runs, (one.a.clone(), one.b.clone()), &Moves::new(&[]));
        let level = inner.iter().map(|edit| edit.level).max().unwrap_or(Level::Same);
        (edits[i].level, edits[partner as usize].level) = (level, level);
        inside.extend(inner.into_iter().map(|edit| Edit { partner: Some(i as u32), ..edit }));
    }
    inside
}

impl<'p, 't> Layout<'p, 't> {
    fn new(pair: &'p Pair<'t>, done: (usize, usize), end: (usize, usize)) -> Self {
        Self { pair, edits: Vec::new(), done, end }
    }

    /// The edits of `words` of either side, of which the runs are kept.
    fn cover_all(mut self, kept: &[Run], (a, b): (Words, Words), moves: &Moves<'_>) -> Vec<Edit> {
        self.edits.reserve(2 * kept.len() + 1);
        let mut next = (a.start, b.start);
        for run in kept {
            self.changed(&(next.0..run.a), &(next.1..run.b), moves);
            self.kept_run(*run);
            next = (run.a + run.len, run.b + run.len);
        }
        self.changed(&(next.0..a.end), &(next.1..b.end), moves);
        self.between(self.end.0, self.end.1);
        self.edits
    }

    /// Words that stand on both sides; a stretch that is the same to the letter, as most are, in one go.
    fn kept_run(&mut self, run: Run) {
        let Pair { a, b, .. } = self.pair;
        let mut next = 0;
        while next < run.len {
            let (x, y) = (a.spans[run.a + next], b.spans[run.b + next]);
            let (x_rest, y_rest) =
                (&a.spans[run.a + next..run.a + run.len], &b.spans[run.b + next..run.b + run.len]);
            self.between(x.start as usize, y.start as usize);
            let same = same_bytes(
                stretch(a, &(run.a + next..run.a + run.len)).of(a.raw),
                stretch(b, &(run.b + next..run.b + run.len)).of(b.raw),
            );
            let words = whole_words(x_rest, x.start as usize + same)
                .min(whole_words(y_rest, y.start as usize + same));
            if words > 0 {
                self.push(x_rest[words - 1].end as usize, y_rest[words - 1].end as usize, Level::Same);
                next += words;
            } else {
                self.kept_word(run.a + next, run.b + next);
                next += 1;
            }
        }
    }

    /// A word that stands on both sides, after whatever stands between it and what was covered.
    fn kept_word(&mut self, a: usize, b: usize) {
        let (a, b) = (self.pair.a.spans[a], self.pair.b.spans[b]);
        self.between(a.start as usize, b.start as usize);
        let level = word_level(a.of(self.pair.a.raw), b.of(self.pair.b.raw));
        self.push(a.end as usize, b.end as usize, level);
    }

    /// What stands between words: the same on both sides, or a typographic edit with the same on its left and right.
    fn between(&mut self, a_end: usize, b_end: usize) {
        let (a, b) = (self.rest_a(a_end), self.rest_b(b_end));
        if a == b {
            return self.push(a_end, b_end, Level::Same);
        }
        let prefix = common_prefix(a, b);
        let suffix = common_suffix(&a[prefix..], &b[prefix..]);
        let level = self.gap_level(a_end, b_end);
        self.push(self.done.0 + prefix, self.done.1 + prefix, Level::Same);
        self.push(a_end - suffix, b_end - suffix, level);
        self.push(a_end, b_end, Level::Same);
    }

    /// The level of what stands up to `a_end` and `b_end`, where no word stands.
    fn gap_level(&self, a_end: usize, b_end: usize) -> Level {
        let (a, b) = (ByteSpan::new(self.done.0, a_end), ByteSpan::new(self.done.1, b_end));
        gap_level((self.pair.a.raw, a), (self.pair.b.raw, b))
    }

    /// Words that stand on one side only, or were replaced, or moved.
    fn changed(&mut self, a: &Words, b: &Words, moves: &Moves<'_>) {
        if a.is_empty() && b.is_empty() {
            return;
        }
        let (away, here) = (moves.from(a), moves.to(b));
        if away.is_empty() && here.is_empty() {
            return self.replaced_word_for_word(a, b);
        }
        self.close_before(a, b);
        let ends = self.skip_same(a, b, true);
        let ends = self.with_closing(a, b, ends);
        let (a_end, b_end) = self.opening(a, b, ends).unwrap_or(ends);
        if let Some(before) = before_only_move(a, b, &away, here, moves) {
            self.replaced_before(before, (a_end, b_end));
        }
        for i in away {
            self.moved_away(i, &moves.moves[i], a_end);
        }
        self.left_over(a_end, self.done.1);
        for &i in here {
            self.moved_here(i, &moves.moves[i], b_end);
        }
        self.left_over(a_end, b_end);
        let level = self.gap_level(ends.0, ends.1);
        self.push(ends.0, ends.1, level);
    }

    /// What came, went or was replaced before the only move between two kept runs, as if that were not there.
    fn replaced_before(&mut self, (a, b): (Words, Words), (a_end, b_end): (usize, usize)) {
        let start = |side: &Side<'_>, words: &Words, end: usize| {
            side.spans.get(words.end).map_or(end, |next| end.min(next.start as usize))
        };
        let stop = (start(&self.pair.a, &a, a_end), start(&self.pair.b, &b, b_end));
        self.up_to(stop, |layout| {
            layout.replaced_word_for_word(&a, &b);
            layout.between(stop.0, stop.1);
        });
    }

    /// Replaced words, one by one where they answer each other. What stands behind one of them belongs to the next change, or
    /// stays: of "5 Leute." and "6.", the full stop.
    fn replaced_word_for_word(&mut self, a: &Words, b: &Words) {
        let parts = paired(self.pair, a, b);
        let is_split = parts.len() > 1;
        let last = |side: &Side<'_>, words: &Words| side.spans[words.end - 1].end as usize;
        for (a, b) in parts {
            if is_split && !a.is_empty() && !b.is_empty() {
                let stop = (last(&self.pair.a, &a), last(&self.pair.b, &b));
                self.up_to(stop, |layout| layout.replaced(&a, &b));
            } else {
                self.replaced(&a, &b);
            }
        }
    }

    /// Lay out as if both texts ended at `stop`.
    fn up_to(&mut self, stop: (usize, usize), lay_out: impl FnOnce(&mut Self)) {
        let end = std::mem::replace(&mut self.end, stop);
        lay_out(self);
        self.end = end;
    }

    /// The ends of a change behind the marks that close its last words on both sides: a sentence that moved took its full stop
    /// along, and the one that came there brought its own.
    fn with_closing(&self, a: &Words, b: &Words, (a_end, b_end): (usize, usize)) -> (usize, usize) {
        let close = |side: &Side<'_>, words: &Words, end: usize, limit: usize| {
            let last = side.spans[words.end - 1].end as usize;
            if end < last { end } else { end.max(closed(side, words.end, last..limit)) }
        };
        if a.is_empty() || b.is_empty() {
            return (a_end, b_end);
        }
        (close(&self.pair.a, a, a_end, self.end.0), close(&self.pair.b, b, b_end, self.end.1))
    }

    /// Where the marks begin that open what stands behind moves, if both sides have some: a quotation that begins there did
    /// not move.
    fn opening(&self, a: &Words, b: &Words, (a_end, b_end): (usize, usize)) -> Option<(usize, usize)> {
        let start = |side: &Side<'_>, words: &Words, done: usize, end: usize| {
            let gap_start = words.end.checked_sub(1).map_or(0, |last| side.spans[last].end as usize);
            let (_, marks) = side.raw.get(gap_start..end)?.rsplit_once(char::is_whitespace)?;
            (!marks.is_empty()).then_some(end - marks.len()).filter(|&start| start >= done)
        };
        let a_start = start(&self.pair.a, a, self.done.0, a_end)?;
        Some((a_start, start(&self.pair.b, b, self.done.1, b_end)?))
    }

    /// Cover the marks that close what stands before a move: where "." became "!", neither went along.
    fn close_before(&mut self, a: &Words, b: &Words) {
        let pair = self.pair;
        let a_marks = Gaps::around(&pair.a, a, self.done.0..self.end.0).closing(&pair.a);
        let b_marks = Gaps::around(&pair.b, b, self.done.1..self.end.1).closing(&pair.b);
        if a_marks.is_empty() || b_marks.is_empty() {
            return;
        }
        let (a_end, b_end) = (self.done.0 + a_marks.len(), self.done.1 + b_marks.len());
        let prefix = common_prefix(a_marks, b_marks);
        self.push(self.done.0 + prefix, self.done.1 + prefix, Level::Same);
        let level = self.gap_level(a_end, b_end);
        self.push(a_end, b_end, level);
    }

    /// Cover what is the same on both sides before the changed words, and return where what is the same behind
    /// them begins; words have no part in either. The mark that opens a stretch that moved goes with it, though the next one
    /// begins with the same mark.
    fn skip_same(&mut self, a: &Words, b: &Words, has_moved: bool) -> (usize, usize) {
        let pair = self.pair;
        let (a_gaps, b_gaps) = (
            Gaps::around(&pair.a, a, self.done.0..self.end.0),
            Gaps::around(&pair.b, b, self.done.1..self.end.1),
        );
        let (a_text, b_text) = (a_gaps.region(&pair.a), b_gaps.region(&pair.b));
        let left = a_gaps.left.min(b_gaps.left);
        let same = common_prefix(head(a_text, left), head(b_text, left));
        let spaces = a_text[..same].trim_end_matches(|c: char| !c.is_whitespace()).len();
        let prefix = if has_moved && spaces > 0 { spaces } else { same };
        let right = a_gaps.right.min(b_gaps.right).min(a_text.len() - prefix).min(b_text.len() - prefix);
        let suffix = common_suffix(tail(&a_text[prefix..], right), tail(&b_text[prefix..], right));
        self.push(a_gaps.start + prefix, b_gaps.start + prefix, Level::Same);
        (a_gaps.end - suffix, b_gaps.end - suffix)
    }

    /// The half of a move that takes words out of `a`, with the marks that open and close them, up to `limit`.
    fn moved_away(&mut self, index: usize, one: &Move, limit: usize) {
        let span = stretch(&self.pair.a, &one.a);
        self.left_over(opened(&self.pair.a, one.a.start, self.done.0), self.done.1);
        let end = closed(&self.pair.a, one.a.end, span.end as usize..limit);
        self.push_move(end, self.done.1, index);
    }

    /// The half of a move that puts words into `b`, with the marks that open and close them, up to `limit`.
    fn moved_here(&mut self, index: usize, one: &Move, limit: usize) {
        let span = stretch(&self.pair.b, &one.b);
        self.left_over(self.done.0, opened(&self.pair.b, one.b.start, self.done.1));
        let end = closed(&self.pair.b, one.b.end, span.end as usize..limit);
        self.push_move(self.done.0, end, index);
    }

    /// Other words on either side; or the same, which agreed by chance and turned out to answer each other.
    fn replaced(&mut self, a: &Words, b: &Words) {
        if self.pair.a.ids[a.clone()] == self.pair.b.ids[b.clone()] {
            self.kept_run(Run { a: a.start, b: b.start, len: a.len() });
            return;
        }
        let (a_end, b_end) = self.skip_same(a, b, false);
        let (a_span, b_span) = (ByteSpan::new(self.done.0, a_end), ByteSpan::new(self.done.1, b_end));
        if joined_otherwise(self.pair, a_span, b_span) {
            return self.push(a_end, b_end, Level::Spelling);
        }
        let (a_end, b_end) = self.with_bracket((a_end, b_end));
        let (a_mark, b_mark) = self.closing_marks(a, b, (a_end, b_end)).unwrap_or((a_end, b_end));
        self.push(a_mark, b_mark, Level::Wording);
        let level = self.gap_level(a_end, b_end);
        self.push(a_end, b_end, level);
    }

    /// The ends of a change behind the bracket that both sides have there and that closes one inside.
    fn with_bracket(&self, (a_end, b_end): (usize, usize)) -> (usize, usize) {
        let is_open = |text: &str| text.rfind('(') > text.rfind(')');
        let closes = |side: &Side<'_>, at: usize| side.raw[at..].starts_with(')');
        let is_cut = is_open(self.rest_a(a_end))
            && is_open(self.rest_b(b_end))
            && closes(&self.pair.a, a_end)
            && closes(&self.pair.b, b_end)
            && self.end.0 > a_end
            && self.end.1 > b_end;
        if is_cut { (a_end + 1, b_end + 1) } else { (a_end, b_end) }
    }

    /// Where words that stand on one side only end, if other marks close the stretch on either side: "." became
    /// " heim!" by a word and a mark.
    fn closing_marks(&self, a: &Words, b: &Words, (a_end, b_end): (usize, usize)) -> Option<(usize, usize)> {
        let behind = |side: &Side<'_>, words: &Words, done: usize| {
            if words.is_empty() { done } else { side.spans[words.end - 1].end as usize }
        };
        let (a_mark, b_mark) = (behind(&self.pair.a, a, self.done.0), behind(&self.pair.b, b, self.done.1));
        let is_mark = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
        let are_marks = is_mark(&self.pair.a.raw[a_mark..a_end]) && is_mark(&self.pair.b.raw[b_mark..b_end]);
        (a.is_empty() != b.is_empty() && are_marks).then_some((a_mark, b_mark))
    }

    /// What stands around moves up to `a` and `b`: other words, or only the punctuation that the moved ones left behind.
    fn left_over(&mut self, a: usize, b: usize) {
        let old = self.pair.a.words_in(ByteSpan::new(self.done.0, a));
        let new = self.pair.b.words_in(ByteSpan::new(self.done.1, b));
        if self.pair.a.ids[old.clone()] == self.pair.b.ids[new.clone()] {
            self.kept_run(Run { a: old.start, b: new.start, len: old.len() });
            let level = self.gap_level(a, b);
            self.push(a, b, level);
        } else {
            self.push(a, b, Level::Wording);
        }
    }

    fn rest_a(&self, end: usize) -> &str {
        &self.pair.a.raw[self.done.0..end]
    }

    fn rest_b(&self, end: usize) -> &str {
        &self.pair.b.raw[self.done.1..end]
    }

    /// Cover both texts up to `a` and `b`. An equal stretch makes an equal one before it longer; changes stay apart, since
    /// each has a level of its own.
    fn push(&mut self, a: usize, b: usize, level: Level) {
        let kind = match (a > self.done.0, b > self.done.1) {
            (false, false) => return,
            _ if level == Level::Same => EditKind::Equal,
            (true, true) => EditKind::Replace,
            (true, false) => EditKind::Delete,
            (false, true) => EditKind::Insert,
        };
        let (a_span, b_span) = self.cover(a, b);
        match self.edits.last_mut() {
            Some(last) if kind == EditKind::Equal && last.kind == kind => {
                last.a.end = a_span.end;
                last.b.end = b_span.end;
            }
            _ => self.edits.push(Edit { kind, level, a: a_span, b: b_span, partner: None }),
        }
    }

    /// One half of a move, whose index stands for the partner's until that is known.
    fn push_move(&mut self, a: usize, b: usize, index: usize) {
        let (a_span, b_span) = self.cover(a, b);
        let partner = Some(index as u32);
        self.edits.push(Edit { kind: EditKind::Move, level: Level::Same, a: a_span, b: b_span, partner });
    }

    fn cover(&mut self, a: usize, b: usize) -> (ByteSpan, ByteSpan) {
        let spans = (ByteSpan::new(self.done.0, a), ByteSpan::new(self.done.1, b));
        self.done = (a, b);
        spans
    }
}

/// The words of either side before a move that is the only one between two kept runs; none if none stand there.
fn before_only_move(
    a: &Words,
    b: &Words,
    away: &Words,
    here: &[usize],
    moves: &Moves<'_>,
) -> Option<(Words, Words)> {
    let (a, b) = match (away.len(), here) {
        (1, []) => (a.start..moves.moves[away.start].a.start, b.clone()),
        (0, &[one]) => (a.clone(), b.start..moves.moves[one].b.start),
        _ => return None,
    };
    (!a.is_empty() && away.len() == 1 || !b.is_empty() && away.is_empty()).then_some((a, b))
}

/// Point each half of a move to the other.
fn link_moves(edits: &mut [Edit]) {
    let mut halves = std::collections::HashMap::new();
    for i in 0..edits.len() {
        let Some(name) = edits[i].partner else { continue };
        if let Some(other) = halves.insert(name, i) {
            edits[i].partner = Some(other as u32);
            let partner: &mut Edit = &mut edits[other];
            partner.partner = Some(i as u32);
        }
    }
}

/// The halves of moves together with the marks and spaces around them that went or came with them.
fn with_marks(edits: Vec<Edit>) -> Vec<Edit> {
    let mut joined: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        match joined.last_mut() {
            Some(last) if goes_along(last, &edit) || goes_along(&edit, last) => {
                let partner = last.partner.or(edit.partner);
                *last = Edit {
                    kind: EditKind::Move,
                    level: Level::Same,
                    a: last.a.to(edit.a),
                    b: last.b.to(edit.b),
                    partner,
                };
            }
            _ => joined.push(edit),
        }
    }
    joined
}

/// Whether `marks` stand on the same side as `half` of a move, and no words among them.
fn goes_along(half: &Edit, marks: &Edit) -> bool {
    let one_side = |edit: &Edit| (edit.a.is_empty(), edit.b.is_empty());
    half.kind == EditKind::Move
        && matches!(marks.kind, EditKind::Insert | EditKind::Delete)
        && marks.level == Level::Typography
        && one_side(half) == one_side(marks)
}
