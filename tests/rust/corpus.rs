//! What the index of a corpus finds is what comparing all with all would find.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rayon::ThreadPoolBuilder;
use wortlaut::{
    ByteSpan, ClusterMember, Corpus, CorpusPassage, Error, Fold, Links, Measure, NO_MOMENT, NO_OUTLET,
    OverlapsOptions, Pair, PairOverlap, PassageOptions, Progress,
};
use wortlaut::{SharedQuoteOptions, passages};

use crate::texts::{news, versions};

/// Texts of few words, so that they share n-grams by chance; some empty, some alike.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let letters = prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 0..25)
        .prop_map(|words| words.join(" "));
    let text = prop_oneof![3 => letters, 2 => news(), 2 => versions().prop_map(|(a, b)| a + &b)];
    prop::collection::vec(text, 0..9)
}

/// Texts and their ranks, with ties.
fn ranked() -> impl Strategy<Value = (Vec<String>, Vec<u32>)> {
    texts().prop_flat_map(|texts| {
        let ranks = prop::collection::vec(0u32..4, texts.len());
        (Just(texts), ranks)
    })
}

/// All pairs of places: the lower rank first, then the lower place, in the order of ranks.
fn pairs(rank: &[u32]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..rank.len()).collect();
    order.sort_by_key(|&place| (rank[place], place));
    let before = |i: usize| order[i + 1..].iter().copied();
    (0..order.len()).flat_map(|i| before(i).map(|b| (order[i], b)).collect::<Vec<_>>()).collect()
}

fn pair_overlap(texts: &[String], (a, b): (usize, usize), n: usize) -> PairOverlap {
    let pair = Pair::new(&texts[a], &texts[b], Fold::default()).expect("short texts");
    let [grams_a, grams_b] = [&pair.a, &pair.b].map(|side| side.ids.windows(n).collect::<BTreeSet<_>>());
    PairOverlap {
        a: a as u32,
        b: b as u32,
        words_a: pair.a.ids.len() as u32,
        words_b: pair.b.ids.len() as u32,
        grams_a: grams_a.len() as u32,
        grams_b: grams_b.len() as u32,
        shared: grams_a.intersection(&grams_b).count() as u32,
    }
}

/// The different `n`-grams of a text, as words.
fn grams(text: &str, n: usize) -> BTreeSet<Vec<String>> {
    let pair = Pair::new(text, text, Fold::default()).expect("short texts");
    let word = |i: usize| Fold::default().word(pair.a.spans[i].of(text)).into_owned();
    (0..pair.a.ids.len()).map(word).collect::<Vec<_>>().windows(n).map(<[String]>::to_vec).collect()
}

fn assert_ratios(pair: &PairOverlap) {
    let [a, b, both] = [pair.grams_a, pair.grams_b, pair.shared].map(f64::from);
    let ratios = [pair.containment_a(), pair.containment_b(), pair.jaccard(), pair.dice()];
    let wanted = [both / a, both / b, both / (a + b - both), 2.0 * both / (a + b)];
    assert!(ratios.iter().zip(wanted).all(|(x, y)| (x - y).abs() < 1e-12), "{pair:?} {ratios:?} {wanted:?}");
    assert!((Measure::Containment.of(pair) - ratios[0].max(ratios[1])).abs() < 1e-12);
}

fn overlaps(texts: &[String], rank: &[u32], options: &OverlapsOptions) -> Vec<PairOverlap> {
    let corpus = Corpus::new(texts, rank, Fold::default()).expect("a rank for each text");
    corpus.overlaps(options, Links::ALL, &Progress::default()).expect("valid options")
}

fn corpus_passages(texts: &[String], rank: &[u32], options: PassageOptions) -> Vec<CorpusPassage> {
    let corpus = Corpus::new(texts, rank, Fold::default()).expect("a rank for each text");
    corpus.passages(options, Links::ALL, &Progress::default()).expect("valid options")
}

/// `work` with so many threads.
fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool").install(work)
}

/// Who has which outlet and moment, some unknown; moments may go against the ranks.
fn known() -> impl Strategy<Value = (Vec<u32>, Vec<i64>)> {
    let outlets = prop::collection::vec(prop_oneof![0u32..3, Just(NO_OUTLET)], 9);
    let moments = prop::collection::vec(prop_oneof![4 => 0i64..20, 1 => Just(NO_MOMENT)], 9);
    (outlets, moments, any::<bool>()).prop_map(|(outlets, mut moments, is_sorted)| {
        if is_sorted {
            moments.sort_unstable();
        }
        (outlets, moments)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn only_wanted_pairs_and_the_best_of_each_text_stay(
        (texts, rank) in ranked(), (outlets, moments) in known(), n in 1usize..4, within in prop::option::of(0u64..12),
        across_outlets in any::<bool>(), most in prop::option::of(2usize..5), top_k in prop::option::of(1usize..4),
        memory in prop::option::of(0usize..200), min_score in prop_oneof![Just(0.0), 0.0..1.0f64], measure in prop::sample::select(Measure::ALL.to_vec()),
    ) {
        // Ranks that follow the moments let the search stop early.
        let rank: Vec<u32> = if moments.is_sorted() { (0..texts.len() as u32).collect() } else { rank };
        let (outlets, moments) = (&outlets[..texts.len()], &moments[..texts.len()]);
        let plain = Corpus::new(&texts, &rank, Fold::default()).unwrap();
        let links = Links { max_df: most, ..Links::ALL };
        let options = OverlapsOptions { n, ..OverlapsOptions::default() };
        let mut wanted = plain.overlaps(&options, links, &Progress::default()).unwrap();
        wanted.retain(|pair| {
            let (a, b) = (pair.a as usize, pair.b as usize);
            let is_near = |within| moments[a] != NO_MOMENT && moments[b] != NO_MOMENT && moments[a].abs_diff(moments[b]) <= within;
            let is_enough = measure.of(pair) >= min_score;
            is_enough && (!across_outlets || outlets[a] != outlets[b]) && within.is_none_or(is_near)
        });
        let rows = wanted.clone();
        if let Some(k) = top_k {
            wanted.retain(|pair| [pair.a, pair.b].into_iter().any(|text| {
                let mut own: Vec<&PairOverlap> = rows.iter().filter(|row| row.a == text || row.b == text).collect();
                own.sort_by(|x, y| measure.of(y).total_cmp(&measure.of(x)));
                own[..k.min(own.len())].contains(&pair)
            }));
        }
        let corpus = plain.with_outlets(outlets).and_then(|corpus| corpus.with_moments(moments)).unwrap().with_memory(memory);
        let links = Links { across_outlets, within, ..links };
        let options = OverlapsOptions { measure, min_score, top_k, ..options };
        prop_assert_eq!(corpus.overlaps(&options, links, &Progress::default()).unwrap(), wanted);
    }

    #[test]
    fn overlaps_are_those_of_all_pairs((texts, rank) in ranked(), n in 1usize..7, min_score in 0.0..1.0f64) {
        let mut wanted: Vec<PairOverlap> = pairs(&rank).into_iter().map(|pair| pair_overlap(&texts, pair, n)).collect();
        wanted.retain(|pair| pair.shared > 0);
        wanted.iter().for_each(assert_ratios);
        prop_assert_eq!(&overlaps(&texts, &rank, &OverlapsOptions { n, ..OverlapsOptions::default() }), &wanted);
        for measure in [Measure::Containment, Measure::Jaccard, Measure::Dice] {
            let kept: Vec<_> = wanted.iter().copied().filter(|pair| measure.of(pair) >= min_score).collect();
            prop_assert_eq!(overlaps(&texts, &rank, &OverlapsOptions { n, measure, min_score, top_k: None }), kept);
        }
    }
}

proptest! {
    #[test]
    fn passages_are_those_of_the_pairs_that_share_five_words((texts, rank) in ranked(), min_words in 1usize..10) {
        let options = PassageOptions { min_words, ..PassageOptions::default() };
        let mut wanted = Vec::new();
        for (a, b) in pairs(&rank) {
            if pair_overlap(&texts, (a, b), min_words.min(5)).shared == 0 {
                continue;
            }
            let pair = Pair::new(&texts[a], &texts[b], Fold::default()).unwrap();
            let found = passages(&pair, options).unwrap();
            wanted.extend(found.into_iter().map(|passage| CorpusPassage { a: a as u32, b: b as u32, passage }));
        }
        prop_assert_eq!(corpus_passages(&texts, &rank, options), wanted);
    }

    #[test]
    fn a_common_ngram_links_each_text_with_the_first((texts, rank) in ranked(), n in 1usize..4, most in 2usize..5) {
        let grams: Vec<BTreeSet<Vec<String>>> = texts.iter().map(|text| grams(text, n)).collect();
        let is_linked = |(a, b): (usize, usize)| grams[a].intersection(&grams[b]).any(|gram| {
            let mut holders: Vec<usize> = (0..texts.len()).filter(|&text| grams[text].contains(gram)).collect();
            holders.sort_by_key(|&text| (rank[text], text));
            holders.len() <= most || holders[0] == a
        });
        let wanted: Vec<PairOverlap> =
            pairs(&rank).into_iter().filter(|&pair| is_linked(pair)).map(|pair| pair_overlap(&texts, pair, n)).collect();
        let corpus = Corpus::new(&texts, &rank, Fold::default()).unwrap();
        let links = Links { max_df: Some(most), ..Links::ALL };
        let options = OverlapsOptions { n, ..OverlapsOptions::default() };
        prop_assert_eq!(corpus.overlaps(&options, links, &Progress::default()).unwrap(), wanted);
    }

    #[test]
    fn clusters_cut_texts_and_join_what_lies_alone((texts, rank) in ranked(), min_words in 3usize..10) {
        let options = PassageOptions { min_words, ..PassageOptions::default() };
        let corpus = Corpus::new(&texts, &rank, Fold::default()).unwrap();
        let members = corpus.clusters(options, Links::ALL, &Progress::default()).unwrap();
        prop_assert!(members.is_sorted_by_key(|member| (member.cluster, member.text, member.span)));
        for (i, one) in members.iter().enumerate() {
            let is_apart = |other: &ClusterMember| other.text != one.text || other.span.start >= one.span.end || one.span.start >= other.span.end;
            prop_assert!(members[i + 1..].iter().all(is_apart), "{one:?} lies over another of {members:?}");
        }
        for cluster in members.chunk_by(|x, y| x.cluster == y.cluster) {
            prop_assert!(cluster.len() > 1);
            prop_assert_eq!(cluster.iter().filter(|member| member.is_first).count(), 1);
            prop_assert_eq!(cluster.iter().filter(|member| member.is_canonical).count(), 1);
        }
        let found = corpus_passages(&texts, &rank, options);
        let sides: Vec<(u32, ByteSpan)> = found.iter().flat_map(|row| [(row.a, row.passage.a), (row.b, row.passage.b)]).collect();
        let is_alone = |(text, span): (u32, ByteSpan)| {
            let lies_over = |&&(other, over): &&(u32, ByteSpan)| other == text && over.start < span.end && span.start < over.end;
            sides.iter().filter(lies_over).count() == 1
        };
        let cluster = |(text, span): (u32, ByteSpan)| {
            members.iter().find(|member| (member.text, member.span) == (text, span)).map(|member| member.cluster)
        };
        for row in &found {
            let (a, b) = ((row.a, row.passage.a), (row.b, row.passage.b));
            if is_alone(a) && is_alone(b) {
                prop_assert!(cluster(a).is_some() && cluster(a) == cluster(b), "{row:?} {members:?}");
            }
        }
    }

    #[test]
    fn threads_change_nothing((texts, rank) in ranked()) {
        let all = || {
            let corpus = Corpus::new(&texts, &rank, Fold::default()).unwrap();
            let progress = Progress::default();
            let options = PassageOptions { min_words: 4, ..PassageOptions::default() };
            (
                corpus.overlaps(&OverlapsOptions { n: 2, ..OverlapsOptions::default() }, Links::default(), &progress).unwrap(),
                corpus.passages(options, Links::default(), &progress).unwrap(),
                corpus.clusters(options, Links::default(), &progress).unwrap(),
                corpus.shared_quotes(&SharedQuoteOptions::default(), Links { max_df: Some(100), ..Links::ALL }, &progress).unwrap(),
                corpus.quotes(None, &progress).unwrap(),
            )
        };
        prop_assert_eq!(with_threads(1, all), with_threads(4, all));
    }
}

/// More texts than are counted at a time, so that lists and counts carry over from one batch to the next; every
/// rank twice, so that the order shows whether ties are left to the sort.
#[test]
fn seven_hundred_texts_are_those_of_all_pairs() {
    let text =
        |i: usize| (0..12).map(|j| format!("w{} ", (i * i + j * (i % 5 + 1)) % 97)).collect::<String>();
    let texts: Vec<String> = (0..700).map(text).collect();
    let rank: Vec<u32> = (0..700).map(|i| i * 7919 % 350).collect();
    let options = OverlapsOptions { n: 3, ..OverlapsOptions::default() };
    let found = with_threads(1, || overlaps(&texts, &rank, &options));
    assert_eq!(found, with_threads(4, || overlaps(&texts, &rank, &options)));
    let wanted =
        pairs(&rank).into_iter().map(|pair| pair_overlap(&texts, pair, 3)).filter(|pair| pair.shared > 0);
    assert_eq!(found, wanted.collect::<Vec<_>>());
}

/// What stands where, by cluster.
fn clusters(texts: &[String]) -> Vec<Vec<(u32, &str)>> {
    let rank: Vec<u32> = (0..texts.len() as u32).collect();
    let corpus = Corpus::new(texts, &rank, Fold::default()).expect("a rank for each text");
    let found = corpus.clusters(PassageOptions::default(), Links::ALL, &Progress::default());
    let found = found.expect("valid options");
    let stretch = |member: &ClusterMember| (member.text, member.span.of(&texts[member.text as usize]));
    found
        .chunk_by(|x, y| x.cluster == y.cluster)
        .map(|cluster| cluster.iter().map(stretch).collect())
        .collect()
}

fn words(of: &str, count: usize) -> String {
    (0..count).map(|i| format!("{of}{i}")).collect::<Vec<_>>().join(" ")
}

/// Overlapping by half was enough to join them, and everybody with the sentence had the report.
#[test]
fn a_sentence_taken_out_of_a_report_is_a_cluster_of_its_own() {
    let [before, inner, behind] = ["x", "y", "z"].map(|of| words(of, 12));
    let report = |paper: usize| {
        format!(
            "{} {before} {inner} {behind} {}",
            words(&format!("p{paper}q"), 5),
            words(&format!("p{paper}r"), 5)
        )
    };
    let quoting = |paper: usize| format!("{} {inner}", words(&format!("q{paper}s"), 9));
    let texts = [report(0), report(1), quoting(0), quoting(1)];
    let (before, inner, behind) = (&*before, &*inner, &*behind);
    let wanted = [
        vec![(0, before), (1, before)],
        vec![(0, inner), (1, inner), (2, inner), (3, inner)],
        vec![(0, behind), (1, behind)],
    ];
    assert_eq!(clusters(&texts), wanted);
}

#[test]
fn what_one_article_has_from_two_does_not_join_these() {
    let [one, other] = ["x", "y"].map(|of| words(of, 15));
    let texts = [format!("{one} heute"), format!("gestern {one} {other}"), format!("morgen {other}")];
    let (one, other) = (&*one, &*other);
    assert_eq!(clusters(&texts), [vec![(0, one), (1, one)], vec![(1, other), (2, other)]]);
}

/// Whom only the last of its common words leads to must be counted in those before it, which link it with another one.
#[test]
fn a_text_is_met_in_any_common_word_of_which_it_is_the_first() {
    let texts = [
        "l1 l2 l3 l4",
        "m l1 l2 l3 l4 p",
        "l1 l2 l3 l4 x m y",
        "m q",
        "m r",
        "l1 l2 l3 l4 s",
        "l1 l2 l3 l4 t",
    ];
    let texts = texts.map(String::from);
    let rank: Vec<u32> = (0..7).collect();
    let links = Links { max_df: Some(3), ..Links::ALL };
    let least = |min_score| OverlapsOptions { n: 1, min_score, ..OverlapsOptions::default() };
    let corpus = Corpus::new(&texts, &rank, Fold::default()).expect("a rank for each text");
    let found = |options| corpus.overlaps(&options, links, &Progress::default()).expect("valid options");
    let mut wanted = found(least(0.0));
    wanted.retain(|pair| Measure::Containment.of(pair) >= 0.7);
    assert!(wanted.iter().any(|pair| (pair.a, pair.b, pair.shared) == (1, 2, 5)));
    assert_eq!(found(least(0.7)), wanted);
}

#[test]
fn a_is_the_earlier_one_and_place_breaks_ties() {
    let texts = ["eins zwei drei vier fünf"; 3].map(str::to_owned);
    let order = |rank: [u32; 3]| -> Vec<(u32, u32)> {
        overlaps(&texts, &rank, &OverlapsOptions::default()).iter().map(|pair| (pair.a, pair.b)).collect()
    };
    assert_eq!(order([0, 1, 2]), [(0, 1), (0, 2), (1, 2)]);
    assert_eq!(order([2, 1, 0]), [(2, 1), (2, 0), (1, 0)]);
    assert_eq!(order([5, 5, 5]), [(0, 1), (0, 2), (1, 2)]);
    assert_eq!(order([5, 5, 0]), [(2, 0), (2, 1), (0, 1)]);
}

#[test]
fn work_that_is_to_stop_stops() {
    let texts = ["„Wir werden den Hafen nicht schließen“, sagte sie am Montag."; 3];
    let corpus = Corpus::new(&texts, &[0, 1, 2], Fold::default()).expect("a rank for each text");
    let progress = Progress::default();
    progress.stop();
    assert_eq!(
        corpus.overlaps(&OverlapsOptions::default(), Links::default(), &progress),
        Err(Error::Stopped)
    );
    assert_eq!(corpus.passages(PassageOptions::default(), Links::default(), &progress), Err(Error::Stopped));
    assert_eq!(corpus.clusters(PassageOptions::default(), Links::default(), &progress), Err(Error::Stopped));
    assert_eq!(corpus.quotes(None, &progress), Err(Error::Stopped));
    assert_eq!(
        corpus.shared_quotes(
            &SharedQuoteOptions::default(),
            Links { max_df: Some(100), ..Links::ALL },
            &progress
        ),
        Err(Error::Stopped)
    );
}

#[test]
fn what_cannot_be_done_is_said() {
    let texts = ["a"];
    let message = Corpus::new(&texts, &[], Fold::default()).expect_err("no rank").to_string();
    assert_eq!(message, "rank must be one number for each text, got 0");
    let corpus = Corpus::new(&texts, &[0], Fold::default()).expect("a rank for each text");
    let message = |n: usize, min_score: f64| {
        let options = OverlapsOptions { n, min_score, ..OverlapsOptions::default() };
        corpus.overlaps(&options, Links::ALL, &Progress::default()).expect_err("invalid options").to_string()
    };
    assert_eq!(message(0, 0.0), "n must be at least 1, got 0");
    assert_eq!(message(5, 1.5), "min_score must be between 0 and 1, got 1.5");
    assert_eq!(message(5, f64::NAN), "min_score must be between 0 and 1, got NaN");
}

/// Each run stands in two articles far apart, at another place in each, and nothing else is shared.
#[test]
fn each_run_of_eight_words_among_ten_thousand_articles_is_found() {
    const TEXTS: usize = 10_000;
    let partner = |i: usize| (i + TEXTS / 2) % TEXTS;
    let run = |i: usize| words(&format!("run{}x", i.min(partner(i))), 8);
    let text = |i: usize| {
        let before = i * 7 % 30;
        format!("{} {} {}", words(&format!("a{i}x"), before), run(i), words(&format!("b{i}x"), 30 - before))
    };
    let texts: Vec<String> = (0..TEXTS).map(text).collect();
    let rank: Vec<u32> = (0..TEXTS as u32).collect();
    let corpus = Corpus::new(&texts, &rank, Fold::default()).expect("a rank for each text");
    let found =
        corpus.passages(PassageOptions::default(), Links::default(), &Progress::default()).expect("no stop");
    let found: Vec<(u32, u32, &str)> =
        found.iter().map(|row| (row.a, row.b, row.passage.a.of(&texts[row.a as usize]))).collect();
    let runs: Vec<String> = (0..TEXTS / 2).map(run).collect();
    let wanted: Vec<(u32, u32, &str)> =
        (0u32..).zip(&runs).map(|(i, run)| (i, i + TEXTS as u32 / 2, &**run)).collect();
    assert_eq!(found, wanted);
}
