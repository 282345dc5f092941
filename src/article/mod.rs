//! An article: its [`Text`] and what is known about it ([`Meta`]), with dates as far as they are known.

mod date;
mod date_words;
mod id;

pub use date::{Date, DateRange};
pub use date_words::month_named;

use crate::text::Text;
use serde::{Deserialize, Serialize};

/// One article of an archive.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// `a` and 15 hexadecimal digits: a hash of content, title, date, outlet and record id, so
    /// that it does not depend on where the archive lies. See [`Article::new`].
    pub id: String,
    /// What is known about it.
    pub meta: Meta,
    /// The body, without the title.
    pub text: Text,
}

/// What is known about an article. Strings are as the source has them, trimmed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Meta {
    /// The headline.
    pub title: Option<String>,
    /// When it was published, as far as that is known.
    pub date: Option<Date>,
    /// The date as it stood in the source, kept where it could not be read as a date.
    pub date_raw: Option<String>,
    /// The newspaper, site or agency that published it.
    pub outlet: Option<String>,
    /// Who wrote it, without "By".
    pub byline: Option<String>,
    /// The agency its text came from, as dateline, byline or credit name it. Not part of the id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The place of the dateline ("BRUSSELS").
    pub place: Option<String>,
    /// The section or desk ("World", "Sport").
    pub section: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// ISO 639-1 code of its language, stated by the source or detected ("en").
    pub lang: Option<String>,
    /// The id the source gives it, where it has one.
    pub record_id: Option<String>,
    /// Until when its publisher embargoed it, as the source states it; `no time stated` where it says
    /// only that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embargo: Option<String>,
    /// The file it was read from, and where in it: `2016/10/a.jsonl.gz:12` (line 12). Not part of the id.
    pub path: String,
}

impl Meta {
    /// Whether it is wire copy: an agency's text that another printed. What an agency publishes itself
    /// is its own.
    pub fn is_wire(&self) -> bool {
        self.agency.is_some() && self.agency != self.outlet
    }

    /// Whether it is written in English, as far as anybody says.
    pub fn is_english(&self) -> bool {
        self.lang.as_deref().is_none_or(|lang| lang == "en")
    }
}
