//! The cast of an article: who is named in it, under which names.

use super::facts::{Fact, fact_of_title, learn_facts};
use super::is_named;
use crate::lexicon;
use crate::lexicon::Gender;
use crate::quotes::SpeakerKind;
use crate::quotes::grammar::is_determiner;
use crate::quotes::mentions::{Mention, Sort};
use crate::quotes::segment::{Segmented, TokenKind};
use crate::text::{Span, Text, fold};
use std::collections::HashMap;

/// Somebody or something the article names or describes.
pub(super) struct Member {
    /// The fullest form of the name, or the description.
    pub name: String,
    /// The mention that holds it.
    pub full: usize,
    /// Its words as they are compared.
    pub words: Vec<String>,
    pub kind: SpeakerKind,
    pub gender: Gender,
    pub plural: bool,
    pub facts: Vec<Fact>,
    /// The last mention read so far.
    last: Option<usize>,
}

/// The cast, and who each mention is.
pub(super) struct Cast<'a> {
    pub text: &'a Text,
    pub segmented: &'a Segmented,
    pub mentions: &'a [Mention],
    pub members: Vec<Member>,
    /// For every mention, the member it stands for; of pronouns and descriptions not yet known.
    pub who: Vec<Option<usize>>,
    /// Members by each word of their names.
    by_word: HashMap<String, Vec<usize>>,
    /// Bodies by the initials of their names.
    by_initials: HashMap<String, usize>,
    /// Members of whom a fact is known.
    pub described: Vec<usize>,
}

/// How many bearers of one surname are told apart: more than any article has.
const BEARERS: usize = 64;

/// Among how many members a misspelt surname is looked for.
const CAST: usize = 256;

/// After how many sentences a bearer of a name is far, and within how many another is near.
const LONG_SINCE: u32 = 12;
const JUST_NOW: u32 = 2;

/// How many members are recalled by description, and by how many facts each.
const DESCRIBED: usize = 128;
const FACTS: usize = 12;

impl<'a> Cast<'a> {
    /// Learns the cast from the names of an article.
    pub(super) fn learn(text: &'a Text, segmented: &'a Segmented, mentions: &'a [Mention]) -> Cast<'a> {
        let who = vec![None; mentions.len()];
        let mut cast = Cast {
            text,
            segmented,
            mentions,
            members: Vec::new(),
            who,
            by_word: HashMap::new(),
            by_initials: HashMap::new(),
            described: Vec::new(),
        };
        for (at, mention) in mentions.iter().enumerate() {
            if is_named(mention) && cast.words(at).len() > 1 {
                cast.enter(at);
            }
        }
        for (at, mention) in mentions.iter().enumerate() {
            if is_named(mention) && cast.who[at].is_none() {
                cast.enter(at);
            }
            if let Some(member) = cast.who[at] {
                cast.members[member].last = Some(at);
            }
        }
        learn_facts(&mut cast);
        cast.learn_bodies();
        cast
    }

    /// The words of a name as they are compared: without initials and suffixes.
    fn words(&self, at: usize) -> Vec<String> {
        let head = self.mentions[at].head.clone();
        let word = |i: usize| fold(self.text.slice(self.segmented.tokens[i].span));
        let counts =
            |&i: &usize| !lexicon::is_suffix(self.word(i)) && !matches!(self.word(i), "," | "the" | "The");
        let all: Vec<String> = head.filter(counts).map(word).collect();
        let long: Vec<String> =
            all.iter().filter(|w| w.trim_end_matches('.').chars().count() > 1).cloned().collect();
        if long.is_empty() { all } else { long }
    }

    /// Gives a name to the member that bears it, or enters a new one.
    fn enter(&mut self, at: usize) {
        let words = self.words(at);
        let mention = &self.mentions[at];
        let person = mention.sort == Sort::Name;
        let gender = mention.gender;
        let known = self.bearer(&words, person, at);
        let member = match known.or_else(|| self.misspelt(&words, person, gender)) {
            Some(member) => member,
            None => self.new_member(words.clone(), at),
        };
        self.who[at] = Some(member);
        let name = self.printed(at);
        let known = &mut self.members[member];
        known.gender = known.gender.or(gender);
        if name.split(' ').count() > known.name.split(' ').count() && person {
            known.name = name;
            known.full = at;
            if words.len() > known.words.len() {
                known.words = words;
            }
        }
        if let Some(fact) = fact_of_title(self, at) {
            self.note(member, fact);
        }
    }

    /// Keeps a fact about a member, once.
    pub(super) fn note(&mut self, member: usize, fact: Fact) {
        let facts = &mut self.members[member].facts;
        if facts.is_empty() && self.described.len() < DESCRIBED {
            self.described.push(member);
        }
        if facts.len() < FACTS && facts.iter().all(|f| f.printed != fact.printed) {
            facts.push(fact);
        }
    }

    fn new_member(&mut self, words: Vec<String>, at: usize) -> usize {
        let mention = &self.mentions[at];
        let kind = if mention.sort == Sort::Name { SpeakerKind::Person } else { SpeakerKind::Org };
        let number = self.members.len();
        for word in &words {
            let bearers = self.by_word.entry(word.clone()).or_default();
            if bearers.last() != Some(&number) {
                bearers.push(number);
            }
        }
        if kind == SpeakerKind::Org && words.len() > 1 {
            self.by_initials.entry(initials(&words)).or_insert(number);
        }
        let name = self.printed(at);
        let first = || lexicon::given_name(&name).filter(|_| mention.sort == Sort::Name);
        let (gender, plural) = (mention.gender.or(first().unwrap_or_default()), mention.plural);
        self.members.push(Member {
            name,
            full: at,
            words,
            kind,
            gender,
            plural,
            facts: Vec::new(),
            last: None,
        });
        number
    }

    /// Enters somebody who is only described.
    pub(super) fn describe(&mut self, at: usize) -> usize {
        let mention = &self.mentions[at];
        let kind = match mention.sort {
            Sort::BodyNoun => SpeakerKind::Org,
            Sort::Document => SpeakerKind::Document,
            Sort::Role(_) if mention.plural => SpeakerKind::Group,
            _ => SpeakerKind::Anonymous,
        };
        let (gender, plural) = (mention.gender, mention.plural);
        let name = self.printed(at);
        self.members.push(Member {
            name,
            full: at,
            words: Vec::new(),
            kind,
            gender,
            plural,
            facts: Vec::new(),
            last: None,
        });
        self.members.len() - 1
    }

    /// A single word that is "it" or "which" in its own sentence names a body.
    fn learn_bodies(&mut self) {
        for (at, mention) in self.mentions.iter().enumerate() {
            let Some(member) = self.who[at].filter(|&m| Cast::is_unsure(&self.members[m])) else { continue };
            let end = mention.tokens.end;
            let reports = lexicon::cue(self.word(end)).is_some();
            let next = if self.word(end + 1) == "that" { end + 2 } else { end + 1 };
            let is_it = reports && matches!(self.word(next), "it" | "its");
            if is_it || self.word(end) == "," && self.word(end + 1) == "which" {
                self.members[member].kind = SpeakerKind::Org;
            }
        }
    }

    /// Whether a member is known by one word alone that may name a person or a body.
    pub(super) fn is_unsure(member: &Member) -> bool {
        member.words.len() == 1 && member.gender == Gender::Unknown && member.facts.is_empty()
    }

    /// The member that bears the name: all of one form's words in the other, in order.
    fn bearer(&self, words: &[String], person: bool, at: usize) -> Option<usize> {
        let last = words.last()?;
        let gender = self.mentions[at].gender;
        let known = self.by_word.get(last);
        let fits = |&&m: &&usize| {
            let member = &self.members[m];
            same_sort(member, person, words.len())
                && gender.agrees(member.gender)
                && one_name(&member.words, words)
                && (person || member.words.len() == words.len() || member.words.first() == words.first())
        };
        let mut all: Vec<usize> =
            known.map_or(Vec::new(), |k| k.iter().take(BEARERS).filter(fits).copied().collect());
        if person && all.iter().any(|&m| self.members[m].kind == SpeakerKind::Person) {
            all.retain(|&m| self.members[m].kind == SpeakerKind::Person);
        }
        match all.len() {
            0 if person || words.len() > 1 => None,
            0 => self.by_initials.get(last).copied(),
            1 => Some(all[0]),
            _ => self.foremost(&all, last, gender, at),
        }
    }

    /// The one person introduced by a full name whose surname is this one but for a letter.
    fn misspelt(&self, words: &[String], person: bool, gender: Gender) -> Option<usize> {
        let [word] = words else { return None };
        if !person || word.len() < SHORTEST_MISSPELT {
            return None;
        }
        let like = |member: &Member| {
            member.kind == SpeakerKind::Person
                && member.words.len() > 1
                && gender.agrees(member.gender)
                && member.words.last().is_some_and(|last| is_misspelt(word, last))
        };
        let mut all = (0..self.members.len().min(CAST)).filter(|&m| like(&self.members[m]));
        all.next().filter(|_| all.next().is_none())
    }

    /// The one member that bears the name in `words`.
    pub(super) fn bearer_of(&self, words: &str) -> Option<usize> {
        let words: Vec<String> = words.split_whitespace().map(fold).collect();
        let known = self.by_word.get(words.last()?)?;
        known.iter().copied().take(BEARERS).find(|m| one_name(&self.members[*m].words, &words))
    }

    /// Of several bearers of a name, the one introduced first: papers give the others their first
    /// names. One whose last name it is goes before one whose first name it is. Where that one has not
    /// been spoken of for long, the other who has just been is meant.
    fn foremost(&self, bearers: &[usize], last: &str, gender: Gender, at: usize) -> Option<usize> {
        let rank = |&m: &usize| {
            let member = &self.members[m];
            (
                gender != Gender::Unknown && member.gender != gender,
                member.words.last().is_none_or(|w| w != last),
                m,
            )
        };
        let foremost = bearers.iter().copied().min_by_key(rank)?;
        let sentence = |at: usize| self.segmented.tokens[self.mentions[at].tokens.start].sentence;
        let since =
            |&m: &usize| self.members[m].last.map_or(u32::MAX, |l| sentence(at).saturating_sub(sentence(l)));
        let latest = bearers.iter().copied().min_by_key(since)?;
        let changed = since(&foremost) > LONG_SINCE && since(&latest) <= JUST_NOW;
        Some(if changed { latest } else { foremost })
    }

    /// A name as it is printed: without title and determiner, in one line; PENCE as Pence. A
    /// description with what it is "of" or "for".
    fn printed(&self, at: usize) -> String {
        let mention = &self.mentions[at];
        let tokens = match mention.sort {
            Sort::Name | Sort::Nation => mention.head.clone(),
            Sort::Body => mention.head.clone(),
            _ => self.first_content(at)..self.tail(at),
        };
        let span = self.span(tokens);
        let words = self.text.slice(span).split_whitespace();
        let shouted = words.clone().nth(1).is_some() && words.clone().all(shouts);
        let calm = |w: &str| match mention.sort {
            Sort::Name if shouted || w.len() > LONGEST_INITIALS => quiet(w),
            _ => w.to_owned(),
        };
        words.map(calm).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn span(&self, tokens: std::ops::Range<usize>) -> Span {
        self.segmented.tokens[tokens.start].span.cover(self.segmented.tokens[tokens.end - 1].span)
    }

    pub(super) fn word(&self, token: usize) -> &'a str {
        self.segmented.tokens.get(token).map_or("", |t| self.text.slice(t.span))
    }

    /// The first word of a description after its determiner.
    pub(super) fn first_content(&self, at: usize) -> usize {
        let mention = &self.mentions[at];
        if self.word(mention.tokens.start + 1) == "of" && mention.head.start > mention.tokens.start + 1 {
            return mention.tokens.start;
        }
        let little = |w: &str| {
            let w = lexicon::lower(w);
            is_determiner(&w) || matches!(w.as_ref(), "one" | "of")
        };
        (mention.tokens.start..mention.head.start)
            .find(|&i| !little(self.word(i)))
            .unwrap_or(mention.head.start)
    }

    /// Where a description ends with what it is "of", "for" or "at".
    pub(super) fn tail(&self, at: usize) -> usize {
        let end = self.mentions[at].tokens.end;
        if self.word(end) == "familiar" {
            return self.plain_words(end, 8);
        }
        if !matches!(self.word(end), "of" | "for" | "at" | "in" | "with" | "from") {
            return end;
        }
        let next = self.mentions[at + 1..].iter().take(2).find(|m| m.tokens.start == end + 1);
        if let Some(next) = next.filter(|n| n.sort != Sort::Pronoun) {
            return next.tokens.end;
        }
        if self.word(end) != "of" {
            return end;
        }
        let after = self.plain_words(end + 1, 3);
        let owned = self.segmented.tokens.get(after).is_some_and(|t| t.kind == TokenKind::Clitic);
        if after == end + 1 || owned { end } else { after }
    }

    /// The end of the words from `start` on, at most `most`, that report nothing.
    fn plain_words(&self, start: usize, most: usize) -> usize {
        let plain = |i: &usize| {
            self.segmented.tokens[*i].kind == TokenKind::Word && lexicon::cue(self.word(*i)).is_none()
        };
        let limit = self.segmented.tokens.len().min(start + most);
        (start..limit).take_while(plain).last().map_or(start, |i| i + 1)
    }
}

fn same_sort(member: &Member, person: bool, words: usize) -> bool {
    match member.kind {
        SpeakerKind::Person => person,
        SpeakerKind::Org => !person || words == 1,
        _ => false,
    }
}

/// Whether two names may be one: the same words, or the shorter one's all in the longer one and
/// its last word the longer one's last; a single word may also be the first.
fn one_name(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() == 1 {
        return long.last() == short.last() || long.first() == short.first();
    }
    short.last() == long.last() && short.iter().all(|w| long.contains(w))
}

/// The shortest surname in which a letter may be wrong.
const SHORTEST_MISSPELT: usize = 5;

/// Whether one is the other with one letter more, less, changed or moved, beyond the first and the
/// "s" of a plural.
fn is_misspelt(word: &str, name: &str) -> bool {
    let plural = |a: &str, b: &str| a.strip_suffix('s') == Some(b);
    word.chars().next() == name.chars().next()
        && word.len().abs_diff(name.len()) <= 1
        && !plural(word, name)
        && !plural(name, word)
        && strsim::osa_distance(word, name) == 1
}

fn initials(words: &[String]) -> String {
    let counts = |w: &&String| !matches!(w.as_str(), "of" | "for" | "and" | "the" | "&");
    words.iter().filter(counts).filter_map(|w| w.chars().next()).collect()
}

/// The longest word in capitals that may be initials where the words around it are not shouted.
const LONGEST_INITIALS: usize = 3;

fn shouts(word: &str) -> bool {
    !word.contains(char::is_lowercase)
}

/// A word all in capitals as a name is written; one with dots is initials.
fn quiet(word: &str) -> String {
    if !shouts(word) || word.contains('.') {
        return word.to_owned();
    }
    let mut start = true;
    let mut lower = |c: char| {
        let keep = std::mem::replace(&mut start, !c.is_alphabetic());
        if keep { c.to_string() } else { c.to_lowercase().to_string() }
    };
    word.chars().map(&mut lower).collect()
}
