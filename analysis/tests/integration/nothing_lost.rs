//! No answer, row or statistic disappears without a word.

use std::path::PathBuf;

use analysis::AnalysisError;
use analysis::dataset::Encoding;
use analysis::draft::draft_codebook;
use analysis::federation::{Part, tables};
use analysis::publish::{Summary, run};
use serde_json::json;
use surveys::Lang;

use crate::setting::Small;

/// A small survey with an open answer and a wave.
fn with_words() -> Small {
    Small::new().with(|codebook| {
        let variables = codebook["variables"].as_array_mut().unwrap();
        variables.push(json!({"name": "wave", "kind": "wave"}));
        variables.push(json!({"name": "words", "kind": "text"}));
    })
}

const HEADER: &str = "id,town,job,a,b,c,wave,words\n";

/// Sixty answers; the open answer of the tenth is this.
fn answers(tenth: &str) -> String {
    let row = |id: usize| {
        let words = if id == 10 { tenth } else { "" };
        format!("{id},oulu,teacher,{},1,5,2026,{words}\n", id % 6)
    };
    HEADER.to_owned() + &(1..=60).map(row).collect::<String>()
}

fn job(small: &Small, rest: &str) -> PathBuf {
    let data = "[data]\nfile = \"data.csv\"\ncodebook = \"codebook.json\"\n";
    small.write(
        "job.toml",
        format!("schema = 1\ntitle = \"x\"\n{rest}\n{data}"),
    )
}

fn run_on(small: &Small, rest: &str) -> Result<Summary, AnalysisError> {
    run(&job(small, rest), &small.path("out"), None, &mut |_| {})
}

const GROUP_TABLE: &str = "[[table]]\nfile = \"t.csv\"\nof = \"area\"\ncolumns = [\"n\"]";

/// Reads a text in all ways; returns what each of them said: its error, or its notes.
fn said_of(text: &str) -> Vec<(&'static str, Result<Vec<String>, String>)> {
    let small = with_words().codebook();
    let file = small.write("data.csv", text);
    let error = |error: AnalysisError| error.to_string();
    let whole = run_on(&small, "").map(|done| done.notes).map_err(error);
    let _ = std::fs::remove_dir_all(small.path("out"));
    let in_parts = run_on(&small, GROUP_TABLE);
    let part = Part::default();
    let handed_over = tables(&job(&small, "[groups]\nby = [\"role\"]"), &part);
    let drafted = draft_codebook(&file, Encoding::Utf8, Lang::Fi);
    vec![
        ("whole", whole),
        ("in parts", in_parts.map(|done| done.notes).map_err(error)),
        ("handed over", handed_over.map(|it| it.notes).map_err(error)),
        ("drafted", drafted.map(|it| it.notes).map_err(error)),
    ]
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_an_error_in_every_reader() {
    for (tenth, row) in [
        ("\"Tools are old", 10),
        ("\"", 10),
        ("\"She said \"\"no", 10),
    ] {
        for (reader, said) in said_of(&answers(tenth)) {
            let error = said.expect_err(reader);
            let line = row + 1;
            for words in [
                "data.csv: ".to_owned(),
                format!("line {line}: column `words`"),
                format!("quotation mark opened on line {line} is never closed"),
            ] {
                assert!(error.contains(&words), "{reader}: {error}\nlacks: {words}");
            }
        }
    }
    // In the last row nothing else is lost, and the mark is as wrong.
    let last = answers("") + "61,oulu,teacher,1,1,1,2026,\"end\n";
    // In another column the row is short as well, which is not what is wrong with it.
    let early = answers("") + "61,\"oulu,teacher,1,1,1,2026,\n62,oulu,teacher,1,1,1,2026,\n";
    for (text, place) in [
        (last, "line 62: column `words`"),
        (early, "line 62: column `town`"),
    ] {
        for (reader, said) in said_of(&text) {
            let error = said.expect_err(reader);
            assert!(
                error.contains(place) && error.contains("never closed"),
                "{error}"
            );
        }
    }
}

#[test]
fn a_mark_that_a_later_answer_closes_is_noted_in_every_reader() {
    let text = answers("\"Tools are old").replace(
        "20,oulu,teacher,2,1,5,2026,",
        "20,oulu,teacher,2,1,5,2026,\"",
    );
    for (reader, said) in said_of(&text) {
        let notes = said.expect(reader);
        let found = notes.iter().any(|note| {
            note.contains(
                "line 11: column `words`: the quoted text holds 9 lines that look like rows",
            )
        });
        assert!(found, "{reader}: {notes:?}");
    }
}

#[test]
fn quoted_prose_of_several_lines_is_no_matter() {
    for (reader, said) in said_of(&answers(
        "\"Tools, said \"\"all\"\", are\r\nold, and\nslow\"",
    )) {
        let notes = said.expect(reader);
        assert!(
            !notes.iter().any(|note| note.contains("quot")),
            "{reader}: {notes:?}"
        );
    }
}

#[test]
fn a_frame_with_an_open_mark_is_refused() {
    let small = Small::new();
    let open = |frame: &str| {
        let rows = "1,oulu,teacher,0,1,5\n";
        small.with_frame(rows, frame).unwrap_err().to_string()
    };
    let error = open("town,job,staff\noulu,\"teacher,3\noulu,guide,3\n");
    assert!(
        error.contains("frame.csv: line 2: column `job`: quotation mark"),
        "{error}"
    );
    let error = open("town,job,staff\noulu,\"teacher\nturku,guide,3\nturku\",3\n");
    assert!(
        error.contains("frame.csv: line 2: column `job`: the quoted text"),
        "{error}"
    );
}

#[test]
fn a_group_that_stands_twice_in_the_frame_is_named_with_both_lines() {
    let frame =
        "town,job,staff\noulu,teacher,3\noulu,guide,3\noulu,teacher,3\nturku,,1\nturku,,2\n";
    let error = Small::new()
        .with_frame("1,oulu,teacher,0,1,5\n", frame)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains(
            "frame.csv: lines 2 and 4 are about the same group (town `oulu`, job `teacher`)"
        ),
        "{error}"
    );
    assert!(error.contains("lines 5 and 6"), "{error}");
}

#[test]
fn answers_of_other_waves_and_of_none_are_counted_in_a_note() {
    let small = with_words().codebook();
    let rows = "1,oulu,teacher,0,1,5,2026,\n2,oulu,teacher,0,1,5,2025,\n3,oulu,teacher,0,1,5,2024,\n\
                4,oulu,teacher,0,1,5,2024,\n5,oulu,teacher,0,1,5,,\n";
    small.write("data.csv", format!("{HEADER}{rows}"));
    let wave = "[wave]\ncurrent = \"2026\"\nearlier = [\"2025\"]\n[groups]\nby = [\"role\"]";
    let done = run_on(&small, wave).unwrap();
    assert_eq!(done.answers, 1);
    let handed_over = tables(&job(&small, wave), &Part::default()).unwrap();
    for notes in [done.notes, handed_over.notes] {
        for expected in [
            "2 answers are of waves that the job does not name and left aside: 2024",
            "1 answer has no wave and is left aside: column `wave`",
        ] {
            assert!(notes.iter().any(|note| note == expected), "{notes:?}");
        }
    }
    small.write(
        "data.csv",
        format!("{HEADER}1,oulu,teacher,0,1,5,2026,\n2,oulu,guide,0,1,5,,\n"),
    );
    let notes = run_on(&small, "").unwrap().notes;
    assert!(
        notes.contains(
            &"1 answer has no wave and is taken for `2026`, the only wave there is".to_owned()
        ),
        "{notes:?}"
    );
}

#[test]
fn every_statistic_that_a_release_does_not_write_is_noted_once() {
    let names = [
        "shape",
        "top_two",
        "reliability",
        "omega",
        "ordinal_reliability",
        "bounds",
        "icc",
        "unit_means",
        "mixed_change",
        "compare",
        "levels",
        "break_off",
        "design_effect",
    ];
    let small = with_words().codebook();
    small.write("data.csv", answers(""));
    let statistics = format!(
        "statistics = {:?}\n[wave]\ncurrent = \"2026\"\n",
        [&["mean"], &names[..]].concat()
    );
    let notes = run_on(
        &small,
        &(statistics + "[release]\nkind = \"release\"\nnumber = 1"),
    )
    .unwrap()
    .notes;
    for name in names {
        let of_it: Vec<&String> = notes
            .iter()
            .filter(|note| note.contains(&format!("`{name}`")))
            .collect();
        assert_eq!(of_it.len(), 1, "{name}: {notes:?}");
        assert!(
            of_it[0].contains("stands in working results only"),
            "{notes:?}"
        );
    }
    assert!(
        !notes.iter().any(|note| note.contains("`mean`")),
        "{notes:?}"
    );
}

#[test]
fn a_statistic_without_a_table_says_why() {
    let small = with_words()
        .with(|codebook| codebook["targets"] = json!([]))
        .codebook();
    small.write("data.csv", answers(""));
    let notes = run_on(
        &small,
        "statistics = [\"mean\", \"gap\", \"trend\", \"unit_means\"]",
    )
    .unwrap()
    .notes;
    for expected in [
        "`gap` makes no table: the codebook has no targets",
        "`trend` makes no table: it needs two waves; name the earlier ones in [wave]",
        "`unit_means` makes no table: it is about units; say `unit = true` in [groups]",
    ] {
        assert!(notes.iter().any(|note| note == expected), "{notes:?}");
    }
}

#[test]
fn a_target_of_a_role_that_the_codebook_does_not_list_is_an_error() {
    let listed = |target: &str| {
        let small = Small::new().with(|codebook| {
            codebook["variables"][2]["values"] = json!([{"value": "teacher"}, {"value": "guide"}]);
            codebook["targets"][0]["role"] = json!(target);
        });
        small
            .rows("1,oulu,teacher,0,1,5\n")
            .map(|data| data.answers())
    };
    let error = listed("techer").unwrap_err().to_string();
    assert!(
        error.contains("target of `techer` in `abc`: the codebook lists no such role or duty (did you mean `teacher`?)"),
        "{error}"
    );
    assert_eq!(listed("guide").unwrap(), 1);
}

#[test]
fn a_name_that_the_data_do_not_have_is_named_with_its_place_in_the_job() {
    let small = with_words().codebook();
    small.write("data.csv", answers(""));
    for (rest, place) in [
        (
            "[groups]\nby = [\"towns\"]",
            "job.toml:4:7: the data have no column `towns`",
        ),
        (
            "[groups]\nby = [\"unit\"]",
            "job.toml:4:7: the data have no column `unit`",
        ),
        (
            "[compare]\nby = [\"jobs\"]",
            "job.toml:4:7: the data have no column `jobs`",
        ),
        (
            "[wave]\ncurrent = \"2027\"",
            "job.toml:4:11: no answer has `2027`",
        ),
        ("[groups]\nunit = true", "job.toml: "),
        (
            "[[table]]\nfile = \"t.csv\"\nof = \"area\"\nby = [\"towns\"]\ncolumns = [\"n\"]",
            "job.toml:6:7: the data have no column",
        ),
    ] {
        let asked = if rest.starts_with("[comp") {
            "statistics = [\"compare\"]\n"
        } else {
            ""
        };
        let place = if asked.is_empty() {
            place.to_owned()
        } else {
            place.replace(":4:", ":5:")
        };
        let error = run_on(&small, &format!("{asked}{rest}"))
            .unwrap_err()
            .to_string();
        assert!(error.contains(&place), "{error}\nlacks: {place}");
    }
    let handed_over = tables(&job(&small, "[groups]\nby = [\"towns\"]"), &Part::default());
    let error = handed_over.unwrap_err().to_string();
    assert!(
        error.contains("job.toml:4:7: the data have no column `towns`"),
        "{error}"
    );
}
