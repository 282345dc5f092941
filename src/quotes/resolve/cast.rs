//! The cast of an article: who is named in it, under which names.

use super::facts::{Fact, fact_of_title, fit, learn_facts};
use super::is_named;
use super::names::{SHORTEST_MISSPELT, initials, is_misspelt, one_name};
use crate::lexicon;
use crate::lexicon::Gender;
use crate::quotes::SpeakerKind;
use crate::quotes::mentions::{Mention, Sort};
use crate::quotes::page::Page;
use crate::text::{Span, fold};
use foldhash::{HashMap, HashMapExt};

/// Somebody or something the article names or describes.
pub(super) struct Member<'a> {
    /// The mention that holds the fullest form of the name, or the description.
    pub full: usize,
    /// Its words as they are compared.
    pub words: Vec<&'a str>,
    /// The given name that only the quotations hold.
    pub given: Option<&'a str>,
    pub kind: SpeakerKind,
    pub gender: Gender,
    pub plural: bool,
    pub facts: Vec<Fact<'a>>,
    /// The last mention read so far.
    last: Option<usize>,
}

/// The cast, and who each mention is.
pub(super) struct Cast<'a> {
    pub page: &'a Page<'a>,
    pub mentions: &'a [Mention],
    pub members: Vec<Member<'a>>,
    /// For every mention, the member it stands for; of pronouns and descriptions not yet known.
    pub who: Vec<Option<usize>>,
    /// Of every mention that is a name, its words as they are compared.
    names: Vec<Vec<&'a str>>,
    /// Members by each word of their names.
    by_word: HashMap<&'a str, Vec<usize>>,
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
    pub(super) fn learn(page: &'a Page<'a>, mentions: &'a [Mention]) -> Cast<'a> {
        let who = vec![None; mentions.len()];
        let mut cast = Cast {
            page,
            mentions,
            members: Vec::new(),
            who,
            names: Vec::new(),
            by_word: HashMap::new(),
            by_initials: HashMap::new(),
            described: Vec::new(),
        };
        let words = |at: usize| if is_named(&mentions[at]) { cast.words(at) } else { Vec::new() };
        cast.names = (0..mentions.len()).map(words).collect();
        // Full names first; then "Mr. Mora", who is not the Ana Mora of the same article.
        for at in 0..mentions.len() {
            if cast.names[at].len() > 1 {
                cast.enter(at);
            }
        }
        for (at, mention) in mentions.iter().enumerate() {
            let titled = mention.sort == Sort::Name && mention.gender != Gender::Unknown;
            if titled && cast.who[at].is_none() && cast.bearer(&cast.names[at], true, at).is_none() {
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
    fn words(&self, at: usize) -> Vec<&'a str> {
        let head = self.mentions[at].head.clone();
        let counts = |&i: &usize| {
            !self.page.spelling(i).is_name_suffix
                && !matches!(self.word(i), "," | "the" | "The")
                && !self.page.is_clitic(i)
        };
        let mut words: Vec<&str> = head.filter(counts).map(|i| self.page.folded(i)).collect();
        let long = |word: &&str| word.trim_end_matches('.').chars().nth(1).is_some();
        if words.iter().any(long) {
            words.retain(long);
        }
        words
    }

    /// Gives a name to the member that bears it, or enters a new one.
    fn enter(&mut self, at: usize) {
        let words = std::mem::take(&mut self.names[at]);
        let mention = &self.mentions[at];
        let person = mention.sort == Sort::Name;
        let gender = mention.gender;
        let known = self.bearer(&words, person, at);
        let member = match known.or_else(|| self.misspelt(&words, person, gender)) {
            Some(member) => member,
            None => self.new_member(words.clone(), at),
        };
        self.who[at] = Some(member);
        if person {
            self.complete(member, words, at);
        }
        let known = &mut self.members[member];
        known.gender = known.gender.or(gender);
        if let Some(fact) = fact_of_title(self, at) {
            self.note(member, fact);
        }
    }

    /// Gives a person the name of a mention, if that is fuller than what it is known by.
    fn complete(&mut self, member: usize, words: Vec<&'a str>, at: usize) {
        let count = |at: usize| self.head(at).split_whitespace().count();
        if count(at) <= count(self.members[member].full) {
            return;
        }
        let known = &mut self.members[member];
        known.full = at;
        if words.len() > known.words.len() {
            known.words = words;
        }
    }

    /// Keeps a fact about a member, once.
    pub(super) fn note(&mut self, member: usize, fact: Fact<'a>) {
        let facts = &mut self.members[member].facts;
        if facts.is_empty() && self.described.len() < DESCRIBED {
            self.described.push(member);
        }
        let words = |fact: &Fact| self.page.text.slice(fact.span).split_whitespace();
        if facts.len() < FACTS && facts.iter().all(|f| !words(f).eq(words(&fact))) {
            facts.push(fact);
        }
    }

    fn new_member(&mut self, words: Vec<&'a str>, at: usize) -> usize {
        let mention = &self.mentions[at];
        let kind = if mention.sort == Sort::Name { SpeakerKind::Person } else { SpeakerKind::Org };
        let number = self.members.len();
        for word in &words {
            let bearers = self.by_word.entry(word).or_default();
            if bearers.last() != Some(&number) {
                bearers.push(number);
            }
        }
        if kind == SpeakerKind::Org && words.len() > 1 {
            self.by_initials.entry(initials(&words)).or_insert(number);
        }
        let alone = mention.sort == Sort::Name && !self.head(at).contains(char::is_whitespace);
        let first = if alone { lexicon::given_name(&self.printed(at)) } else { None };
        let (gender, plural) = (mention.gender.or(first.unwrap_or_default()), mention.plural);
        self.members.push(Member {
            full: at,
            words,
            given: None,
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
        self.members.push(Member {
            full: at,
            words: Vec::new(),
            given: None,
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
            let reports = self.page.known(end).is_cue();
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
    fn bearer(&self, words: &[&str], person: bool, at: usize) -> Option<usize> {
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
            0 => self.by_initials.get(*last).copied(),
            1 => Some(all[0]),
            _ => self.foremost(&all, last, gender, at),
        }
    }

    /// The one person introduced by a full name whose surname is this one but for a letter.
    fn misspelt(&self, words: &[&str], person: bool, gender: Gender) -> Option<usize> {
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
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let known = self.by_word.get(words.last()?)?;
        let bears = |number: &usize| {
            let Member { given, words: surname, .. } = &self.members[*number];
            let given = given.map(fold);
            let name: Vec<&str> = given.as_deref().into_iter().chain(surname.iter().copied()).collect();
            one_name(&name, &words)
        };
        known.iter().copied().take(BEARERS).find(bears)
    }

    /// Of several bearers of a name, the one introduced first: papers give the others their first
    /// names. One whose last name it is goes before one whose first name it is. An office is that of the
    /// one who was given it, else of the one who goes by the surname alone. Where that one has not been
    /// spoken of for long, the other who has just been is meant.
    fn foremost(&self, bearers: &[usize], last: &str, gender: Gender, at: usize) -> Option<usize> {
        let office = fact_of_title(self, at);
        let rank = |&m: &usize| {
            let member = &self.members[m];
            let holds = |office: &Fact| member.facts.iter().any(|known| fit(office, known).is_some());
            (
                gender != Gender::Unknown && member.gender != gender,
                office.as_ref().is_some_and(|office| !holds(office)),
                office.is_some() && member.words.len() > 1,
                member.words.last().is_none_or(|w| *w != last),
                m,
            )
        };
        let foremost = bearers.iter().copied().min_by_key(rank)?;
        let sentence = |at: usize| self.page.segmented.tokens[self.mentions[at].tokens.start].sentence;
        let since =
            |&m: &usize| self.members[m].last.map_or(u32::MAX, |l| sentence(at).saturating_sub(sentence(l)));
        let latest = bearers.iter().copied().min_by_key(since)?;
        let changed = since(&foremost) > LONG_SINCE && since(&latest) <= JUST_NOW;
        Some(if changed { latest } else { foremost })
    }

    /// The name of a mention as it stands, without its title.
    fn head(&self, at: usize) -> &'a str {
        self.page.text.slice(self.page.span(&self.mentions[at].head))
    }

    pub(super) fn span(&self, tokens: std::ops::Range<usize>) -> Span {
        self.page.span(&tokens)
    }

    pub(super) fn word(&self, token: usize) -> &'a str {
        self.page.segmented.tokens.get(token).map_or("", |t| self.page.text.slice(t.span))
    }
}

fn same_sort(member: &Member, person: bool, words: usize) -> bool {
    match member.kind {
        SpeakerKind::Person => person,
        SpeakerKind::Org => !person || words == 1,
        _ => false,
    }
}
