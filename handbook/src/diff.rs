//! What is different between two editions: figures joined by their id, text block by block.

mod figures;
mod text;

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub use figures::{FigureChange, FigureKind};
pub use text::{TextChange, TextKind};

use surveys::Lang;

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

impl Difference {
    /// Returns the difference as lines for people: in Finnish, else in English. Figures whose change
    /// may as well be chance are counted only, since they would bury the rest.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        let mut out = format!("{} -> {}\n", self.from, self.to);
        for (population, is_new) in &self.populations {
            let words = match (lang, is_new) {
                (Lang::Fi, true) => "koko painos on uusi",
                (Lang::Fi, false) => "koko painos on poistunut",
                (_, true) => "the whole population is new",
                (_, false) => "the whole population is gone",
            };
            let _ = writeln!(out, "\n{population}: {words}");
        }
        for (population, changes) in &self.figures {
            let _ = writeln!(out, "\n{population}: {}", counted(changes, lang));
            for change in changes {
                if !is_unclear(&change.kind) {
                    let _ = writeln!(out, "  {}", change.told(lang));
                }
            }
        }
        let (same, text) = match lang {
            Lang::Fi => ("teksti on sama", "teksti"),
            Lang::Sv | Lang::En => ("the text is the same", "text"),
        };
        let head = if self.texts.is_empty() { same } else { text };
        let _ = writeln!(out, "\n{head}");
        for change in &self.texts {
            let _ = writeln!(out, "  {}", change.told(lang));
        }
        out
    }
}

fn is_unclear(kind: &FigureKind) -> bool {
    matches!(
        kind,
        FigureKind::Changed {
            is_clear: false,
            ..
        }
    )
}

/// How many figures differ in which way.
fn counted(changes: &[FigureChange], lang: Lang) -> String {
    let count = |is_it: fn(&FigureKind) -> bool| {
        changes.iter().filter(|change| is_it(&change.kind)).count()
    };
    let clear = count(|kind| matches!(kind, FigureKind::Changed { is_clear: true, .. }));
    let unclear = count(is_unclear);
    let new = count(|kind| matches!(kind, FigureKind::New { .. }));
    let gone = count(|kind| matches!(kind, FigureKind::Gone { .. }));
    let broken = count(|kind| matches!(kind, FigureKind::Broken { .. }));
    match lang {
        Lang::Fi => format!(
            "selvästi muuttuneita {clear}, epävarmuuden rajoissa muuttuneita {unclear}, uusia {new}, \
             poistuneita {gone}, ei enää vertailtavia {broken}"
        ),
        Lang::Sv | Lang::En => format!(
            "{clear} changed beyond their uncertainty, {unclear} within it, {new} new, {gone} gone, \
             {broken} no longer comparable"
        ),
    }
}
