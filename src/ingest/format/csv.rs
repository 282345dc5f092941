use crate::ingest::Options;
use crate::ingest::decode;
use crate::ingest::fields::Field;
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Opened, Place, Reading};
use crate::ingest::record;
use crate::ingest::records::{Line, capped_line, eight_bit};
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::io::BufRead;

/// What may stand between columns, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// How many columns of a header nobody knows are told.
const TOLD: usize = 20;

/// A table with a header row: a row is an article, its columns go by the names sources give fields.
pub(crate) fn read(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let limit = reading.options.limits.record;
    let Some(bytes) = eight_bit(reading, opened) else { return };
    let mut lines = Lines { bytes, limit, number: 0, returned: VecDeque::new(), again: 4 * limit };
    let Some(header) = header(reading, &mut lines) else { return };
    let (mut rows, mut told_to) = (0, 0);
    while let Some((number, line)) = lines.next(reading) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        rows += 1;
        let row = lines.row(reading, number, line, header.delimiter);
        match header.record(&row, reading.options) {
            Ok(record) => reading.article(Some(Place::Line(number)), record::draft(&record, reading.options)),
            // Lines of a row that was told already are tried as rows of their own, in silence.
            Err((reason, message)) => {
                if number > told_to {
                    reading.problem(reason, Some(Place::Line(number)), message);
                }
                told_to = told_to.max(row.last);
                lines.give_back(row.rest);
            }
        }
    }
    if rows == 0 {
        reading.problem(Reason::NoBody, None, "a header row, but no rows below it");
    }
}

/// The columns of a table.
struct Header {
    columns: Vec<String>,
    delimiter: u8,
}

/// The first line that is not blank, split at the delimiter that gives the most columns we know.
fn header(reading: &mut Reading<'_>, lines: &mut Lines<'_>) -> Option<Header> {
    let (number, line) = loop {
        let Some((number, line)) = lines.next(reading) else {
            reading.problem(Reason::NoBody, None, "a table without a header row");
            return None;
        };
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line).trim_ascii().to_vec();
        // A spreadsheet's own note on its delimiter says nothing the columns do not say.
        if !line.is_empty() && !line.starts_with(b"sep=") {
            break (number, line);
        }
    };
    let Ok(text) = decode::decode(line, |_| None) else {
        reading.problem(Reason::NotText, Some(Place::Line(number)), "binary content, not text");
        return None;
    };
    let of = |delimiter: &u8| Header { columns: cells(&text, *delimiter, true), delimiter: *delimiter };
    let rank = |header: &Header| {
        let known = header.columns.iter().filter(|c| field_of(c, reading.options).is_some()).count();
        (known, header.columns.len())
    };
    // Of equals the last would win, and the likelier stand first.
    let best = DELIMITERS.iter().rev().map(of).max_by_key(rank)?;
    if best.columns.iter().any(|c| field_of(c, reading.options) == Some(Field::Text)) {
        return Some(best);
    }
    let seen: Vec<String> = best.columns.iter().take(TOLD).map(|c| c.chars().take(40).collect()).collect();
    let more = if best.columns.len() > TOLD { ", …" } else { "" };
    let message = format!(
        "no column is known to hold the text of an article; the first row has: {}{more}. \
         Name the column with --map text=COLUMN",
        seen.join(", ")
    );
    reading.problem(Reason::NoColumns, Some(Place::Line(number)), message);
    None
}

/// What a column holds: as the user says, else by its name.
fn field_of(column: &str, options: &Options) -> Option<Field> {
    let mapped = options.map.iter().find(|(_, path)| path == column);
    mapped.and_then(|(name, _)| Field::ours(name)).or_else(|| Field::named(column))
}

impl Header {
    /// A row as a record of its columns.
    fn record(&self, row: &Row, options: &Options) -> Result<Map<String, Value>, (Reason, String)> {
        let Ok(text) = decode::decode(row.bytes.clone(), |_| None) else {
            return Err((Reason::NotText, "binary content, not text".into()));
        };
        let cells = cells(&text, self.delimiter, row.quoted);
        let (has, wanted) = (cells.len(), self.columns.len());
        let beyond = cells.get(wanted..).unwrap_or_default();
        if !row.whole {
            let to = row.last;
            return Err((
                Reason::BadRow,
                format!("a quotation mark is opened and not closed up to line {to}"),
            ));
        }
        if has < wanted || beyond.iter().any(|c| !c.trim().is_empty()) {
            return Err((Reason::BadRow, format!("{has} columns, where the header has {wanted}")));
        }
        let mut record = Map::new();
        for (column, cell) in self.columns.iter().zip(cells) {
            let empty = record.get(column).and_then(Value::as_str).is_none_or(str::is_empty);
            if empty && !column.is_empty() {
                record.insert(column.clone(), value(column, cell, options));
            }
        }
        Ok(record)
    }
}

/// A cell's words; in a column of dates so many digits are seconds.
fn value(column: &str, cell: String, options: &Options) -> Value {
    let seconds = cell.len() > 8 && field_of(column, options) == Some(Field::Date);
    let number = if seconds { cell.parse::<i64>().ok() } else { None };
    number.map_or(Value::String(cell), Value::from)
}

/// The cells of a row.
fn cells(row: &str, delimiter: u8, quoted: bool) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(quoted)
        .delimiter(delimiter)
        .buffer_capacity(row.len().max(16))
        .from_reader(row.as_bytes());
    let mut cells = csv::StringRecord::new();
    match reader.read_record(&mut cells) {
        Ok(true) => cells.iter().map(|cell| cell.trim().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// One row, which may go over several lines.
struct Row {
    bytes: Vec<u8>,
    /// Its lines behind the first, to be read again if it turns out to be none.
    rest: Vec<(u64, Vec<u8>)>,
    last: u64,
    /// Whether marks around a cell are the table's own, not the article's.
    quoted: bool,
    whole: bool,
}

/// The lines of a table; some may be given back.
struct Lines<'a> {
    bytes: Box<dyn BufRead + 'a>,
    limit: usize,
    number: u64,
    returned: VecDeque<(u64, Vec<u8>)>,
    /// How many bytes may yet be given back: a table of open marks is not read over and over.
    again: usize,
}

impl Lines<'_> {
    fn next(&mut self, reading: &mut Reading<'_>) -> Option<(u64, Vec<u8>)> {
        if let Some(line) = self.returned.pop_front() {
            return Some(line);
        }
        loop {
            let mut line = Vec::new();
            self.number += 1;
            match capped_line(&mut *self.bytes, &mut line, self.limit) {
                Ok(Line::End) => return None,
                Ok(Line::Whole) => return Some((self.number, line)),
                Ok(Line::TooLong) => {
                    let message = format!("longer than the limit of {} bytes", self.limit);
                    reading.problem(Reason::TooLarge, Some(Place::Line(self.number)), message);
                }
                Err(error) => {
                    reading.failed(&error);
                    return None;
                }
            }
        }
    }

    /// The row that begins with `line`: it goes on while a mark is open.
    fn row(&mut self, reading: &mut Reading<'_>, number: u64, line: Vec<u8>, delimiter: u8) -> Row {
        let mut row = Row { bytes: line, rest: Vec::new(), last: number, quoted: true, whole: true };
        let first = row.bytes.len();
        let mut end = end_of(&row.bytes, delimiter, false);
        while end == End::Open {
            match self.next(reading) {
                Some((number, next)) if row.bytes.len() + next.len() <= self.limit => {
                    end = end_of(&next, delimiter, true);
                    row.bytes.extend_from_slice(&next);
                    row.rest.push((number, next));
                    row.last = number;
                }
                beyond => {
                    beyond.into_iter().for_each(|line| self.returned.push_front(line));
                    row.whole = false;
                    return row;
                }
            }
        }
        if end == End::NotQuoted {
            row.bytes.truncate(first);
            row.last = number;
            row.quoted = false;
            self.give_back(std::mem::take(&mut row.rest));
        }
        row
    }

    fn give_back(&mut self, lines: Vec<(u64, Vec<u8>)>) {
        let size = lines.iter().map(|(_, line)| line.len()).sum::<usize>();
        if size <= self.again {
            self.again -= size;
            for line in lines.into_iter().rev() {
                self.returned.push_front(line);
            }
        }
    }
}

/// How a line leaves the row it belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    /// A cell goes on in the next line.
    Open,
    /// A mark closes within a cell: it is the article's own, and no cell is in marks.
    NotQuoted,
}

/// Where a line ends, when it begins within a cell in marks or not.
fn end_of(line: &[u8], delimiter: u8, mut within: bool) -> End {
    let line = line.trim_ascii_end();
    let mut at = 0;
    loop {
        if !within {
            if line.get(at) == Some(&b'"') {
                at += 1;
            } else {
                match memchr::memchr(delimiter, &line[at..]) {
                    Some(next) => at += next + 1,
                    None => return End::Whole,
                }
                continue;
            }
        }
        within = true;
        let Some(mark) = memchr::memchr(b'"', &line[at..]) else { return End::Open };
        at += mark + 1;
        match line.get(at) {
            None => return End::Whole,
            Some(b'"') => at += 1,
            Some(next) if *next == delimiter => {
                at += 1;
                within = false;
            }
            Some(_) => return End::NotQuoted,
        }
    }
}
