//! Reading the mentions in order: whom each pronoun and description recalls.

use super::cast::Cast;
use super::facts::{fact_of_role, fit};
use crate::lexicon;
use crate::lexicon::Gender;
use crate::quotes::grammar::is_preposition;
use crate::quotes::mentions::{Determiner, Mention, Sort};
use crate::quotes::segment::TokenKind;
use crate::quotes::{Speaker, SpeakerKind};

/// The cast with every mention told apart, and how.
pub(super) struct Told<'a> {
    cast: Cast<'a>,
    /// The mention that each one was resolved through.
    through: Vec<Option<usize>>,
}

/// What it counts for a pronoun that the gender is known rather than only possible.
const KNOWN_GENDER: f32 = 3.0;

/// How many mentions back a pronoun may reach.
const REACH: usize = 60;

/// Reads the mentions in order and gives each pronoun and description to whom it recalls.
pub(super) fn recall<'a>(cast: Cast<'a>, speaking: &[bool]) -> Told<'a> {
    let through = vec![None; cast.mentions.len()];
    let mut told = Told { cast, through };
    for at in 0..told.cast.mentions.len() {
        if told.cast.who[at].is_some() {
            continue;
        }
        match told.cast.mentions[at].sort {
            Sort::Pronoun => told.pronoun(at, speaking),
            Sort::Role(_) => told.person(at, speaking),
            Sort::BodyNoun => told.body(at),
            Sort::Document => told.document(at),
            _ => {}
        }
    }
    told
}

impl Told<'_> {
    /// The speaker that mention `at` stands for.
    pub(super) fn speaker(&self, at: usize) -> Speaker {
        let Some(number) = self.cast.who[at] else {
            return Speaker { name: None, kind: SpeakerKind::Person, role: None, chain: Vec::new() };
        };
        let member = &self.cast.members[number];
        let role = member.facts.iter().find(|f| f.printed.len() < 80).map(|f| f.printed.clone());
        let mut chain = Vec::new();
        let mut next = self.through[at];
        while let Some(through) = next.filter(|_| chain.len() < 8) {
            chain.push(self.cast.mentions[through].span);
            next = self.through[through];
        }
        let full = self.cast.mentions[member.full].span;
        if member.full != at && chain.last() != Some(&full) {
            chain.push(full);
        }
        Speaker { name: Some(member.name.clone()), kind: member.kind, role, chain }
    }

    /// The speaker whom words name that are no mention (in a label inside marks, say).
    pub(super) fn named(&self, words: &str) -> Speaker {
        match self.cast.bearer_of(words) {
            Some(number) => {
                let member = &self.cast.members[number];
                let chain = vec![self.cast.mentions[member.full].span];
                Speaker { name: Some(member.name.clone()), kind: member.kind, role: None, chain }
            }
            None => super::described(words),
        }
    }

    /// The mentions that speak jointly with `at`: "Mora and Rowe said".
    pub(super) fn beside(&self, at: usize) -> Vec<usize> {
        let mentions = self.cast.mentions;
        let named = |i: usize| mentions[i].sort == Sort::Name && !mentions[i].possessive;
        if !named(at) {
            return Vec::new();
        }
        let joined = |a: usize, b: usize| {
            named(b)
                && named(a)
                && self.cast.word(mentions[a].tokens.end) == "and"
                && mentions[a].tokens.end + 1 == mentions[b].tokens.start
        };
        let before = at.checked_sub(1).filter(|&b| joined(b, at) && !self.is_tied(b));
        let after = Some(at + 1).filter(|&a| a < mentions.len() && joined(at, a) && !self.is_tied(at));
        before.into_iter().chain(after).filter(|&i| self.cast.who[i] != self.cast.who[at]).collect()
    }

    fn pronoun(&mut self, at: usize, speaking: &[bool]) {
        let word = lexicon::lower(self.cast.word(self.cast.mentions[at].tokens.start)).into_owned();
        let found = match word.as_str() {
            "he" | "she" | "him" => self.salient(at, speaking, true, |_, _| true),
            "they" | "them" => {
                self.salient(at, speaking, false, |kind, plural| plural || kind != SpeakerKind::Person)
            }
            "it" => self.salient(at, speaking, false, |kind, plural| {
                !plural && matches!(kind, SpeakerKind::Org | SpeakerKind::Document)
            }),
            "who" => self.antecedent(at),
            _ => None,
        };
        if let Some(through) = found {
            self.take(at, through);
            let gender = self.cast.mentions[at].gender;
            if let Some(member) = self.cast.who[at].map(|m| &mut self.cast.members[m]) {
                member.gender = member.gender.or(gender);
            }
        }
    }

    fn take(&mut self, at: usize, through: usize) {
        self.cast.who[at] = self.cast.who[through];
        self.through[at] = Some(through);
    }

    /// The mention right before "who".
    fn antecedent(&self, at: usize) -> Option<usize> {
        let start = self.cast.mentions[at].tokens.start;
        let before = at.checked_sub(1)?;
        (start - self.cast.mentions[before].tokens.end <= 6 && self.cast.who[before].is_some())
            .then_some(before)
    }

    /// The mention a pronoun most likely takes up: near, a subject, a speaker, of its gender.
    fn salient(
        &self,
        at: usize,
        speaking: &[bool],
        person: bool,
        fits: impl Fn(SpeakerKind, bool) -> bool,
    ) -> Option<usize> {
        let mention = &self.cast.mentions[at];
        let here = self.sentence(at);
        let mut best: Option<(f32, usize)> = None;
        for i in (at.saturating_sub(REACH)..at).rev() {
            let Some(who) = self.cast.who[i] else { continue };
            let member = &self.cast.members[who];
            let human = matches!(member.kind, SpeakerKind::Person | SpeakerKind::Anonymous);
            let right = if person { human && !member.plural } else { true };
            if !right || !fits(member.kind, member.plural) || !mention.gender.agrees(member.gender) {
                continue;
            }
            let known = mention.gender != Gender::Unknown && member.gender == mention.gender;
            let score = self.salience(i, here, speaking[i]) + if known { KNOWN_GENDER } else { 0.0 }
                - if member.kind == SpeakerKind::Anonymous { 1.5 } else { 0.0 };
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, i));
            }
        }
        best.filter(|(score, _)| *score > -6.0).map(|(_, i)| i)
    }

    fn salience(&self, i: usize, here: u32, speaks: bool) -> f32 {
        let mention = &self.cast.mentions[i];
        let mut score = -2.0 * here.saturating_sub(self.sentence(i)).min(10) as f32;
        if speaks {
            score += 3.0;
        }
        if self.is_subject(i) {
            score += 3.0;
        }
        if mention.possessive {
            score -= 1.0;
        }
        if self.is_tied(i) {
            score -= 1.5;
        }
        if mention.sort == Sort::Name {
            score += 0.5;
        }
        score
    }

    fn sentence(&self, at: usize) -> u32 {
        self.cast.segmented.tokens[self.cast.mentions[at].tokens.start].sentence
    }

    /// Whether a preposition stands before it.
    fn is_tied(&self, at: usize) -> bool {
        let start = self.cast.mentions[at].tokens.start;
        start > 0 && is_preposition(&lexicon::lower(self.cast.word(start - 1)))
    }

    /// Whether a verb may follow: a word in lower case that is no preposition.
    fn is_subject(&self, at: usize) -> bool {
        let mention = &self.cast.mentions[at];
        let after = self.cast.word(mention.tokens.end);
        let token = self.cast.segmented.tokens.get(mention.tokens.end);
        let verb = token.is_some_and(|t| t.kind == TokenKind::Word && !t.capital)
            && !is_preposition(after)
            && !matches!(after, "and" | "or");
        let initial = self.cast.segmented.tokens[mention.tokens.start].initial;
        !self.is_tied(at) && (verb || initial)
    }

    /// A noun for people: whom the article described so, else the person before.
    fn person(&mut self, at: usize, speaking: &[bool]) {
        let mention = &self.cast.mentions[at];
        let fact = fact_of_role(&self.cast, at);
        if mention.plural || mention.article == Determiner::Indefinite {
            self.describe(at);
            return;
        }
        if let Some(member) = fact.as_ref().and_then(|fact| self.fitting(at, fact)) {
            let last = (0..at).rev().find(|&i| self.cast.who[i] == Some(member));
            self.cast.who[at] = Some(member);
            self.through[at] = last;
            return;
        }
        if let Some(earlier) = self.same_noun(at) {
            self.take(at, earlier);
            return;
        }
        let recalls =
            |m: &Mention| matches!(m.sort, Sort::Role(role) if !role.unnamed || role.noun == "agent");
        if mention.article == Determiner::Definite
            && recalls(mention)
            && let Some(before) = self.salient(at, speaking, true, |kind, _| kind == SpeakerKind::Person)
            && self.sentence(at) - self.sentence(before) <= 3
        {
            self.take(at, before);
            return;
        }
        self.describe(at);
    }

    fn describe(&mut self, at: usize) {
        self.cast.who[at] = Some(self.cast.describe(at));
    }

    /// The member whose facts the description fits best; of equals the one mentioned last.
    fn fitting(&self, at: usize, fact: &super::facts::Fact) -> Option<usize> {
        let gender = self.cast.mentions[at].gender;
        let mut best: Option<(f32, usize)> = None;
        for &number in &self.cast.described {
            let member = &self.cast.members[number];
            if !gender.agrees(member.gender) {
                continue;
            }
            let Some(score) = member.facts.iter().filter_map(|f| fit(fact, f)).reduce(f32::max) else {
                continue;
            };
            let last = (at.saturating_sub(REACH)..at).rev().find(|&i| self.cast.who[i] == Some(number));
            let recent = last
                .map_or(-1.0, |i| 1.5 - 0.03 * (at - i) as f32 + if self.is_subject(i) { 0.1 } else { 0.0 });
            let score = score + recent;
            if score >= 1.5 && best.is_none_or(|(top, _)| score > top) {
                best = Some((score, number));
            }
        }
        best.map(|(_, number)| number)
    }

    /// An earlier description by the same noun.
    fn same_noun(&self, at: usize) -> Option<usize> {
        let noun = lexicon::lower(self.cast.word(self.cast.mentions[at].head.start));
        (at.saturating_sub(REACH)..at).rev().find(|&i| {
            let earlier = &self.cast.mentions[i];
            earlier.sort == self.cast.mentions[at].sort
                && self.cast.who[i].is_some()
                && lexicon::lower(self.cast.word(earlier.head.start)) == noun
        })
    }

    /// "The ministry": the body whose name holds the word; "the company": the body before.
    fn body(&mut self, at: usize) {
        let mention = &self.cast.mentions[at];
        if mention.plural || mention.article != Determiner::Definite || mention.tokens.len() > 2 {
            self.describe(at);
            return;
        }
        let noun = lexicon::lower(self.cast.word(mention.head.start)).into_owned();
        let org = |i: &usize| {
            self.cast.mentions[*i].sort == Sort::Body
                && self.cast.who[*i].is_some_and(|m| self.cast.members[m].kind == SpeakerKind::Org)
        };
        let holds = |i: &usize| self.cast.who[*i].is_some_and(|m| self.cast.members[m].words.contains(&noun));
        let before = || (at.saturating_sub(REACH)..at).rev().filter(org);
        let found = before().find(holds).or_else(|| before().next().filter(|_| is_any_body(&noun)));
        match found.or_else(|| self.same_noun(at)) {
            Some(before) => self.take(at, before),
            None => self.describe(at),
        }
    }

    fn document(&mut self, at: usize) {
        match self.same_noun(at).filter(|_| self.cast.mentions[at].article == Determiner::Definite) {
            Some(before) => self.take(at, before),
            None => self.describe(at),
        }
    }
}

/// Nouns that may stand for a body of any name.
fn is_any_body(noun: &str) -> bool {
    matches!(
        noun,
        "company"
            | "firm"
            | "group"
            | "agency"
            | "network"
            | "newspaper"
            | "paper"
            | "organization"
            | "organisation"
            | "website"
            | "magazine"
            | "broadcaster"
            | "retailer"
            | "carmaker"
            | "manufacturer"
            | "team"
            | "club"
            | "charity"
            | "body"
            | "site"
            | "outlet"
    )
}
