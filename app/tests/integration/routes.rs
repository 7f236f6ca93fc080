//! Tests by address, in the order of the table in `server::router`.

mod answering;
mod coordinating;
mod everywhere;
mod saving;
