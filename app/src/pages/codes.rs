//! Codes just made: shown once, printed as slips to cut out.

use leptos::prelude::*;

use super::{PageContext, address, words::Words};
use crate::components::{LocalAddress, PrintButton, Shell, document};

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
    let words = ctx.words();
    let page = page.clone();
    let title = words.say_with("codes-title", [("wave", page.wave.as_str().into())]);
    document(ctx, Shell::coordinator(title.clone()), || {
        let batches = page
            .batches
            .iter()
            .map(|batch| view! { <Batch words page=page.clone() batch=batch.clone()/> })
            .collect_view();
        view! {
            <div class="no-print">
                <p class="crumb">
                    <a href=address::wave(ctx.lang, &page.wave)>{page.wave.clone()}</a>
                </p>
                <LocalAddress words address=page.address.clone()/>
                <h1>{title}</h1>
                <p class="lead">{words.say("codes-once")}</p>
                <ul>
                    <li>{words.say("codes-shuffle")}</li>
                    <li>{words.say("codes-no-list")}</li>
                    <li>{words.say("codes-print-hint")}</li>
                </ul>
                <div class="buttons"><PrintButton words nonce=ctx.nonce.clone()/></div>
            </div>
            {batches}
        }
    })
}

/// The slips of one unit, on sheets of their own when printed.
#[component]
fn Batch(words: Words, page: CodesPage, batch: CodeBatch) -> impl IntoView {
    let heading = batch
        .unit
        .clone()
        .unwrap_or_else(|| words.say("codes-no-unit"));
    let count = batch.slips.len();
    let slips = batch
        .slips
        .into_iter()
        .map(|slip| view! { <Slip words page=page.clone() slip unit=batch.unit.clone()/> })
        .collect_view();
    view! {
        <section class="batch">
            <h2 class="sheet-head">
                {heading} " · " {words.say_with("codes-count", [("count", count.into())])}
            </h2>
            <ul class="slips">{slips}</ul>
        </section>
    }
}

/// One slip to cut out: what it is, the code, the address, the QR symbol.
#[component]
fn Slip(words: Words, page: CodesPage, slip: CodeSlip, unit: Option<String>) -> impl IntoView {
    view! {
        <li class="slip">
            <div>
                <p><strong>{page.survey}</strong></p>
                {unit.map(|unit| view! { <p>{unit}</p> })}
                <p>
                    {words.say_with(
                        "slip-until",
                        [
                            ("date", words.date(page.closes).into()),
                            ("minutes", page.minutes.into()),
                        ],
                    )}
                </p>
                <p class="address">{page.address}</p>
            </div>
            <div class="qr" inner_html=slip.qr_svg></div>
            <p class="code">{slip.code}</p>
        </li>
    }
}
