//! Words as 64-bit numbers that need no vocabulary: for an index over many texts.
//!
//! Two words have the same number if they are the same under folding; two others share one with a chance of
//! 2^-64. The numbers are the same in every run and on every machine, so that files may hold them: the arithmetic is all
//! written here, over little-endian bytes.

use super::fold::{Fold, Letters};
use super::keys::{Key, KeyReader, Keys, RARE, short_key};
use super::vocabulary::{LONG, fold_product};
use super::words::{Split, split};

/// The numbers of the words of `raw`, in order.
pub(crate) fn word_hashes(raw: &str, fold: Fold) -> Vec<u64> {
    let Split { words, healed } = split(raw);
    let letters = Letters::of(fold);
    let mut reader = KeyReader::new(letters, healed);
    let mut scratch = String::new();
    let mut hashes = Vec::with_capacity(words.len());
    while hashes.len() < words.len() {
        let words = &words[hashes.len()..];
        let Keys { keys, len } = reader.next(raw.as_bytes(), words);
        hashes.extend(keys[..len].iter().zip(words).map(|(&key, &word)| match (key, reader.folded(word)) {
            (RARE, Some(folded)) => mix(long_key(folded)),
            (RARE, None) => {
                scratch.clear();
                letters.fold_into(word.of(raw), &mut scratch);
                mix(short_key(scratch.as_bytes()).unwrap_or_else(|| long_key(scratch.as_bytes())))
            }
            (key, _) => mix(key),
        }));
    }
    hashes
}

/// The numbers of all runs of `n` words: a polynomial over their hashes, modulo 2^64.
pub(crate) fn gram_hashes(words: &[u64], n: usize) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    let leading = (0..n).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut rolling = 0u64;
    words.iter().enumerate().filter_map(move |(i, &word)| {
        rolling = rolling.wrapping_mul(BASE).wrapping_add(word);
        if let Some(gone) = i.checked_sub(n) {
            rolling = rolling.wrapping_sub(leading.wrapping_mul(words[gone]));
        }
        (i + 1 >= n).then_some(rolling)
    })
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
        fold_product(hash ^ u64::from_le_bytes(eight), FACTOR)
    })
}

/// Spread a key over 64 bits: two rounds of multiply and fold, with odd constants of no meaning.
fn mix(key: Key) -> u64 {
    let (low, high) = (key as u64, (key >> 64) as u64);
    let once = fold_product(low ^ 0x2D35_8DCC_AA6C_78A5, high ^ 0x8BB8_4B93_962E_ACC9);
    fold_product(once ^ high, 0x4B33_A62E_D433_D4A3 ^ low)
}

#[cfg(test)]
mod tests {
    use super::{gram_hashes, word_hashes};
    use crate::text::{Fold, Vocabulary};
    use proptest::prelude::*;
    use std::collections::HashMap;

    /// Files hold these numbers: who changes them changes the method's name in `index/store.rs` as well.
    #[test]
    fn hashes_are_those_of_every_file() {
        let found = word_hashes("Hafen Verkehrsbehinderungen 漢", Fold::default());
        assert_eq!(found, [1, 2, 3]);
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
        fn rolling_is_hashing_each_run(words in prop::collection::vec(any::<u64>(), 0..30), n in 1usize..6) {
            let rolled: Vec<u64> = gram_hashes(&words, n).collect();
            let each: Vec<u64> = words.windows(n).map(|run| gram_hashes(run, n).next().unwrap()).collect();
            prop_assert_eq!(rolled, each);
        }
    }
}
