//! A person whose browser tries again: enters a code, says something that can be found again, and
//! sends it.

use std::time::{Duration, Instant};

use crate::form::{self, Fields};
use crate::server_process::{Answer, ask, send};

/// Digits of a name.
const NAME: usize = 6;

/// Returns what a person says of themselves, so that they can be found among the answers.
pub(crate) fn name(number: usize) -> String {
    format!("{number:0NAME$}")
}

/// Returns who gave a response.
pub(crate) fn name_in(response: &str) -> String {
    let words = response.split("henkilö ").nth(1).unwrap();
    words[..NAME].to_owned()
}

/// One person.
#[derive(Debug)]
pub(crate) struct Person<'a> {
    hosts: &'a [String],
    number: usize,
    cookie: String,
    /// How long no answer at all is put up with.
    patience: Duration,
    /// The port that heard that the words are saved.
    pub(crate) saved: Option<u16>,
    /// The port that heard that the answer is kept.
    pub(crate) sent: Option<u16>,
    /// Forms that were refused, each with the page that came back.
    pub(crate) refused: Vec<(Fields, String)>,
}

impl<'a> Person<'a> {
    /// Somebody who does not give up while servers are killed.
    pub(crate) fn new(hosts: &'a [String], number: usize) -> Self {
        Self::with_patience(hosts, number, Duration::from_secs(240))
    }

    /// Somebody who gives up earlier.
    pub(crate) fn with_patience(hosts: &'a [String], number: usize, patience: Duration) -> Self {
        Person {
            hosts,
            number,
            cookie: String::new(),
            patience,
            saved: None,
            sent: None,
            refused: Vec::new(),
        }
    }

    /// Answers until the answer is acknowledged.
    pub(crate) fn answer(&mut self, code: &str) {
        if let Err(gone) = self.try_to_answer(code) {
            panic!("{gone}");
        }
    }

    /// Answers as far as the server goes along; `saved` and `sent` tell what it acknowledged.
    pub(crate) fn try_to_answer(&mut self, code: &str) -> Result<(), String> {
        let entered = self.insist("POST", "/fi/answer", &form::fields(&[("code", code)]), 303)?;
        let set = entered.header("set-cookie").unwrap();
        self.cookie = set.split(';').next().unwrap().to_owned();
        self.insist("POST", "/fi/answer/privacy", &Fields::new(), 303)?;
        let position = form::fields(&[("role", "class-teacher"), ("employment", "")]);
        self.insist("POST", "/fi/answer/position", &position, 303)?;
        let text = format!("henkilö {}", name(self.number));
        let open = form::fields(&[("a.open-1", &text), ("go", "next")]);
        let saved = self.insist("POST", "/fi/answer/section/open", &open, 303)?;
        self.saved = Some(saved.port);
        let review = self.insist("GET", "/fi/answer/review", &Fields::new(), 200)?;
        let fields = form::hidden(&review.body);
        if self.number.is_multiple_of(4) {
            self.send_unheard(&fields);
        }
        let sent = self.insist("POST", "/fi/answer/review", &fields, 303)?;
        assert_eq!(
            sent.header("location"),
            Some("/fi/profile"),
            "{}",
            self.number
        );
        self.sent = Some(sent.port);
        Ok(())
    }

    /// The connection breaks after sending: whether it arrived, the person cannot know.
    fn send_unheard(&self, fields: &Fields) {
        let path = "/fi/answer/review";
        let unread = send(&self.hosts[0], "POST", path, &self.cookie, fields);
        std::thread::sleep(Duration::from_millis(80));
        drop(unread);
    }

    /// Sends the same again until the server has answered.
    fn insist(
        &mut self,
        method: &str,
        path: &str,
        fields: &Fields,
        wanted: u16,
    ) -> Result<Answer, String> {
        let began = Instant::now();
        // Each try goes to the next server.
        for host in self.hosts.iter().cycle().skip(self.number) {
            let is_late = began.elapsed() > self.patience;
            match ask(host, method, path, &self.cookie, fields) {
                Ok(answer) if answer.status == wanted => return Ok(answer),
                // Too busy is an answer that asks for another try.
                Ok(answer) if answer.status == 503 => {
                    self.refused.push((fields.clone(), answer.body));
                    if is_late {
                        return Err(format!("{method} {path}: refused for long"));
                    }
                    std::thread::sleep(Duration::from_millis(200).min(self.patience));
                }
                Ok(answer) => {
                    panic!(
                        "{method} {path}: {} instead of {wanted}\n{}",
                        answer.status, answer.body
                    )
                }
                Err(error) if is_late => {
                    return Err(format!("{method} {path}: no answer for long: {error}"));
                }
                Err(_) => std::thread::sleep(Duration::from_millis(25)),
            }
        }
        unreachable!("there is always a next server to try")
    }
}
