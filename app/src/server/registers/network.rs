//! `network.toml`: which municipalities take part and whether they share figures by name.

use std::collections::BTreeMap;

use serde::Deserialize;
use surveys::{Catalog, Labels, MunicipalityCode};
use toml::Spanned;

use super::RegisterProblem;
use crate::store::{Network, NetworkMunicipality};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NetworkFile {
    schema: Spanned<u32>,
    id: String,
    origin: surveys::dataset::Origin,
    #[serde(default)]
    title: Labels,
    #[serde(default)]
    municipality: Vec<MunicipalityEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MunicipalityEntry {
    code: Spanned<String>,
    #[serde(default)]
    shares_figures: bool,
}

/// Reads the text of a network file.
pub(super) fn parse(
    file: &str,
    text: &str,
    catalog: &Catalog,
) -> Result<Network, Vec<RegisterProblem>> {
    let at = |offset: usize, problem: String| RegisterProblem {
        file: file.to_owned(),
        line: line_of(text, offset),
        problem,
    };
    let read: NetworkFile = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        vec![at(offset, error.message().to_owned())]
    })?;
    let mut problems = Vec::new();
    if *read.schema.get_ref() != 1 {
        let problem = format!(
            "schema {} is not 1, which this program reads",
            read.schema.get_ref()
        );
        problems.push(at(read.schema.span().start, problem));
    }
    let mut seen: BTreeMap<MunicipalityCode, usize> = BTreeMap::new();
    let mut municipalities = Vec::new();
    for entry in &read.municipality {
        let offset = entry.code.span().start;
        match municipality(entry, catalog, &mut seen, line_of(text, offset)) {
            Ok(municipality) => municipalities.push(municipality),
            Err(problem) => problems.push(at(offset, problem)),
        }
    }
    if read.municipality.is_empty() {
        problems.push(at(0, "the network has no [[municipality]]".into()));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Network {
        id: read.id,
        title: read.title,
        simulated: read.origin == surveys::dataset::Origin::Simulated,
        municipalities,
    })
}

fn municipality(
    entry: &MunicipalityEntry,
    catalog: &Catalog,
    seen: &mut BTreeMap<MunicipalityCode, usize>,
    line: usize,
) -> Result<NetworkMunicipality, String> {
    let given = entry.code.get_ref();
    let found = catalog
        .municipalities
        .iter()
        .find(|town| town.code.as_str() == given || town.slug == *given || town.name.fi == *given)
        .ok_or_else(|| {
            format!("the catalogue has no municipality `{given}`; write its code, such as 092")
        })?;
    if let Some(first) = seen.insert(found.code.clone(), line) {
        return Err(format!(
            "{} ({}) stands in line {first} already; a municipality takes part once, \
             so one of the two must be another one or go",
            found.name.fi, found.code
        ));
    }
    Ok(NetworkMunicipality {
        code: found.code.clone(),
        shares_figures: entry.shares_figures,
    })
}

fn line_of(text: &str, offset: usize) -> usize {
    text.get(..offset)
        .map_or(1, |before| before.matches('\n').count() + 1)
}
