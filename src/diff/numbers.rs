//! Numbers as a reader takes them, however they are written: "10 000" and "10.000", "12:30 Uhr" and "12.30 Uhr", "1½" and
//! "1 1/2", "5 %" and "5 percent" say the same, "10²" and "102", "5 €" and "5 $", "10-15" and "10 15" do not.

use unicode_normalization::UnicodeNormalization;

use super::language::Language;
use super::number_words::{MEASURES, compound, value};
use crate::text::ByteSpan;

/// What the numbers in a stretch and around it say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Quantities {
    language: Language,
    /// Each number, and each sign that joins two or turns one round, in order.
    numbers: Vec<String>,
    /// What they count, sorted: it stands before the number ("$5 million") or behind ("5 million dollars").
    units: Vec<String>,
}

impl Quantities {
    /// Whether the numbers that `a` is a part of say the same as those of `b`: two texts, and a stretch of each. "A day" is
    /// one day where the other side counts it.
    pub(super) fn agree(a: (&str, ByteSpan), b: (&str, ByteSpan), language: Language) -> bool {
        let [a, b] = [a, b].map(|(raw, span)| window(raw, span));
        [false, true]
            .iter()
            .any(|&articles| Self::read(a, language, articles).read_alike(&Self::read(b, language, articles)))
    }

    fn of(text: &str, language: Language) -> Self {
        Self::read(text, language, false)
    }

    /// The quantities in `text`; with `articles`, "ein" and "one" are numbers too.
    fn read(text: &str, language: Language, articles: bool) -> Self {
        let found = Self { language, numbers: Vec::new(), units: Vec::new() };
        let mut reader = Reader { chars: plain(text), at: 0, ended: usize::MAX, found, articles };
        while reader.at < reader.chars.len() {
            reader.step();
        }
        reader.found.units.sort_unstable();
        reader.found
    }

    fn read_alike(&self, other: &Self) -> bool {
        self.read_alike_as_written(other)
            || self.in_digits().is_some_and(|digits| digits.read_alike_as_written(other))
            || other.in_digits().is_some_and(|digits| self.read_alike_as_written(&digits))
    }

    /// A single number before "million" or the like, in digits only: "1,2 Millionen" are 1200000.
    fn in_digits(&self) -> Option<Self> {
        let [number] = &self.numbers[..] else { return None };
        let zeros = |unit: &String| match &**unit {
            "million" => Some(6),
            "milliarde" => Some(9),
            _ => None,
        };
        let (at, zeros) = self.units.iter().enumerate().find_map(|(at, unit)| Some((at, zeros(unit)?)))?;
        let point = match self.language {
            Language::German => ',',
            Language::English => '.',
            Language::Unknown => return None,
        };
        let (whole, rest) = number.split_once(point).unwrap_or((number, ""));
        let is_plain = [whole, rest].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        if !is_plain || rest.len() > zeros {
            return None;
        }
        let mut units = self.units.clone();
        units.remove(at);
        let digits = format!("{whole}{rest:0<zeros$}").trim_start_matches('0').to_owned();
        Some(Self { language: self.language, numbers: vec![digits], units })
    }

    fn read_alike_as_written(&self, other: &Self) -> bool {
        let mut numbers = self.numbers.iter().zip(&other.numbers);
        self.units == other.units
            && self.numbers.len() == other.numbers.len()
            && numbers.all(|(x, y)| number_reads_alike(x, y, self.language))
    }

    /// Add a number, or a sign or word for a unit.
    fn add(&mut self, part: &str) {
        let is_number = part.starts_with(|c: char| c.is_numeric() || "-:/^+".contains(c));
        let parts = if is_number { &mut self.numbers } else { &mut self.units };
        parts.push(part.to_owned());
    }
}

/// A space between groups of digits can only separate them; a full stop may be a decimal point where the language does not
/// tell, so that nobody knows of "3.125" and "3125" whether they are the same.
fn number_reads_alike(x: &str, y: &str, language: Language) -> bool {
    let are_groups = |grouped: &str, other: &str| {
        let is_like = || language == Language::Unknown && grouped == other.replace(['.', ','], " ");
        grouped.contains(' ') && (grouped.replace(' ', "") == other || is_like())
    };
    x == y || are_groups(x, y) || are_groups(y, x)
}

/// Whether `text` has a digit, a word for a number, a unit or a range, or a sign that can belong to one.
pub(super) fn may_count(text: &str) -> bool {
    let may_be_digit = |c: char| c.is_numeric() || is_sign(c) || matches!(plain_sign(c), '-' | ':' | '/');
    text.chars().any(may_be_digit) || text.split(|c: char| !c.is_alphabetic()).any(goes_with_numbers)
}

/// Whether a word is a number or a unit, or joins two numbers.
fn goes_with_numbers(word: &str) -> bool {
    value(word).is_some() || joins(word) || compound(word).is_some()
}

fn joins(word: &str) -> bool {
    matches!(word, "bis" | "to" | "und" | "and" | "minus")
}

/// Whether two words have the same letters and digits but are other numbers: "10²" and "102". A raised digit behind a
/// letter ("m²") is a matter of spelling.
pub(super) fn is_raised_otherwise(a: &str, b: &str) -> bool {
    let raised = |word: &str| !word.is_ascii() && word.chars().any(char::is_numeric);
    (raised(a) || raised(b)) && Quantities::of(a, Language::Unknown) != Quantities::of(b, Language::Unknown)
}

/// Characters on either side of a change that can belong to the same number: a date or a range, with its spaces ("16.09.2023 bis
/// 17.09.2023" is the longest that news write).
const REACH: usize = 24;

/// Words on either side of a change that can: "von 12.30 bis 13.30 Uhr", "5 million dollars".
const WORDS: usize = 3;

/// `span` with what can belong to the numbers in it.
fn window(raw: &str, span: ByteSpan) -> &str {
    let (before, after) = (&raw[..span.start as usize], &raw[span.end as usize..]);
    let start = before.len() - reach(before.chars().rev(), |letters| letters.chars().rev().collect());
    &raw[start..span.end as usize + reach(after.chars(), str::to_owned)]
}

/// How many bytes of `chars` can belong to a number that begins or ends before them; `read` puts letters in order.
fn reach(mut chars: impl Iterator<Item = char> + Clone, read: impl Fn(&str) -> String) -> usize {
    let mut bytes = 0;
    for _ in 0..=WORDS {
        let signs = chars.clone().take(REACH).take_while(|&c| belongs(c)).count();
        bytes += chars.by_ref().take(signs).map(char::len_utf8).sum::<usize>();
        let word: String = chars.clone().take(REACH).take_while(|c| c.is_alphabetic()).collect();
        let letters = word.chars().count();
        bytes += chars.by_ref().take(letters).map(char::len_utf8).sum::<usize>();
        // "p.m." is read on behind its first letter.
        let goes_on = matches!(&*word, "a" | "p") || goes_with_numbers(&read(&word).to_lowercase());
        if word.is_empty() || !goes_on {
            break;
        }
    }
    bytes
}

fn belongs(c: char) -> bool {
    c.is_numeric()
        || is_sign(c)
        || c.is_whitespace()
        || matches!(plain_sign(c), '-' | '.' | ',' | ':' | '/' | '\'' | '(')
}

/// One sign for all dashes, and one for all apostrophes.
pub(super) fn plain_sign(c: char) -> char {
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
            plain.push(if c.is_whitespace() { ' ' } else { plain_sign(c) });
            continue;
        }
        let is_wide = ('\u{FF10}'..='\u{FF19}').contains(&c);
        let digits: Vec<char> = std::iter::once(c).nfkc().map(plain_sign).collect();
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
    /// Where the last number ended.
    ended: usize,
    found: Quantities,
    /// Whether "ein" and "one" are numbers.
    articles: bool,
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
        while let Some(sign) = self.sign_inside(&parts, &signs) {
            signs.push(sign);
            parts.push(self.digits());
        }
        let is_part = self.chars.get(self.at) == Some(&':')
            || self.found.numbers.last().is_some_and(|last| last == ":");
        match (&parts[..], &signs[..]) {
            ([hour, minute], ['.']) if minute.len() == 2 && self.is_before_clock() => {
                self.clock(hour, minute);
            }
            ([hour], []) if hour.len() <= 2 && !is_part && self.is_before_clock() => self.clock(hour, "00"),
            _ => self.found.add(&written(&parts, &signs, self.found.language)),
        }
        self.ended = self.at;
    }

    /// The sign before more digits of the same number, if there are any; it is read.
    fn sign_inside(&mut self, parts: &[String], signs: &[char]) -> Option<char> {
        let digits = |at: usize| {
            self.chars.get(at..).unwrap_or_default().iter().take_while(|c| c.is_numeric()).count()
        };
        let sign = *self.chars.get(self.at)?;
        let (short, behind) = (parts.last()?.len() <= 2, digits(self.at + 1));
        let goes_on = behind == 3 && parts[0].len() <= 3 && signs.iter().all(|&other| other == sign);
        // "3. 10. 2023" is a date as well as "3.10.2023".
        let is_spaced =
            sign == '.' && short && self.chars.get(self.at + 1) == Some(&' ') && digits(self.at + 2) > 0;
        match sign {
            '.' if is_spaced => self.at += 2,
            '.' | ',' if behind > 0 => self.at += 1,
            '\'' | ' ' if goes_on => self.at += 1,
            _ => return None,
        }
        Some(sign)
    }

    fn clock(&mut self, hour: &str, minute: &str) {
        [short(hour), ":", minute].iter().for_each(|part| self.found.add(part));
    }

    fn digits(&mut self) -> String {
        let digits: String = self.chars[self.at..].iter().take_while(|c| c.is_numeric()).collect();
        self.at += digits.chars().count();
        digits
    }

    /// Whether the next word that joins no other number says that a time of day stood before it.
    fn is_before_clock(&self) -> bool {
        let rest: String = self.chars[self.at..].iter().collect();
        let is_number = |word: &str| word.chars().all(|c| c.is_numeric() || matches!(c, '.' | ':'));
        let words = rest.split([' ', '-']).map(|word| word.trim_end_matches('.'));
        let next = words.filter(|word| !is_number(word)).find(|word| !joins(word));
        let is_english = self.found.language == Language::English;
        next.is_some_and(|word| match &*word.to_lowercase() {
            "uhr" | "p.m" | "a.m" | "pm" => true,
            "am" => is_english,
            _ => false,
        })
    }

    /// A word that is a number, a unit, or stands for a dash.
    fn word(&mut self) {
        let start = self.at;
        let word: String = self.chars[start..].iter().take_while(|c| c.is_alphabetic()).collect();
        self.at += word.chars().count();
        if let Some(part) = self.meaning(&word.to_lowercase(), start) {
            let is_number = part.starts_with(char::is_numeric);
            self.found.add(&part);
            self.ended = if is_number { self.at } else { self.ended };
        }
    }

    /// What a word in lowercase that begins at `start` means for the numbers around it.
    fn meaning(&self, word: &str, start: usize) -> Option<String> {
        let is_behind = self.is_digit(start.checked_sub(1));
        let is_joined = |next: &[char]| {
            next.first().is_some_and(|c| c.is_numeric()) || {
                let next: String = next.iter().take_while(|c| c.is_alphabetic()).collect();
                value(&next).is_some()
            }
        };
        let next = self.chars.get(self.at + 1..).unwrap_or_default();
        let fixed = match word {
            "m" if is_behind && !self.found.units.is_empty() => "million",
            "k" if is_behind => "1000",
            "cent" if self.chars[..start].ends_with(&['p', 'e', 'r', ' ']) => "%",
            "bis" | "to" if self.ended.checked_add(1) == Some(start) && is_joined(next) => "-",
            "minus" if is_joined(next) => "-",
            "ein" | "eine" | "einen" | "einer" | "eines" | "einem" | "one" | "a" | "an" if self.articles => {
                "1"
            }
            "billion" | "billionen" if self.found.language == Language::German => "billion",
            word if MEASURES.has(word) && !self.follows_number(start) => return None,
            word => return value(word).map(str::to_owned).or_else(|| compound(word)),
        };
        Some(fixed.to_owned())
    }

    /// Whether a number stands right before `start`, with or without a space or the full stop of an ordinal.
    fn follows_number(&self, start: usize) -> bool {
        let before = self.chars[..start].iter().rposition(|c| !matches!(c, ' ' | '.' | '°'));
        self.is_digit(before) || before.is_some_and(|last| self.ended == last + 1)
    }
}

/// A number of two digits, of an hour or a day, without the zero that it may begin with.
fn short(digits: &str) -> &str {
    digits.strip_prefix('0').filter(|rest| rest.len() == 1).unwrap_or(digits)
}

/// A number without the signs between groups of its digits, as far as the language tells them from a decimal point, and
/// without the zeros that a date or decimal can do without.
fn written(parts: &[String], signs: &[char], language: Language) -> String {
    let are_groups = parts[1..].iter().all(|part| part.len() == 3) && parts[0].len() <= 3 && parts[0] != "0";
    let separates = |sign: char| match (sign, language) {
        ('.', Language::German) | (',', Language::English) | ('\'' | ' ', _) => true,
        _ => signs.len() > 1,
    };
    let Some((&last, first)) = signs.split_last() else { return short(&parts[0]).to_owned() };
    if are_groups && signs.iter().all(|&sign| sign == last) && separates(last) {
        return parts.join(if matches!(last, '\'' | ' ') { " " } else { "" });
    }
    let decimal = matches!((last, language), (',', Language::German) | ('.', Language::English));
    match (parts, first) {
        ([whole, rest], []) if decimal => {
            let rest = rest.trim_end_matches('0');
            if rest.is_empty() { whole.clone() } else { format!("{whole}{last}{rest}") }
        }
        // "1.234,56": all but the last sign separate groups.
        ([.., rest], [sign, ..]) if first.iter().all(|other| other == sign && *other != last) => {
            format!("{}{last}{rest}", parts[..=first.len()].concat())
        }
        _ => {
            let is_date = parts.iter().all(|part| part.len() <= 2 || part.len() == 4) && last == '.';
            let part = |part: &String| if is_date { short(part) } else { part }.to_owned();
            parts.iter().map(part).collect::<Vec<_>>().join(&last.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Quantities;
    use crate::diff::language::Language::{self, English, German, Unknown};
    use crate::text::ByteSpan;

    fn read_alike(a: &'static str, b: &'static str, language: Language) -> bool {
        let whole = |text: &'static str| (text, ByteSpan::new(0, text.len()));
        Quantities::agree(whole(a), whole(b), language)
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
            ("$5 million", "5 million dollars", English),
            ("eine Million", "1 Million", German),
            ("1.200.000 Euro", "1,2 Millionen Euro", German),
            ("1,200,000", "1.2 million", English),
            ("$2.5bn", "$2,500,000,000", English),
            ("0,5 Mio.", "500.000", German),
            ("one day", "1 day", English),
            ("zwei bis drei", "2-3", German),
            ("einundzwanzig", "21", German),
            ("minus 3", "-3", German),
            ("0,50", "0,5", German),
            ("03.05.2024", "3.5.2024", German),
            ("3.10.2023", "3. 10. 2023", German),
            ("8 Uhr", "8.00 Uhr", German),
            ("08:15 Uhr", "8.15 Uhr", German),
            ("0.30 Uhr", "0:30 Uhr", German),
            ("von 12.30 bis 13.30 Uhr", "von 12:30 bis 13:30 Uhr", German),
            ("7.30pm", "7:30pm", English),
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
            ("1 234", "1,234", German),
            ("5 Billionen", "5", German),
            ("10 bis 15", "10 und 15", German),
            ("3 km", "3 m", German),
            ("20 °C", "20 °F", German),
            ("5 Franken", "5 Yen", German),
            ("16. September", "16. Oktober", German),
            ("dritte", "vierte", German),
            ("einundzwanzig", "zweiundzwanzig", German),
            ("ein Drittel", "ein Viertel", German),
            ("James Bond 007", "James Bond 7", English),
            ("5 million", "5 billion", English),
            ("1.200.000", "1,3 Millionen", German),
            ("1,2 Millionen", "1.200", German),
            ("1,2 Milliarden", "1.200.000", German),
            ("3:2", "3-2", Unknown),
            ("16.09.2023", "16.09.2024", German),
        ] {
            assert!(!read_alike(a, b, language), "{a} {b} {language:?}");
        }
    }
}
