//! The accessibility tree of a part of a page, as lines: what a screen reader is told.
//!
//! Chromium computes it. Roles that say nothing and words that repeat the name before them are
//! left out, so that a line is something a person hears.

use std::collections::BTreeMap;

use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::Url;

use crate::driver::Browser;

/// Returns the tree beneath the first element of a selector, two spaces a level.
pub async fn accessibility_tree(browser: &Browser, css: &str) -> String {
    let document = ask(browser, "DOM.getDocument", json!({ "depth": 0 })).await;
    let inside = json!({ "nodeId": document["root"]["nodeId"], "selector": css });
    let element = ask(browser, "DOM.querySelector", inside).await;
    let element = ask(browser, "DOM.describeNode", element).await;
    let wanted = element["node"]["backendNodeId"].clone();
    assert!(wanted.is_number(), "{css} is not on the page");
    let tree = ask(browser, "Accessibility.getFullAXTree", json!({})).await;
    let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
    let by_id: BTreeMap<String, Value> = nodes
        .iter()
        .map(|node| (text(&node["nodeId"]), node.clone()))
        .collect();
    let top = nodes
        .iter()
        .find(|node| node["backendDOMNodeId"] == wanted)
        .unwrap_or_else(|| panic!("{css} is not in the accessibility tree"));
    let mut lines = Vec::new();
    let mut said = Vec::new();
    walk(top, &by_id, 0, &mut said, &mut lines);
    lines.join("\n")
}

async fn ask(browser: &Browser, command: &'static str, params: Value) -> Value {
    let asked = DevTools { command, params };
    browser.page.issue_cmd(asked).await.unwrap()
}

fn walk(
    node: &Value,
    nodes: &BTreeMap<String, Value>,
    depth: usize,
    said: &mut Vec<String>,
    lines: &mut Vec<String>,
) {
    let role = text(&node["role"]["value"]);
    let name = text(&node["name"]["value"]);
    let silent = match role.as_str() {
        "InlineTextBox" | "LineBreak" | "none" => true,
        "generic" | "LabelText" | "Legend" | "paragraph" => name.is_empty(),
        "StaticText" => said.contains(&name),
        _ => false,
    };
    let is_said = !silent && node["ignored"] != json!(true);
    if is_said {
        lines.push(format!(
            "{}{}",
            "  ".repeat(depth),
            line(node, &role, &name)
        ));
        said.push(name);
    }
    let children = node["childIds"].as_array().cloned().unwrap_or_default();
    for child in children.iter().filter_map(|id| nodes.get(&text(id))) {
        walk(child, nodes, depth + usize::from(is_said), said, lines);
    }
}

/// Role, name, state and description of one node.
fn line(node: &Value, role: &str, name: &str) -> String {
    let mut line = role.to_owned();
    if !name.is_empty() {
        line.push_str(&format!(" \"{name}\""));
    }
    let properties = node["properties"].as_array().cloned().unwrap_or_default();
    for property in &properties {
        match (
            text(&property["name"]).as_str(),
            text(&property["value"]["value"]).as_str(),
        ) {
            ("checked", "true") => line.push_str(", checked"),
            ("checked", "false") => line.push_str(", not checked"),
            ("invalid", "true") => line.push_str(", invalid"),
            ("multiline", "true") => line.push_str(", several lines"),
            _ => {}
        }
    }
    let description = text(&node["description"]["value"]);
    if !description.is_empty() {
        line.push_str(&format!(" ({description})"));
    }
    line
}

/// Texts as they are, other values as JSON writes them, nothing for null.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A command of the browser's own protocol, handed on by chromedriver.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    params: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.params });
        (Method::POST, Some(body.to_string()))
    }
}
