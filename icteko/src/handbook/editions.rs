//! Editions that are out: which there are, what they hold, and which one comes before another.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use handbook::{Archive, Sources};

use crate::failure::Failure;

/// Names of the editions in the data folder.
pub(crate) fn names(data: &Path) -> Result<BTreeSet<String>, Failure> {
    let folder = data.join("editions");
    if !folder.is_dir() {
        return Ok(BTreeSet::new());
    }
    let entries = fs::read_dir(&folder).map_err(|error| Failure::at(&folder, error))?;
    Ok(entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        // What a publication that was broken off left behind has a point before its name.
        .filter(|path| path.join("manifest.json").is_file())
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .filter(|name| !name.starts_with('.'))
        .collect())
}

/// Reads an edition by its id in the data folder, or by its folder.
pub(crate) fn archive(data: &Path, named: &str) -> Result<Archive, Failure> {
    let out = data.join("editions").join(named);
    let folder = if out.is_dir() {
        out
    } else {
        PathBuf::from(named)
    };
    Archive::read(&folder).map_err(|problem| Failure::Sentence(problem.one_line()))
}

/// The edition that the next one is compared with: what it corrects, else the newest that is out.
/// One that cannot be read is said, and passed over.
pub(crate) fn before(data: &Path, corrected: Option<&str>) -> Result<Option<Archive>, Failure> {
    if let Some(corrected) = corrected {
        return archive(data, corrected).map(Some);
    }
    Ok(readable(data)?.into_iter().max_by(|a, b| {
        let (left, right) = (handbook::order(&a.edition), handbook::order(&b.edition));
        (&a.published, left).cmp(&(&b.published, right))
    }))
}

/// Texts that editions were made from, to find earlier versions in.
pub(crate) fn texts(data: &Path) -> Result<Vec<Sources>, Failure> {
    let archives = readable(data)?;
    Ok(archives
        .iter()
        .map(|archive| archive.sources().clone())
        .collect())
}

fn readable(data: &Path) -> Result<Vec<Archive>, Failure> {
    let mut archives = Vec::new();
    for name in names(data)? {
        match Archive::read(&data.join("editions").join(&name)) {
            Ok(archive) => archives.push(archive),
            Err(problem) => note!("note: passed over: {}", problem.one_line()),
        }
    }
    Ok(archives)
}
