//! From a position and answers to pages, a validated response, scores, a profile and a row.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use surveys::dataset::{CellValue, Layout, Origin, RowError, VariableKind};
use surveys::{
    Answer, Assessment, Declined, ItemId, Lang, Level, Missing, MissingRule, MunicipalityCode,
    NextStepReason, NoScore, PageBlock, Position, Profile, Progress, Release, Response,
    ResponseProblem, RoleId, ShareBase, SurveyId, UnitId, WaveId, recoded, score, target_levels,
    validate,
};

use crate::fixtures::{catalog, everything};

fn role(id: &str) -> RoleId {
    RoleId::new(id).unwrap()
}

fn item(id: &str) -> ItemId {
    ItemId::new(id).unwrap()
}

fn position(id: &str) -> Position {
    Position {
        role: role(id),
        duties: BTreeSet::new(),
        employment: None,
    }
}

fn level(value: u8) -> Answer {
    Answer::Level(Level(value))
}

fn chosen(values: &[i16]) -> Answer {
    Answer::Choices(values.iter().copied().collect())
}

fn answers<const N: usize>(given: [(&str, Answer); N]) -> BTreeMap<ItemId, Answer> {
    given
        .into_iter()
        .map(|(id, answer)| (item(id), answer))
        .collect()
}

fn response(position: Position, answers: BTreeMap<ItemId, Answer>) -> Response {
    Response {
        survey: SurveyId::new("everything").unwrap(),
        release: 1,
        language: Lang::Sv,
        position,
        answers,
    }
}

fn shown(position: &Position, answers: &BTreeMap<ItemId, Answer>) -> Vec<String> {
    let survey = everything();
    let assessment = Assessment::new(&survey, position, answers);
    assessment.items().map(|item| item.id.to_string()).collect()
}

#[test]
fn pages_follow_the_role_and_the_answers() {
    let none = BTreeMap::new();
    assert_eq!(
        shown(&position("librarian"), &none),
        [
            "bg-device",
            "bg-tools",
            "com-info",
            "com-1",
            "com-2",
            "com-3",
            "com-open"
        ]
    );
    let phone = answers([("bg-device", chosen(&[2]))]);
    assert!(shown(&position("librarian"), &phone).contains(&"com-phone".to_owned()));
    assert!(shown(&position("class-teacher"), &none).contains(&"ped-1".to_owned()));
    let substitute = Position {
        employment: Some(role("substitute")),
        ..position("librarian")
    };
    // The condition looks at an item that a substitute is not asked: unknown hides.
    assert_eq!(
        shown(&substitute, &phone),
        ["com-info", "com-1", "com-2", "com-3", "com-open"]
    );
    let tutor = Position {
        duties: BTreeSet::from([role("digital-tutor")]),
        ..position("librarian")
    };
    assert!(shown(&tutor, &none).contains(&"ped-2".to_owned()));
}

#[test]
fn a_matrix_is_one_block_and_progress_counts_items_that_take_an_answer() {
    let survey = everything();
    let given = answers([
        ("com-1", level(3)),
        ("com-2", Answer::NoValue(Declined::NotMyWork)),
    ]);
    let assessment = Assessment::new(&survey, &position("class-teacher"), &given);
    assert_eq!(assessment.pages.len(), 3);
    let PageBlock::Matrix { items, scale, .. } = &assessment.pages[2].blocks[0] else {
        panic!("the pedagogical page is one matrix");
    };
    assert_eq!((items.len(), scale.id.as_str()), (2, "agreement3"));
    let progress = assessment.progress();
    assert_eq!(
        progress,
        Progress {
            answered: 2,
            total: 8
        }
    );
}

#[test]
fn an_answer_that_became_hidden_is_left_out_at_the_end() {
    let survey = everything();
    let given = answers([("bg-device", chosen(&[1])), ("com-phone", level(2))]);
    let assessment = Assessment::new(&survey, &position("librarian"), &given);
    assert!(!assessment.shows(&item("com-phone")));
    assert_eq!(
        assessment.submitted(&given),
        answers([("bg-device", chosen(&[1]))])
    );
}

#[test]
fn forms_become_answers() {
    let survey = everything();
    let parse = |id: &str, values: &[&str]| {
        Answer::from_form(&survey, survey.item(&item(id)).unwrap(), values)
    };
    assert_eq!(parse("com-1", &["3"]), Ok(Some(level(3))));
    assert_eq!(parse("com-1", &[]), Ok(None));
    assert_eq!(parse("com-1", &[""]), Ok(None));
    assert_eq!(
        parse("com-1", &["dont_know"]),
        Ok(Some(Answer::NoValue(Declined::DontKnow)))
    );
    assert_eq!(parse("ped-1", &["0"]), Ok(Some(level(0))));
    assert_eq!(parse("bg-device", &["2"]), Ok(Some(chosen(&[2]))));
    assert_eq!(
        parse("bg-tools", &["3", "1", "3"]),
        Ok(Some(chosen(&[1, 3])))
    );
    let text = parse("com-open", &["  Aa\u{308}kköset\r\nja rivi  "]);
    assert_eq!(text, Ok(Some(Answer::Text("Aäkköset\nja rivi".to_owned()))));
    for (id, values, problem) in [
        (
            "com-1",
            &["5"][..],
            ResponseProblem::OffScale(item("com-1")),
        ),
        ("com-1", &["-1"], ResponseProblem::OffScale(item("com-1"))),
        (
            "com-1",
            &["kolme"],
            ResponseProblem::NotAnOption(item("com-1")),
        ),
        (
            "com-1",
            &["1", "2"],
            ResponseProblem::TooMany(item("com-1")),
        ),
        (
            "com-1",
            &["1", "dont_know"],
            ResponseProblem::DeclinedAndAnswered(item("com-1")),
        ),
        (
            "com-2",
            &["dont_know"],
            ResponseProblem::DeclinedNotOffered(item("com-2")),
        ),
        (
            "bg-device",
            &["9"],
            ResponseProblem::NotAnOption(item("bg-device")),
        ),
        (
            "bg-device",
            &["1", "2"],
            ResponseProblem::TooMany(item("bg-device")),
        ),
        (
            "bg-tools",
            &["1", "2", "3"],
            ResponseProblem::TooMany(item("bg-tools")),
        ),
        (
            "com-info",
            &["1"],
            ResponseProblem::TakesNoAnswer(item("com-info")),
        ),
        (
            "com-open",
            &["a\u{7}b"],
            ResponseProblem::ControlCharacter(item("com-open")),
        ),
    ] {
        assert_eq!(parse(id, values), Err(problem), "{id} {values:?}");
    }
    let long = "ä".repeat(41);
    let too_long = ResponseProblem::TextTooLong {
        item: item("com-open"),
        most: 40,
    };
    assert_eq!(parse("com-open", &[&long]), Err(too_long));
    // Decomposed, forty letters are eighty characters; they count once they are composed.
    assert!(parse("com-open", &[&"a\u{308}".repeat(40)]).is_ok());
}

#[test]
fn what_was_typed_can_be_shown_again() {
    let survey = everything();
    for (id, answer) in [
        ("com-1", level(4)),
        ("com-1", Answer::NoValue(Declined::NotMyWork)),
        ("bg-tools", chosen(&[1, 3])),
        ("com-open", Answer::Text("rivi\ntoinen".to_owned())),
    ] {
        let again = Answer::from_form(
            &survey,
            survey.item(&item(id)).unwrap(),
            &answer.form_values(),
        );
        assert_eq!(again, Ok(Some(answer)));
    }
}

#[test]
fn a_response_is_refused_with_every_problem_at_once() {
    let release = Release::freeze(everything(), 1);
    let mut wrong = response(
        position("librarian"),
        answers([
            ("com-1", level(9)),
            ("ped-1", level(1)),
            ("no-such-item", level(1)),
            ("com-2", chosen(&[1])),
        ]),
    );
    wrong.release = 2;
    wrong.position.duties.insert(role("class-teacher"));
    let problems = validate(release.survey(), &catalog(), &wrong).unwrap_err();
    // A duty of the wrong kind is refused, but it does admit: only the position is named.
    assert_eq!(
        problems,
        [
            ResponseProblem::OtherRelease,
            ResponseProblem::UnknownPosition,
            ResponseProblem::OffScale(item("com-1")),
            ResponseProblem::WrongKind(item("com-2")),
            ResponseProblem::UnknownItem(item("no-such-item")),
        ]
    );
    let not_asked = response(position("librarian"), answers([("ped-1", level(1))]));
    assert_eq!(
        validate(release.survey(), &catalog(), &not_asked).unwrap_err(),
        [ResponseProblem::NotAsked(item("ped-1"))]
    );
    for problem in problems {
        assert!(ResponseProblem::KEYS.contains(&problem.key()));
    }
}

#[test]
fn texts_are_normalised_before_they_are_stored() {
    let given = answers([
        ("com-open", Answer::Text(" Aa\u{308} ".to_owned())),
        ("com-1", level(2)),
    ]);
    let valid = validate(
        &everything(),
        &catalog(),
        &response(position("librarian"), given),
    )
    .unwrap();
    let stored = valid.into_response().answers;
    assert_eq!(stored[&item("com-open")], Answer::Text("Aä".to_owned()));
}

#[test]
fn scores_follow_the_missing_rule() {
    let rule = |min_share, of, min_answered| MissingRule {
        min_share,
        of,
        min_answered,
    };
    let not_mine = Err(Missing::Declined(Declined::NotMyWork));
    let empty = Err(Missing::LeftEmpty);
    let half = rule(0.5, ShareBase::All, 1);
    let value = |items: &[Result<f64, Missing>], rule: &MissingRule| {
        score(items, rule).map(|score| (score.value.to_bits(), score.valid, score.base))
    };
    let bits = |value: f64| value.to_bits();
    assert_eq!(
        value(&[Ok(2.0), Ok(3.0), Ok(4.0), empty, empty], &half),
        Ok((bits(3.0), 3, 5))
    );
    let too_few = NoScore::TooFew {
        valid: 2,
        needed: 3,
    };
    assert_eq!(
        value(&[Ok(2.0), Ok(3.0), not_mine, empty, empty], &half),
        Err(too_few)
    );
    let applicable = rule(0.5, ShareBase::Applicable, 2);
    assert_eq!(
        value(&[Ok(0.0), Ok(3.0), not_mine, empty, empty], &applicable),
        Ok((bits(1.5), 2, 4))
    );
    let too_few = NoScore::TooFew {
        valid: 1,
        needed: 2,
    };
    assert_eq!(
        value(&[Ok(4.0), not_mine, not_mine], &applicable),
        Err(too_few)
    );
    assert_eq!(
        value(&[Err(Missing::NotAsked); 3], &half),
        Err(NoScore::NotAsked)
    );
    let none = rule(0.0, ShareBase::All, 0);
    let too_few = NoScore::TooFew {
        valid: 0,
        needed: 1,
    };
    assert_eq!(value(&[empty, empty], &none), Err(too_few));
    // 0.55 of 20 is 11 on paper and a little more in binary.
    let mut items = vec![Ok(1.0); 11];
    items.extend([empty; 9]);
    assert_eq!(
        value(&items, &rule(0.55, ShareBase::All, 1)),
        Ok((bits(1.0), 11, 20))
    );
}

#[test]
fn a_score_on_the_cut_goes_up() {
    let step = |items: &[f64]| {
        let items: Vec<_> = items.iter().map(|value| Ok(*value)).collect();
        score(&items, &MissingRule::default())
            .unwrap()
            .step((Level(1), Level(4)))
            .0
    };
    assert_eq!(step(&[1.0, 2.0]), 2);
    assert_eq!(step(&[1.0, 1.0, 2.0]), 1);
    assert_eq!(step(&[2.0, 3.0]), 3);
    assert_eq!(step(&[3.0, 4.0]), 4);
    assert_eq!(step(&[4.0, 4.0]), 4);
}

#[test]
fn the_target_is_the_highest_over_role_and_duties() {
    let survey = everything();
    let target = |position: &Position| -> Vec<(String, u8)> {
        let levels = target_levels(&survey, &catalog(), position);
        levels
            .into_iter()
            .map(|(id, level)| (id.to_string(), level.0))
            .collect()
    };
    let mut teacher = position("class-teacher");
    assert_eq!(
        target(&teacher),
        [("communication".to_owned(), 3), ("pedagogy".to_owned(), 1)]
    );
    teacher.duties.insert(role("digital-tutor"));
    assert_eq!(
        target(&teacher),
        [("communication".to_owned(), 3), ("pedagogy".to_owned(), 2)]
    );
    let substitute = Position {
        employment: Some(role("substitute")),
        ..position("librarian")
    };
    assert_eq!(target(&substitute), target(&position("librarian")));
}

#[test]
fn a_profile_has_everything_the_page_needs() {
    let survey = everything();
    // com-3 is reversed: 4 counts as 1.
    let given = answers([
        ("com-1", level(2)),
        ("com-3", level(4)),
        ("ped-1", level(0)),
        ("ped-2", level(0)),
    ]);
    let profile = Profile::new(&survey, &catalog(), &position("class-teacher"), &given);
    let communication = &profile.areas[0];
    assert!((communication.score.unwrap().value - 1.5).abs() < 1e-12);
    assert_eq!(communication.step, Some(Level(2)));
    assert!((communication.gap.unwrap().value() - 1.5).abs() < 1e-12);
    assert!(profile.proposal);
    assert!(profile.indices.is_empty());
    let steps: Vec<_> = profile
        .next_steps
        .iter()
        .map(|step| step.text.fi.as_str())
        .collect();
    assert_eq!(
        steps,
        ["Sovi kanavasta.", "Kokeile yhtä välinettä.", "Jaa linkki."]
    );
    assert!(
        profile
            .next_steps
            .iter()
            .all(|step| step.reason == NextStepReason::BelowTarget)
    );
}

#[test]
fn nobody_below_target_gets_strengths_instead() {
    let given = answers([
        ("com-1", level(4)),
        ("com-3", level(1)),
        ("ped-1", level(2)),
        ("ped-2", level(2)),
    ]);
    let profile = Profile::new(
        &everything(),
        &catalog(),
        &position("class-teacher"),
        &given,
    );
    let steps: Vec<_> = profile
        .next_steps
        .iter()
        .map(|step| step.text.fi.as_str())
        .collect();
    assert_eq!(steps, ["Opasta toista.", "Kokeile yhtä välinettä."]);
    assert!(
        profile
            .next_steps
            .iter()
            .all(|step| step.reason == NextStepReason::Strength)
    );
    let none = Profile::new(
        &everything(),
        &catalog(),
        &position("librarian"),
        &BTreeMap::new(),
    );
    assert!(none.next_steps.is_empty());
    assert_eq!(
        none.areas[0].score,
        Err(NoScore::TooFew {
            valid: 0,
            needed: 2
        })
    );
}

fn row_of(releases: &[Release], response: &Response) -> BTreeMap<String, CellValue> {
    let catalog = catalog();
    let layout = Layout::new(releases, &catalog, Origin::Simulated);
    let wave = WaveId::new("2026-syksy").unwrap();
    let municipality = MunicipalityCode::new("092").unwrap();
    let unit = UnitId::new("koulu-1").unwrap();
    let row = layout
        .row(response, &wave, &municipality, Some(&unit))
        .unwrap();
    assert_eq!(row.len(), layout.column_types().len());
    let names = layout.codebook().variables.iter().map(|it| it.name.clone());
    names.zip(row).collect()
}

#[test]
fn a_response_becomes_a_row_with_typed_missing_values() {
    let releases = [Release::freeze(everything(), 1)];
    let given = answers([
        ("bg-tools", chosen(&[2])),
        ("com-1", level(3)),
        ("com-2", Answer::NoValue(Declined::NotMyWork)),
        ("com-open", Answer::Text("=1+1".to_owned())),
    ]);
    let row = row_of(&releases, &response(position("librarian"), given));
    let cells: Vec<_> = row
        .iter()
        .map(|(name, cell)| match cell {
            CellValue::Integer(number) => format!("{name} {number}"),
            CellValue::Text(text) => format!("{name} {text}"),
        })
        .collect();
    insta::assert_snapshot!(cells.join("\n"), @r#"
    answer 0
    bg_device -92
    bg_tools_1 0
    bg_tools_2 1
    bg_tools_3 0
    com_1 3
    com_2_rev2 -94
    com_3 -92
    com_open =1+1
    com_open_missing 0
    com_phone -91
    duties 
    employment 
    language sv
    municipality 092
    ped_1 -91
    ped_2 -91
    release 1
    role librarian
    role_group library
    unit koulu-1
    wave 2026-syksy
    "#);
}

#[test]
fn a_raised_revision_is_a_column_of_its_own() {
    let first = everything();
    let mut second = first.clone();
    for item in &mut second.items {
        if item.id.as_str() == "com-1" {
            item.rev = 2;
        }
    }
    let releases = [Release::freeze(first, 1), Release::freeze(second, 2)];
    let mut given = response(position("librarian"), answers([("com-1", level(3))]));
    let old = row_of(&releases, &given);
    assert_eq!(
        (&old["com_1"], &old["com_1_rev2"]),
        (&CellValue::Integer(3), &CellValue::Integer(-91))
    );
    given.release = 2;
    let new = row_of(&releases, &given);
    assert_eq!(
        (&new["com_1"], &new["com_1_rev2"]),
        (&CellValue::Integer(-91), &CellValue::Integer(3))
    );
    given.release = 3;
    let catalog = catalog();
    let layout = Layout::new(&releases, &catalog, Origin::Simulated);
    let wave = WaveId::new("2026").unwrap();
    let town = MunicipalityCode::new("092").unwrap();
    let unknown = layout.row(&given, &wave, &town, None).unwrap_err();
    assert!(matches!(
        unknown,
        RowError::UnknownRelease { release: 3, .. }
    ));
}

#[test]
fn the_codebook_carries_what_scoring_needs() {
    let releases = [Release::freeze(everything(), 1)];
    let catalog = catalog();
    let layout = Layout::new(&releases, &catalog, Origin::Simulated);
    let codebook = layout.codebook();
    let json = serde_json::to_string(codebook).unwrap();
    assert_eq!(
        serde_json::from_str::<surveys::dataset::Codebook>(&json).unwrap(),
        *codebook
    );
    let names: BTreeSet<_> = codebook
        .variables
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names.len(), codebook.variables.len());
    for dimension in &codebook.dimensions {
        for variable in &dimension.variables {
            let found = codebook
                .variables
                .iter()
                .find(|it| it.name == *variable)
                .unwrap();
            assert_eq!(found.kind, VariableKind::Scale);
        }
    }
    let reversed = codebook.variables.iter().filter(|it| it.reversed);
    assert_eq!(
        reversed.map(|it| it.name.as_str()).collect::<Vec<_>>(),
        ["com_3"]
    );
    let tutor = codebook
        .targets
        .iter()
        .filter(|it| it.role == "digital-tutor");
    assert_eq!(tutor.count(), 2);
}

fn items() -> impl Strategy<Value = Vec<Result<f64, Missing>>> {
    let place = prop_oneof![
        4 => (0_u8..6).prop_map(|value| Ok(f64::from(value))),
        1 => prop::sample::select(vec![
            Missing::NotAsked,
            Missing::LeftEmpty,
            Missing::Declined(Declined::DontKnow),
            Missing::Declined(Declined::NotMyWork),
        ]).prop_map(Err),
    ];
    prop::collection::vec(place, 1..9)
}

fn rules() -> impl Strategy<Value = MissingRule> {
    let base = prop::sample::select(vec![ShareBase::All, ShareBase::Applicable]);
    (0_u8..=10, base, 0_u8..4).prop_map(|(tenths, of, min_answered)| MissingRule {
        min_share: f64::from(tenths) / 10.0,
        of,
        min_answered,
    })
}

proptest! {
    #[test]
    fn scoring_ignores_the_order_of_items(items in items(), rule in rules(), by in 0_usize..9) {
        let mut turned = items.clone();
        turned.rotate_left(by % items.len());
        turned.reverse();
        prop_assert_eq!(score(&items, &rule), score(&turned, &rule));
    }

    #[test]
    fn a_better_answer_never_lowers_a_score(items in items(), rule in rules(), at in 0_usize..9) {
        let before = score(&items, &rule);
        let mut better = items.clone();
        let at = at % items.len();
        if let Ok(value) = &mut better[at] {
            *value = (*value + 1.0).min(5.0);
            if let (Ok(before), Ok(after)) = (before, score(&better, &rule)) {
                prop_assert!(after.value >= before.value);
            }
        }
    }

    #[test]
    fn recoding_twice_changes_nothing(value in 0_u8..6) {
        let value = f64::from(value);
        let twice = recoded(recoded(value, (0.0, 5.0), true), (0.0, 5.0), true);
        prop_assert!((twice - value).abs() < 1e-12);
    }

    #[test]
    fn every_form_value_is_an_answer_or_a_problem(values in prop::collection::vec(".{0,12}", 0..4)) {
        let survey = everything();
        for item in &survey.items {
            if let Ok(Some(answer)) = Answer::from_form(&survey, item, &values) {
                let again = Answer::from_form(&survey, item, &answer.form_values());
                prop_assert_eq!(again, Ok(Some(answer)));
            }
        }
    }
}
