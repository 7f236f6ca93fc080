//! One visitor of a local server: sends what a browser's forms send, keeps the cookie and counts
//! the bytes that came over the wire.

use std::io::{Read, Write};
use std::net::TcpStream;

use flate2::read::GzDecoder;

/// Someone with one cookie.
pub(super) struct Visitor<'a> {
    pub(super) host: &'a str,
    /// As the header `cookie` carries it; empty before the server sets one.
    pub(super) cookie: String,
}

impl Visitor<'_> {
    pub(super) fn new(host: &str) -> Visitor<'_> {
        Visitor {
            host,
            cookie: String::new(),
        }
    }

    pub(super) fn get(&self, path: &str) -> Result<Answer, String> {
        fetch(self.host, "GET", path, &self.cookie, "")
    }

    /// Sends a form; returns the address it leads to.
    pub(super) fn send(&mut self, path: &str, form: &str) -> Result<String, String> {
        let answer = fetch(self.host, "POST", path, &self.cookie, form)?;
        if let Some(set) = answer.header("set-cookie") {
            self.cookie = set.split(';').next().unwrap_or("").to_owned();
        }
        let location = answer.header("location");
        let location = location.ok_or_else(|| format!("{path} does not lead on"))?;
        Ok(location.to_owned())
    }

    /// Goes from the code to the first page of items; returns every address passed.
    pub(super) fn enter(&mut self, code: &str) -> Result<Vec<String>, String> {
        let mut path = self.send("/fi/answer", &format!("code={code}"))?;
        let mut passed = vec![path.clone()];
        while !path.contains("/section/") {
            let form = if path.ends_with("position") {
                "role=class-teacher&employment="
            } else {
                ""
            };
            path = self.send(&path, form)?;
            passed.push(path.clone());
        }
        Ok(passed)
    }
}

/// What came back.
pub(super) struct Answer {
    head: String,
    /// The body, unpacked.
    pub(super) text: String,
    /// Bytes over the wire, head and all.
    pub(super) wire: usize,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(unchunked(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), b"abcde");
    }
}
