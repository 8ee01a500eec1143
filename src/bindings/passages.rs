//! `_core.passages` and `_core.within`.

use std::sync::Arc;

use pyo3::prelude::*;

use super::columns::{PyColumn, to_python};
use super::run;
use super::text::{Text, places};
use crate::columns::passages as columns;
use crate::passages::{PassageOptions, passages as find, within as find_within};
use crate::text::Pair;

#[pyfunction]
pub(super) fn passages<'py>(
    py: Python<'py>,
    a: &Text,
    b: &Text,
    min_words: usize,
) -> PyResult<Vec<PyColumn<'py>>> {
    let bytes = a.bytes() + b.bytes();
    let (a, b) = (Arc::clone(&a.read), Arc::clone(&b.read));
    let found = run::by_size(py, bytes, move || {
        let found = find(&Pair::of(&a, &b)?, PassageOptions { min_words })?;
        Ok(columns(&found, &places(&a), &places(&b)))
    })?;
    to_python(py, &found)
}

#[pyfunction]
pub(super) fn within<'py>(py: Python<'py>, text: &Text, min_words: usize) -> PyResult<Vec<PyColumn<'py>>> {
    let read = Arc::clone(&text.read);
    let found = run::by_size(py, text.bytes(), move || {
        let found = find_within(read.raw(), read.fold(), PassageOptions { min_words })?;
        Ok(columns(&found, &places(&read), &places(&read)))
    })?;
    to_python(py, &found)
}
