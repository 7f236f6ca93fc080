//! Our own export: written by `exchange`, read here, and distrusted when it was changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use analysis::estimate::{Design, below_target, mean, response_rate};
use analysis::job::{StandardJob, standard_job};
use analysis::publish::run;
use analysis::{AnalysisError, Dataset, Grouping, Quantity};
use exchange::dataset::{self, DatasetAnswer, FrameNumber, write_dataset};
use exchange::folder::{read_catalog, read_survey};
use findings::{Findings, Rule};
use surveys::dataset::Origin;
use surveys::{
    Answer, Assessment, Catalog, ItemKind, Lang, Level, MunicipalityCode, Position, Release,
    Response, RoleId, UnitId, WaveId,
};

const CITIES: [&str; 3] = ["109", "398", "564"];
const ROLES: [&str; 2] = ["class-teacher", "school-secretary"];
const PER_UNIT: usize = 12;

fn surveys_folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../surveys")
        .join(name)
}

fn position(number: usize) -> Position {
    let duty = number
        .is_multiple_of(5)
        .then(|| RoleId::new("digital-tutor").unwrap());
    Position {
        role: RoleId::new(ROLES[number % 2]).unwrap(),
        duties: duty.into_iter().collect(),
        employment: None,
    }
}

fn response(release: &Release, number: usize) -> Response {
    let survey = release.survey();
    let position = position(number);
    let nothing = BTreeMap::new();
    let assessment = Assessment::new(survey, &position, &nothing);
    let mut answers = BTreeMap::new();
    for (place, item) in survey.items.iter().enumerate() {
        if assessment.shows(&item.id) {
            if let ItemKind::Likert { .. } = item.kind {
                let level = 1 + u8::try_from((number * 7 + place * 3) % 4).unwrap();
                answers.insert(item.id.clone(), Answer::Level(Level(level)));
            } else if let ItemKind::Multi { options, .. } = &item.kind {
                answers.insert(
                    item.id.clone(),
                    Answer::Choices(BTreeSet::from([options[0].value])),
                );
            }
        }
    }
    Response {
        survey: survey.id.clone(),
        release: release.number(),
        language: Lang::Fi,
        position,
        answers,
    }
}

/// Writes two waves of three cities with one unit each.
pub(crate) fn export(folder: &Path) {
    let catalog: Catalog = read_catalog(&surveys_folder("catalog")).unwrap().value;
    let instrument = surveys_folder("instruments/icteko-perus");
    let survey = read_survey(&instrument, &catalog).unwrap().value.unwrap();
    let release = Release::freeze(survey, 1.try_into().unwrap());
    let (mut answers, mut frame) = (Vec::new(), Vec::new());
    for wave in ["2026-kevat", "2026-syksy"].map(|wave| WaveId::new(wave).unwrap()) {
        for city in CITIES.map(|code| MunicipalityCode::new(code).unwrap()) {
            let unit = UnitId::new(format!("koulu-{city}")).unwrap();
            for role in ROLES {
                let role = RoleId::new(role).unwrap();
                frame.push(FrameNumber {
                    wave: wave.clone(),
                    municipality: city.clone(),
                    unit: unit.clone(),
                    role,
                    staff: 10,
                });
            }
            answers.extend((0..PER_UNIT).map(|number| DatasetAnswer {
                wave: wave.clone(),
                municipality: city.clone(),
                unit: Some(unit.clone()),
                response: response(
                    &release,
                    number + usize::from(wave.as_str() == "2026-syksy"),
                ),
            }));
        }
    }
    let dataset = dataset::Dataset {
        origin: Origin::Simulated,
        releases: &[release],
        catalog: &catalog,
        answers: &answers,
        frame: &frame,
        units: &[],
        open_link: &[],
        program: "test",
    };
    write_dataset(folder, &dataset, true).unwrap();
}

fn says(result: Result<Dataset, AnalysisError>, words: &[&str]) {
    let error = result.map(|_| ()).unwrap_err().to_string();
    for word in words {
        assert!(error.contains(word), "{error}\nlacks: {word}");
    }
}

#[test]
fn an_export_becomes_scores_rates_and_shares_below_target() {
    let folder = tempfile::tempdir().unwrap();
    let export_folder = folder.path().join("dataset");
    export(&export_folder);
    let data = Dataset::from_folder(&export_folder).unwrap();
    assert_eq!(data.answers(), 2 * 3 * PER_UNIT);
    assert_eq!(data.slug("109"), "hameenlinna");
    let data = data.only("wave", "2026-syksy").unwrap();
    let by = Grouping::by(&data, &["municipality", "role_group"]).unwrap();
    let area = Quantity::Dimension("communication".to_owned());
    let means = mean(&data, &area, &by, &Design::default()).unwrap();
    let row = means.row(&["109", "teachers"]).unwrap();
    let value = row.figure.as_ref().unwrap().value;
    assert!((1.0..=4.0).contains(&value) && row.answers == 6, "{row:?}");
    let rates = response_rate(&data, &by, &Design::default()).unwrap();
    let rate = rates
        .row(&["109", "all"])
        .unwrap()
        .figure
        .as_ref()
        .unwrap()
        .value;
    assert_eq!(rate, PER_UNIT as f64 / 20.0);
    let below = below_target(&data, &area, &by, &Design::default()).unwrap();
    assert!(below.row(&["all", "all"]).unwrap().figure.is_ok());
}

#[test]
fn a_duty_raises_the_target() {
    let folder = tempfile::tempdir().unwrap();
    let export_folder = folder.path().join("dataset");
    export(&export_folder);
    let data = Dataset::from_folder(&export_folder).unwrap();
    let target_of = |role: &str| {
        let targets = data.codebook().targets.iter();
        let mut of_role = targets.filter(|t| t.role == role && t.dimension == "communication");
        of_role.next().unwrap().target
    };
    assert!(target_of("digital-tutor") > target_of("class-teacher"));
    let by = Grouping::by(&data, &["role", "duties"]).unwrap();
    let area = Quantity::Dimension("communication".to_owned());
    let figures = |statistic: fn(&_, &_, &_, &_) -> Result<analysis::estimate::Estimates, _>| {
        let table = statistic(&data, &area, &by, &Design::default()).unwrap();
        let row = table.row(&["class-teacher", "digital-tutor"]).unwrap();
        row.figure.as_ref().unwrap().value
    };
    let (gap, mean) = (figures(analysis::estimate::gap), figures(mean));
    assert!(
        (gap - (target_of("digital-tutor") - mean)).abs() < 1e-12,
        "{gap} {mean}"
    );
}

#[test]
fn the_standard_job_runs_on_an_export() {
    let folder = tempfile::tempdir().unwrap();
    export(&folder.path().join("dataset"));
    let standard = StandardJob {
        title: "Syksy".to_owned(),
        dataset: "dataset".to_owned(),
        wave: "2026-syksy".to_owned(),
        earlier: vec!["2026-kevat".to_owned()],
        number: 1,
        rule: Rule {
            shown_by_name: CITIES.map(str::to_owned).to_vec(),
            ..Rule::default()
        },
    };
    let job = folder.path().join("job.toml");
    fs::write(&job, standard_job(&standard)).unwrap();
    let out = folder.path().join("findings");
    let summary = run(&job, &out, None, &mut |_| {}).unwrap();
    assert_eq!(
        (summary.answers, &summary.notes[..]),
        (3 * PER_UNIT, &[][..])
    );
    let text = fs::read_to_string(out.join("hameenlinna.json")).unwrap();
    let city = Findings::from_json(&text).unwrap();
    for id in [
        "response.rate",
        "area.mean",
        "area.gap",
        "area.below",
        "area.trend",
        "unit.area.mean",
        "network.area.mean",
    ] {
        assert!(city.table(id).is_some(), "no table {id}");
    }
    assert_eq!(
        city.table("area.mean").unwrap().dims(),
        ["area", "role_group"]
    );
    assert_eq!(
        city.labels["role_group"]["teachers"].get(Lang::En),
        Some("Teachers")
    );
    let step = city.labels["level"]
        .get("dc_1_1:1")
        .and_then(|words| words.get(Lang::En));
    assert!(step.is_some(), "a step has the words of its item's scale");
    assert!(city.produced.instruments[0].starts_with("icteko-perus@1:"));
}

#[test]
fn a_changed_or_missing_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    export(folder.path());
    let frame = folder.path().join("frame.csv");
    let text = fs::read_to_string(&frame).unwrap();
    fs::write(&frame, text.replace(",10\n", ",11\n")).unwrap();
    says(
        Dataset::from_folder(folder.path()),
        &["frame.csv", "changed after the export"],
    );
    fs::remove_file(&frame).unwrap();
    says(Dataset::from_folder(folder.path()), &["frame.csv"]);
}

#[test]
fn answers_that_the_manifest_does_not_list_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    export(folder.path());
    let part = folder
        .path()
        .join("responses/wave=2026-syksy/municipality=lahti");
    let copy = folder
        .path()
        .join("responses/wave=2026-syksy/municipality=kopio");
    fs::create_dir(&copy).unwrap();
    fs::copy(
        part.join("responses.parquet"),
        copy.join("responses.parquet"),
    )
    .unwrap();
    says(
        Dataset::from_folder(folder.path()),
        &["municipality=kopio", "does not list this file"],
    );
}

#[test]
fn a_folder_that_is_no_dataset_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    says(Dataset::from_folder(folder.path()), &["manifest.json"]);
    fs::write(folder.path().join("manifest.json"), "{}").unwrap();
    says(
        Dataset::from_folder(folder.path()),
        &["no manifest", "missing field"],
    );
}
