//! Looks for the quotations of one text in another, inside its marks and outside.

use std::collections::HashMap;
use std::ops::Range;

use super::gates::{Gates, UNMARKED};
use super::lexicon::{CONTENT, Lexicon};
use super::mentions::{Mention, clause_ends};
use super::people::{is_one_speaker, speakers_conflict};
use super::relation::{Verdict, judge_marked, judge_same, judge_unmarked};
use super::row::Row;
use super::shared::{Basis, Marked, Relation, SharedQuote};
use super::target::{ENOUGH, LEAST, Places, SHARE, Target, windows};
use crate::text::{ByteSpan, Side};

/// Places of one quotation in the other text that are looked at: nobody says a thing more often, a broken scraper does.
pub(super) const MOST_PLACES: usize = 32;

/// Words looked at on either side of what was found: function words are no seeds.
const MARGIN: usize = 8;

/// A text with its quotations, ready to be searched.
pub(super) struct Reading<'p> {
    side: &'p Side<'p>,
    pub(super) mentions: Vec<Mention>,
    target: Target<'p>,
    /// For each word the innermost mention it belongs to.
    owners: Vec<Option<u32>>,
    /// For each word whether a clause ends with it.
    ends: Vec<bool>,
    /// For each word whether it is a name, or nothing where capitals do not tell.
    names: Vec<bool>,
}

impl<'p> Reading<'p> {
    pub(super) fn new(
        side: &'p Side<'p>,
        mentions: Vec<Mention>,
        distinct: usize,
        lexicon: &Lexicon,
    ) -> Self {
        let mut owners = vec![None; side.ids.len()];
        for (index, mention) in mentions.iter().enumerate() {
            owners[mention.words.clone()].fill(Some(index as u32));
        }
        let target = Target::new(&side.ids, distinct, lexicon);
        Self { side, mentions, target, owners, ends: clause_ends(side), names: names(side, lexicon) }
    }

    fn row(&self, mention: u32) -> Row<'_> {
        let mention = &self.mentions[mention as usize];
        Row { ids: mention.ids(&self.side.ids), gaps: &mention.gaps, ends: mention.ends(&self.ends) }
    }

    /// All words, as if nothing were marked.
    fn unmarked_row(&self) -> Row<'_> {
        Row { ids: &self.side.ids, gaps: &[], ends: &self.ends }
    }

    /// The statement of which `mention` is a part.
    fn statement(&self, mention: u32) -> Option<u32> {
        let parent = self.mentions[mention as usize].parent;
        parent.filter(|&parent| self.mentions[parent as usize].has_parts())
    }

    /// `mention` and those around it.
    fn ancestors(&self, mention: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(mention), |&inner| self.mentions[inner as usize].parent)
    }
}

/// The share of the words that say something from which capitals do not tell names: in German every second such word has
/// one and more, in English one in four.
const CAPITALS: f32 = 0.45;

/// For each word of `side` whether it is a name, told by its capital; empty where nouns have one too.
fn names(side: &Side<'_>, lexicon: &Lexicon) -> Vec<bool> {
    let is_capital = |span: &ByteSpan| span.of(side.raw).chars().next().is_some_and(char::is_uppercase);
    let capital: Vec<bool> = side.spans.iter().map(is_capital).collect();
    let says = side.ids.iter().zip(&capital).filter(|&(&id, _)| lexicon.weight(id) > CONTENT);
    let (said, written) =
        says.fold((0, 0), |(said, written), (_, &capital)| (said + 1, written + u32::from(capital)));
    if written as f32 > CAPITALS * said as f32 { Vec::new() } else { capital }
}

/// Where a quotation may stand.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) at: Range<usize>,
    /// The words around it that may belong to it too; nothing if it is exact.
    room: Option<Range<usize>>,
}

/// Where the words of `row` may stand in `target`: first where exactly, then where much of it is.
pub(super) fn find_places(row: Row<'_>, target: &impl Places, lexicon: &Lexicon, most: usize) -> Vec<Place> {
    let exact = target.exact(row.ids, most);
    let need = (lexicon.sum(row.ids) * SHARE).clamp(LEAST, ENOUGH);
    let mut found: Vec<Range<usize>> = Vec::new();
    for window in windows(target, row.ids, row.gaps.len(), &exact, lexicon, need) {
        // The exact places come in order.
        let next = exact.partition_point(|place| place.end <= window.start);
        let is_known = exact.get(next).is_some_and(|place| overlap(place, &window));
        if !is_known && !found.iter().any(|other| overlap(other, &window)) {
            found.push(window);
        }
    }
    let rooms: Vec<Range<usize>> = found.iter().map(|window| room(window, &exact, &found)).collect();
    let inexact = found.into_iter().zip(rooms).map(|(at, room)| Place { at, room: Some(room) });
    exact.into_iter().map(|at| Place { at, room: None }).chain(inexact).collect()
}

/// `window` with a margin on both sides, up to the places beside it.
fn room(window: &Range<usize>, exact: &[Range<usize>], windows: &[Range<usize>]) -> Range<usize> {
    let next = exact.partition_point(|place| place.end <= window.start);
    let beside = || exact[next.saturating_sub(1)..].iter().take(2).chain(windows);
    let before = beside().map(|place| place.end).filter(|&end| end <= window.start).max().unwrap_or(0);
    let behind =
        beside().map(|place| place.start).filter(|&start| start >= window.end).min().unwrap_or(usize::MAX);
    window.start.saturating_sub(MARGIN).max(before)..(window.end + MARGIN).min(behind)
}

/// What the words at `place` of the unmarked `text` are to `row`.
pub(super) fn judge_place(
    row: Row<'_>,
    place: &Place,
    text: Row<'_>,
    gates: Gates,
    lexicon: &Lexicon,
) -> Option<Verdict> {
    let Some(room) = &place.room else {
        return judge_same(row, text, place.at.clone(), gates, lexicon);
    };
    judge_unmarked(row, text, room.start..room.end.min(text.ids.len()), gates, lexicon)
}

/// The same for all that stand there: a quotation may be repeated in the next sentence.
pub(super) fn judge_all(
    row: Row<'_>,
    place: &Place,
    text: Row<'_>,
    gates: Gates,
    lexicon: &Lexicon,
) -> Vec<Verdict> {
    let Some(room) = &place.room else {
        return judge_place(row, place, text, gates, lexicon).into_iter().collect();
    };
    let mut found = Vec::new();
    let mut rooms = Vec::new();
    rooms.push(room.start..room.end.min(text.ids.len()));
    while let Some(room) = rooms.pop() {
        let Some(verdict) = judge_unmarked(row, text, room.clone(), gates, lexicon) else { continue };
        let beside = [room.start..verdict.y.start, verdict.y.end..room.end];
        rooms.extend(beside.into_iter().filter(|rest| rest.len() * 2 > row.ids.len()));
        found.push(verdict);
    }
    found
}

pub(super) fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Two mentions that may be the same statement: of the first text, and of the second.
type Candidate = (u32, u32);

/// The mentions of two texts that stand where a quotation of the other was found.
pub(super) fn candidates(
    a: &Reading<'_>,
    b: &Reading<'_>,
    places_a: &[Vec<Place>],
    places_b: &[Vec<Place>],
) -> Vec<Candidate> {
    let mut pairs = Vec::new();
    meetings(places_a, b, |of_a, of_b| pairs.push((of_a, of_b)));
    meetings(places_b, a, |of_b, of_a| pairs.push((of_a, of_b)));
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Tell `note` each mention of `other` that stands at one of the `places` of a mention.
fn meetings(places: &[Vec<Place>], other: &Reading<'_>, mut note: impl FnMut(u32, u32)) {
    for (mention, places) in places.iter().enumerate() {
        for place in places {
            let mut last = None;
            for &owner in &other.owners[place.at.clone()] {
                if owner != last {
                    owner
                        .into_iter()
                        .flat_map(|owner| other.ancestors(owner))
                        .for_each(|met| note(mention as u32, met));
                }
                last = owner;
            }
        }
    }
}

/// A statement that both texts have in marks.
pub(super) struct Both {
    of_a: u32,
    of_b: u32,
    verdict: Verdict,
}

impl Both {
    pub(super) fn row(&self, a: &Reading<'_>, b: &Reading<'_>) -> SharedQuote {
        SharedQuote {
            a: a.mentions[self.of_a as usize].span,
            b: b.mentions[self.of_b as usize].span,
            relation: self.verdict.relation,
            marked: Marked::Both,
            similarity: self.verdict.similarity,
            basis: self.verdict.basis,
            negation: self.verdict.negation,
        }
    }
}

/// Drop of a statement in several parts what one part alone has more in common with: half of it is quoted there.
fn leave_to_parts(found: &mut Vec<Both>, a: &Reading<'_>, b: &Reading<'_>) {
    let mut nearest: HashMap<Candidate, f32> = HashMap::new();
    let mut note = |pair, similarity: f32| {
        let most = nearest.entry(pair).or_default();
        *most = most.max(similarity);
    };
    for &Both { of_a, of_b, ref verdict } in &*found {
        a.statement(of_a).into_iter().for_each(|whole| note((whole, of_b), verdict.similarity));
        b.statement(of_b).into_iter().for_each(|whole| note((of_a, whole), verdict.similarity));
    }
    found.retain(|both| {
        nearest.get(&(both.of_a, both.of_b)).is_none_or(|&nearest| both.verdict.similarity >= nearest)
    });
}

/// A phrase of so few words may be said by two people who know nothing of each other.
const SHORT_PHRASE: usize = 4;

fn is_short_phrase(one: &Mention, other: &Mention) -> bool {
    one.len().max(other.len()) <= SHORT_PHRASE
}

/// For each of `count` mentions of one side those of the other that are the same statement.
pub(super) fn partners(both: &[Both], count: usize, of_b: bool) -> Vec<Vec<u32>> {
    let mut partners = vec![Vec::new(); count];
    for found in both {
        let (one, other) = if of_b { (found.of_b, found.of_a) } else { (found.of_a, found.of_b) };
        partners[one as usize].push(other);
    }
    partners
}

/// A quotation that the other text has without marks.
pub(super) struct Unmarked {
    quoted: ByteSpan,
    other: ByteSpan,
    verdict: Verdict,
}

impl Unmarked {
    pub(super) fn row(self, marked: Marked) -> SharedQuote {
        let Verdict { relation, similarity, basis, negation, .. } = self.verdict;
        let seen = |a, b, relation| SharedQuote { a, b, relation, marked, similarity, basis, negation };
        match marked {
            Marked::B => seen(self.other, self.quoted, relation.mirrored()),
            _ => seen(self.quoted, self.other, relation),
        }
    }
}

/// What is looked for.
pub(super) struct Search<'l> {
    pub(super) lexicon: &'l Lexicon,
    pub(super) min_words: usize,
    /// Whether the two texts are of the same days.
    pub(super) is_same_time: bool,
}

impl Search<'_> {
    /// Where each mention of `x` may stand in `y`.
    pub(super) fn places(&self, x: &Reading<'_>, y: &Reading<'_>) -> Vec<Vec<Place>> {
        let find = |(index, mention): (usize, &Mention)| {
            if mention.len() < self.min_words {
                return Vec::new();
            }
            find_places(x.row(index as u32), &y.target, self.lexicon, MOST_PLACES)
        };
        x.mentions.iter().enumerate().map(find).collect()
    }

    /// Those of the `candidates` that are the same statement. Spans inside others, and parts of a statement, count only
    /// where those around them do not.
    pub(super) fn marked(&self, a: &Reading<'_>, b: &Reading<'_>, candidates: &[Candidate]) -> Vec<Both> {
        let mut found: Vec<Both> = Vec::new();
        for &(of_a, of_b) in candidates {
            if let Some(verdict) = self.compare(a, b, of_a, of_b) {
                found.push(Both { of_a, of_b, verdict });
            }
        }
        leave_to_parts(&mut found, a, b);
        let known: Vec<Candidate> = found.iter().map(|both| (both.of_a, both.of_b)).collect();
        found.retain(|both| {
            let around =
                a.ancestors(both.of_a).flat_map(|of_a| b.ancestors(both.of_b).map(move |of_b| (of_a, of_b)));
            !around.skip(1).any(|pair| known.binary_search(&pair).is_ok())
        });
        found
    }

    fn compare(&self, a: &Reading<'_>, b: &Reading<'_>, of_a: u32, of_b: u32) -> Option<Verdict> {
        let (one, other) = (&a.mentions[of_a as usize], &b.mentions[of_b as usize]);
        // A mention of one word is a word, unless one word was asked for.
        let is_short = one.len().min(other.len()) < self.min_words.min(2);
        if is_short || !(one.is_speech || other.is_speech) {
            return None;
        }
        let speakers =
            one.speaker.map(|span| span.of(a.side.raw)).zip(other.speaker.map(|span| span.of(b.side.raw)));
        if is_short_phrase(one, other)
            && speakers.is_some_and(|(one, other)| speakers_conflict(&[one, other]))
        {
            return None;
        }
        let beside = match speakers {
            Some((one, other)) if is_one_speaker(one, other) => Basis::Speaker,
            // On one day a phrase may be in everyone's mouth.
            Some((one, other)) if speakers_conflict(&[one, other]) => Basis::Words,
            _ if self.is_same_time => Basis::Date,
            _ => Basis::Words,
        };
        // Ties are broken by order, so the same order is kept when the texts are swapped.
        let verdict = if one.span.of(a.side.raw) <= other.span.of(b.side.raw) {
            judge_marked(a.row(of_a), b.row(of_b), beside, self.lexicon)
        } else {
            judge_marked(b.row(of_b), a.row(of_a), beside, self.lexicon).map(Verdict::mirrored)
        };
        // What one side takes for a name may be a quotation; but not if it is only named inside one.
        verdict.filter(|verdict| {
            one.may_be_speech && other.may_be_speech || verdict.relation == Relation::Identical
        })
    }

    /// The mentions of `x` that `y` has outside marks. `partners` has what was found inside marks.
    pub(super) fn unmarked(
        &self,
        x: &Reading<'_>,
        y: &Reading<'_>,
        places: &[Vec<Place>],
        partners: &[Vec<u32>],
    ) -> Vec<Unmarked> {
        let mut taken: Vec<Vec<Range<usize>>> = Vec::with_capacity(x.mentions.len());
        let mut found = Vec::new();
        for (index, mention) in x.mentions.iter().enumerate() {
            taken.push(
                partners[index].iter().map(|&other| y.mentions[other as usize].words.clone()).collect(),
            );
            for place in places[index].iter().filter(|_| mention.is_speech) {
                let Some(verdict) = self.judge(x, y, index as u32, place) else { continue };
                let is_taken =
                    |mention: u32| taken[mention as usize].iter().any(|range| overlap(range, &verdict.y));
                let is_known = y.is_mostly_marked(&verdict.y) || x.ancestors(index as u32).any(is_taken);
                let is_named =
                    verdict.relation != Relation::Identical && y.are_names(&verdict.y, self.lexicon);
                if is_known || is_named || self.is_left_to_a_part(x, y, places, index as u32, &verdict) {
                    continue;
                }
                taken[index].push(verdict.y.clone());
                let other = y.side.spans[verdict.y.start].to(y.side.spans[verdict.y.end - 1]);
                found.push(Unmarked { quoted: mention.span, other, verdict });
            }
        }
        found
    }

    /// What the unmarked words of `y` at `place` are to a mention of `x`.
    fn judge(&self, x: &Reading<'_>, y: &Reading<'_>, mention: u32, place: &Place) -> Option<Verdict> {
        judge_place(x.row(mention), place, y.unmarked_row(), UNMARKED, self.lexicon)
    }

    /// Whether one part of a statement has more in common with what was found than the whole.
    fn is_left_to_a_part(
        &self,
        x: &Reading<'_>,
        y: &Reading<'_>,
        places: &[Vec<Place>],
        whole: u32,
        verdict: &Verdict,
    ) -> bool {
        let nearer = |part: u32| {
            let there = places[part as usize].iter().filter(|place| overlap(&place.at, &verdict.y));
            let mut found = there.filter_map(|place| self.judge(x, y, part, place));
            found.any(|other| other.similarity > verdict.similarity)
        };
        x.parts(whole).any(nearer)
    }
}

impl Reading<'_> {
    /// The parts of a statement that has several.
    fn parts(&self, whole: u32) -> impl Iterator<Item = u32> {
        let last = self.mentions[whole as usize].words.end;
        let behind = (whole + 1..self.mentions.len() as u32)
            .take_while(move |&next| self.mentions[next as usize].words.start < last);
        behind.filter(move |&next| self.statement(next) == Some(whole))
    }

    /// Whether all that is said there is names: two texts about Bonn and Kiel have those in common without quoting each other.
    fn are_names(&self, words: &Range<usize>, lexicon: &Lexicon) -> bool {
        let is_name = |word: usize| self.names[word] || lexicon.weight(self.side.ids[word]) <= CONTENT;
        !self.names.is_empty() && words.clone().all(is_name)
    }

    fn is_mostly_marked(&self, words: &Range<usize>) -> bool {
        let marked = self.owners[words.clone()].iter().flatten().count();
        marked * 2 > words.len()
    }
}
