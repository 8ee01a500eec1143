//! Runs the cases of quotations, and holds the scanner and the search against plain definitions on any text.

use proptest::prelude::*;
use serde::Deserialize;
use wortlaut::{ByteSpan, Fold, Marked, Pair, Quote, QuoteKind, Relation, SharedQuote, SharedQuoteOptions};
use wortlaut::{
    Corpus, Links, Progress, SpeechLexicon, find_quote, quotes, quotes_with, shared_quotes, wording,
};

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

#[derive(Deserialize)]
struct SharedCases {
    case: Vec<SharedCase>,
}

#[derive(Deserialize)]
struct SharedCase {
    name: String,
    why: String,
    a: String,
    b: String,
    rows: Vec<Row>,
}

#[derive(Deserialize, Debug, PartialEq, Eq, Clone)]
struct Row {
    a: String,
    b: String,
    relation: String,
    marked: String,
    #[serde(default)]
    negation: bool,
}

impl Row {
    fn of(row: &SharedQuote, a: &str, b: &str) -> Self {
        Self {
            a: row.a.of(a).to_owned(),
            b: row.b.of(b).to_owned(),
            relation: Relation::NAMES[row.relation as usize].to_owned(),
            marked: Marked::NAMES[row.marked as usize].to_owned(),
            negation: row.negation,
        }
    }
}

fn shared(a: &str, b: &str, min_words: usize) -> Vec<SharedQuote> {
    let pair = Pair::new(a, b, Fold::default()).expect("a short text");
    shared_quotes(&pair, &SharedQuoteOptions { min_words, ..SharedQuoteOptions::default() })
        .expect("a valid option")
}

/// The rows as they must be when the two texts are swapped.
fn mirrored(rows: &[SharedQuote]) -> Vec<SharedQuote> {
    let mut rows: Vec<SharedQuote> = rows.iter().map(mirror).collect();
    rows.sort_by_key(|row| (row.a, row.b, row.marked));
    rows
}

fn mirror(row: &SharedQuote) -> SharedQuote {
    let relation = match row.relation {
        Relation::Trimmed => Relation::Extended,
        Relation::Extended => Relation::Trimmed,
        other => other,
    };
    let marked = match row.marked {
        Marked::A => Marked::B,
        Marked::B => Marked::A,
        Marked::Both => Marked::Both,
    };
    SharedQuote { a: row.b, b: row.a, relation, marked, ..row.clone() }
}

#[test]
fn every_case_of_shared_quotes_in_both_directions() {
    let cases: SharedCases = load("shared_quotes");
    let mut wrong = Vec::new();
    for SharedCase { name, why, a, b, rows } in &cases.case {
        let found = shared(a, b, 3);
        let shown: Vec<Row> = found.iter().map(|row| Row::of(row, a, b)).collect();
        if shown != *rows {
            wrong.push(format!("{name} ({why})\n  is: {shown:#?}\n  wanted: {rows:#?}"));
        }
        assert_eq!(shared(b, a, 3), mirrored(&found), "{name}, swapped");
    }
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.case.len(), wrong.join("\n"));
}

#[derive(Deserialize)]
struct FoundCases {
    case: Vec<FoundCase>,
}

#[derive(Deserialize)]
struct FoundCase {
    name: String,
    why: String,
    quote: String,
    text: String,
    found: Vec<[String; 3]>,
}

#[test]
fn every_case_of_quotations_that_are_looked_for() {
    let cases: FoundCases = load("found_quotes");
    for FoundCase { name, why, quote, text, found } in cases.case {
        let places = find_quote(&quote, &text, Fold::default()).expect("a short text");
        let shown: Vec<[String; 3]> = places
            .iter()
            .map(|place| {
                let negation = if place.negation { "negation" } else { "" };
                [Relation::NAMES[place.relation as usize], negation, place.span.of(&text)].map(str::to_owned)
            })
            .collect();
        assert_eq!(shown, found, "{name} ({why})");
    }
}

#[test]
fn a_quotation_is_found_with_its_alterations_best_place_first() {
    let raw = "Er sagte: Die Brücke bleibt stehen. Später hieß es, die Brücke bleibe vorerst stehen. Die Brücke bleibt stehen!";
    let found = find_quote("»Die Brücke bleibt stehen«", raw, Fold::default()).expect("words");
    let shown: Vec<(&str, Relation)> =
        found.iter().map(|place| (place.span.of(raw), place.relation)).collect();
    let wanted = [
        ("Die Brücke bleibt stehen", Relation::Identical),
        ("Die Brücke bleibt stehen", Relation::Identical),
        ("die Brücke bleibe vorerst stehen", Relation::Reworded),
    ];
    assert_eq!(shown, wanted);
}

#[test]
fn a_quotation_is_found_where_its_reporting_clause_interrupts_it() {
    let raw = "Am Abend: „Wir bleiben im Hafen“, sagte Kern, „und zahlen“. Wir bleiben im Hafen und zahlen!";
    let place = |quote: &str| {
        let found = find_quote(quote, raw, Fold::default()).expect("a short text");
        found.iter().map(|place| (place.span.of(raw), place.relation)).collect::<Vec<_>>()
    };
    let there = "Wir bleiben im Hafen“, sagte Kern, „und zahlen";
    let wanted = [(there, Relation::Identical), ("Wir bleiben im Hafen und zahlen", Relation::Identical)];
    assert_eq!(place("Wir bleiben im Hafen und zahlen"), wanted);
    assert_eq!(place("»Wir bleiben im Hafen«, sagte Kern, »und zahlen«"), wanted);
    assert_eq!(place(there), wanted);
    assert_eq!(place("Wir bleiben im Hafen, sagte Kern, und zahlen")[0], (there, Relation::Identical));
}

/// It begins before the paragraph in which it ends; looking for its source from there on was a panic.
#[test]
fn a_quotation_over_lines_inside_an_open_one_is_read() {
    let raw = "„Zusammen\u{AD}arbeit „der. Zusammen\u{AD}arbeit“ „Zusammenarbeit\nw275“ über\u{A0}der Hafen Maß, Mio, 3,5 über w99, \
               Hafen „Zusammen\u{AD}arbeit w34 nicht „der. hafen – der\u{A0}Euro über – nicht - don't";
    assert_eq!(quotes(raw).len(), 5);
}

#[test]
fn a_wording_is_what_stands_in_marks() {
    let whole =
        ["Wir bleiben“, sagte Kern", "Er sagte: „Nein“, und ging.", "„Ja“, „nein“", "a \"b\" c", "", "“"];
    whole.iter().for_each(|text| assert_eq!(wording(text), *text));
    assert_eq!(wording("“So it goes,” he said, “and so it ends.”"), "So it goes, and so it ends.");
    assert_eq!(wording("So it goes.\n\n“And so it ends."), "So it goes. And so it ends.");
    assert_eq!(wording("It’s late,’ she said, ‘and it’s cold"), "It’s late, and it’s cold");
}

/// A story in marks over hundreds of paragraphs is compared paragraph by paragraph, a short one as a whole.
#[test]
fn a_statement_of_very_many_parts_is_compared_part_by_part() {
    let told = |parts: u32| -> String {
        let part = |number: u32| format!("„Wir gingen an Haus{number} vorbei zum Meer{number}");
        (0..parts).map(part).collect::<Vec<_>>().join("\n\n") + "“"
    };
    let rows = |parts: u32| shared(&told(parts), &(told(parts) + " x"), 3);
    assert_eq!(rows(60).len(), 1);
    assert_eq!(rows(100).len(), 100);
}

#[test]
fn a_quotation_without_words_is_nowhere() {
    assert_eq!(find_quote("„…“", "text …", Fold::default()), Ok(Vec::new()));
}

#[test]
fn a_minimum_of_no_words_is_refused() {
    let pair = Pair::new("a", "b", Fold::default()).expect("short");
    let error =
        shared_quotes(&pair, &SharedQuoteOptions { min_words: 0, is_same_time: false }).expect_err("zero");
    assert_eq!(error.to_string(), "min_words must be at least 1, got 0");
}

/// Texts dense in marks and in what decides about them.
fn marked_texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\"", "'", "''", "“", "”", "„", "‘", "’", "‚", "«", "»", "‹", "›", "``", "`", ",,", "<<", ">>", "「",
        "」", "״", " ", " ", "\u{A0}", "\n", "\n\n", ".", ",", ":", "…", "-", "(", ")", "Wort", "sagte er",
        "said", "das", "a", "s", "5", "90s", "é", "🙂", "\u{200B}", "中", "א",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..50).prop_map(|pieces| pieces.concat()), "\\PC{0,40}"]
}

/// What must be true of the spans of any text.
fn are_nested(raw: &str, quotes: &[Quote]) -> Result<(), TestCaseError> {
    let inside = |one: ByteSpan, other: ByteSpan| other.start <= one.start && one.end <= other.end;
    for (index, quote) in quotes.iter().enumerate() {
        let text = quote.span.of(raw);
        prop_assert!(text.starts_with(quote.opening.of(raw)) && inside(quote.inner, quote.span));
        prop_assert!(!quote.inner.is_empty() && quote.opening.end <= quote.inner.start);
        prop_assert_eq!(quote.closing.map_or(quote.span.end, |closing| closing.end), quote.span.end);
        prop_assert!(quote.closing.is_none_or(|closing| quote.inner.end <= closing.start));
        prop_assert!((0.0..=1.0).contains(&quote.confidence) && quote.group as usize <= index);
        prop_assert_eq!(quotes[quote.group as usize].group, quote.group);
        for part in [quote.speaker, quote.cue].into_iter().flatten() {
            prop_assert!(!part.is_empty() && raw.get(part.start as usize..part.end as usize).is_some());
        }
        prop_assert_eq!(quote.parent.is_none(), quote.depth == 0);
        if let Some(parent) = quote.parent {
            let around = &quotes[parent as usize];
            prop_assert!((parent as usize) < index && around.depth + 1 == quote.depth);
            prop_assert!(around.opening.end <= quote.span.start && quote.span.end <= around.span.end);
            prop_assert!(around.closing.is_none_or(|closing| quote.span.end <= closing.start));
        }
    }
    let apart = |one: &Quote, other: &Quote| one.span.end <= other.span.start || inside(other.span, one.span);
    prop_assert!(
        quotes.iter().enumerate().all(|(i, one)| quotes[i + 1..].iter().all(|other| apart(one, other)))
    );
    Ok(())
}

/// A scanner of one kind of marks that cannot be mistaken, by the definition: nothing leaves its paragraph, a closing mark
/// closes the last open one, what stays open ends where the span around it or the paragraph ends.
fn plainly(raw: &str) -> Vec<(usize, usize, bool)> {
    let mut found = Vec::new();
    let mut start = 0;
    for paragraph in raw.split("\n\n") {
        let mut open: Vec<usize> = Vec::new();
        for (at, c) in paragraph.char_indices() {
            match c {
                '「' => open.push(start + at),
                '」' => {
                    if let Some(from) = open.pop() {
                        found.push((from, start + at + c.len_utf8(), true));
                    }
                }
                _ => {}
            }
        }
        found.extend(open.into_iter().map(|from| (from, start + paragraph.trim_end().len(), false)));
        start += paragraph.len() + 2;
    }
    found.retain(|&(from, to, closed)| {
        let inner = &raw[from + 3..if closed { to - 3 } else { to }];
        !inner.trim().is_empty()
    });
    found.sort_unstable();
    found
}

/// Rows of words that both texts have in marks, by trying every pair.
fn identical_by_force(a: &str, b: &str, min_words: usize) -> Vec<(ByteSpan, ByteSpan)> {
    let pair = Pair::new(a, b, Fold::default()).expect("a short text");
    let mentions = |side: &wortlaut::Side<'_>| -> Vec<(ByteSpan, Vec<u32>)> {
        let words = |quote: Quote| {
            let inside = |word: &&ByteSpan| quote.inner.start <= word.start && word.end <= quote.inner.end;
            let first = side.spans.iter().position(|word| inside(&word)).unwrap_or(0);
            let count = side.spans.iter().filter(inside).count();
            (quote.inner, side.ids[first..first + count].to_vec())
        };
        quotes(side.raw).into_iter().map(words).filter(|(_, words)| words.len() >= min_words).collect()
    };
    let (of_a, of_b) = (mentions(&pair.a), mentions(&pair.b));
    let same =
        |x: &(ByteSpan, Vec<u32>)| of_b.iter().filter(|y| y.1 == x.1).map(|y| (x.0, y.0)).collect::<Vec<_>>();
    let mut found: Vec<_> = of_a.iter().flat_map(same).collect();
    found.sort_unstable();
    found
}

/// Texts of quotations without names, terms or nesting, of words that say something.
fn quoting_texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["haus", "baum", "tier", "meer", "wind", "sand"]);
    let quoted =
        prop::collection::vec(word, 3..6).prop_map(|words| format!("„Wir sehen {}.“ ", words.join(" ")));
    let word = prop::sample::select(vec!["ruhe ", "kamen ", "gingen. ", "haus ", "… "]);
    let piece = prop_oneof![quoted, word.prop_map(str::to_owned)];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn spans_of_any_text_are_in_it_and_nested(raw in marked_texts()) {
        are_nested(&raw, &quotes(&raw))?;
    }

    #[test]
    fn strict_marks_are_paired_as_defined(
        pieces in prop::collection::vec(prop::sample::select(vec!["「", "」", "行く", " ", "\n\n", "x. "]), 0..40),
    ) {
        let raw = format!("{}\n\n{}x", "長い行です。".repeat(30), pieces.concat());
        let found: Vec<(usize, usize, bool)> = quotes(&raw)
            .iter()
            .map(|q| (q.span.start as usize, q.span.end as usize, q.closing.is_some()))
            .collect();
        let mut wanted = plainly(&raw);
        // An unclosed span inside another ends where that one ends, and so the plain scanner's ends are the same.
        wanted.sort_unstable();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn a_paragraph_does_not_change_the_next(one in marked_texts(), other in marked_texts()) {
        // Curly marks face the same way in every paragraph; what a text as a whole decides is left out.
        let plain = |text: &str| text.replace(['»', '«', '‹', '›', '”', '\'', '`', '>', '<', '\n'], "x");
        let (one, other) = (plain(&one), plain(&other));
        let alone: Vec<String> = quotes(&other).iter().map(|q| q.span.of(&other).to_owned()).collect();
        let both = format!("{one}\n\n{other}");
        let after = quotes(&both);
        let after = after.iter().filter(|q| q.span.start as usize >= one.len() + 2);
        let after: Vec<String> = after.map(|q| q.span.of(&both).to_owned()).collect();
        prop_assert_eq!(after, alone);
    }

    #[test]
    fn shared_quotes_of_swapped_texts_are_mirrored(a in quoting_texts(), b in quoting_texts()) {
        prop_assert_eq!(shared(&b, &a, 3), mirrored(&shared(&a, &b, 3)));
    }

    #[test]
    fn shared_quotes_of_any_texts_are_in_them_and_mirrored(a in marked_texts(), b in marked_texts()) {
        let rows = shared(&a, &b, 1);
        for row in &rows {
            prop_assert!(a.get(row.a.start as usize..row.a.end as usize).is_some_and(|text| !text.is_empty()));
            prop_assert!(b.get(row.b.start as usize..row.b.end as usize).is_some_and(|text| !text.is_empty()));
            prop_assert!((0.0..=1.0).contains(&row.similarity));
        }
        prop_assert!(rows.windows(2).all(|two| (two[0].a, two[0].b, two[0].marked) < (two[1].a, two[1].b, two[1].marked)));
        prop_assert_eq!(shared(&b, &a, 1), mirrored(&rows));
    }

    #[test]
    fn identical_quotations_are_those_that_trying_all_pairs_finds(a in quoting_texts(), b in quoting_texts()) {
        let rows = shared(&a, &b, 3);
        let both = rows.iter().filter(|row| row.relation == Relation::Identical && row.marked == Marked::Both);
        let found: Vec<_> = both.map(|row| (row.a, row.b)).collect();
        prop_assert_eq!(found, identical_by_force(&a, &b, 3));
    }

    #[test]
    fn an_interrupted_statement_links_as_in_one_piece(
        one in prop::collection::vec(prop::sample::select(vec!["haus", "baum", "tier", "meer", "nicht"]), 2..6),
        rest in prop::collection::vec(prop::sample::select(vec!["wind", "sand", "die", "baum"]), 2..6),
        other in quoting_texts(),
    ) {
        let (one, rest) = (one.join(" "), rest.join(" "));
        let whole = format!("„Wir sehen {one}, und {rest}“, sagte Kern.");
        let interrupted = format!("„Wir sehen {one}“, sagte Kern, „und {rest}“.");
        let found = shared(&interrupted, &other, 3);
        for row in shared(&whole, &other, 3).iter().filter(|row| row.marked == Marked::Both) {
            let is_found = |seen: &SharedQuote| seen.b == row.b && seen.similarity >= row.similarity;
            prop_assert!(found.iter().any(is_found), "{row:?} not among {found:?}");
        }
        let rows = shared(&interrupted, &whole, 3);
        prop_assert_eq!(rows.iter().map(|row| row.relation).collect::<Vec<_>>(), [Relation::Identical]);
    }

    #[test]
    fn a_phrase_of_a_lexicon_is_read_as_one_verb_would_be(
        before in "((Ada Lund|der Rat|gestern|und|sie|said|,|\\.) ){0,5}",
        behind in "(:|,|)",
        after in "((, |\\. | )(Ada Lund|so Kern|PHRASE|sie|Heute))?",
    ) {
        let told = |verb: &str| {
            let lexicon = SpeechLexicon { verbs: [verb.to_owned()].into(), ..SpeechLexicon::default() };
            let raw = format!("{before}{verb}{behind} „wir bleiben hier“{}", after.replace("PHRASE", verb));
            let word = |span: Option<ByteSpan>| span.map(|span| span.of(&raw).replace(verb, "VERB"));
            quotes_with(&raw, &lexicon)
                .iter()
                .map(|quote| (quote.kind, word(quote.speaker), word(quote.cue)))
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(told("made quite clear"), told("wortlautet"));
    }

    #[test]
    fn a_wording_of_any_text_has_no_other_words(raw in marked_texts()) {
        let said = wording(&raw);
        let mut words = raw.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        for word in said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            prop_assert!(words.any(|other| other == word), "{word} of {said:?} is not in {raw:?}");
        }
        prop_assert!(find_quote(&raw, &raw, Fold::default()).is_ok());
    }

    #[test]
    fn a_corpus_finds_what_its_pairs_share(texts in prop::collection::vec(quoting_texts(), 0..5)) {
        let rank: Vec<u32> = (0..texts.len() as u32).collect();
        let corpus = Corpus::new(&texts, &rank, Fold::default()).expect("a rank for each text");
        let found = corpus
                .shared_quotes(&SharedQuoteOptions::default(), Links { max_df: Some(100), ..Links::ALL }, &Progress::default())
                .expect("valid");
        for (b, text) in texts.iter().enumerate() {
            for (a, other) in texts[..b].iter().enumerate() {
                let rows: Vec<&SharedQuote> =
                    found.iter().filter(|row| (row.a, row.b) == (a as u32, b as u32)).map(|row| &row.quote).collect();
                let wanted = shared(other, text, 3);
                // A pair is compared as a whole or, if the index sees nothing in common, not at all.
                if rows.is_empty() {
                    prop_assert!(wanted.iter().all(|row| row.relation != Relation::Identical), "{other:?} {text:?}");
                } else {
                    prop_assert_eq!(rows, wanted.iter().collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn exact_places_are_those_that_trying_all_windows_finds(
        quote in prop::collection::vec(prop::sample::select(vec!["a", "b", "haus"]), 1..4),
        text in prop::collection::vec(prop::sample::select(vec!["a", "b", "haus"]), 0..30),
    ) {
        let (quote, raw) = (quote.join(" "), text.join(" "));
        let found = find_quote(&quote, &raw, Fold::default()).expect("words");
        let exact = found.iter().filter(|place| place.relation == Relation::Identical).count();
        let padded = format!(" {raw} ").replace(' ', "  ");
        let wanted = padded.matches(&format!(" {} ", quote.replace(' ', "  "))[..]).count();
        prop_assert_eq!(exact, wanted, "{} in {}", quote, raw);
    }
}
