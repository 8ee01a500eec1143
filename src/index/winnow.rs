//! Which word n-grams of a text are kept as its fingerprints.
//!
//! Winnowing (Schleimer, Wilkerson and Aiken 2003): of any [`WINDOW`] n-grams in a row, the least is kept. Two texts with
//! the same [`GRAM`] + [`WINDOW`] − 1 = 8 words in a row have a whole window in common, and so a fingerprint: every
//! verbatim run of eight words is found. Two n-grams of five are kept.

use crate::text::{Fold, gram_hashes, word_hashes};

/// Words in a fingerprint: shorter ones are formulas that lead to articles which share nothing else.
pub(super) const GRAM: usize = 5;

/// N-grams of which one is kept.
pub(super) const WINDOW: usize = 4;

/// Bits of a fingerprint; half of a million articles' fingerprints differ in fewer, and two that are the same by chance
/// cost one comparison of texts in vain.
pub(super) const BITS: u32 = 48;

/// How many words `text` has, and its fingerprints, ascending.
pub(super) fn fingerprints(text: &str, fold: Fold) -> (usize, Vec<u64>) {
    let words = word_hashes(text, fold);
    (words.len(), kept(&words))
}

/// The fingerprints of these words, ascending.
pub(super) fn kept(words: &[u64]) -> Vec<u64> {
    let grams: Vec<u64> = gram_hashes(words, GRAM).collect();
    let mut kept: Vec<u64> = match grams.len() {
        0 => Vec::new(),
        few if few < WINDOW => vec![least(&grams)],
        _ => grams.windows(WINDOW).map(least).collect(),
    };
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// The least n-gram in an order of its own, so that what is kept is spread evenly; cut to [`BITS`].
fn least(grams: &[u64]) -> u64 {
    let order = |gram: &u64| gram.wrapping_mul(0x2545_F491_4F6C_DD1D);
    grams.iter().copied().min_by_key(order).unwrap_or_default() >> (64 - BITS)
}

#[cfg(test)]
mod tests {
    use super::fingerprints;
    use crate::text::Fold;
    use proptest::prelude::*;

    /// Files hold these numbers: who changes them changes the method's name in `store.rs` as well.
    #[test]
    fn fingerprints_are_those_of_every_file() {
        let text = "Der alte Hafen bleibt in diesem Winter für alle Schiffe offen, sagte Bürgermeisterin Kern-Möller.";
        let (words, kept) = fingerprints(text, Fold::default());
        let wanted = [2_205_668_136_607, 70_476_340_512_812, 120_598_590_126_182, 182_037_225_294_223];
        assert_eq!((words, kept), (15, wanted.to_vec()));
    }

    proptest! {
        #[test]
        fn eight_words_in_a_row_are_a_fingerprint(
            run in prop::collection::vec("[a-f]{1,3}", 8..20),
            around in prop::collection::vec(prop::collection::vec("[a-f]{1,3}", 0..20), 4),
        ) {
            let text = |before: usize| [&around[before][..], &run, &around[before + 1]].concat().join(" ");
            let [a, b] = [0, 2].map(|before| fingerprints(&text(before), Fold::default()).1);
            prop_assert!(a.iter().any(|fingerprint| b.contains(fingerprint)));
        }
    }
}
