//! Pages of an edition as a browser and the Nu HTML checker take them: every page without an error,
//! the situation picture on one A4, a slide on each page of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::setup;
use crate::step::{output, root, target_dir};

/// Has every page below a folder judged by the Nu HTML checker; warnings count as well.
pub(crate) fn markup(edition: &Path) -> Result<(), String> {
    let home = root().join("xtask/papers");
    setup::npm_packages(&home)?;
    let checker = home.join("node_modules/vnu-jar/build/dist/vnu.jar");
    let mut pages = Vec::new();
    below(edition, "html", &mut pages)?;
    if pages.is_empty() {
        return Err(format!("no page to check below {}", edition.display()));
    }
    let said = judged(&checker, &pages)?;
    if !said.is_empty() {
        return Err(format!("the Nu HTML checker:\n{said}"));
    }
    // A checker that finds nothing anywhere would pass as well.
    let broken = target_dir().join("papers/broken.html");
    save(
        &broken,
        "<!doctype html><title>A</title><p><div id=a id=a></p>",
    )?;
    if judged(&checker, &[broken])?.is_empty() {
        return Err("the Nu HTML checker takes a broken page for sound".to_owned());
    }
    eprintln!("{} pages, no error and no warning", pages.len());
    Ok(())
}

/// What the checker says of pages, empty where it has nothing to say.
fn judged(checker: &Path, pages: &[PathBuf]) -> Result<String, String> {
    let said = Command::new("java")
        .arg("-jar")
        .arg(checker)
        .args(["--skip-info-messages", "--exit-zero-always", "--stdout"])
        .args(["--format", "gnu"])
        .args(pages)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("java: {error}"))?;
    if !said.status.success() {
        return Err(format!("the Nu HTML checker ended with {}", said.status));
    }
    Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

/// Prints the sheets of every population and language and counts their pages.
pub(crate) fn paper(edition: &Path) -> Result<(), String> {
    setup::browser()?;
    let mut pages = Vec::new();
    below(edition, "html", &mut pages)?;
    let named = |name: &'static str| {
        let is_named = move |page: &&PathBuf| page.file_name().is_some_and(|it| it == name);
        pages.iter().filter(is_named)
    };
    let mut sheets: Vec<(&PathBuf, usize)> = named("picture.html").map(|page| (page, 1)).collect();
    let pictures = sheets.len();
    for page in named("summary.html") {
        let text = fs::read_to_string(page).map_err(|error| at(page, error))?;
        sheets.push((page, text.matches("<section class=\"slide").count()));
    }
    if pictures == 0 || sheets.len() != 2 * pictures {
        return Err(format!("no sheets below {}", edition.display()));
    }
    let folder = target_dir().join("papers");
    let mut wrong = Vec::new();
    for (sheet, wanted) in &sheets {
        let counted = printed(sheet, &folder)?;
        if counted != *wanted {
            wrong.push(format!(
                "{}: {counted} pages, not {wanted}",
                sheet.display()
            ));
        }
    }
    longer_is_found(sheets[0].0, &folder)?;
    if wrong.is_empty() {
        eprintln!("{pictures} situation pictures on one page each, as many sets of slides");
        return Ok(());
    }
    Err(wrong.join("\n"))
}

/// A sheet with twice as much on it must not pass for one page.
fn longer_is_found(sheet: &Path, folder: &Path) -> Result<(), String> {
    let text = fs::read_to_string(sheet).map_err(|error| at(sheet, error))?;
    let (start, rest) = text.split_once("<main id=\"main\">").unwrap_or_default();
    let (main, end) = rest.split_once("</main>").unwrap_or_default();
    let longer = format!("{start}<main id=\"main\">{main}{main}</main>{end}");
    // Beside the sheet, so that it has the same style; gone again before anybody looks.
    let beside = sheet.with_file_name("longer.html");
    save(&beside, &longer)?;
    let counted = printed(&beside, folder);
    fs::remove_file(&beside).map_err(|error| at(&beside, error))?;
    match counted? {
        0 | 1 => Err("a sheet twice as long passes for one page".to_owned()),
        _ => Ok(()),
    }
}

/// Prints a page by the browser, and returns how many sheets of paper it takes.
fn printed(page: &Path, folder: &Path) -> Result<usize, String> {
    fs::create_dir_all(folder).map_err(|error| at(folder, error))?;
    let pdf = folder.join("printed.pdf");
    let _ = fs::remove_file(&pdf);
    let status = Command::new("chromium")
        .args(["--headless=new", "--no-sandbox", "--disable-gpu"])
        .args(["--no-first-run", "--disable-background-networking"])
        .arg("--no-pdf-header-footer")
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", page.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| format!("chromium: {error}"))?;
    if !status.success() || !pdf.exists() {
        return Err(format!("chromium does not print {}", page.display()));
    }
    pages_of(&output(Command::new("pdfinfo").arg(&pdf))?)
}

/// The number of pages that pdfinfo tells.
fn pages_of(said: &str) -> Result<usize, String> {
    let line = said.lines().find_map(|line| line.strip_prefix("Pages:"));
    line.and_then(|count| count.trim().parse().ok())
        .ok_or_else(|| format!("pdfinfo tells no number of pages: {said}"))
}

/// Every file of a kind below a folder.
pub(crate) fn below(folder: &Path, kind: &str, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| at(folder, error))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            below(&path, kind, found)?;
        } else if path.extension().is_some_and(|end| end == kind) {
            found.push(path);
        }
    }
    found.sort();
    Ok(())
}

fn save(file: &Path, text: &str) -> Result<(), String> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, text))
        .map_err(|error| at(file, error))
}

fn at(path: &Path, error: std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_or_the_answer_is_shown() {
        assert_eq!(pages_of("Title: A\nPages:          12\n"), Ok(12));
        assert!(pages_of("Syntax Error").is_err_and(|said| said.contains("Syntax Error")));
    }
}
