//! The XML that news formats are written in: elements with their text, one article's at a time.
//!
//! No entity is expanded but characters by name or number, nothing is fetched, and nesting, size
//! and number of elements are bounded. What is not well formed is told, and read as far as it goes.

use crate::ingest::draft::{Draft, tidy};
use crate::ingest::fields::Field;
use crate::ingest::format::tags;
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Place, Reading};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements kept of one article, and of all that stands around the articles.
const MOST_ELEMENTS: usize = 500_000;
/// Attributes kept of one element.
const MOST_ATTRIBUTES: usize = 64;

/// An element, its prefix left out of its name unless it is asked for.
#[derive(Debug, Default)]
pub(crate) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    nodes: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

/// What is done with each article's element: those around it, outermost first, and its line.
type Each<'a> = &'a mut dyn FnMut(&mut Reading<'_>, &[Element], &Element, Place);

/// The name of the root element, without its prefix.
pub(crate) fn root(head: &str) -> Option<&str> {
    let mut rest = head.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        let end = match rest.as_bytes().first()? {
            b'?' => rest.find("?>")? + 2,
            b'!' if rest.starts_with("!--") => rest.find("-->")? + 3,
            b'!' => match (rest.find('>')?, rest.find('[')) {
                (end, Some(open)) if open < end => rest.find("]>")? + 2,
                (end, _) => end + 1,
            },
            _ => break,
        };
        rest = &rest[end..];
    }
    let name = &rest[..rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?];
    Some(local(name))
}

/// Every outermost element of one of these names, as soon as it is closed.
pub(crate) fn records(reading: &mut Reading<'_>, text: &str, names: &[&str], each: Each<'_>) {
    let mut from = Reader::from_str(text);
    let config = from.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut tree = Tree {
        text,
        names,
        open: Vec::new(),
        record: None,
        within: 0,
        outside: 0,
        beyond: 0,
        line: (1, 0),
        told: None,
    };
    loop {
        let at = from.buffer_position() as usize;
        match from.read_event() {
            Ok(Event::Start(tag)) => tree.open(reading, &tag, at),
            Ok(Event::Empty(tag)) => {
                tree.open(reading, &tag, at);
                tree.close(reading, tag.name().as_ref(), at, each);
            }
            Ok(Event::End(tag)) => tree.close(reading, tag.name().as_ref(), at, each),
            Ok(Event::Text(words)) => tree.text(&words),
            Ok(Event::CData(words)) => tree.text(&words),
            Ok(Event::GeneralRef(name)) => tree.text(&tags::entities(&format!("&{};", &*name))),
            Ok(Event::Eof) => return tree.end(reading, text.len()),
            Ok(_) => {}
            Err(error) => {
                let place = tree.place(from.error_position() as usize);
                return reading.problem(Reason::BadXml, Some(place), format!("not valid XML: {error}"));
            }
        }
    }
}

/// A document as far as it was read.
struct Tree<'a> {
    text: &'a str,
    names: &'a [&'a str],
    /// The elements that are open, outermost first.
    open: Vec<Element>,
    /// Which of them is an article's, and where it begins.
    record: Option<(usize, usize, Place)>,
    /// Elements within the article, and outside of all.
    within: usize,
    outside: usize,
    /// Elements that are open and nested too deep to be kept.
    beyond: usize,
    /// A line, and where it begins.
    line: (u64, usize),
    /// The article of which it was told that its markup is bad.
    told: Option<Option<usize>>,
}

impl Tree<'_> {
    fn open(&mut self, reading: &mut Reading<'_>, tag: &BytesStart<'_>, at: usize) {
        if self.open.len() >= reading.options.limits.depth || self.beyond > 0 {
            self.beyond += 1;
            self.complain(
                reading,
                Reason::TooDeep,
                at,
                "markup nested too deep; its text was read without structure",
            );
            return;
        }
        let element = Element::of(tag);
        if self.record.is_none() && self.names.contains(&element.local()) {
            self.record = Some((self.open.len(), at, self.place(at)));
            self.within = 0;
        }
        *self.count() += 1;
        self.open.push(element);
    }

    /// Closes what this tag closes; an element left open within it is closed with it.
    fn close(&mut self, reading: &mut Reading<'_>, name: &str, at: usize, each: Each<'_>) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let Some(place) = self.open.iter().rposition(|element| element.name == name) else {
            return self.complain(reading, Reason::BadXml, at, &format!("</{name}> closes nothing"));
        };
        if place + 1 < self.open.len() {
            let left = self.open.last().map_or("", |e| &e.name);
            let message = format!("<{left}> is not closed before </{name}>");
            self.complain(reading, Reason::BadXml, at, &message);
        }
        while self.open.len() > place {
            let Some(element) = self.open.pop() else { return };
            match self.record {
                Some((of, start, place)) if of == self.open.len() => {
                    self.record = None;
                    self.hand_out(reading, &element, at - start, place, each);
                }
                _ => self.keep(Node::Element(element)),
            }
        }
    }

    fn hand_out(
        &mut self,
        reading: &mut Reading<'_>,
        element: &Element,
        length: usize,
        place: Place,
        each: Each<'_>,
    ) {
        let limit = reading.options.limits.record;
        if length > limit || self.within > MOST_ELEMENTS {
            let message =
                format!("an item longer than the limit of {limit} bytes or {MOST_ELEMENTS} elements");
            return reading.problem(Reason::TooLarge, Some(place), message);
        }
        each(reading, &self.open, element, place);
    }

    fn text(&mut self, words: &str) {
        let Some(Element { nodes, .. }) = self.open.last_mut() else { return };
        match nodes.last_mut() {
            Some(Node::Text(text)) => text.push_str(words),
            _ => nodes.push(Node::Text(words.to_owned())),
        }
    }

    fn keep(&mut self, node: Node) {
        let room = *self.count() <= MOST_ELEMENTS;
        if let Some(parent) = self.open.last_mut().filter(|_| room) {
            parent.nodes.push(node);
        }
    }

    fn count(&mut self) -> &mut usize {
        if self.record.is_some() { &mut self.within } else { &mut self.outside }
    }

    /// A document that ends with its root closed is whole.
    fn end(&mut self, reading: &mut Reading<'_>, at: usize) {
        if let Some(last) = self.open.last() {
            let message =
                format!("the document ends within <{}>; what was whole before it has been read", last.name);
            let place = self.place(at);
            reading.problem(Reason::Truncated, Some(place), message);
        }
    }

    /// Tells of bad markup, once an article.
    fn complain(&mut self, reading: &mut Reading<'_>, reason: Reason, at: usize, message: &str) {
        let of = self.record.map(|(_, start, _)| start);
        if self.told != Some(of) {
            self.told = Some(of);
            let place = self.place(at);
            reading.problem(reason, Some(place), message);
        }
    }

    fn place(&mut self, at: usize) -> Place {
        let (mut line, mut from) = self.line;
        if at < from {
            (line, from) = (1, 0);
        }
        line +=
            memchr::memchr_iter(b'\n', &self.text.as_bytes()[from..at.min(self.text.len())]).count() as u64;
        self.line = (line, at);
        Place::Line(line)
    }
}

impl Element {
    fn of(tag: &BytesStart<'_>) -> Element {
        let mut attributes = tag.attributes();
        let kept = attributes.with_checks(false).flatten().take(MOST_ATTRIBUTES);
        let kept = kept.map(|a| (local(a.key.as_ref()).to_owned(), tags::entities(&a.value)));
        Element { name: tag.name().as_ref().to_owned(), attributes: kept.collect(), nodes: Vec::new() }
    }

    /// Its name without prefix.
    pub(crate) fn local(&self) -> &str {
        local(&self.name)
    }

    /// The value of an attribute, without white space around it.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The elements within it.
    pub(crate) fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child whose name, as it is written, is this: `dc:creator`.
    pub(crate) fn written(&self, name: &str) -> Option<&Element> {
        self.children().find(|child| child.name == name)
    }

    /// Whether this is its name as it is written.
    pub(crate) fn is_written(&self, name: &str) -> bool {
        self.name == name
    }

    /// States a field from what stands at `path`: the words, or the value of an attribute.
    pub(crate) fn state(&self, draft: &mut Draft, field: Field, path: &'static str, attribute: &'static str) {
        let found = self.at(path);
        let words = |e: &&Element| match attribute {
            "" => Some(e.words()),
            name => e.attribute(name).map(str::to_owned),
        };
        let Some(words) = found.iter().filter_map(words).find(|words| !words.is_empty()) else { return };
        // A code of a list kept elsewhere: `nprov:EXAMPLE`.
        let words = if attribute == "qcode" { local(&words) } else { &words };
        let from = if attribute.is_empty() { path.to_owned() } else { format!("{path}@{attribute}") };
        if field == Field::Agency { draft.credit(from, words) } else { draft.state_from(from, field, words) }
    }

    /// All that stand below it at this path of names: `itemMeta/provider/name`.
    pub(crate) fn at(&self, path: &str) -> Vec<&Element> {
        let mut found = vec![self];
        for name in path.split('/') {
            found = found.iter().flat_map(|e| e.children()).filter(|e| e.local() == name).collect();
        }
        found
    }

    /// It and all below it of this name, in their order, none within another.
    pub(crate) fn all(&self, name: &str) -> Vec<&Element> {
        if self.local() == name {
            return vec![self];
        }
        self.children().flat_map(|child| child.all(name)).collect()
    }

    /// All its text on one line.
    pub(crate) fn words(&self) -> String {
        tidy(&self.raw())
    }

    /// The same without what stands in elements of this name.
    pub(crate) fn words_without(&self, name: &str) -> String {
        let mut text = String::new();
        for node in &self.nodes {
            match node {
                Node::Text(words) => text.push_str(words),
                Node::Element(element) if element.local() == name => {}
                Node::Element(element) => {
                    text.push_str(&element.words_without(name));
                    text.push(' ');
                }
            }
        }
        tidy(&text)
    }

    /// All its text as it stands.
    pub(crate) fn raw(&self) -> String {
        let mut text = String::new();
        self.push_raw(&mut text);
        text
    }

    fn push_raw(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(words) => text.push_str(words),
                Node::Element(element) => element.push_raw(text),
            }
        }
    }

    /// Its paragraphs, parted by blank lines; what is not the article's running text is left out.
    pub(crate) fn prose(&self) -> String {
        let mut text = String::new();
        self.push_prose(&mut text);
        text.trim().to_owned()
    }

    fn push_prose(&self, text: &mut String) {
        let name = self.local().to_ascii_lowercase();
        if listed(LEFT_OUT, &name) {
            return;
        }
        let block = listed(BLOCKS, &name);
        if block {
            end_line(text, "\n\n");
        }
        for node in &self.nodes {
            match node {
                Node::Element(element) if element.local().eq_ignore_ascii_case("br") => end_line(text, "\n"),
                Node::Element(element) => element.push_prose(text),
                Node::Text(words) if name == "pre" => text.push_str(words),
                Node::Text(words) => push_words(text, words),
            }
        }
        if block {
            end_line(text, "\n\n");
        }
    }
}

/// Elements whose text stands in paragraphs of its own: those of NITF and of XHTML.
const BLOCKS: &str = "p div section article main blockquote bq block pre h1 h2 h3 h4 h5 h6 hl2 ul ol li dl dt dd hr \
    note header footer body body.content";
/// Elements that are not running text.
const LEFT_OUT: &str = "table nitf-table media figure figcaption caption aside head script style object form noscript \
    fn footnote body.head body.end";

fn listed(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == name)
}

fn end_line(text: &mut String, with: &str) {
    let end = text.trim_end_matches([' ', '\n']).len();
    if end > 0 {
        let paragraph = with.len() > 1 || text[end..].contains("\n\n");
        text.truncate(end);
        text.push_str(if paragraph { "\n\n" } else { "\n" });
    }
}

/// Words with single spaces between them, wherever the markup breaks its lines.
fn push_words(text: &mut String, words: &str) {
    let apart = |c: char| c.is_ascii_whitespace();
    let mut spaced = words.starts_with(apart);
    for word in words.split_ascii_whitespace() {
        if spaced && !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
        text.push_str(word);
        spaced = true;
    }
    if words.ends_with(apart) && !text.is_empty() && !text.ends_with([' ', '\n']) {
        text.push(' ');
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
