//! What is known about the words of two texts: how much each says, its stem, whether it negates.

use crate::text::{Pair, Side, WordId};

/// Everything about the words of a pair, by [`WordId`].
pub(super) struct Lexicon {
    weights: Vec<f32>,
    /// Equal for forms of one word, as far as light stemming tells.
    stems: Vec<u32>,
    negating: Vec<bool>,
}

/// A word that says something weighs at least this much; function words weigh less.
pub(super) const CONTENT: f32 = 0.3;

/// What a function word weighs: enough that a row of them counts, too little to link two quotations.
const FUNCTION: f32 = 0.15;

/// A word may occur this often in the two texts together before it loses weight: twice in each is no habit.
const RARE: u32 = 4;

impl Lexicon {
    pub(super) fn new(pair: &Pair<'_>) -> Self {
        let counts = counts(pair);
        let words = first_words(pair);
        let mut stems = std::collections::HashMap::new();
        let mut lexicon = Self {
            weights: Vec::with_capacity(words.len()),
            stems: Vec::with_capacity(words.len()),
            negating: Vec::with_capacity(words.len()),
        };
        for (id, word) in words.iter().enumerate() {
            let word = word.to_lowercase().replace('’', "'");
            let next = stems.len() as u32;
            lexicon.stems.push(*stems.entry(stem(&word)).or_insert(next));
            lexicon.weights.push(weight(&word, counts[id]));
            lexicon.negating.push(is_negating(&word));
        }
        lexicon
    }

    /// How much `word` says, from 0 to 1.
    pub(super) fn weight(&self, word: WordId) -> f32 {
        self.weights[word as usize]
    }

    /// How much `words` say together.
    pub(super) fn sum(&self, words: &[WordId]) -> f32 {
        words.iter().map(|&word| self.weight(word)).sum()
    }

    pub(super) fn stem(&self, word: WordId) -> u32 {
        self.stems[word as usize]
    }

    /// How many of `words` negate.
    pub(super) fn negations(&self, words: &[WordId]) -> usize {
        words.iter().filter(|&&word| self.negating[word as usize]).count()
    }
}

fn counts(pair: &Pair<'_>) -> Vec<u32> {
    let mut counts = vec![0; pair.distinct()];
    for &id in pair.a.ids.iter().chain(&pair.b.ids) {
        counts[id as usize] += 1;
    }
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

fn weight(word: &str, count: u32) -> f32 {
    if FUNCTION_WORDS.binary_search(&word).is_ok() {
        return FUNCTION;
    }
    if is_negating(word) {
        return CONTENT;
    }
    let letters = word.chars().take(4).count();
    let by_length = if letters < 4 && !word.chars().any(is_wide) { 0.6 } else { 1.0 };
    let by_count = if count <= RARE { 1.0 } else { (RARE as f32 / count as f32).sqrt() };
    (by_length * by_count).max(CONTENT)
}

/// Ideographs say as much in one as letters do in five.
fn is_wide(c: char) -> bool {
    c >= '\u{2E80}'
}

fn is_negating(word: &str) -> bool {
    NEGATIONS.binary_search(&word).is_ok() || word.starts_with("kein") || word.ends_with("n't")
}

/// The part that the forms of a word have in common, for German and English at once: no umlauts, no `zu` or `ge`
/// behind a verb's prefix (`nachzudenken`, `angekündigt`), no ending. Precision is left to the words beside it.
pub(super) fn stem(word: &str) -> String {
    let plain: String = word.chars().map(without_umlaut).collect();
    let plain = plain.replace('ß', "ss");
    let plain = plain.strip_suffix("'s").unwrap_or(&plain);
    let joined = without_infix(plain);
    let ending = ENDINGS.iter().find(|&&ending| leaves_stem(&joined, ending));
    let end = joined.len() - ending.map_or(0, |ending| ending.len());
    joined[..end].to_owned()
}

fn without_umlaut(c: char) -> char {
    match c {
        'ä' => 'a',
        'ö' => 'o',
        'ü' => 'u',
        c => c,
    }
}

/// Whether at least four letters remain without `ending`.
fn leaves_stem(word: &str, ending: &str) -> bool {
    word.strip_suffix(ending).is_some_and(|rest| rest.chars().nth(3).is_some())
}

/// Longest first.
const ENDINGS: [&str; 26] = [
    "ungen", "enden", "ings", "test", "ende", "ung", "ten", "tet", "est", "ing", "ied", "ies", "te", "en", "em", "er",
    "es", "et", "st", "ed", "ly", "e", "n", "s", "t", "y",
];

/// Prefixes that German verbs put before `zu` and `ge`.
const PREFIXES: [&str; 26] = [
    "zusammen", "zurück", "zuruck", "wieder", "weiter", "nieder", "herum", "heraus", "hinaus", "fest", "fort", "nach",
    "los", "mit", "vor", "weg", "auf", "aus", "bei", "ein", "her", "hin", "ab", "an", "um", "zu",
];

fn without_infix(word: &str) -> String {
    for prefix in PREFIXES {
        let Some(rest) = word.strip_prefix(prefix) else { continue };
        let verb = |infix: &str, endings: [&str; 2]| {
            let verb = rest.strip_prefix(infix)?;
            (verb.len() >= 4 && endings.iter().any(|&ending| verb.ends_with(ending))).then(|| format!("{prefix}{verb}"))
        };
        if let Some(joined) = verb("zu", ["en", "rn"]).or_else(|| verb("ge", ["t", "en"])) {
            return joined;
        }
    }
    word.to_owned()
}

/// Words that turn a statement round; besides these `kein…` and `…n't`.
const NEGATIONS: [&str; 22] = [
    "cannot", "neither", "never", "nicht", "nichts", "nie", "niemals", "niemand", "niemandem", "niemanden",
    "niemandes", "nimmer", "nirgends", "nirgendwo", "no", "nobody", "none", "nor", "not", "nothing",
    "nowhere", "weder",
];

/// Articles, pronouns, prepositions, conjunctions and auxiliaries of German and English.
const FUNCTION_WORDS: [&str; 322] = [
    "a", "aber", "about", "again", "all", "alle", "allen", "aller", "alles", "als", "also", "am", "an",
    "and", "any", "are", "as", "at", "auch", "auf", "aus", "be", "because", "been", "bei", "beim", "being",
    "bin", "bis", "bist", "both", "but", "by", "can", "could", "da", "dabei", "dafür", "damit", "dann",
    "daran", "darauf", "darf", "darüber", "das", "dass", "davon", "dazu", "daß", "dein", "deine", "dem",
    "den", "denn", "der", "des", "dich", "did", "die", "diese", "diesem", "diesen", "dieser", "dieses",
    "dir", "do", "doch", "does", "done", "dort", "down", "du", "durch", "dürfe", "dürfen", "dürfte", "each",
    "ein", "eine", "einem", "einen", "einer", "eines", "einmal", "er", "es", "etwas", "euch", "euer",
    "even", "every", "for", "from", "für", "gegen", "geworden", "habe", "haben", "had", "has", "hat",
    "hatte", "hatten", "have", "having", "he", "he'd", "he's", "her", "here", "hier", "him", "his", "how",
    "hätte", "hätten", "i", "i'll", "i'm", "i've", "ich", "if", "ihm", "ihn", "ihnen", "ihr", "ihre",
    "ihrem", "ihren", "ihrer", "ihres", "im", "immer", "in", "into", "is", "ist", "it", "it'll", "it's",
    "its", "ja", "jede", "jeden", "jeder", "jedes", "jene", "jener", "jenes", "jetzt", "just", "kann",
    "konnte", "könne", "können", "könnte", "könnten", "mag", "mal", "man", "many", "may", "me", "mehr",
    "mein", "meine", "meinem", "meinen", "meiner", "mich", "might", "mine", "mir", "mit", "more", "most",
    "much", "muss", "must", "my", "möchte", "müsse", "müssen", "müsste", "nach", "noch", "nun", "nur", "ob",
    "oder", "of", "off", "ohne", "on", "only", "onto", "or", "other", "our", "out", "over", "own", "same",
    "schon", "sehr", "sei", "seien", "sein", "seine", "seinem", "seinen", "seiner", "seines", "seit",
    "shall", "she", "she'd", "she's", "should", "sich", "sie", "sind", "so", "soll", "solle", "sollen",
    "sollte", "sollten", "some", "sondern", "still", "such", "than", "that", "that's", "the", "their",
    "them", "then", "there", "there's", "these", "they", "they'd", "they're", "they've", "this", "those",
    "to", "too", "um", "und", "under", "uns", "unser", "unsere", "unserem", "unseren", "unserer", "unter",
    "up", "us", "very", "vom", "von", "vor", "wann", "war", "waren", "warum", "was", "we", "we'll", "we're",
    "we've", "weil", "welche", "welcher", "welches", "wem", "wen", "wenn", "wer", "werde", "werden", "were",
    "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "wie", "will", "wir", "wird",
    "with", "without", "wo", "wolle", "wollen", "wollte", "worden", "would", "wurde", "wurden", "wäre",
    "wären", "würde", "würden", "you", "you're", "your", "yours", "zu", "zum", "zur", "zwischen", "über",
];

#[cfg(test)]
mod tests {
    use super::{FUNCTION_WORDS, NEGATIONS, stem};

    #[test]
    fn the_lists_are_sorted_for_binary_search() {
        assert!(FUNCTION_WORDS.is_sorted() && NEGATIONS.is_sorted());
    }

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
            assert_eq!(stem(one), stem(other), "{one}, {other}");
        }
    }
}
