use crate::ingest::fields::Field;
use std::borrow::Cow;

/// How an article was read: its format, and where each of its fields was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// The name of the format.
    pub format: &'static str,
    found: Vec<(Field, Cow<'static, str>)>,
    /// Names of the record that no field was taken from.
    pub unused: Vec<String>,
}

impl Origins {
    /// Our fields in their order, each with where it was found: a column, a path, a place of the page.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let mut rows: Vec<_> = self.found.iter().collect();
        rows.sort_by_key(|(field, _)| field.rank());
        rows.into_iter().map(|(field, from)| (field.name(), from.as_ref()))
    }

    /// Notes where a field was found; the first note stays.
    pub(crate) fn note(&mut self, field: Field, from: impl Into<Cow<'static, str>>) {
        if !self.found.iter().any(|(known, _)| *known == field) {
            self.found.push((field, from.into()));
        }
    }

    /// The same, where a later word is the last.
    pub(crate) fn settle(&mut self, field: Field, from: impl Into<Cow<'static, str>>) {
        self.found.retain(|(known, _)| *known != field);
        self.found.push((field, from.into()));
    }
}
