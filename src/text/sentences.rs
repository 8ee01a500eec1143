//! Where sentences end: after a full stop that is no abbreviation's, date's or quotation's.

use super::abbreviations::{Abbreviation, abbreviation, is_month, is_starter, takes_ordinal};
use super::paragraphs::{is_closing, paragraphs};
use super::span::ByteSpan;

/// The sentences of `raw`: stretches without outer white space, in order, never across paragraphs.
///
/// A sentence ends at `.`, `!`, `?` or `…`, with any closing marks, where white space and something that can
/// start a sentence follow; at `:` only before a quotation that starts with a capital. Abbreviations, initials,
/// German ordinals and dates do not end one, nor does a quotation's full stop before a comma or a lowercase word.
/// `。`, `！` and `？` need no space behind them. Known from rules and word lists for German and English, so an
/// abbreviation that is not on the list ends a sentence before a capital.
///
/// ```
/// use wortlaut::sentences;
/// let raw = "Am 15. September kam Dr. K. Lind. „Wirklich?“, fragte sie. Ja!";
/// let texts: Vec<&str> = sentences(raw).iter().map(|s| s.of(raw)).collect();
/// assert_eq!(texts, ["Am 15. September kam Dr. K. Lind.", "„Wirklich?“, fragte sie.", "Ja!"]);
/// ```
pub fn sentences(raw: &str) -> Vec<ByteSpan> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs(raw) {
        split(paragraph.of(raw), paragraph.start as usize, &mut sentences);
    }
    sentences
}

/// Whether the full stop or the like at `at` ends a sentence of `text`; the last one of the text does.
pub(crate) fn ends_sentence(text: &str, at: usize) -> bool {
    let run = Run::at(text, at);
    run.after == text.len() || run.ends_sentence(text)
}

/// Note the sentences of `paragraph`, which stands at byte `offset`.
fn split(paragraph: &str, offset: usize, sentences: &mut Vec<ByteSpan>) {
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = next_terminator(paragraph, at) {
        let run = Run::at(paragraph, found);
        at = run.end;
        if run.ends_sentence(paragraph) {
            sentences.push(ByteSpan::new(offset + start, offset + run.after));
            let rest = &paragraph[run.after..];
            start = run.after + (rest.len() - rest.trim_start().len());
            at = at.max(run.after);
        }
    }
    if start < paragraph.len() {
        sentences.push(ByteSpan::new(offset + start, offset + paragraph.len()));
    }
}

/// The first terminator from `at` on.
fn next_terminator(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (at..bytes.len()).find(|&i| match bytes[i] {
        b'.' | b'!' | b'?' | b':' => true,
        0xD8 | 0xDB | 0xE0 | 0xE2 | 0xE3 | 0xEF => text[i..].starts_with(is_terminator),
        _ => false,
    })
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ':' | '…' | '‽' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।') || is_ideographic(c)
}

/// Full stops that need no space behind them.
fn is_ideographic(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

/// Terminators that stand together (`?!`, `...`), with the closing marks behind them.
struct Run {
    start: usize,
    /// End of the terminators.
    end: usize,
    /// End of the closing marks.
    after: usize,
}

impl Run {
    fn at(text: &str, start: usize) -> Self {
        let rest = &text[start..];
        let end = start + (rest.len() - rest.trim_start_matches(is_terminator).len());
        let rest = &text[end..];
        let mut after = end + (rest.len() - rest.trim_start_matches(is_closing).len());
        // French spacing: `Oui. » Puis`.
        let spaced = text[after..].trim_start_matches(['\u{A0}', '\u{202F}', ' ']);
        if after == end && spaced.starts_with('»') && !spaced[2..].starts_with(char::is_alphanumeric) {
            after = text.len() - spaced.len() + 2;
        }
        Self { start, end, after }
    }

    fn ends_sentence(&self, text: &str) -> bool {
        let terminators = &text[self.start..self.end];
        if self.after == text.len() {
            return false;
        }
        if terminators.ends_with(is_ideographic) {
            return !text[self.after..].starts_with(['、', '，', 'と', 'っ', '。']);
        }
        let Some(next) = Next::after(text, self.after) else {
            return false;
        };
        match terminators {
            ":" => self.after == self.end && next.is_opened && next.is_capital(),
            "." => next.is_start && !self.belongs_to_word(text, &next),
            "…" | "..." => next.is_start && !self.is_omission(text),
            _ => next.is_start,
        }
    }

    /// Whether dots stand for words left out: `Brücke […] Man`, `wir … Menschen`.
    fn is_omission(&self, text: &str) -> bool {
        let before = text[..self.start].chars().next_back();
        let closed_by_mark = !matches!(&text[self.end..self.after], "" | "]" | ")");
        !closed_by_mark && before.is_none_or(|c| c.is_whitespace() || c == '[' || c == '(')
    }

    /// Whether a single full stop belongs to the word before it and ends no sentence.
    fn belongs_to_word(&self, text: &str, next: &Next<'_>) -> bool {
        let word = word_before(text, self.start);
        let from = self.start - word.len();
        if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) {
            return self.after == self.end && is_ordinal(&text[..from], word, next.word);
        }
        match abbreviation(word) {
            Abbreviation::Never => false,
            Abbreviation::Always => true,
            Abbreviation::Inside => !is_starter(next.word) || follows_half(&text[..from], word),
        }
    }
}

/// Whether `word` is the second half of a spaced abbreviation: the `B` of "z. B.".
fn follows_half(before: &str, word: &str) -> bool {
    let half = before.trim_end().strip_suffix('.').map_or("", |first| word_before(first, first.len()));
    word.chars().count() == 1 && half.chars().count() == 1 && half.starts_with(char::is_lowercase)
}

/// Longest word that is looked up, in bytes: no abbreviation is longer, and looking back stays constant.
const LONGEST: usize = 24;

/// The letters, digits and inner full stops that end at `end`; empty if the word is too long to matter.
fn word_before(text: &str, end: usize) -> &str {
    let mut start = end;
    for c in text[..end].chars().rev() {
        if !(c.is_alphanumeric() || c == '.') {
            break;
        }
        start -= c.len_utf8();
        if end - start > LONGEST {
            return "";
        }
    }
    text[start..end].trim_start_matches('.')
}

/// Whether `number` with its full stop is a German ordinal: "am 15. September", "der 3. Platz".
fn is_ordinal(before: &str, number: &str, next: &str) -> bool {
    if number.len() > 3 {
        return false;
    }
    let before = before.trim_end();
    let before = word_before(before, before.len());
    is_month(next) || !is_starter(next) && (before.is_empty() || takes_ordinal(before))
}

/// What follows a terminator, behind white space and opening marks.
struct Next<'t> {
    /// The first word.
    word: &'t str,
    is_opened: bool,
    /// Whether a sentence can start like this.
    is_start: bool,
}

impl<'t> Next<'t> {
    /// What follows at `at`, or nothing if no white space does.
    fn after(text: &'t str, at: usize) -> Option<Self> {
        let rest = &text[at..];
        let shown = rest.trim_start();
        if shown.len() == rest.len() {
            return None;
        }
        let inner = shown.trim_start_matches(is_opening);
        let inner = inner.trim_start();
        let is_opened = inner.len() < shown.len();
        let end = inner.char_indices().take(LONGEST).find_map(|(i, c)| (!c.is_alphanumeric()).then_some(i));
        let word = &inner[..end.unwrap_or_else(|| inner.chars().take(LONGEST).map(char::len_utf8).sum())];
        let is_start = can_start(inner);
        Some(Self { word, is_opened, is_start })
    }

    fn is_capital(&self) -> bool {
        self.word.starts_with(char::is_uppercase)
    }
}

/// Whether a sentence can start with `text`: anything but a lowercase word, a comma or the like. A lowercase
/// letter before a capital is a name: "iPhones sind teuer".
fn can_start(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        None | Some(',' | ';' | ':' | '.' | '!' | '?' | ')' | ']' | '…') => false,
        Some(c) if c.is_lowercase() => chars.next().is_some_and(char::is_uppercase),
        Some(_) => true,
    }
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '`'
            | '「'
            | '『'
            | '（'
            | '《'
    )
}
