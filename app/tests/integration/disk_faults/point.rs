//! A call of the server that fails, and what came of it.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::kept::Broken;
use crate::recorded::Record;

/// A call that fails.
#[derive(Clone, Debug)]
pub(super) struct Point {
    call: &'static str,
    error: &'static str,
    number: usize,
    is_lasting: bool,
}

/// What came of a point, or of all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) broken: Broken,
    /// Servers that did not start on their disk.
    pub(super) unstarted: usize,
    /// Servers that ended by themselves.
    pub(super) ended: usize,
    /// Servers that must end, since their disk failed, and of these, which went on or wrote
    /// something more.
    pub(super) failed: usize,
    pub(super) went_on: usize,
    /// Servers that run and do not show a page.
    pub(super) silent: usize,
    /// Forms that were refused, and of these, which did not come back as they were typed.
    pub(super) refused: usize,
    pub(super) not_returned: usize,
}

impl Point {
    /// Returns the fault as `strace` reads it.
    pub(super) fn injection(&self) -> String {
        let plus = if self.is_lasting { "+" } else { "" };
        format!(
            "{}:error={}:when={}{plus}",
            self.call, self.error, self.number
        )
    }
}

impl Outcome {
    pub(super) fn add(&mut self, other: &Outcome) {
        self.broken += other.broken;
        self.unstarted += other.unstarted;
        self.ended += other.ended;
        self.failed += other.failed;
        self.went_on += other.went_on;
        self.silent += other.silent;
        self.refused += other.refused;
        self.not_returned += other.not_returned;
    }
}

/// Chooses points among the calls that a server makes: one in four while it starts.
pub(super) fn choose(record: &Record, count: usize, seed: u64) -> Vec<Point> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let kinds = [
        "fdatasync",
        "pwrite64",
        "fsync",
        "pread64",
        "pwrite64",
        "ftruncate",
    ];
    let kinds = kinds.into_iter().filter_map(|call| {
        let all = *record.calls.get(call)?;
        let before = record.calls_before.get(call).copied().unwrap_or(0);
        println!("{call}: {before} calls at the start, {all} in all");
        Some((call, before, all))
    });
    let kinds: Vec<_> = kinds.collect();
    let points = kinds.iter().cycle().take(count).map(|(call, before, all)| {
        let errors = match *call {
            "pread64" => &["EIO"][..],
            _ => &["EIO", "ENOSPC", "EDQUOT"],
        };
        let starts = before == all || *before > 0 && random.random_ratio(1, 4);
        let among = if starts {
            1..=*before
        } else {
            before + 1..=*all
        };
        Point {
            call,
            error: errors[random.random_range(0..errors.len())],
            number: random.random_range(among),
            is_lasting: random.random_bool(0.5),
        }
    });
    points.collect()
}
