//! `show`, for people: a quote in its place and why it is whose; an article with its quotes.

use crate::article::Article;
use crate::quotes::Quote;
use crate::render::human::{DIM, MATCH, NAME, PLAIN, dated, hit, outlet, quote_words, who, within};
use crate::render::layout::{Words, paint};
use crate::render::safe;
use crate::search::Hit;
use crate::text::Span;

/// What is shown besides the hit itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The whole article.
    pub full: bool,
    /// Why this speaker.
    pub why: bool,
    /// Columns.
    pub width: usize,
}

/// A hit; `quotes` are those of its article with their ids.
pub fn shown(found: &Hit, quotes: &[(String, Quote)], detail: Detail) -> String {
    let mut out = match found {
        Hit::Quote(_) if !detail.full => hit(found, detail.width),
        _ => article(found.article(), quotes, detail),
    };
    if detail.why {
        match found {
            Hit::Quote(quote) => {
                out.push_str(&why(quote.article.as_ref(), &quote.quote, quote.speaker_name()))
            }
            Hit::Article(of) => {
                for (id, quote) in quotes {
                    let name = quote.attribution.speaker.as_ref().and_then(|s| s.name.as_deref());
                    out.push_str(&format!("\n{id}\n{}", why(&of.article, quote, name)));
                }
            }
        }
    }
    out
}

/// Title, what is known, the text with the reported words set off, the quotes with their speakers.
fn article(article: &Article, quotes: &[(String, Quote)], detail: Detail) -> String {
    let meta = &article.meta;
    let title = meta.title.as_deref().unwrap_or("(no title)");
    let (date, outlet) = (dated(article), outlet(article));
    let known =
        [meta.byline.as_deref(), Some(&date), Some(&outlet), meta.section.as_deref(), meta.url.as_deref()];
    let known: Vec<String> = known.into_iter().flatten().map(|k| safe(k).into_owned()).collect();
    let place = format!("{} · {}", article.id, safe(&meta.path));
    let mut out = format!(
        "{}\n{}\n{}\n\n",
        paint(&safe(title), NAME),
        paint(&known.join(" · "), DIM),
        paint(&place, DIM)
    );
    if detail.full || quotes.is_empty() {
        let said: Vec<Span> = quotes.iter().flat_map(|(_, q)| q.pieces.iter().copied()).collect();
        for paragraph in article.text.paragraphs() {
            let mut words = Words::default();
            words.push(article.text.slice(*paragraph), PLAIN, &within(*paragraph, &said), MATCH);
            out.push_str(&words.set(detail.width, ""));
            out.push('\n');
        }
    }
    for (id, quote) in quotes {
        let name = quote.attribution.speaker.as_ref().and_then(|s| s.name.as_deref());
        let who = paint(&safe(&who(quote, article, name)), NAME);
        out.push_str(&format!("{who} {}\n", paint(&format!("· {} · {id}", quote.kind.name()), DIM)));
        out.push_str(&quote_words(article, quote, &[], detail.width));
    }
    out
}

/// The decision, row by row: the words that mark the speaker, the rule, the chain to the name, how
/// sure it is, the words that report.
fn why(article: &Article, quote: &Quote, name: Option<&str>) -> String {
    let words = |span: Span| format!("“{}”", safe(article.text.slice(span)));
    let attribution = &quote.attribution;
    let speaker = attribution.speaker.as_ref();
    let mut rows = vec![("kind", quote.kind.name().to_owned())];
    rows.push(("rule", format!("{} ({})", attribution.basis.explain(), attribution.basis.name())));
    if let Some(cue) = &quote.cue {
        rows.push(("cue", format!("{}, a form of “{}”", words(cue.span), cue.lemma)));
    }
    if let Some(mention) = attribution.mention {
        let chain = speaker.map(|s| s.chain.as_slice()).unwrap_or_default();
        let steps: Vec<String> = std::iter::once(mention).chain(chain.iter().copied()).map(words).collect();
        rows.push(("mention", steps.join(" → ")));
    }
    if let Some(name) = name {
        rows.push((
            "speaker",
            format!("{} ({})", safe(name), speaker.map(|s| s.kind.name()).unwrap_or_default()),
        ));
    }
    if let Some(role) = speaker.and_then(|s| s.role.as_deref()) {
        rows.push(("role", safe(role).into_owned()));
    }
    rows.push(("sure", format!("{:.0} %", attribution.confidence * 100.0)));
    rows.iter().map(|(label, value)| format!("  {}{value}\n", paint(&format!("{label:<9}"), DIM))).collect()
}
