//! One saying from print to print: who printed it when, in which words.

use crate::article::Date;
use crate::index::Reader;
use crate::query::{Expr, Field, Match, Query, Unit};
use crate::schema;
use crate::search::SearchError;
use crate::search::align::{Alignment, MOST_PLACES, align, align_whole};
use crate::search::hits::{Hit, Page, QuoteHit, Sort, hits, hits_of};
use crate::search::verify::{CLOSE, printed, telling};
use std::collections::{BTreeMap, BTreeSet};

/// The prints of one saying.
#[derive(Debug)]
pub struct Spread {
    /// In the order of their dates, the first print first; those without a date last. Never empty.
    pub prints: Vec<Print>,
    /// Different outlets, as far as they are known.
    pub outlets: usize,
    /// Days from the first dated print to the last, where both are known to the day.
    pub days: Option<i64>,
    /// What the reader should know of what was looked for.
    pub notes: Vec<String>,
}

impl Spread {
    /// Later prints in the very words of the first.
    pub fn verbatim(&self) -> usize {
        self.prints.iter().skip(1).filter(|print| print.wording == Wording::Same).count()
    }
}

/// One print.
#[derive(Debug)]
pub struct Print {
    /// The quote.
    pub hit: Box<QuoteHit>,
    /// Whether it is the one asked about.
    pub asked: bool,
    /// Its words, each with the marks behind it.
    pub words: Vec<String>,
    /// How the words of the first print lie in them.
    pub alignment: Alignment,
    /// What became of the words.
    pub wording: Wording,
    /// Days since the first print, where both dates are known to the day.
    pub days: Option<i64>,
    /// The article that this one is a copy of.
    pub copy_of: Option<String>,
}

/// What became of the words of the first print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// They are the same.
    Same,
    /// A part of them, word for word.
    Shorter,
    /// All of them word for word, and more.
    Longer,
    /// Others among them.
    Changed,
}

impl Wording {
    /// As machines read it.
    pub fn name(self) -> &'static str {
        match self {
            Wording::Same => "same",
            Wording::Shorter => "shorter",
            Wording::Longer => "longer",
            Wording::Changed => "changed",
        }
    }

    fn of(first: &[String], print: &[String]) -> Wording {
        if first == print {
            Wording::Same
        } else if within(print, first) {
            Wording::Shorter
        } else if within(first, print) {
            Wording::Longer
        } else {
            Wording::Changed
        }
    }
}

/// Whether the words stand in a row in others.
fn within(part: &[String], whole: &[String]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}

/// The prints of the saying a quote reports: what the index knows as its copies; quotes of the same speaker
/// that share most of its words; and its very words where nobody is named.
pub fn spread(reader: &Reader, asked: Box<QuoteHit>) -> Result<Spread, SearchError> {
    let mut search =
        Search { reader, asked: Told::of(asked), found: BTreeMap::new(), others: BTreeMap::new() };
    if search.asked.folded.len() < schema::LONG {
        search.in_the_story()?;
    } else {
        search.in_a_row()?;
        search.nearly()?;
    }
    let notes = search.notes();
    let Search { asked, found, .. } = search;
    let id = asked.hit.id.clone();
    let mut told: Vec<Told> = found.into_values().chain([asked]).collect();
    told.sort_by_cached_key(|told| {
        let date = told.hit.article.meta.date;
        // What is known to the month alone was printed by its end.
        (date.is_none(), date.map(|date| (date.last_day(), date.days())), told.hit.id.clone())
    });
    let days = days(&told);
    let outlets: BTreeSet<String> =
        told.iter().filter_map(|told| told.hit.article.meta.outlet.clone()).collect();
    let (first, date) = (told[0].folded.clone(), told[0].hit.article.meta.date);
    let print = |told: Told| -> Result<Print, SearchError> {
        let Told { hit, words, folded } = told;
        Ok(Print {
            asked: hit.id == id,
            alignment: align_whole(&first, &folded),
            wording: Wording::of(&first, &folded),
            days: between(date, hit.article.meta.date),
            copy_of: copy_of(reader, &hit)?,
            words,
            hit,
        })
    };
    let prints = told.into_iter().map(print).collect::<Result<_, _>>()?;
    Ok(Spread { prints, outlets: outlets.len(), days, notes })
}

/// From the first dated print to the last.
fn days(told: &[Told]) -> Option<i64> {
    let mut dates = told.iter().filter_map(|told| told.hit.article.meta.date);
    let first = dates.next()?;
    between(Some(first), Some(dates.next_back().unwrap_or(first)))
}

/// Days between two dates, where both are known to the day.
fn between(from: Option<Date>, to: Option<Date>) -> Option<i64> {
    let day = |date: Option<Date>| date.filter(|date| date.parts().2.is_some()).map(Date::days);
    Some(day(to)? - day(from)?)
}

/// The first print of the article, where this is a later one.
fn copy_of(reader: &Reader, hit: &QuoteHit) -> Result<Option<String>, SearchError> {
    let key = schema::key(&hit.article.id);
    let first = reader.copies()?.first_print(key).filter(|first| *first != key);
    Ok(first.map(schema::article_id))
}

/// A quote with its words as printed, and as they are compared.
#[derive(Debug)]
struct Told {
    hit: Box<QuoteHit>,
    words: Vec<String>,
    folded: Vec<String>,
}

impl Told {
    fn of(hit: Box<QuoteHit>) -> Told {
        let (words, folded) = printed(&hit);
        Told { hit, words, folded }
    }

    /// The name its article gives the speaker.
    fn name(&self) -> Option<&str> {
        self.hit.quote.attribution.speaker.as_ref()?.name.as_deref()
    }

    /// What it reports of whom, as the index counts copies.
    fn saying(&self) -> Option<u64> {
        schema::saying(self.folded.iter().map(String::as_str), self.name())
    }

    /// Whether it shares most words with another: of the shorter of the two, and six at least; in one story of
    /// the longer, however few they are.
    fn is_like(&self, other: &Told, one_story: bool) -> bool {
        let (short, long) =
            if self.folded.len() <= other.folded.len() { (self, other) } else { (other, self) };
        if short.folded.len().saturating_mul(long.folded.len()) > MOST_PLACES {
            return within(&short.folded, &long.folded);
        }
        let align = if one_story { align_whole } else { align };
        let alignment = align(&short.folded, &long.folded);
        alignment.similarity() >= CLOSE && (one_story || alignment.same >= schema::LONG)
    }
}

/// Of quotes that hold the words of one whom nobody names, so many are compared, the nearest.
const COMPARED: usize = 500;

/// So many of those who are given the words, too, are named.
const NAMED: usize = 3;

/// The search for the prints of a saying.
struct Search<'a> {
    reader: &'a Reader,
    asked: Told,
    /// Prints by their ids, the one asked about not among them.
    found: BTreeMap<String, Told>,
    /// Who else is given the very words, with the id of one quote.
    others: BTreeMap<String, String>,
}

impl Search<'_> {
    /// Short sayings are known in the prints of one story alone.
    fn in_the_story(&mut self) -> Result<(), SearchError> {
        for key in self.reader.copies()?.prints(schema::key(&self.asked.hit.article.id)) {
            for hit in hits_of(self.reader, &schema::article_id(key))? {
                self.look_at(hit, true)?;
            }
        }
        Ok(())
    }

    /// Whoever is quoted in the very words.
    fn in_a_row(&mut self) -> Result<(), SearchError> {
        let words = Match::Phrase { words: self.asked.folded.clone(), slop: 0 };
        self.look_for(Expr::Leaf(Field::Quote, words), Sort::Oldest, 0)
    }

    /// Quotes of the speaker with any of the telling words; of anybody where nobody is named.
    fn nearly(&mut self) -> Result<(), SearchError> {
        let telling = Expr::Or(telling(self.reader, &self.asked.folded)?);
        match self.asked.hit.speaker_name() {
            Some(name) => {
                let by = Expr::Leaf(Field::By, Match::Word(name.to_owned()));
                self.look_for(Expr::And(vec![by, telling]), Sort::Oldest, 0)
            }
            None => self.look_for(telling, Sort::Relevance, COMPARED),
        }
    }

    fn look_for(&mut self, expr: Expr, sort: Sort, limit: usize) -> Result<(), SearchError> {
        let page = Page { sort, offset: 0, limit, all_copies: true };
        let reader = self.reader;
        for hit in hits(reader, &Query { unit: Unit::Quotes, expr }, page)? {
            self.look_at(hit?, false)?;
        }
        Ok(())
    }

    /// Keeps a quote that is a print, and notes who else is quoted in its words.
    fn look_at(&mut self, hit: Hit, one_story: bool) -> Result<(), SearchError> {
        let Hit::Quote(hit) = hit else { return Ok(()) };
        if hit.id == self.asked.hit.id || self.found.contains_key(&hit.id) {
            return Ok(());
        }
        let told = Told::of(hit);
        if !told.is_like(&self.asked, one_story) {
            return Ok(());
        }
        let own = self.is_of_the_speaker(&told)?;
        let speaker = told.hit.speaker_name().filter(|_| !own);
        match speaker.filter(|_| self.asked.hit.speaker_name().is_some()) {
            Some(other) => {
                self.others.entry(other.to_owned()).or_insert_with(|| told.hit.id.clone());
            }
            None => {
                self.found.insert(told.hit.id.clone(), told);
            }
        }
        Ok(())
    }

    /// Whether the speaker is the same: as the archive knows him, alone or with others, or in the words of a
    /// copy.
    fn is_of_the_speaker(&self, told: &Told) -> Result<bool, SearchError> {
        let entities = self.reader.entities()?;
        let joint = |hit: &QuoteHit| -> BTreeSet<String> {
            let others = hit.quote.attribution.others.iter().filter_map(|speaker| speaker.name.as_deref());
            let others = others.map(|name| entities.canonical(name));
            hit.speaker_name().into_iter().chain(others).map(str::to_owned).collect()
        };
        let saying = self.asked.saying();
        Ok(!joint(&self.asked.hit).is_disjoint(&joint(&told.hit))
            || (saying.is_some() && saying == told.saying()))
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.asked.folded.len() < schema::LONG {
            notes.push(format!(
                "a saying of fewer than {} words is looked for in the copies of its article alone",
                schema::LONG
            ));
        }
        if self.asked.hit.speaker_name().is_none() {
            notes.push("nobody is named for this quote: whoever is quoted so is listed".to_owned());
        }
        if !self.others.is_empty() {
            let named = self.others.iter().take(NAMED).map(|(name, id)| format!("{name} ({id})"));
            let named = named.collect::<Vec<String>>().join(", ");
            let more = self.others.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            notes.push(format!("others are quoted so, too: {named}{more}"));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::Wording;

    #[test]
    fn what_became_of_the_words() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
        let cases = [
            ("we never touched it", Wording::Same),
            ("never touched", Wording::Shorter),
            ("no we never touched it again", Wording::Longer),
            ("we had never touched it", Wording::Changed),
            ("", Wording::Changed),
        ];
        for (print, wording) in cases {
            assert_eq!(Wording::of(&words("we never touched it"), &words(print)), wording, "{print}");
        }
    }
}
