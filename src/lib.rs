//! Wortlaut compares articles word for word.
mod error;
mod progress;
mod quotes;
mod text;

pub use error::{Error, Result};
pub use progress::Progress;
pub use quotes::{
    FoundQuote, Marked, Quote, QuoteKind, Relation, SharedQuote, SharedQuoteOptions, find_quote, quotes, shared_quotes,
};
pub use text::{ByteSpan, CodePoints, Fold, Pair, Side, Span, Text, Vocabulary, WordId, Words, paragraphs, sentences, split_words};
