//! The network and its registers: who takes part, which units there are and how many staff.
//!
//! `network.toml` names the municipalities, `units.csv` the units and `frame.csv` the staff by
//! unit and role. Reading files is the business of `exchange`; what stands in them is judged here,
//! all of it at once, and nothing is taken over while there is a problem.

mod register;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::dataset::Origin;
use crate::definition::read::{Fields, document};
use crate::definition::report::{At, Report};
use crate::definition::{DidYouMean, Located, Place, Problem, SourceFile};
use crate::{Catalog, Localized, Municipality, MunicipalityCode, NetworkId};

pub use register::{
    FRAME_COLUMNS, FrameRow, RegisterProblem, RegisterRow, RowProblem, UNIT_COLUMNS, UNIT_KINDS,
    Unit, frame_rows, units,
};

/// The schema version of `network.toml`.
const SCHEMA: i64 = 1;

/// Municipalities that run waves together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// Identity.
    pub id: NetworkId,
    /// Whether its answers are invented.
    pub origin: Origin,
    /// The name people see.
    pub title: Localized,
    /// Who takes part, in the order of the file.
    pub municipalities: Vec<NetworkMunicipality>,
}

/// A municipality that takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkMunicipality {
    /// Its code.
    pub code: MunicipalityCode,
    /// Whether its figures may be shown beside its name.
    pub shares_figures: bool,
}

impl Network {
    /// Reads the text of a network file. A municipality is given by its code or its name, and
    /// stands there once however it is given.
    #[must_use]
    pub fn parse(name: &str, text: &str, catalog: &Catalog) -> (Option<Network>, Vec<Located>) {
        let file = Arc::new(SourceFile {
            name: name.to_owned(),
            text: text.to_owned(),
        });
        let mut report = Report::default();
        let network = document(&file, &mut report, "the network", |f| read(f, catalog));
        let problems = report.finish();
        (network.filter(|_| problems.is_empty()), problems)
    }

    /// Returns whether the municipality takes part.
    #[must_use]
    pub fn has(&self, code: &MunicipalityCode) -> bool {
        self.municipalities.iter().any(|town| town.code == *code)
    }
}

fn read(f: &mut Fields<'_, '_>, catalog: &Catalog) -> Option<Network> {
    f.schema(SCHEMA);
    let id = f.id("id", NetworkId::new);
    let origins = [
        ("collected", Origin::Collected),
        ("simulated", Origin::Simulated),
    ];
    let origin = f.word("origin", &origins);
    let title = f.localized("title");
    let mut seen: BTreeMap<MunicipalityCode, Place> = BTreeMap::new();
    let towns = f.each("municipality", "a [[municipality]]", |f| {
        let shares_figures = f.flag("shares_figures").is_some_and(|flag| flag.value);
        let given = f.required_text("code")?;
        let town = known(f, &given, catalog)?;
        once(f, town, &given.place, &mut seen)?;
        Some(NetworkMunicipality {
            code: town.code.clone(),
            shares_figures,
        })
    });
    if towns.is_empty() {
        let place = f.place();
        f.report
            .add(Problem::EmptyNetwork, &place, "no [[municipality]]");
    }
    Some(Network {
        id: id?.value,
        origin: origin?,
        title: title?,
        municipalities: towns.into_iter().flatten().collect(),
    })
}

fn known<'c>(
    f: &mut Fields<'_, '_>,
    given: &At<String>,
    catalog: &'c Catalog,
) -> Option<&'c Municipality> {
    let wanted = given.value.to_lowercase();
    let names = |town: &Municipality| {
        let Localized { fi, sv, en } = &town.name;
        [town.code.as_str(), &town.slug, fi, sv, en].map(str::to_lowercase)
    };
    let found = catalog
        .municipalities
        .iter()
        .find(|town| names(town).contains(&wanted));
    if found.is_none() {
        let all = catalog.municipalities.iter();
        let all = all.flat_map(|town| [town.code.as_str(), &town.name.fi, &town.name.sv]);
        let problem = Problem::UnknownMunicipality {
            text: given.value.clone(),
            near: DidYouMean::among(&given.value, all),
        };
        f.report.add(problem, &given.place, "not in the catalogue");
    }
    found
}

fn once(
    f: &mut Fields<'_, '_>,
    town: &Municipality,
    place: &Place,
    seen: &mut BTreeMap<MunicipalityCode, Place>,
) -> Option<()> {
    if let Some(first) = seen.get(&town.code) {
        let problem = Problem::MunicipalityTwice {
            name: town.name.fi.clone(),
            code: town.code.to_string(),
        };
        let places = [
            (place, "again here".to_owned()),
            (first, "first here".to_owned()),
        ];
        f.report.add_all(problem, places);
        return None;
    }
    seen.insert(town.code.clone(), place.clone());
    Some(())
}
