//! Telling title, name of a person and name of a body apart in a phrase that ends in capitals.

use super::{Determiner, Mention, Reader, Sort};
use crate::lexicon;
use crate::lexicon::Gender;
use crate::quotes::grammar::is_dash;
use crate::quotes::vocabulary::Met;

impl Reader<'_> {
    /// The mention in `start..after`, which ends in a capitalised word.
    pub(super) fn named(
        &self,
        start: usize,
        first: usize,
        after: usize,
        article: Determiner,
    ) -> Option<Mention> {
        let run = self.run_start(first, after);
        if run == first && article == Determiner::Bare && after - run == 1 && self.is_noise(run) {
            return None;
        }
        let end = self.without_suffix(run, after);
        let (name, gender) = self.after_titles(first, end);
        let name = if name >= end && self.is_titled_surname(first, end) { end - 1 } else { name };
        let name = self.given_behind_role(name, end).unwrap_or(name);
        let name = if name + 1 < end && is_trait(self.word(name)) { name + 1 } else { name };
        let name = if self.is_place_before(name, end) || self.is_acronym_before(name, end) {
            name + 1
        } else {
            name
        };
        let tokens = start..after;
        if name + 1 == after && run == name && is_adjective(self.word(name)) {
            return None;
        }
        if name < end && self.is_body(name, after, article, name > first) {
            return Some(self.mention(tokens, run..after, Sort::Body, Gender::Unknown));
        }
        if name >= end || self.word(name) == "of" {
            let head = self.last_role(first, end)?;
            let role = self.known(head).role.unwrap_or(lexicon::role("president")?);
            return Some(self.mention(tokens, head..head + 1, Sort::Role(role), role.gender.or(gender)));
        }
        if !self.chosen && (self.is_heading(name, end) || self.is_dateline(start, after)) {
            return None;
        }
        if let Some(nation) = self.nation(name, after)
            && name == run
            && !self.page.is_met(name, Met::Surname)
        {
            let plural = nation != self.word(name)
                && self.word(name).ends_with('s')
                && after - name == 1
                && !self.word(name).contains('.');
            return Some(Mention {
                plural,
                ..self.mention(tokens, name..after, Sort::Nation, Gender::Unknown)
            });
        }
        let given = self.given(name).unwrap_or_default();
        let gender = gender.or(if after - name > 1 { given } else { Gender::Unknown });
        Some(self.mention(tokens, name..after, Sort::Name, gender))
    }

    /// Where the capitalised words (with particles) at the end of the phrase begin.
    fn run_start(&self, first: usize, after: usize) -> usize {
        let noun = |i: &usize| {
            !self.tokens[*i].capital && (self.known(*i).role.is_some() || self.known(*i).body_noun.is_some())
        };
        let past_nouns = (first..after).rev().find(noun).map_or(first, |i| i + 1);
        let run = (past_nouns..after).find(|&i| self.is_name(i, first)).unwrap_or(past_nouns);
        self.with_particles(first, run)
    }

    /// Where a name begins with the particles before it.
    fn with_particles(&self, first: usize, name: usize) -> usize {
        let particle = |&i: &usize| self.particle(i) == Some(true);
        (first..name).rev().take_while(particle).last().unwrap_or(name)
    }

    fn without_suffix(&self, run: usize, after: usize) -> usize {
        let mut end = after;
        while end > run + 1 && (self.word(end - 1) == "," || self.page.spelling(end - 1).is_name_suffix) {
            end -= 1;
        }
        end
    }

    /// Where the name begins after the titles, nations and roles before it, and what they tell.
    fn after_titles(&self, first: usize, end: usize) -> (usize, Gender) {
        let (mut name, mut gender) =
            ((first..end).find(|&i| self.is_name(i, first)).unwrap_or(first), Gender::Unknown);
        let mut at = first;
        while at < end {
            let words = (at..end).map(|i| self.word(i));
            let lower = !self.tokens[at].capital;
            if self.page.spelling(at).begins_title
                && let Some(title) = lexicon::title(words).filter(|_| !lower)
                && !(self.given(at).is_some() && at == name && at + 1 < end && title.words == 1)
                && (at == name || name <= at)
                && (at + title.words < end || at == first || name == at)
            {
                at += title.words;
                name = at;
                gender = gender.or(title.gender);
                continue;
            }
            if let Some(role) = self.known(at).role
                && (at + 1 < end || name == at)
                && (lower || self.given(at).is_none())
            {
                name = at + 1;
                gender = gender.or(role.gender);
            }
            at += 1;
        }
        if name < end && self.word(name) == "of" {
            let given = |i: &usize| self.given(*i).is_some();
            name = (name + 1..end.saturating_sub(1)).find(given).unwrap_or(name);
        }
        (self.with_particles(first, name), gender)
    }

    /// "Mr. King", or "King" where the article has a Jo King: a surname that is a title elsewhere.
    fn is_titled_surname(&self, first: usize, end: usize) -> bool {
        let courtesy = end - first > 1 && lexicon::is_courtesy(self.word(end - 2));
        courtesy || end - first == 1 && self.page.is_met(end - 1, Met::Surname)
    }

    /// "House Republican Jo Rask": a given name right behind a word that tells what somebody is.
    fn given_behind_role(&self, name: usize, end: usize) -> Option<usize> {
        let given = |i: &usize| self.given(*i).is_some();
        let tells = |i: usize| {
            let word = self.word(i);
            let office = word.rsplit('-').next().unwrap_or(word);
            lexicon::role(office).is_some() || lexicon::nation(word).is_some() || is_trait(word)
        };
        let behind = (name + 1..end.saturating_sub(1)).find(given)?;
        let long = end - name >= LONG_RUN && behind - name > 1 && !given(&name);
        (tells(behind - 1) || long).then_some(behind)
    }

    /// "BOJ Rask": the initials of a body before a name.
    fn is_acronym_before(&self, name: usize, end: usize) -> bool {
        let word = self.word(name);
        let initials = word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase());
        let mixed = |i: usize| self.word(i).contains(char::is_lowercase);
        end - name.min(end) > 1
            && initials
            && (name + 1..end).all(|i| mixed(i) && !self.page.spelling(i).is_body_word)
    }

    /// "The ambassador to Poland Jan Rask": a nation that ends what stands before the name.
    fn is_place_before(&self, name: usize, end: usize) -> bool {
        let tied = name > 0 && matches!(self.word(name - 1), "to" | "of" | "for");
        let place = self.page.spelling(name).nation.is_some();
        tied && place && end - name > 2 && self.given(name).is_none()
    }

    fn last_role(&self, first: usize, end: usize) -> Option<usize> {
        let of = (first..end).find(|&i| matches!(self.word(i), "of" | "for")).unwrap_or(end);
        let role = |i: &usize| self.known(*i).role.is_some();
        let titled = |i: &usize| lexicon::title(std::iter::once(self.word(*i))).is_some();
        (first..of).rev().find(role).or_else(|| (first..of).rev().find(titled))
    }

    fn is_body(&self, name: usize, after: usize, article: Determiner, titled: bool) -> bool {
        let words = || (name..after).map(|i| self.word(i));
        let called = name.checked_sub(1).filter(|&i| !self.tokens[i].capital);
        let is_body = |i: usize| self.known(i).body_noun == Some(false) && self.known(i).role.is_none();
        let somebody = self.page.is_met(after - 1, Met::Surname);
        let called_body = !somebody && called.is_some_and(is_body);
        let given = self.given(name).is_some() && after - name > 1;
        if words().any(|w| w == "&") || called_body && titled && !given {
            return true;
        }
        if words().any(|w| self.agency == Some(w)) {
            return true;
        }
        if self.given(name).is_some()
            && after - name == 2
            && !words()
                .any(|w| matches!(w, "Inc." | "Inc" | "Foundation" | "University" | "Institute" | "Group"))
        {
            return false;
        }
        if (name..after).any(|i| self.page.spelling(i).is_body_word) {
            return true;
        }
        let acronym = |w: &str| {
            (2..=5).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_uppercase() || b == b'.' || b == b'&')
        };
        let shouted = || self.page.is_name(&title_case(self.word(name)));
        if after - name == 1
            && acronym(self.word(name))
            && !titled
            && self.page.spelling(name).nation.is_none()
            && !shouted()
        {
            return true;
        }
        let known = self.given(name).is_some();
        article == Determiner::Definite && !titled && !known && self.nation(name, after).is_none()
    }

    fn nation(&self, name: usize, after: usize) -> Option<&'static str> {
        match after - name {
            1 => self.page.spelling(name).nation,
            2 => {
                let both = format!("{} {}", self.word(name), self.word(name + 1));
                lexicon::nation(&both)
            }
            _ => None,
        }
    }

    /// Words all in capitals that are not known as a name otherwise.
    fn is_heading(&self, name: usize, end: usize) -> bool {
        let shouts = |i: usize| !self.word(i).contains(char::is_lowercase);
        let long = (name..end).any(|i| self.word(i).len() > 5);
        let given = || lexicon::given_name(&title_case(self.word(name))).is_some();
        let known = || self.page.is_name(&title_case(self.word(end - 1)));
        long && (name..end).all(shouts) && !given() && !known()
    }

    /// "HELSINKI (Gazette) - …": capitals that open a sentence, then a bracket or a dash.
    fn is_dateline(&self, start: usize, after: usize) -> bool {
        let shouts = |i: usize| !self.word(i).contains(char::is_lowercase);
        self.tokens[start].initial
            && (start..after).all(shouts)
            && (self.word(after) == "(" || is_dash(self.word(after)))
    }

    /// A single capitalised word that names nobody.
    fn is_noise(&self, at: usize) -> bool {
        let word = self.word(at);
        let tag = word.split_once('-').is_some_and(|(party, _)| party.len() == 1);
        let short = word.strip_suffix('.').and_then(lexicon::abbreviation);
        word.chars().count() < 2 || word.ends_with('.') && word.len() == 2 || tag || short.is_some()
    }
}

/// The run of capitals in which a given name that is not first begins the name.
const LONG_RUN: usize = 4;

/// "Atlanta-based", "South-born": what somebody is, not who.
fn is_trait(word: &str) -> bool {
    word.rsplit_once('-').is_some_and(|(_, tail)| lexicon::ends_trait(tail))
}

/// "PENCE" → "Pence".
fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}

/// The adjective of a party or nation, which by itself names nobody: "Russian", "Democratic".
fn is_adjective(word: &str) -> bool {
    let nation = lexicon::nation(word).is_some_and(|n| n != word);
    let shaped = ["ian", "ean", "ish", "ese", "aeli", "aqi", "udi", "ench"].iter().any(|e| word.ends_with(e));
    word == "Democratic" || nation && shaped
}
