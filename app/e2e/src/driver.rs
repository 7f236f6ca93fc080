//! A real browser: chromedriver on a free port, Chromium without a window, what a person does.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::http::Method;
use fantoccini::wd::{WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

/// Switches that keep Chromium from the network and from asking things.
const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    /// As everywhere.
    On,
    /// As where an administrator has forbidden them.
    Off,
}

/// One browser with a profile of its own.
pub struct Browser {
    pub page: Client,
    driver: Child,
    /// Kept until the browser has closed.
    _profile: TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Asked to end, the driver takes its browser with it; killed, it would leave it behind.
        // A driver that has gone already is no fault.
        let _ = Command::new("kill")
            .arg(self.driver.id().to_string())
            .status();
        let _ = self.driver.wait();
    }
}

impl Browser {
    /// Opens a browser of a phone's width.
    pub async fn phone(scripts: Scripts) -> Browser {
        Browser::open(scripts, 320, 800).await
    }

    /// Opens a browser of this size.
    pub async fn open(scripts: Scripts, width: u32, height: u32) -> Browser {
        Browser::with(scripts, (width, height), &[]).await
    }

    /// Opens a browser whose owner prefers dark pages.
    pub async fn dark() -> Browser {
        let dark = "--blink-settings=preferredColorScheme=0";
        Browser::with(Scripts::On, (800, 900), &[dark]).await
    }

    async fn with(scripts: Scripts, (width, height): (u32, u32), more: &[&str]) -> Browser {
        let (driver, port) = start_driver();
        let profile = tempfile::tempdir().unwrap();
        let mut flags: Vec<String> = FLAGS.iter().chain(more).map(ToString::to_string).collect();
        flags.push(format!("--window-size={width},{height}"));
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let mut chrome = json!({ "args": flags });
        if scripts == Scripts::Off {
            chrome["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        let Value::Object(capabilities) = json!({
            "goog:chromeOptions": chrome,
            "goog:loggingPrefs": { "browser": "ALL" },
        }) else {
            unreachable!("an object was written");
        };
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        page.set_window_size(width, height).await.unwrap();
        Browser {
            page,
            driver,
            _profile: profile,
        }
    }

    /// Goes to an address.
    pub async fn goto(&self, url: &str) {
        self.page.goto(url).await.unwrap();
    }

    /// Returns the path of the page.
    pub async fn path(&self) -> String {
        self.page.current_url().await.unwrap().path().to_owned()
    }

    /// Returns the main heading.
    pub async fn heading(&self) -> String {
        self.text("h1").await
    }

    /// Returns the text of the first element of a selector.
    pub async fn text(&self, css: &str) -> String {
        let found = self.page.wait().for_element(Locator::Css(css)).await;
        found
            .unwrap_or_else(|error| panic!("{css}: {error}"))
            .text()
            .await
            .unwrap()
    }

    /// Returns how many elements of a selector there are.
    pub async fn count(&self, css: &str) -> usize {
        self.page.find_all(Locator::Css(css)).await.unwrap().len()
    }

    /// Types into a field, in place of what stands there.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.page.find(Locator::Css(css)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Clicks something that stays on the page, such as an option.
    pub async fn choose(&self, css: &str) {
        let found = self.page.wait().for_element(Locator::Css(css)).await;
        found
            .unwrap_or_else(|error| panic!("{css}: {error}"))
            .click()
            .await
            .unwrap();
    }

    /// Clicks something that leads to another page and waits until that has come.
    pub async fn press(&self, css: &str) {
        let before = self.page.find(Locator::Css("html")).await.unwrap();
        self.choose(css).await;
        // The old page is gone when its element is; a click alone does not say so.
        for _ in 0..200 {
            if before.tag_name().await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{css} led nowhere from {}", self.path().await);
    }

    /// Returns what a script returns.
    pub async fn evaluate(&self, script: &str) -> Value {
        self.page.execute(script, Vec::new()).await.unwrap()
    }

    /// Says how far the page is wider than the window.
    pub async fn overflow(&self) -> i64 {
        let script = "const d = document.documentElement; return d.scrollWidth - d.clientWidth;";
        self.evaluate(script).await.as_i64().unwrap()
    }

    /// Returns what the browser has complained of since it was last asked: scripts that failed,
    /// parts that the Content-Security-Policy refused.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.page.issue_cmd(ConsoleLog).await.unwrap();
        let lines = log.as_array().cloned().unwrap_or_default();
        lines
            .iter()
            .map(|line| line["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Takes the network away from the browser, or gives it back.
    pub async fn set_offline(&self, offline: bool) {
        self.page.issue_cmd(Network { offline }).await.unwrap();
    }

    /// Opens another tab at an address and turns to it; returns the tab that was left. It has a
    /// window of its own, since a hidden tab hears no clicks.
    pub async fn open_tab(&self, url: &str) -> WindowHandle {
        let left = self.page.window().await.unwrap();
        let tab = self.page.new_window(false).await.unwrap();
        self.page.switch_to_window(tab.handle).await.unwrap();
        self.goto(url).await;
        left
    }

    /// Turns to a tab and returns the one that was left.
    pub async fn turn_to(&self, tab: WindowHandle) -> WindowHandle {
        let left = self.page.window().await.unwrap();
        self.page.switch_to_window(tab).await.unwrap();
        left
    }

    /// Returns what a screen reader calls the first element of a selector.
    pub async fn accessible_name(&self, css: &str) -> String {
        let found = self.page.find(Locator::Css(css)).await.unwrap();
        let name = ComputedLabel(found.element_id().to_string());
        let name = self.page.issue_cmd(name).await.unwrap();
        name.as_str().unwrap().to_owned()
    }

    /// Waits until a script returns true.
    pub async fn wait_until(&self, script: &str) {
        for _ in 0..600 {
            if self.page.execute(script, Vec::new()).await.ok() == Some(Value::Bool(true)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("never: {script}");
    }

    /// Ends the browser.
    pub async fn close(self) {
        // The profile is removed by drop; a browser that has gone already is no fault.
        let _ = self.page.clone().close().await;
    }
}

/// Chromedriver's own command for what stands in the console.
#[derive(Debug)]
struct ConsoleLog;

impl WebDriverCompatibleCommand for ConsoleLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// The driver's command for the name of an element in the accessibility tree.
#[derive(Debug)]
struct ComputedLabel(String);

impl WebDriverCompatibleCommand for ComputedLabel {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!(
            "session/{session}/element/{}/computedlabel",
            self.0
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}

/// Chromedriver's own command for the state of the network.
#[derive(Debug)]
struct Network {
    offline: bool,
}

impl WebDriverCompatibleCommand for Network {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/chromium/network_conditions"))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        if !self.offline {
            return (Method::DELETE, None);
        }
        let conditions = json!({ "offline": true, "latency": 0, "throughput": 0 });
        let body = json!({ "network_conditions": conditions });
        (Method::POST, Some(body.to_string()))
    }
}

/// Starts chromedriver and returns it with the port it has chosen.
#[expect(
    clippy::zombie_processes,
    reason = "its owner ends it and waits for it when it is dropped"
)]
fn start_driver() -> (Child, u16) {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver starts; without it: apt-get install chromium chromium-driver");
    let mut lines = BufReader::new(driver.stdout.take().unwrap());
    let mut line = String::new();
    loop {
        line.clear();
        assert!(
            lines.read_line(&mut line).unwrap() > 0,
            "chromedriver says no port"
        );
        let port = line
            .trim()
            .rsplit("on port ")
            .next()
            .map(|it| it.trim_end_matches('.'));
        if let Some(port) = port
            .filter(|_| line.contains("successfully"))
            .and_then(|it| it.parse().ok())
        {
            // What it says later must not block it.
            std::thread::spawn(move || {
                let _ = std::io::copy(&mut lines, &mut std::io::sink());
            });
            return (driver, port);
        }
    }
}
