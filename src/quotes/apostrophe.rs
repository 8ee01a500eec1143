//! Single marks that are apostrophes, and straight ones that are feet, minutes or inches.

use super::flank::{Beside, behind};
use super::marks::Mark;
use crate::text::WordList;

/// Words that lose their beginning and are hardly ever the first word of a quotation: ’em, ’n’, ’tis, ’s, ’ne.
static ELISIONS: WordList = WordList::new(
    "
    em n ne nem nen ner nes s tis tisn twas twasn twere twill twould twouldn
    ",
);

/// Words that also begin quotations: ’til, ’cause, ’raus. Their mark opens one only if another closes it.
static MAYBE_ELISIONS: WordList = WordList::new(
    "
    ad ard arf ave bout cause cos coz cuz e ead ello er ere fore fraid gainst im is mal naus neath nother nuff ouse
    pon rauf raus rein round rum runter scuse spect stead til till tween uns way
    ",
);

/// French and Italian words that lose their end before a vowel.
static ELIDED: WordList = WordList::new(
    "
    all anch bell c coll com d dall dell dev dov gl jusqu j l lorsqu m mezz n nell nessun po presqu puisqu qu quand
    quell quelqu quest quoiqu s sant senz sull t tutt un
    ",
);

/// Whether an apostrophe between `before` and an opening mark, of which `after` is what follows, stands for letters
/// left out.
pub(super) fn elides_before_mark(before: &str, mark: Mark, after: &str) -> bool {
    let start = before.trim_end_matches(char::is_alphabetic).len();
    if start == before.len() {
        return false;
    }
    // A no-break space inside « » belongs to the marks.
    let is_tight = behind(after, mark.is_guillemet()) == Beside::Word;
    // With a plain space the mark may close, as in »›nie’« sagte er: only the word before tells.
    is_tight || mark == Mark::LeftGuillemet && ELIDED.has_any_case(&before[start..])
}

/// What an apostrophe before a word may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elision {
    /// It stands for letters or digits left out: ’em, ’90s.
    Yes,
    /// It may: ’68, ’til.
    Maybe,
    /// It opens something.
    No,
}

/// What a single mark before `rest` may stand for.
pub(super) fn elision(rest: &str) -> Elision {
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    if digits == 2 {
        return decade(&rest[2..]);
    }
    // The longest of the words has six letters; longer ones need no look.
    let end = rest.char_indices().take(8).find_map(|(i, c)| (!c.is_alphabetic()).then_some(i));
    let Some(end) = end.or((rest.len() < 8).then_some(rest.len())) else {
        return Elision::No;
    };
    let word = &rest[..end];
    if ELISIONS.has_any_case(word) {
        Elision::Yes
    } else if MAYBE_ELISIONS.has_any_case(word) {
        Elision::Maybe
    } else {
        Elision::No
    }
}

/// `rest` follows two digits: ’90s and ’68er are years, ’40 may be one.
fn decade(rest: &str) -> Elision {
    let ending = ["ers", "er", "s"].iter().find_map(|ending| rest.strip_prefix(ending));
    match ending {
        Some(rest) if !rest.starts_with(char::is_alphanumeric) => Elision::Yes,
        _ => Elision::Maybe,
    }
}

/// Whether a single mark between `before` and `after` may as well be a possessive (the boys’ team), a dropped
/// letter (goin’ home) or a foot (6' tall); the text goes on with a word.
pub(super) fn may_be_apostrophe(before: &str, after: &str) -> bool {
    let sibilant = before.ends_with(['s', 'S', 'x', 'z', 'ß']);
    let dropped = before.ends_with("in") || before.ends_with("an");
    let foot = before.ends_with(|c: char| c.is_ascii_digit());
    (sibilant || dropped || foot) && goes_on(after)
}

/// Whether `mark`, of which `after` is what follows, closes again behind a full stop or the like: of `‘O lor’!’` the
/// first is an apostrophe.
pub(super) fn closes_again(mark: &str, after: &str) -> bool {
    let rest = after.trim_start_matches(['.', ',', '!', '?', ';', ':']);
    (1..=3).contains(&(after.len() - rest.len())) && rest.starts_with(mark)
}

/// Whether a mark behind `before` ends ’n’.
pub(super) fn ends_and(before: &str) -> bool {
    before.strip_suffix(['n', 'N']).is_some_and(|rest| rest.ends_with(['\'', '’', '‘']))
}

/// Whether a straight double mark between `before` and `after` may as well be inches: 5'10" tall.
pub(super) fn may_be_inches(before: &str, after: &str) -> bool {
    let length = before.bytes().rev().take_while(u8::is_ascii_digit).take(3).count();
    let feet = before[..before.len() - length].ends_with(['\'', '’', '′']);
    length > 0 && (feet || goes_on(after))
}

/// Whether a space and a word follow.
fn goes_on(after: &str) -> bool {
    let mut chars = after.chars();
    chars.next().is_some_and(char::is_whitespace) && chars.next().is_some_and(char::is_alphanumeric)
}
