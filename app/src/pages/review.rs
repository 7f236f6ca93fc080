//! All answers before sending. Form: the hidden fields given, among them the submission id.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use surveys::{Answer, Block, Item, ItemId, ItemKind, Lang, Survey};

use super::{PageContext, PaperTime, address, words::Words};
use crate::components::{
    HiddenFields, Look, PaperMark, Problem, ProblemList, Shell,
    answer_card::{anchor, declined_text},
    document,
};

/// All answers before sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewPage {
    /// The respondent's work in words.
    pub position: String,
    /// Pages of items with their answers, see [`review_sections`].
    pub sections: Vec<ReviewSection>,
    /// Fields that the form carries along unseen, such as `submission`.
    pub hidden: Vec<(String, String)>,
    /// What the page's script knows the draft by; it tells nothing else.
    pub draft: String,
    /// Which time it is typed, where this is a form on paper; the first is not sent but ended.
    pub paper: Option<PaperTime>,
    /// Why sending was refused.
    pub problem: Option<ReviewProblem>,
}

/// Why sending was refused; nothing is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewProblem {
    /// Some answers must be put right first; they are marked in the list.
    AnswersNeedWork,
    /// The answers could not be stored just now; try again.
    TryAgain,
}

/// A page of items in the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewSection {
    /// The section's id.
    pub section: String,
    /// The heading.
    pub title: String,
    /// Its items.
    pub rows: Vec<ReviewRow>,
}

/// An item in the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// The item's id.
    pub item: String,
    /// The statement or question.
    pub question: String,
    /// The answer in words; none where it was left empty.
    pub answer: Option<String>,
    /// Whether it must be put right.
    pub refused: bool,
}

/// Returns the review of the items `asked`, by section.
#[must_use]
pub fn review_sections(
    survey: &Survey,
    asked: &BTreeSet<ItemId>,
    answers: &BTreeMap<ItemId, Answer>,
    refused: &BTreeSet<ItemId>,
    lang: Lang,
) -> Vec<ReviewSection> {
    let words = Words { lang };
    let row = |id: &ItemId| {
        let item = survey.item(id).filter(|item| asked.contains(&item.id))?;
        (item.kind != ItemKind::Info).then(|| ReviewRow {
            item: id.to_string(),
            question: item.text.get(lang).to_owned(),
            answer: answers
                .get(id)
                .and_then(|answer| answer_text(words, survey, item, answer)),
            refused: refused.contains(id),
        })
    };
    survey
        .sections
        .iter()
        .map(|section| ReviewSection {
            section: section.id.to_string(),
            title: section.title.get(lang).to_owned(),
            rows: section
                .blocks
                .iter()
                .flat_map(|block| match block {
                    Block::Item { item } => std::slice::from_ref(item),
                    Block::Matrix { items, .. } => items.as_slice(),
                })
                .filter_map(row)
                .collect(),
        })
        .filter(|section| !section.rows.is_empty())
        .collect()
}

/// Returns an answer in words; nothing where there is none to tell.
pub(crate) fn answer_text(
    words: Words,
    survey: &Survey,
    item: &Item,
    answer: &Answer,
) -> Option<String> {
    let lang = words.lang;
    match (answer, &item.kind) {
        (Answer::NoValue(declined), _) => Some(declined_text(words, *declined)),
        (Answer::Text(text), _) => (!text.trim().is_empty()).then(|| text.clone()),
        (Answer::Level(level), ItemKind::Likert { scale }) => survey
            .scale(scale)?
            .steps
            .iter()
            .find(|step| step.value == *level)
            .map(|step| step.text.get(lang).to_owned()),
        (
            Answer::Choices(chosen),
            ItemKind::Single { options } | ItemKind::Multi { options, .. },
        ) => {
            let texts: Vec<&str> = options
                .iter()
                .filter(|option| chosen.contains(&option.value))
                .map(|option| option.text.get(lang))
                .collect();
            (!texts.is_empty()).then(|| texts.join("\n"))
        }
        _ => None,
    }
}

/// Renders the review.
#[must_use]
pub fn render_review(page: &ReviewPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let problems = problems(words, ctx.lang, page);
    let title = match page.paper {
        None => words.say("review-title"),
        Some(PaperTime::First) => words.say("paper-review-first"),
        Some(PaperTime::Second) => words.say("paper-review-second"),
    };
    let shell = Shell::new(title.clone(), Look::Answer).with_problems(!problems.is_empty());
    document(ctx, shell, || {
        view! {
            <ProblemList words problems/>
            <PaperMark words time=page.paper/>
            <h1>{title}</h1>
            <Completeness words page=page.clone()/>
            <SendForm ctx=ctx.clone() page=page.clone() id="send-top"/>
            <div
                class="review"
                id="review"
                data-draft=page.draft.clone()
                data-sections=address::section(ctx.lang, "")
            >
                <OwnPosition words page=page.clone()/>
                {page
                    .sections
                    .iter()
                    .map(|section| view! { <AnswersOf words section=section.clone()/> })
                    .collect_view()}
            </div>
            <SendForm ctx=ctx.clone() page=page.clone() id="send"/>
            <UnsentFirst nonce=ctx.nonce.clone()/>
        }
    })
}

fn problems(words: Words, lang: Lang, page: &ReviewPage) -> Vec<Problem> {
    match page.problem {
        None => Vec::new(),
        Some(ReviewProblem::TryAgain) => vec![Problem {
            field: "send".into(),
            text: words.say("review-try-again"),
        }],
        Some(ReviewProblem::AnswersNeedWork) => page
            .sections
            .iter()
            .flat_map(|section| section.rows.iter().map(move |row| (section, row)))
            .filter(|(_, row)| row.refused)
            .map(|(section, row)| Problem {
                field: place(lang, &section.section, &row.item),
                text: words.say_with("review-refused", [("item", row.question.as_str().into())]),
            })
            .collect(),
    }
}

fn place(lang: Lang, section: &str, item: &str) -> String {
    format!("{}#{}", address::section(lang, section), anchor(item))
}

/// How much was answered, and a link to each item that was left empty.
#[component]
fn Completeness(words: Words, page: ReviewPage) -> impl IntoView {
    let all: usize = page.sections.iter().map(|section| section.rows.len()).sum();
    let empty: Vec<(String, String)> = page
        .sections
        .iter()
        .flat_map(|section| section.rows.iter().map(move |row| (section, row)))
        .filter(|(_, row)| row.answer.is_none())
        .map(|(section, row)| {
            (
                place(words.lang, &section.section, &row.item),
                row.question.clone(),
            )
        })
        .collect();
    let on_paper = page.paper.is_some();
    if empty.is_empty() && !on_paper {
        return view! { <p class="lead">{words.say("review-complete")}</p> }.into_any();
    }
    let count = empty.len();
    let answered = [("answered", (all - count).into()), ("all", all.into())];
    let answered = if on_paper {
        words.say_with("paper-review-answered", answered)
    } else {
        words.say_with("review-answered", answered)
    };
    let allowed = (!on_paper).then(|| words.say("review-empty-allowed"));
    if empty.is_empty() {
        return view! { <p class="lead">{answered}</p> }.into_any();
    }
    view! {
        <p class="lead">{answered}</p>
        {allowed.map(|text| view! { <p>{text}</p> })}
        <details open={count <= 5}>
            <summary>{words.say_with("review-empty-heading", [("count", count.into())])}</summary>
            <ul>
                {empty
                    .into_iter()
                    .map(|(href, question)| view! { <li><a href=href>{question}</a></li> })
                    .collect_view()}
            </ul>
        </details>
    }
    .into_any()
}

/// The respondent's work, with the way to change it.
#[component]
fn OwnPosition(words: Words, page: ReviewPage) -> impl IntoView {
    let heading = match page.paper {
        None => words.say("review-position"),
        Some(_) => words.say("paper-position"),
    };
    view! {
        <h2>{heading.clone()}</h2>
        <dl>
            <div class="pair">
                <dt>{words.say("review-position-label")}</dt>
                <dd>
                    <span>{page.position}</span>
                    <a href=address::position(words.lang)>
                        {words.say("review-change")}
                        <span class="unseen">{format!(": {heading}")}</span>
                    </a>
                </dd>
            </div>
        </dl>
    }
}

/// The answers of one section, each with the way to change it.
#[component]
fn AnswersOf(words: Words, section: ReviewSection) -> impl IntoView {
    let rows = section
        .rows
        .into_iter()
        .map(|row| {
            let href = place(words.lang, &section.section, &row.item);
            let class = if row.answer.is_none() { "empty" } else { "" };
            let answer = row.answer.unwrap_or_else(|| words.say("review-no-answer"));
            view! {
                <div class="pair">
                    <dt>{row.question.clone()}</dt>
                    <dd class=class>
                        <span>{answer}</span>
                        <a href=href>
                            {words.say("review-change")}
                            <span class="unseen">{format!(": {}", row.question)}</span>
                        </a>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <h2>{section.title}</h2>
        <dl>{rows}</dl>
    }
}

/// The button that sends, above and below the list.
#[component]
fn SendForm(ctx: PageContext, page: ReviewPage, id: &'static str) -> impl IntoView {
    let words = ctx.words();
    let (action, note, button) = match page.paper {
        None => (
            address::review(ctx.lang),
            words.say("review-send-note"),
            words.say("review-send"),
        ),
        Some(PaperTime::First) => (
            address::paper_first(ctx.lang),
            words.say("paper-first-note"),
            words.say("paper-first-go"),
        ),
        Some(PaperTime::Second) => (
            address::review(ctx.lang),
            words.say("paper-send-note"),
            words.say("paper-send"),
        ),
    };
    view! {
        <form method="post" action=action id=id>
            <HiddenFields ctx=ctx.clone() fields=page.hidden/>
            <p class="small quiet">{note}</p>
            <div class="buttons">
                <button class="button" type="submit">{button}</button>
            </div>
        </form>
    }
}

/// Leads back to the page whose answers this tab has not sent yet, so that nobody sends without
/// them; that page sends them or says why not.
#[component]
fn UnsentFirst(nonce: String) -> impl IntoView {
    view! { <script nonce=nonce inner_html=include_str!("../../public/unsent.js")></script> }
}
