//! The list of problems above a form: each leads to its field, and the focus begins here.

use leptos::prelude::*;

use crate::pages::words::Words;

/// Something to put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The id of the field, or an address where it is on another page.
    pub field: String,
    /// What is wrong and what to do.
    pub text: String,
}

/// Everything to put right, with links; nothing where there is none.
#[component]
pub fn ProblemList(
    /// The page's words.
    words: Words,
    /// What is wrong.
    problems: Vec<Problem>,
) -> impl IntoView {
    (!problems.is_empty()).then(|| {
        let heading = words.say_with("problems-heading", [("count", problems.len().into())]);
        let entries = problems
            .into_iter()
            .map(|problem| {
                view! { <li><a href=href(&problem.field)>{problem.text}</a></li> }
            })
            .collect_view();
        view! {
            <div
                class="problems"
                role="alert"
                tabindex="-1"
                autofocus=true
                aria-labelledby="problems-heading"
            >
                <h2 id="problems-heading">{heading}</h2>
                <ul>{entries}</ul>
            </div>
        }
    })
}

fn href(field: &str) -> String {
    if field.starts_with('/') {
        field.to_owned()
    } else {
        format!("#{field}")
    }
}
