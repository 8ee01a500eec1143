//! The crate's errors as Python's.

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::Error;

/// The exception for `error`: a class of `wortlaut.errors`, looked up when it is needed.
pub(super) fn to_python(py: Python<'_>, error: &Error) -> PyErr {
    let class = if let Error::File { .. } = error { "UnreadableFileError" } else { "InvalidValueError" };
    exception(py, class, &error.to_string())
}

/// A panic of the core, as an exception that says so.
pub(super) fn panicked(py: Python<'_>, payload: &(dyn std::any::Any + Send)) -> PyErr {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no message");
    exception(py, "InternalError", &format!("internal error, please report it: {text}"))
}

/// An instance of the class `name` of `wortlaut.errors`.
pub(super) fn exception(py: Python<'_>, name: &str, message: &str) -> PyErr {
    let raised = py
        .import("wortlaut.errors")
        .and_then(|errors| errors.getattr(name))
        .and_then(|class| class.call1((PyString::new(py, message),)));
    raised.map_or_else(|error| error, PyErr::from_value)
}

/// Why a column could not be read.
pub(super) enum Failure {
    /// What is wrong with it.
    Damaged(String),
    /// Python has something to say: another capsule, or an interrupt.
    Python(PyErr),
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Failure::Python(error)
    }
}

impl From<&str> for Failure {
    fn from(reason: &str) -> Self {
        Failure::Damaged(reason.to_owned())
    }
}

impl From<String> for Failure {
    fn from(reason: String) -> Self {
        Failure::Damaged(reason)
    }
}
