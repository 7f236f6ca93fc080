//! From forms to answers, and what a submitted whole must be.

use proptest::prelude::*;
use surveys::{Answer, Declined, Release, ResponseProblem, validate};

use crate::fixtures::{
    answers, catalog, chosen, everything, item, level, position, response, role,
};

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

proptest! {
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
