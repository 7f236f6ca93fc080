//! Islands: the few interactive parts that the browser build brings to life.
//!
//! Each island is written out by the server in full, so that its page is complete without the
//! browser build. What it needs comes in the page as its props and nothing else.

pub mod compare;

pub use compare::{CompareLabels, CompareTargets, TargetChoice};

/// The entry of the browser build: prepares the islands of the page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
