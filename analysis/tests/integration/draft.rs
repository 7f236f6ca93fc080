//! First codebooks for files of others: what is guessed, and that the file can be read with it.

use std::path::{Path, PathBuf};

use analysis::Dataset;
use analysis::dataset::Encoding;
use analysis::draft::{Draft, draft_codebook};
use polars::prelude::{DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};
use surveys::dataset::{CodeValue, Variable, VariableKind};
use surveys::{Declined, Lang, Missing};

use crate::setting::{Small, oracle};

fn draft(file: &Path) -> Draft {
    draft_codebook(file, Encoding::Utf8, Lang::Fi).unwrap()
}

fn variable<'d>(draft: &'d Draft, name: &str) -> &'d Variable {
    let mut variables = draft.codebook.variables.iter();
    variables.find(|variable| variable.name == name).unwrap()
}

fn ends(variable: &Variable) -> Option<(CodeValue, CodeValue)> {
    let (first, last) = (variable.values.first()?, variable.values.last()?);
    Some((first.value.clone(), last.value.clone()))
}

/// Reads the file with its draft.
fn read_with(draft: &Draft, file: &Path) -> Dataset {
    let folder = tempfile::tempdir().unwrap();
    let codebook = folder.path().join("codebook.json");
    std::fs::write(&codebook, draft.to_json()).unwrap();
    Dataset::from_file(file, &codebook, None).unwrap()
}

#[test]
fn a_survey_of_others_can_be_read_with_its_draft() {
    let file = oracle("data/survey.csv");
    let draft = draft(&file);
    for (name, kind) in [
        ("vastaaja", VariableKind::AnswerId),
        ("aalto", VariableKind::Wave),
        ("kaupunki", VariableKind::Municipality),
        ("yksikko", VariableKind::Unit),
        ("rooli", VariableKind::Role),
        ("ika", VariableKind::Background),
        ("koodi", VariableKind::PersonCode),
        ("tieto_1", VariableKind::Scale),
        ("avoin", VariableKind::Text),
    ] {
        assert_eq!(variable(&draft, name).kind, kind, "{name}");
    }
    let item = variable(&draft, "tieto_1");
    assert_eq!(
        ends(item),
        Some((CodeValue::Number(0), CodeValue::Number(5)))
    );
    let codes: Vec<i16> = item.missing.iter().flatten().map(|it| it.code).collect();
    assert_eq!(codes, [8, 9]);
    let ids: Vec<&str> = draft
        .codebook
        .dimensions
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    assert!(ids.contains(&"tieto") && ids.contains(&"ohjaus"), "{ids:?}");
    let note = "scale 0 to 5 (`tieto_1` and 29 more): numbers apart from the scale are taken for \
                missing codes: 8, 9; check what they mean";
    assert!(
        draft.notes.iter().any(|found| found == note),
        "{:?}",
        draft.notes
    );
    assert!(read_with(&draft, &file).answers() > 1_000);
}

#[test]
fn words_and_missing_values_of_an_spss_file_stand_in_its_draft() {
    let file = spss("plain.sav");
    let draft = draft(&file);
    let item = variable(&draft, "osaan_hakea_tietoa");
    assert_eq!(item.kind, VariableKind::Scale);
    assert_eq!(
        item.label.get(Lang::Fi),
        Some("Osaan hakea tietoa verkosta")
    );
    assert_eq!(
        item.values[4].label.get(Lang::Fi),
        Some("täysin samaa mieltä")
    );
    let codes: Vec<(i16, Missing)> = item
        .missing
        .iter()
        .flatten()
        .map(|it| (it.code, it.meaning))
        .collect();
    assert_eq!(
        codes,
        [
            (8, Missing::Declined(Declined::NotMyWork)),
            (9, Missing::Declined(Declined::DontKnow))
        ]
    );
    let fear = variable(&draft, "pelkaan_laitteita");
    let codes: Vec<i16> = fear.missing.iter().flatten().map(|it| it.code).collect();
    assert_eq!(codes, [97, 98]);
    let role = variable(&draft, "rooli");
    assert_eq!(role.kind, VariableKind::Role);
    assert_eq!(role.values[0].label.get(Lang::Fi), Some("opettaja"));
    assert_eq!(read_with(&draft, &file).answers(), 5);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let setting = Small::new();
    let file = setting.write("x.xlsx", "PK");
    let error = draft_codebook(&file, Encoding::Utf8, Lang::Fi).unwrap_err();
    assert!(error.to_string().contains("must end in .csv"), "{error}");
    let file = setting.write("x.csv", b"a,b\n1,\xE4\n");
    let error = draft_codebook(&file, Encoding::Utf8, Lang::Fi).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("line 2: column `b`: the text is not UTF-8"),
        "{error}"
    );
    assert!(draft_codebook(&file, Encoding::Latin1, Lang::Fi).is_ok());
}

fn spss(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../surveys/exchange/tests/spss")
        .join(name)
}

#[test]
fn a_column_of_neither_text_nor_numbers_is_left_out_so_that_the_draft_reads_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vastaukset.parquet");
    let columns = vec![
        Series::new("vastaaja".into(), ["a", "b", "c"]).into_column(),
        Series::new("lupa".into(), [true, false, true]).into_column(),
        Series::new("tieto_1".into(), [0_i32, 3, 5]).into_column(),
    ];
    let mut frame = DataFrame::new_infer_height(columns).unwrap();
    let writer = ParquetWriter::new(std::fs::File::create(&file).unwrap());
    writer.finish(&mut frame).unwrap();
    let draft = draft(&file);
    assert!(
        draft.notes.iter().any(|note| note.contains("`lupa`")),
        "{:?}",
        draft.notes
    );
    assert!(draft.codebook.variables.iter().all(|it| it.name != "lupa"));
    assert_eq!(read_with(&draft, &file).answers(), 3);
}
