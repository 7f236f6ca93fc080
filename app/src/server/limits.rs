//! How many wrong codes a sender may try, without keeping addresses (LO-5).
//!
//! Counters live in memory, keyed by a hash of the address prefix under a random key that is
//! replaced with the window. Only wrong codes count: a school behind one address is never slowed.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

/// Wrong codes from one prefix in a window.
const MOST_WRONG: u32 = 60;
const WINDOW: Duration = Duration::from_secs(10 * 60);
/// Prefixes that are told apart; the rest shares one counter.
const MOST_PREFIXES: usize = 20_000;

/// Counters of wrong codes.
pub(crate) struct Limits(Mutex<Window>);

struct Window {
    began: Instant,
    key: [u8; 32],
    wrong: BTreeMap<[u8; 8], u32>,
}

impl Limits {
    /// Begins with no counts.
    pub(crate) fn new() -> Limits {
        Limits(Mutex::new(Window::new()))
    }

    /// Returns whether a sender has tried too many wrong codes.
    pub(crate) fn is_over(&self, sender: Option<IpAddr>) -> bool {
        self.with(sender, |wrong| *wrong >= MOST_WRONG)
    }

    /// Counts a wrong code.
    pub(crate) fn count_wrong(&self, sender: Option<IpAddr>) {
        self.with(sender, |wrong| *wrong = wrong.saturating_add(1));
    }

    fn with<T: Default>(&self, sender: Option<IpAddr>, act: impl FnOnce(&mut u32) -> T) -> T {
        let Ok(mut window) = self.0.lock() else {
            return T::default();
        };
        if window.began.elapsed() > WINDOW {
            *window = Window::new();
        }
        let mut prefix = window.prefix(sender);
        if window.wrong.len() >= MOST_PREFIXES && !window.wrong.contains_key(&prefix) {
            prefix = [0; 8];
        }
        act(window.wrong.entry(prefix).or_insert(0))
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
            wrong: BTreeMap::new(),
        }
    }

    /// IPv4 /24, IPv6 /56.
    fn prefix(&self, sender: Option<IpAddr>) -> [u8; 8] {
        let mut hash = Sha256::new();
        hash.update(self.key);
        match sender {
            None => hash.update([0]),
            Some(IpAddr::V4(address)) => hash.update(&address.octets()[..3]),
            Some(IpAddr::V6(address)) => hash.update(&address.octets()[..7]),
        }
        let hash: [u8; 32] = hash.finalize().into();
        let mut prefix = [0; 8];
        prefix.copy_from_slice(&hash[..8]);
        prefix
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
        for _ in 0..MOST_WRONG {
            assert!(!limits.is_over(guesser));
            limits.count_wrong(guesser);
        }
        assert!(limits.is_over(guesser) && limits.is_over(neighbour));
        assert!(!limits.is_over(other));
    }
}
