//! Lines that stand in many articles which have nothing else in common: the invitation to a newsletter, the note of
//! an agency, the formula of a byline.
//!
//! A statement that many articles quote stands in many that have nothing else in common as well. What tells it apart is
//! where it stands: somewhere inside, where a line of the house stands first, last, or alone, and a formula is made of
//! turns of phrase that others use too.
//!
//! Weak spots: a line in the middle of a paragraph that is longer than a turn of phrase is taken for a text that goes
//! round, as is one of articles so short that several lines are a fifth of them; a sentence with which ten unrelated
//! articles begin is taken for boilerplate.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Corpus;
use super::fingerprints::{Map, OfText, SharedGrams, both};
use super::spread::Spread;
use crate::error::Result;
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

/// Words of the longest run: the note under a report on stocks, with its disclaimer, has 60 to 120.
const LONGEST: usize = 150;

/// Runs of fewer words are turns of phrase, wherever they stand: no passage is that short.
const PHRASE: usize = 8;

/// A run stands first or last if no more than so many words are before or behind it: a date line, or another line of the
/// house. A sentence has 20.
const EDGE: usize = 15;

/// Words of the longest run that may be told by having a paragraph to itself; a statement can have one too, but has
/// more than a sentence then.
const LINE: usize = 20;

/// Texts whose paragraphs are looked at.
const READ: usize = 16;

/// Two articles are related if they share this part (one in so many) of the shorter one's n-grams. Two articles on one
/// report share half.
const RELATED: u32 = 5;

/// A run of up to so many words, a sentence, does not count as what its articles have in common: there are notes of 50
/// words that end with an agency's line. A longer one does, unless it is a small part of both: a report of two sentences
/// in many papers goes round.
const SENTENCE: usize = 25;

/// A small part of an article: one in so many of its words.
const SMALL: usize = 3;

/// Pairs of articles that a run is judged by; more would not change a majority.
const JUDGED: usize = 64;

/// Texts between two looks at whether to stop.
const CHUNK: usize = 256;

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

/// The boilerplate of `corpus` that has n-grams of the lists `asked`. The n-grams of [`GRAM`] words are in `fingerprints`,
/// those marked that are common; only texts are read that have a say in it.
pub(super) fn find<S: AsRef<str> + Sync>(
    corpus: &Corpus<'_, S>,
    spread: &Spread,
    fingerprints: &SharedGrams,
    asked: &BTreeSet<u32>,
    progress: &Progress,
) -> Result<Boilerplate> {
    if asked.is_empty() {
        return Ok(Boilerplate::default());
    }
    // A run is judged beside those that are parts of it.
    let beside = Search::new(corpus, spread, fingerprints, asked).beside(progress)?;
    let search = Search::new(corpus, spread, fingerprints, &beside);
    let standing = search.standing(progress)?;
    let mut runs = Runs::default();
    search.asked(&standing).for_each(|stretch| runs.add(&search, stretch));
    progress.check()?;
    let found = places(&standing, &runs);
    let mut lines = Vec::new();
    // Those in a corpus are many more than those that runs are judged by.
    let of_text = fingerprints.of_those(&found.iter().flat_map(|places| judged(places)).flatten().collect());
    for (run, places) in runs.found.iter().zip(&found) {
        progress.check()?;
        lines.extend(search.line(run, places, &of_text));
    }
    told_by_phrases(&mut lines);
    let is_asked = |gram: &u32| asked.contains(&fingerprints.marked_lists()[*gram as usize]);
    let is_in = |line: &&Line<'_>| line.is_told && line.run.grams.iter().any(is_asked);
    let goes_round = parts_of_others(&lines);
    let kept = lines.iter().zip(goes_round).filter(|&(line, goes_round)| is_in(&line) && !goes_round);
    let mut kept: Vec<(BoilerplateRun, Vec<u64>)> =
        kept.map(|(line, _)| search.row(line.words(), line.places)).collect();
    kept.sort_by_key(|(run, _)| (std::cmp::Reverse(run.df), run.text, run.span));
    progress.check()?;
    let kept = without_parts(kept);
    let place =
        |(run, words): (BoilerplateRun, _)| (BoilerplateRun { text: corpus.place(run.text), ..run }, words);
    let (runs, words) = kept.into_iter().map(place).unzip();
    Ok(Boilerplate { runs, words })
}

/// A run that stands in many texts which have hardly anything else in common.
struct Line<'r> {
    run: &'r Run,
    places: &'r [Standing],
    /// Whether it is told to be boilerplate.
    is_told: bool,
}

impl Line<'_> {
    fn words(&self) -> usize {
        self.run.grams.len() + GRAM - 1
    }

    fn df(&self) -> usize {
        self.places.len()
    }
}

/// Tell the lines that consist, by half of their words or more, of turns of phrase that twice as many texts have.
fn told_by_phrases(lines: &mut [Line<'_>]) {
    let mut phrases: Map<u32, usize> = Map::default();
    for line in lines.iter().filter(|line| line.words() < PHRASE) {
        for &gram in &line.run.grams {
            let df = phrases.entry(gram).or_default();
            *df = (*df).max(line.df());
        }
    }
    for line in lines.iter_mut().filter(|line| !line.is_told && line.words() <= LONGEST) {
        let mut covered = vec![false; line.words()];
        for (at, gram) in line.run.grams.iter().enumerate() {
            if phrases.get(gram).is_some_and(|&df| df >= line.df() * 2) {
                covered[at..at + GRAM].fill(true);
            }
        }
        line.is_told = covered.iter().filter(|&&covered| covered).count() * 2 >= covered.len();
    }
}

/// For each line whether at least half of its texts have it inside a longer one that goes round.
fn parts_of_others(lines: &[Line<'_>]) -> Vec<bool> {
    let mut starting: Map<u32, Vec<usize>> = Map::default();
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.is_told) {
        starting.entry(line.run.grams[0]).or_default().push(i);
    }
    let mut parts = vec![false; lines.len()];
    for longer in lines.iter().filter(|line| !line.is_told) {
        for (at, gram) in longer.run.grams.iter().enumerate() {
            for &part in starting.get(gram).into_iter().flatten() {
                parts[part] |= longer.df() * 2 >= lines[part].df()
                    && longer.run.grams[at..].starts_with(&lines[part].run.grams);
            }
        }
    }
    parts
}

/// The pairs of texts that a run at these `places` is judged by. Each is compared with the one half the list on: versions
/// of one article, and what is written on one day, stand close together.
fn judged(places: &[Standing]) -> impl Iterator<Item = [u32; 2]> {
    let judged = places.len().min(JUDGED);
    let pair = move |i: usize| {
        let place = i * places.len() / judged;
        [place, (place + places.len() / 2) % places.len()].map(|place| places[place].text)
    };
    (0..judged).map(pair)
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
    /// The lists of those asked for.
    lists: &'c BTreeSet<u32>,
    /// The texts that have any of these, by number.
    holders: Vec<u32>,
}

impl<'c, S> Search<'c, S> {
    fn new(
        corpus: &'c Corpus<'c, S>,
        spread: &'c Spread,
        fingerprints: &'c SharedGrams,
        lists: &'c BTreeSet<u32>,
    ) -> Self {
        let mut is_holder = vec![false; corpus.texts.len()];
        for &text in lists.iter().flat_map(|&list| fingerprints.list(list)) {
            is_holder[text as usize] = true;
        }
        let holders =
            (0..).zip(is_holder).filter(|(_, is_holder)| *is_holder).map(|(text, _)| text).collect();
        Self { corpus, spread, fingerprints, lists, holders }
    }

    /// The texts of a common n-gram.
    fn texts(&self, gram: u32) -> &'c [u32] {
        self.fingerprints.list(self.fingerprints.marked_lists()[gram as usize])
    }

    /// Whether most of the texts at these `places` have little in common beside a run of so many words.
    fn are_unrelated(&self, places: &[Standing], words: usize, of_text: &OfText) -> bool {
        let SharedGrams { words: lengths, grams, weights, .. } = self.fingerprints;
        let is_related = |both: &[u32; 2]| {
            let is_small = both.iter().all(|&text| words * SMALL <= lengths[text as usize] as usize);
            let own = if words <= SENTENCE || is_small { (words + 1 - GRAM) as u32 } else { 0 };
            let common = of_text.common(both[0], both[1], |list| weights[list as usize]);
            let [a, b] = both.map(|text| grams[text as usize]);
            common.saturating_sub(own) * RELATED >= a.min(b)
        };
        judged(places).filter(is_related).count() * 2 < places.len().min(JUDGED)
    }

    /// Whether three of four texts have a run of so many words at their beginning, or at their end.
    fn is_at_edge(&self, places: &[Standing], words: usize) -> bool {
        let behind = |place: &Standing| {
            self.fingerprints.words[place.text as usize] as usize - words - place.at as usize
        };
        let are_most = |count: usize| count * 4 >= places.len() * 3;
        are_most(places.iter().filter(|place| place.at as usize <= EDGE).count())
            || are_most(places.iter().filter(|place| behind(place) <= EDGE).count())
    }

    /// The stretches that have any of the n-grams asked for: what is common in one depends on no other.
    fn asked<'s>(&'s self, standing: &'s [Standing]) -> impl Iterator<Item = &'s [Standing]> {
        let lists = self.fingerprints.marked_lists();
        let is_asked = |standing: &Standing| self.lists.contains(&lists[standing.gram as usize]);
        stretches(standing).filter(move |stretch| stretch.iter().any(is_asked))
    }
}

impl<S: AsRef<str> + Sync> Search<'_, S> {
    /// The lists asked for, and those of the n-grams that stand in one stretch with theirs.
    fn beside(&self, progress: &Progress) -> Result<BTreeSet<u32>> {
        let lists = self.fingerprints.marked_lists();
        if lists.iter().all(|list| self.lists.contains(list)) {
            return Ok(self.lists.clone());
        }
        let standing = self.standing(progress)?;
        let grams = self.asked(&standing).flatten().map(|standing| lists[standing.gram as usize]);
        Ok(grams.chain(self.lists.iter().copied()).collect())
    }

    /// A run that is common and of unrelated texts as a line, told to be boilerplate by its length or by where it stands.
    fn line<'r>(&self, run: &'r Run, places: &'r [Standing], of_text: &OfText) -> Option<Line<'r>> {
        let words = run.grams.len() + GRAM - 1;
        let texts: Vec<u32> = places.iter().map(|place| place.text).collect();
        if !self.spread.is_common(&texts) || !self.are_unrelated(places, words, of_text) {
            return None;
        }
        let is_told = words <= LONGEST
            && (words < PHRASE || self.is_at_edge(places, words) || self.is_paragraph(places, words));
        Some(Line { run, places, is_told })
    }

    /// Whether three of four texts, of a few, have a run of so many words in a line of its own.
    fn is_paragraph(&self, places: &[Standing], words: usize) -> bool {
        let is_alone = |place: &Standing| {
            let raw = self.corpus.text(place.text);
            let spans = split_words(raw);
            let (start, end) = (place.at as usize, place.at as usize + words);
            let before = start.checked_sub(1).map(|before| spans[before].end as usize);
            let behind = spans.get(end).map(|behind| behind.start as usize);
            let has_break = |gap: std::ops::Range<usize>| raw[gap].contains('\n');
            before.is_none_or(|before| has_break(before..spans[start].start as usize))
                && behind.is_none_or(|behind| has_break(spans[end - 1].end as usize..behind))
        };
        let read = places.len().min(READ);
        let alone = (0..read).filter(|i| is_alone(&places[i * places.len() / read]));
        words <= LINE && alone.count() * 4 >= read * 3
    }

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
