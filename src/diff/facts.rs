//! Changes that an editor looks at first: another number, another name, a "not" more or less.
//!
//! Told by rules for German and English. Names are guessed: where every noun has a capital, only a word beside another
//! capital or behind a bare preposition counts as one, so that some are missed and now and then a noun is taken for one.

use std::cell::LazyCell;
use std::ops::Deref;

use super::language::{Language, language};
use super::numbers::{Quantities, is_number, may_count};
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

/// A fact that an edit touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touched {
    /// Which edit, by index; for one inside a move, the half of the move in `a`.
    pub edit: u32,
    /// What it touches.
    pub fact: Fact,
    /// Whether the next change touches more of the same: a title, a first and a last name are one name, the parts of a
    /// date one number.
    pub goes_on: bool,
}

/// Words on either side of a change up to which what it touches is a fact changed. Beyond, a passage came, went or was
/// written anew, and its numbers with it.
const LONGEST: usize = 8;

/// The facts that `edits` and those inside moves touch, by index.
pub(super) fn facts(pair: &Pair<'_>, edits: &[Edit], inner: &[Edit]) -> Vec<Touched> {
    let told = LazyCell::new(|| language(pair));
    let touched = |(edit, change): (u32, &Edit)| {
        let found = Change::of(pair, change, &told).into_iter().flat_map(|change| change.touched());
        found.map(move |fact| Touched { edit, fact, goes_on: false }).collect::<Vec<_>>()
    };
    let mut facts: Vec<Touched> = (0..).zip(edits).flat_map(touched).collect();
    facts.extend(swapped(pair, edits, &told).map(|edit| Touched { edit, fact: Fact::Name, goes_on: false }));
    facts.sort_unstable();
    facts.dedup();
    for i in 0..facts.len() {
        facts[i].goes_on = goes_on(pair, edits, &facts, facts[i]);
    }
    facts.extend(inner.iter().map(|edit| (edit.partner.unwrap_or(0), edit)).flat_map(touched));
    facts.sort_by_key(|touched| touched.edit);
    facts
}

/// Whether the number or name that an edit touches goes on in the next change.
fn goes_on(pair: &Pair<'_>, edits: &[Edit], facts: &[Touched], Touched { edit, fact, .. }: Touched) -> bool {
    let is_touched =
        |at: u32| facts.binary_search_by_key(&(at, fact), |touched| (touched.edit, touched.fact)).is_ok();
    let Some(next) = edits.get(edit as usize + 1) else { return false };
    let between = next.a.of(pair.a.raw).trim();
    let joins = match fact {
        Fact::Name => between.is_empty(),
        Fact::Number => between.chars().count() <= 1 && !between.contains(char::is_alphanumeric),
        Fact::Negation => false,
    };
    let goes_on_in_next = fact == Fact::Number && is_touched(edit + 1);
    joins && (next.kind == EditKind::Equal && is_touched(edit + 2) || goes_on_in_next)
}

/// A change of wording that is no more than a few words.
struct Change<'p, 't> {
    pair: &'p Pair<'t>,
    edit: Edit,
    old: Words<'p, 't>,
    new: Words<'p, 't>,
    told: &'p dyn Deref<Target = Language>,
}

impl<'p, 't> Change<'p, 't> {
    fn of(pair: &'p Pair<'t>, edit: &Edit, told: &'p dyn Deref<Target = Language>) -> Option<Self> {
        if edit.level != Level::Wording || edit.kind == EditKind::Move {
            return None;
        }
        let (old, new) = (Words::new(&pair.a, edit.a, told), Words::new(&pair.b, edit.b, told));
        let is_passage = old.has_sentence_end(edit.a) != new.has_sentence_end(edit.b);
        let is_short = old.len() <= LONGEST && new.len() <= LONGEST && !is_passage;
        is_short.then_some(Self { pair, edit: *edit, old, new, told })
    }

    fn touched(&self) -> impl Iterator<Item = Fact> + use<> {
        let (old, new) = (&self.old, &self.new);
        let found = [
            (self.counts_otherwise(), Fact::Number),
            (is_renamed(old, new), Fact::Name),
            (old.of(negates).len() != new.of(negates).len() || is_turned(old, new), Fact::Negation),
        ];
        found.into_iter().filter_map(|(is_touched, fact)| is_touched.then_some(fact))
    }

    /// Whether the numbers that the change is a part of say something else.
    fn counts_otherwise(&self) -> bool {
        let (a, b) = (self.pair.a.raw, self.pair.b.raw);
        if !may_count(self.edit.a.of(a)) && !may_count(self.edit.b.of(b)) {
            return false;
        }
        let language = **self.told;
        let old = Quantities::around(a, self.edit.a, language);
        !old.read_alike(&Quantities::around(b, self.edit.b, language))
    }
}

/// Edits behind one within which another took its words: what stays between the two and one change more, so that both
/// stand in one sentence ("Lee rief Ross an", "Ross rief Lee an").
const BETWEEN: usize = 4;

/// The edits that put one name where another one stood, and that one where this one did.
fn swapped(
    pair: &Pair<'_>,
    edits: &[Edit],
    told: &dyn Deref<Target = Language>,
) -> impl Iterator<Item = u32> {
    let name = |edit: &Edit| -> Option<(&str, &str)> {
        let (old, new) = (Words::new(&pair.a, edit.a, told), Words::new(&pair.b, edit.b, told));
        let is_one = old.len() == 1 && new.len() == 1 && edit.level == Level::Wording;
        (is_one && old.may_be_name(old.range.start) && new.may_be_name(new.range.start))
            .then(|| (old.word(old.range.start), new.word(new.range.start)))
    };
    let mut found: Vec<u32> = Vec::new();
    for (i, edit) in (0..).zip(edits) {
        let Some((old, new)) = name(edit) else { continue };
        let later = (i + 1..).zip(&edits[i as usize + 1..]).take(BETWEEN);
        if let Some((j, _)) = later.into_iter().find(|(_, other)| name(other) == Some((new, old))) {
            found.extend([i, j]);
        }
    }
    found.into_iter()
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
    let (old, new) = (old.names(), new.names());
    old != new && !old.is_empty() && !new.is_empty()
}

/// The words of one side of a change.
struct Words<'p, 't> {
    side: &'p Side<'t>,
    range: std::ops::Range<usize>,
    /// The language, found out when it is first asked.
    told: &'p dyn Deref<Target = Language>,
}

impl<'p, 't> Words<'p, 't> {
    fn new(side: &'p Side<'t>, span: ByteSpan, told: &'p dyn Deref<Target = Language>) -> Self {
        Self { side, range: side.words_in(span), told }
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

    /// The names in lowercase, without the ending that makes an owner of one.
    fn names(&self) -> Vec<String> {
        let owners = ["'s", "’s", "'", "’", "s"];
        let name = |i| {
            let word = self.word(i).to_lowercase();
            owners.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(&word).to_owned()
        };
        self.range.clone().filter(|&i| self.is_name(i)).map(name).collect()
    }

    /// Whether a word has a capital that its language does not give it, or that its neighbours make a name's.
    fn is_name(&self, i: usize) -> bool {
        if !is_title(self.word(i)) {
            return false;
        }
        let before = self.neighbour(i.checked_sub(1), i);
        let after = self.neighbour(Some(i), i + 1).map(|_| self.word(i + 1));
        if **self.told == Language::English {
            return before.is_some() || after.is_some_and(has_capital);
        }
        before.is_some_and(|word| is_title(word) || BARE.has(word)) || after.is_some_and(is_title)
    }

    /// Whether a word can be a name if it changed places with another: no article and no adjective stands before it.
    fn may_be_name(&self, i: usize) -> bool {
        let bends = |word: &str| word.ends_with(['e', 'n', 'r', 's', 'm']) || FUNCTION.has_any_case(word);
        let before = self.neighbour(i.checked_sub(1), i);
        is_title(self.word(i)) && before.is_none_or(|word| is_title(word) || !bends(word))
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

/// Whether a word has a capital of its own: none of those that begin any sentence, no day and no number.
fn is_title(word: &str) -> bool {
    has_capital(word) && !FUNCTION.has_any_case(word) && !is_number(word)
}

fn negates(word: &str) -> bool {
    // Most words are neither "nicht", "kein" nor "isn't" at first sight.
    let may_negate =
        word.starts_with(['c', 'C', 'k', 'K', 'm', 'M', 'n', 'N', 'w', 'W']) || word.ends_with(['t', 'T']);
    may_negate && is_negating(&word.to_lowercase().replace('’', "'"))
}

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
            let found: Vec<Fact> =
                diff(&pair).facts.iter().filter(|one| !one.goes_on).map(|one| one.fact).collect();
            assert_eq!(found, facts, "{old} {new}");
        }
    }
}
