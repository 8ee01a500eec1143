//! Words, folding, interning and quotations in MB/s of one core, with `unicode-segmentation` alone beside them.
//!
//! `cargo bench --bench words -- FILE.jsonl ...` measures the `text` of every line of each file.

use std::hint::black_box;
use std::time::Instant;

use unicode_segmentation::UnicodeSegmentation;
use wortlaut::{Fold, Vocabulary, quotes, split_words};

const ROUNDS: usize = 15;

fn main() {
    for path in std::env::args().skip(1).filter(|a| !a.starts_with("--")) {
        let texts = texts(&path);
        let mut vocabulary = Vocabulary::new(Fold::default());
        let mut ways: [(&str, Box<Way>); 5] = [
            ("quotes", Box::new(|text| quotes(text).len())),
            ("unicode-segmentation", Box::new(|text| text.unicode_words().count())),
            ("split_words", Box::new(|text| split_words(text).len())),
            ("one vocabulary", Box::new(|text| vocabulary.read(text).ids.len())),
            ("a vocabulary a text", Box::new(|text| Vocabulary::new(Fold::default()).read(text).ids.len())),
        ];
        report(&path, &texts, &mut ways);
    }
}

type Way<'a> = dyn FnMut(&str) -> usize + 'a;

fn texts(path: &str) -> Vec<String> {
    let lines = std::fs::read_to_string(path).expect("a readable file");
    let row = |line: &str| -> serde_json::Value { serde_json::from_str(line).expect("a JSON line") };
    lines.lines().map(|line| row(line)["text"].as_str().expect("a text").to_owned()).collect()
}

/// The ways take turns, so that a noisy neighbour disturbs all of them alike; the best round of each counts.
fn report(path: &str, texts: &[String], ways: &mut [(&str, Box<Way<'_>>)]) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut best = vec![f64::INFINITY; ways.len()];
    let mut words = 0;
    for _ in 0..ROUNDS {
        for (best, (_, way)) in best.iter_mut().zip(ways.iter_mut()) {
            let start = Instant::now();
            words = texts.iter().map(|text| black_box(way(text))).sum();
            *best = best.min(start.elapsed().as_secs_f64());
        }
    }
    println!("{path}: {} texts, {bytes} bytes, {words} words", texts.len());
    for ((name, _), time) in ways.iter().zip(best) {
        let (speed, each) = (bytes as f64 / time / 1e6, time / words as f64 * 1e9);
        println!("  {name:24} {speed:6.0} MB/s {each:6.1} ns a word");
    }
}
