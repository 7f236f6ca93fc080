//! Brings the page's islands to life once the page is usable.

use leptos::prelude::*;

use crate::pages::PageContext;

/// Loads the browser build, if there is one, and hydrates every island of the page.
#[component]
pub fn IslandLoader(
    /// The page's context, for nonce and addresses.
    ctx: PageContext,
) -> impl IntoView {
    ctx.browser_build.map(|build| {
        view! {
            <script
                type="module"
                id="island-loader"
                nonce=ctx.nonce
                data-script=build.script
                data-module=build.module
                inner_html=include_str!("../../public/islands.js")
            ></script>
        }
    })
}
