//! Prints the weights of `src/quotes/resolve/salience.rs` as the texts of a folder teach them:
//!
//! ```text
//! cargo run --release --example salience -- FOLDER
//! ```

use onrecord::quotes::learn_salience;
use onrecord::text::Text;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let mut files: Vec<_> = fs::read_dir(folder)?.filter_map(|f| Some(f.ok()?.path())).collect();
    files.sort();
    let read = files.iter().filter_map(|f| fs::read_to_string(f).ok()).map(Text::new);
    let (weights, right, pronouns) = learn_salience(&read.collect::<Vec<_>>());
    let weights: Vec<String> = weights.iter().map(|w| format!("{w:.2}")).collect();
    let lines = format!("[{}]\n{right:.3} of {pronouns} pronouns\n", weights.join(", "));
    io::Write::write_all(&mut io::stdout(), lines.as_bytes())
}
