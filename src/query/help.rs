//! What `onrecord help query` and `onrecord help fields` teach. The list of fields is the table the
//! parser reads.

use crate::query::ast::Unit;
use crate::query::fields::FIELDS;
use crate::query::operators::{Makes, OPERATORS};

const LANGUAGE: &str = "\
THE QUERY LANGUAGE

Put single quotation marks around a query: the shell eats the double ones.

Phrases a person would type (the reading is printed after ≡; --raw turns them off)
  quotes by Putin mentioning interference      quotes by Marsh or Oduya about the bridge since 2015
  what did Yusuf say about the hospital        who said \"fake news\"
  quotes about the strike by Hartvig           when did Marsh first say harbour
  Marsh denied fraud                           articles about flooding in October 2016
  Names end where mentioning, about, on, in, from, since, before, after, between or a date begins.

Words and operators
  harbour bridge            both words, in any inflection (interference finds interfered)
  \"never interfered\"        these very words in a row; \"…\"~3 lets 3 other words stand among them
  \"the * inter*\"            in a phrase * is any one word, inter* one that begins so
  inter*  interferance~1    words that begin so; words that differ by one letter (or two: ~2)
  /interf(ere|ing)/         words that fit a regular expression from end to end
  field:value               field:(a OR b)   date:2015..2017-03   conf:>0.9   by:\"=he\" (the very mention)

What a query answers with
  Quotes, where it begins with `quotes` or names a field that only quotes have; else articles. All
  conditions on a quote bind to the same quote. In a query for articles quote{by:marsh bridge} binds
  its conditions to one quote. Behind `quotes` or `articles` any expression may follow.
";

/// The language on one page.
pub fn help() -> String {
    format!("{LANGUAGE}\n{}\n{}", operators(), help_fields())
}

/// The operators, each with an example.
fn operators() -> String {
    let mut text = String::from(
        "OPERATORS\n  Closest first: those that say how near words stand (each beside its neighbour: a NEAR/5 b /s c;\n  in brackets any of several: (a OR b) NEAR/5 c*), NOT, AND, OR.\n\n",
    );
    for row in OPERATORS {
        let number = if matches!(row.makes, Makes::Counted(_)) { "5" } else { "" };
        let names: Vec<String> = row.names.iter().map(|name| format!("{name}{number}")).collect();
        text.push_str(&format!("  {:<22}{}\n  {:<22}  {}\n", names.join(", "), row.help, "", row.example));
    }
    text
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
        text.push_str(&format!(
            "  {:<22}{}{of}\n  {:<22}  {}\n",
            row.names.join(", "),
            row.help,
            "",
            row.example
        ));
    }
    text
}
