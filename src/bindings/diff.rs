//! `_core.diff`, `_core.diff_strings`, `_core.diff_many`, `_core.align_numbers` and `_core.history`.

use std::sync::Arc;

use pyo3::prelude::*;

use super::columns::{PyColumn, to_python};
use super::raw::Raw;
use super::run;
use super::strings::Given;
use super::text::{Flags, Text, fold, places};
use crate::columns::{Column, Places, counts_of_rows, edits, edits_of_rows, facts, standings};
use crate::diff::{self as core, Diff};
use crate::text::Pair;

/// A diff as Python gets it: its edits, those inside moves and the facts touched (None where there are none), its ratio.
type PyDiff<'py> = (Vec<PyColumn<'py>>, Option<Vec<PyColumn<'py>>>, Option<Vec<PyColumn<'py>>>, f64);

/// The edits of many rows, those inside moves, and what each row comes to.
type RowTables<'py> = (Vec<PyColumn<'py>>, Vec<PyColumn<'py>>, Vec<PyColumn<'py>>);

/// A diff as columns.
type Columns = (Vec<Column>, Option<Vec<Column>>, Option<Vec<Column>>, f64);

fn columns(diff: &Diff, a: &Places<'_>, b: &Places<'_>) -> Columns {
    let inner = (!diff.inner.is_empty()).then(|| edits(&diff.inner, a, b));
    let touched = (!diff.facts.is_empty()).then(|| facts(&diff.facts));
    (edits(&diff.edits, a, b), inner, touched, diff.ratio)
}

fn python_diff<'py>(py: Python<'py>, (edits, inner, facts, ratio): &Columns) -> PyResult<PyDiff<'py>> {
    let some = |columns: &Option<Vec<Column>>| columns.as_ref().map(|c| to_python(py, c)).transpose();
    Ok((to_python(py, edits)?, some(inner)?, some(facts)?, *ratio))
}

/// The diff of two texts that were read before.
#[pyfunction]
pub(super) fn diff<'py>(py: Python<'py>, a: &Text, b: &Text) -> PyResult<PyDiff<'py>> {
    let bytes = a.bytes() + b.bytes();
    let (a, b) = (Arc::clone(&a.read), Arc::clone(&b.read));
    let found = run::by_size(py, bytes, move || {
        Ok(columns(&core::diff(&Pair::of(&a, &b)?), &places(&a), &places(&b)))
    })?;
    python_diff(py, &found)
}

/// The diff of two strings: read together, they take half the time.
#[pyfunction]
pub(super) fn diff_strings(py: Python<'_>, a: Raw, b: Raw, flags: Flags) -> PyResult<PyDiff<'_>> {
    let found = run::by_size(py, a.as_ref().len() + b.as_ref().len(), move || {
        let (a, b) = (a.as_ref(), b.as_ref());
        let diff = core::diff(&Pair::new(a, b, fold(flags))?);
        Ok(columns(&diff, &Places::new(a), &Places::new(b)))
    })?;
    python_diff(py, &found)
}

/// The runs of places at which two lists of numbers are the same: start in either, and length.
#[pyfunction]
pub(super) fn align_numbers(
    py: Python<'_>,
    a: Vec<u32>,
    b: Vec<u32>,
) -> PyResult<Vec<(usize, usize, usize)>> {
    run::by_size(py, a.len() + b.len(), move || Ok(core::align_numbers(&a, &b)))
}

/// Many diffs as three tables.
#[pyfunction]
pub(super) fn diff_many<'py>(
    py: Python<'py>,
    a: Given,
    b: Given,
    flags: Flags,
    workers: Option<usize>,
    watch: Option<&Bound<'py, PyAny>>,
) -> PyResult<RowTables<'py>> {
    let (edits, inner, counts) = run::long(py, workers, watch, move |progress| {
        let (a, b) = (a.0.read(progress)?, b.0.read(progress)?);
        let diffs = core::diff_many(a, b, fold(flags), progress)?;
        let (edits, inner) = edits_of_rows(&diffs, a, b);
        Ok((edits, inner, counts_of_rows(&diffs)))
    })?;
    Ok((to_python(py, &edits)?, to_python(py, &inner)?, to_python(py, &counts)?))
}

/// The diff of each version and the next, and since when each stretch of the last one has stood.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "what Python hands over is taken out of a list of its own")]
pub(super) fn history<'py>(
    py: Python<'py>,
    versions: Vec<PyRef<'py, Text>>,
) -> PyResult<(Vec<PyDiff<'py>>, Vec<PyColumn<'py>>)> {
    let bytes = versions.iter().map(|text| text.bytes()).sum();
    let texts: Vec<_> = versions.iter().map(|text| Arc::clone(&text.read)).collect();
    let (found, stood) = run::by_size(py, bytes, move || {
        let versions: Vec<_> = texts.iter().map(|text| &**text).collect();
        let (diffs, stood) = core::history(&versions)?;
        let steps = texts.windows(2).zip(&diffs);
        let found: Vec<Columns> =
            steps.map(|(two, diff)| columns(diff, &places(&two[0]), &places(&two[1]))).collect();
        let stood = texts.last().map(|last| standings(&stood, &places(last))).unwrap_or_default();
        Ok((found, stood))
    })?;
    let diffs: PyResult<Vec<PyDiff<'py>>> = found.iter().map(|diff| python_diff(py, diff)).collect();
    Ok((diffs?, to_python(py, &stood)?))
}
