//! Columns for Python: a name, what the bytes are, the bytes, and the names that codes stand for.

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::columns::{Column, Data};

/// One column as Python gets it. Bytes are immutable, picklable, comparable, and become a `memoryview`, a numpy
/// array or an Arrow buffer without a copy.
pub(super) type PyColumn<'py> = (
    &'static str,
    &'static str,
    Bound<'py, PyBytes>,
    Option<Vec<&'static str>>,
);

/// `columns` for Python.
pub(super) fn to_python<'py>(py: Python<'py>, columns: &[Column]) -> PyResult<Vec<PyColumn<'py>>> {
    columns.iter().map(|(name, data)| column(py, name, data)).collect()
}

fn column<'py>(py: Python<'py>, name: &'static str, data: &Data) -> PyResult<PyColumn<'py>> {
    let (kind, bytes, names) = match data {
        Data::Number(values) => ("u32", words(py, values, u32::to_ne_bytes)?, None),
        Data::OptionalNumber(values) => ("u32?", words(py, values, u32::to_ne_bytes)?, None),
        Data::Ratio(values) => ("f64", words(py, values, f64::to_ne_bytes)?, None),
        Data::Flag(values) => ("bool", PyBytes::new(py, values), None),
        Data::Name(values, names) => ("name", PyBytes::new(py, values), Some(names.to_vec())),
    };
    Ok((name, kind, bytes, names))
}

fn words<'py, T: Copy, const N: usize>(
    py: Python<'py>,
    values: &[T],
    bytes: impl Fn(T) -> [u8; N],
) -> PyResult<Bound<'py, PyBytes>> {
    PyBytes::new_with(py, values.len() * N, |buffer| {
        for (place, &value) in buffer.chunks_exact_mut(N).zip(values) {
            place.copy_from_slice(&bytes(value));
        }
        Ok(())
    })
}
