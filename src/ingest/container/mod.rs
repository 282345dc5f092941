//! A file is a stream of members, each a name and bytes; a plain file is the case of one.
//!
//! Compression is taken off here, and [`zip`] and [`tar`] tell their members one after the other.
//! Nothing is ever written to disk, and what all of it unpacks to is counted in one [`Budget`].

mod gauge;
pub(crate) mod tar;
pub(crate) mod zip;

pub(crate) use gauge::{BEYOND, Bounded, Budget, Counted, Hashed};

use crate::ingest::decode::HEAD;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::rc::Rc;

/// The unpacked bytes of a file, their beginning already looked at.
pub(crate) struct Unpacked<'a> {
    /// All bytes, from the first: those that were looked at, and the rest.
    pub(crate) bytes: Chain<Cursor<Vec<u8>>, Box<dyn BufRead + 'a>>,
    /// Whether it was compressed.
    pub(crate) packed: bool,
    /// Whether the beginning is all of it.
    whole: bool,
    /// The text that all of it is, once that is known.
    pub(crate) text: Option<String>,
}

impl<'a> Unpacked<'a> {
    /// Bytes that are already held.
    pub(crate) fn held(bytes: Vec<u8>) -> Self {
        let whole = bytes.len() <= HEAD;
        Unpacked { whole, ..Unpacked::begun(bytes, Box::new(io::empty()), false) }
    }

    fn begun(head: Vec<u8>, rest: Box<dyn BufRead + 'a>, packed: bool) -> Self {
        Unpacked { bytes: Cursor::new(head).chain(rest), packed, whole: false, text: None }
    }

    /// The first bytes.
    pub(crate) fn head(&self) -> &[u8] {
        let held = self.bytes.get_ref().0.get_ref();
        &held[..held.len().min(HEAD)]
    }

    /// Keeps what the beginning was decoded to, where that is all, letter for letter: nobody decodes it again.
    pub(crate) fn keep(&mut self, decoded: String) {
        if self.whole && decoded.as_bytes() == self.head() {
            self.text = Some(decoded);
        }
    }
}

/// Bytes read at a time: a usual article, at most a few of them.
const BUFFER: usize = 16 << 10;

/// A zstd stream may ask its reader for so much memory and no more (2 to the power of this).
const ZSTD_WINDOW: u32 = 27;

/// Looks into `from` and takes off its compression, if it has one.
pub(crate) fn unpack<'a>(from: Box<dyn Read + 'a>, budget: &Rc<Budget>) -> io::Result<Unpacked<'a>> {
    let mut from: Box<dyn Read + 'a> = from;
    let (head, failed) = beginning(&mut from);
    let rest: Box<dyn Read + 'a> = match failed {
        None => from,
        Some(error) => Box::new(Failed(Some(error))),
    };
    let gzip = is_gzip(&head);
    if !gzip && !is_zstd(&head) {
        let rest: Box<dyn BufRead> = Box::new(BufReader::with_capacity(BUFFER, rest));
        return Ok(Unpacked::begun(head, rest, false));
    }
    let packed = BufReader::with_capacity(BUFFER, Cursor::new(head).chain(rest));
    let mut inner: Box<dyn BufRead + 'a> = if gzip {
        bounded(MultiGzDecoder::new(packed), budget)
    } else {
        let mut decoder = ::zstd::stream::read::Decoder::with_buffer(packed)?;
        decoder.window_log_max(ZSTD_WINDOW)?;
        bounded(decoder, budget)
    };
    // A damaged archive may fail here already; what came before the damage is kept, and the
    // reader of the rest meets the same error again.
    let (head, failed) = beginning(&mut inner);
    let rest: Box<dyn BufRead> = match failed {
        None => inner,
        Some(error) => Box::new(BufReader::new(Failed(Some(error)))),
    };
    Ok(Unpacked::begun(head, rest, true))
}

/// The same of all bytes of a file.
pub(crate) fn unpack_held<'a>(bytes: Vec<u8>, budget: &Rc<Budget>) -> io::Result<Unpacked<'a>> {
    budget.take(bytes.len() as u64);
    match is_gzip(&bytes) || is_zstd(&bytes) {
        true => unpack(Box::new(Cursor::new(bytes)), budget),
        false => Ok(Unpacked::held(bytes)),
    }
}

/// The first bytes, and what went wrong after them.
fn beginning(from: &mut impl Read) -> (Vec<u8>, Option<io::Error>) {
    // With room for a usual article: what begins small is asked for bit by bit.
    let mut head = Vec::with_capacity(BUFFER);
    let failed = from.take(HEAD as u64).read_to_end(&mut head).err();
    (head, failed)
}

fn bounded<'a>(inner: impl Read + 'a, budget: &Rc<Budget>) -> Box<dyn BufRead + 'a> {
    Box::new(BufReader::with_capacity(BUFFER, Bounded::new(inner, budget)))
}

fn is_gzip(start: &[u8]) -> bool {
    start.starts_with(&[0x1F, 0x8B])
}

/// A frame of zstd, or one that its readers skip.
fn is_zstd(start: &[u8]) -> bool {
    match *start {
        [0x28, 0xB5, 0x2F, 0xFD, ..] => true,
        [first, 0x2A, 0x4D, 0x18, ..] => (0x50..=0x5F).contains(&first),
        _ => false,
    }
}

/// Gives the error once, then the end.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Reads until `buffer` is full or the end; how much that was.
fn fill(from: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut held = 0;
    while held < buffer.len() {
        match from.read(&mut buffer[held..]) {
            Ok(0) => break,
            Ok(read) => held += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(held)
}
