//! Conditions: what parses, what the types refuse, and what unknown values hide.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{Declined, Level};

fn position() -> Position {
    Position {
        role: RoleId::new("class-teacher").unwrap(),
        duties: BTreeSet::from([RoleId::new("digital-tutor").unwrap()]),
        employment: None,
    }
}

fn item(id: &str) -> ItemId {
    ItemId::new(id).unwrap()
}

fn holds(text: &str, answers: &[(&str, Answer)]) -> Option<bool> {
    let answers = answers
        .iter()
        .map(|(id, answer)| (item(id), answer.clone()))
        .collect();
    Condition::parse(text).unwrap().holds(&position(), &answers)
}

#[test]
fn a_comparison_looks_at_the_answer() {
    let answers = [("bg-device", Answer::Level(Level(3)))];
    assert_eq!(holds("bg-device == 3", &answers), Some(true));
    assert_eq!(holds("bg-device < 3", &answers), Some(false));
    assert_eq!(holds("bg-device in [1, 3]", &answers), Some(true));
    assert_eq!(
        holds("not (bg-device >= 2 and bg-device != 4)", &answers),
        Some(false)
    );
}

#[test]
fn an_answer_without_a_value_is_unknown() {
    let declined = [("bg-device", Answer::NoValue(Declined::DontKnow))];
    assert_eq!(holds("bg-device == 3", &declined), None);
    assert_eq!(holds("not bg-device == 3", &[]), None);
    assert_eq!(
        holds("bg-device == 3 or role == 'class-teacher'", &[]),
        Some(true)
    );
    assert_eq!(
        holds("bg-device == 3 and role == 'librarian'", &[]),
        Some(false)
    );
    assert_eq!(holds("answered(bg-device)", &declined), Some(false));
}

#[test]
fn staff_groups_are_always_known() {
    assert_eq!(holds("duty == 'digital-tutor'", &[]), Some(true));
    assert_eq!(holds("duty in ['digital-contact']", &[]), Some(false));
    assert_eq!(holds("employment == 'substitute'", &[]), Some(false));
    assert_eq!(holds("role != \"librarian\"", &[]), Some(true));
}

#[test]
fn a_multiple_choice_is_equal_to_each_of_its_choices() {
    let answers = [("bg-tools", Answer::Choices(BTreeSet::from([1, 4])))];
    assert_eq!(holds("bg-tools == 4", &answers), Some(true));
    assert_eq!(holds("bg-tools == 2", &answers), Some(false));
}

#[test]
fn a_mistake_is_named_with_its_place() {
    for (text, message, span) in [
        ("bg-device = 3", "a comparison is written `==`", 10..11),
        (
            "bg-device == ",
            "expected a number or a text in quotes",
            13..13,
        ),
        ("bg-device == 'x", "the quoted text is not closed", 13..15),
        (
            "bg-device 3",
            "expected a comparison such as `==`, or `in`, after `bg-device`",
            10..11,
        ),
        ("(role == 'a'", "expected `)`", 12..12),
        ("role == 'a' 'b'", "expected `and`, `or` or the end", 12..15),
        ("3 == 3", "expected an item id", 0..1),
        ("and", "expected an item id, not `and`", 0..3),
        ("", "expected an item id", 0..0),
        ("ä == 1", "`ä` means nothing in a condition", 0..2),
        (
            "xx == 99999999999999999999",
            "`99999999999999999999` is not a number",
            6..26,
        ),
    ] {
        let error = Condition::parse(text).unwrap_err();
        assert_eq!(
            (error.message.as_str(), error.span),
            (message, span),
            "{text}"
        );
    }
    assert!(Condition::parse(&format!("{}role == 'a'", "not ".repeat(40))).is_err());
}

#[test]
fn every_mistyped_comparison_is_reported() {
    let condition =
        Condition::parse("scale-item == 9 and no-such == 1 and multi-item < 1 and role == 3")
            .unwrap();
    let numbers = BTreeSet::from([1, 2, 3]);
    let errors = condition.type_errors(&|subject| match subject {
        Subject::Item(id) => match id.as_str() {
            "scale-item" => Some(Domain::Numbers(numbers.clone())),
            "multi-item" => Some(Domain::Chosen(numbers.clone())),
            _ => None,
        },
        _ => Some(Domain::Words(BTreeSet::from(["librarian".to_owned()]))),
    });
    let kinds: Vec<_> = errors
        .iter()
        .map(|error| match &error.kind {
            TypeErrorKind::UnknownItem => "unknown",
            TypeErrorKind::Mismatch(_) => "mismatch",
            TypeErrorKind::UnknownChoice { .. } => "choice",
        })
        .collect();
    assert_eq!(kinds, ["choice", "unknown", "mismatch", "mismatch"]);
}

fn expressions() -> impl Strategy<Value = Expression> {
    let ids = prop::sample::select(vec!["aaa-1", "bbb-2", "ccc"]);
    let subject = prop_oneof![
        ids.clone().prop_map(|id| Subject::Item(item(id))),
        Just(Subject::Role),
        Just(Subject::Employment),
        Just(Subject::Duty),
    ];
    let literal = prop_oneof![
        (-5_i64..9).prop_map(Literal::Number),
        "[a-z äö-]{0,6}".prop_map(Literal::Text),
    ];
    let operator = prop::sample::select(vec![
        Operator::Equal,
        Operator::NotEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Greater,
        Operator::GreaterOrEqual,
    ]);
    let leaf = prop_oneof![
        (subject.clone(), operator, literal.clone()).prop_map(|(subject, operator, value)| {
            Expression::Compare {
                subject,
                operator,
                value,
            }
        }),
        (subject, prop::collection::vec(literal, 1..4))
            .prop_map(|(subject, values)| Expression::In { subject, values }),
        ids.prop_map(|id| Expression::Answered(item(id))),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::Or),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::And),
            inner.prop_map(|part| Expression::Not(Box::new(part))),
        ]
    })
}

fn some_answers() -> impl Strategy<Value = BTreeMap<ItemId, Answer>> {
    let answer = prop_oneof![
        (0_u8..6).prop_map(|level| Answer::Level(Level(level))),
        Just(Answer::NoValue(Declined::NotMyWork)),
    ];
    prop::collection::btree_map(
        prop::sample::select(vec!["aaa-1", "bbb-2", "ccc"]).prop_map(item),
        answer,
        0..3,
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(expression in expressions()) {
        let again = Condition::parse(&expression.to_string()).unwrap();
        prop_assert_eq!(again.expression(), &expression);
    }

    #[test]
    fn any_text_is_parsed_or_refused_without_a_panic(text in ".{0,60}") {
        if let Err(error) = Condition::parse(&text) {
            prop_assert!(error.span.end <= text.len());
            prop_assert!(text.is_char_boundary(error.span.start));
            prop_assert!(text.is_char_boundary(error.span.end));
        }
    }

    #[test]
    fn not_twice_changes_nothing(expression in expressions(), answers in some_answers()) {
        let plain = expression.holds(&position(), &answers);
        let twice = Expression::Not(Box::new(Expression::Not(Box::new(expression))));
        prop_assert_eq!(twice.holds(&position(), &answers), plain);
    }

    #[test]
    fn a_known_truth_stays_when_more_is_answered(
        expression in expressions().prop_filter("answered() may change", |e| !e.to_string().contains("answered")),
        answers in some_answers(),
        more in some_answers(),
    ) {
        // Only places without a value may be filled: what is known then can only grow.
        let before = expression.holds(&position(), &answers);
        let mut after = more;
        after.extend(answers.into_iter().filter(|(_, answer)| !matches!(answer, Answer::NoValue(_))));
        if before.is_some() {
            prop_assert_eq!(expression.holds(&position(), &after), before);
        }
    }
}
