//! The search of a book: a small index of stems, made from what the book says in this edition.
//!
//! Words are reduced by Snowball; a compound is also found by its parts. The index is a script, so
//! that it loads where an edition is opened from its folder. Without scripts there is the index
//! from A to Ö.

mod index;
mod stems;

use std::fmt::Write as _;

use crate::html::escape;
use crate::register;
use crate::view::View;

pub(crate) use index::index;

pub(crate) const PAGE: &str = "search.html";
/// The index of one book, beside its pages.
pub(crate) const INDEX: &str = "search-index.js";
/// The script that all books of an edition share.
pub(crate) const SCRIPT: &str = include_str!("search/search.js");

/// Returns the page's main part; the form shows once there is a script to answer it.
pub(crate) fn page(view: &View<'_>) -> String {
    let words = |key: &str| escape(&view.words.get(key));
    let mut out = format!(
        "<h1>{0}</h1>\n<form class=\"search\" role=\"search\" data-none=\"{1}\" data-found=\"{2}\" hidden>\
         <label for=\"q\">{3}</label> <input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\"> \
         <button>{0}</button></form>\n",
        words("search-title"),
        words("search-none"),
        escape(&view.words.with("search-found", &[("count", "#")])),
        words("search-label"),
    );
    let _ = writeln!(
        out,
        "<p id=\"found\" role=\"status\"></p>\n<ol id=\"results\" class=\"results\"></ol>\n\
         <p>{} <a href=\"{}\">{}</a>.</p>",
        words("search-without"),
        register::PAGE,
        words("register-title")
    );
    out
}
