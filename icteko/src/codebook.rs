//! `icteko codebook`: a first codebook for a file of somebody else.

use std::io::Write as _;
use std::path::Path;

use analysis::dataset::Encoding;
use analysis::draft::draft_codebook;
use surveys::Lang;

use crate::arguments::Codebook;
use crate::failure::Failure;

/// Carries out a subcommand on codebooks.
pub(crate) fn run(command: &Codebook) -> Result<(), Failure> {
    let Codebook::Draft {
        file,
        out,
        encoding,
        language,
    } = command;
    let encodings = Encoding::ALL.iter();
    let known = encodings.clone().find(|(name, _)| name == encoding);
    let Some((_, encoding)) = known else {
        let names: Vec<&str> = encodings.map(|(name, _)| *name).collect();
        return Err(Failure::Sentence(format!(
            "there is no encoding `{encoding}`; there are: {}",
            names.join(", ")
        )));
    };
    let language = Lang::from_tag(language).ok_or_else(|| {
        Failure::Sentence(format!(
            "there is no language `{language}`; there are: fi, sv, en"
        ))
    })?;
    let draft = draft_codebook(file, *encoding, language).map_err(Failure::new)?;
    let beside = file.with_file_name("codebook.json");
    let out = out.as_deref().unwrap_or(&beside);
    write_new(out, &draft.to_json())?;
    for note in &draft.notes {
        note!("note: {note}");
    }
    note!(
        "{} written; read it once and correct what was guessed",
        out.display()
    );
    Ok(())
}

/// Writes a file that is not there yet: somebody may have corrected the one that is.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let mut options = std::fs::OpenOptions::new();
    let file = options.write(true).create_new(true).open(path);
    let mut file = file.map_err(|error| Failure::at(path, error))?;
    file.write_all(text.as_bytes())
        .map_err(|error| Failure::at(path, error))
}
