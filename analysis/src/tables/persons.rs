//! Who is the same person in several waves.
//!
//! People are linked by a pseudonymous code of their own, inside their municipality: a code that
//! somebody in another one has too names somebody else, and answers of two municipalities never
//! have to lie side by side. A code that is used twice in any wave names nobody.

use std::collections::{BTreeMap, BTreeSet};

use surveys::dataset::VariableKind;

use crate::AnalysisError;
use crate::dataset::{Dataset, Key, MISSING_KEY};

/// The person behind each row, where a code says so.
pub(crate) struct Persons {
    of_row: Vec<Option<u32>>,
    is_twice: Vec<bool>,
}

impl Persons {
    /// Reads the codes; `wave` has the wave of each row. Without a column of codes nobody is
    /// linked.
    ///
    /// # Errors
    /// When the data are tables in place of answers.
    pub(crate) fn of(data: &Dataset, wave: &Key<'_>) -> Result<Persons, AnalysisError> {
        let column = |kind| {
            let mut variables = data.codebook().variables.iter();
            variables.find(|variable| variable.kind == kind)
        };
        let Some(code) = column(VariableKind::PersonCode) else {
            return Ok(Persons {
                of_row: vec![None; data.answers()],
                is_twice: vec![false; data.answers()],
            });
        };
        let code = data.key(&code.name)?;
        let municipality = column(VariableKind::Municipality);
        let municipality = municipality
            .map(|found| data.key(&found.name))
            .transpose()?;
        let person = |row: usize| {
            let own = Some(code.codes[row]).filter(|code| *code != MISSING_KEY)?;
            Some((municipality.as_ref().map(|key| key.codes[row]), own))
        };
        let mut uses: BTreeMap<_, BTreeMap<u32, u64>> = BTreeMap::new();
        for row in 0..data.answers() {
            if let Some(person) = person(row) {
                let waves = uses.entry(person).or_default();
                *waves.entry(wave.codes[row]).or_default() += 1;
            }
        }
        let twice: BTreeSet<_> = uses
            .iter()
            .filter(|(_, waves)| waves.values().any(|times| *times > 1))
            .map(|(person, _)| *person)
            .collect();
        let numbers: BTreeMap<_, u32> = uses.into_keys().zip(0..).collect();
        let is_twice: Vec<bool> = (0..data.answers())
            .map(|row| person(row).is_some_and(|person| twice.contains(&person)))
            .collect();
        let of_row = (0..data.answers()).map(|row| {
            let person = person(row).filter(|_| !is_twice[row])?;
            numbers.get(&person).copied()
        });
        Ok(Persons {
            of_row: of_row.collect(),
            is_twice,
        })
    }

    /// Returns the number of the person whose row it is; none who cannot be linked.
    pub(crate) fn person(&self, row: usize) -> Option<u32> {
        self.of_row[row]
    }

    /// Returns whether the row has a code that is used twice.
    pub(crate) fn is_twice(&self, row: usize) -> bool {
        self.is_twice[row]
    }
}

/// Says that codes are used twice, where there are any.
pub(crate) fn note_twice(answers: u64) -> Vec<String> {
    match answers {
        0 => Vec::new(),
        answers => vec![format!(
            "{answers} answers have a code of people that is used twice in a wave and link nobody"
        )],
    }
}
