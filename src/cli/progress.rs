//! The bar that moves on a terminal while articles are read.

use crate::index::{Progress, Stage};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on stderr, or nothing where it would not be seen.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new(seen: bool) -> Bar {
        let bar = ProgressBar::new(0);
        bar.set_draw_target(if seen {
            ProgressDrawTarget::stderr_with_hz(10)
        } else {
            ProgressDrawTarget::hidden()
        });
        let look = "{bar:30} {pos}/{len} files  {msg}  {eta}";
        if let Ok(style) = ProgressStyle::with_template(look) {
            bar.set_style(style);
        }
        Bar(bar)
    }

    pub(super) fn show(&self, progress: Progress) {
        if self.0.is_hidden() {
            return;
        }
        let doing = match progress.stage {
            Stage::Walking => "looking for articles",
            Stage::Reading => "reading",
            Stage::Finishing => "writing",
            Stage::Speakers => "joining names",
        };
        self.0.set_length(progress.files);
        self.0.set_position(progress.files_done);
        self.0.set_message(format!("{doing}: {} articles, {} quotes", progress.articles, progress.quotes));
    }

    pub(super) fn clear(&self) {
        self.0.finish_and_clear();
    }
}
