//! The values that `from` in `fields.toml` may name.

use crate::article::{Article, Meta};
use crate::quotes::{Quote, Speaker, SpeakerKind};
use crate::schema::short_names;
use std::borrow::Cow;
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

/// A value on its way into a document.
pub(crate) enum Value<'a> {
    Text(Cow<'a, str>),
    Count(u64),
    Day(i64),
    Share(f64),
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

/// The values of an article by this name; None where there is no such source.
pub(crate) fn of_article<'a>(article: &'a Article, name: &str) -> Option<Vec<Value<'a>>> {
    let meta = &article.meta;
    let text = |value: &'a Option<String>| value.as_deref().map(Value::from).into_iter().collect();
    Some(match name {
        "unit" => vec!["article".into()],
        "key" => vec![Value::Count(key(&article.id))],
        "nth" => vec![Value::Count(0)],
        "has" => known(meta).map(Value::from).collect(),
        "is" => meta.is_wire().then(|| "wire".into()).into_iter().collect(),
        "short" => short_names::explained(article.text.as_str()).into_iter().map(Value::from).collect(),
        "article.id" => vec![article.id.as_str().into()],
        "article.title" => text(&meta.title),
        "article.day" => meta.date.map(|date| Value::Day(date.days())).into_iter().collect(),
        "article.last_day" => meta.date.map(|date| Value::Day(date.last_day().days())).into_iter().collect(),
        "article.outlet" => text(&meta.outlet),
        "article.section" => text(&meta.section),
        "article.byline" => text(&meta.byline),
        "article.place" => text(&meta.place),
        "article.agency" => text(&meta.agency),
        "article.lang" => text(&meta.lang),
        "article.path" => vec![meta.path.as_str().into()],
        _ => return None,
    })
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

/// The values of a quote by this name; None where there is no such source.
pub(crate) fn of_quote<'a>(said: &Said<'a>, name: &str) -> Option<Vec<Value<'a>>> {
    let Said { article, quote, nth } = *said;
    Some(match name {
        "unit" => vec!["quote".into()],
        "key" => vec![Value::Count(key(&quote.id(&article.id)))],
        "nth" => vec![Value::Count(nth as u64)],
        "is" => is(said).map(Value::from).collect(),
        "short" => said.short_name().map(Value::from).into_iter().collect(),
        "article.id" => vec![article.id.as_str().into()],
        "mention" => said.mention().map(Value::from).into_iter().collect(),
        "speakers.name" => speakers(quote).filter_map(|s| s.name.as_deref()).map(Value::from).collect(),
        "speakers.kind" => speakers(quote).map(|s| s.kind.name().into()).collect(),
        "speakers.role" => speakers(quote).filter_map(|s| s.role.as_deref()).map(Value::from).collect(),
        "cue.lemma" => quote.cue.iter().map(|cue| cue.lemma.as_str().into()).collect(),
        "kind" => vec![quote.kind.name().into()],
        "basis" => vec![quote.attribution.basis.name().into()],
        "confidence" => vec![Value::Share(f64::from(quote.attribution.confidence))],
        _ => return None,
    })
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
    use super::{Said, of_article, of_quote};
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
        let is_made = |from: &str| {
            matches!(
                from,
                "body" | "length" | "reported" | "likeness" | "saying" | "record" | "text" | "quotes"
            )
        };
        for field in declared().iter().filter(|field| !is_made(&field.from)) {
            let of_article = of_article(&article, &field.from).is_some();
            let of_quote = of_quote(&said, &field.from).is_some();
            let expected = (field.of != Of::Quote, field.of != Of::Article);
            assert_eq!((of_article, of_quote), expected, "{} from {}", field.name, field.from);
            assert!(!matches!(field.sort, Sort::Stored | Sort::Packed), "{}", field.name);
        }
    }
}
