//! Reading archives: what each format gives, and what bad input is answered with.

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord::ingest::{Contents, Limits, Options, Reason, Source, field_names, read, read_plain, walk};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const BODY: &str = "The mayor opened the bridge on Friday. “It will stand,” she said.";

fn read_with(name: &str, bytes: &[u8], options: &Options) -> Contents {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    read(&Source::file(&path).unwrap(), options)
}

fn read_bytes(name: &str, bytes: &[u8]) -> Contents {
    read_with(name, bytes, &Options::default())
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// What an article states, one line each: `title|date|outlet|byline|place|section|url|path`.
fn stated(contents: &Contents) -> Vec<String> {
    let line = |a: &onrecord::article::Article| {
        let m = &a.meta;
        let date = m.date.map(|d| d.to_string());
        let fields = [&m.title, &date, &m.outlet, &m.byline, &m.place, &m.section, &m.url];
        let shown = fields.map(|f| f.clone().unwrap_or_default());
        format!("{}|{}", shown.join("|"), m.path)
    };
    contents.articles.iter().map(line).collect()
}

fn problems(contents: &Contents) -> Vec<String> {
    contents.problems.iter().map(|p| format!("{} {}", p.code, p.place.as_deref().unwrap_or("-"))).collect()
}

/// A file of each kind, and what it states.
const STATED: &[(&str, &str, &str)] = &[
    (
        "a.txt",
        "-- Bridge opens after nine years\n-- By  Ada Quill  and  Tom Reed , bridge correspondents\n-- Note\n-- Wed Oct 12, 2016 3:29am EST\n\
         -- http://www.examplewire.com/2016/10/12/bridge\n\n \n\n PORT ELLEN  (ExampleWire) - The mayor spoke. \n",
        "Bridge opens after nine years|2016-10-12|ExampleWire|Ada Quill and Tom Reed, bridge correspondents|PORT ELLEN||\
         http://www.examplewire.com/2016/10/12/bridge|a.txt",
    ),
    (
        "b.txt",
        "Bridge opens\nBy Ada Quill\nThe Daily Example, 12 October 2016\n\nThe mayor spoke.\n",
        "Bridge opens|2016-10-12|The Daily Example|Ada Quill||||b.txt",
    ),
    (
        "c.txt",
        "Title: Bridge opens\nOutlet: The Daily Example\nDate: Oct. 12, 2016\nSection: Local\n\nThe mayor spoke.\n",
        "Bridge opens|2016-10-12|The Daily Example|||Local||c.txt",
    ),
    ("d.txt", "The mayor spoke. It rained.\n\nNobody minded.\n", "|||||||d.txt"),
    (
        "wrapped.txt",
        "The mayor of the town opened the new bridge on Friday, after nine years\n\
         of work, and said that it would stand.\n",
        "|||||||wrapped.txt",
    ),
    (
        "sentence.txt",
        "Bridge opens\nBy Friday the water stood at every door,\nand the mayor spoke.\n",
        "Bridge opens|||||||sentence.txt",
    ),
    ("2016-10-12-bridge.txt", "The mayor spoke.\n", "|2016-10-12||||||2016-10-12-bridge.txt"),
    (
        "a.md",
        "---\ntitle: \"Bridge opens\"\ndate: 2016-10-12\nauthors: [Ada Quill, Tom Reed]\npublication: The Daily Example\n\
         ---\n\n# Bridge opens\n\nThe **mayor** spoke to [the press](http://x.example).\n",
        "Bridge opens|2016-10-12|The Daily Example|Ada Quill, Tom Reed||||a.md",
    ),
    (
        "b.md",
        "+++\ntitle = \"Bridge opens\"\ndate = 2016-10-12T08:00:00Z\n+++\nThe mayor spoke.\n",
        "Bridge opens|2016-10-12||||||b.md",
    ),
    ("c.md", "# Bridge opens\n\nThe mayor spoke.\n", "Bridge opens|||||||c.md"),
    (
        "a.html",
        "<!DOCTYPE html><html lang=en><head><title>Bridge opens | The Daily Example</title>\
         <script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"WebSite\"},{\"@type\":[\"NewsArticle\"],\
         \"headline\":\"Bridge opens\",\"datePublished\":\"2016-10-12T08:00:00Z\",\"author\":[{\"name\":\"Ada Quill\"}],\
         \"publisher\":{\"name\":\"The Daily Example\"},\"articleSection\":\"Local\"}]}</script></head><body><article>\
         <h1>Bridge opens</h1><p>The mayor spoke at length, and then, as the rain set in, spoke again.</p>\
         <p>Nobody minded the rain, nor the length, nor the bridge.</p></article></body></html>",
        "Bridge opens|2016-10-12|The Daily Example|Ada Quill||Local||a.html",
    ),
    (
        "b.html",
        "<html><head><meta property=og:title content=\"Bridge opens - The Daily Example\">\
         <meta property=og:site_name content=\"The Daily Example\"><meta name=author content=\"By Ada Quill\">\
         <link rel=canonical href=\"http://daily.example.org/bridge\"></head><body><time datetime=2016-10-12>x</time>\
         <p>The mayor spoke at length, and then, as the rain set in, spoke again.</p></body></html>",
        "Bridge opens|2016-10-12|The Daily Example|Ada Quill|||http://daily.example.org/bridge|b.html",
    ),
    (
        "a.json",
        "{\"headline\":{\"main\":\"Bridge opens\"},\"pub_date\":\"2016-10-12\",\"byline\":{\"original\":\"By Ada Quill\"},\
         \"web_url\":\"https://www.bbc.co.uk/x\",\"full_text\":[\"The mayor spoke.\",\"It rained.\"]}",
        "Bridge opens|2016-10-12|BBC|Ada Quill|||https://www.bbc.co.uk/x|a.json",
    ),
    (
        "b.json",
        "{\"articles\":[{\"title\":\"One\",\"body\":\"The mayor spoke.\",\"year\":2016,\"month\":10,\"day\":12}]}",
        "One|2016-10-12||||||b.json#1",
    ),
    (
        "a.jsonl",
        "{\"title\":\"One\",\"text\":\"The mayor spoke.\",\"timestamp\":1476230400}\n",
        "One|2016-10-12||||||a.jsonl:1",
    ),
];

#[test]
fn every_format_states_what_it_knows() {
    for (name, content, wanted) in STATED {
        let contents = read_bytes(name, content.as_bytes());
        assert_eq!(problems(&contents), Vec::<String>::new(), "{name}");
        assert_eq!(stated(&contents), [*wanted], "{name}");
        let text = contents.articles[0].text.as_str();
        assert!(text.contains("mayor"), "{name}: {text}");
        assert!(
            !text.contains("Bridge opens") && !text.contains("**") && !text.contains('<'),
            "{name}: {text}"
        );
        assert_eq!(
            stated(&read_bytes(&format!("{name}.gz"), &gzipped(content.as_bytes()))).len(),
            1,
            "{name}.gz"
        );
    }
}

#[test]
fn lines_in_a_json_file_are_records_however_long_the_first_is() {
    for length in [10, 100_000] {
        let first = serde_json::json!({ "title": "One", "text": "word ".repeat(length) });
        let content = format!("{first}\n{{\"text\":\"The mayor spoke.\"}}\n");
        let paths: Vec<String> = stated(&read_bytes("a.json", content.as_bytes()));
        assert_eq!(paths, ["One|||||||a.json:1", "|||||||a.json:2"]);
    }
}

#[test]
fn a_file_without_an_ending_is_known_by_its_beginning() {
    let rows = [
        ("\n{\n \"title\": \"One\", \"text\": \"The mayor spoke.\"}", "One"),
        ("[ {\"title\": \"One\", \"text\": \"The mayor spoke.\"}]", "One"),
        ("---\ntitle: One\n---\nThe mayor spoke.", "One"),
        ("<?xml version='1.0'?><html><title>One</title><body><p>The mayor spoke.</p></body></html>", "One"),
        ("One\n\nThe mayor spoke.", "One"),
        ("[One]\n\nThe mayor spoke.", "[One]"),
    ];
    for (content, title) in rows {
        let contents = read_bytes("file", content.as_bytes());
        assert_eq!(problems(&contents), Vec::<String>::new(), "{content}");
        assert_eq!(contents.articles[0].meta.title.as_deref(), Some(title), "{content}");
        assert_eq!(contents.articles[0].text.as_str(), "The mayor spoke.", "{content}");
    }
    let options = Options { read_as: Some("plain".into()), ..Options::default() };
    assert_eq!(read_with("a.html", b"A < B.", &options).articles[0].text.as_str(), "A < B.");
}

#[test]
fn paragraphs_of_markup_stay_apart() {
    for name in ["a.html", "b.json"] {
        let html = "<p>The mayor spoke at length, and then, as the rain set in, spoke again.</p>\
                    <p>Nobody minded the rain, nor the length, nor the bridge.</p>";
        let content = if name == "a.html" {
            format!("<html><body><article>{html}</article></body></html>")
        } else {
            serde_json::json!({ "title": "One", "body": html }).to_string()
        };
        let contents = read_bytes(name, content.as_bytes());
        assert_eq!(contents.articles[0].text.paragraphs().len(), 2, "{name}");
    }
}

#[test]
fn the_user_maps_fields_and_states_the_outlet() {
    let options = Options {
        map: vec![("title".into(), "x.0.y".into()), ("text".into(), "words".into())],
        outlet: Some("The Daily Example".into()),
        day_first: Some(true),
        ..Options::default()
    };
    let record = r#"{"x":[{"y":"One"}],"words":"The mayor spoke.","title":"No","date":"10/12/2016"}"#;
    let contents = read_with("a.json", record.as_bytes(), &options);
    assert_eq!(stated(&contents), ["One|2016-12-10|The Daily Example|||||a.json"]);
}

#[test]
fn every_field_can_be_mapped() {
    for field in field_names() {
        let options = Options { map: vec![(field.into(), "x".into())], ..Options::default() };
        let record = serde_json::json!({ "x": "2016", "text": BODY, "title": "One" });
        let mapped = read_with("a.json", record.to_string().as_bytes(), &options);
        let plain = read_with("a.json", record.to_string().as_bytes(), &Options::default());
        // A month or a day says nothing without a year, and `2016` is no language.
        let alone = ["month", "day", "lang"].contains(&field);
        assert_eq!(mapped.articles == plain.articles, alone, "{field}: {mapped:?}");
    }
}

#[test]
fn a_date_that_is_none_is_kept_as_it_stood() {
    for raw in ["30 February 2016", "10/12/2016", "0000-00-00", "soon"] {
        let record = serde_json::json!({ "text": BODY, "date": raw }).to_string();
        let meta = read_bytes("a.json", record.as_bytes()).articles.remove(0).meta;
        assert_eq!((meta.date, meta.date_raw.as_deref()), (None, Some(raw)));
    }
}

#[test]
fn encodings_come_out_the_same() {
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(BODY);
    let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
    let wide = |bytes: fn(u16) -> [u8; 2]| BODY.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let rows: [(&str, Vec<u8>); 8] = [
        ("UTF-8", BODY.into()),
        ("UTF-8 with mark", marked(b"\xEF\xBB\xBF", BODY.into())),
        ("windows-1252", windows.to_vec()),
        ("UTF-16LE with mark", marked(b"\xFF\xFE", wide(u16::to_le_bytes))),
        ("UTF-16BE with mark", marked(b"\xFE\xFF", wide(u16::to_be_bytes))),
        ("UTF-16LE", wide(u16::to_le_bytes)),
        ("UTF-16BE", wide(u16::to_be_bytes)),
        ("C1 controls", BODY.replace('“', "\u{93}").replace('”', "\u{94}").into()),
    ];
    for (encoding, bytes) in rows {
        let contents = read_bytes("a.txt", &bytes);
        assert_eq!(problems(&contents), Vec::<String>::new(), "{encoding}");
        assert_eq!(contents.articles[0].text.as_str(), BODY, "{encoding}");
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("stem.txt"), &bytes).unwrap();
        let whole = read_plain(&folder.path().join("stem.txt"), &Limits::default()).unwrap();
        assert_eq!(whole, ("stem".to_owned(), BODY.to_owned()), "{encoding}");
    }
    let page = b"<html><head><meta charset=windows-1251></head><body><p>\xCC\xFD\xF0 \xF1\xEA\xE0\xE7\xE0\xEB</p></body></html>";
    assert_eq!(read_bytes("a.html", page).articles[0].text.as_str(), "Мэр сказал");
}

#[test]
fn a_plain_file_stays_as_it_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.b.txt");
    fs::write(&path, "  -- x\r\n\r\nBy Ada Quill\n\n").unwrap();
    let read = read_plain(&path, &Limits::default()).unwrap();
    assert_eq!(read, ("a.b".to_owned(), "  -- x\r\n\r\nBy Ada Quill\n\n".to_owned()));
}

/// Small limits, so that small files go beyond them.
fn tight() -> Options {
    let limits =
        Limits { record: 400, text: 200, unpacked: 5000, ratio: 20, ratio_after: 1000, ..Limits::default() };
    Options { limits, ..Options::default() }
}

/// Bad input: a file's name, its content, how many articles it gives all the same, its problems.
type Bad = (&'static str, Vec<u8>, usize, Vec<&'static str>);

/// Files of one article, or of none.
fn bad_files() -> Vec<Bad> {
    let filler = |n: usize| "word ".repeat(n);
    let front = |inner: &str| format!("---\n{inner}\n---\nText.\n").into_bytes();
    vec![
        ("empty.txt", vec![], 0, vec!["empty -"]),
        ("blank.txt", b" \n\n\t\n".to_vec(), 0, vec!["no-body -"]),
        ("marks.txt", b"-- \n***\n---\n".to_vec(), 0, vec!["no-body -"]),
        ("binary.txt", (0..=255).cycle().take(390).collect(), 0, vec!["not-text -"]),
        ("nuls.txt", vec![0; 300], 0, vec!["not-text -"]),
        ("photo.jpg", b"\xFF\xD8\xFF".to_vec(), 0, vec!["unknown-format -"]),
        ("page.pdf", b"%PDF-1.4".to_vec(), 0, vec!["unknown-format -"]),
        ("other.xml", b"<sitemap/>".to_vec(), 0, vec!["unknown-format -"]),
        ("other", b"<?xml version=\"1.0\"?><sitemap/>".to_vec(), 0, vec!["unknown-format -"]),
        ("archive", b"PK\x03\x04....".to_vec(), 0, vec!["bad-archive byte 0"]),
        ("title.txt", b"Only a headline".to_vec(), 0, vec!["no-body -"]),
        ("title.md", b"---\ntitle: Only a headline\n---\n".to_vec(), 0, vec!["no-body -"]),
        ("title.json", b"{\"title\":\"Only a headline\"}".to_vec(), 0, vec!["no-body -"]),
        ("title.html", b"<html><title>Only a headline</title></html>".to_vec(), 0, vec!["no-body -"]),
        ("long.txt", filler(100).into(), 0, vec!["too-large -"]),
        ("text.txt", filler(60).into(), 0, vec!["too-large -"]),
        ("deep.html", [b"<html>".to_vec(), b"<b>".repeat(60), BODY.into()].concat(), 1, vec!["too-deep -"]),
        ("open.md", b"---\ntitle: x\n\nText.\n".to_vec(), 0, vec!["bad-front-matter -"]),
        ("bad.md", b"---\ntitle: [x\n---\nText.\n".to_vec(), 0, vec!["bad-front-matter -"]),
        ("bad-toml.md", b"+++\ntitle = x\n+++\nText.\n".to_vec(), 0, vec!["bad-front-matter -"]),
        ("bomb.txt.gz", gzipped(&vec![b'a'; 100_000]), 0, vec!["too-large -", "unpacked-limit -"]),
        ("not.gz", b"\x1F\x8B\x08nothing".to_vec(), 0, vec!["truncated -"]),
        ("deep.md", front(&format!("a: {}", "[".repeat(200))), 0, vec!["bad-front-matter -"]),
    ]
}

/// A record that can be read.
fn record() -> String {
    format!(r#"{{"title":"One","text":"{BODY}"}}"#)
}

/// Files of many records.
fn bad_records() -> Vec<Bad> {
    let record = record();
    let filler = |n: usize| "word ".repeat(n);
    let mut damaged = gzipped(format!("{record}\n{record}\n").as_bytes());
    let end = damaged.len() - 6;
    damaged[end] ^= 0xFF;
    let two_members = [gzipped(format!("{record}\n").as_bytes()), gzipped(record.as_bytes())].concat();
    vec![
        ("line.jsonl", format!("{record}\n{}\n{record}", filler(100)).into(), 2, vec!["too-large line 2"]),
        ("bad.jsonl", format!("{record}\n{{\"a\":\n\n{record}").into(), 2, vec!["bad-json line 2"]),
        (
            "kinds.jsonl",
            format!("7\n\"x\"\n{record}\nnull").into(),
            1,
            vec!["not-a-record line 1", "not-a-record line 2", "not-a-record line 4"],
        ),
        (
            "nul.jsonl",
            [b"\0\0\n", format!("{record}\n").repeat(9).as_bytes()].concat(),
            9,
            vec!["bad-json line 1"],
        ),
        (
            "cut.json",
            format!("[{record},{record},{{\"title\":").into(),
            2,
            vec!["bad-json record 3", "bad-json -"],
        ),
        ("item.json", format!("[{record},{{\"a\":}},{record}]").into(), 2, vec!["bad-json record 2"]),
        (
            "large.json",
            format!("[{{\"text\":\"{}\"}},{record}]", filler(100)).into(),
            1,
            vec!["too-large record 1"],
        ),
        ("after.json", format!("[{record}] x").into(), 1, vec!["bad-json -"]),
        ("empty.json", b"[]".to_vec(), 0, vec!["no-body -"]),
        ("broken.json", b"{\"title\": \"x\",".to_vec(), 0, vec!["bad-json -"]),
        ("deep.json", [vec![b'['; 300], vec![b']'; 90]].concat(), 0, vec!["bad-json record 1", "bad-json -"]),
        ("deep.jsonl", vec![b'{'; 300], 0, vec!["bad-json line 1"]),
        (
            "bomb.jsonl.gz",
            gzipped(format!("{record}\n{}", " ".repeat(100_000)).as_bytes()),
            1,
            vec!["unpacked-limit -"],
        ),
        ("damaged.jsonl.gz", damaged, 2, vec!["truncated -"]),
        ("members.jsonl.gz", two_members, 2, vec![]),
        ("wide.jsonl", utf16(&record), 1, vec![]),
    ]
}

#[test]
fn bad_input_is_a_problem_and_stops_nothing() {
    let mut options = tight();
    options.limits.depth = 50;
    let mut wrong = Vec::new();
    for (name, bytes, articles, wanted) in bad_files().into_iter().chain(bad_records()) {
        let contents = read_with(name, &bytes, &options);
        let found = problems(&contents);
        if contents.articles.len() != articles || found != wanted {
            wrong.push(format!(
                "{name}: {} articles, {found:?}, not {articles}, {wanted:?}",
                contents.articles.len()
            ));
        }
        for problem in &contents.problems {
            assert!(Reason::ALL.iter().any(|r| r.code() == problem.code), "{problem:?}");
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_whole_of_a_truncated_file_is_kept() {
    let line = |n: u64| format!("{{\"id\":{},\"text\":\"{BODY}\"}}\n", n * n * n);
    let many: String = (0..2000).map(line).collect();
    let mut bytes = gzipped(many.as_bytes());
    bytes.truncate(bytes.len() / 2);
    let contents = read_bytes("a.jsonl.gz", &bytes);
    assert_eq!(problems(&contents), ["truncated -"]);
    assert!((100..1900).contains(&contents.articles.len()), "{}", contents.articles.len());
    let whole = contents.articles.iter().all(|a| a.text.as_str() == BODY);
    assert!(whole, "an article was cut");
}

/// The names found below a folder, and the problems met.
fn found(root: &Path) -> (Vec<String>, Vec<String>) {
    let (mut names, mut codes) = (Vec::new(), Vec::new());
    for source in walk(&[root.to_path_buf()]) {
        match source {
            Ok(source) => names.push(source.shown),
            Err(problem) => {
                codes.push(format!("{} {}", problem.code, problem.path.file_name().unwrap().display()))
            }
        }
    }
    (names, codes)
}

#[test]
fn walking_is_sorted_and_leaves_out_what_holds_no_articles() {
    let folder = TempDir::new().unwrap();
    for name in
        ["b/2.txt", "b/1.txt", "a.txt", ".onrecord/x.txt", ".hidden", "README.md", "b/readme", "readmes.txt"]
    {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, BODY).unwrap();
    }
    let names: Vec<String> = ["a.txt", "b/1.txt", "b/2.txt", "readmes.txt"].map(String::from).into();
    assert_eq!(found(folder.path()), (names, vec![]));
    let itself = folder.path().join("README.md");
    assert_eq!(found(&itself).0, ["README.md"], "a file that is named is read");
    assert_eq!(found(&folder.path().join("none")).1, ["missing none"]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_a_problem() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::write(folder.path().join("open.txt"), BODY).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything (root) meets no problem.
    let problems: &[&str] = if fs::read_dir(&closed).is_ok() { &[] } else { &["unreadable closed"] };
    assert_eq!(
        found(folder.path()),
        (vec!["open.txt".into()], problems.iter().map(|p| (*p).into()).collect())
    );
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn every_sample_is_read_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let mut articles = Vec::new();
    for source in walk(&[root]) {
        let contents = read(&source.unwrap(), &Options::default());
        assert_eq!(problems(&contents), Vec::<String>::new());
        articles.extend(contents.articles);
    }
    assert_eq!(articles.len(), 79);
    for article in &articles {
        let meta = &article.meta;
        let known =
            meta.title.is_some() && meta.date.is_some() && meta.outlet.is_some() && meta.lang.is_some();
        assert!(known, "{meta:?}");
        let brief = meta.path.contains("briefs");
        assert!(brief || article.text.paragraphs().len() >= 3, "{}", meta.path);
        let first = article.text.slice(article.text.paragraphs()[0]);
        assert!(first.chars().count() > 10 && !first.starts_with("By "), "{}: {first}", meta.path);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]

    /// Whatever a file holds, and whatever its name says it holds, reading ends without a panic.
    #[test]
    fn no_content_is_too_odd(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300),
        words in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
    ) {
        let options = tight();
        for name in ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.txt.gz", "a"] {
            read_with(name, &bytes, &options);
            read_with(name, words.concat().as_bytes(), &options);
        }
    }
}

/// What formats are made of, to be put together at random.
const PIECES: &[&str] = &[
    "---\n",
    "+++\n",
    "-- ",
    "By Ada Quill",
    "title: x\n",
    "title = 1",
    "\n",
    "\r\n",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\"text\":",
    "<p>",
    "</p>",
    "<b",
    ">",
    "<!--",
    "<script>",
    "&amp",
    "&#x0;",
    "“Yes,”",
    "é",
    "2016-10-12",
    "30 February 2016",
    "(Agency) - ",
    "LONDON",
    "0",
    "\u{FEFF}",
    "\u{93}",
    "\0",
    "# ",
    "* ",
    "[x](y)",
];

#[cfg(unix)]
#[test]
fn links_pipes_and_odd_names_are_met_without_harm() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.txt"), BODY).unwrap();
    symlink(at("a.txt"), at("b-link.txt")).unwrap();
    symlink(at("nothing"), at("c-dangling.txt")).unwrap();
    symlink(folder.path(), at("d-loop")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(at("e-pipe.txt")).status();
    assert!(made.is_ok_and(|s| s.success()));
    fs::write(at("f\n\\.txt"), BODY).unwrap();
    let odd = folder.path().join(PathBuf::from(std::ffi::OsStr::from_bytes(b"g\xFF.txt")));
    let odd = fs::write(odd, BODY).is_ok();
    let mut names = vec!["a.txt", "b-link.txt", "f\\u{a}\\\\.txt"];
    names.extend(odd.then_some("g\\xff.txt"));
    let codes = ["dangling-link c-dangling.txt", "linked-folder d-loop", "not-a-file e-pipe.txt"];
    assert_eq!(
        found(folder.path()),
        (names.into_iter().map(String::from).collect(), codes.map(String::from).into())
    );
    assert_eq!(read_plain(&at("e-pipe.txt"), &Limits::default()).unwrap_err().code, "not-a-file");
}

#[test]
fn the_hash_is_of_the_bytes_of_the_file() {
    let whole = |bytes: &[u8]| read_with("a.jsonl", bytes, &tight()).hash;
    let long = [b"{}\n".to_vec(), b"x".repeat(200_000)].concat();
    for bytes in [&b"x"[..], b"{\"text\":\"The mayor spoke.\"}\n", &long] {
        assert_eq!(whole(bytes), xxhash_rust::xxh3::xxh3_64(bytes));
    }
    let packed = gzipped(b"{\"text\":\"The mayor spoke.\"}\n");
    assert_eq!(read_bytes("a.jsonl.gz", &packed).hash, xxhash_rust::xxh3::xxh3_64(&packed));
}
