use crate::lexicon;
use crate::lexicon::Gender;
use crate::text::fold;

/// The parts of a person's name, folded, by which two forms of it are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// First and middle names; an initial is one letter. Empty where the name is a surname alone.
    pub(super) given: Vec<String>,
    /// The surname with its particles.
    pub(super) family: Vec<String>,
    /// "jr", "sr", "iii".
    pub(super) suffix: Option<String>,
}

impl Shape {
    /// Reads a name: `Sen. John F. Kerry Jr.` is given `john f`, family `kerry`, suffix `jr`; so is
    /// `Kerry, John F., Jr.` Names of peoples who put the family first are read so.
    pub(super) fn of(name: &str) -> Shape {
        let mut words: Vec<String> = without_titles(&in_order(name)).iter().flat_map(|w| parts(w)).collect();
        let suffix = if words.len() > 1 { words.pop_if(|w| lexicon::name_suffix(w)) } else { None };
        if family_comes_first(&words) {
            let family = vec![words.remove(0)];
            return Shape { given: vec![words.join(" ")], family, suffix };
        }
        let family = words.split_off(family_from(&words));
        Shape { given: words, family, suffix }
    }

    /// Whether it is a surname and nothing else: `Lund`, `Van der Berg`.
    pub(super) fn is_bare(&self) -> bool {
        self.given.is_empty()
    }

    /// The first of the given names.
    pub(super) fn first(&self) -> &str {
        self.given.first().map_or("", String::as_str)
    }

    /// The given names after the first.
    pub(super) fn middle(&self) -> &[String] {
        self.given.get(1..).unwrap_or_default()
    }

    /// The whole surname.
    pub(super) fn surname(&self) -> String {
        self.family.join(" ")
    }

    /// What alone may stand for the person: the surname with and without its particles
    /// (`van der berg`, `der berg`, `berg`). None of a name that is a surname alone.
    pub(super) fn surnames(&self) -> Vec<String> {
        if self.is_bare() {
            return Vec::new();
        }
        (0..self.family.len()).map(|from| self.family[from..].join(" ")).collect()
    }

    /// The name without initials and suffix.
    pub(super) fn without_initials(&self) -> String {
        joined(self.given.iter().filter(|w| !is_initial(w)).chain(&self.family))
    }

    /// First name and surname.
    pub(super) fn brief(&self) -> String {
        joined(self.given.first().into_iter().chain(&self.family))
    }
}

fn joined<'a>(words: impl Iterator<Item = &'a String>) -> String {
    words.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Whether a folded word is one letter.
pub(super) fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// Whether a folded word is a common given name.
pub(super) fn is_given(word: &str) -> bool {
    gender(word).is_some()
}

/// What a folded given name tells; None where it is no common one.
pub(super) fn gender(word: &str) -> Option<Gender> {
    let mut chars = word.chars();
    let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    lexicon::given_name(&capital)
}

/// The words as they are spoken: `Lund, Ada` is `Ada Lund`.
fn in_order(name: &str) -> Vec<&str> {
    let (family, rest) = name.split_once(", ").unwrap_or(("", name));
    let given: Vec<&str> = rest.split_whitespace().collect();
    let is_suffix = given.first().is_some_and(|w| lexicon::name_suffix(&fold(w)));
    if family.is_empty() || is_suffix {
        return name.split_whitespace().collect();
    }
    // A suffix stays at the end: `Lund, Ole, Jr.`
    let last = given.len() - usize::from(given.last().is_some_and(|w| lexicon::name_suffix(&fold(w))));
    let (given, suffix) = given.split_at(last);
    given.iter().copied().chain(family.split_whitespace()).chain(suffix.iter().copied()).collect()
}

fn without_titles<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    let mut rest = words;
    while let Some(title) = lexicon::title(rest.iter().copied()) {
        // `Dean Rask` and `Earl Rask` bear given names that are titles too.
        let name_itself = title.words == 1 && rest.len() == 2 && lexicon::given_name(rest[0]).is_some();
        if title.words >= rest.len() || name_itself {
            break;
        }
        rest = &rest[title.words..];
    }
    rest
}

/// The words one printed word stands for: `J.K.` is two initials, `al-Rashid` a particle and a
/// surname; `Jean-Luc` is one word, with or without its hyphen.
fn parts(word: &str) -> Vec<String> {
    let folded = fold(word);
    let word = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let word = word.strip_suffix("'s").unwrap_or(word);
    if word.is_empty() {
        return Vec::new();
    }
    if word.contains('.') && word.split('.').all(is_initial) {
        return word.split('.').map(str::to_owned).collect();
    }
    let pieces: Vec<&str> = word.split(['-', '‐', '‑', '–']).collect();
    match pieces.as_slice() {
        [particle, surname] if lexicon::particle(particle).is_some() && !surname.is_empty() => {
            vec![(*particle).to_owned(), (*surname).to_owned()]
        }
        _ => vec![pieces.join(" ")],
    }
}

/// `Zhou Min`, `Kim Dae-ho`: a family name of those that stand first, before what is none.
fn family_comes_first(words: &[String]) -> bool {
    let [first, .., last] = words else { return false };
    let rest = &words[1..];
    let foreign = rest.len() <= 2 && !rest.iter().any(|w| is_initial(w) || lexicon::particle(w).is_some());
    // Some are given names too: then only what is plainly given in the East tells.
    let plain = !is_given(first) || last.contains(' ');
    lexicon::family_name(first)
        && foreign
        && plain
        && !lexicon::family_name(last)
        && !rest.iter().any(|w| is_given(w))
}

/// Where the surname begins: the last word and the particles before it.
fn family_from(words: &[String]) -> usize {
    let Some(last) = words.len().checked_sub(1) else { return 0 };
    let particles = words[..last].iter().rev().take_while(|w| lexicon::particle(w).is_some()).count();
    let from = last - particles;
    // `Al Rask` and `Ben Rask` bear given names that are particles too.
    if from == 0 && last > 0 && is_given(&words[0]) { 1 } else { from }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn the_parts_of_a_name() {
        let told = |name: &str| {
            let shape = Shape::of(name);
            let suffix = shape.suffix.map(|s| format!(" | {s}")).unwrap_or_default();
            format!("{} | {}{suffix}", shape.given.join(" + "), shape.family.join(" + "))
        };
        let cases = [
            ("Ada Lund", "ada | lund"),
            ("Dr. Ada B. Lund", "ada + b | lund"),
            ("Lt. Gov. Ole Dahl Jr.", "ole | dahl | jr"),
            ("Dahl, Ole K.", "ole + k | dahl"),
            ("Ole Dahl, Jr.", "ole | dahl | jr"),
            ("Dahl, Ole, Jr.", "ole | dahl | jr"),
            ("Lund", " | lund"),
            ("Mr. Lund", " | lund"),
            ("J.K. Moro", "j + k | moro"),
            ("J. K. Moro", "j + k | moro"),
            ("Anna van der Berg", "anna | van + der + berg"),
            ("Van der Berg", " | van + der + berg"),
            ("Omar al-Rashid", "omar | al + rashid"),
            ("Al Rask", "al | rask"),
            ("Dean Rask", "dean | rask"),
            ("Jean-Luc Moro-Diaz", "jean luc | moro diaz"),
            ("José Pérez", "jose | perez"),
            ("Zhou Lanying", "lanying | zhou"),
            ("Lanying Zhou", "lanying | zhou"),
            ("Kim Dae-ho", "dae ho | kim"),
            ("Kim Rask", "kim | rask"),
            ("Jr.", " | jr"),
            ("—", " | "),
            ("", " | "),
        ];
        for (name, expected) in cases {
            assert_eq!(told(name), expected, "{name}");
        }
    }
}
