//! Runs of ASCII letters, digits and `_`, found 64 bytes at a time.
//!
//! Each block of 64 bytes becomes two 64-bit sets, so that the next start and the next end are a shift and a
//! count of zeros away; a loop over single bytes mispredicts a branch at nearly every word end.

/// Finds where runs start and end in one text.
#[derive(Clone, Copy)]
pub(super) struct AsciiRuns<'a> {
    bytes: &'a [u8],
    block: usize,
    /// Bytes of the block that are an ASCII letter, a digit or `_`.
    joins: u64,
    /// Those, and every byte that is not ASCII.
    starts: u64,
}

const BLOCK: usize = 64;

impl<'a> AsciiRuns<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut runs = Self { bytes, block: 0, joins: 0, starts: 0 };
        runs.load(0);
        runs
    }

    /// The first byte from `at` on that is an ASCII letter, a digit, `_` or not ASCII; else the text's length.
    #[inline]
    pub(super) fn next_start(&mut self, mut at: usize) -> usize {
        while at < self.bytes.len() {
            self.seek(at);
            let rest = self.starts >> (at % BLOCK);
            if rest != 0 {
                return at + rest.trailing_zeros() as usize;
            }
            at = (self.block + 1) * BLOCK;
        }
        self.bytes.len()
    }

    /// Where the run that goes on at `at` ends; `at` itself if there is none.
    #[inline]
    pub(super) fn end(&mut self, mut at: usize) -> usize {
        while at < self.bytes.len() {
            self.seek(at);
            let rest = !self.joins >> (at % BLOCK);
            if rest != 0 {
                // Past the text's end no byte joins.
                return at + rest.trailing_zeros() as usize;
            }
            at = (self.block + 1) * BLOCK;
        }
        self.bytes.len()
    }

    #[inline]
    fn seek(&mut self, at: usize) {
        if at / BLOCK != self.block {
            self.load(at / BLOCK);
        }
    }

    fn load(&mut self, block: usize) {
        self.block = block;
        let from = block * BLOCK;
        if let Some(whole) = self.bytes.get(from..from + BLOCK) {
            self.sort(whole.try_into().expect("one block"));
        } else {
            let mut padded = [0; BLOCK];
            let rest = self.bytes.get(from..).unwrap_or_default();
            padded[..rest.len()].copy_from_slice(rest);
            self.sort(&padded);
        }
    }

    fn sort(&mut self, block: &[u8; BLOCK]) {
        let (mut joins, mut high) = (0, 0);
        for (i, eight) in block.as_chunks::<8>().0.iter().enumerate() {
            let eight = u64::from_le_bytes(*eight);
            joins |= gather(joining_bytes(eight)) << (8 * i);
            high |= gather(eight & HIGH) << (8 * i);
        }
        self.joins = joins;
        self.starts = joins | high;
    }
}

const HIGH: u64 = 0x8080_8080_8080_8080;

/// The high bit of every byte of `eight` that is an ASCII letter, a digit or `_`.
///
/// Each comparison adds what lifts the bound to 128, in all eight bytes at once; with the high bits cleared
/// first, no sum carries into its neighbour.
fn joining_bytes(eight: u64) -> u64 {
    const fn all(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    let low = eight & !HIGH;
    let lower = low | all(0x20);
    let letter = (lower + all(0x80 - b'a')) & !(lower + all(0x80 - b'z' - 1));
    let digit = (low + all(0x80 - b'0')) & !(low + all(0x80 - b'9' - 1));
    let underscore = !((low ^ all(b'_')) + all(0x7F));
    (letter | digit | underscore) & !eight & HIGH
}

/// The high bits of the eight bytes as one byte: each is multiplied to its place, no two meet.
fn gather(high: u64) -> u64 {
    (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}
