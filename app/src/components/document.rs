//! The shell of every page: language, title, style, skip link, language switch, banner.

use leptos::prelude::*;

use crate::pages::PageContext;

/// Returns a whole HTML document around a page's content.
#[must_use]
pub fn document(ctx: &PageContext, title: &str, content: impl IntoView) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        view! {
            <html lang=ctx.lang.tag()>
                <head>
                    <meta charset="utf-8"/>
                    <title>{title.to_owned()}</title>
                </head>
                <body>
                    <main id="main">{content}</main>
                </body>
            </html>
        }
        .to_html()
    });
    owner.cleanup();
    format!("<!DOCTYPE html>{html}")
}
