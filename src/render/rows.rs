//! Hits and articles as rows of styled text, for a screen that scrolls.

use crate::article::Article;
use crate::quotes::Quote;
use crate::render::human::{DIM, MATCH, NAME, PLAIN, dated, outlet, who, within};
use crate::render::layout::{Row, Words, cut};
use crate::render::safe;
use crate::search::{Hit, QuoteHit};
use crate::text::Span;
use anstyle::Style;

/// Reported words in an article.
const SAID: Style = Style::new().underline();
/// Those of the quote that was opened.
const OPENED: Style = Style::new().bold().underline();
/// How many rows of its words a hit has in a list.
const MOST_ROWS: usize = 3;

/// A hit in a list: who or what, where and when; the words, cut.
pub fn hit_rows(hit: &Hit, width: usize) -> Vec<Row> {
    let mut words = Words::default();
    let (name, facts) = match hit {
        Hit::Quote(quote) => {
            for (i, piece) in quote.quote.pieces.iter().enumerate() {
                if i > 0 {
                    words.push("…", DIM, &[], PLAIN);
                }
                words.push(quote.article.text.slice(*piece), PLAIN, &within(*piece, &quote.matches), MATCH);
            }
            (speaker(quote), facts(&quote.article))
        }
        Hit::Article(of) => {
            let part = of.context();
            words.push(of.article.text.slice(part), PLAIN, &within(part, &of.matches), MATCH);
            (title(&of.article), facts(&of.article))
        }
    };
    let mut rows = vec![vec![(cut(&name, width), NAME)]];
    let copies = if hit.copies() > 0 { format!(" · +{}", hit.copies()) } else { String::new() };
    rows.push(vec![(cut(&(facts + &copies), width), DIM)]);
    let mut said = words.rows(width);
    if said.len() > MOST_ROWS {
        said.truncate(MOST_ROWS);
        if let Some(last) = said.last_mut() {
            last.push((" …".to_owned(), DIM));
        }
    }
    rows.extend(said);
    rows
}

/// Who said it, and by which verb.
fn speaker(hit: &QuoteHit) -> String {
    let name = who(&hit.quote, &hit.article, hit.speaker_name());
    match &hit.quote.cue {
        Some(cue) => format!("{name} {}", hit.article.text.slice(cue.span)),
        None => name,
    }
}

fn title(article: &Article) -> String {
    article.meta.title.clone().unwrap_or_else(|| "(no title)".to_owned())
}

fn facts(article: &Article) -> String {
    format!("{} · {}", dated(article), outlet(article))
}

/// An article as rows, and where in them what was opened begins.
#[derive(Clone, Debug, Default)]
pub struct ArticleRows {
    /// Title, what is known, the text.
    pub rows: Vec<Row>,
    /// The row where the quote, or the first match, stands.
    pub at: usize,
}

/// The article a hit stands in, with the words of its quotes and the matches set off.
pub fn article_rows(hit: &Hit, quotes: &[(String, Quote)], width: usize) -> ArticleRows {
    let article = hit.article();
    let (opened, matches): (&[Span], &[Span]) = match hit {
        Hit::Quote(quote) => (&quote.quote.pieces, &quote.matches),
        Hit::Article(of) => (&[], &of.matches),
    };
    let mut rows = text_rows(&title(article), width, NAME);
    rows.extend(text_rows(&known(article), width, DIM));
    rows.extend(text_rows(&format!("{} · {}", hit.id(), article.meta.path), width, DIM));
    let said: Vec<Span> = quotes.iter().flat_map(|(_, quote)| quote.pieces.iter().copied()).collect();
    let place = opened.first().or(matches.first()).map_or(0, |span| span.start);
    let mut at = 0;
    for paragraph in article.text.paragraphs() {
        rows.push(Row::new());
        let layers = [(&said[..], SAID), (opened, OPENED), (matches, MATCH)];
        let mut words = Words::default();
        words.push_each(article.text.slice(*paragraph), PLAIN, &layered(*paragraph, &layers));
        let set = words.rows(width);
        if paragraph.start <= place && place < paragraph.end {
            let before = article.text.slice(Span { start: paragraph.start, end: place });
            let mut leading = Words::default();
            leading.push(before, PLAIN, &[], PLAIN);
            at = rows.len() + leading.rows(width).len().saturating_sub(1);
        }
        rows.extend(set);
    }
    ArticleRows { rows, at }
}

fn known(article: &Article) -> String {
    let meta = &article.meta;
    let (date, outlet) = (dated(article), outlet(article));
    let embargo = meta.embargo.as_ref().map(|until| format!("EMBARGOED: {until}"));
    let known =
        [embargo.as_deref(), meta.byline.as_deref(), Some(&date), Some(&outlet), meta.section.as_deref()];
    known.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Words in lines of a width.
pub fn text_rows(text: &str, width: usize, style: Style) -> Vec<Row> {
    let mut words = Words::default();
    words.push(&safe(text), style, &[], style);
    words.rows(width)
}

/// Which style holds where in an area: of layers that lie over one another the last.
fn layered(area: Span, layers: &[(&[Span], Style)]) -> Vec<(Span, Style)> {
    let layers: Vec<(Vec<Span>, Style)> =
        layers.iter().map(|(spans, style)| (within(area, spans), *style)).collect();
    let spans = || layers.iter().flat_map(|(spans, _)| spans);
    let mut edges: Vec<u32> = spans().flat_map(|span| [span.start, span.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let top = |part: Span| {
        let covering = |(spans, _): &&(Vec<Span>, Style)| spans.iter().any(|span| span.contains(part));
        layers.iter().rev().find(covering).map(|(_, style)| (part, *style))
    };
    edges.windows(2).filter_map(|edge| top(Span { start: edge[0], end: edge[1] })).collect()
}

#[cfg(test)]
mod tests {
    use super::layered;
    use crate::text::Span;
    use anstyle::Style;

    #[test]
    fn the_last_layer_lies_on_top() {
        let (low, high) = (Style::new().underline(), Style::new().bold());
        let (under, over) = ([Span::new(2, 20)], [Span::new(5, 8)]);
        let found = layered(Span::new(0, 30), &[(&under, low), (&over, high)]);
        let spans: Vec<(u32, u32, bool)> =
            found.iter().map(|(span, style)| (span.start, span.end, *style == high)).collect();
        assert_eq!(spans, [(2, 5, false), (5, 8, true), (8, 20, false)]);
    }
}
