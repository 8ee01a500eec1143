//! The pairs of texts that are linked, with what does not link left out.

use std::collections::BTreeSet;

use super::boilerplate::{self, Boilerplate, GRAM};
use super::buckets::Layout;
use super::fingerprints::SharedGrams;
use super::links::{self, Links, Role, Wanted};
use super::pairs::{self, PairOverlap, Search};
use super::reaching::{Met, Reaching, best};
use super::spread::Spread;
use super::{Corpus, OverlapsOptions};
use crate::error::Result;
use crate::progress::Progress;

/// From this least score on, most pairs that share a sentence are not looked at. Below, where most lists of a text must be
/// gone through, counting all of them takes less.
const FEW: f64 = 0.2;

impl<S: AsRef<str> + Sync> Corpus<'_, S> {
    /// The pairs that `links` join and the `options` keep, by number.
    pub(super) fn linked(
        &self,
        options: &OverlapsOptions,
        links: Links,
        progress: &Progress,
    ) -> Result<Vec<PairOverlap>> {
        if options.min_score < FEW {
            return Ok(self.all_linked(options, links, progress)?.0);
        }
        let found = if options.n == GRAM && !links.keep_boilerplate {
            self.reaching_and_linked(options, links, progress)?
        } else {
            let (fingerprints, boilerplate) = self.fingerprints(options.n, links, progress)?;
            let roles = roles(&fingerprints, options.n, links, &boilerplate);
            let wanted = Wanted::new(self, links);
            let search = Search { fingerprints: &fingerprints, roles: &roles, wanted: &wanted };
            let reaching = Reaching::new(&search, (options.measure, options.min_score), |_| false);
            reaching.overlaps(&reaching.pairs(progress)?)
        };
        let texts = self.texts.len();
        Ok(match options.top_k {
            Some(most) => best(found, options.measure, most, texts),
            None => found,
        })
    }

    /// The pairs that share any n-gram that links, by number, and the boilerplate that does not.
    pub(super) fn all_linked(
        &self,
        options: &OverlapsOptions,
        links: Links,
        progress: &Progress,
    ) -> Result<(Vec<PairOverlap>, Boilerplate)> {
        let (fingerprints, boilerplate) = self.fingerprints(options.n, links, progress)?;
        let roles = roles(&fingerprints, options.n, links, &boilerplate);
        let wanted = Wanted::new(self, links);
        let search = Search { fingerprints: &fingerprints, roles: &roles, wanted: &wanted };
        Ok((pairs::count(&search, options, progress)?, boilerplate))
    }

    /// The pairs with a least score. Boilerplate is only looked for in lines of which it matters whether they are: most
    /// pairs with a score share something that is too rare.
    fn reaching_and_linked(
        &self,
        options: &OverlapsOptions,
        links: Links,
        progress: &Progress,
    ) -> Result<Vec<PairOverlap>> {
        let (fingerprints, spread) = self.with_common(progress)?;
        let mut is_common = vec![false; fingerprints.weights.len()];
        fingerprints.marked_lists().iter().for_each(|&list| is_common[list as usize] = true);
        let wanted = Wanted::new(self, links);
        let roles = links::roles(&fingerprints, links.max_df, &[]);
        let search = Search { fingerprints: &fingerprints, roles: &roles, wanted: &wanted };
        let is_doubtful = |list: u32| is_common[list as usize];
        let reaching = Reaching::new(&search, (options.measure, options.min_score), is_doubtful);
        let mut found = reaching.pairs(progress)?;
        let shared = |pair: &Met| reaching.shared(pair.a, pair.b);
        let is_linked = |roles: &[Role], pair: &Met, list: u32| {
            let role = roles[list as usize];
            role.linking > 0 || role.is_first && fingerprints.list(list)[0] == pair.a
        };
        let doubted = found.iter().filter(|&pair| {
            !pair.is_sure && !shared(pair).any(|list| !is_doubtful(list) && is_linked(&roles, pair, list))
        });
        let asked: BTreeSet<u32> = doubted.flat_map(shared).filter(|&list| is_doubtful(list)).collect();
        let silent = boilerplate::find(self, &spread, &fingerprints, &asked, progress)?.grams(GRAM);
        let roles = links::roles(&fingerprints, links.max_df, &silent);
        found.retain(|pair| pair.is_sure || shared(pair).any(|list| is_linked(&roles, pair, list)));
        Ok(reaching.overlaps(&found))
    }

    /// The shared n-grams of [`GRAM`] words, those marked that are common.
    fn with_common(&self, progress: &Progress) -> Result<(SharedGrams, Spread)> {
        let spread = Spread::new(self);
        let found = SharedGrams::new(self, GRAM, |_, texts| spread.is_common(texts), progress)?;
        Ok((found, spread))
    }

    /// The shared n-grams of [`GRAM`] words, and the boilerplate.
    pub(super) fn find_boilerplate(&self, progress: &Progress) -> Result<(SharedGrams, Boilerplate)> {
        let (found, spread) = self.with_common(progress)?;
        let all = found.marked_lists().iter().copied().collect();
        let boilerplate = boilerplate::find(self, &spread, &found, &all, progress)?;
        Ok((found, boilerplate))
    }

    /// The shared n-grams, those of boilerplate marked, and the boilerplate.
    fn fingerprints(
        &self,
        n: usize,
        links: Links,
        progress: &Progress,
    ) -> Result<(SharedGrams, Boilerplate)> {
        if links.keep_boilerplate {
            return Ok((SharedGrams::new(self, n, |_, _| false, progress)?, Boilerplate::default()));
        }
        let (found, boilerplate) = self.find_boilerplate(progress)?;
        if n == GRAM {
            return Ok((found, boilerplate));
        }
        drop(found);
        let layout = Layout::new(self);
        let mut silent: Vec<u64> = boilerplate.grams(n).into_iter().map(|gram| layout.key(gram)).collect();
        silent.sort_unstable();
        let is_silent = |key, _: &[u32]| silent.binary_search(&key).is_ok();
        Ok((SharedGrams::new(self, n, is_silent, progress)?, boilerplate))
    }
}

/// What each list does, if the `n`-grams of `boilerplate` do not link.
fn roles(fingerprints: &SharedGrams, n: usize, links: Links, boilerplate: &Boilerplate) -> Vec<Role> {
    let silent = if n < GRAM { Vec::new() } else { boilerplate.grams(n) };
    links::roles(fingerprints, links.max_df, &silent)
}
