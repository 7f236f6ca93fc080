//! Which finding stands where in the book, and which stand nowhere.
//!
//! Translations show the same figures as the Finnish text, so that is the text that is read.

use std::collections::{BTreeMap, BTreeSet};

use findings::{Statistic, Table};
use serde::Serialize;
use surveys::Lang;

use crate::directive::{Directive, Kind};
use crate::figure;
use crate::lookup::Cut;
use crate::memo::Memo;
use crate::messages;
use crate::outline::{self, Outline};
use crate::problem::{Located, gather};
use crate::request::Request;
use crate::site::Site;
use crate::view::View;

/// Where the findings of each population stand.
#[derive(Debug, Serialize)]
pub struct Trace {
    /// By population: `network` or a city's slug.
    pub populations: BTreeMap<String, Places>,
}

/// Where the findings of one population stand.
#[derive(Debug, Default, Serialize)]
pub struct Places {
    /// Files and lines by finding, such as `area.mean,area=safety,role_group=all`.
    pub used: BTreeMap<String, BTreeSet<String>>,
    /// Tables from which main messages and role cards are chosen by rule.
    pub by_rule: Vec<&'static str>,
    /// Findings that no place shows and that are in no table of `by_rule`.
    pub unused: Vec<String>,
}

/// Finds out where the findings of each population stand.
///
/// # Errors
/// All problems at once, where the text cannot be read; [`check`](crate::check()) tells them too.
pub fn trace(request: &Request<'_>) -> Result<Trace, Vec<Located>> {
    let mut problems = Vec::new();
    let site = Site::read(*request, &Memo::default(), &mut problems);
    let (Some(site), true) = (site, problems.is_empty()) else {
        return Err(gather(problems));
    };
    let mut populations = BTreeMap::new();
    for file in request.findings {
        if let Some(view) = site.view(file, Lang::Fi) {
            populations.insert(file.population().to_owned(), places(&view));
        }
    }
    Ok(Trace { populations })
}

fn places(view: &View<'_>) -> Places {
    // What is wrong with numbers and ids is no affair of the trace.
    let outline = Outline::of(view, &mut Vec::new());
    let mut places = Places {
        by_rule: messages::TABLES.to_vec(),
        ..Places::default()
    };
    for part in &outline.chapters {
        for section in part.read() {
            for directive in outline::all(view, section) {
                let (line, _) = directive.place.line_column();
                let place = format!("{}:{line}", directive.place.file.name);
                for finding in findings_of(view, directive) {
                    places
                        .used
                        .entry(finding)
                        .or_default()
                        .insert(place.clone());
                }
            }
        }
    }
    for table in &view.findings().tables {
        let is_ruled = messages::TABLES.contains(&table.id());
        // Working results and results of units stand in no book by their nature.
        if is_ruled || table.statistic() == Statistic::Working {
            continue;
        }
        let ids = table.rows().iter().map(|row| id(table, &row.keys));
        places
            .unused
            .extend(ids.filter(|id| !places.used.contains_key(id)));
    }
    places
}

/// The findings that a directive shows; one that cannot be filled shows none.
fn findings_of(view: &View<'_>, directive: &Directive) -> Vec<String> {
    match directive.kind {
        Kind::Value if view.findings().table(&directive.target).is_some() => {
            let cut = Cut::of(view, directive, &directive.target, None).ok();
            cut.map(|cut| id(cut.table, &cut.only_keys()))
                .into_iter()
                .collect()
        }
        Kind::Chart | Kind::Table => {
            let drawn = figure::draw(view, directive, "trace").ok();
            let data = drawn.into_iter().flat_map(|drawn| drawn.data);
            data.filter_map(|datum| {
                let table = view.findings().table(&datum.table)?;
                Some(id(table, &datum.keys))
            })
            .collect()
        }
        _ => Vec::new(),
    }
}

/// A finding's id: its table, and dimension and key in the order of the table.
fn id(table: &Table, keys: &[String]) -> String {
    let mut id = table.id().to_owned();
    for (dim, key) in table.dims().iter().zip(keys) {
        id.push_str(&format!(",{dim}={key}"));
    }
    id
}
