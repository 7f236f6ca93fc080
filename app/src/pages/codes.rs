//! Codes just made: shown once, printed as slips to cut out.

use super::PageContext;
use crate::components::document;
use leptos::prelude::*;

/// Codes just made; they are shown this once and are not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodesPage {
    /// The wave's id.
    pub wave: String,
    /// The survey's name.
    pub survey: String,
    /// Last day of the wave.
    pub closes: jiff::civil::Date,
    /// About how many minutes answering takes.
    pub minutes: u8,
    /// The address to type, such as `https://icteko.example.fi/fi/answer`.
    pub address: String,
    /// Codes by unit, in random order.
    pub batches: Vec<CodeBatch>,
}

/// Codes of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeBatch {
    /// The unit's name; none for codes without a unit.
    pub unit: Option<String>,
    /// The codes.
    pub slips: Vec<CodeSlip>,
}

/// One code to hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeSlip {
    /// The code in its groups.
    pub code: String,
    /// The QR symbol of address and code: an `<svg>` element made by the server, no user text.
    pub qr_svg: String,
}

/// Renders the sheet of codes.
#[must_use]
pub fn render_codes(page: &CodesPage, ctx: &PageContext) -> String {
    document(ctx, &page.wave, view! { <h1>{page.wave.clone()}</h1> })
}
