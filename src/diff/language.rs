//! In which language two versions are written, as far as numbers and names go by it, and whether a word has a capital.

use crate::text::{Pair, Side, WordList};

/// What the smallest words of a text say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    German,
    English,
    /// Neither, or as much of one as of the other.
    Unknown,
}

/// Words that are looked at: two or three sentences have enough of the smallest ones.
const SAMPLE: usize = 60;

/// The language of both versions, told by the first words of the new one and of the old one.
pub(super) fn language(pair: &Pair<'_>) -> Language {
    let count =
        |list: &WordList| [&pair.a, &pair.b].iter().map(|side| among_first(side, list)).sum::<usize>();
    match count(&GERMAN).cmp(&count(&ENGLISH)) {
        std::cmp::Ordering::Greater => Language::German,
        std::cmp::Ordering::Less => Language::English,
        std::cmp::Ordering::Equal => Language::Unknown,
    }
}

fn among_first(side: &Side<'_>, list: &WordList) -> usize {
    side.spans.iter().take(SAMPLE).filter(|word| list.has_any_case(word.of(side.raw))).count()
}

pub(super) fn has_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Words that German has and English has not ("am", "an", "in" and "war" are both).
static GERMAN: WordList = WordList::new(
    "
    aber als auch auf aus bei beim bis das dass dem den der des die dies diese durch ein eine einem einen einer eines er es
    für gab haben hat ich ihr ihre im ist kann kein keine mehr mit nach nicht noch nur oder rund sein seine sich sie sind
    uhr um und uns unter vom von vor waren wenn werden wie wir wird wurde wurden zu zum zur über
    ",
);

static ENGLISH: WordList = WordList::new(
    "
    a and are as at been but by for from had has have he her his i if is it its more not of on or our out said she than that
    the their there they this to up was we were when which who will with would you
    ",
);

#[cfg(test)]
mod tests {
    use super::{Language, language};
    use crate::text::{Fold, Pair};

    #[test]
    fn told_by_the_smallest_words() {
        for (text, told) in [
            ("Es gab keine Verletzten.", Language::German),
            ("Um 12:30 Uhr war Schluss.", Language::German),
            ("He paid $5 million.", Language::English),
            ("The mayor of Dale", Language::English),
            ("Dale 1.000", Language::Unknown),
            ("", Language::Unknown),
        ] {
            let pair = Pair::new(text, text, Fold::default()).expect("short texts");
            assert_eq!(language(&pair), told, "{text}");
        }
    }
}
