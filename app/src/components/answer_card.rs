//! An answer card: the item as legend, an example beneath, options as rows, non-answers below.

use leptos::prelude::*;
use surveys::{Declined, ResponseProblem};

use super::{RadioRow, TickRow};
use crate::pages::{
    answer_view::{Control, ItemView},
    form::answer_field,
    words::Words,
};

/// One item with its answer. A text to read comes without a fieldset.
#[component]
pub fn AnswerCard(
    /// The page's words.
    words: Words,
    /// The item.
    item: ItemView,
) -> impl IntoView {
    if item.control == Control::Nothing {
        return view! {
            <div class="prose" id=anchor(&item.id)>
                <super::Markdown text=item.text.clone()/>
            </div>
        }
        .into_any();
    }
    let described = described_by(&item);
    let legend_id = format!("{}-text", anchor(&item.id));
    let body = match item.control.clone() {
        Control::One(options) => one_of(&item, options).into_any(),
        Control::Many { options, at_most } => many_of(words, &item, options, at_most).into_any(),
        Control::Text { text, max_chars } => {
            long_text(words, &item, &legend_id, text, max_chars).into_any()
        }
        Control::Nothing => ().into_any(),
    };
    view! {
        <fieldset class="card" id=anchor(&item.id) tabindex="-1" aria-describedby=described>
            <legend id=legend_id>{item.text.clone()}</legend>
            {item
                .help
                .clone()
                .map(|help| view! { <p class="example" id=format!("{}-help", anchor(&item.id))>{help}</p> })}
            {problem_line(words, &item)}
            {body}
            {declined_rows(words, &item)}
        </fieldset>
    }
    .into_any()
}

/// Returns the id of an item's card; problem lists and the review point there.
#[must_use]
pub fn anchor(item: &str) -> String {
    format!("q-{item}")
}

fn described_by(item: &ItemView) -> Option<String> {
    let id = anchor(&item.id);
    let ids: Vec<String> = [
        item.help.is_some().then(|| format!("{id}-help")),
        item.problem.is_some().then(|| format!("{id}-problem")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// The sentence on what is wrong with an answer, tied to its card by id.
pub(super) fn problem_line(words: Words, item: &ItemView) -> impl IntoView + use<> {
    let id = format!("{}-problem", anchor(&item.id));
    item.problem
        .as_ref()
        .map(|problem| view! { <p class="error" id=id>{problem_text(words, problem)}</p> })
}

/// Returns the sentence on what is wrong with an answer and what to do.
#[must_use]
pub fn problem_text(words: Words, problem: &ResponseProblem) -> String {
    match problem {
        ResponseProblem::TextTooLong { most, .. } => words.say_with(
            problem.key(),
            [("most", words.whole(u64::from(*most)).into())],
        ),
        _ => words.say(problem.key()),
    }
}

/// Returns the words of a non-answer.
#[must_use]
pub fn declined_text(words: Words, declined: Declined) -> String {
    match declined {
        Declined::DontKnow => words.say("declined-dont-know"),
        Declined::NotMyWork => words.say("declined-not-my-work"),
        Declined::PreferNotToSay => words.say("declined-prefer-not-to-say"),
    }
}

fn one_of(item: &ItemView, options: Vec<crate::pages::answer_view::OptionView>) -> impl IntoView {
    let name = answer_field(&item.id);
    let rows = options
        .into_iter()
        .map(|option| {
            view! {
                <RadioRow name=name.clone() value=option.value text=option.text chosen=option.chosen/>
            }
        })
        .collect_view();
    view! { <div class="options">{rows}</div> }
}

fn many_of(
    words: Words,
    item: &ItemView,
    options: Vec<crate::pages::answer_view::OptionView>,
    at_most: Option<u8>,
) -> impl IntoView {
    let name = answer_field(&item.id);
    let hint = match at_most {
        Some(most) => words.say_with("item-choose-at-most", [("most", most.into())]),
        None => words.say("item-choose-any"),
    };
    let rows = options
        .into_iter()
        .map(|option| {
            view! {
                <TickRow name=name.clone() value=option.value text=option.text chosen=option.chosen/>
            }
        })
        .collect_view();
    view! {
        <p class="count">{hint}</p>
        <div class="options">{rows}</div>
    }
}

fn long_text(
    words: Words,
    item: &ItemView,
    labelled_by: &str,
    text: String,
    max_chars: u32,
) -> impl IntoView + use<> {
    let hint_id = format!("{}-hint", anchor(&item.id));
    let most = words.whole(u64::from(max_chars));
    view! {
        <p class="count" id=hint_id.clone()>
            {words.say_with("item-text-hint", [("most", most.into())])}
        </p>
        <textarea
            name=answer_field(&item.id)
            rows="5"
            aria-labelledby=labelled_by.to_owned()
            aria-describedby=hint_id
            aria-invalid=item.problem.as_ref().map(|_| "true")
            inner_html=escaped(&text)
        ></textarea>
    }
}

/// Escapes the content of a `<textarea>`, which Leptos writes as it is. The line break in front
/// is the one that browsers drop.
fn escaped(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("\n{text}")
}

/// Non-answers: radio buttons of the same group, or ticks beside a multiple choice. A text has
/// none, since leaving it empty says the same.
fn declined_rows(words: Words, item: &ItemView) -> impl IntoView + use<> {
    let single = matches!(item.control, Control::One(_));
    let name = answer_field(&item.id);
    let chosen = item.chosen_declined;
    let offered = match item.control {
        Control::Text { .. } => &[],
        _ => item.declined.as_slice(),
    };
    let rows: Vec<AnyView> = offered
        .iter()
        .map(|declined| {
            let (name, value) = (name.clone(), declined.word().to_owned());
            let (text, chosen) = (declined_text(words, *declined), chosen == Some(*declined));
            if single {
                view! { <RadioRow name value text chosen/> }.into_any()
            } else {
                view! { <TickRow name value text chosen/> }.into_any()
            }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <div class="declined options">{rows}</div> })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_cannot_leave_its_field() {
        assert_eq!(
            escaped("</textarea><script>&amp;"),
            "\n&lt;/textarea&gt;&lt;script&gt;&amp;amp;"
        );
    }
}
