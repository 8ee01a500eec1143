//! Whether two rows of words deny different things: a negating word was lost, gained, or stands elsewhere.

use super::align::{Answer, align};
use super::lexicon::{CONTENT, Lexicon};
use super::row::Row;
use crate::text::WordId;

/// Words that say something which a negating word may pass without denying anything else: "nicht Steuern erhöht",
/// "Steuern nicht erhöht".
const MOST_PASSED: usize = 1;

/// Whether `x` and `y` deny different things.
pub(super) fn differ(x: Row<'_>, y: Row<'_>, lexicon: &Lexicon) -> bool {
    let negations = lexicon.negations(x.ids);
    negations != lexicon.negations(y.ids)
        || negations > 0 && x.ids != y.ids && (moved(x, y, lexicon) || moved(y, x, lexicon))
}

/// Whether one of as many negating words stands before what it stood behind.
fn moved(x: Row<'_>, y: Row<'_>, lexicon: &Lexicon) -> bool {
    let (x, y) = (Rest::of(x, lexicon), Rest::of(y, lexicon));
    let answers = align(&x.ids, &y.ids, lexicon);
    x.negations.iter().zip(&y.negations).any(|(&one, &other)| denies_another(&x, &y, &answers, one, other))
}

/// Whether the words between the places `one` of `x` and `other` of `y` are more than word order moves.
fn denies_another(x: &Rest, y: &Rest, answers: &[Answer], one: Place, other: Place) -> bool {
    let passed = answers.iter().filter(|answer| (answer.x < one.before) != (answer.y < other.before));
    let in_other_clause =
        |answer: &Answer| x.clauses[answer.x] != one.clause || y.clauses[answer.y] != other.clause;
    let said = passed.clone().filter(|answer| answer.weight > CONTENT).count();
    said > MOST_PASSED || passed.into_iter().any(in_other_clause)
}

/// Where a negating word stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// How many other words stand before it.
    before: usize,
    clause: usize,
}

/// A row without its negating words, which would be answered first otherwise.
#[derive(Debug, Default)]
struct Rest {
    ids: Vec<WordId>,
    /// The clause of each word.
    clauses: Vec<usize>,
    negations: Vec<Place>,
}

impl Rest {
    fn of(row: Row<'_>, lexicon: &Lexicon) -> Self {
        let mut rest = Self::default();
        let (mut clause, mut begins) = (0, true);
        for (&word, &ends) in row.ids.iter().zip(row.ends) {
            clause += usize::from(!begins && lexicon.starts_clause(word));
            begins = ends;
            if lexicon.negates(word) {
                rest.negations.push(Place { before: rest.ids.len(), clause });
            } else {
                rest.ids.push(word);
                rest.clauses.push(clause);
            }
            clause += usize::from(ends);
        }
        rest
    }
}
