//! Which articles a text is compared with.
//!
//! A fingerprint that few articles have leads to each of them. One that many have (a formula) leads to hundreds that share
//! nothing else, and yet to a verbatim run of eight words now and then: of the articles that share only such ones, the
//! runs are looked at, and those with a long one in common are compared.
//!
//! Among many articles made of the same sentences these are hundreds. Who wants the best only has those compared that share
//! most fingerprints: one in two of the runs of five words that are shared, so that what is left out shares less, or
//! about as much, or is edited more.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rusqlite::Connection;

use super::segment;
use super::store::{self, Held};
use super::tables::{self, Segment, Stored};
use super::winnow::{self, GRAM, WINDOW};
use crate::passages::PassageOptions;
use crate::progress::Progress;
use crate::text::{Fold, word_hashes};

/// Articles that a fingerprint leads to by itself: as many as report one event, mostly. With more, formulas decide how
/// long a search takes; with fewer, edited copies of a much printed report go unseen.
const FEW: usize = 32;

/// What a search looks for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct IndexSearch {
    /// What a passage is.
    pub passages: PassageOptions,
    /// Of the articles that share fingerprints with the text, so many are compared: those that share most; of equals, the
    /// earliest.
    pub top_k: Option<usize>,
}

impl From<PassageOptions> for IndexSearch {
    fn from(passages: PassageOptions) -> Self {
        Self { passages, top_k: None }
    }
}

/// A text to search for.
pub(super) struct Query {
    fingerprints: Vec<u64>,
    top_k: Option<usize>,
    /// Words of the runs that are looked for where only common fingerprints are shared.
    run: usize,
}

/// An article that shares a fingerprint, and whether it is one that few have.
type Candidate = (Stored, bool);

/// What an article shares with the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Shared {
    fingerprints: usize,
    /// Whether it is one of few that have one of them.
    is_rare: bool,
}

impl Query {
    pub(super) fn new(text: &str, fold: Fold, search: IndexSearch) -> Self {
        let words = word_hashes(text, fold);
        let run = search.passages.min_words.clamp(GRAM, GRAM + WINDOW - 1);
        Self { fingerprints: winnow::kept(&words), top_k: search.top_k, run }
    }

    /// The articles that share a fingerprint; the best of them, if no more are wanted.
    pub(super) fn candidates(&self, tables: &Connection, progress: &Progress) -> Held<Vec<Candidate>> {
        let state = store::state(tables)?;
        let gone = tables::removed(tables, &state)?;
        let mut holders = Vec::new();
        for segment in tables::segments(tables, &state)? {
            progress.check()?;
            holders.extend(self.holders(tables, segment)?);
        }
        holders.retain(|(_, number)| gone.binary_search(number).is_err());
        holders.sort_unstable();
        let shared = shared(&holders);
        let least = self.top_k.map_or(0, |most| least_of_best(&shared, most));
        let read = |(number, shared)| {
            progress.check()?;
            Ok((tables::article(tables, number)?, shared))
        };
        let kept = shared.into_iter().filter(|(_, shared)| shared.fingerprints >= least);
        let mut found: Vec<(Stored, Shared)> = kept.map(read).collect::<Held<_>>()?;
        if let Some(most) = self.top_k {
            found.sort_by_cached_key(|(article, shared)| (Reverse(shared.fingerprints), article.moment()));
            found.truncate(most);
        }
        Ok(found.into_iter().map(|(article, shared)| (article, shared.is_rare)).collect())
    }

    /// The postings of `segment` that have one of the fingerprints.
    fn holders(&self, tables: &Connection, segment: Segment) -> Held<Vec<segment::Posting>> {
        let part = |fingerprint: u64| segment::part(fingerprint, segment.bits);
        let mut found = Vec::new();
        for asked in self.fingerprints.chunk_by(|x, y| part(*x) == part(*y)) {
            let postings = segment.part(tables, part(asked[0]))?;
            for &fingerprint in asked {
                let same = &postings[postings.partition_point(|posting| posting.0 < fingerprint)..];
                found.extend(same.iter().take_while(|posting| posting.0 == fingerprint));
            }
        }
        Ok(found)
    }

    /// Words in a row that a candidate must have in common with the text to be compared.
    pub(super) fn least_run(&self, is_rare: bool) -> usize {
        if is_rare { 0 } else { self.run }
    }
}

/// What each article shares with the text, by its number; `holders` are in order.
fn shared(holders: &[segment::Posting]) -> BTreeMap<u32, Shared> {
    let mut found: BTreeMap<u32, Shared> = BTreeMap::new();
    for same in holders.chunk_by(|x, y| x.0 == y.0) {
        for &(_, number) in same {
            let shared = found.entry(number).or_default();
            shared.fingerprints += 1;
            shared.is_rare |= same.len() <= FEW;
        }
    }
    found
}

/// How many fingerprints the last of the `most` best articles shares; 0 if there are fewer.
fn least_of_best(shared: &BTreeMap<u32, Shared>, most: usize) -> usize {
    let mut counts: Vec<usize> = shared.values().map(|shared| shared.fingerprints).collect();
    counts.sort_unstable_by_key(|&count| Reverse(count));
    most.checked_sub(1).and_then(|last| counts.get(last)).copied().unwrap_or_default()
}
