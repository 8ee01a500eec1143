//! Results as plain columns: what crosses into other languages, one buffer a field.
//!
//! Here, and only here, bytes become code points: [`Places`] knows one text's.

use rayon::prelude::*;

use crate::corpus::{
    BoilerplateRun, ClusterMember, CorpusPassage, CorpusSharedQuote, Direction, PairOverlap,
};
use crate::diff::{Diff, Edit, EditKind, Fact, Level, Standing, Touched};
use crate::overlap::Overlap;
use crate::passages::{Passage, PassageKind};
use crate::quotes::{Basis, FoundQuote, Marked, Quote, QuoteKind, Relation, SharedQuote};
use crate::text::{ByteSpan, CodePoints, Span};

/// The values of one field of every row.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Counts and code points.
    Number(Vec<u32>),
    /// The same, with [`u32::MAX`] for null.
    OptionalNumber(Vec<u32>),
    /// Ratios.
    Ratio(Vec<f64>),
    /// Yes (1) or no (0).
    Flag(Vec<u8>),
    /// One of a few names, by index.
    Name(Vec<u8>, &'static [&'static str]),
}

/// A field's name and its values.
pub type Column = (&'static str, Data);

/// What stands for null in [`Data::OptionalNumber`].
pub const NULL: u32 = u32::MAX;

/// Turns byte spans of one text into code points.
#[derive(Debug)]
pub struct Places<'t> {
    raw: &'t str,
    points: std::borrow::Cow<'t, CodePoints>,
}

impl<'t> Places<'t> {
    /// The places of `raw`, counted anew.
    pub fn new(raw: &'t str) -> Self {
        Self { raw, points: std::borrow::Cow::Owned(CodePoints::new(raw)) }
    }

    /// The places of `raw` whose code points were counted before.
    pub fn counted(raw: &'t str, points: &'t CodePoints) -> Self {
        Self { raw, points: std::borrow::Cow::Borrowed(points) }
    }

    /// `span` in code points.
    pub fn span(&self, span: ByteSpan) -> Span {
        self.points.span(self.raw, span)
    }
}

/// The places of many texts, each counted when it is first needed.
pub struct AllPlaces<'t, S> {
    texts: &'t [S],
    places: Vec<std::cell::OnceCell<Places<'t>>>,
}

impl<'t, S: AsRef<str>> AllPlaces<'t, S> {
    /// The places of `texts`.
    pub fn new(texts: &'t [S]) -> Self {
        Self { texts, places: texts.iter().map(|_| std::cell::OnceCell::new()).collect() }
    }

    /// The places of the text at `index`.
    pub fn of(&self, index: u32) -> &Places<'t> {
        let index = index as usize;
        self.places[index].get_or_init(|| Places::new(self.texts[index].as_ref()))
    }
}

fn numbers<T>(name: &'static str, rows: &[T], field: impl Fn(&T) -> u32) -> Column {
    (name, Data::Number(rows.iter().map(field).collect()))
}

fn ratios<T>(name: &'static str, rows: &[T], field: impl Fn(&T) -> f64) -> Column {
    (name, Data::Ratio(rows.iter().map(field).collect()))
}

/// A single-precision ratio to the six digits it has, so that .95 does not go out as .949999988.
pub(crate) fn exact(ratio: f32) -> f64 {
    (f64::from(ratio) * 1e6).round() / 1e6
}

fn flags<T>(name: &'static str, rows: &[T], field: impl Fn(&T) -> bool) -> Column {
    (name, Data::Flag(rows.iter().map(|row| u8::from(field(row))).collect()))
}

fn names<T>(
    name: &'static str,
    rows: &[T],
    names: &'static [&'static str],
    field: impl Fn(&T) -> u8,
) -> Column {
    (name, Data::Name(rows.iter().map(field).collect(), names))
}

fn spans<T>(fields: [&'static str; 2], rows: &[T], field: impl Fn(&T) -> Span) -> [Column; 2] {
    let (starts, ends) = rows.iter().map(field).map(|span| (span.start, span.end)).unzip();
    [(fields[0], Data::Number(starts)), (fields[1], Data::Number(ends))]
}

fn optional<T>(name: &'static str, rows: &[T], field: impl Fn(&T) -> Option<u32>) -> Column {
    (name, Data::OptionalNumber(rows.iter().map(|row| field(row).unwrap_or(NULL)).collect()))
}

fn optional_spans<T>(
    fields: [&'static str; 2],
    rows: &[T],
    field: impl Fn(&T) -> Option<Span>,
) -> [Column; 2] {
    let (starts, ends) = rows.iter().map(|row| field(row).map_or((NULL, NULL), |s| (s.start, s.end))).unzip();
    [(fields[0], Data::OptionalNumber(starts)), (fields[1], Data::OptionalNumber(ends))]
}

const A: [&str; 2] = ["a_start", "a_end"];
const B: [&str; 2] = ["b_start", "b_end"];

/// Columns `start end` of stretches of one text.
pub fn stretches(rows: &[ByteSpan], places: &Places<'_>) -> Vec<Column> {
    spans(["start", "end"], rows, |&row| places.span(row)).into()
}

/// Columns of a [`Diff`]'s edits, or of those inside its moves.
pub fn edits(edits: &[Edit], a: &Places<'_>, b: &Places<'_>) -> Vec<Column> {
    let located: Vec<Located> = edits.iter().map(|&edit| (edit, a.span(edit.a), b.span(edit.b))).collect();
    edit_columns(&located)
}

/// Columns of the facts that edits touch, by the index of the edit.
pub fn facts(rows: &[Touched]) -> Vec<Column> {
    vec![
        numbers("edit", rows, |row| row.edit),
        optional("inner", rows, |row| row.inner),
        names("fact", rows, &Fact::NAMES, |row| row.fact as u8),
        flags("goes_on", rows, |row| row.goes_on),
    ]
}

/// Columns of the edits of many pairs of texts, with the `row` each belongs to, and of those inside moves; places are
/// counted in parallel.
pub fn edits_of_rows<S: AsRef<str> + Sync>(diffs: &[Diff], a: &[S], b: &[S]) -> (Vec<Column>, Vec<Column>) {
    let rows: Vec<[Vec<Located>; 2]> = (diffs, a, b).into_par_iter().map(located).collect();
    (in_rows(&rows, |[edits, _]| edits), in_rows(&rows, |[_, inner]| inner))
}

fn in_rows<T>(rows: &[T], edits: impl Fn(&T) -> &Vec<Located>) -> Vec<Column> {
    let row_of =
        (0u32..).zip(rows).flat_map(|(row, one)| std::iter::repeat_n(row, edits(one).len())).collect();
    let mut columns: Vec<Column> = vec![("row", Data::Number(row_of))];
    columns.extend(edit_columns(&rows.iter().flat_map(|one| edits(one).iter().copied()).collect::<Vec<_>>()));
    columns
}

/// Columns of what each of many diffs comes to: its ratio, how many edits of each level, how many moves, and how many
/// edits touch each kind of fact.
pub fn counts_of_rows(diffs: &[Diff]) -> Vec<Column> {
    let level = |diff: &Diff, level| {
        diff.edits.iter().filter(|edit| edit.level == level && edit.kind != EditKind::Move).count() as u32
    };
    let moves = |diff: &Diff| diff.edits.iter().filter(|edit| edit.kind == EditKind::Move).count() as u32 / 2;
    let touched =
        |diff: &Diff, fact| diff.facts.iter().filter(|row| row.fact == fact && !row.goes_on).count() as u32;
    vec![
        ratios("ratio", diffs, |diff| diff.ratio),
        numbers("typography", diffs, |diff| level(diff, Level::Typography)),
        numbers("case", diffs, |diff| level(diff, Level::Case)),
        numbers("spelling", diffs, |diff| level(diff, Level::Spelling)),
        numbers("wording", diffs, |diff| level(diff, Level::Wording)),
        numbers("moves", diffs, moves),
        numbers("numbers", diffs, |diff| touched(diff, Fact::Number)),
        numbers("names", diffs, |diff| touched(diff, Fact::Name)),
        numbers("negations", diffs, |diff| touched(diff, Fact::Negation)),
    ]
}

/// An edit with its places in code points.
type Located = (Edit, Span, Span);

fn located<S: AsRef<str>>((diff, a, b): (&Diff, &S, &S)) -> [Vec<Located>; 2] {
    let (a, b) = (Places::new(a.as_ref()), Places::new(b.as_ref()));
    [&diff.edits, &diff.inner]
        .map(|edits| edits.iter().map(|&edit| (edit, a.span(edit.a), b.span(edit.b))).collect())
}

/// Columns of what has stood since when in the last version.
pub fn standings(rows: &[Standing], places: &Places<'_>) -> Vec<Column> {
    let mut columns: Vec<Column> = spans(["start", "end"], rows, |row| places.span(row.span)).into();
    columns.push(numbers("since", rows, |row| row.since));
    columns
}

fn edit_columns(rows: &[Located]) -> Vec<Column> {
    let mut columns = vec![
        names("kind", rows, &EditKind::NAMES, |row| row.0.kind as u8),
        names("level", rows, &Level::NAMES, |row| row.0.level as u8),
    ];
    columns.extend(spans(A, rows, |row| row.1));
    columns.extend(spans(B, rows, |row| row.2));
    columns.push(optional("move", rows, |row| row.0.partner));
    columns
}

/// Columns of overlaps, one pair of texts a row.
pub fn overlaps(rows: &[Overlap]) -> Vec<Column> {
    vec![
        numbers("words_a", rows, |row| row.words_a),
        numbers("words_b", rows, |row| row.words_b),
        ratios("ratio", rows, |row| row.ratio),
        ratios("jaccard", rows, |row| row.jaccard),
        ratios("containment_a", rows, |row| row.containment_a),
        ratios("containment_b", rows, |row| row.containment_b),
        ratios("dice", rows, |row| row.dice),
        ratios("coverage_a", rows, |row| row.coverage_a),
        ratios("coverage_b", rows, |row| row.coverage_b),
        numbers("longest", rows, |row| row.longest),
    ]
}

/// Columns of the pairs of a corpus that share n-grams.
pub fn pair_overlaps(rows: &[PairOverlap]) -> Vec<Column> {
    vec![
        numbers("a", rows, |row| row.a),
        numbers("b", rows, |row| row.b),
        numbers("words_a", rows, |row| row.words_a),
        numbers("words_b", rows, |row| row.words_b),
        numbers("shared", rows, |row| row.shared),
        ratios("containment_a", rows, PairOverlap::containment_a),
        ratios("containment_b", rows, PairOverlap::containment_b),
        ratios("jaccard", rows, PairOverlap::jaccard),
        ratios("dice", rows, PairOverlap::dice),
    ]
}

/// Columns of the passages of one pair of texts.
pub fn passages(rows: &[Passage], a: &Places<'_>, b: &Places<'_>) -> Vec<Column> {
    passage_columns(rows, |row| (*row, a.span(row.a), b.span(row.b)))
}

/// Columns of the passages of a corpus, with the places `a` and `b` of its texts.
pub fn corpus_passages<S: AsRef<str>>(rows: &[CorpusPassage], places: &AllPlaces<'_, S>) -> Vec<Column> {
    let mut columns = vec![numbers("a", rows, |row| row.a), numbers("b", rows, |row| row.b)];
    columns.extend(passage_columns(rows, |row| {
        let passage = row.passage;
        (passage, places.of(row.a).span(passage.a), places.of(row.b).span(passage.b))
    }));
    columns
}

fn passage_columns<T>(rows: &[T], locate: impl Fn(&T) -> (Passage, Span, Span)) -> Vec<Column> {
    let rows: Vec<(Passage, Span, Span)> = rows.iter().map(locate).collect();
    let rows = &rows[..];
    let mut columns: Vec<Column> = spans(A, rows, |row| row.1).into();
    columns.extend(spans(B, rows, |row| row.2));
    columns.extend([
        numbers("words_a", rows, |row| row.0.words_a),
        numbers("words_b", rows, |row| row.0.words_b),
        numbers("matched", rows, |row| row.0.matched),
        ratios("similarity", rows, |row| row.0.similarity),
        names("kind", rows, &PassageKind::NAMES, |row| row.0.kind as u8),
    ]);
    columns
}

/// Columns of the members of clusters, with the place `text` in the corpus.
pub fn clusters<S: AsRef<str>>(rows: &[ClusterMember], places: &AllPlaces<'_, S>) -> Vec<Column> {
    let mut columns =
        vec![numbers("cluster", rows, |row| row.cluster), numbers("text", rows, |row| row.text)];
    columns.extend(spans(["start", "end"], rows, |row| places.of(row.text).span(row.span)));
    // Nothing, or a place and one more.
    let source = |direction| if let Direction::From(text) = direction { text + 1 } else { 0 };
    let name = |direction| match direction {
        Direction::First => 0,
        Direction::From(_) => 1,
        Direction::Unknown => 2,
    };
    columns.extend([
        numbers("words", rows, |row| row.words),
        flags("first", rows, |row| row.is_first),
        flags("canonical", rows, |row| row.is_canonical),
        ratios("similarity", rows, |row| row.similarity),
        names("direction", rows, &Direction::NAMES, |row| name(row.direction)),
        numbers("source", rows, |row| source(row.direction)),
    ]);
    columns
}

/// Columns of the boilerplate of a corpus, with the place `text` of its first article.
pub fn boilerplate<S: AsRef<str>>(rows: &[BoilerplateRun], places: &AllPlaces<'_, S>) -> Vec<Column> {
    let mut columns = vec![
        numbers("words", rows, |row| row.words),
        numbers("df", rows, |row| row.df),
        numbers("outlets", rows, |row| row.outlets),
        numbers("text", rows, |row| row.text),
    ];
    columns.extend(spans(["start", "end"], rows, |row| places.of(row.text).span(row.span)));
    columns
}

/// Columns of the marked spans of one text.
pub fn quotes(rows: &[Quote], places: &Places<'_>) -> Vec<Column> {
    let rows: Vec<(&Quote, &Places<'_>)> = rows.iter().map(|row| (row, places)).collect();
    quote_columns(&rows)
}

/// Columns of the marked spans of a corpus, with the place `text` of each in it. `parent` and `group` count
/// within a text.
pub fn corpus_quotes<S: AsRef<str>>(rows: &[(u32, Quote)], places: &AllPlaces<'_, S>) -> Vec<Column> {
    let mut columns = vec![numbers("text", rows, |row| row.0)];
    let rows: Vec<(&Quote, &Places<'_>)> =
        rows.iter().map(|(text, quote)| (quote, places.of(*text))).collect();
    columns.extend(quote_columns(&rows));
    columns
}

fn quote_columns(rows: &[(&Quote, &Places<'_>)]) -> Vec<Column> {
    let mut columns: Vec<Column> =
        spans(["start", "end"], rows, |(row, places)| places.span(row.span)).into();
    columns.extend(spans(["inner_start", "inner_end"], rows, |(row, places)| places.span(row.inner)));
    let signs: Vec<[u8; 2]> = rows.iter().map(|(row, places)| row.signs(places.raw)).collect();
    columns.extend([
        names("opening", &signs, &Quote::SIGNS, |signs| signs[0]),
        names("closing", &signs, &Quote::SIGNS, |signs| signs[1]),
        numbers("depth", rows, |(row, _)| row.depth),
        optional("parent", rows, |(row, _)| row.parent),
        numbers("group", rows, |(row, _)| row.group),
        flags("closed", rows, |(row, _)| row.closing.is_some()),
        names("kind", rows, &QuoteKind::NAMES, |(row, _)| row.kind as u8),
        ratios("confidence", rows, |(row, _)| exact(row.confidence)),
    ]);
    columns.extend(optional_spans(["speaker_start", "speaker_end"], rows, |(row, places)| {
        row.speaker.map(|span| places.span(span))
    }));
    columns.extend(optional_spans(["cue_start", "cue_end"], rows, |(row, places)| {
        row.cue.map(|span| places.span(span))
    }));
    columns
}

/// Columns of the quotations that two texts share.
pub fn shared_quotes(rows: &[SharedQuote], a: &Places<'_>, b: &Places<'_>) -> Vec<Column> {
    shared_quote_columns(rows, |row| (row.clone(), a.span(row.a), b.span(row.b)))
}

/// Columns of the quotations that the texts of a corpus share, with their places `a` and `b` in it.
pub fn corpus_shared_quotes<S: AsRef<str>>(
    rows: &[CorpusSharedQuote],
    places: &AllPlaces<'_, S>,
) -> Vec<Column> {
    let mut columns = vec![numbers("a", rows, |row| row.a), numbers("b", rows, |row| row.b)];
    columns.extend(shared_quote_columns(rows, |row| {
        (row.quote.clone(), places.of(row.a).span(row.quote.a), places.of(row.b).span(row.quote.b))
    }));
    columns
}

fn shared_quote_columns<T>(rows: &[T], locate: impl Fn(&T) -> (SharedQuote, Span, Span)) -> Vec<Column> {
    let rows: Vec<(SharedQuote, Span, Span)> = rows.iter().map(locate).collect();
    let rows = &rows[..];
    let mut columns: Vec<Column> = spans(A, rows, |row| row.1).into();
    columns.extend(spans(B, rows, |row| row.2));
    columns.extend([
        names("relation", rows, &Relation::NAMES, |row| row.0.relation as u8),
        names("marked", rows, &Marked::NAMES, |row| row.0.marked as u8),
        ratios("similarity", rows, |row| exact(row.0.similarity)),
        names("evidence", rows, &Basis::NAMES, |row| row.0.basis as u8),
        flags("negation", rows, |row| row.0.negation),
    ]);
    columns
}

/// Columns of the places where a given quotation stands.
pub fn found_quotes(rows: &[FoundQuote], places: &Places<'_>) -> Vec<Column> {
    let mut columns: Vec<Column> = spans(["start", "end"], rows, |row| places.span(row.span)).into();
    columns.extend([
        names("relation", rows, &Relation::NAMES, |row| row.relation as u8),
        ratios("similarity", rows, |row| exact(row.similarity)),
        flags("negation", rows, |row| row.negation),
    ]);
    columns
}
