//! The shell of every page: language, title, style, skip link, language switch, banner.
//!
//! The style is one file for everything a respondent sees, fetched once and kept by the browser,
//! so that each later page costs its words only; coordinators have another. A page without a
//! server, such as one of the gallery, carries its style itself. A sheet is the tokens shared with
//! charts and handbook, the base and what its pages add, with comments and spare white space taken
//! out once.

use std::sync::LazyLock;

use leptos::prelude::*;
use surveys::Lang;

use crate::pages::{PageContext, address, words::Words};

/// Which style sheets a page carries and how wide it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Reading and short forms.
    Plain,
    /// Answering.
    Answer,
    /// The own profile.
    Profile,
    /// The coordinator's pages.
    Coordinator,
}

/// A style sheet: the name of its file and its text.
pub(crate) struct Sheet {
    pub(crate) file: &'static str,
    pub(crate) text: String,
}

/// Every style sheet: the respondents' and the coordinators'.
pub(crate) static SHEETS: LazyLock<[Sheet; 2]> = LazyLock::new(|| {
    let base = include_str!("../../public/base.css");
    let answer = include_str!("../../public/answer.css");
    let sheet = |file, more: &[&str]| Sheet {
        file,
        text: spare(&[charts::look::TOKENS, base, answer, &more.concat()].concat()),
    };
    let profile = include_str!("../../public/profile.css");
    let coordinator = include_str!("../../public/coordinator.css");
    [
        sheet("respondent.css", &[charts::look::CHARTS, profile]),
        sheet("coordinator.css", &[coordinator]),
    ]
});

fn sheet(look: Look) -> &'static Sheet {
    match look {
        Look::Plain | Look::Answer | Look::Profile => &SHEETS[0],
        Look::Coordinator => &SHEETS[1],
    }
}

/// The link to a page's style sheet, or the style itself where nobody serves it.
#[component]
fn Style(ctx: PageContext, look: Look) -> impl IntoView {
    let Sheet { file, text } = sheet(look);
    match ctx.styles {
        Some(folder) => {
            view! { <link rel="stylesheet" href=format!("{folder}/{file}")/> }.into_any()
        }
        None => view! { <style nonce=ctx.nonce inner_html=text.as_str()></style> }.into_any(),
    }
}

/// Takes comments and line breaks out of a style sheet; our sheets hold no strings with either.
fn spare(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start..]
            .find("*/")
            .map_or("", |end| &rest[start + end + 2..]);
    }
    out.push_str(rest);
    out.lines().map(str::trim).collect::<Vec<_>>().concat()
}

/// What the shell needs to know of a page.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The page's title, without the product's name.
    pub title: String,
    /// The style.
    pub look: Look,
    /// Whether the title says that something has to be put right.
    pub has_problems: bool,
    /// The form that the language switch saves first, so that nothing typed is lost.
    pub language_form: Option<&'static str>,
    /// Whether a coordinator is signed in: home and sign-out stand in the head.
    pub signed_in: bool,
    /// A class of `body` beside the look's own.
    pub class: &'static str,
}

impl Shell {
    /// Returns the shell of a page.
    #[must_use]
    pub fn new(title: impl Into<String>, look: Look) -> Self {
        Shell {
            title: title.into(),
            look,
            has_problems: false,
            language_form: None,
            signed_in: false,
            class: "",
        }
    }

    /// Returns the shell of a page of a signed-in coordinator.
    #[must_use]
    pub fn coordinator(title: impl Into<String>) -> Self {
        Shell {
            signed_in: true,
            class: "wide",
            ..Shell::new(title, Look::Coordinator)
        }
    }

    /// Says in the title whether something has to be put right.
    #[must_use]
    pub fn with_problems(self, has_problems: bool) -> Self {
        Shell {
            has_problems,
            ..self
        }
    }
}

/// Returns a whole HTML document around a page's content.
#[must_use]
pub fn document<V: IntoView + 'static>(
    ctx: &PageContext,
    shell: Shell,
    content: impl FnOnce() -> V,
) -> String {
    let words = ctx.words();
    let title = if shell.has_problems {
        words.say_with(
            "title-with-problems",
            [("title", shell.title.as_str().into())],
        )
    } else {
        shell.title.clone()
    };
    let owner = Owner::new();
    let html = owner.with(|| {
        // Without its type the content costs the compiler less, and its depth has no limit.
        let content = content().into_any();
        view! {
            <html lang=ctx.lang.tag()>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <title>{format!("{title} – ICTeko")}</title>
                    <meta name="robots" content="noindex"/>
                    <link rel="icon" href="data:,"/>
                    <Style ctx=ctx.clone() look=shell.look/>
                </head>
                <body class=shell.class>
                    <a class="skip" href="#main">{words.say("skip-link")}</a>
                    <Head ctx=ctx.clone() shell=shell.clone()/>
                    <main id="main" tabindex="-1">
                        <div class="wrap">{content}</div>
                    </main>
                    <Foot words/>
                </body>
            </html>
        }
        .to_html()
    });
    owner.cleanup();
    format!("<!DOCTYPE html>{html}")
}

/// What a file adds to the style: paper, and lines close enough for few sheets of it.
const FOR_A4: &str = "@page{size:A4;margin:16mm}\
    @media print{h2{margin-top:16px}th,td{padding-top:3px;padding-bottom:3px}.next{gap:4px}.next li{padding:6px 10px}}";

/// Returns an HTML document that stands alone: to be kept as a file, without links into the
/// service, scripts or anything to fetch. It prints on A4.
#[must_use]
pub fn saved_document<V: IntoView + 'static>(
    ctx: &PageContext,
    title: String,
    content: impl FnOnce() -> V,
) -> String {
    let words = ctx.words();
    let style = format!("{}{}", sheet(Look::Profile).text, FOR_A4);
    let owner = Owner::new();
    let html = owner.with(|| {
        let content = content().into_any();
        view! {
            <html lang=ctx.lang.tag()>
                <head>
                    <meta charset="utf-8"/>
                    <meta
                        http-equiv="Content-Security-Policy"
                        content="default-src 'none'; style-src 'unsafe-inline'"
                    />
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <title>{format!("{title} – ICTeko")}</title>
                    <style inner_html=style></style>
                </head>
                <body>
                    {ctx
                        .simulated
                        .then(|| view! { <header><SimulatedBanner words/></header> })}
                    <main>
                        <div class="wrap">{content}</div>
                    </main>
                </body>
            </html>
        }
        .to_html()
    });
    owner.cleanup();
    format!("<!DOCTYPE html>{html}")
}

/// The banner over invented data.
#[component]
fn SimulatedBanner(words: Words) -> impl IntoView {
    view! {
        <p class="banner">
            <span class="wrap">{words.say("banner-simulated")}</span>
        </p>
    }
}

/// Name, coordinator's links and language switch.
#[component]
fn Head(ctx: PageContext, shell: Shell) -> impl IntoView {
    let words = ctx.words();
    let home = if shell.signed_in {
        address::coordinator(ctx.lang)
    } else {
        address::in_language(ctx.lang, "")
    };
    let switch = match shell.language_form {
        Some(form) => view! { <LanguageButtons words form/> }.into_any(),
        None => view! { <LanguageLinks words path=ctx.path.clone()/> }.into_any(),
    };
    view! {
        <header>
            {ctx.simulated.then(|| view! { <SimulatedBanner words/> })}
            <div class="wrap top">
                <a class="brand" href=home>"ICTeko"</a>
                {shell.signed_in.then(|| view! { <SignOut ctx=ctx.clone()/> })}
                <nav class="languages" aria-label=words.say("language-label")>{switch}</nav>
            </div>
        </header>
    }
}

/// The same page in the other languages, by link.
#[component]
fn LanguageLinks(words: Words, path: String) -> impl IntoView {
    let entry = |lang: Lang| {
        if lang == words.lang {
            view! { <li><span aria-current="true">{endonym(lang)}</span></li> }.into_any()
        } else {
            let href = address::in_language(lang, &path);
            view! { <li><a href=href lang=lang.tag() hreflang=lang.tag()>{endonym(lang)}</a></li> }
                .into_any()
        }
    };
    view! { <ul>{Vec::from(Lang::ALL.map(entry))}</ul> }
}

/// The same page in the other languages, by saving the form first.
///
/// The first button of a form is what the Enter key presses; it must not be a language.
#[component]
fn LanguageButtons(words: Words, form: &'static str) -> impl IntoView {
    let entry = |lang: Lang| {
        if lang == words.lang {
            view! { <li><span aria-current="true">{endonym(lang)}</span></li> }.into_any()
        } else {
            let go = format!("lang-{}", lang.tag());
            view! {
                <li>
                    <button type="submit" form=form name="go" value=go lang=lang.tag()>
                        {endonym(lang)}
                    </button>
                </li>
            }
            .into_any()
        }
    };
    view! {
        <button
            class="unseen"
            type="submit"
            form=form
            name="go"
            value="next"
            tabindex="-1"
            aria-hidden="true"
        ></button>
        <ul>{Vec::from(Lang::ALL.map(entry))}</ul>
    }
}

fn endonym(lang: Lang) -> &'static str {
    match lang {
        Lang::Fi => "Suomi",
        Lang::Sv => "Svenska",
        Lang::En => "English",
    }
}

/// The coordinator's way out.
#[component]
fn SignOut(ctx: PageContext) -> impl IntoView {
    view! {
        <form class="sign-out" method="post" action=address::sign_out(ctx.lang)>
            <super::HiddenFields ctx=ctx.clone() fields=Vec::new()/>
            <button class="link small" type="submit">{ctx.words().say("sign-out")}</button>
        </form>
    }
}

/// What this is, in one line.
#[component]
fn Foot(words: Words) -> impl IntoView {
    view! {
        <footer class="foot">
            <div class="wrap">{words.say("foot-line")}</div>
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_loses_comments_and_line_breaks_only() {
        assert_eq!(
            spare("/* a */\na { color: red; }\n  b { margin: 0 auto; } /* c */"),
            "a { color: red; }b { margin: 0 auto; }"
        );
    }

    #[test]
    fn the_style_of_answering_stays_small() {
        let style = &sheet(Look::Answer).text;
        assert!(style.len() < 24_000, "{}", style.len());
    }
}
