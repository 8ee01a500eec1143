//! Words of a language that a rule asks about, written down as text.

use std::collections::HashSet;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

/// A list of words that is turned into a set when it is first asked.
pub(crate) struct WordList {
    words: &'static str,
    set: OnceLock<HashSet<&'static str, FixedState>>,
}

/// Longest word that any list has, in bytes.
const LONGEST: usize = 24;

impl WordList {
    /// The list of `words`, with white space between them.
    pub(crate) const fn new(words: &'static str) -> Self {
        Self { words, set: OnceLock::new() }
    }

    /// Whether `word` is on the list, as it stands.
    pub(crate) fn has(&self, word: &str) -> bool {
        let set = || self.words.split_whitespace().collect();
        word.len() <= LONGEST && self.set.get_or_init(set).contains(word)
    }

    /// Whether `word` is on the list of lowercase words, whatever the case of its ASCII letters.
    pub(crate) fn has_any_case(&self, word: &str) -> bool {
        let mut lowercase = [0; LONGEST];
        let Some(lowercase) = lowercase.get_mut(..word.len()) else {
            return false;
        };
        lowercase.copy_from_slice(word.as_bytes());
        lowercase.make_ascii_lowercase();
        std::str::from_utf8(lowercase).is_ok_and(|word| self.has(word))
    }
}

#[cfg(test)]
mod tests {
    use super::WordList;

    #[test]
    fn a_list_knows_its_words_and_no_others() {
        static LIST: WordList = WordList::new("über\n  der die");
        assert!(LIST.has("über") && LIST.has("die") && !LIST.has("Die") && !LIST.has(""));
        assert!(LIST.has_any_case("DIE") && !LIST.has_any_case("das"));
        assert!(!LIST.has_any_case(&"x".repeat(25)));
    }
}
