//! Which texts of a corpus may share a quotation.
//!
//! Every statement is looked up once: an index of the n-grams of all statements says in which texts some of it stands,
//! and each of these texts is asked about the statements it may hold, one text at a time ([`Scout`]). Only pairs of
//! texts of which one says yes are aligned.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::Corpus;
use crate::error::Result;
use crate::progress::Progress;
use crate::quotes::{Lexicon, Scout, Statement, statements};
use crate::text::{Fold, Side, Vocabulary, WordId, Words, gram_hashes};

/// Words in a row that a quotation and its counterpart share, unless shorter quotations are asked for.
const WORDS: usize = 3;

/// Texts in which a run links by itself; a more frequent one only together with another.
const RARE: usize = 20;

/// What the runs that a statement of more words shares with a text must say together, rare ones counted twice: "and that
/// it is" stands everywhere.
const ENOUGH: f32 = 1.5;

/// Texts or statements between two looks at whether to stop.
const CHUNK: usize = 256;

/// Pairs of texts (lower place first, ascending) of which one may hold a statement of the other, for quotations of
/// `min_words` words. A run of words that stands in more than `max_df` texts ("in the United States") links each with the
/// earliest only: without the bound one phrase of a quotation would pair all texts with all.
pub(super) fn candidates<S: AsRef<str> + Sync>(
    corpus: &Corpus<'_, S>,
    min_words: usize,
    max_df: Option<usize>,
    progress: &Progress,
) -> Result<Vec<(u32, u32)>> {
    let reading = Reading::new(corpus.texts, corpus.fold, min_words, progress)?;
    let most = max_df.unwrap_or(usize::MAX);
    let grams = Grams::new(&reading, WORDS.min(min_words), (most, &corpus.numbers()), progress)?;
    let lexicon = Lexicon::of_many(&reading.forms);

    let asked = reading.ask(&grams, &lexicon, progress)?;

    let mut pairs = reading.pairs(&asked, &lexicon, progress)?;
    pairs.par_sort_unstable();
    pairs.dedup();

    Ok(pairs)
}

/// The words of all texts as numbers, and what is said there in marks.
struct Reading<'t> {
    ids: Vec<WordId>,
    /// Where the words of each text end.
    ends: Vec<usize>,
    /// With the text each stands in.
    statements: Vec<(u32, Statement)>,
    /// One raw form of each word.
    forms: Vec<&'t str>,
}

/// A statement that may stand in a text: the text, the statement.
type Question = (u32, u32);

impl<'t> Reading<'t> {
    fn new<S: AsRef<str> + Sync>(
        texts: &'t [S],
        fold: Fold,
        min_words: usize,
        progress: &Progress,
    ) -> Result<Self> {
        let mut reading =
            Self { ids: Vec::new(), ends: Vec::new(), statements: Vec::new(), forms: Vec::new() };
        let mut vocabulary = Vocabulary::new(fold);
        progress.begin(texts.len() as u64);
        for chunk in texts.chunks(CHUNK) {
            progress.check()?;
            let sides: Vec<Side<'t>> =
                chunk.iter().map(|text| reading.read(text.as_ref(), &mut vocabulary)).collect();
            let said: Vec<Vec<Statement>> =
                sides.par_iter().map(|side| statements(side, min_words)).collect();
            for (text, (side, said)) in (reading.ends.len() as u32..).zip(sides.into_iter().zip(said)) {
                reading.ids.extend(side.ids);
                reading.ends.push(reading.ids.len());
                reading.statements.extend(said.into_iter().map(|statement| (text, statement)));
            }
            progress.advance(chunk.len() as u64);
        }
        Ok(reading)
    }

    fn read(&mut self, raw: &'t str, vocabulary: &mut Vocabulary) -> Side<'t> {
        let Words { spans, ids } = vocabulary.read(raw);
        for (&id, span) in ids.iter().zip(&spans) {
            if id as usize == self.forms.len() {
                self.forms.push(span.of(raw));
            }
        }
        Side { raw, spans, ids }
    }

    fn text(&self, text: u32) -> &[WordId] {
        let text = text as usize;
        let start = text.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ids[start..self.ends[text]]
    }

    fn said(&self, text: u32) -> impl Iterator<Item = &Statement> {
        let first = self.statements.partition_point(|said| said.0 < text);
        self.statements[first..].iter().take_while(move |said| said.0 == text).map(|(_, statement)| statement)
    }

    fn words(&self, statement: u32) -> &[WordId] {
        let (text, statement) = &self.statements[statement as usize];
        statement.ids(self.text(*text))
    }

    /// Which texts to ask about which statements: those that have enough of its n-grams. By text.
    fn ask(&self, grams: &Grams, lexicon: &Lexicon, progress: &Progress) -> Result<Vec<Question>> {
        let mut numbers: Vec<u32> = (0..self.statements.len() as u32).collect();
        numbers.retain(|&number| self.statements[number as usize].1.is_sought);
        let mut asked = Vec::new();
        for chunk in numbers.chunks(CHUNK) {
            progress.check()?;
            let found: Vec<Vec<Question>> = chunk
                .par_iter()
                .map(|&statement| {
                    let own = self.statements[statement as usize].0;
                    let texts = grams.texts_with(self.words(statement), own, lexicon);
                    texts.into_iter().filter(|&text| text != own).map(|text| (text, statement)).collect()
                })
                .collect();
            asked.extend(found.into_iter().flatten());
        }
        asked.par_sort_unstable();
        Ok(asked)
    }

    /// The pairs of texts whose questions are answered with yes.
    fn pairs(&self, asked: &[Question], lexicon: &Lexicon, progress: &Progress) -> Result<Vec<(u32, u32)>> {
        let by_text: Vec<&[Question]> = asked.chunk_by(|one, other| one.0 == other.0).collect();
        let mut pairs = Vec::new();
        for chunk in by_text.chunks(CHUNK) {
            progress.check()?;
            let found: Vec<Vec<(u32, u32)>> = chunk
                .par_iter()
                .map_init(|| Scout::new(lexicon), |scout, questions| self.answer(scout, questions))
                .collect();
            pairs.extend(found.into_iter().flatten());
        }
        Ok(pairs)
    }

    /// The pairs that one text makes with those whose statements it may hold.
    fn answer(&self, scout: &mut Scout<'_>, questions: &[Question]) -> Vec<(u32, u32)> {
        let text = questions[0].0;
        scout.read(self.text(text), self.said(text));
        let other = |&(_, number): &Question| self.statements[number as usize].0;
        let mut holds = |&(_, number): &Question| {
            let (_, statement) = &self.statements[number as usize];
            scout.holds(statement, self.words(number))
        };
        // Statements stand in the order of their texts, and one of them is enough.
        let by_other = questions.chunk_by(|one, next| other(one) == other(next));
        let yes = by_other.filter(|questions| questions.iter().any(&mut holds));
        yes.map(|questions| other(&questions[0])).map(|other| (text.min(other), text.max(other))).collect()
    }
}

/// In which texts the n-grams of statements stand.
struct Grams {
    n: usize,
    /// Texts that an n-gram links with each other; of more, each with the earliest.
    most: usize,
    lists: HashMap<u64, Range<usize>, FixedState>,
    /// Of a list with more than `most` texts the earliest stands first.
    texts: Vec<u32>,
}

impl Grams {
    /// `ranks` says of each text which one it is by date.
    fn new(
        reading: &Reading<'_>,
        n: usize,
        (most, ranks): (usize, &[u32]),
        progress: &Progress,
    ) -> Result<Self> {
        let numbers = 0..reading.statements.len() as u32;
        let known: HashSet<u64, FixedState> =
            numbers.flat_map(|number| grams(reading.words(number), n)).collect();
        progress.check()?;
        let texts: Vec<u32> = (0..reading.ends.len() as u32).collect();
        let mut standing: Vec<(u64, u32)> = Vec::new();
        for chunk in texts.chunks(CHUNK) {
            progress.check()?;
            let found: Vec<Vec<(u64, u32)>> = chunk
                .par_iter()
                .map(|&text| {
                    let here = grams(reading.text(text), n).filter(|gram| known.contains(gram));
                    here.map(|gram| (gram, text)).collect()
                })
                .collect();
            standing.extend(found.into_iter().flatten());
        }
        standing.par_sort_unstable();
        standing.dedup();
        progress.check()?;
        Ok(Self::of(n, &standing, most, ranks))
    }

    fn of(n: usize, standing: &[(u64, u32)], most: usize, ranks: &[u32]) -> Self {
        let mut grams = Self { n, most, lists: HashMap::default(), texts: Vec::new() };
        for list in standing.chunk_by(|one, other| one.0 == other.0) {
            // A run that stands in one text only stands where it is quoted.
            if list.len() < 2 {
                continue;
            }
            let start = grams.texts.len();
            grams.texts.extend(list.iter().map(|&(_, text)| text));
            if list.len() > most {
                let earliest = (start..grams.texts.len()).min_by_key(|&at| ranks[grams.texts[at] as usize]);
                grams.texts.swap(start, earliest.unwrap_or(start));
            }
            grams.lists.insert(list[0].0, start..grams.texts.len());
        }
        grams
    }

    /// The texts that have a rare n-gram of `words`, or two, and with them enough of what is said; of a few words, any.
    /// `own` is the text that they stand in.
    fn texts_with(&self, words: &[WordId], own: u32, lexicon: &Lexicon) -> Vec<u32> {
        let mut found: Vec<(u32, usize, f32)> = Vec::new();
        let is_short = words.len() < 2 * self.n;
        for (gram, row) in grams(words, self.n).zip(words.windows(self.n)) {
            let Some(list) = self.lists.get(&gram) else { continue };
            let list = self.linked(&self.texts[list.clone()], own);
            let times = if is_short || list.len() <= RARE { 2 } else { 1 };
            let weight = if is_short { ENOUGH } else { times as f32 * lexicon.sum(row) };
            found.extend(list.iter().map(|&text| (text, times, weight)));
        }
        found.sort_unstable_by_key(|&(text, ..)| text);
        let is_enough = |found: &[(u32, usize, f32)]| {
            let (times, weight) =
                found.iter().fold((0, 0.0), |(times, sum), &(_, more, weight)| (times + more, sum + weight));
            times > 1 && weight >= ENOUGH
        };
        let texts = found.chunk_by(|one, other| one.0 == other.0).filter(|found| is_enough(found));
        texts.map(|found| found[0].0).collect()
    }

    /// Those of a list with which it links the text `own`.
    fn linked<'l>(&self, list: &'l [u32], own: u32) -> &'l [u32] {
        // The earliest asks all others too: these may have without marks what it quotes.
        if list.len() <= self.most || list[0] == own { list } else { &list[..1] }
    }
}

/// The n-grams of words that have numbers.
fn grams(words: &[WordId], n: usize) -> impl Iterator<Item = u64> {
    // Spread over 64 bits, or the sums of small numbers would meet.
    let spread = |word: &WordId| (u64::from(*word) + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93).rotate_left(29);
    let words: Vec<u64> = words.iter().map(spread).collect();
    gram_hashes(&words, n).collect::<Vec<u64>>().into_iter()
}
