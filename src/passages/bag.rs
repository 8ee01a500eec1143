//! How much two stretches have in common, whatever the order of their words.

use std::ops::Range;

use super::terms::Terms;

/// Sentences of both texts: from which to which.
pub(super) type Extent = [Range<usize>; 2];

/// Steps of one climb; a passage grows or shrinks by a sentence or two at each.
const STEPS: usize = 60;

/// Sentences that one step may take in or leave: two, so that a foreign sentence inside a passage is stepped over.
const STEP: usize = 2;

/// The terms of an extent as bags, one a side, and what follows from them, kept up with every change.
pub(super) struct Bags<'t> {
    terms: &'t Terms,
    counts: [Vec<i64>; 2],
    extent: Extent,
    /// Weight of the words that both bags have.
    pub(super) matched: i64,
    /// Weight of all words, by side.
    pub(super) total: [i64; 2],
    dot: i64,
    squares: [i64; 2],
}

impl<'t> Bags<'t> {
    pub(super) fn new(terms: &'t Terms) -> Self {
        let empty = || vec![0; terms.weights.len()];
        Self {
            terms,
            counts: [empty(), empty()],
            extent: [0..0, 0..0],
            matched: 0,
            total: [0, 0],
            dot: 0,
            squares: [0, 0],
        }
    }

    /// Put the words of an extent in place of what is in.
    pub(super) fn fill(&mut self, extent: &Extent) {
        for (side, new) in extent.iter().enumerate() {
            let old = std::mem::replace(&mut self.extent[side], new.clone());
            old.for_each(|sentence| self.change(side, sentence, -1));
            new.clone().for_each(|sentence| self.change(side, sentence, 1));
        }
    }

    pub(super) fn extent(&self) -> &Extent {
        &self.extent
    }

    /// The cosine of the two bags as vectors of weighed counts.
    pub(super) fn cosine(&self) -> f64 {
        let norm = (self.squares[0] as f64 * self.squares[1] as f64).sqrt();
        if norm == 0.0 { 0.0 } else { self.dot as f64 / norm }
    }

    /// What both sides match, less the share `least` of all they have: positive where they agree by more than that.
    pub(super) fn score(&self, least: f64) -> f64 {
        2.0 * self.matched as f64 - least * (self.total[0] + self.total[1]) as f64
    }

    /// Take words out of one bag, or put them in again.
    pub(super) fn change_words(&mut self, side: usize, words: Range<usize>, by: i64) {
        let terms = self.terms;
        for &term in &terms.sides[side].terms[words] {
            self.change_term(side, term as usize, by);
        }
    }

    fn change(&mut self, side: usize, sentence: usize, by: i64) {
        let words = self.terms.sides[side].bounds[sentence].clone();
        self.change_words(side, words, by);
    }

    fn change_term(&mut self, side: usize, term: usize, by: i64) {
        let weight = self.terms.weights[term];
        let (own, other) = (self.counts[side][term], self.counts[1 - side][term]);
        self.counts[side][term] = own + by;
        self.matched += weight * ((own + by).min(other) - own.min(other));
        self.total[side] += weight * by;
        self.dot += weight * weight * other * by;
        self.squares[side] += weight * weight * (2 * own * by + 1);
    }

    /// Move the edges of the extent to where the score is highest, a step at a time.
    pub(super) fn climb(&mut self, least: f64) {
        for _ in 0..STEPS {
            let now = self.score(least);
            let best = self.moves().into_iter().map(|edge| (self.gain(edge, now, least), edge));
            // Of equal gains the first, so that nothing depends on how they are compared.
            let best = best.reduce(|best, other| if other.0 > best.0 { other } else { best });
            match best {
                Some((gain, edge)) if gain > 0.0 => self.shift(edge),
                _ => break,
            }
        }
    }

    /// The edges one step away from the present ones.
    fn moves(&self) -> Vec<Edge> {
        let mut moves = Vec::new();
        for side in 0..2 {
            let Range { start, end } = self.extent[side];
            let all = self.terms.sides[side].len();
            let starts = (start.saturating_sub(STEP)..end.min(start + STEP + 1)).filter(|&at| at != start);
            moves.extend(starts.map(|at| Edge { side, is_start: true, at }));
            let ends =
                ((start + 1).max(end.saturating_sub(STEP))..=all.min(end + STEP)).filter(|&at| at != end);
            moves.extend(ends.map(|at| Edge { side, is_start: false, at }));
        }
        moves
    }

    fn gain(&mut self, edge: Edge, now: f64, least: f64) -> f64 {
        let Range { start, end } = self.extent[edge.side];
        self.shift(edge);
        let gain = self.score(least) - now;
        self.shift(Edge { at: if edge.is_start { start } else { end }, ..edge });
        gain
    }

    fn shift(&mut self, Edge { side, is_start, at }: Edge) {
        let Range { start, end } = self.extent[side];
        let (from, grows) = if is_start { (start, at < start) } else { (end, at > end) };
        let by = if grows { 1 } else { -1 };
        (from.min(at)..from.max(at)).for_each(|sentence| self.change(side, sentence, by));
        self.extent[side] = if is_start { at..end } else { start..at };
    }
}

/// Where one edge of an extent goes.
#[derive(Clone, Copy)]
struct Edge {
    side: usize,
    is_start: bool,
    at: usize,
}
