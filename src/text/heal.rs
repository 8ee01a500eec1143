//! Words broken at a line end: `Zusammen-\narbeit` is one word.
//!
//! Two words are one if between them stand nothing but a hyphen (`-`, `‐` or a soft hyphen), one line break and
//! the next line's indent, the first ends in a letter, and the second starts with a lowercase letter and is no
//! conjunction: `Vor-\nund Nachteile` stays as it is, and so does `Baden-\nWürttemberg`. A compound that had
//! its hyphen before it was broken (`well-\nknown`) cannot be told apart and is joined.

use unicode_normalization::char::is_combining_mark;

use super::span::ByteSpan;

/// Words after a suspended hyphen that are words of their own: "Vor- und Nachteile", "two- or threefold".
const CONJUNCTIONS: [&str; 12] =
    ["und", "oder", "bzw", "sowie", "bis", "noch", "and", "or", "to", "et", "ou", "en"];

/// Join the words of `raw` that a line end broke apart, and say whether there was one.
pub(super) fn heal(raw: &str, words: &mut Vec<ByteSpan>) -> bool {
    let bytes = raw.as_bytes();
    let mut joins = Vec::new();
    // By the last byte of a hyphen: there are ten times as many line ends as these, in a text that has them.
    for hyphen in memchr::memchr3_iter(b'-', 0x90, 0xAD, bytes) {
        let blanks =
            bytes[hyphen + 1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        let newline = hyphen + 1 + blanks;
        if bytes.get(newline) != Some(&b'\n') || !ends_with_hyphen(&bytes[..=hyphen]) {
            continue;
        }
        let second = words.partition_point(|word| (word.start as usize) < newline);
        let first = second.wrapping_sub(1);
        if let (Some(&a), Some(&b)) = (words.get(first), words.get(second))
            && is_broken_word(raw, a, b)
        {
            joins.push(second);
        }
    }
    join(words, &joins);
    !joins.is_empty()
}

fn ends_with_hyphen(line: &[u8]) -> bool {
    line.ends_with(b"-") || line.ends_with("\u{2010}".as_bytes()) || line.ends_with("\u{AD}".as_bytes())
}

fn is_broken_word(raw: &str, first: ByteSpan, second: ByteSpan) -> bool {
    let gap = &raw[first.end as usize..second.start as usize];
    let gap = gap.strip_prefix(['-', '\u{2010}']).unwrap_or(gap);
    let one_line_end = gap.chars().filter(|&c| c == '\n').count() == 1;
    let blank = gap.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
    let clings = |c: char| c == '\u{AD}' || is_combining_mark(c);
    let ends_in_letter = first.of(raw).trim_end_matches(clings).ends_with(char::is_alphabetic);
    let word = second.of(raw);
    one_line_end
        && blank
        && ends_in_letter
        && word.starts_with(char::is_lowercase)
        && !CONJUNCTIONS.contains(&word)
}

/// Merge each word of `joins` (ascending) into the one before it.
fn join(words: &mut Vec<ByteSpan>, joins: &[usize]) {
    let Some(&first) = joins.first() else { return };
    let mut kept = first;
    let mut joins = joins.iter().peekable();
    for i in first..words.len() {
        if joins.next_if_eq(&&i).is_some() {
            words[kept - 1].end = words[i].end;
        } else {
            words[kept] = words[i];
            kept += 1;
        }
    }
    words.truncate(kept);
}
