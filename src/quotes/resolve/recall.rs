//! Reading the mentions in order: whom each pronoun and description recalls.

use super::cast::Cast;
use super::facts::Fact;
use super::printed::one_line;
use super::salience::{Place, Seen, places};
use crate::quotes::mentions::{Determiner, Sort};
use crate::quotes::{Speaker, SpeakerKind};

/// The cast with every mention told apart, and how.
pub(super) struct Told<'a> {
    pub cast: Cast<'a>,
    /// Where each mention stands.
    pub places: Vec<Place>,
    /// What makes a mention present.
    pub salience: Seen,
    /// The mention that each one was resolved through.
    pub through: Vec<Option<usize>>,
}

/// How many may speak jointly, on either side of the one chosen.
const JOINED: usize = 8;

/// The longest description that is told as somebody's role, in bytes.
const LONGEST_ROLE: u32 = 80;

/// How many mentions back a pronoun may reach.
pub(super) const REACH: usize = 60;

/// Reads the mentions in order and gives each pronoun and description to whom it recalls.
pub(super) fn recall<'a>(cast: Cast<'a>, speaking: &[bool], salience: Seen) -> Told<'a> {
    let mut told = Told::new(cast, speaking, salience);
    told.read_to(told.cast.mentions.len());
    told
}

impl<'a> Told<'a> {
    /// The cast before any pronoun or description is read.
    pub(super) fn new(cast: Cast<'a>, speaking: &[bool], salience: Seen) -> Told<'a> {
        let through = vec![None; cast.mentions.len()];
        let places = places(&cast, speaking);
        Told { cast, places, salience, through }
    }

    /// Reads the mentions before `end`.
    pub(super) fn read_to(&mut self, end: usize) {
        for at in 0..end {
            if self.cast.who[at].is_some() {
                continue;
            }
            match self.cast.mentions[at].sort {
                Sort::Pronoun => self.pronoun(at),
                Sort::Role(_) => self.person(at),
                Sort::BodyNoun => self.body(at),
                Sort::Document => self.document(at),
                _ => {}
            }
        }
    }

    /// The speaker that mention `at` stands for.
    pub(super) fn speaker(&self, at: usize) -> Speaker {
        let Some(number) = self.cast.who[at] else {
            return Speaker { name: None, kind: SpeakerKind::Person, role: None, chain: Vec::new() };
        };
        let member = &self.cast.members[number];
        let short = |fact: &&Fact| fact.span.end - fact.span.start < LONGEST_ROLE;
        let role = member
            .facts
            .iter()
            .find(short)
            .map(|fact| one_line(self.cast.page.text.slice(fact.span).split_whitespace(), |_| false));
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
        Speaker { name: Some(self.cast.name(number)), kind: member.kind, role, chain }
    }

    /// The speaker whom words name that are no mention (in a label inside marks, say).
    pub(super) fn named(&self, words: &str) -> Speaker {
        match self.cast.bearer_of(words) {
            Some(number) => {
                let member = &self.cast.members[number];
                let chain = vec![self.cast.mentions[member.full].span];
                Speaker { name: Some(self.cast.name(number)), kind: member.kind, role: None, chain }
            }
            None => super::described(words),
        }
    }

    /// The mentions that speak jointly with `at`: "Mora and Rowe said", "Kay, Mora and the mayor".
    /// Those joined to whom a pronoun takes up speak with it: "they".
    pub(super) fn beside(&self, at: usize) -> Vec<usize> {
        let pronoun = self.cast.mentions[at].sort == Sort::Pronoun;
        let at = if pronoun && self.cast.mentions[at].plural { self.through[at].unwrap_or(at) } else { at };
        let first = self.first_joined(at);
        let behind = |&last: &usize| self.joined_behind(last);
        let last = std::iter::successors(Some(at), behind).take(JOINED).last().unwrap_or(at);
        let and = |&i: &usize| self.cast.word(self.cast.mentions[i].tokens.end) == "and";
        if !(first..last).any(|i| and(&i)) || self.places[first].tied {
            return Vec::new();
        }
        let whole = |&i: &usize| i != at && self.can_join(i) && self.cast.who[i] != self.cast.who[at];
        (first..=last).filter(whole).collect()
    }

    /// The first of those joined to a mention.
    pub(super) fn first_joined(&self, at: usize) -> usize {
        let before = |&first: &usize| self.joined_before(first);
        std::iter::successors(Some(at), before).take(JOINED).last().unwrap_or(at)
    }

    fn joined_before(&self, at: usize) -> Option<usize> {
        let within = |&b: &usize| self.are_joined(b, at);
        (at.saturating_sub(2)..at).rev().find(within)
    }

    fn joined_behind(&self, at: usize) -> Option<usize> {
        let within = |&a: &usize| self.are_joined(at, a);
        (at + 1..self.cast.mentions.len().min(at + 3)).find(within)
    }

    /// Whether "and", or between names a comma, is all that stands between two mentions.
    fn are_joined(&self, a: usize, b: usize) -> bool {
        let (left, right) = (&self.cast.mentions[a], &self.cast.mentions[b]);
        let link = self.cast.word(left.tokens.end);
        let names = left.sort == Sort::Name && right.sort == Sort::Name;
        left.tokens.end + 1 == right.tokens.start
            && self.can_join(a)
            && self.can_join(b)
            && (link == "and" || link == "," && names)
    }

    /// Whether a mention may speak with others: a name or a description of its own.
    fn can_join(&self, i: usize) -> bool {
        let mention = &self.cast.mentions[i];
        let described = matches!(mention.sort, Sort::Role(_)) && mention.article != Determiner::Bare;
        let named = matches!(mention.sort, Sort::Name | Sort::Body);
        (described || named) && !mention.possessive
    }

    /// Lets a mention stand for whom an earlier one does.
    pub(super) fn take(&mut self, at: usize, through: usize) {
        self.cast.who[at] = self.cast.who[through];
        self.through[at] = Some(through);
    }
}
