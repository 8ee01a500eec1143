//! Holds the quotations of the sample articles against what a person found in them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use wortlaut::{ByteSpan, Fold, Marked, Pair, Quote, QuoteKind, Relation, SharedQuote, SharedQuoteOptions};
use wortlaut::{PassageOptions, passages, quotes, shared_quotes};

use crate::cases::{load, root};

#[derive(Deserialize)]
struct Gold {
    complete_quotes: Vec<String>,
    quote: Vec<GoldQuote>,
    shared_quote: Vec<GoldShared>,
}

#[derive(Deserialize)]
struct GoldQuote {
    article: String,
    text: String,
    kind: String,
    group: Option<String>,
    #[serde(default = "yes")]
    closed: bool,
}

#[derive(Deserialize, Debug)]
struct GoldShared {
    a: String,
    b: String,
    text_a: String,
    text_b: String,
    relation: String,
    marked: String,
    #[serde(default)]
    negation: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
struct Index {
    article: Vec<Article>,
}

#[derive(Deserialize)]
struct Article {
    id: String,
    file: String,
}

fn articles() -> HashMap<String, String> {
    let folder = root().join("python/wortlaut/samples");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a sample article");
    let index: Index = toml::from_str(&read("index.toml")).expect("the index of the samples");
    index.article.into_iter().map(|article| (article.id, read(&article.file))).collect()
}

#[test]
fn the_marked_spans_of_the_samples_are_found_and_nothing_else() {
    let (gold, articles): (Gold, _) = (load("samples"), articles());
    for id in &gold.complete_quotes {
        let raw = &articles[id];
        let found = quotes(raw);
        let shown: Vec<(&str, bool)> = found.iter().map(|q| (q.span.of(raw), q.closing.is_some())).collect();
        let wanted: Vec<(&str, bool)> =
            gold.quote.iter().filter(|q| q.article == *id).map(|q| (&*q.text, q.closed)).collect();
        assert_eq!(shown, wanted, "{id}");
    }
}

#[test]
fn the_parts_of_one_statement_are_one_group() {
    let (gold, articles): (Gold, _) = (load("samples"), articles());
    for (id, raw) in &articles {
        let found = quotes(raw);
        let wanted: Vec<&GoldQuote> = gold.quote.iter().filter(|q| q.article == *id).collect();
        let same =
            |i: usize, j: usize| i == j || wanted[i].group.is_some() && wanted[i].group == wanted[j].group;
        let shown: Vec<(usize, u32)> = found.iter().enumerate().map(|(i, q)| (i, q.group)).collect();
        for &(i, group) in &shown {
            let first = (0..=i).find(|&j| same(i, j)).unwrap_or(i);
            assert_eq!(group as usize, first, "{id}: {}", found[i].span.of(raw));
        }
    }
}

/// Kinds are told without a model, so a few are wrong: the bar is what is reached, and may only rise.
#[test]
fn nine_kinds_in_ten_are_right() {
    let (gold, articles): (Gold, _) = (load("samples"), articles());
    let mut wrong = Vec::new();
    for wanted in &gold.quote {
        let raw = &articles[&wanted.article];
        let found = quotes(raw).into_iter().find(|q| q.span.of(raw) == wanted.text).expect("found above");
        if QuoteKind::NAMES[found.kind as usize] != wanted.kind {
            wrong.push((&*wanted.text, &*wanted.kind, found.kind));
        }
    }
    assert!(wrong.len() * 10 <= gold.quote.len(), "{} of {}: {wrong:#?}", wrong.len(), gold.quote.len());
}

/// A speaker stands beside a cue or, taken from the sentence before, in front of the quotation.
#[test]
fn speakers_and_cues_stand_outside_the_quotation() {
    for raw in articles().values() {
        for Quote { span, speaker, cue, .. } in quotes(raw) {
            for part in [speaker, cue].into_iter().flatten() {
                assert!(part.end <= span.start || part.start >= span.end, "{}", part.of(raw));
            }
            let is_before = speaker.is_some_and(|speaker| speaker.end <= span.start);
            assert!(speaker.is_none() || cue.is_some() || is_before, "{}", span.of(raw));
        }
    }
}

/// All rows of `a` and `b`, in the order the gold has them.
fn rows(a: &str, b: &str) -> Vec<SharedQuote> {
    let pair = Pair::new(a, b, Fold::default()).expect("short texts");
    shared_quotes(&pair, &SharedQuoteOptions::default()).expect("valid options")
}

/// The gold cuts a mention to the words that answer, the library returns all between the marks; so one must hold
/// the other, or they must have most in common where nothing is marked.
fn covers(found: ByteSpan, raw: &str, wanted: &str) -> bool {
    let start = raw.find(wanted).expect("the gold occurs in its article") as u32;
    let end = start + wanted.len() as u32;
    let common = found.end.min(end).saturating_sub(found.start.max(start));
    common * 10 >= (end - start) * 8
}

#[test]
fn shared_quotes_of_the_samples_are_found_with_relation_marks_and_negation() {
    let (gold, articles): (Gold, _) = (load("samples"), articles());
    let mut missing = Vec::new();
    for wanted in &gold.shared_quote {
        let (a, b) = (&articles[&wanted.a], &articles[&wanted.b]);
        let at = |row: &&SharedQuote| covers(row.a, a, &wanted.text_a) && covers(row.b, b, &wanted.text_b);
        let rows = rows(a, b);
        let shown: Vec<_> = rows.iter().filter(at).collect();
        let right = |row: &&&SharedQuote| {
            Relation::NAMES[row.relation as usize] == wanted.relation
                && Marked::NAMES[row.marked as usize] == wanted.marked
                && row.negation == wanted.negation
        };
        if shown.iter().filter(right).count() != 1 {
            missing.push((wanted, shown.into_iter().cloned().collect::<Vec<_>>()));
        }
    }
    assert!(missing.is_empty(), "{} of {}: {missing:#?}", missing.len(), gold.shared_quote.len());
}

/// Rows beside the gold are allowed only between pairs whose statements the gold does not list: the gold names one
/// row a statement, and none of two articles that share none.
#[test]
fn unrelated_samples_share_no_quotation() {
    let (gold, articles): (Gold, _) = (load("samples"), articles());
    let related: BTreeSet<&str> = gold.shared_quote.iter().flat_map(|row| [&*row.a, &*row.b]).collect();
    let mut found: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (one, raw) in articles.iter().filter(|(id, _)| !related.contains(&***id)) {
        for (other, other_raw) in &articles {
            if one != other {
                let texts = rows(raw, other_raw).into_iter().map(|row| row.a.of(raw));
                found.entry((one, other)).or_default().extend(texts);
            }
        }
    }
    found.retain(|_, texts| !texts.is_empty());
    assert!(found.is_empty(), "{found:#?}");
}

/// An article cut to half of its length came out as one rewritten article instead of the sentences that it kept.
#[test]
fn a_cut_article_is_told_from_a_rewritten_one() {
    let texts = articles();
    let kept = |whole: &str| {
        let pair = Pair::new(&texts[whole], &texts["cut-en"], Fold::default()).expect("short texts");
        let found = passages(&pair, PassageOptions::default()).expect("at least one word");
        found.iter().map(|passage| passage.words_b).collect::<Vec<_>>()
    };
    assert_eq!(kept("agency-en"), [34, 39, 10, 30, 22]);
    assert_eq!(kept("copied-en"), [34, 39, 10, 30, 22]);
}
