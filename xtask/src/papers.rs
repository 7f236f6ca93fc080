//! An edition, looked at by programs that know the standards.
//!
//! PDF/UA-1 is judged by two checkers that have nothing to do with the typesetter, the form of the
//! files by qpdf, the order of reading by a walk of our own, EPUB 3.3 by `epubcheck`, pages by the
//! Nu HTML checker, data files by `csvw`; sheets are printed and counted. PDF/A-2a is held by the
//! typesetter alone: none of these judges it.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::step::{output, root, run as run_command, step, target_dir};
use crate::{pilot, setup, sheets};

// `outloud` warns of two things that are no faults here. ORD-001 takes what an element itself holds
// before what its children hold, and so finds another order in every line with a link;
// `xtask/papers/order.py` takes children where they stand. PAG-001 takes lines of text for running
// feet where pages end with lines that differ in a number only.

/// Rules of `pdfua` that stop by an error of their own on these files: the nesting of headings,
/// which the typesetter and `outloud` judge.
const CRASHES: &[&str] = &["UA-14-001"];

/// Checks an edition's folder: the one named, or the pilot's of the last walk.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let edition = args.first().map_or_else(
        || {
            target_dir()
                .join("pilot/data/editions")
                .join(pilot::CURRENT)
        },
        PathBuf::from,
    );
    let tools = step("set up: checkers of PDF, EPUB and data", setup::paper_tools)?;
    step("check the whole books", || check(&edition, &tools))?;
    step("check the data files", || data(&edition, &tools))?;
    step("check the markup of every page", || {
        sheets::markup(&edition)
    })?;
    step("print the sheets", || sheets::paper(&edition))
}

/// Has the files of every folder with metadata read by a program that knows CSV on the Web.
fn data(edition: &Path, tools: &Path) -> Result<(), String> {
    let mut all = Vec::new();
    sheets::below(edition, "json", &mut all)?;
    all.retain(|file| {
        file.file_name()
            .is_some_and(|name| name == "csv-metadata.json")
    });
    if all.is_empty() {
        return Err(format!("no data to check below {}", edition.display()));
    }
    let script = root().join("xtask/papers/tables.py");
    run_command(
        Command::new(tools.join("bin/python"))
            .arg(script)
            .args(&all),
    )
}

/// Checks every whole book below a folder.
pub(crate) fn check(edition: &Path, tools: &Path) -> Result<(), String> {
    let (mut pdfs, mut epubs) = (Vec::new(), Vec::new());
    sheets::below(edition, "pdf", &mut pdfs)?;
    sheets::below(edition, "epub", &mut epubs)?;
    if pdfs.is_empty() {
        return Err(format!("no book to check below {}", edition.display()));
    }
    for pdf in &pdfs {
        output(Command::new("qpdf").arg("--check").arg(pdf))?;
        facts(pdf)?;
        judged(tools, pdf)?;
    }
    run_command(
        Command::new(tools.join("bin/outloud"))
            .arg("--quiet")
            .args(&pdfs),
    )?;
    let order = root().join("xtask/papers/order.py");
    run_command(
        Command::new(tools.join("bin/python"))
            .arg(order)
            .args(&pdfs),
    )?;
    for epub in &epubs {
        // It is silent where there is neither an error nor a warning.
        let said = output(Command::new(tools.join("bin/epubcheck")).arg(epub))?;
        if !said.trim().is_empty() {
            return Err(format!("{}: {said}", epub.display()));
        }
    }
    eprintln!(
        "{} PDF and {} EPUB files, no fault",
        pdfs.len(),
        epubs.len()
    );
    Ok(())
}

/// What the file says of itself.
fn facts(pdf: &Path) -> Result<(), String> {
    let said = output(Command::new("pdfinfo").arg(pdf))?;
    for (name, value) in [
        ("Tagged:", "yes"),
        ("JavaScript:", "no"),
        ("Encrypted:", "no"),
    ] {
        let line = said
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap_or_default();
        if !line.ends_with(value) {
            return Err(format!("{}: {line}, not {value}", pdf.display()));
        }
    }
    Ok(())
}

/// The second checker; a rule that stops by an error of its own is known by name or a fault.
fn judged(tools: &Path, pdf: &Path) -> Result<(), String> {
    let said = Command::new(tools.join("bin/pdfua"))
        .args(["check", "--format", "json"])
        .arg(pdf)
        .output()
        .map_err(|error| format!("pdfua: {error}"))?;
    let text = String::from_utf8_lossy(&said.stdout);
    let report: Value =
        serde_json::from_str(&text).map_err(|error| format!("pdfua: {error}: {text}"))?;
    let faults = faults(&report);
    if faults.is_empty() {
        return Ok(());
    }
    Err(format!("{}: {}", pdf.display(), faults.join("; ")))
}

/// Findings, and rules that judged nothing though they are not known to.
fn faults(report: &Value) -> Vec<String> {
    let list = |key: &str| report[key].as_array().into_iter().flatten();
    let found = list("findings").map(Value::to_string);
    let skipped = list("skipped")
        .filter(|rule| !CRASHES.iter().any(|known| rule["rule_id"] == *known))
        .map(|rule| format!("not judged: {rule}"));
    let mut faults: Vec<String> = found.chain(skipped).collect();
    if report["summary"]["rules_run"].as_u64().unwrap_or(0) == 0 {
        faults.push("no rule was run".to_owned());
    }
    faults
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_rule_that_crashes_is_known_by_name_or_a_fault() {
        let report = |rule: &str| json!({"findings": [], "skipped": [{"rule_id": rule}], "summary": {"rules_run": 11}});
        assert!(faults(&report("UA-14-001")).is_empty());
        assert_eq!(faults(&report("UA-01-001")).len(), 1);
        let found = json!({"findings": [{"rule_id": "UA-07"}], "summary": {"rules_run": 11}});
        assert_eq!(faults(&found).len(), 1);
        assert_eq!(
            faults(&json!({})).len(),
            1,
            "a report of nothing is no pass"
        );
    }
}
