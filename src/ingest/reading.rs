use crate::article::Article;
use crate::ingest::container::{self, Hashed, Unpacked};
use crate::ingest::decode::{self, HEAD};
use crate::ingest::draft::{Draft, Refusal};
use crate::ingest::format::{Format, xml};
use crate::ingest::origins::Origins;
use crate::ingest::problem::{Problem, Reason};
use crate::ingest::walk::Source;
use crate::ingest::{Contents, Options};
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;

/// What comes out of a file, one after the other.
#[derive(Debug)]
pub enum Item {
    /// An article, and how it was read.
    Article(Box<Article>, Origins),
    /// Something that could not be read.
    Problem(Problem),
}

/// The unpacked content of a file.
pub(crate) type Opened<'a> = Unpacked<'a>;

/// Endings of files that hold no articles; they are not opened.
const NOT_ARTICLES: &str = "jpg jpeg png gif webp svg ico bmp tif tiff heic pdf doc docx odt rtf xls xlsx ods \
    ppt pptx epub mobi zip tar tgz bz2 xz zst 7z rar mp3 mp4 m4a wav ogg flac avi mov mkv webm woff woff2 ttf \
    otf exe dll so o a class jar py js css sqlite db parquet warc mbox eml yaml yml toml";

/// Reads one file and hands out its articles and problems as they come. The hash is that of the
/// file's bytes, 0 where it was not read to its end.
pub fn read_each(source: &Source, options: &Options, each: &mut dyn FnMut(Item)) -> u64 {
    let mut reading = Reading { source, options, format: "", each };
    let ending = ending(&source.path);
    if let Some(ending) = ending.as_deref().filter(|e| NOT_ARTICLES.split_whitespace().any(|n| n == *e)) {
        reading.problem(Reason::UnknownFormat, None, format!("`.{ending}` files are not read"));
        return 0;
    }
    let file = match open(source) {
        Ok(file) => file,
        Err(problem) => {
            (reading.each)(Item::Problem(problem));
            return 0;
        }
    };
    let (hashed, hash) = Hashed::new(file);
    let opened = match container::unpack(hashed, &options.limits) {
        Ok(opened) => opened,
        Err(error) => {
            reading.failed(&error);
            return 0;
        }
    };
    if !reading.content(ending.as_deref(), opened) {
        return 0;
    }
    hash.borrow().digest()
}

/// Reads one file whole.
pub fn read(source: &Source, options: &Options) -> Contents {
    let mut contents = Contents::default();
    let hash = read_each(source, options, &mut |item| match item {
        Item::Article(article, _) => contents.articles.push(*article),
        Item::Problem(problem) => contents.problems.push(problem),
    });
    Contents { hash, ..contents }
}

/// Reads what is piped in, as if it were a file without a name.
pub fn read_from(from: impl Read, options: &Options) -> Contents {
    let source = Source { path: "-".into(), shown: "-".to_owned(), size: 0, modified: 0 };
    let mut contents = Contents::default();
    let mut each = |item| match item {
        Item::Article(article, _) => contents.articles.push(*article),
        Item::Problem(problem) => contents.problems.push(problem),
    };
    let mut reading = Reading { source: &source, options, format: "", each: &mut each };
    match container::unpack(from, &options.limits) {
        Ok(opened) => {
            reading.content(None, opened);
        }
        Err(error) => reading.failed(&error),
    }
    contents
}

/// What it is is checked once more before opening: a file may have become a pipe since.
fn open(source: &Source) -> Result<File, Problem> {
    let path = &source.path;
    Source::file(path)?;
    File::open(path).map_err(|e| Problem::new(Reason::Unreadable, path, format!("cannot be read: {e}")))
}

/// The ending of a file's name in lower case, without `.gz`.
fn ending(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').map(|(_, ending)| ending.to_owned())
}

/// One file being read: where its articles and problems go.
pub(crate) struct Reading<'a> {
    pub(crate) source: &'a Source,
    pub(crate) options: &'a Options,
    format: &'static str,
    each: &'a mut dyn FnMut(Item),
}

impl Reading<'_> {
    /// Reads the content with the format it has. False where it was not read to its end.
    fn content(&mut self, ending: Option<&str>, mut opened: Opened<'_>) -> bool {
        if opened.head.is_empty() {
            match opened.bytes.fill_buf() {
                Ok(_) => self.problem(Reason::Empty, None, "the file is empty"),
                Err(error) => self.failed(&error),
            }
            return true;
        }
        let head = opened.head[..opened.head.len().min(HEAD)].to_vec();
        let foreign = [(&b"PK\x03\x04"[..], "zip"), (b"%PDF", "PDF"), (b"\x28\xB5\x2F\xFD", "zstd")];
        if let Some((_, kind)) = foreign.iter().find(|(magic, _)| head.starts_with(magic)) {
            self.problem(Reason::UnknownFormat, None, format!("{kind} files are not read"));
            return false;
        }
        let Ok(head) = decode::decode(head, None) else {
            self.problem(Reason::NotText, None, "binary content, not text");
            return false;
        };
        let stated = self.options.read_as.as_deref().and_then(Format::named);
        let Some(format) = stated.or_else(|| Format::of(ending, &head)) else { return true };
        let xml = ending == Some("xml") || head.trim_start().starts_with("<?xml");
        if stated.is_none() && xml && format.name == "plain" {
            let message = match xml::root(&head) {
                Some(root) => format!("XML of another kind: its root is <{root}>"),
                None => "XML whose first element is not found in its first 64 KiB".to_owned(),
            };
            self.problem(Reason::UnknownFormat, None, message);
            return false;
        }
        self.format = format.name;
        (format.read)(self, opened);
        true
    }

    /// Reads a file that is one article.
    pub(crate) fn whole(
        &mut self,
        opened: Opened<'_>,
        read: fn(&str, &mut Reading<'_>) -> Result<Draft, Refusal>,
    ) {
        let Some(text) = self.text(opened, self.options.limits.record) else { return };
        let draft = read(&text, self);
        self.drafted(None, draft);
    }

    /// The whole content as text, if it is not longer than `limit`.
    pub(crate) fn text(&mut self, opened: Opened<'_>, limit: usize) -> Option<String> {
        let bytes = self.bytes(opened, limit)?;
        let stated = crate::ingest::guess::html_encoding(&bytes);
        let text = decode::decode(bytes, stated);
        if text.is_err() {
            self.problem(Reason::NotText, None, "binary content, not text");
        }
        text.ok()
    }

    /// All bytes up to `limit`; of a damaged file those that are whole. The rest of a longer file
    /// is read past, for its hash.
    fn bytes(&mut self, mut opened: Opened<'_>, limit: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = opened.bytes.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes);
        if let Err(error) = read {
            self.failed(&error);
            return (!bytes.is_empty() && opened.packed).then_some(bytes);
        }
        if bytes.len() > limit {
            self.problem(Reason::TooLarge, None, format!("longer than the limit of {limit} bytes"));
            if let Err(error) = io::copy(&mut opened.bytes, &mut io::sink()) {
                self.failed(&error);
            }
            return None;
        }
        Some(bytes)
    }

    /// Hands out an article, or why there is none.
    pub(crate) fn drafted(&mut self, place: Option<Place>, draft: Result<Draft, Refusal>) {
        match draft {
            Ok(draft) => self.article(place, draft),
            Err((reason, message)) => self.problem(reason, place, message),
        }
    }

    /// Hands out an article; `place` is where in the file it stands (`:12`, `#3`).
    pub(crate) fn article(&mut self, place: Option<Place>, draft: Draft) {
        let suffix = place.map_or_else(String::new, Place::suffix);
        match draft.finish(self.source, format!("{}{suffix}", self.source.shown), self.options) {
            Ok((article, mut origins)) => {
                if origins.format.is_empty() {
                    origins.format = self.format;
                }
                (self.each)(Item::Article(Box::new(article), origins));
            }
            Err((reason, message)) => self.problem(reason, place, message),
        }
    }

    /// Hands out a problem.
    pub(crate) fn problem(&mut self, reason: Reason, place: Option<Place>, message: impl Into<String>) {
        let problem = Problem::new(reason, &self.source.path, message);
        (self.each)(Item::Problem(problem.at(place.map(Place::words))));
    }

    /// Hands out what an error of the system means.
    pub(crate) fn failed(&mut self, error: &io::Error) {
        let (reason, message) = match error.kind() {
            io::ErrorKind::QuotaExceeded => (Reason::Unpacked, container::BEYOND.to_owned()),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                (Reason::Truncated, format!("compressed data is damaged or ends early ({error})"))
            }
            _ => (Reason::Unreadable, format!("cannot be read: {error}")),
        };
        self.problem(reason, None, message);
    }
}

/// Where in a file a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A line, from 1.
    Line(u64),
    /// A record, from 1.
    Record(u64),
}

impl Place {
    fn suffix(self) -> String {
        match self {
            Place::Line(n) => format!(":{n}"),
            Place::Record(n) => format!("#{n}"),
        }
    }

    fn words(self) -> String {
        match self {
            Place::Line(n) => format!("line {n}"),
            Place::Record(n) => format!("record {n}"),
        }
    }
}
