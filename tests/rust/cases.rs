//! Reads the tables of cases that the Rust and the Python tests share.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// The folder of the crate.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The contents of `tests/cases/<name>.toml`.
pub(crate) fn load<T: DeserializeOwned>(name: &str) -> T {
    let path: PathBuf = root().join("tests/cases").join(name).with_extension("toml");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
