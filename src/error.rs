//! Everything that can go wrong, said in one sentence that names the argument, the value and the remedy.

/// What can go wrong in a call.
///
/// ```
/// let error = wortlaut::Error::value("min_words", "at least 1", 0);
/// assert_eq!(error.to_string(), "min_words must be at least 1, got 0");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An argument has a value outside its range.
    #[error("{argument} must be {expected}, got {value}")]
    Value {
        /// The argument's public name.
        argument: &'static str,
        /// What would have been accepted.
        expected: &'static str,
        /// What came.
        value: String,
    },
    /// A text is too long for 32-bit offsets.
    #[error("text must be shorter than 4 GiB, got {0} bytes; split it first")]
    TooLong(usize),
    /// A file cannot be used for what was asked.
    #[error("{path} {problem}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it, and what to do.
        problem: String,
    },
    /// The caller asked for the work to stop.
    #[error("stopped before the work was done")]
    Stopped,
}

impl Error {
    /// An [`Error::Value`]: `argument` must be `expected`, got `value`.
    pub fn value(argument: &'static str, expected: &'static str, value: impl std::fmt::Display) -> Self {
        Error::Value { argument, expected, value: format!("{value}") }
    }
}

/// The crate's result type.
pub type Result<T> = std::result::Result<T, Error>;

/// Refuse a count below 1: nearly every option of the crate is such a count.
pub(crate) fn at_least_one(argument: &'static str, value: usize) -> Result<()> {
    if value == 0 {
        return Err(Error::value(argument, "at least 1", value));
    }
    Ok(())
}
