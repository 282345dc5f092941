//! What `from` in `fields.toml` may name, and the values it stands for.

use crate::article::{Article, Meta};
use crate::quotes::{Quote, Speaker, SpeakerKind};
use crate::schema::document::Value;
use crate::schema::short_names;
use crate::schema::steps::kept_steps;
use serde::Deserialize;
use std::ops::RangeInclusive;

/// An id's digits as a number; ids sort as these numbers do. 0 where it is no id.
pub fn key(id: &str) -> u64 {
    id.get(1..).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0)
}

/// The id of the article with this key.
pub fn article_id(key: u64) -> String {
    format!("a{key:015x}")
}

/// What the beginning of an id, such as `q7f3a1c`, may stand for: `a` for articles or `q` for quotes, and
/// the keys of the ids that begin so. None where no id does.
pub fn keys(start: &str) -> Option<(char, RangeInclusive<u64>)> {
    const DIGITS: u32 = 15;
    let unit = start.chars().next().filter(|unit| "aq".contains(*unit))?;
    let digits = &start[1..];
    let open = 4 * DIGITS.checked_sub(u32::try_from(digits.len()).ok()?)?;
    if !digits.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit)) {
        return None;
    }
    // Without any digit, all ids.
    let least = if digits.is_empty() { 0 } else { u64::from_str_radix(digits, 16).ok()? << open };
    Some((unit, least..=least | ((1 << open) - 1)))
}

/// Where the values of a field come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Source {
    /// Article or quote.
    Unit,
    /// The digits of the id, as a number.
    Key,
    /// How many steps the quote stands behind its article, as they are kept; 0 of the article itself.
    Nth,
    /// Which metadata are known.
    Has,
    /// What is to be said of an article or a quote: "wire", "unnamed".
    Is,
    /// Short names an article explains, or a quote uses.
    Short,
    /// The id of the article.
    ArticleId,
    /// Its title.
    Title,
    /// The first day its date may mean.
    Day,
    /// The last.
    LastDay,
    /// Its outlet.
    Outlet,
    /// Its section.
    Section,
    /// Its byline.
    Byline,
    /// The place of its dateline.
    Place,
    /// The agency it comes from.
    Agency,
    /// Its language.
    Lang,
    /// Its path.
    Path,
    /// The words that mark the speaker.
    Mention,
    /// The names of the speakers.
    Names,
    /// What sort of speakers they are.
    Kinds,
    /// Their roles.
    Roles,
    /// The dictionary form of the cue.
    Cue,
    /// How the words are reported.
    Kind,
    /// What decided on the speaker.
    Basis,
    /// How sure that is.
    Confidence,
    /// The words of the text.
    Body,
    /// How many there are.
    Length,
    /// Which of them a quote reports; of an article, how many quotes it has.
    Reported,
    /// The pieces of a quote that is not told in one number.
    Pieces,
    /// A sample of their rows.
    Likeness,
    /// Which words a quote reports of whom, as one number.
    Saying,
    /// What is stored of an article beside text and quotes.
    Record,
    /// The text.
    Text,
    /// The quotes.
    Quotes,
}

impl Source {
    /// As `fields.toml` names them.
    const NAMES: [(&'static str, Source); 34] = [
        ("unit", Source::Unit),
        ("key", Source::Key),
        ("nth", Source::Nth),
        ("has", Source::Has),
        ("is", Source::Is),
        ("short", Source::Short),
        ("article.id", Source::ArticleId),
        ("article.title", Source::Title),
        ("article.day", Source::Day),
        ("article.last_day", Source::LastDay),
        ("article.outlet", Source::Outlet),
        ("article.section", Source::Section),
        ("article.byline", Source::Byline),
        ("article.place", Source::Place),
        ("article.agency", Source::Agency),
        ("article.lang", Source::Lang),
        ("article.path", Source::Path),
        ("mention", Source::Mention),
        ("speakers.name", Source::Names),
        ("speakers.kind", Source::Kinds),
        ("speakers.role", Source::Roles),
        ("cue.lemma", Source::Cue),
        ("kind", Source::Kind),
        ("basis", Source::Basis),
        ("confidence", Source::Confidence),
        ("body", Source::Body),
        ("length", Source::Length),
        ("reported", Source::Reported),
        ("pieces", Source::Pieces),
        ("likeness", Source::Likeness),
        ("saying", Source::Saying),
        ("record", Source::Record),
        ("text", Source::Text),
        ("quotes", Source::Quotes),
    ];

    /// As `fields.toml` names it.
    pub(crate) fn name(self) -> &'static str {
        Source::NAMES.iter().find(|(_, source)| *source == self).map_or("", |(name, _)| name)
    }
}

impl TryFrom<String> for Source {
    type Error = String;

    fn try_from(name: String) -> Result<Source, String> {
        let found = Source::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, source)| *source).ok_or_else(|| format!("nothing comes from `{name}`"))
    }
}

/// Gives the values of an article from this source; false where it has no such source.
pub(crate) fn of_article<'a>(article: &'a Article, source: Source, give: &mut impl FnMut(Value<'a>)) -> bool {
    let meta = &article.meta;
    let text = |value: &'a Option<String>| value.as_deref().map(Value::from);
    let value = match source {
        Source::Unit => Some("article".into()),
        Source::Key => Some(Value::Count(key(&article.id))),
        Source::Nth => Some(Value::Count(0)),
        Source::Is => meta.is_wire().then(|| "wire".into()),
        Source::ArticleId => Some(article.id.as_str().into()),
        Source::Title => text(&meta.title),
        Source::Day => meta.date.map(|date| Value::Day(date.days())),
        Source::LastDay => meta.date.map(|date| Value::Day(date.last_day().days())),
        Source::Outlet => text(&meta.outlet),
        Source::Section => text(&meta.section),
        Source::Byline => text(&meta.byline),
        Source::Place => text(&meta.place),
        Source::Agency => text(&meta.agency),
        Source::Lang => text(&meta.lang),
        Source::Path => Some(meta.path.as_str().into()),
        Source::Has => {
            known(meta).for_each(|name| give(name.into()));
            return true;
        }
        Source::Short => {
            short_names::explained(article.text.as_str()).into_iter().map(Value::from).for_each(give);
            return true;
        }
        _ => return false,
    };
    value.into_iter().for_each(give);
    true
}

/// The names of the metadata that are known, for `has:`.
fn known(meta: &Meta) -> impl Iterator<Item = &'static str> {
    let facts = [
        ("title", meta.title.is_some()),
        ("date", meta.date.is_some()),
        ("outlet", meta.outlet.is_some()),
        ("section", meta.section.is_some()),
        ("byline", meta.byline.is_some()),
        ("agency", meta.agency.is_some()),
        ("place", meta.place.is_some()),
        ("url", meta.url.is_some()),
        ("lang", meta.lang.is_some()),
    ];
    facts.into_iter().filter(|fact| fact.1).map(|fact| fact.0)
}

/// A quote as it goes into a document: the `nth` of its article, counted from 1.
pub(crate) struct Said<'a> {
    pub(crate) article: &'a Article,
    pub(crate) quote: &'a Quote,
    pub(crate) nth: usize,
}

/// Gives the values of a quote from this source; false where it has no such source.
pub(crate) fn of_quote<'a>(said: &Said<'a>, source: Source, give: &mut impl FnMut(Value<'a>)) -> bool {
    let Said { article, quote, nth } = *said;
    let value = match source {
        Source::Unit => Some("quote".into()),
        Source::Key => Some(Value::Count(quote.key(&article.id))),
        Source::Nth => Some(Value::Count(kept_steps(nth as u64))),
        Source::Short => said.short_name().map(Value::from),
        Source::ArticleId => Some(article.id.as_str().into()),
        Source::Mention => said.mention().map(Value::from),
        Source::Cue => quote.cue.as_ref().map(|cue| cue.lemma.as_str().into()),
        Source::Kind => Some(quote.kind.name().into()),
        Source::Basis => Some(quote.attribution.basis.name().into()),
        Source::Confidence => Some(Value::Share(f64::from(quote.attribution.confidence))),
        Source::Is => {
            is(said).for_each(|name| give(name.into()));
            return true;
        }
        Source::Names => {
            speakers(quote).filter_map(|s| s.name.as_deref()).map(Value::from).for_each(give);
            return true;
        }
        Source::Kinds => {
            speakers(quote).map(|s| s.kind.name().into()).for_each(give);
            return true;
        }
        Source::Roles => {
            speakers(quote).filter_map(|s| s.role.as_deref()).map(Value::from).for_each(give);
            return true;
        }
        _ => return false,
    };
    value.into_iter().for_each(give);
    true
}

impl<'a> Said<'a> {
    fn mention(&self) -> Option<&'a str> {
        self.quote.attribution.mention.map(|mention| self.article.text.slice(mention))
    }

    fn short_name(&self) -> Option<String> {
        short_names::used(self.mention()?, self.quote.attribution.speaker.as_ref()?.name.as_deref()?)
    }
}

fn is(said: &Said<'_>) -> impl Iterator<Item = &'static str> {
    let attribution = &said.quote.attribution;
    let facts = [
        ("unnamed", attribution.speaker.as_ref().is_some_and(|s| s.kind == SpeakerKind::Anonymous)),
        ("pronoun", said.mention().is_some_and(is_pronoun)),
        ("joint", !attribution.others.is_empty()),
    ];
    facts.into_iter().filter(|fact| fact.1).map(|fact| fact.0)
}

fn is_pronoun(mention: &str) -> bool {
    const PRONOUNS: [&str; 7] = ["he", "she", "they", "it", "i", "we", "who"];
    PRONOUNS.iter().any(|p| mention.eq_ignore_ascii_case(p))
}

/// The speaker and the joint speakers who have a name, so that names and kinds stand in the same
/// order; where nobody has one, the first, for his kind and role.
fn speakers(quote: &Quote) -> impl Iterator<Item = &Speaker> {
    let all = || quote.attribution.speaker.iter().chain(&quote.attribution.others);
    let nobody = all().all(|speaker| speaker.name.is_none());
    all().filter(move |speaker| nobody || speaker.name.is_some()).take(if nobody { 1 } else { usize::MAX })
}

#[cfg(test)]
mod tests {
    use super::{Said, Source, of_article, of_quote};
    use crate::article::{Article, Meta};
    use crate::quotes::{Reading, find};
    use crate::schema::declared::{Of, Sort, declared};
    use crate::text::Text;

    #[test]
    fn an_article_has_the_id_of_its_key() {
        let article = Article::new(Meta::default(), Text::new("It rained.".to_owned()));
        assert_eq!(super::article_id(super::key(&article.id)), article.id);
    }

    #[test]
    fn every_declared_value_has_a_source() {
        let article = Article::new(Meta::default(), Text::new("“It rained,” said Ada Lund.".to_owned()));
        let found = find(&article.text, Reading::English);
        let said = Said { article: &article, quote: &found.quotes[0], nth: 1 };
        use Source::{Body, Length, Likeness, Pieces, Quotes, Record, Reported, Saying, Text as Words};
        let made = [Body, Length, Reported, Pieces, Likeness, Saying, Record, Words, Quotes];
        for field in declared().iter().filter(|field| !made.contains(&field.from)) {
            let of_article = of_article(&article, field.from, &mut |_| ());
            let of_quote = of_quote(&said, field.from, &mut |_| ());
            let expected = (field.of != Of::Quote, field.of != Of::Article);
            assert_eq!((of_article, of_quote), expected, "{} from {:?}", field.name, field.from);
            assert!(!matches!(field.sort, Sort::Stored | Sort::Packed), "{}", field.name);
        }
    }
}
