//! The missing rule on whole columns is that of `surveys::score`, person by person.

use std::fmt::Write as _;

use analysis::estimate::{Design, mean};
use analysis::{Grouping, Quantity};
use proptest::prelude::*;
use serde_json::json;
use surveys::{Declined, Missing, MissingRule, NoScore, ShareBase, score};

use crate::setting::Small;

/// A cell of the file: what is written, and what it means to `surveys::score`.
fn cell() -> impl Strategy<Value = (String, Result<f64, Missing>)> {
    prop_oneof![
        6 => (0_i16..=5).prop_map(|value| (value.to_string(), Ok(f64::from(value)))),
        1 => Just(("8".to_owned(), Err(Missing::Declined(Declined::NotMyWork)))),
        1 => Just(("9".to_owned(), Err(Missing::Declined(Declined::DontKnow)))),
        1 => Just((String::new(), Err(Missing::LeftEmpty))),
        1 => Just(("-91".to_owned(), Err(Missing::NotAsked))),
    ]
}

fn rule() -> impl Strategy<Value = MissingRule> {
    let share = prop_oneof![
        Just(0.0),
        Just(1.0 / 3.0),
        Just(0.5),
        Just(0.55),
        Just(2.0 / 3.0),
        Just(1.0)
    ];
    let base = prop_oneof![Just(ShareBase::All), Just(ShareBase::Applicable)];
    (share, base, 0_u8..=4).prop_map(|(min_share, of, min_answered)| MissingRule {
        min_share,
        of,
        min_answered,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn columns_and_persons_are_scored_alike(
        rows in prop::collection::vec(prop::collection::vec(cell(), 3), 1..6),
        rule in rule(),
    ) {
        let setting = Small::new().with(|codebook| {
            codebook["missing"].as_array_mut().unwrap().push(json!({"code": -91, "meaning": "not_asked"}));
            codebook["dimensions"][0]["missing"] = serde_json::to_value(rule).unwrap();
        });
        let mut text = String::new();
        for (number, cells) in rows.iter().enumerate() {
            // Each person is a town, so that the town's mean is the person's score.
            let written: Vec<&str> = cells.iter().map(|(written, _)| written.as_str()).collect();
            writeln!(text, "{number},t{number},teacher,{}", written.join(",")).unwrap();
        }
        let data = setting.rows(&text).unwrap();
        let by = Grouping::by(&data, &["town"]).unwrap();
        let quantity = Quantity::Dimension("abc".to_owned());
        let found = mean(&data, &quantity, &by, &Design::default()).unwrap();
        for (number, cells) in rows.iter().enumerate() {
            let mut items: Vec<Result<f64, Missing>> =
                cells.iter().map(|(_, meaning)| *meaning).collect();
            items[2] = items[2].map(|value| 5.0 - value);
            let figure = &found.row(&[&format!("t{number}")]).unwrap().figure;
            match (score(&items, &rule), figure) {
                (Ok(score), Ok(figure)) => {
                    prop_assert!((score.value - figure.value).abs() < 1e-12);
                }
                (Err(NoScore::NotAsked | NoScore::TooFew { .. }), Err(_)) => {}
                (expected, found) => prop_assert!(false, "{expected:?}, {found:?}"),
            }
        }
    }
}
