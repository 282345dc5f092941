//! The stable JSON of hits and articles: `"v":1` on every object, offsets in characters of the
//! article's `text`, end exclusive.

use crate::article::Article;
use crate::quotes::{Attribution, Quote, Speaker};
use crate::search::{ArticleHit, Facet, Hit, QuoteHit, SpeakerHit};
use crate::text::{CharOffsets, Span};
use serde_json::{Map, Value, json};

/// One hit as an object.
pub fn hit(hit: &Hit) -> Value {
    match hit {
        Hit::Quote(quote) => quote_hit(quote),
        Hit::Article(article) => article_hit(article),
    }
}

/// Facet counts as an object: `{"v":1,"type":"facet","field":…,"values":[{"value":…,"count":…}]}`.
pub fn facet(facet: &Facet) -> Value {
    let values: Vec<Value> =
        facet.values.iter().map(|v| json!({"value": v.value, "count": v.count})).collect();
    json!({"v": 1, "type": "facet", "field": facet.field.name(), "values": values, "missing": facet.missing})
}

/// A speaker as an object: `{"v":1,"type":"speaker","name":…,"quotes":…,"names":[{"name":…,"quotes":…}],
/// "outlets":[{"outlet":…,"quotes":…}]}`.
pub fn speaker_hit(hit: &SpeakerHit) -> Value {
    let counts = |what: &str, counts: &[(String, u64)]| -> Vec<Value> {
        counts.iter().map(|(name, count)| json!({what: name, "quotes": count})).collect()
    };
    json!({
        "v": 1, "type": "speaker", "name": hit.name, "kind": hit.kind, "quotes": hit.count,
        "names": counts("name", &hit.names), "outlets": counts("outlet", &hit.outlets),
        "first": hit.first.map(|d| d.to_string()), "last": hit.last.map(|d| d.to_string()),
    })
}

/// One article with all its quotes, as `extract` prints it.
pub fn extracted(article: &Article, quotes: &[Quote]) -> Value {
    let offsets = CharOffsets::new(article.text.as_str());
    let quotes: Vec<Value> = quotes
        .iter()
        .map(|q| {
            let mut row = quote(article, q, &offsets);
            row.insert("id".into(), q.id(&article.id).into());
            Value::Object(row)
        })
        .collect();
    let mut row = Map::new();
    row.insert("v".into(), 1.into());
    row.insert("type".into(), "article".into());
    row.insert("id".into(), article.id.clone().into());
    row.extend(meta(article));
    row.insert("text".into(), article.text.as_str().into());
    row.insert("quotes".into(), quotes.into());
    Value::Object(row)
}

fn quote_hit(hit: &QuoteHit) -> Value {
    let offsets = CharOffsets::new(hit.article.text.as_str());
    let mut row = Map::new();
    row.insert("v".into(), 1.into());
    row.insert("type".into(), "quote".into());
    row.insert("id".into(), hit.id.clone().into());
    row.extend(quote(&hit.article, &hit.quote, &offsets));
    // Who it is across the archive, not within the one article alone.
    if let (Some(speaker), Some(name)) = (row.get_mut("speaker"), hit.speaker_name()) {
        speaker["name"] = name.into();
    }
    let context = hit.article.text.slice(hit.context());
    row.insert("article".into(), article_of(&hit.article));
    row.insert("context".into(), context.into());
    row.insert("matches".into(), within_text(&hit.text_matches()));
    row.insert("score".into(), score(hit.score));
    Value::Object(row)
}

fn article_hit(hit: &ArticleHit) -> Value {
    let offsets = CharOffsets::new(hit.article.text.as_str());
    let mut row = Map::new();
    row.insert("v".into(), 1.into());
    row.insert("type".into(), "article".into());
    row.insert("id".into(), hit.article.id.clone().into());
    row.extend(meta(&hit.article));
    row.insert("context".into(), hit.article.text.slice(hit.context()).into());
    row.insert("matches".into(), spans(&hit.matches, &offsets));
    row.insert("score".into(), score(hit.score));
    Value::Object(row)
}

/// The fields of a quote that do not depend on a search.
fn quote(article: &Article, quote: &Quote, offsets: &CharOffsets<'_>) -> Map<String, Value> {
    let mut row = Map::new();
    let [start, end] = offsets.span(quote.span());
    row.insert("text".into(), quote.words(&article.text).into());
    row.insert("kind".into(), json!(quote.kind));
    row.insert("start".into(), start.into());
    row.insert("end".into(), end.into());
    row.insert("spans".into(), spans(&quote.pieces, offsets));
    row.insert("quoted".into(), spans(&quote.quoted, offsets));
    row.insert("speaker".into(), speaker(article, &quote.attribution, offsets));
    let others: Vec<Value> = quote.attribution.others.iter().map(who).map(Value::Object).collect();
    row.insert("others".into(), others.into());
    let cue = quote.cue.as_ref().map(|cue| {
        let [start, end] = offsets.span(cue.span);
        json!({"text": article.text.slice(cue.span), "lemma": cue.lemma, "start": start, "end": end})
    });
    row.insert("cue".into(), cue.unwrap_or(Value::Null));
    row.insert("confidence".into(), rounded(quote.attribution.confidence));
    row
}

fn speaker(article: &Article, attribution: &Attribution, offsets: &CharOffsets<'_>) -> Value {
    let Some(mention) = attribution.mention else { return Value::Null };
    let mut row = attribution.speaker.as_ref().map(who).unwrap_or_default();
    let [start, end] = offsets.span(mention);
    row.insert("mention".into(), article.text.slice(mention).into());
    row.insert("start".into(), start.into());
    row.insert("end".into(), end.into());
    row.insert("how".into(), json!(attribution.basis));
    Value::Object(row)
}

fn who(speaker: &Speaker) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert("name".into(), json!(speaker.name));
    row.insert("kind".into(), json!(speaker.kind));
    row.insert("role".into(), json!(speaker.role));
    row
}

fn article_of(article: &Article) -> Value {
    let mut row = Map::new();
    row.insert("id".into(), article.id.clone().into());
    row.extend(meta(article));
    Value::Object(row)
}

fn meta(article: &Article) -> Map<String, Value> {
    let m = &article.meta;
    let fields = [
        ("title", &m.title),
        ("date", &m.date.map(|d| d.to_string())),
        ("outlet", &m.outlet),
        ("byline", &m.byline),
        ("section", &m.section),
        ("place", &m.place),
        ("lang", &m.lang),
        ("url", &m.url),
        ("path", &Some(m.path.clone())),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect()
}

fn spans(spans: &[Span], offsets: &CharOffsets<'_>) -> Value {
    spans.iter().map(|s| json!(offsets.span(*s))).collect()
}

/// Matches that are already offsets in characters of the quote's own `text`.
fn within_text(matches: &[[usize; 2]]) -> Value {
    matches.iter().map(|m| json!(m)).collect()
}

/// Scores and confidences with as many digits as mean something.
pub(super) fn rounded(value: f32) -> Value {
    json!((f64::from(value) * 1000.0).round() / 1000.0)
}

fn score(value: f32) -> Value {
    rounded(value)
}
