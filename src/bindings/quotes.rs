//! `_core.quotes`, `_core.shared_quotes`, `_core.find_quote`, and what explains them.

use std::collections::BTreeSet;
use std::sync::Arc;

use pyo3::prelude::*;

use super::columns::{Columns, PyColumn, to_python};
use super::raw::Raw;
use super::run;
use super::text::{Flags, Text, fold, places};
use crate::columns::{self, Places};
use crate::quotes::{
    Relation, SharedQuoteOptions, SpeechLexicon, evidence as links, find_quote as find, quotes as scan,
    quotes_with, shared_quotes as compare, speakers_conflict as conflict, variant as compare_wordings,
    wording as said,
};
use crate::text::{ByteSpan, Pair, check_length};

/// The words of a lexicon: verbs, sources, pronouns, articles, titles.
pub(super) type Words = (Vec<String>, Vec<String>, Vec<String>, Vec<String>, Vec<String>);

pub(super) fn lexicon_of((verbs, sources, pronouns, articles, titles): Words) -> SpeechLexicon {
    let set = |words: Vec<String>| words.into_iter().collect();
    SpeechLexicon {
        verbs: set(verbs),
        sources: set(sources),
        pronouns: set(pronouns),
        articles: set(articles),
        titles: set(titles),
    }
}

#[pyfunction]
pub(super) fn lexicon(language: &str) -> Words {
    let found = SpeechLexicon::built_in(language);
    let list = |words: BTreeSet<String>| words.into_iter().collect();
    (list(found.verbs), list(found.sources), list(found.pronouns), list(found.articles), list(found.titles))
}

#[pyfunction]
#[pyo3(signature = (text, lexicon=None))]
pub(super) fn quotes(py: Python<'_>, text: Raw, lexicon: Option<Words>) -> PyResult<Columns> {
    let lexicon = lexicon.map(lexicon_of);
    let found = run::by_size(py, text.as_ref().len(), move || {
        let raw = text.as_ref();
        check_length(raw)?;
        let found = lexicon.map_or_else(|| scan(raw), |lexicon| quotes_with(raw, &lexicon));
        Ok(columns::quotes(&found, &Places::new(raw)))
    })?;
    Ok(Columns(found))
}

#[pyfunction]
pub(super) fn shared_quotes<'py>(
    py: Python<'py>,
    a: &Text,
    b: &Text,
    min_words: usize,
) -> PyResult<Vec<PyColumn<'py>>> {
    let bytes = a.bytes() + b.bytes();
    let (a, b) = (Arc::clone(&a.read), Arc::clone(&b.read));
    let found = run::by_size(py, bytes, move || {
        let found =
            compare(&Pair::of(&a, &b)?, &SharedQuoteOptions { min_words, ..SharedQuoteOptions::default() })?;
        Ok(columns::shared_quotes(&found, &places(&a), &places(&b)))
    })?;
    to_python(py, &found)
}

#[pyfunction]
pub(super) fn find_quote<'py>(py: Python<'py>, quote: Raw, text: &Text) -> PyResult<Vec<PyColumn<'py>>> {
    let read = Arc::clone(&text.read);
    let found = run::by_size(py, quote.as_ref().len() + text.bytes(), move || {
        let found = find(quote.as_ref(), read.raw(), read.fold())?;
        Ok(columns::found_quotes(&found, &places(&read)))
    })?;
    to_python(py, &found)
}

/// The words that link two wordings with their weights, and what each wording weighs.
type Links = (Vec<(String, String, f64)>, f64, f64);

#[pyfunction]
pub(super) fn evidence(py: Python<'_>, a: Raw, b: Raw, flags: Flags) -> PyResult<Links> {
    let bytes = a.as_ref().len() + b.as_ref().len();
    run::by_size(py, bytes, move || {
        let pair = Pair::new(a.as_ref(), b.as_ref(), fold(flags))?;
        let found = links(&pair);
        let text = |span: ByteSpan, raw: &Raw| span.of(raw.as_ref()).to_owned();
        let words =
            found.words.iter().map(|word| (text(word.a, &a), text(word.b, &b), f64::from(word.weight)));
        Ok((words.collect(), f64::from(found.a), f64::from(found.b)))
    })
}

#[pyfunction]
pub(super) fn wording(py: Python<'_>, text: Raw) -> PyResult<String> {
    run::by_size(py, text.as_ref().len(), move || Ok(said(text.as_ref()).into_owned()))
}

/// The relation of the second wording to the first, its similarity, whether it lost or gained a negation.
type Variant = (&'static str, f64, bool);

#[pyfunction]
pub(super) fn variant(py: Python<'_>, a: Raw, b: Raw, flags: Flags) -> PyResult<Variant> {
    run::by_size(py, a.as_ref().len() + b.as_ref().len(), move || {
        let found = compare_wordings(&Pair::new(a.as_ref(), b.as_ref(), fold(flags))?);
        Ok((Relation::NAMES[found.relation as usize], columns::exact(found.similarity), found.negation))
    })
}

#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "what Python hands over is extracted by value")]
pub(super) fn speakers_conflict(speakers: Vec<Raw>) -> bool {
    conflict(&speakers.iter().map(AsRef::as_ref).collect::<Vec<_>>())
}
