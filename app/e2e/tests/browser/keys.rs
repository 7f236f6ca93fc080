//! Number keys: they answer the question that has the focus, nothing else, and can be switched off.

use e2e::driver::{Browser, Scripts};
use e2e::path::to_first_items;
use e2e::rules::is_accessible;
use e2e::site::Site;
use fantoccini::Locator;

/// The place of the chosen option of the first group of radio buttons, from 0; -1 for none.
const CHOSEN: &str = "const first = document.querySelector('.row input[type=radio]');\
    const group = first.closest('fieldset, [role=radiogroup]');\
    return [...group.querySelectorAll('.options:not(.declined) input')].findIndex(f => f.checked)";

async fn press_key(browser: &Browser, css: &str, key: &str) {
    let field = browser.page.find(Locator::Css(css)).await.unwrap();
    field.send_keys(key).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_answers_the_question_with_the_focus_until_it_is_switched_off() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::open(Scripts::On, 1280, 900).await;
    to_first_items(&browser, &site, &code).await;
    let first = ".row input[type=radio]";
    let name = browser.accessible_name(first).await;
    assert!(!name.contains('1'), "the number is not read aloud: {name}");
    // Away from a question a number does nothing.
    press_key(&browser, "body", "2").await;
    assert_eq!(browser.evaluate(CHOSEN).await, -1);
    press_key(&browser, first, "2").await;
    assert_eq!(browser.evaluate(CHOSEN).await, 1);
    let saved = "return document.getElementById('save-state').dataset.state === 'saved'";
    browser.wait_until(saved).await;
    press_key(&browser, first, "9").await;
    assert_eq!(
        browser.evaluate(CHOSEN).await,
        1,
        "there is no ninth option"
    );
    is_accessible(&browser, "number keys").await;
    browser.choose("#keys input").await;
    press_key(&browser, first, "1").await;
    assert_eq!(browser.evaluate(CHOSEN).await, 1);
    // The switch is remembered in the tab.
    browser.goto(&site.at(&browser.path().await)).await;
    press_key(&browser, first, "1").await;
    assert_eq!(browser.evaluate(CHOSEN).await, 1);
    browser.choose("#keys input").await;
    press_key(&browser, first, "1").await;
    assert_eq!(browser.evaluate(CHOSEN).await, 0);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_in_a_text_is_text() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::open(Scripts::On, 1280, 900).await;
    to_first_items(&browser, &site, &code).await;
    browser.goto(&site.at("/fi/answer/section/open")).await;
    press_key(&browser, "textarea", "12 laitetta").await;
    let text = browser.evaluate("return document.querySelector('textarea').value");
    assert_eq!(text.await, "12 laitetta");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_there_is_no_switch() {
    let site = Site::start().await;
    let code = site.code().await;
    let browser = Browser::open(Scripts::Off, 1280, 900).await;
    to_first_items(&browser, &site, &code).await;
    let switch = browser.page.find(Locator::Css("#keys")).await.unwrap();
    assert!(!switch.is_displayed().await.unwrap());
    browser.close().await;
}
