//! The own levels: the radar, the same by area in a table, and competence by competence.

use leptos::prelude::*;

use super::{
    ProfileArea, ProfilePage,
    in_words::{distance_text, own_text, score_text, target_text},
};
use crate::pages::words::Words;

/// The radar, drawn by `charts`; the table beneath says the same.
pub(super) fn figure(words: Words, page: ProfilePage) -> impl IntoView {
    let spec = charts::ProfileSpec {
        frame: charts::Frame {
            id: "own".to_owned(),
            title: words.say("profile-figure-title"),
            measure: words.say_with(
                "profile-figure-measure",
                [("low", page.scale.0.into()), ("high", page.scale.1.into())],
            ),
        },
        scale: [f64::from(page.scale.0), f64::from(page.scale.1)],
        row_kind: words.say("column-area"),
        score_name: words.say("column-own"),
        target_name: words.say("column-target"),
        rows: page
            .areas
            .iter()
            .map(|area| charts::ProfileRow {
                label: area.title.clone(),
                score: area
                    .score
                    .map_or(charts::Figure::Withheld, charts::Figure::value),
                target: area
                    .target
                    .map(|target| charts::Figure::value(f64::from(target))),
            })
            .collect(),
    };
    let chart = charts::radar(&spec, words.lang);
    let any_score = page.areas.iter().any(|area| area.score.is_some());
    any_score.then(|| view! { <figure class="figure" inner_html=chart.svg></figure> })
}

/// Level, target and distance by area.
pub(super) fn level_table(words: Words, page: ProfilePage) -> impl IntoView {
    let rows = page
        .areas
        .iter()
        .map(|area| {
            view! {
                <tr>
                    <th scope="row">{area.title.clone()}</th>
                    <td class="n">{own_text(words, area)}</td>
                    <td class="n">{target_text(words, area.target)}</td>
                    <td class="n">{distance_text(words, area, area.target)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table>
            <caption>
                {words.say_with(
                    "profile-table-caption",
                    [("low", page.scale.0.into()), ("high", page.scale.1.into())],
                )}
            </caption>
            <thead>
                <tr>
                    <th scope="col">{words.say("column-area")}</th>
                    <th scope="col" class="n">{words.say("column-own")}</th>
                    <th scope="col" class="n">{words.say("column-target")}</th>
                    <th scope="col" class="n">{words.say("column-distance")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <ol class="small quiet steps-key" start=page.scale.0.to_string()>
            {page.steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}
        </ol>
    }
}

/// The competences under their areas, whose targets are theirs too.
pub(super) fn competences(words: Words, page: ProfilePage) -> impl IntoView {
    let bodies = page
        .areas
        .into_iter()
        .filter(|area| !area.competences.is_empty())
        .map(|area| competences_of(words, area))
        .collect_view();
    view! {
        <p class="small quiet">{words.say("profile-competences-lead")}</p>
        <table>
            <caption class="unseen">{words.say("profile-competences-heading")}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.say("column-competence")}</th>
                    <th scope="col" class="n">{words.say("column-own")}</th>
                </tr>
            </thead>
            {bodies}
        </table>
    }
}

fn competences_of(words: Words, area: ProfileArea) -> impl IntoView {
    let target = area.target.map(|_| {
        let target = target_text(words, area.target);
        format!(" · {} {target}", words.say("column-target"))
    });
    let rows = area
        .competences
        .into_iter()
        .map(|competence| {
            view! {
                <tr>
                    <th scope="row">{competence.title}</th>
                    <td class="n">{score_text(words, competence.score)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <tbody>
            <tr>
                <th scope="rowgroup" colspan="2" class="group">{area.title}{target}</th>
            </tr>
            {rows}
        </tbody>
    }
}
