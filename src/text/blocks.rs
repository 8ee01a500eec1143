//! A text in blocks of 64 bytes, each as a few sets of 64 bits.
//!
//! Where words start and end is then a shift and a count of zeros away, for all words of a block at once; a loop over
//! single bytes mispredicts a branch at nearly every word end. Bits know ASCII and the letters À to ÿ, that is nine words
//! in ten; they only have to say where they do not know.

use wide::u8x16;

/// What stands where in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Block {
    /// Bytes of ASCII letters and digits, of `_` and of À to ÿ (but × and ÷), and of what stands between two letters or
    /// two digits of one word: `3,5`, `don't`.
    pub(super) joins: u64,
    /// Where bits do not tell whether a word goes on: other characters than the above, `_`, and what may stand between two
    /// letters or digits of a word, where one of them is in the next block, or not known.
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
        let letters = sets.letters | western;
        let joins = letters | sets.digits | sets.low_line;
        let other = sets.high & !western;
        let inside = |middle: u64, set: u64| middle & set << 1 & set >> 1;
        let between = inside(sets.mid_letter, letters) | inside(sets.mid_digit, sets.digits);
        // What stands in the blocks beside this one is not known: then a middle sign may be one.
        let middle =
            (sets.mid_letter | sets.mid_digit) & (joins << 1 | FIRST) & ((joins | other) >> 1 | LAST);
        let unknown = middle & (FIRST | LAST | other >> 1);
        Self { joins: joins | between, unclear: other | sets.low_line | unknown }
    }
}

const FIRST: u64 = 1;
const LAST: u64 = 1 << 63;

/// Where a block has which bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sets {
    /// ASCII letters.
    letters: u64,
    /// ASCII digits.
    digits: u64,
    /// `_`
    low_line: u64,
    /// What may stand between two letters: `' . :`
    mid_letter: u64,
    /// What may stand between two digits: `' . , ;`
    mid_digit: u64,
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
        let equal = |bytes: u8x16, byte| bytes.simd_eq(all(byte));
        let within = |bytes: u8x16, first, last| (bytes - all(first)).simd_le(all(last - first));
        let mut sets = Self::default();
        for (i, &sixteen) in block.as_chunks::<16>().0.iter().enumerate() {
            let bytes = u8x16::new(sixteen);
            let set = |found: u8x16| u64::from(found.to_bitmask()) << (16 * i);
            let either = equal(bytes, b'.') | equal(bytes, b'\'');
            sets.letters |= set(within(bytes | all(0x20), b'a', b'z'));
            sets.digits |= set(within(bytes, b'0', b'9'));
            sets.low_line |= set(equal(bytes, b'_'));
            sets.mid_letter |= set(either | equal(bytes, b':'));
            sets.mid_digit |= set(either | equal(bytes, b',') | equal(bytes, b';'));
            sets.high |= set(bytes);
        }
        // In English, most blocks are ASCII.
        if sets.high == 0 {
            return sets;
        }
        for (i, &sixteen) in block.as_chunks::<16>().0.iter().enumerate() {
            let bytes = u8x16::new(sixteen);
            let set = |found: u8x16| u64::from(found.to_bitmask()) << (16 * i);
            sets.lead |= set(equal(bytes, 0xC3));
            // 97 and B7 differ in one bit.
            sets.sign |= set(equal(bytes | all(0x20), 0xB7));
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
                letters: plainly(block, |byte| byte.is_ascii_alphabetic()),
                digits: plainly(block, |byte| byte.is_ascii_digit()),
                low_line: plainly(block, |byte| byte == b'_'),
                mid_letter: plainly(block, |byte| b"'.:".contains(&byte)),
                mid_digit: plainly(block, |byte| b"'.,;".contains(&byte)),
                high: plainly(block, |byte| !byte.is_ascii()),
                lead: plainly(block, |byte| byte == 0xC3),
                sign: plainly(block, |byte| [0x97, 0xB7].contains(&byte)),
            };
            prop_assert_eq!(Sets::of(block), sets);
        }
    }
}
