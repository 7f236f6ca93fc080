//! The own levels against the targets of another role or duty: choose one, see the table.
//!
//! The server writes every comparison as a part that can be opened. Once the browser build runs,
//! a choice takes their place. All texts are made by the server, so the island holds no words.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The targets of a role group or duty, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetChoice {
    /// Its name.
    pub name: String,
    /// Target by area, in words.
    #[serde(with = "joined")]
    pub targets: Vec<String>,
    /// Distance to the target by area, in words.
    #[serde(with = "joined")]
    pub distances: Vec<String>,
}

/// A row of figures as one string: as a list each would cost its quotation marks, for every role
/// there is, on a page that a phone fetches.
mod joined {
    use serde::{Deserialize, Deserializer, Serializer};

    const BETWEEN: &str = "|";

    pub(super) fn serialize<S: Serializer>(row: &[String], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&row.join(BETWEEN))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        let row = String::deserialize(from)?;
        Ok(row.split(BETWEEN).map(str::to_owned).collect())
    }
}

/// The words of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareLabels {
    /// The label of the choice.
    pub choose: String,
    /// Heading of the areas.
    pub area: String,
    /// Heading of the own levels.
    pub own: String,
    /// Heading of the targets.
    pub target: String,
    /// Heading of the distances.
    pub distance: String,
}

/// The own levels against the targets of another role or duty.
#[island]
pub fn CompareTargets(
    /// Areas in the order of the profile.
    areas: Vec<String>,
    /// The own level by area, in words.
    own: Vec<String>,
    /// What can be compared with; at least one.
    choices: Vec<TargetChoice>,
    /// The words of the table.
    labels: CompareLabels,
) -> impl IntoView {
    let (is_live, set_live) = signal(false);
    // Effects run in the browser only: without the browser build the page stays as written.
    Effect::new(move |_| set_live.set(true));
    move || {
        let (areas, own, labels) = (areas.clone(), own.clone(), labels.clone());
        if is_live.get() {
            view! { <Chooser areas own choices=choices.clone() labels/> }.into_any()
        } else {
            choices
                .iter()
                .map(|choice| {
                    view! {
                        <details>
                            <summary>{choice.name.clone()}</summary>
                            <Targets
                                areas=areas.clone()
                                own=own.clone()
                                choice=choice.clone()
                                labels=labels.clone()
                            />
                        </details>
                    }
                })
                .collect_view()
                .into_any()
        }
    }
}

/// The choice and the table of what is chosen.
#[component]
fn Chooser(
    areas: Vec<String>,
    own: Vec<String>,
    choices: Vec<TargetChoice>,
    labels: CompareLabels,
) -> impl IntoView {
    let (chosen, choose) = signal(0_usize);
    let options = choices
        .iter()
        .enumerate()
        .map(|(place, choice)| {
            view! { <option value=place.to_string()>{choice.name.clone()}</option> }
        })
        .collect_view();
    view! {
        <div class="compare">
            <label for="compare-with">{labels.choose.clone()}</label>
            <select
                id="compare-with"
                on:change=move |event| {
                    if let Ok(place) = event_target_value(&event).parse() {
                        choose.set(place);
                    }
                }
            >
                {options}
            </select>
            <div aria-live="polite">
                {move || {
                    choices
                        .get(chosen.get())
                        .map(|choice| {
                            view! {
                                <Targets
                                    areas=areas.clone()
                                    own=own.clone()
                                    choice=choice.clone()
                                    labels=labels.clone()
                                />
                            }
                            .into_any()
                        })
                }}
            </div>
        </div>
    }
}

/// The table of one comparison.
#[component]
fn Targets(
    areas: Vec<String>,
    own: Vec<String>,
    choice: TargetChoice,
    labels: CompareLabels,
) -> impl IntoView {
    let rows = areas
        .into_iter()
        .zip(own)
        .zip(choice.targets.into_iter().zip(choice.distances))
        .map(|((area, own), (target, distance))| {
            view! {
                <tr>
                    <th scope="row">{area}</th>
                    <td class="n">{own}</td>
                    <td class="n">{target}</td>
                    <td class="n">{distance}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table>
            <caption>{choice.name}</caption>
            <thead>
                <tr>
                    <th scope="col">{labels.area}</th>
                    <th scope="col" class="n">{labels.own}</th>
                    <th scope="col" class="n">{labels.target}</th>
                    <th scope="col" class="n">{labels.distance}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
