//! Half an hour with the results: a slide for each main message with its chart and a question, what
//! cannot be concluded, and what to do next. Zero scripts; a slide is a page on paper.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use charts::TablePlace;

use super::{first_figure, section};
use crate::front;
use crate::html::escape;
use crate::messages::{self, Message};
use crate::outline::Outline;
use crate::tree::{Block, Inline, plain};
use crate::view::View;

/// How long the whole shall take.
const MINUTES: usize = 30;
/// The section that says what cannot be concluded.
const LIMITS: &str = "results.limits";
/// Where the talk about what to do next leads, and its question.
const NEXT: [(&str, &str); 3] = [
    ("training.priorities", "next-first"),
    ("plan.actions", "next-who"),
    ("plan.measures", "next-seen"),
];

/// A slide: its heading, and what stands below.
struct Slide {
    title: String,
    body: String,
}

pub(super) fn main(view: &View<'_>, outline: &Outline<'_>) -> String {
    let mut slides: Vec<Slide> = Vec::new();
    let mut shown = BTreeSet::new();
    for message in messages::of(view) {
        slides.push(of_message(view, outline, message, &mut shown));
    }
    slides.extend(limits(view, outline));
    slides.push(next(view, outline));
    let count = slides.len() + 1;
    let mut out = first(view, &slides);
    for (at, slide) in slides.iter().enumerate() {
        let _ = write!(
            out,
            "<section class=\"slide\" id=\"slide-{0}\" aria-labelledby=\"slide-{0}-title\">\n<h2 id=\"slide-{0}-title\">{1}</h2>\n{2}{3}</section>\n",
            at + 2,
            escape(&slide.title),
            slide.body,
            turn(view, at + 2, count)
        );
    }
    out
}

/// What the slides are of, and what they are about.
fn first(view: &View<'_>, slides: &[Slide]) -> String {
    let count = slides.len() + 1;
    let (whole, each) = (count.to_string(), (MINUTES / count).max(1).to_string());
    let given = [("count", whole.as_str()), ("minutes", each.as_str())];
    let mut out = format!(
        "<section class=\"slide first\" id=\"slide-1\" aria-labelledby=\"slide-1-title\">\n<h1 id=\"slide-1-title\"><span class=\"number\">{}</span> {}</h1>\n{}<p>{}</p>\n<ol class=\"agenda\" start=\"2\">\n",
        escape(&view.population_name()),
        escape(&view.words.get("slides")),
        front::facts(view),
        escape(&view.words.with("slides-lead", &given))
    );
    for (at, slide) in slides.iter().enumerate() {
        let title = escape(&slide.title);
        let _ = writeln!(out, "<li><a href=\"#slide-{}\">{title}</a></li>", at + 2);
    }
    let _ = write!(out, "</ol>\n{}</section>\n", turn(view, 1, count));
    out
}

fn of_message(
    view: &View<'_>,
    outline: &Outline<'_>,
    message: Message,
    shown: &mut BTreeSet<String>,
) -> Slide {
    let figure = first_figure(
        view,
        outline,
        message.section,
        &message.words,
        shown,
        TablePlace::Book,
    );
    let more = outline.anchors.get(message.section).map(|anchor| {
        let more = [("where", anchor.label.as_str())];
        format!(
            "<p><a href=\"{}#{}\">{}</a></p>\n",
            anchor.page,
            anchor.fragment,
            escape(&view.words.with("messages-more", &more))
        )
    });
    let ask = view.words.get(&format!("ask-{}", message.about));
    let body = format!(
        "<div class=\"beside\">\n<div class=\"talk\">\n<p class=\"ask\">{}</p>\n{}</div>\n{}</div>\n",
        escape(&ask),
        more.unwrap_or_default(),
        figure.unwrap_or_default()
    );
    Slide {
        title: message.words,
        body,
    }
}

/// The bold beginnings of what the book says about it.
fn limits(view: &View<'_>, outline: &Outline<'_>) -> Option<Slide> {
    let section = section(outline, LIMITS)?;
    let items = section.blocks.iter().find_map(|block| match block {
        Block::List { items, .. } => Some(items),
        _ => None,
    })?;
    let mut body = String::from("<ul class=\"limits\">\n");
    for item in items {
        let Some(Block::Paragraph(content)) = item.first() else {
            continue;
        };
        let words = match content.first() {
            Some(Inline::Strong(strong)) => plain(strong),
            _ => plain(content),
        };
        let _ = writeln!(body, "<li>{}</li>", escape(&words));
    }
    body.push_str("</ul>\n");
    if let Some(anchor) = outline.anchors.get(LIMITS) {
        let more = [("where", anchor.label.as_str())];
        let _ = writeln!(
            body,
            "<p><a href=\"{}#{}\">{}</a></p>",
            anchor.page,
            anchor.fragment,
            escape(&view.words.with("messages-more", &more))
        );
    }
    Some(Slide {
        title: section.title.clone(),
        body,
    })
}

/// Questions that end the meeting, each with the place in the book that helps.
fn next(view: &View<'_>, outline: &Outline<'_>) -> Slide {
    let mut body = String::from("<ol class=\"limits\">\n");
    for (id, key) in NEXT {
        let link = outline.anchors.get(id).map(|anchor| {
            let more = [("where", anchor.label.as_str())];
            format!(
                " <a href=\"{}#{}\">{}</a>",
                anchor.page,
                anchor.fragment,
                escape(&view.words.with("messages-more", &more))
            )
        });
        let words = escape(&view.words.get(key));
        let _ = writeln!(body, "<li>{words}{}</li>", link.unwrap_or_default());
    }
    body.push_str("</ol>\n");
    Slide {
        title: view.words.get("next-title"),
        body,
    }
}

/// The foot of a slide: of what it is, its number, and the ways on and back.
fn turn(view: &View<'_>, number: usize, count: usize) -> String {
    let link = |to: usize, key: &str| {
        if (1..=count).contains(&to) {
            let words = escape(&view.words.get(key));
            format!("<a href=\"#slide-{to}\">{words}</a> ")
        } else {
            String::new()
        }
    };
    let (here, whole) = (number.to_string(), count.to_string());
    let given = [("number", here.as_str()), ("count", whole.as_str())];
    // A slide may be shown or copied alone, so each of them says what its figures are.
    let mut marks = String::new();
    for (holds, key) in [
        (view.request.draft, "draft-note"),
        (view.is_simulated(), "simulated"),
    ] {
        if holds {
            let words = escape(&view.words.get(key));
            let _ = writeln!(marks, "<p class=\"mark\">{words}</p>");
        }
    }
    format!(
        "{marks}<p class=\"turn\"><span>{} – {} – {}</span> {}<span>{}</span> {}</p>\n",
        escape(view.book.settings.title(view.lang)),
        escape(&view.population_name()),
        escape(view.request.edition),
        link(number.wrapping_sub(1), "slide-back"),
        escape(&view.words.with("slide-of", &given)),
        link(number + 1, "slide-on")
    )
}
