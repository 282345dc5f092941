use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Cite a quote or an article: a sentence, BibTeX or CSL-JSON.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord cite q7f3a1c                            a sentence to paste
  onrecord cite q7f3a1c --format bibtex >> refs.bib
  onrecord cite a81b20f --format csl-json          for Zotero, Pandoc and their like

What the article does not state is left out.")]
pub(in crate::cli) struct Cite {
    /// An id as search prints it, or its first six characters or more
    pub id: String,
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
    /// a list with one item of CSL-JSON
    CslJson,
}
