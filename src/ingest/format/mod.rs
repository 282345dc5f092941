//! The formats, one file each, and the table that names them.

mod csv;
mod feed;
pub(crate) mod html;
mod html_meta;
mod json;
mod markdown;
mod newsml;
mod newsml_g2;
mod ninjs;
mod nitf;
mod plain;
mod tags;
pub(crate) mod xml;

use crate::ingest::reading::{Opened, Reading};

/// A format of archives: how it is known, and its reader.
pub struct Format {
    /// Its name, as in `--read-as NAME`.
    pub name: &'static str,
    /// The endings of its file names.
    pub endings: &'static [&'static str],
    /// What it is, for help.
    pub about: &'static str,
    /// Whether a file whose name tells nothing begins like one.
    looks: fn(&str) -> bool,
    pub(crate) read: fn(&mut Reading<'_>, Opened<'_>),
}

/// Every format that is read. The first that fits wins, so plain text is last.
pub const FORMATS: &[Format] = &[
    Format {
        name: "jsonl",
        endings: &["jsonl", "ndjson", "jl"],
        about: "JSON Lines: a record a line",
        looks: |_| false,
        read: json::read_lines,
    },
    Format {
        name: "json",
        endings: &["json"],
        about: "JSON: a record, an array of records, or records line by line",
        looks: json::looks,
        read: json::read_document,
    },
    Format {
        name: "csv",
        endings: &["csv", "tsv", "tab", "psv"],
        about: "a table with a header row: columns parted by commas, tabs, semicolons or bars",
        looks: |_| false,
        read: csv::read,
    },
    Format {
        name: "ninjs",
        endings: &["ninjs"],
        about: "ninjs 1, 2 and 3: known within JSON by its uri and headline",
        looks: |_| false,
        read: json::read_document,
    },
    Format {
        name: "nitf",
        endings: &["nitf"],
        about: "NITF 3: <nitf>",
        looks: nitf::looks,
        read: nitf::read,
    },
    Format {
        name: "newsml-g2",
        endings: &["newsmlg2"],
        about: "NewsML-G2: <newsItem>, or a <newsMessage> of several, with NITF, XHTML or plain text",
        looks: newsml_g2::looks,
        read: newsml_g2::read,
    },
    Format {
        name: "newsml",
        endings: &["newsml"],
        about: "NewsML 1: <NewsML>, its components with NITF, XHTML or plain text",
        looks: newsml::looks,
        read: newsml::read,
    },
    Format {
        name: "feed",
        endings: &["rss", "atom", "rdf"],
        about: "RSS 2, RSS 1 and Atom: an article an item",
        looks: feed::looks,
        read: feed::read,
    },
    Format {
        name: "html",
        endings: &["html", "htm", "xhtml"],
        about: "a web page with one article",
        looks: html::looks,
        read: |reading, opened| reading.whole(opened, html::page),
    },
    Format {
        name: "markdown",
        endings: &["md", "markdown", "mdown"],
        about: "Markdown, with YAML or TOML front matter or without",
        looks: |head| head.starts_with("---\n") || head.starts_with("+++\n"),
        read: |reading, opened| reading.whole(opened, |text, reading| markdown::read(text, reading)),
    },
    Format {
        name: "plain",
        endings: &["txt", "text"],
        about: "plain text, with header lines (headline, byline, date, URL) or without",
        looks: |_| true,
        read: |reading, opened| reading.whole(opened, |text, _| Ok(plain::read(text))),
    },
];

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|f| f.name == name)
    }

    /// The format of a file: by the ending of its name, else by how it begins.
    pub(crate) fn of(ending: Option<&str>, head: &str) -> Option<&'static Format> {
        let by_ending = |e: &str| FORMATS.iter().find(|f| f.endings.contains(&e));
        ending.and_then(by_ending).or_else(|| FORMATS.iter().find(|f| (f.looks)(head)))
    }
}
