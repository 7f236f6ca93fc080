//! The own profile in words: the sentence on top and the lines of the list.

use super::{ProfileArea, ProfilePage};
use crate::pages::words::Words;

/// Where an area stands against its target. The same rule chooses the next steps: below is below,
/// however little.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Standing {
    NoScore,
    NoTarget,
    OnTarget,
    Below(f64),
}

fn standing(area: &ProfileArea, target: Option<u8>) -> Standing {
    let Some(score) = area.score else {
        return Standing::NoScore;
    };
    let Some(target) = target else {
        return Standing::NoTarget;
    };
    let distance = f64::from(target) - score;
    // What rounds to nought is nought for a reader.
    if distance < 0.05 {
        Standing::OnTarget
    } else {
        Standing::Below(distance)
    }
}

/// Returns the own score in words.
pub(super) fn own_text(words: Words, area: &ProfileArea) -> String {
    score_text(words, area.score)
}

/// Returns a score in words.
pub(super) fn score_text(words: Words, score: Option<f64>) -> String {
    match score {
        Some(score) => words.decimal(score, 1),
        None => words.say("profile-no-score"),
    }
}

/// Returns the change between two scores in words, with its sign. The scores are rounded before
/// they are subtracted, so that the three figures of a row agree.
pub(super) fn change_text(words: Words, then: Option<f64>, now: Option<f64>) -> String {
    let rounded = |score: f64| (score * 10.0).round() / 10.0;
    match then.zip(now) {
        Some((then, now)) => {
            let change = rounded(now) - rounded(then);
            let text = words.decimal(change, 1);
            if change > 0.05 {
                format!("+{text}")
            } else {
                text
            }
        }
        None => "\u{2013}".to_owned(),
    }
}

/// Returns a target in words.
pub(super) fn target_text(words: Words, target: Option<u8>) -> String {
    match target {
        Some(target) => target.to_string(),
        None => words.say("profile-no-target"),
    }
}

/// Returns the distance to a target in words.
pub(super) fn distance_text(words: Words, area: &ProfileArea, target: Option<u8>) -> String {
    match standing(area, target) {
        Standing::NoScore | Standing::NoTarget => "\u{2013}".to_owned(),
        Standing::OnTarget => "0".to_owned(),
        Standing::Below(distance) => words.decimal(distance, 1),
    }
}

/// Returns the profile in one or two sentences.
pub(super) fn in_short(words: Words, page: &ProfilePage) -> String {
    let standings: Vec<(&ProfileArea, Standing)> = page
        .areas
        .iter()
        .map(|area| (area, standing(area, area.target)))
        .collect();
    let compared = standings
        .iter()
        .filter(|(_, at)| matches!(at, Standing::OnTarget | Standing::Below(_)))
        .count();
    let on_target = standings
        .iter()
        .filter(|(_, at)| *at == Standing::OnTarget)
        .count();
    let furthest = standings
        .iter()
        .filter_map(|(area, at)| match at {
            Standing::Below(distance) => Some((area, *distance)),
            _ => None,
        })
        .max_by(|(_, left), (_, right)| left.total_cmp(right));
    match furthest {
        None if compared == 0 => words.say("profile-short-nothing"),
        None => words.say("profile-short-all"),
        Some((area, distance)) => words.say_with(
            "profile-short-some",
            [
                ("met", on_target.into()),
                ("all", compared.into()),
                ("area", area.title.as_str().into()),
                ("distance", words.decimal(distance, 1).into()),
            ],
        ),
    }
}

/// Returns one sentence for each area: the same values as in the table.
pub(super) fn sentences(words: Words, page: &ProfilePage) -> Vec<String> {
    page.areas
        .iter()
        .map(|area| {
            let name = || area.title.as_str().into();
            let own = || own_text(words, area).into();
            let target = || target_text(words, area.target).into();
            match standing(area, area.target) {
                Standing::NoScore => words.say_with("profile-line-no-score", [("area", name())]),
                Standing::NoTarget => {
                    words.say_with("profile-line-no-target", [("area", name()), ("own", own())])
                }
                Standing::OnTarget => words.say_with(
                    "profile-line-on-target",
                    [("area", name()), ("own", own()), ("target", target())],
                ),
                Standing::Below(distance) => words.say_with(
                    "profile-line-below",
                    [
                        ("area", name()),
                        ("own", own()),
                        ("target", target()),
                        ("distance", words.decimal(distance, 1).into()),
                    ],
                ),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use surveys::Lang;

    use super::*;
    use crate::pages::{CityHelp, Earlier};

    fn page(pairs: &[(Option<f64>, Option<u8>)]) -> ProfilePage {
        ProfilePage {
            survey_title: String::new(),
            role: String::new(),
            targets_are_proposals: false,
            scale: (1, 4),
            steps: Vec::new(),
            areas: pairs
                .iter()
                .enumerate()
                .map(|(place, (score, target))| ProfileArea {
                    id: format!("a{place}"),
                    title: format!("Area {place}"),
                    gist: None,
                    score: *score,
                    step: None,
                    target: *target,
                    competences: Vec::new(),
                })
                .collect(),
            next_steps: Vec::new(),
            help: CityHelp::default(),
            peers: None,
            level_code: String::new(),
            earlier: Earlier::NotAsked,
            comparisons: Vec::new(),
            receipt: None,
            return_code: None,
            thanks: String::new(),
        }
    }

    fn check(pairs: &[(Option<f64>, Option<u8>)], said: &str) {
        let text = in_short(Words { lang: Lang::En }, &page(pairs));
        assert!(text.contains(said), "{text}");
    }

    #[test]
    fn the_sentence_names_the_area_furthest_from_its_target() {
        let pairs = [
            (Some(3.0), Some(3)),
            (Some(2.0), Some(4)),
            (Some(2.5), Some(3)),
        ];
        check(&pairs, "in one area of 3");
        check(&pairs, "Area 1 (distance 2.0)");
    }

    #[test]
    fn an_area_without_score_or_target_is_not_counted() {
        check(
            &[(Some(3.2), Some(3)), (None, Some(2)), (Some(1.0), None)],
            "in every area",
        );
        check(&[(None, Some(2)), (Some(1.0), None)], "too few answers");
    }

    #[test]
    fn the_three_figures_of_a_change_agree() {
        let fi = Words { lang: Lang::Fi };
        let text = |then, now| change_text(fi, then, now);
        assert_eq!(text(Some(2.0), Some(2.5)), "+0,5");
        assert_eq!(text(Some(2.333), Some(2.0)), "\u{2212}0,3");
        // 2,2 and 2,3 are shown; the bare difference would round to 0,0.
        assert_eq!(text(Some(2.249), Some(2.251)), "+0,1");
        assert_eq!(text(Some(3.0), Some(3.0)), "0,0");
        assert_eq!(text(None, Some(3.0)), "\u{2013}");
    }

    #[test]
    fn what_rounds_to_nought_is_on_target() {
        check(&[(Some(2.97), Some(3))], "in every area");
        check(&[(Some(2.9), Some(3))], "distance 0.1");
    }
}
