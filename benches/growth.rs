//! How the time grows with hostile text: `cargo bench --bench growth [-- NAME..]`.
//!
//! Each text is made at 256 KiB, 512 KiB and 1 MiB; what is linear takes twice as long for twice
//! the text. Printed are the time of the longest, the megabytes a second and both ratios; a ratio
//! above [`MOST`] is marked, and then the exit code is 1.
#![allow(clippy::print_stdout, reason = "a bench is there to print")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

use onrecord::article::{Article, Meta};
use onrecord::ingest::{self, Options};
use onrecord::quotes::{Quote, Reading, find};
use onrecord::render::{json, markup};
use onrecord::text::Text;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

/// The sizes, in bytes; each twice the one before.
const SIZES: [usize; 3] = [256 << 10, 512 << 10, 1 << 20];

/// The most that twice the text may take.
const MOST: f64 = 2.5;

/// How often each is measured at least, and for how many seconds; the quickest counts, so that
/// other work on the machine does not.
const RUNS: usize = 3;
const SECONDS: f64 = 0.4;

/// What `extract` does with a text, in order.
const STAGES: [&str; 5] = ["read", "paragraphs", "quotes", "json", "markup"];

/// A text nobody would write: what it begins with, and a part for each number. It is made up of
/// as many parts as fit.
struct Hostile {
    name: &'static str,
    part: fn(usize) -> String,
}

/// A text whose part is always the same.
macro_rules! repeated {
    ($name:literal, $part:literal) => {
        Hostile { name: $name, part: |_| $part.to_owned() }
    };
}

const TEXTS: &[Hostile] = &[
    repeated!("open marks", "“"),
    repeated!("open marks with words", "“a b "),
    repeated!("open marks, each in a paragraph", "“It rained all day.\n\n"),
    repeated!("closing marks", "a” "),
    repeated!("marks of two kinds, opened in turn", "“‘«a "),
    repeated!("straight marks", "\" a. "),
    repeated!("two apostrophes", "'' a ''b "),
    repeated!("apostrophes", "'"),
    repeated!("apostrophes before words", " 'a"),
    repeated!("possessives", "‘the workers’ rights "),
    repeated!("one endless sentence", "the rain fell on the roof and "),
    repeated!("one endless word", "a"),
    repeated!("capitals", "THE MAYOR OF LINDBY SAID THAT "),
    repeated!("one name", "Ana Mora "),
    Hostile { name: "names, all different", part: |n| format!("Ana {} ", surname(n)) },
    Hostile {
        name: "one surname, many given names",
        part: |n| format!("{} Mora said it rained. ", surname(n)),
    },
    Hostile {
        name: "many speakers, quoted", part: |n| format!("“It rained,” Ana {} said.\n\n", surname(n))
    },
    Hostile {
        name: "many people, then “she”",
        part: |n| format!("Ana {} left. “It rained,” she said. ", surname(n)),
    },
    Hostile {
        name: "many people, then a role",
        part: |n| format!("Mayor Ana {} left. The mayor said it rained. ", surname(n)),
    },
    Hostile {
        name: "many bodies, then “the company”",
        part: |n| format!("{} Holdings left. The company said it rained. ", surname(n)),
    },
    repeated!("a role nobody holds", "“It rained,” the former swimmer said. "),
    repeated!("cues", "said "),
    repeated!("“he said”", "he said "),
    repeated!("quotations by “he”", "“It rained,” he said. "),
    repeated!("quotations without a cue", "“It rained all day.”\n\n"),
    repeated!("according to", "according to Mora, "),
    repeated!("who said", "Mora, who said "),
    repeated!("and said, adding", "and said, adding that "),
    repeated!("appositions", "Mora, the mayor, "),
    repeated!("possessors", "Mora’s wife’s "),
    repeated!("and", "Mora and "),
    repeated!("brackets", "( "),
    repeated!("brackets, closed", "([a]) "),
    repeated!("commas", ", "),
    repeated!("colons", "a: "),
    repeated!("dashes", "— a "),
    repeated!("full stops", "."),
    repeated!("abbreviations", "U.S. Mr. "),
    repeated!("numbers", "1,234.5 "),
    repeated!("tickers", "Mora (NYSE: GS) "),
    repeated!("newlines", "\n"),
    repeated!("short lines", "a\n"),
    repeated!("lines broken off", "and the rain\nfell on the roof,\n"),
    repeated!("wrapped lines", "the rain fell upon the roof of the old mill until the\n"),
    repeated!("turns of one", "MORA: Yes.\n"),
    Hostile { name: "turns of many", part: |n| format!("{}: Yes.\n", surname(n).to_uppercase()) },
    repeated!("signatures", "“It rained.”\n― Ana Mora\n"),
    repeated!("headings in capitals", "ANA MORA, MAYOR, LINDBY: “It rained.” "),
    repeated!("accents apart", "e\u{301}"),
    repeated!("no Latin letter", "東京で雨が降った。"),
    Hostile {
        name: "one person, then “she” for ever",
        part: |n| {
            if n == 0 { "Ana Mora left. ".to_owned() } else { "“It rained,” she said. ".to_owned() }
        },
    },
    Hostile {
        name: "one mayor, then “the mayor” for ever",
        part: |n| {
            if n == 0 { "Mayor Ana Mora left. ".to_owned() } else { "The mayor said it rained. ".to_owned() }
        },
    },
    repeated!(
        "a source, then “the official”",
        "A senior official said it rained. The official said it stopped. "
    ),
    Hostile {
        name: "many people, one surname each twice",
        part: |n| format!("Ana {0} left. {0} said it rained. ", surname(n)),
    },
    Hostile {
        name: "many names for one company",
        part: |n| format!("Mora {} Holdings said it rained. ", surname(n)),
    },
    repeated!("tags", "<p>a"),
    repeated!("tags never closed", "<a href=\""),
    repeated!("JSON, nested", "{\"a\":"),
    repeated!("JSON, lists", "["),
    repeated!("front matter", "---\n"),
    repeated!("a heading of fields", "Title: a\n"),
    repeated!("agency headings", "-- By a\n"),
    repeated!("datelines", "BRILL (Gazette) - "),
    repeated!("brackets like markup", "[a]{q1} "),
];

/// A surname for every number, in letters.
fn surname(number: usize) -> String {
    let mut name = "M".to_owned();
    let mut rest = number;
    while rest > 0 {
        name.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    name + "ora"
}

fn main() -> ExitCode {
    // Cargo hands on "--bench".
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let chosen =
        |text: &&Hostile| asked.is_empty() || asked.iter().any(|name| text.name.contains(name.as_str()));
    println!("{:38} {:>6} {:>7} {:>8} {:>8}", "", "ms", "MB/s", "512:256", "1024:512");
    let mut offenders = 0;
    for text in TEXTS.iter().filter(chosen) {
        let mut times = measure(text);
        if grows_too_much(&times) {
            // Once more, in case something else was at work.
            let again = measure(text);
            for (time, again) in times.iter_mut().flatten().zip(again.iter().flatten()) {
                *time = time.min(*again);
            }
        }
        let too_much = grows_too_much(&times);
        offenders += usize::from(too_much);
        println!("{:38} {}{}", text.name, line(&times), if too_much { "  TOO MUCH" } else { "" });
    }
    println!("{offenders} of {} grow by more than {MOST}", TEXTS.iter().filter(chosen).count());
    if offenders == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The seconds of each stage at each size.
type Times = [[f64; STAGES.len()]; SIZES.len()];

fn whole(times: &Times) -> [f64; SIZES.len()] {
    times.map(|stages| stages.iter().sum())
}

fn grows_too_much(times: &Times) -> bool {
    whole(times).windows(2).any(|pair| pair[1] / pair[0] > MOST)
}

/// Time, speed, ratios, and the stage that takes most of it.
fn line(times: &Times) -> String {
    let [quarter, half, full] = whole(times);
    let speed = SIZES[2] as f64 / 1e6 / full;
    let most = (0..STAGES.len()).max_by(|a, b| times[2][*a].total_cmp(&times[2][*b])).unwrap_or(0);
    let share = times[2][most] / full * 100.0;
    let (ms, first, second) = (full * 1e3, half / quarter, full / half);
    format!("{ms:6.0} {speed:7.1} {first:8.2} {second:8.2}   {share:3.0} % {}", STAGES[most])
}

fn measure(text: &Hostile) -> Times {
    SIZES.map(|size| quickest(text, size))
}

/// The seconds each stage takes, the quickest of several runs.
fn quickest(text: &Hostile, size: usize) -> [f64; STAGES.len()] {
    let mut body = String::with_capacity(size + 64);
    for number in 0.. {
        body.push_str(&(text.part)(number));
        if body.len() >= size {
            break;
        }
    }
    let mut best = [f64::INFINITY; STAGES.len()];
    let begun = Instant::now();
    let mut runs = 0;
    while runs < RUNS || begun.elapsed().as_secs_f64() < SECONDS {
        runs += 1;
        for (best, now) in best.iter_mut().zip(stages(&body)) {
            *best = best.min(now);
        }
    }
    best
}

fn stages(body: &str) -> [f64; STAGES.len()] {
    let mut times = [0.0; STAGES.len()];
    let mut number = 0;
    let mut timed = |work: &mut dyn FnMut()| {
        let begun = Instant::now();
        work();
        times[number] = begun.elapsed().as_secs_f64();
        number += 1;
    };
    timed(&mut || drop(black_box(ingest::read_from(body.as_bytes(), &Options::default()))));
    let mut text = Text::new(String::new());
    timed(&mut || text = Text::new(body.to_owned()));
    let mut quotes: Vec<Quote> = Vec::new();
    timed(&mut || quotes = find(&text, Reading::English).quotes);
    let article = Article { id: String::new(), meta: Meta::default(), text: text.clone() };
    timed(&mut || drop(black_box(json::extracted_line(&article, &quotes))));
    timed(&mut || drop(black_box(markup::write(&text, &quotes))));
    times
}
