//! The button that prints the page; without scripts the hint beside it says where to print.

use leptos::prelude::*;

use crate::pages::words::Words;

/// Prints the page. Hidden until the script runs, since nothing else can print for a page.
#[component]
pub fn PrintButton(
    /// The page's words.
    words: Words,
    /// The nonce of the response.
    nonce: String,
) -> impl IntoView {
    view! {
        <button class="button second" type="button" id="print" hidden>
            {words.say("print")}
        </button>
        <script nonce=nonce inner_html=include_str!("../../public/print.js")></script>
    }
}
