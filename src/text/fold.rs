//! When two words are the same word.

use std::borrow::Cow;
use std::sync::OnceLock;

use unicase::UniCase;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Which differences between two words do not count.
///
/// The default folds case (`ß` = `ss`), compatibility forms (NFKC: `ﬁ` = `fi`, decomposed `ü` = `ü`) and
/// typography (all apostrophes alike, all dashes alike, soft hyphens and zero-width characters nothing, a
/// hyphen at a line end healed). Accents count.
///
/// ```
/// use wortlaut::Fold;
/// let fold = Fold::default();
/// assert_eq!(fold.word("Straße"), fold.word("STRASSE"));
/// assert_eq!(fold.word("don’t"), fold.word("don't"));
/// assert_eq!(Fold::exact().word("Straße"), "Straße");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "four independent switches, each a question of its own")]
pub struct Fold {
    /// Full Unicode case folding.
    pub case: bool,
    /// Compatibility and canonical forms: NFKC.
    pub compatibility: bool,
    /// Apostrophes, dashes, soft hyphens, zero-width characters, hyphens at line ends.
    pub typography: bool,
    /// Accents and other combining marks: `é` = `e`. Off by default.
    pub accents: bool,
}

impl Default for Fold {
    fn default() -> Self {
        Self { case: true, compatibility: true, typography: true, accents: false }
    }
}

impl Fold {
    /// Fold nothing: two words are the same if their characters are.
    pub const fn exact() -> Self {
        Self { case: false, compatibility: false, typography: false, accents: false }
    }

    /// Its switches, in the order of the fields.
    pub(crate) fn flags(self) -> [bool; 4] {
        [self.case, self.compatibility, self.typography, self.accents]
    }

    /// The fold with these switches.
    pub(crate) fn of_flags([case, compatibility, typography, accents]: [bool; 4]) -> Self {
        Self { case, compatibility, typography, accents }
    }

    /// The form under which `word` is compared.
    pub fn word(self, word: &str) -> Cow<'_, str> {
        if self == Self::exact() {
            return Cow::Borrowed(word);
        }
        let mut folded = String::new();
        Letters::of(self).fold_into(word, &mut folded);
        if folded == word { Cow::Borrowed(word) } else { Cow::Owned(folded) }
    }

    /// The definition that the quick way is tested against.
    pub(super) fn in_full(self, word: &str) -> String {
        let mut word = Cow::Borrowed(word);
        if self.typography {
            word = Cow::Owned(without_typography(&without_line_break(&word)));
        }
        if self.compatibility && is_nfkc_quick(word.chars()) != IsNormalized::Yes {
            word = Cow::Owned(word.nfkc().collect());
        }
        if self.case {
            word = Cow::Owned(UniCase::unicode(&*word).to_folded_case());
        }
        if self.accents {
            word = Cow::Owned(word.nfd().filter(|&c| !is_combining_mark(c)).nfc().collect());
        }
        if self.compatibility && is_nfkc_quick(word.chars()) != IsNormalized::Yes {
            // Case folding can leave what composes: U+01F0 folds to j and a caron.
            word = Cow::Owned(word.nfkc().collect());
        }
        if self.typography {
            // NFKC makes apostrophes and dashes of their full-width forms.
            word = Cow::Owned(without_typography(&word));
        }
        word.into_owned()
    }
}

/// Take out each hyphen at a line end with the white space behind it. Only a healed word has a newline in it.
fn without_line_break(word: &str) -> Cow<'_, str> {
    let Some((broken, last)) = word.rsplit_once('\n') else {
        return Cow::Borrowed(word);
    };
    let pieces = broken.split('\n').map(|line| line.trim().trim_end_matches(['-', '\u{2010}', '\u{AD}']));
    Cow::Owned(pieces.chain([last.trim_start()]).collect())
}

fn without_typography(word: &str) -> String {
    word.chars().filter_map(plain).collect()
}

/// The plain form of a typographic character, or nothing for one that shows nothing.
fn plain(c: char) -> Option<char> {
    match c {
        // Soft hyphen, Mongolian and zero-width joiners and spaces, direction marks, byte-order mark.
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}'
        | '\u{FEFF}' => None,
        '\u{2018}'..='\u{201B}' | '\u{2BC}' | '\u{2032}' | '\u{FF07}' => Some('\''),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => Some('-'),
        c => Some(c),
    }
}

/// What folding makes of one character, if that does not depend on its neighbours.
enum Letter {
    Becomes(char),
    Sharp,
    Other,
}

/// The quick way covers what is written in two UTF-8 bytes or less: Latin, Greek, Cyrillic, Armenian, ….
const QUICK: usize = 0x800;

/// A fold's table of simple letters.
pub(super) struct Letters {
    fold: Fold,
    /// Code point of the folded letter, [`OTHER`] or [`SHARP`].
    folded: [u16; QUICK],
    /// Whether the letters À to ÿ, but for ß, fold as ASCII does: by one bit or not at all.
    western: bool,
}

/// A byte that UTF-8 does not have.
const NO_BYTE: u8 = 0xFF;

const OTHER: u16 = 0xFFFF;
const SHARP: u16 = 0xFFFE;

impl Letters {
    /// The table of `fold`, made once for each of the sixteen.
    pub(super) fn of(fold: Fold) -> &'static Self {
        static TABLES: [OnceLock<Box<Letters>>; 16] = [const { OnceLock::new() }; 16];
        let index = fold.flags().iter().fold(0, |index, &flag| index * 2 + usize::from(flag));
        TABLES[index].get_or_init(|| Box::new(Self::new(fold)))
    }

    fn new(fold: Fold) -> Self {
        let mut folded = [OTHER; QUICK];
        for (code, entry) in folded.iter_mut().enumerate() {
            if let Some(c) = char::from_u32(code as u32) {
                *entry = quick(fold, c);
            }
        }
        Self { fold, western: folds_as_ascii(&folded, fold.case), folded }
    }

    /// Fold `stretch` into `folded` byte by byte, and say whether one is `odd`: not zero where it stands for more than a
    /// letter whose lowercase has one bit more. Those are ASCII, and À to ÿ (C3 80 to C3 BF) but for ß (C3 9F). A line
    /// break is odd too if words were `healed`. A × (C3 97) becomes ÷ and is not odd: no word has either. Where none is,
    /// `odd` is left as it was.
    #[inline]
    pub(super) fn fold_bytes(&self, stretch: &[u8], healed: bool, folded: &mut [u8], odd: &mut [u8]) -> bool {
        let bit = if self.fold.case { 0x20 } else { 0 };
        let lead = if self.western { 0xC3 } else { NO_BYTE };
        let line_break = if healed { b'\n' } else { NO_BYTE };
        let [folded, odd] = [folded, odd].map(|out| &mut out[..stretch.len()]);
        if !healed && fold_ascii(stretch, bit, folded) {
            return false;
        }
        let mut any = 0;
        let mut before = 0;
        let bytes = stretch.iter().zip(folded).zip(odd);
        for ((&byte, folded), odd) in bytes {
            let trails = before == lead;
            let capital = byte.wrapping_sub(b'A') < 26 || (trails && byte < 0x9F);
            let known = byte < 0x80 && byte != line_break || byte == lead || trails && byte != 0x9F;
            *folded = byte | if capital { bit } else { 0 };
            *odd = u8::from(!known);
            any |= *odd;
            before = byte;
        }
        any != 0
    }

    /// Append the folded `word` to `out`: letter by letter if all of them are simple, in full otherwise.
    pub(super) fn fold_into(&self, word: &str, out: &mut String) {
        let start = out.len();
        if word.is_ascii() && !word.contains('\n') {
            out.push_str(word);
            if self.fold.case {
                out[start..].make_ascii_lowercase();
            }
            return;
        }
        for c in word.chars() {
            match self.letter(c) {
                Letter::Becomes(folded) => out.push(folded),
                Letter::Sharp => out.push_str("ss"),
                Letter::Other => {
                    out.truncate(start);
                    out.push_str(&self.fold.in_full(word));
                    return;
                }
            }
        }
    }

    fn letter(&self, c: char) -> Letter {
        match self.folded.get(c as usize) {
            Some(&OTHER) => Letter::Other,
            Some(&SHARP) => Letter::Sharp,
            Some(&code) => char::from_u32(u32::from(code)).map_or(Letter::Other, Letter::Becomes),
            None => match c {
                '\u{2019}' if self.fold.typography => Letter::Becomes('\''),
                // Ideographs and Hangul syllables fold to themselves.
                '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => Letter::Becomes(c),
                // Without its voicing mark, which folding accents takes, が is か.
                '\u{3041}'..='\u{3094}' if !self.fold.accents => Letter::Becomes(c),
                _ => Letter::Other,
            },
        }
    }
}

/// Set the `bit` of every capital of ASCII, and say whether there is nothing but ASCII; all in one go over the bytes.
#[inline]
fn fold_ascii(stretch: &[u8], bit: u8, folded: &mut [u8]) -> bool {
    let mut all = 0;
    for (&byte, folded) in stretch.iter().zip(folded) {
        *folded = byte | if byte.wrapping_sub(b'A') < 26 { bit } else { 0 };
        all |= byte;
    }
    all < 0x80
}

/// Whether `folded` sets the bit 0x20 of the capitals À to Þ, or nothing if case counts, and leaves à to ÿ alone.
fn folds_as_ascii(folded: &[u16; QUICK], case: bool) -> bool {
    let letters = (0xC0..=0xFFu16).filter(|c| ![0xD7, 0xDF, 0xF7].contains(c));
    let mut pairs = letters.map(|c| (c, if case { c | 0x20 } else { c }));
    pairs.all(|(from, to)| folded[usize::from(from)] == to)
}

/// The table's entry for `c`: a character takes part only if it stands still under normalisation, so that
/// folding a word is folding its letters one by one.
fn quick(fold: Fold, c: char) -> u16 {
    let still = !is_combining_mark(c) && is_nfkc_quick([c].into_iter()) != IsNormalized::Maybe;
    if !still || c == '\n' {
        return OTHER;
    }
    let folded = fold.in_full(c.encode_utf8(&mut [0; 4]));
    let mut chars = folded.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) if (one as usize) < QUICK && !is_combining_mark(one) => one as u16,
        (Some('s'), Some('s')) if chars.next().is_none() => SHARP,
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::{Fold, Letters};
    use proptest::prelude::*;

    fn folds() -> impl Strategy<Value = Fold> {
        any::<[bool; 4]>().prop_map(|[case, compatibility, typography, accents]| Fold {
            case,
            compatibility,
            typography,
            accents,
        })
    }

    #[test]
    fn a_word_over_very_many_lines_is_folded_as_one() {
        // Healed line by line, as a call of itself, it ran out of stack.
        assert_eq!(Fold::default().in_full(&"a-\n  ".repeat(100_000)), "a".repeat(100_000));
        assert_eq!(Fold::default().in_full("Zu\u{AD}\r\nsam-\n men"), "zusammen");
    }

    proptest! {
        #[test]
        fn a_stretch_at_once_is_the_full_way_for_every_word_that_is_not_odd(
            fold in folds(),
            healed: bool,
            words in prop::collection::vec("[a-zA-Z0-9_'.@\\[`\n\u{C0}-\u{FF}é]{1,12}|[\u{0}-\u{7F}]|\\PC{1,5}", 0..9),
        ) {
            // No word has them, and folding a stretch makes ÷ of ×.
            let words: Vec<String> = words.into_iter().map(|word| word.replace(['×', '÷'], "")).collect();
            let stretch = words.concat();
            let (mut folded, mut odd) = (vec![0; stretch.len()], vec![0; stretch.len()]);
            let any = Letters::of(fold).fold_bytes(stretch.as_bytes(), healed, &mut folded, &mut odd);
            prop_assert_eq!(any, odd.iter().any(|&odd| odd != 0));
            let mut at = 0;
            for word in &words {
                let range = at..at + word.len();
                at = range.end;
                if odd[range.clone()].iter().any(|&odd| odd != 0) {
                    let western = |c| matches!(c, '\0'..='\x7F' | '\u{C0}'..='\u{FF}') && c != 'ß';
                    let plain = word.is_ascii() || !fold.accents && word.chars().all(western);
                    prop_assert!(!plain || healed && word.contains('\n'), "{word:?} refused");
                } else if !word.contains('\n') {
                    prop_assert_eq!(std::str::from_utf8(&folded[range]).unwrap(), fold.in_full(word));
                }
            }
        }

        #[test]
        fn the_quick_way_is_the_full_way(
            fold in folds(),
            word in "[a-zA-ZäöüÄÖÜßẞſıİéñŉǰΣςσДд'’\u{300}-\u{304}\u{AD}\u{200D}漢かが\u{3099}각ᆨﬁ½]{0,8}|\\PC{0,6}",
        ) {
            let mut quick = String::new();
            Letters::of(fold).fold_into(&word, &mut quick);
            prop_assert_eq!(quick, fold.in_full(&word));
        }

        #[test]
        fn folding_twice_is_folding_once(fold in folds(), word in "\\PC{0,6}") {
            let once = fold.in_full(&word);
            prop_assert_eq!(fold.in_full(&once), once);
        }
    }
}
