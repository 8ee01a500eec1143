//! From runs of kept words to edits that cover both texts without a gap.
//!
//! Words are compared folded, what stands between them as it is. So a kept word with another capital, or a
//! quotation mark that became another one, is an edit of its own level, beside a stretch that stays the same.

use super::align::Run;
use super::levels::{Level, word_level};
use super::{Edit, EditKind};
use crate::text::{ByteSpan, Pair, Side};

/// Lays the edits of one pair of texts one after the other.
pub(super) struct Layout<'p, 't> {
    pair: &'p Pair<'t>,
    edits: Vec<Edit>,
    /// Up to where each text is covered, in bytes.
    done: (usize, usize),
}

/// The words of one side between two kept ones, and the part of them that moved.
type Words = std::ops::Range<usize>;

/// The edits of `pair`, given its kept runs and its moves (both ascending in `a`).
pub(super) fn lay_out(pair: &Pair<'_>, kept: &[Run], moves: &[Run]) -> Vec<Edit> {
    let mut layout = Layout {
        pair,
        edits: Vec::with_capacity(2 * kept.len() + 1),
        done: (0, 0),
    };
    let mut next = (0, 0);
    for run in kept {
        layout.changed(next.0..run.a, next.1..run.b, moves);
        for i in 0..run.len {
            layout.kept_word(run.a + i, run.b + i);
        }
        next = (run.a + run.len, run.b + run.len);
    }
    layout.changed(next.0..pair.a.ids.len(), next.1..pair.b.ids.len(), moves);
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
        self.push(self.done.0 + prefix, self.done.1 + prefix, Level::Same);
        self.push(a_end - suffix, b_end - suffix, Level::Typography);
        self.push(a_end, b_end, Level::Same);
    }

    /// Words that stand on one side only, or were replaced.
    fn changed(&mut self, a: Words, b: Words, moves: &[Run]) {
        if a.is_empty() && b.is_empty() {
            return;
        }
        let pair = self.pair;
        let (a_gaps, b_gaps) = (Gaps::around(&pair.a, &a, self.done.0), Gaps::around(&pair.b, &b, self.done.1));
        let (a_text, b_text) = (a_gaps.region(&pair.a), b_gaps.region(&pair.b));
        let left = a_gaps.left.min(b_gaps.left);
        let prefix = common_prefix(head(a_text, left), head(b_text, left));
        let right = a_gaps.right.min(b_gaps.right).min(a_text.len() - prefix).min(b_text.len() - prefix);
        let suffix = common_suffix(tail(&a_text[prefix..], right), tail(&b_text[prefix..], right));
        self.push(a_gaps.start + prefix, b_gaps.start + prefix, Level::Same);
        let (a_end, b_end) = (a_gaps.end - suffix, b_gaps.end - suffix);
        let moved_away: Vec<Run> = moves.iter().filter(|run| a.contains(&run.a)).copied().collect();
        let mut moved_here: Vec<Run> = moves.iter().filter(|run| b.contains(&run.b)).copied().collect();
        if moved_away.is_empty() && moved_here.is_empty() {
            self.push(a_end, b_end, Level::Wording);
            return;
        }
        moved_here.sort_by_key(|run| run.b);
        for run in moved_away {
            let span = pair.a.spans[run.a].to(pair.a.spans[run.a + run.len - 1]);
            self.push(span.start as usize, self.done.1, Level::Wording);
            self.push_move(span.end as usize, self.done.1, run);
        }
        self.push(a_end, self.done.1, Level::Wording);
        for run in moved_here {
            let span = pair.b.spans[run.b].to(pair.b.spans[run.b + run.len - 1]);
            self.push(a_end, span.start as usize, Level::Wording);
            self.push_move(a_end, span.end as usize, run);
        }
        self.push(a_end, b_end, Level::Wording);
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
            _ => self.edits.push(Edit {
                kind,
                level,
                a: a_span,
                b: b_span,
                partner: None,
            }),
        }
    }

    fn push_move(&mut self, a: usize, b: usize, run: Run) {
        let level = (0..run.len).map(|i| {
            let (a, b) = (self.pair.a.spans[run.a + i], self.pair.b.spans[run.b + i]);
            word_level(a.of(self.pair.a.raw), b.of(self.pair.b.raw))
        });
        let level = level.max().unwrap_or(Level::Same);
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
