//! The versions of one text: what each changed, and since when each stretch of the last one has stood.

use super::{Diff, Edit, EditKind, Level, diff};
use crate::error::{Error, Result};
use crate::text::{ByteSpan, Pair, Text};

/// A stretch of the last version, and the version (counted from 0) since which its words have stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands in the last version.
    pub span: ByteSpan,
    /// The version that brought its words.
    pub since: u32,
}

/// The difference from each of `versions` to the next, and since when each stretch of the last one has stood.
///
/// Words that moved, or changed in typography, case or spelling only, have stood since they first came. The stretches
/// cover the version, and neighbours differ in `since`.
///
/// # Errors
/// If there is no version, or two were read with different folds.
///
/// ```
/// use wortlaut::{Fold, Text, history};
/// let versions = ["Er ging!", "Er ging heim!"].map(|raw| Text::new(raw, Fold::default()).unwrap());
/// let (diffs, stood) = history(&[&versions[0], &versions[1]]).unwrap();
/// let told: Vec<_> = stood.iter().map(|s| (s.span.of("Er ging heim!"), s.since)).collect();
/// assert_eq!((diffs.len(), told), (1, vec![("Er ging", 0), (" heim", 1), ("!", 0)]));
/// ```
pub fn history<S: AsRef<str>>(versions: &[&Text<S>]) -> Result<(Vec<Diff>, Vec<Standing>)> {
    let first = versions.first().ok_or_else(|| Error::value("versions", "at least one text", "none"))?;
    let diffs: Vec<Diff> =
        versions.windows(2).map(|two| Ok(diff(&Pair::of(two[0], two[1])?))).collect::<Result<_>>()?;
    let stood = standing(first.raw().len(), &diffs);
    Ok((diffs, stood))
}

/// Since when each stretch of the last version has stood; `bytes` is the length of the first. O(edits · log stretches) a
/// version.
fn standing(bytes: usize, diffs: &[Diff]) -> Vec<Standing> {
    let mut stood = Standings::default();
    stood.add(0, bytes as u32, 0);
    for (version, diff) in (1..).zip(diffs) {
        let mut next = Standings::default();
        for edit in &diff.edits {
            if edit.kind == EditKind::Move {
                moved(&stood, &mut next, edit, diff, version);
            } else {
                carry(&stood, &mut next, edit, version);
            }
        }
        stood = next;
    }
    stood.0
}

/// Carry what one edit leaves over to the next version.
fn carry(stood: &Standings, next: &mut Standings, edit: &Edit, version: u32) {
    match edit.level {
        Level::Same => stood.within(edit.a).for_each(|Standing { span, since }| {
            let at = |byte: u32| byte - edit.a.start + edit.b.start;
            next.add(at(span.start), at(span.end), since);
        }),
        Level::Wording => next.add(edit.b.start, edit.b.end, version),
        // The same words, written otherwise: joined ones as old as the last of them. A mark that came goes with the word
        // before it.
        Level::Typography | Level::Case | Level::Spelling => {
            let before = || edit.a.start.checked_sub(1).and_then(|place| stood.since(place));
            let youngest = stood.within(edit.a).map(|part| part.since).max();
            next.add(edit.b.start, edit.b.end, youngest.or_else(before).unwrap_or(version));
        }
    }
}

/// Carry over what moved to `half`: the edits inside, with the white space around them.
fn moved(stood: &Standings, next: &mut Standings, half: &Edit, diff: &Diff, version: u32) {
    if half.b.is_empty() {
        return;
    }
    let inner = &diff.inner;
    let first = inner.partition_point(|edit| edit.partner < half.partner);
    let inside = inner[first..].iter().take_while(|edit| edit.partner == half.partner);
    let Some(start) = inside.clone().next() else { return };
    let before = stood.since(start.a.start).unwrap_or(version);
    next.add(half.b.start, start.b.start, before);
    inside.for_each(|edit| carry(stood, next, edit, version));
    let last = next.0.last().map_or(before, |one| one.since);
    next.add(next.end(), half.b.end, last);
}

/// Stretches of one version, without a gap, in order.
#[derive(Default)]
struct Standings(Vec<Standing>);

impl Standings {
    /// Put a stretch behind the others, as a part of the one before where both have stood as long.
    fn add(&mut self, start: u32, end: u32, since: u32) {
        match self.0.last_mut() {
            _ if start == end => {}
            Some(last) if last.since == since => last.span.end = end,
            _ => self.0.push(Standing { span: ByteSpan { start, end }, since }),
        }
    }

    fn end(&self) -> u32 {
        self.0.last().map_or(0, |last| last.span.end)
    }

    /// Since when the stretch stands that goes on at `byte`, or ends the text there.
    fn since(&self, byte: u32) -> Option<u32> {
        let place = self.0.partition_point(|one| one.span.end <= byte);
        self.0.get(place).or(self.0.last()).map(|one| one.since)
    }

    /// The parts of `span`.
    fn within(&self, span: ByteSpan) -> impl Iterator<Item = Standing> {
        let first = self.0.partition_point(|one| one.span.end <= span.start);
        let parts = self.0[first..].iter().take_while(move |one| one.span.start < span.end);
        parts.map(move |one| Standing {
            span: ByteSpan { start: one.span.start.max(span.start), end: one.span.end.min(span.end) },
            since: one.since,
        })
    }
}
