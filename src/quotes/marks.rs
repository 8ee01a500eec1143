//! Which marks open and close a quotation, and which closes which: forty-odd pairs, collected by hand.
//!
//! CLDR names one pair per language (it gives „…“ for Swiss German and knows no »…« for German); newspapers use
//! several, and scraped text mixes them.

use wide::u8x16;

/// A quotation mark, whatever it may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Mark {
    /// `"`
    Straight,
    /// `＂`
    WideStraight,
    /// `“`
    Left,
    /// `”`
    Right,
    /// `„`
    Low,
    /// `‟`
    Reversed,
    /// `''`
    TwoApostrophes,
    /// `‘‘`
    TwoLeftSingles,
    /// `’’`
    TwoRightSingles,
    /// ` `` `
    TwoBackticks,
    /// `,,`
    TwoCommas,
    /// `‚‚`
    TwoLowSingles,
    /// `״`, the Hebrew gershayim
    Gershayim,
    /// `«`
    LeftGuillemet,
    /// `»`
    RightGuillemet,
    /// `<<`
    TwoLess,
    /// `>>`
    TwoGreater,
    /// `‹`
    LeftAngle,
    /// `›`
    RightAngle,
    /// `「`
    CornerOpen,
    /// `」`
    CornerClose,
    /// `『`
    WhiteCornerOpen,
    /// `』`
    WhiteCornerClose,
    /// `《`
    DoubleAngleOpen,
    /// `》`
    DoubleAngleClose,
    /// `〈`
    AngleOpen,
    /// `〉`
    AngleClose,
    /// `｢`
    HalfCornerOpen,
    /// `｣`
    HalfCornerClose,
    /// `〝`
    PrimeOpen,
    /// `〞`
    PrimeClose,
    /// `〟`
    LowPrimeClose,
    /// `'`
    Single,
    /// `‘`
    LeftSingle,
    /// `’`
    RightSingle,
    /// `‚`
    LowSingle,
    /// `‛`
    ReversedSingle,
    /// `` ` ``
    Backtick,
}

use Mark::{
    AngleClose, AngleOpen, Backtick, CornerClose, CornerOpen, DoubleAngleClose, DoubleAngleOpen, Gershayim,
    HalfCornerClose, HalfCornerOpen, Left, LeftAngle, LeftGuillemet, LeftSingle, Low, LowPrimeClose,
    LowSingle, PrimeClose, PrimeOpen, Reversed, ReversedSingle, Right, RightAngle, RightGuillemet,
    RightSingle, Single, Straight, TwoApostrophes, TwoBackticks, TwoCommas, TwoGreater, TwoLeftSingles,
    TwoLess, TwoLowSingles, TwoRightSingles, WhiteCornerClose, WhiteCornerOpen, WideStraight,
};

/// How many marks there are.
pub(super) const MARKS: usize = Backtick as usize + 1;

/// What opens, what closes it, and who writes so.
const PAIRS: [(Mark, Mark); 53] = [
    // English, Dutch, Chinese, Korean, Turkish, Arabic; the others mixed in by editors and scrapers.
    (Left, Right),
    (Left, Straight),
    (Left, Left),
    (Left, TwoApostrophes),
    (Straight, Straight),
    (Straight, Right),
    (Straight, Left),
    (Straight, TwoApostrophes),
    (WideStraight, WideStraight),
    (Reversed, Right),
    (Reversed, Straight),
    // German, Czech, Slovak, Bulgarian; with ” Polish, Hungarian, Romanian, Croatian, old Dutch and Hebrew.
    (Low, Left),
    (Low, Right),
    (Low, Straight),
    (Low, TwoApostrophes),
    (Low, TwoLeftSingles),
    (Low, TwoRightSingles),
    (Low, Low),
    (TwoCommas, Left),
    (TwoCommas, Right),
    (TwoCommas, Straight),
    (TwoCommas, TwoApostrophes),
    (TwoCommas, TwoLeftSingles),
    (TwoLowSingles, TwoLeftSingles),
    (TwoLowSingles, TwoRightSingles),
    (TwoLowSingles, Left),
    // Swedish, Finnish; Arabic as ”…“.
    (Right, Right),
    (Right, Left),
    (Right, Straight),
    // LaTeX, old newswires, some newspapers' systems.
    (TwoBackticks, TwoApostrophes),
    (TwoBackticks, Straight),
    (TwoBackticks, Right),
    (TwoApostrophes, TwoApostrophes),
    (TwoApostrophes, Straight),
    (TwoLeftSingles, TwoRightSingles),
    (TwoLeftSingles, TwoApostrophes),
    (TwoRightSingles, TwoRightSingles),
    (Gershayim, Gershayim),
    (Gershayim, Straight),
    // French, Swiss, Russian, Italian, Spanish; reversed German, Danish, Hungarian; »…» Finnish, Swedish.
    (LeftGuillemet, RightGuillemet),
    (RightGuillemet, LeftGuillemet),
    (RightGuillemet, RightGuillemet),
    (TwoLess, TwoGreater),
    (TwoGreater, TwoLess),
    (LeftAngle, RightAngle),
    (RightAngle, LeftAngle),
    (RightAngle, RightAngle),
    // Japanese, Chinese, Korean.
    (CornerOpen, CornerClose),
    (WhiteCornerOpen, WhiteCornerClose),
    (DoubleAngleOpen, DoubleAngleClose),
    (AngleOpen, AngleClose),
    (HalfCornerOpen, HalfCornerClose),
    (PrimeOpen, PrimeClose),
];

/// The same for single marks, which may also be apostrophes.
const SINGLE_PAIRS: [(Mark, Mark); 14] = [
    (PrimeOpen, LowPrimeClose),
    (Single, Single),
    (Single, RightSingle),
    (LeftSingle, RightSingle),
    (LeftSingle, LeftSingle),
    (LeftSingle, Single),
    (RightSingle, RightSingle),
    (RightSingle, LeftSingle),
    (LowSingle, LeftSingle),
    (LowSingle, RightSingle),
    (LowSingle, Single),
    (ReversedSingle, RightSingle),
    (Backtick, Single),
    (Backtick, Backtick),
];

/// The marks as they are written, after "" for none.
pub(super) const SIGNS: [&str; MARKS + 1] = [
    "", "\"", "＂", "“", "”", "„", "‟", "''", "‘‘", "’’", "``", ",,", "‚‚", "״", "«", "»", "<<", ">>", "‹",
    "›", "「", "」", "『", "』", "《", "》", "〈", "〉", "｢", "｣", "〝", "〞", "〟", "'", "‘", "’", "‚", "‛",
    "`",
];

/// For each closing mark the set of opening marks it closes, one bit each.
const CLOSES: [u64; MARKS] = {
    let mut closes = [0; MARKS];
    let mut i = 0;
    while i < PAIRS.len() {
        closes[PAIRS[i].1 as usize] |= 1 << PAIRS[i].0 as u8;
        i += 1;
    }
    let mut i = 0;
    while i < SINGLE_PAIRS.len() {
        closes[SINGLE_PAIRS[i].1 as usize] |= 1 << SINGLE_PAIRS[i].0 as u8;
        i += 1;
    }
    closes
};

/// The marks that open something, one bit each.
const OPENS: u64 = {
    let mut opens = 0;
    let mut i = 0;
    while i < MARKS {
        opens |= CLOSES[i];
        i += 1;
    }
    opens
};

impl Mark {
    /// The marks that this one closes, one bit each.
    pub(super) fn closes(self) -> u64 {
        CLOSES[self as usize]
    }

    /// Its bit in such a set.
    pub(super) fn bit(self) -> u64 {
        1 << self as u8
    }

    pub(super) fn can_open(self) -> bool {
        OPENS & self.bit() != 0
    }

    /// Whether it may be an apostrophe, a foot or part of code as well.
    pub(super) fn is_single(self) -> bool {
        self as u8 >= Single as u8
    }

    /// Whether it is a guillemet or an angle: these take white space inside (French) and turn round (German).
    pub(super) fn is_guillemet(self) -> bool {
        (LeftGuillemet as u8..=RightAngle as u8).contains(&(self as u8))
    }

    /// Whether it points left: `«`, `<<`, `‹`.
    pub(super) fn points_left(self) -> bool {
        matches!(self, LeftGuillemet | TwoLess | LeftAngle)
    }

    /// Whether its direction is certain whatever stands beside it: East Asian marks.
    pub(super) fn is_strict(self) -> bool {
        (CornerOpen as u8..=LowPrimeClose as u8).contains(&(self as u8))
    }
}

/// The first bytes of marks.
const FIRST_BYTES: [bool; 256] = {
    let mut first = [false; 256];
    let bytes = [b'"', b'\'', b'`', b',', b'<', b'>', 0xC2, 0xD7, 0xE2, 0xE3, 0xEF];
    let mut i = 0;
    while i < bytes.len() {
        first[bytes[i] as usize] = true;
        i += 1;
    }
    first
};

/// Where from `from` on a mark may begin.
///
/// Sixteen bytes in one step: between two marks of a text stand a hundred bytes and more.
pub(super) fn next_first_byte(bytes: &[u8], from: usize) -> Option<usize> {
    let (blocks, rest) = bytes[from..].as_chunks::<16>();
    for (number, &block) in blocks.iter().enumerate() {
        let found = first_bytes(block);
        if found != 0 {
            return Some(from + 16 * number + found.trailing_zeros() as usize);
        }
    }
    let is_first = |&byte: &u8| FIRST_BYTES[usize::from(byte)];
    rest.iter().position(is_first).map(|at| from + 16 * blocks.len() + at)
}

/// Which bytes of `block` are in [`FIRST_BYTES`], one bit each.
#[inline]
fn first_bytes(block: [u8; 16]) -> u32 {
    let bytes = u8x16::new(block);
    let equal = |bytes: u8x16, byte| bytes.simd_eq(u8x16::splat(byte));
    // < and > differ in one bit, E2 and E3 too.
    let even = |bit: u8| bytes & u8x16::splat(!bit);
    let straight = equal(bytes, b'"') | equal(bytes, b'\'') | equal(bytes, b'`') | equal(bytes, b',');
    let angles = equal(even(2), b'<');
    let wide = equal(bytes, 0xC2) | equal(bytes, 0xD7) | equal(even(1), 0xE2) | equal(bytes, 0xEF);
    (straight | angles | wide).to_bitmask()
}

/// The mark that starts at `at`, with its length in bytes.
pub(super) fn mark_at(bytes: &[u8], at: usize) -> Option<(Mark, usize)> {
    let found = match bytes[at..] {
        [b'"', ..] => (Straight, 1),
        [b'\'', ..] => apostrophes(bytes, at),
        [b'`', ..] => return backticks(bytes, at),
        [b',', b',', ..] => (TwoCommas, 2),
        [b'<', b'<', ..] => (TwoLess, 2),
        [b'>', b'>', ..] => (TwoGreater, 2),
        [0xC2, 0xAB, ..] => (LeftGuillemet, 2),
        [0xC2, 0xBB, ..] => (RightGuillemet, 2),
        [0xD7, 0xB4, ..] => (Gershayim, 2),
        [0xE2, 0x80, last, ..] => return general_punctuation(bytes, at, last),
        [0xE3, 0x80, last, ..] => (ideographic(last)?, 3),
        [0xEF, 0xBC, 0x82, ..] => (WideStraight, 3),
        [0xEF, 0xBD, 0xA2, ..] => (HalfCornerOpen, 3),
        [0xEF, 0xBD, 0xA3, ..] => (HalfCornerClose, 3),
        _ => return None,
    };
    Some(found)
}

/// One `'` or two: a double mark as some newspapers write it. Of three, the single one is the inner.
fn apostrophes(bytes: &[u8], at: usize) -> (Mark, usize) {
    let is_apostrophe = |i: usize| bytes.get(i) == Some(&b'\'');
    if !is_apostrophe(at + 1) {
        return (Single, 1);
    }
    let three = is_apostrophe(at + 2) && !is_apostrophe(at + 3);
    let opens = bytes.get(at + 3).is_some_and(|&b| b.is_ascii_alphanumeric() || b >= 0x80);
    if three && !opens { (Single, 1) } else { (TwoApostrophes, 2) }
}

/// One backtick or two; three or more fence code.
fn backticks(bytes: &[u8], at: usize) -> Option<(Mark, usize)> {
    let is_backtick = |i: usize| bytes.get(i) == Some(&b'`');
    if at > 0 && is_backtick(at - 1) && (is_backtick(at + 1) || at > 1 && is_backtick(at - 2)) {
        return None;
    }
    match (is_backtick(at + 1), is_backtick(at + 2)) {
        (false, _) => Some((Backtick, 1)),
        (true, false) => Some((TwoBackticks, 2)),
        (true, true) => None,
    }
}

/// The marks from U+2018 on, and `‹` and `›`.
fn general_punctuation(bytes: &[u8], at: usize, last: u8) -> Option<(Mark, usize)> {
    let doubled = bytes[at + 3..].starts_with(&bytes[at..at + 3]);
    let single_or = |single, double| if doubled { (double, 6) } else { (single, 3) };
    Some(match last {
        0x98 => single_or(LeftSingle, TwoLeftSingles),
        0x99 => single_or(RightSingle, TwoRightSingles),
        0x9A => single_or(LowSingle, TwoLowSingles),
        0x9B => (ReversedSingle, 3),
        0x9C => (Left, 3),
        0x9D => (Right, 3),
        0x9E => (Low, 3),
        0x9F => (Reversed, 3),
        0xB9 => (LeftAngle, 3),
        0xBA => (RightAngle, 3),
        _ => return None,
    })
}

/// The marks from U+3008 to U+301F.
fn ideographic(last: u8) -> Option<Mark> {
    Some(match last {
        0x88 => AngleOpen,
        0x89 => AngleClose,
        0x8A => DoubleAngleOpen,
        0x8B => DoubleAngleClose,
        0x8C => CornerOpen,
        0x8D => CornerClose,
        0x8E => WhiteCornerOpen,
        0x8F => WhiteCornerClose,
        0x9D => PrimeOpen,
        0x9E => PrimeClose,
        0x9F => LowPrimeClose,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{FIRST_BYTES, first_bytes, next_first_byte};
    use proptest::prelude::*;

    #[test]
    fn every_byte_is_told_alike_in_a_block_and_alone() {
        for byte in 0..=u8::MAX {
            let is_first = FIRST_BYTES[usize::from(byte)];
            assert_eq!(first_bytes([byte; 16]), if is_first { 0xFFFF } else { 0 }, "{byte:#x}");
        }
    }

    proptest! {
        #[test]
        fn the_next_mark_is_found_wherever_blocks_end(text in "[a-d„“ ]{0,70}", from in 0_usize..9) {
            let bytes = text.as_bytes();
            let from = from.min(bytes.len());
            let plainly = (from..bytes.len()).find(|&at| FIRST_BYTES[usize::from(bytes[at])]);
            prop_assert_eq!(next_first_byte(bytes, from), plainly);
        }
    }
}
