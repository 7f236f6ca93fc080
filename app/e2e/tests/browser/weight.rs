//! What answering costs an old phone on a bad network: bytes as they travel, and requests.

use e2e::driver::{Browser, Scripts};
use e2e::path::to_first_items;
use e2e::site::Site;

/// Bytes and requests of the page that is open, as the browser has counted them.
const WEIGHT: &str = "const all = [...performance.getEntriesByType('navigation'), \
    ...performance.getEntriesByType('resource')]; \
    return [all.reduce((sum, it) => sum + it.transferSize, 0), all.length]";

async fn weight(browser: &Browser) -> (u64, u64) {
    browser
        .wait_until("return document.readyState === 'complete'")
        .await;
    let both = browser.evaluate(WEIGHT).await;
    (both[0].as_u64().unwrap(), both[1].as_u64().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn answering_stays_light() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    browser.goto(&site.at("/fi/answer")).await;
    let (mut bytes, mut requests) = weight(&browser).await;
    to_first_items(&browser, &site, &code).await;
    let (more, asked) = weight(&browser).await;
    println!("start {bytes} bytes, first items {more} bytes in {asked} requests");
    bytes += more;
    requests += asked;
    assert!(
        bytes <= 60_000 && requests <= 6,
        "{bytes} bytes, {requests} requests"
    );
    browser.press(".steps .button").await;
    let (later, asked) = weight(&browser).await;
    println!("a later page {later} bytes in {asked} requests");
    assert!(later <= 5_120, "{later} bytes");
    browser.close().await;
}
