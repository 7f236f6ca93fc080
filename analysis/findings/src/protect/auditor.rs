//! The auditor: reads the finished files as an outsider would and works out, by integer programming,
//! the range that each withheld count can have (DC-19). A release that leaves one narrower than
//! DC-6 asks is refused, whatever the gate thought of it.
//!
//! It takes nothing from the pattern: what is withheld is what stands in no file. The reader it
//! assumes has every file, the staff list, knows which groups are empty and which sums are complete,
//! and gets the exact number behind every figure that is shown, also where only a range is printed.
//! The second attacker is a person alone in a group, who knows herself.
//!
//! `model.rs` holds the counts of all quantities and their relations, `tables.rs` looks for tables
//! that fit, `published.rs` reads files, `values.rs` asks what rounded means tell and `answers.rs`
//! what shares do.

mod answers;
mod model;
mod published;
mod tables;
mod values;

use std::collections::BTreeMap;

use super::{
    ProtectError,
    history::History,
    lattice::{Group, Lattice, Quantity, Series, group_name},
    layers::{self, Family},
    pattern::{is_band, threshold, whole},
};
use crate::{AuditRange, Findings, Ledger, RawTable, Release};
use model::{Kind, Model};
use published::Published;
use tables::Tables;

/// What an audit found.
pub(super) struct Outcome {
    /// The range of every count that must stay unknown.
    pub(super) ranges: Vec<AuditRange>,
    /// The counts and means that are narrower than they must be: then the release waits.
    pub(super) narrow: Vec<Narrow>,
}

/// A figure that could be worked out.
pub(super) struct Narrow {
    pub(super) quantity: Quantity,
    /// The group; none for people whom no part of a total holds.
    pub(super) group: Option<Group>,
    /// The words by which the operator finds it.
    name: String,
    /// By whom or from what.
    how: &'static str,
}

impl From<&Narrow> for ProtectError {
    fn from(narrow: &Narrow) -> Self {
        ProtectError::Recoverable {
            quantity: group_name(&narrow.quantity),
            group: narrow.name.clone(),
            how: narrow.how,
        }
    }
}

/// Works out the range of every count that must stay unknown.
///
/// # Errors
/// When the tables contradict each other, or the solver gives up.
pub(super) fn audit(
    release: &Release,
    raw: &[RawTable],
    ledger: &Ledger,
) -> Result<Outcome, ProtectError> {
    let about = &release.about;
    let lattice = Lattice::new(raw, &about.wave)?;
    let history = History::new(ledger, about.release, raw, &about.wave, &lattice);
    let cities = release.cities().into_iter();
    let cities = cities.filter_map(|city| release.city(city));
    let files: Vec<Findings> = [release.network()].into_iter().chain(cities).collect();
    let auditor = Auditor {
        release,
        published: Published::read(&files),
        families: layers::families(&lattice),
        lattice: &lattice,
        history: &history,
    };
    let mut outcome = auditor.counts()?;
    let published = &auditor.published;
    let means = values::narrowed(raw, &about.wave, &lattice, published, &release.audit);
    let means = means.into_iter().map(|(quantity, group)| Narrow {
        quantity,
        name: group_name(&group),
        group: Some(group),
        how: MEANS,
    });
    outcome.narrow.extend(means);
    let answers = answers::given_away(raw, &about.wave, &lattice, published, &release.audit);
    let answers = answers.into_iter().map(|(quantity, group)| Narrow {
        quantity,
        name: group
            .as_ref()
            .map_or_else(|| NOBODYS.to_owned(), group_name),
        group,
        how: SHARES,
    });
    outcome.narrow.extend(answers);
    Ok(outcome)
}

struct Auditor<'a> {
    release: &'a Release,
    published: Published,
    families: Vec<Family<'a>>,
    lattice: &'a Lattice,
    history: &'a History<'a>,
}

impl Auditor<'_> {
    fn counts(&self) -> Result<Outcome, ProtectError> {
        let now = self.model(|series, group| self.published.shows(series, group));
        let before = self.model(|series, group| self.history.keeps_shown(&series.quantity, group));
        let (mut now, mut before) = (Tables::of(&now), Tables::of(&before));
        let targets = self.targets(now.model());
        let (mut ranges, mut narrow) = (Vec::new(), Vec::new());
        let mut needs: BTreeMap<usize, i64> = BTreeMap::new();
        for &target in &targets {
            let mut need = whole(self.release.rule.min_group) - 1;
            let [low, high] = self.range(&mut now, None, target, need)?;
            if high - low < need {
                need = self.least_of(need, &mut before, None, target)?;
            }
            if high - low < need {
                narrow.push(self.narrow(now.model(), target, COUNTS));
            } else {
                needs.insert(target, need);
            }
            ranges.push(AuditRange {
                quantity: self.quantity(now.model(), target),
                group: now.model().name(target),
                low: low.unsigned_abs(),
                high: high.unsigned_abs(),
            });
        }
        for insider in now.model().alone() {
            for (&target, &need) in &needs {
                // What she learns of her own group is her own answer.
                if now.model().is_same_group(insider, target) {
                    continue;
                }
                let [low, high] = self.range(&mut now, Some(insider), target, need)?;
                if high - low < need
                    && high - low < self.least_of(need, &mut before, Some(insider), target)?
                {
                    narrow.push(self.narrow(now.model(), target, ALONE));
                }
            }
        }
        Ok(Outcome { ranges, narrow })
    }

    /// Returns the needed width, or the one that a count would have if this release did not exist.
    fn least_of(
        &self,
        need: i64,
        before: &mut Tables<'_>,
        insider: Option<usize>,
        target: usize,
    ) -> Result<i64, ProtectError> {
        let [low, high] = self.range(before, insider, target, need)?;
        Ok(need.min(high - low))
    }

    fn range(
        &self,
        tables: &mut Tables<'_>,
        insider: Option<usize>,
        target: usize,
        need: i64,
    ) -> Result<[i64; 2], ProtectError> {
        let range = tables.range(insider, target, need);
        range.ok_or_else(|| self.unfinished(tables.model(), target))
    }

    /// The counts that must stay unknown: too few people, and in no file.
    fn targets(&self, model: &Model) -> Vec<usize> {
        let rule = &self.release.rule;
        let few = |at: &usize| {
            let count = &model.counts[*at];
            let least = match &count.kind {
                Kind::Group(_, group) => threshold(rule, group),
                Kind::Rest => rule.min_group,
                Kind::Between => 0,
            };
            count.truth > 0 && count.truth < whole(least)
        };
        (0..model.counts.len()).filter(few).collect()
    }

    /// The counts with what the staff list, earlier releases and the rule itself say of them, and
    /// exactly where they are known.
    fn model(&self, is_known: impl Fn(&Series, &Group) -> bool) -> Model {
        let mut model = Model::new(&self.families, self.lattice);
        let rule = &self.release.rule;
        for count in &mut model.counts {
            let Kind::Group(series, group) = &count.kind else {
                continue;
            };
            if count.truth == 0 || series.iter().any(|series| is_known(series, group)) {
                (count.low, count.high) = (count.truth, count.truth);
                continue;
            }
            if let Some(staff) = self.lattice.staff.get(group) {
                count.high = count.high.min(whole(*staff)).max(count.truth);
            }
            let least = series
                .iter()
                .map(|series| self.history.least(series, group));
            count.low = least.max().unwrap_or(0).min(count.truth);
            if is_band(rule, group, count.truth.unsigned_abs()) {
                count.low = count.low.max(whole(rule.min_group));
                count.high = count.high.min(whole(rule.min_unit) - 1);
            }
        }
        model
    }

    fn quantity(&self, model: &Model, count: usize) -> String {
        let family = &self.families[model.counts[count].family];
        group_name(family.quantity)
    }

    fn unfinished(&self, model: &Model, target: usize) -> ProtectError {
        ProtectError::Unfinished {
            quantity: self.quantity(model, target),
            group: model.name(target),
        }
    }

    fn narrow(&self, model: &Model, target: usize, how: &'static str) -> Narrow {
        let group = match &model.counts[target].kind {
            Kind::Group(_, group) => Some(group.clone()),
            Kind::Rest | Kind::Between => None,
        };
        Narrow {
            quantity: self.families[model.counts[target].family].quantity.clone(),
            group,
            name: model.name(target),
            how,
        }
    }
}

const COUNTS: &str = "from the numbers shown around it";
const ALONE: &str = "by a person who is alone in a group";
const MEANS: &str = "from the means shown around it";
const SHARES: &str = "from the shares shown around it";
const NOBODYS: &str = "people whom no group holds";
