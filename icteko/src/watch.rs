//! How far a long run is, for a person at a terminal; where nobody watches, nothing is drawn.

use std::time::Duration;

use analysis::publish::{Part, Progress};
use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error that is gone when the work is done.
pub(crate) struct Watch {
    bar: ProgressBar,
}

impl Watch {
    /// Starts a bar; it stays hidden unless standard error is a terminal.
    pub(crate) fn start() -> Watch {
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(Duration::from_millis(200));
        Watch { bar }
    }

    /// Shows how far the work is.
    pub(crate) fn show(&self, progress: Progress) {
        let template = match progress.part {
            Part::Estimating(_) => "{spinner} [{bar:24}] {pos}/{len} {msg} ({elapsed})",
            _ => "{spinner} {msg} ({elapsed})",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("=> "));
        }
        self.bar.set_length(progress.total as u64);
        self.bar.set_position(progress.done as u64);
        self.bar.set_message(progress.to_string());
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
