//! Files that mean harm, or met with some: made when the test runs, by class, each with what is to
//! become of it.

use crate::packing::{How, gzipped, tar, tar_member, zip, zstd};

/// A file, how many articles it gives, and the codes of its problems.
pub(crate) struct Hostile {
    pub(crate) class: &'static str,
    pub(crate) name: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) articles: usize,
    pub(crate) codes: Vec<&'static str>,
}

/// The limits the files are made to go beyond.
pub(crate) mod beyond {
    pub(crate) const RECORD: usize = 64 * 1024;
    pub(crate) const TEXT: usize = 32 * 1024;
    pub(crate) const DEPTH: usize = 50;
    pub(crate) const UNPACKED: usize = 4 << 20;
    pub(crate) const RATIO: u64 = 200;
    pub(crate) const RATIO_AFTER: usize = 256 * 1024;
    pub(crate) const MEMBERS: usize = 40;
}

#[derive(Default)]
struct Set(Vec<Hostile>);

impl Set {
    fn add(
        &mut self,
        class: &'static str,
        ending: &str,
        bytes: impl Into<Vec<u8>>,
        articles: usize,
        codes: &[&'static str],
    ) {
        let name = format!("{class}-{:02}{ending}", self.0.iter().filter(|h| h.class == class).count());
        self.named(class, name.into(), bytes, articles, codes);
    }

    fn named(
        &mut self,
        class: &'static str,
        name: Vec<u8>,
        bytes: impl Into<Vec<u8>>,
        articles: usize,
        codes: &[&'static str],
    ) {
        self.0.push(Hostile { class, name, bytes: bytes.into(), articles, codes: codes.to_vec() });
    }
}

/// Every file of the set.
pub(crate) fn all() -> Vec<Hostile> {
    let mut set = Set::default();
    for make in [
        nothing,
        binary,
        encodings,
        sizes,
        bad_json,
        cut_json,
        markup,
        heads,
        dates,
        texts,
        names,
        streams,
        bombs,
        zips,
        zip_damage,
        tars,
        crawls,
        crawled_bodies,
        exports,
        mailboxes,
        feeds,
        tables,
    ] {
        make(&mut set);
    }
    set.0
}

const BODY: &str = "The mayor opened the bridge on Friday. “It will stand,” she said.";
const TEXTUAL: [&str; 6] = [".txt", ".md", ".html", ".json", ".jsonl", ".warc"];

/// An article as plain text, each another.
fn text(number: usize) -> Vec<u8> {
    format!("Bridge number {number} opens\n\nThe mayor spoke {number} times. “It will stand,” she said.\n")
        .into()
}

fn record(number: usize) -> String {
    format!(r#"{{"title":"Bridge {number}","text":"{BODY}"}}"#)
}

fn nothing(set: &mut Set) {
    for ending in TEXTUAL.into_iter().chain(["", ".zip", ".tar", ".zst", ".gz"]) {
        set.add("empty", ending, "", 0, &["empty"]);
    }
    for ending in TEXTUAL {
        set.add("empty-packed", &format!("{ending}.gz"), gzipped(b""), 0, &["empty"]);
        set.add("empty-packed", &format!("{ending}.zst"), zstd(b""), 0, &["empty"]);
    }
    for (ending, blank) in [
        (".txt", "\n \n\t\n"),
        (".txt", "\u{FEFF}"),
        (".txt", "\u{200B}\u{200B}"),
        (".md", "\n\n"),
        (".md", "---\n---\n"),
        (".html", " "),
        (".html", "<html></html>"),
        (".html", "<!-- -->"),
        (".json", "{}"),
        (".json", "[]"),
    ] {
        set.add("blank", ending, blank, 0, &["no-body"]);
    }
    for ending in [
        "jpg", "png", "gif", "pdf", "docx", "xlsx", "epub", "mp3", "mp4", "exe", "js", "7z", "rar", "xz",
        "bz2", "sqlite",
    ] {
        set.add("no-articles", &format!(".{ending}"), BODY, 0, &["unknown-format"]);
    }
}

fn binary(set: &mut Set) {
    let noise = |seed: u64, length: usize| -> Vec<u8> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) as u8
        };
        (0..length).map(|_| next()).collect()
    };
    for seed in 1..=6 {
        set.add("noise", ".txt", [b"a".to_vec(), noise(seed, 4000)].concat(), 0, &["not-text"]);
    }
    for ending in [".txt", ".md", ".html", ".json", ".jsonl", ""] {
        set.add("nuls", ending, vec![0; 5000], 0, &["not-text"]);
    }
    for magic in [
        &b"\x89PNG\r\n\x1a\n"[..],
        b"\x7fELF\x02\x01\x01\0\0\0\0\0",
        b"SQLite format 3\0\x10\0\x01\x01\0",
        b"MZ\x90\0\x03\0\0\0\x04\0",
        b"\xCA\xFE\xBA\xBE\0\0\0\x34",
        b"7z\xBC\xAF\x27\x1C\0\x04\0\0",
        b"Rar!\x1A\x07\x01\0\0\0",
    ] {
        set.add("foreign", ".txt", [magic, &[0, 1, 2, 3].repeat(100)].concat(), 0, &["not-text"]);
    }
    for ending in ["", ".txt", ".html"] {
        set.add("foreign-pdf", ending, "%PDF-1.7\n1 0 obj", 0, &["unknown-format"]);
    }
}

fn encodings(set: &mut Set) {
    let titled = format!("Bridge opens\n\n{BODY}");
    let wide = |bytes: fn(u16) -> [u8; 2]| titled.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(BODY);
    let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
    let page = |charset: &str, body: &[u8]| {
        [
            format!("<html><head><meta charset={charset}></head><body><p>").as_bytes(),
            body,
            b"</p></body></html>",
        ]
        .concat()
    };
    for bytes in [
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        marked(b"\xFF\xFE", wide(u16::to_le_bytes)),
        marked(b"\xFE\xFF", wide(u16::to_be_bytes)),
    ] {
        set.add("utf16", ".txt", bytes.clone(), 1, &[]);
        set.add("utf16-cut", ".txt", &bytes[..bytes.len() - 1], 1, &[]);
    }
    for ending in [".txt", ".md", ""] {
        set.add("windows", ending, &windows[..], 1, &[]);
    }
    for charset in ["utf-8", "windows-1252", "iso-8859-1", "utf-16", "none-such", "\"\"", "x-user-defined"] {
        set.add("mislabelled", ".html", page(charset, &windows), 1, &[]);
        set.add("mislabelled", ".html", page(charset, BODY.as_bytes()), 1, &[]);
    }
    for stray in [&b"\xC0\xAF"[..], b"\xFF", b"\xED\xA0\x80", b"\xF4\x90\x80\x80", b"\xE2\x80", b"\x80"] {
        set.add("stray-bytes", ".txt", [titled.as_bytes(), stray].concat(), 1, &[]);
    }
    set.add("controls", ".txt", BODY.replace('“', "\u{93}").replace('”', "\u{94}"), 1, &[]);
    set.add("controls", ".txt", format!("\u{1b}]0;owned\u{7}{BODY}"), 1, &[]);
    set.add("controls", ".txt", format!("\u{202e}{titled}\u{2066}\u{200b}"), 1, &[]);
}

fn sizes(set: &mut Set) {
    let long = "word ".repeat(beyond::RECORD / 5 + 10);
    for ending in [".txt", ".md", ".html"] {
        set.add("long-line", ending, long.clone(), 0, &["too-large"]);
        set.add("long-line", &format!("{ending}.gz"), gzipped(long.as_bytes()), 0, &["too-large"]);
        set.add("many-lines", ending, "word\n".repeat(beyond::RECORD / 5 + 10), 0, &["too-large"]);
        let much = format!("{}\n", &long[..beyond::TEXT + 100]);
        set.add("long-text", ending, much, 0, &["too-large"]);
    }
    for ending in [".jsonl", ".jsonl.gz", ".jsonl.zst"] {
        let lines = format!("{}\n{{\"text\":\"{long}\"}}\n{}\n", record(1), record(2));
        let bytes = match ending {
            ".jsonl.gz" => gzipped(lines.as_bytes()),
            ".jsonl.zst" => zstd(lines.as_bytes()),
            _ => lines.into_bytes(),
        };
        set.add("long-record", ending, bytes, 2, &["too-large"]);
    }
    set.add(
        "long-record",
        ".json",
        format!("[{},{{\"text\":\"{long}\"}},{}]", record(1), record(2)),
        2,
        &["too-large"],
    );
    set.add("long-record", ".jsonl", format!("{long}{long}{long}"), 0, &["too-large"]);
}

fn bad_json(set: &mut Set) {
    for bad in [
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"text\":\"x",
        "{'text':'x'}",
        "{\"text\":\"\\ud800\"}",
        "{\"a\":1e999}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "{\"text\":\"a\tb\"",
        "{\"a\":01}",
        "\"\\x\"",
    ] {
        set.add("json-line", ".jsonl", format!("{}\n{bad}\n{}\n", record(1), record(2)), 2, &["bad-json"]);
    }
    for other in ["1", "\"x\"", "null", "true", "[]", "[{}]", "-0.5e3"] {
        set.add("json-other", ".jsonl", format!("{other}\n{}", record(1)), 1, &["not-a-record"]);
    }
    for depth in [200, 2000, 20_000] {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        set.add("json-deep", ".jsonl", format!("{{\"a\":{open}{close}}}\n{}", record(1)), 1, &["bad-json"]);
        set.add(
            "json-deep",
            ".jsonl",
            format!("{}\n{}", "{\"a\":".repeat(depth), record(1)),
            1,
            &[if depth > 10_000 { "too-large" } else { "bad-json" }],
        );
        set.add("json-deep", ".json", format!("[{{\"a\":{open}{close}}},{}]", record(1)), 1, &["bad-json"]);
    }
    for odd in [
        "{\"title\":7,\"text\":",
        "{\"title\":[[]],\"text\":",
        "{\"date\":{\"x\":[]},\"text\":",
        "{\"author\":[{},null,3],\"text\":",
        "{\"text\":\"\",\"body\":",
    ] {
        set.add("json-odd-fields", ".json", format!("{odd}\"{BODY}\"}}"), 1, &[]);
    }
}

fn cut_json(set: &mut Set) {
    let whole = format!("[{},{}]", record(1), record(2));
    let first = record(1).len();
    for cut in [2, 5, first / 2, first] {
        set.add("json-cut", ".json", &whole[..cut], 0, &["bad-json", "bad-json"]);
    }
    for cut in [first + 3, first + 10, whole.len() - 2] {
        set.add("json-cut", ".json", &whole[..cut], 1, &["bad-json", "bad-json"]);
    }
    set.add("json-cut", ".json", "{\"articles\":[{\"title\"", 0, &["bad-json"]);
    set.add("json-after", ".json", format!("{whole} x"), 2, &["bad-json"]);
    set.add("json-after", ".json", format!("{whole}{whole}"), 2, &["bad-json"]);
}

fn markup(set: &mut Set) {
    for tag in ["div", "b", "p><div", "table><tr><td", "ul><li", "span", "font", "svg><g"] {
        let deep = format!("<html><body>{}{BODY}", format!("<{tag}>").repeat(beyond::DEPTH * 20));
        set.add("html-deep", ".html", deep, 1, &["too-deep"]);
    }
    for broken in [
        "<p",
        "<p>&#x0;&#xD800;&#99999999;&bogus;",
        "<p><!--",
        "<p><![CDATA[",
        "<p a=\"",
        "</p></body><p>",
        "<p><script>",
        "<p><style>a",
        "<title><p>",
    ] {
        let page = format!("<html><body><p>{BODY} The rain set in, and nobody minded.</p>{broken}");
        set.add("html-broken", ".html", page, 1, &[]);
    }
    for ld in
        ["{", "[[[[", "{\"@type\":\"NewsArticle\",\"headline\":{}}", "null", "{\"@graph\":{\"@graph\":[]}}"]
    {
        let page = format!(
            "<html><head><script type=application/ld+json>{ld}</script></head><body><p>{BODY}</p></body></html>"
        );
        set.add("html-ld", ".html", page, 1, &[]);
    }
    set.add(
        "html-ld",
        ".html",
        format!(
            "<html><head><script type=application/ld+json>{}</script></head><body><p>{BODY}</p>",
            "[".repeat(9000)
        ),
        1,
        &[],
    );
}

fn heads(set: &mut Set) {
    for head in [
        "---\ntitle: [x\n---\n",
        "---\ntitle: x\n",
        "+++\ntitle = x\n+++\n",
        "+++\ntitle = \"x\"\n",
        "---\n- a\nb: c\n---\n",
        "---\n\"\n---\n",
        "---\na: *x\n---\n",
    ] {
        set.add("front-matter", ".md", format!("{head}{BODY}\n"), 0, &["bad-front-matter"]);
    }
    let bomb = (0..9).fold(String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n"), |bomb, n| {
        format!("{bomb}a{}: &a{} [{}]\n", n + 1, n + 1, vec![format!("*a{n}"); 9].join(","))
    });
    set.add("front-matter-bomb", ".md", format!("---\n{bomb}---\n{BODY}\n"), 0, &["bad-front-matter"]);
    set.add(
        "front-matter-bomb",
        ".md",
        format!("---\na: {}\n---\n{BODY}\n", "[".repeat(5000)),
        0,
        &["bad-front-matter"],
    );
    for (ending, title) in [
        (".txt", "Only a headline"),
        (".md", "---\ntitle: Only a headline\n---\n"),
        (".md", "# Only a headline"),
        (".json", "{\"title\":\"Only a headline\"}"),
        (".json", "{\"title\":\"x\",\"body\":null}"),
        (".html", "<html><title>Only a headline</title></html>"),
    ] {
        set.add("headline-only", ending, title, 0, &["no-body"]);
    }
}

fn dates(set: &mut Set) {
    for date in [
        "0000-00-00",
        "9999-12-31",
        "0001-01-01",
        "2016-02-30",
        "2016-13-01",
        "30 February 2016",
        "99-01-01",
        "10/12/2016",
        "soon",
        "-1",
        "1e400",
        "٢٠١٦-١٠-١٢",
        "2016-10-12T99:99:99Z",
        "99999999999999999999",
    ] {
        let record = serde_json::json!({ "title": format!("Dated {date}"), "text": BODY, "date": date });
        set.add("dates", ".json", record.to_string(), 1, &[]);
    }
    for number in ["-1", "0", "99999999999999999999", "1e308", "253402300800", "-99999999999", "20161345"] {
        set.add("dates-in-numbers", ".json", format!("{{\"text\":\"{BODY}\",\"date\":{number}}}"), 1, &[]);
    }
}

fn texts(set: &mut Set) {
    let room = beyond::TEXT - 200;
    for piece in
        ["“", "\"", "'", "‘", "«„", "“‘", "''", "\u{300}", "word", "He said “", "(", "Mr. ", "\u{2028}", "—"]
    {
        set.add("marks", ".txt", format!("{BODY}\n\n{}", piece.repeat(room / 2 / piece.len())), 1, &[]);
    }
    for title in [
        "\u{1b}[2J",
        "\u{1b}]52;c;x\u{7}",
        "\u{1b}]8;;http://x\u{7}",
        "=1+1",
        "@SUM(A1)",
        "\u{9b}31m",
        "| a | b |",
        "[x](javascript:x)",
    ] {
        let record = serde_json::json!({ "title": title, "text": format!("{title} {BODY}") });
        set.add("escapes", ".json", record.to_string(), 1, &[]);
    }
}

fn names(set: &mut Set) {
    let odd: [&[u8]; 10] = [
        b"new\nline.txt",
        b"esc\x1b[31m.txt",
        b"bell\x07.txt",
        b"inv\xFFalid.txt",
        b"back\\slash.txt",
        "bidi\u{202e}txt.exe.txt".as_bytes(),
        b" space .txt",
        b"-rf.txt",
        b"dots...txt",
        b"q'uo\"te.txt",
    ];
    for (number, name) in odd.into_iter().enumerate() {
        set.named("names", name.to_vec(), text(100 + number), 1, &[]);
    }
    set.named("names", format!("{}.txt", "n".repeat(250)).into(), text(99), 1, &[]);
}

fn streams(set: &mut Set) {
    let lines: String = (0..400).map(|n| record(n * n * n) + "\n").collect();
    let (gz, zst) = (gzipped(lines.as_bytes()), zstd(lines.as_bytes()));
    for (ending, whole) in [(".jsonl.gz", gz), (".jsonl.zst", zst)] {
        for part in [0.0, 0.3, 0.6, 0.9] {
            let cut =
                3.max((whole.len() as f64 * part) as usize) + if ending.ends_with("zst") { 2 } else { 0 };
            set.add("stream-cut", ending, &whole[..cut], ANY, &["truncated"]);
        }
        for at in [8, whole.len() / 3, whole.len() - 3] {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x5A;
            set.add("stream-damaged", ending, damaged, ANY, SOME_DAMAGE);
        }
        let rest = [whole.clone(), b"rubbish behind it".to_vec()].concat();
        set.add("stream-and-rubbish", ending, rest, 400, &["truncated"]);
    }
    let members = [gzipped(record(1).as_bytes()), gzipped(b"\n"), gzipped(record(2).as_bytes())].concat();
    set.add("stream-members", ".jsonl.gz", members, 2, &[]);
    let frames = [zstd(record(1).as_bytes()), zstd(b"\n"), zstd(record(2).as_bytes())].concat();
    set.add("stream-members", ".jsonl.zst", frames, 2, &[]);
    set.add("stream-twice", ".txt.gz", gzipped(&gzipped(BODY.as_bytes())), 0, &["not-text"]);
    set.add("stream-twice", ".txt.zst", zstd(&zstd(BODY.as_bytes())), 0, &["not-text"]);
}

/// As many articles as were whole before the damage.
pub(crate) const ANY: usize = usize::MAX;
/// A flipped bit may break the stream or a record in it.
pub(crate) const SOME_DAMAGE: &[&str] = &["*"];

fn bombs(set: &mut Set) {
    let zeros = vec![b' '; beyond::UNPACKED + 100_000];
    for ending in [".txt", ".jsonl", ".json", ".html", ".tar", ""] {
        let codes: &[&str] = match ending {
            ".jsonl" => &["unpacked-limit"],
            ".json" => &["unpacked-limit", "bad-json"],
            _ => &["too-large", "unpacked-limit"],
        };
        set.add("bomb", &format!("{ending}.gz"), gzipped(&zeros), 0, codes);
        set.add("bomb", &format!("{ending}.zst"), zstd(&zeros), 0, codes);
    }
    for how in [How::Deflated, How::Zstd] {
        let (first, last) = (text(1), text(2));
        let members: [(&[u8], &[u8], How); 3] =
            [(b"1.txt", &first, How::Stored), (b"2.jsonl", &zeros, how), (b"3.txt", &last, How::Stored)];
        set.add("bomb-zip", ".zip", zip(&members), 1, &["unpacked-limit"]);
    }
    let archive = tar(&[(b"1.txt", &text(1)), (b"2.jsonl", &zeros), (b"3.txt", &text(2))]);
    set.add("bomb-tar", ".tar.gz", gzipped(&archive), 1, &["unpacked-limit"]);
    set.add("bomb-tar", ".tar.zst", zstd(&archive), 1, &["unpacked-limit"]);
    // The same packed bytes, listed many times.
    let names: Vec<String> = (0..beyond::MEMBERS + 5).map(|n| format!("{n}.txt")).collect();
    let texts: Vec<Vec<u8>> = (0..names.len()).map(text).collect();
    let members: Vec<_> =
        names.iter().zip(&texts).map(|(n, t)| (n.as_bytes(), &t[..], How::Stored)).collect();
    set.add("many-members", ".zip", zip(&members), beyond::MEMBERS, &["too-many"]);
    let members: Vec<_> = names.iter().zip(&texts).map(|(n, t)| (n.as_bytes(), &t[..])).collect();
    set.add("many-members", ".tar", tar(&members), beyond::MEMBERS, &["too-many"]);
    set.add("many-members", ".tgz", gzipped(&tar(&members)), beyond::MEMBERS, &["too-many"]);
}

fn zips(set: &mut Set) {
    let one = text(1);
    for method in [1, 6, 9, 12, 14, 95, 98, 1000] {
        set.add(
            "zip-method",
            ".zip",
            zip(&[(b"0.txt", b"x", How::Method(method)), (b"1.txt", &one, How::Stored)]),
            1,
            &["unknown-packing"],
        );
    }
    for how in [How::Encrypted, How::Method(99)] {
        set.add(
            "zip-encrypted",
            ".zip",
            zip(&[(b"0.txt", b"x", how), (b"1.txt", &one, How::Stored)]),
            1,
            &["encrypted"],
        );
    }
    for name in [
        &b"../../../etc/passwd.txt"[..],
        b"/etc/passwd.txt",
        b"C:\\x.txt",
        b"\xFF\xFE.txt",
        b"a\0b.txt",
        b"esc\x1b[2J.txt",
        b"",
        b"con.txt",
    ] {
        set.add("member-names", ".zip", zip(&[(name, &one, How::Deflated)]), 1, &[]);
        if !name.is_empty() && !name.contains(&0) {
            set.add("member-names", ".tar", tar(&[(name, &one)]), 1, &[]);
        }
    }
    for hidden in [&b"__MACOSX/._a.txt"[..], b".git/a.txt", b"a/.b/c.txt", b"README", b"folder/"] {
        set.add(
            "member-hidden",
            ".zip",
            zip(&[(hidden, b"x", How::Stored), (b"1.txt", &one, How::Stored)]),
            1,
            &[],
        );
    }
    for depth in 1..6 {
        let inner = (0..depth).fold(one.clone(), |inner, n| match n % 3 {
            0 => zip(&[(if n == 0 { b"a.txt" } else { b"a.zip" }, &inner, How::Deflated)]),
            1 => tar(&[(b"a.zip", &inner)]),
            _ => zip(&[(b"a.tar", &inner, How::Stored)]),
        });
        let codes: &[&str] = if depth > 2 { &["too-nested"] } else { &[] };
        set.add("nested", "", inner, usize::from(depth <= 2), codes);
    }
}

fn zip_damage(set: &mut Set) {
    let texts: Vec<Vec<u8>> = (0..3).map(text).collect();
    let names: [&[u8]; 3] = [b"0.txt", b"1.txt", b"2.txt"];
    let members: Vec<_> = names.iter().zip(&texts).map(|(n, t)| (*n, &t[..], How::Deflated)).collect();
    let whole = zip(&members);
    let directory = memchr::memmem::find(&whole, b"PK\x01\x02").unwrap();
    for cut in [directory, directory + 20, whole.len() - 22, whole.len() - 5] {
        set.add("zip-cut", ".zip", &whole[..cut], 3, &["bad-archive"]);
    }
    set.add("zip-cut", ".zip", &whole[..directory - 9], 2, &["bad-archive", "truncated"]);
    set.add("zip-cut", ".zip", &whole[..20], 0, &["bad-archive"]);
    let mut changed = |at: usize, to: u8, articles: usize, codes: &[&'static str]| {
        let mut damaged = whole.clone();
        damaged[at] = to;
        set.add("zip-damaged", ".zip", damaged, articles, codes);
    };
    changed(directory, 0, 3, &["bad-archive"]);
    changed(directory + 51, 0, 3, &["bad-archive"]);
    changed(directory + 42, 9, 2, &["bad-archive"]);
    changed(38, whole[38] ^ 0xFF, 2, &["truncated"]);
    changed(directory + 16, whole[directory + 16] ^ 0xFF, 2, &["truncated"]);
    changed(directory + 24, 255, 2, &["truncated"]);
    changed(whole.len() - 3, 0x7F, 3, &["bad-archive"]);
    let nothing = zip(&[]);
    set.add("zip-of-nothing", ".zip", nothing.clone(), 0, &[]);
    set.add("zip-before", ".zip", [b"PK\x03\x04 not one", &whole[..]].concat(), 3, &[]);
}

fn tars(set: &mut Set) {
    let members = tar(&[(b"0.txt", &text(0)), (b"1.txt", &text(1)), (b"2.txt", &text(2))]);
    for (cut, articles) in [(700, 0), (530, 0), (1024, 1), (1100, 1), (2048, 2), (2600, 2), (3072, 3)] {
        // A cut in what fills the last block of a member loses nothing of it.
        let articles = if cut == 700 { articles + 1 } else { articles };
        set.add("tar-cut", ".tar", &members[..cut], articles, &["truncated"]);
    }
    for at in [0, 1024, 1024 + 130, 1024 + 150, 2048 + 3] {
        let mut damaged = members.clone();
        damaged[at] ^= 0x15;
        let codes: &[&str] = if at == 0 { &["not-text"] } else { &["bad-archive"] };
        set.add("tar-damaged", ".tar", damaged, if at == 0 { 0 } else { 2 }, codes);
    }
    for size in [
        &b"77777777777\0"[..],
        b"\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff",
        b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        b"99999999999\0",
        b"zzzzzzzzzzz\0",
    ] {
        let mut archive = tar(&[(b"0.txt", &text(0)), (b"1.txt", &text(1))]);
        archive[1024 + 124..1024 + 136].copy_from_slice(size);
        let mut header = archive[1024..1536].to_vec();
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
        archive[1024 + 148..1024 + 156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        set.add("tar-size", ".tar", archive, 1, &["*"]);
    }
    for kind in [b'1', b'2', b'3', b'4', b'5', b'6', b'g', b'V'] {
        let archive = [tar_member(b"odd.txt", kind, b""), tar(&[(b"1.txt", &text(1))])].concat();
        set.add("tar-kinds", ".tar", archive, 1, &[]);
    }
    let sparse = [tar_member(b"odd.txt", b'S', b"x"), tar(&[(b"1.txt", &text(1))])].concat();
    set.add("tar-sparse", ".tar", sparse, 1, &["unknown-packing"]);
    let long = [tar_member(b"l", b'L', &vec![b'n'; 200_000]), tar(&[(b"1.txt", &text(1))])].concat();
    set.add("tar-long-name", ".tar", long, 1, &[]);
    let odd =
        [tar_member(b"x", b'x', b"99999999999 path=x\n-5 size=9\nrubbish"), tar(&[(b"1.txt", &text(1))])]
            .concat();
    set.add("tar-long-name", ".tar", odd, 1, &[]);
}

/// A page in a crawl.
fn page(number: usize, body: &[u8]) -> Vec<u8> {
    let content = [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", body].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/{number}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), &content, b"\r\n\r\n"].concat()
}

fn crawls(set: &mut Set) {
    let (first, last) = (page(1, &text(1)), page(3, &text(3)));
    let between = |middle: &[u8]| [&first[..], middle, &last].concat();
    let middle = String::from_utf8(page(2, &text(2))).unwrap();
    let length = middle.lines().find(|l| l.starts_with("Content-Length")).unwrap().to_owned();
    for other in ["", "Content-Length: -1", "Content-Length: x", "Content-Length: 3", "Content-Length: 300"] {
        set.add(
            "warc-length",
            ".warc",
            between(middle.replace(&length, other).as_bytes()),
            2,
            &["bad-record"],
        );
    }
    for rubbish in [
        &b"rubbish\r\n"[..],
        b"\0\0\0\0\n",
        b"WARC\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"WARD/1.0\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n",
    ] {
        set.add("warc-rubbish", ".warc", between(rubbish), 2, &["bad-record"]);
    }
    for cut in [first.len() + 10, first.len() + 120, first.len() + 200] {
        let whole = between(middle.as_bytes());
        set.add("warc-cut", ".warc", &whole[..cut.min(whole.len())], 1, &["*"]);
    }
    let packed = [gzipped(&first), gzipped(middle.as_bytes()), gzipped(&last)].concat();
    set.add("warc-cut", ".warc.gz", &packed[..packed.len() - 9], 3, &["truncated"]);
    set.add("warc-large", ".warc", between(&page(2, &vec![b'x'; beyond::RECORD + 1])), 2, &["too-large"]);
    set.add("warc-large", ".warc", between(&page(2, &vec![b'x'; beyond::TEXT + 1])), 2, &["too-large"]);
    set.add(
        "warc-header",
        ".warc",
        between(format!("WARC/1.0\r\nX: {}\r\n\r\n", "x".repeat(70_000)).as_bytes()),
        2,
        &["bad-record"],
    );
    set.add("warc-binary", ".warc", between(&page(2, &[0; 500])), 2, &["not-text"]);
}

/// Bodies that were packed or cut up to be sent.
fn crawled_bodies(set: &mut Set) {
    let (first, last) = (page(1, &text(1)), page(3, &text(3)));
    let between = |middle: &[u8]| [&first[..], middle, &last].concat();
    let fake = |header: &str, body: &[u8]| {
        let content =
            [format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n{header}\r\n\r\n").as_bytes(), body]
                .concat();
        [
            format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", content.len())
                .as_bytes(),
            &content,
            b"\r\n\r\n",
        ]
        .concat()
    };
    for sizes in ["ffffffffffffffff\r\n", "0\r\n\r\n", "-1\r\n", "5\r\nab"] {
        let bytes = between(&fake("Transfer-Encoding: chunked", format!("{sizes}{BODY}").as_bytes()));
        set.add("warc-chunks", ".warc", bytes, ANY, SOME_DAMAGE);
    }
    let bomb = gzipped(&vec![b' '; beyond::UNPACKED + 100_000]);
    set.add(
        "warc-bomb",
        ".warc",
        [first.clone(), fake("Content-Encoding: gzip", &bomb)].concat(),
        1,
        &["too-large"],
    );
}

fn exports(set: &mut Set) {
    let nexis = |n: usize, body: &str| {
        format!(
            "   {n} of 3 DOCUMENTS\n\n\n     The Daily Example\n\n     May {n}, 2017\n\nTitle {n}\n\nLENGTH: 4 words\n\n{body}\n\n"
        )
    };
    let long = "word ".repeat(beyond::RECORD / 5 + 10);
    set.add(
        "nexis-large",
        ".txt",
        [nexis(1, BODY), nexis(2, &long), nexis(3, BODY)].concat(),
        2,
        &["too-large"],
    );
    set.add(
        "nexis-large",
        ".txt",
        [nexis(1, BODY), nexis(2, &long.replace(' ', "\n")), nexis(3, BODY)].concat(),
        2,
        &["too-large"],
    );
    set.add("nexis-odd", ".txt", [nexis(1, BODY), nexis(2, ""), nexis(3, BODY)].concat(), 2, &["no-body"]);
    set.add("nexis-odd", ".txt", format!("{}{}", nexis(1, BODY), "   2 of 3 DOCUMENTS\n"), 1, &["no-body"]);
    let factiva = |n: usize, body: &str| {
        format!(
            "HD \nTitle {n}\nPD \n{n} May 2017\nSN \nThe Daily Example\nLP \nWords.\nTD \n{body}\nAN \nDocument DAYEX0002017050{n}eca\n\n"
        )
    };
    set.add(
        "factiva-large",
        ".txt",
        [factiva(1, BODY), factiva(2, &long), factiva(3, BODY)].concat(),
        2,
        &["too-large"],
    );
    set.add(
        "factiva-odd",
        ".txt",
        [
            factiva(1, BODY),
            "HD \nTitle\nPD \nSN \nLP \nTD \nAN \nDocument DAYEX00020170509eca\n".to_owned(),
            factiva(3, BODY),
        ]
        .concat(),
        2,
        &["no-body"],
    );
    set.add("factiva-odd", ".txt", &factiva(1, BODY)[..40], 1, &[]);
}

fn mailboxes(set: &mut Set) {
    let letter = |n: usize, header: &str, body: &str| {
        format!(
            "From x@daily.example Wed Oct 1{n} 08:00:00 2016\nFrom: x@daily.example\nSubject: Letter {n}\n{header}\n{body}\n\n"
        )
    };
    let between = |middle: String| [letter(1, "", BODY), middle, letter(3, "", BODY)].concat();
    let long = "word ".repeat(beyond::RECORD / 5 + 10);
    set.add("mbox-large", ".mbox", between(letter(2, "", &long)), 2, &["too-large"]);
    set.add("mbox-large", ".mbox", between(letter(2, "", &long.replace(' ', "\n"))), 2, &["too-large"]);
    for header in [
        "Content-Type: multipart/mixed; boundary=x\n",
        "Content-Type: multipart/mixed\n",
        "Content-Type: image/png\nContent-Transfer-Encoding: base64\n",
        "Content-Type: message/rfc822\n",
    ] {
        set.add("mbox-no-text", ".mbox", between(letter(2, header, "")), 2, &["no-body"]);
    }
    for header in [
        "Content-Transfer-Encoding: none-such\n",
        "Content-Type: text/plain; charset=none-such\n",
        "Content-Type: ; ; =\n",
        "Date: Wed, 99 Foo 99999 99:99:99 +9999\n",
        "Subject: =?utf-8?B?!!!!?= =?x?Q?=?=\n",
        "From: <<<>>>,,;;\n",
        "X: \n \n",
    ] {
        set.add("mbox-odd", ".mbox", between(letter(2, header, BODY)), 3, &[]);
    }
    let parts: String =
        (0..500).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    set.add("mbox-deep", ".mbox", between(letter(2, &parts, BODY)), ANY, SOME_DAMAGE);
    let nested = "Content-Type: message/rfc822\n\n".repeat(1500);
    set.add("mbox-deep", ".mbox", between(letter(2, &nested, BODY)), ANY, SOME_DAMAGE);
    set.add(
        "mbox-rubbish",
        ".mbox",
        between("From x Wed Oct 12 08:00:00 2016\n\n\n".to_owned()),
        2,
        &["bad-record"],
    );
}

/// Feeds and agency copy that are cut off, not well formed, nested too deep or withdrawn.
fn feeds(set: &mut Set) {
    let item = |words: &str| format!("<item><title>T</title><description>{words}</description></item>\n");
    let feed = |items: &str| format!("<rss><channel>\n{items}</channel></rss>");
    let two = item("The mayor spoke.") + &item("It rained.");
    for cut in ["<item>", "<item><title>T", "<item><description>x</description>"] {
        set.add("xml-cut", ".xml", format!("<rss><channel>\n{two}{cut}"), 2, &["truncated"]);
    }
    for bad in ["<item", "<item a='", "<![CDATA[x", "<!-- x", "<?x"] {
        set.add("xml-cut", ".xml", format!("<rss><channel>\n{two}{bad}"), 2, &["bad-xml"]);
    }
    for bad in ["One <b>two.", "One </b>two.", "One <i><b>two.</i>"] {
        set.add("xml-tags", ".rss", feed(&(item(bad) + &item("Three."))), 2, &["bad-xml"]);
    }
    for odd in ["R & D.", "&bogus; x", "&#0; x", "&#x110000; x", "1 &lt; 2"] {
        set.add("xml-entities", ".xml", feed(&item(odd)), 1, &[]);
    }
    let bomb = "<!DOCTYPE rss [<!ENTITY a 'It rained.'><!ENTITY b '&a;&a;&a;'>]>";
    set.add("xml-entities", ".xml", format!("{bomb}{}", feed(&item("&b;&b; x"))), 1, &[]);
    for status in ["canceled", "withheld"] {
        let meta = format!("<itemMeta><pubStatus qcode='stat:{status}'/></itemMeta>");
        let body = "<contentSet><inlineData>It rained.</inlineData></contentSet>";
        set.add("xml-withdrawn", ".xml", format!("<newsItem>{meta}{body}</newsItem>"), 0, &["withdrawn"]);
    }
}

/// Tables with rows that are too short or too long, marks left open, and headers nobody knows.
fn tables(set: &mut Set) {
    for bad in ["Two", "Two,It rained,twice", "Two,\"It\" rained,\"x\"", ","] {
        let codes: &[&str] = if bad == "," { &["no-body"] } else { &["bad-row"] };
        let table = format!("title,body\nOne,It rained.\n{bad}\nThree,It snowed.\n");
        set.add("table-rows", ".csv", table, 2, codes);
    }
    let open = "title,body\nOne,\"It rained.\nTwo,It snowed.\n";
    set.add("table-marks", ".csv", open, 1, &["bad-row"]);
    for header in ["a,b", "title,date", "\"title,body", "1;2;3", "\u{1b}[31m,x"] {
        set.add("table-header", ".csv", format!("{header}\nOne,It rained.\n"), 0, &["no-columns"]);
    }
    set.add("table-header", ".tsv", "title\tbody\n", 0, &["no-body"]);
}
