//! Which stored articles share passages with each other, in bounded memory beside what is found.
//!
//! Candidate pairs are taken from the postings for some of the later articles at a time ([`HELD`]), and their texts are
//! read for some of the pairs ([`AT_ONCE`]).

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use rayon::prelude::*;
use rusqlite::Connection;

use super::segment::Posting;
use super::store::{Held, State, Trouble};
use super::tables::{self, Segment, Stored, Texts};
use crate::error::Result;
use crate::passages::{Passage, PassageOptions, Probe};
use crate::progress::Progress;
use crate::text::Fold;

/// Candidate pairs held at once, unless a single article has more: 64 MB.
const HELD: u64 = 8 << 20;

/// Pairs that are read and compared between two looks at whether to stop: 50 ms of work, and their texts some megabytes.
const AT_ONCE: usize = 1 << 9;

/// What to look for.
pub(super) struct Sought<'s> {
    pub(super) fold: Fold,
    pub(super) options: PassageOptions,
    /// The earliest moment of a later article.
    pub(super) since: Option<i64>,
    /// A fingerprint that more articles have links each of them with the earliest only.
    pub(super) max_df: Option<usize>,
    /// Who gives the texts, where the index keeps none.
    pub(super) texts: Option<&'s TextsAsked<'s>>,
}

/// Gives the texts of the articles with these ids, in their order; asked for those of a few hundred pairs at a time, and
/// for one that stands in many again and again.
pub type TextsAsked<'t> = dyn Fn(&[&str]) -> Result<Vec<String>> + Sync + 't;

/// Two places of articles, the later one first.
type Link = (u32, u32);

/// What was found: articles that have passages by their places, with their texts, and these passages.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) articles: BTreeMap<u32, (Stored, String)>,
    pub(super) rows: Vec<(u32, u32, Passage)>,
}

/// The articles in the order of their moments: a place in it stands for an article.
pub(super) struct Order {
    numbers: Vec<u32>,
    /// The place of each number; [`NOWHERE`] for those that were removed.
    places: Vec<u32>,
    /// The places that the later article of a pair may have.
    wanted: Range<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl Order {
    pub(super) fn new(
        tables: &Connection,
        state: &State,
        since: Option<i64>,
        progress: &Progress,
    ) -> Held<Self> {
        let mut moments = Vec::new();
        tables::each_article(tables, state, progress, |article| {
            moments.push((article.moment(), article.number));
            Ok(())
        })?;
        moments.par_sort_unstable();
        let numbers: Vec<u32> = moments.iter().map(|(_, number)| *number).collect();
        let mut places = vec![NOWHERE; state.next as usize];
        for (&number, place) in numbers.iter().zip(0..) {
            *places.get_mut(number as usize).ok_or(Trouble::Damaged)? = place;
        }
        // Those without a date stand behind the others.
        let before =
            |since: i64| moments.partition_point(|((no_date, date, _), _)| !no_date && *date < since);
        let dated = || moments.partition_point(|((no_date, ..), _)| !no_date);
        let wanted = since.map_or(0..numbers.len(), |since| before(since)..dated());
        Ok(Self { numbers, places, wanted: wanted.start as u32..wanted.end as u32 })
    }

    /// Call `each` with every later article among `wanted` that a fingerprint links, and the earlier ones.
    fn each_link(
        &self,
        postings: &[Posting],
        max_df: Option<usize>,
        wanted: &Range<u32>,
        mut each: impl FnMut(u32, &[u32]),
    ) {
        for list in postings.chunk_by(|x, y| x.0 == y.0) {
            let places = list.iter().filter_map(|(_, number)| self.places.get(*number as usize).copied());
            let mut holders: Vec<u32> = places.filter(|&place| place != NOWHERE).collect();
            holders.sort_unstable();
            let is_common = max_df.is_some_and(|most| holders.len() > most);
            let first = holders.partition_point(|&place| place < wanted.start).max(1);
            for (i, &later) in
                holders.iter().enumerate().skip(first).take_while(|(_, place)| **place < wanted.end)
            {
                each(later, if is_common { &holders[..1] } else { &holders[..i] });
            }
        }
    }

    /// The wanted places in ranges with no more than [`HELD`] links each, as far as single ones allow.
    fn parts(
        &self,
        tables: &Connection,
        segments: &[Segment],
        max_df: Option<usize>,
        progress: &Progress,
    ) -> Held<Vec<Range<u32>>> {
        let Range { start, end } = self.wanted;
        let mut links = vec![0u64; self.wanted.len()];
        tables::each_slice(tables, segments, progress, |_, postings| {
            self.each_link(&postings, max_df, &self.wanted, |later, earlier| {
                links[(later - start) as usize] += earlier.len() as u64;
            });
            Ok(())
        })?;
        let (mut parts, mut from, mut held) = (Vec::new(), start, 0);
        for (place, links) in (start..end).zip(links) {
            if held + links > HELD && place > from {
                parts.push(from..place);
                (from, held) = (place, 0);
            }
            held += links;
        }
        parts.push(from..end);
        Ok(parts)
    }

    /// Call `each` with all candidate pairs, ascending, some at a time.
    pub(super) fn each_part(
        &self,
        tables: &Connection,
        state: &State,
        max_df: Option<usize>,
        progress: &Progress,
        mut each: impl FnMut(&[Link]) -> Held<()>,
    ) -> Held<()> {
        let segments = tables::segments(tables, state)?;
        for part in self.parts(tables, &segments, max_df, progress)? {
            let mut links: Vec<Link> = Vec::new();
            tables::each_slice(tables, &segments, progress, |_, postings| {
                self.each_link(&postings, max_df, &part, |later, earlier| {
                    links.extend(earlier.iter().map(|&earlier| (later, earlier)));
                });
                Ok(())
            })?;
            links.par_sort_unstable();
            links.dedup();
            each(&links)?;
        }
        Ok(())
    }

    pub(super) fn article(&self, tables: &Connection, place: u32) -> Held<Stored> {
        tables::article(tables, self.numbers[place as usize])
    }
}

/// All passages that articles share with each other, by place.
pub(super) fn shared(
    tables: &Connection,
    state: &State,
    sought: &Sought<'_>,
    progress: &Progress,
) -> Held<Shared> {
    let order = Order::new(tables, state, sought.since, progress)?;
    let mut found = Shared::default();
    order.each_part(tables, state, sought.max_df, progress, |links| {
        progress.begin(links.len() as u64);
        for links in links.chunks(AT_ONCE) {
            progress.check()?;
            compare(tables, &order, sought, links, &mut found, progress)?;
            progress.advance(links.len() as u64);
        }
        Ok(())
    })?;
    found.rows.par_sort_by_key(|&(a, b, _)| (a, b));
    Ok(found)
}

/// Read the texts of some candidate pairs, and add what they share to what was `found`.
fn compare(
    tables: &Connection,
    order: &Order,
    sought: &Sought<'_>,
    links: &[Link],
    found: &mut Shared,
    progress: &Progress,
) -> Held<()> {
    let mut places: Vec<u32> = links.iter().flat_map(|&(later, earlier)| [later, earlier]).collect();
    places.sort_unstable();
    places.dedup();
    let read = |place: &u32| Ok((*place, order.article(tables, *place)?));
    let articles: Vec<(u32, Stored)> = places.iter().map(read).collect::<Held<_>>()?;
    let ids: Vec<String> = articles.iter().map(|(_, article)| article.id.clone()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let given = sought.texts.map(|ask| ask(&ids)).transpose()?;
    let given = given.as_ref().map(|given| ids.into_iter().zip(given.iter().map(String::as_str)).collect());
    let texts: Option<&Texts<'_>> = given.as_ref();
    let read = |(place, article): (u32, Stored)| Ok((place, (article.text(texts)?, article)));
    let mut read: HashMap<u32, (String, Stored)> = articles.into_par_iter().map(read).collect::<Held<_>>()?;
    let rows = rows(links, |place| &read[&place].0, sought, progress)?;
    for (a, b, passage) in rows {
        for place in [a, b] {
            if let Some((text, article)) = read.remove(&place) {
                found.articles.insert(place, (article, text));
            }
        }
        found.rows.push((a, b, passage));
    }
    Ok(())
}

/// The passages of some pairs. Of texts that are the same, one is compared.
fn rows<'t>(
    links: &[Link],
    text: impl Fn(u32) -> &'t str + Sync,
    sought: &Sought<'_>,
    progress: &Progress,
) -> Result<Vec<(u32, u32, Passage)>> {
    let mut numbers = HashMap::new();
    let mut unlike: Vec<Link> = Vec::new();
    let number = |&(later, earlier): &Link| {
        *numbers.entry((text(later), text(earlier))).or_insert_with(|| {
            unlike.push((later, earlier));
            unlike.len() - 1
        })
    };
    let answers: Vec<usize> = links.iter().map(number).collect();
    drop(numbers);
    let groups: Vec<&[Link]> = unlike.chunk_by(|x, y| x.0 == y.0).collect();
    let with_earlier = |group: &[Link]| -> Result<Vec<Vec<Passage>>> {
        let probe = Probe::new(text(group[0].0), sought.fold, sought.options)?;
        let passages = |&(_, earlier): &Link| {
            progress.check()?;
            probe.passages(text(earlier), 0)
        };
        group.par_iter().map(passages).collect()
    };
    let found: Vec<Vec<Vec<Passage>>> = groups.into_par_iter().map(with_earlier).collect::<Result<_>>()?;
    let found: Vec<Vec<Passage>> = found.into_iter().flatten().collect();
    let rows = links.iter().zip(answers).flat_map(|(&(later, earlier), answer)| {
        found[answer].iter().map(move |&passage| (earlier, later, passage))
    });
    Ok(rows.collect())
}
