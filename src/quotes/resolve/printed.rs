//! Names and descriptions as they are printed.

use super::cast::Cast;
use crate::lexicon::Use;
use crate::quotes::mentions::Sort;

impl Cast<'_> {
    /// The name of a member as it is printed, or its description.
    pub(super) fn name(&self, member: usize) -> String {
        let member = &self.members[member];
        let name = self.printed(member.full);
        match member.given {
            Some(given) => format!("{given} {name}"),
            None => name,
        }
    }

    /// A name as it is printed: without title and determiner, in one line; PENCE as Pence. A
    /// description with what it is "of" or "for".
    pub(super) fn printed(&self, at: usize) -> String {
        let mention = &self.mentions[at];
        let tokens = match mention.sort {
            Sort::Name | Sort::Nation => mention.head.clone(),
            Sort::Body => mention.head.clone(),
            _ => self.first_content(at)..self.tail(at),
        };
        let span = self.span(tokens);
        let words = self.page.text.slice(span).split_whitespace();
        let shouted = words.clone().nth(1).is_some() && words.clone().all(shouts);
        let person = mention.sort == Sort::Name;
        one_line(words, |word| person && (shouted || word.len() > LONGEST_INITIALS))
    }

    /// The first word of a description after its determiner.
    pub(super) fn first_content(&self, at: usize) -> usize {
        let mention = &self.mentions[at];
        if self.word(mention.tokens.start + 1) == "of" && mention.head.start > mention.tokens.start + 1 {
            return mention.tokens.start;
        }
        let little =
            |i: usize| self.page.uses(i).has(Use::Determiner) || matches!(self.page.word(i), "one" | "of");
        (mention.tokens.start..mention.head.start).find(|&i| !little(i)).unwrap_or(mention.head.start)
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
        let owned = self.page.is_clitic(after);
        if after == end + 1 || owned { end } else { after }
    }

    /// The end of the words from `start` on, at most `most`, that report nothing.
    fn plain_words(&self, start: usize, most: usize) -> usize {
        let plain = |i: &usize| self.page.is_word(*i) && !self.page.known(*i).is_cue();
        let limit = self.page.segmented.tokens.len().min(start + most);
        (start..limit).take_while(plain).last().map_or(start, |i| i + 1)
    }
}

/// Words as they are printed: in one line, those in capitals as a name is written where they are to be `calm`.
pub(super) fn one_line<'a>(words: impl Iterator<Item = &'a str>, calm: impl Fn(&str) -> bool) -> String {
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        if calm(word) { quiet(word, &mut line) } else { line.push_str(word) }
    }
    line
}

/// The longest word in capitals that may be initials where the words around it are not shouted.
const LONGEST_INITIALS: usize = 3;

pub(super) fn shouts(word: &str) -> bool {
    !word.contains(char::is_lowercase)
}

/// Adds a word all in capitals as a name is written; one with dots is initials.
fn quiet(word: &str, line: &mut String) {
    if !shouts(word) || word.contains('.') {
        return line.push_str(word);
    }
    let mut start = true;
    for c in word.chars() {
        match std::mem::replace(&mut start, !c.is_alphabetic()) {
            true => line.push(c),
            false => line.extend(c.to_lowercase()),
        }
    }
}
