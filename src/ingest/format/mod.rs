//! The formats, one file each, and the table that names them.

mod csv;
mod exports;
mod factiva;
mod feed;
pub(crate) mod html;
mod html_meta;
mod json;
mod markdown;
mod mbox;
mod newsml;
mod newsml_g2;
mod nexis;
mod ninjs;
mod nitf;
mod plain;
mod tags;
pub(crate) mod warc;
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
    /// Where it states our fields, a line each, for help.
    pub mapping: &'static str,
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
        mapping: "fields by name, as below; text may be HTML",
        looks: |_| false,
        read: json::read_lines,
    },
    Format {
        name: "json",
        endings: &["json"],
        about: "JSON: a record, an array of records, or records line by line",
        mapping: "fields by name, as below, also one level down (headline.main); text may be HTML",
        looks: json::looks,
        read: json::read_document,
    },
    Format {
        name: "csv",
        endings: &["csv", "tsv", "tab", "psv"],
        about: "a table with a header row: columns parted by commas, tabs, semicolons or bars",
        mapping: "columns by name, as below; one must hold the text; a cell may go over several lines",
        looks: |_| false,
        read: csv::read,
    },
    Format {
        name: "ninjs",
        endings: &["ninjs"],
        about: "ninjs 1, 2 and 3: known within JSON by its uri and headline",
        mapping: "title: headline, headlines (main) · text: bodies, body_xhtml, body_text · date: versioncreated\n\
             byline: by, byline · outlet: copyrightholder, infosources · section: subjects · place: located\n\
             agency: infosources · cancelled items are left out, embargoed ones flagged",
        looks: |_| false,
        read: json::read_document,
    },
    Format {
        name: "nitf",
        endings: &["nitf"],
        about: "NITF 3: <nitf>",
        mapping: "title: hedline/hl1, head/title · text: body.content · date: date.issue, pubdata, story.date\n\
             byline: byline · outlet: pubdata@name, distributor, doc.copyright · place: dateline\n\
             section: pubdata@position.section, tobject.subject · agency: distributor, byttl\n\
             cancelled items are left out",
        looks: nitf::looks,
        read: nitf::read,
    },
    Format {
        name: "newsml-g2",
        endings: &["newsmlg2"],
        about: "NewsML-G2: <newsItem>, or a <newsMessage> of several, with NITF, XHTML or plain text",
        mapping: "title: headline · text: inlineXML, inlineData · date: versionCreated · byline: by, creator\n\
             outlet: provider, copyrightHolder · section: subject · place: dateline, located\n\
             agency: creditline, infoSource · cancelled items and pictures are left out, embargoed items flagged",
        looks: newsml_g2::looks,
        read: newsml_g2::read,
    },
    Format {
        name: "newsml",
        endings: &["newsml"],
        about: "NewsML 1: <NewsML>, its components with NITF, XHTML or plain text",
        mapping: "title: HeadLine · text: DataContent · date: ThisRevisionCreated · byline: ByLine · place: DateLine\n\
             outlet: Provider, SentFrom · agency: CreditLine · cancelled items are left out, embargoed ones flagged",
        looks: newsml::looks,
        read: newsml::read,
    },
    Format {
        name: "feed",
        endings: &["rss", "atom", "rdf"],
        about: "RSS 2, RSS 1 and Atom: an article an item",
        mapping: "title: title · text: content:encoded, content, description, summary · date: pubDate, published, dc:date\n\
             byline: dc:creator, author · outlet: title of the feed · section: category · url: link",
        looks: feed::looks,
        read: feed::read,
    },
    Format {
        name: "html",
        endings: &["html", "htm", "xhtml"],
        about: "a web page with one article",
        mapping: "JSON-LD, then OpenGraph and other <meta>, then marks of the page, <h1>, <title>; text: its article",
        looks: html::looks,
        read: |reading, opened| reading.whole(opened, html::page),
    },
    Format {
        name: "warc",
        endings: &["warc"],
        about: "a crawl in WARC: each page that was answered with is an article",
        mapping: "as of a web page; url: WARC-Target-URI; date, where the page states none: WARC-Date",
        looks: warc::looks,
        read: warc::read,
    },
    Format {
        name: "mbox",
        endings: &["mbox", "mbx"],
        about: "a mailbox of newsletters: each letter is an article",
        mapping: "title: Subject · byline, outlet: From · date: Date; text: the letter",
        looks: mbox::looks,
        read: mbox::read,
    },
    Format {
        name: "markdown",
        endings: &["md", "markdown", "mdown"],
        about: "Markdown, with YAML or TOML front matter or without",
        mapping: "front matter by name, as below; else the first heading is the title",
        looks: |head| head.starts_with("---\n") || head.starts_with("+++\n"),
        read: |reading, opened| reading.whole(opened, |text, reading| markdown::read(text, reading)),
    },
    Format {
        name: "nexis",
        endings: &["txt", "text"],
        about: "a text export of LexisNexis: articles below `3 of 120 DOCUMENTS`",
        mapping: "title, outlet, date, BYLINE:, SECTION:, LANGUAGE: of each document; text: its body",
        looks: nexis::looks,
        read: nexis::read,
    },
    Format {
        name: "factiva",
        endings: &["txt", "text"],
        about: "a text export of Factiva: articles with the tags HD, PD, SN, LP and TD",
        mapping: "title: HD · byline: BY · date: PD · outlet: SN · section: SE · lang: LA · id: AN; text: LP and TD",
        looks: factiva::looks,
        read: factiva::read,
    },
    Format {
        name: "plain",
        endings: &["txt", "text"],
        about: "plain text, with header lines (headline, byline, date, URL) or without",
        mapping: "first line = title; By NAME; a line with outlet or date; or `-- ` or `Field: value` lines",
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
