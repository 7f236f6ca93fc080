//! The gallery's pages that say why something cannot be done now.

use app::pages::{StatePage, render_state};
use jiff::civil::date;
use surveys::Lang;

use super::gallery::{Sample, ctx, sample};

/// Every state in a language.
pub(crate) fn samples(lang: Lang) -> Vec<Sample> {
    let day = Some(date(2026, 12, 11));
    let states = [
        ("used", StatePage::UsedCode),
        ("closed", StatePage::Closed { since: day }),
        ("not-open", StatePage::NotOpen { opens: day }),
        ("no-draft", StatePage::NoDraft),
        ("later", StatePage::SavedForLater { kept_until: day }),
        ("conflict", StatePage::Conflict),
        ("sent", StatePage::AlreadySent),
        ("too-large", StatePage::TooLarge),
        ("unreadable", StatePage::Unreadable),
        (
            "unknown-field",
            StatePage::UnknownField {
                name: "a.common-9".into(),
            },
        ),
        ("forbidden", StatePage::Forbidden),
        ("too-many", StatePage::TooMany),
        ("link-used", StatePage::LinkUsed),
        ("link-expired", StatePage::LinkExpired),
        ("sign-in-needed", StatePage::SignInNeeded),
        ("signed-out", StatePage::SignedOut),
        ("not-found", StatePage::NotFound),
        ("busy", StatePage::Busy { again: None }),
        (
            "busy-form",
            StatePage::Busy {
                again: Some(vec![("a.open-1".into(), "x".into())]),
            },
        ),
        (
            "unexpected",
            StatePage::Unexpected {
                id: "K7Q2-M4".into(),
            },
        ),
    ];
    states
        .into_iter()
        .map(|(name, state)| {
            sample(
                lang,
                &format!("state-{name}"),
                render_state(&state, &ctx(lang, "/answer")),
            )
        })
        .collect()
}
