//! Numbers as a reader takes them, however they are written: "10 000" and "10.000", "12:30 Uhr" and "12.30 Uhr", "1½" and
//! "1 1/2", "5 %" and "5 percent" say the same, "10²" and "102", "5 €" and "5 $", "10-15" and "10 15" do not.

use unicode_normalization::UnicodeNormalization;

use super::language::Language;
use crate::text::{ByteSpan, WordList};

/// What the numbers in a stretch and around it say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Quantities {
    /// Each number, and each sign that joins two or turns one round, in order.
    numbers: Vec<String>,
    /// What they count, in order, whether it stands before the number or behind.
    units: Vec<String>,
}

impl Quantities {
    /// The quantities that `span` of `raw` is a part of.
    pub(super) fn around(raw: &str, span: ByteSpan, language: Language) -> Self {
        Self::of(window(raw, span), language)
    }

    pub(super) fn of(text: &str, language: Language) -> Self {
        let mut reader = Reader { chars: plain(text), at: 0, found: Self::default(), language };
        while reader.at < reader.chars.len() {
            reader.step();
        }
        reader.found
    }

    /// Whether both say the same.
    pub(super) fn read_alike(&self, other: &Self) -> bool {
        let mut numbers = self.numbers.iter().zip(&other.numbers);
        self.units == other.units
            && self.numbers.len() == other.numbers.len()
            && numbers.all(|(x, y)| number_reads_alike(x, y))
    }

    /// Add a number, or a sign or word for a unit.
    fn add(&mut self, part: &str) {
        let is_number = part.starts_with(|c: char| c.is_numeric() || "-:/^+".contains(c));
        let parts = if is_number { &mut self.numbers } else { &mut self.units };
        parts.push(part.to_owned());
    }
}

/// A space between groups of digits can only separate them; a full stop may be a decimal point, so that nobody knows of
/// "3.125" and "3125" whether they are the same.
fn number_reads_alike(x: &str, y: &str) -> bool {
    let are_groups = |grouped: &str, other: &str| {
        grouped.contains(' ')
            && (grouped.replace(' ', "") == other || grouped == other.replace(['.', ','], " "))
    };
    x == y || are_groups(x, y) || are_groups(y, x)
}

/// Whether `text` has a digit, a word for a number or a unit, or a sign that can belong to one.
pub(super) fn may_count(text: &str) -> bool {
    let may_be_digit = |c: char| c.is_numeric() || is_sign(c) || matches!(dashed(c), '-' | ':' | '/');
    text.chars().any(may_be_digit)
        || text.split(|c: char| !c.is_alphabetic()).any(|word| value(word).is_some())
}

/// Whether `word` is a number, in digits or in letters. "Ein" and "one" are articles and pronouns too often.
pub(super) fn is_number(word: &str) -> bool {
    word.chars().any(char::is_numeric) || NUMBERS.has_any_case(word)
}

/// Whether two words have the same letters and digits but are other numbers: "10²" and "102". A raised digit behind a
/// letter ("m²") is a matter of spelling.
pub(super) fn is_raised_otherwise(a: &str, b: &str) -> bool {
    let raised = |word: &str| !word.is_ascii() && word.chars().any(char::is_numeric);
    (raised(a) || raised(b)) && Quantities::of(a, Language::Unknown) != Quantities::of(b, Language::Unknown)
}

/// Characters on either side of a change that can belong to the same number: a date or a range, with its spaces.
const REACH: usize = 24;

/// `span` with what can belong to the numbers in it, and the word behind: "Uhr", "%", "million".
fn window(raw: &str, span: ByteSpan) -> &str {
    let (before, after) = (&raw[..span.start as usize], &raw[span.end as usize..]);
    let bytes = |chars: &mut dyn Iterator<Item = char>| {
        chars.take(REACH).take_while(|&c| belongs(c)).map(char::len_utf8).sum::<usize>()
    };
    let start = before.len() - bytes(&mut before.chars().rev());
    let end = span.end as usize + bytes(&mut after.chars());
    let word = raw[end..].chars().take(REACH).take_while(|&c| c.is_alphabetic() || c == '.');
    &raw[start..end + word.map(char::len_utf8).sum::<usize>()]
}

fn belongs(c: char) -> bool {
    c.is_numeric()
        || is_sign(c)
        || c.is_whitespace()
        || matches!(dashed(c), '-' | '.' | ',' | ':' | '/' | '\'' | '(')
}

/// One sign for all dashes, and one for all apostrophes.
fn dashed(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2019}' => '\'',
        '\u{2044}' | '\u{2215}' => '/',
        c => c,
    }
}

/// Signs that say what a number counts, or which way.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '%' | '\u{2030}' | '§' | '°' | '+' | '±' | '×' | '=' | '$' | '£' | '¥' | '¢' | '\u{20A0}'
            ..='\u{20CF}'
    )
}

/// The letters and signs of `text` in their plainest form; before a raised digit behind another stands `^`.
fn plain(text: &str) -> Vec<char> {
    let mut plain: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() || !c.is_numeric() {
            plain.push(if c.is_whitespace() { ' ' } else { dashed(c) });
            continue;
        }
        let is_wide = ('\u{FF10}'..='\u{FF19}').contains(&c);
        let digits: Vec<char> = std::iter::once(c).nfkc().map(dashed).collect();
        if plain.last().is_some_and(char::is_ascii_digit) && !is_wide {
            plain.push(if digits.contains(&'/') { ' ' } else { '^' });
        }
        plain.extend(digits);
    }
    plain
}

/// Reads quantities from left to right.
struct Reader {
    chars: Vec<char>,
    at: usize,
    found: Quantities,
    language: Language,
}

impl Reader {
    /// Read what stands at the place that was reached, and go on behind it.
    fn step(&mut self) {
        match self.chars[self.at] {
            c if c.is_numeric() => self.number(),
            c if c.is_alphabetic() => self.word(),
            c => {
                if is_sign(c) || c == '^' || self.is_part_of_number(c) {
                    self.found.add(c.encode_utf8(&mut [0; 4]));
                }
                self.at += 1;
            }
        }
    }

    fn is_digit(&self, at: Option<usize>) -> bool {
        at.and_then(|at| self.chars.get(at)).is_some_and(|c| c.is_numeric())
    }

    /// Whether a minus stands free before a number, or a dash, colon or stroke between two.
    fn is_part_of_number(&self, c: char) -> bool {
        let before = self.chars[..self.at].iter().rposition(|&c| c != ' ');
        let after = self.chars[self.at + 1..].iter().position(|&c| c != ' ').map(|next| self.at + 1 + next);
        let (last, next) = (self.at.checked_sub(1), Some(self.at + 1));
        match c {
            '-' if self.is_digit(before) && self.is_digit(after) => true,
            '-' => self.is_digit(next) && last.is_none_or(|at| matches!(self.chars[at], ' ' | '(')),
            ':' | '/' => self.is_digit(last) && self.is_digit(next),
            _ => false,
        }
    }

    /// A number with what separates its digits.
    fn number(&mut self) {
        let mut parts = vec![self.digits()];
        let mut signs: Vec<char> = Vec::new();
        while let Some(&sign) = self.chars.get(self.at).filter(|sign| matches!(sign, '.' | ',' | '\'' | ' '))
        {
            let behind = self.chars[self.at + 1..].iter().take_while(|c| c.is_numeric()).count();
            let goes_on = behind == 3 && parts[0].len() <= 3 && signs.iter().all(|&other| other == sign);
            if behind == 0 || matches!(sign, '\'' | ' ') && !goes_on {
                break;
            }
            self.at += 1;
            signs.push(sign);
            parts.push(self.digits());
        }
        match (&parts[..], &signs[..]) {
            ([hour, minute], ['.']) if minute.len() == 2 && self.is_before_clock() => {
                [hour, ":", minute].iter().for_each(|part| self.found.add(part));
            }
            _ => self.found.add(&written(&parts, &signs, self.language)),
        }
    }

    fn digits(&mut self) -> String {
        let digits: String = self.chars[self.at..].iter().take_while(|c| c.is_numeric()).collect();
        self.at += digits.chars().count();
        digits
    }

    /// Whether the next word says that a time of day stood before it.
    fn is_before_clock(&self) -> bool {
        let rest = self.chars[self.at..].iter().skip_while(|&&c| c == ' ');
        let word: String = rest.take_while(|c| c.is_alphabetic() || **c == '.').collect();
        let is_english = self.language == Language::English;
        matches!(&*word.to_lowercase(), "uhr" | "p.m." | "a.m." | "pm") || is_english && word == "am"
    }

    /// A word that is a number, a unit, or stands for a dash.
    fn word(&mut self) {
        let start = self.at;
        let word: String = self.chars[start..].iter().take_while(|c| c.is_alphabetic()).collect();
        self.at += word.chars().count();
        let is_behind = self.is_digit(start.checked_sub(1));
        let between = || self.is_digit(start.checked_sub(2)) && self.is_digit(Some(self.at + 1));
        let found = match &*word.to_lowercase() {
            "m" if is_behind && !self.found.units.is_empty() => Some("million"),
            "cent" if self.chars[..start].ends_with(&['p', 'e', 'r', ' ']) => Some("%"),
            "k" if is_behind => Some("1000"),
            "bis" | "to" if between() => Some("-"),
            "billion" | "billionen" if self.language == Language::German => Some("billion"),
            word => value(word),
        };
        found.iter().for_each(|part| self.found.add(part));
    }
}

/// A number without the signs between groups of its digits, as far as the language tells them from a decimal point.
fn written(parts: &[String], signs: &[char], language: Language) -> String {
    let are_groups = parts[1..].iter().all(|part| part.len() == 3) && parts[0].len() <= 3 && parts[0] != "0";
    let separates = |sign: char| match (sign, language) {
        ('.', Language::German) | (',', Language::English) | ('\'' | ' ', _) => true,
        _ => signs.len() > 1,
    };
    let Some((&last, first)) = signs.split_last() else { return parts.concat() };
    if are_groups && signs.iter().all(|&sign| sign == last) && separates(last) {
        return parts.join(if matches!(last, '\'' | ' ') { " " } else { "" });
    }
    // "1.234,56": all but the last sign separate groups.
    let is_decimal = !first.is_empty() && first.iter().all(|&sign| sign != last && sign == first[0]);
    let between = |i: usize| if is_decimal && i < first.len() { String::new() } else { signs[i].to_string() };
    let rest = parts[1..].iter().enumerate().map(|(i, part)| between(i) + part);
    parts[0].clone() + &rest.collect::<String>()
}

/// What a word for a number or a unit stands for, in digits or as a sign.
fn value(word: &str) -> Option<&'static str> {
    if !NUMBERS.has_any_case(word) && !UNITS.has_any_case(word) {
        return None;
    }
    let word = word.to_lowercase();
    let mut lines = VALUES.lines().chain(SIGNS.lines());
    lines.find(|line| line.split_whitespace().any(|one| one == word))?.split_whitespace().next()
}

static NUMBERS: WordList = WordList::new(VALUES);

static UNITS: WordList = WordList::new(SIGNS);

/// What numbers are written as, and the words for them.
const VALUES: &str = "
2 zwei two
3 drei three
4 vier four
5 fünf five
6 sechs six
7 sieben seven
8 acht eight
9 neun nine
10 zehn ten
11 elf eleven
12 zwölf twelve
13 dreizehn thirteen
14 vierzehn fourteen
15 fünfzehn fifteen
16 sechzehn sixteen
17 siebzehn seventeen
18 achtzehn eighteen
19 neunzehn nineteen
20 zwanzig twenty
30 dreißig thirty
40 vierzig forty
50 fünfzig fifty
60 sechzig sixty
70 siebzig seventy
80 achtzig eighty
90 neunzig ninety
100 hundert hundred
1000 tausend thousand
100s hunderte hundreds
1000s tausende thousands
dozen dutzend dutzende dozens
million millionen millions mio mn
milliarde milliarden mrd billion billions bn
trillion trillions
";

/// Signs behind a number, and the words for them.
const SIGNS: &str = "
% prozent percent
€ euro euros
$ dollar dollars
£ pfund pound pounds
";

#[cfg(test)]
mod tests {
    use super::{Quantities, is_number};
    use crate::diff::language::Language::{self, English, German, Unknown};

    fn read_alike(a: &str, b: &str, language: Language) -> bool {
        Quantities::of(a, language).read_alike(&Quantities::of(b, language))
    }

    #[test]
    fn one_number_is_written_in_many_ways() {
        for (a, b, language) in [
            ("10 000", "10000", Unknown),
            ("10'000", "10.000", Unknown),
            ("1,250,000", "1.250.000", Unknown),
            ("1.000", "1000", German),
            ("1,000", "1000", English),
            ("1.234,56", "1234,56", German),
            ("12:30 Uhr", "12.30 Uhr", German),
            ("at 8.15 p.m.", "at 8:15 p.m.", English),
            ("1½", "1 1/2", Unknown),
            ("11-12", "11\u{2013}12", Unknown),
            ("11 bis 12", "11\u{2013}12", German),
            ("5 %", "5 percent", English),
            ("5 %", "5 per cent", English),
            ("5 Mio. Euro", "5 Millionen €", German),
            ("$5m", "$5 million", English),
            ("zwei", "2", German),
            ("\u{2212}5", "-5", Unknown),
            ("m²", "m2", Unknown),
            ("$5", "5 $", Unknown),
            ("２０", "20", Unknown),
        ] {
            assert!(read_alike(a, b, language), "{a} {b} {language:?}");
        }
    }

    #[test]
    fn another_number_reads_otherwise() {
        for (a, b, language) in [
            ("3.125", "3125", Unknown),
            ("3.125", "3,125", Unknown),
            ("1.000", "1000", English),
            ("12.30", "12:30", German),
            ("10²", "102", Unknown),
            ("10-15", "10 15", Unknown),
            ("1-2", "12", Unknown),
            ("3,5", "35", Unknown),
            ("-5", "5", Unknown),
            ("3 %", "3", Unknown),
            ("5 €", "5 $", Unknown),
            ("5 Euro", "5 Dollar", German),
            ("½", "¼", Unknown),
            ("5 Cent", "5 Prozent", German),
            ("5 million", "5 billion", English),
            ("3:2", "3-2", Unknown),
            ("16.09.2023", "16.09.2024", German),
        ] {
            assert!(!read_alike(a, b, language), "{a} {b} {language:?}");
        }
    }

    #[test]
    fn words_can_be_numbers() {
        assert!(is_number("zwei") && is_number("Two") && is_number("3rd") && is_number("½"));
        assert!(!is_number("ein") && !is_number("one") && !is_number("Euro"));
    }
}
