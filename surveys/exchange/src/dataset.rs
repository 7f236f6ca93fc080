//! Dataset folders as decision record 0002 describes them: written from responses, read back.
//!
//! Rows are sorted by content and numbered afterwards, nothing in the files tells the time or the
//! machine: the same answers in any order give the same bytes. `table.rs` writes one table as
//! Parquet or CSV, `read.rs` reads codebook and manifest and compares digests.

mod read;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use surveys::dataset::{CODEBOOK_SCHEMA, CellValue, Layout, Manifest, OpenLink, Origin, RowError};
use surveys::network::Unit;
use surveys::{
    Catalog, Labels, MunicipalityCode, Release, Response, RoleGroupId, RoleId, UnitId, WaveId,
};

pub use read::{ReadError, altered_files, parse_codebook, read_codebook, read_manifest};

/// Everything a dataset folder is made of.
#[derive(Clone, Copy, Debug)]
pub struct Dataset<'a> {
    /// Whether the answers are invented.
    pub origin: Origin,
    /// Every release that was answered, the latest last.
    pub releases: &'a [Release],
    /// The catalogue: labels, role groups, municipality slugs.
    pub catalog: &'a Catalog,
    /// The answers, in any order.
    pub answers: &'a [DatasetAnswer],
    /// Whom the waves concerned, in any order.
    pub frame: &'a [FrameNumber],
    /// Names of units, in any order; a unit that is not here is called by its id.
    pub units: &'a [Unit],
    /// Waves and municipalities that were answered over an open link.
    pub open_link: &'a [(WaveId, MunicipalityCode)],
    /// Name and version of the program, for the manifest.
    pub program: &'a str,
}

/// One answer with what the export adds to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasetAnswer {
    /// The wave.
    pub wave: WaveId,
    /// The municipality.
    pub municipality: MunicipalityCode,
    /// The unit, where the city collects it.
    pub unit: Option<UnitId>,
    /// What was answered.
    pub response: Response,
}

/// Staff of a role in a unit in a wave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FrameNumber {
    /// The wave.
    pub wave: WaveId,
    /// The municipality.
    pub municipality: MunicipalityCode,
    /// The unit.
    pub unit: UnitId,
    /// The staff group.
    pub role: RoleId,
    /// How many.
    pub staff: u32,
}

/// Why a dataset folder cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum DatasetError {
    /// A response cannot become a row.
    #[error(transparent)]
    Row(#[from] RowError),
    /// A municipality without a slug in the catalogue.
    #[error("municipality {0} is not in the catalogue, add it to municipalities.toml")]
    UnknownMunicipality(MunicipalityCode),
    /// Something else stands where the dataset would go.
    #[error("{0} holds something other than a dataset, choose another folder")]
    Occupied(PathBuf),
    /// A file cannot be written.
    #[error("cannot write {file}: {cause}")]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// A table cannot be encoded.
    #[error("cannot encode the table: {0}")]
    Encoding(String),
}

/// Writes a dataset folder and returns its manifest. A dataset that stands there is replaced;
/// the folder appears as a whole or not at all.
///
/// # Errors
/// When a response or a municipality is unknown, something else stands there, or a file cannot
/// be written.
pub fn write_dataset(
    folder: &Path,
    dataset: &Dataset<'_>,
    with_csv: bool,
) -> Result<Manifest, DatasetError> {
    let is_dataset = folder.join("manifest.json").exists();
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if !is_dataset && !is_empty {
        return Err(DatasetError::Occupied(folder.to_owned()));
    }
    let (files, manifest) = dataset_files(dataset, with_csv)?;
    let mut unfinished = folder.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    remove_if_there(&unfinished)?;
    for (name, bytes) in &files {
        let file = unfinished.join(name);
        let parent = file.parent().unwrap_or(&unfinished);
        fs::create_dir_all(parent).map_err(unwritable(parent))?;
        fs::write(&file, bytes).map_err(unwritable(&file))?;
    }
    remove_if_there(folder)?;
    fs::rename(&unfinished, folder).map_err(unwritable(folder))?;
    Ok(manifest)
}

fn unwritable(file: &Path) -> impl FnOnce(std::io::Error) -> DatasetError + use<> {
    let file = file.to_owned();
    move |cause| DatasetError::Unwritable { file, cause }
}

fn remove_if_there(folder: &Path) -> Result<(), DatasetError> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(unwritable(folder))?;
    }
    Ok(())
}

/// Makes every file of a dataset folder in memory, by path, and its manifest.
///
/// # Errors
/// When a response or a municipality is unknown.
pub fn dataset_files(
    dataset: &Dataset<'_>,
    with_csv: bool,
) -> Result<(BTreeMap<String, Vec<u8>>, Manifest), DatasetError> {
    let layout = Layout::new(dataset.releases, dataset.catalog, dataset.origin)
        .with_units(units(dataset))
        .with_open_link(open_link(dataset));
    let mut files = BTreeMap::new();
    let mut answers: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for ((wave, municipality), rows) in partitions(dataset, &layout)? {
        let town = dataset
            .catalog
            .municipality(municipality)
            .ok_or_else(|| DatasetError::UnknownMunicipality(municipality.clone()))?;
        let path = format!("responses/wave={wave}/municipality={}", town.slug);
        let counted = answers.entry(wave.to_string()).or_default();
        counted.insert(municipality.to_string(), rows.len() as u64);
        files.insert(
            format!("{path}/responses.parquet"),
            table::parquet(&layout, &rows)?,
        );
        if with_csv {
            files.insert(format!("{path}/responses.csv"), table::csv(&layout, &rows)?);
        }
    }
    files.insert("codebook.json".to_owned(), json(layout.codebook())?);
    files.insert("frame.csv".to_owned(), frame_csv(dataset)?);
    let digests = files
        .iter()
        .map(|(name, bytes)| (name.clone(), crate::sha256(bytes)));
    let manifest = Manifest {
        schema: CODEBOOK_SCHEMA,
        origin: dataset.origin,
        program: dataset.program.to_owned(),
        answers,
        files: digests.collect(),
    };
    files.insert("manifest.json".to_owned(), json(&manifest)?);
    Ok((files, manifest))
}

fn open_link(dataset: &Dataset<'_>) -> OpenLink {
    let mut places = OpenLink::new();
    for (wave, municipality) in dataset.open_link {
        let of_wave = places.entry(wave.to_string()).or_default();
        of_wave.insert(municipality.to_string());
    }
    places
}

/// Returns every unit that was asked or answered, with its name. Two cities may call a unit by the
/// same id; where they name it differently, the id stands for itself.
fn units(dataset: &Dataset<'_>) -> BTreeMap<UnitId, Labels> {
    let answered = dataset
        .answers
        .iter()
        .filter_map(|answer| answer.unit.as_ref());
    let asked = dataset.frame.iter().map(|number| &number.unit);
    let name = |id: &UnitId| {
        let mut names = dataset.units.iter().filter(|unit| unit.id == *id);
        let first = names.next()?;
        let is_one = names.all(|other| other.name == first.name);
        is_one.then(|| Labels::from(&first.name))
    };
    let units: BTreeSet<&UnitId> = answered.chain(asked).collect();
    let units = units.into_iter();
    units
        .map(|id| (id.clone(), name(id).unwrap_or_default()))
        .collect()
}

type Rows = Vec<Vec<CellValue>>;

fn partitions<'a>(
    dataset: &Dataset<'a>,
    layout: &Layout<'_>,
) -> Result<BTreeMap<(&'a WaveId, &'a MunicipalityCode), Rows>, DatasetError> {
    let mut found: BTreeMap<_, Rows> = BTreeMap::new();
    for answer in dataset.answers {
        let DatasetAnswer {
            wave,
            municipality,
            unit,
            response,
        } = answer;
        let row = layout.row(response, wave, municipality, unit.as_ref())?;
        found.entry((wave, municipality)).or_default().push(row);
    }
    for rows in found.values_mut() {
        // The order of arrival would tell who answered when; content has no order of its own.
        rows.sort();
        for (row, number) in rows.iter_mut().zip(1..) {
            if let Some(first) = row.first_mut() {
                *first = CellValue::Integer(number);
            }
        }
    }
    Ok(found)
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, DatasetError> {
    let mut text = serde_json::to_vec_pretty(value)
        .map_err(|error| DatasetError::Encoding(error.to_string()))?;
    text.push(b'\n');
    Ok(text)
}

fn frame_csv(dataset: &Dataset<'_>) -> Result<Vec<u8>, DatasetError> {
    let encoding = |error: csv::Error| DatasetError::Encoding(error.to_string());
    let mut numbers: Vec<&FrameNumber> = dataset.frame.iter().collect();
    numbers.sort();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = [
        "wave",
        "municipality",
        "unit",
        "role",
        "role_group",
        "staff",
    ];
    writer.write_record(header).map_err(encoding)?;
    for number in numbers {
        let group = dataset.catalog.group_of(&number.role);
        let record = [
            number.wave.as_str(),
            number.municipality.as_str(),
            number.unit.as_str(),
            number.role.as_str(),
            group.map_or("", |group| RoleGroupId::as_str(&group.id)),
            &number.staff.to_string(),
        ];
        writer.write_record(record).map_err(encoding)?;
    }
    writer
        .into_inner()
        .map_err(|error| DatasetError::Encoding(error.to_string()))
}
