//! A checked dataset: answers whose columns are known, with their codebook and staff numbers.
//!
//! It comes from a dataset folder of our own export or from somebody else's CSV, Parquet or SPSS
//! file with a codebook. Whatever is in a [`Dataset`] agrees with its codebook: items are small whole
//! numbers, reversed ones already recoded, and every missing value has a reason. How the columns
//! are held is nobody else's business; the rest of the crate sees slices and labels.

mod answer_ids;
mod build;
pub(crate) mod cells;
pub(crate) mod csv_file;
mod folder;
mod from_tables;
pub(crate) mod parquet_file;
mod path_parts;
pub(crate) mod plan;
mod quotes;
mod scale;
mod spss_file;
mod staff;
mod targets;
pub(crate) mod text_form;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use polars::prelude::{BooleanChunked, DataFrame};
use sha2::{Digest, Sha256};
use surveys::dataset::{Codebook, DimensionSpec, Variable, VariableKind};

use crate::AnalysisError;
use crate::job::DataSource;
use crate::tables::held::Held;
pub(crate) use build::{MISSING_KEY, READ_AS_IT_WAS};
pub(crate) use cells::whole;
pub(crate) use csv_file::CsvText;
pub(crate) use folder::slug;
pub(crate) use scale::ScaleEnds;
pub(crate) use spss_file::cell as spss_cell;
pub(crate) use staff::{Staff, StaffRow};
pub(crate) use targets::thousandths;
pub use text_form::Encoding;

/// Answers that agree with their codebook.
#[derive(Clone, Debug)]
pub struct Dataset {
    codebook: Codebook,
    frame: DataFrame,
    labels: BTreeMap<String, Vec<String>>,
    staff: Option<Staff>,
    slugs: BTreeMap<String, String>,
    sha256: String,
    notes: Vec<String>,
    /// Tables in place of answers; the frame is empty then.
    held: Option<Held>,
}

/// A column to group by: a code for each row, and the text of each code in sorted order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<'d> {
    pub(crate) codes: &'d [u32],
    pub(crate) labels: &'d [String],
}

impl Dataset {
    /// Opens whatever a job names.
    ///
    /// # Errors
    /// When something is missing or disagrees with the codebook; the error says where.
    pub fn open(source: &DataSource) -> Result<Dataset, AnalysisError> {
        match source {
            DataSource::Folder(folder) => Dataset::from_folder(folder),
            DataSource::File {
                file,
                codebook,
                frame,
                encoding,
            } => Dataset::from_file_in(file, codebook, frame.as_deref(), *encoding),
        }
    }

    /// Opens a dataset folder and checks every file against the manifest.
    ///
    /// # Errors
    /// When a file is missing, changed, or disagrees with the codebook.
    pub fn from_folder(folder: &Path) -> Result<Dataset, AnalysisError> {
        folder::open(folder)
    }

    /// Opens a CSV, Parquet or SPSS file with its codebook and, if there is one, its staff numbers.
    ///
    /// # Errors
    /// When a file cannot be read or disagrees with the codebook.
    pub fn from_file(
        file: &Path,
        codebook: &Path,
        frame: Option<&Path>,
    ) -> Result<Dataset, AnalysisError> {
        Dataset::from_file_in(file, codebook, frame, Encoding::Utf8)
    }

    /// Opens a file as [`Dataset::from_file`] does; text files are in this encoding.
    fn from_file_in(
        file: &Path,
        codebook: &Path,
        frame: Option<&Path>,
        encoding: Encoding,
    ) -> Result<Dataset, AnalysisError> {
        let plan = plan::Plan::from_file(codebook)?;
        let bytes = read(file)?;
        let mut builder = build::Builder::new(&plan);
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("csv" | "CSV" | "tsv" | "txt") => {
                csv_file::read(file, &bytes, encoding, &plan, &mut builder)?;
            }
            Some("parquet") => parquet_file::read(file, &plan, &mut builder)?,
            Some("sav" | "zsav" | "SAV") => {
                spss_file::read(file, &bytes, &plan, &mut builder)?;
            }
            _ => return Err(AnalysisError::data(file, NO_DATA_FILE)),
        }
        let sha256 = digest(&bytes);
        let staff = frame
            .map(|frame| Staff::from_file(frame, encoding, &plan))
            .transpose()?;
        builder.finish(plan, staff, BTreeMap::new(), sha256)
    }

    /// Returns how many answers there are.
    #[must_use]
    pub fn answers(&self) -> usize {
        match &self.held {
            Some(held) => usize::try_from(held.answers()).unwrap_or(usize::MAX),
            None => self.frame.height(),
        }
    }

    /// Returns what the columns mean.
    #[must_use]
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// Returns the SHA-256 of the data file, or of the folder's manifest.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Returns what was noticed while reading and is no error, such as columns left aside.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Returns whether staff numbers are known.
    #[must_use]
    pub fn has_staff(&self) -> bool {
        self.staff.is_some()
    }

    /// Returns the values of a key column that occur, in sorted order.
    ///
    /// # Errors
    /// When the dataset has no such key column.
    pub fn values(&self, column: &str) -> Result<Vec<&str>, AnalysisError> {
        if let Some(values) = self.held.as_ref().and_then(|held| held.values(column)) {
            return Ok(values.into_iter().collect());
        }
        let key = self.key(column)?;
        let mut seen = vec![false; key.labels.len()];
        for code in key.codes.iter().filter(|code| **code != MISSING_KEY) {
            seen[*code as usize] = true;
        }
        let labels = key.labels.iter().zip(seen);
        Ok(labels
            .filter(|(_, seen)| *seen)
            .map(|(label, _)| label.as_str())
            .collect())
    }

    /// Returns the answers of one value of a key column, such as one wave; the staff numbers of
    /// the value are chosen with them.
    ///
    /// # Errors
    /// When the dataset has no such column, or nobody has the value.
    pub fn only(&self, column: &str, value: &str) -> Result<Dataset, AnalysisError> {
        self.among(column, &[value])
    }

    /// Returns the answers of several values of a key column.
    ///
    /// # Errors
    /// When the dataset has no such column, or nobody has one of the values.
    pub fn among(&self, column: &str, values: &[&str]) -> Result<Dataset, AnalysisError> {
        let known = self.values(column)?;
        if let Some(value) = values.iter().find(|value| !known.contains(value)) {
            let known = known.join(", ");
            return Err(AnalysisError::UnknownName {
                problem: format!(
                    "no answer has `{value}` in column `{column}`; there are: {known}"
                ),
            });
        }
        self.among_those(column, values)
    }

    /// Returns the answers of several values of a key column, whether or not anybody has them.
    pub(crate) fn among_those(
        &self,
        column: &str,
        values: &[&str],
    ) -> Result<Dataset, AnalysisError> {
        let staff = self.staff.as_ref().map(|staff| staff.among(column, values));
        if let Some(held) = &self.held {
            let held = Some(held.among(column, values));
            return Ok(Dataset {
                held,
                staff,
                ..self.clone()
            });
        }
        let key = self.key(column)?;
        let wanted: Vec<bool> = key
            .labels
            .iter()
            .map(|label| values.contains(&label.as_str()))
            .collect();
        let codes = key.codes.iter();
        let mask: BooleanChunked = codes
            .map(|code| *code != MISSING_KEY && wanted[*code as usize])
            .collect();
        let mut frame = self.frame.filter(&mask).expect(READ_AS_IT_WAS);
        frame.rechunk_mut();
        Ok(Dataset {
            frame,
            staff,
            ..self.clone()
        })
    }

    /// Returns how many answers have one of these values of a key column.
    pub(crate) fn answers_with(
        &self,
        column: &str,
        values: &[&str],
    ) -> Result<usize, AnalysisError> {
        if self.held.is_some() {
            return Ok(self.among_those(column, values)?.answers());
        }
        let key = self.key(column)?;
        let labels = key.labels.iter();
        let wanted: Vec<bool> = labels.map(|it| values.contains(&it.as_str())).collect();
        let is_wanted = |code: &&u32| wanted.get(**code as usize) == Some(&true);
        Ok(key.codes.iter().filter(is_wanted).count())
    }

    /// Returns the column that a job calls by its name or by its kind.
    ///
    /// # Errors
    /// When there is no such column to group by.
    pub fn column_called(&self, name: &str) -> Result<&Variable, AnalysisError> {
        let keys = || {
            let variables = self.codebook.variables.iter();
            variables
                .filter(|variable| self.labels.contains_key(&variable.name) && groups(variable))
        };
        let by_name = keys().find(|variable| variable.name == name);
        by_name
            .or_else(|| keys().find(|variable| kind_name(variable.kind) == Some(name)))
            .ok_or_else(|| {
                let known: Vec<&str> = keys().map(|variable| variable.name.as_str()).collect();
                AnalysisError::UnknownName {
                    problem: format!(
                        "the data have no column `{name}` to group by; there are: {}",
                        known.join(", ")
                    ),
                }
            })
    }

    /// Returns the column of a kind, if there is one to group by.
    #[must_use]
    pub fn column_of(&self, kind: VariableKind) -> Option<&Variable> {
        let variables = self.codebook.variables.iter();
        variables
            .filter(|variable| self.labels.contains_key(&variable.name))
            .find(|variable| variable.kind == kind)
    }

    /// Returns what is scored under this id.
    ///
    /// # Errors
    /// When the codebook has no such dimension.
    pub fn dimension(&self, id: &str) -> Result<&DimensionSpec, AnalysisError> {
        let found = self
            .codebook
            .dimensions
            .iter()
            .find(|dimension| dimension.id == id);
        found.ok_or_else(|| AnalysisError::UnknownName {
            problem: format!("the codebook has no dimension `{id}`"),
        })
    }

    /// Returns the survey's releases with their digests, if the data are our own export.
    #[must_use]
    pub fn instruments(&self) -> Vec<String> {
        let releases = self.codebook.releases.iter();
        releases
            .map(|found| format!("{}@{}:{}", found.survey, found.release, found.sha256))
            .collect()
    }

    /// Returns the folder name of a municipality: known from the dataset folder, else made from
    /// the name.
    #[must_use]
    pub fn slug(&self, municipality: &str) -> String {
        let known = self.slugs.get(municipality).cloned();
        known.unwrap_or_else(|| slug(municipality))
    }

    pub(crate) fn variable(&self, name: &str) -> Result<&Variable, AnalysisError> {
        let found = self
            .codebook
            .variables
            .iter()
            .find(|variable| variable.name == name);
        found.ok_or_else(|| AnalysisError::UnknownName {
            problem: format!("the codebook has no column `{name}`"),
        })
    }

    pub(crate) fn staff(&self) -> Option<&Staff> {
        self.staff.as_ref()
    }

    /// Returns every value of a key column in the whole of the data, in sorted order.
    pub(crate) fn all_values(&self, column: &str) -> Result<&[String], AnalysisError> {
        let labels = self.labels.get(column);
        labels
            .map(Vec::as_slice)
            .ok_or_else(|| AnalysisError::UnknownName {
                problem: format!("the data have no column `{column}` to group by"),
            })
    }

    /// Returns the tables in place of answers, if it was merged from such.
    pub(crate) fn held(&self) -> Option<&Held> {
        self.held.as_ref()
    }

    /// Refuses to go through answers where there are only tables.
    pub(crate) fn refuse_tables(&self) -> Result<(), AnalysisError> {
        match self.held {
            None => Ok(()),
            Some(_) => Err(AnalysisError::Exchange {
                problem: "this statistic needs the answers themselves; exchange tables hold \
                          numbers of people by group only"
                    .to_owned(),
            }),
        }
    }

    /// Returns the pairs of values of two key columns that occur together.
    pub(crate) fn pairs(
        &self,
        outer: &str,
        inner: &str,
    ) -> Result<BTreeSet<(String, String)>, AnalysisError> {
        if let Some(pairs) = self.held.as_ref().and_then(|held| held.pairs(outer, inner)) {
            return Ok(pairs);
        }
        let (outer, inner) = (self.key(outer)?, self.key(inner)?);
        let codes = outer.codes.iter().copied();
        let codes: BTreeSet<(u32, u32)> = codes.zip(inner.codes.iter().copied()).collect();
        let known = codes
            .into_iter()
            .filter(|(a, b)| *a != MISSING_KEY && *b != MISSING_KEY);
        let label = |key: &Key<'_>, code: u32| key.labels[code as usize].clone();
        Ok(known
            .map(|(a, b)| (label(&outer, a), label(&inner, b)))
            .collect())
    }

    pub(crate) fn key(&self, column: &str) -> Result<Key<'_>, AnalysisError> {
        self.refuse_tables()?;
        let labels = self
            .labels
            .get(column)
            .ok_or_else(|| AnalysisError::UnknownName {
                problem: format!("the data have no column `{column}` to group by"),
            })?;
        let codes = self
            .frame
            .column(column)
            .and_then(|found| found.u32()?.cont_slice());
        Ok(Key {
            codes: codes.expect(READ_AS_IT_WAS),
            labels,
        })
    }

    /// Returns the values of an item: recoded where it is reversed, our own codes where missing.
    pub(crate) fn item(&self, column: &str) -> Result<&[i8], AnalysisError> {
        self.variable(column)?;
        self.refuse_tables()?;
        let values = self
            .frame
            .column(column)
            .and_then(|found| found.i8()?.cont_slice());
        values.map_err(|_| AnalysisError::UnknownName {
            problem: format!("column `{column}` is no item with whole numbers"),
        })
    }
}

/// Says whether a column can make groups: a person's code or an open answer is each one's own.
fn groups(variable: &Variable) -> bool {
    !matches!(variable.kind, VariableKind::PersonCode | VariableKind::Text)
}

/// Returns the name a job may use for a column of this kind.
pub(crate) fn kind_name(kind: VariableKind) -> Option<&'static str> {
    match kind {
        VariableKind::Wave => Some("wave"),
        VariableKind::Municipality => Some("municipality"),
        VariableKind::Unit => Some("unit"),
        VariableKind::Role => Some("role"),
        _ => None,
    }
}

/// What is said of a file of another kind.
pub(crate) const NO_DATA_FILE: &str = "the name of a data file must end in .csv, .tsv, .txt, \
                                       .parquet, .sav or .zsav; save a spreadsheet as CSV";

pub(crate) fn read(file: &Path) -> Result<Vec<u8>, AnalysisError> {
    std::fs::read(file).map_err(|cause| AnalysisError::file(file, cause))
}

/// Returns the SHA-256 in hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        write!(text, "{byte:02x}").expect("writing to a text cannot fail");
    }
    text
}
