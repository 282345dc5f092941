use xxhash_rust::xxh3::xxh3_64;

/// What stands in front of the checksum: the last line is an object of its own, so a sealed JSON
/// file is still JSON to whoever looks into it.
const BEFORE: &[u8] = b"\n{\"xxh3\":\"";
const AFTER: &[u8] = b"\"}\n";
const LENGTH: usize = BEFORE.len() + 16 + AFTER.len();

/// Content with its own checksum behind it, so that one byte gone wrong is noticed by whoever
/// reads it. Content and checksum are one file: they can only be replaced together.
pub(crate) fn sealed(content: &[u8]) -> Vec<u8> {
    let mut all = Vec::with_capacity(content.len() + LENGTH);
    all.extend_from_slice(content);
    all.extend_from_slice(BEFORE);
    all.extend_from_slice(format!("{:016x}", xxh3_64(content)).as_bytes());
    all.extend_from_slice(AFTER);
    all
}

/// The content of a sealed file, or None where it is not what was written.
pub(crate) fn opened(file: &[u8]) -> Option<&[u8]> {
    let content = &file[..file.len().checked_sub(LENGTH)?];
    (sealed(content) == file).then_some(content)
}

/// What is said of a file whose seal is broken.
pub(crate) const BROKEN: &str = "is not what was written: its checksum differs";

#[cfg(test)]
mod tests {
    use super::{opened, sealed};

    #[test]
    fn every_byte_of_a_sealed_file_counts() {
        let whole = sealed(b"{\"roots\": []}");
        assert_eq!(opened(&whole), Some(b"{\"roots\": []}".as_slice()));
        for place in 0..whole.len() {
            let mut other = whole.clone();
            other[place] ^= 1;
            assert_eq!(opened(&other), None, "byte {place}");
            assert_eq!(opened(&whole[..place]), None, "cut to {place} bytes");
        }
    }
}
