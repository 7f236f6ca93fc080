//! The handbook's pages as readers see them: wide, on a phone, dark, without scripts.

use e2e::driver::{Browser, Scripts};
use e2e::handbook::pages;
use e2e::rules::is_accessible;

async fn all_keep_the_rules(browser: Browser) {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(folder.path());
    // The network and a city, in three languages, each with a cover and some chapters.
    assert!(pages.len() >= 2 * 3 * 4, "{pages:?}");
    for page in pages {
        browser.goto(&format!("file://{}", page.display())).await;
        is_accessible(&browser, &page.display().to_string()).await;
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn handbook_pages_keep_the_rules_at_320_px() {
    all_keep_the_rules(Browser::phone(Scripts::On).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wide_handbook_pages_keep_the_rules() {
    all_keep_the_rules(Browser::open(Scripts::On, 1280, 900).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dark_handbook_pages_keep_the_rules() {
    all_keep_the_rules(Browser::dark().await).await;
}
