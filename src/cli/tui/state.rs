//! What is on the screen, and what each key makes of it. Knows no index and no terminal: what must be asked of
//! the archive it wishes for.

use crate::cli::tui::keys::Act;
use crate::cli::tui::line::Line;
use crate::query::Parsed;
use crate::quotes::Quote;
use crate::render::{ArticleRows, article_rows};
use crate::search::Hit;

/// The screen.
#[derive(Default)]
pub(super) struct State {
    /// The query line.
    pub query: Line,
    /// Where keys go.
    pub focus: Focus,
    /// What the query found.
    pub answer: Answer,
    /// The pane of counts looked at, and the value in each.
    pub pane: usize,
    /// The value looked at in it.
    pub value: usize,
    /// The hit looked at.
    pub chosen: usize,
    /// The article that is open.
    pub open: Option<Open>,
    /// Whether the keys are shown.
    pub help: bool,
    /// The name of a file that is being typed.
    pub file: Option<Line>,
    /// What was done last.
    pub told: Option<String>,
    /// Queries before they were narrowed.
    pub past: Vec<String>,
}

/// Where keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Focus {
    #[default]
    Query,
    Hits,
    Counts,
}

/// What a query found.
#[derive(Default)]
pub(super) enum Answer {
    /// Not asked yet.
    #[default]
    None,
    Found(Box<Found>),
    /// Nothing: the reading, and what the reasons are.
    Nothing {
        reading: Option<String>,
        reasons: Vec<String>,
    },
    /// It cannot be asked: the message with carets.
    Wrong(String),
}

/// Hits and counts.
pub(super) struct Found {
    pub parsed: Parsed,
    pub total: usize,
    pub copies: usize,
    pub notes: Vec<String>,
    /// As many as were asked for so far.
    pub hits: Vec<Hit>,
    pub panes: Vec<Pane>,
}

/// Counts by one field, each with the query that is narrowed by it.
pub(super) struct Pane {
    pub name: &'static str,
    pub values: Vec<Count>,
}

pub(super) struct Count {
    pub value: String,
    pub count: u64,
    /// What the query becomes when this is chosen.
    pub narrowed: String,
}

/// An article that is open.
pub(super) struct Open {
    pub quotes: Vec<(String, Quote)>,
    pub set: ArticleRows,
    /// Columns it is set in.
    pub width: usize,
    /// The row at the top.
    pub row: usize,
}

/// What must be asked of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    None,
    /// The query has changed.
    Ask,
    /// More hits of the same query.
    More,
    /// The article of the hit looked at.
    Read,
    /// All hits to this file.
    Write(String),
    Leave,
}

/// Rows that a page of hits, of counts or of an article moves by.
const PAGE: usize = 10;
/// More hits are asked for when so few are left below.
const AHEAD: usize = 10;

impl State {
    pub(super) fn new(query: String) -> State {
        State { query: Line::new(query), ..State::default() }
    }

    /// Whether letters are letters.
    pub(super) fn typing(&self) -> bool {
        self.file.is_some() || (self.focus == Focus::Query && self.open.is_none() && !self.help)
    }

    pub(super) fn found(&self) -> Option<&Found> {
        match &self.answer {
            Answer::Found(found) => Some(found),
            _ => None,
        }
    }

    /// Takes the answer to a query.
    pub(super) fn answered(&mut self, answer: Answer) {
        (self.chosen, self.value, self.open) = (0, 0, None);
        self.answer = answer;
        let panes = self.found().map_or(0, |found| found.panes.len());
        self.pane = self.pane.min(panes.saturating_sub(1));
        if panes == 0 && self.focus != Focus::Query {
            self.focus = Focus::Query;
        }
    }

    /// Sets the open article in a page of this size, if it is not yet, so that no page is half empty.
    pub(super) fn fit(&mut self, width: usize, height: usize) {
        let hit = match &self.answer {
            Answer::Found(found) => found.hits.get(self.chosen),
            _ => None,
        };
        let (Some(open), Some(hit)) = (&mut self.open, hit) else { return };
        if open.width != width {
            open.set = article_rows(hit, &open.quotes, width);
            (open.width, open.row) = (width, open.set.at.saturating_sub(height / 3));
        }
        open.row = open.row.min(open.set.rows.len().saturating_sub(height));
    }

    /// What a key makes of it.
    pub(super) fn act(&mut self, act: Act) -> Wish {
        self.told = None;
        if act == Act::Leave {
            return Wish::Leave;
        }
        if self.help {
            self.help = false;
            return Wish::None;
        }
        if act == Act::Help {
            self.help = true;
            return Wish::None;
        }
        if self.file.is_some() {
            return self.name_file(act);
        }
        match (act, self.found()) {
            (Act::Write, Some(found)) => {
                self.file = Some(Line::new(format!("{}.csv", found.parsed.query.unit.noun(2))));
                Wish::None
            }
            (Act::Write, None) => self.tell("there are no hits to write"),
            _ if self.open.is_some() => self.read(act),
            _ => match self.focus {
                Focus::Query => self.edit(act),
                Focus::Hits => self.list(act),
                Focus::Counts => self.count(act),
            },
        }
    }

    fn tell(&mut self, what: &str) -> Wish {
        self.told = Some(what.to_owned());
        Wish::None
    }

    /// Keys while the name of a file is asked for.
    fn name_file(&mut self, act: Act) -> Wish {
        let Some(file) = &mut self.file else { return Wish::None };
        match act {
            Act::Enter => {
                let name = file.text().trim().to_owned();
                self.file = None;
                if name.is_empty() { Wish::None } else { Wish::Write(name) }
            }
            Act::Back => {
                self.file = None;
                Wish::None
            }
            act => {
                edited(file, act);
                Wish::None
            }
        }
    }

    /// Keys in the query line.
    fn edit(&mut self, act: Act) -> Wish {
        match act {
            Act::Enter | Act::Down | Act::NextPane => self.go(Focus::Hits),
            Act::PreviousPane => self.go(Focus::Counts),
            Act::Back if self.found().is_some() => self.go(Focus::Hits),
            Act::Back => Wish::Leave,
            act if edited(&mut self.query, act) => {
                self.past.clear();
                Wish::Ask
            }
            _ => Wish::None,
        }
    }

    fn go(&mut self, focus: Focus) -> Wish {
        if self.found().is_some() || focus == Focus::Query {
            self.focus = focus;
        }
        Wish::None
    }

    /// Keys among the hits.
    fn list(&mut self, act: Act) -> Wish {
        let all = self.found().map_or(0, |found| found.hits.len());
        match act {
            Act::Up if self.chosen == 0 => self.go(Focus::Query),
            Act::Enter if all > 0 => Wish::Read,
            Act::NextPane => self.go(Focus::Counts),
            Act::PreviousPane => self.go(Focus::Query),
            Act::Back => Wish::Leave,
            act if moved(&mut self.chosen, act, all) => {
                let more = self.found().is_some_and(|found| all < found.total);
                if more && self.chosen + AHEAD >= all { Wish::More } else { Wish::None }
            }
            act => self.common(act),
        }
    }

    /// Keys among the counts.
    fn count(&mut self, act: Act) -> Wish {
        let Some(found) = self.found() else { return self.go(Focus::Query) };
        let (panes, values) = (found.panes.len(), found.panes.get(self.pane).map_or(0, |p| p.values.len()));
        match act {
            Act::Right | Act::Left => {
                let step = if act == Act::Right { 1 } else { panes.saturating_sub(1) };
                (self.pane, self.value) = ((self.pane + step) % panes.max(1), 0);
                Wish::None
            }
            // From one pane into the next, as they stand below one another.
            Act::Down if self.value + 1 >= values && self.pane + 1 < panes => {
                (self.pane, self.value) = (self.pane + 1, 0);
                Wish::None
            }
            Act::Up if self.value == 0 && self.pane > 0 => {
                self.pane -= 1;
                let above = self.found().and_then(|found| found.panes.get(self.pane));
                self.value = above.map_or(0, |pane| pane.values.len().saturating_sub(1));
                Wish::None
            }
            Act::Enter => self.narrow(),
            Act::NextPane => self.go(Focus::Query),
            Act::PreviousPane | Act::Back => self.go(Focus::Hits),
            act if moved(&mut self.value, act, values) => Wish::None,
            act => self.common(act),
        }
    }

    fn narrow(&mut self) -> Wish {
        let pane = self.found().and_then(|found| found.panes.get(self.pane));
        let Some(count) = pane.and_then(|pane| pane.values.get(self.value)) else { return Wish::None };
        let narrowed = Line::new(count.narrowed.clone());
        self.past.push(std::mem::replace(&mut self.query, narrowed).text().to_owned());
        self.focus = Focus::Hits;
        Wish::Ask
    }

    /// Keys that mean the same in both lists.
    fn common(&mut self, act: Act) -> Wish {
        match act {
            Act::Query => self.go(Focus::Query),
            Act::Undo => match self.past.pop() {
                Some(before) => {
                    self.query = Line::new(before);
                    Wish::Ask
                }
                None => self.tell("nothing to undo"),
            },
            Act::Swap => {
                let Some(found) = self.found() else { return Wish::None };
                let other = found.parsed.query.other_unit().to_string();
                self.past.push(std::mem::replace(&mut self.query, Line::new(other)).text().to_owned());
                Wish::Ask
            }
            _ => Wish::None,
        }
    }

    /// Keys in an article.
    fn read(&mut self, act: Act) -> Wish {
        let all = self.found().map_or(0, |found| found.hits.len());
        match act {
            Act::Back | Act::EraseBefore => self.open = None,
            // The next hit, without going back to the list.
            Act::NextPane | Act::Right if self.chosen + 1 < all => {
                self.chosen += 1;
                return Wish::Read;
            }
            Act::PreviousPane | Act::Left if self.chosen > 0 => {
                self.chosen -= 1;
                return Wish::Read;
            }
            _ => {
                if let Some(open) = &mut self.open {
                    moved(&mut open.row, act, open.set.rows.len());
                }
            }
        }
        Wish::None
    }
}

/// Edits a line; whether its text is another.
fn edited(line: &mut Line, act: Act) -> bool {
    let before = line.text().len();
    match act {
        Act::Type(c) => line.insert(c),
        Act::EraseBefore => line.erase_before(),
        Act::EraseAfter => line.erase_after(),
        Act::EraseWord => line.erase_word(),
        Act::EraseAll => line.clear(),
        Act::Left => line.left(),
        Act::Right => line.right(),
        Act::First => line.first(),
        Act::Last => line.last(),
        _ => {}
    }
    line.text().len() != before
}

/// Moves among `all` places; whether the key was one that moves.
fn moved(at: &mut usize, act: Act, all: usize) -> bool {
    let last = all.saturating_sub(1);
    *at = match act {
        Act::Up => at.saturating_sub(1),
        Act::Down => (*at + 1).min(last),
        Act::PageUp => at.saturating_sub(PAGE),
        Act::PageDown => (*at + PAGE).min(last),
        Act::First => 0,
        Act::Last => last,
        _ => return false,
    };
    true
}
