//! The handbook's pages as readers see them: wide, on a phone, dark, without scripts.

use e2e::driver::{Browser, Scripts};
use e2e::handbook::pages;
use e2e::rules::is_accessible;
use e2e::site::Site;
use serde_json::Value;

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

/// What the search page of a book shows for some words, opened from its folder.
async fn found(browser: &Browser, page: &std::path::Path, words: &str) -> String {
    browser.goto(&format!("file://{}", page.display())).await;
    browser.fill("#q", words).await;
    browser.text("#results").await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_search_finds_bent_words_and_parts_of_compounds_in_three_languages() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(folder.path());
    let browser = Browser::phone(Scripts::On).await;
    for (lang, cases) in [
        (
            "fi",
            [
                ("tutoropettajillemme", "utoropettaj"),
                ("järjestelmien", "Tukijärjestelmän"),
                ("salasanoissa", "unnuks"),
            ],
        ),
        (
            "sv",
            [
                ("handledarnas", "andled"),
                ("utbildningarnas", "tbildning"),
                ("lösenorden", "onto"),
            ],
        ),
        (
            "en",
            [
                ("tutoring", "utor"),
                ("trained", "rain"),
                ("passwords", "ccount"),
            ],
        ),
    ] {
        let place = format!("network/{lang}/search.html");
        let page = pages.iter().find(|page| page.ends_with(&place)).unwrap();
        for (words, expected) in cases {
            let shown = found(&browser, page, words).await;
            assert!(shown.contains(expected), "{lang} {words}: {shown}");
        }
        let nothing = found(&browser, page, "qqqqxz").await;
        assert_eq!(nothing, "", "{lang}");
        assert!(!browser.text("#found").await.is_empty(), "{lang}");
        assert_eq!(browser.overflow().await, 0, "{lang}");
    }
    assert!(browser.complaints().await.is_empty());
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_the_search_leads_to_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(folder.path());
    let page = pages
        .iter()
        .find(|page| page.ends_with("network/fi/search.html"))
        .unwrap();
    let browser = Browser::phone(Scripts::Off).await;
    browser.goto(&format!("file://{}", page.display())).await;
    assert!(browser.text("main").await.contains("Asiahakemisto"));
    assert!(!browser.text("main").await.contains("Etsi käsikirjasta"));
    browser.close().await;
}

const DATA: &str =
    "return document.querySelector('script[type=\"application/ld+json\"]').textContent;";
const ADD_SCRIPT: &str =
    "const it = document.createElement('script'); it.textContent = 'window.ran = true';
document.head.append(it); return window.ran === true;";

#[tokio::test(flavor = "multi_thread")]
async fn the_service_refuses_nothing_of_a_page_and_its_data_block_is_no_script() {
    let site = Site::start().await;
    std::fs::create_dir_all(site.editions()).unwrap();
    let built = pages(&site.editions());
    assert!(!built.is_empty());
    let browser = Browser::open(Scripts::On, 1280, 900).await;
    for name in [
        "index", "results", "tables", "register", "search", "picture", "summary",
    ] {
        let page = format!("/handbook/edition/tampere/sv/{name}.html");
        browser.goto(&site.at(&page)).await;
        let complaints = browser.complaints().await;
        assert!(complaints.is_empty(), "{name}: {complaints:?}");
    }
    for name in ["index", "tables"] {
        let page = format!("/handbook/edition/tampere/sv/{name}.html");
        browser.goto(&site.at(&page)).await;
        let data = browser.evaluate(DATA).await;
        let data: Value = serde_json::from_str(data.as_str().unwrap()).unwrap();
        assert_eq!(data["@type"], "Dataset", "{name}");
    }
    // The policy is at work: a script inside the page is refused, and the browser says so.
    assert_eq!(browser.evaluate(ADD_SCRIPT).await, false);
    assert!(!browser.complaints().await.is_empty());
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn slides_are_turned_without_scripts() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(folder.path());
    let slides = pages
        .iter()
        .find(|page| page.ends_with("tampere/en/summary.html"));
    let browser = Browser::open(Scripts::Off, 1280, 900).await;
    browser
        .goto(&format!("file://{}", slides.unwrap().display()))
        .await;
    let count = browser.count(".slide").await;
    assert!((8..=12).contains(&count), "{count} slides");
    for number in 2..=count {
        browser
            .choose(&format!("#slide-{} .turn a:last-child", number - 1))
            .await;
        let here = browser.page.current_url().await.unwrap();
        assert_eq!(here.fragment(), Some(format!("slide-{number}").as_str()));
    }
    browser.close().await;
}
