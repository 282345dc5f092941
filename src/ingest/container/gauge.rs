use crate::ingest::limits::Limits;
use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::rc::Rc;
use xxhash_rust::xxh3::Xxh3;

/// What a compressed file may not unpack to: the message of the error that ends its reading.
pub(crate) const BEYOND: &str = "unpacks to more than the limits allow";

/// What one file was seen to take and to give, with all that is packed inside it.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    taken: Cell<u64>,
    given: Cell<u64>,
    members: Cell<u64>,
    unpacked: u64,
    ratio: u64,
    ratio_after: u64,
    members_at_most: u64,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Rc<Budget> {
        Rc::new(Budget {
            unpacked: limits.unpacked,
            ratio: limits.ratio,
            ratio_after: limits.ratio_after,
            members_at_most: limits.members,
            ..Budget::default()
        })
    }

    /// Counts bytes taken from the file.
    pub(crate) fn take(&self, bytes: u64) {
        self.taken.set(self.taken.get() + bytes);
    }

    /// Whether more came out than may: bytes or members.
    pub(crate) fn is_spent(&self) -> bool {
        let given = self.given.get();
        let ratio = given > self.ratio_after && given > self.taken.get().saturating_mul(self.ratio);
        ratio || given > self.unpacked || self.is_full()
    }

    /// Whether more members came out than may.
    pub(crate) fn is_full(&self) -> bool {
        self.members.get() > self.members_at_most
    }

    /// Counts a member; false where it is one too many.
    pub(crate) fn admits_member(&self) -> bool {
        self.members.set(self.members.get() + 1);
        !self.is_full()
    }
}

/// Counts the bytes taken from the file, for the ratio.
pub(crate) struct Counted<R> {
    inner: R,
    budget: Rc<Budget>,
}

impl<R> Counted<R> {
    pub(crate) fn new(inner: R, budget: &Rc<Budget>) -> Counted<R> {
        Counted { inner, budget: Rc::clone(budget) }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.budget.take(read as u64);
        Ok(read)
    }
}

/// Stops a file that unpacks to far more than it is.
pub(crate) struct Bounded<R> {
    inner: R,
    budget: Rc<Budget>,
}

impl<R> Bounded<R> {
    pub(crate) fn new(inner: R, budget: &Rc<Budget>) -> Bounded<R> {
        Bounded { inner, budget: Rc::clone(budget) }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Asked before reading, so that what was within the limits is handed out first.
        if self.budget.is_spent() {
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, BEYOND));
        }
        let read = self.inner.read(buffer).map_err(as_damage)?;
        self.budget.given.set(self.budget.given.get() + read as u64);
        Ok(read)
    }
}

/// What a decoder complains of is damage; what the system complains of stays what it is.
fn as_damage(error: io::Error) -> io::Error {
    let foreign = error.raw_os_error().is_none() && error.kind() == io::ErrorKind::Other;
    if foreign { io::Error::new(io::ErrorKind::InvalidData, error.to_string()) } else { error }
}

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
