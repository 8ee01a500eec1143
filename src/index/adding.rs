//! Articles on their way into the tables: what is new, what is there already, and what has changed since.

use rusqlite::Connection;

use super::IndexArticle;
use super::segment::Posting;
use super::store::{Held, State};
use super::tables::{self, Stored};
use crate::error::Error;

/// What becomes of an article whose id is in the index already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IndexKnown {
    /// Nothing is added at all.
    #[default]
    Refuse,
    /// It is left out, whether its text is the one that is there or not.
    Keep,
    /// If anything about it is not as it was, it takes the place of the one that is there.
    Replace,
}

impl IndexKnown {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Refuse, Self::Keep, Self::Replace];
}

/// What became of the articles of one call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndexAdded {
    /// How many are new.
    pub new: u32,
    /// How many were there already, as they are.
    pub unchanged: u32,
    /// The ids of those that were there with another text, date or outlet: kept or replaced, as was asked for.
    pub changed: Vec<String>,
}

/// An article that was read: its words, its fingerprints, and what is stored of its text.
pub(super) type Read = (u32, Vec<u64>, Vec<u8>);

/// Writes the articles of one call, and collects their postings.
pub(super) struct Adding<'a> {
    pub(super) tables: &'a Connection,
    pub(super) state: State,
    pub(super) known: IndexKnown,
    pub(super) postings: Vec<Posting>,
    pub(super) added: IndexAdded,
}

impl Adding<'_> {
    pub(super) fn add(&mut self, article: &IndexArticle<'_>, read: Read) -> Held<()> {
        match tables::named(self.tables, article.id)? {
            None => self.added.new += 1,
            Some(_) if self.known == IndexKnown::Refuse => {
                return Err(Error::value("ids", "new to the index", format!("{:?}", article.id)).into());
            }
            Some(there) => {
                if is_same(&there, article, &read) {
                    self.added.unchanged += 1;
                    return Ok(());
                }
                self.added.changed.push(article.id.to_owned());
                if self.known == IndexKnown::Keep {
                    return Ok(());
                }
                tables::remove(self.tables, &mut self.state, &there)?;
            }
        }
        self.insert(article, read)
    }

    fn insert(&mut self, article: &IndexArticle<'_>, (words, fingerprints, packed): Read) -> Held<()> {
        let (number, outlet) = (self.state.next, article.outlet.map(str::to_owned));
        self.state.next += 1;
        let (id, date, mended) = (article.id.to_owned(), article.date, article.mended);
        let stored = Stored { number, id, date, outlet, words, mended, packed };
        tables::insert(self.tables, &mut self.state, &stored)?;
        self.postings.extend(fingerprints.into_iter().map(|fingerprint| (fingerprint, number)));
        Ok(())
    }
}

fn is_same(there: &Stored, article: &IndexArticle<'_>, (_, _, packed): &Read) -> bool {
    (there.date, there.outlet.as_deref(), there.mended) == (article.date, article.outlet, article.mended)
        && there.packed == *packed
}
