//! Pages that say why something cannot be done now and what to do instead.

use leptos::prelude::*;

use super::{PageContext, address, words::Words};
use crate::components::{ForgetUnsent, HiddenFields, Look, Shell, document};

/// Why something cannot be done, or what has just ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatePage {
    /// The code is right and has been used.
    UsedCode,
    /// The wave is closed.
    Closed {
        /// When it closed.
        since: Option<jiff::civil::Date>,
    },
    /// The wave is not open yet.
    NotOpen {
        /// When it opens.
        opens: Option<jiff::civil::Date>,
    },
    /// Nobody is answering on this device now: the draft's cookie is gone or old.
    NoDraft,
    /// The draft is saved; the same code continues it.
    SavedForLater {
        /// Until when it is kept.
        kept_until: Option<jiff::civil::Date>,
    },
    /// Another tab or device saved something else meanwhile (409).
    Conflict,
    /// The same submission was already sent with other content (409).
    AlreadySent,
    /// More was sent than a form can hold (413).
    TooLarge,
    /// The form could not be read (400, 415, 422).
    Unreadable,
    /// A field that the page does not have was sent along (422).
    UnknownField {
        /// The beginning of its name.
        name: String,
    },
    /// Posted from another site or without a token (403).
    Forbidden,
    /// Too many requests (429).
    TooMany,
    /// The coordinator's one-time link was used.
    LinkUsed,
    /// The coordinator's one-time link is old or unknown.
    LinkExpired,
    /// The coordinator is not signed in (401).
    SignInNeeded,
    /// The coordinator has signed out.
    SignedOut,
    /// No such page (404).
    NotFound,
    /// This address does not take this method (405).
    WrongMethod,
    /// Too busy or just restarting (503).
    Busy {
        /// The form that was refused, to be sent again; nothing where a page was asked for.
        again: Option<Vec<(String, String)>>,
    },
    /// Something unexpected; the id stands in the log (500).
    Unexpected {
        /// The id to tell.
        id: String,
    },
}

/// The words of a state: what, why, what to do, and where the button leads.
struct StateWords {
    title: String,
    why: String,
    next: String,
    way: Option<(String, String)>,
}

/// Renders the page of a state.
#[must_use]
pub fn render_state(state: &StatePage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let said = state_words(state, words);
    document(ctx, Shell::new(said.title.clone(), Look::Plain), || {
        view! {
            <h1>{said.title.clone()}</h1>
            <p class="lead">{said.why.clone()}</p>
            <p>{said.next.clone()}</p>
            {said
                .way
                .clone()
                .map(|(text, href)| {
                    view! {
                        <p class="buttons">
                            <a class="button" href=href>{text}</a>
                        </p>
                    }
                })}
            {send_again(state, ctx)}
            {matches!(state, StatePage::SavedForLater { .. })
                .then(|| view! { <ForgetUnsent nonce=ctx.nonce.clone()/> })}
        }
    })
}

/// The refused form with everything that was typed, so that nothing is lost without scripts.
fn send_again(state: &StatePage, ctx: &PageContext) -> Option<impl IntoView + use<>> {
    let StatePage::Busy {
        again: Some(fields),
    } = state
    else {
        return None;
    };
    let words = ctx.words();
    Some(view! {
        <form method="post" action=address::in_language(ctx.lang, &ctx.path)>
            <HiddenFields ctx=ctx.clone() fields=fields.clone()/>
            <p>{words.say("state-busy-kept")}</p>
            <p class="buttons">
                <button type="submit">{words.say("state-busy-again")}</button>
            </p>
        </form>
    })
}

fn state_words(state: &StatePage, words: Words) -> StateWords {
    match state {
        StatePage::UsedCode
        | StatePage::Closed { .. }
        | StatePage::NotOpen { .. }
        | StatePage::NoDraft
        | StatePage::SavedForLater { .. }
        | StatePage::Conflict
        | StatePage::AlreadySent => answering(state, words),
        StatePage::LinkUsed
        | StatePage::LinkExpired
        | StatePage::SignInNeeded
        | StatePage::SignedOut => signing_in(state, words),
        _ => trouble(state, words),
    }
}

fn said(title: String, why: String, next: String) -> StateWords {
    StateWords {
        title,
        why,
        next,
        way: None,
    }
}

impl StateWords {
    fn leading(self, text: String, href: String) -> Self {
        StateWords {
            way: Some((text, href)),
            ..self
        }
    }
}

/// States of somebody who answers.
fn answering(state: &StatePage, words: Words) -> StateWords {
    let lang = words.lang;
    let to_code = || (words.say("state-to-code"), address::answer(lang));
    match state {
        StatePage::UsedCode => said(
            words.say("state-used-title"),
            words.say("state-used-why"),
            words.say("state-used-next"),
        ),
        StatePage::Closed { since } => said(
            words.say("state-closed-title"),
            match since {
                Some(date) => words.say_with(
                    "state-closed-why-since",
                    [("date", words.date(*date).into())],
                ),
                None => words.say("state-closed-why"),
            },
            words.say("state-closed-next"),
        ),
        StatePage::NotOpen { opens } => said(
            words.say("state-not-open-title"),
            match opens {
                Some(date) => words.say_with(
                    "state-not-open-why-until",
                    [("date", words.date(*date).into())],
                ),
                None => words.say("state-not-open-why"),
            },
            words.say("state-not-open-next"),
        ),
        StatePage::SavedForLater { kept_until } => {
            let (text, href) = to_code();
            said(
                words.say("state-later-title"),
                match kept_until {
                    Some(date) => words.say_with(
                        "state-later-why-until",
                        [("date", words.date(*date).into())],
                    ),
                    None => words.say("state-later-why"),
                },
                words.say("state-later-next"),
            )
            .leading(text, href)
        }
        StatePage::Conflict => said(
            words.say("state-conflict-title"),
            words.say("state-conflict-why"),
            words.say("state-conflict-next"),
        )
        .leading(words.say("state-conflict-go"), address::review(lang)),
        StatePage::AlreadySent => said(
            words.say("state-sent-title"),
            words.say("state-sent-why"),
            words.say("state-sent-next"),
        ),
        _ => {
            let (text, href) = to_code();
            said(
                words.say("state-no-draft-title"),
                words.say("state-no-draft-why"),
                words.say("state-no-draft-next"),
            )
            .leading(text, href)
        }
    }
}

/// States of a coordinator on the way in or out.
fn signing_in(state: &StatePage, words: Words) -> StateWords {
    match state {
        StatePage::LinkUsed => said(
            words.say("state-link-used-title"),
            words.say("state-link-used-why"),
            words.say("state-link-next"),
        ),
        StatePage::LinkExpired => said(
            words.say("state-link-expired-title"),
            words.say("state-link-expired-why"),
            words.say("state-link-next"),
        ),
        StatePage::SignedOut => said(
            words.say("state-signed-out-title"),
            words.say("state-signed-out-why"),
            words.say("state-link-next"),
        ),
        _ => said(
            words.say("state-sign-in-title"),
            words.say("state-sign-in-why"),
            words.say("state-link-next"),
        ),
    }
}

/// States in which something went wrong on the way.
fn trouble(state: &StatePage, words: Words) -> StateWords {
    let home = || {
        (
            words.say("state-to-start"),
            address::in_language(words.lang, ""),
        )
    };
    let plain = match state {
        StatePage::TooLarge => said(
            words.say("state-too-large-title"),
            words.say("state-too-large-why"),
            words.say("state-too-large-next"),
        ),
        StatePage::Unreadable | StatePage::WrongMethod => said(
            words.say("state-unreadable-title"),
            words.say("state-unreadable-why"),
            words.say("state-unreadable-next"),
        ),
        StatePage::UnknownField { name } => said(
            words.say("state-unreadable-title"),
            words.say_with("state-unknown-field-why", [("name", name.as_str().into())]),
            words.say("state-unreadable-next"),
        ),
        StatePage::Forbidden => said(
            words.say("state-forbidden-title"),
            words.say("state-forbidden-why"),
            words.say("state-forbidden-next"),
        ),
        StatePage::TooMany => said(
            words.say("state-too-many-title"),
            words.say("state-too-many-why"),
            words.say("state-too-many-next"),
        ),
        StatePage::Busy { .. } => said(
            words.say("state-busy-title"),
            words.say("state-busy-why"),
            words.say("state-busy-next"),
        ),
        StatePage::Unexpected { id } => said(
            words.say("state-unexpected-title"),
            words.say_with("state-unexpected-why", [("id", id.as_str().into())]),
            words.say("state-unexpected-next"),
        ),
        _ => said(
            words.say("state-not-found-title"),
            words.say("state-not-found-why"),
            words.say("state-not-found-next"),
        ),
    };
    match state {
        StatePage::Busy { .. } | StatePage::TooMany | StatePage::TooLarge => plain,
        _ => {
            let (text, href) = home();
            plain.leading(text, href)
        }
    }
}
