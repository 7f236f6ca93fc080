//! The columns that a design is about, and the frame's people by them.

use std::collections::{BTreeMap, BTreeSet};

use surveys::dataset::VariableKind;

use super::Sampling;
use crate::AnalysisError;
use crate::dataset::{Dataset, Staff};

/// The columns of a design, and which of them play which part.
pub(super) struct Columns<'d> {
    pub(super) names: Vec<&'d str>,
    /// The waves that occur, where there are several.
    waves: Vec<&'d str>,
    pub(super) wave: Vec<usize>,
    pub(super) strata: Vec<usize>,
    pub(super) cluster: Vec<usize>,
    pub(super) rake: Vec<usize>,
}

/// Values of all columns of a design.
pub(super) type Codes = Vec<String>;

/// Texts of the columns of a stratum, a cluster or a margin.
pub(super) type Texts = Vec<String>;

impl<'d> Columns<'d> {
    pub(super) fn of(data: &'d Dataset, sampling: &Sampling) -> Result<Self, AnalysisError> {
        let mut columns = Columns {
            names: Vec::new(),
            waves: Vec::new(),
            wave: Vec::new(),
            strata: Vec::new(),
            cluster: Vec::new(),
            rake: Vec::new(),
        };
        if let Some(wave) = data.column_of(VariableKind::Wave) {
            let waves = data.values(&wave.name)?;
            if waves.len() > 1 {
                columns.wave = vec![columns.add(&wave.name)];
                columns.waves = waves;
            }
        }
        for name in &sampling.strata {
            let place = columns.add(&data.column_called(name)?.name);
            if !columns.wave.contains(&place) {
                columns.strata.push(place);
            }
        }
        if let Some(name) = &sampling.cluster {
            let variable = data.column_called(name)?;
            // Units of two municipalities may have the same name.
            if variable.kind == VariableKind::Unit
                && let Some(outer) = data.column_of(VariableKind::Municipality)
            {
                let place = columns.add(&outer.name);
                columns.cluster.push(place);
            }
            let place = columns.add(&variable.name);
            columns.cluster.push(place);
        }
        for name in &sampling.rake {
            let place = columns.add(&data.column_called(name)?.name);
            columns.rake.push(place);
        }
        Ok(columns)
    }

    fn add(&mut self, name: &'d str) -> usize {
        if let Some(place) = self.names.iter().position(|known| *known == name) {
            return place;
        }
        self.names.push(name);
        self.names.len() - 1
    }

    /// Returns the places of the columns that a stratum is named by.
    pub(super) fn of_stratum(&self) -> Vec<usize> {
        self.wave.iter().chain(&self.strata).copied().collect()
    }

    /// Returns the places of the columns that a cluster is named by.
    pub(super) fn of_cluster(&self) -> Vec<usize> {
        self.wave.iter().chain(&self.cluster).copied().collect()
    }

    /// Returns the places of the columns that the weight depends on, unless it is raked.
    pub(super) fn of_weight(&self) -> Vec<usize> {
        let mut places = self.of_stratum();
        let cluster = self.cluster.iter().filter(|place| !places.contains(place));
        let cluster: Vec<usize> = cluster.copied().collect();
        places.extend(cluster);
        places
    }

    pub(super) fn texts(&self, codes: &Codes, places: &[usize]) -> Texts {
        places.iter().map(|place| codes[*place].clone()).collect()
    }

    pub(super) fn name(&self, places: &[usize], texts: &[String]) -> String {
        let named = places.iter().zip(texts);
        let named: Vec<String> = named
            .map(|(place, text)| format!("{} {text}", self.names[*place]))
            .collect();
        match named.is_empty() {
            true => "all together".to_owned(),
            false => named.join(", "),
        }
    }

    /// Adds the staff up by some columns; a frame without waves is that of every wave.
    pub(super) fn staff(
        &self,
        staff: &Staff,
        places: &[usize],
    ) -> Result<BTreeMap<Texts, u64>, AnalysisError> {
        let mut found: BTreeMap<Texts, u64> = BTreeMap::new();
        let mut unplaced = 0;
        let mut missing = BTreeSet::new();
        for row in &staff.rows {
            let mut groups: Vec<Texts> = vec![Vec::new()];
            for place in places {
                let column = staff
                    .columns
                    .iter()
                    .position(|name| name == self.names[*place]);
                let values: Vec<&str> = match column {
                    Some(column) => row.keys[column].as_deref().into_iter().collect(),
                    None if self.wave.contains(place) => self.waves.clone(),
                    None => {
                        missing.insert(self.names[*place]);
                        Vec::new()
                    }
                };
                let longer = groups.iter().flat_map(|group| {
                    let with = |value: &&str| [group.as_slice(), &[(*value).to_owned()]].concat();
                    values.iter().map(with)
                });
                groups = longer.collect();
            }
            if groups.is_empty() {
                unplaced += row.people;
            }
            for group in groups {
                *found.entry(group).or_default() += row.people;
            }
        }
        let names: Vec<&str> = places.iter().map(|place| self.names[*place]).collect();
        if !missing.is_empty() {
            let missing = missing.into_iter().map(str::to_owned).collect();
            return Err(AnalysisError::design(
                "the frame lacks columns that the design needs",
                missing,
                "add the columns to the frame, or take them out of [design]",
            ));
        }
        if unplaced > 0 {
            return Err(AnalysisError::design(
                "the frame has people whose group is not known",
                vec![format!("{unplaced} staff without {}", names.join(", "))],
                "fill the empty fields of the frame; margins that do not agree cannot be weighted to",
            ));
        }
        Ok(found)
    }
}
