//! Short words as numbers of 16 bytes, made a batch at a time.
//!
//! The stretch of text that a batch of words covers is folded first, whole and blindly: ASCII and À to ÿ differ from
//! their lowercase in one bit, whatever word they belong to, and a loop over bytes without a branch becomes vector
//! instructions. A word's key is then one load of 16 bytes and a mask. What folds in any other way is marked byte by byte,
//! and a word with such a byte in it is [`RARE`].

use super::fold::Letters;
use super::span::ByteSpan;

/// A word's folded bytes, the first one lowest, with their number in the highest.
pub(super) type Key = u128;

/// What stands in a long word's key in place of a length; the lower half is a hash.
pub(super) const LONG: Key = 0xFF << 120;

/// A key has room for this many bytes beside their number.
const SHORT: usize = 15;

/// The key of a word that must be folded in full, or is too long for one.
pub(super) const RARE: Key = (u64::MAX as Key) << 64;

/// Words whose keys are made together: enough to look up at once, few enough for the fastest cache.
pub(super) const BATCH: usize = 32;

/// Bytes of text that a batch may cover: four times what 32 German words take with the spaces between them.
const WINDOW: usize = 1024;

/// Makes the keys of one text's words.
pub(super) struct KeyReader {
    letters: &'static Letters,
    healed: bool,
    /// The folded stretch; 16 bytes more, so that the load of its last word stays within.
    folded: [u8; WINDOW + 16],
    /// Not zero where a byte of it was not folded, if there is any.
    odd: [u8; WINDOW + 16],
    any_odd: bool,
    /// Where the stretch stands in the text.
    covered: ByteSpan,
}

/// The keys of the first words of a text.
pub(super) struct Keys {
    pub(super) keys: [Key; BATCH],
    /// How many words they are; the others are [`RARE`].
    pub(super) len: usize,
}

/// A word folded in full.
pub(super) enum Folded<'k> {
    /// It has a key.
    Short(Key),
    /// It is too long for one.
    Long(&'k [u8]),
}

impl KeyReader {
    /// A reader for one text; `healed` if one of its words may have a line break in it.
    pub(super) fn new(letters: &'static Letters, healed: bool) -> Self {
        let empty = [0; WINDOW + 16];
        let covered = ByteSpan::new(0, 0);
        Self { letters, healed, folded: empty, odd: empty, any_odd: false, covered }
    }

    /// The keys of the first of `words` (at least one), as many as fit.
    #[inline]
    pub(super) fn next(&mut self, bytes: &[u8], words: &[ByteSpan]) -> Keys {
        let mut keys = [RARE; BATCH];
        let words = window(words);
        let Some(last) = words.last() else {
            return Keys { keys, len: 1 };
        };
        self.covered = ByteSpan { start: words[0].start, end: last.end };
        // In whole vectors where the text goes on: a loop over the bytes left over takes longer than they do.
        let (start, len) = (words[0].start as usize, self.covered.len().next_multiple_of(16));
        let stretch = &bytes[start..bytes.len().min(start + len)];
        self.any_odd = self.letters.fold_bytes(stretch, self.healed, &mut self.folded, &mut self.odd);
        for (key, &word) in keys.iter_mut().zip(words) {
            *key = load(&self.folded, self.place(word), word.len());
        }
        if self.any_odd {
            for (key, &word) in keys.iter_mut().zip(words) {
                let odd = load(&self.odd, self.place(word), word.len());
                // The highest byte is the word's length, whatever its bytes are.
                if odd << 8 != 0 {
                    *key = RARE;
                }
            }
        }
        Keys { keys, len: words.len() }
    }

    /// A word of the last batch whose key is [`RARE`], folded in full; `scratch` is room for it.
    pub(super) fn in_full<'k>(&'k self, raw: &str, word: ByteSpan, scratch: &'k mut String) -> Folded<'k> {
        if let Some(folded) = self.folded(word) {
            return Folded::Long(folded);
        }
        scratch.clear();
        self.letters.fold_into(word.of(raw), scratch);
        let folded = scratch.as_bytes();
        short_key(folded).map_or(Folded::Long(folded), Folded::Short)
    }

    /// The folded bytes of a word of the last batch, unless it must be folded in full.
    fn folded(&self, word: ByteSpan) -> Option<&[u8]> {
        if word.end > self.covered.end {
            return None;
        }
        let place = self.place(word);
        let word = place..place + word.len();
        let is_plain = !self.any_odd || self.odd[word.clone()].iter().all(|&odd| odd == 0);
        is_plain.then(|| &self.folded[word])
    }

    #[inline]
    fn place(&self, word: ByteSpan) -> usize {
        (word.start - self.covered.start) as usize
    }
}

/// The first of `words` that one window holds; none if the first one is longer.
#[inline]
fn window(words: &[ByteSpan]) -> &[ByteSpan] {
    let words = &words[..words.len().min(BATCH)];
    let fits = |word: &ByteSpan| (word.end - words[0].start) as usize <= WINDOW;
    if words.last().is_some_and(fits) {
        return words;
    }
    &words[..words.iter().take_while(|word| fits(word)).count()]
}

/// The key of the `len` bytes at `place`.
#[inline]
fn load(bytes: &[u8; WINDOW + 16], place: usize, len: usize) -> Key {
    let sixteen = bytes[place..place + 16].try_into().expect("sixteen bytes");
    let (mask, length) = MASKS[len.min(SHORT + 1)];
    Key::from_le_bytes(sixteen) & mask | length
}

/// The key of a folded word, unless it is too long for one.
fn short_key(folded: &[u8]) -> Option<Key> {
    if folded.len() > SHORT {
        return None;
    }
    let mut bytes = [0; 16];
    bytes[..folded.len()].copy_from_slice(folded);
    bytes[SHORT] = folded.len() as u8;
    Some(Key::from_le_bytes(bytes))
}

/// By a word's length, what stays of sixteen bytes and what is set; a word too long becomes [`RARE`].
const MASKS: [(Key, Key); SHORT + 2] = {
    let mut masks = [(0, RARE); SHORT + 2];
    let mut len = 0;
    while len <= SHORT {
        masks[len] = ((1 << (8 * len)) - 1, (len as Key) << 120);
        len += 1;
    }
    masks
};

/// Multiply to 128 bits and lay the halves over each other: every bit of either factor moves about half of the 64.
#[inline]
pub(super) fn mixed(x: u64, y: u64) -> u64 {
    let product = u128::from(x) * u128::from(y);
    product as u64 ^ (product >> 64) as u64
}
