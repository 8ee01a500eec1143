//! What a passage is called: where it stands, how many words agree, and how the sides differ.

use super::refine::Sides;
use super::{Passage, PassageKind, Stretch};
use crate::diff::{align, lcs_length, ratio};
use crate::text::{ByteSpan, Side, WordId};

/// The similarity from which on a passage counts as edited, below it as reworded.
const EDITED: f64 = 0.75;

/// Turns stretches of words into passages.
pub(super) struct Describer<'p, 't> {
    sides: Sides<'p, 't>,
    /// The number that a word has within the stretch at work, plus one; 0 for none.
    local: Vec<WordId>,
}

impl<'p, 't> Describer<'p, 't> {
    pub(super) fn new(sides: Sides<'p, 't>, distinct: usize) -> Self {
        Self { sides, local: vec![0; distinct] }
    }

    pub(super) fn describe(&mut self, stretch: &Stretch) -> Passage {
        let Sides { a, b, .. } = self.sides;
        let (words_a, words_b) = (stretch.a.len(), stretch.b.len());
        let is_same = a.ids[stretch.a.clone()] == b.ids[stretch.b.clone()];
        let matched = if is_same { words_a } else { self.matched(stretch).max(stretch.matched) };
        let similarity = ratio(matched, words_a, words_b);
        let (a_span, b_span) = (span(a, &stretch.a), span(b, &stretch.b));
        Passage {
            a: a_span,
            b: b_span,
            words_a: words_a as u32,
            words_b: words_b as u32,
            matched: matched as u32,
            similarity,
            kind: if is_same {
                kind_of_same(a_span.of(a.raw), b_span.of(b.raw))
            } else {
                kind_of_edited(similarity)
            },
        }
    }

    /// The length of the sides' longest common subsequence, of words numbered anew: the cost must not depend on how many
    /// different words the texts have elsewhere.
    pub(super) fn matched(&mut self, stretch: &Stretch) -> usize {
        let Sides { a, b, .. } = self.sides;
        let (a, b) = (&a.ids[stretch.a.clone()], &b.ids[stretch.b.clone()]);
        let mut count = 0;
        let mut number = |ids: &[WordId]| -> Vec<WordId> {
            let numbers = ids.iter().map(|&id| {
                let local = &mut self.local[id as usize];
                if *local == 0 {
                    count += 1;
                    *local = count;
                }
                *local - 1
            });
            numbers.collect()
        };
        let (local_a, local_b) = (number(a), number(b));
        a.iter().chain(b).for_each(|&id| self.local[id as usize] = 0);
        lcs_length(&local_a, &local_b, count as usize)
            .unwrap_or_else(|| align(&local_a, &local_b).iter().map(|run| run.len).sum())
    }
}

fn span(side: &Side<'_>, words: &std::ops::Range<usize>) -> ByteSpan {
    side.spans[words.start].to(side.spans[words.end - 1])
}

fn kind_of_same(a: &str, b: &str) -> PassageKind {
    if same_letters(a, b) { PassageKind::Verbatim } else { PassageKind::Typography }
}

fn kind_of_edited(similarity: f64) -> PassageKind {
    if similarity >= EDITED { PassageKind::Edited } else { PassageKind::Reworded }
}

/// Whether two stretches are the same but for where their lines break.
fn same_letters(a: &str, b: &str) -> bool {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let parts = |text| str::split(text, blank).filter(|part: &&str| !part.is_empty());
    a == b || parts(a).eq(parts(b))
}
