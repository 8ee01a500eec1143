//! The file: tables, checksums, what is refused, and what to say then.
//!
//! `articles` has the texts; `segments` and `parts` the postings, a segment for each batch until several are merged;
//! `removed` the numbers that postings may still have; `state` one row that the others must agree with.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params,
};

use super::segment::checksum;
use super::winnow::{BITS, GRAM, WINDOW};
use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::text::Fold;

/// "wLix": by it a file is known as an index of ours.
const APPLICATION: i32 = 0x774C_6978;

/// The version of the tables; a file of another one is refused.
const SCHEMA: i32 = 2;

/// How often a long statement is asked whether it should stop.
const HEARTBEAT: Duration = Duration::from_millis(20);

/// Of a million articles, 32 MB hold the inner pages of all tables and the articles of the last searches.
const CACHE: i32 = 32 << 10;

const TABLES: &str = "
CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1), method TEXT NOT NULL, fold INTEGER NOT NULL, has_texts INTEGER NOT NULL,
    next INTEGER NOT NULL, articles INTEGER NOT NULL, words INTEGER NOT NULL, article_sums INTEGER NOT NULL,
    segment_sums INTEGER NOT NULL, removed_sums INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, date INTEGER, outlet TEXT, words INTEGER NOT NULL,
    mended INTEGER NOT NULL, text BLOB NOT NULL, sum INTEGER NOT NULL) STRICT;
CREATE TABLE segments (
    number INTEGER PRIMARY KEY, bits INTEGER NOT NULL, postings INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT;
CREATE TABLE parts (key INTEGER PRIMARY KEY, postings BLOB NOT NULL, sum INTEGER NOT NULL) STRICT;
CREATE TABLE removed (number INTEGER PRIMARY KEY) STRICT;
";

/// The one row that says what the tables hold; sums over rows do not depend on their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub(super) fold: u8,
    /// Whether the texts are here, or with who uses it.
    pub(super) has_texts: bool,
    /// The number of the next article or segment.
    pub(super) next: u32,
    pub(super) articles: u32,
    pub(super) words: i64,
    pub(super) article_sums: i64,
    pub(super) segment_sums: i64,
    pub(super) removed_sums: i64,
}

impl State {
    fn sum(&self, method: &str) -> i64 {
        let numbers = [
            i64::from(self.fold),
            i64::from(self.has_texts),
            i64::from(self.next),
            i64::from(self.articles),
            self.words,
            self.article_sums,
            self.segment_sums,
            self.removed_sums,
        ];
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        checksum([method.as_bytes(), &bytes])
    }
}

/// What fingerprints are made of; those of another make would never meet.
fn method() -> String {
    let [words, forms] = [WORDS, FORMS].map(|(major, minor, _)| format!("{major}.{minor}"));
    format!("words 2 of Unicode {words}, {forms}; {GRAM} in a row, 1 of {WINDOW}, {BITS} bits")
}

/// The version of Unicode by which texts fall into words.
const WORDS: (u64, u64, u64) = unicode_segmentation::UNICODE_VERSION;

/// The version by which characters have one form. The crate that folds case does not name its own.
const FORMS: (u64, u64, u64) = {
    let (major, minor, update) = unicode_normalization::UNICODE_VERSION;
    (major as u64, minor as u64, update as u64)
};

/// Why a transaction was given up.
pub(super) enum Trouble {
    Sqlite(rusqlite::Error),
    /// A row is not as it was written.
    Damaged,
    /// The fingerprints are of another make.
    Method(String),
    /// What is asked for cannot be done with this index.
    Refused(Error),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Trouble::Sqlite(error)
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Trouble::Refused(error)
    }
}

/// The result of work inside a transaction.
pub(super) type Held<T> = std::result::Result<T, Trouble>;

/// An open file.
pub(super) struct Store {
    path: PathBuf,
    /// Taken when it is given up: `SQLite` must not close in a forked process what its parent has open.
    connection: Option<Connection>,
    process: u32,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if self.process != std::process::id() {
            std::mem::forget(self.connection.take());
        }
    }
}

impl Store {
    pub(super) fn create(path: &Path, fold: Fold, has_texts: bool) -> Result<Self> {
        std::fs::File::create_new(path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => refuse(path, "is there already; open it, or choose another name"),
            _ => refuse(path, UNWRITABLE),
        })?;
        Self::begin(path, fold, has_texts).inspect_err(|_| {
            // What is left of a failed attempt could be neither created nor opened.
            for end in ["", "-wal", "-shm"] {
                let mut name = path.as_os_str().to_owned();
                name.push(end);
                let _ = std::fs::remove_file(name);
            }
        })
    }

    /// Write the tables into an empty file.
    fn begin(path: &Path, fold: Fold, has_texts: bool) -> Result<Self> {
        let mut store = Self::connect(path)?;
        // A file keeps its mode: opening one that is refused then changes nothing.
        store.to_write_ahead()?;
        let state = State {
            fold: bits(fold),
            has_texts,
            next: 1,
            articles: 0,
            words: 0,
            article_sums: 0,
            segment_sums: 0,
            removed_sums: 0,
        };
        store.write(&Progress::default(), |tables| {
            tables.execute_batch(TABLES)?;
            tables.pragma_update(None, "application_id", APPLICATION)?;
            tables.pragma_update(None, "user_version", SCHEMA)?;
            set_state(tables, &state)
        })?;
        Ok(store)
    }

    pub(super) fn open(path: &Path) -> Result<(Self, State)> {
        if !path.is_file() {
            return Err(refuse(path, "is no file; create the index first"));
        }
        let store = Self::connect(path)?;
        let version = store.read(|tables| {
            let number = |name: &str| tables.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
            Ok((number("application_id")?, number("user_version")?))
        })?;
        match version {
            (APPLICATION, SCHEMA) => {}
            (APPLICATION, newer) if newer > SCHEMA => {
                return Err(refuse(path, "was written by a newer version of wortlaut; update this one"));
            }
            (APPLICATION, _) => {
                return Err(refuse(
                    path,
                    "was written by an older version of wortlaut; create it anew from the articles",
                ));
            }
            _ => return Err(refuse(path, "is no index of wortlaut")),
        }
        let state = store.state()?;
        Ok((store, state))
    }

    fn connect(path: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // With its folder, no name means anything else to SQLite (":memory:", "file:…").
        let place = std::path::absolute(path).map_err(|_| refuse(path, UNWRITABLE))?;
        let connect = || -> Held<Connection> {
            let connection = Connection::open_with_flags(&place, flags)?;
            // A writer waits for another's batch, not for its whole life.
            connection.busy_timeout(Duration::from_millis(500))?;
            // What a call has written is there after a crash of the machine as well.
            connection.pragma_update(None, "synchronous", "full")?;
            connection.pragma_update(None, "cell_size_check", true)?;
            // Pages that searches come back to, in kB.
            connection.pragma_update(None, "cache_size", -CACHE)?;
            Ok(connection)
        };
        let connection = connect().map_err(|error| explain(path, error))?;
        Ok(Self { path: path.to_owned(), connection: Some(connection), process: std::process::id() })
    }

    /// Let others read while one writes.
    fn to_write_ahead(&self) -> Result<()> {
        let connection = self.ours()?;
        self.explained(|| Ok(connection.pragma_update(None, "journal_mode", "wal")?))
    }

    /// Read from one state of the file, whatever others write meanwhile.
    pub(super) fn read<T>(&self, work: impl FnOnce(&Connection) -> Held<T>) -> Result<T> {
        let connection = self.ours()?;
        let read = || {
            let snapshot = connection.unchecked_transaction()?;
            work(&snapshot)
        };
        read().map_err(|error| explain(&self.path, error))
    }

    /// Write all that `work` writes, or nothing.
    pub(super) fn write<T>(
        &mut self,
        progress: &Progress,
        work: impl FnOnce(&Transaction<'_>) -> Held<T>,
    ) -> Result<T> {
        self.ours()?;
        let Some(connection) = &mut self.connection else { return Err(refuse(&self.path, "is closed")) };
        let write = || -> Held<T> {
            let batch = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&batch)?;
            progress.check()?;
            batch.commit()?;
            Ok(done)
        };
        write().map_err(|error| explain(&self.path, error))
    }

    fn ours(&self) -> Result<&Connection> {
        match &self.connection {
            Some(connection) if self.process == std::process::id() => Ok(connection),
            None => Err(refuse(&self.path, "is closed; open it again")),
            _ => Err(refuse(&self.path, "was opened before this process was forked; open it again here")),
        }
    }

    /// Close the file; every call but this one is refused from now on.
    pub(super) fn close(&mut self) {
        if self.process == std::process::id() {
            self.connection = None;
        }
    }

    pub(super) fn state(&self) -> Result<State> {
        self.read(state)
    }

    /// The bytes of the file.
    pub(super) fn size(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |file| file.len())
    }

    /// Do `work` on what was read, and explain its trouble.
    pub(super) fn explained<T>(&self, work: impl FnOnce() -> Held<T>) -> Result<T> {
        work().map_err(|trouble| explain(&self.path, trouble))
    }

    /// Give the room of what was deleted back to the disk.
    pub(super) fn shrink(&self, progress: &Progress) -> Result<()> {
        self.stopping(progress, |connection| {
            Ok(connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?)
        })
    }

    /// Look through the whole file for damage that no search would meet.
    pub(super) fn check(&self, progress: &Progress) -> Result<()> {
        let found = self.stopping(progress, |connection| {
            Ok(connection.pragma_query_value(None, "integrity_check", |row| row.get::<_, String>(0))?)
        })?;
        if found == "ok" { Ok(()) } else { Err(explain(&self.path, Trouble::Damaged)) }
    }

    /// Do `work` whose single statements take long, and interrupt them when `progress` is told to stop.
    fn stopping<T>(&self, progress: &Progress, work: impl FnOnce(&Connection) -> Held<T>) -> Result<T> {
        let connection = self.ours()?;
        let (handle, done) = (connection.get_interrupt_handle(), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let watcher = scope.spawn(|| {
                while !done.load(Ordering::Acquire) {
                    if progress.check().is_err() {
                        handle.interrupt();
                    }
                    std::thread::park_timeout(HEARTBEAT);
                }
            });
            let found = work(connection);
            done.store(true, Ordering::Release);
            watcher.thread().unpark();
            progress.check()?;
            found.map_err(|trouble| explain(&self.path, trouble))
        })
    }
}

/// The state, if it is as it was written.
pub(super) fn state(tables: &Connection) -> Held<State> {
    let row = tables.query_row(
        "SELECT method, fold, has_texts, next, articles, words, article_sums, segment_sums, removed_sums, sum FROM state",
        [],
        |row| {
            let state = State {
                fold: row.get(1)?,
                has_texts: row.get(2)?,
                next: row.get(3)?,
                articles: row.get(4)?,
                words: row.get(5)?,
                article_sums: row.get(6)?,
                segment_sums: row.get(7)?,
                removed_sums: row.get(8)?,
            };
            Ok((row.get::<_, String>(0)?, state, row.get::<_, i64>(9)?))
        },
    );
    let (method_of_file, state, sum) = row.optional()?.ok_or(Trouble::Damaged)?;
    if state.sum(&method_of_file) != sum {
        return Err(Trouble::Damaged);
    }
    if method_of_file != method() {
        return Err(Trouble::Method(method_of_file));
    }
    Ok(state)
}

pub(super) fn set_state(tables: &Connection, state: &State) -> Held<()> {
    let method = method();
    let sum = state.sum(&method);
    tables.execute(
        "INSERT OR REPLACE INTO state VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            method,
            state.fold,
            state.has_texts,
            state.next,
            state.articles,
            state.words,
            state.article_sums,
            state.segment_sums,
            state.removed_sums,
            sum
        ],
    )?;
    Ok(())
}

fn refuse(path: &Path, problem: &str) -> Error {
    Error::File { path: path.display().to_string(), problem: problem.to_owned() }
}

const DAMAGED: &str = "is damaged; restore it from a copy, or create it anew from the articles";

const UNWRITABLE: &str = "cannot be opened for writing; check the folder and its permissions";

/// The trouble as the user should hear it.
fn explain(path: &Path, trouble: Trouble) -> Error {
    match trouble {
        Trouble::Refused(error) => error,
        Trouble::Damaged => refuse(path, DAMAGED),
        Trouble::Method(method) => {
            refuse(path, &format!("has other fingerprints ({method}); create it anew from the articles"))
        }
        Trouble::Sqlite(error) => explain_sqlite(path, &error),
    }
}

fn explain_sqlite(path: &Path, error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            refuse(path, "is being written by another process; try again when it is done")
        }
        Some(ErrorCode::NotADatabase) => refuse(path, "is no index of wortlaut"),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            refuse(path, UNWRITABLE)
        }
        Some(ErrorCode::DiskFull) => refuse(path, "cannot grow: the disk is full"),
        Some(ErrorCode::SystemIoFailure) => refuse(path, &format!("cannot be read or written: {error}")),
        // Our own statements are the same for every file: what they do not find, or not so, is its content.
        None
        | Some(
            ErrorCode::DatabaseCorrupt
            | ErrorCode::ConstraintViolation
            | ErrorCode::TypeMismatch
            | ErrorCode::Unknown,
        ) => refuse(path, DAMAGED),
        Some(_) => refuse(path, &format!("cannot be used: {error}")),
    }
}

/// The switches of `fold` as bits.
fn bits(fold: Fold) -> u8 {
    fold.flags().iter().zip(0..).map(|(&flag, bit)| u8::from(flag) << bit).sum()
}

pub(super) fn fold(bits: u8) -> Fold {
    Fold::of_flags([0, 1, 2, 3].map(|bit| bits >> bit & 1 == 1))
}

#[cfg(test)]
mod tests {
    use super::{Trouble, explain};
    use rusqlite::{Error, ffi};
    use std::path::Path;

    fn told(code: i32) -> String {
        let error = Error::SqliteFailure(ffi::Error::new(code), None);
        explain(Path::new("FILE"), Trouble::Sqlite(error)).to_string()
    }

    #[test]
    fn only_what_a_file_holds_is_called_damage() {
        let damaged = [ffi::SQLITE_CORRUPT, ffi::SQLITE_ERROR, ffi::SQLITE_MISMATCH, ffi::SQLITE_CONSTRAINT];
        assert!(damaged.into_iter().all(|code| told(code).starts_with("FILE is damaged; ")));
        for code in [ffi::SQLITE_NOMEM, ffi::SQLITE_TOOBIG, ffi::SQLITE_PROTOCOL, ffi::SQLITE_NOLFS] {
            assert!(told(code).starts_with("FILE cannot be used: "), "{}", told(code));
        }
    }
}
