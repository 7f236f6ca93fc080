//! Rows to choose from and fields that travel unseen.

use leptos::prelude::*;

use crate::pages::PageContext;

/// The token against forged posts and the fields a page carries along.
#[component]
pub fn HiddenFields(
    /// The page's context, for the token.
    ctx: PageContext,
    /// Names and values.
    fields: Vec<(String, String)>,
) -> impl IntoView {
    ctx.form_token
        .map(|token| ("token".to_owned(), token))
        .into_iter()
        .chain(fields)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}

/// One option as a row whose whole width is the target.
#[component]
pub fn RadioRow(
    /// The field.
    name: String,
    /// The value sent.
    value: String,
    /// The words.
    text: String,
    /// Whether it is chosen.
    chosen: bool,
) -> impl IntoView {
    view! {
        <label class="row">
            <input type="radio" name=name value=value checked=chosen/>
            <span>{text}</span>
        </label>
    }
}

/// One option that can be ticked, as a row.
#[component]
pub fn TickRow(
    /// The field.
    name: String,
    /// The value sent.
    value: String,
    /// The words.
    text: String,
    /// Whether it is ticked.
    chosen: bool,
) -> impl IntoView {
    view! {
        <label class="row">
            <input type="checkbox" name=name value=value checked=chosen/>
            <span>{text}</span>
        </label>
    }
}
