//! Wortlaut compares articles word for word.
mod error;
mod progress;
mod text;

pub use error::{Error, Result};
pub use progress::Progress;
pub use text::{ByteSpan, CodePoints, Fold, Pair, Side, Span, Text, Vocabulary, WordId, Words, paragraphs, sentences, split_words};
