//! Whom a pronoun takes up: the most present of those it fits.

use super::cast::{Cast, Member};
use super::recall::{REACH, Told};
use super::salience::{seen, weigh};
use crate::lexicon::Gender;
use crate::quotes::SpeakerKind;
use crate::quotes::grammar::is_dash;

/// What it counts for "he" and for "she" that the gender is known rather than only possible: of
/// those whose gender nothing tells, most in the news are men.
const KNOWN_HE: f32 = 0.8;
const KNOWN_SHE: f32 = 1.6;

/// Among how many mentions before a pronoun somebody known to be of its gender casts doubt.
const NEAR: usize = 20;

/// What it counts against somebody who is only described.
const DESCRIBED: f32 = 1.0;

/// What it counts against a single word that may name a person or a body.
const UNSURE: f32 = 1.5;

impl Told<'_> {
    pub(super) fn pronoun(&mut self, at: usize) {
        let word = self.cast.page.word(self.cast.mentions[at].tokens.start);
        let found = match word {
            "they" | "them" => {
                let found = self.salient(at, |m, joined| takes_up(word, m, joined));
                found.map(|i| self.first_joined(i))
            }
            "he" | "she" | "it" if let Some(subject) = self.subject_of_clause(at) => Some(subject),
            "he" | "she" => {
                let found = self.salient(at, |m, joined| takes_up(word, m, joined));
                found.map(|i| self.only_one_before(at, i).unwrap_or(i))
            }
            "him" | "it" => self.salient(at, |m, joined| takes_up(word, m, joined)),
            "who" => self.antecedent(at),
            _ => None,
        };
        if let Some(through) = found {
            self.take(at, through);
            self.learn_gender(at);
        }
    }

    /// Where a paragraph begins with "he" and the one before names one man and not him who seems meant:
    /// that man.
    fn only_one_before(&self, at: usize, found: usize) -> Option<usize> {
        let here = self.places[at].paragraph;
        let since = |i: &usize| self.places[*i].paragraph + 1 >= here;
        let meant = self.cast.who[found];
        if !self.places[at].opens || since(&found) {
            return None;
        }
        let gender = self.cast.mentions[at].gender;
        let mut only = None;
        for i in (at.saturating_sub(REACH)..at).rev().take_while(since) {
            let Some(who) = self.cast.who[i] else { continue };
            let member = &self.cast.members[who];
            let fits = member.kind == SpeakerKind::Person && gender.agrees(member.gender) && !member.plural;
            if Some(who) == meant || fits && only.is_some_and(|other| self.cast.who[other] != Some(who)) {
                return None;
            }
            if fits {
                only = Some(i);
            }
        }
        only.filter(|&i| {
            let known = self.cast.who[i].is_some_and(|m| self.cast.members[m].gender == gender);
            known && !self.places[i].tied && !self.cast.mentions[i].possessive
        })
    }

    /// "Mora said Rask was right when he spoke": the subject of the clause that "when" belongs to.
    fn subject_of_clause(&self, at: usize) -> Option<usize> {
        let mention = &self.cast.mentions[at];
        let when = mention.tokens.start.checked_sub(1)?;
        if !matches!(self.cast.word(when), "when" | "while" | "because") {
            return None;
        }
        let word = self.cast.page.word(mention.tokens.start);
        let fits = |i: &usize| {
            let member = self.cast.who[*i].map(|m| &self.cast.members[m]);
            let place = &self.places[*i];
            place.subject
                && place.sentence == self.places[at].sentence
                && member.is_some_and(|m| mention.gender.agrees(m.gender) && takes_up(word, m, false))
        };
        let subject = (at.saturating_sub(REACH)..at).rev().find(fits)?;
        let start = self.cast.mentions[subject].tokens.end;
        let ends = |i: usize| matches!(self.cast.word(i), "," | ";" | ":") || is_dash(self.cast.word(i));
        (start..when).all(|i| !ends(i)).then_some(subject)
    }

    /// Whom a pronoun means is of its gender, unless somebody known to be was there to be meant.
    fn learn_gender(&mut self, at: usize) {
        let gender = self.cast.mentions[at].gender;
        let known = |i: usize| self.cast.who[i].is_some_and(|m| self.cast.members[m].gender == gender);
        if gender == Gender::Unknown || (at.saturating_sub(NEAR)..at).any(known) {
            return;
        }
        if let Some(member) = self.cast.who[at].map(|m| &mut self.cast.members[m]) {
            member.gender = member.gender.or(gender);
        }
    }

    /// The mention right before "who".
    fn antecedent(&self, at: usize) -> Option<usize> {
        let start = self.cast.mentions[at].tokens.start;
        let before = at.checked_sub(1)?;
        (start - self.cast.mentions[before].tokens.end <= 6 && self.cast.who[before].is_some())
            .then_some(before)
    }

    /// The most present mention of those that fit; `fits` is also told whether others are joined to
    /// the mention.
    pub(super) fn salient(&self, at: usize, fits: impl Fn(&Member, bool) -> bool) -> Option<usize> {
        let mut best: Option<(f32, usize)> = None;
        for (score, i) in self.present(at, fits) {
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, i));
            }
        }
        best.map(|(_, i)| i)
    }

    /// The mentions that fit, the nearest first, each with how present it is and how well it suits.
    fn present(&self, at: usize, fits: impl Fn(&Member, bool) -> bool) -> impl Iterator<Item = (f32, usize)> {
        let gender = self.cast.mentions[at].gender;
        (at.saturating_sub(REACH)..at).rev().filter_map(move |i| {
            let member = &self.cast.members[self.cast.who[i]?];
            if !gender.agrees(member.gender) || !fits(member, self.places[i].joined) {
                return None;
            }
            let present = weigh(&seen(&self.cast, &self.places, at, i), &self.salience);
            Some((present + suits(member, gender), i))
        })
    }

    /// The same, the most present first.
    pub(super) fn most_present(&self, at: usize, fits: impl Fn(&Member, bool) -> bool) -> Vec<(f32, usize)> {
        let mut all: Vec<(f32, usize)> = self.present(at, fits).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        all
    }

    /// The mentions that a pronoun may take up, the most present first.
    pub(super) fn taken_up(&self, at: usize) -> Vec<(f32, usize)> {
        let word = self.cast.page.word(self.cast.mentions[at].tokens.start);
        self.most_present(at, |m, joined| takes_up(word, m, joined))
    }
}

/// Whether a pronoun may take up a member; `joined` tells whether others are joined to the mention.
fn takes_up(word: &str, member: &Member, joined: bool) -> bool {
    match word {
        "he" | "she" | "him" => is_one_person(member),
        "they" | "them" => joined || member.plural || may_be_body(member),
        "it" => !member.plural && may_be_body(member),
        _ => false,
    }
}

/// How well a member suits a pronoun of that gender, whatever its place.
fn suits(member: &Member, gender: Gender) -> f32 {
    let known = gender != Gender::Unknown && member.gender == gender;
    let described = member.kind == SpeakerKind::Anonymous;
    let unsure = member.kind == SpeakerKind::Person && Cast::is_unsure(member);
    let score = match gender {
        Gender::Male if known => KNOWN_HE,
        Gender::Female if known => KNOWN_SHE,
        _ => 0.0,
    };
    score - if described { DESCRIBED } else { 0.0 } - if unsure { UNSURE } else { 0.0 }
}

fn is_one_person(member: &Member) -> bool {
    matches!(member.kind, SpeakerKind::Person | SpeakerKind::Anonymous) && !member.plural
}

fn may_be_body(member: &Member) -> bool {
    match member.kind {
        SpeakerKind::Org | SpeakerKind::Document | SpeakerKind::Group => true,
        SpeakerKind::Person => Cast::is_unsure(member),
        SpeakerKind::Anonymous => false,
    }
}
