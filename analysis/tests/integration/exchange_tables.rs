//! Every table that can be handed over: merged in any split and order it gives the same bytes, and
//! a count that was changed on the way is refused or seen in the result.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use analysis::federation::{Part, Secret, mask, merge, tables};
use analysis::job::JobStatistic;
use findings::Working;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::network::{Network, refused};

const HEADER: &str = "id,wave,town,unit,job,code,a,b,c,i1,i2,i3,open";
/// Every wave has this many answers.
const PERSONS: usize = 18;
const YEARS: [&str; 3] = ["2024", "2025", "2026"];
const ROWS: usize = PERSONS * YEARS.len();

/// Columns of the survey.
const WAVE: usize = 1;
const TOWN: usize = 2;

/// A survey in three waves of two towns, with units of the same name, people who come back, some of
/// them for a while in another job, people who break off, importance of three areas and open answers.
fn survey() -> Network {
    let mut text = format!("{HEADER}\n");
    let mut state = 12_345_u64;
    let mut next = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    for row in 0..ROWS {
        let (person, year) = (row % PERSONS, row / PERSONS);
        let wave = YEARS[year];
        let town = if person.is_multiple_of(2) {
            "oulu"
        } else {
            "turku"
        };
        let unit = ["north", "south", "east"][person / 2 % 3];
        let moved = usize::from(year > 0 && person % 5 == year - 1);
        let job = ["teacher", "guide"][(person / 4 + moved) % 2];
        // Two people of one town use the same code in a wave, and some have none.
        let code = match person {
            3 | 7 => "twice".to_owned(),
            4 | 9 => String::new(),
            _ => format!("p{person}"),
        };
        let job = if row == 11 { "" } else { job };
        let mut item = |low: u64| match next(9) {
            0 => String::new(),
            1 => "9".to_owned(),
            _ => (low + next(6 - low)).to_string(),
        };
        let mut items = [0, 0, 0, 1, 1, 1].map(&mut item);
        if row % 11 == 5 {
            // Broke off after the first question.
            items[1..3].fill(String::new());
        }
        let items = items.join(",");
        let open = ["", "Verkko ei toimi", "tuki puuttuu", "verkon tuki"][(row * 7) % 4];
        text += &format!("{row},{wave},{town},{unit},{job},{code},{items},{open}\n");
    }
    let network = Network::new(&text, &[]);
    fs::write(network.path("codebook.json"), codebook().to_string()).unwrap();
    let mut frame = "town,unit,job,staff\n".to_owned();
    for town in ["oulu", "turku"] {
        for unit in ["north", "south", "east"] {
            frame += &format!("{town},{unit},teacher,19\n{town},{unit},guide,14\n");
        }
    }
    fs::write(network.path("frame.csv"), frame).unwrap();
    network
}

fn codebook() -> Value {
    let item = |name: &str, low: i64| {
        let values: Vec<Value> = (low..=5).map(|value| json!({"value": value})).collect();
        json!({"name": name, "kind": "scale", "values": values})
    };
    let area = |id: &str, items: &[&str]| {
        let rule = json!({"min_share": 0.5, "of": "all", "min_answered": 1});
        json!({"id": id, "variables": items, "missing": rule})
    };
    json!({
        "schema": 1,
        "origin": "simulated",
        "missing": [{"code": 9, "meaning": "dont_know"}],
        "variables": [
            {"name": "id", "kind": "answer_id"},
            {"name": "wave", "kind": "wave"},
            {"name": "town", "kind": "municipality"},
            {"name": "unit", "kind": "unit"},
            {"name": "job", "kind": "role"},
            {"name": "code", "kind": "person_code"},
            item("a", 0), item("b", 0), item("c", 0),
            item("i1", 1), item("i2", 1), item("i3", 1),
            {"name": "open", "kind": "text"},
        ],
        "dimensions": [area("abc", &["a", "b", "c"]), area("ab", &["a", "b"]), area("c", &["c"])],
        "targets": [
            {"role": "teacher", "dimension": "abc", "target": 3.5},
            {"role": "guide", "dimension": "abc", "target": 2.0},
        ],
    })
}

const WAVES: &str = "[wave]\ncurrent = \"2026\"\nearlier = [\"2024\", \"2025\"]\n";
const GROUPS: &str = "[groups]\nby = [\"town\", \"job\"]\nunit = true\n";
const NEEDS: &str =
    "[needs]\nreplicates = 200\n[needs.importance]\nabc = \"i1\"\nab = \"i2\"\nc = \"i3\"\n";
const THEMES: &str = "[themes]\ncolumn = \"open\"\n[themes.words]\nnetwork = [\"verkko\", \"verko\"]\nhelp = [\"tuki\"]\n";

/// Statistics of counts by group, with everything they need to be asked.
fn counted() -> String {
    format!(
        "statistics = [\"bounds\", \"correlations\", \"levels\", \"factors\", \"dif\", \"needs\", \"themes\", \"icc\", \"unit_means\", \"break_off\", \"straight_lining\"]\n{WAVES}{GROUPS}{NEEDS}{THEMES}[levels]\ncuts = [30, 60]\n[factors]\nnumber = 1\n"
    )
}

/// Change of linked people, two waves at a time and over all of them.
fn change() -> String {
    format!("statistics = [\"change\", \"mixed_change\"]\n{WAVES}{GROUPS}")
}

/// Weighted statistics under a design.
fn weighted(design: &str) -> String {
    format!(
        "statistics = [\"mean\", \"trend\", \"gap\", \"below_target\", \"design_effect\", \"icc\"]\n{WAVES}{GROUPS}[design]\n{design}\n"
    )
}

const DESIGNS: [&str; 3] = [
    "strata = [\"town\", \"job\"]\nlonely = \"merge\"",
    "strata = [\"town\"]\ncluster = \"unit\"\nlonely = \"adjust\"",
    "strata = [\"town\"]\nrake = [\"job\", \"unit\"]\ntrim = 1.5",
];

/// Statistics that must stay among those that are handed over.
const HANDED_OVER: [&str; 31] = [
    "response_rate",
    "distribution",
    "mean",
    "quantile",
    "gap",
    "below_target",
    "alpha",
    "trend",
    "shape",
    "top_two",
    "compare",
    "reliability",
    "omega",
    "ordinal_reliability",
    "dif",
    "levels",
    "bounds",
    "design_effect",
    "icc",
    "unit_means",
    "factors",
    "change",
    "needs",
    "themes",
    "replicates",
    "weighted_tests",
    "invariance",
    "break_off",
    "straight_lining",
    "mixed_change",
    "correlations",
];

/// Every statistic is handed over, or says that it needs the answers and what to do instead.
#[test]
fn every_statistic_is_merged_exactly_or_says_that_it_needs_the_answers() {
    let network = survey();
    let parts = network.parts(|_, row| row[TOWN].to_owned());
    let mut refused = Vec::new();
    for (name, _) in JobStatistic::ALL {
        let (_, asked) = counted()
            .split_once('\n')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap();
        let job = network.job("all.csv", &format!("statistics = [\"{name}\"]\n{asked}"));
        let whole = tables(&job, &Part::default()).unwrap();
        if whole.notes.is_empty() {
            let merged = merge(&network.exchange(&job, &parts)).unwrap();
            network.same(&job, &merged);
            continue;
        }
        let out = network.path("refused");
        let run = whole.file.run(&job, &out, None, &mut |_| {});
        let message = run.unwrap_err().to_string();
        assert!(
            message.contains(&format!("`{name}` needs the answers"))
                && message.contains("run it at each municipality"),
            "{message}"
        );
        refused.push(*name);
    }
    for name in HANDED_OVER {
        assert!(!refused.contains(&name), "{name} is not handed over");
    }
}

/// How many values a merged table has, so that the test below is not about reasons alone.
fn values(network: &Network, table: &str) -> usize {
    let text = fs::read_to_string(network.path("merged/working.json")).unwrap();
    let working = Working::from_json(&text).unwrap();
    let rows = working.table(table).unwrap().rows.iter();
    rows.filter(|row| row.figure.is_ok()).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Towns in any files, rows in any order: the same bytes.
    #[test]
    fn change_is_the_same_however_towns_are_put_into_files(
        file_of in proptest::collection::vec(0_usize..2, 2),
        order in Just((0..ROWS).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let mut network = survey();
        network.rows = order.iter().map(|place| network.rows[*place].clone()).collect();
        let job = network.job("all.csv", &change());
        let parts = network.parts(|_, row| file_of[usize::from(row[TOWN] == "turku")].to_string());
        network.same(&job, &merge(&network.exchange(&job, &parts)).unwrap());
        for table in ["area.change", "area.mixed_change", "area.slope"] {
            assert!(values(&network, table) > 3, "{table}");
        }
    }
}

#[test]
fn people_of_a_town_are_not_linked_across_files() {
    let network = survey();
    let job = network.job("all.csv", &change());
    let files = network.exchange(&job, &network.parts(|_, row| row[WAVE].to_owned()));
    let message = refused(&files);
    for part in [
        "2025.exchange.json",
        "2024.exchange.json",
        "link people of oulu",
        "`mixed_change`",
    ] {
        assert!(message.contains(part), "{message}");
    }
    // Without linked people the same files are fine.
    let job = network.job(
        "all.csv",
        &change().replace("\"change\", \"mixed_change\"", "\"trend\""),
    );
    let files = network.exchange(&job, &network.parts(|_, row| row[WAVE].to_owned()));
    network.same(&job, &merge(&files).unwrap());
}

#[test]
fn a_town_is_known_by_its_answers_and_people_are_linked_inside_it() {
    let mut network = survey();
    // The same code in another town is somebody else, pooled or merged.
    network.rows = network
        .rows
        .iter()
        .map(|row| row.replace(",p1,", ",p0,"))
        .collect();
    fs::write(
        network.path("all.csv"),
        format!("{HEADER}\n{}\n", network.rows.join("\n")),
    )
    .unwrap();
    let job = network.job("all.csv", &change());
    let parts = network.parts(|_, row| row[TOWN].to_owned());
    network.same(&job, &merge(&network.exchange(&job, &parts)).unwrap());
}

#[test]
fn linked_people_are_not_masked() {
    let network = survey();
    for statistic in ["change", "mixed_change"] {
        let job = format!("statistics = [\"{statistic}\"]\n{WAVES}");
        let file = tables(&network.job("all.csv", &job), &Part::default());
        let file = file.unwrap().file;
        let partners =
            [("b", 1), ("c", 2)].map(|(name, byte)| (name.to_owned(), Secret::new([byte; 32])));
        let message = mask(&file, "a", &partners.into(), "1")
            .unwrap_err()
            .to_string();
        let expected = format!("`{statistic}` cannot be masked");
        assert!(message.contains(&expected), "{message}");
    }
}

/// Merges the parts in the order of `files` and compares with the whole.
fn same_in_parts(network: &Network, job: &Path, split: &[usize], files: &[usize]) {
    let parts = network.parts(|number, _| split[number].to_string());
    let exchanged = network.exchange(job, &parts);
    let ordered: Vec<PathBuf> = files
        .iter()
        .filter_map(|place| exchanged.get(*place).cloned())
        .collect();
    network.same(job, &merge(&ordered).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any split, any order of files and rows: the same bytes.
    #[test]
    fn statistics_of_counts_are_the_same_in_any_split(
        split in proptest::collection::vec(0_usize..5, ROWS),
        order in Just((0..ROWS).collect::<Vec<usize>>()).prop_shuffle(),
        files in Just((0..5).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let mut network = survey();
        network.rows = order.iter().map(|place| network.rows[*place].clone()).collect();
        let job = network.job("all.csv", &counted());
        same_in_parts(&network, &job, &split, &files);
    }

    #[test]
    fn weighted_statistics_are_the_same_in_any_split(
        split in proptest::collection::vec(0_usize..5, ROWS),
        order in Just((0..ROWS).collect::<Vec<usize>>()).prop_shuffle(),
        files in Just((0..5).collect::<Vec<usize>>()).prop_shuffle(),
        design in 0_usize..3,
    ) {
        let mut network = survey();
        network.rows = order.iter().map(|place| network.rows[*place].clone()).collect();
        let job = network.job("all.csv", &weighted(DESIGNS[design]));
        same_in_parts(&network, &job, &split, &files);
    }
}

/// The names of the tables in a file.
fn kinds(text: &str) -> BTreeSet<String> {
    let found = text.split("{\"table\": \"").skip(1);
    let names = found.filter_map(|rest| rest.split('"').next());
    names.map(str::to_owned).collect()
}

/// Adds to what an entry of the first table of a kind counts; none where it has fewer entries.
fn changed(text: &str, table: &str, entry: usize, by: i64) -> Option<String> {
    let start = text.find(&format!("{{\"table\": \"{table}\""))?;
    let start = start + text[start..].find("\"entries\": [")? + "\"entries\": [".len();
    let end = start + text[start..].find("]]")? + 1;
    let mut entries: Vec<String> = text[start..end]
        .split_inclusive("],")
        .map(str::to_owned)
        .collect();
    let numbers = entries.get_mut(entry)?;
    let close = numbers.find(']')?;
    let last = numbers[..close].rfind(',')?;
    let number: i64 = numbers[last + 1..close].parse().ok()?;
    numbers.replace_range(last + 1..close, &(number + by).to_string());
    Some(format!(
        "{}{}{}",
        &text[..start],
        entries.concat(),
        &text[end..]
    ))
}

#[test]
fn a_changed_count_is_refused_or_changes_the_result() {
    // All waves are counted, so that there is no group whose numbers are of no consequence.
    let found = refused_or_seen(&counted().replace(WAVES, ""));
    assert_eq!(
        found,
        [
            "T10",
            "T10-pairs",
            "T2",
            "T2-pairs",
            "T3",
            "T7",
            "T8",
            "T9-course",
            "T9-runs"
        ]
    );
    assert_eq!(refused_or_seen(&change()), ["T2", "T6", "T6-waves"]);
    assert_eq!(
        refused_or_seen(&weighted(DESIGNS[0])),
        ["T1", "T2", "T2-target"]
    );
}

/// Changes some numbers of every table of a job and returns which tables there were.
fn refused_or_seen(job: &str) -> Vec<String> {
    let network = survey();
    let job = network.job("all.csv", job);
    let whole = tables(&job, &Part::default()).unwrap().file.to_json();
    let kinds = kinds(&whole);
    let path = network.path("changed.json");
    let out = network.path("result");
    let result = |text: &str| -> Result<String, String> {
        fs::write(&path, text).unwrap();
        let merged = merge(std::slice::from_ref(&path)).map_err(|error| error.to_string())?;
        let run = merged.file.run(&job, &out, None, &mut |_| {});
        run.map_err(|error| error.to_string())?;
        let text = fs::read_to_string(out.join("working.json")).unwrap();
        let lines = text.lines().filter(|line| !line.contains("dataset_sha256"));
        Ok(lines.collect::<Vec<_>>().join("\n"))
    };
    let right = result(&whole).unwrap();
    assert_eq!(result(&whole).as_ref(), Ok(&right));
    for kind in &kinds {
        // A sum of products that is off by one moves a probability by less than can be seen.
        let by = if kind == "T10-pairs" { 40 } else { 1 };
        let mut tried = 0;
        for entry in 0..6 {
            let Some(text) = changed(&whole, kind, entry, by) else {
                continue;
            };
            assert_ne!(result(&text).as_ref(), Ok(&right), "{kind}, entry {entry}");
            tried += 1;
        }
        assert!(tried > 0, "{kind}");
    }
    kinds.into_iter().collect()
}
