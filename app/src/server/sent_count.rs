//! Sendings in the technical log: a count for each five minutes and nothing finer (LG-1), so that a
//! log beside the store tells nobody when one person answered.

use std::sync::Mutex;
use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_secs(5 * 60);

/// Answers that were kept since the last line of the log.
pub(crate) struct SentCount(Mutex<(Instant, u64)>);

impl SentCount {
    /// Begins with none.
    pub(crate) fn new() -> SentCount {
        SentCount(Mutex::new((Instant::now(), 0)))
    }

    /// Counts an answer that was kept.
    pub(crate) fn count(&self) {
        self.with(|(_, sent)| *sent += 1);
    }

    /// Returns how many were kept once five minutes are over, if any were, and begins anew.
    pub(crate) fn due(&self, now: Instant) -> Option<u64> {
        self.with(|(since, sent)| {
            let is_over = now.saturating_duration_since(*since) >= WINDOW;
            if !is_over {
                return None;
            }
            *since = now;
            Some(std::mem::take(sent)).filter(|sent| *sent > 0)
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut (Instant, u64)) -> T) -> T {
        // A thread that panicked in here has counted wrongly at worst.
        act(&mut self.0.lock().unwrap_or_else(|it| it.into_inner()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sendings_are_told_by_five_minutes_only() {
        let sent = SentCount::new();
        let begin = Instant::now();
        for _ in 0..3 {
            sent.count();
        }
        assert_eq!(sent.due(begin + WINDOW / 2), None);
        sent.count();
        assert_eq!(sent.due(begin + 2 * WINDOW), Some(4));
        assert_eq!(sent.due(begin + 2 * WINDOW), None);
        assert_eq!(sent.due(begin + 4 * WINDOW), None, "none is not told");
    }
}
