//! Load: many people send whole questionnaires at a set rate, and ten times as fast.
//!
//! `prepare` brings people to their review page, `run` sends at scheduled moments (an open model:
//! people do not wait for one another, and a time is counted from the moment it was due), `tally`
//! sums up. What is printed goes into `docs/benchmarks.md`.

#![expect(clippy::print_stdout, reason = "a measurement prints its table")]

mod prepare;
mod run;
mod tally;

use std::time::Duration;

use surveys::Survey;

use prepare::prepare;
use run::{Deed, Rates, as_fast_as_it_goes, scheduled};
use tally::{Tally, back_to_normal};

pub use prepare::LoadError;

/// How much is sent.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Whole questionnaires a second; drafts are saved and pages fetched twice as often.
    pub rate: u32,
    /// Seconds at that rate.
    pub seconds: u32,
    /// Seconds at ten times that rate.
    pub overload_seconds: u32,
    /// Questionnaires that are sent as fast as the server takes them.
    pub at_once: u32,
}

/// How many times the set rate is too much.
const OVERLOAD: u32 = 10;

/// Seconds at the set rate after the overload, to see how soon it is as before.
const AFTER: u32 = 15;

impl Load {
    /// Returns how many people send a questionnaire, each with a code.
    #[must_use]
    pub fn people(self) -> usize {
        let sent = self.rate * self.seconds
            + self.at_once
            + OVERLOAD * self.rate * self.overload_seconds
            + self.rate * AFTER;
        sent as usize
    }
}

/// Runs all phases and prints a line for each kind of request. Where several servers stand before
/// one store, people reach them in turn.
///
/// # Errors
/// When the server cannot be reached, or people do not get as far as their review.
pub fn load(
    hosts: &[String],
    survey: &Survey,
    codes: &[String],
    load: Load,
) -> Result<(), LoadError> {
    let mut crowd = prepare(hosts, survey, codes, load.people())?;
    let rates = Rates::whole(load.rate);
    println!(
        "| phase | request | due/s | done/s | p50 ms | p95 ms | p99 ms | longest ms | refused | refused p99 ms | errors |"
    );
    println!("| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
    let mut given = 0;
    let steady = scheduled(&mut crowd, rates, load.seconds);
    given += report("set rate", rates, &steady, load.seconds);

    let (fast, took) = as_fast_as_it_goes(&mut crowd, load.at_once as usize);
    let sent = Tally::of(&fast, Deed::Send);
    given += sent.done;
    let throughput = sent.done as f64 / took.as_secs_f64();
    println!(
        "{}",
        sent.row("as fast as it goes", Deed::Send, None, throughput)
    );

    let tenfold = rates.times(OVERLOAD);
    let over = scheduled(&mut crowd, tenfold, load.overload_seconds);
    given += report("ten times", tenfold, &over, load.overload_seconds);
    let after = scheduled(&mut crowd, rates, AFTER);
    given += report("afterwards", rates, &after, AFTER);

    println!("\nsent per second as fast as it goes: {throughput:.1}");
    println!("receipts given: {given}");
    match back_to_normal(&after) {
        Some(seconds) => println!("normal again after: {seconds} s"),
        None => println!("normal again after: more than {AFTER} s"),
    }
    let refusals: Vec<_> = over.iter().filter(|it| it.is_refused()).collect();
    let told = refusals.iter().filter(|it| it.says_when()).count();
    println!(
        "refusals that say when to come again: {told} of {}",
        refusals.len()
    );
    let late = tally::lateness(&over);
    println!("the sender's own lateness under overload, p99: {late:.0} ms");
    Ok(())
}

/// Prints what came of a phase; returns how many receipts were given in it.
fn report(phase: &str, rates: Rates, seen: &[run::Seen], seconds: u32) -> usize {
    // What was begun in the last second is waited for, so the time is a little longer.
    let span = seen
        .iter()
        .map(|it| it.due + it.time)
        .max()
        .unwrap_or_default()
        .max(Duration::from_secs(u64::from(seconds)));
    for deed in Deed::ALL {
        let tally = Tally::of(seen, deed);
        let rate = tally.done as f64 / span.as_secs_f64();
        println!("{}", tally.row(phase, deed, Some(rates.of(deed)), rate));
    }
    Tally::of(seen, Deed::Send).done
}
