//! Requests at scheduled moments, and as fast as the server takes them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::prepare::{Crowd, REVIEW, Ready, host_of, lock};
use crate::browser::{Browser, Reply};

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Sends a whole questionnaire.
    Send,
    /// Saves an answer in the background.
    Save,
    /// Fetches a page, every second one as somebody who has not begun.
    Read,
}

impl Deed {
    pub(super) const ALL: [Deed; 3] = [Deed::Send, Deed::Save, Deed::Read];

    pub(super) fn name(self) -> &'static str {
        match self {
            Deed::Send => "send a questionnaire",
            Deed::Save => "save a draft",
            Deed::Read => "fetch a page",
        }
    }
}

/// Requests a second.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rates {
    send: u32,
}

impl Rates {
    /// So many questionnaires, and twice as many saves and pages.
    pub(super) fn whole(send: u32) -> Rates {
        Rates { send }
    }

    pub(super) fn times(self, factor: u32) -> Rates {
        Rates {
            send: self.send * factor,
        }
    }

    pub(super) fn of(self, deed: Deed) -> u32 {
        match deed {
            Deed::Send => self.send,
            Deed::Save | Deed::Read => 2 * self.send,
        }
    }
}

/// One request and what came of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) deed: Deed,
    /// When it was due, from the beginning of the phase.
    pub(super) due: Duration,
    /// From the moment it was due until it was answered.
    pub(super) time: Duration,
    /// How late it was begun.
    pub(super) late: Duration,
    /// The status; 0 where there was no answer.
    pub(super) status: u16,
    /// Seconds after which to come again.
    pub(super) retry_after: Option<u64>,
}

impl Seen {
    pub(super) fn is_done(&self) -> bool {
        matches!(self.status, 200 | 303)
    }

    pub(super) fn is_refused(&self) -> bool {
        self.status == 503
    }

    /// Whether a refusal says within 5 to 30 seconds when to come again.
    pub(super) fn says_when(&self) -> bool {
        self.retry_after.is_some_and(|it| (5..=30).contains(&it))
    }
}

/// Threads that send; more requests than these are never under way at once.
const THREADS: usize = 400;

/// Threads that send as fast as they are answered.
const EAGER: usize = 96;

/// A moment and what happens then.
struct Event {
    due: Duration,
    deed: Deed,
    number: usize,
}

/// Sends at the rates for so many seconds. Everything that was due is sent, however late.
pub(super) fn scheduled(crowd: &mut Crowd, rates: Rates, seconds: u32) -> Vec<Seen> {
    let mut events: Vec<Event> = Vec::new();
    for deed in Deed::ALL {
        let rate = rates.of(deed);
        for number in 0..rate * seconds {
            events.push(Event {
                due: Duration::from_secs_f64(f64::from(number) / f64::from(rate)),
                deed,
                number: number as usize,
            });
        }
    }
    events.sort_by_key(|event| event.due);
    let mut senders: Vec<Ready> = Vec::new();
    for _ in 0..rates.of(Deed::Send) * seconds {
        senders.extend(crowd.next_sender());
    }
    let senders = Mutex::new(senders);
    let turn = AtomicUsize::new(0);
    let seen = Mutex::new(Vec::with_capacity(events.len()));
    crowd.phases += 1;
    let crowd = &*crowd;
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..THREADS.min(events.len()) {
            scope.spawn(|| {
                let mut own = Vec::new();
                while let Some(event) = events.get(turn.fetch_add(1, Ordering::Relaxed)) {
                    std::thread::sleep(event.due.saturating_sub(begun.elapsed()));
                    let late = begun.elapsed().saturating_sub(event.due);
                    let reply = act(crowd, &senders, event);
                    let time = begun.elapsed().saturating_sub(event.due);
                    own.push(noted(event.deed, event.due, time, late, reply));
                }
                lock(&seen).extend(own);
            });
        }
    });
    seen.into_inner().unwrap_or_default()
}

/// Sends so many questionnaires, each sender the next one as soon as one is answered. Returns what
/// came of them and how long all took.
pub(super) fn as_fast_as_it_goes(crowd: &mut Crowd, count: usize) -> (Vec<Seen>, Duration) {
    let mut senders = Vec::new();
    for _ in 0..count {
        senders.extend(crowd.next_sender());
    }
    let senders = Mutex::new(senders);
    let seen = Mutex::new(Vec::with_capacity(count));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..EAGER {
            scope.spawn(|| {
                while let Some(sender) = { lock(&senders).pop() } {
                    let due = begun.elapsed();
                    let reply = sender.browser.post(REVIEW, &sender.fields).ok();
                    let time = begun.elapsed().saturating_sub(due);
                    let one = noted(Deed::Send, due, time, Duration::ZERO, reply);
                    lock(&seen).push(one);
                }
            });
        }
    });
    let took = begun.elapsed();
    (seen.into_inner().unwrap_or_default(), took)
}

fn act(crowd: &Crowd, senders: &Mutex<Vec<Ready>>, event: &Event) -> Option<Reply> {
    let writer = &crowd.writers[event.number % crowd.writers.len().max(1)];
    match event.deed {
        Deed::Send => {
            let sender = { lock(senders).pop() }?;
            sender.browser.post(REVIEW, &sender.fields).ok()
        }
        Deed::Save => {
            let (path, fields) = &crowd.page;
            let mut fields = fields.clone();
            fields.retain(|(name, _)| name != "go");
            fields.push(("go".into(), "keep".into()));
            // Saves are numbered from the beginning in each phase, as by a tab of its own.
            fields.push(("tab".into(), format!("{:016x}", crowd.phases)));
            fields.push(("n".into(), (event.number + 1).to_string()));
            writer.post(path, &fields).ok()
        }
        Deed::Read if event.number.is_multiple_of(2) => writer.fetch(&crowd.page.0).ok(),
        Deed::Read => {
            Browser::with_agent(host_of(&crowd.hosts, event.number / 2), crowd.agent.clone())
                .fetch("/fi/answer")
                .ok()
        }
    }
}

fn noted(deed: Deed, due: Duration, time: Duration, late: Duration, reply: Option<Reply>) -> Seen {
    Seen {
        deed,
        due,
        time,
        late,
        status: reply.as_ref().map_or(0, |reply| reply.status),
        retry_after: reply.and_then(|reply| reply.retry_after),
    }
}
