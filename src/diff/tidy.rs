//! Where a reader would put the changes.
//!
//! Three rules over the runs of kept words: [`dissolve`] takes words that agree by chance inside a rewritten stretch for
//! rewritten too, [`swap`] keeps what stands between two words that changed places, [`settle`] moves an insertion or
//! deletion along equal words to where a paragraph, sentence or clause begins and ends. The fourth rule, a replaced
//! stretch word for word, is in [`super::pairing`].

use super::align::Run;
use super::language::has_capital;
use super::number_words::is_number;
use crate::text::{ByteSpan, Pair, Side, WordId};

/// The kept runs of `pair` as a reader would see them.
pub(super) fn tidy(pair: &Pair<'_>, runs: Vec<Run>) -> Vec<Run> {
    let kept = grown(pair, dissolve(pair, runs), |_, _| true);
    settle(pair, swap(pair, kept))
}

/// What a kept run must weigh to stand between two changes, however large these are: three words of content in a row.
const SAFE: usize = 24;

/// Weight of a word that says something, against 1 for "the", "und" or an ideograph. Beside a rewritten stretch of up
/// to so many words, one such word stays.
const CONTENT: usize = 4;

/// Join two changes where the words kept between them weigh less than either change has words: "der" between two
/// rewritten halves of a sentence is no part of the old one that stayed.
fn dissolve(pair: &Pair<'_>, runs: Vec<Run>) -> Vec<Run> {
    let ends = Run { a: pair.a.ids.len(), b: pair.b.ids.len(), len: 0 };
    let mut kept: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs.into_iter().chain([ends]) {
        while let Some(&last) = kept.last() {
            let before = kept.len().checked_sub(2).map_or((0, 0), |i| end(kept[i]));
            let (left, right) = (gap(before, last), gap(end(last), run));
            if !is_chance(pair, last, left, right) {
                break;
            }
            kept.pop();
        }
        kept.push(run);
    }
    kept.pop();
    kept
}

/// Words of `a` and of `b` in one change.
type Gap = (usize, usize);

/// Words that both sides of a rewritten stretch have for each unit of weight that is chance beside it, whatever small
/// change stands on the other side; below [`CONTENT`], for a word that says something is no chance there.
const REWRITTEN: usize = 4;

fn is_chance(pair: &Pair<'_>, run: Run, left: Gap, right: Gap) -> bool {
    if left == (0, 0) || right == (0, 0) || left.0 + right.0 == 0 || left.1 + right.1 == 0 {
        return false;
    }
    let smaller = left.0.max(left.1).min(right.0.max(right.1)).min(SAFE);
    let rewritten = left.0.min(left.1).max(right.0.min(right.1));
    let beside = rewritten.div_ceil(REWRITTEN).min(CONTENT);
    let most = smaller.max(beside);
    run.len < most && weight(&pair.a, run.a, run.len) < most
}

fn end(run: Run) -> (usize, usize) {
    (run.a + run.len, run.b + run.len)
}

fn gap(from: (usize, usize), to: Run) -> Gap {
    (to.a - from.0, to.b - from.1)
}

/// What `len` words say, more than one by one: a longer run turns up by chance far more rarely.
fn weight(side: &Side<'_>, first: usize, len: usize) -> usize {
    let words = side.spans[first..first + len].iter();
    let sum: usize = words.map(|word| if is_slight(word.of(side.raw)) { 1 } else { CONTENT }).sum();
    sum * (len + 1) / 2
}

/// Whether `word` is one of those that every text has: short and without a capital or digit; or an ideograph, which is
/// half a word.
fn is_slight(word: &str) -> bool {
    let letters = word.chars().count();
    match word.chars().next() {
        Some(first) if first >= '\u{2E80}' => letters == 1,
        Some(first) if first.is_lowercase() => letters <= 4,
        Some(first) => letters <= 3 && first.is_alphabetic(),
        None => true,
    }
}

/// The runs with the equal words on either side of them that are free to be kept: of two words "Die", the alignment may have
/// kept the one that was given up or moved.
pub(super) fn grown(pair: &Pair<'_>, mut kept: Vec<Run>, is_free: impl Fn(usize, usize) -> bool) -> Vec<Run> {
    let is_same = |a: usize, b: usize| pair.a.ids[a] == pair.b.ids[b] && is_free(a, b);
    let mut done = (0, 0);
    for i in 0..kept.len() {
        let next = kept.get(i + 1).map_or((pair.a.ids.len(), pair.b.ids.len()), |run| (run.a, run.b));
        let run = &mut kept[i];
        while run.a > done.0 && run.b > done.1 && is_same(run.a - 1, run.b - 1) {
            *run = Run { a: run.a - 1, b: run.b - 1, len: run.len + 1 };
        }
        while run.a + run.len < next.0
            && run.b + run.len < next.1
            && is_same(run.a + run.len, run.b + run.len)
        {
            run.len += 1;
        }
        done = (run.a + run.len, run.b + run.len);
    }
    kept
}

/// Words of a stretch up to which it changes places with another one by being replaced: a title, a first and a last
/// name. Longer ones read as moved.
const SWAPPED: usize = 3;

/// Keep what stands between two stretches that changed places, rather than one of them: of "Ada Lee rief Jan Ross an" and
/// "Jan Ross rief Ada Lee an" the verb, so that a name stands for a name; of "3:2" and "2:3" neither number.
fn swap(pair: &Pair<'_>, mut runs: Vec<Run>) -> Vec<Run> {
    for i in 0..runs.len() {
        let before = i.checked_sub(1).map_or((0, 0), |i| end(runs[i]));
        let after = runs.get(i + 1).map_or((pair.a.ids.len(), pair.b.ids.len()), |run| (run.a, run.b));
        if runs[i].len > SWAPPED {
            continue;
        }
        if let Some(between) = between_swapped(pair, runs[i], before, after) {
            runs[i] = between;
        }
    }
    runs.retain(|run| run.len > 0);
    runs
}

/// What stands between the words of `run` and those that they changed places with, given where the changes around them
/// begin and end; if it has as many words, or they are names.
fn between_swapped(pair: &Pair<'_>, run: Run, before: (usize, usize), after: (usize, usize)) -> Option<Run> {
    let (left, right) = (gap(before, run), (after.0 - run.a - run.len, after.1 - run.b - run.len));
    // The words that changed places with those of the run stand before it on one side and behind it on the other.
    let (came, went, is_ahead) = match (left, right) {
        ((0, n), (m, 0)) if n == m => {
            (&pair.b.ids[before.1..run.b], &pair.a.ids[run.a + run.len..after.0], true)
        }
        ((n, 0), (0, m)) if n == m => {
            (&pair.a.ids[before.0..run.a], &pair.b.ids[run.b + run.len..after.1], false)
        }
        _ => return None,
    };
    if came.is_empty() || came.len() > 2 * SWAPPED {
        return None;
    }
    let others = (1..=came.len().min(SWAPPED)).find(|&n| {
        let (other, between) = came.split_at(n);
        went.starts_with(between) && went.ends_with(other)
    })?;
    let len = came.len() - others;
    let start =
        if is_ahead { (run.a + run.len, before.1 + others) } else { (before.0 + others, run.b + run.len) };
    let other = if is_ahead { before.1..before.1 + others } else { run.b + run.len + len..after.1 };
    let are_names =
        || (run.b..run.b + run.len).chain(other).all(|i| has_capital(pair.b.spans[i].of(pair.b.raw)));
    let is_better = len >= run.len || len > 0 && are_names() || are_one_number(pair, run, others + len);
    is_better.then_some(Run { a: start.0, b: start.1, len })
}

/// Whether `run` is a number, and so is the single other word that it changed places with, as in a score: without a space.
fn are_one_number(pair: &Pair<'_>, run: Run, others: usize) -> bool {
    let is_tight = |side: &Side<'_>, at: usize| {
        let near = |i: usize| {
            side.spans.get(i + 1).map(|next| &side.raw[side.spans[i].end as usize..next.start as usize])
        };
        let touches =
            |i: Option<usize>| i.and_then(near).is_some_and(|gap| matches!(gap, ":" | "-" | "–" | "/"));
        is_number(side.spans[at].of(side.raw)) && (touches(Some(at)) || touches(at.checked_sub(1)))
    };
    (run.len, others) == (1, 1) && is_tight(&pair.a, run.a) && is_tight(&pair.b, run.b)
}

/// Words that an insertion or deletion is moved along at most: a sentence that is said twice is found, a text of one
/// word over and over stays linear.
const FARTHEST: usize = 64;

/// Move each insertion and deletion along equal words to where the borders are strongest.
fn settle(pair: &Pair<'_>, mut runs: Vec<Run>) -> Vec<Run> {
    // An empty run at either end lets a change at the start or the end of the text move inwards.
    runs.insert(0, Run { a: 0, b: 0, len: 0 });
    runs.push(Run { a: pair.a.ids.len(), b: pair.b.ids.len(), len: 0 });
    for i in 1..runs.len() {
        let (before, after) = (runs[i - 1], runs[i]);
        let shift = match gap(end(before), after) {
            (0, 0) => 0,
            (0, _) => best_shift(&pair.b, before.b + before.len..after.b, (before, after)),
            (_, 0) => best_shift(&pair.a, before.a + before.len..after.a, (before, after)),
            _ => 0,
        };
        runs[i - 1].len = before.len.saturating_add_signed(shift);
        runs[i] = Run {
            a: after.a.saturating_add_signed(shift),
            b: after.b.saturating_add_signed(shift),
            len: after.len.saturating_add_signed(-shift),
        };
    }
    runs.retain(|run| run.len > 0);
    runs
}

/// How far to move the `block` of words between two runs, forwards or back: to the strongest borders, and not at all
/// where that gains nothing. What is kept on either side keeps a word, but at the ends of the text, and where the block
/// becomes whole sentences: of two that begin with "The", the alignment may have kept the wrong one's.
fn best_shift(side: &Side<'_>, block: std::ops::Range<usize>, (before, after): (Run, Run)) -> isize {
    let ids = &side.ids;
    let is_start = before.a == 0 || before.b == 0;
    let is_end = block.end + after.len == ids.len();
    let back = (1..=before.len.min(FARTHEST))
        .take_while(|&t| ids[block.start - t] == ids[block.end - t])
        .count()
        .cast_signed();
    let ahead = (0..after.len.min(FARTHEST))
        .take_while(|&t| ids[block.start + t] == ids[block.end + t])
        .count()
        .cast_signed();
    let strength = |shift: isize| {
        let at = |place: usize| border(side, place.saturating_add_signed(shift));
        let (start, end) = (at(block.start), at(block.end));
        let leaves_none = shift == -before.len.cast_signed() && !is_start
            || shift == after.len.cast_signed() && !is_end && shift > 0;
        let is_allowed = shift == 0 || !leaves_none || start.min(end) >= SENTENCE_BORDER;
        (is_allowed, start + end, std::cmp::Reverse(shift.unsigned_abs()))
    };
    (-back..=ahead).max_by_key(|&shift| strength(shift)).unwrap_or(0)
}

/// The [`border`] between two sentences.
const SENTENCE_BORDER: usize = 4;

/// How strong the border before a word is: nothing between two ideographs, a space, a mark, the end of a clause, of a
/// sentence, of a paragraph or of the text.
fn border(side: &Side<'_>, word: usize) -> usize {
    let (Some(before), Some(next)) = (word.checked_sub(1), side.spans.get(word)) else { return 6 };
    let gap = ByteSpan { start: side.spans[before].end, end: next.start }.of(side.raw);
    let ends = |marks: &[char]| gap.contains(marks) && gap.contains(char::is_whitespace);
    match () {
        () if gap.is_empty() => 0,
        () if gap.contains('\n') => 5,
        () if ends(&['.', '!', '?', '…']) || gap.contains(['。', '！', '？']) => SENTENCE_BORDER,
        () if ends(&[',', ';', ':', '–', '—']) || gap.contains(['，', '；', '：']) => 3,
        () if gap.chars().any(|c| !c.is_whitespace()) => 2,
        () => 1,
    }
}

/// Runs without the words for which `drops` says so.
pub(super) fn without(runs: &[Run], drops: impl Fn(usize, usize) -> bool) -> Vec<Run> {
    let mut left = super::exact::Runs::default();
    for run in runs {
        for i in 0..run.len {
            if !drops(run.a + i, run.b + i) {
                left.keep(run.a + i, run.b + i, 1);
            }
        }
    }
    left.0
}

/// The stretches of `ids` between the kept runs, given by start and length.
pub(super) fn stretches(
    ids: &[WordId],
    kept: impl Iterator<Item = (usize, usize)> + Clone,
) -> Vec<std::ops::Range<usize>> {
    let from = std::iter::once(0).chain(kept.clone().map(|(start, len)| start + len));
    let to = kept.map(|(start, _)| start).chain([ids.len()]);
    from.zip(to).filter(|(from, to)| from < to).map(|(from, to)| from..to).collect()
}
