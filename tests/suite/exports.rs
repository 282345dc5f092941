//! Files of many articles: crawls in WARC, text exports of LexisNexis and Factiva, mailboxes.

use crate::packing::gzipped;
use onrecord::ingest::{Contents, Limits, Options, Source, read};
use std::fs;
use tempfile::TempDir;

fn read_with(name: &str, bytes: &[u8], options: &Options) -> Contents {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    read(&Source::file(&path).unwrap(), options)
}

fn read_bytes(name: &str, bytes: &[u8]) -> Contents {
    read_with(name, bytes, &Options::default())
}

/// Each article as `path|title|date|outlet|byline|section|place|url|lang|text`, each problem as `code place`.
fn told(contents: &Contents) -> Vec<String> {
    let articles = contents.articles.iter().map(|a| {
        let m = &a.meta;
        let date = m.date.map(|d| d.to_string());
        let fields = [&m.title, &date, &m.outlet, &m.byline, &m.section, &m.place, &m.url, &m.record_id];
        let fields = fields.map(|f| f.clone().unwrap_or_default()).join("|");
        format!("{}|{fields}|{}", m.path, a.text.as_str().replace('\n', "¶"))
    });
    let problems =
        contents.problems.iter().map(|p| format!("{} {}", p.code, p.place.as_deref().unwrap_or("-")));
    articles.chain(problems).collect()
}

/// A record of a crawl.
fn record(kind: &str, address: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2019-06-01T04:12:00Z\r\n\
         Content-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

/// What a server answers with.
fn answer(status: &str, header: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {status}\r\n{header}\r\n\r\n").as_bytes(), body].concat()
}

const HTML: &str = "Content-Type: text/html; charset=utf-8";
const PAGE: &str = "<html><head><title>Bridge opens</title></head><body><p>The mayor spoke at length, and then, \
                    as the rain set in, spoke again.</p></body></html>";
const TEXT: &str = "The mayor spoke at length, and then, as the rain set in, spoke again.";

#[test]
fn pages_of_a_crawl_are_articles() {
    let page = |address: &str, header: &str, body: &[u8]| {
        record("response", address, &answer("200 OK", header, body))
    };
    let chunks =
        format!("{:x};x=y\r\n{}\r\n{:X}\r\n{}\r\n0\r\n\r\n", 20, &PAGE[..20], PAGE.len() - 20, &PAGE[20..]);
    let records = [
        record("warcinfo", "x", b"software: ours\r\n"),
        record("request", "http://a.example/", b"GET / HTTP/1.1\r\n\r\n"),
        page("http://a.example/2016/10/12/one", HTML, PAGE.as_bytes()),
        page(
            "<http://a.example/two>",
            &format!("{HTML}\r\nContent-Encoding: gzip"),
            &gzipped(PAGE.as_bytes()),
        ),
        page("http://a.example/three", &format!("{HTML}\r\nTransfer-Encoding: chunked"), chunks.as_bytes()),
        page(
            "http://a.example/four",
            "content-type: text/plain; charset=windows-1252",
            b"Four\n\nIt \x93stands\x94, he said.",
        ),
        page("http://a.example/photo", "Content-Type: image/png", b"\x89PNG\0\0\0"),
        record("response", "http://a.example/none", &answer("404 Not Found", HTML, PAGE.as_bytes())),
        record("revisit", "http://a.example/one", b""),
        record("metadata", "http://a.example/one", b"x"),
    ];
    let wanted = [
        format!("Bridge opens|2016-10-12|A||||http://a.example/2016/10/12/one||{TEXT}"),
        format!("Bridge opens|2019-06-01|A||||http://a.example/two||{TEXT}"),
        format!("Bridge opens|2019-06-01|A||||http://a.example/three||{TEXT}"),
        "Four|2019-06-01|A||||http://a.example/four||It “stands”, he said.".to_owned(),
    ];
    let whole = records.concat();
    let packed: Vec<u8> = records.iter().flat_map(|record| gzipped(record)).collect();
    for (name, bytes) in [("a.warc", &whole), ("a.warc.gz", &packed), ("a", &whole)] {
        let told = told(&read_bytes(name, bytes));
        let bare: Vec<&str> = told.iter().map(|line| line.split_once('|').unwrap().1).collect();
        assert_eq!(bare, wanted, "{name}");
        let at = records[..2].concat().len();
        assert!(told[0].starts_with(&format!("{name}@{at}|")), "{told:?}");
    }
}

#[test]
fn a_damaged_record_of_a_crawl_hides_no_other() {
    let page = |n: u32| {
        record("response", &format!("http://a.example/{n}"), &answer("200 OK", HTML, PAGE.as_bytes()))
    };
    let bad = |from: &str, to: &str| String::from_utf8(page(2)).unwrap().replacen(from, to, 1).into_bytes();
    let length = format!("Content-Length: {}", answer("200 OK", HTML, PAGE.as_bytes()).len());
    let first = page(1).len();
    let rows = [
        ("no mark", bad("WARC/1.0", "WORC/1.0"), "bad-record"),
        ("no length", bad(&length, "Content-Width: 1"), "bad-record"),
        ("odd length", bad(&length, "Content-Length: many"), "bad-record"),
        ("too short", bad(&length, "Content-Length: 50"), "bad-record"),
        ("too long", bad(&length, "Content-Length: 400"), "bad-record"),
        ("far too long", bad(&length, "Content-Length: 99999999999"), "too-large"),
        ("rubbish", b"\0\xFF\x10 rubbish\r\nmore of it\r\n\r\n".to_vec(), "bad-record"),
        (
            "brotli",
            record("response", "x", &answer("200 OK", "Content-Encoding: br", b"x")),
            "unknown-packing",
        ),
        ("empty page", record("response", "x", &answer("200 OK", HTML, b"")), "no-body"),
    ];
    for (what, bytes, code) in rows {
        let told = told(&read_bytes("a.warc", &[page(1), bytes, page(3)].concat()));
        let articles: Vec<&str> =
            told.iter().filter(|t| t.contains('|')).map(|t| t.split('|').nth(7).unwrap()).collect();
        let problems: Vec<&String> = told.iter().filter(|t| !t.contains('|')).collect();
        let wanted: &[&str] = match what {
            "far too long" => &["http://a.example/1"],
            _ => &["http://a.example/1", "http://a.example/3"],
        };
        assert_eq!(articles, wanted, "{what}: {told:?}");
        assert_eq!(*problems[0], format!("{code} byte {first}"), "{what}");
        assert_eq!(problems.len(), if what == "far too long" { 2 } else { 1 }, "{what}: {told:?}");
    }
    let cut = [page(1), page(2)].concat();
    let told = told(&read_bytes("a.warc", &cut[..cut.len() - 40]));
    assert_eq!(told[1..], [format!("truncated byte {first}")]);
    let limits = Limits { record: 400, ..Limits::default() };
    let long = record("response", "x", &answer("200 OK", HTML, &[b' '; 500]));
    let options = Options { limits, ..Options::default() };
    let contents = read_with("a.warc", &[long, page(3)].concat(), &options);
    assert_eq!((contents.articles.len(), &contents.problems[0].code[..]), (1, "too-large"));
}

#[test]
fn a_crawl_that_hides_records_in_records_ends_soon() {
    let bait = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 200000\r\n\r\nx\r\n".repeat(8000);
    let limits = Limits { record: 300_000, ..Limits::default() };
    let contents = read_with("a.warc", &bait, &Options { limits, ..Options::default() });
    assert!(contents.articles.is_empty() && !contents.problems.is_empty());
}

const NEXIS: &str = "\u{FEFF}                               1 of 2 DOCUMENTS


                 Copyright 2016 The Daily Example Ltd
                         All Rights Reserved
                          The Daily Example

                   October 12, 2016 Wednesday 9:05 AM GMT
                              First Edition

Bridge opens after nine
years of work

BYLINE: Ada Quill and Tom Reed

SECTION: NEWS; Pg. 4

LENGTH: 40 words

DATELINE: PORT ELLEN

HIGHLIGHT: It stands.


The mayor spoke at length, and then, as
the rain set in, spoke again.

SMITH: It stands.

URL: http://daily.example/bridge

LOAD-DATE: October 13, 2016

LANGUAGE: ENGLISH; ENGLISH

                               2 of 2 DOCUMENTS

                              Morning Example

                                 1 May 2017

Second

LENGTH: 4 words

It rained.

                      Copyright 2017 Morning Example
";

#[test]
fn an_export_of_nexis_is_its_articles() {
    let wanted = [
        "a.txt#1|Bridge opens after nine years of work|2016-10-12|The Daily Example|Ada Quill and Tom Reed|NEWS; Pg. 4|\
         PORT ELLEN|http://daily.example/bridge||The mayor spoke at length, and then, as the rain set in, spoke again.\
         ¶¶SMITH: It stands.",
        "a.txt#2|Second|2017-05-01|Morning Example||||||It rained.",
    ];
    assert_eq!(told(&read_bytes("a.txt", NEXIS.as_bytes())), wanted);
    assert_eq!(told(&read_bytes("a.txt", NEXIS.replace('\n', "\r\n").as_bytes())), wanted);
    let wide: Vec<u8> = NEXIS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(told(&read_bytes("a.txt", &wide)), wanted);
    let searched =
        format!("Search terms: bridge\nDownload request\n\n{}", NEXIS.trim_start_matches('\u{FEFF}'));
    assert_eq!(told(&read_bytes("a.txt", searched.as_bytes())), wanted);
}

const FACTIVA: &str = "HD \nBridge opens after\nnine years\n\nBY \nBy Ada Quill\nWC \n40 words\nPD \n12 October 2016\nSN \n\
    The Daily Example\nSC \nDAYEX\nLA \nEnglish\nCY \nCopyright 2016\nLP \nThe mayor spoke at length, and then, as\n\
    the rain set in, spoke again.\n\nIN the end it stood.\nTD \nIt rained.\n\nNobody minded.\n\nNS \ngcom : Life\nAN \n\
    Document DAYEX00020161012ecac0000a\n\n\
    HD      Second\nPD      1 May 2017\nSN      Morning Example\nTD      It rained.\n        All day.\n\n        Then not.\n\
    AN      Document MOREX00020170501ed510000b\n\nSearch Summary\nText\tbridge\n";

#[test]
fn an_export_of_factiva_is_its_articles() {
    let wanted = [
        "a.txt#1|Bridge opens after nine years|2016-10-12|The Daily Example|Ada Quill||||DAYEX00020161012ecac0000a|\
         The mayor spoke at length, and then, as the rain set in, spoke again.¶¶IN the end it stood.¶¶It rained.¶¶\
         Nobody minded.",
        "a.txt#2|Second|2017-05-01|Morning Example|||||MOREX00020170501ed510000b|It rained. All day.¶¶Then not.",
    ];
    assert_eq!(told(&read_bytes("a.txt", FACTIVA.as_bytes())), wanted);
    let limits = Limits { record: 320, ..Limits::default() };
    let contents = read_with("a.txt", FACTIVA.as_bytes(), &Options { limits, ..Options::default() });
    assert_eq!(told(&contents), [wanted[1], "too-large record 1"]);
}

const MBOX: &str = "From ada@daily.example Wed Oct 12 08:00:00 2016\nFrom: =?iso-8859-1?Q?Ad=E9?= Quill at The Daily Example \
    <ada@daily.example>\nSubject: =?utf-8?B?QnJpZGdl?=\n =?utf-8?Q?_opens?=\nDate: Wed, 12 Oct 2016 23:30:00 -0500\n\
    Message-ID: <1@daily.example>\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain; \
    charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\nThe mayor spoke: =93It=\n stands.=94\n\n\
    >From here on it rained.\n>>From there too.\n\nFrom the mayor no word.\n\n-- \nSent to you.\n--x\n\
    Content-Type: text/html\n\n<p>Not this.</p>\n--x--\n\nFrom x@morning.example Thu Oct 13 08:00:00 2016\n\
    From: Morning Example <x@morning.example>\nSubject: Second\nDate: Thu, 13 Oct 2016 08:00:00 +0000\n\
    Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\
    PHA+SXQgcmFpbmVkIGFsbCBkYXkuPC9wPjxwPk5vYm9keSBtaW5kZWQuPC9wPg==\n\n\
    From y@z.example Fri Oct 14 08:00:00 2016\nFrom: Ada Quill <ada@evening-example.com>\nSubject: Third\n\nIt snowed.\n";

#[test]
fn a_mailbox_is_its_letters() {
    let wanted = [
        "a.mbox#1|Bridge opens|2016-10-12|The Daily Example|Adé Quill||||1@daily.example|The mayor spoke: “It stands.”¶¶\
         From here on it rained.¶>From there too.¶¶From the mayor no word.",
        "a.mbox#2|Second|2016-10-13|Morning Example||||||It rained all day.¶¶Nobody minded.",
        "a.mbox#3|Third||Evening Example|Ada Quill|||||It snowed.",
    ];
    assert_eq!(told(&read_bytes("a.mbox", MBOX.as_bytes())), wanted);
    assert_eq!(told(&read_bytes("a.mbox", MBOX.replace('\n', "\r\n").as_bytes())), wanted);
    assert_eq!(told(&read_bytes("a", MBOX.as_bytes()))[2], wanted[2].replace("a.mbox", "a"));
}
