//! The own levels against the targets of other work.

use leptos::prelude::*;

use super::{
    ProfilePage,
    in_words::{distance_text, own_text, target_text},
};
use crate::components::IslandLoader;
use crate::islands::{CompareLabels, CompareTargets, TargetChoice};
use crate::pages::PageContext;

/// The targets of other work. An island chooses one; without it every one can be opened.
pub(super) fn other_work(ctx: &PageContext, page: ProfilePage) -> impl IntoView + use<> {
    let words = ctx.words();
    if page.comparisons.is_empty() {
        return None;
    }
    let labels = CompareLabels {
        choose: words.say("profile-compare-choose"),
        area: words.say("column-area"),
        own: words.say("column-own"),
        target: words.say("column-target"),
        distance: words.say("column-distance"),
    };
    let areas: Vec<String> = page.areas.iter().map(|area| area.title.clone()).collect();
    let own: Vec<String> = page
        .areas
        .iter()
        .map(|area| own_text(words, area))
        .collect();
    let choices: Vec<TargetChoice> = page
        .comparisons
        .iter()
        .map(|comparison| {
            let pairs = || page.areas.iter().zip(&comparison.targets);
            TargetChoice {
                name: comparison.name.clone(),
                targets: pairs()
                    .map(|(_, target)| target_text(words, *target))
                    .collect(),
                distances: pairs()
                    .map(|(area, target)| distance_text(words, area, *target))
                    .collect(),
            }
        })
        .collect();
    Some(view! {
        <div class="no-print">
            <h2>{words.say("profile-compare-heading")}</h2>
            <p>{words.say("profile-compare-lead")}</p>
            <CompareTargets areas own choices labels/>
            <IslandLoader ctx=ctx.clone()/>
        </div>
    })
}
