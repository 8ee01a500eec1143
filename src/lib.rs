//! Wortlaut compares articles word for word.
#[cfg(feature = "python")]
mod bindings;
pub mod columns;
mod corpus;
mod diff;
mod error;
mod overlap;
mod passages;
mod progress;
mod quotes;
mod text;

pub use corpus::{ClusterMember, Corpus, CorpusPassage, CorpusSharedQuote, Measure, OverlapsOptions, PairOverlap};
pub use diff::{Diff, Edit, EditKind, Level, diff};
pub use error::{Error, Result};
pub use overlap::{Overlap, OverlapOptions, overlap, similarity};
pub use passages::{Passage, PassageKind, PassageOptions, passages, within};
pub use progress::Progress;
pub use quotes::{
    FoundQuote, Marked, Quote, QuoteKind, Relation, SharedQuote, SharedQuoteOptions, find_quote, quotes, shared_quotes,
};
pub use text::{ByteSpan, CodePoints, Fold, Pair, Side, Span, Text, Vocabulary, WordId, Words, paragraphs, sentences, split_words};
