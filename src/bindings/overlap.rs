//! `_core.overlap` and `_core.overlap_many`.

use std::sync::Arc;

use pyo3::prelude::*;

use super::columns::{PyColumn, to_python};
use super::run;
use super::strings::Given;
use super::text::{Flags, Text, fold};
use crate::columns::{Data, overlaps};
use crate::overlap::{OverlapOptions, overlap as count, overlap_many as overlap_many_rows, similarity_many};
use crate::passages::PassageOptions;
use crate::text::Pair;

fn options(n: usize, min_words: usize) -> OverlapOptions {
    OverlapOptions { n, passages: PassageOptions { min_words, ..PassageOptions::default() } }
}

#[pyfunction]
pub(super) fn overlap<'py>(
    py: Python<'py>,
    a: &Text,
    b: &Text,
    n: usize,
    min_words: usize,
) -> PyResult<Vec<PyColumn<'py>>> {
    let bytes = a.bytes() + b.bytes();
    let (a, b) = (Arc::clone(&a.read), Arc::clone(&b.read));
    let row = run::by_size(py, bytes, move || count(&Pair::of(&a, &b)?, options(n, min_words)))?;
    to_python(py, &overlaps(&[row]))
}

/// Row by row; with `ratio_only`, the first ratio alone.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "positional from one caller, which names them")]
pub(super) fn overlap_many<'py>(
    py: Python<'py>,
    a: Given,
    b: Given,
    flags: Flags,
    n: usize,
    min_words: usize,
    ratio_only: bool,
    workers: Option<usize>,
    watch: Option<&Bound<'py, PyAny>>,
) -> PyResult<Vec<PyColumn<'py>>> {
    let columns = run::long(py, workers, watch, move |progress| {
        let (a, b) = (a.0.read(progress)?, b.0.read(progress)?);
        if ratio_only {
            return Ok(vec![("ratio", Data::Ratio(similarity_many(a, b, fold(flags), progress)?))]);
        }
        Ok(overlaps(&overlap_many_rows(a, b, fold(flags), options(n, min_words), progress)?))
    })?;
    to_python(py, &columns)
}
