use crate::ingest::decode;
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Opened, Place, Reading};
use std::io::{self, BufRead, Cursor};

/// One record of a file of many.
pub(crate) enum Record<'a> {
    /// Its text.
    Whole(std::borrow::Cow<'a, str>),
    /// It is longer than this many bytes, and was read past without being held.
    TooLong(usize),
}

/// What is done with each record.
type Each<'a> = &'a mut dyn FnMut(&mut Reading<'_>, Place, Record<'_>);

/// Every line that is not blank.
pub(crate) fn lines(reading: &mut Reading<'_>, opened: Opened<'_>, limit: usize, each: Each<'_>) {
    let Some(mut bytes) = eight_bit(reading, opened) else { return };
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        match capped_line(&mut *bytes, &mut line, limit) {
            Ok(Line::End) => return,
            Ok(Line::Whole) => give(reading, Place::Line(number), &line, each),
            Ok(Line::TooLong) => each(reading, Place::Line(number), Record::TooLong(limit)),
            Err(error) => return reading.failed(&error),
        }
    }
}

/// Whether a document ends before a line, or after it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Cut {
    Before,
    After,
    None,
}

/// What is done with each document: its number, and its bytes unless they are beyond the limit.
type EachDocument<'a> = &'a mut dyn FnMut(&mut Reading<'_>, u64, Option<&[u8]>);

/// Every document of many lines, each with its number; `cut` tells of each line whether one ends there.
pub(crate) fn documents(
    reading: &mut Reading<'_>,
    opened: Opened<'_>,
    limit: usize,
    cut: &mut dyn FnMut(&[u8]) -> Cut,
    each: EachDocument<'_>,
) {
    let Some(mut bytes) = eight_bit(reading, opened) else { return };
    let mut line = Vec::new();
    let mut document = Document { limit, ..Document::default() };
    loop {
        line.clear();
        match capped_line(&mut *bytes, &mut line, limit) {
            Ok(Line::End) => break,
            Ok(_) => {}
            Err(error) => {
                document.hand_out(reading, each);
                return reading.failed(&error);
            }
        }
        let cut = cut(&line);
        if cut == Cut::Before {
            document.hand_out(reading, each);
        }
        document.take(&line);
        if cut == Cut::After {
            document.hand_out(reading, each);
        }
    }
    document.hand_out(reading, each);
}

/// The lines of a document so far.
#[derive(Default)]
struct Document {
    limit: usize,
    bytes: Vec<u8>,
    too_long: bool,
    number: u64,
}

impl Document {
    fn take(&mut self, line: &[u8]) {
        self.too_long |= self.bytes.len() + line.len() > self.limit;
        if !self.too_long {
            self.bytes.extend_from_slice(line);
        }
    }

    fn hand_out(&mut self, reading: &mut Reading<'_>, each: EachDocument<'_>) {
        if self.too_long || !self.bytes.trim_ascii().is_empty() {
            self.number += 1;
            each(reading, self.number, (!self.too_long).then_some(&self.bytes));
        }
        self.bytes.clear();
        self.too_long = false;
    }
}

/// Gives the text of a record, unless it has none.
pub(crate) fn give(reading: &mut Reading<'_>, place: Place, bytes: &[u8], each: Each<'_>) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii();
    if bytes.is_empty() {
        return;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => each(reading, place, Record::Whole(text.into())),
        Err(_) => match decode::decode(bytes.to_vec(), |_| None) {
            Ok(text) => each(reading, place, Record::Whole(text.into())),
            Err(decode::NotText) => reading.problem(Reason::NotText, Some(place), "binary content, not text"),
        },
    }
}

/// How a line was read.
pub(crate) enum Line {
    Whole,
    TooLong,
    End,
}

/// Reads up to the next line break, but holds no more than `limit` bytes.
pub(crate) fn capped_line(from: &mut dyn BufRead, line: &mut Vec<u8>, limit: usize) -> io::Result<Line> {
    let mut length = 0;
    loop {
        let buffer = from.fill_buf()?;
        if buffer.is_empty() {
            return Ok(if length == 0 { Line::End } else { fits(length, limit) });
        }
        let (taken, ended) = match memchr::memchr(b'\n', buffer) {
            Some(at) => (at + 1, true),
            None => (buffer.len(), false),
        };
        let room = (limit + 1).saturating_sub(line.len()).min(taken);
        line.extend_from_slice(&buffer[..room]);
        from.consume(taken);
        length += taken;
        if ended {
            return Ok(fits(length - 1, limit));
        }
    }
}

fn fits(length: usize, limit: usize) -> Line {
    if length > limit { Line::TooLong } else { Line::Whole }
}

/// Every item of a JSON array, cut out by brackets and strings alone, so that a bad item does
/// not stop the next, and no more than one is held.
pub(crate) fn items(reading: &mut Reading<'_>, opened: Opened<'_>, limit: usize, each: Each<'_>) {
    let Some(mut bytes) = eight_bit(reading, opened) else { return };
    let mut cutter = Cutter { limit, ..Cutter::default() };
    loop {
        let buffer = match bytes.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) => return reading.failed(&error),
        };
        if buffer.is_empty() {
            break;
        }
        let taken = buffer.len();
        for byte in buffer {
            if cutter.take(*byte) {
                cutter.hand_out(reading, each);
            }
        }
        bytes.consume(taken);
    }
    if cutter.number == 0 && cutter.ended {
        reading.problem(Reason::NoBody, None, "an empty array");
    } else if cutter.depth > 0 {
        cutter.hand_out(reading, each);
        reading.problem(Reason::BadJson, None, "the array is cut off: its closing bracket is missing");
    } else if cutter.after_end {
        reading.problem(Reason::BadJson, None, "something follows the closing bracket of the array");
    }
}

/// Where in an array of JSON the reader stands.
#[derive(Default)]
struct Cutter {
    limit: usize,
    item: Vec<u8>,
    length: usize,
    number: u64,
    depth: usize,
    in_string: bool,
    escaped: bool,
    ended: bool,
    after_end: bool,
}

impl Cutter {
    /// Takes a byte; true when it ends an item.
    fn take(&mut self, byte: u8) -> bool {
        if self.ended {
            self.after_end |= !byte.is_ascii_whitespace();
            return false;
        }
        if self.in_string {
            self.in_string = self.escaped || byte != b'"';
            self.escaped = !self.escaped && byte == b'\\';
        } else {
            match byte {
                b'"' => self.in_string = true,
                b'[' | b'{' => self.depth += 1,
                b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            let opens = self.depth == 1 && byte == b'[' && self.number == 0 && self.length == 0;
            let parts = self.depth == 1 && byte == b',';
            self.ended = self.depth == 0 && matches!(byte, b']' | b'}');
            if opens || parts || self.ended {
                let empty = self.ended && self.number == 0 && self.item.trim_ascii().is_empty();
                return !opens && !empty;
            }
        }
        if self.depth > 0 {
            self.length += 1;
            if self.item.len() <= self.limit {
                self.item.push(byte);
            }
        }
        false
    }

    fn hand_out(&mut self, reading: &mut Reading<'_>, each: Each<'_>) {
        self.number += 1;
        let place = Place::Record(self.number);
        if self.length > self.limit {
            each(reading, place, Record::TooLong(self.limit));
        } else {
            give(reading, place, &self.item, each);
        }
        self.item.clear();
        self.length = 0;
    }
}

/// The bytes in an encoding in which a line break is a byte: UTF-16 is read whole and decoded.
pub(crate) fn eight_bit<'a>(reading: &mut Reading<'_>, opened: Opened<'a>) -> Option<Box<dyn BufRead + 'a>> {
    if decode::is_utf16(opened.head()) {
        let text = reading.text(opened, reading.options.limits.document)?;
        return Some(Box::new(Cursor::new(text.into_bytes())));
    }
    Some(Box::new(opened.bytes))
}
