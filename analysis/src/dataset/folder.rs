//! A dataset folder of our own export (decision record 0002), believed only after its digests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use surveys::dataset::{CODEBOOK_SCHEMA, Manifest, VariableKind};

use super::build::Builder;
use super::plan::Plan;
use super::text_form::Encoding;
use super::{Dataset, MISSING_KEY, Staff, digest, parquet_file, read};
use crate::AnalysisError;

const MANIFEST: &str = "manifest.json";
const CODEBOOK: &str = "codebook.json";
const FRAME: &str = "frame.csv";

/// Opens a folder and checks it against its manifest.
pub(crate) fn open(folder: &Path) -> Result<Dataset, AnalysisError> {
    let manifest_path = folder.join(MANIFEST);
    if !manifest_path.exists() {
        let problem = "there is no dataset folder here (it would have a manifest.json); `icteko \
                       dataset export` writes one, and a file of others is named with `file` and \
                       `codebook` in place of `dataset`";
        return Err(AnalysisError::data(folder, problem));
    }
    let bytes = read(&manifest_path)?;
    let manifest = manifest(&manifest_path, &bytes)?;
    for (name, expected) in &manifest.files {
        check_digest(folder, name, expected)?;
    }
    let listed = |name: &str| manifest.files.contains_key(name);
    if !listed(CODEBOOK) {
        return Err(AnalysisError::data(
            &manifest_path,
            "the manifest lists no codebook.json",
        ));
    }
    let plan = Plan::from_file(&folder.join(CODEBOOK))?;
    if plan.codebook.origin != manifest.origin {
        let problem = "codebook and manifest disagree on whether the answers are invented";
        return Err(AnalysisError::data(&manifest_path, problem));
    }
    let mut builder = Builder::new(&plan);
    let mut parts = Vec::new();
    for name in manifest
        .files
        .keys()
        .filter(|name| name.ends_with("responses.parquet"))
    {
        parts.push((
            builder.rows(),
            part_of(name, "municipality").map(str::to_owned),
        ));
        parquet_file::read(&folder.join(name), &plan, &mut builder)?;
    }
    if parts.is_empty() {
        return Err(AnalysisError::data(
            &manifest_path,
            "the manifest lists no answers",
        ));
    }
    refuse_unlisted(folder, &manifest)?;
    let staff = if listed(FRAME) {
        Some(Staff::from_file(
            &folder.join(FRAME),
            Encoding::Utf8,
            &plan,
        )?)
    } else {
        None
    };
    let mut dataset = builder.finish(plan, staff, BTreeMap::new(), digest(&bytes))?;
    check_counts(&manifest_path, &manifest, &dataset)?;
    dataset.slugs = slugs(&dataset, parts)?;
    Ok(dataset)
}

fn manifest(path: &Path, bytes: &[u8]) -> Result<Manifest, AnalysisError> {
    let manifest: Manifest = serde_json::from_slice(bytes)
        .map_err(|error| AnalysisError::data(path, format!("no manifest: {error}")))?;
    if manifest.schema == CODEBOOK_SCHEMA {
        return Ok(manifest);
    }
    let found = manifest.schema;
    let problem = format!("schema {found} is not known; this program reads {CODEBOOK_SCHEMA}");
    Err(AnalysisError::data(path, problem))
}

fn check_digest(folder: &Path, name: &str, expected: &str) -> Result<(), AnalysisError> {
    let inside = Path::new(name)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)));
    if !inside {
        let problem = format!("`{name}` leads out of the dataset folder");
        return Err(AnalysisError::data(folder.join(MANIFEST), problem));
    }
    let file = folder.join(name);
    let found = digest(&read(&file)?);
    if found == expected {
        return Ok(());
    }
    let problem = format!(
        "the file was changed after the export: SHA-256 is {found}, the manifest says {expected}; \
         export the dataset again"
    );
    Err(AnalysisError::data(file, problem))
}

/// Refuses answers that lie in the folder and are not in the manifest: they would be left out in
/// silence by us and counted by every other program that reads the folder.
fn refuse_unlisted(folder: &Path, manifest: &Manifest) -> Result<(), AnalysisError> {
    for file in parquet_files(&folder.join("responses"))? {
        let name = file.strip_prefix(folder).unwrap_or(&file);
        let name = name.to_string_lossy().replace('\\', "/");
        if !manifest.files.contains_key(&name) {
            return Err(AnalysisError::data(
                file,
                "the manifest does not list this file",
            ));
        }
    }
    Ok(())
}

fn parquet_files(folder: &Path) -> Result<Vec<PathBuf>, AnalysisError> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries =
            std::fs::read_dir(&folder).map_err(|cause| AnalysisError::file(&folder, cause))?;
        for entry in entries {
            let path = entry
                .map_err(|cause| AnalysisError::file(&folder, cause))?
                .path();
            if path.is_dir() {
                open.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "parquet")
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn part_of<'n>(name: &'n str, key: &str) -> Option<&'n str> {
    name.split('/')
        .find_map(|part| part.strip_prefix(key)?.strip_prefix('='))
}

/// Returns the folder name of each municipality: that of the part its answers lie in.
fn slugs(
    dataset: &Dataset,
    parts: Vec<(usize, Option<String>)>,
) -> Result<BTreeMap<String, String>, AnalysisError> {
    let Some(column) = dataset.column_of(VariableKind::Municipality) else {
        return Ok(BTreeMap::new());
    };
    let key = dataset.key(&column.name)?;
    let mut slugs = BTreeMap::new();
    for (first_row, slug) in parts {
        let code = key
            .codes
            .get(first_row)
            .filter(|code| **code != MISSING_KEY);
        if let (Some(code), Some(slug)) = (code, slug) {
            slugs.insert(key.labels[*code as usize].clone(), slug);
        }
    }
    Ok(slugs)
}

/// Makes a folder name from a municipality's own name, for files of others.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'ä' | 'å' | 'á' | 'à' => slug.push('a'),
            'ö' | 'ó' | 'ø' => slug.push('o'),
            'é' | 'è' | 'ê' => slug.push('e'),
            'ü' => slug.push('u'),
            letter if letter.is_ascii_alphanumeric() => slug.push(letter),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn check_counts(path: &Path, manifest: &Manifest, dataset: &Dataset) -> Result<(), AnalysisError> {
    let listed: u64 = manifest.answers.values().flat_map(BTreeMap::values).sum();
    let found = dataset.answers() as u64;
    if listed == found {
        return Ok(());
    }
    let problem = format!("the manifest counts {listed} answers, the files hold {found}");
    Err(AnalysisError::data(path, problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_name_is_plain_letters() {
        assert_eq!(slug("Hämeenlinna"), "hameenlinna");
        assert_eq!(slug("  Åland / Mariehamn "), "aland-mariehamn");
    }
}
