//! Where the words that are asked for stand, text after text, and how many of their places take part in what is asked.

use crate::query::Within;
use crate::schema::{self, PARAGRAPH, SENTENCE};
use crate::search::places::{Marks, Place, chained, how_many_beside, rows};
use crate::search::positional::{Positional, Terms};
use crate::search::posted::Posted;
use std::collections::BTreeSet;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

/// A row of words in the postings of a segment, by their numbers; None for any word.
struct PostedRow {
    spots: Vec<Option<usize>>,
    slop: u32,
}

/// The texts that may do, and where the words that are asked for stand in them, text after text. The lists are used
/// again for each.
pub(super) struct Standing {
    /// The texts; None where they are those that each word stands in.
    candidates: Option<Box<dyn Scorer>>,
    doc: DocId,
    /// Of each word.
    posted: Vec<Posted>,
    /// The words, the rarest first.
    rarest: Vec<usize>,
    /// Of the marks of sentences and of paragraphs, where they are needed.
    sentences: Option<Posted>,
    paragraphs: Option<Posted>,
    asked: Sought,
    /// Where they stand in the text that was read last.
    text: Stood,
    /// Where they stand in the quote of it that was looked at last.
    quote: Stood,
}

/// What is asked, of words by their numbers.
struct Sought {
    /// For each word of the chain, the rows that may stand there.
    words: Vec<Vec<PostedRow>>,
    links: Vec<Within>,
    least: usize,
    /// The words that cannot be missing.
    needed: Vec<usize>,
    /// Where each stands in the text that is looked at.
    places: Vec<Vec<Place>>,
}

/// Where each word stands in one text, and where sentences and paragraphs begin.
#[derive(Default)]
struct Stood {
    words: Vec<Vec<u32>>,
    marks: Marks,
}

impl Standing {
    pub(super) fn of(
        segment: &SegmentReader,
        asked: &Positional,
        candidates: Option<Box<dyn Scorer>>,
    ) -> tantivy::Result<Standing> {
        let Positional { texts, words, links, least } = asked;
        let read = |terms: &[String]| Posted::of(segment, texts.field(), terms);
        let each: BTreeSet<&[String]> =
            words.iter().flatten().flat_map(|row| row.spots.iter().filter_map(Option::as_deref)).collect();
        let each: Vec<&[String]> = each.into_iter().collect();
        let number = |terms: &[String]| each.binary_search(&terms).ok();
        let row = |terms: &Terms| PostedRow {
            spots: terms.spots.iter().map(|spot| spot.as_deref().and_then(number)).collect(),
            slop: terms.slop,
        };
        let mark = |mark: &str, needed: Within| {
            links.contains(&needed).then(|| read(&[mark.to_owned()])).transpose()
        };
        let words: Vec<Vec<PostedRow>> = words.iter().map(|rows| rows.iter().map(row).collect()).collect();
        let alone = words.iter().filter(|rows| rows.len() == 1).flatten();
        let needed = alone.flat_map(|row| row.spots.iter().flatten()).copied().collect();
        let none = || Stood { words: vec![Vec::new(); each.len()], marks: Marks::default() };
        let posted = each.iter().map(|terms| read(terms)).collect::<tantivy::Result<Vec<Posted>>>()?;
        let mut rarest: Vec<usize> = (0..posted.len()).collect();
        rarest.sort_by_key(|word| posted[*word].most());
        let mut standing = Standing {
            candidates,
            doc: 0,
            posted,
            rarest,
            sentences: mark(SENTENCE, Within::Sentence)?,
            paragraphs: mark(PARAGRAPH, Within::Paragraph)?,
            asked: Sought {
                places: vec![Vec::new(); words.len()],
                words,
                links: links.clone(),
                least: *least,
                needed,
            },
            text: none(),
            quote: none(),
        };
        standing.seek(0);
        Ok(standing)
    }

    /// The text that may do.
    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    /// Goes to the first text at `target` or behind that may do.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        self.doc = match &mut self.candidates {
            Some(candidates) if candidates.doc() < target => candidates.seek(target),
            Some(candidates) => candidates.doc(),
            None => self.together(target),
        };
        self.doc
    }

    /// Goes to the next text that may do.
    pub(super) fn advance(&mut self) -> DocId {
        match &mut self.candidates {
            Some(candidates) => self.doc = candidates.advance(),
            None => self.doc = self.together(self.doc + 1),
        }
        self.doc
    }

    /// About how many texts there may be.
    pub(super) fn size_hint(&self) -> u32 {
        let most = || self.rarest.first().map_or(0, |word| self.posted[*word].most());
        self.candidates.as_ref().map_or_else(most, |candidates| candidates.size_hint())
    }

    /// The first text at `target` or behind in which all words stand.
    fn together(&mut self, mut target: DocId) -> DocId {
        'next: while target < TERMINATED {
            for word in &self.rarest {
                let at = self.posted[*word].seek(target);
                if at > target {
                    target = at;
                    continue 'next;
                }
            }
            return target;
        }
        TERMINATED
    }

    /// Reads where they stand in a text. Texts are asked for from first to last.
    pub(super) fn read(&mut self, doc: DocId) {
        for (posted, places) in self.posted.iter_mut().zip(&mut self.text.words) {
            posted.read(doc, places);
        }
        let Marks { sentences, paragraphs } = &mut self.text.marks;
        for (posted, starts) in [(&mut self.sentences, sentences), (&mut self.paragraphs, paragraphs)] {
            if let Some(posted) = posted {
                posted.read(doc, starts);
            }
        }
    }

    /// How many places of the first word take part in what is asked, none where that is not there.
    pub(super) fn taking_part(&mut self) -> u32 {
        self.asked.taking_part(&self.text)
    }

    /// The same within the words of a quote of this text alone.
    pub(super) fn taking_part_of(&mut self, quote: &schema::Pieces) -> u32 {
        if let Some(word) = self.asked.one_word() {
            return self.asked.enough(schema::how_many_within(quote, &self.text.words[word]));
        }
        for (within, places) in self.quote.words.iter_mut().zip(&self.text.words) {
            schema::within(quote, places, within);
        }
        if self.asked.needed.iter().any(|word| self.quote.words[*word].is_empty()) {
            return 0;
        }
        if !self.asked.links.is_empty() {
            let Marks { sentences, paragraphs } = &self.text.marks;
            schema::begun_within(quote, sentences, &mut self.quote.marks.sentences);
            schema::begun_within(quote, paragraphs, &mut self.quote.marks.paragraphs);
        }
        self.asked.taking_part(&self.quote)
    }

    /// Of the words that cannot be missing, the places of the one that is rarest in this text; None where
    /// there are others for each.
    pub(super) fn needed(&self) -> Option<&[u32]> {
        let places = self.asked.needed.iter().map(|word| &self.text.words[*word][..]);
        places.min_by_key(|places| places.len())
    }
}

impl Sought {
    fn taking_part(&mut self, stood: &Stood) -> u32 {
        let single = |at: usize| single_word(self.words.get(at)?);
        let found = match (single(0), single(1), &self.links[..]) {
            (Some(word), _, []) => stood.words[word].len(),
            (Some(word), Some(other), [within]) => {
                how_many_beside(&stood.words[word], &stood.words[other], *within, &stood.marks)
            }
            _ => self.chained(stood),
        };
        self.enough(found)
    }

    /// So many, if they are enough.
    fn enough(&self, found: usize) -> u32 {
        if found >= self.least { u32::try_from(found).unwrap_or(u32::MAX) } else { 0 }
    }

    /// The word that is asked for, if it is one, and nothing is asked of its neighbours.
    fn one_word(&self) -> Option<usize> {
        if let [rows] = &self.words[..] { single_word(rows) } else { None }
    }

    fn chained(&mut self, stood: &Stood) -> usize {
        let whole = |row: &PostedRow| row.spots.iter().flatten().all(|word| !stood.words[*word].is_empty());
        if !self.words.iter().all(|rows| rows.iter().any(whole)) {
            return 0;
        }
        for (rows, places) in self.words.iter().zip(&mut self.places) {
            places.clear();
            for row in rows {
                row.add_to(places, stood);
            }
            if rows.len() > 1 {
                places.sort_unstable();
                places.dedup();
            }
        }
        chained(&mut self.places, &self.links, &stood.marks);
        self.places.first().map_or(0, Vec::len)
    }
}

/// The word of a chain, where it is a single one.
fn single_word(rows: &[PostedRow]) -> Option<usize> {
    let [PostedRow { spots, .. }] = rows else { return None };
    if let [word] = spots[..] { word } else { None }
}

impl PostedRow {
    /// Adds where the row stands.
    fn add_to(&self, places: &mut Vec<Place>, stood: &Stood) {
        if let [Some(word)] = self.spots[..] {
            places.extend(stood.words[word].iter().map(|at| Place { first: *at, last: *at }));
            return;
        }
        let spots = self.spots.iter().map(|spot| spot.map(|word| &stood.words[word][..]));
        rows(&spots.collect::<Vec<_>>(), self.slop, places);
    }
}
