//! Whether two statements only begin, or only end, alike: "Ich glaube, dass wir in den nächsten Jahren …" opens many
//! speeches.

use super::align::Answer;
use super::lexicon::{CONTENT, Lexicon};
use super::row::Row;
use crate::text::WordId;

/// Words of the longest opening that two people have in common by habit or by chance. What is longer is one statement,
/// of which one of the two goes on elsewhere.
const LONGEST_OPENING: usize = 15;

/// Words before an opening that belong to no statement: "Nun, ich glaube".
const LEAD: usize = 2;

/// What each must say beside the opening, so that the two are not one statement with a changed word or two: twice the
/// weight of a rare word, and this share of the opening.
const OWN: (f32, f32) = (2.0, 0.5);

/// Whether all that `x` and `y` have in common, the `answers`, is how they begin, and both go on with something else; or
/// how they end.
pub(super) fn part_ways(x: Row<'_>, y: Row<'_>, answers: &[Answer], lexicon: &Lexicon) -> bool {
    // Function words stand everywhere, also in what is not common.
    let says = |answer: &&Answer| answer.weight > CONTENT;
    let (Some(first), Some(last)) = (answers.first(), answers.last()) else { return false };
    let heavy = answers.iter().find(says).zip(answers.iter().rfind(says));
    let Some((first_heavy, last_heavy)) = heavy else { return false };
    let common: f32 = answers.iter().map(|answer| answer.weight).sum();
    let is_own = |words: &[WordId]| lexicon.sum(words) >= OWN.0.max(OWN.1 * common);
    let left = |row: Row<'_>, place: usize| row.ids.len() - place;

    let begins = first.x.max(first.y) <= LEAD && last_heavy.x.min(last_heavy.y) < LONGEST_OPENING;
    let go_on = || is_own(&x.ids[last_heavy.x + 1..]) && is_own(&y.ids[last_heavy.y + 1..]);
    let ends = left(x, last.x).max(left(y, last.y)) <= LEAD + 1
        && left(x, first_heavy.x).min(left(y, first_heavy.y)) <= LONGEST_OPENING;
    let began = || is_own(&x.ids[..first_heavy.x]) && is_own(&y.ids[..first_heavy.y]);
    begins && go_on() || ends && began()
}
