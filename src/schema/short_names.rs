//! Short names that an article explains: `the Harbour Bridge Authority (HBA)`.

use std::collections::BTreeSet;

/// The longest short name looked for.
const LONGEST: usize = 8;
/// Words that may stand within a name without a letter in the short one.
const SMALL: [&str; 9] = ["and", "&", "of", "the", "for", "in", "on", "de", "et"];
/// A name has no more words than this.
const WORDS: usize = 12;

/// Each short name a text explains in brackets, as `HBA = Harbour Bridge Authority`.
pub(crate) fn explained(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (open, _) in text.match_indices('(') {
        let Some((short, _)) = text[open + 1..].split_once(')') else { break };
        if !is_short(short) {
            continue;
        }
        // The name stands in the same line.
        let line = text[..open].rsplit('\n').next().unwrap_or_default();
        if let Some(name) = name_before(line, short) {
            found.insert(told(short, name));
        }
    }
    found
}

/// The short name a quote uses for a name its article resolves it to: `HBA` for `Harbour Bridge
/// Authority`.
pub(crate) fn used(mention: &str, name: &str) -> Option<String> {
    let short = ["the ", "The "].iter().find_map(|the| mention.strip_prefix(the)).unwrap_or(mention);
    (is_short(short) && name_before(name, short)? == name).then(|| told(short, name))
}

fn told(short: &str, name: &str) -> String {
    format!("{short} = {}", name.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn is_short(word: &str) -> bool {
    (2..=LONGEST).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// The words at the end of `text` whose first letters are those of `short`.
fn name_before<'a>(text: &'a str, short: &str) -> Option<&'a str> {
    let text = text.trim_end();
    let mut letters = short.chars().rev().peekable();
    let mut start = text.len();
    for word in text.rsplit(' ').take(WORDS) {
        let at = start - word.len();
        // A word that ends a clause ends the search.
        if start < text.len() && word.ends_with([',', ';', ':', ')', '”', '"']) {
            return None;
        }
        let fitting =
            word.rsplit('-').take_while(|part| begins(part, letters.next_if(|l| begins(part, Some(*l)))));
        let fitted = fitting.count();
        if fitted == 0 && !SMALL.contains(&word.to_lowercase().as_str()) {
            return None;
        }
        if letters.peek().is_none() {
            let capital = word.starts_with(char::is_uppercase) && fitted == word.split('-').count();
            return capital.then(|| &text[at..]);
        }
        start = at.checked_sub(1)?;
    }
    None
}

/// Whether the word begins with that letter.
fn begins(word: &str, letter: Option<char>) -> bool {
    let first = word.chars().next().map(|c| c.to_ascii_uppercase());
    letter.is_some() && first == letter
}

#[cfg(test)]
mod tests {
    use super::{explained, used};

    #[test]
    fn what_brackets_explain() {
        let cases = [
            ("the Harbour Bridge Authority (HBA) said", "HBA = Harbour Bridge Authority"),
            ("the Bank of Lund (BL)", "BL = Bank of Lund"),
            ("the Roads and Harbours Commission (RHC)", "RHC = Roads and Harbours Commission"),
            ("the Asia-Lund Forum (ALF)", "ALF = Asia-Lund Forum"),
            ("Lund, Harbour Bridge Authority (LHBA)", ""),
            ("Rask Motor Co (RSK.L)", ""),
            ("a harbour bridge authority (HBA)", ""),
            ("the Lund Council (PDF)", ""),
            ("(HBA)", ""),
            ("ends with (HBA", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(explained(text).into_iter().collect::<Vec<_>>().join("; "), expected, "{text}");
        }
    }

    #[test]
    fn what_a_quote_uses() {
        let name = "Harbour Bridge Authority";
        assert_eq!(used("the HBA", name).as_deref(), Some("HBA = Harbour Bridge Authority"));
        assert_eq!(used("HB", name), None);
        assert_eq!(used("the authority", name), None);
    }
}
