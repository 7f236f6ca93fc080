//! What is different between two editions: figures joined by their id, text block by block.

mod figures;
mod text;

use std::collections::BTreeMap;
use std::fmt;

pub use figures::{FigureChange, FigureKind};
pub use text::{TextChange, TextKind};

use crate::archive::Archive;

/// The difference between two editions.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Id of the earlier edition.
    pub from: String,
    /// Id of the later one.
    pub to: String,
    /// Changed figures of the populations that both have.
    pub figures: BTreeMap<String, Vec<FigureChange>>,
    /// Populations that only one of the two has; true where it is the later one.
    pub populations: BTreeMap<String, bool>,
    /// Changed text.
    pub texts: Vec<TextChange>,
}

/// Compares two editions.
#[must_use]
pub fn diff(from: &Archive, to: &Archive) -> Difference {
    let mut difference = Difference {
        from: from.edition.clone(),
        to: to.edition.clone(),
        figures: BTreeMap::new(),
        populations: BTreeMap::new(),
        texts: text::changes(&from.sources, &to.sources),
    };
    for (population, before) in &from.findings {
        match to.findings.get(population) {
            Some(after) => {
                let changes = figures::changes(before, after);
                difference.figures.insert(population.clone(), changes);
            }
            None => {
                difference.populations.insert(population.clone(), false);
            }
        }
    }
    for population in to.findings.keys() {
        if !from.findings.contains_key(population) {
            difference.populations.insert(population.clone(), true);
        }
    }
    difference
}

pub(crate) use figures::changes as figure_changes;
pub(crate) use text::changes as text_changes;

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} -> {}", self.from, self.to)?;
        for (population, is_new) in &self.populations {
            let word = if *is_new { "new" } else { "gone" };
            writeln!(f, "\n{population}: the whole population is {word}")?;
        }
        for (population, changes) in &self.figures {
            let count = |is_it: fn(&FigureKind) -> bool| {
                changes.iter().filter(|change| is_it(&change.kind)).count()
            };
            writeln!(
                f,
                "\n{population}: {} changed beyond their uncertainty, {} within it, {} new, {} gone, \
                 {} no longer comparable",
                count(|kind| matches!(kind, FigureKind::Changed { is_clear: true, .. })),
                count(|kind| matches!(
                    kind,
                    FigureKind::Changed {
                        is_clear: false,
                        ..
                    }
                )),
                count(|kind| matches!(kind, FigureKind::New { .. })),
                count(|kind| matches!(kind, FigureKind::Gone { .. })),
                count(|kind| matches!(kind, FigureKind::Broken { .. })),
            )?;
            for change in changes {
                // What may as well be chance is counted above, and would bury the rest here.
                if !matches!(
                    change.kind,
                    FigureKind::Changed {
                        is_clear: false,
                        ..
                    }
                ) {
                    writeln!(f, "  {change}")?;
                }
            }
        }
        if self.texts.is_empty() {
            return writeln!(f, "\nthe text is the same");
        }
        writeln!(f, "\ntext")?;
        for change in &self.texts {
            writeln!(f, "  {change}")?;
        }
        Ok(())
    }
}
