//! Columns for Python: a name, what the bytes are, the bytes, and the names that codes stand for.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyIterator, PyList, PyTuple};

use crate::columns::{Column, Data, NULL};

/// One column as Python gets it. Bytes are immutable, picklable, comparable, and become a `memoryview`, a numpy
/// array or an Arrow buffer without a copy.
pub(super) type PyColumn<'py> =
    (&'static str, &'static str, Bound<'py, PyBytes>, Option<Bound<'py, PyTuple>>);

/// Columns that become Python's when someone looks at them: of a short text, making sixty Python objects of them takes
/// longer than finding them.
#[pyclass(frozen, module = "wortlaut._core")]
pub(super) struct Columns(pub(super) Vec<Column>);

#[pymethods]
impl Columns {
    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        PyList::new(py, to_python(py, &self.0)?)?.try_iter()
    }
}

/// `columns` for Python.
pub(super) fn to_python<'py>(py: Python<'py>, columns: &[Column]) -> PyResult<Vec<PyColumn<'py>>> {
    columns.iter().map(|(name, data)| column(py, name, data)).collect()
}

fn column<'py>(py: Python<'py>, name: &'static str, data: &Data) -> PyResult<PyColumn<'py>> {
    let (kind, bytes, names) = match data {
        Data::Number(values) => ("i64", eights(py, values, |v| i64::from(v).to_ne_bytes())?, None),
        Data::OptionalNumber(values) => {
            ("i64?", eights(py, values, |v| number_or_null(v).to_ne_bytes())?, None)
        }
        Data::Ratio(values) => ("f64", eights(py, values, f64::to_ne_bytes)?, None),
        Data::Flag(values) => ("bool", PyBytes::new(py, values), None),
        Data::Name(values, names) => ("name", PyBytes::new(py, values), Some(kept(py, names)?)),
    };
    Ok((name, kind, bytes, names))
}

/// Each list of names as Python has it: making the marks anew for every text takes as long as finding them.
static NAMES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();

/// `names` for Python, the same tuple every time.
fn kept<'py>(py: Python<'py>, names: &'static [&'static str]) -> PyResult<Bound<'py, PyTuple>> {
    let all = NAMES.get_or_init(py, || PyDict::new(py).unbind()).bind(py);
    let key = (names.as_ptr() as usize, names.len());
    if let Some(found) = all.get_item(key)? {
        return Ok(found.cast_into()?);
    }
    let made = PyTuple::new(py, names)?;
    all.set_item(key, &made)?;
    Ok(made)
}

/// Whole numbers go out as Python and pandas have them, in 64 bits: `end - start` must not wrap around.
fn number_or_null(value: u32) -> i64 {
    if value == NULL { -1 } else { i64::from(value) }
}

fn eights<'py, T: Copy>(
    py: Python<'py>,
    values: &[T],
    bytes: impl Fn(T) -> [u8; 8],
) -> PyResult<Bound<'py, PyBytes>> {
    PyBytes::new_with(py, values.len() * 8, |buffer| {
        for (place, &value) in buffer.as_chunks_mut::<8>().0.iter_mut().zip(values) {
            *place = bytes(value);
        }
        Ok(())
    })
}
