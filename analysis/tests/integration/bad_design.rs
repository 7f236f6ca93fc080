//! Designs that do not fit: every one is an error or a note that names the place.

use std::path::Path;

use analysis::AnalysisError;
use analysis::design::{Lonely, Sampling};
use analysis::estimate::{Design, Estimates, mean};
use analysis::job::{Job, JobProblem};
use analysis::{Dataset, Grouping, Quantity};
use miette::Diagnostic;

use crate::setting::Small;

const FRAME: &str =
    "town,job,staff\noulu,teacher,40\noulu,guide,20\nturku,teacher,30\nturku,guide,25\n";

const ROWS: &str = "1,oulu,teacher,0,1,5\n2,oulu,teacher,2,3,1\n3,oulu,guide,4,4,0\n\
    4,turku,teacher,5,5,2\n5,turku,guide,3,1,4\n6,turku,guide,1,1,4\n7,turku,teacher,2,2,2\n\
    8,oulu,guide,5,0,3\n";

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn by_town_and_job() -> Sampling {
    Sampling {
        strata: names(&["town", "job"]),
        finite: true,
        ..Sampling::default()
    }
}

fn estimate(data: &Dataset, sampling: Sampling) -> Result<Estimates, AnalysisError> {
    let design = Design {
        sampling: Some(sampling),
        ..Design::default()
    };
    let quantity = Quantity::Dimension("abc".to_owned());
    mean(data, &quantity, &Grouping::by(data, &["town"])?, &design)
}

fn attempt(rows: &str, frame: &str, sampling: Sampling) -> Result<Estimates, AnalysisError> {
    estimate(&Small::new().with_frame(rows, frame).unwrap(), sampling)
}

/// Checks that an error says these words, its help included.
fn check(error: &AnalysisError, words: &[&str]) {
    let help = error
        .help()
        .map(|help| help.to_string())
        .unwrap_or_default();
    let text = format!("{error}\n{help}");
    for word in words {
        assert!(text.contains(word), "{text} lacks {word}");
    }
}

#[test]
fn a_frame_smaller_than_the_answers_names_the_cell() {
    let frame = FRAME.replace("oulu,guide,20", "oulu,guide,1");
    let error = attempt(ROWS, &frame, by_town_and_job()).unwrap_err();
    check(&error, &["town oulu, job guide: 2 answers, 1 staff"]);
    let unknown = FRAME.replace("oulu,guide,20\n", "");
    let error = attempt(ROWS, &unknown, by_town_and_job()).unwrap_err();
    check(&error, &["town oulu, job guide: 2 answers, 0 staff"]);
}

#[test]
fn a_stratum_with_one_answer_is_an_error_until_a_choice_is_made() {
    let rows = ROWS.replace("8,oulu,guide,5,0,3\n", "");
    let choose = |lonely| {
        let sampling = Sampling {
            lonely,
            ..by_town_and_job()
        };
        attempt(&rows, FRAME, sampling)
    };
    let error = choose(Lonely::Error).unwrap_err();
    check(
        &error,
        &["one answer", "town oulu, job guide", "adjust", "merge"],
    );
    let figure = |table: &Estimates| table.row(&["oulu"]).unwrap().figure.clone().unwrap();
    let adjusted = choose(Lonely::Adjust).unwrap();
    let merged = choose(Lonely::Merge).unwrap();
    assert!(
        adjusted.notes[0].contains("town oulu, job guide"),
        "{:?}",
        adjusted.notes
    );
    let both = "town oulu, job guide with town oulu, job teacher";
    assert!(merged.notes[0].contains(both), "{:?}", merged.notes);
    assert!(figure(&adjusted).se.unwrap() > 0.0);
    // Three answers stand for 60 staff alike: the plain mean with a finite population.
    let (values, staff) = ([1.0 / 3.0, 3.0, 13.0 / 3.0], 60.0_f64);
    let m = values.iter().sum::<f64>() / 3.0;
    let s2 = values.iter().map(|y| (y - m) * (y - m)).sum::<f64>() / 2.0;
    let found = figure(&merged);
    assert!((found.value - m).abs() < 1e-15, "{found:?} {m}");
    let se = (s2 / 3.0 * (1.0 - 3.0 / staff)).sqrt();
    assert!((found.se.unwrap() - se).abs() < 1e-12, "{found:?} {se}");
}

#[test]
fn everybody_of_a_stratum_of_one_leaves_nothing_open() {
    let rows = ROWS.replace("8,oulu,guide,5,0,3\n", "");
    let frame = FRAME.replace("oulu,guide,20", "oulu,guide,1");
    assert!(attempt(&rows, &frame, by_town_and_job()).is_ok());
    let without_end = Sampling {
        finite: false,
        ..by_town_and_job()
    };
    check(
        &attempt(&rows, &frame, without_end).unwrap_err(),
        &["town oulu, job guide"],
    );
}

#[test]
fn a_census_has_no_standard_error() {
    let frame = "town,job,staff\noulu,teacher,2\noulu,guide,2\nturku,teacher,2\nturku,guide,2\n";
    let found = attempt(ROWS, frame, by_town_and_job()).unwrap();
    for row in found.rows {
        assert_eq!(row.figure.unwrap().se, Some(0.0));
    }
}

#[test]
fn an_answer_without_stratum_is_said_and_not_weighted() {
    let rows = format!("{ROWS}9,oulu,,1,1,1\n");
    let found = attempt(&rows, FRAME, by_town_and_job()).unwrap();
    assert!(
        found.notes[0].contains("1 answers without `job`"),
        "{:?}",
        found.notes
    );
    let row = found.row(&["oulu"]).unwrap();
    assert_eq!(
        (row.answers, row.figure.as_ref().unwrap().n),
        (5, findings::Count::Exact(4))
    );
}

#[test]
fn margins_that_cannot_be_raked_to_are_named() {
    let raked = || Sampling {
        rake: names(&["town", "job"]),
        ..Sampling::default()
    };
    let empty = format!("{FRAME}oulu,office,3\n");
    let error = attempt(ROWS, &empty, raked()).unwrap_err();
    check(
        &error,
        &["`office` of `job` has 3 people in the frame and no answer"],
    );
    let unplaced = format!("{FRAME}oulu,,3\n");
    let error = attempt(ROWS, &unplaced, raked()).unwrap_err();
    check(&error, &["3 staff without job", "margins"]);
    let narrow = "town,staff\noulu,60\nturku,55\n";
    check(
        &attempt(ROWS, narrow, raked()).unwrap_err(),
        &["job", "add the columns"],
    );
    let without = Small::new().rows(ROWS).unwrap();
    check(
        &estimate(&without, raked()).unwrap_err(),
        &["staff numbers", "frame.csv"],
    );
}

#[test]
fn clusters_may_not_cut_through_strata() {
    let sampling = Sampling {
        strata: names(&["job"]),
        cluster: Some("town".to_owned()),
        ..Sampling::default()
    };
    let error = attempt(ROWS, FRAME, sampling).unwrap_err();
    check(
        &error,
        &["clusters lie in several strata", "town oulu", "town turku"],
    );
}

#[test]
fn a_large_weight_is_said_and_cut_on_request() {
    let rows: String = (0..30)
        .map(|id| format!("t{id},turku,teacher,1,1,4\n"))
        .collect();
    let rows = format!("{rows}a,oulu,guide,5,5,0\nb,oulu,guide,4,4,1\n");
    let frame = "town,job,staff\noulu,guide,200\nturku,teacher,31\n";
    let sampling = |trim| Sampling {
        trim,
        ..by_town_and_job()
    };
    let whole = |table: &Estimates| table.row(&["all"]).unwrap().figure.clone().unwrap().value;
    let large = attempt(&rows, frame, sampling(None)).unwrap();
    assert!(
        large.notes[0].contains("town oulu, job guide"),
        "{:?}",
        large.notes
    );
    let cut = attempt(&rows, frame, sampling(Some(2.0))).unwrap();
    assert!(
        cut.notes[0].contains("2 answers were cut at 2 times"),
        "{:?}",
        cut.notes
    );
    assert!(whole(&cut) < whole(&large));
}

#[test]
fn problems_of_the_design_have_a_line_and_a_column() {
    let text = "schema = 1\n[data]\nfile = \"a.csv\"\ncodebook = \"c.json\"\n[design]\n\
        strata = [\"town\", \"town\"]\ncluster = \"town\"\nfinite = true\nlonely = \"ajust\"\n\
        trim = 0.5\nraking = [\"job\"]\n";
    let problems: Vec<JobProblem> = match Job::parse(text, Path::new("job.toml")).unwrap_err() {
        AnalysisError::Job(problems) => problems,
        other => panic!("{other}"),
    };
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    for (line, words) in [
        "job.toml:5:1: [design] needs the staff numbers of a frame",
        "job.toml:6:19: `town` is named twice in `strata`",
        "job.toml:7:11: `town` is both stratum and cluster",
        "job.toml:8:10: `finite` counts people",
        "job.toml:9:10: `ajust` is no way to treat a lonely stratum (did you mean `adjust`?)",
        "job.toml:10:8: `trim` must be above 1",
        "job.toml:11:1: [design] has no key `raking`",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(
            lines[line].starts_with(words),
            "{} is not {words}",
            lines[line]
        );
    }
    assert_eq!(lines.len(), 7, "{lines:?}");
}
