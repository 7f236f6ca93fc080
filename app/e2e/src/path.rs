//! The answering path as a person walks it: code, notice, work, pages of items, review, sending.

use fantoccini::Locator;
use surveys::Lang;

use crate::driver::Browser;
use crate::site::Site;

/// Types a code and goes as far as the first page of items, as a class teacher, in Finnish.
pub async fn to_first_items(browser: &Browser, site: &Site, code: &str) {
    to_first_items_in(Lang::Fi, browser, site, code).await;
}

/// The same in any language.
pub async fn to_first_items_in(lang: Lang, browser: &Browser, site: &Site, code: &str) {
    let at = |page: &str| format!("/{}/answer{page}", lang.tag());
    browser.goto(&site.at(&at(""))).await;
    browser.fill("#code", code).await;
    browser.press("main form .button").await;
    assert_eq!(browser.path().await, at("/privacy"));
    browser.press("main form .button").await;
    assert_eq!(browser.path().await, at("/position"));
    browser.choose("label:has([value=class-teacher])").await;
    browser.press(".steps .button").await;
    assert!(browser.path().await.starts_with(&at("/section/")));
}

/// The first option of every item.
const FIRST_OPTIONS: &str = ".options:not(.declined) > .row:first-child";

/// Answers every item with its first option and goes on to the review; returns how many pages
/// there were.
pub async fn to_review(browser: &Browser) -> usize {
    let mut pages = 0;
    while browser.path().await.contains("/answer/section/") {
        choose_first_options(browser).await;
        browser.press(".steps .button").await;
        pages += 1;
        assert!(pages < 40, "the pages of items do not end");
    }
    assert!(browser.path().await.ends_with("/answer/review"));
    pages
}

/// Answers every item of the page with its first option.
pub async fn choose_first_options(browser: &Browser) {
    let options = browser.page.find_all(Locator::Css(FIRST_OPTIONS)).await;
    for option in options.unwrap() {
        option.click().await.unwrap();
    }
}

/// Sends the answers.
pub async fn send(browser: &Browser) {
    browser.press("#send .button").await;
    assert!(
        browser.path().await.ends_with("/profile"),
        "{}",
        browser.heading().await
    );
}
