//! Which lists of texts are many: of all, or of those of one outlet.

use std::collections::HashMap;

use super::Corpus;

/// Texts that a run stands in at least: five papers with one agency's report are no boilerplate, nor are nine.
const FEWEST: usize = 10;

/// Of so many articles, one must have it: one in a thousand. The formulas of a wire ("said in a statement that")
/// stand in 0.1 to 0.6 % of 19,043 Reuters articles.
const OF_ALL: usize = 1000;

/// Or of so many articles of one outlet.
const OF_OUTLET: usize = 20;

/// Articles of one outlet that have it, on average. What ten papers carry once each goes round among them.
const REPEATED: usize = 2;

/// Stands for an outlet that is not known.
pub const NO_OUTLET: u32 = u32::MAX;

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
    pub(super) fn by_outlet(&self, texts: impl Iterator<Item = u32>) -> HashMap<u32, usize> {
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
