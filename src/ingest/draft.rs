use crate::article::{Article, Date, Meta};
use crate::ingest::fields::Field;
use crate::ingest::origins::Origins;
use crate::ingest::problem::Reason;
use crate::ingest::walk::Source;
use crate::ingest::{Options, agency, dateline, guess};
use crate::text::Text;
use std::borrow::Cow;

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
    /// Where each field was found, in words of the format: a column, a path, a place of the page.
    pub(crate) origins: Origins,
}

impl Draft {
    /// The same as [`state`](Draft::state), with where it stands.
    pub(crate) fn state_from(&mut self, from: impl Into<Cow<'static, str>>, field: Field, value: &str) {
        let before = self.known(field);
        self.state(field, value);
        if before != self.known(field) {
            self.came_from(field, from);
        }
    }

    /// Takes the agency a credit line names, if it names one.
    pub(crate) fn credit(&mut self, from: impl Into<Cow<'static, str>>, credit: &str) {
        let credit = tidy(credit);
        self.state_from(from, Field::Agency, agency::of_credit(&credit).unwrap_or_default());
    }

    /// Notes where a field was found; the first note stays.
    pub(crate) fn came_from(&mut self, field: Field, from: impl Into<Cow<'static, str>>) {
        self.origins.note(field, from);
    }

    fn known(&self, field: Field) -> bool {
        let meta = &self.meta;
        let slot = match field {
            Field::Title => &meta.title,
            Field::Author => &meta.byline,
            Field::Outlet => &meta.outlet,
            Field::Section => &meta.section,
            Field::Place => &meta.place,
            Field::Agency => &meta.agency,
            Field::Url => &meta.url,
            Field::Lang => &meta.lang,
            Field::Id => &meta.record_id,
            Field::Date => return meta.date.is_some() || meta.date_raw.is_some(),
            Field::Year => return self.parts[0].is_some(),
            Field::Month => return self.parts[1].is_some(),
            Field::Day => return self.parts[2].is_some(),
            Field::Text | Field::Deck => return !self.text.is_empty(),
        };
        slot.is_some()
    }

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
            Field::Agency => return keep(&mut meta.agency, agency::name(&value).to_owned()),
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

    /// Takes an embargo, with its end where one is stated.
    pub(crate) fn embargo(&mut self, until: Option<&str>) {
        let until = until.map(tidy).filter(|until| !until.is_empty());
        self.meta.embargo = Some(until.unwrap_or_else(|| "no time stated".to_owned()));
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
    ) -> Result<(Article, Origins), Refusal> {
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
        self.settle_place();
        let dateline = dateline::read(&self.text);
        let agency = dateline.and_then(|d| d.agency);
        let of_byline = self.meta.byline.as_deref().and_then(agency::of_byline).map(str::to_owned);
        if let Some(outlet) = self.meta.outlet.take() {
            self.meta.outlet = Some(guess::outlet_name(&outlet, agency));
        }
        let of_url = self.meta.url.as_deref().and_then(|url| guess::outlet_of_url(url, agency));
        let place = dateline.and_then(|d| d.place).map(str::to_owned);
        let guesses = [
            (Field::Outlet, "the outlet chosen", options.outlet.clone()),
            (Field::Outlet, "the host of its address", of_url),
            (Field::Outlet, "the agency of its dateline", agency.map(str::to_owned)),
            (Field::Place, "its dateline", place),
            (Field::Agency, "its dateline", agency.map(|name| agency::name(name).to_owned())),
            (Field::Agency, "its byline", of_byline),
        ];
        for (field, from, value) in guesses {
            self.guess(field, from, value);
        }
        self.settle_agency();
        if self.meta.lang.is_none() {
            let lang = guess::language(&self.text);
            self.guess(Field::Lang, "the words of its text", lang);
        }
        for field in [Field::Title, Field::Text, Field::Date, Field::Author, Field::Outlet, Field::Url] {
            if self.known(field) {
                self.came_from(
                    field,
                    if field == Field::Text { "what follows its head" } else { "its head" },
                );
            }
        }
        self.meta.path = path;
        Ok((Article::new(self.meta, Text::new(self.text)), self.origins))
    }

    /// Takes what can be told of a field that was not stated.
    fn guess(&mut self, field: Field, from: &'static str, value: Option<String>) {
        let slot = match field {
            Field::Outlet => &mut self.meta.outlet,
            Field::Place => &mut self.meta.place,
            Field::Agency => &mut self.meta.agency,
            _ => &mut self.meta.lang,
        };
        if slot.is_none() && value.is_some() {
            *slot = value;
            self.came_from(field, from);
        }
    }

    /// A place may be stated with the agency behind it: "LONDON (AP)"; but "Paris (Texas)" is a place.
    fn settle_place(&mut self) {
        let Some(stated) = self.meta.place.take() else { return };
        let told = dateline::apart(&stated).and_then(|(place, of)| Some((place, agency::of_credit(of)?)));
        let Some((place, named)) = told else {
            self.meta.place = Some(stated);
            return;
        };
        self.meta.place = Some(place.to_owned()).filter(|place| !place.is_empty());
        self.state_from("its dateline", Field::Agency, named);
    }

    /// An outlet that is the agency goes by one name: its own report is nobody's copy.
    fn settle_agency(&mut self) {
        if let (Some(outlet), Some(agency)) = (&self.meta.outlet, &mut self.meta.agency)
            && agency::is_outlet(agency, outlet)
        {
            agency.clone_from(outlet);
        }
    }

    /// The stated date; read again with the order of day and month the user stated; or from
    /// parts; or, last, from the URL or the path.
    fn settle_date(&mut self, source: &Source, options: &Options) {
        if let Some(pattern) = &options.date_from
            && let Some(date) = pattern.of(&source.shown)
        {
            self.meta.date = Some(date);
            self.origins.settle(Field::Date, format!("its path, {}", pattern.stated()));
        }
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
            let of_place = guess::date_of_path(&source.shown);
            let guesses = [
                ("its address", of_url),
                ("its path", of_place),
                ("when it was fetched or sent", self.day_of_last_resort),
            ];
            let guess = guesses.into_iter().find_map(|(from, date)| Some((from, date?)));
            if let Some((from, date)) = guess {
                meta.date = Some(date);
                self.came_from(Field::Date, from);
            }
        }
    }
}

/// Why an item that its publisher took back is no article.
pub(crate) fn withdrawn(status: &str) -> Refusal {
    (Reason::Withdrawn, format!("withdrawn by its publisher (its status is `{status}`), so left out"))
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
    let mut line = String::with_capacity(value.len());
    for word in value.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if line.contains(',') { line.replace(" , ", ", ") } else { line }
}

/// A byline without the word that makes it one, in the languages of the archives. That word may also be
/// a particle, so the name behind it must be whole: "von Dorn" is a name, "Von Anna Dorn" tells whose work it is.
fn without_by(byline: &str) -> String {
    let (word, name) = byline.split_once(' ').unwrap_or((byline, ""));
    let name = name.trim();
    let is = |by: &&str| word.eq_ignore_ascii_case(by);
    let whole = || name.contains(' ') && name.starts_with(char::is_uppercase);
    let stated = is(&"by") && !name.is_empty() || BY_ABROAD.iter().any(is) && whole();
    if stated { name.to_owned() } else { byline.trim().to_owned() }
}

/// German, French, Portuguese and Spanish, Italian, Dutch.
const BY_ABROAD: [&str; 5] = ["von", "par", "por", "di", "door"];

#[cfg(test)]
mod tests {
    use super::{Draft, without_by};

    #[test]
    fn a_stated_dateline_may_name_its_agency() {
        let rows = [
            ("LONDON (AP)", Some("LONDON"), Some("Associated Press")),
            ("LONDON, Oct 12 (Reuters) -", Some("LONDON"), Some("Reuters")),
            ("(dpa)", None, Some("Deutsche Presse-Agentur")),
            ("Paris (Texas)", Some("Paris (Texas)"), None),
            ("Pendle Cross", Some("Pendle Cross"), None),
        ];
        for (stated, place, agency) in rows {
            let mut draft = Draft::default();
            draft.meta.place = Some(stated.to_owned());
            draft.settle_place();
            assert_eq!(
                (draft.meta.place.as_deref(), draft.meta.agency.as_deref()),
                (place, agency),
                "{stated}"
            );
        }
    }

    #[test]
    fn a_byline_is_a_name() {
        let rows = [
            ("By Ann Dorn", "Ann Dorn"),
            ("BY ANN DORN", "ANN DORN"),
            ("by the desk", "the desk"),
            ("Von Anna Dorn", "Anna Dorn"),
            ("Par Léa Marchand", "Léa Marchand"),
            ("Por José Ramos", "José Ramos"),
            ("Di Carla Neri", "Carla Neri"),
            ("Door Jan Smit", "Jan Smit"),
            ("Ann von Dorn", "Ann von Dorn"),
            ("von Dorn", "von Dorn"),
            ("Di Carlo", "Di Carlo"),
            ("Byron Marsh", "Byron Marsh"),
            ("Dina Marsh", "Dina Marsh"),
            ("By", "By"),
        ];
        for (stated, name) in rows {
            assert_eq!(without_by(stated), name, "{stated}");
        }
    }
}
