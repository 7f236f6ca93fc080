//! A wave: progress, codes, closing, findings. Forms: codes with `unit` (a unit's id, or empty
//! for codes without a unit) and `count`; closing without fields.

use super::{Choice, PageContext, WaveState};
use crate::components::document;
use leptos::prelude::*;

/// A wave in a municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WavePage {
    /// The wave's id.
    pub wave: String,
    /// The survey's name.
    pub survey: String,
    /// What is going on.
    pub state: WaveState,
    /// First day.
    pub opens: jiff::civil::Date,
    /// Last day.
    pub closes: jiff::civil::Date,
    /// Progress by unit, rounded.
    pub progress: Vec<UnitProgress>,
    /// Progress of all units together, rounded.
    pub total: RoundedShare,
    /// When the progress was counted.
    pub counted: Option<jiff::civil::Date>,
    /// How many codes have been made.
    pub codes: u64,
    /// Units that codes can be made for.
    pub units: Vec<Choice>,
    /// How many codes may be made at once.
    pub most_codes: u32,
    /// Released findings, the newest first.
    pub releases: Vec<ReleaseLink>,
    /// The published handbook in this language, if there is one.
    pub handbook: Option<String>,
    /// What just happened, or why a form was refused.
    pub notice: Option<WaveNotice>,
}

/// Progress of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitProgress {
    /// The unit's name.
    pub unit: String,
    /// Staff by the register, if it is known.
    pub staff: Option<u64>,
    /// How many have answered, rounded.
    pub share: RoundedShare,
}

/// A share of answers that tells nothing about one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundedShare {
    /// To the nearest ten per cent.
    Percent(u8),
    /// Too few staff to tell.
    TooFew,
    /// The register gives no staff number.
    Unknown,
}

/// Released findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReleaseLink {
    /// The release's number.
    pub number: u32,
}

/// What just happened on a wave's page, or why a form was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaveNotice {
    /// The wave was made.
    Made,
    /// The wave was closed.
    Closed,
    /// The number of codes is not one that can be made.
    CodeCount,
    /// The unit is not known.
    CodeUnit,
    /// The wave is closed, so no codes can be made.
    NotOpen,
}

/// The question before a wave is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosePage {
    /// The wave's id.
    pub wave: String,
    /// The survey's name.
    pub survey: String,
    /// Progress of all units together, rounded.
    pub total: RoundedShare,
    /// The day it would close by itself.
    pub closes: jiff::civil::Date,
}

/// Renders a wave.
#[must_use]
pub fn render_wave(page: &WavePage, ctx: &PageContext) -> String {
    document(ctx, &page.wave, view! { <h1>{page.wave.clone()}</h1> })
}

/// Renders the question before a wave is closed.
#[must_use]
pub fn render_close_wave(page: &ClosePage, ctx: &PageContext) -> String {
    document(ctx, &page.wave, view! { <h1>{page.wave.clone()}</h1> })
}
