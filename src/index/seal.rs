use xxhash_rust::xxh3::xxh3_64;

/// What stands in front of the checksum: the last line is an object of its own, so a sealed JSON
/// file is still JSON to whoever looks into it.
const BEFORE: &[u8] = b"\n{\"xxh3\":\"";
const AFTER: &[u8] = b"\"}\n";
const LENGTH: usize = BEFORE.len() + 16 + AFTER.len();

/// Content with its own checksum behind it, so that one byte gone wrong is noticed by whoever
/// reads it. Content and checksum are one file: they can only be replaced together.
pub(crate) fn sealed(content: &[u8]) -> Vec<u8> {
    [content, &seal(content)].concat()
}

/// The content of a sealed file, or None where it is not what was written.
pub(crate) fn opened(file: &[u8]) -> Option<&[u8]> {
    let (content, behind) = file.split_at(file.len().checked_sub(LENGTH)?);
    (seal(content) == behind).then_some(content)
}

fn seal(content: &[u8]) -> Vec<u8> {
    [BEFORE, format!("{:016x}", xxh3_64(content)).as_bytes(), AFTER].concat()
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
