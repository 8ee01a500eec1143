//! Runs the cases of quotations, and holds the scanner and the search against plain definitions on any text.

use proptest::prelude::*;
use serde::Deserialize;
use wortlaut::{ByteSpan, Fold, Marked, Pair, Quote, QuoteKind, Relation, SharedQuote, SharedQuoteOptions};
use wortlaut::{find_quote, quotes, shared_quotes};

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
    spans: Vec<String>,
    depths: Option<Vec<u32>>,
    groups: Option<Vec<u32>>,
    #[serde(default)]
    unclosed: Vec<usize>,
    kinds: Option<Vec<String>>,
    speakers: Option<Vec<String>>,
}

/// Whether the case holds; else what was found.
fn differences(case: &Case) -> Vec<String> {
    let found = quotes(&case.text);
    let texts: Vec<&str> = found.iter().map(|q| q.span.of(&case.text)).collect();
    let count = found.len() as u32;
    let unclosed: Vec<usize> = (0..found.len()).filter(|&i| found[i].closing.is_none()).collect();
    let kinds = found.iter().map(|q| QuoteKind::NAMES[q.kind as usize]);
    let speakers = found.iter().map(|q| q.speaker.map_or("", |span| span.of(&case.text)));
    let mut differences = Vec::new();
    let mut hold = |what: &str, is: String, wanted: String| {
        if is != wanted {
            differences.push(format!("{} ({})\n  {what}: {is}\n  wanted: {wanted}", case.name, case.why));
        }
    };
    hold("spans", format!("{texts:?}"), format!("{:?}", case.spans));
    let depths = case.depths.clone().unwrap_or(vec![0; case.spans.len()]);
    hold("depths", format!("{:?}", found.iter().map(|q| q.depth).collect::<Vec<_>>()), format!("{depths:?}"));
    let groups = case.groups.clone().unwrap_or((0..count).collect());
    hold("groups", format!("{:?}", found.iter().map(|q| q.group).collect::<Vec<_>>()), format!("{groups:?}"));
    hold("unclosed", format!("{unclosed:?}"), format!("{:?}", case.unclosed));
    if let Some(wanted) = &case.kinds {
        hold("kinds", format!("{:?}", kinds.collect::<Vec<_>>()), format!("{wanted:?}"));
    }
    if let Some(wanted) = &case.speakers {
        hold("speakers", format!("{:?}", speakers.collect::<Vec<_>>()), format!("{wanted:?}"));
    }
    differences
}

#[test]
fn every_case_of_marks() {
    let cases: Cases = load("quotes");
    let wrong: Vec<String> = cases.case.iter().flat_map(differences).collect();
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.case.len(), wrong.join("\n"));
}
