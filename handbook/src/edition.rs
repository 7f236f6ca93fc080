//! An edition: checked, built in memory, written whole or not at all, with its manifest.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::archive;
use crate::print;
use crate::problem::{Located, Problem};
use crate::request::{Request, WholeBooks};
use crate::section::hex;
use crate::site::{self, Files, Made};

/// A built edition: path to bytes, in memory, ready to be written or compared.
#[derive(Debug)]
pub struct Edition {
    /// Files by their path below the edition's folder, `manifest.json` among them.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Pages that stand beside the editions that this one corrects, by their file name.
    pub beside: BTreeMap<String, Vec<u8>>,
    /// What a draft left open; a publishable edition has none.
    pub problems: Vec<Located>,
}

/// Finds everything that is wrong with the text and, where findings are given, with every edition
/// made from them.
#[must_use]
pub fn check(request: &Request<'_>) -> Vec<Located> {
    let pages = Request {
        whole: WholeBooks::default(),
        ..*request
    };
    site::make(&pages).problems
}

/// Builds the edition of every population in every language.
///
/// # Errors
/// All problems at once. A draft is built in spite of those that only bar publication.
pub fn build(request: &Request<'_>) -> Result<Edition, Vec<Located>> {
    let Made {
        mut files,
        books,
        mut problems,
        beside,
    } = site::make(request);
    if request.findings.is_empty() {
        problems.push(Located::of_file(Problem::NoFindings, "findings"));
    }
    let is_barred = problems
        .iter()
        .any(|located| !(request.draft && located.problem.allows_draft()));
    if is_barred {
        return Err(problems);
    }
    files.extend(print::set(books)?);
    files.insert(archive::TEXT.to_owned(), archive::text(request));
    let mut edition = Edition {
        files,
        beside,
        problems,
    };
    let manifest = manifest(request, &edition.files);
    edition
        .files
        .insert("manifest.json".to_owned(), manifest.into_bytes());
    Ok(edition)
}

impl Edition {
    /// Writes the edition to a new folder: first beside it, then renamed into place, so that
    /// there is never half an edition.
    ///
    /// # Errors
    /// When the folder exists already, since an edition is never written again, or a file cannot
    /// be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let exists = |folder: &Path| {
            let message = format!(
                "{} exists; an edition is never overwritten",
                folder.display()
            );
            io::Error::new(io::ErrorKind::AlreadyExists, message)
        };
        if folder.exists() {
            return Err(exists(folder));
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let beside = folder.with_file_name(format!(".{name}.part"));
        if beside.exists() {
            // What a broken run left behind.
            std::fs::remove_dir_all(&beside)?;
        }
        let written = self.write_files(&beside).and_then(|()| {
            if folder.exists() {
                Err(exists(folder))
            } else {
                std::fs::rename(&beside, folder)
            }
        });
        if written.is_err() {
            // The first error counts; a remainder that cannot be removed is removed next time.
            let _ = std::fs::remove_dir_all(&beside);
        }
        written
    }

    /// Writes the pages beside the editions that this one corrects into the folder of editions.
    /// They are no part of an edition: a later correction writes them anew.
    ///
    /// # Errors
    /// When a file cannot be written; what stood there before then still stands.
    pub fn write_beside(&self, editions: &Path) -> io::Result<()> {
        for (name, bytes) in &self.beside {
            let part = editions.join(format!(".{name}.part"));
            std::fs::write(&part, bytes)?;
            std::fs::rename(&part, editions.join(name))?;
        }
        Ok(())
    }

    fn write_files(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        for (name, bytes) in &self.files {
            let path = folder.join(name);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(path, bytes)?;
        }
        Ok(())
    }
}

#[derive(Serialize)]
struct Manifest<'a> {
    schema: u32,
    edition: &'a str,
    draft: bool,
    published: Option<&'a str>,
    program: &'a str,
    text_sha256: String,
    findings: BTreeMap<&'a str, &'a str>,
    files: BTreeMap<&'a str, String>,
}

fn manifest(request: &Request<'_>, files: &Files) -> String {
    let manifest = Manifest {
        schema: 1,
        edition: request.edition,
        draft: request.draft,
        published: request.published,
        program: request.program,
        text_sha256: site::text_digest(request),
        findings: request
            .findings
            .iter()
            .map(|file| (file.population(), file.sha256.as_str()))
            .collect(),
        files: files
            .iter()
            .map(|(name, bytes)| (name.as_str(), hex(&Sha256::digest(bytes))))
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&manifest)
        .expect("a manifest holds nothing that JSON cannot write");
    text.push('\n');
    text
}
