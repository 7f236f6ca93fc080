//! Clears what the answering script kept in the tab, once there is nothing left to send (AN-20).

use leptos::prelude::*;

/// Takes unsent answers out of the tab.
#[component]
pub fn ForgetUnsent(
    /// The nonce of the response.
    nonce: String,
) -> impl IntoView {
    view! { <script nonce=nonce inner_html=include_str!("../../public/forget.js")></script> }
}
