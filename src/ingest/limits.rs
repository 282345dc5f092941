use serde::{Deserialize, Serialize};

/// How much is read before something is given up: archives are not trusted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Bytes of one record: a line of JSONL, an item of an array, a whole text or HTML file.
    pub record: usize,
    /// Bytes of what has to be held whole before its articles are seen: a JSON document, a zip archive
    /// within another file.
    pub document: usize,
    /// Bytes of one article's text.
    pub text: usize,
    /// Bytes one file may unpack to, with all that is packed inside it.
    pub unpacked: u64,
    /// How many times its size a file may unpack to …
    pub ratio: u64,
    /// … once it has given this many bytes.
    pub ratio_after: u64,
    /// Levels of nested markup.
    pub depth: usize,
    /// Members of one file, those of archives within it included.
    pub members: u64,
    /// Archives within each other.
    pub nesting: usize,
}

const MIB: usize = 1024 * 1024;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            record: 16 * MIB,
            document: 256 * MIB,
            text: 8 * MIB,
            unpacked: 8 * 1024 * MIB as u64,
            ratio: 200,
            ratio_after: 16 * MIB as u64,
            depth: 256,
            members: 1_000_000,
            nesting: 2,
        }
    }
}
