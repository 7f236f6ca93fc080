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
    /// Which answers the job is not about.
    pub(super) notes: Vec<String>,
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
                let notes = left_aside(data, &column, &chosen)?;
                let trend = match chosen.len() {
                    1 => None,
                    _ => Some(data.among(&column, &chosen)?),
                };
                let current = data.only(&column, &wave.current)?;
                Ok(Waves {
                    name: Some(wave.current.clone()),
                    current,
                    trend,
                    notes,
                })
            }
            (Some(wave), None) if wave.earlier.is_empty() => Ok(Waves {
                name: Some(wave.current.clone()),
                current: data.clone(),
                trend: None,
                notes: Vec::new(),
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
                let unknown = without_wave(data, &column, &names)?;
                let taken = match &name {
                    Some(name) => format!("taken for `{name}`, the only wave there is"),
                    None => "counted in no wave".to_owned(),
                };
                let note = |count| counted(count, "has no wave and is", "have no wave and are");
                let notes = (unknown > 0).then(|| format!("{} {taken}", note(unknown)));
                Ok(Waves {
                    name,
                    current: data.clone(),
                    trend,
                    notes: notes.into_iter().collect(),
                })
            }
            (None, None) => Ok(Waves {
                name: None,
                current: data.clone(),
                trend: None,
                notes: Vec::new(),
            }),
        }
    }
}

/// Says how many answers belong to none of the chosen waves.
pub(crate) fn left_aside(
    data: &Dataset,
    column: &str,
    chosen: &[&str],
) -> Result<Vec<String>, AnalysisError> {
    let all = data.values(column)?;
    let others: Vec<&str> = all
        .iter()
        .filter(|wave| !chosen.contains(wave))
        .copied()
        .collect();
    let mut notes = Vec::new();
    let of_others = data.answers_with(column, &others)?;
    if of_others > 0 {
        let is = counted(of_others, "is of a wave", "are of waves");
        let others = others.join(", ");
        notes.push(format!(
            "{is} that the job does not name and left aside: {others}"
        ));
    }
    let unknown = without_wave(data, column, &all)?;
    if unknown > 0 {
        let has = counted(unknown, "has no wave and is", "have no wave and are");
        notes.push(format!("{has} left aside: column `{column}`"));
    }
    Ok(notes)
}

fn without_wave(data: &Dataset, column: &str, all: &[&str]) -> Result<usize, AnalysisError> {
    let known = data.answers_with(column, all)?;
    Ok(data.answers().saturating_sub(known))
}

fn counted(answers: usize, one: &str, several: &str) -> String {
    match answers {
        1 => format!("1 answer {one}"),
        answers => format!("{answers} answers {several}"),
    }
}
