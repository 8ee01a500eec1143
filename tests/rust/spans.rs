//! Byte offsets become code points exactly, and a text read once stays small.

use proptest::prelude::*;
use wortlaut::{ByteSpan, CodePoints, Fold, Text};

use crate::texts::{any_text, mixture};

fn assert_counted(raw: &str) {
    let points = CodePoints::new(raw);
    for (count, (byte, c)) in raw.char_indices().enumerate() {
        assert_eq!(points.at(raw, byte as u32), count as u32, "byte {byte} of {raw:?}");
        let span = points.span(raw, ByteSpan::new(byte, byte + c.len_utf8()));
        assert_eq!((span.start, span.end), (count as u32, count as u32 + 1), "{c:?} of {raw:?}");
    }
    assert_eq!(points.at(raw, raw.len() as u32), raw.chars().count() as u32, "end of {raw:?}");
}

proptest! {
    #[test]
    fn code_points_are_those_counted_from_the_start(raw in any_text()) {
        assert_counted(&raw);
    }

    #[test]
    fn code_points_of_long_texts(parts in prop::collection::vec(mixture(), 0..30)) {
        assert_counted(&parts.concat());
    }

    /// The table has a mark every 64 bytes: texts that end at, before and behind one.
    #[test]
    fn code_points_around_a_mark(c in prop::sample::select(vec!['a', 'ä', '€', '🙂']), before in 0usize..70, count in 0usize..70) {
        assert_counted(&("x".repeat(before) + &String::from_iter(vec![c; count])));
    }
}

/// A report as agencies write them; each copy is given another number, so that words go on being new.
const ARTICLE: &str = "Harkensiel (rd) – Die alte Drehbrücke über die Wettern bleibt bis mindestens Ende {} gesperrt. \
Das teilte die Hafenverwaltung am Dienstag mit. Bei einer Prüfung der Lager hätten Fachleute „erhebliche Schäden“ \
festgestellt, hieß es. „Wir können die Sicherheit im Moment nicht gewährleisten“, sagte Behördenleiterin \
Friederike Osterkamp-{}. Für Fußgänger werde eine Behelfsbrücke geprüft; die Kosten dafür schätzt der Landkreis auf \
rund {} Euro. Der Schifffahrtsverein kritisierte, daß die Entscheidung ohne Anhörung gefallen sei. Nach Angaben \
des Straßenbauamts nutzen täglich etwa 3.{} Fahrzeuge die Verbindung, darunter viele Pendlerinnen und Pendler aus \
den Marschgemeinden.\n\n";

#[test]
fn a_text_takes_at_most_sixteen_bytes_a_word_beside_itself() {
    for copies in [1, 10, 300] {
        let raw: String = (0..copies).map(|i| ARTICLE.replace("{}", &(i * 7 + 2031).to_string())).collect();
        let text = Text::new(raw, Fold::default()).expect("a short text");
        let (memory, words) = (text.memory(), text.words().len());
        assert!(memory <= 16 * words, "{memory} bytes for {words} words");
    }
}
