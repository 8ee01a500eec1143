//! Wortlaut compares articles word for word.
mod error;
mod progress;
mod quotes;
mod text;

pub use error::{Error, Result};
pub use progress::Progress;
pub use quotes::{Quote, QuoteKind, quotes};
pub use text::{ByteSpan, CodePoints, Fold, Pair, Side, Span, Text, Vocabulary, WordId, Words, paragraphs, sentences, split_words};
