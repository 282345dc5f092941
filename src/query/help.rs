//! What `onrecord help query`, `help fields` and `help phrases` teach. Fields and operators are the tables
//! the parser reads, and every example is a query that the tests ask.

use crate::article::Date;
use crate::lexicon::cue_classes;
use crate::query::ast::Unit;
use crate::query::fields::FIELDS;
use crate::query::known::Known;
use crate::query::operators::{Makes, OPERATORS};
use crate::query::read::{ParseOptions, parse};

/// An example and what it finds.
type Taught = (&'static str, &'static str);

const WORDS: &[Taught] = &[
    ("harbour bridge", "both words, in any inflection: interference finds interfered"),
    ("\"never interfered\"", "these very words in a row"),
    ("\"never interfered\"~3", "the same with up to 3 other words among them"),
    ("\"the * inter*\"", "in a phrase * is any one word, inter* one that begins so"),
    ("inter*", "words that begin so"),
    ("interferance~1", "words that differ by one letter; ~2 by two"),
    ("/interf(ere|ing)/", "words that fit a regular expression from end to end, without accents"),
    ("title:(flood OR storm)", "a field for several conditions"),
    ("* -bridge", "everything without a word"),
];

const ANSWERS: &[Taught] = &[
    ("quotes bridge", "quotes, for it begins with `quotes`: what was said, not what was written around it"),
    ("by:marsh bridge title:flood", "quotes, for only they have by: all conditions bind to the same quote"),
    ("articles by:marsh bridge", "articles that hold the word, and a quote by her"),
    ("quote{by:marsh bridge} quote{by:oduya toll}", "articles that hold both quotes"),
    ("saved:bridge date:2016", "the query kept under that name, and more"),
    ("quotes by:marsh sort:oldest", "the earliest first; sort:newest the latest"),
];

const PHRASES: &[&str] = &[
    "quotes by Putin mentioning interference",
    "quotes by Marsh or Oduya about the bridge since 2015",
    "quotes by Marsh on the bridge in The Harbour Gazette",
    "quotes about the strike by Hartvig",
    "all Putin quotes on interference",
    "latest quotes by Yusuf",
    "direct quotes from The Harbour Gazette in 2018",
    "unnamed sources on the ferry",
    "what did Yusuf say about the hospital",
    "did Putin ever say \"never interfered\"",
    "how often did Putin speak about interference",
    "what did Marsh promise about the ferry in 2016",
    "when did Marsh first say harbour",
    "who said \"fake news\"",
    "who first said \"fake news\"",
    "who mentioned the bridge before March 2017",
    "who denied fraud",
    "Marsh denied fraud",
    "Oduya warned of floods in October 2016",
    "articles where Putin denied interference and Marsh says bridge",
    "articles quoting Putin and Marsh",
    "articles about flooding between 2015 and March 2017",
    "quotes from The Harbour Gazette",
];

const DATES: &[Taught] = &[
    ("date:2016", "a year; 2016-10 a month, 2016-10-12 a day"),
    ("date:2016-10..2017-01", "from one to the other; ..2016 and 2016.. are open"),
    ("date:>2016", "later than; also >= < <="),
    ("date:oct 2016", "in words: October 12, 2016 · 12 October 2016"),
    ("date:last month", "seen from today: yesterday · this week · last year · last October · Monday"),
    ("date:last 3 months", "also past two weeks · 3 days ago"),
    ("date:1990s", "ten years"),
    (
        "quotes by Marsh since 2015",
        "in a phrase also before, after, until, during, in, on, between … and, from … to",
    ),
];

/// The language.
pub fn help() -> String {
    let mut text = String::from(
        "THE QUERY LANGUAGE\n\nPut single quotation marks around a query: the shell eats the double ones.\n\nWORDS\n",
    );
    WORDS.iter().for_each(|taught| text.push_str(&told(taught.0, taught.1)));
    text.push_str("\nOPERATORS\nThe closest bind first: how near words stand, NOT, AND, OR.\n");
    for row in OPERATORS {
        let number = if matches!(row.makes, Makes::Counted(_)) { "N" } else { "" };
        let names: Vec<String> = row.names.iter().map(|name| format!("{name}{number}")).collect();
        text.push_str(&told(&names.join(", "), row.help));
        text.push_str(&such_as(row.example));
    }
    text.push_str(&told("harbour NEAR/5 bridge /s toll*", "each beside its neighbour"));
    text.push_str(&told("bridge (toll OR fee) -ferry", "brackets group"));
    text.push_str("\nWHAT A QUERY ANSWERS WITH\nQuotes, where it begins so or names a field that only quotes have; else\narticles.\n");
    ANSWERS.iter().for_each(|taught| text.push_str(&told(taught.0, taught.1)));
    text + "\nSee also: onrecord help fields · onrecord help phrases\n"
}

/// The fields, each with an example.
pub fn help_fields() -> String {
    let mut text = String::from("FIELDS\n");
    for row in FIELDS {
        let of = match row.of {
            Some(Unit::Quotes) => " (quotes)",
            Some(Unit::Articles) => " (articles)",
            None => "",
        };
        text.push_str(&told(&row.names.join(", "), &format!("{}{of}", row.help)));
        text.push_str(&such_as(row.example));
    }
    text.push_str(&told("by:(marsh OR oduya)", "any of several; the field holds for all of the bracket"));
    text.push_str(&told("by:\"=he\"", "the very mention; outlet:\"=The Post\" the whole name"));
    text.push_str("\nCLASSES OF CUES\n");
    for class in cue_classes() {
        text.push_str(&told(&format!("cue:{}", class.name), &class.lemmas[1..].join(", ")));
    }
    text
}

/// Phrases a person would type, with what they are read as, and dates in words.
pub fn help_phrases() -> String {
    let mut text = String::from(
        "PHRASES\nA query that begins like one of these is read as a phrase; the reading is\nprinted after ≡, and --raw turns it off. Behind the name or the subject any\ndate or outlet may follow.\n",
    );
    for phrase in PHRASES {
        // Every phrase of the list is read: a test sees to it.
        let reading = parse(phrase, &Taughts, &ParseOptions::default())
            .map(|parsed| parsed.reading.unwrap_or_default());
        text.push_str(&told(phrase, &reading.map(|r| format!("≡ {r}")).unwrap_or_default()));
    }
    text.push_str("\nDATES\n");
    DATES.iter().for_each(|taught| text.push_str(&told(taught.0, taught.1)));
    text
}

/// Every example of the help.
pub fn examples() -> Vec<&'static str> {
    let taught = WORDS.iter().chain(ANSWERS).chain(DATES).map(|taught| taught.0);
    let fields = FIELDS.iter().map(|row| row.example);
    let operators = OPERATORS.iter().map(|row| row.example);
    taught.chain(PHRASES.iter().copied()).chain(fields).chain(operators).collect()
}

fn such_as(example: &str) -> String {
    format!("      such as  {example}\n")
}

/// An example, or a name, with what it is, in lines that fit a terminal of 80 columns.
fn told(example: &str, about: &str) -> String {
    const WIDTH: usize = 72;
    let mut text = format!("  {example}\n");
    let mut line = String::new();
    for word in about.split(' ') {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&format!("      {line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    text + &format!("      {line}\n")
}

/// The names the phrases of the help are about.
struct Taughts;

impl Known for Taughts {
    fn outlet(&self, name: &str) -> bool {
        name == "The Harbour Gazette"
    }

    fn speaker(&self, name: &str) -> bool {
        ["Putin", "Marsh", "Oduya", "Hartvig", "Yusuf"].contains(&name)
    }

    fn today(&self) -> Date {
        Date::from_days(0)
    }
}
