//! Two columns of texts, compared row by row.

use super::{Diff, diff};
use crate::error::{Error, Result};
use crate::progress::{Progress, in_chunks};
use crate::text::{Fold, Pair};

/// The [`Diff`] of each text of `a` and the one beside it in `b`, in parallel.
///
/// # Errors
/// If the columns differ in length, a text has 4 GiB, or the work was stopped.
///
/// ```
/// use wortlaut::{Fold, Progress, diff_many};
/// let (old, new) = (["eins zwei", "drei"], ["eins drei", "drei"]);
/// let diffs = diff_many(&old, &new, Fold::default(), &Progress::default()).unwrap();
/// assert_eq!(diffs.iter().map(|diff| diff.ratio).collect::<Vec<_>>(), [0.5, 1.0]);
/// ```
pub fn diff_many<S: AsRef<str> + Sync>(
    a: &[S],
    b: &[S],
    fold: Fold,
    progress: &Progress,
) -> Result<Vec<Diff>> {
    by_rows(a, b, fold, progress, |pair| Ok(diff(pair)))
}

/// What `row` makes of each pair of texts, in their order.
pub(crate) fn by_rows<S: AsRef<str> + Sync, T: Send>(
    a: &[S],
    b: &[S],
    fold: Fold,
    progress: &Progress,
    row: impl Fn(&Pair<'_>) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    if a.len() != b.len() {
        return Err(Error::value("b", "one text for each of a", b.len()));
    }
    let rows: Vec<(&S, &S)> = a.iter().zip(b).collect();
    in_chunks(&rows, progress, |(a, b)| Ok(vec![row(&Pair::new(a.as_ref(), b.as_ref(), fold)?)?]))
}
