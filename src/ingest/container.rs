use crate::ingest::decode::HEAD;
use crate::ingest::limits::Limits;
use flate2::bufread::MultiGzDecoder;
use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::rc::Rc;
use xxhash_rust::xxh3::Xxh3;

/// The unpacked bytes of a file, their beginning already looked at.
pub(crate) struct Unpacked<'a> {
    /// The first bytes.
    pub(crate) head: Vec<u8>,
    /// All bytes, from the first.
    pub(crate) bytes: Chain<Cursor<Vec<u8>>, Box<dyn BufRead + 'a>>,
    /// Whether it was compressed.
    pub(crate) packed: bool,
}

impl Unpacked<'_> {
    /// Bytes that are already held.
    pub(crate) fn held(bytes: Vec<u8>) -> Self {
        let head = bytes[..bytes.len().min(HEAD)].to_vec();
        let rest: Box<dyn BufRead> = Box::new(io::empty());
        Unpacked { head, bytes: Cursor::new(bytes).chain(rest), packed: false }
    }
}

/// Looks into `file` and takes off its compression, if it has one.
pub(crate) fn unpack<'a>(file: impl Read + 'a, limits: &Limits) -> io::Result<Unpacked<'a>> {
    let taken = Rc::new(Cell::new(0));
    let mut packed_bytes = BufReader::with_capacity(HEAD, Counted { inner: file, taken: Rc::clone(&taken) });
    let packed = packed_bytes.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    let mut inner: Box<dyn BufRead> = if packed {
        let bounded =
            Bounded { inner: MultiGzDecoder::new(packed_bytes), taken, given: 0, limits: limits.clone() };
        Box::new(BufReader::with_capacity(HEAD, bounded))
    } else {
        Box::new(packed_bytes)
    };
    // A damaged archive may fail here already; what came before the damage is kept, and the
    // reader of the rest meets the same error again.
    let mut head = Vec::new();
    let failed = inner.by_ref().take(HEAD as u64).read_to_end(&mut head).err();
    let rest: Box<dyn BufRead> = match failed {
        None => inner,
        Some(error) => Box::new(BufReader::new(Failed(Some(error)))),
    };
    Ok(Unpacked { bytes: Cursor::new(head.clone()).chain(rest), head, packed })
}

/// What a compressed file may not unpack to: the message of the error that ends its reading.
pub(crate) const BEYOND: &str = "unpacks to more than the limits allow";

/// The hash of everything read through it.
pub(crate) struct Hashed<R> {
    inner: R,
    hash: Rc<RefCell<Xxh3>>,
}

impl<R: Read> Hashed<R> {
    pub(crate) fn new(inner: R) -> (Hashed<R>, Rc<RefCell<Xxh3>>) {
        let hash = Rc::new(RefCell::new(Xxh3::new()));
        (Hashed { inner, hash: Rc::clone(&hash) }, hash)
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.borrow_mut().update(&buffer[..read]);
        Ok(read)
    }
}

/// Counts the bytes taken from the file, for the ratio.
struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}

/// Stops a file that unpacks to far more than it is.
struct Bounded<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
    given: u64,
    limits: Limits,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Asked before reading, so that what was within the limits is handed out first.
        let ratio = self.given > self.limits.ratio_after
            && self.given > self.taken.get().saturating_mul(self.limits.ratio);
        if ratio || self.given > self.limits.unpacked {
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, BEYOND));
        }
        let read = self.inner.read(buffer)?;
        self.given += read as u64;
        Ok(read)
    }
}

/// Gives the error once, then the end.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
