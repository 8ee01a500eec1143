//! Words, folding and interning in MB/s of one core, with `unicode-segmentation` alone beside them.
//!
//! `cargo bench --bench words -- FILE.jsonl ...` measures the `text` of every line of each file.

use std::hint::black_box;
use std::time::Instant;

use unicode_segmentation::UnicodeSegmentation;
use wortlaut::{Fold, Vocabulary, split_words};

const RUNS: usize = 7;

fn main() {
    for path in std::env::args().skip(1).filter(|a| !a.starts_with("--")) {
        let texts = texts(&path);
        println!("{path}: {} texts", texts.len());
        report("unicode-segmentation", &texts, |text| text.unicode_words().count());
        report("split_words", &texts, |text| split_words(text).len());
        let mut vocabulary = Vocabulary::new(Fold::default());
        report("one vocabulary", &texts, |text| vocabulary.read(text).ids.len());
        report("a vocabulary a text", &texts, |text| {
            Vocabulary::new(Fold::default()).read(text).ids.len()
        });
        let words: usize = texts.iter().map(|text| split_words(text).len()).sum();
        println!("  {words} words, {} different", vocabulary.len());
    }
}

fn texts(path: &str) -> Vec<String> {
    let lines = std::fs::read_to_string(path).expect("a readable file");
    let row = |line: &str| -> serde_json::Value { serde_json::from_str(line).expect("a JSON line") };
    lines
        .lines()
        .map(|line| row(line)["text"].as_str().expect("a text").to_owned())
        .collect()
}

fn report(name: &str, texts: &[String], mut work: impl FnMut(&str) -> usize) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            for text in texts {
                black_box(work(text));
            }
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("  {name:24} {:6.0} MB/s", bytes as f64 / times[RUNS / 2] / 1e6);
}
