//! Where the words of a query stand in a text that answers it.

use crate::article::Article;
use crate::index::Reader;
use crate::query::{Expr, Field, Match, Query, Unit};
use crate::quotes::Quote;
use crate::schema::{self, Word};
use crate::search::plan::{self, SearchError};
use crate::text::{Span, Text};

/// What to look for in a text: the words of the query that a hit must or may hold.
#[derive(Debug, Default)]
pub(super) struct Needles {
    words: Vec<Needle>,
}

#[derive(Debug)]
enum Needle {
    /// Words in a row, in any inflection.
    Stems(Vec<String>),
    /// These very words in a row, with up to `slop` others between them.
    Words { words: Vec<String>, slop: usize },
    /// Words that begin so.
    Prefix(String),
    /// Words this near.
    Fuzzy(String, u8),
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
                for form in plan::forms(sought, reader)? {
                    self.words.push(Needle::Words { words: schema::tokens(&form), slop: 0 });
                }
            }
            Expr::Leaf(field, sought) => {
                let shown = match unit {
                    Unit::Quotes => matches!(field, Field::Any | Field::Quote),
                    Unit::Articles => matches!(field, Field::Any | Field::Body | Field::Quote),
                };
                self.words.extend(needle(sought).filter(|_| shown));
            }
        }
        Ok(())
    }

    /// The matches within the reported words, in order.
    pub(super) fn in_quote(&self, article: &Article, quote: &Quote) -> Vec<Span> {
        let tokens: Vec<Word> = quote.pieces.iter().flat_map(|p| words_at(&article.text, *p)).collect();
        self.among(&tokens)
    }

    /// The matches within the body, in order.
    pub(super) fn in_article(&self, article: &Article) -> Vec<Span> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let whole = Span::new(0, article.text.as_str().len());
        self.among(&words_at(&article.text, whole).collect::<Vec<Word>>())
    }

    fn among(&self, tokens: &[Word]) -> Vec<Span> {
        let mut found: Vec<Span> = self.words.iter().flat_map(|needle| needle.among(tokens)).collect();
        found.sort();
        found.dedup();
        found
    }
}

fn needle(sought: &Match) -> Option<Needle> {
    match sought {
        Match::Word(word) => {
            Some(Needle::Stems(schema::tokens(word).iter().map(|t| schema::stem_term(t)).collect()))
        }
        Match::Phrase { words, slop } => {
            let words = words.iter().flat_map(|w| schema::tokens(w)).collect();
            Some(Needle::Words { words, slop: *slop as usize })
        }
        Match::Prefix(start) => Some(Needle::Prefix(start.clone())),
        Match::Fuzzy(word, distance) => Some(Needle::Fuzzy(word.clone(), *distance)),
        _ => None,
    }
}

impl Needle {
    fn among(&self, tokens: &[Word]) -> Vec<Span> {
        let single = |fits: &dyn Fn(&str) -> bool| {
            tokens.iter().filter(|t| fits(&t.folded)).map(|t| t.span).collect::<Vec<Span>>()
        };
        match self {
            Needle::Prefix(start) => single(&|word| word.starts_with(start.as_str())),
            Needle::Fuzzy(sought, distance) => {
                single(&|word| strsim::osa_distance(word, sought) <= usize::from(*distance))
            }
            Needle::Stems(stems) => {
                in_a_row(tokens, stems, 0, |token, stem| schema::stem_term(&token.folded) == *stem)
            }
            Needle::Words { words, slop } => {
                in_a_row(tokens, words, *slop, |token, word| token.folded == *word)
            }
        }
    }
}

/// Every place where `sought` follow one another with at most `slop` other tokens between them;
/// words that touch are one span.
fn in_a_row(
    tokens: &[Word],
    sought: &[String],
    slop: usize,
    fits: impl Fn(&Word, &String) -> bool,
) -> Vec<Span> {
    let row = |start: usize| -> Option<Vec<Span>> {
        let (mut at, mut left) = (start, slop);
        let mut row = vec![tokens[start].span];
        for word in sought.iter().skip(1) {
            let next = (at + 1..tokens.len().min(at + 2 + left)).find(|i| fits(&tokens[*i], word))?;
            left -= next - at - 1;
            match row.last_mut() {
                Some(last) if next == at + 1 => *last = last.cover(tokens[next].span),
                _ => row.push(tokens[next].span),
            }
            at = next;
        }
        Some(row)
    };
    let Some(first) = sought.first() else { return Vec::new() };
    (0..tokens.len()).filter(|i| fits(&tokens[*i], first)).filter_map(row).flatten().collect()
}

/// The words of a part of a text, in their places.
fn words_at(text: &Text, part: Span) -> impl Iterator<Item = Word> + '_ {
    let moved = move |word: Word| {
        let span = Span { start: word.span.start + part.start, end: word.span.end + part.start };
        Word { span, ..word }
    };
    schema::words(text.slice(part)).map(moved)
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
