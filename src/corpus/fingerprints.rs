//! Which word n-grams stand in more than one text of a corpus, and in which.
//!
//! The n-grams of a passage that goes round stand in the same texts, so that a list of texts is kept once, with the number
//! of n-grams that have it: counting takes a step for each passage of a pair instead of one for each word.
//! Texts go by number here, in the order of their ranks; a list ascends, so that its first text is the earliest.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::Corpus;
use super::buckets::{Buckets, Layout};
use crate::error::Result;
use crate::progress::Progress;

/// Buckets looked through between two looks at whether to stop.
const CHUNK: usize = 256;

/// A map with a fast hash; its keys are hashes, which nobody chooses freely.
pub(super) type Map<K, V> = HashMap<K, V, FixedState>;

/// The n-grams of a corpus that more than one text has.
pub(super) struct SharedGrams {
    /// Words of each text.
    pub(super) words: Vec<u32>,
    /// Different n-grams of each text.
    pub(super) grams: Vec<u32>,
    /// The texts of each list, ascending, one list after the other.
    texts: Vec<u32>,
    /// Where each list ends.
    ends: Vec<usize>,
    /// How many n-grams have each list.
    pub(super) weights: Vec<u32>,
    /// The n-grams that were asked for, numbered, by their keys.
    marked: Map<u64, u32>,
    /// The list of each of them.
    marked_lists: Vec<u32>,
    layout: Layout,
}

impl SharedGrams {
    /// Read all texts: O(words · log words), 8 bytes a word and pass while sorting. Which n-grams can be asked for
    /// afterwards says `mark`, from the key and the list.
    pub(super) fn new<S: AsRef<str> + Sync>(
        corpus: &Corpus<'_, S>,
        n: usize,
        mark: impl Fn(u64, &[u32]) -> bool + Sync,
        progress: &Progress,
    ) -> Result<Self> {
        let layout = Layout::new(corpus);
        let mut shared = Self {
            words: Vec::new(),
            grams: Vec::new(),
            texts: Vec::new(),
            ends: Vec::new(),
            weights: Vec::new(),
            marked: Map::default(),
            marked_lists: Vec::new(),
            layout,
        };
        // About as many lists as texts: an article shares a sentence with some others.
        let mut known = Map::with_capacity_and_hasher(corpus.texts.len(), FixedState::default());
        progress.begin(corpus.texts.len() as u64 * layout.passes().end);
        for pass in layout.passes() {
            let Self { words, grams, .. } = &mut shared;
            let count = |word_count, gram_count| {
                if pass == 0 {
                    words.push(word_count);
                    grams.push(gram_count);
                }
            };
            let buckets = Buckets::new(corpus, (layout, n), pass, count, progress)?;
            let places: Vec<u64> = layout.buckets().collect();
            for some in places.chunks(CHUNK) {
                progress.check()?;
                let look = |room: &mut Repeated, &bucket: &u64| {
                    Shared::new(layout, (pass, bucket), room.of(&buckets, bucket), &mark)
                };
                let found: Vec<Shared> = some.par_iter().map_init(Repeated::default, look).collect();
                found.into_iter().for_each(|found| shared.add(&found, &mut known));
            }
        }
        Ok(shared)
    }

    /// Add the lists of one bucket; `known` are those there are by their hashes.
    fn add(&mut self, found: &Shared, known: &mut Map<u64, u32>) {
        found.repeated.iter().for_each(|&text| self.grams[text as usize] -= 1);
        let mut start = 0;
        for list in &found.lists {
            let number = self.number(list.hash, &found.texts[start..list.end], known);
            self.weights[number as usize] += 1;
            if let Some(key) = list.marked {
                self.marked.insert(key, self.marked_lists.len() as u32);
                self.marked_lists.push(number);
            }
            start = list.end;
        }
    }

    /// The number of the list of these texts, a new one if need be; of two lists with one hash, the later gets the next.
    fn number(&mut self, mut hash: u64, texts: &[u32], known: &mut Map<u64, u32>) -> u32 {
        loop {
            let number = *known.entry(hash).or_insert(self.ends.len() as u32);
            if number as usize == self.ends.len() {
                self.texts.extend_from_slice(texts);
                self.ends.push(self.texts.len());
                self.weights.push(0);
            }
            if self.list(number) == texts {
                return number;
            }
            hash = hash.wrapping_add(1);
        }
    }

    /// The texts of a list.
    pub(super) fn list(&self, number: u32) -> &[u32] {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.texts[start..self.ends[number]]
    }

    /// How many texts all lists have together.
    pub(super) fn postings(&self) -> usize {
        self.texts.len()
    }

    /// The numbers of all lists.
    pub(super) fn lists(&self) -> std::ops::Range<u32> {
        0..self.ends.len() as u32
    }

    /// The number of an n-gram among the marked ones.
    pub(super) fn marked(&self, gram: u64) -> Option<u32> {
        self.marked.get(&self.layout.key(gram)).copied()
    }

    /// The list of each marked n-gram.
    pub(super) fn marked_lists(&self) -> &[u32] {
        &self.marked_lists
    }

    /// Which of the lists that are `wanted` each text stands in.
    pub(super) fn of_text(&self, wanted: impl Fn(u32) -> bool) -> OfText {
        self.by_text(|| self.lists().filter(|&list| wanted(list)).map(|list| (list, list)), |_| true)
    }

    /// Which lists each of those texts stands in; that of others is left open.
    pub(super) fn of_those(&self, texts: &BTreeSet<u32>) -> OfText {
        let mut is_wanted = vec![false; self.words.len()];
        texts.iter().for_each(|&text| is_wanted[text as usize] = true);
        self.by_text(|| self.lists().map(|list| (list, list)), |text| is_wanted[text as usize])
    }

    /// In which lists each text stands, by their places in `order`.
    pub(super) fn of_text_in(&self, order: &[u32]) -> OfText {
        self.by_text(|| (0..).zip(order.iter().copied()), |_| true)
    }

    /// For each text of those that are `wanted` the names of the lists that it stands in, in the order of `named`: a name
    /// and a list.
    fn by_text<I: Iterator<Item = (u32, u32)>>(
        &self,
        named: impl Fn() -> I,
        wanted: impl Fn(u32) -> bool,
    ) -> OfText {
        let texts = |list: u32| self.list(list).iter().filter(|&&text| wanted(text));
        let mut starts = vec![0; self.words.len() + 1];
        for &text in named().flat_map(|(_, list)| texts(list)) {
            starts[text as usize + 1] += 1;
        }
        (1..starts.len()).for_each(|text| starts[text] += starts[text - 1]);
        let mut next = starts.clone();
        let mut lists = vec![0; *starts.last().unwrap_or(&0)];
        for (name, list) in named() {
            for &text in texts(list) {
                lists[next[text as usize]] = name;
                next[text as usize] += 1;
            }
        }
        OfText { starts, lists }
    }
}

/// The n-grams of one bucket that more than one text has.
#[derive(Default)]
struct Shared {
    lists: Vec<List>,
    texts: Vec<u32>,
    /// A text for each n-gram it has once more.
    repeated: Vec<u32>,
}

/// One n-gram's texts.
struct List {
    /// Where they end.
    end: usize,
    /// What is the same for the same texts.
    hash: u64,
    /// The n-gram's key, if it was asked for.
    marked: Option<u64>,
}

impl Shared {
    fn new(
        layout: Layout,
        (pass, bucket): (u64, u64),
        postings: &[u64],
        mark: impl Fn(u64, &[u32]) -> bool,
    ) -> Self {
        let mut found = Self::default();
        for same in postings.chunk_by(|x, y| layout.rest(*x) == layout.rest(*y)) {
            if same.len() == 1 {
                continue;
            }
            let start = found.texts.len();
            for text in same.iter().map(|&posting| layout.text(posting)) {
                let is_new = found.texts.len() == start || found.texts.last() != Some(&text);
                if is_new { found.texts.push(text) } else { found.repeated.push(text) }
            }
            let texts = &found.texts[start..];
            if texts.len() == 1 {
                found.texts.truncate(start);
                continue;
            }
            let key = layout.key_of(pass, bucket, same[0]);
            let marked = mark(key, texts).then_some(key);
            found.lists.push(List { hash: hash(texts), end: found.texts.len(), marked });
        }
        found
    }
}

/// The postings of a bucket without most of those whose n-gram stands only once, sorted. Those are nine in ten of a text, and
/// need not be. The room is kept from bucket to bucket.
#[derive(Default)]
struct Repeated {
    counts: Vec<u8>,
    kept: Vec<u64>,
    sorted: Vec<u64>,
    ends: Vec<u32>,
}

impl Repeated {
    fn of(&mut self, buckets: &Buckets, bucket: u64) -> &[u64] {
        let all: usize = buckets.of(bucket).map(<[u64]>::len).sum();
        // Four places for each, so that few single ones share theirs, and all stay in the nearest cache.
        let bits = (all * 4).max(2).next_power_of_two().trailing_zeros();
        let place = |posting: u64| (posting >> (64 - bits)) as usize;
        self.counts.clear();
        self.counts.resize(1 << bits, 0);
        for postings in buckets.of(bucket) {
            for &posting in postings {
                let count = &mut self.counts[place(posting)];
                *count = count.saturating_add(1);
            }
        }
        if self.kept.len() < all {
            self.kept.resize(all, 0);
        }
        let mut len = 0;
        for postings in buckets.of(bucket) {
            len += keep(postings, &mut self.kept[len..], |posting| self.counts[place(posting)] > 1);
        }
        sort(&self.kept[..len], &mut self.ends, &mut self.sorted);
        &self.sorted
    }
}

/// Write those of `postings` that are `wanted` into `kept`, which has room for all, and say how many they are. Each is
/// written and kept or not: which it will be cannot be foreseen, by the processor as little as by others.
fn keep(postings: &[u64], kept: &mut [u64], wanted: impl Fn(u64) -> bool) -> usize {
    let mut len = 0;
    for &posting in postings {
        kept[len] = posting;
        len += usize::from(wanted(posting));
    }
    len
}

/// Of numbers, so many have the same leading bits on average: with fewer, most time goes to those that none has.
const IN_PLACE: usize = 2;

/// Write numbers, whose bits are evenly spread, into `sorted` in order: first by as many leading bits as leave a few
/// together, then those. `ends` is room for where these end.
fn sort(numbers: &[u64], ends: &mut Vec<u32>, sorted: &mut Vec<u64>) {
    let bits = (numbers.len() / IN_PLACE).max(2).next_power_of_two().trailing_zeros();
    let place = |number: u64| (number >> (64 - bits)) as usize;
    ends.clear();
    ends.resize((1 << bits) + 1, 0);
    numbers.iter().for_each(|&number| ends[place(number) + 1] += 1);
    let mut before = 0;
    for end in &mut *ends {
        before += *end;
        *end = before;
    }
    sorted.resize(numbers.len(), 0);
    for &number in numbers {
        let end = &mut ends[place(number)];
        sorted[*end as usize] = number;
        *end += 1;
    }
    let mut start = 0;
    for &end in &ends[..1 << bits] {
        let same = &mut sorted[start..end as usize];
        if !same.is_sorted() {
            same.sort_unstable();
        }
        start = end as usize;
    }
}

/// The same for the same list of texts.
fn hash(texts: &[u32]) -> u64 {
    let step =
        |hash: u64, &text: &u32| (hash.rotate_left(23) ^ u64::from(text)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    texts.iter().fold(texts.len() as u64, step)
}

/// Which lists each text stands in, ascending.
pub(super) struct OfText {
    starts: Vec<usize>,
    lists: Vec<u32>,
}

impl OfText {
    /// The lists that `text` stands in.
    pub(super) fn of(&self, text: u32) -> &[u32] {
        &self.lists[self.starts[text as usize]..self.starts[text as usize + 1]]
    }

    /// What the lists that hold both texts weigh.
    pub(super) fn common(&self, a: u32, b: u32, weight: impl Fn(u32) -> u32) -> u32 {
        both(self.of(a), self.of(b)).map(weight).sum()
    }
}

/// What two ascending lists have in common, ascending.
pub(super) fn both<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let mut rest = b;
    a.iter().copied().filter(move |x| {
        while rest.first().is_some_and(|y| y < x) {
            rest = &rest[1..];
        }
        rest.first() == Some(x)
    })
}

#[cfg(test)]
mod tests {
    use super::sort;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorting_by_leading_bits_is_sorting(numbers in prop::collection::vec(any::<u64>(), 0..300), few in 0u32..64) {
            // Nearly all alike, and spread as hashes are.
            let numbers: Vec<u64> = numbers.into_iter().map(|number| number >> few << few).collect();
            let mut wanted = numbers.clone();
            wanted.sort_unstable();
            let (mut ends, mut sorted) = (vec![7], vec![7; 9]);
            sort(&numbers, &mut ends, &mut sorted);
            prop_assert_eq!(sorted, wanted);
        }
    }
}
