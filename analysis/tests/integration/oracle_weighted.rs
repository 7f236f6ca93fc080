//! Replicate weights and weighted tests, compared with R's `survey`.

use analysis::design::Sampling;
use analysis::estimate::{Design, Estimates, mean, rank_test, replicates, spread_test};
use analysis::{Dataset, Grouping, Quantity};
use findings::Undefined;

use crate::setting::{Small, close, gold, survey, working};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn wave_2026() -> Dataset {
    survey().only("aalto", "2026").unwrap()
}

fn under(sampling: Sampling) -> Design {
    Design {
        sampling: Some(sampling),
        ..Design::default()
    }
}

fn clustered() -> Design {
    under(Sampling {
        strata: names(&["kaupunki"]),
        cluster: Some("yksikko".to_owned()),
        ..Sampling::default()
    })
}

/// The designs of the reference results by name.
fn designs() -> [(&'static str, Design); 3] {
    let finite = || Sampling {
        finite: true,
        ..Sampling::default()
    };
    let stratified = Sampling {
        strata: names(&["kaupunki", "rooli"]),
        ..finite()
    };
    [
        ("strata", under(stratified)),
        ("clustered", clustered()),
        ("simple", under(finite())),
    ]
}

fn term(found: &Estimates, test: &str, term: &str) -> Option<f64> {
    let row = found.row(&[test, term, "none"]).unwrap();
    row.figure.as_ref().ok().map(|figure| figure.value)
}

#[test]
pub(crate) fn means_by_replicate_weights_are_those_of_survey() {
    let gold = gold("replicates.json");
    let data = wave_2026();
    let by = Grouping::by(&data, &["kaupunki"]).unwrap();
    for (term, method) in [("jackknife", "jkn"), ("jk2", "jk2")] {
        for (area, expected) in gold[method].as_object().unwrap() {
            let area = Quantity::Dimension(area.clone());
            let found = replicates(&data, &area, &by, &clustered()).unwrap();
            let figure = |city: &str| found.row(&[city, term]).unwrap().figure.clone().unwrap();
            let all = figure("all");
            close(Some(all.value), &expected["all"]["mean"], 1e-12);
            close(all.se, &expected["all"]["se"], 1e-12);
            for (city, expected) in expected["by_city"].as_object().unwrap() {
                let figure = figure(city);
                close(Some(figure.value), &expected["mean"], 1e-12);
                close(figure.se, &expected["se"], 1e-12);
            }
            // Both errors are about the same chance as the formula's.
            let formula = mean(&data, &area, &by, &clustered()).unwrap();
            let formula = formula.row(&["all"]).unwrap().figure.clone().unwrap();
            let ratio = all.se.unwrap() / formula.se.unwrap();
            assert!((0.8..1.25).contains(&ratio), "{term} {area:?}: {ratio}");
        }
    }
}

#[test]
fn replicates_come_from_the_job_and_need_clusters() {
    let job = |design: &str| {
        working(&format!(
            "statistics = [\"replicates\"]\n[groups]\nby = [\"kaupunki\"]\nunit = true\n\
             [wave]\ncurrent = \"2026\"\n{design}"
        ))
    };
    let keys = ["tieto", "all", "jackknife"];
    let clustered = job("[design]\nstrata = [\"kaupunki\"]\ncluster = \"yksikko\"");
    let found = clustered.figure("area.replicates", &keys).unwrap();
    let expected = &gold("replicates.json")["jkn"]["tieto"]["all"];
    close(found.se, &expected["se"], 1e-12);
    for (design, reason) in [
        ("", Undefined::NoDesign),
        ("[design]\nstrata = [\"kaupunki\"]", Undefined::NoDesign),
        (
            "[design]\ncluster = \"yksikko\"\nrake = [\"kaupunki\"]",
            Undefined::Raked,
        ),
    ] {
        let found = job(design).figure("area.replicates", &keys);
        assert_eq!(found.unwrap_err(), reason, "{design}");
    }
}

#[test]
fn a_group_in_one_unit_has_no_error_by_replicates() {
    let rows = "1,oulu,a,1,1,1\n2,oulu,a,2,2,2\n3,oulu,b,3,3,3\n4,oulu,b,2,4,1\n5,oulu,c,5,5,5\n";
    let frame = "town,job,staff\noulu,a,4\noulu,b,4\noulu,c,4\n";
    let data = Small::new().with_frame(rows, frame).unwrap();
    let by = Grouping::by(&data, &["job"]).unwrap();
    let design = under(Sampling {
        cluster: Some("job".to_owned()),
        ..Sampling::default()
    });
    let found = replicates(&data, &Quantity::Item("a".to_owned()), &by, &design).unwrap();
    for term in ["jackknife", "jk2"] {
        let figure = |job: &str| found.row(&[job, term]).unwrap().figure.clone();
        assert_eq!(figure("a").unwrap_err(), Undefined::OneUnit);
        assert!(figure("all").unwrap().se.unwrap() > 0.0);
    }
}

#[test]
pub(crate) fn spreads_are_tested_as_by_svychisq() {
    let gold = gold("weighted_tests.json");
    let data = wave_2026();
    let by = Grouping::by(&data, &["rooli"]).unwrap();
    for (name, design) in designs() {
        for (item, expected) in gold[name]["rao_scott"].as_object().unwrap() {
            let item = Quantity::Item(item.clone());
            let found = spread_test(&data, &item, &by, &design).unwrap();
            let row = found.row(&["rao_scott", "p", "none"]).unwrap();
            assert_eq!(Some(row.answers), expected["n"].as_u64());
            for part in ["chisq", "f", "df1", "df2", "p"] {
                close(term(&found, "rao_scott", part), &expected[part], 1e-9);
            }
        }
    }
}

#[test]
pub(crate) fn ranks_are_tested_as_by_svyranktest() {
    let gold = gold("weighted_tests.json");
    let data = wave_2026();
    let by = Grouping::by(&data, &["rooli"]).unwrap();
    for (name, design) in designs() {
        for (area, expected) in gold[name]["ranks_mid"].as_object().unwrap() {
            let quantity = Quantity::Dimension(area.clone());
            let found = rank_test(&data, &quantity, &by, &design).unwrap();
            let part = |part| term(&found, "weighted_ranks", part);
            let chi_squared = part("f").zip(part("df1")).map(|(f, degrees)| f * degrees);
            close(chi_squared, &expected["chisq"], 1e-9);
            for name in ["df1", "df2", "p"] {
                close(part(name), &expected[name], 1e-9);
            }
            // R's own ranks of equal scores follow the order of rows, unless all weigh the same.
            let own = &gold[name]["ranks_svyranktest"][area.as_str()]["chisq"];
            let near = if name == "simple" { 1e-9 } else { 0.01 };
            close(chi_squared, own, near);
        }
    }
}

#[test]
fn tests_under_the_design_come_from_the_job_with_corrected_p() {
    let job = |design: &str| {
        working(&format!(
            "statistics = [\"weighted_tests\"]\n[compare]\nby = [\"rooli\"]\n\
             [wave]\ncurrent = \"2026\"\n{design}"
        ))
    };
    let designed = job("[design]\nstrata = [\"kaupunki\", \"rooli\"]");
    let gold = &gold("weighted_tests.json")["strata"];
    let (items, areas) = (
        "item.weighted_differences.role",
        "area.weighted_differences.role",
    );
    let p = |table, of: &str, test, term, family: &str| {
        let figure = designed.figure(table, &[of, test, term, family]);
        figure.unwrap().value
    };
    let found = p(items, "tieto_1", "rao_scott", "p", "none");
    close(Some(found), &gold["rao_scott"]["tieto_1"]["p"], 1e-9);
    let family = format!("rao_scott: {items}");
    assert!(p(items, "tieto_1", "rao_scott", "p_holm", &family) >= found);
    let found = p(areas, "tieto", "weighted_ranks", "p", "none");
    close(Some(found), &gold["ranks_mid"]["tieto"]["p"], 1e-9);
    let none = job("").figure(areas, &["tieto", "weighted_ranks", "p", "none"]);
    assert_eq!(none.unwrap_err(), Undefined::NoDesign);
}

#[test]
fn a_group_of_one_and_equal_answers_have_reasons() {
    let frame = "town,job,staff\noulu,a,9\noulu,b,9\noulu,c,9\n";
    let design = under(Sampling::default());
    let tests = |rows: &str| {
        let data = Small::new().with_frame(rows, frame).unwrap();
        let by = Grouping::by(&data, &["job"]).unwrap();
        let item = Quantity::Item("a".to_owned());
        [spread_test, rank_test].map(|test| test(&data, &item, &by, &design).unwrap())
    };
    let reason = |found: &Estimates, test| {
        let row = found.row(&[test, "p", "none"]).unwrap();
        row.figure.clone().unwrap_err()
    };
    let [spread, ranks] = tests("1,oulu,a,1,1,1\n2,oulu,a,1,1,1\n3,oulu,b,1,3,3\n4,oulu,b,1,4,1\n");
    assert_eq!(reason(&spread, "rao_scott"), Undefined::ZeroVariance);
    assert_eq!(reason(&ranks, "weighted_ranks"), Undefined::AllTied);
    let [_, ranks] = tests("1,oulu,a,1,1,1\n2,oulu,a,3,1,1\n3,oulu,b,1,3,3\n");
    assert_eq!(reason(&ranks, "weighted_ranks"), Undefined::OneGroup);
    assert!(
        ranks.notes.iter().any(|note| note.contains("one person")),
        "{:?}",
        ranks.notes
    );
    let [spread, _] = tests("1,oulu,a,1,1,1\n2,oulu,a,3,1,1\n");
    assert_eq!(reason(&spread, "rao_scott"), Undefined::OneGroup);
}
