//! Stopping and going on: elsewhere with the same code, in another language, in two tabs.

use e2e::driver::{Browser, Scripts};
use e2e::path::{send, to_first_items, to_review};
use e2e::site::Site;

#[tokio::test(flavor = "multi_thread")]
async fn the_same_code_goes_on_in_another_browser() {
    let site = Site::start().await;
    let code = site.code().await;
    let phone = Browser::phone(Scripts::Off).await;
    to_first_items(&phone, &site, &code).await;
    let section = phone.path().await;
    phone.choose(".row").await;
    phone.press(".steps .later").await;
    assert_eq!(phone.heading().await, "Vastauksesi ovat tallessa");
    phone.close().await;

    let desk = Browser::open(Scripts::On, 1280, 900).await;
    desk.goto(&site.at("/fi/answer")).await;
    desk.fill("#code", &code.to_lowercase().replace('-', " "))
        .await;
    desk.press("main form .button").await;
    desk.goto(&site.at(&section)).await;
    let chosen = desk
        .evaluate("return document.querySelector('.row input').checked")
        .await;
    assert_eq!(chosen, true);
    assert!(desk.text(".progress").await.contains("Vastattu 1"));
    desk.close().await;
}

/// Closed without a word, as when the battery dies: what was called saved is there.
#[tokio::test(flavor = "multi_thread")]
async fn a_tab_closed_for_good_is_gone_on_with_by_the_code() {
    let site = Site::start().await;
    let code = site.code().await;
    let phone = Browser::phone(Scripts::On).await;
    to_first_items(&phone, &site, &code).await;
    let section = phone.path().await;
    phone.choose(".row").await;
    let saved = "return document.getElementById('save-state').dataset.state === 'saved'";
    phone.wait_until(saved).await;
    phone.close().await;

    let other = Browser::phone(Scripts::On).await;
    other.goto(&site.at("/fi/answer")).await;
    other.fill("#code", &code).await;
    other.press("main form .button").await;
    assert_eq!(other.path().await, section, "where the tab was closed");
    assert_eq!(other.count(".row input:checked").await, 1);
    to_review(&other).await;
    send(&other).await;
    assert_eq!(site.kept().await, 1);
    other.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changing_the_language_keeps_what_was_chosen() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::Off).await;
    to_first_items(&browser, &site, &code).await;
    let section = browser.path().await;
    let finnish = browser.heading().await;
    browser.choose(".row").await;
    browser.press(".languages [value=lang-sv]").await;
    assert_eq!(browser.path().await, section.replace("/fi/", "/sv/"));
    assert_ne!(browser.heading().await, finnish);
    assert_eq!(browser.count(".row input:checked").await, 1);
    assert_eq!(
        browser
            .page
            .find(fantoccini::Locator::Css("html"))
            .await
            .unwrap()
            .attr("lang")
            .await
            .unwrap()
            .as_deref(),
        Some("sv")
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_goes_on_and_does_not_change_the_language() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    to_first_items(&browser, &site, &code).await;
    let section = browser.path().await;
    browser.choose(".row").await;
    let chosen = browser
        .page
        .find(fantoccini::Locator::Css(".row input"))
        .await
        .unwrap();
    let before = browser
        .page
        .find(fantoccini::Locator::Css("h1"))
        .await
        .unwrap();
    chosen.send_keys("\u{e007}").await.unwrap();
    for _ in 0..200 {
        if before.tag_name().await.is_err() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    let now = browser.path().await;
    assert!(
        now.starts_with("/fi/answer/section/") && now != section,
        "{now}"
    );
    browser.close().await;
}
