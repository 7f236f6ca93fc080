//! The tests by address, on this store.

#[path = "../integration/routes/answering.rs"]
mod answering;
#[path = "../integration/routes/coordinating.rs"]
mod coordinating;
#[path = "../integration/routes/everywhere.rs"]
mod everywhere;
#[path = "../integration/routes/saving.rs"]
mod saving;
