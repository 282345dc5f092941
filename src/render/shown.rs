//! `show`, for people: a quote in its place and why it is whose; an article with its quotes.

use crate::article::Article;
use crate::quotes::Quote;
use crate::quotes::why::Why;
use crate::render::human::{DIM, MATCH, NAME, PLAIN, dated, hit, outlet, quote_words, who, within};
use crate::render::layout::{Words, paint};
use crate::render::safe;
use crate::render::why::{again, rows};
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
        out.push_str(&why(found, quotes, detail.width));
    }
    out
}

/// Why the quote, or each of the article, is whose.
fn why(found: &Hit, quotes: &[(String, Quote)], width: usize) -> String {
    match found {
        Hit::Quote(hit) => {
            let told = again(&hit.article, &[&hit.quote]);
            rows(&hit.article, &hit.quote, told.first().and_then(Option::as_ref), hit.speaker_name(), width)
        }
        Hit::Article(of) => {
            let told = again(&of.article, &quotes.iter().map(|(_, quote)| quote).collect::<Vec<_>>());
            let one = |((id, quote), told): (&(String, Quote), Option<Why>)| {
                format!("\n{id}\n{}", rows(&of.article, quote, told.as_ref(), None, width))
            };
            quotes.iter().zip(told).map(one).collect()
        }
    }
}

/// Title, what is known, the text with the reported words set off, the quotes with their speakers.
fn article(article: &Article, quotes: &[(String, Quote)], detail: Detail) -> String {
    let meta = &article.meta;
    let title = meta.title.as_deref().unwrap_or("(no title)");
    let (date, outlet) = (dated(article), outlet(article));
    let agency = meta.agency.as_ref().filter(|_| meta.is_wire()).map(|agency| format!("text of {agency}"));
    let known = [
        meta.byline.as_deref(),
        agency.as_deref(),
        Some(&date),
        Some(&outlet),
        meta.section.as_deref(),
        meta.url.as_deref(),
    ];
    let known: Vec<String> = known.into_iter().flatten().map(|k| safe(k).into_owned()).collect();
    let embargo =
        meta.embargo.as_ref().map(|until| paint(&safe(&format!("EMBARGOED: {until}")), MATCH) + "\n");
    let place = format!("{} · {}", article.id, safe(&meta.path));
    let mut out = format!(
        "{}{}{}{}\n\n",
        Words::line(title, NAME, detail.width),
        embargo.unwrap_or_default(),
        Words::line(&known.join(" · "), DIM, detail.width),
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
