//! A browser with scripts off: it reads forms out of pages, fills them and sends them, keeps
//! cookies, follows redirects, and now and then loses its connection.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use html5gum::{Token, Tokenizer};

/// What can go wrong on the way to the server.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// The server did not answer.
    #[error("no answer from {url}: {problem}")]
    NoAnswer {
        /// The address that was asked for.
        url: String,
        /// What the connection said.
        problem: String,
    },
    /// A page that should hold a form holds none.
    #[error("no form to send on {url} (status {status})")]
    NoForm {
        /// The page's address.
        url: String,
        /// Its status.
        status: u16,
    },
    /// More redirects than any page of ours needs.
    #[error("{url} redirects in a circle")]
    Circle {
        /// Where it began.
        url: String,
    },
}

/// A page as the browser sees it.
#[derive(Clone, Debug)]
pub struct Page {
    /// The path it ended at, after redirects.
    pub path: String,
    /// The status of the last response.
    pub status: u16,
    /// Its forms, in order.
    pub forms: Vec<Form>,
    /// Its HTML.
    pub html: String,
}

/// A form with everything it would send if nobody touched it.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// Hidden fields, and what is filled in or chosen already.
    pub fields: Vec<(String, String)>,
    /// Names and values that can be chosen or filled in; text fields have an empty value.
    pub choices: Vec<(String, String)>,
    /// Names and values of the buttons.
    pub buttons: Vec<(String, String)>,
}

/// An answer that is not followed any further.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Its status.
    pub status: u16,
    /// Seconds after which to come again, where it says so.
    pub retry_after: Option<u64>,
    cookies: Vec<String>,
}

/// Where a connection breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Half of the body has been sent.
    DuringRequest,
    /// Everything has been sent and the answer is not waited for.
    BeforeAnswer,
}

/// One person's browser.
pub struct Browser {
    agent: ureq::Agent,
    host: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// Opens a browser for the server at `host`, such as `127.0.0.1:8080`.
    #[must_use]
    pub fn new(host: &str) -> Browser {
        let agent = ureq::Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .new_agent();
        Browser::with_agent(host, agent)
    }

    /// Opens a browser that shares connections with others; cookies are its own.
    #[must_use]
    pub fn with_agent(host: &str, agent: ureq::Agent) -> Browser {
        Browser {
            agent,
            host: host.to_owned(),
            cookies: BTreeMap::new(),
        }
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn get(&mut self, path: &str) -> Result<Page, BrowserError> {
        let response = self.ask(path)?;
        self.follow(path, response)
    }

    /// Fetches a page and reads it to its end; redirects and cookies are left alone.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn fetch(&self, path: &str) -> Result<Reply, BrowserError> {
        let response = self.ask(path)?;
        read_through(&self.url(path), response)
    }

    /// Sends a form and reads the answer to its end; redirects and cookies are left alone.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn post(&self, action: &str, fields: &[(String, String)]) -> Result<Reply, BrowserError> {
        let response = self.submit(action, fields)?;
        read_through(&self.url(action), response)
    }

    /// Keeps the cookies of an answer.
    pub fn keep(&mut self, reply: &Reply) {
        for text in &reply.cookies {
            self.keep_cookie(text);
        }
    }

    fn ask(&self, path: &str) -> Result<ureq::http::Response<ureq::Body>, BrowserError> {
        let url = self.url(path);
        let mut request = self.agent.get(&url).header("accept", "text/html");
        if let Some(cookie) = self.cookie_header() {
            request = request.header("cookie", cookie);
        }
        request.call().map_err(|error| no_answer(&url, &error))
    }

    /// Sends a form by a button's way and follows redirects.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn send(
        &mut self,
        action: &str,
        fields: &[(String, String)],
    ) -> Result<Page, BrowserError> {
        let response = self.submit(action, fields)?;
        self.follow(action, response)
    }

    fn submit(
        &self,
        action: &str,
        fields: &[(String, String)],
    ) -> Result<ureq::http::Response<ureq::Body>, BrowserError> {
        let url = self.url(action);
        let mut request = self
            .agent
            .post(&url)
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", format!("http://{}", self.host))
            .header("sec-fetch-site", "same-origin");
        if let Some(cookie) = self.cookie_header() {
            request = request.header("cookie", cookie);
        }
        request
            .send(encoded(fields).as_bytes())
            .map_err(|error| no_answer(&url, &error))
    }

    /// Sends a form over a connection that breaks.
    ///
    /// # Errors
    /// When not even the connection comes about.
    pub fn send_cut(
        &mut self,
        action: &str,
        fields: &[(String, String)],
        cut: Cut,
    ) -> Result<(), BrowserError> {
        let url = self.url(action);
        let body = encoded(fields);
        let cookie = self
            .cookie_header()
            .map(|cookie| format!("cookie: {cookie}\r\n"))
            .unwrap_or_default();
        let head = format!(
            "POST {action} HTTP/1.1\r\nhost: {host}\r\naccept: text/html\r\norigin: http://{host}\r\n\
             sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             {cookie}content-length: {length}\r\n\r\n",
            host = self.host,
            length = body.len(),
        );
        let sent = match cut {
            Cut::DuringRequest => &body[..body.len() / 2],
            Cut::BeforeAnswer => &body[..],
        };
        TcpStream::connect(&self.host)
            .and_then(|mut stream| {
                stream.write_all(head.as_bytes())?;
                stream.write_all(sent.as_bytes())?;
                stream.flush()
            })
            .map_err(|error| BrowserError::NoAnswer {
                url,
                problem: error.to_string(),
            })
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    fn cookie_header(&self) -> Option<String> {
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn follow(
        &mut self,
        path: &str,
        mut response: ureq::http::Response<ureq::Body>,
    ) -> Result<Page, BrowserError> {
        let mut path = path.to_owned();
        for _ in 0..5 {
            self.keep_cookies(&response);
            let status = response.status().as_u16();
            let url = self.url(&path);
            let html = response
                .body_mut()
                .read_to_string()
                .map_err(|error| no_answer(&url, &error))?;
            let location = response
                .headers()
                .get("location")
                .and_then(|value| value.to_str().ok())
                .filter(|_| (300..400).contains(&status));
            let Some(location) = location else {
                return Ok(Page {
                    path,
                    status,
                    forms: forms(&html),
                    html,
                });
            };
            location.clone_into(&mut path);
            response = self.ask(&path)?;
        }
        Err(BrowserError::Circle {
            url: self.url(&path),
        })
    }

    fn keep_cookies(&mut self, response: &ureq::http::Response<ureq::Body>) {
        for header in response.headers().get_all("set-cookie") {
            if let Ok(text) = header.to_str() {
                self.keep_cookie(text);
            }
        }
    }

    fn keep_cookie(&mut self, text: &str) {
        let pair = text.split(';').next().unwrap_or("");
        let Some((name, value)) = pair.split_once('=') else {
            return;
        };
        if value.is_empty() || text.to_ascii_lowercase().contains("max-age=0") {
            self.cookies.remove(name.trim());
        } else {
            self.cookies
                .insert(name.trim().to_owned(), value.trim().to_owned());
        }
    }
}

fn read_through(
    url: &str,
    mut response: ureq::http::Response<ureq::Body>,
) -> Result<Reply, BrowserError> {
    let text = |name: &str| response.headers().get(name).and_then(|it| it.to_str().ok());
    let reply = Reply {
        status: response.status().as_u16(),
        retry_after: text("retry-after").and_then(|it| it.parse().ok()),
        cookies: response
            .headers()
            .get_all("set-cookie")
            .iter()
            .filter_map(|it| it.to_str().ok().map(str::to_owned))
            .collect(),
    };
    // To the end, so that the connection can be used again.
    response
        .body_mut()
        .read_to_vec()
        .map_err(|error| no_answer(url, &error))?;
    Ok(reply)
}

fn no_answer(url: &str, error: &ureq::Error) -> BrowserError {
    BrowserError::NoAnswer {
        url: url.to_owned(),
        problem: error.to_string(),
    }
}

/// Returns fields as `application/x-www-form-urlencoded`.
fn encoded(fields: &[(String, String)]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(&percent_encoded(name));
        text.push('=');
        text.push_str(&percent_encoded(value));
    }
    text
}

fn percent_encoded(text: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'*')
        .remove(b'-')
        .remove(b'.')
        .remove(b'_');
    utf8_percent_encode(text, KEPT).to_string()
}

/// Reads the forms out of a page.
fn forms(html: &str) -> Vec<Form> {
    let mut found: Vec<Form> = Vec::new();
    let mut inside = false;
    let mut select: Option<String> = None;
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let value = |key: &str| {
                    tag.attributes
                        .get(key.as_bytes())
                        .map(|text| String::from_utf8_lossy(text).into_owned())
                };
                if name == "form" {
                    inside = true;
                    found.push(Form {
                        action: value("action").unwrap_or_default(),
                        ..Form::default()
                    });
                    continue;
                }
                let Some(form) = found.last_mut().filter(|_| inside) else {
                    continue;
                };
                read_control(form, &name, &value, &mut select);
            }
            Token::EndTag(tag) => match tag.name.as_slice() {
                b"form" => inside = false,
                b"select" => select = None,
                _ => {}
            },
            _ => {}
        }
    }
    found
}

fn read_control(
    form: &mut Form,
    tag: &str,
    value: &dyn Fn(&str) -> Option<String>,
    select: &mut Option<String>,
) {
    if tag == "select" {
        *select = value("name");
        return;
    }
    if tag == "option" {
        if let (Some(name), Some(chosen)) = (select.clone(), value("value")) {
            if value("selected").is_some() {
                form.fields.push((name.clone(), chosen.clone()));
            }
            form.choices.push((name, chosen));
        }
        return;
    }
    let Some(name) = value("name") else { return };
    let content = value("value").unwrap_or_default();
    let kind = value("type").unwrap_or_else(|| "text".into());
    match (tag, kind.as_str()) {
        ("input", "hidden") => form.fields.push((name, content)),
        ("input", "radio" | "checkbox") => {
            let content = if content.is_empty() {
                "on".to_owned()
            } else {
                content
            };
            if value("checked").is_some() {
                form.fields.push((name.clone(), content.clone()));
            }
            form.choices.push((name, content));
        }
        ("button", _) | ("input", "submit") => form.buttons.push((name, content)),
        ("input" | "textarea", _) => form.choices.push((name, String::new())),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_a_browser_reads_it() {
        let html = "<form action=\"/a\" method=post><input type=hidden name=id value=\"x&amp;y\">\
            <input type=radio name=q value=1><input type=radio name=q value=2 checked>\
            <textarea name=free></textarea><select name=s><option value=a><option value=b selected></select>\
            <button name=go value=next>N</button></form><input name=outside>";
        let forms = forms(html);
        assert_eq!(forms.len(), 1);
        let text = |pairs: &[(String, String)]| {
            pairs
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(text(&forms[0].fields), "id=x&y q=2 s=b");
        assert_eq!(text(&forms[0].choices), "q=1 q=2 free= s=a s=b");
        assert_eq!(text(&forms[0].buttons), "go=next");
        assert_eq!(forms[0].action, "/a");
    }

    #[test]
    fn fields_are_encoded() {
        let fields = [("a b".to_owned(), "ä&=".to_owned())];
        assert_eq!(encoded(&fields), "a%20b=%C3%A4%26%3D");
    }
}
