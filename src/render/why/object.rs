//! The decision as an object.

use super::sure;
use crate::article::Article;
use crate::quotes::Quote;
use crate::quotes::why::{Reports, RunnerUp, Step, Why};
use crate::render::json::{merged, rounded};
use crate::text::{CharOffsets, Span};
use serde_json::{Value, json};

/// How the decision about a quote was made; null where the article is read otherwise now:
/// `{"explanation":…,"sure":…,"shares":{"id":…,…},"reports":{"odds":…,"needed":…,"parts":[…]},"steps":[{"text":…,
/// "paragraph":…,"sentence":{…},"how":…,"reasons":[…],"passed_over":{…}}],"runner_up":{"text":…,"name":…,
/// "ahead":…,"parts":[…]}}`. Words are `{"text":…,"start":…,"end":…}`.
pub fn object(article: &Article, quote: &Quote, told: Option<&Why>) -> Value {
    let Some(told) = told else { return Value::Null };
    let places = Places { article, offsets: CharOffsets::new(article.text.as_str()) };
    let attribution = &quote.attribution;
    let shares = told.shares.as_ref().map(|other| {
        let basis = other.attribution.basis;
        let rest = json!({"id": other.id(&article.id), "how": basis, "explanation": basis.explain()});
        merged(places.of(other.pieces[0]), rest)
    });
    json!({
        "explanation": attribution.basis.explain(),
        "sure": attribution.mention.map(|_| sure(attribution.confidence)),
        "shares": shares,
        "reports": told.reports.as_ref().map(|reports| places.reports(reports)),
        "steps": told.steps.iter().map(|step| places.step(step)).collect::<Vec<_>>(),
        "runner_up": told.runner_up.as_ref().map(|other| places.runner_up(other)),
    })
}

/// Spans of an article as objects.
struct Places<'a> {
    article: &'a Article,
    offsets: CharOffsets<'a>,
}

impl Places<'_> {
    fn of(&self, span: Span) -> Value {
        let [start, end] = self.offsets.span(span);
        json!({"text": self.article.text.slice(span), "start": start, "end": end})
    }

    fn reports(&self, reports: &Reports) -> Value {
        let parts = reports.parts.iter().map(|part| {
            let words: Vec<Value> = part.words.iter().map(|span| self.of(*span)).collect();
            json!({"what": part.what, "odds": rounded(part.odds), "words": words})
        });
        let parts: Vec<Value> = parts.collect();
        json!({"odds": rounded(reports.odds), "needed": rounded(reports.needed), "parts": parts})
    }

    fn step(&self, step: &Step) -> Value {
        let other = step.passed_over.as_ref().map(|other| {
            let rest = json!({"name": other.name, "behind": rounded(other.behind)});
            merged(self.of(other.mention), rest)
        });
        let rest = json!({
            "paragraph": self.article.text.paragraph_at(step.mention.start) + 1,
            "sentence": self.of(step.sentence),
            "how": step.how,
            "explanation": step.how.explain(),
            "reasons": step.reasons,
            "passed_over": other,
        });
        merged(self.of(step.mention), rest)
    }

    fn runner_up(&self, other: &RunnerUp) -> Value {
        let parts = other.leads.iter().map(|lead| {
            json!({
                "what": lead.what, "odds": rounded(lead.odds),
                "chosen": lead.chosen, "other": lead.other,
            })
        });
        let parts: Vec<Value> = parts.collect();
        let rest = json!({"name": other.name, "ahead": other.ahead.map(rounded), "parts": parts});
        merged(self.of(other.mention), rest)
    }
}
