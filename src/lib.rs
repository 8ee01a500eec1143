//! Wortlaut compares articles word for word: what they share, what was changed, who quotes whom.
//!
//! Two texts are read into a [`Pair`], in which equal words have equal numbers, and then asked one question each:
//!
//! ```
//! use wortlaut::{Fold, Pair, PassageOptions, SharedQuoteOptions, diff, passages, shared_quotes};
//!
//! let old = "Der Rat stimmt zu. „Wir werden die alte Brücke nie wieder sperren“, sagte Kern am Montag.";
//! let new = "AU - Der Rat stimmt zu. \"Wir werden die alte Brücke nie wieder sperren\", sagte Kern am Dienstag.";
//! let pair = Pair::new(old, new, Fold::default())?;
//!
//! assert!(diff(&pair).ratio > 0.8);
//! assert_eq!(passages(&pair, PassageOptions::default())?[0].matched, 15);
//! assert!(!shared_quotes(&pair, &SharedQuoteOptions::default())?[0].negation);
//! # Ok::<(), wortlaut::Error>(())
//! ```
//!
//! Many texts make a [`Corpus`], which compares all with all at the cost of what they share. Places are bytes of
//! UTF-8 inside the crate; [`columns`] turns results into plain columns of code points.
//!
//! The modules, in the order in which each may use those before it: `error`, `progress`, `text`, `diff`, `passages`,
//! `overlap`, `quotes`, `corpus`, `index` (with the feature of that name), `columns`, and, with the feature `python`,
//! `bindings`.

#[cfg(feature = "python")]
mod bindings;
pub mod columns;
mod corpus;
mod diff;
mod error;
#[cfg(feature = "index")]
mod index;
mod overlap;
mod passages;
mod progress;
mod quotes;
mod text;

pub use corpus::{
    BoilerplateRun, ClusterMember, Corpus, CorpusPassage, CorpusSharedQuote, Direction, Links, Measure,
    NO_MOMENT, NO_OUTLET, OverlapsOptions, PairOverlap,
};
pub use diff::{
    Diff, Edit, EditKind, Fact, Level, Standing, Touched, align_numbers, diff, diff_many, history,
};
pub use error::{Error, Result};
#[cfg(feature = "index")]
pub use index::{
    Index, IndexAdded, IndexArticle, IndexKnown, IndexPassages, IndexSearch, IndexStats, IndexTexts,
    TextsAsked,
};
pub use overlap::{Overlap, OverlapOptions, overlap, overlap_many, similarity, similarity_many};
pub use passages::{Passage, PassageKind, PassageOptions, Sensitivity, passages, within};
pub use progress::Progress;
pub use quotes::{
    Basis, Evidence, FoundQuote, Marked, Quote, QuoteKind, Relation, SharedQuote, SharedQuoteOptions,
    SharedWord, SpeechLexicon, Variant, evidence, find_quote, quotes, quotes_with, shared_quotes,
    speakers_conflict, variant, wording,
};
pub use text::{
    ByteSpan, CodePoints, Fold, Pair, Side, Span, Text, Vocabulary, WordId, Words, paragraphs, sentences,
    split_words,
};
