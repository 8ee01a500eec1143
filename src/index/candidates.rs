//! Which articles a text is compared with.
//!
//! A fingerprint that few articles have leads to each of them. One that many have (a formula) leads to hundreds that share
//! nothing else, and yet to a verbatim run of eight words now and then: of the articles that share only such ones, the
//! words are looked at, which takes a tenth of comparing them, and those with a run in common stay.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use rusqlite::Connection;

use super::segment;
use super::store::{self, Held};
use super::tables::{self, Segment, Stored, Texts};
use super::winnow::{self, GRAM, WINDOW};
use crate::progress::Progress;
use crate::text::{Fold, gram_hashes, word_hashes};

/// Articles that a fingerprint leads to by itself: as many as report one event, mostly. With more, formulas decide how
/// long a search takes; with fewer, edited copies of a much printed report go unseen.
const FEW: usize = 32;

/// A text to search for.
pub(super) struct Query {
    fold: Fold,
    fingerprints: Vec<u64>,
    /// Words of the runs that are looked for where only common fingerprints are shared.
    run: usize,
    /// Its runs of so many words, ascending.
    runs: Vec<u64>,
}

/// An article that shares a fingerprint, and whether it is one that few have.
type Candidate = (Stored, bool);

impl Query {
    pub(super) fn new(text: &str, fold: Fold, min_words: usize) -> Self {
        let words = word_hashes(text, fold);
        let run = min_words.clamp(GRAM, GRAM + WINDOW - 1);
        let mut runs: Vec<u64> = gram_hashes(&words, run).collect();
        runs.sort_unstable();
        Self { fold, fingerprints: winnow::kept(&words), run, runs }
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
            Ok(tables::article(tables, number)?.map(|article| (article, is_rare)))
        };
        is_rare.into_iter().map(read).filter_map(Held::transpose).collect()
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

    /// The candidates that are worth comparing, with their texts.
    pub(super) fn sharing(
        &self,
        found: Vec<Candidate>,
        texts: Option<&Texts<'_>>,
    ) -> Held<Vec<(Stored, String)>> {
        let read = |(article, is_rare): Candidate| {
            let text = article.text(texts)?;
            let is_worth = is_rare || self.has_run(&text);
            Ok(is_worth.then_some((article, text)))
        };
        found.into_par_iter().map(read).filter_map(Held::transpose).collect()
    }

    fn has_run(&self, text: &str) -> bool {
        let words = word_hashes(text, self.fold);
        gram_hashes(&words, self.run).any(|run| self.runs.binary_search(&run).is_ok())
    }
}

/// The pairs of places that a fingerprint links, if the later one `is_wanted`; ascending.
pub(super) fn linked(
    postings: &[segment::Posting],
    place: &HashMap<u32, u32>,
    max_df: Option<usize>,
    is_wanted: impl Fn(u32) -> bool,
) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for list in postings.chunk_by(|x, y| x.0 == y.0) {
        let mut holders: Vec<u32> =
            list.iter().filter_map(|(_, number)| place.get(number).copied()).collect();
        holders.sort_unstable();
        let is_common = max_df.is_some_and(|most| holders.len() > most);
        for (i, &later) in holders.iter().enumerate().skip(1).filter(|(_, later)| is_wanted(**later)) {
            let earlier = if is_common { &holders[..1] } else { &holders[..i] };
            pairs.extend(earlier.iter().map(|&earlier| (earlier, later)));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}
