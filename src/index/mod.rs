//! Articles on disk, to ask what a new one shares with all that ever came in.
//!
//! One `SQLite` file. Of each article the index keeps the text, compressed, and its winnowed fingerprints ([`winnow`]);
//! the fingerprints lie sorted in segments ([`segment`]), one for each batch, merged as they grow. Every row has a
//! checksum ([`tables`]), and one row says what all others add up to ([`store`]).
//!
//! Weak spots: unless only the best are wanted, a search looks at the texts of all articles that share a fingerprint,
//! however common it is ([`candidates`]); a batch is sorted in memory, and one article more takes seconds where it fills a segment ([`merge`]).

mod adding;
mod candidates;
mod merge;
mod pairs;
mod segment;
mod store;
mod tables;
mod winnow;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use rayon::prelude::*;

use crate::corpus::{CorpusPassage, align_one};
use crate::error::{Error, Result, at_least_one};
use crate::passages::{Passage, PassageOptions, Probe};
use crate::progress::Progress;
use crate::text::{Fold, check_length};
use adding::Adding;
pub use adding::{IndexAdded, IndexKnown};
pub use candidates::IndexSearch;
use candidates::Query;
pub use pairs::TextsAsked;
use pairs::{Shared, Sought};
use store::{Store, Trouble};
pub use tables::Texts as IndexTexts;
use tables::{Stored, Texts};

/// Articles that were ever added, in one file.
///
/// ```
/// use wortlaut::{Fold, Index, IndexArticle, PassageOptions, Progress};
/// let path = std::env::temp_dir().join(format!("wortlaut-doc-{}.sqlite", std::process::id()));
/// let mut index = Index::create(&path, Fold::default())?;
/// let progress = Progress::default();
/// let text = "Der alte Hafen bleibt in diesem Winter für alle Schiffe offen.";
/// index.add(&[IndexArticle { id: "wire", text, date: None, outlet: None, mended: false }], &progress)?;
/// let found = index.search("Heute: der alte Hafen bleibt in diesem Winter für alle Schiffe offen", PassageOptions::default(), &progress)?;
/// assert_eq!((&*found.ids[0], found.rows[0].passage.matched), ("wire", 11));
/// # std::fs::remove_file(&path).unwrap();
/// # Ok::<(), wortlaut::Error>(())
/// ```
#[derive(Debug)]
pub struct Index {
    store: Store,
    fold: Fold,
    has_texts: bool,
}

/// An article to add.
#[derive(Debug, Clone, Copy)]
pub struct IndexArticle<'t> {
    /// Its name; no two are alike.
    pub id: &'t str,
    /// Its text.
    pub text: &'t str,
    /// When it appeared, as seconds since 1970.
    pub date: Option<i64>,
    /// Where it appeared.
    pub outlet: Option<&'t str>,
    /// Whether code points of its text stand for what UTF-8 has not; kept for whoever put them there.
    pub mended: bool,
}

/// Passages of stored articles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IndexPassages {
    /// The ids of the articles that have any, the earliest first.
    pub ids: Vec<String>,
    /// Their texts.
    pub texts: Vec<String>,
    /// Whether each was added as [`IndexArticle::mended`].
    pub mended: Vec<bool>,
    /// The passages, by place of the two texts; that of a text that was searched for is behind the others.
    pub rows: Vec<CorpusPassage>,
}

impl IndexPassages {
    /// Of the articles, those that have a passage.
    fn new(articles: Vec<Stored>, texts: Vec<String>, rows: Vec<(u32, u32, Passage)>) -> Self {
        let mut has_rows = vec![false; articles.len()];
        let places = rows.iter().flat_map(|&(a, b, _)| [a as usize, b as usize]);
        places.filter(|&place| place < articles.len()).for_each(|place| has_rows[place] = true);
        // One more for the text that was searched for.
        let mut kept = vec![0; articles.len() + 1];
        for (place, &has_rows) in has_rows.iter().enumerate() {
            kept[place + 1] = kept[place] + u32::from(has_rows);
        }
        let row = |(a, b, passage)| CorpusPassage { a: kept[a as usize], b: kept[b as usize], passage };
        let mut found = Self { rows: rows.into_iter().map(row).collect(), ..Self::default() };
        let articles = articles.into_iter().zip(texts).zip(has_rows);
        for ((article, text), _) in articles.filter(|(_, has_rows)| *has_rows) {
            found.ids.push(article.id);
            found.texts.push(text);
            found.mended.push(article.mended);
        }
        found
    }
}

/// How much an index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexStats {
    /// Articles.
    pub articles: u32,
    /// Their words.
    pub words: u64,
    /// Fingerprints and articles that have them, those of removed articles as well until the index is compacted.
    pub postings: u64,
    /// Sorted batches of these.
    pub segments: u32,
    /// Bytes of the file, without what was last written and still stands in the log beside it.
    pub bytes: u64,
}

impl Index {
    /// A new, empty index at `path`.
    ///
    /// # Errors
    /// If something is there already, or no file can be made there.
    pub fn create(path: &Path, fold: Fold) -> Result<Self> {
        Ok(Self { store: Store::create(path, fold, true)?, fold, has_texts: true })
    }

    /// A new index that keeps no texts: who asks hands in those of the articles that must be looked at.
    ///
    /// # Errors
    /// As [`Index::create`].
    ///
    /// ```
    /// use std::collections::HashMap;
    /// use wortlaut::{Fold, Index, IndexArticle, PassageOptions, Progress};
    /// let path = std::env::temp_dir().join(format!("wortlaut-doc-bare-{}.sqlite", std::process::id()));
    /// let mut index = Index::create_without_texts(&path, Fold::default())?;
    /// let (progress, options) = (Progress::default(), PassageOptions::default());
    /// let text = "Der alte Hafen bleibt in diesem Winter für alle Schiffe offen.";
    /// index.add(&[IndexArticle { id: "wire", text, date: None, outlet: None, mended: false }], &progress)?;
    /// assert_eq!(index.candidates(text, options, &progress)?, ["wire"]);
    /// let found = index.search_in(text, options, &HashMap::from([("wire", text)]), &progress)?;
    /// assert_eq!(found.rows[0].passage.matched, 11);
    /// # std::fs::remove_file(&path).unwrap();
    /// # Ok::<(), wortlaut::Error>(())
    /// ```
    pub fn create_without_texts(path: &Path, fold: Fold) -> Result<Self> {
        Ok(Self { store: Store::create(path, fold, false)?, fold, has_texts: false })
    }

    /// Whether it keeps the texts.
    pub fn has_texts(&self) -> bool {
        self.has_texts
    }

    /// The index at `path`.
    ///
    /// # Errors
    /// If there is none, if it is damaged, of a newer version, or has other fingerprints.
    pub fn open(path: &Path) -> Result<Self> {
        let (store, state) = Store::open(path)?;
        Ok(Self { store, fold: store::fold(state.fold), has_texts: state.has_texts })
    }

    /// When two words are the same here.
    pub fn fold(&self) -> Fold {
        self.fold
    }

    /// Add `articles`, all or none; when this returns, they survive a crash.
    ///
    /// # Errors
    /// If an id is there already or comes twice, another process writes, the file is damaged, or the work was stopped.
    pub fn add(&mut self, articles: &[IndexArticle<'_>], progress: &Progress) -> Result<()> {
        self.add_known(articles, IndexKnown::Refuse, progress).map(|_| ())
    }

    /// The same, where `known` says what becomes of articles whose ids are there already.
    ///
    /// # Errors
    /// As [`Index::add`].
    pub fn add_known(
        &mut self,
        articles: &[IndexArticle<'_>],
        known: IndexKnown,
        progress: &Progress,
    ) -> Result<IndexAdded> {
        articles.iter().try_for_each(|article| check_length(article.text))?;
        progress.begin(articles.len() as u64);
        let (fold, has_texts) = (self.fold, self.has_texts);
        let read = |article: &IndexArticle<'_>| {
            progress.check()?;
            let (words, fingerprints) = winnow::fingerprints(article.text, fold);
            progress.advance(1);
            Ok((words as u32, fingerprints, tables::pack(article.text, has_texts)))
        };
        let read: Vec<_> = articles.par_iter().map(read).collect::<Result<_>>()?;
        progress.begin(articles.len() as u64);
        self.store.write(progress, |tables| {
            let (state, added) = (store::state(tables)?, IndexAdded::default());
            let mut adding = Adding { tables, state, known, postings: Vec::new(), added };
            for (article, read) in articles.iter().zip(read) {
                progress.check()?;
                adding.add(article, read)?;
                progress.advance(1);
            }
            let Adding { mut state, postings, added, .. } = adding;
            merge::add(tables, &mut state, postings, progress)?;
            store::set_state(tables, &state)?;
            Ok(added)
        })
    }

    /// Take out the articles with these `ids`, all or none.
    ///
    /// # Errors
    /// If one is not there, or as [`Index::add`].
    pub fn remove(&mut self, ids: &[&str], progress: &Progress) -> Result<()> {
        progress.begin(ids.len() as u64);
        self.store.write(progress, |tables| {
            let mut state = store::state(tables)?;
            for id in ids.iter().collect::<BTreeSet<_>>() {
                progress.check()?;
                let unknown = || Error::value("ids", "in the index", format!("{id:?}"));
                let found = tables::named(tables, id)?.ok_or_else(unknown)?;
                tables::remove(tables, &mut state, &found)?;
                progress.advance(1);
            }
            store::set_state(tables, &state)
        })
    }

    /// The passages that `text` shares with the articles, the earliest article first: of every article that has a
    /// verbatim run of eight words in common, and of many that have five words which few others have; or of the best of
    /// these ([`IndexSearch::top_k`]).
    ///
    /// # Errors
    /// If `min_words` or `top_k` is 0, the file is damaged, or the work was stopped.
    pub fn search(
        &self,
        text: &str,
        search: impl Into<IndexSearch>,
        progress: &Progress,
    ) -> Result<IndexPassages> {
        self.search_all(text, search.into(), None, progress)
    }

    /// The same in an index without texts; `texts` are those of the [`Index::candidates`] at least, by id.
    ///
    /// # Errors
    /// As [`Index::search`], or if a text is missing or not the one that was added.
    pub fn search_in(
        &self,
        text: &str,
        search: impl Into<IndexSearch>,
        texts: &Texts<'_>,
        progress: &Progress,
    ) -> Result<IndexPassages> {
        self.search_all(text, search.into(), (!self.has_texts).then_some(texts), progress)
    }

    /// The ids of the articles that a search for `text` looks at.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn candidates(
        &self,
        text: &str,
        search: impl Into<IndexSearch>,
        progress: &Progress,
    ) -> Result<Vec<String>> {
        let query = self.query(text, search.into())?;
        let found = self.store.read(|tables| query.candidates(tables, progress))?;
        Ok(found.into_iter().map(|(article, _)| article.id).collect())
    }

    fn query(&self, text: &str, search: IndexSearch) -> Result<Query> {
        at_least_one("min_words", search.passages.min_words)?;
        search.top_k.map_or(Ok(()), |top_k| at_least_one("top_k", top_k))?;
        check_length(text)?;
        Ok(Query::new(text, self.fold, search))
    }

    fn search_all(
        &self,
        text: &str,
        search: IndexSearch,
        texts: Option<&Texts<'_>>,
        progress: &Progress,
    ) -> Result<IndexPassages> {
        self.check_texts(texts.is_some())?;
        let query = self.query(text, search)?;
        let mut found = self.store.read(|tables| query.candidates(tables, progress))?;
        found.sort_by_cached_key(|(article, _)| article.moment());
        let (found, is_rare): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let texts = self.texts(&found, texts)?;
        let probe = Probe::new(text, self.fold, search.passages)?;
        let compare = |place: u32| {
            let place = place as usize;
            probe.passages(&texts[place], query.least_run(is_rare[place]))
        };
        let rows = align_one(&texts, progress, compare)?;
        Ok(IndexPassages::new(found, texts, rows))
    }

    /// The passages that the articles share with each other, `a` the earlier one; with `since`, those whose later
    /// article is not older.
    ///
    /// A fingerprint that stands in more than `max_df` articles links each of them with the earliest only.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn pairs(
        &self,
        options: PassageOptions,
        since: Option<i64>,
        max_df: Option<usize>,
        progress: &Progress,
    ) -> Result<IndexPassages> {
        self.pairs_in(options, since, max_df, None, progress)
    }

    /// The same in an index without texts, for which `texts` is asked.
    ///
    /// # Errors
    /// As [`Index::search_in`], or what `texts` says.
    pub fn pairs_in(
        &self,
        options: PassageOptions,
        since: Option<i64>,
        max_df: Option<usize>,
        texts: Option<&TextsAsked<'_>>,
        progress: &Progress,
    ) -> Result<IndexPassages> {
        self.check_texts(texts.is_some())?;
        at_least_one("min_words", options.min_words)?;
        let texts = texts.filter(|_| !self.has_texts);
        let sought = Sought { fold: self.fold, options, since, max_df, texts };
        let Shared { articles, mut rows } = self.store.read(|tables| {
            let state = store::state(tables)?;
            pairs::shared(tables, &state, &sought, progress)
        })?;
        let among: HashMap<u32, u32> = articles.keys().copied().zip(0..).collect();
        rows.iter_mut().for_each(|(a, b, _)| (*a, *b) = (among[a], among[b]));
        let (articles, texts) = articles.into_values().unzip();
        Ok(IndexPassages::new(articles, texts, rows))
    }

    /// The texts of the articles, from here or from those that were handed in.
    fn texts(&self, articles: &[Stored], texts: Option<&Texts<'_>>) -> Result<Vec<String>> {
        self.store.explained(|| articles.par_iter().map(|article| article.text(texts)).collect())
    }

    fn check_texts(&self, are_given: bool) -> Result<()> {
        if self.has_texts || are_given {
            return Ok(());
        }
        Err(Error::value("texts", "handed in, since this index keeps none", "none"))
    }

    /// Close the file. Every call but this one is refused from now on.
    pub fn close(&mut self) {
        self.store.close();
    }

    /// How much it holds.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn stats(&self) -> Result<IndexStats> {
        self.store.read(|tables| {
            let state = store::state(tables)?;
            let segments = tables::segments(tables, &state)?;
            Ok(IndexStats {
                articles: state.articles,
                words: state.words.unsigned_abs(),
                postings: segments.iter().map(|segment| u64::from(segment.postings)).sum(),
                segments: segments.len() as u32,
                bytes: self.store.size(),
            })
        })
    }

    /// Merge all segments, forget removed articles for good, and give their room back.
    ///
    /// # Errors
    /// As [`Index::add`].
    pub fn compact(&mut self, progress: &Progress) -> Result<()> {
        self.store.write(progress, |tables| {
            let mut state = store::state(tables)?;
            let gone = tables::removed(tables, &state)?;
            let segments = tables::segments(tables, &state)?;
            merge::together(tables, &mut state, &segments, &gone, progress)?;
            tables::forget_removed(tables, &mut state)?;
            store::set_state(tables, &state)
        })?;
        progress.check()?;
        self.store.shrink(progress)
    }

    /// Hold every row against its checksum, and the postings against the texts if it keeps them.
    ///
    /// # Errors
    /// If the file is damaged, whether a search would meet it or not.
    pub fn verify(&self, progress: &Progress) -> Result<()> {
        progress.check()?;
        self.store.check(progress)?;
        let (fold, has_texts) = (self.fold, self.has_texts);
        self.store.read(|tables| {
            let state = store::state(tables)?;
            let gone = tables::removed(tables, &state)?;
            let (mut wanted, mut met) = (0u64, 0u64);
            tables::each_article(tables, &state, progress, |article| {
                if !has_texts {
                    return Ok(());
                }
                let (_, fingerprints) = winnow::fingerprints(&article.text(None)?, fold);
                let postings = fingerprints.into_iter().map(|fingerprint| (fingerprint, article.number));
                wanted = wanted.wrapping_add(segment::sum_of(postings));
                Ok(())
            })?;
            let segments = tables::segments(tables, &state)?;
            tables::each_slice(tables, &segments, progress, |_, mut postings| {
                postings.retain(|(_, number)| gone.binary_search(number).is_err());
                met = met.wrapping_add(segment::sum_of(postings.into_iter()));
                Ok(())
            })?;
            if met == wanted || !has_texts { Ok(()) } else { Err(Trouble::Damaged) }
        })
    }
}
