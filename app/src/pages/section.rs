//! One page of items. Form: see [`super::form`].

use leptos::prelude::*;

use super::{
    PageContext, PaperTime, address,
    answer_view::{BlockView, ItemView},
    words::Words,
};
use crate::components::{
    AnswerCard, HiddenFields, Look, Markdown, Matrix, PaperMark, Problem, ProblemList, Progress,
    Shell,
    answer_card::{anchor, problem_text},
    document,
};

/// One page of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionPage {
    /// The section's id.
    pub section: String,
    /// The heading.
    pub title: String,
    /// A sentence or two before the items.
    pub intro: Option<String>,
    /// Items with the answers so far, see [`super::answer_view::blocks`].
    pub blocks: Vec<BlockView>,
    /// How many of the items of the whole survey have an answer (non-answers count).
    pub answered: usize,
    /// How many items this respondent is asked.
    pub asked: usize,
    /// Number of this page, from 1.
    pub number: usize,
    /// How many pages there are.
    pub pages: usize,
    /// Whether answers of this page are saved on the server.
    pub saved: bool,
    /// What the page's script knows the draft by; it tells nothing else.
    pub draft: String,
    /// Fields that the form carries along unseen, such as what the page shows.
    pub hidden: Vec<(String, String)>,
    /// Which time it is typed, where this is a form on paper.
    pub paper: Option<PaperTime>,
}

/// Renders a page of items.
#[must_use]
pub fn render_section(page: &SectionPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let problems = problems(words, &page.blocks);
    let matrix = page
        .blocks
        .iter()
        .any(|block| matches!(block, BlockView::Matrix { .. }));
    let shell = Shell {
        language_form: Some("answers"),
        class: if matrix { "has-matrix" } else { "" },
        ..Shell::new(page.title.clone(), Look::Answer)
    }
    .with_problems(!problems.is_empty());
    document(ctx, shell, || {
        view! {
            <ProblemList words problems/>
            <PaperMark words time=page.paper/>
            <h1>{page.title.clone()}</h1>
            <Progress
                words
                answered=page.answered
                asked=page.asked
                number=page.number
                pages=page.pages
            />
            {page.intro.clone().map(|intro| view! { <div class="prose"><Markdown text=intro/></div> })}
            <NumberKeys words/>
            <form
                id="answers"
                method="post"
                autocomplete="off"
                action=address::section(ctx.lang, &page.section)
                data-section=page.section.clone()
                data-draft=page.draft.clone()
                data-refused=refused(&page.blocks)
            >
                <HiddenFields ctx=ctx.clone() fields=page.hidden.clone()/>
                <Blocks words blocks=page.blocks.clone()/>
                <SaveState words saved=page.saved/>
                <Steps words first={page.number <= 1} last={page.number >= page.pages}/>
            </form>
            {ctx.answering_script.clone().map(|at| view! { <script nonce=ctx.nonce.clone() src=at defer></script> })}
        }
    })
}

fn items(blocks: &[BlockView]) -> impl Iterator<Item = &ItemView> {
    blocks.iter().flat_map(|block| match block {
        BlockView::Item(item) => std::slice::from_ref(item),
        BlockView::Matrix { rows, .. } => rows.as_slice(),
    })
}

/// Returns the items whose fields hold what was refused, for the script.
fn refused(blocks: &[BlockView]) -> Option<String> {
    let refused: Vec<&str> = items(blocks)
        .filter(|item| item.problem.is_some())
        .map(|item| item.id.as_str())
        .collect();
    (!refused.is_empty()).then(|| refused.join(" "))
}

fn problems(words: Words, blocks: &[BlockView]) -> Vec<Problem> {
    items(blocks)
        .filter_map(|item| {
            Some(Problem {
                field: anchor(&item.id),
                text: format!(
                    "{}: {}",
                    item.text,
                    problem_text(words, item.problem.as_ref()?)
                ),
            })
        })
        .collect()
}

/// The items of the page.
#[component]
fn Blocks(words: Words, blocks: Vec<BlockView>) -> impl IntoView {
    blocks
        .into_iter()
        .map(|block| match block {
            BlockView::Item(item) => view! { <AnswerCard words item/> }.into_any(),
            BlockView::Matrix { stem, rows } => view! { <Matrix words stem rows/> }.into_any(),
        })
        .collect_view()
}

/// The switch of the number keys; hidden until the script answers them. It has no name, since it
/// is no answer.
#[component]
fn NumberKeys(words: Words) -> impl IntoView {
    view! {
        <div class="keys" id="keys" hidden>
            <label>
                <input type="checkbox" checked aria-describedby="keys-hint"/>
                <span>{words.say("keys-label")}</span>
            </label>
            <p id="keys-hint">{words.say("keys-hint")}</p>
        </div>
    }
}

/// Whether what is on the page is saved, in words. The script keeps them true; it warns in a
/// place of its own, so that a screen reader hears of trouble and not of each answer.
#[component]
fn SaveState(words: Words, saved: bool) -> impl IntoView {
    let text = if saved {
        words.say("section-saved")
    } else {
        words.say("section-saves-on-leaving")
    };
    view! {
        <p
            class="save-state"
            id="save-state"
            data-fresh=(!saved).then(|| words.say("section-saves-at-once"))
            data-saved=words.say("section-saved")
            data-saving=words.say("section-saving")
            data-unsaved=words.say("section-unsaved")
            data-offline=words.say("section-offline")
            data-stay=words.say("section-stay")
            data-recovered=words.say("section-recovered")
            data-refused=words.say("section-refused")
        >
            {text}
        </p>
        <p class="save-trouble" id="save-trouble" role="status"></p>
    }
}

/// On, back, later. The way on comes first, since Enter presses the first button of a form.
#[component]
fn Steps(words: Words, first: bool, last: bool) -> impl IntoView {
    let next = if last {
        words.say("section-to-review")
    } else {
        words.say("section-next")
    };
    view! {
        <div class="steps">
            <button class="button" type="submit" name="go" value="next">{next}</button>
            <button class="button second" type="submit" name="go" value="back">
                {if first { words.say("section-back-to-position") } else { words.say("section-back") }}
            </button>
            <button class="link later" type="submit" name="go" value="later">
                {words.say("section-later")}
            </button>
        </div>
    }
}
