//! Words that say that someone speaks, in German and English, and the words around a quotation in which to look for them.

use crate::text::{ByteSpan, WordList};

/// A word beside a quotation, without the punctuation around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) span: ByteSpan,
    /// The punctuation behind it.
    pub(super) tail: &'t str,
}

/// Words looked at on one side of a quotation: a reporting clause is shorter.
const MOST_WORDS: usize = 24;

/// The bytes those may take; looking back stays constant however long the paragraph is.
const MOST_BYTES: usize = 320;

/// The words of `raw` from `start` up to `end`, up to the end of the sentence.
pub(super) fn words_after(raw: &str, start: u32, end: u32) -> Vec<Word<'_>> {
    let end = boundary(raw, (start as usize + MOST_BYTES).min(end as usize));
    let mut words = Vec::new();
    for word in words_in(raw, start as usize, end) {
        words.push(word);
        if word.ends_sentence() || words.len() == MOST_WORDS {
            break;
        }
    }
    words
}

/// The words of `raw` from `start` up to `end`, from the start of the sentence that goes on at `end`.
pub(super) fn words_before(raw: &str, start: u32, end: u32) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    for word in words_back(raw, start, end, MOST_BYTES) {
        if !words.is_empty() && word.ends_sentence() {
            break;
        }
        words.push(word);
        if words.len() == MOST_WORDS {
            break;
        }
    }
    words.reverse();
    words
}

/// The last word of `raw` between `start` and `end`, if it is near.
pub(super) fn last_word(raw: &str, start: u32, end: u32) -> Option<Word<'_>> {
    words_back(raw, start, end, MOST_BYTES / 4).next()
}

/// The last character boundary of `raw` up to `at`.
pub(super) fn boundary(raw: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| raw.is_char_boundary(at)).unwrap_or(0)
}

fn words_in(raw: &str, start: usize, end: usize) -> impl Iterator<Item = Word<'_>> {
    raw[start..end].split_whitespace().filter_map(move |shown| word(raw, shown))
}

/// The words of at most `most` bytes from `end` back to `start`, the last first: a sentence is mostly shorter.
fn words_back(raw: &str, start: u32, end: u32, most: usize) -> impl Iterator<Item = Word<'_>> {
    let from = boundary(raw, (start as usize).max((end as usize).saturating_sub(most)));
    let pieces = raw[from..end as usize].rsplit(char::is_whitespace);
    pieces.filter_map(move |shown| word(raw, shown))
}

/// The word of `shown`, a piece of `raw` between spaces, if it has any.
fn word<'t>(raw: &'t str, shown: &'t str) -> Option<Word<'t>> {
    let head = shown.trim_start_matches(|c: char| !c.is_alphanumeric());
    let text = head.trim_end_matches(|c: char| !c.is_alphanumeric());
    let at = head.as_ptr() as usize - raw.as_ptr() as usize;
    let span = ByteSpan::new(at, at + text.len());
    (!text.is_empty()).then(|| Word { text, span, tail: &head[text.len()..] })
}

impl Word<'_> {
    /// Whether a full stop behind it ends the sentence: short words before one are titles and initials.
    pub(super) fn ends_sentence(&self) -> bool {
        let is_abbreviation =
            self.tail.starts_with('.') && self.text.chars().nth(3).is_none() && self.is_capital();
        self.tail.starts_with(['.', '!', '?', ';']) && !is_abbreviation
    }

    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is a verb of saying. Only at a sentence's start has one a capital, and nobody's speech is there.
    pub(super) fn is_cue(&self) -> bool {
        VERBS.has(self.text)
    }

    pub(super) fn is_pronoun(&self) -> bool {
        is_pronoun(self.text)
    }

    pub(super) fn is_article(&self) -> bool {
        is_article(self.text)
    }

    /// Whether a sentence may begin with it and have its subject behind the verb.
    pub(super) fn is_adverbial(&self) -> bool {
        ADVERBIALS.has_any_case(self.text)
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }
}

/// Whether speakers go by `word` without a name.
pub(super) fn is_pronoun(word: &str) -> bool {
    PRONOUNS.has_any_case(word)
}

/// Whether `word` may begin the description of a speaker.
pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.has_any_case(word)
}

/// Verbs of saying as reports use them, the first part of split ones (teilte … mit) among them.
static VERBS: WordList = WordList::new(
    "
    acknowledged added adding adds admits admitted alleged alleges announced announces answered
    antwortet antwortete antworteten appelliert appellierte argued argues argumentiert
    argumentierte asked asking asks asserted asserts bedauert bedauerte befand begged begründet
    begründete behauptet behauptete behaupteten beklagt beklagte bekräftigt bekräftigte
    bekräftigten bemoaned berichtet berichtete berichteten beschreibt beschrieb bestätigt
    bestätigte bestätigten beteuert beteuerte betont betonte betonten bezeichnet bezeichnete
    bezeichneten bilanzierte blasted boasted boasts bragged called cautioned cautions chimed
    claimed claims commented complained complains conceded concedes concluded concludes
    confirmed confirms contended contends continued continues countered cried criticised
    criticized deadpanned declared declares demanded dementiert dementierte denied denies
    described describes emphasised emphasized empörte entgegnet entgegnete ergänzt ergänzte
    erinnert erinnerte erklärt erklärte erklärten erwidert erwiderte erzählt erzählte erzählten
    exclaimed explained explains findet flüsterte fordert forderte forderten formuliert
    formulierte fragt fragte fragten freute fügte fügten gab gelobte gesagt gestand gesteht
    hailed heißt hieß höhnte insisted insists interjected joked jokes jubelt jubelte klagt
    klagte klagten kommentiert kommentierte kommentierten konstatiert konstatierte kritisiert
    kritisierte kritisierten kündigte kündigten lamented laments lobt lobte lobten mahnt mahnte
    mahnten maintained maintains meint meinte meinten merkte merkten murmelte murmured mused
    muses muttered nannte nannten nennt noted notierte observed observes opined pledged pledges
    plädiert plädierte pointed points polterte posaunte praised predicted predicts promised
    promises prophezeite quipped quips reads recalled recalls rechtfertigte reiterated remarked
    remarks repeats replied replies reported responded responds resümiert resümierte retorted
    rief riefen ruft räumte räumten sagen sagt sagte sagten said say saying says scherzt
    scherzte schimpft schimpfte schreiben schreibt schrieb schrieben schwärmt schwärmte seufzte
    shouted shouts slammed sprach sprachen spricht sprechen spottet spottete stated stichelte stressed stresses suggested
    suggests teilte telling tells testified testifies thundered told tweeted tweets twitterte
    unterstellte unterstreicht unterstrich urged urges urteilt urteilte verkündet verkündete
    verkündeten verlangt verlangte verlangten verlautete vermutet vermutete verriet verrät
    versichert versicherte versicherten verteidigt verteidigte vowed vows warned warns warnt
    warnte warnten wetterte whispered wies witzelte wondered wonders writes writing wrote
    wünschte yelled zitiert zitierte zitierten ätzte äußert äußerte äußerten
    ",
);

/// Pronouns that speakers go by; `es` and `it` speak for nobody.
static PRONOUNS: WordList = WordList::new(
    "
    beide diese dieser er he i ich jener she sie they we wir you
    ",
);

/// What may begin the name of a speaker: articles and possessives.
static ARTICLES: WordList = WordList::new(
    "
    a an another das dem den der deren des dessen die ein eine einem einer eines her his ihr
    ihre its mein meine my one our sein seine that the their this unser unsere
    ",
);

/// What begins a sentence without being its subject: German puts the speaker behind the verb then.
static ADVERBIALS: WordList = WordList::new(
    "
    aber about according after allerdings als also am an and as asked at auch auf aus außerdem
    because before bei beim bereits but by da dabei daher damit danach dann darauf daraufhin
    dazu denn dennoch deshalb dies doch dort durch during earlier einst erst ferner for from für
    gegen gegenüber gestern here heute hier hierauf hierzu however if im in inzwischen jetzt
    later laut meanwhile mit nach noch now nun nur oder of on or schließlich seit since so
    später then there thus to today trotz und unter until vom von vor wegen weil weiter
    weiterhin wenn when while wie with während wörtlich yesterday zu zudem zuletzt zum zur zuvor
    zwischen Über über
    ",
);
