//! What the archive knows that a query is asked of, for the parser.

use crate::article::Date;
use crate::index::{Reader, SavedQueries};
use crate::query::Known;
use crate::search::names;

/// An open index, the queries kept beside it, and the day it is asked.
pub struct Archive<'a> {
    /// Knows the names of outlets and speakers.
    pub reader: &'a Reader,
    /// What `saved:NAME` stands for.
    pub saved: SavedQueries,
    /// The day `last month` is counted from.
    pub today: Date,
}

impl Known for Archive<'_> {
    fn outlet(&self, name: &str) -> bool {
        names::has_outlet(self.reader, name)
    }

    fn speaker(&self, name: &str) -> bool {
        names::has_speaker(self.reader, name)
    }

    fn nearest_outlet(&self, name: &str) -> Option<String> {
        names::nearest_outlet(self.reader, name).ok().flatten()
    }

    fn saved(&self, name: &str) -> Option<String> {
        self.saved.named(name).map(|saved| saved.query.clone())
    }

    fn saved_names(&self) -> Vec<String> {
        self.saved.names().map(str::to_owned).collect()
    }

    fn today(&self) -> Date {
        self.today
    }
}
