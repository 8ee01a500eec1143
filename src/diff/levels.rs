//! How much a difference between two words matters.

use crate::text::Fold;

/// What kind of difference an edit makes, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// No difference.
    Same,
    /// Marks, dashes, spaces, soft hyphens, decomposed letters: what folding typography makes equal.
    Typography,
    /// Capitals.
    Case,
    /// Two spellings that folding makes equal, such as `ß` and `ss`.
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

#[cfg(test)]
mod tests {
    use super::{Level, word_level};

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
