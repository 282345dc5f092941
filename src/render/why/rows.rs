//! The decision for people, row by row.

use super::sure;
use crate::article::Article;
use crate::quotes::why::{How, Lead, Part, Reason, Reports, RunnerUp, Step, Why};
use crate::quotes::{Attribution, Basis, Quote, Reading};
use crate::render::human::{DIM, PLAIN};
use crate::render::layout::{Words, columns, cut, paint};
use crate::text::Span;

/// Columns before the values of the rows.
const INDENT: &str = "           ";

/// Parts of fewer points are left out.
const TOLD: f32 = 0.3;

/// How much of an id is enough to ask for it.
const SHORT_ID: usize = 7;

/// Less than two to one.
const CLOSE: f32 = 0.7;

/// How the decision about a quote was made; `name` is who it is across the archive.
pub(in crate::render) fn rows(
    article: &Article,
    quote: &Quote,
    told: Option<&Why>,
    name: Option<&str>,
    width: usize,
) -> String {
    let mut rows = Rows { article, width, out: String::new() };
    let attribution = &quote.attribution;
    rows.add("kind", &quote.kind.name());
    rows.rule(attribution.basis, told);
    rows.cue(quote);
    if let Some(reports) = told.and_then(|told| told.reports.as_ref()) {
        rows.reports(reports);
    }
    match told {
        Some(told) if !told.steps.is_empty() => rows.steps(quote, &told.steps),
        _ => rows.chain(attribution),
    }
    rows.speaker(attribution, name);
    if let (Some(told), Some(_)) = (told, attribution.mention) {
        rows.runner_up(attribution.basis, told.runner_up.as_ref());
    }
    rows.sure(attribution);
    if told.is_none() {
        rows.add("note", match Reading::of(&article.meta) {
            Reading::English => {
                "this version reads the article otherwise; `onrecord index --rebuild` brings the index up to date"
            }
            Reading::MarksOnly => "in this language only quotation marks are read, not who speaks",
        });
    }
    rows.out
}

struct Rows<'a> {
    article: &'a Article,
    width: usize,
    out: String,
}

impl Rows<'_> {
    /// A label and its value, set in lines under each other.
    fn add(&mut self, label: &str, value: &str) {
        let mut words = Words::default();
        words.push(value, PLAIN, &[], PLAIN);
        let set = words.set(self.width, INDENT);
        let rest = set.strip_prefix(INDENT).unwrap_or(&set);
        self.out.push_str(&format!("  {}{rest}", paint(&format!("{label:<9}"), DIM)));
    }

    fn rule(&mut self, basis: Basis, told: Option<&Why>) {
        self.add("rule", &format!("{} ({})", basis.explain(), basis.name()));
        if let Some(other) = told.and_then(|told| told.shares.as_ref()) {
            let (id, words, place) =
                (other.id(&self.article.id), self.words(other.pieces[0]), self.place(other.pieces[0]));
            let id: String = id.chars().take(SHORT_ID).collect();
            let basis = other.attribution.basis;
            let how = format!("{} ({})", basis.explain(), basis.name());
            self.add("", &format!("shares the speaker of {id}, {words} ({place}): {how}"));
        }
    }

    fn cue(&mut self, quote: &Quote) {
        let Some(cue) = &quote.cue else { return };
        let words = self.words(cue.span);
        let printed = self.article.text.slice(cue.span).to_lowercase();
        let form = match cue.lemma == printed {
            true => String::new(),
            false => format!(", a form of “{}”", cue.lemma),
        };
        self.add("cue", &format!("{words}{form}"));
    }

    fn reports(&mut self, reports: &Reports) {
        let (odds, needed) = (points(reports.odds), points(reports.needed));
        self.add("reports", &format!("{odds} points for its reporting something; believed from {needed} on"));
        for Part { what, odds, words } in reports.parts.iter().filter(|p| p.odds.abs() >= TOLD) {
            let words: Vec<String> = words.iter().map(|span| self.words(*span)).collect();
            let about = format!("{} {} {}", points(*odds), what.explain(), words.join(", "));
            self.add("", &about);
        }
    }

    /// The chain as it is kept with the quote.
    fn chain(&mut self, attribution: &Attribution) {
        let chain = attribution.speaker.as_ref().map(|s| s.chain.as_slice()).unwrap_or_default();
        let steps: Vec<String> =
            attribution.mention.iter().chain(chain).map(|span| self.words(*span)).collect();
        if !steps.is_empty() {
            self.add("mention", &steps.join(" → "));
        }
    }

    fn steps(&mut self, quote: &Quote, steps: &[Step]) {
        let here = self.article.text.paragraph_at(quote.span().start);
        for (number, step) in steps.iter().enumerate() {
            let (words, place) = (self.words(step.mention), self.place(step.mention));
            let label = if number == 0 { "mention" } else { "→" };
            self.add(label, &format!("{words} ({place}): {}", how(step)));
            if let Some(other) = &step.passed_over {
                let who = self.who(other.mention, other.name.as_deref());
                self.add("", &format!("passed over: {who}: {}", points_behind(other.behind)));
            }
            if self.article.text.paragraph_at(step.mention.start) != here {
                let excerpt = self.excerpt(step);
                self.out.push_str(&format!("{INDENT}{}\n", paint(&excerpt, DIM)));
            }
        }
    }

    fn speaker(&mut self, attribution: &Attribution, name: Option<&str>) {
        let Some(speaker) = &attribution.speaker else { return };
        let kind = speaker.kind.name();
        match (name.or(speaker.name.as_deref()), speaker.name.as_deref()) {
            (Some(name), Some(here)) if name != here => {
                self.add("speaker", &format!("{name} ({kind}): so named across the archive, here {here}"));
            }
            (Some(name), _) => self.add("speaker", &format!("{name} ({kind})")),
            (None, _) => {}
        }
        if let Some(role) = &speaker.role {
            self.add("role", role);
        }
    }

    fn runner_up(&mut self, basis: Basis, other: Option<&RunnerUp>) {
        let Some(RunnerUp { mention, name, ahead, leads }) = other else {
            return self.add("next", "nobody else is mentioned nearby who could have said it");
        };
        let who = self.who(*mention, name.as_deref());
        match ahead {
            Some(ahead) if basis == Basis::Nearest => {
                self.add("next", &format!("{who}: {}", points_behind(*ahead)));
                for lead in leads.iter().filter(|lead| lead.odds.abs() >= TOLD) {
                    self.add("", &led(lead));
                }
            }
            Some(ahead) if *ahead < 0.0 => self.add(
                "next",
                &format!("{who}: {:.1} points ahead by the learned ranking; the rule decides", -ahead),
            ),
            Some(ahead) => {
                self.add("next", &format!("{who}: {ahead:.1} points behind by the learned ranking, too"));
            }
            None => self.add("next", &format!("{who}: the first of the others by the learned ranking")),
        }
    }

    fn sure(&mut self, attribution: &Attribution) {
        let Some(mention) = attribution.mention else { return };
        let percent = (attribution.confidence * 100.0).round();
        let resolved = attribution.speaker.as_ref().is_some_and(|s| !s.chain.is_empty());
        let whom = match resolved {
            true => format!("; whom {} stands for is no part of the figure", self.words(mention)),
            false => String::new(),
        };
        self.add(
            "sure",
            &format!(
                "{percent:.0} %, {}: in news that people annotated, {percent:.0} of 100 choices like this one \
                 took the right words for the speaker{whom}",
                sure(attribution.confidence)
            ),
        );
    }

    /// The words, where they stand, and who that is where they do not tell.
    fn who(&self, mention: Span, name: Option<&str>) -> String {
        let (words, place) = (self.words(mention), self.place(mention));
        match name {
            Some(name) if self.article.text.slice(mention).contains(name) => format!("{words} ({place})"),
            Some(name) => format!("{words} ({place}), {name}"),
            None => format!("{words} ({place}), not resolved"),
        }
    }

    /// The words in marks; of a longer passage the first and the last.
    fn words(&self, span: Span) -> String {
        let all: Vec<&str> = self.article.text.slice(span).split_whitespace().collect();
        let words = match all.as_slice() {
            [a, b, c, .., y, z] if all.len() > 7 => format!("{a} {b} {c} … {y} {z}"),
            _ => all.join(" "),
        };
        match (words.starts_with(MARKS), words.ends_with(MARKS)) {
            (true, true) => words,
            (false, false) => format!("“{words}”"),
            _ => format!("‘{words}’"),
        }
    }

    fn place(&self, span: Span) -> String {
        format!("paragraph {}", self.article.text.paragraph_at(span.start) + 1)
    }

    /// The sentence of a step on one line, from shortly before its words where these stand far behind.
    fn excerpt(&self, step: &Step) -> String {
        let text = &self.article.text;
        let room = self.width.saturating_sub(columns(INDENT) + 2).max(20);
        let before = text.slice(Span { start: step.sentence.start, end: step.mention.start });
        let from_mention = text.slice(Span { start: step.mention.start, end: step.sentence.end });
        let sentence = match columns(before) {
            far if far > room / 2 => {
                let last: Vec<&str> = before.split_whitespace().rev().take(WORDS_BEFORE).collect();
                let last: Vec<&str> = last.into_iter().rev().collect();
                format!("… {} {from_mention}", last.join(" "))
            }
            _ => format!("{before}{from_mention}"),
        };
        format!("┆ {}", cut(&sentence, room))
    }
}

/// Marks that need no others around them.
const MARKS: [char; 6] = ['“', '”', '"', '‘', '’', '\''];

/// How many words before a mention are shown where it stands far behind in its sentence.
const WORDS_BEFORE: usize = 4;

fn how(step: &Step) -> String {
    let reasons: Vec<&str> = step.reasons.iter().map(|r| r.explain()).collect();
    match step.how {
        _ if step.reasons.contains(&Reason::Only) => {
            let what = if step.how == How::Pronoun { "a pronoun" } else { "a description" };
            format!("{what}; {}", Reason::Only.explain())
        }
        How::Pronoun | How::Present if !reasons.is_empty() => {
            format!("{}: {}", step.how.explain(), reasons.join(", "))
        }
        how => how.explain().to_owned(),
    }
}

fn points(odds: f32) -> String {
    if odds == 0.0 { "0.0".to_owned() } else { format!("{odds:+.1}") }
}

fn points_behind(points: f32) -> String {
    let close = if points < CLOSE { ", a close call" } else { "" };
    format!("{points:.1} points behind{close}")
}

/// What puts the chosen one ahead of the other, or behind.
fn led(lead: &Lead) -> String {
    let (chosen, other) = (lead.chosen.join(", "), lead.other.join(", "));
    let told = match (chosen.as_str(), other.as_str()) {
        (chosen, other) if chosen == other => chosen.to_owned(),
        ("", other) => format!("the other {other}"),
        (chosen, "") => format!("{chosen}; the other not"),
        (chosen, other) => format!("{chosen}; the other {other}"),
    };
    let colon = if told.is_empty() { "" } else { ": " };
    format!("{} {}{colon}{told}", points(lead.odds), lead.what.explain())
}
