//! An article read again, to tell what decided.

use super::{RunnerUp, Why};
use crate::quotes::extract;
use crate::quotes::extract::Draft;
use crate::quotes::mentions;
use crate::quotes::mentions::Mention;
use crate::quotes::page::Page;
use crate::quotes::rank::ranked;
use crate::quotes::rank::why::leads;
use crate::quotes::resolve::why::{Known, People};
use crate::quotes::sayings::evidence::evidence;
use crate::quotes::sayings::seen::Seen;
use crate::quotes::segment::segment;
use crate::quotes::vocabulary::Vocabulary;
use crate::quotes::weights::Weights;
use crate::quotes::{Basis, Quote, read};
use crate::text::{Span, Text};

/// Why each of `asked`, found in the English text, was found so; None of one that is read otherwise
/// now.
pub fn why(text: &Text, asked: &[&Quote]) -> Vec<Option<Why>> {
    let weights = Weights::shipped();
    let segmented = segment(text);
    let mut vocabulary = Vocabulary::of(&weights);
    let quotes = read(text, &segmented, &weights, &mut vocabulary, &mut |_| ());
    let page = Page::new(text, &segmented, &mut vocabulary);
    let mentions = mentions::find(&page);
    let seen = Seen::new(&page, &mentions);
    let drafts = extract::extract(&seen, &weights);
    let chosen: Vec<Span> = quotes.iter().filter_map(|q| q.attribution.mention).collect();
    let people = People::new(&page, &chosen, &weights);
    let again = Again {
        seen: &seen,
        mentions: &mentions,
        weights: &weights,
        quotes: &quotes,
        drafts: &drafts,
        people: people.known(),
    };
    asked.iter().map(|quote| again.why(quote)).collect()
}

/// All that was read again.
struct Again<'a> {
    seen: &'a Seen<'a>,
    mentions: &'a [Mention],
    weights: &'a Weights,
    quotes: &'a [Quote],
    /// What each quote was before its speaker was chosen.
    drafts: &'a [Draft],
    people: Known<'a>,
}

impl Again<'_> {
    fn why(&self, quote: &Quote) -> Option<Why> {
        let number = self.quotes.iter().position(|q| q.pieces == quote.pieces)?;
        let (now, then) = (&self.quotes[number].attribution, &quote.attribution);
        if now.mention != then.mention || now.basis != then.basis {
            return None;
        }
        let segmented = self.seen.page.segmented;
        let cue = quote.cue.as_ref().filter(|_| self.drafts[number].odds.is_some());
        let reports = cue.and_then(|cue| {
            let sentence = &segmented.sentences[segmented.sentence_at(cue.span.start)];
            evidence(self.seen, &sentence.tokens, cue.span, self.weights)
        });
        Some(Why {
            shares: self.shares(number),
            reports,
            steps: now.mention.map_or(Vec::new(), |mention| self.people.steps(mention)),
            runner_up: now.mention.and_then(|mention| self.runner_up(number, mention)),
        })
    }

    /// The quote that another has its speaker from.
    fn shares(&self, number: usize) -> Option<Quote> {
        let quote = &self.quotes[number];
        let of = match quote.attribution.basis {
            Basis::SameParagraph | Basis::ParagraphBefore => number.checked_sub(1)?,
            Basis::NextSentence => number + 1,
            Basis::ImpliedSubject => {
                let sentence = self.seen.page.segmented.sentence_at(quote.attribution.mention?.start);
                number.checked_sub(1).filter(|_| sentence != self.drafts[number].sentence)?
            }
            _ => return None,
        };
        let other = self.quotes.get(of)?;
        let same = other.attribution.mention == quote.attribution.mention;
        same.then(|| other.clone())
    }

    /// The best ranked of the others who could have said it.
    fn runner_up(&self, number: usize, chosen: Span) -> Option<RunnerUp> {
        let before = number.checked_sub(1).and_then(|b| self.quotes[b].attribution.mention);
        let ranked = ranked(self.seen.page, self.mentions, &self.drafts[number], before, self.weights);
        let other = ranked.iter().find(|r| self.people.could_speak(r.mention, chosen))?;
        let first = ranked.iter().find(|r| r.mention.overlaps(chosen));
        Some(RunnerUp {
            mention: other.mention,
            name: self.people.name(other.mention),
            ahead: first.map(|first| first.score - other.score),
            leads: first.map_or(Vec::new(), |first| leads(&first.seen, &other.seen, self.weights)),
        })
    }
}
