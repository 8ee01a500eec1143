//! `_core.Text`: a `str` read once.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::columns::{PyColumn, to_python};
use super::raw::Raw;
use super::run;
use crate::columns::{Places, stretches};
use crate::text::{self, ByteSpan, Fold, paragraphs, sentences};

/// The flags of a fold, in the order of its fields.
pub(super) type Flags = (bool, bool, bool, bool);

pub(super) fn fold(flags: Flags) -> Fold {
    Fold::of_flags(flags.into())
}

pub(super) fn flags(fold: Fold) -> Flags {
    fold.flags().into()
}

/// A text and its words.
#[pyclass(frozen, module = "wortlaut._core")]
pub(super) struct Text {
    object: Py<PyString>,
    pub(super) read: Arc<text::Text<Raw>>,
}

#[pymethods]
impl Text {
    #[new]
    fn new(py: Python<'_>, raw: &Bound<'_, PyAny>, flags: Flags) -> PyResult<Self> {
        let text: Raw = raw.extract()?;
        let object = raw.cast::<PyString>()?.clone().unbind();
        let bytes = text.as_ref().len();
        let read = run::by_size(py, bytes, move || text::Text::new(text, fold(flags)))?;
        Ok(Self { object, read: Arc::new(read) })
    }

    #[getter]
    fn raw(&self, py: Python<'_>) -> Py<PyString> {
        self.object.clone_ref(py)
    }

    #[getter]
    fn flags(&self) -> Flags {
        flags(self.read.fold())
    }

    /// Bytes of memory besides the text.
    #[getter]
    fn nbytes(&self) -> usize {
        self.read.memory()
    }

    fn words<'py>(&self, py: Python<'py>) -> PyResult<Vec<PyColumn<'py>>> {
        self.spans(py, |text| text.words().to_vec())
    }

    fn sentences<'py>(&self, py: Python<'py>) -> PyResult<Vec<PyColumn<'py>>> {
        self.spans(py, |text| sentences(text.raw()))
    }

    fn paragraphs<'py>(&self, py: Python<'py>) -> PyResult<Vec<PyColumn<'py>>> {
        self.spans(py, |text| paragraphs(text.raw()))
    }
}

impl Text {
    pub(super) fn bytes(&self) -> usize {
        self.read.raw().len()
    }

    fn spans<'py>(
        &self,
        py: Python<'py>,
        find: impl FnOnce(&text::Text<Raw>) -> Vec<ByteSpan> + Send + 'static,
    ) -> PyResult<Vec<PyColumn<'py>>> {
        let text = Arc::clone(&self.read);
        let columns = run::by_size(py, self.bytes(), move || Ok(stretches(&find(&text), &places(&text))))?;
        to_python(py, &columns)
    }
}

pub(super) fn places(text: &text::Text<Raw>) -> Places<'_> {
    Places::counted(text.raw(), text.code_points())
}
