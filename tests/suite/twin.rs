//! The naive twin of the index: whether a hit satisfies a condition, by looking at every word.

use onrecord::article::Article;
use onrecord::lexicon::cue_class;
use onrecord::query::{Chain, Expr, Field, Match, Within, whole_word};
use onrecord::quotes::{Quote, sentences};
use onrecord::schema::{Word, stem, thousandths, tokens, words};
use onrecord::search::Hit;
use onrecord::text::Span;

/// Whether a hit satisfies a condition; `all` are the hits there are.
pub(crate) fn holds(expr: &Expr, hit: &Hit, all: &[Hit]) -> bool {
    match expr {
        Expr::All => true,
        Expr::And(parts) => parts.iter().all(|part| holds(part, hit, all)),
        Expr::Or(parts) => parts.iter().any(|part| holds(part, hit, all)),
        Expr::Not(inner) => !holds(inner, hit, all),
        Expr::Quote(inner) => all.iter().any(|other| {
            matches!(other, Hit::Quote(_))
                && other.article().id == hit.article().id
                && holds(inner, other, all)
        }),
        Expr::Leaf(field, sought) => leaf(*field, sought, hit),
    }
}

fn leaf(field: Field, sought: &Match, hit: &Hit) -> bool {
    let article: &Article = hit.article();
    let quote: Option<&Quote> = match hit {
        Hit::Quote(quote) => Some(&quote.quote),
        Hit::Article(_) => None,
    };
    let title = || Seen::title(article).holds(sought);
    let whole = [Span::new(0, article.text.as_str().len())];
    let body = || Seen::of(article, &whole).holds(sought);
    match (field, quote) {
        (Field::Any, None) => title() || body(),
        (Field::Any | Field::Quote, Some(quote)) => {
            let mut pieces = quote.pieces.clone();
            pieces.sort();
            Seen::of(article, &pieces).holds(sought)
        }
        (Field::Title, _) => title(),
        (Field::Body, _) => body(),
        (Field::Kind, Some(quote)) => *sought == Match::Word(quote.kind.name()),
        (Field::Conf, Some(quote)) => {
            let Match::Number(range) = sought else { return false };
            // Nobody is sure to more than three digits.
            let sure = thousandths(f64::from(quote.attribution.confidence));
            let end = |(end, included): (f64, bool)| (thousandths(end), included);
            range.from.map(end).is_none_or(|(from, included)| sure > from || (included && sure == from))
                && range.to.map(end).is_none_or(|(to, included)| sure < to || (included && sure == to))
        }
        (Field::Cue, Some(quote)) => {
            let lemma = quote.cue.as_ref().map(|cue| cue.lemma.as_str());
            match sought {
                Match::Word(name) => match cue_class(name) {
                    Some(class) => lemma.is_some_and(|lemma| class.lemmas.contains(&lemma)),
                    None => lemma == Some(name),
                },
                Match::Literal(verb) => lemma == Some(verb),
                _ => panic!("the twin does not know {sought:?}"),
            }
        }
        (Field::Length, quote) => {
            let Match::Number(range) = sought else { return false };
            let pieces = quote.map_or(whole.to_vec(), |quote| quote.pieces.clone());
            let length = Seen::of(article, &pieces).0.len() as f64;
            range.from.is_none_or(|(from, included)| length > from || (included && length == from))
                && range.to.is_none_or(|(to, included)| length < to || (included && length == to))
        }
        (Field::Date, _) => {
            let Match::Dates(range) = sought else { return false };
            article.meta.date.is_some_and(|date| {
                range.first.is_none_or(|first| date.last_day().days() >= first.days())
                    && range.last.is_none_or(|last| date.days() <= last.last_day().days())
            })
        }
        _ => panic!("the twin does not know {field:?}"),
    }
}

/// A text as a reader sees it: its words, each with the numbers of its sentence and paragraph.
struct Seen(Vec<(String, usize, usize)>);

impl Seen {
    fn title(article: &Article) -> Seen {
        let title = article.meta.title.as_deref().unwrap_or_default();
        Seen(tokens(title).into_iter().map(|word| (word, 0, 0)).collect())
    }

    fn of(article: &Article, pieces: &[Span]) -> Seen {
        let (sentences, paragraphs) = (sentences(&article.text), article.text.paragraphs());
        let mut seen = Vec::new();
        for piece in pieces {
            // Words of the article: what begins in another word is none.
            let of_piece = |word: &Word| (piece.start..piece.end).contains(&word.span.start);
            for word in words(article.text.as_str()).filter(of_piece) {
                let at = word.span.start;
                let number = |spans: &[Span]| spans.iter().filter(|s| s.start <= at).count();
                seen.push((word.folded.into_owned(), number(&sentences), number(paragraphs)));
            }
        }
        Seen(seen)
    }

    fn holds(&self, sought: &Match) -> bool {
        match sought {
            Match::Near(Chain { first, rest }) => {
                self.places(first).iter().any(|place| self.goes_on(*place, rest))
            }
            Match::AtLeast(least, any) => self.places(any).len() >= *least as usize,
            one => !self.places(std::slice::from_ref(one)).is_empty(),
        }
    }

    /// Whether a chain goes on from a place.
    fn goes_on(&self, from: (usize, usize), rest: &[(Within, Vec<Match>)]) -> bool {
        let Some(((within, any), rest)) = rest.split_first() else { return true };
        let near = |to: (usize, usize)| {
            let (forward, back) = (to.0.saturating_sub(from.1), from.0.saturating_sub(to.1));
            let same = |number: &dyn Fn(usize) -> usize| {
                forward + back > 0 && [from.1, to.0, to.1].iter().all(|at| number(*at) == number(from.0))
            };
            match within {
                Within::Near(far) => (1..=*far as usize).contains(&(forward + back)),
                Within::Before(far) => (1..=*far as usize).contains(&forward),
                Within::Sentence => same(&|at| self.0[at].1),
                Within::Paragraph => same(&|at| self.0[at].2),
            }
        };
        self.places(any).into_iter().any(|to| near(to) && self.goes_on(to, rest))
    }

    /// Where any of these stands: the first and the last word.
    fn places(&self, any: &[Match]) -> Vec<(usize, usize)> {
        let mut places: Vec<(usize, usize)> = any.iter().flat_map(|one| self.places_of(one)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    fn places_of(&self, sought: &Match) -> Vec<(usize, usize)> {
        let one = |fits: &dyn Fn(&str) -> bool| {
            (0..self.0.len()).filter(|at| fits(&self.0[*at].0)).map(|at| (at, at)).collect()
        };
        match sought {
            Match::Word(word) => match &tokens(word)[..] {
                [word] => one(&|seen| seen == word || stem(seen) == stem(word)),
                several => self.rows(several, 0),
            },
            Match::Phrase { words, slop } => {
                let words: Vec<String> = words
                    .iter()
                    .flat_map(|word| if word.ends_with('*') { vec![word.clone()] } else { tokens(word) })
                    .collect();
                self.rows(&words, *slop as usize)
            }
            Match::Prefix(start) => one(&|word| word.starts_with(start.as_str())),
            Match::Fuzzy(word, distance) => {
                one(&|seen| strsim::osa_distance(seen, word) <= usize::from(*distance))
            }
            Match::Regex(pattern) => one(&|word| whole_word(pattern).unwrap().is_match(word)),
            _ => panic!("the twin does not know {sought:?}"),
        }
    }

    /// Every choice of places for the words of a row, shortest first for each beginning.
    fn rows(&self, words: &[String], slop: usize) -> Vec<(usize, usize)> {
        let fits = |at: usize, word: &str| match word.strip_suffix('*') {
            Some(start) => self.0[at].0.starts_with(start),
            None => self.0[at].0 == word,
        };
        let mut rows: Vec<(usize, usize)> = Vec::new();
        for first in 0..self.0.len() {
            let mut ends = if fits(first, &words[0]) { vec![first] } else { Vec::new() };
            for word in &words[1..] {
                // `*` alone is the very next word.
                let next = |from: usize| {
                    let to = if word == "*" { from + 2 } else { self.0.len() };
                    (from + 1..to.min(self.0.len())).filter(|at| fits(*at, word)).collect::<Vec<usize>>()
                };
                ends = ends.into_iter().flat_map(next).collect();
                ends.sort_unstable();
                ends.dedup();
            }
            let last = ends.into_iter().find(|last| last - first < words.len() + slop);
            rows.extend(last.map(|last| (first, last)));
        }
        rows
    }
}
