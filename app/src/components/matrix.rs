//! Items under one stem. Each row is a group of radio buttons of its own, so that a screen
//! reader says "2 of 5" and not a place in a table; on a narrow screen a row is a card.

use leptos::prelude::*;

use super::{
    RadioRow,
    answer_card::{anchor, declined_text, problem_line},
};
use crate::pages::{
    answer_view::{Control, ItemView},
    form::answer_field,
    words::Words,
};

/// Items under one stem with one scale.
#[component]
pub fn Matrix(
    /// The page's words.
    words: Words,
    /// The common stem.
    stem: String,
    /// The rows.
    rows: Vec<ItemView>,
) -> impl IntoView {
    let stem_id = rows
        .first()
        .map(|row| format!("{}-stem", anchor(&row.id)))
        .unwrap_or_default();
    let heads: Vec<String> = rows
        .first()
        .map(|row| column_heads(words, row))
        .unwrap_or_default();
    let rows = rows
        .into_iter()
        .map(|row| matrix_row(words, &stem_id, row))
        .collect_view();
    view! {
        <section class="matrix" aria-labelledby=stem_id.clone()>
            <h2 id=stem_id.clone()>{stem}</h2>
            <div class="matrix-heads" aria-hidden="true">
                <span></span>
                {heads.into_iter().map(|head| view! { <span>{head}</span> }).collect_view()}
            </div>
            {rows}
        </section>
    }
}

fn column_heads(words: Words, row: &ItemView) -> Vec<String> {
    let options = match &row.control {
        Control::One(options) => options.as_slice(),
        _ => &[],
    };
    options
        .iter()
        .map(|option| option.text.clone())
        .chain(row.declined.iter().map(|d| declined_text(words, *d)))
        .collect()
}

fn matrix_row(words: Words, stem_id: &str, row: ItemView) -> impl IntoView + use<> {
    let id = anchor(&row.id);
    let text_id = format!("{id}-text");
    let labelled = format!("{stem_id} {text_id}");
    let name = answer_field(&row.id);
    let described = row.problem.as_ref().map(|_| format!("{id}-problem"));
    let options = match row.control.clone() {
        Control::One(options) => options,
        _ => Vec::new(),
    };
    let declined = row
        .declined
        .iter()
        .map(|declined| {
            view! {
                <RadioRow
                    name=name.clone()
                    value=declined.word().to_owned()
                    text=declined_text(words, *declined)
                    chosen=row.chosen_declined == Some(*declined)
                />
            }
        })
        .collect_view();
    view! {
        <div
            class="matrix-row"
            role="radiogroup"
            id=id
            tabindex="-1"
            aria-labelledby=labelled
            aria-describedby=described
        >
            <p class="stem" id=text_id>{row.text.clone()}</p>
            {problem_line(words, &row)}
            <div class="options">
                {options
                    .into_iter()
                    .map(|option| {
                        view! {
                            <RadioRow
                                name=name.clone()
                                value=option.value
                                text=option.text
                                chosen=option.chosen
                            />
                        }
                    })
                    .collect_view()}
            </div>
            {(!row.declined.is_empty()).then(|| view! { <div class="declined options">{declined}</div> })}
        </div>
    }
}
