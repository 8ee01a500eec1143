//! Who speaks where no verb of saying stands beside the quotation: the subject of its sentence, or whoever spoke
//! just before.
//!
//! For German, whose second place belongs to the verb: what stands before it, or right behind it, is the subject. A
//! sentence in the subjunctive of reported speech ("Das sei …") has the speaker of the sentence before. English
//! keeps only the speaker of the quotation before, in the same paragraph.

use super::cues::{Source, Word, words_after, words_before};
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
pub(super) fn speaker(source: Source<'_>, place: Place) -> Option<ByteSpan> {
    let before = words_before(source, place.from, place.span.start);
    let stands_alone = before.last().is_none_or(Word::ends_sentence);
    if stands_alone {
        // A sentence of its own: whoever spoke goes on, as the sentence before calls him.
        return reporter(&before).or(place.last);
    }
    if place.from != place.paragraph && !ends_within(source, place) {
        // The sentence began before the quotation before.
        return place.last;
    }
    if !is_german(&before) {
        return None;
    }
    if before.iter().any(|word| SUBJUNCTIVE.has(word.text)) {
        return reporter(&words_before(source, place.from, before[0].span.start)).or(place.last);
    }
    subject(&before)
}

/// Whether a sentence ends between the quotation before and this one.
fn ends_within(source: Source<'_>, place: Place) -> bool {
    let between = words_after(source, place.from, place.span.start);
    let tail = source.raw[..place.from as usize].chars().rev().take(3).any(|c| matches!(c, '.' | '!' | '?'));
    tail || between.last().is_some_and(Word::ends_sentence)
}

fn is_german(words: &[Word<'_>]) -> bool {
    words.iter().any(|word| GERMAN.has_any_case(word.text))
}

/// The subject of a German main clause: before the verb, or behind it.
fn subject(words: &[Word<'_>]) -> Option<ByteSpan> {
    let skipped = usize::from(words.len() > 1 && FOCUS.has_any_case(words[0].text));
    let words = &words[skipped..];
    before_verb(words).or_else(|| (1..words.len()).find_map(|at| behind_verb(words, at)))
}

/// The subject that a sentence begins with; or a name and nothing else before a colon.
fn before_verb(words: &[Word<'_>]) -> Option<ByteSpan> {
    let found = name(words).filter(|_| !starts_aside(&words[0]))?;
    let last = words.iter().rposition(|word| word.span.end <= found.end)?;
    if (last == 0 && is_adverb(words[0].text)) || (words[0].is_article() && is_abstract(words, last)) {
        return None;
    }
    let last = last + attribute(&words[last + 1..]);
    match words.get(last + 1) {
        None => words[last].tail.ends_with(':').then_some(found),
        Some(verb) => {
            let tail = words[last].tail;
            (may_be_verb(verb) && (tail.is_empty() || tail == ")")).then_some(found)
        }
    }
}

/// How many of `words` say where or whose the name before them is: "(Ein Sprecher) in Berlin", "(Das Komitee) im
/// norwegischen Oslo".
pub(super) fn attribute(words: &[Word<'_>]) -> usize {
    let Some(first) = words.first().filter(|word| ATTRIBUTES.has(word.text)) else { return 0 };
    if !first.tail.is_empty() {
        return 0;
    }
    let noun = words.iter().take(5).skip(1).position(|word| word.is_capital() || !word.tail.is_empty());
    let Some(noun) = noun.map(|at| at + 1).filter(|&at| words[at].is_capital()) else { return 0 };
    let more = words[noun + 1..].iter().take_while(|word| word.is_capital()).count();
    noun + 1 + if words[noun].tail.is_empty() { more } else { 0 }
}

/// The subject right behind the verb at `at`: "Dabei griff sie …", "In einem Interview äußerte sich der Minister …".
fn behind_verb(words: &[Word<'_>], at: usize) -> Option<ByteSpan> {
    let (before, verb) = (&words[at - 1], &words[at]);
    let is_second =
        !before.is_article() && (before.is_capital() || before.is_adverbial()) && before.tail.is_empty();
    if !is_second || !may_be_verb(verb) || verb.is_adverbial() || !verb.tail.is_empty() {
        return None;
    }
    let rest = &words[at + 1..];
    let rest = if rest.first().is_some_and(|word| word.is("sich")) { &rest[1..] } else { rest };
    let first = rest.first()?;
    // An adjective before its noun looks like a verb before a name: "Am heutigen Montag".
    let is_adjective = ["en", "em", "er", "es"].iter().any(|ending| verb.text.ends_with(ending));
    let may_be_subject = first.is_capital() && !is_adjective || NOMINATIVE.has(first.text);
    let found = name(rest).filter(|_| may_be_subject)?;
    let last = rest.iter().rposition(|word| word.span.end <= found.end)?;
    (!is_abstract(rest, last)).then_some(found)
}

/// Whether `word` may be a verb whose subject says something: not one that only joins.
pub(super) fn may_be_verb(word: &Word<'_>) -> bool {
    word.text.starts_with(char::is_lowercase)
        && !word.is_article()
        && !POSSESSIVES.has(word.text)
        && !JOINING.has(word.text)
}

/// Whether a name of the words up to `last` is that of a thing that does not speak: "Seine Zuversicht gründet …".
fn is_abstract(words: &[Word<'_>], last: usize) -> bool {
    let head = words[..=last].iter().find(|word| word.is_capital() && !word.is_article());
    let endings = ["ung", "ungen", "heit", "keit", "sicht", "tion", "tät", "schaft", "ismus", "nis"];
    head.is_some_and(|head| {
        endings.iter().any(|ending| head.text.ends_with(ending)) && !SPEAKING.has(head.text)
    })
}

/// Whether a word at the start of a sentence is hardly a name.
pub(super) fn is_adverb(word: &str) -> bool {
    let endings = [
        "lich", "isch", "ig", "weise", "falls", "seits", "dings", "dem", "zeit", "mals", "ens", "end",
        "tags", "ab",
    ];
    endings.iter().any(|ending| word.ends_with(ending)) || ADVERBS.has(word)
}

/// Whether a sentence that starts with `word` has its subject behind the verb.
fn starts_aside(word: &Word<'_>) -> bool {
    word.is_adverbial() || OBLIQUE.has_any_case(word.text)
}

/// What leads to the place or the house of a speaker.
static ATTRIBUTES: WordList = WordList::new("am an aus bei beim der des für im in vom von zu zum zur");

/// Possessives in the genitive, which look like verbs behind a name.
static POSSESSIVES: WordList =
    WordList::new("eures ihrer ihres meiner meines seiner seines unserem unseren unserer unseres");

/// Verbs whose subject is spoken of, and words that look like verbs.
static JOINING: WordList = WordList::new(
    "
    als aus bei bekam bis durch für gegen gehört geht gibt gilt heißt hieß im in ist liegt mit nach oder ohne seit sind
    sowie steht trägt um und unter vom von vor war waren werden wie wird wurde wurden zu zum zur zwischen über
    ",
);

/// Adverbs and prepositions at the start of a sentence, beside those that follow a rule.
static ADVERBS: WordList = WordList::new(
    "
    Aktuell Angesichts Anstatt April August Aufgrund Besonders Besorgt Dezember Empört Enttäuscht Februar Januar Juli Juni Kritisch März Mai November Offenbar Oktober September Verärgert Erfreut Bisher Damals Darin Darum Davon Davor Dazwischen Demnach Derart Einmal Entgegen
    Es Gerade Ihrerseits Infolge Insbesondere Insgesamt Man Mitunter Nebenbei Niemand Oft Ohne Sogar Somit Sonst Statt
    Stattdessen Trotzdem Vielmehr Vorher Warum Was Weder Wer Wo Zugleich Zunächst Zwar
    ",
);

/// Bodies that speak though their names end like those of things.
static SPEAKING: WordList = WordList::new(
    "
    Bundesregierung Fraktion Gesellschaft Gewerkschaft Kommission Leitung Mannschaft Opposition Organisation Redaktion
    Regierung Staatsanwaltschaft Verwaltung Zeitung
    ",
);

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
