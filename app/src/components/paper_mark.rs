//! What tells whoever types a form on paper that this is one, and which time it is.

use leptos::prelude::*;

use crate::pages::{PaperTime, words::Words};

/// The line above the heading; nothing where somebody answers online.
#[component]
pub fn PaperMark(
    /// The page's words.
    words: Words,
    /// Which time it is typed.
    time: Option<PaperTime>,
) -> impl IntoView {
    let text = match time? {
        PaperTime::First => words.say("paper-mark-first"),
        PaperTime::Second => words.say("paper-mark-second"),
    };
    Some(view! { <p class="note paper-mark">{text}</p> })
}
