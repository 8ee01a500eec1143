//! The words that name someone: names with titles, descriptions, pronouns.

use super::cues::Word;
use crate::text::{ByteSpan, WordList};

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
    if NO_NAMES.has_any_case(first.text) || is_subordinator(first) {
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
            } else if !end && word.is_adverbial() && !word.is_article() {
                // "der in Berlin geborene Kern": its own noun comes behind.
                let Some(own) = participle(words, i) else { break };
                return Some(first.span.to(name(&words[own..])?));
            } else if owned(last, words, i) || joins(word, end) && lowercase < 3 {
                lowercase += 1;
            } else {
                break;
            }
        }
        let is_title = word.tail == "." && !word.ends_sentence();
        if !word.tail.is_empty() && !is_title {
            break;
        }
    }
    // Whoever stands in the genitive owns the speaker: "Hale’s wife".
    let last = last.or_else(|| common_noun(words))?;
    let owns = last.text.ends_with("’s") || last.text.ends_with("'s");
    let is_alone = last.span == first.span || first.is_article() && last.span == words[1].span;
    if owns || last.tail.starts_with('-') || is_alone && last.is_nobody() {
        return None;
    }
    Some(first.span.to(last.span))
}

/// Whether the word at `at` describes what the `last` one owns: "Kölns frühere Bürgermeisterin".
fn owned(last: Option<&Word<'_>>, words: &[Word<'_>], at: usize) -> bool {
    let is_owner = at == 1 && last.is_some_and(|last| last.text.ends_with('s'));
    let is_adjective = ["e", "er", "es"].iter().any(|ending| words[at].text.ends_with(ending));
    let noun = words.get(at + 1).is_some_and(|word| word.is_capital() && !word.is_article());
    is_owner
        && is_adjective
        && !words[at].is_article()
        && !words[at].is_cue()
        && words[at].tail.is_empty()
        && noun
}

/// Where the noun stands that a participle joins to the article before `from`: "der 1962 in Berlin geborene Kern".
fn participle(words: &[Word<'_>], from: usize) -> Option<usize> {
    let is_participle = |word: &Word<'_>| {
        word.text.len() > 4
            && !word.is_capital()
            && ["e", "en", "er"].iter().any(|ending| word.text.ends_with(ending))
    };
    let behind = |at: &usize| words.get(*at).is_some_and(|word| word.is_capital() && !word.is_article());
    (from + 2..words.len().min(from + LONGEST_NAME)).find(|at| is_participle(&words[at - 1]) && behind(at))
}

/// Whether `words` begin with the paper or agency that is told: "(Kern) der Deutschen Presse-Agentur".
fn is_medium(words: &[Word<'_>]) -> bool {
    let (Some(first), rest) = (words.first(), words.iter().take(4).skip(1)) else { return false };
    let is_medium = |word: &Word<'_>| MEDIA.iter().any(|ending| word.text.ends_with(ending));
    first.is("der") && rest.take_while(|word| word.is_capital()).any(is_medium)
}

const MEDIA: [&str; 7] = ["agentur", "Agentur", "zeitung", "Zeitung", "Presse", "rundschau", "Rundschau"];

/// What a sentence begins with beside its subject, or says that it has none.
static NO_NAMES: WordList =
    WordList::new("nicht not sondern nobody niemand keiner kein keine selbst sogar nur even only");

/// Whether a lowercase word may stand inside a name: an adjective before its noun, an article or `von` behind it.
fn joins(word: &Word<'_>, has_noun: bool) -> bool {
    if has_noun { PARTICLES.has_any_case(word.text) } else { !word.is_cue() }
}

static PARTICLES: WordList = WordList::new("al bin de der des dos for of van von zu");

/// English nouns are lowercase: "the owner", "the retired judge". What goes before the verb or the comma is taken.
fn common_noun<'w, 't>(words: &'w [Word<'t>]) -> Option<&'w Word<'t>> {
    if !ENGLISH_ARTICLES.has_any_case(words[0].text) {
        return None;
    }
    let stops = |word: &Word<'_>| word.is_cue() || STOPS.has_any_case(word.text);
    let end = words.iter().take(5).skip(1).position(stops).map_or(words.len().min(4), |at| at + 1);
    let comma = words[..end].iter().position(|word| !word.tail.is_empty()).map_or(end, |at| at + 1);
    words[..comma].last().filter(|_| comma > 1)
}

/// Who speaks by the verb that follows, in English without an article: "officials said", "state police say".
pub(super) fn many(words: &[Word<'_>]) -> Option<ByteSpan> {
    let verb = words.iter().take(MOST_OF_MANY + 1).position(Word::is_cue).filter(|&verb| verb > 0)?;
    let is_plain = |word: &Word<'_>| {
        !word.is_capital()
            && !word.is_pronoun()
            && !word.is_article()
            && !word.is_adverbial()
            && word.tail.is_empty()
    };
    let last = words[verb - 1].text;
    let is_plural = last.ends_with('s') && !last.ends_with("ss") || PLURALS.has(last);
    // "always says": many do not take that form.
    let is_theirs = !words[verb].text.ends_with('s');
    (is_plural && is_theirs && words[..verb].iter().all(is_plain))
        .then(|| words[0].span.to(words[verb - 1].span))
}

/// Words of such a description: "two senior officials".
const MOST_OF_MANY: usize = 3;

static PLURALS: WordList = WordList::new("children men people police women");

static ENGLISH_ARTICLES: WordList = WordList::new("a an another her his its my one our the their");

/// What follows an English noun and is no part of its name.
static STOPS: WordList = WordList::new("after as at for from in of on to when who with");

/// The full name that ends the sentence behind the description `speaker`: "(sagte) der Chef von Kern, Otto Maier."
pub(super) fn apposition(words: &[Word<'_>], speaker: ByteSpan) -> Option<ByteSpan> {
    let behind = words.partition_point(|word| word.span.end <= speaker.end);
    let is_described = words[0].is_article() && words[behind - 1].tail == ",";
    let (first, last) = (words.get(behind).filter(|_| is_described)?, words.last()?);
    let is_name =
        words.len() == behind + 2 && first.is_capital() && first.tail.is_empty() && last.is_capital();
    (is_name && last.tail.starts_with('.')).then(|| first.span.to(last.span))
}

/// `words` behind the one who is told: "(sagte) dem Sender die Ministerin".
pub(super) fn without_object<'w, 't>(words: &'w [Word<'t>]) -> &'w [Word<'t>] {
    let first = words.first().filter(|word| word.tail.is_empty());
    if first.is_some_and(|word| ["sich", "ihn", "ihm", "es", "dies"].iter().any(|object| word.is(object))) {
        return &words[1..];
    }
    let object = words.first().filter(|word| DATIVES.has_any_case(word.text)).and_then(|_| name(words));
    let end = object.map_or(0, |object| object.end);
    &words[words.partition_point(|word| word.span.start < end)..]
}

/// What begins whom someone speaks to, and never a speaker.
static DATIVES: WordList = WordList::new(
    "dem den diesem einem einen ihm ihn ihnen ihrem ihren ihrer seinem seinen seiner unserem unserer",
);

/// Whether `word` begins whom someone speaks to, or speaks of, and never a speaker.
pub(super) fn is_oblique(word: &str) -> bool {
    DATIVES.has_any_case(word)
}

/// Whether `words` begin with whom someone speaks to: "dem Sender", "der kleinen Zeitung".
pub(super) fn is_dative(words: &[Word<'_>]) -> bool {
    let is_declined = |word: &Word<'_>| !word.is_capital() && word.text.ends_with("en");
    is_oblique(words[0].text) || words[0].is("der") && words.get(1).is_some_and(is_declined)
}

/// Whether `word` begins a clause that is a part of another.
pub(super) fn is_subordinator(word: &Word<'_>) -> bool {
    SUBORDINATORS.has_any_case(word.text)
}

static SUBORDINATORS: WordList = WordList::new(
    "
    als bevor da dass ehe falls indem nachdem ob obgleich obwohl sobald solange sodass soweit trotzdem warum weil wenn wie
    während wohingegen zumal
    ",
);
