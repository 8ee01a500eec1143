//! How far a long call has come, and whether it should stop: shared between the caller and its workers.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use crate::error::{Error, Result};

/// A counter that workers move on and a flag that the caller raises.
///
/// Work over many texts calls [`Progress::check`] between any two chunks of them. Work on a single pair does not: who
/// waits for it can turn away at once, and it ends when the pair is done.
///
/// ```
/// let progress = wortlaut::Progress::default();
/// progress.begin(10);
/// progress.advance(3);
/// assert_eq!(progress.state(), (3, 10));
/// progress.stop();
/// assert!(progress.check().is_err());
/// ```
#[derive(Debug, Default)]
pub struct Progress {
    stopped: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// Start a stage of `total` steps.
    pub fn begin(&self, total: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// Count `steps` as done.
    pub fn advance(&self, steps: u64) {
        self.done.fetch_add(steps, Ordering::Relaxed);
    }

    /// Steps done and steps in all, of the present stage.
    pub fn state(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// Ask the work to stop.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// # Errors
    /// [`Error::Stopped`] once [`Progress::stop`] was called.
    pub fn check(&self) -> Result<()> {
        if self.stopped.load(Ordering::Relaxed) {
            return Err(Error::Stopped);
        }
        Ok(())
    }
}

/// Pairs of texts compared between two looks at whether to stop.
const CHUNK: usize = 64;

/// What `rows` makes of each of `items`, in their order, in parallel and stopping when asked to.
pub(crate) fn in_chunks<I: Sync, T: Send>(
    items: &[I],
    progress: &Progress,
    rows: impl Fn(&I) -> Result<Vec<T>> + Sync,
) -> Result<Vec<T>> {
    progress.begin(items.len() as u64);
    let mut found = Vec::new();
    for chunk in items.chunks(CHUNK) {
        progress.check()?;
        let rows: Result<Vec<Vec<T>>> = chunk.par_iter().map(&rows).collect();
        found.extend(rows?.into_iter().flatten());
        progress.advance(chunk.len() as u64);
    }
    Ok(found)
}
