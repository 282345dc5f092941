use crate::ingest::draft::{Draft, Refusal};
use crate::ingest::fields::Field;
use crate::ingest::problem::Reason;
use crate::ingest::reading::Reading;
use crate::ingest::record;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde_json::{Map, Value};

/// Markdown: front matter between `---` (YAML) or `+++` (TOML), then prose, of which only the
/// words are kept. The first heading is the title where none is stated.
pub(crate) fn read(text: &str, reading: &Reading<'_>) -> Result<Draft, Refusal> {
    let text = text.replace("\r\n", "\n");
    let (mut draft, body) = match front_matter(&text)? {
        Some((fields, body)) => (record::draft(&fields, reading.options), body),
        None => (Draft::default(), text.as_str()),
    };
    let (heading, prose) = prose(body);
    match heading {
        Some(heading) if draft.meta.title.is_none() => draft.state(Field::Title, &heading),
        // The headline repeated above the text is not part of the text.
        Some(heading) if draft.meta.title.as_ref().is_some_and(|t| same_words(t, &heading)) => {}
        Some(heading) => {
            draft.text = format!("{heading}\n\n{prose}");
            return Ok(draft);
        }
        None => {}
    }
    if !prose.is_empty() {
        draft.text = prose;
    }
    Ok(draft)
}

/// Whether two headlines are the same but for marks and case.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    let words =
        |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    words(a) == words(b)
}

/// The fields at the head, and the rest.
type Front<'a> = (Map<String, Value>, &'a str);

/// More than any newsroom writes above an article.
const LONGEST_FRONT_MATTER: usize = 64 * 1024;
/// Brackets within brackets: the time of the YAML reader grows with their square.
const DEEPEST_FRONT_MATTER: usize = 32;

/// Takes off the front matter, if there is one.
fn front_matter(text: &str) -> Result<Option<Front<'_>>, Refusal> {
    let fence = if text.starts_with("---\n") {
        "---"
    } else if text.starts_with("+++\n") {
        "+++"
    } else {
        return Ok(None);
    };
    let bad = |message: String| (Reason::BadFrontMatter, message);
    let inner = &text[fence.len() + 1..];
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        let ends = line.trim_end();
        if ends == fence || (fence == "---" && ends == "...") {
            let block = &inner[..at];
            if block.len() > LONGEST_FRONT_MATTER || depth(block) > DEEPEST_FRONT_MATTER {
                return Err(bad("the front matter is too long or nested too deep".to_owned()));
            }
            let fields = if fence == "---" { yaml(block) } else { toml(block) };
            return fields.map(|f| Some((f, &inner[at + line.len()..]))).map_err(bad);
        }
        at += line.len();
    }
    // A rule above prose is only a rule.
    let first = inner.lines().next().unwrap_or_default();
    if !first.contains([':', '=']) {
        return Ok(None);
    }
    Err(bad(format!("the front matter is not closed by `{fence}`")))
}

/// How many brackets are open at most.
fn depth(block: &str) -> usize {
    let (mut open, mut most) = (0usize, 0);
    for byte in block.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

fn yaml(block: &str) -> Result<Map<String, Value>, String> {
    if block.trim().is_empty() {
        return Ok(Map::new());
    }
    match serde_yaml_ng::from_str(block) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err("the front matter is YAML, but not a list of fields".to_owned()),
        Err(error) => Err(format!("the front matter is not valid YAML: {error}")),
    }
}

fn toml(block: &str) -> Result<Map<String, Value>, String> {
    let table: toml::Table = toml::from_str(block)
        .map_err(|error| format!("the front matter is not valid TOML: {}", error.message()))?;
    Ok(table.into_iter().map(|(name, value)| (name, as_json(value))).collect())
}

fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(name, value)| (name, as_json(value))).collect())
        }
    }
}

/// The first heading, if it stands above the text, and the paragraphs without their marks.
fn prose(body: &str) -> (Option<String>, String) {
    let mut prose = Prose::default();
    for event in Parser::new(body) {
        prose.take(event);
    }
    prose.end_block();
    (prose.heading, prose.blocks.join("\n\n"))
}

#[derive(Default)]
struct Prose {
    heading: Option<String>,
    blocks: Vec<String>,
    block: String,
    /// Within an image or a block of code, whose words are not the article's.
    left_out: usize,
}

impl Prose {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => self.left_out += 1,
            Event::End(TagEnd::Image | TagEnd::CodeBlock) => self.left_out = self.left_out.saturating_sub(1),
            _ if self.left_out > 0 => {}
            Event::Text(words) | Event::Code(words) => self.block.push_str(&words),
            Event::SoftBreak => self.block.push(' '),
            Event::HardBreak => self.block.push('\n'),
            Event::End(TagEnd::Heading(_)) => {
                if self.blocks.is_empty() && self.heading.is_none() {
                    self.heading = Some(std::mem::take(&mut self.block));
                }
                self.end_block();
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) | Tag::Heading { .. })
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_))
            | Event::Rule => self.end_block(),
            _ => {}
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.trim().is_empty() {
            self.blocks.push(block.trim().to_owned());
        }
    }
}
