//! Nothing lost (T6): offline, server killed, two tabs, a double click, back after sending. What the
//! page calls saved is on the server's disk, and what is not yet says so.

use std::time::Duration;

use app::store::Weakness;
use e2e::driver::{Browser, Scripts};
use e2e::path::{send, to_first_items, to_review};
use e2e::process::{Process, prepare, serve_if_asked};
use e2e::site::Site;

use crate::size::size;

const ENTRY: &str = "saving::a_server_can_be_started_by_a_test";
const SAVED: &str = "return document.getElementById('save-state').dataset.state === 'saved'";
/// What stands in the fields of the page.
const GIVEN: &str = "return [...document.querySelectorAll('.row input:checked')]\
    .map(field => field.name + '=' + field.value).sort().join(' ')";

/// Where the tests start the server's side of a process.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_can_be_started_by_a_test() {
    let served = serve_if_asked().await;
    assert_eq!(served, std::env::var("E2E_FOLDER").is_ok());
}

/// Chooses the option at `place` of the group at `group` of the page.
async fn give(browser: &Browser, group: usize, place: usize) {
    let script = format!(
        "const names = [...new Set([...document.querySelectorAll('.row input[type=radio]')].map(f => f.name))];\
         const name = names[{group} % names.length];\
         const fields = document.querySelectorAll(`input[name=\"${{name}}\"]`);\
         fields[{place} % fields.length].click(); return name"
    );
    browser.evaluate(&script).await;
}

/// Returns what the server gives to the holder of a code who comes with another browser.
async fn on_the_server(address: &dyn Fn(&str) -> String, code: &str, section: &str) -> String {
    let other = Browser::open(Scripts::On, 1000, 900).await;
    other.goto(&address("/fi/answer")).await;
    other.fill("#code", code).await;
    other.press("main form .button").await;
    other.goto(&address(section)).await;
    let given = other.evaluate(GIVEN).await.as_str().unwrap().to_owned();
    other.close().await;
    given
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_is_saved_as_it_is_given() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    to_first_items(&browser, &site, &code).await;
    let before = browser.text("#save-state").await;
    assert!(before.contains("heti, kun annat sen"), "{before}");
    give(&browser, 0, 1).await;
    browser.wait_until(SAVED).await;
    assert!(browser.text("#save-state").await.starts_with("Tallennettu"));
    assert!(browser.text(".progress").await.contains("Vastattu 1"));
    assert_eq!(browser.text("#save-trouble").await, "");
    let given = browser.evaluate(GIVEN).await;
    let section = browser.path().await;
    assert_eq!(
        on_the_server(&|path| site.at(path), &code, &section).await,
        given.as_str().unwrap()
    );
    let left = browser.evaluate("return sessionStorage.getItem('icteko-unsent')");
    assert!(left.await.is_null(), "what is saved leaves the tab");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.close().await;
}

/// Gives an answer under a script that does something before the page's own; returns what the page
/// shows once it says "saved" and what the server has.
async fn given_under(script: &str) -> (String, String) {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    to_first_items(&browser, &site, &code).await;
    browser.evaluate(script).await;
    give(&browser, 0, 1).await;
    browser.wait_until(SAVED).await;
    let section = browser.path().await;
    let shown = browser.evaluate(GIVEN).await.as_str().unwrap().to_owned();
    let kept = on_the_server(&|path| site.at(path), &code, &section).await;
    browser.close().await;
    (shown, kept)
}

/// The twin of the tests above: a script that acknowledges before the server did is caught.
#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_acknowledges_by_itself_is_caught() {
    let (shown, kept) = given_under("return 0").await;
    assert!(!shown.is_empty() && shown == kept, "{shown} {kept}");
    let faulty = "window.fetch = async () => new Response(JSON.stringify(\
        {refused: [], answered: 1, asked: 40, progress: 'Vastattu 1 / 40'}), \
        {headers: {'content-type': 'application/json'}}); return 0";
    let (shown, kept) = given_under(faulty).await;
    assert_ne!(
        shown, kept,
        "the page says saved and the server has nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_in_the_middle_loses_nothing_and_says_so() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    to_first_items(&browser, &site, &code).await;
    let section = browser.path().await;
    give(&browser, 0, 0).await;
    browser.wait_until(SAVED).await;
    browser.set_offline(true).await;
    for group in 0..4 {
        give(&browser, group, 1).await;
    }
    let told = "return document.getElementById('save-trouble').textContent.includes('vain tässä välilehdessä')";
    browser.wait_until(told).await;
    assert_eq!(browser.text("#save-state").await, "", "one clear state");
    // The way on does not lead into the browser's error page.
    browser.choose(".steps .button").await;
    let stays = "return document.getElementById('save-trouble').textContent.includes('Et voi vielä siirtyä')";
    browser.wait_until(stays).await;
    assert_eq!(browser.path().await, section);
    let given = browser.evaluate(GIVEN).await.as_str().unwrap().to_owned();
    let before = on_the_server(&|path| site.at(path), &code, &section).await;
    assert_ne!(before, given, "it is not saved, as the page says");
    // The tab is loaded anew while there is no network, and once more when there is.
    let _ = browser.page.refresh().await;
    browser.set_offline(false).await;
    browser.goto(&site.at(&section)).await;
    browser.wait_until(SAVED).await;
    assert_eq!(browser.evaluate(GIVEN).await, given.as_str());
    assert_eq!(
        on_the_server(&|path| site.at(path), &code, &section).await,
        given
    );
    to_review(&browser).await;
    send(&browser).await;
    assert_eq!(site.kept().await, 1);
    let left = browser.evaluate("return sessionStorage.getItem('icteko-unsent')");
    assert!(left.await.is_null());
    browser.close().await;
}

/// Answers while the server is killed and started again; returns what the page shows at last and
/// what the server has.
async fn answered_while_killed(weakness: Weakness, kills: usize) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let code = prepare(folder.path()).await;
    let mut server = Process::start(ENTRY, folder.path(), "127.0.0.1:0", Weakness::None);
    let host = server.host.clone();
    let address = |path: &str| format!("http://{host}{path}");
    let browser = Browser::phone(Scripts::On).await;
    browser.goto(&address("/fi/answer")).await;
    browser.fill("#code", &code).await;
    browser.press("main form .button").await;
    browser.press("main form .button").await;
    browser.choose("label:has([value=class-teacher])").await;
    browser.press(".steps .button").await;
    let section = browser.path().await;
    server.kill();
    server = Process::start(ENTRY, folder.path(), &host, weakness);
    for round in 0..kills {
        give(&browser, round, round / 2 + 1).await;
        if round % 2 == 0 {
            browser.wait_until(SAVED).await;
        } else {
            // Before, during and after the save, by turns.
            let delay = (round * 37) % 160;
            tokio::time::sleep(Duration::from_millis(delay as u64)).await;
        }
        server.kill();
        give(&browser, round + 1, round).await;
        server = Process::start(ENTRY, folder.path(), &host, weakness);
    }
    browser.wait_until(SAVED).await;
    // A server that keeps late is given time: what is missing then was lost.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let given = browser.evaluate(GIVEN).await.as_str().unwrap().to_owned();
    let kept = on_the_server(&address, &code, &section).await;
    browser.close().await;
    (given, kept)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_again_and_again_loses_nothing_that_was_called_saved() {
    let (given, kept) = answered_while_killed(Weakness::None, size(20, 500)).await;
    assert!(!given.is_empty());
    assert_eq!(given, kept);
}

/// What the test above relies on: a server that acknowledges before it keeps is found out.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_acknowledges_too_early_is_found_out() {
    let (given, kept) = answered_while_killed(Weakness::SavedBeforeCommit, 1).await;
    assert_ne!(given, kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_do_not_undo_one_another() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    to_first_items(&browser, &site, &code).await;
    let section = browser.path().await;
    let first = browser.open_tab(&site.at(&section)).await;
    give(&browser, 0, 1).await;
    browser.wait_until(SAVED).await;
    // The first tab knows nothing of that; it answers something else and goes on.
    let second = browser.turn_to(first).await;
    give(&browser, 1, 1).await;
    browser.wait_until(SAVED).await;
    browser.press(".steps .button").await;
    let first = browser.turn_to(second).await;
    give(&browser, 0, 2).await;
    browser.wait_until(SAVED).await;
    browser.press(".steps .button").await;
    browser.goto(&site.at(&section)).await;
    assert_eq!(browser.count(".row input:checked").await, 2);
    let level = "return [...new Set([...document.querySelectorAll('.row input[type=radio]')].map(f => f.name))]\
        .slice(0, 2).map(name => [...document.querySelectorAll(`input[name=\"${name}\"]`)].findIndex(f => f.checked)).join(' ')";
    assert_eq!(browser.evaluate(level).await, "2 1");
    // One tab sends; the other is told so with its next answer, and nothing is doubled.
    let second = browser.turn_to(first).await;
    to_review(&browser).await;
    send(&browser).await;
    browser.turn_to(second).await;
    give(&browser, 0, 0).await;
    browser
        .wait_until("return location.pathname.endsWith('/profile')")
        .await;
    assert_eq!(site.kept().await, 1);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_goes_on_once() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    to_first_items(&browser, &site, &code).await;
    give(&browser, 0, 1).await;
    let number = browser.text(".progress p span:last-child").await;
    let twice = "const b = document.querySelector('.steps .button'); b.click(); b.click();";
    browser.evaluate(twice).await;
    let second = format!(
        "return document.querySelector('.progress p span:last-child').textContent !== '{number}' && document.readyState === 'complete'"
    );
    browser.wait_until(&second).await;
    let now = browser.text(".progress p span:last-child").await;
    assert!(
        number.contains('1') && now.contains('2'),
        "{number}, then {now}"
    );
    browser.page.back().await.unwrap();
    assert_eq!(
        browser.count(".row input:checked").await,
        1,
        "back shows what is saved"
    );
    browser.close().await;
}

/// Whoever reaches the review by the browser's own buttons is led back to what is not sent yet.
#[tokio::test(flavor = "multi_thread")]
async fn the_review_waits_for_what_the_tab_has_not_sent() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::phone(Scripts::On).await;
    to_first_items(&browser, &site, &code).await;
    let section = browser.path().await;
    // As it lies in the tab when the network was gone and the page was left.
    let left = "const form = document.getElementById('answers'); \
        const field = form.querySelectorAll('.row input[type=radio]')[1]; \
        const wait = { [form.dataset.section]: { [field.name.slice(2)]: [field.value] } }; \
        const kept = { draft: form.dataset.draft, sent: null, wait, bad: {} }; \
        sessionStorage.setItem('icteko-unsent', JSON.stringify(kept)); return true";
    browser.wait_until(left).await;
    browser.goto(&site.at("/fi/answer/review")).await;
    let back = format!("return location.pathname === '{section}'");
    browser.wait_until(&back).await;
    browser.wait_until(SAVED).await;
    assert_eq!(browser.count(".row input:checked").await, 1);
    browser.goto(&site.at("/fi/answer/review")).await;
    assert_eq!(browser.path().await, "/fi/answer/review");
    browser.close().await;
}
