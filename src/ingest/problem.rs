use std::fmt;
use std::path::{Path, PathBuf};

/// Why a file, or one record of it, was not read. It travels beside the articles and never stops
/// a run.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// The member of an archive it is about, by its path in the archive.
    #[serde(default)]
    pub member: Option<String>,
    /// Where in it ("line 12", "record 3", "byte 4096"), where that is known.
    pub place: Option<String>,
    /// A stable short code of the reason ("not-text", "bad-json", "no-body" …): [`Reason::code`].
    pub code: String,
    /// What happened and what to do, in one sentence for people.
    pub message: String,
}

impl Problem {
    /// A problem with `path`; `message` says what happened to it in particular.
    pub fn new(reason: Reason, path: &Path, message: impl Into<String>) -> Problem {
        Problem {
            path: path.to_path_buf(),
            member: None,
            place: None,
            code: reason.code().to_owned(),
            message: message.into(),
        }
    }

    /// The same, at a place within the file.
    #[must_use]
    pub fn at(self, place: Option<String>) -> Problem {
        Problem { place, ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(member) = &self.member {
            write!(f, "!/{member}")?;
        }
        if let Some(place) = &self.place {
            write!(f, ", {place}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Every reason a [`Problem`] can have. Help, reports and readers all take code and explanation
/// from this one table.
macro_rules! reasons {
    ($($name:ident $code:literal $explained:literal)*) => {
        /// The reasons why something is not read, each with its stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Reason {
            $(#[doc = $explained] $name,)*
        }

        impl Reason {
            /// All reasons, in the order help shows them.
            pub const ALL: &[Reason] = &[$(Reason::$name),*];

            /// The stable short code: it stands in reports and never changes.
            pub fn code(self) -> &'static str {
                match self { $(Reason::$name => $code),* }
            }

            /// What it means, in one sentence.
            pub fn explained(self) -> &'static str {
                match self { $(Reason::$name => $explained),* }
            }
        }
    };
}

reasons! {
    Missing       "missing"        "There is no file or folder of this name."
    Unreadable    "unreadable"     "The system refused to open or read it (permissions, a fault of the disk)."
    DanglingLink  "dangling-link"  "A link to something that does not exist."
    LinkedFolder  "linked-folder"  "A link to a folder; links to folders are not followed. Name the folder itself."
    NotAFile      "not-a-file"     "A pipe, device or socket: never opened."
    UnknownFormat "unknown-format" "Not one of the formats that are read."
    NotText       "not-text"       "The content is binary, not text."
    Empty         "empty"          "There is nothing in the file."
    TooLarge      "too-large"      "A record, line or text beyond the limits."
    Unpacked      "unpacked-limit" "It unpacks to more than the limits allow."
    Truncated     "truncated"      "The file ends early or is damaged; what was whole has been read."
    BadArchive    "bad-archive"    "The directory or a header of an archive is damaged; members that could be found have been read."
    Encrypted     "encrypted"      "A member of an archive that is encrypted."
    UnknownPacking "unknown-packing" "A member of an archive packed in a way that is not read."
    TooNested     "too-nested"     "An archive within more archives than the limits allow."
    TooMany       "too-many"       "An archive of more members than the limits allow; those before have been read."
    BadJson       "bad-json"       "A record that is not valid JSON."
    BadRecord     "bad-record"     "A record of a file of many that is damaged; the next whole one is read."
    NotARecord    "not-a-record"   "Valid JSON, but not an object with the fields of an article."
    BadFrontMatter "bad-front-matter" "The block at the head of a Markdown file is not closed, or not valid YAML or TOML."
    BadXml        "bad-xml"        "XML that is not well formed; it was read as far as it goes."
    Withdrawn     "withdrawn"      "The publisher has cancelled the item or withholds it: it is left out, as asked."
    BadRow        "bad-row"        "A row of a table that has not the columns of its header."
    NoColumns     "no-columns"     "A table whose header row names no column for the text."
    TooDeep       "too-deep"       "Markup nested beyond the limit; the text was read, its structure was not."
    NoBody        "no-body"        "No text of an article was found."
}
