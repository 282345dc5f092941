//! What goes on right behind a role: the name it introduces, or a second role of the same person.

use super::{Determiner, Mention, Reader, Sort};
use crate::lexicon;

impl Reader<'_> {
    /// "China’s ambassador *to Poland Jan Rask*", "the leader *of the Commons Ed Kay*": a name right
    /// behind what a role is of.
    pub(super) fn named_behind(&self, mention: &Mention, end: usize) -> Option<Mention> {
        let tie = mention.tokens.end;
        if !matches!(mention.sort, Sort::Role(_)) || mention.plural || !is_tie(self.word(tie)) {
            return None;
        }
        let first = tie + 1 + usize::from(self.word(tie + 1) == "the");
        let last = (first..end).take_while(|&i| self.is_name(i, first)).last()?;
        let given = |i: &usize| lexicon::given_name(self.word(*i)).is_some();
        let nation = lexicon::nation(self.word(first)).map(|_| first + 1);
        let name = (first + 1..last).find(given).or(nation.filter(|&name| name < last))?;
        let tells = |i: &usize| self.known(*i).role.is_some() || self.page.spelling(*i).is_body_word;
        if (name..=last).any(|i| tells(&i)) {
            return None;
        }
        let gender = mention.gender.or(lexicon::given_name(self.word(name)).unwrap_or_default());
        let named = self.mention(mention.tokens.start..last + 1, name..last + 1, Sort::Name, gender);
        Some(Mention { article: mention.article, ..named })
    }

    /// "The former mayor *and current candidate*": one person of two roles, as the second has no
    /// determiner of its own.
    pub(super) fn second_role(&self, mention: &Mention, end: usize) -> Option<Mention> {
        let and = mention.tokens.end;
        let and = if is_tie(self.word(and)) && self.is_word(and + 1) { and + 2 } else { and };
        let one = matches!(mention.sort, Sort::Role(_)) && !mention.plural;
        if !one || mention.article != Determiner::Definite || self.word(and) != "and" {
            return None;
        }
        let last = self.last_noun(and + 1, end, Determiner::Possessive)?;
        let role = self.known(last).role.filter(|r| !r.plural && !self.tokens[last].capital)?;
        let tokens = mention.tokens.start..last + 1;
        let whole = self.mention(tokens, last..last + 1, Sort::Role(role), mention.gender.or(role.gender));
        Some(Mention { article: mention.article, ..whole })
    }
}

/// What ties a role to a place or body.
fn is_tie(word: &str) -> bool {
    matches!(word, "of" | "to" | "for" | "in" | "at")
}
