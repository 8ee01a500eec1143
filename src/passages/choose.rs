//! Which stretches are reported: word-exact chains where runs say it all, blocks of sentences where more agrees
//! than the runs in them, and at last every long run that none of these holds.

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::RandomState;

use super::bag::Bags;
use super::blocks::{Block, blocks};
use super::describe::Describer;
use super::join;
use super::owners::Owners;
use super::refine::Sides;
use super::terms::Terms;
use super::{LONG_RUN, PassageOptions, Sensitivity, Stretch, hull, lap};
use crate::text::WordId;

/// The least share of a block's weight beside its long runs that must agree. Below it, a run that was pasted between
/// foreign sentences drags these along: of runs planted in German and English news, the edges of 99.9 % are exact at
/// .25, of 98.3 % at .1.
const BESIDE_RUNS: f64 = 0.25;

/// Words in long runs from which on half of a stretch was cut from the other text and not rewritten: more than a summary
/// has. Each run then stands for itself.
const CUT: usize = 2 * LONG_RUN;

/// Words of a summary's text beside the runs that must agree, as a share; and of all that agrees, what must.
const SUMMARY_BESIDE_RUNS: f64 = 0.1;

/// Words on either side below which a block is coincidence or a formula.
const BLOCK_WORDS: usize = 22;

/// Words of a run from which on the texts share by copying; rewritten blocks beside it must then be
/// [`BLOCK_BESIDE_COPY`] words long on both sides, for what else two such texts have in common is their subject.
const COPY: usize = 40;
const BLOCK_BESIDE_COPY: usize = 150;

/// Words of a passage from which on edited stretches of fewer than [`MINOR`] matched words, none of them a run of
/// `min_words`, go unreported beside it: they are names and turns of the common subject. Plagdet on PAN-2013 is .905
/// without, .912 with these, and .915 if the runs went as well, which would cost whole sentences of news.
const MAJOR: usize = 30;
const MINOR: usize = 16;

/// Comparisons of blocks with runs, chains and each other, for each word of the two texts; the weakest blocks go
/// unreported beyond. Articles need fewer than one.
const BUDGET: usize = 64;

/// The stretches of two different texts to report, in no order.
pub(super) fn choose(
    sides: Sides<'_, '_>,
    describer: &mut Describer<'_, '_>,
    terms: impl FnOnce() -> Terms,
    chains: Vec<Stretch>,
    runs: &[Stretch],
    options: PassageOptions,
) -> Vec<Stretch> {
    let mut chains = without_repeats(sides, chains);
    chains.retain(|chain| outweighs_its_edits(chain, options.min_words));
    let copied = runs.iter().map(|run| run.matched).max().unwrap_or(0);
    let most = if leave_room(sides, &chains) { most_blocks(sides, runs.len() + chains.len()) } else { 0 };
    let blocks = if most == 0 { Vec::new() } else { blocks_beside(&terms(), runs, options, most) };
    let blocks = long_enough(sides, blocks, copied, options.min_words);
    let mut kept = absorb(&mut chains, runs, blocks);
    kept.iter_mut().for_each(|block| block.matched = describer.matched(block));
    if options.sensitivity != Sensitivity::Reworded {
        leave_minor(&mut chains, &kept, options.min_words);
    }
    kept.extend(chains);
    let found = join::over_inserts(with_runs(sides, kept, runs));
    join::digests(found, [sides.a.ids.len(), sides.b.ids.len()])
}

/// Leave out the short edited chains beside a large passage.
fn leave_minor(chains: &mut Vec<Stretch>, blocks: &[Stretch], min_words: usize) {
    let lengths = chains.iter().map(|chain| chain.matched).chain(blocks.iter().map(Stretch::shorter));
    if lengths.max().unwrap_or(0) >= MAJOR {
        chains.retain(|chain| chain.longest >= min_words || chain.matched >= MINOR);
    }
}

/// Whether the chains leave words enough for a block on both sides: two versions of one text do not.
fn leave_room(sides: Sides<'_, '_>, chains: &[Stretch]) -> bool {
    let room = |all: usize, words: fn(&Stretch) -> &Range<usize>| {
        let taken = joined(chains.iter().map(words), &(0..all)).iter().map(Range::len).sum::<usize>();
        all - taken >= BLOCK_WORDS
    };
    room(sides.a.ids.len(), |chain| &chain.a) && room(sides.b.ids.len(), |chain| &chain.b)
}

/// How many blocks are looked at: each is compared with each run, chain and other block.
fn most_blocks(sides: Sides<'_, '_>, others: usize) -> usize {
    let budget = BUDGET * (sides.a.ids.len() + sides.b.ids.len());
    (budget / (others + 1)).min(budget.isqrt())
}

/// Whether what agrees outweighs what differs: each four words that do not agree cost three.
fn outweighs_its_edits(chain: &Stretch, min_words: usize) -> bool {
    chain.longest >= min_words || 4 * chain.matched >= 4 * min_words + 3 * (chain.longer() - chain.matched)
}

/// The blocks that agree beside the runs in them, in words, the strongest first.
fn blocks_beside(terms: &Terms, runs: &[Stretch], options: PassageOptions, most: usize) -> Vec<Stretch> {
    let mut bags = Bags::new(terms);
    let mut kept: Vec<Stretch> = Vec::new();
    let mut waiting = blocks(terms, &mut bags, options.sensitivity);
    waiting.reverse();
    for _ in 0..most {
        let Some(block) = waiting.pop() else { break };
        let [a, b] = [0, 1].map(|side| terms.sides[side].words(&block.extent[side]));
        let stretch = Stretch { a, b, matched: 0, longest: 0 };
        if kept.iter().any(|other| lies_over(&stretch, other)) {
            continue;
        }
        let inside = inside(&stretch, runs);
        match inside.iter().max_by_key(|run| run.matched).filter(|run| run.matched >= LONG_RUN) {
            Some(_) if block.is_summary => {}
            Some(run) => {
                let parts = block.beside(terms, &mut bags, [&run.a, &run.b], options.sensitivity);
                waiting.extend(parts.into_iter().rev());
            }
            None if says_more(&mut bags, &block, &stretch, &inside) => kept.push(stretch),
            None => {}
        }
    }
    kept
}

/// The runs that lie in a stretch, at least in part.
fn inside<'r>(stretch: &Stretch, runs: &'r [Stretch]) -> Vec<&'r Stretch> {
    runs.iter().filter(|run| lap(&stretch.a, &run.a) > 0 && lap(&stretch.b, &run.b) > 0).collect()
}

/// Whether most of one side lies in another stretch's.
fn lies_over(stretch: &Stretch, other: &Stretch) -> bool {
    2 * lap(&stretch.a, &other.a) > stretch.a.len() || 2 * lap(&stretch.b, &other.b) > stretch.b.len()
}

/// Whether a block agrees in more than the long runs that lie in it.
fn says_more(bags: &mut Bags<'_>, block: &Block, stretch: &Stretch, runs: &[&Stretch]) -> bool {
    let of = [
        joined(runs.iter().map(|run| &run.a), &stretch.a),
        joined(runs.iter().map(|run| &run.b), &stretch.b),
    ];
    if is_cut(&of[0], &stretch.a) || is_cut(&of[1], &stretch.b) {
        return false;
    }
    bags.fill(&block.extent);
    let all = bags.matched;
    let change = |bags: &mut Bags<'_>, by| {
        for (side, runs) in of.iter().enumerate() {
            runs.iter().for_each(|words| bags.change_words(side, words.clone(), by));
        }
    };
    change(bags, -1);
    let says_more = if block.is_summary {
        let text = bags.total[0].min(bags.total[1]);
        bags.matched as f64 > SUMMARY_BESIDE_RUNS * text.max(all) as f64
    } else {
        bags.score(BESIDE_RUNS) > 0.0
    };
    change(bags, 1);
    says_more
}

/// Whether one side of a block was cut together from so long runs.
fn is_cut(runs: &[Range<usize>], words: &Range<usize>) -> bool {
    let taken: usize = runs.iter().map(Range::len).sum();
    taken >= CUT && 2 * taken >= words.len()
}

/// The parts of some ranges that lie within another one, those that touch as one.
fn joined<'r>(ranges: impl Iterator<Item = &'r Range<usize>>, within: &Range<usize>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> =
        ranges.map(|range| range.start.max(within.start)..range.end.min(within.end)).collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The blocks cut to the words that both sides have, if enough remains.
fn long_enough(
    sides: Sides<'_, '_>,
    mut blocks: Vec<Stretch>,
    copied: usize,
    min_words: usize,
) -> Vec<Stretch> {
    for block in &mut blocks {
        let words = |ids: &[WordId]| ids.iter().copied().collect::<HashSet<WordId, RandomState>>();
        let (in_a, in_b) = (words(&sides.a.ids[block.a.clone()]), words(&sides.b.ids[block.b.clone()]));
        trim(&sides.a.ids, &mut block.a, &in_b);
        trim(&sides.b.ids, &mut block.b, &in_a);
    }
    let least = if copied >= COPY { BLOCK_BESIDE_COPY } else { BLOCK_WORDS };
    blocks.retain(|block| block.shorter() >= least.max(min_words));
    blocks
}

fn trim(ids: &[WordId], words: &mut Range<usize>, other: &HashSet<WordId, RandomState>) {
    while words.start < words.end && !other.contains(&ids[words.start]) {
        words.start += 1;
    }
    while words.start < words.end && !other.contains(&ids[words.end - 1]) {
        words.end -= 1;
    }
}

/// The blocks, with the chains that lie in them for the most part.
fn absorb(chains: &mut Vec<Stretch>, runs: &[Stretch], mut blocks: Vec<Stretch>) -> Vec<Stretch> {
    for block in &mut blocks {
        let mut take = |part: &Stretch| {
            let is_in =
                2 * lap(&block.a, &part.a) > part.a.len() && 2 * lap(&block.b, &part.b) > part.b.len();
            if is_in {
                (block.a, block.b) = (hull(&block.a, &part.a), hull(&block.b, &part.b));
            }
            is_in
        };
        runs.iter().for_each(|run| _ = take(run));
        chains.retain(|chain| !take(chain));
    }
    blocks
}

/// The chains without those that only repeat a part of a longer one, the longest first.
///
/// Of a passage that stands twice in both texts two pairs are enough to show each place once; of a passage that
/// stands twice in one of them, both pairs are wanted.
pub(super) fn without_repeats(sides: Sides<'_, '_>, mut chains: Vec<Stretch>) -> Vec<Stretch> {
    chains.sort_by_key(|chain| (std::cmp::Reverse(chain.matched), chain.a.start, chain.b.start));
    let mut owners = Owners::new(sides);
    for chain in chains {
        // A run may begin in one passage and end in the next, and still be the only one of its words.
        let is_edited_again =
            !chain.is_verbatim() && (owners.has_half_of(&chain) || owners.has_all_of(&chain));
        if !is_edited_again && !owners.repeats(&chain) {
            owners.add(chain);
        }
    }
    owners.kept
}

/// What was chosen, and each long run that nothing of it holds.
fn with_runs(sides: Sides<'_, '_>, chosen: Vec<Stretch>, runs: &[Stretch]) -> Vec<Stretch> {
    let mut owners = Owners::new(sides);
    chosen.into_iter().for_each(|stretch| owners.add(stretch));
    let mut runs = runs.to_vec();
    runs.sort_by_key(|run| (std::cmp::Reverse(run.matched), run.a.start, run.b.start));
    for run in runs {
        if !owners.hold(&run) && !owners.repeats(&run) {
            owners.add(run);
        }
    }
    owners.kept
}
