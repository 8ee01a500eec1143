//! What a character may do at a word boundary, asked from `unicode-segmentation` itself.
//!
//! There is no table to generate and none to grow stale: a block of 256 characters is classified, when a text
//! first needs it, by showing each of them to the reference in a dozen contexts (about 0.3 ms a block; news in
//! one script needs three or four). A character that fits none of the simple classes is [`Class::Hard`],
//! and the words around it are left to the reference.

use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

/// The part a character plays in word boundaries (UAX #29), as far as the fast path knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Belongs to no word: spaces, punctuation, symbols.
    Skip,
    /// Joins letters, digits and joiners.
    Letter,
    /// The same, but `.` and `,` may stand between two of them.
    Digit,
    /// `_` and its like: joins, but is no word alone.
    Joiner,
    /// Joins two letters: `:` and the middle dot.
    MidLetter,
    /// Joins two digits: `,` and `;`.
    MidDigit,
    /// Joins two letters or two digits: `.` and apostrophes.
    Mid,
    /// Clings to whatever stands before it: combining marks, soft hyphens.
    Extend,
    /// A word by itself: an ideograph, a Thai letter.
    Lone,
    /// Anything with more rules than these: Hebrew, Katakana, emoji joiners. Left to the reference.
    Hard,
}

const BLOCK: usize = 256;

static BLOCKS: [OnceLock<Box<[Class; BLOCK]>>; 0x11_0000 / BLOCK] =
    [const { OnceLock::new() }; 0x11_0000 / BLOCK];

/// The classes of ASCII, for the innermost loops. A test holds them against [`ask`].
pub(crate) const ASCII: [Class; 128] = ascii();

const fn ascii() -> [Class; 128] {
    let mut classes = [Class::Skip; 128];
    let mut b = 0;
    while b < 128 {
        classes[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Joiner,
            b':' => Class::MidLetter,
            b',' | b';' => Class::MidDigit,
            b'.' | b'\'' => Class::Mid,
            _ => Class::Skip,
        };
        b += 1;
    }
    classes
}

/// The class of `c`.
pub(crate) fn class(c: char) -> Class {
    let code = c as usize;
    BLOCKS[code / BLOCK].get_or_init(|| block(code / BLOCK))[code % BLOCK]
}

fn block(index: usize) -> Box<[Class; BLOCK]> {
    let mut classes = Box::new([Class::Skip; BLOCK]);
    for (offset, class) in classes.iter_mut().enumerate() {
        // Surrogates are no characters and occur in no `str`.
        *class = char::from_u32((index * BLOCK + offset) as u32).map_or(Class::Skip, ask);
    }
    classes
}

/// Classify `c` by what the reference does with it.
pub(crate) fn ask(c: char) -> Class {
    let joined = |before: &str, after: &str| {
        let shown: String = before.chars().chain([c]).chain(after.chars()).collect();
        shown.split_word_bounds().nth(1).is_none()
    };
    if joined("-", "") {
        let joins_emoji = joined("", "\u{1F600}");
        return if joins_emoji { Class::Hard } else { Class::Extend };
    }
    if c.encode_utf8(&mut [0; 4]).unicode_words().next().is_some() {
        return ask_word_character(joined);
    }
    match (joined("a", ""), joined("\u{30AB}", ""), joined("", "a")) {
        (true, true, true) => Class::Joiner,
        (false, false, false) => match (joined("a", "a"), joined("0", "0")) {
            (true, true) => Class::Mid,
            (true, false) => Class::MidLetter,
            (false, true) => Class::MidDigit,
            (false, false) => Class::Skip,
        },
        _ => Class::Hard,
    }
}

fn ask_word_character(joined: impl Fn(&str, &str) -> bool) -> Class {
    let emoji = joined("\u{200D}", "");
    let hebrew = joined("", "'");
    if emoji || hebrew || joined("\u{30AB}", "") {
        return Class::Hard;
    }
    let to_word = joined("a", "") && joined("", "a") && joined("0", "") && joined("", "_");
    match (to_word, joined("a.", ""), joined("0.", "")) {
        (true, true, false) => Class::Letter,
        (true, false, true) => Class::Digit,
        (false, false, false) if !joined("a", "") && !joined("", "a") && !joined("", "_") => Class::Lone,
        _ => Class::Hard,
    }
}

#[cfg(test)]
mod tests {
    use super::{ASCII, ask};

    #[test]
    fn the_ascii_table_is_what_the_reference_says() {
        for b in 0..128u8 {
            assert_eq!(ASCII[usize::from(b)], ask(char::from(b)), "byte {b:#x}");
        }
    }
}
