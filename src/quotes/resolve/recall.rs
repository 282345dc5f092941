//! Reading the mentions in order: whom each pronoun and description recalls.

use super::cast::Cast;
use super::salience::{Place, places};
use crate::quotes::mentions::Sort;
use crate::quotes::{Speaker, SpeakerKind};

/// The cast with every mention told apart, and how.
pub(super) struct Told<'a> {
    pub cast: Cast<'a>,
    /// Where each mention stands.
    pub places: Vec<Place>,
    /// The mention that each one was resolved through.
    pub through: Vec<Option<usize>>,
}

/// How many mentions back a pronoun may reach.
pub(super) const REACH: usize = 60;

/// Reads the mentions in order and gives each pronoun and description to whom it recalls.
pub(super) fn recall<'a>(cast: Cast<'a>, speaking: &[bool]) -> Told<'a> {
    let through = vec![None; cast.mentions.len()];
    let places = places(&cast, speaking);
    let mut told = Told { cast, places, through };
    for at in 0..told.cast.mentions.len() {
        if told.cast.who[at].is_some() {
            continue;
        }
        match told.cast.mentions[at].sort {
            Sort::Pronoun => told.pronoun(at),
            Sort::Role(_) => told.person(at),
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
        let before = at.checked_sub(1).filter(|&b| joined(b, at) && !self.places[b].tied);
        let after = Some(at + 1).filter(|&a| a < mentions.len() && joined(at, a) && !self.places[at].tied);
        before.into_iter().chain(after).filter(|&i| self.cast.who[i] != self.cast.who[at]).collect()
    }

    /// Lets a mention stand for whom an earlier one does.
    pub(super) fn take(&mut self, at: usize, through: usize) {
        self.cast.who[at] = self.cast.who[through];
        self.through[at] = Some(through);
    }
}
