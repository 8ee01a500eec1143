//! What is known about the words of two texts: how much each says, its stem, whether it negates.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use crate::text::{Pair, Side, WordId, WordList, is_negating, section};

/// Everything about the words of a pair, by [`WordId`].
pub(crate) struct Lexicon {
    weights: Vec<f32>,
    /// Equal for forms of one word, as far as light stemming tells.
    stems: Vec<u32>,
    distinct_stems: usize,
    negating: Vec<bool>,
    /// Whether a clause begins with it: "dass", "because".
    starting: Vec<bool>,
    /// Whether the clause that it begins is what the one before it speaks of: "dass", "that".
    governed: Vec<bool>,
}

/// A word that says something weighs at least this much; function words weigh less.
pub(super) const CONTENT: f32 = 0.3;

/// What an everyday word weighs ("come", "terms", "Entscheidung"): two of them say as much as one that is rare.
const USUAL: f32 = 0.5;

/// What a function word weighs: enough that a row of them counts, too little to link two quotations.
const FUNCTION: f32 = 0.15;

/// A word may occur this often in the two texts together before it loses weight: twice in each is no habit.
const RARE: u32 = 4;

impl Lexicon {
    pub(super) fn new(pair: &Pair<'_>) -> Self {
        let ids = pair.a.ids.iter().chain(&pair.b.ids);
        Self::of(first_words(pair).into_iter().zip(counts(ids, pair.distinct())))
    }

    /// The same for a quotation `a` that is looked for in `b`: what the text is about may be what the quotation says, and
    /// weighs no less for it.
    pub(super) fn of_quotation(pair: &Pair<'_>) -> Self {
        Self::of(first_words(pair).into_iter().zip(counts(pair.a.ids.iter(), pair.distinct())))
    }

    /// The lexicon of the words of a corpus, in the order of their numbers: none weighs less for being frequent.
    pub(crate) fn of_many(words: &[&str]) -> Self {
        Self::of(words.iter().map(|&word| (word, 1)))
    }

    /// The lexicon of words with how often each stands in the texts.
    fn of<'w>(words: impl ExactSizeIterator<Item = (&'w str, u32)>) -> Self {
        let mut stems: HashMap<u64, u32, FixedState> = HashMap::default();
        stems.reserve(words.len());
        let mut lexicon = Self {
            weights: Vec::with_capacity(words.len()),
            stems: Vec::with_capacity(words.len()),
            distinct_stems: 0,
            negating: Vec::with_capacity(words.len()),
            starting: Vec::with_capacity(words.len()),
            governed: Vec::with_capacity(words.len()),
        };
        let mut plain = String::new();
        for (word, count) in words {
            make_plain(word, &mut plain);
            let negates = is_negating(&plain);
            let stem = stem_hash(&plain);
            lexicon.weights.push(if negates { CONTENT } else { weight(&plain, stem, count) });
            lexicon.negating.push(negates);
            lexicon.starting.push(CLAUSE_STARTS.has(&plain));
            lexicon.governed.push(GOVERNED_STARTS.has(&plain));
            let next = stems.len() as u32;
            lexicon.stems.push(*stems.entry(stem).or_insert(next));
        }
        lexicon.distinct_stems = stems.len();
        lexicon
    }

    /// How many different stems the words have.
    pub(super) fn stems(&self) -> usize {
        self.distinct_stems
    }

    /// How much `word` says, from 0 to 1.
    pub(super) fn weight(&self, word: WordId) -> f32 {
        self.weights[word as usize]
    }

    /// How much `words` say together.
    pub(crate) fn sum(&self, words: &[WordId]) -> f32 {
        words.iter().map(|&word| self.weight(word)).sum()
    }

    pub(super) fn stem(&self, word: WordId) -> u32 {
        self.stems[word as usize]
    }

    pub(super) fn negates(&self, word: WordId) -> bool {
        self.negating[word as usize]
    }

    pub(super) fn starts_clause(&self, word: WordId) -> bool {
        self.starting[word as usize]
    }

    pub(super) fn is_governed(&self, word: WordId) -> bool {
        self.governed[word as usize]
    }

    /// How many of `words` negate.
    pub(super) fn negations(&self, words: &[WordId]) -> usize {
        words.iter().filter(|&&word| self.negates(word)).count()
    }
}

fn counts<'w>(ids: impl Iterator<Item = &'w WordId>, distinct: usize) -> Vec<u32> {
    let mut counts = vec![0; distinct];
    ids.for_each(|&id| counts[id as usize] += 1);
    counts
}

/// One raw form of every word.
fn first_words<'t>(pair: &Pair<'t>) -> Vec<&'t str> {
    let mut words = vec![""; pair.distinct()];
    let mut note = |side: &Side<'t>| {
        for (&id, span) in side.ids.iter().zip(&side.spans) {
            if words[id as usize].is_empty() {
                words[id as usize] = span.of(side.raw);
            }
        }
    };
    // The form in `a` or `b` must not matter, or swapping the texts could change the answer; what is asked of
    // the words is blind to case and apostrophes, which is nearly all that folding lets differ.
    note(&pair.a);
    note(&pair.b);
    words
}

/// What the plain `word` with that `stem` weighs.
fn weight(word: &str, stem: u64, count: u32) -> f32 {
    if FUNCTION_WORDS.has(word) {
        return FUNCTION;
    }
    if STOCK_WORDS.has(word) {
        return CONTENT;
    }
    let is_short = word.len() < 4 && !word.chars().any(is_wide);
    let by_use = if usual_stems().contains(&stem) {
        USUAL
    } else if is_short {
        0.6
    } else {
        1.0
    };
    let by_count = if count <= RARE { 1.0 } else { (RARE as f32 / count as f32).sqrt() };
    (by_use * by_count).max(CONTENT)
}

/// The stems of everyday words, in both languages.
fn usual_stems() -> &'static HashSet<u64, FixedState> {
    static STEMS: OnceLock<HashSet<u64, FixedState>> = OnceLock::new();
    STEMS.get_or_init(|| USUAL_WORDS.iter().flat_map(|file| section(file, "words")).map(stem_hash).collect())
}

/// Plain words that stand in what anybody says about anything.
const USUAL_WORDS: [&str; 2] = [include_str!("usual/de.txt"), include_str!("usual/en.txt")];

/// Ideographs say as much in one as letters do in five.
fn is_wide(c: char) -> bool {
    c >= '\u{2E80}'
}

/// Write `word` to `plain` in lowercase, without umlauts and with straight apostrophes.
fn make_plain(word: &str, plain: &mut String) {
    plain.clear();
    for c in word.chars() {
        match c {
            'A'..='Z' => plain.push(c.to_ascii_lowercase()),
            '\0'..='\x7F' => plain.push(c),
            'ä' | 'Ä' => plain.push('a'),
            'ö' | 'Ö' => plain.push('o'),
            'ü' | 'Ü' => plain.push('u'),
            'ß' => plain.push_str("ss"),
            '’' => plain.push('\''),
            // The combining diaeresis and the soft hyphen.
            '\u{308}' | '\u{AD}' => {}
            c => plain.extend(c.to_lowercase()),
        }
    }
}

/// The stem of a plain word as a hash; two stems with one hash would only make a wrong place to look at.
fn stem_hash(plain: &str) -> u64 {
    let (prefix, rest) = stem(plain);
    // FNV-1a: the words are short, and in two pieces.
    prefix
        .bytes()
        .chain(rest.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The part that the forms of a word have in common, for German and English at once: no `zu` or `ge` behind a
/// verb's prefix (`nachzudenken`, `angekündigt`), which comes first then, and no ending. Precision is left to the words
/// beside it.
fn stem(plain: &str) -> (&str, &str) {
    let plain = plain.strip_suffix("'s").unwrap_or(plain);
    let (prefix, rest) = without_infix(plain).unwrap_or(("", plain));
    let ending = ENDINGS.iter().find(|&&ending| leaves_stem(prefix.len(), rest, ending));
    (prefix, &rest[..rest.len() - ending.map_or(0, |ending| ending.len())])
}

/// Whether at least four letters remain without `ending`.
fn leaves_stem(before: usize, word: &str, ending: &str) -> bool {
    before + word.len() >= ending.len() + 4 && word.ends_with(ending)
}

/// Longest first.
const ENDINGS: [&str; 26] = [
    "ungen", "enden", "ings", "test", "ende", "ung", "ten", "tet", "est", "ing", "ied", "ies", "te", "en",
    "em", "er", "es", "et", "st", "ed", "ly", "e", "n", "s", "t", "y",
];

/// Prefixes that German verbs put before `zu` and `ge`, plain.
const PREFIXES: [&str; 25] = [
    "zusammen", "zuruck", "wieder", "weiter", "nieder", "herum", "heraus", "hinaus", "fest", "fort", "nach",
    "los", "mit", "vor", "weg", "auf", "aus", "bei", "ein", "her", "hin", "ab", "an", "um", "zu",
];

/// A verb's prefix, and what follows `zu` or `ge` behind it.
fn without_infix(plain: &str) -> Option<(&str, &str)> {
    let ends_in = plain.as_bytes().last()?;
    if plain.len() < 8 || !matches!(ends_in, b'n' | b't') {
        return None;
    }
    PREFIXES.iter().find_map(|prefix| {
        let rest = plain.strip_prefix(prefix)?;
        let verb = match rest.as_bytes() {
            [b'z', b'u', ..] if plain.ends_with("en") || plain.ends_with("rn") => &rest[2..],
            [b'g', b'e', ..] if plain.ends_with("en") || plain.ends_with('t') => &rest[2..],
            _ => return None,
        };
        (verb.len() >= 4).then_some((&plain[..prefix.len()], verb))
    })
}

/// Nouns and adjectives of stock phrases ("a lot of people", "eine gute Sache"), plain: they say something, but link nothing.
static STOCK_WORDS: WordList = WordList::new(
    "
    bad best better big dinge ding gross grosse grossen grosser grosses gut gute guten guter gutes good great leute lot lots
    menschen new neu neue neuen neuer neues people sache sachen schlecht thing things viel viele vielen way ways well
    ",
);

/// What begins a clause without a comma before it, plain.
static CLAUSE_STARTS: WordList =
    WordList::new("although because dass if obwohl that unless weil wenn whether while who");

/// What begins a clause that the one before it affirms or denies, plain.
static GOVERNED_STARTS: WordList = WordList::new("dass ob that whether");

/// Articles, pronouns, prepositions, conjunctions and auxiliaries of German and English, plain.
static FUNCTION_WORDS: WordList = WordList::new(
    "
    a aber about again all alle allen aller alles als also am an and any are as at auch auf aus
    be because been bei beim being bin bis bist both but by can could da dabei dafur damit dann
    daran darauf darf daruber das dass davon dazu dein deine dem den denn der des dich did die
    diese diesem diesen dieser dieses dir do doch does done dort down du durch durfe durfen
    durfte each ein eine einem einen einer eines einmal er es etwas euch euer even every for
    from fur gegen geworden habe haben had has hat hatte hatten have having he he'd he's her
    here hier him his how i i'll i'm i've ich if ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres
    im immer in into is ist it it'll it's its ja jede jeden jeder jedes jene jener jenes jetzt
    just kann konne konnen konnte konnten mag mal man many may me mehr mein meine meinem meinen
    meiner mich might mine mir mit mochte more most much muss musse mussen musste must my nach
    noch nun nur ob oder of off ohne on only onto or other our out over own same schon sehr sei
    seien sein seine seinem seinen seiner seines seit shall she she'd she's should sich sie sind
    so soll solle sollen sollte sollten some sondern still such than that that's the their them
    then there there's these they they'd they're they've this those to too uber um und under uns
    unser unsere unserem unseren unserer unter up us very vom von vor wann war ware waren warum
    was we we'll we're we've weil welche welcher welches wem wen wenn wer werde werden were what
    when where which while who whom whose why wie will wir wird with without wo wolle wollen
    wollte worden would wurde wurden you you're your yours zu zum zur zwischen
    ",
);

#[cfg(test)]
mod tests {
    use super::{make_plain, stem_hash};

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (one, other) in [
            ("nachdenken", "nachzudenken"),
            ("ankündigen", "angekündigt"),
            ("teures", "teuren"),
            ("claim", "claims"),
            ("warned", "warnings"),
            ("sanierung", "sanieren"),
        ] {
            let stem_of = |word: &str| {
                let mut plain = String::new();
                make_plain(word, &mut plain);
                stem_hash(&plain)
            };
            assert_eq!(stem_of(one), stem_of(other), "{one}, {other}");
        }
    }
}
