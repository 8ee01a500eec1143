//! Candidate pairs, read again and compared; texts that are the same are compared once.

use std::collections::HashMap;

use crate::error::Result;
use crate::progress::{Progress, in_chunks};
use crate::text::{Fold, Pair};

/// What `rows` finds in each of the `pairs`, in their order. It is asked once for all pairs of the same two texts: 2,000
/// copies of one report are one comparison, not 2 million.
pub(crate) fn align<S: AsRef<str> + Sync, T: Clone + Send>(
    texts: &[S],
    fold: Fold,
    pairs: &[(u32, u32)],
    progress: &Progress,
    rows: impl Fn(u32, u32, &Pair<'_>) -> Result<Vec<T>> + Sync,
) -> Result<Vec<(u32, u32, T)>> {
    once_each(texts, pairs, progress, |a, b| {
        let text = |place: u32| texts[place as usize].as_ref();
        rows(a, b, &Pair::new(text(a), text(b), fold)?)
    })
}

/// The same, of `rows` that read the texts themselves.
fn once_each<S: AsRef<str> + Sync, T: Clone + Send>(
    texts: &[S],
    pairs: &[(u32, u32)],
    progress: &Progress,
    rows: impl Fn(u32, u32) -> Result<Vec<T>> + Sync,
) -> Result<Vec<(u32, u32, T)>> {
    let same = same_texts(texts);
    let first = |place: u32| same.get(place as usize).copied().unwrap_or(place);
    let key = |&(a, b): &(u32, u32)| (first(a), first(b));
    let mut numbers = HashMap::new();
    let mut unlike: Vec<(u32, u32)> = Vec::new();
    let answers: Vec<usize> = pairs
        .iter()
        .map(|pair| {
            *numbers.entry(key(pair)).or_insert_with(|| {
                unlike.push(*pair);
                unlike.len() - 1
            })
        })
        .collect();
    drop(numbers);
    let found = in_chunks(&unlike, progress, |&(a, b)| Ok(vec![rows(a, b)?]))?;
    let rows = pairs
        .iter()
        .zip(answers)
        .flat_map(|(&(a, b), answer)| found[answer].iter().map(move |row| (a, b, row.clone())));
    Ok(rows.collect())
}

/// What `rows` finds in each of the `texts` and in a text that is compared with all of them; the place of that one is
/// behind theirs.
#[cfg(feature = "index")]
pub(crate) fn align_one<S: AsRef<str> + Sync, T: Clone + Send>(
    texts: &[S],
    progress: &Progress,
    rows: impl Fn(u32) -> Result<Vec<T>> + Sync,
) -> Result<Vec<(u32, u32, T)>> {
    let place = texts.len() as u32;
    let pairs: Vec<_> = (0..place).map(|text| (text, place)).collect();
    once_each(texts, &pairs, progress, |a, _| rows(a))
}

/// For each text the first one that is the same, code point for code point.
fn same_texts<S: AsRef<str>>(texts: &[S]) -> Vec<u32> {
    let mut firsts: HashMap<&str, u32> = HashMap::with_capacity(texts.len());
    texts.iter().zip(0..).map(|(text, place)| *firsts.entry(text.as_ref()).or_insert(place)).collect()
}
