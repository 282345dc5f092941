//! What `onrecord help query` and `onrecord help fields` teach. The list of fields is the table the
//! parser reads.

use crate::query::ast::Unit;
use crate::query::fields::FIELDS;

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
  \"never interfered\"        these very words in a row; \"…\"~3 lets them be 3 places apart
  inter*  interferance~1    words that begin so; words that differ by one letter (or two: ~2)
  a OR b   -a   NOT a   ( ) either; without; grouping. AND, OR and NOT are written large
  field:value               field:(a OR b)   date:2015..2017-03   conf:>0.9   by:\"=he\" (the very mention)

What a query answers with
  Quotes, where it begins with `quotes` or names a field that only quotes have; else articles. All
  conditions on a quote bind to the same quote. In a query for articles quote{by:marsh bridge} binds
  its conditions to one quote. Behind `quotes` or `articles` any expression may follow.
";

/// The language on one page.
pub fn help() -> String {
    format!("{LANGUAGE}\n{}", help_fields())
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
