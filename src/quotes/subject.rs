//! Whose verb a verb of saying is: its subject before or behind it, at its auxiliary, or whom a passive names.

use super::context::{self, attribute, is_adverb, is_thing};
use super::cues::{Word, is_german_verb};
use super::names::{is_dative, is_subordinator, name, without_object};
use crate::text::{ByteSpan, WordList};

/// Who speaks by the verb at `at`.
pub(super) fn subject(words: &[Word<'_>], at: usize) -> Option<ByteSpan> {
    match auxiliary(words, at) {
        Some(auxiliary) if PASSIVE.has(words[auxiliary].text) && !words[at].is("zitiert") => {
            agent(&words[auxiliary + 1..at])
        }
        Some(auxiliary) => of_finite(words, auxiliary),
        None => of_clause_before(words, at).or_else(|| of_finite(words, at)),
    }
}

/// Where the auxiliary of the participle at `at` stands: "Die Ministerin hatte gestern erklärt".
fn auxiliary(words: &[Word<'_>], at: usize) -> Option<usize> {
    let is_last = at + 1 == words.len() || words[at].tail.contains([',', ':']);
    let is_auxiliary = |word: &Word<'_>| PERFECT.has(word.text) || PASSIVE.has(word.text);
    let found = words[..at].iter().rposition(is_auxiliary)?;
    // "Er ist da und hat nichts gehört, sagte": the comma ends its clause.
    (is_last && !words[at - 1].tail.contains(',')).then_some(found)
}

static PERFECT: WordList = WordList::new("had has hat hatte hatten have");

static PASSIVE: WordList = WordList::new("werden wird wurde wurden");

/// Who does what a passive tells: "(wird) von Nachbarn (als)".
pub(super) fn agent(words: &[Word<'_>]) -> Option<ByteSpan> {
    let at = words.iter().rposition(|word| word.is("von") || word.is("vom"))?;
    let noun = words[at + 1..].iter().take(4).position(Word::is_capital)?;
    name(&words[at + 1..]).or_else(|| name(&words[at + 1 + noun..]))
}

/// Who stands in a frame around the quotation: "hatte den Verdacht als „…“ bezeichnet", "wird von Nachbarn „…“
/// genannt".
pub(super) fn framed(before: &[Word<'_>], after: &[Word<'_>]) -> Option<(ByteSpan, ByteSpan)> {
    let auxiliary = before.iter().rposition(|word| PERFECT.has(word.text) || PASSIVE.has(word.text))?;
    let told = |word: &&Word<'_>| word.is_cue() || PARTICIPLES.has(word.text);
    let participle = after.iter().take(3).find(told)?;
    let speaker = if PASSIVE.has(before[auxiliary].text) {
        agent(&before[auxiliary + 1..])
    } else {
        of_finite(before, auxiliary)
    };
    Some((participle.span, speaker?))
}

/// Participles of saying that are no other form of their verbs.
pub(super) static PARTICIPLES: WordList = WordList::new(
    "
    abgelehnt angekündigt angeprangert beklagt beschrieben bezeichnet dargestellt eingestuft erklärt gefordert gelobt genannt
    gesagt geschrieben gesprochen gewarnt gewertet gewürdigt kritisiert zurückgewiesen
    ",
);

/// The subject of the finite verb at `at`: what stands right before it, or right behind it if something else goes first.
fn of_finite(words: &[Word<'_>], at: usize) -> Option<ByteSpan> {
    let before = (0..at).find_map(|from| stands_before(words, from, at));
    let first = words[0];
    let is_inverted = at == 0 && first.is_capital()
        || first.is_adverbial()
        || (is_adverb(first.text) || is_dative(words) || is_pair_of_things(words, at)) && at < 8;
    let behind = || name(without_object(&words[at + 1..])).filter(|_| words[at].tail.is_empty());
    // "Nachdem die Brücke fiel, sagte Kern": behind a clause the verb has its subject behind it.
    let follows_clause = at > 0 && words[at - 1].tail.contains(',') && is_subordinator(&first);
    if follows_clause && let Some(speaker) = behind() {
        return Some(speaker);
    }
    let before = before.filter(|speaker| {
        !(speaker.start == first.span.start && speaker.end == first.span.end && is_adverb(first.text))
    });
    // What does not speak is the object: "Jede Forderung nennt Kern absurd".
    let is_object = before.is_some_and(|found| is_thing(words, found)) && is_german_verb(words[at].text);
    let subject = behind().filter(|_| is_object).or(before);
    subject.or_else(|| behind().filter(|_| is_inverted))
}

/// The name that begins at `from` and is the subject of the verb at `at`.
fn stands_before(words: &[Word<'_>], from: usize, at: usize) -> Option<ByteSpan> {
    let follows = from.checked_sub(1).map(|before| &words[before]);
    let is_subordinate = follows.is_some_and(|before| before.tail.is_empty() && is_subordinator(before));
    let starts = follows.is_none_or(|before| {
        from == 1 && FOCUS.has_any_case(before.text) || before.tail.contains(',') || is_conjunction(before)
    });
    if !starts && !is_subordinate {
        return None;
    }
    let speaker = name(&words[from..at])?;
    let ends = |word: &Word<'_>| word.span.end == speaker.end && word.tail.starts_with(',');
    // The verb of a German clause stands at its end.
    let is_last = words[at].tail.contains(',')
        || words.get(at + 1).is_some_and(|next| PERFECT.has(next.text) && !next.tail.is_empty());
    let is_clause = is_subordinate && is_last && !words[from..at].iter().any(|word| word.tail.contains(','));
    let reaches = words[at - 1].span.end == speaker.end
        || is_clause
        || words[from..at].iter().any(ends)
        || has_attribute(&words[from..at], speaker);
    coordinated(words, from, at, speaker).filter(|_| reaches && !is_dative(&words[from..]))
}

/// `speaker` with the one before it, if both speak: "Ada und Bo Lund teilten mit". Nothing if they do something
/// else: "Die Worte Brands und Lunds nannte Kern …".
fn coordinated(words: &[Word<'_>], from: usize, at: usize, speaker: ByteSpan) -> Option<ByteSpan> {
    if from < 2 || !is_conjunction(&words[from - 1]) {
        return Some(speaker);
    }
    if words[from - 2].tail.starts_with('-') {
        return None;
    }
    let first = name(&words[..from - 1]).filter(|first| first.end == words[from - 2].span.end);
    match first {
        Some(first) => words[at].text.ends_with('n').then(|| first.to(speaker)),
        None => Some(speaker),
    }
}

/// Whether two names stand before the verb at `at`, and it is that of one: "Die Worte Brands und Lunds nannte Kern".
fn is_pair_of_things(words: &[Word<'_>], at: usize) -> bool {
    let ends = |from: usize, to: usize| {
        name(&words[from..to]).is_some_and(|name| name.end == words[to - 1].span.end)
    };
    let joint = (1..at).find(|&joint| is_conjunction(&words[joint]));
    joint.is_some_and(|joint| joint + 1 < at && ends(0, joint) && ends(joint + 1, at))
}

/// Whoever did what stands before `und`: "Kern winkte vom Deck und rief: …".
fn of_clause_before(words: &[Word<'_>], at: usize) -> Option<ByteSpan> {
    let conjunction = at.checked_sub(1).filter(|&before| is_conjunction(&words[before]))?;
    context::subject(&words[..conjunction]).filter(|_| is_german_verb(words[at].text))
}

/// Whether nothing but where or whose `speaker` is stands behind it in `words`.
fn has_attribute(words: &[Word<'_>], speaker: ByteSpan) -> bool {
    let rest = words.iter().position(|word| word.span.start >= speaker.end);
    let Some(mut from) = rest else { return false };
    while from < words.len() && attribute(&words[from..]) > 0 {
        from += attribute(&words[from..]);
    }
    from == words.len()
}

fn is_conjunction(word: &Word<'_>) -> bool {
    CONJUNCTIONS.has_any_case(word.text)
}

static CONJUNCTIONS: WordList = WordList::new("aber and but denn doch sondern und");

/// What stands before a subject without taking its place.
static FOCUS: WordList = WordList::new("auch nur selbst sogar even only");
