//! Releases: frozen, read back, and compared with what came before.

use proptest::prelude::*;
use surveys::release::{ChangeClass, Difference, ReleaseError};
use surveys::{ItemKind, Level, Localized, Release, RetiredItem, Survey};

use crate::fixtures::everything;

/// Changes an item of the survey by its id.
fn with_item(id: &str, change: impl FnOnce(&mut surveys::Item)) -> Survey {
    let mut survey = everything();
    let item = survey.items.iter_mut().find(|item| item.id.as_str() == id);
    change(item.unwrap());
    survey
}

fn changes(new: &Survey) -> Vec<(ChangeClass, String)> {
    let difference = Difference::between(&everything(), new);
    let changes = difference.changes.into_iter();
    changes.map(|change| (change.class, change.what)).collect()
}

fn without_item(id: &str) -> Survey {
    let mut survey = everything();
    survey.items.retain(|item| item.id.as_str() != id);
    survey
}

#[test]
fn a_release_is_read_back_with_the_same_digest() {
    let release = Release::freeze(everything(), 3);
    let json = release.to_json();
    let again = Release::read(&json).unwrap();
    assert_eq!(again, release);
    assert_eq!(again.survey().release, Some(3));
    assert_eq!(release.sha256().len(), 64);
    assert_ne!(Release::freeze(everything(), 4).sha256(), release.sha256());
}

#[test]
fn a_release_of_another_schema_is_refused_by_its_version() {
    let json = Release::freeze(everything(), 1).to_json();
    let other = json.replacen("\"schema\": 1", "\"schema\": 7", 1);
    let error = Release::read(&other).unwrap_err();
    assert!(matches!(error, ReleaseError::OtherSchema { found: 7 }));
    assert!(Release::read("{").is_err());
    let unnumbered = json.replacen("\"release\": 1", "\"release\": null", 1);
    assert!(matches!(
        Release::read(&unnumbered),
        Err(ReleaseError::NoNumber)
    ));
}

#[test]
fn each_change_has_the_class_of_its_effect_on_answers() {
    use ChangeClass::{Additive, Cosmetic, Refused, Retiring, Revised};
    let text = |text: &str| Localized {
        fi: text.to_owned(),
        sv: text.to_owned(),
        en: text.to_owned(),
    };
    let retired = |mut survey: Survey, id: &str| {
        survey.retired.push(RetiredItem {
            id: surveys::ItemId::new(id).unwrap(),
            since: 2,
            reason: "ei enää tarpeen".to_owned(),
        });
        survey
    };
    let mut option_gone = with_item("bg-tools", |item| {
        if let ItemKind::Multi { options, .. } = &mut item.kind {
            options.pop();
        }
    });
    let option_lost = option_gone.clone();
    for item in &mut option_gone.items {
        if item.id.as_str() == "bg-tools" {
            item.retired_values.insert(3);
        }
    }
    let mut back = everything();
    let mut fax = back.items[3].clone();
    fax.id = surveys::ItemId::new("com-fax").unwrap();
    back.items.push(fax);
    let mut new_item = everything();
    let mut added = new_item.items[3].clone();
    added.id = surveys::ItemId::new("com-new").unwrap();
    new_item.items.push(added);
    let mut target = everything();
    let first = target.profiles[0].targets.values_mut().next().unwrap();
    *first = Level(4);
    let mut reordered = everything();
    reordered.items.swap(3, 4);
    for (new, class, what) in [
        (
            with_item("com-1", |it| it.text = text("Uusi")),
            Cosmetic,
            "item com-1: its wording",
        ),
        (
            with_item("com-1", |it| it.rev = 2),
            Revised,
            "item com-1: revision 2",
        ),
        (
            with_item("com-2", |it| it.rev = 1),
            Refused,
            "item com-2: `rev` fell from 2 to 1",
        ),
        (
            with_item("com-1", |it| it.kind = ItemKind::Info),
            Refused,
            "item com-1: another type, give it a new id",
        ),
        (
            with_item("com-1", |it| it.reversed = true),
            Refused,
            "item com-1: `reversed` changed, raise `rev`",
        ),
        (with_item("com-1", |it| it.show_if = None), Cosmetic, ""),
        (
            with_item("com-phone", |it| it.show_if = None),
            Additive,
            "item com-phone: its condition",
        ),
        (new_item, Additive, "item com-new: new"),
        (
            back,
            Refused,
            "item com-fax: its id is retired, give it a new one",
        ),
        (
            without_item("com-1"),
            Refused,
            "item com-1: removed, add it as [[retired]]",
        ),
        (
            retired(without_item("com-1"), "com-1"),
            Retiring,
            "item com-1: retired",
        ),
        (
            option_lost,
            Refused,
            "item bg-tools: option 3 removed, name it in `retired_values` as well",
        ),
        (option_gone, Retiring, "item bg-tools: option 3 retired"),
        (target, Additive, "targets of teachers"),
        (reordered, Cosmetic, "order or layout"),
    ] {
        let found = changes(&new);
        if what.is_empty() {
            assert_eq!(found, []);
        } else {
            assert_eq!(found, [(class, what.to_owned())]);
        }
    }
}

#[test]
fn a_retired_entry_must_stay() {
    let mut survey = everything();
    survey.retired.clear();
    let found = changes(&survey);
    let what = "item com-fax: its [[retired]] entry must stay".to_owned();
    assert_eq!(found, [(ChangeClass::Refused, what)]);
}

proptest! {
    #[test]
    fn a_release_differs_from_itself_in_nothing(minutes in 1_u8..120, number in 1_u32..99) {
        let mut survey = everything();
        survey.minutes = minutes;
        let frozen = Release::freeze(survey.clone(), number);
        prop_assert!(Difference::between(&survey, frozen.survey()).changes.is_empty());
        prop_assert_eq!(Difference::between(&survey, frozen.survey()).class(), None);
    }
}
