//! What a reworded passage keeps: the terms of its sentences, each weighed by how few sentences have it.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

use super::stem::stem;
use crate::text::{Side, sentences};

/// A word without its ending, numbered within one pair.
pub(super) type TermId = u32;

/// Words below which a sentence joins the next one: headings, list items and what a full stop cut off say too
/// little alone. Plagdet on PAN-2013 is .928 from 6 to 8, .922 at 3.
const SHORT: usize = 7;

/// Words beyond which a sentence is divided into equal parts: lists and tables without full stops, whose edges
/// nobody could find otherwise.
const LONG: usize = 30;

/// Weights are whole numbers, so that adding and taking away in any order gives the same sums: this is 1.
pub(super) const ONE: f64 = 256.0;

/// One text in sentences.
pub(super) struct Sentences {
    /// The term of each word.
    pub(super) terms: Vec<TermId>,
    /// The words of each sentence; they follow each other without a gap.
    pub(super) bounds: Vec<Range<usize>>,
}

impl Sentences {
    pub(super) fn len(&self) -> usize {
        self.bounds.len()
    }

    /// The terms of one sentence, in order.
    pub(super) fn terms_of(&self, sentence: usize) -> &[TermId] {
        &self.terms[self.bounds[sentence].clone()]
    }

    /// Of some sentences in a row those before some words, and those behind them.
    pub(super) fn beside(&self, sentences: &Range<usize>, words: &Range<usize>) -> [Range<usize>; 2] {
        let before = self.bounds.partition_point(|bounds| bounds.end <= words.start);
        let behind = self.bounds.partition_point(|bounds| bounds.start < words.end);
        [sentences.start..before.min(sentences.end), behind.max(sentences.start)..sentences.end]
    }

    /// The words of some sentences in a row.
    pub(super) fn words(&self, sentences: &Range<usize>) -> Range<usize> {
        self.bounds[sentences.start].start..self.bounds[sentences.end - 1].end
    }
}

/// Both texts of a pair in sentences of weighed terms.
pub(super) struct Terms {
    pub(super) sides: [Sentences; 2],
    /// The weight of each term: the logarithm of the inverse share of sentences that have it.
    pub(super) weights: Vec<i64>,
}

impl Terms {
    /// `numbered` are those of the side that is `known`.
    pub(super) fn new(sides: [&Side<'_>; 2], distinct: usize, known: usize, numbered: &Numbered) -> Self {
        let (term_of, count) = numbered.with(sides[1 - known], distinct);
        let read = |at: usize| Sentences {
            terms: sides[at].ids.iter().map(|&id| term_of[id as usize]).collect(),
            bounds: if at == known { numbered.bounds.clone() } else { bounds(sides[at]) },
        };
        let sides = [read(0), read(1)];
        let weights = weights(&sides, count);
        Self { sides, weights }
    }
}

/// The terms of one text, whatever it is compared with.
#[derive(Debug)]
pub(super) struct Numbered {
    /// The term of each word id of the text.
    term_of: Vec<TermId>,
    numbers: Numbers,
    bounds: Vec<Range<usize>>,
}

type Numbers = HashMap<u64, TermId, RandomState>;

impl Numbered {
    /// The text is one of a pair with so many `distinct` words.
    pub(super) fn new(side: &Side<'_>, distinct: usize) -> Self {
        let mut numbers = Numbers::with_capacity_and_hasher(distinct, RandomState::default());
        let mut term_of = vec![TermId::MAX; distinct];
        number(side, &mut term_of, |stem| {
            let next = numbers.len() as TermId;
            *numbers.entry(stem).or_insert(next)
        });
        Self { term_of, numbers, bounds: bounds(side) }
    }

    /// The term of each word id of this text and of another one, and how many there are.
    fn with(&self, other: &Side<'_>, distinct: usize) -> (Vec<TermId>, usize) {
        let mut term_of = self.term_of.clone();
        term_of.resize(distinct, TermId::MAX);
        let mut more = Numbers::default();
        number(other, &mut term_of, |stem| {
            self.numbers.get(&stem).copied().unwrap_or_else(|| {
                let next = (self.numbers.len() + more.len()) as TermId;
                *more.entry(stem).or_insert(next)
            })
        });
        (term_of, self.numbers.len() + more.len())
    }
}

/// Note the terms of those words of `side` that have none yet; `of` numbers stems.
fn number(side: &Side<'_>, term_of: &mut [TermId], mut of: impl FnMut(u64) -> TermId) {
    for (&id, &span) in side.ids.iter().zip(&side.spans) {
        let term = &mut term_of[id as usize];
        if *term == TermId::MAX {
            *term = of(stem(span.of(side.raw)));
        }
    }
}

fn bounds(side: &Side<'_>) -> Vec<Range<usize>> {
    let mut bounds: Vec<Range<usize>> = Vec::new();
    let (mut start, mut end) = (0, 0);
    for sentence in sentences(side.raw) {
        end += side.spans[end..].iter().take_while(|word| word.start < sentence.end).count();
        if end - start >= SHORT {
            divide(start..end, &mut bounds);
            start = end;
        }
    }
    let end = side.spans.len();
    match bounds.last_mut() {
        Some(last) => last.end = end,
        None if start < end => bounds.push(start..end),
        None => {}
    }
    bounds
}

fn divide(words: Range<usize>, bounds: &mut Vec<Range<usize>>) {
    let parts = words.len().div_ceil(LONG);
    let cut = |part: usize| words.start + words.len() * part / parts;
    bounds.extend((0..parts).map(|part| cut(part)..cut(part + 1)));
}

fn weights(sides: &[Sentences; 2], count: usize) -> Vec<i64> {
    let mut having = vec![0u32; count];
    let mut seen = vec![0u32; count];
    let mut number = 0;
    for side in sides {
        for sentence in 0..side.len() {
            number += 1;
            for &term in side.terms_of(sentence) {
                if std::mem::replace(&mut seen[term as usize], number) != number {
                    having[term as usize] += 1;
                }
            }
        }
    }
    let all = f64::from(number);
    having.iter().map(|&having| ((all / f64::from(having.max(1))).ln() * ONE) as i64).collect()
}
