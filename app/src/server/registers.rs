//! Registers from files: the network (TOML), its units and staff numbers (CSV).
//!
//! All or nothing: every problem is reported with its line, and nothing changes while there is
//! one (IN-4). The same file twice changes nothing.

mod network;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use surveys::{Localized, MunicipalityCode, RoleKind, UnitId};

use crate::server::service::{Service, ServiceError};
use crate::store::{StaffNumber, Unit};
use table::{Line, Table};

/// One thing wrong in a register, at its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct RegisterProblem {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub problem: String,
}

/// Why a register was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Every problem of the file; nothing was changed.
    #[error("{} problems, nothing was changed", .0.len())]
    Problems(Vec<RegisterProblem>),
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
        let network = network::parse(file, text, &self.catalog).map_err(ImportError::Problems)?;
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
    pub async fn import_units(&self, file: &str, text: &str) -> Result<usize, ImportError> {
        let columns = [
            "unit",
            "municipality",
            "kind",
            "name_fi",
            "name_sv",
            "name_en",
        ];
        let mut table = Table::parse(file, text, &columns).map_err(ImportError::Problems)?;
        let known = self.network_codes().await?;
        let mut seen: BTreeMap<UnitId, usize> = BTreeMap::new();
        let mut units = Vec::new();
        for line in table.take_lines() {
            let unit = table.unit_id(&line, 0);
            let municipality = table.municipality(&line, 1, &known);
            for column in 2..4 {
                table.filled(&line, column);
            }
            let (Some(id), Some(municipality)) = (unit, municipality) else {
                continue;
            };
            if let Some(first) = seen.insert(id.clone(), line.number) {
                table.problem(
                    &line,
                    format!("the unit `{id}` stands in line {first} already"),
                );
                continue;
            }
            units.push(unit_of(&line, id, municipality));
        }
        table.finish().map_err(ImportError::Problems)?;
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
    /// With every problem of the file.
    pub async fn import_frame(&self, file: &str, text: &str) -> Result<usize, ImportError> {
        let columns = ["municipality", "unit", "role", "staff"];
        let mut table = Table::parse(file, text, &columns).map_err(ImportError::Problems)?;
        let known = self.network_codes().await?;
        let units: BTreeSet<(MunicipalityCode, UnitId)> = self
            .store
            .units()
            .await
            .map_err(ServiceError::from)?
            .into_iter()
            .map(|unit| (unit.municipality, unit.id))
            .collect();
        let mut seen = BTreeMap::new();
        let mut numbers = Vec::new();
        for line in table.take_lines() {
            let municipality = table.municipality(&line, 0, &known);
            let unit = table.unit_id(&line, 1);
            let role = table.role(&line, 2, &self.catalog, RoleKind::Role);
            let staff = table.count(&line, 3);
            let (Some(municipality), Some(unit), Some(role), Some(staff)) =
                (municipality, unit, role, staff)
            else {
                continue;
            };
            if !units.contains(&(municipality.clone(), unit.clone())) {
                let problem = format!(
                    "{municipality} has no unit `{unit}`; import units first or put the id right"
                );
                table.problem(&line, problem);
                continue;
            }
            let key = (municipality.clone(), unit.clone(), role.clone());
            if let Some(first) = seen.insert(key, line.number) {
                table.problem(
                    &line,
                    format!("unit and role stand in line {first} already"),
                );
                continue;
            }
            numbers.push(StaffNumber {
                municipality,
                unit,
                role,
                staff,
            });
        }
        table.finish().map_err(ImportError::Problems)?;
        let count = numbers.len();
        self.store
            .record_staff(numbers)
            .await
            .map_err(ServiceError::from)?;
        Ok(count)
    }

    async fn network_codes(&self) -> Result<BTreeSet<MunicipalityCode>, ServiceError> {
        let network = self.store.network().await?.ok_or_else(|| {
            ServiceError::Refused("there is no network yet; import network.toml first".into())
        })?;
        Ok(network
            .municipalities
            .into_iter()
            .map(|it| it.code)
            .collect())
    }
}

fn unit_of(line: &Line, id: UnitId, municipality: MunicipalityCode) -> Unit {
    let cell = |column: usize| line.cells[column].clone();
    // A unit often has a name in one language only; the Finnish one then stands everywhere.
    let or_finnish = |column: usize| match cell(column) {
        name if name.is_empty() => cell(3),
        name => name,
    };
    Unit {
        municipality,
        id,
        kind: cell(2),
        name: Localized {
            fi: cell(3),
            sv: or_finnish(4),
            en: or_finnish(5),
        },
    }
}
