//! Word boundaries are those of `unicode-segmentation`, but for words broken at a line end.

use proptest::prelude::*;
use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use wortlaut::{ByteSpan, Fold, split_words};

use crate::cases::load;
use crate::texts::{any_text, folds, mixture};

/// The reference's words, then each joined to the one before it if a line end broke them apart.
fn by_reference(raw: &str) -> Vec<ByteSpan> {
    let mut words: Vec<ByteSpan> = Vec::new();
    for (start, word) in raw.unicode_word_indices() {
        let span = ByteSpan::new(start, start + word.len());
        match words.last_mut() {
            Some(before) if is_broken(before.of(raw), &raw[before.end as usize..start], word) => {
                before.end = span.end;
            }
            _ => words.push(span),
        }
    }
    words
}

/// Whether `first`, `gap` and `second` are one word: the rule as the documentation has it.
fn is_broken(first: &str, gap: &str, second: &str) -> bool {
    const CONJUNCTIONS: &str = " und oder bzw sowie bis noch and or to et ou en ";
    let soft = first.ends_with('\u{AD}');
    let hard = gap.starts_with(['-', '\u{2010}']);
    let blank: String = gap.chars().skip(usize::from(hard)).collect();
    let bare = first.trim_end_matches(|c| c == '\u{AD}' || is_combining_mark(c));
    (soft || hard)
        && blank.trim_matches([' ', '\t', '\r', '\n']).is_empty()
        && blank.matches('\n').count() == 1
        && bare.ends_with(char::is_alphabetic)
        && second.starts_with(char::is_lowercase)
        && !CONJUNCTIONS.contains(&format!(" {second} "))
}

fn shown(raw: &str, spans: &[ByteSpan]) -> Vec<String> {
    spans.iter().map(|span| format!("{}..{} {:?}", span.start, span.end, span.of(raw))).collect()
}

fn assert_as_reference(raw: &str) {
    let (found, wanted) = (split_words(raw), by_reference(raw));
    assert!(found == wanted, "{raw:?}\n {:?}\n {:?}", shown(raw, &found), shown(raw, &wanted));
}

proptest! {
    #[test]
    fn words_of_mixed_scripts_are_those_of_the_reference(raw in mixture()) {
        assert_as_reference(&raw);
    }

    #[test]
    fn words_of_any_text_are_those_of_the_reference(raw in any_text()) {
        assert_as_reference(&raw);
    }

    /// What joins one text to the next must not reach further than the reference has it.
    #[test]
    fn words_of_long_mixtures_are_those_of_the_reference(parts in prop::collection::vec(mixture(), 0..30)) {
        assert_as_reference(&parts.join(" "));
        assert_as_reference(&parts.concat());
    }
}

#[test]
fn every_character_stands_in_words_as_the_reference_has_it() {
    for c in '\0'..=char::MAX {
        assert_as_reference(&format!("{c}"));
        // Two newlines part the contexts: no rule of UAX #29 reaches over one, and no broken word over two.
        assert_as_reference(&format!("a{c}\n\n{c}a\n\na{c}a\n\n0{c}0\n\n {c} \n\n{c}\u{301}"));
    }
}

/// Each stretch left to the reference must end, or the scan is quadratic.
#[test]
fn a_hundred_thousand_of_a_hard_character_are_read_at_once() {
    let hard = [
        "א",
        "א\"",
        "カ",
        "カ ",
        "カ_",
        "\u{200D}",
        "🇩",
        "\u{301}",
        "👩\u{200D}",
        "a'",
        "a.",
        "0,",
        "_",
        "ก",
        "漢",
        "\u{AD}",
        "a-\n",
        "a\u{AD}\n",
        "-\n",
        "a\u{200D} ",
        "\u{200D}a",
        "א a",
        "🇩 ",
        "a\u{301}'",
        "'\u{301}a",
        "\u{85}",
    ];
    for piece in hard {
        assert_as_reference(&piece.repeat(100_000));
    }
}

#[derive(Deserialize)]
struct Words {
    case: Vec<WordsCase>,
}

#[derive(Deserialize)]
struct WordsCase {
    text: String,
    words: Vec<String>,
    why: String,
}

#[test]
fn words_of_the_cases() {
    for case in load::<Words>("words").case {
        let words: Vec<&str> = split_words(&case.text).iter().map(|span| span.of(&case.text)).collect();
        assert_eq!(words, case.words, "{}: {:?}", case.why, case.text);
    }
}

#[derive(Deserialize)]
struct Folds {
    case: Vec<FoldCase>,
}

#[derive(Deserialize)]
struct FoldCase {
    a: String,
    b: String,
    /// Each entry is enough, and names the flags it needs: "case", "case+accents".
    same_under: Vec<String>,
    why: String,
}

fn has(fold: Fold, flag: &str) -> bool {
    match flag {
        "nothing" => true,
        "case" => fold.case,
        "compatibility" => fold.compatibility,
        "typography" => fold.typography,
        "accents" => fold.accents,
        _ => panic!("{flag} is no flag of Fold"),
    }
}

#[test]
fn folds_of_the_cases() {
    for case in load::<Folds>("fold").case {
        for fold in folds() {
            let wanted = case.same_under.iter().any(|flags| flags.split('+').all(|flag| has(fold, flag)));
            let (a, b) = (fold.word(&case.a), fold.word(&case.b));
            assert_eq!(a == b, wanted, "{}: {a:?} {b:?} under {fold:?}", case.why);
        }
    }
}
