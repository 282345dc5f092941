//! Archives of files: members are read as files are, never written to disk, and damage to one
//! takes no other along.

use crate::packing::{How, gzipped, tar, tar_member, zip, zstd};
use onrecord::ingest::{Contents, Limits, Options, Source, read, read_from};
use std::fs;
use tempfile::TempDir;

fn read_with(name: &str, bytes: &[u8], options: &Options) -> Contents {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let contents = read(&Source::file(&path).unwrap(), options);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is written to disk");
    contents
}

/// What came of a file: the path of each article, then each problem as `code member place`.
fn outcome(contents: &Contents) -> Vec<String> {
    let articles = contents.articles.iter().map(|a| a.meta.path.clone());
    let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".to_owned());
    let problems =
        contents.problems.iter().map(|p| format!("{} {} {}", p.code, part(&p.member), part(&p.place)));
    articles.chain(problems).collect()
}

fn outcome_of(name: &str, bytes: &[u8]) -> Vec<String> {
    outcome(&read_with(name, bytes, &Options::default()))
}

/// An article that differs from others by a number.
fn article(number: u32) -> Vec<u8> {
    format!("Bridge number {number} opens\n\nThe mayor spoke {number} times. “It will stand,” she said.\n")
        .into()
}

#[test]
fn members_are_read_as_files_are() {
    let (one, two) = (article(1), article(2));
    let line = [br#"{"text":"The mayor spoke."}"#.to_vec(), b"\n{\n".to_vec()].concat();
    let members: [(&[u8], &[u8]); 7] = [
        (b"./2016/10/12/one.txt", &one),
        (b"two.txt.gz", &gzipped(&two)),
        (b"lines.jsonl", &line),
        (b"README.txt", &one),
        (b".hidden/x.txt", &one),
        (b"photo.jpg", b"x"),
        (b"empty.txt", b""),
    ];
    let wanted = |archive: &str| {
        [
            format!("{archive}!/2016/10/12/one.txt"),
            format!("{archive}!/two.txt.gz"),
            format!("{archive}!/lines.jsonl:1"),
            "bad-json lines.jsonl line 2".to_owned(),
            "unknown-format photo.jpg -".to_owned(),
            "empty empty.txt -".to_owned(),
        ]
    };
    for how in [How::Stored, How::Deflated, How::Zstd, How::OpenEnded] {
        let listed: Vec<_> = members.iter().map(|(n, c)| (*n, *c, how)).collect();
        let contents = read_with("a.zip", &zip(&listed), &Options::default());
        assert_eq!(outcome(&contents), wanted("a.zip"));
        assert_eq!(contents.hash, xxhash_rust::xxh3::xxh3_64(&zip(&listed)));
        assert_eq!(
            contents.articles[0].meta.date.unwrap().to_string(),
            "2016-10-12",
            "as a folder states it"
        );
    }
    let archive = tar(&members);
    for (name, bytes) in [
        ("a.tar", archive.clone()),
        ("a.tar.gz", gzipped(&archive)),
        ("a.tgz", gzipped(&archive)),
        ("a.tar.zst", zstd(&archive)),
        ("a", archive.clone()),
    ] {
        let contents = read_with(name, &bytes, &Options::default());
        assert_eq!(outcome(&contents), wanted(name), "{name}");
        assert_eq!(contents.hash, xxhash_rust::xxh3::xxh3_64(&bytes), "{name}");
    }
    let plain = read_with("one.txt", &one, &Options::default()).articles.remove(0);
    let packed = read_with("a.tar", &tar(&[(b"one.txt", &one)]), &Options::default()).articles.remove(0);
    assert_eq!(packed.id, plain.id, "an article is the same wherever it lies");
    assert_eq!(outcome(&read_from(&archive[..], &Options::default())), wanted("-"));
}

#[test]
fn zstd_is_unpacked_frame_by_frame() {
    let frames =
        [zstd(br#"{"text":"The mayor spoke."}"#), zstd(b"\n"), zstd(br#"{"text":"It rained."}"#)].concat();
    assert_eq!(outcome_of("a.jsonl.zst", &frames), ["a.jsonl.zst:1", "a.jsonl.zst:2"]);
    let skipped = [b"\x50\x2A\x4D\x18\x03\0\0\0abc".to_vec(), zstd(&article(1))].concat();
    assert_eq!(outcome_of("a.txt.zst", &skipped), ["a.txt.zst"]);
    let cut = &frames[..frames.len() - 6];
    assert_eq!(outcome_of("a.jsonl.zst", cut), ["a.jsonl.zst:1", "truncated - -"]);
}

#[test]
fn names_are_shown_and_touch_nothing() {
    let long = format!("{}/long.txt", "folder/".repeat(60));
    let name: [&[u8]; 5] = [b"../../up.txt", b"/root.txt", b"\x1b[31mred.txt", b"g\xFF.txt", b"a\\b.txt"];
    let shown = ["../../up.txt", "/root.txt", "\\u{1b}[31mred.txt", "g\\xff.txt", "a\\\\b.txt"];
    let articles: Vec<Vec<u8>> = (0..5).map(article).collect();
    let members: Vec<(&[u8], &[u8])> = name.iter().zip(&articles).map(|(n, a)| (*n, &a[..])).collect();
    let zipped: Vec<_> = members.iter().map(|(n, c)| (*n, *c, How::Deflated)).collect();
    assert_eq!(outcome_of("a.zip", &zip(&zipped)), shown.map(|s| format!("a.zip!/{s}")));
    assert_eq!(outcome_of("a.tar", &tar(&members)), shown.map(|s| format!("a.tar!/{s}")));
    let record = format!(" path={long}\n");
    let posix = format!("{}{record}", record.len() + 3);
    for (kind, content) in [(b'L', format!("{long}\0")), (b'x', posix)] {
        let mut archive = tar_member(b"././@LongLink", kind, content.as_bytes());
        archive.extend(tar(&[(b"short.txt", &articles[0])]));
        assert_eq!(outcome_of("a.tar", &archive), [format!("a.tar!/{long}")]);
    }
}

#[test]
fn archives_stand_in_archives_two_deep() {
    let inner = tar(&[(b"c.txt", &article(1))]);
    let middle = zip(&[(b"b.tar.gz", &gzipped(&inner), How::Stored), (b"d.txt", &article(2), How::Deflated)]);
    assert_eq!(outcome_of("a.zip", &middle), ["a.zip!/b.tar.gz!/c.txt", "a.zip!/d.txt"]);
    let outer = tar(&[(b"m.zip", &middle), (b"e.txt", &article(3))]);
    assert_eq!(
        outcome_of("a.tar", &outer),
        ["a.tar!/m.zip!/d.txt", "a.tar!/e.txt", "too-nested m.zip!/b.tar.gz -"]
    );
}

#[test]
fn what_cannot_be_unpacked_says_so() {
    let members: [(&[u8], &[u8], How); 4] = [
        (b"secret.txt", b"x", How::Encrypted),
        (b"old.txt", b"x", How::Method(6)),
        (b"aes.txt", b"x", How::Method(99)),
        (b"one.txt", &article(1), How::Deflated),
    ];
    assert_eq!(
        outcome_of("a.zip", &zip(&members)),
        ["a.zip!/one.txt", "encrypted secret.txt -", "unknown-packing old.txt -", "encrypted aes.txt -"]
    );
}

#[test]
fn damage_takes_no_other_member_along() {
    let articles: Vec<Vec<u8>> = (0..3).map(article).collect();
    let names: [&[u8]; 3] = [b"0.txt", b"1.txt", b"2.txt"];
    let members: Vec<_> = names.iter().zip(&articles).map(|(n, a)| (*n, &a[..], How::Deflated)).collect();
    let whole = zip(&members);
    let all = ["a.zip!/0.txt", "a.zip!/1.txt", "a.zip!/2.txt"];
    let directory = memchr::memmem::find(&whole, b"PK\x01\x02").unwrap();
    assert_eq!(outcome_of("a.zip", &whole[..directory]), [&all[..], &["bad-archive - byte 0"]].concat());
    let second = directory + 46 + 5;
    let mut damaged = whole.clone();
    damaged[second] ^= 0xFF;
    let rest = outcome_of("a.zip", &damaged);
    assert_eq!(rest[..3], all, "{rest:?}");
    assert!(rest[3].starts_with("bad-archive - byte"), "{rest:?}");
    let mut damaged = whole.clone();
    damaged[40] ^= 0xFF;
    assert_eq!(outcome_of("a.zip", &damaged), [all[1], all[2], "truncated 0.txt -"]);
    let open: Vec<_> = members.iter().map(|(n, c, _)| (*n, *c, How::OpenEnded)).collect();
    let open = zip(&open);
    let directory = memchr::memmem::find(&open, b"PK\x01\x02").unwrap();
    assert_eq!(outcome_of("a.zip", &open[..directory]), [&all[..], &["bad-archive - byte 0"]].concat());

    let members: Vec<_> = names.iter().zip(&articles).map(|(n, a)| (*n, &a[..])).collect();
    let whole = tar(&members);
    let all = ["a.tar!/0.txt", "a.tar!/1.txt", "a.tar!/2.txt"];
    assert_eq!(outcome_of("a.tar", &whole[..2 * 1024 + 530]), [all[0], all[1], "truncated 2.txt -"]);
    assert_eq!(outcome_of("a.tar", &whole[..2 * 1024]), [all[0], all[1], "truncated - byte 2048"]);
    assert_eq!(outcome_of("a.tar", &whole[..2 * 1024 + 100]), [all[0], all[1], "truncated - byte 2048"]);
    let mut damaged = whole.clone();
    damaged[1024 + 3] ^= 0xFF;
    assert_eq!(outcome_of("a.tar", &damaged), [all[0], all[2], "bad-archive - byte 1024"]);
    let packed = gzipped(&whole);
    let cut = outcome_of("a.tar.gz", &packed[..packed.len() - 20]);
    assert!(cut.last().unwrap().starts_with("truncated"), "{cut:?}");
}

#[test]
fn bombs_are_stopped_over_the_whole_file() {
    let limits = Limits { unpacked: 50_000, ratio: 20, ratio_after: 10_000, members: 5, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let of = |name: &str, bytes: &[u8]| outcome(&read_with(name, bytes, &options));
    let zeros = b"The mayor spoke. ".repeat(30_000);
    let one = article(1);
    let members: [(&[u8], &[u8], How); 3] =
        [(b"a.txt", &one, How::Stored), (b"b.txt", &zeros, How::Deflated), (b"c.txt", &one, How::Stored)];
    let stopped = of("a.zip", &zip(&members));
    assert_eq!(stopped, ["a.zip!/a.txt", "unpacked-limit b.txt -"]);
    let archive = gzipped(&tar(&[(b"a.txt", &one), (b"b.txt", &zeros), (b"c.txt", &one)]));
    let stopped = of("a.tar.gz", &archive);
    assert_eq!(stopped.last().unwrap(), "unpacked-limit b.txt -", "{stopped:?}");
    // Many members that are one: each unpacks the same bytes again.
    let many: Vec<Vec<u8>> = (0..7).map(article).collect();
    let names: Vec<String> = (0..7).map(|n| format!("{n}.txt")).collect();
    let members: Vec<_> = names.iter().zip(&many).map(|(n, c)| (n.as_bytes(), &c[..])).collect();
    let listed: Vec<_> = members.iter().map(|(n, c)| (*n, *c, How::Stored)).collect();
    for (name, bytes) in
        [("a.zip", zip(&listed)), ("a.tar", tar(&members)), ("a.tgz", gzipped(&tar(&members)))]
    {
        let stopped = of(name, &bytes);
        assert_eq!(stopped.len(), 6, "{stopped:?}");
        assert_eq!(stopped[5], "too-many 5.txt -");
    }
}

#[test]
fn no_damage_is_too_odd() {
    let texts: Vec<Vec<u8>> = (0..4).map(article).collect();
    let names: [&[u8]; 4] = [b"0.txt", b"1.txt", b"2.txt", b"3.txt"];
    let hows = [How::Stored, How::Deflated, How::Zstd, How::OpenEnded];
    let members: Vec<_> = names.iter().zip(&texts).map(|(n, t)| (*n, &t[..])).collect();
    let listed: Vec<_> = members.iter().zip(hows).map(|((n, t), how)| (*n, *t, how)).collect();
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>It\r\n0\r\n\r\n";
    let head = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", page.len());
    let crawl = [head.as_bytes(), page, b"\r\n\r\n"].concat().repeat(3);
    let letter = "From x Wed Oct 12 08:00:00 2016\nSubject: =?utf-8?Q?x?=\nContent-Type: multipart/mixed; boundary=x\n\n\
                  --x\nContent-Transfer-Encoding: base64\n\nSXQgcmFpbmVkLg==\n--x--\n\n";
    let wholes = [
        ("a.zip", zip(&listed)),
        ("a.tar", tar(&members)),
        ("a.tgz", gzipped(&tar(&members))),
        ("a.tar.zst", zstd(&tar(&members))),
        ("a.warc", crawl),
        ("a.mbox", letter.repeat(3).into_bytes()),
    ];
    let options = Options { limits: Limits { record: 2000, ..Limits::default() }, ..Options::default() };
    let mut state = 1u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    for (name, whole) in wholes {
        for _ in 0..150 {
            let mut bytes = whole.clone();
            for _ in 0..=random(3) {
                let at = random(bytes.len());
                match random(4) {
                    0 => bytes.truncate(at.max(1)),
                    1 => bytes.insert(at, b'\n'),
                    _ => bytes[at] = random(256) as u8,
                }
            }
            let contents = read_with(name, &bytes, &options);
            assert!(contents.articles.len() <= 8, "{name}");
        }
    }
}
