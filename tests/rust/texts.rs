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
    "der",
    "Der",
    "Hafen",
    "hafen",
    "Maß",
    "Mass",
    "geht’s",
    "geht's",
    "über",
    "u\u{308}ber",
    "3,5",
    "Mio",
    "Zusammen\u{AD}arbeit",
    "Zusammenarbeit",
    "Zusammen-\narbeit",
    "nicht",
    "und",
    "Straßenbahnhaltestelle",
    "STRASSENBAHNHALTESTELLE",
    "don’t",
    "don't",
    "wird",
    "Euro",
    "Kiew",
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

/// A word and what stands behind it.
type Token = (String, String);

fn tokens() -> impl Strategy<Value = Vec<Token>> {
    let word = prop_oneof![
        2 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        // Rare words, so that some stretches stand once.
        1 => (0..300).prop_map(|i| format!("w{i}")),
    ];
    let between = prop::sample::select(&BETWEEN[..]).prop_map(str::to_owned);
    prop::collection::vec((word, between), 0..60)
}

/// What an editor does to a text; places are thousandths of its length.
#[derive(Debug, Clone)]
enum Change {
    Delete(usize, usize),
    Insert(usize, String),
    Replace(usize, String),
    Between(usize, &'static str),
    Uppercase(usize),
    Curly(usize),
    Move(usize, usize, usize),
    Copy(usize, usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let place = || 0..1000usize;
    let word = || prop_oneof!["neu[a-z]", prop::sample::select(&WORDS[..]).prop_map(str::to_owned)];
    prop_oneof![
        (place(), 1usize..10).prop_map(|(at, len)| Change::Delete(at, len)),
        (place(), word()).prop_map(|(at, word)| Change::Insert(at, word)),
        (place(), word()).prop_map(|(at, word)| Change::Replace(at, word)),
        (place(), prop::sample::select(&BETWEEN[..])).prop_map(|(at, between)| Change::Between(at, between)),
        place().prop_map(Change::Uppercase),
        place().prop_map(Change::Curly),
        (place(), 3usize..20, place()).prop_map(|(at, len, to)| Change::Move(at, len, to)),
        (place(), 3usize..20, place()).prop_map(|(at, len, to)| Change::Copy(at, len, to)),
    ]
}

/// The place that is so many thousandths of the way through `tokens`.
fn place(tokens: &[Token], thousandths: usize) -> usize {
    tokens.len() * thousandths / 1000
}

fn taken(tokens: &mut Vec<Token>, at: usize, len: usize) -> Vec<Token> {
    let start = place(tokens, at);
    let end = tokens.len().min(start + len);
    tokens.drain(start..end).collect()
}

impl Change {
    fn make(self, tokens: &mut Vec<Token>) {
        match self {
            Change::Delete(at, len) => drop(taken(tokens, at, len)),
            Change::Insert(at, word) => tokens.insert(place(tokens, at), (word, " ".to_owned())),
            Change::Move(at, len, to) => {
                let moved = taken(tokens, at, len);
                let to = place(tokens, to);
                tokens.splice(to..to, moved);
            }
            Change::Copy(at, len, to) => {
                let copied = taken(&mut tokens.clone(), at, len);
                let to = place(tokens, to);
                tokens.splice(to..to, copied);
            }
            Change::Replace(at, word) => on_token(tokens, at, |token| token.0 = word),
            Change::Between(at, between) => on_token(tokens, at, |token| between.clone_into(&mut token.1)),
            Change::Uppercase(at) => on_token(tokens, at, |token| token.0 = token.0.to_uppercase()),
            Change::Curly(at) => on_token(tokens, at, |token| token.0 = token.0.replace('\'', "’")),
        }
    }
}

fn on_token(tokens: &mut [Token], at: usize, change: impl FnOnce(&mut Token)) {
    let at = place(tokens, at);
    if let Some(token) = tokens.get_mut(at) {
        change(token);
    }
}

fn text(tokens: &[Token]) -> String {
    tokens.iter().flat_map(|(word, between)| [&**word, &**between]).collect()
}

/// A text and a later version of it.
pub(crate) fn versions() -> impl Strategy<Value = (String, String)> {
    (tokens(), prop::collection::vec(change(), 0..8)).prop_map(|(tokens, changes)| {
        let mut later = tokens.clone();
        changes.into_iter().for_each(|change| change.make(&mut later));
        (text(&tokens), text(&later))
    })
}
