//! One text against many: what is found out about it once, and not for each of the others.
//!
//! Of comparing a long article with a short one that shares a phrase, reading the long one, stemming its words and
//! parting its sentences is two thirds.

use super::terms::Numbered;
use super::{Both, Passage, PassageOptions, seeds};
use crate::error::Result;
use crate::text::{Fold, RunPlaces, Side, Vocabulary, Words, check_length};

/// A text that was read, and the numbers of its words.
pub(crate) struct Probe<'t> {
    side: Side<'t>,
    vocabulary: Vocabulary,
    options: PassageOptions,
    known: Known,
}

/// What is known of a text, whatever it is compared with.
pub(super) struct Known {
    pub(super) places: RunPlaces,
    pub(super) terms: Numbered,
}

impl<'t> Probe<'t> {
    /// # Errors
    /// [`crate::Error::TooLong`] from 4 GiB; if `options.min_words` is 0.
    pub(crate) fn new(raw: &'t str, fold: Fold, options: PassageOptions) -> Result<Self> {
        options.check()?;
        check_length(raw)?;
        let mut vocabulary = Vocabulary::new(fold);
        let Words { spans, ids } = vocabulary.read(raw);
        let side = Side { raw, spans, ids };
        let places = seeds::places(&side.ids, options.sought().seed());
        let terms = Numbered::new(&side, vocabulary.len());
        Ok(Self { side, vocabulary, options, known: Known { places, terms } })
    }

    /// The [`super::passages`] of `raw` (side a) and this text; none where both have no `run` of so many words in a row
    /// (0: whatever they have).
    ///
    /// # Errors
    /// [`crate::Error::TooLong`] from 4 GiB.
    pub(crate) fn passages(&self, raw: &str, run: usize) -> Result<Vec<Passage>> {
        check_length(raw)?;
        let mut vocabulary = self.vocabulary.clone();
        let Words { spans, ids } = vocabulary.read(raw);
        let other = Side { raw, spans, ids };
        let both = Both::new(&other, &self.side, vocabulary.len(), Some(&self.known));
        let seeds = both.seeds(self.options);
        let is_worth = run == 0 || seeds.may_have(run);
        Ok(if is_worth { both.passages(&seeds, self.options) } else { Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::Probe;
    use crate::passages::{PassageOptions, Sensitivity, passages};
    use crate::text::{Fold, Pair};
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        let sentence = prop::collection::vec("[a-h]{1,2}|Haf(en|ens)|sagt(e|en)|Maß|MASS", 3..16)
            .prop_map(|words| words.join(" ") + ". ");
        prop::collection::vec(sentence, 0..12).prop_map(|sentences| sentences.concat())
    }

    /// Two texts, the second one with stretches of the first.
    fn both() -> impl Strategy<Value = (String, String)> {
        (text(), text(), text(), 0usize..300, 0usize..300).prop_map(|(a, b, c, from, to)| {
            let cut = |at: usize| (0..=at.min(a.len())).rev().find(|&at| a.is_char_boundary(at)).unwrap_or(0);
            let (from, to) = (cut(from.min(to)), cut(from.max(to)));
            let copied = format!("{b}{} {c}", &a[from..to]);
            (a, copied)
        })
    }

    proptest! {
        #[test]
        fn a_probe_finds_what_the_pair_has(
            (one, other) in both(),
            more in text(),
            min_words in 1usize..12,
            at in 0usize..3,
        ) {
            let options = PassageOptions { min_words, sensitivity: Sensitivity::ALL[at] };
            let fold = Fold::default();
            let probe = Probe::new(&one, fold, options).unwrap();
            for raw in [&other, &more, &one] {
                let pair = Pair::new(raw, &one, fold).unwrap();
                prop_assert_eq!(probe.passages(raw, 0).unwrap(), passages(&pair, options).unwrap());
            }
        }
    }
}
