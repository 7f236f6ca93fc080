//! The own profile in words: the sentence on top, the lines of the list, the file to keep.

use super::{ProfileArea, ProfilePage, words::Words};

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
    match area.score {
        Some(score) => words.decimal(score, 1),
        None => words.say("profile-no-score"),
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

/// Returns the whole profile as plain text, to be kept as a file.
pub(super) fn as_text(words: Words, page: &ProfilePage) -> String {
    let mut lines = vec![
        words.say("profile-title"),
        page.survey_title.clone(),
        page.role.clone(),
        String::new(),
        in_short(words, page),
        String::new(),
    ];
    lines.extend(sentences(words, page));
    if !page.next_steps.is_empty() {
        lines.push(String::new());
        lines.push(words.say("profile-next-heading"));
        lines.extend(
            page.next_steps
                .iter()
                .take(3)
                .map(|step| format!("- {}: {}", step.area, step.text)),
        );
    }
    lines.push(String::new());
    lines.push(words.say("profile-limits-self"));
    lines.join("\n")
}
