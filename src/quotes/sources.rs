//! Sources that a sentence names beside its verb: `laut Polizei`, `nach Angaben der Ministerin`, `dem Bericht zufolge`,
//! `wie die Zeitung schreibt`, `heißt es in dem Papier`, `für Kern ist das`.

use super::context::may_be_verb;
use super::cues::Word;
use super::names::{is_oblique, name};
use super::speaker::{Credit, verb_first};
use crate::text::{ByteSpan, WordList};

/// `so die Ministerin`, `laut Polizei`, `according to the report`.
pub(super) fn by_preposition(words: &[Word<'_>]) -> Option<Credit> {
    let (first, rest) = words.split_first()?;
    if first.is("so") && first.tail.is_empty() {
        return Some(Credit::attached(first.span, Some(name(rest)?)));
    }
    let length = source_preposition(words)?;
    let cue = first.span.to(words[length - 1].span);
    Some(Credit::attached(cue, Some(name(&words[length..])?)))
}

/// How many words a preposition that names a source takes, if `words` begin with one.
fn source_preposition(words: &[Word<'_>]) -> Option<usize> {
    let is = |at: usize, word: &str| words.get(at).is_some_and(|found| found.is(word));
    if words.first().is_some_and(Word::is_source) {
        return Some(1);
    }
    if is(0, "according") && is(1, "to") || is(0, "aus") && is(1, "Sicht") {
        return Some(2);
    }
    let says = |at: usize| words.get(at).is_some_and(|word| SAYINGS.has(word.text));
    if !is(0, "nach") {
        return None;
    }
    if words.get(1).is_some_and(Word::is_article) && says(2) && !is(1, "den") {
        // What is said stands for who says it: "nach der Ankündigung der Ministerin".
        return Some(1);
    }
    let length = if is(1, "den") { 3 } else { 2 };
    says(length - 1).then(|| length + usize::from(is(length, "von") || is(length, "vom")))
}

/// Nouns that stand for what someone says, behind `nach`.
static SAYINGS: WordList = WordList::new(
    "
    Angabe Angaben Ankündigung Ansicht Auffassung Aussage Aussagen Bekunden Bericht Bewertung Darstellung Darstellungen
    Dafürhalten Einschätzung Einschätzungen Erkenntnissen Feststellung Informationen Lesart Meinung Meldung Mitteilung
    Schilderung Schilderungen Urteil Worten Überzeugung
    ",
);

/// The source that the clause before a quotation names beside its verb: "Die Lage war nach Angaben der Polizei …".
pub(super) fn before(words: &[Word<'_>]) -> Option<Credit> {
    postposition(words).or_else(|| as_reported(words)).or_else(|| {
        let is_aside = |at: usize| at > 0 && words[at].is("so") && words[at - 1].tail.contains(',');
        let names = |at: usize| source_preposition(&words[at..]).is_some() || is_aside(at);
        let at = (0..words.len()).rev().find(|&at| names(at))?;
        // Who is named by a verb behind "Laut Polizei" speaks to the police.
        let is_told = at == 0 && words.iter().any(Word::is_cue);
        let found = by_preposition(&words[at..]).filter(|_| !is_told)?;
        Some(Credit { is_attached: false, ..found })
    })
}

/// The same behind a quotation that is a part of its sentence: "… umziehen, so Kern", "…, wie die Zeitung schreibt".
pub(super) fn after(words: &[Word<'_>]) -> Option<Credit> {
    let clause = |at: usize| at > 0 && words[at - 1].tail.contains(',');
    let found = (0..words.len()).find_map(|at| {
        let rest = &words[at..];
        let source = source_preposition(rest).and_then(|_| by_preposition(rest));
        source.or_else(|| {
            let behind = || by_preposition(rest).or_else(|| verb_first(rest)).or_else(|| as_reported(rest));
            if clause(at) { behind().filter(|found| found.speaker.is_some()) } else { None }
        })
    })?;
    Some(Credit { is_attached: false, ..found })
}

/// `dem Bericht zufolge`, `seiner Ansicht nach`.
fn postposition(words: &[Word<'_>]) -> Option<Credit> {
    let at = words.iter().position(|word| word.is("zufolge") || word.is("nach"))?;
    let cue = words[at].span;
    if at > 1 && SAYINGS.has(words[at - 1].text) && is_oblique(words[at - 2].text) {
        return Some(Credit::named(cue, words[at - 2].span.to(words[at - 1].span)));
    }
    let reaches = |name: &ByteSpan| name.end == words[at - 1].span.end;
    let found = (0..at).find_map(|from| name(&words[from..at]).filter(reaches));
    found.filter(|_| words[at].is("zufolge")).map(|speaker| Credit::named(cue, speaker))
}

/// `wie die Polizei am Abend mitteilte,`: whatever the verb, who stands there reports what the sentence says.
fn as_reported(words: &[Word<'_>]) -> Option<Credit> {
    let first = words.first().filter(|word| word.is("wie") || word.is("as"))?;
    let rest = &words[1..];
    let speaker = name(rest).filter(|_| first.tail.is_empty() && !is_oblique(rest[0].text))?;
    let from = rest.iter().position(|word| word.span.start >= speaker.end)?;
    let ends = |word: &Word<'_>| word.tail.contains(',') || word.ends_sentence();
    let verb =
        rest[from..].iter().find(|word| ends(word) && (word.is_cue() || first.is("wie") && is_past(word)));
    Some(Credit::named(verb?.span, speaker))
}

/// Whether `word` looks like a German verb at the end of its clause.
fn is_past(word: &Word<'_>) -> bool {
    may_be_verb(word) && ["te", "ten", "t"].iter().any(|ending| word.text.ends_with(ending))
}

/// `In dem Papier heißt es`, `heißt es in der Mitteilung`: what is written speaks.
pub(super) fn written(words: &[Word<'_>]) -> Option<Credit> {
    let is_es = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| word.is("es"));
    let at = (0..words.len())
        .find(|&at| WRITTEN.has(words[at].text) && (is_es(Some(at + 1)) || is_es(at.checked_sub(1))))?;
    let near =
        words[at..].iter().take(5).position(|word| !word.tail.is_empty()).map_or(at + 5, |end| at + end + 1);
    let is_near = |word: &&Word<'_>| PLACES.has_any_case(word.text);
    let behind = words.iter().take(near).skip(at + 1).any(|word| is_near(&word));
    let speaker = place(if behind { &words[at + 1..] } else { &words[..at] });
    Some(Credit::attached(words[at].span, speaker))
}

static WRITTEN: WordList = WordList::new("heißt hieß geheißen");

/// What `words` say that something is written in, or comes from.
fn place(words: &[Word<'_>]) -> Option<ByteSpan> {
    let at = words.iter().position(|word| PLACES.has_any_case(word.text))?;
    let rest = &words[at + 1..];
    let noun = rest.iter().take(4).position(Word::is_capital)?;
    let is_time =
        |word: &Word<'_>| TIMES.has(word.text) || word.text.starts_with(|c: char| c.is_ascii_digit());
    if rest[..=noun].iter().any(is_time) {
        return None;
    }
    name(rest).or_else(|| name(&rest[noun..]))
}

static PLACES: WordList = WordList::new("auf aus bei beim im in seitens von vom");

/// Nouns of time and of connection, which nothing is written in.
static TIMES: WordList = WordList::new(
    "
    Abend Anfang Anschluss April August Dezember Ende Februar Folge Gegensatz Jahr Jahre Jahren Januar Juli Juni Mai Mittag
    Monat Morgen März November Oktober September Tag Tage Tagen Wahrheit Woche Wochen Zeit Zukunft Zusammenhang
    ",
);

/// `Für den Minister ist das „…“`: whose view it is.
pub(super) fn view(words: &[Word<'_>]) -> Option<Credit> {
    let first = words.first().filter(|word| word.is("für"))?;
    let speaker = name(&words[1..])?;
    let next = words.iter().find(|word| word.span.start >= speaker.end)?;
    COPULAS.has(next.text).then(|| Credit::named(first.span, speaker))
}

static COPULAS: WordList = WordList::new("bedeutet bleibt ist sei seien sind war waren wäre");
