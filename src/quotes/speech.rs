//! Words by which a text says who speaks: those that are built in, by language, and those that a user adds.

use std::collections::BTreeSet;

use crate::text::section;

/// The built-in words, one file for each language; each file says where its words are from.
pub(super) const BUILT_IN: &[&str] = &[GERMAN[0], include_str!("speech/en.txt")];

/// Those of German alone.
pub(super) const GERMAN: &[&str] = &[include_str!("speech/de.txt")];

/// Words by which a text says who speaks, beside the built-in ones for German and English.
///
/// Words stand as they are written inside a sentence. Verbs and sources may be several words in a row ("a déclaré", "in
/// the words of"); what stands apart in the sentence ("gab … zu Protokoll") is not recognised.
///
/// ```
/// use wortlaut::{SpeechLexicon, quotes_with};
/// let lexicon = SpeechLexicon { verbs: ["affirme".to_owned()].into(), ..SpeechLexicon::default() };
/// let raw = "Ada Lund affirme : « Nous restons au port ».";
/// assert_eq!(quotes_with(raw, &lexicon)[0].speaker.unwrap().of(raw), "Ada Lund");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpeechLexicon {
    /// Verbs of saying, in the forms that stand in texts.
    pub verbs: BTreeSet<String>,
    /// Prepositions that name a source: "laut", "selon".
    pub sources: BTreeSet<String>,
    /// What speakers go by instead of a name.
    pub pronouns: BTreeSet<String>,
    /// What may begin the description of a speaker.
    pub articles: BTreeSet<String>,
    /// Abbreviations before a name, without their full stop.
    pub titles: BTreeSet<String>,
}

impl SpeechLexicon {
    /// The languages that are built in.
    pub const LANGUAGES: [&'static str; 2] = ["de", "en"];

    /// The built-in words of a language of [`Self::LANGUAGES`]; no words for any other.
    ///
    /// ```
    /// assert!(wortlaut::SpeechLexicon::built_in("de").verbs.contains("sagte"));
    /// ```
    pub fn built_in(language: &str) -> Self {
        let place = Self::LANGUAGES.iter().position(|&known| known == language);
        let words = |name: &str| -> BTreeSet<String> {
            let words = place.into_iter().flat_map(|place| section(BUILT_IN[place], name));
            words.map(str::to_owned).collect()
        };
        Self {
            verbs: words("verbs"),
            sources: words("sources"),
            pronouns: words("pronouns"),
            articles: words("articles"),
            titles: words("titles"),
        }
    }

    /// Whether `word` is among `words`, at the start of a sentence too.
    pub(super) fn has(words: &BTreeSet<String>, word: &str) -> bool {
        !words.is_empty() && (words.contains(word) || words.contains(&word.to_lowercase()))
    }
}
