use crate::article::Article;
use crate::ingest::container::{self, Budget, Counted, Hashed, Unpacked, tar, zip};
use crate::ingest::decode::{self, HEAD};
use crate::ingest::draft::{Draft, Refusal};
use crate::ingest::format::{Format, warc, xml};
use crate::ingest::guess::html_encoding;
use crate::ingest::origins::Origins;
use crate::ingest::problem::{Problem, Reason};
use crate::ingest::walk::{self, Source};
use crate::ingest::{Contents, Options};
use std::fs::File;
use std::io::{self, BufRead, Cursor, Read, Seek};
use std::rc::Rc;
use xxhash_rust::xxh3::xxh3_64;

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
    ppt pptx epub mobi bz2 xz 7z rar mp3 mp4 m4a wav ogg flac avi mov mkv webm woff woff2 ttf \
    otf exe dll so o a class jar py js css sqlite db parquet eml yaml yml toml";

/// Reads one file and hands out its articles and problems as they come. The hash is that of the
/// file's bytes, 0 where it was not read to its end.
pub fn read_each(source: &Source, options: &Options, each: &mut dyn FnMut(Item)) -> u64 {
    let mut reading = Reading::new(source, options, each);
    let ending = source.path.file_name().and_then(|name| ending(&name.to_string_lossy()));
    if reading.holds_no_articles(ending.as_deref()) {
        return 0;
    }
    let mut file = match walk::open(&source.path) {
        Ok(file) => file,
        Err(problem) => {
            (reading.each)(Item::Problem(problem));
            return 0;
        }
    };
    let read = match small(&mut file, source.size) {
        Ok(Some(bytes)) => reading.small_file(ending.as_deref(), bytes),
        Ok(None) => reading.long_file(ending.as_deref(), file),
        Err(error) => Err(error),
    };
    read.unwrap_or_else(|error| {
        reading.failed(&error);
        0
    })
}

/// All bytes of a file of this size, where they are no more than we look at anyway: most files are read at one
/// go.
fn small(file: &mut File, size: u64) -> io::Result<Option<Vec<u8>>> {
    let Ok(size @ ..HEAD) = usize::try_from(size) else { return Ok(None) };
    // With room for the look behind the end that finds nothing.
    let mut bytes = Vec::with_capacity(size + 64);
    let read = file.take(HEAD as u64).read_to_end(&mut bytes);
    if read.is_ok_and(|read| read < HEAD) {
        return Ok(Some(bytes));
    }
    // It grew, or cannot be read to its end.
    file.rewind()?;
    Ok(None)
}

/// Whether the file is a zip archive, which is read from its end.
fn is_zip(file: &mut File) -> io::Result<bool> {
    let mut start = Vec::new();
    file.take(4).read_to_end(&mut start)?;
    file.rewind()?;
    Ok(zip::looks(&start))
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
    let mut reading = Reading::new(&source, options, &mut each);
    let counted = Counted::new(from, &reading.budget);
    reading.unpacked(None, Box::new(counted));
    contents
}

/// The ending of a name in lower case, without `.gz` and `.zst`.
fn ending(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    name.rsplit_once('.').map(|(_, ending)| ending.to_owned())
}

/// One file, or one member of an archive, being read: where its articles and problems go.
pub(crate) struct Reading<'a> {
    /// The file; of a member, shown as `a.zip!/b.html`.
    pub(crate) source: &'a Source,
    pub(crate) options: &'a Options,
    format: &'static str,
    each: &'a mut dyn FnMut(Item),
    /// What the file may unpack to, with all that is in it.
    pub(crate) budget: Rc<Budget>,
    /// The member being read, and in how many archives it is.
    member: Option<String>,
    nested: usize,
}

impl<'a> Reading<'a> {
    fn new(source: &'a Source, options: &'a Options, each: &'a mut dyn FnMut(Item)) -> Reading<'a> {
        Reading {
            source,
            options,
            format: "",
            each,
            budget: Budget::new(&options.limits),
            member: None,
            nested: 0,
        }
    }
}

impl Reading<'_> {
    /// Whether the name says that no article is in it.
    fn holds_no_articles(&mut self, ending: Option<&str>) -> bool {
        let Some(ending) = ending.filter(|e| NOT_ARTICLES.split(' ').any(|n| n == *e)) else {
            return false;
        };
        self.problem(Reason::UnknownFormat, None, format!("`.{ending}` files are not read"));
        true
    }

    /// Reads the bytes of a whole file; their hash.
    fn small_file(&mut self, ending: Option<&str>, bytes: Vec<u8>) -> io::Result<u64> {
        let hash = xxh3_64(&bytes);
        if zip::looks(&bytes) {
            self.budget.take(bytes.len() as u64);
            zip::read(self, &mut Cursor::new(bytes));
            return Ok(hash);
        }
        let opened = container::unpack_held(bytes, &self.budget)?;
        Ok(if self.content(ending, opened) { hash } else { 0 })
    }

    /// Reads a file of any length; its hash.
    fn long_file(&mut self, ending: Option<&str>, mut file: File) -> io::Result<u64> {
        if is_zip(&mut file)? { self.zip_file(file) } else { self.file(ending, file) }
    }

    /// Reads a file from its beginning; its hash.
    fn file(&mut self, ending: Option<&str>, file: File) -> io::Result<u64> {
        let (hashed, hash) = Hashed::new(Counted::new(file, &self.budget));
        let opened = container::unpack(Box::new(hashed), &self.budget)?;
        let whole = self.content(ending, opened);
        Ok(if whole { hash.borrow().digest() } else { 0 })
    }

    /// Reads a zip archive, once for its hash, then member by member; its hash.
    fn zip_file(&mut self, mut file: File) -> io::Result<u64> {
        let (mut hashed, hash) = Hashed::new(Counted::new(&mut file, &self.budget));
        io::copy(&mut hashed, &mut io::sink())?;
        let hash = hash.borrow().digest();
        drop(hashed);
        zip::read(self, &mut file);
        Ok(hash)
    }

    /// Reads one member of this archive.
    pub(crate) fn member(&mut self, name: &[u8], from: Box<dyn Read + '_>) {
        if walk::leaves_out_member(name) || !self.admits(name) {
            return;
        }
        self.within(name, |reading| {
            let ending = ending(&String::from_utf8_lossy(name));
            if !reading.holds_no_articles(ending.as_deref()) {
                reading.unpacked(ending.as_deref(), from);
            }
        });
    }

    /// Hands out why a member of this archive was not read.
    pub(crate) fn refused_member(&mut self, name: &[u8], reason: Reason, message: impl Into<String>) {
        if !walk::leaves_out_member(name) && self.admits(name) {
            self.within(name, |reading| reading.problem(reason, None, message));
        }
    }

    /// Counts a member, and says it once when there are too many.
    fn admits(&mut self, name: &[u8]) -> bool {
        let before = self.budget.is_full();
        let admitted = self.budget.admits_member();
        if !admitted && !before {
            let message = format!("more than {} members in one file", self.options.limits.members);
            self.within(name, |reading| reading.problem(Reason::TooMany, None, message));
        }
        admitted
    }

    /// Whether the file gave all that it may.
    pub(crate) fn is_spent(&self) -> bool {
        self.budget.is_spent()
    }

    /// Does something in the name of a member.
    fn within(&mut self, name: &[u8], read: impl FnOnce(&mut Reading<'_>)) {
        let shown = walk::shown_bytes(name.strip_prefix(b"./").unwrap_or(name));
        let path = self.source.path.clone();
        let source = Source { path, shown: format!("{}!/{shown}", self.source.shown), size: 0, modified: 0 };
        let member =
            self.member.as_ref().map_or_else(|| shown.clone(), |within| format!("{within}!/{shown}"));
        read(&mut Reading {
            source: &source,
            options: self.options,
            format: "",
            each: &mut *self.each,
            budget: Rc::clone(&self.budget),
            member: Some(member),
            nested: self.nested + 1,
        });
    }

    fn unpacked(&mut self, ending: Option<&str>, from: Box<dyn Read + '_>) {
        match container::unpack(from, &self.budget) {
            Ok(opened) => drop(self.content(ending, opened)),
            Err(error) => self.failed(&error),
        }
    }

    /// Reads the members of an archive that comes as a stream. False where it was not read to its
    /// end.
    fn archive(&mut self, opened: Opened<'_>) -> bool {
        if self.nested >= self.options.limits.nesting {
            let message = format!("an archive within {} archives is not read", self.nested);
            self.problem(Reason::TooNested, None, message);
            return false;
        }
        if tar::looks(opened.head()) {
            tar::read(self, opened);
            return !self.is_spent();
        }
        // Its directory stands at its end: it has to be held.
        let limit = self.options.limits.document;
        if let Some(bytes) = self.bytes(opened, limit) {
            zip::read(self, &mut Cursor::new(bytes));
        }
        true
    }

    /// Reads the content with the format it has. False where it was not read to its end.
    fn content(&mut self, ending: Option<&str>, mut opened: Opened<'_>) -> bool {
        if opened.head().is_empty() {
            match opened.bytes.fill_buf() {
                Ok(_) => self.problem(Reason::Empty, None, "the file is empty"),
                Err(error) => self.failed(&error),
            }
            return true;
        }
        if zip::looks(opened.head()) || tar::looks(opened.head()) {
            return self.archive(opened);
        }
        let head = opened.head().to_vec();
        if head.starts_with(b"%PDF") {
            self.problem(Reason::UnknownFormat, None, "PDF files are not read");
            return false;
        }
        // A crawl may begin with pictures and packed pages.
        let is_crawl = warc::begins(&head);
        let crawl = is_crawl.then(|| String::from_utf8_lossy(&head).into_owned());
        let Ok(head) = crawl.map_or_else(|| decode::decode(head, |_| None), Ok) else {
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
        if !is_crawl {
            opened.keep(head);
        }
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
    pub(crate) fn text(&mut self, mut opened: Opened<'_>, limit: usize) -> Option<String> {
        if let Some(text) = opened.text.take().filter(|text| text.len() <= limit) {
            return Some(text);
        }
        let bytes = self.bytes(opened, limit)?;
        let text = decode::decode(bytes, html_encoding);
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
        let problem = Problem { member: self.member.clone(), ..problem };
        (self.each)(Item::Problem(problem.at(place.map(Place::words))));
    }

    /// Hands out what an error of the system means.
    pub(crate) fn failed(&mut self, error: &io::Error) {
        let (reason, message) = match error.kind() {
            io::ErrorKind::QuotaExceeded => (Reason::Unpacked, container::BEYOND.to_owned()),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                (Reason::Truncated, format!("damaged, or ends early ({error})"))
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
    /// A byte, from 0.
    Byte(u64),
}

impl Place {
    fn suffix(self) -> String {
        match self {
            Place::Line(n) => format!(":{n}"),
            Place::Record(n) => format!("#{n}"),
            Place::Byte(n) => format!("@{n}"),
        }
    }

    fn words(self) -> String {
        match self {
            Place::Line(n) => format!("line {n}"),
            Place::Record(n) => format!("record {n}"),
            Place::Byte(n) => format!("byte {n}"),
        }
    }
}
