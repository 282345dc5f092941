//! The declared index: the schema on disk, and documents that come back as what they were.

use onrecord::article::{Article, Meta};
use onrecord::quotes::{self, Attribution, Basis, Cue, Found, Kind, Quote, Reading, Speaker, SpeakerKind};
use onrecord::schema::{self, declared, fields, schema};
use onrecord::text::{Span, Text};
use std::collections::BTreeSet;
use std::path::Path;
use tantivy::schema::document::CompactDocValue;
use tantivy::schema::{Document, Field, Type, Value};
use tantivy::tokenizer::TokenStream;
use tantivy::{Index, TantivyDocument};

/// The derived schema is reviewed in diffs: `UPDATE=1 cargo test schema` writes it.
#[test]
fn the_derived_schema_is_the_reviewed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("index-schema/tantivy.json");
    let derived = serde_json::to_string_pretty(schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &derived).unwrap();
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        derived == reviewed,
        "index-schema/tantivy.json is not what fields.toml gives: UPDATE=1 cargo test schema"
    );
}

#[test]
fn every_declared_field_has_a_handle_and_says_what_it_is() {
    let handles = format!("{:?}", fields());
    for (number, field) in declared().iter().enumerate() {
        assert!(
            handles.contains(&format!("{}: Field({number})", field.name)),
            "no handle for {}",
            field.name
        );
        assert!(field.doc.len() > 5, "{} says nothing", field.name);
        assert!(!field.facet || field.fast, "{} is a facet and cannot be counted", field.name);
    }
}

const BODY: &str = "“We shall cooperate,” said Viktória Szabó, the minister.\n\nHe denied it.";

fn article() -> Article {
    let meta = Meta {
        title: Some("Minister’s pledge".into()),
        date: "2016-10".parse().ok(),
        outlet: Some("The Daily Lantern".into()),
        path: "2016/a.txt".into(),
        ..Meta::default()
    };
    Article::new(meta, Text::new(BODY.into()))
}

fn span(words: &str) -> Span {
    let at = BODY.find(words).unwrap();
    Span::new(at, at + words.len())
}

fn found() -> Found {
    let speaker = Speaker {
        name: Some("Viktória Szabó".into()),
        kind: SpeakerKind::Person,
        role: Some("minister".into()),
        chain: vec![],
    };
    let quote = Quote {
        pieces: vec![span("“We shall cooperate,”")],
        quoted: vec![span("“We shall cooperate,”")],
        kind: Kind::Direct,
        cue: Some(Cue { span: span("said"), lemma: "say".into() }),
        attribution: Attribution {
            mention: Some(span("Viktória Szabó")),
            speaker: Some(speaker),
            others: vec![],
            basis: Basis::None,
            confidence: 0.75,
        },
    };
    Found {
        quotes: vec![quote],
        sentences: quotes::find(&Text::new(BODY.into()), Reading::English).sentences,
    }
}

/// The documents as they come out of the index, with what is only searched too.
fn documents(article: &Article, found: Found) -> Vec<TantivyDocument> {
    schema::documents(article, found).into_iter().map(Document::into_tantivy_document).collect()
}

/// Every value of a field of a document, as text.
fn values(doc: &TantivyDocument, name: &str) -> Vec<String> {
    let field = schema().get_field(name).unwrap();
    let text = |value: &dyn Fn() -> Option<String>| value().unwrap_or_else(|| "?".into());
    doc.get_all(field)
        .map(|v| {
            text(&|| {
                v.as_str()
                    .map(str::to_owned)
                    .or(v.as_u64().map(|n| n.to_string()))
                    .or(v.as_i64().map(|n| n.to_string()).or(v.as_f64().map(|n| n.to_string())))
            })
        })
        .collect()
}

/// The words of a field as they go to the index, marks shown as `|` and `¶`.
fn words(doc: &TantivyDocument, name: &str) -> String {
    let field = schema().get_field(name).unwrap();
    let index = Index::create_in_ram(schema().clone());
    schema::register(&index);
    let mut words = Vec::new();
    let made = doc.get_first(field).unwrap().as_str().unwrap();
    let mut analyzer = index.tokenizer_for_field(field).unwrap();
    analyzer.token_stream(made).process(&mut |token| words.push(token.text.clone()));
    words.join(" ").replace("\u{3} ", "¶").replace("\u{2} ", "|")
}

#[test]
fn an_article_and_its_quotes_become_documents_and_come_back() {
    let (article, found) = (article(), found());
    let docs = documents(&article, found.clone());
    assert_eq!(docs.len(), 2);
    assert_eq!(schema::article_from(&docs[0]).unwrap(), (article, found.quotes));
    assert!(schema::article_from(&docs[1]).is_err());
}

/// A value of another type would lose everything since the last commit.
#[test]
fn every_value_is_of_the_type_of_its_field() {
    let (article, found) = (article(), found());
    let documents = documents(&article, found);
    let fits = |(field, value): (Field, CompactDocValue<'_>)| {
        let entry = schema().get_field_entry(field);
        let of_type = |value: CompactDocValue<'_>| match entry.field_type().value_type() {
            Type::Str => value.as_str().is_some(),
            Type::U64 => value.as_u64().is_some(),
            Type::I64 => value.as_i64().is_some(),
            Type::Bytes => value.as_bytes().is_some(),
            _ => false,
        };
        let fits = value.as_array().map_or(of_type(value), |mut all| all.all(of_type));
        assert!(fits, "{}", entry.name());
        field
    };
    let met: BTreeSet<Field> = documents.iter().flat_map(TantivyDocument::field_values).map(fits).collect();
    let seldom = ["section", "byline", "place", "agency", "lang", "is", "short", "likeness", "pieces"];
    let missing = declared().iter().map(|field| field.name.as_str()).enumerate();
    let missing: Vec<&str> = missing
        .filter(|(number, _)| !met.contains(&Field::from_field_id(*number as u32)))
        .map(|(_, name)| name)
        .filter(|name| !seldom.contains(name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn a_quote_carries_what_it_is_asked_for() {
    let (article, found) = (article(), found());
    let quote = &documents(&article, found)[1];
    let expected = [
        ("unit", "quote"),
        ("article", &article.id),
        ("speaker", "Viktória Szabó"),
        ("speaker_kind", "person"),
        ("mention", "Viktória Szabó"),
        ("role", "minister"),
        ("cue", "say"),
        ("kind", "direct"),
        ("conf", "750"),
        ("nth", "1"),
    ];
    for (field, value) in expected {
        assert_eq!(values(quote, field), [value], "{field}");
    }
    let names: BTreeSet<&str> =
        quote.iter_fields_and_values().map(|(f, _)| schema().get_field_name(f)).collect();
    assert!(!names.contains("record") && !names.contains("text"), "all that is stored is stored once");
}

#[test]
fn an_article_carries_what_it_is_asked_for() {
    let article = article();
    let docs = documents(&article, found());
    let expected = [
        ("unit", "article"),
        ("article", &article.id),
        ("nth", "0"),
        ("outlet", "The Daily Lantern"),
        ("day", "17075"),
        ("last_day", "17105"),
    ];
    for (field, value) in expected {
        assert_eq!(values(&docs[0], field), [value], "{field}");
    }
    assert_eq!(values(&docs[0], "has"), ["title", "date", "outlet"]);
    assert_eq!(words(&docs[0], "title"), "minister pledge");
    assert_eq!(words(&docs[0], "path"), "2016 a.txt");
    let kept = schema().get_field("reported").unwrap();
    let kept = |at: usize| docs[at].get_first(kept).unwrap().as_u64().unwrap();
    assert_eq!(schema::count(kept(0)), docs.len() - 1);
    let mut quotes = Vec::new();
    schema::all_quotes(&[kept(1)], &mut quotes);
    let said = quotes[0].words().unwrap();
    let body = words(&docs[0], "body").replace(['|', '¶'], "");
    let body: Vec<&str> = body.split(' ').collect();
    assert_eq!(body[said.start as usize..said.end as usize], ["we", "shall", "cooperate"]);
}
