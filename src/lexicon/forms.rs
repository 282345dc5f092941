use super::entries;
use super::listed::Words;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

fn set(list: &'static str) -> Words {
    entries(list).collect()
}

static NAME_SUFFIXES: LazyLock<Words> = LazyLock::new(|| set(include_str!("name_suffixes.txt")));
static FAMILY_NAMES: LazyLock<Words> = LazyLock::new(|| set(include_str!("family_names.txt")));
static STREETS: LazyLock<Words> = LazyLock::new(|| set(include_str!("streets.txt")));

static LEGAL_FORMS: LazyLock<Words> = LazyLock::new(|| set(include_str!("legal_forms.txt")));

/// By short form, the given names it may stand for.
static NICKNAMES: LazyLock<BTreeMap<&str, BTreeSet<&str>>> = LazyLock::new(|| {
    let mut full: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in entries(include_str!("nicknames.txt")) {
        let (name, short) = line.split_once(':').unwrap_or((line, ""));
        for short in short.split_whitespace() {
            full.entry(short).or_default().insert(name);
        }
    }
    full
});

/// Whether a word behind a surname tells father from son: `Jr.`, `III`; any case.
pub fn name_suffix(word: &str) -> bool {
    NAME_SUFFIXES.contains_lower(word.trim_end_matches('.'))
}

/// Whether a folded word is a family name of those that stand first: `zhou`, `nguyen`.
pub fn family_name(word: &str) -> bool {
    FAMILY_NAMES.contains(word)
}

/// Whether a street may be called so; lower case.
pub fn street(word: &str) -> bool {
    STREETS.contains(word)
}

/// Whether a folded word says how a company is owned: `inc`, `plc`.
pub fn legal_form(word: &str) -> bool {
    LEGAL_FORMS.contains(word.trim_end_matches('.'))
}

/// Whether a folded given name is a short form of others.
pub fn nickname(word: &str) -> bool {
    NICKNAMES.contains_key(word)
}

/// Whether the folded given name `short` may stand for `full`: `bob` for `robert`.
pub fn shortens(short: &str, full: &str) -> bool {
    NICKNAMES.get(short).is_some_and(|names| names.contains(full))
}

#[cfg(test)]
mod tests {
    use super::{family_name, legal_form, name_suffix, shortens};

    #[test]
    fn parts_of_names() {
        assert!(name_suffix("jr.") && !name_suffix("j."));
        assert!(family_name("zhou") && !family_name("lund"));
        assert!(legal_form("inc.") && !legal_form("ink"));
        assert!(shortens("bob", "robert") && shortens("jerry", "gerald") && !shortens("robert", "bob"));
    }
}
