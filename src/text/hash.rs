//! Words as 64-bit numbers that need no vocabulary: for an index over many texts.
//!
//! Two words have the same number if they are the same under folding; two others share one with a chance of
//! 2^-64. The numbers are the same in every run and on every machine, so that files may hold them: the arithmetic is all
//! written here, over little-endian bytes.

use super::fold::{Fold, Letters};
use super::keys::{Folded, Key, KeyReader, Keys, LONG, RARE, mixed};
use super::span::ByteSpan;
use super::words::{Split, split_into};

/// The numbers of the words of `raw`, in order.
pub(crate) fn word_hashes(raw: &str, fold: Fold) -> Vec<u64> {
    let mut hashes = Vec::new();
    WordHasher::new(fold).read(raw, &mut hashes);
    hashes
}

/// Numbers the words of many texts, in room that is kept from one to the next.
pub(crate) struct WordHasher {
    letters: &'static Letters,
    words: Vec<ByteSpan>,
    scratch: String,
}

impl WordHasher {
    pub(crate) fn new(fold: Fold) -> Self {
        Self { letters: Letters::of(fold), words: Vec::new(), scratch: String::new() }
    }

    /// Write the numbers of the words of `raw`, in order, into `hashes`, and nothing else.
    pub(crate) fn read(&mut self, raw: &str, hashes: &mut Vec<u64>) {
        let Split { words, healed } = split_into(raw, std::mem::take(&mut self.words));
        let mut reader = KeyReader::new(self.letters, healed);
        hashes.clear();
        hashes.reserve(words.len());
        while hashes.len() < words.len() {
            let words = &words[hashes.len()..];
            let Keys { keys, len } = reader.next(raw.as_bytes(), words);
            hashes.extend(keys[..len].iter().zip(words).map(|(&key, &word)| match key {
                RARE => mix(self.key_in_full(&reader, raw, word)),
                key => mix(key),
            }));
        }
        self.words = words;
    }

    #[cold]
    fn key_in_full(&mut self, reader: &KeyReader, raw: &str, word: ByteSpan) -> Key {
        match reader.in_full(raw, word, &mut self.scratch) {
            Folded::Short(key) => key,
            Folded::Long(folded) => long_key(folded),
        }
    }
}

/// The numbers of all runs of `n` words: a polynomial over their hashes, modulo 2^64.
pub(crate) fn gram_hashes(words: &[u64], n: usize) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    let leading = (0..n).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let step = |rolling: u64, word: u64| rolling.wrapping_mul(BASE).wrapping_add(word);
    let (first, rest) = words.split_at_checked(n).unwrap_or_default();
    let mut rolling = first.iter().copied().fold(0, step);
    let others = rest.iter().zip(words).map(move |(word, gone)| {
        // The second product waits for no other run, so that runs follow each other at the pace of one.
        rolling = step(rolling, word.wrapping_sub(leading.wrapping_mul(*gone)));
        rolling
    });
    (!first.is_empty()).then_some(rolling).into_iter().chain(others)
}

fn long_key(word: &[u8]) -> Key {
    LONG | Key::from(long_hash(word))
}

/// Eight bytes at a time, the first one lowest, the last ones filled up with zeros; the length tells these from others.
fn long_hash(word: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    word.chunks(8).fold(!(word.len() as u64), |hash, chunk| {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        mixed(hash ^ u64::from_le_bytes(eight), FACTOR)
    })
}

/// Spread a key over 64 bits: two rounds of [`mixed`], with odd constants of no meaning.
fn mix(key: Key) -> u64 {
    let (low, high) = (key as u64, (key >> 64) as u64);
    let once = mixed(low ^ 0x2D35_8DCC_AA6C_78A5, high ^ 0x8BB8_4B93_962E_ACC9);
    mixed(once ^ high, 0x4B33_A62E_D433_D4A3 ^ low)
}

#[cfg(test)]
mod tests {
    use super::{WordHasher, gram_hashes, word_hashes};
    use crate::text::{Fold, Vocabulary};
    use proptest::prelude::*;
    use std::collections::HashMap;

    /// Files hold these numbers: who changes them changes the method's name in `index/store.rs` as well.
    #[test]
    fn hashes_are_those_of_every_file() {
        let found = word_hashes("Hafen Verkehrsbehinderungen 漢", Fold::default());
        assert_eq!(found, [7_337_817_307_802_334_346, 1_365_204_597_310_845_232, 18_332_071_572_953_880_912]);
    }

    proptest! {
        #[test]
        fn hashes_are_equal_where_ids_are(raw in "([a-cA-C]{1,2}|[äÄßÉ]|lang{10,34}|漢)( |, )(\\PC{0,3} )?([a-c]{1,2} ){0,20}") {
            let ids = Vocabulary::new(Fold::default()).read(&raw).ids;
            let hashes = word_hashes(&raw, Fold::default());
            prop_assert_eq!(ids.len(), hashes.len());
            let (mut by_id, mut by_hash) = (HashMap::new(), HashMap::new());
            for (id, hash) in ids.into_iter().zip(hashes) {
                prop_assert_eq!(*by_id.entry(id).or_insert(hash), hash);
                prop_assert_eq!(*by_hash.entry(hash).or_insert(id), id);
            }
        }

        #[test]
        fn room_that_others_used_changes_nothing(texts in prop::collection::vec("([a-c]{1,3}[ '.-]|lang{20}|[ßÉ]|-\n|\\PC){0,40}", 1..5)) {
            let (mut hasher, mut hashes) = (WordHasher::new(Fold::default()), vec![7]);
            for text in &texts {
                hasher.read(text, &mut hashes);
                prop_assert_eq!(&hashes, &word_hashes(text, Fold::default()));
            }
        }

        #[test]
        fn rolling_is_hashing_each_run(words in prop::collection::vec(any::<u64>(), 0..30), n in 1usize..6) {
            let rolled: Vec<u64> = gram_hashes(&words, n).collect();
            let each: Vec<u64> = words.windows(n).map(|run| gram_hashes(run, n).next().unwrap()).collect();
            prop_assert_eq!(rolled, each);
        }
    }
}
