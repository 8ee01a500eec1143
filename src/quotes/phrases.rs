//! What a user adds in several words: "said in a statement", "gab zu Protokoll", "in the words of". Such a row becomes one
//! word before any rule looks at it, so that no rule need know of phrases.

use super::cues::Word;
use super::speech::SpeechLexicon;

/// Several words that say together that someone speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase<'t> {
    words: Vec<&'t str>,
    is_verb: bool,
}

impl<'t> Phrase<'t> {
    /// The phrases of `lexicon`, the longest first: of two that begin alike it is the one that is meant.
    pub(super) fn all(lexicon: &'t SpeechLexicon) -> Vec<Self> {
        let verbs = lexicon.verbs.iter().map(|phrase| (phrase, true));
        let sources = lexicon.sources.iter().map(|phrase| (phrase, false));
        let phrase = |(phrase, is_verb): (&'t String, bool)| {
            let words: Vec<&str> = phrase.split_whitespace().collect();
            (words.len() > 1).then_some(Self { words, is_verb })
        };
        let mut phrases: Vec<Self> = verbs.chain(sources).filter_map(phrase).collect();
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        phrases
    }

    /// Whether `words` begin with it, with nothing but space inside.
    fn begins(&self, words: &[Word<'_>]) -> bool {
        let inner = self.words.len() - 1;
        words.len() > inner
            && words[..inner].iter().all(|word| word.tail.is_empty())
            && self.is_first(words[0].text)
            && self.words[1..].iter().zip(&words[1..]).all(|(&wanted, word)| wanted == word.text)
    }

    /// Whether `word` is its first; that of a preposition may stand at a sentence's start.
    fn is_first(&self, word: &str) -> bool {
        word == self.words[0] || !self.is_verb && word.to_lowercase() == self.words[0]
    }
}

/// `words` with those in a row as one that are a phrase.
pub(super) fn joined<'t>(words: Vec<Word<'t>>, phrases: &[Phrase<'_>]) -> Vec<Word<'t>> {
    if phrases.is_empty() {
        return words;
    }
    let mut joined = Vec::with_capacity(words.len());
    let mut rest = &words[..];
    while let Some(first) = rest.first() {
        let found = phrases.iter().find(|phrase| phrase.begins(rest));
        let length = found.map_or(1, |phrase| phrase.words.len());
        joined.push(found.map_or(*first, |phrase| first.up_to(&rest[length - 1], phrase.is_verb)));
        rest = &rest[length..];
    }
    joined
}
