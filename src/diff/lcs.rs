//! The length of the longest common subsequence, 64 words of one text at a time.
//!
//! Bit-parallel after Hyyrö, "Bit-parallel LCS-length computation revisited" (2004), with the complement form of
//! Crochemore et al. (2001). One text is cut into strips of 256 words; within a strip, one pass over the other
//! text keeps four machine words and hands the carry of each step on to the next strip.

use crate::text::WordId;

/// Steps (words of one text × strips of the other, four machine words each) up to which the length is exact:
/// about 0.3 s, and texts of 130,000 words each.
pub(crate) const BUDGET: usize = 1 << 26;

const LANES: usize = 4;
const STRIP: usize = LANES * 64;

/// How many words the longest common subsequence of `a` and `b` has, or `None` beyond [`BUDGET`].
///
/// All ids are below `distinct`.
pub(crate) fn lcs_length(a: &[WordId], b: &[WordId], distinct: usize) -> Option<usize> {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if steps(short.len(), long.len()) > BUDGET {
        return None;
    }
    let unmatched = Places::new(distinct).unmatched(short, long);
    Some(prefix + suffix + unmatched.iter().map(|lane| lane.count_zeros() as usize).sum::<usize>())
}

/// What it costs to compare so many words in strips with so many others.
pub(super) fn steps(short: usize, long: usize) -> usize {
    short.div_ceil(STRIP).saturating_mul(long)
}

/// Where each word stands in the strip at work: bit `i` of its lanes is place `i`.
pub(super) struct Places(Vec<[u64; LANES]>);

impl Places {
    /// Room for words below `distinct`.
    pub(super) fn new(distinct: usize) -> Self {
        Self(vec![[0; LANES]; distinct])
    }

    /// For each word of `short` a bit: 0 if it adds a word to the longest common subsequence of the words up to it
    /// and all of `long`. Behind the last word all bits are 1.
    pub(super) fn unmatched(&mut self, short: &[WordId], long: &[WordId]) -> Vec<u64> {
        let mut carries = vec![false; if short.len() > STRIP { long.len() } else { 0 }];
        let mut unmatched = Vec::with_capacity(short.len().div_ceil(STRIP) * LANES);
        for strip in short.chunks(STRIP) {
            for (i, &id) in strip.iter().enumerate() {
                self.0[id as usize][i / 64] |= 1 << (i % 64);
            }
            unmatched.extend(if carries.is_empty() {
                only_strip(&self.0, long)
            } else {
                one_strip(&self.0, long, &mut carries)
            });
            for &id in strip {
                self.0[id as usize] = [0; LANES];
            }
        }
        unmatched
    }
}

fn only_strip(places: &[[u64; LANES]], long: &[WordId]) -> [u64; LANES] {
    let mut unmatched = [u64::MAX; LANES];
    for &id in long {
        step(&mut unmatched, places[id as usize], false);
    }
    unmatched
}

fn one_strip(places: &[[u64; LANES]], long: &[WordId], carries: &mut [bool]) -> [u64; LANES] {
    let mut unmatched = [u64::MAX; LANES];
    for (&id, carry) in long.iter().zip(carries) {
        *carry = step(&mut unmatched, places[id as usize], *carry);
    }
    unmatched
}

/// One word of the long text: V := (V + (V & M) + carry) | (V & !M), over all lanes.
#[inline]
fn step(unmatched: &mut [u64; LANES], places: [u64; LANES], mut carry: bool) -> bool {
    for (lane, place) in unmatched.iter_mut().zip(places) {
        let matched = *lane & place;
        let (sum, over) = lane.overflowing_add(matched);
        let (sum, over_again) = sum.overflowing_add(u64::from(carry));
        carry = over | over_again;
        *lane = sum | (*lane & !place);
    }
    carry
}

#[cfg(test)]
mod tests {
    use super::lcs_length;
    use proptest::prelude::*;

    fn by_table(a: &[u32], b: &[u32]) -> usize {
        let mut row = vec![0; b.len() + 1];
        for x in a {
            let mut diagonal = 0;
            for (j, y) in b.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
                diagonal = above;
            }
        }
        row[b.len()]
    }

    proptest! {
        #[test]
        fn agrees_with_the_dynamic_programme(
            a in prop::collection::vec(0u32..6, 0..700),
            b in prop::collection::vec(0u32..6, 0..40),
        ) {
            prop_assert_eq!(lcs_length(&a, &b, 6), Some(by_table(&a, &b)));
            prop_assert_eq!(lcs_length(&b, &a, 6), Some(by_table(&a, &b)));
        }

        #[test]
        fn agrees_over_several_strips(
            a in prop::collection::vec(0u32..40, 250..800),
            b in prop::collection::vec(0u32..40, 250..800),
        ) {
            prop_assert_eq!(lcs_length(&a, &b, 40), Some(by_table(&a, &b)));
        }
    }
}
