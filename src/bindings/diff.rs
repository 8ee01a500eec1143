//! `_core.diff` and `_core.diff_many`.

use std::sync::Arc;

use pyo3::prelude::*;

use super::columns::{PyColumn, to_python};
use super::raw::Raw;
use super::run;
use super::text::{Flags, Text, fold, places};
use crate::columns::{Column, Data, Places, edits, edits_of_rows};
use crate::corpus::in_chunks;
use crate::diff::{Diff, Edit, diff as compare};
use crate::text::{Pair, Span};

/// The edits, and the ratio of words kept.
#[pyfunction]
pub(super) fn diff<'py>(py: Python<'py>, a: &Text, b: &Text) -> PyResult<(Vec<PyColumn<'py>>, f64)> {
    let bytes = a.bytes() + b.bytes();
    let (a, b) = (Arc::clone(&a.read), Arc::clone(&b.read));
    let (columns, ratio) = run::by_size(py, bytes, move || {
        let diff = compare(&Pair::of(&a, &b)?);
        Ok((edits(&diff, &places(&a), &places(&b)), diff.ratio))
    })?;
    Ok((to_python(py, &columns)?, ratio))
}

/// The edits of every row, and in another table the ratio of each row.
#[pyfunction]
pub(super) fn diff_many<'py>(
    py: Python<'py>,
    a: Vec<Raw>,
    b: Vec<Raw>,
    flags: Flags,
    workers: Option<usize>,
    watch: Option<&Bound<'py, PyAny>>,
) -> PyResult<(Vec<PyColumn<'py>>, Vec<PyColumn<'py>>)> {
    let (edits, ratios) = run::long(py, workers, watch, move |progress| {
        let rows: Vec<(u32, Raw, Raw)> = (0..).zip(a).zip(b).map(|((row, a), b)| (row, a, b)).collect();
        let differences = in_chunks(&rows, progress, |(row, a, b)| {
            let (a, b) = (a.as_ref(), b.as_ref());
            let diff = compare(&Pair::new(a, b, fold(flags))?);
            Ok(vec![(located(*row, &diff, a, b), diff.ratio)])
        })?;
        let (edits, ratios): (Vec<_>, Vec<f64>) = differences.into_iter().unzip();
        let ratios: Vec<Column> = vec![("ratio", Data::Ratio(ratios))];
        Ok((edits_of_rows(&edits.concat()), ratios))
    })?;
    Ok((to_python(py, &edits)?, to_python(py, &ratios)?))
}

fn located(row: u32, diff: &Diff, a: &str, b: &str) -> Vec<(u32, Edit, Span, Span)> {
    let (a, b) = (Places::new(a), Places::new(b));
    diff.edits.iter().map(|&edit| (row, edit, a.span(edit.a), b.span(edit.b))).collect()
}
