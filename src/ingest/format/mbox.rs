use crate::article::Date;
use crate::ingest::draft::{Draft, tidy};
use crate::ingest::fields::Field;
use crate::ingest::format::html;
use crate::ingest::guess;
use crate::ingest::limits::Limits;
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Opened, Place, Reading};
use crate::ingest::records::{self, Cut};
use crate::lexicon;
use mail_parser::{Addr, Message, MessageParser, PartType};

/// Whether a text is a mailbox: the line above its first letter, and a header below it.
pub(crate) fn looks(head: &str) -> bool {
    let mut lines = head.lines();
    let first = lines.next().is_some_and(|line| parts_letters(line.as_bytes()));
    let header =
        |line: &str| line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '));
    first && lines.next().is_some_and(header)
}

/// `From editor@daily.example Wed Oct 12 08:00:00 2016`: it names a time, as no sentence does.
fn parts_letters(line: &[u8]) -> bool {
    let time = |word: &[u8]| word.len() >= 5 && word[0].is_ascii_digit() && word.contains(&b':');
    line.starts_with(b"From ") && line.split(|b| *b == b' ').any(time)
}

/// A mailbox: each letter is an article.
pub(crate) fn read(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let limit = reading.options.limits.record;
    let mut after_blank = true;
    let mut cut = |line: &[u8]| {
        let cut = if after_blank && parts_letters(line) { Cut::Before } else { Cut::None };
        after_blank = line.trim_ascii().is_empty();
        cut
    };
    records::documents(reading, opened, limit, &mut cut, &mut |reading, number, bytes| {
        let place = Some(Place::Record(number));
        let Some(bytes) = bytes else {
            let message = format!("longer than the limit of {limit} bytes");
            return reading.problem(Reason::TooLarge, place, message);
        };
        match MessageParser::default().parse(&as_sent(bytes)).filter(|letter| !letter.headers().is_empty()) {
            Some(letter) => {
                let draft = draft(&letter, &reading.options.limits);
                reading.article(place, draft);
            }
            None => reading.problem(Reason::BadRecord, place, "no letter with a header"),
        }
    });
}

/// A letter without the line above it, and without the marks that keep its own lines from being
/// taken for one.
fn as_sent(bytes: &[u8]) -> Vec<u8> {
    let mut sent = Vec::with_capacity(bytes.len());
    for (number, line) in bytes.split_inclusive(|b| *b == b'\n').enumerate() {
        let bare = line.iter().take_while(|b| **b == b'>').count();
        let escaped = bare > 0 && line[bare..].starts_with(b"From ");
        if number > 0 || !parts_letters(line) {
            sent.extend_from_slice(&line[usize::from(escaped)..]);
        }
    }
    sent
}

fn draft(letter: &Message<'_>, limits: &Limits) -> Draft {
    let mut draft = Draft::default();
    draft.state_from("Subject", Field::Title, letter.subject().unwrap_or_default());
    draft.state_from("Message-ID", Field::Id, letter.message_id().unwrap_or_default());
    if let Some(sent) = letter.date() {
        let date = i16::try_from(sent.year).ok().and_then(|year| Date::day(year, sent.month, sent.day));
        draft.state_date(date, sent.to_rfc3339());
        draft.came_from(Field::Date, "Date");
    }
    if let Some(sender) = letter.from().and_then(|from| from.first()) {
        state_sender(&mut draft, sender);
    }
    body(letter, limits, &mut draft);
    draft
}

/// `Ada Quill at The Daily Example`, a person or an outlet; the outlet else by the address.
fn state_sender(draft: &mut Draft, sender: &Addr<'_>) {
    let name = tidy(sender.name.as_deref().unwrap_or_default());
    let apart = [" at ", " | ", " via ", " from ", ", "].iter().find_map(|mark| name.split_once(mark));
    let person =
        |name: &str| name.split(' ').next().is_some_and(|first| lexicon::given_name(first).is_some());
    match apart {
        Some((byline, outlet)) => {
            draft.state_from("From", Field::Author, byline);
            draft.state_from("From", Field::Outlet, outlet);
        }
        None if person(&name) => draft.state_from("From", Field::Author, &name),
        None => draft.state_from("From", Field::Outlet, &name),
    }
    let host = sender.address.as_deref().and_then(|address| address.rsplit_once('@'));
    if let Some((_, host)) = host {
        draft.state(Field::Outlet, &guess::outlet_name(host, None));
    }
}

/// The plain text of a letter; where it has none, its markup. What is attached is left aside.
fn body(letter: &Message<'_>, limits: &Limits, draft: &mut Draft) {
    let texts = letter.text_bodies().filter_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    });
    let text = texts.collect::<Vec<_>>().join("\n\n").replace("\r\n", "\n");
    // Below two dashes stands who sent it, and how to be sent no more.
    let above: Vec<&str> = text.lines().take_while(|line| line.trim_end() != "--").collect();
    above.join("\n").trim().clone_into(&mut draft.text);
    let mut pages = letter.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(page) => Some(page),
        _ => None,
    });
    if draft.text.is_empty()
        && let Some(page) = pages.next()
    {
        html::fragment(page, limits, draft);
    }
}
