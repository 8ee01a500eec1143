//! Texts as words: where they stand, which are the same, and how they group into sentences and paragraphs.

mod abbreviations;
mod blocks;
mod classes;
mod fold;
mod hash;
mod heal;
mod keys;
mod negation;
mod pair;
mod paragraphs;
mod runs;
mod sentences;
mod span;
mod vocabulary;
mod word_list;
mod words;

pub(crate) use abbreviations::is_abbreviated;
pub use fold::Fold;
pub(crate) use hash::{WordHasher, gram_hashes, word_hashes};
pub(crate) use negation::{is_negating, negates};
pub(crate) use pair::check_length;
pub use pair::{Pair, Side, Text};
pub use paragraphs::paragraphs;
pub(crate) use runs::RunPlaces;
pub(crate) use sentences::ends_sentence;
pub use sentences::sentences;
pub use span::{ByteSpan, CodePoints, Span};
pub use vocabulary::{Vocabulary, WordId, Words};
pub(crate) use word_list::{WordList, section};
pub use words::split_words;
