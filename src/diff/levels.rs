//! How much a difference between two words matters.

use crate::text::{ByteSpan, Fold};

/// What kind of difference an edit makes, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// No difference.
    Same,
    /// Marks, dashes, spaces, soft hyphens, decomposed letters: what folding typography makes equal.
    Typography,
    /// Capitals.
    Case,
    /// Two spellings that folding makes equal, such as `ß` and `ss`, or words joined otherwise ("E-Mail", "Email").
    Spelling,
    /// Other words.
    Wording,
}

impl Level {
    /// The names of the levels, in order.
    pub const NAMES: [&'static str; 5] = ["same", "typography", "case", "spelling", "wording"];
}

/// The level of the difference between two words that are the same under folding.
pub(crate) fn word_level(a: &str, b: &str) -> Level {
    if a == b {
        return Level::Same;
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

/// Whether two changed stretches have the same letters and differ only in how words are joined: "Fußball-Spiel",
/// "Fußballspiel". What stands between two digits joins nothing, unless it is the sign before three more digits.
pub(crate) fn joined_otherwise(a: &str, b: &str, fold: Fold) -> bool {
    if a.len().max(b.len()) > LONGEST_COMPOUND {
        return false;
    }
    if differ_at_an_end(a, b) || may_be_decimal(a, b) {
        return false;
    }
    let [x, y] = [a, b].map(|text| joined(text).map(|joined| fold.word(&joined).into_owned()));
    x.is_some() && x == y
}

/// Whether two texts begin or end with other letters, whatever folding makes of them: most changed words do.
fn differ_at_an_end(a: &str, b: &str) -> bool {
    let differ = |x: Option<&u8>, y: Option<&u8>| match (x, y) {
        (Some(x), Some(y)) if x.is_ascii_alphanumeric() && y.is_ascii_alphanumeric() => {
            !x.eq_ignore_ascii_case(y)
        }
        _ => false,
    };
    let (a, b) = (a.as_bytes(), b.as_bytes());
    differ(a.first(), b.first()) || differ(a.last(), b.last())
}

/// `text` without the white space and dashes in it, and without the signs between three digits and three more, if all of
/// them can be left out.
fn joined(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let mut joined = String::with_capacity(text.len());
    for (i, &c) in chars.iter().enumerate() {
        if c.is_alphanumeric() {
            joined.push(c);
            continue;
        }
        let between_digits = is_digit(i.checked_sub(1)) && is_digit(Some(i + 1));
        let groups = chars[i + 1..].iter().take_while(|c| c.is_ascii_digit()).count() == 3;
        let is_left_out = match c {
            '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{AD}' => !between_digits,
            '.' | ',' | '\'' | '’' => between_digits && groups,
            c => c.is_whitespace() && (groups || !between_digits),
        };
        match c {
            _ if is_left_out => {}
            '.' | ',' if between_digits => joined.push(c),
            _ => return None,
        }
    }
    Some(joined)
}

/// Whether of two numbers one has a single full stop or comma and the other none: "3.125" and "3125" may be the same
/// or not, and nobody should miss it.
fn may_be_decimal(a: &str, b: &str) -> bool {
    let points = |text: &str| text.matches(['.', ',']).count();
    let has_other = |text: &str| text.contains(|c: char| c.is_whitespace() || matches!(c, '\'' | '’'));
    points(a) + points(b) == 1 && !has_other(a) && !has_other(b) || points(a) == 1 && points(b) == 1 && a != b
}

/// The level of the difference between what stands at `a` and at `b`, where no word stands.
///
/// Quotation marks, dashes, spaces and most punctuation are typography. A sign that is read as a word is wording: a
/// currency, a per cent, a plus, an emoji, a question mark, the minus of a number.
pub(crate) fn gap_level(a: (&str, ByteSpan), b: (&str, ByteSpan)) -> Level {
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
        let after = raw[start + at + c.len_utf8()..].chars().next();
        let (digit_before, digit_after) = (is_digit(before), is_digit(after));
        let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '['));
        match c {
            // A minus stands free before a number; a dash between two numbers is a range.
            '-' | '\u{2013}' | '\u{2212}' if free && digit_after => found.push('-'),
            // 1:2 and 1/2 against 1-2.
            ':' | '/' if digit_before && digit_after => found.push(c),
            c if is_sign(c) => found.push(c),
            _ => {}
        }
        before = Some(c);
    }
    found
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// Whether `c` is read aloud wherever it stands: currencies, arrows, mathematical and pictorial symbols. Not the marks
/// of emphasis and lists (`*`, `•`), nor `<` and `>`, which stand for guillemets.
fn is_sign(c: char) -> bool {
    matches!(c,
        '?' | '%' | '\u{2030}' | '§' | '#' | '&' | '@' | '+' | '=' | '±' | '×' | '÷' | '°' | '$' | '£' | '¥' | '¢' | '©' | '®'
        | '\u{20A0}'..='\u{20CF}' | '\u{2122}' | '\u{2190}'..='\u{2211}' | '\u{2213}'..='\u{23FF}'
        | '\u{2600}'..='\u{275A}' | '\u{2761}'..='\u{276D}' | '\u{2776}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::{Level, gap_level, joined_otherwise, word_level};
    use crate::text::{ByteSpan, Fold};

    #[test]
    fn a_sign_that_is_read_aloud_is_wording() {
        for (a, b, level) in [
            ("waren -5 Grad", "waren 5 Grad", Level::Wording),
            ("5 € je", "5 $ je", Level::Wording),
            ("5 % von", "5 \u{2030} von", Level::Wording),
            ("1:2 Tore", "1-2 Tore", Level::Wording),
            ("gut \u{1F44D} so", "gut \u{1F44E} so", Level::Wording),
            ("Er kommt.", "Er kommt?", Level::Wording),
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
            ("10 000", "10000", true),
            ("10 000", "10.000", true),
            ("10'000", "10000", true),
            ("1,250,000", "1.250.000", true),
            ("3.125", "3125", false),
            ("3.125", "3,125", false),
            ("1-2", "12", false),
            ("1 2", "12", false),
            ("3,5", "35", false),
            ("Rat", "Bund", false),
        ] {
            assert_eq!(joined_otherwise(a, b, Fold::default()), same, "{a} {b}");
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
        ] {
            assert_eq!(word_level(a, b), level, "{a} {b}");
        }
    }
}
