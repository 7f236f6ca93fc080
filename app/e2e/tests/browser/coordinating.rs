//! The coordinator's way: one-time link, wave, codes, findings, closing.

use e2e::driver::{Browser, Scripts};
use e2e::rules::is_accessible;
use e2e::site::{Site, WAVE};

async fn signed_in(site: &Site, browser: &Browser) {
    browser.goto(&site.link().await).await;
    browser.press("main form .button").await;
    assert_eq!(
        browser.path().await,
        "/fi/coordinator",
        "{}",
        browser.heading().await
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coordinator_makes_codes_reads_findings_and_closes() {
    let site = Site::start().await;
    let browser = Browser::open(Scripts::On, 1280, 900).await;
    signed_in(&site, &browser).await;
    is_accessible(&browser, "home").await;
    browser.press("tbody th a").await;
    assert_eq!(browser.heading().await, WAVE);
    is_accessible(&browser, "wave").await;

    browser.choose("#unit option[value=jokikoulu]").await;
    browser.fill("#count", "3").await;
    browser.press(".inline-form .button").await;
    assert_eq!(browser.count(".slip svg").await, 3);
    assert_eq!(browser.text(".slip .code").await.len(), 19);
    is_accessible(&browser, "codes").await;

    browser
        .goto(&site.at(&format!("/fi/coordinator/waves/{WAVE}")))
        .await;
    browser.press("main ul a[href*=findings]").await;
    assert!(browser.heading().await.starts_with("Tulokset 1"));
    assert!(browser.text("#main").await.contains("ei näytetä"));
    is_accessible(&browser, "findings").await;

    browser
        .goto(&site.at(&format!("/fi/coordinator/waves/{WAVE}/close")))
        .await;
    is_accessible(&browser, "question before closing").await;
    browser.press("main form .button").await;
    assert!(browser.text("#main").await.contains("Päättynyt"));
    assert_eq!(browser.count(".inline-form").await, 0);
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_wave_is_refused_with_reasons_and_then_made() {
    let site = Site::start().await;
    let browser = Browser::phone(Scripts::On).await;
    signed_in(&site, &browser).await;
    browser.press("main .button").await;
    browser.press("form.form .button").await;
    assert!(browser.count(".problems li").await >= 1);
    is_accessible(&browser, "wave refused").await;
    browser.fill("#wave", "2027-kevat").await;
    browser
        .evaluate("opens.value = '2027-02-01'; closes.value = '2027-03-01'; return 0")
        .await;
    browser.press("form.form .button").await;
    assert_eq!(browser.heading().await, "2027-kevat");
    is_accessible(&browser, "new wave").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_was_used_opens_nothing() {
    let site = Site::start().await;
    let link = site.link().await;
    let browser = Browser::phone(Scripts::On).await;
    browser.goto(&link).await;
    browser.press("main form .button").await;
    browser.press(".sign-out button").await;
    assert_eq!(browser.heading().await, "Olet kirjautunut ulos");
    browser.goto(&site.at("/fi/coordinator")).await;
    is_accessible(&browser, "sign in first").await;
    browser.goto(&link).await;
    browser.press("main form .button").await;
    assert_eq!(browser.count(".problems").await, 1);
    browser.close().await;
}
