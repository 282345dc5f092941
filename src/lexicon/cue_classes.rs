use std::sync::LazyLock;

/// Cues of one purpose: denying, promising, warning …
#[derive(Debug, PartialEq, Eq)]
pub struct CueClass {
    /// The name it is asked for by, which is its first lemma.
    pub name: &'static str,
    /// The dictionary forms of its cues.
    pub lemmas: Vec<&'static str>,
}

static CLASSES: LazyLock<Vec<CueClass>> = LazyLock::new(|| {
    super::entries(include_str!("cue_classes.txt"))
        .filter_map(|line| line.split_once(':'))
        .map(|(name, others)| {
            let lemmas = std::iter::once(name).chain(others.split(',')).map(str::trim).collect();
            CueClass { name, lemmas }
        })
        .collect()
});

/// The classes there are, in the order of the list.
pub fn cue_classes() -> &'static [CueClass] {
    &CLASSES
}

/// The class of that name, in lower case.
pub fn cue_class(name: &str) -> Option<&'static CueClass> {
    CLASSES.iter().find(|class| class.name == name)
}

#[cfg(test)]
mod tests {
    use super::cue_classes;
    use crate::lexicon::cues;

    #[test]
    fn every_member_is_a_cue() {
        for class in cue_classes() {
            for lemma in &class.lemmas {
                let first = lemma.split(' ').next().unwrap();
                assert!(cues(first).iter().any(|cue| cue.lemma == *lemma), "{}: {lemma}", class.name);
            }
        }
    }
}
