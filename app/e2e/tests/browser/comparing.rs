//! The island of the own profile: complete without the browser build, quicker with it.

use e2e::driver::{Browser, Scripts};
use e2e::path::{send, to_first_items, to_review};
use e2e::rules::is_accessible;
use e2e::site::Site;

#[tokio::test(flavor = "multi_thread")]
async fn another_role_can_be_chosen_to_compare_with() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::open(Scripts::On, 1280, 900).await;
    to_first_items(&browser, &site, &code).await;
    to_review(&browser).await;
    send(&browser).await;
    assert_eq!(
        browser.count("#island-loader").await,
        1,
        "the program has no browser build: run  cargo xtask web"
    );
    let first = browser.text(".compare caption").await;
    browser.choose("#compare-with option:nth-child(2)").await;
    let second = browser.text(".compare caption").await;
    assert_ne!(first, second);
    assert_eq!(browser.count("leptos-island details").await, 0);
    is_accessible(&browser, "profile with its island").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_every_role_can_be_opened() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::Off).await;
    to_first_items(&browser, &site, &code).await;
    to_review(&browser).await;
    send(&browser).await;
    assert!(browser.count("leptos-island details").await > 3);
    browser.choose("leptos-island summary").await;
    assert!(
        browser
            .text("leptos-island details[open] tbody")
            .await
            .contains('1')
    );
    browser.close().await;
}
