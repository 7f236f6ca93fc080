//! The answering path as a person walks it: code, notice, work, pages of items, review, sending.

use fantoccini::Locator;

use crate::driver::Browser;
use crate::site::Site;

/// Types a code and goes as far as the first page of items, as a class teacher.
pub async fn to_first_items(browser: &Browser, site: &Site, code: &str) {
    browser.goto(&site.at("/fi/answer")).await;
    browser.fill("#code", code).await;
    browser.press("main form .button").await;
    assert_eq!(browser.path().await, "/fi/answer/privacy");
    browser.press("main form .button").await;
    assert_eq!(browser.path().await, "/fi/answer/position");
    browser.choose("label:has([value=class-teacher])").await;
    browser.press(".steps .button").await;
    assert!(browser.path().await.starts_with("/fi/answer/section/"));
}

/// The first option of every item.
const FIRST_OPTIONS: &str = ".options:not(.declined) > .row:first-child";

/// Answers every item with its first option and goes on to the review; returns how many pages
/// there were.
pub async fn to_review(browser: &Browser) -> usize {
    let mut pages = 0;
    while browser.path().await.contains("/answer/section/") {
        for option in browser
            .page
            .find_all(Locator::Css(FIRST_OPTIONS))
            .await
            .unwrap()
        {
            option.click().await.unwrap();
        }
        browser.press(".steps .button").await;
        pages += 1;
        assert!(pages < 40, "the pages of items do not end");
    }
    assert!(browser.path().await.ends_with("/answer/review"));
    pages
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
