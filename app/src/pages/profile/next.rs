//! What to do next, whom to ask and where to learn.

use leptos::prelude::*;

use super::{CityHelp, Contact, ProfilePage};
use crate::pages::words::Words;

/// At most three things to do, a card each.
pub(super) fn next_steps(words: Words, page: ProfilePage) -> impl IntoView {
    (!page.next_steps.is_empty()).then(|| {
        let cards = page
            .next_steps
            .into_iter()
            .take(surveys::MOST_NEXT_STEPS)
            .map(|step| {
                view! {
                    <li>
                        <span class="area">{step.area}</span>
                        {step.text}
                    </li>
                }
            })
            .collect_view();
        view! {
            <h2>{words.say("profile-next-heading")}</h2>
            <ul class="next">{cards}</ul>
        }
    })
}

/// The city's people and trainings; where it has named none, who knows.
pub(super) fn whom_to_ask(words: Words, help: CityHelp) -> impl IntoView {
    let heading = match help.city {
        Some(city) => words.say_with("profile-help-heading-city", [("city", city.into())]),
        None => words.say("profile-help-heading"),
    };
    let contacts = match help.contacts.as_slice() {
        [] => view! { <p>{words.say("profile-help-none")}</p> }.into_any(),
        contacts => {
            let lines = contacts.iter().cloned().map(contact).collect_view();
            view! { <ul>{lines}</ul> }.into_any()
        }
    };
    let trainings = (!help.trainings.is_empty()).then(|| {
        let lines = help
            .trainings
            .into_iter()
            .map(|it| view! { <li><a href=it.address rel="noreferrer">{it.title}</a></li> })
            .collect_view();
        view! {
            <h3>{words.say("profile-help-trainings")}</h3>
            <ul>{lines}</ul>
        }
    });
    view! {
        <h2>{heading}</h2>
        {contacts}
        {trainings}
    }
}

fn contact(contact: Contact) -> impl IntoView {
    let ways = contact
        .ways
        .into_iter()
        .map(|(text, address)| view! { " · " <a href=address rel="noreferrer">{text}</a> })
        .collect_view();
    view! {
        <li>
            <strong>{contact.name}</strong>
            {ways}
            {contact.about.map(|about| view! { <br/> {about} })}
        </li>
    }
}
