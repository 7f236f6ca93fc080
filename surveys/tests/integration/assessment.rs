//! What one respondent is shown.

use std::collections::{BTreeMap, BTreeSet};

use surveys::{Answer, Assessment, Declined, ItemId, PageBlock, Position, Progress};

use crate::fixtures::{answers, chosen, everything, item, level, position, role};

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
