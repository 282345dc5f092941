//! Whom a description stands for: somebody the article called so, else an unnamed source.

use super::cast::{Cast, Member};
use super::facts::{Fact, fact_of_role, fit};
use super::recall::{REACH, Told};
use crate::lexicon;
use crate::lexicon::Family;
use crate::quotes::SpeakerKind;
use crate::quotes::mentions::{Determiner, Mention, Sort};

/// Within how many sentences a body has just been spoken of.
const JUST_NOW: u32 = 2;

/// The least a description must fit somebody.
const LEAST: f32 = 0.5;

impl Told<'_> {
    /// A noun for people: whom the article described so, else the person before.
    pub(super) fn person(&mut self, at: usize) {
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
            && self.cast.tail(at) == mention.tokens.end
            && let Some(before) = self.salient(at, |m, _| may_be(m, fact.as_ref()))
            && self.places[at].sentence - self.places[before].sentence <= 3
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
    pub(super) fn fitting(&self, at: usize, fact: &Fact) -> Option<usize> {
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
            let recent = last.map_or(-1.0, |i| {
                1.5 - 0.03 * (at - i) as f32 + if self.places[i].subject { 0.1 } else { 0.0 }
            });
            let score = score + recent;
            if score >= LEAST && best.is_none_or(|(top, _)| score > top) {
                best = Some((score, number));
            }
        }
        best.map(|(_, number)| number)
    }

    /// An earlier description by the same noun.
    fn same_noun(&self, at: usize) -> Option<usize> {
        let noun = self.cast.page.word(self.cast.mentions[at].head.start);
        (at.saturating_sub(REACH)..at).rev().find(|&i| {
            let earlier = &self.cast.mentions[i];
            earlier.sort == self.cast.mentions[at].sort
                && self.cast.who[i].is_some()
                && self.cast.page.word(earlier.head.start) == noun
        })
    }

    /// "The ministry": the body whose name holds the word, or which was just called so; "the company":
    /// the last body that may be one.
    pub(super) fn body(&mut self, at: usize) {
        let mention = &self.cast.mentions[at];
        if mention.plural || mention.article != Determiner::Definite || mention.tokens.len() > 2 {
            self.describe(at);
            return;
        }
        let noun = self.cast.page.word(mention.head.start);
        let found =
            self.last_body(at, |cast, i| cast.who[i].is_some_and(|m| cast.members[m].words.contains(&noun)));
        let found = found.or_else(|| self.called_so(at)).or_else(|| {
            let may_be = |cast: &Cast, i| may_be_called(cast, i, noun);
            self.last_body(at, may_be).filter(|_| lexicon::any_body(noun))
        });
        match found.or_else(|| self.same_noun(at)) {
            Some(before) => self.take(at, before),
            None => self.describe(at),
        }
    }

    /// The last name of a body before `at` that fits.
    fn last_body(&self, at: usize, fits: impl Fn(&Cast, usize) -> bool) -> Option<usize> {
        (at.saturating_sub(REACH)..at).rev().find(|&i| {
            let body = self.cast.who[i].is_some_and(|m| self.cast.members[m].kind == SpeakerKind::Org);
            body && matches!(self.cast.mentions[i].sort, Sort::Body | Sort::Name) && fits(&self.cast, i)
        })
    }

    /// "Rask Ltd., a ferry company": the named body last called by the noun at `at`, if it has just been
    /// spoken of.
    fn called_so(&self, at: usize) -> Option<usize> {
        let member = self.cast.who[self.same_noun(at)?]?;
        let last = self.last_body(at, |cast, i| cast.who[i] == Some(member))?;
        (self.places[at].sentence - self.places[last].sentence <= JUST_NOW).then_some(last)
    }

    pub(super) fn document(&mut self, at: usize) {
        match self.same_noun(at).filter(|_| self.cast.mentions[at].article == Determiner::Definite) {
            Some(before) => self.take(at, before),
            None => self.describe(at),
        }
    }

    /// The mentions that a description of which the article says nothing may take up, the most present
    /// first.
    pub(super) fn recalled(&self, at: usize) -> Vec<(f32, usize)> {
        let fact = fact_of_role(&self.cast, at);
        self.most_present(at, |m, _| may_be(m, fact.as_ref()))
    }
}

/// Whether the words of its name let a body be called by a noun.
fn may_be_called(cast: &Cast, at: usize, noun: &str) -> bool {
    let mut kinds =
        cast.mentions[at].head.clone().filter_map(|i| lexicon::body_kind(cast.word(i))).peekable();
    kinds.peek().is_none() || kinds.any(|nouns| nouns.contains(&noun))
}

/// Whether a description may take up a member of whom the article does not say so.
fn may_be(member: &Member, described: Option<&Fact>) -> bool {
    member.kind == SpeakerKind::Person && !member.plural && allows(member, described)
}

/// Whether somebody may be what a description says beside what is known: an office only somebody
/// of whom none is known.
fn allows(member: &Member, described: Option<&Fact>) -> bool {
    let family = described.map_or(Family::Other, |d| d.role.family);
    let titled = || described.is_some_and(|d| lexicon::title(std::iter::once(d.role.noun)).is_some());
    let office = !matches!(family, Family::Other | Family::Candidate) || titled();
    !office || member.facts.is_empty() && !Cast::is_unsure(member)
}
