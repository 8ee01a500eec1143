//! Who speaks a quotation, and which words say so, for German and English.
//!
//! Precision first: a speaker is named only where a verb of saying, or "laut", "so", "according to", stands with its
//! subject beside the quotation, in the same sentence. What only the sentences around tell is
//! [`context`](super::context)'s. A pronoun is not resolved.

use super::context::may_be_verb;
use super::cues::{Source, Word, at_colon, is_german_verb, words_after, words_before};
use super::names::{apposition, many, name, without_object};
use super::sources::{self, by_preposition};
use super::subject::{PARTICIPLES, framed, subject};
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
    // What stands before a colon inside the sentence counts unless another verb of saying follows.
    let clause = at_colon(&before).1;
    let before = if clause.iter().any(Word::is_cue) { clause } else { &before };
    let found = found(source, span, before, &after).unwrap_or_default();
    let is_before = found.cue.is_none_or(|cue| cue.end <= span.start);
    if is_before && is_denied(before) {
        return Credit { speaker: None, is_denied: true, ..found };
    }
    if is_before { nested(before, &after, found) } else { found }
}

/// Who speaks the quotation at `span`, as the words beside it say.
fn found(source: Source<'_>, span: ByteSpan, before: &[Word<'_>], after: &[Word<'_>]) -> Option<Credit> {
    // A colon says that the speaker was named; what follows is another sentence then.
    let has_colon = before.last().is_some_and(|last| last.tail.starts_with(':'));
    let by_colon = announced(before).filter(|_| has_colon);
    let names = |credit: &Credit| credit.speaker.is_some();
    let stands_alone = before.last().is_none_or(Word::ends_sentence);
    let any_verb = || by_any_verb(source.raw, span, after);
    by_colon
        .filter(names)
        .or_else(|| behind(source.raw, span, after))
        .or_else(|| signed(source.raw, span, after))
        .or_else(|| any_verb().filter(|_| stands_alone))
        .or(by_colon)
        .or_else(|| announced(before).filter(names))
        .or_else(|| inside(before, after, ends_anew(source.raw, span, after)))
        .or_else(any_verb)
        .or_else(|| announced(before))
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

static AUXILIARIES: WordList = WordList::new("had has hat hatte hatten habe haben hätte hätten");

/// Who speaks in a sentence that has a verb of saying or a preposition that names a source.
pub(super) fn reporter(words: &[Word<'_>]) -> Option<ByteSpan> {
    if words.is_empty() {
        return None;
    }
    let at = words.iter().position(Word::is_cue);
    let speaker = |credit: Credit| credit.speaker;
    let so = by_preposition(words).or_else(|| sources::written(words)).and_then(speaker);
    so.or_else(|| at.and_then(|at| subject(words, at)))
        .or_else(|| inside(words, &[], false).and_then(speaker))
}

impl Credit {
    /// By a clause that is attached to the quotation.
    pub(super) fn attached(cue: ByteSpan, speaker: Option<ByteSpan>) -> Self {
        Self { cue: Some(cue), speaker, is_attached: true, is_denied: false }
    }

    /// By a clause into which the quotation is built.
    pub(super) fn named(cue: ByteSpan, speaker: ByteSpan) -> Self {
        Self { cue: Some(cue), speaker: Some(speaker), is_attached: false, is_denied: false }
    }
}

/// A reporting clause behind the quotation: `“…,” she said`, `„…“, sagte sie`, `„…“, so der Minister`.
fn behind(raw: &str, span: ByteSpan, words: &[Word<'_>]) -> Option<Credit> {
    gap(raw, span, words)?;
    let written = || sources::written(words).filter(|_| WRITES.has(words[0].text));
    by_preposition(words)
        .or_else(written)
        .or_else(|| judged(words))
        .or_else(|| verb_first(words))
        .or_else(|| subject_first(words))
}

/// `“…” — Ada Lund`, and nothing else on the line: the name signs what stands before the dash.
fn signed(raw: &str, span: ByteSpan, words: &[Word<'_>]) -> Option<Credit> {
    let gap = &raw[span.end as usize..words.first()?.span.start as usize];
    let is_dash = gap.contains(DASHES) && gap.chars().all(|c| c.is_whitespace() || DASHES.contains(&c));
    let name = name(words).filter(|_| is_dash && words[0].is_capital())?;
    let rest = raw[name.end as usize..].trim_start_matches(['.', ')', ' ']);
    let is_all = rest.is_empty() || rest.starts_with(['\n', '\r']);
    is_all.then_some(Credit { speaker: Some(name), is_attached: true, ..Credit::default() })
}

const DASHES: [char; 4] = ['-', '–', '—', '―'];

/// The same by any verb behind a comma, or as someone is cited.
fn by_any_verb(raw: &str, span: ByteSpan, words: &[Word<'_>]) -> Option<Credit> {
    let gap = gap(raw, span, words);
    let is_cited = words.iter().any(|word| word.is("zitiert")) && words[0].is("wird");
    any_verb_first(words).filter(|_| is_cited || gap.is_some_and(|gap| gap.contains(',')))
}

/// What stands between the quotation at `span` and the clause of `words` that is attached to it.
fn gap<'t>(raw: &'t str, span: ByteSpan, words: &[Word<'_>]) -> Option<&'t str> {
    let gap = &raw[span.end as usize..words.first()?.span.start as usize];
    let is_plain = gap.chars().all(|c| c.is_whitespace() || c == ',' || DASHES.contains(&c));
    (is_plain && !ends_anew(raw, span, words) && is_paused(raw, span, gap)).then_some(gap)
}

/// Whether another sentence begins with `words` behind the quotation at `span`: after a full stop inside the marks one
/// may, and its subject would be a capital.
fn ends_anew(raw: &str, span: ByteSpan, words: &[Word<'_>]) -> bool {
    let Some(first) = words.first() else { return true };
    let gap = &raw[span.end as usize..first.span.start as usize];
    let is_end = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '!' | '?' | ',');
    let end = raw[..span.end as usize].chars().rev().take(4).find(is_end);
    let inside = end == Some('.') && !gap.contains(',') && first.is_capital();
    inside || gap.contains(['.', ';'])
}

static WRITES: WordList = WordList::new("heißt hieß so");

/// `„…“, so urteilte Kern`: with a comma before it, `so` belongs to the verb.
fn judged<'w>(words: &'w [Word<'w>]) -> Option<Credit> {
    let (so, rest) = words.split_first()?;
    let speaks = |credit: &Credit| credit.speaker.is_some();
    if !so.is("so") {
        return None;
    }
    verb_first(rest).or_else(|| any_verb_first(rest)).filter(speaks)
}

/// `„…“, strich die Ministerin heraus`: behind a comma a verb and its subject report, whatever the verb.
fn any_verb_first(words: &[Word<'_>]) -> Option<Credit> {
    let (verb, rest) = words.split_first()?;
    let rest = without_object(rest);
    let is_passive = verb.is("wird") || verb.is("wurde");
    let is_verb = may_be_verb(verb) && !verb.is_adverbial() && verb.text.len() > 2;
    if !(is_verb || is_passive) || !verb.tail.is_empty() {
        return None;
    }
    let first = rest.first()?;
    let may_be_subject =
        first.is_capital() || ["der", "die", "das", "er", "sie", "ein", "eine"].contains(&first.text);
    Some(Credit::attached(verb.span, Some(name(rest).filter(|_| may_be_subject)?)))
}

/// Whether a comma, a dash or the like stands between the quotation and what follows, inside its mark or outside: a
/// name in marks goes on without ("Der Verein „Freunde der Mole“ nannte …").
fn is_paused(raw: &str, span: ByteSpan, gap: &str) -> bool {
    let inside = raw[span.start as usize..span.end as usize].chars().rev().take(4);
    !gap.trim().is_empty()
        || inside.skip(1).any(|c| matches!(c, ',' | '.' | '!' | '?' | '…' | '-' | '–' | '—'))
}

/// `sagte Ada Lund`, `said the owner`.
pub(super) fn verb_first(words: &[Word<'_>]) -> Option<Credit> {
    let (verb, rest) = words.split_first()?;
    if !verb.is_cue() || verb.is_capital() {
        return None;
    }
    let rest = without_object(rest);
    let speaker = name(rest).filter(|_| verb.tail.is_empty());
    Some(Credit::attached(verb.span, speaker.map(|speaker| apposition(rest, speaker).unwrap_or(speaker))))
}

/// `she said`, `the owner pointed out`, `Ada Lund, the judge, said`, `officials said`.
fn subject_first(words: &[Word<'_>]) -> Option<Credit> {
    let speaker = name(words).or_else(|| many(words))?;
    let after = words.iter().position(|word| word.span.start >= speaker.end)?;
    let mut rest = &words[after..];
    if after > 0 && words[after - 1].tail.starts_with(',') {
        let apposition = rest.iter().position(|word| word.tail.contains(','))?;
        rest = &rest[apposition + 1..];
    }
    // German has its verb first there.
    let verb = rest.iter().take(2).find(|word| word.is_cue() && !is_german_verb(word.text))?;
    Some(Credit::attached(verb.span, Some(speaker)))
}

/// A clause that ends right before the quotation: `Sie warnte: „…“`, `He said, “…”`.
fn announced(words: &[Word<'_>]) -> Option<Credit> {
    let last = words.last()?;
    let colon = last.tail.starts_with(':');
    if colon && let Some(found) = sources::written(words) {
        return Some(found);
    }
    let near = if colon { words.len() } else { 3 };
    let at = words.iter().rposition(Word::is_cue).filter(|&at| words.len() - at <= near)?;
    let tied = colon || last.tail.starts_with(',') || at + 1 == words.len();
    let speaker = || cited(words, at).or_else(|| subject(words, at));
    tied.then(|| Credit::attached(words[at].span, speaker()))
}

/// `Die Agentur zitiert den Minister mit den Worten`: whoever is cited speaks.
fn cited(words: &[Word<'_>], at: usize) -> Option<ByteSpan> {
    let cites = words[at].is("zitiert") || words[at].is("zitierte");
    let by_words = words.iter().rev().take(2).any(|word| word.is("Worten"));
    let skipped = words[at + 1..].iter().take_while(|word| !word.is_capital() && !word.is_article()).count();
    name(&words[at + 1 + skipped..]).filter(|_| cites && by_words && words[at].tail.is_empty())
}

/// A fragment built into a sentence that reports: `Tolworthy said the register would be “…”`, `Laut Polizei war es „…“`.
/// `is_last` if another sentence begins behind it.
fn inside(before: &[Word<'_>], after: &[Word<'_>], is_last: bool) -> Option<Credit> {
    let by_verb = || {
        let at = before.iter().position(Word::is_cue)?;
        // An English verb with a name behind it has an object.
        let may_follow = is_german_verb(before[at].text);
        let speaker =
            subject(before, at).filter(|speaker| may_follow || speaker.end <= before[at].span.start);
        Some(Credit::named(before[at].span, speaker?))
    };
    let by_frame = || framed(before, after).map(|(cue, speaker)| Credit::named(cue, speaker));
    sources::before(before)
        .or_else(by_verb)
        .or_else(by_frame)
        .or_else(|| inverted(before, after))
        .or_else(|| sources::after(after).filter(|_| !is_last))
        .or_else(|| sources::written(before))
        .or_else(|| sources::view(before))
}

/// A fragment that stands before the verb: `Als „…“ bezeichnete die Ministerin den Plan`.
fn inverted(before: &[Word<'_>], after: &[Word<'_>]) -> Option<Credit> {
    let (verb, rest) = after.split_first()?;
    let leads = before.first().is_some_and(Word::is_adverbial);
    let speaker = name(rest).filter(|_| leads && verb.is_cue() && verb.tail.is_empty())?;
    Some(Credit { cue: Some(verb.span), speaker: Some(speaker), ..Credit::default() })
}
