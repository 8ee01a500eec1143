//! The order of the modules, and what the public ones owe their readers, read off the source itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::cases::root;

/// Each module may use those before it.
const ORDER: [&str; 12] = [
    "error", "progress", "text", "diff", "passages", "overlap", "quotes", "corpus", "index", "columns",
    "bindings", "lib",
];

fn place(module: &str) -> usize {
    ORDER
        .iter()
        .position(|name| *name == module)
        .unwrap_or_else(|| panic!("{module} has no place in the order"))
}

/// All Rust files below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> = Vec::new();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every file of the crate: its module, its path and its lines without comments.
fn sources() -> Vec<(String, PathBuf, String)> {
    let folder = root().join("src");
    let read = |path: PathBuf| {
        let inside = path.strip_prefix(&folder).expect("inside").with_extension("");
        let module = inside.iter().next().expect("a name").to_str().expect("plain names").to_owned();
        let text = std::fs::read_to_string(&path).expect("a source file");
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        (module, path, code.join("\n"))
    };
    files(&folder).into_iter().map(read).collect()
}

/// The modules that `code` names behind `crate::`, alone or in braces.
fn named(code: &str) -> BTreeSet<&str> {
    let mut modules = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let path = &code[at + "crate::".len()..];
        let inner = path.strip_prefix('{').map(|list| list.split('}').next().unwrap_or_default());
        let paths = inner.map_or_else(|| vec![path], |list| list.split(',').collect());
        modules.extend(paths.into_iter().map(first_name).filter(|name| name.starts_with(char::is_lowercase)));
    }
    modules
}

fn first_name(path: &str) -> &str {
    let path = path.trim_start();
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    &path[..end]
}

#[test]
fn imports_point_one_way() {
    for (module, path, code) in sources() {
        for used in named(&code) {
            assert!(used == module || place(used) < place(&module), "{} uses {used}", path.display());
        }
        // From `src/<module>.rs` and `src/<module>/mod.rs`, `super` would be the crate.
        let is_top = path.parent() == Some(&root().join("src")) || path.ends_with("mod.rs");
        let climbs = code.lines().any(|line| line.starts_with("use super::"));
        assert!(!is_top || !climbs, "{}: say crate::", path.display());
    }
}

#[test]
fn only_the_bindings_name_python() {
    for (module, path, code) in sources() {
        assert!(module == "bindings" || !code.contains("pyo3"), "{}", path.display());
    }
}

/// `deny` in Cargo.toml can be lifted by an attribute; this cannot. The one file says at its head why, and each block
/// what it relies on.
#[test]
fn nothing_is_unsafe_but_the_reader_of_foreign_memory() {
    for (_, path, code) in sources() {
        let is_unsafe =
            |line: &&str| line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == "unsafe");
        let unsafe_lines = code.lines().filter(is_unsafe).count();
        let is_reader = path.ends_with("bindings/arrow.rs");
        assert!(is_reader || (unsafe_lines == 0 && !code.contains("unsafe_code")), "{}", path.display());
    }
}

#[test]
fn every_exception_has_a_reason() {
    for (_, path, code) in sources() {
        for attribute in ["allow(", "expect("] {
            for (at, _) in code.match_indices(&format!("#[{attribute}")) {
                let end = code[at..].find(']').expect("an end");
                assert!(code[at..at + end].contains("reason"), "{}: {}", path.display(), &code[at..at + end]);
            }
        }
    }
}

/// A file without its tests is read in one go.
#[test]
fn files_have_at_most_five_hundred_lines() {
    for path in files(&root().join("src")) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let lines = text.lines().take_while(|line| *line != "#[cfg(test)]").count();
        assert!(lines <= 500, "{} has {lines}", path.display());
    }
}

/// The names that `lib.rs` gives out, by the module they come from.
fn exported() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("src/lib.rs")).expect("a source file");
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in text.split("pub use ").skip(1) {
        let item = item.split(';').next().expect("an end");
        let (module, list) = item.split_once("::").expect("a path");
        let list = list
            .trim_matches(['{', '}', '\n'])
            .split(',')
            .map(|name| name.trim().trim_end_matches('}').trim().to_owned());
        names.entry(module.to_owned()).or_default().extend(list.filter(|name| !name.is_empty()));
    }
    names
}

/// The doc comment that stands before line `at`, over attributes.
fn doc(lines: &[&str], at: usize) -> String {
    let above = lines[..at].iter().rev().map(|line| line.trim_start());
    let doc = above.take_while(|line| line.starts_with("///") || line.starts_with("#["));
    doc.collect::<Vec<_>>().join("\n")
}

/// A function shows how it is called; a type is shown by the functions that give or take it.
#[test]
fn every_public_function_has_an_example() {
    let exported = exported();
    let mut seen = 0;
    for path in files(&root().join("src")) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let module = path.strip_prefix(root().join("src")).expect("inside").with_extension("");
        let module = module.iter().next().and_then(|name| name.to_str()).expect("plain names").to_owned();
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(name) = line.strip_prefix("pub fn ").map(first_name) else { continue };
            if exported.get(&module).is_some_and(|names| names.contains(name)) {
                seen += 1;
                assert!(doc(&lines, at).contains("```"), "{name} in {} has no example", path.display());
            }
        }
    }
    assert!(seen >= 10, "only {seen} functions were found");
}
