use crate::article::Date;
use crate::ingest::container;
use crate::ingest::decode;
use crate::ingest::draft::Draft;
use crate::ingest::format::{html, plain};
use crate::ingest::guess;
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Opened, Place, Reading};
use encoding_rs::Encoding;
use std::io::{self, BufRead, Cursor, Read};

/// A header longer than this is none.
const HEADER: usize = 64 * 1024;
/// How many times the longest record may be read again to find the record that a damaged one hides.
const AGAIN: usize = 4;

/// Whether a file begins like a crawl.
pub(crate) fn looks(head: &str) -> bool {
    begins(head.as_bytes())
}

/// The first line of every record.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(b"WARC/1.") || bytes.starts_with(b"WARC/0.")
}

/// Fields of a header, by their names in lower case.
type Header = Vec<(String, String)>;

fn field<'a>(header: &'a Header, name: &str) -> Option<&'a str> {
    header.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

/// A crawl: the pages that were answered with are articles, every other record is passed by.
pub(crate) fn read(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let again = reading.options.limits.record.saturating_mul(AGAIN);
    let mut crawl = Crawl { bytes: Box::new(opened.bytes), at: 0, back: Vec::new(), back_at: 0, again };
    loop {
        match record(reading, &mut crawl) {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => return reading.failed(&error),
        }
    }
}

/// Reads one record; false at the end.
fn record(reading: &mut Reading<'_>, crawl: &mut Crawl<'_>) -> io::Result<bool> {
    if !crawl.past_blank()? {
        return Ok(false);
    }
    let at = crawl.at;
    let Some(header) = crawl.header()? else {
        damaged(reading, at, "no record of WARC begins here");
        return crawl.next_record();
    };
    let Some(length) = field(&header, "content-length").and_then(|n| n.parse::<u64>().ok()) else {
        damaged(reading, at, "a record without a length");
        return crawl.next_record();
    };
    let is_answer = field(&header, "warc-type") == Some("response");
    let limit = reading.options.limits.record;
    if !is_answer || length > limit as u64 {
        if is_answer {
            let message = format!("longer than the limit of {limit} bytes");
            reading.problem(Reason::TooLarge, Some(Place::Byte(at)), message);
        }
        let skipped = io::copy(&mut crawl.by_ref().take(length), &mut io::sink())?;
        if skipped < length {
            cut(reading, at);
        }
        return Ok(true);
    }
    let mut content = Vec::new();
    crawl.by_ref().take(length).read_to_end(&mut content)?;
    if content.len() as u64 == length && crawl.is_at_end_of_record()? {
        answer(reading, at, &header, content);
        return Ok(true);
    }
    // Its length is wrong: the next record may be within what was read, or behind it.
    match memchr::memmem::find(&content, b"\nWARC/1.") {
        Some(next) if content.len() <= crawl.again => {
            damaged(reading, at, "a record of another length than it states");
            crawl.go_back(content.split_off(next + 1));
            Ok(true)
        }
        _ if (content.len() as u64) < length => {
            cut(reading, at);
            Ok(false)
        }
        _ => {
            damaged(reading, at, "a record of another length than it states");
            crawl.next_record()
        }
    }
}

fn damaged(reading: &mut Reading<'_>, at: u64, message: &str) {
    reading.problem(Reason::BadRecord, Some(Place::Byte(at)), message);
}

fn cut(reading: &mut Reading<'_>, at: u64) {
    reading.problem(Reason::Truncated, Some(Place::Byte(at)), "the last record is cut off");
}

/// What a server answered: a page, if all went well and it is text.
fn answer(reading: &mut Reading<'_>, at: u64, record: &Header, content: Vec<u8>) {
    let place = Some(Place::Byte(at));
    let Some(page) = Page::of(&content) else { return };
    let body = match page.body(reading, content.len()) {
        Ok(body) => body,
        Err((reason, message)) => return reading.problem(reason, place, message),
    };
    let stated = |body: &[u8]| page.charset.or_else(|| guess::html_encoding(body));
    let Ok(text) = decode::decode(body, stated) else {
        return reading.problem(Reason::NotText, place, "binary content, not text");
    };
    let draft =
        if page.markup || html::looks(&text) { html::page(&text, reading) } else { Ok(plain::read(&text)) };
    match draft {
        Ok(mut draft) => {
            fetched(&mut draft, record);
            reading.article(place, draft);
        }
        Err((reason, message)) => reading.problem(reason, place, message),
    }
}

/// The address it was fetched from; the day of the crawl, if nothing else tells one.
fn fetched(draft: &mut Draft, record: &Header) {
    if let Some(address) = field(record, "warc-target-uri") {
        // Some crawlers put it in brackets.
        draft.meta.url = Some(address.trim_matches(['<', '>']).to_owned());
    }
    draft.day_of_last_resort = field(record, "warc-date").and_then(Date::read);
}

/// An answer of HTTP that may hold an article.
struct Page<'a> {
    markup: bool,
    charset: Option<&'static Encoding>,
    chunked: bool,
    packing: Option<String>,
    body: &'a [u8],
}

impl<'a> Page<'a> {
    fn of(content: &'a [u8]) -> Option<Page<'a>> {
        let (head, body) = parted(content)?;
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let status = lines.next()?;
        if !status.starts_with("HTTP/") || status.split(' ').nth(1)? != "200" {
            return None;
        }
        let header: Header = lines.filter_map(named).collect();
        let kind = field(&header, "content-type").unwrap_or("text/html").to_ascii_lowercase();
        let markup = kind.starts_with("text/html") || kind.starts_with("application/xhtml");
        if !markup && !kind.starts_with("text/plain") {
            return None;
        }
        let label = kind.split_once("charset=").map(|(_, label)| label.trim_matches(['"', '\'', ' ', ';']));
        let chunked = field(&header, "transfer-encoding").is_some_and(|t| t.eq_ignore_ascii_case("chunked"));
        Some(Page {
            markup,
            charset: label.and_then(|label| Encoding::for_label(label.as_bytes())),
            chunked,
            packing: field(&header, "content-encoding").map(str::to_ascii_lowercase),
            body,
        })
    }

    /// The body as it was before it was sent.
    fn body(&self, reading: &Reading<'_>, length: usize) -> Result<Vec<u8>, (Reason, String)> {
        // Crawlers that undo the chunks keep the header that announced them.
        let whole = self.chunked.then(|| without_chunks(self.body)).flatten();
        let sent = whole.as_deref().unwrap_or(self.body);
        if self.packing.as_deref() == Some("br") {
            return Err((Reason::UnknownPacking, "packed with brotli, which is not read".to_owned()));
        }
        let limit = reading.options.limits.record;
        let damage = |error: io::Error| match error.kind() {
            io::ErrorKind::QuotaExceeded => (Reason::Unpacked, container::BEYOND.to_owned()),
            _ => (Reason::Truncated, format!("the body is damaged, or ends early ({error})")),
        };
        let mut body = Vec::with_capacity(length);
        let opened = container::unpack(Box::new(Cursor::new(sent)), &reading.budget).map_err(damage)?;
        let read = opened.bytes.take(limit as u64 + 1).read_to_end(&mut body);
        if body.len() > limit {
            return Err((Reason::TooLarge, format!("longer than the limit of {limit} bytes")));
        }
        // What came before the damage is read.
        if body.is_empty() { read.map(|_| body).map_err(damage) } else { Ok(body) }
    }
}

/// Header and body, parted by the first blank line.
fn parted(content: &[u8]) -> Option<(&[u8], &[u8])> {
    let strict = memchr::memmem::find(content, b"\r\n\r\n").map(|at| (at, at + 4));
    let lax = memchr::memmem::find(content, b"\n\n").map(|at| (at, at + 2));
    let (end, start) = [strict, lax].into_iter().flatten().min()?;
    Some((&content[..end], &content[start..]))
}

/// Undoes the chunks a body was sent in: `length in hexadecimal CRLF bytes CRLF …`. The last may
/// be cut off.
fn without_chunks(mut sent: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(sent.len());
    while !sent.is_empty() {
        let end = memchr::memchr(b'\n', sent)?;
        let line = std::str::from_utf8(&sent[..end]).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        sent = &sent[end + 1..];
        if length == 0 {
            break;
        }
        let (chunk, rest) = sent.split_at(length.min(sent.len()));
        whole.extend_from_slice(chunk);
        sent = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    Some(whole)
}

fn named(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

/// The bytes of a crawl, and where in them the reader stands.
struct Crawl<'a> {
    bytes: Box<dyn BufRead + 'a>,
    at: u64,
    /// What is read again.
    back: Vec<u8>,
    back_at: usize,
    /// How many bytes may still be read again.
    again: usize,
}

impl Crawl<'_> {
    /// Reads past blank lines; false at the end.
    fn past_blank(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let blank = buffer.iter().take_while(|b| b.is_ascii_whitespace()).count();
            let all = blank == buffer.len();
            self.consume(blank);
            if !all {
                return Ok(true);
            }
        }
    }

    /// The next line, if it is not longer than a header.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.by_ref().take(HEADER as u64).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// The header of a record, if one stands here.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let mut header = Vec::new();
        if !begins(&self.line()?) {
            return Ok(None);
        }
        let mut length = 0;
        loop {
            let line = self.line()?;
            length += line.len();
            if line.trim_ascii().is_empty() {
                return Ok(Some(header));
            }
            if length > HEADER {
                return Ok(None);
            }
            header.extend(named(&String::from_utf8_lossy(&line)));
        }
    }

    /// Goes to where the next record begins; false where none does.
    fn next_record(&mut self) -> io::Result<bool> {
        loop {
            let mut start = Vec::new();
            self.by_ref().take(8).read_until(b'\n', &mut start)?;
            if begins(&start) {
                self.go_back(start);
                return Ok(true);
            }
            if !start.ends_with(b"\n") && self.skip_until(b'\n')? == 0 {
                return Ok(false);
            }
        }
    }

    /// Whether nothing but the line ends between two records comes before the next.
    fn is_at_end_of_record(&mut self) -> io::Result<bool> {
        let buffer = self.fill_buf()?;
        Ok(buffer.is_empty() || matches!(buffer[0], b'\r' | b'\n') || begins(buffer))
    }

    /// Reads these bytes, the last that were read, once more.
    fn go_back(&mut self, mut bytes: Vec<u8>) {
        self.again = self.again.saturating_sub(bytes.len());
        self.at -= bytes.len() as u64;
        bytes.extend_from_slice(&self.back[self.back_at..]);
        (self.back, self.back_at) = (bytes, 0);
    }
}

impl Read for Crawl<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let held = self.fill_buf()?;
        let read = held.len().min(buffer.len());
        buffer[..read].copy_from_slice(&held[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Crawl<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.back_at < self.back.len() { Ok(&self.back[self.back_at..]) } else { self.bytes.fill_buf() }
    }

    fn consume(&mut self, taken: usize) {
        self.at += taken as u64;
        if self.back_at < self.back.len() { self.back_at += taken } else { self.bytes.consume(taken) }
    }
}
