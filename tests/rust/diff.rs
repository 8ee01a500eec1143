//! Edits cover both texts, say what they say they are, and make the second text of the first.

use proptest::prelude::*;
use serde::Deserialize;
use wortlaut::{ByteSpan, Diff, Edit, EditKind, Fact, Fold, Level, Pair, Side, diff};

use crate::cases::load;
use crate::texts::{any_fold, any_text, versions};

fn read<'t>(a: &'t str, b: &'t str, fold: Fold) -> Pair<'t> {
    Pair::new(a, b, fold).expect("short texts")
}

/// The folded words of `side` that start in `span`.
fn words(side: &Side<'_>, span: ByteSpan, fold: Fold) -> Vec<String> {
    let inside = side.spans.iter().filter(|word| word.start >= span.start && word.start < span.end);
    inside.map(|word| fold.word(word.of(side.raw)).into_owned()).collect()
}

/// Each edit begins where the last one ended, on both sides, from the first character to the last.
fn assert_covers(pair: &Pair<'_>, edits: &[Edit]) {
    let (mut a, mut b) = (0, 0);
    for edit in edits {
        assert_eq!((edit.a.start, edit.b.start), (a, b), "{edit:?}");
        // Slicing panics inside a character.
        let _ = (edit.a.of(pair.a.raw), edit.b.of(pair.b.raw));
        (a, b) = (edit.a.end, edit.b.end);
    }
    assert_eq!((a as usize, b as usize), (pair.a.raw.len(), pair.b.raw.len()));
}

/// No edit cuts a word in two.
fn assert_whole_words(side: &Side<'_>, spans: impl Iterator<Item = ByteSpan>) {
    for span in spans {
        for cut in [span.start, span.end] {
            let next = side.spans.partition_point(|word| word.end <= cut);
            let cut_word = side.spans.get(next).filter(|word| word.start < cut);
            assert!(cut_word.is_none(), "{cut} cuts {:?}", cut_word.map(|word| word.of(side.raw)));
        }
    }
}

fn assert_kind(pair: &Pair<'_>, edit: &Edit) {
    let empty = (edit.a.is_empty(), edit.b.is_empty());
    match edit.kind {
        EditKind::Equal => assert_eq!(edit.a.of(pair.a.raw), edit.b.of(pair.b.raw)),
        EditKind::Insert => assert_eq!(empty, (true, false)),
        EditKind::Delete => assert_eq!(empty, (false, true)),
        EditKind::Replace => assert_eq!(empty, (false, false)),
        EditKind::Move => assert_ne!(empty.0, empty.1),
    }
    assert_eq!(edit.kind == EditKind::Move, edit.partner.is_some(), "{edit:?}");
}

/// Each half of a move names the other; the edits inside lead from one to the other, and most words are the same.
fn assert_moves(pair: &Pair<'_>, Diff { edits, inner, .. }: &Diff) {
    for (i, edit) in edits.iter().enumerate().filter(|(_, edit)| edit.kind == EditKind::Move) {
        let other = &edits[edit.partner.expect("a partner") as usize];
        assert_eq!((other.kind, other.partner), (EditKind::Move, Some(i as u32)));
        assert_eq!(edit.level, other.level);
        assert_eq!(edit.a.is_empty(), other.b.is_empty());
        if edit.b.is_empty() {
            let inside: Vec<Edit> = inner.iter().filter(|e| e.partner == Some(i as u32)).copied().collect();
            assert_inside(pair, edit.a, other.b, &inside);
            assert_eq!(edit.level, inside.iter().map(|edit| edit.level).max().expect("some"));
        }
    }
    assert!(inner.iter().all(|edit| edits[edit.partner.expect("a move") as usize].b.is_empty()));
}

fn assert_inside(pair: &Pair<'_>, a: ByteSpan, b: ByteSpan, inside: &[Edit]) {
    let old: String = inside.iter().map(|edit| edit.a.of(pair.a.raw)).collect();
    let new: String = inside.iter().map(|edit| edit.b.of(pair.b.raw)).collect();
    assert_eq!([&*old, &*new], [a.of(pair.a.raw).trim(), b.of(pair.b.raw).trim()]);
    assert!(inside.windows(2).all(|two| (two[0].a.end, two[0].b.end) == (two[1].a.start, two[1].b.start)));
    inside.iter().for_each(|edit| assert_kind(pair, &Edit { partner: None, ..*edit }));
    assert_levels(pair, inside);
    assert_whole_words(&pair.a, inside.iter().map(|edit| edit.a));
    assert_whole_words(&pair.b, inside.iter().map(|edit| edit.b));
    let [x, y] = [(&pair.a, a), (&pair.b, b)].map(|(side, span)| words(side, span, pair.fold()));
    assert!(x.len() >= 2 && y.len() >= 2, "{x:?} {y:?}");
    let mut numbers = std::collections::HashMap::new();
    let [x, y] = [x, y].map(|words| {
        let mut number = |word| {
            let next = numbers.len() as u32;
            *numbers.entry(word).or_insert(next)
        };
        words.into_iter().map(&mut number).collect::<Vec<u32>>()
    });
    assert!(2.0 * lcs(&x, &y) as f64 >= 0.6 * (x.len() + y.len()) as f64, "{old} {new}");
}

/// The letters and digits of `text`, folded; signs that fold to letters ("™") are no words and none of them.
fn letters(text: &str, fold: Fold) -> String {
    let is_plain =
        |c: &char| c.is_alphanumeric() || !fold.word(&c.to_string()).contains(char::is_alphanumeric);
    let plain: String = text.chars().filter(is_plain).collect();
    fold.word(&plain).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Other words are wording, and the same words only where a number or a sign in them may read otherwise. Which milder
/// level it is, cases and planted changes say.
fn assert_level(pair: &Pair<'_>, edit: &Edit) {
    let fold = pair.fold();
    let [old, new] = [edit.a.of(pair.a.raw), edit.b.of(pair.b.raw)];
    assert_eq!(edit.level == Level::Same, edit.kind == EditKind::Equal, "{edit:?}");
    let is_sign = |c: char| !c.is_whitespace() && !c.is_alphabetic() && !"\"'.,„“”»«".contains(c);
    match edit.level {
        Level::Wording if words(&pair.a, edit.a, fold) == words(&pair.b, edit.b, fold) => {
            assert!(old.contains(is_sign) || new.contains(is_sign), "{old} {new}");
        }
        Level::Wording => {}
        _ if old.contains(char::is_numeric) || new.contains(char::is_numeric) => {}
        _ => assert_eq!(letters(old, fold), letters(new, fold), "{edit:?}"),
    }
}

fn assert_levels(pair: &Pair<'_>, edits: &[Edit]) {
    edits.iter().filter(|edit| edit.kind != EditKind::Move).for_each(|edit| assert_level(pair, edit));
    for two in edits.windows(2) {
        assert!(two.iter().any(|edit| edit.kind != EditKind::Equal), "{two:?} are one");
    }
}

fn applied(pair: &Pair<'_>, edits: &[Edit]) -> String {
    let part = |edit: &Edit| match edit.kind {
        EditKind::Equal => edit.a.of(pair.a.raw).to_owned(),
        _ => edit.b.of(pair.b.raw).to_owned(),
    };
    edits.iter().map(part).collect()
}

/// The longest common subsequence, by the plain table.
pub(crate) fn lcs(a: &[u32], b: &[u32]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

/// As many words are kept as there can be.
fn assert_ratio(pair: &Pair<'_>, ratio: f64) {
    let (a, b) = (&pair.a.ids, &pair.b.ids);
    let words = a.len() + b.len();
    let best = if words == 0 { 1.0 } else { 2.0 * lcs(a, b) as f64 / words as f64 };
    assert!((ratio - best).abs() < 1e-12, "{ratio} is not {best}, of {} and {} words", a.len(), b.len());
}

fn check(a: &str, b: &str, fold: Fold) {
    let pair = read(a, b, fold);
    let found = diff(&pair);
    let Diff { edits, facts, ratio, .. } = &found;
    assert_covers(&pair, edits);
    assert_whole_words(&pair.a, edits.iter().map(|edit| edit.a));
    assert_whole_words(&pair.b, edits.iter().map(|edit| edit.b));
    edits.iter().for_each(|edit| assert_kind(&pair, edit));
    assert_levels(&pair, edits);
    assert_moves(&pair, &found);
    assert!(facts.iter().all(|one| edits[one.edit as usize].level == Level::Wording), "{facts:?}");
    assert_eq!(applied(&pair, edits), b);
    assert_ratio(&pair, *ratio);
}

/// One of `words` in another form, and what level that makes; nothing if it has no such form.
fn planted(word: &str, level: Level) -> Option<String> {
    let (first, rest) = word.split_at(word.chars().next()?.len_utf8());
    let changed = match level {
        Level::Same => word.to_owned(),
        Level::Typography => format!("{first}\u{AD}{}", rest.replace('\'', "’").replace('ü', "u\u{308}")),
        Level::Case if first.to_lowercase() == first => format!("{}{rest}", first.to_uppercase()),
        Level::Case => format!("{}{rest}", first.to_lowercase()),
        Level::Spelling if word.contains('ß') => word.replace('ß', "ss"),
        Level::Spelling => return None,
        Level::Wording => format!("{first}qu{rest}"),
    };
    Some(changed)
}

const WORDS: [&str; 8] = ["Straße", "müde", "don't", "Rat", "und", "groß", "Brücke", "tagt"];
const LEVELS: [Level; 5] = [Level::Same, Level::Typography, Level::Case, Level::Spelling, Level::Wording];

proptest! {
    #[test]
    fn a_planted_change_has_its_level(
        words in prop::collection::vec(prop::sample::select(&WORDS), 1..12),
        at in any::<prop::sample::Index>(),
        level in prop::sample::select(&LEVELS),
    ) {
        let at = at.index(words.len());
        let Some(changed) = planted(words[at], level) else { return Ok(()) };
        let mut later = words.clone();
        later[at] = &changed;
        let (a, b) = (words.join(" "), later.join(" "));
        let pair = read(&a, &b, Fold::default());
        let levels: Vec<Level> = diff(&pair).edits.iter().map(|edit| edit.level).filter(|&level| level != Level::Same).collect();
        prop_assert_eq!(levels, vec![level; usize::from(level != Level::Same)], "{} {}", a, b);
    }

    #[test]
    fn edits_of_any_two_texts(a in any_text(), b in any_text(), fold in any_fold()) {
        check(&a, &b, fold);
    }

    #[test]
    fn edits_of_two_versions((a, b) in versions(), fold in any_fold()) {
        check(&a, &b, fold);
        check(&b, &a, fold);
    }

    #[test]
    fn a_text_does_not_differ_from_itself(raw in any_text(), fold in any_fold()) {
        let pair = read(&raw, &raw, fold);
        let Diff { edits, ratio, .. } = diff(&pair);
        prop_assert_eq!(edits.len(), usize::from(!raw.is_empty()));
        prop_assert!(edits.iter().all(|edit| edit.kind == EditKind::Equal));
        prop_assert_eq!(ratio.to_bits(), 1f64.to_bits());
    }
}

/// Two fifths of the words were kept: the alignment gave up after 256 edits, and a moved paragraph is more.
#[test]
fn a_moved_paragraph_of_a_long_article() {
    let word = |i: usize| if i.is_multiple_of(3) { format!("w{} ", i % 40) } else { format!("w{i} ") };
    let words: Vec<String> = (0..3000).map(word).collect();
    let mut later = words.clone();
    let moved: Vec<String> = later.drain(500..800).collect();
    later.splice(2000..2000, moved);
    (0..3000).step_by(20).for_each(|i| later[i] = format!("neu{} ", i % 7));
    check(&words.concat(), &later.concat(), Fold::default());
}

/// Half the sentences go to the end: as many moves as kept runs, each of which must find its own.
#[test]
fn many_moves_between_many_kept_runs() {
    let sentence = |i: usize| (0..8).map(|j| format!("w{} ", i * 8 + j)).collect::<String>() + ". ";
    let a: String = (0..20_000).map(sentence).collect();
    let b: String = (0..20_000).step_by(2).chain((1..20_000).step_by(2)).map(sentence).collect();
    let pair = read(&a, &b, Fold::default());
    let edits = diff(&pair).edits;
    assert_covers(&pair, &edits);
    assert!(edits.iter().filter(|edit| edit.kind == EditKind::Move).count() > 10_000);
}

/// Where two paragraphs had changed places with others, one in eight moves ended in the middle of a sentence: the turns that end
/// many of them ("said the clerk") were kept in another one's place.
#[test]
fn moved_paragraphs_end_where_sentences_do() {
    let turns = ["said the clerk", "he said", "in the old town", "as they were told", "of the two of them"];
    let sentence = |i: usize, edited: bool| {
        let word = |j: usize| if edited && j == i % 9 { format!("neu{i} ") } else { format!("w{i}x{j} ") };
        let words: String = (0..5 + i % 5).map(word).collect();
        format!("The {words}{}.", turns[i * 7 % 5])
    };
    let paragraph =
        |i: usize, edited: bool| (0..3).map(|j| sentence(3 * i + j, edited)).collect::<Vec<_>>().join(" ");
    for seed in 0..120 {
        let old: Vec<String> = (0..6).map(|i| paragraph(10 * seed + i, false)).collect();
        let (first, second) = (seed % 6, (seed + 1 + seed / 6 % 5) % 6);
        let mut order: Vec<usize> = (0..6).collect();
        order.retain(|&i| i != first && i != second);
        order.insert((first + 2 + seed / 30) % 5, first);
        order.insert((second + 3) % 6, second);
        let edited = |i: usize| seed % 2 == 1 && (i == first || i == second);
        let new: Vec<String> = order.into_iter().map(|i| paragraph(10 * seed + i, edited(i))).collect();
        let (a, b) = (old.join("\n\n"), new.join("\n\n"));
        check(&a, &b, Fold::default());
        for edit in diff(&read(&a, &b, Fold::default())).edits.iter().filter(|one| one.kind == EditKind::Move)
        {
            for (text, span) in [(&a, edit.a), (&b, edit.b)] {
                let moved = span.of(text).trim();
                assert!(
                    moved.is_empty() || moved.starts_with("The ") && moved.ends_with('.'),
                    "{seed}: {moved}"
                );
            }
        }
    }
}

/// Two sentences of five words that are alike are no move where nothing else holds the texts together.
#[test]
fn nothing_moves_between_strangers() {
    let other = |letter: char| (0..60).map(|i| format!("{letter}{i} ")).collect::<String>();
    let a = format!("Das hat niemand mehr geglaubt. {}. Am Ende blieb es ruhig.", other('a'));
    let b = format!("Am Ende blieb alles ruhig. {}. Das hat niemand mehr gedacht.", other('b'));
    check(&a, &b, Fold::default());
    let strangers = read(&a, &b, Fold::default());
    assert!(diff(&strangers).edits.iter().all(|edit| edit.kind != EditKind::Move));
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    before: String,
    after: String,
    /// Kind, level (but for equal ones), the text on each side (once for equal ones).
    edits: Vec<Vec<String>>,
    why: String,
}

fn shown(pair: &Pair<'_>, edit: &Edit) -> Vec<String> {
    let (a, b) = (edit.a.of(pair.a.raw), edit.b.of(pair.b.raw));
    let level = Level::NAMES[edit.level as usize];
    let kind = EditKind::NAMES[edit.kind as usize];
    let parts = match edit.kind {
        EditKind::Equal => vec![kind, a],
        _ => vec![kind, level, a, b],
    };
    parts.into_iter().map(str::to_owned).collect()
}

#[test]
fn edits_of_the_cases() {
    let mut wrong = String::new();
    for Case { before, after, edits, why } in load::<Cases>("diff").case {
        check(&before, &after, Fold::default());
        let pair = read(&before, &after, Fold::default());
        let found: Vec<Vec<String>> = diff(&pair).edits.iter().map(|edit| shown(&pair, edit)).collect();
        if found != edits {
            wrong += &format!("{why}:\n  found  {found:?}\n  wanted {edits:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Texts before and after, by what sets them apart.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Levels {
    typography: Texts,
    case: Texts,
    spelling: Texts,
    wording: Texts,
    number: Texts,
    name: Texts,
    negation: Texts,
    several: Vec<Several>,
}

#[derive(Deserialize)]
struct Texts {
    cases: Vec<[String; 2]>,
}

#[derive(Deserialize)]
struct Several {
    before: String,
    after: String,
    facts: Vec<String>,
}

/// The strongest level of a difference, and the facts it touches, either way round.
fn assert_told(before: &str, after: &str, level: Level, facts: &[&str]) {
    for (a, b) in [(before, after), (after, before)] {
        check(a, b, Fold::default());
        let found = diff(&read(a, b, Fold::default()));
        let told: Vec<&str> =
            found.facts.iter().filter(|one| !one.goes_on).map(|one| Fact::NAMES[one.fact as usize]).collect();
        assert_eq!(found.edits.iter().map(|edit| edit.level).max(), Some(level), "{a} {b}");
        assert_eq!(told, facts, "{a} {b}");
    }
}

#[test]
fn levels_and_facts_of_the_cases() {
    let Levels { typography, case, spelling, wording, number, name, negation, several } = load("levels");
    for (texts, level, facts) in [
        (typography, Level::Typography, &[][..]),
        (case, Level::Case, &[]),
        (spelling, Level::Spelling, &[]),
        (wording, Level::Wording, &[]),
        (number, Level::Wording, &["number"]),
        (name, Level::Wording, &["name"]),
        (negation, Level::Wording, &["negation"]),
    ] {
        texts.cases.iter().for_each(|[before, after]| assert_told(before, after, level, facts));
    }
    for Several { before, after, facts } in several {
        let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
        assert_told(&before, &after, Level::Wording, &facts);
    }
}
