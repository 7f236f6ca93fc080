//! The addresses that pages link and post to. The router holds the same table as patterns.
//!
//! | address after `/{lang}` | GET | POST |
//! | --- | --- | --- |
//! | `` | start | – |
//! | `/answer` | code entry | field `code` |
//! | `/answer/open/{link}`, `/answer/open/{link}/{unit}` | page of an open link | begin: `unit` |
//! | `/answer/return` | return code | `code`, `go`: own result, or withdrawing |
//! | `/answer/paper` | a form on paper: its code | begin or go on: field `code` |
//! | `/answer/paper/first` | – | the first time is typed |
//! | `/answer/paper/differences` | where the two times differ | which is right, see [`super::paper_entry`] |
//! | `/answer/privacy` | privacy notice | read, go on |
//! | `/answer/position` | role, duties, employment | fields of [`super::position`] |
//! | `/answer/section/{section}` | one page of items | answers and `go`, see [`super::form`] |
//! | `/answer/review` | all answers | send; `submission` |
//! | `/answer/leave` | – | end on this device; the draft stays |
//! | `/profile` | own profile | – |
//! | `/profile/file` | own profile as a file to keep | – |
//! | `/profile/earlier` | leads to the own profile | field `code`; the profile with the change |
//! | `/coordinator` | home | – |
//! | `/coordinator/sign-in` | one-time link (token after `#`) | field `token` |
//! | `/coordinator/sign-out` | – | sign out |
//! | `/coordinator/waves/new` | form | fields of [`super::new_wave`] |
//! | `/coordinator/waves/{wave}` | wave | – |
//! | `/coordinator/waves/{wave}/codes` | – | make codes: `unit`, `count`; answers with the sheet |
//! | `/coordinator/waves/{wave}/close` | confirmation | close |
//! | `/coordinator/waves/{wave}/paper?role=` | the questionnaire on paper | – |
//! | `/coordinator/waves/{wave}/poster?city=&unit=` | an open link for a wall | – |
//! | `/coordinator/waves/{wave}/findings/{release}` | released findings | – |

use surveys::Lang;

/// Returns an address in a language; `path` begins with a slash or is empty.
#[must_use]
pub fn in_language(lang: Lang, path: &str) -> String {
    format!("/{}{path}", lang.tag())
}

/// Returns the address of the page where a code is typed.
#[must_use]
pub fn answer(lang: Lang) -> String {
    in_language(lang, "/answer")
}

/// Returns the address of an open link, for a city or one of its units.
#[must_use]
pub fn open_link(lang: Lang, link: &str, unit: Option<&str>) -> String {
    let unit = unit.map(|unit| format!("/{unit}")).unwrap_or_default();
    in_language(lang, &format!("/answer/open/{link}{unit}"))
}

/// Returns the address where a return code is typed.
#[must_use]
pub fn return_to(lang: Lang) -> String {
    in_language(lang, "/answer/return")
}

/// Returns the address where a form on paper is begun by its code.
#[must_use]
pub fn paper_entry(lang: Lang) -> String {
    in_language(lang, "/answer/paper")
}

/// Returns the address that ends the first time of a form on paper.
#[must_use]
pub fn paper_first(lang: Lang) -> String {
    in_language(lang, "/answer/paper/first")
}

/// Returns the address of what the two times of a form on paper differ in.
#[must_use]
pub fn paper_differences(lang: Lang) -> String {
    in_language(lang, "/answer/paper/differences")
}

/// Returns the address of the privacy notice.
#[must_use]
pub fn privacy(lang: Lang) -> String {
    in_language(lang, "/answer/privacy")
}

/// Returns the address where the respondent says what their work is.
#[must_use]
pub fn position(lang: Lang) -> String {
    in_language(lang, "/answer/position")
}

/// Returns the address of one page of items.
#[must_use]
pub fn section(lang: Lang, section: &str) -> String {
    in_language(lang, &format!("/answer/section/{section}"))
}

/// Returns the address of the review before sending.
#[must_use]
pub fn review(lang: Lang) -> String {
    in_language(lang, "/answer/review")
}

/// Returns the address that ends answering on this device.
#[must_use]
pub fn leave(lang: Lang) -> String {
    in_language(lang, "/answer/leave")
}

/// Returns the address of the own profile.
#[must_use]
pub fn profile(lang: Lang) -> String {
    in_language(lang, "/profile")
}

/// Returns the address of the own profile as a file to keep.
#[must_use]
pub fn saved_profile(lang: Lang) -> String {
    in_language(lang, "/profile/file")
}

/// Returns the address that compares the own profile with an earlier one.
#[must_use]
pub fn earlier(lang: Lang) -> String {
    in_language(lang, "/profile/earlier")
}

/// Returns the address of the coordinator's home.
#[must_use]
pub fn coordinator(lang: Lang) -> String {
    in_language(lang, "/coordinator")
}

/// Returns the address of the coordinator's one-time link, without its token.
#[must_use]
pub fn sign_in(lang: Lang) -> String {
    in_language(lang, "/coordinator/sign-in")
}

/// Returns the address that signs a coordinator out.
#[must_use]
pub fn sign_out(lang: Lang) -> String {
    in_language(lang, "/coordinator/sign-out")
}

/// Returns the address of the form for a new wave.
#[must_use]
pub fn new_wave(lang: Lang) -> String {
    in_language(lang, "/coordinator/waves/new")
}

/// Returns the address of a wave.
#[must_use]
pub fn wave(lang: Lang, wave: &str) -> String {
    in_language(lang, &format!("/coordinator/waves/{wave}"))
}

/// Returns the address that makes codes.
#[must_use]
pub fn codes(lang: Lang, wave: &str) -> String {
    in_language(lang, &format!("/coordinator/waves/{wave}/codes"))
}

/// Returns the address that closes a wave.
#[must_use]
pub fn close_wave(lang: Lang, wave: &str) -> String {
    in_language(lang, &format!("/coordinator/waves/{wave}/close"))
}

/// Returns the address of the questionnaire on paper, without its staff group.
#[must_use]
pub fn paper(lang: Lang, wave: &str) -> String {
    in_language(lang, &format!("/coordinator/waves/{wave}/paper"))
}

/// Returns the address of an open link as a sheet for a wall, of a city or one of its units.
#[must_use]
pub fn poster(lang: Lang, wave: &str, city: &str, unit: Option<&str>) -> String {
    let unit = unit.map(|unit| format!("&unit={unit}")).unwrap_or_default();
    in_language(
        lang,
        &format!("/coordinator/waves/{wave}/poster?city={city}{unit}"),
    )
}

/// Returns the address of released findings.
#[must_use]
pub fn findings(lang: Lang, wave: &str, release: u32) -> String {
    in_language(
        lang,
        &format!("/coordinator/waves/{wave}/findings/{release}"),
    )
}
