//! Reading one noun phrase: determiner, modifiers, and the nouns or names it ends in.

use super::{Begins, Determiner, Mention, Naming, Reader, Sort};
use crate::lexicon;
use crate::lexicon::{Gender, Known, Use};
use crate::quotes::grammar::is_adverb;
use crate::quotes::segment::TokenKind;
use crate::quotes::vocabulary::Met;

/// How many unknown words may stand between determiner and noun.
const MODIFIERS: usize = 4;

impl Reader<'_> {
    /// Reads the phrase that begins at `at`; returns where to go on (`at` if there is none).
    pub(super) fn phrase(&self, at: usize, end: usize, found: &mut Vec<Mention>) -> usize {
        let (article, first) = self.determiner(at, end);
        if first >= end {
            return at;
        }
        let Some(last) = self.last_noun(first, end, article) else { return at };
        let after = last + 1;
        let points = || lexicon::points(self.page.word(at));
        let classified = self.classify(at, first, after, article);
        if self.is_address(at, last) {
            return after;
        }
        let Some(mut mention) = classified.filter(|m| m.sort != Sort::Name || at == first || !points())
        else {
            return if article == Determiner::Bare { after } else { at };
        };
        if let Some(whole) = self.named_behind(&mention, end).or_else(|| self.second_role(&mention, end)) {
            let after = whole.tokens.end;
            found.push(whole);
            return after;
        }
        if self.tokens.get(after).is_some_and(|t| t.kind == TokenKind::Clitic)
            && let Some(owned_end) = self.owned(after + 1, end)
            && let Some(mut owned) = self.classify(after + 1, after + 1, owned_end, Determiner::Possessive)
        {
            if owned.sort == Sort::Body && self.owner_is_of_name(&mention, owned_end) {
                let head = mention.head.start..owned_end;
                found.push(self.mention(at..owned_end, head, Sort::Body, Gender::Unknown));
                return owned_end;
            }
            let start = mention.tokens.start;
            if let Some(mut named) = self.named_behind(&owned, end) {
                named.span.start = mention.span.start;
                named.tokens.start = start;
                let after = named.tokens.end;
                found.push(named);
                return after;
            }
            mention.possessive = true;
            owned.span.start = mention.span.start;
            owned.tokens.start = mention.tokens.start;
            found.push(owned);
            found.push(mention);
            return owned_end;
        }
        if self.ends_in_clitic(&mention) {
            mention =
                self.mention(at..after + 1, mention.head.start..after + 1, mention.sort, mention.gender);
            mention.possessive = false;
            found.push(mention);
            return after + 1;
        }
        found.push(mention);
        after
    }

    /// "4 Lindby Terrace": a house, not somebody.
    fn is_address(&self, at: usize, last: usize) -> bool {
        self.tokens[at].kind == TokenKind::Number
            && last > at + 1
            && (at + 1..=last).all(|i| self.tokens[i].capital)
            && lexicon::street(self.page.word(last))
    }

    /// What stands before the phrase, and where the phrase proper begins.
    fn determiner(&self, at: usize, end: usize) -> (Determiner, usize) {
        if self.tokens[at].kind == TokenKind::Number {
            return (Determiner::Indefinite, at + 1);
        }
        match self.page.spelling(at).begins {
            Begins::Definite => (Determiner::Definite, at + 1),
            Begins::Possessive => (Determiner::Possessive, at + 1),
            Begins::Indefinite => (Determiner::Indefinite, at + 1),
            Begins::Counted => {
                let mut next = at + 1;
                if self.word(next) == "of" {
                    next += 1;
                }
                if next < end && matches!(self.word(next), "the" | "his" | "her" | "their" | "its" | "these")
                {
                    next += 1;
                }
                (Determiner::Indefinite, next)
            }
            Begins::Nothing | Begins::Pronoun | Begins::Phrase => (Determiner::Bare, at),
        }
    }

    /// The last noun of the phrase whose first word (after the determiner) is `first`.
    pub(super) fn last_noun(&self, first: usize, end: usize, article: Determiner) -> Option<usize> {
        let (mut last, mut unknown): (Option<usize>, usize) = (None, 0);
        let mut at = first;
        while at < end {
            if self.is_name(at, first) {
                let apart =
                    last.is_some_and(|l| self.tokens[l].capital && (unknown > 0 || self.breaks(l, at)));
                if apart {
                    break;
                }
                (last, unknown) = (Some(at), 0);
            } else if self.noun(at, last, article, first) {
                (last, unknown) = (Some(at), 0);
            } else if last.is_some_and(|l| l + 1 == at || l + 2 == at && !self.tokens[at - 1].capital)
                && (self.joins(at, end, first)
                    || article == Determiner::Definite && self.joins_body(at, end, first))
            {
                // the particle or "of" inside a name
            } else if last.is_none() && article == Determiner::Bare && self.begins_name(at) {
                // the particle a name begins with
            } else if last.is_none_or(|l| self.tokens[l].capital && !self.word(at).ends_with("ed"))
                && self.modifies(at, article)
                && unknown < MODIFIERS
            {
                unknown += 1;
            } else {
                break;
            }
            at += 1;
        }
        last
    }

    /// Whether a heading in capitals ends between the two.
    fn breaks(&self, a: usize, b: usize) -> bool {
        let between =
            &self.text.as_str()[self.tokens[a].span.end as usize..self.tokens[b].span.start as usize];
        let heading = between.contains('\n') || self.word(a).len() > 5;
        heading && shouts(self.word(a)) && !shouts(self.word(b))
    }

    /// Whether token `at` may be part of the name in a phrase that begins at `first`.
    pub(super) fn is_name(&self, at: usize, first: usize) -> bool {
        match self.naming.get(at) {
            None | Some(Naming::Never) => false,
            Some(Naming::Always) => true,
            Some(Naming::Further) => at != first,
        }
    }

    /// A word with a capital that is not one for other reasons.
    pub(super) fn naming(&self, at: usize) -> Naming {
        let token = &self.tokens[at];
        if token.kind != TokenKind::Word {
            return Naming::Never;
        }
        let (word, spelling) = (self.word(at), self.page.spelling(at));
        match (token.capital, token.initial) {
            (false, _) if !spelling.holds_name => Naming::Never,
            (false, _) if word.starts_with("al-") || word.starts_with("el-") => Naming::Always,
            (false, _) => Naming::Further,
            _ if spelling.is_date => Naming::Never,
            (true, true) if self.initial_name(at, word) => Naming::Always,
            (true, true) => Naming::Never,
            _ if matches!(word, "I" | "I’m" | "I'm") => Naming::Never,
            _ if spelling.opens_sentence => Naming::Further,
            _ => Naming::Always,
        }
    }

    /// Whether the first word of a sentence is a name rather than just first.
    fn initial_name(&self, at: usize, word: &str) -> bool {
        let spelling = self.page.spelling(at);
        if spelling.given.is_some() || spelling.nation.is_some() || self.page.is_met(at, Met::Name) {
            return !spelling.opens_sentence;
        }
        if spelling.begins_title
            && lexicon::title(std::iter::once(word)).is_some()
            && (self.word(at + 1) == "of" || self.tokens.get(at + 1).is_some_and(|t| t.capital))
        {
            return true;
        }
        let common = spelling.is_common || self.page.is_met_small(at);
        let next_is_name = self.tokens.get(at + 1).is_some_and(|t| t.capital);
        let shaped = (word.ends_with("ing") || word.ends_with("ed")) && word.len() > 5 && !next_is_name;
        !common && !shaped
    }

    /// A known common noun that may end the phrase here.
    fn noun(&self, at: usize, last: Option<usize>, article: Determiner, first: usize) -> bool {
        if !self.is_word(at) {
            return false;
        }
        let after_name = last.is_some_and(|l| self.tokens[l].capital);
        if let Some(role) = self.known(at).role {
            let verb = role.plural && (after_name && article == Determiner::Bare) && role.also_verb;
            return !verb && self.may_stand(at, role.plural, last, article, first);
        }
        if let Some(plural) = self.known(at).body_noun {
            return !(plural && after_name && article == Determiner::Bare)
                && self.may_stand(at, plural, last, article, first);
        }
        let bare = article == Determiner::Bare;
        !bare
            && last.is_none_or(|l| self.tokens[l].capital || self.known(l).body_noun.is_some())
            && self.page.spelling(at).is_document
    }

    /// A singular noun without a determiner stands only in an apposition or before a name.
    fn may_stand(
        &self,
        at: usize,
        plural: bool,
        last: Option<usize>,
        article: Determiner,
        first: usize,
    ) -> bool {
        plural
            || article != Determiner::Bare
            || last.is_some()
            || first.checked_sub(1).is_some_and(|b| matches!(self.word(b), "," | "—" | "–" | "(" | "as"))
            || (at + 1..at + 4)
                .find(|&i| self.known(i).role.is_none())
                .is_some_and(|i| self.is_name(i, first))
            || (self.is_word(at + 1) && self.known(at + 1).role.is_some())
    }

    /// The "of" of "Bank of Lund", the "van" of "Jan van Berg".
    fn joins(&self, at: usize, end: usize, first: usize) -> bool {
        let next_name = at + 1 < end && self.is_name(at + 1, first);
        let before = self.word(at - 1);
        match self.word(at) {
            "&" => self.tokens[at - 1].capital && next_name,
            "of" | "for" if self.tokens[at - 1].capital => {
                let heads = lexicon::heads_name(before) || self.is_purpose(at, first);
                let through_the = self.word(at + 1) == "the" && at + 2 < end && self.is_name(at + 2, first);
                heads && (next_name || through_the)
            }
            "the" => matches!(self.word(at - 1), "of" | "for") && next_name,
            _ if self.particle(at).is_some() => {
                let more = at + 2 < end && self.particle(at + 1).is_some() && self.is_name(at + 2, first);
                next_name || more
            }
            "," => next_name && self.page.spelling(at + 1).is_name_suffix,
            _ => false,
        }
    }

    /// The "and" of "the Trade and Harbour Commission", "the Ministry of Trade and Industry", "the Ana and
    /// Jan Rask Foundation".
    fn joins_body(&self, at: usize, end: usize, first: usize) -> bool {
        if self.word(at) != "and" || at < first + 1 || !self.tokens[at - 1].capital {
            return false;
        }
        let Some(last) = (at + 1..end).take_while(|&i| self.is_name(i, first)).last() else { return false };
        let given = |i: usize| self.given(i).is_some();
        let plain = |i: usize| {
            let word = self.word(i);
            word.contains(char::is_lowercase) && !given(i) && self.page.spelling(i).nation.is_none()
        };
        let free = |i: usize| plain(i) && !self.page.spelling(i).is_body_word && self.known(i).role.is_none();
        let of = (first + 1..at).rev().find(|&i| matches!(self.word(i), "of" | "for"));
        if of.is_some_and(|of| lexicon::heads_joint_body(self.word(of - 1))) {
            return (at + 1..last).all(free)
                && (free(last) || last > at + 1 && self.word(last) == "Services");
        }
        let couple = given(at - 1) && given(at + 1);
        let field =
            (free(at - 1) || plain(at - 1) && self.word(at - 1).ends_with('s')) && (at + 1..last).all(plain);
        last > at + 1 && lexicon::heads_joint_body(self.word(last)) && (couple || field)
    }

    /// "Brill’s Bank", "Rask’s Rating Service": the owner belongs to the name, which is its only word or
    /// begins with a word that never stands without its clitic.
    fn owner_is_of_name(&self, owner: &Mention, end: usize) -> bool {
        let clitic = owner.tokens.end;
        match end - clitic - 1 {
            1 if owner.sort == Sort::Name => true,
            _ => self.ends_in_clitic(owner) && (clitic + 1..end).all(|i| self.tokens[i].capital),
        }
    }

    /// "Rask’s said": a name that has its clitic throughout the article.
    fn ends_in_clitic(&self, mention: &Mention) -> bool {
        let clitic = mention.tokens.end;
        let short = mention.sort == Sort::Name && mention.head.len() == 1 || mention.sort == Sort::Body;
        short
            && mention.article == Determiner::Bare
            && self.tokens.get(clitic).is_some_and(|t| t.kind == TokenKind::Clitic)
            && self.clitic_names().contains(self.word(clitic - 1))
    }

    /// The second "of" of "the Society for the Study of Herons".
    fn is_purpose(&self, of: usize, first: usize) -> bool {
        let until = (first + 1..of).rev().find(|&i| self.word(i) == "for");
        until.is_some_and(|i| of - i <= 3 && self.page.spelling(i - 1).is_body_word)
    }

    /// "Van der Berg" without a first name: particles, then a known name.
    fn begins_name(&self, at: usize) -> bool {
        let past = (at..at + 2).find(|&i| self.particle(i) != Some(true)).unwrap_or(at + 2);
        past > at && self.page.is_met(past, Met::Name)
    }

    /// Whether a word in lower case may stand before the noun.
    fn modifies(&self, at: usize, article: Determiner) -> bool {
        let token = &self.tokens[at];
        if token.kind == TokenKind::Number {
            return article != Determiner::Bare;
        }
        if token.kind != TokenKind::Word || token.capital && !token.initial {
            return false;
        }
        match self.page.spelling(at).modifies {
            Modifies::People => true,
            Modifies::Any => article != Determiner::Bare,
            Modifies::Offices => {
                article != Determiner::Bare && begins_office(self.page.word(at), self.word(at + 1))
            }
            Modifies::Nothing => false,
        }
    }

    /// Whether the word at `at` is a particle of names, and one that names begin with.
    pub(super) fn particle(&self, at: usize) -> Option<bool> {
        self.page.spelling(at).particle
    }

    /// Where the phrase after a possessive ends: "Mora’s *campaign manager*".
    fn owned(&self, at: usize, end: usize) -> Option<usize> {
        if at >= end || !self.is_word(at) {
            return None;
        }
        let last = self.last_noun(at, end, Determiner::Possessive)?;
        (last < end).then_some(last + 1)
    }

    /// What the phrase `start..after` is; its words proper begin at `first`.
    fn classify(&self, start: usize, first: usize, after: usize, article: Determiner) -> Option<Mention> {
        let last = after - 1;
        let tokens = start..after;
        let known = self.known(last);
        let named = self.is_name(last, first);
        let company = last > first && self.tokens[last - 1].capital && self.page.spelling(last).is_body_word;
        let mention = if named && (company || !known.role.is_some_and(|r| r.plural)) {
            self.named(start, first, after, article)?
        } else if let Some(role) = known.role {
            let mention = self.mention(tokens, last..after, Sort::Role(role), role.gender);
            Mention { plural: role.plural, ..mention }
        } else if let Some(plural) = known.body_noun {
            Mention { plural, ..self.mention(tokens, last..after, Sort::BodyNoun, Gender::Unknown) }
        } else if named {
            self.named(start, first, after, article)?
        } else {
            self.mention(tokens, last..after, Sort::Document, Gender::Unknown)
        };
        Some(Mention { article, ..mention })
    }
}

/// What a word in lower case may stand before, as far as it tells by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::quotes) enum Modifies {
    Nothing,
    /// A noun for people, without any determiner.
    People,
    /// Any noun behind a determiner.
    Any,
    /// Behind a determiner, a noun for an office.
    Offices,
}

/// The same of a word, by what the lists say of it.
pub(in crate::quotes) fn modifies(word: &str, known: &Known) -> Modifies {
    let ties = [Use::Preposition, Use::Clause, Use::Day].iter().any(|one| known.uses.has(*one));
    let reports = known.is_cue() && !word.ends_with("ing") && !word.ends_with("ed");
    if lexicon::modifies_people(word) {
        Modifies::People
    } else if ties || reports || lexicon::is_function_word(word) {
        Modifies::Nothing
    } else if known.uses.has(Use::BeforeVerb) || is_adverb(word) {
        Modifies::Offices
    } else {
        Modifies::Any
    }
}

/// "The first minister", "the then mayor": what stands before an office as well as before a verb.
fn begins_office(word: &str, next: &str) -> bool {
    match word {
        "first" => matches!(next, "lady" | "minister" | "secretary" | "officer" | "deputy"),
        "then" => lexicon::role(next).is_some(),
        _ => false,
    }
}

/// A word in capitals throughout.
fn shouts(word: &str) -> bool {
    word.len() > 2 && !word.chars().any(char::is_lowercase)
}
