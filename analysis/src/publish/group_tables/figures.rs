//! From counts to the lines of a CSV file.

use std::collections::BTreeSet;

use findings::Undefined;

use super::plan::TablePlan;
use crate::dataset::plan::{Plan, Reading};
use crate::estimate::{REASONS, coefficient, quantile_at};
use crate::exact::Moments;
use crate::job::{GroupTableAbout, GroupTableColumn};
use crate::publish::output::quoted;
use crate::reduce::{CompleteCounts, Totals};
use crate::score::missing_code;
use crate::tables::scores::ScoreTable;

/// Returns the text of a table and the number of its lines. Lines are in the order of their keys,
/// numbers in their shortest form, a figure that is not there is an empty field.
pub(super) fn csv(table: &TablePlan<'_>, totals: &Totals<'_>, plan: &Plan) -> (String, u64) {
    let spec = table.spec;
    let values = values(plan);
    let about = match spec.about {
        GroupTableAbout::Areas => "area",
        GroupTableAbout::Items => "item",
    };
    let mut header: Vec<String> = spec.by.iter().map(|name| quoted(name)).collect();
    header.push(about.to_owned());
    for column in &spec.columns {
        header.extend(names(*column, &values));
    }
    let mut text = header.join(",") + "\n";
    let mut lines = 0;
    for (keys, parts) in totals.groups(&table.keys) {
        for (id, place) in &table.about {
            let mut fields: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
            fields.push(quoted(id));
            match spec.about {
                GroupTableAbout::Areas => {
                    let area = Area::new(totals, *place, &parts);
                    fields.extend(area.fields(&spec.columns));
                }
                GroupTableAbout::Items => {
                    let codes = totals.codes(*place, &parts);
                    for column in &spec.columns {
                        match column {
                            GroupTableColumn::Values => {
                                fields.extend(
                                    values.iter().map(|value| codes.of(*value).to_string()),
                                );
                            }
                            GroupTableColumn::Missing => fields.extend(
                                REASONS
                                    .map(|(_, reason)| codes.of(missing_code(reason)).to_string()),
                            ),
                            _ => fields.push(codes.valid().to_string()),
                        }
                    }
                }
            }
            text.push_str(&fields.join(","));
            text.push('\n');
            lines += 1;
        }
    }
    (text, lines)
}

/// Returns every value that an item can have.
fn values(plan: &Plan) -> Vec<i8> {
    let mut values = BTreeSet::new();
    for column in &plan.columns {
        if let Reading::Item { ends, .. } = column.reading {
            values.extend((ends.low..=ends.high).filter_map(|value| i8::try_from(value).ok()));
        }
    }
    values.into_iter().collect()
}

/// Returns the names of a column in the file.
fn names(column: GroupTableColumn, values: &[i8]) -> Vec<String> {
    let name = match column {
        GroupTableColumn::Count => "n",
        GroupTableColumn::Mean => "mean",
        GroupTableColumn::Deviation => "sd",
        GroupTableColumn::Quantile(percent) => return vec![format!("p{percent}")],
        GroupTableColumn::Complete => "n_complete",
        GroupTableColumn::Alpha => "alpha",
        GroupTableColumn::Reason => "reason",
        GroupTableColumn::Values => {
            return values.iter().map(|value| format!("c{value}")).collect();
        }
        GroupTableColumn::Missing => return REASONS.map(|(name, _)| name.to_owned()).to_vec(),
    };
    vec![name.to_owned()]
}

/// Counts of one area in one group.
struct Area {
    scores: ScoreTable,
    moments: Moments,
    ascending: Vec<(i32, u16, u64)>,
    complete: CompleteCounts,
}

impl Area {
    fn new(totals: &Totals<'_>, dimension: usize, parts: &[usize]) -> Self {
        let scores = totals.scores(dimension, parts);
        Area {
            moments: scores.moments(),
            ascending: scores.ascending(),
            complete: totals.complete(dimension, parts),
            scores,
        }
    }

    fn fields(&self, columns: &[GroupTableColumn]) -> Vec<String> {
        let mut reasons = Vec::new();
        let mut fields: Vec<String> = columns
            .iter()
            .map(|column| {
                let figure = match column {
                    GroupTableColumn::Count => return self.moments.count().to_string(),
                    GroupTableColumn::Complete => return self.complete.n.to_string(),
                    GroupTableColumn::Reason => return String::new(),
                    other => self.figure(*other),
                };
                match figure {
                    // Adding nought turns -0 into 0.
                    Ok(figure) => (figure + 0.0).to_string(),
                    Err(reason) => {
                        let name = names(*column, &[]).concat();
                        reasons.push(format!("{name}: {}", reason.text()));
                        String::new()
                    }
                }
            })
            .collect();
        if let Some(place) = columns
            .iter()
            .position(|column| *column == GroupTableColumn::Reason)
        {
            fields[place] = quoted(&reasons.join("; "));
        }
        fields
    }

    fn figure(&self, column: GroupTableColumn) -> Result<f64, Undefined> {
        let n = self.moments.count();
        match column {
            GroupTableColumn::Alpha => {
                let CompleteCounts {
                    n,
                    items,
                    items_spread,
                    total_spread,
                } = self.complete;
                coefficient(n, items, items_spread, total_spread)
            }
            GroupTableColumn::Mean => self.moments.mean().ok_or_else(|| self.scores.nobody()),
            GroupTableColumn::Quantile(percent) => {
                quantile_at(&self.ascending, n, percent).ok_or_else(|| self.scores.nobody())
            }
            _ if n == 0 => Err(self.scores.nobody()),
            _ => {
                let variance = self.moments.variance();
                variance.map(f64::sqrt).ok_or(Undefined::OneAnswer)
            }
        }
    }
}
