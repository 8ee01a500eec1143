//! What a marked span is, told by its shape and by the words beside it.
//!
//! No model: length, capitals, full stops, a few finite verbs and pronouns of German and English, and whether a verb of saying is attached.
//! On the sample articles nine in ten are right; single words (`term` or `title`) are nearly guesses, and say so.

use super::cues::{Source, boundary, last_word};
use super::speaker::Credit;
use super::{Quote, QuoteKind};
use crate::text::WordList;

/// The kind of `quote`, and how sure it is. `from` is where the text before it begins.
pub(super) fn kind(
    source: Source<'_>,
    quote: &Quote,
    credit: Credit,
    has_parts: bool,
    from: u32,
) -> (QuoteKind, f32) {
    if let Some(plain) = plain_speech(seen(quote.inner.of(source.raw)), quote, credit, has_parts) {
        return plain;
    }
    let shape = Shape::of(source, quote, from);
    match shape.words {
        0 => (QuoteKind::Unknown, 0.0),
        _ if quote.closing.is_none() => shape.unclosed(),
        1 => shape.single(credit),
        _ => shape.several(credit),
    }
}

/// The kind of what is speech whatever its shape: a part of a statement, or `ATTACHED` words to which a reporting clause
/// is attached. Nearly half of the spans of a text full of quotations are.
fn plain_speech(seen: &str, quote: &Quote, credit: Credit, has_parts: bool) -> Option<(QuoteKind, f32)> {
    let mut words = words(seen);
    if has_parts {
        return words.next().map(|_| (QuoteKind::Quotation, 0.9));
    }
    let is_reported = quote.closing.is_some() && credit.is_attached;
    (is_reported && words.nth(ATTACHED - 1).is_some()).then_some((QuoteKind::Quotation, 0.95))
}

/// Words that are speech if a reporting clause is attached: fewer may be a term that someone uses.
const ATTACHED: usize = 4;

/// The words of `text` without the punctuation around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let inner = text.split_whitespace().map(|shown| shown.trim_matches(|c: char| !c.is_alphanumeric()));
    inner.filter(|word| !word.is_empty())
}

/// The start of `text`, or all.
fn seen(text: &str) -> &str {
    &text[..boundary(text, MOST_BYTES.min(text.len()))]
}

/// What the rules look at.
#[expect(clippy::struct_excessive_bools, reason = "five independent observations of one span")]
struct Shape<'t> {
    text: &'t str,
    /// The start of it, or all.
    seen: &'t str,
    words: usize,
    /// Ends in a full stop or the like inside the marks.
    is_stopped: bool,
    starts_capital: bool,
    /// Words that start with a capital, and how many of the others are longer than three letters.
    capitals: usize,
    long_lowercase: usize,
    /// The word before the span, and whether a colon or nothing stands between.
    before: Option<&'t str>,
    after_colon: bool,
    /// Whether a sentence ends right before the span, or none begins there.
    follows_sentence: bool,
    /// Whether it is a sentence of its own.
    is_alone: bool,
}

/// Bytes of a span that are looked at: what is longer is speech anyway.
const MOST_BYTES: usize = 320;

/// Whether another sentence, or none, begins behind `quote`.
fn is_followed(source: Source<'_>, quote: &Quote) -> bool {
    let rest = &source.raw[quote.span.end as usize..];
    // Marks may be nested a thousandfold before a long gap.
    let gap = rest.chars().take(4).take_while(|c| c.is_whitespace()).count();
    rest.chars().nth(gap).is_none_or(|next| next == '.' || gap > 0 && !next.is_lowercase())
}

/// The last character before any marks of quotations inside; of a heap of marks it is one of them.
fn last_character(text: &str) -> Option<char> {
    let is_mark = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '«' | '»' | '‹' | '›');
    text.chars().rev().take(4).find(|&c| !is_mark(c))
}

impl<'t> Shape<'t> {
    fn of(source: Source<'t>, quote: &Quote, from: u32) -> Self {
        let text = quote.inner.of(source.raw);
        let before = last_word(source, from, quote.span.start);
        let mut shape = Self {
            text,
            seen: seen(text),
            words: 0,
            is_stopped: last_character(text)
                .is_some_and(|c| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')),
            starts_capital: text.starts_with(char::is_uppercase),
            capitals: 0,
            long_lowercase: 0,
            before: before.map(|word| word.text),
            follows_sentence: before.is_none_or(|word| word.ends_sentence()),
            is_alone: before.is_none_or(|word| word.ends_sentence()) && is_followed(source, quote),
            after_colon: before.is_some_and(|word| word.tail.starts_with(':')),
        };
        words(shape.seen).for_each(|word| shape.count(word));
        shape
    }

    fn count(&mut self, word: &str) {
        // East Asian scripts have no spaces; two ideographs are about a word.
        let ideographs = || word.chars().filter(|&c| c >= '\u{2E80}').count();
        self.words += if word.is_ascii() { 1 } else { (ideographs() / 2).max(1) };
        if word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            self.capitals += 1;
        } else {
            self.long_lowercase += usize::from(word.chars().nth(3).is_some());
        }
    }

    /// Whether a usual finite verb or the first person shows that the words are a clause.
    fn is_clause(&self) -> bool {
        let shows = |word: &str| CLAUSE.has_any_case(word) || word.ends_with("n't") || word.ends_with("n’t");
        words(self.seen).any(shows)
    }

    fn unclosed(&self) -> (QuoteKind, f32) {
        if self.words >= 5 && self.starts_capital && (self.is_stopped || self.is_clause()) {
            (QuoteKind::Quotation, 0.6)
        } else {
            (QuoteKind::Unknown, 0.2)
        }
    }

    fn single(&self, credit: Credit) -> (QuoteKind, f32) {
        let follows_noun =
            !self.follows_sentence && self.before.is_some_and(|word| word.starts_with(char::is_uppercase));
        let inside_paper = self.before.is_some_and(|word| ["im", "Im", "beim", "vom"].contains(&word));
        if credit.is_attached && (self.text.ends_with([',', '!', '?', '.'])) {
            (QuoteKind::Quotation, 0.7)
        } else if self.starts_capital && (follows_noun || inside_paper) && !self.after_colon {
            (QuoteKind::Title, 0.5)
        } else {
            (QuoteKind::Term, 0.6)
        }
    }

    fn several(&self, credit: Credit) -> (QuoteKind, f32) {
        if credit.is_attached && (self.words >= ATTACHED || self.text.ends_with(',')) {
            (QuoteKind::Quotation, 0.95)
        } else if self.is_title() {
            (QuoteKind::Title, 0.7)
        } else if self.is_stopped && self.starts_capital {
            (QuoteKind::Quotation, 0.9)
        } else if self.after_colon && self.words >= 3 {
            (QuoteKind::Quotation, 0.85)
        } else if self.is_predicate() {
            (QuoteKind::Fragment, 0.7)
        } else if self.words >= 3 && self.is_clause() {
            (QuoteKind::Quotation, if self.starts_capital { 0.8 } else { 0.6 })
        } else if self.words >= 10 {
            (QuoteKind::Quotation, 0.5)
        } else if self.is_alone && self.starts_capital && self.words >= 3 && self.long_lowercase > 0 {
            (QuoteKind::Quotation, 0.55)
        } else if self.names_something() {
            (QuoteKind::Title, 0.55)
        } else {
            (QuoteKind::Fragment, 0.6)
        }
    }

    /// English title case: every longer word has a capital. A German noun phrase has too: "einen „Bescheid mit Fußnoten“".
    fn is_title(&self) -> bool {
        let is_cased =
            self.starts_capital && self.capitals >= 2 && self.long_lowercase == 0 && self.words <= 12;
        is_cased && !self.follows(&INDEFINITE) && !(self.is_stopped && self.is_clause())
    }

    fn follows(&self, words: &WordList) -> bool {
        self.before.is_some_and(|word| words.has_any_case(word))
    }

    /// Completes the reporter's own clause: "would be “the cheapest pipe …”", "als „erster Schritt“".
    fn is_predicate(&self) -> bool {
        !self.starts_capital && self.follows(&COPULAS)
    }

    /// A German noun phrase that stands as a name: "der Verein „Freunde der Drehbrücke“", not "einen „Bescheid mit Fußnoten“".
    fn names_something(&self) -> bool {
        let is_named = !self.follows_sentence && !self.follows(&INDEFINITE) && !self.after_colon;
        self.starts_capital && !self.is_stopped && self.words <= 6 && is_named
    }
}

/// Finite forms of the commonest verbs, and the first person.
static CLAUSE: WordList = WordList::new(
    "
    am are bin bist brauchen brauchst can cannot could darf denke did do does don't dürfen geht
    gibt glaube habe haben had has hat hatte hatten have hätte hätten i i'm i've ich is ist it's
    kann know kommt konnte konnten können könnte let's liegt macht mag may me mein meine meinem
    meinen meiner mich might mine mir muss musste must my myself möchte müssen need our ours
    ourselves shall should sind soll sollen sollte steht that's they're think uns unser unsere
    unserem unseren unserer us want war waren was we we're we've weiß werden were will wir wird
    wollen wollte would wurde wurden wäre wären würde würden you're
    ",
);

/// What a predicate follows.
static COPULAS: WordList = WordList::new(
    "
    als as be been being bleibe bleibt is ist sei seien sind war waren was were wäre
    ",
);

/// What a German description follows, and a name hardly ever.
static INDEFINITE: WordList = WordList::new(
    "
    als ein eine einem einen einer eines kein keine von
    ",
);

#[cfg(test)]
mod tests {
    use super::{Shape, plain_speech, seen};
    use crate::quotes::cues::Source;
    use crate::quotes::quotes;
    use crate::quotes::speaker::Credit;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_speech_at_once_is_speech_by_all_rules(
            inner in "((Der Hafen|wir|— |„|3|東京|bleiben|,|\\.) ?){1,9}",
        ) {
            let raw = format!("„{inner}“, sagte Kern.");
            let credit = Credit { is_attached: true, ..Credit::default() };
            for quote in quotes(&raw) {
                let source = Source { raw: &raw, lexicon: None, phrases: &[] };
                let at_once = plain_speech(seen(quote.inner.of(&raw)), &quote, credit, false);
                let shape = Shape::of(source, &quote, 0);
                let by_rules = (shape.words > 1).then(|| shape.several(credit));
                prop_assert!(at_once.is_none() || at_once == by_rules);
            }
        }
    }
}
