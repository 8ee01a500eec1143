//! Words that say that someone speaks, in German and English, and the words around a quotation in which to look for them.

use super::phrases::{Phrase, joined};
use super::speech::{BUILT_IN, GERMAN, SpeechLexicon};
use crate::text::{ByteSpan, WordList, ends_sentence};

/// A text with what its reader knows of speech beyond the words that are built in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'t> {
    pub(super) raw: &'t str,
    pub(super) lexicon: Option<&'t SpeechLexicon>,
    /// Those of the lexicon that are several words.
    pub(super) phrases: &'t [Phrase<'t>],
}

/// A word beside a quotation, without the punctuation around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) span: ByteSpan,
    /// The punctuation behind it.
    pub(super) tail: &'t str,
    /// Whether it is a verb of saying; every rule asks.
    is_cue: bool,
    /// Whether it is several words that name a source.
    is_source_phrase: bool,
    source: Source<'t>,
}

/// Words looked at on one side of a quotation: a reporting clause is shorter.
const MOST_WORDS: usize = 32;

/// Words that one side mostly has, in a kilobyte: allocators are quick up to there.
const USUAL_WORDS: usize = 14;

/// The bytes those may take; looking back stays constant however long the paragraph is.
const MOST_BYTES: usize = 400;

/// The words of `source` from `start` up to `end`, up to the end of the sentence.
pub(super) fn words_after(source: Source<'_>, start: u32, end: u32) -> Vec<Word<'_>> {
    let end = boundary(source.raw, (start as usize + MOST_BYTES).min(end as usize));
    let mut words = Vec::with_capacity(USUAL_WORDS);
    for word in words_in(source, start as usize, end) {
        words.push(word);
        if word.ends_sentence() || words.len() == MOST_WORDS {
            break;
        }
    }
    without_asides(source.raw, joined(words, source.phrases))
}

/// The words of `source` from `start` up to `end`, from the start of the sentence that goes on at `end`.
pub(super) fn words_before(source: Source<'_>, start: u32, end: u32) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::with_capacity(USUAL_WORDS);
    for word in words_back(source, start, end, MOST_BYTES) {
        if !words.is_empty() && word.ends_sentence() {
            break;
        }
        words.push(word);
        if words.len() == MOST_WORDS {
            break;
        }
    }
    words.reverse();
    without_asides(source.raw, joined(words, source.phrases))
}

/// Words that brackets behind a name may hold: "Ada Lund (52, SPD)".
const LONGEST_ASIDE: usize = 6;

/// `words` without what stands in brackets behind one of them, unless that says who speaks.
fn without_asides<'t>(raw: &str, mut words: Vec<Word<'t>>) -> Vec<Word<'t>> {
    let mut at = 1;
    while at < words.len() {
        match aside(raw, &words, at).map(|length| at + length) {
            Some(end) => {
                let tail = words[end - 1].tail;
                words[at - 1].tail = tail.rfind([')', ']']).map_or("", |close| &tail[close + 1..]);
                words.drain(at..end);
            }
            None => at += 1,
        }
    }
    words
}

/// How many of `words` from `at` on stand in brackets, if one opens there.
fn aside(raw: &str, words: &[Word<'_>], at: usize) -> Option<usize> {
    let gap = &raw[words[at - 1].span.end as usize..words[at].span.start as usize];
    // A single byte is the space between two words.
    if gap.len() == 1 || !gap.trim_start().starts_with(['(', '[']) {
        return None;
    }
    let length =
        1 + words[at..].iter().take(LONGEST_ASIDE).position(|word| word.tail.contains([')', ']']))?;
    let reports = |word: &Word<'_>| word.is_cue() || word.is_source() || word.is("so");
    (!words[at..at + length].iter().any(reports)).then_some(length)
}

/// `words` up to the last colon that more words follow, and those.
pub(super) fn at_colon<'w, 't>(words: &'w [Word<'t>]) -> (&'w [Word<'t>], &'w [Word<'t>]) {
    let inner = &words[..words.len().saturating_sub(1)];
    words.split_at(inner.iter().rposition(|word| word.tail.starts_with(':')).map_or(0, |at| at + 1))
}

/// The last word of `source` between `start` and `end`, if it is near.
pub(super) fn last_word(source: Source<'_>, start: u32, end: u32) -> Option<Word<'_>> {
    words_back(source, start, end, MOST_BYTES / 4).next()
}

/// The first two words of `source` between `start` and `end`.
pub(super) fn first_words(source: Source<'_>, start: u32, end: u32) -> (Option<Word<'_>>, Option<Word<'_>>) {
    let end = boundary(source.raw, (start as usize + MOST_BYTES).min(end as usize));
    let mut words = words_in(source, start as usize, end);
    (words.next(), words.next())
}

/// The last character boundary of `raw` up to `at`.
pub(super) fn boundary(raw: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| raw.is_char_boundary(at)).unwrap_or(0)
}

fn words_in(source: Source<'_>, start: usize, end: usize) -> impl Iterator<Item = Word<'_>> {
    // A quotation that goes over lines begins before the paragraph in which it ends.
    source.raw[start.min(end)..end].split_whitespace().filter_map(move |shown| word(source, shown))
}

/// The words of at most `most` bytes from `end` back to `start`, the last first: a sentence is mostly shorter.
fn words_back(source: Source<'_>, start: u32, end: u32, most: usize) -> impl Iterator<Item = Word<'_>> {
    let raw = source.raw;
    let from = boundary(raw, (start.min(end) as usize).max((end as usize).saturating_sub(most)));
    let pieces = raw[from..end as usize].rsplit(char::is_whitespace);
    pieces.filter_map(move |shown| word(source, shown))
}

/// The word of `shown`, a piece of `source` between spaces, if it has any.
fn word<'t>(source: Source<'t>, shown: &'t str) -> Option<Word<'t>> {
    let is_plain = |end: Option<&u8>| end.is_some_and(u8::is_ascii_alphanumeric);
    let around = |c: char| !c.is_alphanumeric();
    // Nearly every word begins and ends with a plain letter.
    let head = if is_plain(shown.as_bytes().first()) { shown } else { shown.trim_start_matches(around) };
    let text = if is_plain(head.as_bytes().last()) { head } else { head.trim_end_matches(around) };
    let at = head.as_ptr() as usize - source.raw.as_ptr() as usize;
    let span = ByteSpan::new(at, at + text.len());
    let is_cue = || VERBS.has(text) || source.lexicon.is_some_and(|more| more.verbs.contains(text));
    let tail = &head[text.len()..];
    (!text.is_empty()).then(|| Word { text, span, tail, is_cue: is_cue(), is_source_phrase: false, source })
}

impl Word<'_> {
    /// All from this word to `last` as one, which is a verb of saying or else a preposition that names a source.
    pub(super) fn up_to(&self, last: &Self, is_verb: bool) -> Self {
        let span = self.span.to(last.span);
        let text = span.of(self.source.raw);
        Self { text, span, tail: last.tail, is_cue: is_verb, is_source_phrase: !is_verb, source: self.source }
    }

    /// Whether a full stop or the like behind it ends the sentence: that of an abbreviation or an ordinal does not.
    pub(super) fn ends_sentence(&self) -> bool {
        let Some(stop) = self.tail.find(['.', '!', '?', ';', '…']) else { return false };
        let at = self.span.end as usize + stop;
        self.tail[stop..].starts_with(';') || !self.is_title() && ends_sentence(self.source.raw, at)
    }

    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is a verb of saying. Only at a sentence's start has one a capital, and nobody's speech is there.
    pub(super) fn is_cue(&self) -> bool {
        self.is_cue
    }

    /// Whether it alone says that what follows is the source.
    pub(super) fn is_source(&self) -> bool {
        self.is_source_phrase
            || SOURCES.has_any_case(self.text)
            || self.source.lexicon.is_some_and(|more| SpeechLexicon::has(&more.sources, self.text))
    }

    /// Whether it is a title that is shortened by a full stop.
    pub(super) fn is_title(&self) -> bool {
        let is_known = || {
            TITLES.has(self.text) || self.source.lexicon.is_some_and(|more| more.titles.contains(self.text))
        };
        self.tail == "." && is_known()
    }

    pub(super) fn is_pronoun(&self) -> bool {
        is_pronoun(self.text)
            || self.source.lexicon.is_some_and(|more| SpeechLexicon::has(&more.pronouns, self.text))
    }

    pub(super) fn is_article(&self) -> bool {
        is_article(self.text)
            || self.source.lexicon.is_some_and(|more| SpeechLexicon::has(&more.articles, self.text))
    }

    /// Whether a sentence may begin with it and have its subject behind the verb.
    /// Whether it names nobody, though it has a capital: a day, a heading, an adverb that begins the sentence.
    pub(super) fn is_nobody(&self) -> bool {
        NOBODY.has_any_case(self.text)
    }

    pub(super) fn is_adverbial(&self) -> bool {
        ADVERBIALS.has_any_case(self.text)
    }

    #[inline]
    pub(super) fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }
}

/// Whether speakers go by `word` without a name.
pub(super) fn is_pronoun(word: &str) -> bool {
    PRONOUNS.has_any_case(word)
}

/// Whether `word` may begin the description of a speaker.
pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.has_any_case(word)
}

/// Whether `word`, or the first of a phrase, is a German verb of saying: its clause has a German order.
pub(super) fn is_german_verb(word: &str) -> bool {
    GERMAN_VERBS.has(word.split_once(' ').map_or(word, |(first, _)| first))
}

static GERMAN_VERBS: WordList = WordList::section(GERMAN, "verbs");

/// Verbs of saying as reports use them, the first part of split ones (teilte … mit) among them.
static VERBS: WordList = WordList::section(BUILT_IN, "verbs");

/// Prepositions of one word that name a source; others are rules.
static SOURCES: WordList = WordList::section(BUILT_IN, "sources");

/// Pronouns that speakers go by; `es` and `it` speak for nobody.
static PRONOUNS: WordList = WordList::section(BUILT_IN, "pronouns");

/// What may begin the name of a speaker: articles and possessives.
static ARTICLES: WordList = WordList::section(BUILT_IN, "articles");

/// What begins a sentence without being its subject: German puts the speaker behind the verb then.
/// What has a capital and names nobody.
static NOBODY: WordList = WordList::section(BUILT_IN, "nobody");

static ADVERBIALS: WordList = WordList::section(BUILT_IN, "adverbials");

/// Abbreviated titles of four letters and more; up to three letters any word is taken for one.
static TITLES: WordList = WordList::section(BUILT_IN, "titles");
