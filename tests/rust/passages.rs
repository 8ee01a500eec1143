//! Passages hold what their fields say, and no shared stretch stays unseen.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde::Deserialize;
use wortlaut::{
    ByteSpan, Fold, Pair, Passage, PassageKind, PassageOptions, Sensitivity, Side, passages, within,
};

use crate::cases::load;
use crate::diff::lcs;
use crate::texts::{any_fold, any_text, versions};

fn read<'t>(a: &'t str, b: &'t str, fold: Fold) -> Pair<'t> {
    Pair::new(a, b, fold).expect("short texts")
}

/// Words from which on a passage is large.
const LARGE: u32 = 30;

fn options(min_words: usize) -> PassageOptions {
    PassageOptions { min_words, ..PassageOptions::default() }
}

/// The places of the words of `side` that `span` holds; it must begin and end with one.
fn words(side: &Side<'_>, span: ByteSpan) -> std::ops::Range<usize> {
    let first = side.spans.binary_search_by_key(&span.start, |word| word.start).expect("a word starts there");
    let last = side.spans.binary_search_by_key(&span.end, |word| word.end).expect("a word ends there");
    first..last + 1
}

/// The kind as it is documented.
fn kind(pair: &Pair<'_>, passage: &Passage) -> PassageKind {
    let in_one_line = |text: &str| {
        let blanks = text.replace(['\t', '\r', '\n'], " ");
        blanks.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let (a, b) = (in_one_line(passage.a.of(pair.a.raw)), in_one_line(passage.b.of(pair.b.raw)));
    let same_words = passage.matched == passage.words_a && passage.matched == passage.words_b;
    match () {
        () if same_words && a == b => PassageKind::Verbatim,
        () if same_words => PassageKind::Typography,
        () if passage.similarity >= 0.75 => PassageKind::Edited,
        () => PassageKind::Reworded,
    }
}

fn assert_sound(pair: &Pair<'_>, passage: &Passage, min_words: usize) {
    let (a, b) = (words(&pair.a, passage.a), words(&pair.b, passage.b));
    assert_eq!((a.len(), b.len()), (passage.words_a as usize, passage.words_b as usize));
    let (a, b) = (&pair.a.ids[a], &pair.b.ids[b]);
    let is_shared = |edge: Option<&u32>, other: &[u32]| edge.is_some_and(|word| other.contains(word));
    let edges = [(a.first(), b), (a.last(), b), (b.first(), a), (b.last(), a)];
    assert!(edges.iter().all(|&(edge, other)| is_shared(edge, other)), "{passage:?} has edges that differ");
    let matched = passage.matched as usize;
    assert_eq!(matched, lcs(a, b), "{passage:?}");
    let is_block = a.len().min(b.len()) >= 22;
    assert!(matched >= min_words, "{passage:?} matches too little");
    let similarity = 2.0 * matched as f64 / (a.len() + b.len()) as f64;
    assert!(
        (passage.similarity - similarity).abs() < 1e-12 && (is_block || similarity >= 0.6),
        "{passage:?}"
    );
    assert_eq!(passage.kind, kind(pair, passage), "{passage:?}");
}

/// All maximal runs of words that stand in both texts: along every diagonal.
fn runs(a: &[u32], b: &[u32], min_words: usize) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    for i in 0..a.len() {
        for j in 0..b.len() {
            let starts = a[i] == b[j] && (i == 0 || j == 0 || a[i - 1] != b[j - 1]);
            let len = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
            if starts && len >= min_words {
                found.push((i, j, len));
            }
        }
    }
    found
}

fn is_unique(run: &[u32], text: &[u32]) -> bool {
    text.windows(run.len()).filter(|words| *words == run).count() == 1
}

fn covered(found: &[Passage], wanted: (ByteSpan, ByteSpan)) -> bool {
    let covers = |outer: ByteSpan, inner: ByteSpan| outer.start <= inner.start && inner.end <= outer.end;
    found.iter().any(|passage| covers(passage.a, wanted.0) && covers(passage.b, wanted.1))
}

/// Every long run that stands once in both texts lies in a passage, on both sides.
fn assert_complete(pair: &Pair<'_>, found: &[Passage], min_words: usize) {
    let (a, b) = (&pair.a.ids, &pair.b.ids);
    for (i, j, len) in runs(a, b, min_words) {
        let run = &a[i..i + len];
        if !is_unique(run, a) || !is_unique(run, b) {
            continue;
        }
        let wanted =
            (pair.a.spans[i].to(pair.a.spans[i + len - 1]), pair.b.spans[j].to(pair.b.spans[j + len - 1]));
        assert!(covered(found, wanted), "{:?} is in no passage of {found:#?}", wanted.0.of(pair.a.raw));
    }
}

fn assert_in_order(found: &[Passage]) {
    assert!(found.is_sorted_by(|x, y| (x.a, x.b) < (y.a, y.b)), "{found:#?}");
}

fn mirrored(passage: &Passage) -> Passage {
    let Passage { a, b, words_a, words_b, .. } = *passage;
    Passage { a: b, b: a, words_a: words_b, words_b: words_a, ..*passage }
}

fn check(a: &str, b: &str, fold: Fold, min_words: usize) {
    let pair = read(a, b, fold);
    let found = passages(&pair, options(min_words)).expect("at least one word");
    found.iter().for_each(|passage| assert_sound(&pair, passage, min_words));
    assert_in_order(&found);
    // Beside a large passage, the default leaves out what short edited ones hold; "reworded" leaves out nothing.
    if found.iter().all(|passage| passage.words_a.min(passage.words_b) < LARGE) {
        assert_complete(&pair, &found, min_words);
    }
    let all = PassageOptions { min_words, sensitivity: Sensitivity::Reworded };
    assert_complete(&pair, &passages(&pair, all).expect("at least one word"), min_words);
    if a != b {
        assert_mirrored(a, b, fold, min_words, &found);
    }
}

/// Exchanging the texts exchanges the sides. (Of a text and itself, which half of two repeats is `a` is a matter
/// of chance.)
fn assert_mirrored(a: &str, b: &str, fold: Fold, min_words: usize, found: &[Passage]) {
    let mut back = passages(&read(b, a, fold), options(min_words)).expect("at least one word");
    back = back.iter().map(mirrored).collect();
    back.sort_by_key(|passage| (passage.a, passage.b));
    assert_eq!(found, back, "other passages when the texts are exchanged");
}

fn check_within(raw: &str, fold: Fold, min_words: usize) {
    let pair = read(raw, raw, fold);
    let found = within(raw, fold, options(min_words)).expect("at least one word");
    for passage in &found {
        assert_sound(&pair, passage, min_words);
        assert!(passage.a.end <= passage.b.start, "{passage:?} lies over itself");
    }
    assert_in_order(&found);
}

/// The `len` first letters as words, `count` of them by chance.
fn few_words(len: usize, count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let letters: Vec<String> = ('a'..='z').take(len).map(String::from).collect();
    prop::collection::vec(prop::sample::select(letters), count).prop_map(|words| words.join(" "))
}

/// The best local alignment by dynamic programming over all pairs of words, each pair used once: a match gives one,
/// a word passed over on either side costs one. The pairs it aligns, in order.
fn best_alignment(a: &[u32], b: &[u32], used: &BTreeSet<(usize, usize)>) -> Vec<(usize, usize)> {
    let is_match = |i: usize, j: usize| a[i - 1] == b[j - 1] && !used.contains(&(i - 1, j - 1));
    let mut scores = vec![vec![0i32; b.len() + 1]; a.len() + 1];
    let mut best = (0, 0, 0);
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let across = scores[i - 1][j - 1] + if is_match(i, j) { 1 } else { -1 };
            scores[i][j] = across.max(scores[i - 1][j] - 1).max(scores[i][j - 1] - 1).max(0);
            best = best.max((scores[i][j], i, j));
        }
    }
    let (_, mut i, mut j) = best;
    let mut aligned = Vec::new();
    while scores[i][j] > 0 {
        if is_match(i, j) && scores[i][j] == scores[i - 1][j - 1] + 1 {
            aligned.push((i - 1, j - 1));
            (i, j) = (i - 1, j - 1);
        } else if scores[i][j] == scores[i - 1][j] - 1 {
            i -= 1;
        } else if scores[i][j] == scores[i][j - 1] - 1 {
            j -= 1;
        } else {
            (i, j) = (i - 1, j - 1);
        }
    }
    aligned.reverse();
    aligned
}

/// The runs of at least `min_words` in alignment after alignment, until none has so many words: `(a, b, words)`.
fn aligned_runs(a: &[u32], b: &[u32], min_words: usize) -> Vec<(usize, usize, usize)> {
    let (mut used, mut runs) = (BTreeSet::new(), Vec::new());
    loop {
        let aligned = best_alignment(a, b, &used);
        if aligned.len() < min_words {
            return runs;
        }
        for run in aligned.chunk_by(|x, y| (x.0 + 1, x.1 + 1) == *y) {
            if run.len() >= min_words {
                runs.push((run[0].0, run[0].1, run.len()));
            }
        }
        used.extend(aligned);
    }
}

/// Text of forty words, and one that takes stretches of it in any order, with words of its own between.
fn taken() -> impl Strategy<Value = (String, String)> {
    let stretch = (0usize..36, 4usize..24, 0usize..3);
    prop::collection::vec(stretch, 1..5).prop_map(|stretches| {
        let word = |i: usize| format!("w{i} ");
        let parts = stretches.iter().enumerate().map(|(part, &(from, len, own))| {
            let taken: String = (from..(from + len).min(40)).map(word).collect();
            taken + &(0..own).map(|i| format!("x{part}{i} ")).collect::<String>()
        });
        ((0..40).map(word).collect(), parts.collect())
    })
}

proptest! {
    /// What repeated Smith-Waterman aligns in unbroken runs is covered.
    #[test]
    fn runs_that_brute_force_aligns((a, b) in taken(), min_words in 3usize..10) {
        let pair = read(&a, &b, Fold::default());
        let found = passages(&pair, options(min_words)).expect("at least one word");
        let (of_a, of_b) = (&pair.a, &pair.b);
        for (i, j, len) in aligned_runs(&of_a.ids, &of_b.ids, min_words) {
            let run = &of_a.ids[i..i + len];
            if is_unique(run, &of_b.ids) {
                let sides = (of_a.spans[i].to(of_a.spans[i + len - 1]), of_b.spans[j].to(of_b.spans[j + len - 1]));
                prop_assert!(covered(&found, sides), "{} is in no passage of {found:#?}", sides.0.of(&a));
            }
        }
    }

    /// Runs of any lengths, between foreign words, in the same or in swapped order: each with its exact edges.
    #[test]
    fn planted_runs_have_exact_edges(lens in prop::collection::vec(8usize..81, 1..5), is_swapped: bool) {
        let run = |part: usize| (0..lens[part]).map(|i| format!("r{part}x{i}")).collect::<Vec<_>>().join(" ");
        let foreign = |side: &str, part: usize| (0..60).map(|i| format!("{side}{part}y{i} ")).collect::<String>();
        let text = |side: &str, order: &[usize]| -> String {
            order.iter().map(|&part| format!("{}{} ", foreign(side, part), run(part))).collect::<String>() + &foreign(side, 9)
        };
        let mut order: Vec<usize> = (0..lens.len()).collect();
        let a = text("a", &order);
        if is_swapped {
            order.reverse();
        }
        let b = text("b", &order);
        let found = passages(&read(&a, &b, Fold::default()), options(8)).expect("at least one word");
        let texts: BTreeSet<(String, String)> = found.iter().map(|p| (p.a.of(&a).to_owned(), p.b.of(&b).to_owned())).collect();
        prop_assert_eq!(texts, (0..lens.len()).map(|part| (run(part), run(part))).collect());
    }

    #[test]
    fn passages_of_any_two_texts(a in any_text(), b in any_text(), fold in any_fold(), min_words in 1usize..10) {
        check(&a, &b, fold, min_words);
    }

    #[test]
    fn passages_of_two_versions((a, b) in versions(), fold in any_fold(), min_words in 1usize..10) {
        check(&a, &b, fold, min_words);
    }

    #[test]
    fn passages_of_texts_of_few_words(a in few_words(8, 0..60), b in few_words(8, 0..60), min_words in 3usize..9) {
        check(&a, &b, Fold::default(), min_words);
    }

    #[test]
    fn repeats_of_any_text(raw in any_text(), fold in any_fold(), min_words in 1usize..10) {
        check_within(&raw, fold, min_words);
    }

    #[test]
    fn repeats_of_versions((a, b) in versions(), min_words in 1usize..10) {
        check_within(&format!("{a} {b} {a}"), Fold::default(), min_words);
    }

    #[test]
    fn repeats_of_texts_of_few_words(raw in few_words(4, 0..80), min_words in 1usize..9) {
        check_within(&raw, Fold::default(), min_words);
    }

    /// However two long passages are arranged, each is found.
    #[test]
    fn swapped_and_repeated_passages_are_found(order in prop::collection::vec(0usize..3, 0..6)) {
        let parts: Vec<String> = (0..3).map(|part| (0..12).map(|i| format!("w{} ", part * 12 + i)).collect()).collect();
        let b: String = order.iter().enumerate().map(|(i, &part)| format!("x{i} {} y{i} ", parts[part])).collect();
        let a = parts.concat();
        let pair = read(&a, &b, Fold::default());
        let found = passages(&pair, options(8)).expect("at least one word");
        let starts: BTreeSet<u32> = found.iter().map(|passage| passage.b.start).collect();
        for (i, _) in order.iter().enumerate() {
            let at = b.find(&format!("x{i} ")).expect("written above") as u32;
            let is_inside = starts.contains(&(at + 2 + (i / 10) as u32 + 1));
            prop_assert!(is_inside || found.iter().any(|p| p.b.start < at && at < p.b.end), "x{i}: {found:#?}");
        }
    }
}

/// A run was lost when another chain had reached its second half only.
#[test]
fn a_run_of_which_another_chain_has_a_part() {
    let start = "der der der der der der der der der Maß geht’s über w0 der Zusammen\u{AD}arbeit don’t \
        Zusammen\u{AD}arbeit u\u{308}ber w0 der Mio Maß w0 w1";
    let (moved, kept) = (
        "nicht Straßenbahnhaltestelle Mio der Straßenbahnhaltestelle der Kiew",
        "Hafen Maß Hafen nicht w0 über 3,5 geht’s und w2 Hafen w2 3,5",
    );
    let end = "geht’s Hafen nicht der der Mio der der";
    let (a, b) = (format!("{start} {moved} {kept} {end}"), format!("{start} {kept} {moved} {end}"));
    check(&a, &b, Fold::exact(), 1);
}

proptest! {
    /// With "verbatim", each passage is a run, and no long run that stands once in both texts stays unseen.
    #[test]
    fn verbatim_passages_are_runs((a, b) in versions(), min_words in 1usize..10) {
        let pair = read(&a, &b, Fold::default());
        let options = PassageOptions { min_words, sensitivity: Sensitivity::Verbatim };
        let found = passages(&pair, options).expect("at least one word");
        prop_assert!(found.iter().all(|p| p.matched == p.words_a && p.matched == p.words_b));
        assert_complete(&pair, &found, min_words);
    }

    /// To ask for longer passages leaves out the shorter ones and changes no other.
    #[test]
    fn longer_passages_are_those_of_the_default((a, b) in versions(), min_words in 8usize..40) {
        let pair = read(&a, &b, Fold::default());
        let mut long = passages(&pair, PassageOptions::default()).expect("at least one word");
        long.retain(|passage| passage.matched as usize >= min_words);
        prop_assert_eq!(passages(&pair, options(min_words)).expect("at least one word"), long);
    }

    /// A run between foreign words is found with its exact edges, whatever stands around it.
    #[test]
    fn a_planted_run_has_exact_edges(words in prop::collection::vec(0u32..4000, 200), len in 8usize..40, at in 0usize..60, to in 0usize..60) {
        let a: String = words[..100].iter().map(|w| format!("a{w} ")).collect();
        let run = a.split(' ').skip(at).take(len).collect::<Vec<_>>().join(" ");
        let mut parts: Vec<String> = words[100..].iter().map(|w| format!("b{w}")).collect();
        parts.insert(to, run.clone());
        let b = parts.join(" ");
        let found = passages(&read(&a, &b, Fold::default()), options(8)).expect("at least one word");
        prop_assert!(found.iter().any(|p| p.b.of(&b) == run && p.a.of(&a) == run), "{found:#?}");
    }
}

/// Words of a text, `w{from}` to `w{to}`, every ninth replaced where `is_edited`.
fn taken_over(from: usize, to: usize, is_edited: bool) -> String {
    let word = |i: usize| if is_edited && i % 9 == 4 { format!("neu{i} ") } else { format!("w{i} ") };
    (from..to).map(word).collect()
}

fn own(name: &str, count: usize) -> String {
    (0..count).map(|i| format!("{name}{i} ")).collect()
}

/// How many words the two sides of each passage have.
fn lengths(a: &str, b: &str) -> Vec<(u32, u32)> {
    let found = passages(&read(a, b, Fold::default()), options(8)).expect("at least one word");
    found.iter().map(|passage| (passage.words_a, passage.words_b)).collect()
}

/// A sentence put between two edited passages, in either text, leaves them one; between two verbatim ones it does not,
/// since both have exact edges.
#[test]
fn an_insert_parts_verbatim_passages_only() {
    let a = taken_over(0, 80, false);
    for (is_edited, wanted) in [(true, vec![(80, 95)]), (false, vec![(40, 40), (40, 40)])] {
        let b = taken_over(0, 40, is_edited) + &own("x", 15) + &taken_over(40, 80, is_edited);
        assert_eq!(lengths(&a, &b), wanted);
        assert_eq!(lengths(&b, &a), wanted.iter().map(|&(a, b)| (b, a)).collect::<Vec<_>>());
    }
    let b = taken_over(0, 40, true) + &own("x", 25) + &taken_over(40, 80, true);
    assert_eq!(lengths(&a, &b).len(), 2, "more than an insert");
}

/// Sentences from all over a text, side by side in the other one and edited, are one digest of it; with words of its own
/// between them, or verbatim and few, each stands for itself.
#[test]
fn a_digest_is_one_passage() {
    let a = taken_over(0, 400, false);
    let pieces = |is_edited, between: usize| {
        let piece = |at: usize| taken_over(at, at + 20, is_edited) + &own(&format!("y{at}x"), between);
        own("x", 60) + &[12, 150, 333].map(piece).concat() + &own("z", 60)
    };
    let digest = lengths(&a, &pieces(true, 2));
    assert!(matches!(digest[..], [(a, b)] if a > 300 && b < 70), "{digest:?}");
    assert_eq!(lengths(&a, &pieces(true, 40)).len(), 3, "words of its own between");
    let two = own("x", 60) + &taken_over(12, 40, false) + &own("y", 5) + &taken_over(333, 361, false);
    assert_eq!(lengths(&a, &two), [(28, 28), (28, 28)], "two quotations");
    assert_eq!(
        lengths(&a, &(taken_over(12, 72, true) + &taken_over(333, 393, true))).len(),
        2,
        "long passages"
    );
}

fn repeated(words: &[&str], count: usize) -> String {
    words.iter().cycle().take(count).copied().collect::<Vec<_>>().join(" ")
}

/// Words as frequent as in a language, by a generator of Lehmer's.
fn zipf(mut seed: u64, count: usize) -> String {
    let mut text = String::new();
    for _ in 0..count {
        seed = seed * 48271 % 0x7FFF_FFFF;
        let share = seed as f64 / f64::from(0x7FFF_FFFF);
        text += &format!("w{:.0} ", 10_000f64.powf(share));
    }
    text
}

/// How many passages two hostile texts have; none of these may take long or much memory.
fn count(a: &str, b: &str) -> usize {
    passages(&read(a, b, Fold::default()), PassageOptions::default()).expect("at least one word").len()
}

#[test]
fn one_word_a_hundred_thousand_times() {
    let raw = repeated(&["ja"], 100_000);
    assert!(count(&raw, &raw) > 0);
    assert!(!within(&raw, Fold::default(), PassageOptions::default()).expect("at least one word").is_empty());
}

#[test]
fn a_period_of_words_a_hundred_thousand_long() {
    for period in [&["a", "b"][..], &["a", "b", "c", "d", "e"], &["a", "a", "b"]] {
        let raw = repeated(period, 100_000);
        assert!(count(&raw, &raw) > 0);
        within(&raw, Fold::default(), PassageOptions::default()).expect("at least one word");
    }
}

#[test]
fn unrelated_texts_of_twenty_thousand_words() {
    assert!(count(&zipf(1, 20_000), &zipf(2, 20_000)) < 100);
}

/// Two words in three agree all through, three in a row only now and then: each seed could reach through all.
#[test]
fn short_runs_that_are_reached_from_everywhere() {
    let text = |side: &str| -> String {
        let word = |i: usize| {
            if i % 3 == 2 && i % 99 != 2 { format!("{side}{i} ") } else { format!("w{} ", i % 30) }
        };
        (0..60_000).map(word).collect()
    };
    count(&text("a"), &text("b"));
    let distinct = |side: &str| -> String {
        let word =
            |i: usize| if i % 3 == 2 && i % 99 != 2 { format!("{side}{i} ") } else { format!("w{i} ") };
        (0..60_000).map(word).collect()
    };
    assert!(count(&distinct("a"), &distinct("b")) < 10);
}

/// Each sentence stands once in both texts, in another order, with a word of its own: as many blocks as sentences, and
/// as many runs. Without a budget, each would be compared with each.
#[test]
fn many_blocks_and_many_runs() {
    let sentence = |side: &str, i: usize| -> String {
        let words: String = (0..20)
            .map(|word| if word == 10 { format!("{side}{i} ") } else { format!("w{i}x{word} ") })
            .collect();
        words + "Ende. "
    };
    let a: String = (0..4000).map(|i| sentence("a", i)).collect();
    let b: String = (0..4000).map(|i| sentence("b", i * 1237 % 4000)).collect();
    assert!(count(&a, &b) >= 4000);
}

/// A chain of three words and five others, over and over, is below the least similarity and falls apart.
#[test]
fn a_long_chain_that_falls_apart() {
    let text = |side: &str| -> String {
        (0..100_000).map(|i| if i % 8 < 3 { format!("w{i} ") } else { format!("{side}{i} ") }).collect()
    };
    assert_eq!(count(&text("a"), &text("b")), 0);
}

#[test]
fn at_least_one_word_is_asked_for() {
    let pair = read("a", "a", Fold::default());
    let message = passages(&pair, options(0)).expect_err("no words").to_string();
    assert_eq!(message, "min_words must be at least 1, got 0");
    assert!(within("a", Fold::default(), options(0)).is_err());
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    a: String,
    /// Without one, the repeats within `a` are sought.
    b: Option<String>,
    min_words: Option<usize>,
    /// Kind, matched words, the stretch of `a`, the stretch of `b` (once if it is the same).
    passages: Vec<Vec<String>>,
    why: String,
}

fn shown(passage: &Passage, a: &str, b: &str) -> Vec<String> {
    let (a, b) = (passage.a.of(a), passage.b.of(b));
    let mut shown =
        vec![PassageKind::NAMES[passage.kind as usize].to_owned(), passage.matched.to_string(), a.to_owned()];
    shown.extend((a != b).then(|| b.to_owned()));
    shown
}

#[test]
fn passages_of_the_cases() {
    let mut wrong = String::new();
    for Case { a, b, min_words, passages: wanted, why } in load::<Cases>("passages").case {
        let options = min_words.map_or_else(PassageOptions::default, options);
        let found = match &b {
            Some(b) => passages(&read(&a, b, Fold::default()), options),
            None => within(&a, Fold::default(), options),
        };
        let found = found.expect("at least one word");
        let found: Vec<_> =
            found.iter().map(|passage| shown(passage, &a, b.as_ref().unwrap_or(&a))).collect();
        if found != wanted {
            wrong += &format!("{why}:\n  found  {found:?}\n  wanted {wanted:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
