//! What holds of any input, one property for each thing that reads what others wrote. The fuzzer
//! (`tests/fuzz.sh`) and the cases of `untrusted` go through the same functions.

use onrecord::article::{Article, Date};
use onrecord::ingest::{Contents, Limits, Options, PathDate, Reason, read_from};
use onrecord::query::{Known, ParseOptions, carets, parse};
use onrecord::quotes::{Reading, find};
use onrecord::render::{json, markup, safe};
use onrecord::text::{Span, Text};

/// Panics where what is to hold does not hold of the bytes.
type Holds = fn(&[u8]);

/// Every property by its name.
pub(crate) const PROPERTIES: &[(&str, Holds)] = &[
    ("query", query),
    ("markup", marked_up),
    ("html", |bytes| read_as(&["html"], bytes)),
    ("xml", |bytes| read_as(&["nitf", "newsml", "newsml-g2", "feed"], bytes)),
    ("warc", |bytes| read_as(&["warc"], bytes)),
    ("json", |bytes| read_as(&["jsonl", "json", "ninjs"], bytes)),
    ("dates", dates),
    ("decoder", |bytes| read_as(&["plain"], bytes)),
    ("quotes", quotes),
    ("archives", |bytes| articles(bytes, None)),
    ("exports", |bytes| read_as(&["mbox", "nexis", "factiva", "csv", "markdown"], bytes)),
];

/// An archive that knows two names.
struct Archive;

impl Known for Archive {
    fn outlet(&self, name: &str) -> bool {
        name.eq_ignore_ascii_case("gazette")
    }

    fn speaker(&self, name: &str) -> bool {
        name.eq_ignore_ascii_case("marsh")
    }

    fn today(&self) -> Date {
        Date::from_days(20_000)
    }
}

/// A query is refused with a place in it, or read; what is read prints as what reads the same.
fn query(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    match parse(&typed, &Archive, &ParseOptions::default()) {
        Err(error) => {
            assert!(error.span.start <= error.span.end, "{:?}", error.span);
            assert!(!error.message.is_empty() && carets(&typed, &error).contains('^'));
        }
        Ok(parsed) => {
            let printed = parsed.query.to_string();
            let options = ParseOptions { raw: true, unit: Some(parsed.query.unit) };
            // A long word may print longer than a query may be.
            if printed.len() <= 4096 {
                match parse(&printed, &Archive, &options) {
                    Ok(again) => assert_eq!(again.query, parsed.query, "`{typed}` prints as `{printed}`"),
                    Err(error) => panic!("`{typed}` prints as `{printed}`: {error}"),
                }
            }
        }
    }
}

/// Marks read lie within the prose; prose written is read back as it was, with no marks in it.
fn marked_up(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    let marked = markup::read(&typed);
    marked.labels.iter().for_each(|label| assert_within(&marked.text, label.span));
    let text = Text::new(typed.into_owned());
    let again = markup::read(&markup::write(&text, &[]));
    assert_eq!((again.text.as_str(), again.labels.len()), (text.as_str(), 0));
}

/// Dates read are dates that print as what reads the same.
fn dates(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes);
    let read = [None, Some(true), Some(false)].map(|first| Date::read_ordered(&words, first));
    for date in read.into_iter().flatten() {
        assert!(date.first_day() <= date.last_day());
        assert_eq!(Date::from_days(date.first_day().days()), date.first_day());
        assert_eq!(Date::read(&date.to_string()), Some(date), "{words:?}");
    }
    let (pattern, path) = words.split_once('\n').unwrap_or((&words, "2016/05/03/a.txt"));
    if let Ok(pattern) = format!("path:{pattern}").parse::<PathDate>() {
        pattern.of(path);
    }
}

/// Quotes lie within the text, in order and apart, with all that belongs to them; what is written of
/// them is read back.
fn quotes(bytes: &[u8]) {
    let text = Text::new(String::from_utf8_lossy(bytes).into_owned());
    for reading in [Reading::English, Reading::MarksOnly] {
        let found = find(&text, reading);
        assert_apart(&text, &found.sentences);
        let pieces: Vec<Span> = found.quotes.iter().map(|quote| quote.span()).collect();
        assert!(pieces.is_sorted_by_key(|span| span.start));
        for quote in &found.quotes {
            assert!(!quote.pieces.is_empty());
            assert_apart(&text, &quote.pieces);
            assert_apart(&text, &quote.quoted);
            let attribution = &quote.attribution;
            let chain = attribution.speaker.iter().flat_map(|speaker| speaker.chain.iter().copied());
            let spans = quote.cue.iter().map(|cue| cue.span).chain(attribution.mention).chain(chain);
            spans.for_each(|span| assert_within(text.as_str(), span));
            assert!((0.0..=1.0).contains(&attribution.confidence));
        }
        assert_eq!(markup::read(&markup::write(&text, &found.quotes)).text, text.as_str());
    }
}

fn assert_within(text: &str, span: Span) {
    assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?} of {text:?}");
}

fn assert_apart(text: &Text, spans: &[Span]) {
    spans.iter().for_each(|span| assert_within(text.as_str(), *span));
    assert!(spans.windows(2).all(|two| two[0].end <= two[1].start), "{spans:?} of {:?}", text.as_str());
}

/// Reads as one of the formats; the last byte says which.
fn read_as(formats: &[&str], bytes: &[u8]) {
    let which = bytes.last().map_or(0, |byte| usize::from(*byte) % formats.len());
    articles(bytes, Some(formats[which]));
}

/// What is read is within its limits, what is not has a reason, and both may be printed.
fn articles(bytes: &[u8], format: Option<&str>) {
    const TEXT: usize = 32 * 1024;
    let limits = Limits {
        record: 64 * 1024,
        document: 64 * 1024,
        text: TEXT,
        unpacked: 1 << 20,
        ratio_after: 256 * 1024,
        depth: 50,
        members: 40,
        ..Limits::default()
    };
    let options = Options { read_as: format.map(str::to_owned), limits, ..Options::default() };
    let Contents { articles, problems, .. } = read_from(bytes, &options);
    for problem in &problems {
        assert!(Reason::ALL.iter().any(|reason| reason.code() == problem.code), "{}", problem.code);
        assert_harmless(&safe(&problem.to_string()));
    }
    for article in &articles {
        assert!(article.text.as_str().len() <= TEXT);
        assert_whole(article);
    }
}

fn assert_whole(article: &Article) {
    assert_eq!(article.id.len(), 16, "{}", article.id);
    assert_apart(&article.text, article.text.paragraphs());
    let line = json::extracted_line(article, &[]).expect("an article is written as JSON");
    assert_harmless(String::from_utf8(line).expect("JSON is UTF-8").trim_end());
}

/// Nothing in the line commands a terminal, turns what stands around it, or ends a line.
pub(crate) fn assert_harmless(line: &str) {
    if let Some(c) = line.chars().find(|c| commands(*c)) {
        panic!("{c:?} in {line:?}");
    }
}

/// Written anew, not taken from the program: what a terminal or an editor may act on.
pub(crate) fn commands(c: char) -> bool {
    matches!(u32::from(c),
        0..=0x1F | 0x7F..=0x9F | 0xAD | 0x61C | 0x180E | 0x200B | 0x200E | 0x200F
        | 0x2028..=0x202E | 0x2060..=0x2064 | 0x2066..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB
        | 0xE0000..=0xE007F)
}
