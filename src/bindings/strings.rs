//! `_core.Strings`: a column of texts that stays where it is until somebody looks at one.

use std::sync::{Arc, OnceLock};

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyCapsule, PyString};
use rayon::prelude::*;

use super::arrow::Column;
use super::error::{Failure, exception};
use super::raw::Raw;
use super::run;
use crate::error::Result;
use crate::progress::Progress;

/// Texts that Python handed over: a list of `str`, or a column whose UTF-8 is looked at when it is first needed.
pub(super) struct Texts {
    column: Option<Arc<Column>>,
    read: OnceLock<Vec<Raw>>,
}

impl Texts {
    fn lent(column: Arc<Column>) -> Self {
        Self { column: Some(column), read: OnceLock::new() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.column.as_ref().map_or_else(|| self.read.get().map_or(0, Vec::len), |column| column.len())
    }

    /// The texts, one that is missing as an empty one.
    pub(super) fn read(&self, progress: &Progress) -> Result<&[Raw]> {
        if let (None, Some(column)) = (self.read.get(), &self.column) {
            let rows = (0..column.len()).into_par_iter();
            let texts = rows.map(|row| progress.check().map(|()| Raw::lent(column, row)));
            // Who comes second finds the same texts.
            let _ = self.read.set(texts.collect::<Result<_>>()?);
        }
        Ok(self.read.get().map_or(&[], Vec::as_slice))
    }
}

/// Texts as an argument: `Strings`, or a list.
pub(super) struct Given(pub(super) Arc<Texts>);

impl<'a, 'py> FromPyObject<'a, 'py> for Given {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(strings) = object.cast::<Strings>() {
            return Ok(Given(Arc::clone(&strings.get().texts)));
        }
        Ok(Given(Arc::new(Texts { column: None, read: OnceLock::from(object.extract::<Vec<Raw>>()?) })))
    }
}

/// A column of texts in Arrow's memory. A text becomes a `str` when it is asked for, and stays one.
#[pyclass(frozen, module = "wortlaut._core")]
pub(super) struct Strings {
    column: Arc<Column>,
    texts: Arc<Texts>,
    made: Vec<PyOnceLock<Py<PyString>>>,
}

impl Strings {
    fn over(column: Column) -> Self {
        let made = (0..column.len()).map(|_| PyOnceLock::new()).collect();
        let column = Arc::new(column);
        Self { texts: Arc::new(Texts::lent(Arc::clone(&column))), column, made }
    }

    fn of(
        py: Python<'_>,
        argument: &str,
        read: std::result::Result<Option<Column>, Failure>,
    ) -> PyResult<Option<Self>> {
        match read {
            Ok(column) => Ok(column.map(Self::over)),
            Err(Failure::Python(error)) => Err(error),
            Err(Failure::Damaged(reason)) => {
                let message = format!("{argument} must be a sound column of Arrow, but {reason}");
                Err(exception(py, "InvalidValueError", &message))
            }
        }
    }
}

#[pymethods]
impl Strings {
    /// The column in the capsule of a stream, None where it is no text; `argument` is what an error calls it.
    #[staticmethod]
    fn of_stream(argument: &str, stream: &Bound<'_, PyCapsule>) -> PyResult<Option<Self>> {
        Self::of(stream.py(), argument, Column::of_stream(stream))
    }

    /// The column in the capsules of a schema and an array, None where it is no text.
    #[staticmethod]
    fn of_array(
        argument: &str,
        schema: &Bound<'_, PyCapsule>,
        array: &Bound<'_, PyCapsule>,
    ) -> PyResult<Option<Self>> {
        Self::of(schema.py(), argument, Column::of_array(schema, array))
    }

    fn __len__(&self) -> usize {
        self.column.len()
    }

    /// The text of a row, "" where it is missing.
    fn __getitem__<'py>(&self, py: Python<'py>, row: isize) -> PyResult<Bound<'py, PyString>> {
        let len = self.made.len();
        let place = usize::try_from(row).ok().or_else(|| len.checked_add_signed(row)).unwrap_or(len);
        let Some(kept) = self.made.get(place) else {
            return Err(PyIndexError::new_err(format!("row must be within {len}, got {row}")));
        };
        let bytes = self.column.bytes(place).unwrap_or_default();
        let make = || PyString::new(py, &String::from_utf8_lossy(bytes)).unbind();
        Ok(kept.get_or_init(py, make).bind(py).clone())
    }

    /// The rows in which a text is missing.
    fn missing(&self) -> Vec<usize> {
        (0..self.column.len()).filter(|row| self.column.bytes(*row).is_none()).collect()
    }

    /// The rows that are no UTF-8; what is damaged there became U+FFFD.
    fn damaged(&self, py: Python<'_>) -> PyResult<Vec<usize>> {
        let texts = Arc::clone(&self.texts);
        run::long(py, None, None, move |progress| {
            let texts = texts.read(progress)?.iter().enumerate();
            Ok(texts.filter(|(_, text)| text.is_damaged()).map(|(row, _)| row).collect())
        })
    }

    /// The column without the rows in which a text is missing.
    fn present(&self) -> Self {
        Self::over(self.column.present())
    }
}
