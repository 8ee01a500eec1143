//! Which word n-grams stand in more than one text of a corpus, and in which.

use rayon::prelude::*;

use crate::error::Result;
use crate::progress::Progress;
use crate::text::{Fold, gram_hashes, word_hashes};

/// Texts between two looks at whether to stop.
const CHUNK: usize = 256;

/// The n-grams of a corpus that more than one text has.
pub(super) struct Fingerprints {
    /// Words of each text.
    pub(super) words: Vec<u32>,
    /// Different n-grams of each text.
    pub(super) grams: Vec<u32>,
    /// The texts of each shared n-gram, ascending, one list after the other.
    texts: Vec<u32>,
    /// Where each list ends.
    ends: Vec<usize>,
}

impl Fingerprints {
    /// Read all `texts`: O(words · log words), 16 bytes a word while sorting.
    pub(super) fn new<S: AsRef<str> + Sync>(
        texts: &[S],
        fold: Fold,
        n: usize,
        progress: &Progress,
    ) -> Result<Self> {
        progress.begin(texts.len() as u64);
        let read = |text: &S| {
            let words = word_hashes(text.as_ref(), fold);
            (words.len() as u32, distinct_grams(&words, n))
        };
        let (mut words, mut counts) = (Vec::new(), Vec::new());
        let mut postings: Vec<(u64, u32)> = Vec::new();
        for chunk in texts.chunks(CHUNK) {
            progress.check()?;
            let read: Vec<_> = chunk.par_iter().map(read).collect();
            for (length, grams) in read {
                let text = words.len() as u32;
                words.push(length);
                counts.push(grams.len() as u32);
                postings.extend(grams.into_iter().map(|gram| (gram, text)));
            }
            progress.advance(chunk.len() as u64);
        }
        progress.check()?;
        postings.par_sort_unstable();
        progress.check()?;
        let (texts, ends) = shared_lists(&postings);
        Ok(Self { words, grams: counts, texts, ends })
    }

    /// The lists of texts, one for each shared n-gram.
    pub(super) fn lists(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.texts[start..end])
    }
}

/// The different n-grams of one text.
pub(super) fn distinct_grams(words: &[u64], n: usize) -> Vec<u64> {
    let mut grams: Vec<u64> = gram_hashes(words, n).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

fn shared_lists(postings: &[(u64, u32)]) -> (Vec<u32>, Vec<usize>) {
    let (mut texts, mut ends) = (Vec::new(), Vec::new());
    for list in postings.chunk_by(|x, y| x.0 == y.0).filter(|list| list.len() > 1) {
        texts.extend(list.iter().map(|&(_, text)| text));
        ends.push(texts.len());
    }
    (texts, ends)
}
