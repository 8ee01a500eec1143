//! The index on disk answers as one made anew would, and never wrongly when its file is not what it was.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use proptest::prelude::*;
use wortlaut::{
    Corpus, Error, Fold, Index, IndexAdded, IndexArticle, IndexKnown, IndexPassages, IndexSearch, Links,
    PassageOptions, Progress, Vocabulary,
};

use crate::texts::{news, versions};

/// A path that no other test uses, and nothing of it left behind.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("wortlaut-test-{}-{number}.sqlite", std::process::id())))
    }

    fn create(&self) -> Index {
        Index::create(&self.0, Fold::default()).expect("a new file")
    }

    fn open(&self) -> Result<Index, Error> {
        Index::open(&self.0)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.0.display()));
        }
    }
}

/// Articles named by their place, each a day after the other but for some without a date.
fn articles<'t>(texts: &'t [String], ids: &'t [String]) -> Vec<IndexArticle<'t>> {
    let date = |i: usize| (i % 4 != 3).then_some(i64::try_from(i).expect("few") * 86_400);
    let article = |(i, text): (usize, &'t String)| IndexArticle {
        id: &ids[i],
        text,
        date: date(i),
        outlet: Some("x"),
        mended: false,
    };
    texts.iter().enumerate().map(article).collect()
}

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("a{i:03}")).collect()
}

fn search(index: &Index, text: &str, min_words: usize) -> IndexPassages {
    index
        .search(text, PassageOptions { min_words, ..PassageOptions::default() }, &Progress::default())
        .expect("a whole file")
}

fn pairs(index: &Index, since: Option<i64>, max_df: Option<usize>) -> IndexPassages {
    index.pairs(PassageOptions::default(), since, max_df, &Progress::default()).expect("a whole file")
}

fn add(index: &mut Index, articles: &[IndexArticle<'_>]) -> Result<(), Error> {
    index.add(articles, &Progress::default())
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![2 => news(), 2 => versions().prop_map(|(a, b)| a + &b), 1 => Just(String::new())];
    prop::collection::vec(text, 0..12)
}

/// Whether two texts have so many words in a row in common, by looking at all runs.
fn share_a_run(a: &str, b: &str, words: usize) -> bool {
    let mut vocabulary = Vocabulary::new(Fold::default());
    let [a, b] = [a, b].map(|text| vocabulary.read(text).ids);
    let runs: BTreeSet<&[u32]> = a.windows(words).collect();
    b.windows(words).any(|run| runs.contains(run))
}

/// The pairs of ids with passages, and the passages.
fn named(found: &IndexPassages) -> Vec<(&str, &str, wortlaut::Passage)> {
    let id = |place: u32| found.ids.get(place as usize).map_or("", |id| id.as_str());
    found.rows.iter().map(|row| (id(row.a), id(row.b), row.passage)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_order_and_size_of_adds_is_as_one_made_anew(
        texts in texts(),
        order in any::<u64>(),
        cuts in prop::collection::vec(1usize..5, 12),
        gone in prop::collection::btree_set(0usize..12, 0..4),
        query in news(),
        compacted in prop::collection::vec(any::<bool>(), 13),
    ) {
        let (place, rebuilt) = (Place::new(), Place::new());
        let ids = ids(texts.len());
        let all = articles(&texts, &ids);
        let mut shuffled = all.clone();
        shuffled.sort_by_key(|article| article.id.bytes().fold(order | 1, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        let mut index = place.create();
        let gone: Vec<&str> = gone.into_iter().filter(|&i| i < ids.len()).map(|i| &*ids[i]).collect();
        let mut rest = &shuffled[..];
        for (cut, &compacted) in cuts.into_iter().chain([usize::MAX]).zip(&compacted) {
            let (batch, behind) = rest.split_at(cut.min(rest.len()));
            add(&mut index, batch).unwrap();
            let there = batch.iter().map(|article| article.id).filter(|id| gone.contains(id));
            index.remove(&there.collect::<Vec<_>>(), &Progress::default()).unwrap();
            if compacted {
                index.compact(&Progress::default()).unwrap();
            }
            rest = behind;
        }
        drop(index);
        let index = place.open().unwrap();
        index.verify(&Progress::default()).unwrap();
        let kept: Vec<IndexArticle<'_>> = all.into_iter().filter(|article| !gone.contains(&article.id)).collect();
        let mut other = rebuilt.create();
        add(&mut other, &kept).unwrap();
        prop_assert_eq!(search(&index, &query, 5), search(&other, &query, 5));
        prop_assert_eq!(pairs(&index, None, None), pairs(&other, None, None));
        prop_assert_eq!(pairs(&index, Some(3 * 86_400), Some(2)), pairs(&other, Some(3 * 86_400), Some(2)));
        let (stats, wanted) = (index.stats().unwrap(), other.stats().unwrap());
        prop_assert_eq!((stats.articles, stats.words), (wanted.articles, wanted.words));
    }

    #[test]
    fn answers_are_those_of_a_corpus_for_articles_with_eight_words_in_a_row(texts in texts(), query in news()) {
        let place = Place::new();
        let ids = ids(texts.len());
        let mut index = place.create();
        let all = articles(&texts, &ids);
        add(&mut index, &all).unwrap();
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&i| (all[i].date.is_none(), all[i].date, all[i].id));
        let mut rank = vec![0; texts.len() + 1];
        order.iter().zip(0..).for_each(|(&i, at)| rank[i] = at);
        rank[texts.len()] = texts.len() as u32;
        let with_query = [&texts[..], std::slice::from_ref(&query)].concat();
        let corpus = Corpus::new(&with_query, &rank, Fold::default()).unwrap();
        let rows = corpus.passages(PassageOptions::default(), Links::ALL, &Progress::default()).unwrap();
        let id = |place: u32| ids.get(place as usize).map_or("", |id| id.as_str());
        let wanted: Vec<_> = rows.iter().map(|row| (id(row.a), id(row.b), row.passage)).collect();
        let (found, among) = (search(&index, &query, 8), pairs(&index, None, None));
        let found: Vec<_> = [named(&found), named(&among)].concat();
        prop_assert!(found.iter().all(|row| wanted.contains(row)), "{found:?} {wanted:?}");
        for (row, named) in rows.iter().zip(&wanted) {
            if share_a_run(&with_query[row.a as usize], &with_query[row.b as usize], 8) {
                prop_assert!(found.contains(named), "{named:?} is missing");
            }
        }
    }
}

proptest! {
    #[test]
    fn the_best_articles_have_the_passages_of_a_search_for_all(
        texts in texts(), query in news(), copied in prop::collection::vec((0usize..12, 0usize..40), 0..4), top_k in 1usize..13,
    ) {
        let (place, other) = (Place::new(), Place::new());
        let ids = ids(texts.len());
        let all = articles(&texts, &ids);
        let mut index = place.create();
        add(&mut index, &all).unwrap();
        let mut backwards = other.create();
        all.iter().rev().for_each(|article| add(&mut backwards, std::slice::from_ref(article)).unwrap());
        // Parts of some articles, so that some share more than others.
        let part = |&(i, words): &(usize, usize)| texts.get(i).map(|text| {
            text.split_inclusive(' ').take(words).collect::<String>()
        });
        let query = copied.iter().filter_map(part).collect::<String>() + &query;
        let passages = PassageOptions { min_words: 5, ..PassageOptions::default() };
        let search = IndexSearch { passages, top_k: Some(top_k) };
        let chosen = index.candidates(&query, search, &Progress::default()).unwrap();
        let found = index.search(&query, search, &Progress::default()).unwrap();
        let every = index.search(&query, passages, &Progress::default()).unwrap();
        let candidates = index.candidates(&query, passages, &Progress::default()).unwrap();
        prop_assert_eq!(chosen.len(), top_k.min(candidates.len()));
        let mut wanted = named(&every);
        wanted.retain(|row| chosen.iter().any(|id| id == row.0));
        prop_assert_eq!(named(&found), wanted);
        prop_assert_eq!(backwards.search(&query, search, &Progress::default()).unwrap(), found);
    }
}

/// An index of twenty articles in three batches, one removed, all of it in the one file.
fn filled() -> (Place, Vec<String>) {
    let place = Place::new();
    let line = "Der alte Hafen bleibt in diesem Winter für alle Schiffe offen, sagte sie.";
    let texts: Vec<String> =
        (0..20).map(|i| format!("Nummer {i} von heute. {line} Mehr am Tag {}.", i * 7)).collect();
    let ids = ids(20);
    let mut index = place.create();
    for batch in articles(&texts, &ids).chunks(8) {
        add(&mut index, batch).expect("new ids");
    }
    index.remove(&["a003"], &Progress::default()).expect("it is there");
    (place, texts)
}

/// Everything that can be asked; either all of it, or the first error.
fn everything(path: &Path, query: &str) -> Result<(IndexPassages, IndexPassages, u32), Error> {
    let index = Index::open(path)?;
    let (options, progress) = (PassageOptions::default(), Progress::default());
    let found = index.search(query, options, &progress)?;
    Ok((found, index.pairs(options, None, None, &progress)?, index.stats()?.articles))
}

/// Damages an index in many ways, and holds what it then says against what it said before.
struct Damage {
    copy: Place,
    query: String,
    wanted: (IndexPassages, IndexPassages, u32),
    whole: Vec<u8>,
    errors: usize,
}

impl Damage {
    fn of(place: &Place, query: &str) -> Self {
        let wanted = everything(&place.0, query).expect("a whole file");
        let whole = std::fs::read(&place.0).expect("a file");
        Self { copy: Place::new(), query: query.to_owned(), wanted, whole, errors: 0 }
    }

    fn try_with(&mut self, bytes: &[u8], what: &str) {
        let copy = &self.copy.0;
        std::fs::write(copy, bytes).expect("a copy");
        match everything(copy, &self.query) {
            Ok(found) => assert!(found == self.wanted, "{what}: a wrong answer"),
            Err(error) => {
                let told = error.to_string();
                assert!(told.starts_with(&copy.display().to_string()), "{what}: {told}");
                self.errors += 1;
            }
        }
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", copy.display()));
        }
    }
}

#[test]
fn a_damaged_file_is_an_error_or_answers_as_before() {
    let (place, texts) = filled();
    let mut damage = Damage::of(&place, &texts[5]);
    let whole = damage.whole.clone();
    for bit in (0..whole.len() * 8).step_by(whole.len() * 8 / 600 + 1) {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        damage.try_with(&bytes, &format!("bit {bit} flipped"));
    }
    for part in 0..40 {
        damage.try_with(&whole[..whole.len() * part / 40], &format!("{part}/40 of the file"));
    }
    assert!(damage.errors > 40, "only {} were seen", damage.errors);
}

/// The table of ids has no checksums: one flipped bit of it led to another article.
#[test]
fn a_damaged_file_loses_no_other_article_to_remove() {
    let (place, _) = filled();
    let whole = std::fs::read(&place.0).expect("a file");
    let mut wanted = pairs(&place.open().expect("an index"), None, None).ids;
    wanted.retain(|id| id != "a007");
    let copy = Place::new();
    let mut removed = 0;
    for bit in (0..whole.len() * 8).step_by(whole.len() * 8 / 1500 + 1) {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(&copy.0, &bytes).expect("a copy");
        let done = copy.open().and_then(|mut index| index.remove(&["a007"], &Progress::default()));
        let left = copy
            .open()
            .and_then(|index| index.pairs(PassageOptions::default(), None, None, &Progress::default()));
        if let (Ok(()), Ok(left)) = (done, left) {
            removed += 1;
            assert_eq!(left.ids, wanted, "bit {bit} flipped");
        }
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", copy.0.display()));
        }
    }
    assert!(removed > 100, "only {removed} were done");
}

/// Each page is whole, and none is where it was: a leaf that stands in another's place hid its articles from `pairs`.
#[test]
fn pages_that_were_exchanged_or_copied_hide_nothing() {
    const PAGE: usize = 4096;
    let place = Place::new();
    let own = |i: usize| (0..40).map(|word| format!("w{i}x{word} ")).collect::<String>();
    let line = "der alte Hafen bleibt in diesem Winter für alle Schiffe offen";
    let texts: Vec<String> = (0..90).map(|i| format!("{} {line} {}", own(i), own(i / 2 + 500))).collect();
    let ids = ids(90);
    let mut index = place.create();
    articles(&texts, &ids).chunks(24).for_each(|batch| add(&mut index, batch).expect("new ids"));
    index.remove(&["a003", "a050"], &Progress::default()).expect("they are there");
    drop(index);
    let mut damage = Damage::of(&place, &texts[8]);
    let whole = damage.whole.clone();
    let pages = whole.len() / PAGE;
    for (one, other) in (0..pages).flat_map(|one| (one + 1..pages).map(move |other| (one, other))) {
        let (page, mut exchanged) = (|at: usize| at * PAGE..(at + 1) * PAGE, whole.clone());
        exchanged[page(one)].copy_from_slice(&whole[page(other)]);
        if (one + other) % 3 == 0 {
            damage.try_with(&exchanged, &format!("page {other} copied over {one}"));
        }
        exchanged[page(other)].copy_from_slice(&whole[page(one)]);
        damage.try_with(&exchanged, &format!("pages {one} and {other} exchanged"));
    }
    assert!(pages > 20 && damage.errors > pages, "{pages} pages, {} errors", damage.errors);
}

#[test]
fn the_best_articles_share_most_and_the_earliest_of_equals_comes_first() {
    let place = Place::new();
    let words: Vec<String> = (0..60).map(|word| format!("wort{word}")).collect();
    let texts: Vec<String> = [20, 60, 40, 60, 9].map(|most| words[..most].join(" ")).into();
    let ids = ids(5);
    let mut all = articles(&texts, &ids);
    all[1].date = Some(9 * 86_400);
    all[3].date = Some(8 * 86_400);
    let mut index = place.create();
    add(&mut index, &all).expect("new ids");
    let best = |top_k| {
        let search = IndexSearch { top_k, ..IndexSearch::default() };
        index.candidates(&words.join(" "), search, &Progress::default())
    };
    assert_eq!(best(Some(1)).expect("a whole file"), ["a003"]);
    assert_eq!(best(Some(3)).expect("a whole file"), ["a003", "a001", "a002"]);
    assert_eq!(best(Some(9)).expect("a whole file").len(), 5);
    assert_eq!(best(None).expect("a whole file").len(), 5);
    let told = best(Some(0)).expect_err("none").to_string();
    assert_eq!(told, "top_k must be at least 1, got 0");
}

#[test]
fn what_is_no_index_is_told_from_a_damaged_one() {
    let place = Place::new();
    let told = |place: &Place| {
        let error = place.open().expect_err("no index").to_string();
        error.replace(&place.0.display().to_string(), "FILE")
    };
    assert_eq!(told(&place), "FILE is no file; create the index first");
    std::fs::write(&place.0, "Der Rat tagt.".repeat(1000)).expect("a file");
    assert_eq!(told(&place), "FILE is no index of wortlaut");
    let (full, _) = filled();
    let refused = Index::create(&full.0, Fold::default()).expect_err("it is there").to_string();
    assert!(refused.ends_with("is there already; open it, or choose another name"), "{refused}");
    let change = |sql: &str| {
        let (full, _) = filled();
        let tables = rusqlite::Connection::open(&full.0).expect("an index");
        tables.execute_batch(sql).expect("a change");
        drop(tables);
        told(&full)
    };
    assert_eq!(
        change("PRAGMA user_version = 3"),
        "FILE was written by a newer version of wortlaut; update this one"
    );
    assert_eq!(
        change("PRAGMA user_version = 1"),
        "FILE was written by an older version of wortlaut; create it anew from the articles"
    );
    assert_eq!(change("PRAGMA application_id = 7"), "FILE is no index of wortlaut");
    let damaged = "FILE is damaged; restore it from a copy, or create it anew from the articles";
    assert_eq!(change("UPDATE state SET articles = 7"), damaged);
    assert_eq!(change("UPDATE state SET method = 'other'"), damaged);
}

#[test]
fn a_failed_create_can_be_tried_again() {
    let folder = Place::new();
    let path = folder.0.join("seen.sqlite");
    let create = || Index::create(&path, Fold::default());
    let told = create().expect_err("no folder").to_string();
    assert!(told.ends_with("cannot be opened for writing; check the folder and its permissions"), "{told}");
    std::fs::create_dir(&folder.0).expect("a folder");
    // Where the log would stand there is something else, so that the tables cannot be written.
    let log = folder.0.join("seen.sqlite-wal");
    std::fs::create_dir(&log).expect("a folder");
    create().expect_err("no log");
    assert!(!path.exists());
    std::fs::remove_dir(&log).expect("a folder");
    create().expect("nothing is in the way");
    std::fs::remove_dir_all(&folder.0).expect("a folder");
}

#[test]
fn a_closed_index_is_refused() {
    let (place, texts) = filled();
    let mut index = place.open().expect("an index");
    index.close();
    let found = index.search(&texts[0], PassageOptions::default(), &Progress::default());
    let told = found.expect_err("closed").to_string();
    assert!(told.ends_with("is closed; open it again"), "{told}");
    place.open().expect("an index").verify(&Progress::default()).expect("a whole file");
}

#[test]
fn damage_that_no_search_meets_is_found_by_verify() {
    let verify = |sql: &str| {
        let (full, _) = filled();
        let tables = rusqlite::Connection::open(&full.0).expect("an index");
        assert_eq!(tables.execute(sql, []).expect("a change"), 1);
        drop(tables);
        full.open().expect("the state is whole").verify(&Progress::default())
    };
    assert!(verify("UPDATE articles SET outlet = 'y' WHERE id = 'a007'").is_err());
    assert!(verify("DELETE FROM articles WHERE id = 'a007'").is_err());
    assert!(verify("UPDATE parts SET postings = x'00' WHERE key = (SELECT max(key) FROM parts)").is_err());
    let (full, _) = filled();
    full.open().expect("an index").verify(&Progress::default()).expect("a whole file");
}

#[test]
fn ids_are_new_when_added_and_known_when_removed() {
    let (place, texts) = filled();
    let mut index = place.open().expect("an index");
    let before = index.stats().expect("a whole file");
    let article = |id| IndexArticle { id, text: &texts[0], date: None, outlet: None, mended: false };
    let twice = add(&mut index, &[article("new"), article("a001")]).expect_err("a001 is there");
    assert_eq!(twice.to_string(), "ids must be new to the index, got \"a001\"");
    let twice = add(&mut index, &[article("new"), article("new")]).expect_err("it comes twice");
    assert_eq!(twice.to_string(), "ids must be new to the index, got \"new\"");
    let unknown = index.remove(&["a001", "a003"], &Progress::default()).expect_err("a003 was removed");
    assert_eq!(unknown.to_string(), "ids must be in the index, got \"a003\"");
    assert_eq!(index.stats().expect("a whole file"), before, "all or none");
    add(&mut index, &[article("a003")]).expect("it was removed");
}

#[test]
fn what_is_there_already_is_refused_kept_or_replaced() {
    let (place, texts) = filled();
    let mut index = place.open().expect("an index");
    let before = index.stats().expect("a whole file");
    let ids = ids(20);
    let all = articles(&texts, &ids);
    let changed = format!("Ganz neu und länger: {}", texts[2]);
    let other = IndexArticle { text: &changed, ..all[2] };
    let given = [all[1], other, IndexArticle { id: "new", ..all[4] }, all[1]];
    let mut add = |known, given: &[IndexArticle<'_>]| index.add_known(given, known, &Progress::default());
    let told = add(IndexKnown::Refuse, &given).expect_err("a001 is there").to_string();
    assert_eq!(told, "ids must be new to the index, got \"a001\"");
    let kept = add(IndexKnown::Keep, &given[..2]).expect("a whole file");
    assert_eq!(kept, IndexAdded { new: 0, unchanged: 1, changed: vec!["a002".to_owned()] });
    let replaced = add(IndexKnown::Replace, &given).expect("a whole file");
    assert_eq!(replaced, IndexAdded { new: 1, unchanged: 2, changed: vec!["a002".to_owned()] });
    let after = index.stats().expect("a whole file");
    assert_eq!(
        (after.articles, after.words),
        (before.articles + 1, before.words + 4 + texts[4].split_whitespace().count() as u64)
    );
    assert!(search(&index, &changed, 8).texts.contains(&changed));
    index.verify(&Progress::default()).expect("a whole file");
}

#[test]
fn others_read_while_one_writes_and_a_second_writer_is_told() {
    let (place, texts) = filled();
    let writer = rusqlite::Connection::open(&place.0).expect("an index");
    writer.execute_batch("BEGIN IMMEDIATE; DELETE FROM segments").expect("the only writer");
    let mut index = place.open().expect("readers may come");
    assert_eq!(search(&index, &texts[5], 8).ids.len(), 19);
    let article = IndexArticle { id: "new", text: &texts[0], date: None, outlet: None, mended: false };
    let told = add(&mut index, &[article]).expect_err("another one writes").to_string();
    assert!(told.ends_with("is being written by another process; try again when it is done"), "{told}");
    writer.execute_batch("ROLLBACK").expect("it ends");
    add(&mut index, &[article]).expect("nobody writes");
}

#[test]
fn a_stopped_add_leaves_nothing() {
    let place = Place::new();
    let mut index = place.create();
    let progress = Progress::default();
    progress.stop();
    let article = IndexArticle {
        id: "a",
        text: "eins zwei drei vier fünf sechs",
        date: None,
        outlet: None,
        mended: false,
    };
    assert_eq!(index.add(&[article], &progress), Err(Error::Stopped));
    assert_eq!(index.stats().expect("a whole file").articles, 0);
}

/// Stopped as soon as it writes: what was read by then is not there.
#[test]
fn an_add_that_is_stopped_while_it_writes_leaves_nothing() {
    let texts: Vec<String> =
        (0..2000).map(|i| format!("{i} eins zwei drei vier fünf sechs sieben")).collect();
    let ids: Vec<String> = (0..2000).map(|i| i.to_string()).collect();
    let stopped = || {
        let place = Place::new();
        let mut index = place.create();
        let progress = Progress::default();
        let added = std::thread::scope(|scope| {
            let watcher = scope.spawn(|| {
                while progress.state() != (2000, 2000) {
                    std::thread::yield_now();
                }
                progress.stop();
            });
            let added = index.add(&articles(&texts, &ids), &progress);
            // Where the end of reading was missed, that of writing is seen.
            watcher.join().expect("it ends");
            added
        });
        let count = index.stats().expect("a whole file").articles;
        assert_eq!(count, if added.is_ok() { 2000 } else { 0 });
        added.is_err()
    };
    assert!((0..20).any(|_| stopped()));
}

#[test]
fn every_call_can_be_stopped() {
    let (place, texts) = filled();
    let mut index = place.open().expect("an index");
    let before = index.stats();
    let (progress, options) = (Progress::default(), PassageOptions::default());
    progress.stop();
    assert_eq!(index.search(&texts[5], options, &progress), Err(Error::Stopped));
    assert_eq!(index.pairs(options, None, None, &progress), Err(Error::Stopped));
    assert_eq!(index.remove(&["a001"], &progress), Err(Error::Stopped));
    assert_eq!(index.compact(&progress), Err(Error::Stopped));
    assert_eq!(index.verify(&progress), Err(Error::Stopped));
    assert_eq!(index.stats(), before);
}

/// Of seven words in a hundred articles, a fingerprint leads nearly everywhere; eight words are in one of them.
#[test]
fn common_words_lead_to_no_article_that_shares_nothing_else() {
    let place = Place::new();
    let formula = "teilte die Polizei am Freitag in Kiel";
    let own = |i: usize| (0..9).map(|word| format!("w{i}x{word} ")).collect::<String>();
    let mut texts: Vec<String> = (0..100).map(|i| own(i) + formula + " " + &own(200 + i)).collect();
    texts[40] = own(40) + formula + " mit " + &own(240);
    let ids = ids(100);
    let mut index = place.create();
    add(&mut index, &articles(&texts, &ids)).expect("new ids");
    let query = format!("Der Rat tagt, {formula} mit, und mehr nicht.");
    assert_eq!(search(&index, &query, 8).ids, ["a040"]);
    assert!(search(&index, &query, 7).ids.len() > 80, "shorter runs are looked for where they are asked for");
}
