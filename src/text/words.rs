//! Where the words of a text stand.
//!
//! Words are those of `unicode-segmentation` (UAX #29: the segments with a letter or a digit in them). Most are found by
//! the bits of a [`Block`]; where these do not tell, character by character with a table of classes. Where a character
//! with rarer rules turns up (Hebrew, Katakana, emoji joiners), the stretch around it, from one safe boundary to the next,
//! is left to the reference. A differential property test holds the two against each other.
//!
//! One rule is added for news: a word hyphenated at a line end is one word (see [`heal`]).

use unicode_segmentation::UnicodeSegmentation;

use super::blocks::{BLOCK, Block};
use super::classes::{ASCII, Class, class};
use super::heal::heal;
use super::span::ByteSpan;

/// The words of `raw`, in order.
///
/// ```
/// let raw = "Die Zusammen-\narbeit kostet 3,5 Mio. Euro.";
/// let words: Vec<&str> = wortlaut::split_words(raw).iter().map(|w| w.of(raw)).collect();
/// assert_eq!(words, ["Die", "Zusammen-\narbeit", "kostet", "3,5", "Mio", "Euro"]);
/// ```
pub fn split_words(raw: &str) -> Vec<ByteSpan> {
    split(raw).words
}

/// The words of a text.
pub(super) struct Split {
    pub(super) words: Vec<ByteSpan>,
    /// Whether a word among them has a line break in it.
    pub(super) healed: bool,
}

pub(super) fn split(raw: &str) -> Split {
    split_into(raw, Vec::new())
}

/// The same, in the `room` of words of another text.
pub(super) fn split_into(raw: &str, room: Vec<ByteSpan>) -> Split {
    let mut words = room;
    words.clear();
    // German news has 7.3 bytes a word with its space, English 6.1: one allocation in the usual case.
    words.reserve(raw.len() / 6 + 1);
    let block = (0, Block::at(raw.as_bytes(), 0));
    let mut scan = Scan { raw, bytes: raw.as_bytes(), block, words, referred: 0 };
    scan.run();
    let healed = heal(raw, &mut scan.words);
    Split { words: scan.words, healed }
}

struct Scan<'a> {
    raw: &'a str,
    bytes: &'a [u8],
    /// The block looked at last, and where it starts.
    block: (usize, Block),
    words: Vec<ByteSpan>,
    /// Where the last stretch left to the reference ended.
    referred: usize,
}

/// What stands at a place: its class and its length in bytes.
struct Glyph {
    class: Class,
    len: usize,
}

/// How the scan of one word ended.
enum Word {
    End(usize),
    Hard(usize),
}

impl Scan<'_> {
    fn run(&mut self) {
        let mut at = self.plain_words(0);
        while at < self.bytes.len() {
            let next = self.glyph_at(at);
            at = match next.class {
                Class::Letter | Class::Digit | Class::Joiner | Class::Lone => self.word(at, next.class),
                Class::Extend | Class::Hard => self.refer(at, at),
                _ => at + next.len,
            };
            at = self.plain_words(at);
        }
    }

    /// Note the words from `at` on that bits can tell, nine in ten, and return where the first unclear one starts.
    fn plain_words(&mut self, mut at: usize) -> usize {
        let mut open = None;
        while at < self.bytes.len() {
            let (from, block) = self.block_at(at);
            let ahead = !0 << (at - from);
            let unclear = block.unclear & ahead;
            let clear = (unclear & unclear.wrapping_neg()).wrapping_sub(1) & ahead;
            let joins = block.joins & ahead;
            // A word goes on into a block only at its first byte.
            let before = joins << 1 | u64::from(open.is_some());
            open = self.note(from, open, joins & !before & clear, !joins & before & clear);
            if unclear != 0 {
                return open.unwrap_or(from + unclear.trailing_zeros() as usize);
            }
            at = from + BLOCK;
        }
        if let Some(start) = open {
            self.words.push(ByteSpan::new(start, self.bytes.len()));
        }
        self.bytes.len()
    }

    /// Note the words of a block by the sets of their starts and ends; the first starts at `open` if a word is open.
    /// Returns where one starts that is open at the end.
    #[inline]
    fn note(&mut self, from: usize, open: Option<usize>, mut starts: u64, mut ends: u64) -> Option<usize> {
        let next = |starts: &mut u64| {
            let start = from + starts.trailing_zeros() as usize;
            *starts &= starts.wrapping_sub(1);
            start
        };
        let mut start = open.unwrap_or_else(|| next(&mut starts));
        while ends != 0 {
            self.words.push(ByteSpan::new(start, next(&mut ends)));
            start = next(&mut starts);
        }
        (start < from + BLOCK).then_some(start)
    }

    #[inline]
    fn block_at(&mut self, at: usize) -> (usize, Block) {
        let from = at / BLOCK * BLOCK;
        if self.block.0 != from {
            self.block = (from, Block::at(self.bytes, from));
        }
        self.block
    }

    /// Where the run of plain letters and digits that goes on at `at` ends; `at` itself if there is none.
    #[inline]
    fn run_end(&mut self, mut at: usize) -> usize {
        while at < self.bytes.len() {
            let (from, block) = self.block_at(at);
            let rest = !block.joins >> (at - from);
            if rest != 0 {
                return at + rest.trailing_zeros() as usize;
            }
            at = from + BLOCK;
        }
        self.bytes.len()
    }

    #[inline]
    fn glyph_at(&self, at: usize) -> Glyph {
        let byte = self.bytes[at];
        if byte < 0x80 {
            return Glyph { class: ASCII[usize::from(byte)], len: 1 };
        }
        let c = character(self.bytes, at);
        Glyph { class: class(c), len: c.len_utf8() }
    }

    /// Note the word that starts at `at` and return where to go on.
    fn word(&mut self, at: usize, first: Class) -> usize {
        let end = if first == Class::Lone { self.lone_end(at) } else { self.word_end(at) };
        match end {
            Word::Hard(place) => self.refer(at, place),
            Word::End(end) => {
                if first != Class::Joiner || is_word(&self.raw[at..end]) {
                    self.words.push(ByteSpan::new(at, end));
                }
                end
            }
        }
    }

    fn word_end(&mut self, start: usize) -> Word {
        let mut end = start;
        let mut last = Class::Joiner;
        loop {
            let run = self.run_end(end);
            if run > end {
                last = *ASCII.get(usize::from(self.bytes[run - 1])).unwrap_or(&Class::Letter);
                end = run;
            }
            if end == self.bytes.len() {
                return Word::End(end);
            }
            let next = self.glyph_at(end);
            match next.class {
                Class::Letter | Class::Digit | Class::Joiner => {
                    last = next.class;
                    end += next.len;
                }
                Class::Extend => end += next.len,
                Class::Skip | Class::Lone => return Word::End(end),
                Class::Hard => return Word::Hard(end),
                middle => match self.bridged(last, middle, end + next.len) {
                    Class::Skip => return Word::End(end),
                    Class::Hard => return Word::Hard(end),
                    _ => end += next.len,
                },
            }
        }
    }

    /// What a middle character followed by `after` does behind a `last`: [`Class::Skip`] ends the word,
    /// [`Class::Hard`] asks the reference, anything else goes on.
    fn bridged(&self, last: Class, middle: Class, after: usize) -> Class {
        let wanted = match (last, middle) {
            (Class::Letter, Class::MidLetter | Class::Mid) => Class::Letter,
            (Class::Digit, Class::MidDigit | Class::Mid) => Class::Digit,
            _ => return Class::Skip,
        };
        if after == self.bytes.len() {
            return Class::Skip;
        }
        match self.glyph_at(after).class {
            found if found == wanted => found,
            Class::Extend | Class::Hard => Class::Hard,
            _ => Class::Skip,
        }
    }

    fn lone_end(&self, start: usize) -> Word {
        let mut end = start + self.glyph_at(start).len;
        while end < self.bytes.len() {
            let next = self.glyph_at(end);
            match next.class {
                Class::Extend => end += next.len,
                Class::Hard => return Word::Hard(end),
                _ => break,
            }
        }
        Word::End(end)
    }

    /// Leave the stretch around `place`, from the last safe boundary to the next one, to the reference.
    ///
    /// A boundary is safe, whatever stands elsewhere, where a simple word starts behind a space or newline;
    /// `start` is where the present word starts, if there is one.
    fn refer(&mut self, start: usize, place: usize) -> usize {
        let end = self.next_safe(place);
        let mut from = start;
        while !(from < place && self.follows_space(from)) {
            let Some(word) = self.words.pop_if(|word| word.start as usize >= self.referred) else {
                from = self.referred;
                break;
            };
            from = word.start as usize;
        }
        for (offset, word) in self.raw[from..end].unicode_word_indices() {
            self.words.push(ByteSpan::new(from + offset, from + offset + word.len()));
        }
        self.referred = end;
        end
    }

    fn follows_space(&self, at: usize) -> bool {
        at == 0 || matches!(self.bytes[at - 1], b' ' | b'\n')
    }

    /// The first place after `place` where a simple word starts behind a space or newline.
    fn next_safe(&self, place: usize) -> usize {
        let mut at = place;
        while at < self.bytes.len() {
            let next = self.glyph_at(at);
            let starts_word =
                matches!(next.class, Class::Letter | Class::Digit | Class::Joiner | Class::Lone);
            if starts_word && at > place && self.follows_space(at) {
                return at;
            }
            at += next.len;
        }
        at
    }
}

/// Whether a segment that starts with a joiner (`_`) has a letter or digit in it.
fn is_word(segment: &str) -> bool {
    segment.unicode_words().next().is_some()
}

/// The character that starts at `at`, decoded by hand: slicing a `str` there would check what is known.
fn character(bytes: &[u8], at: usize) -> char {
    let tail = |i: usize| u32::from(bytes[at + i] & 0x3F);
    let lead = u32::from(bytes[at]);
    let code = match lead {
        0..0xE0 => (lead & 0x1F) << 6 | tail(1),
        0xE0..0xF0 => (lead & 0x0F) << 12 | tail(1) << 6 | tail(2),
        _ => (lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3),
    };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}
