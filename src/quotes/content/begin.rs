//! Where the clause behind a cue begins: over whom it was said to, when and where.

use super::Content;
use crate::lexicon::Use;
use crate::quotes::frames::Subject;
use crate::quotes::grammar::{
    is_dash, is_day, is_determiner, is_preposition, is_question_word, is_subject_pronoun,
};

/// How many tokens after the cue its clause may begin.
const FARTHEST_CLAUSE: usize = 16;

impl Content<'_> {
    /// Where a reported clause begins after the cue, if one does.
    pub(super) fn clause_start(&self, rest: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let takes = self.frame().cue.word.takes;
        let at = self.after_addressee(rest, end);
        let word = page.word(at);
        let speaks = takes.bare || takes.that;
        if page.quoted(at).is_some() {
            return Some(at);
        }
        if matches!(word, "," | ":") && at + 1 < end {
            let quote = page.quoted(at + 1).is_some();
            let finite = !matches!(self.frame().subject, Subject::Implied(_));
            return (quote || (word == ":" && speaks && finite)).then_some(at + 1);
        }
        let clause = (word == "that" && (speaks || takes.to))
            || (word == "to" && takes.to)
            || (is_question_word(word) && (takes.whether || takes.that))
            || (takes.that && is_subject_pronoun(word))
            || (takes.bare && self.begins_clause(at));
        clause.then_some(at)
    }

    /// Whether a clause without "that" may begin here: not an adverbial, not another cue's business.
    fn begins_clause(&self, at: usize) -> bool {
        let page = self.page;
        let word = page.word(at);
        let lemma = self.frame().cue.word.lemma.as_str();
        if page.is_punct(at)
            || is_preposition(word)
                && !matches!(word, "in" | "under" | "despite" | "during" | "without" | "after" | "at")
        {
            return false;
        }
        lemma == "say"
            || is_subject_pronoun(word)
            || is_determiner(word) && lemma != "write"
            || (page.is_capital(at) && lemma != "tell")
    }

    /// Passes over whom it was said to, when and where: "told reporters on Monday that".
    pub(super) fn after_addressee(&self, rest: usize, end: usize) -> usize {
        let page = self.page;
        let takes = self.frame().cue.word.takes;
        let next = page.word(rest);
        let at_once = takes.whether && is_question_word(next)
            || takes.to && next == "to"
            || next == "that"
            || page.quoted(rest).is_some()
            || matches!(next, ":" | ",") && page.quoted(rest + 1).is_some();
        if at_once {
            return rest;
        }
        if let Some(clause) = self.clause_ahead(rest, end) {
            return clause;
        }
        if is_day(next) {
            rest + 1
        } else if next == "on" && page.uses(rest + 1).has(Use::Day) {
            rest + 2
        } else if self.is_told() && !is_preposition(next) {
            self.after_noun(rest, end)
        } else {
            rest
        }
    }

    /// Whether the cue takes somebody it is said to.
    fn is_told(&self) -> bool {
        let lemma = self.frame().cue.word.lemma.as_str();
        matches!(lemma, "tell" | "ask" | "remind" | "inform" | "assure" | "warn" | "advise")
    }

    /// The "that", colon or quotation that begins the clause a little further on.
    fn clause_ahead(&self, rest: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let told = self.is_told();
        let to = self.frame().cue.word.takes.to;
        let next = page.word(rest);
        let uses = page.uses(rest);
        let adverbial =
            uses.has(Use::Preposition) && !matches!(next, "by" | "with" | "for") || uses.has(Use::Day);
        for at in rest..end.min(rest + FARTHEST_CLAUSE) {
            let word = page.word(at);
            let clause = word == "that" && (told || adverbial)
                || word == ":" && at + 1 < end
                || (word == "," || is_dash(word)) && page.quoted(at + 1).is_some()
                || told && at > rest && (word == "to" && to || matches!(word, "whether" | "if"));
            if clause {
                return Some(at);
            }
            let breaks = page.is_punct(at) && !matches!(word, "," | "&" | "'");
            if breaks || page.uses(at).has(Use::Clause) && !matches!(word, "that" | "after") {
                return None;
            }
        }
        None
    }

    /// Passes over a short object: "told him", "told The Gazette", "told reporters Monday".
    fn after_noun(&self, rest: usize, end: usize) -> usize {
        let page = self.page;
        let mut at = rest;
        if page.uses(at).has(Use::Determiner) && !page.is_capital(at) {
            at += 1;
        }
        if page.is_capital(at) {
            while at < end && page.is_capital(at) && !page.uses(at).has(Use::Day) {
                at += 1;
            }
        } else {
            at += 1;
        }
        while at < end
            && (page.uses(at).has(Use::Day) || page.word(at) == "on" && page.uses(at + 1).has(Use::Day))
        {
            at += 1;
        }
        at
    }
}
