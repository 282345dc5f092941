//! Hits, facets and articles for people at a terminal.
//!
//! What is written holds styles; the stream it goes to strips them where there is no terminal.

use crate::article::Article;
use crate::quotes::{Quote, SpeakerKind};
use crate::render::counted;
use crate::render::layout::{Words, columns, cut, paint};
use crate::render::link::{to_file, to_web};
use crate::render::safe;
use crate::search::{ArticleHit, Facet, Hit, QuoteHit};
use crate::text::Span;
use anstyle::{AnsiColor, Style};

pub(super) const NAME: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const MATCH: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const BAR: Style = AnsiColor::Cyan.on_default();
pub(super) const PLAIN: Style = Style::new();

/// One hit, ending in a line break.
pub fn hit(hit: &Hit, width: usize) -> String {
    match hit {
        Hit::Quote(quote) => quote_hit(quote, width),
        Hit::Article(article) => article_hit(article, width),
    }
}

/// Who, how, when, where; the words; the paragraph they stand in; where to check them.
fn quote_hit(hit: &QuoteHit, width: usize) -> String {
    let mut out = quote_head(hit, width);
    out.push_str(&quote_words(&hit.article, &hit.quote, &hit.matches, width));
    if let Some(context) = hit.context_beyond_words() {
        out.push_str(&in_context(&hit.article, context, &hit.quote.pieces, width));
    }
    out + &foot(&hit.article, &hit.id, width)
}

pub(super) fn quote_head(hit: &QuoteHit, width: usize) -> String {
    let name = match hit.speaker_name() {
        // The words that mark the speaker are in sight just below.
        Some(name) if hit.shows_mention() => name.to_owned(),
        name => who(&hit.quote, &hit.article, name),
    };
    let mut rest = String::new();
    if let Some(cue) = &hit.quote.cue {
        rest.push_str(&format!(" {}", small(&safe(hit.article.text.slice(cue.span)))));
    }
    for part in [dated(&hit.article), outlet(&hit.article)] {
        rest.push_str(&format!(" · {part}"));
    }
    rest.push_str(&copies(hit.copies));
    if is_unsure(&hit.quote) {
        rest.push_str(" · unsure who");
    }
    if columns(&name) + columns(&rest) > width {
        return format!(
            "{}\n  {}\n",
            paint(&cut(&name, width), NAME),
            cut(rest.trim_start_matches([' ', '·']), width - 2)
        );
    }
    format!("{}{rest}\n", paint(&safe(&name), NAME))
}

/// Whether somebody is marked as the speaker, and it may well be somebody else.
pub(super) fn is_unsure(quote: &Quote) -> bool {
    quote.attribution.mention.is_some() && quote.attribution.confidence < 0.6
}

/// Words from the beginning of a sentence as they stand within one.
fn small(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The speaker as a person would name it: the name, with the words of the article where they differ.
pub(super) fn who(quote: &Quote, article: &Article, name: Option<&str>) -> String {
    let Some(mention) = quote.attribution.mention else { return "(nobody named)".into() };
    let mention = article.text.slice(mention);
    match (name, quote.attribution.speaker.as_ref().map(|s| s.kind)) {
        (Some(name), Some(SpeakerKind::Anonymous)) => format!("{name} (unnamed)"),
        (Some(name), _) if name.ends_with(mention) || mention.ends_with(name) => name.to_owned(),
        (Some(name), _) => format!("{name} (“{mention}”)"),
        (None, _) => format!("“{mention}” (not resolved)"),
    }
}

/// The reported words with the matches marked; pieces are set apart by `…`.
pub(super) fn quote_words(article: &Article, quote: &Quote, matches: &[Span], width: usize) -> String {
    let mut words = Words::default();
    for (i, piece) in quote.pieces.iter().enumerate() {
        if i > 0 {
            words.push("…", DIM, &[], MATCH);
        }
        words.push(article.text.slice(*piece), PLAIN, &within(*piece, matches), MATCH);
    }
    words.set(width, "  ")
}

/// The words around a quote, dimmed, the reported words plain.
fn in_context(article: &Article, context: Span, said: &[Span], width: usize) -> String {
    excerpt(article, context, DIM, (said, PLAIN)).set(width, "  ┆ ")
}

/// A part of the text with some of its words set off, and `…` where its paragraph goes on.
fn excerpt(article: &Article, part: Span, base: Style, (marked, mark): (&[Span], Style)) -> Words {
    let paragraph = |at: u32| article.text.paragraphs().get(article.text.paragraph_at(at)).copied();
    let mut words = Words::default();
    if paragraph(part.start).is_some_and(|p| p.start < part.start) {
        words.push("…", DIM, &[], PLAIN);
    }
    words.push(article.text.slice(part), base, &within(part, marked), mark);
    if paragraph(part.end.saturating_sub(1)).is_some_and(|p| p.end > part.end) {
        words.push("…", DIM, &[], PLAIN);
    }
    words
}

pub(super) fn article_hit(hit: &ArticleHit, width: usize) -> String {
    let title = hit.article.meta.title.as_deref().unwrap_or("(no title)");
    let rest = format!("  {} · {}{}", dated(&hit.article), outlet(&hit.article), copies(hit.copies));
    let title = paint(&to_web(&hit.article, &cut(title, width)), NAME);
    let mut out = format!("{title}\n{}\n", cut(&rest, width));
    out.push_str(&excerpt(&hit.article, hit.context(), PLAIN, (&hit.matches, MATCH)).set(width, "  "));
    let id = format!("  {} · ", hit.article.id);
    let path = cut(&hit.article.meta.path, width.max(40).saturating_sub(columns(&id)));
    out + &paint(&(id + &to_file(&hit.article, &path)), DIM) + "\n"
}

/// ` · +7 copies`, where there are any.
fn copies(number: usize) -> String {
    match number {
        0 => String::new(),
        more => format!(" · +{}", counted(more, "copy")),
    }
}

pub(super) fn foot(article: &Article, id: &str, width: usize) -> String {
    let title = article.meta.title.as_deref().unwrap_or("(no title)");
    let path = safe(&article.meta.path);
    let line = format!("  {id} · {}", to_file(article, &path));
    let room = width.saturating_sub(columns(id) + columns(&path) + 8);
    let line = if room >= 12 { format!("{line} · {}", to_web(article, &cut(title, room))) } else { line };
    let embargo = article.meta.embargo.as_ref();
    let embargo = embargo.map(|until| format!("  {}\n", paint(&safe(&format!("EMBARGOED: {until}")), MATCH)));
    embargo.unwrap_or_default() + &paint(&line, DIM) + "\n"
}

/// Facet counts with bars, the largest first, as wide as the terminal allows.
pub fn facet(facet: &Facet, width: usize) -> String {
    let mut out = format!("{}\n", paint(facet.field.name(), NAME));
    let most = facet.values.iter().map(|v| v.count).max().unwrap_or(0);
    let digits = most.to_string().len();
    let label =
        facet.values.iter().map(|v| columns(&safe(&v.value))).max().unwrap_or(0).min(width * 2 / 5).max(8);
    let room = width.saturating_sub(label + digits + 6).clamp(4, 40);
    for value in &facet.values {
        let shown = cut(&value.value, label);
        let pad = " ".repeat(label.saturating_sub(columns(&shown)));
        let bar = bar(value.count, most, room);
        out.push_str(&format!("  {shown}{pad}  {:>digits$}  {}\n", value.count, paint(&bar, BAR)));
    }
    if facet.left_out > 0 {
        out.push_str(&paint(
            &format!("  … and {} more (--top {})\n", facet.left_out, facet.values.len() + facet.left_out),
            DIM,
        ));
    }
    if facet.missing > 0 {
        out.push_str(&paint(&format!("  (not known: {})\n", facet.missing), DIM));
    }
    out
}

/// A bar of eighths, never empty.
pub(super) fn bar(count: u64, most: u64, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = ((count as f64 / most.max(1) as f64) * (room * 8) as f64).round().max(1.0) as usize;
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

pub(super) fn dated(article: &Article) -> String {
    article.meta.date.map_or_else(|| "no date".to_owned(), |d| d.to_string())
}

pub(super) fn outlet(article: &Article) -> String {
    safe(article.meta.outlet.as_deref().unwrap_or("outlet not known")).into_owned()
}

/// The parts of `spans` that lie in `area`, as offsets from its start.
pub(super) fn within(area: Span, spans: &[Span]) -> Vec<Span> {
    let cut = |s: &Span| {
        let (start, end) = (s.start.max(area.start) - area.start, s.end.min(area.end) - area.start);
        Span { start, end }
    };
    spans.iter().filter(|s| s.overlaps(area)).map(cut).collect()
}
