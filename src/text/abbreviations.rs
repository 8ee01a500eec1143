//! Words that end in a full stop without ending a sentence, for German and English.

use super::word_list::WordList;

/// What a full stop behind a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// It ends the sentence: the word is none.
    Never,
    /// It belongs to the word: a name or number must follow.
    Always,
    /// It belongs to the word unless the next one is a usual first word of a sentence.
    Inside,
}

/// What a full stop behind `word` says.
pub(super) fn abbreviation(word: &str) -> Abbreviation {
    let mut chars = word.chars();
    let (first, second) = (chars.next(), chars.next());
    match (first, second) {
        (None, _) => Abbreviation::Never,
        // Initials, and the halves of "z. B.".
        (Some(c), None) if c.is_lowercase() => Abbreviation::Always,
        (Some(c), None) if c.is_uppercase() => Abbreviation::Inside,
        _ if ALWAYS.has(word) => Abbreviation::Always,
        _ if INSIDE.has(word) || is_dotted(word) || is_roman(word) => Abbreviation::Inside,
        _ => Abbreviation::Never,
    }
}

/// Whether a full stop behind `word` may belong to it.
pub(crate) fn is_abbreviated(word: &str) -> bool {
    abbreviation(word) != Abbreviation::Never
}

/// Whether `word` is a month, as dates name them: "2. Januar", "2. Jan.".
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.has(word)
}

/// Whether sentences usually start with `word`, and names hardly ever.
pub(super) fn is_starter(word: &str) -> bool {
    STARTERS.has(word)
}

/// Whether a German ordinal may stand behind `word`: "am 3. Oktober", "der 2. Platz".
pub(super) fn takes_ordinal(word: &str) -> bool {
    BEFORE_ORDINALS.has(word)
}

/// Single letters with full stops between them: `U.S`, `a.m`, `D.C`.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1)
}

/// `II` in "Johannes Paul II. war".
fn is_roman(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// A name, a number or the rest of the sentence follows.
static ALWAYS: WordList = WordList::new(
    "
    Abb Abs Abt Adm Anm Art Bd Bgm Bhf Bsp Bundesmin Capt Cmdr Col Cpl Dipl Dir Doz Dr Fa Fam Fr
    Frl Geb Gen Ges Gov Hbf Hr Hrn Hrsg Ing Jh Kap Kfm Kl Lt Mag Messrs Mlle Mme Mr Mrs Ms Msgr
    Mx No Nos Nr Obj Pat Pfc Pfr Phil Pkt Pos Prof Präs Pvt Red Ref Reg Rel Rep Reps Rer Rev Sen
    Sens Sgt St Sta Ste Str Tel Univ Verf Vgl Vizepräs abs afrik allg amerik amtl angebl approx
    ausgen bes betr bez bzgl bzw ca cf chin d.h dept dgl dt e.V e.g ehem eigtl einschl engl
    entspr est ev evtl exkl fig frz geb gegr gem gest gez ggf ggü h.c hon i.d.R i.e ident incl
    inkl insb insbes ital jap jew jur kath kfm lat led lt max med min mind mtl nördl o.Ä o.ä op
    phil pp px resp russ röm s.o s.u schweiz sog sogen spez stellv stv süddt südl teilw u.a u.Ä
    u.ä urspr v.Chr v.a verh versch vgl viz vs westl wiss z.B z.T z.Zt zit zzgl zzt österr östl
    ",
);

/// May also be a sentence's last word.
static INSIDE: WordList = WordList::new(
    "
    Apr Ariz Ark Aug Ave Blvd Bros Calif Co Colo Conn Corp Dec Del Dez Feb Fla Ft Ga Ill Inc Jan
    Jr Jul Jun Kan Ky La Ltd Mar Mass Md Mich Mill Min Minn Mio Miss Mo Mont Mrd Mrz Mt Neb Nev
    Nov Oct Okla Okt Ore Pa Penn Ph.D Plc Rd Sek Sep Sept Sr Std Stk Tenn Tex Tsd Va Vt Wash Wis
    a.m al etc ff ibid n.Chr p.m usw
    ",
);

/// In German and English, in full and short.
static MONTHS: WordList = WordList::new(
    "
    Apr April Aug August Dec December Dez Dezember Feb Feber Februar February Jan Januar January
    Jul Juli July Jun June Juni Jänner Mai March May Mrz März Nov November Oct October Okt
    Oktober Sep Sept September
    ",
);

/// Articles, pronouns, prepositions, conjunctions and adverbs; no word that is also part of names.
static STARTERS: WordList = WordList::new(
    "
    A About According After Alle Allerdings Als Also Although An And Another Any As At Auch Auf
    Aus Außerdem Because Bei Beide Bereits Besonders Bis Bisher But By Da Dabei Dadurch Dafür
    Dagegen Daher Damals Damit Danach Dann Daran Darauf Darin Darüber Das Dass Dazu Den Denn Der
    Des Deshalb Despite Deswegen Die Dies Diese Dieser Dieses Doch Dort During Ein Eine Einem
    Einen Einer Eines Einige Er Es Etwa Even Every For Früher Für Gegen Gestern Haben Hat He Her
    Here Heute Hier His However I Ich Ihr Ihre Im Immer In Indem Insgesamt Inzwischen Is Ist It
    Its Jede Jeder Jetzt Kein Keine Könnte Man Manche Many Meanwhile Mehr Mit More Most My Nach
    Nachdem Natürlich Nicht Nie Niemand No Noch Not Now Nun Nur Ob Oder Of On One Only Or Other
    Our Schließlich Schon Sein Seine Seit She Sich Sie Since Sind So Sobald Solche Some Soon
    Später Still Such That The Their Then There These They This Those Though Three To Trotz
    Trotzdem Two Um Und Under Unklar Unter Until Viele Vielleicht Vom Von Vor War Warum Was We
    Weil Weiter Weitere Welche Wenn Wer Werden What When Where Whether Which While Who Why Wie
    Wieder Will Wir With Without Wo Während Yes Yet You Zu Zudem Zuletzt Zum Zur Zuvor Zwar Zwei
    Zwischen Über
    ",
);

/// Articles, possessives, prepositions and days: what German puts before an ordinal.
static BEFORE_ORDINALS: WordList = WordList::new(
    "
    Ab Am Bis Das Dem Den Der Des Die Dienstag Donnerstag Freitag Ihr Ihre Ihrem Ihren Ihrer Im
    Jeder Jedes Mittwoch Montag Samstag Seit Sonnabend Sonntag Vom Zum Zur ab am bis das dem den
    der deren des dessen die ein eine einem einen einer fürs ihr ihre ihrem ihren ihrer im ins
    jede jedem jeden jeder jedes jährlichen kein keine mein meine meinem meinen meiner oder sein
    seine seinem seinen seiner seit und unser unsere unserem unseren unserer vom zum zur übers
    ",
);
