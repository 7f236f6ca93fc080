//! Pages that say why something cannot be done now and what to do instead.

use super::PageContext;
use crate::components::document;
use leptos::prelude::*;

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
    Busy,
    /// Something unexpected; the id stands in the log (500).
    Unexpected {
        /// The id to tell.
        id: String,
    },
}

/// Renders the page of a state.
#[must_use]
pub fn render_state(state: &StatePage, ctx: &PageContext) -> String {
    let _ = state;
    document(ctx, "ICTeko", view! { <h1>"ICTeko"</h1> })
}
