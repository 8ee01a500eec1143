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

/// Whether `word` negates, as it stands in a text.
pub(crate) fn negates(word: &str) -> bool {
    may_negate(word) && is_negating(&word.to_lowercase().replace('’', "'"))
}

/// Told by the ends of a word, whatever its case: most words are none and need not be read in lowercase.
fn may_negate(word: &str) -> bool {
    let first = word.as_bytes().first().map(u8::to_ascii_lowercase);
    matches!(first, Some(b'c' | b'h' | b'k' | b'm' | b'n' | b'o' | b's' | b'w')) || word.ends_with(['t', 'T'])
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

#[cfg(test)]
mod tests {
    use super::{CONTRACTED, NEGATIONS, is_negating, may_negate, negates};

    #[test]
    fn no_word_of_the_lists_is_missed() {
        for word in NEGATIONS.written().chain(CONTRACTED.written()).chain(["kein", "keine", "isn't"]) {
            assert!(is_negating(word) && may_negate(word) && negates(&word.to_uppercase()), "{word}");
        }
        assert!(negates("Isn’t") && !negates("Rat") && !negates(""));
    }
}
