//! The own levels against those of an earlier survey, from the code that the saved profile
//! carries. Form: field `code`. Nothing of it is kept.

use leptos::prelude::*;

use super::{
    ProfilePage,
    in_words::{change_text, score_text},
};
use crate::components::HiddenFields;
use crate::pages::{PageContext, address, words::Words};

/// What is known of an earlier survey.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Earlier {
    /// No code was typed.
    #[default]
    NotAsked,
    /// What was typed is no code of this survey.
    Refused(String),
    /// The levels of then.
    Found {
        /// The year and the month of then.
        month: (i16, i8),
        /// The level by area, in the order of [`ProfilePage::areas`].
        levels: Vec<Option<f64>>,
    },
}

/// The change since an earlier survey, or the form that asks for its code.
pub(super) fn earlier(ctx: &PageContext, page: &ProfilePage) -> impl IntoView + use<> {
    let words = ctx.words();
    let body = match &page.earlier {
        Earlier::NotAsked => form(ctx, String::new(), false).into_any(),
        Earlier::Refused(typed) => form(ctx, typed.clone(), true).into_any(),
        Earlier::Found { month, levels } => change(words, page, *month, levels).into_any(),
    };
    view! {
        <section id="earlier">
            <h2>{words.say("profile-earlier-heading")}</h2>
            {body}
        </section>
    }
}

fn form(ctx: &PageContext, typed: String, is_refused: bool) -> impl IntoView + use<> {
    let words = ctx.words();
    let described = if is_refused {
        "earlier-hint earlier-problem"
    } else {
        "earlier-hint"
    };
    view! {
        <form class="no-print" method="post" action=address::earlier(ctx.lang)>
            <HiddenFields ctx=ctx.clone() fields=Vec::new()/>
            <div class="field">
                <label for="earlier-code">{words.say("profile-earlier-label")}</label>
                <p class="hint" id="earlier-hint">{words.say("profile-earlier-hint")}</p>
                {is_refused
                    .then(|| {
                        view! {
                            <p class="error" id="earlier-problem">
                                {words.say("profile-earlier-refused")}
                            </p>
                        }
                    })}
                <input
                    class="code-input"
                    type="text"
                    id="earlier-code"
                    name="code"
                    value=typed
                    maxlength="64"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    aria-describedby=described
                    aria-invalid=is_refused.then_some("true")
                />
            </div>
            <div class="buttons">
                <button class="button second" type="submit">
                    {words.say("profile-earlier-go")}
                </button>
            </div>
        </form>
    }
}

fn change(
    words: Words,
    page: &ProfilePage,
    (year, month): (i16, i8),
    levels: &[Option<f64>],
) -> impl IntoView + use<> {
    let rows = page
        .areas
        .iter()
        .zip(levels)
        .map(|(area, then)| {
            view! {
                <tr>
                    <th scope="row">{area.title.clone()}</th>
                    <td class="n">{score_text(words, *then)}</td>
                    <td class="n">{score_text(words, area.score)}</td>
                    <td class="n">{change_text(words, *then, area.score)}</td>
                </tr>
            }
        })
        .collect_view();
    let then = words.say_with(
        "profile-earlier-then",
        [("month", format!("{month}/{year}").into())],
    );
    view! {
        <p class="small quiet">{words.say("profile-earlier-chance")}</p>
        <table>
            <caption class="unseen">{words.say("profile-earlier-heading")}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.say("column-area")}</th>
                    <th scope="col" class="n">{then}</th>
                    <th scope="col" class="n">{words.say("profile-earlier-now")}</th>
                    <th scope="col" class="n">{words.say("column-change")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The code of the levels of now, to be typed after a later survey.
pub(super) fn own_code(words: Words, page: &ProfilePage) -> impl IntoView + use<> {
    view! {
        <p>
            {words.say("profile-code")} " " <strong class="code-text">{page.level_code.clone()}</strong>
        </p>
        <p class="small quiet">{words.say("profile-code-why")}</p>
    }
}
