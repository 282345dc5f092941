use serde::{Deserialize, Serialize};

/// How much is read before something is given up: archives are not trusted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Bytes of one record: a line of JSONL, an item of an array, a whole text or HTML file.
    pub record: usize,
    /// Bytes of a JSON document that has to be read whole before its articles are seen.
    pub document: usize,
    /// Bytes of one article's text.
    pub text: usize,
    /// Bytes one compressed file may unpack to.
    pub unpacked: u64,
    /// How many times its size a file may unpack to …
    pub ratio: u64,
    /// … once it has given this many bytes.
    pub ratio_after: u64,
    /// Levels of nested markup.
    pub depth: usize,
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
        }
    }
}
