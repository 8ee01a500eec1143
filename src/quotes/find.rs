//! Finds a given quotation in a text, and says how altered it stands there.

use std::cmp::Ordering;
use std::ops::Range;

use super::gates::WANTED;
use super::lexicon::Lexicon;
use super::mentions::{Mention, clause_ends, groups};
use super::quotes;
use super::relation::Verdict;
use super::row::Row;
use super::search::{MOST_PLACES, find_places, judge_all, overlap};
use super::shared::Relation;
use super::target::{MOST_EXACT, Target};
use super::wording::parts;
use crate::error::Result;
use crate::text::{ByteSpan, Fold, Pair, Side, WordId};

/// A place where a quotation stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundQuote {
    /// From the first to the last word that answers the quotation.
    pub span: ByteSpan,
    /// What became of the quotation there; `trimmed` if the text has only a part of it.
    pub relation: Relation,
    /// What the two have in common of all they say, rare words counting most, from 0 to 1.
    pub similarity: f32,
    /// Whether a negating word was lost, gained or moved, as in [`SharedQuote::negation`].
    pub negation: bool,
}

/// Where `quote` stands in `raw`, and how altered: the best places first.
///
/// `quote` may have marks around it or none, and may leave words out (`…`). Whether `raw` has marks there does not
/// matter, nor whether a reporting clause interrupts the statement, here or there. Less has to be in common than for [`shared_quotes`]: the reader asked for this quotation and judges.
/// Exact places are all found, up to a thousand; altered ones up to 32.
///
/// ```
/// use wortlaut::{Fold, Relation, find_quote};
/// let raw = "The landlord is not, in such a case, permitted to terminate the lease.";
/// let found = find_quote("“The landlord is … permitted to terminate”", raw, Fold::default()).unwrap();
/// assert_eq!((found[0].relation, found[0].negation), (Relation::Elided, true));
/// assert!(found[0].span.of(raw).ends_with("terminate"));
/// ```
///
/// # Errors
/// [`Error::TooLong`](crate::Error::TooLong) from 4 GiB.
pub fn find_quote(quote: &str, raw: &str, fold: Fold) -> Result<Vec<FoundQuote>> {
    let pair = Pair::new(quote, raw, fold)?;
    if pair.a.ids.is_empty() {
        return Ok(Vec::new());
    }
    let lexicon = Lexicon::of_quotation(&pair);
    let quoted = Quoted::new(&pair.a);
    let text = Words::of(&pair.b);
    let mut found = text.find(&quoted, pair.distinct(), &lexicon);
    if let Some(told) = text.without(&asides(&pair.b)) {
        let whole = told.find(&quoted, pair.distinct(), &lexicon);
        prefer(&mut found, whole.into_iter().filter(Found::is_interrupted).collect());
    }
    found.sort_by(best_first);
    Ok(found.iter().map(|verdict| found_quote(&pair, verdict)).collect())
}

/// A quotation as a row of words.
struct Quoted {
    mention: Mention,
    ids: Vec<WordId>,
    ends: Vec<bool>,
}

impl Quoted {
    fn new(side: &Side<'_>) -> Self {
        let mention = match parts(side.raw) {
            Some(parts) => Mention::joined(side, &parts),
            None => Mention::at(side, ByteSpan::new(0, side.raw.len())),
        };
        let (ids, ends) = (mention.ids(&side.ids).to_vec(), mention.ends(&clause_ends(side)).to_vec());
        Self { mention, ids, ends }
    }

    fn row(&self) -> Row<'_> {
        Row { ids: &self.ids, gaps: &self.mention.gaps, ends: &self.ends }
    }
}

/// Words of a text in which a quotation is looked for.
struct Words {
    ids: Vec<WordId>,
    ends: Vec<bool>,
    /// Which words of the text they are.
    places: Vec<usize>,
}

/// A verdict with the words of the text that it is about.
struct Found {
    verdict: Verdict,
    words: Range<usize>,
}

impl Found {
    /// Whether words that are not said stand between those that are.
    fn is_interrupted(&self) -> bool {
        self.words.len() > self.verdict.y.len()
    }
}

impl Words {
    fn of(side: &Side<'_>) -> Self {
        let (ids, ends) = (side.ids.clone(), clause_ends(side));
        Self { places: (0..ids.len()).collect(), ids, ends }
    }

    /// The words outside `asides`, if there are any of these.
    fn without(&self, asides: &[Range<usize>]) -> Option<Self> {
        let mut is_said = vec![true; self.ids.len()];
        asides.iter().for_each(|aside| is_said[aside.clone()].fill(false));
        let places: Vec<usize> = (0..self.ids.len()).filter(|&place| is_said[place]).collect();
        (places.len() < self.ids.len()).then(|| Self {
            ids: places.iter().map(|&place| self.ids[place]).collect(),
            ends: places.iter().map(|&place| self.ends[place]).collect(),
            places,
        })
    }

    /// Where `quoted` stands, and how altered.
    fn find(&self, quoted: &Quoted, distinct: usize, lexicon: &Lexicon) -> Vec<Found> {
        let target = Target::new(&self.ids, distinct, lexicon);
        let found = self.find_in(&target, quoted, lexicon);
        if found.is_empty() { self.find_in(&target.with_frequent_words(), quoted, lexicon) } else { found }
    }

    fn find_in(&self, target: &Target<'_>, quoted: &Quoted, lexicon: &Lexicon) -> Vec<Found> {
        let text = Row { ids: &self.ids, gaps: &[], ends: &self.ends };
        let mut verdicts: Vec<Verdict> = Vec::new();
        for place in find_places(quoted.row(), target, lexicon, MOST_EXACT) {
            for verdict in judge_all(quoted.row(), &place, text, WANTED, lexicon) {
                if !verdicts.iter().rev().take(MOST_PLACES).any(|other| overlap(&other.y, &verdict.y)) {
                    verdicts.push(verdict);
                }
            }
        }
        let place = |verdict: Verdict| Found {
            words: self.places[verdict.y.start]..self.places[verdict.y.end - 1] + 1,
            verdict,
        };
        verdicts.into_iter().map(place).collect()
    }
}

/// The words between the parts of each statement of `side` that has several.
fn asides(side: &Side<'_>) -> Vec<Range<usize>> {
    let groups = groups(&quotes(side.raw));
    let between = |pair: &[ByteSpan]| side.words_in(ByteSpan { start: pair[0].end, end: pair[1].start });
    groups.values().flat_map(|parts| parts.windows(2).map(between)).collect()
}

/// Put `whole` in the place of those of `found` that they overlap, unless one of these is nearer to the quotation.
fn prefer(found: &mut Vec<Found>, whole: Vec<Found>) {
    for one in whole {
        let meets = |other: &Found| overlap(&other.words, &one.words);
        if !found.iter().any(|other| meets(other) && other.verdict.similarity > one.verdict.similarity) {
            found.retain(|other| !meets(other));
            found.push(one);
        }
    }
}

fn best_first(one: &Found, other: &Found) -> Ordering {
    let (x, y) = (&one.verdict, &other.verdict);
    let by_similarity = y.similarity.partial_cmp(&x.similarity).unwrap_or(Ordering::Equal);
    by_similarity.then(x.relation.cmp(&y.relation)).then(one.words.start.cmp(&other.words.start))
}

fn found_quote(pair: &Pair<'_>, found: &Found) -> FoundQuote {
    let text = &pair.b.spans;
    FoundQuote {
        span: text[found.words.start].to(text[found.words.end - 1]),
        relation: found.verdict.relation,
        similarity: found.verdict.similarity,
        negation: found.verdict.negation,
    }
}
