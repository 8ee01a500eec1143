//! Who speaks a quotation, and which words say so, for German and English.
//!
//! Precision first: a speaker is named only where a verb of saying, or "laut", "so", "according to", stands with its
//! subject beside the quotation, in the same sentence. Everything else is nobody's: a pronoun is not resolved, a quotation after
//! a full stop has no speaker, and a name behind an apposition ("der Sprecher, Max Muster, sagte") may be lost.

use super::context::{attribute, is_adverb, may_be_verb};
use super::cues::{Source, Word, words_after, words_before};
use crate::text::{ByteSpan, WordList};

/// Who speaks, and which words say so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Credit {
    pub(super) cue: Option<ByteSpan>,
    pub(super) speaker: Option<ByteSpan>,
    /// Whether the reporting clause is attached to the quotation: behind it, or before a colon or comma.
    pub(super) is_attached: bool,
    /// Whether the text says that it is not who stands there: nothing else may name a speaker then.
    pub(super) is_denied: bool,
}

/// Who speaks the quotation at `span`, which stands alone between `from` and `to`.
pub(super) fn credit(source: Source<'_>, span: ByteSpan, from: u32, to: u32) -> Credit {
    let (before, after) = (words_before(source, from, span.start), words_after(source, span.end, to));
    // A colon says that the speaker was named; what follows is another sentence then.
    let by_colon =
        || announced(&before).filter(|_| before.last().is_some_and(|last| last.tail.starts_with(':')));
    let found = by_colon()
        .or_else(|| behind(source.raw, span, &after))
        .or_else(|| announced(&before))
        .or_else(|| inside(&before, &after));
    let found = found.unwrap_or_default();
    let is_before = found.cue.is_none_or(|cue| cue.end <= span.start);
    if is_before && is_denied(&before) {
        return Credit { speaker: None, is_denied: true, ..found };
    }
    if is_before { nested(&before, &after, found) } else { found }
}

/// Whether `words` say that someone did not say it, or that nobody did.
fn is_denied(words: &[Word<'_>]) -> bool {
    let negates = |at: usize| words.get(at).is_some_and(|word| DENYING.has(word.text));
    let denied = |at: usize| {
        let is_only = words.get(at + 2).is_some_and(|word| word.is("nur") || word.is("only"));
        at > 0 && negates(at - 1) || negates(at + 1) && !is_only
    };
    words.first().is_some_and(|word| NOBODY.has_any_case(word.text))
        || (0..words.len()).any(|at| words[at].is_cue() && denied(at))
}

/// `found` as it is if only one is said to speak; where someone says what another said, the other is taken, or nobody:
/// "Hale said the union called it “…”", "Kern sagte, Maier habe von „…“ gesprochen".
fn nested(before: &[Word<'_>], after: &[Word<'_>], found: Credit) -> Credit {
    let Some(at) = before.iter().position(Word::is_cue) else { return found };
    let inner = &before[at + 1..];
    let of_another = |speaker: Option<ByteSpan>| Credit { speaker, is_denied: speaker.is_none(), ..found };
    let starts_with_other = inner.first().is_some_and(|word| !word.is_pronoun() || word.is_article());
    if !starts_with_other || before[at].tail.starts_with(':') {
        return found;
    }
    if let Some(verb) =
        inner.iter().position(|word| word.is_cue() && !word.is_capital()).filter(|&verb| verb > 0)
    {
        let end = if AUXILIARIES.has(inner[verb - 1].text) { verb - 1 } else { verb };
        let other = name(inner).filter(|name| end > 0 && name.end == inner[end - 1].span.end);
        return match other.filter(|_| is_subject_of(before, at)) {
            Some(other) => Credit { speaker: Some(other), ..found },
            None => found,
        };
    }
    let said = after.iter().take(3).any(|word| PARTICIPLES.has(word.text));
    let has = inner.iter().position(|word| AUXILIARIES.has(word.text));
    match has.filter(|&has| said && has > 0) {
        Some(has) => of_another(name(inner).filter(|name| name.end == inner[has - 1].span.end)),
        None => found,
    }
}

/// Whether the subject of the verb at `at` stands before it, so that what follows is another clause's.
fn is_subject_of(words: &[Word<'_>], at: usize) -> bool {
    subject(words, at).is_some_and(|speaker| speaker.end <= words[at].span.start)
}

static DENYING: WordList = WordList::new("nicht nie niemals not never");

static NOBODY: WordList = WordList::new("kein keine keiner niemand nobody none");

static PARTICIPLES: WordList = WordList::new(
    "beklagt beschrieben bezeichnet erklärt gefordert genannt gesagt geschrieben gesprochen gewarnt kritisiert",
);

static AUXILIARIES: WordList = WordList::new("had has hat hatte hatten habe haben hätte hätten");

/// Who speaks in a sentence that has a verb of saying or a preposition that names a source.
pub(super) fn reporter(words: &[Word<'_>]) -> Option<ByteSpan> {
    if words.is_empty() {
        return None;
    }
    let at = words.iter().position(Word::is_cue);
    let so = by_preposition(words).and_then(|credit| credit.speaker);
    so.or_else(|| at.and_then(|at| subject(words, at)))
        .or_else(|| inside(words, &[]).and_then(|credit| credit.speaker))
}

fn attached(cue: ByteSpan, speaker: Option<ByteSpan>) -> Credit {
    Credit { cue: Some(cue), speaker, is_attached: true, is_denied: false }
}

/// A reporting clause behind the quotation: `“…,” she said`, `„…“, sagte sie`, `„…“, so der Minister`.
fn behind(raw: &str, span: ByteSpan, words: &[Word<'_>]) -> Option<Credit> {
    let first = words.first()?;
    let gap = &raw[span.end as usize..first.span.start as usize];
    if !gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—')) {
        return None;
    }
    // After a full stop inside the marks a new sentence may begin; its subject would be a capital.
    let end = raw[..span.end as usize]
        .chars()
        .rev()
        .take(4)
        .find(|&c| c.is_alphanumeric() || matches!(c, '.' | ','));
    let is_new_sentence = end == Some('.') && !gap.contains(',') && first.is_capital();
    if is_new_sentence || !is_paused(raw, span, gap) {
        return None;
    }
    by_preposition(words)
        .or_else(|| verb_first(words))
        .or_else(|| subject_first(words))
        .or_else(|| any_verb_first(words).filter(|_| gap.contains(',')))
}

/// `„…“, strich die Ministerin heraus`: behind a comma a verb and its subject report, whatever the verb.
fn any_verb_first(words: &[Word<'_>]) -> Option<Credit> {
    let (verb, rest) = words.split_first()?;
    let rest = if rest.first().is_some_and(|word| word.is("sich")) { &rest[1..] } else { rest };
    let is_passive = verb.is("wird") || verb.is("wurde");
    let is_verb = may_be_verb(verb) && !verb.is_adverbial() && verb.text.len() > 2;
    if !(is_verb || is_passive) || !verb.tail.is_empty() {
        return None;
    }
    let first = rest.first()?;
    let may_be_subject =
        first.is_capital() || ["der", "die", "das", "er", "sie", "ein", "eine"].contains(&first.text);
    Some(attached(verb.span, Some(name(rest).filter(|_| may_be_subject)?)))
}

/// Whether a comma, a dash or the like stands between the quotation and what follows, inside its mark or outside: a
/// name in marks goes on without ("Der Verein „Freunde der Mole“ nannte …").
fn is_paused(raw: &str, span: ByteSpan, gap: &str) -> bool {
    let inside = raw[span.start as usize..span.end as usize].chars().rev().take(4);
    !gap.trim().is_empty()
        || inside.skip(1).any(|c| matches!(c, ',' | '.' | '!' | '?' | '…' | '-' | '–' | '—'))
}

/// `sagte Ada Lund`, `said the owner`.
fn verb_first(words: &[Word<'_>]) -> Option<Credit> {
    let (verb, rest) = words.split_first()?;
    if !verb.is_cue() || verb.is_capital() {
        return None;
    }
    let rest = if rest.first().is_some_and(|word| word.is("sich")) { &rest[1..] } else { rest };
    let rest = without_object(rest);
    let speaker = name(rest).filter(|_| verb.tail.is_empty());
    Some(attached(verb.span, speaker.map(|speaker| apposition(rest, speaker).unwrap_or(speaker))))
}

/// The full name that ends the sentence behind the description `speaker`: "(sagte) der Chef von Kern, Otto Maier."
fn apposition(words: &[Word<'_>], speaker: ByteSpan) -> Option<ByteSpan> {
    let behind = words.partition_point(|word| word.span.end <= speaker.end);
    let is_described = words[0].is_article() && words[behind - 1].tail == ",";
    let (first, last) = (words.get(behind).filter(|_| is_described)?, words.last()?);
    let is_name =
        words.len() == behind + 2 && first.is_capital() && first.tail.is_empty() && last.is_capital();
    (is_name && last.tail.starts_with('.')).then(|| first.span.to(last.span))
}

/// `words` behind the one who is told: "(sagte) dem Sender die Ministerin".
fn without_object<'w, 't>(words: &'w [Word<'t>]) -> &'w [Word<'t>] {
    let object = words.first().filter(|word| DATIVES.has_any_case(word.text)).and_then(|_| name(words));
    let end = object.map_or(0, |object| object.end);
    &words[words.partition_point(|word| word.span.start < end)..]
}

/// What begins whom someone speaks to, and never a speaker.
static DATIVES: WordList =
    WordList::new("dem den diesem einem einen ihm ihnen ihrem ihren seinem seinen unserem");

/// `she said`, `the owner pointed out`, `Ada Lund, the judge, said`.
fn subject_first(words: &[Word<'_>]) -> Option<Credit> {
    let speaker = name(words)?;
    let after = words.iter().position(|word| word.span.start >= speaker.end)?;
    let mut rest = &words[after..];
    if after > 0 && words[after - 1].tail.starts_with(',') {
        let apposition = rest.iter().position(|word| word.tail.contains(','))?;
        rest = &rest[apposition + 1..];
    }
    let verb = rest.iter().take(2).find(|word| word.is_cue())?;
    Some(attached(verb.span, Some(speaker)))
}

/// `so die Ministerin`, `laut Polizei`, `according to the report`.
fn by_preposition(words: &[Word<'_>]) -> Option<Credit> {
    let (first, rest) = words.split_first()?;
    if first.is("so") && first.tail.is_empty() {
        return Some(attached(first.span, Some(name(rest)?)));
    }
    let length = source_preposition(words)?;
    let cue = first.span.to(words[length - 1].span);
    Some(attached(cue, Some(name(&words[length..])?)))
}

/// How many words a preposition that names a source takes, if `words` begin with one.
fn source_preposition(words: &[Word<'_>]) -> Option<usize> {
    let is = |at: usize, word: &str| words.get(at).is_some_and(|found| found.is(word));
    if words.first().is_some_and(Word::is_source) {
        return Some(1);
    }
    if is(0, "according") && is(1, "to") {
        return Some(2);
    }
    let says = words.get(1).is_some_and(|word| SAYINGS.has(word.text));
    let says_the = is(1, "den") && (is(2, "Angaben") || is(2, "Worten"));
    if !is(0, "nach") || !(says || says_the) {
        return None;
    }
    let length = if says_the { 3 } else { 2 };
    Some(length + usize::from(is(length, "von") || is(length, "vom")))
}

/// Nouns that stand for what someone says, behind `nach`.
static SAYINGS: WordList = WordList::new(
    "
    Angabe Angaben Ansicht Auffassung Aussage Aussagen Darstellung Einschätzung Meinung Worten Überzeugung
    ",
);

/// A clause that ends right before the quotation: `Sie warnte: „…“`, `He said, “…”`.
fn announced(words: &[Word<'_>]) -> Option<Credit> {
    let last = words.last()?;
    let colon = last.tail.starts_with(':');
    let near = if colon { words.len() } else { 3 };
    let at = words.iter().rposition(Word::is_cue).filter(|&at| words.len() - at <= near)?;
    let tied = colon || last.tail.starts_with(',') || at + 1 == words.len();
    tied.then(|| attached(words[at].span, subject(words, at)))
}

/// A fragment built into a sentence that reports: `Tolworthy said the register would be “…”`, `Laut Polizei war es „…“`.
fn inside(before: &[Word<'_>], after: &[Word<'_>]) -> Option<Credit> {
    if let Some(length) = source_preposition(before) {
        let cue = before[0].span.to(before[length - 1].span);
        return Some(Credit { cue: Some(cue), speaker: Some(name(&before[length..])?), ..Credit::default() });
    }
    if let Some(at) = before.iter().position(|word| word.is("zufolge")) {
        return by_postposition(before, at);
    }
    let Some(at) = before.iter().take(8).position(Word::is_cue) else {
        return inverted(before, after).or_else(|| {
            let source = (0..after.len()).find(|&at| source_preposition(&after[at..]).is_some())?;
            Some(Credit { is_attached: false, ..by_preposition(&after[source..])? })
        });
    };
    let speaker = subject(before, at).filter(|speaker| speaker.end <= before[at].span.start)?;
    Some(Credit { cue: Some(before[at].span), speaker: Some(speaker), ..Credit::default() })
}

/// `dem Bericht zufolge`, with the last word at `at`.
fn by_postposition(words: &[Word<'_>], at: usize) -> Option<Credit> {
    let reaches = |name: &ByteSpan| name.end == words[at - 1].span.end;
    let speaker = (0..at).find_map(|from| name(&words[from..at]).filter(reaches))?;
    Some(Credit { cue: Some(words[at].span), speaker: Some(speaker), ..Credit::default() })
}

/// A fragment that stands before the verb: `Als „…“ bezeichnete die Ministerin den Plan`.
fn inverted(before: &[Word<'_>], after: &[Word<'_>]) -> Option<Credit> {
    let (verb, rest) = after.split_first()?;
    let leads = before.first().is_some_and(Word::is_adverbial);
    let speaker = name(rest).filter(|_| leads && verb.is_cue() && verb.tail.is_empty())?;
    Some(Credit { cue: Some(verb.span), speaker: Some(speaker), ..Credit::default() })
}

/// The subject of the verb at `at`: what stands right before it, or right behind it if something else goes first.
fn subject(words: &[Word<'_>], at: usize) -> Option<ByteSpan> {
    let before = (0..at).find_map(|from| {
        let starts = from == 0
            || from == 1 && FOCUS.has_any_case(words[0].text)
            || words[from - 1].tail.contains(',')
            || is_conjunction(&words[from - 1]);
        let is_told = DATIVES.has_any_case(words[from].text);
        let speaker = name(&words[from..at]).filter(|_| starts && !is_told)?;
        let reaches = words[at - 1].span.end == speaker.end
            || words[from..at].iter().any(|word| word.span.end == speaker.end && word.tail.starts_with(','))
            || has_attribute(&words[from..at], speaker);
        reaches.then_some(speaker)
    });
    let is_inverted = at == 0 && words[0].is_capital()
        || words[0].is_adverbial()
        || (is_adverb(words[0].text) || DATIVES.has_any_case(words[0].text)) && at < 8;
    let before = before.filter(|speaker| {
        !(speaker.start == words[0].span.start
            && speaker.end == words[0].span.end
            && is_adverb(words[0].text))
    });
    before.or_else(|| name(&words[at + 1..]).filter(|_| is_inverted && words[at].tail.is_empty()))
}

/// Whether nothing but where or whose `speaker` is stands behind it in `words`.
fn has_attribute(words: &[Word<'_>], speaker: ByteSpan) -> bool {
    let rest = words.iter().position(|word| word.span.start >= speaker.end);
    rest.is_some_and(|from| attribute(&words[from..]) == words.len() - from)
}

fn is_conjunction(word: &Word<'_>) -> bool {
    ["und", "and", "aber", "but", "doch", "denn", "sondern"].iter().any(|conjunction| word.is(conjunction))
}

/// Most words of a name with its titles: "der neue Vorsitzende der Partei der Mitte".
const LONGEST_NAME: usize = 8;

/// The name, title or pronoun that `words` begin with.
pub(super) fn name(words: &[Word<'_>]) -> Option<ByteSpan> {
    let first = words.first()?;
    if first.is_pronoun()
        && !words.get(1).is_some_and(|next| next.is_capital() && first.tail.is_empty() && first.is_article())
    {
        return Some(first.span);
    }
    if NO_NAMES.has_any_case(first.text) {
        return None;
    }
    if !first.is_capital() && !first.is_article() || first.is_adverbial() && !first.is_article() {
        return None;
    }
    let mut end = first.is_capital() && !first.is_article();
    let mut last = end.then_some(first);
    let mut lowercase = 0;
    for (i, word) in words.iter().enumerate().take(LONGEST_NAME) {
        if i > 0 {
            if end && !first.is_article() && is_medium(&words[i..]) {
                break;
            }
            if word.is_capital() && !word.is_article() {
                (last, lowercase, end) = (Some(word), 0, true);
            } else if joins(word, end) && lowercase < 3 {
                lowercase += 1;
            } else {
                break;
            }
        }
        let is_title = word.is_title() || word.tail == "." && word.text.chars().nth(3).is_none();
        if !word.tail.is_empty() && !is_title {
            break;
        }
    }
    // Whoever stands in the genitive owns the speaker: "Hale’s wife".
    let last = last.or_else(|| common_noun(words))?;
    let owns = last.text.ends_with("’s") || last.text.ends_with("'s");
    if owns {
        return None;
    }
    Some(first.span.to(last.span))
}

/// Whether `words` begin with the paper or agency that is told: "(Kern) der Deutschen Presse-Agentur".
fn is_medium(words: &[Word<'_>]) -> bool {
    let (Some(first), rest) = (words.first(), words.iter().take(4).skip(1)) else { return false };
    let is_medium = |word: &Word<'_>| MEDIA.iter().any(|ending| word.text.ends_with(ending));
    first.is("der") && rest.take_while(|word| word.is_capital()).any(is_medium)
}

const MEDIA: [&str; 7] = ["agentur", "Agentur", "zeitung", "Zeitung", "Presse", "rundschau", "Rundschau"];

/// What stands before a subject without taking its place.
static FOCUS: WordList = WordList::new("auch nur selbst sogar even only");

/// What a sentence begins with beside its subject, or says that it has none.
static NO_NAMES: WordList =
    WordList::new("nicht not sondern nobody niemand keiner kein keine selbst sogar nur even only");

/// Whether a lowercase word may stand inside a name: an adjective before its noun, an article or `von` behind it.
fn joins(word: &Word<'_>, has_noun: bool) -> bool {
    let particle = ["von", "van", "de", "der", "des", "dos", "zu", "al", "bin", "of", "for"]
        .iter()
        .any(|part| word.is(part));
    if has_noun { particle } else { !word.is_cue() }
}

/// English nouns are lowercase: "the owner", "the retired judge". What goes before the verb or the comma is taken.
fn common_noun<'w, 't>(words: &'w [Word<'t>]) -> Option<&'w Word<'t>> {
    let english = ["the", "a", "an", "his", "her", "their", "its", "one", "another", "our", "my"];
    if !english.iter().any(|article| words[0].is(article)) {
        return None;
    }
    let stops = |word: &Word<'_>| {
        word.is_cue()
            || ["who", "in", "at", "on", "of", "from", "after", "when", "as", "to"]
                .iter()
                .any(|stop| word.is(stop))
    };
    let end = words.iter().take(5).skip(1).position(stops).map_or(words.len().min(4), |at| at + 1);
    let comma = words[..end].iter().position(|word| !word.tail.is_empty()).map_or(end, |at| at + 1);
    words[..comma].last().filter(|_| comma > 1)
}
