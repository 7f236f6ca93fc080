//! A finished edition read back: the text it was made from, and the figures that everybody has.

use std::collections::BTreeMap;
use std::path::Path;

use findings::Findings;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::problem::{Located, Problem};
use crate::release;
use crate::request::Request;
use crate::section::hex;
use crate::sources::Sources;

/// The file of an edition that holds its text: path to content.
pub(crate) const TEXT: &str = "text.json";

/// A finished edition, to compare others with.
#[derive(Clone, Debug)]
pub struct Archive {
    /// Its id.
    pub edition: String,
    /// Day of publication; drafts have none.
    pub published: Option<String>,
    pub(crate) sources: Sources,
    /// By population: `network` or a city's slug.
    pub(crate) findings: BTreeMap<String, Findings>,
}

#[derive(Deserialize)]
struct Manifest {
    edition: String,
    published: Option<String>,
    findings: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
}

impl Archive {
    /// Reads an edition's folder. What is read has to be as the manifest says.
    ///
    /// # Errors
    /// When the folder is no edition, a file has been altered, or the edition holds no text.
    pub fn read(folder: &Path) -> Result<Archive, Box<Located>> {
        let refuse = |message: String| {
            let name = folder.display().to_string();
            Box::new(Located::of_file(Problem::BadEdition { message }, &name))
        };
        let text = std::fs::read_to_string(folder.join("manifest.json"))
            .map_err(|error| refuse(format!("manifest.json: {error}")))?;
        let manifest: Manifest = serde_json::from_str(&text)
            .map_err(|error| refuse(format!("manifest.json: {error}")))?;
        let file = |name: &str| -> Result<String, Box<Located>> {
            let digest = manifest.files.get(name);
            let digest = digest.ok_or_else(|| refuse(format!("the manifest has no {name}")))?;
            let text = std::fs::read_to_string(folder.join(name))
                .map_err(|error| refuse(format!("{name}: {error}")))?;
            match hex(&Sha256::digest(text.as_bytes())) == *digest {
                true => Ok(text),
                false => Err(refuse(format!("{name} is not as the manifest says"))),
            }
        };
        let texts: BTreeMap<String, String> = serde_json::from_str(&file(TEXT)?)
            .map_err(|error| refuse(format!("{TEXT}: {error}")))?;
        let mut sources = Sources::default();
        for (name, text) in texts {
            sources.insert(&name, text);
        }
        let mut findings = BTreeMap::new();
        for population in manifest.findings.keys() {
            let name = figures(population);
            let read = Findings::from_json(&file(&name)?)
                .map_err(|error| refuse(format!("{name}: {error}")))?;
            findings.insert(population.clone(), read);
        }
        Ok(Archive {
            edition: manifest.edition,
            published: manifest.published,
            sources,
            findings,
        })
    }

    /// The text that the edition was made from.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }
}

/// Where an edition holds the figures of a population.
fn figures(population: &str) -> String {
    format!("{population}/{}/{}", release::FOLDER, release::FINDINGS)
}

/// Returns the text of an edition as its file: common text and that of its own cities. How pages
/// look is no text.
pub(crate) fn text(request: &Request<'_>) -> Vec<u8> {
    let cities: Vec<&str> = request
        .findings
        .iter()
        .map(|file| file.population())
        .collect();
    let belongs = |name: &str| match name.strip_prefix("cities/") {
        Some(rest) => rest
            .split('/')
            .next()
            .is_some_and(|slug| cities.contains(&slug)),
        None => !name.starts_with("theme/"),
    };
    let texts: BTreeMap<&str, &str> = request
        .sources
        .iter()
        .filter(|file| belongs(&file.name))
        .map(|file| (file.name.as_str(), file.text.as_str()))
        .collect();
    let mut text = serde_json::to_vec(&texts).expect("a map of texts can be written as JSON");
    text.push(b'\n');
    text
}
