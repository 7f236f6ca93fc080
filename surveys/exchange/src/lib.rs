#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub mod dataset;
pub mod folder;
pub mod registers;
pub mod spss;

use sha2::{Digest, Sha256};

/// SHA-256 of bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
