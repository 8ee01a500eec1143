//! The marks of a text with what can be known about each before they are paired.

use super::apostrophe::{
    Elision, closes_again, elides_before_mark, elision, ends_and, may_be_apostrophe, may_be_inches,
};
use super::flank::{Beside, Flank, before, behind};
use super::marks::{Mark, SIGNS, mark_at, next_first_byte};
use crate::text::ByteSpan;

/// A mark in its place.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "five independent doubts about one mark")]
pub(super) struct Token {
    pub(super) span: ByteSpan,
    pub(super) mark: Mark,
    pub(super) flank: Flank,
    pub(super) before: Beside,
    pub(super) behind: Beside,
    /// May be an apostrophe, a foot or inches though it looks like a closing mark.
    pub(super) is_weak: bool,
    /// May be none if nothing closes it.
    pub(super) is_doubtful: bool,
    /// May stand for letters left out before a word that quotations begin with as well.
    pub(super) is_elision: bool,
    /// First thing on its line, so it may be a bullet.
    pub(super) starts_line: bool,
    /// Whether another mark of its kind closes later, before one opens.
    pub(super) closes_later: bool,
}

/// Note the marks of the paragraph at `within`.
pub(super) fn tokens_of(raw: &str, within: ByteSpan, tokens: &mut Vec<Token>) {
    let bytes = &raw.as_bytes()[..within.end as usize];
    let first = tokens.len();
    let mut at = within.start as usize;
    // Where the present row of marks without anything between them began.
    let mut row = first;
    while let Some(found) = next_first_byte(bytes, at) {
        at = found;
        let Some((mark, len)) = mark_at(bytes, at) else {
            at += 1;
            continue;
        };
        let span = ByteSpan::new(at, at + len);
        at += len;
        if mark.is_single() && (is_inside_word(raw, span) || is_before_mark(raw, within, span, mark)) {
            continue;
        }
        if tokens[row..].last().is_some_and(|last| last.span.end < span.start) {
            face(raw, within, &mut tokens[row..]);
            row = tokens.len();
        }
        tokens.push(Token::new(span, mark));
    }
    face(raw, within, &mut tokens[row..]);
    look_ahead(&mut tokens[first..]);
}

/// Whether letters or digits touch `span` on both sides: an apostrophe, a foot before inches. East Asian scripts
/// have no apostrophes, and no spaces around marks.
fn is_inside_word(raw: &str, span: ByteSpan) -> bool {
    let is_word = |c: char| c < '\u{2E80}' && Beside::of(c) == Beside::Word;
    raw[..span.start as usize].ends_with(is_word) && raw[span.end as usize..].starts_with(is_word)
}

/// Whether `mark` is an apostrophe directly before an opening mark: l’« amour », dell'"arte".
fn is_before_mark(raw: &str, within: ByteSpan, span: ByteSpan, mark: Mark) -> bool {
    if !matches!(mark, Mark::Single | Mark::RightSingle) {
        return false;
    }
    let bytes = &raw.as_bytes()[..within.end as usize];
    let Some((next, len)) = mark_at(bytes, span.end as usize).filter(|(next, _)| !next.is_single()) else {
        return false;
    };
    let text_before = &raw[within.start as usize..span.start as usize];
    let text_behind = &raw[span.end as usize + len..within.end as usize];
    elides_before_mark(text_before, next, text_behind)
}

impl Token {
    fn new(span: ByteSpan, mark: Mark) -> Self {
        Self {
            span,
            mark,
            flank: Flank::Unclear,
            before: Beside::Space,
            behind: Beside::Space,
            is_weak: false,
            is_doubtful: false,
            is_elision: false,
            starts_line: false,
            closes_later: false,
        }
    }
}

/// Find out which way the marks of `row` face; they stand side by side and see the same neighbours.
fn face(raw: &str, within: ByteSpan, row: &mut [Token]) {
    let (Some(first), Some(last)) = (row.first(), row.last()) else {
        return;
    };
    let text_before = &raw[within.start as usize..first.span.start as usize];
    let text_behind = &raw[last.span.end as usize..within.end as usize];
    let plain = (before(text_before, false), behind(text_behind, false));
    let attached = (before(text_before, true), behind(text_behind, true));
    // An apostrophe here is one of `is_before_mark`, and the word before it ends there.
    let is_elided = text_before.ends_with(['\'', '’']);
    let [plain, attached] =
        [plain, attached].map(|(before, behind)| (if is_elided { Beside::Space } else { before }, behind));
    let line = text_before.trim_end_matches([' ', '\t']);
    let count = row.len();
    let starts_line = line.is_empty() || line.ends_with(['\n', '\r', '\u{2028}']);
    for (i, token) in row.iter_mut().enumerate() {
        let spaced = token.mark.is_guillemet();
        (token.before, token.behind) = if spaced { attached } else { plain };
        token.flank = Flank::of(token.before, token.behind);
        token.starts_line = starts_line && i == 0;
        // Of several marks before a word the last may be its apostrophe: ‘’Tis true’.
        let sees_word = i + 1 == count || token.flank != Flank::Left;
        token.weigh(text_before, if sees_word { text_behind } else { "" });
    }
}

impl Token {
    /// Settle how far the mark can be trusted between `before` and `behind`.
    fn weigh(&mut self, before: &str, behind: &str) {
        match self.mark {
            Mark::Single | Mark::RightSingle | Mark::LeftSingle | Mark::ReversedSingle => {
                self.weigh_single(before, behind);
            }
            Mark::Backtick | Mark::Gershayim => self.is_doubtful = true,
            Mark::Straight | Mark::TwoApostrophes | Mark::Right => {
                self.is_weak = self.flank == Flank::Right && may_be_inches(before, behind);
            }
            Mark::RightGuillemet | Mark::TwoGreater | Mark::RightAngle => {
                self.is_doubtful = self.starts_line;
            }
            _ => {}
        }
        if self.before == Beside::Word && self.behind == Beside::Word {
            self.weigh_inside_word(before, behind);
        }
    }

    fn weigh_single(&mut self, before: &str, behind: &str) {
        if self.flank == Flank::Right {
            let sign = SIGNS[self.mark as usize + 1];
            self.is_weak =
                ends_and(before) || may_be_apostrophe(before, behind) || closes_again(sign, behind);
            return;
        }
        let opens_paragraph = before.is_empty();
        let elision = elision(behind);
        self.is_elision = elision == Elision::Maybe;
        self.is_doubtful = match elision {
            // Nothing can close what is not on the stack, so the mark goes for good.
            Elision::Yes => {
                self.flank = Flank::Right;
                self.is_weak = true;
                true
            }
            Elision::Maybe => true,
            Elision::No => self.mark != Mark::LeftSingle && !opens_paragraph,
        };
    }

    /// Between Hebrew letters stand gershayim, not marks, unless a prefix goes before: ב"הארץ".
    fn weigh_inside_word(&mut self, before: &str, behind: &str) {
        let hebrew = |c: char| matches!(c, '\u{5D0}'..='\u{5EA}');
        if !before.ends_with(hebrew) || !behind.starts_with(hebrew) {
            return;
        }
        let prefix = before.chars().rev().take(3).take_while(|&c| hebrew(c)).count();
        let word = behind.chars().take(3).take_while(|&c| hebrew(c)).count();
        self.is_doubtful = true;
        if prefix > 2 || word < 2 {
            self.flank = Flank::Right;
            self.is_weak = true;
        }
    }
}

/// Find out for each mark whether the next of its kind that is sure of itself closes.
fn look_ahead(tokens: &mut [Token]) {
    let (mut single, mut double) = (false, false);
    for token in tokens.iter_mut().rev() {
        let later = if token.mark.is_single() { &mut single } else { &mut double };
        token.closes_later = *later;
        if !token.is_weak {
            *later = token.flank == Flank::Right;
        }
    }
}
