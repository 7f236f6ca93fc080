//! Has the answering path judged by Lighthouse with its own mobile settings, on a release build.
//!
//! Lighthouse slows processor and network down by arithmetic, so that the figures compare between
//! machines; a busy machine still makes them worse. The median of the rounds counts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::http::Visitor;
use super::place::{Place, release_program};
use crate::setup;
use crate::step::{root, run as run_command, step, target_dir};

/// What Lighthouse is asked about, with the least that will do, of 100.
const CATEGORIES: [(&str, u64); 3] = [
    ("performance", 95),
    ("accessibility", 100),
    ("best-practices", 100),
];

/// The latest that the first content may show, in milliseconds.
const FIRST_CONTENT: f64 = 1_500.0;

const ROUNDS: usize = 3;
const ATTEMPTS: usize = 3;

/// The command.
pub(super) fn run(args: &[String]) -> Result<(), String> {
    let named = match args {
        [] => None,
        [name, program] if name == "--program" => Some(Path::new(program)),
        _ => return Err("usage: cargo xtask bench lighthouse [--program PATH]".into()),
    };
    step("install Lighthouse and Chromium", || {
        setup::browser()?;
        setup::npm_packages(&home())
    })?;
    let place = Place::open(&release_program(named)?, "bench-lighthouse")?;
    println!(
        "| page | performance | accessibility | best practices | first content | layout shift |"
    );
    println!("| --- | --: | --: | --: | --: | --: |");
    let mut too_low = Vec::new();
    for (path, cookie) in pages(&place)? {
        let judged = median(&format!("http://{}{path}", place.server.host), &cookie)?;
        let scores = judged.scores;
        println!(
            "| `{path}` | {} | {} | {} | {:.1} s | {:.3} |",
            scores[0],
            scores[1],
            scores[2],
            judged.first_content / 1_000.0,
            judged.layout_shift
        );
        let low = CATEGORIES
            .iter()
            .zip(scores)
            .any(|((_, least), score)| score < *least);
        if low || judged.first_content > FIRST_CONTENT || judged.layout_shift > 0.0 {
            too_low.push(path);
        }
    }
    if too_low.is_empty() {
        return Ok(());
    }
    Err(format!("below what is promised: {}", too_low.join(", ")))
}

/// Every kind of page on the path, with the cookie it is seen with.
fn pages(place: &Place) -> Result<Vec<(String, String)>, String> {
    let mut visitor = Visitor::new(&place.server.host);
    let mut pages = vec![("/fi/answer".to_owned(), String::new())];
    let passed = visitor.enter(&place.code)?;
    let seen = |path: String, visitor: &Visitor| (path, visitor.cookie.clone());
    pages.extend(passed.into_iter().map(|path| seen(path, &visitor)));
    for page in ["information", "support"] {
        pages.push(seen(format!("/fi/answer/section/{page}"), &visitor));
    }
    pages.push(seen("/fi/answer/review".into(), &visitor));
    Ok(pages)
}

/// What Lighthouse says of one page.
struct Judged {
    /// Of 100, in the order of [`CATEGORIES`].
    scores: [u64; 3],
    /// Milliseconds.
    first_content: f64,
    layout_shift: f64,
}

/// The round in the middle by performance; the worst score of the other categories.
fn median(address: &str, cookie: &str) -> Result<Judged, String> {
    let mut rounds = (0..ROUNDS)
        .map(|_| judge(address, cookie))
        .collect::<Result<Vec<_>, _>>()?;
    rounds.sort_by_key(|judged| judged.scores[0]);
    let worst = |at: usize| rounds.iter().map(|judged| judged.scores[at]).min();
    let (accessibility, practices) = (worst(1).unwrap_or(0), worst(2).unwrap_or(0));
    let mut middle = rounds.swap_remove(ROUNDS / 2);
    middle.scores[1] = accessibility;
    middle.scores[2] = practices;
    Ok(middle)
}

fn judge(address: &str, cookie: &str) -> Result<Judged, String> {
    let report = target_dir().join("lighthouse.json");
    let categories = CATEGORIES.map(|(name, _)| name).join(",");
    let mut lighthouse = Command::new(home().join("node_modules/.bin/lighthouse"));
    lighthouse
        .arg(address)
        .args(["--quiet", "--output=json"])
        .arg(format!("--output-path={}", report.display()))
        .arg(format!("--only-categories={categories}"))
        .arg("--chrome-flags=--headless=new --no-sandbox");
    if !cookie.is_empty() {
        lighthouse.arg(format!("--extra-headers={{\"Cookie\":\"{cookie}\"}}"));
    }
    // It sometimes misses the start of the page load on a busy machine and asks to be run again.
    let mut outcome = run_command(&mut lighthouse);
    for _ in 1..ATTEMPTS {
        if outcome.is_err() {
            outcome = run_command(&mut lighthouse);
        }
    }
    outcome?;
    let text = fs::read_to_string(&report).map_err(|error| error.to_string())?;
    let report: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    read(address, &report)
}

/// Takes the figures out of a report; a page that was sent elsewhere was not judged.
fn read(address: &str, report: &Value) -> Result<Judged, String> {
    let shown = report["finalDisplayedUrl"].as_str().unwrap_or("");
    if shown != address {
        return Err(format!("{address} led to {shown}"));
    }
    let mut scores = [0; 3];
    for (score, (name, _)) in scores.iter_mut().zip(CATEGORIES) {
        let found = report["categories"][name]["score"].as_f64();
        *score = (found.ok_or_else(|| format!("{address}: no score for {name}"))? * 100.0).round()
            as u64;
    }
    let figure = |name: &str| {
        let value = report["audits"][name]["numericValue"].as_f64();
        value.ok_or_else(|| format!("{address}: no figure for {name}"))
    };
    Ok(Judged {
        scores,
        first_content: figure("first-contentful-paint")?,
        layout_shift: figure("cumulative-layout-shift")?,
    })
}

fn home() -> PathBuf {
    root().join("xtask/bench/lighthouse")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report(address: &str) -> Value {
        json!({
            "finalDisplayedUrl": address,
            "categories": {
                "performance": {"score": 0.98},
                "accessibility": {"score": 1},
                "best-practices": {"score": 1},
            },
            "audits": {
                "first-contentful-paint": {"numericValue": 801.5},
                "cumulative-layout-shift": {"numericValue": 0},
            },
        })
    }

    #[test]
    fn a_report_gives_scores_of_a_hundred() {
        let judged = read("http://a/b", &report("http://a/b")).expect("a whole report");
        assert_eq!(judged.scores, [98, 100, 100]);
        assert!((judged.first_content - 801.5).abs() < 1e-9);
    }

    #[test]
    fn a_page_that_leads_elsewhere_is_not_judged() {
        assert!(read("http://a/b", &report("http://a/fi/answer")).is_err());
    }

    #[test]
    fn a_page_without_a_score_is_not_judged() {
        let mut broken = report("http://a/b");
        broken["categories"]["performance"]["score"] = Value::Null;
        assert!(read("http://a/b", &broken).is_err());
    }
}
