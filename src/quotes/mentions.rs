//! Tokens → the spans of the narration that may name a speaker.
//!
//! One pass from left to right; a phrase is read as far as it goes and never read again.

mod behind;
mod name;
mod phrase;

use super::grammar::{is_dash, is_determiner, is_preposition};
use super::page::Page;
use super::segment::{Segmented, Token, TokenKind};
use super::vocabulary::Met;
use crate::lexicon;
use crate::lexicon::{Gender, Known, Role};
use crate::text::{Span, Text};
use foldhash::HashSet;
pub(super) use phrase::{Modifies, modifies};
use std::cell::OnceCell;
use std::ops::Range;

/// A span that may name a speaker.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// All of it: determiner, title, name.
    pub span: Span,
    /// The same, as tokens.
    pub tokens: Range<usize>,
    /// The name without its title, or the head noun.
    pub head: Range<usize>,
    /// What names the speaker.
    pub sort: Sort,
    /// What title, given name or noun tell.
    pub gender: Gender,
    /// Whether it stands for several.
    pub plural: bool,
    /// The word before it.
    pub article: Determiner,
    /// Whether `’s` follows.
    pub possessive: bool,
}

/// What names the speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A person's name, as far as one can tell.
    Name,
    /// The name of a body.
    Body,
    /// A nation or its people.
    Nation,
    /// A noun for people.
    Role(Role),
    /// A common noun for a body.
    BodyNoun,
    /// A common noun for something written.
    Document,
    /// he, she, they, we, I, it, who.
    Pronoun,
}

/// How a phrase begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Determiner {
    /// the, this, those
    Definite,
    /// a, one of the, two, some
    Indefinite,
    /// his, Mora’s
    Possessive,
    /// Nothing.
    Bare,
}

/// Every span of the narration that may name a speaker, by start; of two that start together the
/// longer first.
pub(super) fn find(page: &Page) -> Vec<Mention> {
    Reader::new(page).mentions()
}

/// Reads the mentions of one article.
pub(super) struct Reader<'a> {
    pub page: &'a Page<'a>,
    pub text: &'a Text,
    pub segmented: &'a Segmented,
    tokens: &'a [Token],
    /// Which tokens may be part of a name.
    naming: Vec<Naming>,
    /// Capitalised words that are seen before a verb with their clitic and nowhere without it.
    with_clitic: OnceCell<HashSet<&'a str>>,
    /// The agency of the dateline: "BRILL, May 3 (Gazette) - The bridge …".
    agency: Option<&'a str>,
    /// Whether the rules of attribution chose what is read, so that capitals are no heading.
    chosen: bool,
}

/// Whether a token may be part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    Never,
    Always,
    /// But not as the first word of its phrase.
    Further,
}

impl<'a> Reader<'a> {
    /// Learns which words of the article are names.
    pub(super) fn new(page: &'a Page<'a>) -> Reader<'a> {
        let Page { text, segmented, .. } = *page;
        let mut reader = Reader {
            page,
            text,
            segmented,
            tokens: &segmented.tokens,
            naming: Vec::new(),
            with_clitic: OnceCell::new(),
            agency: agency(text, &segmented.tokens),
            chosen: false,
        };
        let words = segmented.tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Word);
        for (at, token) in words {
            match (token.capital, token.initial) {
                (true, false) => page.meet(at, Met::Name),
                (false, _) => page.meet(at, Met::Small),
                (true, true) => {}
            }
        }
        reader.meet_surnames();
        reader.naming = (0..reader.tokens.len()).map(|at| reader.naming(at)).collect();
        reader
    }

    /// Every mention.
    pub(super) fn mentions(&self) -> Vec<Mention> {
        let mut found = Vec::new();
        for sentence in &self.segmented.sentences {
            let from = found.len();
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                at = self.read(at, sentence.tokens.end, &mut found);
            }
            if self.is_headline(&sentence.tokens) {
                let read = found.split_off(from);
                found.extend(read.into_iter().flat_map(|m| self.sure(m)));
            }
        }
        found
    }

    /// The phrase in `span`, which the rules of attribution chose although it is no mention by itself.
    pub(super) fn chosen(&mut self, span: Span) -> Option<Mention> {
        self.chosen = true;
        let found = self.first_in(span);
        self.chosen = false;
        found
    }

    /// Remembers the capitalised words right after a given name, or after it and an initial.
    fn meet_surnames(&self) {
        let given = |at: &usize| self.tokens[*at].capital && self.given(*at).is_some();
        for at in (0..self.tokens.len()).filter(given) {
            let initial = self.word(at + 1).ends_with('.') && self.word(at + 1).chars().count() == 2;
            let next = at + 1 + usize::from(initial);
            if self.page.is_capital(next) {
                self.page.meet(next, Met::Surname);
            }
        }
    }

    /// The words that are names only with their clitic: "Rask’s said it would close", and no Rask.
    fn clitic_names(&self) -> &HashSet<&'a str> {
        self.with_clitic.get_or_init(|| {
            let capital = |at: &usize| self.tokens[*at].capital && self.is_word(*at);
            let tied = |at: usize| self.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Clitic);
            let reports = |word: &str| lexicon::cue(word).is_some_and(|cue| cue.lemma != word);
            let speaks = |at: &usize| tied(*at) && reports(self.word(*at + 2));
            let (bare, all) =
                ((0..self.tokens.len()).filter(capital).filter(|at| !tied(*at)), 0..self.tokens.len());
            let bare: HashSet<&str> = bare.map(|at| self.word(at)).collect();
            let found = all.filter(capital).filter(speaks).map(|at| self.word(at));
            found.filter(|word| !bare.contains(word)).collect()
        })
    }

    /// The first mention that begins within `span`.
    fn first_in(&self, span: Span) -> Option<Mention> {
        let to = self.tokens.partition_point(|t| t.span.start < span.end);
        let mut at = self.segmented.token_at(span.start);
        let mut found = Vec::new();
        while at < to && found.is_empty() {
            at = self.read(at, to, &mut found);
        }
        found.into_iter().next()
    }

    /// Whether nearly every longer word has a capital, its verb too, so that capitals tell nothing.
    fn is_headline(&self, tokens: &Range<usize>) -> bool {
        let long = tokens.clone().filter(|&i| self.is_word(i) && self.word(i).len() > 3);
        let (capital, all) =
            long.fold((0, 0_usize), |(c, n), i| (c + usize::from(self.tokens[i].capital), n + 1));
        let small = |i: usize| {
            let word = self.word(i);
            self.tokens[i].capital
                || is_preposition(word)
                || is_determiner(word)
                || lexicon::is_function_word(word)
        };
        all >= 4 && capital * 5 >= all * 4 && tokens.clone().filter(|&i| self.is_word(i)).all(small)
    }

    /// What of a mention holds in a headline too: a word known as a name; of a run of capitals, a
    /// given name and a word known as a name.
    fn sure(&self, mention: Mention) -> Vec<Mention> {
        let known = |i: usize| self.page.is_met(i, Met::Name);
        let given = |i: usize| self.given(i);
        let head = mention.head.clone();
        match head.len() {
            1 if mention.sort != Sort::Name || known(head.start) => vec![mention],
            2 if given(head.start).is_some() => vec![mention],
            0..=2 => Vec::new(),
            _ => {
                let pair = |i: &usize| given(*i).is_some() && known(*i + 1) && *i + 1 < head.end;
                let name = |i| self.mention(i..i + 2, i..i + 2, Sort::Name, given(i).unwrap_or_default());
                head.clone().filter(pair).map(name).collect()
            }
        }
    }

    /// Reads what begins at token `at`; returns where to go on.
    fn read(&self, at: usize, end: usize, found: &mut Vec<Mention>) -> usize {
        let begins = match self.tokens[at].kind {
            TokenKind::Number => Begins::Counted,
            TokenKind::Word => self.page.spelling(at).begins,
            _ => return at + 1,
        };
        match begins {
            Begins::Nothing if self.naming[at] == Naming::Never => at + 1,
            Begins::Pronoun if !matches!(self.word(at + 1), "/" | "&") => {
                found.push(self.pronoun(at));
                at + 1
            }
            _ => self.phrase(at, end, found).max(at + 1),
        }
    }

    fn pronoun(&self, at: usize) -> Mention {
        let word = self.page.word(at);
        let gender = match word {
            "he" | "him" => Gender::Male,
            "she" => Gender::Female,
            _ => Gender::Unknown,
        };
        let plural = matches!(word, "they" | "them" | "we");
        Mention { plural, ..self.mention(at..at + 1, at..at + 1, Sort::Pronoun, gender) }
    }

    fn mention(&self, tokens: Range<usize>, head: Range<usize>, sort: Sort, gender: Gender) -> Mention {
        let span = self.tokens[tokens.start].span.cover(self.tokens[tokens.end - 1].span);
        let possessive = self.tokens.get(tokens.end).is_some_and(|t| t.kind == TokenKind::Clitic);
        let article = Determiner::Bare;
        Mention { span, tokens, head, sort, gender, plural: false, article, possessive }
    }

    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| self.text.slice(t.span))
    }

    /// What the lexicon says of the word at `at`.
    fn known(&self, at: usize) -> &'static Known {
        self.page.known(at)
    }

    /// Whose given name the word at `at` is.
    fn given(&self, at: usize) -> Option<Gender> {
        self.page.spelling(at).given
    }

    fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
    }
}

/// How far into the article its dateline may stand, in tokens.
const DATELINE_REACH: usize = 60;

/// The name in brackets before the dash of a dateline.
fn agency<'a>(text: &'a Text, tokens: &[Token]) -> Option<&'a str> {
    let word = |t: &Token| text.slice(t.span);
    let dateline = |four: &&[Token]| {
        word(&four[0]) == "(" && four[1].capital && word(&four[2]) == ")" && is_dash(word(&four[3]))
    };
    tokens.windows(4).take(DATELINE_REACH).find(dateline).map(|four| word(&four[1]))
}

/// What may begin with a word, as far as the word by itself tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// Nothing, unless it is a name.
    Nothing,
    /// A pronoun that speaks. "Him" and "them" do after "according to"; elsewhere they still show whom the
    /// text is about.
    Pronoun,
    /// A phrase with a determiner.
    Definite,
    Possessive,
    Indefinite,
    /// "Two", "some of the": one that may go on.
    Counted,
    /// A phrase without one.
    Phrase,
}

/// The same of a word in lower case; `opens` tells whether a phrase without a determiner may begin with it.
pub(super) fn begins(word: &str, opens: bool) -> Begins {
    match word {
        "he" | "she" | "they" | "we" | "i" | "it" | "who" | "him" | "them" => Begins::Pronoun,
        "the" | "this" | "that" | "these" | "those" => Begins::Definite,
        "his" | "her" | "their" | "its" | "my" | "our" | "whose" => Begins::Possessive,
        "a" | "an" => Begins::Indefinite,
        "one" | "some" | "many" | "several" | "most" | "few" | "both" | "other" | "another" | "two"
        | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten" | "dozens" | "hundreds"
        | "thousands" | "none" | "all" | "each" => Begins::Counted,
        _ if opens => Begins::Phrase,
        _ => Begins::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::quotes::page::Page;
    use crate::quotes::segment::segment;
    use crate::quotes::vocabulary::Vocabulary;
    use crate::quotes::weights::Weights;
    use crate::text::Text;

    fn mentions(body: &str) -> Vec<String> {
        let text = Text::new(body.to_owned());
        let segmented = segment(&text);
        let mut vocabulary = Vocabulary::of(&Weights::default());
        let page = Page::new(&text, &segmented, &mut vocabulary);
        find(&page).iter().map(|m| text.slice(m.span).to_owned()).collect()
    }

    #[test]
    fn what_may_name_a_speaker() {
        let cases: &[(&str, &[&str])] = &[
            ("But House Speaker Ana Rowe said so.", &["House Speaker Ana Rowe"]),
            ("Ms. Rowe’s spokeswoman said so.", &["Ms. Rowe’s spokeswoman", "Ms. Rowe"]),
            ("The Russian president said so.", &["The Russian president"]),
            ("A senior administration official said so.", &["A senior administration official"]),
            ("One of the officers said so.", &["One of the officers"]),
            ("Critics say that she left.", &["Critics", "she"]),
            ("Dr. Jan van der Berg Jr. told Omar al-Masri.", &["Dr. Jan van der Berg Jr.", "Omar al-Masri"]),
            ("The Ministry of Health in Lund said so.", &["The Ministry of Health", "Lund"]),
            ("Secretary of State Jo Rowe and Ed Kay left.", &["Secretary of State Jo Rowe", "Ed Kay"]),
            ("Ana Rowe, a spokeswoman for the group, left.", &["Ana Rowe", "a spokeswoman", "the group"]),
            ("Speaking on Monday, Rowe left.", &["Rowe"]),
            ("The company said it was sorry.", &["The company", "it"]),
        ];
        for (body, expected) in cases {
            assert_eq!(&mentions(body), expected, "{body}");
        }
    }
}
