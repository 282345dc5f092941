//! The stable JSON of hits and articles: `"v":1` on every object, offsets in characters of the
//! article's `text`, end exclusive.

use crate::article::Article;
use crate::ingest::Problem;
use crate::quotes::{Attribution, Basis, Cue, Kind, Quote, Speaker, SpeakerKind};
use crate::render::safe::shows;
use crate::search::{ArticleHit, Facet, Hit, QuoteHit, SpeakerHit};
use crate::text::{CharOffsets, Span};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// An object on one line. What could command a terminal, or is no character of a line, is written
/// as `\u009b`.
pub fn line(row: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(row).map(escaped)
}

/// The same over several lines.
pub fn pretty(row: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(row).map(escaped)
}

/// JSON as it may be printed. Outside of strings it is ASCII, so that what is escaped stands in one.
fn escaped(json: String) -> String {
    let written = |c: char| c == '\n' || shows(c);
    let plain = |byte: u8| matches!(byte, b'\n' | b' '..0x7F);
    if json.bytes().all(plain) || json.chars().all(written) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if written(c) {
            out.push(c);
        } else {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        }
    }
    out
}

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

/// Why a file was not read, as an object: `{"v":1,"type":"problem","path":…,"code":…,"message":…}`.
pub fn problem(problem: &Problem) -> Value {
    of_file("problem", problem)
}

/// What is to be known of a file that was read.
pub fn note(note: &Problem) -> Value {
    of_file("note", note)
}

fn of_file(r#type: &str, problem: &Problem) -> Value {
    let Problem { path, member, place, code, message } = problem;
    let path = path.to_string_lossy();
    json!({
        "v": 1, "type": r#type, "path": path, "member": member, "place": place, "code": code, "message": message,
    })
}

/// One article with all its quotes, as `extract` prints it.
pub fn extracted(article: &Article, quotes: &[Quote]) -> Value {
    json!(ExtractedRow::new(article, quotes))
}

/// The same as a line, written straight from what was found.
pub fn extracted_line(article: &Article, quotes: &[Quote]) -> serde_json::Result<Vec<u8>> {
    let mut line = line(&ExtractedRow::new(article, quotes))?;
    line.push('\n');
    Ok(line.into_bytes())
}

/// An article with its quotes.
#[derive(Serialize)]
struct ExtractedRow<'a> {
    v: u32,
    r#type: &'static str,
    id: &'a str,
    #[serde(flatten)]
    meta: Map<String, Value>,
    text: &'a str,
    quotes: Vec<ExtractedQuote<'a>>,
}

#[derive(Serialize)]
struct ExtractedQuote<'a> {
    #[serde(flatten)]
    quote: QuoteRow<'a>,
    id: String,
}

impl<'a> ExtractedRow<'a> {
    fn new(article: &'a Article, quotes: &'a [Quote]) -> ExtractedRow<'a> {
        let offsets = CharOffsets::new(article.text.as_str());
        let row = |q: &'a Quote| ExtractedQuote { quote: quote(article, q, &offsets), id: q.id(&article.id) };
        ExtractedRow {
            v: 1,
            r#type: "article",
            id: &article.id,
            meta: meta(article),
            text: article.text.as_str(),
            quotes: quotes.iter().map(row).collect(),
        }
    }
}

pub(super) fn quote_hit(hit: &QuoteHit) -> Value {
    let offsets = CharOffsets::new(hit.article.text.as_str());
    let mut row = Map::new();
    row.insert("v".into(), 1.into());
    row.insert("type".into(), "quote".into());
    row.insert("id".into(), hit.id.clone().into());
    if let Value::Object(fields) = json!(quote(&hit.article, &hit.quote, &offsets)) {
        row.extend(fields);
    }
    // Who it is across the archive, not within the one article alone.
    if let (Some(speaker), Some(name)) = (row.get_mut("speaker"), hit.speaker_name()) {
        speaker["name"] = name.into();
    }
    let context = hit.article.text.slice(hit.context());
    row.insert("article".into(), article_of(&hit.article));
    row.insert("context".into(), context.into());
    row.insert("matches".into(), within_text(&hit.text_matches()));
    row.insert("score".into(), score(hit.score));
    row.insert("copies".into(), hit.copies.into());
    Value::Object(row)
}

pub(super) fn article_hit(hit: &ArticleHit) -> Value {
    let offsets = CharOffsets::new(hit.article.text.as_str());
    let mut row = Map::new();
    row.insert("v".into(), 1.into());
    row.insert("type".into(), "article".into());
    row.insert("id".into(), hit.article.id.clone().into());
    row.extend(meta(&hit.article));
    row.insert("context".into(), hit.article.text.slice(hit.context()).into());
    row.insert("matches".into(), spans(&hit.matches, &offsets));
    row.insert("score".into(), score(hit.score));
    row.insert("copies".into(), hit.copies.into());
    Value::Object(row)
}

/// The fields of a quote that do not depend on a search.
#[derive(Serialize)]
struct QuoteRow<'a> {
    text: String,
    kind: Kind,
    start: usize,
    end: usize,
    spans: Vec<[usize; 2]>,
    quoted: Vec<[usize; 2]>,
    speaker: Option<SpeakerRow<'a>>,
    others: Vec<Who<'a>>,
    cue: Option<CueRow<'a>>,
    confidence: f64,
}

#[derive(Serialize)]
struct SpeakerRow<'a> {
    #[serde(flatten)]
    who: Option<Who<'a>>,
    mention: &'a str,
    start: usize,
    end: usize,
    how: Basis,
}

#[derive(Serialize)]
struct Who<'a> {
    name: Option<&'a str>,
    kind: SpeakerKind,
    role: Option<&'a str>,
}

#[derive(Serialize)]
struct CueRow<'a> {
    text: &'a str,
    lemma: &'a str,
    start: usize,
    end: usize,
}

fn quote<'a>(article: &'a Article, quote: &'a Quote, offsets: &CharOffsets<'_>) -> QuoteRow<'a> {
    let [start, end] = offsets.span(quote.span());
    let spans = |spans: &[Span]| spans.iter().map(|s| offsets.span(*s)).collect();
    let cue = |cue: &'a Cue| {
        let [start, end] = offsets.span(cue.span);
        CueRow { text: article.text.slice(cue.span), lemma: &cue.lemma, start, end }
    };
    QuoteRow {
        text: quote.words(&article.text),
        kind: quote.kind,
        start,
        end,
        spans: spans(&quote.pieces),
        quoted: spans(&quote.quoted),
        speaker: speaker(article, &quote.attribution, offsets),
        others: quote.attribution.others.iter().map(who).collect(),
        cue: quote.cue.as_ref().map(cue),
        confidence: rounded(quote.attribution.confidence),
    }
}

fn speaker<'a>(
    article: &'a Article,
    attribution: &'a Attribution,
    offsets: &CharOffsets<'_>,
) -> Option<SpeakerRow<'a>> {
    let mention = attribution.mention?;
    let [start, end] = offsets.span(mention);
    let who = attribution.speaker.as_ref().map(who);
    Some(SpeakerRow { who, mention: article.text.slice(mention), start, end, how: attribution.basis })
}

fn who(speaker: &Speaker) -> Who<'_> {
    Who { name: speaker.name.as_deref(), kind: speaker.kind, role: speaker.role.as_deref() }
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
        ("agency", &m.agency),
        ("section", &m.section),
        ("place", &m.place),
        ("lang", &m.lang),
        ("url", &m.url),
        ("path", &Some(m.path.clone())),
    ];
    let mut known: Map<String, Value> =
        fields.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
    // Stated where there is one: it is rare, and must not be overlooked.
    if let Some(until) = &m.embargo {
        known.insert("embargo".into(), json!(until));
    }
    known
}

fn spans(spans: &[Span], offsets: &CharOffsets<'_>) -> Value {
    spans.iter().map(|s| json!(offsets.span(*s))).collect()
}

/// Matches that are already offsets in characters of the quote's own `text`.
fn within_text(matches: &[[usize; 2]]) -> Value {
    matches.iter().map(|m| json!(m)).collect()
}

/// The fields of both objects.
pub(super) fn merged(mut one: Value, two: Value) -> Value {
    if let (Value::Object(one), Value::Object(two)) = (&mut one, two) {
        one.extend(two);
    }
    one
}

/// Scores and confidences with as many digits as mean something.
pub(super) fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

fn score(value: f32) -> Value {
    json!(rounded(value))
}
