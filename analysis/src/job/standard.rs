//! The job that a wave of our own surveys is analysed with.
//!
//! The text stands in `jobs/standard.toml`, so that a coordinator can read, keep and change it
//! like any other job.

use findings::Rule;

const TEMPLATE: &str = include_str!("../../jobs/standard.toml");

/// What differs from wave to wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardJob {
    /// A name for people.
    pub title: String,
    /// The dataset folder, relative to the job file or absolute.
    pub dataset: String,
    /// The wave.
    pub wave: String,
    /// Earlier waves in the same dataset, the oldest first.
    pub earlier: Vec<String>,
    /// The release's number.
    pub number: u32,
    /// The rule of protection, with the municipalities that share their figures by name.
    pub rule: Rule,
}

/// Returns the text of the standard job of a wave.
#[must_use]
pub fn standard_job(job: &StandardJob) -> String {
    let text = |value: &str| toml::Value::String(value.to_owned()).to_string();
    let list = |values: &[String]| {
        let values = values.iter().cloned().map(toml::Value::String).collect();
        toml::Value::Array(values).to_string()
    };
    let filled = [
        ("title", text(&job.title)),
        ("dataset", text(&job.dataset)),
        ("current", text(&job.wave)),
        ("earlier", list(&job.earlier)),
        ("number", job.number.to_string()),
        ("min_unit", job.rule.min_unit.to_string()),
        ("min_group", job.rule.min_group.to_string()),
        ("min_cities", job.rule.min_cities.to_string()),
        ("shown_by_name", list(&job.rule.shown_by_name)),
    ];
    let mut lines: Vec<String> = Vec::new();
    for line in TEMPLATE.lines().skip(1) {
        let place = filled
            .iter()
            .find(|(name, _)| line.ends_with(&format!("<<{name}>>")));
        lines.push(match place {
            Some((name, value)) => line.replace(&format!("<<{name}>>"), value),
            None => line.to_owned(),
        });
    }
    lines.join("\n") + "\n"
}
