use std::collections::HashMap;
use std::sync::LazyLock;

/// What a source can state about an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Field {
    Title,
    Text,
    Date,
    Year,
    Month,
    Day,
    Author,
    Outlet,
    Section,
    Place,
    Agency,
    Url,
    Lang,
    Id,
    Deck,
}

/// Our fields and the names sources give them, the likelier first; one line a field. Case does
/// not matter, and `-`, `_` and space are the same.
const NAMES: &[(Field, &str, &str)] = &[
    (Field::Title, "title", "title headline hed head heading hl1 headline.main subject hd"),
    (
        Field::Text,
        "text",
        "text body content maintext article articlebody full_text fulltext story body_text body_xhtml \
         body_html content_html raw_text",
    ),
    (
        Field::Date,
        "date",
        "date published pubdate pub_date publish_date date_publish published_at published_date \
         datepublished date_published publication_date published_time created_at timestamp \
         versioncreated pd",
    ),
    (Field::Year, "year", "year"),
    (Field::Month, "month", "month"),
    (Field::Day, "day", "day"),
    (Field::Author, "byline", "author authors byline by creator writer byline.original"),
    (
        Field::Outlet,
        "outlet",
        "outlet source publication publisher newspaper site site_name sitename domain hostname sn \
         thread.site",
    ),
    (Field::Section, "section", "section category channel desk topic articlesection section_name se"),
    (Field::Place, "place", "place dateline location"),
    (Field::Agency, "agency", "agency news_agency newsagency"),
    (Field::Url, "url", "url link canonical_url canonical web_url permalink"),
    (Field::Lang, "lang", "lang language inlanguage la"),
    (Field::Id, "id", "id _id uuid guid uri doc_id an"),
    (Field::Deck, "deck", "deck description abstract summary subtitle standfirst lede"),
];

/// A name and its rank among the names of its field.
static BY_NAME: LazyLock<HashMap<String, (Field, usize)>> = LazyLock::new(|| {
    let names = NAMES.iter().flat_map(|(field, _, names)| {
        names.split_whitespace().enumerate().map(|(rank, name)| (folded(name), (*field, rank)))
    });
    names.collect()
});

/// Our fields and the names sources give them, as help shows them.
pub fn field_synonyms() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.iter().map(|(_, own, names)| (*own, *names)).filter(|(own, _)| *own != "deck")
}

/// The names of our fields: what may stand left of the `=` in `--map title=headline.main`.
pub fn field_names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(_, own, _)| *own).filter(|own| *own != "deck")
}

impl Field {
    /// The field a source means by `name`.
    pub(crate) fn named(name: &str) -> Option<Field> {
        Field::ranked(name).map(|(field, _)| field)
    }

    /// The same, with its rank: of two names for one field, the lower rank wins.
    pub(crate) fn ranked(name: &str) -> Option<(Field, usize)> {
        BY_NAME.get(&folded(name)).copied()
    }

    /// The name we give it ourselves.
    pub(crate) fn name(self) -> &'static str {
        NAMES.iter().find(|(field, ..)| *field == self).map_or("", |(_, own, _)| own)
    }

    /// Its place among our fields.
    pub(crate) fn rank(self) -> usize {
        NAMES.iter().position(|(field, ..)| *field == self).unwrap_or(NAMES.len())
    }

    /// The field by the name we give it ourselves, as in `--map title=headline.main`; the names
    /// of sources do as well.
    pub(crate) fn ours(name: &str) -> Option<Field> {
        let own = NAMES.iter().find(|(_, own, _)| own.eq_ignore_ascii_case(name.trim()));
        own.map(|(field, ..)| *field).or_else(|| Field::named(name))
    }
}

fn folded(name: &str) -> String {
    name.trim().chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}
