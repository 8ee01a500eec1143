//! Words that turn a statement round, in German and English.

use super::word_list::WordList;

/// Whether `word`, in lowercase with straight apostrophes, negates.
pub(crate) fn is_negating(word: &str) -> bool {
    // No word of the list begins with another letter, and most words do.
    matches!(word.as_bytes().first(), Some(b'c' | b'h' | b'k' | b'm' | b'n' | b'o' | b's' | b'w'))
        && NEGATIONS.has(word)
        || word.starts_with("kein")
        || word.ends_with("n't")
        || word.ends_with("nt") && CONTRACTED.has(word)
}

static NEGATIONS: WordList = WordList::new(
    "
    cannot hardly kaum mitnichten neither never nicht nichts nie niemals niemand niemandem niemanden niemandes nimmer
    nirgends nirgendwo no nobody none nor not nothing nowhere ohne scarcely weder without
    ",
);

/// Contractions whose apostrophe was left out, as social media write them.
static CONTRACTED: WordList = WordList::new(
    "
    aint arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt mustnt shouldnt wasnt werent wont wouldnt
    ",
);
