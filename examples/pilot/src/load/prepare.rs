//! People who have answered every page and stand before their review, and some who still answer.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use surveys::Survey;

use crate::browser::{Browser, BrowserError};
use crate::network::staff;
use crate::person::{Person, WaveMood};
use crate::respondent::{AnswerError, form_to, walk_to_review};

/// A form's fields.
pub(super) type Fields = Vec<(String, String)>;

/// People who save and read, beside those who send.
const WRITERS: usize = 200;

/// People who are prepared at the same time.
const AT_ONCE: usize = 8;

/// What stood in the way of the measurement.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Fewer codes than people.
    #[error("{codes} codes for {people} people: make more codes")]
    TooFewCodes {
        /// Codes in the list.
        codes: usize,
        /// People who answer.
        people: usize,
    },
    /// Somebody did not get as far as the review.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// The server answered otherwise than to everybody before.
    #[error("{path} was answered with {status}")]
    Refused {
        /// The address.
        path: String,
        /// The status.
        status: u16,
    },
}

impl From<BrowserError> for LoadError {
    fn from(error: BrowserError) -> Self {
        LoadError::Answer(error.into())
    }
}

/// Somebody whose review lies before them.
pub(super) struct Ready {
    pub(super) browser: Browser,
    pub(super) fields: Fields,
}

/// Everybody who takes part.
pub(super) struct Crowd {
    /// Servers before one store, which people reach in turn.
    pub(super) hosts: Vec<String>,
    pub(super) agent: ureq::Agent,
    pub(super) ready: Vec<Ready>,
    pub(super) writers: Vec<Browser>,
    /// How many phases have begun.
    pub(super) phases: u32,
    /// A page of items and what is typed on it.
    pub(super) page: (String, Fields),
}

/// Brings people to their review. The first one reads every page; the others send the same forms.
pub(super) fn prepare(
    hosts: &[String],
    survey: &Survey,
    codes: &[String],
    people: usize,
) -> Result<Crowd, LoadError> {
    let all = people + WRITERS + 1;
    let Some((first, others)) = codes.get(..all).and_then(<[String]>::split_first) else {
        return Err(LoadError::TooFewCodes {
            codes: codes.len(),
            people: all,
        });
    };
    let agent = agent();
    let steps = walk_to_review(
        &mut Browser::with_agent(host_of(hosts, 0), agent.clone()),
        survey,
        &mut somebody(),
        first,
    )?;
    let page = steps
        .iter()
        .find(|(path, _)| path.contains("/answer/section/"))
        .cloned()
        .unwrap_or_default();
    let ready = Mutex::new(Vec::with_capacity(people));
    let writers = Mutex::new(Vec::new());
    let failure = Mutex::new(None);
    let turn = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let number = turn.fetch_add(1, Ordering::Relaxed);
                    let Some(code) = others.get(number) else {
                        break;
                    };
                    match sit_down(host_of(hosts, number), &agent, &steps, code) {
                        Ok(person) => {
                            let mut writers = lock(&writers);
                            if writers.len() < WRITERS {
                                writers.push(person.browser);
                            } else {
                                drop(writers);
                                lock(&ready).push(person);
                            }
                        }
                        Err(error) => {
                            *lock(&failure) = Some(error);
                            turn.store(usize::MAX / 2, Ordering::Relaxed);
                        }
                    }
                }
            });
        }
    });
    match failure.into_inner().unwrap_or_default() {
        Some(error) => Err(error),
        None => Ok(Crowd {
            hosts: hosts.to_vec(),
            ready: ready.into_inner().unwrap_or_default(),
            writers: writers.into_inner().unwrap_or_default(),
            agent,
            phases: 0,
            page,
        }),
    }
}

/// Returns the server that the so manieth visitor reaches.
pub(super) fn host_of(hosts: &[String], number: usize) -> &str {
    &hosts[number % hosts.len()]
}

/// A thread that panicked ends the measurement anyway.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|it| it.into_inner())
}

/// As many connections as people at the same time.
fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .max_idle_connections(1_024)
        .max_idle_connections_per_host(1_024)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .new_agent()
}

/// A class teacher who answers everything.
fn somebody() -> Person {
    let mood = WaveMood {
        number: 1,
        growth: 0.0,
        willingness: 1.0,
    };
    let staff = staff();
    let group = staff.iter().find(|group| group.role == "class-teacher");
    let group = group
        .or(staff.first())
        .expect("the invented network has staff");
    let mut person = Person::new(7, group, 0, mood);
    person.stops_after = None;
    person
}

/// Sends the forms of one who went before, with an own code.
fn sit_down(
    host: &str,
    agent: &ureq::Agent,
    steps: &[(String, Fields)],
    code: &str,
) -> Result<Ready, LoadError> {
    let mut browser = Browser::with_agent(host, agent.clone());
    for (path, fields) in steps {
        let mut fields = fields.clone();
        if let Some((_, value)) = fields.iter_mut().find(|(name, _)| name == "code") {
            code.clone_into(value);
        }
        let reply = browser.post(path, &fields)?;
        if reply.status != 303 {
            return Err(LoadError::Refused {
                path: path.clone(),
                status: reply.status,
            });
        }
        browser.keep(&reply);
    }
    let review = browser.get(REVIEW)?;
    let fields = form_to(&review)?.fields;
    Ok(Ready { browser, fields })
}

/// Where a whole questionnaire is sent to.
pub(super) const REVIEW: &str = "/fi/answer/review";

impl Crowd {
    /// Returns somebody who has not sent yet.
    pub(super) fn next_sender(&mut self) -> Option<Ready> {
        self.ready.pop()
    }
}
