//! Lines that stand in many articles which have nothing else in common: the invitation to a newsletter, the note of
//! an agency, the formula of a byline.
//!
//! Weak spots: a disclaimer of more than [`LONGEST`] words is taken for a text that goes round, and so are the lines
//! of articles so short that several lines are a fifth of them. A sentence that ten unrelated articles quote is
//! taken for boilerplate.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::Corpus;
use super::fingerprints::{Map, OfText, SharedGrams, both};
use crate::error::Result;
use crate::passages::Passage;
use crate::progress::Progress;
use crate::text::{ByteSpan, gram_hashes, split_words, word_hashes};

/// A run of words that stands in many articles which have hardly anything else in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoilerplateRun {
    /// The earliest text that has it.
    pub text: u32,
    /// Its first place there.
    pub span: ByteSpan,
    /// How many words it has.
    pub words: u32,
    /// How many texts have it.
    pub df: u32,
    /// How many outlets have it; texts whose outlet is unknown do not count.
    pub outlets: u32,
}

/// Words of the n-grams that runs are made of, and of the shortest run.
pub(super) const GRAM: usize = 5;

/// Words of the longest run. A paragraph that an agency repeats as background has 50 to 80, and who carries it is a
/// question; lines of a site have 5 to 40.
const LONGEST: usize = 50;

/// Texts that a run stands in at least: five papers with one agency's report are no boilerplate, nor are nine.
const FEWEST: usize = 10;

/// Of so many articles, one must have it: one in a thousand. The formulas of a wire ("said in a statement that")
/// stand in 0.1 to 0.6 % of 19,043 Reuters articles.
const OF_ALL: usize = 1000;

/// Or of so many articles of one outlet.
const OF_OUTLET: usize = 20;

/// Articles of one outlet that have it, on average. What ten papers carry once each goes round among them.
const REPEATED: usize = 2;

/// Two articles are related if they share this part (one in so many) of the shorter one's n-grams. Two articles on one
/// report share half.
const RELATED: u32 = 5;

/// A run of up to so many words, a sentence, does not count as what its articles have in common: there are notes of 50
/// words that end with an agency's line. A longer one does: a report of two sentences in many papers goes round.
const SENTENCE: usize = 25;

/// Pairs of articles that a run is judged by; more would not change a majority.
const JUDGED: usize = 64;

/// Texts between two looks at whether to stop.
const CHUNK: usize = 256;

/// Stands for an outlet that is not known.
pub const NO_OUTLET: u32 = u32::MAX;

/// The boilerplate of a corpus.
#[derive(Default)]
pub(super) struct Boilerplate {
    /// Where each run stands first; the widest spread first.
    pub(super) runs: Vec<BoilerplateRun>,
    /// The words of each run, as hashes.
    words: Vec<Vec<u64>>,
}

impl Boilerplate {
    /// The `n`-grams that lie in a run.
    pub(super) fn grams(&self, n: usize) -> Vec<u64> {
        let mut grams: Vec<u64> = self.words.iter().flat_map(|words| gram_hashes(words, n)).collect();
        grams.sort_unstable();
        grams.dedup();
        grams
    }
}

/// Which lists of texts are many.
pub(super) struct Spread {
    /// The outlet of each text, by number; empty if none is known.
    outlets: Vec<u32>,
    /// How many texts each outlet has.
    sizes: HashMap<u32, usize>,
    texts: usize,
}

impl Spread {
    pub(super) fn new<S: AsRef<str>>(corpus: &Corpus<'_, S>) -> Self {
        let texts = corpus.texts.len();
        let outlets: Vec<u32> = (0..texts as u32).map(|text| corpus.outlet(text)).collect();
        let mut spread = Self { outlets, sizes: HashMap::new(), texts };
        spread.sizes = spread.by_outlet(0..texts as u32);
        if spread.sizes.is_empty() {
            spread.outlets.clear();
        }
        spread
    }

    /// How many of `texts` each outlet has, where it is known.
    fn by_outlet(&self, texts: impl Iterator<Item = u32>) -> HashMap<u32, usize> {
        let mut counts = HashMap::new();
        let outlets = texts.filter_map(|text| self.outlets.get(text as usize));
        let known = outlets.filter(|&&outlet| outlet != NO_OUTLET);
        known.for_each(|&outlet| *counts.entry(outlet).or_default() += 1);
        counts
    }

    /// Whether so many texts are many, of all or of those of one outlet.
    pub(super) fn is_common(&self, texts: &[u32]) -> bool {
        if texts.len() < FEWEST {
            return false;
        }
        let enough = |count: usize, all: usize, share: usize| count >= FEWEST && count * share >= all;
        let by_outlet = self.by_outlet(texts.iter().copied());
        by_outlet.len() * REPEATED <= texts.len()
            && (enough(texts.len(), self.texts, OF_ALL)
                || by_outlet.iter().any(|(outlet, &count)| enough(count, self.sizes[outlet], OF_OUTLET)))
    }
}

/// The boilerplate of `corpus`, whose n-grams of [`GRAM`] words are in `fingerprints`, those marked that are common.
pub(super) fn find<S: AsRef<str> + Sync>(
    corpus: &Corpus<'_, S>,
    spread: &Spread,
    fingerprints: &SharedGrams,
    progress: &Progress,
) -> Result<Boilerplate> {
    if corpus.texts.len() < FEWEST {
        return Ok(Boilerplate::default());
    }
    let search = Search::new(corpus, spread, fingerprints);
    let standing = search.standing(progress)?;
    let mut runs = Runs::default();
    stretches(&standing).for_each(|stretch| runs.add(&search, stretch));
    progress.check()?;
    let found = places(&standing, &runs);
    let of_text = fingerprints.of_text(|_| true);
    let mut kept: Vec<(BoilerplateRun, Vec<u64>)> = Vec::new();
    for (run, places) in runs.found.iter().zip(found) {
        progress.check()?;
        let words = run.grams.len() + GRAM - 1;
        let texts: Vec<u32> = places.iter().map(|place| place.text).collect();
        if words <= LONGEST && spread.is_common(&texts) && search.are_unrelated(&texts, words, &of_text) {
            kept.push(search.row(words, &places));
        }
    }
    kept.sort_by_key(|(run, _)| (std::cmp::Reverse(run.df), run.text, run.span));
    progress.check()?;
    let kept = without_parts(kept);
    let place =
        |(run, words): (BoilerplateRun, _)| (BoilerplateRun { text: corpus.place(run.text), ..run }, words);
    let (runs, words) = kept.into_iter().map(place).unzip();
    Ok(Boilerplate { runs, words })
}

/// Where a common n-gram stands.
#[derive(Clone, Copy)]
struct Standing {
    text: u32,
    /// Its first word there.
    at: u32,
    /// Its number.
    gram: u32,
}

/// The common n-grams that follow each other word by word.
fn stretches(standing: &[Standing]) -> impl Iterator<Item = &[Standing]> {
    standing.chunk_by(|x, y| x.text == y.text && x.at + 1 == y.at)
}

/// Whether a stretch begins with these n-grams, and so with the words of a run.
fn begins_with(stretch: &[Standing], grams: &[u32]) -> bool {
    stretch.len() >= grams.len()
        && stretch.iter().map(|standing| standing.gram).zip(grams).all(|(x, &y)| x == y)
}

/// For each run the texts that have it, in order, and where it stands there first.
fn places(standing: &[Standing], runs: &Runs) -> Vec<Vec<Standing>> {
    let mut places: Vec<Vec<Standing>> = vec![Vec::new(); runs.found.len()];
    for stretch in stretches(standing) {
        for (i, place) in stretch.iter().enumerate() {
            for &run in runs.starting.get(&place.gram).into_iter().flatten() {
                let is_new = places[run].last().is_none_or(|last| last.text != place.text);
                if is_new && begins_with(&stretch[i..], &runs.found[run].grams) {
                    places[run].push(*place);
                }
            }
        }
    }
    places
}

/// A run of words as common n-grams, and the texts that have all of these.
struct Run {
    grams: Vec<u32>,
    texts: Vec<u32>,
}

/// The runs found so far.
#[derive(Default)]
struct Runs {
    found: Vec<Run>,
    /// The runs that begin with an n-gram.
    starting: Map<u32, Vec<usize>>,
    /// Whether a run and the n-gram behind it are common together.
    extends: Map<(usize, u32), bool>,
}

impl Runs {
    /// Add the runs of a stretch, from left to right, each as long as it is common.
    fn add<S>(&mut self, search: &Search<'_, S>, stretch: &[Standing]) {
        let mut at = 0;
        while at < stretch.len() {
            let rest = &stretch[at..];
            at += self.known(search, rest).unwrap_or_else(|| self.grow(search, rest));
        }
    }

    /// The n-grams of the longest known run that `stretch` begins with, unless it goes on here.
    fn known<S>(&mut self, search: &Search<'_, S>, stretch: &[Standing]) -> Option<usize> {
        let here = self.starting.get(&stretch[0].gram)?.iter().copied();
        let run = here
            .filter(|&run| begins_with(stretch, &self.found[run].grams))
            .max_by_key(|&run| self.found[run].grams.len())?;
        let len = self.found[run].grams.len();
        let Some(next) = stretch.get(len) else { return Some(len) };
        let texts = &self.found[run].texts;
        let goes_on = *self.extends.entry((run, next.gram)).or_insert_with(|| {
            search.spread.is_common(&both(texts, search.texts(next.gram)).collect::<Vec<_>>())
        });
        (!goes_on).then_some(len)
    }

    /// Add the run that begins `stretch`, and return how many n-grams it has.
    fn grow<S>(&mut self, search: &Search<'_, S>, stretch: &[Standing]) -> usize {
        let mut texts = search.texts(stretch[0].gram).to_vec();
        let mut len = 1;
        for next in &stretch[1..] {
            let longer: Vec<u32> = both(&texts, search.texts(next.gram)).collect();
            if !search.spread.is_common(&longer) {
                break;
            }
            texts = longer;
            len += 1;
        }
        self.starting.entry(stretch[0].gram).or_default().push(self.found.len());
        let grams = stretch[..len].iter().map(|standing| standing.gram).collect();
        self.found.push(Run { grams, texts });
        len
    }
}

/// The n-grams of a corpus that are common, and the texts that have them.
struct Search<'c, S> {
    corpus: &'c Corpus<'c, S>,
    spread: &'c Spread,
    fingerprints: &'c SharedGrams,
    /// The texts that have any, by number.
    holders: Vec<u32>,
}

impl<'c, S> Search<'c, S> {
    fn new(corpus: &'c Corpus<'c, S>, spread: &'c Spread, fingerprints: &'c SharedGrams) -> Self {
        let lists: BTreeSet<u32> = fingerprints.marked_lists().iter().copied().collect();
        let mut is_holder = vec![false; corpus.texts.len()];
        for &text in lists.into_iter().flat_map(|list| fingerprints.list(list)) {
            is_holder[text as usize] = true;
        }
        let holders =
            (0..).zip(is_holder).filter(|(_, is_holder)| *is_holder).map(|(text, _)| text).collect();
        Self { corpus, spread, fingerprints, holders }
    }

    /// The texts of a common n-gram.
    fn texts(&self, gram: u32) -> &'c [u32] {
        self.fingerprints.list(self.fingerprints.marked_lists()[gram as usize])
    }

    /// Whether most of `texts` have little in common beside a run of so many words. Each is compared with the one half
    /// the list on: versions of one article, and what is written on one day, stand close together.
    fn are_unrelated(&self, texts: &[u32], words: usize, of_text: &OfText) -> bool {
        let judged = texts.len().min(JUDGED);
        let own = if words <= SENTENCE { (words + 1 - GRAM) as u32 } else { 0 };
        let is_related = |i: usize| {
            let place = i * texts.len() / judged;
            let (a, b) = (texts[place], texts[(place + texts.len() / 2) % texts.len()]);
            let grams = |text: u32| self.fingerprints.grams[text as usize];
            let common = of_text.common(a, b, |list| self.fingerprints.weights[list as usize]);
            common.saturating_sub(own) * RELATED >= grams(a).min(grams(b))
        };
        (0..judged).filter(|&i| is_related(i)).count() * 2 < judged
    }
}

impl<S: AsRef<str> + Sync> Search<'_, S> {
    /// Where common n-grams stand, by text and word.
    fn standing(&self, progress: &Progress) -> Result<Vec<Standing>> {
        let in_text = |&text: &u32| -> Vec<Standing> {
            let words = word_hashes(self.corpus.text(text), self.corpus.fold);
            let grams = (0..).zip(gram_hashes(&words, GRAM));
            let common = |(at, gram)| Some(Standing { text, at, gram: self.fingerprints.marked(gram)? });
            grams.filter_map(common).collect()
        };
        progress.begin(self.holders.len() as u64);
        let mut found = Vec::new();
        for chunk in self.holders.chunks(CHUNK) {
            progress.check()?;
            let read: Vec<Vec<Standing>> = chunk.par_iter().map(in_text).collect();
            read.into_iter().for_each(|standing| found.extend(standing));
            progress.advance(chunk.len() as u64);
        }
        Ok(found)
    }

    /// The row of a run of so many words, and the words as hashes.
    fn row(&self, words: usize, places: &[Standing]) -> (BoilerplateRun, Vec<u64>) {
        let Standing { text, at, .. } = places[0];
        let raw = self.corpus.text(text);
        let inside = at as usize..at as usize + words;
        let spans = &split_words(raw)[inside.clone()];
        let outlets = self.spread.by_outlet(places.iter().map(|place| place.text));
        let run = BoilerplateRun {
            text,
            span: ByteSpan { start: spans[0].start, end: spans[words - 1].end },
            words: words as u32,
            df: places.len() as u32,
            outlets: outlets.len() as u32,
        };
        (run, word_hashes(raw, self.corpus.fold)[inside].to_vec())
    }
}

/// The words of each text that lie in boilerplate, found when they are first asked for.
pub(super) struct Covered<'c, S> {
    corpus: &'c Corpus<'c, S>,
    grams: Vec<u64>,
    words: Vec<OnceLock<Vec<ByteSpan>>>,
}

impl<'c, S: AsRef<str>> Covered<'c, S> {
    pub(super) fn new(corpus: &'c Corpus<'c, S>, boilerplate: &Boilerplate) -> Self {
        let words = corpus.texts.iter().map(|_| OnceLock::new()).collect();
        Self { corpus, grams: boilerplate.grams(GRAM), words }
    }

    /// Whether a passage of the texts `a` and `b` consists of boilerplate: more than half of its words, and all but
    /// fewer than `min_words`.
    pub(super) fn covers(&self, a: u32, b: u32, passage: &Passage, min_words: usize) -> bool {
        let is_covered = |text: u32, span: ByteSpan, words: u32| {
            let words = words as usize;
            let outside = words.saturating_sub(self.count(text, span));
            outside < min_words && outside * 2 < words
        };
        !self.grams.is_empty()
            && (is_covered(a, passage.a, passage.words_a) || is_covered(b, passage.b, passage.words_b))
    }

    /// The covered words of `text` that lie in `span`.
    fn count(&self, text: u32, span: ByteSpan) -> usize {
        let words = self.words[text as usize].get_or_init(|| self.read(text));
        let inside = &words[words.partition_point(|word| word.start < span.start)..];
        inside.partition_point(|word| word.end <= span.end)
    }

    fn read(&self, text: u32) -> Vec<ByteSpan> {
        let raw = self.corpus.texts[text as usize].as_ref();
        let hashes = word_hashes(raw, self.corpus.fold);
        let mut is_covered = vec![false; hashes.len()];
        for (at, gram) in gram_hashes(&hashes, GRAM).enumerate() {
            if self.grams.binary_search(&gram).is_ok() {
                is_covered[at..at + GRAM].fill(true);
            }
        }
        let words = split_words(raw).into_iter().zip(is_covered);
        words.filter(|&(_, is_covered)| is_covered).map(|(word, _)| word).collect()
    }
}

/// Without the runs that seldom stand outside a longer one: where nine of ten of their articles have that as well.
/// Each word of a run is looked up once among the first n-grams of all others: 50 look-ups a run at most.
fn without_parts(found: Vec<(BoilerplateRun, Vec<u64>)>) -> Vec<(BoilerplateRun, Vec<u64>)> {
    let first = |words: &[u64]| gram_hashes(words, GRAM).next();
    let mut starting: Map<Option<u64>, Vec<usize>> = Map::default();
    for (i, (_, words)) in found.iter().enumerate() {
        starting.entry(first(words)).or_default().push(i);
    }
    let mut parts = vec![false; found.len()];
    for (longer, in_words) in &found {
        for (at, gram) in gram_hashes(in_words, GRAM).enumerate() {
            for &part in starting.get(&Some(gram)).into_iter().flatten() {
                let (run, words) = &found[part];
                parts[part] |= in_words.len() > words.len()
                    && longer.df * 10 >= run.df * 9
                    && in_words[at..].starts_with(words);
            }
        }
    }
    found.into_iter().zip(parts).filter(|(_, is_part)| !is_part).map(|(run, _)| run).collect()
}
