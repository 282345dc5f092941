//! The one table of fields: parsing, help and "did you mean" derive from it.

use crate::query::ast::{Field, Unit};
use crate::text::nearest;

/// What may stand behind a field's colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// Words and phrases, as without a field.
    Words,
    /// A name, of one word or in marks.
    Name,
    /// A date or a range of dates.
    Date,
    /// A number or a range, 0 to 1.
    Share,
    /// A whole number or a range.
    Count,
    /// One of these.
    Choice(&'static [&'static str]),
}

/// A field as it is typed and explained.
pub(super) struct Named {
    pub field: Field,
    /// The name it prints as, then others it is known by.
    pub names: &'static [&'static str],
    /// The kind of hit that alone has it; None where both have it.
    pub of: Option<Unit>,
    pub takes: Takes,
    pub help: &'static str,
    pub example: &'static str,
}

const QUOTES: Option<Unit> = Some(Unit::Quotes);
const KINDS: Takes = Takes::Choice(&["direct", "mixed", "indirect"]);
const HAS: Takes = Takes::Choice(&[
    "title", "date", "outlet", "section", "byline", "agency", "place", "url", "lang", "speaker", "name",
    "role", "cue",
]);
/// What `is:` says of articles as well as of quotes.
pub(super) const WIRE: &str = "wire";
const IS: Takes = Takes::Choice(&["unnamed", "pronoun", "joint", WIRE]);

#[rustfmt::skip]
pub(super) const FIELDS: &[Named] = &[
    Named { field: Field::By, names: &["by", "speaker"], of: QUOTES, takes: Takes::Name, help: "who said it, under any known form of the name", example: "by:\"Ellen Marsh\"" },
    Named { field: Field::About, names: &["about"], of: QUOTES, takes: Takes::Name, help: "people and bodies it mentions", example: "about:Oduya" },
    Named { field: Field::Quote, names: &["quote", "said"], of: QUOTES, takes: Takes::Words, help: "the reported words", example: "quote:\"never interfered\"" },
    Named { field: Field::Cue, names: &["cue", "verb"], of: QUOTES, takes: Takes::Name, help: "the verb that reports it, in its dictionary form; say, claim, deny, promise, warn, accuse, ask and write stand for their like (deny: reject, dismiss …), \"=deny\" for the verb alone", example: "cue:deny" },
    Named { field: Field::Kind, names: &["kind", "type"], of: QUOTES, takes: KINDS, help: "direct, mixed or indirect", example: "kind:direct" },
    Named { field: Field::Conf, names: &["conf", "confidence"], of: QUOTES, takes: Takes::Share, help: "how sure the speaker is, 0 to 1", example: "conf:>=0.9" },
    Named { field: Field::Is, names: &["is"], of: QUOTES, takes: IS, help: "unnamed: a source without a name; pronoun: marked by he, she, they; joint: several speakers; wire: an agency's text in another outlet (articles too)", example: "is:unnamed" },
    Named { field: Field::Length, names: &["length", "words"], of: None, takes: Takes::Count, help: "how many words the quote has, or the article", example: "quotes length:>50" },
    Named { field: Field::Body, names: &["body"], of: Some(Unit::Articles), takes: Takes::Words, help: "the words of the article", example: "body:harbour" },
    Named { field: Field::Title, names: &["title", "headline"], of: None, takes: Takes::Words, help: "the headline", example: "title:flood" },
    Named { field: Field::Outlet, names: &["outlet", "source", "newspaper"], of: None, takes: Takes::Name, help: "newspaper, site or agency", example: "outlet:\"The Harbour Gazette\"" },
    Named { field: Field::Date, names: &["date", "year"], of: None, takes: Takes::Date, help: "a day, month, year or range", example: "date:2016-10..2017-01" },
    Named { field: Field::Byline, names: &["byline", "author"], of: None, takes: Takes::Name, help: "who wrote the article", example: "byline:Hale" },
    Named { field: Field::Agency, names: &["agency"], of: None, takes: Takes::Name, help: "the agency its text came from, by dateline, byline or credit", example: "agency:Northwire" },
    Named { field: Field::Section, names: &["section"], of: None, takes: Takes::Name, help: "section or desk", example: "section:Sport" },
    Named { field: Field::Place, names: &["place"], of: None, takes: Takes::Name, help: "place of the dateline", example: "place:Helsinki" },
    Named { field: Field::Lang, names: &["lang", "language"], of: None, takes: Takes::Name, help: "language, as a code of two letters", example: "lang:de" },
    Named { field: Field::Path, names: &["path", "file"], of: None, takes: Takes::Name, help: "words of the file's path", example: "path:northwire" },
    Named { field: Field::Id, names: &["id"], of: None, takes: Takes::Name, help: "an id or its beginning", example: "id:q7f3a1c" },
    Named { field: Field::Has, names: &["has"], of: None, takes: HAS, help: "the value is known", example: "has:date" },
];

/// The field of that name.
pub(super) fn named(name: &str) -> Option<&'static Named> {
    let name = name.to_lowercase();
    FIELDS.iter().find(|f| f.names.contains(&name.as_str()))
}

/// The table's row of a field; None of [`Field::Any`].
pub(super) fn row(field: Field) -> Option<&'static Named> {
    FIELDS.iter().find(|f| f.field == field)
}

/// The year of the examples below; a date that was typed is put in its place.
const A_YEAR: &str = "2016";

/// Words that are no field, and what is typed for what they mean.
const MEANT: &[(&[&str], &str)] = &[
    (&["from", "since", "after", "start"], "date:2016.."),
    (&["to", "until", "before", "end"], "date:..2016"),
    (&["person", "name", "who", "said_by"], "by:"),
    (&["topic", "subject", "mentions", "mentioning"], "about:"),
    (&["text"], "quote:"),
    (&["unnamed", "anonymous"], "is:unnamed"),
    (&["paper", "site", "publisher"], "outlet:"),
];

/// What somebody means by a field there is not, with this value: what other programs call it, or the nearest name.
pub(super) fn meant(name: &str, value: Option<&str>) -> Option<String> {
    let is_date = |value: &&str| value.len() >= 4 && value.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let (low, year) = (name.to_lowercase(), value.filter(is_date));
    let other = MEANT.iter().find(|(words, _)| words.contains(&low.as_str()));
    let other = other.map(|(_, typed)| typed.replace(A_YEAR, year.unwrap_or(A_YEAR)));
    let names = FIELDS.iter().flat_map(|f| f.names.iter().copied());
    other.or_else(|| nearest(name, names).map(|near| format!("{near}:")))
}
