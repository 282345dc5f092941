//! How a mention came to stand for somebody, step by step, and who else could have spoken.

use super::cast::Cast;
use super::facts::{fact_of_role, fact_of_title, fit};
use super::recall::Told;
use super::{all_mentions, at, is_named, quoted, salience, speaking, without_marks};
use crate::quotes::SpeakerKind;
use crate::quotes::mentions::{Mention, Sort};
use crate::quotes::page::Page;
use crate::quotes::weights::Weights;
use crate::quotes::why::{How, PassedOver, Reason, Step};
use crate::text::Span;

/// The people of an article, to be asked again.
pub(in crate::quotes) struct People<'a> {
    page: &'a Page<'a>,
    mentions: Vec<Mention>,
    speaking: Vec<bool>,
    salience: salience::Seen,
}

/// The longest chain that is told.
const LONGEST_CHAIN: usize = 8;

impl<'a> People<'a> {
    pub(in crate::quotes) fn new(page: &'a Page<'a>, chosen: &[Span], weights: &Weights) -> People<'a> {
        let chosen: Vec<Span> = chosen.iter().map(|span| without_marks(page.text, *span)).collect();
        let mentions = all_mentions(page, &chosen);
        let speaking = speaking(&mentions, &chosen);
        People { page, mentions, speaking, salience: salience::weights(weights) }
    }

    /// What was known before mention `end` was read.
    fn told(&self, end: usize) -> Told<'_> {
        let mut told = Told::new(self.beforehand(), &self.speaking, self.salience);
        told.read_to(end);
        told
    }

    /// What names, titles and appositions tell, before any pronoun or description is read.
    fn beforehand(&self) -> Cast<'_> {
        Cast::learn(self.page, &self.mentions)
    }

    /// All that was known in the end.
    pub(in crate::quotes) fn known(&self) -> Known<'_> {
        Known { people: self, told: self.told(self.mentions.len()) }
    }

    fn first_word(&self, i: usize) -> &'a str {
        self.page.word(self.mentions[i].tokens.start)
    }

    /// Whether two descriptions have the same noun.
    fn same_noun(&self, a: usize, b: usize) -> bool {
        let noun = |i: usize| self.page.word(self.mentions[i].head.start);
        self.mentions[a].sort == self.mentions[b].sort && noun(a) == noun(b)
    }
}

/// The people of an article, and whom each mention of them stands for.
pub(in crate::quotes) struct Known<'a> {
    people: &'a People<'a>,
    told: Told<'a>,
}

impl Known<'_> {
    fn at(&self, span: Span) -> Option<usize> {
        at(&self.people.mentions, without_marks(self.people.page.text, span))
    }

    /// Who a mention stands for: the name, else the words of whom nobody names.
    pub(in crate::quotes) fn name(&self, mention: Span) -> Option<String> {
        let member = self.told.cast.who[self.at(mention)?]?;
        let full = &self.people.mentions[self.told.cast.members[member].full];
        let words = || self.people.page.text.slice(full.span).to_owned();
        Some(if is_named(full) { self.told.cast.name(member) } else { words() })
    }

    /// Whether `other` is somebody who could have spoken in place of `chosen`: a person, several, or a
    /// body, and none of those who speak jointly.
    pub(in crate::quotes) fn could_speak(&self, other: Span, chosen: Span) -> bool {
        let told = &self.told;
        let (Some(i), first) = (self.at(other), self.at(chosen)) else { return false };
        if other.overlaps(chosen) || first == Some(i) {
            return false;
        }
        let word = self.people.first_word(i);
        let pronoun = self.people.mentions[i].sort == Sort::Pronoun;
        if word == "whose" || pronoun && !matches!(word, "he" | "she" | "they" | "it") {
            return false;
        }
        let Some(member) = told.cast.who[i] else { return pronoun && word != "it" };
        let joint = |first: usize| told.beside(first).iter().any(|m| told.cast.who[*m] == Some(member));
        if first.is_some_and(|first| told.cast.who[first] == Some(member) || joint(first)) {
            return false;
        }
        let known = &told.cast.members[member];
        match known.kind {
            SpeakerKind::Document => false,
            SpeakerKind::Person if !Cast::is_unsure(known) => true,
            SpeakerKind::Group | SpeakerKind::Anonymous => true,
            // A lone name may be a place; a body, something held or built.
            SpeakerKind::Person | SpeakerKind::Org => {
                let acts = |i: usize| self.people.speaking[i] || told.places[i].subject;
                (0..self.people.mentions.len()).any(|i| told.cast.who[i] == Some(member) && acts(i))
            }
        }
    }

    /// From `mention` to the name.
    pub(in crate::quotes) fn steps(&self, mention: Span) -> Vec<Step> {
        let told = &self.told;
        let Some(mut i) = self.at(mention) else {
            let full =
                told.cast.bearer_of(self.people.page.text.slice(mention)).map(|m| told.cast.members[m].full);
            let how = if full.is_some() { How::Form } else { How::Unnamed };
            let name = full.map(|full| self.step(full, self.how(full).0));
            return std::iter::once(self.bare(mention, how)).chain(name).collect();
        };
        let mut steps: Vec<Step> = Vec::new();
        while steps.len() < LONGEST_CHAIN {
            let (how, next) = self.how(i);
            steps.push(self.step(i, how));
            match next {
                Some(next) if steps.iter().all(|s| s.mention != self.people.mentions[next].span) => i = next,
                _ => break,
            }
        }
        steps
    }

    /// Why mention `i` stands for whom it does, and the mention that leads on.
    fn how(&self, i: usize) -> (How, Option<usize>) {
        let (told, mention) = (&self.told, &self.people.mentions[i]);
        let Some(member) = told.cast.who[i] else { return (How::Unresolved, None) };
        let full = told.cast.members[member].full;
        let through = told.through[i];
        match mention.sort {
            Sort::Pronoun if self.people.first_word(i) == "who" => (How::Relative, through),
            Sort::Pronoun => (How::Pronoun, through),
            Sort::Role(_) if through.is_some() => match self.described(member, i) {
                Some(described) => (How::Role, Some(described)),
                None if through.is_some_and(|t| self.people.same_noun(t, i)) => (How::SameNoun, through),
                None => (How::Present, through),
            },
            _ if through.is_some_and(|t| self.people.same_noun(t, i)) => (How::SameNoun, through),
            _ if through.is_some() => {
                let noun = self.people.page.word(mention.head.start);
                let held = told.cast.members[member].words.contains(&noun);
                (if held { How::NameHolds } else { How::LastBody }, through)
            }
            _ if full != i && is_named(mention) => (How::Form, Some(full)),
            _ if full != i => self.beside_or_described(member, i),
            _ if is_named(mention) && self.is_completed(member) => (How::QuotedName, None),
            _ if is_named(mention) => (How::Name, None),
            _ => (How::Unnamed, None),
        }
    }

    /// A description of somebody who is not mentioned before: by the name beside it, or by what is
    /// said later.
    fn beside_or_described(&self, member: usize, i: usize) -> (How, Option<usize>) {
        let beforehand = self.people.beforehand();
        let named = |at: &usize| is_named(&self.people.mentions[*at]) && beforehand.who[*at] == Some(member);
        let nearest = (0..self.people.mentions.len()).filter(named).min_by_key(|at| at.abs_diff(i));
        match beforehand.who[i] {
            Some(_) => (How::Beside, nearest),
            None => (How::Role, self.described(member, i).or(nearest)),
        }
    }

    /// The mention that says of the member what description `i` says best.
    fn described(&self, member: usize, i: usize) -> Option<usize> {
        let described = fact_of_role(&self.told.cast, i)?;
        if self.people.told(i).fitting(i, &described) != Some(member) {
            return None;
        }
        let beforehand = self.people.beforehand();
        let fits = |at: usize| {
            let said = match self.people.mentions[at].sort {
                Sort::Role(_) => fact_of_role(&beforehand, at),
                _ => fact_of_title(&beforehand, at),
            };
            said.and_then(|said| fit(&described, &said)).map(|score| (at, score))
        };
        let of_member =
            (0..self.people.mentions.len()).filter(|&at| at != i && beforehand.who[at] == Some(member));
        let mut best: Option<(usize, f32)> = None;
        for (at, score) in of_member.filter_map(fits) {
            if best.is_none_or(|(_, top)| score > top) {
                best = Some((at, score));
            }
        }
        best.map(|(at, _)| at)
    }

    /// Whether the name of a member is completed by what stands in quotations.
    fn is_completed(&self, member: usize) -> bool {
        let mut told = self.people.told(self.people.mentions.len());
        quoted::complete(&mut told.cast, &self.people.speaking);
        told.cast.members[member].given.is_some()
    }

    fn bare(&self, mention: Span, how: How) -> Step {
        let segmented = self.people.page.segmented;
        let sentence = segmented.sentences[segmented.sentence_at(mention.start)].span;
        Step { mention, sentence, how, reasons: Vec::new(), passed_over: None }
    }

    fn step(&self, i: usize, how: How) -> Step {
        let step = self.bare(self.people.mentions[i].span, how);
        let told = self.people.told(i);
        let fitting = match how {
            How::Pronoun => told.taken_up(i),
            How::Present => told.recalled(i),
            _ => return step,
        };
        let Some((top, first)) = fitting.first().copied() else { return step };
        let who = |i: usize| told.cast.who[i];
        let other = fitting.iter().find(|(_, i)| who(*i) != who(first));
        let (here, there) = (&told.places[i], &told.places[first]);
        let nearest = || fitting.iter().all(|(_, i)| *i <= first || who(*i) == who(first));
        let holds = [
            (Reason::Only, other.is_none()),
            (Reason::Nearest, other.is_some() && nearest()),
            (Reason::Subject, there.subject),
            (Reason::SpokeLast, there.speaks && here.speaker_before == Some(first)),
        ];
        let passed_over = other.map(|(score, i)| {
            let mention = self.people.mentions[*i].span;
            PassedOver { mention, name: self.name(mention), behind: top - score }
        });
        let reasons = holds.into_iter().filter(|(_, holds)| *holds).map(|(reason, _)| reason).collect();
        Step { reasons, passed_over, ..step }
    }
}
