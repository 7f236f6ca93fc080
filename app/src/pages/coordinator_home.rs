//! The coordinator's home: waves, registers, handbook.

use super::PageContext;
use crate::components::document;
use leptos::prelude::*;

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
    document(ctx, &page.place, view! { <h1>{page.place.clone()}</h1> })
}
