//! Data that disagree with their codebook: a message that says where, and never a silent drop.

use analysis::estimate::{Design, mean, response_rate};
use analysis::job::Job;
use analysis::{AnalysisError, Dataset, Grouping, Quantity};
use findings::Undefined;
use serde_json::json;

use crate::setting::{Small, n};

/// Checks the words of an error.
fn says(result: Result<Dataset, AnalysisError>, words: &[&str]) {
    let error = result.map(|_| ()).unwrap_err().to_string();
    for word in words {
        assert!(error.contains(word), "{error}\nlacks: {word}");
    }
}

const GOOD: &str = "1,oulu,teacher,0,1,5\n2,turku,teacher,5,8,\n";

#[test]
fn a_good_file_is_read() {
    let data = Small::new().rows(GOOD).unwrap();
    assert_eq!(
        (data.answers(), data.values("town").unwrap()),
        (2, vec!["oulu", "turku"])
    );
}

#[test]
fn an_unknown_code_is_named_with_its_place() {
    says(
        Small::new().rows("1,oulu,teacher,0,1,5\n2,oulu,teacher,7,1,5\n"),
        &[
            "data.csv:3: column `a`: `7` is not on the scale 0 to 5",
            "missing codes are 8, 9",
        ],
    );
    says(
        Small::new().rows("1,oulu,teacher,-1,1,300\n"),
        &["column `a`: `-1`", "column `c`: `300`"],
    );
}

#[test]
fn decimals_and_words_are_no_items() {
    says(
        Small::new().rows("1,oulu,teacher,3.5,1,5\n"),
        &["data.csv:2", "`3.5` has decimals"],
    );
    says(
        Small::new().rows("1,oulu,teacher,\"3,5\",1,5\n"),
        &["`3,5` has decimals"],
    );
    says(
        Small::new().rows("1,oulu,teacher,often,1,5\n"),
        &["`often` is no whole number"],
    );
}

#[test]
fn every_wrong_place_is_counted_and_the_first_are_shown() {
    let rows: String = (0..30)
        .map(|row| format!("{row},oulu,teacher,7,1,5\n"))
        .collect();
    says(
        Small::new().rows(&rows),
        &["data.csv:2:", "data.csv:21:", "and 10 more"],
    );
}

#[test]
fn a_line_break_inside_a_quote_keeps_the_count_of_lines() {
    says(
        Small::new().rows("1,\"ou\nlu\",teacher,0,1,5\n2,oulu,teacher,6,1,5\n"),
        &["data.csv:4: column `a`"],
    );
}

#[test]
fn a_value_that_the_codebook_does_not_list_is_an_error() {
    let listed = || {
        Small::new().with(|codebook| {
            codebook["variables"][2]["values"] = json!([{"value": "teacher"}, {"value": "guide"}]);
        })
    };
    says(
        listed().rows("1,oulu,techer,0,1,5\n"),
        &["column `job`: `techer` is not in the codebook", "teacher"],
    );
    assert_eq!(
        listed()
            .rows("1,oulu,,0,1,5\n2,oulu,9,1,1,1\n")
            .unwrap()
            .answers(),
        2
    );
}

#[test]
fn the_name_of_totals_is_no_value() {
    says(
        Small::new().rows("1,all,teacher,0,1,5\n"),
        &["column `town`", "`all` names the totals"],
    );
}

#[test]
fn missing_and_doubled_columns_are_named() {
    says(
        Small::new().csv("id,town,job,a,b,C\n1,oulu,teacher,0,1,5\n"),
        &["line 1: column `c` of the codebook is missing"],
    );
    says(
        Small::new().csv("id,town,job,a,b,c,a\n1,oulu,teacher,0,1,5,0\n"),
        &["line 1: column `a` is there twice, as columns 4 and 7; rename one of them"],
    );
    says(
        Small::new().csv("id,town,job,a,b,c,,\n1,oulu,teacher,0,1,5,,\n"),
        &["line 1: columns 7 and 8 have no name; name them, or delete them"],
    );
}

#[test]
fn a_further_column_is_left_aside_and_said() {
    let data = Small::new()
        .csv("id,town,job,a,b,c,extra\n1,oulu,teacher,0,1,5,x\n")
        .unwrap();
    assert!(
        data.notes()[0].contains("columns that are not in the codebook are left aside: extra"),
        "{:?}",
        data.notes()
    );
}

#[test]
fn an_empty_file_and_a_lonely_header_are_refused() {
    says(Small::new().csv(""), &["the file is empty"]);
    says(Small::new().csv(" \n\n"), &["the file is empty"]);
    says(Small::new().rows(""), &["a header and no answers"]);
}

#[test]
fn half_a_line_is_refused() {
    says(
        Small::new().rows("1,oulu,teacher,0,1,5\n2,oulu,teach"),
        &[
            "line 3 has 3 fields where the header has 6",
            "is the file cut",
        ],
    );
}

#[test]
fn semicolons_and_tabs_are_read_and_said() {
    for (separator, name) in [(";", "semicolons"), ("\t", "tabs")] {
        let text = format!("id,town,job,a,b,c\n{GOOD}").replace(',', separator);
        let data = Small::new().csv(text).unwrap();
        assert_eq!(data.values("town").unwrap(), ["oulu", "turku"]);
        let note = format!("data.csv: the columns are separated by {name}");
        assert!(data.notes()[0].ends_with(&note), "{:?}", data.notes());
    }
}

#[test]
fn whole_numbers_may_have_noughts_behind_a_point_or_a_comma() {
    let data = |text: &str| Small::new().csv(text).unwrap();
    let by = Grouping::whole();
    let of = Quantity::Item("a".to_owned());
    let value = |data: &Dataset| {
        let found = mean(data, &of, &by, &Design::default()).unwrap();
        found.rows[0].figure.clone().unwrap().value
    };
    let points = data("id,town,job,a,b,c\n1,oulu,teacher,4.0,1,5\n");
    let commas = data("id;town;job;a;b;c\n1;oulu;teacher;4,0;1;5\n");
    assert_eq!((value(&points), value(&commas)), (4.0, 4.0));
    says(
        Small::new().csv("id;town;job;a;b;c\n1;oulu;teacher;3,5;1;5\n"),
        &["data.csv:2: column `a`: `3,5` has decimals; an item takes whole numbers"],
    );
}

#[test]
fn an_answer_that_is_there_twice_is_named_with_both_lines() {
    says(
        Small::new().rows("1,oulu,teacher,0,1,5\n2,oulu,teacher,1,1,5\n1,oulu,teacher,0,1,5\n"),
        &[
            "data.csv:4: column `id`: `1` is there already on line 2",
            "delete the copy",
        ],
    );
}

#[test]
fn a_blank_line_of_separators_is_no_answer() {
    says(
        Small::new().rows("1,oulu,teacher,0,1,5\n,,,,,\n"),
        &["data.csv: line 3 is blank in every column; delete it"],
    );
}

#[test]
fn byte_order_marks_and_windows_line_ends_do_no_harm() {
    let text = format!("\u{feff}id,town,job,a,b,c\n{GOOD}").replace('\n', "\r\n");
    assert_eq!(Small::new().csv(text).unwrap().answers(), 2);
}

#[test]
fn windows_line_ends_keep_the_count_of_lines() {
    let text = |rows: &str| format!("id,town,job,a,b,c\n{rows}").replace('\n', "\r\n");
    says(
        Small::new().csv(text(
            "1,oulu,teacher,0,1,5\n2,oulu,teacher,7,1,5\n1,oulu,teacher,0,1,5\n",
        )),
        &[
            "data.csv:3: column `a`: `7`",
            "data.csv:4: column `id`: `1` is there already on line 2",
        ],
    );
    says(
        Small::new().csv(text("1,oulu,teacher,0,1,5\n2,oulu\n")),
        &["line 3 has 2 fields"],
    );
    let frame = "town,staff\r\noulu,3\r\nturku,many\r\n";
    says(
        Small::new().with_frame(GOOD, frame),
        &["frame.csv:3: column `staff`: `many`"],
    );
}

#[test]
fn other_encodings_are_named() {
    let utf16: Vec<u8> = "id,town"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    says(
        Small::new().csv([b"\xFF\xFE".to_vec(), utf16].concat()),
        &["UTF-16"],
    );
    let latin = b"id,town,job,a,b,c\n1,J\xE4rvi,teacher,0,1,5\n";
    says(
        Small::new().csv(latin),
        &[
            "data.csv: line 2: column `town`: the text is not UTF-8",
            "`encoding = \"latin-1\"` under [data]",
        ],
    );
    let setting = Small::new();
    drop(setting.csv(latin));
    let job = |encoding: &str| {
        let text = format!(
            "schema = 1\ntitle = \"x\"\n[data]\nfile = \"data.csv\"\ncodebook = \"codebook.json\"\nencoding = \"{encoding}\"\n"
        );
        Job::parse(&text, &setting.path("job.toml"))
    };
    let data = Dataset::open(&job("latin-1").unwrap().data).unwrap();
    assert_eq!(data.values("town").unwrap(), ["Järvi"]);
    assert!(
        data.notes()
            .iter()
            .any(|note| note.contains("read as Latin-1")),
        "{:?}",
        data.notes()
    );
    let error = job("latin1").unwrap_err().to_string();
    assert!(
        error.contains("job.toml:6:12: there is no encoding `latin1` (did you mean `latin-1`?)"),
        "{error}"
    );
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let setting = Small::new();
    let file = setting.write("data.xlsx", "PK");
    says(
        setting.open(&file),
        &["must end in .csv, .tsv, .txt, .parquet, .sav or .zsav"],
    );
    let file = setting.write("data.parquet", "PAR1 and no more");
    says(
        setting.open(&file),
        &["data.parquet", "no Parquet file that can be read"],
    );
    says(setting.open(&setting.path("nothing.csv")), &["nothing.csv"]);
}

#[test]
fn a_hundred_thousand_columns_are_read() {
    let names: Vec<String> = (0..100_000).map(|number| format!("x{number}")).collect();
    let text = format!(
        "id,town,job,a,b,c,{}\n1,oulu,teacher,0,1,5{}\n",
        names.join(","),
        ",".repeat(100_000)
    );
    assert_eq!(Small::new().csv(text).unwrap().answers(), 1);
}

#[test]
fn a_codebook_that_contradicts_itself_is_refused_with_all_its_problems() {
    let setting = Small::new().with(|codebook| {
        codebook["missing"][0]["code"] = json!(3);
        codebook["variables"][1]["reversed"] = json!(true);
        codebook["dimensions"][0]["variables"] = json!(["a", "bb"]);
        codebook["targets"][0]["target"] = json!(6.0);
    });
    says(
        setting.rows(GOOD),
        &[
            "codebook.json",
            "3 is both a value of the scale and a missing code",
            "only a scale can be reversed",
            "dimension `abc`: `bb` is no scale column",
            "6 is not on the scale 0 to 5",
        ],
    );
}

#[test]
fn a_codebook_of_another_schema_or_with_unknown_keys_is_refused() {
    says(
        Small::new()
            .with(|codebook| codebook["schema"] = json!(9))
            .rows(GOOD),
        &["schema 9 is not known"],
    );
    says(
        Small::new()
            .with(|codebook| codebook["variabels"] = json!([]))
            .rows(GOOD),
        &["unknown field `variabels`", "line 1"],
    );
}

#[test]
fn a_frame_that_disagrees_is_named_with_its_place() {
    let open = |frame: &str| Small::new().with_frame(GOOD, frame);
    says(
        open("town,people\noulu,3\n"),
        &["frame.csv", "no column `staff`"],
    );
    says(
        open("towns,staff\noulu,3\n"),
        &["no column `towns`", "did you mean `town`"],
    );
    says(
        open("town,staff\noulu,many\n"),
        &["frame.csv:2: column `staff`: `many` is no number of people"],
    );
    says(
        open("town,staff\noulu,-3\n"),
        &["`-3` is no number of people"],
    );
}

#[test]
fn more_answers_than_staff_is_an_error_that_names_the_town() {
    let data = Small::new()
        .with_frame(GOOD, "town,job,staff\noulu,teacher,3\nturku,teacher,0\n")
        .unwrap();
    let by = Grouping::by(&data, &["town", "job"]).unwrap();
    let error = response_rate(&data, &by, &Design::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("municipality turku: 1 answers, 0 staff"),
        "{error}"
    );
}

#[test]
fn more_answers_than_staff_in_a_role_is_a_reason_and_a_note() {
    // People say themselves what their job is; the register may see it otherwise.
    let rows = "1,oulu,teacher,0,1,5\n2,oulu,guide,0,1,5\n3,oulu,guide,0,1,5\n";
    let data = Small::new()
        .with_frame(rows, "town,job,staff\noulu,teacher,9\noulu,guide,1\n")
        .unwrap();
    let by = Grouping::by(&data, &["town", "job"]).unwrap();
    let rates = response_rate(&data, &by, &Design::default()).unwrap();
    let figure = |keys: &[&str]| rates.row(keys).unwrap().figure.clone();
    assert_eq!(figure(&["oulu", "guide"]), Err(Undefined::FrameTooSmall));
    assert_eq!(n(&figure(&["oulu", "all"]).unwrap()), 10);
    assert!(
        rates
            .notes
            .iter()
            .any(|note| note == "municipality oulu, role guide: 2 answers, 1 staff")
    );
}

#[test]
fn what_the_frame_does_not_know_has_a_reason() {
    let data = Small::new()
        .with_frame(GOOD, "town,staff\noulu,3\nturku,4\n")
        .unwrap();
    let by = Grouping::by(&data, &["town", "job"]).unwrap();
    let rates = response_rate(&data, &by, &Design::default()).unwrap();
    let figure = |keys: &[&str]| rates.row(keys).unwrap().figure.clone();
    assert_eq!(figure(&["oulu", "teacher"]), Err(Undefined::FrameUnknown));
    assert_eq!(n(&figure(&["all", "all"]).unwrap()), 7);
}

#[test]
fn constant_items_have_a_mean_with_a_width_of_nought() {
    let data = Small::new()
        .rows("1,oulu,teacher,3,3,2\n2,oulu,teacher,3,3,2\n")
        .unwrap();
    let area = Quantity::Dimension("abc".to_owned());
    let found = mean(&data, &area, &Grouping::whole(), &Design::default()).unwrap();
    let figure = found.rows[0].figure.clone().unwrap();
    assert_eq!(
        (figure.value, figure.se, figure.low, figure.high),
        (3.0, Some(0.0), Some(3.0), Some(3.0))
    );
    let alpha =
        analysis::estimate::alpha(&data, &area, &Grouping::whole(), &Design::default()).unwrap();
    assert_eq!(alpha.rows[0].figure, Err(Undefined::ZeroVariance));
}

#[test]
fn a_wave_nobody_answered_is_named() {
    let data = Small::new().rows(GOOD).unwrap();
    let error = data.only("town", "porvoo").unwrap_err().to_string();
    assert!(
        error.contains("no answer has `porvoo`") && error.contains("oulu, turku"),
        "{error}"
    );
}
