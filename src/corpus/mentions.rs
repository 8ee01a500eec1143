//! Which texts of a corpus may share a quotation: those that share three words in a row of one.

use rayon::prelude::*;

use super::fingerprints::distinct_grams;
use crate::error::Result;
use crate::progress::Progress;
use crate::quotes::quotes;
use crate::text::{Fold, word_hashes};

/// Words in a row that a quotation and its counterpart share, unless shorter quotations are asked for.
const WORDS: usize = 3;

/// Texts between two looks at whether to stop.
const CHUNK: usize = 256;

/// Pairs of texts (lower place first, ascending) that share a run of words which one of them quotes, for quotations
/// of `min_words` words. What stands in more than `max_df` texts is a phrase ("in the United States") and links none:
/// without the bound one phrase of a quotation would pair all texts with all.
pub(super) fn candidates<S: AsRef<str> + Sync>(
    texts: &[S],
    fold: Fold,
    min_words: usize,
    max_df: Option<usize>,
    progress: &Progress,
) -> Result<Vec<(u32, u32)>> {
    let words = WORDS.min(min_words);
    let quoted = collect(texts, progress, |text| {
        let spans = quotes(text).into_iter().map(|quote| quote.inner.of(text));
        spans.flat_map(|inner| distinct_grams(&word_hashes(inner, fold), words)).collect()
    })?;
    let mut known: Vec<u64> = quoted.iter().map(|&(gram, _)| gram).collect();
    known.dedup();
    let standing = collect(texts, progress, |text| {
        let mut grams = distinct_grams(&word_hashes(text, fold), words);
        grams.retain(|gram| known.binary_search(gram).is_ok());
        grams
    })?;
    let mut pairs = pairs(&quoted, &standing, max_df);
    pairs.par_sort_unstable();
    pairs.dedup();
    Ok(pairs)
}

/// What `grams` finds in each text, as (n-gram, text), ascending and without repeats.
fn collect<S: AsRef<str> + Sync>(
    texts: &[S],
    progress: &Progress,
    grams: impl Fn(&str) -> Vec<u64> + Sync,
) -> Result<Vec<(u64, u32)>> {
    progress.begin(texts.len() as u64);
    let mut found = Vec::new();
    for (chunk, start) in texts.chunks(CHUNK).zip((0u32..).step_by(CHUNK)) {
        progress.check()?;
        let read: Vec<Vec<u64>> = chunk.par_iter().map(|text| grams(text.as_ref())).collect();
        for (grams, text) in read.into_iter().zip(start..) {
            found.extend(grams.into_iter().map(|gram| (gram, text)));
        }
        progress.advance(chunk.len() as u64);
    }
    found.par_sort_unstable();
    found.dedup();
    Ok(found)
}

fn pairs(quoted: &[(u64, u32)], standing: &[(u64, u32)], max_df: Option<usize>) -> Vec<(u32, u32)> {
    let mut quoting = quoted.chunk_by(|x, y| x.0 == y.0).peekable();
    let mut pairs = Vec::new();
    for list in standing.chunk_by(|x, y| x.0 == y.0) {
        // Every n-gram that stands here is quoted somewhere, in the same ascending order.
        while quoting.next_if(|quoters| quoters[0].0 < list[0].0).is_some() {}
        let Some(quoters) = quoting.next_if(|quoters| quoters[0].0 == list[0].0) else { continue };
        if max_df.is_some_and(|most| list.len() > most) {
            continue;
        }
        for &(_, quoter) in quoters {
            let others = list.iter().filter(|&&(_, other)| other != quoter);
            pairs.extend(others.map(|&(_, other)| (quoter.min(other), quoter.max(other))));
        }
    }
    pairs
}
