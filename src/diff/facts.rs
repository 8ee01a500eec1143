//! Changes that an editor looks at first: another number, another name, a "not" more or less.
//!
//! Told by rules for German and English. Names are guessed: where every noun has a capital, only a word beside another
//! capital or behind a bare preposition counts as one, so that some are missed and now and then a noun is taken for one.

use std::cell::LazyCell;
use std::ops::Deref;

use super::{Edit, EditKind, Level};
use crate::text::{ByteSpan, Pair, Side, WordList, is_abbreviated, is_negating};

/// What kind of fact a change touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Another number, in digits or in letters.
    Number,
    /// Another name.
    Name,
    /// A negating word more or less.
    Negation,
}

impl Fact {
    /// The names of the facts, in order.
    pub const NAMES: [&'static str; 3] = ["number", "name", "negation"];
}

/// Words on either side of a change up to which what it touches is a fact changed. Beyond, a passage came, went or was
/// written anew, and its numbers with it.
const LONGEST: usize = 8;

/// The facts that each of `edits` touches, by its index; `partner` of an edit inside a move names the index instead.
pub(super) fn facts(pair: &Pair<'_>, edits: &[Edit], inner: &[Edit]) -> Vec<(u32, Fact)> {
    let mut facts: Vec<(u32, Fact)> = Vec::new();
    let languages = [&pair.a, &pair.b].map(|side| LazyCell::new(move || has_noun_capitals(side)));
    let outer = edits.iter().enumerate().map(|(i, edit)| (i as u32, edit));
    for (index, edit) in outer.chain(inner.iter().map(|edit| (edit.partner.unwrap_or(0), edit))) {
        if edit.level != Level::Wording || edit.kind == EditKind::Move {
            continue;
        }
        let old = Words::new(&pair.a, edit.a, &languages[0]);
        let new = Words::new(&pair.b, edit.b, &languages[1]);
        let is_passage = old.has_sentence_end(edit.a) != new.has_sentence_end(edit.b);
        if old.len() <= LONGEST && new.len() <= LONGEST && !is_passage {
            facts.extend(touched(&old, &new).map(|fact| (index, fact)));
        }
    }
    facts.sort_unstable();
    // A title, a first and a last name beside each other are one name, and the last one stands for it.
    let is_space = |edit: &Edit| edit.kind == EditKind::Equal && edit.a.of(pair.a.raw).trim().is_empty();
    let goes_on = |i: u32| {
        edits.get(i as usize + 1).is_some_and(is_space) && facts.binary_search(&(i + 2, Fact::Name)).is_ok()
    };
    facts.iter().copied().filter(|&(i, fact)| fact != Fact::Name || !goes_on(i)).collect()
}

fn touched(old: &Words<'_, '_>, new: &Words<'_, '_>) -> impl Iterator<Item = Fact> {
    let found = [
        (old.of(is_number) != new.of(is_number), Fact::Number),
        (is_renamed(old, new), Fact::Name),
        (old.of(negates).len() != new.of(negates).len() || is_turned(old, new), Fact::Negation),
    ];
    found.into_iter().filter_map(|(is_touched, fact)| is_touched.then_some(fact))
}

/// Whether one word stands for its opposite: "möglich", "unmöglich"; "fair", "unfair". Nouns mean something else with "Un"
/// ("Fall", "Unfall").
fn is_turned(old: &Words<'_, '_>, new: &Words<'_, '_>) -> bool {
    if old.len() != 1 || new.len() != 1 {
        return false;
    }
    let (x, y) = (old.word(old.range.start), new.word(new.range.start));
    let (shorter, longer) = if x.len() < y.len() { (x, y) } else { (y, x) };
    longer.strip_prefix("un").is_some_and(|rest| rest == shorter && rest.chars().count() >= SHORTEST_OPPOSITE)
}

/// Letters of a word that "un" turns round: "til" and "der" are none.
const SHORTEST_OPPOSITE: usize = 4;

/// Whether a name stands for another one; one that came or went alone is a matter of style ("Kern" for "the mayor") as
/// often as not.
fn is_renamed(old: &Words<'_, '_>, new: &Words<'_, '_>) -> bool {
    let has_capitals = |words: &Words<'_, '_>| words.range.clone().any(|i| has_capital(words.word(i)));
    if !has_capitals(old) || !has_capitals(new) {
        return false;
    }
    let names = [old.names(), new.names()];
    names[0] != names[1] && !names[0].is_empty() && !names[1].is_empty()
}

/// The words of one side of a change.
struct Words<'p, 't> {
    side: &'p Side<'t>,
    range: std::ops::Range<usize>,
    /// Whether nouns have capitals here, found out when it is first asked.
    noun_capitals: &'p dyn Deref<Target = bool>,
}

impl<'p, 't> Words<'p, 't> {
    fn new(side: &'p Side<'t>, span: ByteSpan, noun_capitals: &'p dyn Deref<Target = bool>) -> Self {
        Self { side, range: side.words_in(span), noun_capitals }
    }

    fn len(&self) -> usize {
        self.range.len()
    }

    /// Whether a sentence or paragraph ends in the stretch, so that more than a part of one came or went.
    fn has_sentence_end(&self, span: ByteSpan) -> bool {
        let text = span.of(self.side.raw).trim_end_matches(' ');
        let last_word = |at: usize| text[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '.').next();
        let is_end = |(at, byte): (usize, u8)| match (byte, text.as_bytes().get(at + 1)) {
            (b'.' | b'!' | b'?', None) | (b'!' | b'?', Some(b' ')) | (b'\n', _) => true,
            (b'.', Some(b' ')) => !last_word(at).is_some_and(is_abbreviated),
            _ => false,
        };
        text.bytes().enumerate().any(is_end)
    }

    fn word(&self, i: usize) -> &'t str {
        self.side.spans[i].of(self.side.raw)
    }

    /// Those of a kind, in lowercase.
    fn of(&self, kind: fn(&str) -> bool) -> Vec<String> {
        let words = self.range.clone().map(|i| self.word(i)).filter(|word| kind(word));
        words.map(str::to_lowercase).collect()
    }

    fn names(&self) -> Vec<String> {
        self.range.clone().filter(|&i| self.is_name(i)).map(|i| self.word(i).to_lowercase()).collect()
    }

    /// Whether a word has a capital that its language does not give it, or that its neighbours make a name's.
    fn is_name(&self, i: usize) -> bool {
        if !has_capital(self.word(i)) || is_number(self.word(i)) || FUNCTION.has_any_case(self.word(i)) {
            return false;
        }
        let before = self.neighbour(i.checked_sub(1), i);
        let after = self.neighbour(Some(i), i + 1).map(|_| self.word(i + 1));
        if !**self.noun_capitals {
            return before.is_some() || after.is_some_and(has_capital);
        }
        let is_title = |word: &str| has_capital(word) && !FUNCTION.has_any_case(word) && !is_number(word);
        before.is_some_and(|word| is_title(word) || BARE.has(word)) || after.is_some_and(is_title)
    }

    /// The word before place `next`, if nothing but a space stands between.
    fn neighbour(&self, i: Option<usize>, next: usize) -> Option<&'t str> {
        let (before, after) = (self.side.spans.get(i?)?, self.side.spans.get(next)?);
        let gap = &self.side.raw[before.end as usize..after.start as usize];
        (gap == " ").then(|| self.word(i.unwrap_or(0)))
    }
}

pub(super) fn has_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Words that are looked at to tell the language.
const SAMPLE: usize = 60;

/// Whether every noun has a capital: in German, told from English by its smallest words.
fn has_noun_capitals(side: &Side<'_>) -> bool {
    let words = || side.spans.iter().take(SAMPLE).map(|word| word.of(side.raw));
    let count = |list: &WordList| words().filter(|word| list.has_any_case(word)).count();
    count(&GERMAN) > count(&ENGLISH)
}

/// Whether `word` is a number, in digits or in letters. "Ein" and "one" are articles and pronouns too often.
pub(super) fn is_number(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit()) || NUMBERS.has_any_case(word)
}

fn negates(word: &str) -> bool {
    // Most words are neither "nicht", "kein" nor "isn't" at first sight.
    let may_negate =
        word.starts_with(['c', 'C', 'k', 'K', 'm', 'M', 'n', 'N', 'w', 'W']) || word.ends_with(['t', 'T']);
    may_negate && is_negating(&word.to_lowercase().replace('’', "'"))
}

static NUMBERS: WordList = WordList::new(
    "
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn
    neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert hunderte tausend tausende million
    millionen milliarde milliarden dutzend
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands millions billion
    billions trillion dozen
    ",
);

static GERMAN: WordList =
    WordList::new("am auf das dem den der des die ein eine er im ist mit nicht sie und von zu zum");

static ENGLISH: WordList =
    WordList::new("a and as at by for he is it not of on that the they to was were with");

/// German prepositions behind which a noun without an article is a name more often than not.
static BARE: WordList = WordList::new("aus bei bis durch für gegen in nach ohne von");

/// Words that only the start of a sentence gives a capital; and days and months, which name nobody.
static FUNCTION: WordList = WordList::new(
    "
    aber alle als am an auch auf aus bei beim bis da damit dann das dass dem den der des die dies diese dieser dieses doch du
    ein eine einem einen einer eines er einige es fast für hat ich ihr ihre im in ist ja jedoch man manche mehr mehrere mit nach nein noch nun nur ob oder rund
    schon sein seine sie sind so sondern über um und uns unser viele vom von vor war was weil wenn wer wie wir wird wo zu zum zur
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz april mai juni juli august
    september oktober november dezember
    a an and as at but by for from had has have he her his i if in is it its my no not of on one or our she so that the
    monday tuesday wednesday thursday friday saturday sunday january february march may june july october december
    their there these they this those to was we were what when where which while who will with would you your
    ",
);

#[cfg(test)]
mod tests {
    use super::Fact;
    use crate::diff::diff;
    use crate::text::{Fold, Pair};

    #[test]
    fn facts_of_small_changes() {
        use Fact::{Name, Negation, Number};
        for (old, new, facts) in [
            ("Es kamen 200 Menschen.", "Es kamen 300 Menschen.", vec![Number]),
            ("Es kamen zwei Menschen.", "Es kamen drei Menschen.", vec![Number]),
            ("Es kamen rund 200 Menschen.", "Es kamen rund Menschen.", vec![Number]),
            ("The mayor said the plan is not final.", "The mayor said the plan is final.", vec![Negation]),
            ("Er hat keine Zeit.", "Er hat Zeit.", vec![Negation]),
            ("They don’t agree.", "They agree.", vec![Negation]),
            ("Das ist möglich.", "Das ist unmöglich.", vec![Negation]),
            ("That was unfair to them.", "That was fair to them.", vec![Negation]),
            ("Es war ein Fall.", "Es war ein Unfall.", vec![]),
            ("Then Mr. Lee said no.", "Then Ross did not say no.", vec![Name, Negation]),
            ("Das sagte Ministerin Kern am Abend.", "Das sagte Ministerin Kurz am Abend.", vec![Name]),
            ("Das war gestern in Husum zu hören.", "Das war gestern in Emden zu hören.", vec![Name]),
            ("the mayor of Dale said so", "the mayor of Ashby said so", vec![Name]),
            ("Das sagte Ministerin Ada Kern am Abend.", "Das sagte Minister Udo Kurz am Abend.", vec![Name]),
            ("He saw a house in Dale.", "He saw a garden in Dale.", vec![]),
            ("Das war ein schönes Haus.", "Das war ein schöner Garten.", vec![]),
            ("Zwei Boote sanken im Hafen.", "Drei Kähne sanken im Hafen.", vec![Number]),
            ("Er kam am Montag. Zwei bleiben.", "Er kam am Dienstag.", vec![]),
            ("Er ging heim.", "Er lief heim.", vec![]),
            ("Er ging heim", "er ging heim", vec![]),
        ] {
            let pair = Pair::new(old, new, Fold::default()).expect("short texts");
            let found: Vec<Fact> = diff(&pair).facts.into_iter().map(|(_, fact)| fact).collect();
            assert_eq!(found, facts, "{old} {new}");
        }
    }
}
