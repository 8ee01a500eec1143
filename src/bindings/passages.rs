//! `_core.passages` and `_core.within`.

use std::sync::Arc;

use pyo3::prelude::*;

use super::columns::{PyColumn, to_python};
use super::run;
use super::text::{Text, places};
use crate::columns::passages as columns;
use crate::passages::{PassageOptions, Sensitivity, passages as find, within as find_within};
use crate::text::Pair;

/// `min_words`, and which of the sensitivities.
pub(super) type PyPassageOptions = (usize, u8);

/// An unknown sensitivity is the default: the caller has checked it.
pub(super) fn passage_options((min_words, sensitivity): PyPassageOptions) -> PassageOptions {
    let sensitivity = Sensitivity::ALL.get(usize::from(sensitivity)).copied().unwrap_or_default();
    PassageOptions { min_words, sensitivity }
}

#[pyfunction]
pub(super) fn passages<'py>(
    py: Python<'py>,
    a: &Text,
    b: &Text,
    options: PyPassageOptions,
) -> PyResult<Vec<PyColumn<'py>>> {
    let bytes = a.bytes() + b.bytes();
    let (a, b) = (Arc::clone(&a.read), Arc::clone(&b.read));
    let found = run::by_size(py, bytes, move || {
        let found = find(&Pair::of(&a, &b)?, passage_options(options))?;
        Ok(columns(&found, &places(&a), &places(&b)))
    })?;
    to_python(py, &found)
}

#[pyfunction]
pub(super) fn within<'py>(
    py: Python<'py>,
    text: &Text,
    options: PyPassageOptions,
) -> PyResult<Vec<PyColumn<'py>>> {
    let read = Arc::clone(&text.read);
    let found = run::by_size(py, text.bytes(), move || {
        let found = find_within(read.raw(), read.fold(), passage_options(options))?;
        Ok(columns(&found, &places(&read), &places(&read)))
    })?;
    to_python(py, &found)
}
