//! Two texts whose equal words have equal numbers.

use std::ops::Range;

use super::fold::Fold;
use super::span::{ByteSpan, CodePoints};
use super::vocabulary::{Vocabulary, WordId, Words};
use crate::error::{Error, Result};

/// A text read once, for any number of questions: its words and its code points, 12 bytes a word and at most
/// 4 bytes per 64 of a text beyond ASCII.
///
/// ```
/// use wortlaut::{Fold, Text};
/// let text = Text::new("Ein Satz. Noch einer.", Fold::default()).unwrap();
/// assert_eq!(text.words().len(), 4);
/// ```
#[derive(Debug, Clone)]
pub struct Text<S = String> {
    raw: S,
    fold: Fold,
    words: Words,
    points: CodePoints,
}

impl<S: AsRef<str>> Text<S> {
    /// Read `raw`, taking words for the same that are equal under `fold`.
    ///
    /// # Errors
    /// [`Error::TooLong`] from 4 GiB.
    pub fn new(raw: S, fold: Fold) -> Result<Self> {
        let text = raw.as_ref();
        check_length(text)?;
        let mut words = Vocabulary::new(fold).read(text);
        words.spans.shrink_to_fit();
        let points = CodePoints::new(text);
        Ok(Self { raw, fold, words, points })
    }

    /// The text as it came.
    pub fn raw(&self) -> &str {
        self.raw.as_ref()
    }

    /// When two words are the same.
    pub fn fold(&self) -> Fold {
        self.fold
    }

    /// Where the words stand.
    pub fn words(&self) -> &[ByteSpan] {
        &self.words.spans
    }

    /// Turns byte offsets into code points.
    pub fn code_points(&self) -> &CodePoints {
        &self.points
    }

    /// Bytes of memory it takes besides the text.
    pub fn memory(&self) -> usize {
        self.words.spans.capacity() * size_of::<ByteSpan>()
            + self.words.ids.capacity() * size_of::<WordId>()
            + self.points.memory()
    }
}

/// # Errors
/// [`Error::TooLong`] if offsets into `raw` do not fit 32 bits.
pub(crate) fn check_length(raw: &str) -> Result<()> {
    if u32::try_from(raw.len()).is_err() {
        return Err(Error::TooLong(raw.len()));
    }
    Ok(())
}

/// Where each word of `words` stands first, by id: found anew for each pair, since a table of them would take a
/// third of a text's memory.
fn first_occurrences(words: &Words) -> Vec<ByteSpan> {
    let mut firsts = Vec::new();
    for (&id, &span) in words.ids.iter().zip(&words.spans) {
        if id as usize == firsts.len() {
            firsts.push(span);
        }
    }
    firsts
}

/// One of the two texts of a [`Pair`].
#[derive(Debug, Clone)]
pub struct Side<'t> {
    /// The text as it came.
    pub raw: &'t str,
    /// Where its words stand.
    pub spans: Vec<ByteSpan>,
    /// Which words they are: equal on both sides if the words are the same, and below [`Pair::distinct`].
    pub ids: Vec<WordId>,
}

impl Side<'_> {
    /// The words that start within `span`.
    pub(crate) fn words_in(&self, span: ByteSpan) -> Range<usize> {
        let place = |byte: u32| self.spans.partition_point(|word| word.start < byte);
        place(span.start)..place(span.end)
    }
}

/// Two texts to compare, with one numbering of their words.
///
/// ```
/// use wortlaut::{Fold, Pair};
/// let pair = Pair::new("Der Maßstab gilt.", "Gilt der MASSSTAB?", Fold::default()).unwrap();
/// assert_eq!(pair.a.ids, [0, 1, 2]);
/// assert_eq!(pair.b.ids, [2, 0, 1]);
/// ```
#[derive(Debug, Clone)]
pub struct Pair<'t> {
    /// The first text; in a corpus, the earlier one.
    pub a: Side<'t>,
    /// The second text.
    pub b: Side<'t>,
    distinct: usize,
    fold: Fold,
}

impl<'t> Pair<'t> {
    /// Read two texts.
    ///
    /// # Errors
    /// [`Error::TooLong`] from 4 GiB.
    pub fn new(a: &'t str, b: &'t str, fold: Fold) -> Result<Self> {
        check_length(a)?;
        check_length(b)?;
        let mut vocabulary = Vocabulary::new(fold);
        let mut side = |raw| {
            let Words { spans, ids } = vocabulary.read(raw);
            Side { raw, spans, ids }
        };
        let (a, b) = (side(a), side(b));
        let distinct = vocabulary.len();
        Ok(Self { a, b, distinct, fold })
    }

    /// Bring two texts together that were read before; only their distinct words are looked at again.
    ///
    /// # Errors
    /// [`Error::Value`] if they were read under different folds.
    pub fn of<S: AsRef<str>>(a: &'t Text<S>, b: &'t Text<S>) -> Result<Self> {
        if a.fold != b.fold {
            return Err(Error::value("b", "read with the fold of a", "another one"));
        }
        let mut vocabulary = Vocabulary::new(a.fold);
        let mut side = |text: &'t Text<S>| {
            let shared = vocabulary.number(text.raw(), &first_occurrences(&text.words), true);
            Side {
                raw: text.raw(),
                spans: text.words.spans.clone(),
                ids: text.words.ids.iter().map(|&id| shared[id as usize]).collect(),
            }
        };
        let (a_side, b_side) = (side(a), side(b));
        Ok(Self { a: a_side, b: b_side, distinct: vocabulary.len(), fold: a.fold })
    }

    /// How many different words the two texts have together; every id is below it.
    pub fn distinct(&self) -> usize {
        self.distinct
    }

    /// When two words are the same here.
    pub fn fold(&self) -> Fold {
        self.fold
    }
}
