//! What every page needs beside its own model.

use surveys::Lang;

use super::words::Words;

/// What every page needs beside its own model.
#[derive(Clone, Debug)]
pub struct PageContext {
    /// The language of the page.
    pub lang: Lang,
    /// The page's own address after the language, such as `/answer/position`; the language
    /// switch points to the same page in the other languages.
    pub path: String,
    /// The nonce of this response's Content-Security-Policy.
    pub nonce: String,
    /// Whether invented data is being shown; puts a banner on the page.
    pub simulated: bool,
    /// A token against forged posts, put into every form as the hidden field `token`.
    pub form_token: Option<String>,
    /// The folder that the style sheets are served from; without one, a page carries its style.
    pub styles: Option<String>,
    /// Where the browser build is served, if it was built; pages are complete without it.
    pub browser_build: Option<BrowserBuild>,
    /// Where the script of the pages of items is served; they are complete without it.
    pub answering_script: Option<String>,
}

/// Addresses of the browser build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserBuild {
    /// The script that loads the module, such as `/static/4f…/app.js`.
    pub script: String,
    /// The WebAssembly module, such as `/static/4f…/app_bg.wasm`.
    pub module: String,
}

impl PageContext {
    /// Returns a context without token, banner or browser build.
    #[must_use]
    pub fn new(lang: Lang, path: impl Into<String>, nonce: impl Into<String>) -> Self {
        PageContext {
            lang,
            path: path.into(),
            nonce: nonce.into(),
            simulated: false,
            form_token: None,
            styles: None,
            browser_build: None,
            answering_script: None,
        }
    }

    /// Returns the words of the page's language.
    #[must_use]
    pub fn words(&self) -> Words {
        Words { lang: self.lang }
    }
}
