//! Python strings, and those in Arrow's memory, as `&str`, without copying them.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyString};

use super::arrow;
use super::error::exception;

/// A text that came from Python.
pub(super) enum Raw {
    /// Borrowed from Python, which keeps the UTF-8 of a `str` once it was asked for.
    Borrowed(PyBackedStr),
    /// A copy in which lone surrogates are replaced, since UTF-8 has none.
    Mended(Box<str>),
    /// Borrowed from a column.
    Lent(arrow::Text),
    /// A copy in which U+FFFD stands for what is no UTF-8.
    Damaged(Box<str>),
}

impl Raw {
    /// Whether lone surrogates were replaced.
    pub(super) fn is_mended(&self) -> bool {
        matches!(self, Raw::Mended(_))
    }

    /// Whether it was no UTF-8.
    pub(super) fn is_damaged(&self) -> bool {
        matches!(self, Raw::Damaged(_))
    }

    /// The text of a row of a column.
    pub(super) fn lent(column: &Arc<arrow::Column>, row: usize) -> Self {
        column.text(row).map_or_else(|copy| Raw::Damaged(copy.into()), Raw::Lent)
    }
}

impl AsRef<str> for Raw {
    fn as_ref(&self) -> &str {
        match self {
            Raw::Borrowed(text) => text,
            Raw::Mended(text) | Raw::Damaged(text) => text,
            Raw::Lent(text) => text.as_ref(),
        }
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for Raw {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let Ok(text) = object.cast::<PyString>() else {
            let message = format!("text must be a str, got {}", object.get_type().name()?);
            return Err(exception(object.py(), "InvalidTypeError", &message));
        };
        if let Ok(text) = PyBackedStr::try_from(text.to_owned()) {
            return Ok(Raw::Borrowed(text));
        }
        let encoded = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
        Ok(Raw::Mended(mend(encoded.cast::<PyBytes>()?.as_bytes()).into()))
    }
}

/// What stands for the first surrogate, U+D800.
const MENDED: u32 = 0x10_F800;

/// The `str` that [`mend`] made `text` of.
pub(super) fn unmend<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    let mut encoded = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u32::from(c).checked_sub(MENDED) {
            Some(n) => encoded.extend([0xED, 0xA0 | (n >> 6) as u8, 0x80 | (n & 0x3F) as u8]),
            None => encoded.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    PyBytes::new(py, &encoded).call_method1("decode", ("utf-8", "surrogatepass"))
}

/// Each surrogate U+D800 + n, three bytes ED A0..BF xx, becomes U+10F800 + n: one code point of no word as well,
/// and different where the surrogates are. No code point is left over to keep the two apart: compared with a text
/// that really has U+10F800 + n in that place (nobody assigns these), a lone surrogate counts as the same.
fn mend(encoded: &[u8]) -> String {
    let mut text = String::with_capacity(encoded.len() + encoded.len() / 3);
    let mut rest = encoded;
    while !rest.is_empty() {
        let valid = std::str::from_utf8(rest).map_or_else(|error| error.valid_up_to(), str::len);
        text.push_str(&String::from_utf8_lossy(&rest[..valid]));
        rest = &rest[valid..];
        if let [0xED, second, third, after @ ..] = rest {
            let surrogate = u32::from(second & 0x1F) << 6 | u32::from(third & 0x3F);
            text.extend(char::from_u32(MENDED + surrogate));
            rest = after;
        }
    }
    text
}
