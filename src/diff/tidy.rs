//! From runs of kept words to edits that cover both texts without a gap.
//!
//! Words are compared folded, what stands between them as it is. So a kept word with another capital, or a
//! quotation mark that became another one, is an edit of its own level, beside a stretch that stays the same.

use super::align::Run;
use super::levels::{Level, gap_level, word_level};
use super::{Edit, EditKind};
use crate::text::{ByteSpan, Pair, Side};

/// Lays the edits of one pair of texts one after the other.
pub(super) struct Layout<'p, 't> {
    pair: &'p Pair<'t>,
    edits: Vec<Edit>,
    /// Up to where each text is covered, in bytes.
    done: (usize, usize),
}

/// The words of one side between two kept ones.
type Words = std::ops::Range<usize>;

/// The moves in the order of either side.
struct Moves {
    by_a: Vec<Run>,
    by_b: Vec<Run>,
}

impl Moves {
    fn new(by_a: Vec<Run>) -> Self {
        let mut by_b = by_a.clone();
        by_b.sort_by_key(|run| run.b);
        Self { by_a, by_b }
    }

    /// Those that take out of `words` of `a`.
    fn from(&self, words: &Words) -> &[Run] {
        let place = |word| self.by_a.partition_point(|run| run.a < word);
        &self.by_a[place(words.start)..place(words.end)]
    }

    /// Those that put into `words` of `b`.
    fn to(&self, words: &Words) -> &[Run] {
        let place = |word| self.by_b.partition_point(|run| run.b < word);
        &self.by_b[place(words.start)..place(words.end)]
    }
}

/// The edits of `pair`, given its kept runs and its moves (both ascending in `a`).
pub(super) fn lay_out(pair: &Pair<'_>, kept: &[Run], moves: Vec<Run>) -> Vec<Edit> {
    let moves = Moves::new(moves);
    let mut layout = Layout { pair, edits: Vec::with_capacity(2 * kept.len() + 1), done: (0, 0) };
    let mut next = (0, 0);
    for run in kept {
        layout.changed(&(next.0..run.a), &(next.1..run.b), &moves);
        for i in 0..run.len {
            layout.kept_word(run.a + i, run.b + i);
        }
        next = (run.a + run.len, run.b + run.len);
    }
    layout.changed(&(next.0..pair.a.ids.len()), &(next.1..pair.b.ids.len()), &moves);
    layout.between(pair.a.raw.len(), pair.b.raw.len());
    link_moves(&mut layout.edits);
    layout.edits
}

impl Layout<'_, '_> {
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
        let prefix = common_prefix(a, b);
        let suffix = common_suffix(&a[prefix..], &b[prefix..]);
        let level = if a == b { Level::Same } else { self.gap_level(a_end, b_end) };
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
    fn changed(&mut self, a: &Words, b: &Words, moves: &Moves) {
        if a.is_empty() && b.is_empty() {
            return;
        }
        let (a_end, b_end) = self.skip_same(a, b);
        let (away, here) = (moves.from(a), moves.to(b));
        if away.is_empty() && here.is_empty() {
            self.push(a_end, b_end, Level::Wording);
            return;
        }
        for &run in away {
            self.moved_away(run);
        }
        self.left_over(a_end, self.done.1);
        for &run in here {
            self.moved_here(run);
        }
        self.left_over(a_end, b_end);
    }

    /// Cover what is the same on both sides before the changed words, and return where what is the same behind
    /// them begins; words have no part in either.
    fn skip_same(&mut self, a: &Words, b: &Words) -> (usize, usize) {
        let pair = self.pair;
        let (a_gaps, b_gaps) = (Gaps::around(&pair.a, a, self.done.0), Gaps::around(&pair.b, b, self.done.1));
        let (a_text, b_text) = (a_gaps.region(&pair.a), b_gaps.region(&pair.b));
        let left = a_gaps.left.min(b_gaps.left);
        let prefix = common_prefix(head(a_text, left), head(b_text, left));
        let right = a_gaps.right.min(b_gaps.right).min(a_text.len() - prefix).min(b_text.len() - prefix);
        let suffix = common_suffix(tail(&a_text[prefix..], right), tail(&b_text[prefix..], right));
        self.push(a_gaps.start + prefix, b_gaps.start + prefix, Level::Same);
        (a_gaps.end - suffix, b_gaps.end - suffix)
    }

    /// The half of a move that takes words out of `a`.
    fn moved_away(&mut self, run: Run) {
        let span = stretch(&self.pair.a, run.a, run.len);
        self.left_over(span.start as usize, self.done.1);
        self.push_move(span.end as usize, self.done.1, run);
    }

    /// The half of a move that puts words into `b`.
    fn moved_here(&mut self, run: Run) {
        let span = stretch(&self.pair.b, run.b, run.len);
        self.left_over(self.done.0, span.start as usize);
        self.push_move(self.done.0, span.end as usize, run);
    }

    /// What stands around moves: other words, or only the punctuation that the moved ones left behind.
    fn left_over(&mut self, a: usize, b: usize) {
        let has_words = has_word(&self.pair.a, self.done.0, a) || has_word(&self.pair.b, self.done.1, b);
        self.push(a, b, if has_words { Level::Wording } else { self.gap_level(a, b) });
    }

    fn rest_a(&self, end: usize) -> &str {
        &self.pair.a.raw[self.done.0..end]
    }

    fn rest_b(&self, end: usize) -> &str {
        &self.pair.b.raw[self.done.1..end]
    }

    /// Cover both texts up to `a` and `b`; an edit like the one before it makes that one longer.
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

    fn push_move(&mut self, a: usize, b: usize, run: Run) {
        let level = self.move_level(run);
        let (a_span, b_span) = self.cover(a, b);
        self.edits.push(Edit {
            kind: EditKind::Move,
            level,
            a: a_span,
            b: b_span,
            // The word at which the move starts in `a` names it until the partner's index is known.
            partner: Some(run.a as u32),
        });
    }

    /// The strongest difference between two places of the same words, or between what stands around the words.
    fn move_level(&self, run: Run) -> Level {
        let Pair { a, b, .. } = self.pair;
        if stretch(a, run.a, run.len).of(a.raw) == stretch(b, run.b, run.len).of(b.raw) {
            return Level::Same;
        }
        let words = a.spans[run.a..].iter().zip(&b.spans[run.b..]).take(run.len);
        let levels = words.map(|(x, y)| word_level(x.of(a.raw), y.of(b.raw)));
        levels.fold(Level::Typography, Level::max)
    }

    fn cover(&mut self, a: usize, b: usize) -> (ByteSpan, ByteSpan) {
        let spans = (ByteSpan::new(self.done.0, a), ByteSpan::new(self.done.1, b));
        self.done = (a, b);
        spans
    }
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

/// From the first to the last of `len` words.
fn stretch(side: &Side<'_>, first: usize, len: usize) -> ByteSpan {
    side.spans[first].to(side.spans[first + len - 1])
}

/// Whether a word starts from `start` on and before `end`.
fn has_word(side: &Side<'_>, start: usize, end: usize) -> bool {
    let next = side.spans.partition_point(|word| (word.start as usize) < start);
    side.spans.get(next).is_some_and(|word| (word.start as usize) < end)
}

/// A stretch of one text around changed words, and how much of its start and end is no word.
struct Gaps {
    start: usize,
    end: usize,
    left: usize,
    right: usize,
}

impl Gaps {
    /// The stretch from `start` to the word behind `words`, or to the end of the text.
    fn around(side: &Side<'_>, words: &Words, start: usize) -> Self {
        let end = side.spans.get(words.end).map_or(side.raw.len(), |next| next.start as usize);
        if words.is_empty() {
            let whole = end - start;
            return Self { start, end, left: whole, right: whole };
        }
        Self {
            start,
            end,
            left: side.spans[words.start].start as usize - start,
            right: end - side.spans[words.end - 1].end as usize,
        }
    }

    fn region<'t>(&self, side: &Side<'t>) -> &'t str {
        &side.raw[self.start..self.end]
    }
}

fn common_prefix(a: &str, b: &str) -> usize {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y);
    same.map(|(c, _)| c.len_utf8()).sum()
}

fn common_suffix(a: &str, b: &str) -> usize {
    let same = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y);
    same.map(|(c, _)| c.len_utf8()).sum()
}

/// The first `len` bytes of `text`, or fewer where that would cut a character.
fn head(text: &str, len: usize) -> &str {
    let mut end = len;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last `len` bytes of `text`, or fewer where that would cut a character.
fn tail(text: &str, len: usize) -> &str {
    let mut start = text.len() - len;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}
