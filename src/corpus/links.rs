//! Which n-grams link the texts that have them: a formula that everybody uses links nobody.

use std::collections::BTreeSet;

use super::Corpus;
use super::fingerprints::SharedGrams;

/// Which texts may be a pair, and which shared n-grams make them one. What a pair shares is counted in full, whatever
/// links it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Links {
    /// An n-gram that stands in more texts links each of them with the earliest one only: 2,000 copies of one report
    /// are 1,999 pairs, not 2 million, and still one cluster.
    pub max_df: Option<usize>,
    /// Whether boilerplate links texts as well (see [`crate::Corpus::boilerplate`]).
    pub keep_boilerplate: bool,
    /// Whether both texts must have different outlets; one whose outlet is unknown is in another one than all others
    /// but those whose outlets are unknown too.
    pub across_outlets: bool,
    /// How far apart the moments of both may be (see [`crate::Corpus::with_moments`]); both must be known then.
    pub within: Option<u64>,
}

impl Links {
    /// Every n-gram links all texts that have it.
    pub const ALL: Links =
        Links { max_df: None, keep_boilerplate: true, across_outlets: false, within: None };
}

impl Default for Links {
    /// An event that 200 articles report in the same words is compared all with all; without a bound, a formula that
    /// 20,000 articles have would make 200 million pairs.
    fn default() -> Self {
        Self { max_df: Some(200), keep_boilerplate: false, ..Self::ALL }
    }
}

/// What the n-grams of a list do for its texts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role {
    /// How many of them link each text with each.
    pub(super) linking: u32,
    /// How many do not.
    pub(super) others: u32,
    /// Whether any links each with the first.
    pub(super) is_first: bool,
}

/// What each list does; `boilerplate` are the n-grams that link none.
pub(super) fn roles(fingerprints: &SharedGrams, max_df: Option<usize>, boilerplate: &[u64]) -> Vec<Role> {
    let silent: BTreeSet<u32> = boilerplate.iter().filter_map(|&gram| fingerprints.marked(gram)).collect();
    let lists = silent.into_iter().map(|gram| fingerprints.marked_lists()[gram as usize]);
    let mut silent = vec![0; fingerprints.weights.len()];
    lists.for_each(|list| silent[list as usize] += 1);
    let role = |list: u32| {
        let (weight, silent) = (fingerprints.weights[list as usize], silent[list as usize]);
        let is_common = max_df.is_some_and(|most| fingerprints.list(list).len() > most);
        let linking = if is_common { 0 } else { weight - silent };
        Role { linking, others: weight - linking, is_first: is_common && silent < weight }
    };
    fingerprints.lists().map(role).collect()
}

/// Which pairs of texts are wanted at all, by number.
pub(super) struct Wanted {
    /// The outlet of each text, if it matters.
    outlets: Option<Vec<u32>>,
    /// The moment of each text, if it matters, and how far apart two may be.
    moments: Option<(Vec<i64>, u64)>,
    /// Behind which text none is near enough any more.
    reach: Vec<u32>,
}

impl Wanted {
    pub(super) fn new<S: AsRef<str>>(corpus: &Corpus<'_, S>, links: Links) -> Self {
        let texts = 0..corpus.texts.len() as u32;
        let outlets = links.across_outlets.then(|| texts.clone().map(|text| corpus.outlet(text)).collect());
        let moments = links.within.map(|within| (texts.map(|text| corpus.moment(text)).collect(), within));
        let reach = moments
            .as_ref()
            .map_or_else(Vec::new, |(moments, within): &(Vec<i64>, u64)| reach(moments, *within));
        Self { outlets, moments, reach }
    }

    /// Whether these two may be a pair.
    pub(super) fn holds(&self, text: u32, other: u32) -> bool {
        let (i, j) = (text as usize, other as usize);
        self.outlets.as_ref().is_none_or(|outlets| outlets[i] != outlets[j])
            && self.moments.as_ref().is_none_or(|(moments, within)| {
                let [x, y] = [moments[i], moments[j]];
                x != NO_MOMENT && y != NO_MOMENT && x.abs_diff(y) <= *within
            })
    }

    /// The part of a list that stands behind `text` and may be near enough.
    pub(super) fn behind<'l>(&self, list: &'l [u32], text: u32) -> &'l [u32] {
        let behind = &list[list.partition_point(|&other| other <= text)..];
        let Some(&end) = self.reach.get(text as usize) else { return behind };
        &behind[..behind.partition_point(|&other| other < end)]
    }
}

/// Stands for a moment that is not known; later than all others.
pub const NO_MOMENT: i64 = i64::MAX;

/// For each text the first one behind it that is too late, if texts are numbered by their moments; else none is.
fn reach(moments: &[i64], within: u64) -> Vec<u32> {
    if !moments.is_sorted() {
        return Vec::new();
    }
    let mut end = 0;
    let mut found = Vec::with_capacity(moments.len());
    for &moment in moments {
        while end < moments.len() && moments[end].abs_diff(moment) <= within {
            end += 1;
        }
        found.push(end as u32);
    }
    found
}
