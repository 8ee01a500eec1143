//! Changes that an editor looks at first: another number, another name, a "not" more or less.
//!
//! Told by rules for German and English. Names are guessed: where every noun has a capital, only a word beside another
//! capital or behind a bare preposition counts as one, so that some are missed and now and then a noun is taken for one.

use std::cell::LazyCell;
use std::ops::Deref;

use super::language::{Language, has_capital, language};
use super::number_words::{is_number, value};
use super::numbers::{Quantities, may_count};
use super::{Edit, EditKind, Level};
use crate::text::{ByteSpan, Pair, Side, WordList, is_abbreviated, negates};

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
    /// Which of the edits inside moves, if it is one.
    pub inner: Option<u32>,
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
    let mut facts = touched_in(pair, edits, &told);
    let mut start = 0;
    for inside in inner.chunk_by(|x, y| x.partner == y.partner) {
        let half = inside[0].partner.unwrap_or(0);
        let found = touched_in(pair, inside, &told).into_iter();
        facts.extend(found.map(|one| Touched { edit: half, inner: Some(start + one.edit), ..one }));
        start += inside.len() as u32;
    }
    facts.sort_unstable();
    facts
}

/// The facts that neighbouring edits touch.
fn touched_in(pair: &Pair<'_>, edits: &[Edit], told: &dyn Deref<Target = Language>) -> Vec<Touched> {
    let touched = |edit: u32, fact: Fact| Touched { edit, inner: None, fact, goes_on: false };
    let mut facts: Vec<Touched> = Vec::new();
    for (i, edit) in (0..).zip(edits) {
        let change = Change::of(pair, edit, told).into_iter();
        facts.extend(change.flat_map(|change| change.touched()).map(|fact| touched(i, fact)));
    }
    facts.extend(swapped(pair, edits, told).map(|edit| touched(edit, Fact::Name)));
    facts.sort_unstable();
    facts.dedup();
    for i in 0..facts.len() {
        facts[i].goes_on = goes_on(pair, edits, &facts, facts[i]);
    }
    facts
}

/// What stands between the parts of one number: of a score, a range, a date.
const INSIDE_NUMBERS: [&str; 8] = ["", " ", ".", ". ", ":", "/", "-", "–"];

/// Whether the number or name that an edit touches goes on in the next change.
fn goes_on(pair: &Pair<'_>, edits: &[Edit], facts: &[Touched], Touched { edit, fact, .. }: Touched) -> bool {
    let is_touched =
        |at: u32| facts.binary_search_by_key(&(at, fact), |touched| (touched.edit, touched.fact)).is_ok();
    let Some(next) = edits.get(edit as usize + 1) else { return false };
    let between = next.a.of(pair.a.raw);
    let is_between = next.kind == EditKind::Equal && is_touched(edit + 2);
    match fact {
        Fact::Name => is_between && between.trim().is_empty(),
        Fact::Number => is_touched(edit + 1) || is_between && INSIDE_NUMBERS.contains(&between),
        Fact::Negation => false,
    }
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
            (is_renamed(old, new) || old.is_full_name_alone(new) || new.is_full_name_alone(old), Fact::Name),
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
        !Quantities::agree((a, self.edit.a), (b, self.edit.b), **self.told)
    }
}

/// Edits behind one among which another took its words: those of a full name and what stays between the two, so that both
/// stand in one sentence ("Ada Lee rief Jan Ross an", "Jan Ross rief Ada Lee an").
const AHEAD: usize = 4;

/// The edits that put one name where another one stood, and that one where this one did.
fn swapped(
    pair: &Pair<'_>,
    edits: &[Edit],
    told: &dyn Deref<Target = Language>,
) -> impl Iterator<Item = u32> {
    let mut found: Vec<u32> = Vec::new();
    for (i, edit) in (0..).zip(edits) {
        let Some(one) = Replaced::of(pair, edit, told) else { continue };
        let later = (i + 1..).zip(&edits[i as usize + 1..]).take(AHEAD);
        let others = later.filter_map(|(j, other)| Some((j, Replaced::of(pair, other, told)?)));
        found.extend(others.filter(|(_, other)| one.changed_places(other)).take(1).flat_map(|(j, _)| [i, j]));
    }
    found.into_iter()
}

/// A word with a capital in the place of another one.
struct Replaced<'p, 't> {
    old: Words<'p, 't>,
    new: Words<'p, 't>,
}

impl<'p, 't> Replaced<'p, 't> {
    fn of(pair: &'p Pair<'t>, edit: &Edit, told: &'p dyn Deref<Target = Language>) -> Option<Self> {
        if edit.level != Level::Wording {
            return None;
        }
        let (old, new) = (Words::new(&pair.a, edit.a, told), Words::new(&pair.b, edit.b, told));
        let is_one = old.len() == 1 && new.len() == 1;
        (is_one && is_title(old.first()) && is_title(new.first())).then_some(Self { old, new })
    }

    /// Whether it changed places with another one, and neither has an article or adjective before it. What stands before
    /// the second is a verb where the first begins the sentence.
    fn changed_places(&self, later: &Self) -> bool {
        let is_free = |words: &Words<'_, '_>, begins: bool| match words.before_first() {
            None => true,
            Some(word) => is_title(word) || !FUNCTION.has_any_case(word) && (begins || !bends(word)),
        };
        let begins = self.old.before_first().is_none() || **self.old.told == Language::English;
        self.old.first() == later.new.first()
            && self.new.first() == later.old.first()
            && is_free(&self.old, begins)
            && is_free(&later.old, begins)
    }
}

/// Whether a word can be a German adjective before a noun.
fn bends(word: &str) -> bool {
    word.ends_with(['e', 'n', 'r', 's', 'm'])
}

/// Whether one word stands for its opposite: "möglich", "unmöglich"; "legal", "illegal"; "fair", "unfair". Nouns mean something
/// else with "Un" ("Fall", "Unfall"), and "unless" is not the opposite of "less".
fn is_turned(old: &Words<'_, '_>, new: &Words<'_, '_>) -> bool {
    if old.len() != 1 || new.len() != 1 {
        return false;
    }
    let (x, y) = (old.first(), new.first());
    let (shorter, longer) = if x.len() < y.len() { (x, y) } else { (y, x) };
    let is_opposite = |(prefix, begins): (&str, &str)| {
        longer.strip_prefix(prefix) == Some(shorter) && shorter.starts_with(begins)
    };
    let is_long = shorter.chars().count() >= SHORTEST_OPPOSITE && shorter != "less";
    is_long && [("un", ""), ("il", "l"), ("ir", "r")].into_iter().any(is_opposite)
}

/// Letters of a word that "un" turns round: "til" and "der" are none.
const SHORTEST_OPPOSITE: usize = 4;

/// Whether a name stands for another one; one that came or went for other words is a matter of style ("Kern" for "the mayor") as
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
            (b'!' | b'?', None | Some(b' ')) | (b'\n', _) => true,
            (b'.', None | Some(b' ')) => !last_word(at).is_some_and(is_abbreviated),
            _ => false,
        };
        text.bytes().enumerate().any(is_end)
    }

    fn word(&self, i: usize) -> &'t str {
        self.side.spans[i].of(self.side.raw)
    }

    fn first(&self) -> &'t str {
        self.word(self.range.start)
    }

    /// The word before the first, in the same clause.
    fn before_first(&self) -> Option<&'t str> {
        self.neighbour(self.range.start.checked_sub(1), self.range.start)
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

    /// Whether the stretch has a full name, or a title and a name, where the other side has no word: somebody came or went. What
    /// stands beside a capital is a part of a name that stayed ("Präsident Jan" of "Präsident Jan Ross").
    fn is_full_name_alone(&self, other: &Self) -> bool {
        let (start, end) = (self.range.start, self.range.end);
        let beside = [self.before_first(), self.neighbour(end.checked_sub(1), end).map(|_| self.word(end))];
        let is_part = |i: usize| is_title(self.word(i)) && value(self.word(i)).is_none();
        let is_pair = |i: usize| is_part(i) && is_part(i + 1) && self.neighbour(Some(i), i + 1).is_some();
        let is_free = || beside.iter().flatten().all(|word| !is_title(word));
        other.range.is_empty() && (start..end.saturating_sub(1)).any(is_pair) && is_free()
    }

    /// Whether a word has a capital that its language does not give it, or that its neighbours make a name's.
    fn is_name(&self, i: usize) -> bool {
        if !is_title(self.word(i)) {
            return false;
        }
        if is_acronym(self.word(i)) || WITH_ARTICLE.has(self.word(i)) {
            return true;
        }
        let before = self.neighbour(i.checked_sub(1), i);
        let after = self.neighbour(Some(i), i + 1).map(|_| self.word(i + 1));
        let is_shown = if **self.told == Language::English {
            before.is_some() || after.is_some_and(has_capital)
        } else {
            before.is_some_and(|word| is_title(word) || BARE.has(word)) || after.is_some_and(is_title)
        };
        is_shown || before.is_none() && self.is_known(i)
    }

    /// Whether a word that begins a sentence stands elsewhere as only names do: inside a sentence, or behind a title or first name
    /// where every noun has a capital.
    fn is_known(&self, i: usize) -> bool {
        let ids = &self.side.ids;
        let is_english = **self.told == Language::English;
        let is_title_before = |word: &str| is_title(word) && value(word).is_none();
        (1..ids.len()).filter(|&at| ids[at] == ids[i] && at != i && has_capital(self.word(at))).any(|at| {
            self.neighbour(Some(at - 1), at).is_some_and(|before| is_english || is_title_before(before))
        })
    }

    /// The word before place `next`, if nothing but a space stands between.
    fn neighbour(&self, i: Option<usize>, next: usize) -> Option<&'t str> {
        let (before, after) = (self.side.spans.get(i?)?, self.side.spans.get(next)?);
        let gap = &self.side.raw[before.end as usize..after.start as usize];
        (gap == " ").then(|| self.word(i.unwrap_or(0)))
    }
}

/// Whether a word has a capital of its own: none of those that begin any sentence, no day and no number.
fn is_title(word: &str) -> bool {
    has_capital(word) && !FUNCTION.has_any_case(word) && !is_number(word)
}

/// Whether a word has two capitals and more: "CDU", "NATO"; not "I" or "XIV".
fn is_acronym(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let is_roman = || word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    capitals >= 2 && word.chars().count() <= LONGEST_ACRONYM && !is_roman()
}

/// Letters of an acronym at most; longer words in capitals are those of a headline.
const LONGEST_ACRONYM: usize = 5;

/// Countries and regions that German names with an article, behind which any noun may stand.
static WITH_ARTICLE: WordList = WordList::new(
    "
    Arktis Antarktis Balkan Bretagne Elfenbeinküste Emirate Emiraten Gazastreifen Irak Iran Jemen Kanaren Karibik Kaukasus Kongo Kosovo
    Krim Lausitz Libanon Malediven Mongolei Niederlande Niederlanden Normandie Oman Pfalz Philippinen Provence Saarland Schweiz
    Senegal Slowakei Steiermark Sudan Toskana Tschad Türkei Ukraine Vatikan Westjordanland
    ",
);

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
