use super::grammar::{is_clause_boundary, is_day, is_determiner, is_preposition, is_speaking_pronoun};
use super::page::{CueAt, Page};
use crate::lexicon;
use crate::lexicon::Use;
use std::ops::Range;

/// A cue with the place where its speaker stands.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The cue.
    pub cue: CueAt,
    /// Where the speaker is to be looked for.
    pub subject: Subject,
}

/// Where the speaker stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Before the cue: "Mora said". The tokens of the noun phrase.
    Before(Range<usize>),
    /// Before a relative pronoun: "Mora, who said".
    Relative(Range<usize>),
    /// After the cue: "said Mora", "according to Mora", "reported by Mora".
    After(Range<usize>),
    /// The subject of an earlier verb: "Mora nodded and said", "…, adding". Its tokens, where they are
    /// known.
    Implied(Option<Range<usize>>),
}

/// The longest noun phrase that is looked at.
const LONGEST_SUBJECT: usize = 24;

/// The cues of one sentence, each with its subject, in order.
pub(super) fn frames(page: &Page, sentence: &Range<usize>) -> Vec<Frame> {
    let mut found: Vec<Frame> = Vec::new();
    for at in sentence.clone() {
        if found.last().is_some_and(|f| f.cue.tokens.contains(&at)) {
            continue;
        }
        if let Some(cue) = page.cue_at(at, sentence)
            && let Some(subject) = subject(page, sentence, &cue)
            && !holds_verb(&subject, &found)
        {
            found.push(Frame { cue, subject });
        }
    }
    found
}

/// Whether what looks like a subject holds a verb of saying, so that the cue is a noun after it:
/// "Mora said of the claims that".
fn holds_verb(subject: &Subject, before: &[Frame]) -> bool {
    let Subject::Before(words) = subject else { return false };
    before.iter().any(|f| words.contains(&f.cue.tokens.start) && !matches!(f.subject, Subject::Relative(_)))
}

fn subject(page: &Page, sentence: &Range<usize>, cue: &CueAt) -> Option<Subject> {
    let at = cue.tokens.start;
    if cue.word.lemma == "according to" {
        return after(page, sentence, cue.tokens.end).map(Subject::After);
    }
    let participle = page.word(at).ends_with("ing");
    let left = page.left_of_verb(at, sentence.start);
    let auxiliaries = left.map_or(sentence.start, |l| l + 1)..at;
    let passive = !participle && auxiliaries.clone().any(|i| page.uses(i).has(Use::Be));
    let by = names_agent(page, cue.tokens.end);
    if passive || by {
        return agent(page, sentence, cue.tokens.end).map(Subject::After);
    }
    if participle && !auxiliaries.clone().any(|i| page.uses(i).has(Use::Be)) {
        if let Some(noun) = left.filter(|&l| l + 1 == at && page.is_capital(l)) {
            return before(page, sentence, noun).map(Subject::Relative);
        }
        return Some(Subject::Implied(None));
    }
    let Some(left) = left else {
        return inverted(page, sentence, cue);
    };
    if page.uses(left).has(Use::Relative) && left > sentence.start {
        return relative(page, sentence, left);
    }
    if matches!(page.word(left), "and" | "but" | "or" | "then") {
        if matches!(page.word(left + 1), "both" | "all") {
            return Some(Subject::Before(left + 1..left + 2));
        }
        return Some(Subject::Implied(None));
    }
    if page.uses(left).has(Use::Subject) {
        return Some(Subject::Before(left..left + 1));
    }
    if let Some(pronoun) = interrupted_relative(page, sentence, left) {
        return relative(page, sentence, pronoun);
    }
    if page.is_punct(left) || ends_like_clause(page, left) {
        return inverted(page, sentence, cue)
            .or_else(|| apposition(page, sentence, left).map(Subject::Before))
            .or((!auxiliaries.is_empty() || page.is_punct(left)).then_some(Subject::Implied(None)));
    }
    before(page, sentence, left).map(Subject::Before)
}

/// How many tokens after a verb in the passive its "by" may stand.
const FARTHEST_AGENT: usize = 10;

/// "Called a dud by critics": the noun phrase after the "by" of a verb in the passive that ends before
/// `rest`.
fn agent(page: &Page, sentence: &Range<usize>, rest: usize) -> Option<Range<usize>> {
    let reach = rest..sentence.end.min(rest + FARTHEST_AGENT);
    let ends =
        |i: &usize| page.is_punct(*i) || page.uses(*i).has(Use::Relative) || page.uses(*i).has(Use::Clause);
    let by = reach.take_while(|i| !ends(i)).find(|&i| names_agent(page, i))?;
    after(page, sentence, by + 1)
}

/// Whether token `at` is a "by" before whoever did it.
fn names_agent(page: &Page, at: usize) -> bool {
    page.word(at) == "by" && !page.word(at + 1).ends_with("ing")
}

/// "Mora's claim": the noun phrase that a cue used as a noun belongs to.
pub(super) fn owner(page: &Page, sentence: &Range<usize>, cue: &CueAt) -> Option<Range<usize>> {
    let verb = page.word(cue.tokens.start).ends_with("ing") || page.word(cue.tokens.start).ends_with("ed");
    let clitic = cue.tokens.start.checked_sub(1).filter(|&i| i > sentence.start && page.is_clitic(i))?;
    let names = |i: &usize| page.is_capital(*i) || lexicon::role(page.word(*i)).is_some();
    let first = (sentence.start..clitic).rev().take_while(names).last().unwrap_or(clitic - 1);
    let the = first.checked_sub(1).filter(|&i| i >= sentence.start && page.uses(i).has(Use::Determiner));
    (!verb).then(|| the.unwrap_or(first)..clitic)
}

/// Whether token `at` is a quoted segment after which a new clause begins: “Q,” or “Q?”.
fn ends_like_clause(page: &Page, at: usize) -> bool {
    page.quoted_ends_with(at, &[',', '.', '?', '!', '…', '—', '-'])
}

/// "said Mora": a noun phrase right after the cue, with the words said before it.
fn inverted(page: &Page, sentence: &Range<usize>, cue: &CueAt) -> Option<Subject> {
    let at = cue.tokens.start;
    let clause_ends = |i: usize| page.quoted(i).is_some() || page.is_punct(i) && page.word(i) != ")";
    let says_before = at > sentence.start && clause_ends(at - 1);
    let quoted_before = at > sentence.start && page.quoted(at - 1).is_some();
    if !says_before || !(quoted_before || inverts(&cue.word.lemma)) || apposition_ends(page, sentence, at) {
        return None;
    }
    let subject = after(page, sentence, cue.tokens.end)?;
    let first = page.word(subject.start);
    let nominal = page.is_capital(subject.start)
        || is_determiner(first)
        || (is_speaking_pronoun(first) && quoted_before)
        || page.quoted(at - 1).is_some();
    let small = is_preposition(first) && !page.is_capital(subject.start);
    (nominal && !is_day(first) && !small && first != "that").then_some(Subject::After(subject))
}

/// Verbs that stand before their subject even after words without marks: "It rained, said Mora".
fn inverts(lemma: &str) -> bool {
    matches!(
        lemma,
        "say" | "report" | "write" | "add" | "argue" | "note" | "explain" | "warn" | "according to"
    )
}

/// Whether a comma before `at` closes an apposition: "Mora, the clerk, said".
fn apposition_ends(page: &Page, sentence: &Range<usize>, at: usize) -> bool {
    page.word(at - 1) == "," && {
        let opened = opening_comma(page, sentence, at - 1, false);
        opened.is_some_and(|comma| {
            let named = page.is_capital(comma - 1) || page.word(comma - 1) == ")";
            let relative = matches!(page.word(comma + 1), "who" | "whose" | "which");
            let name = names_only(page, comma + 1..at - 1);
            relative || name || named && (!page.is_capital(comma + 1) || !page.is_capital(at + 1))
        })
    }
}

/// The comma that opens the appositions closed by the comma at `close`, leftmost of several:
/// "Mora, head of the council, a group of five, said". With `asides`, also "Mora, in a letter, said".
fn opening_comma(page: &Page, sentence: &Range<usize>, close: usize, asides: bool) -> Option<usize> {
    let mut opened = None;
    let mut end = close;
    while let Some(comma) =
        (sentence.start + 1..end).rev().find(|&i| page.word(i) == "," || ends_like_clause(page, i))
    {
        let name = end == close && names_only(page, comma + 1..close);
        let aside = asides
            && end == close
            && page.uses(comma + 1).has(Use::Preposition)
            && page.is_capital(comma - 1);
        if page.word(comma) != "," || !(name || aside || is_appositive(page, comma + 1)) {
            break;
        }
        opened = Some(comma);
        end = comma;
    }
    opened
}

/// Whether the words after a comma may describe the noun before it.
fn is_appositive(page: &Page, at: usize) -> bool {
    let word = page.word(at);
    let described = page.is_word(at)
        && !page.is_capital(at)
        && !is_preposition(word)
        && !is_clause_boundary(word)
        && !is_speaking_pronoun(word)
        && !matches!(word, "and" | "but");
    let owned = page.is_capital(at) && (at..at + 5).any(|i| page.is_clitic(i));
    let party = page.is_capital(at) && matches!(page.word(at + 1), "of" | "for" | "," | "at");
    described
        || party
        || owned
        || is_determiner(word)
        || matches!(word, "who" | "whose" | "which" | "of")
        || word.starts_with(|c: char| c.is_numeric())
}

/// The noun phrase before an apposition that ends with the comma (or dash, or bracket) at `close`.
fn apposition(page: &Page, sentence: &Range<usize>, close: usize) -> Option<Range<usize>> {
    let mark = page.word(close);
    if !matches!(mark, "," | ")" | "—" | "–" | "--" | "-") {
        return None;
    }
    let open = match mark {
        "," => opening_comma(page, sentence, close, true),
        ")" => (sentence.start..close).rev().find(|&i| page.word(i) == "("),
        dash => (sentence.start..close).rev().find(|&i| page.word(i) == dash),
    };
    match open {
        Some(open) if names_only(page, open + 1..close) => Some(open + 1..close),
        Some(open) if open > sentence.start => before(page, sentence, open - 1),
        _ if close > sentence.start && !ends_like_clause(page, close - 1) => {
            before(page, sentence, close - 1)
        }
        _ => None,
    }
}

/// Whether an apposition is a name: "the clerk, Ada Mora, said".
fn names_only(page: &Page, mut words: Range<usize>) -> bool {
    words.len() >= 2 && words.all(|i| page.is_capital(i))
}

/// "Mora, who, after a pause, said": the pronoun before the aside that ends with the comma `close`.
fn interrupted_relative(page: &Page, sentence: &Range<usize>, close: usize) -> Option<usize> {
    let comma = (sentence.start..close).rev().find(|&i| page.word(i) == ",")?;
    let pronoun = comma.checked_sub(1).filter(|&i| i > sentence.start)?;
    (page.word(close) == "," && matches!(page.word(pronoun), "who" | "which")).then_some(pronoun)
}

/// "Mora, who said": the noun phrase before the relative pronoun.
fn relative(page: &Page, sentence: &Range<usize>, pronoun: usize) -> Option<Subject> {
    let noun = pronoun - 1;
    let noun = if page.word(noun) == "," { noun.checked_sub(1)? } else { noun };
    (noun >= sentence.start).then(|| before(page, sentence, noun).map(Subject::Relative))?
}

/// The noun phrase that ends with token `last`.
fn before(page: &Page, sentence: &Range<usize>, last: usize) -> Option<Range<usize>> {
    let mut last = last;
    let mut from = last + 1;
    let floor = sentence.start.max((last + 1).saturating_sub(LONGEST_SUBJECT));
    while from > floor {
        let at = from - 1;
        if page.word(at) == ")" {
            let open = (floor..at).rev().find(|&i| page.word(i) == "(")?;
            if last == at && open > floor {
                last = open - 1;
            }
            from = open;
            continue;
        }
        let word = page.word(at);
        let joint = word == "and" && joins_names(page, at, floor);
        let inside =
            page.segmented.tokens[at].kind != super::segment::TokenKind::Punct || matches!(word, "&" | "/");
        if !inside
            || ends_like_clause(page, at)
            || (word == "and" && !joint)
            || page.uses(at).has(Use::Clause)
            || word == "which"
        {
            break;
        }
        from = at;
    }
    (from <= last).then_some(from..last + 1)
}

/// "Mora and Rowe said": an "and" between two nouns of one subject.
fn joins_names(page: &Page, and: usize, floor: usize) -> bool {
    and > floor
        && page.is_capital(and - 1)
        && (page.is_capital(and + 1) || page.uses(and + 1).has(Use::Determiner))
}

/// The noun phrase that begins at `from`.
fn after(page: &Page, sentence: &Range<usize>, from: usize) -> Option<Range<usize>> {
    let mut to = from;
    let limit = sentence.end.min(from + LONGEST_SUBJECT);
    while to < limit {
        let word = page.word(to);
        let stop = page.is_punct(to) && word != "&"
            || page.quoted(to).is_some()
            || (to > from && (page.uses(to).has(Use::Relative) || page.uses(to).has(Use::Clause)))
            || (word == "and" && !joins_names(page, to, from));
        if stop {
            break;
        }
        to += 1;
    }
    (to > from).then_some(from..to)
}
