//! The receipt, the survey's thanks, and the ways to keep the profile.

use leptos::prelude::*;

use super::{ProfilePage, earlier::own_code};
use crate::components::{ForgetUnsent, Markdown, PrintButton};
use crate::pages::{PageContext, address, words::Words};

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
            {page.return_code.map(|code| view! { <OwnReturnCode words code/> })}
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

/// The return code, which only this page shows: it is in no file and on no printed sheet, since
/// whoever holds it sees the answers.
#[component]
fn OwnReturnCode(words: Words, code: String) -> impl IntoView {
    view! {
        <p>
            {words.say("return-own")} " " <strong class="return-code">{code}</strong>
        </p>
    }
}
