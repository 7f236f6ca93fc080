//! From the code to the own profile, with scripts and without.

use e2e::driver::{Browser, Scripts};
use e2e::path::{send, to_first_items, to_first_items_in, to_review};
use e2e::rules::is_accessible;
use e2e::site::Site;
use surveys::Lang;

async fn whole_path(lang: Lang, scripts: Scripts) {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(scripts).await;
    to_first_items_in(lang, &browser, &site, &code).await;
    assert!(to_review(&browser).await > 5);
    assert_eq!(site.kept().await, 0);
    send(&browser).await;
    assert_eq!(site.kept().await, 1);
    let (profile, used) = match lang {
        Lang::Fi => ("Oma profiilisi", "Tällä koodilla on jo vastattu"),
        Lang::Sv => ("Din egen profil", "Den här koden är redan använd"),
        Lang::En => ("Your own profile", "This code has been used"),
    };
    assert_eq!(browser.heading().await, profile);
    assert!(browser.count("figure svg").await == 1);
    assert!(browser.count("main > .wrap > table tbody tr").await >= 5);
    assert!(browser.count("a[download]").await == 1);
    // The code has done its work.
    let answer = format!("/{}/answer", lang.tag());
    browser.goto(&site.at(&answer)).await;
    browser.fill("#code", &code).await;
    browser.press("main form .button").await;
    assert_eq!(browser.heading().await, used);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_goes_from_code_to_profile() {
    whole_path(Lang::Fi, Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_without_scripts_goes_from_code_to_profile() {
    whole_path(Lang::Fi, Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_without_scripts_goes_from_code_to_profile_in_swedish() {
    whole_path(Lang::Sv, Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_without_scripts_goes_from_code_to_profile_in_english() {
    whole_path(Lang::En, Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_on_the_way_is_accessible_and_narrow_enough() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    for path in ["/fi", "/sv/answer", "/en/answer"] {
        browser.goto(&site.at(path)).await;
        is_accessible(&browser, path).await;
    }
    to_first_items(&browser, &site, &code).await;
    while browser.path().await.contains("/answer/section/") {
        is_accessible(&browser, &browser.path().await).await;
        browser.press(".steps .button").await;
    }
    is_accessible(&browser, "review").await;
    send(&browser).await;
    is_accessible(&browser, "profile").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_in_the_link_fills_the_field_and_leaves_the_address() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    browser.goto(&site.at(&format!("/fi/answer#{code}"))).await;
    let typed = browser
        .evaluate("return document.getElementById('code').value")
        .await;
    assert_eq!(typed, code.as_str());
    let address = browser.evaluate("return location.href").await;
    assert_eq!(address, site.at("/fi/answer").as_str());
    browser.press("main form .button").await;
    assert_eq!(browser.path().await, "/fi/answer/privacy");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_twice_keeps_one_answer() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    to_first_items(&browser, &site, &code).await;
    to_review(&browser).await;
    // Two presses in one breath, as on a slow line.
    let forms = "const f = document.getElementById('send'); f.requestSubmit(); f.requestSubmit();";
    browser.evaluate(forms).await;
    browser.text("#print, figure").await;
    assert_eq!(site.kept().await, 1);
    // Back to the review and once more.
    browser.page.back().await.unwrap();
    if browser.count("#send .button").await == 1 {
        browser.press("#send .button").await;
    }
    assert_eq!(site.kept().await, 1);
    browser.close().await;
}
