//! Units and staff numbers: from rows of text to checked rows, every problem at once.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Network;
use crate::definition::DidYouMean;
use crate::{Catalog, InvalidId, Localized, MunicipalityCode, RoleId, RoleKind, UnitId};

/// Columns of `units.csv`.
pub const UNIT_COLUMNS: [&str; 6] = [
    "unit",
    "municipality",
    "kind",
    "name_fi",
    "name_sv",
    "name_en",
];

/// Columns of `frame.csv`.
pub const FRAME_COLUMNS: [&str; 4] = ["municipality", "unit", "role", "staff"];

/// What a unit can be: a school, a place of early childhood education and care, a library, a place
/// of youth work, culture or sport, an office.
pub const UNIT_KINDS: [&str; 5] = ["school", "ecec", "library", "youth", "office"];

/// A school, day-care centre, library or office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Identity.
    pub id: UnitId,
    /// Where it is.
    pub municipality: MunicipalityCode,
    /// What it is: one of [`UNIT_KINDS`].
    pub kind: String,
    /// The name people see; a language that has none of its own has the Finnish one.
    pub name: Localized,
}

/// Staff of a role in a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameRow {
    /// The municipality.
    pub municipality: MunicipalityCode,
    /// The unit.
    pub unit: UnitId,
    /// The role; duties and kinds of employment are not counted here.
    pub role: RoleId,
    /// How many people.
    pub staff: u32,
}

/// A row as a file holds it: its line, and the text of each column in the order asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterRow<const COLUMNS: usize> {
    /// Line in the file, from 1.
    pub line: usize,
    /// Text by column.
    pub cells: [String; COLUMNS],
}

/// A problem with its row and column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct RowProblem {
    /// Line in the file, from 1.
    pub line: usize,
    /// The column's name; empty where the whole row is meant.
    pub column: String,
    /// What is wrong.
    pub problem: RegisterProblem,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.column.is_empty() {
            write!(f, "line {}: {}", self.line, self.problem)
        } else {
            write!(
                f,
                "line {}, column {}: {}",
                self.line, self.column, self.problem
            )
        }
    }
}

/// What can be wrong in a row of a register.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegisterProblem {
    /// Nothing stands there.
    #[error("empty, write a value")]
    Empty,
    /// Not an id of its kind.
    #[error(transparent)]
    BadId(#[from] InvalidId),
    /// No such municipality.
    #[error("municipality `{text}` is not in the catalogue; {near}write its code, such as 092")]
    UnknownMunicipality {
        /// What stands there.
        text: String,
        /// What may have been meant.
        near: DidYouMean,
    },
    /// A municipality outside the network.
    #[error("municipality {0} is not in the network; add it to network.toml first")]
    NotInNetwork(MunicipalityCode),
    /// No such kind of unit.
    #[error("kind `{text}` is not known; {near}write one of {}", UNIT_KINDS.join(", "))]
    UnknownKind {
        /// What stands there.
        text: String,
        /// What may have been meant.
        near: DidYouMean,
    },
    /// The unit stands in an earlier row.
    #[error("unit `{unit}` stands in line {first} already; give one of the two another id")]
    UnitTwice {
        /// The unit.
        unit: UnitId,
        /// The earlier line.
        first: usize,
    },
    /// No such unit in that municipality.
    #[error("municipality {municipality} has no unit `{unit}`; {near}add it to units.csv first")]
    UnknownUnit {
        /// The municipality.
        municipality: MunicipalityCode,
        /// What stands there.
        unit: UnitId,
        /// What may have been meant.
        near: DidYouMean,
    },
    /// No such role.
    #[error("role `{text}` is not in the catalogue; {near}duties and employment are not counted")]
    UnknownRole {
        /// What stands there.
        text: String,
        /// What may have been meant.
        near: DidYouMean,
    },
    /// Not a number of people.
    #[error("`{0}` is not a number of people; write a whole number from 0 to 100000")]
    NotANumber(String),
    /// Unit and role stand in an earlier row.
    #[error("this unit and role stand in line {first} already; write one row with the sum")]
    RowTwice {
        /// The earlier line.
        first: usize,
    },
}

/// More staff than this in one role of one unit is a slip of the pen.
const MOST_STAFF: u32 = 100_000;

/// Reads and checks the rows of `units.csv`.
///
/// # Errors
/// Every problem at once; then nothing is taken over.
pub fn units(
    rows: &[RegisterRow<6>],
    catalog: &Catalog,
    network: &Network,
) -> Result<Vec<Unit>, Vec<RowProblem>> {
    let mut problems = Problems::default();
    let mut seen: BTreeMap<UnitId, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for row in rows {
        let [unit, municipality, kind, name_fi, name_sv, name_en] = &row.cells;
        let id = problems.id(row.line, "unit", unit, UnitId::new);
        let municipality = problems.municipality(row.line, municipality, catalog, network);
        problems.kind(row.line, kind);
        problems.filled(row.line, "name_fi", name_fi);
        let (Some(id), Some(municipality)) = (id, municipality) else {
            continue;
        };
        if let Some(&first) = seen.get(&id) {
            let unit = id;
            problems.add(row.line, "unit", RegisterProblem::UnitTwice { unit, first });
            continue;
        }
        seen.insert(id.clone(), row.line);
        let or_finnish = |name: &String| {
            if name.is_empty() {
                name_fi.clone()
            } else {
                name.clone()
            }
        };
        found.push(Unit {
            id,
            municipality,
            kind: kind.clone(),
            name: Localized {
                fi: name_fi.clone(),
                sv: or_finnish(name_sv),
                en: or_finnish(name_en),
            },
        });
    }
    problems.or(found)
}

/// Reads and checks the rows of `frame.csv`.
///
/// # Errors
/// Every problem at once; then nothing is taken over.
pub fn frame_rows(
    rows: &[RegisterRow<4>],
    catalog: &Catalog,
    network: &Network,
    units: &[Unit],
) -> Result<Vec<FrameRow>, Vec<RowProblem>> {
    let mut problems = Problems::default();
    let mut seen: BTreeMap<(UnitId, RoleId), usize> = BTreeMap::new();
    let mut found = Vec::new();
    for row in rows {
        let [municipality, unit, role, staff] = &row.cells;
        let municipality = problems.municipality(row.line, municipality, catalog, network);
        let unit = problems.id(row.line, "unit", unit, UnitId::new);
        let unit = match (&municipality, unit) {
            (Some(municipality), Some(unit)) => problems.unit(row.line, municipality, unit, units),
            _ => None,
        };
        let role = problems.role(row.line, role, catalog);
        let staff = problems.staff(row.line, staff);
        let (Some(municipality), Some(unit), Some(role), Some(staff)) =
            (municipality, unit, role, staff)
        else {
            continue;
        };
        if let Some(&first) = seen.get(&(unit.clone(), role.clone())) {
            problems.add(row.line, "", RegisterProblem::RowTwice { first });
            continue;
        }
        seen.insert((unit.clone(), role.clone()), row.line);
        found.push(FrameRow {
            municipality,
            unit,
            role,
            staff,
        });
    }
    problems.or(found)
}

#[derive(Default)]
struct Problems(Vec<RowProblem>);

impl Problems {
    fn add(&mut self, line: usize, column: &str, problem: RegisterProblem) {
        let column = column.to_owned();
        self.0.push(RowProblem {
            line,
            column,
            problem,
        });
    }

    fn or<T>(self, value: T) -> Result<T, Vec<RowProblem>> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self.0)
        }
    }

    fn filled(&mut self, line: usize, column: &str, text: &str) -> Option<()> {
        if text.is_empty() {
            self.add(line, column, RegisterProblem::Empty);
            return None;
        }
        Some(())
    }

    fn id<T>(
        &mut self,
        line: usize,
        column: &str,
        text: &str,
        new: impl FnOnce(String) -> Result<T, InvalidId>,
    ) -> Option<T> {
        self.filled(line, column, text)?;
        match new(text.to_owned()) {
            Ok(id) => Some(id),
            Err(error) => {
                self.add(line, column, error.into());
                None
            }
        }
    }

    fn municipality(
        &mut self,
        line: usize,
        text: &str,
        catalog: &Catalog,
        network: &Network,
    ) -> Option<MunicipalityCode> {
        self.filled(line, "municipality", text)?;
        // A spreadsheet turns 092 into 92; the nought is put back rather than asked for.
        let padded = format!("{text:0>3}");
        let known = catalog.municipalities.iter();
        let Some(town) = known.clone().find(|town| town.code.as_str() == padded) else {
            let known = known.map(|town| town.code.as_str());
            let near = DidYouMean::among(text, known);
            let text = text.to_owned();
            let problem = RegisterProblem::UnknownMunicipality { text, near };
            self.add(line, "municipality", problem);
            return None;
        };
        if !network.has(&town.code) {
            let problem = RegisterProblem::NotInNetwork(town.code.clone());
            self.add(line, "municipality", problem);
            return None;
        }
        Some(town.code.clone())
    }

    fn kind(&mut self, line: usize, text: &str) -> Option<()> {
        self.filled(line, "kind", text)?;
        if !UNIT_KINDS.contains(&text) {
            let near = DidYouMean::among(text, UNIT_KINDS);
            let text = text.to_owned();
            self.add(line, "kind", RegisterProblem::UnknownKind { text, near });
        }
        Some(())
    }

    fn unit(
        &mut self,
        line: usize,
        municipality: &MunicipalityCode,
        unit: UnitId,
        units: &[Unit],
    ) -> Option<UnitId> {
        let here = units.iter().filter(|it| it.municipality == *municipality);
        if here.clone().any(|it| it.id == unit) {
            return Some(unit);
        }
        let problem = RegisterProblem::UnknownUnit {
            municipality: municipality.clone(),
            near: DidYouMean::among(unit.as_str(), here.map(|it| it.id.as_str())),
            unit,
        };
        self.add(line, "unit", problem);
        None
    }

    fn role(&mut self, line: usize, text: &str, catalog: &Catalog) -> Option<RoleId> {
        self.filled(line, "role", text)?;
        let mut known = catalog.roles_of_kind(RoleKind::Role);
        let found = known.find(|role| role.id.as_str() == text);
        if found.is_none() {
            let known = catalog.roles_of_kind(RoleKind::Role);
            let near = DidYouMean::among(text, known.map(|role| role.id.as_str()));
            let text = text.to_owned();
            self.add(line, "role", RegisterProblem::UnknownRole { text, near });
        }
        found.map(|role| role.id.clone())
    }

    fn staff(&mut self, line: usize, text: &str) -> Option<u32> {
        self.filled(line, "staff", text)?;
        let number = text.parse().ok().filter(|number| *number <= MOST_STAFF);
        if number.is_none() {
            let text = text.to_owned();
            self.add(line, "staff", RegisterProblem::NotANumber(text));
        }
        number
    }
}
