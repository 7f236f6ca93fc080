//! Tables of groups: read in parts or as a whole, from CSV or Parquet, the figures are those of
//! every other result.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

use analysis::estimate::{Design, alpha, deviation, distribution, mean, quantile};
use analysis::{AnalysisError, Dataset, Grouping, Quantity, publish};
use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, NamedFrom, ParquetCompression, ParquetWriter, Series,
};
use serde_json::json;

use crate::setting::{Small, n};

const TABLES: &str = r#"
[[table]]
file = "scores.csv"
of = "area"
by = ["town", "role"]
columns = ["n", "mean", "sd", "p25", "p90", "reason"]

[[table]]
file = "items.csv"
of = "item"
by = ["town"]
columns = ["n", "counts", "missing"]

[[table]]
file = "alpha.csv"
of = "area"
columns = ["n_complete", "alpha", "reason"]
"#;

/// Runs a job with tables on a file of a folder; returns the texts of the results by name.
fn tables(
    folder: &Path,
    data: &str,
    tables: &str,
) -> Result<BTreeMap<String, String>, AnalysisError> {
    let job = folder.join(format!("{data}.toml"));
    let head = format!("schema = 1\n[data]\nfile = \"{data}\"\ncodebook = \"codebook.json\"\n");
    std::fs::write(&job, head + tables).unwrap();
    let out = folder.join(format!("{data}.out"));
    let summary = publish::run(&job, &out, None, &mut |_| {})?;
    assert!(
        summary.notes[0].contains("unprotected"),
        "{:?}",
        summary.notes
    );
    let read = |file: &std::path::PathBuf| {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read_to_string(file).unwrap())
    };
    Ok(summary.files.iter().map(read).collect())
}

/// Answers that look like answers: `id, town, job, a, b, c`.
fn answers(count: usize) -> Vec<[String; 6]> {
    let mut state = 1_u64;
    let mut below = |end: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let towns = ["oulu", "Åbo", "salo", ""];
    let jobs = ["teacher", "guide", "9"];
    let mut item = || ["0", "1", "2", "3", "4", "5", "8", "9", ""][below(9) as usize].to_owned();
    let items: Vec<[String; 3]> = (0..count).map(|_| [item(), item(), item()]).collect();
    let answers = items.into_iter().enumerate().map(|(row, [a, b, c])| {
        let [town, job] = [towns[below(4) as usize], jobs[below(3) as usize]];
        [row.to_string(), town.to_owned(), job.to_owned(), a, b, c]
    });
    answers.collect()
}

fn csv(answers: &[[String; 6]], line_end: &str) -> String {
    let mut text = format!("id,town,job,a,b,c{line_end}");
    for answer in answers {
        write!(text, "{}{line_end}", answer.join(",")).unwrap();
    }
    text
}

#[test]
fn figures_are_those_of_the_statistics() {
    let small = Small::new().codebook();
    small.write("data.csv", csv(&answers(2_000), "\n"));
    let made = tables(small.folder.path(), "data.csv", TABLES).unwrap();
    let data =
        Dataset::from_file(&small.path("data.csv"), &small.path("codebook.json"), None).unwrap();
    let by = Grouping::by(&data, &["town", "role"]).unwrap();
    let (area, design) = (Quantity::Dimension("abc".to_owned()), Design::default());
    let means = mean(&data, &area, &by, &design).unwrap();
    let deviations = deviation(&data, &area, &by, &design).unwrap();
    let quantiles = quantile(&data, &area, &by, &design).unwrap();
    let mut seen = 0;
    for line in made["scores.csv"].lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [town, job, _, count, rest @ ..] = &fields[..] else {
            panic!("{line}");
        };
        if town.is_empty() || job.is_empty() {
            continue;
        }
        let value = |row: &findings::RawRow| row.figure.as_ref().unwrap().value.to_string();
        let expected = [
            value(means.row(&[town, job]).unwrap()),
            value(deviations.row(&[town, job]).unwrap()),
            value(quantiles.row(&[town, job, "p25"]).unwrap()),
            value(quantiles.row(&[town, job, "p90"]).unwrap()),
            String::new(),
        ];
        assert_eq!(rest, expected, "{line}");
        let of_mean = means.row(&[town, job]).unwrap().figure.as_ref().unwrap();
        assert_eq!(*count, n(of_mean).to_string());
        seen += 1;
    }
    assert_eq!(seen, 6);

    let whole = Grouping::whole();
    let alpha = alpha(&data, &area, &whole, &design).unwrap();
    let alpha = alpha.rows[0].figure.as_ref().unwrap();
    let expected = format!(
        "area,n_complete,alpha,reason\nabc,{},{},\n",
        n(alpha),
        alpha.value
    );
    assert_eq!(made["alpha.csv"], expected);

    let towns = Grouping::by(&data, &["town"]).unwrap();
    let shares = distribution(&data, &Quantity::Item("c".to_owned()), &towns, &design).unwrap();
    let line = made["items.csv"]
        .lines()
        .find(|line| line.starts_with("oulu,c,"))
        .unwrap();
    let counts: Vec<f64> = line
        .split(',')
        .skip(2)
        .map(|count| count.parse().unwrap())
        .collect();
    for value in 0..=5 {
        // The distribution is as given, the counts are as scored.
        let given = (5 - value).to_string();
        let share = shares
            .row(&["oulu", &given])
            .unwrap()
            .figure
            .as_ref()
            .unwrap()
            .value;
        assert_eq!(counts[1 + value] / counts[0], share, "{line}");
    }
    let everybody = counts[0] + counts[7..].iter().sum::<f64>();
    let in_oulu = answers(2_000)
        .iter()
        .filter(|answer| answer[1] == "oulu")
        .count();
    assert_eq!(everybody, in_oulu as f64);
}

#[test]
fn every_way_of_writing_and_splitting_gives_the_same_bytes() {
    let small = Small::new().codebook();
    let mut answers = answers(70_000);
    small.write("data.csv", csv(&answers, "\n"));
    let expected = tables(small.folder.path(), "data.csv", TABLES).unwrap();
    let expected: BTreeMap<_, _> = expected
        .iter()
        .filter(|(name, _)| *name != "tables.json")
        .collect();
    let check = |name: &str| {
        let found = tables(small.folder.path(), name, TABLES).unwrap();
        let found: BTreeMap<_, _> = found
            .iter()
            .filter(|(name, _)| *name != "tables.json")
            .collect();
        assert!(found == expected, "{name}: {found:?}");
    };
    small.write(
        "windows.csv",
        String::from("\u{FEFF}") + &csv(&answers, "\r\n"),
    );
    check("windows.csv");
    let mut quoted = answers.clone();
    for answer in &mut quoted {
        answer[1] = format!("\"{}\"", answer[1]);
    }
    small.write("quoted.csv", csv(&quoted, "\n"));
    check("quoted.csv");
    // A line break inside quotes: the file is read as a whole.
    quoted[3][0] = "\"3\n\"".to_owned();
    small.write("whole.csv", csv(&quoted, "\n"));
    check("whole.csv");
    answers.reverse();
    small.write("reversed.csv", csv(&answers, "\n"));
    check("reversed.csv");
    for (name, compression, kind) in [
        (
            "small.parquet",
            ParquetCompression::Zstd(None),
            DataType::Int8,
        ),
        (
            "snappy.parquet",
            ParquetCompression::Snappy,
            DataType::Int64,
        ),
        (
            "plain.parquet",
            ParquetCompression::Uncompressed,
            DataType::Float64,
        ),
        (
            "texts.parquet",
            ParquetCompression::Uncompressed,
            DataType::String,
        ),
        // Not read in parts: as a whole, then.
        (
            "brotli.parquet",
            ParquetCompression::Brotli(None),
            DataType::UInt16,
        ),
    ] {
        write_parquet(&answers, &small.path(name), compression, &kind);
        check(name);
    }
}

fn write_parquet(
    answers: &[[String; 6]],
    file: &Path,
    compression: ParquetCompression,
    kind: &DataType,
) {
    let text = |place: usize| {
        let cells = answers.iter().map(move |answer| &answer[place]);
        cells.map(|cell| (!cell.is_empty()).then_some(cell.as_str()))
    };
    let key = |place: usize, name: &str| {
        Series::new(name.into(), text(place).collect::<Vec<_>>()).into_column()
    };
    let item = |place: usize, name: &str| -> Column {
        let cells: Vec<Option<i32>> = text(place)
            .map(|cell| cell.map(|cell| cell.parse().unwrap()))
            .collect();
        Series::new(name.into(), cells)
            .cast(kind)
            .unwrap()
            .into_column()
    };
    let columns = vec![
        key(0, "id"),
        key(1, "town"),
        key(2, "job"),
        item(3, "a"),
        item(4, "b"),
        item(5, "c"),
    ];
    let mut frame = DataFrame::new_infer_height(columns).unwrap();
    ParquetWriter::new(File::create(file).unwrap())
        .with_compression(compression)
        .with_row_group_size(Some(10_000))
        .finish(&mut frame)
        .unwrap();
}

#[test]
fn what_disagrees_with_the_codebook_is_named_with_its_place() {
    let small = Small::new().codebook();
    let mut answers = answers(1_000);
    answers[700][4] = "7".to_owned();
    small.write("data.csv", csv(&answers, "\n"));
    let error = tables(small.folder.path(), "data.csv", TABLES)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("data.csv:702: column `b`: `7` is not on the scale"),
        "{error}"
    );
    write_parquet(
        &answers,
        &small.path("data.parquet"),
        ParquetCompression::Snappy,
        &DataType::Int16,
    );
    let error = tables(small.folder.path(), "data.parquet", TABLES)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("data.parquet:701: column `b`: `7` is not on the scale"),
        "{error}"
    );
    small.write("half.csv", "id,town,job,a,b,c\n1,oulu,teacher,0\n");
    let error = tables(small.folder.path(), "half.csv", TABLES)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("line 2 has 4 fields where the header has 6"),
        "{error}"
    );
    small.write("lonely.csv", "id,town,job,a,b,c\n");
    let error = tables(small.folder.path(), "lonely.csv", TABLES)
        .unwrap_err()
        .to_string();
    assert!(error.contains("no answers"), "{error}");
}

#[test]
fn who_has_no_key_is_counted_under_an_empty_one() {
    let small = Small::new().codebook();
    small.write(
        "data.csv",
        "id,town,job,a,b,c\n1,,teacher,0,1,2\n2,oulu,,3,9,\n",
    );
    let made = tables(small.folder.path(), "data.csv", TABLES).unwrap();
    let expected = "town,role,area,n,mean,sd,p25,p90,reason\n\
                    ,teacher,abc,1,1.3333333333333333,,1.3333333333333333,1.3333333333333333,sd: n < 2\n\
                    oulu,,abc,0,,,,,mean: n = 0; sd: n = 0; p25: n = 0; p90: n = 0\n";
    assert_eq!(made["scores.csv"], expected);
    let about: serde_json::Value = serde_json::from_str(&made["tables.json"]).unwrap();
    assert_eq!(
        (&about["kind"], &about["protected"], &about["answers"]),
        (&json!("tables"), &json!(false), &json!(2))
    );
}

#[test]
fn a_rule_that_nobody_meets_leaves_no_score_and_alpha_stays() {
    let small = Small::new()
        .with(|codebook| codebook["dimensions"][0]["missing"]["min_answered"] = json!(4))
        .codebook();
    small.write("data.csv", csv(&answers(500), "\n"));
    let made = tables(small.folder.path(), "data.csv", TABLES).unwrap();
    let whole = made["scores.csv"]
        .lines()
        .skip(1)
        .all(|line| line.split(',').nth(3) == Some("0"));
    assert!(whole, "{}", made["scores.csv"]);
    assert!(
        !made["alpha.csv"].contains("abc,0"),
        "{}",
        made["alpha.csv"]
    );
}

#[test]
fn numbers_alone_need_no_codes() {
    let small = Small::new().codebook();
    small.write("data.csv", "id,town,job,a,b,c\n1,oulu,guide,0,1,2\n");
    let table = "[[table]]\nfile = \"t.csv\"\nof = \"area\"\ncolumns = [\"n\"]\n";
    let made = tables(small.folder.path(), "data.csv", table).unwrap();
    assert_eq!(made["t.csv"], "area,n\nabc,1\n");
}

#[test]
fn a_doubled_id_is_named_with_both_lines() {
    let small = Small::new().codebook();
    let mut answers = answers(3_000);
    answers[2_900][0] = "17".to_owned();
    small.write("data.csv", csv(&answers, "\n"));
    let error = tables(small.folder.path(), "data.csv", TABLES)
        .unwrap_err()
        .to_string();
    assert!(error.contains("data.csv:2902: column `id`"), "{error}");
    assert!(error.contains("line 19"), "{error}");
    let file = small.path("data.parquet");
    write_parquet(&answers, &file, ParquetCompression::Snappy, &DataType::Int8);
    let error = tables(small.folder.path(), "data.parquet", TABLES)
        .unwrap_err()
        .to_string();
    assert!(error.contains("data.parquet:2901: column `id`"), "{error}");
}
