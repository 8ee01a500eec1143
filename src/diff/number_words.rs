//! Words for numbers, units and signs, in German and English, and what they stand for.

use crate::text::WordList;

/// Whether `word` is a number, in digits or in letters. "Ein" and "one" are articles and pronouns too often.
pub(super) fn is_number(word: &str) -> bool {
    word.chars().any(char::is_numeric) || NUMBERS.has_any_case(word) || compound(word).is_some()
}

/// A German number between the tens: "einundzwanzig".
pub(super) fn compound(word: &str) -> Option<String> {
    if !word.contains("und") {
        return None;
    }
    let word = word.to_lowercase();
    let (one, ten) = word
        .split_once("und")
        .filter(|(one, ten)| !one.is_empty() && ten.ends_with("zig") || *ten == "dreißig")?;
    let ten = value(ten)?.strip_suffix('0')?;
    let one = if one == "ein" { "1" } else { value(one).filter(|one| one.len() == 1)? };
    Some(format!("{ten}{one}"))
}

/// What a word for a number or a unit stands for, in digits or as a sign.
pub(super) fn value(word: &str) -> Option<&'static str> {
    if !NUMBERS.has_any_case(word) && !UNITS.has_any_case(word) && !MEASURES.has_any_case(word) {
        return None;
    }
    let word = word.to_lowercase();
    let mut lines = VALUES.lines().chain(SIGNS.lines()).chain(COUNTED.lines());
    lines.find(|line| line.split_whitespace().any(|one| one == word))?.split_whitespace().next()
}

static NUMBERS: WordList = WordList::new(VALUES);

static UNITS: WordList = WordList::new(SIGNS);

/// Words that are units right behind a number only.
pub(super) static MEASURES: WordList = WordList::new(COUNTED);

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
1. erste ersten erster erstes first
2. zweite zweiten zweiter zweites second
3. dritte dritten dritter drittes third
4. vierte vierten vierter viertes fourth
5. fünfte fünften fünfter fünftes fifth
6. sechste sechsten sechster sechstes sixth
7. siebte siebten siebter siebtes seventh
8. achte achten achter achtes eighth
9. neunte neunten neunter neuntes ninth
10. zehnte zehnten zehnter zehntes tenth
half hälfte halb halbe halben halber halbes
drittel thirds
viertel quarter quarters
fünftel fifths
zehntel tenths
dozen dutzend dutzende dozens
million millionen millions mio mn
milliarde milliarden mrd billion billions bn
billionen
trillion trillions
";

/// Signs behind a number, and the words for them.
const SIGNS: &str = "
% prozent percent
€ euro euros
$ dollar dollars
£ pfund pound pounds
franken francs
¥ yen
krone kronen krona kronor
";

/// What is counted or measured, and a month, behind the day of a date.
const COUNTED: &str = "
km kilometer kilometern kilometers kilometres
m meter metern meters metres
cm zentimeter zentimetern centimetres centimeters
meile meilen mile miles
kg kilo kilos kilogramm kilograms
g gramm grams
t tonne tonnen tons tonnes
l liter litern litres liters
ha hektar hectares
grad degrees
c celsius
f fahrenheit
januar january
februar february
märz march
april
mai may
juni june
juli july
august
september
oktober october
november
dezember december
";

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn words_can_be_numbers() {
        assert!(is_number("zwei") && is_number("Two") && is_number("3rd") && is_number("½"));
        assert!(is_number("einundzwanzig") && !is_number("Bund"));
        assert!(!is_number("ein") && !is_number("one") && !is_number("Euro"));
    }
}
