//! Which pairs of texts can have a score at all, without a look at all that share an n-gram.
//!
//! The prefix filter (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007): of whatever pair has a score of
//! at least s, by any of the measures, the text with fewer n-grams shares s of them. So if more than 1 − s of its n-grams
//! are set aside, those that fewest texts have, one of these is shared. Only texts that set an n-gram aside are looked up
//! under it, by those with more n-grams.

use super::fingerprints::{OfText, SharedGrams};
use super::links::Role;

/// What each text has set aside, by list.
pub(super) struct Prefixes {
    /// The texts by how many n-grams they have; the place in it is a text's size here.
    by_size: Vec<u32>,
    sizes: Vec<u32>,
    /// The sizes of the texts that have set a list aside, ascending, one list after the other.
    holders: Vec<u32>,
    starts: Vec<usize>,
}

/// What one thread has met, to be used again for the next text.
#[derive(Default)]
pub(super) struct Met {
    /// By size, the last text that met it, and one more.
    by: Vec<u32>,
}

impl Prefixes {
    /// Of the lists of each text in `all`, the linking ones with the fewest texts.
    pub(super) fn new(fingerprints: &SharedGrams, roles: &[Role], all: &OfText, min_score: f64) -> Self {
        let grams = &fingerprints.grams;
        let mut by_size: Vec<u32> = (0..grams.len() as u32).collect();
        by_size.sort_by_key(|&text| grams[text as usize]);
        let mut sizes = vec![0; by_size.len()];
        (0u32..).zip(&by_size).for_each(|(size, &text)| sizes[text as usize] = size);
        let aside = |text: u32| set_aside(fingerprints, roles, all.of(text), text, min_score);
        let mut starts = vec![0; roles.len() + 1];
        for &text in &by_size {
            aside(text).into_iter().for_each(|list| starts[list as usize + 1] += 1);
        }
        (1..starts.len()).for_each(|list| starts[list] += starts[list - 1]);
        let mut next = starts.clone();
        let mut holders = vec![0; starts[roles.len()]];
        for (size, &text) in (0u32..).zip(&by_size) {
            for list in aside(text) {
                holders[next[list as usize]] = size;
                next[list as usize] += 1;
            }
        }
        Self { by_size, sizes, holders, starts }
    }

    /// The smaller texts that have set aside any of `lists`, which are those of `text`, each once.
    pub(super) fn partners(&self, text: u32, lists: &[u32], met: &mut Met) -> Vec<u32> {
        met.by.resize(self.by_size.len(), 0);
        let size = self.sizes[text as usize];
        let mut found = Vec::new();
        for &list in lists {
            let holders = &self.holders[self.starts[list as usize]..self.starts[list as usize + 1]];
            for &other in &holders[..holders.partition_point(|&other| other < size)] {
                let by = &mut met.by[other as usize];
                if *by != text + 1 {
                    *by = text + 1;
                    found.push(self.by_size[other as usize]);
                }
            }
        }
        found
    }
}

/// The linking lists of a text that hold, with what it shares with nobody, more than 1 − `min_score` of its n-grams; all
/// of them if they hold fewer, since no pair is without one.
fn set_aside(
    fingerprints: &SharedGrams,
    roles: &[Role],
    lists: &[u32],
    text: u32,
    min_score: f64,
) -> Vec<u32> {
    let weight = |&list: &u32| fingerprints.weights[list as usize];
    let all = fingerprints.grams[text as usize];
    let mut held = all - lists.iter().map(weight).sum::<u32>();
    // One more, so that no rounding of a score matters.
    let enough = (f64::from(all) * (1.0 - min_score)).floor() as u32 + 1;
    let mut linking: Vec<u32> =
        lists.iter().copied().filter(|&list| roles[list as usize].linking > 0).collect();
    linking.sort_unstable_by_key(|&list| (fingerprints.list(list).len(), list));
    let rarest = linking.iter().take_while(|list| {
        let is_wanted = held <= enough;
        // Of a list, only what links is sure to be looked up; the rest may be shared beside it.
        held += weight(list);
        is_wanted
    });
    let count = rarest.count();
    linking.truncate(count);
    linking
}
