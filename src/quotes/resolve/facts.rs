//! What the article says somebody is: by title, apposition or "is".

use super::cast::Cast;
use crate::lexicon;
use crate::lexicon::{Family, Role, Use};
use crate::quotes::SpeakerKind;
use crate::quotes::grammar::is_dash;
use crate::quotes::mentions::{Determiner, Mention, Sort};
use crate::text::Span;
use std::ops::Range;

/// One thing somebody is: "Russian president".
#[derive(Clone, Debug)]
pub(super) struct Fact<'a> {
    pub role: Role,
    /// The other words of it, folded.
    pub words: Vec<&'a str>,
    /// Those of them written with a capital: where somebody is from.
    pub places: Vec<&'a str>,
    /// What makes another office of it: "vice".
    pub rank: Option<&'static str>,
    /// The nation among them.
    pub nation: Option<&'static str>,
    /// Where the article says so.
    pub span: Span,
}

/// What the words before a name tell, "Mr." aside.
pub(super) fn fact_of_title<'a>(cast: &Cast<'a>, at: usize) -> Option<Fact<'a>> {
    let mention = &cast.mentions[at];
    if mention.sort != Sort::Name || mention.tokens.start == mention.head.start {
        return None;
    }
    fact(cast, mention.tokens.start..mention.head.start, None)
}

/// What a description tells.
pub(super) fn fact_of_role<'a>(cast: &Cast<'a>, at: usize) -> Option<Fact<'a>> {
    let mention = &cast.mentions[at];
    let role = matches!(mention.sort, Sort::Role(_)).then_some(mention.head.start);
    fact(cast, cast.first_content(at)..cast.tail(at).max(mention.head.end), role)
}

/// What the words tell; its head, where known, is the role.
fn fact<'a>(cast: &Cast<'a>, tokens: Range<usize>, head: Option<usize>) -> Option<Fact<'a>> {
    let mut role = None;
    let (mut words, mut places) = (Vec::new(), Vec::new());
    let (mut nation, mut rank) = (None, None);
    for i in tokens.clone() {
        let (token, spelling) = (&cast.page.segmented.tokens[i], cast.page.spelling(i));
        let two =
            || i.checked_sub(1).and_then(|before| lexicon::role_of_two(cast.word(before), cast.word(i)));
        if let Some(known) = spelling.role.filter(|_| head.is_none_or(|h| h == i)) {
            role = Some(two().unwrap_or(known));
        }
        nation = nation.or(spelling.nation);
        let folded = cast.page.folded(i);
        rank = rank.or_else(|| lexicon::rank(folded));
        if token.capital && !token.initial {
            places.push(folded);
        }
        if folded.len() > 2 && !matches!(folded, "the" | "for" | "former") {
            words.push(folded);
        }
    }
    role.map(|role| Fact { role, words, places, rank, nation, span: cast.span(tokens) })
}

/// Learns from appositions ("Mora, the mayor"; "the mayor, Mora,"; "Rask Ltd., a ferry company") and
/// from "is".
pub(super) fn learn_facts(cast: &mut Cast) {
    for at in 0..cast.mentions.len() {
        let Some(member) = cast.who[at] else { continue };
        if let Some(noun) = after(cast, at, is_one_body) {
            learn_body(cast, member, noun);
        }
        if cast.mentions[at].sort != Sort::Name {
            continue;
        }
        for role in [after(cast, at, is_one_person), before(cast, at)].into_iter().flatten() {
            if let Some(fact) = fact_of_role(cast, role) {
                let known = &mut cast.members[member];
                known.gender = known.gender.or(fact.role.gender);
                cast.note(member, fact);
            }
            if cast.who[role].is_none() {
                cast.who[role] = Some(member);
            }
        }
    }
}

/// Whoever is known by one word and called a company is one.
fn learn_body(cast: &mut Cast, member: usize, noun: usize) {
    let known = &mut cast.members[member];
    if Cast::is_unsure(known) {
        known.kind = SpeakerKind::Org;
    }
    if known.kind == SpeakerKind::Org && cast.who[noun].is_none() {
        cast.who[noun] = Some(member);
    }
}

fn is_one_body(mention: &Mention) -> bool {
    mention.sort == Sort::BodyNoun && !mention.plural && mention.article != Determiner::Possessive
}

fn is_one_person(mention: &Mention) -> bool {
    matches!(mention.sort, Sort::Role(_)) && !mention.plural
}

/// The description right after a name: behind a comma (and an age), or "is".
fn after(cast: &Cast, at: usize, fits: fn(&Mention) -> bool) -> Option<usize> {
    let end = cast.mentions[at].tokens.end;
    let link = cast.word(end);
    let mut start = end + 1;
    match link {
        "," => {
            if cast.page.is_number(start) {
                start += 2;
            }
        }
        "is" | "was" | "became" | "remains" => {}
        _ => return None,
    }
    let next = (at + 1..cast.mentions.len()).take(4).find(|&i| cast.mentions[i].tokens.start == start)?;
    let mention = &cast.mentions[next];
    let closes = |word: &str| {
        matches!(word, "," | "." | ";" | ":" | "(" | ")" | "" | "who" | "that" | "which" | "and" | "but")
            || is_dash(word)
    };
    let behind = mention.tokens.end;
    let closes = || closes(cast.word(behind)) || cast.page.uses(behind).has(Use::Preposition);
    let fits = fits(mention) && (link != "," || closes());
    fits.then_some(next)
}

/// The description before a name, with a comma between: "the mayor of Lund, Ana Mora, …".
fn before(cast: &Cast, at: usize) -> Option<usize> {
    let name = &cast.mentions[at];
    let comma = name.tokens.start.checked_sub(1).filter(|&i| cast.word(i) == ",")?;
    let ends = cast.word(name.tokens.end);
    if !matches!(ends, "," | "." | "" | "of" | "from")
        && !is_dash(ends)
        && !cast.page.known(name.tokens.end).is_cue()
    {
        return None;
    }
    let found = (0..at).rev().take(4).find(|&i| is_one_person(&cast.mentions[i]))?;
    let role = &cast.mentions[found];
    let between = role.tokens.end..comma;
    let tokens = &cast.page.segmented.tokens;
    let same_sentence = tokens[role.tokens.start].sentence == tokens[comma].sentence;
    let tied = between.is_empty()
        || between.len() <= 8
            && matches!(cast.word(role.tokens.end), "of" | "for" | "in" | "at" | "to")
            && between.clone().all(|i| cast.word(i) != "," && !cast.page.known(i).is_cue());
    (same_sentence && tied && role.article != Determiner::Indefinite).then_some(found)
}

/// What it counts against a description that it names a place of which nothing was said.
const ELSEWHERE: f32 = 1.0;

/// What it counts against it beside, that another place was named of the one known.
const OTHER_PLACE: f32 = 2.0;

/// How well a description fits a fact; None where it cannot.
pub(super) fn fit(described: &Fact, known: &Fact) -> Option<f32> {
    if let (Some(a), Some(b)) = (described.nation, known.nation)
        && a != b
    {
        return None;
    }
    if described.rank != known.rank {
        return None;
    }
    let noun = if described.role.noun == known.role.noun {
        3.0
    } else if described.role.family == known.role.family
        && !matches!(described.role.family, Family::Other | Family::Chief)
    {
        2.0
    } else {
        return None;
    };
    let nation = match (described.nation, known.nation) {
        (Some(_), Some(_)) => 3.0,
        (Some(_), None) => -3.0,
        _ => 0.0,
    };
    let shared =
        described.words.iter().filter(|w| known.words.contains(w) && **w != described.role.noun).count();
    let left_over = described.words.len().saturating_sub(shared + 1);
    let elsewhere = described.places.iter().filter(|p| !known.words.contains(p)).count();
    let other = elsewhere > 0 && elsewhere == described.places.len() && !known.places.is_empty();
    Some(
        noun + nation + shared as f32
            - 0.3 * left_over as f32
            - if elsewhere > 0 { ELSEWHERE } else { 0.0 }
            - if other { OTHER_PLACE } else { 0.0 },
    )
}
