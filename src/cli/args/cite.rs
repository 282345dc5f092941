use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Cite quotes and articles: sentences, BibTeX or CSL-JSON.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord cite q7f3a1c                            a sentence to paste
  onrecord cite q7f3a1c a81b20f --format bibtex >> refs.bib
  onrecord cite a81b20f --format csl-json          for Zotero, Pandoc and their like

What the article does not state is left out. An id that nothing has is told, and the others are cited.")]
pub(in crate::cli) struct Cite {
    /// Ids as search prints them, or their first six characters or more
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    /// Look in the index of FOLDER
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// How to cite
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Citation,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Citation {
    /// a sentence
    Text,
    /// an entry of BibTeX
    Bibtex,
    /// a list of CSL-JSON, an item for each
    CslJson,
}
