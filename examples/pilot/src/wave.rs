//! A whole wave: everybody who answers, several at a time.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use surveys::Survey;

use crate::browser::Browser;
use crate::network::staff;
use crate::person::{Person, WaveMood};
use crate::respondent::{AnswerError, Outcome, answer};

/// How many people answer at the same time.
const AT_ONCE: usize = 6;

/// What came of a wave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaveSummary {
    /// People whom the wave concerns.
    pub people: usize,
    /// Answers that the server has acknowledged.
    pub acknowledged: usize,
    /// People who stopped on the way.
    pub broken_off: usize,
    /// People whose connection broke at least once.
    pub cut: usize,
}

/// Why a wave could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum WaveError {
    /// Fewer codes than people.
    #[error("unit {unit} has {codes} codes for {people} people: make more codes")]
    TooFewCodes {
        /// The unit.
        unit: String,
        /// Codes in the list.
        codes: usize,
        /// People who work there.
        people: usize,
    },
    /// The list of codes is not what `icteko wave codes` writes.
    #[error("line {line} of the code list is not `unit,code`")]
    CodeList {
        /// The line, from 1.
        line: usize,
    },
    /// Somebody could not answer.
    #[error("{unit}: {problem}")]
    Answer {
        /// The unit.
        unit: String,
        /// What happened.
        problem: AnswerError,
    },
}

/// Reads a list of codes, `unit,code` with a header, by unit.
///
/// # Errors
/// When a line has another shape.
pub fn read_codes(text: &str) -> Result<BTreeMap<String, Vec<String>>, WaveError> {
    let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (number, line) in text
        .lines()
        .enumerate()
        .skip(1)
        .filter(|(_, line)| !line.is_empty())
    {
        let (unit, code) = line
            .split_once(',')
            .ok_or(WaveError::CodeList { line: number + 1 })?;
        codes
            .entry(unit.to_owned())
            .or_default()
            .push(code.trim().to_owned());
    }
    Ok(codes)
}

struct Visit {
    unit: String,
    person: Person,
    code: String,
    cuts: bool,
}

/// Lets everybody who is willing answer, at most `limit` of them.
///
/// # Errors
/// When codes are lacking or somebody cannot answer.
pub fn answer_wave(
    host: &str,
    survey: &Survey,
    codes: &BTreeMap<String, Vec<String>>,
    mood: WaveMood,
    seed: u64,
    limit: usize,
) -> Result<WaveSummary, WaveError> {
    let (visits, mut summary) = visits(codes, mood, seed, limit)?;
    let queue = Mutex::new(visits);
    let acknowledged = AtomicUsize::new(0);
    let broken_off = AtomicUsize::new(0);
    let failure = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while failure.lock().is_ok_and(|found| found.is_none()) {
                    let Some(mut visit) = queue.lock().ok().and_then(|mut open| open.pop()) else {
                        break;
                    };
                    let mut browser = Browser::new(host);
                    match answer(
                        &mut browser,
                        survey,
                        &mut visit.person,
                        &visit.code,
                        visit.cuts,
                    ) {
                        Ok(Outcome::Acknowledged) => acknowledged.fetch_add(1, Ordering::Relaxed),
                        Ok(Outcome::BrokenOff) => broken_off.fetch_add(1, Ordering::Relaxed),
                        Err(problem) => {
                            if let Ok(mut found) = failure.lock() {
                                *found = Some(WaveError::Answer {
                                    unit: visit.unit,
                                    problem,
                                });
                            }
                            break;
                        }
                    };
                }
            });
        }
    });
    if let Ok(Some(problem)) = failure.into_inner() {
        return Err(problem);
    }
    summary.acknowledged = acknowledged.into_inner();
    summary.broken_off = broken_off.into_inner();
    Ok(summary)
}

fn visits(
    codes: &BTreeMap<String, Vec<String>>,
    mood: WaveMood,
    seed: u64,
    limit: usize,
) -> Result<(Vec<Visit>, WaveSummary), WaveError> {
    let mut summary = WaveSummary::default();
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    let mut visits = Vec::new();
    for group in staff() {
        let list = codes
            .get(&group.unit)
            .map(Vec::as_slice)
            .unwrap_or_default();
        for number in 0..group.count {
            summary.people += 1;
            let place = used.entry(group.unit.clone()).or_default();
            *place += 1;
            let person = Person::new(seed, &group, number, mood);
            if !person.answers || visits.len() >= limit {
                continue;
            }
            let code = list.get(*place - 1).ok_or_else(|| WaveError::TooFewCodes {
                unit: group.unit.clone(),
                codes: list.len(),
                people: *place,
            })?;
            // Every twenty-fifth person loses the connection on the way.
            let cuts = visits.len() % 25 == 7;
            summary.cut += usize::from(cuts && person.stops_after.is_none());
            visits.push(Visit {
                unit: group.unit.clone(),
                person,
                code: code.clone(),
                cuts,
            });
        }
    }
    Ok((visits, summary))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOOD: WaveMood = WaveMood {
        number: 1,
        growth: 0.0,
        willingness: 1.0,
    };

    fn plenty_of_codes() -> BTreeMap<String, Vec<String>> {
        let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for group in staff() {
            let list = codes.entry(group.unit).or_default();
            for _ in 0..group.count {
                list.push(format!("code-{}", list.len()));
            }
        }
        codes
    }

    #[test]
    fn the_same_people_answer_on_every_run_and_not_everybody_does() {
        let codes = plenty_of_codes();
        let (first, summary) = visits(&codes, MOOD, 7, usize::MAX).unwrap();
        let (again, _) = visits(&codes, MOOD, 7, usize::MAX).unwrap();
        let who = |visits: &[Visit]| {
            visits
                .iter()
                .map(|v| (v.unit.clone(), v.code.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(who(&first), who(&again));
        let rate = first.len() as f64 / summary.people as f64;
        assert!((0.45..0.7).contains(&rate), "response rate {rate}");
    }

    #[test]
    fn too_few_codes_are_named() {
        let error = visits(&BTreeMap::new(), MOOD, 7, usize::MAX).err().unwrap();
        assert!(error.to_string().contains("make more codes"), "{error}");
    }

    #[test]
    fn a_broken_code_list_names_the_line() {
        let error = read_codes("unit,code\nhml-harju,ABCD\nbroken\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 3 of the code list is not `unit,code`"
        );
    }
}
