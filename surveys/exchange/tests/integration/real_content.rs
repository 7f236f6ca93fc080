//! The catalogue and the instruments of this repository have no problems.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use exchange::folder::{load_releases, read_catalog, read_survey};
use surveys::definition::Located;
use surveys::release::Difference;
use surveys::{Assessment, FrameworkId, Position, RoleGroupId, RoleId};

fn surveys_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn assert_clean(what: &str, problems: &[Located]) {
    let lines: Vec<_> = problems.iter().map(Located::one_line).collect();
    assert!(lines.is_empty(), "{what}:\n{}", lines.join("\n"));
}

#[test]
fn the_catalogue_has_no_problems() {
    let catalog = read_catalog(&surveys_folder().join("catalog")).unwrap();
    assert_clean("catalog", &catalog.problems);
    assert!(catalog.value.roles.len() >= 28);
    assert!(catalog.value.municipalities.len() >= 7);
}

#[test]
fn every_instrument_has_no_problems() {
    let catalog = read_catalog(&surveys_folder().join("catalog"))
        .unwrap()
        .value;
    let mut seen = 0;
    for entry in surveys_folder().join("instruments").read_dir().unwrap() {
        let folder = entry.unwrap().path();
        let survey = read_survey(&folder, &catalog).unwrap();
        assert_clean(&folder.display().to_string(), &survey.problems);
        assert!(survey.value.is_some());
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn a_substitute_gets_the_21_common_items_and_the_open_one() {
    let catalog = read_catalog(&surveys_folder().join("catalog"))
        .unwrap()
        .value;
    let folder = surveys_folder().join("instruments/icteko-perus");
    let survey = read_survey(&folder, &catalog).unwrap().value.unwrap();
    let teacher = Position {
        role: RoleId::new("class-teacher").unwrap(),
        duties: BTreeSet::new(),
        employment: None,
    };
    let substitute = Position {
        employment: Some(RoleId::new("substitute").unwrap()),
        ..teacher.clone()
    };
    let total = |position| {
        Assessment::new(&survey, position, &BTreeMap::new())
            .progress()
            .total
    };
    assert_eq!(total(&substitute), 22);
    assert!(total(&teacher) > 60);
    // Every competence of DigComp 3.0 is measured by one item that everybody is asked.
    let framework = catalog
        .framework(&FrameworkId::new("digcomp-3.0").unwrap())
        .unwrap();
    assert_eq!(framework.competences.len(), 21);
    let none = BTreeMap::new();
    let assessment = Assessment::new(&survey, &substitute, &none);
    for competence in &framework.competences {
        let measures = assessment.items().filter(|item| {
            item.maps
                .iter()
                .any(|place| place.framework == framework.id && place.competence == competence.id)
        });
        assert_eq!(measures.count(), 1, "{}", competence.id);
    }
}

/// Items by what their ids begin with: the parts of the instrument and how long each may be.
#[test]
fn every_part_of_the_basic_instrument_has_the_length_agreed_on() {
    let catalog = read_catalog(&surveys_folder().join("catalog"))
        .unwrap()
        .value;
    let folder = surveys_folder().join("instruments/icteko-perus");
    let survey = read_survey(&folder, &catalog).unwrap().value.unwrap();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &survey.items {
        let (part, _) = item.id.as_str().split_once('-').unwrap();
        *counts.entry(part).or_default() += 1;
    }
    let background = counts.remove("bg").unwrap();
    assert!((1..=8).contains(&background), "{background}");
    let agreed = [
        ("dc", 21),
        ("edu", 12),
        ("sup", 8),
        ("need", 4),
        ("env", 6),
        ("cul", 4),
        ("fut", 5),
        ("open", 1),
    ];
    assert_eq!(counts, BTreeMap::from(agreed));
}

/// Levels 1 to 4 by area of DigComp 3.0, and for pedagogy the level of DigCompEdu: A2 and B1 are
/// step 2 of our scale, B2 is step 3 and C1 is step 4.
#[test]
fn the_start_targets_of_every_role_group_are_those_agreed_on() {
    let catalog = read_catalog(&surveys_folder().join("catalog"))
        .unwrap()
        .value;
    let folder = surveys_folder().join("instruments/icteko-perus");
    let survey = read_survey(&folder, &catalog).unwrap().value.unwrap();
    let agreed = [
        ("teachers", [3, 3, 3, 3, 2], "B2"),
        ("ecec-teachers", [2, 3, 2, 3, 2], "B1"),
        ("childcarers", [2, 2, 1, 2, 1], "A2"),
        ("assistants", [2, 2, 1, 2, 2], "A2"),
        ("leaders", [3, 3, 2, 3, 3], "B1"),
        ("administration", [3, 3, 2, 3, 2], ""),
        ("library", [4, 3, 2, 3, 3], "A2"),
        ("youth-culture-sport", [2, 3, 3, 3, 2], "A2"),
        ("tutors", [3, 4, 4, 3, 4], "C1"),
        ("digital-support", [3, 3, 2, 4, 4], ""),
        ("directors", [3, 3, 2, 3, 3], ""),
    ];
    let areas = [
        "information",
        "communication",
        "content",
        "safety",
        "problem-solving",
    ];
    let groups: BTreeSet<_> = catalog
        .role_groups
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(groups, BTreeSet::from(agreed.map(|(group, _, _)| group)));
    for (group, levels, pedagogy) in agreed {
        let mut wanted: BTreeMap<String, u8> =
            areas.map(str::to_owned).into_iter().zip(levels).collect();
        let step = match pedagogy {
            "A2" | "B1" => Some(2),
            "B2" => Some(3),
            "C1" => Some(4),
            _ => None,
        };
        wanted.extend(step.map(|step| ("pedagogy".to_owned(), step)));
        let group = RoleGroupId::new(group).unwrap();
        let targets = &survey.profile_of(&group).unwrap().targets;
        let found: BTreeMap<String, u8> = targets
            .iter()
            .map(|(area, level)| (area.to_string(), level.0))
            .collect();
        assert_eq!(found, wanted, "{group}");
    }
}

#[test]
fn every_role_group_has_targets_that_are_proposals() {
    let catalog = read_catalog(&surveys_folder().join("catalog"))
        .unwrap()
        .value;
    let folder = surveys_folder().join("instruments/icteko-perus");
    let survey = read_survey(&folder, &catalog).unwrap().value.unwrap();
    for group in &catalog.role_groups {
        let profile = survey.profile_of(&group.id).unwrap();
        assert!(profile.targets.len() >= 5, "{}", group.id);
        assert!(profile.proposal, "{}", group.id);
    }
}

#[test]
fn every_release_is_as_it_was_and_the_working_copy_may_follow_it() {
    let catalog = read_catalog(&surveys_folder().join("catalog"))
        .unwrap()
        .value;
    for entry in surveys_folder().join("instruments").read_dir().unwrap() {
        let folder = entry.unwrap().path();
        let survey = read_survey(&folder, &catalog).unwrap().value.unwrap();
        for release in load_releases(&folder).unwrap() {
            let difference = Difference::between(release.survey(), &survey);
            let refused: Vec<_> = difference.refused().map(ToString::to_string).collect();
            assert_eq!(
                refused,
                Vec::<String>::new(),
                "release {}",
                release.number()
            );
        }
    }
}
