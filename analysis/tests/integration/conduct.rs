//! Breaking off, straight-lining and level bands: counted by hand.

use analysis::estimate::{
    Bands, Design, break_off, break_off_places, level_errors, levels, straight_lining,
};
use analysis::{Grouping, Quantity};
use findings::Undefined;

use crate::setting::{Small, n, survey, working};

#[test]
fn who_leaves_the_end_empty_broke_off() {
    // Broke off after `a`; left one item empty; answered nothing; answered everything.
    let data = Small::new()
        .rows("1,oulu,guide,3,,\n2,oulu,guide,3,,2\n3,oulu,guide,,,\n4,oulu,guide,8,9,2\n")
        .unwrap();
    let whole = Grouping::whole();
    let rates = break_off(&data, &whole, &Design::default()).unwrap();
    let people = rates.row(&["break_off"]).unwrap().figure.clone().unwrap();
    assert_eq!((people.value, n(&people)), (0.5, 4));
    // Of eleven cells that concerned somebody, six were left empty and one is not known.
    let cells = rates
        .row(&["item_nonresponse"])
        .unwrap()
        .figure
        .clone()
        .unwrap();
    assert_eq!((cells.value, n(&cells), cells.low), (7.0 / 11.0, 11, None));
    let places = break_off_places(&data, &whole, &Design::default()).unwrap();
    let found = ["start", "a", "b", "c"]
        .map(|item| places.row(&[item]).unwrap().figure.clone().unwrap().value);
    assert_eq!(found, [0.25, 0.25, 0.0, 0.0]);
}

#[test]
fn the_survey_has_the_break_offs_and_straight_lines_it_was_made_with() {
    let data = survey();
    let whole = Grouping::whole();
    let rates = break_off(&data, &whole, &Design::default()).unwrap();
    let people = rates.row(&["break_off"]).unwrap().figure.clone().unwrap();
    assert!(
        people.low.unwrap() < 0.05 && 0.05 < people.high.unwrap(),
        "{people:?}"
    );
    let places = break_off_places(&data, &whole, &Design::default()).unwrap();
    let total: f64 = places
        .rows
        .iter()
        .map(|row| row.figure.as_ref().unwrap().value)
        .sum();
    assert!((total - people.value).abs() < 1e-12);
    let runs = straight_lining(&data, &whole, &Design::default()).unwrap();
    let identical = runs.row(&["identical"]).unwrap().figure.clone().unwrap();
    assert!(
        identical.low.unwrap() < 0.013 && 0.011 < identical.high.unwrap(),
        "{identical:?}"
    );
    let longest = runs
        .row(&["longest_run_max"])
        .unwrap()
        .figure
        .clone()
        .unwrap();
    assert_eq!(longest.value, 30.0);
}

#[test]
fn reversed_items_are_taken_as_they_were_given() {
    // 3, 3 and, turned round, 2: as given the third answer is a three too.
    let data = Small::new()
        .rows("1,oulu,guide,3,3,3\n2,oulu,guide,1,2,3\n")
        .unwrap();
    let runs = straight_lining(&data, &Grouping::whole(), &Design::default()).unwrap();
    let value = |term| runs.row(&[term]).unwrap().figure.clone().unwrap().value;
    assert_eq!(
        [
            value("identical"),
            value("longest_run"),
            value("longest_run_max")
        ],
        [0.5, 2.0, 3.0]
    );
    assert_eq!(value("identical_share"), (1.0 + 1.0 / 3.0) / 2.0);
}

fn bands() -> Bands {
    Bands {
        cuts: vec![30_000, 80_000],
        names: ["low", "middle", "high"].map(str::to_owned).to_vec(),
    }
}

#[test]
fn everybody_is_in_one_band_and_some_are_in_the_wrong_one() {
    let data = survey().only("aalto", "2026").unwrap();
    let of = Quantity::Dimension("kaikki".to_owned());
    let by = Grouping::by(&data, &["kaupunki"]).unwrap();
    let shares = levels(&data, &of, &by, &bands(), &Design::default()).unwrap();
    let errors = level_errors(&data, &of, &by, &bands(), &Design::default()).unwrap();
    for city in data.values("kaupunki").unwrap() {
        let share = |band| {
            shares
                .row(&[city, band])
                .unwrap()
                .figure
                .clone()
                .unwrap()
                .value
        };
        assert!((share("low") + share("middle") + share("high") - 1.0).abs() < 1e-12);
        let error = |term| {
            errors
                .row(&[city, term])
                .unwrap()
                .figure
                .clone()
                .unwrap()
                .value
        };
        assert!(error("sem") > 0.1 && error("sem") < 0.3, "{city}");
        assert!(
            error("misclassified") > 0.01 && error("misclassified") < 0.2,
            "{city}"
        );
    }
    let one_item = Quantity::Item("tieto_1".to_owned());
    let errors = level_errors(&data, &one_item, &by, &bands(), &Design::default()).unwrap();
    assert!(
        errors
            .rows
            .iter()
            .all(|row| row.figure == Err(Undefined::OneItem))
    );
}

#[test]
fn a_job_names_the_cuts_of_its_bands() {
    let tables = working(
        "statistics = [\"levels\", \"break_off\", \"straight_lining\"]\n\
         [levels]\ncuts = [30, 80]\nnames = [\"low\", \"middle\", \"high\"]\n\
         [wave]\ncurrent = \"2026\"",
    );
    assert!(tables.figure("area.levels", &["tieto", "middle"]).is_ok());
    assert!(
        tables
            .figure("area.level_errors", &["tieto", "misclassified"])
            .is_ok()
    );
    assert!(tables.figure("break_off", &["item_nonresponse"]).is_ok());
    assert!(tables.figure("item.break_off", &["tieto_1"]).is_ok());
    assert!(tables.figure("straight_lining", &["identical"]).is_ok());
}
