//! Why a mention stands for whom: each kind of step in a text of its own, and what never holds.

use onrecord::quotes::why::{Why, why};
use onrecord::quotes::{Basis, Quote, Reading, find};
use onrecord::text::Text;

/// Texts, and the steps of the last quote in them.
const STEPS: [(&str, &str); 10] = [
    ("Ada Mora spoke first. Ms. Mora said that the bridge would open.", "Ms. Mora form → Ada Mora name"),
    ("Ada Mora spoke first. She said that the bridge would open.", "She pronoun → Ada Mora name"),
    (
        "It was Jo Rask who ran the port, and she said that the bridge would open.",
        "she pronoun → who relative → Jo Rask name",
    ),
    (
        "President Ada Mora met Jo Rask. The president said that the bridge would open.",
        "The president role → President Ada Mora name",
    ),
    (
        "Ada Mora, the mayor, met Jo Rask. The mayor said that the bridge would open.",
        "The mayor role → the mayor beside → Ada Mora name",
    ),
    (
        "Two officials spoke. An official of the port asked for time. The official said that the bridge \
         would open.",
        "The official same-noun → An official unnamed",
    ),
    (
        "The Ministry of Ports met the Bank of Lund. The ministry said that the bridge would open.",
        "The ministry name-holds → The Ministry of Ports name",
    ),
    (
        "Rowe Timber Ltd. built the bridge. The company said that it would open.",
        "The company last-body → Rowe Timber Ltd. name",
    ),
    (
        "Rask met the board. “Jo Rask is here,” a clerk called. Rask said that the bridge would open.",
        "Rask form → Rask quoted-name",
    ),
    ("A neighbor said that the bridge would open.", "A neighbor unnamed"),
];

/// The last quote of a text and why it is whose.
fn last(text: &Text) -> (Quote, Why) {
    let quotes = find(text, Reading::English).quotes;
    let told = why(text, &quotes.iter().collect::<Vec<_>>());
    let last = quotes.into_iter().zip(told).next_back();
    let (quote, told) = last.unwrap_or_else(|| panic!("no quote in: {}", text.as_str()));
    (quote, told.unwrap())
}

#[test]
fn every_kind_of_step_has_its_name() {
    let name = |how| serde_json::to_value(how).unwrap().as_str().unwrap().to_owned();
    for (text, expected) in STEPS {
        let text = Text::new(text.to_owned());
        let steps = last(&text).1.steps;
        let steps = steps.iter().map(|step| format!("{} {}", text.slice(step.mention), name(step.how)));
        assert_eq!(steps.collect::<Vec<_>>().join(" → "), expected, "in: {}", text.as_str());
    }
}

#[test]
fn what_puts_the_runner_up_behind_adds_up() {
    let text = "Ada Mora met Jo Rask at the bridge. The crowd sang. Mora nodded. “It will open on Monday.”";
    let text = Text::new(text.to_owned());
    let (quote, told) = last(&text);
    assert_eq!(quote.attribution.basis, Basis::Nearest);
    let other = told.runner_up.unwrap();
    assert_ne!(other.mention, quote.attribution.mention.unwrap());
    let sum: f32 = other.leads.iter().map(|lead| lead.odds).sum();
    assert!((sum - other.ahead.unwrap()).abs() < 1e-3, "{sum} is not {:?}", other.ahead);
}

#[test]
fn who_speaks_jointly_is_no_runner_up() {
    let text = Text::new("Ada Mora and Jo Rask said that the bridge would open.".to_owned());
    let (quote, told) = last(&text);
    assert_eq!(quote.attribution.others.len(), 1);
    assert!(told.runner_up.is_none(), "{:?}", told.runner_up);
}

#[test]
fn a_quotation_that_goes_on_names_the_one_it_goes_on_from() {
    let text = Text::new("“It will open,” said Ada Mora. “It will open on Monday.”".to_owned());
    let (quote, told) = last(&text);
    assert_eq!(quote.attribution.basis, Basis::SameParagraph);
    assert_eq!(told.shares.unwrap().attribution.basis, Basis::SubjectAfter);
}

#[test]
fn what_is_read_otherwise_now_is_not_explained() {
    let text = Text::new("Ada Mora said that the bridge would open.".to_owned());
    let mut quote = find(&text, Reading::English).quotes.remove(0);
    quote.attribution.basis = Basis::Nearest;
    assert!(why(&text, &[&quote])[0].is_none());
}
