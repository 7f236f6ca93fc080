//! What a single place shows: thresholds, bands, sameness, dominance, rounding.

use findings::{Reason, Rule, Statistic, Undefined, Unit};

use crate::builder::{Rows, means, release, release_by, table, text};

/// Three cities of one size, so that only the row under test matters.
fn three_cities(value: f64, answers: u64, modal: u64) -> Vec<findings::RawTable> {
    vec![
        means("area.mean", &["area", "municipality"])
            .row("safety all", 2.5, 300 + answers)
            .row_with_modal("safety 092", value, answers, modal)
            .row("safety 398", 2.6, 150)
            .row("safety 564", 2.4, 150),
    ]
}

fn city_mean(value: f64, answers: u64, modal: u64) -> String {
    let release = release(&three_cities(value, answers, modal));
    let city = release.city("092").unwrap();
    text(city.table("area.mean").and_then(|t| t.cell(&["safety"])))
}

#[test]
fn a_group_is_shown_from_five_answers_on() {
    assert_eq!(city_mean(2.649, 4, 2), "withheld");
    assert_eq!(city_mean(2.649, 5, 2), "2.6 of 5-9");
    assert_eq!(city_mean(2.651, 19, 2), "2.7 of 10-19");
    assert_eq!(city_mean(2.651, 20, 2), "2.7 of 20");
}

#[test]
fn the_same_answer_from_all_but_one_becomes_a_band() {
    assert_eq!(city_mean(3.0, 150, 148), "3 of 150");
    assert_eq!(city_mean(3.0, 150, 149), "above");
    assert_eq!(city_mean(2.5, 150, 150), "near");
    assert_eq!(city_mean(2.0, 150, 150), "below");
}

#[test]
fn a_mean_at_the_end_of_its_scale_becomes_a_band() {
    assert_eq!(city_mean(3.94, 150, 60), "3.9 of 150");
    assert_eq!(city_mean(3.96, 150, 60), "above");
    assert_eq!(city_mean(1.04, 150, 60), "below");
}

#[test]
fn a_figure_withheld_for_sameness_takes_a_partner_with_it() {
    let release = release(&three_cities(3.0, 150, 150));
    assert_eq!(release.audit().count(Reason::Same), 1);
    // Otherwise the network's mean and the two others give it.
    assert_eq!(release.audit().count(Reason::Complementary), 1);
}

/// One city with units, and two more so that the network has figures.
fn units(sizes: &[(&str, f64, u64)]) -> Vec<findings::RawTable> {
    let total: u64 = sizes.iter().map(|(_, _, answers)| answers).sum();
    let mut units = means("unit.area.mean", &["area", "municipality", "unit"]).row(
        "safety 092 all",
        2.5,
        total,
    );
    for (unit, value, answers) in sizes {
        units = units.row(&format!("safety 092 {unit}"), *value, *answers);
    }
    vec![
        units,
        means("area.mean", &["area", "municipality"])
            .row("safety all", 2.5, 200 + total)
            .row("safety 092", 2.5, total)
            .row("safety 398", 2.5, 100)
            .row("safety 564", 2.5, 100),
    ]
}

#[test]
fn a_unit_of_five_to_nine_is_placed_against_its_city() {
    let release = release(&units(&[
        ("092-a", 2.9, 40),
        ("092-b", 2.25, 9),
        ("092-c", 2.24, 7),
        ("092-d", 2.75, 5),
        ("092-e", 2.76, 6),
        ("092-f", 2.0, 4),
        ("092-g", 2.0, 10),
    ]));
    let city = release.city("092").unwrap();
    let shown = |unit| {
        text(
            city.table("unit.area.mean")
                .unwrap()
                .cell(&["safety", unit]),
        )
    };
    assert_eq!(shown("092-a"), "2.9 of 40");
    assert_eq!(shown("092-b"), "near");
    assert_eq!(shown("092-c"), "below");
    assert_eq!(shown("092-d"), "near");
    assert_eq!(shown("092-e"), "above");
    assert_eq!(shown("092-f"), "withheld");
    assert_eq!(shown("092-g"), "2 of 10-19");
    assert_eq!(shown("all"), "2.5 of 81");
}

#[test]
fn a_lone_small_unit_takes_a_partner_with_it() {
    let release = release(&units(&[
        ("092-a", 2.9, 40),
        ("092-b", 2.5, 30),
        ("092-c", 2.0, 4),
    ]));
    let cell = |unit| {
        let audit = release.audit();
        audit
            .cell("unit.area.mean", &["safety", "092", unit])
            .map(|cell| cell.reason)
    };
    assert_eq!(cell("092-a"), None);
    assert_eq!(cell("092-b"), Some(Reason::Complementary));
    assert_eq!(cell("092-c"), Some(Reason::TooFew));
}

fn network_mean(cities: &[(&str, u64)]) -> String {
    let total: u64 = cities.iter().map(|(_, answers)| answers).sum();
    let mut means = means("area.mean", &["area", "municipality"]).row("safety all", 2.5, total);
    for (city, answers) in cities {
        means = means.row(&format!("safety {city}"), 2.5, *answers);
    }
    let release = release(&[means]);
    text(
        release
            .network()
            .table("area.mean")
            .unwrap()
            .cell(&["safety"]),
    )
}

#[test]
fn a_network_figure_needs_three_cities_and_no_giant() {
    assert_eq!(
        network_mean(&[("092", 50), ("398", 50), ("564", 50)]),
        "2.5 of 150"
    );
    assert_eq!(network_mean(&[("092", 50), ("398", 50)]), "withheld");
    assert_eq!(
        network_mean(&[("092", 80), ("398", 10), ("564", 10)]),
        "2.5 of 100"
    );
    assert_eq!(
        network_mean(&[("092", 81), ("398", 10), ("564", 10)]),
        "withheld"
    );
    // The largest city knows its own 12 and would see the other four people.
    assert_eq!(
        network_mean(&[("092", 12), ("398", 2), ("564", 2)]),
        "withheld"
    );
}

#[test]
fn shares_of_a_distribution_add_up_and_need_ten_answers() {
    let distribution = |answers: u64| {
        let mut shares = table(
            "item.distribution",
            Statistic::Distribution,
            Unit::Proportion,
            &["item", "municipality", "level"],
        );
        for (city, n) in [
            ("all", 3 * answers),
            ("092", answers),
            ("398", answers),
            ("564", answers),
        ] {
            for (level, share) in [("1", 0.125), ("2", 0.125), ("3", 0.375), ("4", 0.375)] {
                shares = shares.row(&format!("secure {city} {level}"), share, n);
            }
        }
        let release = release(&[shares]);
        let city = release.city("092").unwrap();
        ["1", "2", "3", "4"].map(|level| {
            text(
                city.table("item.distribution")
                    .unwrap()
                    .cell(&["secure", level]),
            )
        })
    };
    assert_eq!(
        distribution(40),
        ["0.13 of 40", "0.13 of 40", "0.37 of 40", "0.37 of 40"]
    );
    assert_eq!(
        distribution(16),
        [
            "0.1 of 10-19",
            "0.1 of 10-19",
            "0.4 of 10-19",
            "0.4 of 10-19"
        ]
    );
    assert_eq!(distribution(8), ["withheld"; 4]);
}

#[test]
fn a_quantile_that_is_nearly_the_least_answer_is_withheld() {
    let quantiles = table(
        "area.quantile",
        Statistic::Quantile,
        Unit::Scale,
        &["area", "level"],
    )
    .row("safety p10", 1.3, 10)
    .row("safety p50", 2.4, 10);
    let release = release(&[quantiles]);
    let network = release.network();
    let shown = |level| {
        text(
            network
                .table("area.quantile")
                .unwrap()
                .cell(&["safety", level]),
        )
    };
    assert_eq!(shown("p10"), "withheld");
    assert_eq!(shown("p50"), "2.4 of 10-19");
    assert_eq!(release.audit().count(Reason::Extreme), 1);
}

#[test]
fn nobody_below_target_is_everybodys_answer() {
    let below = |share: f64| {
        let table = table(
            "area.below",
            Statistic::BelowTarget,
            Unit::Proportion,
            &["area"],
        )
        .row("safety", share, 40);
        text(
            release(&[table])
                .network()
                .table("area.below")
                .unwrap()
                .cell(&["safety"]),
        )
    };
    assert_eq!(below(0.0), "withheld");
    assert_eq!(below(0.025), "withheld");
    assert_eq!(below(0.05), "0.05 of 40");
    assert_eq!(below(1.0), "withheld");
}

#[test]
fn not_asked_and_too_few_look_alike_in_the_file() {
    let gap = table(
        "area.gap",
        Statistic::Gap,
        Unit::Scale,
        &["area", "municipality"],
    )
    .no_row("safety all", Undefined::NoTarget)
    .row("support all", 0.4, 3);
    let release = release(&[gap]);
    let network = release.network();
    let gap = network.table("area.gap").unwrap();
    assert_eq!(gap.cell(&["safety"]), gap.cell(&["support"]));
    assert_eq!(
        release
            .audit()
            .count(Reason::Undefined(Undefined::NoTarget)),
        1
    );
    assert_eq!(release.audit().count(Reason::TooFew), 1);
}

#[test]
fn contradicting_tables_are_refused_by_name() {
    let said = |tables: &[findings::RawTable]| {
        release_by(tables, &Rule::default())
            .unwrap_err()
            .to_string()
    };
    let mean = means("area.mean", &["area", "municipality"]).row("safety all", 2.5, 30);
    let units =
        means("unit.area.mean", &["area", "municipality", "unit"]).row("safety all all", 2.5, 29);
    assert_eq!(
        said(&[mean.clone(), units]),
        "table `unit.area.mean`, row safety / all / all: 29 answers, but another row of the same \
         statistic, quantity and group says 30; totals must count the same people everywhere"
    );
    assert_eq!(
        said(&[mean.clone().row("safety 092", 2.5, 31)]),
        "area=safety group ``: its parts by municipality have 31 answers, the total 30"
    );
    assert_eq!(
        said(&[mean.clone().row("safety", 2.5, 31)]),
        "table `area.mean`, row safety: one key per dimension is needed"
    );
    assert_eq!(
        said(&[mean.clone().row("safety all", 2.5, 30)]),
        "table `area.mean`, row safety / all: the row is there twice"
    );
    assert_eq!(
        said(&[mean.clone(), mean.clone()]),
        "table `area.mean` is there twice"
    );
    let endless = mean.row("support all", f64::NAN, 30);
    assert_eq!(
        said(&[endless]),
        "table `area.mean`, row support / all: a number is not finite"
    );
    let shape = table("area.shape", Statistic::Working, Unit::Number, &["area"]);
    assert_eq!(
        said(&[shape.row("safety", 0.3, 30)]),
        "table `area.shape`: its statistic stands in working results only"
    );
}

#[test]
fn people_without_a_unit_are_a_hidden_part_of_the_city() {
    // 3 of 73 people named no unit: the rest of the city must not give them away.
    let mut tables = units(&[("092-a", 2.9, 40), ("092-b", 2.5, 30)]);
    for table in &mut tables {
        for row in &mut table.rows {
            let whole = row.keys.iter().all(|key| key != "092-a" && key != "092-b");
            if whole && row.keys[1] != "398" && row.keys[1] != "564" {
                row.answers += 3;
            }
        }
    }
    let release = release(&tables);
    assert_eq!(release.audit().count(Reason::Complementary), 1);
}
