//! Every entry of the cue list does its work: taken out, its sentence here would be read otherwise.

use onrecord::quotes::{Reading, find};
use onrecord::text::Text;

const LIST: &str = include_str!("../../src/lexicon/cues.txt");

#[test]
fn every_cue_reports_a_quotation_in_each_of_its_forms() {
    for (lemma, forms, _) in entries() {
        for form in forms {
            let (expected, body) =
                (Some(lemma.to_owned()), format!("“It rained all night,” Ada Mora {form}."));
            assert_eq!(first_lemma(&body), expected, "{body}");
        }
    }
}

#[test]
fn every_cue_takes_what_the_list_says() {
    for (lemma, forms, takes) in entries() {
        for form in forms {
            let clause = match () {
                () if takes.contains(&"that") => "that it rained all night",
                () if takes.contains(&"to") => "to come home",
                () if takes.contains(&"if") => "whether it rained all night",
                () => continue,
            };
            let body = format!("Ada Mora {form} {clause}.");
            assert_eq!(first_lemma(&body), Some(lemma.to_owned()), "{body}");
        }
    }
}

/// Lemma, finite forms (with the second word of the cue) and what it takes.
fn entries() -> impl Iterator<Item = (&'static str, Vec<String>, Vec<&'static str>)> {
    let lines = LIST.lines().filter(|l| !l.starts_with('#') && !l.starts_with("according to"));
    lines.map(|line| {
        let (head, takes) = line.split_once(':').unwrap();
        let (lemma, irregular) = head.split_once(" (").unwrap_or((head, ""));
        let (verb, rest) = lemma.split_once(' ').unwrap_or((lemma, ""));
        let irregular: Vec<&str> = irregular.trim_end_matches(')').split_whitespace().collect();
        let finite = irregular.iter().filter(|form| !form.ends_with("ing") || form.len() < 5);
        let mut forms: Vec<String> = finite.map(|form| (*form).to_owned()).collect();
        if forms.is_empty() {
            forms.push(format!("{}ed", verb.strip_suffix('e').unwrap_or(verb)));
        }
        let whole = |form: String| format!("{form} {rest}").trim_end().to_owned();
        (lemma, forms.into_iter().map(whole).collect(), takes.split_whitespace().collect())
    })
}

fn first_lemma(body: &str) -> Option<String> {
    let text = Text::new(body.to_owned());
    let quote = find(&text, Reading::English).quotes.into_iter().next()?;
    quote.cue.map(|cue| cue.lemma)
}
