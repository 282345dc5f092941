use crate::schema::sources::Source;
use serde::Deserialize;
use serde::de::value::StrDeserializer;
use std::sync::LazyLock;
use tantivy::schema::{IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};
use xxhash_rust::xxh3::xxh3_64;

/// One field of the index, as `index-schema/fields.toml` declares it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// What it is called in the index.
    pub name: String,
    /// Which documents carry it.
    pub of: Of,
    /// What sort of value it holds.
    #[serde(rename = "type")]
    pub sort: Sort,
    /// Where its values come from.
    pub from: Source,
    /// Whether it can be searched.
    #[serde(default)]
    pub indexed: bool,
    /// Whether it can be counted and sorted.
    #[serde(default)]
    pub fast: bool,
    /// Whether `--facet` may name it.
    #[serde(default)]
    pub facet: bool,
    /// What it is, in one sentence.
    pub doc: String,
}

/// Which documents carry a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    /// Articles alone.
    Article,
    /// Quotes alone.
    Quote,
    /// Both.
    Both,
}

/// What sort of value a field holds; `fields.toml` says what each means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Words with marks.
    Text,
    /// A name: folded words and whole form searchable, display form fast.
    Name,
    /// A name of which only the whole form is searchable.
    Whole,
    /// One value, letter for letter.
    Keyword,
    /// A whole number.
    Count,
    /// Days since 1970-01-01.
    Day,
    /// A number from 0 to 1, in thousandths.
    Share,
    /// Kept to be shown.
    Stored,
    /// The same, in bytes.
    Packed,
}

/// The name under which the analysis of texts is known to tantivy.
pub const TEXT_TOKENIZER: &str = "onrecord-text";

/// The name under which the analysis of names is known to tantivy.
pub(crate) const NAME_TOKENIZER: &str = "onrecord-name";

/// The name under which the analysis of names that are only found whole is known to tantivy.
pub(crate) const WHOLE_TOKENIZER: &str = "onrecord-whole";

const FIELDS_TOML: &str = include_str!("../../index-schema/fields.toml");

static DECLARED: LazyLock<Vec<Declared>> = LazyLock::new(|| {
    let tables = FIELDS_TOML.split("[[field]]\n").skip(1).map(Declared::read);
    // The file is part of the program and a test reads it: it cannot be wrong at run time.
    tables.collect::<Option<_>>().expect("index-schema/fields.toml is well formed")
});

impl Declared {
    /// What a table of the file says. Each key has a line of its own, and no value an escape; whatever else
    /// TOML may be is looked for in vain at each start of the program.
    fn read(table: &str) -> Option<Declared> {
        let lines: Vec<_> = table.lines().filter_map(|line| line.split_once(' ')).collect();
        let value = |key| lines.iter().find(|line| line.0 == key)?.1.strip_prefix("= ");
        let text = |key| value(key)?.strip_prefix('"')?.strip_suffix('"');
        let is = |key| value(key) == Some("true");
        Some(Declared {
            name: text("name")?.to_owned(),
            of: named(text("of")?)?,
            sort: named(text("type")?)?,
            from: named(text("from")?)?,
            indexed: is("indexed"),
            fast: is("fast"),
            facet: is("facet"),
            doc: text("doc")?.to_owned(),
        })
    }
}

/// One of few, by its name.
fn named<T: for<'a> Deserialize<'a>>(name: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<serde::de::value::Error>::new(name)).ok()
}

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| build(&DECLARED));

/// The fields of the index, in the order declared.
pub fn declared() -> &'static [Declared] {
    &DECLARED
}

/// The field `--facet NAME` may count, if it is one.
pub fn facet(name: &str) -> Option<&'static Declared> {
    DECLARED.iter().find(|f| f.facet && f.name == name)
}

/// The tantivy schema built from the declared fields.
pub fn schema() -> &'static Schema {
    &SCHEMA
}

/// Hash of the schema and of how values get into it; an index made under another is not opened.
pub fn schema_hash() -> String {
    // The declaration's meaning, not its comments: names, sorts and sources.
    let mut meaning = format!("analysis {ANALYSIS_VERSION}\n");
    for f in declared() {
        meaning += &format!(
            "{} {:?} {:?} {} {} {} {}\n",
            f.name,
            f.of,
            f.sort,
            f.from.name(),
            f.indexed,
            f.fast,
            f.facet
        );
    }
    format!("{:016x}", xxh3_64(meaning.as_bytes()))
}

/// Raised whenever tokens or marks change, or what a quote is packed to or kept as, so that old indexes are not
/// asked new questions.
const ANALYSIS_VERSION: u32 = 9;

fn build(declared: &[Declared]) -> Schema {
    let mut schema = Schema::builder();
    for f in declared {
        let name = f.name.as_str();
        let number = if f.fast { NumericOptions::default().set_fast() } else { NumericOptions::default() };
        let number = if f.indexed { number.set_indexed() } else { number };
        match f.sort {
            Sort::Text => {
                let positions = IndexRecordOption::WithFreqsAndPositions;
                schema.add_text_field(name, text(f, TEXT_TOKENIZER, positions));
            }
            Sort::Name => {
                let positions = IndexRecordOption::WithFreqsAndPositions;
                schema.add_text_field(name, text(f, NAME_TOKENIZER, positions));
            }
            Sort::Whole => {
                schema.add_text_field(name, text(f, WHOLE_TOKENIZER, IndexRecordOption::Basic));
            }
            Sort::Keyword => {
                schema.add_text_field(name, text(f, "raw", IndexRecordOption::Basic));
            }
            Sort::Count | Sort::Share => {
                schema.add_u64_field(name, number);
            }
            Sort::Day => {
                schema.add_i64_field(name, number);
            }
            Sort::Stored => {
                schema.add_text_field(name, TextOptions::default().set_stored());
            }
            Sort::Packed => {
                schema.add_bytes_field(name, STORED);
            }
        }
    }
    schema.build()
}

fn text(f: &Declared, tokenizer: &str, option: IndexRecordOption) -> TextOptions {
    let mut options = TextOptions::default();
    if f.indexed {
        // Lengths rank words; a name or a keyword matches or does not.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(option)
            .set_fieldnorms(f.sort == Sort::Text);
        options = options.set_indexing_options(indexing);
    }
    if f.fast { options.set_fast("raw") } else { options }
}

#[cfg(test)]
mod tests {
    use super::{Declared, FIELDS_TOML, declared};
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct File {
        field: Vec<Declared>,
    }

    #[test]
    fn the_fields_are_those_that_toml_reads() {
        assert_eq!(declared(), toml::from_str::<File>(FIELDS_TOML).unwrap().field);
    }
}
