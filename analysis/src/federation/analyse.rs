//! A job on merged tables: the same functions and the same gate as on the answers themselves.

use std::path::Path;

use surveys::dataset::{Variable, VariableKind};

use super::file::{ExchangeFile, json};
use crate::AnalysisError;
use crate::dataset::kind_name;
use crate::job::{Job, Output};
use crate::publish::{self, Progress, Summary};

impl ExchangeFile {
    /// Runs a job on the tables and writes what [`publish::run`] writes; the data that the job
    /// names are not read.
    ///
    /// # Errors
    /// When the job asks for what the tables do not hold, is about another wave, or wants a release
    /// of masked sums; and as [`publish::run`].
    pub fn run(
        &self,
        job: &Path,
        out: &Path,
        ledger: Option<&Path>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Summary, AnalysisError> {
        let data = self.dataset()?;
        let asked = Job::from_file(job)?;
        self.refuse_other_wave(&asked, job)?;
        let refused = |problem: String| Err(AnalysisError::Exchange { problem });
        if self.was_masked() && asked.output != Output::Working {
            return refused(format!(
                "{}: masked sums do not tell how much each municipality contributes, so what a release may show cannot be checked; ask for a working result",
                job.display()
            ));
        }
        if self.was_masked() && self.groups_by_own(&asked) {
            return refused(format!(
                "{}: masked sums have no municipalities and no units; take them out of [groups] and [design]",
                job.display()
            ));
        }
        let (_, needs_answers) = publish::needs(&asked, &data)?;
        if !needs_answers.is_empty() {
            let listed = needs_answers.join("; ");
            return refused(format!(
                "{}: {listed}; take it out of `statistics`",
                job.display()
            ));
        }
        publish::run_on(&data, job, out, ledger, progress)
    }

    /// Says whether a job groups by what each party has of its own.
    fn groups_by_own(&self, job: &Job) -> bool {
        let sampling = job.sampling.iter();
        let design = sampling.flat_map(|design| {
            design
                .strata
                .iter()
                .chain(&design.cluster)
                .chain(&design.rake)
        });
        let asked: Vec<&String> = job.by.iter().chain(design).collect();
        let is_own = |kind| matches!(kind, VariableKind::Municipality | VariableKind::Unit);
        let mut own = self.about.codebook.variables.iter();
        let is_asked = |variable: &Variable| {
            let kind = kind_name(variable.kind);
            let mut names = asked.iter();
            names.any(|name| **name == variable.name || kind == Some(name.as_str()))
        };
        job.unit || own.any(|variable| is_own(variable.kind) && is_asked(variable))
    }

    /// Tables of some waves answer questions about just these.
    fn refuse_other_wave(&self, job: &Job, path: &Path) -> Result<(), AnalysisError> {
        let Some(mine) = &self.about.wave else {
            return Ok(());
        };
        let same = job
            .wave
            .as_ref()
            .is_some_and(|wave| wave.current == mine.current && wave.earlier == mine.earlier);
        if same {
            return Ok(());
        }
        let asked = job.wave.as_ref().map(|wave| (&wave.current, &wave.earlier));
        Err(AnalysisError::Exchange {
            problem: format!(
                "{} and {} do not agree on the wave: {} in the job, {} in the tables",
                path.display(),
                self.path.display(),
                json(&asked),
                json(&(&mine.current, &mine.earlier))
            ),
        })
    }
}
