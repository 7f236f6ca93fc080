//! What a person can do and see, in a real browser: with scripts and without, on a phone's
//! width, in three languages, with accessibility rules. Needs chromium, chromedriver and
//! `npm ci` in this folder; `cargo xtask test` sets them up.
//!
//! Here stands what the tests in `tests/browser` share: the browser, a running site, the pages'
//! gallery, the rules.

#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "helpers of tests fail the test they help"
)]

pub mod driver;
pub mod gallery;
mod gallery_coordinator;
mod gallery_paper;
mod gallery_states;
pub mod handbook;
pub mod path;
pub mod process;
pub mod rules;
pub mod site;
pub mod tree;
