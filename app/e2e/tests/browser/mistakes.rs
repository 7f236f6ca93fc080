//! What goes wrong is told where it can be put right, and the focus is there.

use e2e::driver::{Browser, Scripts};
use e2e::rules::is_accessible;
use e2e::site::Site;

async fn focus_is_on_the_list(browser: &Browser) {
    let focused = browser
        .evaluate("return document.activeElement.className")
        .await;
    assert_eq!(focused, "problems");
    let leads = browser.evaluate(
        "return [...document.querySelectorAll('.problems a')].every(a => document.querySelector(a.getAttribute('href')))",
    );
    assert_eq!(leads.await, true, "every entry leads to a field");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_code_keeps_what_was_typed() {
    let site = Site::start().await;
    let browser = Browser::phone(Scripts::On).await;
    browser.goto(&site.at("/fi/answer")).await;
    browser.fill("#code", "ABCD EFGH").await;
    browser.press("main form .button").await;
    focus_is_on_the_list(&browser).await;
    let typed = browser
        .evaluate("return document.getElementById('code').value")
        .await;
    assert_eq!(typed, "ABCD EFGH");
    let described = browser.evaluate(
        "const f = document.getElementById('code'); return f.getAttribute('aria-describedby').split(' ').every(i => document.getElementById(i)) && f.ariaInvalid === 'true'",
    );
    assert_eq!(described.await, true);
    is_accessible(&browser, "wrong code").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_role_is_told_above_and_at_the_question() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    browser.goto(&site.at("/sv/answer")).await;
    browser.fill("#code", &code).await;
    browser.press("main form .button").await;
    browser.press("main form .button").await;
    browser.press(".steps .button").await;
    focus_is_on_the_list(&browser).await;
    assert!(
        browser
            .page
            .title()
            .await
            .unwrap()
            .starts_with("Att rätta: ")
    );
    is_accessible(&browser, "no role").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_not_there_says_so_in_the_language() {
    let site = Site::start().await;
    let browser = Browser::phone(Scripts::On).await;
    for (path, heading) in [
        ("/fi/no-such", "Sivua ei löytynyt"),
        ("/sv/no-such", "Sidan hittades inte"),
        ("/en/no-such", "Page not found"),
    ] {
        browser.goto(&site.at(path)).await;
        assert_eq!(browser.heading().await, heading);
        is_accessible(&browser, path).await;
    }
    browser.close().await;
}
