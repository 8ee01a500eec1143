//! Rows of the tables, each with the checksum that says whether it is as it was written.

use std::collections::HashMap;

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::segment::{self, Posting, checksum};
use super::store::{Held, State, Trouble};
use crate::error::Error;
use crate::progress::Progress;

/// Postings that are looked at together, by whoever wants all of them: 16 MB.
const SLICE: usize = 1 << 20;

/// An article as it is stored.
pub(super) struct Stored {
    pub(super) number: u32,
    pub(super) id: String,
    pub(super) date: Option<i64>,
    pub(super) outlet: Option<String>,
    pub(super) words: u32,
    /// Whether code points of its text stand for others.
    pub(super) mended: bool,
    /// The text, compressed; or what tells it from others, if it is not kept here.
    pub(super) packed: Vec<u8>,
}

/// When an article appeared, those without a date behind the others, and its id: the order of results, whatever the
/// order of adds.
pub(super) type Moment = (bool, i64, String);

impl Stored {
    pub(super) fn sum(&self) -> i64 {
        let date = self.date.map(i64::to_le_bytes);
        checksum([
            &self.number.to_le_bytes()[..],
            self.id.as_bytes(),
            date.as_ref().map_or(&[], |date| &date[..]),
            self.outlet.as_deref().unwrap_or("\0").as_bytes(),
            &self.words.to_le_bytes(),
            &[u8::from(self.mended)],
            &self.packed,
        ])
    }

    pub(super) fn moment(&self) -> Moment {
        (self.date.is_none(), self.date.unwrap_or_default(), self.id.clone())
    }

    /// The text, from here or from `texts`.
    pub(super) fn text(&self, texts: Option<&Texts<'_>>) -> Held<String> {
        let Some(texts) = texts else { return self.unpacked() };
        let told = |wanted, got| Error::value("texts", wanted, format!("{got} {:?}", self.id));
        let missing = || told("there for every article that is compared", "none of");
        let text = texts.get(&*self.id).ok_or_else(missing)?;
        if pack(text, false) != self.packed {
            return Err(told("as they were added", "another one of").into());
        }
        Ok((*text).to_owned())
    }

    fn unpacked(&self) -> Held<String> {
        let raw = lz4_flex::decompress_size_prepended(&self.packed).map_err(|_| Trouble::Damaged)?;
        String::from_utf8(raw).map_err(|_| Trouble::Damaged)
    }

    /// The row, and the checksum it was written with.
    fn of_row(row: &Row<'_>) -> rusqlite::Result<(Self, i64)> {
        let article = Self {
            number: row.get(0)?,
            id: row.get(1)?,
            date: row.get(2)?,
            outlet: row.get(3)?,
            words: row.get(4)?,
            mended: row.get(5)?,
            packed: row.get(6)?,
        };
        Ok((article, row.get(7)?))
    }

    fn checked((article, sum): (Self, i64)) -> Held<Self> {
        if article.sum() == sum { Ok(article) } else { Err(Trouble::Damaged) }
    }
}

/// What is stored of a text.
pub(super) fn pack(text: &str, has_texts: bool) -> Vec<u8> {
    if has_texts {
        lz4_flex::compress_prepend_size(text.as_bytes())
    } else {
        checksum([text.as_bytes()]).to_le_bytes().to_vec()
    }
}

/// Texts by the ids of their articles, for an index that keeps none.
pub type Texts<'t> = HashMap<&'t str, &'t str>;

/// Add an article, and count it in `state`.
pub(super) fn insert(tables: &Connection, state: &mut State, article: &Stored) -> Held<()> {
    let Stored { number, id, date, outlet, words, mended, packed } = article;
    let sum = article.sum();
    tables
        .prepare_cached("INSERT INTO articles VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params![number, id, date, outlet, words, mended, packed, sum])?;
    state.articles += 1;
    state.words += i64::from(*words);
    state.article_sums ^= sum;
    Ok(())
}

/// Take an article out, and note its number for as long as postings have it.
pub(super) fn remove(tables: &Connection, state: &mut State, article: &Stored) -> Held<()> {
    tables.prepare_cached("DELETE FROM articles WHERE number = ?1")?.execute([article.number])?;
    tables.prepare_cached("INSERT INTO removed VALUES (?1)")?.execute([article.number])?;
    state.articles = state.articles.checked_sub(1).ok_or(Trouble::Damaged)?;
    state.words -= i64::from(article.words);
    state.article_sums ^= article.sum();
    state.removed_sums ^= checksum([&article.number.to_le_bytes()[..]]);
    Ok(())
}

/// The article of that id, if there is one.
pub(super) fn named(tables: &Connection, id: &str) -> Held<Option<Stored>> {
    let number = tables
        .prepare_cached("SELECT number FROM articles WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let found = number.map(|number| article(tables, number)).transpose()?;
    // The ids are looked up in a table of their own, which no checksum covers.
    if found.as_ref().is_none_or(|found| found.id == id) { Ok(found) } else { Err(Trouble::Damaged) }
}

/// The article of that number, which was not removed.
pub(super) fn article(tables: &Connection, number: u32) -> Held<Stored> {
    let found = tables
        .prepare_cached("SELECT * FROM articles WHERE number = ?1")?
        .query_row([number], Stored::of_row)
        .optional()?;
    Stored::checked(found.ok_or(Trouble::Damaged)?)
}

/// Call `each` with every article, in the order of their numbers, one at a time; at the end it is known whether these were
/// all. Moves `progress` on by a step for each.
pub(super) fn each_article(
    tables: &Connection,
    state: &State,
    progress: &Progress,
    mut each: impl FnMut(Stored) -> Held<()>,
) -> Held<()> {
    progress.begin(state.articles.into());
    let (mut sums, mut count) = (0, 0);
    let mut select = tables.prepare("SELECT * FROM articles ORDER BY number")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        progress.check()?;
        let article = Stored::checked(Stored::of_row(row)?)?;
        (sums, count) = (sums ^ article.sum(), count + 1);
        each(article)?;
        progress.advance(1);
    }
    if (sums, count) == (state.article_sums, state.articles) { Ok(()) } else { Err(Trouble::Damaged) }
}

/// The numbers of removed articles that postings may still have, ascending.
pub(super) fn removed(tables: &Connection, state: &State) -> Held<Vec<u32>> {
    let mut select = tables.prepare("SELECT number FROM removed ORDER BY number")?;
    let numbers: Vec<u32> = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let sums = numbers.iter().map(|number| checksum([&number.to_le_bytes()[..]]));
    let is_whole = sums.fold(0, |all, sum| all ^ sum) == state.removed_sums;
    if is_whole && numbers.is_sorted_by(|x, y| x < y) { Ok(numbers) } else { Err(Trouble::Damaged) }
}

/// A batch of postings: its number, how many bits of a fingerprint tell its parts, how many postings it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub(super) number: u32,
    pub(super) bits: u32,
    pub(super) postings: u32,
}

impl Segment {
    fn sum(self) -> i64 {
        checksum(
            [self.number, self.bits, self.postings].map(u32::to_le_bytes).each_ref().map(|field| &field[..]),
        )
    }

    fn key(self, part: u32) -> i64 {
        i64::from(self.number) << 32 | i64::from(part)
    }

    /// The postings of one part.
    pub(super) fn part(self, tables: &Connection, part: u32) -> Held<Vec<Posting>> {
        let key = self.key(part);
        let row = tables
            .prepare_cached("SELECT postings, sum FROM parts WHERE key = ?1")?
            .query_row([key], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)));
        let (bytes, sum) = row.optional()?.ok_or(Trouble::Damaged)?;
        if checksum([&key.to_le_bytes()[..], &bytes]) != sum {
            return Err(Trouble::Damaged);
        }
        segment::decode(&bytes).ok_or(Trouble::Damaged)
    }

    /// All its postings, ascending.
    pub(super) fn all(self, tables: &Connection, progress: &Progress) -> Held<Vec<Posting>> {
        let postings = self.slice(tables, Slice::WHOLE, progress)?;
        if postings.len() == self.postings as usize { Ok(postings) } else { Err(Trouble::Damaged) }
    }

    /// Its postings in a slice, ascending.
    fn slice(self, tables: &Connection, slice: Slice, progress: &Progress) -> Held<Vec<Posting>> {
        let mut postings = Vec::new();
        for part in slice.parts(self.bits) {
            progress.check()?;
            postings.extend(self.part(tables, part)?);
        }
        if self.bits < slice.bits {
            postings.retain(|posting| segment::part(posting.0, slice.bits) == slice.number);
        }
        Ok(postings)
    }
}

/// Postings whose fingerprints begin with the same few bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slice {
    bits: u32,
    number: u32,
}

impl Slice {
    const WHOLE: Self = Self { bits: 0, number: 0 };

    /// The parts of a segment with so many bits that hold them.
    fn parts(self, bits: u32) -> std::ops::Range<u32> {
        match bits.checked_sub(self.bits) {
            Some(more) => self.number << more..(self.number + 1) << more,
            None => self.number >> (self.bits - bits)..(self.number >> (self.bits - bits)) + 1,
        }
    }
}

/// Hand the postings of these segments to `each`, ascending, some at a time; all with one fingerprint together. Moves
/// `progress` on by a step for each.
pub(super) fn each_slice(
    tables: &Connection,
    segments: &[Segment],
    progress: &Progress,
    mut each: impl FnMut(Slice, Vec<Posting>) -> Held<()>,
) -> Held<()> {
    let total: u64 = segments.iter().map(|segment| u64::from(segment.postings)).sum();
    let bits = (total as usize).div_ceil(SLICE).next_power_of_two().trailing_zeros();
    progress.begin(total);
    let mut met = 0;
    for slice in (0..1 << bits).map(|number| Slice { bits, number }) {
        let mut postings = Vec::new();
        for segment in segments {
            postings.extend(segment.slice(tables, slice, progress)?);
        }
        postings.par_sort_unstable();
        met += postings.len() as u64;
        progress.advance(postings.len() as u64);
        each(slice, postings)?;
    }
    if met == total { Ok(()) } else { Err(Trouble::Damaged) }
}

/// The segments, in the order they were written.
pub(super) fn segments(tables: &Connection, state: &State) -> Held<Vec<Segment>> {
    let mut select = tables.prepare_cached("SELECT number, bits, postings FROM segments ORDER BY number")?;
    let found: Vec<Segment> = select
        .query_map([], |row| Ok(Segment { number: row.get(0)?, bits: row.get(1)?, postings: row.get(2)? }))?
        .collect::<rusqlite::Result<_>>()?;
    let sums = found.iter().fold(0, |all, segment| all ^ segment.sum());
    // A row that is met twice takes itself out of the sum.
    let is_whole = sums == state.segment_sums && found.is_sorted_by(|x, y| x.number < y.number);
    if is_whole { Ok(found) } else { Err(Trouble::Damaged) }
}

/// Write ascending postings as a segment.
pub(super) fn write_segment(
    tables: &Connection,
    state: &mut State,
    postings: &[Posting],
    progress: &Progress,
) -> Held<()> {
    let mut writer = Writer::new(state, segment::bits(postings.len()));
    writer.write(tables, Slice::WHOLE, postings, progress)?;
    writer.end(tables, state)
}

/// Writes a segment, slice by slice.
pub(super) struct Writer {
    segment: Segment,
}

impl Writer {
    /// A segment whose parts so many bits tell.
    pub(super) fn new(state: &mut State, bits: u32) -> Self {
        let segment = Segment { number: state.next, bits, postings: 0 };
        state.next += 1;
        Self { segment }
    }

    /// Write the parts of a slice, whose ascending postings these are; also those without any, so that none is missing.
    pub(super) fn write(
        &mut self,
        tables: &Connection,
        slice: Slice,
        postings: &[Posting],
        progress: &Progress,
    ) -> Held<()> {
        let mut insert = tables.prepare_cached("INSERT INTO parts VALUES (?1, ?2, ?3)")?;
        let bits = self.segment.bits;
        for (part, inside) in segment::parts(postings, bits, slice.parts(bits)) {
            progress.check()?;
            let (key, bytes) = (self.segment.key(part), segment::encode(inside));
            insert.execute(params![key, bytes, checksum([&key.to_le_bytes()[..], &bytes])])?;
        }
        self.segment.postings += postings.len() as u32;
        Ok(())
    }

    pub(super) fn end(self, tables: &Connection, state: &mut State) -> Held<()> {
        let Segment { number, bits, postings } = self.segment;
        state.segment_sums ^= self.segment.sum();
        let sum = self.segment.sum();
        tables
            .prepare_cached("INSERT INTO segments VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![number, bits, postings, sum])?;
        Ok(())
    }
}

pub(super) fn drop_segment(tables: &Connection, state: &mut State, segment: Segment) -> Held<()> {
    state.segment_sums ^= segment.sum();
    tables.prepare_cached("DELETE FROM segments WHERE number = ?1")?.execute([segment.number])?;
    tables
        .prepare_cached("DELETE FROM parts WHERE key BETWEEN ?1 AND ?2")?
        .execute([segment.key(0), segment.key(u32::MAX)])?;
    Ok(())
}

/// Forget the numbers of removed articles, once no posting has them.
pub(super) fn forget_removed(tables: &Connection, state: &mut State) -> Held<()> {
    tables.execute("DELETE FROM removed", [])?;
    state.removed_sums = 0;
    Ok(())
}
