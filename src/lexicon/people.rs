use super::entries;
use super::listed::{Listed, Listing, Words};
use std::sync::LazyLock;

/// What a title, a given name or a noun tells of a person's gender.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Nothing, or either.
    #[default]
    Unknown,
    /// He.
    Male,
    /// She.
    Female,
}

impl Gender {
    fn read(flag: &str) -> Gender {
        match flag {
            "m" => Gender::Male,
            "f" => Gender::Female,
            _ => Gender::Unknown,
        }
    }

    /// Whether the two may be said of one person.
    pub fn agrees(self, other: Gender) -> bool {
        self == other || self == Gender::Unknown || other == Gender::Unknown
    }

    /// This one, or `other` where this tells nothing.
    pub fn or(self, other: Gender) -> Gender {
        if self == Gender::Unknown { other } else { self }
    }
}

/// A noun for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// The noun in the singular.
    pub noun: &'static str,
    /// The families it belongs to; nouns of one family may stand for the same person.
    pub family: Family,
    /// What it tells of gender.
    pub gender: Gender,
    /// Whether it stands for several people here.
    pub plural: bool,
    /// Whether it usually describes somebody the article does not name.
    pub unnamed: bool,
    /// Whether its plural is also a verb.
    pub also_verb: bool,
}

/// A family of role nouns that may stand for one another ("president", "leader").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Who leads a country.
    Leader,
    /// Who runs a body.
    Chief,
    /// Who sits in a parliament.
    Lawmaker,
    /// Who runs for an office or owns a business.
    Candidate,
    /// Who speaks for others.
    Spokes,
    /// Any other.
    Other,
}

/// A title of one to four words before a name: how many words, and what it tells of gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Title {
    /// Its words.
    pub words: usize,
    /// What it tells of gender.
    pub gender: Gender,
}

/// A title as it is listed, under its first word.
struct Known {
    rest: Vec<String>,
    gender: Gender,
    courtesy: bool,
}

type Titles = Listed<String, Vec<Known>>;

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    let mut titles: Listing<String, Vec<Known>> = Listing::default();
    for line in entries(include_str!("titles.txt")) {
        let (title, flag) = line.split_once(':').unwrap_or((line, ""));
        let mut words = title.split_whitespace().map(bare);
        if let Some(first) = words.next() {
            let flags = || flag.split_whitespace();
            let gender = flags().map(Gender::read).fold(Gender::Unknown, Gender::or);
            let courtesy = flags().any(|f| f == "courtesy");
            titles.entry(first).or_default().push(Known { rest: words.collect(), gender, courtesy });
        }
    }
    titles.into()
});

pub(super) static ROLES: LazyLock<Listed<String, Role>> = LazyLock::new(|| {
    let mut roles = Listing::default();
    for line in entries(include_str!("roles.txt")) {
        let (noun, flags) = line.split_once(':').unwrap_or((line, ""));
        let flags: Vec<&str> = flags.split_whitespace().collect();
        let has = |flag: &str| flags.contains(&flag);
        let gender = flags.iter().map(|f| Gender::read(f)).fold(Gender::Unknown, Gender::or);
        let family = families(&has);
        let (plural_only, unnamed, also_verb) = (has("plural"), has("unnamed"), has("verb"));
        let role = Role { noun, family, gender, plural: plural_only, unnamed, also_verb };
        roles.insert(noun.to_owned(), role);
        if !role.plural {
            roles.insert(plural(noun), Role { plural: true, ..role });
        }
    }
    roles.into()
});

/// What stands before a hyphen of a role: "prime" of "prime-minister".
static BEGINS_ROLE: LazyLock<Words> = LazyLock::new(|| {
    let nouns = entries(include_str!("roles.txt")).map(|line| line.split(':').next().unwrap_or(line));
    nouns.flat_map(|noun| noun.match_indices('-').map(|(hyphen, _)| &noun[..hyphen])).collect()
});

static GIVEN_NAMES: LazyLock<Listed<&str, Gender>> = LazyLock::new(|| {
    let entry = |line: &'static str| line.split_once(' ').map(|(name, flag)| (name, Gender::read(flag)));
    entries(include_str!("given_names.txt")).filter_map(entry).collect()
});

static MODIFIERS: LazyLock<Words> = LazyLock::new(|| entries(include_str!("modifiers.txt")).collect());

static DOCUMENTS: LazyLock<Words> = LazyLock::new(|| entries(include_str!("documents.txt")).collect());

static SHORT_TITLES: LazyLock<Listed<&str, &str>> = LazyLock::new(|| {
    let entry = |line: &'static str| line.split_once(": ");
    entries(include_str!("short_titles.txt")).filter_map(entry).collect()
});

static RANKS: LazyLock<Words> = LazyLock::new(|| entries(include_str!("ranks.txt")).collect());

fn families(has: &dyn Fn(&str) -> bool) -> Family {
    let all = [
        ("spokes", Family::Spokes),
        ("leader", Family::Leader),
        ("chief", Family::Chief),
        ("lawmaker", Family::Lawmaker),
        ("candidate", Family::Candidate),
    ];
    all.into_iter().find(|(flag, _)| has(flag)).map_or(Family::Other, |(_, family)| family)
}

/// A word of a title as it is compared: lower case, without its last dot.
fn bare(word: &str) -> String {
    word.trim_end_matches('.').to_lowercase()
}

/// The plural of a noun.
pub(super) fn plural(noun: &str) -> String {
    let stem = |end: &str| noun.strip_suffix(end);
    if let Some(stem) = stem("man") {
        return format!("{stem}men");
    }
    match (stem("y"), noun) {
        (_, "person") => "persons".to_owned(),
        (_, "child") => "children".to_owned(),
        (_, "people") => "peoples".to_owned(),
        (Some(stem), _) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") => {
            format!("{noun}es")
        }
        _ => format!("{noun}s"),
    }
}

/// Whether a title begins with this word; any case, with or without its dot.
pub fn begins_title(word: &str) -> bool {
    TITLES.contains_lower(word.trim_end_matches('.'))
}

/// The longest title that begins with `words`; any case, with or without dots.
pub fn title<'a>(mut words: impl Iterator<Item = &'a str> + Clone) -> Option<Title> {
    let first = words.next()?;
    let known = TITLES.get_lower(first.trim_end_matches('.'))?;
    let fits = |rest: &[String]| {
        let mut words = words.clone();
        rest.iter().all(|r| words.next().is_some_and(|w| bare(w) == *r))
    };
    let found = known.iter().filter(|t| fits(&t.rest)).max_by_key(|t| t.rest.len())?;
    Some(Title { words: found.rest.len() + 1, gender: found.gender })
}

/// Whether it is a title that stands only before names ("Mr.", "Ms"), with or without its dot.
pub fn is_courtesy(word: &str) -> bool {
    let known =
        || TITLES.get_lower(word.trim_end_matches('.')).is_some_and(|all| all.iter().any(|t| t.courtesy));
    word.len() <= LONGEST_COURTESY && known()
}

/// The longest of them, with its dot: "Messrs.".
const LONGEST_COURTESY: usize = 7;

/// The role a shortened title names ("Sen." → "senator"), with or without its dot.
pub fn short_role(word: &str) -> Option<Role> {
    let short = word.strip_suffix('.').unwrap_or(word);
    SHORT_TITLES.get(short).and_then(|noun| role(noun))
}

/// The word that makes another office of a role ("vice", "deputy"); lower case.
pub fn rank(word: &str) -> Option<&'static str> {
    RANKS.key(word).copied()
}

/// The role a noun names, singular or plural; any case.
pub fn role(word: &str) -> Option<Role> {
    ROLES.get_lower(word).copied()
}

/// The role two words name together: "prime minister"; any case.
pub fn role_of_two(first: &str, second: &str) -> Option<Role> {
    if BEGINS_ROLE.contains_lower(first) { role(&format!("{first}-{second}")) } else { None }
}

/// Whether it is a given name, and whose.
pub fn given_name(name: &str) -> Option<Gender> {
    GIVEN_NAMES.get(name).copied()
}

/// Whether it may stand before a noun for people without any determiner; lower case.
pub fn modifies_people(word: &str) -> bool {
    MODIFIERS.contains(word)
}

/// Whether it is a noun for something written, singular; any case.
pub fn document(word: &str) -> bool {
    DOCUMENTS.contains_lower(word)
}

#[cfg(test)]
mod tests {
    use super::{Gender, given_name, role, title};

    #[test]
    fn titles_are_found_with_and_without_dots() {
        let words = |t: &'static str| title(t.split(' ')).map(|t| (t.words, t.gender));
        assert_eq!(words("Mr. Rowe"), Some((1, Gender::Male)));
        assert_eq!(words("Mr Rowe"), Some((1, Gender::Male)));
        assert_eq!(words("Secretary of State Ana Rowe"), Some((3, Gender::Unknown)));
        assert_eq!(words("Lt. Gov. Rowe"), Some((2, Gender::Unknown)));
        assert_eq!(words("Rowe"), None);
    }

    #[test]
    fn roles_tell_number_and_gender() {
        let told = |w: &str| role(w).map(|r| (r.noun, r.plural, r.gender));
        assert_eq!(told("spokeswomen"), Some(("spokeswoman", true, Gender::Female)));
        assert_eq!(told("Lawyers"), Some(("lawyer", true, Gender::Unknown)));
        assert_eq!(told("deputies"), Some(("deputy", true, Gender::Unknown)));
        assert_eq!(told("bridge"), None);
    }

    #[test]
    fn given_names_tell_gender() {
        assert_eq!(given_name("Ana"), Some(Gender::Female));
        assert_eq!(given_name("Alex"), Some(Gender::Unknown));
        assert_eq!(given_name("Bridge"), None);
    }
}
