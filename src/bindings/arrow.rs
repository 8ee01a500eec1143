//! Columns of text in Arrow's memory, read where they lie: the consumer's side of the [C data] and [C stream]
//! interfaces, as far as a column of strings needs it.
//!
//! Why this is `unsafe`: a column that becomes a list of `str` costs a Python object and a copy for each text, 40 ms and
//! more for 10,000 articles of 3,000 characters. Read in place it costs 0.2 ms (`tests/bench/frames.py`). The crate that
//! does the same for every type takes the build from 45 to 290 seconds.
//!
//! What is checked: names of capsules, formats, counts, signs, the order of offsets, places of views and codes, and that
//! texts are UTF-8, each before anything depends on it. What no consumer can check, since the interface does not say
//! it: how long a buffer of offsets, codes or bits is, where a pointer leads, and that nobody writes to the memory
//! while it is lent. There the producer is taken at its word.
//!
//! [C data]: https://arrow.apache.org/docs/format/CDataInterface.html
//! [C stream]: https://arrow.apache.org/docs/format/CStreamInterface.html

#![expect(unsafe_code, reason = "foreign memory is read in place; the head of this file says why")]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::{NonNull, null};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::error::Failure;

/// More texts than a corpus can number; an array that claims more is not believed. Where a pointer has 32 bits, it
/// reaches fewer views of 16 bytes.
const MOST_ROWS: usize = if size_of::<usize>() < 8 { 1 << 26 } else { u32::MAX as usize };

/// Strings up to this length lie in the view itself.
const IN_VIEW: usize = 12;

#[repr(C)]
struct Schema {
    format: *const c_char,
    _name: *const c_char,
    _metadata: *const c_char,
    _flags: i64,
    _n_children: i64,
    _children: *mut *mut Schema,
    dictionary: *mut Schema,
    release: Option<unsafe extern "C" fn(*mut Schema)>,
    _private_data: *mut c_void,
}

#[repr(C)]
struct Array {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    _n_children: i64,
    buffers: *mut *const c_void,
    _children: *mut *mut Array,
    dictionary: *mut Array,
    release: Option<unsafe extern "C" fn(*mut Array)>,
    _private_data: *mut c_void,
}

#[repr(C)]
struct Stream {
    get_schema: Option<unsafe extern "C" fn(*mut Stream, *mut Schema) -> c_int>,
    get_next: Option<unsafe extern "C" fn(*mut Stream, *mut Array) -> c_int>,
    get_last_error: Option<unsafe extern "C" fn(*mut Stream) -> *const c_char>,
    release: Option<unsafe extern "C" fn(*mut Stream)>,
    _private_data: *mut c_void,
}

/// A struct of the interface: whoever holds it last calls its `release`, once; without one it holds nothing.
///
/// # Safety
/// All its fields may be zero.
unsafe trait Lent: Sized {
    /// Its name in capsules.
    const NAME: &CStr;
    fn release(&mut self) -> &mut Option<unsafe extern "C" fn(*mut Self)>;

    /// A struct that holds nothing, for a producer to fill.
    fn empty() -> Self {
        // SAFETY: whoever implements this says so.
        unsafe { std::mem::zeroed() }
    }
}

macro_rules! lent {
    ($lent:ty, $name:literal) => {
        // SAFETY: numbers, pointers that may be null, and functions that may be missing.
        unsafe impl Lent for $lent {
            const NAME: &CStr = $name;
            fn release(&mut self) -> &mut Option<unsafe extern "C" fn(*mut Self)> {
                &mut self.release
            }
        }
    };
}

lent!(Schema, c"arrow_schema");
lent!(Array, c"arrow_array");
lent!(Stream, c"arrow_array_stream");

/// What `work` does with the struct in a capsule, which must hold one that was not used up.
fn with_lent<T: Lent, R>(
    capsule: &Bound<'_, PyCapsule>,
    work: impl FnOnce(&mut T) -> Result<R, Failure>,
) -> Result<R, Failure> {
    let mut held = capsule.pointer_checked(Some(T::NAME))?.cast::<T>();
    if !held.is_aligned() {
        return Err("its capsule holds something else".into());
    }
    // SAFETY: a capsule of this name holds such a struct, or one of zeros once that was moved out; nobody else looks at
    // it while we are attached to the interpreter.
    let held = unsafe { held.as_mut() };
    if held.release().is_some() { work(held) } else { Err("it was read before".into()) }
}

/// A struct that is ours to release, in a place that does not move.
struct Owned<T: Lent>(Box<T>);

impl<T: Lent> Owned<T> {
    /// Take a struct over from its capsule. The one there is left empty, so that the capsule does not release it.
    fn moved(source: &mut T) -> Self {
        Owned(Box::new(std::mem::replace(source, T::empty())))
    }

    /// A struct that `fill` filled; it is ours to release if that came back with 0.
    fn filled(fill: impl FnOnce(*mut T) -> c_int) -> Result<Self, c_int> {
        let mut filled = Box::new(T::empty());
        let code = fill(&raw mut *filled);
        if code == 0 { Ok(Owned(filled)) } else { Err(code) }
    }
}

impl<T: Lent> Drop for Owned<T> {
    fn drop(&mut self) {
        if let Some(release) = *self.0.release() {
            // SAFETY: the struct was moved here or filled here, so nobody else releases it, and this runs once.
            unsafe { release(&raw mut *self.0) };
        }
    }
}

// SAFETY: a struct of the interface may be used and released on any thread, by one at a time.
unsafe impl<T: Lent> Send for Owned<T> {}
// SAFETY: nothing is done to it through a shared reference.
unsafe impl<T: Lent> Sync for Owned<T> {}

impl Stream {
    fn schema(&mut self) -> Result<Owned<Schema>, Failure> {
        let get = self.get_schema.ok_or("the stream has no get_schema")?;
        let stream = &raw mut *self;
        // SAFETY: the stream is not released, and the schema is an empty struct that the callback may fill.
        Owned::filled(|schema| unsafe { get(stream, schema) }).map_err(|code| self.last_error(code))
    }

    /// What the stream says of its last call, which came back with `code`.
    fn last_error(&mut self, code: c_int) -> Failure {
        // SAFETY: the stream is not released.
        let said = self.get_last_error.map_or(null(), |get| unsafe { get(&raw mut *self) });
        if said.is_null() {
            return format!("the stream failed with code {code}").into();
        }
        // SAFETY: what is not null is a string that ends with a NUL and lives until the next call; it is copied.
        let said = unsafe { CStr::from_ptr(said) }.to_string_lossy();
        said.lines().next().unwrap_or_default().into()
    }
}

impl Owned<Stream> {
    /// The next array, None behind the last.
    fn next(&mut self) -> Result<Option<Owned<Array>>, Failure> {
        let get = self.0.get_next.ok_or("the stream has no get_next")?;
        let stream = &raw mut *self.0;
        // SAFETY: the stream is not released, and the array is an empty struct that the callback may fill.
        let filled = Owned::filled(|array| unsafe { get(stream, array) });
        let mut array = filled.map_err(|code| self.0.last_error(code))?;
        Ok(array.0.release().is_some().then_some(array))
    }
}

/// How the strings of an array lie in its buffers.
#[derive(Clone, Copy)]
enum Layout {
    /// Nowhere: a column of nulls.
    Nulls,
    /// One behind the other, with offsets of 4 bytes.
    Offsets,
    /// The same with offsets of 8 bytes.
    LargeOffsets,
    /// In the views, or where these say.
    Views,
}

/// What the arrays of a column look like: strings, or the codes of strings in a dictionary, of the type of that letter.
#[derive(Clone, Copy)]
struct Kind {
    codes: Option<u8>,
    layout: Layout,
}

impl Kind {
    /// The kind that a schema tells of, None where it is no text.
    fn of(schema: &Schema) -> Option<Self> {
        let plain = |schema: &Schema| match format_of(schema) {
            b"n" => Some(Layout::Nulls),
            b"u" => Some(Layout::Offsets),
            b"U" => Some(Layout::LargeOffsets),
            b"vu" => Some(Layout::Views),
            _ => None,
        };
        // SAFETY: the dictionary of a schema that is not released is null or leads to a schema.
        let Some(values) = (unsafe { schema.dictionary.as_ref() }) else {
            return Some(Kind { codes: None, layout: plain(schema)? });
        };
        let &[code @ (b'c' | b'C' | b's' | b'S' | b'i' | b'I' | b'l' | b'L')] = format_of(schema) else {
            return None;
        };
        values.dictionary.is_null().then_some(Kind { codes: Some(code), layout: plain(values)? })
    }
}

fn format_of(schema: &Schema) -> &[u8] {
    if schema.format.is_null() {
        return b"";
    }
    // SAFETY: the format of a schema that is not released is a string that ends with a NUL.
    unsafe { CStr::from_ptr(schema.format) }.to_bytes()
}

/// Where a text lies; one that is missing lies nowhere.
#[derive(Clone, Copy)]
struct Row {
    start: *const u8,
    len: usize,
}

// SAFETY: a place is only an address; what lies there is read through a column, which keeps it alive, and never written.
unsafe impl Send for Row {}
// SAFETY: as above.
unsafe impl Sync for Row {}

const MISSING: Row = Row { start: null(), len: 0 };
const NO_BYTES: Row = Row { start: NonNull::dangling().as_ptr(), len: 0 };

/// An array, and which rows of its buffers it is about: the numbers have been checked.
struct Window<'a> {
    array: &'a Array,
    first: usize,
    len: usize,
}

impl<'a> Window<'a> {
    /// The window of an array that has as many buffers as its layout has.
    fn of(array: &'a Array, buffers: impl Fn(i64) -> bool) -> Result<Self, Failure> {
        let window = Self::of_nulls(array)?;
        if !buffers(array.n_buffers) || array.buffers.is_null() {
            let told = format!("it has an array of {} buffers, which does not fit its type", array.n_buffers);
            return Err(told.into());
        }
        if array.null_count > 0 && window.buffer(0).is_null() {
            return Err("it has an array with nulls that does not say where they are".into());
        }
        Ok(window)
    }

    /// The window of an array whose buffers do not matter.
    fn of_nulls(array: &'a Array) -> Result<Self, Failure> {
        let within = |number: i64| usize::try_from(number).ok().filter(|number| *number <= MOST_ROWS);
        let (Some(first), Some(len)) = (within(array.offset), within(array.length)) else {
            return Err(format!("it has an array of {} rows from row {}", array.length, array.offset).into());
        };
        Ok(Window { array, first, len })
    }

    fn buffer(&self, place: usize) -> *const c_void {
        // SAFETY: `of` found `n_buffers` pointers there; callers stay below that.
        unsafe { *self.array.buffers.add(place) }
    }

    /// A buffer that must be there, as there are rows.
    fn needed(&self, place: usize) -> Result<*const c_void, Failure> {
        let buffer = Some(self.buffer(place)).filter(|buffer| !buffer.is_null());
        buffer.ok_or_else(|| format!("it has an array without buffer {place}").into())
    }

    /// What `row` makes of each place in the buffers that holds something.
    fn rows(&self, row: impl Fn(usize) -> Result<Row, &'static str>) -> Result<Vec<Row>, Failure> {
        let bits = self.buffer(0).cast::<u8>();
        // SAFETY: a bitmap that is there has a bit for every row up to the last.
        let is_here = |at| bits.is_null() || unsafe { bits.add(at / 8).read() } >> (at % 8) & 1 == 1;
        let mut rows = self.room()?;
        for at in self.first..self.first + self.len {
            rows.push(if is_here(at) { row(at)? } else { MISSING });
        }
        Ok(rows)
    }

    /// Room for the rows, if there is.
    fn room(&self) -> Result<Vec<Row>, Failure> {
        let mut rows = Vec::new();
        rows.try_reserve_exact(self.len).map_err(|_| format!("there is no memory for {} rows", self.len))?;
        Ok(rows)
    }
}

/// The value at `at` in a buffer of such.
///
/// # Safety
/// The buffer has more than `at` values. It need not be aligned.
unsafe fn value<T: Copy>(buffer: *const c_void, at: usize) -> T {
    // SAFETY: as the caller says.
    unsafe { buffer.cast::<T>().add(at).read_unaligned() }
}

/// The rows of an array of strings; one without rows need not even have buffers.
fn strings(array: &Array, layout: Layout) -> Result<Vec<Row>, Failure> {
    match layout {
        _ if array.length == 0 => Ok(Vec::new()),
        Layout::Nulls => {
            let window = Window::of_nulls(array)?;
            let mut rows = window.room()?;
            rows.resize(window.len, MISSING);
            Ok(rows)
        }
        Layout::Offsets => by_offsets::<i32>(&Window::of(array, |buffers| buffers == 3)?),
        Layout::LargeOffsets => by_offsets::<i64>(&Window::of(array, |buffers| buffers == 3)?),
        Layout::Views => by_views(&Window::of(array, |buffers| buffers >= 3)?),
    }
}

fn by_offsets<O: Copy + Into<i64>>(window: &Window<'_>) -> Result<Vec<Row>, Failure> {
    let (offsets, data) = (window.needed(1)?, window.buffer(2).cast::<u8>());
    // SAFETY: there is an offset for every row and one behind the last.
    let offset = |at| usize::try_from(unsafe { value::<O>(offsets, at) }.into());
    window.rows(|at| {
        let (Ok(from), Ok(to)) = (offset(at), offset(at + 1)) else { return Err("it has an offset below 0") };
        match to.checked_sub(from).ok_or("it has offsets that decrease")? {
            0 => Ok(NO_BYTES),
            _ if data.is_null() => Err("it has an array without buffer 2"),
            len => Ok(Row { start: data.wrapping_add(from), len }),
        }
    })
}

fn by_views(window: &Window<'_>) -> Result<Vec<Row>, Failure> {
    let views = window.needed(1)?;
    window.rows(|at| {
        // SAFETY: there is a view for every row.
        let [len, _, buffer, offset] = unsafe { value::<[i32; 4]>(views, at) };
        let len = usize::try_from(len).map_err(|_| "it has a length below 0")?;
        let start = if len <= IN_VIEW {
            views.cast::<u8>().wrapping_add(at * 16 + 4)
        } else {
            viewed(window, buffer, offset, len).ok_or("it has a view of what is not there")?
        };
        Ok(Row { start, len })
    })
}

/// Where the `len` bytes from `offset` of one of the buffers of text lie; their lengths are in the last buffer.
fn viewed(window: &Window<'_>, buffer: i32, offset: i32, len: usize) -> Option<*const u8> {
    let (buffer, offset) = (usize::try_from(buffer).ok()?, usize::try_from(offset).ok()?);
    let last = usize::try_from(window.array.n_buffers).ok()? - 1;
    let (lengths, data) = (window.buffer(last), window.buffer((buffer + 2).min(last)).cast::<u8>());
    if buffer + 2 >= last || lengths.is_null() || data.is_null() {
        return None;
    }
    // SAFETY: there is a length for each of the buffers between the views and the lengths.
    let length = usize::try_from(unsafe { value::<i64>(lengths, buffer) }).ok()?;
    (offset.checked_add(len)? <= length).then(|| data.wrapping_add(offset))
}

/// The rows of an array of codes, each as its dictionary has it.
fn coded(array: &Array, code: u8, layout: Layout) -> Result<Vec<Row>, Failure> {
    if array.length == 0 {
        return Ok(Vec::new());
    }
    // SAFETY: the dictionary of an array that is not released is null or leads to an array.
    let values = unsafe { array.dictionary.as_ref() }.ok_or("it has codes without a dictionary")?;
    let values = strings(values, layout)?;
    let window = Window::of(array, |buffers| buffers == 2)?;
    let codes = window.needed(1)?;
    window.rows(|at| {
        // SAFETY: there is a code for every row.
        let row = unsafe { place(codes, code, at) }.and_then(|place| values.get(place));
        row.copied().ok_or("it has a code that its dictionary does not have")
    })
}

/// The code at `at`, of the type that the letter of a format says.
///
/// # Safety
/// The buffer has more than `at` codes of this type.
unsafe fn place(codes: *const c_void, code: u8, at: usize) -> Option<usize> {
    // SAFETY: as the caller says.
    unsafe {
        match code {
            b'c' => value::<i8>(codes, at).try_into().ok(),
            b'C' => Some(value::<u8>(codes, at).into()),
            b's' => value::<i16>(codes, at).try_into().ok(),
            b'S' => Some(value::<u16>(codes, at).into()),
            b'i' => value::<i32>(codes, at).try_into().ok(),
            b'I' => value::<u32>(codes, at).try_into().ok(),
            b'l' => value::<i64>(codes, at).try_into().ok(),
            _ => value::<u64>(codes, at).try_into().ok(),
        }
    }
}

/// A column of texts, where they lie, and the arrays that keep their memory.
pub(super) struct Column {
    rows: Vec<Row>,
    arrays: Arc<Vec<Owned<Array>>>,
}

impl Column {
    /// The column in the capsule of a stream, None where it is no text: the stream is then left as it is.
    pub(super) fn of_stream(capsule: &Bound<'_, PyCapsule>) -> Result<Option<Self>, Failure> {
        with_lent(capsule, |stream: &mut Stream| {
            let Some(kind) = Kind::of(&stream.schema()?.0) else { return Ok(None) };
            let mut stream = Owned::moved(stream);
            Self::read(capsule.py(), kind, || stream.next()).map(Some)
        })
    }

    /// The column in the capsules of a schema and an array, None where it is no text: both are then left as they are.
    pub(super) fn of_array(
        schema: &Bound<'_, PyCapsule>,
        array: &Bound<'_, PyCapsule>,
    ) -> Result<Option<Self>, Failure> {
        let Some(kind) = with_lent(schema, |schema| Ok(Kind::of(schema)))? else { return Ok(None) };
        let mut array = Some(with_lent(array, |array| Ok(Owned::moved(array)))?);
        Self::read(schema.py(), kind, || Ok(array.take())).map(Some)
    }

    /// Read all arrays. They are made without the GIL: a producer may have threads of its own that want it.
    fn read(
        py: Python<'_>,
        kind: Kind,
        mut next: impl FnMut() -> Result<Option<Owned<Array>>, Failure> + Send,
    ) -> Result<Self, Failure> {
        let (mut rows, mut arrays) = (Vec::new(), Vec::new());
        while let Some(array) = py.detach(&mut next)? {
            py.check_signals()?;
            let read = match kind.codes {
                None => strings(&array.0, kind.layout)?,
                Some(code) => coded(&array.0, code, kind.layout)?,
            };
            if rows.len() + read.len() > MOST_ROWS {
                return Err(format!("it has more than {MOST_ROWS} rows").into());
            }
            rows.extend(read);
            arrays.push(array);
        }
        Ok(Column { rows, arrays: Arc::new(arrays) })
    }

    /// The rows, missing ones too.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The bytes of a row, which need not be UTF-8, None where a text is missing.
    pub(super) fn bytes(&self, row: usize) -> Option<&[u8]> {
        let Row { start, len } = self.rows[row];
        // SAFETY: so many bytes lie there, as the producer said and we checked as far as we could; they live as long
        // as the arrays.
        (!start.is_null()).then(|| unsafe { std::slice::from_raw_parts(start, len) })
    }

    /// The column without the rows in which a text is missing.
    pub(super) fn present(&self) -> Self {
        let rows = self.rows.iter().filter(|row| !row.start.is_null()).copied().collect();
        Column { rows, arrays: Arc::clone(&self.arrays) }
    }

    /// The text of a row, of a missing one that of no word.
    ///
    /// # Errors
    /// A copy with U+FFFD for what is damaged, where it is no UTF-8.
    pub(super) fn text(self: &Arc<Self>, row: usize) -> Result<Text, String> {
        let bytes = self.bytes(row).unwrap_or_default();
        std::str::from_utf8(bytes).map_err(|_| String::from_utf8_lossy(bytes))?;
        Ok(Text { column: Arc::clone(self), row })
    }
}

/// A text in a column that was found to be UTF-8.
pub(super) struct Text {
    column: Arc<Column>,
    row: usize,
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        let bytes = self.column.bytes(self.row).unwrap_or_default();
        // SAFETY: only `Column::text` makes a text, and looked at these bytes.
        unsafe { std::str::from_utf8_unchecked(bytes) }
    }
}
