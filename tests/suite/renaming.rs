//! The program reads, it does not remember: a speaker by another name is found just the same, and
//! so is one quoted in another style of marks.

use onrecord::quotes::{Found, Reading, find};
use onrecord::render::markup;
use onrecord::text::Text;

const ARTICLE: &str = "\
Mayor Ana Morales met the council of Lindby on Monday. “The bridge will open in May,” Ms. Morales said.

“We have waited for it long enough,” she added. “And I am tired of the ferry.”

Her rival, Peter Holm, called the plan “a bridge to nowhere” and said it would cost the town dearly.

According to Ana Morales, the ferry will stop in June. “Nobody will miss it,” the mayor said.

Critics say it will be missed. Morales, who said she had read their letters, left early.
";

fn marked(article: &str) -> String {
    let text = Text::new(article.to_owned());
    markup::write(&text, &find(&text, Reading::English).quotes)
}

fn found(article: &str) -> Found {
    find(&Text::new(article.to_owned()), Reading::English)
}

#[test]
fn another_name_changes_nothing_but_the_name() {
    let original = marked(ARTICLE);
    assert!(original.matches("=Ana Morales}").count() >= 3, "{original}");
    for (given, surname) in [("Eva", "Quist"), ("Ingrid", "O’Dell"), ("Fatima", "Al-Haddad"), ("Mary", "Ng")]
    {
        let rename = |text: &str| text.replace("Ana", given).replace("Morales", surname);
        assert_eq!(marked(&rename(ARTICLE)), rename(&original));
    }
}

#[test]
fn straight_marks_change_nothing() {
    let straight = |text: &str| text.replace(['“', '”'], "\"");
    assert_eq!(marked(&straight(ARTICLE)), straight(&marked(ARTICLE)));
    let bases = |found: Found| found.quotes.iter().map(|q| q.attribution.basis).collect::<Vec<_>>();
    assert_eq!(bases(found(ARTICLE)), bases(found(&straight(ARTICLE))));
}
