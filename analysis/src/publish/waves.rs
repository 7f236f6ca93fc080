//! Which answers belong to the current wave, and which waves the trend shows.

use surveys::dataset::VariableKind;

use crate::AnalysisError;
use crate::Dataset;
use crate::job::Job;

/// The answers a job is about.
pub(super) struct Waves {
    /// Name of the current wave; none where several are looked at together.
    pub(super) name: Option<String>,
    /// Answers of the current wave.
    pub(super) current: Dataset,
    /// Answers of every wave of the trend, if there is more than one.
    pub(super) trend: Option<Dataset>,
}

impl Waves {
    /// Chooses the waves a job names, or what the data hold.
    pub(super) fn of(job: &Job, data: &Dataset) -> Result<Waves, AnalysisError> {
        let column = data
            .column_of(VariableKind::Wave)
            .map(|variable| variable.name.clone());
        match (&job.wave, column) {
            (Some(wave), Some(column)) => {
                let mut chosen: Vec<&str> = wave.earlier.iter().map(String::as_str).collect();
                chosen.push(&wave.current);
                let trend = match chosen.len() {
                    1 => None,
                    _ => Some(data.among(&column, &chosen)?),
                };
                let current = data.only(&column, &wave.current)?;
                Ok(Waves {
                    name: Some(wave.current.clone()),
                    current,
                    trend,
                })
            }
            (Some(wave), None) if wave.earlier.is_empty() => Ok(Waves {
                name: Some(wave.current.clone()),
                current: data.clone(),
                trend: None,
            }),
            (Some(_), None) => Err(AnalysisError::UnknownName {
                problem: "the data have no column of kind `wave`, so there are no earlier waves"
                    .to_owned(),
            }),
            (None, Some(column)) => {
                let names = data.values(&column)?;
                let several = names.len() > 1;
                let name = (!several).then(|| names.concat());
                let trend = several.then(|| data.clone());
                Ok(Waves {
                    name,
                    current: data.clone(),
                    trend,
                })
            }
            (None, None) => Ok(Waves {
                name: None,
                current: data.clone(),
                trend: None,
            }),
        }
    }
}
