//! A form on paper: typed twice over the pages of items, compared, sent.

use e2e::driver::{Browser, Scripts};
use e2e::path::{choose_first_options, to_review};
use e2e::rules::is_accessible;
use e2e::site::Site;

/// The rules are a script themselves, so they are applied where scripts run.
async fn keeps_the_rules(scripts: Scripts, browser: &Browser, name: &str) {
    if scripts == Scripts::On {
        is_accessible(browser, name).await;
    }
}

/// Takes a form with its code and goes as far as the first page of items.
async fn begin(scripts: Scripts, browser: &Browser, site: &Site, code: &str) {
    browser.goto(&site.at("/fi/answer/paper")).await;
    keeps_the_rules(scripts, browser, "code of a form").await;
    browser.fill("#code", code).await;
    browser.press("main form .button").await;
    assert_eq!(browser.path().await, "/fi/answer/position");
    browser.choose("label:has([value=class-teacher])").await;
    browser.press(".steps .button").await;
}

async fn types_twice(scripts: Scripts) {
    let site = Site::start().await;
    let code = site.code().await;
    let first = Browser::phone(scripts).await;
    begin(scripts, &first, &site, &code).await;
    assert!(first.text(".paper-mark").await.contains("ensimmäinen"));
    keeps_the_rules(scripts, &first, "first time").await;
    to_review(&first).await;
    keeps_the_rules(scripts, &first, "review of the first time").await;
    first.press("#send .button").await;
    assert_eq!(first.heading().await, "Ensimmäinen näppäily on tallessa");
    assert_eq!(site.kept().await, 0);

    let second = Browser::open(scripts, 1280, 900).await;
    begin(scripts, &second, &site, &code).await;
    assert!(second.text(".paper-mark").await.contains("toinen"));
    assert_eq!(second.count(".row input:checked").await, 0);
    to_differing_review(&second).await;
    assert_eq!(second.path().await, "/fi/answer/paper/differences");
    assert_eq!(second.count("fieldset.card").await, 1);
    keeps_the_rules(scripts, &second, "differences").await;
    second.press(".steps .button").await;
    assert_eq!(second.count(".problems li").await, 1, "nothing was chosen");
    keeps_the_rules(scripts, &second, "differences not decided").await;
    second.choose("fieldset .row").await;
    second.press(".steps .button").await;
    assert_eq!(second.heading().await, "Molemmat näppäilyt ovat samat");
    keeps_the_rules(scripts, &second, "review of the second time").await;
    assert_eq!(site.kept().await, 0);
    second.press("#send .button").await;
    assert_eq!(second.heading().await, "Lomake on näppäilty");
    keeps_the_rules(scripts, &second, "form sent").await;
    assert_eq!(site.kept().await, 1);
    let complaints = second.complaints().await;
    let own = complaints.iter().filter(|it| !it.contains("status of 422"));
    assert_eq!(own.count(), 0, "{complaints:?}");
    for browser in [first, second] {
        browser.close().await;
    }
}

/// The same answers as the first time but for one, in a question that asks nothing further.
async fn to_differing_review(browser: &Browser) {
    let mut other = false;
    while browser.path().await.contains("/answer/section/") {
        choose_first_options(browser).await;
        if !other && browser.path().await.ends_with("/safety") {
            browser
                .choose(".options:not(.declined) > .row:nth-child(2)")
                .await;
            other = true;
        }
        browser.press(".steps .button").await;
    }
    assert!(other, "a page of items was answered otherwise");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_typed_twice_and_compared() {
    types_twice(Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_typed_twice_without_scripts() {
    types_twice(Scripts::Off).await;
}
