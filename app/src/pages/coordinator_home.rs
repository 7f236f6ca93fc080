//! The coordinator's home: waves, registers, handbook.

use leptos::prelude::*;

use super::{PageContext, address, words::Words};
use crate::components::{Shell, document};

/// The coordinator's home.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoordinatorHome {
    /// The municipality, or the network's name.
    pub place: String,
    /// Waves, the newest first.
    pub waves: Vec<WaveRow>,
    /// How many units are registered.
    pub units: usize,
    /// How many staff the register counts.
    pub staff: u64,
    /// The published handbook in this language, if there is one.
    pub handbook: Option<String>,
}

/// A wave in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaveRow {
    /// The wave's id.
    pub id: String,
    /// The survey's name.
    pub survey: String,
    /// What is going on.
    pub state: WaveState,
    /// First day.
    pub opens: jiff::civil::Date,
    /// Last day.
    pub closes: jiff::civil::Date,
}

/// What is going on with a wave in a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaveState {
    /// Not open yet.
    Draft,
    /// Answers are taken.
    Open,
    /// Answers are no longer taken.
    Closed,
    /// The answers are fixed.
    Frozen,
}

/// Renders the coordinator's home.
#[must_use]
pub fn render_coordinator_home(page: &CoordinatorHome, ctx: &PageContext) -> String {
    let words = ctx.words();
    let page = page.clone();
    document(ctx, Shell::coordinator(page.place.clone()), || {
        view! {
            <h1>{page.place}</h1>
            <h2>{words.say("home-waves")}</h2>
            <Waves words waves=page.waves/>
            <p class="buttons">
                <a class="button" href=address::new_wave(ctx.lang)>{words.say("home-new-wave")}</a>
            </p>
            <h2>{words.say("home-register")}</h2>
            <p>{register(words, page.units, page.staff)}</p>
            <h2>{words.say("home-handbook")}</h2>
            <p>
                {match page.handbook {
                    Some(href) => view! { <a href=href>{words.say("home-handbook-read")}</a> }.into_any(),
                    None => words.say("home-handbook-none").into_any(),
                }}
            </p>
        }
    })
}

fn register(words: Words, units: usize, staff: u64) -> String {
    if units == 0 {
        return words.say("home-register-empty");
    }
    words.say_with(
        "home-register-counts",
        [
            ("units", units.into()),
            ("staff", words.whole(staff).into()),
        ],
    )
}

/// Waves as a table, or a sentence where there is none.
#[component]
fn Waves(words: Words, waves: Vec<WaveRow>) -> impl IntoView {
    if waves.is_empty() {
        return view! { <p>{words.say("home-no-waves")}</p> }.into_any();
    }
    let rows = waves
        .into_iter()
        .map(|wave| {
            view! {
                <tr>
                    <th scope="row">
                        <a href=address::wave(words.lang, &wave.id)>{wave.id.clone()}</a>
                    </th>
                    <td>{wave.survey}</td>
                    <td><StateMark words state=wave.state/></td>
                    <td class="n">{words.date(wave.opens)}</td>
                    <td class="n">{words.date(wave.closes)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" aria-labelledby="waves-caption" tabindex="0">
            <table>
                <caption id="waves-caption" class="unseen">{words.say("home-waves-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.say("column-wave")}</th>
                        <th scope="col">{words.say("column-survey")}</th>
                        <th scope="col">{words.say("column-state")}</th>
                        <th scope="col" class="n">{words.say("column-opens")}</th>
                        <th scope="col" class="n">{words.say("column-closes")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What is going on with a wave, as a word in a frame.
#[component]
pub(super) fn StateMark(words: Words, state: WaveState) -> impl IntoView {
    let (text, class) = match state {
        WaveState::Draft => (words.say("wave-draft"), "state"),
        WaveState::Open => (words.say("wave-open"), "state open"),
        WaveState::Closed => (words.say("wave-closed"), "state"),
        WaveState::Frozen => (words.say("wave-frozen"), "state"),
    };
    view! { <span class=class>{text}</span> }
}
