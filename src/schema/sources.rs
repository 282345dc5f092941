//! The records that `from` paths of `fields.toml` point into.
//!
//! Of an article: `unit`, `key`, `nth`, `has`, `is`, `short`, `likeness`, `article.…` (its metadata, `article.id`,
//! `article.day`, `article.last_day`). Of a quote: `unit`, `key`, `nth`, `has`, `is`, `short`, `saying`,
//! `article.id`, `quote.…` (the quote as serialised), `speakers.name|kind|role` (the speaker and joint
//! speakers), `mention`.

use crate::article::Article;
use crate::quotes::{Quote, Speaker, SpeakerKind};
use crate::schema::{sayings, shingles, short_names};
use serde_json::{Map, Value, json};
use std::ops::RangeInclusive;

/// An id's digits as a number; ids sort as these numbers do. 0 where it is no id.
pub fn key(id: &str) -> u64 {
    id.get(1..).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0)
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

/// The record of an article.
pub(crate) fn of_article(article: &Article) -> Value {
    let meta = meta(article);
    let has = known(&meta);
    json!({
        "unit": "article",
        "key": key(&article.id),
        "nth": 0,
        "has": has,
        "is": article.meta.is_wire().then_some("wire"),
        "short": short_names::explained(article.text.as_str()),
        "likeness": shingles::likeness(article.text.as_str()),
        "article": meta,
    })
}

/// The record of the quote that is the `nth` of its article, counted from 1.
pub(crate) fn of_quote(article: &Article, quote: &Quote, nth: usize) -> Value {
    let mention = quote.attribution.mention.map(|m| article.text.slice(m));
    let first = quote.attribution.speaker.as_ref();
    let has = [
        ("speaker", first.is_some()),
        ("cue", quote.cue.is_some()),
        ("name", first.is_some_and(|s| s.name.is_some())),
        ("role", first.is_some_and(|s| s.role.is_some())),
    ];
    json!({
        "unit": "quote",
        "key": key(&quote.id(&article.id)),
        "nth": nth,
        "has": true_ones(&has),
        "is": is(quote, mention),
        "saying": sayings::saying(&quote.words(&article.text), first.and_then(|s| s.name.as_deref())),
        "article": {"id": article.id},
        "quote": quote,
        "speakers": speakers(quote),
        "short": first.and_then(|s| short_names::used(mention?, s.name.as_deref()?)),
        "mention": mention,
    })
}

/// The names of the facts that hold.
fn true_ones(facts: &[(&'static str, bool)]) -> Vec<&'static str> {
    facts.iter().filter(|fact| fact.1).map(|fact| fact.0).collect()
}

fn meta(article: &Article) -> Map<String, Value> {
    let mut meta = match serde_json::to_value(&article.meta) {
        Ok(Value::Object(meta)) => meta,
        _ => Map::new(),
    };
    meta.insert("id".into(), json!(article.id));
    if let Some(date) = article.meta.date {
        meta.insert("day".into(), json!(date.days()));
        meta.insert("last_day".into(), json!(date.last_day().days()));
    }
    meta
}

/// The names of the metadata that are known, for `has:`.
fn known(meta: &Map<String, Value>) -> Vec<Value> {
    const ASKED: [&str; 9] =
        ["title", "date", "outlet", "section", "byline", "agency", "place", "url", "lang"];
    ASKED
        .iter()
        .filter(|name| meta.get(**name).is_some_and(|v| !v.is_null()))
        .map(|name| json!(name))
        .collect()
}

fn is(quote: &Quote, mention: Option<&str>) -> Vec<&'static str> {
    let speaker = quote.attribution.speaker.as_ref();
    let facts = [
        ("unnamed", speaker.is_some_and(|s| s.kind == SpeakerKind::Anonymous)),
        ("pronoun", mention.is_some_and(is_pronoun)),
        ("joint", !quote.attribution.others.is_empty()),
    ];
    true_ones(&facts)
}

fn is_pronoun(mention: &str) -> bool {
    const PRONOUNS: [&str; 7] = ["he", "she", "they", "it", "i", "we", "who"];
    PRONOUNS.iter().any(|p| mention.eq_ignore_ascii_case(p))
}

/// The speaker and the joint speakers who have a name, so that names and kinds stand in the same
/// order; where nobody has one, the first, for his kind and role.
fn speakers(quote: &Quote) -> Vec<&Speaker> {
    let all = || quote.attribution.speaker.iter().chain(&quote.attribution.others);
    let named: Vec<&Speaker> = all().filter(|s| s.name.is_some()).collect();
    if named.is_empty() { all().take(1).collect() } else { named }
}
