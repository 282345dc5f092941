//! The records that `from` paths of `fields.toml` point into.
//!
//! Of an article: `unit`, `id`, `key`, `has`, `is`, `short`, `likeness`, `article.…` (its metadata, `article.id`,
//! `article.key`, `article.day`, `article.last_day`). Of a quote besides: `quote.…` (the quote as
//! serialised), `speakers.name|kind|role` (the speaker and joint speakers), `mention`, `start`,
//! `is`, `saying`.

use crate::article::Article;
use crate::quotes::{Quote, Speaker, SpeakerKind};
use crate::schema::{sayings, shingles, short_names};
use serde_json::{Map, Value, json};

/// An id's digits as a number; ids sort as these numbers do. 0 where it is no id.
pub fn key(id: &str) -> u64 {
    id.get(1..).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0)
}

/// The record of an article.
pub(crate) fn of_article(article: &Article) -> Value {
    let meta = meta(article);
    let has = known(&meta);
    json!({
        "unit": "article",
        "id": article.id,
        "key": key(&article.id),
        "has": has,
        "is": article.meta.is_wire().then_some("wire"),
        "short": short_names::explained(article.text.as_str()),
        "likeness": shingles::likeness(article.text.as_str()),
        "article": meta,
    })
}

/// The record of a quote; `article` is its article's record.
pub(crate) fn of_quote(article: &Article, record: &Value, quote: &Quote, id: &str) -> Value {
    let mention = quote.attribution.mention.map(|m| article.text.slice(m));
    let mut has = record["has"].as_array().cloned().unwrap_or_default();
    let first = quote.attribution.speaker.as_ref();
    let facts = [
        ("speaker", first.is_some()),
        ("cue", quote.cue.is_some()),
        ("name", first.is_some_and(|s| s.name.is_some())),
        ("role", first.is_some_and(|s| s.role.is_some())),
    ];
    has.extend(facts.iter().filter(|f| f.1).map(|f| json!(f.0)));
    json!({
        "unit": "quote",
        "id": id,
        "key": key(id),
        "has": has,
        "is": is(article, quote, mention),
        "saying": sayings::saying(&quote.words(&article.text), first.and_then(|s| s.name.as_deref())),
        "article": record["article"],
        "quote": quote,
        "speakers": speakers(quote),
        "short": first.and_then(|s| short_names::used(mention?, s.name.as_deref()?)),
        "mention": mention,
        "start": quote.pieces.first().map(|p| p.start),
    })
}

fn meta(article: &Article) -> Map<String, Value> {
    let mut meta = match serde_json::to_value(&article.meta) {
        Ok(Value::Object(meta)) => meta,
        _ => Map::new(),
    };
    meta.insert("id".into(), json!(article.id));
    meta.insert("key".into(), json!(key(&article.id)));
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

fn is(article: &Article, quote: &Quote, mention: Option<&str>) -> Vec<&'static str> {
    let speaker = quote.attribution.speaker.as_ref();
    let facts = [
        ("unnamed", speaker.is_some_and(|s| s.kind == SpeakerKind::Anonymous)),
        ("pronoun", mention.is_some_and(is_pronoun)),
        ("joint", !quote.attribution.others.is_empty()),
        ("wire", article.meta.is_wire()),
    ];
    facts.iter().filter(|f| f.1).map(|f| f.0).collect()
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
