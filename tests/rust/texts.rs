//! Texts to try everything on: all scripts that have rules of their own, and news as it is really written.

use proptest::prelude::*;
use wortlaut::Fold;

/// Characters that have rules in common; a text mixes pieces of several.
const ALPHABETS: [&str; 22] = [
    "abcxyzABC",
    "0123456789",
    "aou\u{308}AOU\u{301}ßẞ",
    "жйщЯЖё\u{306}",
    "漢字中文",
    "אבגש\u{5B0}\u{5BC}'\"׳״",
    "عربي\u{640}\u{64B}\u{200C}",
    "ไทยค่ะ\u{E48}",
    "हनदकषि\u{94D}\u{93E}\u{200D}",
    "カタナーﾊﾟ\u{3099}",
    "ひらがな",
    "한국ᄀ\u{1161}\u{11A8}",
    "👩🔬❤😀\u{200D}\u{FE0F}\u{20E3}#",
    "🇩🇪🇫🇷",
    "👍👋\u{1F3FD}\u{1F3FB}",
    "\u{0}\u{7}\u{B}\u{C}\u{85}\u{2028}\u{2029}",
    "\u{AD}\u{200B}\u{2060}\u{FEFF}\u{200E}\u{34F}\u{180E}",
    "'.·:,;’‘․﹒＇．",
    "_‿\u{202F}\u{FE33}",
    " \n\r\t\u{A0}\u{3000}",
    "-‐–—„“”«»!?()",
    "½²Ⅳ①ªᵃǅŉﬁ",
];

/// A few characters of one alphabet.
fn piece() -> impl Strategy<Value = String> {
    prop::sample::select(&ALPHABETS[..]).prop_flat_map(|alphabet| {
        let characters: Vec<char> = alphabet.chars().collect();
        prop::collection::vec(prop::sample::select(characters), 1..5).prop_map(String::from_iter)
    })
}

/// What stands between pieces: mostly nothing, so that scripts touch.
fn glue() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        6 => Just(""),
        3 => Just(" "),
        1 => Just("\n"),
        1 => Just("-\n"),
        1 => Just("\u{AD}\r\n  "),
    ]
}

/// A mixture of scripts.
pub(crate) fn mixture() -> impl Strategy<Value = String> {
    prop::collection::vec((piece(), glue()), 0..14)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, glue)| [piece, glue.to_owned()]).collect())
}

/// Words of news, with the forms that folding makes equal, and what stands between them.
const WORDS: [&str; 24] = [
    "der", "Der", "Hafen", "hafen", "Maß", "Mass", "geht’s", "geht's", "über", "u\u{308}ber", "3,5", "Mio",
    "Zusammen\u{AD}arbeit", "Zusammenarbeit", "Zusammen-\narbeit", "nicht", "und", "Straßenbahnhaltestelle",
    "STRASSENBAHNHALTESTELLE", "don’t", "don't", "wird", "Euro", "Kiew",
];

const BETWEEN: [&str; 12] = [" ", " ", " ", " ", ", ", ". ", "\n", "\u{A0}", " – ", " - ", "“ ", " „"];

/// A text of news words; small enough a vocabulary that texts share runs by chance.
pub(crate) fn news() -> impl Strategy<Value = String> {
    let word = (prop::sample::select(&WORDS[..]), prop::sample::select(&BETWEEN[..]));
    prop::collection::vec(word, 0..40)
        .prop_map(|words| words.into_iter().flat_map(|(word, between)| [word, between]).collect())
}

/// Anything: mixtures, news, any string.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![mixture(), news(), any::<String>(), "[ab ]{0,30}"]
}

/// All sixteen.
pub(crate) fn folds() -> impl Iterator<Item = Fold> {
    (0..16u8).map(|bits| Fold {
        case: bits & 1 != 0,
        compatibility: bits & 2 != 0,
        typography: bits & 4 != 0,
        accents: bits & 8 != 0,
    })
}

/// Any of the sixteen.
pub(crate) fn any_fold() -> impl Strategy<Value = Fold> {
    prop::sample::select(folds().collect::<Vec<_>>())
}
