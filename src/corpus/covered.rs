//! Which words of which text lie in boilerplate.

use std::sync::OnceLock;

use super::Corpus;
use super::boilerplate::{Boilerplate, GRAM};
use crate::passages::Passage;
use crate::text::{ByteSpan, gram_hashes, split_words, word_hashes};

/// The words of each text that lie in boilerplate, found when they are first asked for.
pub(super) struct Covered<'c, S> {
    corpus: &'c Corpus<'c, S>,
    grams: Vec<u64>,
    words: Vec<OnceLock<Vec<ByteSpan>>>,
}

impl<'c, S: AsRef<str>> Covered<'c, S> {
    pub(super) fn new(corpus: &'c Corpus<'c, S>, boilerplate: &Boilerplate) -> Self {
        let words = corpus.texts.iter().map(|_| OnceLock::new()).collect();
        Self { corpus, grams: boilerplate.grams(GRAM), words }
    }

    /// Whether a passage of the texts `a` and `b` consists of boilerplate: more than half of its words, and all but
    /// fewer than `min_words`.
    pub(super) fn covers(&self, a: u32, b: u32, passage: &Passage, min_words: usize) -> bool {
        let is_covered = |text: u32, span: ByteSpan, words: u32| {
            let words = words as usize;
            let outside = words.saturating_sub(self.count(text, span));
            outside < min_words && outside * 2 < words
        };
        !self.grams.is_empty()
            && (is_covered(a, passage.a, passage.words_a) || is_covered(b, passage.b, passage.words_b))
    }

    /// The covered words of `text` that lie in `span`.
    fn count(&self, text: u32, span: ByteSpan) -> usize {
        let words = self.words[text as usize].get_or_init(|| self.read(text));
        let inside = &words[words.partition_point(|word| word.start < span.start)..];
        inside.partition_point(|word| word.end <= span.end)
    }

    fn read(&self, text: u32) -> Vec<ByteSpan> {
        let raw = self.corpus.texts[text as usize].as_ref();
        let hashes = word_hashes(raw, self.corpus.fold);
        let mut is_covered = vec![false; hashes.len()];
        for (at, gram) in gram_hashes(&hashes, GRAM).enumerate() {
            if self.grams.binary_search(&gram).is_ok() {
                is_covered[at..at + GRAM].fill(true);
            }
        }
        let words = split_words(raw).into_iter().zip(is_covered);
        words.filter(|&(_, is_covered)| is_covered).map(|(word, _)| word).collect()
    }
}
