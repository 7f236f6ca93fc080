//! Job files: what they may say, and every problem at once with its place.

use std::path::{Path, PathBuf};

use analysis::AnalysisError;
use analysis::estimate::Stems;
use analysis::job::{
    DataSource, Family, GroupTableColumn, Job, JobProblem, JobStatistic, Output, StandardJob,
    standard_job,
};
use findings::Rule;

fn parse(text: &str) -> Result<Job, AnalysisError> {
    Job::parse(text, Path::new("jobs/autumn.toml"))
}

fn problems(text: &str) -> Vec<JobProblem> {
    match parse(text).unwrap_err() {
        AnalysisError::Job(problems) => problems,
        other => panic!("{other}"),
    }
}

/// Checks place and words of the only problem.
fn check(text: &str, place: (usize, usize), words: &[&str]) {
    let found = problems(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].line, found[0].column), place, "{}", found[0]);
    for word in words {
        assert!(
            found[0].to_string().contains(word),
            "{} lacks {word}",
            found[0]
        );
    }
}

#[test]
fn the_example_that_people_copy_is_a_job_with_every_line_of_it() {
    let text = analysis::job::EXAMPLE_JOB;
    let job = parse(text).unwrap();
    assert_eq!(job.by, ["municipality", "role"]);
    assert_eq!((job.wave, job.output), (None, Output::Working));
    // What is commented out holds as well, once it is wanted.
    let more: String = text
        .lines()
        .filter(|line| !line.starts_with("# There"))
        .map(|line| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n")
        .collect();
    let job = parse(&more).unwrap();
    assert!(matches!(job.output, Output::Release { number: 1, .. }));
    assert_eq!(job.wave.unwrap().earlier, ["2025"]);
}

const SMALLEST: &str = "schema = 1\n[data]\nfile = \"a.csv\"\ncodebook = \"c.json\"\n";

#[test]
fn the_smallest_job_is_a_working_one_with_what_a_release_can_hold() {
    let job = parse(SMALLEST).unwrap();
    let data = DataSource::File {
        file: PathBuf::from("jobs/a.csv"),
        codebook: PathBuf::from("jobs/c.json"),
        encoding: analysis::dataset::Encoding::Utf8,
        frame: None,
    };
    assert_eq!(
        (job.data, job.output, job.confidence),
        (data, Output::Working, 0.95)
    );
    assert!(job.statistics.iter().eq(JobStatistic::STANDARD));
    assert_eq!((job.wave, job.by, job.unit), (None, Vec::new(), false));
}

#[test]
fn the_standard_job_says_what_it_was_made_from() {
    let standard = StandardJob {
        title: "Syksy \"2026\"".to_owned(),
        dataset: "../datasets/2026-syksy".to_owned(),
        wave: "2026-syksy".to_owned(),
        earlier: vec!["2026-kevat".to_owned()],
        number: 3,
        rule: Rule {
            shown_by_name: vec!["109".to_owned()],
            ..Rule::default()
        },
    };
    let text = standard_job(&standard);
    let job = parse(&text).unwrap();
    assert_eq!(job.title, standard.title);
    assert_eq!(
        job.data,
        DataSource::Folder(PathBuf::from("jobs/../datasets/2026-syksy"))
    );
    let wave = job.wave.unwrap();
    assert_eq!(
        (wave.current, wave.earlier),
        (standard.wave, standard.earlier)
    );
    assert_eq!(
        (job.by, job.unit),
        (
            vec!["municipality".to_owned(), "role_group".to_owned()],
            true
        )
    );
    assert_eq!(
        job.output,
        Output::Release {
            number: 3,
            rule: standard.rule
        }
    );
    assert!(!text.contains("<<"), "{text}");
}

#[test]
fn every_problem_is_reported_with_its_place() {
    let text = r#"schema = 1
titel = "Syksy"
statistics = ["mean", "medain"]

[data]
file = "a.csv"

[wave]
current = 2026

[groups]
by = "role"

[release]
kind = "relase"
confidence = 95
"#;
    let found = problems(text);
    let places: Vec<(usize, usize)> = found.iter().map(|p| (p.line, p.column)).collect();
    assert_eq!(places[..3], [(2, 1), (3, 23), (6, 8)]);
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    let all = lines.join("\n");
    for words in [
        "jobs/autumn.toml:2:1: the job has no key `titel` (did you mean `title`?)",
        "no statistic `medain`",
        "a data file needs a codebook",
        "`current` must be text (write \"2026\")",
        "`by` must be a list of texts",
        "`relase` is no kind of result (did you mean `release`?)",
        "`confidence` must lie between 0 and 1",
    ] {
        assert!(all.contains(words), "{words} is not in\n{all}");
    }
}

#[test]
fn what_is_not_toml_is_said_with_its_place() {
    check("schema = 1\ntitle = \n", (2, 9), &["this is not TOML"]);
}

#[test]
fn a_codebook_in_place_of_a_job_is_one_problem() {
    for text in [
        "{\"schema\": 1}",
        "\n {\n  \"schema\": 1,\n  \"variables\": []\n}\n",
    ] {
        let found = problems(text);
        assert_eq!(found.len(), 1, "{found:?}");
        let message = found[0].to_string();
        assert!(
            message.contains("this is JSON, and a job file is TOML"),
            "{message}"
        );
        assert!(
            message.contains("name a codebook under [data]"),
            "{message}"
        );
    }
}

#[test]
fn a_text_that_is_no_job_at_all_is_a_handful_of_problems() {
    let text = "id;town;job\n1;oulu;teacher\n".repeat(200);
    let found = problems(&text);
    assert_eq!(found.len(), 5, "{found:?}");
    let lines: Vec<usize> = found.iter().map(|problem| problem.line).collect();
    assert!(lines.is_sorted_by(|a, b| a < b), "{lines:?}");
    let last = found[4].to_string();
    assert!(last.contains("more lines are not TOML"), "{last}");
}

#[test]
fn another_schema_is_refused() {
    let text = SMALLEST.replace("schema = 1", "schema = 2");
    check(&text, (1, 10), &["schema 2 is not known", "reads 1"]);
}

#[test]
fn data_must_be_a_folder_or_a_file() {
    check(
        "schema = 1\n[data]\n",
        (2, 1),
        &["does not say where the answers are"],
    );
    let both = format!("{SMALLEST}dataset = \"d\"\n");
    check(&both, (5, 11), &["`dataset` stands alone"]);
}

#[test]
fn a_release_has_a_number_and_thresholds() {
    let release = |rest: &str| format!("{SMALLEST}[release]\nkind = \"release\"\n{rest}");
    check(&release(""), (5, 1), &["a release needs a `number`"]);
    check(
        &release("number = 1\nmin_group = 0\n"),
        (8, 13),
        &["`min_group` must be at least 1"],
    );
    check(
        &release("number = 1\nmin_grup = 5\n"),
        (8, 1),
        &["[release] has no key `min_grup`", "min_group"],
    );
}

#[test]
fn a_statistic_or_a_wave_is_not_named_twice() {
    let twice = format!("statistics = [\"mean\", \"mean\"]\n{SMALLEST}");
    check(&twice, (1, 23), &["asked for twice"]);
    let wave = format!("{SMALLEST}[wave]\ncurrent = \"a\"\nearlier = [\"a\"]\n");
    check(&wave, (7, 12), &["not an earlier one"]);
}

#[test]
fn a_missing_job_file_is_named() {
    let error = Job::from_file(Path::new("no/such/job.toml"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("no/such/job.toml"), "{error}");
}

#[test]
fn a_comparison_says_what_is_compared_and_over_which_family() {
    let compare = |rest: &str| format!("{SMALLEST}[compare]\n{rest}");
    let job = parse(&compare(
        "by = [\"role\"]\nwithin = [\"municipality\"]\nitems = true\nfamily = \"table\"\ncorrections = [\"holm\"]\n",
    ));
    let choice = job.unwrap().compare;
    assert_eq!(
        (choice.by, choice.within),
        (vec!["role".to_owned()], vec!["municipality".to_owned()])
    );
    assert_eq!((choice.items, choice.family), (true, Family::Table));
    assert_eq!(
        (choice.corrections.holm, choice.corrections.bh),
        (true, false)
    );
    check(
        &compare("family = \"tabel\"\n"),
        (6, 10),
        &["there is no family `tabel`", "table"],
    );
    check(
        &compare("corrections = [\"bonferroni\"]\n"),
        (6, 16),
        &["there is no correction `bonferroni`", "holm, bh"],
    );
    check(
        &compare("by = [\"role\"]\nwithin = [\"role\"]\n"),
        (5, 1),
        &["cannot be compared within themselves"],
    );
}

#[test]
fn needs_and_themes_are_described_in_the_job() {
    let job = parse(&format!(
        "seed = 42\nstatistics = [\"needs\", \"themes\"]\n{SMALLEST}\
         [needs]\nscale = [1, 5]\nreplicates = 500\n[needs.importance]\nsafety = \"imp\"\n\
         [themes]\ncolumn = \"open\"\nstemmer = \"finnish\"\n[themes.words]\nnet = [\"verkko\", \"verko\"]\n"
    ));
    let job = job.unwrap();
    assert_eq!(
        (job.seed, job.needs.scale, job.needs.replicates),
        (42, Some([1, 5]), 500)
    );
    assert_eq!(job.needs.importance["safety"], "imp");
    let themes = job.themes.unwrap();
    assert_eq!(
        (themes.column.as_str(), themes.stemmer),
        ("open", Some(Stems::Finnish))
    );
    assert_eq!(themes.words["net"], ["verkko", "verko"]);
}

#[test]
fn what_needs_and_themes_lack_is_said_with_its_place() {
    let asked = |what: &str| format!("statistics = [\"{what}\"]\n{SMALLEST}");
    check(&asked("needs"), (1, 1), &["no item says how important"]);
    check(&asked("themes"), (1, 1), &["none is described"]);
    let needs = |rest: &str| {
        format!(
            "{}[needs]\n{rest}\n[needs.importance]\na = \"b\"\n",
            asked("needs")
        )
    };
    check(
        &needs("scale = [5, 1]"),
        (7, 10),
        &["lowest and the highest"],
    );
    check(&needs("scale = [1.5, 5]"), (7, 10), &["whole numbers"]);
    check(&needs("scale = [1]"), (7, 10), &["a lowest and a highest"]);
    check(
        &needs("scale = \"1-5\""),
        (7, 9),
        &["must be a list of numbers"],
    );
    check(&needs("replicates = 3"), (7, 14), &["between 100 and"]);
    let themes = |rest: &str| format!("{}[themes]\n{rest}", asked("themes"));
    check(&themes("column = \"open\"\n"), (6, 1), &["has no themes"]);
    check(
        &themes("column = \"open\"\nstemmer = \"finish\"\n[themes.words]\na = [\"b\"]\n"),
        (8, 11),
        &["no stemmer `finish`", "finnish"],
    );
    check(
        &themes("column = \"open\"\n[themes.words]\na = [\"b\"]\nc = [\"\"]\n"),
        (10, 5),
        &["list of texts, none empty"],
    );
    check(
        &format!("seed = -1\n{SMALLEST}"),
        (1, 8),
        &["must not be negative"],
    );
}

const TABLE: &str = "[[table]]\nfile = \"scores.csv\"\nof = \"area\"\ncolumns = [\"n\", \"p25\"]\n";

#[test]
fn tables_of_groups_are_read() {
    let job = parse(&format!("{SMALLEST}{TABLE}by = [\"town\"]\n")).unwrap();
    let [table] = &job.tables[..] else {
        panic!("{:?}", job.tables);
    };
    assert_eq!(
        (table.file.as_str(), &table.by[..]),
        ("scores.csv", &["town".to_owned()][..])
    );
    assert_eq!(
        table.columns,
        [GroupTableColumn::Count, GroupTableColumn::Quantile(25)]
    );
}

#[test]
fn problems_of_tables_name_their_places() {
    let with = |from: &str, to: &str| format!("{SMALLEST}{}", TABLE.replace(from, to));
    check(
        &with("\"n\"", "\"modus\""),
        (8, 12),
        &["a table of `area` has no column `modus`"],
    );
    check(&with("p25", "p100"), (8, 17), &["no column `p100`"]);
    check(&with("p25", "n"), (8, 17), &["`n` is asked for twice"]);
    check(
        &with("\"area\"", "\"aera\""),
        (7, 6),
        &["not `aera`", "did you mean `area`?"],
    );
    check(
        &with("scores.csv", "../scores.csv"),
        (6, 8),
        &["no name of a CSV file"],
    );
    check(
        &with("of = \"area\"\n", ""),
        (5, 1),
        &["must have `file`, `of` and `columns`"],
    );
    check(
        &format!("{SMALLEST}{TABLE}{TABLE}"),
        (10, 8),
        &["two tables are written to"],
    );
    let beside = format!("{SMALLEST}[groups]\nby = [\"town\"]\n{TABLE}");
    check(
        &beside,
        (5, 2),
        &["`groups` has no meaning beside [[table]]"],
    );
}
