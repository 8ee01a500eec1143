//! Boilerplate is what the rule says, counted by hand; what goes round is none.

use std::collections::BTreeSet;

use proptest::prelude::*;
use wortlaut::{
    BoilerplateRun, Corpus, Fold, Links, Measure, OverlapsOptions, PassageOptions, Progress, Vocabulary,
};

const LINE: &str = "Hier geht es zum täglichen Rundbrief der Redaktion";

/// `count` words that nothing else has.
fn own_words(text: usize, count: usize) -> String {
    (0..count).map(|i| format!("w{text}x{i} ")).collect()
}

/// Articles of 40 words of their own; those that `carries` picks have `line` in the middle, in a paragraph of its own.
fn articles(count: usize, line: &str, carries: impl Fn(usize) -> bool) -> Vec<String> {
    let article = |i: usize| {
        let line = if carries(i) { line } else { "" };
        format!("{}\n{line}\n{}", own_words(2 * i, 20), own_words(2 * i + 1, 20))
    };
    (0..count).map(article).collect()
}

fn ranks(texts: &[String]) -> Vec<u32> {
    (0..texts.len() as u32).collect()
}

fn boilerplate(texts: &[String], outlets: &[u32]) -> Vec<BoilerplateRun> {
    let rank = ranks(texts);
    let corpus = Corpus::new(texts, &rank, Fold::default()).and_then(|corpus| corpus.with_outlets(outlets));
    corpus.expect("an outlet for each text").boilerplate(&Progress::default()).expect("no stop")
}

fn lines<'t>(texts: &'t [String], found: &[BoilerplateRun]) -> Vec<(&'t str, u32)> {
    found.iter().map(|run| (run.span.of(&texts[run.text as usize]), run.df)).collect()
}

#[test]
fn a_line_of_ten_unrelated_articles_is_boilerplate() {
    let texts = articles(30, LINE, |i| i % 3 == 1);
    let found = boilerplate(&texts, &[7; 30]);
    assert_eq!(lines(&texts, &found), [(LINE, 10)]);
    assert_eq!((found[0].text, found[0].words, found[0].outlets), (1, 8, 1));
}

#[test]
fn a_line_of_nine_articles_is_none() {
    let texts = articles(30, LINE, |i| i % 3 == 1 && i > 1);
    assert_eq!(boilerplate(&texts, &[7; 30]), []);
}

#[test]
fn four_of_five_papers_with_one_report_carry_no_boilerplate() {
    let report = own_words(999, 45);
    for count in [5, 15, 60] {
        let texts = articles(count, &report, |i| i % 5 != 4);
        assert_eq!(boilerplate(&texts, &vec![u32::MAX; count]), [], "{count}");
    }
}

/// One report cut differently by each paper: its sentences are short runs in many articles, which have much in common.
#[test]
fn the_sentences_of_a_cut_report_are_no_boilerplate() {
    let sentence = |i: usize| own_words(1000 + i, 12);
    let cut =
        |paper: usize| (0..10).filter(|i| (i * 7 + paper * 3) % 10 < 6).map(sentence).collect::<String>();
    let texts: Vec<String> = (0..40).map(|paper| own_words(paper, 10) + &cut(paper)).collect();
    assert_eq!(boilerplate(&texts, &[u32::MAX; 40]), []);
}

/// In articles of 400 words of their own, so that a run is a small part of them; `before` of the words stand before it.
fn with_run(words: usize, before: usize) -> Vec<String> {
    let line = own_words(999, words);
    let article = |i: usize| own_words(2 * i, before) + &line + &own_words(2 * i + 1, 400 - before);
    (0..12).map(article).collect()
}

#[test]
fn what_stands_first_or_last_is_boilerplate_and_what_stands_inside_goes_round() {
    for (words, before, wanted) in [
        (150, 400, 1),
        (151, 400, 0),
        (150, 385, 1),
        (30, 0, 1),
        (30, 15, 1),
        (30, 16, 0),
        (30, 384, 0),
        (8, 200, 0),
        (7, 200, 1),
    ] {
        let found = boilerplate(&with_run(words, before), &[7; 12]);
        assert_eq!(found.len(), wanted, "{words} words behind {before}");
    }
}

/// A statement of a sentence that twelve articles quote was boilerplate, and linked none of them.
#[test]
fn a_statement_that_goes_round_is_no_boilerplate() {
    let statement = own_words(999, 18);
    let text = |i: usize| own_words(2 * i, 40) + &statement + &own_words(2 * i + 1, 40);
    let texts: Vec<String> = (0..12).map(text).collect();
    assert_eq!(boilerplate(&texts, &[7; 12]), []);
    let alone = |i: usize| format!("{}\n\n{statement}\n\n{}", own_words(2 * i, 40), own_words(2 * i + 1, 40));
    let texts: Vec<String> = (0..12).map(alone).collect();
    assert_eq!(lines(&texts, &boilerplate(&texts, &[7; 12])), [(statement.trim_end(), 12)]);
}

/// "With the Securities and Exchange Commission" stands in many reports of a wire, and so a longer formula that is made
/// of it needs no place of its own; but what 40 words go round with a phrase in it does.
#[test]
fn formulas_are_made_of_phrases_that_others_use() {
    let phrase = own_words(777, 6);
    for (more, wanted) in [(6, 2), (7, 1)] {
        let formula = phrase.clone() + &own_words(888, more);
        let text = |i: usize| {
            let run = if i.is_multiple_of(3) { &formula } else { &phrase };
            own_words(2 * i, 40) + run + &own_words(2 * i + 1, 40)
        };
        let texts: Vec<String> = (0..36).map(text).collect();
        assert_eq!(boilerplate(&texts, &[7; 36]).len(), wanted, "{more} words more");
    }
}

/// Ten of 12,000 are not one in a thousand, but ten of one outlet's twenty are one in twenty.
#[test]
fn a_line_of_one_outlet_among_many_is_boilerplate() {
    let texts = articles(12_000, LINE, |i| i < 20 && i % 2 == 0);
    let outlets: Vec<u32> = (0..12_000).map(|i| if i < 20 { 1 } else { 2 }).collect();
    assert_eq!(lines(&texts, &boilerplate(&texts, &outlets)), [(LINE, 10)]);
    assert_eq!(boilerplate(&texts, &vec![2; 12_000]), []);
}

#[test]
fn boilerplate_alone_links_no_pair_unless_it_is_kept() {
    let mut texts = articles(12, LINE, |_| true);
    let shared = own_words(555, 9);
    texts[3] += &shared;
    texts[8] += &shared;
    let rank = ranks(&texts);
    let corpus = Corpus::new(&texts, &rank, Fold::default()).expect("a rank for each text");
    let progress = Progress::default();
    let options = PassageOptions::default();
    let pairs =
        |links| corpus.overlaps(&OverlapsOptions::default(), links, &progress).expect("valid options");
    let kept = pairs(Links::ALL);
    assert_eq!(kept.len(), 12 * 11 / 2);
    // The counts of a linked pair are those of all n-grams, boilerplate as well.
    let linked: Vec<_> = kept.into_iter().filter(|pair| (pair.a, pair.b) == (3, 8)).collect();
    assert_eq!(pairs(Links::default()), linked);
    let passages = corpus.passages(options, Links::default(), &progress).expect("valid options");
    assert_eq!(
        passages.iter().map(|row| (row.a, row.b, row.passage.matched)).collect::<Vec<_>>(),
        [(3, 8, 9)]
    );
    assert_eq!(corpus.clusters(options, Links::default(), &progress).expect("valid options").len(), 2);
    let all = corpus.passages(options, Links::ALL, &progress).expect("valid options");
    assert_eq!(all.len(), 12 * 11 / 2 + 1);
}

/// Texts of a few sentences each, so that sentences meet by chance: some of five words, between words of the text's own.
fn corpora() -> impl Strategy<Value = Vec<String>> {
    let text = (prop::collection::vec(0usize..6, 0..4), prop::collection::vec(0usize..2, 0..3), 5usize..40);
    prop::collection::vec(text, 0..40).prop_map(|texts| {
        let write = |(own, (sentences, lines, count)): (usize, (Vec<usize>, Vec<usize>, usize))| {
            let shared = |i: usize| {
                own_words(70_000 + i, 4 + 3 * i) + if i.is_multiple_of(2) { "a b c d " } else { "" }
            };
            let line =
                |(at, i): (usize, &usize)| own_words(1000 + 10 * own + at, 3) + &own_words(80_000 + i, 5);
            let lines: String = lines.iter().enumerate().map(line).collect();
            let sentences: String = sentences.into_iter().map(shared).collect();
            sentences + &own_words(2000 + own, 3) + &lines + &own_words(own, count)
        };
        texts.into_iter().enumerate().map(write).collect()
    })
}

/// Whether the texts with these `ids` hold the rule for the run `words`, and how many have it.
fn by_hand(texts: &[Vec<u32>], words: &[u32]) -> (usize, bool) {
    let grams = |text: &Vec<u32>| text.windows(5).map(<[u32]>::to_vec).collect::<BTreeSet<_>>();
    let holders = |words: &[u32]| -> Vec<&Vec<u32>> {
        texts.iter().filter(|text| text.windows(words.len()).any(|run| run == words)).collect()
    };
    let found = holders(words);
    let is_related = |i: usize| {
        let both = [found[i], found[(i + found.len() / 2) % found.len()]];
        let is_small = both.iter().all(|text| words.len() * 3 <= text.len());
        let own = if words.len() <= 25 || is_small { words.len() - 4 } else { 0 };
        let [a, b] = both.map(grams);
        a.intersection(&b).count().saturating_sub(own) * 5 >= a.len().min(b.len())
    };
    let related = (0..found.len()).filter(|&i| is_related(i)).count();
    let at = |text: &&Vec<u32>| text.windows(words.len()).position(|run| run == words).expect("a holder");
    let are_most = |count: usize| count * 4 >= found.len() * 3;
    let is_at_edge = are_most(found.iter().filter(|text| at(text) <= 15).count())
        || are_most(found.iter().filter(|text| text.len() - at(text) - words.len() <= 15).count());
    // What must hold of a formula, whatever runs its phrases are.
    let is_frequent = |gram: &&[u32]| holders(gram).len() >= 2 * found.len();
    let is_formula = words.windows(5).filter(is_frequent).count() * 10 >= words.len();
    let is_told = words.len() < 8 || is_at_edge || is_formula;
    (
        found.len(),
        found.len() >= 10 && related * 2 < found.len() && (5..=150).contains(&words.len()) && is_told,
    )
}

proptest! {
    #[test]
    fn each_run_holds_the_rule_by_hand(texts in corpora()) {
        let mut vocabulary = Vocabulary::new(Fold::default());
        let ids: Vec<Vec<u32>> = texts.iter().map(|text| vocabulary.read(text).ids).collect();
        let found = boilerplate(&texts, &vec![u32::MAX; texts.len()]);
        for run in &found {
            let words = vocabulary.read(run.span.of(&texts[run.text as usize])).ids;
            prop_assert_eq!(by_hand(&ids, &words), (run.df as usize, true), "{:?}", run);
        }
        // What five words hold the rule for by themselves, whatever stands around, lies in a run.
        for gram in ids.iter().flat_map(|text| text.windows(5)).collect::<BTreeSet<_>>() {
            let runs = found.iter().map(|run| vocabulary.read(run.span.of(&texts[run.text as usize])).ids);
            let is_found = runs.into_iter().any(|run| run.windows(5).any(|part| part == gram));
            let same = |text: &&Vec<u32>| text.windows(5).any(|part| part == gram);
            let always_alone = ids.iter().filter(same).all(|text| text.windows(5).filter(|part| part == &gram).count() == 1);
            let (df, holds) = by_hand(&ids, gram);
            prop_assert!(is_found || !holds || !always_alone || df < 10 || !is_isolated(&ids, gram), "{gram:?} is missing");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// With a least score, boilerplate is looked for only where it decides.
    #[test]
    fn a_least_score_leaves_the_pairs_that_have_it(
        texts in corpora(), outlets in prop::collection::vec(0u32..4, 40), min_score in 0.001..0.6f64, n in 4usize..7,
        measure in prop::sample::select(Measure::ALL.to_vec()), most in prop_oneof![Just(200usize), 2usize..30],
    ) {
        let rank = ranks(&texts);
        let corpus = Corpus::new(&texts, &rank, Fold::default()).and_then(|corpus| corpus.with_outlets(&outlets[..texts.len()]));
        let corpus = corpus.expect("an outlet for each text");
        let links = Links { max_df: Some(most), ..Links::default() };
        let pairs = |min_score| {
            let options = OverlapsOptions { n, measure, min_score, top_k: None };
            corpus.overlaps(&options, links, &Progress::default()).expect("valid options")
        };
        let mut wanted = pairs(0.0);
        wanted.retain(|pair| measure.of(pair) >= min_score);
        prop_assert_eq!(pairs(min_score), wanted);
    }
}

/// Whether what stands beside `gram` differs from holder to holder, so that no longer run can be meant.
fn is_isolated(texts: &[Vec<u32>], gram: &[u32]) -> bool {
    let beside = |text: &Vec<u32>| {
        let at = text.windows(5).position(|part| part == gram)?;
        Some((at.checked_sub(1).map(|i| text[i]), text.get(at + 5).copied()))
    };
    let holders: Vec<_> = texts.iter().filter_map(beside).collect();
    let (before, behind): (Vec<_>, Vec<_>) = holders.iter().copied().unzip();
    let differ = |side: Vec<Option<u32>>| {
        let count = side.len();
        side.into_iter().flatten().collect::<BTreeSet<_>>().len() * 9 > count * 8
    };
    differ(before) && differ(behind)
}
