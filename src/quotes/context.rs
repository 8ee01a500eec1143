//! Who speaks where no verb of saying stands beside the quotation: the subject of its sentence, or whoever spoke
//! just before.
//!
//! For German, whose second place belongs to the verb: what stands before it, or right behind it, is the subject. A
//! sentence in the subjunctive of reported speech ("Das sei …") has the speaker of the sentence before. English
//! keeps only the speaker of the quotation before, in the same paragraph.

use super::cues::{Source, Word, at_colon, words_after, words_before};
use super::names::{is_dative, name};
use super::speaker::reporter;
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
    let (head, clause) = at_colon(&before);
    if let Some(at) = clause.iter().position(|word| SUBJUNCTIVE.has(word.text)) {
        // "Kern ging davon aus, dass das Haus leer sei": whose clause the reported one belongs to.
        let main = clause.iter().position(|word| word.tail.contains(',')).filter(|&comma| comma < at);
        let own = main.and_then(|comma| subject(&clause[..=comma]));
        return own.or_else(|| reported(source, place, &before));
    }
    if head.iter().any(Word::is_cue) {
        return reporter(head);
    }
    let is_german = is_german(&before) || is_german(&words_after(source, place.paragraph, place.from));
    let indeed = clause.windows(2).find(|pair| pair[0].is("indem") && pair[1].is_pronoun());
    if let Some([_, pronoun]) = indeed {
        return Some(pronoun.span);
    }
    // Whoever does something before a fragment need not have said it; before a colon he has.
    let has_colon = clause.last().is_some_and(|last| last.tail.starts_with(':'));
    if is_german && has_colon { subject(clause) } else { alone(clause) }
}

/// The name that is all of `words` before a colon: "Minister Kern: “…”".
fn alone(words: &[Word<'_>]) -> Option<ByteSpan> {
    let last = words.last().filter(|last| last.tail.starts_with(':'))?;
    name(words).filter(|name| name.end == last.span.end)
}

/// Sentences of reported speech in a row that are read back.
const MOST_REPORTED: usize = 4;

/// Who speaks what `sentence`, the last before the quotation, tells in the subjunctive: whom the clause before its colon
/// names, or the last sentence that is not reported itself.
fn reported(source: Source<'_>, place: Place, sentence: &[Word<'_>]) -> Option<ByteSpan> {
    let named = |words: &[Word<'_>]| reporter(words).or_else(|| subject(words));
    let head = at_colon(sentence).0;
    if !head.is_empty() {
        return named(head);
    }
    let mut start = sentence.first()?.span.start;
    for _ in 0..MOST_REPORTED {
        let sentence = words_before(source, place.from, start);
        let Some(first) = sentence.first().filter(|first| !is_cut(source, place, first)) else { break };
        if !sentence.iter().any(|word| SUBJUNCTIVE.has(word.text)) {
            return named(&sentence).or(place.last);
        }
        if let Some(speaker) = reporter(&sentence) {
            return Some(speaker);
        }
        start = first.span.start;
    }
    place.last
}

/// Whether the sentence of which `first` is left begins before the quotation before.
fn is_cut(source: Source<'_>, place: Place, first: &Word<'_>) -> bool {
    let gap = &source.raw[place.from as usize..first.span.start as usize];
    place.from != place.paragraph
        && !gap.contains(char::is_alphanumeric)
        && !ends_sentence_inside(source, place.from)
}

/// Whether the quotation that ends at `end` has a full stop inside its marks.
fn ends_sentence_inside(source: Source<'_>, end: u32) -> bool {
    source.raw[..end as usize].chars().rev().take(3).any(|c| matches!(c, '.' | '!' | '?'))
}

/// Whether a sentence ends between the quotation before and this one.
fn ends_within(source: Source<'_>, place: Place) -> bool {
    let between = words_after(source, place.from, place.span.start);
    ends_sentence_inside(source, place.from) || between.last().is_some_and(Word::ends_sentence)
}

fn is_german(words: &[Word<'_>]) -> bool {
    words.iter().any(|word| GERMAN.has_any_case(word.text))
}

/// The subject of a German main clause: before the verb, or behind it.
pub(super) fn subject(words: &[Word<'_>]) -> Option<ByteSpan> {
    let skipped = usize::from(words.len() > 1 && FOCUS.has_any_case(words[0].text));
    let words = &words[skipped..];
    before_verb(words).or_else(|| (1..words.len()).find_map(|at| behind_verb(words, at)))
}

/// The subject that a sentence begins with; or a name and nothing else before a colon.
fn before_verb(words: &[Word<'_>]) -> Option<ByteSpan> {
    let found = name(words)
        .filter(|_| !words[0].is_adverbial() && !is_dative(words) && !OBLIQUE.has_any_case(words[0].text))?;
    let last = words.iter().rposition(|word| word.span.end <= found.end)?;
    if (last == 0 && is_adverb(words[0].text)) || (words[0].is_article() && is_abstract(words, last)) {
        return None;
    }
    let mut last = last;
    while words[last].tail.is_empty() && attribute(&words[last + 1..]) > 0 {
        last += attribute(&words[last + 1..]);
    }
    match words.get(last + 1) {
        None => words[last].tail.ends_with(':').then_some(found),
        Some(verb) => {
            let tail = words[last].tail;
            let is_moved = COPULAS.has(verb.text) && words.last().is_some_and(|last| STATES.has(last.text));
            ((may_be_verb(verb) || is_moved) && (tail.is_empty() || tail == ")")).then_some(found)
        }
    }
}

/// How many of `words` say where or whose the name before them is: "(Ein Sprecher) in Berlin", "(Der Rat) im
/// kleinen Husum".
pub(super) fn attribute(words: &[Word<'_>]) -> usize {
    let Some(first) = words.first() else { return 0 };
    if PARTICLES.has(first.text) && first.tail.is_empty() {
        return 1;
    }
    if !ATTRIBUTES.has(first.text) {
        return 0;
    }
    if !first.tail.is_empty() {
        return 0;
    }
    let noun = words.iter().take(5).skip(1).position(|word| word.is_capital() || !word.tail.is_empty());
    let Some(noun) = noun.map(|at| at + 1).filter(|&at| words[at].is_capital()) else { return 0 };
    let more = words[noun + 1..].iter().take_while(|word| word.is_capital()).count();
    noun + 1 + if words[noun].tail.is_empty() { more } else { 0 }
}

/// The subject right behind the verb at `at`: "Dabei rief sie …", "Am Morgen wandte sich der Kapitän …".
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
        && !word.is_pronoun()
        && !POSSESSIVES.has(word.text)
        && !JOINING.has(word.text)
}

/// Whether what stands at `span` of `words` is a thing that does not speak.
pub(super) fn is_thing(words: &[Word<'_>], span: ByteSpan) -> bool {
    let first = words.partition_point(|word| word.span.start < span.start);
    let last = words.iter().rposition(|word| word.span.end <= span.end);
    last.is_some_and(|last| first <= last && is_abstract(&words[first..], last - first))
}

/// Whether a name of the words up to `last` is that of a thing that does not speak: "Ihre Rechnung stimmt …".
fn is_abstract(words: &[Word<'_>], last: usize) -> bool {
    if words[..=last].iter().any(|word| MEASURES.has(word.text)) {
        return true;
    }
    // The first of a sentence may have its capital from there: "Jede Forderung".
    let heads = words[..=last].iter().filter(|word| word.is_capital() && !word.is_article());
    let count = if words[0].is_article() { 1 } else { 2 };
    let ends = |text: &str, endings: &[&str]| endings.iter().any(|ending| text.ends_with(ending));
    heads.take(count).any(|head| ends(head.text, &ABSTRACT) && !ends(&head.text.to_lowercase(), &SPEAKING))
}

/// How nouns of things end that do not speak.
const ABSTRACT: [&str; 10] =
    ["ung", "ungen", "heit", "keit", "sicht", "tion", "tät", "schaft", "ismus", "nis"];

/// How the names of bodies end that speak though their names end like those of things.
const SPEAKING: [&str; 22] = [
    "abteilung",
    "anwaltschaft",
    "delegation",
    "fraktion",
    "führung",
    "genossenschaft",
    "gesellschaft",
    "gewerkschaft",
    "institution",
    "koalition",
    "kommission",
    "leitung",
    "mannschaft",
    "opposition",
    "organisation",
    "redaktion",
    "regierung",
    "stiftung",
    "universität",
    "vereinigung",
    "verwaltung",
    "zeitung",
];

/// Whether a word at the start of a sentence is hardly a name.
pub(super) fn is_adverb(word: &str) -> bool {
    let endings = [
        "lich", "isch", "ig", "weise", "falls", "seits", "dings", "dem", "zeit", "mals", "ens", "end",
        "tags", "ab",
    ];
    endings.iter().any(|ending| word.ends_with(ending)) || ADVERBS.has(word)
}

static COPULAS: WordList = WordList::new("ist sind war waren");

/// What a speaker is before a colon: "Kern war enttäuscht: …".
static STATES: WordList = WordList::new(
    "
    alarmiert begeistert besorgt bestürzt empört entsetzt enttäuscht entschlossen erfreut erleichtert erschüttert froh
    fassungslos glücklich optimistisch pessimistisch ratlos sauer sicher skeptisch stolz traurig verärgert wütend zufrieden
    zuversichtlich überrascht überzeugt
    ",
);

/// Words that may stand between a subject and its verb.
static PARTICLES: WordList = WordList::new(
    "
    aber allerdings also dagegen derweil hingegen indes indessen jedoch nämlich selbst unterdessen wiederum
    ",
);

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

/// What is counted, and no speaker.
static MEASURES: WordList = WordList::new(
    "
    Dollar Euro Jahr Jahre Jahren Kilometer Liter Meter Millionen Milliarden Minuten Monate Monaten Prozent Stunden Tage
    Tagen Tonnen Uhr Wochen
    ",
);

/// Subjunctives of reported speech.
static SUBJUNCTIVE: WordList = WordList::new(
    "
    arbeite bedeute beginne bekomme beschränke bestehe bestreite bestünde betreffe betreibe biete bleibe bliebe
    blieben brauche bringe bräuchte denke drohe dürfe dürften empfinde enthalte entspreche erfolge erfülle erhalte
    erhöhe erwarte existiere fehle finde folge fordere fühle führe gebe gefährde gehe gehöre gelinge gelte genüge
    geschehe gingen gäbe gäben habe haben halte handele handle helfe hoffe hätte hätten kenne komme koste kämen
    könne könnten lasse lebe leiste liege ließe ließen mache müsse müssten nehme passe rechne rechtfertige reiche
    richte schade schaffe sehe sei seien setze solle sollten spiele spreche stehe steige stelle stimme stünde trage
    treffe trete unterstütze verdiene verfüge verlange verliere verstoße wachse warte werde werfe wirke wisse wolle
    wäre wären wünsche würde würden zahle zeige ziehe
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
