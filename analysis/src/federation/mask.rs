//! Masks that cancel in the sum (Bonawitz et al. 2017, without their recovery of absent parties).
//!
//! Each pair of parties shares a secret. From it both make the same stream of random numbers
//! (`ChaCha20`); one adds it to its table modulo 2^64, the other subtracts it. One masked table is
//! then as good as random numbers, and the sum of all of them is the sum of the tables. Every file
//! holds every number that the codebook allows, so that not even the places of noughts are told;
//! the municipality is not in it, since a sum by municipality would be its own table again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};
use surveys::dataset::{CodeValue, Codebook, VariableKind};

use super::agree::{essence, refuse_difference, united};
use super::cells;
use super::file::{About, ExchangeFile, Source, json};
use super::masked_file::{GridLayout, MaskedFile, MaskedText};
use crate::AnalysisError;
use crate::dataset::{Dataset, digest, read};
use crate::grouping::Keys;
use crate::tables::held::{Grid, GridCell, Held, TableId};

/// The smallest number of partners: with one, each could take its own table off the sum.
const FEWEST_PARTNERS: usize = 2;

/// What two parties share and nobody else knows: 32 random bytes.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// Makes a secret of random bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Secret {
        Secret(bytes)
    }

    /// Reads a file with 64 hexadecimal digits.
    ///
    /// # Errors
    /// When the file cannot be read or holds something else.
    pub fn read(path: &Path) -> Result<Secret, AnalysisError> {
        let text = read(path)?;
        let digits: Vec<u8> = text.trim_ascii().to_vec();
        let wrong = || AnalysisError::data(path, "a secret is 64 hexadecimal digits");
        let mut bytes = [0; 32];
        if digits.len() != 2 * bytes.len() || !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(wrong());
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| wrong())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| wrong())?;
        }
        Ok(Secret(bytes))
    }

    /// Returns 64 hexadecimal digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Returns bytes that both sides can compare without telling the secret.
    fn derived(&self, purpose: &str, round: &str, layout: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        for part in ["icteko exchange mask 1", purpose, round, layout] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        hash.update(self.0);
        hash.finalize().into()
    }

    fn fingerprint(&self, round: &str) -> String {
        let bytes = self.derived("fingerprint", round, "");
        bytes[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn stream(&self, round: &str, layout: &str) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(self.derived("stream", round, layout))
    }
}

/// Masks the tables of a party with a secret shared with each of its partners.
///
/// `round` names what the masks are for; secrets must not be used for two different tables under
/// the same name, since the difference of the two would be readable.
///
/// # Errors
/// When there are fewer than two partners, the party is among them, two secrets are the same, or
/// the codebook does not list the values of a column.
pub fn mask(
    file: &ExchangeFile,
    party: &str,
    partners: &BTreeMap<String, Secret>,
    round: &str,
) -> Result<MaskedFile, AnalysisError> {
    refuse_partners(party, partners)?;
    let about = without_own(&file.about);
    let layout = layout(file)?;
    let mut values = values(file, &layout)?;
    let digest = layout_digest(&about, &layout);
    for (partner, secret) in partners {
        let mut stream = secret.stream(round, &digest);
        for value in &mut values {
            let random = stream.next_u64();
            *value = if party < partner.as_str() {
                value.wrapping_add(random)
            } else {
                value.wrapping_sub(random)
            };
        }
    }
    // The digest of the answers could be compared with guesses; that of random numbers tells
    // nothing.
    let source = Source {
        sha256: crate::dataset::digest(json(&values).as_bytes()),
        answers: None,
        smallest_cell: file
            .sources
            .iter()
            .filter_map(|source| source.smallest_cell)
            .max(),
    };
    let mut text = MaskedText::new(about, vec![source], party, round);
    let fingerprints = partners.iter();
    text.partners = fingerprints
        .map(|(partner, secret)| (partner.clone(), secret.fingerprint(round)))
        .collect();
    text.layout = layout;
    text.values = values;
    Ok(MaskedFile {
        path: PathBuf::from("the masked tables"),
        text,
    })
}

fn refuse_partners(party: &str, partners: &BTreeMap<String, Secret>) -> Result<(), AnalysisError> {
    let refused = |problem: String| Err(AnalysisError::Exchange { problem });
    if partners.contains_key(party) {
        return refused(format!("`{party}` cannot be its own partner"));
    }
    if partners.len() < FEWEST_PARTNERS {
        return refused(format!(
            "masks need at least {FEWEST_PARTNERS} partners: with one, each could take its own table off the sum"
        ));
    }
    let different: BTreeSet<[u8; 32]> = partners.values().map(|secret| secret.0).collect();
    if different.len() < partners.len() {
        return refused("two partners have the same secret; each pair needs its own".to_owned());
    }
    Ok(())
}

/// Returns what the tables are about, without what would name the party's groups.
fn without_own(about: &About) -> About {
    About {
        codebook: Codebook {
            open_link: about.codebook.open_link.clone(),
            ..essence(&about.codebook)
        },
        slugs: BTreeMap::new(),
        ..about.clone()
    }
}

/// Returns every group that the codebook allows, without municipality; grids by unit are left out,
/// since a unit has one municipality.
fn layout(file: &ExchangeFile) -> Result<Vec<GridLayout>, AnalysisError> {
    let variables = &file.about.codebook.variables;
    let kind = |column: &str| {
        let found = variables.iter().find(|variable| variable.name == column);
        found.map(|variable| variable.kind)
    };
    let has_unit = |grid: &Grid| {
        grid.columns
            .iter()
            .any(|column| kind(column) == Some(VariableKind::Unit))
    };
    let mut layouts = Vec::new();
    for grid in file.held.grids.iter().filter(|grid| !has_unit(grid)) {
        let columns = grid.columns.iter();
        let columns = columns.filter(|column| kind(column) != Some(VariableKind::Municipality));
        let columns: Vec<String> = columns.cloned().collect();
        let mut cells: Vec<Keys> = vec![Vec::new()];
        for column in &columns {
            let values = values_of(file, column)?;
            cells = cells
                .into_iter()
                .flat_map(|keys| {
                    let all = [None].into_iter().chain(values.iter().cloned().map(Some));
                    all.map(move |value| {
                        let mut keys = keys.clone();
                        keys.push(value);
                        keys
                    })
                    .collect::<Vec<Keys>>()
                })
                .collect();
        }
        layouts.push(GridLayout {
            columns,
            tables: grid.tables.clone(),
            cells,
        });
    }
    Ok(layouts)
}

/// Returns the values that a column can have, the same in every municipality.
fn values_of(file: &ExchangeFile, column: &str) -> Result<Vec<String>, AnalysisError> {
    let mut variables = file.about.codebook.variables.iter();
    let variable = variables.find(|variable| variable.name == column);
    if let (Some(VariableKind::Wave), Some(waves)) =
        (variable.map(|variable| variable.kind), &file.about.wave)
    {
        let names = waves.earlier.iter().chain([&waves.current]);
        let sorted: BTreeSet<String> = names.cloned().collect();
        return Ok(sorted.into_iter().collect());
    }
    let listed = variable.map_or(&[][..], |variable| &variable.values);
    let listed: BTreeSet<String> = listed
        .iter()
        .map(|value| match &value.value {
            CodeValue::Number(number) => number.to_string(),
            CodeValue::Text(text) => text.clone(),
        })
        .collect();
    if listed.is_empty() {
        return Err(AnalysisError::data(
            &file.path,
            format!(
                "masked tables need every value that `{column}` can have: list them as `values` in the codebook, or name the waves in [wave] of the job"
            ),
        ));
    }
    Ok(listed.into_iter().collect())
}

/// Returns the numbers of a file in the order of a layout, municipalities added up.
fn values(file: &ExchangeFile, layouts: &[GridLayout]) -> Result<Vec<u64>, AnalysisError> {
    let codebook = codebook_alone(&file.about, &file.path)?;
    let mut values = Vec::new();
    for layout in layouts {
        let cells = gathered(file, layout)?;
        let places = all_places(&codebook, layout)?;
        let empty = GridCell::default();
        for keys in &layout.cells {
            let cell = cells.get(keys).unwrap_or(&empty);
            values.push(cell.people.cast_unsigned());
            for (id, places) in &places {
                let entries = cell.tables.get(id);
                for place in places {
                    let value = entries.and_then(|entries| entries.get(place));
                    values.push(value.copied().unwrap_or(0).cast_unsigned());
                }
            }
        }
    }
    Ok(values)
}

/// Adds the groups of a file up into the groups of a layout.
fn gathered(
    file: &ExchangeFile,
    layout: &GridLayout,
) -> Result<BTreeMap<Keys, GridCell>, AnalysisError> {
    let mut gathered: BTreeMap<Keys, GridCell> = BTreeMap::new();
    let grids = file.held.grids.iter();
    let grid = grids
        .filter(|grid| grid.tables == layout.tables)
        .find(|grid| {
            let mut columns = layout.columns.iter();
            columns.all(|column| grid.columns.contains(column))
        });
    let Some(grid) = grid else {
        return Ok(gathered);
    };
    for (keys, cell) in &grid.cells {
        let known = grid.columns.iter().zip(keys);
        let kept = known.filter(|(column, _)| layout.columns.contains(column));
        let kept: Keys = kept.map(|(_, key)| key.clone()).collect();
        if !layout.cells.contains(&kept) {
            let problem = format!(
                "{} is not among the values of the codebook",
                cells::name(&kept)
            );
            return Err(AnalysisError::data(&file.path, problem));
        }
        super::merge::add_cell(gathered.entry(kept).or_default(), cell)
            .ok_or_else(|| AnalysisError::data(&file.path, "a number is too large to be added"))?;
    }
    Ok(gathered)
}

/// A table with everything it can count.
type TablePlaces<'l> = (&'l TableId, Vec<Vec<i64>>);

/// Returns what each table of a layout can count, in the order of the numbers.
fn all_places<'l>(
    codebook: &Dataset,
    layout: &'l GridLayout,
) -> Result<Vec<TablePlaces<'l>>, AnalysisError> {
    let tables = layout.tables.iter();
    tables
        .map(|id| Ok((id, id.table.places(codebook, &id.of)?)))
        .collect()
}

fn codebook_alone(about: &About, path: &Path) -> Result<Dataset, AnalysisError> {
    Dataset::from_tables(
        &about.codebook,
        path,
        None,
        BTreeMap::new(),
        Held::default(),
        String::new(),
    )
}

fn layout_digest(about: &About, layout: &[GridLayout]) -> String {
    let text = json(&(&about.instruments, &about.wave, &about.codebook, layout));
    digest(text.as_bytes())
}

/// Adds masked files: the masks of all parties cancel, or nothing is returned.
pub(super) fn unmasked(files: &[MaskedFile]) -> Result<ExchangeFile, AnalysisError> {
    refuse_absent(files)?;
    let Some((first, others)) = files.split_first() else {
        return Err(AnalysisError::Exchange {
            problem: "there is nothing to merge".to_owned(),
        });
    };
    let mut about = first.text.about.clone();
    let mut sums = first.text.values.clone();
    let mut sources = first.text.sources.clone();
    for file in others {
        let side = (&*file.path, &file.text.about);
        refuse_difference((&first.path, &first.text.about), side)?;
        about = united((&first.path, &about), side)?;
        if file.text.layout != first.text.layout || file.text.values.len() != sums.len() {
            return Err(AnalysisError::Exchange {
                problem: format!(
                    "{} and {} hold different tables, so they were made with different jobs",
                    first.path.display(),
                    file.path.display()
                ),
            });
        }
        for (sum, value) in sums.iter_mut().zip(&file.text.values) {
            *sum = sum.wrapping_add(*value);
        }
        sources.extend(file.text.sources.iter().cloned());
    }
    sources.sort();
    let held = held(&about, &first.text.layout, &sums, &first.path)?;
    let file = ExchangeFile {
        path: PathBuf::from("the sum of the masked tables"),
        about,
        sources,
        held,
    };
    cells::check(&file).map_err(|error| AnalysisError::Exchange {
        problem: format!(
            "the masks do not cancel, so a secret or a round differs between two parties ({error})"
        ),
    })?;
    Ok(file)
}

/// Refuses a sum that could not be read: a party is missing, or two do not share a secret.
fn refuse_absent(files: &[MaskedFile]) -> Result<(), AnalysisError> {
    let refused = |problem: String| Err(AnalysisError::Exchange { problem });
    let mut parties: BTreeMap<&str, &MaskedFile> = BTreeMap::new();
    for file in files {
        if let Some(other) = parties.insert(&file.text.party, file) {
            return refused(format!(
                "{} and {} are both of `{}`",
                other.path.display(),
                file.path.display(),
                file.text.party
            ));
        }
    }
    for file in files {
        for (partner, fingerprint) in &file.text.partners {
            let Some(other) = parties.get(partner.as_str()) else {
                return refused(format!(
                    "{}: the masked tables of partner `{partner}` are missing; without them the sum is random numbers",
                    file.path.display()
                ));
            };
            let both = format!("{} and {}", file.path.display(), other.path.display());
            if file.text.round != other.text.round {
                return refused(format!(
                    "{both} were masked for different rounds: `{}` there, `{}` here",
                    file.text.round, other.text.round
                ));
            }
            if other.text.partners.get(&file.text.party) != Some(fingerprint) {
                return refused(format!("{both} were not masked with the same secret"));
            }
        }
        if let Some(other) = parties
            .keys()
            .find(|party| **party != file.text.party && !file.text.partners.contains_key(**party))
        {
            return refused(format!(
                "{} shares no secret with `{other}`: every pair of parties must have one",
                file.path.display()
            ));
        }
    }
    Ok(())
}

/// Puts sums in the order of a layout back into tables.
fn held(
    about: &About,
    layouts: &[GridLayout],
    sums: &[u64],
    path: &Path,
) -> Result<Held, AnalysisError> {
    let codebook = codebook_alone(about, path)?;
    let mut sums = sums.iter().map(|sum| sum.cast_signed());
    let mut next = || {
        sums.next()
            .ok_or_else(|| AnalysisError::data(path, "the file has fewer numbers than its layout"))
    };
    let mut held = Held::default();
    for layout in layouts {
        let mut grid = Grid {
            columns: layout.columns.clone(),
            tables: layout.tables.clone(),
            cells: BTreeMap::new(),
        };
        let places = all_places(&codebook, layout)?;
        for keys in &layout.cells {
            let mut cell = GridCell {
                people: next()?,
                tables: BTreeMap::new(),
            };
            for (id, places) in &places {
                let mut entries = BTreeMap::new();
                for place in places {
                    let value = next()?;
                    if value != 0 {
                        entries.insert(place.clone(), value);
                    }
                }
                cell.tables.insert((*id).clone(), entries);
            }
            if cell.people != 0 || cell.tables.values().any(|entries| !entries.is_empty()) {
                grid.cells.insert(keys.clone(), cell);
            }
        }
        held.grids.push(grid);
    }
    Ok(held)
}
