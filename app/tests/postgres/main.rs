//! The store on PostgreSQL: the tests of `tests/integration` over again, with two servers
//! before one database, and what only a database server can do: be away, keep what was deleted.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail the test they help"
)]
#![expect(
    clippy::print_stdout,
    reason = "a failing run prints its seed and what came of it"
)]

#[path = "../integration/exactly_once.rs"]
mod exactly_once;
#[path = "../integration/form.rs"]
mod form;
#[path = "../integration/kill.rs"]
mod kill;
#[path = "../integration/open_link.rs"]
mod open_link;
#[path = "../integration/overload.rs"]
mod overload;
#[path = "../integration/paper.rs"]
mod paper;
#[path = "../integration/person.rs"]
mod person;
#[path = "../integration/registers.rs"]
mod registers;
#[path = "../integration/retention.rs"]
mod retention;
#[path = "../integration/returning.rs"]
mod returning;
#[expect(dead_code, reason = "some of it is for a disk that fails under a file")]
#[path = "../integration/server_process.rs"]
mod server_process;
#[path = "../integration/size.rs"]
mod size;
#[path = "../integration/soak.rs"]
mod soak;
#[path = "../integration/test_app.rs"]
mod test_app;

mod away;
mod place;
mod routes;
mod same_tables;
mod settings;
mod unlinked;
