//! Replicate weights and weighted tests, compared with R's `survey`.

use analysis::design::Sampling;
use analysis::estimate::{Design, mean, replicates};
use analysis::{Dataset, Grouping, Quantity};
use findings::Undefined;

use crate::setting::{Small, close, gold, survey, working};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn wave_2026() -> Dataset {
    survey().only("aalto", "2026").unwrap()
}

fn clustered() -> Design {
    Design {
        sampling: Some(Sampling {
            strata: names(&["kaupunki"]),
            cluster: Some("yksikko".to_owned()),
            ..Sampling::default()
        }),
        ..Design::default()
    }
}

#[test]
fn means_by_replicate_weights_are_those_of_survey() {
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
                close(figure(city).se, &expected["se"], 1e-12);
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
    let design = Design {
        sampling: Some(Sampling {
            cluster: Some("job".to_owned()),
            ..Sampling::default()
        }),
        ..Design::default()
    };
    let found = replicates(&data, &Quantity::Item("a".to_owned()), &by, &design).unwrap();
    for term in ["jackknife", "jk2"] {
        let figure = |job: &str| found.row(&[job, term]).unwrap().figure.clone();
        assert_eq!(figure("a").unwrap_err(), Undefined::OneUnit);
        assert!(figure("all").unwrap().se.unwrap() > 0.0);
    }
}
