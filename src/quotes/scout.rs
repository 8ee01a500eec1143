//! Finds out which of many statements may stand in a text, before anything is aligned.
//!
//! What [`Target`](super::target::Target) does for the two texts of a pair is done here for one text and the statements of all
//! others: the text is read once, and a statement costs a microsecond. It asks for a little less than
//! [`shared_quotes`](super::shared_quotes) does, so that nothing is lost here.

use std::ops::Range;

use super::gates::Gates;
use super::lexicon::{CONTENT, Lexicon};
use super::mentions::{Mention, mentions};
use super::relation::judge_marked;
use super::row::Row;
use super::search::{MOST_PLACES, find_places, judge_place, overlap};
use super::shared::Basis;
use super::target::{Places, RARE_ENOUGH, SHARE, Seed};
use crate::text::{Side, WordId};

/// What a text says in marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    /// Which words of the text stand there.
    words: Range<usize>,
    /// The words that are said, if it has several parts.
    joined: Option<Vec<WordId>>,
    /// Words after which it leaves something out.
    gaps: Vec<u32>,
    /// Whether it is worth looking for in other texts: a name is not.
    pub(crate) is_sought: bool,
}

impl Statement {
    /// The words that it is, of those of its text.
    pub(crate) fn ids<'s>(&'s self, text: &'s [WordId]) -> &'s [WordId] {
        self.joined.as_ref().map_or(&text[self.words.clone()], |joined| joined)
    }
}

/// The statements of `side`; those of at least `min_words` words are sought.
pub(crate) fn statements(side: &Side<'_>, min_words: usize) -> Vec<Statement> {
    let mentions = mentions(side);
    let is_long = |mention: &Mention| mention.may_be_speech && mention.len() >= min_words;
    // Whoever has a statement of several parts has one of them.
    let mut in_parts = vec![0; mentions.len()];
    for part in mentions.iter().filter(|part| is_long(part)) {
        part.parent.into_iter().for_each(|whole| in_parts[whole as usize] += part.len());
    }
    let is_sought = |place: usize, mention: &Mention| {
        is_long(mention)
            && !(mention.has_parts() && in_parts[place] as f32 >= IN_PARTS * mention.len() as f32)
    };
    let statement = |(place, mention): (usize, Mention)| Statement {
        is_sought: is_sought(place, &mention),
        words: mention.words.clone(),
        gaps: mention.gaps.clone(),
        joined: mention.into_joined(),
    };
    mentions.into_iter().enumerate().map(statement).collect()
}

/// The share of a statement's words that must be in long parts, so that these are sought in its place. Lower, a pair of
/// texts could be missed; higher, every statement in two parts is looked for twice.
const IN_PARTS: f32 = 0.6;

/// Words beside each other that count whatever they are.
const ROW: usize = 3;

/// What is asked for before a statement is aligned: the share of its weight that must stand anywhere in the text.
const ANYWHERE: f32 = 0.9 * SHARE;

/// The gates for words without marks, with less of everything: words that are frequent in a pair weigh less there, and a word more or less
/// decides.
const SCOUTED: Gates =
    Gates { same: (4, 0.9), part: (5, 1.6), part_share: 0.3, changed: 2.0, retold: 0.4, left: (0.6, 3) };

/// A row of so many words is worth a look whatever the rest is.
const LONG_ROW: usize = 5;

/// One text of a corpus whose words have numbers, ready to be asked. Its tables are as large as the vocabulary, so one
/// is kept for many texts.
pub(crate) struct Scout<'l> {
    lexicon: &'l Lexicon,
    text: Vec<WordId>,
    /// The last place of each stem plus one, or zero; and for each place the one before it.
    last: Vec<u32>,
    before: Vec<u32>,
    /// How many places each stem has.
    counts: Vec<u32>,
    /// What the text says in marks.
    said: Vec<Statement>,
    /// As many times yes as a text or statement has words: clauses matter for negation only, which nobody asks about here.
    ends: Vec<bool>,
}

impl<'l> Scout<'l> {
    pub(crate) fn new(lexicon: &'l Lexicon) -> Self {
        let (last, counts) = (vec![0; lexicon.stems()], vec![0; lexicon.stems()]);
        Self {
            lexicon,
            text: Vec::new(),
            last,
            before: Vec::new(),
            counts,
            said: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Take up another text with what it says in marks.
    pub(crate) fn read<'s>(&mut self, text: &[WordId], said: impl Iterator<Item = &'s Statement>) {
        for &word in &self.text {
            let stem = self.lexicon.stem(word) as usize;
            (self.last[stem], self.counts[stem]) = (0, 0);
        }
        self.text.clear();
        self.text.extend_from_slice(text);
        self.before.clear();
        self.said.clear();
        self.said.extend(said.cloned());
        self.ends.resize(self.ends.len().max(text.len()), true);
        for (place, &word) in (1..).zip(text) {
            let stem = self.lexicon.stem(word) as usize;
            self.before.push(std::mem::replace(&mut self.last[stem], place));
            self.counts[stem] += 1;
        }
    }

    /// Whether `words`, those of `statement`, stand in the text, in marks or without.
    pub(crate) fn holds(&mut self, statement: &Statement, words: &[WordId]) -> bool {
        if !self.is_worth_a_look(words) {
            return false;
        }
        self.ends.resize(self.ends.len().max(words.len()), true);
        let row = Row { ids: words, gaps: &statement.gaps, ends: &self.ends[..words.len()] };
        let text = Row { ids: &self.text, gaps: &[], ends: &self.ends[..self.text.len()] };
        find_places(row, self, self.lexicon, MOST_PLACES).iter().any(|place| {
            judge_place(row, place, text, SCOUTED, self.lexicon).is_some()
                || self.said.iter().any(|said| overlap(&said.words, &place.at) && self.is_said(row, said))
        })
    }

    /// Whether `said`, a statement of the text, is the statement of `row`.
    fn is_said(&self, row: Row<'_>, said: &Statement) -> bool {
        let ids = said.ids(&self.text);
        let other = Row { ids, gaps: &said.gaps, ends: &self.ends[..ids.len()] };
        judge_marked(row, other, Basis::Speaker, self.lexicon).is_some()
    }

    /// Most statements share three usual words with the text and nothing else; much of their weight or five words in a row
    /// must be there.
    fn is_worth_a_look(&self, words: &[WordId]) -> bool {
        let stands = |word: &&WordId| self.counts[self.lexicon.stem(**word) as usize] > 0;
        let weight: f32 = words.iter().filter(stands).map(|&word| self.lexicon.weight(word)).sum();
        weight >= ANYWHERE * self.lexicon.sum(words)
            || words.windows(LONG_ROW).any(|row| self.rows(row).next().is_some())
    }

    /// Where `row` begins in the text.
    fn rows(&self, row: &[WordId]) -> impl Iterator<Item = usize> {
        let count = |word: WordId| self.counts[self.lexicon.stem(word) as usize];
        let rarest = row.iter().enumerate().min_by_key(|&(_, &word)| count(word));
        let (offset, stem) = rarest.map_or((0, 0), |(offset, &word)| (offset, self.lexicon.stem(word)));
        let starts = self.places(stem).filter_map(move |place| place.checked_sub(offset));
        starts.filter(move |&start| self.text[start..].starts_with(row))
    }

    fn places(&self, stem: u32) -> impl Iterator<Item = usize> {
        let mut next = self.last[stem as usize];
        std::iter::from_fn(move || {
            let place = next.checked_sub(1)? as usize;
            next = self.before[place];
            Some(place)
        })
    }
}

impl Places for Scout<'_> {
    fn exact(&self, xs: &[WordId], most: usize) -> Vec<Range<usize>> {
        let mut starts: Vec<usize> = self.rows(xs).collect();
        starts.reverse();
        let mut found: Vec<Range<usize>> = Vec::new();
        for start in starts {
            let is_free = found.last().is_none_or(|last| last.end <= start);
            if is_free && found.len() < most {
                found.push(start..start + xs.len());
            }
        }
        found
    }

    fn seeds(&self, xs: &[WordId], lexicon: &Lexicon) -> Vec<Seed> {
        let mut seeds = Vec::new();
        for (x, &word) in xs.iter().enumerate() {
            let stem = lexicon.stem(word);
            let is_rare = self.counts[stem as usize] as usize <= RARE_ENOUGH;
            if is_rare && lexicon.weight(word) >= CONTENT {
                seeds.extend(self.places(stem).map(|y| Seed { y: y as u32, x: x as u32 }));
            }
        }
        for (x, row) in xs.windows(ROW).enumerate() {
            let rows = self.rows(row).flat_map(|y| (0..ROW).map(move |i| (y + i, x + i)));
            seeds.extend(rows.map(|(y, x)| Seed { y: y as u32, x: x as u32 }));
        }
        seeds.sort_unstable();
        seeds.dedup();
        seeds
    }
}
