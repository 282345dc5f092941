//! Which agency a text came from: the name in its dateline's brackets, or the one its byline or credit
//! gives. A name in a dateline is an agency whatever it is; elsewhere it must be one we know, or say
//! itself that it is one.

/// Agencies by their full name and the other names they go by, one agency a line. The first is the
/// one kept.
const AGENCIES: &[&[&str]] = &[
    &["Agence France-Presse", "AFP", "Agence France Presse"],
    &["Agenzia Nazionale Stampa Associata", "ANSA"],
    &["Associated Press", "AP", "The Associated Press", "AP Online"],
    &["Australian Associated Press", "AAP"],
    &["Austria Presse Agentur", "APA"],
    &["Belga"],
    &["Bloomberg", "Bloomberg News"],
    &["Canadian Press", "The Canadian Press", "CP"],
    &["Deutsche Presse-Agentur", "dpa", "Deutsche Presse Agentur"],
    &["Dow Jones", "Dow Jones Newswires"],
    &["EFE", "Agencia EFE"],
    &["Interfax"],
    &["Kyodo", "Kyodo News"],
    &["PA Media", "Press Association", "PA", "PA News", "The Press Association"],
    &["Press Trust of India", "PTI"],
    &["RIA Novosti", "RIA"],
    &["Reuters", "Thomson Reuters", "Reuters News"],
    &["TASS", "Itar-Tass"],
    &["United Press International", "UPI"],
    &["Xinhua", "Xinhua News Agency"],
];

/// The name an agency is kept under: AP and The Associated Press are one.
pub(crate) fn name(stated: &str) -> &str {
    known(stated).unwrap_or(stated)
}

/// The same, where it is one of ours.
fn known(stated: &str) -> Option<&'static str> {
    let is = |name: &&str| same(name, stated);
    AGENCIES.iter().find(|names| names.iter().any(is)).map(|names| names[0])
}

/// Names of two or three capitals are told by their case: "AP" is an agency, "Ap" a person's name.
fn same(name: &str, stated: &str) -> bool {
    if name.len() <= 3 {
        name == stated || name.bytes().map(|b| b.to_ascii_uppercase()).eq(stated.bytes())
    } else {
        name.eq_ignore_ascii_case(stated)
    }
}

/// Whether an outlet is the agency: its name is the agency's, or begins with it (`Reuters UK`).
pub(crate) fn is_outlet(agency: &str, outlet: &str) -> bool {
    let (agency, outlet) = (name(agency).to_lowercase(), name(outlet).to_lowercase());
    let begins = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    begins(&outlet, &agency) || begins(&agency, &outlet)
}

/// What a byline says of an agency that is not named.
const UNNAMED: &[&str] = &["agencies", "agency", "news agencies", "wire services", "wire reports"];

/// The agency of a byline: `Reuters`, `The Associated Press`, `Ann Low, AP`, `Reuters in Helsinki`,
/// `Ann Low | Reuters`, `AP Writer`, `Staff and agencies`.
pub(crate) fn of_byline(byline: &str) -> Option<&str> {
    let parts =
        || byline.split([',', ';', '|', '/', '(', ')', '·', '—', '–']).flat_map(and_parts).map(str::trim);
    parts().find_map(named).or_else(|| parts().any(unnamed).then_some("agencies"))
}

/// A credit line or source that names an agency, of ours or by its own words.
pub(crate) fn of_credit(credit: &str) -> Option<&str> {
    of_byline(credit).or_else(|| {
        let calls_itself =
            |word: &str| ["agency", "newswire", "wire"].iter().any(|w| word.eq_ignore_ascii_case(w));
        let last = credit.split_whitespace().next_back()?;
        (calls_itself(last) && credit.split_whitespace().count() > 1).then_some(credit)
    })
}

fn and_parts(part: &str) -> impl Iterator<Item = &str> {
    part.split(" and ")
        .flat_map(|p| p.split(" with "))
        .flat_map(|p| p.split(" & "))
        .flat_map(|p| p.split(" for "))
}

/// A part of a byline that is an agency's name, perhaps with a place or an office behind it.
fn named(part: &str) -> Option<&'static str> {
    let part =
        part.split_once(' ').filter(|(by, _)| by.eq_ignore_ascii_case("by")).map_or(part, |(_, p)| p.trim());
    let before_place = part.split(" in ").next().unwrap_or(part).trim();
    let offices = [" staff", " writer", " writers", " reporter", " correspondent", " staff writer"];
    let lower = before_place.to_ascii_lowercase();
    let office = offices.iter().filter(|o| lower.ends_with(**o)).map(|o| o.len()).max().unwrap_or(0);
    let bare = &before_place[..before_place.len() - office];
    let bare = bare.trim_end_matches(" Staff").trim();
    known(bare).or_else(|| {
        known(
            bare.rsplit_once(' ')
                .filter(|(_, w)| {
                    matches!(*w, "Sports" | "Business" | "Political" | "Economics" | "Medical" | "Science")
                })?
                .0,
        )
    })
}

fn unnamed(part: &str) -> bool {
    UNNAMED.iter().any(|name| part.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::{is_outlet, name, of_byline, of_credit};

    #[test]
    fn bylines_name_agencies() {
        let rows = [
            ("Reuters", Some("Reuters")),
            ("The Associated Press", Some("Associated Press")),
            ("ASSOCIATED PRESS", Some("Associated Press")),
            ("Ann Low, AP", Some("Associated Press")),
            ("Ann Low, Associated Press Writer", Some("Associated Press")),
            ("Ann Low, AP Sports Writer", Some("Associated Press")),
            ("Reuters in Helsinki", Some("Reuters")),
            ("Ann Low and agencies", Some("agencies")),
            ("Staff and agencies", Some("agencies")),
            ("Ann Low in Helsinki and Reuters", Some("Reuters")),
            ("Ann Low for Reuters", Some("Reuters")),
            ("Ann Low (Reuters)", Some("Reuters")),
            ("Agence France-Presse", Some("Agence France-Presse")),
            ("dpa", Some("Deutsche Presse-Agentur")),
            ("Ap Low", None),
            ("Ann Press", None),
            ("A Reuters Fellow at Large", None),
            ("", None),
        ];
        for (byline, wanted) in rows {
            assert_eq!(of_byline(byline), wanted, "{byline}");
        }
    }

    #[test]
    fn a_credit_may_call_itself_an_agency() {
        assert_eq!(of_credit("Aldgrove News Agency"), Some("Aldgrove News Agency"));
        assert_eq!(of_credit("The Harbour Gazette"), None);
        assert_eq!(of_credit("AFP"), Some("Agence France-Presse"));
    }

    #[test]
    fn names_of_one_agency_are_one() {
        assert_eq!((name("AP"), name("Northwire")), ("Associated Press", "Northwire"));
    }

    #[test]
    fn an_outlet_may_be_the_agency() {
        assert!(is_outlet("Meridian", "Meridian Press") && is_outlet("AP", "The Associated Press"));
        assert!(!is_outlet("Northwire", "Northern Post") && !is_outlet("AP", "Apple Valley Times"));
    }
}
