//! How long a page of the preview takes from a save of its text until it is there.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::http::Visitor;
use super::measure::Spread;
use super::place::icteko;
use crate::pilot::Server;
use crate::step::root;

/// The text that is saved, the page that shows it, and how often.
const TEXT: &str = "content/fi/results/need.md";
const PAGE: &str = "/tampere/fi/results.html";
const SAVES: usize = 15;

/// What saves took, in seconds.
pub(super) struct Saves {
    seconds: Spread,
    peak: Option<f64>,
}

impl Saves {
    pub(super) fn print(&self) {
        println!(
            "| a page in the preview after a save | 1 | {:.3} | {:.3}-{:.3} | - | {:.0} | 0.3 s |",
            self.seconds.median,
            self.seconds.low,
            self.seconds.high,
            self.peak.unwrap_or(f64::NAN),
        );
    }
}

/// Saves a section again and again with other words, and waits for the page that shows them. The
/// tenth of a second in which the preview looks for changes is part of it.
pub(super) fn measure(program: &Path, folder: &Path, findings: &Path) -> Result<Saves, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let file = folder.join("handbook").join(TEXT);
    let text = fs::read_to_string(root().join("handbook").join(TEXT)).map_err(failed)?;
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(&file, &text).map_err(failed)?;
    let words = ["handbook", "preview", "--port", "0", "--findings"];
    let mut preview = icteko(program, folder, &words);
    preview.arg(findings);
    let server = Server::started(&mut preview)?;
    let visitor = Visitor::new(&server.host);
    let mut shown = visitor.get(PAGE)?.text;
    let mut seconds = Vec::new();
    for save in 0..SAVES {
        // Whoever writes reads the page for a while.
        thread::sleep(Duration::from_millis(700));
        let said = format!("Tallennus numero {save}.");
        let saved = Instant::now();
        fs::write(&file, format!("{text}\n\n{said}\n")).map_err(failed)?;
        // As the page's own script does: wait for the change, then load the page anew.
        while !shown.contains(&said) {
            if saved.elapsed() > Duration::from_secs(30) {
                return Err(format!("{said} is not in {PAGE} after half a minute"));
            }
            let since = generation(&shown).ok_or("a page without a number of changes")?;
            visitor.get(&format!("/_preview/changes?since={since}"))?;
            shown = visitor.get(PAGE)?.text;
        }
        seconds.push(saved.elapsed().as_secs_f64());
    }
    Ok(Saves {
        seconds: Spread::of(seconds.into_iter()),
        peak: server.peak_mib(),
    })
}

/// The number of changes that a page was made after.
fn generation(page: &str) -> Option<&str> {
    let rest = page.split("data-generation=\"").nth(1)?;
    rest.split('"').next()
}
