//! An archive whose names, titles and texts mean harm, printed by every command in every format: what
//! comes out commands no terminal, no spreadsheet and no reader of Markdown or JSON.

use crate::properties::assert_harmless;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// What is put into every field and every text.
const HARM: &[&str] = &[
    "\u{1b}[31mred",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{1b}]8;;http://e.example\u{1b}\\link",
    "\u{9b}31mc1",
    "\u{9d}0;c1\u{9c}",
    "over\u{202e}ride",
    "iso\u{2066}late",
    "mark\u{200f}",
    "zero\u{200b}width",
    "line\u{2028}separator",
    "next\u{85}line",
    "return\rback",
    "back\u{8}space",
    "bell\u{7}",
    "delete\u{7f}",
    "tag\u{e0041}",
    "null\u{0}",
    "=HYPERLINK(\"http://e.example\")",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    " =1+1",
    "\t=1+1",
    "\"=1+1",
    "＝1+1",
    "[link](http://e.example)",
    "![picture](http://e.example/p.png)",
    "<script>alert(1)</script>",
    "<http://e.example>",
    "a | b",
    "`code`",
    "*bold* _it_ ~~gone~~",
    "&lt;b&gt;",
    "http://e.example www.e.example",
    "a@e.example",
    "[^1]",
    "$x$",
    "ends in \\",
    "# head",
    "[[wiki]]",
];

struct Archive {
    home: TempDir,
}

impl Archive {
    fn new() -> Archive {
        let home = TempDir::new().unwrap();
        let news = home.path().join("news");
        fs::create_dir(&news).unwrap();
        let records = HARM.iter().enumerate().map(|(n, harm)| {
            let text = format!(
                "“{harm} The bridge is closed,” said Ellen{n} {harm} Marsh.\n\nIt was shut, according to {harm}.\n\n\
                 “We will open it,” she told {harm} reporters. “{harm}”\n\n{harm}: “The bridge is old.”"
            );
            serde_json::json!({"title": harm, "byline": harm, "outlet": harm, "section": harm, "place": harm,
                "url": harm, "lang": "en", "date": "2016-05-03", "id": n.to_string(), "text": text, *harm: harm})
        });
        let lines: Vec<String> = records.map(|record| record.to_string()).collect();
        fs::write(news.join("a.jsonl"), lines.join("\n")).unwrap();
        let undated = |harm: &&str| serde_json::json!({"text": "It rained.", "date": harm}).to_string();
        let undated: Vec<String> = HARM.iter().map(undated).collect();
        fs::write(news.join("b.jsonl"), format!("{}\n{{\"\u{1b}[31m\": \u{9b}", undated.join("\n"))).unwrap();
        fs::write(news.join("c.xml"), "<?xml version='1.0'?><\u{1b}[31m\u{9b}>").unwrap();
        for (n, harm) in HARM.iter().enumerate() {
            let name: String = harm.chars().filter(|c| !matches!(c, '/' | '\0')).collect();
            fs::write(
                news.join(format!("{name}{n}.txt")),
                format!("{harm}\n\nBy {harm}\n\n“No,” said {harm}."),
            )
            .unwrap();
            fs::write(news.join(format!("{name}{n}.json")), format!("{{\"text\": {harm}")).unwrap();
        }
        Archive { home }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Both streams of the command, as they are.
    fn run(&self, args: &[&str]) -> (String, String) {
        let ran = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(args)
            .current_dir(self.home.path())
            .env("COLUMNS", "90")
            .env("ONRECORD_INDEX", self.path("index"))
            .output()
            .unwrap();
        assert!(ran.status.code().is_some_and(|code| code != 101), "{args:?}: {:?}", ran.status);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(ran.stdout), text(ran.stderr))
    }

    /// Runs the command with and without colour; what it printed without.
    fn harmless(&self, args: &[&str]) -> String {
        let (out, told) = self.run(&[args, &["--color", "always"]].concat());
        let separated = args.iter().any(|arg| ["csv", "tsv"].contains(arg));
        assert_all_harmless(&without_styles(&out), separated);
        assert_all_harmless(&without_styles(&told), false);
        let (out, told) = self.run(&[args, &["--color", "never"]].concat());
        assert_all_harmless(&out, separated);
        assert_all_harmless(&told, false);
        out
    }
}

/// Our own colours taken out: nothing but `ESC [ digits m` is one.
fn without_styles(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        let rest = rest.strip_prefix('m').unwrap_or_else(|| panic!("no style: {part:?}"));
        out.push_str(rest);
    }
    out
}

fn assert_all_harmless(text: &str, separated: bool) {
    for line in text.split('\n') {
        let line = if separated { line.strip_suffix('\r').unwrap_or(line) } else { line };
        assert_harmless(&if separated { line.replace('\t', " ") } else { line.to_owned() });
    }
}

fn assert_no_formula(table: &str, delimiter: u8) {
    let mut rows = csv::ReaderBuilder::new();
    rows.delimiter(delimiter).quoting(delimiter == b',').flexible(false);
    let mut cells = 0;
    for row in rows.from_reader(table.as_bytes()).records() {
        for cell in &row.unwrap() {
            let first = cell.trim_start_matches(|c: char| c.is_whitespace() || c == '"').chars().next();
            assert!(!first.is_some_and(|c| "=+-@＝＋－＠".contains(c)), "{cell:?}");
            cells += 1;
        }
    }
    assert!(cells > 20, "{table}");
}

/// A table of text alone, every row with all its cells.
fn assert_plain_table(table: &str) {
    let (mut rows, mut cells, mut columns) = (0, 0, 0);
    for event in Parser::new_ext(table, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::Table(aligned)) => columns = aligned.len(),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => rows += 1,
            Event::End(TagEnd::TableCell) => cells += 1,
            Event::Start(Tag::TableHead | Tag::TableRow | Tag::TableCell) | Event::End(TagEnd::Table) => {}
            Event::Text(text) => assert!(!text.contains('\u{1b}')),
            other => panic!("{other:?} in\n{table}"),
        }
    }
    assert!(rows > 2 && rows == table.lines().count() - 1 && cells == rows * columns, "{table}");
    for address in ["http://", "www.", "a@e."] {
        assert!(!table.contains(address), "{address} in\n{table}");
    }
}

#[test]
fn nothing_printed_does_harm() {
    let archive = Archive::new();
    let report = archive.path("report.jsonl");
    let index = archive.harmless(&["index", "news", "--report", report.to_str().unwrap(), "--rebuild"]);
    assert_eq!(index, "");
    let report = fs::read_to_string(&report).unwrap();
    assert!(report.lines().count() > HARM.len());
    assert_all_json(&report);
    archive.harmless(&["index", "news", "--dry-run"]);
    let names = HARM[0].replace('\u{1b}', "�");
    fs::write(
        archive.path("index").join("aliases.txt"),
        format!("{names} = \u{1b}[31m\n= \u{9b}\n{}\n", HARM.join(" = ")),
    )
    .unwrap();
    let all = ["--limit", "0"];
    for what in
        ["quotes", "articles", "bridge", "by:marsh", "\"=1+1\"", "outlet:\u{202e}", "text:\u{1b}", "(\u{9b}"]
    {
        for format in ["human", "csv", "tsv", "md", "json", "jsonl"] {
            let found = archive.harmless(
                &[&["search", what, "--format", format, "--facet", "outlet,speaker"], &all[..]].concat(),
            );
            if matches!(format, "json" | "jsonl") {
                assert_all_json_or_one(&found, format);
            }
        }
        archive.harmless(&["search", what, "--explain"]);
        for format in ["csv", "tsv", "md"] {
            let found = archive.harmless(&[&["search", what, "--format", format], &all[..]].concat());
            assert_table(&found, format);
        }
    }
    for format in ["human", "csv", "tsv", "md", "json", "jsonl"] {
        let found =
            archive.harmless(&["facets", "speaker,outlet,section,title", "--top", "100", "--format", format]);
        assert!(found.is_empty(), "there is a facet `title` now: {found}");
        for facet in ["speaker", "outlet", "section"] {
            assert_table(&archive.harmless(&["facets", facet, "--top", "100", "--format", format]), format);
        }
        assert_table(&archive.harmless(&["speakers", "--limit", "0", "--format", format]), format);
    }
    for other in ["*Ellen1", "Marsh", "\u{9b}31m Marsh", "Nobody\u{202e}"] {
        for format in ["human", "csv", "tsv", "md", "json", "jsonl"] {
            let found = archive.harmless(&["compare", "Ellen0", other, "--top", "0", "--format", format]);
            assert_table(&found, format);
        }
    }
    for command in [
        &["stats", "--problems"][..],
        &["stats", "--format", "json"],
        &["alias", "list"],
        &["alias", "list", "--suggest"],
    ] {
        archive.harmless(command);
    }
    exports_and_batches(&archive);
    saved(&archive);
    screens(&archive);
    check(&archive);
    show_and_extract(&archive);
}

fn exports_and_batches(archive: &Archive) {
    for format in ["csv", "tsv", "md", "jsonl"] {
        for what in ["quotes", "articles", "speakers"] {
            let found = archive.harmless(&["export", what, "--format", format]);
            assert!(found.lines().count() > HARM.len() / 2, "{found}");
            assert_table(&found, format);
        }
        let file = archive.path(&format!("all.{format}"));
        archive.harmless(&["export", "quotes", "--force", "-o", file.to_str().unwrap()]);
        assert_table(&fs::read_to_string(&file).unwrap(), format);
        let queries = archive.path("queries.txt");
        fs::write(&queries, format!("quotes\narticles\n{}\n", HARM.join("\n"))).unwrap();
        let found = archive.harmless(&["search", "--batch", queries.to_str().unwrap(), "--format", format]);
        assert_table(&found, format);
    }
    archive.harmless(&["export", "quotes", "-o", "no\u{1b}[31m\u{9b}such/file.csv"]);
    archive.harmless(&["search", "--batch", "no\u{1b}[31m\u{9b}such"]);
}

/// Queries kept under names that mean harm, too.
fn saved(archive: &Archive) {
    let (file, seen) = (archive.path("index").join("saved.toml"), archive.path("index").join("seen"));
    let harm =
        "[\"\\u001b[31m\\u202e\"]\nquery = \"quotes \\u009b31m\"\n[\"=1\\u202e\"]\nquery = \"articles\"\n";
    fs::write(&file, format!("[all]\nquery = \"quotes\"\n{harm}")).unwrap();
    for format in ["human", "csv", "tsv", "md", "jsonl"] {
        let _ = fs::remove_dir_all(&seen);
        let (found, told) = archive.run(&["saved", "--new", "--format", format, "--color", "never"]);
        assert!(found.lines().count() > HARM.len(), "{found}");
        assert_all_harmless(&found, ["csv", "tsv"].contains(&format));
        assert_all_harmless(&told, false);
        assert_table(&found, format);
        archive.harmless(&["saved", "all", "--format", format]);
    }
    archive.harmless(&["saved"]);
    archive.harmless(&["saved", "\u{1b}[31m"]);
    archive.harmless(&["save", "\u{9b}31m", "quotes"]);
    fs::write(&file, "[\u{1b}[31m").unwrap();
    archive.harmless(&["saved"]);
    fs::remove_file(&file).unwrap();
}

/// The full screen: hits, counts, articles, what cannot be asked.
fn screens(archive: &Archive) {
    for keys in ["Enter End", "Enter Tab PgDn PgDn", "Enter PgDn Enter End", "Enter PgDn Right s"] {
        for query in ["quotes", "articles", "by:\u{1b}", "outlet:\u{202e}nobody"] {
            archive.harmless(&["tui", "--picture", "--size", "100x60", "--keys", keys, query]);
        }
    }
}

/// Every level of it; files that changed, came and went; and a kept choice that is not understood.
fn check(archive: &Archive) {
    for level in [&["check"][..], &["check", "--checksums"], &["check", "--read-data"]] {
        archive.harmless(level);
    }
    let mut files: Vec<PathBuf> =
        fs::read_dir(archive.path("news")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    fs::write(&files[0], "It rained twice.").unwrap();
    fs::remove_file(&files[1]).unwrap();
    fs::write(archive.path("news").join("new\u{1b}[31m\u{9b}\u{202e}.txt"), "It rained.").unwrap();
    let told = archive.harmless(&["check", "--against", "news"]);
    assert!(told.lines().count() > 2, "{told}");
    let config = archive.path("index").join("config.toml");
    for harm in ["\"\u{202e}\" = 1", "[sources.a]\n\"\u{200f}read-as\" = \"\u{9b}31m\"", "\u{1b}[31m"] {
        fs::write(&config, harm).unwrap();
        let (_, told) = archive.run(&["index"]);
        assert!(told.contains("config.toml"), "{told}");
        archive.harmless(&["index"]);
    }
    let harm =
        "[sources.\"\u{202e}\u{9b}\"]\noutlet = \"a\"\n[sources.\".\"]\noutlet = \"\u{202e}\u{9b}31m\"";
    fs::write(&config, harm).unwrap();
    archive.harmless(&["index", "--dry-run"]);
    archive.harmless(&["index", "news", "--dry-run", "--outlet", "\u{202e}\u{1b}[31m"]);
    fs::remove_file(&config).unwrap();
}

fn show_and_extract(archive: &Archive) {
    for unit in ["quotes", "articles"] {
        let found = archive.harmless(&["search", unit, "--limit", "12", "--format", "jsonl"]);
        for line in found.lines().collect::<Vec<_>>() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let id = row["id"].as_str().unwrap();
            archive.harmless(&["show", id, "--why"]);
            for format in ["human", "csv", "tsv", "md", "json", "jsonl"] {
                let found = archive.harmless(&["spread", id, "--format", format]);
                assert_table(&found, format);
            }
            archive.harmless(&["show", id, "--full"]);
            archive.harmless(&["show", id, "--full", "--format", "json", "--why"]);
        }
    }
    let mut files: Vec<String> = Vec::new();
    for entry in fs::read_dir(archive.path("news")).unwrap() {
        files.push(format!("news/{}", entry.unwrap().file_name().to_str().unwrap()));
    }
    files.push("news/not\u{1b}[31mthere".to_owned());
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    archive.harmless(&[&["extract"], &files[..]].concat());
    archive.harmless(&[&["extract", "--plain"], &files[..]].concat());
    archive.harmless(&[&["extract", "--format", "markup"], &files[..]].concat());
    archive.harmless(&["--no\u{1b}[31msuch"]);
    archive.harmless(&["search", "--in", "no\u{9b}such", "bridge"]);
    archive.harmless(&["alias", "add", "nobody\u{1b}[31m", "other"]);
}

fn assert_table(found: &str, format: &str) {
    match format {
        _ if found.lines().count() < 4 => {}
        "csv" => assert_no_formula(found, b','),
        "tsv" => assert_no_formula(found, b'\t'),
        "md" => assert_plain_table(found),
        _ => {}
    }
}

fn assert_all_json(lines: &str) {
    for line in lines.lines() {
        assert_harmless(line);
        let read: Result<serde_json::Value, _> = serde_json::from_str(line);
        assert!(read.is_ok(), "{line}");
    }
}

fn assert_all_json_or_one(found: &str, format: &str) {
    if format == "jsonl" {
        assert_all_json(found);
    } else if !found.is_empty() {
        serde_json::from_str::<serde_json::Value>(found).unwrap();
    }
}

/// Whoever may look over a shoulder: the path is told as it may be shown.
#[cfg(unix)]
#[test]
fn a_file_name_that_is_no_text_is_told() {
    use std::os::unix::ffi::OsStrExt;
    let home = TempDir::new().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"\xff\x1b[31m.json");
    fs::write(home.path().join(Path::new(name)), "{").unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["extract", "--color", "always"])
        .arg(name)
        .current_dir(home.path())
        .output()
        .unwrap();
    let told = String::from_utf8(ran.stderr).unwrap();
    assert!(!told.is_empty());
    assert_all_harmless(&told, false);
}
