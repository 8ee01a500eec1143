//! `_core.Index`: articles on disk, to ask what a new one shares with them.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;

use super::columns::{PyColumn, to_python};
use super::raw::Raw;
use super::run;
use super::text::{Flags, fold};
use crate::columns::{self, AllPlaces, Column};
use crate::error::Result;
use crate::index::{self, IndexArticle, IndexPassages};
use crate::passages::PassageOptions;
use crate::progress::Progress;

/// An open index, used by one thread at a time.
#[pyclass(frozen, module = "wortlaut._core")]
pub(super) struct Index {
    index: Arc<Mutex<index::Index>>,
    flags: Flags,
}

/// Columns of passages with the places `a` and `b`, and the ids and texts that stand there.
type Found<'py> = (Vec<PyColumn<'py>>, Vec<String>, Vec<String>);

#[pymethods]
impl Index {
    #[staticmethod]
    fn create(py: Python<'_>, path: PathBuf, flags: Flags) -> PyResult<Self> {
        run::short(py, move || index::Index::create(&path, fold(flags))).map(Self::new)
    }

    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        run::short(py, move || index::Index::open(&path)).map(Self::new)
    }

    #[getter]
    fn flags(&self) -> Flags {
        self.flags
    }

    #[expect(clippy::too_many_arguments, reason = "a column each, and who watches")]
    fn add(
        &self,
        py: Python<'_>,
        ids: Vec<Raw>,
        texts: Vec<Raw>,
        dates: Vec<Option<i64>>,
        outlets: Vec<Option<Raw>>,
        workers: Option<usize>,
        watch: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        self.run(py, (workers, watch), move |index, progress| {
            let rows = ids.iter().zip(&texts).zip(dates).zip(&outlets);
            let article = |(((id, text), date), outlet): (((_, _), _), _)| {
                let (id, text): (&Raw, &Raw) = (id, text);
                let outlet: &Option<Raw> = outlet;
                IndexArticle {
                    id: id.as_ref(),
                    text: text.as_ref(),
                    date,
                    outlet: outlet.as_ref().map(Raw::as_ref),
                }
            };
            index.add(&rows.map(article).collect::<Vec<_>>(), progress)
        })
    }

    fn remove(&self, py: Python<'_>, ids: Vec<Raw>) -> PyResult<()> {
        self.run(py, (None, None), move |index, _| {
            index.remove(&ids.iter().map(Raw::as_ref).collect::<Vec<_>>())
        })
    }

    fn search<'py>(
        &self,
        py: Python<'py>,
        text: Raw,
        min_words: usize,
        workers: Option<usize>,
        watch: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Found<'py>> {
        let found = self.run(py, (workers, watch), move |index, progress| {
            index.search(text.as_ref(), PassageOptions { min_words }, progress).map(in_columns)
        })?;
        Ok((to_python(py, &found.0)?, found.1, found.2))
    }

    fn pairs<'py>(
        &self,
        py: Python<'py>,
        min_words: usize,
        since: Option<i64>,
        max_df: Option<usize>,
        workers: Option<usize>,
        watch: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Found<'py>> {
        let found = self.run(py, (workers, watch), move |index, progress| {
            index.pairs(PassageOptions { min_words }, since, max_df, progress).map(in_columns)
        })?;
        Ok((to_python(py, &found.0)?, found.1, found.2))
    }

    /// Articles, words, postings, segments, bytes.
    fn stats(&self, py: Python<'_>) -> PyResult<(u32, u64, u64, u32, u64)> {
        let stats = self.run(py, (None, None), |index, _| index.stats())?;
        Ok((stats.articles, stats.words, stats.postings, stats.segments, stats.bytes))
    }

    fn compact(&self, py: Python<'_>) -> PyResult<()> {
        self.run(py, (None, None), |index, _| index.compact())
    }

    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        self.run(py, (None, None), |index, _| index.verify())
    }
}

/// Threads to work on, and who watches.
type Manners<'a, 'py> = (Option<usize>, Option<&'a Bound<'py, PyAny>>);

impl Index {
    fn new(index: index::Index) -> Self {
        let fold = index.fold();
        let flags = (fold.case, fold.compatibility, fold.typography, fold.accents);
        Self { index: Arc::new(Mutex::new(index)), flags }
    }

    fn run<T: Send + 'static>(
        &self,
        py: Python<'_>,
        (workers, watch): Manners<'_, '_>,
        work: impl FnOnce(&mut index::Index, &Progress) -> Result<T> + Send + 'static,
    ) -> PyResult<T> {
        let index = Arc::clone(&self.index);
        run::long(py, workers, watch, move |progress| work(&mut lock(&index), progress))
    }
}

/// A panic while it was locked has rolled back what was being written.
fn lock(index: &Mutex<index::Index>) -> MutexGuard<'_, index::Index> {
    index.lock().unwrap_or_else(PoisonError::into_inner)
}

fn in_columns(found: IndexPassages) -> (Vec<Column>, Vec<String>, Vec<String>) {
    let columns = columns::corpus_passages(&found.rows, &AllPlaces::new(&found.texts));
    (columns, found.ids, found.texts)
}
