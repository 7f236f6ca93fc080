//! The accessibility rules (axe-core) and the width of a page.

use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

use crate::driver::Browser;

static AXE: LazyLock<String> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; run  npm ci  in app/e2e", path.display()))
});

/// Every rule of WCAG 2.2 A and AA that a program can check, and the good practices beside them.
const RUN: &str = "const done = arguments[arguments.length - 1];
axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))));";

/// Returns what the page breaks of the rules: an array of sentences, empty where it keeps them.
pub async fn broken_rules(browser: &Browser) -> Value {
    browser.page.execute(&AXE, Vec::new()).await.unwrap();
    browser.page.execute_async(RUN, Vec::new()).await.unwrap()
}

/// Fails where the page breaks a rule or is wider than the window; `what` names the page.
pub async fn is_accessible(browser: &Browser, what: &str) {
    let broken = broken_rules(browser).await;
    assert_eq!(broken, Value::Array(Vec::new()), "{what}");
    let overflow = browser.overflow().await;
    assert!(
        overflow <= 0,
        "{what} is {overflow} px wider than the window"
    );
}
