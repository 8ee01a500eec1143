//! The extension module `wortlaut._core`: what Python sees of the crate, and nothing it could decide itself.
//!
//! Texts come in as borrowed UTF-8, from Python's own memory or Arrow's, results go out as columns of bytes; the GIL is released while anything is
//! computed. Signatures, defaults and documentation are Python's.

mod arrow;
mod columns;
mod corpus;
mod diff;
mod error;
mod index;
mod overlap;
mod passages;
mod quotes;
mod raw;
mod run;
mod strings;
mod text;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::diff::{Fact, Level};

/// The compiled core of wortlaut.
#[pymodule]
#[pyo3(name = "_core")]
mod core {
    #[pymodule_export]
    use super::columns::Columns;
    #[pymodule_export]
    use super::corpus::Corpus;
    #[pymodule_export]
    use super::diff::{align_numbers, diff, diff_many, diff_strings, history};
    #[pymodule_export]
    use super::index::Index;
    #[pymodule_export]
    use super::overlap::{overlap, overlap_many};
    #[pymodule_export]
    use super::passages::{passages, within};
    #[pymodule_export]
    use super::quotes::{
        evidence, find_quote, lexicon, quotes, shared_quotes, speakers_conflict, variant, wording,
    };
    #[pymodule_export]
    use super::run::panic_on_purpose;
    #[pymodule_export]
    use super::strings::Strings;
    #[pymodule_export]
    use super::text::Text;

    use super::{Bound, Fact, Level, PyModule, PyModuleMethods, PyResult, PyTuple};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        let tuple = |names: &[&str]| PyTuple::new(module.py(), names);
        module.add("LEVELS", tuple(&Level::NAMES)?)?;
        module.add("FACTS", tuple(&Fact::NAMES)?)
    }
}
