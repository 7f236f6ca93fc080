//! How often something may be done, without keeping addresses (LO-5).
//!
//! Counters live in memory, keyed by a hash under a random key that is replaced with the window:
//! by address prefix wide, since a school stands behind one address; by draft tight.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::store::DraftId;

/// How often something may be done in a time, and how many who do it are told apart; the rest
/// shares one counter.
#[derive(Clone, Copy)]
struct Rule {
    most: u32,
    window: Duration,
    apart: usize,
}

const WRONG_CODES: Rule = Rule {
    most: 60,
    window: Duration::from_secs(10 * 60),
    apart: 20_000,
};
/// A school that begins together over an open link stands behind one address.
const BEGINNINGS: Rule = Rule {
    most: 300,
    window: Duration::from_secs(10 * 60),
    apart: 20_000,
};
const REQUESTS: Rule = Rule {
    most: 600,
    window: Duration::from_secs(60),
    apart: 20_000,
};
const SAVES: Rule = Rule {
    most: 600,
    window: Duration::from_secs(60 * 60),
    apart: 200_000,
};
const SENDINGS: Rule = Rule {
    most: 30,
    window: Duration::from_secs(60 * 60),
    apart: 200_000,
};

/// Everything that is counted.
pub(crate) struct Limits {
    wrong_codes: Counter,
    beginnings: Counter,
    requests: Counter,
    saves: Counter,
    sendings: Counter,
}

impl Limits {
    /// Begins with no counts.
    pub(crate) fn new() -> Limits {
        Limits {
            wrong_codes: Counter::new(WRONG_CODES),
            beginnings: Counter::new(BEGINNINGS),
            requests: Counter::new(REQUESTS),
            saves: Counter::new(SAVES),
            sendings: Counter::new(SENDINGS),
        }
    }

    /// Returns whether a sender has tried too many wrong codes.
    pub(crate) fn is_over(&self, sender: Option<IpAddr>) -> bool {
        self.wrong_codes.count(&prefix(sender)) >= WRONG_CODES.most
    }

    /// Counts a wrong code.
    pub(crate) fn count_wrong(&self, sender: Option<IpAddr>) {
        self.wrong_codes.admits(&prefix(sender));
    }

    /// Counts a questionnaire begun over an open link, and returns whether it may be. A sender
    /// nobody can tell is never refused for it.
    pub(crate) fn admits_beginning(&self, sender: Option<IpAddr>) -> bool {
        sender.is_none() || self.beginnings.admits(&prefix(sender))
    }

    /// Counts a request, and returns whether it is one too many from where it comes. A sender
    /// nobody can tell, as behind a proxy that does not say, is never refused for it.
    pub(crate) fn admits_request(&self, sender: Option<IpAddr>) -> bool {
        sender.is_none() || self.requests.admits(&prefix(sender))
    }

    /// Counts a save of a draft, and returns whether it may be done.
    pub(crate) fn admits_save(&self, draft: &DraftId) -> bool {
        self.saves.admits(&draft.0)
    }

    /// Counts a sending, and returns whether it may be done.
    pub(crate) fn admits_sending(&self, draft: &DraftId) -> bool {
        self.sendings.admits(&draft.0)
    }
}

/// IPv4 /24, IPv6 /56.
fn prefix(sender: Option<IpAddr>) -> Vec<u8> {
    match sender {
        None => Vec::new(),
        Some(IpAddr::V4(address)) => address.octets()[..3].to_vec(),
        Some(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(address) => address.octets()[..3].to_vec(),
            None => address.octets()[..7].to_vec(),
        },
    }
}

struct Counter {
    rule: Rule,
    window: Mutex<Window>,
}

struct Window {
    began: Instant,
    key: [u8; 32],
    counts: BTreeMap<[u8; 8], u32>,
}

impl Counter {
    fn new(rule: Rule) -> Counter {
        Counter {
            rule,
            window: Mutex::new(Window::new()),
        }
    }

    /// Returns how often it was done in this window.
    fn count(&self, who: &[u8]) -> u32 {
        self.with(who, |count| *count)
    }

    /// Counts, and returns whether it may be done.
    fn admits(&self, who: &[u8]) -> bool {
        self.with(who, |count| {
            *count = count.saturating_add(1);
            *count
        }) <= self.rule.most
    }

    fn with(&self, who: &[u8], act: impl FnOnce(&mut u32) -> u32) -> u32 {
        // A thread that panicked in here has counted wrongly at worst.
        let mut window = self.window.lock().unwrap_or_else(|it| it.into_inner());
        if window.began.elapsed() > self.rule.window {
            *window = Window::new();
        }
        let mut name = window.name(who);
        if window.counts.len() >= self.rule.apart && !window.counts.contains_key(&name) {
            name = [0; 8];
        }
        act(window.counts.entry(name).or_insert(0))
    }
}

impl Window {
    fn new() -> Window {
        let mut key = [0; 32];
        // Without random numbers the counters still count; only the hash is a plain one.
        let _ = getrandom::fill(&mut key);
        Window {
            began: Instant::now(),
            key,
            counts: BTreeMap::new(),
        }
    }

    fn name(&self, who: &[u8]) -> [u8; 8] {
        let hash: [u8; 32] = Sha256::new()
            .chain_update(self.key)
            .chain_update(who)
            .finalize()
            .into();
        let mut name = [0; 8];
        name.copy_from_slice(&hash[..8]);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_who_guesses_is_stopped_and_others_are_not() {
        let limits = Limits::new();
        let guesser = Some(IpAddr::from([192, 0, 2, 7]));
        let neighbour = Some(IpAddr::from([192, 0, 2, 8]));
        let other = Some(IpAddr::from([198, 51, 100, 1]));
        for _ in 0..WRONG_CODES.most {
            assert!(!limits.is_over(guesser));
            limits.count_wrong(guesser);
        }
        assert!(limits.is_over(guesser) && limits.is_over(neighbour));
        assert!(!limits.is_over(other));
    }

    #[test]
    fn a_flood_is_stopped_and_a_proxy_that_says_nothing_is_not() {
        let limits = Limits::new();
        let flood = Some(IpAddr::from([192, 0, 2, 7]));
        let count = |sender| (0..700).filter(|_| limits.admits_request(sender)).count();
        assert_eq!(count(flood), 600);
        assert_eq!(count(None), 700);
        // The same address written as IPv6.
        let mapped = std::net::Ipv4Addr::new(192, 0, 2, 9).to_ipv6_mapped();
        assert!(!limits.admits_request(Some(mapped.into())));
    }

    #[test]
    fn an_open_link_is_begun_often_from_a_school_and_not_without_end() {
        let limits = Limits::new();
        let count = |sender| (0..400).filter(|_| limits.admits_beginning(sender)).count();
        assert_eq!(count(Some(IpAddr::from([192, 0, 2, 7]))), 300);
        assert_eq!(count(None), 400);
    }

    #[test]
    fn each_draft_counts_for_itself() {
        let limits = Limits::new();
        let count = |draft| (0..700).filter(|_| limits.admits_save(&draft)).count();
        assert_eq!(count(DraftId([1; 32])), 600);
        assert_eq!(count(DraftId([2; 32])), 600);
        let sent = (0..40).filter(|_| limits.admits_sending(&DraftId([1; 32])));
        assert_eq!(sent.count(), 30);
    }

    #[test]
    fn counting_takes_bounded_memory() {
        let counter = Counter::new(Rule {
            apart: 5,
            ..REQUESTS
        });
        for who in 0..100_u8 {
            counter.admits(&[who]);
        }
        assert!(counter.window.lock().unwrap().counts.len() <= 6);
    }
}
