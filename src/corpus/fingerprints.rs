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
    /// The shared n-grams, ascending.
    pub(super) hashes: Vec<u64>,
    /// The texts of each of them, ascending, one list after the other.
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
        let mut shared =
            Self { words, grams: counts, hashes: Vec::new(), texts: Vec::new(), ends: Vec::new() };
        shared.keep(&postings);
        Ok(shared)
    }

    /// Keep the lists of the n-grams that more than one text has.
    fn keep(&mut self, postings: &[(u64, u32)]) {
        for list in postings.chunk_by(|x, y| x.0 == y.0).filter(|list| list.len() > 1) {
            self.hashes.push(list[0].0);
            self.texts.extend(list.iter().map(|&(_, text)| text));
            self.ends.push(self.texts.len());
        }
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

/// Which of some lists each text stands in, ascending.
pub(super) struct OfText {
    starts: Vec<usize>,
    lists: Vec<u32>,
}

impl OfText {
    /// The places among `lists` of those that are `wanted`, for each of so many `texts`.
    pub(super) fn new(lists: &[&[u32]], texts: usize, wanted: impl Fn(usize) -> bool) -> Self {
        let chosen = || lists.iter().enumerate().filter(|(list, _)| wanted(*list));
        let mut starts = vec![0; texts + 1];
        for &text in chosen().flat_map(|(_, texts)| *texts) {
            starts[text as usize + 1] += 1;
        }
        for i in 0..texts {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut of_text = vec![0; starts[texts]];
        for (list, texts) in chosen() {
            for &text in *texts {
                of_text[next[text as usize]] = list as u32;
                next[text as usize] += 1;
            }
        }
        Self { starts, lists: of_text }
    }

    /// The lists that `text` stands in.
    pub(super) fn of(&self, text: u32) -> &[u32] {
        &self.lists[self.starts[text as usize]..self.starts[text as usize + 1]]
    }

    /// How many lists hold both texts.
    pub(super) fn common(&self, a: u32, b: u32) -> u32 {
        both(self.of(a), self.of(b)).count() as u32
    }
}

/// What two ascending lists have in common, ascending.
pub(super) fn both<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let mut rest = b;
    a.iter().copied().filter(move |x| {
        while rest.first().is_some_and(|y| y < x) {
            rest = &rest[1..];
        }
        rest.first() == Some(x)
    })
}
