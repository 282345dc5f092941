use crate::article::{Article, Date, Meta};
use crate::ingest::fields::Field;
use crate::ingest::problem::Reason;
use crate::ingest::walk::Source;
use crate::ingest::{Options, dateline, guess};
use crate::text::Text;

/// Why a draft is no article.
pub(crate) type Refusal = (Reason, String);

/// An article as a format found it: what was stated, nothing guessed yet.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// What was stated.
    pub(crate) meta: Meta,
    /// The body.
    pub(crate) text: String,
    /// The day it was fetched or sent, where nothing else tells its date.
    pub(crate) day_of_last_resort: Option<Date>,
    /// Year, month and day where they were stated apart.
    parts: [Option<i64>; 3],
}

impl Draft {
    /// Takes what the source states of `field`. The first statement of a field stays, but a date
    /// that can be read replaces one that cannot.
    pub(crate) fn state(&mut self, field: Field, value: &str) {
        let value = tidy(value);
        if value.is_empty() {
            return;
        }
        let meta = &mut self.meta;
        let slot = match field {
            Field::Title => &mut meta.title,
            Field::Author => return keep(&mut meta.byline, without_by(&value)),
            Field::Outlet => &mut meta.outlet,
            Field::Section => &mut meta.section,
            Field::Place => &mut meta.place,
            Field::Url => &mut meta.url,
            Field::Lang => return keep_some(&mut meta.lang, guess::language_code(&value)),
            Field::Id => &mut meta.record_id,
            Field::Date => return self.state_date(Date::read(&value), value),
            Field::Year => return self.state_part(0, &value),
            Field::Month => return self.state_part(1, &value),
            Field::Day => return self.state_part(2, &value),
            Field::Text | Field::Deck => return,
        };
        keep(slot, value);
    }

    /// Takes a date, with the words it was read from.
    pub(crate) fn state_date(&mut self, date: Option<Date>, raw: String) {
        if self.meta.date.is_none() && (date.is_some() || self.meta.date_raw.is_none()) {
            self.meta.date = date;
            self.meta.date_raw = Some(raw);
        }
    }

    fn state_part(&mut self, part: usize, value: &str) {
        let month = || guess::month(value).map(i64::from);
        self.parts[part] = value.parse().ok().or_else(|| if part == 1 { month() } else { None });
    }

    /// The article: what was stated, then what can be told from the text, the URL and the path.
    pub(crate) fn finish(
        mut self,
        source: &Source,
        path: String,
        options: &Options,
    ) -> Result<Article, Refusal> {
        if !self.text.contains(char::is_alphanumeric) {
            let found =
                if self.meta.title.is_some() { "a headline, but no text" } else { "no text of an article" };
            return Err((Reason::NoBody, format!("{found} was found")));
        }
        if self.text.len() > options.limits.text {
            let message = format!("the text of one article is longer than {} bytes", options.limits.text);
            return Err((Reason::TooLarge, message));
        }
        self.settle_date(source, options);
        let dateline = dateline::read(&self.text);
        let meta = &mut self.meta;
        meta.place = meta.place.take().or_else(|| dateline?.place.map(str::to_owned));
        let agency = dateline.and_then(|d| d.agency);
        let stated = meta.outlet.take().map(|outlet| guess::outlet_name(&outlet, agency));
        let host = || guess::outlet_of_url(meta.url.as_deref()?, agency);
        meta.outlet =
            stated.or_else(|| options.outlet.clone()).or_else(host).or_else(|| agency.map(str::to_owned));
        meta.lang = meta.lang.take().or_else(|| guess::language(&self.text));
        meta.path = path;
        Ok(Article::new(self.meta, Text::new(self.text)))
    }

    /// The stated date; read again with the order of day and month the user stated; or from
    /// parts; or, last, from the URL or the path.
    fn settle_date(&mut self, source: &Source, options: &Options) {
        let meta = &mut self.meta;
        if let (None, Some(raw)) = (meta.date, &meta.date_raw) {
            meta.date = Date::read_ordered(raw, options.day_first);
        }
        if let (None, [Some(year), month, day]) = (meta.date_raw.as_ref(), self.parts) {
            meta.date = guess::date_of_parts(year, month, day);
            let stated = [Some(year), month, day].into_iter().flatten().map(|n| n.to_string());
            meta.date_raw = Some(stated.collect::<Vec<_>>().join("-"));
        }
        if meta.date.is_some() {
            meta.date_raw = None;
        } else if meta.date_raw.is_none() {
            let of_url = meta.url.as_deref().and_then(guess::date_of_path);
            let of_place = of_url.or_else(|| guess::date_of_path(&source.shown));
            meta.date = of_place.or(self.day_of_last_resort);
        }
    }
}

fn keep(slot: &mut Option<String>, value: String) {
    keep_some(slot, Some(value));
}

fn keep_some(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value.filter(|v| !v.is_empty());
    }
}

/// One line, single spaces, none around it or before a comma: how a title or a name is kept.
pub(crate) fn tidy(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ").replace(" , ", ", ")
}

fn without_by(byline: &str) -> String {
    let by = byline.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    byline[if by { 3 } else { 0 }..].trim().to_owned()
}
