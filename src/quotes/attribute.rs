//! Drafts → the mention that marks each speaker, the rule that decided, and how sure it is.

use super::Basis;
use super::extract::Draft;
use super::frames::{Frame, Subject};
use super::grammar::{is_clause_boundary, is_day, is_determiner, is_preposition, is_relative};
use super::mentions::{Mention, Sort};
use super::page::Page;
use super::rank;
use super::weights::Weights;
use crate::lexicon;
use crate::lexicon::Use;
use crate::lexicon::heads_name;
use crate::text::Span;
use foldhash::HashSet;
use std::ops::Range;

/// The words that mark the speaker of a draft, and how they were chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    /// None only where nothing marks a speaker.
    pub mention: Option<Span>,
    pub basis: Basis,
}

/// Chooses a mention for every draft: precise rules first, then the speaker of the words before,
/// then the best of the candidates around.
pub(super) fn attribute(
    page: &Page,
    mentions: &[Mention],
    drafts: &[Draft],
    weights: &Weights,
) -> Vec<Choice> {
    let people = mentions.iter().filter(|m| m.sort == Sort::Name);
    let surnames = people.map(|m| page.word(m.head.end - 1)).collect();
    let cast = Cast { page, mentions, weights, surnames };
    let mut choices: Vec<Choice> = Vec::with_capacity(drafts.len());
    for (at, draft) in drafts.iter().enumerate() {
        let before = at.checked_sub(1).map(|b| (&drafts[b], choices[b]));
        let choice = cast
            .labelled(draft)
            .or_else(|| cast.framed(draft, before))
            .or_else(|| cast.signed(draft))
            .or_else(|| cast.headed(draft, before))
            .or_else(|| cast.introduced(draft))
            .or_else(|| cast.carried(draft, before))
            .or_else(|| cast.announced(draft, drafts.get(at + 1)))
            .or_else(|| cast.ranked(draft, before))
            .unwrap_or(Choice { mention: None, basis: Basis::None });
        choices.push(choice);
    }
    choices
}

/// The longest signature on the line of a quotation, in tokens.
const LONGEST_SIGNATURE: usize = 8;

/// The longest line in capitals that heads a quotation, in tokens.
const LONGEST_HEADING: usize = 30;

struct Cast<'a> {
    page: &'a Page<'a>,
    mentions: &'a [Mention],
    weights: &'a Weights,
    /// The last words of the names of people, in lower case.
    surnames: HashSet<&'a str>,
}

impl Cast<'_> {
    /// The label of a transcript's turn.
    fn labelled(&self, draft: &Draft) -> Option<Choice> {
        draft.label.map(|label| Choice { mention: Some(label), basis: Basis::Label })
    }

    /// The subject of the cue.
    fn framed(&self, draft: &Draft, before: Option<(&Draft, Choice)>) -> Option<Choice> {
        let frame = draft.frame.as_ref()?;
        let (mention, basis) = match &frame.subject {
            Subject::Before(subject) => (self.subject(subject), Basis::SubjectBefore),
            Subject::Relative(subject) => (self.last_in(subject), Basis::Relative),
            Subject::After(subject) if frame.cue.word.lemma == "according to" => {
                (self.subject(subject), Basis::AccordingTo)
            }
            Subject::After(subject) => (self.first_joint(subject), Basis::SubjectAfter),
            Subject::Implied(Some(subject)) => (self.subject(subject), Basis::ImpliedSubject),
            Subject::Implied(None) => (self.implied(draft, frame, before), Basis::ImpliedSubject),
        };
        mention.map(|mention| Choice { mention: Some(mention), basis })
    }

    /// The mention that heads a noun phrase; else the phrase itself, up to what is tied to it.
    /// "Police" does not head "Police officials": the head ends where the phrase does.
    fn subject(&self, phrase: &Range<usize>) -> Option<Span> {
        let phrase = self.without_opening(phrase);
        let core = self.core(&phrase);
        let span = self.page.span(&core);
        let reaches_end = |m: &&Mention| m.span.end >= span.end;
        let mention = self.within(span).find(reaches_end).map(|m| m.span);
        mention.or_else(|| self.noun_phrase(&core))
    }

    /// Of "said Mora and Rowe", Mora: the one nearest the cue.
    fn first_joint(&self, phrase: &Range<usize>) -> Option<Span> {
        let joint = |i: usize| self.page.is_capital(i - 1) || self.page.uses(i + 1).has(Use::Determiner);
        let and = phrase.clone().find(|&i| i > phrase.start && self.page.word(i) == "and" && joint(i));
        self.subject(&(phrase.start..and.unwrap_or(phrase.end)))
    }

    fn last_in(&self, phrase: &Range<usize>) -> Option<Span> {
        let span = self.page.span(phrase);
        self.within(span).last().map(|m| m.span).or_else(|| self.noun_phrase(&self.core(phrase)))
    }

    /// Without the "but" or "in Ohio on Monday" before the subject.
    fn without_opening(&self, phrase: &Range<usize>) -> Range<usize> {
        let mut from = phrase.start;
        while from + 1 < phrase.end
            && matches!(self.page.word(from), "and" | "but" | "still" | "so" | "then" | "yet" | "as")
        {
            from += 1;
        }
        from..phrase.end
    }

    /// The words of a phrase up to the first preposition or relative clause, past the "of" inside
    /// an office or a body ("Secretary of State Mora"), but not the one of a place ("Mora of Lund").
    fn core(&self, phrase: &Range<usize>) -> Range<usize> {
        let page = self.page;
        let ends = |i: &usize| {
            let word = page.word(*i);
            let inside = word == "of"
                && page.is_capital(*i - 1)
                && heads_name(page.word(*i - 1))
                && page.is_capital(*i + 1)
                && page.is_capital(*i + 2);
            *i > phrase.start
                && !inside
                && (is_preposition(word) || is_relative(word) || is_clause_boundary(word) || is_day(word))
        };
        let first = phrase.start + 1 + usize::from(page.uses(phrase.start).has(Use::Determiner));
        let end = (first.min(phrase.end)..phrase.end).find(ends).unwrap_or(phrase.end);
        phrase.start..end
    }

    /// A phrase that holds no mention we know, if it looks like one.
    fn noun_phrase(&self, phrase: &Range<usize>) -> Option<Span> {
        let first = self.page.word(phrase.start);
        let counted = first.starts_with(|c: char| c.is_numeric());
        let nominal =
            is_determiner(first) || counted || self.page.is_word(phrase.start) && !is_preposition(first);
        nominal.then(|| self.page.span(phrase))
    }

    /// The mentions that begin within `span`.
    fn within(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|m| m.span.start < span.start);
        self.mentions[from..].iter().take_while(move |m| m.span.start < span.end)
    }

    /// "Mora nodded, adding …": the subject of the sentence, or the speaker just before.
    fn implied(&self, draft: &Draft, frame: &Frame, before: Option<(&Draft, Choice)>) -> Option<Span> {
        if let Some((last, choice)) = before
            && last.sentence == draft.sentence
            && choice.mention.is_some()
            && choice.basis != Basis::Relative
        {
            return choice.mention;
        }
        let sentence = &self.page.segmented.sentences[draft.sentence];
        let cue = self.page.span(&frame.cue.tokens);
        let ahead = Span { start: sentence.span.start, end: cue.start };
        let behind = Span { start: cue.end, end: sentence.span.end };
        let quoted = |at: usize| self.page.quoted(at).is_some();
        let quotes_next = quoted(frame.cue.tokens.end) || quoted(frame.cue.tokens.end + 1);
        rank::main_subject(self.page, self.within(ahead))
            .or_else(|| rank::main_subject(self.page, self.within(behind)).filter(|_| !quotes_next))
            .or_else(|| before.and_then(|(_, choice)| choice.mention))
    }

    /// “Q” ― Mora: the name after a dash that follows the quotation, on its line or the next.
    fn signed(&self, draft: &Draft) -> Option<Choice> {
        let page = self.page;
        let quote = page.segmented.token_at(draft.pieces.last()?.start);
        self.signature(quote).or_else(|| {
            // Of a paragraph in marks, marks in it and all, that is signed at its end.
            let sentence = page.segmented.tokens[quote].sentence as usize;
            let opens = page.segmented.sentences[sentence].tokens.start == quote
                && (sentence == 0
                    || page.segmented.sentences[sentence - 1].paragraph
                        != page.segmented.sentences[sentence].paragraph);
            let paragraph = page.segmented.sentences[sentence].paragraph;
            let from = page.segmented.quoted.partition_point(|q| q.paragraph <= paragraph);
            let last = page.segmented.quoted[..from].last().filter(|q| q.paragraph == paragraph && opens)?;
            self.signature(page.segmented.token_at(last.span.start))
        })
    }

    /// The signature behind the words in marks that are token `quote`.
    fn signature(&self, quote: usize) -> Option<Choice> {
        let page = self.page;
        let dash = quote + 1;
        let is_dash = page.is_punct(dash) && page.word(dash).starts_with(['-', '–', '—', '―', '~']);
        let sentence = page.segmented.tokens.get(dash)?.sentence as usize;
        let sentence = &page.segmented.sentences[sentence];
        let signs = sentence.tokens.start == dash || sentence.tokens.end <= dash + LONGEST_SIGNATURE;
        if !(is_dash && signs && page.is_capital(dash + 1)) {
            return None;
        }
        let name = page.segmented.tokens[dash + 1].span;
        let mention = self.within(name).next()?.span;
        Some(Choice { mention: Some(mention), basis: Basis::Signed })
    }

    /// ANA MORA, ECONOMIST, BRILL BANK: “Q”; MORA ON THE BRIDGE “Q”; ON THE FERRY “Q”, which goes on: the
    /// name at the head of words in capitals.
    fn headed(&self, draft: &Draft, before: Option<(&Draft, Choice)>) -> Option<Choice> {
        let page = self.page;
        let quote = page.segmented.token_at(draft.pieces[0].start);
        let end = if quote > 0 && page.word(quote - 1) == ":" { quote - 1 } else { quote };
        let joins = |i: usize| matches!(page.word(i), "," | "." | "&" | "-" | "/") || page.is_clitic(i);
        let from = (end.saturating_sub(LONGEST_HEADING)..end)
            .rev()
            .take_while(|&i| page.is_in_capitals(i) || joins(i))
            .last()?;
        let label = |name: Range<usize>| Choice { mention: Some(page.span(&name)), basis: Basis::Label };
        if !page.is_in_capitals(end - 1) || end < from + 2 {
            return None;
        }
        if let Some(comma) = (from..end).find(|&i| page.word(i) == ",") {
            let words = page.after_stop(from..comma);
            let name = match words.len() {
                2..=3 => words,
                _ => comma.saturating_sub(2).max(words.start)..comma,
            };
            let named = name.len() > 1 && name.clone().all(|i| page.is_in_capitals(i));
            return (named && page.is_in_capitals(comma + 1)).then(|| label(name));
        }
        let known = (from..end).find(|&i| self.surnames.contains(page.word(i)));
        if let Some(surname) = known.filter(|i| page.word(i + 1) == "on" || i + 1 == end) {
            return Some(label(surname..surname + 1));
        }
        let (_, last) = before.filter(|(_, last)| last.basis == Basis::Label)?;
        (page.word(from) == "on").then_some(last)
    }

    /// “Q” after a colon: the subject of the words before it, in this paragraph or at the end of
    /// the one before.
    fn introduced(&self, draft: &Draft) -> Option<Choice> {
        let page = self.page;
        let quote = page.segmented.token_at(draft.pieces[0].start);
        let colon = quote.checked_sub(1).filter(|&i| page.word(i) == ":")?;
        let sentence = &page.segmented.sentences[page.segmented.tokens[colon].sentence as usize];
        let ahead = Span { start: sentence.span.start, end: page.segmented.tokens[colon].span.start };
        let mention = self.maker(ahead).or_else(|| rank::main_subject(page, self.within(ahead)))?;
        Some(Choice { mention: Some(mention), basis: Basis::Introduced })
    }

    /// "This statement by Mora": whoever made what is quoted.
    fn maker(&self, words: Span) -> Option<Span> {
        let made = |m: &&Mention| {
            let by = m.tokens.start.checked_sub(2).filter(|_| m.sort == Sort::Name)?;
            let made = lexicon::document(self.page.word(by)) || lexicon::cue(self.page.word(by)).is_some();
            (made && matches!(self.page.word(by + 1), "by" | "from")).then_some(m.span)
        };
        self.within(words).filter_map(|m| made(&m)).last()
    }

    /// The speaker of the quotation before, in the same paragraph or the one before.
    fn carried(&self, draft: &Draft, before: Option<(&Draft, Choice)>) -> Option<Choice> {
        let (last, choice) = before?;
        choice.mention?;
        let here = &self.page.segmented.sentences[draft.sentence];
        let alone = here.tokens.clone().all(|i| self.page.quoted(i).is_some() || self.page.is_punct(i));
        let last_paragraph = self.page.text.paragraph_at(last.pieces.last()?.start);
        let same = last_paragraph == here.paragraph;
        if !alone {
            return None;
        }
        if same {
            return Some(Choice { mention: choice.mention, basis: Basis::SameParagraph });
        }
        let opens = self.page.segmented.sentence_at(self.page.text.paragraphs()[here.paragraph].start)
            == draft.sentence;
        (opens && last_paragraph + 1 == here.paragraph && !self.speaker_follows(draft))
            .then_some(Choice { mention: choice.mention, basis: Basis::ParagraphBefore })
    }

    /// Whether the sentence after a lone quotation names a speaker of its own.
    fn speaker_follows(&self, draft: &Draft) -> bool {
        let sentences = &self.page.segmented.sentences;
        let here = &sentences[draft.sentence];
        sentences.get(draft.sentence + 1).is_some_and(|next| {
            next.paragraph == here.paragraph
                && next.tokens.clone().any(|i| self.page.cue_at(i, &next.tokens).is_some())
                && next.tokens.clone().any(|i| self.page.quoted(i).is_some())
        })
    }

    /// A lone quotation before a sentence that names its speaker: “Q.” “Q,” Mora said.
    fn announced(&self, draft: &Draft, next: Option<&Draft>) -> Option<Choice> {
        let next = next?;
        let sentences = &self.page.segmented.sentences;
        let here = &sentences[draft.sentence];
        let alone = here.tokens.clone().all(|i| self.page.quoted(i).is_some() || self.page.is_punct(i));
        let opens = draft.sentence == 0 || sentences[draft.sentence - 1].paragraph != here.paragraph;
        let follows =
            next.sentence == draft.sentence + 1 && sentences[next.sentence].paragraph == here.paragraph;
        let starts_quoted = self.page.quoted(sentences[next.sentence].tokens.start).is_some();
        if !(alone && opens && follows && starts_quoted) {
            return None;
        }
        self.framed(next, None).map(|c| Choice { basis: Basis::NextSentence, ..c })
    }

    fn ranked(&self, draft: &Draft, before: Option<(&Draft, Choice)>) -> Option<Choice> {
        let speaker = before.and_then(|(_, choice)| choice.mention);
        let ranked = rank::ranked(self.page, self.mentions, draft, speaker, self.weights);
        ranked.first().map(|best| Choice { mention: Some(best.mention), basis: Basis::Nearest })
    }
}
