//! Two words have the same number exactly if they fold to the same string.

use std::collections::HashMap;

use proptest::prelude::*;
use wortlaut::{Fold, Pair, Side, Text, Vocabulary, WordId};

use crate::texts::{any_fold, any_text, folds};

/// Numbers folded words in order of first appearance, by a plain map.
#[derive(Default)]
struct Plain(HashMap<String, WordId>);

impl Plain {
    fn number(&mut self, fold: Fold, word: &str) -> WordId {
        let next = self.0.len() as WordId;
        *self.0.entry(fold.word(word).into_owned()).or_insert(next)
    }
}

fn assert_as_plain<'t>(fold: Fold, texts: impl IntoIterator<Item = &'t str>) {
    let (mut vocabulary, mut plain) = (Vocabulary::new(fold), Plain::default());
    for raw in texts {
        let words = vocabulary.read(raw);
        assert_eq!(words.ids.len(), words.spans.len());
        for (span, id) in words.spans.iter().zip(words.ids) {
            let word = span.of(raw);
            assert_eq!(id, plain.number(fold, word), "{word:?} at {span:?} under {fold:?}");
        }
        assert_eq!(vocabulary.len(), plain.0.len());
    }
}

/// Words around the length of a key, with the letters that grow or shrink when folded.
fn long_words() -> impl Strategy<Value = String> {
    let word = "[a-cA-C]{12,18}|[aÄäßẞ]{5,12}|(a|\u{AD}|’|ſ|ﬁ|İ|ŉ){3,14}|[ab]{30,40}";
    prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn numbers_are_equal_where_folded_words_are(fold in any_fold(), texts in prop::collection::vec(any_text(), 1..6)) {
        assert_as_plain(fold, texts.iter().map(String::as_str));
    }

    #[test]
    fn long_words_are_told_apart(fold in any_fold(), texts in prop::collection::vec(long_words(), 1..4)) {
        assert_as_plain(fold, texts.iter().map(String::as_str));
    }

    /// A word near the end of the text cannot be loaded sixteen bytes at a time.
    #[test]
    fn the_last_word_is_the_same_word_as_in_the_middle(fold in any_fold(), word in "[a-cA-Cäß’]{1,18}", after in "[ .]{0,20}") {
        let in_the_middle = format!("{word} und noch zwanzig Zeichen danach");
        assert_as_plain(fold, [&*in_the_middle, &word, &format!("{word}{after}"), &format!("a {word}")]);
    }

    #[test]
    fn texts_read_before_make_the_same_pair(fold in any_fold(), a in any_text(), b in any_text()) {
        let (text_a, text_b) = (Text::new(&*a, fold).unwrap(), Text::new(&*b, fold).unwrap());
        let (of, new) = (Pair::of(&text_a, &text_b).unwrap(), Pair::new(&a, &b, fold).unwrap());
        prop_assert_eq!(of.distinct(), new.distinct());
        prop_assert_eq!((&of.a.spans, &of.b.spans), (&new.a.spans, &new.b.spans));
        prop_assert_eq!(renumbered(&of.a, &of.b), renumbered(&new.a, &new.b));
        let ids = of.a.ids.iter().chain(&of.b.ids);
        prop_assert!(ids.into_iter().all(|&id| (id as usize) < of.distinct()));
    }
}

/// The ids of both sides in order of first appearance.
fn renumbered(a: &Side<'_>, b: &Side<'_>) -> Vec<usize> {
    let mut numbers = HashMap::new();
    let ids = a.ids.iter().chain(&b.ids);
    ids.map(|&id| {
        let next = numbers.len();
        *numbers.entry(id).or_insert(next)
    })
    .collect()
}

#[test]
fn texts_of_two_folds_make_no_pair() {
    let (a, b) = (Text::new("a", Fold::default()).unwrap(), Text::new("a", Fold::exact()).unwrap());
    let message = Pair::of(&a, &b).expect_err("two folds").to_string();
    assert_eq!(message, "b must be read with the fold of a, got another one");
}

/// The table grows many times, with batches half known and half new.
#[test]
fn a_hundred_thousand_words_keep_their_numbers() {
    let words = |from: u32, to: u32| {
        (from..to).map(|i| format!("w{i} wort{:x}mitlangemende{i} ", i / 3)).collect::<String>()
    };
    let texts = [words(0, 60_000), words(0, 60_000), words(30_000, 90_000)];
    for fold in [Fold::default(), Fold::exact()] {
        assert_as_plain(fold, texts.iter().map(String::as_str));
    }
}

#[test]
fn every_fold_numbers_the_same_words_its_own_way() {
    let raw = "Maß Mass MASS maß ﬁx fix don’t don't über u\u{308}ber uber Zusammen\u{AD}arbeit Zusammenarbeit Zusammen-\narbeit ǰ";
    for fold in folds() {
        assert_as_plain(fold, [raw, raw]);
    }
}
