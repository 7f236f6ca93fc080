//! Support profiles, compared with R's `kmeans` and `cluster::silhouette`.

use analysis::estimate::{Design, Estimates, ProfileChoice, SupportProfiles};
use analysis::{Dataset, Grouping, Quantity};
use findings::Undefined;

use crate::gold::Gold;
use crate::setting::{AREAS, Small, close, gold, survey, working};

fn choice(number: Option<usize>) -> ProfileChoice {
    ProfileChoice {
        areas: AREAS
            .map(|area| Quantity::Dimension(area.to_owned()))
            .to_vec(),
        number,
        replicates: 10,
        seed: 1,
    }
}

fn value(found: &Estimates, keys: &[&str]) -> Option<f64> {
    let row = found.row(keys).unwrap_or_else(|| panic!("no {keys:?}"));
    row.figure.as_ref().ok().map(|figure| figure.value)
}

fn wave_2026() -> Dataset {
    survey().only("aalto", "2026").unwrap()
}

#[test]
pub(crate) fn profiles_are_those_of_kmeans() {
    let gold = gold("profiles.json");
    let data = wave_2026();
    let found = SupportProfiles::find(&data, &choice(None)).unwrap();
    let numbers = found.numbers();
    for (number, expected) in gold["numbers"].as_object().unwrap() {
        for (term, tolerance) in [("within", 1e-9), ("silhouette", 1e-9), ("bic", 1e-9)] {
            close(value(&numbers, &[number, term]), &expected[term], tolerance);
        }
    }
    // R lists every number's sizes and means; whoever asks for that number gets them.
    for (number, expected) in gold["numbers"].as_object().unwrap() {
        let found = SupportProfiles::find(&data, &choice(number.parse().ok())).unwrap();
        check_profiles(&data, &found, expected, gold["n"].as_f64().unwrap());
    }
    // Two profiles lie apart best, and their sizes and means are those of R.
    assert_eq!(value(&numbers, &["2", "chosen"]), Some(1.0));
    assert_eq!(value(&numbers, &["3", "chosen"]), Some(0.0));
    assert_eq!(
        found
            .shares(&data, &Grouping::whole(), &Design::default())
            .unwrap()
            .rows
            .len(),
        2
    );
}

/// Compares the profiles' shares and means.
fn check_profiles(data: &Dataset, found: &SupportProfiles, expected: &Gold, n: f64) {
    let (means, design) = (found.means(&Design::default()), Design::default());
    let shares = found.shares(data, &Grouping::whole(), &design).unwrap();
    for (place, size) in expected["sizes"].as_array().unwrap().iter().enumerate() {
        let profile = (place + 1).to_string();
        let share = size.as_f64().unwrap() / n;
        close(
            value(&shares, &[&profile]),
            &serde_json::json!(share),
            1e-12,
        );
        for area in AREAS {
            let mean = &expected["means"][place][area];
            close(value(&means, &[&profile, area]), mean, 1e-9);
        }
    }
}

#[test]
fn profiles_follow_the_seed_and_neither_the_order_of_rows_nor_the_groups() {
    let text = std::fs::read_to_string(crate::setting::oracle("data/survey.csv")).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    let header = lines.remove(0);
    lines.retain(|line| line.starts_with("\"v2026"));
    let open = |lines: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("survey.csv");
        std::fs::write(&file, format!("{header}\n{}\n", lines.join("\n"))).unwrap();
        let codebook = crate::setting::oracle("data/codebook.json");
        Dataset::from_file(&file, &codebook, None).unwrap()
    };
    let results = |data: &Dataset, seed| {
        let choice = ProfileChoice {
            seed,
            ..choice(Some(3))
        };
        let found = SupportProfiles::find(data, &choice).unwrap();
        (found.numbers(), found.stability())
    };
    let once = results(&open(&lines), 1);
    lines.reverse();
    lines.rotate_left(700);
    let shuffled = results(&open(&lines), 1);
    assert_eq!(once, shuffled);
    let other = results(&open(&lines), 2);
    assert_ne!(once.1, other.1);
    // Three profiles of these data come back whoever is drawn.
    for profile in ["1", "2", "3"] {
        let jaccard = value(&once.1, &[profile, "jaccard"]).unwrap();
        assert!((0.6..=1.0).contains(&jaccard), "{profile}: {jaccard}");
    }
}

#[test]
fn profiles_come_from_the_job_by_its_groups() {
    let tables = working(
        "statistics = [\"profiles\"]\nseed = 4\n[groups]\nby = [\"rooli\"]\n\
         [profiles]\nareas = [\"tieto\", \"ohjaus\"]\nnumber = 2\nreplicates = 10\n\
         [wave]\ncurrent = \"2026\"\n",
    );
    let share = |role: &str, profile: &str| {
        let figure = tables.figure("profile.share", &[role, profile]);
        figure.unwrap().value
    };
    assert!((share("all", "1") + share("all", "2") - 1.0).abs() < 1e-12);
    // The first profile is the one with the lower scores.
    let mean = |profile: &str| {
        let figure = tables.figure("profile.area", &[profile, "tieto"]);
        figure.unwrap().value
    };
    assert!(mean("1") < mean("2"));
    let within = tables
        .figure("profile.number", &["2", "explained"])
        .unwrap();
    assert!((0.2..1.0).contains(&within.value), "{within:?}");
}

#[test]
fn small_profiles_missing_areas_and_equal_scores_have_reasons() {
    let areas = ["a", "b"].map(|item| Quantity::Item(item.to_owned()));
    let choice = ProfileChoice {
        areas: areas.to_vec(),
        ..choice(Some(2))
    };
    let find = |rows: &str| {
        let data = Small::new().rows(rows).unwrap();
        let found = SupportProfiles::find(&data, &choice).unwrap();
        let by = Grouping::whole();
        let shares = found.shares(&data, &by, &Design::default()).unwrap();
        (found, shares)
    };
    // Twelve low, three high, two without one of the areas.
    let row = |n: usize| match n {
        0..12 => format!("{n},oulu,guide,{},{},1\n", n % 2, n % 3),
        12..15 => format!("{n},oulu,guide,5,{},1\n", 4 + n % 2),
        _ => format!("{n},oulu,guide,5,,1\n"),
    };
    let (found, shares) = find(&(0..17).map(row).collect::<String>());
    assert_eq!(value(&shares, &["1"]), Some(0.8));
    assert_eq!(shares.row(&["1"]).unwrap().answers, 15);
    for (table, keys) in [
        (&shares, vec!["2"]),
        (&found.means(&Design::default()), vec!["2", "a"]),
        (&found.stability(), vec!["2", "jaccard"]),
    ] {
        let figure = table.row(&keys).unwrap().figure.clone();
        assert_eq!(figure.unwrap_err(), Undefined::SmallProfile);
    }
    let reason = |rows: &str| find(rows).1.rows[0].figure.clone().unwrap_err();
    assert_eq!(reason("1,oulu,guide,1,,1\n"), Undefined::NoAnswers);
    assert_eq!(reason("1,oulu,guide,1,2,1\n"), Undefined::OneAnswer);
    let equal = "1,oulu,guide,1,2,1\n2,oulu,guide,1,3,1\n";
    assert_eq!(reason(equal), Undefined::ZeroVariance);
}
