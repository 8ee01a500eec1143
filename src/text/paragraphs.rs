//! Paragraphs of a text, whether its lines are wrapped or each is a paragraph of its own.
//!
//! Blank lines always end a paragraph. What a single newline means is decided once for the whole text: in a
//! hard-wrapped text (a mail, a novel, an old newswire) it is a space, in text from the web it ends a paragraph.

use memchr::memmem;

use super::span::ByteSpan;

/// The paragraphs of `raw`: stretches without outer white space, in order.
///
/// Blank lines, form feeds and U+2029 separate them. A single newline does too, unless the text is hard-wrapped:
/// most of its lines are so long that the next line's first word would not have fitted. In a text of a few
/// short lines, which shows no width, a line that does not end like a sentence goes on in the next one.
///
/// ```
/// use wortlaut::paragraphs;
/// let raw = "„Das ist ein\nZitat“, sagte er.\nMehr sagte er nicht.\n\nEnde";
/// let texts: Vec<&str> = paragraphs(raw).iter().map(|p| p.of(raw)).collect();
/// assert_eq!(texts, ["„Das ist ein\nZitat“, sagte er.", "Mehr sagte er nicht.", "Ende"]);
/// ```
pub fn paragraphs(raw: &str) -> Vec<ByteSpan> {
    let lines = lines(raw);
    let layout = Layout::of(raw, &lines);
    let mut paragraphs: Vec<ByteSpan> = Vec::new();
    let mut above: Option<&Line> = None;
    for line in &lines {
        match above {
            Some(above) if !line.is_apart && !layout.parts(raw, above, line) => {
                if let Some(paragraph) = paragraphs.last_mut() {
                    paragraph.end = line.text.end;
                }
            }
            _ => paragraphs.push(line.text),
        }
        above = Some(line);
    }
    paragraphs
}

/// A line that has something on it.
struct Line {
    /// The line without outer white space.
    text: ByteSpan,
    /// Bytes of white space before it.
    indent: u32,
    /// Whether a blank line, a form feed or U+2029 stands before it.
    is_apart: bool,
    /// The number of its characters with its indent, or any number above [`WIDEST`] if there are more.
    length: usize,
}

fn lines(raw: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut is_apart = true;
    for end in line_ends(raw).into_iter().chain([raw.len()]) {
        let line = &raw[start..end];
        let tail = line.trim_start();
        let text = tail.trim_end();
        if text.is_empty() {
            is_apart = true;
        } else {
            let from = end - tail.len();
            lines.push(Line {
                text: ByteSpan::new(from, from + text.len()),
                indent: (from - start) as u32,
                is_apart,
                length: from - start + length_up_to(text, WIDEST),
            });
            is_apart = false;
        }
        let (width, parts) = line_break(raw, end);
        is_apart |= parts;
        start = end + width;
    }
    lines
}

/// Where line breaks begin: `\n`, `\r`, form feed, U+2028 and U+2029; `\r\n` is one break.
fn line_ends(raw: &str) -> Vec<usize> {
    let bytes = raw.as_bytes();
    let mut ends: Vec<usize> = memchr::memchr3_iter(b'\n', b'\r', b'\x0C', bytes)
        .filter(|&at| !(bytes[at] == b'\n' && at > 0 && bytes[at - 1] == b'\r'))
        .collect();
    let plain = ends.len();
    // U+2028 and U+2029 differ in their last byte; most texts have neither, and some have many marks beside them.
    let is_separator = |&at: &usize| matches!(bytes.get(at + 2), Some(0xA8 | 0xA9));
    ends.extend(memmem::find_iter(bytes, b"\xE2\x80").filter(is_separator));
    if ends.len() > plain {
        ends.sort_unstable();
    }
    ends
}

/// How many bytes the break at `at` takes, and whether it parts paragraphs by itself.
fn line_break(raw: &str, at: usize) -> (usize, bool) {
    match &raw.as_bytes()[at..] {
        [b'\r', b'\n', ..] => (2, false),
        [b'\n' | b'\r', ..] => (1, false),
        [b'\x0C', ..] => (1, true),
        [0xE2, 0x80, last, ..] => (3, *last == 0xA9),
        _ => (0, false),
    }
}

/// What a single newline means in a text.
enum Layout {
    /// Every line is a paragraph.
    Lines,
    /// Too short to tell: a line that ends like a sentence ends its paragraph.
    Few,
    /// Lines are broken at `width` characters; `hanging` if most of them are indented. A line that ends like a
    /// sentence is its paragraph's last if it would have been at most `last` long with the next word.
    Wrapped { width: usize, hanging: bool, last: usize },
}

/// Nobody wraps wider: typewriters have 80 columns, code 100, terminals 120.
const WIDEST: usize = 120;

/// With fewer single newlines a width cannot be told from chance; nor can it below this many characters.
const FEWEST_BREAKS: usize = 4;
const NARROWEST: usize = 30;

impl Layout {
    fn of(raw: &str, lines: &[Line]) -> Self {
        let width = lines.iter().map(|line| line.length).max().unwrap_or(0);
        if width > WIDEST {
            return Self::Lines;
        }
        // Wrapping leaves ragged lines, but seldom an eighth of the width.
        let nearly = width - width / 8;
        let (mut breaks, mut full, mut ragged) = (0, 0, 0);
        for pair in lines.windows(2) {
            let [above, below] = pair else { continue };
            if !below.is_apart && below.indent < 2 && !is_list_item(raw, above, below) {
                let length = length_with_next(raw, above, below);
                breaks += 1;
                full += usize::from(length > nearly);
                ragged += usize::from(length <= width && !ends_sentence(above.text.of(raw)));
            }
        }
        let hanging = lines.iter().filter(|line| line.indent >= 2).count() * 2 > lines.len();
        // Where every line is as full as can be, one that is not has a reason.
        let last = if ragged == 0 { width } else { nearly - 1 };
        if breaks >= FEWEST_BREAKS && full * 2 <= breaks {
            Self::Lines
        } else if breaks < FEWEST_BREAKS || width < NARROWEST {
            Self::Few
        } else {
            Self::Wrapped { width, hanging, last }
        }
    }

    /// Whether `below`, the next line after `above`, begins a paragraph.
    fn parts(&self, raw: &str, above: &Line, below: &Line) -> bool {
        if breaks_word(above.text.of(raw), below.text.of(raw)) {
            return false;
        }
        let opens = |hanging: bool| {
            let deeper = if hanging { below.indent > above.indent } else { below.indent >= 2 };
            deeper || is_list_item(raw, above, below)
        };
        match *self {
            Self::Lines => true,
            Self::Few => opens(true) && below.indent != 1 || ends_sentence(above.text.of(raw)),
            Self::Wrapped { width, hanging, last } => {
                let stops = ends_sentence(above.text.of(raw));
                let last = if stops { last } else { width / 2 };
                opens(hanging) || length_with_next(raw, above, below) <= last
            }
        }
    }
}

/// Whether a word may go on from the line `above` to the one `below`: no paragraph ends inside a word that is one.
fn breaks_word(above: &str, below: &str) -> bool {
    let hyphen = |c: char| matches!(c, '-' | '\u{2010}' | '\u{AD}');
    above.ends_with(hyphen) && below.starts_with(char::is_lowercase)
}

/// How many characters `above` would have if the first word of `below` stood on it too.
fn length_with_next(raw: &str, above: &Line, below: &Line) -> usize {
    let below = below.text.of(raw);
    let word = below.split(char::is_whitespace).next().unwrap_or(below);
    above.length + 1 + length_up_to(word, WIDEST)
}

/// The number of characters of `text`, or any number above `limit` if there are more.
fn length_up_to(text: &str, limit: usize) -> usize {
    if text.len() > limit * 4 {
        return limit + 1;
    }
    // Counting the characters of a short text takes longer than finding that each of its bytes is one.
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// Whether `line` ends in a full stop, a colon or the like, closing marks aside.
pub(super) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(is_closing);
    line.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '؟', '।'])
}

/// Marks and brackets that may stand between a full stop and the next sentence.
pub(super) fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '‘'
            | '’'
            | '«'
            | '»'
            | '‹'
            | '›'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '》'
            | '〉'
            | '】'
            | '｣'
            | '״'
    )
}

/// Whether `below` begins with a bullet. Dashes and numbers may also stand at a wrapped line's start
/// ("am\n15. September"), so they count only where a sentence has just ended.
fn is_list_item(raw: &str, above: &Line, below: &Line) -> bool {
    let text = below.text.of(raw);
    // Nearly every line begins with a letter.
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let Some((bullet, _)) = text.split_once([' ', '\t', '\u{A0}']) else {
        return false;
    };
    match bullet {
        "•" | "*" | "·" | "▪" | "◦" | "‣" | "●" | "■" | "►" => true,
        "-" | "–" | "—" | "»" | ">>" | "›" => ends_sentence(above.text.of(raw)),
        _ => is_number(bullet) && ends_sentence(above.text.of(raw)),
    }
}

/// Whether `bullet` is a number as lists have it: `3.` or `3)`.
fn is_number(bullet: &str) -> bool {
    let digits = bullet.strip_suffix(['.', ')']).unwrap_or_default();
    (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}
