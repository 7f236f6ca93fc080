//! The auditor: reads the finished files as an outsider would and works out, by integer programming,
//! the range that each withheld count can have (DC-19). A release that leaves one narrower than
//! DC-6 asks is refused, whatever the gate thought of it.
//!
//! It takes nothing from the pattern: what is withheld is what stands in no file. The reader it
//! assumes has every file, the staff list, knows which groups are empty and which sums are complete,
//! and gets the exact number behind every figure that is shown, also where only a range is printed.
//! The second attacker is a person alone in a group, who knows herself.
//!
//! `model.rs` holds the counts and their relations, `published.rs` reads files, `values.rs` asks
//! what rounded means tell.

mod model;
mod published;
mod values;

use std::collections::BTreeMap;

use super::{
    ProtectError,
    history::History,
    lattice::{Lattice, Quantity, group_name},
    layers,
    pattern::{is_band, threshold, whole},
};
use crate::{AuditRange, Findings, Ledger, RawTable, Release};
use model::{Kind, Model, Tables};
use published::Published;

/// Works out the range of every count that must stay unknown.
///
/// # Errors
/// When one is narrower than it must be, a figure of too few people is shown, or the solver gives
/// up: then the release waits.
pub(super) fn audit(
    release: &Release,
    raw: &[RawTable],
    ledger: &Ledger,
) -> Result<Vec<AuditRange>, ProtectError> {
    let about = &release.about;
    let lattice = Lattice::new(raw, &about.wave)?;
    let history = History::new(ledger, about.release, raw, &about.wave, &lattice);
    let mut files: Vec<Findings> = vec![release.network()];
    files.extend(
        release
            .cities()
            .into_iter()
            .filter_map(|city| release.city(city)),
    );
    let auditor = Auditor {
        release,
        published: Published::read(&files),
        lattice: &lattice,
        history: &history,
    };
    let mut ranges = Vec::new();
    for family in layers::families(&lattice) {
        ranges.extend(auditor.quantity(&family)?);
    }
    let published = &auditor.published;
    let narrow = values::narrowed(raw, &about.wave, &lattice, published, &release.audit);
    if let Some((quantity, group)) = narrow.first() {
        return Err(refused(quantity, group_name(group), MEANS));
    }
    Ok(ranges)
}

struct Auditor<'a> {
    release: &'a Release,
    published: Published,
    lattice: &'a Lattice,
    history: &'a History<'a>,
}

impl Auditor<'_> {
    fn quantity(&self, family: &layers::Family<'_>) -> Result<Vec<AuditRange>, ProtectError> {
        let model = self.model(family);
        let needed = whole(self.release.rule.min_group) - 1;
        let mut tables = Tables::of(&model);
        let mut ranges = Vec::new();
        let mut widths: BTreeMap<usize, i64> = BTreeMap::new();
        let targets = self.targets(&model);
        for &target in &targets {
            let found = tables.range(&model, None, target);
            let [low, high] =
                found.ok_or_else(|| self.unfinished(family.quantity, &model, target))?;
            let mut need = needed;
            if high - low < need {
                need = need.min(self.unpublished(family, target)?);
            }
            if high - low < need {
                return Err(refused(family.quantity, model.name(target), COUNTS));
            }
            widths.insert(target, need);
            ranges.push(AuditRange {
                quantity: group_name(family.quantity),
                group: model.name(target),
                low: low.unsigned_abs(),
                high: high.unsigned_abs(),
            });
        }
        for insider in model.alone() {
            for &target in targets
                .iter()
                .filter(|target| !model.is_same(insider, **target))
            {
                let need = widths[&target];
                let mut width = tables
                    .width(&model, Some(insider), target, need)
                    .ok_or_else(|| self.unfinished(family.quantity, &model, target))?;
                if width < need {
                    width += need - need.min(self.unpublished_to(family, insider, target)?);
                }
                if width < need {
                    return Err(refused(family.quantity, model.name(target), ALONE));
                }
            }
        }
        Ok(ranges)
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

    fn model(&self, family: &layers::Family<'_>) -> Model {
        let mut model = Model::new(family, self.lattice.answered());
        let rule = &self.release.rule;
        for count in &mut model.counts {
            let Kind::Group(series, group) = &count.kind else {
                continue;
            };
            let mut series = series.iter();
            if count.truth == 0 || series.any(|series| self.published.shows(series, group)) {
                (count.low, count.high) = (count.truth, count.truth);
                continue;
            }
            self.bound(count);
            if let Kind::Group(_, group) = &count.kind
                && is_band(rule, group, count.truth.unsigned_abs())
            {
                count.low = count.low.max(whole(rule.min_group));
                count.high = count.high.min(whole(rule.min_unit) - 1);
            }
        }
        model
    }

    /// What the staff list and earlier releases say of a count.
    fn bound(&self, count: &mut model::Count) {
        let Kind::Group(series, group) = &count.kind else {
            return;
        };
        if let Some(staff) = self.lattice.staff.get(group) {
            count.high = count.high.min(whole(*staff)).max(count.truth);
        }
        let least = series
            .iter()
            .map(|series| self.history.least(series, group));
        count.low = least.max().unwrap_or(0).min(count.truth);
    }

    /// Returns the width that a count would have if this release did not exist.
    fn unpublished(&self, family: &layers::Family<'_>, target: usize) -> Result<i64, ProtectError> {
        let model = self.before(family);
        let range = Tables::of(&model).range(&model, None, target);
        let [low, high] = range.ok_or_else(|| self.unfinished(family.quantity, &model, target))?;
        Ok(high - low)
    }

    fn unpublished_to(
        &self,
        family: &layers::Family<'_>,
        insider: usize,
        target: usize,
    ) -> Result<i64, ProtectError> {
        let model = self.before(family);
        let width = Tables::of(&model).width(&model, Some(insider), target, i64::MAX);
        width.ok_or_else(|| self.unfinished(family.quantity, &model, target))
    }

    /// The counts as they could be known without this release.
    fn before(&self, family: &layers::Family<'_>) -> Model {
        let mut model = Model::new(family, self.lattice.answered());
        for count in &mut model.counts {
            let Kind::Group(series, group) = &count.kind else {
                continue;
            };
            let kept = |quantity: &Quantity| self.history.keeps_shown(quantity, group);
            if count.truth == 0 || series.iter().any(|series| kept(&series.quantity)) {
                (count.low, count.high) = (count.truth, count.truth);
            } else {
                self.bound(count);
                if let Kind::Group(_, group) = &count.kind
                    && is_band(&self.release.rule, group, count.truth.unsigned_abs())
                {
                    count.low = count.low.max(whole(self.release.rule.min_group));
                    count.high = count.high.min(whole(self.release.rule.min_unit) - 1);
                }
            }
        }
        model
    }

    fn unfinished(&self, quantity: &Quantity, model: &Model, target: usize) -> ProtectError {
        ProtectError::Unfinished {
            quantity: group_name(quantity),
            group: model.name(target),
        }
    }
}

const COUNTS: &str = "from the numbers shown around it";
const ALONE: &str = "by a person who is alone in a group";
const MEANS: &str = "from the means shown around it";

fn refused(quantity: &Quantity, group: String, how: &'static str) -> ProtectError {
    ProtectError::Recoverable {
        quantity: group_name(quantity),
        group,
        how,
    }
}
