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

/// Pages whose form depends on how long the words are; the others differ in words alone.
const LONG_WORDED: [&str; 12] = [
    "privacy",
    "position",
    "section-background",
    "section-safety",
    "section-support",
    "section-environment",
    "review",
    "profile",
    "home",
    "new-wave",
    "wave",
    "wave-closed",
];

/// The long-worded pages of two languages.
fn long_worded(languages: [Lang; 2]) -> Vec<Sample> {
    let scene = Scene::load();
    let mut samples = Vec::new();
    for lang in languages {
        let names = LONG_WORDED.map(|name| format!("{}-{name}", lang.tag()));
        let found = scene.samples(lang).into_iter();
        samples.extend(found.filter(|sample| names.contains(&sample.name)));
    }
    assert_eq!(samples.len(), 2 * LONG_WORDED.len());
    samples
}

#[tokio::test(flavor = "multi_thread")]
async fn wide_swedish_and_english_pages_keep_the_rules() {
    let browser = Browser::open(Scripts::On, 1280, 900).await;
    all_keep_the_rules(long_worded([Lang::Sv, Lang::En]), browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dark_finnish_and_english_pages_keep_the_rules() {
    all_keep_the_rules(long_worded([Lang::Fi, Lang::En]), Browser::dark().await).await;
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
