//! Pairs the marks of a text, paragraph by paragraph, with a stack of those that are open.

use super::flank::{Beside, Flank};
use super::marks::{MARKS, Mark};
use super::tokens::{Token, tokens_of};
use crate::text::{ByteSpan, paragraphs};

/// A marked span as the scanner leaves it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanned {
    pub(super) opening: ByteSpan,
    pub(super) closing: Option<ByteSpan>,
    /// One past the last byte.
    pub(super) end: u32,
    pub(super) mark: Mark,
    /// The paragraph it stands in.
    pub(super) paragraph: u32,
}

/// The marked spans of `raw`, in order of their starts; outer ones before inner ones.
pub(super) fn scan(raw: &str, paragraphs: &[ByteSpan]) -> Vec<Scanned> {
    let mut tokens = Vec::new();
    let mut ends = Vec::with_capacity(paragraphs.len());
    for &paragraph in paragraphs {
        tokens_of(raw, paragraph, &mut tokens);
        ends.push(tokens.len());
    }
    let carried = carried(raw, paragraphs, &tokens, &ends);
    let mut scan = Scan::new(raw, Votes::of(&tokens));
    let mut from = 0;
    for (number, (&paragraph, &to)) in paragraphs.iter().zip(&ends).enumerate() {
        scan.paragraph = number as u32;
        scan.local = Local::of(&tokens[from..to]);
        for token in &tokens[from..to] {
            scan.take(token);
        }
        if !carried[number] {
            scan.close_down_to(0, paragraph.end);
        }
        from = to;
    }
    scan.found.sort_unstable_by_key(|found| found.opening.start);
    scan.found
}

/// Lines that a quotation may go over.
const MOST_LINES: usize = 8;

/// For each paragraph whether a quotation goes on behind it: it ends with a line break only, something is open, and
/// the next mark in the lines below is the one that closes it (a law quoted with its numbers, a poem).
fn carried(raw: &str, paragraphs: &[ByteSpan], tokens: &[Token], ends: &[usize]) -> Vec<bool> {
    let mut carried = vec![false; paragraphs.len()];
    let mut open: Option<(usize, Mark)> = None;
    let mut start = 0;
    for (number, &end) in ends.iter().enumerate() {
        let tokens = &tokens[std::mem::replace(&mut start, end)..end];
        if let Some((from, mark)) = open {
            let first = tokens.iter().find(|token| !token.mark.is_single());
            let closes = first
                .is_some_and(|token| token.flank == Flank::Right && token.mark.closes() & mark.bit() != 0);
            let near =
                number - from <= MOST_LINES && is_next_line(raw, paragraphs[number - 1], paragraphs[number]);
            if near && closes {
                carried[from..number].fill(true);
            }
            if near && first.is_none() {
                continue;
            }
        }
        open = left_open(tokens).map(|mark| (number, mark));
    }
    carried
}

/// Whether nothing but a line break and spaces stands between two paragraphs.
fn is_next_line(raw: &str, above: ByteSpan, below: ByteSpan) -> bool {
    let between = &raw[above.end as usize..below.start as usize];
    between.trim_matches([' ', '\t', '\r']) == "\n"
}

/// The mark that faces only one way and waits at the end of a paragraph.
fn left_open(tokens: &[Token]) -> Option<Mark> {
    let one_way =
        |mark: Mark| matches!(mark, Mark::Low | Mark::Left | Mark::LeftGuillemet | Mark::RightGuillemet);
    let last = tokens.iter().rfind(|token| !token.mark.is_single())?;
    (last.flank == Flank::Left && one_way(last.mark) && !last.is_doubtful).then_some(last.mark)
}

/// The marked spans of `raw`, with its paragraphs.
pub(super) fn scan_text(raw: &str) -> (Vec<Scanned>, Vec<ByteSpan>) {
    let paragraphs = paragraphs(raw);
    (scan(raw, &paragraphs), paragraphs)
}

/// What the whole text says about marks that face either way.
#[derive(Debug, Clone, Copy)]
struct Votes {
    /// »x« rather than «x».
    inward: bool,
    /// ”x” rather than “x”.
    right_opens: bool,
    /// “ stands in the text, so it is what closes „; '' inside is something else.
    has_left: bool,
}

/// What a paragraph says about its marks.
#[derive(Debug, Clone, Copy, Default)]
struct Local {
    /// ‘ opens there, so ’ before a word is an apostrophe.
    left_opens: bool,
    /// ‘ closes there, so it is what closes ‚; ’ inside is an apostrophe.
    left_closes: bool,
    /// » stands there twice.
    has_pair: bool,
}

impl Local {
    fn of(tokens: &[Token]) -> Self {
        let faces = |token: &Token, flank| token.mark == Mark::LeftSingle && token.flank == flank;
        Self {
            left_opens: tokens.iter().any(|token| faces(token, Flank::Left)),
            has_pair: tokens.iter().filter(|token| token.mark == Mark::RightGuillemet).nth(1).is_some(),
            left_closes: tokens.iter().any(|token| faces(token, Flank::Right) && !token.is_weak),
        }
    }
}

impl Votes {
    fn of(tokens: &[Token]) -> Self {
        let mut inward = 0_i64;
        let mut right_opens = false;
        let mut other_opens = false;
        let mut has_left = false;
        for token in tokens {
            let facing = match token.flank {
                Flank::Left => 1,
                Flank::Right => -1,
                Flank::Unclear => 0,
            };
            match token.mark {
                // A bullet says nothing.
                mark if mark.is_guillemet() && !(token.starts_line && token.behind == Beside::Space) => {
                    inward += if mark.points_left() { -facing } else { facing };
                }
                Mark::Right => right_opens |= token.flank == Flank::Left,
                Mark::Left | Mark::Low => {
                    other_opens = true;
                    has_left |= token.mark == Mark::Left;
                }
                _ => {}
            }
        }
        Self { inward: inward > 0, right_opens: right_opens && !other_opens, has_left }
    }

    /// Which way `mark` faces where its neighbours do not tell.
    fn lean(self, mark: Mark) -> Flank {
        match mark {
            Mark::Left
            | Mark::Low
            | Mark::Reversed
            | Mark::TwoLeftSingles
            | Mark::TwoBackticks
            | Mark::TwoCommas
            | Mark::TwoLowSingles
            | Mark::LeftSingle
            | Mark::LowSingle
            | Mark::ReversedSingle => Flank::Left,
            Mark::Right if self.right_opens => Flank::Unclear,
            Mark::Right | Mark::TwoRightSingles | Mark::RightSingle => Flank::Right,
            mark if mark.is_guillemet() && mark.points_left() != self.inward => Flank::Left,
            mark if mark.is_guillemet() => Flank::Right,
            _ => Flank::Unclear,
        }
    }
}

/// A mark that waits for its closing one.
struct Open {
    span: ByteSpan,
    mark: Mark,
    is_doubtful: bool,
    is_elision: bool,
    /// The place in the stack of the mark of the same kind below it.
    same_below: Option<u32>,
}

enum Action {
    Open,
    Close(u32),
    Nothing,
}

/// Dropped letters that are looked through in one quotation.
const MOST_ELISIONS: usize = 8;

struct Scan<'t> {
    raw: &'t str,
    votes: Votes,
    local: Local,
    stack: Vec<Open>,
    /// For each kind of mark the place in the stack of its topmost one, so that no search walks the stack.
    topmost: [Option<u32>; MARKS],
    /// The places of the double marks.
    doubles: Vec<u32>,
    found: Vec<Scanned>,
    paragraph: u32,
}

impl<'t> Scan<'t> {
    fn new(raw: &'t str, votes: Votes) -> Self {
        Self {
            raw,
            votes,
            local: Local::default(),
            stack: Vec::new(),
            topmost: [None; MARKS],
            doubles: Vec::new(),
            found: Vec::new(),
            paragraph: 0,
        }
    }

    fn take(&mut self, token: &Token) {
        match self.decide(token) {
            Action::Open => self.open(token),
            Action::Close(place) => self.close(place, token),
            Action::Nothing => {}
        }
    }

    fn decide(&self, token: &Token) -> Action {
        let opener = self.opener_for(token.mark);
        let close = || opener.map_or(Action::Nothing, Action::Close);
        if token.mark.is_strict() {
            return if token.mark.can_open() { Action::Open } else { close() };
        }
        let is_apostrophe = token.mark == Mark::RightSingle && self.local.left_opens;
        match token.flank {
            Flank::Right if token.is_weak && (token.is_doubtful || token.closes_later) => Action::Nothing,
            Flank::Right => close(),
            Flank::Left if is_apostrophe && token.is_elision => Action::Nothing,
            Flank::Left if self.closes_all_the_same(token, opener) => close(),
            Flank::Left if is_apostrophe => Action::Nothing,
            Flank::Left => self.open_unless_bullet(token),
            Flank::Unclear if token.starts_line && self.goes_on(token.mark) => Action::Open,
            Flank::Unclear => self.decide_by_lean(token, opener),
        }
    }

    /// Whether `token`, though it stands like an opening mark, closes: ” behind a misplaced space in `“Yes, ”he`.
    fn closes_all_the_same(&self, token: &Token, opener: Option<u32>) -> bool {
        // With nothing between the two it is an apostrophe: ‘’old on’.
        let closes =
            |open: &Open| self.votes.lean(open.mark) == Flank::Left && open.span.end < token.span.start;
        self.votes.lean(token.mark) == Flank::Right
            && opener.is_some_and(|place| closes(&self.stack[place as usize]))
    }

    /// A guillemet before a space on its line's start is a bullet, unless the text writes »x«.
    fn open_unless_bullet(&self, token: &Token) -> Action {
        let bullet = token.mark.is_guillemet()
            && token.starts_line
            && token.behind == Beside::Space
            && self.votes.lean(token.mark) == Flank::Right;
        let code = matches!(token.mark, Mark::TwoLess | Mark::TwoGreater) && token.flank != Flank::Left;
        let comma = token.mark == Mark::TwoCommas && token.flank != Flank::Left;
        if bullet || code || comma || !token.mark.can_open() {
            return Action::Nothing;
        }
        Action::Open
    }

    /// Whether a quotation in guillemets was left open by the paragraph before: French opens the next one with » again.
    fn goes_on(&self, mark: Mark) -> bool {
        let last = self.found.last();
        last.is_some_and(|last| {
            mark == Mark::RightGuillemet
                && self.local.has_pair
                && last.closing.is_none()
                && last.mark.is_guillemet()
                && last.paragraph + 1 == self.paragraph
        })
    }

    fn decide_by_lean(&self, token: &Token, opener: Option<u32>) -> Action {
        let lean = self.votes.lean(token.mark);
        // “ behind „ closes, and so does a second » of Finnish; “ behind " is one more that opens.
        let closes = |&place: &u32| lean != Flank::Left || self.stack[place as usize].mark != Mark::Straight;
        match (lean, opener.filter(closes)) {
            (_, Some(place)) => Action::Close(place),
            (Flank::Left, None) => self.open_unless_bullet(token),
            (Flank::Unclear, None) if self.may_open(token) => Action::Open,
            (Flank::Right | Flank::Unclear, None) => Action::Nothing,
        }
    }

    /// Whether a mark without direction between letters or between spaces may open something: not inside 5"x7",
    /// and between letters only where two words or scripts have run together.
    fn may_open(&self, token: &Token) -> bool {
        let before = self.raw[..token.span.start as usize].chars().next_back();
        let behind = self.raw[token.span.end as usize..].chars().next();
        match (token.before, token.behind) {
            (_, Beside::Closing) => false,
            (Beside::Word, Beside::Word) => {
                let apart = before.is_some_and(char::is_lowercase) && behind.is_some_and(char::is_uppercase);
                let caseless = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
                apart || before.is_some_and(caseless) || behind.is_some_and(caseless)
            }
            _ => !token.mark.is_single() || token.behind != Beside::Space,
        }
    }

    /// The place of the nearest open mark that `mark` closes. A single mark may be an apostrophe, so it closes
    /// nothing across a double one.
    fn opener_for(&self, mark: Mark) -> Option<u32> {
        let mut set = mark.closes();
        if mark == Mark::TwoApostrophes && self.votes.has_left {
            set &= !Mark::Low.bit();
        }
        if mark == Mark::RightSingle && self.local.left_closes {
            set &= !Mark::LowSingle.bit();
        }
        let mut nearest = None;
        while set != 0 {
            nearest = nearest.max(self.topmost[set.trailing_zeros() as usize]);
            set &= set - 1;
        }
        let is_near =
            |place: &u32| !mark.is_single() || self.doubles.last().is_none_or(|double| double < place);
        nearest.filter(is_near).map(|place| self.below_elisions(place).filter(is_near).unwrap_or(place))
    }

    /// The opening mark below those from `place` down that may stand for letters left out: 'Go, 'cause I say so'.
    fn below_elisions(&self, place: u32) -> Option<u32> {
        let below = |&place: &u32| self.stack[place as usize].same_below;
        let mut chain = std::iter::successors(Some(place), below).take(MOST_ELISIONS);
        chain.find(|&place| !self.stack[place as usize].is_elision)
    }

    fn open(&mut self, token: &Token) {
        let place = self.stack.len() as u32;
        let reversed = self.votes.lean(token.mark) == Flank::Left;
        self.stack.push(Open {
            span: token.span,
            mark: token.mark,
            is_doubtful: token.is_doubtful && !(token.mark.is_guillemet() && reversed),
            is_elision: token.is_elision,
            same_below: self.topmost[token.mark as usize].replace(place),
        });
        if !token.mark.is_single() {
            self.doubles.push(place);
        }
    }

    /// Close the mark at `place`, and give up those above it.
    fn close(&mut self, place: u32, token: &Token) {
        self.close_down_to(place + 1, token.span.start);
        let Some(open) = self.pop() else { return };
        // `code` is no quotation.
        let is_code = token.mark == Mark::Backtick;
        let inner = &self.raw[open.span.end as usize..token.span.start as usize];
        if !is_code && !inner.trim().is_empty() {
            self.found.push(Scanned {
                opening: open.span,
                closing: Some(token.span),
                end: token.span.end,
                mark: open.mark,
                paragraph: self.paragraph,
            });
        }
    }

    /// Leave everything from `place` up unclosed, with its end at `end`; what may be an apostrophe is dropped.
    fn close_down_to(&mut self, place: u32, end: u32) {
        while self.stack.len() > place as usize {
            let Some(open) = self.pop() else { return };
            let inner = &self.raw[open.span.end as usize..end as usize];
            if !open.is_doubtful && !inner.trim().is_empty() {
                self.found.push(Scanned {
                    opening: open.span,
                    closing: None,
                    end,
                    mark: open.mark,
                    paragraph: self.paragraph,
                });
            }
        }
    }

    fn pop(&mut self) -> Option<Open> {
        let open = self.stack.pop()?;
        self.topmost[open.mark as usize] = open.same_below;
        if !open.mark.is_single() {
            self.doubles.pop();
        }
        Some(open)
    }
}
