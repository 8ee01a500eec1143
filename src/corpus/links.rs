//! Which n-grams link the texts that have them: a formula that everybody uses links nobody.

use super::fingerprints::Fingerprints;

/// Which shared n-grams make two texts a pair. What they share is counted in full, whatever links them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Links {
    /// An n-gram that stands in more texts links each of them with the earliest one only: 2,000 copies of one report
    /// are 1,999 pairs, not 2 million, and still one cluster.
    pub max_df: Option<usize>,
    /// Whether boilerplate links texts as well (see [`crate::Corpus::boilerplate`]).
    pub boilerplate: bool,
}

impl Links {
    /// Every n-gram links all texts that have it.
    pub const ALL: Links = Links { max_df: None, boilerplate: true };
}

impl Default for Links {
    /// An event that 200 articles report in the same words is compared all with all; among 20,000 articles without a
    /// bound, formulas made 511 million pairs.
    fn default() -> Self {
        Self { max_df: Some(200), boilerplate: false }
    }
}

/// What an n-gram does for the texts that have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// It links each with each.
    All,
    /// It links each with this one, the earliest.
    First(u32),
    /// It links none.
    None,
}

/// What each shared n-gram does; `boilerplate` are those that link none, ascending.
pub(super) fn links(
    fingerprints: &Fingerprints,
    rank: &[u32],
    max_df: Option<usize>,
    boilerplate: &[u64],
) -> Vec<Link> {
    let grams = fingerprints.hashes.iter().zip(fingerprints.lists());
    let link = |(hash, texts): (&u64, &[u32])| {
        if boilerplate.binary_search(hash).is_ok() {
            Link::None
        } else if max_df.is_some_and(|most| texts.len() > most) {
            texts
                .iter()
                .copied()
                .min_by_key(|&text| (rank[text as usize], text))
                .map_or(Link::None, Link::First)
        } else {
            Link::All
        }
    };
    grams.map(link).collect()
}
