//! Runs the core's work without the GIL, so that Python can interrupt it, watch it and survive its panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::error::{exception, panicked, to_python};
use crate::error::Result;
use crate::progress::Progress;

/// How often a long call looks for signals and reports its progress: an interrupt is heard within this time.
pub(super) const HEARTBEAT: Duration = Duration::from_millis(50);

/// Threads to work on, and who watches.
pub(super) type Manners<'a, 'py> = (Option<usize>, Option<&'a Bound<'py, PyAny>>);

/// Bytes of text up to which a call runs on the calling thread, deaf to signals: two articles, some 0.1 ms of work
/// and at worst (two texts of two words each, over and over) less than 0.1 s. Handing work over costs 10 µs.
pub(super) const SHORT: usize = 1 << 14;

/// Do a short piece of work on this thread, without the GIL.
pub(super) fn short<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    let done = py.detach(|| catch_unwind(AssertUnwindSafe(work)));
    unwrap(py, done)
}

/// Do a long piece of work on `workers` threads, reporting to `watch(done, total)`.
///
/// The work owns all it needs: when the caller is interrupted, it is told to stop and left to itself.
pub(super) fn long<T: Send + 'static>(
    py: Python<'_>,
    workers: Option<usize>,
    watch: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Progress) -> Result<T> + Send + 'static,
) -> PyResult<T> {
    let progress = Arc::new(Progress::default());
    let (sender, receiver) = channel();
    let shared = Arc::clone(&progress);
    pool(py, workers.unwrap_or(0))?.spawn(move || {
        // A caller who was interrupted no longer listens.
        let _ = sender.send(catch_unwind(AssertUnwindSafe(|| work(&shared))));
    });
    // `Receiver` is no `Sync`, so it crosses into the detached stretch and back.
    let receiver = Mutex::new(receiver);
    loop {
        let answer = py.detach(|| receiver.lock().expect("one listener").recv_timeout(HEARTBEAT));
        match answer {
            Ok(done) => {
                report(watch, &progress)?;
                return unwrap(py, done);
            }
            Err(RecvTimeoutError::Timeout) => {
                let heard = py.check_signals().and_then(|()| report(watch, &progress));
                heard.inspect_err(|_| give_up(&progress))?;
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(exception(py, "InternalError", "a worker thread ended without an answer"));
            }
        }
    }
}

/// [`short`] or [`long`], by how much text there is.
pub(super) fn by_size<T: Send + 'static>(
    py: Python<'_>,
    bytes: usize,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> PyResult<T> {
    if bytes <= SHORT { short(py, work) } else { long(py, None, None, |_| work()) }
}

/// Tell the work to stop, and let go of the pool: work that does not hear it soon must not hold up the next call.
fn give_up(progress: &Progress) {
    progress.stop();
    if let Ok(mut kept) = POOL.try_lock() {
        // A pool of a parent process is no longer ours to end.
        kept.take_if(|(owner, ..)| *owner == std::process::id());
    }
}

fn report(watch: Option<&Bound<'_, PyAny>>, progress: &Progress) -> PyResult<()> {
    let Some(watch) = watch else { return Ok(()) };
    let (done, total) = progress.state();
    watch.call1((done.min(total), total)).map(|_| ())
}

fn unwrap<T>(py: Python<'_>, done: std::thread::Result<Result<T>>) -> PyResult<T> {
    match done {
        Ok(result) => result.map_err(|error| to_python(py, &error)),
        Err(payload) => Err(panicked(py, &*payload)),
    }
}

/// Threads that a pool starts at most, whatever was asked for: more than any machine has cores, fewer than bring
/// one to its knees.
const MOST_THREADS: usize = 256;

/// The pool made last: the process it belongs to, the threads asked for, the pool.
static POOL: Mutex<Option<(u32, usize, Arc<ThreadPool>)>> = Mutex::new(None);

/// A pool of our own, kept from call to call. The global one hangs in a forked process, and so would this one,
/// whose threads stayed with the parent: another process makes another pool.
fn pool(py: Python<'_>, threads: usize) -> PyResult<Arc<ThreadPool>> {
    let process = std::process::id();
    // A fork can happen while another thread holds the lock; who does not get it goes without the cache.
    let mut kept = POOL.try_lock().ok();
    if let Some(Some((owner, size, pool))) = kept.as_deref()
        && (*owner, *size) == (process, threads)
    {
        return Ok(Arc::clone(pool));
    }
    let name = |i| format!("wortlaut-{i}");
    let count = threads.min(MOST_THREADS);
    let built = ThreadPoolBuilder::new().num_threads(count).thread_name(name).build();
    let pool = Arc::new(built.map_err(|error| exception(py, "InternalError", &error.to_string()))?);
    if let Some(kept) = kept.as_deref_mut() {
        let old = kept.replace((process, threads, Arc::clone(&pool)));
        if let Some((owner, ..)) = &old
            && *owner != process
        {
            // Its threads are in the parent; dropping it here could wait for them.
            std::mem::forget(old);
        }
    }
    Ok(pool)
}

/// Panic inside the core, for the test that no panic reaches Python.
#[pyfunction]
pub(super) fn panic_on_purpose(py: Python<'_>) -> PyResult<()> {
    short(py, || panic!("on purpose"))
}
