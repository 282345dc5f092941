use super::listed::{Listed, Listing};
use std::sync::LazyLock;

/// A verb (or set phrase) that reports what somebody said.
#[derive(Debug, PartialEq, Eq)]
pub struct CueWord {
    /// The dictionary form, with its particle: "say", "point out".
    pub lemma: String,
    /// What follows the first word in the text: "out" of "pointed out".
    pub rest: Vec<String>,
    /// What it takes.
    pub takes: Takes,
}

/// What may follow a cue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    /// A clause without "that".
    pub bare: bool,
    /// A clause with "that".
    pub that: bool,
    /// An infinitive.
    pub to: bool,
    /// An indirect question.
    pub whether: bool,
    /// Quoted words as object or complement ("called it a “disaster”").
    pub words: bool,
    /// Nothing said aloud: a thought or a finding.
    pub mind: bool,
}

pub(super) static CUES: LazyLock<Listed<String, Vec<CueWord>>> =
    LazyLock::new(|| read(include_str!("cues.txt")));

/// The cues that begin with this word in one of its forms, longest first. `word` is lower case.
pub fn cues(word: &str) -> &'static [CueWord] {
    CUES.get(word).map_or(&[], Vec::as_slice)
}

/// The cue that begins with this word and needs no further one; any case.
pub fn cue(word: &str) -> Option<&'static CueWord> {
    CUES.get_lower(word)?.iter().find(|c| c.rest.is_empty())
}

/// What is known of a verb that is in no list but stands where only a verb of saying does. It has
/// no dictionary form.
pub fn unlisted_cue() -> &'static CueWord {
    &UNLISTED
}

static UNLISTED: CueWord = CueWord {
    lemma: String::new(),
    rest: Vec::new(),
    takes: Takes { bare: false, that: false, to: false, whether: false, words: false, mind: false },
};

fn read(list: &'static str) -> Listed<String, Vec<CueWord>> {
    let mut by_form: Listing<String, Vec<CueWord>> = Listing::default();
    for line in super::entries(list) {
        let (head, takes) = line.split_once(':').unwrap_or((line, ""));
        let (lemma, irregular) = head.split_once('(').unwrap_or((head, ""));
        let lemma = lemma.trim();
        let (first, rest) = lemma.split_once(' ').unwrap_or((lemma, ""));
        let irregular = irregular.trim_end_matches([')', ' ']).split_whitespace();
        let mut forms = regular(first);
        forms.extend(irregular.filter(|form| *form != "to").map(str::to_owned));
        forms.sort();
        forms.dedup();
        for form in forms {
            by_form.entry(form).or_default().push(CueWord {
                lemma: lemma.to_owned(),
                rest: rest.split_whitespace().map(str::to_owned).collect(),
                takes: reads(takes),
            });
        }
    }
    #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
    for cues in by_form.values_mut() {
        cues.sort_by_key(|c| std::cmp::Reverse(c.rest.len()));
    }
    by_form.into()
}

fn reads(takes: &str) -> Takes {
    let takes: Vec<&str> = takes.split_whitespace().collect();
    let has = |word| takes.contains(&word);
    Takes {
        bare: has("bare"),
        that: has("that"),
        to: has("to"),
        whether: has("if"),
        words: has("words"),
        mind: has("mind"),
    }
}

/// The forms of a regular verb.
fn regular(lemma: &str) -> Vec<String> {
    let ends = |ends: &[&str]| ends.iter().any(|e| lemma.ends_with(e));
    let s = if ends(&["s", "x", "ch", "sh", "z"]) { "es" } else { "s" };
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    vec![lemma.to_owned(), format!("{lemma}{s}"), format!("{stem}ed"), format!("{stem}ing")]
}
