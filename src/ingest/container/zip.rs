//! zip: members as its directory lists them; where the directory is damaged, as they are found.

use crate::ingest::container::{Bounded, fill};
use crate::ingest::decode::HEAD;
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Place, Reading};
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;

/// A file, or bytes that are held, in which a reader can go back.
pub(crate) trait Bytes: Read + Seek {}

impl<T: Read + Seek> Bytes for T {}

const LOCAL: &[u8; 4] = b"PK\x03\x04";
const CENTRAL: &[u8; 4] = b"PK\x01\x02";
const END: &[u8; 4] = b"PK\x05\x06";
const END_64: &[u8; 4] = b"PK\x06\x06";
const TO_END_64: &[u8; 4] = b"PK\x06\x07";

/// The flag of a member whose sizes stand behind its content.
const OPEN_ENDED: u16 = 8;

/// Whether bytes begin like a zip archive, or like an empty one.
pub(crate) fn looks(head: &[u8]) -> bool {
    head.starts_with(LOCAL) || head.starts_with(END)
}

/// Where the directory lies.
struct Directory {
    at: u64,
    entries: u64,
    /// What stands before the archive: offsets count from behind it.
    before: u64,
}

/// A member as a header states it.
#[derive(Debug)]
struct Entry {
    name: Vec<u8>,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    /// Where its own header lies.
    header: u64,
}

impl Entry {
    fn is_encrypted(&self) -> bool {
        self.flags & 1 != 0 || self.method == 99
    }

    /// Whether its sizes stand behind its content.
    fn is_open_ended(&self) -> bool {
        self.flags & OPEN_ENDED != 0 && self.packed == 0
    }
}

/// Hands every member to `reading`.
pub(crate) fn read(reading: &mut Reading<'_>, file: &mut dyn Bytes) {
    let read = match directory(file) {
        Ok(Some(directory)) => listed(reading, file, &directory),
        Ok(None) => found(reading, file, 0),
        Err(error) => Err(error),
    };
    if let Err(error) = read {
        reading.failed(&error);
    }
}

/// The members the directory lists; those behind a damage in it as they are found.
fn listed(reading: &mut Reading<'_>, file: &mut dyn Bytes, directory: &Directory) -> io::Result<()> {
    let (mut at, mut behind) = (directory.at, 0);
    for _ in 0..directory.entries {
        let Some((mut entry, next)) = listed_entry(file, at)? else { return found(reading, file, behind) };
        entry.header = entry.header.saturating_add(directory.before);
        // The directory knows the sizes that the member's own header does not.
        entry.flags &= !OPEN_ENDED;
        at = next;
        let Some(start) = local_start(file, entry.header)? else {
            reading.refused_member(
                &entry.name,
                Reason::BadArchive,
                "nothing stands where the directory says",
            );
            continue;
        };
        member(reading, file, &entry, start)?;
        behind = behind.max(start.saturating_add(entry.packed));
        if reading.is_spent() {
            return Ok(());
        }
    }
    Ok(())
}

/// The members that are found from `at` on, one behind the other.
fn found(reading: &mut Reading<'_>, file: &mut dyn Bytes, at: u64) -> io::Result<()> {
    let message = "the directory of the archive is damaged or missing; its members were looked for";
    reading.problem(Reason::BadArchive, Some(Place::Byte(at)), message);
    let mut at = at;
    while let Some(header) = find(file, at, LOCAL)? {
        at = header + 4;
        let Some((entry, start)) = local_entry(file, header)? else { continue };
        let taken = member(reading, file, &entry, start)?;
        at = start.saturating_add(if entry.is_open_ended() { taken } else { entry.packed });
        if reading.is_spent() {
            return Ok(());
        }
    }
    Ok(())
}

/// Hands one member out; how many bytes of the file its content took.
fn member(reading: &mut Reading<'_>, file: &mut dyn Bytes, entry: &Entry, start: u64) -> io::Result<u64> {
    if entry.name.ends_with(b"/") {
        return Ok(0);
    }
    if entry.is_encrypted() {
        reading.refused_member(
            &entry.name,
            Reason::Encrypted,
            "encrypted; decrypt the archive to have it read",
        );
        return Ok(0);
    }
    if !matches!(entry.method, 0 | 8 | 93) || (entry.is_open_ended() && entry.method != 8) {
        let message = format!("packed in a way that is not read (method {})", entry.method);
        reading.refused_member(&entry.name, Reason::UnknownPacking, message);
        return Ok(0);
    }
    file.seek(SeekFrom::Start(start))?;
    let room = if entry.is_open_ended() { u64::MAX } else { entry.packed };
    let mut packed = BufReader::with_capacity(HEAD, file.take(room));
    let budget = Rc::clone(&reading.budget);
    let mut taken = 0;
    match entry.method {
        0 => reading.member(&entry.name, Box::new(Bounded::new(Checked::new(packed, entry), &budget))),
        8 => {
            let mut inflated = DeflateDecoder::new(&mut packed);
            let checked = Checked::new(&mut inflated, entry);
            reading.member(&entry.name, Box::new(Bounded::new(checked, &budget)));
            taken = inflated.total_in();
        }
        _ => {
            let unpacked = ::zstd::stream::read::Decoder::with_buffer(packed)?;
            reading.member(&entry.name, Box::new(Bounded::new(Checked::new(unpacked, entry), &budget)));
        }
    }
    Ok(taken)
}

/// The end of the archive tells where its directory lies.
fn directory(file: &mut dyn Bytes) -> io::Result<Option<Directory>> {
    let length = file.seek(SeekFrom::End(0))?;
    // The end record is followed by a comment of at most 64 KiB.
    let mut tail = vec![0; length.min(22 + 0xFFFF) as usize];
    file.seek(SeekFrom::Start(length - tail.len() as u64))?;
    let held = fill(file, &mut tail)?;
    tail.truncate(held);
    let Some(at) = memchr::memmem::rfind(&tail, END).filter(|at| tail.len() - at >= 22) else {
        return Ok(None);
    };
    let end = &tail[at..];
    let mut place = Directory { at: u32_at(end, 16), entries: u64::from(u16_at(end, 10)), before: 0 };
    let mut size = u32_at(end, 12);
    let mut end_at = length - (tail.len() - at) as u64;
    if at >= 20 && tail[at - 20..].starts_with(TO_END_64) {
        let wide_at = u64_at(&tail[at - 20..], 8);
        let mut wide = [0; 56];
        file.seek(SeekFrom::Start(wide_at))?;
        if fill(file, &mut wide)? < wide.len() || !wide.starts_with(END_64) {
            return Ok(None);
        }
        place = Directory { at: u64_at(&wide, 48), entries: u64_at(&wide, 32), before: 0 };
        size = u64_at(&wide, 40);
        end_at = wide_at;
    }
    let Some(at) = end_at.checked_sub(size) else { return Ok(None) };
    let Some(before) = at.checked_sub(place.at) else { return Ok(None) };
    // An archive that lists nothing although something stands in it is damaged.
    Ok((place.entries > 0 || length <= 22 + 0xFFFF && end_at == 0).then_some(Directory {
        at,
        before,
        ..place
    }))
}

/// The entry of the directory at `at`, and where the next one lies.
fn listed_entry(file: &mut dyn Bytes, at: u64) -> io::Result<Option<(Entry, u64)>> {
    let mut fixed = [0; 46];
    file.seek(SeekFrom::Start(at))?;
    if fill(file, &mut fixed)? < fixed.len() || !fixed.starts_with(CENTRAL) {
        return Ok(None);
    }
    let [name, extra, comment] = [28, 30, 32].map(|field| usize::from(u16_at(&fixed, field)));
    let mut rest = vec![0; name + extra];
    if fill(file, &mut rest)? < rest.len() {
        return Ok(None);
    }
    let mut entry = Entry {
        name: rest[..name].to_vec(),
        flags: u16_at(&fixed, 8),
        method: u16_at(&fixed, 10),
        crc: u32_at(&fixed, 16) as u32,
        packed: u32_at(&fixed, 20),
        size: u32_at(&fixed, 24),
        header: u32_at(&fixed, 42),
    };
    widen(&rest[name..], [&mut entry.size, &mut entry.packed, &mut entry.header]);
    Ok(Some((entry, at + (46 + name + extra + comment) as u64)))
}

/// The header before a member, and where its content begins.
fn local_entry(file: &mut dyn Bytes, at: u64) -> io::Result<Option<(Entry, u64)>> {
    let mut fixed = [0; 30];
    file.seek(SeekFrom::Start(at))?;
    if fill(file, &mut fixed)? < fixed.len() || !fixed.starts_with(LOCAL) {
        return Ok(None);
    }
    let [name, extra] = [26, 28].map(|field| usize::from(u16_at(&fixed, field)));
    let mut rest = vec![0; name + extra];
    if fill(file, &mut rest)? < rest.len() {
        return Ok(None);
    }
    let mut entry = Entry {
        name: rest[..name].to_vec(),
        flags: u16_at(&fixed, 6),
        method: u16_at(&fixed, 8),
        crc: u32_at(&fixed, 14) as u32,
        packed: u32_at(&fixed, 18),
        size: u32_at(&fixed, 22),
        header: at,
    };
    let mut unused = 0;
    widen(&rest[name..], [&mut entry.size, &mut entry.packed, &mut unused]);
    Ok(Some((entry, at + (30 + name + extra) as u64)))
}

fn local_start(file: &mut dyn Bytes, at: u64) -> io::Result<Option<u64>> {
    Ok(local_entry(file, at)?.map(|(_, start)| start))
}

/// Sizes that four bytes cannot hold stand in an extra field, in this order.
fn widen(mut extra: &[u8], fields: [&mut u64; 3]) {
    const ZIP64: u16 = 1;
    while extra.len() >= 4 {
        let length = usize::from(u16_at(extra, 2));
        let Some(content) = extra.get(4..4 + length) else { return };
        if u16_at(extra, 0) == ZIP64 {
            let mut values = content.chunks_exact(8).map(|bytes| u64_at(bytes, 0));
            for field in fields.into_iter().filter(|field| **field == u64::from(u32::MAX)) {
                *field = values.next().unwrap_or(*field);
            }
            return;
        }
        extra = &extra[4 + length..];
    }
}

/// Where `mark` next stands in the file.
fn find(file: &mut dyn Bytes, from: u64, mark: &[u8]) -> io::Result<Option<u64>> {
    let mut window = vec![0; HEAD];
    let mut at = from;
    loop {
        file.seek(SeekFrom::Start(at))?;
        let held = fill(file, &mut window)?;
        if let Some(found) = memchr::memmem::find(&window[..held], mark) {
            return Ok(Some(at + found as u64));
        }
        if held < window.len() {
            return Ok(None);
        }
        at += (held - mark.len()) as u64;
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u16_at(bytes, at)) | u64::from(u16_at(bytes, at + 2)) << 16
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u32_at(bytes, at) | u32_at(bytes, at + 4) << 32
}

/// A member's unpacked bytes, which must be those that were packed.
struct Checked<R> {
    inner: R,
    sum: Crc,
    stated: Option<(u32, u64)>,
    given: u64,
}

impl<R> Checked<R> {
    fn new(inner: R, entry: &Entry) -> Checked<R> {
        let stated = (!entry.is_open_ended()).then_some((entry.crc, entry.size));
        Checked { inner, sum: Crc::new(), stated, given: 0 }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.sum.update(&buffer[..read]);
        self.given += read as u64;
        let ended = read == 0 && !buffer.is_empty();
        match self.stated {
            Some((_, size)) if ended && self.given < size => {
                Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the member ends early"))
            }
            Some((crc, _)) if ended && self.sum.sum() != crc => {
                Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum is another"))
            }
            _ => Ok(read),
        }
    }
}
