//! tar: headers of 512 bytes, each before its member. Read as a stream, member after member; after
//! a damaged header the next whole one is looked for.

use crate::ingest::container::fill;
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Opened, Place, Reading};
use std::io::{self, Read};

const BLOCK: usize = 512;
/// A name longer than this is cut.
const NAME: u64 = 64 * 1024;

/// Whether bytes begin with a header of tar.
pub(crate) fn looks(head: &[u8]) -> bool {
    head.get(..BLOCK).is_some_and(is_header)
}

/// The sum over a header, its own field counted as spaces, stands in it.
fn is_header(block: &[u8]) -> bool {
    let Some(stated) = number(&block[148..156]) else { return false };
    let sum: u64 = block.iter().map(|b| u64::from(*b)).sum();
    let own: u64 = block[148..156].iter().map(|b| u64::from(*b)).sum();
    block[0] != 0 && stated == sum - own + 8 * u64::from(b' ')
}

/// A number in octal digits, or, with its first bit set, in base 256.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let first = u64::from(field[0] & 0x7F);
        return field[1..].iter().try_fold(first, |n, b| n.checked_mul(256)?.checked_add(u64::from(*b)));
    }
    let digits = field.split(|b| *b == 0).next()?.trim_ascii();
    let digit = |n: u64, b: &u8| {
        (b'0'..=b'7').contains(b).then(|| n.checked_mul(8)?.checked_add(u64::from(b - b'0')))?
    };
    digits.iter().try_fold(0, digit)
}

/// Where in the archive the reader stands.
struct Tape<'a> {
    bytes: Box<dyn Read + 'a>,
    at: u64,
    /// Whether a header or a member was cut or refused: said once.
    broken: bool,
    /// What the next header's extensions state of its member.
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

/// Hands every member to `reading`.
pub(crate) fn read(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let mut tape = Tape { bytes: Box::new(opened.bytes), at: 0, broken: false, name: None, size: None };
    let (mut ended, mut lost) = (false, false);
    loop {
        let start = tape.at;
        let mut block = [0; BLOCK];
        match tape.fill(&mut block) {
            Ok(0) => break,
            Ok(BLOCK) => {}
            Ok(_) => return cut(reading, start),
            Err(error) => return reading.failed(&error),
        }
        if block.iter().all(|b| *b == 0) {
            // Archives may have been put one behind the other.
            ended = true;
        } else if is_header(&block) {
            (ended, lost) = (false, false);
            match entry(reading, &mut tape, &block) {
                Ok(()) if reading.budget.is_full() => return,
                Ok(()) => {}
                Err(_) if tape.broken => return,
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return cut(reading, start),
                Err(error) => return reading.failed(&error),
            }
        } else if !lost && !ended {
            lost = true;
            let message = "a damaged header; the next whole member is looked for";
            reading.problem(Reason::BadArchive, Some(Place::Byte(start)), message);
        }
    }
    if !ended {
        cut(reading, tape.at);
    }
}

fn cut(reading: &mut Reading<'_>, at: u64) {
    reading.problem(
        Reason::Truncated,
        Some(Place::Byte(at)),
        "the archive ends early; what was whole has been read",
    );
}

/// One header and what belongs to it.
fn entry(reading: &mut Reading<'_>, tape: &mut Tape<'_>, block: &[u8; BLOCK]) -> io::Result<()> {
    let stated = number(&block[124..136]);
    let size = tape.size.filter(|_| !matches!(block[156], b'x' | b'g' | b'L' | b'K')).or(stated);
    let Some(size) = size else {
        reading.problem(Reason::BadArchive, Some(Place::Byte(tape.at)), "a member without a size");
        return Ok(());
    };
    match block[156] {
        b'L' => {
            let mut name = tape.start(size, NAME)?;
            name.truncate(name.iter().position(|b| *b == 0).unwrap_or(name.len()));
            tape.name = Some(name);
        }
        b'x' => {
            let records = tape.start(size, NAME * 4)?;
            tape.extend(&records);
        }
        b'0' | 0 | b'7' => {
            let name = tape.name.take().unwrap_or_else(|| name(block));
            tape.size = None;
            return tape.member(reading, &name, size);
        }
        b'S' => {
            let name = tape.name.take().unwrap_or_else(|| name(block));
            reading.refused_member(
                &name,
                Reason::UnknownPacking,
                "a sparse file within a tar archive is not read",
            );
            tape.skip(size)?;
        }
        kind => {
            // Folders, links and devices have no content; a global header states nothing we use.
            if !matches!(kind, b'g' | b'K') {
                (tape.name, tape.size) = (None, None);
            }
            let bare = matches!(kind, b'1'..=b'6');
            tape.skip(if bare { 0 } else { size })?;
        }
    }
    Ok(())
}

fn name(block: &[u8; BLOCK]) -> Vec<u8> {
    let field = |from: usize, to: usize| block[from..to].split(|b| *b == 0).next().unwrap_or_default();
    let (name, prefix) = (field(0, 100), field(345, 500));
    // Only the POSIX form has a prefix; GNU's keeps other things there.
    if prefix.is_empty() || &block[257..263] != b"ustar\0" {
        return name.to_vec();
    }
    [prefix, b"/", name].concat()
}

impl Tape<'_> {
    fn fill(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = fill(&mut *self.bytes, buffer)?;
        self.at += read as u64;
        Ok(read)
    }

    /// Hands a member out and goes on behind it.
    fn member(&mut self, reading: &mut Reading<'_>, name: &[u8], size: u64) -> io::Result<()> {
        let mut left = size;
        let mut failed = false;
        let member = Member { bytes: &mut *self.bytes, left: &mut left, failed: &mut failed };
        reading.member(name, Box::new(member));
        self.broken |= failed;
        self.at += size - left;
        // What came out before the limit on bytes was met is still to be told; members are not.
        if reading.budget.is_full() {
            return Ok(());
        }
        self.skip_by(left, size)
    }

    /// The first bytes of an extension.
    fn start(&mut self, size: u64, at_most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; size.min(at_most) as usize];
        let read = self.fill(&mut bytes)?;
        if read < bytes.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.skip_by(size - read as u64, size)?;
        Ok(bytes)
    }

    fn skip(&mut self, size: u64) -> io::Result<()> {
        self.skip_by(size, size)
    }

    /// Reads past what is `left` of a content of `size`, and past what fills its last block.
    fn skip_by(&mut self, left: u64, size: u64) -> io::Result<()> {
        let padding = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
        let wanted = left.saturating_add(padding);
        let skipped = io::copy(&mut (&mut *self.bytes).take(wanted), &mut io::sink())?;
        self.at += skipped;
        // The filling of the last block is nobody's loss.
        if skipped < left { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// Records `length key=value` of the POSIX extension.
    fn extend(&mut self, mut records: &[u8]) {
        while let Some(space) = records.iter().position(|b| *b == b' ') {
            let length = std::str::from_utf8(&records[..space]).ok().and_then(|n| n.parse::<usize>().ok());
            let Some(record) = length.and_then(|length| records.get(space + 1..length)) else { return };
            let record = record.strip_suffix(b"\n").unwrap_or(record);
            if let Some(path) = record.strip_prefix(b"path=") {
                self.name = Some(path.to_vec());
            } else if let Some(size) = record.strip_prefix(b"size=") {
                self.size = std::str::from_utf8(size).ok().and_then(|n| n.parse().ok());
            }
            records = &records[space + 1 + record.len()..];
            records = records.strip_prefix(b"\n").unwrap_or(records);
        }
    }
}

/// The bytes of one member; an end before its size is an error.
struct Member<'a> {
    bytes: &'a mut dyn Read,
    left: &'a mut u64,
    failed: &'a mut bool,
}

impl Read for Member<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(*self.left).unwrap_or(usize::MAX).min(buffer.len());
        if room == 0 {
            return Ok(0);
        }
        match self.bytes.read(&mut buffer[..room]) {
            Ok(0) => {
                *self.failed = true;
                Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends within it"))
            }
            Ok(read) => {
                *self.left -= read as u64;
                Ok(read)
            }
            Err(error) => {
                *self.failed = true;
                Err(error)
            }
        }
    }
}
