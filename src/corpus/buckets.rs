//! The n-grams of many texts, eight bytes each, in buckets small enough to be sorted in the cache.
//!
//! An n-gram's first bits say in which pass it is looked at and in which bucket it lies; what is left of its hash shares a
//! number with the text that has it. Each block of texts is read and sorted into buckets by one thread; a bucket is
//! then what all blocks have of it.

use std::ops::Range;

use rayon::prelude::*;

use super::Corpus;
use crate::error::Result;
use crate::progress::Progress;
use crate::text::{WordHasher, gram_hashes, word_hashes};

/// Blocks read between two looks at whether to stop.
const BLOCKS: usize = 16;

/// Bytes of text in a block at least: its n-grams stay in the cache while they are sorted.
const BLOCK: usize = 1 << 20;

/// Bytes of text a bucket is made for: some 8,000 n-grams, which are sorted within 64 kB.
const BUCKET: usize = 48 << 10;

/// Of a hash, this many bits are left beside the number of a text, as many more than 58 as there are buckets to spare:
/// among the 160 million n-grams of a million articles, two are taken for one with a chance of one in twenty.
const SPARED: u32 = 6;

/// Texts that are looked at to guess how many words there are.
const SAMPLE: usize = 64;

/// How many bits tell a text, a bucket, a pass.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    text_bits: u32,
    bucket_bits: u32,
    log_passes: u32,
}

impl Layout {
    /// For the texts of `corpus`, in as many passes as keep the n-grams of one within its memory, 256 at most.
    pub(super) fn new<S: AsRef<str>>(corpus: &Corpus<'_, S>) -> Self {
        let bytes: usize = corpus.texts.iter().map(|text| text.as_ref().len()).sum();
        let text_bits = bits(corpus.texts.len()).max(1);
        let bucket_bits = bits(bytes / BUCKET).max(text_bits.saturating_sub(SPARED)).clamp(6, 14);
        let passes = corpus.memory.map_or(1, |limit| needed(corpus, bytes).div_ceil(limit.max(1)));
        Self { text_bits, bucket_bits, log_passes: bits(passes.min(256)) }
    }

    pub(super) fn passes(self) -> Range<u64> {
        0..1 << self.log_passes
    }

    pub(super) fn buckets(self) -> Range<u64> {
        0..1 << self.bucket_bits
    }

    /// The part of `hash` that is kept: n-grams with the same one are taken for the same.
    pub(super) fn key(self, hash: u64) -> u64 {
        let lost = self.text_bits.saturating_sub(self.told());
        hash >> lost << lost
    }

    /// Bits that the pass and the bucket tell.
    fn told(self) -> u32 {
        self.log_passes + self.bucket_bits
    }

    fn is_in(self, hash: u64, pass: u64) -> bool {
        hash.rotate_left(self.log_passes) & ((1 << self.log_passes) - 1) == pass
    }

    fn bucket(self, hash: u64) -> usize {
        (hash.rotate_left(self.told()) & ((1 << self.bucket_bits) - 1)) as usize
    }

    fn posting(self, hash: u64, text: u32) -> u64 {
        hash << self.told() >> self.text_bits << self.text_bits | u64::from(text)
    }

    /// What is left of the hash in a posting, the same for the same n-gram of one bucket.
    pub(super) fn rest(self, posting: u64) -> u64 {
        posting >> self.text_bits
    }

    /// The number of the text in a posting.
    pub(super) fn text(self, posting: u64) -> u32 {
        (posting & ((1 << self.text_bits) - 1)) as u32
    }

    /// The key of the n-gram of a posting.
    pub(super) fn key_of(self, pass: u64, bucket: u64, posting: u64) -> u64 {
        let told = pass << self.bucket_bits | bucket;
        told << (64 - self.told()) | self.rest(posting) << self.text_bits >> self.told()
    }
}

/// Bits that tell so many apart.
fn bits(count: usize) -> u32 {
    count.max(1).next_power_of_two().trailing_zeros()
}

/// Bytes that the postings of all n-grams take, about, from the words of a few texts.
fn needed<S: AsRef<str>>(corpus: &Corpus<'_, S>, bytes: usize) -> usize {
    let step = corpus.texts.len().div_ceil(SAMPLE).max(1);
    let sample = || corpus.texts.iter().step_by(step).map(AsRef::as_ref);
    let words: usize = sample().map(|text| word_hashes(text, corpus.fold).len()).sum();
    let read: usize = sample().map(str::len).sum();
    let all = bytes as u128 * words as u128 / read.max(1) as u128;
    all as usize * size_of::<u64>()
}

/// The n-grams of one pass.
pub(super) struct Buckets {
    blocks: Vec<Block>,
}

/// The n-grams of some texts, sorted by bucket.
struct Block {
    starts: Vec<u32>,
    postings: Vec<u64>,
}

/// How many words and n-grams each text of a block has.
type Sizes = Vec<(u32, u32)>;

impl Buckets {
    /// Read all texts, in the order of their numbers, and hand the words and n-grams of each to `count`.
    pub(super) fn new<S: AsRef<str> + Sync>(
        corpus: &Corpus<'_, S>,
        (layout, n): (Layout, usize),
        pass: u64,
        mut count: impl FnMut(u32, u32),
        progress: &Progress,
    ) -> Result<Self> {
        let mut blocks = Vec::new();
        for some in ranges(corpus, layout).chunks(BLOCKS) {
            progress.check()?;
            let read = |texts: &Range<u32>| Block::new(corpus, (layout, n), pass, texts.clone());
            let read: Vec<(Block, Sizes)> = some.par_iter().map(read).collect();
            for (block, sizes) in read {
                progress.advance(sizes.len() as u64);
                sizes.into_iter().for_each(|(words, grams)| count(words, grams));
                blocks.push(block);
            }
        }
        Ok(Self { blocks })
    }

    /// All postings of one bucket, text by text.
    pub(super) fn of(&self, bucket: u64) -> impl Iterator<Item = &[u64]> {
        self.blocks.iter().map(move |block| block.of(bucket as usize))
    }
}

/// The texts in blocks of about the same size; one that is larger has its own.
fn ranges<S: AsRef<str>>(corpus: &Corpus<'_, S>, layout: Layout) -> Vec<Range<u32>> {
    // The list of starts of a block takes 4 bytes a bucket, its postings about 1.3 a byte.
    let most = BLOCK.max(128 << layout.bucket_bits);
    let (mut found, mut start, mut bytes) = (Vec::new(), 0, 0);
    for (number, text) in (0..).zip(corpus.in_order()) {
        if bytes > 0 && bytes + text.len() > most {
            found.push(start..number);
            (start, bytes) = (number, 0);
        }
        bytes += text.len();
    }
    found.push(start..corpus.texts.len() as u32);
    found
}

impl Block {
    fn new<S: AsRef<str>>(
        corpus: &Corpus<'_, S>,
        (layout, n): (Layout, usize),
        pass: u64,
        texts: Range<u32>,
    ) -> (Self, Sizes) {
        let mut reader = WordHasher::new(corpus.fold);
        let bytes: usize = texts.clone().map(|text| corpus.text(text).len()).sum();
        let mut words = Vec::new();
        // As many as in English news: growing means to copy them.
        let mut hashes = Vec::with_capacity((bytes / 6) >> layout.log_passes);
        let mut starts = vec![0u32; layout.buckets().end as usize + 1];
        let mut ends = Vec::with_capacity(texts.len());
        let mut sizes = Vec::with_capacity(texts.len());
        for text in texts.clone() {
            reader.read(corpus.text(text), &mut words);
            let counted = |hash| {
                starts[layout.bucket(hash) + 1] += 1;
                hash
            };
            let grams = gram_hashes(&words, n);
            if layout.log_passes == 0 {
                hashes.extend(grams.map(counted));
            } else {
                hashes.extend(grams.filter(|&hash| layout.is_in(hash, pass)).map(counted));
            }
            sizes.push((words.len() as u32, (words.len() + 1).saturating_sub(n) as u32));
            ends.push(hashes.len());
        }
        (1..starts.len()).for_each(|bucket| starts[bucket] += starts[bucket - 1]);
        let mut next = starts.clone();
        let mut postings = vec![0; hashes.len()];
        let mut place = 0;
        for (text, end) in texts.zip(ends) {
            for &hash in &hashes[place..end] {
                let at = &mut next[layout.bucket(hash)];
                postings[*at as usize] = layout.posting(hash, text);
                *at += 1;
            }
            place = end;
        }
        (Self { starts, postings }, sizes)
    }

    fn of(&self, bucket: usize) -> &[u64] {
        &self.postings[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Layout;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_posting_tells_the_text_and_the_key(
            hash in any::<u64>(), text in any::<u32>(),
            text_bits in 1u32..32, bucket_bits in 6u32..15, log_passes in 0u32..9,
        ) {
            let layout = Layout { text_bits, bucket_bits, log_passes };
            let text = text >> (32 - text_bits);
            let posting = layout.posting(hash, text);
            let pass = layout.passes().find(|&pass| layout.is_in(hash, pass)).unwrap();
            prop_assert_eq!(layout.text(posting), text);
            prop_assert_eq!(layout.key_of(pass, layout.bucket(hash) as u64, posting), layout.key(hash));
            prop_assert_eq!(layout.key(hash) >> (64 - bucket_bits - log_passes), pass << bucket_bits | layout.bucket(hash) as u64);
        }
    }
}
