//! Which segments are merged when: a search looks into each of them.

use rayon::prelude::*;
use rusqlite::Connection;

use super::segment::{self, Posting};
use super::store::{Held, State};
use super::tables::{self, Segment, Writer};
use crate::progress::Progress;

/// Postings up to which a batch is merged with the last segments as it comes, in memory (16 MB): so each of them is
/// written again as often as they double.
const SMALL: usize = 1 << 20;

/// Segments that become one where each is at most twice as large as all behind it. With twice as many, a search looks
/// into twice as many; with half as many, each posting is written again twice as often.
const ALIKE: usize = 4;

/// Write `postings` as a segment, together with the last ones that are not much larger, and merge larger ones where there
/// are many: four of a million postings in about a second, four of four millions in four.
pub(super) fn add(
    tables: &Connection,
    state: &mut State,
    postings: Vec<Posting>,
    progress: &Progress,
) -> Held<()> {
    add_up_to(SMALL, tables, state, postings, progress)
}

/// The same, where up to so many postings are merged in memory.
fn add_up_to(
    small: usize,
    tables: &Connection,
    state: &mut State,
    mut postings: Vec<Posting>,
    progress: &Progress,
) -> Held<()> {
    let mut segments = tables::segments(tables, state)?;
    while let Some(last) = segments.pop() {
        let merged = postings.len() + last.postings as usize;
        if last.postings as usize > 2 * postings.len() || merged > small {
            break;
        }
        postings.extend(last.all(tables, progress)?);
        tables::drop_segment(tables, state, last)?;
    }
    postings.par_sort_unstable();
    if postings.is_empty() {
        return Ok(());
    }
    tables::write_segment(tables, state, &postings, progress)?;
    let segments = tables::segments(tables, state)?;
    let alike = alike(&segments);
    if alike.len() < ALIKE { Ok(()) } else { together(tables, state, alike, &[], progress) }
}

/// The last segments, as far back as each is at most twice as large as all behind it.
fn alike(segments: &[Segment]) -> &[Segment] {
    let mut behind = 0;
    let is_alike = |segment: &&Segment| {
        let postings = u64::from(segment.postings);
        let is_alike = behind == 0 || postings <= 2 * behind;
        behind += postings;
        is_alike
    };
    let count = segments.iter().rev().take_while(is_alike).count();
    &segments[segments.len() - count..]
}

/// Make one segment of several, without the postings of the articles that are `gone`.
pub(super) fn together(
    tables: &Connection,
    state: &mut State,
    segments: &[Segment],
    gone: &[u32],
    progress: &Progress,
) -> Held<()> {
    let most = segments.iter().map(|segment| segment.postings as usize).sum();
    let mut writer = Writer::new(state, segment::bits(most));
    tables::each_slice(tables, segments, progress, |slice, mut postings| {
        postings.retain(|(_, number)| gone.binary_search(number).is_err());
        writer.write(tables, slice, &postings, progress)
    })?;
    segments.iter().try_for_each(|&segment| tables::drop_segment(tables, state, segment))?;
    writer.end(tables, state)
}

#[cfg(test)]
mod tests {
    use super::{ALIKE, add_up_to};
    use crate::index::segment::Posting;
    use crate::index::store::{Store, set_state, state};
    use crate::index::tables::{each_slice, segments};
    use crate::progress::Progress;
    use crate::text::Fold;

    /// The postings after so many batches of these sizes, and the segments they lie in.
    fn after(name: &str, sizes: &[usize]) -> (Vec<Posting>, usize) {
        let path = std::env::temp_dir().join(format!("wortlaut-merge-{}-{name}.sqlite", std::process::id()));
        let mut store = Store::create(&path, Fold::default(), false).unwrap();
        let progress = Progress::default();
        let mut found = Vec::new();
        let mut count = 0;
        for (number, &size) in (0..).zip(sizes) {
            let batch = (0..size as u64).map(|at| ((at * 0x9E37_79B9_7F4A) >> 2 & 0xFFFF_FFFF_FFFF, number));
            let added = store.write(&progress, |tables| {
                let mut now = state(tables)?;
                add_up_to(64, tables, &mut now, batch.collect(), &progress)?;
                set_state(tables, &now)
            });
            added.unwrap();
        }
        let read = store.read(|tables| {
            let segments = segments(tables, &state(tables)?)?;
            count = segments.len();
            each_slice(tables, &segments, &progress, |_, postings| {
                found.extend(postings);
                Ok(())
            })
        });
        read.unwrap();
        drop(store);
        std::fs::remove_file(path).unwrap();
        (found, count)
    }

    #[test]
    fn few_segments_hold_all_postings_whatever_the_batches() {
        let large: Vec<usize> = vec![100; 70];
        let mixed: Vec<usize> = (0..90).map(|at| at * at % 150).collect();
        for (name, sizes) in [("large", &large), ("mixed", &mixed), ("single", &vec![1; 400])] {
            let (found, segments) = after(name, sizes);
            assert!(found.is_sorted());
            assert_eq!(found.len(), sizes.iter().sum::<usize>());
            assert!(segments <= 4 * ALIKE, "{name}: {segments} segments");
        }
    }
}
