//! Where the words of a query stand in a text that answers it.

use crate::article::Article;
use crate::index::Reader;
use crate::query::{Expr, Field, Query, Unit, Within};
use crate::quotes::{Quote, sentences};
use crate::schema::{self, Word};
use crate::search::places::{Marks, Place, Positions, row_at, rows};
use crate::search::plan::{self, SearchError};
use crate::search::positional::Asked;
use crate::search::spots::{Row, Spot};
use crate::text::{Span, Text};
use std::borrow::Cow;

/// What to look for in a text: the words of the query that a hit must or may hold.
#[derive(Default)]
pub(super) struct Needles {
    words: Vec<Asked>,
}

impl Needles {
    /// What a query looks for in the text that is shown: the reported words of a quote, the body of
    /// an article.
    pub(super) fn of(query: &Query, reader: &Reader) -> Result<Needles, SearchError> {
        let mut needles = Needles::default();
        needles.gather(&query.expr, query.unit, reader)?;
        Ok(needles)
    }

    fn gather(&mut self, expr: &Expr, unit: Unit, reader: &Reader) -> Result<(), SearchError> {
        match expr {
            Expr::All | Expr::Not(_) => {}
            Expr::And(all) | Expr::Or(all) => {
                return all.iter().try_for_each(|e| self.gather(e, unit, reader));
            }
            Expr::Quote(within) => return self.gather(within, Unit::Quotes, reader),
            Expr::Leaf(Field::About, sought) => {
                self.words.extend(plan::forms(sought, reader)?.iter().filter_map(Asked::of));
            }
            Expr::Leaf(field, sought) => {
                let shown = match unit {
                    Unit::Quotes => matches!(field, Field::Any | Field::Quote),
                    Unit::Articles => matches!(field, Field::Any | Field::Body | Field::Quote),
                };
                self.words.extend(Asked::of(sought).filter(|_| shown));
            }
        }
        Ok(())
    }

    /// The matches within the reported words, in order.
    pub(super) fn in_quote(&self, article: &Article, quote: &Quote) -> Vec<Span> {
        self.within(article, &quote.pieces)
    }

    /// The matches within the body, in order.
    pub(super) fn in_article(&self, article: &Article) -> Vec<Span> {
        self.within(article, &[Span::new(0, article.text.as_str().len())])
    }

    /// What any word begins with that is looked for; None where it may begin with anything.
    fn first_bytes(&self) -> Option<Vec<u8>> {
        let rows = self.words.iter().flat_map(|asked| asked.words.iter().flatten());
        rows.flat_map(|row| &row.spots).map(Spot::first_byte).collect()
    }

    fn within(&self, article: &Article, pieces: &[Span]) -> Vec<Span> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let first = self.first_bytes();
        let letters: usize = pieces.iter().map(|piece| piece.len()).sum();
        let mut words = Vec::with_capacity(letters / A_WORD);
        pieces.iter().for_each(|piece| add_words(&article.text, *piece, first.as_deref(), &mut words));
        let together =
            |asked: &Asked| asked.links.iter().any(|l| matches!(l, Within::Sentence | Within::Paragraph));
        let marks =
            if self.words.iter().any(together) { marks(&article.text, &words) } else { Marks::default() };
        let mut found: Vec<Span> =
            self.words.iter().flat_map(|asked| marked(asked, &words, &marks)).collect();
        found.sort();
        found.dedup();
        found
    }
}

/// Bytes that a word takes with the blank behind it, about.
const A_WORD: usize = 6;

/// At which of these words sentences and paragraphs begin.
fn marks(text: &Text, words: &[Word]) -> Marks {
    let starts = |spans: &[Span]| {
        let number = |word: &Word| spans.partition_point(|s| s.start <= word.span.start);
        let begins = |(at, word): (usize, &Word)| {
            let before = at.checked_sub(1).map_or(0, |before| number(&words[before]));
            (number(word) > before).then(|| u32::try_from(at).ok()).flatten()
        };
        words.iter().enumerate().filter_map(begins).collect()
    };
    Marks { sentences: starts(&sentences(text)), paragraphs: starts(text.paragraphs()) }
}

/// The words that take part in what is asked; those that touch are one span.
fn marked(asked: &Asked, words: &[Word], marks: &Marks) -> Vec<Span> {
    let stand = |rows: &Vec<Row>| rows.iter().map(|row| Standing::of(row, words)).collect::<Vec<Standing>>();
    let standing: Vec<Vec<Standing>> = asked.words.iter().map(stand).collect();
    let places = |rows: &Vec<Standing>| {
        let mut places: Vec<Place> = rows.iter().flat_map(|row| row.places.iter().copied()).collect();
        places.sort_unstable();
        places.dedup();
        places
    };
    let found = asked.places(standing.iter().map(places).collect(), marks);
    let mut spans = Vec::new();
    for (rows, taking_part) in standing.iter().zip(found) {
        for row in rows {
            for place in row.places.iter().filter(|place| taking_part.binary_search(place).is_ok()) {
                row.mark(*place, words, &mut spans);
            }
        }
    }
    spans
}

/// Where a row of words stands in a text.
struct Standing {
    positions: Vec<Positions>,
    slop: u32,
    places: Vec<Place>,
}

impl Standing {
    fn of(row: &Row, words: &[Word]) -> Standing {
        let positions = row.positions(words);
        let mut places = Vec::new();
        rows(&positions, row.slop, &mut places);
        Standing { positions, slop: row.slop, places }
    }

    /// The words of the row at a place, without those that stand among them.
    fn mark(&self, place: Place, words: &[Word], spans: &mut Vec<Span>) {
        let row = row_at(&self.positions, self.slop, place.first).unwrap_or_default();
        for touching in row.chunk_by(|a, b| a + 1 == *b) {
            let ends = touching.first().zip(touching.last());
            spans.extend(ends.map(|(a, b)| words[*a as usize].span.cover(words[*b as usize].span)));
        }
    }
}

/// Adds the words of a text that begin in a part of it, in their places; those are folded that begin with one of
/// the `first` bytes, or with a letter beyond ASCII.
fn add_words<'a>(text: &'a Text, part: Span, first: Option<&[u8]>, words: &mut Vec<Word<'a>>) {
    // From a blank before it on: what begins within a word is none of its own.
    let from = text.as_str()[..part.start as usize].rfind(char::is_whitespace).unwrap_or(0);
    let looked_for = |letters: &str| {
        let byte = letters.as_bytes()[0].to_ascii_lowercase();
        !byte.is_ascii() || first.is_none_or(|first| first.contains(&byte))
    };
    for run in schema::runs(&text.as_str()[from..]) {
        let span = Span::new(from + run.start, from + run.end);
        if span.start >= part.end {
            break;
        }
        if span.start >= part.start {
            let letters = text.slice(span);
            let folded = if looked_for(letters) { schema::folded(letters) } else { Cow::Borrowed("") };
            words.push(Word { span, folded });
        }
    }
}

/// `span` and what stands around it in its paragraphs, up to `reach` bytes to either side, cut
/// between words.
pub(super) fn around(text: &Text, span: Span, reach: usize) -> Span {
    let paragraphs = text.paragraphs();
    let paragraph = |at: u32| paragraphs.get(text.paragraph_at(at)).copied().unwrap_or(span);
    let (first, last) = (paragraph(span.start), paragraph(span.end.max(span.start + 1) - 1));
    let body = text.as_str();
    let mut start = (span.start as usize).saturating_sub(reach).max(first.start as usize);
    if start > first.start as usize {
        start = body.ceil_char_boundary(start);
        start += body[start..span.start as usize].find(char::is_whitespace).map_or(0, |at| at + 1);
    }
    let mut end = (span.end as usize + reach).min(last.end as usize).max(span.end as usize);
    if end < last.end as usize {
        end = body.floor_char_boundary(end);
        end =
            body[span.end as usize..end].rfind(char::is_whitespace).map_or(end, |at| span.end as usize + at);
    }
    Span::new(start.min(span.start as usize), end)
}
