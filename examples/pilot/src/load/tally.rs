//! Sums of a phase: how fast, how many refused, how many lost.

use std::collections::BTreeMap;
use std::time::Duration;

use super::run::{Deed, Seen};

/// The longest that a sending may take for the service to be as fast as it should (LO-1).
const FAST: Duration = Duration::from_millis(400);

/// What came of the requests of one kind.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) done: usize,
    times: Vec<Duration>,
    refused: Vec<Duration>,
    errors: usize,
}

impl Tally {
    /// Sums up the requests of one kind.
    pub(super) fn of(seen: &[Seen], deed: Deed) -> Tally {
        let own = || seen.iter().filter(|it| it.deed == deed);
        let sorted = |wanted: fn(&Seen) -> bool, time: fn(&Seen) -> Duration| {
            let mut times: Vec<Duration> = own().filter(|it| wanted(it)).map(time).collect();
            times.sort_unstable();
            times
        };
        let times = sorted(Seen::is_done, |it| it.time);
        // A refusal is counted from when it was sent: the sender's own lateness is not the server's.
        let refused = sorted(Seen::is_refused, |it| it.time.saturating_sub(it.late));
        Tally {
            done: times.len(),
            errors: own().count() - times.len() - refused.len(),
            times,
            refused,
        }
    }

    /// Returns a row of the table.
    pub(super) fn row(&self, phase: &str, deed: Deed, due: Option<u32>, rate: f64) -> String {
        let due = due.map(|due| due.to_string()).unwrap_or_default();
        let at = |share| milliseconds(&self.times, share);
        format!(
            "| {phase} | {} | {due} | {rate:.1} | {} | {} | {} | {} | {} | {} | {} |",
            deed.name(),
            at(0.5),
            at(0.95),
            at(0.99),
            at(1.0),
            self.refused.len(),
            milliseconds(&self.refused, 0.99),
            self.errors,
        )
    }
}

/// Returns the value that a share of sorted times does not exceed (nearest rank), in whole
/// milliseconds; nothing of no times.
fn milliseconds(sorted: &[Duration], share: f64) -> String {
    nearest_rank(sorted, share)
        .map(|time| format!("{:.0}", time.as_secs_f64() * 1_000.0))
        .unwrap_or_default()
}

fn nearest_rank(sorted: &[Duration], share: f64) -> Option<Duration> {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied()
}

/// Returns the sender's own lateness in milliseconds, p99: where it is large, the machine was too
/// small to send so much.
pub(super) fn lateness(seen: &[Seen]) -> f64 {
    let mut late: Vec<Duration> = seen.iter().map(|it| it.late).collect();
    late.sort_unstable();
    nearest_rank(&late, 0.99).unwrap_or_default().as_secs_f64() * 1_000.0
}

/// Returns after how many seconds every sending is taken, and 99 of 100 fast enough, for the rest
/// of the phase.
pub(super) fn back_to_normal(seen: &[Seen]) -> Option<u64> {
    let mut seconds: BTreeMap<u64, Vec<Seen>> = BTreeMap::new();
    for one in seen.iter().filter(|it| it.deed == Deed::Send) {
        seconds.entry(one.due.as_secs()).or_default().push(*one);
    }
    let is_normal = |seen: &[Seen]| {
        let mut times: Vec<Duration> = seen.iter().map(|it| it.time).collect();
        times.sort_unstable();
        seen.iter().all(Seen::is_done) && nearest_rank(&times, 0.99).is_some_and(|it| it <= FAST)
    };
    let last_bad = seconds
        .iter()
        .rev()
        .find(|(_, seen)| !is_normal(seen))
        .map(|(second, _)| *second);
    let end = seconds.keys().next_back()?;
    match last_bad {
        None => Some(0),
        Some(bad) if bad < *end => Some(bad + 1),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(due_ms: u64, time_ms: u64, status: u16) -> Seen {
        Seen {
            deed: Deed::Send,
            due: Duration::from_millis(due_ms),
            time: Duration::from_millis(time_ms),
            late: Duration::ZERO,
            status,
            retry_after: None,
        }
    }

    #[test]
    fn percentiles_are_times_that_were_seen() {
        let all: Vec<Seen> = (1..=100).map(|time| seen(0, time, 303)).collect();
        let row = Tally::of(&all, Deed::Send).row("x", Deed::Send, Some(50), 49.96);
        assert_eq!(
            row,
            "| x | send a questionnaire | 50 | 50.0 | 50 | 95 | 99 | 100 | 0 |  | 0 |"
        );
        let lost = [seen(0, 5, 0), seen(0, 7, 503), seen(0, 9, 303)];
        let tally = Tally::of(&lost, Deed::Send);
        assert_eq!((tally.done, tally.refused.len(), tally.errors), (1, 1, 1));
        assert_eq!(Tally::of(&lost, Deed::Read).done, 0);
    }

    #[test]
    fn normal_is_the_first_second_after_the_last_bad_one() {
        let good = [
            seen(100, 20, 303),
            seen(1_100, 20, 303),
            seen(2_100, 20, 303),
        ];
        assert_eq!(back_to_normal(&good), Some(0));
        let slow = [
            seen(100, 900, 303),
            seen(1_100, 20, 503),
            seen(2_100, 20, 303),
        ];
        assert_eq!(back_to_normal(&slow), Some(2));
        assert_eq!(back_to_normal(&[seen(100, 20, 503)]), None);
        assert_eq!(back_to_normal(&[]), None);
    }
}
