//! Overload (LO-2): only so many requests are worked on at a time. What is too much hears so at
//! once, and what people would miss most is refused last: sending, then saving, then reading on,
//! then newcomers, then coordinators' pages.
//!
//! What was typed is not lost: the page that refuses a form carries it along, with a button that
//! sends it again.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::error::{AppError, Refusal};
use crate::pages::StatePage;
use crate::server::posted::pairs;
use crate::server::router::LARGEST_FORM;
use crate::server::state::Shared;

/// What a request is for, the first to be refused first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Coordinators' pages and the handbook.
    Desk,
    /// Somebody who has not begun.
    Newcomer,
    /// A page of somebody who has begun.
    Reading,
    /// A draft.
    Saving,
    /// A whole answer.
    Sending,
}

impl Rank {
    /// Requests that may be worked on when one of this rank comes in. Two processors work the
    /// largest number off in a fraction of a second.
    fn room(self) -> usize {
        match self {
            Rank::Desk => 32,
            Rank::Newcomer => 48,
            Rank::Reading => 80,
            Rank::Saving => 112,
            Rank::Sending => 160,
        }
    }

    /// Returns the rank of a request; files of the program and the sign of life are always given.
    fn of(method: &Method, pattern: &str) -> Option<Rank> {
        let page = pattern.strip_prefix("/{lang}").unwrap_or(pattern);
        let posts = *method == Method::POST;
        match page {
            "/healthz" | "/robots.txt" => None,
            _ if page.starts_with("/static/") => None,
            "/answer/review" if posts => Some(Rank::Sending),
            "" | "/" | "/answer" | "/answer/paper" => Some(Rank::Newcomer),
            _ if page.starts_with("/answer/open/") => Some(Rank::Newcomer),
            _ if page.starts_with("/answer/") && posts => Some(Rank::Saving),
            _ if page.starts_with("/answer/") || page.starts_with("/profile") => {
                Some(Rank::Reading)
            }
            _ => Some(Rank::Desk),
        }
    }
}

/// How many requests are being worked on.
#[derive(Debug, Default)]
pub(crate) struct Admission(AtomicUsize);

/// A request that is being worked on.
#[derive(Debug)]
struct Inside<'a>(&'a AtomicUsize);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Admission {
    fn enter(&self, rank: Rank) -> Option<Inside<'_>> {
        self.0
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |inside| {
                (inside < rank.room()).then_some(inside + 1)
            })
            .ok()
            .map(|_| Inside(&self.0))
    }
}

/// Lets a request in or refuses it at once; a refused form comes back with what was typed.
pub(crate) async fn admit(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let pattern = request.extensions().get::<MatchedPath>();
    let rank = pattern.and_then(|pattern| Rank::of(request.method(), pattern.as_str()));
    let Some(rank) = rank else {
        return next.run(request).await;
    };
    let posts = *request.method() == Method::POST;
    let inside = app.admission.enter(rank);
    let (request, typed) = if posts {
        match kept(request).await {
            Ok((request, body)) => (request, Some(body)),
            Err(error) => return error.into_response(),
        }
    } else {
        (request, None)
    };
    let mut response = match inside {
        Some(_inside) => next.run(request).await,
        None => AppError::Overloaded.into_response(),
    };
    if let (Some(typed), Some(refusal)) = (typed, response.extensions_mut().get_mut::<Refusal>())
        && let StatePage::Busy { again } = &mut refusal.0
    {
        *again = pairs(&typed);
    }
    response
}

/// Reads the form of a request, which then holds it still.
async fn kept(request: Request) -> Result<(Request, Bytes), AppError> {
    let (parts, body) = request.into_parts();
    // The layer in front has the same limit; a connection that ended has nobody to tell.
    let body = to_bytes(body, LARGEST_FORM)
        .await
        .map_err(|_| AppError::TooLarge)?;
    let request = Request::from_parts(parts, Body::from(body.clone()));
    Ok((request, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(method: Method, pattern: &str) -> Option<Rank> {
        Rank::of(&method, pattern)
    }

    #[test]
    fn sending_goes_before_saving_before_reading_before_newcomers_before_the_desk() {
        let order = [
            rank(Method::GET, "/{lang}/coordinator"),
            rank(Method::POST, "/{lang}/answer"),
            rank(Method::GET, "/{lang}/answer/section/{section}"),
            rank(Method::POST, "/{lang}/answer/section/{section}"),
            rank(Method::POST, "/{lang}/answer/review"),
        ];
        assert!(order.is_sorted() && order[0] < order[1] && order[3] < order[4]);
        assert!(order.iter().all(Option::is_some));
        for free in ["/healthz", "/static/{version}/{*path}"] {
            assert_eq!(rank(Method::GET, free), None, "{free}");
        }
    }

    #[test]
    fn a_full_house_still_takes_what_ranks_higher_and_empties_again() {
        let house = Admission::default();
        let readers: Vec<_> = std::iter::from_fn(|| house.enter(Rank::Reading)).collect();
        assert_eq!(readers.len(), Rank::Reading.room());
        assert!(house.enter(Rank::Newcomer).is_none());
        let sender = house.enter(Rank::Sending);
        assert!(sender.is_some());
        drop((readers, sender));
        assert!(house.enter(Rank::Desk).is_some());
    }
}
