use crate::schema::declared::schema;
use std::sync::LazyLock;
use tantivy::schema::{Field, Schema};

/// The declared fields as tantivy knows them, by name.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// `article` or `quote`.
    pub unit: Field,
    /// The article's id, on the article and on its quotes.
    pub article: Field,
    /// The id's digits as a number.
    pub key: Field,
    /// The number of a quote in its article; 0 of an article.
    pub nth: Field,
    /// Words of the headline.
    pub title: Field,
    /// Words of the article.
    pub body: Field,
    /// The words a quote reports; of an article, how many quotes it has.
    pub reported: Field,
    /// The pieces of a quote that is not told in one number.
    pub pieces: Field,
    /// Who said it, as the article knows the name.
    pub speaker: Field,
    /// Short names the article explains.
    pub short: Field,
    /// The words that mark the speaker.
    pub mention: Field,
    /// person, group, org, document, anonymous.
    pub speaker_kind: Field,
    /// Role or title.
    pub role: Field,
    /// Dictionary form of the cue.
    pub cue: Field,
    /// direct, mixed, indirect.
    pub kind: Field,
    /// Which rule decided.
    pub basis: Field,
    /// Confidence, 0 to 1.
    pub conf: Field,
    /// First day the date may mean.
    pub day: Field,
    /// Last day the date may mean.
    pub last_day: Field,
    /// Newspaper, site, agency.
    pub outlet: Field,
    /// Section or desk.
    pub section: Field,
    /// Who wrote the article.
    pub byline: Field,
    /// Place of the dateline.
    pub place: Field,
    /// The agency a text came from.
    pub agency: Field,
    /// How many words it has.
    pub length: Field,
    /// Which hits report the same words, as a number.
    pub saying: Field,
    /// What an article's words are like, for finding copies.
    pub likeness: Field,
    /// Language.
    pub lang: Field,
    /// The file.
    pub path: Field,
    /// What is known.
    pub has: Field,
    /// What it is.
    pub is: Field,
    /// The stored record.
    pub record: Field,
    /// The stored quotes.
    pub quotes: Field,
    /// The stored text.
    pub text: Field,
}

static FIELDS: LazyLock<Fields> = LazyLock::new(|| Fields::of(schema()));

/// The declared fields, ready to be used in queries and documents.
pub fn fields() -> &'static Fields {
    &FIELDS
}

impl Fields {
    fn of(schema: &Schema) -> Fields {
        // The names are those of the file built in; a test looks each of them up.
        let f = |name: &str| schema.get_field(name).expect("fields.toml declares every field named here");
        Fields {
            unit: f("unit"),
            article: f("article"),
            key: f("key"),
            nth: f("nth"),
            title: f("title"),
            body: f("body"),
            reported: f("reported"),
            pieces: f("pieces"),
            speaker: f("speaker"),
            short: f("short"),
            mention: f("mention"),
            speaker_kind: f("speaker_kind"),
            role: f("role"),
            cue: f("cue"),
            kind: f("kind"),
            basis: f("basis"),
            conf: f("conf"),
            day: f("day"),
            last_day: f("last_day"),
            outlet: f("outlet"),
            section: f("section"),
            byline: f("byline"),
            place: f("place"),
            agency: f("agency"),
            length: f("length"),
            saying: f("saying"),
            likeness: f("likeness"),
            lang: f("lang"),
            path: f("path"),
            has: f("has"),
            is: f("is"),
            record: f("record"),
            quotes: f("quotes"),
            text: f("text"),
        }
    }
}
