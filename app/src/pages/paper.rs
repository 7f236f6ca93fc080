//! The questionnaire on paper, for one staff group in one language: what the pages ask, with boxes
//! to tick. It is made from the wave's own release, so paper and screen ask the same.

use leptos::prelude::*;

use super::answer_view::{BlockView, Control, ItemView, OptionView};
use super::{PageContext, address, words::Words};
use crate::components::answer_card::declined_text;
use crate::components::{LocalAddress, Look, Markdown, PrintButton, Shell, document, plain_title};

/// The questionnaire on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperPage {
    /// The wave's id.
    pub wave: String,
    /// The survey's name.
    pub survey: String,
    /// The staff group in words.
    pub role: String,
    /// The last day of the wave.
    pub closes: jiff::civil::Date,
    /// About how many minutes answering takes.
    pub minutes: u8,
    /// The notice in Markdown.
    pub notice: String,
    /// Whether the wave is answered by an open link: then whoever types the form gives it a code.
    pub open_link: bool,
    /// Where forms are typed in, such as `https://icteko.example.fi/fi/answer/paper`.
    pub typed_at: String,
    /// Tasks beside the job.
    pub duties: Vec<String>,
    /// Kinds of employment.
    pub employments: Vec<String>,
    /// The sections with what they ask.
    pub sections: Vec<PaperSection>,
}

/// One section on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperSection {
    /// The title.
    pub title: String,
    /// The introduction in Markdown, where there is one.
    pub intro: Option<String>,
    /// What is asked.
    pub blocks: Vec<BlockView>,
}

/// Renders the questionnaire on paper.
#[must_use]
pub fn render_paper(page: &PaperPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let page = page.clone();
    let title = words.say_with("paper-title", [("role", page.role.as_str().into())]);
    let until = [
        ("date", words.date(page.closes).into()),
        ("minutes", page.minutes.into()),
    ];
    let shell = Shell {
        class: "paper",
        ..Shell::new(title.clone(), Look::Coordinator)
    };
    let lead = if page.open_link {
        words.say("paper-lead-open-link")
    } else {
        words.say("paper-lead")
    };
    let mut number = 0;
    let position = paper_position(words, page.duties, page.employments);
    let sections = page
        .sections
        .into_iter()
        .map(|section| paper_section(words, section, &mut number))
        .collect_view();
    document(ctx, shell, || {
        view! {
            <div class="no-print">
                <p class="crumb">
                    <a href=address::wave(ctx.lang, &page.wave)>{page.wave.clone()}</a>
                </p>
                <LocalAddress words address=page.typed_at.clone()/>
                <p>{lead}</p>
                <div class="buttons">
                    <PrintButton words nonce=ctx.nonce.clone()/>
                </div>
            </div>
            <p class="eyebrow">{page.survey}</p>
            <h1>{title}</h1>
            <p>{words.say_with("paper-until", until)}</p>
            <p class="paper-code">{words.say("paper-code")} <span></span></p>
            <ul>
                <li>{words.say("paper-how")}</li>
                <li>{words.say("paper-who-types")}</li>
                <li>{words.say("paper-envelope")}</li>
                <li>{words.say("paper-no-return")}</li>
            </ul>
            {position}
            {sections}
            <section class="paper-notice">
                <h2>{words.say("privacy-heading")}</h2>
                <Markdown text=plain_title(&page.notice).1 under_heading=true/>
            </section>
            <p class="small quiet typist">{words.say("paper-typist")} " " {page.typed_at}</p>
        }
    })
}

/// What the pages ask of the position; the job stands in the title.
fn paper_position(words: Words, duties: Vec<String>, employments: Vec<String>) -> impl IntoView {
    let rows = |texts: Vec<String>| {
        let row = |text| view! { <li><span class="box"></span>{text}</li> };
        texts.into_iter().map(row).collect_view()
    };
    let none = words.say("position-employment-none");
    let employments = [none].into_iter().chain(employments).collect();
    view! {
        <section>
            <h2>{words.say("paper-position")}</h2>
            <div class="paper-item">
                <p><strong>{words.say("position-duties")}</strong></p>
                <p class="quiet">{words.say("position-duties-hint")}</p>
                <ul class="boxes">{rows(duties)}</ul>
            </div>
            <div class="paper-item">
                <p><strong>{words.say("position-employment")}</strong></p>
                <ul class="boxes">{rows(employments)}</ul>
            </div>
        </section>
    }
}

fn paper_section(words: Words, section: PaperSection, number: &mut usize) -> impl IntoView + use<> {
    let blocks: Vec<AnyView> = section
        .blocks
        .into_iter()
        .map(|block| match block {
            BlockView::Item(item) => paper_item(words, item, number).into_any(),
            BlockView::Matrix { stem, rows } => {
                let rows: Vec<AnyView> = rows
                    .into_iter()
                    .map(|row| paper_item(words, row, number).into_any())
                    .collect();
                view! { <h3>{stem}</h3> {rows} }.into_any()
            }
        })
        .collect();
    view! {
        <section>
            <h2>{section.title}</h2>
            {section.intro.map(|text| view! { <Markdown text/> })}
            {blocks}
        </section>
    }
}

/// One question with its boxes; a text to read has neither number nor boxes.
fn paper_item(words: Words, item: ItemView, number: &mut usize) -> impl IntoView + use<> {
    if item.control == Control::Nothing {
        return view! { <p>{item.text}</p> }.into_any();
    }
    *number += 1;
    let (options, hint) = match item.control {
        Control::One(options) => (options, None),
        Control::Many { options, at_most } => {
            let hint = match at_most {
                Some(most) => words.say_with("item-choose-at-most", [("most", most.into())]),
                None => words.say("item-choose-any"),
            };
            (options, Some(hint))
        }
        Control::Text { .. } | Control::Nothing => (Vec::new(), None),
    };
    let lines = options.is_empty();
    let declined = item.declined.into_iter().map(|reason| OptionView {
        value: String::new(),
        text: declined_text(words, reason),
        chosen: false,
    });
    let boxes = options
        .into_iter()
        .chain(declined)
        .map(|option| view! { <li><span class="box"></span>{option.text}</li> })
        .collect_view();
    view! {
        <div class="paper-item">
            <p><strong>{format!("{number}. ")}{item.text}</strong></p>
            {item.help.map(|help| view! { <p class="quiet">{help}</p> })}
            {hint.map(|hint| view! { <p class="quiet">{hint}</p> })}
            {lines.then(|| view! { <div class="lines"></div> })}
            <ul class="boxes">{boxes}</ul>
        </div>
    }
    .into_any()
}
