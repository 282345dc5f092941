//! Questions: `search`, `facets`, `speakers`, `show`, and what they have in common.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Which articles and quotes are meant.
#[derive(Args, Clone)]
pub(in crate::cli) struct Question {
    /// Search FOLDER: index it on first use, bring it up to date, then answer
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// Answer with quotes or articles, whatever the query begins with
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<Unit>,
    /// Take the query word for word: no natural phrases
    #[arg(long)]
    pub raw: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Unit {
    Quote,
    Article,
}

/// Search quotes or articles, as the query asks.
///
/// A query that begins with `quotes`, or has a field only quotes have (by, about, cue …), answers with quotes; one that
/// begins with `articles`, or is words alone, with articles. Where it was not taken word for word, its reading stands on standard error,
/// behind ≡.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord search 'quotes by Putin mentioning interference'
  onrecord search 'by:merkel kind:direct date:2015..2016' --sort oldest
  onrecord search 'what did Yusuf say about the hospital' --facet outlet,year
  onrecord search '\"fake news\"' --format csv > hits.csv
  onrecord search --batch queries.csv > answers.csv
  onrecord help query          the whole language

Put single quotation marks around the query: the shell eats the double ones.")]
pub(in crate::cli) struct Search {
    /// The question
    #[arg(required_unless_present = "batch")]
    pub query: Vec<String>,
    /// Ask each query of FILE, one a line or CSV with a column `query` (and `name`): a row of answers each, with
    /// the number of hits and the first of them; csv unless --format says otherwise
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "fields", "facet", "explain", "limit", "offset"])]
    pub batch: Option<PathBuf>,
    #[command(flatten)]
    pub question: Question,
    /// How to print the hits
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Columns of csv, tsv and md: date,outlet,speaker,text …
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub fields: Vec<String>,
    /// In which order
    #[arg(long, value_name = "ORDER")]
    pub sort: Option<Sort>,
    /// At most so many hits (0: all)
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Leave out the first N hits
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// Show every print of an article or quote, not the first with `+N copies`
    #[arg(long)]
    pub all_copies: bool,
    /// Also count the hits by these: speaker,outlet,agency,section,year,month,cue,kind,lang,place
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    pub facet: Vec<String>,
    /// Print how the query was understood and planned, and stop
    #[arg(long)]
    pub explain: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// for people
    Human,
    /// one JSON object a line
    Jsonl,
    /// one JSON document
    Json,
    /// for spreadsheets
    Csv,
    /// tab-separated
    Tsv,
    /// a Markdown table
    Md,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Sort {
    /// best match first
    Relevance,
    /// latest first
    Newest,
    /// earliest first
    Oldest,
}

/// Count the hits of a query by speaker, outlet, year …
///
/// Each print counts, copies too. Of a query that answers with articles, articles are counted.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord facets speaker                          who is quoted most
  onrecord facets outlet,year 'by:merkel migration'
  onrecord facets speaker 'quotes mentioning interference' --top 50 --format csv")]
pub(in crate::cli) struct Facets {
    /// What to count by: speaker,outlet,agency,section,year,month,cue,kind,lang,place
    #[arg(value_name = "FIELDS")]
    pub fields: String,
    /// Of which hits [default: all quotes]
    pub query: Vec<String>,
    #[command(flatten)]
    pub question: Question,
    /// How to print the counts
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// At most so many values (0: all)
    #[arg(long, value_name = "N", default_value_t = 15)]
    pub top: usize,
}

/// Who is quoted, how often, under which names, in which outlets.
///
/// Words search the reported words, as after `quotes`; behind `articles` they search the articles, and the
/// speakers are those quoted there.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord speakers                                everybody, most quoted first
  onrecord speakers 'interference since 2016' --kind person
  onrecord speakers 'is:unnamed outlet:Northwire'  its unnamed sources
  onrecord speakers 'articles bridge' --format csv > people.csv")]
pub(in crate::cli) struct Speakers {
    /// In which quotes [default: all]
    pub query: Vec<String>,
    #[command(flatten)]
    pub question: Question,
    /// Only speakers of these kinds: person,org,group,document,anonymous
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub kind: Vec<SpeakerKind>,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// At most so many speakers (0: all)
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SpeakerKind {
    /// a named person
    Person,
    /// a ministry, company, newspaper
    Org,
    /// several unnamed people
    Group,
    /// a report or statement
    Document,
    /// an unnamed source
    Anonymous,
}

/// Show a quote in its place, or an article with its quotes.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord show q7f3a1c            a quote in its paragraph
  onrecord show q7f3a1c --why      and why this speaker
  onrecord show a81b20f --full     a whole article, its quotes marked")]
pub(in crate::cli) struct Show {
    /// An id as search prints it, or its first six characters or more
    pub id: String,
    /// Say what decided: the rule, the evidence for the cue, each step to the name, the runner-up, how
    /// sure it is
    #[arg(long)]
    pub why: bool,
    /// The whole article
    #[arg(long)]
    pub full: bool,
    /// Look in the index of FOLDER
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}
