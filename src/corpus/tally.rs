//! How many n-grams one text shares with each of those that it met.

use std::ops::Range;

/// Marks a text that was met in a list of which there is no doubt; texts have fewer n-grams.
const SURE: u32 = 1 << 31;

/// Marks a text that was met, whatever was counted: the lowest bit of a count that is one too high.
const MET: u32 = 1;

/// A list is gone through if it is not so many times longer than there are texts met; else each is looked for in it,
/// which takes a step for each bit of its length.
const LONGER: usize = 4;

/// Counts by size of a text; all are 0 between two texts that ask.
#[derive(Default)]
pub(super) struct Tally {
    counts: Vec<u32>,
    met: Vec<u32>,
}

impl Tally {
    /// Make room for so many texts.
    pub(super) fn begin(&mut self, texts: usize) {
        self.counts.resize(texts, 0);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.met.is_empty()
    }

    /// Meet those of a `list` that lie in a `range`, in `weight` n-grams.
    pub(super) fn meet(&mut self, list: &[u32], range: &Range<u32>, weight: u32, is_sure: bool) {
        let Self { counts, met } = self;
        for other in within(list, range) {
            let count = &mut counts[other as usize];
            if *count == 0 {
                met.push(other);
                *count = MET;
            }
            *count = (*count + weight) | mark(is_sure);
        }
    }

    /// Count `weight` n-grams for those of a `list` that were met, all of them in a `range`.
    pub(super) fn add(&mut self, list: &[u32], range: &Range<u32>, weight: u32, is_sure: bool) {
        let Self { counts, met } = self;
        let mut add = |other: u32| {
            let count = &mut counts[other as usize];
            if *count > 0 {
                *count = (*count + weight) | mark(is_sure);
            }
        };
        if list.len() <= met.len() * LONGER {
            within(list, range).for_each(add);
        } else {
            met.iter().filter(|other| list.binary_search(other).is_ok()).for_each(|&other| add(other));
        }
    }

    /// Forget those of whose count that says so.
    pub(super) fn forget(&mut self, is_over: impl Fn(u32) -> bool) {
        let Self { counts, met } = self;
        met.retain(|&other| {
            let count = &mut counts[other as usize];
            let is_kept = !is_over(shared(*count));
            *count *= u32::from(is_kept);
            is_kept
        });
    }

    /// Take out who was met, with the count, and whether a list is sure.
    pub(super) fn take(&mut self) -> impl Iterator<Item = (u32, u32, bool)> {
        let Self { counts, met } = self;
        met.drain(..).map(|other| {
            let count = std::mem::take(&mut counts[other as usize]);
            (other, shared(count), count & SURE > 0)
        })
    }
}

fn mark(is_sure: bool) -> u32 {
    if is_sure { SURE } else { 0 }
}

/// What was counted.
fn shared(count: u32) -> u32 {
    (count & !SURE) - MET
}

/// Those of a `list` that lie in a `range`, from the end: its end is seldom far, and there is no need to look for the
/// place of who asks.
fn within<'l>(list: &'l [u32], range: &Range<u32>) -> impl Iterator<Item = u32> + use<'l> {
    let Range { start, end } = *range;
    list.iter().rev().copied().skip_while(move |&other| other >= end).take_while(move |&other| other >= start)
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// A list, whether those in it are met or only counted, its weight, and whether it is sure.
    fn steps() -> impl Strategy<Value = Vec<(BTreeSet<u32>, bool, u32, bool)>> {
        let list = prop_oneof![
            prop::collection::btree_set(0u32..200, 1..12),
            prop::collection::btree_set(0u32..200, 100..150)
        ];
        prop::collection::vec((list, any::<bool>(), 0u32..9, any::<bool>()), 1..8)
    }

    proptest! {
        #[test]
        fn a_tally_counts_as_a_map_does(steps in steps(), start in 0u32..100, size in 0u32..150, least in 0u32..20) {
            let (mut tally, mut wanted) = (Tally::default(), BTreeMap::<u32, (u32, bool)>::new());
            let range = start..start + size;
            tally.begin(200);
            for (list, is_met, weight, is_sure) in steps {
                let members: Vec<u32> = list.iter().copied().collect();
                if is_met {
                    tally.meet(&members, &range, weight, is_sure);
                } else {
                    tally.add(&members, &range, weight, is_sure);
                }
                for other in members.into_iter().filter(|other| range.contains(other)) {
                    if is_met || wanted.contains_key(&other) {
                        let count = wanted.entry(other).or_default();
                        *count = (count.0 + weight, count.1 || is_sure);
                    }
                }
            }
            tally.forget(|shared| shared < least);
            wanted.retain(|_, count| count.0 >= least);
            prop_assert_eq!(tally.is_empty(), wanted.is_empty());
            let found = tally.take().map(|(other, shared, is_sure)| (other, (shared, is_sure)));
            prop_assert_eq!(found.collect::<BTreeMap<_, _>>(), wanted);
            prop_assert!(tally.counts.iter().all(|&count| count == 0));
        }
    }
}
