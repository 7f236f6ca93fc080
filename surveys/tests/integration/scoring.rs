//! Scores, targets, gaps and the own profile.

use std::collections::BTreeMap;

use proptest::prelude::*;
use surveys::{
    Declined, Level, Missing, MissingRule, NextStepReason, NoScore, Position, Profile, ShareBase,
    recoded, score, target_levels,
};

use crate::fixtures::{answers, catalog, everything, level, position, role};

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
fn an_area_has_a_line_for_each_competence_that_was_asked() {
    let given = answers([("com-1", level(2)), ("com-3", level(4))]);
    let profile = Profile::new(
        &everything(),
        &catalog(),
        &position("class-teacher"),
        &given,
    );
    let lines: Vec<(String, Option<f64>)> = profile.areas[0]
        .competences
        .iter()
        .map(|line| {
            let score = line.score.ok().map(|score| score.value);
            (line.competence.to_string(), score)
        })
        .collect();
    // com-2 was left empty; com-3 counts for the area and belongs to no competence.
    assert_eq!(
        lines,
        [
            ("digcomp-3.0:2.1".to_owned(), Some(2.0)),
            ("digcomp-3.0:2.2".to_owned(), None),
        ]
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
}
