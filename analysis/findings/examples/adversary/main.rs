//! Tries to work out what invented releases withhold: `cargo run -p findings --example adversary --
//! 200` makes 200 worlds, reads what their releases publish, and must get at nothing. Beside each
//! stands a broken twin in which only the small cells are withheld, where it must get at something.

#![expect(clippy::print_stdout, reason = "a program speaks to standard output")]
#![expect(clippy::unwrap_used, reason = "a failing check fails by panicking")]

mod answers;
mod attack;
mod naive;
#[path = "../../src/protect/tests/towns.rs"]
mod towns;
#[path = "../../src/protect/tests/world.rs"]
mod world;

use std::process::ExitCode;

// The modules that are shared with the tests look for these in their crate's root.
use findings::{
    About, Count, Estimate, Ledger, Produced, RawRow, RawTable, Release, Rule, Statistic,
    Undefined, Unit, protect,
};

use answers::Answers;
use attack::Reader;
use towns::{staff_list, texts, town, truth};

fn main() -> ExitCode {
    let count = std::env::args().nth(1).unwrap_or_else(|| "5".to_owned());
    let Ok(count) = count.parse::<u64>() else {
        println!("give the number of worlds, such as 200");
        return ExitCode::from(2);
    };
    let (mut small, mut recovered, mut twins, mut shown, mut cells) = (0, 0, 0, 0, 0);
    let (mut waiting, mut alike, mut alike_of_twins) = (0, 0, 0);
    for seed in 0..count {
        let world = town(seed);
        let tables = world.tables();
        let (rule, about) = (world.rule(), world.about());
        let release = match protect(&tables, &Ledger::default(), &rule, &about) {
            Ok(release) => release,
            Err(refused) => {
                println!("world {seed}: {refused}");
                waiting += 1;
                continue;
            }
        };
        cells += release.audit().total;
        shown += release.audit().total - release.audit().cells.len() as u64;
        let (staff, truth) = (staff_list(&world), truth(&world));
        small += truth.values().filter(|n| (1..5).contains(*n)).count();
        let found = Reader::new(&texts(&release), &staff, &truth).attack(&truth);
        for found in &found {
            let (place, by, exactly) = (&found.place, &found.by, found.exactly);
            println!("world {seed}: {place:?} by {by:?}, exactly: {exactly}");
        }
        recovered += found.len();
        let certain = Answers::read(&texts(&release)).certain(&truth);
        for (asked, group, range) in &certain {
            println!("world {seed}: {group:?} gave {asked:?}: {range:?}");
        }
        alike += certain.len();
        let naive = naive::publish(&tables);
        alike_of_twins += Answers::read(std::slice::from_ref(&naive))
            .certain(&truth)
            .len();
        twins += Reader::new(&[naive], &staff, &truth)
            .attack(&truth)
            .iter()
            .filter(|found| found.exactly)
            .count();
    }
    println!(
        "{count} worlds, {small} counts under five, {shown} of {cells} cells shown: {recovered} \
         worked out or narrowed, {alike} known to have answered alike; of the twins without partners \
         {twins} worked out exactly, {alike_of_twins} known to have answered alike; {waiting} releases refused by the audit"
    );
    let broken = (twins.min(alike_of_twins) as u64) >= count;
    if recovered + alike == 0 && broken {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
