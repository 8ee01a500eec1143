//! Postings as bytes: sorted, differences only, in parts by the first bits of the fingerprint.

use super::winnow::BITS;

/// A fingerprint and the number of an article that has it.
pub(super) type Posting = (u64, u32);

/// Postings of a part. A search reads one part for each of its fingerprints, and what it reads of it is mostly for
/// nothing; smaller parts would be more rows than needed.
const PART: usize = 128;

/// How many first bits of a fingerprint say in which part it is, in a segment of so many postings.
pub(super) fn bits(postings: usize) -> u32 {
    postings.div_ceil(PART).next_power_of_two().trailing_zeros()
}

/// The part in which `fingerprint` is.
pub(super) fn part(fingerprint: u64, bits: u32) -> u32 {
    (fingerprint >> (BITS - bits)) as u32
}

/// The `numbers` of the 2^bits parts, which have all of these ascending `postings`, and what each has.
pub(super) fn parts(
    postings: &[Posting],
    bits: u32,
    numbers: std::ops::Range<u32>,
) -> impl Iterator<Item = (u32, &[Posting])> {
    let mut rest = postings;
    numbers.map(move |number| {
        let (inside, behind) = rest.split_at(rest.partition_point(|posting| part(posting.0, bits) <= number));
        rest = behind;
        (number, inside)
    })
}

/// Ascending `postings` as bytes: for each the difference to the last fingerprint, then the number, or where the
/// fingerprint is the same the difference to the last number.
pub(super) fn encode(postings: &[Posting]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(postings.len() * 6);
    let (mut fingerprint, mut article) = (0, 0);
    for &(next, number) in postings {
        if next != fingerprint {
            article = 0;
        }
        push(&mut bytes, next - fingerprint);
        push(&mut bytes, u64::from(number - article));
        (fingerprint, article) = (next, number);
    }
    bytes
}

/// What [`encode`] wrote, or nothing if it did not write it.
pub(super) fn decode(mut bytes: &[u8]) -> Option<Vec<Posting>> {
    let mut postings = Vec::with_capacity(bytes.len() / 4);
    let (mut fingerprint, mut article) = (0u64, 0u32);
    while !bytes.is_empty() {
        let step = pull(&mut bytes)?;
        if step != 0 {
            article = 0;
        }
        fingerprint = fingerprint.checked_add(step)?;
        article = article.checked_add(u32::try_from(pull(&mut bytes)?).ok()?)?;
        postings.push((fingerprint, article));
    }
    Some(postings)
}

/// Seven bits a byte, the least first; the eighth says that more follow.
fn push(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn pull(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// A change of any eight bytes that lie together changes it, since each step can be undone, and it is the same on every
/// machine.
pub(super) fn checksum<'b>(fields: impl IntoIterator<Item = &'b [u8]>) -> i64 {
    let step = |sum: u64, eight: u64| {
        let mixed = (sum ^ eight).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ mixed >> 29
    };
    let add = |sum: u64, field: &[u8]| {
        let (eights, rest) = field.as_chunks::<8>();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        let all = eights.iter().chain([&last]).map(|&eight| u64::from_le_bytes(eight));
        all.fold(step(sum, field.len() as u64), step)
    };
    fields.into_iter().fold(0xCBF2_9CE4_8422_2325, add).cast_signed()
}

/// A number that tells one lot of postings from another, whatever their order.
pub(super) fn sum_of(postings: impl Iterator<Item = Posting>) -> u64 {
    let sum = |(fingerprint, number): Posting| {
        checksum([&fingerprint.to_le_bytes()[..], &number.to_le_bytes()]).cast_unsigned()
    };
    postings.map(sum).fold(0, u64::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::{BITS, bits, decode, encode, part, parts};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn postings_survive_in_parts(mut postings in prop::collection::vec((0u64..1 << BITS, 0u32..9), 0..4000)) {
            postings.sort_unstable();
            let bits = bits(postings.len());
            let mut read = Vec::new();
            for (number, inside) in parts(&postings, bits, 0..1 << bits) {
                prop_assert!(inside.iter().all(|posting| part(posting.0, bits) == number));
                read.extend(decode(&encode(inside)).unwrap());
            }
            prop_assert_eq!(read, postings);
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            decode(&bytes);
        }
    }
}
