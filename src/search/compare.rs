//! Two speakers side by side: how often, when, where and how each is quoted on something, the words that set
//! them apart, the words both use, and the articles that quote both.
//!
//! Words are counted by the quotes that hold them, a saying and its copies once. What sets them apart is the
//! log-odds ratio with a prior (Monroe, Colaresi and Quinn, “Fightin’ Words”, 2008), in standard errors.

use crate::index::Reader;
use crate::lexicon::carries_content;
use crate::query::{Expr, Query, Unit};
use crate::schema;
use crate::search::SearchError;
use crate::search::facets::{Facet, FacetField};
use crate::search::hits::{ArticleHit, Hit, Page, QuoteHit, Sort, answer, hits};
use crate::search::names::bearers;
use crate::search::timeline::{Period, PeriodCount, Timeline, timeline};
use crate::text::Span;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What is compared, and how much of it is wanted.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The two, as they were typed, each with the condition that says so.
    pub speakers: [(String, Expr); 2],
    /// On what.
    pub query: Query,
    /// How long each period of time is.
    pub period: Period,
    /// So many words at most of each sort (0: all).
    pub words: usize,
    /// So many quotes of each, and so many articles, at most (0: all).
    pub examples: usize,
}

/// Two speakers side by side.
#[derive(Debug)]
pub struct Comparison {
    /// Each of them.
    pub sides: [Side; 2],
    /// The periods from the first with a quote of either to the last; `values` are the counts of the two.
    pub periods: Vec<PeriodCount>,
    /// The words that set each apart, the most telling first.
    pub apart: [Vec<Telling>; 2],
    /// The words both use, those in the largest share of both first.
    pub shared: Vec<Telling>,
    /// Articles in which both are quoted so, copies not counted.
    pub together: usize,
    /// Copies of these.
    pub together_copies: usize,
    /// The earliest of them.
    pub articles: Vec<ArticleHit>,
    /// What the reader should know of how names and query were understood.
    pub notes: Vec<String>,
}

/// One of the two.
#[derive(Debug)]
pub struct Side {
    /// As typed.
    pub typed: String,
    /// The speakers known by that name.
    pub names: Vec<String>,
    /// The query for the quotes of this one.
    pub query: Query,
    /// Quotes; every print counts, as in facets and timelines.
    pub quotes: usize,
    /// Of these, copies of others.
    pub copies: usize,
    /// Quotes over time.
    pub timeline: Timeline,
    /// Quotes by outlet, and by kind.
    pub facets: Vec<Facet>,
    /// The best of them, each in its first print.
    pub examples: Vec<Hit>,
}

impl Side {
    /// The name this side is shown under: of several speakers, what was typed.
    pub fn name(&self) -> &str {
        if let [one] = &self.names[..] { one } else { &self.typed }
    }

    /// Quotes without the copies.
    pub fn distinct(&self) -> usize {
        self.quotes - self.copies
    }
}

/// A word with the quotes of either that hold it.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// As it is compared: small letters, no accents.
    pub word: String,
    /// Quotes that hold it, of each of the two; copies not counted.
    pub counts: [usize; 2],
    /// How much it tells them apart, in standard errors: above 0 it is the first one's word.
    pub score: f64,
}

/// Holds two speakers against each other.
pub fn compare(reader: &Reader, asked: &Compared) -> Result<Comparison, SearchError> {
    let mut notes = Vec::new();
    let [one, other] = &asked.speakers;
    let sides = [side(reader, asked, one, &mut notes)?, side(reader, asked, other, &mut notes)?];
    let [(_, one), (_, other)] = &asked.speakers;
    let either = asked.query.narrowed(Expr::Or(vec![one.clone(), other.clone()]));
    let heard = [heard(reader, &sides[0].query)?, heard(reader, &sides[1].query)?];
    let words = tellings(&heard);
    let (together, together_copies, articles) = together(reader, asked, &sides)?;
    let kept = |mut words: Vec<Telling>| {
        words.truncate(if asked.words == 0 { usize::MAX } else { asked.words });
        words
    };
    Ok(Comparison {
        periods: periods(reader, &either, &sides)?,
        apart: [0, 1].map(|side| kept(apart(&words, side, &heard))),
        shared: kept(shared(&words, &heard)),
        together,
        together_copies,
        articles,
        notes,
        sides,
    })
}

/// One of the two.
fn side(
    reader: &Reader,
    asked: &Compared,
    (typed, by): &(String, Expr),
    notes: &mut Vec<String>,
) -> Result<Side, SearchError> {
    let query = asked.query.narrowed(by.clone());
    let page = Page { sort: Sort::Relevance, offset: 0, limit: asked.examples, all_copies: false };
    let fields: Vec<FacetField> = ["outlet", "kind"].into_iter().filter_map(FacetField::named).collect();
    let found = answer(reader, &query, page, &fields, 0)?;
    for note in found.notes {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Ok(Side {
        typed: typed.clone(),
        names: bearers(reader, by)?.into_iter().map(|entity| entity.name.clone()).collect(),
        quotes: found.total + found.copies,
        copies: found.copies,
        timeline: timeline(reader, &query, Some(asked.period), None, 0)?,
        facets: found.facets,
        examples: found.hits,
        query,
    })
}

/// Periods in which either is quoted, with the counts of both.
fn periods(reader: &Reader, either: &Query, sides: &[Side; 2]) -> Result<Vec<PeriodCount>, SearchError> {
    let counts = |side: &Side| -> BTreeMap<String, u64> {
        side.timeline.rows.iter().map(|row| (row.label.clone(), row.count)).collect()
    };
    let counted = sides.each_ref().map(counts);
    let mut rows = timeline(reader, either, Some(sides[0].timeline.period), None, 0)?.rows;
    for row in &mut rows {
        row.values = counted.iter().map(|counts| counts.get(&row.label).copied().unwrap_or(0)).collect();
    }
    Ok(rows)
}

/// The articles that quote both, the earliest first.
fn together(
    reader: &Reader,
    asked: &Compared,
    sides: &[Side; 2],
) -> Result<(usize, usize, Vec<ArticleHit>), SearchError> {
    let quoted = sides.iter().map(|side| Expr::Quote(Box::new(side.query.expr.clone())));
    let query = Query { unit: Unit::Articles, expr: Expr::And(quoted.collect()) };
    let page = Page { sort: Sort::Oldest, offset: 0, limit: asked.examples, all_copies: false };
    let found = answer(reader, &query, page, &[], 0)?;
    let article = |hit| if let Hit::Article(hit) = hit { Some(hit) } else { None };
    Ok((found.total, found.copies, found.hits.into_iter().filter_map(article).collect()))
}

/// The words of one side.
#[derive(Debug, Default)]
struct Heard {
    /// Quotes, copies not counted.
    quotes: usize,
    /// Quotes that hold a word.
    words: BTreeMap<String, usize>,
    /// Words the query asked for.
    asked: BTreeSet<String>,
}

fn heard(reader: &Reader, query: &Query) -> Result<Heard, SearchError> {
    let mut heard = Heard::default();
    // In the order of the articles, so that each is read once.
    for hit in hits(reader, query, Page { sort: Sort::Oldest, offset: 0, limit: 0, all_copies: false })? {
        let Hit::Quote(hit) = hit? else { continue };
        heard.quotes += 1;
        for (word, is_asked) in words(&hit) {
            if is_asked {
                heard.asked.insert(word.clone());
            }
            *heard.words.entry(word).or_default() += 1;
        }
    }
    Ok(heard)
}

/// The words of a quote that carry content, each once, and whether the query asked for it.
fn words(hit: &QuoteHit) -> BTreeMap<String, bool> {
    let mut words = BTreeMap::new();
    for piece in &hit.quote.pieces {
        for word in schema::words(hit.article.text.slice(*piece)) {
            let span = Span { start: word.span.start + piece.start, end: word.span.end + piece.start };
            if carries_content(&word.folded) {
                *words.entry(word.folded.into_owned()).or_default() |=
                    hit.matches.iter().any(|asked| asked.overlaps(span));
            }
        }
    }
    words
}

/// Every word of either, but those asked for.
fn tellings(heard: &[Heard; 2]) -> Vec<Telling> {
    let all: BTreeSet<&String> = heard.iter().flat_map(|side| side.words.keys()).collect();
    let is_asked = |word: &String| heard.iter().any(|side| side.asked.contains(word));
    let telling = |word: &String| {
        let counts = [0, 1].map(|side| heard[side].words.get(word).copied().unwrap_or(0));
        let quotes = [heard[0].quotes, heard[1].quotes];
        Telling { word: word.clone(), counts, score: score(counts, quotes) }
    };
    all.into_iter().filter(|word| !is_asked(word)).map(telling).collect()
}

/// The prior weighs as much as so many quotes of each that held every word as often as both together do.
const PRIOR: f64 = 10.0;

/// The log-odds ratio of a word that `counts` of `quotes` hold, in standard errors; to three digits, so that
/// no machine sorts otherwise.
fn score(counts: [usize; 2], quotes: [usize; 2]) -> f64 {
    let share = (counts.iter().sum::<usize>() as f64 + 0.5) / (quotes.iter().sum::<usize>() as f64 + 1.0);
    let with = |side: usize| counts[side] as f64 + PRIOR * share;
    let without = |side: usize| (quotes[side] - counts[side]) as f64 + PRIOR * (1.0 - share);
    let odds = |side: usize| (with(side) / without(side)).ln();
    let variance = |side: usize| 1.0 / with(side) + 1.0 / without(side);
    let score = (odds(0) - odds(1)) / (variance(0) + variance(1)).sqrt();
    // Never -0.
    (score * 1000.0).round() / 1000.0 + 0.0
}

/// A word that fewer quotes of a side hold is no habit of it.
const A_HABIT: usize = 2;

/// A word that tells less, in standard errors, tells nothing.
const TELLS: f64 = 1.0;

/// The words that set one side apart from the other, the most telling first; equally telling ones by how many
/// quotes hold them, then by the alphabet. None where the other is not quoted at all.
fn apart(words: &[Telling], side: usize, heard: &[Heard; 2]) -> Vec<Telling> {
    if heard.iter().any(|side| side.quotes == 0) {
        return Vec::new();
    }
    let sign = if side == 0 { 1.0 } else { -1.0 };
    let tells = |word: &&Telling| word.score * sign >= TELLS && word.counts[side] >= A_HABIT;
    let mut apart: Vec<Telling> = words.iter().filter(tells).cloned().collect();
    // They come by the alphabet; the sort is stable.
    apart.sort_by(|a, b| {
        (b.score * sign).total_cmp(&(a.score * sign)).then(b.counts[side].cmp(&a.counts[side]))
    });
    apart
}

/// The words both use: those in the largest share of the quotes of both first, then by how many hold them,
/// then by the alphabet.
fn shared(words: &[Telling], heard: &[Heard; 2]) -> Vec<Telling> {
    let mut shared: Vec<Telling> = words.iter().filter(|word| !word.counts.contains(&0)).cloned().collect();
    // Shares of different wholes are compared across: a/b is less than c/d where ad is less than cb.
    let least = |word: &Telling| (word.counts[0] * heard[1].quotes).min(word.counts[1] * heard[0].quotes);
    shared.sort_by_key(|word| Reverse((least(word), word.counts[0] + word.counts[1])));
    shared
}

#[cfg(test)]
mod tests {
    use super::{Heard, Telling, apart, score, shared, tellings};

    /// These quotes, twenty times over.
    fn heard(quotes: &[&str]) -> Heard {
        let mut heard = Heard { quotes: 20 * quotes.len(), ..Heard::default() };
        for quote in quotes.repeat(20) {
            let words: std::collections::BTreeSet<&str> = quote.split_whitespace().collect();
            words.into_iter().for_each(|word| *heard.words.entry(word.to_owned()).or_default() += 1);
        }
        heard
    }

    fn listed(words: &[Telling]) -> Vec<&str> {
        words.iter().map(|word| word.word.as_str()).collect()
    }

    #[test]
    fn words_are_in_order_and_ties_by_the_alphabet() {
        let one = heard(&["bridge moor ferry", "bridge moor", "ferry town", "town"]);
        let other = heard(&["harbour town", "harbour ferry town", "town once"]);
        let both = [one, other];
        let words = tellings(&both);
        assert_eq!(listed(&apart(&words, 0, &both)), ["bridge", "moor", "ferry"]);
        assert_eq!(listed(&apart(&words, 1, &both)), ["harbour", "town", "once"]);
        assert_eq!(listed(&shared(&words, &both)), ["town", "ferry"]);
    }

    #[test]
    fn a_score_changes_its_sign_with_the_sides() {
        for (counts, quotes) in [([3, 0], [9, 4]), ([1, 1], [1, 1]), ([5, 5], [5, 900]), ([0, 2], [7, 2])] {
            let swapped = |two: [usize; 2]| [two[1], two[0]];
            assert!(score(counts, quotes).is_finite());
            assert!((score(counts, quotes) + score(swapped(counts), swapped(quotes))).abs() < 0.002);
        }
        assert!(score([4, 0], [9, 9]) > score([2, 0], [9, 9]));
        assert!(score([40, 0], [90, 90]) > score([4, 0], [9, 9]), "more quotes say more");
        assert_eq!(score([3, 3], [9, 9]), 0.0);
    }

    #[test]
    fn of_one_who_is_silent_nobody_is_set_apart() {
        let both = [heard(&["bridge", "bridge"]), heard(&[])];
        assert!(apart(&tellings(&both), 0, &both).is_empty());
    }
}
