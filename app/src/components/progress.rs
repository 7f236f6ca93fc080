//! How far answering is: a sentence and a bar that say the same.

use leptos::prelude::*;

use crate::pages::words::{NBSP, Words};

/// How many of the items have an answer, as "12 / 48" and as a bar.
#[component]
pub fn Progress(
    /// The page's words.
    words: Words,
    /// How many have an answer.
    answered: usize,
    /// How many there are.
    asked: usize,
    /// Number of this page, from 1.
    number: usize,
    /// How many pages there are.
    pages: usize,
) -> impl IntoView {
    view! {
        <div class="progress">
            <p>
                <span id="progress-label">
                    {answered_text(words, answered, asked)}
                </span>
                <span>
                    {words.say_with(
                        "progress-page",
                        [("number", number.into()), ("pages", pages.into())],
                    )}
                </span>
            </p>
            <progress
                aria-labelledby="progress-label"
                max=asked.max(1).to_string()
                value=answered.to_string()
            ></progress>
        </div>
    }
}

/// Returns how many items have an answer, in words.
#[must_use]
pub fn answered_text(words: Words, answered: usize, asked: usize) -> String {
    let figure = format!("{answered}{NBSP}/{NBSP}{asked}");
    words.say_with("progress-answered", [("figure", figure.into())])
}
