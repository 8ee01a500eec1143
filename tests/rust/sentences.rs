//! Runs the cases of paragraphs and sentences, and holds both to what must be true of any text.

use proptest::prelude::*;
use serde::Deserialize;
use wortlaut::{ByteSpan, paragraphs, sentences};

use crate::cases::load;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    why: String,
    text: String,
    paragraphs: Option<Vec<String>>,
    sentences: Option<Vec<String>>,
}

fn difference(case: &Case, what: &str, found: &[ByteSpan], wanted: Option<&Vec<String>>) -> Option<String> {
    let found: Vec<&str> = found.iter().map(|span| span.of(&case.text)).collect();
    let wanted = wanted.filter(|wanted| found != **wanted)?;
    Some(format!("{} ({})\n  {what}: {found:#?}\n  wanted: {wanted:#?}", case.name, case.why))
}

#[test]
fn every_case_of_paragraphs_and_sentences() {
    let cases: Cases = load("sentences");
    let wrong: Vec<String> = cases
        .case
        .iter()
        .flat_map(|case| {
            let of_paragraphs =
                difference(case, "paragraphs", &paragraphs(&case.text), case.paragraphs.as_ref());
            [of_paragraphs, difference(case, "sentences", &sentences(&case.text), case.sentences.as_ref())]
        })
        .flatten()
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.case.len(), wrong.join("\n"));
}

/// Texts dense in what the rules look at.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        ".", "!", "?", "…", "...", ":", "。", "“", "”", "„", "»", "«", "\"", "'", ")", "[", " ", "\u{A0}",
        "\n", "\r\n", "\u{2029}", "\u{c}", "    ", "- ", "• ", "1. ", "z", "B", "Dr", "am", "15", "Mai",
        "Das", "ist", "ein", "Wort", "XIV", "U.S", "と", "é", "🙂",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()), "\\PC{0,40}"]
}

/// Every span lies in the text, in order, without outer white space; nothing between two is anything but white space.
fn is_cover(raw: &str, spans: &[ByteSpan]) -> Result<(), TestCaseError> {
    let mut end = 0;
    for span in spans {
        let gap = &raw[end..span.start as usize];
        prop_assert!(gap.trim().is_empty(), "between two: {gap:?}");
        let text = span.of(raw);
        prop_assert!(!text.is_empty() && text == text.trim(), "{text:?}");
        end = span.end as usize;
    }
    prop_assert!(raw[end..].trim().is_empty());
    Ok(())
}

proptest! {
    #[test]
    fn paragraphs_and_sentences_cover_the_text(raw in texts()) {
        is_cover(&raw, &paragraphs(&raw))?;
        is_cover(&raw, &sentences(&raw))?;
    }

    #[test]
    fn no_sentence_leaves_its_paragraph(raw in texts()) {
        let paragraphs = paragraphs(&raw);
        for sentence in sentences(&raw) {
            let inside = |paragraph: &ByteSpan| paragraph.start <= sentence.start && sentence.end <= paragraph.end;
            prop_assert!(paragraphs.iter().any(inside), "{:?}", sentence.of(&raw));
        }
    }

    #[test]
    fn no_paragraph_goes_over_a_blank_line(raw in texts()) {
        for paragraph in paragraphs(&raw) {
            let text = paragraph.of(&raw).replace("\r\n", "\n").replace('\r', "\n");
            let blank = text.split('\n').any(|line| line.trim().is_empty());
            prop_assert!(!blank && !text.contains(['\u{c}', '\u{2029}']), "{text:?}");
        }
    }
}
