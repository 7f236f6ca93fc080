//! Every page in every state and language, as the gallery renders it.

use surveys::Lang;
use tempfile::TempDir;

use e2e::driver::{Browser, Scripts};
use e2e::gallery::{Sample, Scene};
use e2e::rules::{broken_rules, is_accessible};

/// Opens every sample in a browser of this width and applies the rules.
async fn all_keep_the_rules(samples: Vec<Sample>, browser: Browser) {
    let folder: TempDir = tempfile::tempdir().unwrap();
    assert!(!samples.is_empty());
    for sample in samples {
        let file = folder.path().join(format!("{}.html", sample.name));
        std::fs::write(&file, sample.html).unwrap();
        browser.goto(&format!("file://{}", file.display())).await;
        is_accessible(&browser, &sample.name).await;
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn finnish_pages_keep_the_rules_at_320_px() {
    all_keep_the_rules(
        Scene::load().samples(Lang::Fi),
        Browser::phone(Scripts::On).await,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn swedish_pages_keep_the_rules_at_320_px() {
    all_keep_the_rules(
        Scene::load().samples(Lang::Sv),
        Browser::phone(Scripts::On).await,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn english_pages_keep_the_rules_at_320_px() {
    all_keep_the_rules(
        Scene::load().samples(Lang::En),
        Browser::phone(Scripts::On).await,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wide_pages_keep_the_rules() {
    let browser = Browser::open(Scripts::On, 1280, 900).await;
    all_keep_the_rules(Scene::load().samples(Lang::Fi), browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dark_pages_keep_the_rules() {
    all_keep_the_rules(Scene::load().samples(Lang::Sv), Browser::dark().await).await;
}

/// What the other tests rely on: a page with faults is found out.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_faults_breaks_the_rules() {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let file = folder.path().join("faults.html");
    let html = "<!doctype html><html><title>Vikoja</title><main><h1>Vikoja</h1><img src='x.png'>\
        <input type='text'><p style='color:#bbb;background:#fff'>Vaaleaa</p></main></html>";
    std::fs::write(&file, html).unwrap();
    let browser = Browser::phone(Scripts::On).await;
    browser.goto(&format!("file://{}", file.display())).await;
    let broken = broken_rules(&browser).await.to_string();
    for rule in ["html-has-lang", "image-alt", "label", "color-contrast"] {
        assert!(broken.contains(rule), "{rule} is not found: {broken}");
    }
    browser.close().await;
}
