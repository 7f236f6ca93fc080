//! The receipt, the survey's thanks, and the ways to keep the profile.

use leptos::prelude::*;

use super::{ProfilePage, earlier::own_code};
use crate::components::{ForgetUnsent, Markdown, PrintButton};
use crate::pages::{PageContext, address};

/// What was sent, and how to keep what came of it: the service keeps nothing.
pub(super) fn keep(ctx: &PageContext, page: ProfilePage) -> impl IntoView + use<> {
    let words = ctx.words();
    let code = own_code(words, &page);
    view! {
        <div class="note no-print">
            <Markdown text=page.thanks/>
            {page
                .receipt
                .map(|receipt| view! { <p>{words.say_with("profile-receipt", [("receipt", receipt.into())])}</p> })}
            {code}
            <div class="buttons">
                <a
                    class="button second"
                    href=address::saved_profile(ctx.lang)
                    download=words.say("profile-file-name")
                >
                    {words.say("profile-save")}
                </a>
                <PrintButton words nonce=ctx.nonce.clone()/>
                <ForgetUnsent nonce=ctx.nonce.clone()/>
            </div>
        </div>
    }
}
