//! An open link as a sheet for a wall: the survey, a QR symbol and the address to type.

use leptos::prelude::*;

use super::{PageContext, address};
use crate::components::{LocalAddress, PrintButton, Shell, document};

/// An open link as a sheet for a wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PosterPage {
    /// The wave's id.
    pub wave: String,
    /// The survey's name.
    pub survey: String,
    /// The city, or the unit with its city.
    pub place: String,
    /// Last day of the wave.
    pub closes: jiff::civil::Date,
    /// About how many minutes answering takes.
    pub minutes: u8,
    /// The whole address of the link.
    pub address: String,
    /// The QR symbol of the address: an `<svg>` element made by the server, no user text.
    pub qr_svg: String,
}

/// Renders the sheet.
#[must_use]
pub fn render_poster(page: &PosterPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let page = page.clone();
    let title = words.say_with("poster-title", [("place", page.place.as_str().into())]);
    let until = [
        ("date", words.date(page.closes).into()),
        ("minutes", page.minutes.into()),
    ];
    document(ctx, Shell::coordinator(title.clone()), || {
        view! {
            <div class="no-print">
                <p class="crumb">
                    <a href=address::wave(ctx.lang, &page.wave)>{page.wave.clone()}</a>
                </p>
                <LocalAddress words address=page.address.clone()/>
                <h1>{title}</h1>
                <p class="lead">{words.say("poster-lead")}</p>
                <div class="buttons">
                    <PrintButton words nonce=ctx.nonce.clone()/>
                </div>
            </div>
            <section class="poster" aria-label=page.survey.clone()>
                <p class="eyebrow">{page.place}</p>
                <p class="poster-head">{page.survey.clone()}</p>
                <p>{words.say_with("slip-until", until)}</p>
                <div class="qr" inner_html=page.qr_svg></div>
                <p class="poster-how">{words.say("poster-how")}</p>
                <p class="address">{page.address}</p>
                <p>{words.say("open-lead")} " " {words.say("open-once")}</p>
            </section>
        }
    })
}
