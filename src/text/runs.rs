//! Where each run of n words stands in a text.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use super::vocabulary::WordId;

/// The places of all runs of `n` words of one text, up to a number of places each.
///
/// Four flat tables instead of a map of lists: a short article needs five allocations, not one for each run.
pub(crate) struct RunPlaces {
    n: usize,
    hasher: RandomState,
    /// Open addressing, at most half full: a run's number plus one, or zero.
    slots: Vec<u32>,
    runs: Vec<Run>,
    /// For each place, the next one of the same run.
    next: Vec<u32>,
    all_kept: bool,
}

/// A different run: its first and last place so far, and how many it has.
struct Run {
    first: u32,
    last: u32,
    places: u32,
}

const NONE: u32 = u32::MAX;

impl RunPlaces {
    /// The places of the runs of `n` words (at least one) of `ids`; of each the first `most`.
    pub(crate) fn new(ids: &[WordId], n: usize, most: u32) -> Self {
        let count = (ids.len() + 1).saturating_sub(n);
        let mut places = Self {
            n,
            hasher: RandomState::default(),
            slots: vec![0; (2 * count).next_power_of_two()],
            runs: Vec::with_capacity(count),
            next: vec![NONE; count],
            all_kept: true,
        };
        for place in 0..count {
            places.add(ids, place, most);
        }
        places
    }

    fn add(&mut self, ids: &[WordId], place: usize, most: u32) {
        let slot = self.slot(ids, &ids[place..place + self.n]);
        if self.slots[slot] == 0 {
            self.runs.push(Run { first: place as u32, last: place as u32, places: 1 });
            self.slots[slot] = self.runs.len() as u32;
            return;
        }
        let run = &mut self.runs[self.slots[slot] as usize - 1];
        if run.places < most {
            self.next[run.last as usize] = place as u32;
            run.last = place as u32;
            run.places += 1;
        } else {
            self.all_kept = false;
        }
    }

    /// Whether no run had more places than were to be kept.
    pub(crate) fn all_kept(&self) -> bool {
        self.all_kept
    }

    /// The slot that holds `words`, or the free one where they would go.
    fn slot(&self, ids: &[WordId], words: &[WordId]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = self.hasher.hash_one(words) as usize & mask;
        while self.slots[slot] != 0 {
            let first = self.runs[self.slots[slot] as usize - 1].first as usize;
            if ids[first..first + self.n] == *words {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// The places of `words`, a run of `n`, ascending; `ids` are those that this was made of.
    pub(crate) fn of(&self, ids: &[WordId], words: &[WordId]) -> impl Iterator<Item = usize> {
        let run = self.slots[self.slot(ids, words)].checked_sub(1);
        let mut place = run.map_or(NONE, |run| self.runs[run as usize].first);
        std::iter::from_fn(move || {
            let here = (place != NONE).then_some(place as usize)?;
            place = self.next[here];
            Some(here)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::RunPlaces;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_places_are_those_of_a_plain_search(
            ids in prop::collection::vec(0u32..4, 0..60),
            words in prop::collection::vec(0u32..5, 1..4),
            most in 1u32..10,
        ) {
            let places = RunPlaces::new(&ids, words.len(), most);
            let found: Vec<usize> = places.of(&ids, &words).collect();
            let plain = ids.windows(words.len()).enumerate().filter(|(_, run)| *run == words);
            let plain: Vec<usize> = plain.map(|(place, _)| place).take(most as usize).collect();
            let count = |run: &[u32]| ids.windows(run.len()).filter(|other| *other == run).count();
            prop_assert_eq!(places.all_kept(), ids.windows(words.len()).all(|run| count(run) <= most as usize));
            prop_assert_eq!(found, plain);
        }
    }
}
