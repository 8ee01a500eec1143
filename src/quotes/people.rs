//! Whether the names of two speakers are those of one person.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::cues::{is_article, is_pronoun};
use crate::text::WordList;

/// Whether `speakers` of one statement are certainly not one person: two names that end differently, of which none
/// holds all words of the other, or that end alike behind different first names. Pronouns and descriptions ("die
/// Ministerin", "the owner") contradict nobody, nor does a last name alone.
///
/// ```
/// use wortlaut::speakers_conflict;
/// assert!(!speakers_conflict(&["Ada Lund", "Ministerin Lund", "sie", "die Ministerin"]));
/// assert!(speakers_conflict(&["Ada Lund", "Bo Kern"]));
/// assert!(speakers_conflict(&["Ada Lund", "Bo Lund"]));
/// ```
pub fn speakers_conflict(speakers: &[&str]) -> bool {
    let names: Vec<Name> = speakers.iter().filter_map(|speaker| Name::new(speaker)).collect();
    names.iter().enumerate().any(|(i, one)| names[i + 1..].iter().any(|other| !one.may_be(other)))
}

/// Whether `one` and `other` are certainly one person: two names that end alike, and nothing else in them differs.
pub(super) fn is_one_speaker(one: &str, other: &str) -> bool {
    Name::new(one).zip(Name::new(other)).is_some_and(|(one, other)| one.ends_as(&other) && one.may_be(&other))
}

/// A name with what stands before it.
struct Name {
    words: Vec<String>,
    /// First names among the words.
    given: Vec<String>,
    /// Whether a title says Mrs or Mr.
    is_woman: Option<bool>,
}

impl Name {
    /// Nothing of what is no name.
    fn new(speaker: &str) -> Option<Self> {
        let composed: String = speaker.nfc().collect();
        // One letter is an initial, which says too little.
        let words = composed.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| word.chars().nth(1).is_some()).collect();
        let first = words.first()?;
        if is_article(first) || is_pronoun(first) {
            return None;
        }
        let words: Vec<String> = words.into_iter().map(plain).collect();
        let is_woman = words.iter().find_map(|word| sex(word));
        let given = words[..words.len() - 1].iter().filter(|word| !is_title(word)).cloned().collect();
        Some(Self { words, given, is_woman })
    }

    fn ends_as(&self, other: &Self) -> bool {
        self.words.last() == other.words.last()
    }

    fn may_be(&self, other: &Self) -> bool {
        if self.ends_as(other) {
            return !self.is_relative_of(other);
        }
        let holds = |all: &[String], some: &[String]| some.iter().all(|word| all.contains(word));
        holds(&self.words, &other.words) || holds(&other.words, &self.words)
    }

    /// Whether the two share no more than their last name.
    fn is_relative_of(&self, other: &Self) -> bool {
        let sexes = self.is_woman.zip(other.is_woman);
        let are_full = !self.given.is_empty() && !other.given.is_empty();
        sexes.is_some_and(|(one, other)| one != other)
            || are_full && !self.given.iter().any(|word| other.given.contains(word))
    }
}

/// `word` in lowercase without diacritics: "Calderón" is "Calderon", and "Müller" is "Mueller".
fn plain(word: &str) -> String {
    let mut found = String::new();
    for c in word.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            // The e of ae, oe and ue stands for the two dots, but not in "Bauer" and "Quentin".
            'e' if stands_for_dots(&found) => {}
            'ß' => found.push_str("ss"),
            'ø' | 'œ' => found.push('o'),
            'æ' => found.push('a'),
            'ł' => found.push('l'),
            c => found.push(c),
        }
    }
    found
}

/// Whether an e behind `before` may be written for an umlaut.
fn stands_for_dots(before: &str) -> bool {
    let mut chars = before.chars().rev();
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'q');
    matches!(chars.next(), Some('a' | 'o' | 'u')) && !chars.next().is_some_and(is_vowel)
}

/// Whether a plain title says that a woman bears it.
fn sex(title: &str) -> Option<bool> {
    if WOMEN.has(title) {
        return Some(true);
    }
    MEN.has(title).then_some(false)
}

/// Whether a plain word before a last name is no first name.
fn is_title(word: &str) -> bool {
    let stem = word.strip_suffix("in").unwrap_or(word);
    sex(word).is_some() || TITLES.has(word) || OFFICES.iter().any(|office| stem.ends_with(office))
}

static WOMEN: WordList = WordList::new("dame frau lady madam madame miss mme mrs ms senora signora");

static MEN: WordList = WordList::new("herr herrn lord mister monsieur mr senor signor sir");

/// Titles, offices and particles of German and English names, plain.
static TITLES: WordList = WordList::new(
    "
    admiral agent ambassador analyst archbishop attorney bischof bishop brother bruder bundes capt captain cardinal
    ceo chair chairman chairwoman chancellor chief cmdr co coach col colonel commander commissioner congressman
    congresswoman councillor councilman councilwoman da de del democrat deputy der detective di dipl director doctor
    doktor dos dr du el ex fan father first former founder furst general gen gov governor graf grafin il inspector ing
    intendant jurist jr judge justice kaiser kardinal king konig konigin la lawmaker lawyer le leader lieutenant
    magistrate major marshal mayor mep minister mp officer opposition papst pastor pater pfarrer police pope premier
    pres president priest prime prince princess prinz prinzessin prof professor queen rabbi rabbiner rep
    representative republican reverend rev schwester secretary sen senator sergeant sgt sheriff sister speaker
    spokesman spokesperson spokeswoman state superintendent ten ter treasurer us van vice vize von vom witness writer
    zu zum zur
    ",
);

/// How plain German words for offices and professions end, or before the "in" of a woman's.
const OFFICES: [&str; 42] = [
    "abgeordnete",
    "abgeordneter",
    "aktivist",
    "analyst",
    "anwalt",
    "arzt",
    "autor",
    "beauftragte",
    "beauftragter",
    "chef",
    "direktor",
    "experte",
    "expert",
    "forscher",
    "fuhrer",
    "historiker",
    "intendant",
    "journalist",
    "jurist",
    "kandidat",
    "kanzler",
    "kommissar",
    "landrat",
    "lehrer",
    "leiter",
    "manager",
    "meister",
    "minister",
    "okonom",
    "politiker",
    "polizist",
    "prasident",
    "professor",
    "richter",
    "sekretar",
    "senator",
    "sprecher",
    "staatsrat",
    "stadtrat",
    "trainer",
    "vorsitzende",
    "vorsitzender",
];
