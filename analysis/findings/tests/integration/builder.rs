//! Small raw tables in few words.

use std::collections::BTreeMap;

use findings::{
    About, Cell, Count, Estimate, Ledger, Produced, ProtectError, RawRow, RawTable, Release, Rule,
    Statistic, Undefined, Unit, protect,
};
use surveys::{Labels, Lang, dataset::Origin};

/// Starts a table of means on a scale from 1 to 4.
pub(crate) fn means(id: &str, dims: &[&str]) -> RawTable {
    table(id, Statistic::Mean, Unit::Scale, dims)
}

pub(crate) fn table(id: &str, statistic: Statistic, unit: Unit, dims: &[&str]) -> RawTable {
    RawTable {
        id: id.to_owned(),
        statistic,
        unit,
        scale: (unit == Unit::Scale).then_some([1.0, 4.0]),
        dims: dims.iter().map(|dim| (*dim).to_owned()).collect(),
        rows: Vec::new(),
    }
}

pub(crate) trait Rows {
    /// Adds a row in which every third person gave the same answer.
    fn row(self, keys: &str, value: f64, answers: u64) -> Self;
    /// Adds a row with the number of people who share the most frequent answer.
    fn row_with_modal(self, keys: &str, value: f64, answers: u64, modal: u64) -> Self;
    /// Adds a row without a figure.
    fn no_row(self, keys: &str, reason: Undefined) -> Self;
}

impl Rows for RawTable {
    fn row(self, keys: &str, value: f64, answers: u64) -> Self {
        self.row_with_modal(keys, value, answers, answers.div_ceil(3))
    }

    fn row_with_modal(mut self, keys: &str, value: f64, answers: u64, modal: u64) -> Self {
        self.rows.push(RawRow {
            keys: keys.split(' ').map(str::to_owned).collect(),
            figure: Ok(Estimate {
                value,
                se: Some(0.12),
                low: Some(value - 0.24),
                high: Some(value + 0.24),
                n: Count::Exact(answers),
            }),
            answers,
            modal,
        });
        self
    }

    fn no_row(mut self, keys: &str, reason: Undefined) -> Self {
        self.rows.push(RawRow {
            keys: keys.split(' ').map(str::to_owned).collect(),
            figure: Err(reason),
            answers: 0,
            modal: 0,
        });
        self
    }
}

pub(crate) fn about() -> About {
    let word = |fi: &str, en: &str| {
        Labels(BTreeMap::from([
            (Lang::Fi, fi.to_owned()),
            (Lang::En, en.to_owned()),
        ]))
    };
    About {
        release: 1,
        wave: "2026-syksy".to_owned(),
        origin: Origin::Simulated,
        produced: Produced {
            program: "icteko 0.1.0".to_owned(),
            dataset_sha256: "d".repeat(64),
            job_sha256: "e".repeat(64),
            instruments: vec!["icteko-perus@1:abc".to_owned()],
            open_link: BTreeMap::new(),
        },
        labels: BTreeMap::from([
            (
                "area".to_owned(),
                BTreeMap::from([("safety".to_owned(), word("Turvallisuus", "Safety"))]),
            ),
            (
                "municipality".to_owned(),
                BTreeMap::from([
                    ("092".to_owned(), word("Vantaa", "Vantaa")),
                    ("398".to_owned(), word("Lahti", "Lahti")),
                    ("564".to_owned(), word("Oulu", "Oulu")),
                ]),
            ),
            (
                "unit".to_owned(),
                BTreeMap::from([("092-a".to_owned(), word("Koulu A", "School A"))]),
            ),
        ]),
        cities: [("092", "vantaa"), ("398", "lahti"), ("564", "oulu")]
            .map(|(code, slug)| (code.to_owned(), slug.to_owned()))
            .into(),
    }
}

pub(crate) fn release(tables: &[RawTable]) -> Release {
    release_by(tables, &Rule::default()).unwrap()
}

pub(crate) fn release_by(tables: &[RawTable], rule: &Rule) -> Result<Release, ProtectError> {
    protect(tables, &Ledger::default(), rule, &about())
}

/// Writes a cell the way a test reads it.
pub(crate) fn text(cell: Option<&Cell>) -> String {
    match cell {
        None => "absent".to_owned(),
        Some(Cell::Withheld) => "withheld".to_owned(),
        Some(Cell::Band(band)) => format!("{band:?}").to_lowercase(),
        Some(Cell::Shown(figure)) => match figure.n {
            Count::Exact(n) => format!("{} of {n}", figure.value),
            Count::Range([from, to]) => format!("{} of {from}-{to}", figure.value),
        },
    }
}
