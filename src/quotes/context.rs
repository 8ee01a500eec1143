//! Who speaks where no verb of saying stands beside the quotation: the subject of its sentence, or whoever spoke
//! just before.
//!
//! For German, whose second place belongs to the verb: what stands before it, or right behind it, is the subject. A
//! sentence in the subjunctive of reported speech ("Das sei …") has the speaker of the sentence before. English
//! keeps only the speaker of the quotation before, in the same paragraph.

use super::cues::{Word, words_after, words_before};
use super::speaker::{name, reporter};
use crate::text::{ByteSpan, WordList};

/// A quotation that nobody was found to speak, and the one before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) span: ByteSpan,
    /// Where its paragraph begins, or the text after the quotation before.
    pub(super) from: u32,
    /// Where its paragraph begins.
    pub(super) paragraph: u32,
    /// Who speaks the quotation before it, in the same paragraph.
    pub(super) last: Option<ByteSpan>,
}

/// Who speaks the quotation at `place`, if the text around it lets one tell.
pub(super) fn speaker(raw: &str, place: Place) -> Option<ByteSpan> {
    let before = words_before(raw, place.from, place.span.start);
    let begins = place.from == place.paragraph;
    let Some(first) = before.first() else {
        // A sentence of its own: whoever spoke goes on.
        return place.last.or_else(|| earlier(raw, place, place.span.start));
    };
    let reaches = raw[place.from as usize..first.span.start as usize].trim().is_empty();
    if !begins && reaches && !ends_within(raw, place) {
        // The sentence began before the quotation before.
        return place.last;
    }
    if !is_german(&before) {
        return None;
    }
    if before.iter().any(|word| SUBJUNCTIVE.has(word.text)) {
        return place.last.or_else(|| earlier(raw, place, first.span.start));
    }
    subject(&before)
}

/// Whether a sentence ends between the quotation before and this one.
fn ends_within(raw: &str, place: Place) -> bool {
    let between = words_after(raw, place.from, place.span.start);
    let tail = raw[..place.from as usize].chars().rev().take(3).any(|c| matches!(c, '.' | '!' | '?'));
    tail || between.last().is_some_and(Word::ends_sentence)
}

/// Who is said to speak in the sentence that ends at `end`, or in the one before that.
fn earlier(raw: &str, place: Place, end: u32) -> Option<ByteSpan> {
    let mut end = end;
    for _ in 0..2 {
        let words = words_before(raw, place.from, end);
        let first = words.first()?;
        if let Some(speaker) = reporter(&words) {
            return Some(speaker);
        }
        if !words.iter().any(|word| SUBJUNCTIVE.has(word.text)) {
            return None;
        }
        end = first.span.start;
    }
    None
}

fn is_german(words: &[Word<'_>]) -> bool {
    words.iter().any(|word| GERMAN.has_any_case(word.text))
}

/// The subject of a German main clause: before the verb, or behind it.
fn subject(words: &[Word<'_>]) -> Option<ByteSpan> {
    let skipped = usize::from(words.len() > 1 && FOCUS.has_any_case(words[0].text));
    if let Some(found) = name(&words[skipped..]).filter(|_| !starts_aside(&words[skipped])) {
        let behind = words.iter().find(|word| word.span.start >= found.end);
        let last = words.iter().rev().find(|word| word.span.end <= found.end)?;
        let is_label = behind.is_none() && last.tail.ends_with(':');
        let has_verb = behind.is_some_and(|word| !word.is_capital() && !word.is_article());
        return (is_label || has_verb).then_some(found);
    }
    (1..words.len()).find_map(|at| behind_verb(words, at))
}

/// The subject right behind the verb at `at`: "Dabei griff sie …", "In einem Interview äußerte sich der Minister …".
fn behind_verb(words: &[Word<'_>], at: usize) -> Option<ByteSpan> {
    let (before, verb) = (&words[at - 1], &words[at]);
    let is_verb = !verb.is_capital() && !verb.is_article() && !verb.is_adverbial() && verb.tail.is_empty();
    let is_second = before.is_capital() || before.is_adverbial();
    if !is_verb || !is_second || before.is_article() {
        return None;
    }
    let rest = &words[at + 1..];
    let rest = if rest.first().is_some_and(|word| word.is("sich")) { &rest[1..] } else { rest };
    let first = rest.first()?;
    let may_be_subject = first.is_capital() || NOMINATIVE.has(first.text);
    name(rest).filter(|_| may_be_subject)
}

/// Whether a sentence that starts with `word` has its subject behind the verb.
fn starts_aside(word: &Word<'_>) -> bool {
    word.is_adverbial() || OBLIQUE.has_any_case(word.text)
}

/// Subjunctives of reported speech.
static SUBJUNCTIVE: WordList = WordList::new(
    "
    bestehe bestünde bleibe brauche bräuchte bringe dürfe dürften gebe gehe gelte gäbe habe haben hätte hätten komme
    könne könnten lasse liege mache müsse müssten sei seien solle sollten stehe stünde verstoße werde würde würden
    wäre wären wisse wolle
    ",
);

/// What a German sentence is hardly without.
static GERMAN: WordList = WordList::new(
    "
    als auch auf das dass dem den der des die ein eine einem einen einer eines er es für im in ist mit nach nicht sich sie
    und von vor war wie zu zum zur über
    ",
);

/// What stands before a subject without taking its place.
static FOCUS: WordList = WordList::new("auch doch nur selbst sogar und aber");

/// How a nominative may begin.
static NOMINATIVE: WordList = WordList::new(
    "
    das der die diese dieser dieses ein eine er ihr ihre man mein sein seine sie unser unsere wir
    ",
);

/// How none begins.
static OBLIQUE: WordList = WordList::new(
    "
    dem den des deren dessen diesem diesen einem einen einer ihm ihn ihnen ihrem ihren seinem seinen
    ",
);
