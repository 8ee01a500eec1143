//! The longest common subsequence of two texts, 64 words of one of them at a time.
//!
//! Bit-parallel after Hyyrö, "Bit-parallel LCS-length computation revisited" (2004), with the complement form of
//! Crochemore et al. (2001). One text is cut into strips of 256 or 512 words; within a strip, one pass over the other
//! text keeps a few machine words and hands the carry of each step on to the next strip. To find which words are
//! matched, only these carries are kept, a bit for each word of one text and strip of the other; the way back computes
//! each strip anew, from its end to where the way enters the strip before.

use crate::text::WordId;

/// Steps (words of one text × strips of 256 of the other) up to which the length is exact: about 0.3 s, and texts of
/// 130,000 words each.
pub(crate) const BUDGET: usize = 1 << 26;

/// Words of the shorter text up to which a strip has four machine words; above, eight cost less a word.
const NARROW: usize = 4 * 64;

/// How many words the longest common subsequence of `a` and `b` has, or `None` beyond [`BUDGET`].
///
/// All ids are below `distinct`.
pub(crate) fn lcs_length(a: &[WordId], b: &[WordId], distinct: usize) -> Option<usize> {
    let (prefix, suffix) = trim(a, b);
    let (a, b) = (&a[prefix..a.len() - suffix], &b[prefix..b.len() - suffix]);
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if steps(short.len(), long.len()) > BUDGET {
        return None;
    }
    let matched = if short.len() <= NARROW {
        Strips::<4>::new(distinct).length(short, long)
    } else {
        Strips::<8>::new(distinct).length(short, long)
    };
    Some(prefix + suffix + matched)
}

/// The places of a longest common subsequence, in `a` and in `b`, ascending. All ids are below `distinct`.
pub(super) fn lcs(a: &[WordId], b: &[WordId], distinct: usize) -> Vec<(usize, usize)> {
    if a.len() > b.len() {
        return lcs(b, a, distinct).into_iter().map(|(b, a)| (a, b)).collect();
    }
    if a.len() <= NARROW {
        Strips::<4>::new(distinct).matches(a, b)
    } else {
        Strips::<8>::new(distinct).matches(a, b)
    }
}

/// What it costs to compare so many words in strips with so many others.
pub(super) fn steps(short: usize, long: usize) -> usize {
    short.div_ceil(NARROW).saturating_mul(long)
}

/// How many words `a` and `b` have in common at their start, and at the end of the rest.
pub(super) fn trim(a: &[WordId], b: &[WordId]) -> (usize, usize) {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let rest = a[prefix..].iter().rev().zip(b[prefix..].iter().rev());
    (prefix, rest.take_while(|(x, y)| x == y).count())
}

/// The strip at work: for each word the places at which it stands there, bit `i` of the lanes being place `i`.
pub(super) struct Strips<const L: usize>(Vec<[u64; L]>);

impl<const L: usize> Strips<L> {
    const WIDTH: usize = L * 64;

    /// Room for words below `distinct`.
    pub(super) fn new(distinct: usize) -> Self {
        Self(vec![[0; L]; distinct])
    }

    fn enter(&mut self, strip: &[WordId]) {
        for (i, &id) in strip.iter().enumerate() {
            self.0[id as usize][i / 64] |= 1 << (i % 64);
        }
    }

    fn leave(&mut self, strip: &[WordId]) {
        for &id in strip {
            self.0[id as usize] = [0; L];
        }
    }

    /// How many words of `short` are matched.
    fn length(&mut self, short: &[WordId], long: &[WordId]) -> usize {
        let mut carries = vec![0; long.len().div_ceil(64)];
        let mut matched = 0;
        for strip in short.chunks(Self::WIDTH) {
            self.enter(strip);
            let unmatched = self.pass(long, &mut carries, |_| ());
            self.leave(strip);
            matched += unmatched.iter().map(|lane| lane.count_zeros() as usize).sum::<usize>();
        }
        matched
    }

    /// Which words of `short` and `long` are matched, ascending.
    pub(super) fn matches(&mut self, short: &[WordId], long: &[WordId]) -> Vec<(usize, usize)> {
        let strips: Vec<&[WordId]> = short.chunks(Self::WIDTH).collect();
        let carries = self.carries(&strips, long);
        let mut found = Vec::with_capacity(short.len());
        let mut table = Vec::with_capacity(long.len());
        let mut row = long.len();
        for (i, strip) in strips.iter().enumerate().rev() {
            table.clear();
            self.enter(strip);
            self.pass(&long[..row], &mut carries[i].clone(), |unmatched| table.push(*unmatched));
            self.leave(strip);
            row = walk_back(&table, strip.len(), |col, row| found.push((i * Self::WIDTH + col, row)));
        }
        found.reverse();
        found
    }

    /// The carries into each strip.
    fn carries(&mut self, strips: &[&[WordId]], long: &[WordId]) -> Vec<Vec<u64>> {
        let mut carries = vec![vec![0; long.len().div_ceil(64)]];
        for strip in &strips[..strips.len().saturating_sub(1)] {
            let mut next = carries[carries.len() - 1].clone();
            self.enter(strip);
            self.pass(long, &mut next, |_| ());
            self.leave(strip);
            carries.push(next);
        }
        carries
    }

    /// Take the strip over all words of `long`, show what is unmatched after each, and turn the carries in into those
    /// out. In the end a bit is 0 if its word adds one to the subsequence of all words up to it and all of `long`.
    #[inline]
    fn pass(&self, long: &[WordId], carries: &mut [u64], mut show: impl FnMut(&[u64; L])) -> [u64; L] {
        let mut unmatched = [u64::MAX; L];
        for (ids, carries) in long.chunks(64).zip(carries) {
            let mut out = 0;
            for (i, &id) in ids.iter().enumerate() {
                let carry = step(&mut unmatched, &self.0[id as usize], *carries >> i & 1);
                out |= carry << i;
                show(&unmatched);
            }
            *carries = out;
        }
        unmatched
    }
}

/// One word of the long text: V := (V + (V & M) + carry) | (V & !M), over all lanes; returns the carry out.
///
/// In three loops, so that nothing stands between the additions: they become one chain of add-with-carry, the others
/// vectors.
#[inline]
fn step<const L: usize>(unmatched: &mut [u64; L], places: &[u64; L], carry: u64) -> u64 {
    let mut sums = [0; L];
    for i in 0..L {
        sums[i] = unmatched[i] & places[i];
    }
    let mut carry = carry != 0;
    for i in 0..L {
        let (once, over) = unmatched[i].overflowing_add(sums[i]);
        let (twice, over_again) = once.overflowing_add(u64::from(carry));
        carry = over | over_again;
        sums[i] = twice;
    }
    for i in 0..L {
        unmatched[i] = sums[i] | (unmatched[i] & !places[i]);
    }
    u64::from(carry)
}

/// Walk from the last word of both to the first word of the strip, and return the row at which the way leaves it.
///
/// A word that is unmatched in a row is none of the row's; one that is matched in the row before too is the match of an
/// earlier row.
fn walk_back<const L: usize>(
    table: &[[u64; L]],
    width: usize,
    mut matched: impl FnMut(usize, usize),
) -> usize {
    let is_unmatched = |row: usize, col: usize| table[row][col / 64] >> (col % 64) & 1 == 1;
    let (mut row, mut col) = (table.len(), width);
    while row > 0 && col > 0 {
        if is_unmatched(row - 1, col - 1) {
            col -= 1;
            continue;
        }
        row -= 1;
        if row == 0 || is_unmatched(row - 1, col - 1) {
            col -= 1;
            matched(col, row);
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::{lcs, lcs_length};
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

    /// Equal words, ascending on both sides, and as many as the table says.
    fn assert_matches(a: &[u32], b: &[u32], matches: &[(usize, usize)]) {
        assert!(matches.iter().all(|&(i, j)| a[i] == b[j]));
        assert!(matches.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        assert_eq!(matches.len(), by_table(a, b));
    }

    proptest! {
        #[test]
        fn agrees_with_the_dynamic_programme(
            a in prop::collection::vec(0u32..6, 0..700),
            b in prop::collection::vec(0u32..6, 0..40),
        ) {
            prop_assert_eq!(lcs_length(&a, &b, 6), Some(by_table(&a, &b)));
            prop_assert_eq!(lcs_length(&b, &a, 6), Some(by_table(&a, &b)));
            assert_matches(&a, &b, &lcs(&a, &b, 6));
            assert_matches(&b, &a, &lcs(&b, &a, 6));
        }

        #[test]
        fn agrees_over_several_strips(
            a in prop::collection::vec(0u32..40, 250..800),
            b in prop::collection::vec(0u32..40, 250..800),
        ) {
            prop_assert_eq!(lcs_length(&a, &b, 40), Some(by_table(&a, &b)));
            assert_matches(&a, &b, &lcs(&a, &b, 40));
        }
    }
}
