//! Matches that follow each other closely on both sides become one passage.

use super::seeds::Match;

/// Unmatched words between two matches of one passage, on either side: a replaced phrase or clause. A longer
/// insertion parts two passages; a shorter bound tears edited sentences.
const GAP: usize = 10;

/// Matches that one match may follow are sought among this many before it: more stand within [`GAP`] only in
/// repeats.
const LOOK_BACK: usize = 48;

/// Matches in a row, ascending on both sides without overlap.
pub(super) type Chain = Vec<Match>;

/// The chains of `matches` (sorted by place in `a`), the strongest first; each match belongs to one.
pub(super) fn chains(matches: &[Match]) -> Vec<Chain> {
    let links = link(matches);
    let mut order: Vec<usize> = (0..matches.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(links[i].score), i));
    let mut used = vec![false; matches.len()];
    let mut chains = Vec::new();
    for end in order {
        let mut chain = Chain::new();
        let mut at = Some(end);
        while let Some(i) = at.filter(|&i| !used[i]) {
            used[i] = true;
            chain.push(matches[i]);
            at = links[i].before;
        }
        if !chain.is_empty() {
            chain.reverse();
            chains.push(without_overlap(chain));
        }
    }
    chains
}

struct Link {
    /// Matched words up to here, less the words passed over; a chain that costs more than it matches begins anew.
    score: usize,
    before: Option<usize>,
}

fn link(matches: &[Match]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::with_capacity(matches.len());
    for (i, &here) in matches.iter().enumerate() {
        let candidates = i.saturating_sub(LOOK_BACK)..i;
        let scores =
            candidates.filter_map(|j| Some((links[j].score.checked_sub(cost(matches[j], here)?)?, j)));
        // Of equal scores the nearer one.
        let best = scores.max().filter(|&(score, _)| score > 0);
        links.push(Link {
            score: here.len + best.map_or(0, |(score, _)| score),
            before: best.map(|(_, j)| j),
        });
    }
    links
}

/// What it costs to go on from `before` to `here`: half a word for each word passed over, a word for each
/// matched twice; `None` if they do not follow each other closely.
fn cost(before: Match, here: Match) -> Option<usize> {
    if here.a <= before.a
        || here.b <= before.b
        || here.a_end() <= before.a_end()
        || here.b_end() <= before.b_end()
    {
        return None;
    }
    let overlap = before.a_end().saturating_sub(here.a).max(before.b_end().saturating_sub(here.b));
    let gap_a = here.a.saturating_sub(before.a_end());
    let gap_b = here.b.saturating_sub(before.b_end());
    if gap_a > GAP || gap_b > GAP || overlap >= here.len || overlap >= before.len {
        return None;
    }
    Some(gap_a.max(gap_b) / 2 + overlap)
}

/// Shorten each match by the words that the one before it has already.
fn without_overlap(mut chain: Chain) -> Chain {
    for i in 1..chain.len() {
        let before = chain[i - 1];
        let here = &mut chain[i];
        let overlap = before.a_end().saturating_sub(here.a).max(before.b_end().saturating_sub(here.b));
        here.a += overlap;
        here.b += overlap;
        here.len -= overlap;
    }
    chain
}
