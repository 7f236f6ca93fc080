//! A warning before anything is printed: what is printed carries an address that others cannot reach.

use leptos::prelude::*;

use crate::pages::words::Words;

/// Warns where the service's address works on its own machine alone; else nothing.
#[component]
pub fn LocalAddress(
    /// The page's words.
    words: Words,
    /// The address, or one below it.
    address: String,
) -> impl IntoView {
    // Whatever others can reach is https: the service does not start otherwise (OP-5).
    let is_local = !address.starts_with("https://");
    is_local.then(|| {
        let text = words.say_with("wave-local-address", [("address", address.into())]);
        view! { <p class="note">{text}</p> }
    })
}
