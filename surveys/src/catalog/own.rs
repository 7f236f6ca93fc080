//! Municipalities of an operator's own: there are about 300 in Finland, and the catalogue brings a
//! few. A file in the catalogue's own format adds the others; it may not contradict what is there.

use std::sync::Arc;

use super::parse::Reader;
use super::{Catalog, Municipality};
use crate::definition::{Located, Problem, SourceFile};

/// A record to copy, as `municipalities.toml` holds it.
pub const EXAMPLE_MUNICIPALITY: &str = r#"[[municipality]]
code = "761"
slug = "somero"
name = { fi = "Somero", sv = "Somero", en = "Somero" }
forms = { nom = "Somero", gen = "Someron", in = "Somerolla", from = "Somerolta", to = "Somerolle" }
provider = { fi = "Someron kaupunki", sv = "Somero stad" }
languages = ["fi"]
region = "Varsinais-Suomi"
"#;

impl Catalog {
    /// Adds the municipalities of a file in the format of the catalogue's `municipalities.toml`.
    /// A record that the catalogue has in the same words may stand there too.
    ///
    /// Returns every problem with its place; the catalogue is unchanged where there is one.
    #[must_use]
    pub fn add_municipalities(&mut self, name: &str, text: &str) -> Vec<Located> {
        let file = Arc::new(SourceFile {
            name: name.to_owned(),
            text: text.to_owned(),
        });
        let mut reader = Reader::default();
        reader.municipalities(&file);
        let Reader {
            catalog: own,
            mut report,
            seen,
        } = reader;
        let mut added = Vec::new();
        for town in own.municipalities {
            let Some(known) = self.rival(&town) else {
                added.push(town);
                continue;
            };
            let place = seen.get(&("municipality", town.code.to_string()));
            if let Some(place) = place.filter(|_| *known != town) {
                let problem = Problem::ContradictsCatalog {
                    name: town.name.fi.clone(),
                    code: town.code.to_string(),
                    known: format!("{} ({}, {})", known.name.fi, known.code, known.slug),
                };
                report.add(problem, place, "this record");
            }
        }
        let problems = report.finish();
        if problems.is_empty() {
            self.municipalities.append(&mut added);
            self.municipalities
                .sort_by(|left, right| left.code.cmp(&right.code));
        }
        problems
    }

    /// Returns the municipality that has the code, the slug or the Finnish name of another record.
    fn rival(&self, town: &Municipality) -> Option<&Municipality> {
        self.municipalities.iter().find(|known| {
            known.code == town.code || known.slug == town.slug || known.name.fi == town.name.fi
        })
    }
}
