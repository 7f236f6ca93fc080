//! Items: counts, means, quantiles, reasons for no answer and shares, compared with R
//! (`items.json`).

use analysis::estimate::{Design, distribution, missing_reasons, quantile, share_at_or_above};
use analysis::{Dataset, Grouping, Quantity};

use crate::oracle::{BY_WAVE, missing};
use crate::setting::{close, gold, n, survey};

/// Items that are worded the other way round; gold counts them recoded, we show them as given.
const REVERSED: [&str; 2] = ["turvallisuus_4", "ongelmat_5"];

#[test]
pub(crate) fn distributions_and_item_means_are_those_of_r() {
    let gold = gold("items.json");
    for (item, expected) in gold["items"].as_object().unwrap() {
        for (wave, row) in expected["by_wave"].as_object().unwrap() {
            let mean = BY_WAVE
                .figure("item.mean", &[item, "all", "all", wave])
                .unwrap();
            assert_eq!(Some(n(&mean)), row["n"].as_u64());
            close(Some(mean.value), &row["mean"], 1e-12);
            close(mean.low, &row["ci95_low"], 1e-12);
            close(mean.high, &row["ci95_high"], 1e-12);
            close(mean.se, &row["se"], 1e-12);
            let sd = mean.se.map(|se| se * (n(&mean) as f64).sqrt());
            close(sd, &row["sd"], 1e-12);
            close(sd.map(|sd| sd * sd), &row["var"], 1e-12);
            let group = ["all", "all", wave.as_str()];
            close(missing(group, n(&mean)), &row["n_missing"], 0.0);
            for value in 0..=5 {
                let given = if REVERSED.contains(&item.as_str()) {
                    5 - value
                } else {
                    value
                };
                let keys = [item, "all", "all", wave, &given.to_string()];
                let share = BY_WAVE.figure("item.distribution", &keys).unwrap();
                let count = row["counts"][value.to_string()].as_f64().unwrap();
                assert_eq!((share.value * n(&share) as f64).round(), count, "{keys:?}");
                close(Some(share.value), &row["share"][value.to_string()], 1e-12);
            }
        }
        for (city, row) in expected["by_city_2026"].as_object().unwrap() {
            let mean = BY_WAVE
                .figure("item.mean", &[item, city, "all", "2026"])
                .unwrap();
            assert_eq!(Some(n(&mean)), row["n"].as_u64());
            close(Some(mean.value), &row["mean"], 1e-12);
            let sd = mean.se.map(|se| se * (n(&mean) as f64).sqrt());
            close(sd, &row["sd"], 1e-12);
            for value in 0..=5 {
                let given = if REVERSED.contains(&item.as_str()) {
                    5 - value
                } else {
                    value
                };
                let keys = [item, city, "all", "2026", &given.to_string()];
                let share = BY_WAVE.figure("item.distribution", &keys).unwrap();
                let count = (share.value * n(&share) as f64).round();
                close(Some(count), &row["counts"][value.to_string()], 0.0);
            }
        }
    }
}

#[test]
pub(crate) fn quantiles_of_items_are_those_of_r() {
    let gold = gold("items.json");
    let data = survey();
    let by = Grouping::by(&data, &["aalto"]).unwrap();
    for (item, expected) in gold["items"].as_object().unwrap() {
        let item = Quantity::Item(item.clone());
        let found = quantile(&data, &item, &by, &Design::default()).unwrap();
        for (wave, row) in expected["by_wave"].as_object().unwrap() {
            for level in ["p10", "p25", "p50", "p75", "p90"] {
                let figure = found.row(&[wave, level]).unwrap().figure.clone();
                close(Some(figure.unwrap().value), &row[level], 1e-12);
            }
        }
    }
}

#[test]
pub(crate) fn reasons_for_no_answer_are_counted_beside_the_values() {
    let gold = gold("items.json");
    let data = survey();
    for (item, expected) in gold["items"].as_object().unwrap() {
        let counts = &expected["raw_counts"];
        let quantity = Quantity::Item(item.clone());
        let whole = Grouping::whole();
        let design = Design::default();
        let reasons = missing_reasons(&data, &quantity, &whole, &design).unwrap();
        let given = distribution(&data, &quantity, &whole, &design).unwrap();
        for value in 0..=5 {
            let row = given.row(&[&value.to_string()]).unwrap();
            let people = row.figure.as_ref().unwrap().value * row.answers as f64;
            close(Some(people.round()), &counts[value.to_string()], 0.0);
        }
        for (reason, code) in [
            ("not_my_work", "8"),
            ("dont_know", "9"),
            ("left_empty", "blank"),
        ] {
            let row = reasons.row(&[reason]).unwrap();
            let people = row.figure.as_ref().unwrap().value * row.answers as f64;
            assert_eq!(
                people.round(),
                counts[code].as_f64().unwrap(),
                "{item} {reason}"
            );
        }
    }
}

#[test]
fn top_two_shares_have_wilson_intervals() {
    let gold = gold("items.json");
    let data: Dataset = survey();
    let by = Grouping::by(&data, &["aalto"]).unwrap();
    for (item, expected) in gold["items"].as_object().unwrap() {
        let quantity = Quantity::Item(item.clone());
        let shares = share_at_or_above(&data, &quantity, 4, &by, &Design::default()).unwrap();
        for (wave, row) in expected["by_wave"].as_object().unwrap() {
            let found = shares.row(&[wave]).unwrap().figure.as_ref().unwrap();
            close(Some(found.value), &row["top2_share"], 1e-12);
            close(found.low, &row["top2_wilson95"]["low"], 1e-12);
            close(found.high, &row["top2_wilson95"]["high"], 1e-12);
        }
    }
}
