use crate::article::DateRange;

/// A checked question. It prints as its canonical form, which parses back to itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What it answers with.
    pub unit: Unit,
    /// The condition.
    pub expr: Expr,
}

impl Query {
    /// The same with one more condition.
    #[must_use]
    pub fn narrowed(&self, part: Expr) -> Query {
        Query { unit: self.unit, expr: Expr::all(vec![self.expr.clone(), part]) }
    }

    /// The same, answered with quotes instead of articles, or the other way about.
    #[must_use]
    pub fn other_unit(&self) -> Query {
        let unit = match self.unit {
            Unit::Articles => Unit::Quotes,
            Unit::Quotes => Unit::Articles,
        };
        Query { unit, expr: self.expr.clone() }
    }
}

/// What a query answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Articles.
    Articles,
    /// Quotes.
    Quotes,
}

impl Unit {
    /// `quote`, `quotes`, `article`, `articles`.
    pub fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Unit::Quotes, 1) => "quote",
            (Unit::Quotes, _) => "quotes",
            (Unit::Articles, 1) => "article",
            (Unit::Articles, _) => "articles",
        }
    }
}

/// The order a query asks for (`sort:oldest`, "when did X first say …").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Latest first.
    Newest,
    /// Earliest first.
    Oldest,
}

impl Sort {
    /// As it is written behind `sort:`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
        }
    }
}

/// A condition. `And` and `Or` hold two or more, are flat and keep the order typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Everything (`quotes`, `*`).
    All,
    /// One condition on one field.
    Leaf(Field, Match),
    /// All of them.
    And(Vec<Expr>),
    /// Any of them.
    Or(Vec<Expr>),
    /// None of it.
    Not(Box<Expr>),
    /// `quote{…}` in an article query: one quote that satisfies all of it.
    Quote(Box<Expr>),
}

impl Expr {
    /// All of `parts`: flat, one part as itself; `All` stays only where the rest says merely what is not
    /// wanted (`* -bridge`).
    pub(super) fn all(parts: Vec<Expr>) -> Expr {
        let (mut flat, mut everything) = (Vec::new(), false);
        for part in parts {
            match part {
                Expr::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        flat.retain(|part| {
            everything |= *part == Expr::All;
            *part != Expr::All
        });
        if everything && flat.iter().all(|part| matches!(part, Expr::Not(_))) {
            flat.insert(0, Expr::All);
        }
        match flat.len() {
            0 => Expr::All,
            1 => flat.remove(0),
            _ => Expr::And(flat),
        }
    }

    /// Any of `parts`: flat, one part as itself.
    pub(super) fn any(parts: Vec<Expr>) -> Expr {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Expr::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Expr::Or(flat) }
    }

    /// Whether `test` holds of a leaf outside `quote{…}`.
    pub(super) fn any_leaf(&self, test: &dyn Fn(Field, &Match) -> bool) -> bool {
        match self {
            Expr::All | Expr::Quote(_) => false,
            Expr::Leaf(field, sought) => test(*field, sought),
            Expr::And(parts) | Expr::Or(parts) => parts.iter().any(|p| p.any_leaf(test)),
            Expr::Not(inner) => inner.any_leaf(test),
        }
    }

    /// Whether it holds a `quote{…}`.
    pub(super) fn has_group(&self) -> bool {
        match self {
            Expr::All | Expr::Leaf(..) => false,
            Expr::Quote(_) => true,
            Expr::And(parts) | Expr::Or(parts) => parts.iter().any(Expr::has_group),
            Expr::Not(inner) => inner.has_group(),
        }
    }
}

/// What a leaf looks for, as typed; folding and splitting into tokens is the index's affair.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// A word in any of its inflections (stemmed), a name, or a value of a keyword field.
    Word(String),
    /// These very words in this order, with up to `slop` others among them. `inter*` is a word that
    /// begins so, `*` any one word.
    Phrase {
        /// The words.
        words: Vec<String>,
        /// How many other words may stand among them, all in all.
        slop: u32,
    },
    /// Words that begin so (`inter*`).
    Prefix(String),
    /// Words within this edit distance, 1 or 2 (`interferance~1`).
    Fuzzy(String, u8),
    /// Words that fit a regular expression from end to end (`/interf(ere|ing)/`).
    Regex(String),
    /// Words beside one another (`harbour NEAR/5 bridge`).
    Near(Chain),
    /// Any of these words, all in all so many times (`atleast3(bridge OR ferry)`).
    AtLeast(u32, Vec<Match>),
    /// `"=he"`: the literal mention; `"=The Post"`: the whole name.
    Literal(String),
    /// Days (`date:2016..2017-03`).
    Dates(DateRange),
    /// Numbers from..to.
    Number(NumberRange),
}

/// Words each of which stands beside the one named before it. At each place any of several may stand:
/// words, phrases, wildcards.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The first.
    pub first: Vec<Match>,
    /// The others, each with how near it is to the one before.
    pub rest: Vec<(Within, Vec<Match>)>,
}

/// How near two words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// So many places apart at most, in either order.
    Near(u32),
    /// The same, in the order named.
    Before(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// A range of numbers: each bound with whether it is included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberRange {
    /// Lower bound, and whether it is included.
    pub from: Option<(f64, bool)>,
    /// Upper bound, and whether it is included.
    pub to: Option<(f64, bool)>,
}

/// A field a query may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// No field named: the reported words in a quote query, title and body in an article query.
    Any,
    /// Who said it.
    By,
    /// People and bodies the quote mentions.
    About,
    /// The reported words.
    Quote,
    /// The dictionary form of the cue.
    Cue,
    /// direct, mixed, indirect.
    Kind,
    /// Confidence of the attribution.
    Conf,
    /// How many words it has.
    Length,
    /// Headline.
    Title,
    /// Body of the article.
    Body,
    /// Who wrote the article.
    Byline,
    /// The newspaper, site or agency.
    Outlet,
    /// Section or desk.
    Section,
    /// Date of publication.
    Date,
    /// Place of the dateline.
    Place,
    /// The agency the text came from.
    Agency,
    /// Language.
    Lang,
    /// Path of the file.
    Path,
    /// Id of a quote or an article, or the beginning of one.
    Id,
    /// `has:date`, `has:speaker` …: the value is known.
    Has,
    /// `is:unnamed`, `is:pronoun`, `is:wire`.
    Is,
}
