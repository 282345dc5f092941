//! The formats, one file each, and the table that names them.

mod exports;
mod factiva;
pub(crate) mod html;
mod html_meta;
mod json;
mod markdown;
mod mbox;
mod nexis;
mod plain;
mod tags;
pub(crate) mod warc;

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
        name: "html",
        endings: &["html", "htm", "xhtml"],
        about: "a web page with one article",
        looks: html::looks,
        read: |reading, opened| reading.whole(opened, html::page),
    },
    Format {
        name: "warc",
        endings: &["warc"],
        about: "a crawl in WARC: each page that was answered with is an article",
        looks: warc::looks,
        read: warc::read,
    },
    Format {
        name: "mbox",
        endings: &["mbox", "mbx"],
        about: "a mailbox of newsletters: each letter is an article",
        looks: mbox::looks,
        read: mbox::read,
    },
    Format {
        name: "markdown",
        endings: &["md", "markdown", "mdown"],
        about: "Markdown, with YAML or TOML front matter or without",
        looks: |head| head.starts_with("---\n") || head.starts_with("+++\n"),
        read: |reading, opened| reading.whole(opened, |text, reading| markdown::read(text, reading)),
    },
    Format {
        name: "nexis",
        endings: &["txt", "text"],
        about: "a text export of LexisNexis: articles below `3 of 120 DOCUMENTS`",
        looks: nexis::looks,
        read: nexis::read,
    },
    Format {
        name: "factiva",
        endings: &["txt", "text"],
        about: "a text export of Factiva: articles with the tags HD, PD, SN, LP and TD",
        looks: factiva::looks,
        read: factiva::read,
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
        let looks = |f: &&&Format| (f.looks)(head);
        let by_ending = |e: &str| {
            let named: Vec<&Format> = FORMATS.iter().filter(|f| f.endings.contains(&e)).collect();
            // Exports of several kinds end in `.txt`.
            named.iter().find(looks).or(named.first()).copied()
        };
        ending.and_then(by_ending).or_else(|| FORMATS.iter().find(|f| (f.looks)(head)))
    }
}
