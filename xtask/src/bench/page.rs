//! Weighs what a phone fetches before the first answer.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use flate2::read::GzDecoder;

use crate::pilot::{self, Server};
use crate::step::{output, root, run as run_command, step, target_dir};

/// The most that the first load of the answering path may weigh, compressed, and fetch.
const MOST_BYTES: usize = 60_000;
const MOST_REQUESTS: usize = 6;

/// Weighs every page of the answering path that the server gives without answers.
pub(super) fn run() -> Result<(), String> {
    step("build the program", pilot::build)?;
    let data = target_dir().join("bench-page").join("data");
    if data.exists() {
        fs::remove_dir_all(&data).map_err(|error| error.to_string())?;
    }
    let inputs = root().join("examples/pilot");
    for (what, file) in [
        ("network", "network.toml"),
        ("units", "units.csv"),
        ("frame", "frame.csv"),
    ] {
        run_command(
            pilot::icteko(&data)
                .args(["import", what])
                .arg(inputs.join(file)),
        )?;
    }
    run_command(pilot::icteko(&data).args([
        "wave",
        "create",
        "proba",
        "--survey",
        "icteko-perus",
        "--opens",
        "2026-01-01",
        "--closes",
        "2036-01-01",
    ]))?;
    run_command(pilot::icteko(&data).args(["wave", "open", "proba"]))?;
    let codes = output(pilot::icteko(&data).args([
        "wave",
        "codes",
        "proba",
        "--unit",
        "tre-harju",
        "--count",
        "1",
    ]))?;
    let code = codes
        .lines()
        .nth(1)
        .and_then(|line| line.split_once(','))
        .ok_or("no code")?
        .1
        .trim()
        .to_owned();
    let server = Server::start(&data, "127.0.0.1:0")?;
    let mut worst = (0, 0);
    println!("{:<28} {:>9} {:>9}", "page", "requests", "bytes");
    for (name, bytes, requests) in walk(&server.host, &code)? {
        println!("{name:<28} {requests:>9} {bytes:>9}");
        worst = (worst.0.max(bytes), worst.1.max(requests));
    }
    println!("most allowed                 {MOST_REQUESTS:>9} {MOST_BYTES:>9}");
    drop(server);
    let _ = fs::remove_dir_all(data.parent().unwrap_or(Path::new(".")));
    if worst.0 > MOST_BYTES || worst.1 > MOST_REQUESTS {
        return Err("a page of the answering path is too heavy".into());
    }
    Ok(())
}

/// Follows the path from the code to the first items; each page is weighed as if nothing were
/// in the browser's store.
fn walk(host: &str, code: &str) -> Result<Vec<(String, usize, usize)>, String> {
    let mut weighed = Vec::new();
    let mut cookie = String::new();
    let mut weigh = |path: &str, cookie: &str| -> Result<String, String> {
        let first = fetch(host, "GET", path, cookie, "")?;
        let mut bytes = first.wire;
        let assets = assets(&first.text);
        for asset in &assets {
            bytes += fetch(host, "GET", asset, cookie, "")?.wire;
        }
        weighed.push((path.to_owned(), bytes, 1 + assets.len()));
        Ok(first.text)
    };
    weigh("/fi/answer", "")?;
    let entered = fetch(host, "POST", "/fi/answer", "", &format!("code={code}"))?;
    if let Some(set) = entered.header("set-cookie") {
        cookie = set.split(';').next().unwrap_or("").to_owned();
    }
    let mut path = entered
        .header("location")
        .ok_or("the code was refused")?
        .to_owned();
    for _ in 0..3 {
        weigh(&path, &cookie)?;
        let body = if path.ends_with("position") {
            "role=class-teacher&employment="
        } else {
            ""
        };
        let next = fetch(host, "POST", &path, &cookie, body)?;
        match next.header("location") {
            Some(location) => path = location.to_owned(),
            None => return Err(format!("{path} does not lead on")),
        }
        if path.contains("/section/") {
            weigh(&path, &cookie)?;
            break;
        }
    }
    Ok(weighed)
}

struct Answer {
    head: String,
    text: String,
    wire: usize,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

/// One request over a connection of its own, with the bytes that came over it.
fn fetch(host: &str, method: &str, path: &str, cookie: &str, body: &str) -> Result<Answer, String> {
    let mut stream = TcpStream::connect(host).map_err(|error| format!("{host}: {error}"))?;
    let cookie = if cookie.is_empty() {
        String::new()
    } else {
        format!("cookie: {cookie}\r\n")
    };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\naccept: text/html\r\naccept-encoding: gzip\r\n\
         sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n{cookie}\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream
        .write_all(request.as_bytes())
        .map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    stream
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    let split = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .ok_or("no answer")?;
    let head = String::from_utf8_lossy(&bytes[..split]).into_owned();
    let is_chunked = head
        .to_ascii_lowercase()
        .contains("transfer-encoding: chunked");
    let is_packed = head.to_ascii_lowercase().contains("content-encoding: gzip");
    let raw = bytes[split + 4..].to_vec();
    let content = if is_chunked { unchunked(&raw) } else { raw };
    let mut text = Vec::new();
    if is_packed {
        GzDecoder::new(content.as_slice())
            .read_to_end(&mut text)
            .map_err(|error| error.to_string())?;
    } else {
        text = content;
    }
    Ok(Answer {
        head,
        text: String::from_utf8_lossy(&text).into_owned(),
        wire: bytes.len(),
    })
}

fn unchunked(mut raw: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    while let Some(end) = raw.windows(2).position(|two| two == b"\r\n") {
        let size = String::from_utf8_lossy(&raw[..end]);
        let Ok(size) = usize::from_str_radix(size.trim(), 16) else {
            break;
        };
        if size == 0 || raw.len() < end + 4 + size {
            break;
        }
        content.extend_from_slice(&raw[end + 2..end + 2 + size]);
        raw = &raw[end + 4 + size..];
    }
    content
}

/// Returns what the browser fetches by itself: styles, scripts, pictures and fonts of the page.
fn assets(html: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for tag in html.split('<') {
        let name = tag
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or("");
        let attribute = match name {
            "script" | "img" => "src=\"",
            "link" => "href=\"",
            _ => continue,
        };
        let is_fetched = name != "link"
            || ["stylesheet", "icon", "preload"]
                .iter()
                .any(|rel| tag.contains(rel));
        if let (true, Some(at)) = (is_fetched, tag.find(attribute)) {
            let value = tag[at + attribute.len()..].split('"').next().unwrap_or("");
            if value.starts_with('/') {
                found.insert(value.to_owned());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_fetches_is_counted_and_links_are_not() {
        let html = "<link rel=\"stylesheet\" href=\"/a.css\"><a href=\"/b\">x</a><script src=\"/c.js\"></script>";
        assert_eq!(
            assets(html),
            BTreeSet::from(["/a.css".to_owned(), "/c.js".to_owned()])
        );
    }

    #[test]
    fn chunks_are_joined() {
        assert_eq!(unchunked(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), b"abcde");
    }
}
