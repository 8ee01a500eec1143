//! Sentences and paragraphs of a text.

use super::span::ByteSpan;

/// The paragraphs of `raw`.
pub fn paragraphs(raw: &str) -> Vec<ByteSpan> {
    vec![ByteSpan::new(0, raw.len())]
}

/// The sentences of `raw`.
pub fn sentences(raw: &str) -> Vec<ByteSpan> {
    paragraphs(raw)
}
