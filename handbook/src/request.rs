//! What an edition is made from, checked before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use findings::{Findings, Population};
use sha2::{Digest, Sha256};
use surveys::{Catalog, Municipality};

use crate::archive::Archive;
use crate::problem::{Located, Problem};
use crate::section::hex;
use crate::sources::Sources;

/// Everything that goes into an edition; nothing else does, so the same request gives the same
/// bytes.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Text, words and theme.
    pub sources: &'a Sources,
    /// Municipalities with their names and inflected forms, and staff groups in order.
    pub catalog: &'a Catalog,
    /// One file for each population: the network, cities.
    pub findings: &'a [FindingsFile],
    /// Id of the edition, such as `2026-syksy`.
    pub edition: &'a str,
    /// Whether it is a draft: marked on every page, not for search engines.
    pub draft: bool,
    /// Day of publication as `2026-11-22`; drafts have none.
    pub published: Option<&'a str>,
    /// Who has read the difference to the edition before and approves this one; drafts have nobody.
    pub approved: Option<&'a str>,
    /// Program and version for the stamp, such as `icteko 0.1.0`.
    pub program: &'a str,
    /// The edition before, to tell what has changed since; the first has none.
    pub previous: Option<&'a Archive>,
    /// What is made of each book beside its pages.
    pub whole: WholeBooks,
    /// How many threads make books, as many as there are processors when absent. The bytes are the
    /// same with any number.
    pub threads: Option<NonZeroUsize>,
}

/// The whole book as one file: for paper and for the archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WholeBooks {
    /// Only of the network, not of each city.
    pub network_only: bool,
    /// EPUB 3.3; only where the edition has a day of publication, which stands in the file.
    pub epub: bool,
    /// PDF/UA-1; PDF/A-2a as well where the edition has a day of publication.
    pub pdf: bool,
}

/// A findings file with the digest it is traced by.
#[derive(Clone, Debug)]
pub struct FindingsFile {
    /// Its name in messages.
    pub name: String,
    /// What it holds.
    pub findings: Findings,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Keys that it knows, by dimension.
    pub(crate) keys: BTreeMap<String, BTreeSet<String>>,
}

impl FindingsFile {
    /// Reads every findings file of a folder, in the order of their names.
    ///
    /// # Errors
    /// What is wrong with each of them at once, or that there is none.
    pub fn read_folder(folder: &Path) -> Result<Vec<FindingsFile>, Vec<Located>> {
        let name = folder.display().to_string();
        let refuse =
            |message: String, name: &str| Located::of_file(Problem::BadFindings { message }, name);
        let entries =
            std::fs::read_dir(folder).map_err(|error| vec![refuse(error.to_string(), &name)])?;
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let is_json = |path: &PathBuf| path.extension().is_some_and(|end| end == "json");
        let paths: BTreeSet<PathBuf> = paths.filter(is_json).collect();
        if paths.is_empty() {
            return Err(vec![Located::of_file(Problem::NoFindings, &name)]);
        }
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        for path in paths {
            let name = path.display().to_string();
            match std::fs::read_to_string(&path) {
                Ok(text) => match FindingsFile::from_json(&name, &text) {
                    Ok(file) => files.push(file),
                    Err(problem) => problems.push(*problem),
                },
                Err(error) if error.kind() == ErrorKind::InvalidData => {
                    let message = "not UTF-8: the file is cut short or something else";
                    problems.push(refuse(message.to_owned(), &name));
                }
                Err(error) => problems.push(refuse(error.to_string(), &name)),
            }
        }
        match problems.is_empty() {
            true => Ok(files),
            false => Err(problems),
        }
    }

    /// Reads a findings file.
    ///
    /// # Errors
    /// When it is not findings of the schema this program reads.
    pub fn from_json(name: &str, text: &str) -> Result<FindingsFile, Box<Located>> {
        let findings = Findings::from_json(text).map_err(|error| {
            let message = error.to_string();
            Box::new(Located::of_file(Problem::BadFindings { message }, name))
        })?;
        Ok(FindingsFile {
            name: name.to_owned(),
            keys: keys(&findings),
            findings,
            sha256: hex(&Sha256::digest(text.as_bytes())),
        })
    }

    /// Returns the folder name of its editions: `network` or the city's slug.
    #[must_use]
    pub fn population(&self) -> &str {
        match &self.findings.population {
            Population::Network => "network",
            Population::City { slug, .. } => slug,
        }
    }
}

/// Keys of labels and of rows, by dimension.
fn keys(findings: &Findings) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (dim, labels) in &findings.labels {
        let known = keys.entry(dim).or_default();
        known.extend(labels.keys().map(String::as_str));
    }
    for table in &findings.tables {
        for (at, dim) in table.dims().iter().enumerate() {
            let known = keys.entry(dim).or_default();
            known.extend(table.rows().iter().map(|row| row.keys[at].as_str()));
        }
    }
    let owned = |known: BTreeSet<&str>| known.into_iter().map(str::to_owned).collect();
    let keys = keys.into_iter();
    keys.map(|(dim, known)| (dim.to_owned(), owned(known)))
        .collect()
}

impl Request<'_> {
    /// Returns the catalogue's record of a city's findings; the network has none.
    pub(crate) fn municipality(&self, file: &FindingsFile) -> Option<&Municipality> {
        let Population::City { code, slug } = &file.findings.population else {
            return None;
        };
        self.catalog
            .municipalities
            .iter()
            .find(|city| city.code.as_str() == code || city.slug == *slug)
    }

    /// Checks that the files belong together and can be named.
    pub(crate) fn check(&self, problems: &mut Vec<Located>) {
        let id = self.edition;
        let is_name =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
        if id.is_empty() || id.starts_with('.') || !id.bytes().all(is_name) {
            let problem = Problem::BadEditionId { id: id.to_owned() };
            problems.push(Located::of_file(problem, "edition"));
        }
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for file in self.findings {
            if seen.insert(file.population(), &file.name).is_some() {
                let population = file.population().to_owned();
                let problem = Problem::RepeatedFindings { population };
                problems.push(Located::of_file(problem, &file.name));
            }
            if let Population::City { code, .. } = &file.findings.population
                && self.municipality(file).is_none()
            {
                let problem = Problem::UnknownCity { code: code.clone() };
                problems.push(Located::of_file(problem, &file.name));
            }
        }
        self.check_same("waves", |file| file.findings.wave.clone(), problems);
        self.check_same(
            "releases",
            |file| file.findings.release.to_string(),
            problems,
        );
        self.check_same(
            "origins",
            |file| format!("{:?}", file.findings.origin),
            problems,
        );
    }

    fn check_same(
        &self,
        what: &'static str,
        of: impl Fn(&FindingsFile) -> String,
        problems: &mut Vec<Located>,
    ) {
        let mut values: Vec<String> = self.findings.iter().map(of).collect();
        values.sort();
        values.dedup();
        if values.len() > 1 {
            let values = values.join(", ");
            let name = &self.findings[0].name;
            problems.push(Located::of_file(
                Problem::MixedFindings { what, values },
                name,
            ));
        }
    }
}
