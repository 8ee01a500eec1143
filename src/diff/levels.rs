//! How much a difference between two words matters.

use super::language::language;
use super::numbers::{Quantities, is_raised_otherwise, plain_sign};
use crate::text::{ByteSpan, Fold, Pair};

/// What kind of difference an edit makes, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// No difference.
    Same,
    /// Punctuation, quotation marks, dashes, spaces, soft hyphens, decomposed letters: what folding typography makes equal,
    /// and what stands between words but a sign that is read aloud (`%`, `€`, a minus) or an emoji.
    Typography,
    /// Capitals.
    Case,
    /// Two spellings that folding makes equal, such as `ß` and `ss`; words joined otherwise ("E-Mail", "Email"); a number
    /// written otherwise ("10 000", "10.000").
    Spelling,
    /// Other words, numbers or signs that are read aloud.
    Wording,
}

impl Level {
    /// The names of the levels, in order.
    pub const NAMES: [&'static str; 5] = ["same", "typography", "case", "spelling", "wording"];
}

/// The level of the difference between two words that are the same under folding; which makes one of "10²" and "102".
pub(super) fn word_level(a: &str, b: &str) -> Level {
    if a == b {
        return Level::Same;
    }
    if is_raised_otherwise(a, b) {
        return Level::Wording;
    }
    let typography = Fold { case: false, ..Fold::default() };
    let (a, b) = (typography.word(a), typography.word(b));
    if a == b {
        Level::Typography
    } else if a.to_lowercase() == b.to_lowercase() {
        Level::Case
    } else {
        Level::Spelling
    }
}

/// Longest text of a change that can be the same words joined otherwise, in bytes: a compound or two.
const LONGEST_COMPOUND: usize = 120;

/// Whether two changed stretches of `pair` have the same letters and numbers that say the same, and differ only in how they
/// are joined and written: "Fußball-Spiel", "Fußballspiel"; "10 000", "10.000".
pub(super) fn joined_otherwise(pair: &Pair<'_>, a_span: ByteSpan, b_span: ByteSpan) -> bool {
    let (a, b) = (a_span.of(pair.a.raw), b_span.of(pair.b.raw));
    if a.len().max(b.len()) > LONGEST_COMPOUND || differ_at_an_end(a, b) {
        return false;
    }
    let [x, y] = [a, b].map(|text| joined(text).map(|joined| pair.fold().word(&joined).into_owned()));
    let is_alike = x.is_some() && x == y;
    if !is_alike || !x.is_some_and(|joined| joined.contains(NUMBER)) {
        return is_alike;
    }
    let language = language(pair);
    Quantities::agree((pair.a.raw, a_span), (pair.b.raw, b_span), language)
}

/// Whether two texts begin or end with other letters, whatever folding makes of them: most changed words do. Numbers can begin
/// and end otherwise and say the same ("03.05." and "3.5.").
fn differ_at_an_end(a: &str, b: &str) -> bool {
    let differ = |x: Option<&u8>, y: Option<&u8>| match (x, y) {
        (Some(x), Some(y)) if x.is_ascii_alphanumeric() && y.is_ascii_alphanumeric() => {
            !(x.eq_ignore_ascii_case(y) || x.is_ascii_digit() && y.is_ascii_digit())
        }
        _ => false,
    };
    let (a, b) = (a.as_bytes(), b.as_bytes());
    differ(a.first(), b.first()) || differ(a.last(), b.last())
}

/// Stands for any number.
const NUMBER: char = '#';

/// The letters of `text`, with one sign for what is written in digits, if nothing else stands there but what joins them.
fn joined(text: &str) -> Option<String> {
    let mut joined = String::with_capacity(text.len());
    let has_digits = text.chars().any(char::is_numeric);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match plain_sign(c) {
            c if c.is_numeric() && joined.ends_with(NUMBER) => {}
            c if c.is_numeric() => joined.push(NUMBER),
            c if c.is_alphanumeric() => joined.push(c),
            // "z.B.", "U.S."; and words without the space between two sentences.
            '-' | '.' | '\u{AD}' | '\u{200B}' => {}
            ',' | ':' | '/' if has_digits => {}
            // "O'Neill"; but "we're" is not "were".
            '\'' if has_digits || chars.peek().is_some_and(|next| next.is_uppercase()) => {}
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    Some(joined)
}

/// The level of the difference between what stands at `a` and at `b`, where no word stands.
///
/// Quotation marks, dashes, spaces and punctuation are typography. A sign that is read as a word is wording: a currency, a
/// per cent, a plus, an emoji, the minus of a number, the dash between two.
pub(super) fn gap_level(a: (&str, ByteSpan), b: (&str, ByteSpan)) -> Level {
    let is_plain =
        |(raw, gap): (&str, ByteSpan)| gap.of(raw).bytes().all(|byte| b" \n\r\t.,;!\"()".contains(&byte));
    if is_plain(a) && is_plain(b) || signs(a.0, a.1) == signs(b.0, b.1) {
        Level::Typography
    } else {
        Level::Wording
    }
}

/// The signs that are read as words in the stretch `gap` of `raw`.
fn signs(raw: &str, gap: ByteSpan) -> Vec<char> {
    let (start, end) = (gap.start as usize, gap.end as usize);
    let mut before = raw[..start].chars().next_back();
    let mut found = Vec::new();
    for (at, c) in raw[start..end].char_indices() {
        let rest = &raw[start + at + c.len_utf8()..];
        let after = rest.chars().next();
        let (digit_before, digit_after) = (is_digit(before), is_digit(after));
        let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '['));
        match plain_sign(c) {
            // A minus stands free before a number; a dash between two makes a range of them, or a score.
            '-' if free && digit_after || joins_digits(&raw[..start + at], rest) => found.push('-'),
            // 1:2 and 1/2 against 1-2.
            sign @ (':' | '/') if digit_before && digit_after => found.push(sign),
            c if is_sign(c) => found.push(c),
            _ => {}
        }
        before = Some(c);
    }
    found
}

/// Whether a sign stands between two digits, with or without spaces around it.
fn joins_digits(before: &str, after: &str) -> bool {
    is_digit(before.trim_end().chars().next_back()) && is_digit(after.trim_start().chars().next())
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// Whether `c` is read aloud wherever it stands: currencies, arrows, mathematical and pictorial symbols. Not the marks
/// of emphasis and lists (`*`, `•`), nor `<` and `>`, which stand for guillemets.
fn is_sign(c: char) -> bool {
    matches!(c,
        '%' | '\u{2030}' | '§' | '#' | '&' | '@' | '+' | '=' | '±' | '×' | '÷' | '°' | '$' | '£' | '¥' | '¢' | '©' | '®'
        | '\u{20A0}'..='\u{20CF}' | '\u{2122}' | '\u{2190}'..='\u{2211}' | '\u{2213}'..='\u{23FF}'
        | '\u{2600}'..='\u{275A}' | '\u{2761}'..='\u{276D}' | '\u{2776}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::{Level, gap_level, joined_otherwise, word_level};
    use crate::text::{ByteSpan, Fold, Pair};

    #[test]
    fn a_sign_that_is_read_aloud_is_wording() {
        for (a, b, level) in [
            ("waren -5 Grad", "waren 5 Grad", Level::Wording),
            ("5 € je", "5 $ je", Level::Wording),
            ("5 % von", "5 \u{2030} von", Level::Wording),
            ("1:2 Tore", "1-2 Tore", Level::Wording),
            ("gut \u{1F44D} so", "gut \u{1F44E} so", Level::Wording),
            ("Er kommt.", "Er kommt?", Level::Typography),
            ("10-15 Uhr", "10 15 Uhr", Level::Wording),
            ("10-15 Uhr", "10 \u{2013} 15 Uhr", Level::Typography),
            ("11-12 Uhr", "11\u{2013}12 Uhr", Level::Typography),
            ("Rat - heute", "Rat \u{2013} heute", Level::Typography),
            ("so \"heute\" nicht", "so \u{201E}heute\u{201C} nicht", Level::Typography),
            ("Rat, heute", "Rat heute", Level::Typography),
        ] {
            let whole = |raw: &'static str| (raw, ByteSpan::new(0, raw.len()));
            assert_eq!(gap_level(whole(a), whole(b)), level, "{a} {b}");
        }
    }

    #[test]
    fn words_joined_otherwise_are_the_same_letters() {
        for (a, b, same) in [
            ("Fußball-Spiel", "Fussballspiel", true),
            ("E-Mail", "Email", true),
            ("CO2", "CO\u{2082}", true),
            ("10-jährig", "10jährig", true),
            ("10 000", "10000", true),
            ("10 000", "10.000", true),
            ("10'000", "10000", true),
            ("1,250,000", "1.250.000", true),
            ("1½", "1 1/2", true),
            ("12:30 Uhr", "12.30 Uhr", true),
            ("3.125", "3125", false),
            ("3.125", "3,125", false),
            ("1-2", "12", false),
            ("1 2", "12", false),
            ("3,5", "35", false),
            ("z.B.", "z. B.", true),
            ("an.Dann", "an. Dann", true),
            ("U.S", "US", true),
            ("O'Neill", "ONeill", true),
            ("we're", "were", false),
            ("A1B", "AB1", false),
            ("Rat", "Bund", false),
        ] {
            let pair = Pair::new(a, b, Fold::default()).expect("short texts");
            let [x, y] = [a, b].map(|text| ByteSpan::new(0, text.len()));
            assert_eq!(joined_otherwise(&pair, x, y), same, "{a} {b}");
        }
    }

    #[test]
    fn a_word_differs_by_the_strongest_of_its_differences() {
        for (a, b, level) in [
            ("Haus", "Haus", Level::Same),
            ("don't", "don’t", Level::Typography),
            ("u\u{308}ber", "über", Level::Typography),
            ("Zusammen-\narbeit", "Zusammenarbeit", Level::Typography),
            ("haus", "Haus", Level::Case),
            ("Große", "Grosse", Level::Spelling),
            ("GROSSE", "große", Level::Spelling),
            ("m²", "m2", Level::Typography),
            ("10²", "102", Level::Wording),
        ] {
            assert_eq!(word_level(a, b), level, "{a} {b}");
        }
    }
}
