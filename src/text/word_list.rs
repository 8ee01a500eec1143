//! Words of a language that a rule asks about, written down as text.

use std::collections::HashSet;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

/// A list of words that is turned into a set when it is first asked.
pub(crate) struct WordList {
    words: &'static str,
    /// Files, and which section of theirs counts.
    files: &'static [&'static str],
    section: &'static str,
    /// No word is longer, in bytes: most words that are asked about are, and need not be hashed.
    longest: usize,
    set: OnceLock<Words>,
}

/// The words, and a sieve for those that are none: nearly every word that is asked about is not on the list.
struct Words {
    set: HashSet<&'static [u8], FixedState>,
    sieve: [u64; SIEVE / 64],
}

/// Bits of the sieve: a few hundred words leave nine in ten of them empty.
const SIEVE: usize = 4096;

impl Words {
    fn new(words: impl Iterator<Item = &'static str>) -> Self {
        let mut made = Self { set: words.map(str::as_bytes).collect(), sieve: [0; SIEVE / 64] };
        for word in &made.set {
            let at = bit(word, |byte| byte);
            made.sieve[at / 64] |= 1 << (at % 64);
        }
        made
    }

    #[inline]
    fn passes(&self, at: usize) -> bool {
        self.sieve[at / 64] >> (at % 64) & 1 == 1
    }

    #[inline]
    fn has(&self, word: &[u8]) -> bool {
        self.passes(bit(word, |byte| byte)) && self.set.contains(word)
    }

    /// Whether `word` in lowercase is there; it is written down in lowercase only where the sieve lets it pass.
    #[inline]
    fn has_any_case(&self, word: &[u8]) -> bool {
        self.passes(bit(word, |byte| byte.to_ascii_lowercase())) && self.has_lowercase(word)
    }

    fn has_lowercase(&self, word: &[u8]) -> bool {
        let mut buffer = [0; LONGEST];
        let Some(lowercase) = buffer.get_mut(..word.len()) else {
            return false;
        };
        lowercase.copy_from_slice(word);
        lowercase.make_ascii_lowercase();
        self.set.contains(&*lowercase)
    }
}

/// The place of `word` in the sieve, told by its ends as `seen` and its length, which cost nothing.
#[inline]
fn bit(word: &[u8], seen: impl Fn(u8) -> u8) -> usize {
    let ends = [word.first(), word.get(1), word.last()];
    let add = |mix: usize, end: Option<&u8>| mix * 31 + usize::from(end.map_or(0, |&byte| seen(byte)));
    let mix = ends.into_iter().fold(word.len(), add);
    (mix ^ mix >> 7) % SIEVE
}

/// Longest word that any list has, in bytes.
const LONGEST: usize = 24;

impl WordList {
    /// The list of `words`, with white space between them.
    pub(crate) const fn new(words: &'static str) -> Self {
        Self { words, files: &[], section: "", longest: longest(words), set: OnceLock::new() }
    }

    /// The list of the words that `files` have in a [`section`].
    pub(crate) const fn section(files: &'static [&'static str], section: &'static str) -> Self {
        Self { words: "", files, section, longest: LONGEST, set: OnceLock::new() }
    }

    /// The words that were written down in place.
    #[cfg(test)]
    pub(crate) fn written(&self) -> impl Iterator<Item = &'static str> {
        self.words.split_whitespace()
    }

    /// Whether `word` is on the list, as it stands.
    #[inline]
    pub(crate) fn has(&self, word: &str) -> bool {
        word.len() <= self.longest && self.words().has(word.as_bytes())
    }

    /// Whether `word` is on the list of lowercase words, whatever the case of its ASCII letters.
    #[inline]
    pub(crate) fn has_any_case(&self, word: &str) -> bool {
        word.len() <= self.longest && self.words().has_any_case(word.as_bytes())
    }

    #[inline]
    fn words(&self) -> &Words {
        let of_files = || self.files.iter().flat_map(|file| section(file, self.section));
        self.set.get_or_init(|| Words::new(self.words.split_whitespace().chain(of_files())))
    }
}

/// Bytes of the longest of `words`.
const fn longest(words: &str) -> usize {
    let bytes = words.as_bytes();
    let (mut at, mut len, mut longest) = (0, 0, 0);
    while at < bytes.len() {
        len = if bytes[at].is_ascii_whitespace() { 0 } else { len + 1 };
        longest = if len > longest { len } else { longest };
        at += 1;
    }
    longest
}

/// The words of `file` below a line `[name]`, up to the next such line; lines that begin with `#` are comments.
pub(crate) fn section(file: &'static str, name: &str) -> impl Iterator<Item = &'static str> {
    let is_named =
        move |line: &str| line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) == Some(name);
    let lines = file.lines().skip_while(move |line| !is_named(line)).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('[')).filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::{WordList, section};
    use proptest::prelude::*;

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let file = "# sagte\n[verbs]\nsagte rief\n# nie\nmeint\n\n[titles]\nProf\n";
        assert_eq!(section(file, "verbs").collect::<Vec<_>>(), ["sagte", "rief", "meint"]);
        assert_eq!(section(file, "titles").collect::<Vec<_>>(), ["Prof"]);
        assert_eq!(section(file, "sources").count(), 0);
    }

    #[test]
    fn a_list_knows_its_words_and_no_others() {
        static LIST: WordList = WordList::new("über\n  der die");
        assert!(LIST.has("über") && LIST.has("die") && !LIST.has("Die") && !LIST.has(""));
        assert!(LIST.has_any_case("DIE") && !LIST.has_any_case("das"));
        assert!(!LIST.has_any_case(&"x".repeat(25)));
    }
    proptest! {
        #[test]
        fn any_case_is_asked_as_if_the_word_stood_in_lowercase(word in "[dieüUDIE]{0,6}") {
            static LIST: WordList = WordList::new("über der die dieüdi ed");
            prop_assert_eq!(LIST.has_any_case(&word), LIST.has(&word.to_ascii_lowercase()));
            let plainly = LIST.words.split_whitespace().any(|known| known == word);
            prop_assert_eq!(LIST.has(&word), plainly);
        }
    }
}
