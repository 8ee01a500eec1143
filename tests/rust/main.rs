//! The core held against plain, slow definitions of itself, against tables of cases and against hostile input.

mod boilerplate;
mod cases;
mod corpus;
mod diff;
#[cfg(feature = "index")]
mod index;
mod layers;
mod overlap;
mod passages;
mod quotes;
mod samples;
mod sentences;
mod spans;
mod texts;
mod vocabulary;
mod words;
