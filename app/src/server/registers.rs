//! Registers from files: the network (TOML), its units and staff numbers (CSV).
//!
//! `exchange::registers` reads the tables and `surveys::network` judges what stands in them; this
//! is the way into the store. All or nothing: every problem is reported at its place, and nothing
//! changes while there is one (IN-4).

use std::collections::BTreeSet;

use exchange::registers::{TableProblem, read_frame, read_units};
use surveys::definition::{Located, Problem};
use surveys::network::{FrameRow, Network};
use surveys::{EXAMPLE_MUNICIPALITY, MunicipalityCode};

use crate::server::service::{Service, ServiceError};

/// Why a register was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Every problem of the file, a line each; nothing was changed.
    #[error(
        "{}\nnothing was changed; docs/registers.md shows an example of each file and all role ids",
        .0.join("\n")
    )]
    Problems(Vec<String>),
    /// The file lacks what the register has, a line each; nothing was changed.
    #[error(
        "{}\nnothing was changed: the file may be cut short; if these numbers are meant to go, \
         import it with --replace",
        .0.join("\n")
    )]
    WouldLose(Vec<String>),
    /// The store failed or refused.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Service {
    /// Takes a network in from the text of `network.toml`; returns how many municipalities it has.
    ///
    /// # Errors
    /// With every problem of the file, such as a municipality that stands in it twice.
    pub async fn import_network(&self, file: &str, text: &str) -> Result<usize, ImportError> {
        let (network, problems) = Network::parse(file, text, &self.catalog);
        let Some(network) = network.filter(|_| problems.is_empty()) else {
            return Err(ImportError::Problems(network_problems(&problems)));
        };
        let count = network.municipalities.len();
        self.store
            .record_network(network)
            .await
            .map_err(ServiceError::from)?;
        Ok(count)
    }

    /// Takes units in from CSV: `unit,municipality,kind,name_fi,name_sv,name_en`.
    ///
    /// # Errors
    /// With every problem of the file.
    pub async fn import_units(
        &self,
        file: &str,
        bytes: impl AsRef<[u8]>,
    ) -> Result<usize, ImportError> {
        let network = self.network().await?;
        let units = read_units(bytes.as_ref(), &self.catalog, &network)
            .map_err(|found| wrong(file, &found))?;
        let count = units.len();
        self.store
            .record_units(units)
            .await
            .map_err(ServiceError::from)?;
        Ok(count)
    }

    /// Takes staff numbers in from CSV: `municipality,unit,role,staff`. A municipality's earlier
    /// numbers are replaced as a whole; waves keep those they were set up with.
    ///
    /// # Errors
    /// With every problem of the file; when a municipality that stands in it would lose the number
    /// of a group it has, unless `may_lose`.
    pub async fn import_frame(
        &self,
        file: &str,
        bytes: impl AsRef<[u8]>,
        may_lose: bool,
    ) -> Result<usize, ImportError> {
        let network = self.network().await?;
        let units = self.store.units().await.map_err(ServiceError::from)?;
        let staff = read_frame(bytes.as_ref(), &self.catalog, &network, &units)
            .map_err(|found| wrong(file, &found))?;
        let present = self.store.staff().await.map_err(ServiceError::from)?;
        let lost = lost(&present, &staff);
        if !lost.is_empty() && !may_lose {
            let line = |row: &FrameRow| {
                format!(
                    "{file}: no number for {} in {} ({}), which had {}",
                    row.role, row.unit, row.municipality, row.staff
                )
            };
            return Err(ImportError::WouldLose(lost.into_iter().map(line).collect()));
        }
        let count = staff.len();
        self.store
            .record_staff(staff)
            .await
            .map_err(ServiceError::from)?;
        Ok(count)
    }

    /// Returns the municipalities whose figures may be shown beside their names.
    ///
    /// # Errors
    /// When there is no network yet or the database fails.
    pub async fn sharing_figures(&self) -> Result<Vec<MunicipalityCode>, ServiceError> {
        let network = self.network().await?;
        let sharing = network.municipalities.into_iter();
        Ok(sharing
            .filter(|municipality| municipality.shares_figures)
            .map(|municipality| municipality.code)
            .collect())
    }

    async fn network(&self) -> Result<Network, ServiceError> {
        self.store.network().await?.ok_or_else(|| {
            ServiceError::Refused("there is no network yet; import network.toml first".into())
        })
    }
}

/// Returns the present numbers that go when `coming` replaces those of its municipalities.
/// A line for each problem; where a municipality is not known, once, what a record looks like.
fn network_problems(problems: &[Located]) -> Vec<String> {
    let mut lines: Vec<String> = problems.iter().map(Located::one_line).collect();
    let is_unknown =
        |problem: &Located| matches!(problem.problem, Problem::UnknownMunicipality { .. });
    if problems.iter().any(is_unknown) {
        lines.push(format!(
            "\nA record in municipalities.toml of the data folder, to copy and change (forms are \
             the Finnish cases: of, in, from and to the town):\n\n{EXAMPLE_MUNICIPALITY}"
        ));
    }
    lines
}

fn lost<'a>(present: &'a [FrameRow], coming: &[FrameRow]) -> Vec<&'a FrameRow> {
    let replaced: BTreeSet<_> = coming.iter().map(|row| &row.municipality).collect();
    let kept: BTreeSet<_> = coming.iter().map(|row| (&row.unit, &row.role)).collect();
    present
        .iter()
        .filter(|row| replaced.contains(&row.municipality))
        .filter(|row| row.staff > 0 && !kept.contains(&(&row.unit, &row.role)))
        .collect()
}

fn wrong(file: &str, problems: &[TableProblem]) -> ImportError {
    ImportError::Problems(
        problems
            .iter()
            .map(|problem| format!("{file}: {problem}"))
            .collect(),
    )
}
