//! Which articles a text is compared with.
//!
//! A fingerprint that few articles have leads to each of them. One that many have (a formula) leads to hundreds that share
//! nothing else, and yet to a verbatim run of eight words now and then: of the articles that share only such ones, the
//! runs are looked at, and those with a long one in common are compared.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::segment;
use super::store::{self, Held};
use super::tables::{self, Segment, Stored};
use super::winnow::{self, GRAM, WINDOW};
use crate::progress::Progress;
use crate::text::{Fold, word_hashes};

/// Articles that a fingerprint leads to by itself: as many as report one event, mostly. With more, formulas decide how
/// long a search takes; with fewer, edited copies of a much printed report go unseen.
const FEW: usize = 32;

/// A text to search for.
pub(super) struct Query {
    fingerprints: Vec<u64>,
    /// Words of the runs that are looked for where only common fingerprints are shared.
    run: usize,
}

/// An article that shares a fingerprint, and whether it is one that few have.
type Candidate = (Stored, bool);

impl Query {
    pub(super) fn new(text: &str, fold: Fold, min_words: usize) -> Self {
        let words = word_hashes(text, fold);
        let run = min_words.clamp(GRAM, GRAM + WINDOW - 1);
        Self { fingerprints: winnow::kept(&words), run }
    }

    /// The articles that share a fingerprint.
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
        let mut is_rare: BTreeMap<u32, bool> = BTreeMap::new();
        for same in holders.chunk_by(|x, y| x.0 == y.0) {
            for &(_, number) in same {
                *is_rare.entry(number).or_default() |= same.len() <= FEW;
            }
        }
        let read = |(number, is_rare)| {
            progress.check()?;
            Ok((tables::article(tables, number)?, is_rare))
        };
        is_rare.into_iter().map(read).collect()
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
