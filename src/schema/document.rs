use crate::schema::analysis::{Analyzed, analyzed};
use crate::schema::declared::Sort;
use crate::text::Span;
use std::borrow::Cow;
use std::iter;
use std::ops::Range;
use std::slice;
use std::sync::Arc;
use tantivy::schema::Field;
use tantivy::schema::document::{self, ReferenceValue, ReferenceValueLeaf};

/// A document on its way into the index, of an article or of one of its quotes. All documents of an article
/// share one list of values, and tantivy reads them where they lie.
#[derive(Clone, Debug)]
pub struct Document {
    sheet: Arc<Sheet>,
    own: Range<usize>,
}

/// The values of an article's documents, one document after the other. **What does not fit its field does not
/// get in:** one value of another type would lose everything since the last commit.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    values: Vec<(Field, Kept)>,
    /// Where each document ends.
    ends: Vec<usize>,
    /// All texts, one behind the other.
    text: String,
    numbers: Vec<u64>,
    bytes: Vec<u8>,
}

/// A value on its way into a document.
pub(crate) enum Value<'a> {
    Text(Cow<'a, str>),
    Words(&'a Analyzed),
    Count(u64),
    Counts(Vec<u64>),
    Day(i64),
    Share(f64),
    Bytes(Vec<u8>),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Value<'a> {
        Value::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(Cow::Owned(text))
    }
}

/// A value of the sheet, or where in its lists it is: texts are far shorter than 4 GiB.
#[derive(Debug)]
enum Kept {
    Number(u64),
    Day(i64),
    Text(Span),
    Numbers(Span),
    Bytes(Span),
}

impl Sheet {
    /// A sheet for so many documents of an article whose text has so many bytes.
    pub(crate) fn of(documents: usize, text: usize) -> Sheet {
        const VALUES: usize = 16;
        Sheet {
            values: Vec::with_capacity(VALUES * (documents + 1)),
            ends: Vec::with_capacity(documents),
            text: String::with_capacity(text * 9 / 4 + 64 * documents + 1024),
            ..Sheet::default()
        }
    }

    /// Puts a value into the document at hand; what is not of the declared sort is left out.
    pub(crate) fn put(&mut self, field: Field, sort: Sort, value: &Value<'_>) {
        let kept = match (sort, value) {
            (Sort::Text, Value::Text(text)) => self.text(analyzed(text, &[], &[]).as_str()),
            (Sort::Text, Value::Words(words)) => self.text(words.as_str()),
            (Sort::Name | Sort::Whole | Sort::Keyword, Value::Text(text)) => self.text(shortened(text)),
            (Sort::Stored, Value::Text(text)) => self.text(text),
            (Sort::Count, Value::Count(n)) => Kept::Number(*n),
            (Sort::Count, Value::Counts(all)) => Kept::Numbers(added(&mut self.numbers, all)),
            (Sort::Day, Value::Day(day)) => Kept::Day(*day),
            (Sort::Share, Value::Share(share)) => Kept::Number(thousandths(*share)),
            (Sort::Packed, Value::Bytes(bytes)) => Kept::Bytes(added(&mut self.bytes, bytes)),
            _ => return,
        };
        self.values.push((field, kept));
    }

    fn text(&mut self, text: &str) -> Kept {
        let start = self.text.len();
        self.text.push_str(text);
        Kept::Text(Span::new(start, self.text.len()))
    }

    /// Ends the document at hand.
    pub(crate) fn end(&mut self) {
        self.ends.push(self.values.len());
    }

    /// The documents that were ended.
    pub(crate) fn into_documents(mut self) -> Vec<Document> {
        let (ends, mut start) = (std::mem::take(&mut self.ends), 0);
        let sheet = Arc::new(self);
        let document = |end| {
            let own = std::mem::replace(&mut start, end)..end;
            Document { sheet: Arc::clone(&sheet), own }
        };
        ends.into_iter().map(document).collect()
    }
}

fn added<T: Copy>(list: &mut Vec<T>, more: &[T]) -> Span {
    let start = list.len();
    list.extend_from_slice(more);
    Span::new(start, list.len())
}

/// A share as it is kept; what is none is 0.
pub fn thousandths(share: f64) -> u64 {
    (share.clamp(0.0, 1.0) * 1000.0).round() as u64
}

/// A name or keyword as it is counted: a "byline" of a whole page is cut.
fn shortened(value: &str) -> &str {
    const LONGEST: usize = 1024;
    &value[..value.floor_char_boundary(LONGEST)]
}

impl document::Document for Document {
    type Value<'a> = Given<'a>;
    type FieldsValuesIter<'a> = Values<'a>;

    fn iter_fields_and_values(&self) -> Values<'_> {
        Values { sheet: &self.sheet, ahead: self.sheet.values[self.own.clone()].iter() }
    }
}

/// The values of a document.
pub struct Values<'a> {
    sheet: &'a Sheet,
    ahead: slice::Iter<'a, (Field, Kept)>,
}

impl<'a> Iterator for Values<'a> {
    type Item = (Field, Given<'a>);

    #[inline]
    fn next(&mut self) -> Option<(Field, Given<'a>)> {
        let (field, kept) = self.ahead.next()?;
        Some((*field, Given(Place::Sheet(self.sheet, kept))))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ahead.size_hint()
    }
}

/// A value as tantivy takes it; those of a field that has many are one. It is looked up when it is asked for:
/// most are passed by, for not all fields are searched, counted and stored.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a>(Place<'a>);

#[derive(Clone, Copy, Debug)]
enum Place<'a> {
    Sheet(&'a Sheet, &'a Kept),
    Number(u64),
}

impl<'a> document::Value<'a> for Given<'a> {
    type ArrayIter = iter::Map<slice::Iter<'a, u64>, fn(&'a u64) -> Given<'a>>;
    type ObjectIter = iter::Empty<(&'a str, Given<'a>)>;

    #[inline]
    fn as_value(&self) -> ReferenceValue<'a, Given<'a>> {
        let (sheet, kept) = match self.0 {
            Place::Sheet(sheet, kept) => (sheet, kept),
            Place::Number(n) => return ReferenceValueLeaf::U64(n).into(),
        };
        match kept {
            Kept::Number(n) => ReferenceValueLeaf::U64(*n).into(),
            Kept::Day(day) => ReferenceValueLeaf::I64(*day).into(),
            Kept::Text(at) => ReferenceValueLeaf::Str(&sheet.text[at.range()]).into(),
            Kept::Bytes(at) => ReferenceValueLeaf::Bytes(&sheet.bytes[at.range()]).into(),
            Kept::Numbers(at) => {
                let number: fn(&'a u64) -> Given<'a> = |n| Given(Place::Number(*n));
                ReferenceValue::Array(sheet.numbers[at.range()].iter().map(number))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Sheet, Value};
    use crate::schema::declared::Sort;
    use crate::schema::fields::fields;
    use tantivy::schema::Value as _;
    use tantivy::schema::document::Document as _;

    #[test]
    fn what_does_not_fit_its_field_does_not_get_in() {
        let day = fields().day;
        let mut sheet = Sheet::of(2, 0);
        for value in [Value::from("yesterday"), Value::Count(1), Value::Day(2)] {
            sheet.put(day, Sort::Day, &value);
        }
        sheet.end();
        sheet.end();
        let documents = sheet.into_documents();
        let values = |at: usize| documents[at].iter_fields_and_values().map(|(_, v)| v.as_i64()).collect();
        let [first, second]: [Vec<Option<i64>>; 2] = [0, 1].map(values);
        assert_eq!((first, second), (vec![Some(2)], vec![]));
    }
}
