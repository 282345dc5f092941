//! Who said what, sentence by sentence: what is found, by whom, with which word.

use onrecord::quotes::{Basis, Found, Kind, Reading, find};
use onrecord::text::Text;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// A text, and a line for each quote: kind, reported words (pieces joined by …), mention, cue.
const CASES: &[(&str, &[&str])] = &[
    ("“It rained,” Ada Mora said.", &["direct: “It rained,” ← Ada Mora (said)"]),
    ("“It rained,” said Ada Mora, a clerk in Brill.", &["direct: “It rained,” ← Ada Mora (said)"]),
    ("Ada Mora said: “It rained.”", &["direct: “It rained.” ← Ada Mora (said)"]),
    ("Ada Mora told reporters on Monday, “It rained.”", &["direct: “It rained.” ← Ada Mora (told)"]),
    (
        "“It rained,” Ada Mora said. “It rained all night.”",
        &["direct: “It rained,” ← Ada Mora (said)", "direct: “It rained all night.” ← Ada Mora"],
    ),
    ("“It rained,” Ada Mora said, “all night.”", &["direct: “It rained,” … “all night.” ← Ada Mora (said)"]),
    (
        "“It rained,” Ada Mora said.\n\n“We went home in the end.”",
        &["direct: “It rained,” ← Ada Mora (said)", "direct: “We went home in the end.” ← Ada Mora"],
    ),
    (
        "“It rained all night,\n\n“and then it stopped,” Ada Mora said.",
        &["direct: “It rained all night, … “and then it stopped,” ← Ada Mora (said)"],
    ),
    ("Ada Mora said that it rained.", &["indirect: that it rained ← Ada Mora (said)"]),
    (
        "Ada Mora said it was a “wet night” in Brill.",
        &["mixed: it was a “wet night” in Brill ← Ada Mora (said)"],
    ),
    ("The bridge will stay, Ada Mora said.", &["indirect: The bridge will stay ← Ada Mora (said)"]),
    (
        "The bridge, Ada Mora said, will stay for years.",
        &["indirect: The bridge … will stay for years ← Ada Mora (said)"],
    ),
    (
        "According to Ada Mora, the bridge will stay.",
        &["indirect: the bridge will stay ← Ada Mora (According to)"],
    ),
    (
        "The bridge will stay, according to Ada Mora.",
        &["indirect: The bridge will stay ← Ada Mora (according to)"],
    ),
    ("As Ada Mora noted, the bridge will stay.", &["indirect: the bridge will stay ← Ada Mora (noted)"]),
    (
        "Ada Mora, head of the council, a group of five, said the bridge will stay.",
        &["indirect: the bridge will stay ← Ada Mora (said)"],
    ),
    (
        "Ada Mora, who said the bridge would stay, left.",
        &["indirect: the bridge would stay ← Ada Mora (said)"],
    ),
    (
        "Ada Mora praised the bridge, adding that it would stay.",
        &["indirect: that it would stay ← Ada Mora (adding)"],
    ),
    (
        "Dismissing the plan as “sheer nonsense”, Ada Mora left.",
        &["direct: “sheer nonsense” ← Ada Mora (Dismissing)"],
    ),
    (
        "Ada Mora said the bridge would stay and that it was “quite safe”.",
        &["mixed: the bridge would stay and that it was “quite safe” ← Ada Mora (said)"],
    ),
    ("Ada Mora had one wish: “Let it rain.”", &["direct: “Let it rain.” ← Ada Mora"]),
    (
        "BRILL, May 3 (Gazette) - The bridge will stay, Ada Mora said.",
        &["indirect: The bridge will stay ← Ada Mora (said)"],
    ),
    ("“Why not?” Ada Mora asked.", &["direct: “Why not?” ← Ada Mora (asked)"]),
    ("‘It rained,’ Ada Mora said.", &["direct: ‘It rained,’ ← Ada Mora (said)"]),
    ("''It rained,'' Ada Mora said.", &["direct: ''It rained,'' ← Ada Mora (said)"]),
    ("\"It rained,\" Ada Mora said.", &["direct: \"It rained,\" ← Ada Mora (said)"]),
    ("“It rained all night.” ― Ada Mora", &["direct: “It rained all night.” ← Ada Mora"]),
    ("“It rained,” beamed Ada Mora of Brill.", &["direct: “It rained,” ← Ada Mora (beamed)"]),
    ("“It rained,” Ada Mora demurred.", &["direct: “It rained,” ← Ada Mora (demurred)"]),
    ("Ada Mora, after a long pause, said it rained.", &["indirect: it rained ← Ada Mora (said)"]),
    (
        "MORA: We went home.\n\nROWE: When was that?\n\nMORA: At ten.",
        &["direct: We went home. ← MORA", "direct: When was that? ← ROWE", "direct: At ten. ← MORA"],
    ),
    // Not speech: titles, scare quotes, nouns that look like cues, what was not said.
    ("She once sang in “The Long Road Home” at Brill.", &[]),
    ("The so-called “smart bridge” was closed on Monday.", &[]),
    ("The claims that followed were many.", &[]),
    ("Ada Mora did not say that it rained.", &[]),
];

#[test]
fn sentences_are_read_as_a_reader_reads_them() {
    for (body, expected) in CASES {
        assert_eq!(read(body), *expected, "{body}");
    }
}

#[test]
fn renaming_a_speaker_changes_nothing_but_the_name() {
    for (body, _) in CASES {
        let renamed: Vec<String> = read(body).iter().map(|l| l.replace("Ada Mora", "Ilse Tamm")).collect();
        assert_eq!(read(&body.replace("Ada Mora", "Ilse Tamm")), renamed, "{body}");
    }
}

#[test]
fn in_another_language_only_longer_words_in_marks_are_found_and_nobody_is_named() {
    let text = Text::new("„Es hat die ganze Nacht geregnet“, sagte Mora. „Ja“, sagte Rowe.".to_owned());
    let found = find(&text, Reading::MarksOnly);
    let words: Vec<&str> = found.quotes.iter().map(|q| text.slice(q.pieces[0])).collect();
    assert_eq!(words, ["„Es hat die ganze Nacht geregnet“"]);
    assert_eq!(found.quotes[0].attribution.basis, Basis::None);
}

#[test]
fn quotes_stand_in_order_without_overlaps() {
    for (body, _) in CASES {
        let text = Text::new(format!("{body}\n\n{body} {body}"));
        let found = find(&text, Reading::English);
        let pieces: Vec<_> = found.quotes.iter().flat_map(|q| &q.pieces).collect();
        assert!(pieces.windows(2).all(|p| p[0].end <= p[1].start), "{body}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_strange(words in proptest::collection::vec(proptest::sample::select(SCRAPS), 0..60)) {
        let text = Text::new(words.concat());
        let found = find(&text, Reading::English);
        let mut pieces: Vec<_> = found.quotes.iter().flat_map(|q| &q.pieces).collect();
        pieces.sort();
        proptest::prop_assert!(pieces.windows(2).all(|p| p[0].end <= p[1].start), "overlap");
        for quote in &found.quotes {
            proptest::prop_assert!(!quote.pieces.is_empty());
            for span in quote.pieces.iter().chain(&quote.quoted).chain(&quote.attribution.mention) {
                proptest::prop_assert!(!text.slice(*span).is_empty());
            }
        }
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    let texts = [
        "“".repeat(10_000),
        "'".repeat(1_000_000),
        "said ".repeat(100_000),
        "Mora, ".repeat(100_000),
        "“a b c” said ".repeat(50_000),
        "( ".repeat(100_000),
        "A: b\n".repeat(50_000),
        "\" a. ".repeat(50_000),
    ];
    for body in texts {
        let text = Text::new(body);
        let begun = Instant::now();
        let found = find(&text, Reading::English);
        assert!(begun.elapsed() < PATIENCE, "{:.20}… took {:?}", text.as_str(), begun.elapsed());
        assert!(found.quotes.len() <= 100_000);
    }
}

/// A hundred times what these texts take; what is quadratic takes longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the strangest texts are made of.
const SCRAPS: &[&str] = &[
    "“",
    "”",
    "\"",
    "''",
    "``",
    "‘",
    "’",
    "'",
    "«",
    "»",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    ": ",
    "; ",
    "\n",
    "\n\n",
    "— ",
    "(",
    ") ",
    "Ada Mora",
    " said",
    " says ",
    "according to ",
    " adding ",
    "that ",
    "who ",
    "and ",
    "He ",
    "it ",
    "rained",
    "U.S. ",
    "MORA: ",
    "é",
    "東京",
    "\u{301}",
    "\u{202e}",
    "3.5",
    "$4",
    "by ",
    "was ",
    "told ",
    "As ",
    "reporters ",
    "?",
    "!",
    "…",
];

fn read(body: &str) -> Vec<String> {
    let text = Text::new(body.to_owned());
    let Found { quotes, .. } = find(&text, Reading::English);
    let lines = quotes.iter().map(|quote| {
        let kind = match quote.kind {
            Kind::Direct => "direct",
            Kind::Mixed => "mixed",
            Kind::Indirect => "indirect",
        };
        let pieces: Vec<&str> = quote.pieces.iter().map(|p| text.slice(*p)).collect();
        let mut line = format!("{kind}: {}", pieces.join(" … "));
        if let Some(mention) = quote.attribution.mention {
            write!(line, " ← {}", text.slice(mention)).unwrap();
        }
        if let Some(cue) = &quote.cue {
            write!(line, " ({})", text.slice(cue.span)).unwrap();
        }
        line
    });
    lines.collect()
}
