//! `_core.Corpus`: many texts, all compared with all.

use std::sync::Arc;

use pyo3::prelude::*;

use super::columns::{PyColumn, to_python};
use super::error;
use super::passages::{PyPassageOptions, passage_options};
use super::quotes::{Words, lexicon_of};
use super::raw::Raw;
use super::run::{self, Manners};
use super::strings::{Given, Texts};
use super::text::{Flags, fold};
use crate::columns::{self, AllPlaces, Column};
use crate::corpus::{self, Links, Measure, NO_MOMENT, NO_OUTLET, OverlapsOptions};
use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::quotes::SharedQuoteOptions;
use crate::text::Fold;

/// The texts of a corpus and the order that makes one of two the earlier.
#[pyclass(frozen, module = "wortlaut._core")]
pub(super) struct Corpus {
    texts: Arc<Texts>,
    rank: Arc<Vec<u32>>,
    outlets: Arc<Vec<u32>>,
    moments: Arc<Vec<i64>>,
    fold: Fold,
}

/// `max_df`, whether boilerplate links, whether only pairs of two outlets do, and the most microseconds between two.
type PyLinks = (Option<usize>, bool, bool, Option<u64>);

fn links((max_df, keep_boilerplate, across_outlets, within): PyLinks) -> Links {
    Links { max_df, keep_boilerplate, across_outlets, within }
}

/// Bytes that n-grams are sorted in.
type Sorting = Option<usize>;

#[pymethods]
impl Corpus {
    #[new]
    fn new(
        texts: Given,
        rank: Option<Vec<u32>>,
        outlets: Option<Vec<Option<u32>>>,
        moments: Option<Vec<Option<i64>>>,
        flags: Flags,
    ) -> Self {
        let len = texts.0.len();
        let outlets = outlets.unwrap_or_else(|| vec![None; len]);
        let moments = moments.unwrap_or_else(|| vec![None; len]);
        let rank = rank.unwrap_or_else(|| (0..).take(len).collect());
        Self {
            texts: texts.0,
            rank: Arc::new(rank),
            outlets: Arc::new(outlets.into_iter().map(|outlet| outlet.unwrap_or(NO_OUTLET)).collect()),
            moments: Arc::new(moments.into_iter().map(|moment| moment.unwrap_or(NO_MOMENT)).collect()),
            fold: fold(flags),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a question's options, and who watches")]
    fn overlaps<'py>(
        &self,
        py: Python<'py>,
        n: usize,
        measure: u8,
        min_score: f64,
        top_k: Option<usize>,
        links: PyLinks,
        memory: Sorting,
        workers: Option<usize>,
        watch: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Vec<PyColumn<'py>>> {
        let measure = Measure::ALL.get(usize::from(measure)).copied();
        let unknown = || Error::value("measure", "one of containment, jaccard, dice", "another one");
        let measure = measure.ok_or_else(|| error::to_python(py, &unknown()))?;
        let options = OverlapsOptions { n, measure, min_score, top_k };
        self.run(py, memory, (workers, watch), move |corpus, _, progress| {
            Ok(columns::pair_overlaps(&corpus.overlaps(&options, self::links(links), progress)?))
        })
    }

    fn passages<'py>(
        &self,
        py: Python<'py>,
        options: PyPassageOptions,
        links: PyLinks,
        memory: Sorting,
        workers: Option<usize>,
        watch: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Vec<PyColumn<'py>>> {
        self.run(py, memory, (workers, watch), move |corpus, places, progress| {
            let rows = corpus.passages(passage_options(options), self::links(links), progress)?;
            Ok(columns::corpus_passages(&rows, places))
        })
    }

    fn clusters<'py>(
        &self,
        py: Python<'py>,
        options: PyPassageOptions,
        links: PyLinks,
        memory: Sorting,
        workers: Option<usize>,
        watch: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Vec<PyColumn<'py>>> {
        self.run(py, memory, (workers, watch), move |corpus, places, progress| {
            let rows = corpus.clusters(passage_options(options), self::links(links), progress)?;
            Ok(columns::clusters(&rows, places))
        })
    }

    fn boilerplate<'py>(
        &self,
        py: Python<'py>,
        workers: Option<usize>,
        watch: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Vec<PyColumn<'py>>> {
        self.run(py, None, (workers, watch), |corpus, places, progress| {
            Ok(columns::boilerplate(&corpus.boilerplate(progress)?, places))
        })
    }

    fn quotes<'py>(
        &self,
        py: Python<'py>,
        lexicon: Option<Words>,
        workers: Option<usize>,
        watch: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Vec<PyColumn<'py>>> {
        let lexicon = lexicon.map(lexicon_of);
        self.run(py, None, (workers, watch), move |corpus, places, progress| {
            Ok(columns::corpus_quotes(&corpus.quotes(lexicon.as_ref(), progress)?, places))
        })
    }

    fn shared_quotes<'py>(
        &self,
        py: Python<'py>,
        min_words: usize,
        links: PyLinks,
        workers: Option<usize>,
        watch: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Vec<PyColumn<'py>>> {
        self.run(py, None, (workers, watch), move |corpus, places, progress| {
            let options = SharedQuoteOptions { min_words, ..SharedQuoteOptions::default() };
            let rows = corpus.shared_quotes(&options, self::links(links), progress)?;
            Ok(columns::corpus_shared_quotes(&rows, places))
        })
    }
}

impl Corpus {
    fn run<'py>(
        &self,
        py: Python<'py>,
        memory: Sorting,
        (workers, watch): Manners<'_, 'py>,
        work: impl FnOnce(&corpus::Corpus<'_, Raw>, &AllPlaces<'_, Raw>, &Progress) -> Result<Vec<Column>>
        + Send
        + 'static,
    ) -> PyResult<Vec<PyColumn<'py>>> {
        let (texts, rank, fold) = (Arc::clone(&self.texts), Arc::clone(&self.rank), self.fold);
        let (outlets, moments) = (Arc::clone(&self.outlets), Arc::clone(&self.moments));
        let columns = run::long(py, workers, watch, move |progress| {
            let texts = texts.read(progress)?;
            let corpus = corpus::Corpus::new(texts, &rank, fold)?.with_outlets(&outlets)?;
            let corpus = corpus.with_moments(&moments)?.with_memory(memory);
            work(&corpus, &AllPlaces::new(texts), progress)
        })?;
        to_python(py, &columns)
    }
}
