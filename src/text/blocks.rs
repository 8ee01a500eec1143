//! A text in blocks of 64 bytes, each as a few sets of 64 bits.
//!
//! Where words start and end is then a shift and a count of zeros away, for all words of a block at once; a loop over
//! single bytes mispredicts a branch at nearly every word end. Bits know ASCII and the letters À to ÿ, that is nine words
//! in ten; they only have to say where they do not know.

use wide::u8x16;

/// What stands where in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Block {
    /// Bytes of ASCII letters and digits, of `_` and of À to ÿ (but × and ÷).
    pub(super) joins: u64,
    /// Those, and every byte that is not ASCII.
    pub(super) starts: u64,
    /// Where bits do not tell whether a word goes on: other characters than the above, `_`, and what may stand
    /// between two letters or digits of a word, if it does.
    pub(super) unclear: u64,
}

pub(super) const BLOCK: usize = 64;

impl Block {
    /// The block of `bytes` that starts at `from`; beyond the text nothing joins.
    #[inline]
    pub(super) fn at(bytes: &[u8], from: usize) -> Self {
        if let Some(whole) = bytes.get(from..from + BLOCK) {
            return Self::of(whole.try_into().expect("one block"));
        }
        let mut padded = [0; BLOCK];
        let rest = bytes.get(from..).unwrap_or_default();
        padded[..rest.len()].copy_from_slice(rest);
        Self::of(&padded)
    }

    #[inline]
    fn of(bytes: &[u8; BLOCK]) -> Self {
        let sets = Sets::of(bytes);
        // The last byte's partner is in the next block: left out, it is not a letter but something unclear.
        let lead = sets.lead & !LAST;
        let trail = lead << 1;
        let signs = sets.sign & trail;
        let western = (lead | trail) & !(signs | signs >> 1);
        let joins = sets.joins | western;
        let other = sets.high & !western;
        // What stands in the blocks beside this one is not known: then a middle sign is taken for one.
        let between = sets.middle & (joins << 1 | FIRST) & ((joins | other) >> 1 | LAST);
        Self { joins, starts: joins | other, unclear: other | sets.low_line | between }
    }
}

const FIRST: u64 = 1;
const LAST: u64 = 1 << 63;

/// Where a block has which bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sets {
    /// ASCII letters, digits and `_`.
    joins: u64,
    /// `_`
    low_line: u64,
    /// `' , . : ;`
    middle: u64,
    /// Not ASCII.
    high: u64,
    /// C3, the first byte of À to ÿ.
    lead: u64,
    /// 97 and B7, behind C3 the second bytes of × and ÷.
    sign: u64,
}

impl Sets {
    #[inline]
    fn of(block: &[u8; BLOCK]) -> Self {
        let all = u8x16::splat;
        let mut sets = Self::default();
        for (i, &sixteen) in block.as_chunks::<16>().0.iter().enumerate() {
            let bytes = u8x16::new(sixteen);
            let set = |found: u8x16| u64::from(found.to_bitmask()) << (16 * i);
            let equal = |bytes: u8x16, byte| bytes.simd_eq(all(byte));
            let within = |bytes: u8x16, first, last| (bytes - all(first)).simd_le(all(last - first));
            let lower = bytes | all(0x20);
            let low_line = equal(bytes, b'_');
            // 2C and 2E differ in one bit, 3A and 3B too, 97 and B7 too.
            let comma_or_stop = equal(bytes | all(2), b'.');
            let colon = equal(bytes | all(1), b';');
            sets.joins |= set(within(lower, b'a', b'z') | within(bytes, b'0', b'9') | low_line);
            sets.low_line |= set(low_line);
            sets.middle |= set(comma_or_stop | colon | equal(bytes, b'\''));
            sets.high |= set(bytes);
            sets.lead |= set(equal(bytes, 0xC3));
            sets.sign |= set(equal(lower, 0xB7));
        }
        sets
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Sets};
    use proptest::prelude::*;

    fn plainly(block: &[u8; BLOCK], has: impl Fn(u8) -> bool) -> u64 {
        (0..BLOCK).filter(|&i| has(block[i])).fold(0, |set, i| set | 1 << i)
    }

    proptest! {
        #[test]
        fn sets_are_what_they_say(bytes in prop::collection::vec(any::<u8>(), BLOCK)) {
            let block = bytes.as_slice().try_into().unwrap();
            let sets = Sets {
                joins: plainly(block, |byte| byte.is_ascii_alphanumeric() || byte == b'_'),
                low_line: plainly(block, |byte| byte == b'_'),
                middle: plainly(block, |byte| b"',.:;".contains(&byte)),
                high: plainly(block, |byte| !byte.is_ascii()),
                lead: plainly(block, |byte| byte == 0xC3),
                sign: plainly(block, |byte| [0x97, 0xB7].contains(&byte)),
            };
            prop_assert_eq!(Sets::of(block), sets);
        }
    }
}
