//! Which way a mark faces, judged by the characters beside it.

use unicode_normalization::char::is_combining_mark;

/// Which way a mark faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flank {
    /// Like an opening mark: loose before, tight behind.
    Left,
    /// Like a closing mark.
    Right,
    /// Letters on both sides, or spaces.
    Unclear,
}

/// What stands beside a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// White space, or the paragraph's end.
    Space,
    /// A letter or a digit.
    Word,
    /// What attaches to the left: full stops, commas, closing brackets.
    Closing,
    /// Three dots, which may stand on either side.
    Dots,
    /// An opening bracket.
    Opening,
    /// A dash or a slash.
    Dash,
    /// Anything else: signs, currencies, emoji.
    Sign,
}

impl Beside {
    pub(super) fn of(c: char) -> Self {
        match c {
            c if c.is_whitespace() => Self::Space,
            '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '%' | '؟' | '،' | '؛' | '。' | '、'
            | '，' | '！' | '？' | '：' | '；' | '）' | '】' | '।' | '‽' => Self::Closing,
            '…' => Self::Dots,
            '(' | '[' | '{' | '¿' | '¡' | '（' | '【' => Self::Opening,
            '-' | '\u{2010}'..='\u{2015}' | '/' | '|' | '\\' | '\u{2212}' => Self::Dash,
            c if c.is_alphanumeric() || is_combining_mark(c) => Self::Word,
            _ => Self::Sign,
        }
    }

    /// How much it speaks for an opening mark behind it.
    fn before(self) -> i8 {
        match self {
            Self::Space | Self::Opening => 2,
            Self::Dash => 1,
            Self::Sign => -1,
            Self::Word | Self::Closing | Self::Dots => -2,
        }
    }

    /// How much it speaks for an opening mark before it.
    fn behind(self) -> i8 {
        match self {
            Self::Word | Self::Opening => 2,
            Self::Sign | Self::Dots => 1,
            Self::Dash => -1,
            Self::Space | Self::Closing => -2,
        }
    }
}

impl Flank {
    pub(super) fn of(before: Beside, behind: Beside) -> Self {
        match before.before() + behind.behind() {
            1.. => Self::Left,
            0 => Self::Unclear,
            _ => Self::Right,
        }
    }
}

/// What stands at the end of `text`. Characters that show nothing are looked through, and so are no-break spaces
/// if `spaced`: those stand inside « ».
pub(super) fn before(text: &str, spaced: bool) -> Beside {
    let seen = text.chars().rev().find(|&c| !is_transparent(c, spaced));
    seen.map_or(Beside::Space, Beside::of)
}

/// What stands at the start of `text`.
pub(super) fn behind(text: &str, spaced: bool) -> Beside {
    let mut seen = text.chars().skip_while(|&c| is_transparent(c, spaced));
    match seen.next() {
        Some('.') if leads(seen) => Beside::Dots,
        seen => seen.map_or(Beside::Space, Beside::of),
    }
}

/// Whether a full stop before `rest` may begin something: `...`, `. . .`, `.5`, `.@name`.
fn leads(mut rest: impl Iterator<Item = char>) -> bool {
    match rest.next() {
        Some(' ') => rest.next() == Some('.'),
        next => next.is_some_and(|c| c == '.' || c == '@' || c.is_alphanumeric()),
    }
}

fn is_transparent(c: char, spaced: bool) -> bool {
    match c {
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{61C}' => true,
        '\u{A0}' | '\u{202F}' => spaced,
        _ => false,
    }
}
