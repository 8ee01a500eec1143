//! How many n-grams one text shares with each of those that it met.
//!
//! Those are a hundred among a million, mostly: a table of them stays in the nearest cache, where a count for each text would
//! be fetched from afar for each look.

use std::ops::Range;

/// Marks a text that was met in a list of which there is no doubt; texts have fewer n-grams.
const SURE: u32 = 1 << 31;

/// Marks a text that was met, whatever was counted: the lowest bit of a count that is one too high.
const MET: u32 = 1;

/// A list is gone through if it is not so many times longer than there are texts met; else each is looked for in it,
/// which takes a step for each bit of its length.
const LONGER: usize = 4;

/// Slots of the smallest table, 8 kB, as a power of two: with fewer, it has to grow for most articles of a large archive.
const SMALLEST: u32 = 10;

/// A text, by its size, and its count; 0 where there is none.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    other: u32,
    count: u32,
}

/// A table of those that were met, with open addressing; empty between two texts that ask.
pub(super) struct Tally {
    slots: Vec<Slot>,
    /// The bits of a slot's number.
    bits: u32,
    /// The slots of all that were met, before those that were forgotten.
    met: Vec<u32>,
    /// How many were not forgotten.
    kept: usize,
}

impl Default for Tally {
    fn default() -> Self {
        Self { slots: vec![Slot::default(); 1 << SMALLEST], bits: SMALLEST, met: Vec::new(), kept: 0 }
    }
}

impl Tally {
    pub(super) fn is_empty(&self) -> bool {
        self.kept == 0
    }

    /// Meet those of a `list` that lie in a `range`, in `weight` n-grams. None must have been forgotten yet.
    pub(super) fn meet(&mut self, list: &[u32], range: &Range<u32>, weight: u32, is_sure: bool) {
        for other in within(list, range) {
            let slot = self.slot(other);
            if self.slots[slot].count == 0 {
                self.slots[slot] = Slot { other, count: MET };
                self.met.push(slot as u32);
            }
            self.slots[slot].add(weight, is_sure);
            if self.met.len() * 2 > self.slots.len() {
                self.grow();
            }
        }
        self.kept = self.met.len();
    }

    /// Count `weight` n-grams for those of a `list` that were met, all of them in a `range`.
    pub(super) fn add(&mut self, list: &[u32], range: &Range<u32>, weight: u32, is_sure: bool) {
        if list.len() > self.kept * LONGER {
            return self.add_found(list, weight, is_sure);
        }
        for other in within(list, range) {
            let slot = self.slot(other);
            if self.slots[slot].count > 0 {
                self.slots[slot].add(weight, is_sure);
            }
        }
    }

    /// The same, by looking for each that was met.
    fn add_found(&mut self, list: &[u32], weight: u32, is_sure: bool) {
        for &slot in &self.met[..self.kept] {
            let slot = &mut self.slots[slot as usize];
            if list.binary_search(&slot.other).is_ok() {
                slot.add(weight, is_sure);
            }
        }
    }

    /// Forget those of whose count that says so. Their slots are taken until all are, so that others are found behind them.
    pub(super) fn forget(&mut self, is_over: impl Fn(u32) -> bool) {
        let mut at = 0;
        while at < self.kept {
            if is_over(self.slots[self.met[at] as usize].shared()) {
                self.kept -= 1;
                self.met.swap(at, self.kept);
            } else {
                at += 1;
            }
        }
    }

    /// Hand who was met and not forgotten to `each`, with the count, and whether a list is sure; then forget all.
    pub(super) fn take(&mut self, mut each: impl FnMut(u32, u32, bool)) {
        for (at, &slot) in self.met.iter().enumerate() {
            let slot = std::mem::take(&mut self.slots[slot as usize]);
            if at < self.kept {
                each(slot.other, slot.shared(), slot.count & SURE > 0);
            }
        }
        self.met.clear();
        self.kept = 0;
        self.shrink();
    }

    /// Where a text stands, or would.
    fn slot(&self, other: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (other.wrapping_mul(0x9E37_79B9) >> (32 - self.bits)) as usize;
        while self.slots[slot].count != 0 && self.slots[slot].other != other {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Twice as many slots.
    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.bits += 1;
        self.slots = vec![Slot::default(); 1 << self.bits];
        for at in 0..self.met.len() {
            let moved = old[self.met[at] as usize];
            let slot = self.slot(moved.other);
            self.slots[slot] = moved;
            self.met[at] = slot as u32;
        }
    }

    /// As many slots as at first, so that they lie close again.
    fn shrink(&mut self) {
        self.bits = SMALLEST;
        self.slots.truncate(1 << SMALLEST);
    }
}

impl Slot {
    fn add(&mut self, weight: u32, is_sure: bool) {
        self.count = (self.count + weight) | if is_sure { SURE } else { 0 };
    }

    /// What was counted.
    fn shared(self) -> u32 {
        (self.count & !SURE) - MET
    }
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
            prop::collection::btree_set(0u32..3000, 1..12),
            prop::collection::btree_set(0u32..3000, 300..1500)
        ];
        prop::collection::vec((list, any::<bool>(), 0u32..9, any::<bool>()), 1..8)
    }

    proptest! {
        #[test]
        fn a_tally_counts_as_a_map_does(steps in steps(), start in 0u32..1000, size in 0u32..2500, least in 0u32..20) {
            let (mut tally, mut wanted) = (Tally::default(), BTreeMap::<u32, (u32, bool)>::new());
            let range = start..start + size;
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
            let mut found = BTreeMap::new();
            tally.take(|other, shared, is_sure| {
                found.insert(other, (shared, is_sure));
            });
            prop_assert_eq!(found, wanted);
            prop_assert!(tally.is_empty() && tally.met.is_empty() && tally.slots.iter().all(|slot| slot.count == 0));
        }
    }
}
