//! `_core.Index`: articles on disk, to ask what a new one shares with them.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::columns::{PyColumn, to_python};
use super::error::exception;
use super::raw::{Raw, unmend};
use super::run::{self, HEARTBEAT, Manners};
use super::text::{Flags, flags, fold};
use crate::columns::{self, AllPlaces, Column};
use crate::error::{Error, Result};
use crate::index::{self, IndexArticle, IndexKnown, IndexPassages, IndexSearch, IndexTexts, TextsAsked};
use crate::passages::PassageOptions;
use crate::progress::Progress;

/// An open index, used by one thread at a time.
#[pyclass(frozen, module = "wortlaut._core")]
pub(super) struct Index {
    slot: Arc<Slot>,
    flags: Flags,
    has_texts: bool,
}

/// Ids and texts of articles that an index keeps no texts of.
type Known = Option<Vec<(Raw, Raw)>>;

fn texts(known: Option<&[(Raw, Raw)]>) -> Option<IndexTexts<'_>> {
    known.map(|known| known.iter().map(|(id, text)| (id.as_ref(), text.as_ref())).collect())
}

fn search(min_words: usize, top_k: Option<usize>) -> IndexSearch {
    IndexSearch { passages: PassageOptions { min_words, ..PassageOptions::default() }, top_k }
}

/// Why Python gave no texts.
type Refusal = Arc<Mutex<Option<PyErr>>>;

/// Ask Python for the texts of these articles; what it raises is kept, and stops the work.
fn asked(texts: &Py<PyAny>, ids: &[&str], refusal: &Refusal) -> Result<Vec<String>> {
    let answer = Python::attach(|py| texts.call1(py, (ids.to_vec(),))?.extract::<Vec<Raw>>(py));
    answer.map(|given| given.iter().map(|text| text.as_ref().to_owned()).collect()).map_err(|error| {
        *refusal.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        Error::Stopped
    })
}

/// Columns of passages with the places `a` and `b`, and the ids and texts that stand there.
type Found<'py> = (Vec<PyColumn<'py>>, Vec<String>, Vec<Bound<'py, PyAny>>);

#[pymethods]
impl Index {
    #[staticmethod]
    fn create(py: Python<'_>, path: PathBuf, flags: Flags, has_texts: bool) -> PyResult<Self> {
        let create = if has_texts { index::Index::create } else { index::Index::create_without_texts };
        run::short(py, move || create(&path, fold(flags))).map(Self::new)
    }

    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        run::short(py, move || index::Index::open(&path)).map(Self::new)
    }

    #[getter]
    fn flags(&self) -> Flags {
        self.flags
    }

    #[getter]
    fn has_texts(&self) -> bool {
        self.has_texts
    }

    #[expect(clippy::too_many_arguments, reason = "a column each, and who watches")]
    /// How many are new, how many were there already, and the ids of those that were there otherwise.
    fn add(
        &self,
        py: Python<'_>,
        ids: Vec<Raw>,
        texts: Vec<Raw>,
        dates: Vec<Option<i64>>,
        outlets: Vec<Option<Raw>>,
        known: u8,
        workers: Option<usize>,
        watch: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(u32, u32, Vec<String>)> {
        // An unknown choice is the default: the caller has checked it.
        let known = IndexKnown::ALL.get(usize::from(known)).copied().unwrap_or_default();
        let added = self.run(py, (workers, watch), move |index, progress| {
            let rows = ids.iter().zip(&texts).zip(dates).zip(&outlets);
            let article = |(((id, text), date), outlet): (((_, _), _), _)| {
                let (id, text): (&Raw, &Raw) = (id, text);
                let outlet: &Option<Raw> = outlet;
                IndexArticle {
                    id: id.as_ref(),
                    text: text.as_ref(),
                    date,
                    outlet: outlet.as_ref().map(Raw::as_ref),
                    mended: text.is_mended(),
                }
            };
            index.add_known(&rows.map(article).collect::<Vec<_>>(), known, progress)
        })?;
        Ok((added.new, added.unchanged, added.changed))
    }

    fn remove(&self, py: Python<'_>, ids: Vec<Raw>, watch: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        self.run(py, (None, watch), move |index, progress| {
            index.remove(&ids.iter().map(Raw::as_ref).collect::<Vec<_>>(), progress)
        })
    }

    #[expect(clippy::too_many_arguments, reason = "a question's options, and who watches")]
    fn search<'py>(
        &self,
        py: Python<'py>,
        text: Raw,
        min_words: usize,
        top_k: Option<usize>,
        known: Known,
        workers: Option<usize>,
        watch: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Found<'py>> {
        let found = self.run(py, (workers, watch), move |index, progress| {
            let (raw, search) = (text.as_ref(), search(min_words, top_k));
            let found = match texts(known.as_deref()) {
                Some(texts) => index.search_in(raw, search, &texts, progress)?,
                None => index.search(raw, search, progress)?,
            };
            Ok(in_columns(found, Some(text.as_ref())))
        })?;
        found.into_python(py)
    }

    #[expect(clippy::too_many_arguments, reason = "a question's options, and who watches")]
    fn pairs<'py>(
        &self,
        py: Python<'py>,
        min_words: usize,
        since: Option<i64>,
        max_df: Option<usize>,
        texts: Option<Py<PyAny>>,
        workers: Option<usize>,
        watch: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Found<'py>> {
        let refusal = Refusal::default();
        let refused = Arc::clone(&refusal);
        let found = self.run(py, (workers, watch), move |index, progress| {
            let ask = texts.map(|texts| move |ids: &[&str]| asked(&texts, ids, &refused));
            let ask = ask.as_ref().map(|ask| ask as &TextsAsked<'_>);
            let options = PassageOptions { min_words, ..PassageOptions::default() };
            Ok(in_columns(index.pairs_in(options, since, max_df, ask, progress)?, None))
        });
        let refusal = refusal.lock().unwrap_or_else(PoisonError::into_inner).take();
        refusal.map_or(found, Err)?.into_python(py)
    }

    /// The ids of the articles that a search looks at.
    fn candidates(
        &self,
        py: Python<'_>,
        text: Raw,
        min_words: usize,
        top_k: Option<usize>,
    ) -> PyResult<Vec<String>> {
        let search = search(min_words, top_k);
        self.run(py, (None, None), move |index, progress| index.candidates(text.as_ref(), search, progress))
    }

    /// Articles, words, postings, segments, bytes.
    fn stats(&self, py: Python<'_>) -> PyResult<(u32, u64, u64, u32, u64)> {
        let stats = self.run(py, (None, None), |index, _| index.stats())?;
        Ok((stats.articles, stats.words, stats.postings, stats.segments, stats.bytes))
    }

    fn compact(&self, py: Python<'_>, watch: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        self.run(py, (None, watch), index::Index::compact)
    }

    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.run(py, (None, None), |index, _| {
            index.close();
            Ok(())
        })
    }

    fn verify(&self, py: Python<'_>, watch: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        self.run(py, (None, watch), |index, progress| index.verify(progress))
    }
}

impl Index {
    fn new(index: index::Index) -> Self {
        let (flags, has_texts) = (flags(index.fold()), index.has_texts());
        let slot =
            Slot { index: Mutex::new(Some(index)), returned: Condvar::new(), process: std::process::id() };
        Self { slot: Arc::new(slot), flags, has_texts }
    }

    fn run<T: Send + 'static>(
        &self,
        py: Python<'_>,
        (workers, watch): Manners<'_, '_>,
        work: impl FnOnce(&mut index::Index, &Progress) -> Result<T> + Send + 'static,
    ) -> PyResult<T> {
        // Here and not among the workers: one of them that waits for the others would begin another call meanwhile,
        // and wait in it for what it holds itself.
        let mut taken = Slot::take(&self.slot, py)?;
        run::long(py, workers, watch, move |progress| match &mut taken.index {
            Some(index) => work(index, progress),
            None => unreachable!("it is put back only when this ends"),
        })
    }
}

/// Where the index lies while no call uses it.
struct Slot {
    index: Mutex<Option<index::Index>>,
    returned: Condvar,
    process: u32,
}

/// The index in the hands of one call; put back when that ends, even by a panic, which has rolled back what was being
/// written.
struct Taken {
    index: Option<index::Index>,
    slot: Arc<Slot>,
}

impl Slot {
    /// Wait until no other call has the index, and take it.
    fn take(slot: &Arc<Self>, py: Python<'_>) -> PyResult<Taken> {
        loop {
            if let Some(index) = py.detach(|| slot.wait()) {
                return Ok(Taken { index: Some(index), slot: Arc::clone(slot) });
            }
            if slot.process != std::process::id() {
                let told = "the index was in use when this process was forked; open it again here";
                return Err(exception(py, "UnreadableFileError", told));
            }
            py.check_signals()?;
        }
    }

    fn wait(&self) -> Option<index::Index> {
        let here = self.lock();
        let waited = self.returned.wait_timeout_while(here, HEARTBEAT, |index| index.is_none());
        waited.unwrap_or_else(PoisonError::into_inner).0.take()
    }

    fn lock(&self) -> MutexGuard<'_, Option<index::Index>> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        *self.slot.lock() = self.index.take();
        self.slot.returned.notify_one();
    }
}

/// What was found, on its way to Python.
struct Answer {
    columns: Vec<Column>,
    ids: Vec<String>,
    texts: Vec<String>,
    mended: Vec<bool>,
}

/// The places in the articles, and in `query` behind them.
fn in_columns(found: IndexPassages, query: Option<&str>) -> Answer {
    let IndexPassages { ids, texts, mended, rows } = found;
    let all: Vec<&str> = texts.iter().map(String::as_str).chain(query).collect();
    let columns = columns::corpus_passages(&rows, &AllPlaces::new(&all));
    Answer { columns, ids, texts, mended }
}

impl Answer {
    fn into_python(self, py: Python<'_>) -> PyResult<Found<'_>> {
        let text = |(text, mended): (&String, bool)| {
            if mended { unmend(py, text) } else { Ok(PyString::new(py, text).into_any()) }
        };
        let texts = self.texts.iter().zip(self.mended).map(text).collect::<PyResult<_>>()?;
        Ok((to_python(py, &self.columns)?, self.ids, texts))
    }
}
