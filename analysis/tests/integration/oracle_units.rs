//! Intraclass correlation and shrunken means of units, compared with R's `lm` and `lme4`.

use analysis::estimate::{Design, Estimates, icc, mean, shrunken};
use analysis::{Dataset, Grouping, Quantity};
use findings::{Estimate, Undefined};

use crate::gold::Gold;
use crate::setting::{close, gold, n, survey, working};

fn wave_2026() -> Dataset {
    survey().only("aalto", "2026").unwrap()
}

fn figure(table: &Estimates, keys: &[&str]) -> Estimate {
    let row = table.row(keys).unwrap_or_else(|| panic!("no row {keys:?}"));
    row.figure
        .clone()
        .unwrap_or_else(|reason| panic!("{keys:?}: {reason}"))
}

/// Runs a check over the areas that gold has.
fn each_area(check: impl Fn(&Quantity, &Gold)) {
    for area in ["kaikki", "turvallisuus"] {
        check(
            &Quantity::Dimension(area.to_owned()),
            &gold("units.json")[area],
        );
    }
}

#[test]
pub(crate) fn the_intraclass_correlation_has_both_sizes() {
    let data = wave_2026();
    each_area(|quantity, gold| {
        let found = icc(&data, quantity, &Grouping::whole(), &Design::default()).unwrap();
        for (term, name) in [
            ("icc1", "icc1_n0"),
            ("icc1_mean_size", "icc1_mean_size"),
            ("icc2", "icc2"),
            ("deff", "deff_kish"),
            ("effective_n", "n_effective"),
            ("ms_between", "ms_between"),
            ("ms_within", "ms_within"),
            ("n0", "n0"),
            ("units", "units"),
            ("f", "F"),
            ("p", "p"),
        ] {
            close(Some(figure(&found, &[term]).value), &gold[name], 1e-10);
        }
        let units = figure(&found, &["units"]);
        assert_eq!(Some(n(&units)), gold["n"].as_u64());
        let size = n(&units) as f64 / units.value;
        close(Some(size), &gold["mean_unit_size"], 1e-10);
        // Both variances of the moments are made of these.
        let value = |term: &str| figure(&found, &[term]).value;
        let between = (value("ms_between") - value("ms_within")) / value("n0");
        close(Some(between), &gold["moments"]["tau2"], 1e-10);
        close(Some(value("ms_within")), &gold["moments"]["sigma2"], 1e-10);
        let p = figure(&found, &["p"]).value;
        assert!((p / gold["p"].as_f64().unwrap() - 1.0).abs() < 1e-6, "{p}");
        let correlation = figure(&found, &["icc1"]);
        let (low, high) = (correlation.low.unwrap(), correlation.high.unwrap());
        assert!(0.0 < low && low < correlation.value && correlation.value < high && high < 0.3);
    });
}

#[test]
pub(crate) fn shrunken_means_by_moments_are_closed_forms() {
    let data = wave_2026();
    let by = Grouping::by(&data, &["yksikko"]).unwrap();
    each_area(|quantity, gold| {
        let found = shrunken(&data, quantity, &by, &Design::default()).unwrap();
        let moments = &gold["moments"];
        let own = mean(&data, quantity, &by, &Design::default()).unwrap();
        close(
            Some(figure(&found, &["all", "shrunken"]).value),
            &moments["mu"],
            1e-10,
        );
        for row in moments["by_unit"].as_array().unwrap() {
            let unit = row["unit"].as_str().unwrap();
            let mean = figure(&found, &[unit, "shrunken"]);
            assert_eq!(Some(n(&mean)), row["n"].as_u64());
            close(Some(figure(&own, &[unit]).value), &row["mean"], 1e-10);
            close(Some(mean.value), &row["shrunk"], 1e-10);
            close(
                Some(figure(&found, &[unit, "lambda"]).value),
                &row["lambda"],
                1e-10,
            );
            let lambda = row["lambda"].as_f64().unwrap();
            let deviation = (moments["tau2"].as_f64().unwrap() * (1.0 - lambda)).sqrt();
            close(mean.se, &serde_json::json!(deviation), 1e-10);
        }
        assert!(found.notes.is_empty());
    });
}

/// Variances by REML are not shown by themselves; they follow from how far a unit is drawn to the
/// mean of all, `λ = τ²/(τ² + σ²/n)`, and from its error, `τ² (1 - λ)`. The farther the unit, the
/// surer.
fn check_variances(found: &Estimates, own: &Estimates, reml: &Gold) {
    let all = figure(found, &["all", "reml"]).value;
    let units = reml["by_unit"].as_array().unwrap().iter();
    let units = units.map(|row| figure(own, &[row["unit"].as_str().unwrap()]).value - all);
    let (place, far) = units
        .enumerate()
        .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
        .unwrap();
    let unit = figure(
        found,
        &[reml["by_unit"][place]["unit"].as_str().unwrap(), "reml"],
    );
    let lambda = (unit.value - all) / far;
    let between = unit.se.unwrap().powi(2) / (1.0 - lambda);
    let within = n(&unit) as f64 * between * (1.0 - lambda) / lambda;
    close(Some(between), &reml["tau2"], 1e-5);
    close(Some(within), &reml["sigma2"], 1e-5);
    close(Some(between / (between + within)), &reml["icc"], 1e-5);
}

#[test]
pub(crate) fn shrunken_means_by_reml_are_those_of_lme4() {
    let data = wave_2026();
    let by = Grouping::by(&data, &["yksikko"]).unwrap();
    each_area(|quantity, gold| {
        let found = shrunken(&data, quantity, &by, &Design::default()).unwrap();
        let reml = &gold["reml"];
        let all = figure(&found, &["all", "reml"]);
        close(Some(all.value), &reml["mu"], 1e-5);
        close(all.se, &reml["se_mu"], 1e-5);
        for row in reml["by_unit"].as_array().unwrap() {
            let mean = figure(&found, &[row["unit"].as_str().unwrap(), "reml"]);
            close(Some(mean.value), &row["shrunk"], 1e-5);
            close(mean.se, &row["cond_sd"], 1e-5);
        }
        let own = mean(&data, quantity, &by, &Design::default()).unwrap();
        check_variances(&found, &own, reml);
    });
}

#[test]
fn ranks_of_units_stand_inside_their_intervals() {
    let data = wave_2026();
    let by = Grouping::by(&data, &["yksikko"]).unwrap();
    let quantity = Quantity::Dimension("kaikki".to_owned());
    let found = shrunken(&data, &quantity, &by, &Design::default()).unwrap();
    let mut ranks = Vec::new();
    for unit in data.values("yksikko").unwrap() {
        let rank = figure(&found, &[unit, "rank"]);
        assert!(1.0 <= rank.low.unwrap() && rank.low.unwrap() <= rank.value);
        assert!(rank.value <= rank.high.unwrap() && rank.high.unwrap() <= 98.0);
        // No unit of this survey is known to be the very first or the very last alone.
        assert!(rank.high.unwrap() > rank.low.unwrap(), "{unit}");
        ranks.push((rank.value, figure(&found, &[unit, "shrunken"]).value));
    }
    ranks.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(ranks.windows(2).all(|pair| pair[0].1 >= pair[1].1));
    assert_eq!(ranks[0].0, 1.0);
}

#[test]
fn a_job_makes_the_tables_of_units() {
    let tables = working(
        "statistics = [\"icc\", \"unit_means\", \"bounds\", \"design_effect\"]\n\
         [groups]\nby = [\"kaupunki\"]\nunit = true\n[wave]\ncurrent = \"2026\"\n\
         [design]\nstrata = [\"kaupunki\", \"rooli\"]",
    );
    let gold = &gold("units.json")["kaikki"];
    let icc = tables
        .figure("area.icc", &["kaikki", "all", "icc1"])
        .unwrap();
    close(Some(icc.value), &gold["icc1_n0"], 1e-10);
    let first = &gold["moments"]["by_unit"][0];
    let unit = [
        "kaikki",
        "Harjukylä",
        first["unit"].as_str().unwrap(),
        "shrunken",
    ];
    let mean = tables.figure("unit.area.shrunken", &unit).unwrap();
    close(Some(mean.value), &first["shrunk"], 1e-10);
    let city = ["kaikki", "Harjukylä", "all", "shrunken"];
    let city = tables.figure("unit.area.shrunken", &city);
    assert_eq!(city, Err(Undefined::UnitsOnly));
    assert!(tables.figure("area.bounds", &["tieto", "all"]).is_ok());
    assert!(
        tables
            .figure("area.design_effect", &["tieto", "all"])
            .unwrap()
            .value
            > 1.0
    );
    let weights = tables
        .figure("design.weights", &["all", "kish_deff"])
        .unwrap();
    assert!(weights.value > 1.0);
}
