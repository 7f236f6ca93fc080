//! Where the rows are in this run: a file of SQLite in each data folder. The tests that need a
//! server bring a `place` of their own and run the same modules (`tests/postgres`).

use std::path::Path;

/// The folder of the package whose files the tests read.
pub(crate) const APP: &str = env!("CARGO_MANIFEST_DIR");

/// Servers that may stand before one store.
pub(crate) const SERVERS: usize = 1;

/// Returns what `icteko.toml` says of a fresh store.
pub(crate) fn settings() -> String {
    String::new()
}

/// Returns how often some bytes stand in the files of the store.
pub(crate) fn found(data: &Path, bytes: &[u8]) -> usize {
    let files = ["icteko.db", "icteko.db-wal", "icteko.db-shm"];
    let count = |name: &str| {
        let file = std::fs::read(data.join(name)).unwrap_or_default();
        file.windows(bytes.len()).filter(|it| *it == bytes).count()
    };
    files.into_iter().map(count).sum()
}
